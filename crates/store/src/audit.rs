//! What was done to the pool, by whom and when: written in the transaction that does it, and never rewritten.
//!
//! Each entry is chained to the one before, so that nobody can change or leave out an entry without changing all that
//! follow; triggers refuse to change or remove one. Who can write the file can drop the triggers and chain anew: that is
//! found by a head that was kept elsewhere, and by nothing in the file. No entry holds a word of what a record says.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::runs::run_lead;
use crate::store::checksum;
use crate::{Store, StoreError};

/// Who does something, and when: stated by the program's face, because the records know no clock and no user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Actor {
    /// The operating system's user, or the name of a token.
    pub who: String,
    /// When, as `2026-11-01T12:00:00Z`.
    pub made: String,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// From 1, without a gap.
    pub number: u64,
    /// The change that it made.
    pub change: u64,
    /// Who did it, and when.
    pub actor: Actor,
    /// What was done, such as `undo of import 3`.
    pub what: String,
    /// The reason that was given; empty where none was.
    pub why: String,
    chain: String,
}

impl AuditEntry {
    /// The chain up to this entry.
    fn chained(&self, before: &str) -> String {
        let mut hash = Sha256::new();
        let (number, change) = (self.number.to_string(), self.change.to_string());
        let Actor { who, made } = &self.actor;
        for text in [before, &number, &change, made, who, &self.what, &self.why] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Where an audit log ends: kept elsewhere, it tells a log that lost its end from one that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditHead {
    /// How many entries there are.
    pub entries: u64,
    /// The chain up to the last one, 64 hex digits; empty for no entry.
    pub chain: String,
}

impl fmt::Display for AuditHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.entries, self.chain)
    }
}

impl FromStr for AuditHead {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (entries, chain) = text.trim().split_once(':')?;
            let is_chain = chain.len() == 64 && chain.bytes().all(|b| b.is_ascii_hexdigit());
            let chain = chain.to_ascii_lowercase();
            (is_chain || chain.is_empty()).then_some(Self { entries: entries.parse().ok()?, chain })
        };
        read().ok_or_else(|| {
            format!("`{text}` is no head of an audit log: expected ENTRIES:HASH, 64 hex digits")
        })
    }
}

/// What is wrong with an audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditFault {
    /// The first entry that was changed, or before which one is missing.
    Entry(u64),
    /// Fewer entries than were written.
    Cut {
        /// How many there are.
        entries: u64,
        /// How many were written.
        written: u64,
    },
    /// The last entry is not the one that was written last.
    Head,
    /// A change of the records of which no entry tells.
    Change(u64),
    /// A run of which no entry tells, or another one than stands there.
    Run(u32),
    /// A decision that is not what its entry sealed.
    Decision(u64),
    /// The log does not go on from where it ended when this was noted.
    NotExtended(AuditHead),
}

/// What a look at the whole log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditVerdict {
    /// Where the log ends.
    pub head: AuditHead,
    /// What is wrong; nothing, where it is whole.
    pub faults: Vec<AuditFault>,
}

