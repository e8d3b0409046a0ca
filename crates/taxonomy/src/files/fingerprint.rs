//! A name for what a taxonomy says, the same on every machine.
//!
//! It does not depend on the order of rows, columns and files, on line ends, quotes or remarks. In plain words: write
//! each cell as its length in bytes (decimal), a colon and the cell; put the cells of a row together, in the order of
//! the file's columns in the documentation; sort the rows by their bytes and put them together, each once; write the
//! file's name and then that text as two cells; put the files together in the order of their names; the fingerprint is
//! the first 16 bytes of SHA-256 of it, in hexadecimal. Files without rows are left out.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::schema::DROP;
use super::sheet::{Row, Sheet};
#[cfg(test)]
use super::{TaxonomyFile, sheets_of};

/// The fingerprint of files that were checked before.
#[cfg(test)]
pub(super) fn of_files(files: &[TaxonomyFile]) -> String {
    of_sheets(&sheets_of(files).0)
}

pub(super) fn of_sheets(sheets: &[Sheet]) -> String {
    let mut sheets: Vec<&Sheet> =
        sheets.iter().filter(|sheet| !sheet.rows.is_empty() && sheet.schema.name != DROP).collect();
    sheets.sort_by_key(|sheet| sheet.schema.name);
    let mut hash = Sha256::new();
    for sheet in sheets {
        let mut rows: Vec<String> = sheet.rows.iter().map(row).collect();
        rows.sort_unstable();
        rows.dedup();
        hash.update(cell(sheet.schema.name));
        hash.update(cell(&rows.concat()));
    }
    hash.finalize()[..16].iter().fold(String::with_capacity(32), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn row(row: &Row) -> String {
    let mut text = String::with_capacity(row.cells.iter().map(|cell| cell.len() + 4).sum());
    for cell in &row.cells {
        put(&mut text, cell);
    }
    text
}

fn cell(cell: &str) -> String {
    let mut text = String::new();
    put(&mut text, cell);
    text
}

fn put(text: &mut String, cell: &str) {
    // Most cells are short, and formatting a number costs more than the rest of this.
    match u8::try_from(cell.len()) {
        Ok(length @ 0..10) => text.push(char::from(b'0' + length)),
        Ok(length @ 10..100) => {
            text.push(char::from(b'0' + length / 10));
            text.push(char::from(b'0' + length % 10));
        }
        _ => _ = write!(text, "{}", cell.len()),
    }
    text.push(':');
    text.push_str(cell);
}
