//! Where rows come from: text that is split into records, or something that gives cells.
//!
//! Worksheets, JSON, CVs: whatever is no text of cells comes as a [`CellSource`]. Behind [`Rows`] all of them are alike:
//! cells, the line that a person finds them by, and the bytes that go to the rejects file.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io;

use stackscout_profile::signs::guarded;

use crate::fields::{CELL_BYTES_MAX, Fields};
use crate::preamble::is_footer;
use crate::records::{Fault, LINES_AHEAD_MAX, Records};
use crate::ticks::Sample;

/// Gives rows of cells, one after the other.
pub(crate) trait CellSource: Send {
    /// The next row; `None` at the end.
    fn next(&mut self) -> io::Result<Option<CellRow>>;

    /// What was noticed on the way and belongs to no single row.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// Rejected rows of a source are written in its own form where it has one for single rows.
    fn form(&self) -> RejectsForm {
        RejectsForm::Csv
    }
}

/// How the rows of a rejects file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RejectsForm {
    /// Cells below a header.
    Csv,
    /// An object on each line.
    JsonLines,
}

impl RejectsForm {
    /// Ending of a file of this form.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// A row as a source gives it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct CellRow {
    /// Line, row of the sheet, or number of the document, from 1.
    pub line: u64,
    pub fields: Fields,
    /// Why it is no row.
    pub fault: Option<Fault>,
    /// Its bytes where they are not those of its cells.
    pub raw: Option<Vec<u8>>,
}

/// Rows of a file.
#[expect(clippy::large_enum_variant, reason = "there is one for a file")]
pub(crate) enum Rows {
    Text(Box<Records>),
    Cells(Cells),
}

impl Rows {
    /// Reads the next row; `None` at the end. Blank lines, and lines of nothing but empty cells, are none.
    pub fn next(&mut self) -> io::Result<Option<Result<(), Fault>>> {
        match self {
            Self::Text(records) => records.next(),
            Self::Cells(cells) => cells.next(),
        }
    }

    /// Whether no row follows but such as close a table.
    pub fn is_last(&mut self) -> io::Result<bool> {
        match self {
            Self::Text(records) => records.is_last(),
            Self::Cells(cells) => cells.is_last(),
        }
    }

    /// The cells of the last row.
    pub fn fields(&self) -> &Fields {
        match self {
            Self::Text(records) => records.fields(),
            Self::Cells(cells) => &cells.row.fields,
        }
    }

    /// The line of the last row.
    pub fn line(&self) -> u64 {
        match self {
            Self::Text(records) => records.line(),
            Self::Cells(cells) => cells.row.line,
        }
    }

    /// The last line that was looked at.
    pub fn last_number(&mut self) -> u64 {
        match self {
            Self::Text(records) => records.lines().last_number(),
            Self::Cells(cells) => cells.ahead.back().map_or(cells.row.line, |row| row.line),
        }
    }

    /// The bytes of the last row.
    pub fn raw(&self) -> Cow<'_, [u8]> {
        match self {
            Self::Text(records) => Cow::Borrowed(records.raw()),
            Self::Cells(cells) => match &cells.row.raw {
                Some(raw) => Cow::Borrowed(raw),
                None => Cow::Owned(as_guarded_csv(&cells.row.fields, cells.columns.unwrap_or(0))),
            },
        }
    }

    /// What was noticed and belongs to no single row.
    pub fn notes(&self) -> Vec<String> {
        match self {
            Self::Text(_) => Vec::new(),
            Self::Cells(cells) => cells.notes(),
        }
    }

    pub fn form(&self) -> RejectsForm {
        match self {
            Self::Text(_) => RejectsForm::Csv,
            Self::Cells(cells) => cells.source.form(),
        }
    }
}

/// Rows of a source, of which the first are looked at before they are read.
pub(crate) struct Cells {
    source: Box<dyn CellSource>,
    ahead: VecDeque<CellRow>,
    row: CellRow,
    /// Columns of the header; nothing is checked before it is known.
    columns: Option<usize>,
    /// Rows that hold something to the right of the last column, and the first of them.
    wide: (u64, u64),
}

impl Cells {
    /// Looks at the first rows: as many as both limits allow.
    pub fn new(mut source: Box<dyn CellSource>, rows_max: usize, bytes_max: usize) -> io::Result<Self> {
        let mut ahead = VecDeque::new();
        let mut bytes = 0;
        while ahead.len() < rows_max && bytes < bytes_max {
            let Some(row) = source.next()? else { break };
            bytes += row.fields.byte_len();
            ahead.push_back(row);
        }
        Ok(Self { source, ahead, row: CellRow::default(), columns: None, wide: (0, 0) })
    }

    /// The cells of the last row.
    pub fn fields(&self) -> &Fields {
        &self.row.fields
    }

    /// How rejected rows are written.
    pub fn form(&self) -> RejectsForm {
        self.source.form()
    }

    /// Cells of the widest of the first rows.
    pub fn width(&self) -> usize {
        self.ahead.iter().map(|row| row.fields.len()).max().unwrap_or(0)
    }

    /// Says how many columns the header has.
    pub fn set_columns(&mut self, columns: usize) {
        self.columns = Some(columns);
    }

    /// What the cells of the first rows are.
    pub fn sample(&self) -> Sample {
        let mut sample = Sample::default();
        self.ahead.iter().filter(|row| row.fault.is_none()).for_each(|row| sample.add(&row.fields));
        sample
    }

    /// The first rows as CSV, of which those that are none are left out.
    pub fn sample_as_csv(&self) -> Vec<u8> {
        let good = self.ahead.iter().filter(|row| row.fault.is_none());
        good.flat_map(|row| as_csv(&row.fields, 0)).collect()
    }

