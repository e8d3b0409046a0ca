//! One draw, ranked: group, points, order among equals.

use std::cmp::Reverse;

use stackscout_profile::CandidateNumber;

use super::rows::{Group, Rows};

/// One of the first people as the role stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct First {
    pub(super) number: CandidateNumber,
    /// The row of the person.
    pub(super) row: usize,
    /// Place, shared by equals.
    pub(super) place: u64,
    /// How many share it.
    pub(super) tied: u64,
}

/// What one draw gives.
pub(super) struct Round {
    /// The first people under the draw, in order.
    pub(super) first: Vec<CandidateNumber>,
    /// The place under the draw of each of those who are first as the role stands.
    pub(super) places: Vec<u64>,
}

/// The first `top` people under these points, in order.
pub(super) fn ranked(rows: &Rows, points: &[u64], top: usize) -> Vec<First> {
    let key = |row: &usize| (rows.groups[*row], Reverse(points[*row]));
    let mut order: Vec<usize> = (0..points.len()).collect();
    // Every row has somebody in it: the first `top` people are in the first `top` rows, or equal to the last of these.
    if order.len() > top && top > 0 {
        let (_, last, _) = order.select_nth_unstable_by_key(top - 1, key);
        let last = key(last);
        order.retain(|row| key(row) <= last);
    }
    order.sort_unstable_by_key(key);
    let mut first = Vec::with_capacity(top);
    let mut place = 1;
    for equals in order.chunk_by(|a, b| key(a) == key(b)) {
        if first.len() >= top {
            break;
        }
        let left = top - first.len();
        // The first of each row are enough: the rest of it stands behind them.
        let mut members: Vec<(u64, CandidateNumber, usize)> = equals
            .iter()
            .flat_map(|row| rows.members[*row].iter().take(left).map(|(tie, number)| (*tie, *number, *row)))
            .collect();
        members.sort_unstable();
        let tied = equals.iter().map(|row| rows.members[*row].len() as u64).sum::<u64>();
        let one = |(_, number, row)| First { number, row, place, tied };
        first.extend(members.into_iter().take(left).map(one));
        place += tied;
    }
    first
}

/// Ranks one draw.
pub(super) fn round(rows: &Rows, weights: &[u32], first: &[First]) -> Round {
    let points = rows.points(weights);
    let now = ranked(rows, &points, first.len());
    Round { first: now.iter().map(|f| f.number).collect(), places: places(rows, &points, first) }
}

/// The place of each: one more than the people who stand before.
fn places(rows: &Rows, points: &[u64], first: &[First]) -> Vec<u64> {
    // Rows of one person or another may be the same: each is counted once.
    let mut wanted: Vec<usize> = first.iter().map(|f| f.row).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let before: Vec<u64> = wanted.iter().map(|row| 1 + people_before(rows, points, *row)).collect();
    let place = |f: &First| wanted.binary_search(&f.row).map_or(0, |at| before[at]);
    first.iter().map(place).collect()
}

fn people_before(rows: &Rows, points: &[u64], row: usize) -> u64 {
    let group: Group = rows.groups[row];
    let own = points[row];
    let before = (0..points.len()).filter(|other| {
        rows.groups[*other] < group || (rows.groups[*other] == group && points[*other] > own)
    });
    before.map(|other| rows.members[other].len() as u64).sum()
}
