//! Reading pay as people write it: amounts, ranges, currencies and periods in six languages.

use super::{Currency, PayRange, PayUnit};
use crate::Country;
use crate::words::{folded, tokens};

/// Reads pay: `65000 EUR`, `€65,000`, `90k usd per year`, `60-70k`, `ab 60000`, `bis 70k`, `12 LPA`, `85'000.- CHF`.
/// `None` where the cell says that nothing is settled (`negotiable`, `VB`).
///
/// A dollar sign alone names no currency: there are a score of dollars. What is said of a lower and an upper bound
/// stays apart: the lower one is what the person would accept.
///
/// # Errors
/// Says what is wrong where there is no amount, more than a range, or net pay.
pub fn read_pay(text: &str) -> Result<Option<PayRange>, String> {
    let key = folded(text).replace(".-", " ").replace(",-", " ").replace("p. a.", "p.a.");
    let key =
        key.replace("p.a.", " pa ").replace("p.m.", " pm ").replace("p.h.", " ph ").replace("p.d.", " pd ");
    let key = NO_AMOUNT.iter().fold(key, |key, (phrase, word)| key.replace(phrase, word));
    let pieces = pieces(&key).ok_or_else(no_pay)?;
    Pieces::new(&pieces).read()
}

fn no_pay() -> String {
    "is no pay such as `65000 EUR`".to_owned()
}

/// Phrases of several words, as one word each.
const NO_AMOUNT: [(&str, &str); 56] = [
    // Net of value added tax is no net pay.
    ("netto + vat", " "),
    ("netto+vat", " "),
    ("net + vat", " "),
    ("net of vat", " "),
    ("netto zzgl. mwst", " "),
    ("zzgl. mwst", " "),
    ("zzgl. ust", " "),
    ("+ mwst", " "),
    ("plus vat", " "),
    ("+ vat", " "),
    ("+vat", " "),
    ("excl. btw", " "),
    ("auf anfrage", "negotiable"),
    ("on request", "negotiable"),
    ("sur demande", "negotiable"),
    ("non communique", "negotiable"),
    ("nach vereinbarung", "negotiable"),
    ("nach absprache", "negotiable"),
    ("a negocier", "negotiable"),
    ("a convenir", "negotiable"),
    ("in overleg", "negotiable"),
    ("do uzgodnienia", "negotiable"),
    ("do negocjacji", "negotiable"),
    ("per annum", "pa"),
    ("p/a", "pa"),
    ("p/y", "pa"),
    ("p/m", "pm"),
    ("p/mnd", "pm"),
    ("p/d", "pd"),
    ("p/h", "ph"),
    ("per month", "monthly"),
    ("at least", "from"),
    ("more than", "from"),
    ("mehr als", "from"),
    ("plus de", "from"),
    ("mas de", "from"),
    ("meer dan", "from"),
    ("a partir de", "from"),
    ("starting at", "from"),
    ("starting from", "from"),
    ("up to", "upto"),
    ("less than", "upto"),
    ("at most", "upto"),
    ("weniger als", "upto"),
    ("moins de", "upto"),
    ("menos de", "upto"),
    ("minder dan", "upto"),
    ("jusqu'a", "upto"),
    ("us$", " usd "),
    ("au$", " aud "),
    ("ca$", " cad "),
    ("nz$", " nzd "),
    ("hk$", " hkd "),
    ("a$", " aud "),
    ("c$", " cad "),
    ("r$", " brl "),
];

