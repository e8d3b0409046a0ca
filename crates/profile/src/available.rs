//! From which day on somebody can begin: a day, a word such as `immediately`, or a time of notice.
//!
//! Words that count from a day count from the day on which the file was current, never from today: the same record
//! says the same next year. What a cell does not say as a day but lets one work out is an inference, and named.

use std::fmt;

use crate::when::{month_of, read_when};
use crate::words::{folded, is_denial, tokens};
use crate::{Date, DateFault, DateOrder, When};

/// The first day of availability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Available {
    /// The day.
    pub day: Date,
    /// How it was worked out; `None` where the cell names the day.
    pub inferred: Option<&'static str>,
}

/// Words for at once, folded.
const AT_ONCE: [&str; 40] = [
    "immediately",
    "immediate",
    "immediately available",
    "available immediately",
    "immediate joiner",
    "now",
    "asap",
    "a.s.a.p.",
    "as soon as possible",
    "right away",
    "straight away",
    "available now",
    "available",
    "today",
    "anytime",
    "any time",
    "sofort",
    "ab sofort",
    "sofort verfugbar",
    "ab jetzt",
    "jetzt",
    "unverzuglich",
    "so bald wie moglich",
    "immediatement",
    "tout de suite",
    "des que possible",
    "des maintenant",
    "disponible immediatement",
    "immediat",
    "inmediatamente",
    "inmediata",
    "de inmediato",
    "inmediato",
    "lo antes posible",
    "per direct",
    "direct",
    "onmiddellijk",
    "zo snel mogelijk",
    "od zaraz",
    "natychmiast",
];

/// Words before the day from which on somebody can begin.
const FROM: [&str; 10] =
    ["from", "starting", "as of", "ab", "a partir du", "a partir de", "a partir del", "desde", "vanaf", "od"];
/// Words before the first day on which somebody can begin, said the other way round.
const NOT_BEFORE: [&str; 34] = [
    "not available before",
    "not available until",
    "unavailable until",
    "not before",
    "not until",
    "not earlier than",
    "no earlier than",
    "no sooner than",
    "earliest",
    "at the earliest",
    "nicht verfugbar vor",
    "nicht vor",
    "nicht fruher als",
    "fruhestens",
    "fruhestmoglich",
    "erst",
    "pas disponible avant",
    "pas avant",
    "au plus tot",
    "des",
    "no disponible antes de",
    "no disponible antes del",
    "no antes de",
    "no antes del",
    "como pronto",
    "niet beschikbaar voor",
    "niet voor",
    "niet eerder dan",
    "op zijn vroegst",
    "niedostepny do",
    "niedostepna do",
    "nie wczesniej niz",
    "nie przed",
    "najwczesniej",
];
/// Words before a day or a month behind which somebody can begin.
const AFTER: [&str; 8] = ["after", "nach", "apres", "despues de", "despues del", "tras", "na", "po"];
/// Words behind a day that is the first.
const EARLIEST: [&str; 11] = [
    " at the earliest",
    " earliest",
    " onwards",
    " onward",
    " or later",
    " fruhestens",
    " oder spater",
    " au plus tot",
    " ou plus tard",
    " como pronto",
    " op zijn vroegst",
];

/// What stands behind one of these words and an article.
fn behind_lead<'a>(text: &'a str, leads: &[&str]) -> Option<&'a str> {
    let after = leads.iter().find_map(|lead| text.strip_prefix(lead)?.strip_prefix([' ', ':']))?.trim_start();
    let articles = ["the ", "dem ", "den ", "le ", "el ", "de "];
    Some(articles.iter().find_map(|article| after.strip_prefix(article)).unwrap_or(after))
}

/// Reads what stands behind `after`: a day is that day; of a month, the next one's first.
fn behind(text: &str, order: Option<DateOrder>, as_of: Option<Date>) -> Result<Available, DateFault> {
    let unreadable = DateFault::Unreadable;
    match read_when(text, order) {
        Ok(When::Day(day)) => Ok(Available { day, inferred: None }),
        Ok(When::Month(month)) => {
            let day = month.month_end().plus(jiff::Span::new().days(1)).ok_or(unreadable)?;
            Ok(Available { day, inferred: Some("as the first day behind the month") })
        }
        Err(DateFault::Order) => Err(DateFault::Order),
        // `after 2 weeks`
        Err(DateFault::Unreadable) => {
            let notice = read_notice(text).filter(|notice| notice.count > 0).ok_or(unreadable)?;
            let day = as_of.and_then(|day| notice.earliest(day)).ok_or(unreadable)?;
            Ok(Available { day, inferred: Some("from the day of the file") })
        }
    }
}

