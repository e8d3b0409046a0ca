//! Where somebody lives: city, region and country out of a cell such as `Köln`, `Austin, TX` or `Remote (Poland)`.
//!
//! A country that the cell names is stated. One that follows from a state (`Austin, TX`), a region (`München, Bayern`)
//! or a city that stands far above others of its name is inferred, and says so. Letters that are both a state and a
//! country (`DE`, `CA`) are settled by the city, or by nothing.

use crate::Country;
use crate::place::{Place, Region, country_of_city, find_place, places_named, regions_named};
use crate::words::folded;

/// Why a country is known that no cell names.
pub const FROM_STATE: &str = "from the state";
/// See [`FROM_STATE`].
pub const FROM_REGION: &str = "from the region";
/// See [`FROM_STATE`].
pub const FROM_CITY: &str = "from the city";

/// What a location says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// City, as written.
    pub city: Option<String>,
    /// State, province or other part of a country, as written.
    pub region: Option<String>,
    /// Country.
    pub country: Option<Country>,
    /// How the country was inferred; `None` where it is stated, or unknown.
    pub inferred: Option<&'static str>,
    /// Whether the cell says that the person works from anywhere (`Remote`).
    pub remote: bool,
}

impl Location {
    /// The city on the map, where it is clear which is meant.
    #[must_use]
    pub fn place(&self) -> Option<&'static Place> {
        find_place(self.city.as_deref()?, self.country, self.region.as_deref())
    }
}

