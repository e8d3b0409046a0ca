//! The taxonomy's CSV files as files: what may stand in them, every problem at once, one canonical form, one
//! fingerprint, and a team's own folder laid over the built-in one.
//!
//! Reading order: `schema` (which files and columns there are), `sheet` (a file taken apart, line by line), `check`
//! (rows against rows), `layer` (a team's folder over the built-in files), `fingerprint`.

mod check;
mod circle;
mod fingerprint;
mod layer;
mod schema;
mod sheet;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::tables::{EMBEDDED, Tables};
use crate::{Taxonomy, TaxonomyError};
use layer::Layers;
use schema::Schema;
pub(crate) use sheet::Sheet;

/// Largest file that is read, in bytes; the built-in files together are far smaller.
pub const FILE_BYTES_MAX: usize = 8 << 20;
/// Problems that are listed; a file in another format has one a line.
pub const PROBLEMS_MAX: usize = 200;

/// A file of a taxonomy's folder: its name, and its bytes as they stand on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxonomyFile {
    /// File name without folder, such as `skills.csv`.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Something wrong with a taxonomy's files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// File name.
    pub file: String,
    /// Line, from 1; 0 where the file as a whole is meant.
    pub line: u64,
    /// Column by its header; `None` where the row as a whole is meant.
    pub column: Option<String>,
    /// What is wrong, as a fragment.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        match &self.column {
            Some(column) => write!(f, ", column `{column}`: {}", self.reason),
            None => write!(f, ": {}", self.reason),
        }
    }
}

/// How a folder of files is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All files of a taxonomy, with nothing beside them.
    Whole,
    /// A team's own files, laid over the built-in ones.
    Team,
}

/// What checking a folder found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// How the folder was taken: as a whole taxonomy where every file of one is there.
    pub scope: Scope,
    /// Files that were read, in the order of names.
    pub files: Vec<String>,
    /// Rows in them.
    pub rows: usize,
    /// Every problem, in the order of files and lines.
    pub problems: Vec<Problem>,
}

/// The files that ship in the binary.
#[must_use]
pub fn embedded_files() -> Vec<TaxonomyFile> {
    EMBEDDED
        .iter()
        .map(|(name, text)| TaxonomyFile { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() })
        .collect()
}

/// Whether a file of this name belongs to a taxonomy's folder.
#[must_use]
pub fn is_taxonomy_file(name: &str) -> bool {
    Schema::of(name).is_some() || name == SOURCES
}

/// The description of sources, which a whole taxonomy has beside its rows.
const SOURCES: &str = "SOURCES.md";

/// Checks a folder's files: each line, each row against each other, and the form of the files. Nothing stops at the
/// first problem.
#[must_use]
pub fn check_files(files: &[TaxonomyFile]) -> Checked {
    let scope = scope_of(files);
    let (sheets, mut problems) = sheets_of(files);
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.schema.name.to_owned()).collect();
    let rows = sheets.iter().map(|sheet| sheet.rows.len()).sum();
    problems.extend(sheets.iter().flat_map(Sheet::form_problems));
    let sources = files.iter().find(|file| file.name == SOURCES);
    let layers = match scope {
        Scope::Whole => Layers::of(sheets),
        Scope::Team => Layers::of(embedded_sheets()).under(sheets, &mut problems),
    };
    problems.extend(check::check(&layers));
    if let Some(sources) = sources.filter(|_| scope == Scope::Whole) {
        problems.extend(check::sources(&layers, &String::from_utf8_lossy(&sources.bytes)));
    }
    problems.sort();
    problems.dedup();
    Checked { scope, files: names, rows, problems }
}

/// The canonical text of a file: rows sorted by their keys, line feeds, quotes only where needed, each row once.
///
/// `None` for a name that is no file of a taxonomy.
///
/// # Errors
/// The problems that keep the file from being read to its end; such a file is left as it is.
pub fn canonical(file: &TaxonomyFile) -> Option<Result<String, Vec<Problem>>> {
    let schema = Schema::of(&file.name)?;
    let (sheet, problems) = Sheet::parse(schema, &file.bytes);
    Some(if problems.is_empty() { Ok(sheet.canonical()) } else { Err(problems) })
}

impl Taxonomy {
    /// The built-in taxonomy with a team's own files over it.
    ///
    /// # Errors
    /// Every problem of the files, up to [`PROBLEMS_MAX`].
    pub fn with_team_files(files: &[TaxonomyFile]) -> Result<Self, TaxonomyError> {
        let (sheets, mut problems) = sheets_of(files);
        let layers = Layers::of(embedded_sheets()).under(sheets, &mut problems);
        problems.extend(check::check(&layers));
        if !problems.is_empty() {
            problems.sort();
            problems.dedup();
            problems.truncate(PROBLEMS_MAX);
            return Err(TaxonomyError::Problems(problems));
        }
        Self::of_layers(&layers)
    }

    /// A taxonomy of a folder that holds all files of one.
    ///
    /// # Errors
    /// Every problem of the files, up to [`PROBLEMS_MAX`].
    pub fn of_files(files: &[TaxonomyFile]) -> Result<Self, TaxonomyError> {
        let (sheets, mut problems) = sheets_of(files);
        let layers = Layers::of(sheets);
        problems.extend(check::check(&layers));
        if !problems.is_empty() {
            problems.sort();
            problems.truncate(PROBLEMS_MAX);
            return Err(TaxonomyError::Problems(problems));
        }
        Self::of_layers(&layers)
    }

    fn of_layers(layers: &Layers) -> Result<Self, TaxonomyError> {
        Self::of_sheets(layers.sheets())
    }

    /// The taxonomy of the embedded files, which are taken apart once.
    pub(crate) fn of_embedded() -> Result<Self, TaxonomyError> {
        Self::of_sheets(&readable_embedded_sheets()?)
    }

    fn of_sheets(sheets: &[Sheet]) -> Result<Self, TaxonomyError> {
        Self::new(Tables::of_sheets(sheets)?, fingerprint::of_sheets(sheets))
    }
}

/// The embedded files, where every row of them can be read.
pub(crate) fn readable_embedded_sheets() -> Result<Vec<Sheet>, TaxonomyError> {
    let (sheets, problems) = sheets_of(&embedded_files());
    if problems.is_empty() { Ok(sheets) } else { Err(TaxonomyError::Problems(problems)) }
}

fn scope_of(files: &[TaxonomyFile]) -> Scope {
    let all = EMBEDDED.iter().all(|(name, _)| files.iter().any(|file| file.name == *name));
    if all { Scope::Whole } else { Scope::Team }
}

fn embedded_sheets() -> Vec<Sheet> {
    sheets_of(&embedded_files()).0
}

fn sheets_of(files: &[TaxonomyFile]) -> (Vec<Sheet>, Vec<Problem>) {
    let mut files: Vec<&TaxonomyFile> = files.iter().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let mut sheets = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        if let Some(schema) = Schema::of(&file.name) {
            let (sheet, found) = Sheet::parse(schema, &file.bytes);
            sheets.push(sheet);
            problems.extend(found);
        } else if file.name.ends_with(".csv") {
            let known: Vec<&str> = schema::FILES.iter().map(|schema| schema.name).collect();
            problems.push(Problem {
                file: file.name.clone(),
                line: 0,
                column: None,
                reason: format!("is no file of a taxonomy: there are {}", known.join(", ")),
            });
        }
    }
    (sheets, problems)
}