/// Whether a cell of availability leaves it to the notice: `after notice period`, `siehe Kündigungsfrist`.
pub(crate) fn leaves_it_to_notice(text: &str) -> bool {
    const NOTICES: [&str; 6] =
        ["notice", "kundigungsfrist", "preavis", "preaviso", "opzegtermijn", "wypowiedzenia"];
    let said = folded(text);
    let words = tokens(&said);
    words.iter().any(|word| NOTICES.contains(word))
        && !words.iter().any(|word| is_denial(word) || word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a cell of availability that names no day speaks against the one that a notice gives: it denies, puts off, or
/// holds figures that may be a day. `Full-time`, `negotiable` and `100%` do not.
pub(crate) fn stands_against_notice(text: &str) -> bool {
    const PUTS_OFF: [&str; 58] = [
        "ne",
        "unavailable",
        "unlikely",
        "hold",
        "pause",
        "paused",
        "suspended",
        "stopped",
        "closed",
        "inactive",
        "withdrawn",
        "hired",
        "placed",
        "busy",
        "engaged",
        "until",
        "till",
        "after",
        "later",
        "next",
        "once",
        "summer",
        "autumn",
        "winter",
        "sabbatical",
        "leave",
        "unverfugbar",
        "pausiert",
        "inaktiv",
        "vergeben",
        "vermittelt",
        "bis",
        "erst",
        "spater",
        "nachstes",
        "nachsten",
        "sobald",
        "fruhestens",
        "sommer",
        "herbst",
        "elternzeit",
        "mutterschutz",
        "indisponible",
        "occupe",
        "apres",
        "jusque",
        "jusqu",
        "prochain",
        "despues",
        "hasta",
        "ocupado",
        "ocupada",
        "proximo",
        "onbeschikbaar",
        "bezet",
        "volgend",
        "niedostepny",
        "niedostepna",
    ];
    const AGREED: [&str; 6] =
        ["absprache", "vereinbarung", "rucksprache", "verhandlung", "bedarf", "terminabsprache"];
    const OF_WORK: [&str; 14] = [
        "h",
        "hr",
        "hrs",
        "hour",
        "hours",
        "std",
        "stunden",
        "heures",
        "horas",
        "uur",
        "uren",
        "godzin",
        "percent",
        "wochenstunden",
    ];
    if leaves_it_to_notice(text) {
        return false;
    }
    let said = folded(text).replace('%', " percent ");
    let words = tokens(&said);
    let next = |at: usize, known: &[&str]| words.get(at + 1).is_some_and(|next| known.contains(next));
    let is_figure = |at: usize| words[at].starts_with(|c: char| c.is_ascii_digit());
    // `40 h`, `30-40 h`
    let is_workload =
        |at: usize| next(at, &OF_WORK) || at + 1 < words.len() && is_figure(at + 1) && next(at + 1, &OF_WORK);
    let speaks_against = |at: usize| match words[at] {
        "nach" => !next(at, &AGREED),
        word if is_figure(at) => word.len() > 3 || !is_workload(at),
        word => is_denial(word) || PUTS_OFF.contains(&word) || month_of(word).is_some(),
    };
    (0..words.len()).any(speaks_against)
        || ["plus disponible", "plus a la recherche"].iter().any(|phrase| said.contains(phrase))
}

/// Reads availability: a day, a month (its first day), a quarter (its first day), `end of March`, `immediately`,
/// `in 2 weeks`, `not before June 2027`. Without `as_of`, words that count from it are unreadable.
///
/// # Errors
/// What names no day.
pub fn read_available(
    text: &str,
    order: Option<DateOrder>,
    as_of: Option<Date>,
) -> Result<Available, DateFault> {
    let unreadable = DateFault::Unreadable;
    match read_when(text, order) {
        Ok(When::Day(day)) => return Ok(Available { day, inferred: None }),
        Ok(When::Month(day)) => {
            return Ok(Available { day, inferred: Some("as the first day of the month") });
        }
        Err(DateFault::Order) => return Err(DateFault::Order),
        Err(DateFault::Unreadable) => {}
    }
    let key = folded(text);
    let key = key.trim_matches(['!', '.', ' ']);
    if AT_ONCE.contains(&key) || key == "a.s.a.p" || key == "niezwlocznie" {
        let day = as_of.ok_or(unreadable)?;
        return Ok(Available { day, inferred: Some("from the day of the file") });
    }
    // `from 1 March 2027`, `ab 1.3.2027`, `available from March 2027`, `not before March 2027`
    let mut rest = EARLIEST.iter().find_map(|word| key.strip_suffix(word)).unwrap_or(key);
    if let Some(after) = behind_lead(rest, &NOT_BEFORE) {
        return read_available(after, order, as_of);
    }
    for lead in ["available", "verfugbar", "disponible", "beschikbaar", "dostepny", "dostepna"] {
        rest = rest.strip_prefix(lead).map_or(rest, |r| r.trim_start_matches([':', ' ']));
    }
    rest = behind_lead(rest, &FROM).unwrap_or(rest);
    if let Some(after) = behind_lead(rest, &AFTER) {
        return behind(after, order, as_of);
    }
    if rest != key && !rest.is_empty() {
        return read_available(rest, order, as_of);
    }
    if let Some(available) = part_of_month(key, as_of).or_else(|| quarter(key, as_of)) {
        return Ok(available);
    }
    // `2 weeks`, `in 2 Wochen`
    let wait = ["in", "en", "dans", "over", "za"].iter().find_map(|w| key.strip_prefix(w)?.strip_prefix(' '));
    let notice = read_notice(wait.unwrap_or(key)).ok_or(unreadable)?;
    let day = as_of.and_then(|day| notice.earliest(day)).ok_or(unreadable)?;
    Ok(Available { day, inferred: Some("from the day of the file") })
}

/// `end of March 2027`, `Mitte März`, `début mars 2027`; without a year the next one on or after `as_of`.
fn part_of_month(key: &str, as_of: Option<Date>) -> Option<Available> {
    let words = tokens(key);
    let (first, mut rest) = words.split_first()?;
    let day_of = |month: Date| match *first {
        "early" | "beginning" | "start" | "anfang" | "debut" | "principios" | "begin" | "poczatek" => {
            Some(month)
        }
        "mid" | "middle" | "mitte" | "mi" | "mediados" | "medio" | "midden" | "polowa" => {
            let (year, number, _) = month.parts();
            Date::new(year, number, 15)
        }
        "end" | "late" | "ende" | "fin" | "finales" | "eind" | "einde" | "koniec" => Some(month.month_end()),
        _ => None,
    };
    while let Some((word, after)) = rest.split_first()
        && matches!(*word, "of" | "de" | "du" | "des" | "van" | "the")
    {
        rest = after;
    }
    let month = match *rest {
        [word] => next_month(month_of(word)?, as_of?)?,
        [word, year] if year.len() == 4 => Date::new(year.parse().ok()?, month_of(word)?, 1)?,
        _ => return None,
    };
    Some(Available { day: day_of(month)?, inferred: Some("as a day of that part of the month") })
}

fn next_month(number: i8, as_of: Date) -> Option<Date> {
    let (year, now, _) = as_of.parts();
    Date::new(if number < now { year + 1 } else { year }, number, 1)
}

/// `Q1 2027`, `1. Quartal 2027`, `T2 2027`, `Q3`
fn quarter(key: &str, as_of: Option<Date>) -> Option<Available> {
    let words = tokens(key);
    let number = |s: &str| s.parse::<i8>().ok().filter(|q| (1..=4).contains(q));
    let (quarter, year) = match words.as_slice() {
        ["q" | "t" | "k", n] => (number(n)?, None),
        ["q" | "t" | "k", n, year] => (number(n)?, Some(*year)),
        [year, "q", n] if year.len() == 4 => (number(n)?, Some(*year)),
        [n, "q" | "quartal" | "quarter" | "kwartaal" | "kwartal" | "trimestre", year] => {
            (number(n)?, Some(*year))
        }
        _ => return None,
    };
    let month = quarter * 3 - 2;
    let year = match year {
        Some(year) if year.len() == 4 => year.parse().ok()?,
        Some(year) if year.len() == 2 => 2000 + year.parse::<i16>().ok()?,
        Some(_) => return None,
        None => {
            let (year, now, _) = as_of?.parts();
            if month + 2 < now { year + 1 } else { year }
        }
    };
    Some(Available { day: Date::new(year, month, 1)?, inferred: Some("as the first day of the quarter") })
}

/// A unit of notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeUnit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
}

/// The day on which a notice ends, beyond its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeTerm {
    /// The end of a month.
    Month,
    /// The end of a quarter.
    Quarter,
    /// The end of June or December.
    HalfYear,
    /// The end of December.
    Year,
}

