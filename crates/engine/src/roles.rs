//! Role files from files and folders.

use std::path::PathBuf;

use sha2::{Digest, Sha256};
use stackscout_profile::role_file::read_role;
use stackscout_profile::{Role, RoleError};
use stackscout_taxonomy::Taxonomy;

use crate::EngineError;

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
/// Every file that is refused, not the first alone; ids that stand twice; folders without role files.
pub fn read_roles(paths: &[PathBuf], taxonomy: &Taxonomy) -> Result<Vec<RoleInput>, EngineError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|e| EngineError::io("read", path, e))?;
            let mut found: Vec<PathBuf> = entries
                .flatten()
                .map(|entry| entry.path())
                .filter(|p| p.extension().is_some_and(|e| e == "toml") && p.is_file())
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
    let mut roles: Vec<RoleInput> = Vec::new();
    let mut refused: Vec<RoleError> = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).map_err(|e| EngineError::io("read", &path, e))?;
        match read_role(&path.display().to_string(), &text, taxonomy) {
            Ok(role) => {
                if let Some(first) = roles.iter().find(|r| r.role.id == role.id) {
                    let (id, first) = (role.id, first.path.clone());
                    return Err(EngineError::RoleTwice { id, first, second: path });
                }
                roles.push(RoleInput { fingerprint: fingerprint(&text), path, role, text });
            }
            Err(error) => refused.push(error),
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
