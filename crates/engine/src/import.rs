//! Files into a pool: read, checked, stored in one transaction a file, then indexed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use stackscout_importer::{CandidateFile, ColumnUse, ImportOptions, Issue, ReadRow, Rejected, RejectsWriter};
use stackscout_profile::{Candidate, CandidateNumber, Date, Part, Record};
use stackscout_store::{Actor, ImportCounts, ImportStart, Incoming, Store, Stored};
use stackscout_taxonomy::Taxonomy;

use crate::pool::{REJECTS, create_private};
use crate::unknown::may_be_shown;
use crate::{EngineError, Pool};

/// What is asked of an import.
pub struct ImportRequest<'a> {
    /// The files, in order; `-` is standard input.
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
    /// Where the rejected rows went; `None` where there are none.
    pub rejects_file: Option<String>,
}

/// Issues kept in full: enough to mend a file by, and bounded whatever the file.
const ISSUES_MAX: usize = 10_000;
/// Different unknown spellings counted, so that a column of free text cannot fill the memory.
const SPELLINGS_MAX: usize = 100_000;
/// Unknown spellings reported.
const SPELLINGS_SHOWN: usize = 100;
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
        if request.dry_run {
            if !Pool::is_there(folder)? {
                return import_files(&mut Store::in_memory()?, None, taxonomy, request);
            }
            // The transaction is begun like any other, and dropped.
            let (mut pool, _lock) = Pool::open_to_write(folder, Arc::clone(taxonomy))?;
            return import_files(&mut pool.store, None, taxonomy, request);
        }
        // A file that cannot be read makes no pool. Pipes are left out: what is read of them is gone.
        for file in request.files.iter().filter(|f| f.is_file() || !f.exists()) {
            if file.as_os_str() != "-" {
                drop(CandidateFile::open(file, &request.options, taxonomy)?);
            }
        }
        if request.strict && !Pool::is_there(folder)? {
            // Nor does a file that will be refused.
            import_files(&mut Store::in_memory()?, None, taxonomy, request)?;
        }
        let (mut pool, _lock) = Pool::open_to_write(folder, Arc::clone(taxonomy))?;
        pool.store.act_as(request.actor.clone());
        let rejects = folder.join(REJECTS);
        let report = import_files(&mut pool.store, Some(&rejects), taxonomy, request);
        // Also after a failure: files before it are imported, and are to be found.
        let caught_up = pool.catch_up();
        pool.store.close();
        let report = report?;
        caught_up?;
        Ok(report)
    }
}

fn import_files(
    store: &mut Store,
    rejects: Option<&Path>,
    taxonomy: &Taxonomy,
    request: &ImportRequest<'_>,
) -> Result<ImportReport, EngineError> {
    let mut report = ImportReport { dry_run: request.dry_run, ..ImportReport::default() };
    for path in request.files {
        let file = CandidateFile::open(path, &request.options, taxonomy)?;
        let file = import_file(store, path, file, rejects, taxonomy, request, &mut report)?;
        report.counts += file.counts;
        report.files.push(file);
    }
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
}

