//! A cell that leaves no choice between places: its parts, and which of them is city, region and country.
//!
//! A part is a country, a region, letters of either, or something else. The first of what is something else is the
//! city, or the known city behind a district of it; whether it names two cities, `several` tells.

use super::areas::{beside_remote, is_remote_word, is_sentence, is_work_word, places_told, the_whole_of};
use super::letters::{Letters, Meaning, both, is_letters, letters_mean};
use super::several::{apart, are_apart, between_slashes, settled};
use super::surroundings::{
    is_address, letters_behind, letters_in_front, without_district, without_surroundings,
};
use super::{
    FROM_CITY, FROM_REGION, FROM_STATE, LARGE_MIN, Location, infer_country, only_one, written_country,
};
use crate::Country;
use crate::place::{Place, Region, area, is_district, is_lettered_in, lettered, places_named, regions_named};
use crate::words::folded;

/// Countries that a cell names beside the one that they belong to: `Hong Kong, China`.
const PARTS_OF_COUNTRIES: [(&str, &str); 16] = [
    ("HK", "CN"),
    ("MO", "CN"),
    ("TW", "CN"),
    ("PR", "US"),
    ("GU", "US"),
    ("VI", "US"),
    ("RE", "FR"),
    ("GP", "FR"),
    ("MQ", "FR"),
    ("GF", "FR"),
    ("GL", "DK"),
    ("FO", "DK"),
    ("CW", "NL"),
    ("AW", "NL"),
    ("GI", "GB"),
    ("IM", "GB"),
];

/// People, in thousands, of a city that is meant rather than the state of its name: in `Berlin, New York` the state is
/// not sure.
const RATHER_CITY_MIN: u32 = 500;

/// How a part that stands for a region is read.
enum Read {
    /// By its name, or its letters alone.
    Named(Vec<Region>),
    /// By its letters and the city: the country, and what it follows from.
    Means(Country, &'static str),
    /// As nothing, for it may be a country or a region.
    Unclear,
}

impl Read {
    fn is_in(&self, country: Country) -> bool {
        match self {
            Self::Named(regions) => regions.iter().any(|region| region.country == country),
            Self::Means(means, _) => *means == country,
            Self::Unclear => false,
        }
    }

    fn is_state(&self) -> bool {
        match self {
            Self::Named(regions) => regions.iter().any(|region| !region.code.is_empty()),
            Self::Means(..) => true,
            Self::Unclear => false,
        }
    }
}

/// The parts of a location, and what it says beside them.
#[derive(Default)]
struct Parts<'a> {
    parts: Vec<&'a str>,
    /// Those of the parts that stand for an area around a city.
    around: Vec<&'a str>,
    /// Countries that are named as a whole: `deutschlandweit`.
    named: Vec<Country>,
    /// Areas, with their countries, and sentences.
    vague: Vec<Option<Country>>,
    remote: bool,
    several: bool,
    /// Whether there are commas or lines between parts.
    is_listed: bool,
}

/// Splits a location that leaves no choice between places.
fn parts_of(text: &str) -> Parts<'_> {
    let mut found = Parts {
        remote: text.split([',', '(', ')', '/', '|', ';', '·', '-', '–']).any(is_remote_word),
        is_listed: text.contains([',', '\n']),
        ..Parts::default()
    };
    for chunk in text.split([',', '|', ';', '·', '\n']) {
        // `Halle (Saale)`, `Frankfurt (Oder)`
        if chunk.contains('(') && !places_named(chunk).is_empty() {
            found.parts.push(chunk.trim());
            continue;
        }
        let pieces = chunk.split(['(', ')']).flat_map(between_slashes);
        for part in pieces.flat_map(|part| part.split(" - ")).flat_map(|part| part.split(" – ")) {
            add_part(part.trim(), &mut found);
        }
    }
    found
}

