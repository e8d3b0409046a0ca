//! What is scored of everybody, as columns in one file that is mapped and read in place.
//!
//! A ranking touches every person of a pool. Reading their records for that would be slow, so the facts of all of them
//! are kept once more, in a form made for ranking: people in blocks, ordered so that those whom a role's place and
//! years let in stand together, and for each block and skill the people who hold it, grouped by what that evidence is
//! worth. The columns are derived: they can be thrown away and made again from the records at any time, and
//! [`Columns::facts`] gives back exactly the facts that went in.
//!
//! A set of columns is one or two files: a base that is never changed, and, after small changes, a second file with
//! everybody who changed since and the list of whom of the base that hides. A file is written whole, synced, and only
//! then given its name; it is never changed afterwards. Every block of 64 KiB has a checksum: opening compares all of them,
//! or, for a [`LazySet`], none; then each is compared when something in its block is first read.
//!
//! Deliberately absent: roles, scores, dates to rank by. Nothing in a file depends on them.
//!
//! Reading order: [`class`] (what one piece of evidence is worth to any role), [`pieces`] (those of a person),
//! [`holders`] (those of a skill), [`place`], [`columns`] (reading),
//! `layout` (the file), [`blocks`] (its checksums), `shape` (whether its parts fit each other), `build` (writing), [`set`]
//! (base and changes), [`lazy`] (columns that are compared as they are read), [`mod@file`] and `map` (the folder),
//! [`bits`], [`error`].

pub mod bits;
pub mod blocks;
pub mod class;
pub mod columns;
pub mod error;
pub mod file;
pub mod holders;
pub mod lazy;
pub mod pieces;
pub mod place;
pub mod set;

mod build;
mod layout;
mod map;
mod shape;
#[cfg(test)]
mod tests;

pub use blocks::{Blocks, block_sums};
pub use build::{BLOCK_PEOPLE, BuildOptions};
pub use class::Class;
pub use columns::{Block, CodeColumn, Columns, Detail};
pub use error::EvidenceError;
pub use file::{ColumnsFile, names, sweep};
pub use holders::Holders;
pub use layout::COLUMNS_FORMAT;
pub use lazy::{LazyColumns, LazySet};
pub use pieces::{Evidence, Pieces};
pub use place::PlaceRow;
pub use set::{BaseWriter, Change, EvidenceSet, Segment};
