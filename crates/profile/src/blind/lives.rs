//! Ages, days and places of birth in a text.

use std::ops::Range;

use super::names::script;
use super::text::{HIDDEN, Hiding, is_number, is_year};
use super::words::ages::{
    has_years, is_age_cue, is_age_link, is_aged, is_and, is_birth, is_birth_in_short, is_born_in, is_decade,
    is_decade_lead, is_german_lead, is_month, is_old, is_tens, is_turn, is_work, is_year_word,
};
use super::words::groups::is_someone;
use super::words::is_sex;
use super::words::nations::{is_article, is_demonym, is_person};
use super::words::things::is_old_thing;

/// Words after `born` among which its date is looked for.
const BIRTH_WORDS: usize = 6;
/// Words of the longest date: `12 de marzo de 1985`.
const DATE_WORDS: usize = 8;
/// Words of a town or a country.
const PLACE_WORDS: usize = 3;
/// What stands behind a number for years of life in Chinese, Japanese and Korean.
const YEARS_OF_LIFE: [&str; 5] = ["岁", "歲", "歳", "才", "세"];
/// The same for a decade of life or of birth.
const GENERATIONS: [&str; 3] = ["代", "后", "後"];
/// The same for a year of birth.
const YEARS_OF_BIRTH: [&str; 5] = ["年生まれ", "年出生", "年生", "년생", "년 출생"];

