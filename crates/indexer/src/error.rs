//! What can go wrong with an index on disk. No message holds anything of a candidate.

use std::io;
use std::path::{Path, PathBuf};

use stackscout_evidence::EvidenceError;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};
use thiserror::Error;

/// Why an index could not be read or written.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The system refused to read or write.
    #[error("cannot {action} `{}`", path.display())]
    Io {
        /// What was tried, such as `open`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another writer has the index open.
    #[error("the index in `{}` is being written by another program", path.display())]
    Busy {
        /// The index.
        path: PathBuf,
    },
    /// The folder holds an index of another format: it is wiped and rebuilt, never converted.
    #[error("the index in `{}` has format {found}, not {}", path.display(), crate::INDEX_FORMAT)]
    OtherFormat {
        /// The index.
        path: PathBuf,
        /// Its format.
        found: u32,
    },
    /// The index is damaged: it is wiped and rebuilt.
    #[error("the index in `{}` is damaged: {reason}", path.display())]
    Damaged {
        /// The index.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The evidence columns of the same commit are damaged, or cannot be read.
    #[error(transparent)]
    Columns(#[from] EvidenceError),
    /// A writer has replaced the index since its columns were opened.
    #[error("the index in `{}` has changed meanwhile", path.display())]
    Replaced {
        /// The index.
        path: PathBuf,
    },
    /// The folder holds a file that no index has; nothing was deleted.
    #[error("`{}` is no file of an index", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The search engine gave up.
    #[error("the search engine failed on the index in `{}`", path.display())]
    Engine {
        /// The index.
        path: PathBuf,
        /// What it said.
        source: TantivyError,
    },
}

impl IndexError {
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }

    /// Sorts an error of the engine: a lock that is held, a refusal by the system, or anything else.
    pub(crate) fn engine(path: &Path, error: TantivyError) -> Self {
        let path = path.to_owned();
        if let TantivyError::LockFailure(LockError::LockBusy, _) = error {
            return Self::Busy { path };
        }
        match io_cause(&error) {
            Some(cause) => {
                Self::Io { action: "use", path, source: io::Error::new(cause.kind(), cause.to_string()) }
            }
            None => Self::Engine { path, source: error },
        }
    }
}

/// The system's refusal inside an error of the engine, where there is one.
pub(crate) fn io_cause(error: &TantivyError) -> Option<&io::Error> {
    match error {
        TantivyError::IoError(cause)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: cause, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: cause, .. })
        | TantivyError::LockFailure(LockError::IoError(cause), _) => Some(cause),
        _ => None,
    }
}

/// What an error of the engine says of an index that cannot be opened.
pub(crate) fn damage(error: &TantivyError) -> String {
    match error {
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            format!("`{}` is missing", file.display())
        }
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            format!("`{}` cannot be read: {io_error}", filepath.display())
        }
        other => other.to_string(),
    }
}
