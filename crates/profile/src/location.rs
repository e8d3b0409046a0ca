//! Where somebody lives: city, region and country out of a cell such as `Köln`, `Austin, TX` or `Remote (Poland)`.
//!
//! A country that the cell names is stated. One that follows from a state (`Austin, TX`), a region (`München, Bayern`)
//! or a city that stands far above others of its name is inferred, and says so. Letters that are both a state and a
//! country (`DE`, `CA`) are settled by the city, or by nothing. Of several cities (`Berlin or Hamburg`) none is taken;
//! the country is, where they share it.

use crate::Country;
use crate::place::{Place, Region, country_of_city, find_place, has_regions, places_named, regions_named};
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
    /// Whether it names several places: then none of them is the city, and the country is the one that they share.
    pub several: bool,
}

impl Location {
    /// The city on the map, where it is clear which is meant.
    #[must_use]
    pub fn place(&self) -> Option<&'static Place> {
        find_place(self.city.as_deref()?, self.country, self.region.as_deref())
    }
}

/// People, in thousands, of a city that is one whatever stands beside it.
const LARGE_MIN: u32 = 100;
/// Cities that lie no further apart are one place: a district and its city (`Kreuzberg / Berlin`, `Getafe, Madrid`).
const ONE_PLACE_KM: u32 = 20;
/// How far behind a comma the larger city of a town's surroundings may lie (`Marbella, Málaga`).
const SURROUNDINGS_KM: u32 = 120;
/// Words and signs between two places of which the person means either.
const JOINTS: [&str; 15] = [
    " or ", " oder ", " ou ", " o ", " of ", " lub ", " albo ", " and ", " und ", " et ", " y ", " en ",
    " i ", "&", "+",
];

/// Reads a location.
#[must_use]
pub fn read_location(text: &str) -> Location {
    let alternatives = alternatives(text);
    if alternatives.len() < 2 {
        return read_one(text);
    }
    several_of(&alternatives).unwrap_or_else(|| read_one(&alternatives.join(" / ")))
}

/// The places between which a cell leaves the choice: `München / Wien`, `Berlin or Hamburg`, `London; Paris`.
fn alternatives(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for part in text.split(['/', '|', ';', '·', '\n']) {
        add_alternatives(part, &mut found);
    }
    found
}

/// Words part where places stand on both sides of them alone: not in `Bosnia and Herzegovina`.
fn add_alternatives<'a>(part: &'a str, found: &mut Vec<&'a str>) {
    for joint in JOINTS {
        if let Some((before, after)) = part.split_once(joint)
            && begins_with_place(before)
            && after.split(joint).all(begins_with_place)
        {
            add_alternatives(before, found);
            return add_alternatives(after, found);
        }
    }
    let part = part.trim();
    if !part.is_empty() {
        found.push(part);
    }
}

/// Whether a text begins with a large city, or with a word such as `remote`.
fn begins_with_place(text: &str) -> bool {
    let first = text.split([',', '(']).next().unwrap_or_default();
    is_work_word(first.trim()) || is_large_city(without_surroundings(first))
}

fn is_large_city(name: &str) -> bool {
    places_named(name).first().is_some_and(|place| place.population >= LARGE_MIN)
}

/// What several alternatives say together, where two of them at least are cities, and not one place.
fn several_of(alternatives: &[&str]) -> Option<Location> {
    let read: Vec<Location> = alternatives.iter().map(|part| read_one(part)).collect();
    let shared = only_one(read.iter().filter_map(|location| location.country));
    // `Cambridge / Oxford, UK`: the country that one names is meant for all.
    let stated = read.iter().find(|location| location.country.is_some() && location.inferred.is_none());
    let within = stated.and(shared);
    let is_city = |location: &&Location| {
        let city = location.city.as_deref().unwrap_or_default();
        location.several
            || is_large_city(city)
            || find_place(city, location.country.or(within), None).is_some()
    };
    let cities: Vec<&Location> = read.iter().filter(is_city).collect();
    let (first, rest) = cities.split_first()?;
    if !first.several && !rest.iter().any(|other| other.several || !is_one_place(first, other)) {
        return None;
    }
    // A city that may lie in two countries is in the one that is shared only where that is stated.
    let all_known = cities.iter().all(|location| location.country.is_some()) || within.is_some();
    let country = shared.filter(|_| all_known);
    let inferred = read.iter().find_map(|location| location.inferred).filter(|_| country.is_some());
    let remote = alternatives.iter().any(|part| is_remote_word(part)) || read.iter().any(|l| l.remote);
    Some(Location { city: None, region: None, country, inferred, remote, several: true })
}

/// The country, where all are one.
fn only_one(mut countries: impl Iterator<Item = Country>) -> Option<Country> {
    let first = countries.next()?;
    countries.all(|country| country == first).then_some(first)
}

/// Whether two cities are one: by their name, or because one is a part of the other.
fn is_one_place(one: &Location, other: &Location) -> bool {
    let name = |location: &Location| location.city.as_deref().map(folded);
    name(one) == name(other)
        || one.place().zip(other.place()).is_some_and(|(a, b)| a.distance_km(b) <= ONE_PLACE_KM)
}

/// Whether parts of one place are two cities that lie apart: `Berlin, Munich`, and not `Marbella, Málaga`.
fn are_apart(parts: &[&str]) -> bool {
    let known: Vec<&Place> = parts.iter().filter_map(|part| find_place(part, None, None)).collect();
    known.windows(2).any(|pair| {
        let (first, second) = (pair[0], pair[1]);
        let is_smaller = first.population < second.population;
        let reach = if is_smaller { SURROUNDINGS_KM } else { ONE_PLACE_KM };
        // Where no regions are known, the larger city may be a region of its name: `Ribeirão Preto, São Paulo`.
        let in_region = is_smaller && first.country == second.country && !has_regions(first.country);
        !in_region && first.distance_km(second) > reach
    })
}

