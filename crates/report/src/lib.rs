//! Results as people and programs read them: one model, printed as table, JSON, JSON Lines, CSV, Markdown, text, HTML
//! and a workbook.
//!
//! A report prints the reasons that the matcher gave, and never works a score out again. Everything that is shown
//! stands in [`model`]; each other module is one way of printing it.
//!
//! Deliberately absent: scoring, reading pools, the terminal (widths and colours come from the caller).
//!
//! Reading order: [`model`], [`sentence`] (a requirement in words), then [`table`], [`csv_out`], [`jsonl`],
//! [`markdown`], [`xlsx`], [`explain`], [`html`]. Of kept runs [`mod@runs`], [`diff`] and
//! [`conflicts`]; [`compare`] for people side by side, [`fields`] for one person, [`sources`] for where a person's
//! values were read, [`dossier`] for all that is held on them. What helps to decide has models of its own: [`what_if`],
//! [`funnel`], [`stability`], [`allocation`]. What people did and decided: [`audit`], [`decisions`], [`impact`].

pub mod allocation;
pub mod audit;
pub mod compare;
pub mod conflicts;
pub mod csv_out;
pub mod decisions;
pub mod diff;
pub mod dossier;
pub mod explain;
pub mod fields;
pub mod funnel;
pub mod html;
pub mod impact;
pub mod jsonl;
pub mod markdown;
pub mod model;
pub mod runs;
pub mod sentence;
pub mod sources;
pub mod stability;
pub mod table;
pub mod what_if;
pub mod xlsx;

use std::borrow::Cow;

use stackscout_profile::signs::steers;

pub use model::{EntryModel, EvidenceModel, RankingModel, RequirementModel, ShortlistModel};

/// A score as people read it: 9,000 is `90.00`.
#[must_use]
pub fn hundredths(score: u16) -> String {
    format!("{}.{:02}", score / 100, score % 100)
}

/// A text made safe to print: signs that could steer a terminal become visible, and it stays on one line.
#[must_use]
pub fn inert(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if steers(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// A text of several lines made safe to print: line breaks stay, and nothing else that steers.
#[must_use]
pub fn inert_lines(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| steers(c) && c != '\n';
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let shown = |c| match c {
        '\t' => ' ',
        c if obeyed(c) => '\u{fffd}',
        c => c,
    };
    Cow::Owned(text.chars().map(shown).collect())
}
