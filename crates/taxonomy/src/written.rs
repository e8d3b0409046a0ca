//! Reads skills as people write them in a list: `Django (4 yrs); Python:6; Rails, C#/.NET, postgres 15`.
//!
//! Each step strips one thing from the end of an item and looks again whether what is left is a spelling, so that a
//! name that holds a digit, a slash or a bracket of its own (`HTML/CSS`, `PL/SQL`, `Maven (build tool)`) is found
//! before it is taken apart. Numbers are read only where they say what they are: `4 yrs`, `6 months`, and the number
//! after a colon are years; a number after a name (`postgres 15`) is a version; a number alone in brackets is
//! neither, and stays unread.

use crate::{Resolution, SkillIx, Taxonomy};

/// A skill as somebody wrote it, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenSkill {
    /// The item as it was written, trimmed.
    pub written: String,
    /// The part of it that names the skill.
    pub name: String,
    /// What the name means.
    pub resolution: Resolution,
    /// Version beside the name (`15`, `3.11`, `2+`).
    pub version: Option<String>,
    /// Years in tenths, 1 to 999. `None`: not said, or not readable (see `unread_years`).
    pub years: Option<u16>,
    /// Year of last use, where said.
    pub last_used: Option<LastUsed>,
    /// How well, where said; kept and shown, never scored.
    pub level: Option<Level>,
    /// A figure or word that is meant as years and cannot be read as 0.1 to 99.9.
    pub unread_years: bool,
    /// Whether the skill is held at all.
    pub stance: Stance,
}

/// What the writer says of a skill: that it is held, wished for, or not held. Only the first is evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stance {
    /// Held; what a list says of everything in it unless it says otherwise.
    #[default]
    Held,
    /// `(want to learn)`, `(learning)`: an interest.
    Wanted,
    /// `(no)`, `(never used)`, `not React`, `Ruby: 0`.
    Negated,
}

impl Stance {
    /// The word that is shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Wanted => "wanted",
            Self::Negated => "not held",
        }
    }
}

const NEGATIONS: [&str; 10] = [
    "no",
    "none",
    "not",
    "never",
    "never used",
    "not yet",
    "no experience",
    "no experience with",
    "without",
    "n/a",
];
const WISHES: [&str; 9] =
    ["want", "wants", "would like", "wish", "interested", "willing", "to learn", "learning", "plan to"];

/// When a skill was last used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LastUsed {
    /// In this year.
    Year(u16),
    /// It is in use.
    Current,
}

/// A level as people state it. Scales differ between systems, so that it is shown and never scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// basic, beginner, junior, novice, familiar
    Basic,
    /// intermediate, medium, working knowledge
    Intermediate,
    /// advanced, proficient, senior, strong
    Advanced,
    /// expert
    Expert,
}

const LEVELS: [(&str, Level); 17] = [
    ("basic", Level::Basic),
    ("basics", Level::Basic),
    ("beginner", Level::Basic),
    ("junior", Level::Basic),
    ("novice", Level::Basic),
    ("familiar", Level::Basic),
    ("intermediate", Level::Intermediate),
    ("medium", Level::Intermediate),
    ("working knowledge", Level::Intermediate),
    ("good", Level::Intermediate),
    ("advanced", Level::Advanced),
    ("proficient", Level::Advanced),
    ("senior", Level::Advanced),
    ("strong", Level::Advanced),
    ("fluent", Level::Advanced),
    ("expert", Level::Expert),
    ("guru", Level::Expert),
];

impl Level {
    /// The word that is shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Intermediate => "intermediate",
            Self::Advanced => "advanced",
            Self::Expert => "expert",
        }
    }
}

impl Taxonomy {
    /// Reads a cell that lists skills. Items that name no skill come back too, as unknown.
    ///
    /// Semicolons, bars, line breaks, tabs and bullets always separate; commas do where the whole is no skill; `/`,
    /// `&`, `+` and `and` do where every part is one.
    #[must_use]
    pub fn read_list(&self, cell: &str) -> Vec<WrittenSkill> {
        let mut read = Vec::new();
        // `["Python","Django"]`
        let json = cell.trim().strip_prefix('[').and_then(|cell| cell.strip_suffix(']'));
        let cell = json.filter(|cell| cell.contains('"') || cell.contains('\'')).unwrap_or(cell);
        for item in split(cell, |c| matches!(c, ';' | '|' | '\n' | '\r' | '\t' | '•' | '·' | '▪' | '●'))
        {
            self.read_item(item, &mut read);
        }
        read
    }