const NEGOTIABLE: [&str; 24] = [
    "negotiable",
    "negotiation",
    "neg",
    "vb",
    "vhb",
    "verhandelbar",
    "verhandlungsbasis",
    "verhandlungssache",
    "offen",
    "open",
    "flexible",
    "market",
    "competitive",
    "tbd",
    "tbc",
    "negociable",
    "onderhandelbaar",
    "negocjacji",
    "marktublich",
    "standard",
    "confidential",
    "discuss",
    "depends",
    "nc",
];
/// Words beside an amount that change nothing.
const BESIDE: [&str; 44] = [
    "brutto",
    "gross",
    "bruto",
    "brut",
    "bruts",
    "ca",
    "circa",
    "approx",
    "approximately",
    "about",
    "around",
    "etwa",
    "rund",
    "ungefahr",
    "environ",
    "aprox",
    "ok",
    "salary",
    "pay",
    "expected",
    "expecting",
    "expectation",
    "ctc",
    "fixed",
    "fix",
    "base",
    "bonus",
    "plus",
    "gehalt",
    "salaire",
    "salario",
    "salaris",
    "rate",
    "range",
    "of",
    "the",
    "is",
    "to be",
    "or",
    "in",
    "cash",
    "total",
    "package",
    "comp",
];
const NET: [&str; 4] = ["net", "netto", "neto", "nets"];
const FROM: [&str; 15] = [
    "from",
    "ab",
    "min",
    "minimum",
    "mindestens",
    "starting",
    "desde",
    "vanaf",
    "od",
    "over",
    "uber",
    "von",
    "between",
    "zwischen",
    "entre",
];
const UP_TO: [&str; 9] = ["upto", "bis", "max", "maximum", "hasta", "tot", "under", "unter", "maximal"];
/// Between the two amounts of a range.
const RANGE: [&str; 10] = ["to", "bis", "a", "do", "tot", "and", "und", "et", "y", "en"];

const CURRENCIES: [(&str, &[&str]); 12] = [
    ("EUR", &["€", "euro", "euros"]),
    ("GBP", &["£", "pounds"]),
    ("INR", &["₹", "rupees"]),
    ("PLN", &["zl", "zloty", "zlotych"]),
    ("CZK", &["kc"]),
    ("UAH", &["₴"]),
    ("CHF", &["sfr", "franken", "fr"]),
    ("TRY", &["₺"]),
    ("ILS", &["₪"]),
    ("RUB", &["₽"]),
    ("KRW", &["₩"]),
    ("HUF", &["ft"]),
];
/// Codes of ISO 4217 that are written beside pay; other words of three letters are no currency.
const CODES: [&str; 60] = [
    "aed", "all", "ars", "aud", "azn", "bam", "bdt", "bgn", "brl", "byn", "cad", "chf", "clp", "cny", "cop",
    "czk", "dkk", "egp", "eur", "gbp", "gel", "ghs", "hkd", "hrk", "huf", "idr", "ils", "inr", "isk", "jpy",
    "kes", "krw", "kzt", "lkr", "mad", "mdl", "mkd", "mxn", "myr", "ngn", "nok", "npr", "nzd", "pen", "php",
    "pkr", "pln", "qar", "ron", "rsd", "rub", "sar", "sek", "sgd", "thb", "try", "twd", "uah", "usd", "zar",
];

/// The currency of a folded sign or word.
pub(crate) fn currency_of(word: &str) -> Option<Currency> {
    if CODES.contains(&word) || word == "vnd" {
        return word.parse().ok();
    }
    CURRENCIES.iter().find(|(_, words)| words.contains(&word)).and_then(|(code, _)| code.parse().ok())
}

/// The currency of pay that a cell or its header counts in lakhs or crores and names none for: rupees of India, but
/// for people in other countries that count so.
pub(crate) fn currency_of_lakhs(text: &str, header: &str, country: Option<Country>) -> Option<Currency> {
    const OTHERS: [&str; 5] = ["BD", "LK", "MM", "NP", "PK"];
    if country.is_some_and(|country| OTHERS.contains(&country.code())) {
        return None;
    }
    let counts = |text: &str| {
        let is_count =
            |word: &&str| matches!(*word, "lakh" | "lakhs" | "lac" | "lacs" | "crore" | "crores" | "cr");
        text.contains(char::is_alphabetic) && tokens(&folded(text)).iter().any(is_count)
    };
    (counts(text) || counts(header)).then(|| currency_of("inr")).flatten()
}

