//! Credits from the calibrating half, each within the band of its relation's name.
//!
//! The rule, for each pair of frameworks of the survey where the first does not imply the second, nor a row was written
//! by hand (`exceptions.csv` lists those rows with their reasons):
//!
//! 1. A pair that a relation type names keeps that name: same language and kind, same paradigm, same philosophy. Every
//!    other pair is "often used together".
//! 2. The credit begins at the name's lowest value and rises by 500 with each step that the pair's relative likelihood
//!    ratio reaches (see [`Learned::relative`]), up to the name's highest value.
//! 3. "Often used together" ends at 3,500, below what opens the gate of a must. Where a quarter or more of the frameworks
//!    count towards the target already, for their language or purpose, it begins above that, at 2,500.
//!    A pair is left out unless one in five of the people who have the rarer of the two have both, and having the target
//!    goes with having the first at all: a likelihood ratio of 1.2.
//! 4. A row that changes nothing is left out: one that says what its type says, or one beaten by a row of a skill that
//!    its start implies.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;
use stackscout_taxonomy::relation::IMPLIES;
use stackscout_taxonomy::tables::Tables;
use stackscout_taxonomy::{SkillIx, Taxonomy};

use super::learned::Learned;
use super::survey::{Half, Survey};

/// Source of every proposed row.
pub const SOURCE: &str = "stackoverflow-2024-calibration";

/// Name of a relation that is not one of kinship.
pub const TOGETHER: &str = "often used together";

/// Steps of the relative ratio, in thousandths, for relations of kinship.
const STEPS_KIN: [u64; 6] = [1_000, 1_300, 2_000, 2_700, 4_000, 5_300];
/// Steps for what is often used together, from 500.
const STEPS_TOGETHER: [u64; 7] = [1_000, 1_200, 1_500, 2_000, 2_700, 4_000, 6_000];
/// Steps for the same, from 2,500.
const STEPS_ABOVE_LANGUAGE: [u64; 3] = [1_100, 1_600, 3_000];

/// The likelihood ratio, in thousandths, below which two frameworks are not used together.
const RATIO_MIN: u64 = 1_200;
/// One in so many of the people who have the rarer framework have both, at least.
const ONE_IN: u64 = 5;

/// Names of kinship with their lowest and highest credit. The type's own credit lies between.
const KIN: [(&str, u16, u16); 3] = [
    ("same language and kind", 5_000, 7_500),
    ("same paradigm", 4_000, 6_500),
    ("same philosophy", 4_000, 4_500),
];

/// A row of `relations.csv`, without its source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposed {
    /// Id of the skill that is held.
    pub from: String,
    /// Id of the skill that is asked for.
    pub to: String,
    /// Name of the relation.
    pub relation: String,
    /// What it counts, in ten-thousandths.
    pub credit: u16,
}

/// A row that was written by hand between two frameworks of the survey, and why.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Exception {
    /// Id of the skill that is held.
    pub from: String,
    /// Id of the skill that is asked for.
    pub to: String,
    /// Name of the relation.
    pub relation: String,
    /// What it counts, in ten-thousandths.
    pub credit: u16,
    /// Why the rule does not decide.
    pub reason: String,
}

/// The exceptions that stand in the repository.
///
/// # Errors
/// Where the file does not hold its columns.
pub fn exceptions() -> Result<Vec<Exception>> {
    let text = include_str!("exceptions.csv");
    let rows: Result<_, csv::Error> = csv::Reader::from_reader(text.as_bytes()).deserialize().collect();
    rows.context("exceptions.csv")
}

/// The rows that the calibrating half of a survey proposes, sorted; rows of [`SOURCE`] in the taxonomy are not looked at.
///
/// # Errors
/// Where the tables without the rows of [`SOURCE`] do not hold together.
pub fn rows(taxonomy: &Taxonomy, survey: &Survey) -> Result<Vec<Proposed>> {
    let learned = Learned::from(&survey.groups(Some(Half::Calibrating)), survey.frameworks.len());
    let bare = without_proposals(taxonomy)?;
    let mut rows = BTreeMap::new();
    for to in 0..survey.frameworks.len() {
        for from in (0..survey.frameworks.len()).filter(|from| *from != to) {
            if let Some(row) = one(&bare, &learned, &survey.frameworks, from, to) {
                rows.insert((survey.frameworks[from], survey.frameworks[to]), row);
            }
        }
    }
    Ok(rows
        .iter()
        .filter(|(pair, row)| changes(&bare, &rows, **pair, row))
        .map(|(_, row)| row.0.clone())
        .collect())
}

