//! Ranking a pool against roles: what goes in is named in the manifest, and the same manifest gives the same bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use stackscout_matcher::{CompiledRole, Counts, Cut, Shortlist, Standing, rank_columns, standing};
use stackscout_profile::{Candidate, CandidateNumber, Date};
use stackscout_store::ImportInfo;

use crate::roles::RoleInput;
use crate::{EngineError, Pool};

/// What a ranking was made of. No time, path, thread count or layout of files stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// `stackscout` and its version.
    pub tool: String,
    /// The date that recency is counted from.
    pub as_of: Date,
    /// Fingerprint of the taxonomy.
    pub taxonomy: String,
    /// Digest of the pool's records.
    pub pool: String,
    /// People in the pool.
    pub candidates: u64,
    /// Roles with the fingerprints of their files.
    pub roles: Vec<ManifestRole>,
    /// People listed for each role at most; null where it is so many of each tier.
    pub top: Option<usize>,
    /// People listed of each tier at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_tier: Option<usize>,
}

/// A role in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// Imports, by number, for the names of files.
    pub imports: Vec<ImportInfo>,
}

impl Pool {
    pub(crate) fn date(&self, as_of: Option<Date>) -> Result<Date, EngineError> {
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
        let as_of = self.date(as_of)?;
        let evidence = self.evidence()?;
        let named = roles
            .iter()
            .map(|r| ManifestRole { id: r.role.id.clone(), fingerprint: r.fingerprint.clone() })
            .collect();
        let compiled: Vec<CompiledRole> =
            roles.into_iter().map(|r| CompiledRole::new(r.role, &self.taxonomy)).collect();
        let shortlists = rank_columns(&compiled, &evidence, as_of, cut, Counts::Exact);
        let mut ranked = Vec::with_capacity(compiled.len());
        for (compiled, shortlist) in compiled.into_iter().zip(shortlists) {
            let mut candidates = BTreeMap::new();
            for entry in &shortlist.entries {
                candidates.insert(entry.number, self.candidate(entry.number)?);
            }
            ranked.push(RankedRole { compiled, shortlist, candidates });
        }
        let (top, per_tier) = match cut {
            Cut::Top(count) => (Some(count), None),
            Cut::PerTier(count) => (None, Some(count)),
        };
        let manifest = Manifest {
            tool: concat!("stackscout ", env!("CARGO_PKG_VERSION")).to_owned(),
            as_of,
            taxonomy: self.taxonomy.fingerprint().to_owned(),
            pool: self.store.digest()?,
            candidates: evidence.people() as u64,
            roles: named,
            top,
            per_tier,
        };
        Ok(Ranking { manifest, roles: ranked, imports: self.store.imports()? })
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
        let as_of = self.date(as_of)?;
        let candidates: Vec<Candidate> =
            numbers.iter().map(|number| self.candidate(*number)).collect::<Result<_, _>>()?;
        let compiled = Arc::new(CompiledRole::new(role.role, &self.taxonomy));
        let facts = self.facts()?;
        let imports = self.store.imports()?;
        let explain = |candidate: Candidate| Explanation {
            as_of,
            compiled: Arc::clone(&compiled),
            standing: standing(&compiled, &facts, &candidate.facts(), as_of),
            candidate,
            imports: imports.clone(),
        };
        Ok(candidates.into_iter().map(explain).collect())
    }
}
