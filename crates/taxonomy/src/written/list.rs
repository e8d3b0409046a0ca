//! A cell that lists skills, taken apart into items.
//!
//! Line breaks, semicolons, bars, tabs and bullets always separate. Commas do where the whole is no skill. Slashes,
//! `&`, `+`, dashes and words for *and* do where that makes skills of the parts. A label (`Databases:`) is left out,
//! and what it says (`Want to learn:`, `Expert:`) holds for what follows.

use std::ops::Range;

use super::item::{
    Found, ITEM_LENGTH_MAX, is_and_so_on, note_alone, unknown_name, version_alone, without_and_so_on,
    years_alone,
};
use super::memo::Alone;
use super::note::Notes;
use super::plain::{BULLET, Plain};
use super::split::{is_balanced, split, split_first_words};
use super::{Stance, WrittenSkill};
use crate::{Resolution, SkillIx, Taxonomy};

/// Words and signs that join skills where every part is one, in the order in which they are tried.
const JOINTS: [&str; 18] = [
    "/", "&", "+", " and ", " or ", " und ", " oder ", " et ", " ou ", " y ", " e ", " o ", " oraz ", " i ",
    " en ", " - ", " > ", " with ",
];
/// Joints beside which one part may be unknown, where another is a skill beyond doubt.
const LOOSE_JOINTS: [&str; 9] = ["/", "&", " and ", " und ", " et ", " y ", " oraz ", ". ", " - "];
/// Words of an item that may be skills without anything between them; more are a sentence.
const WORDS_MAX: usize = 24;

impl Taxonomy {
    /// Reads a cell that lists skills. Items that name no skill come back too, as unknown.
    ///
    /// Items stand in the order of writing, and their spans do not overlap; between them stand separators, labels and
    /// words such as `and` and `etc.` alone.
    #[must_use]
    pub fn read_list<'c>(&self, cell: &'c str) -> Vec<WrittenSkill<'c>> {
        let plain = Plain::of(cell);
        let mut reading = Reading {
            taxonomy: self,
            cell,
            plain: &plain,
            read: Vec::new(),
            scope: Notes::default(),
            last_on_line: None,
            notes_come_first: false,
        };
        reading.cell(&plain.text);
        reading.read
    }

    /// Reads a cell like [`Taxonomy::read_list`], and looks what the unknown items are near to. That compares each with
    /// every spelling, so it is for what a person typed, not for files.
    #[must_use]
    pub fn read_list_with_near<'c>(&self, cell: &'c str) -> Vec<WrittenSkill<'c>> {
        let mut read = self.read_list(cell);
        for skill in read.iter_mut().filter(|skill| skill.resolution == Resolution::Unknown) {
            let near = self.near(skill.name);
            if !near.is_empty() {
                skill.resolution = Resolution::Near(near);
            }
        }
        read
    }

    /// Reads one skill with what is written beside it.
    #[must_use]
    pub fn read_one<'c>(&self, written: &'c str) -> WrittenSkill<'c> {
        let plain = Plain::of(written);
        let item = plain.text.trim();
        let (name, resolution, notes) = match self.alone(item).found {
            Some(Found { name, resolution, notes, .. }) => (name, resolution, notes),
            None => {
                let (name, notes) = unknown_name(item);
                (name, Resolution::Unknown, notes)
            }
        };
        written_skill(
            written,
            &plain,
            range_in(&plain.text, item),
            range_in(&plain.text, name),
            resolution,
            notes,
        )
    }

    /// The skills that a list names beyond doubt, without the rest; for short lists in queries and role files.
    #[must_use]
    pub fn skills_in(&self, cell: &str) -> Vec<SkillIx> {
        self.read_list(cell).iter().filter_map(|skill| skill.resolution.skill()).collect()
    }
}

/// Where a part of a text stands in it.
fn range_in(whole: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(whole.as_ptr().addr());
    start..start + part.len()
}

/// A mark on a blank folds together with it: the blank is no part of an item.
fn trimmed(cell: &str, span: Range<usize>) -> Range<usize> {
    let text = &cell[span.clone()];
    let start = span.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

fn written_skill<'c>(
    cell: &'c str,
    plain: &Plain<'_>,
    item: Range<usize>,
    name: Range<usize>,
    resolution: Resolution,
    notes: Notes,
) -> WrittenSkill<'c> {
    let (item, name) = (trimmed(cell, plain.span(item)), plain.span(name));
    WrittenSkill {
        written: &cell[item.clone()],
        name: cell[name].trim(),
        span: item,
        resolution,
        version: notes.version,
        years: notes.years,
        since: notes.since,
        last_used: notes.last_used,
        level: notes.level,
        unread_years: notes.unread_years,
        stance: notes.stance,
    }
}

