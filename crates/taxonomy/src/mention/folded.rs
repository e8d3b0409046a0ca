//! A text in one plain form, with a way back to its own bytes.
//!
//! What no writer means to distinguish is folded, as [`crate::spelling::exact_key`] does: Unicode forms, letter case,
//! runs of blanks, typographic dashes and quotes. Two things are added for reading running text:
//!
//! - **The first letter of every word is a capital, all others are small.** A pattern that begins with a letter can
//!   then match at the beginning of a word only, which keeps every other `c`, `d` and `r` from being looked at.
//! - **A line break inside a sentence is a blank, one between lines is a line break.** Text from PDF files breaks lines
//!   at the width of the page; lists break them for every item.
//!
//! ASCII text is folded byte by byte. Where a folded byte is not the original one's neighbour any more, an anchor
//! remembers where it came from.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// Lines shorter than this are no wrapped prose: a page holds 60 to 100 characters.
const WRAPPED_LINE_BYTES_MIN: usize = 50;

/// Words that do not end a line of their own: a line that ends in one goes on in the next.
const UNFINISHED: [&[u8]; 22] = [
    b"On",
    b"Of",
    b"And",
    b"Or",
    b"With",
    b"In",
    b"The",
    b"A",
    b"An",
    b"To",
    b"For",
    b"Using",
    b"Und",
    b"Mit",
    b"Et",
    b"De",
    b"Y",
    b"Con",
    b"As",
    b"By",
    b"Von",
    b"Including",
];

/// A cross or an empty box: what it stands beside is not held.
pub(super) const DENIED: u8 = 0x15;
/// A star or circle that is not filled: a row of them is a rating of none.
pub(super) const UNFILLED: u8 = 0x16;
/// Bytes of a box in signs of ASCII.
const BOX_BYTES: usize = 3;

/// A folded text.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// UTF-8, see the module's head.
    pub bytes: Vec<u8>,
    /// Places from which the distance to the original changes: (folded, original), ascending by folded.
    anchors: Vec<(usize, usize)>,
    /// How many anchors stand before each block of the folded text, and how many there are in the end: looking for an
    /// anchor within a block touches little memory. Empty while the text is being folded.
    blocks: Vec<usize>,
}

/// Bytes of a block.
const BLOCK_BYTES: usize = 512;

/// What is to be done with a byte of ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Blank,
    Break,
    Quote,
    Sign,
}

const CLASSES: [Class; 128] = {
    let mut classes = [Class::Sign; 128];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        classes[b] = if c.is_ascii_alphanumeric() {
            Class::Word
        } else if c == b'\n' || c == b'\r' || c == 0x0B || c == 0x0C {
            Class::Break
        } else if c == b'\'' {
            Class::Quote
        } else if c <= b' ' || c == 0x7F {
            Class::Blank
        } else {
            Class::Sign
        };
        b += 1;
    }
    classes
};

impl Folded {
    /// Folds a text. Takes time in proportion to its length, whatever it holds.
    pub fn new(text: &str) -> Self {
        let mut fold = Folding {
            folded: Folded {
                bytes: Vec::with_capacity(text.len() + 1),
                anchors: Vec::new(),
                blocks: Vec::new(),
            },
            shift: 0,
            word: 0,
            line_start: 0,
        };
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                let rest = &bytes[at..];
                let letters = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
                fold.letters(&rest[..letters], at);
                at += letters;
            } else if byte == b'['
                && let Some(sign) = boxed(bytes, at)
            {
                fold.sign(sign, at);
                at += BOX_BYTES;
            } else if byte < 128 {
                fold.ascii(byte, at, bytes);
                at += 1;
            } else {
                let c = text[at..].chars().next().expect("`at` stands before a character");
                fold.other(c, at);
                at += c.len_utf8();
            }
        }
        fold.folded.count_blocks();
        fold.folded
    }

    fn count_blocks(&mut self) {
        let count = self.bytes.len() / BLOCK_BYTES + 1;
        self.blocks = Vec::with_capacity(count + 1);
        let mut anchors = 0;
        for block in 0..count {
            anchors += self.anchors[anchors..].iter().take_while(|(at, _)| *at < block * BLOCK_BYTES).count();
            self.blocks.push(anchors);
        }
        self.blocks.push(self.anchors.len());
    }

    /// The original byte where the character of a folded byte begins.
    fn original(&self, folded: usize) -> usize {
        let block = folded / BLOCK_BYTES;
        let (from, to) = match (self.blocks.get(block), self.blocks.get(block + 1)) {
            (Some(from), Some(to)) => (*from, *to),
            _ => (0, self.anchors.len()),
        };
        let before = from + self.anchors[from..to].partition_point(|(at, _)| *at <= folded);
        match before.checked_sub(1) {
            Some(anchor) => {
                let (at, original) = self.anchors[anchor];
                original + (folded - at)
            }
            None => folded,
        }
    }

    /// Whether the character of a folded byte is a capital letter in the original.
    pub fn is_capital(&self, text: &str, folded: usize) -> bool {
        let at = self.original(folded);
        match text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
            Some(_) => text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase),
            None => false,
        }
    }

    /// Where a folded range stands in the original text, widened to whole characters.
    pub fn original_range(&self, text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
        let floor = |at: usize| {
            let mut at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let from = floor(self.original(start));
        if end <= start {
            return from..from;
        }
        let last = floor(self.original(end - 1));
        from..(last + text[last..].chars().next().map_or(0, char::len_utf8)).max(from)
    }
}

