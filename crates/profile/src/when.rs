//! Reading days as people write them.
//!
//! `03/04/2027` is two days. Which one is meant, the cell does not say, but its column does where another of its cells
//! holds `13/04/2027`: [`OrderVotes`] counts that, and the [`DateOrder`] found is given to every cell of the column.

use std::{fmt, str::FromStr};

use jiff::civil;

use crate::Date;
use crate::words::{folded, tokens};

/// The order of day, month and year in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// `31/12/2027`
    DayFirst,
    /// `12/31/2027`
    MonthFirst,
    /// `27/12/31`; four figures in front need no order.
    YearFirst,
}

impl DateOrder {
    const ALL: [Self; 3] = [Self::DayFirst, Self::MonthFirst, Self::YearFirst];

    /// The word of `--date-order` and of records: `dmy`, `mdy`, `ymd`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::DayFirst => "dmy",
            Self::MonthFirst => "mdy",
            Self::YearFirst => "ymd",
        }
    }
}

impl fmt::Display for DateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for DateOrder {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let word = text.trim().to_ascii_lowercase();
        let known = Self::ALL.into_iter().find(|order| order.word() == word);
        known.ok_or_else(|| format!("`{text}` is none of dmy, mdy, ymd"))
    }
}

impl serde::Serialize for DateOrder {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> serde::Deserialize<'de> for DateOrder {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        word.parse().map_err(serde::de::Error::custom)
    }
}

/// A day, or a month of which the day is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// A day.
    Day(Date),
    /// A month, by its first day.
    Month(Date),
}

impl When {
    /// The day, or the first day of the month.
    #[must_use]
    pub fn first_day(self) -> Date {
        let (Self::Day(date) | Self::Month(date)) = self;
        date
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => date.fmt(f),
            Self::Month(date) => write!(f, "{:04}-{:02}", date.year(), date.month()),
        }
    }
}

/// Why a text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFault {
    /// Two days or more, by the order of its figures.
    Order,
    /// None.
    Unreadable,
}

impl DateFault {
    /// Code and reason of an issue.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Order => (
                "date-order",
                "day and month may stand in two orders, and nothing in the column settles which",
            ),
            Self::Unreadable => {
                ("bad-date", "is no date that can be read in one way alone, such as 2026-11-01")
            }
        }
    }
}

/// Reads a day or a month: ISO dates and times, figures in the order of the column, months by name in six languages,
/// milliseconds and seconds since 1970, serial numbers of spreadsheets.
///
/// # Errors
/// Anything else, and figures whose order neither they nor `order` say.
pub fn read_when(text: &str, order: Option<DateOrder>) -> Result<When, DateFault> {
    let text = folded(text);
    let text = text.trim_end_matches('.');
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && let Some(date) = counted(text)
    {
        return Ok(When::Day(date));
    }
    let text = without_time(text);
    if let Some(figures) = Figures::new(text) {
        return figures.read(order).map(When::Day);
    }
    month_in_figures(text).or_else(|| with_month_name(text)).ok_or(DateFault::Unreadable)
}

/// `20270131`, days since 1899-12-30, seconds or milliseconds since 1970.
fn counted(text: &str) -> Option<Date> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let number: i64 = whole.parse().ok()?;
    match whole.len() {
        5 if (20_000..80_000).contains(&number) && !fraction.contains('.') => {
            civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(number)).ok().map(Date::from_civil)
        }
        8 if fraction.is_empty() => {
            let part = |n: i64| i8::try_from(n).ok();
            let year = i16::try_from(number / 10_000).ok().filter(|y| (1900..2200).contains(y))?;
            Date::new(year, part(number / 100 % 100)?, part(number % 100)?)
        }
        10 | 13 => {
            let seconds = if whole.len() == 13 { number / 1000 } else { number };
            let day = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
            (1990..2200).contains(&day.year()).then(|| Date::from_civil(day))
        }
        _ => None,
    }
}

/// The text before a time of day: `2027-01-31t10:00:00z`, `31.01.2027 10:00 uhr`, `1/31/2027, 10:00:00 am`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let digits = text[..colon].bytes().rev().take_while(u8::is_ascii_digit).count();
    let before = &text[..colon - digits];
    let day = before.strip_suffix('t').unwrap_or(before).trim_end_matches([' ', ',']);
    // What follows must be a time, and nothing that says more of the day.
    let rest = text[colon..].chars().filter(|c| c.is_alphabetic()).count();
    if digits == 0 || day.is_empty() || rest > 12 { text } else { day }
}

