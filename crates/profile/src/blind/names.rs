//! A person's own name in a text, in any of its forms, with what belongs to it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::identity::{Identity, WITHIN_MIN, spellings};
use super::pronouns::is_title_article;
use super::text::{Hiding, NAME, Word, is_apostrophe, is_year};
use super::words::beside::is_month_name;
use super::words::endings::{is_no_form, stems};
use super::words::{is_common_particle, is_particle, is_plain_word, is_title, is_title_before_name};

/// Scripts that are written without spaces between words, or with particles joined to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Han,
    Hiragana,
    Katakana,
    Hangul,
    /// Thai, Lao, Khmer, Burmese.
    Thai,
}

/// The script of a sign; `None` where words stand apart.
pub(super) fn script(c: char) -> Option<Script> {
    match c {
        '\u{3005}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
            Some(Script::Han)
        }
        '\u{3041}'..='\u{309f}' => Some(Script::Hiragana),
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Some(Script::Katakana),
        '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}' => Some(Script::Hangul),
        '\u{0e01}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Some(Script::Thai),
        _ => None,
    }
}

/// Titles behind a whole or a given name, besides [`FAMILY_TITLES`]; hidden with it.
const NAME_TITLES: [&str; 4] = ["君", "군", "양", "선생님"];
/// Titles behind any name, also a family name of one letter.
const FAMILY_TITLES: [&str; 17] = [
    "先生",
    "女士",
    "小姐",
    "太太",
    "夫人",
    "老师",
    "老師",
    "同学",
    "さん",
    "さま",
    "様",
    "ちゃん",
    "くん",
    "氏",
    "씨",
    "님",
    "여사",
];
/// What somebody does, behind a family name: it stays.
const WORK_TITLES: [&str; 14] = [
    "经理",
    "經理",
    "总",
    "總",
    "工程师",
    "工程師",
    "主任",
    "部長",
    "課長",
    "社長",
    "과장",
    "대리",
    "부장",
    "팀장",
];
/// Titles before a name.
const TITLES_BEFORE: [&str; 4] = ["นางสาว", "นาง", "นาย", "คุณ"];
/// What is joined to a Korean name.
const PARTICLES: [&str; 25] = [
    "님",
    "씨",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "와",
    "과",
    "도",
    "에게",
    "에",
    "께",
    "으로",
    "로",
    "만",
    "입니다",
    "이다",
    "라고",
    "한테",
    "군",
    "양",
    "아",
];
/// The first sign of scripts behind the Latin, Greek, Cyrillic and Armenian.
const FIRST_OTHER: char = '\u{590}';

/// How two words hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glue {
    /// By a space, a hyphen or the stop of an initial.
    Joined,
    Comma,
    None,
}

impl Identity {
    /// A name, or its parts in the order of a name, in a script without spaces.
    pub(super) fn add_unspaced(&mut self, name: &str) {
        let name: String = name.nfc().collect();
        let parts: Vec<&str> =
            name.split(|c: char| script(c).is_none()).filter(|part| !part.is_empty()).collect();
        self.add_piece(&parts.concat());
        self.add_piece(&parts.iter().rev().copied().collect::<String>());
        for part in &parts {
            self.add_piece(part);
            self.families.insert((*part).to_owned());
        }
        if let &[whole] = parts.as_slice() {
            self.add_cuts(whole);
        }
    }

    /// A family name by itself.
    pub(super) fn add_unspaced_family(&mut self, name: &str) {
        let name: String = name.nfc().filter(|c| script(*c).is_some()).collect();
        self.add_piece(&name);
        if !name.is_empty() {
            self.families.insert(name);
        }
    }

    /// A given name by itself.
    pub(super) fn add_unspaced_given(&mut self, name: &str) {
        let name: String = name.nfc().filter(|c| script(*c).is_some()).collect();
        self.add_piece(&name);
    }

