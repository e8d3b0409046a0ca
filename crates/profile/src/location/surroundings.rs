//! The city of what is named after it: surroundings (`Greater Boston Area`), districts (`Hamburg-Altona`), postal
//! codes (`10115 Berlin`).

use super::letters::is_letters;
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
        "on-site in ",
        "onsite in ",
        "on site in ",
        "hybrid in ",
        "on-site ",
        "onsite ",
        "on site ",
        "hybrid ",
        "currently ",
        "derzeit ",
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
    part = without_british_code(part);
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

/// `London SW1A 2AA`: without the postal code.
fn without_british_code(part: &str) -> &str {
    let Some((rest, inward)) = part.rsplit_once(' ') else { return part };
    let Some((city, outward)) = rest.trim_end().rsplit_once(' ') else { return part };
    let is_inward = matches!(inward.as_bytes(), [digit, a, b]
        if digit.is_ascii_digit() && a.is_ascii_uppercase() && b.is_ascii_uppercase());
    let is_outward = (2..=4).contains(&outward.len())
        && outward.starts_with(|c: char| c.is_ascii_uppercase())
        && outward.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && outward.bytes().any(|b| b.is_ascii_digit());
    if is_inward && is_outward { city.trim_end() } else { part }
}

/// Whether a part is a street with the number of a house: `10 Downing Street`, or beside other parts `Hauptstraße 12a`;
/// not `Marseille 13`.
pub(super) fn is_address(part: &str, is_listed: bool) -> bool {
    let is_number = |word: &str| {
        let digits = word.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(word);
        (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let is_street = |rest: &str| {
        rest.chars().any(char::is_alphabetic) && places_named(without_surroundings(rest)).is_empty()
    };
    let in_front = part.split_once(' ').is_some_and(|(number, rest)| is_number(number) && is_street(rest));
    let behind = || part.rsplit_once(' ').is_some_and(|(rest, number)| is_number(number) && is_street(rest));
    in_front || (is_listed && behind())
}

/// What stands before letters that follow a space, and the letters: `Austin TX`, `München BY`. A name that is known
/// with them is one.
pub(super) fn letters_behind(part: &str) -> Option<(&str, &str)> {
    let (city, letters) = part.rsplit_once(' ')?;
    let city = city.trim_end();
    let is_split = (2..=3).contains(&letters.len())
        && is_letters(letters)
        && places_named(part).is_empty()
        && written_country(part).is_none()
        && regions_named(part).is_empty()
        && !places_named(without_district(city)).is_empty();
    is_split.then_some((city, letters))
}

/// What stands behind letters that a hyphen follows, and the letters: `DE-Berlin`, `US-CA-San Francisco`. No postal
/// codes (`CH-8001 Zürich`).
pub(super) fn letters_in_front(part: &str) -> Option<(&str, &str)> {
    let (letters, rest) = part.split_once('-')?;
    let is_city = |name: &str| !places_named(without_district(without_surroundings(name))).is_empty();
    let is_split = letters.len() == 2
        && is_letters(letters)
        && places_named(part).is_empty()
        && !rest.starts_with(|c: char| c.is_ascii_digit())
        && (is_city(rest) || letters_in_front(rest).is_some());
    is_split.then_some((letters, rest))
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

    #[test]
    fn letters_beside_a_city_and_addresses_are_no_part_of_it() {
        for (text, city, region, country) in [
            ("Austin TX", "Austin", "TX", "US"),
            ("Austin TX 78701", "Austin", "TX", "US"),
            ("Portland OR", "Portland", "OR", "US"),
            ("London ON", "London", "ON", "CA"),
            ("München BY", "München", "BY", "DE"),
            ("Wien AT", "Wien", "", "AT"),
            ("DE-Berlin", "Berlin", "", "DE"),
            ("US-CA-San Francisco", "San Francisco", "CA", "US"),
            ("10 Downing Street, London SW1A 2AA", "London", "", "GB"),
            ("Hauptstraße 12a, 80331 München", "München", "", "DE"),
            ("80331 München", "München", "", "DE"),
            ("Marseille 13", "Marseille", "", "FR"),
            ("CH-8001 Zürich", "Zürich", "", "CH"),
            ("Lyon (69003)", "Lyon", "", "FR"),
            ("Nantes (44)", "Nantes", "", "FR"),
            ("Austin, TX, 78701", "Austin", "TX", "US"),
            ("London (SW1A 2AA)", "London", "", "GB"),
        ] {
            let location = read_location(text);
            assert!(!location.several && !location.vague, "{text}");
            let (found, within, code, _) = read(text);
            assert_eq!((found.as_str(), within.as_str(), code.as_str()), (city, region, country), "{text}");
        }
        assert!(read_location("10 Downing Street").vague);
    }
}
