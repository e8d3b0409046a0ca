//! Mapping a file into memory: the one place with unsafe code.
#![allow(unsafe_code)]

use std::fs::File;
use std::ops::Deref;

use memmap2::Mmap;
use zerocopy::IntoBytes;

/// The bytes of columns: a mapped file, or memory of our own; aligned to eight either way.
#[derive(Debug)]
pub(crate) enum Bytes {
    Mapped(Mmap),
    /// The words, and how many bytes of them count.
    Owned(Vec<u64>, usize),
}

impl Bytes {
    /// Maps a file of columns to read it.
    pub(crate) fn map(file: &File) -> std::io::Result<Self> {
        // SAFETY: a mapping is sound as long as nobody changes the bytes under it. A file of columns is written under
        // another name, synced, and renamed; from then on no code of ours opens it for writing, it is only ever
        // unlinked, and an unlinked file keeps its bytes while it is mapped. The pool's folder is private to its owner
        // (0700, files 0600). Whoever truncates a file there by other means ends this process with SIGBUS; they cannot
        // make it read beyond the mapping.
        unsafe { Mmap::map(file) }.map(Self::Mapped)
    }

    pub(crate) fn own(bytes: &[u8]) -> Self {
        let mut words = vec![0_u64; bytes.len().div_ceil(8)];
        words.as_mut_bytes()[..bytes.len()].copy_from_slice(bytes);
        Self::Owned(words, bytes.len())
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Owned(words, length) => &words.as_bytes()[..*length],
        }
    }
}

#[cfg(test)]
mod tests {
    //! - a mapped file is its bytes, whatever they are, also once it is unlinked; so are bytes of our own
    //! - both begin where numbers of eight bytes may be read
    //!
    //! `cargo xtask valgrind` runs these under Valgrind, which sees every read behind an end.

    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_are_those_of_the_file(
            bytes in prop::collection::vec(any::<u8>(), 0..9_000),
            parts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        ) {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(&bytes).unwrap();
            let opened = File::open(file.path()).unwrap();
            let mapped = Bytes::map(&opened).unwrap();
            drop((file, opened));
            let owned = Bytes::own(&bytes);
            for read in [&mapped, &owned] {
                prop_assert_eq!(&read[..], &bytes[..]);
                prop_assert!(bytes.is_empty() || read.as_ptr().addr().is_multiple_of(8));
                for part in &parts {
                    let at = part.index(bytes.len() + 1);
                    prop_assert_eq!(&read[at..], &bytes[at..]);
                }
            }
        }
    }
}
