//! Files into a pool: read, checked, stored in one transaction a file, then indexed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use stackscout_importer::rejects::stem_of;
use stackscout_importer::{
    CandidateFile, ColumnUse, CvLeft, ImportOptions, Input, Inputs, Issue, ReadRow, Rejected, RejectsWriter,
    Skipped,
};
use stackscout_profile::Date;
use stackscout_store::{Actor, ImportCounts, ImportStart, ImportTransaction, Store, Stored};
use stackscout_taxonomy::Taxonomy;

use crate::again::{FileKey, Imported};
use crate::catch_up::CatchingUp;
use crate::pool::{REJECTS, create_private};
use crate::read_ahead::{AcceptedRow, AheadRow, Made, RowsOf, read_ahead};
use crate::rejected::{HowRead, Origin, options_for};
use crate::unknown::may_be_shown;
use crate::{EngineError, Pool, durable, kept_files, stop};

/// What is asked of an import.
pub struct ImportRequest<'a> {
    /// The files, folders and archives, in order; `-` is standard input.
    pub files: &'a [PathBuf],
    /// Overrides for all of them.
    pub options: ImportOptions,
    /// Day on which the files are current.
    pub as_of: Date,
    /// Reads and reports, and keeps nothing.
    pub dry_run: bool,
    /// Keeps nothing of a file of which any row is rejected.
    pub strict: bool,
    /// Called now and then.
    pub progress: &'a dyn Fn(Progress<'_>),
    /// Who imports, and when: for the audit log.
    pub actor: Actor,
    /// The reason, in words; empty where none was given.
    pub why: &'a str,
}

/// How far the import of a file is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// The file, as it was named.
    pub file: &'a str,
    /// Bytes read of it.
    pub bytes_read: u64,
    /// Bytes in all, where known.
    pub bytes_total: Option<u64>,
    /// Rows read.
    pub rows: u64,
}

/// What became of the files.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ImportReport {
    /// How many rows of all files did what.
    #[serde(flatten)]
    pub counts: ImportCounts,
    /// Rejected rows, and cells that could not be read; the first 10,000.
    pub issues: Vec<Issue>,
    /// How many issues there are in all.
    pub issues_total: u64,
    /// Whether nothing was kept.
    pub dry_run: bool,
    /// Each file.
    pub files: Vec<FileReport>,
    /// Files of folders and archives that are of no kind that is read.
    pub skipped: Vec<Skipped>,
    /// CVs that were to join rows and joined none, or could not be read.
    pub cvs_left: Vec<CvLeft>,
}

impl ImportReport {
    fn add_issue(&mut self, issue: Issue) {
        self.issues_total += 1;
        if self.issues.len() < ISSUES_MAX {
            self.issues.push(issue);
        }
    }

    fn add_issues(&mut self, issues: Vec<Issue>) {
        issues.into_iter().for_each(|issue| self.add_issue(issue));
    }
}

/// What became of one file.
#[derive(Debug, Clone, Serialize)]
pub struct FileReport {
    /// The file, as it was named.
    pub file: String,
    /// Layout that it was read with.
    pub layout: String,
    /// Source that its ids belong to.
    pub source: String,
    /// What each column was used for.
    pub columns: Vec<ColumnUse>,
    /// Lines above the header that were passed over.
    pub lines_above_header: u64,
    /// How many of its rows did what.
    #[serde(flatten)]
    pub counts: ImportCounts,
    /// Accepted rows that hold no id, no e-mail and no profile link: known by their content alone.
    pub without_identity: u64,
    /// Accepted rows that are older than what is known of the person: where newer rows spoke, those stand.
    pub laid_aside: u64,
    /// Whether protected attributes are kept apart, or not at all.
    pub protected_kept: bool,
    /// Issues by code, in the order of codes.
    pub issue_counts: Vec<(String, u64)>,
    /// Spellings that name no known skill, most frequent first; the first 100.
    pub unknown_skills: Vec<(String, u64)>,
    /// What was noticed and belongs to no single row, as fragments.
    pub notes: Vec<String>,
    /// Where the rejected rows went; `None` where there are none.
    pub rejects_file: Option<String>,
}

