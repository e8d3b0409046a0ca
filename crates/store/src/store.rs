//! Opening `records.db`, and reading it.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use stackscout_profile::{CandidateNumber, Record};

use crate::StoreError;
use crate::schema::{FORMAT_1_SEEN_AS_2, RECORDS_FORMAT, STEPS};

/// The records of a pool.
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

/// An import as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportInfo {
    /// From 1.
    pub number: u32,
    /// The change that it made.
    pub change: u64,
    /// Name of the file.
    pub file: String,
    /// Source that its rows belong to.
    pub source: String,
    /// Layout that it was read with.
    pub layout: String,
    /// Day on which it was current, `2026-11-01`.
    pub as_of: String,
    /// Data rows: accepted and rejected.
    pub rows: u64,
    /// Rows that were rejected.
    pub rejected: u64,
}

impl ImportInfo {
    /// The file's name without its folders, which are no part of any result.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.file.rsplit(['/', '\\']).next().unwrap_or(&self.file)
    }
}

/// Two people who may be one, for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The one who was there first.
    pub a: CandidateNumber,
    /// The other one.
    pub b: CandidateNumber,
    /// Stable code, such as `same-email-other-name`.
    pub reason: String,
}

/// The state of the records, held on to.
pub struct Held<'a> {
    _transaction: Transaction<'a>,
}

