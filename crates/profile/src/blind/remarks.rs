//! Ages and earlier names that are said in passing: `Ada, 34, knows Django`, `she is 58`, `her 40th birthday`.

use std::ops::Range;

use super::text::{HIDDEN, Hiding};
use super::words::ages::{
    is_birth, is_birth_town, is_birthday, is_old, is_place_word, is_tens_in_words, is_work, is_year_word,
};
use super::words::is_title;
use super::words::things::is_family_state;

impl Hiding<'_> {
    /// Ages and earlier names in passing.
    pub(super) fn remarks(&mut self) {
        let all = 0..self.words.len();
        let found: Vec<Range<usize>> = all
            .filter_map(|at| {
                let age =
                    self.age_said(at).or_else(|| self.age_behind_name(at)).or_else(|| self.age_and_sex(at));
                let birth =
                    || self.birthday(at).or_else(|| self.birth_town(at)).or_else(|| self.age_in_words(at));
                age.or_else(birth)
                    .or_else(|| self.age_in_short(at))
                    .or_else(|| self.age_behind_state(at))
                    .or_else(|| self.earlier_name(at))
            })
            .collect();
        found.into_iter().for_each(|range| self.hide(range, HIDDEN));
    }

    /// Whether a word speaks of one person: their name, or a pronoun.
    pub(super) fn is_somebody(&self, at: usize) -> bool {
        let is_named = self.persons.get(at).is_some_and(|is_person| *is_person);
        // `Herr Weiß`: anybody with a title.
        let is_titled = || at > 0 && self.is_capital(at) && is_title(self.words[at - 1].text);
        let is_spoken_of = || {
            matches!(self.key(at), "she" | "he" | "i" | "ich" | "sie" | "er" | "elle" | "hij" | "zij" | "ona")
        };
        is_named || is_titled() || is_spoken_of()
    }

    /// What stands behind a word, up to the next.
    fn gap_behind(&self, at: usize) -> &str {
        let end = self.words.get(at + 1).map_or(self.text.len(), |next| next.range.start);
        &self.text[self.words[at].range.end..end]
    }

    /// Whether a comma, a bracket, another sign or the end stands behind a word.
    fn is_closed(&self, at: usize) -> bool {
        if at + 1 >= self.words.len() {
            return true;
        }
        // `34,5` is a number.
        let gap = self.gap_behind(at);
        gap.starts_with([')', ';', '\n', '|']) || (gap.starts_with([',', '.']) && gap.len() > 1)
    }

    /// `Ada is 58`, `she's 34`, `I'm 42`.
    fn age_said(&self, at: usize) -> Option<Range<usize>> {
        let is_said = at > 1
            && self.is_age(at)
            && self.joins(at - 1)
            && self.joins(at - 2)
            && matches!(self.key(at - 1), "is" | "s" | "m" | "am" | "bin" | "ist" | "was" | "wird" | "turns")
            && self.is_somebody(at - 2);
        let is_closed = self.ends(at) || matches!(self.key(at + 1), "but" | "with");
        (is_said && is_closed).then(|| self.range(at, at))
    }

    /// `[name], 34, knows`, `[name] (34)`, `[name], 34 ans,`.
    fn age_behind_name(&self, at: usize) -> Option<Range<usize>> {
        if at == 0 || !self.is_age(at) || !self.persons[at - 1] {
            return None;
        }
        if !matches!(self.gap_behind(at - 1), ", " | "," | " (" | "(" | " - " | " – ") {
            return None;
        }
        if self.is_closed(at) {
            return Some(self.range(at, at));
        }
        let is_in_years = self.joins(at) && is_year_word(self.key(at + 1)) && self.ends(at + 1);
        (is_in_years && !self.is_of_work(at + 1)).then(|| self.range(at, at + 1))
    }

    /// `34M`, `F34`, by themselves behind a name or at the beginning.
    fn age_and_sex(&self, at: usize) -> Option<Range<usize>> {
        let text = self.words[at].text;
        if text.len() != 3 || !text.is_ascii() {
            return None;
        }
        let (sex, age) = if text.starts_with(|c: char| c.is_ascii_digit()) {
            (&text[2..], &text[..2])
        } else {
            (&text[..1], &text[1..])
        };
        let is_age = age.parse::<u8>().is_ok_and(|years| (16..=80).contains(&years));
        let is_apart = at == 0 || self.persons[at - 1];
        (matches!(sex, "M" | "F" | "W") && is_age && is_apart && self.is_closed(at))
            .then(|| self.range(at, at))
    }

    /// `40th birthday`.
    fn birthday(&self, at: usize) -> Option<Range<usize>> {
        let is_number = self.key(at).starts_with(|c: char| c.is_ascii_digit());
        let is_before = is_number
            && at + 1 < self.words.len()
            && self.gap_behind(at).chars().count() <= 2
            && is_birthday(self.key(at + 1));
        is_before.then(|| self.range(at, at + 1))
    }

    /// `Geburtsort: Köln`, `place of birth: Madrid`.
    fn birth_town(&self, at: usize) -> Option<Range<usize>> {
        if !self.joins(at) {
            return None;
        }
        if is_birth_town(self.key(at)) {
            return self.place_at(at).map(|end| self.range(at, end));
        }
        let is_of_birth = is_birth(self.key(at)) && at > 1 && is_place_word(self.key(at - 2));
        // `Place of birth OCR`: a town stands behind a sign.
        let gap = self.gap_behind(at);
        if gap == " " && self.words[at + 1].text.chars().all(char::is_uppercase) && !self.is_all_capitals {
            return None;
        }
        let is_labelled =
            is_of_birth || (is_birth(self.key(at)) && at > 0 && is_place_word(self.key(at - 1)));
        if !is_labelled {
            return None;
        }
        let begin = if is_of_birth { at - 2 } else { at - 1 };
        self.place_at(at).map(|end| self.range(begin, end))
    }

    /// `Thirty-four years old`.
    fn age_in_words(&self, at: usize) -> Option<Range<usize>> {
        let lower = self.key(at);
        let is_one_word = lower.ends_with("zig") || lower.ends_with("ssig");
        if !is_tens_in_words(lower) && !is_one_word {
            return None;
        }
        let last = (at + 1..at + 4).find(|last| is_year_word(self.key(*last)))?;
        let is_one_clause = (at..=last).all(|word| self.joins(word));
        let is_old = is_old(self.key(last + 1)) && self.key(last + 1) != "o";
        (is_one_clause && is_old).then(|| self.range(at, last + 1))
    }

    /// `Marié, deux enfants. 34 ans.`: years by themselves behind a family state.
    fn age_behind_state(&self, at: usize) -> Option<Range<usize>> {
        let is_apart = at > 0 && self.is_age(at) && !self.joins(at - 1);
        if !is_apart || !self.joins(at) || !is_year_word(self.key(at + 1)) || self.joins(at + 1) {
            return None;
        }
        let is_behind = (at.saturating_sub(3)..at).any(|word| is_family_state(self.key(word)));
        is_behind.then(|| self.range(at, at + 1))
    }

    /// `52 J.`.
    fn age_in_short(&self, at: usize) -> Option<Range<usize>> {
        let next = self.words.get(at + 1)?;
        let is_short = self.is_age(at)
            && next.text == "J"
            && matches!(self.gap_behind(at), " " | "\u{a0}" | "")
            && self.text[next.range.end..].starts_with('.');
        let is_of_work = (at + 2..at + 5).any(|word| is_work(self.key(word)));
        (is_short && !is_of_work).then(|| self.words[at].range.start..next.range.end + 1)
    }

    /// `maiden name was Ray`, `previously known as Robert`.
    fn earlier_name(&self, at: usize) -> Option<Range<usize>> {
        let (phrase, needs_somebody) = match (self.key(at), self.key(at + 1), self.key(at + 2)) {
            ("maiden", "name", _) => (2, false),
            ("previously" | "formerly", "known", "as") => (3, true),
            ("madchenname" | "geburtsname" | "meisjesnaam" | "deadname", ..) => (1, false),
            ("nazwisko", "panienskie", _) | ("z", "domu", _) => (2, false),
            _ => return None,
        };
        let is_told = |from: usize| (from.saturating_sub(3)..from).any(|word| self.is_somebody(word));
        if needs_somebody && at > 0 && !is_told(at) {
            return None;
        }
        let mut last = at + phrase - 1;
        if self.joins(last) && matches!(self.key(last + 1), "was" | "is" | "war" | "ist" | "of") {
            last += 1;
        }
        self.place_at(last).map(|end| self.range(at, end))
    }
}
