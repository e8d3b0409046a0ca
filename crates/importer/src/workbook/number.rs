//! What a number in a worksheet says: a count, an amount, a share, a day or a time of day.
//!
//! Workbooks keep every number as a binary fraction and say by a format how it is shown. A value is written as a person
//! would write it: `5` and not `5.0`, `1234567890123` and not `1.23E12`, days as `2026-11-01`. A format that shows no
//! day, such as `mmm-yy`, gives no day either.

use std::fmt::Write;

/// How the numbers of a cell are shown, as far as it changes what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Format {
    /// As they are.
    Plain,
    /// `00000`: at least so many digits.
    Digits(usize),
    /// As hundredths.
    Percent,
    /// With this currency, where the format names one.
    Money(String),
    /// Parts of a date and time.
    Date { year: bool, day: bool, time: bool },
}

impl Format {
    /// The format behind a number that workbooks do not spell out.
    pub fn built_in(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14 | 15 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Date { year: true, day: true, time: false },
            16 => Self::Date { year: true, day: true, time: false },
            17 => Self::Date { year: true, day: false, time: false },
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Self::Date { year: false, day: false, time: true },
            22 => Self::Date { year: true, day: true, time: true },
            _ => Self::Plain,
        }
    }

    /// Reads a format code such as `yyyy-mm-dd`, `0.0%` or `#,##0 [$€-407]`.
    pub fn parse(code: &str) -> Self {
        let first = code.split(';').next().unwrap_or_default();
        if first.eq_ignore_ascii_case("general") || first.eq_ignore_ascii_case("standard") {
            return Self::Plain;
        }
        let (signs, literal) = signs(first);
        let has = |wanted: &[char]| signs.contains(wanted);
        if has(&['y', 'd', 'h', 's', 'm', 'e', 'g']) && !has(&['0', '#']) || has(&['y']) && has(&['d', 'm']) {
            let time = has(&['h', 's']);
            return Self::Date {
                year: has(&['y', 'e']) || (has(&['d', 'm']) && !time),
                day: has(&['d']),
                time,
            };
        }
        if has(&['%']) {
            return Self::Percent;
        }
        if signs.len() > 1 && signs.bytes().all(|b| b == b'0') {
            return Self::Digits(signs.len());
        }
        currency(&literal).map_or(Self::Plain, Self::Money)
    }

    /// Writes a number; `is_1904` where the workbook counts days from 1904 on.
    pub fn write(&self, number: f64, written: &str, is_1904: bool) -> String {
        match self {
            Self::Plain => plain(number, written),
            Self::Digits(digits) => {
                let text = plain(number, written);
                let is_count = text.bytes().all(|b| b.is_ascii_digit());
                if is_count { format!("{text:0>digits$}") } else { text }
            }
            Self::Percent => format!("{}%", rounded(number * 100.0)),
            Self::Money(currency) => format!("{} {currency}", plain(number, written)),
            Self::Date { year, day, time } => {
                date(number, *year, *day, *time, is_1904).unwrap_or_else(|| plain(number, written))
            }
        }
    }
}

/// The signs of a format that stand for digits and parts of dates, small; and what is shown beside them.
fn signs(code: &str) -> (String, String) {
    let (mut signs, mut literal) = (String::new(), String::new());
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => literal.extend(chars.by_ref().take_while(|c| *c != '"')),
            '\\' | '_' | '*' => {
                let shown = chars.next();
                literal.extend(shown.filter(|_| c == '\\'));
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                match inside.strip_prefix('$') {
                    Some(currency) => literal.extend(currency.split('-').next()),
                    // `[h]:mm` counts hours; `[Red]` and conditions show nothing.
                    None if matches!(inside.to_ascii_lowercase().trim_end_matches(['h', 'm', 's']), "") => {
                        signs.push_str(&inside.to_ascii_lowercase());
                    }
                    None => {}
                }
            }
            '0' | '#' | '%' | '.' | ',' => signs.push(c),
            'A'..='Z' | 'a'..='z' => signs.push(c.to_ascii_lowercase()),
            '€' | '£' | '$' | '¥' => literal.push(c),
            _ => {}
        }
    }
    (signs, literal)
}

/// A currency's code or sign in what a format shows beside a number.
fn currency(literal: &str) -> Option<String> {
    let word = literal.trim();
    let is_code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let is_sign = matches!(word, "€" | "£" | "$" | "¥" | "zł" | "kr" | "Kč" | "Fr.");
    (is_code || is_sign).then(|| word.to_owned())
}

/// A number with all of its digits where it has no fraction, and to 15 digits otherwise, as spreadsheets show them.
pub(crate) fn plain(number: f64, written: &str) -> String {
    whole(written).unwrap_or_else(|| rounded(number))
}

/// Digits of a whole number that are kept as they stand. One of more, with an exponent, is no id.
const WHOLE_DIGITS_MAX: usize = 20;

