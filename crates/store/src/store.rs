//! Opening `records.db`, and reading it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};
use stackscout_profile::{CandidateNumber, Record};

use crate::audit::Actor;
use crate::codec;
use crate::damage::{Damaged, Looked, Table};
use crate::pages::{self, WriteBackError};
use crate::reading::Reading;
use crate::schema::{
    FORMAT_1_SEEN_AS_2, FORMAT_2_SEEN_AS_3, FORMAT_3_SEEN_AS_4, FORMAT_4_SEEN_AS_5, FORMAT_5_SEEN_AS_6,
    RECORDS_FORMAT, STEPS,
};
use crate::writing::Writing;
use crate::{StoreError, damage};

/// Bytes of a page in new pools. Older ones keep the 4,096 that they were made with.
const PAGE_BYTES: u32 = 8_192;
/// Statements that are kept ready: more than there are, so that none is ever made twice.
const STATEMENTS_KEPT: usize = 128;

/// The records of a pool.
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) actor: Actor,
    /// What is known of damaged pages; it is read with care.
    pub(crate) looked: Looked,
}

/// Readers end soon; a log that one of them still needs is written back by whoever comes next.
const PATIENCE: Duration = Duration::from_secs(2);

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
    /// Rows that were rejected, those included that were held.
    pub rejected: u64,
    /// Rejected rows that were held, because they are about somebody who was erased.
    pub held: u64,
    /// Rows that were accepted.
    pub accepted: u64,
    /// Accepted rows that made a new person.
    pub created: u64,
    /// Accepted rows that changed a person.
    pub updated: u64,
    /// Accepted rows that said nothing new.
    pub unchanged: u64,
    /// Names of all mapped columns; `None` where the import was made before they were written down.
    pub columns: Option<Vec<String>>,
    /// Name of the file that the rejected rows went to.
    pub rejects: Option<String>,
    /// The change that took the import back; `None` where it stands.
    pub undone: Option<u64>,
}

impl ImportInfo {
    /// Whether the import stood after `change`: it had been made, and not been undone.
    #[must_use]
    pub fn stood_at(&self, change: u64) -> bool {
        self.change <= change && self.undone.is_none_or(|undone| undone > change)
    }

