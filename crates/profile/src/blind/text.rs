//! Hiding who somebody is in a text: what a reader could know them by is replaced, the rest stays as written.
//!
//! | what | stands there instead |
//! |---|---|
//! | a piece of the person's own name, address or link, with initials, particles and titles beside it | `[name]` |
//! | an e-mail address, a link, a telephone number, anybody's | `[e-mail]`, `[link]`, `[phone]` |
//! | a pronoun of one person | `[they]` |
//! | a word of sex or family, an age, a day of birth, a nationality | `[hidden]` |
//! | a year in a sentence about schools | `[year]` |

use std::ops::Range;

use super::identity::{Identity, PHONE_DIGITS, WITHIN_MIN, spellings};
use super::words::{
    is_birth, is_nation, is_old, is_particle, is_plain_word, is_pronoun, is_school, is_sex, is_title,
    is_title_before_name, is_year_word,
};
use crate::words::folded;

const NAME: &str = "[name]";
const THEY: &str = "[they]";
const HIDDEN: &str = "[hidden]";
const YEAR: &str = "[year]";

/// Words after `born` among which its year is looked for.
const BIRTH_WORDS: usize = 6;
/// Words after `citizen` that are hidden with it, up to the end of the clause.
const NATION_WORDS: usize = 4;

impl Identity {
    /// The text without who the person is.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        Hiding::new(self, text).text(Years::OfSchools)
    }

    /// The same of what is about schools: no year stays, since it says how old somebody is.
    #[must_use]
    pub fn hide_education(&self, text: &str) -> String {
        Hiding::new(self, text).text(Years::All)
    }

    pub(super) fn hides_any(&self, text: &str) -> bool {
        let mut hiding = Hiding::new(self, text);
        hiding.addresses();
        hiding.names();
        !hiding.hidden.is_empty()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Years {
    OfSchools,
    All,
}

/// A run of letters and digits.
struct Word<'a> {
    range: Range<usize>,
    text: &'a str,
    folded: String,
}

struct Hiding<'a> {
    identity: &'a Identity,
    text: &'a str,
    words: Vec<Word<'a>>,
    /// What is replaced, by what.
    hidden: Vec<(Range<usize>, &'static str)>,
}

impl<'a> Hiding<'a> {
    fn new(identity: &'a Identity, text: &'a str) -> Self {
        Self { identity, text, words: words(text), hidden: Vec::new() }
    }

    fn text(mut self, years: Years) -> String {
        if self.words.is_empty() {
            return self.text.to_owned();
        }
        self.addresses();
        self.phones();
        self.names();
        self.births();
        self.nations();
        self.single_words();
        self.years(years);
        self.written()
    }

    fn hide(&mut self, range: Range<usize>, by: &'static str) {
        self.hidden.push((range, by));
    }

