//! Keeping a ranking as a run of the pool.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};
use stackscout_matcher::Entry;
use stackscout_matcher::knockout::Answer;
use stackscout_store::{Actor, Kept, NewRun, RunEntry, RunList, Store, StoreError};

use crate::pool::RECORDS;
use crate::roles::{RoleInput, hex};
use crate::{EngineError, Pool, Ranking, json};

/// What became of a run that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It is kept under this number.
    New(u32),
    /// The same run with the same result was kept before, under this number.
    Known(u32),
    /// The pool cannot be written.
    ReadOnly,
    /// The records hold damaged pages, and nothing is written to them.
    Damaged,
    /// Another process is writing, and took longer than a reader waits.
    Busy,
}

/// The name of a result: thirty-two hex digits of its JSON as it is printed, which need not be held in memory for it.
#[must_use]
pub fn result_digest(result: &impl Serialize) -> String {
    let mut hash = Hashed(Sha256::new());
    json::write_pretty(&mut hash, result).expect("results are plain data, and a hash takes all of it");
    hex(&hash.0.finalize()[..16])
}

struct Hashed(Sha256);

impl std::io::Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Role files with the names of their contents, to be kept with a run.
#[must_use]
pub fn role_texts(roles: &[RoleInput]) -> Vec<(String, String)> {
    roles.iter().map(|role| (role.fingerprint.clone(), role.text.clone())).collect()
}

impl Pool {
    /// Keeps a ranking, after the answer is there: one transaction, all of it or nothing.
    ///
    /// `role_texts` are those of [`role_texts`], `result` is what [`result_digest`] says of the result, `actor` who
    /// made it and when, which is kept beside the run and is no part of it. It does not wait for the pool's lock, which guards the index: a run touches
    /// the records' file alone, and SQLite lets one writer in at a time.
    ///
    /// # Errors
    /// Anything that the file system refuses, other than writing at all.
    pub fn record_run(
        &self,
        ranking: &Ranking,
        role_texts: Vec<(String, String)>,
        result: &str,
        actor: &Actor,
    ) -> Result<Recorded, EngineError> {
        let run = NewRun {
            made: actor.made.clone(),
            change: ranking.manifest.change,
            manifest: ranking.manifest.to_text(),
            result: result.to_owned(),
            role_texts,
            lists: lists(ranking),
        };
        let kept = Store::open_to_note(&self.folder.join(RECORDS)).and_then(|mut store| {
            store.act_as(actor.clone());
            let kept = store.keep_run(&run)?;
            store.close();
            Ok(kept)
        });
        match kept {
            Ok(Kept::New(number)) => Ok(Recorded::New(number)),
            Ok(Kept::Known(number)) => Ok(Recorded::Known(number)),
            Err(e) if e.is_read_only() => Ok(Recorded::ReadOnly),
            Err(e) if e.is_busy() => Ok(Recorded::Busy),
            Err(StoreError::DamagedPages { .. }) => Ok(Recorded::Damaged),
            Err(e) => Err(e.into()),
        }
    }

    /// Removes a run from the pool in `folder`.
    ///
    /// # Errors
    /// No such run; a pool that cannot be written.
    pub fn remove_run(&self, number: u32, actor: Actor, why: &str) -> Result<(), EngineError> {
        let mut store = Store::open_to_note(&self.folder.join(RECORDS))?;
        store.act_as(actor);
        let removed = store.remove_run(number, why)?;
        store.close();
        if removed { Ok(()) } else { Err(EngineError::NoRun(number.to_string())) }
    }
}

/// The lists of a ranking, as runs keep them.
#[must_use]
pub fn lists(ranking: &Ranking) -> Vec<RunList> {
    let of = |(ranked, named): (&crate::RankedRole, &crate::ranking::ManifestRole)| {
        let left_out: BTreeMap<String, u64> =
            ranked.shortlist.left_out.iter().map(|(reason, n)| ((*reason).to_owned(), *n)).collect();
        RunList {
            role: named.id.clone(),
            fingerprint: named.fingerprint.clone(),
            listed: ranked.shortlist.listed,
            left_out,
            entries: ranked.shortlist.entries.iter().map(entry).collect(),
        }
    };
    ranking.roles.iter().zip(&ranking.manifest.roles).map(of).collect()
}

fn entry(e: &Entry) -> RunEntry {
    // Places are numbers of people, who are numbered by u32.
    let people = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    RunEntry {
        number: e.number,
        place: people(e.place),
        tied: people(e.tied),
        tier: e.tier.letter().as_bytes()[0],
        unknown_knockout: e.knockouts.iter().any(|k| k.answer == Answer::Unknown),
        score: e.score,
        low: e.low,
        high: e.high,
        points: e.points,
    }
}
