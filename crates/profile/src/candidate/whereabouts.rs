//! Where the person lives, may work and can be reached: what the columns say together.

use super::known;
use super::read::{Reader, sorted};
use crate::location::infer_country;
use crate::phone::read_phones;
use crate::place::places_named;
use crate::{Country, Field, Phone};

/// What is known of where the person lives.
#[derive(Debug, Default)]
pub(super) struct Whereabouts {
    pub location: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub country: Option<Country>,
    pub remote: Option<bool>,
}

impl Reader<'_> {
    pub(super) fn whereabouts(&mut self) -> Whereabouts {
        let location_value = self.values(Field::Location).first().copied();
        let city_value = self.values(Field::City).first().copied();
        let region_value = self.values(Field::Region).first().copied();
        let location = self.text(Field::Location);
        let read = location.as_deref().map(known::location).unwrap_or_default();
        // A column of cities may hold `10115 Berlin`, or a city that is a country (`Singapore`).
        let in_city = city_value.map(|value| known::location(&value.text)).unwrap_or_default();
        let written_city = city_value.map(|value| value.text.trim().to_owned());
        for (value, read) in
            [(city_value, &in_city), (location_value.filter(|_| city_value.is_none()), &read)]
        {
            let Some(value) = value else { continue };
            if read.several {
                let message = "names several places, of which none is taken";
                self.issue(value, "several-places", message.to_owned());
            } else if read.vague {
                self.issue(value, "vague-place", "is an area or a sentence, and no city".to_owned());
            }
        }
        // A cell of several cities, an area, a sentence, `Remote` or `Anywhere in Poland` is no city's name.
        let is_country = in_city.region.is_none() && in_city.country.is_some() && in_city.inferred.is_none();
        let is_known = written_city.as_deref().is_some_and(|name| !places_named(name).is_empty());
        let is_none = in_city.several || in_city.vague || in_city.remote || (is_country && !is_known);
        let city = in_city.city.or(written_city.filter(|_| !is_none)).or(read.city);
        let region = region_value.map(|v| v.text.trim().to_owned()).or(read.region).or(in_city.region);
        for (field, found, values) in [
            (Field::City, city.is_some(), [city_value, location_value]),
            (Field::Region, region.is_some(), [region_value, location_value.or(city_value)]),
        ] {
            if found && let Some(value) = values.into_iter().flatten().next() {
                self.comes_from(field, value, None);
            }
        }

        let mut country = self.first(Field::Country, |value| {
            known::country(&value.text)
                .ok_or_else(|| ("unknown-country", "is no country that is known by name or code".to_owned()))
        });
        if country.is_none()
            && let Some(value) = location_value
        {
            country = read.country;
            if country.is_some() {
                self.comes_from(Field::Country, value, read.inferred);
            }
        }
        // A location that could be two places is not made one by its city alone; a region beside it may settle it.
        if country.is_none() && (location_value.is_none() || region_value.is_some()) {
            let inferred = infer_country(city.as_deref(), region.as_deref());
            let inferred = inferred.or(in_city.country.map(|c| (c, crate::location::FROM_CITY)));
            let from = if region_value.is_some() { region_value } else { city_value };
            if let (Some((found, why)), Some(value)) = (inferred, from.or(city_value)) {
                self.comes_from(Field::Country, value, Some(why));
                country = Some(found);
            }
        }
        let remote = read.remote.then_some(true);
        if let (Some(_), Some(value), true) = (remote, location_value, self.values(Field::Remote).is_empty())
        {
            self.comes_from(Field::Remote, value, Some("from the location"));
        }
        let remote = remote.filter(|_| self.values(Field::Remote).is_empty());
        Whereabouts { location, city, region, country, remote }
    }

    pub(super) fn permits(&mut self) -> (Option<Vec<Country>>, Vec<String>) {
        let mut known: Option<Vec<Country>> = None;
        let mut texts: Vec<String> = Vec::new();
        for &value in self.values(Field::Permit) {
            let permits = known::permits(&value.text);
            if permits.unread > 0 {
                self.issue(value, "unknown-country", "names no country that is known".to_owned());
            }
            self.comes_from(Field::Permit, value, None);
            if !permits.countries.is_empty() {
                known.get_or_insert_default().extend(permits.countries);
            }
            for (country, end) in permits.limited {
                // One that ended is none.
                if self.day_of(value).is_none_or(|day| end >= day) {
                    known.get_or_insert_default().push(country);
                }
            }
            let text = value.text.trim().to_owned();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        (known.map(sorted), texts)
    }

    pub(super) fn phones(&mut self, country: Option<Country>) -> Vec<Phone> {
        let mut phones: Vec<Phone> = Vec::new();
        for &value in self.values(Field::Phone) {
            let read = read_phones(&value.text, country).unwrap_or_else(|(read, _)| {
                self.issue(value, "bad-phone", "is no telephone number".to_owned());
                read
            });
            for phone in read {
                let same = |known: &Phone| match (&known.e164, &phone.e164) {
                    (Some(a), Some(b)) => a == b,
                    _ => known.written == phone.written,
                };
                if !phones.iter().any(same) {
                    self.comes_from(Field::Phone, value, phone.by_country.then_some("from the country"));
                    phones.push(phone);
                }
            }
        }
        phones
    }
}

#[cfg(test)]
mod tests {
    //! - a column of cities gives no city where it names several, or none

    use stackscout_taxonomy::Taxonomy;

    use super::super::*;
    use crate::{Part, Reading, Value};

    fn read(field: Field, text: &str) -> (Candidate, Vec<&'static str>) {
        let value = Value {
            field,
            column: field.to_string(),
            text: text.to_owned(),
            cell: Cell { import: 1, line: 2 },
            reading: Reading::default(),
        };
        let record = Record::new(CandidateNumber(1), Part::new("s", Some("1".to_owned()), vec![value]));
        let (candidate, issues) = Candidate::read(&record, &Taxonomy::embedded());
        (candidate, issues.iter().map(|issue| issue.code).collect())
    }

    #[test]
    fn a_cell_that_names_no_single_city_gives_none() {
        for (text, city, country, codes) in [
            ("Berlin / Wien", None, None, vec!["several-places"]),
            ("Berlin, Munich", None, Some("DE"), vec!["several-places"]),
            ("Berlin und Hamburg", None, Some("DE"), vec!["several-places"]),
            ("Europe", None, None, vec!["vague-place"]),
            ("willing to relocate to Berlin", None, None, vec!["vague-place"]),
            ("Anywhere in Poland", None, Some("PL"), vec![]),
            ("Remote", None, None, vec![]),
            ("Singapore", Some("Singapore"), Some("SG"), vec![]),
            ("Kreuzberg, Berlin", Some("Berlin"), Some("DE"), vec![]),
            ("Atlantis", Some("Atlantis"), None, vec![]),
        ] {
            let (candidate, found) = read(Field::City, text);
            assert_eq!(found, codes, "{text}");
            assert_eq!(candidate.city.as_deref(), city, "{text}");
            assert_eq!(candidate.country.map(|c| c.to_string()).as_deref(), country, "{text}");
        }
        assert_eq!(read(Field::Location, "EMEA").1, ["vague-place"]);
    }
}
