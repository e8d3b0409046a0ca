//! What is stored of a person: the cells that were read, as they were written.
//!
//! A record has one [`Part`] for each source that knows the person. A newer row of the same source replaces, within
//! that part, the columns that its file has, and leaves the others: a second file with other columns adds to the person,
//! a corrected file corrects. *Newer* means: current on a later day, whichever file was imported first. Spellings stay
//! as written; resolving them is the taxonomy's work at each reading, so that a better taxonomy reads old records better.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::application::refused_until;
use crate::available::read_available;
use crate::when::{OrderVotes, When, read_when};
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
            // A refusal that ends (`until 2027`) holds or not.
            Field::OptOut | Field::Status => refused_until(text).is_some(),
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
    /// The day that the cell states, in the order of its column; `None` for a month, and for what is no day.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        match read_when(&self.text, self.reading.order) {
            Ok(When::Day(day)) => Some(day),
            _ => None,
        }
    }

    /// Whether two values say the same, wherever they stood. Words that count from a day do not say anything new only
    /// because the same file is read on another day.
    fn says_the_same(&self, other: &Value) -> bool {
        self.field == other.field
            && self.column == other.column
            && self.text == other.text
            && self.reading.order == other.reading.order
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
    /// The number of the person whose part it was before they were merged into this one; `None` for the record's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<u32>,
    /// When the rows that the part was made of were current: those that are the newest for any of their columns, also
    /// where they left it empty. An import has at most one row in a part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub as_of: Vec<RowDate>,
    /// The values, in the order of columns.
    pub values: Vec<Value>,
}

impl Part {
    /// A part that is nobody's yet: what a row says.
    #[must_use]
    pub fn new(source: impl Into<String>, external_id: Option<String>, values: Vec<Value>) -> Self {
        Self { source: source.into(), external_id, occurrence: 1, origin: None, as_of: Vec::new(), values }
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
            && self.origin == newer.origin
    }

    /// How new a value is: the later, the newer. What has no day is older than all that has one.
    fn newness(&self, value: &Value) -> (Option<Date>, u32) {
        let import = value.cell.import;
        (self.date_of(import).map(|row| row.as_of), import)
    }

    /// Forgets the rows that are the newest for none of their columns any more.
    fn forget_outdated(&mut self, files: &FileColumns) {
        if self.as_of.len() < 2 {
            return;
        }
        let all = self.as_of.clone();
        let values = &self.values;
        self.as_of.retain(|row| {
            let newer: Vec<&[String]> =
                all.iter().filter(|other| *other > row).filter_map(|other| files.of(other.import)).collect();
            let is_newest = |column: &String| !newer.iter().any(|columns| columns.contains(column));
            values.iter().any(|value| value.cell.import == row.import)
                || files.of(row.import).is_some_and(|columns| columns.iter().any(is_newest))
        });
        self.as_of.sort_unstable();
    }
}

/// The mapped columns of each import's file, as far as they are known.
#[derive(Debug, Clone, Default)]
pub struct FileColumns(HashMap<u32, Vec<String>>);

impl FileColumns {
    /// The columns of a single file.
    #[must_use]
    pub fn of_one(import: u32, columns: Vec<String>) -> Self {
        Self(HashMap::from([(import, columns)]))
    }

    /// Adds a file.
    pub fn insert(&mut self, import: u32, columns: Vec<String>) {
        self.0.insert(import, columns);
    }

    /// The mapped columns of an import's file, also those that it leaves empty; `None` where nobody wrote them down.
    #[must_use]
    pub fn of(&self, import: u32) -> Option<&[String]> {
        self.0.get(&import).map(Vec::as_slice)
    }
}

