//! Years of experience, in tenths: exact in sums, and as fine as anybody states them.

use std::{fmt, str::FromStr};

/// A number of years in tenths, 0 to 999 (0.0 to 99.9 years).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Years(u16);

impl Years {
    /// The most that can be held: 99.9 years.
    pub const MAX_TENTHS: u16 = 999;

    /// From tenths of years; `None` above 999.
    #[must_use]
    pub fn from_tenths(tenths: u16) -> Option<Self> {
        (tenths <= Self::MAX_TENTHS).then_some(Self(tenths))
    }

    /// Tenths of years.
    #[must_use]
    pub fn tenths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Years {
    /// Whole years without a decimal (`3`), others with one (`2.5`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 10 {
            0 => write!(f, "{}", self.0 / 10),
            tenth => write!(f, "{}.{tenth}", self.0 / 10),
        }
    }
}

impl FromStr for Years {
    type Err = String;

    /// Reads a plain decimal of years with at most one decimal place.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || format!("`{text}` is no number of years from 0 to 99.9 with at most one decimal");
        let (whole, decimal) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimal) || whole.len() > 2 || decimal.len() > 1 {
            return Err(fail());
        }
        let tenths =
            whole.parse::<u16>().map_err(|_| fail())? * 10 + decimal.parse::<u16>().map_err(|_| fail())?;
        Self::from_tenths(tenths).ok_or_else(fail)
    }
}

/// Reads years as people write them in a cell: `7`, `7.5`, `7+`, `7 years`, `18 months`, `2,5`.
///
/// Rounded half up to tenths.
///
/// # Errors
/// Says what is wrong where there is no number from 0 to 99.9.
pub fn read_years(text: &str) -> Result<Years, String> {
    let text = text.trim().to_lowercase();
    let fail = || "is no number of years from 0 to 99.9".to_owned();
    if let Some(duration) = stackscout_taxonomy::written::duration(&text) {
        return duration.and_then(Years::from_tenths).ok_or_else(fail);
    }
    let plain = text.trim_end_matches('+').trim_start_matches(['>', '~']).trim();
    if let Some(duration) = stackscout_taxonomy::written::duration(&format!("{plain} years")) {
        return duration.and_then(Years::from_tenths).or(zero(plain)).ok_or_else(fail);
    }
    if text == "less than 1 year" || text == "less than a year" || text == "<1" {
        return Years::from_tenths(5).ok_or_else(fail);
    }
    Err(fail())
}

/// Nought years is a statement (a newcomer), not an error.
fn zero(text: &str) -> Option<Years> {
    (text.bytes().all(|b| matches!(b, b'0' | b'.' | b',')) && text.starts_with('0')).then_some(Years(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_reads_back() {
        for tenths in 0..=Years::MAX_TENTHS {
            let years = Years(tenths);
            assert_eq!(years.to_string().parse(), Ok(years));
        }
        for bad in ["", "-1", "1.25", "100", "ten", "NaN", "1e1", " 3", ".5", "5."] {
            assert!(bad.parse::<Years>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn cells_are_read_as_people_write_them() {
        for (cell, tenths) in [
            ("7", 70),
            ("7.5", 75),
            ("2,5", 25),
            ("7+", 70),
            ("8 years", 80),
            ("18 months", 15),
            ("0", 0),
            ("10.0", 100),
        ] {
            assert_eq!(read_years(cell).map(Years::tenths), Ok(tenths), "{cell}");
        }
        for bad in ["ten", "-3", "NaN", "120", "2020-01-01", "inf", "1e3", ""] {
            assert!(read_years(bad).is_err(), "{bad:?}");
        }
    }
}
