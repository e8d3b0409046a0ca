//! What can go wrong with columns on disk. No message holds anything of a candidate.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why columns could not be read or written.
#[derive(Debug, Error)]
pub enum EvidenceError {
    /// The system refused to read or write.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// What was tried, such as `open`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file cannot be trusted: it is made anew, never answered from.
    #[error("{reason}")]
    Damaged {
        /// What is wrong with it, as a fragment.
        reason: String,
    },
}

impl EvidenceError {
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }

    pub(crate) fn damaged(reason: impl Into<String>) -> Self {
        Self::Damaged { reason: reason.into() }
    }
}
