//! What a single cell says.

use crate::Pay;

/// An address with one `@`, something on both sides and no white space.
pub(super) fn read_email(text: &str) -> Result<String, String> {
    // `Ada <ada@example.org>` and `mailto:ada@example.org`
    let text = text.strip_suffix('>').and_then(|t| t.rsplit_once('<')).map_or(text, |(_, address)| address);
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let ok = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.len() >= 3
            && !domain.contains('@')
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    });
    if ok && !text.contains(char::is_whitespace) && text.len() <= 254 {
        Ok(text.to_owned())
    } else {
        Err("is no e-mail address".to_owned())
    }
}

/// Yes and no as tables write them.
///
/// # Errors
/// Anything else.
pub fn read_yes_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "1.0" | "x" | "✓" | "ja" | "oui" | "sí" | "si" | "tak" => Ok(true),
        "no" | "n" | "false" | "0" | "0.0" | "nein" | "non" | "nee" | "nie" => Ok(false),
        _ => Err("is neither yes nor no".to_owned()),
    }
}

/// Willingness to work remotely. Working in an office now, or in both places, says neither yes nor no.
pub(super) fn read_remote(text: &str) -> Result<Option<bool>, String> {
    if let Ok(answer) = read_yes_no(text) {
        return Ok(Some(answer));
    }
    let word = text.to_lowercase();
    if word.starts_with("hybrid") || word.starts_with("in-person") || word.starts_with("in person") {
        return Ok(None);
    }
    if word.contains("remote") || word.starts_with("your choice") || word == "flexible" || word == "anywhere"
    {
        let refused =
            ["not remote", "no remote", "non-remote", "not willing", "remote: no", "remote - no", "never"];
        return Ok(Some(!refused.iter().any(|r| word.contains(r))));
    }
    match word.as_str() {
        "on-site" | "onsite" | "on site" | "office" | "office only" => Ok(Some(false)),
        _ => Err("does not say whether the person works remotely".to_owned()),
    }
}

/// From here on a figure in a column named salary is yearly pay; below, it may be a month's or an hour's, and stays
/// without a unit: 12 x 1,000, under which hardly anybody is paid for a year and above which few are for a month.
const YEARLY_SALARY_MIN: u64 = 12_000;

/// A header may hold what the cells leave out: `salary_eur`, `Expected salary (EUR per year)`. A column named salary
/// holds yearly pay, as the word means, where the figure can be one; rates and wages do not.
pub(super) fn fill_from_header(pay: &mut Pay, header: &str) {
    use crate::PayUnit;
    let header = header.to_lowercase();
    let words: Vec<&str> = header.split(|c: char| !c.is_alphabetic()).collect();
    let has = |word: &str| words.contains(&word);
    if pay.per.is_none() {
        pay.per = if has("monthly") || has("month") {
            Some(PayUnit::Month)
        } else if has("daily") || has("day") {
            Some(PayUnit::Day)
        } else if has("hourly") || has("hour") {
            Some(PayUnit::Hour)
        } else if words.iter().any(|w| matches!(*w, "yearly" | "annual" | "year" | "comptotal"))
            || (has("salary") && pay.amount >= YEARLY_SALARY_MIN)
        {
            Some(PayUnit::Year)
        } else {
            None
        };
    }
    if pay.currency.is_none() {
        const CODES: [&str; 12] =
            ["eur", "usd", "gbp", "chf", "pln", "czk", "sek", "nok", "dkk", "cad", "aud", "inr"];
        pay.currency = CODES.iter().find(|code| has(code)).and_then(|code| code.parse().ok());
    }
}