/// The time that somebody needs before leaving the present employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// How many units; 0 is none at all.
    pub count: u16,
    /// Of what.
    pub unit: NoticeUnit,
    /// The term to which notice is given, where one is said.
    pub term: Option<NoticeTerm>,
}

impl Notice {
    /// The first day on which somebody can begin who gives notice on this day.
    #[must_use]
    pub fn earliest(self, day: Date) -> Option<Date> {
        let span = match self.unit {
            NoticeUnit::Day => jiff::Span::new().try_days(self.count),
            NoticeUnit::Week => jiff::Span::new().try_weeks(self.count),
            NoticeUnit::Month => jiff::Span::new().try_months(self.count),
        };
        let over = day.plus(span.ok()?)?;
        let months = match self.term {
            None => return Some(over),
            Some(NoticeTerm::Month) => 1,
            Some(NoticeTerm::Quarter) => 3,
            Some(NoticeTerm::HalfYear) => 6,
            Some(NoticeTerm::Year) => 12,
        };
        let (year, month, _) = over.parts();
        let end = Date::new(year, (month + months - 1) / months * months, 1)?.month_end();
        end.plus(jiff::Span::new().days(1))
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count == 0 && self.term.is_none() {
            return f.write_str("none");
        }
        let unit = match self.unit {
            NoticeUnit::Day => "day",
            NoticeUnit::Week => "week",
            NoticeUnit::Month => "month",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })?;
        match self.term {
            None => Ok(()),
            Some(NoticeTerm::Month) => f.write_str(" to the end of a month"),
            Some(NoticeTerm::Quarter) => f.write_str(" to the end of a quarter"),
            Some(NoticeTerm::HalfYear) => f.write_str(" to the end of a half-year"),
            Some(NoticeTerm::Year) => f.write_str(" to the end of a year"),
        }
    }
}

