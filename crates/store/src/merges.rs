//! Two people who are one: merged by somebody, and parted again.
//!
//! A merged person's record holds the parts of both; each part keeps the number that it belonged to. So do their ids,
//! addresses and links: a row of a later file is known by them, and speaks for the part that it would have spoken for
//! without the merge. Parting two people is therefore no more than sorting parts by number. It gives back both as they
//! would be had they never been merged, whatever came in between.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};
use stackscout_profile::{CandidateNumber, Part, Record};

use crate::audit;
use crate::writing::Writing;
use crate::{Store, StoreError};

/// Who was parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parted {
    /// The one who stayed under the merged number.
    pub survivor: CandidateNumber,
    /// The one who has a number of their own again.
    pub number: CandidateNumber,
}

impl Store {
    /// Makes two people one, who keeps the number of the first; gives that and the number that led to the other. It is one
    /// change.
    ///
    /// # Errors
    /// Somebody who is not there; two numbers of one person; anything that SQLite refuses. Nothing is done then.
    pub fn merge(
        &mut self,
        into: CandidateNumber,
        number: CandidateNumber,
        why: &str,
    ) -> Result<(CandidateNumber, CandidateNumber), StoreError> {
        let (a, b) = (self.survivor(into)?, self.survivor(number)?);
        if a == b {
            return Err(StoreError::OnePerson { a: into, b: number });
        }
        let actor = self.actor.clone();
        let writing = self.begin()?;
        let mut kept = writing.reading().record(a)?.ok_or(StoreError::Nobody(into))?;
        let mut gone = writing.reading().record(b)?.ok_or(StoreError::Nobody(number))?;
        kept.parts.extend(gone.parts.drain(..).map(|part| of(part, b, a)));
        writing.put(&kept)?;
        writing.put(&gone)?;
        let (low, high) = (a.0.min(b.0), a.0.max(b.0));
        let change = writing.change.cast_signed();
        writing
            .transaction
            .execute("INSERT INTO merges VALUES (?1, ?2, ?3, NULL)", params![b.0, a.0, change])
            .and_then(|_| {
                writing.transaction.execute("DELETE FROM kept_apart WHERE a = ?1 AND b = ?2", [low, high])
            })
            .and_then(|_| {
                let what = format!("merge of {b} into {a}");
                audit::write(&writing.transaction, &actor, writing.change, &what, why)
            })
            .map_err(|e| writing.error(e))?;
        writing.commit()?;
        Ok((a, b))
    }

    /// Parts two people who were merged: `number` is the one who was merged away, or the one who stayed, where one
    /// person alone was merged into them. It is one change.
    ///
    /// # Errors
    /// Somebody who was not merged, or with several; anything that SQLite refuses. Nothing is done then.
    pub fn unmerge(&mut self, number: CandidateNumber, why: &str) -> Result<Parted, StoreError> {
        let merged = self.reading().merged()?;
        let number = who_is_parted(&merged, number)?;
        let survivor = self.survivor(number)?;
        let actor = self.actor.clone();
        let writing = self.begin()?;
        part(&writing, &merged, survivor, number)?;
        let change = writing.change.cast_signed();
        writing
            .transaction
            .execute(
                "UPDATE merges SET until = ?2 WHERE number = ?1 AND until IS NULL",
                params![number.0, change],
            )
            .and_then(|_| {
                let what = format!("unmerge of {number} from {survivor}");
                audit::write(&writing.transaction, &actor, writing.change, &what, why)
            })
            .map_err(|e| writing.error(e))?;
        writing.commit()?;
        Ok(Parted { survivor, number })
    }

