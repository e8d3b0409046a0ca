//! Rows that were rejected, mended, and imported again: what is known of the import that rejected them.
//!
//! Beside `people.rejects.csv` stands `people.rejects.origin.json`: source, layout, what the columns were read as, and
//! the day. A file of rejected rows is read by that, as far as nothing else is asked for, and its rows stand beside those
//! that the import accepted of the same people. The file is told by its name, wherever it lies: as it was written, with
//! another ending, or with something behind it (`people.rejects mended.csv`). A name alone proves little: where the columns
//! of the file are others, it is another file, and nothing is known of it. Where the folder of rejects was emptied, the
//! records still know source and day of the import.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use stackscout_importer::layout::layouts;
use stackscout_importer::rejects::{ORIGIN, stem_of, written_names};
use stackscout_importer::text_file::read_bytes;
use stackscout_importer::{CandidateFile, ColumnBefore, ImportError, ImportOptions, Input, RejectsForm};
use stackscout_profile::Date;
use stackscout_store::{ImportInfo, Store};
use stackscout_taxonomy::Taxonomy;

use crate::pool::REJECTS;
use crate::{EngineError, durable};

/// Bytes of what stands beside a rejects file: as many columns as there may be, with long names.
const ORIGIN_BYTES_MAX: usize = 16 << 20;
/// What is said where the import is known.
const KNOWN: &str = "read with the options of the import that rejected these rows";
/// What is said where it was taken back.
const UNDONE: &str = "read with the options of the import that rejected these rows, which was undone since";
/// What is said where it is not.
const UNKNOWN: &str = "which import rejected these rows is not known: give the options that it had (--source, --as-of, \
                       --map, ...) again, and rows of the same people that it accepted are replaced by these";

/// How an import read the file whose rows it rejected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Origin {
    /// The import's number; where it changed nothing and left no trace, the one that it would have had.
    import: u32,
    source: String,
    layout: String,
    as_of: Date,
    no_protected: bool,
    /// What was asked for.
    delimiter: Option<u8>,
    /// The file had no header, and its rejected rows have one that was made.
    is_header_made: bool,
    columns: Vec<ColumnBefore>,
}

impl Origin {
    pub(crate) fn new(import: u32, file: &CandidateFile, read: &HowRead) -> Self {
        let is_csv = file.rejects_form() == RejectsForm::Csv;
        Self {
            import,
            source: file.source().to_owned(),
            layout: file.layout().to_owned(),
            as_of: read.as_of,
            no_protected: read.options.no_protected,
            delimiter: read.options.delimiter.filter(|_| is_csv).map(|_| file.delimiter()),
            is_header_made: read.options.no_header && is_csv,
            columns: file.columns_before().to_vec(),
        }
    }

