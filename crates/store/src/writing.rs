//! Changing records inside a transaction: what is replaced or removed becomes the past.

use rusqlite::{Transaction, params};
use stackscout_profile::{CandidateNumber, Record};

use crate::StoreError;
use crate::codec;
use crate::damage::Looked;
use crate::history::{self, Version};
use crate::identity::Identity;
use crate::reading::Reading;
use crate::store::checksum;

/// A transaction that makes one change.
pub(crate) struct Writing<'a> {
    pub transaction: Transaction<'a>,
    pub path: std::path::PathBuf,
    /// The number of the change.
    pub change: u64,
    /// Nobody writes to records with damaged pages.
    pub sound: Looked,
}

impl Writing<'_> {
    pub(crate) fn reading(&self) -> Reading<'_> {
        Reading { connection: &self.transaction, path: &self.path, looked: &self.sound }
    }

    pub(crate) fn error(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Sqlite { path: self.path.clone(), source }
    }

    /// The present version of a person who is there.
    pub(crate) fn version(&self, number: CandidateNumber) -> Result<Version, StoreError> {
        history::present(&self.transaction, number).map_err(|e| self.error(e))
    }

    /// Writes a record; the version that it replaces becomes the past.
    pub(crate) fn write(&self, record: &Record, before: Option<&Version>) -> Result<(), StoreError> {
        let bytes = codec::encode(record);
        if let Some(before) = before {
            history::keep(&self.transaction, record.number, before, &bytes, self.change)
                .map_err(|e| self.error(e))?;
        }
        let sql = match before {
            None => "INSERT INTO candidates (number, change, checksum, record) VALUES (?1, ?2, ?3, ?4)",
            Some(_) => "UPDATE candidates SET change = ?2, checksum = ?3, record = ?4 WHERE number = ?1",
        };
        self.transaction
            .prepare_cached(sql)
            .and_then(|mut s| {
                s.execute(params![record.number.0, self.change.cast_signed(), checksum(&bytes), bytes])
            })
            .map(|_| ())
            .map_err(|e| self.error(e))
    }

    /// Makes the present record of a person what it is to be; a record without parts is a person who is not there.
    pub(crate) fn put(&self, record: &Record) -> Result<Put, StoreError> {
        let before = self.reading().record(record.number)?;
        match (before, record.parts.is_empty()) {
            (None, true) => Ok(Put::Nothing),
            (None, false) => self.write(record, None).map(|()| Put::Created),
            (Some(before), false) if before == *record => Ok(Put::Nothing),
            (Some(_), false) => {
                self.write(record, Some(&self.version(record.number)?)).map(|()| Put::Changed)
            }
            (Some(_), true) => {
                let before = self.version(record.number)?;
                let number = record.number;
                history::keep(&self.transaction, number, &before, &[], self.change)
                    .and_then(|()| {
                        self.transaction.execute("DELETE FROM candidates WHERE number = ?1", [number.0])
                    })
                    .map_err(|e| self.error(e))?;
                Ok(Put::Removed)
            }
        }
    }

    /// Lets a person be known by a key. One that somebody else holds stays theirs.
    pub(crate) fn claim(&self, key: &Identity, origin: u32) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("INSERT OR IGNORE INTO identities VALUES (?1, ?2, ?3, ?4, ?5)")
            .and_then(|mut s| {
                s.execute(params![key.kind, key.scope, key.key, origin, self.change.cast_signed()])
            })
            .map(|_| ())
            .map_err(|e| self.error(e))
    }

    /// Lets a key go; that the person was known by it since a change stays written down.
    pub(crate) fn release(&self, key: &Identity, origin: u32, since: u64) -> Result<(), StoreError> {
        let keep = "INSERT OR REPLACE INTO past_identities VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let release = "DELETE FROM identities WHERE kind = ?1 AND scope = ?2 AND key = ?3";
        let (since, until) = (since.cast_signed(), self.change.cast_signed());
        self.transaction
            .prepare_cached(keep)
            .and_then(|mut s| s.execute(params![key.kind, key.scope, key.key, origin, since, until]))
            .and_then(|_| self.transaction.prepare_cached(release))
            .and_then(|mut s| s.execute(params![key.kind, key.scope, key.key]))
            .map(|_| ())
            .map_err(|e| self.error(e))
    }

    /// Ends the change: everything or, on an error, nothing is on disk.
    pub(crate) fn commit(self) -> Result<(), StoreError> {
        let path = self.path;
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        self.transaction
            .execute("UPDATE meta SET value = ?1 WHERE key = 'change'", [self.change.cast_signed()])
            .map_err(wrap)?;
        self.transaction.commit().map_err(wrap)
    }
}

/// What making a record did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    Nothing,
    Created,
    Changed,
    Removed,
}