const UNITS: [(&[&str], NoticeUnit); 3] = [
    (
        &[
            "d", "day", "days", "tag", "tage", "tagen", "tg", "jrs", "jour", "jours", "dia", "dias", "dag",
            "dagen", "dgn", "dzien", "dni",
        ],
        NoticeUnit::Day,
    ),
    (
        &[
            "w", "wk", "wks", "wo", "week", "weeks", "woche", "wochen", "semaine", "semaines", "semana",
            "semanas", "sem", "weken", "wkn", "tydzien", "tygodnie", "tygodni", "tydz", "tyg",
        ],
        NoticeUnit::Week,
    ),
    (
        &[
            "m", "mo", "mon", "mth", "mths", "month", "months", "monat", "monate", "monaten", "mois", "mes",
            "meses", "mnd", "mnden", "maand", "maanden", "miesiac", "miesiace", "miesiecy", "mies",
        ],
        NoticeUnit::Month,
    ),
];

const NUMBERS: [(&[&str], u16); 6] = [
    (&["one", "a", "an", "ein", "eine", "einen", "einem", "un", "une", "uno", "una", "een", "jeden"], 1),
    (&["two", "zwei", "deux", "dos", "twee", "dwa", "dwa"], 2),
    (&["three", "drei", "trois", "tres", "drie", "trzy"], 3),
    (&["four", "vier", "quatre", "cuatro", "cztery"], 4),
    (&["five", "funf", "cinq", "cinco", "vijf", "piec"], 5),
    (&["six", "sechs", "seis", "zes", "szesc"], 6),
];

/// Words beside a notice that change nothing.
const BESIDE_NOTICE: [&str; 49] = [
    "notice",
    "period",
    "calendar",
    "full",
    "kundigungsfrist",
    "frist",
    "preavis",
    "de",
    "d",
    "preaviso",
    "of",
    "opzegtermijn",
    "okres",
    "wypowiedzenia",
    "zum",
    "zu",
    "to",
    "the",
    "end",
    "ende",
    "des",
    "eines",
    "each",
    "every",
    "jeweils",
    "fin",
    "du",
    "am",
    "von",
    "at",
    "before",
    "advance",
    "s",
    "mit",
    "z",
    "sous",
    "within",
    "innerhalb",
    "binnen",
    "dentro",
    "negotiable",
    "flexible",
    "verhandelbar",
    "negociable",
    "onderhandelbaar",
    "negocjacji",
    // `3 m-ce`
    "c",
    "ce",
    "cy",
];