/// Issues kept in full: enough to mend a file by, and bounded whatever the file.
const ISSUES_MAX: usize = 10_000;
/// Different unknown spellings counted, so that a column of free text cannot fill the memory.
const SPELLINGS_MAX: usize = 100_000;
/// Unknown spellings reported.
const SPELLINGS_SHOWN: usize = 100;
/// Code of the issue of a row that is held.
const HELD: &str = "held";
/// Rejected rows that a strict import names.
const STRICT_SHOWN: usize = 5;
/// Rows between two calls of `progress`.
const PROGRESS_ROWS: u64 = 512;

impl Pool {
    /// Imports files into the pool in `folder`, which is made where there is none.
    ///
    /// Each file is one transaction: what is reported is on disk. A file that fails leaves those before it imported.
    ///
    /// # Errors
    /// A folder that is no pool; another writer; a file that cannot be read at all; a full disk.
    pub fn import(
        folder: &Path,
        taxonomy: &Arc<Taxonomy>,
        request: &ImportRequest<'_>,
    ) -> Result<ImportReport, EngineError> {
        let found = Inputs::find(request.files, &request.options)?;
        if request.dry_run {
            if !Pool::is_there(folder)? {
                return import_files(&mut Store::in_memory()?, folder, &found, None, None, taxonomy, request);
            }
            // The transaction is begun like any other, and dropped.
            let (mut pool, _lock) = Pool::open_to_write(folder, Arc::clone(taxonomy))?;
            return import_files(&mut pool.store, folder, &found, None, None, taxonomy, request);
        }
        // A file that cannot be read makes no pool. Pipes are left out: what is read of them is gone.
        for input in found.inputs.iter().filter(|i| i.path.is_file() || i.path.is_dir() || !i.path.exists()) {
            if input.path.as_os_str() != "-" {
                let options = options_for(folder, input, &request.options, taxonomy);
                drop(CandidateFile::open_input(input, &options, taxonomy)?);
            }
        }
        if request.strict && !Pool::is_there(folder)? {
            // Nor does a file that will be refused.
            import_files(&mut Store::in_memory()?, folder, &found, None, None, taxonomy, request)?;
        }
        let (mut pool, _lock) = Pool::open_to_write(folder, Arc::clone(taxonomy))?;
        pool.store.act_as(request.actor.clone());
        let rejects = folder.join(REJECTS);
        let mut catching_up = CatchingUp::begin(&pool.store, folder, taxonomy)?;
        let into = Some(rejects.as_path());
        let report =
            import_files(&mut pool.store, folder, &found, into, Some(&mut catching_up), taxonomy, request);
        let caught_up = match &report {
            Ok(_) => catching_up.finish(&pool.store).map(drop),
            // The next one who reads catches the index up.
            Err(EngineError::Interrupted) => {
                drop(catching_up);
                Ok(())
            }
            // Files before the one that failed are imported, and are to be found; what was gathered of that one is not.
            Err(_) => {
                drop(catching_up);
                pool.catch_up().map(drop)
            }
        };
        pool.store.close();
        kept_files::note(folder, false)?;
        let report = report?;
        caught_up?;
        Ok(report)
    }
}

fn import_files(
    store: &mut Store,
    folder: &Path,
    found: &Inputs,
    rejects: Option<&Path>,
    mut catching_up: Option<&mut CatchingUp<'_>>,
    taxonomy: &Taxonomy,
    request: &ImportRequest<'_>,
) -> Result<ImportReport, EngineError> {
    let skipped = found.skipped.clone();
    let mut report = ImportReport { dry_run: request.dry_run, skipped, ..ImportReport::default() };
    // What stands in the pool is its own; a dry run has none.
    let pool = rejects.and_then(Path::parent);
    let mut imported = pool.map(Imported::read).unwrap_or_default();
    for input in &found.inputs {
        stop::check()?;
        let (read, file) = HowRead::open(folder, store, input, &request.options, request.as_of, taxonomy)?;
        let key = pool.and_then(|_| FileKey::of(input, &file, &read.options, read.as_of, taxonomy));
        let again = match &key {
            Some(key) => imported.again(key, store.change()?, &file),
            None => None,
        };
        let file = match again {
            Some((file, issues)) => {
                report.add_issues(issues);
                file
            }
            None => {
                let first_issue = report.issues.len();
                let into = Besides { rejects, catching_up: catching_up.as_deref_mut(), read: &read };
                let file = import_file(store, &input.path, file, into, taxonomy, request, &mut report)?;
                if let (Some(key), Some(pool)) = (key, pool) {
                    let change = store.change()?;
                    imported.keep(key, &input.path, change, &file, &report.issues[first_issue..]);
                    imported.write(pool);
                }
                file
            }
        };
        report.counts += file.counts;
        report.files.push(file);
    }
    report.cvs_left = request.options.cvs.as_ref().map(|cvs| cvs.left()).unwrap_or_default();
    Ok(report)
}

