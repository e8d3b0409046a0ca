//! Where somebody may work, out of cells such as `EU citizen`, `Germany; France` or `work permit for Poland`.
//!
//! A cell gives countries only where it says that the person may work there and nothing else. `visa required` and
//! `EU Blue Card` (of which member?) give none: where the person may work stays unknown. So does `Germany, expired`: a
//! permit that lapsed, is applied for or was refused is none.

use crate::when::{When, read_when};
use crate::words::{folded, is_denial, list_items, tokens};
use crate::{Country, Date};

/// What a cell says of work permits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permits {
    /// Countries; sorted.
    pub countries: Vec<Country>,
    /// Countries in which that ends on a day.
    pub limited: Vec<(Country, Date)>,
    /// Items that are understood and name no country, such as `visa required`.
    pub open: usize,
    /// Items that are not understood.
    pub unread: usize,
}

/// The members of the European Union: a citizen of one may work in all.
const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];
/// Those that the Agreement on the European Economic Area adds.
const EEA_MORE: [&str; 3] = ["IS", "LI", "NO"];

/// Phrases that say where, each with its country; longer ones first where one holds another.
const STATUS: [(&str, &str); 14] = [
    ("us green card", "US"),
    ("green card", "US"),
    ("us citizen", "US"),
    ("usa citizen", "US"),
    ("american citizen", "US"),
    ("uk citizen", "GB"),
    ("british citizen", "GB"),
    ("uk settled status", "GB"),
    ("settled status", "GB"),
    ("indefinite leave to remain", "GB"),
    ("uk ilr", "GB"),
    ("swiss citizen", "CH"),
    ("niederlassungserlaubnis", "DE"),
    ("german citizen", "DE"),
];

/// Words beside a country that say that one may work there.
const MAY: [&str; 74] = [
    "work",
    "permit",
    "permits",
    "permission",
    "authorization",
    "authorisation",
    "authorized",
    "authorised",
    "eligible",
    "right",
    "to",
    "in",
    "for",
    "the",
    "of",
    "valid",
    "unlimited",
    "unrestricted",
    "permanent",
    "resident",
    "residence",
    "residency",
    "citizen",
    "citizens",
    "citizenship",
    "national",
    "has",
    "have",
    "holder",
    "card",
    "blue",
    "full",
    "a",
    "is",
    "with",
    "status",
    "arbeitserlaubnis",
    "arbeitsgenehmigung",
    "unbefristet",
    "unbefristete",
    "gultig",
    "fur",
    "staatsburger",
    "staatsburgerschaft",
    "burger",
    "permis",
    "de",
    "travail",
    "pour",
    "citoyen",
    "citoyenne",
    "en",
    "permiso",
    "trabajo",
    "para",
    "ciudadano",
    "ciudadana",
    "werkvergunning",
    "voor",
    "burgerschap",
    "staatsburger",
    "onbeperkt",
    "pozwolenie",
    "na",
    "prace",
    "w",
    "obywatel",
    "obywatelka",
    "obywatelstwo",
    "dla",
    "la",
    "le",
    "l",
    "dans",
];

/// Phrases that are understood and say of no country that one may work there.
const OPEN: [&str; 16] = [
    "no sponsorship needed",
    "no sponsorship required",
    "no visa required",
    "no visa needed",
    "does not need sponsorship",
    "eu blue card",
    "blue card",
    "blaue karte",
    "blaue karte eu",
    "carte bleue europeenne",
    "visum erforderlich",
    "visum benotigt",
    "student visa",
    "work visa",
    "h1b",
    "h-1b",
];

/// Phrases that say that one may not work there yet.
const REQUIRED: [&str; 10] = [
    "visa required",
    "requires visa",
    "needs visa",
    "visa needed",
    "need visa",
    "sponsorship required",
    "needs sponsorship",
    "requires sponsorship",
    "need sponsorship",
    "sponsorship needed",
];

