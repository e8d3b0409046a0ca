//! What an import stated, as one number, so that the very same statement made again is known for one.
//!
//! An import is written down also where each of its rows says what stands already: that somebody said it on that day, in
//! that file, is what an older file is held to, and what stays when another import is taken back. Only the same rows, in
//! whatever order, of a file of the same name, source, day and columns say nothing at all that was not said.
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
pub(crate) struct Statement {
    /// What the file is.
    file: DefaultHasher,
    /// The sum of what its rows are: the same in whatever order, and a row that stands twice counts twice.
    rows: u64,
}

impl Statement {
    /// Nothing yet.
    pub(crate) fn new(start: &ImportStart) -> Self {
        let mut hash = DefaultHasher::new();
        let ImportStart { file, source, as_of, columns, .. } = start;
        // The folder is no part of what a file says.
        let name = file.rsplit(['/', '\\']).next();
        (name, source, as_of.to_string(), columns).hash(&mut hash);
        Self { file: hash, rows: 0 }
    }

    /// Takes in an accepted row.
    pub(crate) fn add(&mut self, row: u64) {
        // Added as they are, the numbers of two rows would often be those of two others that share their cells.
        let mut hash = DefaultHasher::new();
        hash.write_u64(row);
        self.rows = self.rows.wrapping_add(hash.finish());
    }

    /// The number of the whole.
    pub(crate) fn number(&self) -> i64 {
        let mut hash = self.file.clone();
        hash.write_u64(self.rows);
        hash.finish().cast_signed()
    }
}

/// The number of a row: what it says, wherever it stands. `content_key` is left empty where the row has an id.
pub(crate) fn of_row(part: &Part, content_key: &str) -> u64 {
    let mut hash = FxHasher::default();
    (&part.external_id, content_key).hash(&mut hash);
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

#[cfg(test)]
mod tests {
    //! - the order of rows is no part of what is stated; how often a row stands, and which cells share a row, is

    use stackscout_profile::{Cell, Date, Field, Reading, Value};

    use super::*;

    fn number(rows: &[(&str, &str)]) -> i64 {
        let mut statement = Statement::new(&ImportStart {
            file: "a.csv".into(),
            source: "a".into(),
            layout: "plain".into(),
            as_of: Date::new(2026, 1, 1).unwrap(),
            columns: vec!["city".into()],
        });
        for (line, (id, city)) in (2..).zip(rows) {
            let value = Value {
                field: Field::City,
                column: "city".into(),
                text: (*city).to_owned(),
                cell: Cell { import: 1, line },
                reading: Reading::default(),
            };
            statement.add(of_row(&Part::new("a", Some((*id).to_owned()), vec![value]), ""));
        }
        statement.number()
    }

    #[test]
    fn rows_state_the_same_in_any_order() {
        let rows = [("1", "Berlin"), ("2", "Paris"), ("3", "Rome")];
        let stated = number(&rows);
        assert_eq!(number(&[rows[2], rows[0], rows[1]]), stated);
        let others: [&[(&str, &str)]; 5] = [
            &rows[..2],
            &[rows[0], rows[1], rows[2], rows[2]],
            &[rows[0], rows[0], rows[1], rows[2], rows[2]],
            &[("1", "Paris"), ("2", "Berlin"), rows[2]],
            &[],
        ];
        for other in others {
            assert_ne!(number(other), stated, "{other:?}");
        }
    }
}
