//! Figures beside a skill: years and months, calendar years, versions.

use super::LastUsed;

/// A decimal number as written, in tenths, rounded half up.
pub(super) struct Tenths {
    pub tenths: u32,
    pub decimals: usize,
}

pub(super) fn number_tenths(text: &str) -> Option<Tenths> {
    let text = text.trim();
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || fraction.len() > 6 || !digits(whole) || !digits(fraction) {
        return None;
    }
    if text.len() > whole.len() && fraction.is_empty() {
        return None;
    }
    let hundredths: u32 = format!("{fraction:0<2}")[..2].parse().ok()?;
    let tenths = whole.parse::<u32>().ok()? * 10 + (hundredths + 5) / 10;
    Some(Tenths { tenths, decimals: fraction.len() })
}

/// What stands before a duration and changes nothing: the figure is a lower bound in any case.
const APPROXIMATIONS: [&str; 14] = [
    "over ",
    "about ",
    "around ",
    "approx. ",
    "approximately ",
    "almost ",
    "more than ",
    "at least ",
    "min. ",
    "ca. ",
    "über ",
    "mehr als ",
    "seit ",
    "for ",
];

/// Words that may follow the unit.
const AFTER_UNIT: [&str; 20] = [
    "of",
    "experience",
    "exp",
    "expertise",
    "professional",
    "commercial",
    "practical",
    "hands-on",
    "working",
    "work",
    "erfahrung",
    "berufserfahrung",
    "d'expérience",
    "de",
    "expérience",
    "experiencia",
    "doświadczenia",
    "ervaring",
    "plus",
    "practice",
];

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Years,
    Months,
}

fn unit(word: &str) -> Option<Unit> {
    match word {
        "y" | "yr" | "yrs" | "year" | "years" | "yoe" | "jahr" | "jahre" | "jahren" | "an" | "ans"
        | "année" | "années" | "año" | "años" | "anni" | "anno" | "anos" | "lat" | "lata" | "rok"
        | "jaar" | "jaren" | "jr" | "jrs" | "j" | "a" | "l" | "år" | "exp" => Some(Unit::Years),
        "mo" | "mos" | "mth" | "mths" | "month" | "months" | "monat" | "monate" | "monaten" | "mois"
        | "mes" | "meses" | "mesi" | "miesiące" | "miesięcy" | "maanden" => Some(Unit::Months),
        _ => None,
    }
}

/// A duration with its unit, in tenths of years, from lower-case text. Outer `None`: no duration. Inner `None`: one,
/// but not 0.1 to 99.9.
///
/// `5+ years` and `>5 years` state at least five; `3-5 years` at least three: the lower bound is what is known.
/// `4y6m` and `4 years and 6 months` are 4.5 years.
#[must_use]
pub fn duration(note: &str) -> Option<Option<u16>> {
    let note = note.trim();
    let note = ["experience:", "experience", "exp.", "exp:", "exp", "erfahrung:"]
        .iter()
        .find_map(|word| note.strip_prefix(word))
        .unwrap_or(note)
        .trim_start_matches(['>', '~', '≥', '=', ' ']);
    let note = APPROXIMATIONS.iter().find_map(|word| note.strip_prefix(word)).unwrap_or(note).trim_start();
    let (mut tenths, first, rest) = measure(note)?;
    let mut rest = rest;
    if first == Unit::Years {
        let more = rest.trim_start_matches([' ', ',']);
        let more =
            ["and ", "und ", "et ", "y ", "& "].iter().find_map(|w| more.strip_prefix(w)).unwrap_or(more);
        if let Some((months, second, after)) = measure_months(more)
            && second == Unit::Months
        {
            tenths += months;
            rest = after;
        }
    }
    let after = |word: &str| AFTER_UNIT.contains(&word.trim_matches(['.', '\'', '’']));
    rest.split_whitespace().all(after).then(|| u16::try_from(tenths).ok().filter(|t| (1..=999).contains(t)))
}

/// A number, perhaps a range, with its unit: tenths of years, the unit, and what follows.
fn measure(text: &str) -> Option<(u32, Unit, &str)> {
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let end = text.find(|c| !is_figure(c))?;
    let number = number_tenths(&text[..end])?;
    let mut rest = text[end..].trim_start_matches(['+', ' ']);
    // `3-5 years`, `3 to 5 years`
    for between in ["-", "to ", "bis ", "à "] {
        if let Some(upper) = rest.strip_prefix(between) {
            rest = upper.trim_start().trim_start_matches(is_figure).trim_start_matches(['+', ' ']);
            break;
        }
    }
    let rest = rest.strip_prefix("plus ").unwrap_or(rest);
    // Letters only: in `4y6m` the unit ends where the next figure begins.
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let word = &rest[..end];
    let stands_apart = text[..text.len() - rest.len()].ends_with([' ', '+']);
    // `3 a.` and `3 l.` are years, `3a` is a part of a name.
    if !stands_apart && matches!(word, "a" | "l") {
        return None;
    }
    let unit = unit(word)?;
    let tenths = match unit {
        Unit::Years => number.tenths,
        Unit::Months => (number.tenths + 6) / 12,
    };
    Some((tenths, unit, rest[end..].trim_start_matches(['.', '\'', '’', '+', ')'])))
}