/// Words that deny beside those of every field, and those of a permit that lapsed, is not given yet, or was refused. `no`
/// is the code of Norway, too: in capitals among other codes it is the country.
const DENIES: [&str; 89] = [
    "ninguno",
    "ninguna",
    "expired",
    "lapsed",
    "invalid",
    "revoked",
    "cancelled",
    "canceled",
    "withdrawn",
    "rejected",
    "refused",
    "denied",
    "pending",
    "applied",
    "applying",
    "requested",
    "awaiting",
    "awaited",
    "processing",
    "planned",
    "abgelaufen",
    "abgelaufene",
    "ungultig",
    "erloschen",
    "widerrufen",
    "beantragt",
    "beantragte",
    "ausstehend",
    "bearbeitung",
    "abgelehnt",
    "expire",
    "expiree",
    "perime",
    "perimee",
    "echu",
    "annule",
    "annulee",
    "invalide",
    "demande",
    "demandee",
    "attente",
    "refuse",
    "refusee",
    "caducado",
    "caducada",
    "vencido",
    "vencida",
    "expirado",
    "expirada",
    "revocado",
    "revocada",
    "tramite",
    "solicitado",
    "solicitada",
    "pendiente",
    "rechazado",
    "rechazada",
    "denegado",
    "denegada",
    "verlopen",
    "vervallen",
    "ongeldig",
    "ongeldige",
    "ingetrokken",
    "aangevraagd",
    "aanvraag",
    "behandeling",
    "afgewezen",
    "geweigerd",
    "wygasl",
    "wygasla",
    "wygaslo",
    "wygasle",
    "niewazny",
    "niewazna",
    "niewazne",
    "cofniety",
    "cofnieta",
    "cofniete",
    "wniosek",
    "wnioskowane",
    "trakcie",
    "oczekuje",
    "oczekujace",
    "oczekiwaniu",
    "odmowa",
    "odrzucony",
    "odrzucone",
    "odrzucona",
];

/// Words beside a denial that change nothing: `no longer valid`, `noch nicht erteilt`.
const BESIDE_DENIED: [&str; 21] = [
    "longer",
    "yet",
    "any",
    "more",
    "been",
    "granted",
    "issued",
    "mehr",
    "noch",
    "erteilt",
    "plus",
    "encore",
    "accorde",
    "mas",
    "aun",
    "concedido",
    "meer",
    "nog",
    "verleend",
    "juz",
    "jeszcze",
];

/// Words before the day on which a permit ends.
const UNTIL: [&str; 9] = ["until", "till", "bis", "jusqu'au", "jusqu'en", "jusque", "hasta", "tot", "do"];
const ENDS: [&str; 14] = [
    "expires",
    "expire",
    "expiry",
    "expiration",
    "exp",
    "ends",
    "ablauf",
    "ablaufdatum",
    "caduca",
    "vence",
    "verloopt",
    "vervalt",
    "wygasa",
    "expira",
];
/// Words between them and the day.
const BEFORE_DAY: [&str; 12] =
    ["date", "on", "in", "the", "end", "zum", "am", "le", "el", "op", "dnia", "konca"];

fn denies(word: &str) -> bool {
    is_denial(word) || DENIES.contains(&word)
}

/// Reads a cell of work permits.
#[must_use]
pub fn read_permits(cell: &str) -> Permits {
    let mut permits = Permits::default();
    let groups = list_items(cell, &[';', '|', '\n']);
    let items: Vec<(usize, &str)> = groups
        .iter()
        .enumerate()
        .flat_map(|(group, text)| parts(text).into_iter().map(move |item| (group, item)))
        .collect();
    let is_code = |item: &str| Country::from_code(item).is_some() && item.parse::<Country>().is_ok();
    let among_codes = items.iter().any(|(_, item)| *item != "NO" && is_code(item));
    // `de, no, se`
    let all_short = items.len() > 1 && items.iter().all(|(_, item)| item.len() == 2);
    let mut refused = false;
    // With the group of items that each stands in.
    let mut found: Vec<(usize, Country)> = Vec::new();
    let mut limited: Vec<(usize, Country, Date)> = Vec::new();
    for (at, &(group, written)) in items.iter().enumerate() {
        let norway = if written == "NO" && among_codes { Country::from_code("NO") } else { None };
        if let Some(norway) = norway {
            found.push((group, norway));
            continue;
        }
        let item = folded(written);
        refused |= at == 0 && denies(item.trim_matches(['.', '!', ' ']));
        // What has no country beside it speaks of all before it.
        let of_group =
            found.iter().any(|(of, _)| *of == group) || limited.iter().any(|(of, ..)| *of == group);
        let is_meant = |of: usize| !of_group || of == group;
        if let Some(end) = ends_on(&item) {
            permits.open += 1;
            let meant = found.iter().filter(|(of, _)| is_meant(*of));
            limited.extend(meant.map(|(of, country)| (*of, *country, end)));
            found.retain(|(of, _)| !is_meant(*of));
            continue;
        }
        if let Some((countries, end)) = limited_in(&item) {
            limited.extend(countries.into_iter().map(|country| (group, country, end)));
            continue;
        }
        if is_void(written, &item) && !(item == "no" && all_short) {
            permits.open += 1;
            found.retain(|(of, _)| !is_meant(*of));
            limited.retain(|(of, ..)| !is_meant(*of));
            continue;
        }
        match read_item(&item) {
            Some(countries) if countries.is_empty() => permits.open += 1,
            Some(countries) => found.extend(countries.into_iter().map(|country| (group, country))),
            None => permits.unread += 1,
        }
    }
    permits.countries = found.into_iter().map(|(_, country)| country).collect();
    permits.limited = limited.into_iter().map(|(_, country, end)| (country, end)).collect();
    // `no, Germany`: what the country is named for is not said.
    if refused && !(permits.countries.is_empty() && permits.limited.is_empty()) {
        permits.countries.clear();
        permits.limited.clear();
        permits.unread += 1;
    }
    permits.countries.sort();
    permits.countries.dedup();
    permits
}

