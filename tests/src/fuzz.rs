//! What any bytes must not break: the entry functions of fuzzing.
//!
//! Each takes bytes that nobody looked at, and panics where a promise is broken. They are called from two sides: by the
//! fuzzer in `fuzz/` for as long as one likes, and by a test that changes seeds at random a bounded number of times.

use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use stackscout_importer::{CandidateFile, ImportOptions, ReadRow};
use stackscout_taxonomy::Taxonomy;

static TAXONOMY: LazyLock<Arc<Taxonomy>> = LazyLock::new(Taxonomy::embedded);

/// Reads bytes as a file of candidates. Whatever they are: it ends, no row is given twice, rows come from lines that are
/// there, and no error holds more of the file than the names of its columns.
///
/// # Panics
/// Where one of these does not hold.
pub fn reader(bytes: &[u8]) {
    for no_header in [false, true] {
        let options = ImportOptions { no_header, ..ImportOptions::default() };
        let input = Box::new(Cursor::new(bytes.to_vec()));
        let Ok(mut file) = CandidateFile::from_reader("fuzz.csv", input, &options, &TAXONOMY) else {
            continue;
        };
        // Rejects of a file without a header get one that is not in it.
        let header = if no_header { 0 } else { file.preamble().len() };
        let (mut rows, mut given, mut last) = (0_u64, header, 0);
        while let Some(row) = file.next() {
            let Ok(row) = row else { break };
            given += file.last_row_bytes().len();
            match row {
                ReadRow::Accepted(row) => {
                    rows += row.rows;
                    assert!(row.rows > 0 && row.line > 0);
                    assert!(row.values.iter().all(|value| value.cell.line >= row.line));
                }
                ReadRow::Rejected(rejected) => {
                    rows += 1;
                    let issue = rejected.issue;
                    assert!(!issue.code.is_empty() && !issue.reason.is_empty());
                    assert!(file.is_long() || issue.line > last, "lines go on");
                    last = issue.line;
                    assert!(!rejected.raw.is_empty(), "a rejected row can be mended");
                }
            }
        }
        // Unpacked and decoded text may be longer than the bytes; plain text is not.
        let plain = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0);
        assert!(!plain || given <= bytes.len(), "{given} bytes of rows in {}", bytes.len());
        assert!(!plain || rows <= bytes.len() as u64);
    }
}
