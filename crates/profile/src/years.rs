//! Years of experience, in tenths: exact in sums, and as fine as anybody states them.

use std::borrow::Cow;
use std::{fmt, str::FromStr};

use crate::Date;
use crate::words::{folded, tokens};

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

/// Reads years as people write them in a cell: `7`, `7.5`, `7+`, `7 years`, `18 months`, `2,5`, `2-3`, `over 10 ans`.
/// Of a range, and of words such as *more than*, the lower figure is what is known.
///
/// Rounded half up to tenths.
///
/// # Errors
/// Says what is wrong where there is no number from 0 to 99.9.
pub fn read_years(text: &str) -> Result<Years, String> {
    read_years_at(text, None)
}

/// As [`read_years`]; `since 2015` counts to the day, where that is given.
///
/// # Errors
/// As [`read_years`].
pub fn read_years_at(text: &str, as_of: Option<Date>) -> Result<Years, String> {
    match plain_figure(text.trim()) {
        Some(years) => Ok(years),
        None => in_full(text, as_of),
    }
}

/// A cell as the header above it says it: below `Experience (months)` a bare figure counts months.
#[must_use]
pub fn in_unit_of<'a>(text: &'a str, header: &str) -> Cow<'a, str> {
    if header.contains(['m', 'M']) && is_figure(text.trim()) && counts_months(header) {
        Cow::Owned(format!("{} months", text.trim()))
    } else {
        Cow::Borrowed(text)
    }
}

fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'+'))
}

/// Whether a header names months and no years: `Experience (months)`, `Berufserfahrung in Monaten`; no `last 12 months`.
#[must_use]
pub fn counts_months(header: &str) -> bool {
    let header = folded(header);
    let words = tokens(&header);
    let is_one = |at: usize| {
        is_month(words[at]) && (at == 0 || !words[at - 1].starts_with(|c: char| c.is_ascii_digit()))
    };
    (0..words.len()).any(is_one) && !words.iter().any(|word| is_year(word))
}

/// As [`read_years_at`], for whatever is more than a figure.
fn in_full(text: &str, as_of: Option<Date>) -> Result<Years, String> {
    let text = text.trim().to_lowercase();
    let fail = || "is no number of years from 0 to 99.9".to_owned();
    // How well, and not how long.
    if text.contains('%') {
        return Err(fail());
    }
    let key = folded(&text);
    if let Some(year) = since(&key) {
        let now = as_of.ok_or_else(fail)?.year();
        // A day of the year 9999 is a day, and 7,984 years are no years of experience.
        let tenths = now.checked_sub(year).and_then(|years| years.checked_mul(10));
        return tenths.and_then(Years::from_tenths).ok_or_else(fail);
    }
    if is_date(&key) {
        return Err(fail());
    }
    if let Some(duration) = stackscout_taxonomy::written::duration(&text) {
        return duration.and_then(Years::from_tenths).or(no_years(&text)).ok_or_else(fail);
    }
    let plain = text.trim_end_matches('+').trim_start_matches(['>', '~']).trim();
    if let Some(duration) = stackscout_taxonomy::written::duration(&format!("{plain} years")) {
        return duration.and_then(Years::from_tenths).or(zero(plain)).ok_or_else(fail);
    }
    in_words(&key).ok_or_else(fail)
}

/// `7`, `12.5`: most cells are no more than that.
fn plain_figure(text: &str) -> Option<Years> {
    let digit = |b: u8| b.is_ascii_digit().then(|| u16::from(b - b'0'));
    let tenths = match *text.as_bytes() {
        [a] => digit(a)? * 10,
        [a, b] => digit(a)? * 100 + digit(b)? * 10,
        // What comes to nothing is read with care.
        [a, b'.', c] => Some(digit(a)? * 10 + digit(c)?).filter(|tenths| *tenths > 0)?,
        [a, b, b'.', c] => Some(digit(a)? * 100 + digit(b)? * 10 + digit(c)?).filter(|tenths| *tenths > 0)?,
        _ => return None,
    };
    Years::from_tenths(tenths)
}

/// `since 2015`, `seit 2015`, `2015 - present`
pub(crate) fn since(key: &str) -> Option<u16> {
    let words = tokens(key);
    let year = match words.as_slice() {
        ["since" | "seit" | "depuis" | "desde" | "sinds" | "od", year] => year,
        [year, "present" | "now" | "today" | "heute" | "jetzt" | "actualidad" | "heden" | "dzis"] => year,
        _ => return None,
    };
    year.parse().ok().filter(|year| (1940..=2200).contains(year))
}

