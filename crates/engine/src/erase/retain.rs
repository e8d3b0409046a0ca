//! Erasing whoever has been heard of for too long a time no more.

use stackscout_profile::{Candidate, CandidateNumber, Date, Field};
use stackscout_store::{Reason, ToErase, newest_day};
use stackscout_taxonomy::spelling::exact_key;

use crate::changes::Change;
use crate::erase::traces::Traces;
use crate::erase::{Erased, Looked};
use crate::{EngineError, Pool};

/// Who is too old.
#[derive(Debug, Clone, Copy)]
pub struct TooOld<'a> {
    /// The last day that is too old: of whom nothing newer is known goes.
    pub last_day: Date,
    /// Stages of applications that keep a person, whatever their day.
    pub keep_stages: &'a [String],
}

/// What retaining did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Retained {
    /// Who goes, with the newest day that is known of them, in the order of numbers.
    pub people: Vec<(CandidateNumber, Date)>,
    /// People who are as old, and kept for the stage of an application.
    pub kept: u64,
    /// People of whom no day is known: they are kept.
    pub undated: u64,
    /// What was removed; `None` where nothing was done.
    pub erased: Option<Erased>,
}

impl Pool {
    /// Who is too old, without doing anything.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn too_old(&self, wanted: TooOld<'_>) -> Result<Retained, EngineError> {
        let stages: Vec<String> = wanted.keep_stages.iter().map(|stage| exact_key(stage)).collect();
        let mut retained = Retained::default();
        let rows = self.store.newest_rows()?;
        self.each_record(self.store.change()?, |record| {
            // Files that say again what is known keep a person, unless their rows have days of their own.
            let has_days = record.parts.iter().flat_map(|p| &p.values).any(|v| v.field == Field::Modified);
            let numbers = record.parts.iter().map(|part| part.origin.unwrap_or(record.number.0));
            let again = numbers.filter_map(|number| rows.get(&number).copied()).max().filter(|_| !has_days);
            let Some(newest) = newest_day(&record).max(again) else {
                retained.undated += 1;
                return;
            };
            if newest > wanted.last_day {
                return;
            }
            let is_open = !stages.is_empty() && {
                let candidate = Candidate::read(&record, &self.taxonomy).0;
                let of = candidate.applications.iter().filter_map(|application| application.stage.as_deref());
                of.map(exact_key).any(|stage| stages.contains(&stage))
            };
            if is_open {
                retained.kept += 1;
            } else {
                retained.people.push((record.number, newest));
            }
        })?;
        Ok(retained)
    }
}

impl Change<'_> {
    /// Erases everybody who is too old, in one change. Rows about them are held up to the last day that is too old; who
    /// writes again later is let in.
    ///
    /// # Errors
    /// As [`Change::erase`].
    pub fn retain(self, wanted: TooOld<'_>, look: Looked) -> Result<Retained, EngineError> {
        let why = self.why;
        self.make(|pool| {
            let mut retained = pool.too_old(wanted)?;
            if retained.people.is_empty() {
                return Ok(retained);
            }
            let mut numbers: Vec<CandidateNumber> =
                retained.people.iter().map(|(number, _)| *number).collect();
            // Imports that were undone left them under other numbers.
            numbers.extend(pool.store.gone_known_by(pool.store.known_of(&numbers)?.keys())?);
            numbers.sort_unstable();
            numbers.dedup();
            let traces = Traces::of(&pool.store.known_of(&numbers)?);
            let person = |number: &CandidateNumber| ToErase {
                reason: Reason::Retention,
                why: why.to_owned(),
                until: Some(wanted.last_day),
                ..ToErase::asked(*number)
            };
            let people: Vec<ToErase> = numbers.iter().map(person).collect();
            if traces.named_in(why) {
                return Err(EngineError::WhyNamesPerson);
            }
            let before = pool.store.erasures()?.len();
            let mut erased = pool.erase(&people, &traces)?;
            let mut followed: Vec<u32> =
                pool.store.erasures()?.drain(before..).flat_map(|erasure| erasure.exports).collect();
            followed.sort_unstable();
            followed.dedup();
            erased.exports = pool.store.exports()?;
            erased.exports.retain(|export| followed.binary_search(&export.number).is_ok());
            if look == Looked::Everywhere {
                erased.proof = Some(pool.scan(&traces)?);
            }
            retained.erased = Some(erased);
            Ok(retained)
        })
    }
}
