//! One item of a list: a name with what is written beside it.
//!
//! One note after the other is taken from the end or the beginning, and each time what is left is looked up again, so
//! that a name that holds a digit, a slash or a bracket of its own (`HTML/CSS`, `PL/SQL`, `Maven (build tool)`) is found
//! before it is taken apart. Where the name is not found in the end, nothing of what was taken off counts.

use super::note::{Noted, Notes};
use super::number::{is_version, number_tenths, version};
use super::plain::CROSS;
use super::split::{split, split_first_words, split_last_words};
use crate::spelling::exact_key;
use crate::{Resolution, Resolved, Taxonomy};

/// Longest text that may be one skill with its notes. Longer ones are sentences, and stay unknown.
pub(super) const ITEM_LENGTH_MAX: usize = 200;
/// Notes taken off one name at most; nobody writes as many.
const NOTES_MAX: usize = 12;

/// A name that was found, with what stood beside it.
pub(super) struct Found<'t> {
    /// The part that names the skill.
    pub name: &'t str,
    pub resolution: Resolution,
    pub notes: Notes,
    /// Other skills that stood in its brackets, known or not.
    pub inside: Vec<Inside<'t>>,
}

/// A part of a bracket.
pub(super) struct Inside<'t> {
    pub text: &'t str,
    pub name: &'t str,
    pub resolution: Resolution,
    pub notes: Notes,
}