/// What in the taxonomy differs from the rule's rows and the exceptions, a line each; none where all is as it should.
///
/// # Errors
/// As [`rows`] and [`exceptions`].
pub fn differences(taxonomy: &Taxonomy, survey: &Survey) -> Result<Vec<String>> {
    let surveyed: BTreeSet<&str> =
        survey.frameworks.iter().map(|skill| taxonomy.skill(*skill).id.as_str()).collect();
    let mut stand = BTreeMap::new();
    for row in &taxonomy.tables().relations {
        let between = surveyed.contains(row.from.as_str()) && surveyed.contains(row.to.as_str());
        if (between && row.relation != IMPLIES) || row.source == SOURCE {
            let calibrated = row.source == SOURCE;
            stand.insert((&row.from, &row.to), (&row.relation, row.credit, calibrated));
        }
    }
    let (proposed, exceptions) = (rows(taxonomy, survey)?, exceptions()?);
    let mut wanted = BTreeMap::new();
    for row in &proposed {
        wanted.insert((&row.from, &row.to), (&row.relation, row.credit, true));
    }
    for row in &exceptions {
        wanted.insert((&row.from, &row.to), (&row.relation, row.credit, false));
    }
    let pairs: BTreeSet<_> = stand.keys().chain(wanted.keys()).collect();
    let differing = pairs.into_iter().filter(|pair| stand.get(*pair) != wanted.get(*pair));
    Ok(differing
        .map(|pair| format!("{} -> {}: {:?}, not {:?}", pair.0, pair.1, stand.get(pair), wanted.get(pair)))
        .collect())
}

/// The taxonomy as it stands without what was calibrated.
fn without_proposals(taxonomy: &Taxonomy) -> Result<Taxonomy> {
    let mut tables: Tables = taxonomy.tables().clone();
    tables.relations.retain(|row| row.source != SOURCE);
    Ok(Taxonomy::new(tables, "without proposals".to_owned())?)
}

/// What the rule says for a pair; with the credit of the pair's own row without it.
type Ruled = (Proposed, Option<u16>);

fn one(bare: &Taxonomy, learned: &Learned, frameworks: &[SkillIx], from: usize, to: usize) -> Option<Ruled> {
    let (held, asked) = (frameworks[from], frameworks[to]);
    let own = bare.related_to(asked).iter().filter(|row| row.from == held).max_by_key(|row| row.credit);
    let by_hand = |row: &&stackscout_taxonomy::relation::RelationTo| is_explicit(bare, held, row.from, asked);
    if bare.is_or_implies(held, asked) || own.as_ref().is_some_and(by_hand) {
        return None;
    }
    let relative = learned.relative(from, to);
    let often =
        learned.ratio(from, to) >= RATIO_MIN && learned.both(from, to) * ONE_IN >= learned.rarer(from, to);
    let kin = own.and_then(|own| KIN.iter().find(|kin| kin.0 == own.relation));
    let (relation, credit) = match kin {
        Some((name, lowest, highest)) => {
            (*name, (lowest + 500 * reached(relative, &STEPS_KIN)).min(*highest))
        }
        None if !often => return None,
        None if has_floor(bare, frameworks, asked) => (
            TOGETHER,
            match reached(relative, &STEPS_ABOVE_LANGUAGE) {
                0 => 0,
                steps => 2_000 + 500 * steps,
            },
        ),
        None => (TOGETHER, 500 * reached(relative, &STEPS_TOGETHER)),
    };
    let id = |skill: SkillIx| bare.skill(skill).id.clone();
    let row = Proposed { from: id(held), to: id(asked), relation: relation.to_owned(), credit };
    (credit > 0).then_some((row, own.map(|own| own.credit.ten_thousandths())))
}