fn import_file(
    store: &mut Store,
    path: &Path,
    mut file: CandidateFile,
    rejects: Option<&Path>,
    taxonomy: &Taxonomy,
    request: &ImportRequest<'_>,
    report: &mut ImportReport,
) -> Result<FileReport, EngineError> {
    // Kept in memory, the rows of one file are known to the next, and gone with the program.
    let keep = !request.dry_run || store.is_in_memory();
    let mut import = store.begin_import(ImportStart {
        file: file.file_name().to_owned(),
        source: file.source().to_owned(),
        layout: file.layout().to_owned(),
        as_of: request.as_of,
        columns: file.mapped_columns(),
    })?;
    let mut notes = Notes::default();
    let mut rejected_rows = Rejects { folder: rejects, path, writer: None };
    let mut rows = 0;
    while let Some(row) = file.next() {
        match row? {
            ReadRow::Rejected(rejected) => {
                import.reject();
                rejected_rows.write(&file, &rejected)?;
                notes.reject(&rejected.issue);
                note(report, &mut notes, rejected.issue);
            }
            ReadRow::Accepted(row) => {
                let rows_joined = row.rows - 1;
                let part = Part::new(file.source(), row.external_id, row.values);
                let record = Record::new(CandidateNumber(0), part);
                let (unknown_spellings, cell_issues) = Candidate::unread(&record, taxonomy);
                let Record { parts, .. } = record;
                let part = parts.into_iter().next().expect("made with one part");
                let incoming = Incoming {
                    line: row.line,
                    external_id: part.external_id,
                    values: part.values,
                    content_key: row.content_key,
                    protected: row.protected,
                };
                let stored = import.accept(incoming)?;
                let refused = match stored {
                    Stored::Conflict { first_line } => {
                        let there = "there with another name or e-mail";
                        Some(("id-twice", format!("the id stands in line {first_line} already, {there}")))
                    }
                    Stored::TooMany { rows } => Some((
                        "id-too-often",
                        format!("{rows} rows of this file are about this person already"),
                    )),
                    _ => None,
                };
                if let Some((code, reason)) = refused {
                    (0..rows_joined).for_each(|_| import.reject());
                    let rejected = file.reject_last(None, code, reason);
                    rejected_rows.write(&file, &rejected)?;
                    notes.reject(&rejected.issue);
                    note(report, &mut notes, rejected.issue);
                } else {
                    import.join(rows_joined);
                    for issue in row.issues {
                        note(report, &mut notes, issue);
                    }
                    for issue in cell_issues {
                        let (line, column) = (issue.cell.line, Some(issue.column));
                        let file = file.file_name().to_owned();
                        note(
                            report,
                            &mut notes,
                            Issue { file, line, column, code: issue.code, reason: issue.reason },
                        );
                    }
                    for unknown in unknown_spellings {
                        if !may_be_shown(&unknown.name) {
                            continue;
                        }
                        if notes.spellings.len() < SPELLINGS_MAX
                            || notes.spellings.contains_key(&unknown.name)
                        {
                            *notes.spellings.entry(unknown.name).or_insert(0) += 1;
                        }
                    }
                }
            }
        }
        rows += 1;
        if rows % PROGRESS_ROWS == 0 {
            let (bytes_read, bytes_total) = (file.bytes_read(), file.bytes_total());
            (request.progress)(Progress { file: file.file_name(), bytes_read, bytes_total, rows });
        }
    }
    let counts = import.counts();
    if request.strict && counts.rejected > 0 {
        let name = file.file_name();
        return Err(EngineError::Strict {
            file: name.to_owned(),
            rejected: counts.rejected,
            first: notes.rejections,
        });
    }
    let rejects_file = rejected_rows.finish()?;
    let rejects_name = rejects_file.as_deref().and_then(|path| Path::new(path).file_name());
    import.set_rejects(rejects_name.map(|name| name.to_string_lossy().into_owned()));
    let (without_identity, laid_aside) = (import.without_identity(), import.laid_aside());
    if keep {
        import.commit()?;
    }
    let mut report = file_report(&file, counts, without_identity, notes, rejects_file);
    (report.laid_aside, report.protected_kept) = (laid_aside, !request.options.no_protected);
    Ok(report)
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
        rejects_file,
    }
}

fn note(report: &mut ImportReport, notes: &mut Notes, issue: Issue) {
    *notes.codes.entry(issue.code).or_insert(0) += 1;
    report.issues_total += 1;
    if report.issues.len() < ISSUES_MAX {
        report.issues.push(issue);
    }
}

/// The rejects file of one import, made when the first row is rejected.
struct Rejects<'a> {
    /// Where rejects go; `None` in a dry run.
    folder: Option<&'a Path>,
    path: &'a Path,
    writer: Option<(PathBuf, RejectsWriter)>,
}

impl Rejects<'_> {
    fn write(&mut self, file: &CandidateFile, rejected: &Rejected) -> Result<(), EngineError> {
        let Some(folder) = self.folder else { return Ok(()) };
        if self.writer.is_none() {
            create_private(folder)?;
            let name = if self.path.as_os_str() == "-" { Path::new("stdin.csv") } else { self.path };
            let name = name.file_name().map_or_else(|| PathBuf::from("rows.csv"), PathBuf::from);
            let path = RejectsWriter::path_beside(&folder.join(name));
            self.writer = Some((path.clone(), RejectsWriter::new(&path, file)));
        }
        if let Some((_, writer)) = &mut self.writer {
            writer.write(rejected)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Option<String>, EngineError> {
        let Some((path, writer)) = self.writer else { return Ok(None) };
        let reasons = writer.reasons_path();
        writer.finish()?;
        let path = match same_rejects(&path) {
            None => path,
            Some(earlier) => {
                for new in [&path, &reasons] {
                    std::fs::remove_file(new).map_err(|e| EngineError::io("remove", new, e))?;
                }
                earlier
            }
        };
        Ok(Some(path.display().to_string()))
    }
}

/// An earlier rejects file with the same bytes: the same file imported again leaves no second copy of people's data.
fn same_rejects(path: &Path) -> Option<PathBuf> {
    let bytes = std::fs::read(path).ok()?;
    let mut others: Vec<PathBuf> = std::fs::read_dir(path.parent()?)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .filter(|p| p != path)
        .collect();
    others.sort();
    others.into_iter().find(|other| {
        let same_length = std::fs::metadata(other).is_ok_and(|m| m.len() == bytes.len() as u64);
        same_length && std::fs::read(other).is_ok_and(|read| read == bytes)
    })
}

/// The first values of each column that is read, for `--dry-run`: what a person needs to see whether the columns were
/// understood. Each at most 40 characters, on one line.
///
/// # Errors
/// A file that cannot be read at all.
pub fn preview(
    path: &Path,
    options: &ImportOptions,
    taxonomy: &Taxonomy,
    samples: usize,
) -> Result<HashMap<String, Vec<String>>, EngineError> {
    const ROWS_READ: usize = 200;
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for row in CandidateFile::open(path, options, taxonomy)?.take(ROWS_READ) {
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
