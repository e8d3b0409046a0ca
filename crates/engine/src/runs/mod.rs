//! Rankings that are kept, and what can be asked of them later.
//!
//! A run is a manifest, the role files as they were, and who stood where. The people are not kept again: the store
//! reads their records as they stood after any change. So a run can be made again byte for byte, a person who was not
//! listed can be explained as of then, and two runs can be compared down to the cell that moved somebody.
//!
//! Reading order: [`record`] (keeping), [`name`] (which run is meant), [`past`] (ranking as of then), [`replay`],
//! [`world`] and [`swap`] (who stands where, and what changes it), [`diff`], [`conflict`], [`explain`].

pub mod conflict;
pub mod diff;
pub mod explain;
pub mod name;
pub mod past;
pub mod record;
pub mod replay;
pub mod swap;
#[cfg(test)]
mod tests;
pub mod world;

pub use conflict::{Conflict, conflicts};
pub use diff::{Cause, Fate, PersonDiff, RoleDiff, RunDiff, Step};
pub use explain::RunExplanation;
pub use name::{Run, RunSummary, of_text};
pub use record::{Recorded, lists, result_digest, role_texts};
pub use replay::{Changed, Replay};
pub use swap::FactChange;
pub use world::Stand;
