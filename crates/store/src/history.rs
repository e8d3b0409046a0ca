//! The records as they stood after any change since the pool keeps its past.
//!
//! A change is numbered. A record that a change replaces or removes stays, with the changes for which it was true;
//! reading the pool as of change n takes, of each person, the one version that was true then. Nothing of this is
//! rewritten later, so that what was true after change n reads the same for ever, unless somebody is forgotten.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use sha2::{Digest, Sha256};
use stackscout_profile::{CandidateNumber, Record};

use crate::damage::Table;
use crate::patch::{pack, unpack};
use crate::reading::Reading;
use crate::{ImportInfo, Store, StoreError};

/// A record as it is stored, with the change that made it.
pub(crate) struct Version {
    pub since: u64,
    pub checksum: i64,
    pub bytes: Vec<u8>,
}

/// Where the present version ends: nowhere yet.
pub(crate) const PRESENT: u64 = i64::MAX as u64;

/// Every version of everybody that is true after change ?1 or stands between that and the present one, newest first.
/// The present one ends at [`PRESENT`].
const VERSIONS: &str = "
SELECT number, 9223372036854775807 AS until, change, checksum, record FROM candidates
UNION ALL
SELECT number, until, since, checksum, packed FROM record_history WHERE until > ?1
ORDER BY 1, 2 DESC";

/// The same of one person, ?2.
pub(crate) const VERSIONS_OF_ONE: &str = "
SELECT number, 9223372036854775807 AS until, change, checksum, record FROM candidates WHERE number = ?2
UNION ALL
SELECT number, until, since, checksum, packed FROM record_history WHERE until > ?1 AND number = ?2
ORDER BY 1, 2 DESC";

impl Store {
    /// The first change after which the records can be read as they stood.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn history_from(&self) -> Result<u64, StoreError> {
        self.meta("history_from").map(i64::cast_unsigned)
    }

    /// Hands over every record as it stood after `change`, in the order of numbers.
    ///
    /// # Errors
    /// A change that is still to come, or from before the pool kept its past; a damaged record; anything that SQLite
    /// refuses; what `take` returns.
    pub fn records_at<E: From<StoreError>>(
        &self,
        change: u64,
        mut take: impl FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        self.check_kept(change)?;
        let mut statement = self.connection.prepare_cached(VERSIONS).map_err(|e| self.error(e))?;
        let mut rows = statement.query([change.cast_signed()]).map_err(|e| self.error(e))?;
        let mut chain = Chain::default();
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            if let Some(record) = chain.step(&self.reading(), row, change)? {
                take(record)?;
            }
        }
        Ok(())
    }

    /// The record of a person as it stood after `change`; `None` where there was none.
    ///
    /// # Errors
    /// As [`Store::records_at`].
    pub fn record_at(&self, number: CandidateNumber, change: u64) -> Result<Option<Record>, StoreError> {
        self.check_kept(change)?;
        record_at(&self.reading(), number, change)
    }

    /// The name for what the records said after `change`: what [`Store::digest`] was then, unless somebody has been
    /// forgotten since.
    ///
    /// # Errors
    /// As [`Store::records_at`].
    pub fn digest_at(&self, change: u64) -> Result<String, StoreError> {
        const SQL: &str = "
            SELECT number, checksum FROM candidates WHERE change <= ?1
            UNION ALL SELECT number, checksum FROM record_history WHERE since <= ?1 AND until > ?1
            ORDER BY 1";
        self.check_kept(change)?;
        let mut hash = Sha256::new();
        let mut statement = self.connection.prepare_cached(SQL).map_err(|e| self.error(e))?;
        let mut rows = statement.query([change.cast_signed()]).map_err(|e| self.error(e))?;
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            hash.update(row.get::<_, i64>(0).map_err(|e| self.error(e))?.to_le_bytes());
            hash.update(row.get::<_, i64>(1).map_err(|e| self.error(e))?.to_le_bytes());
        }
        for import in self.imports_at(change)? {
            for text in [import.number.to_string(), import.file_name().to_owned(), import.source] {
                hash.update((text.len() as u64).to_le_bytes());
                hash.update(text);
            }
        }
        // Decisions are records, too; where nobody decided anything, the name is that of the people alone.
        for decision in self.decisions(change)? {
            let (number, candidate) = (decision.number.to_string(), decision.candidate.to_string());
            for text in [&number, &candidate, &decision.role, decision.state.word()] {
                hash.update((text.len() as u64).to_le_bytes());
                hash.update(text);
            }
        }
        Ok(hash.finalize()[..16].iter().map(|b| format!("{b:02x}")).collect())
    }

    /// The imports that stood after `change`, in order.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn imports_at(&self, change: u64) -> Result<Vec<ImportInfo>, StoreError> {
        Ok(self.all_imports()?.into_iter().filter(|import| import.stood_at(change)).collect())
    }

    /// People whom changes after `from` and up to `to` created, changed or removed, in the order of numbers.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn changed_between(&self, from: u64, to: u64) -> Result<Vec<CandidateNumber>, StoreError> {
        const SQL: &str = "
            SELECT number FROM candidates WHERE change > ?1 AND change <= ?2
            UNION SELECT number FROM record_history
            WHERE (since > ?1 AND since <= ?2) OR (until > ?1 AND until <= ?2)
            ORDER BY 1";
        let mut statement = self.connection.prepare_cached(SQL).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([from.cast_signed(), to.cast_signed()], |row| Ok(CandidateNumber(row.get(0)?)))
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// Numbers of people who were there after `change` and are not there now: whose imports were undone, who were merged
    /// into somebody, or who were forgotten; in order.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn gone_since(&self, change: u64) -> Result<Vec<CandidateNumber>, StoreError> {
        const SQL: &str = "
            SELECT number FROM record_history WHERE until > ?1 UNION SELECT number FROM forgotten WHERE change > ?1
            EXCEPT SELECT number FROM candidates ORDER BY 1";
        if change == self.change()? {
            return Ok(Vec::new());
        }
        self.check_table(Table::History)?;
        let mut statement = self.connection.prepare_cached(SQL).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([change.cast_signed()], |row| Ok(CandidateNumber(row.get(0)?)))
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// Numbers of people who were forgotten after `change`, in order.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn forgotten_since(&self, change: u64) -> Result<Vec<CandidateNumber>, StoreError> {
        let sql = "SELECT number FROM forgotten WHERE change > ?1 ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([change.cast_signed()], |row| Ok(CandidateNumber(row.get(0)?)))
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    fn check_kept(&self, change: u64) -> Result<(), StoreError> {
        let (from, last) = (self.history_from()?, self.change()?);
        if change < last {
            self.check_table(Table::History)?;
        }
        if change > last {
            return Err(StoreError::NotYet { change, last });
        }
        if change < from { Err(StoreError::NotKept { change, from }) } else { Ok(()) }
    }
}