fn add_part<'a>(part: &'a str, found: &mut Parts<'a>) {
    if is_work_word(part) {
        return;
    }
    let part = match beside_remote(part) {
        Some(rest) => {
            found.remote = true;
            rest
        }
        None => part,
    };
    if part.is_empty() || is_work_word(part) {
        return;
    }
    // `Lyon (69003)`, `Nantes (44)`, `Austin, TX, 78701`: a code behind a place names nothing more.
    if !found.parts.is_empty() && is_code(part) {
        return;
    }
    if is_sentence(part) {
        let places = places_told(part);
        let is_several = places.len() > 1;
        found.several |= is_several;
        return found.vague.push(only_one(places.into_iter()).filter(|_| is_several));
    }
    // `US-CA-San Francisco` is read as `San Francisco, CA, US`.
    if let Some((letters, rest)) = letters_in_front(part) {
        add_part(rest, found);
        return found.parts.push(letters);
    }
    if is_address(part, found.is_listed) {
        return found.vague.push(None);
    }
    let key = folded(part);
    let whole = the_whole_of(&key);
    if let Some(country) = whole.and_then(|name| name.parse::<Country>().ok()) {
        return found.named.push(country);
    }
    // `Greater Manchester` behind a town is its county.
    let is_region = !found.parts.is_empty() && !regions_named(part).is_empty();
    let city = if is_region { part } else { without_district(without_surroundings(part)) };
    if let Some(country) = area(whole.unwrap_or(&key)).or_else(|| area(city)) {
        return found.vague.push(country);
    }
    if city.is_empty() || is_work_word(city) {
        return;
    }
    if let Some((before, letters)) = letters_behind(city) {
        found.parts.push(without_district(before));
        return found.parts.push(letters);
    }
    if city != part {
        found.around.push(city);
    }
    found.parts.push(city);
}

/// Whether a part is a postal code, or the number of a département: `69003`, `2A`, `D-10115`, `SW1A 2AA`.
fn is_code(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let is_sign = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase() || matches!(b, b'-' | b' ');
    digits > 0 && part.len() <= 10 && part.bytes().all(is_sign) && places_named(part).is_empty()
}

/// Reads a location that leaves no choice between places.
pub(super) fn read_one(text: &str) -> Location {
    let Parts { parts, around, mut named, vague, remote, several, .. } = parts_of(text);
    let mut regions: Vec<(&str, Read)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    let town_in = state_of_town_named_like_a_country(&parts);
    let is_town = town_in.is_some() || is_town_named_like_a_country(&parts);
    for (at, &part) in parts.iter().enumerate() {
        if at == 0 && is_town {
            others.push(part);
            continue;
        }
        if let (1, Some(country)) = (at, town_in) {
            regions.push((part, Read::Means(country, FROM_STATE)));
            continue;
        }
        if parts.len() > 1 && is_letters(part) {
            let in_brackets = text.contains(&format!("({part})"));
            match letters_mean(&parts, at, in_brackets) {
                Letters::Country(country) => named.push(country),
                Letters::Region(country, why) => regions.push((part, Read::Means(country, why))),
                Letters::Unclear => regions.push((part, Read::Unclear)),
            }
            continue;
        }
        let country = written_country(part);
        let mut known = regions_named(part);
        // A city of the same name comes first: `New York, NY`, `Québec, QC`; alone it is the city.
        if at == 0 && country.is_none() && !places_named(part).is_empty() {
            known.clear();
        }
        match (country, known.is_empty()) {
            (Some(country), true) => named.push(country),
            // `Lebanon, NH`: a name of a country in front of a state is a town's.
            (None, false) => regions.push((part, Read::Named(known))),
            // `Georgia`, `DE`, `CA`
            (Some(country), false) => match both(country, &known, &parts[..at], &parts[at + 1..]) {
                Some(Meaning::Country) => named.push(country),
                Some(Meaning::Region(region)) => regions.push((part, Read::Named(vec![region]))),
                None => regions.push((part, Read::Unclear)),
            },
            (None, true) => others.push(part),
        }
    }
    named.sort();
    named.dedup();
    let state_last = regions.last().is_some_and(|(_, read)| read.is_state());
    if let ([only], true, [first, ..]) = (named.as_slice(), state_last && others.is_empty(), parts.as_slice())
        && written_country(first) == Some(*only)
        && regions.iter().all(|(_, read)| !read.is_in(*only))
    {
        named.clear();
        others.push(first);
    }
    if let [a, b] = named[..] {
        named.retain(|country| {
            let other = if *country == a { b } else { a };
            !PARTS_OF_COUNTRIES.contains(&(other.code(), country.code()))
        });
    }
    if named.len() > 1 || several {
        // Two countries in one cell are no place.
        let country = vague.first().copied().flatten().filter(|_| several && named.is_empty());
        let inferred = country.map(|_| FROM_CITY);
        return Location { country, inferred, remote, several: true, ..Location::default() };
    }
    let means = regions.iter().find_map(|(_, read)| match read {
        Read::Means(country, why) => Some((*country, *why)),
        _ => None,
    });
    let cities = settled(&others, named.first().copied().or(means.map(|(country, _)| country)));
    if are_apart(&cities, &around) {
        return apart(&cities, named.first().copied(), remote);
    }
    let city = city_of(&others, &cities).map(str::to_owned);
    let region = regions.first().map(|(part, _)| *part).or_else(|| others.get(1).copied()).map(str::to_owned);
    let region = region.filter(|region| city.as_ref() != Some(region));
    let unclear = named.is_empty() && regions.iter().any(|(_, read)| matches!(read, Read::Unclear));
    let is_vague = city.is_none() && region.is_none() && named.is_empty() && !vague.is_empty();
    let (country, inferred) = match named.first() {
        Some(only) => (Some(*only), None),
        None if unclear => (None, None),
        None if is_vague => {
            let country = only_one(vague.iter().copied().flatten());
            (country, country.map(|_| FROM_REGION))
        }
        None => {
            let inferred = means.or_else(|| infer_country(city.as_deref(), region.as_deref()));
            // `Saint-Denis, Paris`: the one that is in the other's country.
            let shared =
                || only_one(cities.iter().map(|(_, place)| place.country)).filter(|_| cities.len() > 1);
            match inferred.or_else(|| shared().map(|country| (country, FROM_CITY))) {
                Some((country, why))
                    if agrees(country, &others) || decides(country, why, region.as_deref(), &others) =>
                {
                    (Some(country), Some(why))
                }
                _ => (None, None),
            }
        }
    };
    Location { city, region, country, inferred, remote, several: false, vague: is_vague && !remote }
}

