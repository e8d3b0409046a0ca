//! Workbooks: sheets of Excel and of OpenDocument, row by row.
//!
//! A worksheet is read while it is unpacked, by a thread of its own that is never more than some rows ahead, so that
//! memory does not grow with the sheet. What a file claims about itself (how many texts, how large a sheet) is never
//! believed; limits are checked against what comes out. Read are shown and hidden rows, the stored results of formulas,
//! and of merged cells the first. Errors such as `#N/A` say nothing.

mod number;
mod ods;
mod texts;
mod xlsx;

use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::fields::Fields;
use crate::header::COLUMNS_MAX;
use crate::rows::{CellRow, CellSource};
use crate::xml::invalid;

/// Rows that a worksheet has at most, by both formats.
const ROWS_MAX: u64 = 1_048_576;
/// Filled cells read of one sheet: a thousand of each row.
const CELLS_MAX: u64 = 1 << 30;
/// Rows handed over at a time, and their bytes.
const BATCH_ROWS: usize = 128;
const BATCH_BYTES: usize = 1 << 20;
/// Batches that wait at most.
const BATCHES_AHEAD: usize = 4;

/// Which of the two it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BookKind {
    Excel,
    OpenDocument,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub name: String,
    /// Where it lies in the file.
    part: String,
    pub visible: bool,
}

/// An open workbook.
pub(crate) enum Book {
    Excel(xlsx::Book),
    OpenDocument(ods::Book),
}

impl Book {
    /// Reads the list of sheets.
    pub fn open(file: File, kind: BookKind) -> io::Result<Self> {
        Ok(match kind {
            BookKind::Excel => Self::Excel(xlsx::Book::open(file)?),
            BookKind::OpenDocument => Self::OpenDocument(ods::Book::open(file)?),
        })
    }

    /// The sheets, in their order.
    pub fn sheets(&self) -> &[Sheet] {
        match self {
            Self::Excel(book) => &book.sheets,
            Self::OpenDocument(book) => &book.sheets,
        }
    }

    /// Begins to read a sheet.
    pub fn read(self, sheet: Sheet) -> io::Result<SheetRows> {
        let (sender, receiver) = sync_channel(BATCHES_AHEAD);
        let work = move || {
            let mut sink = RowSink::new(sender);
            let done = match self {
                Self::Excel(book) => book.read(&sheet, &mut sink),
                Self::OpenDocument(book) => book.read(&sheet, &mut sink),
            };
            sink.finish(done);
        };
        std::thread::Builder::new().name("worksheet".to_owned()).spawn(work)?;
        Ok(SheetRows { receiver, ready: VecDeque::new(), hidden: 0, over: false })
    }
}

/// The row that is being read.
#[derive(Debug, Default)]
struct RowBuilder {
    line: u64,
    hidden: bool,
    fields: Fields,
}

impl RowBuilder {
    fn begin(&mut self, line: u64, hidden: bool) {
        self.line = line;
        self.hidden = hidden;
        self.fields.clear();
    }

    fn put(&mut self, column: usize, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if column >= COLUMNS_MAX {
            return Err(invalid("a row has more than 16,384 cells"));
        }
        if column < self.fields.len() {
            // Cells in no order are none that a program writes; the last one counts.
            let cells = (0..self.fields.len())
                .map(|at| if at == column { text.as_bytes() } else { self.fields.get(at) });
            self.fields = cells.collect();
            return Ok(());
        }
        while self.fields.len() < column {
            self.fields.push(b"");
        }
        self.fields.push(text.as_bytes());
        Ok(())
    }

    fn is_blank(&self) -> bool {
        self.fields.is_blank()
    }
}

enum Message {
    Rows(Vec<CellRow>),
    /// The end, and how many of the rows were hidden.
    End(u64),
    Failed(io::Error),
}

/// Where the reading thread puts rows.
pub(crate) struct RowSink {
    sender: SyncSender<Message>,
    batch: Vec<CellRow>,
    bytes: usize,
    cells: u64,
    hidden: u64,
}

impl RowSink {
    fn new(sender: SyncSender<Message>) -> Self {
        Self { sender, batch: Vec::new(), bytes: 0, cells: 0, hidden: 0 }
    }

    fn give(&mut self, row: &mut RowBuilder) -> io::Result<()> {
        let fields = std::mem::take(&mut row.fields);
        self.push(row.line, row.hidden, fields)
    }

    fn give_again(&mut self, row: &RowBuilder) -> io::Result<()> {
        self.push(row.line, row.hidden, row.fields.clone())
    }

    fn push(&mut self, line: u64, hidden: bool, fields: Fields) -> io::Result<()> {
        if fields.is_blank() {
            return Ok(());
        }
        self.cells += fields.len() as u64;
        if line > ROWS_MAX || self.cells > CELLS_MAX {
            return Err(invalid("it has more rows or cells than a worksheet can have"));
        }
        self.hidden += u64::from(hidden);
        self.bytes += fields.byte_len() + fields.len() * size_of::<usize>();
        self.batch.push(CellRow { line, fields, ..CellRow::default() });
        if self.batch.len() >= BATCH_ROWS || self.bytes >= BATCH_BYTES {
            self.send()?;
        }
        Ok(())
    }

    fn send(&mut self) -> io::Result<()> {
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        // Nobody waits any more: the file was closed.
        self.sender.send(Message::Rows(batch)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn finish(mut self, done: io::Result<()>) {
        let sent = self.send();
        let last = match done.and(sent) {
            Ok(()) => Message::End(self.hidden),
            Err(error) => Message::Failed(error),
        };
        // As above.
        let _ = self.sender.send(last);
    }
}

/// Rows of a sheet, as the reading thread gives them.
pub(crate) struct SheetRows {
    receiver: Receiver<Message>,
    ready: VecDeque<CellRow>,
    hidden: u64,
    over: bool,
}

impl CellSource for SheetRows {
    fn next(&mut self) -> io::Result<Option<CellRow>> {
        loop {
            if let Some(row) = self.ready.pop_front() {
                return Ok(Some(row));
            }
            if self.over {
                return Ok(None);
            }
            match self.receiver.recv() {
                Ok(Message::Rows(rows)) => self.ready.extend(rows),
                Ok(Message::End(hidden)) => {
                    self.hidden = hidden;
                    self.over = true;
                }
                Ok(Message::Failed(error)) => {
                    self.over = true;
                    return Err(error);
                }
                Err(_) => {
                    self.over = true;
                    return Err(invalid("reading it broke off"));
                }
            }
        }
    }

    fn notes(&self) -> Vec<String> {
        let hidden =
            (self.hidden > 0).then(|| format!("{} hidden rows were read like the others", self.hidden));
        hidden.into_iter().collect()
    }
}
