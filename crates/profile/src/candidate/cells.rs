//! What a single cell says.

use super::known;
use super::remote::{HowFar, how_far, limits, limits_time};
use crate::PayRange;
use crate::pay::{currency_of, multiplier, period_of};
use crate::words::{folded, is_denial, tokens};
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
    if let Some(read) = answer_with_remark(text) {
        return read;
    }
    let word = text.to_lowercase();
    if word.starts_with("hybrid") || word.starts_with("in-person") || word.starts_with("in person") {
        return Ok(None);
    }
    if word.contains("remote") || word.starts_with("your choice") || word == "flexible" || word == "anywhere"
    {
        let key = folded(&word);
        let accepts = accepts_remote(&key).ok_or_else(no_remote)?;
        return match how_far(&key, text) {
            _ if !accepts || !key.contains("remote") => Ok(Some(accepts)),
            HowFar::All => Ok(Some(true)),
            HowFar::Part => Ok(None),
            HowFar::Unclear => Err(no_remote()),
        };
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
        _ => Err(no_remote()),
    }
}

/// A yes or no with a remark behind a sign: `ja, gerne`, `nein, nur vor Ort`, `Yes (within EU)`; an error where the
/// remark may take it back. `None` is no such cell, or one that says more of remote work than that.
fn answer_with_remark(text: &str) -> Option<Result<Option<bool>, String>> {
    const TAKES_BACK: [&str; 33] = [
        "but",
        "if",
        "only",
        "depends",
        "depending",
        "maybe",
        "later",
        "until",
        "after",
        "prefer",
        "prefers",
        "preferably",
        "aber",
        "wenn",
        "nur",
        "falls",
        "vielleicht",
        "eventuell",
        "evtl",
        "je",
        "bis",
        "ab",
        "mais",
        "si",
        "seulement",
        "pero",
        "solo",
        "maar",
        "als",
        "alleen",
        "ale",
        "tylko",
        "jesli",
    ];
    let at = text.find([',', '(', ';', ':', '.', '!', '-', '\u{2013}'])?;
    if !text.starts_with(char::is_alphabetic) {
        return None;
    }
    let (answer, remark) = (read_yes_no(text[..at].trim()).ok()?, folded(&text[at..]));
    let words = tokens(&remark);
    let says_more = |word: &&str| ["remote", "hybrid", "home"].iter().any(|start| word.starts_with(start));
    if words.is_empty() || words.iter().any(says_more) {
        return None;
    }
    let is_plain = words.len() <= REMARK_MAX
        && match answer {
            true => {
                // `No` behind a yes is of something else, or takes it back.
                let is_part = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word != "100";
                !words
                    .iter()
                    .any(|word| is_denial(word) || TAKES_BACK.contains(word) || limits(word) || is_part(word))
            }
            false => words.iter().all(|word| !SAYS_SOME.contains(word) && !limits_time(word)),
        };
    Some(if is_plain { Ok(Some(answer)) } else { Err(no_remote()) })
}

/// Words of a remark behind an answer, at most.
const REMARK_MAX: usize = 5;

/// Words behind a no that may still accept some remote work.
const SAYS_SOME: [&str; 14] = [
    "but", "yes", "maybe", "except", "unless", "aber", "ja", "mais", "oui", "pero", "si", "maar", "ale",
    "tak",
];

fn no_remote() -> String {
    "does not say whether the person works remotely".to_owned()
}

/// Words that deny beside those of every field; `t` is what is left of `can't`.
const DENIES: [&str; 13] = [
    "cannot",
    "cant",
    "dont",
    "t",
    "unable",
    "unwilling",
    "impossible",
    "false",
    "niemals",
    "jamais",
    "nunca",
    "nooit",
    "0",
];
/// Words between or behind what is denied that change nothing.
const BESIDE_DENIED: [&str; 49] = [
    "possible",
    "moglich",
    "gewunscht",
    "erwunscht",
    "posible",
    "mogelijk",
    "mozliwe",
    "mozliwa",
    "wanted",
    "desired",
    "available",
    "willing",
    "able",
    "open",
    "interested",
    "an",
    "option",
    "is",
    "ist",
    "est",
    "es",
    "jest",
    "to",
    "for",
    "in",
    "en",
    "de",
    "a",
    "au",
    "zu",
    "work",
    "working",
    "job",
    "arbeit",
    "arbeiten",
    "travail",
    "travailler",
    "trabajo",
    "trabajar",
    "werk",
    "werken",
    "praca",
    "pracy",
    "pracowac",
    "any",
    "want",
    "wants",
    "can",
    "do",
];
/// What a person who works remotely may deny.
const ELSEWHERE: [&str; 9] =
    ["office", "offices", "onsite", "buro", "bureau", "oficina", "kantoor", "biura", "problem"];

