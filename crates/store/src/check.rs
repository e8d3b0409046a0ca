//! Looking at all of the records: every page, every row, every version, without changing anything.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use stackscout_profile::CandidateNumber;

use crate::audit::Actor;
use crate::damage::{Damaged, Looked, immutable, locate};
use crate::history::PRESENT;
use crate::pages::{Compared, compare};
use crate::patch::unpack;
use crate::rows::each_row;
use crate::store::checksum;
use crate::{RECORDS_FORMAT, Store, StoreError};

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What can be seen without reading everything.
    Quick,
    /// Every byte.
    Full,
}

/// Something wrong with the records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// Pages that are not what was written, with what stands on them in words.
    Pages {
        /// Their numbers, from 1.
        pages: Vec<u32>,
        /// What stands on them.
        what: String,
    },
    /// SQLite cannot follow the file, in its own words, which name tables and rows and nothing of what they say.
    Structure(String),
    /// The present record of a person.
    Record(CandidateNumber),
    /// An earlier version of a record of this person.
    Past(CandidateNumber),
    /// What an import wrote down of its rows.
    Rows(u32),
    /// A run.
    Run(u32),
    /// The audit log from this entry on.
    Audit(u64),
    /// Another format than this program reads.
    Format(i64),
}

/// What was found in the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordsCheck {
    /// The pages beside their sums; `None` in a quick look at a large file.
    pub pages: Option<Compared>,
    /// What is wrong, in order; nothing where all is well.
    pub damage: Vec<Damage>,
    /// Records that were read.
    pub records: u64,
    /// A name for everything that the tables hold, whenever it was written; `None` where they cannot all be read, and in a
    /// quick look.
    pub contents: Option<String>,
}

/// Looks at the records in a file.
///
/// # Errors
/// Where the system refuses to read; whatever is wrong with the records themselves is a [`Damage`].
pub fn check(path: &Path, depth: Depth) -> Result<RecordsCheck, StoreError> {
    let io = |source| StoreError::Io { path: path.to_owned(), source };
    let bytes = std::fs::metadata(path).map_err(io)?.len();
    let reads_pages = depth == Depth::Full || bytes <= crate::damage::BYTES_READ_MAX;
    let pages = if reads_pages { Some(compare(path).map_err(io)?) } else { None };
    let mut found = RecordsCheck { pages, damage: Vec::new(), records: 0, contents: None };
    let damaged = found.pages.as_ref().map(|pages| pages.damaged.clone()).unwrap_or_default();
    let mut suspect = Damaged::default();
    if !damaged.is_empty() {
        suspect = locate(path, &damaged);
        if let StoreError::DamagedPages { what, .. } = suspect.error(path) {
            found.damage.push(Damage::Pages { pages: damaged, what });
        }
    }
    let store = match open(path) {
        Ok(mut store) => {
            store.looked = Looked::of_all(suspect);
            store
        }
        Err(StoreError::Format { found: format, .. }) => {
            found.damage.push(Damage::Format(format));
            return Ok(found);
        }
        Err(error) => {
            found.damage.push(Damage::Structure(words(&error)));
            return Ok(found);
        }
    };
    found.damage.extend(structure(&store, depth));
    if depth == Depth::Full {
        let before = found.damage.len();
        found.records = store.check_records(&mut found.damage);
        store.check_past(&mut found.damage);
        store.check_imports(&mut found.damage);
        store.check_runs_and_audit(&mut found.damage);
        found.damage[before..].sort();
        found.contents = store.contents().ok();
    }
    Ok(found)
}

/// The records as they are, whatever is wrong with them.
fn open(path: &Path) -> Result<Store, StoreError> {
    let wrap = |source| StoreError::Sqlite { path: path.to_owned(), source };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = Connection::open_with_flags(path, flags).map_err(wrap)?;
    let (actor, looked) = (Actor::default(), Looked::not());
    let mut store = Store { connection, path: path.to_owned(), actor, looked };
    if store.meta("format").is_err() && !crate::pages::log_is_left(path) {
        let flags = flags | OpenFlags::SQLITE_OPEN_URI;
        store.connection = Connection::open_with_flags(immutable(path), flags).map_err(wrap)?;
    }
    let format = store.meta("format")?;
    if !(1..=RECORDS_FORMAT).contains(&format) {
        return Err(StoreError::Format { path: path.to_owned(), found: format, known: RECORDS_FORMAT });
    }
    store.seen_as_present(format)
}

/// What SQLite itself finds.
fn structure(store: &Store, depth: Depth) -> Vec<Damage> {
    const LINES_MAX: usize = 20;
    let sql = match depth {
        Depth::Quick => "PRAGMA quick_check(20)",
        Depth::Full => "PRAGMA integrity_check(20)",
    };
    let lines = store
        .connection
        .prepare(sql)
        .and_then(|mut s| s.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>());
    match lines {
        Ok(lines) => {
            let bad = lines.into_iter().filter(|line| line != "ok").take(LINES_MAX);
            bad.map(|line| Damage::Structure(line.replace('\n', "; "))).collect()
        }
        Err(error) => vec![Damage::Structure(error.to_string())],
    }
}

/// An error without the path, which the report names once.
fn words(error: &StoreError) -> String {
    match error {
        StoreError::Sqlite { source, .. } => source.to_string(),
        other => other.to_string(),
    }
}

