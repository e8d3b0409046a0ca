//! Rows taken out of the rejects files that hold them, when somebody is erased.
//!
//! A row that goes leaves its line ends behind: the others stay on the lines that the file of reasons names, and a process
//! that dies between the two files has done no harm. Blank lines are no rows. Where no row is left, all files go.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::ImportError;
use crate::rejects::{BESIDE, create_private, is_beside};

/// A row of a rejects file.
#[derive(Debug, Clone, Copy)]
pub struct RejectedRow<'a> {
    /// Line of the rejects file on which it begins; `None` for what has no row of its own.
    pub line: Option<u64>,
    /// Name of the file that it came from.
    pub file: &'a str,
    /// Line in that file.
    pub source_line: u64,
    /// Why it was rejected.
    pub code: &'a str,
    /// Its bytes, with its line end; empty for what has no row of its own.
    pub bytes: &'a [u8],
}

/// The rejects files of a folder, each without what stands beside it, in the order of their names.
///
/// # Errors
/// Where the folder cannot be read; one that is not there holds none.
pub fn rejects_in(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(read_error(folder, e)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| read_error(folder, e))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_file() && name.contains(".rejects.") && !is_beside(&name) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Takes out of a rejects file, and out of its reasons, every row for which `goes` says so; gives how many went.
///
/// # Errors
/// Where a file cannot be read or written. It is then as it was, or without some of the rows.
pub fn take_out_rejected(
    path: &Path,
    mut goes: impl FnMut(RejectedRow<'_>) -> bool,
) -> Result<u64, ImportError> {
    let reasons_path = path.with_extension("reasons.csv");
    let bytes = fs::read(path).map_err(|e| read_error(path, e))?;
    let reasons = match fs::read(&reasons_path) {
        Ok(reasons) => reasons,
        Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(e) => return Err(read_error(&reasons_path, e)),
    };
    let starts = line_starts(&bytes);
    let mut reader = csv::ReaderBuilder::new().from_reader(reasons.as_slice());
    let mut records: Vec<csv::StringRecord> = Vec::new();
    for record in reader.records() {
        records.push(record.map_err(|e| read_error(&reasons_path, e.into()))?);
    }
    let line_of = |record: &csv::StringRecord| record.get(0).and_then(|line| line.parse::<u64>().ok());
    let mut blank: Vec<std::ops::Range<usize>> = Vec::new();
    let mut kept: Vec<&csv::StringRecord> = Vec::new();
    let (mut taken, mut rows_left) = (0, 0);
    for (at, record) in records.iter().enumerate() {
        let line = line_of(record);
        let from = line.and_then(|line| starts.get(usize::try_from(line).ok()?.checked_sub(1)?)).copied();
        let to = records[at + 1..]
            .iter()
            .find_map(line_of)
            .and_then(|line| starts.get(usize::try_from(line).ok()?.checked_sub(1)?).copied());
        let range = from.map_or(0..0, |from| from..to.unwrap_or(bytes.len()).max(from));
        let row = RejectedRow {
            line,
            file: record.get(1).unwrap_or_default(),
            source_line: record.get(2).and_then(|line| line.parse().ok()).unwrap_or_default(),
            code: record.get(4).unwrap_or_default(),
            bytes: &bytes[range.clone()],
        };
        let is_blank = line.is_some() && row.bytes.iter().all(u8::is_ascii_whitespace);
        if is_blank {
            // Taken out before, by somebody who did not come to the reasons.
            continue;
        }
        if goes(row) {
            taken += 1;
            // What has no line stands in no row.
            if !range.is_empty() {
                blank.push(range);
            }
        } else {
            rows_left += 1;
            kept.push(record);
        }
    }
    if taken == 0 && kept.len() == records.len() {
        return Ok(0);
    }
    if rows_left == 0 {
        let beside = BESIDE.iter().map(|ending| path.with_extension(ending));
        for path in std::iter::once(path.to_owned()).chain(beside) {
            match fs::remove_file(&path) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(write_error(&path, e)),
                _ => {}
            }
        }
        sync_folder(path)?;
        return Ok(taken);
    }
    blank.sort_by_key(|row| row.start);
    replace(path, &blanked(&bytes, blank))?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = reader.headers().map_err(|e| read_error(&reasons_path, e.into()))?.clone();
    let written = std::iter::once(&header).chain(kept).try_for_each(|record| writer.write_record(record));
    written.map_err(|e| write_error(&reasons_path, e.into()))?;
    let text = writer.into_inner().map_err(|e| write_error(&reasons_path, e.into_error()))?;
    replace(&reasons_path, &text)?;
    Ok(taken)
}

/// The bytes, with nothing but the line ends of these rows.
fn blanked(bytes: &[u8], rows: Vec<std::ops::Range<usize>>) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for row in rows {
        // Whoever mended the file by hand may have put its reasons into another order.
        let row = row.start.max(at)..row.end.max(at);
        kept.extend_from_slice(&bytes[at..row.start]);
        kept.extend(bytes[row.clone()].iter().filter(|byte| matches!(byte, b'\n' | b'\r')));
        at = row.end;
    }
    kept.extend_from_slice(&bytes[at..]);
    kept
}

