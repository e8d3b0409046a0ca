//! Erasing people from a pool: what is removed where, in an order that no crash can turn into a half-erased person.
//!
//! What can only be found by what a person is known by goes first, while that is still known: rejected rows, saved
//! searches, what an import keeps of its report. Then the records, in one transaction, which also says that something may
//! be left. Then what is derived of them is written anew: the records' own file, index and columns. Whoever dies in
//! between leaves a person who is either there, to be erased again, or erased, with traces that the next writer removes
//! (`finish_erasure`).
//!
//! `traces` (what people are known by), `forms` and `proof` (looking for it in every byte), `rejects`, `retain` (erasing
//! whoever is too long there), `restore` (erasures of another pool), `held` (all that is held on a person).

mod forms;
mod held;
mod proof;
mod rejects;
mod restore;
mod retain;
#[cfg(test)]
mod tests;
mod traces;

use stackscout_profile::CandidateNumber;
use stackscout_store::identity::{Identity, email_key};
use stackscout_store::{Erasure, Export, Forgotten, StoreError, ToErase};

pub use self::held::HeldOn;
pub use self::proof::{Proof, Trace};
pub use self::rejects::RejectedOf;
pub use self::restore::{Applied, read_erasures};
pub use self::retain::{Retained, TooOld};
use crate::again::Imported;
use crate::changes::Change;
use crate::erase::traces::Traces;
use crate::{Duplicate, EngineError, Pool};

/// Whether the pool is searched for what may be left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// It is not.
    Not,
    /// Every byte of it is.
    Everywhere,
}

/// Who is meant by somebody who asks for an erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// A person of the pool.
    There(CandidateNumber),
    /// Somebody who was erased.
    Erased(Erasure),
}

/// What erasing people did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erased {
    /// What was removed from the records.
    pub records: Forgotten,
    /// Rejected rows that were removed.
    pub rejected_rows: u64,
    /// Lists of saved searches that they were taken out of.
    pub searches: u64,
    /// Saved searches that named them, and were removed.
    pub searches_removed: Vec<String>,
    /// Exports that they were in, as they were written down: to be followed up.
    pub exports: Vec<Export>,
    /// People who may be the same: to be looked at.
    pub alike: Vec<Duplicate>,
    /// What a scan found afterwards, where one was asked for.
    pub proof: Option<Proof>,
}

impl Pool {
    /// Who is meant, also where the person is in the pool no more because their import was undone, and where they were
    /// erased before.
    ///
    /// # Errors
    /// As [`Pool::find_candidate`].
    pub fn whom(&self, who: &str) -> Result<Whom, EngineError> {
        let error = match self.find_candidate(who) {
            Ok(number) => return Ok(Whom::There(number)),
            Err(error) => error,
        };
        if let Some(number) = self.gone(who)? {
            return Ok(Whom::There(number));
        }
        let erasure = match &error {
            EngineError::Erased(number) => self.store.erasure_of(*number)?,
            EngineError::Nobody("e-mail address") => match email_key(who) {
                Some(key) => self.store.erasure_by(&Identity { kind: "email", scope: String::new(), key })?,
                None => None,
            },
            _ => None,
        };
        erasure.map(Whom::Erased).ok_or(error)
    }

    /// The first of those who are in the pool no more, of whom its records hold something all the same, by number or
    /// e-mail address.
    fn gone(&self, who: &str) -> Result<Option<CandidateNumber>, EngineError> {
        if let Ok(number) = who.trim().parse::<CandidateNumber>() {
            return match self.store.dossier(number) {
                Ok(dossier) => Ok(dossier.numbers.first().copied()),
                Err(StoreError::Nobody(_)) => Ok(None),
                Err(error) => Err(error.into()),
            };
        }
        let Some(key) = email_key(who).filter(|_| who.contains('@')) else { return Ok(None) };
        let forms = Identity { kind: "email", scope: String::new(), key }.forms();
        let keys = forms.iter().map(|form| (form.kind, "", form.key.as_str()));
        Ok(self.store.gone_known_by(keys)?.first().copied())
    }

