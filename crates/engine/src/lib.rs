//! A pool as a whole: opening, locking, importing, searching, ranking.
//!
//! This is what every face calls (command line, and later the page and the API). It keeps the order of a write: records
//! first, then the index, whose commit names the change that it covers; a reader that finds the index behind catches it
//! up, or says so.
//!
//! Deliberately absent: printing, arguments, colours, progress bars.
//!
//! Reading order: [`pool`] (the folder), [`taxonomy_folder`] (a team's own taxonomy), [`import`], `read_ahead` (its
//! threads), `again` (a file that still stands) and `rejected` (mended rows), [`layouts`], [`unknown`] (spellings to add), `catch_up` (index and
//! evidence columns after a change), [`evidence`], [`search`], [`saved`] (searches by name), [`people`] (who is meant),
//! [`changes`] (undoing, merging), [`mod@erase`] (and what must not bring anybody back), [`exports`] and [`duplicates`],
//! [`decisions`] (what people decided), [`audit`] (who did what), [`blind`] (showing people without who they are),
//! [`impact`] (bias figures), [`roles`], [`ranking`], [`runs`] (rankings that were kept: made again, compared),
//! [`mod@decide`] and [`allocate`] (what helps to decide), [`verify`](mod@verify) and [`repair`](mod@repair) (is it what
//! was written?), [`backups`] and [`restore`](mod@restore), `kept_files`, [`stop`] (being asked to end), [`json`] (results
//! as text), [`error`].

mod again;
pub mod allocate;
pub mod audit;
pub mod backups;
pub mod blind;
mod catch_up;
pub mod changes;
pub mod decide;
pub mod decisions;
pub mod duplicates;
mod durable;
pub mod erase;
pub mod error;
mod everybody;
pub mod evidence;
pub mod exports;
pub mod impact;
pub mod import;
#[cfg(test)]
mod import_tests;
pub mod json;
mod kept_files;
pub mod layouts;
pub mod lock;
pub mod people;
pub mod pool;
pub mod ranking;
mod read_ahead;
mod rejected;
pub mod repair;
pub mod restore;
pub mod roles;
pub mod runs;
pub mod saved;
pub mod search;
pub mod stop;
pub mod taxonomy_folder;
pub mod unknown;
pub mod verify;

pub use allocate::{AllocationAnswer, AllocationRequest};
pub use backups::{BackupManifest, BackupNote, verify_backup};
pub use blind::Sight;
pub use changes::{Change, ImportDetails};
pub use decide::{FunnelAnswer, StabilityAnswer, WhatIfAnswer};
pub use decisions::DecideRequest;
pub use duplicates::Duplicate;
pub use erase::{Erased, Looked, Proof, Retained, Trace, Whom};
pub use error::EngineError;
pub use import::{FileReport, ImportReport, ImportRequest, Progress, preview};
pub use pool::{Pool, PoolNote, PoolStats};
pub use ranking::{Explanation, Manifest, RankedRole, Ranking};
pub use rejected::options_for;
pub use repair::{RepairRequest, Repaired, repair};
pub use restore::{restore, restore_and};
pub use roles::{RoleInput, read_roles};
pub use saved::{Explained, SavedNews, SavedSearch, Understood};
pub use search::{
    Completion, ForRole, Found, FoundPerson, SearchRequest, SimilarPeople, Sort, Through, Without,
};
pub use stackscout_indexer::{Counted, Facet, Matched, Snippet};
pub use stackscout_store::{
    Actor, AuditEntry, AuditFault, AuditHead, AuditVerdict, Decision, Dossier, Erasure, ErasureList, Export,
    Exported, Forgotten, ImportInfo, NewExport, Parted, Reason, Undone,
};
pub use taxonomy_folder::{mend_taxonomy_folder, open_taxonomy, read_taxonomy_folder};
pub use unknown::{UnknownSkill, UnknownSkills, may_be_shown};
pub use verify::{Depth, Finding, Verified, verify};