/// Reads a location.
#[must_use]
pub fn read_location(text: &str) -> Location {
    let parts: Vec<&str> = text
        .split([',', '(', ')', '/', '|', ';', '·', '\n'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .map(without_surroundings)
        .filter(|part| !part.is_empty() && !is_work_word(part))
        .collect();
    let mut named: Vec<Country> = Vec::new();
    let mut regions: Vec<(&str, Vec<Region>)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let country = written_country(part);
        let mut known = regions_named(part);
        // A city of the same name comes first: `New York, NY`, `Québec, QC`; alone it is the city.
        if at == 0 && country.is_none() && !places_named(part).is_empty() {
            known.clear();
        }
        match (country, known.is_empty()) {
            (Some(country), true) => named.push(country),
            // `Lebanon, NH`: a name of a country in front of a state is a town's.
            (None, false) => regions.push((part, known)),
            // `Georgia`, `DE`, `CA`
            (Some(country), false) => match both(country, &known, &parts[..at], &parts[at + 1..]) {
                Some(Meaning::Country) => named.push(country),
                Some(Meaning::Region(region)) => regions.push((part, vec![region])),
                None => regions.push((part, Vec::new())),
            },
            (None, true) => others.push(part),
        }
    }
    named.sort();
    named.dedup();
    let state_last = regions.last().is_some_and(|(_, known)| known.iter().any(|r| !r.code.is_empty()));
    if let ([_], true, [first, ..]) = (named.as_slice(), state_last && others.is_empty(), parts.as_slice())
        && written_country(first)
            .is_some_and(|c| regions.iter().all(|(_, r)| r.iter().all(|r| r.country != c)))
    {
        named.clear();
        others.push(first);
    }
    let city = city_of(&others).map(str::to_owned);
    let region = regions.first().map(|(part, _)| *part).or_else(|| others.get(1).copied()).map(str::to_owned);
    let region = region.filter(|region| city.as_ref() != Some(region));
    let unclear = named.is_empty() && regions.iter().any(|(_, known)| known.is_empty());
    let (country, inferred) = match named.as_slice() {
        [only] => (Some(*only), None),
        [] if unclear => (None, None),
        [] => match infer_country(city.as_deref(), region.as_deref()) {
            Some((country, why)) if agrees(country, &others) => (Some(country), Some(why)),
            _ => (None, None),
        },
        // Two countries in one cell are no place.
        _ => (None, None),
    };
    let city = city.filter(|_| named.len() < 2);
    let remote = text.split([',', '(', ')', '/', '|', ';', '·', '-', '–']).any(is_remote_word);
    Location { city, region, country, inferred, remote }
}

/// The country that follows from a city and a region, and from which of them.
#[must_use]
pub fn infer_country(city: Option<&str>, region: Option<&str>) -> Option<(Country, &'static str)> {
    let regions = region.map(regions_named).unwrap_or_default();
    let cities = city.map(places_named).unwrap_or_default();
    if !regions.is_empty() {
        let mut countries: Vec<Country> = regions.iter().map(|r| r.country).collect();
        countries.dedup();
        if countries.len() > 1 {
            // `Perth, WA`: the state in which there is such a city.
            let within = |r: &Region| cities.iter().any(|p| p.country == r.country && p.region == r.code);
            countries = regions.iter().filter(|r| within(r)).map(|r| r.country).collect();
            countries.dedup();
        }
        let [country] = countries.as_slice() else { return None };
        // Letters may also be a country's (`DE`): then the city has to be there.
        let is_state = regions.iter().any(|r| !r.code.is_empty());
        let may_be_country = region.is_some_and(|r| written_country(r).is_some());
        if may_be_country && !cities.iter().any(|p| p.country == *country) {
            return None;
        }
        return Some((*country, if is_state { FROM_STATE } else { FROM_REGION }));
    }
    // `England` is a part of a country, and named like one.
    if let Some(country) = region.and_then(written_country).filter(|_| region.is_some_and(|r| r.len() > 3)) {
        return Some((country, FROM_REGION));
    }
    country_of_city(city?).map(|country| (country, FROM_CITY))
}

enum Meaning {
    Country,
    Region(Region),
}

/// What letters or a name mean that are a country and a state: the city decides, where it is in one of them alone, or
/// far larger there.
fn both(country: Country, regions: &[Region], before: &[&str], after: &[&str]) -> Option<Meaning> {
    // `Portland, OR, USA`, `Los Angeles, CA, US`
    if let Some(named) =
        after.iter().find_map(|part| written_country(part).filter(|_| regions_named(part).is_empty()))
    {
        let region = regions.iter().find(|r| r.country == named);
        return region.map(|r| Meaning::Region(*r)).or((named == country).then_some(Meaning::Country));
    }
    let mut best: Vec<(u32, Meaning)> = Vec::new();
    for city in before.iter().chain(after) {
        let places = places_named(city);
        let largest = |fits: &dyn Fn(&Place) -> bool| places.iter().find(|p| fits(p)).map(|p| p.population);
        if let Some(people) = largest(&|p| p.country == country) {
            best.push((people, Meaning::Country));
        }
        for region in regions {
            if let Some(people) = largest(&|p| p.country == region.country && p.region == region.code) {
                best.push((people, Meaning::Region(*region)));
            }
        }
    }
    best.sort_by_key(|(people, _)| std::cmp::Reverse(*people));
    match best.as_slice() {
        [] => {
            // Provinces of Canada and states of Australia that are also a country's letters are written far less often.
            let usual = regions.iter().all(|r| r.country.code() != "US");
            usual.then_some(Meaning::Country)
        }
        [(first, _), (second, _), ..] if *first < second * 10 => None,
        _ => best.into_iter().next().map(|(_, meaning)| meaning),
    }
}

/// A country by name or by letters in capitals.
fn written_country(part: &str) -> Option<Country> {
    let lower_code = part.len() <= 2 && part.chars().any(char::is_lowercase);
    if lower_code { None } else { part.parse().ok() }
}

/// Of parts that are neither country nor region the first, or the known city behind an unknown part of it
/// (`Bötzowviertel, Berlin`).
fn city_of<'a>(others: &[&'a str]) -> Option<&'a str> {
    match others {
        [] => None,
        [only] => Some(only),
        [first, second, ..] if places_named(first).is_empty() && !places_named(second).is_empty() => {
            Some(second)
        }
        [first, ..] => Some(first),
    }
}