/// Whether a denial is that of the noun behind it, and no answer.
fn is_of_noun(word: &str) -> bool {
    matches!(
        word,
        "kein"
            | "keine"
            | "keinen"
            | "ohne"
            | "without"
            | "sans"
            | "aucun"
            | "sin"
            | "geen"
            | "zonder"
            | "bez"
    )
}

fn denies_remote(word: &str) -> bool {
    is_denial(word) || DENIES.contains(&word)
}

/// Whether a text that speaks of remote work accepts it; `None` where something is denied and it is not clear what.
fn accepts_remote(folded: &str) -> Option<bool> {
    if folded.contains(['✗', '✘', '✖', '❌']) {
        return Some(false);
    }
    let words = tokens(folded);
    let is_remote = |at: usize| words[at].starts_with("remote");
    // `remote only, no office` and `remote, kein Büro` deny the office; `remote: no (office)` does not.
    let denies = |at: usize| {
        denies_remote(words[at])
            && (at.checked_sub(1).is_some_and(is_remote) && !is_of_noun(words[at])
                || words.get(at + 1).is_none_or(|next| !ELSEWHERE.contains(next)))
    };
    let Some(denied) = (0..words.len()).find(|at| denies(*at)) else { return Some(true) };
    let remote = (0..words.len()).find(|at| is_remote(*at))?;
    // Denied before (`kein Remote`, `not willing to work remotely`) or behind (`remote? no`, `remote not possible`).
    let beside = if denied < remote { &words[denied..remote] } else { &words[remote + 1..] };
    let plain = |word: &&str| denies_remote(word) || BESIDE_DENIED.contains(word);
    beside.iter().all(plain).then_some(false)
}

/// From here on a figure in a column named salary is yearly pay; below, it may be a month's or an hour's, and stays
/// without a unit: 12 x 1,000, under which hardly anybody is paid for a year and above which few are for a month.
const YEARLY_SALARY_MIN: u64 = 12_000;

/// Currencies of which 12,000 are a year's pay rather than a month's.
const YEARLY_SALARY_IN: [&str; 7] = ["EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD"];

/// Words for a salary, which is what is paid for a year where nothing else is said.
const SALARY: [&str; 13] = [
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
    "istgehalt",
    "fixe",
    "pretensiones",
];

/// Pay as a cell and the header above it say it: below `Expected CTC (LPA)` and `Gehaltswunsch (TEUR)` a bare figure is
/// read with its unit, so that `62,5` keeps its fraction. `None` where it says that nothing is settled.
///
/// # Errors
/// Where the cell is no pay, or the header says that it is net pay.
pub(super) fn pay_below(text: &str, header: &str) -> Result<Option<PayRange>, String> {
    if says_nothing(text) {
        return Ok(None);
    }
    let Some(pay) = known::pay(text)? else { return Ok(None) };
    let header = folded(header);
    let words = tokens(&header);
    if is_net(&words) {
        return Err("is net pay, which is compared with nothing".to_owned());
    }
    let is_small = [pay.from, pay.to].into_iter().flatten().all(|amount| amount < 1_000);
    if is_small
        && !text.chars().any(char::is_alphabetic)
        && let Some(unit) = words.iter().find_map(|word| unit_of_header(word))
        && let Ok(Some(whole)) = known::pay(&format!("{} {unit}", text.trim()))
    {
        return Ok(Some(whole));
    }
    if is_small && is_yearly(&pay, &header, &words) {
        return Err("is too little for a year, and may count thousands or lakhs".to_owned());
    }
    Ok(Some(pay))
}

/// Whether pay is paid for a year, and not in thousands, as the cell or the header says; `CTC` is what somebody costs a
/// year.
fn is_yearly(pay: &PayRange, header: &str, words: &[&str]) -> bool {
    let in_thousands = words.iter().any(|word| unit_of_header(word).is_some());
    !in_thousands
        && match pay.per.or_else(|| period_in_header(header, words)) {
            Some(unit) => unit == PayUnit::Year,
            None => words.iter().any(|word| word.ends_with("ctc")),
        }
}

/// Whether a cell holds a nought, as systems write what nobody entered, or says that it depends.
fn says_nothing(text: &str) -> bool {
    let said = folded(text);
    if said.contains(|c: char| c.is_ascii_digit()) {
        return said.chars().filter(char::is_ascii_digit).all(|digit| digit == '0');
    }
    tokens(&said).first().is_some_and(|word| matches!(*word, "depends" | "depending"))
}

