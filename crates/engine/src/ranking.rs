//! Ranking a pool against roles: what goes in is named in the manifest, and the same manifest gives the same bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use stackscout_matcher::{CompiledRole, Cut, Shortlist, Standing};
use stackscout_profile::{Candidate, CandidateNumber, Date};
use stackscout_store::{Decision, Held, ImportInfo};

use crate::roles::RoleInput;
use crate::runs::past::Among;
use crate::{EngineError, Pool};

/// What a ranking was made of. No time, path, thread count or layout of files stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// `stackscout` and its version.
    pub tool: String,
    /// The date that recency is counted from.
    pub as_of: Date,
    /// Fingerprint of the taxonomy.
    pub taxonomy: String,
    /// Digest of the pool's records; `damaged` where they are.
    pub pool: String,
    /// The last change of the pool that the records know.
    pub change: u64,
    /// People in the pool.
    pub candidates: u64,
    /// Roles with the fingerprints of their files.
    pub roles: Vec<ManifestRole>,
    /// People listed for each role at most; null where it is so many of each tier.
    pub top: Option<usize>,
    /// People listed of each tier at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_tier: Option<usize>,
}

impl Manifest {
    /// How many people the lists show.
    #[must_use]
    pub fn cut(&self) -> Cut {
        self.per_tier.map_or(Cut::Top(self.top.unwrap_or(0)), Cut::PerTier)
    }

    /// The manifest as a file holds it.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).expect("a manifest is plain data") + "\n"
    }
}

/// A role in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestRole {
    /// Id.
    pub id: String,
    /// Fingerprint of its file.
    pub fingerprint: String,
}

/// A ranked role, with all that a report shows of the people listed.
pub struct RankedRole {
    /// The role.
    pub compiled: CompiledRole,
    /// The ranking.
    pub shortlist: Shortlist,
    /// The people listed.
    pub candidates: BTreeMap<CandidateNumber, Candidate>,
}

/// Rankings of several roles.
pub struct Ranking {
    /// What they were made of.
    pub manifest: Manifest,
    /// Each role, in the order asked.
    pub roles: Vec<RankedRole>,
    /// Imports, by number, for the names of files.
    pub imports: Vec<ImportInfo>,
}

/// One person against one role.
pub struct Explanation {
    /// The date that recency is counted from.
    pub as_of: Date,
    /// The role.
    pub compiled: Arc<CompiledRole>,
    /// The person's standing.
    pub standing: Standing,
    /// The person.
    pub candidate: Candidate,
    /// What people decided about the person, for this role and others.
    pub decisions: Vec<Decision>,
    /// Imports, by number, for the names of files.
    pub imports: Vec<ImportInfo>,
}

/// The pool at one moment: as long as it lives, every reading sees the same records.
pub(crate) struct Present<'a> {
    /// The last change.
    pub(crate) change: u64,
    /// The date that recency is counted from.
    pub(crate) as_of: Date,
    /// Everybody as of the change.
    pub(crate) everybody: Among,
    _held: Held<'a>,
}

impl Pool {
    /// Holds on to the present state. The date is that of the newest import where it is not given.
    pub(crate) fn present(&self, as_of: Option<Date>) -> Result<Present<'_>, EngineError> {
        let before = self.store.change()?;
        let evidence = self.evidence()?;
        let held = self.store.hold()?;
        let as_of = self.date(as_of)?;
        let change = self.store.change()?;
        // Another process may have written in between: then the columns are of a change that is past.
        let everybody =
            if change == before { Among::Columns(evidence) } else { Among::Facts(self.facts_at(change)?) };
        Ok(Present { change, as_of, everybody, _held: held })
    }

    fn date(&self, as_of: Option<Date>) -> Result<Date, EngineError> {
        match as_of {
            Some(as_of) => Ok(as_of),
            None => self.as_of()?.ok_or(EngineError::NoDate),
        }
    }

    /// Ranks everybody against every role; `as_of` is the date of the newest import where it is not given.
    ///
    /// # Errors
    /// Records that cannot be read; an empty pool without a date.
    pub fn rank(&self, roles: Vec<RoleInput>, cut: Cut, as_of: Option<Date>) -> Result<Ranking, EngineError> {
        let present = self.present(as_of)?;
        self.rank_among(present.change, &present.everybody, roles, cut, present.as_of)
    }

    /// Explains one person against one role: every term, and where they stand.
    ///
    /// # Errors
    /// Nobody of this number; records that cannot be read; an empty pool without a date.
    pub fn explain(
        &self,
        role: RoleInput,
        number: CandidateNumber,
        as_of: Option<Date>,
    ) -> Result<Explanation, EngineError> {
        let mut explanations = self.explain_all(role, &[number], as_of)?;
        Ok(explanations.remove(0))
    }

    /// Explains several people against one role, in the order asked; the pool is read once for all of them.
    ///
    /// # Errors
    /// As [`Pool::explain`].
    pub fn explain_all(
        &self,
        role: RoleInput,
        numbers: &[CandidateNumber],
        as_of: Option<Date>,
    ) -> Result<Vec<Explanation>, EngineError> {
        let Present { change, as_of, everybody, _held } = self.present(as_of)?;
        self.explain_among(change, &everybody, role, numbers, as_of)
    }
}
