//! Months, and the time between two of them.

use std::fmt;

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth(u32);

/// Years that a CV can speak of; other numbers of four digits are no years.
const YEARS: std::ops::RangeInclusive<u16> = 1950..=2099;

impl YearMonth {
    /// The last month that a text can speak of: December 2099.
    pub const LAST: Self = Self(*YEARS.end() as u32 * 12 + 11);

    /// Checks a year (1950 to 2099) and a month (1 to 12).
    #[must_use]
    pub fn new(year: u16, month: u8) -> Option<Self> {
        (YEARS.contains(&year) && (1..=12).contains(&month))
            .then(|| Self(u32::from(year) * 12 + u32::from(month) - 1))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        u16::try_from(self.0 / 12).expect("checked when made")
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        u8::try_from(self.0 % 12 + 1).expect("1 to 12")
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year(), self.month())
    }
}

/// Whether a number of four digits may be a year.
pub(super) fn is_year(number: u32) -> bool {
    u16::try_from(number).is_ok_and(|year| YEARS.contains(&year))
}

/// A date as written: a year, perhaps with a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Year(u16),
    Month(YearMonth),
    Present,
}

/// A time from one month to another. Never empty or reversed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Months since year 0: the first one inside.
    from: u32,
    /// The first month after it.
    to: u32,
    /// Whether it lasts to the text's date.
    current: bool,
    /// The year that it ends in, as written.
    last_year: u16,
}

impl Period {
    /// The time between two written dates. A month counts whole at both ends; a year alone stands for its middle. An
    /// end after `as_of` is `as_of`. `None` where the dates are reversed, begin in the future, or leave no month.
    pub(super) fn between(from: Written, to: Written, as_of: YearMonth) -> Option<Self> {
        const MIDDLE: u32 = 6;
        let from = match from {
            Written::Year(year) => u32::from(year) * 12 + MIDDLE,
            Written::Month(month) => month.0,
            Written::Present => return None,
        };
        let (to, current) = match to {
            Written::Present => (as_of.0 + 1, true),
            Written::Month(month) if month > as_of => (as_of.0 + 1, true),
            Written::Month(month) => (month.0 + 1, false),
            Written::Year(year) if year > as_of.year() => (as_of.0 + 1, true),
            Written::Year(year) => ((u32::from(year) * 12 + MIDDLE).min(as_of.0 + 1), false),
        };
        if from > as_of.0 || from > to {
            return None;
        }
        let last_year = u16::try_from((to - 1) / 12).ok()?;
        Some(Self { from, to, current, last_year })
    }

    /// Whether it lasts to the text's date.
    #[must_use]
    pub fn is_current(self) -> bool {
        self.current
    }

    /// The year that it ends in.
    #[must_use]
    pub fn last_year(self) -> u16 {
        self.last_year
    }

    /// How many months it has.
    #[must_use]
    pub fn months(self) -> u32 {
        self.to - self.from
    }

    /// Months in any of several periods, each counted once.
    #[must_use]
    pub fn union_months(mut periods: Vec<Self>) -> u32 {
        periods.sort_unstable();
        let (mut months, mut reached) = (0, 0);
        for period in periods {
            months += period.to.saturating_sub(period.from.max(reached));
            reached = reached.max(period.to);
        }
        months
    }
}

/// Months as tenths of years, rounded half up; `None` below a tenth and above 99.9.
pub(super) fn tenths(months: u32) -> Option<u16> {
    u16::try_from((months * 10 + 6) / 12).ok().filter(|t| (1..=999).contains(t))
}