/// Reads a location that leaves no choice between places.
fn read_one(text: &str) -> Location {
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
    let remote = text.split([',', '(', ')', '/', '|', ';', '·', '-', '–']).any(is_remote_word);
    if named.len() > 1 {
        // Two countries in one cell are no place.
        return Location { remote, several: true, ..Location::default() };
    }
    if are_apart(&others) {
        return apart(&others, named.first().copied(), remote);
    }
    let city = city_of(&others).map(str::to_owned);
    let region = regions.first().map(|(part, _)| *part).or_else(|| others.get(1).copied()).map(str::to_owned);
    let region = region.filter(|region| city.as_ref() != Some(region));
    let unclear = named.is_empty() && regions.iter().any(|(_, known)| known.is_empty());
    let (country, inferred) = match named.first() {
        Some(only) => (Some(*only), None),
        None if unclear => (None, None),
        None => match infer_country(city.as_deref(), region.as_deref()) {
            Some((country, why)) if agrees(country, &others) => (Some(country), Some(why)),
            _ => (None, None),
        },
    };
    Location { city, region, country, inferred, remote, several: false }
}

/// What cities that lie apart say: the country that is named, or the one that they share.
fn apart(cities: &[&str], named: Option<Country>, remote: bool) -> Location {
    let known = cities.iter().filter_map(|city| find_place(city, None, None));
    let shared = only_one(known.map(|place| place.country));
    let inferred = shared.filter(|_| named.is_none()).map(|_| FROM_CITY);
    Location { city: None, region: None, country: named.or(shared), inferred, remote, several: true }
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
            ("Berlin / Wien", "", "", "", ""),
            ("Germany, Poland", "", "", "", ""),
            ("Atlantis", "Atlantis", "", "", ""),
            ("", "", "", "", ""),
        ] {
            let expected = (city.to_owned(), region.to_owned(), country.to_owned(), inferred);
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn of_several_cities_none_is_taken_and_the_country_is_where_they_share_it() {
        for (text, country, inferred) in [
            ("München / Wien", "", ""),
            ("London; Paris", "", ""),
            ("Berlin or Hamburg", "DE", FROM_CITY),
            ("Berlin oder Wien", "", ""),
            ("Berlin, Munich", "DE", FROM_CITY),
            ("Munich, Berlin", "DE", FROM_CITY),
            ("Berlin, Hamburg or Munich", "DE", FROM_CITY),
            ("Berlin, Munich, Germany", "DE", ""),
            ("Berlin & Hamburg", "DE", FROM_CITY),
            ("Madrid y Sevilla", "ES", FROM_CITY),
            ("Paris ou Lyon", "FR", FROM_CITY),
            ("Warszawa lub Kraków", "PL", FROM_CITY),
            ("Berlin, Paris", "", ""),
            ("Berlin, Germany / Vienna, Austria", "", ""),
            ("Berlin, Germany / Hamburg, Germany", "DE", ""),
            ("Cambridge / Oxford, UK", "GB", ""),
            ("Birmingham / London", "", ""),
            ("Austin, TX / Dallas, TX", "US", FROM_STATE),
            ("Germany, Poland", "", ""),
        ] {
            assert!(read_location(text).several, "{text}");
            assert_eq!(read(text), (String::new(), String::new(), country.to_owned(), inferred), "{text}");
        }
        assert!(read_location("Berlin / Wien / Remote").remote);
    }

    #[test]
    fn one_place_in_several_words_is_one() {
        for (text, city, country) in [
            ("Remote / Berlin", "Berlin", "DE"),
            ("Berlin (remote)", "Berlin", "DE"),
            ("Berlin or remote", "Berlin", "DE"),
            ("Berlin / Germany", "Berlin", "DE"),
            ("Köln / NRW", "Köln", "DE"),
            ("Berlin / Berlin", "Berlin", "DE"),
            ("Wien / Vienna", "Wien", "AT"),
            ("Kreuzberg / Berlin", "Kreuzberg", "DE"),
            ("Getafe, Madrid", "Getafe", "ES"),
            ("Marbella, Málaga", "Marbella", "ES"),
            ("Ribeirão Preto, São Paulo", "Ribeirão Preto", "BR"),
            ("Washington, DC", "Washington", "US"),
            ("Brooklyn, New York", "Brooklyn", "US"),
            ("Clermont-Ferrand", "Clermont-Ferrand", "FR"),
        ] {
            let location = read_location(text);
            assert!(!location.several, "{text}");
            assert_eq!((location.city.as_deref(), read(text).2.as_str()), (Some(city), country), "{text}");
        }
        assert!(read_location("Berlin or remote").remote && read_location("Remote / Berlin").remote);
        assert!(!read_location("Bosnia and Herzegovina").several);
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
        fn no_text_makes_the_reader_panic(text in ".{0,40}", parts in prop::collection::vec("Berlin|Wien|DE|CA|Georgia|TX|area|greater |,|/| or | und |&|\\(|remote| |Ü|10115", 0..8)) {
            for text in [text, parts.concat()] {
                let location = read_location(&text);
                prop_assert!(location.inferred.is_none() || location.country.is_some());
                let _ = location.place();
            }
        }
    }
}
