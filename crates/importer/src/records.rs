//! From lines to records: a quote may hold line breaks, and an open quote must not hold rows.
//!
//! A reader that trusts quotes loses every row after one that was opened and not closed: of 40 rows, 15 came out, and no
//! error. Here a quote that is still open at the end of its line is followed through the next lines on trial. The trial
//! fails where the quote does not close within [`QUOTED_LINES_MAX`] lines and the largest cell, where text follows the
//! closing quote, and where one of the lines between is a row of its own ([`Records::swallowed`]). Then the line on which
//! the quote opened is rejected, and reading resumes at the line after it.

use std::io;
use std::sync::Arc;

use crate::fields::{CELL_BYTES_MAX, CellFault, Fields, Splitter};
use crate::lines::{Line, Lines};
use crate::preamble::is_footer;

/// Lines of a quoted cell at most. A CV pasted into a cell has about a hundred.
pub(crate) const QUOTED_LINES_MAX: usize = 200;

/// Lines behind a row that are looked through for another.
pub(crate) const LINES_AHEAD_MAX: usize = 1_000;

/// From this many columns on, a line with a row's number of cells is one even where no cell has a telling form.
const WIDE_COLUMNS_MIN: usize = 6;

/// Why a record is no row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub code: &'static str,
    /// Place of the cell, where one is to blame.
    pub field: Option<usize>,
    pub reason: String,
}

/// Reads records one after the other; the last one read stays at hand.
pub(crate) struct Records {
    lines: Lines,
    splitter: Splitter,
    trial: Splitter,
    /// Fields of the header and those that a row must have; nothing is checked before the header is known.
    columns: Option<(usize, usize)>,
    /// Line on which the last record begins.
    line: u64,
    /// Its bytes.
    raw: Vec<u8>,
    /// Bytes that were skipped before it: blank lines.
    skipped: Vec<u8>,
    blank: Arc<[u8]>,
    /// Name of the encoding that the file was decoded from.
    encoding: &'static str,
}

impl Records {
    pub fn new(lines: Lines, delimiter: u8, encoding: &'static str) -> Self {
        Self {
            lines,
            splitter: Splitter::new(delimiter),
            trial: Splitter::new(delimiter),
            columns: None,
            line: 0,
            raw: Vec::new(),
            skipped: Vec::new(),
            blank: Arc::from([delimiter, b'"', b' ', b'\t', b'\r', b'\n']),
            encoding,
        }
    }

    /// Says how many columns the header has, and up to which the last named one is: rows must reach it.
    pub fn set_columns(&mut self, all: usize, named: usize) {
        self.columns = Some((all, named));
    }

    pub fn fields(&self) -> &Fields {
        &self.splitter.fields
    }

    pub fn line(&self) -> u64 {
        self.line
    }

    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Blank lines that stood before the record.
    pub fn skipped(&self) -> &[u8] {
        &self.skipped
    }

    pub fn lines(&mut self) -> &mut Lines {
        &mut self.lines
    }

    /// Reads the next record; `None` at the end. Blank lines, and lines of nothing but empty cells, are none.
    pub fn next(&mut self) -> io::Result<Option<Result<(), Fault>>> {
        self.skipped.clear();
        loop {
            let Some(line) = self.lines.next()? else { return Ok(None) };
            if line.bytes.iter().all(|b| self.blank.contains(b)) && !self.opens_quote(&line) {
                // Only the blank lines before a header are ever asked for.
                if self.columns.is_none() {
                    self.skipped.extend_from_slice(&line.bytes);
                }
                continue;
            }
            let (number, offset) = (line.number, line.offset);
            self.line = number;
            let split = self.split(line)?;
            if split.is_ok() && self.fields().is_blank() && !self.raw.contains(&0) {
                continue;
            }
            return Ok(Some(split.and_then(|()| self.check(offset))));
        }
    }

    /// Whether nothing follows but blank lines, and lines that close a table.
    pub fn is_last(&mut self) -> io::Result<bool> {
        let mut ahead = Vec::new();
        let mut is_last = true;
        while is_last && let Some(line) = self.lines.next()? {
            let (content, end) = line.split_end();
            let closes = line.bytes.iter().all(|b| self.blank.contains(b))
                || self.trial.begin(content, end) && is_footer(self.trial.fields.iter());
            is_last = closes && ahead.len() < LINES_AHEAD_MAX;
            ahead.push(line);
        }
        self.lines.put_back(ahead.into_iter());
        Ok(is_last)
    }

