//! From what was asked for to rows: the kind of a file decides who reads it.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use stackscout_taxonomy::Taxonomy;
use tempfile::NamedTempFile;

use crate::archive::{Archive, read_bounded, spooled};
use crate::cvs::{self, CvRows};
use crate::document::html;
use crate::encoding::{self, Counting, Opened};
use crate::error::near;
use crate::file::{Begun, Settled};
use crate::inputs::What;
use crate::json::JsonRows;
use crate::json::parse::JsonFault;
use crate::kind::{self, DocumentKind, HEAD_BYTES, Head, Kind};
use crate::lines::Lines;
use crate::records::Records;
use crate::resume::{self, ResumeRows};
use crate::rows::{CellRow, CellSource, Cells, Rows};
use crate::workbook::{Book, BookKind};
use crate::{CandidateFile, ImportError, ImportOptions, Input, dialect, layout, packing};

/// The first lines decide the delimiter and what columns hold: as many as both limits allow.
const SAMPLE_LINES_MAX: usize = 1_000;
const SAMPLE_BYTES_MAX: usize = 1 << 20;
/// What is put aside of a stream or an archive, because it has to be read in any order.
const SPOOL_BYTES_MAX: u64 = 8 << 30;
/// A page is held as a whole.
const PAGE_BYTES_MAX: u64 = 64 << 20;

type Stream = Box<dyn io::BufRead + Send>;
type OpenedFile = Result<CandidateFile, ImportError>;

/// Opens what was asked for; where CVs join its rows, once more to look through these.
pub(crate) fn open(input: &Input, options: &ImportOptions, taxonomy: &Taxonomy) -> OpenedFile {
    let is_stdin = input.what == What::File && input.path.as_os_str() == "-";
    let is_seen_twice = match &input.what {
        What::File => is_stdin || input.path.is_file(),
        What::Member(_) | What::Resumes(..) => true,
        What::Cvs(..) => false,
    };
    if options.cvs.is_none() || !is_seen_twice {
        return open_once(input, options, taxonomy);
    }
    let alone = ImportOptions { cvs: None, ..options.clone() };
    let (mut file, ahead) = if is_stdin {
        let failed = |source| ImportError::Open { file: "stdin".to_owned(), source };
        let kept = temporary(Box::new(BufReader::new(io::stdin()))).map_err(failed)?;
        let open = |options: &ImportOptions| {
            let stream = BufReader::with_capacity(1 << 16, kept.reopen().map_err(failed)?);
            open_stream("stdin".to_owned(), Box::new(stream), None, options, taxonomy)
        };
        (open(options)?, open(&alone)?)
    } else {
        (open_once(input, options, taxonomy)?, open_once(input, &alone, taxonomy)?)
    };
    file.look_ahead(ahead);
    Ok(file)
}

fn open_once(input: &Input, options: &ImportOptions, taxonomy: &Taxonomy) -> OpenedFile {
    let path = input.path.as_path();
    let name = path.display().to_string();
    let failed = |source| ImportError::Open { file: name.clone(), source };
    match &input.what {
        What::File if path.as_os_str() == "-" => {
            let stdin = BufReader::with_capacity(1 << 16, io::stdin());
            open_stream("stdin".to_owned(), Box::new(stdin), None, options, taxonomy)
        }
        What::File => {
            let file = File::open(path).map_err(failed)?;
            let metadata = file.metadata().map_err(failed)?;
            if metadata.is_dir() {
                return Err(failed(io::ErrorKind::IsADirectory.into()));
            }
            let total = metadata.is_file().then_some(metadata.len());
            let kept = metadata.is_file().then(|| Kept::Path(path.to_owned()));
            let stream = BufReader::with_capacity(1 << 16, file);
            open_kept(name, Box::new(stream), total, kept, options, taxonomy)
        }
        What::Member(member) => {
            let mut archive = Archive::open(File::open(path).map_err(failed)?).map_err(failed)?;
            let file = spooled(archive.file(member).map_err(failed)?, SPOOL_BYTES_MAX).map_err(failed)?;
            let stream = BufReader::with_capacity(1 << 16, file);
            open_stream(format!("{name}[{member}]"), Box::new(stream), None, options, taxonomy)
        }
        What::Resumes(place, names) => {
            no_sheets(&name, options)?;
            let source = ResumeRows::new(place, names.clone()).map_err(failed)?;
            let settled = Settled { layout: "json-resume", columns: resume::column_uses() };
            of_cells(name, Box::new(source), Some(settled), options, taxonomy)
        }
        What::Cvs(place, names) => {
            no_sheets(&name, options)?;
            let source = CvRows::new(place, names.clone(), options).map_err(failed)?;
            let settled = Settled { layout: "cv", columns: cvs::column_uses() };
            of_cells(name, Box::new(source), Some(settled), options, taxonomy)
        }
    }
}

