//! The order: tier, unknown knock-outs, points, tie key. Places, ties, and who is left out and why.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;
use stackscout_profile::{CandidateNumber, Date, Facts};

use crate::arithmetic::{ONE, tie_key};
use crate::assess::{Assessment, Gate, assess};
use crate::compiled::CompiledRole;
use crate::knockout::{Answer, Knockout, LeftOut, knockouts, left_out};

/// How a person stands at all musts together, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Every must held; everyone, where a role has no must.
    A,
    /// Every must held or unknown.
    B,
    /// Close: every must at least near.
    C,
    /// Some must missing.
    D,
}

impl Tier {
    /// The letter of JSON.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}

/// A person on a shortlist, with every reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Place, from 1; shared by equals.
    pub place: u64,
    /// How many share the place, in the whole pool.
    pub tied: u64,
    /// The person.
    pub number: CandidateNumber,
    /// The tier.
    pub tier: Tier,
    /// 0 to 10,000.
    pub score: u16,
    /// The least that the score can be once everything is known.
    pub low: u16,
    /// The most that it can be.
    pub high: u16,
    /// The sum of weight times credit.
    pub points: u32,
    /// The sum of weights.
    pub weight: u32,
    /// Answers to the knock-outs that the role sets.
    pub knockouts: Vec<Knockout>,
    /// Requirements in the order of the role.
    pub requirements: Vec<Assessment>,
    /// Claims nearly everything.
    pub implausible: bool,
}

/// The ranked people of one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortlist {
    /// Id of the role.
    pub role: String,
    /// The best, as many as were asked for.
    pub entries: Vec<Entry>,
    /// Listed people in tiers A, B and C, in the whole pool.
    pub listed: [u64; 3],
    /// People left out, by their first reason; zeros omitted.
    pub left_out: BTreeMap<&'static str, u64>,
}

/// How one person stands in one role's ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The person with all reasons. Place and `tied` are 0 where the person is not listed.
    pub entry: Entry,
    /// Why the person is left out, where they are.
    pub left_out: Option<LeftOut>,
    /// Listed people in the whole pool.
    pub listed: u64,
}

/// How many people a shortlist shows. Places, ties and counts are those of the whole pool in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The best, whatever their tier.
    Top(usize),
    /// The best of each tier, so that who is close is seen where the tier above is long.
    PerTier(usize),
}

/// The position of a person in the order; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Position {
    shared: Shared,
    tie: u64,
    number: CandidateNumber,
}

/// What people of one place have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shared {
    pub(crate) tier: Tier,
    pub(crate) unknown_knockout: bool,
    pub(crate) points: Reverse<u32>,
}

/// One person judged, before places are given.
pub(crate) enum Judged {
    Listed(Shared),
    LeftOut(LeftOut),
    /// Nothing can ever speak for the person: neither listed nor counted.
    Unlisted,
}

/// What one task found: positions of the listed with their place in `people`, and counts of the left out.
type JudgedChunk = (Vec<(Position, usize)>, BTreeMap<&'static str, u64>);

/// People judged by one task: enough to outweigh its start, few enough to share the work.
const CHUNK: usize = 4_096;

/// Ranks many roles against the same people, in parallel. The result does not depend on the number of threads.
#[must_use]
pub fn rank_all(roles: &[CompiledRole], people: &[Facts], as_of: Date, cut: Cut) -> Vec<Shortlist> {
    roles.par_iter().map(|role| rank(role, people, as_of, cut)).collect()
}

/// Ranks one role: the best people, each with every reason.
#[must_use]
pub fn rank(role: &CompiledRole, people: &[Facts], as_of: Date, cut: Cut) -> Shortlist {
    let judged: Vec<JudgedChunk> = people
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk, people)| {
            let mut listed = Vec::new();
            let mut left_out = BTreeMap::new();
            for (at, facts) in people.iter().enumerate() {
                match judge(role, facts, as_of) {
                    Judged::Listed(shared) => {
                        let tie = tie_key(role.seed, facts.number);
                        listed.push((Position { shared, tie, number: facts.number }, chunk * CHUNK + at));
                    }
                    Judged::LeftOut(reason) => *left_out.entry(reason.word()).or_insert(0) += 1,
                    Judged::Unlisted => {}
                }
            }
            (listed, left_out)
        })
        .collect();
    let mut left_out = BTreeMap::new();
    let mut positions = Vec::new();
    for (listed, counts) in judged {
        positions.extend(listed);
        for (reason, count) in counts {
            *left_out.entry(reason).or_insert(0) += count;
        }
    }
    let mut listed = [0; 3];
    for (position, _) in &positions {
        listed[position.shared.tier as usize] += 1;
    }
    let mut best = match cut {
        Cut::Top(count) => first(positions.clone(), count),
        Cut::PerTier(count) => [Tier::A, Tier::B, Tier::C]
            .into_iter()
            .flat_map(|tier| {
                let of_tier = positions.iter().filter(|(position, _)| position.shared.tier == tier);
                first(of_tier.copied().collect(), count)
            })
            .collect(),
    };
    best.sort_unstable();
    let places = Places::new(best.iter().map(|(position, _)| position.shared), &positions);
    let entries = best
        .into_iter()
        .map(|(position, at)| {
            let (place, tied) = places.of(position.shared);
            Entry { place, tied, ..entry(role, &people[at], as_of) }
        })
        .collect();
    Shortlist { role: role.role.id.clone(), entries, listed, left_out }
}

