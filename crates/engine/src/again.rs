//! A file that was imported before and still stands: nothing to do, and nothing read but its bytes.
//!
//! The pool keeps, beside the records, what the last imports reported, each with a key over everything that their
//! outcome depends on (the file's bytes and name, options, date, columns, taxonomy, program) and the change after which
//! the pool stood. The same file with the same key, while the pool stands as it did, would change nothing and report the
//! same again. That is so
//!
//! - where an import changed nobody: each row says again what stands, and the whole is a statement that was made before;
//! - where each of its rows made a person: each row then finds the one whom it made, by the same keys, with the same
//!   values.
//!
//! Any other import is not kept, nor one that rejected rows, whose rejects file somebody may have mended since. What is
//! kept may be lost or removed at any time: the file is read then.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use stackscout_importer::text_file::read_bytes;
use stackscout_importer::{CandidateFile, ImportOptions, Input, Issue};
use stackscout_profile::Date;
use stackscout_store::ImportCounts;
use stackscout_taxonomy::Taxonomy;

use crate::import::FileReport;

/// Its name in the pool.
pub(crate) const IMPORTED: &str = "imported.json";
const IMPORTED_NEW: &str = "imported.json.new";
/// Version of its form. Another one is as good as none.
const FORMAT: u32 = 2;
/// Imports kept at most, the newest.
const KEPT_MAX: usize = 64;
/// Bytes of its file: as many issues as are kept of as many imports, with room to spare.
const IMPORTED_BYTES_MAX: usize = 64 << 20;
/// Issues of one import from which it is not kept.
const ISSUES_MAX: usize = 1_000;

/// The imports that are kept.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Imported {
    format: u32,
    imports: Vec<Kept>,
    /// Over the imports.
    #[serde(default)]
    sum: String,
}

/// One import.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    key: String,
    /// The change after which the pool stood.
    change: u64,
    rows: u64,
    joined: u64,
    without_identity: u64,
    laid_aside: u64,
    protected_kept: bool,
    notes: Vec<String>,
    issues: Vec<KeptIssue>,
    issue_counts: Vec<(String, u64)>,
    unknown_skills: Vec<(String, u64)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptIssue {
    line: u64,
    column: Option<String>,
    code: String,
    reason: String,
}

/// A file's key, and how to see whether the file still is what the key was made of.
pub(crate) struct FileKey {
    key: String,
    length: u64,
    modified: Option<SystemTime>,
}

impl FileKey {
    /// The key of a file that was opened; `None` for folders, archives, pipes and standard input, where CVs of other
    /// files join its rows, and where it cannot be read.
    pub(crate) fn of(
        input: &Input,
        file: &CandidateFile,
        options: &ImportOptions,
        as_of: Date,
        taxonomy: &Taxonomy,
    ) -> Option<Self> {
        let path = input.path.as_path();
        if path.as_os_str() == "-" || options.cvs.is_some() || *input != Input::from(path) {
            return None;
        }
        let mut bytes = File::open(path).ok()?;
        let metadata = bytes.metadata().ok().filter(fs::Metadata::is_file)?;
        let mut content = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            match bytes.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => content.update(&buffer[..read]),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return None,
            }
        }
        let said = (file.file_name(), file.source(), file.layout(), file.columns(), file.delimiter());
        let with = (format!("{options:?}"), as_of.to_string(), taxonomy.fingerprint());
        let program = (env!("CARGO_PKG_VERSION"), FORMAT);
        content.update(serde_json::to_vec(&(said, with, program)).ok()?);
        let key = content.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Some(Self { key, length: metadata.len(), modified: metadata.modified().ok() })
    }

    /// Whether nobody has written to the file since.
    fn still_stands(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|now| now.len() == self.length && now.modified().ok() == self.modified)
    }
}

impl Imported {
    /// What a pool keeps; nothing where it keeps nothing that can be read.
    pub(crate) fn read(pool: &Path) -> Self {
        let text = read_bytes(&pool.join(IMPORTED), IMPORTED_BYTES_MAX).unwrap_or_default();
        let imported: Self = serde_json::from_slice(&text).unwrap_or_default();
        if imported.format == FORMAT && imported.sum == imported.sum_now() {
            imported
        } else {
            Self::default()
        }
    }

    fn sum_now(&self) -> String {
        let text = serde_json::to_vec(&self.imports).unwrap_or_default();
        crate::roles::hex(&Sha256::digest(text)[..8])
    }

