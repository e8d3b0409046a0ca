//! What somebody belongs to: phrases of faith, health, family and the like, stated sexes and pronouns.

use std::ops::Range;

use super::text::{HIDDEN, Hiding};
use super::words::groups::{
    OTHER_PHRASES, PHRASES, is_label, is_named_pronoun, is_small_number, is_someone, is_value,
};
use super::words::more::phrases_from;

impl Hiding<'_> {
    /// Phrases that say what somebody is.
    pub(super) fn groups(&mut self) {
        let all = 0..self.words.len();
        let found: Vec<Range<usize>> = all
            .filter_map(|at| {
                let phrase = self.phrase(at).or_else(|| self.stated(at)).or_else(|| self.pronouns(at));
                phrase.or_else(|| self.letter(at)).or_else(|| self.degree(at))
            })
            .collect();
        found.into_iter().for_each(|range| self.hide(range, HIDDEN));
    }

    /// The longest phrase that begins at a word.
    fn phrase(&self, at: usize) -> Option<Range<usize>> {
        let fits = |part: &str, key: &str| match part {
            "#" => is_small_number(key),
            "~" => is_someone(key),
            _ => part == key,
        };
        let is_here = |phrase: &str| {
            let mut parts = phrase.split(' ').enumerate();
            parts.all(|(n, part)| fits(part, self.key(at + n)) && (n == 0 || self.joins(at + n - 1)))
        };
        let more = if is_small_number(self.key(at)) { phrases_from("#") } else { &[] };
        let more = more.iter().chain(phrases_from(self.key(at)));
        let phrases = PHRASES.iter().chain(&OTHER_PHRASES).chain(more).filter(|phrase| is_here(phrase));
        let longest = phrases.map(|phrase| phrase.split(' ').count()).max()?;
        Some(self.range(at, at + longest - 1))
    }

    /// `Gender: M`, `Geschlecht: weiblich`, `marital status: single`.
    fn stated(&self, at: usize) -> Option<Range<usize>> {
        let mut end = at;
        if !is_label(self.key(at)) {
            return None;
        }
        while end < at + 2 && self.joins(end) && is_value(self.key(end + 1)) {
            end += 1;
        }
        (end > at).then(|| self.range(at, end))
    }

    /// `she/her`, `they/them`.
    fn pronouns(&self, at: usize) -> Option<Range<usize>> {
        let is_pronoun = |at: usize| is_named_pronoun(self.key(at));
        let goes_on = |at: usize| {
            at + 1 < self.words.len()
                && matches!(self.between(at, at + 1), "/" | " / " | " /" | "/ ")
                && is_pronoun(at + 1)
        };
        let mut end = at;
        // Those behind the first of them are hidden with it.
        if at > 0 && is_pronoun(at - 1) && is_pronoun(at) && goes_on(at - 1) {
            return None;
        }
        while is_pronoun(at) && goes_on(end) {
            end += 1;
        }
        (end > at).then(|| self.range(at, end))
    }

    /// `(f)`: a letter by itself in brackets, behind a space.
    fn letter(&self, at: usize) -> Option<Range<usize>> {
        let range = self.range(at, at);
        let before = self.text[..range.start].strip_suffix('(')?;
        let is_alone = before.is_empty() || before.ends_with(char::is_whitespace);
        let is_letter = matches!(self.key(at), "f" | "m" | "w") && self.text[range.end..].starts_with(')');
        (is_alone && is_letter).then_some(range)
    }

    /// `GdB 50`, and not the debugger.
    fn degree(&self, at: usize) -> Option<Range<usize>> {
        let is_degree = self.words[at].text == "GdB" && self.joins(at);
        let is_number = is_degree && self.key(at + 1).bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| self.range(at, at + 1))
    }
}
