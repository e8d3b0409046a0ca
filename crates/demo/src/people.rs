//! How is one person made?
//!
//! From the seed and the person's number alone: years of work first, then skills, and from both a title, pay and a
//! summary that fit. Cells are text as a person would have typed it; some are blank.

use crate::figures::{Country, Figures, Side};
use crate::names;
use crate::random::Random;
use crate::skills::{self, Held};
use crate::summary;
use crate::writing::{self, Habit};

/// One row of a file, not yet in any file's columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    pub title: String,
    pub city: String,
    pub country: String,
    pub remote: String,
    pub relocation: String,
    pub years: String,
    pub salary: String,
    pub skills: Vec<String>,
    pub summary: String,
}

/// What a file's skills column has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// Years and the last year of use.
    LastUsed,
    /// Years alone.
    Years,
}

/// Of the people, who leave their years of work blank.
const YEARS_BLANK_PER_10000: u64 = 800;
/// Of the people whose country has cities in the table.
const CITY_PER_10000: u64 = 8_500;
/// Of the people with a country, who write its code.
const CODE_PER_10000: u64 = 1_000;
/// Of the people whose country has a pay in the table.
const PAY_PER_10000: u64 = 6_000;

/// Draws the person of a number, under an id.
pub(crate) fn draw(seed: u64, number: usize, id: String, room: Room) -> Person {
    let figures = Figures::embedded();
    let mut random = Random::for_person(seed, number);
    let random = &mut random;
    let name = names::name(seed, number);
    let total_years = random.weighted(&figures.experience, |(_, people)| *people).0;
    let country = random.weighted(&figures.countries, |country| country.people);
    let held = skills::draw(figures, total_years, random);
    let habit: Habit = writing::habit(random);
    Person {
        id,
        name: name.full,
        email: name.email,
        title: title(figures, total_years, &held, random),
        city: city(country, random),
        country: if random.per_10000(CODE_PER_10000) { &country.code } else { &country.name }.clone(),
        remote: random.weighted(&figures.remote, |(_, people)| *people).0.clone(),
        relocation: (*random.one_of(&["yes", "no", "no", ""])).to_owned(),
        years: if random.per_10000(YEARS_BLANK_PER_10000) { String::new() } else { total_years.to_string() },
        salary: salary(country, total_years, random),
        skills: held
            .iter()
            .map(|held| writing::item(figures, *held, habit, room == Room::LastUsed, random))
            .collect(),
        summary: summary::draw(figures, &held, random),
    }
}

/// A title: seniority by years of work, family by the sides of the web that the frameworks serve.
fn title(figures: &Figures, total_years: u32, held: &[Held], random: &mut Random) -> String {
    let seniority = match (total_years, random.below(100)) {
        (0..=2, _) => "Junior ",
        (3..=6, _) => "",
        (7..=12, 0..70) => "Senior ",
        (13.., 0..50) => "Senior ",
        (13.., 50..70) => "Lead ",
        (13.., 70..82) => "Staff ",
        (13.., 82..90) => "Principal ",
        _ => "",
    };
    let count = |side| held.iter().filter(|held| figures.skills[held.place].side == Some(side)).count();
    let (back, front, both) = (count(Side::Back), count(Side::Front), count(Side::Both));
    let family = match (back, front, both, random.below(100)) {
        (_, _, _, 0..12) => "software engineer",
        (0, 0, _, _) => "web developer",
        (_, 0, _, _) => "back-end developer",
        (0, _, 0, _) => "front-end developer",
        (_, _, _, 12..65) => "full-stack developer",
        _ if back > front => "back-end engineer",
        _ if front > back => "front-end engineer",
        _ => "full-stack engineer",
    };
    capitalised(&format!("{seniority}{family}"))
}

fn capitalised(text: &str) -> String {
    let (head, tail) = text.split_at(1);
    format!("{}{tail}", head.to_uppercase())
}

fn city(country: &Country, random: &mut Random) -> String {
    if country.cities.is_empty() || !random.per_10000(CITY_PER_10000) {
        return String::new();
    }
    random.one_of(&country.cities).clone()
}

/// A yearly pay, rounded to thousands: 70% to 100% of the base, and 4% more for each of the first 20 years of work.
fn salary(country: &Country, total_years: u32, random: &mut Random) -> String {
    let Some((currency, base)) = &country.pay else { return String::new() };
    if !random.per_10000(PAY_PER_10000) {
        return String::new();
    }
    let percent = 70 + random.below(31) + 4 * u64::from(total_years.min(20));
    format!("{} {currency}", base * percent / 100_000 * 1_000)
}

#[cfg(test)]
mod tests {
    //! - A person depends on seed and number alone.
    //! - Titles and pay fit the years of work.

    use super::*;

    fn person(number: usize) -> Person {
        draw(11, number, format!("P{number:05}"), Room::LastUsed)
    }

    #[test]
    fn a_person_depends_on_seed_and_number_alone() {
        assert_eq!(person(17), person(17));
        assert_ne!(person(17).skills, person(18).skills);
        assert_ne!(person(17), draw(12, 17, "P00017".to_owned(), Room::LastUsed));
    }

    #[test]
    fn titles_fit_the_years_of_work() {
        let mut juniors = 0;
        for person in (1..2_000).map(person) {
            let Ok(years) = person.years.parse::<u32>() else { continue };
            assert_eq!(person.title.starts_with("Junior"), years <= 2, "{} at {years}", person.title);
            assert!(years >= 7 || !person.title.starts_with("Senior"));
            assert!(years >= 13 || !person.title.starts_with("Principal"));
            juniors += usize::from(years <= 2);
        }
        assert!(juniors > 50);
    }

    #[test]
    fn pay_is_rounded_and_within_the_bounds_of_its_base() {
        let germany = Figures::embedded().countries.iter().find(|country| country.code == "DE").unwrap();
        for state in 0..500 {
            let pay = salary(germany, 10, &mut Random::new(state));
            let Some((amount, "EUR")) = pay.split_once(' ') else { continue };
            let amount: u64 = amount.parse().unwrap();
            assert!((62_000 * 110 / 100 - 1_000..=62_000 * 140 / 100).contains(&amount), "{amount}");
            assert_eq!(amount % 1_000, 0);
        }
    }
}
