//! A file of candidates, from its first byte to its last row.

use std::borrow::Cow;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use stackscout_profile::Field;
use stackscout_taxonomy::Taxonomy;

use crate::columns::{ColumnUse, Evidence, Usage};
use crate::fields::Fields;
use crate::header::{COLUMNS_MAX, Header};
use crate::records::Fault;
use crate::row::RowReader;
use crate::rows::{RejectsForm, Rows, as_csv};
use crate::source::source_of_stem;
use crate::ticks::Sample;
use crate::{Cvs, ImportError, ImportOptions, Input, Issue, Rejected, Row, dialect, layout, opening};

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
    layout: String,
    columns: Vec<ColumnUse>,
    delimiter: u8,
    preamble: Vec<u8>,
    header: HeaderRow,
    rows: Rows,
    reader: RowReader,
    join: Option<Join>,
    notes: Vec<String>,
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
    /// Where the file cannot be opened, is of no kind that is read, has no header, or no column that is understood; and
    /// where an option names a layout, a column or a sheet that does not exist.
    pub fn open(path: &Path, options: &ImportOptions, taxonomy: &Taxonomy) -> Result<Self, ImportError> {
        Self::open_input(&Input::from(path), options, taxonomy)
    }

    /// Opens what was found in a folder or archive, or a file.
    ///
    /// # Errors
    /// As [`CandidateFile::open`].
    pub fn open_input(
        input: &Input,
        options: &ImportOptions,
        taxonomy: &Taxonomy,
    ) -> Result<Self, ImportError> {
        opening::open(input, options, taxonomy)
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
        opening::open_stream(name.to_owned(), reader, None, options, taxonomy)
    }

    /// Finds the header among the rows, and settles what its columns are used for.
    pub(crate) fn begin(
        begun: Begun,
        options: &ImportOptions,
        taxonomy: &Taxonomy,
    ) -> Result<Self, ImportError> {
        let Begun { name, mut rows, mut preamble, sample, delimiter, bytes, bytes_total, settled } = begun;
        let failed = |line| {
            let file = name.clone();
            move |source| ImportError::Read { file, line, source }
        };
        let first = rows.next().map_err(failed(1))?;
        let line = rows.line();
        let bad_header = |reason: String| ImportError::BadHeader { file: name.clone(), line, reason };
        match first {
            None => return Err(ImportError::Empty { file: name }),
            Some(Err(Fault { reason, .. })) => return Err(bad_header(reason)),
            Some(Ok(())) => {}
        }
        let header = match &mut rows {
            Rows::Text(records) => {
                preamble.extend_from_slice(records.skipped());
                preamble.extend_from_slice(records.raw());
                Header::new(records.fields())
            }
            Rows::Cells(cells) => {
                // Columns without a name, as far as the first rows fill them.
                let mut fields = cells.fields().clone();
                (fields.len()..cells.width().min(COLUMNS_MAX)).for_each(|_| fields.push(b""));
                cells.set_columns(fields.len());
                if cells.form() == RejectsForm::Csv {
                    // The mark says to a spreadsheet that this is UTF-8.
                    preamble.extend_from_slice(b"\xEF\xBB\xBF");
                    preamble.extend_from_slice(&as_csv(&fields, 0));
                }
                Header::new(&fields)
            }
        };
        let count = header.cells.len();
        if count > COLUMNS_MAX {
            return Err(bad_header(format!("has {count} columns, and at most {COLUMNS_MAX} are read")));
        }
        if settled.is_none() && header.looks_like_data(layout::knows) {
            return Err(ImportError::NoHeader { file: name, line });
        }
        let sampled = match &mut rows {
            Rows::Text(records) => {
                records.set_columns(count, header.named());
                sample_columns(&sample, delimiter, &header).map_err(failed(line))?
            }
            Rows::Cells(cells) => cells.sample(),
        };
        let evidence = Evidence { file: &name, header: &header, sample: &sampled, taxonomy };
        let asked = options.source.as_deref().map(str::trim).filter(|source| !source.is_empty());
        let (layout, mut columns, own_source) = match settled {
            Some(Settled { layout, columns }) => (layout.to_owned(), columns, None),
            None => {
                let layout = evidence.layout(options)?;
                let columns = evidence.columns(layout, options)?;
                (layout.name.clone(), columns, layout.source(&evidence.keys()))
            }
        };
        // An id alone says nothing about anybody.
        let says = |c: &ColumnUse| c.is_mapped() && c.usage != Usage::Field(Field::ExternalId);
        if !columns.iter().any(says) {
            let columns = columns.into_iter().map(|c| c.column).collect();
            return Err(ImportError::NothingUnderstood { file: name, columns });
        }
        let source = asked.or(own_source).map_or_else(|| source_of_stem(&name), str::to_owned);
        let absent = |at: usize| {
            let layout = layout::layouts().iter().find(|l| l.name == layout);
            layout.map(|layout| layout.absent(&header.cells[at])).unwrap_or_default()
        };
        let reader = RowReader::new(&name, &columns, absent);
        let join = options.cvs.clone().map(|cvs| Join::new(cvs, &mut columns));
        let header = match &rows {
            Rows::Text(records) => HeaderRow::Bytes(without_mark_and_end(records.raw()).to_vec()),
            Rows::Cells(cells) => HeaderRow::Cells(cells.fields().clone()),
        };
        let notes = Vec::new();
        let failed = false;
        Ok(Self {
            name,
            source,
            layout,
            columns,
            delimiter,
            preamble,
            header,
            rows,
            reader,
            join,
            notes,
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
        &self.layout
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

    /// What was noticed and belongs to no single row, as sentences; complete after the last row.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        self.notes.iter().cloned().chain(self.rows.notes()).collect()
    }

    /// Adds to what was noticed.
    pub(crate) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// How rejected rows are written.
    #[must_use]
    pub fn rejects_form(&self) -> RejectsForm {
        self.rows.form()
    }

    /// The bytes of the row that was read last, for callers who reject a row themselves; of a worksheet, the row as CSV.
    #[must_use]
    pub fn last_row_bytes(&self) -> Cow<'_, [u8]> {
        self.rows.raw()
    }

    /// Makes a rejection of the row that was read last.
    #[must_use]
    pub fn reject_last(&self, column: Option<String>, code: &'static str, reason: String) -> Rejected {
        let issue = Issue { file: self.name.clone(), line: self.rows.line(), column, code, reason };
        Rejected { issue, raw: self.rows.raw().into_owned() }
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
        let Some(record) = self.rows.next()? else { return Ok(None) };
        let fault = match record {
            Ok(()) if !self.header.is(&self.rows) => {
                let mut row = self.reader.read(self.rows.line(), self.rows.fields());
                if let Some(join) = &self.join {
                    join.cvs.join(&mut row, &join.cv_column, &join.file_column)?;
                }
                return Ok(Some(ReadRow::Accepted(row)));
            }
            // Files that were put together.
            Ok(()) => Fault { code: "header-again", field: None, reason: "is the header again".to_owned() },
            Err(fault) => fault,
        };
        let column = fault.field.and_then(|at| self.columns.get(at)).map(|c| c.column.clone());
        Ok(Some(ReadRow::Rejected(self.reject_last(column, fault.code, fault.reason))))
    }
}