/// What taking over a row did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Merged {
    /// The record says something else now.
    pub changed: bool,
    /// Newer rows spoke for some of the row's columns already: what it says there is not taken over.
    pub laid_aside: bool,
    /// What the row says stood there already, and another source said otherwise since: it has the last word now.
    pub again: bool,
    /// The part that the row spoke for, by its place.
    pub part: usize,
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

    /// Takes over what a row of a source says: `row` with the one day in `as_of` on which it was current. It speaks for
    /// all mapped columns of its file (`files`), also those whose cell is empty in this row: they replace what the
    /// source said in these columns before, unless a newer row did. `confirmed` are rows that said of this part what
    /// stood there already, and so left no trace in it.
    ///
    /// Where the record says the same as before, nothing is changed, and values keep the cells in which they were read
    /// first; unless another source said otherwise in between, by day and on one day by import: then this row has the last
    /// word.
    pub fn merge(&mut self, row: Part, files: &FileColumns, confirmed: &[RowDate]) -> Merged {
        let Some(at) = self.parts.iter().position(|part| part.is_same_row(&row)) else {
            self.parts.push(row);
            return Merged { changed: true, part: self.parts.len() - 1, ..Merged::default() };
        };
        let date = row.as_of.first().copied();
        let columns = date.and_then(|date| files.of(date.import)).unwrap_or_default();
        let part = &self.parts[at];
        let newer: Vec<RowDate> = part
            .as_of
            .iter()
            .chain(confirmed)
            .copied()
            .filter(|other| date.is_some_and(|date| *other > date))
            .collect();
        let is_stale = |column: &String| {
            newer.iter().any(|other| match files.of(other.import) {
                Some(columns) => columns.contains(column),
                None => part.values.iter().any(|v| v.cell.import == other.import && v.column == *column),
            })
        };
        let fresh: Vec<&String> = columns.iter().filter(|column| !is_stale(column)).collect();
        let laid_aside = fresh.len() < columns.len();
        let taken: Vec<Value> = row.values.into_iter().filter(|v| fresh.contains(&&v.column)).collect();
        let (replaced, kept): (Vec<&Value>, Vec<&Value>) =
            part.values.iter().partition(|value| fresh.contains(&&value.column));
        let same = replaced.len() == taken.len()
            && replaced.iter().zip(&taken).all(|(old, new)| old.says_the_same(new));
        if same && !date.is_some_and(|date| self.is_contradicted(at, &replaced, date)) {
            return Merged { laid_aside, part: at, ..Merged::default() };
        }
        let mut values: Vec<Value> = kept.into_iter().cloned().collect();
        values.extend(taken);
        let part = &mut self.parts[at];
        part.values = values;
        if let Some(date) = date {
            part.as_of.retain(|other| other.import != date.import);
            part.as_of.push(date);
        }
        part.forget_outdated(files);
        Merged { changed: true, laid_aside, again: same, part: at }
    }

    /// Whether another source says otherwise than these values of a part, is newer than they are, and older than `now`.
    fn is_contradicted(&self, at: usize, values: &[&Value], now: RowDate) -> bool {
        let part = &self.parts[at];
        // Who was merged is compared with nobody: parted again, they are who they would have been.
        let others = self.parts.iter().filter(|o| o.source != part.source && o.origin == part.origin);
        others.into_iter().any(|other| {
            other.values.iter().any(|theirs| {
                other.date_of(theirs.cell.import).is_some_and(|row| row < now)
                    && values.iter().any(|ours| {
                        ours.field == theirs.field
                            && ours.text != theirs.text
                            && other.newness(theirs) > part.newness(ours)
                    })
            })
        })
    }

    /// All values of a field, newest first: by the day on which their row was current, then by import; of one import in
    /// the order of parts and columns. A person's further row counts as of the import of their first one of that day, so
    /// that one which was rejected and mended stands behind it.
    #[must_use]
    pub fn values(&self, field: Field) -> Vec<&Value> {
        self.values_in_parts(field).into_iter().map(|(_, value)| value).collect()
    }

    /// How new a value of a part is among those of all parts.
    fn newness(&self, part: &Part, value: &Value) -> (Option<Date>, u32) {
        let (day, import) = part.newness(value);
        let is_first = |other: &&Part| {
            other.occurrence == 1
                && other.source == part.source
                && other.external_id == part.external_id
                && other.origin == part.origin
        };
        let first = if part.occurrence > 1 { self.parts.iter().find(is_first) } else { None };
        let rows = first.iter().flat_map(|first| &first.as_of);
        let before = rows.filter(|row| Some(row.as_of) == day && row.import < import);
        (day, before.map(|row| row.import).max().unwrap_or(import))
    }

    /// As [`Record::values`], each with the part that says it.
    #[must_use]
    pub fn values_in_parts(&self, field: Field) -> Vec<(&Part, &Value)> {
        let of = |part| move |value| (part, value);
        let mut values: Vec<(&Part, &Value)> = self
            .parts
            .iter()
            .flat_map(|part| part.values.iter().filter(|v| v.field == field).map(of(part)))
            .collect();
        let is_of_one_row = |pair: &[(&Part, &Value)]| pair[0].1.cell.import == pair[1].1.cell.import;
        if !values.windows(2).all(|pair| is_of_one_row(pair) && std::ptr::eq(pair[0].0, pair[1].0)) {
            values.sort_by_key(|(part, value)| Reverse(self.newness(part, value)));
        }
        values
    }
}

