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
    /// No more numbers.
    #[error("the pool holds as many people as it can number")]
    Full,
}