/// Whether the pair stands in `relations.csv`.
fn is_explicit(bare: &Taxonomy, held: SkillIx, from: SkillIx, asked: SkillIx) -> bool {
    let (from_id, to_id) = (&bare.skill(held).id, &bare.skill(asked).id);
    from == held && bare.tables().relations.iter().any(|row| row.from == *from_id && row.to == *to_id)
}

/// Whether a quarter or more of the frameworks count towards one in part already, below what is near.
fn has_floor(bare: &Taxonomy, frameworks: &[SkillIx], asked: SkillIx) -> bool {
    let below_near = |held: &&SkillIx| {
        bare.link(**held, asked).is_some_and(|link| (2_000..2_500).contains(&link.credit.ten_thousandths()))
    };
    frameworks.iter().filter(below_near).count() * 4 >= frameworks.len()
}

/// How many of the steps a ratio reaches.
fn reached(relative: u64, steps: &[u64]) -> u16 {
    steps.iter().map(|step| u16::from(relative >= *step)).sum()
}

/// Whether scoring takes something else with the row than without it.
fn changes(
    bare: &Taxonomy,
    rows: &BTreeMap<(SkillIx, SkillIx), Ruled>,
    (held, asked): (SkillIx, SkillIx),
    (row, own): &Ruled,
) -> bool {
    if row.relation != TOGETHER {
        return *own != Some(row.credit);
    }
    let implied = bare.implied_by(held);
    let of_implied = implied.iter().filter_map(|skill| rows.get(&(*skill, asked))).map(|(row, _)| row.credit);
    let others = bare.related_to(asked).iter().filter(|row| row.from == held || implied.contains(&row.from));
    let others = others.map(|row| row.credit.ten_thousandths());
    others.chain(of_implied).all(|other| other < row.credit)
}

#[cfg(test)]
mod tests {
    //! - no more than the step reached, and never past the band
    //! - what is only used together never opens the gate of a must
    //! - the rows between frameworks follow the rule on a small survey, and those written by hand stay out of it

    use super::*;

    #[test]
    fn steps_are_those_reached() {
        assert_eq!([999, 1_000, 5_299, 5_300, 90_000].map(|r| reached(r, &STEPS_KIN)), [0, 1, 5, 6, 6]);
    }

    #[test]
    fn what_is_only_used_together_never_opens_a_gate() {
        let taxonomy = Taxonomy::embedded();
        let mut seen = 0;
        for row in taxonomy.tables().relations.iter().filter(|row| row.relation == TOGETHER) {
            seen += 1;
            assert!((500..=3_500).contains(&row.credit), "{} -> {}", row.from, row.to);
        }
        assert!(seen > 0);
    }

    #[test]
    fn the_rule_makes_rows_of_a_small_survey() {
        let taxonomy = Taxonomy::embedded();
        let ids = ["django", "flask", "fastapi", "jquery", "wordpress"];
        let frameworks = ids.map(|id| taxonomy.skill_by_id(id).expect("a skill of the taxonomy")).to_vec();
        // jQuery and WordPress go together; Django and FastAPI do; Flask stands alone.
        let mut people = Vec::new();
        for (held, times) in
            [(0b11000, 40), (0b01000, 5), (0b10000, 5), (0b00101, 30), (0b00001, 20), (0b00010, 30)]
        {
            people.extend((0..times).map(|n| (2 * n, held)));
            // The other half says the opposite, and is not looked at.
            people.extend((0..90).map(|n| (2 * n + 1, 0b01001)));
        }
        let rows = rows(&taxonomy, &Survey { frameworks, people }).expect("the tables hold together");
        let found = |from: &str, to: &str| {
            rows.iter().find(|r| r.from == from && r.to == to).map(|r| (r.relation.as_str(), r.credit))
        };
        assert_eq!(found("jquery", "wordpress"), Some((TOGETHER, 3_500)));
        assert_eq!(found("django", "fastapi"), Some(("same language and kind", 7_500)));
        assert_eq!(found("flask", "django"), None, "written by hand");
        assert_eq!(found("jquery", "django"), None, "held by nobody together");
    }
}
