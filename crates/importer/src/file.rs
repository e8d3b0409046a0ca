//! A file of candidates, from its first byte to its last row.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use stackscout_profile::Field;
use stackscout_taxonomy::Taxonomy;

use crate::columns::{ColumnUse, Evidence, Usage};
use crate::encoding::{self, Counting, Input, Opened};
use crate::header::{COLUMNS_MAX, Header};
use crate::layout::Layout;
use crate::lines::Lines;
use crate::long::Group;
use crate::records::{Fault, Records};
use crate::row::{Days, RowReader};
use crate::source::source_of_stem;
use crate::ticks::Sample;
use crate::{ImportError, ImportOptions, Issue, Rejected, Row, dialect, layout, packing, preamble};

/// The first lines decide the delimiter and what columns hold: as many as both limits allow.
const SAMPLE_LINES_MAX: usize = 1_000;
const SAMPLE_BYTES_MAX: usize = 1 << 20;

/// A file that is being read, row by row. Iterating gives every data row once, read or rejected; blank lines and lines
/// of nothing but empty cells are no rows. After an error nothing more comes.
///
/// ```no_run
/// use stackscout_importer::{CandidateFile, ImportOptions, ReadRow};
/// # fn main() -> Result<(), stackscout_importer::ImportError> {
/// let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
/// let mut file = CandidateFile::open("candidates.csv".as_ref(), &ImportOptions::default(), &taxonomy)?;
/// for row in &mut file {
///     match row? {
///         ReadRow::Accepted(row) => println!("line {}: {} values", row.line, row.values.len()),
///         ReadRow::Rejected(rejected) => eprintln!("line {}: {}", rejected.issue.line, rejected.issue.reason),
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct CandidateFile {
    name: String,
    source: String,
    layout: Arc<Layout>,
    columns: Vec<ColumnUse>,
    delimiter: u8,
    preamble: Vec<u8>,
    header: Vec<u8>,
    records: Records,
    reader: RowReader,
    bytes: Arc<AtomicU64>,
    bytes_total: Option<u64>,
    failed: bool,
    lines_above: u64,
    /// Rows of one person that may go on, where the file is in the long form.
    group: Option<Group>,
    is_long: bool,
    /// What was read behind a row that was held back.
    ready: VecDeque<Ready>,
    /// The row that was given last, where it is not the record that was read last.
    given: Option<Given>,
}

/// A row that waits to be given, with its bytes.
type Ready = (ReadRow, Given);

/// Where a row began, and its bytes.
#[derive(Debug)]
struct Given {
    line: u64,
    raw: Vec<u8>,
}

/// A data row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadRow {
    /// It was read.
    Accepted(Row),
    /// It was not.
    Rejected(Rejected),
}

impl CandidateFile {
    /// Opens a file, and reads its header; `-` is standard input.
    ///
    /// # Errors
    /// Where the file cannot be opened, is no CSV, has no header, or no column that is understood; and where an option
    /// names a layout or a column that does not exist.
    pub fn open(path: &Path, options: &ImportOptions, taxonomy: &Taxonomy) -> Result<Self, ImportError> {
        if path.as_os_str() == "-" {
            let input = BufReader::with_capacity(1 << 16, io::stdin());
            return Self::read_header("stdin".to_owned(), Box::new(input), None, options, taxonomy);
        }
        let name = path.display().to_string();
        let failed = |source| ImportError::Open { file: name.clone(), source };
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if metadata.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        let total = metadata.is_file().then_some(metadata.len());
        let input = BufReader::with_capacity(1 << 16, file);
        Self::read_header(name, Box::new(input), total, options, taxonomy)
    }

    /// Reads from anything; `name` stands in issues and, where the layout has no source, names it.
    ///
    /// # Errors
    /// As [`CandidateFile::open`].
    pub fn from_reader(
        name: &str,
        reader: Box<dyn io::BufRead + Send>,
        options: &ImportOptions,
        taxonomy: &Taxonomy,
    ) -> Result<Self, ImportError> {
        Self::read_header(name.to_owned(), reader, None, options, taxonomy)
    }