/// What figures below a header with this word count in, as it is written behind a figure.
fn unit_of_header(word: &str) -> Option<&'static str> {
    match word {
        "lpa" => Some("lpa"),
        "lakh" | "lakhs" | "lac" | "lacs" => Some("lakhs"),
        "t" => Some("k"),
        _ => multiplier(word).filter(|(times, _)| *times == 1_000).map(|_| "k"),
    }
}

/// Whether a header says that its figures are net pay, and not that they may be either, or that they are net of value
/// added tax.
fn is_net(words: &[&str]) -> bool {
    let net = |word: &&str| matches!(*word, "net" | "nets" | "neto" | "nette") || word.starts_with("netto");
    let gross = |word: &&str| word.starts_with("brut") || *word == "gross";
    let tax = |word: &&str| matches!(*word, "vat" | "mwst" | "ust" | "tva" | "iva" | "btw");
    words.iter().any(net) && !words.iter().any(gross) && !words.iter().any(tax)
}

/// The period that a header names: `per month`, `p.a.`, `p/m`, `(€/h)`, `brut/an`.
fn period_in_header(header: &str, words: &[&str]) -> Option<PayUnit> {
    let letter = |word: &str| match word {
        "a" | "y" | "an" => Some(PayUnit::Year),
        "m" | "mc" | "mnd" => Some(PayUnit::Month),
        "d" | "j" => Some(PayUnit::Day),
        "h" | "u" => Some(PayUnit::Hour),
        _ => None,
    };
    let behind_p = || {
        words.windows(2).find_map(|pair| match pair {
            ["p", word] => letter(word),
            ["par" | "per", "an"] => Some(PayUnit::Year),
            _ => None,
        })
    };
    let behind_slash =
        || header.split('/').skip(1).find_map(|rest| tokens(rest).first().and_then(|word| letter(word)));
    words.iter().find_map(|word| period_of(word)).or_else(behind_p).or_else(behind_slash)
}

/// A header may hold what the cells leave out: `salary_eur`, `Expected salary (EUR per year)`. A column named salary
/// holds yearly pay, as the word means, where the figure can be one; rates and wages do not.
pub(super) fn fill_from_header(pay: &mut PayRange, header: &str) {
    let header = folded(header);
    let words = tokens(&header);
    // `Salary (k EUR)`, `Gehaltswunsch (TEUR)`: the cells hold thousands, but for those that are written out.
    let in_thousands =
        words.iter().any(|word| *word == "t" || multiplier(word).is_some_and(|(times, _)| times == 1_000));
    let written_out = [pay.from, pay.to].into_iter().flatten().any(|amount| amount >= 1_000);
    if in_thousands && !written_out && !matches!(pay.per, Some(PayUnit::Day | PayUnit::Hour)) {
        pay.from = pay.from.map(|amount| amount * 1_000);
        pay.to = pay.to.map(|amount| amount * 1_000);
    }
    if pay.currency.is_none() {
        let code = |word: &str| currency_of(word).or_else(|| currency_of(multiplier(word)?.1));
        let codes: Vec<Currency> = words.iter().filter_map(|word| code(word)).collect();
        let signs = ["€", "£", "₹"].into_iter().filter(|sign| header.contains(sign)).filter_map(currency_of);
        pay.currency = codes.into_iter().chain(signs).next();
    }
    if pay.per.is_none() {
        let in_dollars_or_so = pay.currency.is_none_or(|c| YEARLY_SALARY_IN.contains(&c.code()));
        let enough = pay.from.or(pay.to).is_some_and(|amount| amount >= YEARLY_SALARY_MIN);
        let salary = words.iter().any(|word| SALARY.contains(word));
        pay.per = period_in_header(&header, &words)
            .or((salary && enough && in_dollars_or_so).then_some(PayUnit::Year));
    }
}

#[cfg(test)]
mod tests {
    //! - what is denied is never yes, in six languages
    //! - headers in thousands multiply bare figures

    use super::*;
    use crate::pay::read_pay;