/// The items of a group. A country may have a comma in its name, and a day a stroke.
fn parts(group: &str) -> Vec<&str> {
    if group.parse::<Country>().is_ok() {
        return vec![group];
    }
    let strokes = |item: &str| !item.contains(|c: char| c.is_ascii_digit());
    let mut parts = Vec::new();
    for item in group.split(',') {
        match strokes(item) {
            true => parts.extend(item.split('/')),
            false => parts.push(item),
        }
    }
    parts.into_iter().map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// The words of a folded item.
fn words_of(item: &str) -> Vec<&str> {
    item.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '&')).filter(|w| !w.is_empty()).collect()
}

/// Whether an item takes back what stands before it: `expired`, `applied for`, `no longer valid`, `visa required`.
fn is_void(written: &str, item: &str) -> bool {
    if REQUIRED.contains(&item.trim_matches(['.', '!', ' '])) {
        return true;
    }
    let words: Vec<&str> = words_of(item).into_iter().map(|word| word.trim_matches('.')).collect();
    // `valid until revoked`
    if !words.iter().any(|word| denies(word)) || words.iter().any(|word| UNTIL.contains(word)) {
        return false;
    }
    // `France expired` speaks of France. Most short words of a sentence are some country's code.
    let names_country = written.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let is_code = word.len() < 4 && word.chars().all(char::is_uppercase);
        (is_code || word.len() >= 4) && word.parse::<Country>().is_ok() || matches!(word, "EU" | "UE" | "EEA")
    });
    if names_country {
        return false;
    }
    let denials = words.iter().filter(|word| is_denial(word)).count();
    let in_vain = |word: &&str| denies(word) || MAY.contains(word) || BESIDE_DENIED.contains(word);
    if words.iter().all(in_vain) {
        // `not expired`, `expired: no`
        return denials == 0 || denials == words.iter().filter(|word| denies(word)).count();
    }
    denials == 0
}

/// The day that an item names as the end: `valid until 2027-01-31`, `bis 2027`.
fn ends_on(item: &str) -> Option<Date> {
    let words: Vec<&str> =
        item.split([' ', ':', '(', ')']).map(|w| w.trim_end_matches('.')).filter(|w| !w.is_empty()).collect();
    let at = words.iter().rposition(|word| UNTIL.contains(word) || ENDS.contains(word))?;
    // `Germany until 2027` is an item that names more than a day.
    let is_bare = |word: &&str| MAY.contains(word) || UNTIL.contains(word) || ENDS.contains(word);
    if !words[..at].iter().all(is_bare) || words[..at].contains(&"de") {
        return None;
    }
    let day: Vec<&str> =
        words[at + 1..].iter().copied().skip_while(|word| BEFORE_DAY.contains(word)).collect();
    let day = day.join(" ");
    match read_when(&day, None) {
        Ok(When::Day(day)) => Some(day),
        Ok(When::Month(first)) => Some(first.month_end()),
        Err(_) => {
            // The year is known where the order of day and month is not.
            let figures = tokens(&day);
            let is_figure = |figure: &&str| figure.bytes().all(|b| b.is_ascii_digit());
            let year = figures.last().filter(|year| year.len() == 4 && figures.iter().all(is_figure))?;
            let year = year.parse::<i16>().ok().filter(|year| (1950..2200).contains(year))?;
            Date::new(year, 12, 31)
        }
    }
}

