//! Lines, sentences, and the words round a hit.

use std::ops::Range;

use crate::mention::boundary::Candidate;
use crate::mention::cues::{Class, Classes, Cues, first_word, is_word};
use crate::mention::folded::{DENIED, UNFILLED};

/// A sentence, or a line that is none, as folded bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    pub range: Range<usize>,
    /// Number of the line that it stands in.
    pub line: usize,
}

/// Bytes that may end a sentence.
const ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    ends[b'\n' as usize] = true;
    ends[b'.' as usize] = true;
    ends[b'!' as usize] = true;
    ends[b'?' as usize] = true;
    ends
};

/// Lines and sentences of a text.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub lines: Vec<Range<usize>>,
    pub sentences: Vec<Sentence>,
}

impl Parts {
    /// A sentence ends with its line, and with `.`, `!` or `?` before a blank, unless an abbreviation stands before it, or it
    /// makes a number the day of a month.
    pub fn new(bytes: &[u8], cues: &Cues) -> Self {
        let mut parts = Self::default();
        let (mut line, mut sentence, mut word_min) = (0, 0, 0);
        let mut from = 0;
        while let Some(ahead) = bytes[from..].iter().position(|byte| ENDS[usize::from(*byte)]) {
            let at = from + ahead;
            from = at + 1;
            if bytes[at] == b'\n' {
                parts.sentence(sentence..at);
                parts.lines.push(line..at);
                (line, sentence, word_min) = (at + 1, at + 1, at + 1);
            } else if bytes.get(at + 1).is_none_or(|next| *next == b' ') {
                let goes_on = bytes[at] == b'.'
                    && (cues.of(last_word(&bytes[word_min..at])).has(Class::Abbreviation)
                        || day_of_month(bytes, at, cues));
                if !goes_on {
                    parts.sentence(sentence..at + 1);
                    sentence = at + 1;
                }
                word_min = at + 1;
            }
        }
        parts.sentence(sentence..bytes.len());
        parts.lines.push(line..bytes.len());
        parts
    }

    fn sentence(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.sentences.push(Sentence { range, line: self.lines.len() });
        }
    }
}

/// `1. Februar 2013`, where the full stop stands at `stop`.
fn day_of_month(bytes: &[u8], stop: usize, cues: &Cues) -> bool {
    let figures = bytes[..stop].iter().rev().take(3).take_while(|b| b.is_ascii_digit()).count();
    let Some(rest) = bytes.get(stop + 2..).filter(|_| matches!(figures, 1 | 2)) else { return false };
    let month = first_word(rest);
    let behind = rest[month.len()..].strip_prefix(b".").unwrap_or(&rest[month.len()..]);
    cues.of(month).has(Class::Month) && matches!(behind, [b' ', figure, ..] if figure.is_ascii_digit())
}

/// What stands behind the last sign that separates words.
fn last_word(bytes: &[u8]) -> &[u8] {
    /// Longer words are no abbreviations; the limit keeps long runs of letters cheap.
    const LETTERS_MAX: usize = 64;
    let from = bytes.len().saturating_sub(LETTERS_MAX);
    let separator = |b: &u8| matches!(b, b' ' | b'(' | b'|' | b',' | b'/');
    let word = bytes[from..].iter().rposition(separator).map_or(from, |at| from + at + 1);
    &bytes[word..]
}

/// A piece of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A candidate, by its place in the reading.
    Hit(usize),
    /// A word or phrase, what it tells, and its value (a month, a number, the months of a unit).
    Word(Classes, u16),
    Number(Number),
    Sign(u8),
}

/// A number in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub whole: u32,
    pub whole_digits: usize,
    pub fraction: u32,
    pub fraction_digits: usize,
}

impl Node {
    pub fn has(&self, class: Class) -> bool {
        matches!(self.kind, Kind::Word(classes, _) if classes.has(class))
    }

    pub fn is_sign(&self, signs: &[u8]) -> bool {
        matches!(self.kind, Kind::Sign(sign) if signs.contains(&sign))
    }

    pub fn is_hit(&self) -> bool {
        matches!(self.kind, Kind::Hit(_))
    }
}

