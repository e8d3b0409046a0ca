//! Rows that were rejected, mended, and imported again: what is known of the import that rejected them.
//!
//! Beside `people.rejects.csv` stands `people.rejects.origin.json`: source, layout, what the columns were read as, and
//! the day. A file of rejected rows is read by that, as far as nothing else is asked for, and its rows stand beside those
//! that the import accepted of the same people. The file is told by its name, wherever it lies: as it was written, with
//! another ending, or with something behind it (`people.rejects mended.csv`).

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use stackscout_importer::layout::layouts;
use stackscout_importer::rejects::{ORIGIN, is_of_rejects, stem_of};
use stackscout_importer::text_file::read_bytes;
use stackscout_importer::{CandidateFile, ColumnBefore, ImportOptions, Input, RejectsForm};
use stackscout_profile::Date;
use stackscout_store::{ImportInfo, Store};

use crate::pool::REJECTS;
use crate::{EngineError, durable};

/// Bytes of what stands beside a rejects file: as many columns as there may be, with long names.
const ORIGIN_BYTES_MAX: usize = 16 << 20;
/// What is said where the import is known.
const KNOWN: &str = "read with the options of the import that rejected these rows";
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
}

impl HowRead {
    /// What was asked for, and where the file holds rejected rows, what is known of them.
    pub(crate) fn new(
        pool: &Path,
        store: &Store,
        input: &Input,
        asked: &ImportOptions,
        as_of: Date,
    ) -> Result<Self, EngineError> {
        let Some(rejects) = RejectsFile::find(pool, input) else {
            return Ok(Self { options: asked.clone(), as_of, rejected_by: None, note: None });
        };
        let all = store.all_imports()?;
        let last = rejects.import(&all);
        let mut options = match &rejects.origin {
            Some(origin) => origin.options(asked, &input.path),
            None => asked.clone(),
        };
        // Rejects of earlier versions have nothing beside them.
        if let (None, Some(import)) = (&options.source, last) {
            options.source = Some(import.source.clone());
        }
        let own = last.filter(|import| rejects.is_of(import));
        let day: Option<Date> = own.and_then(|import| import.as_of.parse().ok());
        let day = day.or(rejects.origin.as_ref().map(|origin| origin.as_of)).filter(|_| asked.is_today);
        let as_of = day.unwrap_or(as_of);
        options.as_of = options.as_of.map(|_| as_of);
        options.is_today = false;
        let is_known = rejects.origin.is_some() || last.is_some();
        let note = Some(if is_known { KNOWN } else { UNKNOWN });
        Ok(Self { options, as_of, rejected_by: Some(rejects.imports(&all)), note })
    }
}

/// The options that a file is read with: those that are asked for, and for rows that were rejected into this pool those of
/// their import as well.
#[must_use]
pub fn options_for(pool: &Path, input: &Input, asked: &ImportOptions) -> ImportOptions {
    let origin = RejectsFile::find(pool, input).and_then(|rejects| rejects.origin);
    origin.map_or_else(|| asked.clone(), |origin| origin.options(asked, &input.path))
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
    /// `None` where the file holds no rejected rows, as far as its name and folder tell.
    fn find(pool: &Path, input: &Input) -> Option<Self> {
        let path = input.path.as_path();
        let stem = stem_of(&path.file_name()?.to_string_lossy());
        if *input != Input::from(path) {
            return None;
        }
        let folder = pool.join(REJECTS);
        let lies_there = || {
            let whole = |path: &Path| path.canonicalize().ok();
            path.parent().and_then(whole).is_some_and(|parent| whole(&folder) == Some(parent))
        };
        if !stem.contains(".rejects") && !lies_there() {
            return None;
        }
        let written = written_as(&folder, &stem);
        if written.is_none() && !is_of_rejects(&stem) && !lies_there() {
            return None;
        }
        Some(Self::named(folder, written.unwrap_or(stem)))
    }

    fn named(folder: PathBuf, stem: String) -> Self {
        let origin = Origin::read(&folder, &stem);
        Self { folder, stem, origin }
    }

    /// Whether it holds what an import rejected.
    fn is_of(&self, import: &ImportInfo) -> bool {
        import.rejects.as_deref().is_some_and(|name| stem_of(name) == self.stem)
    }

    /// The import whose rows its rows stand beside: the last that rejected them.
    fn import<'a>(&self, all: &'a [ImportInfo]) -> Option<&'a ImportInfo> {
        let stands = |import: &ImportInfo| import.undone.is_none();
        if all.iter().any(|import| self.is_of(import)) {
            return all.iter().rev().find(|import| self.is_of(import) && stands(import));
        }
        // It changed nothing and left no trace: what it accepted is what another had said before.
        let origin = self.origin.as_ref()?;
        let is_before = |import: &ImportInfo| {
            import.number < origin.import
                && import.source == origin.source
                && !stem_of(import.file_name()).contains(".rejects")
        };
        all.iter().rev().find(|import| is_before(import) && stands(import))
    }

    /// The same, and where that import's own file held rejected rows, the one before it, and so on.
    fn imports(&self, all: &[ImportInfo]) -> Vec<u32> {
        let Some(last) = self.import(all) else { return Vec::new() };
        let mut imports = vec![last.number];
        let stem = stem_of(last.file_name());
        if stem.contains(".rejects") {
            let written = written_as(&self.folder, &stem).unwrap_or(stem);
            let before = all.partition_point(|import| import.number < last.number);
            imports.extend(Self::named(self.folder.clone(), written).imports(&all[..before]));
        }
        imports
    }
}

/// The name under which a rejects file was written, of which something is known: all of a name, or its longest beginning.
fn written_as(folder: &Path, stem: &str) -> Option<String> {
    let known = fs::read_dir(folder).ok()?.flatten().filter_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        Some(name.strip_suffix(ORIGIN)?.strip_suffix('.')?.to_owned())
    });
    let is_it = |known: &String| {
        stem.strip_prefix(known.as_str()).is_some_and(|rest| {
            // `people.rejects.2` is another file.
            rest.chars().next().is_none_or(|sign| !sign.is_alphanumeric() && sign != '.')
        })
    };
    known.filter(is_it).max_by_key(String::len)
}
