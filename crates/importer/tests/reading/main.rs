//! Files of candidates as they come, good and broken. One concern a module:
//!
//! - [`quotes`]: an open quote costs its own line
//! - [`rows`]: every data row comes out once, with its line
//! - [`days`]: what days are read by
//! - [`dialects`]: encodings, line ends, delimiters
//! - [`layouts`]: what columns are read as
//! - [`formats`]: workbooks, JSON, pages, CVs and folders say what the same table says as CSV
//! - [`guesses`]: what is read without a name that says it
//! - [`overrides`]: what a caller decides
//! - [`own_layouts`]: layouts that a pool keeps
//! - [`bad_input`], [`harm`]: files that break naive readers, and damage at random
//! - [`rejects`]: what was rejected can be mended

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod bad_input;
mod days;
mod dialects;
mod formats;
mod guesses;
mod harm;
mod layouts;
mod overrides;
mod own_layouts;
mod quotes;
mod rejects;
mod rows;

use std::io::Cursor;

use stackscout_importer::{CandidateFile, ImportError, ImportOptions, ReadRow, Rejected, Row};
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::tables::{SkillRow, Tables};

fn taxonomy() -> Taxonomy {
    let skill = |name: &&str| SkillRow {
        id: name.to_lowercase().replace(['.', ' '], "-").replace('#', "sharp"),
        name: (*name).to_owned(),
        kind: "language".to_owned(),
        source: "test".to_owned(),
        ..SkillRow::default()
    };
    let names = ["Rust", "Go", "Python", "Django", "Flask", "React", "Node.js", "Office", "C#"];
    let tables = Tables { skills: names.iter().map(skill).collect(), ..Tables::default() };
    Taxonomy::new(tables, "test".into()).unwrap()
}

fn open_with(bytes: &[u8], options: &ImportOptions) -> Result<CandidateFile, ImportError> {
    CandidateFile::from_reader("people.csv", Box::new(Cursor::new(bytes.to_vec())), options, &taxonomy())
}

fn open(bytes: impl AsRef<[u8]>) -> CandidateFile {
    open_with(bytes.as_ref(), &ImportOptions::default()).unwrap_or_else(|e| panic!("{e}"))
}

fn refused(bytes: impl AsRef<[u8]>) -> String {
    match open_with(bytes.as_ref(), &ImportOptions::default()) {
        Ok(file) => panic!("was opened as {}", file.layout()),
        Err(e) => e.to_string(),
    }
}

/// All rows, and all rejects.
fn read(bytes: impl AsRef<[u8]>) -> (Vec<Row>, Vec<Rejected>) {
    read_all(&mut open(bytes))
}

fn read_all(file: &mut CandidateFile) -> (Vec<Row>, Vec<Rejected>) {
    let (mut rows, mut rejected) = (Vec::new(), Vec::new());
    for row in file {
        match row.unwrap() {
            ReadRow::Accepted(row) => rows.push(row),
            ReadRow::Rejected(row) => rejected.push(row),
        }
    }
    (rows, rejected)
}

/// `field=text` of each value.
fn said(row: &Row) -> Vec<String> {
    row.values.iter().map(|v| format!("{}={}", v.field, v.text)).collect()
}

fn ids(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|r| r.external_id.as_deref().unwrap_or("-")).collect()
}

/// `line code` of each reject.
fn codes(rejected: &[Rejected]) -> Vec<String> {
    rejected.iter().map(|r| format!("{} {}", r.issue.line, r.issue.code)).collect()
}
