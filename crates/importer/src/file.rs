//! A file of candidates, from its first byte to its last row.

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
use crate::lines::Lines;
use crate::records::{Fault, Records};
use crate::row::{Days, RowReader};
use crate::source::source_of_stem;
use crate::ticks::Sample;
use crate::{ImportError, ImportOptions, Issue, Rejected, Row, dialect, layout, packing};

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
    layout: &'static layout::Layout,
    columns: Vec<ColumnUse>,
    delimiter: u8,
    preamble: Vec<u8>,
    header: Vec<u8>,
    records: Records,
    reader: RowReader,
    bytes: Arc<AtomicU64>,
    bytes_total: Option<u64>,
    failed: bool,
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
        let mut stated = None;
        if let Some(first) = lines.next().map_err(failed(0))? {
            stated = dialect::stated(first.split_end().0);
            match stated {
                Some(_) => preamble.extend_from_slice(&first.bytes),
                None => lines.put_back([first].into_iter()),
            }
        }
        let sample = lines.sample(SAMPLE_LINES_MAX, SAMPLE_BYTES_MAX).map_err(failed(lines.last_number()))?;
        let knows = |header: &str| layout::knows(header) || taxonomy.find(header).is_some();
        let delimiter = match options.delimiter.or(stated) {
            Some(delimiter) => delimiter,
            None => dialect::choose(&sample, knows).map_err(failed(1))?,
        };

        let mut records = Records::new(lines, delimiter, encoding);
        let first = records.next().map_err(failed(1))?;
        let line = records.line();
        let bad_header = |reason: String| ImportError::BadHeader { file: name.clone(), line, reason };
        match first {
            None => return Err(ImportError::Empty { file: name }),
            Some(Err(Fault { reason, .. })) => return Err(bad_header(reason)),
            Some(Ok(())) => {}
        }
        preamble.extend_from_slice(records.skipped());
        preamble.extend_from_slice(records.raw());
        let count = records.fields().len();
        if count > COLUMNS_MAX {
            return Err(bad_header(format!("has {count} columns, and at most {COLUMNS_MAX} are read")));
        }
        let header = Header::new(records.fields());
        if header.looks_like_data(layout::knows) {
            return Err(ImportError::NoHeader { file: name, line });
        }
        records.set_columns(count, header.named());

        let sampled = sample_columns(&sample, delimiter, &header).map_err(failed(line))?;
        let evidence = Evidence { file: &name, header: &header, sample: &sampled, taxonomy };
        let layout = evidence.layout(options)?;
        let mut columns = evidence.columns(layout, options)?;
        let orders = evidence.date_orders(&mut columns, options)?;
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
        let days = Days { orders, as_of: options.as_of };
        let keep_protected = !options.no_protected;
        let reader =
            RowReader::new(&name, &columns, &days, keep_protected, |at| layout.absent(&header.cells[at]));
        let header = without_mark_and_end(records.raw()).to_vec();
        let failed = false;
        Ok(Self {
            name,
            source,
            layout,
            columns,
            delimiter,
            preamble,
            header,
            records,
            reader,
            bytes,
            bytes_total,
            failed,
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

    /// The bytes before the first row as they stand in the file: byte order mark, `sep=` line, header.
    #[must_use]
    pub fn preamble(&self) -> &[u8] {
        &self.preamble
    }

    /// The bytes of the row that was read last, for callers who reject a row themselves.
    #[must_use]
    pub fn last_row_bytes(&self) -> &[u8] {
        self.records.raw()
    }

    /// Makes a rejection of the row that was read last.
    #[must_use]
    pub fn reject_last(&self, column: Option<String>, code: &'static str, reason: String) -> Rejected {
        let issue = Issue { file: self.name.clone(), line: self.records.line(), column, code, reason };
        Rejected { issue, raw: self.records.raw().to_vec() }
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
        let fault = match record {
            Ok(()) if without_mark_and_end(self.records.raw()) != self.header => {
                return Ok(Some(ReadRow::Accepted(
                    self.reader.read(self.records.line(), self.records.fields()),
                )));
            }
            // Files that were put together.
            Ok(()) => Fault { code: "header-again", field: None, reason: "is the header again".to_owned() },
            Err(fault) => fault,
        };
        let column = fault.field.and_then(|at| self.columns.get(at)).map(|c| c.column.clone());
        Ok(Some(ReadRow::Rejected(self.reject_last(column, fault.code, fault.reason))))
    }
}

impl Iterator for CandidateFile {
    type Item = Result<ReadRow, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let row = self.read_row();
        row.map_err(|source| {
            self.failed = true;
            ImportError::Read { file: self.name.clone(), line: self.records.lines().last_number(), source }
        })
        .transpose()
    }
}

fn sample_columns(sample: &[u8], delimiter: u8, header: &Header) -> io::Result<Sample> {
    let mut records = dialect::records(sample, delimiter);
    records.next()?;
    records.set_columns(header.cells.len(), header.named());
    let mut sampled = Sample::default();
    while let Some(row) = records.next()? {
        if row.is_ok() {
            sampled.add(records.fields());
        }
    }
    Ok(sampled)
}

fn without_mark_and_end(raw: &[u8]) -> &[u8] {
    raw.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(raw).trim_ascii_end()
}