    /// Family and given names of one that is written without a space.
    fn add_cuts(&mut self, whole: &str) {
        let letters: Vec<char> = whole.chars().collect();
        let scripts: Vec<Option<Script>> = letters.iter().map(|c| script(*c)).collect();
        let text = |range: Range<usize>| letters[range].iter().collect::<String>();
        let change = scripts.windows(2).position(|pair| pair[0] != pair[1]).map(|at| at + 1);
        let count = letters.len();
        if let Some(at) = change {
            self.add_piece(&text(0..at));
            self.add_piece(&text(at..count));
            self.families.insert(text(0..at));
        } else if matches!(scripts.first(), Some(Some(Script::Han | Script::Hangul)))
            && (2..=4).contains(&count)
        {
            self.families.insert(text(0..1));
            if count > 2 {
                self.add_piece(&text(0..2));
                self.add_piece(&text(count - 2..count));
                self.add_piece(&text(1..count));
            }
        }
    }

    fn add_piece(&mut self, piece: &str) {
        if piece.chars().count() > 1 {
            self.unspaced.insert(piece.to_owned());
            self.unspaced.insert(piece.nfd().collect());
        }
    }

    /// A name's piece in the forms that it takes in a sentence.
    pub(super) fn add_stems(&mut self, piece: &str) {
        self.stems.extend(stems(piece));
    }
}