/// What stands before an item.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing, a line break, a bullet, a semicolon.
    Break,
    Comma,
    /// A bar or a tab: perhaps the next column of a table.
    Bar,
}

struct Reading<'t, 'c> {
    taxonomy: &'t Taxonomy,
    cell: &'c str,
    plain: &'t Plain<'t>,
    read: Vec<WrittenSkill<'c>>,
    /// What a label before says of the items.
    scope: Notes,
    /// The item that a note behind a comma or bar belongs to.
    last_on_line: Option<usize>,
    /// A note stood before any name on a line: then notes do not belong to the name before them.
    notes_come_first: bool,
}

impl<'t> Reading<'t, '_> {
    fn cell(&mut self, text: &'t str) {
        let text = without_array(text);
        let hard = |c: char| matches!(c, ';' | '|' | '\n' | '\r' | '\t' | '\u{b}' | '\u{c}') || c == BULLET;
        let mut blank_lines = 0;
        for segment in split(text, hard) {
            let at = range_in(text, segment).start;
            let before = text[..at].chars().next_back();
            let new_line = matches!(before, None | Some('\n' | '\r' | '\u{b}' | '\u{c}'));
            if new_line && segment.trim().is_empty() {
                blank_lines += 1;
            } else if !segment.trim().is_empty() {
                // A label holds for the lines below it, as far as a blank one.
                if blank_lines > 0 {
                    self.scope = Notes::default();
                }
                blank_lines = 0;
            }
            if !matches!(before, Some('|' | '\t')) {
                self.last_on_line = None;
            }
            let before = if matches!(before, Some('|' | '\t')) { Before::Bar } else { Before::Break };
            for part in numbered(segment) {
                self.segment(part, before);
            }
        }
    }

    /// What stands between two hard separators.
    fn segment(&mut self, segment: &'t str, before: Before) {
        let segment = without_numbering(segment);
        if segment.is_empty() {
            return;
        }
        if segment.len() <= ITEM_LENGTH_MAX {
            let alone = self.taxonomy.alone(segment);
            if !alone.names && self.whole_read(segment, before, alone) {
                return;
            }
        }
        // Where brackets do not close, they part like commas.
        let is_balanced = is_balanced(segment);
        let mut before = before;
        for part in split(segment, |c| c == ',' || (!is_balanced && matches!(c, '(' | ')' | '[' | ']'))) {
            self.item(part, before, true);
            before = Before::Comma;
        }
    }

    /// An item between commas.
    fn item(&mut self, item: &'t str, before: Before, may_be_labelled: bool) {
        let item = without_and_so_on(without_numbering(item));
        if is_and_so_on(item) || self.whole(item, before) {
            return;
        }
        if is_address(item) {
            return self.push_unknown(item);
        }
        if item.len() <= ITEM_LENGTH_MAX {
            if (may_be_labelled && self.labelled(item)) || self.joined(item) || self.listed(item) {
                return;
            }
            if self.with_joint_in_front(item, before) || self.beside_an_unknown_name(item) {
                return;
            }
        }
        self.push_unknown(item);
    }

    /// Takes what is one skill with its notes, or a note on the skill before.
    fn whole(&mut self, item: &'t str, before: Before) -> bool {
        let alone = self.taxonomy.alone(item);
        self.whole_read(item, before, alone)
    }

    fn whole_read(&mut self, item: &'t str, before: Before, alone: Alone<'t>) -> bool {
        if before != Before::Break && self.note_on_the_last(item, before) {
            return true;
        }
        if let Some(found) = alone.found.filter(|_| !alone.labelled) {
            self.push_found(item, found);
            return true;
        }
        // Otherwise the note has nobody: unread, and every later one may belong to the name behind it.
        if before == Before::Break && (note_alone(item).is_some()) {
            self.notes_come_first = true;
        }
        false
    }

    /// `Java, 5 years, expert`, `Java | 5`, `Java 8, 11, 17`.
    fn note_on_the_last(&mut self, item: &str, before: Before) -> bool {
        let Some(last) = self.last_on_line.filter(|_| !self.notes_come_first) else { return false };
        let plain_item = item.trim();
        let skill = &mut self.read[last];
        if let (Some(versions), Some(known)) = (versions_alone(plain_item), skill.version.as_mut())
            && before == Before::Comma
        {
            for version in versions {
                known.push('/');
                known.push_str(version);
            }
        } else {
            let notes = match before {
                Before::Bar => years_alone(plain_item).or_else(|| note_alone(plain_item)),
                _ => note_alone(plain_item),
            };
            let Some(notes) = notes else { return false };
            // What is a skill's name itself (`Basic`) is no note, unless it is written like one.
            if plain_item.starts_with(char::is_uppercase) && self.taxonomy.find(plain_item).is_some() {
                return false;
            }
            let is_new = (notes.years.is_none() || skill.years.is_none())
                && (notes.level.is_none() || skill.level.is_none())
                && (notes.last_used.is_none() || skill.last_used.is_none());
            if !is_new {
                return false;
            }
            skill.version = skill.version.take().or(notes.version);
            skill.years = skill.years.or(notes.years);
            skill.unread_years |= notes.unread_years;
            skill.since = skill.since.or(notes.since);
            skill.last_used = skill.last_used.or(notes.last_used);
            skill.level = skill.level.or(notes.level);
            // `Java, 0 years`, `Java | 0`
            if skill.stance == Stance::Held {
                skill.stance = notes.stance;
            }
        }
        let end = self.plain.span(range_in(&self.plain.text, plain_item)).end;
        let skill = &mut self.read[last];
        skill.span.end = end.max(skill.span.end);
        skill.written = &self.cell[skill.span.clone()];
        true
    }

    /// `Databases: MySQL`, `Want to learn: Rust`, `AWS: EC2`, and `Languages:` above a list.
    fn labelled(&mut self, item: &'t str) -> bool {
        const LABEL_WORDS_MAX: usize = 5;
        let Some((label, rest)) = item.split_once(':') else { return false };
        let (label, rest) = (label.trim(), rest.trim());
        if label.is_empty()
            || label.contains([',', '(', ')', '[', ']'])
            || label.split_whitespace().count() > LABEL_WORDS_MAX
            || rest.starts_with("//")
        {
            return false;
        }
        let said = label_notes(label);
        let label_skill = said.is_none().then(|| self.taxonomy.alone(label).found).flatten();
        // Figures that are not understood are not left out.
        if said.is_none() && label_skill.is_none() && label.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        if rest.is_empty() {
            self.scope = said.unwrap_or_default();
            return true;
        }
        let (before, scope) = (self.read.len(), self.scope.clone());
        self.scope = said.clone().unwrap_or_default();
        if let Some(found) = label_skill {
            self.push_found(label, found);
        }
        self.item(rest, Before::Break, false);
        if said.is_some() || self.read[before..].iter().any(|skill| skill.resolution.skill().is_some()) {
            return true;
        }
        self.forget(before);
        self.scope = scope;
        false
    }

    /// `Node & Express`: parts that are skills, each of them.
    fn joined(&mut self, item: &'t str) -> bool {
        for joint in JOINTS {
            if !item.contains(joint) {
                continue;
            }
            let parts: Vec<&str> = item.split(joint).map(str::trim).collect();
            // `R&D` is no two languages.
            if parts.iter().all(|part| part.chars().count() < 2) && joint != " and " {
                continue;
            }
            if let Some(found) = self.each_of(&parts) {
                self.push_each(found);
                return true;
            }
        }
        // Other joints inside the parts: `Java/Kotlin and Python`.
        let is_joint = |c: char| matches!(c, '/' | '&');
        let parts: Vec<&str> =
            item.split(is_joint).flat_map(|part| part.split(" and ")).map(str::trim).collect();
        match (parts.len() > 2).then(|| self.each_of(&parts)).flatten() {
            Some(found) => {
                self.push_each(found);
                true
            }
            None => false,
        }
    }

    /// The parts as skills, where every one is; a figure after a version is another version.
    fn each_of(&self, parts: &[&'t str]) -> Option<Vec<(&'t str, Found<'t>)>> {
        let mut found: Vec<(&'t str, Found<'t>)> = Vec::new();
        for part in parts {
            let last_version = found.last_mut().and_then(|(_, last)| last.notes.version.as_mut());
            if let (Some(version), Some(known)) = (version_alone(part), last_version) {
                known.push('/');
                known.push_str(version);
                let (text, _) = found.last_mut()?;
                let start = range_in(&self.plain.text, text).start;
                *text = &self.plain.text[start..range_in(&self.plain.text, part).end];
            } else {
                found.push((part, self.taxonomy.alone(part).found?));
            }
        }
        Some(found)
    }

    fn push_each(&mut self, found: Vec<(&'t str, Found<'t>)>) {
        for (part, found) in found {
            self.push_found(part, found);
        }
    }

    /// `HTML5 CSS3 JavaScript`: skills with nothing but spaces between them, when every word belongs to one. The
    /// longest name is taken first.
    fn listed(&mut self, item: &'t str) -> bool {
        const NAME_WORDS_MAX: usize = 4;
        let words: Vec<&'t str> = item.split_whitespace().collect();
        if !(2..=WORDS_MAX).contains(&words.len()) {
            return false;
        }
        let text: &'t str = &self.plain.text;
        let part = |from: usize, to: usize| {
            &text[range_in(text, words[from]).start..range_in(text, words[to - 1]).end]
        };
        // For each word, from the last, the part that begins there and leaves parts behind it; longest first.
        let mut next: Vec<Option<usize>> = vec![None; words.len() + 1];
        next[words.len()] = Some(words.len());
        for from in (0..words.len()).rev() {
            let longest = (from + NAME_WORDS_MAX).min(words.len());
            next[from] = (from + 1..=longest)
                .rev()
                .find(|to| next[*to].is_some() && self.taxonomy.alone(part(from, *to)).found.is_some());
        }
        if next[0].is_none() {
            return false;
        }
        let mut from = 0;
        while let Some(to) = next[from].filter(|to| *to > from) {
            let piece = part(from, to);
            if let Some(found) = self.taxonomy.alone(piece).found {
                self.push_found(piece, found);
            }
            from = to;
        }
        true
    }

    /// `and Ruby`, as the last item of a list.
    fn with_joint_in_front(&mut self, item: &'t str, before: Before) -> bool {
        const WORDS: [&str; 10] = ["and", "und", "et", "y", "e", "oraz", "en", "or", "&", "also"];
        match split_first_words(item, 1) {
            Some((word, rest))
                if WORDS.contains(&word.to_lowercase().as_str()) && rest.len() < item.len() =>
            {
                let (known, last) = (self.read.len(), self.read.last().cloned());
                self.item(rest, before, false);
                let is_note_on_the_last = self.read.len() == known && self.read.last() != last.as_ref();
                if is_note_on_the_last || self.read[known..].iter().any(|s| s.resolution.skill().is_some()) {
                    return true;
                }
                self.forget(known);
                false
            }
            _ => false,
        }
    }

    /// `Foo and Django`, `Tools (Jira, Git)`: a name that is not known keeps nobody from counting what is.
    fn beside_an_unknown_name(&mut self, item: &'t str) -> bool {
        const NAME_WORDS_MAX: usize = 3;
        for joint in LOOSE_JOINTS {
            let parts: Vec<&'t str> =
                item.split(joint).map(str::trim).filter(|part| !part.is_empty()).collect();
            if parts.len() < 2 || parts.iter().any(|part| part.split_whitespace().count() > NAME_WORDS_MAX) {
                continue;
            }
            let read: Vec<Option<Found<'t>>> =
                parts.iter().map(|part| self.taxonomy.alone(part).found).collect();
            let sure =
                parts.iter().zip(&read).filter(|(part, found)| part.len() > 2 && found.is_some()).count();
            let everyday = || read.iter().flatten().all(|found| self.taxonomy.is_everyday_word(found.name));
            // `client/server` and `go/no-go`: half of the parts at least, and not words of every day alone.
            if sure == 0 || 2 * sure < parts.len() || everyday() {
                continue;
            }
            for (part, found) in parts.into_iter().zip(read) {
                match found {
                    Some(found) => self.push_found(part, found),
                    None => self.push_unknown(part),
                }
            }
            return true;
        }
        let Some((label, rest)) = item.split_once('(').filter(|_| item.ends_with(')')) else { return false };
        let inside = &rest[..rest.len() - 1];
        let known = self.read.len();
        self.push_unknown(label);
        for part in split(inside, |c| matches!(c, ',' | ';' | '/')) {
            let part = part.trim();
            match self.taxonomy.alone(part).found {
                Some(found) => self.push_found(part, found),
                None if is_and_so_on(part) => {}
                None => self.push_unknown(part),
            }
        }
        if self.read[known..].iter().any(|skill| skill.resolution.skill().is_some()) {
            return true;
        }
        self.forget(known);
        false
    }

    /// Takes back what was read since, when it turned out to be something else.
    fn forget(&mut self, known: usize) {
        self.read.truncate(known);
        self.last_on_line = None;
    }

    fn push_found(&mut self, item: &'t str, found: Found<'t>) {
        let item = item.trim();
        let Found { name, resolution, mut notes, inside } = found;
        notes.fill(&self.scope);
        let text = &self.plain.text;
        // What stands in brackets stands for itself; so the item ends before it.
        let mut whole = range_in(text, item);
        if let Some(first) = inside.iter().map(|i| range_in(text, i.text).start).min() {
            whole.end = range_in(text, text[whole.start..first].trim_end_matches(['(', '[', ' ', ','])).end;
        }
        let stance = notes.stance;
        let at = self.read.len();
        self.push(whole, range_in(text, name), resolution, notes);
        for part in inside {
            let mut notes = part.notes;
            if notes.stance == Stance::Held {
                notes.stance = stance;
            }
            self.push(range_in(text, part.text), range_in(text, part.name), part.resolution, notes);
        }
        self.last_on_line = Some(at).filter(|at| at + 1 == self.read.len());
    }

    fn push_unknown(&mut self, item: &'t str) {
        let item = item.trim();
        if item.is_empty() {
            return;
        }
        let (name, mut notes) = unknown_name(item);
        notes.fill(&self.scope);
        let text = &self.plain.text;
        self.push(range_in(text, item), range_in(text, name), Resolution::Unknown, notes);
        self.last_on_line = None;
    }

    fn push(&mut self, item: Range<usize>, name: Range<usize>, resolution: Resolution, notes: Notes) {
        self.read.push(written_skill(self.cell, self.plain, item, name, resolution, notes));
    }
}

