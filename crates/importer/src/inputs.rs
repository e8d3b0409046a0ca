//! From what was asked for to what is read: a folder or an archive stands for the files in it.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cvs::document_kind;
use crate::cvs::place::{Place, PlaceReader};
use crate::document::DOCUMENT_BYTES_MAX;
use crate::json::parse::parse;
use crate::kind::{HEAD_BYTES, Head, Kind, ending, of_archive, of_file, of_head};
use crate::rejects::is_reasons;
use crate::{ImportError, ImportOptions, dialect, layout, packing, resume};

/// One thing that is imported as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The path that was asked for, or one below it.
    pub path: PathBuf,
    pub(crate) what: What,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// A file, whose contents say what it is.
    File,
    /// A table inside of an archive.
    Member(String),
    /// JSON Resumes of a folder or archive.
    Resumes(Place, Vec<String>),
    /// CVs.
    Cvs(Place, Vec<String>),
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        Self { path: path.to_owned(), what: What::File }
    }
}

/// A file of a folder or archive that is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The file, as it was named.
    pub file: String,
    /// Why, as a fragment.
    pub reason: String,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// In the order in which they were asked for; within a folder tables first, then JSON Resumes, then CVs.
    pub inputs: Vec<Input>,
    /// Files of folders and archives that are not read.
    pub skipped: Vec<Skipped>,
}

impl Inputs {
    /// Looks at what was asked for; `-` is standard input.
    ///
    /// # Errors
    /// A folder or archive that cannot be read, or in which nothing is read. A file that is not there is an error
    /// where it is opened.
    pub fn find(paths: &[PathBuf], options: &ImportOptions) -> Result<Self, ImportError> {
        let mut found = Self::default();
        for path in paths {
            let name = path.display().to_string();
            let failed = |source| ImportError::Open { file: name.clone(), source };
            if path.is_dir() {
                found.add_place(&Place::Folder(path.clone()), options)?;
                continue;
            }
            let kind = match path.is_file() {
                true => of_file(File::open(path).map_err(failed)?, &name).map_err(failed)?,
                false => Kind::Text,
            };
            match kind {
                Kind::Archive => found.add_place(&Place::Archive(path.clone()), options)?,
                Kind::Document(_) => found.add_cv(path),
                Kind::Text if is_plain(&name) && !decided(options) => {
                    let mut file = File::open(path).map_err(failed)?;
                    match is_table(&mut file).map_err(failed)? {
                        true => found.inputs.push(path.as_path().into()),
                        false => found.add_cv(path),
                    }
                }
                Kind::Html if is_page_of_cv(path, options).map_err(failed)? => found.add_cv(path),
                _ => found.inputs.push(path.as_path().into()),
            }
        }
        Ok(found)
    }

    fn add_cv(&mut self, path: &Path) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let what = What::Cvs(Place::File(path.to_owned()), vec![name]);
        self.inputs.push(Input { path: path.to_owned(), what });
    }

    /// Sorts the files of a folder or archive.
    fn add_place(&mut self, place: &Place, options: &ImportOptions) -> Result<(), ImportError> {
        let root = place.path();
        let failed = |source| ImportError::Open { file: root.display().to_string(), source };
        let listed = place.list().map_err(failed)?;
        let mut reader = place.reader().map_err(failed)?;
        let shown = |name: &str| match place {
            Place::Folder(folder) => folder.join(name).display().to_string(),
            _ => format!("{}[{name}]", root.display()),
        };
        let skip = |(file, reason): (String, String)| Skipped { file: shown(&file), reason };
        let before = self.skipped.len();
        self.skipped.extend(listed.refused.into_iter().map(skip));
        let (mut resumes, mut cvs) = (Vec::new(), Vec::new());
        let (inputs, mut tables) = (self.inputs.len(), Vec::new());
        for name in listed.names {
            match sorted(place, &mut reader, &name, options) {
                Ok(Sort::Table) => tables.push(name),
                Ok(Sort::Resume) => resumes.push(name),
                Ok(Sort::Cv) => cvs.push(name),
                Err(reason) => self.skipped.push(Skipped { file: shown(&name), reason }),
            }
        }
        self.inputs.extend(tables.into_iter().map(|name| match place {
            Place::Folder(folder) => Input { path: folder.join(&name), what: What::File },
            _ => Input { path: root.to_owned(), what: What::Member(name) },
        }));
        if !resumes.is_empty() {
            self.inputs.push(Input { path: root.to_owned(), what: What::Resumes(place.clone(), resumes) });
        }
        if !cvs.is_empty() {
            self.inputs.push(Input { path: root.to_owned(), what: What::Cvs(place.clone(), cvs) });
        }
        if self.inputs.len() == inputs {
            let skipped =
                self.skipped[before..].iter().take(5).map(|s| format!("`{}` {}", s.file, s.reason)).collect();
            return Err(ImportError::NothingInside { file: root.display().to_string(), skipped });
        }
        Ok(())
    }
}

enum Sort {
    Table,
    Resume,
    Cv,
}

