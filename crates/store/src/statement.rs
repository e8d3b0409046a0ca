//! What an import stated, as one number, so that the very same statement made again is known for one.
//!
//! An import is written down also where each of its rows says what stands already: that somebody said it on that day, in
//! that file, is what an older file is held to, and what stays when another import is taken back. Only the same rows of a
//! file of the same name, source, day and columns say nothing at all that was not said.
//!
//! The number stands in `meta`. It is none that anything else rests on: where it is missing, or worked out otherwise by
//! another version of the program, an import is written down once more. Whoever knows all the rest of a file could try
//! whether it held a row, so that it goes when somebody is erased whom the import was about.

use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::{Connection, params};
use rustc_hash::FxHasher;
use stackscout_profile::Part;

use crate::ImportStart;

/// What an import states so far.
pub(crate) struct Statement(DefaultHasher);

impl Statement {
    /// Nothing yet.
    pub(crate) fn new(start: &ImportStart) -> Self {
        let mut hash = DefaultHasher::new();
        let ImportStart { file, source, as_of, columns, .. } = start;
        // The folder is no part of what a file says.
        let name = file.rsplit(['/', '\\']).next();
        (name, source, as_of.to_string(), columns).hash(&mut hash);
        Self(hash)
    }

    /// Takes in an accepted row.
    pub(crate) fn add(&mut self, row: u64) {
        self.0.write_u64(row);
    }

    /// The number of the whole.
    pub(crate) fn number(&self) -> i64 {
        self.0.finish().cast_signed()
    }
}

/// The number of a row: where it stands and what it says. `content_key` is left empty where the row has an id.
pub(crate) fn of_row(line: u64, part: &Part, content_key: &str) -> u64 {
    let mut hash = FxHasher::default();
    (line, &part.external_id, content_key).hash(&mut hash);
    for value in &part.values {
        (value.field, &value.column, &value.text, value.reading.order).hash(&mut hash);
    }
    hash.finish()
}

/// Whether an import that stands stated just this.
pub(crate) fn stands(connection: &Connection, number: i64) -> rusqlite::Result<bool> {
    const SQL: &str = "SELECT EXISTS (SELECT 1 FROM imports
        JOIN meta ON meta.key = 'statement ' || imports.number
        WHERE imports.undone IS NULL AND meta.value = ?1)";
    connection.query_row(SQL, [number], |row| row.get(0))
}

/// Writes down what an import stated.
pub(crate) fn write(connection: &Connection, import: u32, number: i64) -> rusqlite::Result<usize> {
    let sql = "INSERT OR REPLACE INTO meta VALUES ('statement ' || ?1, ?2)";
    connection.execute(sql, params![import, number])
}

/// Forgets what an import stated.
pub(crate) fn remove(connection: &Connection, import: u32) -> rusqlite::Result<usize> {
    connection.execute("DELETE FROM meta WHERE key = 'statement ' || ?1", [import])
}
