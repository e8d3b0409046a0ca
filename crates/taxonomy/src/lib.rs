//! Skills, their spellings, and how near they are to each other.
//!
//! The taxonomy decides what counts as a skill, which spellings mean it, what it implies, how much one skill counts
//! towards another, and which requirements a derived role gets. All of it is data (`data/taxonomy/*.csv`, embedded in
//! the binary); this crate loads it, refuses what does not hold together, and answers questions about it.
//!
//! Deliberately absent: files outside the taxonomy's own folder, candidates, roles, scores.
//!
//! Reading order: [`id`] (names), [`tables`] (the rows), [`graph`] (the loaded taxonomy), [`relation`] (credit between
//! two skills), [`spelling`] and [`resolve`] (from a written word to a skill), [`written`] (lists, years and versions
//! as people write them), [`mention`] (skills and traits in running text), [`memo`] (what was read before), [`files`] (every problem of the files, their
//! fingerprint, a team's own over them), [`error`].

pub mod error;
pub mod files;
pub mod graph;
pub mod id;
pub mod memo;
pub mod mention;
pub mod relation;
pub mod resolve;
pub mod spelling;
pub mod tables;
pub mod written;

#[cfg(test)]
mod tests;

pub use error::TaxonomyError;
pub use graph::{Skill, Taxonomy, Trait};
pub use id::{CREDIT_FULL, Credit, SkillIx, TraitIx};
pub use memo::Memo;
pub use mention::{Mention, MentionFinder, TextContext};
pub use relation::{Link, LinkKind};
pub use resolve::{Resolution, Resolved};
pub use written::{LastUsed, Level, Stance, WrittenSkill};
