//! The rejects file: what was not read, to be mended and imported again.
//!
//! For `people.csv` there are two files. `people.rejects.csv` holds the beginning of the original (byte order mark,
//! `sep=` line, header) and then the rejected rows, byte for byte; imported as it is, it gives the same rejects, and
//! mended, the rows that were missing. `people.rejects.reasons.csv` says why, one line for each row: its line in the
//! rejects file, file and line that it came from, column, code and reason. Whoever keeps the two may keep a third beside
//! them, `people.rejects.origin.json`, that says how the import read its file.
//!
//! Two rows with an open quote could close each other's when they come to stand side by side. So a row with an open
//! quote is followed by more blank lines than a quoted cell may have, which are no rows, wherever another row follows.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use stackscout_profile::signs::guarded;

use crate::packing::without_ending;
use crate::records::QUOTED_LINES_MAX;
use crate::rows::RejectsForm;
use crate::source::without_rejects;
use crate::{CandidateFile, ImportError, Issue, Rejected};

/// Writes the two files. Neither is made before the first row is rejected.
pub struct RejectsWriter {
    path: PathBuf,
    preamble: Vec<u8>,
    files: Option<Files>,
    count: u64,
}

struct Files {
    rows: BufWriter<File>,
    reasons: csv::Writer<File>,
    /// Line of the rejects file on which the next row begins.
    line: u64,
    /// What has to stand before the next row.
    gap: Vec<u8>,
}

impl RejectsWriter {
    /// Prepares to write the rejects of `file` to `path`, such as `people.rejects.csv`.
    #[must_use]
    pub fn new(path: &Path, file: &CandidateFile) -> Self {
        Self { path: path.to_owned(), preamble: file.preamble().to_vec(), files: None, count: 0 }
    }

    /// The usual place for the rejects of a file: beside it, `people.rejects.csv` for `people.csv`, and where that is
    /// taken `people.rejects.2.csv` and so on; `.jsonl` for rows of JSON.
    #[must_use]
    pub fn path_beside(file: &Path, form: RejectsForm) -> PathBuf {
        let ending = form.ending();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let stem = stem_of(&name);
        let stem = without_rejects(&stem);
        let numbered = (2u32..).map(|n| format!("{stem}.rejects.{n}.{ending}"));
        let mut paths = std::iter::once(format!("{stem}.rejects.{ending}"))
            .chain(numbered)
            .map(|n| file.with_file_name(n));
        // `people.csv` and `people.jsonl` do not share what stands beside.
        let is_free = |path: &PathBuf| {
            !path.exists() && BESIDE.iter().all(|ending| !path.with_extension(ending).exists())
        };
        paths.find(is_free).unwrap_or_else(|| file.with_file_name(format!("rejects.{ending}")))
    }

    /// Where the rows go.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the reasons go: `people.rejects.reasons.csv` beside `people.rejects.csv`.
    #[must_use]
    pub fn reasons_path(&self) -> PathBuf {
        self.path.with_extension(REASONS)
    }

    /// Writes a row and its reason.
    ///
    /// # Errors
    /// Where a file cannot be made or written; a file that exists is not overwritten.
    pub fn write(&mut self, rejected: &Rejected) -> Result<(), ImportError> {
        self.try_write(rejected).map_err(|source| self.error(source))?;
        self.count += 1;
        Ok(())
    }

    /// Finishes the files, and says how many rows they hold.
    ///
    /// # Errors
    /// Where the last of it cannot be written.
    pub fn finish(mut self) -> Result<u64, ImportError> {
        if let Some(mut files) = self.files.take() {
            files.rows.flush().and_then(|()| files.reasons.flush()).map_err(|source| self.error(source))?;
        }
        Ok(self.count)
    }

    fn error(&self, source: io::Error) -> ImportError {
        ImportError::Write { file: self.path.display().to_string(), source }
    }

    fn try_write(&mut self, rejected: &Rejected) -> io::Result<()> {
        let (path, reasons) = (&self.path, self.reasons_path());
        let files = match &mut self.files {
            Some(files) => files,
            none => none.insert(Files::create(path, &reasons, &self.preamble)?),
        };
        files.write(rejected)
    }
}

impl Files {
    fn create(path: &Path, reasons: &Path, preamble: &[u8]) -> io::Result<Self> {
        let mut rows = BufWriter::new(create_private(path)?);
        rows.write_all(preamble)?;
        let mut reasons = csv::Writer::from_writer(create_private(reasons)?);
        reasons.write_record(["rejects_line", "file", "line", "column", "code", "reason"])?;
        // A file that ends with its header has no rows, but callers may reject what they like.
        let gap = if preamble.is_empty() { Vec::new() } else { line_end_after(preamble) };
        Ok(Self { rows, reasons, line: line_ends(preamble) + 1, gap })
    }

