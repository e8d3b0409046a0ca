//! The truth of a pool: records of people, and the imports that they came from, in SQLite.
//!
//! Everything here changes in transactions. One import is one transaction: what it acknowledges is on disk, and what
//! it did not finish never was. Every change has a number, which only grows; the index is caught up from it.
//!
//! Deliberately absent: reading files, resolving skills, searching text, ranking. Nobody but this crate names SQLite.
//!
//! Reading order: [`schema`] (tables and format), `codec` (a record as bytes), [`store`] (opening, reading), [`import`]
//! (writing), `statement` (what was stated before), [`identity`] (when are two rows one person?), `keys` (what people become known by), [`people`] (who is known
//! by what), [`merges`] (two people made one, and parted), [`undo`] (taking an import back), [`history`] (the records as
//! they stood), [`runs`] (what was ranked), [`decisions`] (what people decided), [`exports`] (what left), [`erasure`]
//! (forgetting), [`suppression`] (staying forgotten), [`dossier`] (all that is held on a person), [`audit`] (who did what),
//! [`pages`] and `damage` (checksums of the file, and what is not read), [`check`] (all of it looked at), [`copies`]
//! (backups).

pub mod audit;
pub mod check;
mod codec;
mod confirmed;
mod contents;
pub mod copies;
mod damage;
pub mod decisions;
pub mod dossier;
pub mod erasure;
pub mod error;
pub mod exports;
mod hashes;
pub mod history;
pub mod identity;
pub mod import;
mod keys;
mod matching;
pub mod merges;
pub mod pages;
mod patch;
pub mod people;
mod protected;
mod reading;
mod rows;
pub mod runs;
pub mod schema;
mod statement;
pub mod store;
pub mod suppression;
#[cfg(test)]
mod tests;
pub mod undo;
mod varint;
mod writing;

pub use audit::{Actor, AuditEntry, AuditFault, AuditHead, AuditVerdict};
pub use decisions::{Decision, NewDecision};
pub use dossier::{Dossier, KnownOf, Version};
pub use erasure::{Forgotten, ToErase};
pub use error::StoreError;
pub use exports::{Export, Exported, NewExport};
pub use identity::Identity;
pub use import::{ImportCounts, ImportStart, ImportTransaction, Incoming, Stored};
pub use merges::Parted;
pub use people::Review;
pub use runs::{Kept, NewRun, RunEntry, RunInfo, RunList, RunPlace};
pub use schema::RECORDS_FORMAT;
pub use store::{Held, ImportInfo, Store};
pub use suppression::{Erasure, ErasureList, ListedErasure, Reason, newest_day};
pub use undo::Undone;