impl Taxonomy {
    /// Reads an item that is one skill with notes beside it; `None` where no skill is found in it.
    pub(super) fn read_whole<'t>(&self, item: &'t str) -> Option<Found<'t>> {
        if item.len() > ITEM_LENGTH_MAX {
            return None;
        }
        let mut notes = Notes::default();
        let mut brackets = Vec::new();
        let mut rest = item.trim();
        for _ in 0..NOTES_MAX {
            if rest.is_empty() {
                return None;
            }
            if let Some(found) = self.find(rest) {
                let name = self.part_without_version(rest, found, &mut notes);
                let resolution = resolution(found);
                let inside = self.read_brackets(name, found, &brackets, &mut notes);
                return Some(Found { name, resolution, notes, inside });
            }
            if let Some((before, inside)) = bracket(rest) {
                brackets.push(inside);
                rest = before;
                continue;
            }
            let next = trailing_note(rest, &mut notes).or_else(|| leading_note(rest, &mut notes));
            if let Some(next) = next {
                rest = next;
                continue;
            }
            if let Some((name, written)) = trailing_version(rest, &|name, v| self.is_version_here(name, v)) {
                if written.is_none() {
                    // What is no version here may be a mark: `Django 4/5`.
                    notes.take(rest[name.len()..].trim());
                }
                if let Some(written) = written {
                    notes.version.get_or_insert(written.clone());
                    if let Some((found, whole)) = self.of_major(name, &written) {
                        let inside = self.read_brackets(name, found, &brackets, &mut notes);
                        return Some(Found { name: whole, resolution: resolution(found), notes, inside });
                    }
                }
                rest = name;
                continue;
            }
            rest = without_decoration(rest).or_else(|| without_filler(rest))?;
        }
        None
    }

    /// `Perl 6` and `Angular 1.5` are no versions of Perl and Angular where a spelling with that figure means another
    /// skill.
    fn of_major<'t>(&self, name: &'t str, written: &str) -> Option<(Resolved, &'t str)> {
        let major: String = written.chars().take_while(char::is_ascii_digit).collect();
        if major.is_empty() || major.len() > 2 || name.is_empty() {
            return None;
        }
        [format!("{name} {major}"), format!("{name} {major}.x")]
            .iter()
            .find_map(|spelling| self.find(spelling))
            .map(|found| (found, name))
    }

    /// The spelling may hold the version itself: `Angular 2+`, `HTML5`, `ES6`. It is kept all the same.
    pub(super) fn part_without_version<'t>(
        &self,
        name: &'t str,
        found: Resolved,
        notes: &mut Notes,
    ) -> &'t str {
        if found.by_name
            || notes.version.is_some()
            || !name.ends_with(|c: char| c.is_ascii_digit() || "+x*".contains(c))
        {
            return name;
        }
        if is_edition_of_ecmascript(name) {
            // JavaScript has no such version: the edition keeps its letters.
            notes.version = Some(name.to_ascii_uppercase().replace(' ', ""));
            return name;
        }
        if let Some((shorter, Some(written))) = trailing_version(name, &|_, _| true) {
            let is_figure_of_another = || written.len() < 3 || written.contains(['.', 'x', '+']);
            match self.find(shorter) {
                Some(same) if same.skill == found.skill => {
                    notes.version = Some(written);
                    return shorter;
                }
                Some(_) if is_figure_of_another() => notes.version = Some(written),
                _ => {}
            }
        }
        name
    }

    /// `HTML 4/5` are two versions, `Django 4/5` is a mark: versions are those that the taxonomy has spellings for.
    fn is_version_here(&self, name: &str, written: &str) -> bool {
        match written.split_once('/') {
            // No version is called nothing.
            Some(("0", _)) => false,
            Some((of, scale @ ("5" | "10"))) if of.parse::<u8>().is_ok_and(|v| v <= 10) => {
                self.find(&format!("{name}{scale}")).is_some() || self.find(&format!("{name}{of}")).is_some()
            }
            _ => true,
        }
    }

    /// `AWS (EC2, S3, 5 yrs)`: notes belong to the name before the bracket, names are skills of their own.
    fn read_brackets<'t>(
        &self,
        name: &str,
        outer: Resolved,
        brackets: &[&'t str],
        notes: &mut Notes,
    ) -> Vec<Inside<'t>> {
        if brackets.is_empty() {
            return Vec::new();
        }
        if let [bracket] = brackets
            && *notes == Notes::default()
            && let Some(read) = self.bracket_of_notes(bracket)
        {
            *notes = read;
            return Vec::new();
        }
        let mut inside: Vec<Inside<'t>> = Vec::new();
        for part in brackets.iter().rev().flat_map(|bracket| self.bracket_parts(bracket)) {
            if part == "0" && notes.take_nothing(part) {
                continue;
            }
            let mut own = Notes::default();
            if own.take(part).is_some() {
                // In the order of writing, so that `4 years, 6 months` add up.
                notes.take(part);
                continue;
            }
            if part.bytes().all(|b| matches!(b, b'.' | b'-' | b'*')) || is_qualifier(part) {
                continue;
            }
            if let Some(version) = certain_version(part) {
                notes.version.get_or_insert(version);
                continue;
            }
            let part = without_lead(part);
            // `Spring (Boot, Data)`, `Angular (2+)`
            let outer_name = &self.skill(outer.skill).name;
            let joined = [format!("{name} {part}"), format!("{outer_name} {part}")]
                .iter()
                .find_map(|joined| self.find(joined));
            let read = match joined {
                Some(found) => Some((part, resolution(found), Notes::default())),
                None => self.read_whole(part).map(|found| (found.name, found.resolution, found.notes)),
            };
            match read {
                // `Kubernetes (K8s)` says the same twice; `Angular (2+)` is a version.
                Some((_, resolution, own)) if resolution.skill() == Some(outer.skill) => {
                    if let Some(version) = joined.and(version(part)) {
                        notes.version.get_or_insert(version);
                    }
                    notes.fill(&own);
                }
                Some((name, resolution, notes)) => {
                    inside.push(Inside { text: part, name, resolution, notes })
                }
                None => {
                    let (name, notes) = unknown_name(part);
                    inside.push(Inside { text: part, name, resolution: Resolution::Unknown, notes });
                }
            }
        }
        inside
    }

    /// The notes of a bracket that holds nothing else, such as `4 yrs, last used 2024`; `None` for any other.
    pub(super) fn read_bracket_of_notes(&self, bracket: &str) -> Option<Notes> {
        let mut notes = Notes::default();
        for part in self.bracket_parts(bracket) {
            Notes::default().take(part)?;
            notes.take(part);
        }
        Some(notes)
    }

    /// The parts of a bracket; a slash or an `and` parts them where the whole is no skill.
    fn bracket_parts<'t>(&self, bracket: &'t str) -> Vec<&'t str> {
        let mut parts = Vec::new();
        for part in split(bracket, |c| matches!(c, ',' | ';' | '|' | '\n' | '•')) {
            let part = part.trim();
            if part.is_empty() || is_and_so_on(part) {
                continue;
            }
            let is_whole = || {
                Notes::default().take(part).is_some()
                    || certain_version(part).is_some()
                    || self.read_whole(part).is_some()
            };
            let separator =
                ["/", " and ", " und ", " et ", " y ", " & ", " + "].iter().find(|s| part.contains(**s));
            match separator {
                Some(separator) if !is_whole() => {
                    parts.extend(part.split(separator).map(str::trim).filter(|p| !p.is_empty()));
                }
                _ => parts.push(part),
            }
        }
        parts
    }
}

