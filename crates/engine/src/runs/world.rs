//! Everybody against one role, in order: where a person stands in it, and where they would stand with other facts.

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;
use stackscout_matcher::arithmetic::{fnv1a64, tie_key};
use stackscout_matcher::knockout::{Answer, left_out};
use stackscout_matcher::rank::entry;
use stackscout_matcher::{CompiledRole, Cut, Tier};
use stackscout_profile::{CandidateNumber, Date, Facts};
use stackscout_store::RunEntry;

/// How a person stands for a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Not in the pool.
    Absent,
    /// Left out, for a reason that is a key of `left_out`.
    LeftOut(&'static str),
    /// Nothing held counts towards anything asked.
    Unlisted,
    /// Listed in the whole pool, whether or not a list is long enough to show it.
    Listed(Spot),
}

/// Where a listed person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Place, from 1; shared by equals.
    pub place: u64,
    /// The position in the whole order, where the tie key has parted equals.
    pub position: u64,
    /// `A` to `C`.
    pub tier: char,
    /// Whether the answer to a knock-out is unknown, which puts a person last in the tier.
    pub unknown_knockout: bool,
    /// 0 to 10,000.
    pub score: u16,
    /// The sum of weight times credit.
    pub points: u32,
}

impl Stand {
    /// The spot of a listed person.
    #[must_use]
    pub fn spot(&self) -> Option<&Spot> {
        match self {
            Self::Listed(spot) => Some(spot),
            _ => None,
        }
    }

    /// Points; 0 for who is not listed.
    #[must_use]
    pub fn points(&self) -> u32 {
        self.spot().map_or(0, |spot| spot.points)
    }

    /// As a run's list holds it, at a position that the list alone does not tell.
    pub(crate) fn recorded(e: &RunEntry, position: u64) -> Self {
        Self::Listed(Spot {
            place: u64::from(e.place),
            position,
            tier: char::from(e.tier),
            unknown_knockout: e.unknown_knockout,
            score: e.score,
            points: e.points,
        })
    }
}

/// The order of a ranking: tier, unknown knock-outs, points, tie key, number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    shared: (Tier, bool, Reverse<u32>),
    tie: (u64, CandidateNumber),
}

/// One person judged, whoever else is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    LeftOut(&'static str),
    Unlisted,
    Listed { key: Key, score: u16 },
}

/// Everybody against one role.
pub(crate) struct World<'a> {
    role: &'a CompiledRole,
    as_of: Date,
    keys: Vec<Key>,
    judged: HashMap<CandidateNumber, Judged>,
}

impl<'a> World<'a> {
    pub(crate) fn new(role: &'a CompiledRole, people: &[Facts], as_of: Date) -> Self {
        let judged: Vec<(CandidateNumber, Judged)> =
            people.par_iter().map(|facts| (facts.number, judge(role, facts, as_of))).collect();
        let key = |(_, judged): &(CandidateNumber, Judged)| match judged {
            Judged::Listed { key, .. } => Some(*key),
            _ => None,
        };
        let mut keys: Vec<Key> = judged.iter().filter_map(key).collect();
        keys.par_sort_unstable();
        Self { role, as_of, keys, judged: judged.into_iter().collect() }
    }

    /// Where a person stands.
    pub(crate) fn stand(&self, number: CandidateNumber) -> Stand {
        self.judged.get(&number).map_or(Stand::Absent, |judged| self.place(number, *judged))
    }

    /// Where the person of these facts would stand among the others.
    pub(crate) fn stand_with(&self, facts: &Facts) -> Stand {
        self.place(facts.number, judge(self.role, facts, self.as_of))
    }

    fn place(&self, number: CandidateNumber, judged: Judged) -> Stand {
        let (key, score) = match judged {
            Judged::LeftOut(reason) => return Stand::LeftOut(reason),
            Judged::Unlisted => return Stand::Unlisted,
            Judged::Listed { key, score } => (key, score),
        };
        let own = match self.judged.get(&number) {
            Some(Judged::Listed { key, .. }) => Some(*key),
            _ => None,
        };
        let others = |before: &dyn Fn(&Key) -> bool| {
            let all = self.keys.partition_point(before);
            (all - usize::from(own.as_ref().is_some_and(before))) as u64
        };
        let (tier, unknown_knockout, Reverse(points)) = key.shared;
        Stand::Listed(Spot {
            place: others(&|k| k.shared < key.shared) + 1,
            position: others(&|k| *k < key) + 1,
            tier: tier.letter().chars().next().expect("a tier has a letter"),
            unknown_knockout,
            score,
            points,
        })
    }

    /// Where the person of these facts would stand among the others, by what was decided about them for another world's
    /// role.
    pub(crate) fn stand_as(&self, facts: &Facts, role: &CompiledRole) -> Stand {
        self.place(facts.number, judge(role, facts, self.as_of))
    }

    /// The people whom a list of this length shows, in order.
    pub(crate) fn head(&self, cut: Cut) -> Vec<(CandidateNumber, Stand)> {
        let mut of_tier = [0; 4];
        let mut shown = |key: &Key| match cut {
            Cut::Top(_) => true,
            Cut::PerTier(count) => {
                let shown = &mut of_tier[key.shared.0 as usize];
                *shown += 1;
                *shown <= count
            }
        };
        let keys = match cut {
            Cut::Top(count) => &self.keys[..count.min(self.keys.len())],
            Cut::PerTier(_) => &self.keys,
        };
        keys.iter().filter(|key| shown(key)).map(|key| (key.number(), self.stand(key.number()))).collect()
    }

    /// Who of the others stands before the person of these facts, by what was decided for `role`.
    pub(crate) fn before(&self, facts: &Facts, role: &CompiledRole) -> &[Key] {
        match judge(role, facts, self.as_of) {
            Judged::Listed { key, .. } => &self.keys[..self.keys.partition_point(|k| *k < key)],
            _ => &[],
        }
    }
}

impl Key {
    pub(crate) fn number(&self) -> CandidateNumber {
        self.tie.1
    }
}

fn judge(role: &CompiledRole, facts: &Facts, as_of: Date) -> Judged {
    let judged = entry(role, facts, as_of);
    if let Some(reason) = left_out(role, facts, &judged.knockouts) {
        return Judged::LeftOut(reason.word());
    }
    if judged.tier == Tier::D {
        return Judged::LeftOut("tier_d");
    }
    if judged.high == 0 {
        return Judged::Unlisted;
    }
    let unknown = judged.knockouts.iter().any(|k| k.answer == Answer::Unknown);
    let tie = tie_key(fnv1a64(&role.role.id), facts.number);
    let key = Key { shared: (judged.tier, unknown, Reverse(judged.points)), tie: (tie, facts.number) };
    Judged::Listed { key, score: judged.score }
}
