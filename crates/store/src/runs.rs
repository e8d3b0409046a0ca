//! Runs: what was ranked, by which roles, and who stood where.
//!
//! A run is kept whole in one transaction: its manifest byte for byte, the role files as they were, and each list with
//! its people. What the people were is not kept again: the records of the manifest's change say it.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use stackscout_profile::CandidateNumber;

use crate::audit;
use crate::damage::Table;
use crate::exports::{self, Exported};
use crate::store::checksum;
use crate::{Actor, Store, StoreError};

/// A run that is to be kept.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// When it was made, `2026-11-01T12:00:00Z`; no part of what makes two runs the same.
    pub made: String,
    /// Change after which the records stood as they were ranked.
    pub change: u64,
    /// The manifest, byte for byte.
    pub manifest: String,
    /// Digest of the result that was printed.
    pub result: String,
    /// Role files: fingerprint and text.
    pub role_texts: Vec<(String, String)>,
    /// Each role's list, in the order of the run.
    pub lists: Vec<RunList>,
}

/// A run as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunInfo {
    /// From 1; never given twice.
    pub number: u32,
    /// When it was made.
    pub made: String,
    /// Change after which the records stood as they were ranked.
    pub change: u64,
    /// The manifest, byte for byte.
    pub manifest: String,
    /// Digest of the result that was printed.
    pub result: String,
}

/// One role's list in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunList {
    /// Id of the role.
    pub role: String,
    /// Fingerprint of its file.
    pub fingerprint: String,
    /// Listed people in tiers A, B and C, in the whole pool.
    pub listed: [u64; 3],
    /// People left out, by their first reason.
    pub left_out: BTreeMap<String, u64>,
    /// The people on the list, in order.
    pub entries: Vec<RunEntry>,
}

/// A person on a list of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunEntry {
    /// The person.
    pub number: CandidateNumber,
    /// Place, from 1; shared by equals.
    pub place: u32,
    /// How many share it.
    pub tied: u32,
    /// `A` to `D`, as a byte of ASCII.
    pub tier: u8,
    /// Whether the answer to a knock-out is unknown.
    pub unknown_knockout: bool,
    /// 0 to 10,000.
    pub score: u16,
    /// The least that the score can be.
    pub low: u16,
    /// The most that it can be.
    pub high: u16,
    /// The sum of weight times credit.
    pub points: u32,
}

/// Where a person stood in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunPlace {
    /// The run.
    pub run: u32,
    /// Id of the role.
    pub role: String,
    /// Place, tier and score.
    pub entry: RunEntry,
}

/// A run that was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Under this number.
    New(u32),
    /// The same manifest with the same result is there already, under this number.
    Known(u32),
}

/// Bytes of an entry: number, place, tied, tier, flag, score, low, high, points.
const ENTRY_BYTES: usize = 4 + 4 + 4 + 1 + 1 + 2 + 2 + 2 + 4;