/// The smallest `count` items, in no order.
fn first<T: Ord>(mut items: Vec<T>, count: usize) -> Vec<T> {
    if items.len() > count {
        if count > 0 {
            items.select_nth_unstable(count - 1);
        }
        items.truncate(count);
    }
    items
}

/// How one person stands among all: place, or why there is none.
#[must_use]
pub fn standing(role: &CompiledRole, people: &[Facts], person: &Facts, as_of: Date) -> Standing {
    let mut entry = entry(role, person, as_of);
    let own = match judge(role, person, as_of) {
        Judged::Listed(shared) => Ok(shared),
        Judged::LeftOut(reason) => Err(Some(reason)),
        Judged::Unlisted => Err(None),
    };
    let positions: Vec<(Position, usize)> = people
        .par_iter()
        .filter_map(|facts| match judge(role, facts, as_of) {
            Judged::Listed(shared) => Some((Position { shared, tie: 0, number: facts.number }, 0)),
            _ => None,
        })
        .collect();
    let listed = positions.len() as u64;
    let left_out = match own {
        Ok(shared) => {
            (entry.place, entry.tied) = Places::new([shared].into_iter(), &positions).of(shared);
            None
        }
        Err(reason) => reason,
    };
    Standing { entry, left_out, listed }
}

/// Place and number of sharers for some groups of equals.
struct Places {
    /// Groups in order, with how many people are in each, and how many stand before it.
    groups: Vec<(Shared, u64, u64)>,
}

impl Places {
    fn new(wanted: impl Iterator<Item = Shared>, all: &[(Position, usize)]) -> Self {
        let mut groups: Vec<Shared> = wanted.collect();
        groups.sort_unstable();
        groups.dedup();
        let mut counted: Vec<(Shared, u64, u64)> = groups.into_iter().map(|group| (group, 0, 0)).collect();
        for (position, _) in all {
            // The first group that is not better than this person: the person is in it, or stands before it.
            let at = counted.partition_point(|(group, ..)| *group < position.shared);
            if let Some((group, tied, before)) = counted.get_mut(at) {
                if *group == position.shared {
                    *tied += 1;
                } else {
                    *before += 1;
                }
            }
        }
        let mut sum = 0;
        for (_, tied, before) in &mut counted {
            sum += *before;
            *before = sum;
            sum += *tied;
        }
        Self { groups: counted }
    }

    fn of(&self, shared: Shared) -> (u64, u64) {
        let at = self.groups.partition_point(|(group, ..)| *group < shared);
        let (_, tied, before) = self.groups[at];
        (before + 1, tied)
    }
}

pub(crate) fn judge(role: &CompiledRole, facts: &Facts, as_of: Date) -> Judged {
    let knockouts = knockouts(&role.role, facts);
    if let Some(reason) = left_out(role, facts, &knockouts) {
        return Judged::LeftOut(reason);
    }
    let mut tier = Tier::A;
    let (mut points, mut high) = (0, 0);
    for requirement in &role.requirements {
        let assessed = assess(requirement, &role.role, facts, as_of);
        tier = tier.max(tier_of(assessed.gate));
        points += u32::from(requirement.asked.weight) * u32::from(assessed.credit);
        high += u32::from(requirement.asked.weight) * u32::from(assessed.high);
    }
    if tier == Tier::D {
        return Judged::LeftOut(LeftOut::TierD);
    }
    if score(high, role.role.weight()) == 0 {
        return Judged::Unlisted;
    }
    let unknown_knockout = knockouts.iter().any(|k| k.answer == Answer::Unknown);
    Judged::Listed(Shared { tier, unknown_knockout, points: Reverse(points) })
}

pub(crate) fn tier_of(gate: Option<Gate>) -> Tier {
    match gate {
        None | Some(Gate::Held) => Tier::A,
        Some(Gate::Unknown) => Tier::B,
        Some(Gate::Near) => Tier::C,
        Some(Gate::No) => Tier::D,
    }
}

/// One person with every reason; place and `tied` are not known here and 0.
#[must_use]
pub fn entry(role: &CompiledRole, facts: &Facts, as_of: Date) -> Entry {
    let requirements: Vec<Assessment> =
        role.requirements.iter().map(|r| assess(r, &role.role, facts, as_of)).collect();
    let sum = |part: fn(&Assessment) -> u16| -> u32 {
        let weights = role.requirements.iter().map(|r| u32::from(r.asked.weight));
        weights.zip(&requirements).map(|(weight, a)| weight * u32::from(part(a))).sum()
    };
    let weight = role.role.weight();
    let points = sum(|a| a.credit);
    Entry {
        place: 0,
        tied: 0,
        number: facts.number,
        tier: requirements.iter().map(|a| tier_of(a.gate)).max().unwrap_or(Tier::A),
        score: score(points, weight),
        low: score(sum(|a| a.low), weight),
        high: score(sum(|a| a.high), weight),
        points,
        weight,
        knockouts: knockouts(&role.role, facts),
        requirements,
        implausible: facts.implausible,
    }
}

/// `(2 x sum of points + sum of weights) div (2 x sum of weights)`: the mean credit, rounded half up.
pub(crate) fn score(points: u32, weight: u32) -> u16 {
    let score = (2 * points + weight) / (2 * weight);
    debug_assert!(score <= u32::from(ONE));
    u16::try_from(score).expect("a mean of credits is at most 10,000")
}