    /// The file's name without its folders, which are no part of any result.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.file.rsplit(['/', '\\']).next().unwrap_or(&self.file)
    }
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
        // Made here, because SQLite would let everybody read it; what it puts beside gets the same mode.
        let mut options = std::fs::File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
        let mut store = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // Records take a kilobyte or so: a page holds several, and is written and checked as a whole.
        let page = format!("PRAGMA page_size = {PAGE_BYTES}");
        store.connection.execute_batch(&page).map_err(|e| store.error(e))?;
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
        let (actor, looked) = (Actor::default(), Looked::not());
        let mut store = Self { connection, path, actor, looked };
        store.take_steps(0)?;
        Ok(store)
    }

    /// Whether the records are kept nowhere.
    #[must_use]
    pub fn is_in_memory(&self) -> bool {
        self.path.as_os_str() == ":memory:"
    }

    /// Opens the records for reading and writing. Those of an older format take the steps that they lack. Every page is
    /// compared with its checksum first.
    ///
    /// # Errors
    /// A missing file, a later format, damage, anything that SQLite refuses.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_looked(path, Looked::at_all)
    }

    /// As [`Store::open`], for a small note beside what was read a moment ago: of a large file only the pages of small
    /// tables are compared.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_to_note(path: &Path) -> Result<Self, StoreError> {
        Self::open_looked(path, |path| Looked::at_some(path, damage::BYTES_READ_MAX))
    }

    /// Opens the records for writing whatever is damaged: for whoever mends them.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_to_mend(path: &Path) -> Result<Self, StoreError> {
        Self::open_looked(path, |_| Ok(Looked::not()))
    }

    fn open_looked(
        path: &Path,
        look: impl Fn(&Path) -> Result<Looked, StoreError>,
    ) -> Result<Self, StoreError> {
        Self::check_there(path)?;
        let damaged = look(path)?;
        if !damaged.so_far().is_empty() {
            return Err(damaged.so_far().error(path));
        }
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
        Self::open_unwritten(path, Looked::at_all(path)?)
    }

    /// As [`Store::open_read_only`], for searches, which answer in a moment: of a large file only the pages of small tables
    /// are compared now, and all of them as soon as a record is read that nothing vouches for.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_to_search(path: &Path) -> Result<Self, StoreError> {
        Self::open_unwritten(path, Looked::at_some(path, damage::BYTES_READ_MAX)?)
    }

    fn open_unwritten(path: &Path, looked: Looked) -> Result<Self, StoreError> {
        if !looked.so_far().can_be_read() {
            return Err(looked.so_far().error(path));
        }
        let mut store = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        store.looked = looked;
        if let Ok(format) = store.check_format() {
            return store.seen_as_present(format);
        }
        let looked = store.looked;
        // WAL wants to write beside the file; where it cannot, nobody else can either. The log would be passed over.
        if pages::log_is_left(path) {
            return Err(StoreError::LogLeft(path.to_owned()));
        }
        let uri = damage::immutable(path);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(uri, flags)
            .map_err(|source| StoreError::Sqlite { path: path.to_owned(), source })?;
        let store = Self { connection, path: path.to_owned(), actor: Actor::default(), looked };
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
    pub(crate) fn seen_as_present(self, format: i64) -> Result<Self, StoreError> {
        let seen = [
            FORMAT_1_SEEN_AS_2,
            FORMAT_2_SEEN_AS_3,
            FORMAT_3_SEEN_AS_4,
            FORMAT_4_SEEN_AS_5,
            FORMAT_5_SEEN_AS_6,
        ];
        for (_, views) in (1..).zip(seen).filter(|(older, _)| format <= *older) {
            self.connection.execute_batch(views).map_err(|e| self.error(e))?;
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
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        let (actor, looked) = (Actor::default(), Looked::not());
        Ok(Self { connection, path: path.to_owned(), actor, looked })
    }

    fn set_up_for_writing(&self) -> Result<(), StoreError> {
        // FULL: a commit that returned is on disk, in WAL too. What is replaced or removed is overwritten, so that nothing
        // of an erased person is left in pages that nobody reads; an import of new people removes nothing.
        // The log is written back by `write_back`, which sums its pages, and at no other time.
        self.connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA busy_timeout = 5000; PRAGMA cache_size = -32768; PRAGMA secure_delete = ON;
                 PRAGMA wal_autocheckpoint = 0;",
            )
            .and_then(|()| pages::keep_log_on_close(&self.connection))
            .map_err(|e| self.error(e))?;
        // What a crash left in the log gets its sums before anything is written behind it. Whoever writes meanwhile does it.
        match pages::write_back(&self.connection, &self.path, Duration::ZERO) {
            Err(WriteBackError::Sqlite(e))
                if e.sqlite_error_code() != Some(rusqlite::ErrorCode::DatabaseBusy) =>
            {
                Err(self.error(e))
            }
            Err(WriteBackError::Io(source)) => Err(StoreError::Io { path: self.path.clone(), source }),
            _ => Ok(()),
        }
    }

    fn check_format(&self) -> Result<i64, StoreError> {
        let found = self.meta("format")?;
        if (1..=RECORDS_FORMAT).contains(&found) {
            return Ok(found);
        }
        Err(StoreError::Format { path: self.path.clone(), found, known: RECORDS_FORMAT })
    }

    /// Begins what is no change of the records: an entry of the audit log, and what it tells of.
    pub(crate) fn begin_aside(&mut self) -> Result<Transaction<'_>, StoreError> {
        let path = self.path.clone();
        self.connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|source| StoreError::Sqlite { path, source })
    }

    pub(crate) fn reading(&self) -> Reading<'_> {
        Reading { connection: &self.connection, path: &self.path, looked: &self.looked }
    }

    /// Begins a change.
    pub(crate) fn begin(&mut self) -> Result<Writing<'_>, StoreError> {
        let path = self.path.clone();
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior).map_err(wrap)?;
        let sql = "SELECT value + 1 FROM meta WHERE key = 'change'";
        let change: i64 = transaction.query_row(sql, [], |row| row.get(0)).map_err(wrap)?;
        Ok(Writing { transaction, path, change: change.cast_unsigned(), sound: Looked::not() })
    }

    pub(crate) fn meta(&self, key: &str) -> Result<i64, StoreError> {
        self.connection
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
            .map_err(|e| self.error(e))
    }

    /// A number of `meta` that older formats lack.
    pub(crate) fn meta_if_there(&self, key: &str) -> Result<Option<i64>, StoreError> {
        self.connection
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
            .optional()
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
        self.reading().record(number)
    }

    /// Numbers of everybody whose record changed after `change`, in no order; 0 gives all.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn changed_since(&self, change: u64) -> Result<Vec<CandidateNumber>, StoreError> {
        self.check_records_lead()?;
        // The index alone holds both; without the hint the records are walked through.
        let sql = "SELECT number FROM candidates INDEXED BY candidates_by_change WHERE change > ?1";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([change.cast_signed()], |row| Ok(CandidateNumber(row.get(0)?)))
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
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
        self.check_records_lead()?;
        let sql = "SELECT number, checksum, record FROM candidates WHERE change > ?1 ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let mut rows = statement.query([change.cast_signed()]).map_err(|e| self.error(e))?;
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            let number = CandidateNumber(row.get(0).map_err(|e| self.error(e))?);
            let checksum: i64 = row.get(1).map_err(|e| self.error(e))?;
            let bytes = row.get_ref(2).and_then(|r| Ok(r.as_blob()?)).map_err(|e| self.error(e))?;
            take(self.reading().decode(number, checksum, bytes)?)?;
        }
        Ok(())
    }

    /// The last change of each person, by candidate number; 0 where there is nobody of a number.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn last_changes(&self) -> Result<Vec<u64>, StoreError> {
        self.check_records_lead()?;
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

    /// The imports that stand, in order.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn imports(&self) -> Result<Vec<ImportInfo>, StoreError> {
        Ok(self.all_imports()?.into_iter().filter(|import| import.undone.is_none()).collect())
    }

    /// All imports, also those that were undone, in order.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn all_imports(&self) -> Result<Vec<ImportInfo>, StoreError> {
        self.reading().imports()
    }

    /// Writes the log back into the file and closes, so that the file alone is the whole truth.
    pub fn close(self) {
        // A reader may hold the log open; then the next one to close writes it back.
        let _ = self.write_back();
    }

    /// That no page is damaged; those that were not compared at opening are compared now.
    ///
    /// # Errors
    /// Names what is damaged; where the system refuses to read.
    pub fn check_pages(&self) -> Result<(), StoreError> {
        let damaged = self.looked.whole(&self.path)?;
        if damaged.is_empty() { Ok(()) } else { Err(damaged.error(&self.path)) }
    }

    /// That this table may be read, and those that no answer can do without.
    pub(crate) fn check_table(&self, table: Table) -> Result<(), StoreError> {
        let damaged = self.check_records_lead()?;
        if damaged.holds(table) { Err(damaged.error(&self.path)) } else { Ok(()) }
    }

    /// That records can be read one by one, and what leads to them; gives what is damaged all the same.
    fn check_records_lead(&self) -> Result<&Damaged, StoreError> {
        let damaged = self.looked.whole(&self.path)?;
        if damaged.can_be_read() { Ok(damaged) } else { Err(damaged.error(&self.path)) }
    }

    /// Writes the log back into the file, with sums of its pages, and empties it unless a reader holds on to it.
    ///
    /// # Errors
    /// Anything that SQLite or the file system refuses.
    pub fn write_back(&self) -> Result<(), StoreError> {
        if self.is_in_memory() {
            return Ok(());
        }
        pages::write_back(&self.connection, &self.path, PATIENCE).map_err(|e| match e {
            WriteBackError::Sqlite(source) => self.error(source),
            WriteBackError::Io(source) => StoreError::Io { path: self.path.clone(), source },
        })
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
    let mut record = codec::decode(bytes).ok_or(StoreError::Damaged(number))?;
    record.number = number;
    Ok(record)
}