pub(super) fn resolution(found: Resolved) -> Resolution {
    if found.by_name { Resolution::Exact(found.skill) } else { Resolution::Alias(found.skill) }
}

/// The name of an item that is no known skill, without the notes and brackets at its end.
pub(super) fn unknown_name(item: &str) -> (&str, Notes) {
    let mut notes = Notes::default();
    let mut name = item.trim();
    if item.len() > ITEM_LENGTH_MAX {
        return (name, notes);
    }
    for _ in 0..NOTES_MAX {
        let next = match bracket(name) {
            Some((before, inside)) => {
                for part in split(inside, |c| matches!(c, ',' | ';')) {
                    notes.take(part);
                }
                Some(before)
            }
            None => trailing_note(name, &mut notes),
        };
        match next {
            Some(next) if !next.is_empty() => name = next,
            _ => break,
        }
    }
    (name, notes)
}

/// Whether an item is a note and nothing else: `5 years`, `expert`.
pub(super) fn note_alone(item: &str) -> Option<Notes> {
    let mut notes = Notes::default();
    (notes.take(item) == Some(Noted::Detail)).then_some(notes)
}

/// Whether an item is a figure that is years where something says so, as a bar or a colon does.
pub(super) fn years_alone(item: &str) -> Option<Notes> {
    let figure = item.trim().trim_end_matches('+');
    let is_years = number_tenths(figure).is_some_and(|n| n.decimals <= 1 && figure.len() <= 4);
    is_years.then(|| note_alone(&format!("{figure} years"))).flatten()
}

/// Whether an item is a version and nothing else, as in `Java 8, 11, 17`.
pub(super) fn version_alone(item: &str) -> Option<&str> {
    let item = item.trim();
    (item.len() <= 5 && is_version(item)).then_some(item)
}

/// `Django (4 yrs)` -> `Django`, `4 yrs`.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end_matches(['.', ',', ':', ' ', '*']);
    let open = match text.chars().last()? {
        ')' => '(',
        ']' => '[',
        _ => return None,
    };
    let at = text.rfind(open)?;
    Some((text[..at].trim_end(), &text[at + 1..text.len() - 1]))
}

/// `Python:6`, `Django - 4 years`, `Django 4 yrs`, `React - expert`, `Java 5+ years of experience`.
fn trailing_note<'t>(text: &'t str, notes: &mut Notes) -> Option<&'t str> {
    const WORDS_MAX: usize = 6;
    if let Some((name, note)) = text.rsplit_once([':', '=']).filter(|(name, _)| !name.ends_with(['<', '>'])) {
        let note = note.trim();
        let bare = note.trim_start_matches(['>', '~', '=']).trim_end_matches('+');
        if number_tenths(bare).is_some_and(|n| n.decimals <= 1) {
            if notes.take(&format!("{bare} years")).is_some() {
                return Some(name.trim_end_matches([' ', '>', '<']));
            }
        } else if is_version(note) && note.contains(['.', 'x']) {
            // `Python: 3.11`: no years have two decimals.
            notes.version.get_or_insert_with(|| note.to_owned());
            return Some(name.trim_end());
        } else if notes.take(note).is_some() || notes.take_nothing(note) {
            return Some(name.trim_end());
        }
    }
    // The last words, longest first: `4 yrs`, `last used 2024`, `2019 - present`, `expert`.
    for words in (1..=WORDS_MAX).rev() {
        if let Some((name, note)) = split_last_words(text, words)
            // A bare mark may be two versions, which are looked at later.
            && (!is_version(note) || note.ends_with('%'))
            && notes.take(note).is_some()
        {
            return Some(name.trim_end_matches([' ', '-', ',', '@', ':']));
        }
    }
    for dash in [" - ", ", ", " @ ", " -", "- "] {
        if let Some((name, note)) = text.rsplit_once(dash)
            && !name.trim().is_empty()
            && notes.take(note).is_some()
        {
            return Some(name.trim_end());
        }
    }
    None
}