/// The period of a folded word.
pub(crate) fn period_of(word: &str) -> Option<PayUnit> {
    match word {
        "year" | "years" | "yr" | "annum" | "pa" | "yearly" | "annual" | "annually" | "annualized"
        | "jahr" | "jahre" | "jahrlich" | "jahresgehalt" | "annee" | "ans" | "annuel" | "annuels" | "ano"
        | "anual" | "anuales" | "jaar" | "jaarlijks" | "rok" | "rocznie" | "comptotal" | "annuelle"
        | "annuelles" | "jaarsalaris" | "roczne" | "roczna" | "roczny" => Some(PayUnit::Year),
        "month" | "months" | "mo" | "mth" | "monthly" | "pm" | "pcm" | "monat" | "monatlich" | "mtl"
        | "monatsgehalt" | "mois" | "mensuel" | "mensuels" | "mes" | "mensual" | "mensuales" | "maand"
        | "maandelijks" | "miesiac" | "miesiecznie" | "mies" | "mensuelle" | "mensuelles"
        | "maandsalaris" | "maandloon" | "miesieczne" | "miesieczna" | "miesieczny" => Some(PayUnit::Month),
        "day" | "days" | "daily" | "pd" | "tag" | "taglich" | "tagessatz" | "jour" | "tjm" | "dia"
        | "diario" | "dag" | "dagtarief" | "dzien" | "dziennie" | "diaria" | "journalier" | "journaliere"
        | "dzienna" | "dzienne" => Some(PayUnit::Day),
        "hour" | "hours" | "hr" | "hrs" | "hourly" | "ph" | "stunde" | "std" | "stundlich"
        | "stundensatz" | "heure" | "hora" | "uur" | "uurtarief" | "godzina" | "godzine" | "godz"
        | "horaire" | "horaria" | "stundenlohn" | "uurloon" | "godzinowa" | "godzinowe" => {
            Some(PayUnit::Hour)
        }
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Number(&'a str),
    Word(&'a str),
    Sign(char),
}

/// A text as figures, words and signs; `None` where it holds a sign that has no place beside pay.
fn pieces(key: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(c) = key[at..].chars().next() {
        let rest = &key[at..];
        let len = if c.is_ascii_digit() {
            let len = number_len(rest);
            pieces.push(Piece::Number(&rest[..len]));
            len
        } else if c.is_alphabetic() {
            let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            // `A12` is a grade or a number of something.
            if len == c.len_utf8() && at == 0 && rest[len..].starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            pieces.push(Piece::Word(&rest[..len]));
            len
        } else {
            match c {
                '€' | '£' | '₹' | '₴' | '₺' | '₪' | '₽' | '₩' => {
                    pieces.push(Piece::Word(&rest[..c.len_utf8()]))
                }
                '-' | '+' | '/' | '>' | '<' | '≥' | '≤' => pieces.push(Piece::Sign(c)),
                ' ' | '$' | '(' | ')' | ':' | '~' | '≈' | '.' | ',' | '\'' | '=' | '*' | ';' | '!' | '?' => {
                }
                _ => return None,
            }
            c.len_utf8()
        };
        at += len;
    }
    Some(pieces)
}

/// Length of the figure at the beginning: digits with points, commas, apostrophes, and spaces before three digits.
fn number_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    while let Some(sign) = bytes.get(end) {
        let more = digits((end + 1).min(bytes.len()));
        match sign {
            b'.' | b',' | b'\'' if more > 0 => end += 1 + more,
            b' ' if more == 3 && end <= 3 + text[..end].matches(' ').count() * 4 => end += 4,
            _ => break,
        }
    }
    end
}

/// One amount, with its multiplier.
#[derive(Debug, Clone, Copy)]
struct Amount<'a> {
    figure: &'a str,
    times: Option<u64>,
}

impl Amount<'_> {
    fn value(self, times: Option<u64>) -> Option<u64> {
        let amount = match times {
            Some(times) => with_fraction(self.figure, times),
            None => whole_amount(self.figure),
        };
        // Nobody works for nothing: a nought is an empty cell.
        amount.filter(|amount| (1..=1_000_000_000_000).contains(amount))
    }

    fn is_small(self) -> bool {
        whole_amount(self.figure).is_some_and(|n| n < 1000)
    }
}

