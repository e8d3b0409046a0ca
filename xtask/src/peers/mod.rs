//! `cargo xtask peers`: the same exact ranking in DuckDB, polars, PostgreSQL and in us, side by side.
//!
//! All engines get the same people and roles ([`tables`] says what is prepared for them), work on one core, and have to
//! give the same people in the same order with the same points: answers are compared byte by byte ([`answer`]). What is
//! compared is CPU time, user and system, of whole processes; loading and indexing are outside the clock, for us too.
//!
//! The peers' programs lie in `xtask/peers`. What is missing is installed where that is possible without asking
//! (Python packages into a folder of `target`, PostgreSQL by the system's packages), and said otherwise.
//!
//! Reading order: [`command`], [`tables`], `ours`, `measured`, `python`, `postgres`, [`answer`], `report`.

pub mod answer;
pub mod command;
mod measured;
mod ours;
pub(crate) mod postgres;
pub(crate) mod python;
mod report;
pub mod tables;
