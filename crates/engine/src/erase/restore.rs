//! Erasures of another pool, or of this one from before it was restored: whoever was erased there is erased here.
//!
//! A backup from before an erasure holds the person. Whoever restores one gives the list of erasures that the pool of
//! today knows, and nobody comes back: the list says by keyed hashes who they were, and tells nobody else.

use std::path::Path;

use stackscout_profile::{CandidateNumber, Date};
use stackscout_store::{ErasureList, Reason, Store, ToErase};

use crate::changes::Change;
use crate::erase::traces::Traces;
use crate::pool::RECORDS;
use crate::{EngineError, Erased, Pool};

/// What applying a list of erasures did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Erasures that were not known here.
    pub adopted: u64,
    /// People who were here, and are erased now.
    pub people: Vec<CandidateNumber>,
    /// What was removed with them.
    pub erased: Erased,
}

/// Reads a list of erasures: from a pool, or from a file that `candidate suppressed --export` wrote.
///
/// # Errors
/// Something else; a file that cannot be read.
pub fn read_erasures(path: &Path) -> Result<ErasureList, EngineError> {
    if path.is_dir() {
        return Ok(Store::open_read_only(&path.join(RECORDS))?.erasure_list()?);
    }
    let text = std::fs::read(path).map_err(|e| EngineError::io("read", path, e))?;
    serde_json::from_slice(&text).map_err(|_| EngineError::NoErasures(path.to_owned()))
}

impl Pool {
    /// What the pool knows of its erasures, for another pool that must not have these people either.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn erasure_list(&self) -> Result<ErasureList, EngineError> {
        Ok(self.store.erasure_list()?)
    }
}

impl Change<'_> {
    /// Takes over a list of erasures: whoever of them is in this pool is erased, and rows about all of them are held.
    ///
    /// # Errors
    /// A list of another form; as [`Change::erase`].
    pub fn apply_erasures(self, list: &ErasureList) -> Result<Applied, EngineError> {
        let why = self.why;
        self.make(|pool| {
            let adopted = pool.store.adopt_erasures(list)?;
            let found = pool.store.erased_elsewhere()?;
            let people: Vec<CandidateNumber> = found.iter().map(|(number, _)| *number).collect();
            let traces = Traces::of(&pool.store.known_of(&people)?);
            let person = |(number, until): &(CandidateNumber, Option<Date>)| ToErase {
                reason: Reason::Restored,
                why: why.to_owned(),
                until: *until,
                ..ToErase::asked(*number)
            };
            let to_erase: Vec<ToErase> = found.iter().map(person).collect();
            let erased = if people.is_empty() { Erased::default() } else { pool.erase(&to_erase, &traces)? };
            Ok(Applied { adopted, people, erased })
        })
    }
}