struct Pieces<'a> {
    pieces: &'a [Piece<'a>],
    amounts: Vec<Amount<'a>>,
    currency: Option<Currency>,
    per: Option<PayUnit>,
    from: bool,
    up_to: bool,
    ranged: bool,
    negotiable: bool,
}

impl<'a> Pieces<'a> {
    fn new(pieces: &'a [Piece<'a>]) -> Self {
        Self {
            pieces,
            amounts: Vec::new(),
            currency: None,
            per: None,
            from: false,
            up_to: false,
            ranged: false,
            negotiable: false,
        }
    }

    fn read(mut self) -> Result<Option<PayRange>, String> {
        for at in 0..self.pieces.len() {
            match self.pieces[at] {
                Piece::Number(figure) => {
                    if self.amounts.len() == 1 && !self.ranged || self.amounts.len() == 2 {
                        return Err(no_pay());
                    }
                    self.amounts.push(Amount { figure, times: None });
                }
                Piece::Sign(sign) => self.sign(sign, at)?,
                Piece::Word(word) => self.word(word, at)?,
            }
        }
        if self.amounts.is_empty() {
            return if self.negotiable && self.currency.is_none() { Ok(None) } else { Err(no_pay()) };
        }
        self.range().map(Some).ok_or_else(no_pay)
    }

    fn before(&self, at: usize) -> Option<Piece<'a>> {
        at.checked_sub(1).map(|before| self.pieces[before])
    }

    fn follows_number(&self, at: usize) -> bool {
        matches!(self.before(at), Some(Piece::Number(_)))
    }

    fn has_number_behind(&self, at: usize) -> bool {
        self.pieces[at + 1..].iter().any(|p| matches!(p, Piece::Number(_)))
    }

    fn sign(&mut self, sign: char, at: usize) -> Result<(), String> {
        match sign {
            '-' if self.amounts.len() == 1 && self.has_number_behind(at) => self.ranged = true,
            // A dash before words: `65000 - negotiable`.
            '-' if self.amounts.len() == 1 => {}
            '-' if self.amounts.is_empty() && !matches!(self.pieces.get(at + 1), Some(Piece::Number(_))) => {}
            '+' if self.amounts.len() == 1 => self.from = true,
            '>' | '≥' if self.amounts.is_empty() => self.from = true,
            '<' | '≤' if self.amounts.is_empty() => self.up_to = true,
            '/' => {}
            _ => return Err(no_pay()),
        }
        Ok(())
    }

    fn word(&mut self, word: &'a str, at: usize) -> Result<(), String> {
        let per = matches!(self.before(at), Some(Piece::Sign('/')));
        if self.follows_number(at)
            && let Some((times, rest)) = multiplier(word)
            && let Some(last) = self.amounts.last_mut()
        {
            last.times = Some(times);
            match rest {
                "" => {}
                "lpa" => {
                    self.currency = self.currency.or(currency_of("inr"));
                    self.per = Some(PayUnit::Year);
                }
                rest => self.currency = Some(currency_of(rest).ok_or_else(no_pay)?),
            }
            return Ok(());
        }
        if let Some(unit) = period_of(word).or(match word {
            "h" if per => Some(PayUnit::Hour),
            "d" | "j" if per => Some(PayUnit::Day),
            "m" if per => Some(PayUnit::Month),
            "y" | "a" | "an" if per => Some(PayUnit::Year),
            "an" if matches!(self.before(at), Some(Piece::Word("par" | "per"))) => Some(PayUnit::Year),
            _ => None,
        }) {
            return match self.per.replace(unit) {
                Some(other) if other != unit => Err(no_pay()),
                _ => Ok(()),
            };
        }
        if let Some(currency) = currency_of(word) {
            return match self.currency.replace(currency) {
                Some(other) if other != currency => Err(no_pay()),
                _ => Ok(()),
            };
        }
        if NET.contains(&word) {
            return Err("is net pay, which is compared with nothing".to_owned());
        }
        if self.amounts.len() == 1 && RANGE.contains(&word) && self.has_number_behind(at) {
            self.ranged = true;
        } else if FROM.contains(&word) && self.amounts.is_empty() {
            self.from = true;
        } else if UP_TO.contains(&word) && self.amounts.is_empty() {
            self.up_to = true;
        } else if NEGOTIABLE.contains(&word) {
            self.negotiable = true;
        } else if word == "usd"
            || BESIDE.contains(&word)
            || matches!(
                word,
                "per"
                    | "pro"
                    | "par"
                    | "por"
                    | "a"
                    | "an"
                    | "na"
                    | "za"
                    | "de"
                    | "al"
                    | "im"
                    | "each"
                    | "l"
                    | "le"
                    | "la"
                    | "or"
                    | "so"
            )
        {
            // Nothing more is said.
        } else {
            return Err(no_pay());
        }
        Ok(())
    }

    fn range(&self) -> Option<PayRange> {
        let (currency, per) = (self.currency, self.per);
        let (from, to) = match self.amounts.as_slice() {
            [only] => {
                let amount = only.value(only.times)?;
                match (self.from, self.up_to) {
                    (_, false) => (Some(amount), (!self.from).then_some(amount)),
                    (false, true) => (None, Some(amount)),
                    (true, true) => return None,
                }
            }
            [low, high] => {
                // `60-70k`: what stands behind the second is meant for both; `60k-70` as well.
                let times = |a: &Amount<'_>, b: &Amount<'_>| a.times.or(b.times.filter(|_| a.is_small()));
                let (from, to) = (low.value(times(low, high))?, high.value(times(high, low))?);
                let from = match low.times.or(high.times) {
                    // `60-70.000`: the thousands stand behind the second alone.
                    None if is_far_below(from, to) => from * 1_000,
                    _ if is_far_below(from, to) => return None,
                    _ => from,
                };
                (from <= to).then_some((Some(from), Some(to)))?
            }
            _ => return None,
        };
        Some(PayRange { from, to, currency, per })
    }
}

