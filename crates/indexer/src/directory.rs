//! The index's folder for readers: nothing in it is created, locked, written or deleted, and of files that have sums of
//! their blocks nothing is given out before it was compared with them.
//!
//! The engine's own readers take a lock, which needs a writable folder and waits for writers. Ours do without: a file
//! that is mapped stays readable after a writer has removed it, and a reader that comes too late to map one begins
//! again with the newer commit (see [`open`](crate::open)).

use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use stackscout_evidence::Blocks;
use tantivy::Directory;
use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

use crate::sums::Sums;

#[derive(Debug, Clone)]
pub(crate) struct ReadOnly {
    inner: MmapDirectory,
    sums: Arc<Sums>,
    damage: Damage,
}

/// The name of the first file in which damage was found: whatever was worked out with it is no answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Damage(Arc<OnceLock<String>>);

impl Damage {
    pub(crate) fn file(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}

impl ReadOnly {
    /// Files of which `sums` knows are compared block by block as they are read, the others not at all.
    pub(crate) fn open(path: &Path, sums: Sums) -> Result<Self, OpenDirectoryError> {
        let inner = MmapDirectory::open(path)?;
        Ok(Self { inner, sums: Arc::new(sums), damage: Damage::default() })
    }

    pub(crate) fn damage(&self) -> &Damage {
        &self.damage
    }
}

/// A file whose blocks are compared with their checksums when something in them is first read.
#[derive(Debug)]
struct Compared {
    name: String,
    bytes: OwnedBytes,
    blocks: Blocks,
    damage: Damage,
}

impl HasLen for Compared {
    fn len(&self) -> usize {
        self.bytes.len()
    }
}

impl FileHandle for Compared {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if self.blocks.check(&self.bytes, range.clone()).is_err() {
            self.damage.0.get_or_init(|| self.name.clone());
            return Err(no_match(&self.name));
        }
        Ok(self.bytes.slice(range))
    }
}

fn no_match(name: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("`{name}` does not match its checksum"))
}

fn refused() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "the index is open for reading only")
}

impl Directory for ReadOnly {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let handle = self.inner.get_file_handle(path)?;
        let Some(name) = path.to_str().filter(|name| self.sums.knows(name)) else { return Ok(handle) };
        let failed = |error| OpenReadError::wrap_io_error(error, path.to_owned());
        let Some(blocks) = self.sums.blocks(name, handle.len()) else {
            self.damage.0.get_or_init(|| name.to_owned());
            return Err(failed(no_match(name)));
        };
        // A mapped file: taking its bytes reads none of them.
        let bytes = handle.read_bytes(0..handle.len()).map_err(failed)?;
        Ok(Arc::new(Compared { name: name.to_owned(), bytes, blocks, damage: self.damage.clone() }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(refused()), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(refused(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
