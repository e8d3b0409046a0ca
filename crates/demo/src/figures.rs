//! What is known about the crowd?
//!
//! The tables of `data/demo`, embedded and read once. Their sources, licence and method stand in that folder's
//! `README.md`. A chance is always per ten thousand.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Which side of the web a framework serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The server.
    Back,
    /// The browser.
    Front,
    /// Either, as Node.js does.
    Both,
}

/// One skill that a person may have, and how people write it.
#[derive(Debug)]
pub(crate) struct Skill {
    /// The name in the tables, which is the usual one.
    pub name: String,
    /// `Some` for the web frameworks.
    pub side: Option<Side>,
    /// The year of its first release: nobody has used it for longer.
    pub since: u32,
    /// The chance for people without a framework that the skill is tied to.
    pub rest: u64,
    /// Frameworks (places in [`Figures::skills`]) that raise the chance, and to what.
    pub ties: Vec<(usize, u64)>,
    /// Spellings and their weights.
    pub spellings: Vec<(String, u64)>,
    /// Spellings that name a version; people write no years beside them.
    pub versions: Vec<String>,
}

/// One class of the mixture that frameworks are drawn from.
#[derive(Debug)]
pub(crate) struct Class {
    /// Share of all draws, per ten thousand.
    pub weight: u64,
    /// The chance of each framework, in the order of [`Figures::frameworks`].
    pub chances: Vec<u64>,
}

/// One country, or (with empty name and code) everybody whose country is not named.
#[derive(Debug)]
pub(crate) struct Country {
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub code: String,
    pub people: u64,
    pub cities: Vec<String>,
    /// Currency and base of the yearly pay, where the table has them.
    pub pay: Option<(String, u64)>,
}

/// All tables together.
#[derive(Debug)]
pub(crate) struct Figures {
    /// Every skill, the web frameworks first.
    pub skills: Vec<Skill>,
    /// How many of the skills are web frameworks.
    framework_count: usize,
    pub classes: Vec<Class>,
    pub countries: Vec<Country>,
    /// Years of work and how many people have them.
    pub experience: Vec<(u32, u64)>,
    /// What stands in the remote cell, and how many people answered so.
    pub remote: Vec<(String, u64)>,
}

impl Figures {
    /// The embedded tables.
    pub(crate) fn embedded() -> &'static Self {
        static FIGURES: LazyLock<Figures> = LazyLock::new(Figures::read);
        &FIGURES
    }

    /// The web frameworks, in the order of the classes' columns.
    pub(crate) fn frameworks(&self) -> &[Skill] {
        &self.skills[..self.framework_count]
    }

    fn read() -> Self {
        let mut skills: Vec<Skill> = rows(include_str!("../../../data/demo/frameworks.csv"))
            .map(|row| {
                let side = match row["side"].as_str() {
                    "back" => Side::Back,
                    "front" => Side::Front,
                    _ => Side::Both,
                };
                skill(&row, Some(side))
            })
            .collect();
        let framework_count = skills.len();
        for table in [
            include_str!("../../../data/demo/languages.csv"),
            include_str!("../../../data/demo/databases.csv"),
            include_str!("../../../data/demo/platforms.csv"),
            include_str!("../../../data/demo/extras.csv"),
        ] {
            skills.extend(rows(table).map(|row| skill(&row, None)));
        }
        let places: HashMap<String, usize> =
            skills.iter().enumerate().map(|(place, skill)| (skill.name.clone(), place)).collect();
        for table in
            [include_str!("../../../data/demo/ties.csv"), include_str!("../../../data/demo/extras.csv")]
        {
            for row in rows(table) {
                let tie = (places[&row["framework"]], number(&row, "per_10000"));
                skills[places[&row["skill"]]].ties.push(tie);
            }
        }
        for row in rows(include_str!("../../../data/demo/spellings.csv")) {
            let skill = &mut skills[places[&row["skill"]]];
            match row["kind"].as_str() {
                "version" => skill.versions.push(row["spelling"].clone()),
                _ => skill.spellings.push((row["spelling"].clone(), number(&row, "weight"))),
            }
        }
        let classes = rows(include_str!("../../../data/demo/classes.csv"))
            .map(|row| Class {
                weight: number(&row, "weight"),
                chances: skills[..framework_count].iter().map(|skill| number(&row, &skill.name)).collect(),
            })
            .collect();
        Self {
            skills,
            framework_count,
            classes,
            countries: countries(),
            experience: rows(include_str!("../../../data/demo/experience.csv"))
                .map(|row| (number(&row, "years") as u32, number(&row, "people")))
                .collect(),
            remote: rows(include_str!("../../../data/demo/remote.csv"))
                .map(|row| (row["remote"].clone(), number(&row, "people")))
                .collect(),
        }
    }
}