    fn read_header(
        name: String,
        input: Input,
        bytes_total: Option<u64>,
        options: &ImportOptions,
        taxonomy: &Taxonomy,
    ) -> Result<Self, ImportError> {
        let failed = |line| {
            let file = name.clone();
            move |source| ImportError::Read { file, line, source }
        };
        let bytes = Arc::new(AtomicU64::new(0));
        let counting = Counting { input, count: Arc::clone(&bytes) };
        let input = packing::open(Box::new(counting)).map_err(failed(0))?;
        let (input, encoding) = match encoding::open(input, options.encoding).map_err(failed(0))? {
            Opened::Text(input, encoding) => (input, encoding),
            Opened::Other(kind) => return Err(ImportError::NotCsv { file: name, kind }),
        };
        let mut lines = Lines::new(input);
        let mut preamble = Vec::new();
        let mut preamble_lines = 0;
        let mut stated = None;
        if let Some(first) = lines.next().map_err(failed(0))? {
            stated = dialect::stated(first.split_end().0);
            match stated {
                Some(_) => {
                    preamble.extend_from_slice(&first.bytes);
                    preamble_lines = 1;
                }
                None => lines.put_back([first].into_iter()),
            }
        }
        let sample = lines.sample(SAMPLE_LINES_MAX, SAMPLE_BYTES_MAX).map_err(failed(lines.last_number()))?;
        let own = |header: &str| options.layouts.iter().any(|layout| layout.meaning(header).is_some());
        let names = |header: &str| layout::knows(header) || own(header);
        let knows = |header: &str| names(header) || taxonomy.find(header).is_some();
        let delimiter = match options.delimiter.or(stated) {
            Some(delimiter) => delimiter,
            None => dialect::choose(&sample, knows, names).map_err(failed(1))?,
        };
        // Where a layout counts by places, the first row is passed over whatever it says.
        let by_place = options.layout.as_deref().is_some_and(|name| {
            let mut all = options.layouts.iter().chain(layout::layouts());
            all.any(|layout| layout.name == name && !layout.order().is_empty())
        });

        let mut records = Records::new(lines, delimiter, encoding);
        let (header, header_raw, line, lines_above) = if options.no_header {
            let Some(columns) = dialect::columns_in(&sample, delimiter).map_err(failed(1))? else {
                return Err(ImportError::Empty { file: name });
            };
            (Header::numbered(columns), Vec::new(), 0, 0)
        } else {
            let above = if by_place {
                0
            } else {
                dialect::header_in(&sample, delimiter, names).map_err(failed(1))?
            };
            let mut begin = None;
            for _ in 0..above {
                records.next().map_err(failed(1))?;
                begin.get_or_insert(records.line());
            }
            let first = records.next().map_err(failed(1))?;
            let line = records.line();
            let bad_header = |reason: String| ImportError::BadHeader { file: name.clone(), line, reason };
            match first {
                None => return Err(ImportError::Empty { file: name }),
                Some(Err(Fault { reason, .. })) => return Err(bad_header(reason)),
                Some(Ok(())) => {}
            }
            let count = records.fields().len();
            if count > COLUMNS_MAX {
                return Err(bad_header(format!("has {count} columns, and at most {COLUMNS_MAX} are read")));
            }
            let header = Header::new(records.fields());
            if !by_place && header.looks_like_data(layout::knows) {
                return Err(ImportError::NoHeader { file: name, line });
            }
            match begin {
                // What stood above the header does not go into the rejects; its byte order mark does.
                Some(_) => preamble.extend_from_slice(if starts_with_mark(&sample) { MARK } else { b"" }),
                None => preamble.extend_from_slice(records.skipped()),
            }
            preamble.extend_from_slice(records.raw());
            let raw = without_mark_and_end(records.raw()).to_vec();
            (header, raw, line, begin.map_or(0, |begin| line - begin))
        };
        let count = header.cells.len();
        let named = if options.no_header { count } else { header.named() };
        records.set_columns(count, named);

        let skipped = if options.no_header { 0 } else { line };
        let sampled = sample_columns(&sample, delimiter, count, named, skipped, preamble_lines)
            .map_err(failed(line))?;
        let evidence = Evidence { file: &name, header: &header, sample: &sampled, taxonomy };
        let layout = evidence.layout(options)?;
        let mut columns = evidence.columns(&layout, options)?;
        let orders = evidence.date_orders(&mut columns, options)?;
        if options.no_header {
            preamble.extend_from_slice(&made_header(&columns, delimiter, starts_with_mark(&sample)));
        }
        // An id alone says nothing about anybody.
        let says = |c: &ColumnUse| c.is_mapped() && c.usage != Usage::Field(Field::ExternalId);
        if !columns.iter().any(says) {
            let columns = columns.into_iter().map(|c| c.column).collect();
            return Err(ImportError::NothingUnderstood { file: name, columns });
        }
        let asked = options.source.as_deref().map(str::trim).filter(|source| !source.is_empty());
        let source = asked
            .or_else(|| layout.source(&evidence.keys()))
            .map_or_else(|| source_of_stem(&name), str::to_owned);
        let id = columns.iter().position(|c| c.usage == Usage::Field(Field::ExternalId));
        let is_long = id.is_some_and(|id| layout.is_long() || sampled.repeats(id));
        let days = Days { orders, as_of: options.as_of };
        let keep_protected = !options.no_protected;
        let reader = RowReader::new(&name, &columns, &layout, &days, keep_protected, |at| &header.cells[at]);
        Ok(Self {
            name,
            source,
            layout,
            columns,
            delimiter,
            preamble,
            header: header_raw,
            records,
            reader,
            bytes,
            bytes_total,
            failed: false,
            lines_above,
            group: None,
            is_long,
            ready: VecDeque::new(),
            given: None,
        })
    }