/// Like [`measure`], where `m` alone can only be months, because years stand before it.
fn measure_months(text: &str) -> Option<(u32, Unit, &str)> {
    measure(text).or_else(|| {
        let end = text.find(|c: char| !c.is_ascii_digit())?;
        let number = number_tenths(&text[..end])?;
        let rest = text[end..].trim_start().strip_prefix('m')?;
        (!rest.starts_with(char::is_alphabetic)).then_some(((number.tenths + 6) / 12, Unit::Months, rest))
    })
}

/// When a skill was used: from which year, until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Used {
    pub since: Option<u16>,
    pub last: Option<LastUsed>,
}

const IN_USE: [&str; 16] = [
    "current",
    "currently",
    "currently using",
    "present",
    "now",
    "today",
    "in use",
    "ongoing",
    "to date",
    "date",
    "heute",
    "aktuell",
    "aujourd'hui",
    "actualidad",
    "obecnie",
    "heden",
];

/// `last used 2024`, `until 2024`, `2019-2024`, `2019 - present`, `since 2010`, `current`, from lower-case text.
pub(super) fn used(note: &str) -> Option<Used> {
    let end = |word: &str| -> Option<LastUsed> {
        let word = word.trim().trim_end_matches('.');
        if IN_USE.contains(&word) { Some(LastUsed::Current) } else { dated(word).map(LastUsed::Year) }
    };
    if IN_USE.contains(&note) && note != "date" {
        return Some(Used { since: None, last: Some(LastUsed::Current) });
    }
    for prefix in [
        "last used in ",
        "last used: ",
        "last used ",
        "last use: ",
        "last use ",
        "last: ",
        "last ",
        "used until ",
        "until ",
        "till ",
        "up to ",
        "zuletzt ",
        "bis ",
        "jusqu'en ",
        "hasta ",
    ] {
        if let Some(rest) = note.strip_prefix(prefix) {
            return end(rest).map(|last| Used { since: None, last: Some(last) });
        }
    }
    for prefix in ["since ", "seit ", "depuis ", "desde ", "od ", "sinds "] {
        if let Some(rest) = note.strip_prefix(prefix) {
            return dated(rest).map(|year| Used { since: Some(year), last: Some(LastUsed::Current) });
        }
    }
    let note = ["from ", "von ", "de ", "used "].iter().find_map(|w| note.strip_prefix(w)).unwrap_or(note);
    let between = [" - ", "-", "–", "—", " to ", " until ", " till ", " bis ", " à "];
    let (from, to) =
        between.iter().find_map(|b| note.split_once(b).filter(|(from, _)| dated(from).is_some()))?;
    let (since, last) = (dated(from)?, end(to)?);
    // A period that ends before it begins says nothing.
    match last {
        LastUsed::Year(year) if year < since => None,
        _ => Some(Used { since: Some(since), last: Some(last) }),
    }
}

/// A year, perhaps with a month: `2019`, `03/2019`, `2019-03`, `Mar 2019`.
fn dated(text: &str) -> Option<u16> {
    let text = text.trim().trim_start_matches("in ");
    if let Some(found) = year(text) {
        return Some(found);
    }
    let (month, rest) = text.split_once([' ', '/', '.'])?;
    let month = month.trim_end_matches(['.', ',']);
    let is_number = month.parse::<u8>().is_ok_and(|m| (1..=12).contains(&m));
    (is_number || is_month(month)).then(|| year(rest.trim())).flatten()
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 16] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär", "mai",
        "okt", "dez",
    ];
    word.len() <= 9 && MONTHS.iter().any(|month| word.starts_with(month))
}

/// A calendar year from 1950 to 2099.
fn year(text: &str) -> Option<u16> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
        .filter(|y| (1950..=2099).contains(y))
}

/// A version: digits, dots, `x`, `*` and a plus sign, beginning with a digit; several with `/`, or `2-14`.
pub(super) fn is_version(text: &str) -> bool {
    const LENGTH_MAX: usize = 16;
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_digit())
            && part.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b'+' | b'x' | b'X' | b'*'))
    };
    text.len() <= LENGTH_MAX && text.split(['/', '-']).all(part)
}

/// A version as it is kept: without `v`, and `>= 4` as `4+`.
pub(super) fn version(text: &str) -> Option<String> {
    let text = text.trim();
    let (at_least, rest) = match text.strip_prefix(">=").or_else(|| text.strip_prefix('>')) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.trim_start_matches(['^', '~', '=']).trim_start()),
    };
    let lower = rest.to_lowercase();
    let plain = ["version", "vers.", "ver.", "ver", "v.", "v"]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower)
        .trim_start();
    let plain = plain.trim_end_matches('.');
    is_version(plain)
        .then(|| if at_least { format!("{}+", plain.trim_end_matches('+')) } else { plain.to_owned() })
}