/// Where each line begins; LF, CRLF and CR end one.
fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let mut starts = vec![0];
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
            starts.push(at + 1);
        }
    }
    starts
}

/// Writes a file beside its name and renames it, so that it is whole or as it was.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), ImportError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let write = || -> io::Result<()> {
        match fs::remove_file(&beside) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
        let mut file = create_private(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|e| write_error(path, e))?;
    sync_folder(path)
}

fn sync_folder(path: &Path) -> Result<(), ImportError> {
    let Some(folder) = path.parent().filter(|_| cfg!(unix)) else { return Ok(()) };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| write_error(path, e))
}

fn read_error(path: &Path, source: io::Error) -> ImportError {
    ImportError::Read { file: path.display().to_string(), line: 0, source }
}

fn write_error(path: &Path, source: io::Error) -> ImportError {
    ImportError::Write { file: path.display().to_string(), source }
}

#[cfg(test)]
mod tests {
    //! - a row that goes leaves its line ends, and the other rows stay on their lines
    //! - the reasons of what went go; done again it does nothing; a run that was cut off is finished
    //! - where no row is left, no file is

    use super::*;

    const ROWS: &str = "id,name\n1,\"Ada\n2,Bo\n\"3\nx\",Cy\n";
    const REASONS: &str = "rejects_line,file,line,column,code,reason\n2,p.csv,7,,open-quote,a\n3,p.csv,8,,b,b\n\
                           4,p.csv,9,,c,c\n,Ada_Moss.pdf,1,,bad-cv,d\n";

    fn files() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.rejects.csv");
        fs::write(&path, ROWS).unwrap();
        fs::write(folder.path().join("p.rejects.reasons.csv"), REASONS).unwrap();
        fs::write(folder.path().join("p.rejects.origin.json"), "{}").unwrap();
        (folder, path)
    }

    fn holds(row: RejectedRow<'_>, text: &str) -> bool {
        String::from_utf8_lossy(row.bytes).contains(text) || row.file.contains(text)
    }

    #[test]
    fn a_row_that_goes_leaves_its_lines_and_its_reason_goes() {
        let (folder, path) = files();
        assert_eq!(rejects_in(folder.path()).unwrap(), std::slice::from_ref(&path));
        assert_eq!(take_out_rejected(&path, |row| holds(row, "Cy")).unwrap(), 1);
        assert_eq!(fs::read_to_string(&path).unwrap(), "id,name\n1,\"Ada\n2,Bo\n\n\n");
        let reasons = fs::read_to_string(folder.path().join("p.rejects.reasons.csv")).unwrap();
        assert!(!reasons.contains(",9,") && reasons.contains("\n3,p.csv,8,"), "{reasons}");
        assert_eq!(take_out_rejected(&path, |row| holds(row, "Cy")).unwrap(), 0);
        assert_eq!(take_out_rejected(&path, |row| holds(row, "Ada")).unwrap(), 2, "the row and the CV");
        assert_eq!(fs::read_to_string(&path).unwrap(), "id,name\n\n2,Bo\n\n\n");
        assert_eq!(take_out_rejected(&path, |_| true).unwrap(), 1);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_run_that_was_cut_off_between_the_files_is_finished() {
        let (folder, path) = files();
        fs::write(&path, "id,name\n1,\"Ada\n\n\"3\nx\",Cy\n").unwrap();
        assert_eq!(take_out_rejected(&path, |_| false).unwrap(), 0);
        let reasons = fs::read_to_string(folder.path().join("p.rejects.reasons.csv")).unwrap();
        assert!(!reasons.contains(",8,") && reasons.contains(",7,") && reasons.contains(",9,"), "{reasons}");
    }
}
