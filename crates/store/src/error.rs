//! What can go wrong with the records, without a word of what they say.

use std::path::PathBuf;

use stackscout_profile::CandidateNumber;
use thiserror::Error;

/// Why records could not be read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// SQLite's own error; it names no data.
    #[error("records at `{path}`: {source}")]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The file is not there.
    #[error("no records at `{0}`")]
    Missing(PathBuf),
    /// Another version of the format.
    #[error("records at `{path}` have format {found}; this version reads format {known}")]
    Format {
        /// The file.
        path: PathBuf,
        /// Format of the file.
        found: i64,
        /// Format of this program.
        known: i64,
    },
    /// A record whose bytes are not those that were written.
    #[error("the record of {0} is damaged: its checksum does not match")]
    Damaged(CandidateNumber),
    /// A run whose bytes are not those that were written.
    #[error("run {0} is damaged: its checksum does not match")]
    DamagedRun(u32),
    /// A change that has not been made.
    #[error("there is no change `{change}` yet: the last one is {last}")]
    NotYet {
        /// The change asked for.
        change: u64,
        /// The last one.
        last: u64,
    },
    /// A change before the pool kept what it replaces.
    #[error(
        "the records as they stood after change `{change}` are not kept: this pool keeps its past from change \
         {from} on"
    )]
    NotKept {
        /// The change asked for.
        change: u64,
        /// The first one that can be read.
        from: u64,
    },
    /// No more numbers.
    #[error("the pool holds as many people as it can number")]
    Full,
}

impl StoreError {
    /// Whether the file or its folder cannot be written.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        use rusqlite::ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
        matches!(self.code(), Some(ReadOnly | CannotOpen | PermissionDenied))
    }

    /// Whether another process is writing.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        matches!(self.code(), Some(DatabaseBusy | DatabaseLocked))
    }

    fn code(&self) -> Option<rusqlite::ErrorCode> {
        match self {
            Self::Sqlite { source, .. } => source.sqlite_error_code(),
            _ => None,
        }
    }
}