/// Opens a stream, such as standard input.
pub(crate) fn open_stream(
    name: String,
    stream: Stream,
    bytes_total: Option<u64>,
    options: &ImportOptions,
    taxonomy: &Taxonomy,
) -> OpenedFile {
    open_kept(name, stream, bytes_total, None, options, taxonomy)
}

/// Where a file lies that has to be read in any order, and several times.
enum Kept {
    Path(PathBuf),
    Temporary(NamedTempFile),
}

impl Kept {
    fn open(&self) -> io::Result<File> {
        match self {
            Self::Path(path) => File::open(path),
            Self::Temporary(file) => file.reopen(),
        }
    }
}

fn open_kept(
    name: String,
    stream: Stream,
    bytes_total: Option<u64>,
    kept: Option<Kept>,
    options: &ImportOptions,
    taxonomy: &Taxonomy,
) -> OpenedFile {
    let failed = |source| ImportError::Read { file: name.clone(), line: 0, source };
    let bytes = Arc::new(AtomicU64::new(0));
    let counting = Counting { input: stream, count: Arc::clone(&bytes) };
    let mut input = packing::open(Box::new(counting)).map_err(failed)?;
    let mut head = Vec::new();
    input.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(failed)?;
    let said = kind::of_head(&head, &name);
    let input: Stream = Box::new(Cursor::new(head).chain(input));
    let (kind, kept) = match said {
        Head::Kind(kind) => (kind, None),
        Head::Zip | Head::Compound => {
            // What was packed once more, or comes from a stream, is put aside.
            let is_packed = packing::without_ending(&name) != name;
            let kept = match kept.filter(|_| !is_packed) {
                Some(kept) => kept,
                None => Kept::Temporary(temporary(input).map_err(failed)?),
            };
            let file = kept.open().map_err(failed)?;
            let broken = |source| ImportError::Broken { file: name.clone(), source };
            let kind = if said == Head::Zip { kind::of_archive(file) } else { kind::of_compound(file) };
            return of_kept(name.clone(), kind.map_err(broken)?, &kept, options, taxonomy);
        }
    };
    drop(kept as Option<Kept>);
    no_sheets(&name, options)?;
    match kind {
        Kind::Other(kind) => Err(ImportError::NotRead { file: name, kind }),
        Kind::Json { lines } => {
            let (input, _) = as_text(&name, input, options)?;
            let rows = JsonRows::open(input, lines).map_err(|e| json_error(&name, e))?;
            of_json(name, rows, options, taxonomy)
        }
        Kind::Html => {
            let (input, _) = as_text(&name, input, options)?;
            let page = read_bounded(input, PAGE_BYTES_MAX).map_err(failed)?;
            let rows = html::table(&String::from_utf8_lossy(&page));
            if rows.is_empty() {
                return Err(ImportError::NoTable { file: name });
            }
            let mut file = of_cells(
                name,
                Box::new(PageRows { rows: rows.into_iter(), line: 0 }),
                None,
                options,
                taxonomy,
            )?;
            file.note(
                "the file is a web page; the largest table in it is read, and lines are its rows".to_owned(),
            );
            Ok(file)
        }
        Kind::Document(kind) if kind != DocumentKind::Plain => {
            Err(ImportError::NotRead { file: name, kind: document_word(kind) })
        }
        _ => of_text(name, input, bytes, bytes_total, options, taxonomy),
    }
}

/// A document where a table should be: CVs are imported as files.
fn document_word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Pdf => "a PDF document and no table",
        DocumentKind::Word => "a Word document and no table",
        DocumentKind::OpenText => "an OpenDocument text and no table",
        DocumentKind::Html | DocumentKind::Plain => "a text and no table",
    }
}