#[cfg(test)]
mod tests {
    //! - a further row of a person stands behind the first, also where it was imported later on the same day
    //! - the same row again changes nothing
    //! - a newer row replaces its own columns and no others; an emptied cell takes back
    //! - an older row, imported later, replaces nothing that a newer one spoke for, not even an empty cell
    //! - another source adds a part, and the newest day comes first, whichever was imported first
    //! - who says it again has the last word, where another source said otherwise meanwhile

    use super::*;

    fn day(day: i8) -> Date {
        Date::new(2026, 11, day).unwrap()
    }

    fn part(source: &str, import: u32, on: i8, values: &[(&str, &str)]) -> Part {
        let value = |(column, text): &(&str, &str)| Value {
            field: Field::Skills,
            column: (*column).into(),
            text: (*text).into(),
            cell: Cell { import, line: 2 },
            reading: Reading::default(),
        };
        let mut part = Part::new(source, Some("1".into()), values.iter().map(value).collect());
        part.as_of.push(RowDate { as_of: day(on), import });
        part
    }

    fn files(columns: &[(u32, &[&str])]) -> FileColumns {
        let mut files = FileColumns::default();
        for (import, names) in columns {
            files.insert(*import, names.iter().map(|n| (*n).to_owned()).collect());
        }
        files
    }

    fn said(part: &Part) -> Vec<(&str, &str)> {
        part.values.iter().map(|v| (&*v.column, &*v.text)).collect()
    }

    #[test]
    fn the_same_row_again_changes_nothing() {
        let mut record = Record::new(CandidateNumber(1), part("a", 1, 1, &[("x", "1"), ("y", "2")]));
        let before = record.clone();
        let files = files(&[(1, &["x", "y"]), (2, &["x", "y", "z"])]);
        let merged = record.merge(part("a", 2, 2, &[("x", "1"), ("y", "2")]), &files, &[]);
        assert_eq!((merged, record), (Merged::default(), before));
    }

    #[test]
    fn a_newer_row_replaces_its_own_columns_and_no_others() {
        let mut record = Record::new(CandidateNumber(1), part("a", 1, 1, &[("x", "1"), ("y", "2")]));
        let files = files(&[(1, &["x", "y"]), (2, &["x", "z"]), (3, &["y"])]);
        assert!(record.merge(part("a", 2, 1, &[("x", "3")]), &files, &[]).changed);
        assert_eq!(said(&record.parts[0]), [("y", "2"), ("x", "3")]);
        assert!(record.merge(part("a", 3, 1, &[]), &files, &[]).changed);
        assert_eq!(said(&record.parts[0]), [("x", "3")]);
    }

    #[test]
    fn an_order_of_dates_found_later_is_new_and_another_day_of_reading_is_not() {
        let with = |import, order, as_of: &str| {
            let mut part = part("a", import, i8::try_from(import).unwrap(), &[("x", "03/04/2027")]);
            part.values[0].reading = Reading { order, as_of: as_of.parse().ok() };
            part
        };
        let files = files(&[(1, &["x"]), (2, &["x"]), (3, &["x"])]);
        let mut record = Record::new(CandidateNumber(1), with(1, None, "2026-11-01"));
        assert!(!record.merge(with(2, None, "2026-12-01"), &files, &[]).changed);
        assert!(record.merge(with(3, Some(DateOrder::DayFirst), "2026-12-01"), &files, &[]).changed);
    }

