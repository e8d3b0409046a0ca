//! Ranking and explaining with the records as they stood after a change: the plain way, from the records themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use stackscout_evidence::EvidenceSet;
use stackscout_matcher::{Counts, Cut, rank_all, rank_columns, standing, standing_columns};
use stackscout_profile::{Candidate, CandidateNumber, Date, Facts, Record};
use stackscout_store::StoreError;

use crate::catch_up::FactsReader;
use crate::ranking::ManifestRole;
use crate::roles::RoleInput;
use crate::{EngineError, Explanation, Manifest, Pool, RankedRole, Ranking};

/// This program, as manifests name it.
pub(crate) const TOOL: &str = concat!("stackscout ", env!("CARGO_PKG_VERSION"));

/// Everybody who is ranked.
pub(crate) enum Among {
    /// What is scored of them, from the records.
    Facts(Vec<Facts>),
    /// The evidence columns, which hold the same.
    Columns(EvidenceSet),
}

impl Among {
    /// What is scored of them, in the order of numbers.
    pub(crate) fn into_facts(self) -> Vec<Facts> {
        match self {
            Self::Facts(facts) => facts,
            Self::Columns(set) => {
                let mut facts: Vec<Facts> = set.facts().collect();
                facts.sort_unstable_by_key(|facts| facts.number);
                facts
            }
        }
    }
}

impl Pool {
    /// Shows every record as it stood after `change`, in the order of numbers.
    pub(crate) fn each_record(&self, change: u64, mut take: impl FnMut(Record)) -> Result<(), EngineError> {
        let take = |record| {
            take(record);
            Ok::<(), EngineError>(())
        };
        if change == self.store.change()? {
            self.store.records_since(0, take)
        } else {
            self.store.records_at(change, take)
        }
    }

    /// A record as it stood after `change`.
    pub(crate) fn record_then(
        &self,
        number: CandidateNumber,
        change: u64,
    ) -> Result<Option<Record>, EngineError> {
        let is_present = change == self.store.change()?;
        Ok(if is_present { self.store.record(number)? } else { self.store.record_at(number, change)? })
    }

    /// A person as they stood after `change`.
    pub(crate) fn candidate_then(
        &self,
        number: CandidateNumber,
        change: u64,
    ) -> Result<Candidate, EngineError> {
        let record = self.record_then(number, change)?;
        let record = record.ok_or_else(|| EngineError::NoCandidate(number.to_string()))?;
        Ok(self.shown(&record))
    }

    /// People as they stood after `change`, those of them who are not erased.
    ///
    /// # Errors
    /// A past that is not kept; a damaged record.
    pub fn candidates_at(
        &self,
        numbers: impl IntoIterator<Item = CandidateNumber>,
        change: u64,
    ) -> Result<BTreeMap<CandidateNumber, Candidate>, EngineError> {
        let mut candidates = BTreeMap::new();
        for number in numbers {
            if let Some(record) = self.record_then(number, change)? {
                candidates.insert(number, self.shown(&record));
            }
        }
        Ok(candidates)
    }

    /// What is scored of everybody, as it stood after `change`, in the order of numbers.
    pub(crate) fn facts_at(&self, change: u64) -> Result<Vec<Facts>, EngineError> {
        let mut all = Vec::new();
        let mut reader = FactsReader::new(&self.taxonomy, |facts| all.push(facts));
        self.each_record(change, |record| reader.put(record))?;
        reader.finish();
        Ok(all)
    }

    /// Ranks the people of `change` against every role.
    pub(crate) fn rank_at(
        &self,
        change: u64,
        roles: Vec<RoleInput>,
        cut: Cut,
        as_of: Date,
    ) -> Result<Ranking, EngineError> {
        self.rank_among(change, &Among::Facts(self.facts_at(change)?), roles, cut, as_of)
    }

    /// Ranks those given, who are the people of `change`, against every role.
    pub(crate) fn rank_among(
        &self,
        change: u64,
        among: &Among,
        roles: Vec<RoleInput>,
        cut: Cut,
        as_of: Date,
    ) -> Result<Ranking, EngineError> {
        let named = roles
            .iter()
            .map(|r| ManifestRole { id: r.role.id.clone(), fingerprint: r.fingerprint.clone() })
            .collect();
        let standing = self.standing(change)?;
        let compiled = standing.compile_all(roles.into_iter().map(|r| r.role), &self.taxonomy);
        let (shortlists, candidates) = match among {
            Among::Facts(facts) => (rank_all(&compiled, facts, as_of, cut), facts.len()),
            Among::Columns(set) => (rank_columns(&compiled, set, as_of, cut, Counts::Exact), set.people()),
        };
        let mut ranked = Vec::with_capacity(compiled.len());
        for (compiled, shortlist) in compiled.into_iter().zip(shortlists) {
            let mut candidates = BTreeMap::new();
            for entry in &shortlist.entries {
                let record = self.record_then(entry.number, change)?;
                let record = record.ok_or_else(|| EngineError::NoCandidate(entry.number.to_string()))?;
                candidates.insert(entry.number, Candidate::read(&record, &self.taxonomy).0);
            }
            ranked.push(RankedRole { compiled, shortlist, candidates });
        }
        let (top, per_tier) = match cut {
            Cut::Top(count) => (Some(count), None),
            Cut::PerTier(count) => (None, Some(count)),
        };
        let manifest = Manifest {
            tool: TOOL.to_owned(),
            as_of,
            taxonomy: self.taxonomy.fingerprint().to_owned(),
            pool: self.name_at(change)?,
            change,
            candidates: candidates as u64,
            roles: named,
            top,
            per_tier,
        };
        Ok(Ranking { manifest, roles: ranked, imports: self.store.imports_at(change)? })
    }

    /// The name of the records as of a change; damaged ones have none.
    fn name_at(&self, change: u64) -> Result<String, EngineError> {
        match self.store.check_pages() {
            Ok(()) => Ok(self.store.digest_at(change)?),
            Err(StoreError::DamagedPages { .. }) => Ok("damaged".to_owned()),
            Err(error) => Err(error.into()),
        }
    }

    /// Explains people against one role among the people of `change`, in the order asked.
    pub(crate) fn explain_at(
        &self,
        change: u64,
        role: RoleInput,
        numbers: &[CandidateNumber],
        as_of: Date,
    ) -> Result<Vec<Explanation>, EngineError> {
        self.explain_among(change, &Among::Facts(self.facts_at(change)?), role, numbers, as_of)
    }

    /// Explains people against one role among those given, who are the people of `change`.
    pub(crate) fn explain_among(
        &self,
        change: u64,
        among: &Among,
        role: RoleInput,
        numbers: &[CandidateNumber],
        as_of: Date,
    ) -> Result<Vec<Explanation>, EngineError> {
        let candidates: Vec<Candidate> =
            numbers.iter().map(|number| self.candidate_then(*number, change)).collect::<Result<_, _>>()?;
        let decided = self.standing(change)?;
        let compiled = Arc::new(decided.compile(role.role, &self.taxonomy));
        let imports = self.shown_imports(self.store.imports_at(change)?);
        let explain = |candidate: Candidate| Explanation {
            as_of,
            compiled: Arc::clone(&compiled),
            standing: match among {
                Among::Facts(facts) => standing(&compiled, facts, &candidate.facts(), as_of),
                Among::Columns(set) => standing_columns(&compiled, set, &candidate.facts(), as_of),
            },
            decisions: decided.about(candidate.number),
            candidate,
            imports: imports.clone(),
        };
        candidates.into_iter().map(explain).map(|explained| self.shown_explanation(explained)).collect()
    }
}