/// Reads a notice as the cell and the header above it say it: below `Notice (weeks)` a bare number counts weeks.
#[must_use]
pub fn read_notice_below(text: &str, header: &str) -> Option<Notice> {
    read_notice(text).or_else(|| {
        let number = text.trim();
        let number = longer(number).unwrap_or(number);
        let number = number.strip_suffix(".0").unwrap_or(number);
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let header = folded(header);
        let mut words = tokens(&header).into_iter().filter_map(unit_of_header);
        let (name, unit) = words.next()?;
        words.all(|(_, other)| other == unit).then(|| read_notice(&format!("{number} {name}"))).flatten()
    })
}

/// The unit that a word of a header names, also at its end (`NoticeDays`); letters alone are none.
fn unit_of_header(word: &str) -> Option<(&'static str, NoticeUnit)> {
    let is_it = |name: &str| name.len() > 1 && word == name || name.len() > 3 && word.ends_with(name);
    UNITS.iter().find_map(|(names, unit)| {
        let name = names.iter().copied().find(|&name| is_it(name))?;
        Some((name, *unit))
    })
}

/// `1-2 months`, `1 bis 2 Monate` from the second figure on: the longer is what somebody may need.
fn longer(key: &str) -> Option<&str> {
    const BETWEEN: [&str; 11] = ["-", "to ", "bis ", "or ", "oder ", "ou ", "a ", "o ", "of ", "tot ", "do "];
    let figure = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text[..end].parse::<u16>().ok().map(|number| (number, end))
    };
    let (low, end) = figure(key)?;
    let rest = key[end..].trim_start();
    let rest = BETWEEN.iter().find_map(|sign| rest.strip_prefix(*sign))?.trim_start();
    let (high, _) = figure(rest)?;
    (low < high).then_some(rest)
}

/// Reads a notice: `3 months`, `1 Monat zum Quartalsende`, `30 days`, `6 Wochen zum Monatsende`, `none`.
#[must_use]
pub fn read_notice(text: &str) -> Option<Notice> {
    let key = folded(text);
    let key = key.trim_matches(['.', '!', ' ']);
    let none = Notice { count: 0, unit: NoticeUnit::Day, term: None };
    let words_for_none = [
        "no notice",
        "no notice period",
        "keine",
        "aucun",
        "aucun preavis",
        "ninguno",
        "sin preaviso",
        "geen",
        "brak",
        "nil",
        "zero",
        "0",
        "served",
        "serving complete",
    ];
    if AT_ONCE.contains(&key) && !matches!(key, "available" | "today") || words_for_none.contains(&key) {
        return Some(none);
    }
    let words = tokens(longer(key).unwrap_or(key));
    let mut term = None;
    let (mut count, mut unit) = (None, None);
    let mut words = words.iter().copied().peekable();
    while let Some(word) = words.next() {
        if let Some(found) = term_of(word, words.peek().copied(), unit.is_some()) {
            if term.replace(found).is_some() {
                return None;
            }
            continue;
        }
        let number = word.parse::<u16>().ok().filter(|n| *n <= 400);
        let number =
            number.or_else(|| NUMBERS.iter().find(|(names, _)| names.contains(&word)).map(|(_, n)| *n));
        let beside = BESIDE_NOTICE.contains(&word);
        if let Some(number) = number.filter(|_| unit.is_none() && !(beside && count.is_some())) {
            if count.replace(number).is_some() {
                return None;
            }
        } else if let Some((_, found)) = UNITS
            .iter()
            .find(|(names, _)| names.contains(&word))
            .filter(|_| !beside || count.is_some() && unit.is_none())
        {
            if unit.replace(*found).is_some() && term.is_none() {
                return None;
            }
        } else if !beside {
            return None;
        }
    }
    Some(Notice { count: count?, unit: unit?, term }).filter(|notice| {
        // Two years and a day: whatever is longer is no notice.
        let days = match notice.unit {
            NoticeUnit::Day => 1,
            NoticeUnit::Week => 7,
            NoticeUnit::Month => 30,
        };
        u32::from(notice.count) * days <= 730
    })
}

