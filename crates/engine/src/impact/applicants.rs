//! Who applied for a role: people of whom a row of some file says so, and nobody who was found.

use std::collections::HashMap;

use stackscout_profile::{Candidate, CandidateNumber, Role, folded};

use crate::{EngineError, Pool};

/// Which applications count for a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jobs<'a> {
    /// Those for a job that is called as the role's title or id, or by one of these names.
    Named(&'a [String]),
    /// Every application: for a pool that holds those of one job.
    Any,
}

/// The jobs that people applied for, folded; an empty one where the application names none.
pub(super) struct Applicants(HashMap<CandidateNumber, Vec<String>>);

impl Applicants {
    pub(super) fn read(pool: &Pool, change: u64) -> Result<Self, EngineError> {
        let mut applied = HashMap::new();
        pool.each_record(change, |record| {
            let candidate = Candidate::read(&record, &pool.taxonomy).0;
            let job = |text: &Option<String>| text.as_deref().map(folded).unwrap_or_default();
            let jobs: Vec<String> = candidate.applications.iter().map(|a| job(&a.applied_for)).collect();
            if !jobs.is_empty() {
                applied.insert(record.number, jobs);
            }
        })?;
        Ok(Self(applied))
    }

    /// Whether somebody applied for a role.
    pub(super) fn has_applied(&self, number: CandidateNumber, role: &Role, jobs: Jobs<'_>) -> bool {
        let Some(own) = self.0.get(&number) else { return false };
        match jobs {
            Jobs::Any => true,
            Jobs::Named(names) => {
                let of_role = [&role.title, &role.id];
                let mut wanted = names.iter().chain(of_role).map(|name| folded(name));
                wanted.any(|wanted| own.iter().any(|job| !job.is_empty() && *job == wanted))
            }
        }
    }
}