    fn opens_quote(&mut self, line: &Line) -> bool {
        let (content, end) = line.split_end();
        !self.trial.begin(content, end) || self.trial.fault.is_some() || !self.trial.fields.is_blank()
    }

    /// Splits the record that begins with `first`, reading on through its quoted line breaks.
    fn split(&mut self, first: Line) -> io::Result<Result<(), Fault>> {
        self.raw.clear();
        if first.cut {
            self.raw.extend_from_slice(&first.bytes);
            let reason = "is a line of more than 16 MiB; the rejects file holds its beginning".to_owned();
            return Ok(Err(Fault { code: "long-line", field: None, reason }));
        }
        let (content, end) = first.split_end();
        let mut complete = self.splitter.begin(content, end);
        if complete {
            self.raw.extend_from_slice(&first.bytes);
            return Ok(self.cell_fault().map_or(Ok(()), Err));
        }
        let mut quote = Quote { line: 0, field: self.splitter.open_field() };
        let mut trial = Trial { lines: vec![first], inside: vec![quote] };
        while !complete {
            let field = self.splitter.open_field();
            if field != quote.field {
                quote = Quote { line: trial.lines.len() - 1, field };
            }
            let span = trial.lines.len() - quote.line;
            if span > QUOTED_LINES_MAX || self.splitter.open_bytes() > CELL_BYTES_MAX {
                return Ok(Err(self.resume_after(quote, trial.lines)));
            }
            let Some(line) = self.lines.next()? else {
                return Ok(Err(self.resume_after(quote, trial.lines)));
            };
            if line.cut {
                trial.lines.push(line);
                return Ok(Err(self.resume_after(quote, trial.lines)));
            }
            let (content, end) = line.split_end();
            complete = self.splitter.go_on(content, end);
            trial.lines.push(line);
            trial.inside.push(quote);
        }
        if self.splitter.fault == Some(CellFault::TextAfterQuote(quote.field)) {
            return Ok(Err(self.resume_after(quote, trial.lines)));
        }
        if let Some(at) = self.swallowed(&trial) {
            return Ok(Err(self.resume_after(trial.inside[at], trial.lines)));
        }
        trial.lines.iter().for_each(|line| self.raw.extend_from_slice(&line.bytes));
        Ok(self.cell_fault().map_or(Ok(()), Err))
    }

    /// Gives the record up to the line on which the open quote stands, and puts the others back.
    fn resume_after(&mut self, quote: Quote, mut lines: Vec<Line>) -> Fault {
        let line = lines[quote.line].number;
        let rest = lines.split_off(quote.line + 1);
        lines.iter().for_each(|line| self.raw.extend_from_slice(&line.bytes));
        self.lines.put_back(rest.into_iter());
        let reason = format!("opens a quote in line {line} that does not close before other rows");
        Fault { code: "open-quote", field: Some(quote.field), reason }
    }

    /// The first line inside of a quoted cell that is a row of its own; its place in the trial.
    fn swallowed(&mut self, trial: &Trial) -> Option<usize> {
        let (all, _) = self.columns?;
        let telling: Vec<(usize, Form)> = (0..all)
            .take_while(|at| *at < self.splitter.fields.len())
            .map(|at| (at, Form::of(self.splitter.fields.get(at))))
            .filter(|(_, form)| *form != Form::Other)
            .collect();
        let mut rows = Vec::new();
        let mut opens_quote = false;
        for at in 1..trial.lines.len() {
            if let Some(alone) = self.row_alone(&trial.lines[at], all, &telling) {
                opens_quote |= alone == Alone::Open;
                rows.push(at);
            }
        }
        // Without a telling cell, text of as many commas would do: then all lines must be rows, and several of them or
        // wide ones; or the quote that closes the cell stands where one opens.
        let lines = trial.lines.len() - 1;
        let all_rows = rows.len() == lines && (all >= WIDE_COLUMNS_MIN || (all >= 3 && lines >= 2));
        let sure = !telling.is_empty() || all_rows || opens_quote;
        rows.first().copied().filter(|_| sure)
    }