/// `11`, `11 and 17`.
fn versions_alone(item: &str) -> Option<Vec<&str>> {
    let parts = item.split([' ', '&', '/']).filter(|part| !matches!(*part, "" | "and" | "und" | "et" | "y"));
    parts.map(version_alone).collect::<Option<Vec<&str>>>().filter(|versions| !versions.is_empty())
}

/// An address of a page or a mailbox is no list of skills.
fn is_address(item: &str) -> bool {
    item.contains("://") || item.contains("www.") || item.contains('@')
}

/// What a label says of the items behind it; `None` for a mere heading.
pub(super) fn label_notes(label: &str) -> Option<Notes> {
    let bare = [" with", " in", " about", " at", " of", " knowledge of", " experience with", " skills"]
        .iter()
        .find_map(|end| label.strip_suffix(end))
        .unwrap_or(label);
    [label, bare].into_iter().find_map(|label| {
        let mut notes = Notes::default();
        notes.take(label).map(|_| notes)
    })
}

/// `["Python","Django"]`, `{Python,Django}`: the brackets of an array are no brackets of a list.
fn without_array(text: &str) -> &str {
    let text = text.trim();
    let inside = |open: char, close: char| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    if let Some(inside) = inside('{', '}') {
        return inside;
    }
    inside('[', ']').filter(|inside| is_balanced(inside)).unwrap_or(text)
}