/// Walks over versions, each person's newest first, and finds the one that was true.
#[derive(Default)]
pub(crate) struct Chain {
    number: u32,
    /// The version after the one that comes next.
    pub(crate) after: Vec<u8>,
}

impl Chain {
    /// Takes the next row; gives the record where its version was true after `change`.
    pub(crate) fn step(
        &mut self,
        store: &Reading<'_>,
        row: &Row<'_>,
        change: u64,
    ) -> Result<Option<Record>, StoreError> {
        let sqlite = |e| store.error(e);
        let number: u32 = row.get(0).map_err(sqlite)?;
        let [until, since, stored] = [1, 2, 3].map(|at| row.get::<_, i64>(at));
        let (until, since, stored) = (
            until.map_err(sqlite)?.cast_unsigned(),
            since.map_err(sqlite)?.cast_unsigned(),
            stored.map_err(sqlite)?,
        );
        if number != self.number {
            self.number = number;
            self.after.clear();
        }
        let stored_bytes = row.get_ref(4).and_then(|bytes| Ok(bytes.as_blob()?)).map_err(sqlite)?;
        let bytes = match until {
            PRESENT => stored_bytes.to_vec(),
            _ => unpack(stored_bytes, &self.after).ok_or(StoreError::Damaged(CandidateNumber(number)))?,
        };
        // What ended before is not among the rows, so that no later row of this person is true, too.
        let found = since <= change;
        let record = found.then(|| store.decode(CandidateNumber(number), stored, &bytes)).transpose()?;
        self.after = bytes;
        Ok(record)
    }
}

/// The record of a person as it stood after a change whose past is kept.
pub(crate) fn record_at(
    store: &Reading<'_>,
    number: CandidateNumber,
    change: u64,
) -> Result<Option<Record>, StoreError> {
    let mut statement = store.connection.prepare_cached(VERSIONS_OF_ONE).map_err(|e| store.error(e))?;
    let mut rows = statement.query(params![change.cast_signed(), number.0]).map_err(|e| store.error(e))?;
    let mut chain = Chain::default();
    while let Some(row) = rows.next().map_err(|e| store.error(e))? {
        if let Some(record) = chain.step(store, row, change)? {
            return Ok(Some(record));
        }
    }
    Ok(None)
}

/// The present version of a person.
pub(crate) fn present(transaction: &Transaction<'_>, number: CandidateNumber) -> rusqlite::Result<Version> {
    transaction
        .prepare_cached("SELECT change, checksum, record FROM candidates WHERE number = ?1")?
        .query_row([number.0], |row| {
            Ok(Version {
                since: row.get::<_, i64>(0)?.cast_unsigned(),
                checksum: row.get(1)?,
                bytes: row.get(2)?,
            })
        })
}

/// Keeps `before`, which `bytes` replace in `change`.
///
/// Of several versions that one change makes of a person, none but the last was ever true, and none but the one before
/// the change is kept.
pub(crate) fn keep(
    transaction: &Transaction<'_>,
    number: CandidateNumber,
    before: &Version,
    bytes: &[u8],
    change: u64,
) -> rusqlite::Result<()> {
    if before.since != change {
        transaction.prepare_cached("INSERT INTO record_history VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(
            params![
                number.0,
                change.cast_signed(),
                before.since.cast_signed(),
                before.checksum,
                pack(&before.bytes, bytes)
            ],
        )?;
        return Ok(());
    }
    let kept = transaction
        .prepare_cached("SELECT packed FROM record_history WHERE number = ?1 AND until = ?2")?
        .query_row(params![number.0, change.cast_signed()], |row| {
            Ok(unpack(row.get_ref(0)?.as_blob()?, &before.bytes))
        })
        .optional()?
        .flatten();
    // Nobody was there before the change.
    let Some(kept) = kept else { return Ok(()) };
    transaction
        .prepare_cached("UPDATE record_history SET packed = ?3 WHERE number = ?1 AND until = ?2")?
        .execute(params![number.0, change.cast_signed(), pack(&kept, bytes)])?;
    Ok(())
}
