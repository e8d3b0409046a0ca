//! Cities: where they are, and which one is meant by a name.
//!
//! The list is data (`data/places`): GeoNames, reduced. A name alone names a city only where one city of that name
//! stands far above all others; elsewhere the country or the state has to be said.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::Country;
use crate::words::folded;

const CITIES: &str = include_str!("../../../data/places/cities.csv");
const REGIONS: &str = include_str!("../../../data/places/regions.csv");
const LETTERS: &str = include_str!("../../../data/places/letters.csv");
const DISTRICTS: &str = include_str!("../../../data/places/districts.csv");
const AREAS: &str = include_str!("../../../data/places/areas.csv");

/// How many times more people the city that is meant must have than the next of its name: below, `Birmingham` and
/// `Cambridge` would be guesses (5.6 and 1.2 times).
const FAR_ABOVE: u32 = 10;
/// The fewest people, in thousands, of a city that its name alone names.
const KNOWN_MIN: u32 = 100;

/// A city.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub name: &'static str,
    /// Its country.
    pub country: Country,
    /// Letters of the state or province, in the USA, Canada and Australia; empty elsewhere.
    pub region: &'static str,
    /// Hundredths of a degree north.
    pub latitude: i32,
    /// Hundredths of a degree east.
    pub longitude: i32,
    /// People, in thousands.
    pub population: u32,
}

/// A state, a province, or another part of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Its country.
    pub country: Country,
    /// Its letters, in the USA, Canada and Australia; empty elsewhere.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// A region that people write by its letters (`München, BY`), or that has the name of its city (`Getafe, Madrid`),
/// outside the USA, Canada and Australia: where it is, roughly.
#[derive(Debug)]
pub(crate) struct Lettered {
    pub(crate) country: Country,
    name: &'static str,
    /// A city in the middle of it.
    centre: Place,
    /// How far it reaches from there at most.
    km: u32,
}

impl Lettered {
    /// Whether a city may lie in it.
    pub(crate) fn holds(&self, place: &Place) -> bool {
        self.country == place.country && place.distance_km(&self.centre) <= self.km
    }

    /// Whether a city is the one that it is named after.
    fn is_named_after(&self, place: &Place) -> bool {
        self.country == place.country
            && (self.centre.latitude, self.centre.longitude) == (place.latitude, place.longitude)
            && places_named(self.name).contains(&place)
    }
}

struct Gazetteer {
    places: Vec<Place>,
    /// The keys are our own file's, so that nobody can choose colliding ones.
    by_name: FxHashMap<String, Vec<u32>>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut places = Vec::with_capacity(13_000);
    let mut by_name: FxHashMap<String, Vec<u32>> = FxHashMap::with_capacity_and_hasher(65_000, FxBuildHasher);
    for line in CITIES.lines().skip(1) {
        // No name has a comma or a quote; a test holds it.
        let mut cells = line.split(',');
        let mut next = || cells.next().unwrap_or_default();
        let (name, country, region) = (next(), next(), next());
        let (latitude, longitude, population) = (next(), next(), next());
        let Some(country) = Country::from_code(country) else { continue };
        let (Ok(latitude), Ok(longitude), Ok(population)) =
            (latitude.parse(), longitude.parse(), population.parse())
        else {
            continue;
        };
        let at = u32::try_from(places.len()).unwrap_or(u32::MAX);
        places.push(Place { name, country, region, latitude, longitude, population });
        for spelling in std::iter::once(name).chain(next().split('|').filter(|s| !s.is_empty())) {
            let known = by_name.entry(place_key(spelling)).or_default();
            if known.last() != Some(&at) {
                known.push(at);
            }
        }
    }
    Gazetteer { places, by_name }
});

static REGIONS_BY_NAME: LazyLock<FxHashMap<String, Vec<Region>>> = LazyLock::new(|| {
    let mut regions: FxHashMap<String, Vec<Region>> = FxHashMap::default();
    for line in REGIONS.lines().skip(1) {
        let mut cells = line.splitn(3, ',');
        let mut next = || cells.next().unwrap_or_default();
        let (country, code, names) = (next(), next(), next());
        let Some(country) = Country::from_code(country) else { continue };
        let name = names.split('|').next().unwrap_or(names);
        for spelling in names.split('|') {
            regions.entry(place_key(spelling)).or_default().push(Region { country, code, name });
        }
    }
    regions
});

