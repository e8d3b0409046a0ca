//! When are two spellings the same? In two steps, lossless before lossy.
//!
//! [`exact_key`] folds what no writer means to distinguish: Unicode forms (NFKC), letter case, runs of white space,
//! typographic dashes and quotes. [`loose_key`] then drops separators (space, hyphen, underscore, dot), so that
//! `Spring-Boot`, `springboot` and `spring boot` meet. Signs that tell skills apart are kept: `c`, `c++`, `c#` and the
//! leading dot of `.net` stay what they are.

use unicode_normalization::UnicodeNormalization;

/// The key under which two spellings are the same beyond doubt.
#[must_use]
pub fn exact_key(written: &str) -> String {
    // Most of what people write is ASCII, which NFKC leaves as it is.
    if written.is_ascii() {
        fold_ascii(written)
    } else {
        fold(written.chars().filter(|c| !is_mark(*c)).nfkc().flat_map(char::to_lowercase))
    }
}

/// [`fold`] for ASCII alone, of which white space and control signs are all that folds but case.
fn fold_ascii(written: &str) -> String {
    let mut key = String::with_capacity(written.len());
    for part in written.split(|c: char| c <= ' ' || c == '\u{7f}').filter(|part| !part.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(part);
    }
    key.make_ascii_lowercase();
    key
}

fn fold(letters: impl Iterator<Item = char>) -> String {
    let mut key = String::with_capacity(24);
    let mut gap = false;
    for c in letters {
        let c = plain_sign(c);
        if c.is_whitespace() || c.is_control() || is_invisible(c) {
            gap = !key.is_empty();
        } else {
            if gap {
                key.push(' ');
                gap = false;
            }
            key.push(c);
        }
    }
    key
}

/// The key without separators, for a second look when [`exact_key`] found nothing.
///
/// `None` where too little is left to compare safely (fewer than three characters).
#[must_use]
pub fn loose_key(exact_key: &str) -> Option<String> {
    let mut key = String::with_capacity(exact_key.len());
    for (at, c) in exact_key.char_indices() {
        let separator = matches!(c, ' ' | '-' | '_' | '.');
        if !separator || (c == '.' && at == 0) {
            key.push(c);
        }
    }
    key.chars().nth(2).is_some().then_some(key)
}

/// What stands in the bracket that a key ends with, without separators: all of it that [`exact_key`] and [`loose_key`]
/// keep. `None` where it ends with none.
pub(crate) fn last_bracket(key: &str) -> Option<String> {
    let (_, inside) = key.strip_suffix(')')?.rsplit_once('(')?;
    let says_something = |c: &char| *c > ' ' && !matches!(c, '-' | '_' | '.' | '\u{7f}');
    Some(inside.chars().filter(says_something).map(|c| c.to_ascii_lowercase()).collect())
}

pub(crate) fn plain_sign(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{02BC}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' => '"',
        '\u{266F}' => '#',
        other => other,
    }
}

/// Signs that name an owner, and the selectors of emoji: `Java™` is Java.
fn is_mark(c: char) -> bool {
    matches!(c, '™' | '®' | '©' | '\u{FE00}'..='\u{FE0F}')
}

/// Signs that say nothing where a skill is written.
pub(crate) fn is_ignored(c: char) -> bool {
    is_mark(c) || is_invisible(c)
}

/// Zero-width and direction marks, which text carries from web pages and never means.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

#[cfg(test)]
mod tests {
    //! - folding twice is folding once
    //! - signs that tell skills apart survive
    //! - whatever is written in a bracket at the end is told apart by what its keys keep

    use super::*;

    #[test]
    fn folding_twice_is_folding_once() {
        for text in
            ["  Ruby\u{a0}on  RAILS ", "Ｒｅａｃｔ", "İstanbul", "C\u{266F}", "node\u{2010}js", "ﬁber"]
        {
            let once = exact_key(text);
            assert_eq!(exact_key(&once), once, "{text:?}");
        }
    }

    #[test]
    fn the_short_way_for_ascii_is_the_long_way() {
        let every: String = (0..128_u8).map(char::from).collect();
        for text in [every.as_str(), " Spring\tBoot ", "C++", "a\u{7f}b", "\r\n", ""] {
            assert_eq!(fold_ascii(text), fold(text.chars().map(|c| c.to_ascii_lowercase())), "{text:?}");
            assert_eq!(exact_key(text), fold(text.nfkc().flat_map(char::to_lowercase)), "{text:?}");
        }
    }

    #[test]
    fn the_last_bracket_of_a_text_is_that_of_its_keys() {
        for text in ["Maven (Build-Tool)", "a (b) ( C.d\te )", "x ()", "(a", "a)", ""] {
            let (exact, bracket) = (exact_key(text), last_bracket(text));
            assert_eq!(last_bracket(&exact), bracket, "{text:?}");
            if let Some(loose) = loose_key(&exact) {
                assert_eq!(last_bracket(&loose), bracket, "{text:?}");
            }
        }
        assert_eq!(last_bracket("Maven (Build-Tool)").as_deref(), Some("buildtool"));
    }

    #[test]
    fn separators_fold_and_signs_stay() {
        let loose = |s: &str| loose_key(&exact_key(s));
        assert_eq!(loose("Spring-Boot"), loose("springboot"));
        assert_eq!(loose("Node.js"), loose("node JS"));
        assert_eq!(loose(".NET Core"), Some(".netcore".into()));
        assert_ne!(loose(".net"), loose("net"));
        assert_eq!(loose("C++"), Some("c++".into()));
        assert_eq!(loose("c"), None);
        assert_eq!(exact_key("C♯"), "c#");
    }
}
