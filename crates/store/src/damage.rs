//! What of the records is damaged, and what may be read all the same.
//!
//! A page that is not what was written may hold anybody's number, or lead to other pages. Where it is a leaf of the table
//! of records, each record guards itself: by its checksum, and by what its number is known by. Past records and runs are
//! refused as a whole. Damage anywhere else lets nothing be answered at all.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::StoreError;
use crate::pages::compare;

/// Bytes of records up to which every page is compared at each opening; that takes ten milliseconds for 30 MB. Larger files are
/// compared by whoever changes them, and by `pool verify`.
pub(crate) const BYTES_READ_MAX: u64 = 64 << 20;

/// Tables that can be read, or refused, by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Candidates,
    History,
    Runs,
}

/// What is damaged; nothing where the file is sound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Damaged {
    tables: BTreeSet<Table>,
    /// Everything else, in words.
    others: BTreeSet<String>,
    /// Pages that hold nothing.
    free: BTreeSet<u32>,
}

impl Damaged {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn holds(&self, table: Table) -> bool {
        self.tables.contains(&table)
    }

    pub(crate) fn can_be_read(&self) -> bool {
        self.others.is_empty()
    }

    pub(crate) fn error(&self, path: &Path) -> StoreError {
        let table = |table: &Table| match table {
            Table::Candidates => "records of people",
            Table::History => "past records",
            Table::Runs => "runs",
        };
        let mut words: Vec<String> = self.tables.iter().map(|t| table(t).to_owned()).collect();
        words.extend(self.others.iter().cloned());
        if !self.free.is_empty() {
            words.push("pages that hold nothing".to_owned());
        }
        StoreError::DamagedPages { path: path.to_owned(), what: words.join(", ") }
    }
}

/// Looks for damaged pages in a file of at most `bytes_max`; a larger one is not looked at.
pub(crate) fn find(path: &Path, bytes_max: u64) -> Result<Damaged, StoreError> {
    let io = |source| StoreError::Io { path: path.to_owned(), source };
    if std::fs::metadata(path).map_err(io)?.len() > bytes_max {
        return Ok(Damaged::default());
    }
    let compared = compare(path).map_err(io)?;
    Ok(if compared.damaged.is_empty() { Damaged::default() } else { locate(path, &compared.damaged) })
}

/// What stands on these pages.
pub(crate) fn locate(path: &Path, pages: &[u32]) -> Damaged {
    let mut damaged = Damaged::default();
    let Ok(places) = places(path) else {
        damaged.others.insert("all of it: its structure cannot be followed".to_owned());
        return damaged;
    };
    for page in pages {
        let Some((_, name, kind)) = places.iter().find(|(number, ..)| number == page) else {
            damaged.free.insert(*page);
            continue;
        };
        let is_end = kind == "leaf" || kind == "overflow";
        match name.as_str() {
            "candidates" if is_end => damaged.tables.insert(Table::Candidates),
            "record_history" if is_end => damaged.tables.insert(Table::History),
            "runs" | "run_lists" | "role_texts" if is_end => damaged.tables.insert(Table::Runs),
            "imports" => damaged.others.insert("imports".to_owned()),
            "identities" => damaged.others.insert("what people are known by".to_owned()),
            "sqlite_schema" | "sqlite_master" | "meta" => damaged.others.insert("its own head".to_owned()),
            other => damaged.others.insert(format!("`{other}`")),
        };
    }
    damaged
}

/// Every page that is in use: number, what it belongs to, and its kind.
pub(crate) fn places(path: &Path) -> rusqlite::Result<Vec<(u32, String, String)>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let mut connection = Connection::open_with_flags(path, flags)?;
    if connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).is_err() {
        connection = Connection::open_with_flags(immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)?;
    }
    let sql = "SELECT pageno, name, pagetype FROM dbstat";
    let mut statement = connection.prepare(sql)?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

/// The name of a file that nobody can write to, for SQLite.
pub(crate) fn immutable(path: &Path) -> String {
    format!("file:{}?immutable=1", path.to_string_lossy().replace('%', "%25").replace('?', "%3f"))
}
