//! Where somebody lives: city, region and country out of a cell such as `Köln`, `Austin, TX` or `Remote (Poland)`.
//!
//! A country that the cell names is stated. One that follows from a state (`Austin, TX`), a region (`München, Bayern`)
//! or a city that stands far above others of its name is inferred, and says so. Letters that are both a region and a
//! country (`DE`, `CA`, `BY`) are settled by the city, or by nothing. Of several cities (`Berlin or Hamburg`) none is
//! taken; the country is, where they share it. Areas (`EMEA`) and sentences (`willing to relocate`) are no city.
//!
//! A cell is read in this order, and the files are best read in it too:
//!
//! - `several`: which places a cell leaves the choice between, and whether what it names is one place or several
//! - `one`: the parts of a cell that names one place, and which of them is city, region and country
//! - `areas`: what is no city: words for remote work, areas, sentences
//! - `surroundings`: the city of what is named after it: its surroundings, its districts, its postal codes
//! - `letters`: what letters behind a city mean
//!
//! Here stand what a location says, and [`infer_country`] for cities and regions in columns of their own.

mod areas;
mod letters;
mod one;
mod several;
mod surroundings;

use std::borrow::Cow;

use letters::{Letters, is_letters, letters_mean};
use one::read_one;
use several::{SLASHES, alternatives, several_of};

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

/// A country by name or by letters in capitals. A name that is a country's in another language, and a large city's own
/// elsewhere (`Granada`, `Salvador`), is the city's.
fn written_country(part: &str) -> Option<Country> {
    let lower_code = part.len() <= 2 && part.chars().any(char::is_lowercase);
    if lower_code {
        return None;
    }
    let country: Country = part.parse().ok()?;
    let key = folded(part);
    let is_other_city = || {
        part.len() > 3
            && folded(country.name()) != key
            && places_named(part).iter().any(|place| {
                place.country != country && place.population >= LARGE_MIN && folded(place.name) == key
            })
    };
    (!is_other_city()).then_some(country)
}

fn is_large_city(name: &str) -> bool {
    places_named(name).first().is_some_and(|place| place.population >= LARGE_MIN)
}

/// The country, where all are one.
fn only_one(mut countries: impl Iterator<Item = Country>) -> Option<Country> {
    let first = countries.next()?;
    countries.all(|country| country == first).then_some(first)
}

#[cfg(test)]
mod tests {
    //! - a location gives city, region and country where it names them, and says what is inferred
    //! - no text makes the reader panic; what is read of `city, country` reads back

    use super::*;
    use proptest::prelude::*;

    pub(super) fn read(text: &str) -> (String, String, String, &'static str) {
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
            ("Georgia, USA", "", "Georgia", "US", ""),
            ("Georgia, United States", "", "Georgia", "US", ""),
            ("California, United States", "", "California", "US", ""),
            ("Granada", "Granada", "", "", ""),
            ("Granada, Spain", "Granada", "", "ES", ""),
            ("Grenada", "", "", "GD", ""),
            ("St. Petersburg", "St. Petersburg", "", "", ""),
            ("Saint Petersburg", "Saint Petersburg", "", "RU", FROM_CITY),
            ("St. Petersburg, FL", "St. Petersburg", "FL", "US", FROM_STATE),
            ("St. Petersburg, Russia", "St. Petersburg", "", "RU", ""),
            ("St. Louis", "St. Louis", "", "US", FROM_CITY),
            ("Hamburg, NY", "Hamburg", "NY", "US", FROM_STATE),
            ("Delhi, NY", "Delhi", "NY", "US", FROM_STATE),
            ("Berlin, Connecticut", "Berlin", "Connecticut", "US", FROM_STATE),
            ("Berlin, New York", "Berlin", "New York", "", ""),
            ("Perth, ON", "Perth", "ON", "CA", FROM_STATE),
            ("Valencia, Comunidad Valenciana", "Valencia", "Comunidad Valenciana", "ES", FROM_REGION),
            ("San Sebastián, Gipuzkoa", "San Sebastián", "Gipuzkoa", "ES", FROM_REGION),
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
