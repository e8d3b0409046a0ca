//! What people decided: written down, listed, and brought to bear on rankings.
//!
//! The program decides nothing. What somebody decided leaves a person out of lists, and changes no score: rejected or
//! withdrawn counts for its role, in process for every other role, hired for all.

use std::path::Path;

use stackscout_importer::text_file::read_text;
use stackscout_matcher::{CompiledRole, Decisions};
use stackscout_profile::role_file::{ROLE_FILE_BYTES_MAX, read_role};
use stackscout_profile::{CandidateNumber, DecisionState, Role};
use stackscout_store::{Decision, NewDecision, StoreError};
use stackscout_taxonomy::Taxonomy;

use crate::changes::{Change, meant};
use crate::roles::fingerprint;
use crate::{EngineError, Pool};

/// A decision that somebody made.
#[derive(Debug, Clone, Copy)]
pub struct DecideRequest<'a> {
    /// A role file, or the id of a role that a run or a decision names.
    pub role: &'a str,
    /// The person, as [`Pool::find_candidate`] takes them.
    pub who: &'a str,
    /// What was decided.
    pub state: DecisionState,
    /// The run that it was decided on, as [`Pool::run`] takes it.
    pub run: Option<&'a str>,
}

/// A role that is meant by its file or its id.
struct Meant {
    id: String,
    fingerprint: Option<String>,
}

/// The decisions that stood after a change.
pub(crate) struct Standing(Vec<Decision>);

impl Standing {
    /// A role made ready, with what was decided about its people.
    pub(crate) fn compile(&self, role: Role, taxonomy: &Taxonomy) -> CompiledRole {
        let decisions = self.of_role(&role.id);
        CompiledRole::new(role, taxonomy).with_decisions(decisions)
    }

    /// Many roles made ready, with what was decided about their people.
    pub(crate) fn compile_all(
        &self,
        roles: impl IntoIterator<Item = Role>,
        taxonomy: &Taxonomy,
    ) -> Vec<CompiledRole> {
        let with_decisions = |role: CompiledRole| {
            let decisions = self.of_role(&role.role.id);
            role.with_decisions(decisions)
        };
        CompiledRole::all(roles, taxonomy).into_iter().map(with_decisions).collect()
    }

    fn of_role(&self, id: &str) -> Decisions {
        let out = |d: &Decision| Some((d.candidate, d.state.leaves_out(d.role == id)?));
        Decisions::new(self.0.iter().filter_map(out).collect())
    }

    /// The decision that leaves a person out of a role's list.
    pub(crate) fn out(&self, role: &str, number: CandidateNumber) -> Option<&Decision> {
        let own = self.0.iter().filter(|d| d.candidate == number);
        let out = own.filter_map(|d| Some((d.state.leaves_out(d.role == role)?, d)));
        out.min_by_key(|(decided, _)| *decided).map(|(_, d)| d)
    }

    /// What was decided about a person.
    pub(crate) fn about(&self, number: CandidateNumber) -> Vec<Decision> {
        self.0.iter().filter(|d| d.candidate == number).cloned().collect()
    }
}

impl Pool {
    /// The decisions that stood after `change`.
    pub(crate) fn standing(&self, change: u64) -> Result<Standing, EngineError> {
        Ok(Standing(self.store.decisions_standing(change)?))
    }

    /// A role made ready, with what is decided about its people.
    pub(crate) fn compiled(&self, role: Role) -> Result<CompiledRole, EngineError> {
        Ok(self.standing(self.store.change()?)?.compile(role, &self.taxonomy))
    }

