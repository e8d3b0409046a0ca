//! Hiding who somebody is in a text: what a reader could know them by is replaced, the rest stays as written.
//!
//! | what | stands there instead |
//! |---|---|
//! | a piece of the person's own name, address or link, with initials, particles and titles beside it | `[name]` |
//! | an e-mail address, a link, a telephone number, anybody's | `[e-mail]`, `[link]`, `[phone]` |
//! | a pronoun of one person | `[they]` |
//! | a word of sex, family, faith or health, an age, a day of birth, a nationality | `[hidden]` |
//! | the ending of a profession that tells a sex | `*`, or nothing where the word is of no sex in English |
//! | a year in a sentence about schools | `[year]` |

use std::ops::Range;

use super::identity::Identity;
use super::names::script;
use super::words::tongues::{TONGUES, Tongue, counted};
use crate::words::folded;

pub(super) const NAME: &str = "[name]";
pub(super) const THEY: &str = "[they]";
pub(super) const HIDDEN: &str = "[hidden]";

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
        hiding.unspaced_names();
        !hiding.hidden.is_empty()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Years {
    OfSchools,
    All,
}

/// A run of letters and digits.
pub(super) struct Word<'a> {
    pub(super) range: Range<usize>,
    pub(super) text: &'a str,
    pub(super) folded: String,
}

pub(super) struct Hiding<'a> {
    pub(super) identity: &'a Identity,
    pub(super) text: &'a str,
    pub(super) words: Vec<Word<'a>>,
    /// Whether each word is one of the person's name.
    pub(super) persons: Vec<bool>,
    /// How many small words of each language there are.
    tongues: [usize; TONGUES],
    /// Whether all of it is written in capitals: `SHE IS READY`.
    pub(super) is_all_capitals: bool,
    /// What is replaced, by what.
    hidden: Vec<(Range<usize>, &'static str)>,
}

impl<'a> Hiding<'a> {
    fn new(identity: &'a Identity, text: &'a str) -> Self {
        let words = words(text);
        let tongues = counted(words.iter().map(|word| word.folded.as_str()));
        let persons = vec![false; words.len()];
        let is_all_capitals = words.len() > 2 && !text.contains(char::is_lowercase);
        Self { identity, text, words, persons, tongues, is_all_capitals, hidden: Vec::new() }
    }

    fn text(mut self, years: Years) -> String {
        if self.words.is_empty() {
            return self.text.to_owned();
        }
        self.addresses();
        self.phones();
        self.names();
        self.unspaced_names();
        self.unspaced_words();
        self.ages();
        self.remarks();
        self.nations();
        self.people_of_nations();
        self.groups();
        self.professions();
        self.single_words();
        self.years(years);
        self.written()
    }

    pub(super) fn hide(&mut self, range: Range<usize>, by: &'static str) {
        self.hidden.push((range, by));
    }

    /// Whether more small words are of this language than of any other.
    pub(super) fn speaks(&self, tongue: Tongue) -> bool {
        let count = self.tongues[tongue as usize];
        count > 0 && self.tongues.iter().all(|other| *other <= count)
    }

    /// What stands between two words that follow each other.
    pub(super) fn between(&self, before: usize, after: usize) -> &'a str {
        &self.text[self.words[before].range.end..self.words[after].range.start]
    }

    /// A word in its folded form; nothing past the end.
    pub(super) fn key(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.folded.as_str())
    }

    /// Whether the next word goes on with what this one says.
    pub(super) fn joins(&self, at: usize) -> bool {
        at + 1 < self.words.len() && {
            let between = self.between(at, at + 1);
            let is_end =
                between.contains([',', ';', '\n', '!', '?', '|', '(', ')']) || between.contains(". ");
            between.chars().count() <= 3 && !is_end
        }
    }

    /// What stands from one word to another, both with it.
    pub(super) fn range(&self, from: usize, to: usize) -> Range<usize> {
        self.words[from].range.start..self.words[to].range.end
    }

    /// Whether a word begins with a capital letter.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.text.starts_with(char::is_uppercase))
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
    let mut words = Vec::new();
    for (at, run) in runs(text, is_letter) {
        // `Java工程师`: what is written without spaces is a word of its own beside other letters.
        let mut begin = 0;
        let mut last: Option<bool> = None;
        for (here, c) in run.char_indices() {
            if is_mark(c) {
                continue;
            }
            let is_unspaced = script(c).is_some();
            if last.is_some_and(|last| last != is_unspaced) {
                words.push(word(at + begin, &run[begin..here]));
                begin = here;
            }
            last = Some(is_unspaced);
        }
        words.push(word(at + begin, &run[begin..]));
    }
    words
}

/// Letters and figures; signs that some write for an apostrophe count as letters elsewhere.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, 'ʼ' | 'ʻ')
}

/// An apostrophe in any of its signs.
pub(super) fn is_apostrophe(text: &str) -> bool {
    matches!(text, "'" | "’" | "‘" | "ʼ" | "ʻ" | "´" | "`")
}

fn word(at: usize, text: &str) -> Word<'_> {
    Word { range: at..at + text.len(), text, folded: folded(text) }
}

/// Every longest run of signs of a kind, with where it begins.
pub(super) fn runs(text: &str, is_part: impl Fn(char) -> bool) -> Vec<(usize, &str)> {
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

pub(super) fn is_number(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

pub(super) fn is_year(word: &str) -> bool {
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
