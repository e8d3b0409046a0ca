//! Which further requirement would tell equals apart?
//!
//! Of people who share a place the list knows no difference. A skill that half of them hold splits them best: it is the
//! question that leaves the fewest equals, whichever way it is answered.

use std::collections::BTreeMap;

use stackscout_profile::{CandidateNumber, Facts};
use stackscout_taxonomy::{SkillIx, Taxonomy};

/// People who share a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The people, in the order of the pool.
    pub people: Vec<CandidateNumber>,
    /// The skills that split them best, best first; empty where they hold the same.
    pub splits: Vec<Split>,
}

/// How a skill would split people who share a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// The skill.
    pub skill: SkillIx,
    /// How many hold it, or a skill that implies it; neither none nor all.
    pub held: u64,
    /// Of how many of these the years of it are known.
    pub years_known: u64,
}

/// Splits that are reported.
const SPLITS: usize = 3;

/// The skills whose holders are nearest to half of these people; of equals the smaller id first.
pub(super) fn tie(people: &[&Facts], taxonomy: &Taxonomy) -> Tie {
    let mut held: BTreeMap<SkillIx, (u64, u64)> = BTreeMap::new();
    for facts in people {
        // What one person holds, by way of several skills or of the skill itself; and whether its years are known.
        let mut own: BTreeMap<SkillIx, bool> = BTreeMap::new();
        for evidence in &facts.skills {
            *own.entry(evidence.skill).or_default() |= evidence.years.is_some();
            for implied in taxonomy.implied_by(evidence.skill) {
                own.entry(*implied).or_default();
            }
        }
        for (skill, years) in own {
            let (holders, known) = held.entry(skill).or_default();
            *holders += 1;
            *known += u64::from(years);
        }
    }
    let all = people.len() as u64;
    let mut splits: Vec<Split> = held
        .into_iter()
        .filter(|(_, (holders, _))| *holders < all)
        .map(|(skill, (held, years_known))| Split { skill, held, years_known })
        .collect();
    splits.sort_by_key(|split| ((2 * split.held).abs_diff(all), split.skill));
    splits.truncate(SPLITS);
    Tie { people: people.iter().map(|facts| facts.number).collect(), splits }
}
