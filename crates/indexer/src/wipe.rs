//! Removing an index: what is damaged or of another format makes room for a new one.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use tantivy::Directory;
use tantivy::directory::{INDEX_WRITER_LOCK, MmapDirectory};

use crate::IndexError;
use crate::open::{MANAGED, META};
use crate::sums::SUMS;

/// Removes the files of an index, and leaves its folder. An absent folder is a wiped one.
///
/// # Errors
/// Deletes nothing where the folder holds a file that no index has, or where a writer has the index open.
pub fn wipe(dir: &Path) -> Result<(), IndexError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(IndexError::io("read", dir, e)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| IndexError::io("read", dir, e))?;
        let kind = entry.file_type().map_err(|e| IndexError::io("read", &entry.path(), e))?;
        if !kind.is_file() || !is_of_an_index(&entry.file_name()) {
            return Err(IndexError::Foreign { path: entry.path() });
        }
        files.push(entry.path());
    }
    let _lock = MmapDirectory::open(dir)
        .map_err(Into::into)
        .and_then(|d| d.acquire_lock(&INDEX_WRITER_LOCK).map_err(Into::into))
        .map_err(|e| IndexError::engine(dir, e))?;
    // The list of segments first: what is left after a crash is plainly no index.
    files.sort_by_key(|path| path.file_name() != Some(OsStr::new(META)));
    for path in &files {
        // A lock file must outlive its holder, or two writers could hold a lock of one name.
        if path.file_name().is_some_and(is_lock) {
            continue;
        }
        match fs::remove_file(path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(IndexError::io("delete", path, e)),
            _ => {}
        }
    }
    sync(dir)
}

/// Makes renames and deletions in a folder last through a power loss.
pub(crate) fn sync(dir: &Path) -> Result<(), IndexError> {
    File::open(dir).and_then(|d| d.sync_all()).map_err(|e| IndexError::io("sync", dir, e))
}

/// Lets the owner alone read the files of an index: the engine leaves that to the process's umask.
pub(crate) fn restrict(dir: &Path) -> Result<(), IndexError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for entry in fs::read_dir(dir).map_err(|e| IndexError::io("read", dir, e))? {
            let entry = entry.map_err(|e| IndexError::io("read", dir, e))?;
            let about = match entry.metadata() {
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                about => about.map_err(|e| IndexError::io("read", &entry.path(), e))?,
            };
            if about.permissions().mode() & 0o077 != 0 {
                let mode = fs::Permissions::from_mode(0o600);
                fs::set_permissions(entry.path(), mode)
                    .map_err(|e| IndexError::io("protect", &entry.path(), e))?;
            }
        }
    }
    Ok(())
}

/// Whether this is a lock file of the engine; it says nothing of whether the lock is held.
pub(crate) fn is_lock(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(".tantivy-") && name.ends_with(".lock"))
}

/// Names of files in an index's folder that the engine does not list as its own, sorted: what a crash left, and what
/// does not belong there. None where there is no list.
///
/// # Errors
/// Where the system refuses to read.
pub fn strays(dir: &Path) -> Result<Vec<String>, IndexError> {
    let listed: Vec<String> = match fs::read(dir.join(MANAGED)) {
        Ok(text) => serde_json::from_slice(&text).unwrap_or_default(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(IndexError::io("read", dir, e)),
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| IndexError::io("read", dir, e))? {
        let name = entry.map_err(|e| IndexError::io("read", dir, e))?.file_name();
        let text = name.to_string_lossy().into_owned();
        if !is_lock(&name) && text != META && text != MANAGED && text != SUMS && !listed.contains(&text) {
            found.push(text);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether this is the beginning of a file that was never put in its place: a crash left it.
pub(crate) fn is_leftover(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(".tmp"))
}

/// Segment files are named by 32 hex digits, then what they hold.
fn is_of_an_index(name: &OsStr) -> bool {
    let is_segment = |name: &str| {
        name.split_once('.')
            .is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    is_lock(name)
        || is_leftover(name)
        || name
            .to_str()
            .is_some_and(|name| name == META || name == SUMS || name == ".managed.json" || is_segment(name))
}