/// Adds an entry to the transaction of what it tells of.
pub(crate) fn write(
    connection: &Connection,
    actor: &Actor,
    change: u64,
    what: &str,
    why: &str,
) -> rusqlite::Result<()> {
    let last: Option<(i64, String)> = connection
        .query_row("SELECT number, chain FROM audit ORDER BY number DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (number, before) = last.unwrap_or_default();
    let mut entry = AuditEntry {
        number: number.cast_unsigned() + 1,
        change,
        actor: actor.clone(),
        what: what.to_owned(),
        why: why.to_owned(),
        chain: String::new(),
    };
    entry.chain = entry.chained(&before);
    let Actor { who, made } = actor;
    connection.execute(
        "INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![number + 1, change.cast_signed(), made, who, what, why, entry.chain],
    )?;
    connection
        .execute("UPDATE audit_head SET entries = entries + 1, chain = ?1 WHERE one = 1", [&entry.chain])?;
    Ok(())
}

impl Store {
    /// Says who makes the changes from here on.
    pub fn act_as(&mut self, actor: Actor) {
        self.actor = actor;
    }

    /// Writes an entry of something that is no change of the records.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn note(&mut self, what: &str, why: &str) -> Result<(), StoreError> {
        let (actor, change, path) = (self.actor.clone(), self.change()?, self.path.clone());
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let transaction = self.begin_aside()?;
        write(&transaction, &actor, change, what, why).map_err(wrap)?;
        transaction.commit().map_err(wrap)
    }

    /// Everything that was done since the pool writes it down, in order.
    ///
    /// # Errors
    /// An entry that was changed or left out; anything that SQLite refuses.
    pub fn audit(&self) -> Result<Vec<AuditEntry>, StoreError> {
        let entries = self.audit_entries()?;
        first_broken(&entries).map_or(Ok(()), |number| Err(StoreError::BrokenAudit(number)))?;
        Ok(entries)
    }

    /// The entries as they stand there, sound or not, in order.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn audit_entries(&self) -> Result<Vec<AuditEntry>, StoreError> {
        let sql = "SELECT number, change, made, who, what, why, chain FROM audit ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let entries = statement
            .query_map([], |row| {
                Ok(AuditEntry {
                    number: row.get::<_, i64>(0)?.cast_unsigned(),
                    change: row.get::<_, i64>(1)?.cast_unsigned(),
                    actor: Actor { made: row.get(2)?, who: row.get(3)? },
                    what: row.get(4)?,
                    why: row.get(5)?,
                    chain: row.get(6)?,
                })
            })
            .map_err(|e| self.error(e))?;
        entries.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// Looks at the whole log: the chain, its end as it was noted beside it, whether each change, run and decision has
    /// its entry, and whether it goes on from `noted`, where that is given.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn verify_audit(&self, noted: Option<&AuditHead>) -> Result<AuditVerdict, StoreError> {
        let entries = self.audit_entries()?;
        let chain = entries.last().map_or(String::new(), |entry| entry.chain.clone());
        let head = AuditHead { entries: entries.len() as u64, chain };
        let mut faults: Vec<AuditFault> = first_broken(&entries).map(AuditFault::Entry).into_iter().collect();
        let sql = "SELECT entries, chain FROM audit_head";
        let written: Option<AuditHead> = self
            .connection
            .query_row(sql, [], |row| {
                Ok(AuditHead { entries: row.get::<_, i64>(0)?.cast_unsigned(), chain: row.get(1)? })
            })
            .optional()
            .map_err(|e| self.error(e))?;
        match written {
            Some(written) if written.entries > head.entries => {
                faults.push(AuditFault::Cut { entries: head.entries, written: written.entries });
            }
            Some(written) if written == head => {}
            _ => faults.push(AuditFault::Head),
        }
        faults.extend(self.without_entry(&entries)?);
        faults.extend(self.decisions_unsealed(&entries)?.into_iter().map(AuditFault::Decision));
        if let Some(noted) = noted {
            let at = |n: u64| match n.checked_sub(1) {
                None => Some(""),
                Some(before) => entries.get(usize::try_from(before).ok()?).map(|entry| entry.chain.as_str()),
            };
            if at(noted.entries) != Some(noted.chain.as_str()) {
                faults.push(AuditFault::NotExtended(noted.clone()));
            }
        }
        Ok(AuditVerdict { head, faults })
    }

    /// Changes and runs of which no entry tells, since each has one.
    fn without_entry(&self, entries: &[AuditEntry]) -> Result<Vec<AuditFault>, StoreError> {
        let mut faults = Vec::new();
        if let Some(from) = self.meta_if_there("audited_from")? {
            let told: HashSet<u64> = entries.iter().map(|entry| entry.change).collect();
            let changes = from.cast_unsigned() + 1..=self.change()?;
            faults.extend(changes.filter(|change| !told.contains(change)).map(AuditFault::Change));
        }
        if let Some(from) = self.meta_if_there("audited_runs_from")? {
            for run in self.runs()?.iter().filter(|run| i64::from(run.number) > from) {
                let lead = run_lead(run.number);
                let manifest = checksum(run.manifest.as_bytes()).cast_unsigned();
                let end = format!(", manifest {manifest:016x}, result {}", run.result);
                if !entries.iter().any(|e| e.what.starts_with(&lead) && e.what.ends_with(&end)) {
                    faults.push(AuditFault::Run(run.number));
                }
            }
        }
        Ok(faults)
    }

    /// Whether the pool shows nobody's identity.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn is_blind(&self) -> Result<bool, StoreError> {
        Ok(self.meta_if_there("blind")?.is_some_and(|blind| blind != 0))
    }

    /// Lets the pool show nobody's identity, or everybody's again.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn set_blind(&mut self, blind: bool, why: &str) -> Result<(), StoreError> {
        let (actor, change, path) = (self.actor.clone(), self.change()?, self.path.clone());
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let transaction = self.begin_aside()?;
        transaction
            .execute("UPDATE meta SET value = ?1 WHERE key = 'blind'", [i64::from(blind)])
            .map_err(wrap)?;
        let what = format!("pool set blind {}", if blind { "on" } else { "off" });
        write(&transaction, &actor, change, &what, why).map_err(wrap)?;
        transaction.commit().map_err(wrap)
    }
}

/// The first entry whose chain is not that of what it says after what stands before it.
fn first_broken(entries: &[AuditEntry]) -> Option<u64> {
    let mut before = "";
    for (number, entry) in (1..).zip(entries) {
        if entry.number != number || entry.chain != entry.chained(before) {
            return Some(number);
        }
        before = &entry.chain;
    }
    None
}