/// Whether a lower bound is so small beside the upper one that it cannot be meant as it stands.
fn is_far_below(from: u64, to: u64) -> bool {
    from < 1_000 && to >= from * 100
}

/// What a word behind a figure multiplies it by, and what else it says (`keur`).
pub(crate) fn multiplier(word: &str) -> Option<(u64, &str)> {
    Some(match word {
        "k" | "tsd" | "tausend" | "tausende" | "thousand" | "thousands" | "tys" | "tysiace" | "tysiecy"
        | "mille" | "milliers" | "duizend" | "duizenden" | "mil" | "miles" => (1_000, ""),
        "keur" | "teur" => (1_000, "eur"),
        "kusd" => (1_000, "usd"),
        "kgbp" => (1_000, "gbp"),
        "kchf" => (1_000, "chf"),
        "kpln" => (1_000, "pln"),
        "m" | "mio" | "mln" | "million" | "millions" => (1_000_000, ""),
        "lakh" | "lakhs" | "lac" | "lacs" | "l" => (100_000, ""),
        "lpa" => (100_000, "lpa"),
        "cr" | "crore" | "crores" => (10_000_000, ""),
        _ => return None,
    })
}

/// `65` `65.5` `65,5` before a multiplier: no more decimals than it has noughts, none of them lost.
fn with_fraction(text: &str, times: u64) -> Option<u64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = usize::try_from(times.ilog10()).ok()?;
    if whole.len() > 6 || fraction.len() > digits || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction: u64 = if fraction.is_empty() { 0 } else { format!("{fraction:0<digits$}").parse().ok()? };
    whole.parse::<u64>().ok()?.checked_mul(times)?.checked_add(fraction)
}