/// Takes a range of folded text apart; the candidates of the reading stay whole.
pub(super) fn nodes(bytes: &[u8], range: Range<usize>, reading: &[Candidate], cues: &Cues) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut hits = reading.iter().enumerate().peekable();
    let mut at = range.start;
    while at < range.end {
        if let Some((i, hit)) = hits.next_if(|(_, hit)| hit.start == at) {
            nodes.push(Node { start: at, end: hit.version_end, kind: Kind::Hit(i) });
            at = hit.version_end;
            if bytes[..range.end].get(at..at + 2) == Some(b"'s") {
                at += 2;
            }
            continue;
        }
        let limit = hits.peek().map_or(range.end, |(_, hit)| hit.start);
        let byte = bytes[at];
        let (end, kind) = if byte == b' ' {
            at += 1;
            continue;
        } else if byte.is_ascii_digit() {
            number(bytes, at, limit)
        } else if is_word(byte) {
            word(bytes, at, limit, cues)
        } else {
            (at + 1, Kind::Sign(byte))
        };
        nodes.push(Node { start: at, end, kind });
        at = end;
    }
    nodes
}

fn word(bytes: &[u8], at: usize, limit: usize, cues: &Cues) -> (usize, Kind) {
    let rest = &bytes[at..limit];
    let word = first_word(rest);
    match cues.at(word, rest) {
        Some(cue) => (at + cue.phrase.len(), Kind::Word(cue.classes, cue.value)),
        None => (at + word.len().max(1), Kind::Word(Classes::default(), 0)),
    }
}

/// `15`, `3.11`, `2,5`; the figures behind a second full stop are another number.
fn number(bytes: &[u8], at: usize, limit: usize) -> (usize, Kind) {
    let digits = |from: usize| bytes[from..limit].iter().take_while(|b| b.is_ascii_digit()).count();
    let value = |from: usize, count: usize| {
        bytes[from..from + count.min(6)].iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    let whole_digits = digits(at);
    let mut end = at + whole_digits;
    let mut number = Number { whole: value(at, whole_digits), whole_digits, fraction: 0, fraction_digits: 0 };
    if end < limit && matches!(bytes[end], b'.' | b',') && digits(end + 1) > 0 && whole_digits <= 4 {
        number.fraction_digits = digits(end + 1);
        number.fraction = value(end + 1, number.fraction_digits);
        end += 1 + number.fraction_digits;
    }
    // `3rd`, `2x`: letters behind it belong to it and make it no plain number.
    let letters = bytes[end..limit].iter().take_while(|b| is_word(**b)).count();
    if letters > 0 { (end + letters, Kind::Word(Classes::default(), 0)) } else { (end, Kind::Number(number)) }
}

/// Which hits stand in one list: separators, `and` or nothing between them, besides versions and notes in figures. Each
/// hit gets the number of its list, in ascending order.
pub(super) fn chains(nodes: &[Node]) -> Vec<usize> {
    let mut chains = Vec::new();
    let (mut chain, mut linked, mut denial) = (0, false, false);
    for (i, node) in nodes.iter().enumerate() {
        match node.kind {
            Kind::Hit(_) => {
                denial = false;
                if !linked && !chains.is_empty() {
                    chain += 1;
                }
                chains.push(chain);
                linked = true;
            }
            Kind::Sign(
                b',' | b';' | b'/' | b'|' | b'&' | b'+' | b'(' | b')' | b':' | b'-' | b'[' | b']' | DENIED
                | UNFILLED,
            ) => denial &= !node.is_sign(b")]"),
            Kind::Number(_) => {}
            // `React (no Redux), Vue`: a denial in brackets is a note.
            Kind::Word(classes, _)
                if classes.has(Class::Negation) && i > 0 && nodes[i - 1].is_sign(b"([") =>
            {
                denial = true;
            }
            Kind::Word(classes, _) if denial && classes.has(Class::NegationLink) => {}
            Kind::Word(classes, _) if classes.has(Class::Conjunction) || classes.has(Class::Unit) => {}
            _ => linked = false,
        }
    }
    chains
}