    /// Reads a cell like [`Taxonomy::read_list`], and looks what the unknown items are near to. That compares each with
    /// every spelling, so it is for what a person typed, not for files.
    #[must_use]
    pub fn read_list_with_near(&self, cell: &str) -> Vec<WrittenSkill> {
        let mut read = self.read_list(cell);
        for skill in read.iter_mut().filter(|skill| skill.resolution == Resolution::Unknown) {
            let near = self.near(&skill.name);
            if !near.is_empty() {
                skill.resolution = Resolution::Near(near);
            }
        }
        read
    }

    /// Reads one skill with what is written beside it.
    #[must_use]
    pub fn read_one(&self, written: &str) -> WrittenSkill {
        let item = written.trim();
        self.read_whole(item).map_or_else(|| unresolved(item), |(skill, _)| skill)
    }

    fn read_item(&self, item: &str, read: &mut Vec<WrittenSkill>) {
        let item = item.trim().trim_start_matches(['-', '*', '–']).trim();
        let item = item.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(item);
        if item.is_empty() {
            return;
        }
        if let Some((skill, inside)) = self.read_whole(item) {
            read.push(skill);
            // `AWS (EC2, S3, Lambda)`: what stands in the brackets is read too, known or not.
            for part in inside.iter().flat_map(|inside| split(inside, |c| matches!(c, ',' | ';' | '/'))) {
                let part = part.trim();
                if !part.is_empty() {
                    read.push(self.read_whole(part).map_or_else(|| unresolved(part), |(skill, _)| skill));
                }
            }
            return;
        }
        let bare = item.trim_matches(|c: char| {
            !(c.is_alphanumeric() || matches!(c, '+' | '#' | '.' | '(' | ')' | '[' | ']'))
        });
        if bare.len() < item.len() && !bare.is_empty() && self.read_whole(bare).is_some() {
            // Stars, hearts and quotation marks round a name say nothing that is read.
            return self.read_item(bare, read);
        }
        let by_comma: Vec<&str> = split(item, |c| matches!(c, ',' | '，' | '、')).collect();
        if by_comma.len() > 1 {
            by_comma.into_iter().for_each(|part| self.read_item(part, read));
            return;
        }
        for separator in ["/", "&", "+", " and ", " und ", " et ", " y ", " "] {
            // `R&D` is no two languages.
            let single_letters = || item.split(separator).all(|part| part.trim().chars().count() < 2);
            let parts: Option<Vec<WrittenSkill>> = (item.contains(separator) && !single_letters())
                .then(|| item.split(separator).map(|part| Some(self.read_whole(part.trim())?.0)).collect())
                .flatten();
            if let Some(parts) = parts {
                read.extend(parts);
                return;
            }
        }
        // `Databases: MySQL`: a label, where what follows it is a skill.
        if let Some((label, rest)) = item.split_once(':')
            && label.split_whitespace().count() <= 3
        {
            let mut labelled = Vec::new();
            self.read_item(rest, &mut labelled);
            if labelled.iter().any(|skill| skill.resolution.skill().is_some()) {
                read.extend(labelled);
                return;
            }
        }
        read.push(unresolved(item));
    }

    /// Reads an item that is one skill with notes beside it; `None` where no skill is found in it. The second part is
    /// a bracket that held no note.
    fn read_whole(&self, item: &str) -> Option<(WrittenSkill, Option<String>)> {
        let mut notes = Notes::default();
        let mut rest = item;
        loop {
            if rest.is_empty() {
                return None;
            }
            if let Some(found) = self.find(rest) {
                let resolution = if found.by_name {
                    Resolution::Exact(found.skill)
                } else {
                    Resolution::Alias(found.skill)
                };
                return Some(notes.into_skill(item, rest, resolution));
            }
            rest = strip_bracket(rest, &mut notes)
                .or_else(|| strip_trailing_note(rest, &mut notes))
                .or_else(|| strip_leading_note(rest, &mut notes))
                .or_else(|| strip_version(rest, &mut notes))?;
        }
    }