/// What a file of a folder or archive is read as; the reason where it is not read.
fn sorted(
    place: &Place,
    reader: &mut PlaceReader,
    name: &str,
    options: &ImportOptions,
) -> Result<Sort, String> {
    if is_reasons(name) {
        return Err("says why rows were rejected, and holds none".to_owned());
    }
    // A folder's table may be as large as it likes; everything else is held.
    if let Place::Folder(folder) = place {
        let path = folder.join(name);
        let open = || File::open(&path).map_err(|e| e.to_string());
        let mut head = Vec::new();
        let input = packing::open(Box::new(BufReader::new(open()?))).map_err(|e| e.to_string())?;
        input.take(HEAD_BYTES).read_to_end(&mut head).map_err(|e| e.to_string())?;
        let kind = match of_head(&head, name) {
            Head::Kind(kind) => kind,
            _ => of_file(open()?, name).map_err(|e| e.to_string())?,
        };
        return match kind {
            Kind::Text if is_table_by_name(name) => Ok(Sort::Table),
            Kind::Text if is_plain(name) => match is_table(&mut open()?).map_err(|e| e.to_string())? {
                true => Ok(Sort::Table),
                false => Ok(Sort::Cv),
            },
            Kind::Json { .. } if is_resume(reader, name) => Ok(Sort::Resume),
            Kind::Json { .. } | Kind::Book(_) => Ok(Sort::Table),
            Kind::Html if is_page_of_cv(&path, options).map_err(|e| e.to_string())? => Ok(Sort::Cv),
            Kind::Html => Ok(Sort::Table),
            Kind::Document(_) => Ok(Sort::Cv),
            Kind::Archive => {
                Err("is an archive inside of a folder; it is read where it is named itself".to_owned())
            }
            Kind::Encrypted(kind) | Kind::Other(kind) => Err(format!("is {kind}, which is not read")),
            Kind::Text => Err("is of no kind that is read".to_owned()),
        };
    }
    let ending = ending(name);
    let is_packed_table =
        is_table_by_name(name) || matches!(ending.as_str(), "xlsx" | "xlsm" | "ods" | "jsonl" | "ndjson");
    if is_packed_table {
        return Ok(Sort::Table);
    }
    let bytes = reader.bytes(name, DOCUMENT_BYTES_MAX).map_err(|e| match e.kind() {
        io::ErrorKind::FileTooLarge => "is larger than 32 MiB".to_owned(),
        _ => e.to_string(),
    })?;
    match of_head(&bytes[..bytes.len().min(HEAD_BYTES as usize)], name) {
        Head::Kind(Kind::Json { .. }) => match parse(&bytes) {
            Ok(json) if resume::is_resume(&json) => Ok(Sort::Resume),
            _ => Ok(Sort::Table),
        },
        Head::Kind(Kind::Text)
            if is_plain(name) && is_table(&mut bytes.as_slice()).map_err(|e| e.to_string())? =>
        {
            Ok(Sort::Table)
        }
        Head::Zip => match of_archive(
            crate::archive::spooled(bytes.as_slice(), DOCUMENT_BYTES_MAX).map_err(|e| e.to_string())?,
        ) {
            Ok(Kind::Book(_)) => Ok(Sort::Table),
            _ => document_kind(&bytes, name).map(|_| Sort::Cv).map_err(str::to_owned),
        },
        _ => document_kind(&bytes, name).map(|_| Sort::Cv).map_err(str::to_owned),
    }
}

fn is_resume(reader: &mut PlaceReader, name: &str) -> bool {
    let bytes = reader.bytes(name, DOCUMENT_BYTES_MAX);
    bytes.ok().and_then(|bytes| parse(&bytes).ok()).is_some_and(|json| resume::is_resume(&json))
}

/// Whether a caller said how the file is to be read as a table.
fn decided(options: &ImportOptions) -> bool {
    options.layout.is_some() || !options.map.is_empty() || options.delimiter.is_some()
}

fn is_table_by_name(name: &str) -> bool {
    matches!(ending(name).as_str(), "csv" | "tsv" | "tab" | "psv" | "xls")
}

/// Whether a file of text may be a CV as well as a table.
fn is_plain(name: &str) -> bool {
    matches!(ending(name).as_str(), "txt" | "text" | "md" | "markdown")
        && packing::without_ending(name) == name
}

/// Whether the first line of a text is a header: two names of columns that are known, or nothing else.
fn is_table(input: &mut dyn Read) -> io::Result<bool> {
    let mut head = Vec::new();
    input.take(HEAD_BYTES).read_to_end(&mut head)?;
    let text: Vec<u8> = head.iter().copied().filter(|b| *b != 0).collect();
    let text = String::from_utf8_lossy(&text);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if dialect::stated(first.as_bytes()).is_some() {
        return Ok(true);
    }
    let known = |delimiter: char| {
        let cells: Vec<&str> = first
            .trim_start_matches('\u{feff}')
            .split(delimiter)
            .map(|c| c.trim().trim_matches('"'))
            .collect();
        let known = cells.iter().filter(|cell| !cell.is_empty() && layout::knows(cell)).count();
        known >= 2 || known == cells.len()
    };
    Ok([',', ';', '\t', '|'].into_iter().any(known))
}

/// Whether a page holds a CV, and no table of people.
fn is_page_of_cv(path: &Path, options: &ImportOptions) -> io::Result<bool> {
    if decided(options) || !matches!(ending(&path.to_string_lossy()).as_str(), "html" | "htm" | "xhtml") {
        return Ok(false);
    }
    let bytes = crate::archive::read_bounded(File::open(path)?, DOCUMENT_BYTES_MAX)?;
    let table = crate::document::html::table(&String::from_utf8_lossy(&bytes));
    let known = |row: &Vec<String>| row.iter().filter(|cell| layout::knows(cell)).count();
    Ok(table.first().is_none_or(|header| known(header) < 2))
}
