//! What is stored of a person: the cells that were read, as they were written.
//!
//! A record has one [`Part`] for each source that knows the person. A newer file of the same source replaces, within
//! that part, the columns that it has, and leaves the others: a second file with other columns adds to the person, a
//! corrected file corrects. Spellings stay as written; resolving them is the taxonomy's work at each reading, so that
//! a better taxonomy reads old records better.

use serde::{Deserialize, Serialize};

use crate::{CandidateNumber, Date, Field};

/// Where a value was read. The column is the value's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// Number of the import in its pool, from 1; 0 before the row is stored.
    pub import: u32,
    /// Line of the file on which the row begins, from 1.
    pub line: u64,
}

/// One cell of a file, mapped to a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// What the column means.
    #[serde(rename = "f")]
    pub field: Field,
    /// The column's header.
    #[serde(rename = "c")]
    pub column: String,
    /// The text as written; for [`Field::Skill`] the name of the skill.
    #[serde(rename = "t")]
    pub text: String,
    /// The row that it stood in.
    #[serde(rename = "r")]
    pub cell: Cell,
}

impl Value {
    /// Whether two values say the same, wherever they stood.
    fn says_the_same(&self, other: &Value) -> bool {
        self.field == other.field && self.column == other.column && self.text == other.text
    }
}

/// The day on which a row was current.
///
/// Ordered as rows are: by day, and on one day by the import that came later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowDate {
    /// The day.
    #[serde(rename = "d")]
    pub as_of: Date,
    /// The import that the row belongs to.
    #[serde(rename = "i")]
    pub import: u32,
}

/// What one source says of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Name of the source: the layout's, or what `--source` gave.
    pub source: String,
    /// The person's id there.
    pub external_id: Option<String>,
    /// Which of the person's rows in a file of that source it is, from 1: a report with a row for each application
    /// has several, and each keeps its own.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub occurrence: u32,
    /// When the rows that the values stood in were current.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub as_of: Vec<RowDate>,
    /// The values, in the order of columns.
    pub values: Vec<Value>,
}

impl Part {
    /// A part that is nobody's yet: what a row says.
    #[must_use]
    pub fn new(source: impl Into<String>, external_id: Option<String>, values: Vec<Value>) -> Self {
        Self { source: source.into(), external_id, occurrence: 1, as_of: Vec::new(), values }
    }

    /// When the row of an import was current, where that is known.
    #[must_use]
    pub fn date_of(&self, import: u32) -> Option<RowDate> {
        self.as_of.iter().copied().find(|row| row.import == import)
    }

    /// Whether a newer file's row replaces this one.
    fn is_same_row(&self, newer: &Part) -> bool {
        self.source == newer.source
            && self.external_id == newer.external_id
            && self.occurrence == newer.occurrence
    }
}

/// All that is stored of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The person's number.
    #[serde(skip, default = "unnumbered")]
    pub number: CandidateNumber,
    /// What each source says, in the order in which they came.
    pub parts: Vec<Part>,
}

fn first() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands over a reference
fn is_first(occurrence: &u32) -> bool {
    *occurrence == 1
}

fn unnumbered() -> CandidateNumber {
    CandidateNumber(0)
}

impl Record {
    /// A record of a single part.
    #[must_use]
    pub fn new(number: CandidateNumber, part: Part) -> Self {
        Self { number, parts: vec![part] }
    }

    /// Takes over what a newer row of a source says. `columns` are all mapped columns of its file, also those whose
    /// cell is empty in this row: they replace what the source said in these columns before.
    ///
    /// Returns whether the record says anything else now. Where it does not, nothing is changed, and values keep the
    /// cells in which they were read first.
    pub fn merge(&mut self, newer: Part, columns: &[String]) -> bool {
        let Some(part) = self.parts.iter_mut().find(|part| part.is_same_row(&newer)) else {
            self.parts.push(newer);
            return true;
        };
        let (replaced, mut kept): (Vec<Value>, Vec<Value>) =
            part.values.drain(..).partition(|value| columns.contains(&value.column));
        let same = replaced.len() == newer.values.len()
            && replaced.iter().zip(&newer.values).all(|(old, new)| old.says_the_same(new));
        if same {
            // Back where they were: replaced columns keep their own order among themselves.
            kept.extend(replaced);
        } else {
            kept.extend(newer.values);
            part.as_of.retain(|row| kept.iter().any(|value| value.cell.import == row.import));
            part.as_of.extend(newer.as_of);
        }
        part.values = kept;
        !same
    }

    /// All values of a field, newest import first; within an import in the order of parts and columns.
    #[must_use]
    pub fn values(&self, field: Field) -> Vec<&Value> {
        let mut values: Vec<&Value> =
            self.parts.iter().flat_map(|p| &p.values).filter(|v| v.field == field).collect();
        values.sort_by_key(|v| std::cmp::Reverse(v.cell.import));
        values
    }
}

#[cfg(test)]
mod tests {
    //! - the same row again changes nothing
    //! - a newer row replaces its own columns and no others
    //! - another source adds a part

    use super::*;

    fn part(source: &str, import: u32, values: &[(&str, &str)]) -> Part {
        let value = |(column, text): &(&str, &str)| Value {
            field: Field::Skills,
            column: (*column).into(),
            text: (*text).into(),
            cell: Cell { import, line: 2 },
        };
        Part::new(source, Some("1".into()), values.iter().map(value).collect())
    }

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    #[test]
    fn the_same_row_again_changes_nothing() {
        let mut record = Record::new(CandidateNumber(1), part("a", 1, &[("x", "1"), ("y", "2")]));
        let before = record.clone();
        assert!(!record.merge(part("a", 2, &[("x", "1"), ("y", "2")]), &columns(&["x", "y", "z"])));
        assert_eq!(record, before);
    }

    #[test]
    fn a_newer_row_replaces_its_own_columns_and_no_others() {
        let mut record = Record::new(CandidateNumber(1), part("a", 1, &[("x", "1"), ("y", "2")]));
        assert!(record.merge(part("a", 2, &[("x", "3")]), &columns(&["x", "z"])));
        let said: Vec<_> = record.parts[0].values.iter().map(|v| (&*v.column, &*v.text)).collect();
        assert_eq!(said, [("y", "2"), ("x", "3")]);
        // An emptied cell takes back what the source said there.
        assert!(record.merge(part("a", 3, &[]), &columns(&["y"])));
        assert_eq!(record.parts[0].values.len(), 1);
    }

    #[test]
    fn another_source_adds_a_part() {
        let mut record = Record::new(CandidateNumber(1), part("a", 1, &[("x", "1")]));
        assert!(record.merge(part("b", 2, &[("x", "2")]), &columns(&["x"])));
        assert_eq!(record.values(Field::Skills)[0].text, "2");
        assert_eq!(record.parts.len(), 2);
    }
}