/// The countries of an item and the day on which that ends: `germany (valid until 12/2027)`, `de until 2028`.
fn limited_in(item: &str) -> Option<(Vec<Country>, Date)> {
    const VALID: [&str; 12] = [
        "valid",
        "gultig",
        "befristet",
        "valable",
        "valide",
        "valido",
        "valida",
        "geldig",
        "wazne",
        "wazny",
        "wazna",
        "limited",
    ];
    if !item.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_sign = |c: char| !c.is_alphanumeric();
    let whole = |at: usize, word: &str| {
        item[..at].ends_with(is_sign)
            && item[at + word.len()..].starts_with(|c: char| !(c.is_alphanumeric() || c == '\''))
    };
    let ends = UNTIL.iter().chain(&ENDS);
    let at = ends.filter_map(|word| item.find(*word).filter(|at| whole(*at, word))).min()?;
    let end = ends_on(&item[at..])?;
    let head = item[..at].trim_end_matches(is_sign);
    let bare = VALID.iter().find_map(|word| head.strip_suffix(*word)).filter(|bare| bare.ends_with(is_sign));
    let head = bare.unwrap_or(head).trim_end_matches(is_sign);
    let countries = read_item(head).filter(|_| !head.is_empty())?;
    (!countries.is_empty()).then_some((countries, end))
}

