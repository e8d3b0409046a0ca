//! Reads skills as people write them in a list: `Django (4 yrs); Python:6; Rails, C#/.NET, postgres 15`.
//!
//! A cell becomes plain text that knows where it came from (`plain`), is taken apart into items (`list`, `split`), and
//! each item into a name and its notes (`item`, `note`, `number`, `level`); items that come again are remembered (`memo`).
//!
//! Numbers are read only where they say what they are: `4 yrs`, `6 months`, and the number after a colon are years; a
//! number after a name (`postgres 15`) is a version; a number alone in brackets is neither, and stays unread. Nothing
//! is guessed: an item with a rest that is neither a note nor a known word is unknown as a whole.

mod item;
mod level;
mod list;
mod memo;
mod note;
mod number;
mod plain;
mod split;
#[cfg(test)]
pub(crate) mod tests;

use std::ops::Range;

pub use level::Level;
pub(crate) use note::NEGATIONS;
pub use note::{is_note, note_stance};
pub use number::duration;

use crate::Resolution;

/// A skill as somebody wrote it, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenSkill<'c> {
    /// The item as it was written, trimmed.
    pub written: &'c str,
    /// Where `written` stands in the cell, in bytes.
    pub span: Range<usize>,
    /// The part of it that names the skill.
    pub name: &'c str,
    /// What the name means.
    pub resolution: Resolution,
    /// Version beside the name (`15`, `3.11`, `2+`, `8/11/17`, and `ES6` for JavaScript); `>= 4` is `4+`.
    pub version: Option<String>,
    /// Years in tenths, 1 to 999. `None`: not said, or not readable (see `unread_years`).
    pub years: Option<u16>,
    /// First year of a stated period (`since 2010`, `2019-2022`); kept and shown. Years are not worked out of it.
    pub since: Option<u16>,
    /// Year of last use, where said.
    pub last_used: Option<LastUsed>,
    /// How well, where said; kept and shown, never scored.
    pub level: Option<Level>,
    /// A figure or word that is meant as years and cannot be read as 0.1 to 99.9.
    pub unread_years: bool,
    /// Whether the skill is held at all.
    pub stance: Stance,
}

/// What the writer says of a skill: that it is held, wished for, or not held. Only the first is evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stance {
    /// Held; what a list says of everything in it unless it says otherwise.
    #[default]
    Held,
    /// `(want to learn)`, `(learning)`: an interest.
    Wanted,
    /// `(no)`, `(never used)`, `not React`, `Ruby: 0`.
    Negated,
}

impl Stance {
    /// The word that is shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Wanted => "wanted",
            Self::Negated => "not held",
        }
    }
}

/// When a skill was last used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LastUsed {
    /// In this year.
    Year(u16),
    /// It is in use.
    Current,
}