/// Rows of which the header is not read yet.
pub(crate) struct Begun {
    pub name: String,
    pub rows: Rows,
    /// Bytes that stand before the header.
    pub preamble: Vec<u8>,
    /// The first lines of a table of text.
    pub sample: Vec<u8>,
    pub delimiter: u8,
    pub bytes: Arc<AtomicU64>,
    pub bytes_total: Option<u64>,
    /// What the columns are, where the kind of file says so.
    pub settled: Option<Settled>,
}

/// Columns that the kind of a file settles.
pub(crate) struct Settled {
    pub layout: &'static str,
    pub columns: Vec<ColumnUse>,
}

/// The header as it stands among the rows, to know it again.
enum HeaderRow {
    Bytes(Vec<u8>),
    Cells(Fields),
}

impl HeaderRow {
    fn is(&self, rows: &Rows) -> bool {
        match (self, rows) {
            (Self::Bytes(bytes), Rows::Text(records)) => without_mark_and_end(records.raw()) == bytes,
            (Self::Cells(header), rows) => rows.fields() == header,
            (Self::Bytes(_), Rows::Cells(_)) => false,
        }
    }
}

/// CVs to be joined, and the columns that they are put into.
struct Join {
    cvs: Arc<Cvs>,
    cv_column: String,
    file_column: String,
}

impl Join {
    /// Adds the two columns, under names that the file does not have.
    fn new(cvs: Arc<Cvs>, columns: &mut Vec<ColumnUse>) -> Self {
        let mut add = |name: &str, field, why: &str| {
            let taken = |name: &str| columns.iter().any(|c| c.column == name);
            let beside = format!("{name} (beside the table)");
            let column = if taken(name) { beside } else { name.to_owned() };
            columns.push(ColumnUse {
                column: column.clone(),
                usage: Usage::Field(field),
                why: why.to_owned(),
            });
            column
        };
        let file_column = add("cv_file", Field::CvFile, "the CV that joins the row");
        let cv_column = add("cv", Field::Cv, "its text");
        Self { cvs, cv_column, file_column }
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
            opening::read_error(&self.name, self.rows.last_number(), source)
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
