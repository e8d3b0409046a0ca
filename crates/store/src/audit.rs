//! What was done to the pool, by whom and when: written in the transaction that does it, and never rewritten.
//!
//! Each entry is chained to the one before, so that nobody can change or leave out an entry without changing all that
//! follow. No entry holds a word of what a record says.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

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
    Ok(())
}

impl Store {
    /// Says who makes the changes from here on.
    pub fn act_as(&mut self, actor: Actor) {
        self.actor = actor;
    }

    /// Everything that was done since the pool writes it down, in order.
    ///
    /// # Errors
    /// An entry that was changed or left out; anything that SQLite refuses.
    pub fn audit(&self) -> Result<Vec<AuditEntry>, StoreError> {
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
        let entries: Vec<AuditEntry> = entries.collect::<Result<_, _>>().map_err(|e| self.error(e))?;
        let mut before = "";
        for (number, entry) in (1..).zip(&entries) {
            if entry.number != number || entry.chain != entry.chained(before) {
                return Err(StoreError::BrokenAudit(number));
            }
            before = &entry.chain;
        }
        Ok(entries)
    }
}
