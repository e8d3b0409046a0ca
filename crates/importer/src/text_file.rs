//! A small file of text that a person may have written: a role, a layout, a manifest. Read whole, and with bounds.
//!
//! What is named by mistake costs a message: a device gives bytes without end, a named pipe waits for somebody to write
//! into it, and a file of another kind is no text. Tables of candidates are not read so: they stream.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use thiserror::Error;

/// Why a text was not read. A fragment that goes on behind the file's name.
#[derive(Debug, Error)]
pub enum TextFileError {
    /// The system refused.
    #[error("cannot be read: {0}")]
    Io(io::Error),
    /// A folder, a device, or a pipe that nobody writes into.
    #[error("is no plain file")]
    NotPlain,
    /// Larger than anything that it should be.
    #[error("has more than {bytes_max} bytes, which is the most that is read of such a file")]
    Large {
        /// The limit.
        bytes_max: usize,
    },
    /// No text.
    #[error("is not UTF-8 in line {line}, column {column}\nhint: save it as UTF-8")]
    NotText {
        /// From 1.
        line: usize,
        /// From 1, in signs.
        column: usize,
    },
}

impl TextFileError {
    /// Whether there is no such file.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Io(e) if e.kind() == io::ErrorKind::NotFound)
    }
}

/// Reads a file of at most `bytes_max` bytes; a byte order mark is no part of its text.
///
/// # Errors
/// Where it cannot be read, is no plain file, is larger, or is no UTF-8, with the place.
pub fn read_text(path: &Path, bytes_max: usize) -> Result<String, TextFileError> {
    let mut bytes = read_bytes(path, bytes_max)?;
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let line = 1 + before.iter().filter(|b| **b == b'\n').count();
        let column = 1 + before[start..].iter().filter(|b| **b & 0xC0 != 0x80).count();
        TextFileError::NotText { line, column }
    })
}

/// Reads a file of at most `bytes_max` bytes, whatever they are.
///
/// # Errors
/// As [`read_text`], but for what is no text.
pub fn read_bytes(path: &Path, bytes_max: usize) -> Result<Vec<u8>, TextFileError> {
    let metadata = fs::metadata(path).map_err(TextFileError::Io)?;
    if !metadata.is_file() && !is_open_pipe(path, &metadata) {
        return Err(TextFileError::NotPlain);
    }
    let file = File::open(path).map_err(TextFileError::Io)?;
    let mut bytes = Vec::new();
    // One byte more than is allowed shows that there is too much.
    file.take(bytes_max as u64 + 1).read_to_end(&mut bytes).map_err(TextFileError::Io)?;
    if bytes.len() > bytes_max { Err(TextFileError::Large { bytes_max }) } else { Ok(bytes) }
}

/// Whether it is a pipe that a shell has opened for us (`<(command)`, `/dev/stdin`): its other end has a writer, where
/// one that lies in a folder would be waited for without end.
#[cfg(unix)]
fn is_open_pipe(path: &Path, metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    let of_shell = ["/dev/fd", "/dev/stdin", "/proc/self/fd"].iter().any(|open| path.starts_with(open));
    of_shell && metadata.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_open_pipe(_: &Path, _: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    //! - a text is what stands in the file, without its byte order mark
    //! - what is too large, no text, or no file at all is said, with the place, and takes no more memory than is allowed
    //! - devices and pipes are not read

    use super::*;

    fn read(bytes: &[u8], bytes_max: usize) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, bytes).unwrap();
        read_text(&path, bytes_max).map_err(|e| e.to_string())
    }

    #[test]
    fn a_text_is_what_stands_in_the_file() {
        assert_eq!(read(b"\xEF\xBB\xBFa\r\nb", 8).unwrap(), "a\r\nb");
        assert_eq!(read(b"", 0).unwrap(), "");
        assert_eq!(read("é".as_bytes(), 2).unwrap(), "é");
    }

    #[test]
    fn what_is_too_large_or_no_text_is_said() {
        assert!(read(b"abc", 2).unwrap_err().contains("more than 2 bytes"));
        assert!(read(b"a\n\xC3\xA9\xFF", 9).unwrap_err().contains("line 2, column 2"));
        assert!(read_text(Path::new("no such file"), 9).unwrap_err().is_absent());
    }

    #[test]
    #[cfg(unix)]
    fn devices_pipes_and_folders_are_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        for path in [Path::new("/dev/zero"), &pipe, folder.path()] {
            let refused = read_text(path, 9).unwrap_err();
            assert!(matches!(refused, TextFileError::NotPlain), "{}: {refused}", path.display());
        }
    }
}