/// A row of a table: column to cell.
type Row = BTreeMap<String, String>;

fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headers = reader.headers().expect("an embedded table has a header").clone();
    reader.into_records().map(move |record| {
        let record = record.expect("an embedded table has equally long rows");
        headers.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    })
}

fn number(row: &Row, column: &str) -> u64 {
    row[column].parse().expect("an embedded table's figure is a whole number")
}

fn skill(row: &Row, side: Option<Side>) -> Skill {
    Skill {
        name: row.get("framework").filter(|_| side.is_some()).unwrap_or_else(|| &row["skill"]).clone(),
        side,
        since: number(row, "since") as u32,
        rest: row.get("rest_per_10000").map_or(0, |_| number(row, "rest_per_10000")),
        ties: Vec::new(),
        spellings: Vec::new(),
        versions: Vec::new(),
    }
}

fn countries() -> Vec<Country> {
    let cities: Vec<Row> = rows(include_str!("../../../data/demo/places.csv")).collect();
    let pay: Vec<Row> = rows(include_str!("../../../data/demo/pay.csv")).collect();
    rows(include_str!("../../../data/demo/countries.csv"))
        .map(|row| Country {
            name: row["country"].clone(),
            code: row["code"].clone(),
            people: number(&row, "people"),
            cities: cities
                .iter()
                .filter(|city| city["code"] == row["code"])
                .map(|city| city["city"].clone())
                .collect(),
            pay: pay
                .iter()
                .find(|pay| pay["code"] == row["code"])
                .map(|pay| (pay["currency"].clone(), number(pay, "base"))),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    //! - The tables hold what the documents say: 36 frameworks, 45,161 people, weights of ten thousand.
    //! - Every skill can be written, and no spelling is shared by two.
    //! - Every city and every pay belongs to a country of the table.

    use super::*;

    #[test]
    fn the_tables_hold_what_the_documents_say() {
        let figures = Figures::embedded();
        assert_eq!(figures.frameworks().len(), 36);
        assert_eq!(figures.countries.iter().map(|country| country.people).sum::<u64>(), 45_161);
        assert_eq!(figures.classes.iter().map(|class| class.weight).sum::<u64>(), 10_000);
        assert!(figures.classes.iter().flat_map(|class| &class.chances).all(|chance| *chance <= 10_000));
        assert_eq!(figures.experience.iter().map(|(_, people)| people).sum::<u64>(), 988);
        assert_eq!(figures.remote.iter().map(|(_, people)| people).sum::<u64>(), 1_000);
    }

    #[test]
    fn every_skill_can_be_written_and_no_spelling_is_shared() {
        let figures = Figures::embedded();
        let mut owner = HashMap::new();
        for skill in &figures.skills {
            assert!(!skill.spellings.is_empty(), "{} has no spelling", skill.name);
            for spelling in skill.spellings.iter().map(|(spelling, _)| spelling).chain(&skill.versions) {
                assert_eq!(owner.insert(spelling.clone(), &skill.name), None, "{spelling} is owned twice");
            }
        }
    }

    #[test]
    fn every_city_and_every_pay_belongs_to_a_country() {
        let figures = Figures::embedded();
        let cities: usize = figures.countries.iter().map(|country| country.cities.len()).sum();
        assert_eq!(cities, rows(include_str!("../../../data/demo/places.csv")).count());
        let paid = figures.countries.iter().filter(|country| country.pay.is_some()).count();
        assert_eq!(paid, rows(include_str!("../../../data/demo/pay.csv")).count());
    }
}
