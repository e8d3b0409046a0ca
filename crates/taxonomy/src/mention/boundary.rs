//! Which patterns in a text are whole words?
//!
//! | beside the name | is it one? |
//! |---|---|
//! | a letter or digit | no; but a number behind it is a version (`Java8`), and one `s` a plural |
//! | `@`, `_`, `\`, `$`, `::` | no: addresses, identifiers, paths, code |
//! | `.` and a letter | no (`spring.io`, `main.py`), unless a new sentence follows without a blank (`Java.Then`) |
//! | `-` before it | only behind another skill or a word with a capital letter (`Senior-Java-Entwickler`) |
//! | `-` behind it | before another skill, a number, a word with a capital letter, or a word such as `based` |
//! | `'` | `Django's`, `l'Angular` and `d'Angular` yes, `I'd` no |
//! | inside a web address or a path | no |
//! | `#`, `/`, `+`, `&`, brackets, quotation marks, everything else | yes |

use std::ops::Range;

use crate::mention::cues::{Class, Cues, first_word, is_word};

/// A hit that is a whole word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Folded bytes.
    pub start: usize,
    /// Folded bytes, with a plural's `s`.
    pub end: usize,
    /// Where the version ends that is written in one with the name; `end` where there is none.
    pub version_end: usize,
    /// Letters of a plural behind the pattern: a spelling that has them itself says more.
    pub plural: u8,
    /// Number of the pattern.
    pub pattern: u32,
}

/// Checks the signs beside a hit. `original_capital` says whether the letter at a folded place is a capital in the text.
pub(super) fn whole_word(
    bytes: &[u8],
    range: Range<usize>,
    pattern: u32,
    cues: &Cues,
    original_capital: &dyn Fn(usize) -> bool,
) -> Option<Candidate> {
    let Range { start, end } = range;
    let before = |n: usize| start.checked_sub(n).map_or(b' ', |at| bytes[at]);
    let after = |n: usize| bytes.get(end + n).copied().unwrap_or(b' ');
    let single = end - start == 1;

    match before(1) {
        b if is_word(b) => return None,
        b'@' | b'_' | b'\\' | b'$' => return None,
        b'.' if is_word(before(2)) => return None,
        b':' if before(2) == b':' => return None,
        b'\'' if is_word(before(2)) && (single || !elision(before(2), before(3))) => return None,
        b'-' if is_word(before(2)) && !begins_compound(bytes, start, original_capital) => return None,
        _ => {}
    }

    let last = bytes[end - 1];
    let (mut whole_end, mut version_end, mut plural) = (end, end, 0);
    match after(0) {
        b if b.is_ascii_digit() && !last.is_ascii_digit() && !single => {
            version_end = end_of_version(bytes, end)?
        }
        b's' if is_word(last) && !is_word(after(1)) && end - start >= 4 => {
            (whole_end, plural) = (whole_end + 1, 1);
            version_end += 1;
        }
        b if is_word(b) => return None,
        b'@' | b'_' | b'\\' => return None,
        b'+' | b'#' if single || last == b'+' || last == b'#' => return None,
        b':' if after(1) == b':' => return None,
        b'\'' if single && is_word(after(1)) => return None,
        b'.' if is_word(after(1)) && !(original_capital(end + 1) && after(2).is_ascii_lowercase()) => {
            return None;
        }
        b'-' if is_word(after(1)) && !ends_compound(bytes, end, cues, original_capital) => return None,
        _ => {}
    }
    if is_word(bytes.get(version_end).copied().unwrap_or(b' ')) {
        return None;
    }
    if in_address(bytes, start) {
        return None;
    }
    Some(Candidate { start, end: whole_end, version_end, plural, pattern })
}

/// `l'Angular`, `d'Angular`
fn elision(letter: u8, before: u8) -> bool {
    matches!(letter, b'L' | b'D') && !is_word(before)
}

/// A word with a capital letter or a name with a sign (`C++`) before the hyphen.
fn begins_compound(bytes: &[u8], start: usize, original_capital: &dyn Fn(usize) -> bool) -> bool {
    /// Longer words are no parts of compounds; the limit keeps long runs of letters cheap.
    const LETTERS_MAX: usize = 24;
    let word = bytes[..start - 1].iter().rev().take(LETTERS_MAX + 1).take_while(|b| is_word(**b)).count();
    word > 1 && word <= LETTERS_MAX && original_capital(start - 1 - word)
}

fn ends_compound(bytes: &[u8], end: usize, cues: &Cues, original_capital: &dyn Fn(usize) -> bool) -> bool {
    let word = first_word(&bytes[end + 1..]);
    word[0].is_ascii_digit() || original_capital(end + 1) || cues.of(word).has(Class::HyphenTail)
}

/// `8`, `3.11`, `2+`, `3.x`; a letter behind it makes it part of another name.
fn end_of_version(bytes: &[u8], start: usize) -> Option<usize> {
    /// `2019.1.3` is long for a version.
    const DIGITS_MAX: usize = 10;
    let mut end = start;
    while bytes.get(end).is_some_and(|b| {
        b.is_ascii_digit()
            || *b == b'.'
                && bytes
                    .get(end + 1)
                    .is_some_and(|next| next.is_ascii_digit() || *next == b'X' || *next == b'x')
            || matches!(b, b'X' | b'x') && bytes[end - 1] == b'.'
    }) {
        end += 1;
        if end - start > DIGITS_MAX {
            return None;
        }
    }
    Some(end)
}

/// Whether the piece of text round a place, from blank to blank, is a web address, a mail address or a path.
fn in_address(bytes: &[u8], at: usize) -> bool {
    /// Looked at on each side: an address is seen by its beginning, and no text may cost more than its length.
    const SIDE_BYTES_MAX: usize = 100;
    let blank = |b: &u8| matches!(b, b' ' | b'\n' | b'|' | b'"' | b'<' | b'>' | b'(' | b')');
    let from = at.saturating_sub(SIDE_BYTES_MAX);
    let to = bytes.len().min(at + SIDE_BYTES_MAX);
    let start = bytes[from..at].iter().rposition(blank).map_or(from, |p| from + p + 1);
    let end = bytes[at..to].iter().position(blank).map_or(to, |p| at + p);
    let piece = &bytes[start..end];
    piece.iter().any(|b| matches!(b, b'/' | b'\\' | b'@' | b'.')) && is_address(piece)
}

fn is_address(piece: &[u8]) -> bool {
    /// Domains that are no part of a technology's name (`ASP.NET/C#`, `Socket.IO/Node.js`).
    const DOMAINS: [&[u8]; 12] = [
        b".Com/", b".Org/", b".Dev/", b".De/", b".Fr/", b".Eu/", b".Edu/", b".Co/", b".Uk/", b".Ch/",
        b".Nl/", b".Es/",
    ];
    let has = |sign: &[u8]| piece.windows(sign.len()).any(|window| window == sign);
    let starts = |lead: &[u8]| piece.starts_with(lead);
    starts(b"Www.")
        || (starts(b"/") || starts(b"~/") || starts(b"./") || starts(b"../")) && piece.len() > 2
        || has(b"://")
        || piece.contains(&b'\\')
        || at_sign_within(piece)
        || DOMAINS.iter().any(|domain| has(domain))
        || piece.iter().position(|b| *b == b'/').is_some_and(|slash| {
            piece[..slash].iter().filter(|b| **b == b'.').count() >= 2
                && piece[..slash].windows(3).any(|w| w == b".Io")
        })
}

fn at_sign_within(piece: &[u8]) -> bool {
    piece.windows(3).any(|w| w[1] == b'@' && is_word(w[0]) && is_word(w[2]))
}