/// Three figures with the same sign between.
struct Figures<'a> {
    parts: [&'a str; 3],
    sign: char,
}

impl<'a> Figures<'a> {
    fn new(text: &'a str) -> Option<Self> {
        let sign = text.chars().find(|c| !c.is_ascii_digit())?;
        if !matches!(sign, '/' | '-' | '.' | ' ') {
            return None;
        }
        let mut parts = text.split(sign).map(str::trim);
        let parts = [parts.next()?, parts.next()?, parts.next().filter(|_| parts.next().is_none())?];
        let figure = |p: &&str| matches!(p.len(), 1 | 2 | 4) && p.bytes().all(|b| b.is_ascii_digit());
        let years = parts.iter().filter(|p| p.len() == 4).count();
        (parts.iter().all(figure) && years <= 1 && parts[1].len() <= 2).then_some(Self { parts, sign })
    }

    fn has_year_first(&self) -> bool {
        self.parts[0].len() == 4
    }

    /// The day in this order, where there is one.
    fn in_order(&self, order: DateOrder) -> Option<Date> {
        let [a, b, c] = self.parts;
        let (year, month, day) = match order {
            DateOrder::DayFirst => (c, b, a),
            DateOrder::MonthFirst => (c, a, b),
            DateOrder::YearFirst => (a, b, c),
        };
        if month.len() > 2 || day.len() > 2 || year.len() == 1 {
            return None;
        }
        let year_number: i16 = year.parse().ok()?;
        // Of two figures, those up to 69 are years of this century: nobody's dates here are of the 1960s.
        let year_number = match year.len() {
            2 if year_number < 70 => year_number + 2000,
            2 => year_number + 1900,
            _ => year_number,
        };
        Date::new(year_number, month.parse().ok()?, day.parse().ok()?)
    }

    /// Orders in which it is a day.
    fn orders(&self) -> Vec<DateOrder> {
        DateOrder::ALL.into_iter().filter(|order| self.in_order(*order).is_some()).collect()
    }

    fn read(&self, order: Option<DateOrder>) -> Result<Date, DateFault> {
        let unreadable = DateFault::Unreadable;
        if self.has_year_first() {
            return self.in_order(DateOrder::YearFirst).ok_or(unreadable);
        }
        if let Some(order) = order {
            // Four figures at the end are the year, whatever the order says of shorter ones.
            if order != DateOrder::YearFirst || self.parts[2].len() < 4 {
                return self.in_order(order).ok_or(unreadable);
            }
        }
        // Points are written between day, month and year, in this order.
        if self.sign == '.' {
            return self.in_order(DateOrder::DayFirst).ok_or(unreadable);
        }
        let usual = [DateOrder::DayFirst, DateOrder::MonthFirst].map(|order| self.in_order(order));
        match usual {
            [Some(a), Some(b)] if a != b => Err(DateFault::Order),
            [Some(a), _] | [None, Some(a)] => Ok(a),
            [None, None] => self.in_order(DateOrder::YearFirst).ok_or(unreadable),
        }
    }
}

/// `03/2027`, `2027-03`
fn month_in_figures(text: &str) -> Option<When> {
    let (a, b) = text.split_once(['/', '-', '.'])?;
    let (year, month) = if a.len() == 4 { (a, b) } else { (b, a) };
    let figures = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !matches!(month.len(), 1 | 2) || !figures(year) || !figures(month) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).map(When::Month)
}

/// Names of months in English, German, French, Spanish, Dutch and Polish, folded; a beginning of three letters or more
/// will do where it is no other month's.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janner", "janvier", "enero", "januari", "styczen", "stycznia"],
    &["february", "februar", "feber", "fevrier", "febrero", "februari", "luty", "lutego"],
    &["march", "marz", "maerz", "mars", "marzo", "maart", "mrt", "marzec", "marca"],
    &["april", "avril", "abril", "kwiecien", "kwietnia"],
    &["may", "mai", "mayo", "mei", "maj", "maja"],
    &["june", "juni", "juin", "junio", "czerwiec", "czerwca"],
    &["july", "juli", "juillet", "julio", "lipiec", "lipca"],
    &["august", "aout", "agosto", "augustus", "sierpien", "sierpnia"],
    &["september", "septembre", "septiembre", "setiembre", "wrzesien", "wrzesnia"],
    &["october", "oktober", "octobre", "octubre", "pazdziernik", "pazdziernika"],
    &["november", "novembre", "noviembre", "listopad", "listopada"],
    &["december", "dezember", "decembre", "diciembre", "grudzien", "grudnia"],
];

