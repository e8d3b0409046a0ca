//! Two columns of one pay: what somebody wants at least, and at most (`Salary from`, `Salary to`).
//!
//! Both are one range, as a cell `60000-70000` is one. Read apart, the upper bound would be what the person would accept.

use crate::key::header_words;

/// Which end of a range a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// The lower one.
    From,
    /// The upper one.
    To,
}

const FROM: [&str; 10] = ["from", "min", "minimum", "mini", "von", "ab", "desde", "vanaf", "od", "minimal"];
const TO: [&str; 10] = ["to", "max", "maximum", "maxi", "bis", "hasta", "tot", "do", "jusqu", "maximal"];
/// Words for the range itself.
const RANGE: [&str; 6] = ["range", "band", "spanne", "fourchette", "rango", "bound"];

/// Which end of a range a header names, and what is left of it; `None` where it names neither or both.
pub(crate) fn bound_of(header: &str) -> Option<(Bound, String)> {
    let mut words = header_words(header);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let bound = match (has(&FROM), has(&TO)) {
        (true, false) => Bound::From,
        (false, true) => Bound::To,
        _ => return None,
    };
    words.retain(|word| ![&FROM[..], &TO[..], &RANGE[..]].iter().any(|known| known.contains(&word.as_str())));
    (!words.is_empty()).then(|| (bound, words.join(" ")))
}

/// A range as one text, of what two cells hold.
pub(crate) fn joined(low: &str, high: &str) -> String {
    let has_figure = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    if low == high || !has_figure(low) || !has_figure(high) {
        return low.to_owned();
    }
    format!("{low} - {high}")
}

/// Whether a cell of a bound holds a nought, as systems write what nobody entered.
pub(crate) fn is_nought(cell: &str) -> bool {
    cell.contains('0') && cell.chars().all(|c| matches!(c, '0' | '.' | ',' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_ranges_are_told_by_a_word() {
        for (header, bound) in [
            ("Salary from", Some((Bound::From, "salary"))),
            ("Salary to", Some((Bound::To, "salary"))),
            ("Max salary (EUR)", Some((Bound::To, "salary eur"))),
            ("salary_range_min", Some((Bound::From, "salary"))),
            ("Gehalt bis", Some((Bound::To, "gehalt"))),
            ("von", None),
            ("Salary", None),
            ("Salary from/to", None),
        ] {
            assert_eq!(bound_of(header), bound.map(|(bound, base)| (bound, base.to_owned())), "{header}");
        }
        assert_eq!(joined("60000", "70000"), "60000 - 70000");
        assert_eq!(joined("60000", "60000"), "60000");
        assert_eq!(joined("negotiable", "70000"), "negotiable");
        assert!(is_nought("0.00") && !is_nought("50") && !is_nought(""));
    }
}
