//! Reading records and what people are known by, within a transaction or without.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};
use stackscout_profile::{CandidateNumber, Date, Field, FileColumns, Record, RowDate, Value};

use crate::damage::{Looked, Table};
use crate::history;
use crate::identity::{Identity, identities};
use crate::store::decode;
use crate::{ImportInfo, StoreError};

/// A connection to read through, with the name of its file.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub connection: &'a Connection,
    pub path: &'a Path,
    pub looked: &'a Looked,
}

impl Reading<'_> {
    pub(crate) fn error(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Sqlite { path: self.path.to_owned(), source }
    }

    /// The present record of a person.
    pub(crate) fn record(&self, number: CandidateNumber) -> Result<Option<Record>, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT checksum, record FROM candidates WHERE number = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row([number.0], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))
                    .optional()
            })
            .map_err(|e| self.error(e))?;
        let Some((checksum, bytes)) = found else { return Ok(None) };
        let record = self.decode(number, checksum, &bytes)?;
        // Without a key that leads to it, it may be anybody's: then all pages are compared, once.
        if !self.looked.is_whole() && !self.is_known_as(&record)? {
            self.looked.whole(self.path)?;
            return self.decode(number, checksum, &bytes).map(Some);
        }
        Ok(Some(record))
    }

    /// Reads a record, compares its bytes with their checksum, and dates the rows of records from before format 3.
    pub(crate) fn decode(
        &self,
        number: CandidateNumber,
        stored: i64,
        bytes: &[u8],
    ) -> Result<Record, StoreError> {
        let mut record = decode(number, stored, bytes)?;
        if self.looked.so_far().holds(Table::Candidates) && !self.is_known_as(&record)? {
            return Err(StoreError::Damaged(number));
        }
        for part in record.parts.iter_mut().filter(|part| part.as_of.is_empty()) {
            let mut imports: Vec<u32> = part.values.iter().map(|value| value.cell.import).collect();
            imports.sort_unstable();
            imports.dedup();
            for import in imports {
                if let Some(as_of) = self.import_date(import)? {
                    let own = part.values.iter().filter(|value| value.cell.import == import);
                    part.as_of.push(row_date(own, as_of, import));
                }
            }
            part.as_of.sort_unstable();
        }
        Ok(record)
    }

    /// Whether what a record says is what this number is known by. Only asked where a page of records is damaged, or was not
    /// looked at: the checksum of a record does not hold its number.
    fn is_known_as(&self, record: &Record) -> Result<bool, StoreError> {
        for part in &record.parts {
            let origin = part.origin.unwrap_or(record.number.0);
            for key in identities(part) {
                if self.holder(&key)? == Some(origin) {
                    return Ok(true);
                }
            }
        }
        // Known by a row's content alone, which does not stand in the record: nobody can tell.
        Ok(false)
    }

    fn import_date(&self, import: u32) -> Result<Option<Date>, StoreError> {
        let as_of: Option<String> = self
            .connection
            .prepare_cached("SELECT as_of FROM imports WHERE number = ?1")
            .and_then(|mut statement| statement.query_row([import], |row| row.get(0)).optional())
            .map_err(|e| self.error(e))?;
        Ok(as_of.and_then(|as_of| as_of.parse().ok()))
    }

    /// The record that a person stood in after `change`, whether or not they were merged into another by then.
    pub(crate) fn record_of_origin(&self, origin: u32, change: u64) -> Result<Option<Record>, StoreError> {
        let survivor = self.survivor_at(CandidateNumber(origin), change)?;
        history::record_at(self, survivor, change)
    }

    /// The record that a person stands in now, while `change` is being made.
    pub(crate) fn record_of_origin_now(
        &self,
        origin: u32,
        change: u64,
    ) -> Result<Option<Record>, StoreError> {
        self.record(self.survivor_at(CandidateNumber(origin), change)?)
    }

    /// Who a number stood for after `change`: itself, or the person whom it was merged into.
    pub(crate) fn survivor_at(
        &self,
        number: CandidateNumber,
        change: u64,
    ) -> Result<CandidateNumber, StoreError> {
        const SQL: &str = "SELECT survivor FROM merges
            WHERE number = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2)";
        let mut statement = self.connection.prepare_cached(SQL).map_err(|e| self.error(e))?;
        let mut at = number;
        loop {
            let next = statement.query_row(params![at.0, change.cast_signed()], |row| row.get(0)).optional();
            match next.map_err(|e| self.error(e))? {
                Some(survivor) => at = CandidateNumber(survivor),
                None => return Ok(at),
            }
        }
    }

    /// Who is merged into whom at present.
    pub(crate) fn merged(&self) -> Result<HashMap<u32, u32>, StoreError> {
        let sql = "SELECT number, survivor FROM merges WHERE until IS NULL";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// The number that a key belongs to: that from before any merge.
    pub(crate) fn holder(&self, key: &Identity) -> Result<Option<u32>, StoreError> {
        self.connection
            .prepare_cached("SELECT number FROM identities WHERE kind = ?1 AND scope = ?2 AND key = ?3")
            .and_then(|mut s| s.query_row(params![key.kind, key.scope, key.key], |row| row.get(0)).optional())
            .map_err(|e| self.error(e))
    }

    /// Whether there is no key at all that anybody is known by.
    pub(crate) fn knows_nobody(&self) -> Result<bool, StoreError> {
        self.connection
            .query_row("SELECT NOT EXISTS (SELECT 1 FROM identities)", [], |row| row.get(0))
            .map_err(|e| self.error(e))
    }

    /// All imports, also those that were undone, in order.
    pub(crate) fn imports(&self) -> Result<Vec<ImportInfo>, StoreError> {
        const SQL: &str =
            "SELECT number, file, source, layout, as_of, rows, rejected, change, accepted, created,
            updated, unchanged, columns, rejects, undone,
            (SELECT rows FROM held_rows WHERE import = imports.number) FROM imports ORDER BY number";
        let mut statement = self.connection.prepare_cached(SQL).map_err(|e| self.error(e))?;
        let count = |row: &rusqlite::Row<'_>, at| row.get::<_, i64>(at).map(i64::cast_unsigned);
        let read = |row: &rusqlite::Row<'_>| {
            let columns: Option<String> = row.get(12)?;
            Ok(ImportInfo {
                number: row.get(0)?,
                file: row.get(1)?,
                source: row.get(2)?,
                layout: row.get(3)?,
                as_of: row.get(4)?,
                rows: count(row, 5)?,
                rejected: count(row, 6)?,
                held: row.get::<_, Option<i64>>(15)?.unwrap_or_default().cast_unsigned(),
                change: count(row, 7)?,
                accepted: count(row, 8)?,
                created: count(row, 9)?,
                updated: count(row, 10)?,
                unchanged: count(row, 11)?,
                columns: columns.and_then(|columns| serde_json::from_str(&columns).ok()),
                rejects: row.get(13)?,
                undone: row.get::<_, Option<i64>>(14)?.map(i64::cast_unsigned),
            })
        };
        let rows = statement.query_map([], read).map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }
}

/// The columns of every import's file, as far as they were written down.
pub(crate) fn file_columns(imports: &[ImportInfo]) -> FileColumns {
    let mut files = FileColumns::default();
    for import in imports {
        if let Some(columns) = &import.columns {
            files.insert(import.number, columns.clone());
        }
    }
    files
}

/// The day on which a row was current: what it says of when it was modified, or else the day of its file. A day after
/// that of the file is not believed.
pub(crate) fn row_date<'a>(values: impl Iterator<Item = &'a Value>, file: Date, import: u32) -> RowDate {
    let modified = values
        .filter(|value| value.field == Field::Modified)
        .filter_map(Value::day)
        .filter(|day| *day <= file)
        .max();
    RowDate { as_of: modified.unwrap_or(file), import }
}