/// The sign that `[ ]` or `[x]` at a place is: `[ ] React`; not `int[ ] x`, nor a link without words.
fn boxed(bytes: &[u8], at: usize) -> Option<u8> {
    let sign = match bytes.get(at..at + BOX_BYTES)? {
        b"[ ]" => DENIED,
        b"[x]" | b"[X]" => b'|',
        _ => return None,
    };
    let free = bytes.get(at + BOX_BYTES).is_none_or(u8::is_ascii_whitespace)
        && at
            .checked_sub(1)
            .is_none_or(|before| bytes[before].is_ascii_whitespace() || bytes[before] == b'|');
    free.then_some(sign)
}

struct Folding {
    folded: Folded,
    /// How far the original is ahead of the folded text, as the last anchor has it (modulo 2^64).
    shift: usize,
    /// Letters of the word so far.
    word: usize,
    line_start: usize,
}

impl Folding {
    fn push(&mut self, byte: u8, original: usize) {
        let at = self.folded.bytes.len();
        let shift = original.wrapping_sub(at);
        if shift != self.shift {
            self.folded.anchors.push((at, original));
            self.shift = shift;
        }
        self.folded.bytes.push(byte);
    }

    /// Letters and figures of ASCII, one behind the other.
    fn letters(&mut self, letters: &[u8], original: usize) {
        let at = self.folded.bytes.len();
        let shift = original.wrapping_sub(at);
        if shift != self.shift {
            self.folded.anchors.push((at, original));
            self.shift = shift;
        }
        self.folded.bytes.extend_from_slice(letters);
        let folded = &mut self.folded.bytes[at..];
        folded.make_ascii_lowercase();
        if self.word == 0 {
            folded[0].make_ascii_uppercase();
        }
        self.word += letters.len();
    }

    #[inline]
    fn ascii(&mut self, byte: u8, at: usize, bytes: &[u8]) {
        match CLASSES[usize::from(byte)] {
            Class::Word => self.letters(&[byte], at),
            Class::Sign => {
                self.word = 0;
                self.push(byte, at);
            }
            Class::Blank => self.blank(at),
            Class::Break if byte == b'\r' && bytes.get(at + 1) == Some(&b'\n') => {}
            Class::Break => self.line_break(at, bytes),
            // In `haven't` the word goes on, in `l'Angular` another begins.
            Class::Quote => {
                if self.word == 1 {
                    self.word = 0;
                }
                self.push(byte, at);
                if bytes.get(at + 1).is_none_or(|next| !next.is_ascii_alphanumeric() && *next < 128) {
                    self.word = 0;
                }
            }
        }
    }

    fn blank(&mut self, at: usize) {
        self.word = 0;
        if !matches!(self.folded.bytes.last(), Some(b' ' | b'\n') | None) {
            self.push(b' ', at);
        }
    }

    fn line_break(&mut self, at: usize, bytes: &[u8]) {
        while self.folded.bytes.last() == Some(&b' ') {
            self.folded.bytes.pop();
            let shorter = self.folded.bytes.len();
            if self.folded.anchors.last().is_some_and(|(anchor, _)| *anchor >= shorter) {
                self.folded.anchors.pop();
                self.shift =
                    self.folded.anchors.last().map_or(0, |(folded, original)| original.wrapping_sub(*folded));
            }
        }
        if self.goes_on(at, bytes) {
            self.word = 0;
            self.push(b' ', at);
            return;
        }
        self.word = 0;
        self.push(b'\n', at);
        self.line_start = self.folded.bytes.len();
    }

