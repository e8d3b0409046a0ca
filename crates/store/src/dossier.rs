//! All that the records hold on a person: what they have a right to see, and to take elsewhere.

use rusqlite::params;
use stackscout_profile::{CandidateNumber, Record};

use crate::exports::Export;
use crate::history::{Chain, PRESENT, VERSIONS_OF_ONE};
use crate::rows::each_row;
use crate::{AuditEntry, Decision, RunPlace, Store, StoreError};

/// All that the records hold on a person.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Their numbers: their own first, then those that were merged into it.
    pub numbers: Vec<CandidateNumber>,
    /// Every version of their records, each number's newest first, and what they are and were known by.
    pub known: KnownOf,
    /// Gender, age and the like, which stand apart from records.
    pub protected: Vec<ProtectedValue>,
    /// The rows of imports that were about them.
    pub rows: Vec<ImportRow>,
    /// Merges that they were part of.
    pub merges: Vec<Merge>,
    /// Others whom somebody should compare with them, or who were kept apart from them, with a stable code.
    pub pairs: Vec<(CandidateNumber, String)>,
    /// Where they stood in runs that are kept.
    pub runs: Vec<RunPlace>,
    /// What people decided about them.
    pub decisions: Vec<Decision>,
    /// Exports that they were in.
    pub exports: Vec<Export>,
    /// Entries of the audit log that name them.
    pub audit: Vec<AuditEntry>,
}

/// What some people are known by, in any version of their records.
#[derive(Debug, Clone, Default)]
pub struct KnownOf {
    /// Every version of their records.
    pub versions: Vec<Version>,
    /// What they are and were known by.
    pub known_by: Vec<KnownBy>,
}

/// A version of a record.
#[derive(Debug, Clone)]
pub struct Version {
    /// The change that made it.
    pub since: u64,
    /// The change that ended it; `None` for the present one.
    pub until: Option<u64>,
    /// The record.
    pub record: Record,
}

/// A key that a person is or was known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownBy {
    /// Such as `email`.
    pub kind: String,
    /// The source, where the key is one within a source.
    pub scope: String,
    /// The key, folded.
    pub key: String,
    /// Which of their numbers it belongs to.
    pub number: CandidateNumber,
    /// The change since which.
    pub since: u64,
    /// The change that ended it; `None` where it holds.
    pub until: Option<u64>,
}

/// A protected value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtectedValue {
    /// The import.
    pub import: u32,
    /// The line of its file.
    pub line: u64,
    /// The column.
    pub column: String,
    /// The cell.
    pub value: String,
}

/// A row of an import that was about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportRow {
    /// The import.
    pub import: u32,
    /// The line of its file.
    pub line: u64,
    /// Whether newer rows had spoken already.
    pub laid_aside: bool,
}

impl KnownOf {
    /// Every key, as kind, scope and text.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.known_by.iter().map(|known| (known.kind.as_str(), known.scope.as_str(), known.key.as_str()))
    }
}

/// Two numbers that were one person for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The number that led to the other.
    pub number: CandidateNumber,
    /// The one that stayed.
    pub survivor: CandidateNumber,
    /// The change that merged them.
    pub since: u64,
    /// The change that parted them; `None` where they are merged.
    pub until: Option<u64>,
}

impl Store {
    /// All that the records hold on a person.
    ///
    /// # Errors
    /// Nobody of this number; damage; anything that SQLite refuses.
    pub fn dossier(&self, number: CandidateNumber) -> Result<Dossier, StoreError> {
        let survivor = self.survivor(number)?;
        let mut numbers = vec![survivor];
        numbers.extend(self.merged_into(survivor)?);
        let versions = self.versions_of(&numbers)?;
        if versions.is_empty() {
            return Err(StoreError::Nobody(number));
        }
        let list = serde_json::json!(numbers.iter().map(|n| n.0).collect::<Vec<_>>()).to_string();
        Ok(Dossier {
            known: KnownOf { versions, known_by: self.known_by_of(&list)? },
            protected: self.protected_of(&list)?,
            rows: self.rows_of(&numbers)?,
            merges: self.merges_of(&list)?,
            pairs: self.pairs_of(&numbers)?,
            runs: self.runs_of_all(&numbers)?,
            decisions: self.decisions_of(&numbers)?,
            exports: self.exports_of_all(&numbers)?,
            audit: self.audit_of(&numbers)?,
            numbers,
        })
    }

