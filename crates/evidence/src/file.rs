//! Files of columns in their folder: written whole, synced, renamed, never changed, and removed once nothing names them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::EvidenceError;
use crate::layout::header_checksum;
use crate::map::Bytes;

const ENDING: &str = ".columns";
const BEGUN: &str = ".new";

/// A file of columns as the commit that it belongs to names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnsFile {
    /// Name in the folder of columns.
    pub name: String,
    /// Checksum of its header, which holds those of all its sections.
    pub checksum: u32,
}

pub(crate) fn map(path: &Path) -> Result<Bytes, EvidenceError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            return Err(EvidenceError::damaged("the evidence columns are missing"));
        }
        Err(e) => return Err(EvidenceError::io("open", path, e)),
    };
    Bytes::map(&file).map_err(|e| EvidenceError::io("map", path, e))
}

/// Writes a file so that it is there whole, or not at all, and lasts through a power loss.
pub(crate) fn write(folder: &Path, kind: &str, bytes: &[u8]) -> Result<ColumnsFile, EvidenceError> {
    create_folder(folder)?;
    let checksum = header_checksum(bytes);
    let name = format!("{kind}-{checksum:08x}{ENDING}");
    let (path, begun) = (folder.join(&name), folder.join(format!("{name}{BEGUN}")));
    let write = || -> io::Result<()> {
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&begun)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&begun, &path)?;
        sync(folder)
    };
    write().map_err(|e| EvidenceError::io("write", &path, e))?;
    Ok(ColumnsFile { name, checksum })
}

/// Removes every file of columns that is not named, and what was begun and never finished. Whoever has one of them
/// mapped keeps its bytes.
///
/// # Errors
/// Where the system refuses.
pub fn sweep(folder: &Path, keep: &[ColumnsFile]) -> Result<(), EvidenceError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(EvidenceError::io("read", folder, e)),
    };
    for entry in entries {
        let entry = entry.map_err(|e| EvidenceError::io("read", folder, e))?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let ours = name.ends_with(ENDING) || name.ends_with(BEGUN);
        if ours && !keep.iter().any(|file| file.name == name) {
            fs::remove_file(entry.path()).map_err(|e| EvidenceError::io("delete", &entry.path(), e))?;
        }
    }
    sync(folder).map_err(|e| EvidenceError::io("sync", folder, e))
}

/// Names of the files in a folder of columns, sorted; none where there is no folder.
///
/// # Errors
/// Where the system refuses.
pub fn names(folder: &Path) -> Result<Vec<String>, EvidenceError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(EvidenceError::io("read", folder, e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| EvidenceError::io("read", folder, e))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn create_folder(folder: &Path) -> Result<(), EvidenceError> {
    if folder.is_dir() {
        return Ok(());
    }
    let create = || -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        folder.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), sync)
    };
    create().map_err(|e| EvidenceError::io("create", folder, e))
}

/// Makes renames and deletions in a folder last.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