impl Store {
    /// Creates the records of a new pool.
    ///
    /// # Errors
    /// Anything that SQLite or the file system refuses; a file that is there already.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut store = Self::connect(path, flags)?;
        store.set_up_for_writing()?;
        store.take_steps(0)?;
        Ok(store)
    }

    /// Records that are kept nowhere, for trying an import.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from(":memory:");
        let wrap = |source| StoreError::Sqlite { path: PathBuf::from(":memory:"), source };
        let connection = Connection::open_in_memory().map_err(wrap)?;
        let mut store = Self { connection, path };
        store.take_steps(0)?;
        Ok(store)
    }

    /// Whether the records are kept nowhere.
    #[must_use]
    pub fn is_in_memory(&self) -> bool {
        self.path.as_os_str() == ":memory:"
    }

    /// Opens the records for reading and writing. Those of an older format take the steps that they lack.
    ///
    /// # Errors
    /// A missing file, a later format, anything that SQLite refuses.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::check_there(path)?;
        let mut store = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        store.set_up_for_writing()?;
        let format = store.check_format()?;
        if format < RECORDS_FORMAT {
            store.take_steps(format)?;
        }
        Ok(store)
    }

    /// Opens the records for reading alone, also where the folder cannot be written.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        Self::check_there(path)?;
        let store = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        if let Ok(format) = store.check_format() {
            return store.seen_as_present(format);
        }
        // WAL wants to write beside the file; where it cannot, nobody else can either.
        let uri =
            format!("file:{}?immutable=1", path.to_string_lossy().replace('%', "%25").replace('?', "%3f"));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(uri, flags)
            .map_err(|source| StoreError::Sqlite { path: path.to_owned(), source })?;
        let store = Self { connection, path: path.to_owned() };
        let format = store.check_format()?;
        store.seen_as_present(format)
    }

    /// Takes the steps after format `from`, all or none. Another process may have taken them since.
    fn take_steps(&mut self, from: i64) -> Result<(), StoreError> {
        let path = self.path.clone();
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrap)?;
        let sql = "SELECT value FROM meta WHERE key = 'format'";
        let from =
            if from == 0 { 0 } else { transaction.query_row(sql, [], |row| row.get(0)).map_err(wrap)? };
        for (at, step) in (1..).zip(STEPS) {
            if at > from {
                transaction.execute_batch(step).map_err(wrap)?;
            }
        }
        transaction.commit().map_err(wrap)
    }

    /// What an older format lacks is seen as there and empty.
    fn seen_as_present(self, format: i64) -> Result<Self, StoreError> {
        if format == 1 {
            self.connection.execute_batch(FORMAT_1_SEEN_AS_2).map_err(|e| self.error(e))?;
        }
        Ok(self)
    }

    /// Holds on to the present state: until the guard is dropped, every reading sees it, whatever others write.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn hold(&self) -> Result<Held<'_>, StoreError> {
        let held = self.connection.unchecked_transaction().map_err(|e| self.error(e))?;
        // The first reading is what fixes the state.
        self.change()?;
        Ok(Held { _transaction: held })
    }

    fn check_there(path: &Path) -> Result<(), StoreError> {
        if path.is_file() { Ok(()) } else { Err(StoreError::Missing(path.to_owned())) }
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .map_err(|source| StoreError::Sqlite { path: path.to_owned(), source })?;
        Ok(Self { connection, path: path.to_owned() })
    }

    fn set_up_for_writing(&self) -> Result<(), StoreError> {
        // FULL: a commit that returned is on disk, in WAL too.
        self.connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA busy_timeout = 5000; PRAGMA cache_size = -32768;",
            )
            .map_err(|e| self.error(e))
    }

    fn check_format(&self) -> Result<i64, StoreError> {
        let found = self.meta("format")?;
        if (1..=RECORDS_FORMAT).contains(&found) {
            return Ok(found);
        }
        Err(StoreError::Format { path: self.path.clone(), found, known: RECORDS_FORMAT })
    }

    pub(crate) fn meta(&self, key: &str) -> Result<i64, StoreError> {
        self.connection
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
            .map_err(|e| self.error(e))
    }

    pub(crate) fn error(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Sqlite { path: self.path.clone(), source }
    }

    /// The number of the last change; 0 for an empty pool.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn change(&self) -> Result<u64, StoreError> {
        self.meta("change").map(i64::cast_unsigned)
    }

    /// How many people there are.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn count(&self) -> Result<u64, StoreError> {
        self.connection
            .query_row("SELECT count(*) FROM candidates", [], |row| row.get(0))
            .map(i64::cast_unsigned)
            .map_err(|e| self.error(e))
    }

    /// The record of a person; `None` where there is none.
    ///
    /// # Errors
    /// A damaged record; anything that SQLite refuses.
    pub fn record(&self, number: CandidateNumber) -> Result<Option<Record>, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT checksum, record FROM candidates WHERE number = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row([number.0], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))
                    .optional()
            })
            .map_err(|e| self.error(e))?;
        found.map(|(checksum, bytes)| decode(number, checksum, &bytes)).transpose()
    }

    /// Hands over every record that changed after `change`, in the order of numbers; 0 gives all.
    ///
    /// # Errors
    /// A damaged record; anything that SQLite refuses; what `take` returns.
    pub fn records_since<E: From<StoreError>>(
        &self,
        change: u64,
        mut take: impl FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT number, checksum, record FROM candidates WHERE change > ?1 ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let mut rows = statement.query([change.cast_signed()]).map_err(|e| self.error(e))?;
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            let number = CandidateNumber(row.get(0).map_err(|e| self.error(e))?);
            let checksum: i64 = row.get(1).map_err(|e| self.error(e))?;
            let bytes = row.get_ref(2).and_then(|r| Ok(r.as_blob()?)).map_err(|e| self.error(e))?;
            take(decode(number, checksum, bytes)?)?;
        }
        Ok(())
    }

    /// The last change of each person, by candidate number; 0 where there is nobody of a number.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn last_changes(&self) -> Result<Vec<u64>, StoreError> {
        let mut changes = Vec::new();
        let sql = "SELECT number, change FROM candidates INDEXED BY candidates_by_change";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let mut rows = statement.query([]).map_err(|e| self.error(e))?;
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            let number = row.get::<_, u32>(0).map_err(|e| self.error(e))? as usize;
            let change: i64 = row.get(1).map_err(|e| self.error(e))?;
            if changes.len() <= number {
                changes.resize(number + 1, 0);
            }
            changes[number] = change.cast_unsigned();
        }
        Ok(changes)
    }

    /// A name for what the records say, whatever the files of the pool look like: 32 hex digits over every record's
    /// checksum, and over name and source of the imports that its cells name.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn digest(&self) -> Result<String, StoreError> {
        self.digest_at(self.change()?)
    }

    /// All imports, in order.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn imports(&self) -> Result<Vec<ImportInfo>, StoreError> {
        let sql =
            "SELECT number, file, source, layout, as_of, rows, rejected, change FROM imports ORDER BY number";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(ImportInfo {
                number: row.get(0)?,
                file: row.get(1)?,
                source: row.get(2)?,
                layout: row.get(3)?,
                as_of: row.get(4)?,
                rows: row.get::<_, i64>(5)?.cast_unsigned(),
                rejected: row.get::<_, i64>(6)?.cast_unsigned(),
                change: row.get::<_, i64>(7)?.cast_unsigned(),
            })
        };
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let rows = statement.query_map([], read).map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// People who may be one, in the order of numbers.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn reviews(&self) -> Result<Vec<Review>, StoreError> {
        let sql = "SELECT a, b, reason FROM reviews ORDER BY a, b, reason";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([], |row| {
                let (a, b) = (CandidateNumber(row.get(0)?), CandidateNumber(row.get(1)?));
                Ok(Review { a, b, reason: row.get(2)? })
            })
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// People whom sources knew by this id after `change`, with the sources.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn by_external_id(
        &self,
        id: &str,
        change: u64,
    ) -> Result<Vec<(String, CandidateNumber)>, StoreError> {
        let sql = "SELECT scope, number FROM identities WHERE kind = 'id' AND key = ?1 AND since <= ?2
                   ORDER BY scope";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map(params![id, change.cast_signed()], |row| {
                Ok((row.get(0)?, CandidateNumber(row.get(1)?)))
            })
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// People who were known by this folded e-mail address after `change`, also those who share it, in the order of
    /// numbers.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn by_email(&self, key: &str, change: u64) -> Result<Vec<CandidateNumber>, StoreError> {
        // Who shares an address is known by it together with their name, which stands after a line break.
        let sql =
            "SELECT number FROM identities WHERE scope = '' AND kind = 'email' AND key = ?1 AND since <= ?2
                   UNION SELECT number FROM identities WHERE scope = '' AND kind = 'email+name'
                   AND key > ?1 || char(10) AND key < ?1 || char(11) AND since <= ?2 ORDER BY 1";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map(params![key, change.cast_signed()], |row| Ok(CandidateNumber(row.get(0)?)))
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// Writes the log back into the file and closes, so that the file alone is the whole truth.
    pub fn close(self) {
        // A reader may hold the log open; then the next one to close writes it back.
        let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

pub(crate) fn checksum(bytes: &[u8]) -> i64 {
    let hash = Sha256::digest(bytes);
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    i64::from_le_bytes(first)
}

/// Reads a record and compares its bytes with the checksum that was stored with them.
pub(crate) fn decode(number: CandidateNumber, stored: i64, bytes: &[u8]) -> Result<Record, StoreError> {
    if checksum(bytes) != stored {
        return Err(StoreError::Damaged(number));
    }
    let mut record: Record = serde_json::from_slice(bytes).map_err(|_| StoreError::Damaged(number))?;
    record.number = number;
    Ok(record)
}