/// The digits of a whole number, also of one such as `1.234567890123451E15` or `7.0`; `None` for any other.
fn whole(written: &str) -> Option<String> {
    let (sign, digits) = written.strip_prefix('-').map_or(("", written), |digits| ("-", digits));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits.is_empty() && all_digits(digits) {
        return Some(written.to_owned());
    }
    let (figure, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (before, fraction) = figure.split_once('.').unwrap_or((figure, ""));
    let exponent = usize::from(exponent.strip_prefix('+').unwrap_or(exponent).parse::<u16>().ok()?);
    let fraction = fraction.trim_end_matches('0');
    let is_whole = fraction.len() <= exponent && before.len() + exponent <= WHOLE_DIGITS_MAX;
    if before.is_empty() || !is_whole || !all_digits(before) || !all_digits(fraction) {
        return None;
    }
    let zeros = "0".repeat(exponent - fraction.len());
    let all = format!("{before}{fraction}{zeros}");
    let all = all.trim_start_matches('0');
    Some(if all.is_empty() { "0".to_owned() } else { format!("{sign}{all}") })
}

/// A number to 15 digits, without exponent.
pub(crate) fn rounded(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // Negative zero is zero.
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

/// The last day that spreadsheets know: 31 December 9999.
const SERIAL_MAX: f64 = 2_958_466.0;
const SECONDS: i64 = 86_400;

fn date(serial: f64, year: bool, day: bool, time: bool, is_1904: bool) -> Option<String> {
    if !(0.0..SERIAL_MAX).contains(&serial) {
        return None;
    }
    let seconds = (serial * SECONDS as f64).round() as i64;
    let (days, second) = (seconds.div_euclid(SECONDS), seconds.rem_euclid(SECONDS));
    let mut text = String::new();
    if year {
        // Days since 1970-01-01. The other system begins with a 29 February 1900 that never was: day 60.
        let since = match (is_1904, days) {
            (true, _) => days - 24_107,
            (false, 60) | (false, 0) => return None,
            (false, 1..60) => days - 25_568,
            (false, _) => days - 25_569,
        };
        let (y, m, d) = civil(since);
        let _ = write!(text, "{y:04}-{m:02}");
        if day {
            let _ = write!(text, "-{d:02}");
        }
    }
    // A day with a time that is midnight is a day.
    if time && (!year || second > 0) {
        let hours = if year { second / 3600 } else { seconds / 3600 };
        let separator = if year { " " } else { "" };
        let _ = write!(text, "{separator}{hours:02}:{:02}", second / 60 % 60);
        if second % 60 > 0 {
            let _ = write!(text, ":{:02}", second % 60);
        }
    }
    Some(text)
}

/// Year, month and day of a count of days since 1970-01-01, by eras of 400 years that begin in March.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    //! - numbers are written as people write them
    //! - days are days, in both systems, and no day is made up

    use super::*;

    #[test]
    fn numbers_have_no_noise() {
        for (written, text) in [
            ("5", "5"),
            ("5.0", "5"),
            ("0.1", "0.1"),
            ("3.0000000000000004", "3"),
            ("0.30000000000000004", "0.3"),
            ("1.234567890123E12", "1234567890123"),
            ("1.234567890123451E15", "1234567890123451"),
            ("1.2345678901234512e+16", "12345678901234512"),
            ("-1234567890123451.0", "-1234567890123451"),
            ("8.5E4", "85000"),
            ("1.1000000000000001E3", "1100"),
            ("0E5", "0"),
            ("12345678901234567890", "12345678901234567890"),
            ("-2.5", "-2.5"),
            ("-0.0", "0"),
            ("1E-3", "0.001"),
        ] {
            assert_eq!(Format::Plain.write(written.parse().unwrap(), written, false), text, "{written}");
        }
        assert_eq!(Format::Plain.write(f64::NAN, "NaN", false), "");
    }

    #[test]
    fn formats_say_what_a_number_is() {
        let date = |year, day, time| Format::Date { year, day, time };
        for (code, format) in [
            ("General", Format::Plain),
            ("0.00", Format::Plain),
            ("#,##0", Format::Plain),
            ("00000", Format::Digits(5)),
            ("0", Format::Plain),
            ("0.0%", Format::Percent),
            ("yyyy-mm-dd", date(true, true, false)),
            ("DD/MM/YYYY", date(true, true, false)),
            ("[$-407]d. mmmm yyyy;@", date(true, true, false)),
            ("mmm-yy", date(true, false, false)),
            ("dd.mm.yyyy hh:mm", date(true, true, true)),
            ("[h]:mm", date(false, false, true)),
            ("h:mm AM/PM", date(false, false, true)),
            ("#,##0.00 [$€-407]", Format::Money("€".into())),
            ("[$EUR] #,##0", Format::Money("EUR".into())),
            ("#,##0 \"years\"", Format::Plain),
            ("[Red]0", Format::Plain),
            ("0 \"days\"", Format::Plain),
        ] {
            assert_eq!(Format::parse(code), format, "{code}");
        }
    }

    #[test]
    fn days_are_counted_in_two_systems() {
        let day = Format::parse("yyyy-mm-dd");
        let written = |serial: f64, is_1904| day.write(serial, "x", is_1904);
        assert_eq!(written(1.0, false), "1900-01-01");
        assert_eq!(written(59.0, false), "1900-02-28");
        assert_eq!(written(60.0, false), "60");
        assert_eq!(written(61.0, false), "1900-03-01");
        assert_eq!(written(46_327.0, false), "2026-11-01");
        assert_eq!(written(44_865.0, true), "2026-11-01");
        assert_eq!(written(0.0, true), "1904-01-01");
        assert_eq!(written(-1.0, false), "-1");
        let moment = Format::parse("yyyy-mm-dd hh:mm:ss");
        assert_eq!(moment.write(46_327.5, "x", false), "2026-11-01 12:00");
        assert_eq!(moment.write(46_327.0, "x", false), "2026-11-01");
        assert_eq!(Format::parse("mmm yy").write(46_327.0, "x", false), "2026-11");
        assert_eq!(Format::parse("hh:mm").write(0.25, "x", false), "06:00");
        assert_eq!(Format::parse("[h]:mm").write(1.25, "x", false), "30:00");
    }

    #[test]
    fn shares_codes_and_amounts_keep_their_form() {
        assert_eq!(Format::parse("0%").write(0.85, "0.85", false), "85%");
        assert_eq!(Format::parse("00000").write(1234.0, "1234", false), "01234");
        assert_eq!(Format::parse("#,##0 [$€-407]").write(85000.0, "85000", false), "85000 €");
    }
}
