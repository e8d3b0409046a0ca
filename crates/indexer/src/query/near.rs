//! Nearness on the map: `near:Berlin~50km`, `near:"Portland, OR, US"~30mi`.

use stackscout_profile::place::{find_place, places_named, places_within};
use stackscout_profile::{Country, Place as City};

use super::QueryError;
use super::ast::{Leaf, Node};
use super::leaf::Value;
use crate::document::city_on_map;

/// Kilometres where none are said: what people go to work.
const KM: u32 = 50;
/// Kilometres at most: beyond, a country or a region says it better.
const KM_MAX: u32 = 1_000;
/// Cities of one name that a hint lists.
const NAMED_MAX: usize = 4;

/// Who lives in a city whose centre is at most so far away. Of whom the city is not known, or is not clear, is not among
/// them.
pub(super) fn near(value: &Value) -> Result<Leaf, QueryError> {
    let text = &with_unit(value.text.trim());
    let (place, distance) = match text.rsplit_once(['~', ' ']) {
        Some((place, distance)) if text.contains('~') || kilometres(distance).is_some() => {
            (place, Some(distance))
        }
        _ => (text.as_str(), None),
    };
    let error = |message: String| QueryError::at(value.at, message);
    let km = match distance {
        None => KM,
        Some(distance) => kilometres(distance).filter(|km| *km <= KM_MAX).ok_or_else(|| {
            error(format!("expected a distance of at most {KM_MAX}km, found `{distance}`"))
                .hint("such as `near:Berlin~50km` or `near:\"New York\"~30mi`")
        })?,
    };
    let parts: Vec<&str> = place.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let fail = || error(format!("expected a city, found `{}`", place.trim()));
    let (name, rest) = parts.split_first().ok_or_else(fail)?;
    let country: Option<Country> = rest.last().and_then(|last| last.parse().ok());
    let region = match (rest, country) {
        ([region, _], Some(_)) | ([region], None) => Some(*region),
        ([], _) | ([_], Some(_)) => None,
        _ => return Err(fail().hint("such as `near:\"Portland, OR, US\"~50km`")),
    };
    // `CA` and `DE` are states, too.
    let by_region = || find_place(name, None, Some(rest.first()?));
    let Some(city) = find_place(name, country, region).or_else(by_region) else {
        let cities = places_named(name);
        if cities.is_empty() || value.is_trial {
            return Err(fail().hint("`city:` finds people by the name of a city that no map has"));
        }
        let named: Vec<String> =
            cities.iter().take(NAMED_MAX).map(|city| format!("near:\"{}\"", in_full(city))).collect();
        return Err(error(format!("expected one city, found {} of the name `{name}`", cities.len()))
            .did_you_mean(&named));
    };
    let cities = places_within(city, km).map(city_on_map).collect();
    let means = Box::new(Node::Leaf(Leaf::Cities(cities)));
    Ok(Leaf::Defined { field: "near", value: format!("{}~{km}km", in_full(city)), means })
}

/// `Berlin 30 km` as `Berlin 30km`: a distance and its unit are one word.
fn with_unit(text: &str) -> String {
    match text.rsplit_once(' ') {
        Some((before, unit))
            if !unit.starts_with(|c: char| c.is_ascii_digit())
                && before.ends_with(|c: char| c.is_ascii_digit())
                && kilometres(&format!("1{unit}")).is_some() =>
        {
            format!("{before}{unit}")
        }
        _ => text.to_owned(),
    }
}

fn in_full(city: &City) -> String {
    let parts = [city.name, city.region, city.country.code()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// `50`, `50km`, `30mi`: kilometres, miles rounded up.
fn kilometres(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let unit = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u32 = text[..unit].parse().ok()?;
    match text[unit..].trim() {
        "km" | "" => Some(number),
        // A mile is 1.609344 km.
        "mi" | "miles" => number.checked_mul(1_609).map(|metres| metres.div_ceil(1_000)),
        _ => None,
    }
}