/// `5 years of Django`, `3+ yrs Python`, `advanced React`, `10+ Java`.
fn leading_note<'t>(text: &'t str, notes: &mut Notes) -> Option<&'t str> {
    const WORDS_MAX: usize = 6;
    for words in (1..=WORDS_MAX).rev() {
        if let Some((note, rest)) = split_first_words(text, words) {
            let note = note.trim_end_matches([':', '-', ',']);
            if notes.take(note).is_some() {
                return Some(without_preposition(rest.trim_start_matches(['-', ':', ' '])));
            }
        }
    }
    let (figure, rest) = split_first_words(text, 1)?;
    let years = figure.strip_suffix('+')?;
    let is_years = years.len() <= 2 && years.bytes().all(|b| b.is_ascii_digit());
    (is_years && notes.take(&format!("{years} years")).is_some()).then_some(rest)
}

/// A name, and the version after it where it is one. The second is `None` for a figure that may be anything.
type NameAndVersion<'t> = (&'t str, Option<String>);

/// `postgres 15`, `Python 3.11`, `Python3`, `Angular 2+`, `Rails v7`, `Vue.js 3.x`, `Symfony >= 4`, `Django 4/5`.
fn trailing_version<'t>(
    text: &'t str,
    is_version_of: &dyn Fn(&str, &str) -> bool,
) -> Option<NameAndVersion<'t>> {
    for words in [2, 1] {
        let Some((name, word)) = split_last_words(text, words) else { continue };
        // Of two words the first has to say that the second is one: `>= 4`, `version 3`.
        if words == 2 && !word.starts_with(['>', 'v', 'V', '^', '~']) {
            continue;
        }
        let Some(found) = version(word) else { continue };
        // `Java 8, 11` and `Python 2 & 3` are taken apart first.
        if name.ends_with([',', '&', '/', '+']) {
            return None;
        }
        // After a dash a figure may be a version, years or a mark: it stays unread.
        let undashed = name.trim_end_matches([' ', '-']);
        let dashed = undashed.len() < name.trim_end().len();
        let known = !dashed && is_version_of(undashed, &found);
        return Some((undashed, known.then_some(found)));
    }
    let attached =
        text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | 'x' | '/' | '+' | '*'));
    let written = &text[attached.len()..];
    // One letter with a figure (`s3`, `r5`) is more often a name of its own than a language's version.
    if !is_version(written) || attached.chars().count() < 2 || attached.ends_with(['-', ' ']) {
        return None;
    }
    Some((attached, Some(written.to_owned())))
}

/// A version in brackets that cannot be years: `3.11`, `1.x`, `8/11`.
fn certain_version(part: &str) -> Option<String> {
    let years = number_tenths(part.trim_end_matches('+')).is_some_and(|n| n.decimals <= 1);
    let is_date = part.split(['/', '-']).any(|p| p.len() == 4);
    (!years && !is_date && is_version(part)).then(|| part.to_owned())
}

fn is_edition_of_ecmascript(name: &str) -> bool {
    let key = exact_key(name);
    key.strip_prefix("es").is_some_and(|rest| is_version(rest.trim_start()))
}

/// Stars, quotation marks, hyphens round a name, and a full stop after it, say nothing; a cross does.
fn without_decoration(text: &str) -> Option<&str> {
    let bare = text
        .trim_start_matches(|c: char| {
            !(c.is_alphanumeric() || matches!(c, '.' | '#' | '(' | '[' | '@' | '>' | '<' | '~' | '+' | CROSS))
        })
        .trim_end_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#' | ')' | ']' | '%')));
    (bare.len() < text.len() && !bare.is_empty()).then_some(bare)
}

/// Nouns that lead to a skill: `knowledge of Java`.
const LEADING_NOUNS: [&str; 22] = [
    "experience",
    "experienced",
    "expertise",
    "knowledge",
    "proficiency",
    "skills",
    "skilled",
    "understanding",
    "background",
    "command",
    "exposure",
    "worked",
    "using",
    "used",
    "versed",
    "erfahrung",
    "kenntnisse",
    "expérience",
    "connaissances",
    "experiencia",
    "conocimientos",
    "familiarity",
];
/// Words before such a noun.
const LEADING_ADJECTIVES: [&str; 16] = [
    "solid",
    "deep",
    "extensive",
    "hands-on",
    "practical",
    "professional",
    "commercial",
    "production",
    "in-depth",
    "sound",
    "proven",
    "technical",
    "thorough",
    "well",
    "great",
    "a",
];
const PREPOSITIONS: [&str; 16] =
    ["of", "in", "with", "at", "on", "the", "mit", "von", "de", "en", "con", "met", "w", "z", "avec", "for"];
