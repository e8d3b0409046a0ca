//! One place or several: of `Berlin or Hamburg` none is taken, `Kreuzberg / Berlin` is one.
//!
//! Signs and words that leave a choice part a cell where places stand on both sides of them alone. Of what they part,
//! and of the cities that one list names, two are one place where they have one name, or where one is a part of the
//! other: a district, a suburb, a town in the region that has the city's name.

use super::areas::{is_remote_word, is_work_word};
use super::letters::is_letters;
use super::one::read_one;
use super::surroundings::without_surroundings;
use super::{FROM_CITY, Location, is_large_city, only_one};
use crate::Country;
use crate::place::{Place, area, find_place, is_district, is_in_region_of, places_named, regions_named};
use crate::words::folded;

/// How far a suburb may lie from its city (`Saint-Denis, Paris`).
const ONE_PLACE_KM: u32 = 20;
/// How many times more people than its suburb a city has: below, the two are neighbours (`Fürth, Nürnberg`).
pub(super) const CITY_OF_SUBURB: u32 = 10;
/// How far an area may reach that is named after a city (`Makati, Metro Manila`).
const SURROUNDINGS_KM: u32 = 120;
/// Words and signs between two places of which the person means either.
const JOINTS: [&str; 15] = [
    " or ", " oder ", " ou ", " o ", " of ", " lub ", " albo ", " and ", " und ", " et ", " y ", " en ",
    " i ", "&", "+",
];
/// Joints that are read as a slash.
pub(super) const SLASHES: [&str; 11] =
    [" and/or ", " und/oder ", " et/ou ", " y/o ", " e/o ", " en/of ", " i/lub ", " lub/i ", "→", "->", "=>"];

/// The places between which a cell leaves the choice: `München / Wien`, `Berlin or Hamburg`, `London; Paris`.
pub(super) fn alternatives(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for part in text.split(['|', ';', '·', '\n']).flat_map(between_slashes) {
        for part in with_brackets(part).into_iter().flat_map(with_letters) {
            add_alternatives(part, &mut found);
        }
    }
    found
}

/// What stands between slashes; a name that has one itself is one (`Biel/Bienne`).
pub(super) fn between_slashes(text: &str) -> Vec<&str> {
    let name = text.split([',', '(']).next().unwrap_or_default();
    if name.contains('/') && (!places_named(name).is_empty() || area(name).is_some()) {
        return vec![text];
    }
    text.split('/').collect()
}

/// Cities that each have their country in brackets (`Berlin (DE), Paris (FR)`), each apart.
fn with_brackets(text: &str) -> Vec<&str> {
    let cities: Vec<&str> =
        text.trim().split_inclusive(')').map(|part| part.trim_start_matches([',', ' '])).collect();
    let are_cities = cities.len() > 1
        && cities.iter().all(|part| {
            let name = part.split('(').next().unwrap_or_default();
            part.ends_with(')') && !name.contains(',') && is_large_city(without_surroundings(name))
        });
    if are_cities { cities } else { vec![text] }
}

/// Cities that each have their letters behind them (`Boston, MA, New York, NY`), each apart.
fn with_letters(text: &str) -> Vec<&str> {
    let commas: Vec<usize> = text.match_indices(',').map(|(at, _)| at).collect();
    if commas.len() < 3 {
        return vec![text];
    }
    let mut cities = Vec::new();
    let mut start = 0;
    for end in commas.iter().skip(1).step_by(2).copied().chain([text.len()]) {
        cities.push(text[start..end].trim());
        start = (end + 1).min(text.len());
    }
    if cities.iter().all(|city| is_city_with_letters(city)) { cities } else { vec![text] }
}

/// Whether a text is a known city and letters: `Ithaca, NY`.
fn is_city_with_letters(text: &str) -> bool {
    text.split_once(',').is_some_and(|(city, letters)| {
        let city = city.trim();
        !is_letters(city) && !places_named(city).is_empty() && is_letters(without_surroundings(letters))
    })
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
    is_work_word(first.trim()) || is_large_city(without_surroundings(first)) || is_city_with_letters(text)
}

/// What several alternatives say together, where two of them at least are cities, and not one place.
pub(super) fn several_of(alternatives: &[&str]) -> Option<Location> {
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
    let is_apart = first.several || rest.iter().any(|other| other.several || !is_one_place(first, other));
    if !is_apart && !read.iter().any(|other| is_other_state(first, other)) {
        return None;
    }
    // A city that may lie in two countries is in the one that is shared only where that is stated.
    let all_known = cities.iter().all(|location| location.country.is_some()) || within.is_some();
    let country = shared.filter(|_| all_known);
    let inferred = read.iter().find_map(|location| location.inferred).filter(|_| country.is_some());
    let remote = alternatives.iter().any(|part| is_remote_word(part)) || read.iter().any(|l| l.remote);
    Some(Location { country, inferred, remote, several: true, ..Location::default() })
}

/// Whether the other is a state alone, in which the city does not lie: `New York / New Jersey`.
fn is_other_state(city: &Location, other: &Location) -> bool {
    let states =
        other.region.as_deref().filter(|_| other.city.is_none()).map(regions_named).unwrap_or_default();
    let is_state = !states.is_empty() && states.iter().all(|state| !state.code.is_empty());
    let within = |place: &Place| states.iter().any(|s| s.country == place.country && s.code == place.region);
    is_state && city.place().is_some_and(|place| !place.region.is_empty() && !within(place))
}

