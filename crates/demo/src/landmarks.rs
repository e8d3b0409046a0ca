//! Whom does a guided tour show?
//!
//! A handful of people under fixed ids, each for one thing that the program does. Who they are comes from the draw
//! like everybody else; what they show is written over it here. Scores in the comments are worked by
//! hand from the scoring model, for the role `senior-django-berlin` and [`AS_OF`](crate::AS_OF).

use crate::THIS_YEAR;
use crate::figures::Figures;
use crate::people::Person;

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name, as in [`DemoFile`](crate::DemoFile).
    pub file: &'static str,
    /// The id in the file's first column.
    pub id: &'static str,
    /// The line of the file, from 1; the header is line 1.
    pub line: usize,
}

/// Everybody who is planted, in the order of a tour; the same whatever the seed and the size of the crowd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Landmarks {
    /// One person in two files under two ids: the same name, and the same address in other letter case.
    pub duplicate: [Place; 2],
    /// Django and PostgreSQL, and no years anywhere: tier B of the Django role, 72.86, and nothing invented.
    pub years_unknown: Place,
    /// Claims all 36 web frameworks: flagged as implausible.
    pub claims_everything: Place,
    /// Six years of Flask up to now, and no Django: tier C, close, 62.86.
    pub flask_for_django: Place,
    /// Two people with the same evidence for the Django role, eight years up to 2024 and high traffic: tier A, 90.91,
    /// one place, between those who use Django now with and without high traffic (100.00, 90.00).
    pub tie: [Place; 2],
    /// A row that ends in the middle of its fourth cell: the only row that must be rejected.
    pub cut_row: Place,
    /// "ten" in the years cell (column `years`): an issue of that cell, and the person stays.
    pub bad_years: Place,
}

/// Says where everybody who is planted stands.
pub fn landmarks() -> Landmarks {
    const fn candidate(id: &'static str, number: usize) -> Place {
        Place { file: "candidates.csv", id, line: number + 1 }
    }
    Landmarks {
        duplicate: [candidate("P00042", 42), Place { file: "referrals.csv", id: "R0007", line: 8 }],
        years_unknown: candidate("P00107", 107),
        claims_everything: candidate("P00151", 151),
        flask_for_django: candidate("P00188", 188),
        tie: [candidate("P00204", 204), candidate("P00239", 239)],
        cut_row: candidate("P00271", 271),
        bad_years: candidate("P00318", 318),
    }
}

/// The number of the person who stands in both files, and the place among the referrals that they take.
pub(crate) const DUPLICATE_NUMBER: usize = 42;
pub(crate) const DUPLICATE_REFERRAL: usize = 7;

/// Writes what a landmark shows over the person drawn for `candidates.csv`; leaves everybody else as they are.
pub(crate) fn plant(person: &mut Person) {
    let landmarks = landmarks();
    let id = person.id.as_str();
    if id == landmarks.duplicate[0].id {
        in_city(person, "Leipzig", "Germany");
        "Back-end developer".clone_into(&mut person.title);
        "6".clone_into(&mut person.years);
        "Develops internal tools for a school publisher.".clone_into(&mut person.summary);
        person.skills = list(&["Django (4 yrs)", "Python (6 yrs)", "PostgreSQL (3 yrs)", "HTML", "CSS"]);
    } else if id == landmarks.years_unknown.id {
        in_city(person, "Berlin", "Germany");
        "Back-end developer".clone_into(&mut person.title);
        person.years.clear();
        "Works on the booking system of a travel agency.".clone_into(&mut person.summary);
        person.skills = list(&["Django", "Python", "PostgreSQL", "Docker"]);
    } else if id == landmarks.claims_everything.id {
        in_city(person, "Hamburg", "Germany");
        "Senior full-stack developer".clone_into(&mut person.title);
        "12".clone_into(&mut person.years);
        "At home in every framework.".clone_into(&mut person.summary);
        let years = |since: u32| (THIS_YEAR - since).min(9);
        let frameworks = Figures::embedded().frameworks().iter();
        person.skills = frameworks
            .map(|skill| format!("{} ({} yrs)", skill.name, years(skill.since)))
            .chain(list(&["Python (9 yrs)", "Java (9 yrs)", "JavaScript (12 yrs)", "PostgreSQL (9 yrs)"]))
            .collect();
    } else if id == landmarks.flask_for_django.id {
        in_city(person, "Berlin", "Germany");
        "Senior back-end developer".clone_into(&mut person.title);
        "9".clone_into(&mut person.years);
        "Keeps the ordering system of a seed bank running.".clone_into(&mut person.summary);
        person.skills = list(&[
            "Flask (6 yrs, last used 2026)",
            "Python (9 yrs, last used 2026)",
            "PostgreSQL (6 yrs)",
            "Docker (5 yrs)",
        ]);
    } else if id == landmarks.tie[0].id {
        in_city(person, "Berlin", "Germany");
        tied(person, "Explains technical matters to everybody in the room.", &["React (3 yrs)", "Docker"]);
    } else if id == landmarks.tie[1].id {
        in_city(person, "Amsterdam", "Netherlands");
        tied(person, "Prefers short meetings and long documents.", &["Vue.js: 4", "k8s"]);
    } else if id == landmarks.bad_years.id {
        in_city(person, "Toronto", "Canada");
        "Senior back-end developer".clone_into(&mut person.title);
        "ten".clone_into(&mut person.years);
        person.skills = list(&["RoR (8 years)", "Ruby (10 years)", "Postgres (7 years)", "Redis", "JS"]);
        "Looks after the customer portal of a city library.".clone_into(&mut person.summary);
    }
}

/// Makes of the person drawn for `candidates.csv` the one in `referrals.csv`, as somebody else wrote them down.
pub(crate) fn refer(person: &mut Person) {
    let (name, domain) = person.email.split_once('@').expect("every address has an @");
    person.email = format!("{}@{}", name.to_uppercase(), domain.replacen("example", "Example", 1));
    "Python developer".clone_into(&mut person.title);
    "7".clone_into(&mut person.years);
    person.skills = list(&["Django (5 years)", "Python (7 years)", "FastAPI (2 years)", "Postgres"]);
}

/// The evidence that both of the tie share, and what else each of them has.
fn tied(person: &mut Person, manner: &str, others: &[&str]) {
    "Senior back-end developer".clone_into(&mut person.title);
    "11".clone_into(&mut person.years);
    person.summary = format!("Built and ran a high-traffic site for a ferry line. {manner}");
    person.skills =
        list(&["Django (8 yrs, last used 2024)", "Python (11 yrs, last used 2026)", "PostgreSQL (7 yrs)"]);
    person.skills.extend(list(others));
}

fn in_city(person: &mut Person, city: &str, country: &str) {
    city.clone_into(&mut person.city);
    country.clone_into(&mut person.country);
    person.salary.clear();
}

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}
