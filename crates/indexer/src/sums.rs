//! Checksums of the blocks of the index's files, so that a reader compares what it reads and no more.
//!
//! The engine keeps one checksum a file, of all its bytes. Ours stand in a file beside, written once a commit and its
//! merges are done. A segment's files have names that no other file ever has and are never changed, so that a name and
//! a length are enough to tell whose sums they are. Of a file that has none, because its commit was cut off before they
//! were written or because they are damaged themselves, readers compare the whole: sums can be missing, and only cost
//! time then.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use stackscout_evidence::Blocks;
use stackscout_evidence::blocks::BLOCK_BYTES;

use crate::IndexError;

/// Name of the file in the index's folder.
pub(crate) const SUMS: &str = ".sums.json";
/// As long as it is written; the next writer sweeps what a crash leaves of it.
const BEGUN: &str = ".tmp-sums.json";

/// The sums of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct OfFile {
    bytes: u64,
    /// Eight hexadecimal digits a block.
    sums: String,
}

/// The sums of an index's files, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sums(BTreeMap<String, OfFile>);

/// The file: what it says, and a checksum of that.
#[derive(Deserialize)]
struct Sealed {
    files: serde_json::Value,
    sum: u32,
}

impl Sums {
    /// The sums in a folder; none where there are none, or none that can be trusted.
    pub(crate) fn read(dir: &Path) -> Self {
        Self::read_sound(dir).ok().flatten().unwrap_or_default()
    }

    /// Whether there are sums that cannot be trusted.
    pub(crate) fn are_damaged(dir: &Path) -> bool {
        matches!(Self::read_sound(dir), Ok(None))
    }

    /// `None` where they are damaged.
    fn read_sound(dir: &Path) -> io::Result<Option<Self>> {
        let bytes = fs::read(dir.join(SUMS))?;
        let sealed: Option<Sealed> = serde_json::from_slice(&bytes).ok();
        let sound =
            sealed.filter(|sealed| crc32fast::hash(sealed.files.to_string().as_bytes()) == sealed.sum);
        Ok(sound.and_then(|sealed| serde_json::from_value(sealed.files).ok()))
    }

    /// The blocks of a file that has this name and so many bytes; `None` where nothing is known of it.
    pub(crate) fn blocks(&self, name: &str, bytes: usize) -> Option<Blocks> {
        let of_file = self.0.get(name).filter(|known| known.bytes == bytes as u64)?;
        let digits = of_file.sums.as_bytes().chunks(8);
        let sums: Option<Vec<u32>> =
            digits.map(|digits| u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()).collect();
        Blocks::new(bytes, sums?)
    }

    /// Whether a file has sums.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// How long a file was when its sums were made.
    pub(crate) fn bytes_of(&self, name: &str) -> Option<u64> {
        self.0.get(name).map(|known| known.bytes)
    }

    /// Writes the sums of these files; those that are known already are taken over. `is_sound` says whether a file is
    /// what the engine wrote: of one that is not, no sums are made.
    pub(crate) fn write(
        dir: &Path,
        names: &[String],
        is_sound: impl Fn(&str) -> bool,
    ) -> Result<(), IndexError> {
        let known = Self::read(dir);
        let mut sums = Self::default();
        for name in names {
            let of_file = match known.0.get(name) {
                Some(of_file) => of_file.clone(),
                None => {
                    let path = dir.join(name);
                    let of_file = sums_of(&path).map_err(|e| IndexError::io("read", &path, e))?;
                    // Only after the sums are made: what changes in between is no part of them then.
                    if !is_sound(name) {
                        continue;
                    }
                    of_file
                }
            };
            sums.0.insert(name.clone(), of_file);
        }
        if sums == known {
            return Ok(());
        }
        let files = serde_json::json!(sums);
        let sum = crc32fast::hash(files.to_string().as_bytes());
        let text = serde_json::json!({ "files": files, "sum": sum }).to_string();
        let (path, begun) = (dir.join(SUMS), dir.join(BEGUN));
        let write = || -> io::Result<()> {
            let mut options = File::options();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&begun)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&begun, &path)
        };
        write().map_err(|e| IndexError::io("write", &path, e))?;
        crate::wipe::sync(dir)
    }
}

