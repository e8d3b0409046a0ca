//! Lists with one item a line, under no heading:
//!
//! ```text
//! Java
//! Go (3 years)
//! - Spring
//! ```
//!
//! A line is an item where it holds names of skills, signs and numbers alone. Items in a row are a list where one of them
//! needs no evidence, or where there are three.

use std::ops::Range;

use crate::mention::boundary::Candidate;
use crate::mention::cues::Class;
use crate::mention::finder::MentionFinder;
use crate::mention::meaning::Column;
use crate::mention::overlap::best_reading;
use crate::mention::patterns::Meaning;
use crate::mention::sentence::{Kind, Node, nodes};

/// Longer lines are no items.
const ITEM_BYTES_MAX: usize = 64;
/// Lines in a row that are a list although each name is also an everyday word.
const ITEMS_MIN: usize = 3;
/// Lines in a row that are a list where one name needs no evidence.
const SURE_ITEMS_MIN: usize = 2;

/// What a line is in a list of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    /// A name that needs no evidence.
    Sure,
    /// Names that are everyday words too.
    Everyday,
    /// Blank: neither an item nor the end of a list.
    Blank,
    None,
}

/// Which lines are items of such a list. The candidates are in the order of the text.
pub(super) fn columns(
    bytes: &[u8],
    lines: &[Range<usize>],
    candidates: &[Candidate],
    finder: &MentionFinder,
) -> Vec<Column> {
    let mut columns = vec![Column::No; lines.len()];
    if lines.len() < SURE_ITEMS_MIN {
        return columns;
    }
    let mut run: Vec<usize> = Vec::new();
    let mut sure = 0;
    let mut rest = candidates;
    for (i, line) in lines.iter().enumerate() {
        let within = rest.partition_point(|c| c.start < line.end);
        let (of_line, others) = rest.split_at(within);
        rest = others;
        match item(bytes, line.clone(), of_line, finder) {
            Item::Blank => {}
            Item::None => {
                mark(&mut columns, &run, sure);
                run.clear();
                sure = 0;
            }
            found => {
                run.push(i);
                sure += usize::from(found == Item::Sure);
            }
        }
    }
    mark(&mut columns, &run, sure);
    columns
}

fn mark(columns: &mut [Column], run: &[usize], sure: usize) {
    if run.len() >= ITEMS_MIN || (sure > 0 && run.len() >= SURE_ITEMS_MIN) {
        for line in run {
            columns[*line] = Column::Yes;
        }
    }
}

fn item(bytes: &[u8], line: Range<usize>, candidates: &[Candidate], finder: &MentionFinder) -> Item {
    let text = &bytes[line.clone()];
    if candidates.is_empty() {
        return if text.iter().all(|b| *b == b' ') { Item::Blank } else { Item::None };
    }
    if text.len() > ITEM_BYTES_MAX {
        return Item::None;
    }
    let mut within: Vec<Candidate> =
        candidates.iter().copied().filter(|c| c.version_end <= line.end).collect();
    let reading = best_reading(&mut within);
    let pattern = |candidate: &Candidate| &finder.patterns.list[candidate.pattern as usize];
    if reading.is_empty() || !reading.iter().all(|c| matches!(pattern(c).meaning, Meaning::Skill(..))) {
        return Item::None;
    }
    let beside = |node: &Node| match node.kind {
        Kind::Hit(_) | Kind::Number(_) | Kind::Sign(_) => true,
        Kind::Word(classes, _) => classes.has(Class::Unit) || classes.has(Class::Conjunction),
    };
    if !nodes(bytes, line, &reading, &finder.cues).iter().all(beside) {
        return Item::None;
    }
    if reading.iter().any(|c| pattern(c).context.is_none()) { Item::Sure } else { Item::Everyday }
}