    #[test]
    fn what_a_reading_leaves_out_is_not_written_and_reads_back() {
        let mut value = part("a", 1, 1, &[("x", "1")]).values.remove(0);
        let plain = serde_json::to_string(&value).unwrap();
        assert!(!plain.contains("\"w\""), "{plain}");
        assert_eq!(serde_json::from_str::<Value>(&plain).unwrap(), value);
        value.reading = Reading { order: Some(DateOrder::MonthFirst), as_of: "2026-11-01".parse().ok() };
        let written = serde_json::to_string(&value).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value, "{written}");
    }

    #[test]
    fn an_older_row_replaces_nothing_that_a_newer_one_spoke_for() {
        let mut record = Record::new(CandidateNumber(1), part("a", 1, 9, &[("x", "new")]));
        let files = files(&[(1, &["x", "y"]), (2, &["x", "y", "z"])]);
        let merged = record.merge(part("a", 2, 3, &[("x", "old"), ("y", "old"), ("z", "old")]), &files, &[]);
        assert_eq!(merged, Merged { changed: true, laid_aside: true, ..Merged::default() });
        assert_eq!(said(&record.parts[0]), [("x", "new"), ("z", "old")], "y was empty in the newer row");
        // A row that said the same as stood there counts, too.
        let mut record = Record::new(CandidateNumber(1), part("a", 1, 1, &[("x", "1")]));
        let confirmed = [RowDate { as_of: day(9), import: 2 }];
        let files = self::files(&[(1, &["x"]), (2, &["x"]), (3, &["x"])]);
        let merged = record.merge(part("a", 3, 5, &[("x", "between")]), &files, &confirmed);
        assert_eq!(merged, Merged { laid_aside: true, ..Merged::default() });
    }

    #[test]
    fn of_several_sources_the_newest_day_comes_first() {
        let mut record = Record::new(CandidateNumber(1), part("a", 1, 9, &[("x", "newer")]));
        let files = files(&[(1, &["x"]), (2, &["x"]), (3, &["x"])]);
        assert!(record.merge(part("b", 2, 3, &[("x", "older")]), &files, &[]).changed);
        let texts = |r: &Record| r.values(Field::Skills).iter().map(|v| v.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&record), ["newer", "older"]);
        // The other source says it again, later: that is the last word now, and stays it.
        assert!(record.merge(part("b", 3, 10, &[("x", "older")]), &files, &[]).changed);
        assert_eq!(texts(&record), ["older", "newer"]);
        assert!(!record.merge(part("b", 3, 10, &[("x", "older")]), &files, &[]).changed);
        // On one day, the later import.
        let files = self::files(&[(1, &["x"]), (2, &["x"]), (3, &["x"]), (4, &["x"]), (5, &["x"])]);
        let merged = record.merge(part("a", 4, 10, &[("x", "newer")]), &files, &[]);
        assert_eq!(merged, Merged { changed: true, again: true, ..Merged::default() });
        assert_eq!(texts(&record), ["newer", "older"]);
        assert!(record.merge(part("b", 5, 10, &[("x", "older")]), &files, &[]).again);
        assert_eq!(texts(&record), ["older", "newer"]);
    }

    #[test]
    fn a_further_row_stands_behind_the_first_of_its_day() {
        let further = |import, on, occurrence, text| {
            let mut part = part("a", import, on, &[("x", text)]);
            part.occurrence = occurrence;
            part
        };
        let files = files(&[(1, &["x"]), (2, &["x"]), (3, &["x"]), (4, &["x"]), (5, &["x"])]);
        let mut record = Record::new(CandidateNumber(1), part("a", 1, 7, &[("x", "first")]));
        record.merge(further(3, 7, 2, "mended"), &files, &[]);
        record.merge(further(4, 7, 3, "mended, too"), &files, &[]);
        let texts = |r: &Record| r.values(Field::Skills).iter().map(|v| v.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&record), ["first", "mended", "mended, too"]);
        record.merge(part("b", 2, 7, &[("x", "other")]), &files, &[]);
        assert_eq!(texts(&record), ["other", "first", "mended", "mended, too"]);
        record.merge(further(5, 8, 2, "next day"), &files, &[]);
        assert_eq!(texts(&record), ["next day", "other", "first", "mended, too"]);
    }
}
