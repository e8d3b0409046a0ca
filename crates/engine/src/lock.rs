//! One writer at a time, also across processes: a lock on the pool's folder itself, which nobody can delete unnoticed.

use std::fs::File;
use std::path::Path;

use crate::EngineError;
use crate::stop::Changing;

/// The writer's lock; given back when dropped, and by the system when the process dies.
#[derive(Debug)]
pub struct WriteLock {
    _folder: File,
    _changing: Changing,
}

impl WriteLock {
    /// Takes the lock if nobody holds it; `None` where somebody does, or where the folder cannot be locked.
    ///
    /// # Errors
    /// The folder cannot be opened.
    pub fn try_take(folder: &Path) -> Result<Option<Self>, EngineError> {
        let file = open(folder).map_err(|e| EngineError::io("lock", folder, e))?;
        Ok(file.try_lock().is_ok().then(|| Self { _folder: file, _changing: Changing::begin() }))
    }
}

#[cfg(unix)]
fn open(folder: &Path) -> std::io::Result<File> {
    File::open(folder)
}

/// Elsewhere a folder cannot be opened as a file; a file in it has to do.
#[cfg(not(unix))]
fn open(folder: &Path) -> std::io::Result<File> {
    File::options().create(true).append(true).open(folder.join("write.lock"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_kept_out_until_the_first_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let first = WriteLock::try_take(folder.path()).unwrap();
        assert!(first.is_some());
        assert!(WriteLock::try_take(folder.path()).unwrap().is_none());
        drop(first);
        assert!(WriteLock::try_take(folder.path()).unwrap().is_some());
    }
}
