//! `cargo xtask generate`: a crowd of invented people, and roles to rank them for, of any size.
//!
//! For measuring and for tests at scale; the demo's crowd (`crates/demo`) follows survey figures closely, this one is
//! made to be large, fast and plain. Person `i` depends on the seed and on `i` alone, in integers, so that any machine,
//! in any order and with any number of threads, makes the same people; nothing is held but the person at hand.
//!
//! What is invented: everybody. What is real: the skills, and roughly which are popular (see [`skills`]). Popularity
//! falls off as Zipf's law has it, and skills come in clusters: who holds one thing of Python holds others.
//!
//! One crowd has two faces: [`people()`] gives what is scored, and [`rows`] the CSV file that an import reads back to
//! the same facts (a test holds the two equal). [`roles()`] are asked of the same skills.
//!
//! Reading order: `random`, [`skills`], [`people`](mod@people), `names`, `summary`, [`rows`], [`roles`](mod@roles),
//! [`role_toml`], [`command`].

pub mod command;
mod names;
pub mod people;
mod random;
pub mod role_toml;
pub mod roles;
pub mod rows;
pub mod skills;
mod summary;

pub use people::{Crowd, people};
pub use roles::{RoleKind, roles};
pub use rows::write_rows;
pub use skills::GenerateError;

/// The year that the crowd is seen from; no skill is last used after it.
pub const AS_OF_YEAR: u16 = 2026;

/// The date for rankings of the crowd.
#[must_use]
pub fn as_of() -> stackscout_profile::Date {
    stackscout_profile::Date::new(AS_OF_YEAR.cast_signed(), 11, 1).expect("the first of November is a day")
}
