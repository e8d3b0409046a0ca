//! One person in one list of a run, on the list or not, from the data as it stood.

use stackscout_store::RunEntry;

use crate::runs::name::Run;
use crate::runs::replay::Changed;
use crate::{EngineError, Explanation, Pool};

/// A person's place in a run.
pub struct RunExplanation {
    /// The run.
    pub run: Run,
    /// Every term, from the records as they stood after the run's change.
    pub explanation: Explanation,
    /// The person's entry, where the run lists them and its lists are known.
    pub entry: Option<RunEntry>,
    /// The last entry of the list, after which it was cut; of the person's tier where the run lists so many of each.
    /// `None` where the list is not known, or nobody more is listed in the pool.
    pub cut_off: Option<RunEntry>,
    /// What is not as it was when the run was made, so that numbers may be others.
    pub changed: Vec<Changed>,
}

impl Pool {
    /// Explains a person for a role of a run. `role` is the id of the role, `who` is as in [`Pool::find_candidate`],
    /// among the people of then.
    ///
    /// # Errors
    /// No such role in the run; nobody, or several people; what [`Pool::replay`] refuses.
    pub fn explain_in_run(&self, run: Run, role: &str, who: &str) -> Result<RunExplanation, EngineError> {
        let _held = self.store.hold()?;
        // The file of a role names it, too, where its id is that of the file.
        let stem = std::path::Path::new(role).file_stem().and_then(|stem| stem.to_str());
        let position = |id: &str| run.manifest.roles.iter().position(|named| named.id == id);
        let at = position(role).or_else(|| position(stem?));
        let at = at.ok_or_else(|| EngineError::NoRoleInRun {
            role: role.to_owned(),
            known: run.manifest.roles.iter().map(|named| named.id.clone()).collect(),
        })?;
        let changed = self.changed_since(&run)?;
        let manifest = &run.manifest;
        let number = self.find_candidate_at(who, manifest.change)?;
        let one = Run {
            manifest: crate::Manifest { roles: vec![manifest.roles[at].clone()], ..manifest.clone() },
            ..run.clone()
        };
        let input = self.roles_of(&one, &[])?.remove(0);
        let role = &manifest.roles[at].id;
        let explanation = self.explain_at(manifest.change, input, &[number], manifest.as_of)?.remove(0);
        let list = run.lists.as_ref().and_then(|lists| lists.iter().find(|list| list.role == *role));
        let entry = list.and_then(|list| list.entries.iter().find(|e| e.number == number)).copied();
        let tier = explanation.standing.entry.tier.letter().as_bytes()[0];
        let cut_off = list.and_then(|list| {
            let in_tier = |e: &&RunEntry| manifest.per_tier.is_none() || e.tier == tier;
            let shown = list.entries.iter().filter(in_tier).count() as u64;
            let all = match (manifest.per_tier, tier) {
                (Some(_), b'A'..=b'C') => list.listed[usize::from(tier - b'A')],
                (Some(_), _) => 0,
                (None, _) => list.listed.iter().sum(),
            };
            list.entries.iter().rfind(in_tier).copied().filter(|_| shown < all)
        });
        Ok(RunExplanation { explanation, entry, cut_off, changed, run })
    }
}
