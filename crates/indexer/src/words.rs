//! What is a word of text? The same answer when a candidate is indexed and when a query is read.
//!
//! A word is a run of letters, digits and the marks that belong to them. Letters are lower-cased and lose their
//! accents (`Müller`, `MULLER` and `muller` are one word; `ß` is `ss`), ideographs and kana are words of one sign each,
//! so that a phrase finds them inside a longer text. No word is dropped for its length: one of more than
//! [`WORD_CHARS_MAX`] signs counts as several words in a row, and is found whole by the same cut.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Signs of one word at most. The engine silently drops words above 65,530 bytes; 128 signs are at most 512 bytes
/// and longer than any word that a person writes.
pub const WORD_CHARS_MAX: usize = 128;

/// The bytes of a key (a city, a source) that are compared: far above any real one, far below the engine's limit.
const KEY_BYTES_MAX: usize = 1_024;

/// The words of a text, in their order.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = Words::default();
    // A sign of ASCII that is no part of a word ends one, and no form of Unicode joins letters across it: what stands
    // between two such signs is read by itself. Nearly all of it is ASCII, ten times faster; the other way gives the same.
    for piece in text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
        if piece.is_ascii() {
            piece.chars().for_each(|c| words.take(c.to_ascii_lowercase()));
        } else {
            words.take_any(piece);
        }
        words.end();
    }
    words.done
}

/// The key under which two cities, tags or stages are the same: their words.
pub(crate) fn word_key(text: &str) -> String {
    cut(words(text).join(" "))
}

/// The key under which two sources are the same: case and outer space aside.
pub(crate) fn source_key(source: &str) -> String {
    cut(source.trim().to_lowercase())
}

/// A key that is cut ends with a word, so that it is its own key.
fn cut(mut key: String) -> String {
    key.truncate(key.floor_char_boundary(KEY_BYTES_MAX));
    key.truncate(key.trim_end().len());
    key
}

#[derive(Default)]
struct Words {
    done: Vec<String>,
    open: String,
    chars: usize,
}

impl Words {
    /// Takes a text of any signs.
    fn take_any(&mut self, text: &str) {
        // Whole signs first, so that kana keep their marks; then letters without their accents.
        for c in text.nfkc() {
            if c.is_ascii() || is_ideograph(c) {
                self.take(c.to_ascii_lowercase());
            } else {
                std::iter::once(c).nfkd().flat_map(char::to_lowercase).for_each(|c| self.take(c));
            }
        }
    }

    /// Takes one lower-case sign of the text.
    fn take(&mut self, c: char) {
        match c {
            // Accents, and signs that only steer how letters are shown.
            '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
            c if c.is_ascii_alphanumeric() => self.push(c),
            c if c.is_ascii() => self.end(),
            c if is_ideograph(c) => {
                self.end();
                self.push(c);
                self.end();
            }
            c if c.is_alphanumeric() || is_combining_mark(c) => match letters(c) {
                Some(plain) => plain.chars().for_each(|c| self.push(c)),
                None => self.push(c),
            },
            _ => self.end(),
        }
    }

    fn push(&mut self, c: char) {
        if self.chars == WORD_CHARS_MAX {
            self.end();
        }
        self.open.push(c);
        self.chars += 1;
    }

    fn end(&mut self) {
        if !self.open.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
            self.chars = 0;
        }
    }
}

/// Latin letters that Unicode does not take apart, in plain ones.
fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ð' | 'đ' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ŋ' => "n",
        'ŧ' => "t",
        _ => return None,
    })
}

/// Signs of scripts that are written without spaces between words.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// [`words`] as the engine asks for them.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordTokenizer {
    token: Token,
}

pub(crate) struct WordStream<'a> {
    /// What is still to be taken apart, as it is asked for: nearly no word of it needs memory of its own.
    rest: &'a str,
    /// Words of a piece with other signs than those of ASCII, which were all read at once.
    read: std::vec::IntoIter<String>,
    token: &'a mut Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { rest: text, read: Vec::new().into_iter(), token: &mut self.token }
    }
}

