//! Small files of a pool, written so that they outlast whatever happens meanwhile.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::EngineError;

/// Writes a file of a folder beside its name and renames it, so that it is whole or as it was; then the folder itself is
/// made to last.
pub(crate) fn write(folder: &Path, name: &str, text: &str) -> Result<(), EngineError> {
    let (path, beside) = (folder.join(name), folder.join(begun(name)));
    let write = || -> io::Result<()> {
        let mut file = private(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, &path)?;
        sync(folder)
    };
    write().map_err(|e| EngineError::io("write", &path, e))
}

/// Makes what was written to a file last, or renames and deletions in a folder.
pub(crate) fn sync(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

/// A new file that its owner alone may read, whatever was there.
pub(crate) fn private(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Removes what was begun of a file by somebody who did not come to its end.
pub(crate) fn sweep(folder: &Path, name: &str) -> Result<(), EngineError> {
    let beside = folder.join(begun(name));
    match fs::remove_file(&beside) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(EngineError::io("remove", &beside, e)),
        _ => Ok(()),
    }
}

/// Removes a folder with all that is in it, where there is one.
pub(crate) fn remove_folder(folder: &Path) -> Result<(), EngineError> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(EngineError::io("remove", folder, e)),
        _ => Ok(()),
    }
}

/// What the file is called until it is whole.
pub(crate) fn begun(name: &str) -> String {
    format!("{name}.new")
}

/// Takes the bytes that are written to it into a hash.
pub(crate) struct Hashing<'a>(pub &'a mut Sha256);

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