    /// What people, and those who were merged into them, are known by: one pass over each table for all of them.
    ///
    /// # Errors
    /// Damage; anything that SQLite refuses.
    pub fn known_of(&self, people: &[CandidateNumber]) -> Result<KnownOf, StoreError> {
        let mut numbers = people.to_vec();
        for origin in self.reading().merged()?.into_keys() {
            if people.binary_search(&self.survivor(CandidateNumber(origin))?).is_ok() {
                numbers.push(CandidateNumber(origin));
            }
        }
        let list = serde_json::json!(numbers.iter().map(|n| n.0).collect::<Vec<_>>()).to_string();
        Ok(KnownOf { versions: self.versions_of(&numbers)?, known_by: self.known_by_of(&list)? })
    }

    /// People who are in the pool no more, and were known by one of these keys: those of imports that were undone. In the
    /// order of numbers.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn gone_known_by<'k>(
        &self,
        keys: impl IntoIterator<Item = (&'k str, &'k str, &'k str)>,
    ) -> Result<Vec<CandidateNumber>, StoreError> {
        const SQL: &str = "
            SELECT number FROM past_identities WHERE kind = ?1 AND scope = ?2 AND key = ?3
            EXCEPT SELECT number FROM candidates";
        let mut found = Vec::new();
        let mut statement = self.connection.prepare_cached(SQL).map_err(|e| self.error(e))?;
        for (kind, scope, key) in keys {
            let rows = statement
                .query_map([kind, scope, key], |row| row.get(0))
                .and_then(Iterator::collect::<Result<Vec<u32>, _>>)
                .map_err(|e| self.error(e))?;
            found.extend(rows.into_iter().map(CandidateNumber));
        }
        found.sort_unstable();
        found.dedup();
        // Who was merged into somebody goes with them.
        let merged = self.reading().merged()?;
        found.retain(|number| !merged.contains_key(&number.0));
        Ok(found)
    }

    fn versions_of(&self, numbers: &[CandidateNumber]) -> Result<Vec<Version>, StoreError> {
        let sqlite = |e| self.error(e);
        let mut versions = Vec::new();
        let mut statement = self.connection.prepare_cached(VERSIONS_OF_ONE).map_err(sqlite)?;
        for number in numbers {
            let mut rows = statement.query(params![0, number.0]).map_err(sqlite)?;
            let mut chain = Chain::default();
            while let Some(row) = rows.next().map_err(sqlite)? {
                let (until, since): (i64, i64) = (row.get(1).map_err(sqlite)?, row.get(2).map_err(sqlite)?);
                if let Some(mut record) = chain.step(&self.reading(), row, PRESENT)? {
                    // Whoever was merged into them for a while, and parted again, is somebody else.
                    record.parts.retain(|part| {
                        part.origin.is_none_or(|origin| numbers.contains(&CandidateNumber(origin)))
                    });
                    let until = until.cast_unsigned();
                    let until = (until != PRESENT).then_some(until);
                    versions.push(Version { since: since.cast_unsigned(), until, record });
                }
            }
        }
        Ok(versions)
    }

    fn known_by_of(&self, numbers: &str) -> Result<Vec<KnownBy>, StoreError> {
        const SQL: &str = "
            SELECT kind, scope, key, number, since, NULL FROM identities
            WHERE number IN (SELECT value FROM json_each(?1))
            UNION ALL
            SELECT kind, scope, key, number, since, until FROM past_identities
            WHERE number IN (SELECT value FROM json_each(?1)) ORDER BY 1, 2, 3, 5";
        self.each_of(SQL, numbers, |row| {
            Ok(KnownBy {
                kind: row.get(0)?,
                scope: row.get(1)?,
                key: row.get(2)?,
                number: CandidateNumber(row.get(3)?),
                since: row.get::<_, i64>(4)?.cast_unsigned(),
                until: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
            })
        })
    }

