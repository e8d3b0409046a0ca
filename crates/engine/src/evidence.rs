//! The evidence columns of a pool: what rankings read instead of everybody's record.

use std::path::Path;

use stackscout_evidence::{ColumnsFile, EvidenceError, EvidenceSet, LazySet};
use stackscout_indexer::IndexState;

use crate::catch_up::{named, read_all};
use crate::lock::WriteLock;
use crate::pool::{COLUMNS, INDEX};
use crate::{EngineError, Pool, PoolNote};

/// What was found of the columns.
enum Found {
    Ready(EvidenceSet),
    /// They are of an earlier change: nothing is wrong with them.
    Behind,
    /// They are to be made anew, with the reason.
    Unusable(String),
}

impl Pool {
    /// The evidence columns as of the last change, caught up or made anew where they have to be.
    ///
    /// Never older than the records: where they cannot be caught up now, because another process writes or nobody may,
    /// everybody's record is read instead.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn evidence(&self) -> Result<EvidenceSet, EngineError> {
        let found = match self.open_evidence()? {
            Found::Ready(set) => return Ok(set),
            found => found,
        };
        if let Ok(Some(_lock)) = WriteLock::try_take(&self.folder)
            && self.catch_up().is_ok()
            && let Found::Ready(set) = self.open_evidence()?
        {
            if let Found::Unusable(reason) = found {
                self.note(PoolNote::ColumnsRebuilt { reason });
            }
            return Ok(set);
        }
        let reason = match found {
            Found::Unusable(reason) => reason,
            _ => "they are behind the records".to_owned(),
        };
        self.note(PoolNote::ColumnsUnused { reason });
        Ok(read_all(&self.store, &self.taxonomy)?.in_memory())
    }

    /// The columns that belong to a commit of the index, for searches over both; what a search reads of them is compared
    /// with its checksums when it is read.
    pub(crate) fn evidence_of(&self, state: &IndexState) -> Result<LazySet, EngineError> {
        self.evidence_opened(state, LazySet::open)
    }

    /// The same, with everything compared now, and made anew where it has to be.
    pub(crate) fn checked_evidence_of(&self, state: &IndexState) -> Result<LazySet, EngineError> {
        self.evidence_opened(state, |folder, files, fingerprint| {
            EvidenceSet::open(folder, files, fingerprint).map(LazySet::from)
        })
    }

    fn evidence_opened(
        &self,
        state: &IndexState,
        open: impl Fn(&Path, &[ColumnsFile], &str) -> Result<LazySet, EvidenceError>,
    ) -> Result<LazySet, EngineError> {
        let folder = self.folder.join(COLUMNS);
        if state.taxonomy == self.taxonomy.fingerprint() {
            match open(&folder, &named(state), &state.taxonomy) {
                Ok(set) if set.people() as u64 == state.candidates => return Ok(set),
                Ok(_) | Err(EvidenceError::Damaged { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        // As good as columns that were written only where the records are still those of the commit.
        if self.store.change()? == state.change {
            return Ok(self.evidence()?.into());
        }
        Err(EngineError::Locked(self.folder.clone()))
    }

    fn open_evidence(&self) -> Result<Found, EngineError> {
        let change = self.store.change()?;
        let state = match IndexState::read(&self.folder.join(INDEX))? {
            Some(state) if state.taxonomy != self.taxonomy.fingerprint() => {
                return Ok(Found::Unusable("the taxonomy has changed".to_owned()));
            }
            Some(state) if state.change < change => return Ok(Found::Behind),
            Some(state) if state.change == change => state,
            _ if change == 0 => return Ok(Found::Behind),
            _ => return Ok(Found::Unusable("no commit of the index names them".to_owned())),
        };
        let files = named(&state);
        match EvidenceSet::open(&self.folder.join(COLUMNS), &files, self.taxonomy.fingerprint()) {
            Ok(set) if set.people() as u64 == state.candidates => Ok(Found::Ready(set)),
            Ok(set) => {
                let (found, wanted) = (set.people(), state.candidates);
                Ok(Found::Unusable(format!("they hold {found} people, not {wanted}")))
            }
            Err(EvidenceError::Damaged { reason }) => Ok(Found::Unusable(reason)),
            Err(error) => Err(error.into()),
        }
    }
}