    /// Every decision, also those that others replaced or took back, in order.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, EngineError> {
        self.shown_decisions(self.store.decisions(self.store.change()?)?)
    }

    /// The decisions that stand: of each person and role the last one, in the order of roles, then of people.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn decisions_standing(&self) -> Result<Vec<Decision>, EngineError> {
        self.shown_decisions(self.standing(self.store.change()?)?.0)
    }

    /// Who a number stands for now: itself, or the person whom it was merged into.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn who_is(&self, number: CandidateNumber) -> Result<CandidateNumber, EngineError> {
        Ok(self.store.survivor(number)?)
    }

    /// Whether there is a record of this number.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn is_in(&self, number: CandidateNumber) -> Result<bool, EngineError> {
        Ok(self.store.record(number)?.is_some())
    }

    /// The id of the role that is meant: that of a role file, or the id of a role that a run or a decision names.
    ///
    /// # Errors
    /// A file that is no role; an id that nobody knows.
    pub fn role_meant(&self, role: &str) -> Result<String, EngineError> {
        Ok(self.meant_role(role)?.id)
    }

    fn meant_role(&self, role: &str) -> Result<Meant, EngineError> {
        let path = Path::new(role);
        if path.is_file() {
            let text = read_text(path, ROLE_FILE_BYTES_MAX)
                .map_err(|source| EngineError::File { path: path.to_owned(), source })?;
            let read =
                read_role(role, &text, &self.taxonomy).map_err(|e| EngineError::Roles(vec![e.into()]))?;
            return Ok(Meant { id: read.id, fingerprint: Some(fingerprint(&text)) });
        }
        let runs = self.runs()?;
        let ranked = runs.iter().rev().flat_map(|run| &run.manifest.roles);
        if let Some(named) = ranked.clone().find(|named| named.id == role) {
            return Ok(Meant { id: named.id.clone(), fingerprint: Some(named.fingerprint.clone()) });
        }
        let decided = self.decisions()?;
        if decided.iter().any(|d| d.role == role) {
            return Ok(Meant { id: role.to_owned(), fingerprint: None });
        }
        let mut known: Vec<String> = ranked.map(|named| named.id.clone()).collect();
        known.extend(decided.into_iter().map(|d| d.role));
        known.sort();
        known.dedup();
        Err(EngineError::NoRoleKnown { role: role.to_owned(), known })
    }

    /// What a request says, checked.
    fn new_decision(&self, request: &DecideRequest<'_>, why: &str) -> Result<NewDecision, EngineError> {
        if why.trim().is_empty() {
            return Err(EngineError::NoReason);
        }
        let candidate = meant(self, request.who)?;
        let candidate = self.store.survivor(candidate)?;
        self.check_reason(why, &[candidate])?;
        let state = request.state;
        let why = why.trim().to_owned();
        let Some(name) = request.run else {
            let Meant { id, fingerprint } = self.meant_role(request.role)?;
            return Ok(NewDecision { candidate, role: id, fingerprint, state, why, run: None });
        };
        let run = self.run(name)?;
        let number = run.number.ok_or_else(|| EngineError::NoRun(name.to_owned()))?;
        let path = Path::new(request.role);
        let id = if path.is_file() { self.meant_role(request.role)?.id } else { request.role.to_owned() };
        let named = run.manifest.roles.iter().find(|named| named.id == id);
        let named = named.ok_or_else(|| EngineError::NoRoleInRun {
            role: id.clone(),
            known: run.manifest.roles.iter().map(|named| named.id.clone()).collect(),
        })?;
        let list = run.lists.as_ref().and_then(|lists| lists.iter().find(|list| list.role == id));
        let mut place = None;
        for entry in list.map(|list| list.entries.as_slice()).unwrap_or_default() {
            if self.store.survivor(entry.number)? == candidate {
                place = Some(entry.place);
            }
        }
        let fingerprint = Some(named.fingerprint.clone());
        Ok(NewDecision { candidate, role: id, fingerprint, state, why, run: Some((number, place)) })
    }
}

impl Change<'_> {
    /// Writes down what somebody decided; gives it as it stands there.
    ///
    /// # Errors
    /// A role or a person who is not there, or not the only one meant; no reason; a decision that stands already, or one
    /// to take back that nobody made; another writer.
    pub fn decide(self, request: &DecideRequest<'_>) -> Result<Decision, EngineError> {
        let why = self.why;
        self.make(|pool| {
            let new = pool.new_decision(request, why)?;
            let number = pool.store.decide(&new).map_err(|error| match error {
                StoreError::Decided { .. } => EngineError::AlreadyDecided(error),
                other => EngineError::Store(other),
            })?;
            let all = pool.decisions()?;
            Ok(all.into_iter().find(|d| d.number == number).expect("it was written just now"))
        })
    }
}
