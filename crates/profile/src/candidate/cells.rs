//! What a single cell says.

use crate::PayRange;
use crate::pay::{currency_of, period_of};
use crate::words::{folded, tokens};
use crate::{Currency, PayUnit};

/// Yes and no as tables write them.
///
/// # Errors
/// Anything else.
pub fn read_yes_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "1.0" | "x" | "✓" | "✔" | "ja" | "oui" | "sí" | "si" | "tak"
        | "wahr" | "vrai" | "verdadero" | "waar" | "prawda" => Ok(true),
        "no" | "n" | "false" | "0" | "0.0" | "nein" | "non" | "nee" | "nie" | "falsch" | "faux" | "falso"
        | "onwaar" | "fałsz" => Ok(false),
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
    match folded(&word).as_str() {
        "homeoffice" | "home office" | "home-office" | "from home" | "work from home" | "wfh"
        | "teletravail" | "teletrabajo" | "remoto" | "thuiswerken" | "thuis" | "zdalnie" | "praca zdalna"
        | "zdalna" | "a distance" => Ok(Some(true)),
        "hybride" | "hibrido" | "hybrydowo" | "hybrydowa" | "teilweise" => Ok(None),
        "on-site" | "onsite" | "on site" | "office" | "office only" | "vor ort" | "buro" | "im buro"
        | "sur site" | "presencial" | "en oficina" | "op kantoor" | "stacjonarnie" | "w biurze" => {
            Ok(Some(false))
        }
        _ => Err("does not say whether the person works remotely".to_owned()),
    }
}

/// From here on a figure in a column named salary is yearly pay; below, it may be a month's or an hour's, and stays
/// without a unit: 12 x 1,000, under which hardly anybody is paid for a year and above which few are for a month.
const YEARLY_SALARY_MIN: u64 = 12_000;

/// Currencies of which 12,000 are a year's pay rather than a month's.
const YEARLY_SALARY_IN: [&str; 7] = ["EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD"];

/// Words for a salary, which is what is paid for a year where nothing else is said.
const SALARY: [&str; 10] = [
    "salary",
    "gehalt",
    "gehaltswunsch",
    "gehaltsvorstellung",
    "gehaltsvorstellungen",
    "wunschgehalt",
    "salaire",
    "salariales",
    "salaris",
    "salariswens",
];

/// A header may hold what the cells leave out: `salary_eur`, `Expected salary (EUR per year)`. A column named salary
/// holds yearly pay, as the word means, where the figure can be one; rates and wages do not.
pub(super) fn fill_from_header(pay: &mut PayRange, header: &str) {
    let header = folded(header);
    let words = tokens(&header);
    if pay.currency.is_none() {
        let codes: Vec<Currency> = words.iter().filter_map(|word| currency_of(word)).collect();
        let signs = ["€", "£", "₹"].into_iter().filter(|sign| header.contains(sign)).filter_map(currency_of);
        pay.currency = codes.into_iter().chain(signs).next();
    }
    if pay.per.is_none() {
        let in_dollars_or_so = pay.currency.is_none_or(|c| YEARLY_SALARY_IN.contains(&c.code()));
        let enough = pay.from.or(pay.to).is_some_and(|amount| amount >= YEARLY_SALARY_MIN);
        let salary = words.iter().any(|word| SALARY.contains(word));
        pay.per = words
            .iter()
            .find_map(|word| period_of(word))
            .or((salary && enough && in_dollars_or_so).then_some(PayUnit::Year));
    }
}