    /// What stands between two words that follow each other.
    fn between(&self, before: usize, after: usize) -> &'a str {
        &self.text[self.words[before].range.end..self.words[after].range.start]
    }

    /// E-mail addresses and links, whoever they are of.
    fn addresses(&mut self) {
        let mut start = 0;
        for piece in
            self.text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '|'))
        {
            let begin = start;
            start += piece.len();
            let is_sign = |c: char| !c.is_alphanumeric() && c != '/';
            let inner = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
            let begin = begin + (piece.len() - inner.len());
            let inner = inner.trim_end_matches(is_sign);
            if inner.is_empty() {
                continue;
            }
            let range = begin..begin + inner.len();
            if is_email(inner) {
                self.hide(range, "[e-mail]");
            } else if is_link(inner) {
                self.hide(range, "[link]");
            }
        }
    }

    /// Telephone numbers: the person's own in any form, and what looks like one.
    fn phones(&mut self) {
        let is_part =
            |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.' | '/' | '\u{a0}');
        let mut found = Vec::new();
        for (at, run) in runs(self.text, is_part) {
            let inner = run.trim_matches(|c: char| !c.is_ascii_digit() && c != '+');
            let digits: String = inner.chars().filter(char::is_ascii_digit).collect();
            let is_own = self.identity.phones.iter().any(|own| digits.contains(own.as_str()));
            let leads = inner.starts_with('+') || inner.starts_with('0');
            if is_own || (leads && digits.len() > PHONE_DIGITS) {
                let begin = at + run.find(inner).unwrap_or(0);
                found.push(begin..begin + inner.len());
            }
        }
        found.into_iter().for_each(|range| self.hide(range, "[phone]"));
    }

    /// The person's own name, with what belongs to it.
    fn names(&mut self) {
        let mut is_name: Vec<bool> = self.words.iter().map(|word| self.is_own(word)).collect();
        let close = |text: &str| text.chars().count() <= 3 && !text.contains(['\n', ';', '!', '?', '(', ')']);
        // From the end, so that a title before a particle before a name is found; then initials behind a name.
        for at in (0..is_name.len().saturating_sub(1)).rev() {
            if is_name[at + 1] && !is_name[at] && close(self.between(at, at + 1)) {
                let text = self.words[at].text;
                let is_particle = is_particle(text) && !is_plain_word(text);
                let is_beside = is_particle || is_title(text) || is_title_before_name(text);
                is_name[at] = is_beside || self.is_initial(at);
            }
        }
        for at in 1..is_name.len() {
            let follows = is_name[at - 1] && !is_name[at] && close(self.between(at - 1, at));
            is_name[at] |= follows && self.is_initial(at);
        }
        let mut run: Option<Range<usize>> = None;
        let mut found = Vec::new();
        for (at, is_name) in is_name.into_iter().enumerate() {
            let range = self.words[at].range.clone();
            match &mut run {
                Some(open) if is_name && close(self.between(at - 1, at)) => open.end = range.end,
                _ if is_name => found.extend(run.replace(range)),
                _ => found.extend(run.take()),
            }
        }
        found.extend(run);
        for mut range in found {
            // The stop behind an initial belongs to it.
            let is_initial =
                self.text[range.clone()].chars().rev().nth(1).is_none_or(|c| !c.is_alphanumeric());
            if is_initial && self.text[range.end..].starts_with('.') {
                range.end += 1;
            }
            self.hide(range, NAME);
        }
    }

    fn is_own(&self, word: &Word<'_>) -> bool {
        let bare = word.text.trim_matches(|c: char| c.is_ascii_digit());
        let mut keys = spellings(word.text);
        keys.extend(spellings(bare));
        keys.iter().any(|key| {
            let own = &self.identity.words;
            let is_genitive =
                || key.len() > 3 && key.strip_suffix('s').is_some_and(|stem| own.contains(stem));
            let is_within =
                |piece: &String| piece.chars().count() >= WITHIN_MIN && key.contains(piece.as_str());
            own.contains(key) || is_genitive() || own.iter().any(is_within)
        })
    }

    fn is_initial(&self, at: usize) -> bool {
        let mut letters = self.words[at].folded.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => self.identity.initials.contains(&letter),
            _ => false,
        }
    }

    /// Ages and days of birth.
    fn births(&mut self) {
        let mut found = Vec::new();
        for at in 0..self.words.len() {
            let word = self.words[at].folded.as_str();
            if is_birth(word) {
                let last = self.words.len().min(at + 1 + BIRTH_WORDS);
                let is_one_clause = |to: usize| {
                    !self.text[self.words[at].range.end..self.words[to].range.start]
                        .contains([';', '\n', ','])
                };
                let number = (at + 1..last).find(|to| is_number(self.words[*to].text) && is_one_clause(*to));
                let Some(mut end) = number else { continue };
                while end + 1 < self.words.len() && self.is_date_on(end, end + 1) {
                    end += 1;
                }
                found.push(self.words[at].range.start..self.words[end].range.end);
            } else if is_number(self.words[at].text) {
                let next = |n: usize| self.words.get(at + n).map(|w| w.folded.as_str()).unwrap_or_default();
                let old = if matches!(next(2), "de" | "d") { 3 } else { 2 };
                if is_year_word(next(1)) && is_old(next(old)) {
                    found.push(self.words[at].range.start..self.words[at + old].range.end);
                }
            }
        }
        found.into_iter().for_each(|range| self.hide(range, HIDDEN));
    }

    /// Whether a date goes on from one word to the next: `12.03.1985`, `12 March 1985`.
    fn is_date_on(&self, before: usize, after: usize) -> bool {
        let between = self.between(before, after);
        let next = &self.words[after];
        let is_close = between.chars().count() <= 2 && !between.contains([',', ';', '\n']);
        let is_month = || {
            const MONTHS: [&str; 14] = [
                "jan", "feb", "mar", "mae", "apr", "avr", "may", "mai", "jun", "jul", "aug", "sep", "oct",
                "dec",
            ];
            next.folded.chars().count() >= 3 && MONTHS.iter().any(|month| next.folded.starts_with(month))
        };
        is_close && (is_number(next.text) || is_month())
    }

    /// Clauses that say a nationality.
    fn nations(&mut self) {
        let mut found = Vec::new();
        for at in 0..self.words.len() {
            if !is_nation(&self.words[at].folded) {
                continue;
            }
            // `German citizen`: what stands before it says it.
            let is_said_before = at > 0
                && self.between(at - 1, at) == " "
                && self.words[at - 1].text.starts_with(char::is_uppercase);
            let begin = if is_said_before { at - 1 } else { at };
            let mut end = at;
            while end + 1 < self.words.len().min(at + 1 + NATION_WORDS)
                && !self.between(end, end + 1).contains(['.', ',', ';', '\n', '|', ')', '!', '?'])
            {
                end += 1;
            }
            found.push(self.words[begin].range.start..self.words[end].range.end);
        }
        found.into_iter().for_each(|range| self.hide(range, HIDDEN));
    }

    /// Pronouns, titles, words of sex and family.
    fn single_words(&mut self) {
        let mut found = Vec::new();
        for word in &self.words {
            let lower = word.text.to_lowercase();
            // `ER` is a diagram, `HIS` a system.
            let is_shouted = word.text.chars().count() > 1 && word.text.chars().all(char::is_uppercase);
            let by = if is_pronoun(&lower) && !is_shouted {
                THEY
            } else if is_title(word.text) || is_sex(&lower) {
                HIDDEN
            } else {
                continue;
            };
            let mut range = word.range.clone();
            if is_title(word.text) && self.text[range.end..].starts_with('.') {
                range.end += 1;
            }
            found.push((range, by));
        }
        found.into_iter().for_each(|(range, by)| self.hide(range, by));
    }

    /// Years, in sentences about schools or everywhere.
    fn years(&mut self, years: Years) {
        let mut found = Vec::new();
        let mut begin = 0;
        for at in 0..self.words.len() {
            let ends = at + 1 == self.words.len() || {
                let between = self.between(at, at + 1);
                between.contains(['\n', ';', '!', '?']) || between.contains(". ")
            };
            if !ends {
                continue;
            }
            let sentence = begin..=at;
            begin = at + 1;
            let is_school = years == Years::All || sentence.clone().any(|w| is_school(&self.words[w].folded));
            let years = sentence.filter(|w| is_school && is_year(self.words[*w].text));
            found.extend(years.map(|w| self.words[w].range.clone()));
        }
        found.into_iter().for_each(|range| self.hide(range, YEAR));
    }

    /// The text with what was found replaced; of what overlaps, what begins first stands.
    fn written(mut self) -> String {
        self.hidden.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for (range, by) in &self.hidden {
            if range.end <= at {
                continue;
            }
            if range.start >= at {
                text.push_str(&self.text[at..range.start]);
                text.push_str(by);
            }
            at = range.end;
        }
        text.push_str(&self.text[at..]);
        text
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    runs(text, char::is_alphanumeric)
        .into_iter()
        .map(|(at, run)| Word { range: at..at + run.len(), text: run, folded: folded(run) })
        .collect()
}

