//! Who are the people in the demo?
//!
//! Nobody: they are invented, and marked so. What is real is the shape of the crowd: shares and co-occurrences of web
//! frameworks, countries, years of work, languages and databases follow published survey figures, which are embedded
//! from `data/demo` together with six role files. A guided tour needs people who show one thing each, so a few are
//! [planted](landmarks) under fixed ids.
//!
//! The crate computes in integers with its own generator: a seed gives the same bytes on every machine. It opens no
//! file, asks no clock, knows no taxonomy and scores nobody; it makes text that the importer reads like any other.
//!
//! ```
//! let files = stackscout_demo::candidate_files(400, stackscout_demo::SEED);
//! assert_eq!(files[0].name, "candidates.csv");
//! assert!(files[0].contents.contains("(invented)"));
//! assert_eq!(stackscout_demo::roles().len(), 6);
//! ```

mod figures;
mod files;
mod landmarks;
mod names;
mod people;
mod random;
mod roles;
mod skills;
mod summary;
mod writing;

pub use files::{DemoFile, Expected, candidate_files, expected};
pub use landmarks::{Landmarks, Place, landmarks};
pub use roles::roles;

/// The date that the demo is seen from; no skill is last used after its year.
pub const AS_OF: &str = "2026-11-01";

/// How many people the demo's pool holds: as many as a mid-sized agency's.
pub const PEOPLE: usize = 20_000;

/// The seed of the demo that the documents show.
pub const SEED: u64 = 2_026;

/// The smallest crowd that has room for everybody who is planted; smaller requests are raised to it.
pub const PEOPLE_MIN: usize = 400;

/// The year of [`AS_OF`].
const THIS_YEAR: u32 = 2026;