/// `1. Java`, `2) Python`, `- C#`, `a) Go`: without what counts the items.
pub(super) fn without_numbering(text: &str) -> &str {
    let text = text.trim().trim_start_matches(['*', ' ', ':']);
    let text = text.strip_prefix('-').map_or(text, |rest| rest.trim_start_matches(['-', ' ']));
    let inner = text.strip_prefix('(').unwrap_or(text);
    let end = inner.find(|c: char| !c.is_ascii_digit()).unwrap_or(inner.len());
    let number = if end == 0 { inner.len().min(1) } else { end };
    let is_number = (1..=3).contains(&end) || inner.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
    let Some(rest) = inner.get(number..).filter(|_| is_number) else { return text };
    let after = rest.strip_prefix(')').or_else(|| rest.strip_prefix('.').filter(|_| end > 0));
    match after {
        Some(after) if after.starts_with(char::is_whitespace) && !after.trim().is_empty() => {
            after.trim_start()
        }
        _ => text,
    }
}

/// `1. Java 2. Python 3. C#` in one line: the items, where the numbers run on from 1.
fn numbered(segment: &str) -> Vec<&str> {
    let trimmed = segment.trim_start();
    let style = ['.', ')'].into_iter().find(|style| {
        trimmed
            .strip_prefix('1')
            .and_then(|rest| rest.strip_prefix(*style))
            .is_some_and(|rest| rest.starts_with(' '))
    });
    let Some(style) = style else { return vec![segment] };
    let mut parts = Vec::new();
    let mut rest = trimmed;
    let mut number = 2;
    while let Some(at) = rest.find(&format!(" {number}{style} ")) {
        parts.push(&rest[..at]);
        rest = &rest[at + 1..];
        number += 1;
    }
    parts.push(rest);
    parts
}