/// What is noted while one file is read.
#[derive(Default)]
struct Notes {
    codes: HashMap<&'static str, u64>,
    spellings: HashMap<String, u64>,
    /// The first rejected rows.
    rejections: Vec<Issue>,
}

impl Notes {
    fn reject(&mut self, issue: &Issue) {
        if self.rejections.len() < STRICT_SHOWN {
            self.rejections.push(issue.clone());
        }
    }

    fn count_spelling(&mut self, name: String) {
        if !may_be_shown(&name) {
            return;
        }
        if let Some(count) = self.spellings.get_mut(&name) {
            *count += 1;
        } else if self.spellings.len() < SPELLINGS_MAX {
            self.spellings.insert(name, 1);
        }
    }
}

/// Where a file's rows go besides the records.
struct Besides<'a, 'p> {
    /// Folder of rejected rows; `None` in a dry run.
    rejects: Option<&'a Path>,
    /// Index and columns; `None` in a dry run.
    catching_up: Option<&'a mut CatchingUp<'p>>,
    /// How the file is read.
    read: &'a HowRead,
}

fn import_file(
    store: &mut Store,
    path: &Path,
    mut file: CandidateFile,
    into: Besides<'_, '_>,
    taxonomy: &Taxonomy,
    request: &ImportRequest<'_>,
    report: &mut ImportReport,
) -> Result<FileReport, EngineError> {
    // Kept in memory, the rows of one file are known to the next, and gone with the program.
    let keep = !request.dry_run || store.is_in_memory();
    let (name, source) = (file.file_name().to_owned(), file.source().to_owned());
    let bytes_total = file.bytes_total();
    let read = into.read;
    let mut import = store.begin_import(ImportStart {
        file: name.clone(),
        source: source.clone(),
        layout: file.layout().to_owned(),
        as_of: read.as_of,
        columns: file.mapped_columns(),
    })?;
    if let Some(imports) = &read.rejected_by {
        import.rejected_by(imports)?;
    }
    let mut notes = Notes::default();
    let mut rejects = Rejects::new(into.rejects, path, &file);
    let mut catching_up = into.catching_up;
    let mut rows = 0;
    if let Some(catching_up) = &mut catching_up {
        catching_up.begins(import.number(), read.as_of);
    }
    // Without index and columns nobody asks what a text says, and nothing in it is an error.
    let imports = catching_up.as_deref().map(|catching_up| catching_up.imports().clone());
    let with_texts = imports.as_ref();
    let of = RowsOf { source: &source, import: import.number(), taxonomy, with_texts };
    read_ahead(&mut file, of, |row, bytes_read| {
        stop::check()?;
        let rejected = match row {
            AheadRow::Rejected(rejected) => {
                import.reject();
                Some(rejected)
            }
            AheadRow::Accepted(row) => {
                accept(*row, &name, read, &mut import, catching_up.as_deref_mut(), report, &mut notes)?
            }
        };
        if let Some(rejected) = rejected {
            rejects.write(&rejected)?;
            notes.reject(&rejected.issue);
            note(report, &mut notes, rejected.issue);
        }
        rows += 1;
        if rows % PROGRESS_ROWS == 0 {
            (request.progress)(Progress { file: &name, bytes_read, bytes_total, rows });
        }
        Ok(())
    })?;
    let counts = import.counts()?;
    // Nothing of a row that is held can be mended.
    if request.strict && counts.rejected > counts.held {
        let rejected = counts.rejected - counts.held;
        return Err(EngineError::Strict { file: name, rejected, first: notes.rejections });
    }
    let rejects_file = rejects.finish(&Origin::new(import.number(), &file, read))?;
    let rejects_name = rejects_file.as_deref().and_then(|path| Path::new(path).file_name());
    import.set_rejects(rejects_name.map(|name| name.to_string_lossy().into_owned()));
    let (without_identity, laid_aside) = (import.without_identity(), import.laid_aside());
    if keep {
        import.set_why(request.why);
        import.commit()?;
    }
    let mut report = file_report(&file, counts, without_identity, notes, rejects_file);
    (report.laid_aside, report.protected_kept) = (laid_aside, !read.options.no_protected);
    report.notes.extend(read.note.map(str::to_owned));
    Ok(report)
}

