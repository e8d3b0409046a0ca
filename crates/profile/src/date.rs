//! Calendar dates, as `2026-11-01`.

use std::{fmt, str::FromStr};

use jiff::civil;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The day with this year, month and day of the month; `None` where there is none.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> u16 {
        u16::try_from(self.0.year()).unwrap_or(0)
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    pub(crate) fn from_civil(date: civil::Date) -> Self {
        Self(date)
    }

    /// The day so many days, weeks or months later; the last day of the month where it has no such day.
    #[must_use]
    pub fn plus(self, span: jiff::Span) -> Option<Self> {
        self.0.checked_add(span).ok().map(Self)
    }

    /// The last day of its month.
    #[must_use]
    pub fn month_end(self) -> Self {
        Self(self.0.last_of_month())
    }

    /// Year, month and day of the month: what [`Date::new`] takes.
    #[must_use]
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || format!("`{text}` is no date such as `2026-11-01`");
        if text.len() != 10 || !text.is_ascii() {
            return Err(fail());
        }
        civil::Date::strptime("%Y-%m-%d", text).map(Self).map_err(|_| fail())
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_reads_back_and_nothing_else_does() {
        let day: Date = "2026-11-01".parse().unwrap();
        assert_eq!(day.to_string(), "2026-11-01");
        assert_eq!(day.year(), 2026);
        for bad in ["2026-02-30", "2026-1-1", "01.11.2026", "", "2026-11-01T00:00"] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }
}
