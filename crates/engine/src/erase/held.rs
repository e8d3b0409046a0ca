//! All that a pool holds on a person: what they have a right to see (GDPR, article 15) and to take elsewhere (20).

use stackscout_profile::{Candidate, CandidateNumber};
use stackscout_store::{Dossier, ImportInfo, StoreError};

use crate::erase::rejects::RejectedOf;
use crate::erase::traces::Traces;
use crate::{EngineError, Pool};

/// All that a pool holds on a person.
#[derive(Debug, Clone)]
pub struct HeldOn {
    /// What the records hold.
    pub dossier: Dossier,
    /// The person, as they are read now.
    pub candidate: Candidate,
    /// The imports, also those that were undone.
    pub imports: Vec<ImportInfo>,
    /// Rejected rows that are about them.
    pub rejected: Vec<RejectedOf>,
    /// Names of saved searches in whose lists of the seen they stand.
    pub searches: Vec<String>,
}

impl Pool {
    /// All that is held on a person.
    ///
    /// # Errors
    /// Nobody of this number; damage.
    pub fn held_on(&self, number: CandidateNumber) -> Result<HeldOn, EngineError> {
        let dossier = self.store.dossier(number).map_err(|e| match e {
            StoreError::Nobody(number) => EngineError::NoCandidate(number.to_string()),
            other => EngineError::Store(other),
        })?;
        let traces = Traces::of(&dossier.known);
        let mut searches = self.saved_searches()?;
        searches.retain(|saved| dossier.numbers.iter().any(|number| saved.has_seen(*number)));
        Ok(HeldOn {
            candidate: match (self.candidate(dossier.numbers[0]), dossier.known.versions.last()) {
                // Their import was undone: what it said is held all the same.
                (Err(EngineError::NoCandidate(_)), Some(last)) => self.shown(&last.record),
                (candidate, _) => candidate?,
            },
            imports: self.store.all_imports()?,
            rejected: self.rejected_rows_of(&traces)?,
            searches: searches.into_iter().map(|saved| saved.name).collect(),
            dossier,
        })
    }
}
