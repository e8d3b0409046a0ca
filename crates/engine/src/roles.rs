//! Role files from files and folders.

use std::collections::HashMap;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use stackscout_importer::text_file::read_text;
use stackscout_profile::Role;
use stackscout_profile::role_file::{ROLE_FILE_BYTES_MAX, read_role};
use stackscout_taxonomy::Taxonomy;

use crate::EngineError;
use crate::error::RefusedRole;

/// Role files read at once: twice the fifty thousand that were tried.
pub(crate) const ROLES_MAX: usize = 100_000;
/// Bytes of all of them: a kilobyte each, and half of the memory of an import.
pub(crate) const ROLES_BYTES_MAX: usize = 128 << 20;

/// A role with the name of its content.
#[derive(Debug, Clone)]
pub struct RoleInput {
    /// The file.
    pub path: PathBuf,
    /// Thirty-two hex digits that name the file's content.
    pub fingerprint: String,
    /// The role.
    pub role: Role,
    /// The file's content.
    pub text: String,
}

/// Reads role files; of a folder every `*.toml` in it, in the order of names.
///
/// # Errors
/// Every file that is refused, not the first alone; ids that stand twice; folders without role files; more files or
/// text than are read at once.
pub fn read_roles(paths: &[PathBuf], taxonomy: &Taxonomy) -> Result<Vec<RoleInput>, EngineError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|e| EngineError::io("read", path, e))?;
            let mut found: Vec<PathBuf> = entries
                .flatten()
                .map(|entry| entry.path())
                .filter(|p| p.extension().is_some_and(|e| e == "toml") && p.is_file())
                .take(ROLES_MAX + 1)
                .collect();
            found.sort();
            if found.is_empty() {
                return Err(EngineError::NoRoles(path.clone()));
            }
            files.extend(found);
        } else {
            files.push(path.clone());
        }
    }
    if files.len() > ROLES_MAX {
        return Err(EngineError::ManyRoles { files: files.len(), bytes: 0 });
    }
    let mut roles: Vec<RoleInput> = Vec::new();
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut refused: Vec<RefusedRole> = Vec::new();
    let mut bytes = 0;
    let all = files.len();
    for path in files {
        let text = match read_text(&path, ROLE_FILE_BYTES_MAX) {
            Ok(text) => text,
            Err(source) => {
                refused.push(RefusedRole::File { path, source });
                continue;
            }
        };
        bytes += text.len();
        if bytes > ROLES_BYTES_MAX {
            return Err(EngineError::ManyRoles { files: all, bytes });
        }
        match read_role(&path.display().to_string(), &text, taxonomy) {
            Ok(role) => {
                if let Some(first) = ids.insert(role.id.clone(), roles.len()) {
                    let (id, first) = (role.id, roles[first].path.clone());
                    return Err(EngineError::RoleTwice { id, first, second: path });
                }
                roles.push(RoleInput { fingerprint: fingerprint(&text), path, role, text });
            }
            Err(errors) => refused.push(errors.into()),
        }
    }
    if refused.is_empty() { Ok(roles) } else { Err(EngineError::Roles(refused)) }
}

/// Thirty-two hex digits that name a text.
pub(crate) fn fingerprint(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes())[..16])
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
