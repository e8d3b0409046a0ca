//! A place among everybody else.

use rayon::prelude::*;
use stackscout_profile::{CandidateNumber, Date, Facts};

use crate::rank::{Judged, Shared, judge, score};
use crate::{CompiledRole, LeftOut, Tier};

/// Where a person stands, or why nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// On the list.
    Listed {
        /// Place, from 1; shared by equals.
        place: u64,
        /// How many share it, the person included.
        tied: u64,
        /// The tier.
        tier: Tier,
        /// Whether a knock-out's answer is unknown, so that the person stands last in the tier.
        flagged: bool,
        /// 0 to 10,000.
        score: u16,
        /// The sum of weight times credit.
        points: u32,
    },
    /// Left out, with the first reason.
    LeftOut(LeftOut),
    /// Nothing held can ever count.
    Unlisted,
}

impl Spot {
    /// The place; `None` where the person is not listed.
    #[must_use]
    pub fn place(&self) -> Option<u64> {
        match self {
            Self::Listed { place, .. } => Some(*place),
            _ => None,
        }
    }

    /// Smaller is better: a place, then more points; whoever is not listed comes last.
    pub(super) fn order(&self) -> (u64, u64, u32) {
        match self {
            Self::Listed { place, tied, points, .. } => (*place, *tied, u32::MAX - points),
            _ => (u64::MAX, u64::MAX, u32::MAX),
        }
    }
}

/// What is listed of everybody but one person, sorted.
pub(super) struct Others {
    sorted: Vec<Shared>,
}

impl Others {
    pub(super) fn new(role: &CompiledRole, people: &[Facts], but: CandidateNumber, as_of: Date) -> Self {
        let mut sorted: Vec<Shared> = people
            .par_iter()
            .filter(|facts| facts.number != but)
            .filter_map(|facts| match judge(role, facts, as_of) {
                Judged::Listed(shared) => Some(shared),
                Judged::LeftOut(_) | Judged::Unlisted => None,
            })
            .collect();
        sorted.par_sort_unstable();
        Self { sorted }
    }

    pub(super) fn listed(&self) -> u64 {
        self.sorted.len() as u64
    }

    /// The place that these facts would have among the others.
    pub(super) fn spot(&self, role: &CompiledRole, facts: &Facts, as_of: Date) -> Spot {
        match judge(role, facts, as_of) {
            Judged::Listed(own) => {
                let before = self.sorted.partition_point(|other| *other < own);
                let equals = self.sorted[before..].partition_point(|other| *other == own);
                let points = own.points.0;
                Spot::Listed {
                    place: before as u64 + 1,
                    tied: equals as u64 + 1,
                    tier: own.tier,
                    flagged: own.unknown_knockout,
                    score: score(points, role.role.weight()),
                    points,
                }
            }
            Judged::LeftOut(reason) => Spot::LeftOut(reason),
            Judged::Unlisted => Spot::Unlisted,
        }
    }
}
