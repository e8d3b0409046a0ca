//! Where do people fall out of a role, and what would asking for less bring back?
//!
//! One pass over the pool answers for every relaxation and every pair of them. Each person is judged once at every gate,
//! as it stands and as each relaxation of that gate would have it; the gates that a person fails are bits of a mask, the
//! gates that a relaxation would open are bits of another, and a relaxation or pair brings the person in where it
//! covers the mask. Nothing is ranked again.
//!
//! Reading order: [`relaxation`] (what can be asked less), `plan` (which gate each one is about), `person` (the masks of
//! one person), `tally` (counts of everybody), [`tie`] (what would tell equals apart).

mod person;
mod plan;
pub mod relaxation;
mod tally;
pub mod tie;

use rayon::prelude::*;
use stackscout_profile::{Date, Facts};
use stackscout_taxonomy::Taxonomy;

use crate::CompiledRole;
use crate::rank::{Judged, Shared, judge};
use person::Person;
use plan::Plan;
pub use relaxation::{Relaxation, relaxed};
use tally::Tally;
pub use tie::{Split, Tie};

/// People in tiers A, B and C.
pub type Tiers = [u64; 3];

/// A role's funnel, with what each relaxation would gain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funnel {
    /// Step by step, from everybody to the list.
    pub steps: Vec<Step>,
    /// For each nice, in the order of the role: how many of the listed hold something that counts, by tier.
    pub nices: Vec<(usize, Tiers)>,
    /// People listed as the role stands: the counts that a ranking shows.
    pub listed: Tiers,
    /// Each relaxation with the people listed then, in the order of the role.
    pub singles: Vec<(Relaxation, Tiers)>,
    /// Each pair of relaxations that can be made together, as places in `singles`, with the people listed then.
    pub pairs: Vec<(usize, usize, Tiers)>,
    /// The people who share the first place, where they are several.
    pub tie: Option<Tie>,
}

/// A step of the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What is added to what is asked.
    pub kind: StepKind,
    /// People in each tier of a role that asks for this and all before it.
    pub tiers: Tiers,
}

/// What a step adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Nothing: the whole pool, all of it in tier A.
    Everybody,
    /// Not hired already, not opted out, not left out by a decision.
    Status,
    /// A knock-out: `where`, or the key under `[limits]`.
    Knockout(&'static str),
    /// A must, by its place in the role.
    Must(usize),
    /// Something that counts: whoever holds nothing that can ever earn a point is not listed.
    Counts,
}

/// Counts a role's funnel over the whole pool, in one pass.
#[must_use]
pub fn funnel(role: &CompiledRole, people: &[Facts], taxonomy: &Taxonomy, as_of: Date) -> Funnel {
    let plan = Plan::new(role, taxonomy);
    let start = || (Tally::new(&plan), First::default());
    let (tally, first) = people
        .par_iter()
        .enumerate()
        .fold(start, |(mut tally, mut first), (at, facts)| {
            tally.add(&plan, &Person::new(&plan, facts, as_of));
            if let Judged::Listed(shared) = judge(role, facts, as_of) {
                first.add(shared, at);
            }
            (tally, first)
        })
        .reduce(start, |(mut a, mut first), (b, other)| {
            a.merge(&b);
            first.merge(other);
            (a, first)
        });
    let equals: Vec<&Facts> = first.sorted().into_iter().map(|at| &people[at]).collect();
    let tie = (equals.len() > 1).then(|| tie::tie(&equals, taxonomy));
    tally.finish(plan, tie)
}

/// The people of the first place, as places in the pool.
#[derive(Default)]
struct First {
    best: Option<Shared>,
    at: Vec<usize>,
}

impl First {
    fn add(&mut self, shared: Shared, at: usize) {
        self.merge(First { best: Some(shared), at: vec![at] });
    }

    fn merge(&mut self, mut other: First) {
        match (self.best, other.best) {
            (_, None) => {}
            (Some(own), Some(others)) if own < others => {}
            (Some(own), Some(others)) if own == others => self.at.append(&mut other.at),
            _ => *self = other,
        }
    }

    fn sorted(mut self) -> Vec<usize> {
        self.at.sort_unstable();
        self.at
    }
}
