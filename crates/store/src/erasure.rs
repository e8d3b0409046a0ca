//! Forgetting a person in every version of every record.

use rusqlite::{Transaction, params};
use stackscout_profile::CandidateNumber;

use crate::audit;
use crate::codec;
use crate::history::{Chain, PRESENT, VERSIONS_OF_ONE};
use crate::patch::pack;
use crate::store::checksum;
use crate::writing::Writing;
use crate::{Store, StoreError};

/// What was removed with a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// Versions of the record, the present one included.
    pub versions: u64,
    /// Runs in whose lists the person stood.
    pub runs: u64,
}

impl Store {
    /// Removes a person from the records in every version, with all that they are known by, and from the lists of
    /// recorded runs. Only the number stays, as that of somebody forgotten; it is never given again.
    ///
    /// It is one change. The index and the rejects files are the caller's: they hold people too. Freed pages are
    /// overwritten, and the log is written back into the file.
    ///
    /// # Errors
    /// Anything that SQLite refuses. Nothing is done then.
    pub fn forget(&mut self, number: CandidateNumber) -> Result<Forgotten, StoreError> {
        let path = self.path.clone();
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        // Whoever was merged into the person is the person, and records of whom they were merged into before hold them.
        let number = self.survivor(number)?;
        let mut people = vec![number];
        people.extend(self.merged_into(number)?);
        let actor = self.actor.clone();
        let forgotten = {
            let writing = self.begin()?;
            let (transaction, change) = (&writing.transaction, writing.change.cast_signed());
            let mut forgotten = Forgotten::default();
            let mut above = Vec::new();
            for number in &people {
                above.push((*number, ever_merged_into(&writing, *number)?));
            }
            for (number, others) in above {
                forgotten.runs += crate::runs::take_out(transaction, &path, number)?;
                forgotten.versions += forget_record(transaction, number, change).map_err(wrap)?;
                take_out_of_others(&writing, number, others)?;
            }
            if forgotten == Forgotten::default() {
                return Ok(forgotten);
            }
            audit::write(transaction, &actor, writing.change, &format!("erasure of {number}"), "")
                .map_err(wrap)?;
            if forgotten.versions > 0 {
                writing.commit()?;
            } else {
                writing.transaction.commit().map_err(wrap)?;
            }
            forgotten
        };
        self.write_back()?;
        Ok(forgotten)
    }
}

fn forget_record(
    transaction: &Transaction<'_>,
    number: CandidateNumber,
    change: i64,
) -> rusqlite::Result<u64> {
    for table in ["identities", "past_identities", "protected_values", "merges"] {
        transaction.execute(&format!("DELETE FROM {table} WHERE number = ?1"), [number.0])?;
    }
    for table in ["reviews", "kept_apart"] {
        transaction.execute(&format!("DELETE FROM {table} WHERE a = ?1 OR b = ?1"), [number.0])?;
    }
    let past = transaction.execute("DELETE FROM record_history WHERE number = ?1", [number.0])?;
    let present = transaction.execute("DELETE FROM candidates WHERE number = ?1", [number.0])?;
    if past + present > 0 {
        transaction.execute("INSERT OR IGNORE INTO forgotten VALUES (?1, ?2)", params![number.0, change])?;
        transaction.execute("DELETE FROM decisions WHERE candidate = ?1", [number.0])?;
    }
    Ok((past + present) as u64)
}

/// Everybody whom a person was ever merged into, directly or not.
fn ever_merged_into(writing: &Writing<'_>, number: CandidateNumber) -> Result<Vec<u32>, StoreError> {
    const SQL: &str = "
        WITH RECURSIVE above (number) AS (
          SELECT survivor FROM merges WHERE number = ?1
          UNION SELECT survivor FROM merges JOIN above USING (number))
        SELECT number FROM above ORDER BY 1";
    let mut statement = writing.transaction.prepare_cached(SQL).map_err(|e| writing.error(e))?;
    let rows = statement.query_map([number.0], |row| row.get(0)).map_err(|e| writing.error(e))?;
    rows.collect::<Result<_, _>>().map_err(|e| writing.error(e))
}

/// Takes a person out of the past records of those whom they were merged into, and parted from, before.
fn take_out_of_others(
    writing: &Writing<'_>,
    number: CandidateNumber,
    others: Vec<u32>,
) -> Result<(), StoreError> {
    let (store, sqlite) = (writing.reading(), |e| writing.error(e));
    for other in others {
        let mut versions: Vec<(i64, Vec<u8>)> = Vec::new();
        let mut holds = false;
        {
            let mut statement = writing.transaction.prepare_cached(VERSIONS_OF_ONE).map_err(sqlite)?;
            let mut rows = statement.query(params![0, other]).map_err(sqlite)?;
            let mut chain = Chain::default();
            while let Some(row) = rows.next().map_err(sqlite)? {
                let until: i64 = row.get(1).map_err(sqlite)?;
                chain.step(&store, row, PRESENT)?;
                let mut record =
                    codec::decode(&chain.after).ok_or(StoreError::Damaged(CandidateNumber(other)))?;
                let parts = record.parts.len();
                record.parts.retain(|part| part.origin != Some(number.0));
                holds |= record.parts.len() < parts;
                let bytes = codec::encode(&record);
                versions.push((until, if record.parts.len() < parts { bytes } else { chain.after.clone() }));
            }
        }
        if !holds {
            continue;
        }
        let mut after: Vec<u8> = Vec::new();
        for (until, bytes) in versions {
            if until.cast_unsigned() != PRESENT {
                writing
                    .transaction
                    .prepare_cached(
                        "UPDATE record_history SET packed = ?3, checksum = ?4 WHERE number = ?1 AND until = ?2",
                    )
                    .and_then(|mut s| {
                        s.execute(params![other, until, pack(&bytes, &after), checksum(&bytes)])
                    })
                    .map_err(sqlite)?;
            }
            after = bytes;
        }
    }
    Ok(())
}
