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

/// Reads a day as people write it, where it can be read in one way alone: `2027-01-31`, `2027/01/31`, `31.01.2027`,
/// `31/01/2027` (a figure above 12 is the day), `1 March 2027`, `Mar 1, 2027`, and any of these before a time.
///
/// # Errors
/// Anything else; `03/04/2027` is two days.
pub fn read_date(text: &str) -> Result<Date, String> {
    let fail = || "is no date that can be read in one way alone, such as 2026-11-01".to_owned();
    let text = text.split_once('T').filter(|(day, _)| day.len() == 10).map_or(text, |(day, _)| day);
    let text = text.rsplit_once(' ').filter(|(_, time)| time.contains(':')).map_or(text, |(day, _)| day);
    for format in ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y"] {
        if let Ok(date) = civil::Date::strptime(format, text) {
            return Ok(Date(date));
        }
    }
    let orders = ["%d/%m/%Y", "%m/%d/%Y"].map(|format| civil::Date::strptime(format, text).ok());
    match orders {
        [Some(a), None] | [None, Some(a)] => Ok(Date(a)),
        [Some(a), Some(b)] if a == b => Ok(Date(a)),
        _ => Err(fail()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them_and_never_guessed() {
        let read = |text| read_date(text).map(|d| d.to_string()).unwrap_or_default();
        for text in [
            "2027-01-31",
            "2027/01/31",
            "31.01.2027",
            "31/01/2027",
            "01/31/2027",
            "31 January 2027",
            "Jan 31, 2027",
            "2027-01-31T09:00:00Z",
            "2027-01-31 09:00",
        ] {
            assert_eq!(read(text), "2027-01-31", "{text}");
        }
        for text in ["03/04/2027", "soon", "2027", "", "31.02.2027"] {
            assert_eq!(read(text), "", "{text}");
        }
    }

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