/// `5/2019`, `12.2015`, `01.06.2018`: figures of which the last is a year of our time.
fn is_date(key: &str) -> bool {
    let figures = tokens(key);
    let Some((year, before)) = figures.split_last() else { return false };
    let in_range = |figure: &&str, most: u16| figure.parse().is_ok_and(|n: u16| (1..=most).contains(&n));
    year.len() == 4
        && year.parse().is_ok_and(|year: u16| (1940..=2200).contains(&year))
        && match before {
            [month] => in_range(month, 12),
            [day, month] => in_range(day, 31) && in_range(month, 31),
            _ => false,
        }
}

/// Words before a figure that make it a lower bound, or change nothing.
const LEADS: [&str; 29] = [
    "more than",
    "over",
    "at least",
    "min",
    "minimum",
    "about",
    "around",
    "approx",
    "ca",
    "circa",
    "mehr als",
    "uber",
    "mindestens",
    "mind",
    "etwa",
    "rund",
    "plus de",
    "au moins",
    "environ",
    "mas de",
    "al menos",
    "unos",
    "meer dan",
    "minstens",
    "ongeveer",
    "ponad",
    "wiecej niz",
    "co najmniej",
    "okolo",
];
const LESS_THAN_ONE: [&str; 14] = [
    "less than 1 year",
    "less than a year",
    "less than one year",
    "under 1 year",
    "<1",
    "< 1",
    "<1 year",
    "< 1 year",
    "weniger als 1 jahr",
    "weniger als ein jahr",
    "moins d'un an",
    "menos de un ano",
    "minder dan 1 jaar",
    "mniej niz rok",
];

fn in_words(key: &str) -> Option<Years> {
    if LESS_THAN_ONE.contains(&key) {
        return Some(Years(5));
    }
    let mut rest = key.trim_end_matches('+').trim_start_matches(['>', '~', '=', '≥']).trim();
    if let Some(after) = LEADS.iter().find_map(|lead| rest.strip_prefix(lead)?.strip_prefix([' ', '.'])) {
        rest = after.trim_start();
    }
    // The figure, and what it counts.
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
    let figure = rest[..end].trim_end_matches('.');
    let mut behind = tokens(&rest[end..]);
    // `2-3`, `2 to 3`: the lower one.
    if let [first, others @ ..] = behind.as_slice()
        && (matches!(*first, "to" | "bis" | "a" | "tot" | "do" | "und" | "or") && !others.is_empty()
            || first.bytes().all(|b| b.is_ascii_digit()))
    {
        let skip = 1 + usize::from(!first.bytes().all(|b| b.is_ascii_digit()));
        if skip == 2 && !others[0].bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        // `5 6 7` and `2020-01-01` are neither.
        behind = behind.split_off(skip);
        if behind.first().is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit())) || figure.len() > 2 {
            return None;
        }
    }
    let beside = |w: &str| {
        matches!(
            w,
            "of" | "experience"
                | "exp"
                | "berufserfahrung"
                | "erfahrung"
                | "d"
                | "de"
                | "experiencia"
                | "ervaring"
                | "doswiadczenia"
                | "plus"
                | "or"
                | "more"
                | "oder"
                | "mehr"
                | "s"
                | "in"
                | "it"
                | "work"
                | "professional"
                | "total"
                | "i"
                | "ou"
                | "et"
                | "y"
                | "o"
                | "mas"
                | "meer"
                | "wiecej"
                | "relevant"
                | "relevante"
        )
    };
    let months = behind.iter().any(|w| is_month(w));
    if behind.iter().filter(|w| is_month(w) || is_year(w)).count() > 1
        || !behind.iter().all(|w| is_month(w) || is_year(w) || beside(w))
    {
        return None;
    }
    let unit = if months { "months" } else { "years" };
    let tenths = stackscout_taxonomy::written::duration(&format!("{figure} {unit}"))?;
    tenths.and_then(Years::from_tenths).or_else(|| zero(figure))
}

fn is_year(word: &str) -> bool {
    matches!(
        word,
        "y" | "yr"
            | "yrs"
            | "year"
            | "years"
            | "jahr"
            | "jahre"
            | "jahren"
            | "an"
            | "ans"
            | "annee"
            | "annees"
            | "ano"
            | "anos"
            | "jaar"
            | "jaren"
            | "rok"
            | "lata"
            | "lat"
    )
}

