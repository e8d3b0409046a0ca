//! - what people write is found, by the rule that the test names
//! - what only looks like a skill is not
//! - negations and wishes reach as far as they are meant, and no further
//! - years, dates and use are read where they stand, and nothing is invented
//! - the finder equals a plain twin that tries every spelling at every place
//! - any text is read: no panic, spans are whole characters in ascending order, time in proportion to length
//! - the data behind the rules holds together

mod data;
mod numbers;
mod robust;
mod stance;
mod words;

use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::mention::{Known, Mention, MentionFinder, Source, Subject, TextContext, TextKind, YearMonth};
use crate::{LastUsed, Stance, Taxonomy};

static FINDER: LazyLock<MentionFinder> = LazyLock::new(|| MentionFinder::new(&Taxonomy::embedded()));

/// November 2026.
fn as_of() -> YearMonth {
    YearMonth::new(2026, 11).unwrap()
}

fn find_as(text: &str, kind: TextKind) -> Vec<Mention> {
    FINDER.find(text, &TextContext { as_of: as_of(), kind })
}

fn find(text: &str) -> Vec<Mention> {
    find_as(text, TextKind::Ordinary)
}

fn id(subject: Subject) -> String {
    let taxonomy = Taxonomy::embedded();
    match subject {
        Subject::Skill(skill) => taxonomy.skill(skill).id.clone(),
        Subject::Trait(found) => format!("trait:{}", taxonomy.trait_(found).id),
    }
}

/// The skills (not the traits) of mentions, in the order of the text.
fn skills(mentions: &[Mention]) -> String {
    let skills = mentions.iter().filter(|m| matches!(m.subject, Subject::Skill(_))).map(|m| id(m.subject));
    skills.collect::<Vec<_>>().join(" ")
}

/// Holds the skills of each text; shows all that differ.
#[track_caller]
fn all_find(cases: &[(&str, &str)]) {
    let found = |text: &str| skills(&find(text));
    let wrong: Vec<_> = cases
        .iter()
        .filter(|(text, wanted)| found(text) != *wanted)
        .map(|(text, wanted)| (text, found(text), wanted))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Holds the skills of a text, in its order.
#[track_caller]
fn finds(text: &str, expected: &str) {
    assert_eq!(skills(&find(text)), expected, "{text}");
}

/// Holds what is told of each text; shows all that differ, not the first alone.
#[track_caller]
fn all_told(cases: &[(&str, &str)]) {
    let told = |text: &&str| (told(text), (*text).to_owned());
    let wrong: Vec<_> = cases
        .iter()
        .filter(|(text, wanted)| told(text).0 != *wanted)
        .map(|(text, wanted)| (told(text), wanted))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every mention on one line: `java-`, `django?` (wanted), `rails!5.0y@2022` (worked, five years, last used 2022). Years
/// and uses that were computed have a `~` before them.
fn told(text: &str) -> String {
    told_of(&find(text))
}

fn told_of(mentions: &[Mention]) -> String {
    let mut told = String::new();
    for m in mentions {
        let sep = if told.is_empty() { "" } else { " " };
        let sign = match (m.stance, m.source) {
            (Stance::Negated, _) => "-",
            (Stance::Wanted, _) => "?",
            (Stance::Held, Source::Worked) => "!",
            (Stance::Held, Source::Mentioned) => "",
        };
        let _ = write!(told, "{sep}{}{sign}{}", id(m.subject), figures(m.years, m.last_used));
    }
    told
}

fn figures(years: Option<Known<u16>>, last_used: Option<Known<LastUsed>>) -> String {
    use crate::mention::Basis;
    let computed = |basis| if basis == Basis::ComputedFromDates { "~" } else { "" };
    let years = years.map(|y| format!("{}{}.{}y", computed(y.basis), y.value / 10, y.value % 10));
    let last = last_used.map(|l| match l.value {
        LastUsed::Current => format!("{}@now", computed(l.basis)),
        LastUsed::Year(year) => format!("{}@{year}", computed(l.basis)),
    });
    years.unwrap_or_default() + &last.unwrap_or_default()
}
