//! What can be wrong with a taxonomy, named by file, line and row.

use thiserror::Error;

use crate::files::Problem;

/// Problems that an error names; `taxonomy lint` lists them all.
const PROBLEMS_SHOWN: usize = 10;

/// Why a taxonomy was refused.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TaxonomyError {
    /// A row could not be read at all.
    #[error("{file}:{line}: {reason}")]
    Row {
        /// File name inside the taxonomy's folder.
        file: String,
        /// Line of the row, from 1.
        line: u64,
        /// What is wrong, without a full stop.
        reason: String,
    },
    /// A team's own files do not hold together; every problem, up to a bound.
    #[error("the taxonomy's files have {} problem{}{}", .0.len(), if .0.len() == 1 { "" } else { "s" },
        .0.iter().take(PROBLEMS_SHOWN).map(|p| format!("\n  {p}")).collect::<String>())]
    Problems(Vec<Problem>),
    /// The implies relation runs in a circle.
    #[error("relations.csv: `{0}` implies itself through other skills")]
    ImpliesCycle(String),
    /// The taxonomy holds more skills than a skill number can count.
    #[error("more than {0} skills")]
    TooManySkills(usize),
}

impl TaxonomyError {
    pub(crate) fn row(file: &str, line: u64, reason: impl Into<String>) -> Self {
        Self::Row { file: file.to_owned(), line, reason: reason.into() }
    }
}