impl Store {
    /// Keeps a run, all of it or, on an error, nothing. A run that is there already is not kept twice.
    ///
    /// # Errors
    /// Records that cannot be written ([`StoreError::is_read_only`]), another writer ([`StoreError::is_busy`]),
    /// anything else that SQLite refuses.
    pub fn keep_run(&mut self, run: &NewRun) -> Result<Kept, StoreError> {
        let path = self.path.clone();
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let actor = Actor { made: run.made.clone(), ..self.actor.clone() };
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrap)?;
        let known = transaction
            .query_row(
                "SELECT number FROM runs WHERE manifest = ?1 AND result = ?2 ORDER BY number",
                [&run.manifest, &run.result],
                |row| row.get(0),
            )
            .optional()
            .map_err(wrap)?;
        if let Some(number) = known {
            return Ok(Kept::Known(number));
        }
        let number = insert(&transaction, run).map_err(wrap)?;
        audit::write(&transaction, &actor, run.change, &run_entry(number, run), "").map_err(wrap)?;
        transaction.commit().map_err(wrap)?;
        Ok(Kept::New(number))
    }

    /// All runs, in order.
    ///
    /// # Errors
    /// A damaged run; anything that SQLite refuses.
    pub fn runs(&self) -> Result<Vec<RunInfo>, StoreError> {
        self.check_runs()?;
        let sql = "SELECT number, made, change, manifest, result, checksum FROM runs ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let mut rows = statement.query([]).map_err(|e| self.error(e))?;
        let mut runs = Vec::new();
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            let (info, stored) = info(row).map_err(|e| self.error(e))?;
            if checksum(info.manifest.as_bytes()) != stored {
                return Err(StoreError::DamagedRun(info.number));
            }
            runs.push(info);
        }
        Ok(runs)
    }

    /// The lists of a run, in the order of its roles; empty where there is no such run.
    ///
    /// # Errors
    /// A damaged list; anything that SQLite refuses.
    pub fn run_lists(&self, run: u32) -> Result<Vec<RunList>, StoreError> {
        self.check_runs()?;
        let sql = "SELECT role, fingerprint, a, b, c, left_out, checksum, entries FROM run_lists
                   WHERE run = ?1 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let mut rows = statement.query([run]).map_err(|e| self.error(e))?;
        let mut lists = Vec::new();
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            let (mut list, left_out, stored, bytes) = list(row).map_err(|e| self.error(e))?;
            let read = || {
                (checksum(&bytes) == stored)
                    .then(|| Some((decode_entries(&bytes)?, serde_json::from_str(&left_out).ok()?)))?
            };
            (list.entries, list.left_out) = read().ok_or(StoreError::DamagedRun(run))?;
            lists.push(list);
        }
        Ok(lists)
    }

    /// Where a person stood in the runs that are kept, in their order.
    ///
    /// # Errors
    /// A damaged list; anything that SQLite refuses.
    pub fn runs_of(&self, number: CandidateNumber) -> Result<Vec<RunPlace>, StoreError> {
        let sql = "SELECT run, role, checksum, entries FROM run_lists ORDER BY run, at";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let mut rows = statement.query([]).map_err(|e| self.error(e))?;
        let mut places = Vec::new();
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            let run = row.get(0).map_err(|e| self.error(e))?;
            let bytes = row.get_ref(3).and_then(|b| Ok(b.as_blob()?)).map_err(|e| self.error(e))?;
            let sound = checksum(bytes) == row.get::<_, i64>(2).map_err(|e| self.error(e))?;
            let entries = decode_entries(bytes).filter(|_| sound).ok_or(StoreError::DamagedRun(run))?;
            if let Some(entry) = entries.into_iter().find(|entry| entry.number == number) {
                places.push(RunPlace { run, role: row.get(1).map_err(|e| self.error(e))?, entry });
            }
        }
        Ok(places)
    }

    /// A role file as it was, by its fingerprint; `None` where no run has brought it.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn role_text(&self, fingerprint: &str) -> Result<Option<String>, StoreError> {
        self.check_runs()?;
        self.connection
            .query_row("SELECT text FROM role_texts WHERE fingerprint = ?1", [fingerprint], |row| row.get(0))
            .optional()
            .map_err(|e| self.error(e))
    }

    fn check_runs(&self) -> Result<(), StoreError> {
        self.check_table(Table::Runs)
    }

    /// Removes a run, and the role files that no other run has. Says whether there was one.
    ///
    /// # Errors
    /// As [`Store::keep_run`].
    pub fn remove_run(&mut self, run: u32, why: &str) -> Result<bool, StoreError> {
        let change = self.change()?;
        let actor = self.actor.clone();
        let path = self.path.clone();
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrap)?;
        keep_exports(&transaction, &path, run)?;
        transaction.execute("DELETE FROM run_lists WHERE run = ?1", [run]).map_err(wrap)?;
        let removed = transaction.execute("DELETE FROM runs WHERE number = ?1", [run]).map_err(wrap)?;
        let orphans = "DELETE FROM role_texts WHERE fingerprint NOT IN (SELECT fingerprint FROM run_lists)";
        transaction.execute(orphans, []).map_err(wrap)?;
        if removed > 0 {
            audit::write(&transaction, &actor, change, &format!("run {run} removed"), why).map_err(wrap)?;
        }
        transaction.commit().map_err(wrap)?;
        Ok(removed > 0)
    }
}