static LETTERED: LazyLock<Vec<(&'static str, Lettered)>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for line in LETTERS.lines().skip(1) {
        let mut cells = line.splitn(6, ',');
        let mut next = || cells.next().unwrap_or_default();
        let (country, letters, latitude, longitude, km, name) =
            (next(), next(), next(), next(), next(), next());
        let Some(country) = Country::from_code(country) else { continue };
        let (Ok(latitude), Ok(longitude), Ok(km)) = (latitude.parse(), longitude.parse(), km.parse()) else {
            continue;
        };
        let centre = Place { name, country, region: "", latitude, longitude, population: 0 };
        all.push((letters, Lettered { country, name, centre, km }));
    }
    all
});

/// Cities by the names of their districts.
static DISTRICTS_BY_NAME: LazyLock<FxHashMap<String, Vec<(Country, &'static str)>>> = LazyLock::new(|| {
    let mut districts: FxHashMap<String, Vec<(Country, &'static str)>> = FxHashMap::default();
    for line in DISTRICTS.lines().skip(1) {
        let mut cells = line.splitn(3, ',');
        let mut next = || cells.next().unwrap_or_default();
        let (country, city, names) = (next(), next(), next());
        let Some(country) = Country::from_code(country) else { continue };
        for name in names.split('|') {
            districts.entry(place_key(name)).or_default().push((country, city));
        }
    }
    districts
});

static AREAS_BY_NAME: LazyLock<FxHashMap<String, Option<Country>>> = LazyLock::new(|| {
    let mut areas = FxHashMap::default();
    for (country, names) in AREAS.lines().skip(1).filter_map(|line| line.split_once(',')) {
        for name in names.split('|') {
            areas.insert(place_key(name), Country::from_code(country));
        }
    }
    areas
});

/// A name as places are compared: folded, hyphens, points and apostrophes as spaces, no space around a slash.
fn place_key(name: &str) -> String {
    let mut key = folded(name);
    if key.contains('/') {
        key = key.split('/').map(str::trim).collect::<Vec<_>>().join("/");
    }
    if !key.contains(['-', '.', '\'']) {
        return key;
    }
    key.split([' ', '-', '.', '\'']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

impl Place {
    /// The distance in whole kilometres along the surface, from centre to centre.
    ///
    /// Worked out with nothing but sums, products, quotients and square roots, which give the same on every machine.
    #[must_use]
    pub fn distance_km(&self, other: &Place) -> u32 {
        /// Mean radius of the earth (IUGG): 6,371.0 km.
        const RADIUS_KM: f64 = 6371.0;
        let point = |place: &Place| {
            let (lat, lon) = (radians(place.latitude), radians(place.longitude));
            [cosine(lat) * cosine(lon), cosine(lat) * sine(lon), sine(lat)]
        };
        let (a, b) = (point(self), point(other));
        let square: f64 = (0..3).map(|i| (a[i] - b[i]) * (a[i] - b[i])).sum();
        let half = (square.sqrt() / 2.0).min(1.0);
        let angle = 2.0 * arc_sine(half);
        // At most half of the circumference, 20,016 km.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let km = (RADIUS_KM * angle + 0.5) as u32;
        km
    }
}

fn radians(hundredths: i32) -> f64 {
    f64::from(hundredths) * (std::f64::consts::PI / 18_000.0)
}

/// The series of the sine; for angles from -π to π, 16 terms are exact to the last digits.
fn sine(x: f64) -> f64 {
    let (mut term, mut sum) = (x, x);
    for n in 1..16 {
        let n = f64::from(n);
        term *= -x * x / ((2.0 * n) * (2.0 * n + 1.0));
        sum += term;
    }
    sum
}

fn cosine(x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..16 {
        let n = f64::from(n);
        term *= -x * x / ((2.0 * n - 1.0) * (2.0 * n));
        sum += term;
    }
    sum
}

/// For 0 to 1: by the arc tangent, which is halved until its series is short.
fn arc_sine(x: f64) -> f64 {
    let rest = 1.0 - x * x;
    if rest <= 0.0 {
        return std::f64::consts::FRAC_PI_2;
    }
    let mut t = x / rest.sqrt();
    for _ in 0..4 {
        t /= 1.0 + (1.0 + t * t).sqrt();
    }
    let (mut power, mut sum) = (t, 0.0);
    for n in 0..14 {
        let sign = if n % 2 == 0 { 1.0 } else { -1.0 };
        sum += sign * power / f64::from(2 * n + 1);
        power *= t * t;
    }
    16.0 * sum
}

/// All cities of a name, in whatever language it is written; the largest first.
#[must_use]
pub fn places_named(name: &str) -> Vec<&'static Place> {
    let gazetteer = &*GAZETTEER;
    let known = gazetteer.by_name.get(&place_key(name)).map_or(&[][..], Vec::as_slice);
    let mut places: Vec<&Place> = known.iter().map(|at| &gazetteer.places[*at as usize]).collect();
    places.sort_by_key(|place| (std::cmp::Reverse(place.population), place.country, place.region));
    places
}

/// The one city that is meant: the only one of its name in the country and the region, as far as these are said, or
/// one with ten times the people of the next. `None` where that is nobody's guess to make.
#[must_use]
pub fn find_place(name: &str, country: Option<Country>, region: Option<&str>) -> Option<&'static Place> {
    let mut places = places_named(name);
    if let Some(country) = country {
        places.retain(|place| place.country == country);
    }
    let codes: Vec<Region> = region.map(regions_named).unwrap_or_default();
    let mut is_said = country.is_some();
    if codes.iter().any(|region| !region.code.is_empty()) {
        let within =
            |place: &&Place| codes.iter().any(|r| r.country == place.country && r.code == place.region);
        if places.iter().any(within) {
            places.retain(within);
            is_said = true;
        }
    }
    let first = *places.first()?;
    if (country.is_none() && first.population < KNOWN_MIN) || (!is_said && is_shortened(name, first)) {
        return None;
    }
    places.get(1).is_none_or(|second| first.population >= second.population * FAR_ABOVE).then_some(first)
}