/// The month of a folded word, from 1.
pub(crate) fn month_of(word: &str) -> Option<i8> {
    let fits = |exact: bool| {
        let of = |names: &&[&str]| {
            names
                .iter()
                .any(|name| if exact { *name == word } else { word.len() >= 3 && name.starts_with(word) })
        };
        let found: Vec<usize> = (0..12).filter(|at| of(&MONTHS[*at])).collect();
        if let [one] = found.as_slice() { i8::try_from(one + 1).ok() } else { None }
    };
    fits(true).or_else(|| fits(false))
}

/// Words beside a date that say nothing of it: `the 1st of March`, `1 de marzo de 2027`, `Mo, den 1. März`.
const BESIDE: [&str; 26] = [
    "the", "of", "st", "nd", "rd", "th", "de", "del", "den", "dem", "le", "el", "er", "du", "am", "on", "r",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "roku", "o",
];

/// `31 January 2027`, `Jan 31, 2027`, `1er mars 2027`, `März 2027`
fn with_month_name(text: &str) -> Option<When> {
    let (mut day, mut month, mut year) = (None, None, None);
    for token in tokens(text) {
        if token.starts_with(|c: char| c.is_ascii_digit()) {
            let number: i16 = token.parse().ok()?;
            let slot = match token.len() {
                1 | 2 if day.is_none() && (1..=31).contains(&number) => &mut day,
                2 if year.is_none() => {
                    year = Some(if number < 70 { number + 2000 } else { number + 1900 });
                    continue;
                }
                4 => &mut year,
                _ => return None,
            };
            if slot.replace(number).is_some() {
                return None;
            }
        } else if let Some(found) = month_of(token) {
            if month.replace(found).is_some() {
                return None;
            }
        } else if !BESIDE.contains(&token) {
            return None;
        }
    }
    match day {
        Some(day) => Date::new(year?, month?, i8::try_from(day).ok()?).map(When::Day),
        None => Date::new(year?, month?, 1).map(When::Month),
    }
}

/// What the cells of a column say of the order of day, month and year.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct OrderVotes {
    /// Orders that some cell rules out, and whether any was counted.
    out: [bool; 3],
    counted: bool,
}

impl OrderVotes {
    /// Counts a cell; those that hold no figures in question count for nothing.
    pub fn add(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.len() > 32 || !cell.starts_with(|c: char| c.is_ascii_digit()) {
            return;
        }
        let lower = cell.to_ascii_lowercase();
        let Some(figures) = Figures::new(without_time(&lower)).filter(|f| !f.has_year_first()) else {
            return;
        };
        let orders = figures.orders();
        if orders.is_empty() {
            return;
        }
        self.counted = true;
        for (out, order) in self.out.iter_mut().zip(DateOrder::ALL) {
            *out |= !orders.contains(&order);
        }
    }

    /// The only order in which every cell is a day. Years stand in front only where nothing else is possible.
    #[must_use]
    pub fn order(&self) -> Option<DateOrder> {
        if !self.counted {
            return None;
        }
        match self.out {
            [false, true, _] => Some(DateOrder::DayFirst),
            [true, false, _] => Some(DateOrder::MonthFirst),
            [true, true, false] => Some(DateOrder::YearFirst),
            [false, false, _] | [true, true, true] => None,
        }
    }
}

