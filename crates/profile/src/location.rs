//! Where somebody lives: city, region and country out of a cell such as `Köln`, `Austin, TX` or `Remote (Poland)`.
//!
//! A country that the cell names is stated. One that follows from a state (`Austin, TX`), a region (`München, Bayern`)
//! or a city that stands far above others of its name is inferred, and says so. Letters that are both a region and a
//! country (`DE`, `CA`, `BY`) are settled by the city, or by nothing. Of several cities (`Berlin or Hamburg`) none is
//! taken; the country is, where they share it. Areas (`EMEA`) and sentences (`willing to relocate`) are no city.

use std::borrow::Cow;

use crate::Country;
use crate::place::{
    Lettered, Place, Region, area, country_of_city, find_place, is_district, is_in_region_of, is_lettered_in,
    lettered, only_country_of, places_named, regions_named,
};
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
    /// Whether it is an area or a sentence that names no city: `Europe`, `willing to relocate to Berlin`.
    pub vague: bool,
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
/// How far a suburb may lie from its city (`Saint-Denis, Paris`).
const ONE_PLACE_KM: u32 = 20;
/// How many times more people than its suburb a city has: below, the two are neighbours (`Fürth, Nürnberg`).
const CITY_OF_SUBURB: u32 = 10;
/// How far an area may reach that is named after a city (`Makati, Metro Manila`).
const SURROUNDINGS_KM: u32 = 120;
/// Words and signs between two places of which the person means either.
const JOINTS: [&str; 15] = [
    " or ", " oder ", " ou ", " o ", " of ", " lub ", " albo ", " and ", " und ", " et ", " y ", " en ",
    " i ", "&", "+",
];
/// Joints that are read as a slash.
const SLASHES: [&str; 11] =
    [" and/or ", " und/oder ", " et/ou ", " y/o ", " e/o ", " en/of ", " i/lub ", " lub/i ", "→", "->", "=>"];
/// Countries whose letters are written far more often than the region, province or state of the same letters, behind
/// a town that is not known.
const OFTEN_COUNTRIES: [&str; 18] = [
    "AT", "BG", "CH", "CZ", "ES", "FI", "FR", "HU", "KR", "NL", "NO", "PT", "RO", "SE", "SI", "SK", "TR",
    "UK",
];
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

/// Reads a location.
#[must_use]
pub fn read_location(text: &str) -> Location {
    let mut text = Cow::Borrowed(text);
    for joint in SLASHES {
        if text.contains(joint) {
            text = Cow::Owned(text.replace(joint, " / "));
        }
    }
    let alternatives = alternatives(&text);
    if alternatives.len() < 2 {
        return read_one(&text);
    }
    several_of(&alternatives).unwrap_or_else(|| read_one(&alternatives.join(" / ")))
}

/// The places between which a cell leaves the choice: `München / Wien`, `Berlin or Hamburg`, `London; Paris`.
fn alternatives(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for part in text.split(['|', ';', '·', '\n']).flat_map(between_slashes) {
        for part in with_brackets(part) {
            add_alternatives(part, &mut found);
        }
    }
    found
}

/// What stands between slashes; a name that has one itself is one (`Biel/Bienne`).
fn between_slashes(text: &str) -> Vec<&str> {
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

/// The country, where all are one.
fn only_one(mut countries: impl Iterator<Item = Country>) -> Option<Country> {
    let first = countries.next()?;
    countries.all(|country| country == first).then_some(first)
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
fn settled<'a>(others: &[&'a str], country: Option<Country>) -> Vec<(&'a str, &'static Place)> {
    let find = |name: &str| find_place(name, country, None).or_else(|| find_place(name, None, None));
    let known = country.or_else(|| others.iter().find_map(|&name| find(name)).map(|place| place.country));
    others
        .iter()
        .filter_map(|&name| Some((name, find(name).or_else(|| find_place(name, Some(known?), None))?)))
        .collect()
}

