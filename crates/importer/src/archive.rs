//! Zip archives, with bounds on what is unpacked: workbooks, documents, and folders of files are such.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::xml::{Xml, invalid};

/// Files in an archive at most.
pub(crate) const ENTRIES_MAX: usize = 65_536;
/// Largest directory of an archive, which is held in memory.
const ARCHIVE_OVERHEAD_MAX: u64 = 8 << 30;

/// An archive that can be read in any order.
pub(crate) struct Archive {
    zip: ZipArchive<BufReader<File>>,
}

impl Archive {
    /// Reads the list of its files.
    pub fn open(file: File) -> io::Result<Self> {
        if file.metadata()?.len() > ARCHIVE_OVERHEAD_MAX {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the archive is larger than 8 GiB"));
        }
        let mut file = file;
        if entries_said(&mut file)? > ENTRIES_MAX as u64 {
            return Err(invalid("the archive holds more than 65,536 files"));
        }
        let zip = ZipArchive::new(BufReader::new(file)).map_err(of_zip)?;
        if zip.len() > ENTRIES_MAX {
            return Err(invalid("the archive holds more than 65,536 files"));
        }
        Ok(Self { zip })
    }

    /// Whether it holds a file of this name.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Names of all files, as they stand in the archive; `None` for one that is no text.
    pub fn names(&self) -> Vec<Option<String>> {
        self.zip.file_names().map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect()
    }

    /// A file by name.
    pub fn file(&mut self, name: &str) -> io::Result<impl Read + '_> {
        self.zip.by_name(name).map_err(of_zip)
    }

    /// A file by name, as XML of at most `bytes_max` bytes.
    pub fn xml(&mut self, name: &str, bytes_max: u64) -> io::Result<Xml<impl Read + '_>> {
        Ok(Xml::new(self.file(name)?, bytes_max))
    }

    /// The bytes of a file, which are at most `bytes_max`.
    pub fn bytes(&mut self, name: &str, bytes_max: u64) -> io::Result<Vec<u8>> {
        read_bounded(self.file(name)?, bytes_max)
    }

    /// Whether a file is a link, whether it is encrypted, and whether it is a folder.
    pub fn nature(&self, name: &str) -> Nature {
        let Some(entry) = self.zip.index_for_name(name).and_then(|at| self.zip.by_index_data(at).ok()) else {
            return Nature::File;
        };
        let mode = entry.external_attributes() >> 16;
        if entry.is_dir() {
            Nature::Folder
        } else if mode & 0o170_000 == 0o120_000 {
            Nature::Link
        } else if entry.encrypted() {
            Nature::Encrypted
        } else {
            Nature::File
        }
    }
}

/// How many files an archive says that it holds, read before its directory is: a million entries would all be held.
/// Nothing where it says nothing, and is none.
fn entries_said(file: &mut File) -> io::Result<u64> {
    /// The last record of an archive, and a comment behind it.
    const TAIL_BYTES: u64 = 22 + 65_535;
    const END: &[u8] = b"PK\x05\x06";
    const END_OF_LARGE: &[u8] = b"PK\x06\x06";
    let length = file.metadata()?.len();
    file.seek(io::SeekFrom::Start(length.saturating_sub(TAIL_BYTES + 128)))?;
    let mut tail = Vec::new();
    file.by_ref().take(TAIL_BYTES + 128).read_to_end(&mut tail)?;
    file.rewind()?;
    let last = |mark: &[u8]| tail.windows(mark.len()).rposition(|window| window == mark);
    let number = |at: Option<usize>, bytes: usize| {
        let bytes = at.and_then(|at| tail.get(at..at + bytes))?;
        Some(bytes.iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte)))
    };
    let small = number(last(END).map(|at| at + 10), 2).unwrap_or(0);
    // An archive of more files says so in a record of its own, before the last.
    let large = number(last(END_OF_LARGE).map(|at| at + 32), 8).filter(|_| small == 0xFFFF);
    Ok(large.unwrap_or(small))
}

/// What an entry of an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    File,
    Folder,
    Link,
    Encrypted,
}

/// Reads to the end, or fails where there is more than `bytes_max`.
pub(crate) fn read_bounded(input: impl Read, bytes_max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(bytes_max + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > bytes_max {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it holds more than is read"));
    }
    Ok(bytes)
}

/// Puts all of a stream into a file without a name, which can be read in any order and is gone with the program.
pub(crate) fn spooled(mut input: impl Read, bytes_max: u64) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    let copied = io::copy(&mut input.by_ref().take(bytes_max + 1), &mut file)?;
    if copied > bytes_max {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it holds more than is read"));
    }
    file.rewind()?;
    Ok(file)
}

fn of_zip(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        ZipError::FileNotFound => io::Error::new(io::ErrorKind::NotFound, "a part of it is missing"),
        ZipError::UnsupportedArchive(_) => invalid("it is encrypted, or packed in a way that is not known"),
        _ => invalid("it is no whole zip archive"),
    }
}