    /// The file as it was named; `stdin` for standard input.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.name
    }

    /// The source, within which ids are compared.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Name of the layout.
    #[must_use]
    pub fn layout(&self) -> &str {
        &self.layout.name
    }

    /// What separates cells.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// All columns in the order of the header, and what each is used for.
    #[must_use]
    pub fn columns(&self) -> &[ColumnUse] {
        &self.columns
    }

    /// Names of all columns of which values are made, for `Record::merge`.
    #[must_use]
    pub fn mapped_columns(&self) -> Vec<String> {
        self.columns.iter().filter(|c| c.is_mapped()).map(|c| c.column.clone()).collect()
    }

    /// The bytes before the first row as they stand in the file: byte order mark, `sep=` line, header. Without lines above
    /// the header; and for a file without a header one that says what its columns were read as.
    #[must_use]
    pub fn preamble(&self) -> &[u8] {
        &self.preamble
    }

    /// Lines above the header that were passed over: a title, a day, filters.
    #[must_use]
    pub fn lines_above_header(&self) -> u64 {
        self.lines_above
    }

    /// Whether rows of one person that follow each other are read as one.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.is_long
    }

    /// The bytes of the row that was given last, for callers who reject a row themselves.
    #[must_use]
    pub fn last_row_bytes(&self) -> &[u8] {
        self.given.as_ref().map_or(self.records.raw(), |given| &given.raw)
    }

    /// Makes a rejection of the row that was given last.
    #[must_use]
    pub fn reject_last(&self, column: Option<String>, code: &'static str, reason: String) -> Rejected {
        let line = self.given.as_ref().map_or(self.records.line(), |given| given.line);
        let issue = Issue { file: self.name.clone(), line, column, code, reason };
        Rejected { issue, raw: self.last_row_bytes().to_vec() }
    }

    /// Bytes taken from the file so far, for progress; ahead of the rows by what is buffered.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Size of the file; `None` for standard input and pipes.
    #[must_use]
    pub fn bytes_total(&self) -> Option<u64> {
        self.bytes_total
    }

    fn read_row(&mut self) -> io::Result<Option<ReadRow>> {
        let Some(record) = self.records.next()? else { return Ok(None) };
        let is_footer = || preamble::is_footer(self.records.fields().iter());
        let fault = match record {
            // Files that were put together.
            Ok(()) if !self.header.is_empty() && without_mark_and_end(self.records.raw()) == self.header => {
                Fault { code: "header-again", field: None, reason: "is the header again".to_owned() }
            }
            Ok(()) | Err(Fault { code: "field-count", .. }) if self.columns.len() > 1 && is_footer() => {
                let reason =
                    "closes the table (a sum, a number of rows, a copyright), and is no person".to_owned();
                Fault { code: "footer", field: None, reason }
            }
            Ok(()) => {
                let row = self.reader.read(self.records.line(), self.records.fields());
                return Ok(Some(ReadRow::Accepted(row)));
            }
            Err(fault) => fault,
        };
        let column = fault.field.and_then(|at| self.columns.get(at)).map(|c| c.column.clone());
        let issue = Issue {
            file: self.name.clone(),
            line: self.records.line(),
            column,
            code: fault.code,
            reason: fault.reason,
        };
        Ok(Some(ReadRow::Rejected(Rejected { issue, raw: self.records.raw().to_vec() })))
    }

    /// The next row of a file in the long form, where a row is complete when the next one is another person's.
    fn read_long(&mut self) -> io::Result<Option<ReadRow>> {
        while self.ready.is_empty() {
            match self.read_row()? {
                None => match self.group.take() {
                    None => return Ok(None),
                    Some(group) => self.give(group),
                },
                // What is rejected stands for itself; the rows around it go on.
                Some(ReadRow::Rejected(rejected)) => {
                    let given = Given { line: rejected.issue.line, raw: rejected.raw.clone() };
                    self.ready.push_back((ReadRow::Rejected(rejected), given));
                }
                Some(ReadRow::Accepted(row)) => {
                    let raw = self.records.raw();
                    let other = match &mut self.group {
                        Some(group) => group.join(row, raw),
                        None => Some(row),
                    };
                    if let Some(row) = other {
                        let complete = self.group.replace(Group::new(row, self.records.raw()));
                        complete.into_iter().for_each(|group| self.give(group));
                    }
                }
            }
        }
        Ok(self.ready.pop_front().map(|(row, given)| {
            self.given = Some(given);
            row
        }))
    }

    fn give(&mut self, group: Group) {
        let (row, raw) = group.finish();
        let given = Given { line: row.line, raw };
        self.ready.push_back((ReadRow::Accepted(row), given));
    }
}