    #[test]
    fn remote_work_that_is_denied_is_no() {
        for no in [
            "kein Remote",
            "nicht remote",
            "remote not possible",
            "geen remote",
            "pas de remote",
            "remote nein",
            "remote? no",
            "keine Remote-Arbeit",
            "not remote",
            "non-remote",
            "Remote: no",
            "sin remote",
            "bez remote",
            "niet remote",
            "remote nie",
            "remote ✗",
            "not willing to work remotely",
        ] {
            assert_eq!(read_remote(no), Ok(Some(false)), "{no}");
        }
        for yes in [
            "Remote",
            "fully remote",
            "100% remote",
            "remote only, no office",
            "flexible",
            "ja, gerne",
            "nur remote, kein B\u{fc}ro",
            "Yes (within EU)",
            "Yes - fully",
            "oui, avec plaisir",
        ] {
            assert_eq!(read_remote(yes), Ok(Some(true)), "{yes}");
        }
        for no in ["nein, nur vor Ort", "No (office only)", "Nee, liever niet"] {
            assert_eq!(read_remote(no), Ok(Some(false)), "{no}");
        }
        for hybrid in ["hybrid", "Hybrid (some remote)", "hybride", "max 2 days remote", "2 Tage remote"] {
            assert_eq!(read_remote(hybrid), Ok(None), "{hybrid}");
        }
        for unclear in [
            "nicht hybrid, nur remote",
            "not only remote",
            "not fully remote",
            "Remote: no (office)",
            "hates remote",
            "Yes, but rarely",
            "yes, 2 days",
            "ja, aber nur selten",
            "Yes (office preferred)",
            "Yes (50%)",
            "1.5",
            "no, maybe 2 days",
        ] {
            assert!(read_remote(unclear).is_err(), "{unclear}");
        }
    }

    #[test]
    fn headers_in_thousands_multiply_bare_figures() {
        for (header, cell, shown) in [
            ("Salary (k EUR)", "65", "65000 EUR a year"),
            ("Gehaltswunsch (TEUR)", "65", "65000 EUR a year"),
            ("Expected salary (in k€)", "60-70", "60000 to 70000 EUR a year"),
            ("Expected salary (in k€)", "65000", "65000 EUR a year"),
            ("Salary (k EUR)", "65k", "65000 EUR a year"),
            ("Salary (USD thousands)", "120", "120000 USD a year"),
            ("Salary in thousands USD", "120", "120000 USD a year"),
            ("Salaire (milliers d'euros)", "45", "45000 EUR a year"),
            ("Salario (miles de euros)", "45", "45000 EUR"),
            ("Gehalt (in Tsd. EUR)", "65", "65000 EUR a year"),
            ("Salary (EUR)", "65", "65 EUR"),
        ] {
            let mut pay = read_pay(cell).unwrap().unwrap();
            fill_from_header(&mut pay, header);
            assert_eq!(pay.to_string(), shown, "{header}: {cell}");
        }
    }

    #[test]
    fn noughts_and_words_say_nothing_and_net_of_tax_is_no_net_pay() {
        for cell in
            ["0.00", "0", "0,00 EUR", "depends on the project", "auf Anfrage", "NC", "VB", "negotiable"]
        {
            assert_eq!(pay_below(cell, "Expected salary"), Ok(None), "{cell}");
        }
        assert!(pay_below("120", "Stawka (z\u{142}/h netto)").is_err());
        assert!(pay_below("120", "Stawka (z\u{142}/h netto + VAT)").is_ok_and(|pay| pay.is_some()));
        assert!(pay_below("see notes", "Expected salary").is_err());
        for (cell, header) in
            [("24", "CTC"), ("32", "ECTC"), ("65 EUR", "Annual salary"), ("65 a year", "Pay")]
        {
            assert!(pay_below(cell, header).is_err(), "{header}: {cell}");
        }
        for (cell, header) in
            [("24 LPA", "CTC"), ("95", "Hourly rate"), ("24", "CTC (lakhs)"), ("65", "Salary")]
        {
            assert!(pay_below(cell, header).is_ok_and(|pay| pay.is_some()), "{header}: {cell}");
        }
    }

    #[test]
    fn headers_name_currency_and_period_in_six_languages() {
        for (header, shown) in [
            ("Salarisindicatie p/m", "4500 a month"),
            ("Salaris (bruto p/m)", "4500 a month"),
            ("Oczekiwane wynagrodzenie (brutto/mies.)", "4500 a month"),
            ("Oczekiwania finansowe (PLN/m-c)", "4500 PLN a month"),
            ("Prétentions salariales (€ brut/an)", "4500 EUR a year"),
            ("Gehaltsvorstellung p.a.", "4500 a year"),
            ("Pretensión salarial (mensual)", "4500 a month"),
            ("Stawka dzienna", "4500 a day"),
            ("Stawka godzinowa (PLN)", "4500 PLN an hour"),
            ("TJM (€)", "4500 EUR a day"),
            ("Tagessatz", "4500 a day"),
            ("Stundensatz", "4500 an hour"),
            ("Hourly rate (USD)", "4500 USD an hour"),
            ("Tarief per uur", "4500 an hour"),
            ("Taux journalier moyen", "4500 a day"),
            ("Expected rate (GBP/d)", "4500 GBP a day"),
            ("Salary expectation", "4500"),
        ] {
            let mut pay = read_pay("4500").unwrap().unwrap();
            fill_from_header(&mut pay, header);
            assert_eq!(pay.to_string(), shown, "{header}");
        }
    }
}