impl Hiding<'_> {
    /// The person's own name, with what belongs to it.
    pub(super) fn names(&mut self) {
        let own: Vec<bool> =
            (0..self.words.len()).map(|at| self.is_own(&self.words[at]) && !self.is_month_here(at)).collect();
        let mut is_name = own.clone();
        // From the end, so that a title before a particle before a name is found; then initials behind a name.
        for at in (0..is_name.len().saturating_sub(1)).rev() {
            if is_name[at + 1] && !is_name[at] && self.glue(at) != Glue::None {
                is_name[at] = self.is_beside(at, &own) || self.is_initial_before(at);
            }
        }
        for at in 1..is_name.len() {
            let follows = is_name[at - 1] && !is_name[at];
            is_name[at] |= follows && self.is_initial_behind(at);
        }
        let mut run: Option<Range<usize>> = None;
        let mut has_comma = false;
        let mut found = Vec::new();
        for (at, is_here) in is_name.iter().copied().enumerate() {
            let range = self.words[at].range.clone();
            let goes_on = run.is_some() && is_here && {
                match self.glue(at - 1) {
                    Glue::Joined => true,
                    // `Last, First`, once.
                    Glue::Comma => {
                        let is_other = self.key(at - 1) != self.key(at) && own[at - 1] && self.is_capital(at);
                        is_other && !std::mem::replace(&mut has_comma, is_other)
                    }
                    Glue::None => false,
                }
            };
            match &mut run {
                Some(open) if goes_on => open.end = range.end,
                _ => {
                    has_comma = false;
                    found.extend(run.take());
                    run = is_here.then_some(range);
                }
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
        self.persons = is_name;
    }

    /// `Jan 2015 - Mar 2018`: a month beside a year or another month, and no name.
    fn is_month_here(&self, at: usize) -> bool {
        if !is_month_name(self.key(at)) || at + 1 >= self.words.len() {
            return false;
        }
        if at > 0 && self.glue(at - 1) == Glue::Joined && self.is_own(&self.words[at - 1]) {
            return false;
        }
        let (between, next) = (self.between(at, at + 1), self.key(at + 1));
        let is_year_next = is_year(next) && matches!(between, " " | ". " | "-" | "/" | "." | "\u{a0}");
        let is_range = matches!(between.trim(), "-" | "–" | "—") && is_month_name(next);
        is_year_next || is_range
    }

    /// How a word hangs together with the next.
    fn glue(&self, at: usize) -> Glue {
        let between = self.between(at, at + 1);
        let is_gap = |text: &str| !text.contains('\n') && text.chars().count() <= 3 && text.trim().is_empty();
        if is_gap(between) || is_apostrophe(between) || matches!(between, "-" | "‐" | "‑" | "_" | ".") {
            return Glue::Joined;
        }
        if between == "," || between.strip_prefix(',').is_some_and(is_gap) {
            return Glue::Comma;
        }
        // `A. Byron`, `Dr. Byron`; another full stop ends a sentence.
        let word = self.words[at].text;
        let is_short =
            word.chars().count() == 1 || is_title(word) || is_title_before_name(word) || is_particle(word);
        if is_short && between.strip_prefix('.').is_some_and(is_gap) { Glue::Joined } else { Glue::None }
    }

    /// Whether a word before a name is a title or particle of it.
    fn is_beside(&self, at: usize, own: &[bool]) -> bool {
        let (text, lower) = (self.words[at].text, self.key(at));
        if self.glue(at) != Glue::Joined {
            return false;
        }
        let is_before_title = || {
            let next = self.words[at + 1].text;
            !own[at + 1] && (is_title(next) || next == "Sr") && is_title_article(lower)
        };
        if is_before_title() {
            return true;
        }
        if is_particle(text) && !is_plain_word(text) {
            let is_behind_name = || at > 0 && own[at - 1] && self.glue(at - 1) == Glue::Joined;
            let is_in_column = || self.identity.particles.contains(lower);
            let is_elided = is_apostrophe(self.between(at, at + 1));
            if !is_common_particle(lower) || is_elided || is_in_column() || is_behind_name() {
                return true;
            }
        }
        is_title(text) || is_title_before_name(text)
    }

    /// `A. Byron`, `a_byron`; and not the `C#` or the `d'` before a name.
    fn is_initial_before(&self, at: usize) -> bool {
        let is_handle = matches!(self.between(at, at + 1), "." | "_" | "-");
        self.glue(at) == Glue::Joined && self.is_initial(at) && (is_handle || self.is_capital(at))
    }

    /// `Byron A.`, `Byron, A.`, `byron_a`; and not the `'s` behind a name.
    fn is_initial_behind(&self, at: usize) -> bool {
        let between = self.between(at - 1, at);
        let is_handle = matches!(between, "." | "_" | "-");
        let is_gap = !is_apostrophe(between) && self.glue(at - 1) == Glue::Joined;
        let is_after_comma =
            self.glue(at - 1) == Glue::Comma && self.text[self.words[at].range.end..].starts_with('.');
        let is_said = is_handle || ((is_gap || is_after_comma) && self.is_capital(at));
        is_said && self.is_initial(at)
    }

    pub(super) fn is_own(&self, word: &Word<'_>) -> bool {
        let bare = word.text.trim_matches(|c: char| c.is_ascii_digit());
        let mut keys = spellings(word.text);
        keys.extend(spellings(bare));
        let own = &self.identity.words;
        if word.text.chars().any(|c| script(c).is_some()) {
            return keys.iter().any(|key| own.contains(key));
        }
        // `ada77byron`: each piece between figures.
        let is_cut = bare.contains(|c: char| c.is_ascii_digit());
        if is_cut {
            let pieces = bare.split(|c: char| c.is_ascii_digit()).filter(|piece| piece.chars().count() > 2);
            keys.extend(pieces.flat_map(spellings));
        }
        keys.iter().any(|key| {
            let is_genitive =
                || key.len() > 3 && key.strip_suffix('s').is_some_and(|stem| own.contains(stem));
            own.contains(key) || is_genitive() || self.is_declined(key) || self.is_put_together(key)
        })
    }

    /// Whether a word is two pieces of this identity beside each other, or holds one in a script of other endings.
    fn is_put_together(&self, key: &str) -> bool {
        let own = &self.identity.words;
        let is_within = |piece: &String| {
            piece.chars().count() >= WITHIN_MIN
                && piece.chars().all(|c| c >= FIRST_OTHER)
                && key.contains(piece.as_str())
        };
        if key.chars().any(|c| c >= FIRST_OTHER) {
            return own.iter().any(is_within);
        }
        let is_pair = |at: usize| {
            let (first, second) = key.split_at(at);
            own.contains(first)
                && (own.contains(second) || second.strip_suffix('s').is_some_and(|s| own.contains(s)))
        };
        let letters = key.chars().count();
        key.char_indices().enumerate().any(|(n, (at, _))| n >= 3 && letters - n >= 3 && is_pair(at))
    }

    /// Whether a word is a name of this person with the ending of a case.
    fn is_declined(&self, key: &str) -> bool {
        let mut stems = self.identity.stems.iter();
        !is_no_form(key)
            && stems.any(|stem| {
                key.strip_prefix(stem.text.as_str()).is_some_and(|end| stem.endings.contains(&end))
            })
    }

    /// A first letter of the name by itself, with no sign that makes it a language or another word.
    fn is_initial(&self, at: usize) -> bool {
        let word = &self.words[at];
        let behind = &self.text[word.range.end..];
        let is_before_letters = behind
            .strip_prefix(['\'', '’', 'ʼ', '´'])
            .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if behind.starts_with(['+', '#']) || is_before_letters {
            return false;
        }
        let mut letters = word.folded.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => self.identity.initials.contains(&letter),
            _ => false,
        }
    }

    /// The person's own name in a script without spaces, anywhere in a sentence.
    pub(super) fn unspaced_names(&mut self) {
        let text = self.text;
        let mut found = Vec::new();
        for piece in &self.identity.unspaced {
            for (at, _) in text.match_indices(piece.as_str()) {
                let range = at..at + piece.len();
                if is_apart(text, &range) {
                    found.push(with_titles(text, &range));
                }
            }
        }
        for family in &self.identity.families {
            for (at, _) in text.match_indices(family.as_str()) {
                let end = at + family.len();
                if let Some(title) = title_at(text, end, &FAMILY_TITLES) {
                    found.push(at..title);
                } else if title_at(text, end, &WORK_TITLES).is_some() {
                    found.push(at..end);
                }
            }
        }
        found.into_iter().for_each(|range| self.hide(range, NAME));
    }
}

