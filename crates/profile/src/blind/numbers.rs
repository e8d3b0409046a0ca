//! Telephone numbers in a text, and the dates that look like them.

use super::identity::PHONE_DIGITS;
use super::text::{Hiding, is_year, runs};

impl Hiding<'_> {
    /// Telephone numbers: the person's own in any form, and what looks like one.
    pub(super) fn phones(&mut self) {
        let is_part =
            |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.' | '/' | '\u{a0}');
        let mut found = Vec::new();
        for (at, run) in runs(self.text, is_part) {
            let led = run.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+');
            let begin = at + (run.len() - led.len());
            let inner = led.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '+');
            let end = begin + inner.len();
            // `C++ 2010`, `A+ 2016`: this one begins no number.
            let is_sign = inner.starts_with("++") || ends_with_letter(&self.text[..begin]);
            let inner = if inner.starts_with('+') && is_sign {
                let bare = inner.trim_start_matches('+');
                bare.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+')
            } else {
                inner
            };
            let digits = digits(inner);
            let is_own = self.identity.phones.iter().any(|own| digits.contains(own.as_str()));
            let number = if is_own { Some(inner) } else { number_in(inner) };
            found.extend(number.map(|number| end - number.len()..end));
        }
        found.into_iter().for_each(|range| self.hide(range, "[phone]"));
    }
}

/// Whether a letter stands last, and it is not that of `Tel`.
fn ends_with_letter(text: &str) -> bool {
    const LABELS: [&str; 8] = ["tel", "phone", "fon", "mobil", "mobile", "mob", "cell", "handy"];
    let is_label = |label: &&str| {
        let begin = text.len().saturating_sub(label.len());
        text.get(begin..).is_some_and(|end| end.eq_ignore_ascii_case(label))
    };
    text.ends_with(char::is_alphabetic) && !LABELS.iter().any(is_label)
}

/// `+2010-2013`, `0 2015 2016`: years, with a figure beside them.
fn is_years(text: &str) -> bool {
    let has_plus = text.starts_with('+');
    let groups = || text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    groups().any(is_year) && groups().all(|group| is_year(group) || (group.len() == 1 && !has_plus))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The telephone number in a run of digits: all of it, or what stands behind dates.
fn number_in(inner: &str) -> Option<&str> {
    let is_number = |text: &str| text.starts_with(['+', '0']) && digits(text).len() > PHONE_DIGITS;
    if is_short_dates(inner) || is_years(inner) {
        return None;
    }
    let rest = behind_dates(inner);
    if is_number(rest) {
        return Some(rest);
    }
    // `01/2015 - 06/2018 (3)`: dates, and a figure behind them.
    let is_dated = rest.len() < inner.len() && digits(rest).len() <= 2;
    (!is_dated && is_number(inner)).then_some(inner)
}

/// What stands behind the dates with which a text begins.
fn behind_dates(text: &str) -> &str {
    let mut rest = text;
    while let Some(behind) = behind_date(rest) {
        rest = behind.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+');
    }
    rest
}

/// `01.03.2015`, `03/2015`, `03 2015`, `2015`.
fn behind_date(text: &str) -> Option<&str> {
    if text.starts_with('+') {
        return None;
    }
    let mut groups: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    while groups.len() < 3 {
        let Some(gap) = text[at..].find(|c: char| c.is_ascii_digit()) else { break };
        let begin = at + gap;
        let end = text[begin..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |n| begin + n);
        groups.push((&text[begin..end], end));
        at = end;
    }
    let is_up_to = |n: usize, most: u8| groups.get(n).is_some_and(|(digits, _)| is_part(digits, most));
    let is_year = |n: usize| groups.get(n).is_some_and(|(digits, _)| is_year(digits));
    let count = if is_up_to(0, 31) && is_up_to(1, 31) && (is_up_to(0, 12) || is_up_to(1, 12)) && is_year(2) {
        3
    } else if is_up_to(0, 12) && is_year(1) {
        2
    } else if is_year(0) {
        1
    } else {
        return None;
    };
    Some(&text[groups[count - 1].1..])
}

/// A day or a month.
fn is_part(digits: &str, most: u8) -> bool {
    (1..=2).contains(&digits.len()) && digits.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n))
}

/// `01/15 - 06/18`.
fn is_short_dates(text: &str) -> bool {
    let is_two = |year: &str| year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
    let is_date = |text: &str| {
        text.trim().split_once(['/', '.']).is_some_and(|(month, year)| is_part(month, 12) && is_two(year))
    };
    text.split_once('-').is_some_and(|(from, to)| is_date(from) && is_date(to))
}
