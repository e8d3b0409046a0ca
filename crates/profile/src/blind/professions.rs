//! Professions in a text whose ending tells a sex: both forms become one.

use std::ops::Range;

use super::text::{Hiding, Word};
use super::words::professions::{
    ADJECTIVES, MORE_PARADIGMS, OF_BOTH, OF_MANY, PARADIGMS, Paradigm, is_thing,
};
use crate::words::folded;

impl Hiding<'_> {
    /// Endings that tell a sex.
    pub(super) fn professions(&mut self) {
        let mut found = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            // A problem of mathematics.
            let is_problem =
                word.folded == "salesman" && at > 0 && matches!(self.key(at - 1), "travelling" | "traveling");
            let Some(ending) = profession(self.text, word).filter(|_| !is_problem) else { continue };
            found.push(ending);
            if at > 0 && self.joins(at - 1) {
                found.extend(adjective(&self.words[at - 1]));
            }
        }
        found.into_iter().for_each(|(range, by)| self.hide(range, by));
    }
}

/// The ending of a profession, and what stands there instead.
fn profession(text: &str, word: &Word<'_>) -> Option<(Range<usize>, &'static str)> {
    if word.folded.chars().count() < 4 || is_thing(&word.folded) {
        return None;
    }
    let behind = &text[word.range.end..];
    let ends_there =
        |sign: &str| behind.strip_prefix(sign).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if OF_MANY.iter().any(|sign| ends_there(sign)) {
        return None;
    }
    let (paradigm, ending) = PARADIGMS.iter().chain(&MORE_PARADIGMS).find_map(|paradigm| {
        let ending = ending(paradigm, word)?;
        Some((paradigm, ending))
    })?;
    let begin = word.range.start + ending_at(word.text, ending.chars().count());
    let of_both = OF_BOTH.iter().find(|sign| ends_there(sign)).map_or(0, |sign| sign.len());
    let is_marked = of_both == 0 && behind.starts_with('*');
    let is_shouted = word.text.chars().all(|c| !c.is_lowercase());
    let by = if is_marked { "" } else { paradigm.by[usize::from(is_shouted)] };
    let range = begin..word.range.end + of_both;
    (!range.is_empty() || !by.is_empty()).then_some((range, by))
}

/// The ending of an adjective before a profession.
fn adjective(word: &Word<'_>) -> Option<(Range<usize>, &'static str)> {
    let of = |stems: &[&str], endings: &[&str]| {
        let is_stem = |rest: &str| stems.contains(&rest);
        let ending = endings.iter().find(|ending| word.folded.strip_suffix(**ending).is_some_and(is_stem))?;
        Some(ending.chars().count())
    };
    let letters = ADJECTIVES.iter().find_map(|(stems, endings)| of(stems, endings))?;
    Some((word.range.start + ending_at(word.text, letters)..word.range.end, "*"))
}

/// The ending of this paradigm with which a word ends.
fn ending(paradigm: &Paradigm, word: &Word<'_>) -> Option<&'static str> {
    let lower = word.text.to_lowercase();
    let key = if paradigm.is_accented { lower.as_str() } else { word.folded.as_str() };
    paradigm.endings.iter().copied().find(|ending| {
        key.strip_suffix(*ending).is_some_and(|rest| {
            paradigm
                .stems
                .iter()
                .any(|stem| if paradigm.is_joined { rest.ends_with(*stem) } else { rest == *stem })
        })
    })
}

/// Where so many letters of a folded ending begin in the word as it is written.
fn ending_at(text: &str, letters: usize) -> usize {
    if letters == 0 {
        return text.len();
    }
    let mut places = text.char_indices().rev().map(|(at, _)| at);
    places.find(|at| folded(&text[*at..]).chars().count() >= letters).unwrap_or(0)
}
