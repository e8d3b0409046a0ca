//! The figures: each framework by each way of ranking, and their means.

use serde::Serialize;
use stackscout_taxonomy::Taxonomy;

use super::learned::Learned;
use super::score::{Bayes, Best, Way};
use super::survey::{Half, Survey};

/// A framework that fewer people have is left out of the other years' figures.
const PEOPLE_MIN: u64 = 20;

/// Areas under the ROC curve, in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Areas {
    /// Related credit alone.
    pub credit: u64,
    /// How many other frameworks somebody has.
    pub count: u64,
    /// The plain same-language rule.
    pub language: u64,
    /// The best single conditional probability.
    pub single: u64,
    /// Naive Bayes over all others.
    pub bayes: u64,
}

/// One framework's figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Id of the framework.
    pub framework: String,
    /// Its name.
    pub name: String,
    /// How many people in the comparison have it.
    pub people: u64,
    /// The areas.
    #[serde(flatten)]
    pub areas: Areas,
}

/// The figures of a group of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Whose: `2024 measured half`, `2024 calibrating half`, `2019`, `2025`.
    pub of: String,
    /// People in the comparison.
    pub people: u64,
    /// Means over the frameworks, each framework once, rounded half up.
    pub mean: Areas,
    /// For how many frameworks credit is above the count.
    pub above_count: usize,
    /// The frameworks, in the order of the survey.
    pub rows: Vec<Row>,
}

/// All that the command measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The half of 2024 that nothing was calibrated with.
    pub measured: Figures,
    /// For comparison: the other half, and other years.
    pub others: Vec<Figures>,
}

/// Measures a taxonomy.
pub fn report<'a>(
    taxonomy: &Taxonomy,
    survey: &Survey,
    others: impl Iterator<Item = (&'a str, Survey)>,
) -> Report {
    let half =
        |of: &str, learn: Half, measure: Half| figures(of, taxonomy, survey, Some(learn), Some(measure), 1);
    Report {
        measured: half("2024 measured half", Half::Calibrating, Half::Measured),
        others: std::iter::once(half("2024 calibrating half", Half::Measured, Half::Calibrating))
            .chain(others.map(|(of, survey)| figures(of, taxonomy, &survey, None, None, PEOPLE_MIN)))
            .collect(),
    }
}

fn figures(
    of: &str,
    taxonomy: &Taxonomy,
    survey: &Survey,
    learn: Option<Half>,
    measure: Option<Half>,
    people_min: u64,
) -> Figures {
    let n = survey.frameworks.len();
    let groups = survey.groups(measure);
    let learned = Learned::from(&survey.groups(learn), n);
    let credit = Best::credit(taxonomy, &survey.frameworks);
    let language = Best::same_language(taxonomy, &survey.frameworks);
    let single = Best::share(&learned, n);
    let bayes = Bayes::new(&learned, n);
    let mut rows = Vec::new();
    for (to, framework) in survey.frameworks.iter().enumerate() {
        let people: u64 = groups.iter().filter(|(held, _)| *held >> to & 1 == 1).map(|(_, n)| n).sum();
        let area = |way: Way| way.area(&groups, to);
        let areas = || {
            Some(Areas {
                credit: area(Way::Best(&credit))?,
                count: area(Way::Count)?,
                language: area(Way::Best(&language))?,
                single: area(Way::Best(&single))?,
                bayes: area(Way::Bayes(&bayes))?,
            })
        };
        if let Some(areas) = (people >= people_min).then(areas).flatten() {
            let skill = taxonomy.skill(*framework);
            rows.push(Row { framework: skill.id.clone(), name: skill.name.clone(), people, areas });
        }
    }
    let mean = |of: fn(&Areas) -> u64| {
        let count = (rows.len() as u64).max(1);
        (2 * rows.iter().map(|row| of(&row.areas)).sum::<u64>() + count) / (2 * count)
    };
    Figures {
        of: of.to_owned(),
        people: groups.values().sum(),
        mean: Areas {
            credit: mean(|a| a.credit),
            count: mean(|a| a.count),
            language: mean(|a| a.language),
            single: mean(|a| a.single),
            bayes: mean(|a| a.bayes),
        },
        above_count: rows.iter().filter(|row| row.areas.credit > row.areas.count).count(),
        rows,
    }
}