/// Whether two cities are one: by their name, or because one is a part of the other.
fn is_one_place(one: &Location, other: &Location) -> bool {
    let name = |location: &Location| location.city.as_deref().map(folded);
    let country = one.country.or(other.country);
    let place = |location: &Location| {
        let name = location.city.as_deref()?;
        find_place(name, location.country.or(country), location.region.as_deref())
    };
    name(one) == name(other)
        || place(one).zip(place(other)).is_some_and(|(a, b)| {
            let written = |location: &Location| location.city.clone().unwrap_or_default();
            a == b || is_part(&written(one), a, b) || is_part(&written(other), b, a)
        })
}

/// Whether a place is a district of a city, a suburb of one with ten times the people, or a town in the region that
/// has the city's name (`Marbella, Málaga`). Neighbours (`Ludwigshafen, Mannheim`) are two.
fn is_part(name: &str, place: &Place, city: &Place) -> bool {
    is_district(name, city)
        || is_in_region_of(place, city)
        || (place.country == city.country
            && place.population.saturating_mul(CITY_OF_SUBURB) <= city.population
            && place.distance_km(city) <= ONE_PLACE_KM)
}

/// The cities among the parts that are neither country nor region, each with its name: those that the name alone
/// settles, or the country, or the country of another of them (`Madrid, Barcelona`).
pub(super) fn settled<'a>(others: &[&'a str], country: Option<Country>) -> Vec<(&'a str, &'static Place)> {
    let find = |name: &str| find_place(name, country, None).or_else(|| find_place(name, None, None));
    let known = country.or_else(|| others.iter().find_map(|&name| find(name)).map(|place| place.country));
    others
        .iter()
        .filter_map(|&name| Some((name, find(name).or_else(|| find_place(name, Some(known?), None))?)))
        .collect()
}

/// Whether parts of one place are two cities: `Berlin, Munich`, and not `Marbella, Málaga`. `areas` are those of them
/// that stand for an area around the city (`Metro Manila`).
pub(super) fn are_apart(cities: &[(&str, &'static Place)], areas: &[&str]) -> bool {
    cities.windows(2).any(|pair| {
        let ((one, a), (other, b)) = (pair[0], pair[1]);
        let is_around = areas.contains(&other) && a.distance_km(b) <= SURROUNDINGS_KM;
        a != b && !is_around && !is_part(one, a, b) && !is_district(other, a)
    })
}

/// What cities that lie apart say: the country that is named, or the one that they share.
pub(super) fn apart(cities: &[(&str, &'static Place)], named: Option<Country>, remote: bool) -> Location {
    let shared = only_one(cities.iter().map(|(_, place)| place.country));
    let inferred = shared.filter(|_| named.is_none()).map(|_| FROM_CITY);
    Location { country: named.or(shared), inferred, remote, several: true, ..Location::default() }
}

#[cfg(test)]
mod tests {
    //! - what could be two places is none, and what is one place in several words is one

    use crate::location::tests::read;
    use crate::location::{FROM_CITY, FROM_STATE, read_location};

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
            ("Berlin (DE), Paris (FR)", "", ""),
            ("Madrid, Barcelona", "ES", FROM_CITY),
            ("Gdańsk, Gdynia, Sopot", "PL", FROM_CITY),
            ("Nuremberg, Fürth, Erlangen", "DE", FROM_CITY),
            ("Oslo, Bergen", "NO", FROM_CITY),
            ("Bergen, Oslo", "NO", FROM_CITY),
            ("Nice, Cannes", "FR", FROM_CITY),
            ("Ludwigshafen am Rhein, Mannheim", "DE", FROM_CITY),
            ("Ludwigshafen am Rhein / Mannheim", "DE", FROM_CITY),
            ("Manchester, Salford", "GB", FROM_CITY),
            ("New York / New Jersey", "US", FROM_CITY),
            ("Berlin and/or Munich", "DE", FROM_CITY),
            ("Berlin → Munich", "DE", FROM_CITY),
            ("moving from Berlin to Munich", "DE", FROM_CITY),
            ("Rome, NY or Ithaca, NY", "US", FROM_STATE),
            ("Boston, MA, New York, NY", "US", FROM_STATE),
            ("Boston MA / New York NY", "US", FROM_STATE),
            ("Sevilla, Cádiz", "ES", FROM_CITY),
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
            ("Kreuzberg / Berlin", "Berlin", "DE"),
            ("Kreuzberg, Berlin", "Berlin", "DE"),
            ("Mitte, Berlin, Germany", "Berlin", "DE"),
            ("Biel/Bienne", "Biel/Bienne", "CH"),
            ("Saint-Denis, Paris", "Saint-Denis", "FR"),
            ("Getafe, Madrid", "Getafe", "ES"),
            ("Marbella, Málaga", "Marbella", "ES"),
            ("Vigo, Pontevedra", "Vigo", "ES"),
            ("Vigo, Pontevedra, Spain", "Vigo", "ES"),
            ("Jerez de la Frontera, Cádiz", "Jerez de la Frontera", "ES"),
            ("Algeciras, Cádiz", "Algeciras", "ES"),
            ("Manhattan, New York City", "New York City", "US"),
            ("Tokyo, Shibuya", "Tokyo", "JP"),
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
}