/// Writes the people of a run into the exports that were made of it, before the run goes.
fn keep_exports(transaction: &Transaction<'_>, path: &Path, run: u32) -> Result<(), StoreError> {
    let wrap = |source| StoreError::Sqlite { path: path.to_owned(), source };
    let exports = exports::all(transaction).map_err(wrap)?.ok_or(StoreError::DamagedExports)?;
    let of_run = exports.iter().filter(|export| export.people == Exported::Run(run));
    let mut people: Option<Vec<CandidateNumber>> = None;
    for export in of_run {
        if people.is_none() {
            let mut listed = Vec::new();
            let sql = "SELECT entries FROM run_lists WHERE run = ?1";
            let mut statement = transaction.prepare_cached(sql).map_err(wrap)?;
            let mut rows = statement.query([run]).map_err(wrap)?;
            while let Some(row) = rows.next().map_err(wrap)? {
                let bytes = row.get_ref(0).and_then(|b| Ok(b.as_blob()?)).map_err(wrap)?;
                let entries = decode_entries(bytes).ok_or(StoreError::DamagedRun(run))?;
                listed.extend(entries.iter().map(|entry| entry.number));
            }
            people = Some(listed);
        }
        exports::set_people(transaction, export.number, people.as_deref().unwrap_or_default())
            .map_err(wrap)?;
    }
    Ok(())
}

/// What the audit log says of a run: names of manifest and result, so that another one cannot stand in its place.
fn run_entry(number: u32, run: &NewRun) -> String {
    let roles: Vec<String> = run.lists.iter().map(|list| format!("`{}`", list.role)).collect();
    let roles =
        if roles.len() > ROLES_NAMED_MAX { format!("{} roles", roles.len()) } else { roles.join(", ") };
    let manifest = checksum(run.manifest.as_bytes()).cast_unsigned();
    format!("{}{roles}, manifest {manifest:016x}, result {}", run_lead(number), run.result)
}

/// How the entry of a run begins.
pub(crate) fn run_lead(number: u32) -> String {
    format!("run {number} kept: ")
}

/// Of more roles an entry says how many.
const ROLES_NAMED_MAX: usize = 10;

fn insert(transaction: &Transaction<'_>, run: &NewRun) -> rusqlite::Result<u32> {
    transaction.execute(
        "INSERT INTO runs (change, made, result, checksum, manifest) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            run.change.cast_signed(),
            run.made,
            run.result,
            checksum(run.manifest.as_bytes()),
            run.manifest
        ],
    )?;
    let number = transaction.query_row("SELECT max(number) FROM runs", [], |row| row.get(0))?;
    for (fingerprint, text) in &run.role_texts {
        transaction
            .prepare_cached("INSERT OR IGNORE INTO role_texts VALUES (?1, ?2)")?
            .execute([fingerprint, text])?;
    }
    for (at, list) in (0_u32..).zip(&run.lists) {
        let [a, b, c] = list.listed.map(u64::cast_signed);
        let left_out = serde_json::to_string(&list.left_out).expect("counts are plain data");
        let entries = encode_entries(&list.entries);
        transaction
            .prepare_cached("INSERT INTO run_lists VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?
            .execute(params![
                number,
                at,
                list.role,
                list.fingerprint,
                a,
                b,
                c,
                left_out,
                checksum(&entries),
                entries
            ])?;
    }
    Ok(number)
}

fn info(row: &rusqlite::Row<'_>) -> rusqlite::Result<(RunInfo, i64)> {
    let info = RunInfo {
        number: row.get(0)?,
        made: row.get(1)?,
        change: row.get::<_, i64>(2)?.cast_unsigned(),
        manifest: row.get(3)?,
        result: row.get(4)?,
    };
    Ok((info, row.get(5)?))
}

fn list(row: &rusqlite::Row<'_>) -> rusqlite::Result<(RunList, String, i64, Vec<u8>)> {
    let listed = [row.get::<_, i64>(2)?, row.get(3)?, row.get(4)?].map(i64::cast_unsigned);
    let list = RunList {
        role: row.get(0)?,
        fingerprint: row.get(1)?,
        listed,
        left_out: BTreeMap::new(),
        entries: Vec::new(),
    };
    Ok((list, row.get(5)?, row.get(6)?, row.get(7)?))
}