    /// The erasures of the pool, in order.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn erasures(&self) -> Result<Vec<Erasure>, EngineError> {
        Ok(self.store.erasures()?)
    }

    /// Exports by their numbers, those that are there.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn exports(&self) -> Result<Vec<Export>, EngineError> {
        Ok(self.store.exports()?)
    }

    /// Removes what an erasure may have left in files, where one was cut off. Called under the lock.
    pub(crate) fn finish_erasure(&mut self) -> Result<(), EngineError> {
        if self.store.unscrubbed()?.is_none() {
            return Ok(());
        }
        // What a reader holds of the log does not keep the rest from going.
        let scrubbed = self.store.scrub(&self.folder);
        self.catch_up_and_purge()?;
        scrubbed?;
        self.store.set_scrubbed()?;
        Ok(())
    }

    /// Erases people; `traces` are theirs. Called under the lock.
    pub(crate) fn erase(&mut self, people: &[ToErase], traces: &Traces) -> Result<Erased, EngineError> {
        let mut numbers: Vec<CandidateNumber> = Vec::new();
        for person in people {
            numbers.push(person.number);
            numbers.extend(self.store.merged_into(person.number)?);
        }
        let rejected_rows = self.take_out_of_rejects(traces)?;
        let (searches, searches_removed) = self.forget_in_searches(&numbers, |text| traces.named_in(text))?;
        Imported::remove(&self.folder).map_err(|e| EngineError::io("remove from", &self.folder, e))?;
        let records = self.store.erase(people)?;
        match self.finish_erasure() {
            Err(EngineError::Store(StoreError::HeldByReader)) => return Err(EngineError::HeldByReader),
            finished => finished?,
        }
        Ok(Erased { records, rejected_rows, searches, searches_removed, ..Erased::default() })
    }
}

impl Change<'_> {
    /// Erases a person, and everybody who was merged into them.
    ///
    /// # Errors
    /// Nobody of this number; a reason that names the person; another writer; a damaged record; a full disk.
    pub fn erase(self, number: CandidateNumber, look: Looked) -> Result<Erased, EngineError> {
        let why = self.why;
        self.make(|pool| {
            let dossier = pool.store.dossier(number).map_err(|e| match e {
                StoreError::Nobody(number) => EngineError::NoCandidate(number.to_string()),
                other => EngineError::Store(other),
            })?;
            let own = dossier.numbers[0];
            // Imports that were undone left them under other numbers.
            let gone = pool.store.gone_known_by(dossier.known.keys())?;
            let mut numbers: Vec<CandidateNumber> = gone.iter().copied().chain([own]).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let traces = Traces::of(&pool.store.known_of(&numbers)?);
            if traces.named_in(why) {
                return Err(EngineError::WhyNamesPerson);
            }
            let mut alike = pool.duplicates()?;
            alike.retain(|pair| pair.a == own || pair.b == own);
            let others = alike.iter().map(|pair| if pair.a == own { pair.b } else { pair.a }).collect();
            let person = |number| ToErase { why: why.to_owned(), ..ToErase::asked(number) };
            let mut people = vec![ToErase { alike: others, ..person(own) }];
            people.extend(gone.into_iter().filter(|number| *number != own).map(person));
            let mut erased = pool.erase(&people, &traces)?;
            (erased.exports, erased.alike) = (dossier.exports, alike);
            erased.proof = match look {
                Looked::Everywhere => Some(pool.scan(&traces)?),
                Looked::Not => None,
            };
            Ok(erased)
        })
    }

    /// Removes what an erasure that was cut off may have left, and nothing else.
    ///
    /// # Errors
    /// Another writer; a reader that holds on to the records of before; a full disk.
    pub fn finish_erasure(self) -> Result<(), EngineError> {
        self.make(|pool| match pool.finish_erasure() {
            Err(EngineError::Store(StoreError::HeldByReader)) => Err(EngineError::HeldByReader),
            finished => finished,
        })
    }

    /// Lets rows about an erased person in again; says whether they were held.
    ///
    /// # Errors
    /// No such erasure; another writer.
    pub fn lift_erasure(self, erasure: u32) -> Result<bool, EngineError> {
        let why = self.why;
        self.make(|pool| match pool.store.lift_erasure(erasure, why) {
            Err(StoreError::NoErasure(erasure)) => Err(EngineError::NoErasure(erasure)),
            lifted => Ok(lifted?),
        })
    }
}
