//! Files of candidates, read row by row into what each cell says.
//!
//! A file goes through five steps. Its bytes become text lines (`packing`, [`encoding`], `lines`), lines become records with the
//! same number of fields as the header (`fields`, `records`), the header tells which layout the file has and what
//! each column means (`dialect`, `header`, [`layout`], [`columns`]), and a record becomes a [`Row`] of
//! [`Value`](stackscout_profile::Value)s ([`row`]). [`CandidateFile`] is the whole of it. Nothing is held but the row at
//! hand and the first lines, so that memory does not grow with the file.
//!
//! Every data row comes out once: read, or rejected with line, column, code and reason. An open quote costs the line
//! that it stands on and no other. What was rejected can be written to a file that is mended and imported again
//! ([`rejects`]).
//!
//! Deliberately absent: storing, knowing whether a person is there already, checking what a cell says (that is
//! `profile`'s). Protected columns (gender, age and the like) are listed and never read.

pub mod columns;
mod content;
mod dates;
mod dialect;
pub mod encoding;
pub mod error;
mod fields;
pub mod file;
mod header;
pub mod issue;
mod key;
pub mod layout;
mod lines;
mod long;
mod near;
pub mod options;
mod packing;
mod preamble;
pub mod protected;
mod records;
pub mod rejects;
pub mod row;
mod source;
mod ticks;

pub use columns::{ColumnUse, Usage};
pub use encoding::Encoding;
pub use error::ImportError;
pub use file::{CandidateFile, ReadRow};
pub use issue::{Issue, Rejected};
pub use layout::Layout;
pub use options::ImportOptions;
pub use rejects::RejectsWriter;
pub use row::Row;
