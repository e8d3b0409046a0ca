//! A role with all its relaxations made ready: what has to be asked of each person, once.

use stackscout_profile::{Role, Unknown};
use stackscout_taxonomy::Taxonomy;

use super::relaxation::{About, Relaxation, relaxations, relaxed};
use crate::CompiledRole;
use crate::compiled::CompiledRequirement;

/// What a relaxation, or a pair about one gate, makes of that gate.
pub(super) enum Edited {
    /// The requirement of this place is not asked for at all.
    Dropped(usize),
    /// The requirement of this place reads so.
    Requirement(usize, Box<CompiledRequirement>),
    /// The knock-out of this kind is asked as in this role.
    Knockout(&'static str, Box<Role>),
    /// Unknown answers are kept.
    KeepUnknown,
}

/// Everything that is asked of each person.
pub(super) struct Plan<'a> {
    pub(super) role: &'a CompiledRole,
    pub(super) relaxations: Vec<Relaxation>,
    /// What each relaxation makes of its gate.
    pub(super) edited: Vec<Edited>,
    /// Pairs that mean more than each by itself: about one gate, or about a gate and what unknown answers do.
    pub(super) combined: Vec<(usize, usize, Edited)>,
    /// For each pair, in the order of [`Plan::pairs`].
    of_pair: Vec<Pair>,
    /// Whether people of whom an answer is unknown are left out.
    pub(super) drops_unknown: bool,
}

/// What a pair of relaxations is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    /// They cannot be made together.
    No,
    /// They are about different gates.
    Apart,
    /// They are combined: the place in [`Plan::combined`].
    Combined(usize),
}

impl<'a> Plan<'a> {
    pub(super) fn new(role: &'a CompiledRole, taxonomy: &Taxonomy) -> Self {
        let relaxations = relaxations(role);
        let edited = relaxations.iter().map(|r| edit(role, &[r], taxonomy)).collect();
        let mut combined = Vec::new();
        let mut of_pair = Vec::new();
        for (a, one) in relaxations.iter().enumerate() {
            for (b, other) in relaxations.iter().enumerate().skip(a + 1) {
                let pair = if relaxed(&role.role, &[one, other]).is_none() {
                    Pair::No
                } else if one.about() == other.about() || is_about_unknown(one, other) {
                    combined.push((a, b, edit(role, &[one, other], taxonomy)));
                    Pair::Combined(combined.len() - 1)
                } else {
                    Pair::Apart
                };
                of_pair.push(pair);
            }
        }
        let drops_unknown = role.role.limits.unknown == Unknown::Drop;
        Self { role, relaxations, edited, combined, of_pair, drops_unknown }
    }

    /// How many pairs there are, those included that cannot be made.
    pub(super) fn pairs(&self) -> usize {
        self.of_pair.len()
    }

    /// The place of a pair, `a` before `b`, among all pairs.
    pub(super) fn pair(&self, a: usize, b: usize) -> usize {
        debug_assert!(a < b);
        let count = self.relaxations.len();
        // Rows of count - 1, count - 2, ... pairs stand before row a.
        a * (2 * count - a - 1) / 2 + (b - a - 1)
    }

    pub(super) fn of_pair(&self, a: usize, b: usize) -> Pair {
        self.of_pair[self.pair(a, b)]
    }
}

/// An answer that a relaxed knock-out leaves unknown is kept only where unknown answers are.
fn is_about_unknown(a: &Relaxation, b: &Relaxation) -> bool {
    matches!(
        (a.about(), b.about()),
        (About::Knockout(_), About::Unknown) | (About::Unknown, About::Knockout(_))
    )
}

/// What relaxations about one gate make of it. A pair with [`Relaxation::KeepUnknown`] is about the other's gate.
fn edit(role: &CompiledRole, relaxations: &[&Relaxation], taxonomy: &Taxonomy) -> Edited {
    let gate = relaxations.iter().map(|r| r.about()).find(|about| *about != About::Unknown);
    match (gate, relaxations) {
        (None, _) => Edited::KeepUnknown,
        (Some(About::Requirement(at)), [Relaxation::DropMust(_)]) => Edited::Dropped(at),
        (Some(about), _) => {
            let edited =
                relaxed(&role.role, relaxations).expect("pairs that exclude each other are not made");
            match about {
                About::Requirement(at) => {
                    let mut compiled = CompiledRole::new(edited, taxonomy);
                    Edited::Requirement(at, Box::new(compiled.requirements.swap_remove(at)))
                }
                About::Knockout(kind) => Edited::Knockout(kind, Box::new(edited)),
                About::Unknown => unreachable!("looked for another"),
            }
        }
    }
}
