//! Copies of the records, and taking damaged records from one.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use stackscout_profile::CandidateNumber;

use crate::store::checksum;
use crate::{Store, StoreError};

/// What a copy holds of a person whose present record is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InCopy {
    /// The version that is damaged.
    Same,
    /// An earlier version, made by this change.
    Earlier(u64),
    /// Nobody of this number, or a damaged record too.
    Nothing,
}

impl Store {
    /// Writes a copy of the records as they are at one moment, whoever writes meanwhile. The file must not be there, or be
    /// empty. It holds nothing of what was removed.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let sql = "VACUUM INTO ?1";
        self.connection
            .execute(sql, [path.to_string_lossy()])
            .map(drop)
            .map_err(|source| StoreError::Sqlite { path: path.to_owned(), source })
    }
}

/// What a copy of the records holds of these people.
///
/// # Errors
/// A copy that cannot be read.
pub fn in_copy(
    records: &Path,
    copy: &Store,
    numbers: &[CandidateNumber],
) -> Result<BTreeMap<CandidateNumber, InCopy>, StoreError> {
    let wrap = |source| StoreError::Sqlite { path: records.to_owned(), source };
    let damaged = Connection::open_with_flags(records, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(wrap)?;
    let mut found = BTreeMap::new();
    for number in numbers {
        // Of a damaged row, what says which version it was may be damaged, too: then it is like no other.
        let sql = "SELECT change, checksum FROM candidates WHERE number = ?1";
        let wanted: Option<(i64, i64)> = damaged
            .query_row(sql, [number.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .unwrap_or(None);
        let kept = row_of(copy, *number)?;
        let holds = match (kept, wanted) {
            (Some((change, stored, _)), Some(wanted)) if (change, stored) == wanted => InCopy::Same,
            (Some((change, ..)), _) => InCopy::Earlier(change.cast_unsigned()),
            (None, _) => InCopy::Nothing,
        };
        found.insert(*number, holds);
    }
    Ok(found)
}

/// Puts the present records of these people back as a copy holds them. All of them or, on an error, none.
///
/// # Errors
/// Anything that SQLite refuses.
pub fn take_from_copy(records: &Path, copy: &Store, numbers: &[CandidateNumber]) -> Result<u64, StoreError> {
    let wrap = |source| StoreError::Sqlite { path: records.to_owned(), source };
    let mut store = Store::open_to_mend(records)?;
    let transaction =
        store.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrap)?;
    let mut taken = 0;
    for number in numbers {
        let Some((change, stored, bytes)) = row_of(copy, *number)? else { continue };
        taken += transaction
            .execute(
                "UPDATE candidates SET record = ?4 WHERE number = ?1 AND change = ?2 AND checksum = ?3",
                params![number.0, change, stored, bytes],
            )
            .map_err(wrap)? as u64;
    }
    transaction.commit().map_err(wrap)?;
    store.close();
    Ok(taken)
}

/// The row of a person, where it is sound.
fn row_of(store: &Store, number: CandidateNumber) -> Result<Option<(i64, i64, Vec<u8>)>, StoreError> {
    let sql = "SELECT change, checksum, record FROM candidates WHERE number = ?1";
    let row: Option<(i64, i64, Vec<u8>)> = store
        .connection
        .query_row(sql, [number.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()
        .map_err(|e| store.error(e))?;
    Ok(row.filter(|(_, stored, bytes)| checksum(bytes) == *stored))
}