/// `Quartalsende`, `zum Ende des Quartals`, `end of month`; a month after a unit is a term, before one it is the unit.
fn term_of(word: &str, next: Option<&str>, after_unit: bool) -> Option<NoticeTerm> {
    match word {
        "monatsende" | "monatsultimo" => Some(NoticeTerm::Month),
        "quartalsende" | "quartal" | "quartals" | "quarter" | "kwartaal" | "kwartalu" | "trimestre" => {
            Some(NoticeTerm::Quarter)
        }
        "halbjahresende" | "halbjahr" | "halbjahres" => Some(NoticeTerm::HalfYear),
        "jahresende" | "jahr" | "jahres" | "year" => Some(NoticeTerm::Year),
        "month" | "monats" | "mois" | "maand" | "mes" | "miesiaca" if after_unit => {
            next.is_none_or(|n| n == "end" || n == "s").then_some(NoticeTerm::Month)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    //! - days, months, quarters and words are read in six languages; words count from the day of the file
    //! - a notice is a length and, where said, a term
    //! - no text makes the readers panic

    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> String {
        let as_of = "2026-11-10".parse().ok();
        read_available(text, None, as_of).map_or_else(|f| f.words().0.to_owned(), |a| a.day.to_string())
    }

    #[test]
    fn availability_is_read_in_six_languages() {
        for (text, read) in [
            ("2027-02-01", "2027-02-01"),
            ("immediately", "2026-11-10"),
            ("Immediately!", "2026-11-10"),
            ("ab sofort", "2026-11-10"),
            ("Sofort", "2026-11-10"),
            ("ASAP", "2026-11-10"),
            ("now", "2026-11-10"),
            ("dès que possible", "2026-11-10"),
            ("Immédiatement", "2026-11-10"),
            ("inmediata", "2026-11-10"),
            ("per direct", "2026-11-10"),
            ("od zaraz", "2026-11-10"),
            ("2 weeks", "2026-11-24"),
            ("in 2 Wochen", "2026-11-24"),
            ("dans un mois", "2026-12-10"),
            ("3 Monate zum Quartalsende", "2027-04-01"),
            ("Q1 2027", "2027-01-01"),
            ("ab Q2 2027", "2027-04-01"),
            ("1. Quartal 2027", "2027-01-01"),
            ("2027 Q3", "2027-07-01"),
            ("Q1", "2027-01-01"),
            ("end of March", "2027-03-31"),
            ("Ende Februar 2028", "2028-02-29"),
            ("fin mars 2027", "2027-03-31"),
            ("Mitte Dezember", "2026-12-15"),
            ("mid-January 2027", "2027-01-15"),
            ("ab 1. März 2027", "2027-03-01"),
            ("from March 2027", "2027-03-01"),
            ("available from 01.03.2027", "2027-03-01"),
            ("à partir du 1er mars 2027", "2027-03-01"),
            ("03/04/2027", "date-order"),
            ("open to offers", "bad-date"),
            ("maybe", "bad-date"),
            ("", "bad-date"),
            ("from", "bad-date"),
            ("until March 2027", "bad-date"),
            ("not available", "bad-date"),
            ("not before June 2027", "2027-06-01"),
            ("not available before 1 June 2027", "2027-06-01"),
            ("Available: not before June 2027", "2027-06-01"),
            ("June 2027 at the earliest", "2027-06-01"),
            ("ab 01.06.2027", "2027-06-01"),
            ("frühestens Juni 2027", "2027-06-01"),
            ("frühestens ab 1.6.2027", "2027-06-01"),
            ("nicht vor dem 15.06.2027", "2027-06-15"),
            ("frühestens in 2 Wochen", "2026-11-24"),
            ("à partir du 1er juin 2027", "2027-06-01"),
            ("pas avant le 1er juin 2027", "2027-06-01"),
            ("no antes de junio de 2027", "2027-06-01"),
            ("niet voor juni 2027", "2027-06-01"),
            ("nie wcześniej niż 1 czerwca 2027", "2027-06-01"),
            ("after 15 June 2027", "2027-06-15"),
            ("nach dem 15.06.2027", "2027-06-15"),
            ("after June 2027", "2027-07-01"),
            ("after Q1 2027", "bad-date"),
            ("nach Absprache", "bad-date"),
            ("not before 03/04/2027", "date-order"),
            ("no longer looking", "bad-date"),
            ("not until", "bad-date"),
        ] {
            assert_eq!(day(text), read, "{text}");
        }
        assert!(read_available("immediately", None, None).is_err(), "no day is made up");
    }

    #[test]
    fn a_notice_is_a_length_and_a_term() {
        for (text, shown) in [
            ("3 months", "3 months"),
            ("1 month", "1 month"),
            ("30 days", "30 days"),
            ("1 Monat zum Quartalsende", "1 month to the end of a quarter"),
            ("6 Wochen zum Quartal", "6 weeks to the end of a quarter"),
            ("3 Monate zum Monatsende", "3 months to the end of a month"),
            ("4 weeks to end of month", "4 weeks to the end of a month"),
            ("Kündigungsfrist: 3 Monate", "3 months"),
            ("préavis de 3 mois", "3 months"),
            ("6 Wo. z. Quartalsende", "6 weeks to the end of a quarter"),
            ("sous 1 mois", "1 month"),
            ("two weeks' notice", "2 weeks"),
            ("15 días", "15 days"),
            ("1 maand opzegtermijn", "1 month"),
            ("2 tygodnie", "2 weeks"),
            ("3 miesiące", "3 months"),
            ("none", ""),
            ("immediate", "none"),
            ("keine", "none"),
            ("0 days", "0 days"),
        ] {
            let read = read_notice(text).map_or(String::new(), |n| n.to_string());
            let shown = if shown == "0 days" { "none" } else { shown };
            assert_eq!(read, shown, "{text}");
        }
        for (text, shown) in [
            ("3 Mon.", "3 months"),
            ("1 mnd", "1 month"),
            ("3 m-ce", "3 months"),
            ("2 Wo.", "2 weeks"),
            ("1 tydz.", "1 week"),
            ("30 jrs", "30 days"),
            ("3 months (negotiable)", "3 months"),
            ("3 Monate, verhandelbar", "3 months"),
            ("1-2 months", "2 months"),
            ("1 \u{2013} 2 Monate", "2 months"),
            ("4 to 6 weeks", "6 weeks"),
        ] {
            assert_eq!(read_notice(text).map(|n| n.to_string()).as_deref(), Some(shown), "{text}");
        }
        for (text, header, shown) in [
            ("4", "Notice (weeks)", "4 weeks"),
            ("30", "Notice period (days)", "30 days"),
            ("30", "noticePeriodDays", "30 days"),
            ("3", "Kündigungsfrist (Monate)", "3 months"),
            ("2.0", "Préavis (mois)", "2 months"),
            ("1-2", "Notice (months)", "2 months"),
            ("2 weeks", "Notice (months)", "2 weeks"),
            ("3", "Notice", ""),
            ("3", "Notice (weeks/months)", ""),
            ("900", "Notice (days)", ""),
            ("soon", "Notice (days)", ""),
        ] {
            let read = read_notice_below(text, header).map_or(String::new(), |n| n.to_string());
            assert_eq!(read, shown, "{text} below {header}");
        }
        assert!(leaves_it_to_notice("after notice period") && leaves_it_to_notice("siehe Kündigungsfrist"));
        assert!(!leaves_it_to_notice("not available, no notice given") && !leaves_it_to_notice("flexible"));
        for silent in [
            "Full-time",
            "Part-time",
            "Yes",
            "negotiable",
            "Open to offers",
            "nach Absprache",
            "flexible",
            "vollzeit",
            "temps plein",
            "100%",
            "30-40 h",
            "after notice period",
        ] {
            assert!(!stands_against_notice(silent), "{silent}");
        }
        for against in [
            "not available",
            "no longer looking",
            "on hold",
            "not before summer",
            "No",
            "03/04/2027",
            "ab Herbst",
            "nach dem Studium",
            "plus disponible",
            "80% ab 2027",
            "May or June",
            "nicht verf\u{fc}gbar",
        ] {
            assert!(stands_against_notice(against), "{against}");
        }
        for bad in
            ["", "months", "3", "soon", "3 4 months", "2-1 months", "900 days", "negotiable", "3 years"]
        {
            assert_eq!(read_notice(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,30}", words in "(q|ende|[0-9]{1,3}|in|mar|monat|zum|quartal| ){0,8}") {
            for text in [text, words] {
                let _ = read_available(&text, None, "9999-12-31".parse().ok());
                if let Some(notice) = read_notice(&text) {
                    prop_assert_eq!(read_notice(&notice.to_string()).is_some(), notice.to_string() != "none");
                }
            }
        }
    }
}
