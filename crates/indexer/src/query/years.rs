//! Years of experience in a query: `5`, `>=5`, `<3.5`, `3..8`, `3..`, `5+`.

use stackscout_profile::Years;

use super::QueryError;
use super::ast::Leaf;
use super::leaf::Value;

pub(super) fn years(value: &Value) -> Result<Leaf, QueryError> {
    let text = format!("{}{}", value.sign.unwrap_or_default(), value.text.trim());
    let fail = || {
        let forms =
            "`years:5`, `years:>=5`, `years:3..8` and `years:3..` are understood; at most 99.9, one decimal";
        QueryError::at(value.at, format!("expected a number of years, found `{}`", value.text)).hint(forms)
    };
    let read = |text: &str| -> Result<u16, QueryError> { number(text).ok_or_else(fail) };
    let max = Years::MAX_TENTHS;
    let (min_tenths, max_tenths) = if let Some(number) = text.strip_prefix(">=") {
        (read(number)?, max)
    } else if let Some(number) = text.strip_prefix("<=") {
        (0, read(number)?)
    } else if let Some(number) = text.strip_prefix('>') {
        (read(number)? + 1, max)
    } else if let Some(number) = text.strip_prefix('<') {
        (0, read(number)?.checked_sub(1).ok_or_else(|| nobody(value))?)
    } else if let Some((from, to)) = text.split_once("..") {
        if from.is_empty() && to.is_empty() {
            return Err(fail());
        }
        let from = if from.is_empty() { 0 } else { read(from)? };
        (from, if to.is_empty() { max } else { read(to)? })
    } else if let Some(number) = text.strip_suffix('+') {
        (read(number)?, max)
    } else {
        let tenths = read(text.strip_prefix('=').unwrap_or(&text))?;
        (tenths, tenths)
    };
    if min_tenths > max_tenths {
        return Err(nobody(value));
    }
    Ok(Leaf::Years { min_tenths, max_tenths })
}

/// `3`, `3.5`, `2,5`, `3y`, `3 years`, `18 months`, in tenths.
pub(super) fn number(text: &str) -> Option<u16> {
    let text = text.trim().to_lowercase().replace(',', ".");
    let unit = text.find(char::is_alphabetic).unwrap_or(text.len());
    let (number, unit) = (text[..unit].trim_end(), &text[unit..]);
    match unit {
        "" | "y" | "yr" | "yrs" | "year" | "years" => number.parse::<Years>().ok().map(Years::tenths),
        "m" | "mo" | "month" | "months" => {
            let months = number.parse::<u16>().ok().filter(|months| *months < 1_200)?;
            // Rounded half up, as cells are read.
            Some((months * 10 + 6) / 12).filter(|tenths| *tenths <= Years::MAX_TENTHS)
        }
        _ => None,
    }
}

fn nobody(value: &Value) -> QueryError {
    QueryError::at(value.at, format!("no number of years is `{}`", value.text))
}

/// The canonical form; reads back as the same bounds.
pub(super) fn write(min_tenths: u16, max_tenths: u16) -> String {
    let shown = |tenths| Years::from_tenths(tenths).map_or(String::new(), |years| years.to_string());
    let (min, max) = (shown(min_tenths), shown(max_tenths));
    match (min_tenths, max_tenths) {
        (a, b) if a == b => min,
        (_, Years::MAX_TENTHS) => format!(">={min}"),
        (0, _) => format!("<={max}"),
        _ => format!("{min}..{max}"),
    }
}

#[cfg(test)]
mod tests {
    //! - every form means its bounds, and the canonical form means the same
    //! - what is no number, and what nobody can have, is refused

    use super::*;

    fn read(text: &str) -> Result<(u16, u16), QueryError> {
        let sign = ["<=", ">=", "<", ">", "="].into_iter().find(|sign| text.starts_with(sign));
        let text = text[sign.map_or(0, str::len)..].to_owned();
        match years(&Value { text, at: 0, sign, is_trial: false })? {
            Leaf::Years { min_tenths, max_tenths } => Ok((min_tenths, max_tenths)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_form_means_its_bounds() {
        for (text, bounds) in [
            ("5", (50, 50)),
            ("=5", (50, 50)),
            (">=5", (50, 999)),
            (">5", (51, 999)),
            ("5+", (50, 999)),
            ("<=5", (0, 50)),
            ("<5", (0, 49)),
            ("3..8", (30, 80)),
            ("3..", (30, 999)),
            ("..8", (0, 80)),
            ("2,5", (25, 25)),
            (">=3y", (30, 999)),
            ("3 years", (30, 30)),
            (">=18 months", (15, 999)),
            ("0", (0, 0)),
            ("99.9", (999, 999)),
            (">=0", (0, 999)),
        ] {
            assert_eq!(read(text), Ok(bounds), "{text}");
            assert_eq!(read(&write(bounds.0, bounds.1)), Ok(bounds), "{text}");
        }
    }

    #[test]
    fn what_nobody_can_have_is_refused() {
        for text in
            ["", ">=", "x", "-1", "8..3", "<0", ">99.9", "..", "...", "1..2..3", "100", "1.25", "3-8", ">>5"]
        {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
