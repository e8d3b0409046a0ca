//! What is stored of a person: the cells that were read, as they were written.
//!
//! A record has one [`Part`] for each source that knows the person. A newer file of the same source replaces, within
//! that part, the columns that it has, and leaves the others: a second file with other columns adds to the person, a
//! corrected file corrects. Spellings stay as written; resolving them is the taxonomy's work at each reading, so that
//! a better taxonomy reads old records better.

use serde::{Deserialize, Serialize};

use crate::available::read_available;
use crate::when::OrderVotes;
use crate::years::read_years;
use crate::{CandidateNumber, Date, DateOrder, Field};

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
    /// What beside the text says how it is read.
    #[serde(rename = "w", default, skip_serializing_if = "Reading::is_plain")]
    pub reading: Reading,
}

/// What the file says of a cell that the cell alone does not: the order of day and month in its column, and the day
/// from which `immediately` and `since 2015` count. Records of earlier versions have neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Order of day, month and year in the figures of the column.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub order: Option<DateOrder>,
    /// Day on which the row was current.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
}

impl Reading {
    /// What a cell needs of its column's order and of the day of its row, and nothing where it needs nothing.
    #[must_use]
    pub fn of(field: Field, text: &str, order: Option<DateOrder>, as_of: Option<Date>) -> Self {
        let order = order.filter(|_| {
            let mut votes = OrderVotes::default();
            votes.add(text);
            field.is_day() && votes != OrderVotes::default()
        });
        let counts = match field {
            Field::Notice => true,
            Field::Available => read_available(text, order, None).is_err(),
            Field::TotalYears => text.len() > 3 && read_years(text).is_err(),
            _ => false,
        };
        Self { order, as_of: as_of.filter(|_| counts) }
    }

    /// Whether the text is read as it stands.
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde hands over a reference
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

impl Value {
    /// Whether two values say the same, wherever they stood. Words that count from a day do not say anything new only
    /// because the same file is read on another day.
    fn says_the_same(&self, other: &Value) -> bool {
        self.field == other.field
            && self.column == other.column
            && self.text == other.text
            && self.reading.order == other.reading.order
    }
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
    /// The values, in the order of columns.
    pub values: Vec<Value>,
}

impl Part {
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
            reading: Reading::default(),
        };
        Part {
            source: source.into(),
            external_id: Some("1".into()),
            occurrence: 1,
            values: values.iter().map(value).collect(),
        }
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
    fn an_order_of_dates_found_later_is_new_and_another_day_of_reading_is_not() {
        let with = |import, order, as_of: &str| {
            let mut part = part("a", import, &[("x", "03/04/2027")]);
            part.values[0].reading = Reading { order, as_of: as_of.parse().ok() };
            part
        };
        let mut record = Record::new(CandidateNumber(1), with(1, None, "2026-11-01"));
        assert!(!record.merge(with(2, None, "2026-12-01"), &columns(&["x"])));
        assert!(record.merge(with(3, Some(DateOrder::DayFirst), "2026-12-01"), &columns(&["x"])));
    }

    #[test]
    fn what_a_reading_leaves_out_is_not_written_and_reads_back() {
        let mut value = part("a", 1, &[("x", "1")]).values.remove(0);
        let plain = serde_json::to_string(&value).unwrap();
        assert!(!plain.contains("\"w\""), "{plain}");
        assert_eq!(serde_json::from_str::<Value>(&plain).unwrap(), value);
        value.reading = Reading { order: Some(DateOrder::MonthFirst), as_of: "2026-11-01".parse().ok() };
        let written = serde_json::to_string(&value).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value, "{written}");
    }

    #[test]
    fn another_source_adds_a_part() {
        let mut record = Record::new(CandidateNumber(1), part("a", 1, &[("x", "1")]));
        assert!(record.merge(part("b", 2, &[("x", "2")]), &columns(&["x"])));
        assert_eq!(record.values(Field::Skills)[0].text, "2");
        assert_eq!(record.parts.len(), 2);
    }
}