/// Stores a row and notes what it said; gives it back where it has to be rejected.
fn accept(
    row: AcceptedRow,
    name: &str,
    read: &HowRead,
    import: &mut ImportTransaction<'_>,
    catching_up: Option<&mut CatchingUp<'_>>,
    report: &mut ImportReport,
    notes: &mut Notes,
) -> Result<Option<Rejected>, EngineError> {
    let AcceptedRow { incoming, raw, joined, issues, made, unknown_spellings, cell_issues } = row;
    let line = incoming.line;
    let stored = import.accept(incoming)?;
    let (code, reason) = match stored {
        Stored::Held => {
            import.hold(joined);
            let reason = "is about somebody who was erased: nothing of it is kept".to_owned();
            note(report, notes, Issue { file: name.to_owned(), line, column: None, code: HELD, reason });
            return Ok(None);
        }
        Stored::Conflict { first_line, import } => {
            let of = import.and_then(|import| read.files.get(&import));
            let of = of.map_or_else(String::new, |file| format!(" of `{file}`"));
            let there = "there with another name or e-mail";
            ("id-twice", format!("the id stands in line {first_line}{of} already, {there}"))
        }
        Stored::TooMany { rows } => {
            ("id-too-often", format!("{rows} rows of this file are about this person already"))
        }
        Stored::Created(_) | Stored::Updated(_) | Stored::Unchanged(_) => {
            import.join(joined);
            for issue in issues {
                note(report, notes, issue);
            }
            for issue in cell_issues {
                let (line, column) = (issue.cell.line, Some(issue.column));
                let file = name.to_owned();
                note(report, notes, Issue { file, line, column, code: issue.code, reason: issue.reason });
            }
            for unknown in unknown_spellings {
                notes.count_spelling(unknown.name);
            }
            match (catching_up, stored) {
                (Some(catching_up), Stored::Created(number)) => match made {
                    Some(Made { facts, terms }) => catching_up.created(number, facts, terms)?,
                    None => catching_up.updated(number),
                },
                (Some(catching_up), Stored::Updated(number)) => catching_up.updated(number),
                _ => {}
            }
            return Ok(None);
        }
    };
    (0..joined).for_each(|_| import.reject());
    let issue = Issue { file: name.to_owned(), line, column: None, code, reason };
    Ok(Some(Rejected { issue, raw }))
}

fn file_report(
    file: &CandidateFile,
    counts: ImportCounts,
    without_identity: u64,
    notes: Notes,
    rejects_file: Option<String>,
) -> FileReport {
    let mut issue_counts: Vec<(String, u64)> =
        notes.codes.into_iter().map(|(code, count)| (code.to_owned(), count)).collect();
    issue_counts.sort();
    let mut unknown_skills: Vec<(String, u64)> = notes.spellings.into_iter().collect();
    unknown_skills.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    unknown_skills.truncate(SPELLINGS_SHOWN);
    FileReport {
        file: file.file_name().to_owned(),
        layout: file.layout().to_owned(),
        source: file.source().to_owned(),
        columns: file.columns().to_vec(),
        lines_above_header: file.lines_above_header(),
        counts,
        without_identity,
        laid_aside: 0,
        protected_kept: true,
        issue_counts,
        unknown_skills,
        notes: file.notes(),
        rejects_file,
    }
}

fn note(report: &mut ImportReport, notes: &mut Notes, issue: Issue) {
    *notes.codes.entry(issue.code).or_insert(0) += 1;
    report.add_issue(issue);
}

/// The rejects file of one import, made when the first row is rejected. It is written aside, and stands in the pool's
/// folder of rejects when it is whole: an import that fails, or is cut off, leaves none there.
struct Rejects<'a> {
    /// The folder of rejects, the name in it, and what writes; `None` in a dry run.
    into: Option<(&'a Path, PathBuf, RejectsWriter)>,
    /// Where it is written.
    aside: PathBuf,
    is_begun: bool,
}