impl Iterator for CandidateFile {
    type Item = Result<ReadRow, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let row = if self.is_long { self.read_long() } else { self.read_row() };
        row.map_err(|source| {
            self.failed = true;
            ImportError::Read { file: self.name.clone(), line: self.records.lines().last_number(), source }
        })
        .transpose()
    }
}

/// Looks at the rows below the header: those that begin after line `skipped` of the file, of which `before` lines are
/// no part of the sample.
fn sample_columns(
    sample: &[u8],
    delimiter: u8,
    count: usize,
    named: usize,
    skipped: u64,
    before: u64,
) -> io::Result<Sample> {
    let mut records = dialect::records(sample, delimiter);
    while skipped > 0 && records.line() + before < skipped {
        if records.next()?.is_none() {
            break;
        }
    }
    records.set_columns(count, named);
    let mut sampled = Sample::default();
    while let Some(row) = records.next()? {
        if row.is_ok() && !preamble::is_footer(records.fields().iter()) {
            sampled.add(records.fields());
        }
    }
    Ok(sampled)
}

/// A header for the rejects of a file that has none: the fields that its columns were read as, so that the few rows there
/// are read alike.
fn made_header(columns: &[ColumnUse], delimiter: u8, mark: bool) -> Vec<u8> {
    let names = columns.iter().map(|column| match column.usage {
        Usage::Field(field) if layout::plain().meaning(field.word()) == Some(field) => field.word(),
        _ => &column.column,
    });
    let line = names.collect::<Vec<_>>().join(&char::from(delimiter).to_string());
    let mark = if mark { MARK } else { b"" };
    [mark, line.as_bytes(), b"\n"].concat()
}

const MARK: &[u8] = b"\xEF\xBB\xBF";

fn starts_with_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(MARK)
}

fn without_mark_and_end(raw: &[u8]) -> &[u8] {
    raw.strip_prefix(MARK).unwrap_or(raw).trim_ascii_end()
}