/// `65,000` `65.000` `65000.50` `12,00,000` `85'000` `1 200`: groups of three (and of two, in India) are thousands;
/// one or two digits behind the last sign are a fraction, by which the amount is rounded, a half upwards.
fn whole_amount(text: &str) -> Option<u64> {
    let groups: Vec<&str> = text.split(['.', ',', '\'', ' ']).collect();
    let (first, rest) = groups.split_first()?;
    let fraction = rest.last().filter(|last| last.len() <= 2);
    let rest = &rest[..rest.len() - usize::from(fraction.is_some())];
    let in_threes = rest.iter().all(|group| group.len() == 3);
    let in_twos = rest.len() > 1
        && rest.last().is_some_and(|g| g.len() == 3)
        && rest[..rest.len() - 1].iter().all(|g| g.len() == 2);
    if !(in_threes || in_twos) || (!rest.is_empty() && first.len() > 3) {
        return None;
    }
    let digits = format!("{first}{}", rest.concat());
    let whole: u64 = (digits.len() <= 13).then(|| digits.parse().ok()).flatten()?;
    let is_half = fraction.is_some_and(|fraction| fraction.starts_with(|c: char| ('5'..='9').contains(&c)));
    Some(whole + u64::from(is_half && whole > 0))
}

#[cfg(test)]
mod tests {
    //! - amounts and ranges are read in six languages; what is not said stays unknown
    //! - what is printed reads back; no text makes the reader panic

    use super::*;
    use proptest::prelude::*;

    fn read(cell: &str) -> String {
        match read_pay(cell) {
            Ok(Some(pay)) => pay.to_string(),
            Ok(None) => "nothing".to_owned(),
            Err(_) => "unread".to_owned(),
        }
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (cell, shown) in [
            ("65000 EUR", "65000 EUR"),
            ("A12", "unread"),
            ("€65,000", "65000 EUR"),
            ("65.000 €", "65000 EUR"),
            ("90k usd per year", "90000 USD a year"),
            ("$90,000", "90000"),
            ("1 200 PLN / month", "1200 PLN a month"),
            ("52800", "52800"),
            ("65.5k EUR", "65500 EUR"),
            ("65,5k EUR", "65500 EUR"),
            ("65K€", "65000 EUR"),
            ("USD 120,000 per annum", "120000 USD a year"),
            ("450 GBP per day", "450 GBP a day"),
            ("61256.50", "61257"),
            ("61256.49", "61256"),
            ("£27.50", "28 GBP"),
            ("32,75 €/h", "33 EUR an hour"),
            ("27.5", "28"),
            ("0.50", "unread"),
            ("8 lacs", "800000"),
            ("US$ 120k", "120000 USD"),
            ("120k USD/yr", "120000 USD a year"),
            ("CHF 120'000.-", "120000 CHF"),
            ("120’000 CHF p.a.", "120000 CHF a year"),
            ("₹12,00,000", "1200000 INR"),
            ("12 LPA", "1200000 INR a year"),
            ("12.5 lakhs INR", "1250000 INR"),
            ("1.2 Cr INR", "12000000 INR"),
            ("65 TEUR", "65000 EUR"),
            ("65 Tsd. Euro brutto", "65000 EUR"),
            ("5.000 € monatlich", "5000 EUR a month"),
            ("4500 € brut / mois", "4500 EUR a month"),
            ("45 k€ par an", "45000 EUR a year"),
            ("40.000 € brutos", "unread"),
            ("40.000 € bruto al año", "40000 EUR a year"),
            ("€ 4.500,00 per maand", "4500 EUR a month"),
            ("15 000 zł miesięcznie", "15000 PLN a month"),
            ("95 €/h", "95 EUR an hour"),
            ("Stundensatz 95 EUR", "95 EUR an hour"),
            ("TJM 450€", "450 EUR a day"),
            ("600/day", "600 a day"),
            ("60k + bonus", "from 60000"),
            ("VB 70k EUR", "70000 EUR"),
            ("0", "unread"),
            ("", "unread"),
            ("EUR", "unread"),
            ("-5", "unread"),
            ("1.2.3", "unread"),
            ("ten", "unread"),
            ("65000 70000", "unread"),
            ("50k EUR net", "unread"),
            ("60k EUR 70k USD", "unread"),
            ("see notes", "unread"),
            ("65000 XYZ", "unread"),
            ("10%", "unread"),
        ] {
            assert_eq!(read(cell), shown, "{cell}");
        }
    }

