//! What can go wrong with the records, without a word of what they say.

use std::path::PathBuf;

use stackscout_profile::{CandidateNumber, DecisionState};
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
    /// The file system refused.
    #[error("records at `{path}`: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
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
    /// Pages that are not what was written.
    #[error(
        "records at `{path}` are damaged in {what}\nhint: `stackscout pool verify --full` says what is affected, \
         `stackscout pool repair` what can be done"
    )]
    DamagedPages {
        /// The file.
        path: PathBuf,
        /// What the pages hold, in words.
        what: String,
    },
    /// A log that holds changes, in a folder where it cannot be read.
    #[error(
        "records at `{0}` have changes in their log, which cannot be read where nothing can be written\nhint: any \
         command of somebody who may write there puts them in place"
    )]
    LogLeft(PathBuf),
    /// A record whose bytes are not those that were written.
    #[error("the record of {0} is damaged: its checksum does not match")]
    Damaged(CandidateNumber),
    /// A run whose bytes are not those that were written.
    #[error("run {0} is damaged: its checksum does not match")]
    DamagedRun(u32),
    /// What an import's rows were about does not read back.
    #[error("what import {0} wrote down of its rows is damaged")]
    DamagedRows(u32),
    /// What was exported does not read back.
    #[error("what was written down of exports is damaged")]
    DamagedExports,
    /// No such erasure.
    #[error("no erasure {0}")]
    NoErasure(u32),
    /// A list of erasures that does not read.
    #[error("this is no list of erasures that this version reads")]
    BadErasureList,
    /// A reader holds on to a state from before an erasure.
    #[error(
        "a reader holds on to the records as they were before the erasure, so that their log cannot be emptied"
    )]
    HeldByReader,
    /// An entry of the audit log was changed or left out.
    #[error("the audit log is broken at entry {0}: it was changed outside of this program")]
    BrokenAudit(u64),
    /// No such import.
    #[error("no import {0}")]
    NoImport(u32),
    /// An import that was undone before.
    #[error("import {import} was undone already, by change {change}")]
    Undone {
        /// The import.
        import: u32,
        /// The change that took it back.
        change: u64,
    },
    /// An import of which too little was written down.
    #[error("import {import} cannot be undone: {reason}")]
    NotUndoable {
        /// The import.
        import: u32,
        /// Why not.
        reason: &'static str,
    },
    /// Later imports that rest on this one.
    #[error(
        "import {import} cannot be undone by itself: what {} said of {people} of its people rests on it",
        .later.iter().map(|n| format!("import {n}")).collect::<Vec<_>>().join(", ")
    )]
    UndoFirst {
        /// The import.
        import: u32,
        /// Those to undo before, the last one first.
        later: Vec<u32>,
        /// How many people it is about.
        people: u64,
    },
    /// Somebody who is not there.
    #[error("no candidate {0} in this pool")]
    Nobody(CandidateNumber),
    /// Two numbers of one person.
    #[error("{a} and {b} are one person already")]
    OnePerson {
        /// The first.
        a: CandidateNumber,
        /// The second.
        b: CandidateNumber,
    },
    /// Somebody who was not merged.
    #[error("{0} was not merged with anybody")]
    NotMerged(CandidateNumber),
    /// Somebody into whom several were merged.
    #[error(
        "several people were merged into {number}: {}",
        .others.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    )]
    SeveralMerged {
        /// The one who stayed.
        number: CandidateNumber,
        /// The others.
        others: Vec<CandidateNumber>,
    },
    /// A decision that stands already, or one to take back that nobody made.
    #[error(
        "{candidate} {} for role `{role}`",
        .state.map_or("has no decision to take back".to_owned(), |s| format!("stands as `{}` already", s.word()))
    )]
    Decided {
        /// The person.
        candidate: CandidateNumber,
        /// Id of the role.
        role: String,
        /// What stands; `None` for nothing.
        state: Option<DecisionState>,
    },
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

    /// Whether what was asked for is simply not there.
    pub(crate) fn is_no_row(&self) -> bool {
        matches!(self, Self::Sqlite { source: rusqlite::Error::QueryReturnedNoRows, .. })
    }

    fn code(&self) -> Option<rusqlite::ErrorCode> {
        match self {
            Self::Sqlite { source, .. } => source.sqlite_error_code(),
            _ => None,
        }
    }
}