    fn protected_of(&self, numbers: &str) -> Result<Vec<ProtectedValue>, StoreError> {
        const SQL: &str = "
            SELECT import, line, column, value FROM protected_values
            WHERE number IN (SELECT value FROM json_each(?1)) ORDER BY 1, 2, 3";
        self.each_of(SQL, numbers, |row| {
            let line = row.get::<_, i64>(1)?.cast_unsigned();
            Ok(ProtectedValue { import: row.get(0)?, line, column: row.get(2)?, value: row.get(3)? })
        })
    }

    fn merges_of(&self, numbers: &str) -> Result<Vec<Merge>, StoreError> {
        const SQL: &str = "
            SELECT number, survivor, since, until FROM merges
            WHERE number IN (SELECT value FROM json_each(?1)) OR survivor IN (SELECT value FROM json_each(?1))
            ORDER BY 3, 1";
        self.each_of(SQL, numbers, |row| {
            Ok(Merge {
                number: CandidateNumber(row.get(0)?),
                survivor: CandidateNumber(row.get(1)?),
                since: row.get::<_, i64>(2)?.cast_unsigned(),
                until: row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned),
            })
        })
    }

    fn pairs_of(&self, numbers: &[CandidateNumber]) -> Result<Vec<(CandidateNumber, String)>, StoreError> {
        let sql = "SELECT a, b, reason FROM reviews UNION ALL SELECT a, b, 'kept-apart' FROM kept_apart
                   ORDER BY 1, 2, 3";
        let pairs: Vec<(u32, u32, String)> = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect())
            .map_err(|e| self.error(e))?;
        let own = |number: u32| numbers.contains(&CandidateNumber(number));
        let other = |(a, b, reason): (u32, u32, String)| match (own(a), own(b)) {
            (true, false) => Some((CandidateNumber(b), reason)),
            (false, true) => Some((CandidateNumber(a), reason)),
            _ => None,
        };
        Ok(pairs.into_iter().filter_map(other).collect())
    }

    fn rows_of(&self, numbers: &[CandidateNumber]) -> Result<Vec<ImportRow>, StoreError> {
        let mut found = Vec::new();
        for import in self.all_imports()? {
            each_row(&self.connection, import.number, |row| {
                if numbers.contains(&CandidateNumber(row.origin)) {
                    let (import, line, laid_aside) = (import.number, row.line, row.laid_aside);
                    found.push(ImportRow { import, line, laid_aside });
                }
            })
            .map_err(|e| self.error(e))?
            .ok_or(StoreError::DamagedRows(import.number))?;
        }
        Ok(found)
    }

    fn runs_of_all(&self, numbers: &[CandidateNumber]) -> Result<Vec<RunPlace>, StoreError> {
        let mut places = Vec::new();
        for number in numbers {
            places.extend(self.runs_of(*number)?);
        }
        places.sort_by(|a, b| (a.run, &a.role).cmp(&(b.run, &b.role)));
        Ok(places)
    }

    fn decisions_of(&self, numbers: &[CandidateNumber]) -> Result<Vec<Decision>, StoreError> {
        let mut decisions = self.decisions(self.change()?)?;
        decisions.retain(|decision| numbers.contains(&decision.candidate));
        Ok(decisions)
    }

    /// The exports that any of these numbers was in, in order.
    pub(crate) fn exports_of_all(&self, numbers: &[CandidateNumber]) -> Result<Vec<Export>, StoreError> {
        let mut exports: Vec<Export> = Vec::new();
        for number in numbers {
            exports.extend(self.exports_of(*number)?);
        }
        exports.sort_by_key(|export| export.number);
        exports.dedup_by_key(|export| export.number);
        Ok(exports)
    }

    fn audit_of(&self, numbers: &[CandidateNumber]) -> Result<Vec<AuditEntry>, StoreError> {
        let names: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let mut entries = self.audit()?;
        let is_word = |c: char| !c.is_alphanumeric();
        entries.retain(|entry| {
            [&entry.what, &entry.why]
                .iter()
                .any(|text| text.split(is_word).any(|word| names.iter().any(|name| name == word)))
        });
        Ok(entries)
    }

    fn each_of<T>(
        &self,
        sql: &str,
        numbers: &str,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map([numbers], read)?.collect())
            .map_err(|e| self.error(e))
    }
}