impl<'a> Rejects<'a> {
    fn new(folder: Option<&'a Path>, path: &Path, file: &CandidateFile) -> Self {
        let aside = folder.map(|folder| folder.with_file_name(durable::begun(REJECTS))).unwrap_or_default();
        let into = folder.map(|folder| {
            let name = if path.as_os_str() == "-" { Path::new("stdin.csv") } else { path };
            let name = name.file_name().map_or_else(|| PathBuf::from("rows.csv"), PathBuf::from);
            let path = RejectsWriter::path_beside(&folder.join(name), file.rejects_form());
            let writer = RejectsWriter::new(&aside.join(path.file_name().unwrap_or_default()), file);
            (folder, path, writer)
        });
        Self { into, aside, is_begun: false }
    }

    fn write(&mut self, rejected: &Rejected) -> Result<(), EngineError> {
        let Some((_, _, writer)) = &mut self.into else { return Ok(()) };
        if !self.is_begun {
            durable::remove_folder(&self.aside)?;
            create_private(&self.aside)?;
            self.is_begun = true;
        }
        writer.write(rejected)?;
        Ok(())
    }

    fn finish(mut self, origin: &Origin) -> Result<Option<String>, EngineError> {
        let Some((folder, path, writer)) = self.into.take().filter(|_| self.is_begun) else {
            return Ok(None);
        };
        let (new, new_reasons) = (writer.path().to_owned(), writer.reasons_path());
        writer.finish()?;
        create_private(folder)?;
        if let Some(earlier) = same_rejects(folder, &new, origin)? {
            return Ok(Some(earlier.display().to_string()));
        }
        origin.write(folder, &stem_in(&path))?;
        // Reasons first: what is cut off in between has no rows that nobody knows of.
        let reasons = path.with_file_name(new_reasons.file_name().unwrap_or_default());
        for (new, place) in [(&new_reasons, &reasons), (&new, &path)] {
            durable::sync(new).map_err(|e| EngineError::io("sync", new, e))?;
            std::fs::rename(new, place).map_err(|e| EngineError::io("write", place, e))?;
        }
        durable::sync(folder).map_err(|e| EngineError::io("sync", folder, e))?;
        Ok(Some(path.display().to_string()))
    }
}

impl Drop for Rejects<'_> {
    fn drop(&mut self) {
        if self.is_begun {
            // Should this fail, whoever writes next does it.
            let _ = durable::remove_folder(&self.aside);
        }
    }
}

/// An earlier rejects file with the same bytes, which are read alike: the same file imported again leaves no second copy of
/// people's data.
fn same_rejects(folder: &Path, new: &Path, origin: &Origin) -> Result<Option<PathBuf>, EngineError> {
    let bytes = std::fs::read(new).map_err(|e| EngineError::io("read", new, e))?;
    let entries = std::fs::read_dir(folder).map_err(|e| EngineError::io("read", folder, e))?;
    let mut others: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    others.sort();
    for other in others {
        let same_length = std::fs::metadata(&other).is_ok_and(|m| m.len() == bytes.len() as u64);
        if !same_length || !std::fs::read(&other).is_ok_and(|read| read == bytes) {
            continue;
        }
        match Origin::read(folder, &stem_in(&other)) {
            Some(earlier) if !earlier.reads_like(origin) => {}
            Some(_) => return Ok(Some(other)),
            // One of an earlier version.
            None => {
                origin.write(folder, &stem_in(&other))?;
                return Ok(Some(other));
            }
        }
    }
    Ok(None)
}

/// The name of a rejects file without its ending.
fn stem_in(path: &Path) -> String {
    stem_of(&path.file_name().unwrap_or_default().to_string_lossy())
}

/// The first values of each column that is read, for `--dry-run`: what a person needs to see whether the columns were
/// understood. Each at most 40 characters, on one line.
///
/// # Errors
/// A file that cannot be read at all.
pub fn preview(
    input: &Input,
    options: &ImportOptions,
    taxonomy: &Taxonomy,
    samples: usize,
) -> Result<HashMap<String, Vec<String>>, EngineError> {
    const ROWS_READ: usize = 200;
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for row in CandidateFile::open_input(input, options, taxonomy)?.take(ROWS_READ) {
        let ReadRow::Accepted(row) = row? else { continue };
        for value in row.values {
            let texts = found.entry(value.column).or_default();
            let text: String =
                value.text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
            if texts.len() < samples && !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    Ok(found)
}
