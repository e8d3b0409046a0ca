//! Days in a query: `2027-02-01`, `2027-02`, `2027`, `>=2026-11-01`, `2026-10..2026-12`, `now`, `30d`.

use stackscout_profile::when::read_when;
use stackscout_profile::{Date, When};

use super::ast::{DayField, Leaf};
use super::leaf::Value;
use super::{QueryError, Reading};

/// The days that a value means for a field.
pub(super) fn days(field: DayField, value: &Value, reading: &Reading<'_>) -> Result<Leaf, QueryError> {
    let text = value.text.trim().to_lowercase();
    if field == DayField::Imported
        && let Some(number) = import_number(&text, value.sign)
    {
        return Ok(Leaf::Import(number));
    }
    let (from, to) = match (value.sign, text.split_once("..")) {
        (None | Some("="), Some((from, to))) if !(from.is_empty() && to.is_empty()) => {
            let read = |text: &str| match text {
                "" => Ok(None),
                text => span(field, text, value, reading).map(Some),
            };
            let (from, to) = (read(from)?, read(to)?);
            (from.map(|(first, _)| first), to.map(|(_, last)| last))
        }
        (sign, _) => {
            let (first, last) = span(field, &text, value, reading)?;
            match sign {
                Some("<") => (None, Some(before(first, value)?)),
                Some("<=") => (None, Some(last)),
                Some(">") => (Some(after(last, value)?), None),
                Some(">=") => (Some(first), None),
                // Who can begin earlier can begin then.
                None if field == DayField::Available && !is_duration(&text) => (None, Some(last)),
                _ => (Some(first), Some(last)),
            }
        }
    };
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(QueryError::at(value.at, format!("expected days in order, found `{}`", value.text)));
    }
    Ok(Leaf::Day { field, from, to })
}

/// `12` and `#12`; four figures without the sign are a year.
fn import_number(text: &str, sign: Option<&str>) -> Option<u32> {
    if !matches!(sign, None | Some("=")) {
        return None;
    }
    match text.strip_prefix('#') {
        Some(number) => number.parse().ok(),
        None if text.len() == 4 => None,
        None => text.parse().ok(),
    }
}

fn is_duration(text: &str) -> bool {
    text.ends_with(['d', 'w', 'm'])
        && text.len() > 1
        && text[..text.len() - 1].bytes().all(|b| b.is_ascii_digit())
}

/// The first and the last day of what is written.
fn span(
    field: DayField,
    text: &str,
    value: &Value,
    reading: &Reading<'_>,
) -> Result<(Date, Date), QueryError> {
    let fail = || {
        let hint = "`2027-02-01`, `2027-02`, `2027`, `now`, `30d` and `2026-10..2026-12` are understood";
        QueryError::at(value.at, format!("expected a day, found `{}`", value.text)).hint(hint)
    };
    let today = || {
        reading.today.ok_or_else(|| {
            let hint = "the date of the newest import counts as today";
            QueryError::at(value.at, "expected a date: nothing was imported, so that there is no today")
                .hint(hint)
        })
    };
    if matches!(text, "now" | "today" | "immediately") {
        return today().map(|day| (day, day));
    }
    if is_duration(text) {
        let number: i64 = text[..text.len() - 1].parse().map_err(|_| fail())?;
        let number = if field == DayField::Available { number } else { -number };
        let today = today()?;
        let there = match text.as_bytes().last() {
            Some(b'd') => shifted(today, number),
            Some(b'w') => number.checked_mul(7).and_then(|days| shifted(today, days)),
            _ => months_on(today, number),
        };
        let there = there.ok_or_else(fail)?;
        return Ok((today.min(there), today.max(there)));
    }
    let parts: Vec<&str> = text.split('-').collect();
    let year =
        |text: &str| (text.len() == 4).then(|| text.parse::<i16>().ok()).flatten().filter(|year| *year >= 1);
    let found = match parts.as_slice() {
        [of] => year(of).and_then(|year| Date::new(year, 1, 1).zip(Date::new(year, 12, 31))),
        [of, month] if month.len() <= 2 => {
            year(of).zip(month.parse::<i8>().ok()).and_then(|(year, month)| {
                let first = Date::new(year, month, 1)?;
                let last = (28..=31).rev().find_map(|day| Date::new(year, month, day))?;
                Some((first, last))
            })
        }
        _ => None,
    };
    if let Some(found) = found {
        return Ok(found);
    }
    // Bare figures are days to a spreadsheet, not to a person.
    let is_bare = text.bytes().all(|b| b.is_ascii_digit());
    match read_when(text, None) {
        Ok(When::Day(day)) if !is_bare => Ok((day, day)),
        Ok(When::Month(first)) if !is_bare => month_of(first).ok_or_else(fail),
        _ => Err(fail()),
    }
}

/// The first and the last day of a month, by its first.
fn month_of(first: Date) -> Option<(Date, Date)> {
    let (year, month, _) = first.parts();
    (28..=31).rev().find_map(|day| Date::new(year, month, day)).map(|last| (first, last))
}