    /// The skills that a list names beyond doubt, without the rest; for short lists in queries and role files.
    #[must_use]
    pub fn skills_in(&self, cell: &str) -> Vec<SkillIx> {
        self.read_list(cell).iter().filter_map(|skill| skill.resolution.skill()).collect()
    }
}

/// An item that names no known skill, without the notes beside it.
fn unresolved(item: &str) -> WrittenSkill {
    let mut notes = Notes::default();
    let mut name = item;
    while let Some(rest) = strip_bracket(name, &mut notes).or_else(|| strip_trailing_note(name, &mut notes)) {
        if rest.is_empty() {
            break;
        }
        name = rest;
    }
    notes.into_skill(item, name, Resolution::Unknown).0
}

/// What was found beside a name so far.
#[derive(Default)]
struct Notes {
    version: Option<String>,
    years: Option<u16>,
    unread_years: bool,
    last_used: Option<LastUsed>,
    level: Option<Level>,
    stance: Stance,
    inside: Option<String>,
}

impl Notes {
    fn into_skill(self, item: &str, name: &str, resolution: Resolution) -> (WrittenSkill, Option<String>) {
        let skill = WrittenSkill {
            written: item.to_owned(),
            name: name.to_owned(),
            resolution,
            version: self.version,
            years: self.years,
            last_used: self.last_used,
            level: self.level,
            unread_years: self.unread_years,
            stance: self.stance,
        };
        (skill, self.inside)
    }

    /// Takes a note such as `4 yrs`, `last used 2024`, `expert`, `v3.2`; says whether it was one.
    fn take(&mut self, note: &str) -> bool {
        let note =
            note.trim().trim_start_matches(['-', '–', '—', '@', ' ']).trim_end_matches('.').to_lowercase();
        if let Some(years) = duration(&note) {
            match (years, self.years) {
                // `4 years, 6 months` are one duration.
                (Some(months), Some(years)) if note.contains("mo") => {
                    self.years = Some(years.saturating_add(months));
                }
                (Some(tenths), _) => self.years = Some(tenths),
                // No years at all is no experience; any other figure out of range cannot be meant.
                (None, _)
                    if note
                        .trim_start_matches(['0', '.', ','])
                        .starts_with(|c: char| !c.is_ascii_digit()) =>
                {
                    self.stance = Stance::Negated;
                }
                (None, _) => self.unread_years = true,
            }
            return true;
        }
        if NEGATIONS.contains(&note.as_str()) {
            self.stance = Stance::Negated;
            return true;
        }
        if WISHES
            .iter()
            .any(|wish| note.strip_prefix(wish).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
        {
            self.stance = Stance::Wanted;
            return true;
        }
        if note.strip_suffix('%').is_some_and(|n| n.parse::<u8>().is_ok()) {
            return true;
        }
        // `ten years`, `NaN years`: meant as years, and not readable as such.
        let unit = note.rsplit(char::is_whitespace).next().unwrap_or("");
        if note.contains(' ') && matches!(unit, "years" | "yrs" | "year" | "yr") {
            self.unread_years = true;
            return true;
        }
        if let Some(last_used) = last_used(&note) {
            self.last_used = Some(last_used);
            return true;
        }
        if let Some((_, level)) = LEVELS.iter().find(|(word, _)| *word == note) {
            self.level = Some(*level);
            return true;
        }
        if let Some(version) = note.strip_prefix('v').filter(|v| is_version(v)) {
            self.version = Some(version.to_owned());
            return true;
        }
        false
    }
}

/// `Django (4 yrs, last used 2024)` -> `Django`. A bracket without a single note is set aside as `inside`.
fn strip_bracket<'a>(text: &'a str, notes: &mut Notes) -> Option<&'a str> {
    let open = match text.chars().last()? {
        ')' => '(',
        ']' => '[',
        _ => return None,
    };
    let at = text.rfind(open)?;
    let inside = &text[at + 1..text.len() - 1];
    let mut noted = false;
    for note in split(inside, |c| matches!(c, ',' | ';' | '/')) {
        noted |= notes.take(note);
    }
    if !noted && notes.inside.is_none() {
        notes.inside = Some(inside.to_owned());
    }
    Some(text[..at].trim_end())
}

