//! Two columns of one pay: what somebody wants at least, and at most (`Salary from`, `Salary to`).
//!
//! Both are one range, as a cell `60000-70000` is one. Read apart, the upper bound would be what the person would accept.

use stackscout_profile::pay::read_pay;

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

/// Words of English questions, in which `do` and `to` are no bounds.
const QUESTIONS: [&str; 6] = ["what", "which", "how", "you", "does", "would"];

/// Which end of a range a header names, and what is left of it; `None` where it names neither or both.
pub(crate) fn bound_of(header: &str) -> Option<(Bound, String)> {
    let mut words = header_words(header);
    // `What salary do you expect?` and `What would you like to earn?` are questions, and name no end.
    if words.iter().any(|word| QUESTIONS.contains(&word.as_str())) {
        words.retain(|word| !matches!(word.as_str(), "do" | "to"));
    }
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

/// Whether two bounds cannot be of one pay: they are paid for different times, or in different currencies, or one alone
/// says for what and the other is too far off to mean the same.
pub(crate) fn are_apart(low: &str, high: &str) -> bool {
    let (Ok(Some(low)), Ok(Some(high))) = (read_pay(low), read_pay(high)) else { return false };
    if matches!((low.currency, high.currency), (Some(one), Some(other)) if one != other) {
        return true;
    }
    match (low.per, high.per) {
        (Some(one), Some(other)) => one != other,
        (None, None) => false,
        _ => match (low.from.or(low.to), high.from.or(high.to)) {
            (Some(low), Some(high)) => high / 4 > low || low > high,
            _ => false,
        },
    }
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
            ("What salary do you expect?", None),
            ("How much do you want to earn?", None),
            ("What is your maximum salary?", Some((Bound::To, "what is your salary"))),
            ("Wynagrodzenie do", Some((Bound::To, "wynagrodzenie"))),
        ] {
            assert_eq!(bound_of(header), bound.map(|(bound, base)| (bound, base.to_owned())), "{header}");
        }
        assert_eq!(joined("60000", "70000"), "60000 - 70000");
        assert_eq!(joined("60000", "60000"), "60000");
        assert_eq!(joined("negotiable", "70000"), "negotiable");
        assert!(are_apart("5000/month", "80000") && are_apart("60000 EUR", "70000 USD"));
        assert!(!are_apart("60000 EUR/year", "70000") && !are_apart("60000", "70000"));
        assert!(is_nought("0.00") && !is_nought("50") && !is_nought(""));
    }
}