fn sums_of(path: &Path) -> io::Result<OfFile> {
    let mut file = File::open(path)?;
    let mut block = vec![0; BLOCK_BYTES];
    let (mut bytes, mut sums) = (0_u64, String::new());
    loop {
        let mut filled = 0;
        while filled < BLOCK_BYTES {
            match file.read(&mut block[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
        if filled == 0 {
            return Ok(OfFile { bytes, sums });
        }
        bytes += filled as u64;
        sums.push_str(&format!("{:08x}", crc32fast::hash(&block[..filled])));
    }
}

#[cfg(test)]
mod tests {
    //! - sums read back, and are those of the blocks
    //! - no flipped bit of the sums makes others of them
    //! - what is known is taken over, what is gone is left out, what is not sound gets none

    use super::*;

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, length) in [("a.pos", 3 * BLOCK_BYTES + 5), ("b.idx", 7), ("c.term", 0)] {
            let bytes: Vec<u8> = (0..length).map(|at| u8::try_from(at % 255).unwrap()).collect();
            fs::write(dir.path().join(name), bytes).unwrap();
        }
        dir
    }

    const NAMES: [&str; 3] = ["a.pos", "b.idx", "c.term"];

    fn write(dir: &Path, names: &[&str], unsound: &str) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Sums::write(dir, &names, |name| name != unsound).unwrap();
    }

    #[test]
    fn sums_read_back_and_are_those_of_the_blocks() {
        let dir = folder();
        write(dir.path(), &NAMES, "");
        let sums = Sums::read(dir.path());
        for name in NAMES {
            let bytes = fs::read(dir.path().join(name)).unwrap();
            let blocks = sums.blocks(name, bytes.len()).unwrap();
            blocks.check(&bytes, 0..bytes.len()).unwrap();
            assert!(sums.blocks(name, bytes.len() + 1).is_none());
            if let Some(last) = bytes.len().checked_sub(1) {
                let mut flipped = bytes.clone();
                flipped[last] ^= 1;
                assert!(sums.blocks(name, bytes.len()).unwrap().check(&flipped, last..last + 1).is_err());
            }
        }
        assert!(sums.blocks("d.idx", 0).is_none());
    }

    #[test]
    fn no_flipped_bit_makes_other_sums() {
        let dir = folder();
        write(dir.path(), &NAMES, "");
        let path = dir.path().join(SUMS);
        let (whole, sums) = (fs::read(&path).unwrap(), Sums::read(dir.path()));
        for at in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            fs::write(&path, &flipped).unwrap();
            let read = Sums::read(dir.path());
            assert!(read == sums || read == Sums::default(), "bit {at}");
            assert_eq!(Sums::are_damaged(dir.path()), read != sums, "bit {at}");
        }
    }

    #[test]
    fn what_is_known_is_taken_over() {
        let dir = folder();
        write(dir.path(), &["a.pos", "c.term"], "");
        // Whatever becomes of a file that has sums, it keeps them.
        let whole = fs::read(dir.path().join("a.pos")).unwrap();
        fs::write(dir.path().join("a.pos"), "other").unwrap();
        fs::remove_file(dir.path().join("c.term")).unwrap();
        write(dir.path(), &["a.pos", "b.idx"], "b.idx");
        let sums = Sums::read(dir.path());
        assert!(sums.blocks("a.pos", whole.len()).unwrap().check(&whole, 0..whole.len()).is_ok());
        assert!(!sums.knows("b.idx") && !sums.knows("c.term"));
        write(dir.path(), &["b.idx"], "");
        assert_eq!(Sums::read(dir.path()).bytes_of("b.idx"), Some(7));
    }
}
