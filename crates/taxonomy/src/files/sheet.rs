//! A CSV file taken apart, line by line: no cell of a taxonomy holds a line break, so that a quote that stays open
//! costs its own line and no other, and every problem is found at once.

use csv::StringRecord;
use serde::de::DeserializeOwned;

use super::schema::{NOTE, Schema};
use super::{FILE_BYTES_MAX, Problem};
use crate::TaxonomyError;

/// A file's rows, cells in the order of the schema's columns.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(super) schema: &'static Schema,
    pub(super) rows: Vec<Row>,
    has_notes: bool,
    /// Whether every line was read.
    is_whole: bool,
    /// The text as it stands in the file, to compare its form with the canonical one.
    text: String,
}

/// A row, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub line: u64,
    pub cells: Vec<String>,
    /// Remark, where the file has a column for them.
    note: String,
}

/// Longest cell, in bytes: an assessment's task is a few sentences.
const CELL_BYTES_MAX: usize = 4_000;
/// Most rows of one file.
const ROWS_MAX: usize = 200_000;

impl Row {
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }
}

impl Sheet {
    /// Takes a file apart. Rows that cannot be read are left out, and named.
    pub(super) fn parse(schema: &'static Schema, bytes: &[u8]) -> (Self, Vec<Problem>) {
        let mut sheet =
            Self { schema, rows: Vec::new(), has_notes: false, is_whole: false, text: String::new() };
        let mut problems = Vec::new();
        let mut report = |line: u64, column: Option<&str>, reason: String| {
            let (file, column) = (schema.name.to_owned(), column.map(str::to_owned));
            problems.push(Problem { file, line, column, reason });
        };
        if bytes.len() > FILE_BYTES_MAX {
            report(0, None, format!("has {} bytes, more than {FILE_BYTES_MAX}", bytes.len()));
            return (sheet, problems);
        }
        sheet.text = String::from_utf8_lossy(bytes).into_owned();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut order: Option<Vec<usize>> = None;
        for (at, line) in lines(bytes).into_iter().enumerate() {
            let number = at as u64 + 1;
            let Ok(text) = std::str::from_utf8(line) else {
                let byte = std::str::from_utf8(line).map_or_else(|e| e.valid_up_to(), str::len) + 1;
                report(number, None, format!("is no UTF-8 from byte {byte} of the line on"));
                continue;
            };
            if text.trim().is_empty() {
                report(number, None, "is blank".to_owned());
                continue;
            }
            let cells = match split_line(text) {
                Ok(cells) => cells,
                Err(reason) => {
                    report(number, None, reason.to_owned());
                    continue;
                }
            };
            let Some(order) = &order else {
                match column_order(schema, &cells) {
                    Ok(found) => {
                        sheet.has_notes = cells.iter().any(|cell| cell == NOTE);
                        order = Some(found);
                    }
                    Err(reasons) => {
                        reasons
                            .into_iter()
                            .for_each(|(column, reason)| report(number, column.as_deref(), reason));
                        return (sheet, problems);
                    }
                }
                continue;
            };
            if cells.len() != order.len() {
                report(
                    number,
                    None,
                    format!("has {} cells where the header has {}", cells.len(), order.len()),
                );
                continue;
            }
            if sheet.rows.len() == ROWS_MAX {
                report(number, None, format!("is beyond {ROWS_MAX} rows"));
                break;
            }
            let mut row =
                Row { line: number, cells: vec![String::new(); schema.columns.len()], note: String::new() };
            for (cell, column) in cells.into_iter().zip(order) {
                match row.cells.get_mut(*column) {
                    Some(place) => *place = cell,
                    None => row.note = cell,
                }
            }
            for (cell, column) in row.cells.iter().zip(schema.columns) {
                if cell.len() > CELL_BYTES_MAX {
                    report(
                        number,
                        Some(column),
                        format!("has {} bytes, more than {CELL_BYTES_MAX}", cell.len()),
                    );
                } else if cell.chars().any(char::is_control) {
                    report(number, Some(column), "holds a control character".to_owned());
                } else if cell.trim() != cell {
                    report(number, Some(column), "begins or ends with white space".to_owned());
                } else if cell.is_empty() && !schema.may_be_empty.contains(column) {
                    report(number, Some(column), "is empty".to_owned());
                } else {
                    continue;
                }
                row.line = 0;
            }
            if row.line > 0 {
                sheet.rows.push(row);
            }
        }
        if order.is_none() {
            report(0, None, format!("has no header: {}", schema.columns.join(",")));
        }
        sheet.is_whole = problems.is_empty();
        (sheet, problems)
    }

