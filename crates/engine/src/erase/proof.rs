//! The proof that nothing is left: every byte of the pool is read, and so is whatever its files pack.
//!
//! Of SQLite's file the bytes are read as they lie, and each cell of each table as it reads, past records unpacked: a long
//! text stands in pieces. Of the index the terms are read one by one, because its files write out only where they differ.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use stackscout_indexer::{Index, OpenIndex};
use stackscout_profile::CandidateNumber;

use crate::erase::forms::{Hit, Scanner};
use crate::erase::traces::Traces;
use crate::pool::{INDEX, RECORDS};
use crate::{EngineError, Pool};

/// What a scan of a pool found.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Proof {
    /// Files read, each to its end.
    pub files: u64,
    /// Bytes in them.
    pub bytes: u64,
    /// Cells of the records, unpacked.
    pub cells: u64,
    /// Terms of the index.
    pub terms: u64,
    /// What the index still holds of people who were removed; `false` where every segment was written anew.
    pub index_holds_removed: bool,
    /// Where something of the person was found, without a word of it.
    pub traces: Vec<Trace>,
    /// Packed files that are not of the pool, and that nobody looked into.
    pub unread: Vec<String>,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Trace {
    /// The file within the pool; for records with the table, such as `records.db, table audit`.
    pub file: String,
    /// What it is: `e-mail`, `phone`, `link`, `id` or `name`.
    pub what: &'static str,
    /// In which form: `text`, `UTF-16`, `hex` or `base64`.
    pub form: &'static str,
    /// How often.
    pub count: u64,
    /// Another person whose record says the same; `None` where it is no record of anybody.
    pub of: Option<String>,
}

impl Proof {
    /// Whether all that was found belongs to other people.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.unread.is_empty() && !self.index_holds_removed && self.left().next().is_none()
    }

    /// What was found and is nobody else's.
    pub fn left(&self) -> impl Iterator<Item = &Trace> {
        // The bytes of the records' file are those of its cells: what another's record says stands in them, too.
        let is_anothers = |what: &str| self.traces.iter().any(|t| t.what == what && t.of.is_some());
        self.traces
            .iter()
            .filter(move |trace| trace.of.is_none() && !(trace.file == RECORDS && is_anothers(trace.what)))
    }
}

impl Pool {
    /// Looks for people in every byte of the pool.
    pub(crate) fn scan(&self, traces: &Traces) -> Result<Proof, EngineError> {
        let scanner = Scanner::new(traces);
        let mut proof = Proof::default();
        let mut found: BTreeMap<(String, Hit, Option<CandidateNumber>), u64> = BTreeMap::new();
        let mut files = Vec::new();
        list(&self.folder, &mut files)?;
        files.sort();
        for path in files {
            let name = path.strip_prefix(&self.folder).unwrap_or(&path).to_string_lossy().into_owned();
            let mut count = |hit| *found.entry((name.clone(), hit, None)).or_default() += 1;
            scanner.scan(name.as_bytes(), &mut count);
            let mut file = File::open(&path).map_err(|e| EngineError::io("read", &path, e))?;
            if is_packed(&mut file).map_err(|e| EngineError::io("read", &path, e))? {
                proof.unread.push(name.clone());
            }
            let file = File::open(&path).map_err(|e| EngineError::io("read", &path, e))?;
            proof.bytes +=
                scanner.scan_all(file, &mut count).map_err(|e| EngineError::io("read", &path, e))?;
            proof.files += 1;
        }
        self.store.each_cell(|table, number, cell| {
            proof.cells += 1;
            scanner.scan(cell, |hit| {
                let file = match number {
                    Some(_) => RECORDS.to_owned(),
                    None => format!("{RECORDS}, table {table}"),
                };
                *found.entry((file, hit, number)).or_default() += 1;
            });
        })?;
        if let OpenIndex::Ready(index) = Index::open(&self.folder.join(INDEX))? {
            proof.index_holds_removed = index.holds_removed();
            index.every_term(|term| {
                proof.terms += 1;
                scanner
                    .scan(term, |hit| *found.entry((format!("{INDEX}, terms"), hit, None)).or_default() += 1);
            })?;
        }
        for ((file, hit, number), count) in found {
            let of = number.map(|number| number.to_string());
            proof.traces.push(Trace { file, what: hit.what, form: hit.form.word(), count, of });
        }
        Ok(proof)
    }
}

/// Every file of a folder and of the folders in it.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), EngineError> {
    for entry in fs::read_dir(folder).map_err(|e| EngineError::io("read", folder, e))? {
        let entry = entry.map_err(|e| EngineError::io("read", folder, e))?;
        let kind = entry.file_type().map_err(|e| EngineError::io("read", &entry.path(), e))?;
        if kind.is_dir() {
            list(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Whether a file is packed by gzip, Zstandard, zip or LZ4: the pool has none, but somebody may have put one there.
fn is_packed(file: &mut File) -> std::io::Result<bool> {
    let mut first = Vec::new();
    file.by_ref().take(4).read_to_end(&mut first)?;
    let magics: [&[u8]; 4] =
        [&[0x1f, 0x8b], &[0x28, 0xb5, 0x2f, 0xfd], b"PK\x03\x04", &[0x04, 0x22, 0x4d, 0x18]];
    Ok(magics.iter().any(|magic| first.starts_with(magic)))
}
