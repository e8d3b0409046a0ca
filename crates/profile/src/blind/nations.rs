//! Nationalities, and where somebody is from, in a text.

use std::ops::Range;

use super::text::{HIDDEN, Hiding};
use super::words::beside::is_nation_of_one;
use super::words::groups::is_group;
use super::words::is_pronoun;
use super::words::more::is_more;
use super::words::nations::{
    COUNTRY_ORIGINS, ORIGINS, ends_value, is_article, is_behind_person, is_citizen, is_demonym,
    is_english_label, is_foreign_passport, is_nation, is_nation_in_short, is_nation_label, is_national,
    is_passport, is_person,
};
use crate::Country;

/// Words after `nationality` that are hidden with it, up to the end of the clause.
const NATION_WORDS: usize = 4;

/// Words of nations before `citizen`.
const NATIONS_BEFORE: usize = 8;

impl Hiding<'_> {
    /// Clauses that say a nationality or where somebody is from.
    pub(super) fn nations(&mut self) {
        let all = 0..self.words.len();
        let found: Vec<Range<usize>> = all
            .filter_map(|at| {
                let nation = self.nation(at).or_else(|| self.origin(at));
                nation.or_else(|| self.german_origin(at)).or_else(|| self.nation_of(at))
            })
            .collect();
        found.into_iter().for_each(|range| self.hide(range, HIDDEN));
    }

    fn is_nation_at(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        is_nation(&word.folded) || is_nation_in_short(word.text)
    }

    /// The first of the nations before a word: `dual German-Polish citizen`.
    fn nations_before(&self, at: usize) -> usize {
        let mut begin = at;
        while begin > 0 && at - begin < NATIONS_BEFORE && self.joins(begin - 1) {
            let is_link = begin > 1
                && matches!(self.key(begin - 1), "and" | "und" | "or")
                && self.joins(begin - 2)
                && self.is_nation_at(begin - 2);
            let is_dual = matches!(self.key(begin - 1), "dual" | "non" | "south" | "north" | "new");
            if self.is_nation_at(begin - 1) || is_dual || (begin < at && is_link) {
                begin -= 1;
            } else {
                break;
            }
        }
        begin
    }

    fn nation(&self, at: usize) -> Option<Range<usize>> {
        let key = self.key(at);
        let mut begin = self.nations_before(at);
        if is_nation_label(key) || is_citizen(key) {
            if is_citizen(key) && self.is_of_things(at) {
                return None;
            }
            if begin == at && is_english_label(key) && self.is_of_things(at) && !self.has_value(at) {
                return None;
            }
            let is_said_before =
                begin == at && at > 0 && self.between(at - 1, at) == " " && self.is_capital(at - 1);
            begin -= usize::from(is_said_before);
            let end = if is_citizen(key) { self.country_of(at) } else { self.value_end(at) };
            return Some(self.range(begin, end));
        }
        if is_national(key) && begin < at {
            let is_of_things = !self.ends(at) && !ends_value(self.key(at + 1)) && self.key(at + 1) != "in";
            return (!is_of_things || key == "born").then(|| self.range(begin, at));
        }
        if is_passport(key) && begin < at && !self.is_of_things(at) {
            let is_held = self.joins(at) && self.key(at + 1).starts_with("holder");
            return Some(self.range(begin, at + usize::from(is_held)));
        }
        let is_before = is_foreign_passport(key) && self.joins(at) && self.is_nation_at(at + 1);
        is_before.then(|| self.range(at, at + 1))
    }

    /// `US citizen portal`, `US passport control`, `citizen developer`: no word of a person stands behind.
    fn is_of_things(&self, at: usize) -> bool {
        let next = self.key(at + 1);
        !self.ends(at) && !ends_value(next) && {
            !matches!(next, "of" | "in" | "by" | "through" | "or" | "living" | "since" | "ready")
                && !next.starts_with("holder")
        }
    }

    /// `Nationality: Ghanaian`, `religion is ...`, `ethnicity Asian`.
    fn has_value(&self, at: usize) -> bool {
        let next = self.key(at + 1);
        let is_known = self.is_nation_at(at + 1)
            || is_group(next)
            || is_more(next)
            || matches!(next, "is" | "was" | "minority" | "yes" | "none");
        is_known || next.starts_with(|c: char| c.is_ascii_digit()) || {
            at + 1 < self.words.len() && self.between(at, at + 1).contains([':', '='])
        }
    }

    /// `citizen of the Netherlands`.
    fn country_of(&self, at: usize) -> usize {
        let is_of = self.joins(at) && self.key(at + 1) == "of";
        if is_of { self.place_at(at + 1).unwrap_or(at) } else { at }
    }

    fn value_end(&self, at: usize) -> usize {
        let mut end = at;
        while end < at + NATION_WORDS && self.joins(end) && !ends_value(self.key(end + 1)) {
            end += 1;
        }
        end
    }

    /// `originally from Warsaw`, `comes from Poland`.
    fn origin(&self, at: usize) -> Option<Range<usize>> {
        if let Some(phrase) = ORIGINS.iter().find(|phrase| self.is_phrase(at, phrase)) {
            let last = at + words(phrase) - 1;
            let first = if is_article(self.key(last + 1)) { last + 2 } else { last + 1 };
            // `native of the JVM world`.
            let is_short = self.words.get(first).is_some_and(|word| {
                word.text.len() > 1 && word.text.chars().all(char::is_uppercase) && word.text != "UAE"
            });
            if is_short && !self.is_all_capitals && !self.is_nation_at(first) {
                return None;
            }
            return self.place_at(last).map(|end| self.range(at, end));
        }
        let phrase = COUNTRY_ORIGINS.iter().find(|phrase| self.is_phrase(at, phrase))?;
        let last = at + words(phrase) - 1;
        let end = self.place_at(last)?;
        let first = if is_article(self.key(last + 1)) { last + 2 } else { last + 1 };
        let is_country = self.text[self.range(first, end)].parse::<Country>().is_ok();
        is_country.then(|| self.range(at, end))
    }

    fn is_phrase(&self, at: usize, phrase: &str) -> bool {
        let mut words = phrase.split(' ').enumerate();
        words.all(|(n, word)| self.key(at + n) == word && (n == 0 || self.joins(at + n - 1)))
    }

    /// `aus der Ukraine stammend`.
    fn german_origin(&self, at: usize) -> Option<Range<usize>> {
        if !self.key(at).starts_with("stammend") {
            return None;
        }
        let mut begin = at;
        while begin > 0 && at - begin < NATION_WORDS && self.joins(begin - 1) {
            begin -= 1;
            if self.key(begin) == "aus" {
                return Some(self.range(begin, at));
            }
        }
        None
    }

    /// `I am Polish`, `she is Dutch`: that somebody is it, and not that they speak it.
    fn nation_of(&self, at: usize) -> Option<Range<usize>> {
        let key = self.key(at);
        if !(self.is_nation_at(at) || is_nation_of_one(key)) || !self.ends(at) {
            return None;
        }
        // `is a proud Nigerian`.
        let mut first = at;
        while first > 0
            && at - first < 3
            && self.joins(first - 1)
            && matches!(
                self.key(first - 1),
                "a" | "an" | "proud" | "proudly" | "native" | "half" | "also" | "ein"
            )
        {
            first -= 1;
        }
        if first == 0 || !self.joins(first - 1) {
            return None;
        }
        let verb = self.key(first - 1);
        if matches!(verb, "jestem" | "soy" | "sono" | "sou") {
            return Some(self.range(at, at));
        }
        let is_said = first > 1
            && matches!(verb, "am" | "is" | "are" | "m" | "s" | "bin" | "ist" | "suis" | "est" | "ben")
            && self.joins(first - 2)
            && {
                let who = self.key(first - 2);
                matches!(who, "i" | "ich" | "they" | "je" | "ik") || is_pronoun(who)
            };
        is_said.then(|| self.range(at, at))
    }

    /// Nationalities of people: `a Nigerian developer`, `[name], 34, Polish`, `Nat.: German`.
    pub(super) fn people_of_nations(&mut self) {
        let all = 0..self.words.len();
        let found: Vec<Range<usize>> = all
            .filter_map(|at| {
                let person = self.person_of(at).or_else(|| self.nation_behind(at));
                person.or_else(|| self.nation_in_short(at)).or_else(|| self.origin_in(at))
            })
            .collect();
        found.into_iter().for_each(|range| self.hide(range, HIDDEN));
    }

    /// `Nigerian developer`: the nation goes, and what somebody does stays.
    fn person_of(&self, at: usize) -> Option<Range<usize>> {
        if !is_demonym(self.key(at)) || !self.joins(at) {
            return None;
        }
        let is_one =
            |at: usize| is_person(self.key(at)) && (self.ends(at) || is_behind_person(self.key(at + 1)));
        // `Polish software engineer`.
        let is_kind = self.joins(at + 1)
            && matches!(
                self.key(at + 1),
                "software" | "data" | "senior" | "junior" | "web" | "backend" | "frontend" | "young" | "phd"
            );
        (is_one(at + 1) || (is_kind && is_one(at + 2))).then(|| self.range(at, at))
    }

    /// `She's 34, Nigerian`, `[name] (Polish)`: alone behind the person or their age.
    fn nation_behind(&self, at: usize) -> Option<Range<usize>> {
        if at == 0 || !is_demonym(self.key(at)) || self.joins(at - 1) {
            return None;
        }
        let is_age = at > 1 && self.is_age(at - 1) && self.is_somebody_before(at - 1);
        let is_behind =
            (self.persons[at - 1] || is_age) && matches!(self.between(at - 1, at), ", " | " (" | ",");
        // `Polish, German`, `Polish (native)`: languages.
        let behind = &self.text[self.words[at].range.end..];
        let is_alone = behind.is_empty() || behind.starts_with([',', ')', '.', ';', '\n']);
        let is_list = is_demonym(self.key(at + 1)) && !self.joins(at);
        (is_behind && is_alone && !is_list).then(|| self.range(at, at))
    }

    /// Whether somebody is spoken of in the few words before one.
    fn is_somebody_before(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at).any(|word| self.is_somebody(word))
    }

    /// `Nat.: German`.
    fn nation_in_short(&self, at: usize) -> Option<Range<usize>> {
        let is_short = self.key(at) == "nat"
            && at + 1 < self.words.len()
            && self.between(at, at + 1).contains(':')
            && is_demonym(self.key(at + 1));
        is_short.then(|| self.range(at, at + 1))
    }

    /// `Marokkaanse afkomst`, `d'origine sénégalaise`, `pochodzenia ukraińskiego`.
    fn origin_in(&self, at: usize) -> Option<Range<usize>> {
        let is_behind =
            matches!(self.key(at), "afkomst" | "komaf" | "herkomst") && at > 0 && self.joins(at - 1);
        if is_behind && self.is_capital(at - 1) {
            return Some(self.range(at - 1, at));
        }
        let is_led = at > 0 && self.joins(at - 1) && self.joins(at) && {
            matches!(
                (self.key(at - 1), self.key(at)),
                ("d" | "di", "origine") | ("de", "origen" | "origem") | (_, "pochodzenia")
            )
        };
        let value = self.key(at + 1);
        let is_nation = is_demonym(value)
            || [
                "aise", "ais", "ien", "ienne", "aine", "ain", "ois", "oise", "ino", "ina", "ano", "ana",
                "skiego",
            ]
            .iter()
            .any(|ending| value.len() > ending.len() + 2 && value.ends_with(ending));
        (is_led && is_nation).then(|| self.range(at, at + 1))
    }
}

fn words(phrase: &str) -> usize {
    phrase.split(' ').count()
}