    pub(crate) fn name(&self) -> &'static str {
        self.schema.name
    }

    /// The rows as the loader takes them, in the order of the first column where it is an id.
    pub(crate) fn typed<T: DeserializeOwned>(&self) -> Result<Vec<T>, TaxonomyError> {
        let header = StringRecord::from(self.schema.columns.to_vec());
        let read = |row: &Row| {
            let record: StringRecord = row.cells.iter().collect();
            record
                .deserialize(Some(&header))
                .map_err(|e| TaxonomyError::row(self.schema.name, row.line, e.to_string()))
        };
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        rows.sort_by(|a, b| self.key(a).cmp(self.key(b)));
        rows.into_iter().map(read).collect()
    }

    /// What names a row.
    pub fn key<'a>(&self, row: &'a Row) -> &'a [String] {
        &row.cells[..self.schema.keys]
    }

    /// The number of a column.
    pub fn column(&self, name: &str) -> usize {
        self.schema.columns.iter().position(|column| *column == name).unwrap_or(usize::MAX)
    }

    /// Rows sorted by their keys in the order of bytes, line feeds, quotes only where needed, each row once.
    pub fn canonical(&self) -> String {
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        rows.sort_by(|a, b| self.key(a).cmp(self.key(b)).then_with(|| a.cells.cmp(&b.cells)));
        rows.dedup_by(|a, b| a.cells == b.cells);
        let mut text = self.schema.columns.join(",");
        text.push_str(if self.has_notes { ",note\n" } else { "\n" });
        for row in rows {
            let note = self.has_notes.then_some(&row.note);
            let cells: Vec<String> = row.cells.iter().chain(note).map(|cell| quoted(cell)).collect();
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        text
    }

    /// What differs from the canonical form: rows out of order, and signs that the form does not have.
    pub fn form_problems(&self) -> Vec<Problem> {
        let problem =
            |line, reason: String| Problem { file: self.schema.name.to_owned(), line, column: None, reason };
        let mut problems: Vec<Problem> = self
            .rows
            .windows(2)
            .filter(|pair| self.key(&pair[0]) > self.key(&pair[1]))
            .map(|pair| {
                problem(pair[1].line, format!("stands after line {}, which sorts behind it", pair[0].line))
            })
            .collect();
        if problems.is_empty() && self.is_whole && !self.rows.is_empty() && self.text != self.canonical() {
            let canonical = self.canonical();
            let differs = self.text.split('\n').zip(canonical.split('\n')).position(|(a, b)| a != b);
            let line = differs.map_or(0, |at| at as u64 + 1);
            problems
                .push(problem(line, "is not in canonical form (`taxonomy lint --fix` writes it)".to_owned()));
        }
        problems
    }
}

/// The lines of a file, without their ends.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> =
        bytes.split(|b| *b == b'\n').map(|l| l.strip_suffix(b"\r").unwrap_or(l)).collect();
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    lines
}

/// For each column of the header its place in the schema; beyond the schema's columns for remarks.
fn column_order(schema: &Schema, header: &[String]) -> Result<Vec<usize>, Vec<(Option<String>, String)>> {
    let mut reasons = Vec::new();
    let mut order = Vec::new();
    for (at, column) in header.iter().enumerate() {
        if header[..at].contains(column) {
            reasons.push((Some(column.clone()), "stands twice".to_owned()));
        }
        match schema.columns.iter().position(|known| known == column) {
            Some(place) => order.push(place),
            None if column == NOTE => order.push(schema.columns.len()),
            None => {
                let reason = format!("is no column of this file: {}", schema.columns.join(","));
                reasons.push((Some(column.chars().take(40).collect()), reason));
            }
        }
    }
    for column in schema.columns.iter().filter(|column| !header.iter().any(|cell| cell == *column)) {
        reasons.push((Some((*column).to_owned()), "is missing".to_owned()));
    }
    if reasons.is_empty() { Ok(order) } else { Err(reasons) }
}

/// The cells of one line of CSV.
fn split_line(line: &str) -> Result<Vec<String>, &'static str> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let end = if let Some(quoted) = rest.strip_prefix('"') {
            let mut cell = String::new();
            let mut tail = quoted;
            loop {
                let Some(at) = tail.find('"') else {
                    return Err("opens a quote that does not close in its line");
                };
                cell.push_str(&tail[..at]);
                tail = &tail[at + 1..];
                match tail.strip_prefix('"') {
                    Some(more) => {
                        cell.push('"');
                        tail = more;
                    }
                    None => break,
                }
            }
            cells.push(cell);
            tail
        } else {
            let at = rest.find(',').unwrap_or(rest.len());
            if rest[..at].contains('"') {
                return Err("holds a quote inside a cell that does not begin with one");
            }
            cells.push(rest[..at].to_owned());
            &rest[at..]
        };
        if end.is_empty() {
            return Ok(cells);
        }
        rest = end.strip_prefix(',').ok_or("has text behind a closing quote")?;
    }
}

/// A cell in quotes where it needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    //! - a line is taken apart as the csv crate does it

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cells_that_are_written_are_read_back(cells in prop::collection::vec("[a-z,\" é.]{0,8}", 1..6)) {
            prop_assume!(cells.len() > 1 || !cells[0].is_empty());
            let line = cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
            prop_assert_eq!(split_line(&line), Ok(cells.clone()), "{}", &line);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let twin: Vec<String> = reader.records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
            prop_assert_eq!(twin, cells);
        }

        #[test]
        fn any_line_is_read_or_refused(line in "[a,\"b]{0,12}") {
            if let Ok(cells) = split_line(&line) {
                let written = cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
                prop_assert_eq!(split_line(&written), Ok(cells));
            }
        }
    }
}