fn encode_entries(entries: &[RunEntry]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(entries.len() * ENTRY_BYTES);
    for e in entries {
        for number in [e.number.0, e.place, e.tied] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend([e.tier, u8::from(e.unknown_knockout)]);
        for score in [e.score, e.low, e.high] {
            bytes.extend(score.to_le_bytes());
        }
        bytes.extend(e.points.to_le_bytes());
    }
    bytes
}

/// `None` where the bytes are no whole number of entries.
fn decode_entries(bytes: &[u8]) -> Option<Vec<RunEntry>> {
    let (entries, rest) = bytes.as_chunks::<ENTRY_BYTES>();
    let of = |b: &[u8; ENTRY_BYTES]| {
        let long = |at: usize| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]);
        let short = |at: usize| u16::from_le_bytes([b[at], b[at + 1]]);
        RunEntry {
            number: CandidateNumber(long(0)),
            place: long(4),
            tied: long(8),
            tier: b[12],
            unknown_knockout: b[13] != 0,
            score: short(14),
            low: short(16),
            high: short(18),
            points: long(20),
        }
    };
    rest.is_empty().then(|| entries.iter().map(of).collect())
}

/// Shows everybody on every list, with the run.
pub(crate) fn each_entry(
    transaction: &Transaction<'_>,
    path: &Path,
    mut take: impl FnMut(u32, CandidateNumber),
) -> Result<(), StoreError> {
    let wrap = |source| StoreError::Sqlite { path: path.to_owned(), source };
    let mut statement = transaction.prepare_cached("SELECT run, entries FROM run_lists").map_err(wrap)?;
    let mut rows = statement.query([]).map_err(wrap)?;
    while let Some(row) = rows.next().map_err(wrap)? {
        let run = row.get(0).map_err(wrap)?;
        let bytes = row.get_ref(1).and_then(|b| Ok(b.as_blob()?)).map_err(wrap)?;
        let entries = decode_entries(bytes).ok_or(StoreError::DamagedRun(run))?;
        entries.iter().for_each(|entry| take(run, entry.number));
    }
    Ok(())
}

/// Takes people out of every list; says of how many runs.
pub(crate) fn take_out(
    transaction: &Transaction<'_>,
    path: &Path,
    people: &HashSet<u32>,
) -> Result<u64, StoreError> {
    let wrap = |source| StoreError::Sqlite { path: path.to_owned(), source };
    let mut found: Vec<(u32, u32, Vec<RunEntry>)> = Vec::new();
    let mut statement =
        transaction.prepare_cached("SELECT run, at, checksum, entries FROM run_lists").map_err(wrap)?;
    let mut rows = statement.query([]).map_err(wrap)?;
    while let Some(row) = rows.next().map_err(wrap)? {
        let run = row.get(0).map_err(wrap)?;
        let bytes = row.get_ref(3).and_then(|b| Ok(b.as_blob()?)).map_err(wrap)?;
        let sound = checksum(bytes) == row.get::<_, i64>(2).map_err(wrap)?;
        let entries = decode_entries(bytes).filter(|_| sound).ok_or(StoreError::DamagedRun(run))?;
        if entries.iter().any(|e| people.contains(&e.number.0)) {
            found.push((run, row.get(1).map_err(wrap)?, entries));
        }
    }
    let mut runs: Vec<u32> = found.iter().map(|(run, ..)| *run).collect();
    runs.dedup();
    for (run, at, mut entries) in found {
        entries.retain(|e| !people.contains(&e.number.0));
        let bytes = encode_entries(&entries);
        transaction
            .prepare_cached("UPDATE run_lists SET checksum = ?3, entries = ?4 WHERE run = ?1 AND at = ?2")
            .and_then(|mut s| s.execute(params![run, at, checksum(&bytes), bytes]))
            .map_err(wrap)?;
    }
    Ok(runs.len() as u64)
}