fn temporary(mut input: Stream) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    let copied = io::copy(&mut input.by_ref().take(SPOOL_BYTES_MAX + 1), &mut file)?;
    if copied > SPOOL_BYTES_MAX {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 8 GiB"));
    }
    Ok(file)
}

fn no_sheets(name: &str, options: &ImportOptions) -> Result<(), ImportError> {
    if options.sheet.is_some() { Err(ImportError::NoSheets { file: name.to_owned() }) } else { Ok(()) }
}

fn as_text(
    name: &str,
    input: Stream,
    options: &ImportOptions,
) -> Result<(Stream, &'static str), ImportError> {
    let failed = |source| ImportError::Read { file: name.to_owned(), line: 0, source };
    match encoding::open(input, options.encoding).map_err(failed)? {
        Opened::Text(input, encoding) => Ok((input, encoding)),
        Opened::Other(kind) => Err(ImportError::NotRead { file: name.to_owned(), kind }),
    }
}

/// A table as lines of text.
fn of_text(
    name: String,
    input: Stream,
    bytes: Arc<AtomicU64>,
    bytes_total: Option<u64>,
    options: &ImportOptions,
    taxonomy: &Taxonomy,
) -> OpenedFile {
    let failed = |line| {
        let file = name.clone();
        move |source| ImportError::Read { file, line, source }
    };
    let (input, encoding) = as_text(&name, input, options)?;
    let mut lines = Lines::new(input);
    let (mut preamble, mut preamble_lines) = (Vec::new(), 0);
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
    let before = |header: &str| options.columns.iter().any(|column| column.column == header);
    let names = |header: &str| layout::knows(header) || own(header) || before(header);
    // Where the first line is a row, a skill in it says nothing of the delimiter.
    let knows = |cell: &str| !options.no_header && (names(cell) || taxonomy.find(cell).is_some());
    let delimiter = match options.delimiter.or(stated) {
        Some(delimiter) => delimiter,
        None => dialect::choose(&sample, knows, names).map_err(failed(1))?,
    };
    let rows = Rows::Text(Box::new(Records::new(lines, delimiter, encoding)));
    let settled = None;
    let begun =
        Begun { name, rows, preamble, preamble_lines, sample, delimiter, bytes, bytes_total, settled };
    CandidateFile::begin(begun, options, taxonomy)
}

/// Rows of cells.
fn of_cells(
    name: String,
    source: Box<dyn CellSource>,
    settled: Option<Settled>,
    options: &ImportOptions,
    taxonomy: &Taxonomy,
) -> OpenedFile {
    let cells = Cells::new(source, SAMPLE_LINES_MAX, SAMPLE_BYTES_MAX);
    let cells = cells.map_err(|source| read_error(&name, 0, source))?;
    let begun = Begun {
        name,
        preamble: Vec::new(),
        preamble_lines: 0,
        sample: cells.sample_as_csv(),
        rows: Rows::Cells(cells),
        delimiter: b',',
        bytes: Arc::new(AtomicU64::new(0)),
        bytes_total: None,
        settled,
    };
    CandidateFile::begin(begun, options, taxonomy)
}

fn of_json(name: String, mut rows: JsonRows, options: &ImportOptions, taxonomy: &Taxonomy) -> OpenedFile {
    if rows.has_no_keys() {
        rows.name_columns(options.columns.iter().map(|before| before.column.as_str()));
    }
    if rows.has_no_keys() {
        return Err(ImportError::NoObjects { file: name });
    }
    let settled = rows.is_resume.then(|| Settled { layout: "json-resume", columns: resume::column_uses() });
    of_cells(name, Box::new(rows), settled, options, taxonomy)
}

/// A file that is read in any order.
fn of_kept(
    name: String,
    kind: Kind,
    kept: &Kept,
    options: &ImportOptions,
    taxonomy: &Taxonomy,
) -> OpenedFile {
    match kind {
        Kind::Book(kind) => of_book(&name, kind, kept, options, taxonomy),
        Kind::Encrypted(kind) => Err(ImportError::Encrypted { file: name, kind }),
        Kind::Other(kind) => Err(ImportError::NotRead { file: name, kind }),
        Kind::Archive => {
            Err(ImportError::NotRead { file: name, kind: "an archive inside of a stream or an archive" })
        }
        Kind::Document(kind) => Err(ImportError::NotRead { file: name, kind: document_word(kind) }),
        Kind::Text | Kind::Json { .. } | Kind::Html => {
            Err(ImportError::NotRead { file: name, kind: "an archive that holds no table" })
        }
    }
}

