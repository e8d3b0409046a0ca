//! Making a run again: the same bytes, or what has changed, each thing named.

use stackscout_profile::CandidateNumber;
use stackscout_store::RunList;

use crate::roles::RoleInput;
use crate::runs::name::Run;
use crate::runs::past::TOOL;
use crate::runs::record::lists;
use crate::{EngineError, Pool, Ranking};

/// Something that is not as it was when the run was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Another version of the program.
    Tool {
        /// The one of the run.
        then: String,
        /// This one.
        now: String,
    },
    /// Another taxonomy.
    Taxonomy {
        /// Its fingerprint in the run.
        then: String,
        /// Its fingerprint now.
        now: String,
    },
    /// People who were erased since.
    Erased(Vec<CandidateNumber>),
}

/// A run, made again with the records as they stood.
pub struct Replay {
    /// The run.
    pub run: Run,
    /// What came of it now.
    pub ranking: Ranking,
    /// What is not as it was.
    pub changed: Vec<Changed>,
}

impl Replay {
    /// Each role with how many of its entries are not those of the run; `None` where its entries are not known.
    #[must_use]
    pub fn differing(&self) -> Option<Vec<(String, usize)>> {
        let then = self.run.lists.as_ref()?;
        let differing = |(now, then): (&RunList, &RunList)| {
            let same = now.entries.iter().zip(&then.entries).filter(|(a, b)| a == b).count();
            (now.role.clone(), now.entries.len().max(then.entries.len()) - same)
        };
        Some(lists(&self.ranking).iter().zip(then).map(differing).collect())
    }
}

impl Pool {
    /// Makes a run again, with the records as they stood after its change, and its roles as they were. `given` are
    /// role files for those that the pool does not keep.
    ///
    /// # Errors
    /// A run of another pool; roles that are not kept; a past that is not kept; damage.
    pub fn replay(&self, run: Run, given: &[RoleInput]) -> Result<Replay, EngineError> {
        let _held = self.store.hold()?;
        let changed = self.changed_since(&run)?;
        let roles = self.roles_of(&run, given)?;
        let ranking = self.rank_at(run.manifest.change, roles, run.manifest.cut(), run.manifest.as_of)?;
        Ok(Replay { run, ranking, changed })
    }

    /// What is not as it was when the run was made.
    pub(crate) fn changed_since(&self, run: &Run) -> Result<Vec<Changed>, EngineError> {
        let then = &run.manifest;
        let mut changed = Vec::new();
        if then.tool != TOOL {
            changed.push(Changed::Tool { then: then.tool.clone(), now: TOOL.to_owned() });
        }
        if then.taxonomy != self.taxonomy.fingerprint() {
            let now = self.taxonomy.fingerprint().to_owned();
            changed.push(Changed::Taxonomy { then: then.taxonomy.clone(), now });
        }
        if then.change > self.store.change()? {
            return Err(EngineError::OtherPool { change: then.change });
        }
        if self.store.digest_at(then.change)? != then.pool {
            let erased = self.store.forgotten_since(then.change)?;
            if erased.is_empty() {
                return Err(EngineError::OtherPool { change: then.change });
            }
            changed.push(Changed::Erased(erased));
        }
        Ok(changed)
    }
}