    /// What a line is alone, where it has as many cells as the header, of the forms that the record has.
    fn row_alone(&mut self, line: &Line, all: usize, telling: &[(usize, Form)]) -> Option<Alone> {
        let (content, end) = line.split_end();
        // A quote after text in the first cell closes a cell of an earlier line: what stands behind it is the rest of
        // that record, and speaks for no row.
        if let Some(at) = content.iter().position(|b| *b == b'"')
            && at > 0
            && !content[..at].iter().any(|b| matches!(b, b',' | b';' | b'\t' | b'|'))
        {
            return None;
        }
        let complete = self.trial.begin(content, end);
        let fields = &self.trial.fields;
        let count = fields.len() + usize::from(!complete);
        let same_forms =
            telling.iter().all(|(at, form)| *at < fields.len() && Form::of(fields.get(*at)) == *form);
        (all > 1 && count == all && same_forms).then_some(if complete {
            Alone::Complete
        } else {
            Alone::Open
        })
    }

    fn cell_fault(&self) -> Option<Fault> {
        self.splitter.fault.map(|fault| match fault {
            CellFault::TextAfterQuote(field) => Fault {
                code: "bad-quote",
                field: Some(field),
                reason: "has text after a closing quote; a quote inside of quotes is written twice"
                    .to_owned(),
            },
            CellFault::Long(field) => {
                Fault { code: "long-cell", field: Some(field), reason: "holds more than 1 MiB".to_owned() }
            }
        })
    }

    /// What makes a split record no row of this file.
    fn check(&self, offset: u64) -> Result<(), Fault> {
        let blame = |bad: &dyn Fn(&[u8]) -> bool| self.fields().iter().position(bad);
        if self.raw.contains(&0) {
            let field = blame(&|cell| cell.contains(&0));
            return Err(Fault { code: "nul-byte", field, reason: "holds a NUL byte".to_owned() });
        }
        if let Err(e) = std::str::from_utf8(&self.raw) {
            let field = blame(&|cell| std::str::from_utf8(cell).is_err());
            let reason = match self.encoding {
                "UTF-8" => {
                    let at = offset + e.valid_up_to() as u64;
                    format!("is not UTF-8 at byte offset {at} of the file")
                }
                other => format!("holds a byte that is no text in {other}"),
            };
            return Err(Fault { code: "not-utf8", field, reason });
        }
        let Some((all, named)) = self.columns else { return Ok(()) };
        let fields = self.fields();
        let rest_is_empty = || (all..fields.len()).all(|at| fields.get(at).trim_ascii().is_empty());
        if fields.len() < named || (fields.len() > all && !rest_is_empty()) {
            let reason = format!("has {} fields where the header has {all}", fields.len());
            return Err(Fault { code: "field-count", field: None, reason });
        }
        Ok(())
    }
}

/// Lines read on trial, because a quote was open.
struct Trial {
    lines: Vec<Line>,
    /// For each line after the first, the quote inside of which it begins.
    inside: Vec<Quote>,
}

/// Where a quote opened.
#[derive(Debug, Clone, Copy)]
struct Quote {
    /// Place of the line in the trial.
    line: usize,
    /// Place of the cell in the record.
    field: usize,
}

/// A line that would be a row if it stood alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alone {
    Complete,
    /// Its last cell opens a quote.
    Open,
}

/// The form of a cell, as far as it tells rows from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Digits,
    /// An id or a date: one word with a digit in it.
    Code,
    Address,
    Other,
}

impl Form {
    fn of(cell: &[u8]) -> Self {
        let cell = cell.trim_ascii();
        let is_code = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b':');
        if cell.is_empty() || cell.iter().any(u8::is_ascii_whitespace) {
            Self::Other
        } else if cell.iter().all(u8::is_ascii_digit) {
            Self::Digits
        } else if cell.contains(&b'@') {
            Self::Address
        } else if cell.iter().all(is_code) && cell.iter().any(u8::is_ascii_digit) {
            Self::Code
        } else {
            Self::Other
        }
    }
}
