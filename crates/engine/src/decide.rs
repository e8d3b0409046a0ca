//! What helps to decide, asked of a pool: other facts, other requirements, other weights.

use std::collections::BTreeMap;

use stackscout_matcher::CompiledRole;
use stackscout_matcher::funnel::{Funnel, funnel};
use stackscout_matcher::stability::{Draws, Stability, stability};
use stackscout_matcher::what_if::{WhatIf, what_if};
use stackscout_profile::{Candidate, CandidateNumber, Date};

use crate::everybody::everybody;
use crate::roles::RoleInput;
use crate::{EngineError, Pool};

/// What would move one person on one role's list.
pub struct WhatIfAnswer {
    /// The date that recency is counted from.
    pub as_of: Date,
    /// The role.
    pub compiled: CompiledRole,
    /// The person.
    pub candidate: Candidate,
    /// The changes.
    pub what_if: WhatIf,
}

/// Where people fall out of a role.
pub struct FunnelAnswer {
    /// The date that recency is counted from.
    pub as_of: Date,
    /// The role.
    pub compiled: CompiledRole,
    /// The counts.
    pub funnel: Funnel,
}

/// How much of a role's list rests on its exact weights.
pub struct StabilityAnswer {
    /// The date that recency is counted from.
    pub as_of: Date,
    /// The role.
    pub compiled: CompiledRole,
    /// The counts.
    pub stability: Stability,
    /// The people that it names, challengers cut to as many as entries.
    pub candidates: BTreeMap<CandidateNumber, Candidate>,
}

impl Pool {
    /// What would have to be known, learnt or shown for one person to stand elsewhere.
    ///
    /// # Errors
    /// Nobody of this number; records that cannot be read; an empty pool without a date.
    pub fn what_if(
        &self,
        role: RoleInput,
        number: CandidateNumber,
        as_of: Option<Date>,
    ) -> Result<WhatIfAnswer, EngineError> {
        let candidate = self.candidate(number)?;
        let (people, as_of) = everybody(self, as_of)?;
        let compiled = self.compiled(role.role)?;
        let what_if = what_if(&compiled, &people, &candidate.facts(), as_of);
        Ok(WhatIfAnswer { as_of, compiled, candidate, what_if })
    }

    /// Where people fall out of a role, and what asking for less would bring back.
    ///
    /// # Errors
    /// Records that cannot be read; an empty pool without a date.
    pub fn funnel(&self, role: RoleInput, as_of: Option<Date>) -> Result<FunnelAnswer, EngineError> {
        let (people, as_of) = everybody(self, as_of)?;
        let compiled = self.compiled(role.role)?;
        let funnel = funnel(&compiled, &people, self.taxonomy(), as_of);
        Ok(FunnelAnswer { as_of, compiled, funnel })
    }

    /// How far a role's first `top` places depend on its exact weights.
    ///
    /// # Errors
    /// Records that cannot be read; an empty pool without a date.
    pub fn stability(
        &self,
        role: RoleInput,
        top: usize,
        draws: &Draws,
        as_of: Option<Date>,
    ) -> Result<StabilityAnswer, EngineError> {
        let (people, as_of) = everybody(self, as_of)?;
        let compiled = self.compiled(role.role)?;
        let stability = stability(&compiled, &people, as_of, top, draws);
        let challengers = stability.challengers.iter().take(top).map(|c| c.number);
        let named = stability.entries.iter().map(|e| e.number).chain(challengers);
        let candidates =
            named.map(|number| Ok((number, self.candidate(number)?))).collect::<Result<_, EngineError>>()?;
        Ok(StabilityAnswer { as_of, compiled, stability, candidates })
    }
}