/// Every longest run of signs of a kind, with where it begins.
fn runs(text: &str, is_part: impl Fn(char) -> bool) -> Vec<(usize, &str)> {
    let mut runs = Vec::new();
    let mut begin = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\u{0}')]) {
        if at < text.len() && (is_part(c) || (begin.is_some() && is_mark(c))) {
            begin.get_or_insert(at);
        } else if let Some(begin) = begin.take() {
            runs.push((begin, &text[begin..at]));
        }
    }
    runs
}

/// Accents that stand as signs of their own belong to the letter before them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn is_number(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && ("1940".."2040").contains(&word)
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && host.contains('.') && host.chars().next().is_some_and(char::is_alphanumeric)
    })
}

/// With a scheme or `www.`, or a host of a usual ending with a path.
fn is_link(text: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "com", "org", "net", "io", "dev", "me", "de", "fr", "es", "nl", "pl", "uk", "eu", "co", "ch", "at",
        "app", "page", "info", "us", "ca", "it",
    ];
    let lower = text.to_lowercase();
    if lower.contains("://") || lower.starts_with("www.") {
        return true;
    }
    let Some((host, path)) = text.split_once('/') else { return false };
    let ending = host.rsplit('.').next().unwrap_or_default();
    !path.is_empty() && host.len() > ending.len() + 1 && ENDINGS.contains(&ending)
}
