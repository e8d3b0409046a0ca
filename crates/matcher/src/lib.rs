//! Ranks people against roles, exactly, and says why.
//!
//! A score depends on the role, the person's facts, the taxonomy and the date `as_of`: never on who else is in the
//! pool. All arithmetic is in integers. `docs/scoring.md` is the definition; a plain reference in `tests/` is held equal
//! to this crate on thousands of random cases.
//!
//! Deliberately absent: files, tantivy, SQLite, clocks, names of people.
//!
//! Reading order: [`arithmetic`] (rounding, recency, tie keys), [`compiled`] (a role ready for use), [`assess`] (one
//! requirement of one person), [`decided`], [`knockout`], [`mod@rank`] (order, places, ties), [`batch`] (the same for many roles over
//! evidence columns), [`mod@derive`] (roles from the taxonomy).
//! Then what helps to decide: [`mod@what_if`] (one person, other facts), [`mod@funnel`] (one role, other requirements),
//! [`mod@stability`] (one list, other weights), [`allocation`] (several lists, one person on few of them). For searches
//! [`weigh`] (whom a search shows first) and [`mod@similar`] (people like somebody).

pub mod allocation;
pub mod arithmetic;
pub mod assess;
pub mod batch;
pub mod compiled;
pub mod decided;
pub mod derive;
pub mod funnel;
pub mod knockout;
pub mod rank;
pub mod similar;
pub mod stability;
pub mod weigh;
pub mod what_if;

pub use assess::{Assessment, Earned, Gate, Outcome, Relation};
pub use batch::{Counts, rank_columns};
pub use compiled::CompiledRole;
pub use decided::Decisions;
pub use derive::{DeriveError, DeriveRequest, DerivedRole, Seniority};
pub use knockout::{Answer, Knockout, LeftOut};
pub use rank::{Cut, Entry, Shortlist, Standing, Tier, rank, rank_all, standing};
