//! Pay: an amount, its currency, and what it is paid for.

use std::{fmt, str::FromStr};

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
    /// Amount in whole units of the currency.
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

const SIGNS: [(&str, &str); 8] = [
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("zł", "PLN"),
    ("us$", "USD"),
    ("kč", "CZK"),
    ("₴", "UAH"),
    ("chf", "CHF"),
];
const UNITS: [(&str, PayUnit); 24] = [
    ("per year", PayUnit::Year),
    ("a year", PayUnit::Year),
    ("/ year", PayUnit::Year),
    ("/year", PayUnit::Year),
    ("per annum", PayUnit::Year),
    ("p.a.", PayUnit::Year),
    ("pa", PayUnit::Year),
    ("/yr", PayUnit::Year),
    ("yearly", PayUnit::Year),
    ("annually", PayUnit::Year),
    ("annual", PayUnit::Year),
    ("per month", PayUnit::Month),
    ("a month", PayUnit::Month),
    ("/month", PayUnit::Month),
    ("/ month", PayUnit::Month),
    ("/mo", PayUnit::Month),
    ("monthly", PayUnit::Month),
    ("per day", PayUnit::Day),
    ("/day", PayUnit::Day),
    ("daily", PayUnit::Day),
    ("per hour", PayUnit::Hour),
    ("/hour", PayUnit::Hour),
    ("/hr", PayUnit::Hour),
    ("hourly", PayUnit::Hour),
];

/// Reads pay as people write it: `65000 EUR`, `€65,000`, `90k usd per year`, `65.000 €`, `1 200 PLN / month`.
///
/// A dollar sign alone names no currency: there are a score of dollars.
///
/// # Errors
/// Says what is wrong where there is no single amount.
pub fn read_pay(text: &str) -> Result<Pay, String> {
    let fail = || "is no pay such as `65000 EUR`".to_owned();
    let mut rest = text.trim().to_lowercase().replace('\u{a0}', " ");
    let mut per = None;
    for (word, unit) in UNITS {
        if let Some(at) = rest.find(word) {
            per = Some(unit);
            rest.replace_range(at..at + word.len(), " ");
            break;
        }
    }
    let mut currency: Option<Currency> = None;
    for (sign, code) in SIGNS {
        if let Some(at) = rest.find(sign) {
            currency = code.parse().ok();
            rest.replace_range(at..at + sign.len(), " ");
        }
    }
    let rest = rest.replace('$', " ");
    let mut number = String::new();
    let mut words = Vec::new();
    let mut word = String::new();
    for c in rest.chars().chain([' ']) {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_ascii_digit() || matches!(c, '.' | ',') {
            number.push(c);
        } else if !c.is_whitespace() && c != '\'' {
            return Err(fail());
        }
    }
    let mut thousands = false;
    for word in words {
        match word.as_str() {
            "k" => thousands = true,
            code if code.len() == 3 && currency.is_none() => {
                currency = Some(code.parse().map_err(|_| fail())?)
            }
            _ => return Err(fail()),
        }
    }
    let amount = if thousands { read_thousands(&number) } else { read_amount(&number) }.ok_or_else(fail)?;
    Ok(Pay { amount, currency, per })
}

/// `65` `65.5` `65,5` before a `k`: at most three decimals, none of them lost.
fn read_thousands(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if whole.is_empty() || whole.len() > 9 || fraction.len() > 3 || fraction.contains(['.', ',']) {
        return None;
    }
    Some(whole.parse::<u64>().ok()? * 1000 + format!("{fraction:0<3}").parse::<u64>().ok()?)
}

/// `65,000` `65.000` `65000.50` `52800`: groups of three are thousands, other decimals are cut off.
fn read_amount(text: &str) -> Option<u64> {
    let mut groups = text.split(['.', ',']);
    let mut digits = groups.next()?.to_owned();
    let rest: Vec<&str> = groups.collect();
    for (at, group) in rest.iter().enumerate() {
        if group.len() == 3 {
            digits.push_str(group);
        } else if at + 1 == rest.len() && group.len() <= 2 {
            break;
        } else {
            return None;
        }
    }
    (digits.len() <= 15).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_is_read_as_people_write_it() {
        for (cell, shown) in [
            ("65000 EUR", "65000 EUR"),
            ("€65,000", "65000 EUR"),
            ("65.000 €", "65000 EUR"),
            ("90k usd per year", "90000 USD a year"),
            ("$90,000", "90000"),
            ("1 200 PLN / month", "1200 PLN a month"),
            ("52800", "52800"),
            ("65.5k EUR", "65500 EUR"),
            ("65,5k EUR", "65500 EUR"),
            ("USD 120,000 per annum", "120000 USD a year"),
            ("450 GBP per day", "450 GBP a day"),
            ("61256.50", "61256"),
        ] {
            assert_eq!(read_pay(cell).map(|p| p.to_string()), Ok(shown.into()), "{cell}");
        }
        for bad in ["", "negotiable", "50-60k", "EUR", "-5", "1.2.3"] {
            assert!(read_pay(bad).is_err(), "{bad:?}");
        }
    }
}
