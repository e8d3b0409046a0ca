//! What of the records is damaged, and what may be read all the same.
//!
//! A page that is not what was written may hold anybody's number, or lead to other pages. Where it is a leaf of the table
//! of records, each record guards itself: by its checksum, and by what its number is known by. Past records and runs are
//! refused as a whole. Damage anywhere else lets nothing be answered at all.
//!
//! A search has no time to read a gigabyte of records. It compares the few pages of the tables that it reads whole, and
//! a record that nothing vouches for has all of them compared.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::StoreError;
use crate::pages::{compare, compare_those};

/// Bytes of records up to which a quick look compares every page; that takes ten milliseconds for 30 MB.
pub(crate) const BYTES_READ_MAX: u64 = 64 << 20;
/// Tables that a search reads by more than the number of a record.
const SMALL_TABLES: [&str; 3] = ["sqlite_schema", "meta", "imports"];

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

/// What was found damaged, and may be known of a part of the pages alone so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Looked {
    seen: Damaged,
    /// Of all pages, where `seen` is of the small tables alone; empty until somebody asks.
    whole: Option<OnceCell<Damaged>>,
}

impl Looked {
    /// Whoever mends reads whatever is damaged, and what is kept nowhere cannot be.
    pub(crate) fn not() -> Self {
        Self::default()
    }

    pub(crate) const fn of_all(seen: Damaged) -> Self {
        Self { seen, whole: None }
    }

    /// Compares every page.
    pub(crate) fn at_all(path: &Path) -> Result<Self, StoreError> {
        Ok(Self::of_all(find(path)?))
    }

    /// Compares every page of a file of at most `bytes_max`, and those of the small tables of a larger one.
    pub(crate) fn at_some(path: &Path, bytes_max: u64) -> Result<Self, StoreError> {
        let io = |source| StoreError::Io { path: path.to_owned(), source };
        if std::fs::metadata(path).map_err(io)?.len() <= bytes_max {
            return Self::at_all(path);
        }
        let Ok(pages) = pages_of(path, &SMALL_TABLES) else { return Self::at_all(path) };
        let compared = compare_those(path, &pages).map_err(io)?;
        if compared.damaged.is_empty() {
            Ok(Self { seen: Damaged::default(), whole: Some(OnceCell::new()) })
        } else {
            Self::at_all(path)
        }
    }

    /// What is known to be damaged by now.
    pub(crate) fn so_far(&self) -> &Damaged {
        self.whole.as_ref().and_then(OnceCell::get).unwrap_or(&self.seen)
    }

    /// Whether every page was compared.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole.as_ref().is_none_or(|whole| whole.get().is_some())
    }

    /// What is damaged of all pages, which are compared now where they were not before.
    pub(crate) fn whole(&self, path: &Path) -> Result<&Damaged, StoreError> {
        let Some(whole) = &self.whole else { return Ok(&self.seen) };
        if let Some(found) = whole.get() {
            return Ok(found);
        }
        let found = find(path)?;
        Ok(whole.get_or_init(|| found))
    }
}

/// Looks for damaged pages.
fn find(path: &Path) -> Result<Damaged, StoreError> {
    let compared = compare(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
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
    let connection = connect(path)?;
    let mut statement = connection.prepare("SELECT pageno, name, pagetype FROM dbstat")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

/// The pages of some tables.
fn pages_of(path: &Path, tables: &[&str]) -> rusqlite::Result<Vec<u32>> {
    let connection = connect(path)?;
    // One name at a time: only then is nothing else walked through.
    let mut statement = connection.prepare("SELECT pageno FROM dbstat WHERE name = ?1")?;
    let mut pages = Vec::new();
    for table in tables {
        for page in statement.query_map([table], |row| row.get(0))? {
            pages.push(page?);
        }
    }
    pages.sort_unstable();
    Ok(pages)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let mut connection = Connection::open_with_flags(path, flags)?;
    if connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).is_err() {
        connection = Connection::open_with_flags(immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)?;
    }
    Ok(connection)
}

/// The name of a file that nobody can write to, for SQLite.
pub(crate) fn immutable(path: &Path) -> String {
    format!("file:{}?immutable=1", path.to_string_lossy().replace('%', "%25").replace('?', "%3f"))
}
