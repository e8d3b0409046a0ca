//! A name for what a taxonomy says, the same on every machine.
//!
//! It does not depend on the order of rows, columns and files, on line ends, quotes or remarks. In plain words: write
//! each cell as its length in bytes (decimal), a colon and the cell; put the cells of a row together, in the order of
//! the file's columns in the documentation; sort the rows by their bytes and put them together, each once; write the
//! file's name and then that text as two cells; put the files together in the order of their names; the fingerprint is
//! the first 16 bytes of SHA-256 of it, in hexadecimal. Files without rows are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::schema::DROP;
use super::sheet::Sheet;
use super::{TaxonomyFile, sheets_of};

/// The fingerprint of files that were checked before.
pub(crate) fn of_files(files: &[TaxonomyFile]) -> String {
    of_sheets(&sheets_of(files).0)
}

pub(super) fn of_sheets(sheets: &[Sheet]) -> String {
    let files: BTreeMap<&str, BTreeSet<String>> = sheets
        .iter()
        .filter(|sheet| !sheet.rows.is_empty() && sheet.schema.name != DROP)
        .map(|sheet| {
            let rows = sheet.rows.iter().map(|row| row.cells.iter().map(|c| cell(c)).collect()).collect();
            (sheet.schema.name, rows)
        })
        .collect();
    let mut hash = Sha256::new();
    for (name, rows) in files {
        let text: String = rows.into_iter().collect();
        hash.update(cell(name));
        hash.update(cell(&text));
    }
    hash.finalize()[..16].iter().fold(String::with_capacity(32), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn cell(text: &str) -> String {
    format!("{}:{text}", text.len())
}