/// Whether no other part of the cell is a city of another country: `Berlin / Wien` is no place.
fn agrees(country: Country, others: &[&str]) -> bool {
    others.iter().all(|part| {
        let places = places_named(part);
        places.is_empty() || places.iter().any(|place| place.country == country)
    })
}

/// `Greater Boston Area`, `10115 Berlin`, `Großraum München`: the city of it.
fn without_surroundings(part: &str) -> &str {
    let mut part = part.trim();
    let lead = [
        "greater ",
        "metro ",
        "metropolregion ",
        "grossraum ",
        "großraum ",
        "raum ",
        "region ",
        "near ",
        "bei ",
        "nähe ",
        "city of ",
    ];
    let trail = [
        " metropolitan area",
        " metropolitan region",
        " metro area",
        " bay area",
        " area",
        " metro",
        " region",
        " und umgebung",
        " & umgebung",
        " et environs",
        " y alrededores",
        " en omgeving",
        " i okolice",
        " city area",
    ];
    for word in lead {
        if let Some(head) = part.get(..word.len())
            && head.to_lowercase() == word
            && part.len() > word.len()
        {
            part = part[word.len()..].trim_start();
        }
    }
    for word in trail {
        let at = part.len().saturating_sub(word.len());
        if at > 0 && part.get(at..).is_some_and(|tail| tail.to_lowercase() == word) {
            part = part[..at].trim_end();
            break;
        }
    }
    // A postal code in front or behind: `D-10115 Berlin`, `75011 Paris`, `30-001 Kraków`, `1012 AB Amsterdam`.
    let is_code = |word: &str| {
        word.bytes().filter(u8::is_ascii_digit).count() >= 4
            && word.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b.is_ascii_uppercase())
    };
    match part.split_once(' ') {
        Some((code, rest)) if is_code(code) => {
            let rest = rest.trim_start();
            match rest.split_once(' ') {
                Some((letters, city))
                    if letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_uppercase()) =>
                {
                    city.trim_start()
                }
                _ => rest,
            }
        }
        _ => match part.rsplit_once(' ') {
            Some((rest, code)) if is_code(code) => rest.trim_end(),
            _ => part,
        },
    }
}

fn is_remote_word(part: &str) -> bool {
    matches!(
        folded(part).as_str(),
        "remote"
            | "anywhere"
            | "worldwide"
            | "fully remote"
            | "100% remote"
            | "remoto"
            | "teletravail"
            | "teletrabajo"
            | "zdalnie"
            | "praca zdalna"
            | "thuiswerken"
    )
}

/// Words that are no part of a place.
fn is_work_word(part: &str) -> bool {
    is_remote_word(part)
        || matches!(
            folded(part).as_str(),
            "hybrid" | "home office" | "homeoffice" | "relocation" | "on site" | "on-site"
        )
}

#[cfg(test)]
mod tests {
    //! - a location gives city, region and country where it names them, and says what is inferred
    //! - what could be two places is none
    //! - no text makes the reader panic; what is read of `city, country` reads back

    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (String, String, String, &'static str) {
        let location = read_location(text);
        (
            location.city.unwrap_or_default(),
            location.region.unwrap_or_default(),
            location.country.map(|c| c.to_string()).unwrap_or_default(),
            location.inferred.unwrap_or_default(),
        )
    }