    /// Whether what a pool keeps can be read, or nothing is kept.
    pub(crate) fn is_sound(pool: &Path) -> bool {
        !pool.join(IMPORTED).exists() || Self::read(pool).format == FORMAT
    }

    /// What importing the file again would report, where it would change nothing; its issues come apart.
    pub(crate) fn again(
        &self,
        key: &FileKey,
        change: u64,
        file: &CandidateFile,
    ) -> Option<(FileReport, Vec<Issue>)> {
        let kept = self.imports.iter().find(|kept| kept.key == key.key && kept.change == change)?;
        let name = file.file_name();
        let issue = |issue: &KeptIssue| {
            let (column, reason) = (issue.column.clone(), issue.reason.clone());
            Issue { file: name.to_owned(), line: issue.line, column, code: code(&issue.code), reason }
        };
        let (rows, joined) = (kept.rows, kept.joined);
        let unchanged = rows.saturating_sub(joined);
        let report = FileReport {
            file: name.to_owned(),
            layout: file.layout().to_owned(),
            source: file.source().to_owned(),
            columns: file.columns().to_vec(),
            lines_above_header: file.lines_above_header(),
            counts: ImportCounts { rows, accepted: rows, unchanged, joined, ..ImportCounts::default() },
            without_identity: kept.without_identity,
            laid_aside: kept.laid_aside,
            protected_kept: kept.protected_kept,
            notes: kept.notes.clone(),
            issue_counts: kept.issue_counts.clone(),
            unknown_skills: kept.unknown_skills.clone(),
            rejects_file: None,
        };
        Some((report, kept.issues.iter().map(issue).collect()))
    }

    /// Keeps an import after which the pool stood at `change`, where it can be relied on. `issues` are all of its issues.
    pub(crate) fn keep(
        &mut self,
        key: FileKey,
        path: &Path,
        change: u64,
        report: &FileReport,
        issues: &[Issue],
    ) {
        let ImportCounts { rows, accepted, rejected, created, updated, joined, .. } = report.counts;
        let is_sure = rejected == 0 && (created + updated == 0 || created + joined == accepted);
        let all: u64 = report.issue_counts.iter().map(|(_, count)| count).sum();
        let is_whole = all == issues.len() as u64 && issues.len() <= ISSUES_MAX;
        // What another state of the pool said is of no use any more.
        self.imports.retain(|kept| kept.key != key.key && kept.change == change);
        if !is_sure || !is_whole || !key.still_stands(path) {
            return;
        }
        let kept = |issue: &Issue| KeptIssue {
            line: issue.line,
            column: issue.column.clone(),
            code: issue.code.to_owned(),
            reason: issue.reason.clone(),
        };
        self.imports.push(Kept {
            key: key.key,
            change,
            rows,
            joined,
            without_identity: report.without_identity,
            laid_aside: report.laid_aside,
            protected_kept: report.protected_kept,
            notes: report.notes.clone(),
            issues: issues.iter().map(kept).collect(),
            issue_counts: report.issue_counts.clone(),
            unknown_skills: report.unknown_skills.clone(),
        });
        let surplus = self.imports.len().saturating_sub(KEPT_MAX);
        self.imports.drain(..surplus);
    }

    /// Removes what a pool keeps: it holds spellings that people wrote.
    pub(crate) fn remove(pool: &Path) -> io::Result<()> {
        for name in [IMPORTED, IMPORTED_NEW] {
            match fs::remove_file(pool.join(name)) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes it into the pool, readable by its owner alone. Where that fails, the next import reads its file.
    pub(crate) fn write(&mut self, pool: &Path) {
        (self.format, self.sum) = (FORMAT, self.sum_now());
        let write = || -> io::Result<()> {
            let new = pool.join(IMPORTED_NEW);
            match fs::remove_file(&new) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                _ => {}
            }
            let mut options = File::options();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&new)?;
            file.write_all(&serde_json::to_vec(self)?)?;
            fs::rename(new, pool.join(IMPORTED))
        };
        if write().is_err() {
            let _ = fs::remove_file(pool.join(IMPORTED));
        }
    }
}

/// A code of an issue, for as long as the program runs; there are few.
fn code(text: &str) -> &'static str {
    static CODES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    // A set is whole whenever nobody is inside of it.
    let mut codes = CODES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = codes.get(text) {
        return known;
    }
    let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
    codes.insert(kept);
    kept
}
