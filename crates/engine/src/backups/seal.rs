//! The end of a backup's file: a checksum of all bytes before it.
//!
//! The packing has a checksum of what it unpacks to, so that a flipped bit that unpacks to the same goes unnoticed. The seal
//! stands in a frame that other programs skip (RFC 8878, 3.1.2).

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};

/// The first number of frames that are skipped, the length of what follows, and whose it is.
const HEAD: [u8; 16] = *b"\x5e\x2a\x4d\x18\x28\0\0\0sspacked";
const SEAL_BYTES: u64 = HEAD.len() as u64 + 32;

/// Passes bytes on, and seals them in the end.
pub(super) struct Sealing<W: Write> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Sealing<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new() }
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.inner.write_all(&HEAD)?;
        self.inner.write_all(&self.hash.finalize())?;
        Ok(self.inner)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Whether a file ends with a seal, and is what was sealed. Leaves off at its beginning.
pub(super) fn is_sealed(file: &mut File) -> io::Result<bool> {
    let Some(sealed) = file.metadata()?.len().checked_sub(SEAL_BYTES) else { return Ok(false) };
    let mut hash = Sha256::new();
    io::copy(&mut Read::by_ref(file).take(sealed), &mut crate::durable::Hashing(&mut hash))?;
    let mut seal = Vec::new();
    Read::by_ref(file).take(SEAL_BYTES).read_to_end(&mut seal)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(seal.strip_prefix(&HEAD).is_some_and(|sum| sum == hash.finalize().as_slice()))
}