/// Words after a skill that name no other: `Java programming`, `MySQL database`.
const TRAILING_WORDS: [&str; 28] = [
    "programming",
    "language",
    "languages",
    "framework",
    "frameworks",
    "library",
    "libraries",
    "development",
    "developer",
    "scripting",
    "coding",
    "database",
    "databases",
    "db",
    "experience",
    "skills",
    "skill",
    "knowledge",
    "certified",
    "stack",
    "apps",
    "applications",
    "kenntnisse",
    "entwicklung",
    "programmierung",
    "ecosystem",
    "basics",
    "concepts",
];

fn lower(word: &str) -> String {
    word.trim_matches([':', ',', '.']).to_lowercase()
}

fn without_preposition(text: &str) -> &str {
    let mut rest = text.trim_start();
    // `experience in the field`: at most noun, preposition, article.
    for _ in 0..3 {
        match split_first_words(rest, 1) {
            Some((word, after)) if is_one_of(&lower(word), &[&PREPOSITIONS, &LEADING_NOUNS]) => rest = after,
            _ => break,
        }
    }
    rest
}

fn is_one_of(word: &str, lists: &[&[&str]]) -> bool {
    lists.iter().any(|list| list.contains(&word))
}

/// `solid knowledge of Java`, `Java programming`: words that say no more than that it is a skill.
fn without_filler(text: &str) -> Option<&str> {
    if let Some((name, word)) = split_last_words(text, 1)
        && is_one_of(&lower(word), &[&TRAILING_WORDS])
    {
        return Some(name.trim_end_matches([' ', '-']));
    }
    if let Some(name) = text.strip_suffix("-Kenntnisse") {
        return Some(name);
    }
    let mut rest = text;
    while let Some((word, after)) = split_first_words(rest, 1) {
        let word = lower(word);
        if is_one_of(&word, &[&LEADING_NOUNS]) {
            return Some(without_preposition(after));
        }
        if !is_one_of(&word, &[&LEADING_ADJECTIVES]) {
            return None;
        }
        rest = after;
    }
    None
}

/// What a bracket says of a name without naming another skill: `Python (Programming Language)`.
fn is_qualifier(part: &str) -> bool {
    const QUALIFIERS: [&str; 34] = [
        "programming language",
        "language",
        "software",
        "framework",
        "web framework",
        "library",
        "javascript library",
        "javascript framework",
        "python library",
        "python framework",
        "database",
        "dbms",
        "rdbms",
        "nosql",
        "tool",
        "platform",
        "operating system",
        "frontend",
        "front-end",
        "front end",
        "backend",
        "back-end",
        "back end",
        "full stack",
        "fullstack",
        "full-stack",
        "web",
        "mobile",
        "desktop",
        "server",
        "client",
        "professionally",
        "at work",
        "hobby",
    ];
    QUALIFIERS.contains(&part.trim().to_lowercase().as_str())
}

/// `e.g. EC2`, `incl. S3`.
fn without_lead(part: &str) -> &str {
    const LEADS: [&str; 12] = [
        "e.g.",
        "e.g",
        "eg.",
        "i.e.",
        "incl.",
        "including",
        "such as",
        "z.b.",
        "inkl.",
        "like",
        "mainly",
        "mostly",
    ];
    let lower = part.to_ascii_lowercase();
    LEADS
        .iter()
        .find(|lead| lower.strip_prefix(**lead).is_some_and(|rest| rest.starts_with(' ')))
        .map_or(part, |lead| part[lead.len()..].trim_start())
}

/// `etc.` and its like: no skill, and nothing unread.
pub(super) fn is_and_so_on(item: &str) -> bool {
    const WORDS: [&str; 16] = [
        "etc",
        "and more",
        "and others",
        "and so on",
        "and many more",
        "others",
        "other",
        "among others",
        "many more",
        "more",
        "u.a",
        "usw",
        "u.v.m",
        "uvm",
        "and other",
        "itd",
    ];
    let written = item.trim_matches([' ', '.', ',', '…', '&', '(', ')']);
    // In capitals it is a method of verifying chips.
    written.is_empty() || (written != "UVM" && WORDS.contains(&written.to_lowercase().as_str()))
}

/// An item without `etc.` at its end.
pub(super) fn without_and_so_on(item: &str) -> &str {
    const ENDS: [&str; 8] = [" etc.", " etc", " etc..", " etc...", "...", " usw.", " usw", " u.a."];
    ENDS.iter().find_map(|end| item.strip_suffix(end)).map_or(item, |rest| rest.trim_end_matches([' ', ',']))
}
