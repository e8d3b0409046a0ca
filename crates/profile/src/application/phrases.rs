//! What a status, an opt-out and a consent are compared by.

use crate::when::month_of;
use crate::words::{folded, tokens};

/// Whether words are no more than a day, a kind of contract, or the ending of the word before them (`embauché(e)`).
pub(super) fn is_day_or_contract(words: &[&str]) -> bool {
    const BESIDE: [&str; 56] = [
        "on",
        "in",
        "since",
        "as",
        "of",
        "per",
        "q",
        "st",
        "nd",
        "rd",
        "th",
        "am",
        "im",
        "seit",
        "zum",
        "ab",
        "den",
        "le",
        "en",
        "er",
        "depuis",
        "du",
        "el",
        "desde",
        "de",
        "op",
        "sinds",
        "w",
        "od",
        "dnia",
        "r",
        "roku",
        "a",
        "e",
        "ee",
        "cdi",
        "cdd",
        "interim",
        "alternance",
        "permanent",
        "permanently",
        "perm",
        "contract",
        "contractor",
        "temp",
        "freelance",
        "freelancer",
        "fest",
        "festanstellung",
        "unbefristet",
        "befristet",
        "indefinido",
        "fijo",
        "vast",
        "umowa",
        "prace",
    ];
    has_one_day(words)
        && words.iter().all(|word| is_figure(word) || BESIDE.contains(word) || month_of(word).is_some())
}

/// Whether the figures among words are one day, month or year at most; no span (`2019-2021`), and no number of
/// something.
pub(super) fn has_one_day(words: &[&str]) -> bool {
    let figures = words.iter().filter(|word| is_figure(word)).count();
    let years = words.iter().filter(|word| is_year(word)).count();
    let is_named = || words.iter().any(|word| month_of(word).is_some());
    figures == 0 || figures <= 3 && years <= 1 && (years == 1 || figures > 1 || is_named())
}

pub(super) fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

/// A plain text without a word of politeness at its beginning; `None` where it has none.
pub(super) fn without_please(said: &str) -> Option<&str> {
    let polite = ["please ", "bitte ", "por favor ", "s'il vous plait ", "svp ", "alstublieft ", "prosze "];
    polite.iter().find_map(|word| said.strip_prefix(word))
}

/// What stands behind a phrase at the beginning of a plain text; `None` where the text begins otherwise.
pub(super) fn behind_phrase<'a>(said: &'a str, phrase: &str) -> Option<&'a str> {
    said.strip_prefix(phrase).filter(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether words are a day or a year, also one since which something holds.
pub(super) fn names_day(words: &[&str]) -> bool {
    match words {
        ["since" | "seit" | "depuis" | "desde" | "sinds" | "od", rest @ ..] => {
            rest.iter().any(|word| is_figure(word))
        }
        [year] => is_year(year),
        figures => figures.len() == 3 && figures.iter().all(|word| is_figure(word)),
    }
}

pub(super) fn speaks_of_contact(text: &str) -> bool {
    let said = folded(text);
    let reach = ["contact", "kontakt", "anruf", "benader"];
    tokens(&said).iter().any(|word| reach.iter().any(|start| word.starts_with(start)))
}

pub(super) fn is_yes(word: &str) -> bool {
    matches!(word, "yes" | "ja" | "oui" | "si" | "tak")
}

pub(super) fn plain(text: &str) -> String {
    folded(text).replace(['-', '_'], " ").trim_matches(['.', '!', ' ']).to_owned()
}