/// Every city whose centre is at most so far from the centre of this one, itself among them; in the order of the list.
pub fn places_within(centre: &Place, km: u32) -> impl Iterator<Item = &'static Place> {
    // Along a meridian a hundredth of a degree is 1.11 km: what lies further north or south needs no looking at.
    let near = move |place: &&'static Place| {
        f64::from(place.latitude.abs_diff(centre.latitude)) * 1.1 <= f64::from(km) + 1.0
            && place.distance_km(centre) <= km
    };
    GAZETTEER.places.iter().filter(near)
}

/// The country of a city by its name alone: where one country's city of that name stands far above all others.
#[must_use]
pub fn country_of_city(name: &str) -> Option<Country> {
    let places = places_named(name);
    let first = places.first().filter(|place| place.population >= KNOWN_MIN || is_by_a_river(name))?;
    if is_shortened(name, first) {
        return None;
    }
    let next = places.iter().find(|place| place.country != first.country);
    next.is_none_or(|next| first.population >= next.population * FAR_ABOVE).then_some(first.country)
}

/// Whether a name may be short for that of a city far above the one that is written so: `St. Petersburg`, of which the
/// one in Florida is the smaller.
fn is_shortened(name: &str, known: &Place) -> bool {
    let key = place_key(name);
    let Some(rest) = key.strip_prefix("st ") else { return false };
    places_named(&format!("saint {rest}")).iter().any(|place| {
        place.country != known.country && place.population >= known.population.saturating_mul(FAR_ABOVE)
    })
}

/// Whether a name says itself which of several towns is meant: `Frankfurt (Oder)`, `Biel/Bienne`.
fn is_by_a_river(name: &str) -> bool {
    let key = place_key(name);
    [" am ", " an der ", " upon ", " sur ", " (", "/"].iter().any(|word| key.contains(word))
}

/// The country of a city of which all that are known of its name lie in one.
pub(crate) fn only_country_of(name: &str) -> Option<Country> {
    let places = places_named(name);
    let first = places.first()?;
    places.iter().all(|place| place.country == first.country).then_some(first.country)
}

/// Regions outside the USA, Canada and Australia by their letters.
pub(crate) fn lettered(letters: &str) -> Vec<&'static Lettered> {
    LETTERED
        .iter()
        .filter(|(known, _)| !known.is_empty() && *known == letters)
        .map(|(_, region)| region)
        .collect()
}

/// Whether a country has such a region of a name.
pub(crate) fn is_lettered_in(name: &str, country: Country) -> bool {
    let key = place_key(name);
    LETTERED.iter().any(|(_, region)| region.country == country && place_key(region.name) == key)
}

