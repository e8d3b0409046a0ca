//! Small files of a pool, written so that they outlast whatever happens meanwhile.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::EngineError;

/// Writes a file of a folder beside its name and renames it, so that it is whole or as it was; then the folder itself is
/// made to last.
pub(crate) fn write(folder: &Path, name: &str, text: &str) -> Result<(), EngineError> {
    let (path, beside) = (folder.join(name), folder.join(begun(name)));
    let write = || -> io::Result<()> {
        let mut file = File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, &path)?;
        if cfg!(unix) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    };
    write().map_err(|e| EngineError::io("write", &path, e))
}

/// Removes what was begun of a file by somebody who did not come to its end.
pub(crate) fn sweep(folder: &Path, name: &str) -> Result<(), EngineError> {
    let beside = folder.join(begun(name));
    match fs::remove_file(&beside) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(EngineError::io("remove", &beside, e)),
        _ => Ok(()),
    }
}

/// What the file is called until it is whole.
pub(crate) fn begun(name: &str) -> String {
    format!("{name}.new")
}
