//! What people decided about a role's people: who is out of its list, and why.
//!
//! Decisions belong to a role and a person and to no evidence, so they stand beside a compiled role and not in facts or
//! columns: a decision changes no score of anybody.

use stackscout_profile::{CandidateNumber, Decided};

/// The people whom decisions leave out of one role's list, each with the reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Decisions {
    /// Sorted by number, each number once.
    left_out: Vec<(CandidateNumber, Decided)>,
}

impl Decisions {
    /// Those given; of somebody with several reasons the first in the order of [`Decided`].
    #[must_use]
    pub fn new(mut left_out: Vec<(CandidateNumber, Decided)>) -> Self {
        left_out.sort_unstable();
        left_out.dedup_by_key(|(number, _)| *number);
        Self { left_out }
    }

    /// Why a person is left out; `None` for everybody else.
    #[must_use]
    pub fn of(&self, number: CandidateNumber) -> Option<Decided> {
        let at = self.left_out.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        Some(self.left_out[at].1)
    }

    /// Everybody who is left out, in the order of numbers.
    pub fn iter(&self) -> impl Iterator<Item = (CandidateNumber, Decided)> + '_ {
        self.left_out.iter().copied()
    }

    /// Whether nobody is left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.left_out.is_empty()
    }
}
