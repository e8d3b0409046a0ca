//! Where somebody may work, out of cells such as `EU citizen`, `Germany; France` or `work permit for Poland`.
//!
//! A cell gives countries only where it says that the person may work there and nothing else. `visa required` and
//! `EU Blue Card` (of which member?) give none: where the person may work stays unknown.

use crate::Country;
use crate::words::{folded, is_denial, list_items};

/// What a cell says of work permits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permits {
    /// Countries; sorted.
    pub countries: Vec<Country>,
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
const OPEN: [&str; 26] = [
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

/// Words that deny beside those of every field. `no` is the code of Norway, too: in capitals among other codes it is the
/// country.
const DENIES: [&str; 3] = ["ninguno", "ninguna", "expired"];

fn denies(word: &str) -> bool {
    is_denial(word) || DENIES.contains(&word)
}

/// Reads a cell of work permits.
#[must_use]
pub fn read_permits(cell: &str) -> Permits {
    let mut permits = Permits::default();
    let items = list_items(cell, &[',', ';', '|', '/', '\n']);
    let is_code = |item: &str| Country::from_code(item).is_some() && item.parse::<Country>().is_ok();
    let among_codes = items.iter().any(|item| item != "NO" && is_code(item));
    let mut refused = false;
    for (at, item) in items.iter().enumerate() {
        let norway = if item == "NO" && among_codes { Country::from_code("NO") } else { None };
        if let Some(norway) = norway {
            permits.countries.push(norway);
            continue;
        }
        let item = folded(item);
        refused |= at == 0 && denies(item.trim_matches(['.', '!', ' ']));
        match read_item(&item) {
            Some(countries) if countries.is_empty() => permits.open += 1,
            Some(countries) => permits.countries.extend(countries),
            None => permits.unread += 1,
        }
    }
    // `no, Germany`: what the country is named for is not said.
    if refused && !permits.countries.is_empty() {
        permits.countries.clear();
        permits.unread += 1;
    }
    permits.countries.sort();
    permits.countries.dedup();
    permits
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
    let words: Vec<&str> = item
        .split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '&'))
        .filter(|w| !w.is_empty())
        .collect();
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
            ("", "0 open, 0 unread"),
        ] {
            assert_eq!(read(cell), countries, "{cell}");
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
