//! Files in the long form: a person's answers stand in several rows, one below the other.
//!
//! Rows of one id that follow each other become one, where they differ in lists alone (skills, interests, tags): nothing
//! is lost by that, and a survey of 75,000 rows is the 11,000 people that it is. Rows that differ in anything else, such
//! as applications, stay rows of their own.

use stackscout_profile::Field;

use crate::row::Row;

/// Rows that become one at most: memory does not grow with the file.
const ROWS_MAX: u64 = 1_000;

/// Rows of one person that were read, and may go on.
#[derive(Debug)]
pub(crate) struct Group {
    pub row: Row,
    /// The bytes of all its rows.
    pub raw: Vec<u8>,
}

impl Group {
    pub fn new(row: Row, raw: &[u8]) -> Self {
        Self { row, raw: raw.to_vec() }
    }

    /// Takes a row in, or gives it back where it is another person's, or says what one row cannot hold.
    pub fn join(&mut self, row: Row, raw: &[u8]) -> Option<Row> {
        if row.external_id.is_none()
            || row.external_id != self.row.external_id
            || self.row.rows >= ROWS_MAX
            || !self.agrees(&row)
        {
            return Some(row);
        }
        for value in row.values {
            let same = |v: &&stackscout_profile::Value| {
                v.field == value.field && v.text == value.text && v.column == value.column
            };
            if !self.row.values.iter().any(|v| same(&v)) {
                self.row.values.push(value);
            }
        }
        self.row.issues.extend(row.issues);
        self.row.rows += 1;
        self.raw.extend_from_slice(raw);
        None
    }

    /// The row that they became.
    pub fn finish(mut self) -> (Row, Vec<u8>) {
        if self.row.rows > 1 {
            self.row.set_content_key();
        }
        (self.row, self.raw)
    }

    /// Whether a row says nothing else in the columns that hold one thing.
    fn agrees(&self, row: &Row) -> bool {
        row.values.iter().filter(|value| !is_list(value.field)).all(|value| {
            let mut said = self.row.values.iter().filter(|v| v.column == value.column).peekable();
            said.peek().is_some() && said.any(|v| v.text == value.text)
        })
    }
}

/// Whether a column of this field adds to what other rows say.
fn is_list(field: Field) -> bool {
    matches!(
        field,
        Field::Skills | Field::Skill | Field::Interests | Field::Tags | Field::Languages | Field::Permit
    )
}