/// Whether a smaller place belongs to a larger one: as its district, or as a town in the region of its name. A town
/// that has a region of its own name belongs to no other. A province of Spain, Italy or France may hold a town that is
/// larger than the city it is named after (`Vigo, Pontevedra`).
pub(crate) fn is_in_region_of(town: &Place, city: &Place) -> bool {
    let named = |place: &Place| LETTERED.iter().any(|(_, region)| region.is_named_after(place));
    let holds = LETTERED.iter().any(|(_, region)| region.is_named_after(city) && region.holds(town));
    // Not where the town is the capital of a region of another name (`Oviedo` of Asturias).
    let is_capital = || {
        let at = (town.latitude, town.longitude);
        LETTERED.iter().any(|(_, region)| {
            region.country == town.country && (region.centre.latitude, region.centre.longitude) == at
        })
    };
    let may_be_larger = || matches!(city.country.code(), "ES" | "FR" | "IT") && !is_capital();
    town != city && holds && (town.population < city.population || may_be_larger()) && !named(town)
}

/// Whether a name is that of a well-known district of the city.
pub(crate) fn is_district(name: &str, city: &Place) -> bool {
    let known = DISTRICTS_BY_NAME.get(&place_key(name));
    known.is_some_and(|of| of.iter().any(|(country, name)| *country == city.country && *name == city.name))
}

/// An area that is no city, and the country that it lies in, if it is one: `Europe`, `Bay Area`.
#[allow(clippy::option_option)]
pub(crate) fn area(name: &str) -> Option<Option<Country>> {
    AREAS_BY_NAME.get(&place_key(name)).copied()
}

/// Regions by name, or by their letters where these are written in capitals (`TX`); several where a name is not unique.
#[must_use]
pub fn regions_named(name: &str) -> Vec<Region> {
    let name = name.trim();
    let mut found = REGIONS_BY_NAME.get(&place_key(name)).cloned().unwrap_or_default();
    let is_code = (2..=3).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    if is_code {
        let all = REGIONS_BY_NAME.values().flatten().filter(|region| region.code == name);
        for region in all {
            if !found.contains(region) {
                found.push(*region);
            }
        }
        found.sort_by_key(|region| (region.country, region.name));
    }
    found
}

#[cfg(test)]
mod tests {
    //! - every line of the data is read
    //! - a name alone names a city only where it stands far above the others
    //! - distances are those of the usual formula, the same both ways

    use super::*;
    use proptest::prelude::*;

    fn country(name: &str) -> String {
        country_of_city(name).map(|c| c.to_string()).unwrap_or_default()
    }

    #[test]
    fn every_line_of_the_data_is_read() {
        assert_eq!(GAZETTEER.places.len(), CITIES.lines().count() - 1);
        for line in CITIES.lines() {
            assert_eq!(line.matches(',').count(), 6, "{line}");
            assert!(!line.contains('"'), "{line}");
        }
        for line in REGIONS.lines().skip(1) {
            let country = line.split(',').next().and_then(Country::from_code);
            assert!(country.is_some_and(|c| c.name() != c.code()), "{line}");
        }
        assert_eq!(LETTERED.len(), LETTERS.lines().count() - 1);
        for (letters, region) in &*LETTERED {
            let holds = GAZETTEER.places.iter().any(|place| region.holds(place));
            assert!(letters.len() <= 5 && !region.name.contains(',') && holds, "{region:?}");
        }
        for cities in DISTRICTS_BY_NAME.values() {
            for (country, city) in cities {
                let places = places_named(city);
                assert!(places.iter().any(|p| p.country == *country && p.name == *city), "{city}");
            }
        }
        assert!(AREAS.lines().skip(1).all(|line| line.matches(',').count() == 1));
    }

    #[test]
    fn letters_of_regions_hold_their_cities() {
        for (letters, city, code) in [
            ("BY", "München", "DE"),
            ("BE", "Bern", "CH"),
            ("BE", "Berlin", "DE"),
            ("MI", "Milano", "IT"),
            ("BA", "Salvador", "BR"),
            ("CT", "Barcelona", "ES"),
            ("TN", "Chennai", "IN"),
            ("UT", "Utrecht", "NL"),
            ("JAL", "Guadalajara", "MX"),
            ("LA", "Lagos", "NG"),
        ] {
            let places = places_named(city);
            let known = lettered(letters);
            let held = known.iter().filter(|region| places.iter().any(|place| region.holds(place)));
            let codes: Vec<&str> = held.map(|region| region.country.code()).collect();
            assert_eq!(codes, [code], "{letters} {city}");
        }
        assert!(lettered("").is_empty());
    }

