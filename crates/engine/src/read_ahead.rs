//! Rows of a file, read by other threads while the rows before them are stored.
//!
//! One thread takes rows from the file, others make candidates of them, and whoever stores gets them in the order of the
//! file, whatever the number of threads. Nothing is read further ahead than a few batches, so that memory does not
//! depend on the file.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use stackscout_importer::{CandidateFile, ImportError, Issue, ReadRow, Rejected, Row};
use stackscout_indexer::{ImportDays, IndexDocument, Terms};
use stackscout_profile::{Candidate, CandidateNumber, CellIssue, Facts, Part, Record, UnknownSpelling};
use stackscout_store::Incoming;
use stackscout_taxonomy::Taxonomy;

use crate::EngineError;

/// Rows of a batch at most.
const BATCH_ROWS: usize = 128;
/// Bytes of a batch from which it is handed on, however few rows it has: texts of CVs are long.
const BATCH_BYTES: usize = 256 << 10;
/// Batches that wait, for each thread that makes candidates.
const BATCHES_AHEAD: usize = 3;
/// Threads that make candidates at most: storing takes one row at a time, and keeps no more than a few busy.
const THREADS_MAX: usize = 4;

/// A row as far as it can be read without the pool.
pub(crate) enum AheadRow {
    Accepted(Box<AcceptedRow>),
    Rejected(Rejected),
}

/// A row that was read, and what it would make of a person alone.
pub(crate) struct AcceptedRow {
    /// What is to be stored.
    pub incoming: Incoming,
    /// The row as it stands in the file, should it be rejected after all.
    pub raw: Vec<u8>,
    /// Rows that were read as one with it.
    pub joined: u64,
    /// Cells that could not be read.
    pub issues: Vec<Issue>,
    /// What is scored and searched of the person, should nobody know them yet; `None` where nobody asks for it.
    pub made: Option<Made>,
    pub unknown_spellings: Vec<UnknownSpelling>,
    pub cell_issues: Vec<CellIssue>,
}

/// What columns and index take of a candidate who has no number yet. It is made beside the candidate, who is dropped where
/// they were made: taking memory back from another thread costs more than all that is done with it.
pub(crate) struct Made {
    pub facts: Facts,
    pub terms: Terms,
}

/// What the rows of a file have in common.
#[derive(Clone, Copy)]
pub(crate) struct RowsOf<'a> {
    pub source: &'a str,
    /// Number of the import.
    pub import: u32,
    pub taxonomy: &'a Taxonomy,
    /// The days of all imports, where candidates are asked for with all that their texts say.
    pub with_texts: Option<&'a ImportDays>,
}

/// A batch as it comes out of the file.
struct Unread {
    rows: Vec<(ReadRow, Vec<u8>)>,
    /// Bytes taken from the file so far.
    bytes_read: u64,
    /// What ended the reading, after these rows.
    failure: Option<ImportError>,
    /// Where it is wanted.
    reply: SyncSender<Read>,
}

struct Read {
    rows: Vec<AheadRow>,
    bytes_read: u64,
    failure: Option<ImportError>,
}

/// Hands every row of the file to `take`, in order, with the bytes taken from the file so far.
///
/// # Errors
/// Where the file cannot be read on, after all rows before; what `take` returns, at once.
pub(crate) fn read_ahead(
    file: &mut CandidateFile,
    of: RowsOf<'_>,
    mut take: impl FnMut(AheadRow, u64) -> Result<(), EngineError>,
) -> Result<(), EngineError> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(THREADS_MAX);
    let (to_readers, unread) = sync_channel::<Unread>(threads * BATCHES_AHEAD);
    let (to_order, in_order) = sync_channel::<Receiver<Read>>(threads * BATCHES_AHEAD);
    let unread = Mutex::new(unread);
    thread::scope(|scope| {
        scope.spawn(move || split(file, &to_readers, &to_order));
        for _ in 0..threads {
            scope.spawn(|| read(&unread, of));
        }
        // Moved, so that the others end where `take` fails.
        let in_order = in_order;
        for batch in &in_order {
            // Without an answer, its thread has panicked, and the scope passes that on.
            let Ok(Read { rows, bytes_read, failure }) = batch.recv() else { break };
            for row in rows {
                take(row, bytes_read)?;
            }
            if let Some(failure) = failure {
                return Err(failure.into());
            }
        }
        Ok(())
    })
}

/// Takes rows from the file until it ends, or nobody wants them any more.
fn split(file: &mut CandidateFile, to_readers: &SyncSender<Unread>, to_order: &SyncSender<Receiver<Read>>) {
    loop {
        let (mut rows, mut bytes, mut failure) = (Vec::with_capacity(BATCH_ROWS), 0, None);
        let mut is_end = false;
        while rows.len() < BATCH_ROWS && bytes < BATCH_BYTES {
            match file.next() {
                Some(Ok(row)) => {
                    let raw = match &row {
                        ReadRow::Accepted(_) => file.last_row_bytes().into_owned(),
                        ReadRow::Rejected(_) => Vec::new(),
                    };
                    bytes += raw.len();
                    rows.push((row, raw));
                }
                Some(Err(error)) => failure = Some(error),
                None => is_end = true,
            }
            if is_end || failure.is_some() {
                break;
            }
        }
        let is_last = is_end || failure.is_some();
        let (reply, answer) = sync_channel(1);
        let batch = Unread { rows, bytes_read: file.bytes_read(), failure, reply };
        if to_order.send(answer).is_err() || to_readers.send(batch).is_err() || is_last {
            return;
        }
    }
}

/// Makes candidates of rows until there are no more.
fn read(unread: &Mutex<Receiver<Unread>>, of: RowsOf<'_>) {
    loop {
        // A thread that panicked while it waited leaves the channel as it was.
        let next = unread.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
        let Ok(Unread { rows, bytes_read, failure, reply }) = next else { return };
        let rows = rows.into_iter().map(|(row, raw)| match row {
            ReadRow::Accepted(row) => AheadRow::Accepted(Box::new(accepted(row, raw, of))),
            ReadRow::Rejected(rejected) => AheadRow::Rejected(rejected),
        });
        // Nobody waits for it where storing has failed.
        let _ = reply.send(Read { rows: rows.collect(), bytes_read, failure });
    }
}

fn accepted(row: Row, raw: Vec<u8>, of: RowsOf<'_>) -> AcceptedRow {
    let Row { line, external_id, mut values, content_key, protected, issues, rows } = row;
    for value in &mut values {
        value.cell.import = of.import;
    }
    let record = Record::new(CandidateNumber(0), Part::new(of.source, external_id, values));
    let (made, unknown_spellings, cell_issues) = if let Some(imports) = of.with_texts {
        let (mut candidate, cell_issues) = Candidate::read_unexplained(&record, of.taxonomy);
        let unknown_spellings = std::mem::take(&mut candidate.unknown_spellings);
        let (candidate, record, taxonomy) = (&candidate, &record, of.taxonomy);
        let terms = IndexDocument { candidate, record, taxonomy, imports }.terms();
        (Some(Made { facts: candidate.facts(), terms }), unknown_spellings, cell_issues)
    } else {
        let (unknown_spellings, cell_issues) = Candidate::unread(&record, of.taxonomy);
        (None, unknown_spellings, cell_issues)
    };
    let Part { external_id, values, .. } = record.parts.into_iter().next().expect("made with one part");
    let incoming = Incoming { line, external_id, values, content_key, protected };
    let joined = rows.saturating_sub(1);
    AcceptedRow { incoming, raw, joined, issues, made, unknown_spellings, cell_issues }
}