/// `None`: not understood. An empty list: understood, and of no country.
fn read_item(item: &str) -> Option<Vec<Country>> {
    if item != "no"
        && let Ok(country) = item.parse()
    {
        return Some(vec![country]);
    }
    let item = item.trim_matches(['.', '!', ' ']);
    if OPEN.contains(&item) {
        return Some(Vec::new());
    }
    if let Some((_, code)) = STATUS.iter().find(|(phrase, _)| item == *phrase) {
        return Some(Country::from_code(code).into_iter().collect());
    }
    // What is left beside words that say no more than that one may work there.
    let words = words_of(item);
    if words.iter().any(|word| denies(word)) {
        // `no work permit` is understood; of which country `no permit for Germany` says nothing is not.
        let plain = words.iter().all(|word| denies(word) || MAY.contains(word));
        return plain.then(Vec::new);
    }
    let blue_card = item.contains("blue card") || item.contains("blaue karte");
    let left: Vec<&str> = words.iter().copied().filter(|w| !MAY.contains(w)).collect();
    let said = words.len() > left.len();
    let union = |more: &[&str]| EU.iter().chain(more).filter_map(|code| Country::from_code(code)).collect();
    match left.join(" ").as_str() {
        // A Blue Card holds in the member that gave it.
        "eu" | "ue" if blue_card => Some(Vec::new()),
        "eu" | "ue" | "e.u." | "european union" | "europaische union" | "unionsburger" | "eu burger"
        | "europese unie" | "union europeenne" | "union europea" | "unii europejskiej" | "eu passport"
        | "ue passport" | "eu pass" => Some(union(&[])),
        "eea" | "ewr" | "eee" | "eog" | "eer" | "eu eea" | "eu ewr" => Some(union(&EEA_MORE)),
        "unionsburgerin" | "eu-burger" => Some(union(&[])),
        // `for Germany`: a country, and words that allow it.
        country if said || left.len() == words.len() => {
            let country = country.strip_prefix("eu ").filter(|_| blue_card).unwrap_or(country);
            country.parse().ok().map(|country| vec![country])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    //! - a cell gives the countries that it allows, and no others
    //! - what denies or asks gives none; no text makes the reader panic

    use super::*;
    use proptest::prelude::*;

    fn read(cell: &str) -> String {
        let permits = read_permits(cell);
        let codes: Vec<&str> = permits.countries.iter().map(Country::code).collect();
        match codes.as_slice() {
            [] => format!("{} open, {} unread", permits.open, permits.unread),
            codes if codes.len() > 4 => format!("{} countries", codes.len()),
            codes => codes.join(" "),
        }
    }

    #[test]
    fn a_cell_gives_the_countries_that_it_allows() {
        for (cell, countries) in [
            ("Germany; France", "DE FR"),
            ("DE, PL", "DE PL"),
            ("Deutschland", "DE"),
            ("EU citizen", "27 countries"),
            ("EU", "27 countries"),
            ("citoyen UE", "27 countries"),
            ("EU-Bürger", "27 countries"),
            ("EU/EEA", "30 countries"),
            ("US citizen", "US"),
            ("Green Card", "US"),
            ("work permit for Germany", "DE"),
            ("Arbeitserlaubnis für Deutschland", "DE"),
            ("eligible to work in the UK", "GB"),
            ("permis de travail en France", "FR"),
            ("EU Blue Card (Germany)", "DE"),
            ("EU Blue Card", "1 open, 0 unread"),
            ("visa required", "1 open, 0 unread"),
            ("no sponsorship needed", "1 open, 0 unread"),
            ("needs a visa for Germany", "0 open, 1 unread"),
            ("no work permit for Germany", "0 open, 1 unread"),
            ("not eligible to work in the UK", "0 open, 1 unread"),
            ("yes", "0 open, 1 unread"),
            ("no work permit", "1 open, 0 unread"),
            ("No", "1 open, 0 unread"),
            ("NO", "1 open, 0 unread"),
            ("no.", "1 open, 0 unread"),
            ("no permit", "1 open, 0 unread"),
            ("no, needs visa", "2 open, 0 unread"),
            ("NO, needs visa", "2 open, 0 unread"),
            ("no, Germany", "1 open, 1 unread"),
            ("kein", "1 open, 0 unread"),
            ("brak", "1 open, 0 unread"),
            ("DE, NO, SE", "DE NO SE"),
            ("Norway", "NO"),
            ("work permit", "0 open, 1 unread"),
            ("DE, expired", "1 open, 0 unread"),
            ("DE; expired", "1 open, 0 unread"),
            ("[\"DE\",\"expired\"]", "1 open, 0 unread"),
            ("DE, expired; FR, PL", "FR PL"),
            ("DE, FR expired", "DE"),
            ("Germany (expired)", "0 open, 1 unread"),
            ("Germany (applied for)", "0 open, 1 unread"),
            ("expired, DE", "1 open, 1 unread"),
            ("DE, not expired", "DE"),
            ("DE, valid until revoked", "DE"),
            ("EU citizen, no sponsorship needed", "27 countries"),
            ("Germany, no longer valid", "1 open, 0 unread"),
            ("Germany, visa required", "1 open, 0 unread"),
            ("Deutschland, abgelaufen am 01.02.2020", "1 open, 0 unread"),
            ("Germany, none", "1 open, 0 unread"),
            ("DE, until 2020", "1 open, 0 unread"),
            ("no permit for Germany until 2028", "0 open, 1 unread"),
            ("DE until 2028, expired", "1 open, 0 unread"),
            ("de, no, se", "DE SE"),
            ("", "0 open, 0 unread"),
        ] {
            assert_eq!(read(cell), countries, "{cell}");
        }
    }

    #[test]
    fn a_permit_that_is_none_gives_no_country() {
        for said in [
            "pending",
            "applied for",
            "denied",
            "in process: pending",
            "beantragt",
            "in Bearbeitung",
            "expir\u{e9}",
            "en attente",
            "caducado",
            "en tr\u{e1}mite",
            "verlopen",
            "aangevraagd",
            "wygas\u{142}",
            "niewa\u{17c}ne",
            "no work permit",
        ] {
            assert_eq!(read(&format!("Germany, {said}")), "1 open, 0 unread", "{said}");
        }
    }

    #[test]
    fn a_permit_may_end_on_a_day() {
        for (cell, end) in [
            ("DE, valid until 2027-01-31", "2027-01-31"),
            ("DE; bis 31.01.2027", "2027-01-31"),
            ("DE, expires 03/04/2027", "2027-12-31"),
            ("DE, hasta 2020", "2020-12-31"),
            ("Germany (valid until 12/2027)", "2027-12-31"),
            ("Germany until 2028", "2028-12-31"),
            ("DE valid until 2028-01-01", "2028-01-01"),
            ("Arbeitserlaubnis f\u{fc}r Deutschland bis 31.01.2027", "2027-01-31"),
        ] {
            let permits = read_permits(cell);
            let read = permits.limited.iter().map(|(country, end)| format!("{} {end}", country.code()));
            assert_eq!(read.collect::<Vec<_>>(), [format!("DE {end}")], "{cell}");
            assert!(permits.countries.is_empty(), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,40}", like in "(eu|citizen|blue card|germany|[(),;/-]|no|visa| ){0,8}") {
            let _ = (read_permits(&text), read_permits(&like));
        }

        #[test]
        fn a_word_that_denies_gives_no_country(word in "no|not|without|needs|requires|keine|sin|brak|expired|until 2020") {
            let cell = format!("{word} work permit for Germany");
            prop_assert!(read_permits(&cell).countries.is_empty());
        }
    }
}