    #[test]
    fn a_town_belongs_to_the_region_of_a_city_and_a_district_to_its_city() {
        let place = |name, code| find_place(name, Country::from_code(code), None).unwrap();
        let is_in = |a, b, code| is_in_region_of(place(a, code), place(b, code));
        assert!(is_in("Getafe", "Madrid", "ES") && is_in("Marbella", "Málaga", "ES"));
        assert!(is_in("Ribeirão Preto", "São Paulo", "BR"));
        assert!(is_in("Vigo", "Pontevedra", "ES") && is_in("Algeciras", "Cádiz", "ES"));
        assert!(!is_in("Pontevedra", "Vigo", "ES") && !is_in("Sevilla", "Cádiz", "ES"));
        assert!(!is_in("Oviedo", "León", "ES"));
        assert!(!is_in("Madrid", "Barcelona", "ES") && !is_in("Bergamo", "Milano", "IT"));
        assert!(!is_in("Fürth", "Nürnberg", "DE"));
        assert!(is_district("Kreuzberg", place("Berlin", "DE")));
        assert!(!is_district("Kreuzberg", place("Hamburg", "DE")));
        assert_eq!(area("europe"), Some(None));
        assert_eq!(area("Bay Area"), Some(Country::from_code("US")));
        assert_eq!(area("Berlin"), None);
    }

    #[test]
    fn a_name_alone_names_a_city_that_stands_far_above_the_others() {
        for (name, code) in [
            ("Berlin", "DE"),
            ("Köln", "DE"),
            ("cologne", "DE"),
            ("Koeln", "DE"),
            ("KOLN", "DE"),
            ("München", "DE"),
            ("Monachium", "DE"),
            ("Varsovie", "PL"),
            ("Kraków", "PL"),
            ("NYC", "US"),
            ("Wien", "AT"),
            ("Paris", "FR"),
            ("London", "GB"),
            ("Den Haag", "NL"),
            ("Bangalore", "IN"),
            ("Zürich", "CH"),
            ("Genf", "CH"),
            ("São Paulo", "BR"),
            ("Frankfurt", "DE"),
            ("Birmingham", ""),
            ("Cambridge", ""),
            ("San José", ""),
            ("Springfield", "US"),
            ("Waterloo", ""),
            ("St. Petersburg", ""),
            ("Saint Petersburg", "RU"),
            ("St. Louis", "US"),
            ("Nowhere", ""),
            ("", ""),
        ] {
            assert_eq!(country(name), code, "{name}");
        }
        let place = |name, country, region| {
            find_place(name, Country::from_code(country), region).map(|p| format!("{} {}", p.name, p.region))
        };
        assert_eq!(place("Portland", "US", Some("OR")), Some("Portland OR".to_owned()));
        assert_eq!(place("Portland", "US", Some("Maine")), Some("Portland ME".to_owned()));
        assert_eq!(place("Springfield", "US", None), None);
        assert_eq!(place("Cambridge", "GB", None), Some("Cambridge ".to_owned()));
    }

    #[test]
    fn distances_are_those_on_the_map() {
        let place = |name, code| find_place(name, Country::from_code(code), None).unwrap();
        let km = |a: &Place, b: &Place| a.distance_km(b);
        let (berlin, hamburg) = (place("Berlin", "DE"), place("Hamburg", "DE"));
        assert!((250..=260).contains(&km(berlin, hamburg)), "{}", km(berlin, hamburg));
        assert_eq!(km(berlin, berlin), 0);
        let new_york = place("New York City", "US");
        assert!((6_370..=6_400).contains(&km(berlin, new_york)), "{}", km(berlin, new_york));
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_usual_formula(
            a in (-9000i32..=9000, -18000i32..=18000), b in (-9000i32..=9000, -18000i32..=18000)
        ) {
            let country = Country::from_code("DE").unwrap();
            let at = |(latitude, longitude)| Place { name: "", country, region: "", latitude, longitude, population: 1 };
            let (p, q) = (at(a), at(b));
            let rad = |h: i32| (f64::from(h) / 100.0).to_radians();
            let (dp, dl) = ((rad(b.0) - rad(a.0)) / 2.0, (rad(b.1) - rad(a.1)) / 2.0);
            let h = dp.sin().powi(2) + rad(a.0).cos() * rad(b.0).cos() * dl.sin().powi(2);
            let usual = 2.0 * 6371.0 * h.sqrt().min(1.0).asin();
            prop_assert!((f64::from(p.distance_km(&q)) - usual).abs() <= 0.51, "{usual}");
            prop_assert_eq!(p.distance_km(&q), q.distance_km(&p));
        }

        #[test]
        fn any_name_is_looked_up_without_panic(name in ".{0,20}") {
            let _ = (country_of_city(&name), regions_named(&name), find_place(&name, None, Some(&name)));
        }
    }
}