    /// Says that two people are two: no list of possible duplicates holds them any more. It is one change.
    ///
    /// # Errors
    /// Somebody who is not there; two numbers of one person; anything that SQLite refuses. Nothing is done then.
    pub fn keep_apart(
        &mut self,
        a: CandidateNumber,
        b: CandidateNumber,
        why: &str,
    ) -> Result<(), StoreError> {
        let pair = (self.survivor(a)?, self.survivor(b)?);
        if pair.0 == pair.1 {
            return Err(StoreError::OnePerson { a, b });
        }
        for (number, asked) in [(pair.0, a), (pair.1, b)] {
            self.record(number)?.ok_or(StoreError::Nobody(asked))?;
        }
        let (low, high) = (pair.0.min(pair.1), pair.0.max(pair.1));
        let actor = self.actor.clone();
        let writing = self.begin()?;
        writing
            .transaction
            .execute(
                "INSERT OR IGNORE INTO kept_apart VALUES (?1, ?2, ?3)",
                params![low.0, high.0, writing.change.cast_signed()],
            )
            .and_then(|_| {
                let what = format!("{low} and {high} are two people");
                audit::write(&writing.transaction, &actor, writing.change, &what, why)
            })
            .map_err(|e| writing.error(e))?;
        writing.commit()
    }

    /// Whether somebody said of two people that they are two.
    pub(crate) fn are_kept_apart(&self, a: CandidateNumber, b: CandidateNumber) -> Result<bool, StoreError> {
        let (low, high) = (a.min(b), a.max(b));
        self.connection
            .prepare_cached("SELECT 1 FROM kept_apart WHERE a = ?1 AND b = ?2")
            .and_then(|mut statement| statement.query_row([low.0, high.0], |_| Ok(())).optional())
            .map(|found| found.is_some())
            .map_err(|e| self.error(e))
    }

    /// Who was merged into a person, directly or into one of these, in the order of numbers.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn merged_into(&self, number: CandidateNumber) -> Result<Vec<CandidateNumber>, StoreError> {
        let merged = self.reading().merged()?;
        let mut others: Vec<CandidateNumber> = merged
            .keys()
            .filter(|other| is_below(&merged, **other, number.0))
            .map(|n| CandidateNumber(*n))
            .collect();
        others.sort_unstable();
        Ok(others)
    }
}

/// A part of `from` as a part of `to`: it keeps the number that it belongs to.
fn of(mut part: Part, from: CandidateNumber, to: CandidateNumber) -> Part {
    let origin = part.origin.unwrap_or(from.0);
    part.origin = (origin != to.0).then_some(origin);
    part
}

/// The one who was merged away.
fn who_is_parted(merged: &HashMap<u32, u32>, number: CandidateNumber) -> Result<CandidateNumber, StoreError> {
    if merged.contains_key(&number.0) {
        return Ok(number);
    }
    let mut others: Vec<CandidateNumber> =
        merged.iter().filter(|(_, into)| **into == number.0).map(|(n, _)| CandidateNumber(*n)).collect();
    others.sort_unstable();
    match others.as_slice() {
        [] => Err(StoreError::NotMerged(number)),
        [one] => Ok(*one),
        _ => Err(StoreError::SeveralMerged { number, others }),
    }
}

/// Whether a number was merged into another, directly or not.
fn is_below(merged: &HashMap<u32, u32>, number: u32, above: u32) -> bool {
    let mut at = number;
    while let Some(next) = merged.get(&at) {
        if *next == above {
            return true;
        }
        at = *next;
    }
    false
}

/// Sorts the parts of a merged record by whom they belong to.
fn part(
    writing: &Writing<'_>,
    merged: &HashMap<u32, u32>,
    survivor: CandidateNumber,
    number: CandidateNumber,
) -> Result<(), StoreError> {
    let record = writing.reading().record(survivor)?;
    let parts = record.map(|record| record.parts).unwrap_or_default();
    let (gone, kept): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(|part| {
        let origin = part.origin.unwrap_or(survivor.0);
        origin == number.0 || is_below(merged, origin, number.0)
    });
    let gone = gone.into_iter().map(|part| of(part, survivor, number)).collect();
    writing.put(&Record { number: survivor, parts: kept })?;
    writing.put(&Record { number, parts: gone })?;
    Ok(())
}
