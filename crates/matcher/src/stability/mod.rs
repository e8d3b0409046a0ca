//! How far does a list depend on the exact weights of a role?
//!
//! A recruiter who writes 20 beside 10 could as well have written 19 beside 11. Each draw moves every weight by a whole
//! percent and ranks the whole pool again, exactly. Who stands in the first places whatever the draw stands there
//! because of what they hold; who comes and goes stands there because of the weights.
//!
//! `docs/scoring.md` defines a draw and its order. Credits do not depend on weights: they are worked out once, people of
//! equal credits are one row, and people who can reach none of the first places under any draw are left aside.
//!
//! Reading order: [`draw`] (weights of one draw), `rows` (people of equal credits), `round` (one draw, ranked).

pub mod draw;
mod round;
mod rows;

use std::collections::BTreeMap;

use rayon::prelude::*;
use stackscout_profile::{CandidateNumber, Date, Facts};

use crate::CompiledRole;
pub use draw::{Draws, RANGE_MAX};
use rows::Rows;

/// How often the first places of a role stay as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stability {
    /// The first people of the role as it stands, in their order.
    pub entries: Vec<Steady>,
    /// People who are not among them, and come to be in some draw; most draws first, then candidate number.
    pub challengers: Vec<Challenger>,
    /// Draws in which the first people are the same, in any order.
    pub same_people: u32,
    /// Draws in which they are the same in the same order.
    pub same_order: u32,
    /// People listed, and how many of them could reach the first places under the range.
    pub listed: u64,
    /// Of these, those who were ranked in every draw.
    pub contenders: u64,
}

/// One of the first people, over all draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steady {
    /// The person.
    pub number: CandidateNumber,
    /// Place with the role's own weights, from 1; shared by equals.
    pub place: u64,
    /// How many share it, in the whole pool.
    pub tied: u64,
    /// Draws in which the person is among the first.
    pub stays: u32,
    /// The best place over all draws.
    pub best: u64,
    /// The place that half of the draws are no worse than: the lower median.
    pub median: u64,
    /// The worst place over all draws.
    pub worst: u64,
}

/// Somebody who comes to be among the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenger {
    /// The person.
    pub number: CandidateNumber,
    /// Draws in which the person is among the first.
    pub enters: u32,
}

/// Ranks the whole pool under every draw, and reports the first `top` people. The result does not depend on the number
/// of threads, nor on the order of `people`.
#[must_use]
pub fn stability(role: &CompiledRole, people: &[Facts], as_of: Date, top: usize, draws: &Draws) -> Stability {
    let mut rows = Rows::new(role, people, as_of);
    let listed = rows.people();
    let first = round::ranked(&rows, &rows.points(&draw::even(role)), top);
    rows.keep_contenders(role, &first, draws.range());
    let first = round::ranked(&rows, &rows.points(&draw::even(role)), top);
    let rounds: Vec<round::Round> = (0..draws.count())
        .into_par_iter()
        .map(|draw| round::round(&rows, &draws.weights(role, draw), &first))
        .collect();
    let contenders = rows.people();
    report(&first, &rounds, listed, contenders)
}

fn report(first: &[round::First], rounds: &[round::Round], listed: u64, contenders: u64) -> Stability {
    let own: Vec<CandidateNumber> = first.iter().map(|f| f.number).collect();
    let mut sorted = own.clone();
    sorted.sort_unstable();
    let mut entered: BTreeMap<CandidateNumber, u32> = BTreeMap::new();
    let (mut same_people, mut same_order) = (0, 0);
    for round in rounds {
        for number in &round.first {
            *entered.entry(*number).or_default() += 1;
        }
        same_order += u32::from(round.first == own);
        let mut people = round.first.clone();
        people.sort_unstable();
        same_people += u32::from(people == sorted);
    }
    let entries = first
        .iter()
        .enumerate()
        .map(|(at, f)| {
            let mut places: Vec<u64> = rounds.iter().map(|round| round.places[at]).collect();
            places.sort_unstable();
            // Without draws there is only the place as it stands.
            let place = |at: usize| places.get(at).copied().unwrap_or(f.place);
            Steady {
                number: f.number,
                place: f.place,
                tied: f.tied,
                stays: entered.get(&f.number).copied().unwrap_or(0),
                best: place(0),
                median: place(places.len().saturating_sub(1) / 2),
                worst: place(places.len().saturating_sub(1)),
            }
        })
        .collect();
    let mut challengers: Vec<Challenger> = entered
        .into_iter()
        .filter(|(number, _)| sorted.binary_search(number).is_err())
        .map(|(number, enters)| Challenger { number, enters })
        .collect();
    challengers.sort_by_key(|c| (std::cmp::Reverse(c.enters), c.number));
    Stability { entries, challengers, same_people, same_order, listed, contenders }
}
