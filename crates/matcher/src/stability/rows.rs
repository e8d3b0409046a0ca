//! People of equal credits are one row: they have equal points under all weights.

use std::collections::BTreeMap;

use rayon::prelude::*;
use stackscout_profile::{CandidateNumber, Date, Facts};

use super::draw::own;
use super::round::First;
use crate::CompiledRole;
use crate::arithmetic::tie_key;
use crate::assess::assess;
use crate::rank::{Judged, Tier, judge};

/// What weights never change: tier, and whether a knock-out's answer is unknown. Smaller is better.
pub(super) type Group = (Tier, bool);

/// Everybody who is listed, in rows of equal group and credits.
pub(super) struct Rows {
    /// Better groups first; within one in any fixed order.
    pub(super) groups: Vec<Group>,
    /// The people of each row, by the order among equals.
    pub(super) members: Vec<Vec<(u64, CandidateNumber)>>,
    /// Credits of each requirement, row by row.
    credits: Vec<Vec<u16>>,
}

impl Rows {
    pub(super) fn new(role: &CompiledRole, people: &[Facts], as_of: Date) -> Self {
        type Found = BTreeMap<(Group, Vec<u16>), Vec<(u64, CandidateNumber)>>;
        let found: Found = people
            .par_iter()
            .fold(Found::new, |mut found, facts| {
                if let Judged::Listed(shared) = judge(role, facts, as_of) {
                    let credits = role
                        .requirements
                        .iter()
                        .map(|r| assess(r, &role.role, facts, as_of).credit)
                        .collect();
                    let group = (shared.tier, shared.unknown_knockout);
                    let member = (tie_key(role.seed, facts.number), facts.number);
                    found.entry((group, credits)).or_default().push(member);
                }
                found
            })
            .reduce(Found::new, |mut a, b| {
                for (key, members) in b {
                    a.entry(key).or_default().extend(members);
                }
                a
            });
        let mut rows = Self {
            groups: Vec::with_capacity(found.len()),
            members: Vec::with_capacity(found.len()),
            credits: vec![Vec::with_capacity(found.len()); role.requirements.len()],
        };
        for ((group, credits), mut members) in found {
            members.sort_unstable();
            rows.groups.push(group);
            rows.members.push(members);
            for (column, credit) in rows.credits.iter_mut().zip(credits) {
                column.push(credit);
            }
        }
        rows
    }

    /// How many people stand in rows.
    pub(super) fn people(&self) -> u64 {
        self.members.iter().map(|members| members.len() as u64).sum()
    }

    /// Points of each row under weights in hundredths: at most 64 x 19,900 x 10,000, far within 64 bits.
    pub(super) fn points(&self, weights: &[u32]) -> Vec<u64> {
        let mut points = vec![0; self.groups.len()];
        for (column, weight) in self.credits.iter().zip(weights) {
            let weight = u64::from(*weight);
            for (points, credit) in points.iter_mut().zip(column) {
                *points += weight * u64::from(*credit);
            }
        }
        points
    }

    /// Drops the rows that stay below every one of the first people of their group, whatever the draw: they are never
    /// among the first, and never before one of them.
    ///
    /// With weights w and moves of at most `range` percent, the points of a row less those of another are at most
    /// `sum of w * (100 * d + range * |d|)`, where d is the difference of credits: where that is below nothing, the row
    /// never comes level with the other.
    pub(super) fn keep_contenders(&mut self, role: &CompiledRole, first: &[First], range: u8) {
        let weights: Vec<i64> = own(role).map(i64::from).collect();
        let range = i64::from(range);
        let mut rivals: Vec<usize> = first.iter().map(|f| f.row).collect();
        rivals.sort_unstable();
        rivals.dedup();
        let last_group = rivals.iter().map(|row| self.groups[*row]).max();
        let may_reach = |row: usize, rival: usize| {
            let lead: i64 = weights
                .iter()
                .zip(&self.credits)
                .map(|(weight, column)| {
                    let d = i64::from(column[row]) - i64::from(column[rival]);
                    weight * (100 * d + range * d.abs())
                })
                .sum();
            lead >= 0
        };
        let keeps: Vec<bool> = (0..self.groups.len())
            .into_par_iter()
            .map(|row| {
                let of_group = rivals.iter().filter(|rival| self.groups[**rival] == self.groups[row]);
                // A better group than that of the last stands before it in all draws, so that all of it is first.
                Some(self.groups[row]) < last_group
                    || of_group.into_iter().any(|rival| may_reach(row, *rival))
            })
            .collect();
        retain(&mut self.groups, &keeps);
        retain(&mut self.members, &keeps);
        self.credits.iter_mut().for_each(|column| retain(column, &keeps));
    }
}

fn retain<T>(items: &mut Vec<T>, keeps: &[bool]) {
    let mut keeps = keeps.iter();
    items.retain(|_| keeps.next().is_some_and(|keep| *keep));
}
