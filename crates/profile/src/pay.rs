//! Pay: an amount, its currency, and what it is paid for.

mod read;

use std::{fmt, str::FromStr};

pub use self::read::read_pay;
pub(crate) use self::read::{currency_of, currency_of_lakhs, multiplier, period_of};

/// A currency by its ISO 4217 code, such as `EUR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The three-letter code, in capitals.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three ASCII letters, checked when made")
    }
}

impl FromStr for Currency {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.to_ascii_uppercase().as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(format!("`{text}` is no currency code such as `EUR`")),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What a pay is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PayUnit {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
    /// An hour.
    Hour,
}

impl PayUnit {
    /// The word of role files and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }
}

impl FromStr for PayUnit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "year" => Ok(Self::Year),
            "month" => Ok(Self::Month),
            "day" => Ok(Self::Day),
            "hour" => Ok(Self::Hour),
            _ => Err(format!("`{text}` is none of year, month, day, hour")),
        }
    }
}

/// A pay as far as it is known. What is not said is not guessed: pays are compared in one currency and unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pay {
    /// Amount in whole units of the currency; what stands behind the point is rounded.
    pub amount: u64,
    /// Currency, where said.
    pub currency: Option<Currency>,
    /// Unit, where said.
    pub per: Option<PayUnit>,
}

impl fmt::Display for Pay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.amount)?;
        if let Some(currency) = self.currency {
            write!(f, " {currency}")?;
        }
        if let Some(per) = self.per {
            write!(f, " a {}", per.word())?;
        }
        Ok(())
    }
}

/// Pay as it was stated: an amount, or bounds of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayRange {
    /// The lower bound: what the person would accept. `None` where only an upper bound is stated (`up to 70k`).
    pub from: Option<u64>,
    /// The upper bound; the lower one again where a single amount is stated, `None` where it is open (`from 60k`).
    pub to: Option<u64>,
    /// Currency, where said.
    pub currency: Option<Currency>,
    /// Unit, where said.
    pub per: Option<PayUnit>,
}

impl PayRange {
    /// The pay that rankings compare: the lower bound; `None` where none is stated.
    #[must_use]
    pub fn least(&self) -> Option<Pay> {
        self.from.map(|amount| Pay { amount, currency: self.currency, per: self.per })
    }
}

impl fmt::Display for PayRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}")?,
            (Some(from), Some(to)) => write!(f, "{from} to {to}")?,
            (Some(from), None) => write!(f, "from {from}")?,
            (None, to) => write!(f, "up to {}", to.unwrap_or_default())?,
        }
        if let Some(currency) = self.currency {
            write!(f, " {currency}")?;
        }
        match self.per {
            Some(PayUnit::Hour) => f.write_str(" an hour"),
            Some(per) => write!(f, " a {}", per.word()),
            None => Ok(()),
        }
    }
}