fn is_month(word: &str) -> bool {
    matches!(
        word,
        "month"
            | "months"
            | "mos"
            | "mths"
            | "monat"
            | "monate"
            | "monaten"
            | "mois"
            | "mes"
            | "meses"
            | "maand"
            | "maanden"
            | "miesiac"
            | "miesiace"
            | "miesiacach"
            | "miesiecy"
    )
}

/// `0 years`, `0 Jahre`
fn no_years(text: &str) -> Option<Years> {
    zero(text.split_whitespace().next()?)
}

/// Nought years is a statement (a newcomer), not an error.
fn zero(text: &str) -> Option<Years> {
    (text.bytes().all(|b| matches!(b, b'0' | b'.' | b',')) && text.starts_with('0')).then_some(Years(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_since_are_counted_to_the_last_day_there_is() {
        let at = |text, year| read_years_at(text, Date::new(year, 12, 31)).ok();
        assert_eq!(at("since 2015", 2026), Years::from_tenths(110));
        assert_eq!(at("since 2015", 9999), None);
    }

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
            ("10+", 100),
            ("2-3", 20),
            ("2 - 3 years", 20),
            ("5 bis 7 Jahre", 50),
            ("Mehr als 50 Jahre", 500),
            ("More than 50 years", 500),
            ("Less than 1 year", 5),
            ("weniger als 1 Jahr", 5),
            ("über 10 Jahre Berufserfahrung", 100),
            ("mind. 5 Jahre", 50),
            ("plus de 5 ans", 50),
            ("5 ans d'expérience", 50),
            ("más de 5 años", 50),
            ("meer dan 5 jaar", 50),
            ("ponad 5 lat", 50),
            ("10 lat doświadczenia", 100),
            ("6 Monate", 5),
            ("10 years or more", 100),
            ("0 years", 0),
        ] {
            assert_eq!(read_years(cell).map(Years::tenths), Ok(tenths), "{cell}");
        }
        for bad in [
            "ten",
            "-3",
            "NaN",
            "120",
            "2020-01-01",
            "5/2019",
            "06/2018",
            "12.2015",
            "01.06.2018",
            "inf",
            "1e3",
            "",
            "since 2015",
            "5 6 7",
            "5 dogs",
            "years",
            "-",
            "80%",
        ] {
            assert!(read_years(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn figures_count_what_the_header_says() {
        for (text, header, tenths) in [
            ("60", "Experience (months)", 50),
            ("60.0", "Berufserfahrung in Monaten", 50),
            ("18", "Exp\u{e9}rience (mois)", 15),
            ("240", "Meses de experiencia", 200),
            ("24", "Ervaring (maanden)", 20),
            ("24", "Sta\u{17c} (miesi\u{105}ce)", 20),
            ("0", "Experience (months)", 0),
            ("5 years", "Experience (months)", 50),
            ("5", "Experience (years/months)", 50),
            ("5", "Experience (in the last 12 months)", 50),
            ("5", "Employment", 50),
        ] {
            let read = read_years(&in_unit_of(text, header)).map(Years::tenths);
            assert_eq!(read, Ok(tenths), "{text} below {header}");
        }
    }

    #[test]
    fn a_figure_read_the_short_way_is_what_it_is_in_full() {
        let figures = (0..1_200_u32)
            .flat_map(|n| [n.to_string(), format!("{:02}", n), format!("{}.{}", n / 10, n % 10)]);
        for text in
            figures.chain(["05.5", "0.0", "00.0", ".5", "5.", "5.55", "1 2", "1,5"].map(str::to_owned))
        {
            assert_eq!(read_years(&text), in_full(&text, None), "{text}");
        }
    }

    #[test]
    fn since_a_year_counts_to_the_day_of_the_file() {
        let as_of = "2026-11-01".parse().ok();
        for text in [
            "since 2015",
            "seit 2015",
            "depuis 2015",
            "desde 2015",
            "sinds 2015",
            "od 2015",
            "2015 - present",
        ] {
            assert_eq!(read_years_at(text, as_of).map(Years::tenths), Ok(110), "{text}");
        }
        assert!(read_years_at("since 2030", as_of).is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,30}", like in "([0-9]{1,4}|[-+., ]|jahre|since|bis|more than|over ){0,8}") {
            for text in [text, like] {
                let _ = read_years_at(&text, "2026-11-01".parse().ok());
            }
        }
    }
}