impl Hiding<'_> {
    /// Ages, days and places of birth.
    pub(super) fn ages(&mut self) {
        let all = 0..self.words.len();
        let found: Vec<Range<usize>> = all
            .filter_map(|at| {
                let birth = self.birth(at).or_else(|| self.star(at)).or_else(|| self.birth_place(at));
                let age = || self.age_after(at).or_else(|| self.age_had(at)).or_else(|| self.age_before(at));
                birth.or_else(age).or_else(|| self.decade(at)).or_else(|| self.unspaced_age(at))
            })
            .collect();
        found.into_iter().for_each(|range| self.hide(range, HIDDEN));
    }

    /// Whether a word is a number of years that somebody who works may be old.
    pub(super) fn is_age(&self, at: usize) -> bool {
        let text = self.words.get(at).map_or("", |word| word.text);
        text.len() == 2 && text.parse::<u8>().is_ok_and(|years| (14..=99).contains(&years))
    }

    /// Whether a clause ends behind a word, or another begins.
    pub(super) fn ends(&self, at: usize) -> bool {
        !self.joins(at) || is_and(self.key(at + 1)) || {
            // ` - ` is an end, and neither a space nor a hyphen is.
            let between = self.between(at, at + 1);
            between.len() > 1 && !between.trim().is_empty()
        }
    }

    /// Whether years are those of work: `41 years of experience`, `20-jährige technische Erfahrung`.
    pub(super) fn is_of_work(&self, years: usize) -> bool {
        let mut at = years;
        while at < years + 4 && self.joins(at) {
            at += 1;
            if is_work(self.key(at)) {
                return true;
            }
        }
        false
    }

    /// `aged 41`, `Alter: 41`, `wiek 41 lat`, `turned 41`.
    fn age_after(&self, at: usize) -> Option<Range<usize>> {
        if !is_age_cue(self.key(at)) {
            return None;
        }
        let mut number = at;
        while self.joins(number) && is_age_link(self.key(number + 1)) {
            number += 1;
        }
        if !self.joins(number) || !self.is_age(number + 1) {
            return None;
        }
        // `Database turned 30`.
        let is_led = is_turn(self.key(at)) && at > 0 && self.joins(at - 1);
        let is_adverb = || matches!(self.key(at - 1), "just" | "recently" | "has" | "had" | "have" | "now");
        if is_led && !is_adverb() && !self.is_person_at(at - 1) {
            return None;
        }
        number += 1;
        let mut end = number;
        if self.joins(end) && is_year_word(self.key(end + 1)) {
            end += 1;
            if self.is_of_work(end) {
                return None;
            }
            if self.joins(end) && is_old(self.key(end + 1)) {
                end += 1;
            }
        }
        let is_of_things = is_turn(self.key(at)) && end == number && !self.ends(number) && {
            !matches!(
                self.key(number + 1),
                "this" | "in" | "last" | "on" | "when" | "while" | "years" | "today"
            )
        };
        (!is_of_things).then(|| self.range(at, end))
    }

    /// `j'ai 41 ans`, `I am 41`.
    fn age_had(&self, at: usize) -> Option<Range<usize>> {
        if !self.joins(at) || !self.is_age(at + 1) {
            return None;
        }
        let number = at + 1;
        let is_said = self.joins(number)
            && has_years(self.key(at), self.key(number + 1))
            && self.ends(number + 1)
            && !self.is_of_work(number + 1);
        if is_said {
            return Some(self.range(number, number + 1));
        }
        let is_me = self.key(at) == "am" && at > 0 && self.key(at - 1) == "i" && self.ends(number);
        is_me.then(|| self.range(number, number))
    }

    /// `34 years old`, `41 y/o`, `41-jährig`.
    fn age_before(&self, at: usize) -> Option<Range<usize>> {
        let text = self.words[at].text;
        if text.len() > 2 && text.is_char_boundary(2) && text[..2].bytes().all(|b| b.is_ascii_digit()) {
            // `41yo`, `41jährige`.
            let is_age = is_aged(&self.key(at)[2..]) && text > "14" && !self.is_of_work(at);
            return is_age.then(|| self.range(at, at));
        }
        if !self.is_age(at) || !self.joins(at) {
            return None;
        }
        if is_aged(self.key(at + 1)) {
            return (!self.is_of_work(at + 1)).then(|| self.range(at, at + 1));
        }
        if !is_year_word(self.key(at + 1)) || !self.joins(at + 1) {
            return None;
        }
        let is_linked = matches!(self.key(at + 2), "de" | "d" | "of") && self.joins(at + 2);
        let old = if is_linked { at + 3 } else { at + 2 };
        (is_old(self.key(old)) && !self.is_age_of_thing(at, old)).then(|| self.range(at, old))
    }

    /// Whether a word speaks of one person, by name or by what they are.
    fn is_person_at(&self, at: usize) -> bool {
        let key = self.key(at);
        self.is_somebody(at)
            || matches!(key, "who" | "they")
            || is_person(key)
            || is_someone(key)
            || is_sex(key)
    }

    /// `Python is 30 years old`, `15-year-old COBOL system`.
    fn is_age_of_thing(&self, number: usize, old: usize) -> bool {
        let is_verb =
            |at: usize| matches!(self.key(at), "is" | "was" | "are" | "were" | "turned" | "ist" | "war");
        if number > 1 && self.joins(number - 1) && is_verb(number - 1) && self.joins(number - 2) {
            let subject = number - 2;
            return !(subject.saturating_sub(3)..=subject).any(|at| self.is_person_at(at));
        }
        if !self.joins(old) || self.ends(old) {
            return false;
        }
        let end = self.words.len().min(old + 4);
        let is_person = (old + 1..end).any(|at| self.is_person_at(at) || is_demonym(self.key(at)));
        !is_person && (old + 1..end).any(|at| is_old_thing(self.key(at)))
    }

    /// `in her forties`, `mid-thirties`, `Mitte dreißig`, `Ende 40`.
    fn decade(&self, at: usize) -> Option<Range<usize>> {
        let is_led = at > 0 && self.joins(at - 1);
        if !is_led || !is_decade_lead(self.key(at - 1)) {
            return None;
        }
        let is_in_german = is_german_lead(self.key(at - 1)) && is_tens(self.key(at));
        // `in his 50's`.
        let has_s = at + 1 < self.words.len()
            && self.key(at + 1) == "s"
            && matches!(self.between(at, at + 1), "'" | "’")
            && is_tens(self.key(at));
        if !is_decade(self.key(at)) && !is_in_german && !has_s {
            return None;
        }
        let mut begin = at - 1;
        while begin > 0 && self.joins(begin - 1) && is_decade_lead(self.key(begin - 1)) {
            begin -= 1;
        }
        Some(self.range(begin, at + usize::from(has_s)))
    }

    /// `41岁`, `1985年生まれ`.
    fn unspaced_age(&self, at: usize) -> Option<Range<usize>> {
        let next = self.words.get(at + 1)?;
        let starts =
            |signs: &[&str]| signs.iter().find(|sign| next.text.starts_with(**sign)).map(|sign| sign.len());
        let is_unspaced = next.text.chars().next().is_some_and(|c| script(c).is_some());
        if !is_unspaced || self.between(at, at + 1).chars().count() > 1 {
            return None;
        }
        let is_generation = ["세대", "세기", "才能"].iter().any(|word| next.text.starts_with(*word));
        let is_of_life = || {
            // `40代`, and not `40代码`; `85后`, and not `85后端`.
            let is_code =
                ["代码", "代碼", "代理", "代表", "代替", "后端", "后台", "后续", "后来", "後端", "後台"];
            !is_code.iter().any(|word| next.text.starts_with(*word))
        };
        let letters = if self.is_age(at) && !is_generation {
            starts(&YEARS_OF_LIFE).or_else(|| starts(&GENERATIONS).filter(|_| is_of_life()))?
        } else if is_year(self.words[at].text) && !next.text.starts_with("年生产") {
            starts(&YEARS_OF_BIRTH)?
        } else {
            return None;
        };
        Some(self.words[at].range.start..next.range.start + letters)
    }

    /// Whether a word is one of birth, as it stands here.
    fn is_birth(&self, at: usize) -> bool {
        let (word, key) = (&self.words[at], self.key(at));
        if matches!(key, "ne" | "nee") {
            // `né`, and not the French `ne` or the Dutch `nee`.
            return key != word.text.to_lowercase() || matches!(self.key(at + 1), "en" | "le");
        }
        let is_before_year = || {
            self.text[word.range.end..].starts_with('.')
                && self.words.get(at + 1).is_some_and(|next| is_number(next.text))
                && self.between(at, at + 1).chars().count() <= 2
                && self.date_end(at + 1).is_some()
        };
        // `Birth registry with Java 2015`.
        let is_thing = key == "birth" && self.joins(at) && {
            let next = self.key(at + 1);
            let is_said = matches!(next, "date" | "day" | "year" | "in" | "on" | "at" | "is" | "was");
            let is_date = is_number(next) || is_month(next);
            self.between(at, at + 1) == " " && !is_said && !is_date
        };
        (is_birth(key) && !is_thing) || (is_birth_in_short(key) && is_before_year())
    }

    /// `born on 12 March 1985`, `geb. 12.03.1985`, `né en 1985`, with the town behind it.
    fn birth(&self, at: usize) -> Option<Range<usize>> {
        // `Born out of a hackathon in 2015`.
        if !self.is_birth(at) || (self.joins(at) && self.key(at + 1) == "out") {
            return None;
        }
        let begin = self.birth_before(at);
        let is_dated = begin.is_some_and(|begin| (begin..at).any(|word| is_year(self.words[word].text)));
        let last = self.words.len().min(at + 1 + BIRTH_WORDS);
        let is_one_clause = |to: usize| {
            !self.text[self.words[at].range.end..self.words[to].range.start].contains([';', '\n', ','])
        };
        let is_short = matches!(self.key(at), "jahrgang" | "jg" | "geb");
        let mut numbers = (at + 1..last).filter(|to| is_number(self.words[*to].text) && is_one_clause(*to));
        let end = numbers.find_map(|to| {
            let is_last_two = is_short && to == at + 1 && self.words[to].text.len() == 2;
            self.date_end(to).or_else(|| is_last_two.then_some(to))
        });
        match (end.filter(|_| !is_dated), begin) {
            (Some(end), begin) => Some(self.range(begin.unwrap_or(at), self.place_after(end).unwrap_or(end))),
            (None, begin) => begin.map(|begin| self.range(begin, self.place_after(at).unwrap_or(at))),
        }
    }

    /// Where a birth begins whose verb stands last: `1985 in Kiel geboren`, `1985 roku urodzony`.
    fn birth_before(&self, at: usize) -> Option<usize> {
        if !matches!(
            self.key(at),
            "geboren" | "urodzony" | "urodzona" | "nato" | "nata" | "nacido" | "nacida"
        ) {
            return None;
        }
        let mut begin = None;
        let mut here = at;
        while here > 0 && at - here < BIRTH_WORDS {
            let is_day = is_month(self.key(here)) && self.between(here - 1, here) == ". ";
            if !self.joins(here - 1) && !is_day {
                break;
            }
            here -= 1;
            let key = self.key(here);
            let is_date = begin == Some(here + 1) && (is_number(self.words[here].text) || is_month(key));
            let is_place = begin.is_none() && is_born_in(key) && self.is_capital(here + 1);
            if is_year(self.words[here].text) || is_date || is_place {
                begin = Some(here);
            } else if !self.is_capital(here)
                && !matches!(key, "roku" | "rok" | "r" | "in" | "w" | "a" | "te" | "bei")
            {
                break;
            }
        }
        begin
    }

    /// The last word of a date that begins at a number; `None` where the number is no date.
    pub(super) fn date_end(&self, at: usize) -> Option<usize> {
        let is_behind_month = at > 0 && self.joins(at - 1) && is_month(self.key(at - 1));
        let mut end = at;
        while end < at + DATE_WORDS
            && let Some(next) = self.date_on(end)
        {
            end = next;
        }
        (end > at || is_behind_month || is_year(self.words[at].text)).then_some(end)
    }

    /// Where a date goes on behind a word: `12.03.1985`, `12 March 1985`, `12 de marzo de 1985`, `12, 1985`.
    fn date_on(&self, at: usize) -> Option<usize> {
        let next = at + 1;
        let is_part =
            |word: usize| self.words.get(word).is_some_and(|w| is_number(w.text)) || is_month(self.key(word));
        if next >= self.words.len() {
            return None;
        }
        let between = self.between(at, next);
        if between == ", " && is_number(self.words[at].text) && !is_year(self.words[at].text) {
            return is_year(self.words[next].text).then_some(next);
        }
        if between.chars().count() > 2 || between.contains([',', ';', '\n']) || is_year(self.words[at].text) {
            return None;
        }
        if is_part(next) {
            return Some(next);
        }
        let is_linked = matches!(self.key(next), "de" | "of" | "del" | "di") && self.joins(next);
        (is_linked && is_part(next + 1)).then_some(next + 1)
    }

    /// `*1985`, `*12.03.1985`.
    fn star(&self, at: usize) -> Option<Range<usize>> {
        let word = &self.words[at];
        let before = self.text[..word.range.start].strip_suffix('*')?;
        let is_free =
            before.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ',' | ';'));
        if !is_free || !is_number(word.text) {
            return None;
        }
        let end = self.date_end(at)?;
        Some(word.range.start - 1..self.words[end].range.end)
    }

    /// `born in Madrid`, `born and raised in Kraków`.
    fn birth_place(&self, at: usize) -> Option<Range<usize>> {
        if !self.is_birth(at) {
            return None;
        }
        let mut last = at;
        while self.joins(last)
            && matches!(self.key(last + 1), "and" | "und" | "raised" | "grown" | "up" | "et")
        {
            last += 1;
        }
        self.place_after(last).map(|end| self.range(at, end))
    }

    /// The last word of a place behind a preposition.
    fn place_after(&self, at: usize) -> Option<usize> {
        let is_in = self.joins(at) && is_born_in(self.key(at + 1));
        if is_in { self.place_at(at + 1) } else { None }
    }

    /// The last word of a place that begins behind a word.
    pub(super) fn place_at(&self, before: usize) -> Option<usize> {
        let mut first = before;
        if self.joins(first) && is_article(self.key(first + 1)) {
            first += 1;
        }
        let mut end = first;
        while end < first + PLACE_WORDS && self.joins(end) && self.is_capital(end + 1) {
            end += 1;
        }
        (end > first).then_some(end)
    }
}
