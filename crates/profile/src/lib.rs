//! The model: people, what speaks for their skills, and what roles ask for.
//!
//! A row of a file becomes a [`Record`] (what was written, with the cell it was written in), a record is checked into a
//! [`Candidate`] (typed values, skills resolved by the taxonomy), and of a candidate only the [`Facts`] are ever
//! scored. A role file becomes a checked [`Role`] in one step, and nothing past that step checks again.
//!
//! Deliberately absent: reading files, storing, searching, ranking. Protected attributes (gender, age, ethnicity and
//! the like) have no field in [`Facts`]: what is scored cannot hold them.
//!
//! Reading order: [`field`], [`record`], [`candidate`], [`facts`], [`role`], [`role_file`]; small types, each with the
//! reader of its cells, in [`number`], [`years`], [`seniority`], [`date`], [`when`], [`available`], [`country`],
//! [`place`], [`location`], [`permit`], [`pay`], [`spoken`], [`phone`], [`contact`], [`application`], [`decision`]; [`blind`] for showing people without who they are.

pub mod application;
pub mod available;
pub mod blind;
pub mod candidate;
pub mod contact;
pub mod country;
pub mod date;
pub mod decision;
pub mod facts;
pub mod field;
pub mod location;
pub mod number;
pub mod pay;
pub mod permit;
pub mod phone;
pub mod place;
mod punycode;
pub mod record;
pub mod role;
pub mod role_file;
pub mod seniority;
pub mod signs;
pub mod spoken;
pub mod when;
mod words;
pub mod years;

pub use application::Application;
pub use available::{Available, Notice};
pub use blind::Identity;
pub use candidate::{Candidate, CellIssue, HeldSkill, HeldTrait, Origin, UnknownSpelling};
pub use country::Country;
pub use date::Date;
pub use decision::{Decided, DecisionState};
pub use facts::{EvidenceSource, Facts, SkillEvidence, Status, TraitEvidence};
pub use field::Field;
pub use location::Location;
pub use number::CandidateNumber;
pub use pay::{Currency, Pay, PayRange, PayUnit};
pub use phone::Phone;
pub use place::Place;
pub use record::{Cell, FileColumns, Merged, Part, Reading, Record, RowDate, Value};
pub use role::{Limits, Need, Remote, Requirement, Role, Subject, Unknown, Where};
pub use role_file::{RoleError, RoleErrors};
pub use seniority::{Seniority, SeniorityClaim};
pub use spoken::{Spoken, SpokenLanguage, SpokenLevel};
pub use when::{DateFault, DateOrder, When};
pub use words::{folded, is_one_of};
pub use years::Years;