fn before(day: Date, value: &Value) -> Result<Date, QueryError> {
    shifted(day, -1).ok_or_else(|| QueryError::at(value.at, "expected a later day: there is none before it"))
}

fn after(day: Date, value: &Value) -> Result<Date, QueryError> {
    shifted(day, 1).ok_or_else(|| QueryError::at(value.at, "expected an earlier day: there is none after it"))
}

/// Days ahead that can be asked for: a century.
const SHIFT_DAYS_MAX: i64 = 36_525;

/// A day some days on, by counting the days of each month.
fn shifted(day: Date, days: i64) -> Option<Date> {
    if days.abs() > SHIFT_DAYS_MAX {
        return None;
    }
    let (mut year, mut month, of_month) = day.parts();
    let mut left = i64::from(of_month) + days;
    loop {
        let length = i64::from((28..=31).rev().find(|day| Date::new(year, month, *day).is_some())?);
        if left < 1 {
            (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
            left += i64::from((28..=31).rev().find(|day| Date::new(year, month, *day).is_some())?);
        } else if left > length {
            left -= length;
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        } else {
            return Date::new(year, month, i8::try_from(left).ok()?);
        }
        if !(1..=9_999).contains(&year) {
            return None;
        }
    }
}

/// The same day some months on, or the last of a shorter month.
fn months_on(day: Date, months: i64) -> Option<Date> {
    let (year, month, of_month) = day.parts();
    let month = (i64::from(year) * 12 + i64::from(month) - 1).checked_add(months)?;
    let (year, month) =
        (i16::try_from(month.div_euclid(12)).ok()?, i8::try_from(month.rem_euclid(12) + 1).ok()?);
    (1..=of_month).rev().find_map(|day| Date::new(year, month, day)).filter(|_| (1..=9_999).contains(&year))
}

#[cfg(test)]
mod tests {
    //! - every form means its days, and the canonical form means the same
    //! - what is no day is refused

    use stackscout_taxonomy::Taxonomy;

    use super::super::understood;
    use super::*;

    fn read(field: DayField, text: &str) -> Result<String, String> {
        let taxonomy = Taxonomy::embedded();
        let reading = Reading { taxonomy: &taxonomy, today: "2026-11-01".parse().ok(), saved: &[] };
        let sign = ["<=", ">=", "<", ">", "="].into_iter().find(|sign| text.starts_with(sign));
        let value = Value { text: text[sign.map_or(0, str::len)..].to_owned(), at: 0, sign, is_trial: false };
        match days(field, &value, &reading).map_err(|error| error.message)? {
            Leaf::Day { from, to, .. } => Ok(understood::days(from, to)),
            other => Ok(format!("{other:?}")),
        }
    }

    #[test]
    fn every_form_means_its_days() {
        use DayField::{Available, Imported, Updated};
        for (field, text, days) in [
            (Updated, "2026-10-05", "2026-10-05..2026-10-05"),
            (Updated, "2026-02", "2026-02-01..2026-02-28"),
            (Updated, "2024-02", "2024-02-01..2024-02-29"),
            (Updated, "2026", "2026-01-01..2026-12-31"),
            (Updated, ">=2026-10", ">=2026-10-01"),
            (Updated, ">2026-10", ">=2026-11-01"),
            (Updated, "<2026", "<=2025-12-31"),
            (Updated, "<=2026", "<=2026-12-31"),
            (Updated, "2025-11..2026-02", "2025-11-01..2026-02-28"),
            (Updated, "2025-11..", ">=2025-11-01"),
            (Updated, "..2025-11", "<=2025-11-30"),
            (Updated, "now", "2026-11-01..2026-11-01"),
            (Updated, "30d", "2026-10-02..2026-11-01"),
            (Updated, "2w", "2026-10-18..2026-11-01"),
            (Updated, "6m", "2026-05-01..2026-11-01"),
            (Updated, "31.01.2026", "2026-01-31..2026-01-31"),
            (Available, "now", "<=2026-11-01"),
            (Available, "2027-02", "<=2027-02-28"),
            (Available, "=2027-02-01", "2027-02-01..2027-02-01"),
            (Available, "30d", "2026-11-01..2026-12-01"),
            (Available, ">=2027-02-01", ">=2027-02-01"),
            (Imported, "12", "Import(12)"),
            (Imported, "#2026", "Import(2026)"),
            (Imported, "2026", "2026-01-01..2026-12-31"),
        ] {
            assert_eq!(read(field, text).as_deref(), Ok(days), "{text}");
            if !days.starts_with("Import") {
                assert_eq!(read(field, days).as_deref(), Ok(days), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in
            ["", "soon", "2026-13", "2026-02-30", "03/04/2026", "..", "2026..2025", "99999999999d", "<0001"]
        {
            assert!(read(DayField::Updated, text).is_err(), "{text}");
        }
    }
}