impl Store {
    /// Reads every present record by itself, so that one that cannot be read keeps none of the others from it.
    fn check_records(&self, damage: &mut Vec<Damage>) -> u64 {
        let numbers = self.changed_since(0).or_else(|_| self.numbers_of_table());
        let mut numbers: BTreeSet<CandidateNumber> = match numbers {
            Ok(numbers) => numbers.into_iter().collect(),
            Err(error) => {
                damage.push(Damage::Structure(words(&error)));
                return 0;
            }
        };
        numbers.extend(self.numbers_of_table().unwrap_or_default());
        let mut read = 0;
        for number in numbers {
            match self.record(number) {
                Ok(Some(_)) => read += 1,
                Ok(None) | Err(_) => damage.push(Damage::Record(number)),
            }
        }
        read
    }

    fn numbers_of_table(&self) -> Result<Vec<CandidateNumber>, StoreError> {
        self.connection
            .prepare("SELECT number FROM candidates NOT INDEXED ORDER BY number")
            .and_then(|mut s| s.query_map([], |row| Ok(CandidateNumber(row.get(0)?)))?.collect())
            .map_err(|e| self.error(e))
    }

    /// Unpacks every earlier version and compares it with its checksum.
    fn check_past(&self, damage: &mut Vec<Damage>) {
        const SQL: &str = "
            SELECT number, 9223372036854775807 AS until, checksum, record FROM candidates
            WHERE number IN (SELECT number FROM record_history)
            UNION ALL SELECT number, until, checksum, packed FROM record_history ORDER BY 1, 2 DESC";
        let mut bad = BTreeSet::new();
        let (mut last, mut after) = (0, Vec::new());
        let walked = self.connection.prepare(SQL).and_then(|mut statement| {
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (number, until): (u32, i64) = (row.get(0)?, row.get(1)?);
                let stored: i64 = row.get(2)?;
                if std::mem::replace(&mut last, number) != number {
                    after.clear();
                }
                let bytes = row.get_ref(3)?.as_blob()?;
                let whole = if until.cast_unsigned() == PRESENT {
                    Some(bytes.to_vec())
                } else {
                    unpack(bytes, &after)
                };
                if whole.as_ref().is_none_or(|whole| checksum(whole) != stored) {
                    bad.insert(CandidateNumber(number));
                }
                after = whole.unwrap_or_default();
            }
            Ok(())
        });
        if let Err(error) = walked {
            damage.push(Damage::Structure(error.to_string()));
        }
        damage.extend(bad.into_iter().map(Damage::Past));
    }

    fn check_imports(&self, damage: &mut Vec<Damage>) {
        for import in self.all_imports().unwrap_or_default() {
            match each_row(&self.connection, import.number, |_| {}) {
                Ok(Some(())) => {}
                _ => damage.push(Damage::Rows(import.number)),
            }
        }
    }

    fn check_runs_and_audit(&self, damage: &mut Vec<Damage>) {
        let runs = match self.runs() {
            Ok(runs) => runs,
            Err(StoreError::DamagedRun(number)) => {
                damage.push(Damage::Run(number));
                Vec::new()
            }
            // Pages say it already.
            Err(_) => Vec::new(),
        };
        for run in runs {
            if self.run_lists(run.number).is_err() {
                damage.push(Damage::Run(run.number));
            }
        }
        match self.audit() {
            Err(StoreError::BrokenAudit(entry)) => damage.push(Damage::Audit(entry)),
            Err(error) => damage.push(Damage::Structure(words(&error))),
            Ok(_) => {}
        }
    }

    /// A name for everything that the tables hold: 32 hex digits over every cell but those that say when something was
    /// done. Two pools to which the same was done in the same order have the same.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn contents(&self) -> Result<String, StoreError> {
        let mut hash = Sha256::new();
        self.hash_tables(&mut hash).map_err(|e| self.error(e))?;
        Ok(hash.finalize()[..16].iter().map(|b| format!("{b:02x}")).collect())
    }

    fn hash_tables(&self, hash: &mut Sha256) -> rusqlite::Result<()> {
        const OF_TIME: [&str; 2] = ["made", "chain"];
        // No two pools have the same keys, and nothing that was made with them is the same.
        const KEYED: [&str; 2] = ["erasure_keys", "suppressed"];
        let names =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1";
        let names: Vec<String> =
            self.connection.prepare(names)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut put = |kind: u8, bytes: &[u8]| {
            hash.update([kind]);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        for name in names.into_iter().filter(|name| !KEYED.contains(&name.as_str())) {
            put(0, name.as_bytes());
            let of_time = self.columns_named(&name, &OF_TIME)?;
            // Rows come in the order of their keys.
            let mut statement = self.connection.prepare(&format!("SELECT * FROM \"{name}\""))?;
            let columns: Vec<usize> =
                (0..statement.column_count()).filter(|at| !of_time.contains(at)).collect();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for at in &columns {
                    match row.get_ref(*at)? {
                        ValueRef::Null => put(1, b""),
                        ValueRef::Integer(number) => put(2, &number.to_le_bytes()),
                        ValueRef::Real(number) => put(3, &number.to_le_bytes()),
                        ValueRef::Text(text) => put(4, text),
                        ValueRef::Blob(bytes) => put(5, bytes),
                    }
                }
            }
        }
        Ok(())
    }

    /// The places of those columns of a table. Asked for as bytes: of a damaged name that is no text the library makes a
    /// panic.
    fn columns_named(&self, table: &str, names: &[&str]) -> rusqlite::Result<Vec<usize>> {
        let mut statement = self.connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
        let is_named = |row: &rusqlite::Row<'_>| {
            let name = row.get_ref(0)?;
            Ok(name.as_bytes().is_ok_and(|name| names.iter().any(|known| known.as_bytes() == name)))
        };
        let is_named: Vec<bool> = statement.query_map([table], is_named)?.collect::<Result<_, _>>()?;
        Ok((0..).zip(is_named).filter(|(_, is_named)| *is_named).map(|(at, _)| at).collect())
    }
}