#[cfg(test)]
mod tests {
    //! - days are read in every usual form, in six languages, and never guessed
    //! - a column decides the order of its figures, or nothing does
    //! - what is read prints as a day that reads back; no text makes the reader panic

    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, order: Option<DateOrder>) -> String {
        read_when(text, order).map_or_else(|fault| fault.words().0.to_owned(), |when| when.to_string())
    }

    #[test]
    fn days_are_read_in_every_usual_form() {
        for text in [
            "2027-01-31",
            "2027/01/31",
            "2027.01.31",
            "31.01.2027",
            "31.1.27",
            "31/01/2027",
            "01/31/2027",
            "31-01-2027",
            "31 January 2027",
            "Jan 31, 2027",
            "Jan. 31 2027",
            "31st of January 2027",
            "2027-01-31T10:00:00Z",
            "2027-01-31 09:00",
            "2027-01-31 09:00:00.000 UTC",
            "1/31/2027, 9:00:00 AM",
            "31. Januar 2027",
            "31. Jänner 2027",
            "31 janvier 2027",
            "31 de enero de 2027",
            "31 januari 2027",
            "31 stycznia 2027 r.",
            "31-Jan-27",
            "Sun, 31 Jan 2027",
            "20270131",
            "46418",
            "46418.375",
            "1801353600000",
            "1801353600",
        ] {
            assert_eq!(read(text, None), "2027-01-31", "{text}");
        }
        for (text, month) in [
            ("March 2027", "2027-03"),
            ("März 2027", "2027-03"),
            ("mars 2027", "2027-03"),
            ("marzo de 2027", "2027-03"),
            ("mrt. 2027", "2027-03"),
            ("marzec 2027", "2027-03"),
            ("03/2027", "2027-03"),
            ("2027-03", "2027-03"),
            ("Sept 2027", "2027-09"),
            ("août 2027", "2027-08"),
        ] {
            assert_eq!(read(text, None), month, "{text}");
        }
        for text in [
            "soon",
            "2027",
            "",
            "31.02.2027",
            "12",
            "31/31/2027",
            "2027-13-01",
            "March",
            "ju 2027",
            "99999999",
        ] {
            assert_eq!(read(text, None), "bad-date", "{text}");
        }
    }

    #[test]
    fn an_order_settles_figures_and_nothing_else_does() {
        let (dmy, mdy, ymd) = (DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst);
        for (text, order, day) in [
            ("03/04/2027", None, "date-order"),
            ("03/04/2027", Some(dmy), "2027-04-03"),
            ("03/04/2027", Some(mdy), "2027-03-04"),
            ("04/04/2027", None, "2027-04-04"),
            ("13/04/2027", Some(mdy), "bad-date"),
            ("03/04/05", Some(ymd), "2003-04-05"),
            ("03/04/05", None, "date-order"),
            ("03-04-27", Some(dmy), "2027-04-03"),
            ("99/12/31", None, "1999-12-31"),
            ("2027-03-04", Some(dmy), "2027-03-04"),
            ("03.04.2027", None, "2027-04-03"),
            ("03/04/2027", Some(ymd), "date-order"),
        ] {
            assert_eq!(read(text, order), day, "{text} {order:?}");
        }
    }

    #[test]
    fn a_column_decides_the_order_of_its_figures() {
        let order = |cells: &[&str]| {
            let mut votes = OrderVotes::default();
            cells.iter().for_each(|cell| votes.add(cell));
            votes.order()
        };
        assert_eq!(order(&["03/04/2027", "13/04/2027"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["03/04/2027", "04/13/2027 10:00"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["03/04/27", "31/12/27"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["99/12/31"]), Some(DateOrder::YearFirst));
        assert_eq!(order(&["03/04/2027", "2027-04-13", "soon"]), None);
        assert_eq!(order(&["13/04/2027", "04/13/2027"]), None);
        assert_eq!(order(&[]), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,40}") {
            let _ = read_when(&text, None);
            let _ = read_when(&text, Some(DateOrder::DayFirst));
            OrderVotes::default().add(&text);
        }

        #[test]
        fn figures_like_dates_never_panic_and_print_back(text in "[0-9]{1,5}[-/. T:][0-9]{1,4}[-/. ]?[0-9]{0,4}( [0-9:apm]{0,8})?") {
            if let Ok(when) = read_when(&text, Some(DateOrder::MonthFirst)) {
                prop_assert_eq!(read_when(&when.to_string(), None), Ok(when));
            }
        }

        #[test]
        fn a_day_written_in_its_columns_order_is_that_day(y in 1970i16..2070, m in 1i8..=12, d in 1i8..=28) {
            let day = Date::new(y, m, d).unwrap();
            for (text, order) in [
                (format!("{d:02}/{m:02}/{y}"), DateOrder::DayFirst),
                (format!("{m}/{d}/{y}"), DateOrder::MonthFirst),
                (format!("{d}-{m}-{:02}", y % 100), DateOrder::DayFirst),
                (format!("{:02}/{m:02}/{d:02}", y % 100), DateOrder::YearFirst),
            ] {
                prop_assert_eq!(read_when(&text, Some(order)), Ok(When::Day(day)), "{}", text);
            }
        }
    }
}