    #[test]
    fn ranges_keep_both_bounds_and_words_for_no_amount_say_nothing() {
        for (cell, shown) in [
            ("60-70k EUR", "60000 to 70000 EUR"),
            ("60k - 70k EUR", "60000 to 70000 EUR"),
            ("60k–70", "60000 to 70000"),
            ("€60,000 – €70,000", "60000 to 70000 EUR"),
            ("60000-70000", "60000 to 70000"),
            ("von 60.000 bis 70.000 €", "60000 to 70000 EUR"),
            ("between 60 and 70k EUR", "60000 to 70000 EUR"),
            ("entre 45 et 50 k€", "45000 to 50000 EUR"),
            ("de 45 a 50 mil euros", "45000 to 50000 EUR"),
            ("od 15 do 18 tys. zł", "15000 to 18000 PLN"),
            ("80-90 EUR/h", "80 to 90 EUR an hour"),
            ("60-70.000 €", "60000 to 70000 EUR"),
            ("60 - 70.000 EUR", "60000 to 70000 EUR"),
            ("30-35.000 €", "30000 to 35000 EUR"),
            ("3-4000 €/Monat", "3000 to 4000 EUR a month"),
            ("5-1000 EUR", "unread"),
            ("700-70.000 EUR", "unread"),
            ("0.06k-70k EUR", "unread"),
            ("900-4000 EUR", "900 to 4000 EUR"),
            ("ab 60000", "from 60000"),
            ("60k+", "from 60000"),
            (">60k EUR", "from 60000 EUR"),
            ("mindestens 65.000 EUR", "from 65000 EUR"),
            ("bis 70k", "up to 70000"),
            ("up to 70k EUR", "up to 70000 EUR"),
            ("max. 70.000 €", "up to 70000 EUR"),
            ("70-60k", "unread"),
            ("50-60-70k", "unread"),
            ("negotiable", "nothing"),
            ("VB", "nothing"),
            ("Verhandlungsbasis", "nothing"),
            ("à négocier", "nothing"),
            ("nach Vereinbarung", "nothing"),
            ("a convenir", "nothing"),
            ("do uzgodnienia", "nothing"),
            ("open", "nothing"),
            ("auf Anfrage", "nothing"),
            ("depends", "nothing"),
            ("NC", "nothing"),
            ("120 z\u{142}/h netto + VAT", "120 PLN an hour"),
            ("120 PLN/h + VAT", "120 PLN an hour"),
        ] {
            assert_eq!(read(cell), shown, "{cell}");
        }
    }

    #[test]
    fn lakhs_are_rupees_but_for_people_where_they_are_others() {
        let currency = |text, header, country| {
            currency_of_lakhs(text, header, Country::from_code(country))
                .map(|c| c.to_string())
                .unwrap_or_default()
        };
        assert_eq!(currency("8 lacs", "Expected pay", ""), "INR");
        assert_eq!(currency("1.2 Cr", "Expected pay", "IN"), "INR");
        assert_eq!(currency("24", "CTC (lakhs)", "IN"), "INR");
        assert_eq!(currency("8 lacs", "Expected pay", "PK"), "");
        assert_eq!(currency("800000", "Expected pay", "IN"), "");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,30}", like in "([0-9]{1,6}|[.,' k€/+-]|lpa|bis|ab|eur|month| ){0,10}") {
            for text in [text, like] {
                if let Ok(Some(pay)) = read_pay(&text) {
                    let again = read_pay(&pay.to_string());
                    prop_assert_eq!(again, Ok(Some(pay)), "{}", pay);
                }
            }
        }

        #[test]
        fn every_writing_of_an_amount_is_the_amount(amount in 1_000u64..10_000_000) {
            let digits = amount.to_string();
            let grouped = |sign: &str| {
                let (mut out, len) = (String::new(), digits.len());
                for (at, c) in digits.chars().enumerate() {
                    if at > 0 && (len - at) % 3 == 0 {
                        out.push_str(sign);
                    }
                    out.push(c);
                }
                out
            };
            for text in [digits.clone(), grouped(","), grouped("."), grouped("'"), grouped(" "), grouped("\u{a0}"), format!("{}.00", grouped(","))] {
                let read = read_pay(&format!("{text} EUR")).ok().flatten().and_then(|p| p.from);
                prop_assert_eq!(read, Some(amount), "{}", text);
            }
        }
    }
}
