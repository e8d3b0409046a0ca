//! What left the pool with people in it: who, when, in what, for whom.
//!
//! Whoever is erased later has to be followed to where their data went. An export holds candidate numbers only. Where it
//! is a run that the pool keeps, its people are those of the run's lists, and are not written down again.

use rusqlite::{Connection, params};
use stackscout_profile::CandidateNumber;

use crate::varint::{put, take};
use crate::{Store, StoreError};

/// An export that is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExport {
    /// What left: such as `rank` or `candidate export`, with its form.
    pub what: String,
    /// Where it went: a file or folder as it was named, or `stdout`.
    pub target: String,
    /// For whom; empty where nobody said.
    pub recipient: String,
    /// Who was in it.
    pub people: Exported,
}

/// Who was in an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// Everybody on the lists of a run.
    Run(u32),
    /// These.
    People(Vec<CandidateNumber>),
}

/// An export as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// From 1; never given twice.
    pub number: u32,
    /// When it was made first.
    pub made: String,
    /// When it was made last.
    pub last: String,
    /// How often the same was exported on that day.
    pub times: u32,
    /// Who exported.
    pub who: String,
    /// What left.
    pub what: String,
    /// Where it went.
    pub target: String,
    /// For whom; empty where nobody said.
    pub recipient: String,
    /// Who was in it, those who were not erased since.
    pub people: Exported,
}

impl Store {
    /// Writes down an export. The same on the same day, to the same place and for the same recipient, is counted and not
    /// written down again.
    ///
    /// # Errors
    /// Records that cannot be written, another writer, anything else that SQLite refuses.
    pub fn record_export(&mut self, export: &NewExport) -> Result<u32, StoreError> {
        let path = self.path.clone();
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let (run, people) = match &export.people {
            Exported::Run(run) => (Some(*run), Vec::new()),
            Exported::People(people) => (None, pack(people)),
        };
        let NewExport { what, target, recipient, .. } = export;
        let actor = &self.actor;
        // `2026-11-01`, of `2026-11-01T12:00:00Z`.
        let day = actor.made.get(..10).unwrap_or(&actor.made);
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(wrap)?;
        let sql = "UPDATE exports SET times = times + 1, last = ?1
            WHERE number = (SELECT number FROM exports WHERE substr(made, 1, 10) = ?2 AND what = ?3 AND target = ?4
              AND recipient = ?5 AND run IS ?6 AND people = ?7 AND who = ?8 ORDER BY number DESC LIMIT 1)
            RETURNING number";
        let again: Option<u32> = transaction
            .prepare_cached(sql)
            .and_then(|mut s| {
                let mut rows =
                    s.query(params![actor.made, day, what, target, recipient, run, people, actor.who])?;
                rows.next()?.map(|row| row.get(0)).transpose()
            })
            .map_err(wrap)?;
        let number = match again {
            Some(number) => number,
            None => {
                transaction
                    .prepare_cached(
                        "INSERT INTO exports (made, last, times, who, what, target, recipient, run, people)
                         VALUES (?1, ?1, 1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    )
                    .and_then(|mut s| {
                        s.execute(params![actor.made, actor.who, what, target, recipient, run, people])
                    })
                    .map_err(wrap)?;
                u32::try_from(transaction.last_insert_rowid()).unwrap_or(u32::MAX)
            }
        };
        transaction.commit().map_err(wrap)?;
        Ok(number)
    }

    /// Every export, in order.
    ///
    /// # Errors
    /// A damaged one; anything that SQLite refuses.
    pub fn exports(&self) -> Result<Vec<Export>, StoreError> {
        all(&self.connection).map_err(|e| self.error(e))?.ok_or(StoreError::DamagedExports)
    }

    /// The exports that a person was in, in order.
    ///
    /// # Errors
    /// As [`Store::exports`]; a damaged run.
    pub fn exports_of(&self, number: CandidateNumber) -> Result<Vec<Export>, StoreError> {
        let mut found = self.exports()?;
        let runs = self.runs_of(number)?;
        found.retain(|export| match &export.people {
            Exported::Run(run) => runs.iter().any(|place| place.run == *run),
            Exported::People(people) => people.binary_search(&number).is_ok(),
        });
        Ok(found)
    }
}

/// Every export; `None` where one is damaged.
pub(crate) fn all(connection: &Connection) -> rusqlite::Result<Option<Vec<Export>>> {
    let sql = "SELECT number, made, last, times, who, what, target, recipient, run, people FROM exports
               ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut exports = Vec::new();
    while let Some(row) = rows.next()? {
        let run: Option<u32> = row.get(8)?;
        let people = match run {
            Some(run) => Exported::Run(run),
            None => match unpack(row.get_ref(9)?.as_blob()?) {
                Some(people) => Exported::People(people),
                None => return Ok(None),
            },
        };
        exports.push(Export {
            number: row.get(0)?,
            made: row.get(1)?,
            last: row.get(2)?,
            times: row.get(3)?,
            who: row.get(4)?,
            what: row.get(5)?,
            target: row.get(6)?,
            recipient: row.get(7)?,
            people,
        });
    }
    Ok(Some(exports))
}

/// Writes the people of an export.
pub(crate) fn set_people(
    connection: &Connection,
    export: u32,
    people: &[CandidateNumber],
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE exports SET run = NULL, people = ?2 WHERE number = ?1")?
        .execute(params![export, pack(people)])
        .map(|_| ())
}

/// Ascending differences, seven bits a byte: mostly one byte a person.
fn pack(people: &[CandidateNumber]) -> Vec<u8> {
    let mut numbers: Vec<u32> = people.iter().map(|number| number.0).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut bytes = Vec::with_capacity(numbers.len() * 2);
    let mut last = 0;
    for number in numbers {
        put(&mut bytes, u64::from(number - last));
        last = number;
    }
    bytes
}

fn unpack(mut bytes: &[u8]) -> Option<Vec<CandidateNumber>> {
    let mut people = Vec::new();
    let mut last = 0_u32;
    while !bytes.is_empty() {
        last = last.checked_add(u32::try_from(take(&mut bytes)?).ok()?)?;
        people.push(CandidateNumber(last));
    }
    Some(people)
}

#[cfg(test)]
mod tests {
    //! - people come back as they were, in order; damaged bytes never panic

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn people_come_back(people in prop::collection::btree_set(any::<u32>(), 0..20)) {
            let people: Vec<CandidateNumber> = people.into_iter().map(CandidateNumber).collect();
            prop_assert_eq!(unpack(&pack(&people)), Some(people));
        }

        #[test]
        fn damaged_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = unpack(&bytes);
        }
    }
}