    /// Whether the sentence of this line goes on in the next one.
    fn goes_on(&self, at: usize, bytes: &[u8]) -> bool {
        let line = &self.folded.bytes[self.line_start.min(self.folded.bytes.len())..];
        if line.len() < WRAPPED_LINE_BYTES_MIN {
            return false;
        }
        // Blanks before the next line's first sign; more than a page's indent is no wrapped prose either.
        let Some(next) = bytes[at + 1..].iter().take(16).find(|b| !matches!(b, b' ' | b'\t' | b'\r')) else {
            return false;
        };
        let last_word = line.rsplit(|b| !b.is_ascii_alphanumeric()).next().unwrap_or_default();
        match line.last() {
            Some(b'.' | b':' | b';' | b'!' | b'?') | None => false,
            Some(b',') => next.is_ascii_alphanumeric(),
            Some(_) if next.is_ascii_lowercase() => true,
            Some(_) => next.is_ascii_alphanumeric() && UNFINISHED.contains(&last_word),
        }
    }

    #[cold]
    fn other(&mut self, c: char, at: usize) {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => self.sign(b'-', at),
            '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{2032}' => {
                if self.word == 1 {
                    self.word = 0;
                }
                self.push(b'\'', at);
            }
            '\u{201C}' | '\u{201D}' | '\u{201E}' | '«' | '»' => self.sign(b'"', at),
            '\u{266F}' => self.sign(b'#', at),
            // Between two words an arrow is a dash: `2013-12-01 → 2014-12-01`.
            '→' if self.is_between_words() => self.sign(b'-', at),
            '•' | '·' | '▪' | '●' | '‣' | '◦' | '■' | '►' | '➢' | '\u{F0B7}' | '✓' | '✔' | '☑' | '✅'
            | '★' | '⭐' | '→' => self.sign(b'|', at),
            '✗' | '✘' | '❌' | '❎' | '☐' => self.sign(DENIED, at),
            '☆' | '✩' | '○' | '◯' => self.sign(UNFILLED, at),
            '\u{2028}' | '\u{2029}' | '\u{85}' => {
                self.word = 0;
                self.push(b'\n', at);
                self.line_start = self.folded.bytes.len();
            }
            '、' | '，' | '；' => self.sign(b',', at),
            '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'
            | '\u{FEFF}'
            | '\u{FE0F}'
            | '\u{00AD}' => {}
            c if c.is_whitespace() => self.blank(at),
            c if is_combining_mark(c) => self.combining(c, at),
            // Scripts without blanks between words: a Latin name beside them is a word of its own.
            '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' => {
                self.sign(0x1A, at)
            }
            c => {
                for c in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
                    self.letter(c, at);
                }
            }
        }
    }

    /// Whether a blank stands before, behind something on the same line.
    fn is_between_words(&self) -> bool {
        matches!(self.folded.bytes.as_slice(), [.., before, b' '] if *before != b'\n')
    }

    fn sign(&mut self, sign: u8, at: usize) {
        self.word = 0;
        self.push(sign, at);
    }

    /// A character that folding made, of the original character at `at`.
    fn letter(&mut self, c: char, at: usize) {
        if c.is_ascii() {
            match CLASSES[c as usize] {
                Class::Word => {
                    let c = if self.word == 0 { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
                    self.push(c as u8, at);
                    self.word += 1;
                }
                Class::Blank | Class::Break => self.blank(at),
                _ => self.sign(c as u8, at),
            }
        } else if c.is_alphanumeric() {
            let mut utf8 = [0; 4];
            for (offset, byte) in c.encode_utf8(&mut utf8).bytes().enumerate() {
                self.push(byte, at + offset);
            }
            self.word += 1;
        } else {
            self.sign(0x1A, at);
        }
    }

    /// `o` and two dots are `ö`: text from PDF files often takes letters apart.
    fn combining(&mut self, mark: char, at: usize) {
        let whole = match self.folded.bytes.last() {
            Some(&last) if last.is_ascii_alphabetic() => compose(char::from(last.to_ascii_lowercase()), mark),
            _ => None,
        };
        match whole {
            Some(whole) => {
                let base = self.folded.bytes.len() - 1;
                let original = self.folded.original(base);
                self.folded.bytes.pop();
                if self.folded.anchors.last().is_some_and(|(anchor, _)| *anchor >= base) {
                    self.folded.anchors.pop();
                }
                self.shift =
                    self.folded.anchors.last().map_or(0, |(folded, original)| original.wrapping_sub(*folded));
                self.word -= usize::from(self.word > 0);
                self.letter(whole, original);
            }
            None => self.letter(mark, at),
        }
    }
}
