//! Signs in strangers' texts that would do something instead of being shown: steer a terminal, turn the order of what is
//! read, or run as a formula.
//!
//! Texts are kept byte for byte. Whoever shows them asks here.

use std::borrow::Cow;

/// Whether a sign steers: a control sign of a terminal (line breaks and tabs too), a sign that turns the order of the
/// text around it, or one that breaks lines without being seen.
#[must_use]
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// What a cell of a CSV file begins with where a spreadsheet would run it, or lose its beginning.
fn runs(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\0' | '＝' | '＋' | '－' | '＠')
}

/// A cell as it is written into a CSV file for spreadsheets: an apostrophe stands before what would run as a formula,
/// and before a cell that begins as if it were guarded already, so that [`unguarded`] gives back exactly what was.
#[must_use]
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.trim_start_matches('\'').starts_with(runs) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// What a guarded cell was before: takes off the apostrophe before what would run as a formula. Any other cell is as it
/// was.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(inner) if inner.trim_start_matches('\'').starts_with(runs) => inner,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    //! - no guarded cell begins with a sign that runs, and what was guarded comes back, whatever it was
    //! - a cell that runs nothing is as it was
    //! - signs that steer are known, and letters of no script are among them

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_that_would_run_are_guarded() {
        for (cell, guard) in [
            ("=1+1", "'=1+1"),
            ("+49 170 1", "'+49 170 1"),
            ("-", "'-"),
            ("@x", "'@x"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\0", "'\0"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
            ("'90s", "'90s"),
            ("O'Brien", "O'Brien"),
            ("1-2", "1-2"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), guard, "{cell:?}");
            assert_eq!(unguarded(guard), cell, "{guard:?}");
        }
        assert_eq!(unguarded("'90s"), "'90s");
    }

    #[test]
    fn signs_that_steer_are_known() {
        for c in
            ['\0', '\n', '\t', '\u{1b}', '\u{7f}', '\u{9b}', '\u{200f}', '\u{202e}', '\u{2028}', '\u{2067}']
        {
            assert!(steers(c), "{c:?}");
        }
        // The joiners belong to words of Persian, and to signs put together.
        assert!("Ada é ß 日本 مريم שרה \u{200c}\u{200d}".chars().all(|c| !steers(c)));
    }

    proptest! {
        #[test]
        fn what_was_guarded_comes_back(cell in "['=+@\\-\t\r＝a ]{0,6}") {
            let guard = guarded(&cell);
            prop_assert!(!guard.starts_with(runs), "{guard:?}");
            prop_assert_eq!(unguarded(&guard), &cell);
        }
    }
}