/// Whether the first part is a city that has a country's name and lies in another, which the rest names:
/// `Salvador, Bahia`.
fn is_town_named_like_a_country(parts: &[&str]) -> bool {
    let Some((first, rest)) = parts.split_first() else { return false };
    let Some(country) = written_country(first).filter(|_| first.len() > 3) else { return false };
    let places = places_named(first);
    let Some(place) = places.first().filter(|place| place.population >= LARGE_MIN) else { return false };
    let says = |part: &&str| {
        written_country(part) == Some(place.country)
            || is_lettered_in(part, place.country)
            || regions_named(part).iter().any(|region| region.country == place.country)
            || lettered(part).iter().any(|region| region.holds(place))
    };
    places.iter().all(|place| place.country != country) && rest.iter().any(says)
}

/// The country of a town that has a country's name and stands before the letters of a state of the USA (`Cuba, MO`);
/// not where these are the country's own, or those of a region in it (`India, IN`; `Brazil, PA`).
fn state_of_town_named_like_a_country(parts: &[&str]) -> Option<Country> {
    let [first, letters, rest @ ..] = parts else { return None };
    let country = written_country(first).filter(|country| first.len() > 3 && country.code() != "US")?;
    let states = regions_named(letters);
    let state = states.iter().find(|state| state.country.code() == "US" && state.code == *letters)?;
    let is_of_country = written_country(letters) == Some(country)
        || states.iter().any(|state| state.country == country)
        || lettered(letters).iter().any(|region| region.country == country);
    let is_that_state = regions_named(first).contains(state);
    let others_agree =
        rest.iter().all(|part| written_country(part).is_none_or(|named| named == state.country));
    (!is_of_country && !is_that_state && others_agree).then_some(state.country)
}

/// Of parts that are neither country nor region the first, or the known city behind an unknown part of it
/// (`Bötzowviertel, Berlin`) or behind a district (`Kreuzberg, Berlin`).
fn city_of<'a>(others: &[&'a str], cities: &[(&str, &'static Place)]) -> Option<&'a str> {
    match others {
        [] => None,
        [only] => Some(only),
        [first, second, ..] if places_named(first).is_empty() && !places_named(second).is_empty() => {
            Some(second)
        }
        [first, second, ..]
            if cities.iter().any(|(name, place)| name == second && is_district(first, place)) =>
        {
            Some(second)
        }
        [first, ..] => Some(first),
    }
}

/// Whether a state of the USA or Canada decides though the city's name is known elsewhere alone: `Hamburg, NY`.
fn decides(country: Country, why: &str, state: Option<&str>, others: &[&str]) -> bool {
    let is_sure = |state: &str| {
        is_letters(state) || places_named(state).first().is_none_or(|city| city.population < RATHER_CITY_MIN)
    };
    why == FROM_STATE
        && matches!(country.code(), "US" | "CA")
        && others.len() == 1
        && state.is_some_and(is_sure)
}

/// Whether no other part of the cell is a city of another country: `Berlin / Wien` is no place.
fn agrees(country: Country, others: &[&str]) -> bool {
    others.iter().all(|part| {
        let places = places_named(part);
        places.is_empty() || places.iter().any(|place| place.country == country)
    })
}