    /// What stands beside a rejects file of this name without its ending; `None` where nothing does that can be read.
    pub(crate) fn read(folder: &Path, stem: &str) -> Option<Self> {
        let bytes = read_bytes(&folder.join(format!("{stem}.{ORIGIN}")), ORIGIN_BYTES_MAX).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Writes it beside a rejects file of this name without its ending.
    pub(crate) fn write(&self, folder: &Path, stem: &str) -> Result<(), EngineError> {
        let text = serde_json::to_string(self).expect("names are plain data") + "\n";
        durable::write(folder, &format!("{stem}.{ORIGIN}"), &text)
    }

    /// Whether rows of the same bytes are read alike, whichever import rejected them on whichever day.
    pub(crate) fn reads_like(&self, other: &Self) -> bool {
        let usages = |origin: &Self| -> Vec<_> {
            origin.columns.iter().map(|c| (c.column.clone(), c.usage.clone())).collect()
        };
        self.source == other.source
            && self.no_protected == other.no_protected
            && usages(self) == usages(other)
    }

    /// The options that a file of these rows is read with. What is asked for now counts more.
    fn options(&self, asked: &ImportOptions, path: &Path) -> ImportOptions {
        let mut options = asked.clone();
        if asked.source.as_deref().is_none_or(|source| source.trim().is_empty()) {
            options.source = Some(self.source.clone());
        }
        if asked.layout.as_ref().is_none_or(|layout| *layout == self.layout) {
            let is_there = asked.layouts.iter().chain(layouts()).any(|layout| layout.name == self.layout);
            if is_there {
                options.layout = Some(self.layout.clone());
            }
            options.columns.clone_from(&self.columns);
        }
        if self.is_header_made {
            for (column, _) in &mut options.map {
                if let Some(name) = self.name_of_numbered(column) {
                    *column = name;
                }
            }
            for (column, _) in &mut options.date_orders {
                if let Some(name) = column.as_deref().and_then(|column| self.name_of_numbered(column)) {
                    *column = Some(name);
                }
            }
        }
        // Rejected rows are a table with a header, in UTF-8 and of no sheet, whatever the file was: options that are given
        // once more do no harm.
        options.no_header = false;
        if options.encoding.is_some_and(|encoding| encoding.name().starts_with("UTF-16")) {
            options.encoding = None;
        }
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        if ending == "csv" || ending == "jsonl" {
            options.sheet = None;
        }
        options.delimiter = options.delimiter.or(self.delimiter);
        options.no_protected |= self.no_protected;
        if options.is_today {
            options.as_of = Some(self.as_of);
        }
        options
    }

    /// The name, in a header that was made, of the column that was `column 3` before.
    fn name_of_numbered(&self, column: &str) -> Option<String> {
        let number: usize = column.strip_prefix("column ")?.parse().ok()?;
        Some(self.columns.get(number.checked_sub(1)?)?.column.clone())
    }
}

/// How one file of an import is read.
pub(crate) struct HowRead {
    pub options: ImportOptions,
    pub as_of: Date,
    /// Of a file of rejected rows, the imports that rejected them; `None` for any other file.
    pub rejected_by: Option<Vec<u32>>,
    /// What is said of it.
    pub note: Option<&'static str>,
    /// Of a file of rejected rows, the names of the files of all imports, by number.
    pub files: HashMap<u32, String>,
}

impl HowRead {
    /// Opens a file with what was asked for, and where it holds rejected rows, with what is known of them.
    pub(crate) fn open(
        pool: &Path,
        store: &Store,
        input: &Input,
        asked: &ImportOptions,
        as_of: Date,
        taxonomy: &Taxonomy,
    ) -> Result<(Self, CandidateFile), EngineError> {
        let mut read =
            Self { options: asked.clone(), as_of, rejected_by: None, note: None, files: HashMap::new() };
        let Some(names) = names_of(pool, input) else {
            return Ok((read, CandidateFile::open_input(input, asked, taxonomy)?));
        };
        let all = store.all_imports()?;
        read.files = all.iter().map(|import| (import.number, import.file_name().to_owned())).collect();
        let rejects = RejectsFile::named(pool.join(REJECTS), &names, &all);
        let own = rejects.own(&all);
        if let Some(mut options) = rejects.options(asked, input, own) {
            let day: Option<Date> = own.and_then(|import| import.as_of.parse().ok());
            let day = day.or(rejects.origin.as_ref().map(|origin| origin.as_of)).filter(|_| asked.is_today);
            let as_of = day.unwrap_or(as_of);
            options.as_of = options.as_of.map(|_| as_of);
            options.is_today = false;
            if let Some(file) = rejects.open(input, &options, asked, own, taxonomy)? {
                (read.options, read.as_of) = (options, as_of);
                read.rejected_by = Some(rejects.imports(&all));
                let is_undone = own.is_some_and(|import| import.undone.is_some());
                read.note = Some(if is_undone { UNDONE } else { KNOWN });
                return Ok((read, file));
            }
        }
        (read.rejected_by, read.note) = (Some(Vec::new()), Some(UNKNOWN));
        read.options.is_today = false;
        Ok((read, CandidateFile::open_input(input, asked, taxonomy)?))
    }
}

/// The options that a file is read with: those that are asked for, and for rows that were rejected into this pool those of
/// their import as well.
#[must_use]
pub fn options_for(pool: &Path, input: &Input, asked: &ImportOptions, taxonomy: &Taxonomy) -> ImportOptions {
    let known = names_of(pool, input).and_then(|names| {
        let rejects = RejectsFile::named(pool.join(REJECTS), &names, &[]);
        let options = rejects.options(asked, input, None)?;
        let opened = rejects.open(input, &options, asked, None, taxonomy);
        // Whoever opens it is told what is wrong with it.
        let is_another = matches!(opened, Ok(None));
        (!is_another).then_some(options)
    });
    known.unwrap_or_else(|| asked.clone())
}

/// The names under which a file of rejected rows may have been written, without endings, the longest first; `None` where it
/// holds no rejected rows, as far as its name and folder tell.
fn names_of(pool: &Path, input: &Input) -> Option<Vec<String>> {
    let path = input.path.as_path();
    let stem = stem_of(&path.file_name()?.to_string_lossy());
    if *input != Input::from(path) {
        return None;
    }
    let names: Vec<String> = written_names(&stem).map(str::to_owned).collect();
    if names.is_empty() { lies_in(&pool.join(REJECTS), path).then(|| vec![stem]) } else { Some(names) }
}

fn lies_in(folder: &Path, path: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    path.parent().and_then(whole).is_some_and(|parent| whole(folder) == Some(parent))
}

/// Whether an import's rejected rows went to a file of this name without its ending.
fn went_to(import: &ImportInfo, stem: &str) -> bool {
    import.rejects.as_deref().is_some_and(|name| stem_of(name) == stem)
}

/// Names of columns, without those at the end that have none: a spreadsheet adds and drops such.
fn names_in(columns: &[ColumnBefore]) -> HashSet<&str> {
    let is_named = |column: &ColumnBefore| !column.column.starts_with("(column ");
    let named = columns.iter().rposition(is_named).map_or(0, |at| at + 1);
    columns[..named].iter().map(|column| column.column.as_str()).collect()
}

/// A file of rejected rows.
struct RejectsFile {
    /// The pool's folder of rejects.
    folder: PathBuf,
    /// Its name as it was written, without its ending.
    stem: String,
    origin: Option<Origin>,
}

impl RejectsFile {
    /// The first of the names of which something is known, beside the rejects or in the records.
    fn named(folder: PathBuf, names: &[String], all: &[ImportInfo]) -> Self {
        let known = names.iter().find_map(|name| {
            let origin = Origin::read(&folder, name);
            let is_known = origin.is_some() || all.iter().any(|import| went_to(import, name));
            is_known.then(|| (name.clone(), origin))
        });
        let (stem, origin) = known.unwrap_or_else(|| (names.first().cloned().unwrap_or_default(), None));
        Self { folder, stem, origin }
    }