    #[test]
    fn a_location_gives_what_it_names_and_says_what_is_inferred() {
        for (text, city, region, country, inferred) in [
            ("Berlin, Germany", "Berlin", "", "DE", ""),
            ("Berlin, DE", "Berlin", "", "DE", ""),
            ("Berlin", "Berlin", "", "DE", FROM_CITY),
            ("Köln", "Köln", "", "DE", FROM_CITY),
            ("München, Bayern", "München", "Bayern", "DE", FROM_REGION),
            ("München, Bayern, Deutschland", "München", "Bayern", "DE", ""),
            ("Bavaria", "", "Bavaria", "DE", FROM_REGION),
            ("Austin, TX", "Austin", "TX", "US", FROM_STATE),
            ("Austin, Texas", "Austin", "Texas", "US", FROM_STATE),
            ("Austin, CA", "Austin", "CA", "", ""),
            ("San Francisco, CA", "San Francisco", "CA", "US", FROM_STATE),
            ("Los Angeles, CA, US", "Los Angeles", "CA", "US", ""),
            ("Wilmington, DE", "Wilmington", "DE", "US", FROM_STATE),
            ("Toronto, ON", "Toronto", "ON", "CA", FROM_STATE),
            ("Toronto, CA", "Toronto", "", "CA", ""),
            ("Perth, WA", "Perth", "WA", "AU", FROM_STATE),
            ("Seattle, WA", "Seattle", "WA", "US", FROM_STATE),
            ("Portland, OR, USA", "Portland", "OR", "US", ""),
            ("Atlanta, Georgia", "Atlanta", "Georgia", "US", FROM_STATE),
            ("Tbilisi, Georgia", "Tbilisi", "", "GE", ""),
            ("Georgia", "", "Georgia", "", ""),
            ("Lebanon, NH", "Lebanon", "NH", "US", FROM_STATE),
            ("Smallville, KS", "Smallville", "KS", "US", FROM_STATE),
            ("New York", "New York", "", "US", FROM_CITY),
            ("New York, NY", "New York", "NY", "US", FROM_STATE),
            ("NYC", "NYC", "", "US", FROM_CITY),
            ("Greater Boston Area", "Boston", "", "US", FROM_CITY),
            ("San Francisco Bay Area", "San Francisco", "", "US", FROM_CITY),
            ("Großraum Stuttgart", "Stuttgart", "", "DE", FROM_CITY),
            ("Remote (Poland)", "", "", "PL", ""),
            ("Remote - UK", "", "", "GB", ""),
            ("Remote", "", "", "", ""),
            ("Amsterdam (NL)", "Amsterdam", "", "NL", ""),
            ("NL, Amsterdam", "Amsterdam", "", "NL", ""),
            ("Bunnik (NL)", "Bunnik", "", "NL", ""),
            ("10115 Berlin", "Berlin", "", "DE", FROM_CITY),
            ("1012 AB Amsterdam", "Amsterdam", "", "NL", FROM_CITY),
            ("Bötzowviertel, Berlin", "Berlin", "", "DE", FROM_CITY),
            ("London, England", "London", "", "GB", ""),
            ("Warszawa, Polska", "Warszawa", "", "PL", ""),
            ("Wien, Österreich", "Wien", "", "AT", ""),
            ("Paris, Île-de-France, France", "Paris", "Île-de-France", "FR", ""),
            ("Bengaluru, Karnataka", "Bengaluru", "Karnataka", "IN", FROM_REGION),
            ("Cambridge", "Cambridge", "", "", ""),
            ("Birmingham", "Birmingham", "", "", ""),
            ("Berlin / Wien", "Berlin", "Wien", "", ""),
            ("Germany, Poland", "", "", "", ""),
            ("Atlantis", "Atlantis", "", "", ""),
            ("", "", "", "", ""),
        ] {
            let expected = (city.to_owned(), region.to_owned(), country.to_owned(), inferred);
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_city_and_a_state_in_columns_of_their_own_give_the_country() {
        let infer =
            |city, region| infer_country(city, region).map(|(c, _)| c.to_string()).unwrap_or_default();
        assert_eq!(infer(Some("Austin"), Some("TX")), "US");
        assert_eq!(infer(Some("Perth"), Some("WA")), "AU");
        assert_eq!(infer(Some("Berlin"), Some("Berlin")), "DE");
        assert_eq!(infer(None, Some("WA")), "");
        assert_eq!(infer(Some("Nowhere"), Some("DE")), "");
        assert_eq!(infer(None, None), "");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,40}", parts in prop::collection::vec("Berlin|DE|CA|Georgia|TX|area|greater |,|\\(|remote| |Ü|10115", 0..8)) {
            for text in [text, parts.concat()] {
                let location = read_location(&text);
                prop_assert!(location.inferred.is_none() || location.country.is_some());
                let _ = location.place();
            }
        }
    }
}
