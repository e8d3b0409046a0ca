//! What is no city: words for remote work, areas, sentences, and the whole of a country.
//!
//! `EMEA` and `willing to relocate to Berlin` name no city; `Remote EU` and `deutschlandweit` mean the whole of an area
//! or of a country.

use super::written_country;
use crate::Country;
use crate::place::{area, country_of_city, places_named, regions_named};
use crate::words::folded;

/// What stands beside `remote` where that is a place, a country or an area: `Remote EU`, `Remote in Poland`.
pub(super) fn beside_remote(part: &str) -> Option<&str> {
    let mut part = part;
    for word in ["fully ", "completely ", "entirely ", "100% "] {
        if let Some(lead) = part.get(..word.len())
            && lead.eq_ignore_ascii_case(word)
        {
            part = part[word.len()..].trim_start();
        }
    }
    let first = part.get(..7).filter(|word| word.eq_ignore_ascii_case("remote "));
    let last = part.get(part.len().saturating_sub(7)..).filter(|word| word.eq_ignore_ascii_case(" remote"));
    let rest = match (first, last) {
        (Some(_), _) => &part[7..],
        (None, Some(_)) => &part[..part.len() - 7],
        (None, None) => return None,
    };
    let mut rest = rest.trim();
    for word in ["in ", "from ", "within ", "aus "] {
        if let Some(lead) = rest.get(..word.len())
            && lead.eq_ignore_ascii_case(word)
        {
            rest = rest[word.len()..].trim_start();
        }
    }
    let is_known = written_country(rest).is_some()
        || !places_named(rest).is_empty()
        || !regions_named(rest).is_empty()
        || area(rest).is_some();
    is_known.then_some(rest)
}

/// Whether a part tells what the person would do, and is no place: `willing to relocate to Berlin`.
pub(super) fn is_sentence(part: &str) -> bool {
    const WORDS: [&str; 20] = [
        "willing",
        "relocate",
        "relocating",
        "relocated",
        "moving",
        "move",
        "prefer",
        "preferred",
        "preferably",
        "would",
        "flexible",
        "open to",
        "umzug",
        "umzugsbereit",
        "umzugsbereitschaft",
        "ziehe",
        "demenager",
        "mudarme",
        "verhuizen",
        "przeprowadzka",
    ];
    let key = format!(" {} ", folded(part));
    WORDS.iter().any(|word| key.contains(&format!(" {word} ")))
}

/// The countries of the cities between which somebody moves: `moving from Berlin to Munich`.
pub(super) fn places_told(sentence: &str) -> Vec<Country> {
    let mut parts = vec![sentence];
    for word in [" from ", " to ", " von ", " nach "] {
        parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
    }
    parts.into_iter().filter_map(|part| country_of_city(part).or_else(|| written_country(part))).collect()
}

/// Of which country or area the whole is meant: `anywhere in poland`, `deutschlandweit`.
pub(super) fn the_whole_of(key: &str) -> Option<&str> {
    let leads = [
        "anywhere in ",
        "all over ",
        "all of ",
        "across ",
        "within ",
        "ganz ",
        "toda ",
        "todo ",
        "toute la ",
        "tout le ",
        "cala ",
        "heel ",
    ];
    if let Some(rest) = leads.iter().find_map(|lead| key.strip_prefix(lead)) {
        return Some(rest.strip_prefix("the ").unwrap_or(rest));
    }
    let trails = ["weit", "-wide", " wide", "wide"];
    trails.iter().find_map(|trail| key.strip_suffix(trail)).map(str::trim_end).filter(|rest| rest.len() > 1)
}

pub(super) fn is_remote_word(part: &str) -> bool {
    matches!(
        folded(part).as_str(),
        "remote"
            | "anywhere"
            | "worldwide"
            | "fully remote"
            | "100% remote"
            | "remote only"
            | "only remote"
            | "nur remote"
            | "remoto"
            | "teletravail"
            | "teletrabajo"
            | "zdalnie"
            | "praca zdalna"
            | "thuiswerken"
    )
}

/// Words that are no part of a place.
pub(super) fn is_work_word(part: &str) -> bool {
    is_remote_word(part)
        || matches!(
            folded(part).as_str(),
            "hybrid"
                | "home office"
                | "homeoffice"
                | "relocation"
                | "on site"
                | "on-site"
                | "onsite"
                | "only"
                | "no remote"
                | "not remote"
                | "kein remote"
                | "nicht remote"
        )
}

#[cfg(test)]
mod tests {
    //! - an area and a sentence are no city, and hide none that stands beside them

    use crate::location::tests::read;
    use crate::location::{FROM_CITY, read_location};

    #[test]
    fn words_for_work_beside_a_city_are_no_part_of_it() {
        for (text, city, remote) in [
            ("Remote only", "", true),
            ("Remote - only", "", true),
            ("Fully remote from Lisbon", "Lisbon", true),
            ("Fully remote", "", true),
            ("On-site Berlin", "Berlin", false),
            ("Currently Berlin", "Berlin", false),
            ("Berlin, no remote", "Berlin", false),
            ("Berlin, remote", "Berlin", true),
        ] {
            let location = read_location(text);
            let found = (location.city.as_deref().unwrap_or_default(), location.remote);
            assert_eq!(found, (city, remote), "{text}");
            assert_eq!((location.region, location.several, location.vague), (None, false, false), "{text}");
        }
    }

    #[test]
    fn an_area_and_a_sentence_are_no_city() {
        for (text, country, vague) in [
            ("willing to relocate to Berlin", "", true),
            ("Europe", "", true),
            ("EMEA", "", true),
            ("DACH", "", true),
            ("APAC", "", true),
            ("LATAM", "", true),
            ("bundesweit", "", true),
            ("Deutschlandweit", "DE", false),
            ("Anywhere in Poland", "PL", false),
            ("Delhi NCR", "IN", true),
            ("Bay Area", "US", true),
            ("Worldwide", "", false),
            ("Remote EU", "", false),
            ("Remote Germany", "DE", false),
        ] {
            let location = read_location(text);
            assert_eq!((location.city.as_deref(), location.vague), (None, vague), "{text}");
            assert_eq!(read(text).2, country, "{text}");
        }
        assert!(read_location("Remote EU").remote);
        for text in ["Berlin, willing to relocate", "Berlin (open to relocation)", "Berlin, Europe"] {
            assert_eq!(read(text), ("Berlin".into(), String::new(), "DE".into(), FROM_CITY), "{text}");
        }
    }
}