    /// The import that wrote it: the last that stands, or else the last that was undone.
    fn own<'a>(&self, all: &'a [ImportInfo]) -> Option<&'a ImportInfo> {
        let is_own = |import: &&ImportInfo| went_to(import, &self.stem);
        let stands = |import: &&ImportInfo| is_own(import) && import.undone.is_none();
        all.iter().rfind(stands).or_else(|| all.iter().rfind(is_own))
    }

    /// The options of its import; `None` where that is not known.
    fn options(
        &self,
        asked: &ImportOptions,
        input: &Input,
        own: Option<&ImportInfo>,
    ) -> Option<ImportOptions> {
        if let Some(origin) = &self.origin {
            return Some(origin.options(asked, &input.path));
        }
        // Rejects of earlier versions have nothing beside them, and what stood there may have been removed.
        let source = asked.source.clone().or_else(|| own.map(|import| import.source.clone()));
        own.map(|_| ImportOptions { source, ..asked.clone() })
    }

    /// Opens it with these options of its import; `None` where its columns show that it is another file.
    fn open(
        &self,
        input: &Input,
        options: &ImportOptions,
        asked: &ImportOptions,
        own: Option<&ImportInfo>,
        taxonomy: &Taxonomy,
    ) -> Result<Option<CandidateFile>, ImportError> {
        // What comes through a pipe cannot be looked at first.
        if !input.path.is_file() {
            return Ok(None);
        }
        let is_it = |file: &CandidateFile| self.is_told_by_columns(input, file, own);
        match CandidateFile::open_input(input, options, taxonomy) {
            Ok(file) => Ok(Some(file).filter(is_it)),
            // Options of another file may be what is wrong.
            Err(error) => match CandidateFile::open_input(input, asked, taxonomy) {
                Ok(file) if !is_it(&file) => Ok(None),
                _ => Err(error),
            },
        }
    }

    /// Whether the file has the columns that the import's file had, in whatever order. Of JSON a few rows may lack keys.
    fn is_told_by_columns(&self, input: &Input, file: &CandidateFile, own: Option<&ImportInfo>) -> bool {
        let is_json = file.rejects_form() == RejectsForm::JsonLines;
        // A broken line may hold a key that no whole one had.
        let is_itself = || {
            let name = input.path.file_name().unwrap_or_default().to_string_lossy();
            stem_of(&name) == self.stem && lies_in(&self.folder, &input.path)
        };
        if is_json && is_itself() {
            return true;
        }
        if let Some(origin) = &self.origin {
            let (columns, before) = (names_in(file.columns_before()), names_in(&origin.columns));
            return if is_json { columns.is_subset(&before) } else { columns == before };
        }
        // The records know the columns alone that were read.
        let Some(read) = own.and_then(|import| import.columns.as_deref()) else { return true };
        if is_json {
            return file.mapped_columns().iter().all(|column| read.contains(column));
        }
        let columns: HashSet<&str> = file.columns().iter().map(|column| column.column.as_str()).collect();
        // A file without a header has one in its rejects.
        read.iter().all(|column| columns.contains(column.as_str()) || column.starts_with("column "))
    }

    /// The import whose rows its rows stand beside: the last that rejected them.
    fn import<'a>(&self, all: &'a [ImportInfo]) -> Option<&'a ImportInfo> {
        if let Some(own) = self.own(all) {
            return Some(own).filter(|import| import.undone.is_none());
        }
        // It changed nothing and left no trace: what it accepted is what another had said before.
        let origin = self.origin.as_ref()?;
        let is_before = |import: &&ImportInfo| {
            import.number < origin.import
                && import.undone.is_none()
                && import.source == origin.source
                && written_names(&stem_of(import.file_name())).next().is_none()
        };
        all.iter().rfind(is_before)
    }

    /// The same, and where that import's own file held rejected rows, the one before it, and so on.
    fn imports(&self, all: &[ImportInfo]) -> Vec<u32> {
        let Some(last) = self.import(all) else { return Vec::new() };
        let mut imports = vec![last.number];
        let names: Vec<String> = written_names(&stem_of(last.file_name())).map(str::to_owned).collect();
        if !names.is_empty() {
            let before = &all[..all.partition_point(|import| import.number < last.number)];
            imports.extend(Self::named(self.folder.clone(), &names, before).imports(before));
        }
        imports
    }
}