/// Whether a piece of a name stands apart from the letters beside it, as far as its script lets one know.
fn is_apart(text: &str, range: &Range<usize>) -> bool {
    let first = text[range.clone()].chars().next().and_then(script);
    let before = text[..range.start].chars().next_back().and_then(script);
    let after = &text[range.end..];
    let next = after.chars().next().and_then(script);
    let is_short = text[range.clone()].nfc().count() <= 2;
    match first {
        Some(Script::Katakana) => before != first && next != first,
        Some(Script::Hangul) if is_short => {
            before != first && (next != first || PARTICLES.iter().any(|end| after.starts_with(end)))
        }
        Some(Script::Hiragana) if is_short => {
            before != first || FAMILY_TITLES.iter().chain(&NAME_TITLES).any(|title| after.starts_with(title))
        }
        _ => true,
    }
}

/// Where a title ends that stands at a place, with a space before it or none.
fn title_at(text: &str, at: usize, titles: &[&str]) -> Option<usize> {
    let behind = &text[at..];
    let gap = usize::from(behind.starts_with(' '));
    let title = titles.iter().find(|title| behind[gap..].starts_with(**title))?;
    Some(at + gap + title.len())
}

/// A name with the titles beside it.
fn with_titles(text: &str, range: &Range<usize>) -> Range<usize> {
    let before = &text[..range.start];
    let title = TITLES_BEFORE.iter().find(|title| before.ends_with(**title));
    let start = range.start - title.map_or(0, |title| title.len());
    let end = title_at(text, range.end, &FAMILY_TITLES).or_else(|| title_at(text, range.end, &NAME_TITLES));
    start..end.unwrap_or(range.end)
}