/// `Python:6`, `Django - 4 years`, `Django 4 yrs`, `React – expert`, `Django, 4 years`.
fn strip_trailing_note<'a>(text: &'a str, notes: &mut Notes) -> Option<&'a str> {
    if let Some((name, note)) = text.rsplit_once([':', '=']) {
        let note = note.trim();
        let bare_years = number_tenths(note).is_some_and(|n| n.decimals <= 1);
        if !bare_years && is_version(note) && note.contains('.') {
            // `Python: 3.11`: no years have two decimals.
            notes.version.get_or_insert_with(|| note.to_owned());
            return Some(name.trim_end());
        }
        let as_years = if bare_years { format!("{note} years") } else { note.to_owned() };
        if notes.take(&as_years) {
            return Some(name.trim_end());
        }
    }
    // The last one to three words, longest first: `4 yrs`, `last used 2024`, `2019 - present`, `expert`.
    for words in (1..=3).rev() {
        if let Some((name, note)) = split_last_words(text, words)
            && notes.take(note)
        {
            return Some(name.trim_end_matches([' ', '-', '–', '—', ',', '@']));
        }
    }
    for dash in [" - ", " – ", " — ", ", ", " @ "] {
        if let Some((name, note)) = text.rsplit_once(dash)
            && notes.take(note)
        {
            return Some(name.trim_end());
        }
    }
    None
}

/// `5 years of Django`, `3+ yrs Python`, `advanced React`.
fn strip_leading_note<'a>(text: &'a str, notes: &mut Notes) -> Option<&'a str> {
    for words in (1..=2).rev() {
        if let Some((note, rest)) = split_first_words(text, words)
            && notes.take(note)
        {
            let rest = ["of ", "in ", "with ", "experience in ", "experience with "]
                .iter()
                .find_map(|word| {
                    rest.get(..word.len())
                        .filter(|s| s.eq_ignore_ascii_case(word))
                        .map(|_| &rest[word.len()..])
                })
                .unwrap_or(rest);
            return Some(rest.trim_start());
        }
    }
    None
}

/// `postgres 15`, `Python 3.11`, `Python3`, `Angular 2+`, `Rails v7`, `Vue.js 3.x`.
fn strip_version<'a>(text: &'a str, notes: &mut Notes) -> Option<&'a str> {
    const LEAD: [char; 5] = ['v', 'V', '^', '~', '='];
    let (name, version) = match split_last_words(text, 1) {
        Some((name, word)) if is_version(word.trim_start_matches(LEAD)) => (name, word),
        _ => {
            let digits = text.strip_suffix('+').unwrap_or(text);
            let attached =
                digits.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | 'x' | '/'));
            let version = &text[attached.len()..];
            // One letter with a figure (`s3`, `r5`) is more often a name of its own than a language's version.
            if !is_version(version) || attached.chars().count() < 2 {
                return None;
            }
            (attached, version)
        }
    };
    // After a dash a figure may be a version, years or a mark: it stays unread.
    let undashed = name.trim_end_matches([' ', '-', '–', '—']);
    if undashed.len() == name.trim_end().len() && notes.version.is_none() {
        notes.version = Some(version.trim_start_matches(LEAD).to_owned());
    }
    Some(undashed)
}

/// A version: digits, dots, `x` and a plus sign, beginning with a digit.
fn is_version(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.len() <= 12
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '+' | 'x' | '/'))
        && !text.ends_with('/')
}

/// A decimal number as written, in tenths, rounded half up.
struct Tenths {
    tenths: u32,
    decimals: usize,
}

fn number_tenths(text: &str) -> Option<Tenths> {
    let text = text.trim();
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || fraction.len() > 6 || !digits(whole) || !digits(fraction) {
        return None;
    }
    if text.len() > whole.len() && fraction.is_empty() {
        return None;
    }
    let hundredths: u32 = format!("{fraction:0<2}")[..2].parse().ok()?;
    let tenths = whole.parse::<u32>().ok()? * 10 + (hundredths + 5) / 10;
    Some(Tenths { tenths, decimals: fraction.len() })
}

