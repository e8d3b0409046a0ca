//! From what was asked for to what is read: a folder or an archive stands for the files in it.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;
use stackscout_profile::Field;
use stackscout_profile::contact::read_email;
use stackscout_profile::years::read_years;

use crate::content::{is_link, is_mail, is_phone, is_title};
use crate::cvs::document_kind;
use crate::cvs::place::{Place, PlaceReader};
use crate::document::DOCUMENT_BYTES_MAX;
use crate::json::parse::parse;
use crate::kind::{HEAD_BYTES, Head, Kind, ending, of_archive, of_file, of_head};
use crate::rejects::is_beside;
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
    if is_beside(name) {
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

/// Whether the first line of a text is a header: two names of columns that are known, or one above a column of its cells.
fn is_table(input: &mut dyn Read) -> io::Result<bool> {
    let mut head = Vec::new();
    input.take(HEAD_BYTES).read_to_end(&mut head)?;
    let is_cut = head.len() as u64 == HEAD_BYTES;
    let text: Vec<u8> = head.iter().copied().filter(|b| *b != 0).collect();
    let text = String::from_utf8_lossy(&text).replace("\r\n", "\n");
    let mut lines = text.split(['\n', '\r']).skip_while(|line| line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    if dialect::stated(first.as_bytes()).is_some() {
        return Ok(true);
    }
    let first = first.trim_start_matches('\u{feff}');
    let known = |delimiter: char| {
        let cells = first.split(delimiter).map(bare_cell);
        cells.filter(|cell| !cell.is_empty() && layout::knows(cell)).count()
    };
    if [',', ';', '\t', '|'].into_iter().any(|delimiter| known(delimiter) >= 2) {
        return Ok(true);
    }
    let name = bare_cell(first);
    if !layout::knows(name) {
        return Ok(false);
    }
    let mut below: Vec<&str> = lines.collect();
    if is_cut {
        below.pop();
    }
    Ok(is_column(name, &below))
}

fn bare_cell(cell: &str) -> &str {
    cell.trim().trim_matches('"').trim()
}

/// Share of lines in percent that have the form of a column from which on they are its cells.
const CELLS_MIN: usize = 80;
/// Words of a cell at most, or of an item in it.
const CELL_WORDS_MAX: usize = 5;

/// Whether the lines below the name of a column are its cells. Otherwise it is the heading of a text: `Lebenslauf`.
fn is_column(name: &str, below: &[&str]) -> bool {
    use Field::{Cv, Education, Email, FirstName, LastName, Link, Name, Notes, Phone, Summary, TotalYears};
    let meaning = |name: &str| layout::plain().meaning(name);
    let field = meaning(name);
    // No table is made of texts alone.
    if matches!(field, Some(Cv | Summary | Notes | Education | Field::WorkHistory)) {
        return false;
    }
    let end = below.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
    let below = &below[..end];
    if below.first().is_some_and(|line| line.trim().is_empty()) {
        return false;
    }
    let cells = || below.iter().map(|line| bare_cell(line)).filter(|cell| !cell.is_empty());
    let most = |is: &dyn Fn(&str) -> bool| {
        cells().filter(|cell| is(cell)).count() * 100 >= cells().count() * CELLS_MIN
    };
    let is_whole = cells().count() == below.len();
    let is_heading = |cell: &str| {
        let headings = [Cv, Summary, Notes, Education, Field::WorkHistory, Field::Skills, Field::Languages];
        let more = [Email, Phone, Name, TotalYears];
        meaning(cell).is_some_and(|field| headings.contains(&field) || more.contains(&field))
    };
    let all = |is: &dyn Fn(&str) -> bool| is_whole && cells().all(|cell| is(cell) && !is_heading(cell));
    match field {
        Some(Email) => most(&|cell: &str| is_mail(cell) || read_email(cell).is_ok()),
        Some(Link) => most(&is_link),
        Some(Phone) => most(&is_phone),
        Some(TotalYears) => most(&|cell: &str| read_years(cell).is_ok()),
        Some(Name | FirstName | LastName) => all(&|cell: &str| {
            let is_short = cell.split_whitespace().count() <= CELL_WORDS_MAX;
            is_short && !cell.contains(|c: char| c == '@' || c.is_ascii_digit()) && !is_title(cell)
        }),
        _ => all(&|cell: &str| {
            let items = || cell.split([',', ';', '|', '/']).map(|item| item.split_whitespace().count());
            let is_sentence = cell.ends_with(['.', '!', '?']) && items().sum::<usize>() >= CELL_WORDS_MAX;
            let is_list = items().all(|words| words <= CELL_WORDS_MAX) && !is_sentence;
            is_list && !cell.contains('@') && !cell.contains("://")
        }),
    }
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

#[cfg(test)]
mod tests {
    //! - a text is a table where its first line names columns, and a CV where it names a section

    use super::*;

    #[test]
    fn one_known_name_above_other_lines_is_the_heading_of_a_text() {
        let cv = "\n\nUma Test\numa@test.example\n\nDjango developer since 2019.\n";
        let headings = [
            "Lebenslauf",
            "Curriculum Vitae",
            "CV",
            "Resume",
            "Profile",
            "Summary",
            "Notes",
            "Skills",
            "Name",
        ];
        for heading in headings {
            for text in [format!("{heading}{cv}"), format!("\u{feff}{heading}{}", cv.replace("\n\n", "\r\n"))]
            {
                assert!(!is_table(&mut text.as_bytes()).unwrap(), "{text}");
            }
        }
        for text in [
            "Skills\nPython, Django\nExperience\nAcme, 2019\n",
            "E-Mail\numa@test.example\nDjango developer\n",
            "Name\nUma Test\nDjango developer\n",
            "Uma Test, Django",
        ] {
            assert!(!is_table(&mut text.as_bytes()).unwrap(), "{text}");
        }
        for text in [
            "email\na@x.example\nb@x.example\n\n\"c@x.example\"\n",
            "E-Mail\r\na (at) x.example\r\n",
            "Skills\n\"Rust, Go\"\nPython\n",
            "Name\nAnn Lee\nBo Ek\n\n",
            "Ort\nBonn\n",
            "name;skills\nBob;Go\n",
            "sep=;\nname\n",
            "email\n",
        ] {
            assert!(is_table(&mut text.as_bytes()).unwrap(), "{text}");
        }
    }
}
