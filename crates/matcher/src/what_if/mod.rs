//! What would have to be known, learnt or shown for one person to stand elsewhere on a role's list?
//!
//! Everybody else is judged once and their positions are sorted; each change is then one judgement of one person and two
//! binary searches. The place is the one that ranking the whole pool again would give: a score never depends on who else
//! is in the pool, so that a change of one person moves nobody else's score.
//!
//! Reading order: [`change`] (what may change, and how), `spot` (a place among the others).

pub mod change;
mod spot;

use stackscout_profile::{Date, Facts};

use crate::CompiledRole;
pub use change::Change;
use spot::Others;
pub use spot::Spot;

/// What changes would do to one person's place for one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// Where the person stands as things are.
    pub now: Spot,
    /// How many people are listed as things are.
    pub listed: u64,
    /// Every change that was looked at, the best new place first; equals in the order of [`Change`].
    pub effects: Vec<Effect>,
}

/// What one change does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The change.
    pub change: Change,
    /// The place with it: for an unknown that is confirmed, where it turns out well.
    pub then: Spot,
    /// The place where an unknown turns out badly; `None` for changes that are no question.
    pub denied: Option<Spot>,
}

/// Looks at every change of one person for one role. `people` is the whole pool, in any order.
#[must_use]
pub fn what_if(role: &CompiledRole, people: &[Facts], person: &Facts, as_of: Date) -> WhatIf {
    let others = Others::new(role, people, person.number, as_of);
    let spot = |facts: &Facts| others.spot(role, facts, as_of);
    let now = spot(person);
    let mut effects: Vec<Effect> = change::changes(role, person)
        .into_iter()
        .map(|change| {
            let then = spot(&change.made(person));
            let denied = change.denied(role, person).map(|facts| spot(&facts));
            Effect { change, then, denied }
        })
        .collect();
    effects.sort_by_cached_key(|effect| effect.then.order());
    let listed = others.listed() + u64::from(matches!(now, Spot::Listed { .. }));
    WhatIf { now, listed, effects }
}
