//! What went wrong with a row or a cell, and where.

use serde::Serialize;

/// Something that could not be read. Holds no text of any cell: what people wrote never stands in an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// The file, as it was named.
    pub file: String,
    /// Line on which the row begins, from 1.
    pub line: u64,
    /// Header of the column; `None` where the whole row is meant.
    pub column: Option<String>,
    /// Stable code, such as `field-count`.
    pub code: &'static str,
    /// What is wrong, as a fragment.
    pub reason: String,
}

/// A row that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Why.
    pub issue: Issue,
    /// The row's bytes as they stood in the file, with their line ends. Of a line longer than 16 MiB the beginning; of
    /// a UTF-16 file the same text in UTF-8.
    pub raw: Vec<u8>,
}
