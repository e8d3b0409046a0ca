//! Who stands on which shortlist, where nobody is to stand on too many?
//!
//! Ranked by themselves, several roles want the same people. The allocation gives each role its seats under three
//! wishes, each only among what the ones before leave open:
//!
//! 1. **Tiers.** Seats are filled in rounds: every role's first seat with somebody of tier A before any second one.
//!    Within a round urgent roles come first (and all their rounds before those of others), then roles that fewer people
//!    fit, then ids. A seat is filled where any allocation can fill it without emptying one that was filled before it.
//!    No allocation gives more people of tier A in all. Then the same with B, then C.
//! 2. **Places.** Of all allocations that fill these seats, one that loses the fewest places: the sum of places on the
//!    roles' own lists is least, that of urgent roles first. Scores of different roles are never compared. Of these, one that keeps nearest to the
//!    lists as they are printed: the sum of lines is least, so that nobody gives way to an equal without need.
//! 3. **Equals.** Of these, the one that gives the first role, by id, its people with the smallest numbers, and so on.
//!
//! The result depends on neither the order of lists nor that of their people. The first wish is a matroid, so that
//! filling seat by seat along augmenting paths is exact; the second is a flow of least cost; the third moves people round
//! cycles that cost nothing. All of it in integers, without weights that would have to outweigh each other.
//!
//! Reading order: `desk` (the wishes as a graph), `seats`, `places`, `equals` (the three steps), [`report`] (what is said
//! of it).

mod desk;
mod equals;
mod places;
pub mod report;
mod seats;
#[cfg(test)]
mod tests;

use stackscout_profile::CandidateNumber;
use thiserror::Error;

use crate::Tier;
use desk::Desk;
pub use report::{Conflict, Moved, RoleSeats, Seat, Why};

/// A role's own list, and how many people it is to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Id of the role; no two lists have the same.
    pub role: String,
    /// People wanted.
    pub seats: usize,
    /// Whether the role comes before others.
    pub urgency: Urgency,
    /// How many people fit the role: tier A in the whole pool.
    pub fits: u64,
    /// Those who may be given a seat, in the order of the list, each once.
    pub people: Vec<Listed>,
}

/// Whether a role comes before others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Urgency {
    /// Before all that are not.
    Urgent,
    /// As others.
    #[default]
    Usual,
}

/// A person on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The person.
    pub number: CandidateNumber,
    /// The tier.
    pub tier: Tier,
    /// The place, shared by equals.
    pub place: u64,
}

/// What binds an allocation. Lists are named by their place in what is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// On how many lists one person stands at most.
    pub per_person: usize,
    /// Who stands where in any case.
    pub pins: Vec<(usize, CandidateNumber)>,
    /// Who is in process, and for which list; `None` for a role that is none of these. They stand on no other list.
    pub in_process: Vec<(Option<usize>, CandidateNumber)>,
}

/// An allocation, with what would be without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// Each list, in the order given.
    pub roles: Vec<RoleSeats>,
    /// The same lists where each role takes, one after the other, the best who are still free: urgent roles first, then
    /// by id.
    pub greedy: Vec<RoleSeats>,
    /// People who are among the first of more lists than they may stand on, by number.
    pub conflicts: Vec<Conflict>,
    /// People who are among the first of a list and are given elsewhere, by list, then in its order.
    pub moved: Vec<Moved>,
}

/// Why people cannot be allocated as asked. Lists are named by their role.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AllocationError {
    /// A pinned person is not on the list.
    #[error("{person} cannot be pinned to `{role}`: not on its list")]
    NotListed {
        /// The role.
        role: String,
        /// The person.
        person: CandidateNumber,
    },
    /// A person is pinned to a role twice.
    #[error("{person} is pinned to `{role}` twice")]
    Twice {
        /// The role.
        role: String,
        /// The person.
        person: CandidateNumber,
    },
    /// More people are pinned to a role than it has seats.
    #[error("{pinned} people are pinned to `{role}`, which has {seats} seats\nhint: raise `--per-role`")]
    TooMany {
        /// The role.
        role: String,
        /// Pinned to it.
        pinned: usize,
        /// Its seats.
        seats: usize,
    },
    /// A person is pinned to more lists than they may stand on.
    #[error(
        "{person} is pinned to {pinned} roles, and may stand on {per_person}\nhint: raise `--per-person`"
    )]
    TooOften {
        /// The person.
        person: CandidateNumber,
        /// Roles that the person is pinned to.
        pinned: usize,
        /// Lists that the person may stand on.
        per_person: usize,
    },
    /// A pinned person is in process for another role.
    #[error("{person} cannot be pinned to `{role}`: in process for another role")]
    InProcess {
        /// The role.
        role: String,
        /// The person.
        person: CandidateNumber,
    },
}

/// Allocates people to lists.
///
/// # Errors
/// Pins that cannot hold.
pub fn allocate(lists: &[List], rules: &Rules) -> Result<Allocation, AllocationError> {
    let desk = Desk::new(lists, rules)?;
    let counts = seats::fill(&desk);
    let mut taken = places::fewest(&desk, &counts);
    equals::settle(&desk, &mut taken);
    let greedy = desk.greedy();
    Ok(report::report(&desk, &taken, &greedy))
}
