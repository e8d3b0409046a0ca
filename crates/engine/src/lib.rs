//! A pool as a whole: opening, locking, importing, searching, ranking.
//!
//! This is what every face calls (command line, and later the page and the API). It keeps the order of a write: records
//! first, then the index, whose commit names the change that it covers; a reader that finds the index behind catches it
//! up, or says so.
//!
//! Deliberately absent: printing, arguments, colours, progress bars.
//!
//! Reading order: [`pool`] (the folder), [`import`], [`search`], [`people`] (who is meant), [`roles`], [`ranking`],
//! [`runs`] (rankings that were kept: made again, compared), [`error`].

pub mod error;
pub mod import;
pub mod lock;
pub mod people;
pub mod pool;
pub mod ranking;
pub mod roles;
pub mod runs;
pub mod search;

pub use error::EngineError;
pub use import::{FileReport, ImportReport, ImportRequest, Progress, preview};
pub use pool::{Pool, PoolNote, PoolStats};
pub use ranking::{Explanation, Manifest, RankedRole, Ranking};
pub use roles::{RoleInput, read_roles};
pub use search::{Found, FoundPerson, SearchRequest, Through};