/// A sheet of a workbook: the one that was asked for, or the first with a header that is understood.
fn of_book(
    name: &str,
    kind: BookKind,
    kept: &Kept,
    options: &ImportOptions,
    taxonomy: &Taxonomy,
) -> OpenedFile {
    let broken = |source: io::Error| match source.kind() {
        io::ErrorKind::PermissionDenied => {
            ImportError::Encrypted { file: name.to_owned(), kind: "a workbook with a password" }
        }
        _ => ImportError::Broken { file: name.to_owned(), source },
    };
    let book = || kept.open().and_then(|file| Book::open(file, kind)).map_err(broken);
    let sheets = book()?.sheets().to_vec();
    let names = || sheets.iter().map(|sheet| sheet.name.clone());
    let open = |at: usize| {
        let sheet = sheets[at].clone();
        let shown = format!("{name}[{}]", sheet.name);
        let rows = book()?.read(sheet).map_err(broken)?;
        of_cells(shown, Box::new(rows), None, options, taxonomy)
    };
    if let Some(asked) = options.sheet.as_deref().map(str::trim) {
        let same = |sheet: &&crate::workbook::Sheet| sheet.name.trim().to_lowercase() == asked.to_lowercase();
        let by_name =
            sheets.iter().position(|s| s.name == asked).or_else(|| sheets.iter().position(|s| same(&s)));
        let by_number =
            || asked.parse::<usize>().ok().filter(|n| (1..=sheets.len()).contains(n)).map(|n| n - 1);
        return match by_name.or_else(by_number) {
            Some(at) => open(at),
            None => Err(ImportError::UnknownSheet {
                file: name.to_owned(),
                sheet: asked.to_owned(),
                sheets: names().collect(),
                near: near(asked, names()),
            }),
        };
    }
    // Hidden sheets come last: they mostly hold lists for the others.
    let mut order: Vec<usize> = (0..sheets.len()).collect();
    order.sort_by_key(|at| !sheets[*at].visible);
    let mut refused = None;
    for at in order {
        match open(at) {
            Ok(mut file) => {
                let others: Vec<String> =
                    (0..sheets.len()).filter(|o| *o != at).map(|o| format!("`{}`", sheets[o].name)).collect();
                if !others.is_empty() {
                    file.note(format!("other sheets are not read: {}; --sheet names one", others.join(", ")));
                }
                return Ok(file);
            }
            // The first sheet that holds anything says best what is wrong.
            Err(error @ (ImportError::Broken { .. } | ImportError::Encrypted { .. })) => return Err(error),
            Err(error) => {
                let is_empty = |e: &ImportError| matches!(e, ImportError::Empty { .. });
                if refused.as_ref().is_none_or(is_empty) {
                    refused = Some(error);
                }
            }
        }
    }
    Err(refused.unwrap_or_else(|| ImportError::Empty { file: name.to_owned() }))
}

/// Rows of the table of a page.
struct PageRows {
    rows: std::vec::IntoIter<Vec<String>>,
    line: u64,
}

impl CellSource for PageRows {
    fn next(&mut self) -> io::Result<Option<CellRow>> {
        self.line += 1;
        let row = self.rows.next();
        Ok(row.map(|cells| CellRow { line: self.line, fields: cells.iter().collect(), ..CellRow::default() }))
    }
}

fn json_error(name: &str, error: io::Error) -> ImportError {
    let fault = error.get_ref().and_then(|inner| inner.downcast_ref::<JsonFault>()).cloned();
    match fault {
        Some(JsonFault { line, column, reason }) => {
            ImportError::BadJson { file: name.to_owned(), line, column, reason }
        }
        None => ImportError::Read { file: name.to_owned(), line: 0, source: error },
    }
}

/// Why a file cannot be read on.
pub(crate) fn read_error(name: &str, line: u64, error: io::Error) -> ImportError {
    let is_json = error.get_ref().is_some_and(|inner| inner.is::<JsonFault>());
    if is_json {
        return json_error(name, error);
    }
    ImportError::Read { file: name.to_owned(), line, source: error }
}
