//! What letters behind a city mean: `TX` a state, `NL` a country, and `DE`, `CA` or `BY` either.
//!
//! What else the cell names decides first, then the city: letters are a country's only where the city is in it, or
//! where no region has them. Where neither settles it, they are nothing.

use super::several::CITY_OF_SUBURB;
use super::{FROM_CITY, FROM_REGION, FROM_STATE, only_one, written_country};
use crate::Country;
use crate::place::{
    Lettered, Place, Region, country_of_city, lettered, only_country_of, places_named, regions_named,
};

/// Countries whose letters are written far more often than the region, province or state of the same letters, behind
/// a town that is not known.
const OFTEN_COUNTRIES: [&str; 18] = [
    "AT", "BG", "CH", "CZ", "ES", "FI", "FR", "HU", "KR", "NL", "NO", "PT", "RO", "SE", "SI", "SK", "TR",
    "UK",
];

/// States whose letters are written far more often than the country of the same letters, behind a name that no city of
/// that country has: `Cairo, IL`.
const OFTEN_STATES: [&str; 9] = ["GA", "IL", "KY", "ME", "MO", "MS", "NC", "SC", "VA"];

/// What letters behind a city mean.
pub(super) enum Letters {
    Country(Country),
    /// A region, with its country and what that follows from.
    Region(Country, &'static str),
    Unclear,
}

/// Whether a part is the letters of a country, or of a region: `DE`, `TX`, `NSW`, and not `NYC`.
pub(super) fn is_letters(part: &str) -> bool {
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
pub(super) fn letters_mean(parts: &[&str], at: usize, in_brackets: bool) -> Letters {
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
        // `Milan, MO`: the city is not in Modena, and Missouri may have a town of that name.
        let is_elsewhere = is_in_us && states.iter().all(|state| state.country != only);
        return if is_elsewhere { Letters::Unclear } else { Letters::Region(only, why(only)) };
    }
    if let Some(state) = states.iter().find(|r| r.country.code() == "US")
        && OFTEN_STATES.contains(&letters)
        && !places_named(city).is_empty()
    {
        return Letters::Region(state.country, FROM_STATE);
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

pub(super) enum Meaning {
    Country,
    Region(Region),
}

/// What letters or a name mean that are a country and a state: the city decides, where it is in one of them alone, or
/// far larger there.
pub(super) fn both(country: Country, regions: &[Region], before: &[&str], after: &[&str]) -> Option<Meaning> {
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

#[cfg(test)]
mod tests {
    //! - letters are a country only where the city is in it, and nothing where nothing says which they are

    use crate::location::tests::read;
    use crate::location::{FROM_CITY, read_location};

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
            ("Hamburg, NY", "US"),
            ("Roma, TX", "US"),
            ("Paris, TX", "US"),
            ("Paris, KY", "US"),
            ("Berlin, CT", "US"),
            ("Berlin, NH", "US"),
            ("Madrid, NM", "US"),
            ("Lisbon, ME", "US"),
            ("Cairo, IL", "US"),
            ("Perth, ON", "CA"),
            ("Delhi, IN", "IN"),
            ("Berlin, DE", "DE"),
            ("Venezia, VE", "IT"),
            ("St. Gallen, SG", "CH"),
            // A country's name before a state's letters is a town's.
            ("Cuba, MO", "US"),
            ("Peru, IN", "US"),
            ("Jordan, MN", "US"),
            ("Norway, ME", "US"),
            ("Denmark, WI", "US"),
            ("Brazil, IN", "US"),
            ("Lebanon, PA", "US"),
            ("Mexico, MO", "US"),
            ("China, TX", "US"),
            ("Turkey, TX", "US"),
            ("Greece, NY", "US"),
            // Nothing says whether these are towns of the state or of the country.
            ("Smallville, BY", ""),
            ("Smallville, DE", ""),
            ("Berlin, MD", ""),
            ("Milan, MO", ""),
            ("Naples, ME", ""),
            ("Milan, MI", "IT"),
            ("Milan, MO, Italy", "IT"),
            ("Milan, MO, USA", "US"),
            ("Smallville (FI)", ""),
            ("Smallville, FI", "FI"),
            ("Smallville, PL", "PL"),
        ] {
            let location = read_location(text);
            let city = text.split([',', '(', '-']).next().unwrap_or_default().trim();
            assert!(!location.several, "{text}");
            assert_eq!((location.city.as_deref(), read(text).2.as_str()), (Some(city), country), "{text}");
        }
        for (text, country) in [("India, IN", "IN"), ("Brazil, PA", "BR"), ("Germany, DE", "DE")] {
            let (city, _, read, _) = read(text);
            assert_eq!((city.as_str(), read.as_str()), ("", country), "{text}");
        }
        assert_eq!(read_location("München, BY").inferred, Some(FROM_CITY));
        assert_eq!(read_location("München, BY").region.as_deref(), Some("BY"));
    }
}