/// Whether parts of one place are two cities: `Berlin, Munich`, and not `Marbella, Málaga`. `areas` are those of them
/// that stand for an area around the city (`Metro Manila`).
fn are_apart(cities: &[(&str, &'static Place)], areas: &[&str]) -> bool {
    cities.windows(2).any(|pair| {
        let ((one, a), (other, b)) = (pair[0], pair[1]);
        let is_around = areas.contains(&other) && a.distance_km(b) <= SURROUNDINGS_KM;
        a != b && !is_around && !is_part(one, a, b) && !is_district(other, a)
    })
}

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
}

/// Splits a location that leaves no choice between places.
fn parts_of(text: &str) -> Parts<'_> {
    let mut found = Parts {
        remote: text.split([',', '(', ')', '/', '|', ';', '·', '-', '–']).any(is_remote_word),
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
    if is_sentence(part) {
        let places = places_told(part);
        let is_several = places.len() > 1;
        found.several |= is_several;
        return found.vague.push(only_one(places.into_iter()).filter(|_| is_several));
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
    if city != part {
        found.around.push(city);
    }
    found.parts.push(city);
}

/// Reads a location that leaves no choice between places.
fn read_one(text: &str) -> Location {
    let Parts { parts, around, mut named, vague, remote, several } = parts_of(text);
    let mut regions: Vec<(&str, Read)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    let is_town = is_town_named_like_a_country(&parts);
    for (at, &part) in parts.iter().enumerate() {
        if at == 0 && is_town {
            others.push(part);
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
    if let ([_], true, [first, ..]) = (named.as_slice(), state_last && others.is_empty(), parts.as_slice())
        && written_country(first).is_some_and(|c| regions.iter().all(|(_, read)| !read.is_in(c)))
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
                Some((country, why)) if agrees(country, &others) => (Some(country), Some(why)),
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

/// What cities that lie apart say: the country that is named, or the one that they share.
fn apart(cities: &[(&str, &'static Place)], named: Option<Country>, remote: bool) -> Location {
    let shared = only_one(cities.iter().map(|(_, place)| place.country));
    let inferred = shared.filter(|_| named.is_none()).map(|_| FROM_CITY);
    Location { country: named.or(shared), inferred, remote, several: true, ..Location::default() }
}

/// The country that follows from a city and a region, and from which of them.
#[must_use]
pub fn infer_country(city: Option<&str>, region: Option<&str>) -> Option<(Country, &'static str)> {
    if let (Some(city), Some(letters)) = (city, region.map(str::trim).filter(|region| is_letters(region))) {
        return match letters_mean(&[city, letters], 1, false) {
            Letters::Region(country, why) => Some((country, why)),
            // In a column of regions letters are a country's only where the city is there beyond doubt.
            Letters::Country(country) => {
                country_of_city(city).filter(|known| *known == country).map(|known| (known, FROM_CITY))
            }
            Letters::Unclear => None,
        };
    }
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

/// What letters behind a city mean.
enum Letters {
    Country(Country),
    /// A region, with its country and what that follows from.
    Region(Country, &'static str),
    Unclear,
}

/// Whether a part is the letters of a country, or of a region: `DE`, `TX`, `NSW`, and not `NYC`.
fn is_letters(part: &str) -> bool {
    let count = part.chars().count();
    let is_known = || {
        (count == 2 && written_country(part).is_some())
            || regions_named(part).iter().any(|region| region.code == part)
            || !lettered(part).is_empty()
    };
    (1..=5).contains(&count)
        && part.chars().all(char::is_uppercase)
        && (count < 3 || (written_country(part).is_none() && places_named(part).is_empty()))
        && is_known()
}

/// What the letters of a part mean: a country only where the city is in it, or where no region has them.
fn letters_mean(parts: &[&str], at: usize, in_brackets: bool) -> Letters {
    let letters = parts[at];
    let country = written_country(letters);
    let states: Vec<Region> = regions_named(letters).into_iter().filter(|r| !r.code.is_empty()).collect();
    let provinces = lettered(letters);
    let is_region_of = |country: Country| {
        states.iter().any(|r| r.country == country) || provinces.iter().any(|r| r.country == country)
    };
    // `Portland, OR, USA`, `Los Angeles, CA, US`, `München, BY, DE`
    let others = || {
        parts.iter().enumerate().filter(move |(other, _)| *other != at).map(|(other, part)| (other, *part))
    };
    let mut named = others()
        .filter(|(other, part)| *other > at || part.len() > 3)
        .filter_map(|(other, part)| Some((other, part, written_country(part)?)));
    if let Some((_, _, named)) = named.clone().find(|(_, _, named)| is_region_of(*named)) {
        return Letters::Region(named, FROM_REGION);
    }
    if let Some((_, _, named)) = named
        .find(|(other, part, _)| *other > at && regions_named(part).is_empty() && lettered(part).is_empty())
    {
        return if country == Some(named) { Letters::Country(named) } else { Letters::Unclear };
    }
    let is_of = |part: &str, country: Country| {
        regions_named(part).iter().any(|region| region.country == country)
            || lettered(part).iter().any(|region| region.country == country)
    };
    if let Some(country) = country
        && others().any(|(other, part)| other < at && is_letters(part) && is_of(part, country))
    {
        return Letters::Country(country);
    }
    // The city: the nearest part in front that is one, or the nearest behind.
    let is_city = |part: &str, other: usize| {
        !is_letters(part)
            && (other == 0 || regions_named(part).is_empty())
            && (written_country(part).is_none() || !places_named(part).is_empty())
    };
    let before = parts[..at].iter().enumerate().rev().map(|(other, part)| (other, *part));
    let after = parts.iter().enumerate().skip(at + 1).map(|(other, part)| (other, *part));
    let mut cities = before.chain(after).filter(|&(other, part)| is_city(part, other)).map(|(_, part)| part);
    let Some(nearest) = cities.clone().next() else {
        return match country {
            Some(country) if states.iter().all(|r| r.country.code() != "US") => Letters::Country(country),
            Some(_) => Letters::Unclear,
            None => one_country_of(&states, &provinces),
        };
    };
    let city = cities.find(|part| !places_named(part).is_empty()).unwrap_or(nearest);
    let settled = country_of_city(city);
    let why = |country: Country| {
        let is_state = states.iter().any(|r| r.country == country);
        match settled.or_else(|| only_country_of(city)) {
            _ if is_state => FROM_STATE,
            Some(known) if known == country => FROM_CITY,
            _ => FROM_REGION,
        }
    };
    if let Some(found) = letters_of_city(city, country, &states, &provinces) {
        return match found {
            Some((country, true)) => Letters::Country(country),
            Some((country, false)) => Letters::Region(country, why(country)),
            None => Letters::Unclear,
        };
    }
    // No such city is known in the country or the region.
    let is_in_us = states.iter().any(|r| r.country.code() == "US");
    let is_region = !states.is_empty() || !provinces.is_empty();
    let only = settled.or_else(|| only_country_of(city).filter(|_| is_region));
    if let Some(only) = only
        && (is_region_of(only) || (!is_in_us && (country.is_some() || states.is_empty())))
    {
        return Letters::Region(only, why(only));
    }
    let is_italian = in_brackets && provinces.iter().any(|r| r.country.code() == "IT");
    match country {
        // `Berlin, MD` is a town of the state that no list of cities has, or the city.
        Some(_) if is_in_us => Letters::Unclear,
        Some(country) if !is_italian && OFTEN_COUNTRIES.contains(&letters) => Letters::Country(country),
        Some(country) if provinces.is_empty() => Letters::Country(country),
        Some(_) => Letters::Unclear,
        None if is_in_us && !is_italian => one_country_of(&states, &[]),
        None => one_country_of(&states, &provinces),
    }
}

/// The country in which all regions of some letters lie.
fn one_country_of(states: &[Region], provinces: &[&Lettered]) -> Letters {
    let why = if states.is_empty() { FROM_REGION } else { FROM_STATE };
    let countries = states.iter().map(|r| r.country).chain(provinces.iter().map(|r| r.country));
    only_one(countries).map_or(Letters::Unclear, |country| Letters::Region(country, why))
}

/// In which of the countries and regions of some letters a city lies, and whether it is the country that the letters
/// name; nothing within where it is in several and in none far larger, nothing at all where it is in none.
#[allow(clippy::option_option)]
fn letters_of_city(
    city: &str,
    country: Option<Country>,
    states: &[Region],
    provinces: &[&Lettered],
) -> Option<Option<(Country, bool)>> {
    let places = places_named(city);
    let largest = |fits: &dyn Fn(&Place) -> bool| places.iter().find(|p| fits(p)).map(|p| p.population);
    let mut best: Vec<(u32, Country, bool)> = Vec::new();
    if let Some(country) = country {
        best.extend(largest(&|p| p.country == country).map(|people| (people, country, true)));
    }
    for r in states {
        let people = largest(&|p| p.country == r.country && p.region == r.code);
        best.extend(people.map(|people| (people, r.country, false)));
    }
    for r in provinces {
        best.extend(largest(&|p| r.holds(p)).map(|people| (people, r.country, false)));
    }
    best.sort_by_key(|(people, _, _)| std::cmp::Reverse(*people));
    let (first, found, is_country) = *best.first()?;
    let next = best.iter().find(|(_, country, _)| *country != found);
    let is_clear = next.is_none_or(|(second, _, _)| first >= second.saturating_mul(CITY_OF_SUBURB));
    Some(is_clear.then_some((found, is_country)))
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
        "currently based in ",
        "currently in ",
        "based in ",
        "located in ",
        "living in ",
        "lives in ",
        "wohnhaft in ",
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

/// `Lyon 3e`, `London SW1`, `Rotterdam-Zuid`, `Hamburg-Altona`, `Berlin Mitte`: the city of it.
fn without_district(part: &str) -> &str {
    const SIDES: [&str; 22] = [
        "nord",
        "noord",
        "north",
        "sud",
        "zuid",
        "south",
        "ost",
        "oost",
        "east",
        "est",
        "west",
        "ouest",
        "oeste",
        "norte",
        "centre",
        "center",
        "centrum",
        "zentrum",
        "centro",
        "city",
        "downtown",
        "innenstadt",
    ];
    let is_city = |name: &str| is_large_city(name) && country_of_city(name).is_some();
    let last = part.rsplit_once(' ').filter(|(city, _)| is_city(city));
    if let Some((city, tail)) = last
        && tail.len() <= 5
        && tail.bytes().any(|b| b.is_ascii_digit())
    {
        return city.trim_end();
    }
    if let Some((city, tail)) = part.split_once(['-', ' '])
        && is_city(city)
        && places_named(city)
            .first()
            .is_some_and(|place| is_district(tail, place) || is_district(part, place))
    {
        return city;
    }
    if !places_named(part).is_empty() || written_country(part).is_some() || !regions_named(part).is_empty() {
        return part;
    }
    if let Some((city, tail)) = last
        && SIDES.contains(&folded(tail).as_str())
    {
        return city.trim_end();
    }
    // Not `Lyons-la-Forêt`, and not two cities (`Köln-Bonn`).
    let is_joint =
        |word: &str| matches!(word, "sur" | "sous" | "la" | "le" | "les" | "de" | "en" | "am" | "an");
    match part.split_once('-') {
        Some((city, tail))
            if is_city(city)
                && !is_large_city(tail)
                && !tail.split('-').any(|word| is_joint(&folded(word))) =>
        {
            city.trim_end()
        }
        _ => part,
    }
}

/// What stands beside `remote` where that is a place, a country or an area: `Remote EU`, `Remote in Poland`.
fn beside_remote(part: &str) -> Option<&str> {
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
fn is_sentence(part: &str) -> bool {
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
fn places_told(sentence: &str) -> Vec<Country> {
    let mut parts = vec![sentence];
    for word in [" from ", " to ", " von ", " nach "] {
        parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
    }
    parts.into_iter().filter_map(|part| country_of_city(part).or_else(|| written_country(part))).collect()
}

/// Of which country or area the whole is meant: `anywhere in poland`, `deutschlandweit`.
fn the_whole_of(key: &str) -> Option<&str> {
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
            ("Austin, CA", "Austin", "CA", "US", FROM_STATE),
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
    fn letters_are_a_country_only_where_the_city_is_in_it() {
        for (text, country) in [
            ("München, BY", "DE"),
            ("Dresden, SN", "DE"),
            ("Stuttgart, BW", "DE"),
            ("Kiel, SH", "DE"),
            ("Potsdam, BB", "DE"),
            ("Erfurt, TH", "DE"),
            ("Hannover, NI", "DE"),
            ("Saarbrücken, SL", "DE"),
            ("Magdeburg, ST", "DE"),
            ("Schwerin, MV", "DE"),
            ("München, BY, DE", "DE"),
            ("Graz, ST", "AT"),
            ("Salzburg, SA", "AT"),
            ("Wien, AT", "AT"),
            ("Bern, BE", "CH"),
            ("Geneva, GE", "CH"),
            ("Chur, GR", "CH"),
            ("Zug, ZG", "CH"),
            ("Genova, GE", "IT"),
            ("Napoli, NA", "IT"),
            ("Torino, TO", "IT"),
            ("Bari, BA", "IT"),
            ("Firenze (FI)", "IT"),
            ("Milano, MI", "IT"),
            ("Palermo, PA", "IT"),
            ("Modena, MO", "IT"),
            ("Mumbai, MH", "IN"),
            ("Chennai, TN", "IN"),
            ("Bengaluru, KA", "IN"),
            ("Curitiba, PR", "BR"),
            ("Belo Horizonte, MG", "BR"),
            ("Porto Alegre, RS", "BR"),
            ("Recife, PE", "BR"),
            ("Manaus, AM", "BR"),
            ("Belém, PA", "BR"),
            ("Florianópolis, SC", "BR"),
            ("Salvador, BA", "BR"),
            ("Salvador, Bahia", "BR"),
            ("São Paulo, SP", "BR"),
            ("Rio de Janeiro - RJ", "BR"),
            ("Amsterdam, NH", "NL"),
            ("Eindhoven, NB", "NL"),
            ("Utrecht, UT", "NL"),
            ("Barcelona, CT", "ES"),
            ("Guadalajara, JAL", "MX"),
            ("Lagos, LA", "NG"),
            ("Halle, BE", "BE"),
            ("Warszawa, MZ", "PL"),
            ("Kraków, PL", "PL"),
            ("Paris, FR", "FR"),
            ("Dublin, IE", "IE"),
            ("Tbilisi, GE", "GE"),
            ("Toronto, CA", "CA"),
            ("London, ON", "CA"),
            ("Sydney, NSW", "AU"),
            ("Athens, GA", "US"),
            ("Vancouver, WA", "US"),
            ("Gary, IN", "US"),
            ("Portland, OR", "US"),
            // Nothing says whether these are towns of the state or of the country.
            ("Smallville, BY", ""),
            ("Smallville, DE", ""),
            ("Berlin, MD", ""),
            ("Smallville (FI)", ""),
            ("Smallville, FI", "FI"),
            ("Smallville, PL", "PL"),
        ] {
            let location = read_location(text);
            let city = text.split([',', '(', '-']).next().unwrap_or_default().trim();
            assert!(!location.several, "{text}");
            assert_eq!((location.city.as_deref(), read(text).2.as_str()), (Some(city), country), "{text}");
        }
        assert_eq!(read_location("München, BY").inferred, Some(FROM_CITY));
        assert_eq!(read_location("München, BY").region.as_deref(), Some("BY"));
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

    #[test]
    fn a_part_of_a_city_and_a_county_give_the_country() {
        for (text, city, country) in [
            ("Halle (Saale)", "Halle (Saale)", "DE"),
            ("Lyon 3e", "Lyon", "FR"),
            ("Marseille 13", "Marseille", "FR"),
            ("Reading, Berkshire", "Reading", "GB"),
            ("Lincoln, Lincolnshire", "Lincoln", "GB"),
            ("Rotterdam-Zuid", "Rotterdam", "NL"),
            ("Hamburg-Altona", "Hamburg", "DE"),
            ("Brandenburg an der Havel", "Brandenburg an der Havel", "DE"),
            ("Stratford-upon-Avon", "Stratford-upon-Avon", "GB"),
            ("Greater London Area", "London", "GB"),
            ("based in Berlin", "Berlin", "DE"),
        ] {
            let location = read_location(text);
            assert_eq!((location.city.as_deref(), read(text).2.as_str()), (Some(city), country), "{text}");
        }
        assert_eq!(read("Hong Kong, China").2, "HK");
    }

    #[test]
    fn a_city_and_a_state_in_columns_of_their_own_give_the_country() {
        let infer =
            |city, region| infer_country(city, region).map(|(c, _)| c.to_string()).unwrap_or_default();
        assert_eq!(infer(Some("Austin"), Some("TX")), "US");
        assert_eq!(infer(Some("Perth"), Some("WA")), "AU");
        assert_eq!(infer(Some("Milano"), Some("MI")), "IT");
        assert_eq!(infer(Some("München"), Some("BY")), "DE");
        assert_eq!(infer(Some("Berlin"), Some("DE")), "DE");
        assert_eq!(infer(Some("Berlin"), Some("Berlin")), "DE");
        assert_eq!(infer(None, Some("WA")), "");
        assert_eq!(infer(Some("Nowhere"), Some("DE")), "");
        assert_eq!(infer(None, None), "");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,40}", parts in prop::collection::vec("Berlin|Wien|DE|CA|BY|MI|Georgia|TX|Salvador|area|weit|remote |->| to |greater |,|/| or | und |&|\\(|remote| |Ü|10115", 0..8)) {
            for text in [text, parts.concat()] {
                let location = read_location(&text);
                prop_assert!(location.inferred.is_none() || location.country.is_some());
                let _ = location.place();
            }
        }
    }
}
