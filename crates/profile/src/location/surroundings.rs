//! The city of what is named after it: surroundings (`Greater Boston Area`), districts (`Hamburg-Altona`), postal
//! codes (`10115 Berlin`).

use super::{is_large_city, written_country};
use crate::place::{country_of_city, is_district, places_named, regions_named};
use crate::words::folded;

/// `Greater Boston Area`, `10115 Berlin`, `Großraum München`: the city of it.
pub(super) fn without_surroundings(part: &str) -> &str {
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
pub(super) fn without_district(part: &str) -> &str {
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

#[cfg(test)]
mod tests {
    //! - a part of a city gives the city, and a county behind a town the country

    use crate::location::read_location;
    use crate::location::tests::read;

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
}