impl WordStream<'_> {
    /// Puts the next word into the token.
    fn next_word(&mut self) -> bool {
        loop {
            if let Some(word) = self.read.next() {
                self.token.text = word;
                return true;
            }
            let is_sign = |b: &u8| b.is_ascii() && !b.is_ascii_alphanumeric();
            let Some(start) = self.rest.bytes().position(|b| !is_sign(&b)) else { return false };
            let piece = &self.rest[start..];
            let bytes = piece.as_bytes();
            let letters = bytes.iter().take(WORD_CHARS_MAX).take_while(|b| b.is_ascii_alphanumeric()).count();
            if bytes.get(letters).is_none_or(u8::is_ascii) {
                self.token.text.clear();
                self.token.text.push_str(&piece[..letters]);
                self.token.text.make_ascii_lowercase();
                self.rest = &piece[letters..];
                return true;
            }
            let end = bytes.iter().position(is_sign).unwrap_or(bytes.len());
            self.read = words(&piece[..end]).into_iter();
            self.rest = &piece[end..];
        }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let is_there = self.next_word();
        if is_there {
            // A fresh token stands before the first position.
            self.token.position = self.token.position.wrapping_add(1);
        }
        is_there
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    //! - pieces of ASCII take a faster way to the same words, and the engine gets them one by one
    //! - case, accents and Unicode forms do not tell words apart
    //! - signs end a word, and never vanish inside one
    //! - a long word is cut, never lost
    //! - the words of words are the same words
    //! - a key that is cut is its own key

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_that_is_cut_is_its_own_key() {
        for begin in 0..4 {
            let text = "a".repeat(begin) + &" abc".repeat(KEY_BYTES_MAX / 3);
            let key = word_key(&text);
            assert!(key.len() <= KEY_BYTES_MAX && key.len() > KEY_BYTES_MAX - 8);
            assert_eq!(word_key(&key), key);
            assert_eq!(source_key(&source_key(&text)), source_key(&text));
        }
    }

    #[test]
    fn case_accents_and_forms_do_not_tell_words_apart() {
        for same in [
            ["Müller", "MU\u{308}LLER"],
            ["Łódź", "lodz"],
            ["Straße", "STRASSE"],
            ["ﬁber", "Fiber"],
            ["İzmir", "izmir"],
        ] {
            assert_eq!(words(same[0]), words(same[1]), "{same:?}");
        }
        assert_eq!(words("Ærøskøbing"), ["aeroskobing"]);
    }

    /// Every sign the slow way, one behind the other.
    fn slow_words(text: &str) -> Vec<String> {
        let mut words = Words::default();
        words.take_any(text);
        words.end();
        words.done
    }

    /// The words that the engine is given, with their positions.
    fn given(text: &str) -> (Vec<String>, Vec<usize>) {
        let mut tokenizer = WordTokenizer::default();
        let mut stream = tokenizer.token_stream(text);
        let (mut given, mut positions) = (Vec::new(), Vec::new());
        while stream.advance() {
            given.push(stream.token().text.clone());
            positions.push(stream.token().position);
        }
        (given, positions)
    }

    proptest! {
        #[test]
        fn all_ways_through_a_text_agree(
            any in ".{0,40}",
            parts in prop::collection::vec(
                "a|Z9| |=|\u{338}|\u{301}|e\u{301}|é|Ł|ß|'|\u{AD}|東|カ\u{3099}|한|ﬁ|\u{345}|Ω|½|\u{1F1E6}|x{130}",
                0..12,
            ),
        ) {
            let ascii: String = (0..=127_u8).map(char::from).chain("C++ & Node.js, R2D2".chars()).collect();
            for text in [any, parts.concat(), ascii] {
                let slow = slow_words(&text);
                prop_assert_eq!(&words(&text), &slow);
                let (given, positions) = given(&text);
                prop_assert_eq!(&given, &slow);
                prop_assert_eq!(positions, (0..given.len()).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn signs_end_words() {
        assert_eq!(words("O'Brien, full-stack (node.js)"), ["o", "brien", "full", "stack", "node", "js"]);
        assert_eq!(words(" 🦀+— \0"), Vec::<String>::new());
        assert_eq!(words("soft\u{AD}ware"), ["software"]);
        assert_eq!(words("東京で Rust"), ["東", "京", "で", "rust"]);
        assert_eq!(words("हिन्दी"), ["हिन्दी"]);
    }

    #[test]
    fn a_long_word_is_cut_and_not_lost() {
        let long = "x".repeat(WORD_CHARS_MAX * 2 + 1);
        assert_eq!(words(&long).concat(), long);
        assert_eq!(words(&long).len(), 3);
    }

    #[test]
    fn the_words_of_words_are_the_same_words() {
        for text in ["Zoë Ångström ΣΟΦΟΣ ŉ ǅ Ⅷ ½ ẞ ﷺ", "ガラス 한국어 ĳ", "\u{345}\u{3099}a\u{1D165}"]
        {
            let once = words(text);
            assert_eq!(words(&once.join(" ")), once, "{text:?}");
        }
    }
}
