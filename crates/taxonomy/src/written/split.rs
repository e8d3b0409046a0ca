//! Cutting text apart: outside brackets, and by words.

/// Bytes of ASCII that neither separate nor open or close anything: letters, digits and blanks. Nearly all bytes of a list
/// are such, and nothing else is asked of them.
pub(super) const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric() || byte == b' ' as usize;
        byte += 1;
    }
    plain
};

/// Splits outside brackets; where brackets do not close, everywhere. A comma between two digits stays (`2,5 years`).
/// A separator is a sign: letters, digits and blanks are not asked about.
pub(super) fn split(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<&str> {
    let balanced = is_balanced(text);
    let mut depth = 0_usize;
    let mut parts = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    let mut take = |at: usize, c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
        let decimal_comma = || c == ',' && digit(at.checked_sub(1)) && digit(Some(at + 1));
        if (depth == 0 || !balanced) && is_separator(c) && !decimal_comma() {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    };
    // Most lists are ASCII, of which each byte is a character.
    if text.is_ascii() {
        for (at, byte) in bytes.iter().enumerate() {
            if !PLAIN[usize::from(*byte)] {
                take(at, char::from(*byte));
            }
        }
    } else {
        text.char_indices().for_each(|(at, c)| take(at, c));
    }
    parts.push(&text[start..]);
    parts
}

/// Whether brackets open and close.
pub(super) fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for byte in text.bytes().filter(|byte| !PLAIN[usize::from(*byte)]) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

/// The last words, and what stands before them.
pub(super) fn split_last_words(text: &str, words: usize) -> Option<(&str, &str)> {
    let at = text.rmatch_indices(char::is_whitespace).nth(words - 1)?.0;
    let name = text[..at].trim_end();
    (!name.is_empty()).then(|| (name, text[at..].trim()))
}

/// The first words, and what stands after them.
pub(super) fn split_first_words(text: &str, words: usize) -> Option<(&str, &str)> {
    let at = text.match_indices(char::is_whitespace).nth(words - 1)?.0;
    let (first, rest) = (text[..at].trim(), text[at..].trim());
    (!first.is_empty() && !rest.is_empty()).then_some((first, rest))
}