    fn next(&mut self) -> io::Result<Option<Result<(), Fault>>> {
        loop {
            let row = match self.ahead.pop_front() {
                Some(row) => row,
                None => match self.source.next()? {
                    Some(row) => row,
                    None => return Ok(None),
                },
            };
            if row.fault.is_none() && row.fields.is_blank() {
                continue;
            }
            self.row = row;
            return Ok(Some(self.check()));
        }
    }

    fn is_last(&mut self) -> io::Result<bool> {
        for at in 0..LINES_AHEAD_MAX {
            if at == self.ahead.len() {
                let Some(row) = self.source.next()? else { return Ok(true) };
                self.ahead.push_back(row);
            }
            let CellRow { fault, fields, .. } = &self.ahead[at];
            if fault.is_some() || !(fields.is_blank() || is_footer(fields.iter())) {
                return Ok(false);
            }
        }
        Ok(false)
    }

    /// What makes a row of cells no row.
    fn check(&mut self) -> Result<(), Fault> {
        if let Some(fault) = self.row.fault.take() {
            return Err(fault);
        }
        let fields = &self.row.fields;
        let blame = |bad: &dyn Fn(&[u8]) -> bool| fields.iter().position(bad);
        let fault =
            |code, field, reason: &str| Err(Fault { code, field: Some(field), reason: reason.to_owned() });
        if let Some(field) = blame(&|cell| cell.len() > CELL_BYTES_MAX) {
            return fault("long-cell", field, "holds more than 1 MiB");
        }
        if let Some(field) = blame(&|cell| cell.contains(&0)) {
            return fault("nul-byte", field, "holds a NUL byte");
        }
        if let Some(columns) = self.columns
            && (columns..fields.len()).any(|at| !fields.get(at).trim_ascii().is_empty())
        {
            let first = if self.wide.0 == 0 { self.row.line } else { self.wide.1 };
            self.wide = (self.wide.0 + 1, first);
        }
        Ok(())
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.source.notes();
        let (wide, first) = self.wide;
        if wide > 0 {
            notes.push(format!(
                "{wide} rows hold cells to the right of the last column, the first in line {first}; these are not read"
            ));
        }
        notes
    }
}

/// A row as CSV for spreadsheets: what would run as a formula is guarded, and is itself again where the file is imported.
/// A cell that is no text stays as it is: its row was rejected, and is again.
pub(crate) fn as_guarded_csv(fields: &Fields, columns: usize) -> Vec<u8> {
    let guard = |cell| match str::from_utf8(cell) {
        Ok(text) => guarded(text).into_owned().into_bytes(),
        Err(_) => cell.to_vec(),
    };
    as_csv(&fields.iter().map(guard).collect(), columns)
}

/// A row as CSV, of at least `columns` cells.
pub(crate) fn as_csv(fields: &Fields, columns: usize) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let cells = (0..fields.len().max(columns)).map(|at| fields.get(at));
    // Writing into memory does not fail, and neither does taking the memory back.
    let written = writer.write_record(cells).is_ok();
    writer.into_inner().ok().filter(|_| written).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    //! - blank rows are no rows
    //! - what stands beside the table is not read, and said
    //! - a row as CSV reads back as it is

    use proptest::prelude::*;

    use super::*;
    use crate::fields::Splitter;

    struct Given(VecDeque<CellRow>);

    impl CellSource for Given {
        fn next(&mut self) -> io::Result<Option<CellRow>> {
            Ok(self.0.pop_front())
        }
    }

    fn rows(lines: &[(u64, &[&str])]) -> Cells {
        let row = |(line, cells): &(u64, &[&str])| CellRow {
            line: *line,
            fields: cells.iter().collect(),
            ..CellRow::default()
        };
        Cells::new(Box::new(Given(lines.iter().map(row).collect())), 2, 100).unwrap()
    }

    #[test]
    fn blank_rows_are_none_and_cells_beside_the_table_are_said() {
        let mut cells = rows(&[(1, &["a", "b"]), (2, &["", " "]), (3, &["1"]), (7, &["1", "2", "3"])]);
        assert_eq!(cells.width(), 2);
        cells.set_columns(2);
        let mut lines = Vec::new();
        while let Some(row) = cells.next().unwrap() {
            lines.push((cells.row.line, row.is_ok()));
        }
        assert_eq!(lines, [(1, true), (3, true), (7, true)]);
        assert!(cells.notes()[0].starts_with("1 rows hold cells"), "{:?}", cells.notes());
    }

    #[test]
    fn cells_that_no_cell_holds_are_rejected() {
        let long = "x".repeat(CELL_BYTES_MAX + 1);
        let mut cells = rows(&[(1, &["a", "\0"]), (2, &["", &long])]);
        let codes: Vec<_> =
            std::iter::from_fn(|| cells.next().unwrap()).map(|row| row.unwrap_err()).collect();
        let codes: Vec<_> = codes.iter().map(|fault| (fault.code, fault.field)).collect();
        assert_eq!(codes, [("nul-byte", Some(1)), ("long-cell", Some(1))]);
    }

    proptest! {
        #[test]
        fn a_row_as_csv_reads_back(cells in proptest::collection::vec("[a\",\n; é]{0,6}", 1..5)) {
            let fields: Fields = cells.iter().collect();
            let written = as_csv(&fields, 0);
            let mut splitter = Splitter::new(b',');
            splitter.begin(written.strip_suffix(b"\n").unwrap(), b"\n");
            prop_assert_eq!(&splitter.fields, &fields);
        }
    }
}
