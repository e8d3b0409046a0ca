//! Files of candidates, read row by row into what each cell says.
//!
//! A file goes through five steps. What it is shows in its first bytes (`kind`). A table of text becomes lines (`packing`,
//! [`encoding`], `lines`) and lines become records with the same number of fields as the header (`fields`, `records`);
//! worksheets (`workbook`), JSON (`json`, `resume`), pages and CVs ([`document`], `cvs`) give cells, and from there on all
//! are alike (`rows`). The header tells which layout the file has and what each column means (`dialect`, `header`,
//! [`layout`], [`columns`]), and a record becomes a [`Row`] of [`Value`](stackscout_profile::Value)s ([`row`]).
//! [`CandidateFile`] is the whole of it; [`Inputs`] finds the files of folders and archives. Small files that people write
//! by hand are read by [`text_file`]. Nothing is held but the row
//! at hand and the first lines, so that memory does not grow with the file.
//!
//! Every data row comes out once: read, or rejected with line, column, code and reason. An open quote costs the line
//! that it stands on and no other. What was rejected can be written to a file that is mended and imported again
//! ([`rejects`]) as it was read before ([`before`]), and taken out of it again ([`blanking`]).
//!
//! Deliberately absent: storing, knowing whether a person is there already, checking what a cell says (that is
//! `profile`'s). Protected columns (gender, age and the like) are listed and never read.

mod archive;
pub mod before;
pub mod blanking;
mod bounds;
pub mod columns;
mod consent;
mod content;
mod cvs;
mod dates;
mod dialect;
pub mod document;
pub mod encoding;
pub mod error;
mod fields;
pub mod file;
mod header;
mod heading;
pub mod inputs;
pub mod issue;
mod json;
mod key;
mod kind;
pub mod layout;
mod lines;
mod long;
mod near;
mod opening;
pub mod options;
mod packing;
mod preamble;
pub mod protected;
mod records;
pub mod rejects;
mod resume;
pub mod row;
mod rows;
mod sense;
mod source;
pub mod text_file;
mod ticks;
mod workbook;
mod xml;

pub use before::ColumnBefore;
pub use columns::{ColumnUse, Usage};
pub use cvs::{CvLeft, Cvs};
pub use encoding::Encoding;
pub use error::ImportError;
pub use file::{CandidateFile, ReadRow};
pub use inputs::{Input, Inputs, Skipped};
pub use issue::{Issue, Rejected};
pub use layout::Layout;
pub use options::ImportOptions;
pub use rejects::RejectsWriter;
pub use row::Row;
pub use rows::RejectsForm;