/// A duration with its unit, in tenths of years. Outer `None`: no duration. Inner `None`: one, but not 0.1 to 99.9.
///
/// `5+ years` and `>5 years` state at least five; `3-5 years` at least three: the lower bound is what is known.
#[must_use]
pub fn duration(note: &str) -> Option<Option<u16>> {
    let note = note.trim().trim_start_matches(['>', '~', '≥', '=']).trim_start();
    let note = ["over ", "about ", "more than ", "at least ", "ca. ", "approx. "]
        .iter()
        .find_map(|word| note.strip_prefix(word))
        .unwrap_or(note);
    let end = note.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))?;
    let number = number_tenths(&note[..end])?;
    let mut unit = note[end..].trim_start();
    if let Some(upper) = unit.strip_prefix(['-', '–']) {
        unit = upper.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    }
    let unit = unit.trim_start_matches('+').trim();
    let unit = unit.strip_suffix(" experience").unwrap_or(unit).trim_end_matches(" of").trim_end_matches('.');
    let tenths = match unit {
        "y" | "yr" | "yrs" | "year" | "years" | "yoe" | "jahr" | "jahre" | "an" | "ans" | "año" | "años"
        | "lat" | "lata" | "jaar" | "exp" => number.tenths,
        "mo" | "mos" | "month" | "months" | "monat" | "monate" | "mois" => (number.tenths + 6) / 12,
        _ => return None,
    };
    Some(u16::try_from(tenths).ok().filter(|t| (1..=999).contains(t)))
}

/// `last used 2024`, `until 2024`, `2019-2024`, `2019 - present`, `current`.
fn last_used(note: &str) -> Option<LastUsed> {
    let open_end =
        |word: &str| matches!(word, "current" | "currently" | "present" | "now" | "today" | "in use");
    if open_end(note) {
        return Some(LastUsed::Current);
    }
    for prefix in [
        "last used in ",
        "last used: ",
        "last used ",
        "last use ",
        "last: ",
        "last ",
        "used until ",
        "until ",
        "till ",
    ] {
        if let Some(rest) = note.strip_prefix(prefix) {
            let rest = rest.trim();
            return if open_end(rest) { Some(LastUsed::Current) } else { year(rest).map(LastUsed::Year) };
        }
    }
    let (from, to) = note.split_once(['-', '–', '—']).or_else(|| note.split_once(" to "))?;
    year(from.trim())?;
    let to = to.trim();
    if open_end(to) { Some(LastUsed::Current) } else { year(to).map(LastUsed::Year) }
}

/// A calendar year from 1950 to 2099.
fn year(text: &str) -> Option<u16> {
    (text.len() == 4).then(|| text.parse().ok()).flatten().filter(|y| (1950..=2099).contains(y))
}

fn split_last_words(text: &str, words: usize) -> Option<(&str, &str)> {
    let at = text.rmatch_indices(char::is_whitespace).nth(words - 1)?.0;
    let name = text[..at].trim_end();
    (!name.is_empty()).then(|| (name, text[at..].trim()))
}

fn split_first_words(text: &str, words: usize) -> Option<(&str, &str)> {
    let at = text.match_indices(char::is_whitespace).nth(words - 1)?.0;
    Some((text[..at].trim(), text[at..].trim()))
}

/// Splits outside brackets; where brackets do not close, everywhere. A comma between two digits stays (`2,5 years`).
fn split(text: &str, is_separator: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let opened = text.chars().filter(|c| matches!(c, '(' | '[')).count();
    let closed = text.chars().filter(|c| matches!(c, ')' | ']')).count();
    let balanced = opened == closed;
    let mut depth = 0_usize;
    let mut parts = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
        let decimal_comma = c == ',' && digit(at.checked_sub(1)) && digit(Some(at + 1));
        if is_separator(c) && (depth == 0 || !balanced) && !decimal_comma {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts.into_iter()
}