    fn write(&mut self, rejected: &Rejected) -> io::Result<()> {
        let Rejected { issue, raw } = rejected;
        // What has no row of its own is named by its reason alone.
        if raw.is_empty() {
            return self.note("", issue);
        }
        self.rows.write_all(&self.gap)?;
        self.line += line_ends(&self.gap);
        self.rows.write_all(raw)?;
        self.note(&self.line.to_string(), issue)?;
        self.line += line_ends(raw);
        self.gap = line_end_after(raw);
        if issue.code == "open-quote" {
            // Behind a lone CR an LF would be a part of the row's own line end.
            let blank = if raw.ends_with(b"\r") { b'\r' } else { b'\n' };
            self.gap.extend(std::iter::repeat_n(blank, QUOTED_LINES_MAX + 1));
        }
        Ok(())
    }

    fn note(&mut self, line: &str, issue: &Issue) -> io::Result<()> {
        let (source_line, column) = (issue.line.to_string(), issue.column.as_deref().unwrap_or_default());
        let cells = [line, &issue.file, &source_line, column, issue.code, &issue.reason];
        // Names of files and columns are strangers' words, and spreadsheets open this.
        self.reasons.write_record(cells.map(|cell| guarded(cell).into_owned()))?;
        Ok(())
    }
}

/// Ending of the file of reasons.
const REASONS: &str = "reasons.csv";
/// Ending of the file that says what is known of the import, which whoever keeps rejects may write beside them.
pub const ORIGIN: &str = "origin.json";
/// Endings of what stands beside a rejects file.
pub(crate) const BESIDE: [&str; 2] = [REASONS, ORIGIN];

/// Whether a file stands beside one of rejects and holds no rows, by its name.
pub(crate) fn is_beside(name: &str) -> bool {
    let ends = |ending: &str| name.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.'));
    name.contains(".rejects.") && BESIDE.into_iter().any(ends)
}

/// A file's name without its ending and that of its packing: `people.rejects.2` for `people.rejects.2.csv.gz`.
#[must_use]
pub fn stem_of(name: &str) -> String {
    Path::new(without_ending(name)).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The names, without endings, under which a file of rejected rows may have been written, the longest first; none where its
/// own name says of none: `people.rejects.2` for `people.rejects.2` and `people.rejects.2 mended`.
pub fn written_names(stem: &str) -> impl Iterator<Item = &str> {
    stem.rmatch_indices(REJECTS).filter_map(move |(at, found)| name_up_to(stem, at + found.len()))
}

/// What stands between the name of a file and the number of its rejects.
const REJECTS: &str = ".rejects";

/// A name whose `.rejects` ends here, with the number behind it and without what somebody else put there.
fn name_up_to(stem: &str, end: usize) -> Option<&str> {
    let behind = &stem[end..];
    if behind.starts_with(char::is_alphanumeric) {
        return None;
    }
    let numbered = behind.strip_prefix('.').unwrap_or_default();
    let digits = numbered.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return Some(&stem[..end]);
    }
    // What begins with a number and goes on as a word says of no file which of several it is.
    let is_word = numbered[digits..].starts_with(char::is_alphanumeric);
    Some(if is_word { stem } else { &stem[..=end + digits] })
}

/// Makes a file that only its owner reads: it holds what people wrote.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn line_end_after(bytes: &[u8]) -> Vec<u8> {
    if bytes.ends_with(b"\n") || bytes.ends_with(b"\r") { Vec::new() } else { b"\n".to_vec() }
}

/// Counts LF, CRLF and CR, each as one.
fn line_ends(bytes: &[u8]) -> u64 {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    let ends =
        bytes.iter().zip(next).filter(|(b, next)| **b == b'\n' || (**b == b'\r' && *next != Some(&b'\n')));
    ends.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_are_told_by_their_name() {
        for (stem, names) in [
            ("t.rejects", "t.rejects"),
            ("t.rejects.2", "t.rejects.2"),
            ("t.rejects.12 mended", "t.rejects.12"),
            ("t.rejects_2", "t.rejects"),
            ("t.rejects.mended", "t.rejects"),
            ("t.rejects (2)", "t.rejects"),
            ("t.rejects.2nd", "t.rejects.2nd"),
            ("a.rejects b.rejects.3-é", "a.rejects b.rejects.3|a.rejects"),
            ("t.rejectsé", ""),
            ("my.rejected", ""),
            ("rejects", ""),
        ] {
            assert_eq!(written_names(stem).collect::<Vec<_>>().join("|"), names, "{stem}");
        }
    }
}
