//! Writing: one import is one transaction.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use stackscout_profile::{CandidateNumber, Part, Record};

use crate::history::{self, Version};
use crate::identity::{Identity, email_texts, identities, name_key, row_identity};
use crate::store::{checksum, decode};
use crate::{Store, StoreError};

/// What an import is known by.
#[derive(Debug, Clone)]
pub struct ImportStart {
    /// Name of the file.
    pub file: String,
    /// Source that its rows belong to.
    pub source: String,
    /// Layout that it is read with.
    pub layout: String,
    /// Day on which it is current, `2026-11-01`.
    pub as_of: String,
    /// Names of all mapped columns: those that a row of this file replaces.
    pub columns: Vec<String>,
}

/// How many rows did what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct ImportCounts {
    /// Data rows: accepted and rejected.
    pub rows: u64,
    /// Rows that are in the pool now.
    pub accepted: u64,
    /// Rows that are not.
    pub rejected: u64,
    /// Accepted rows that made a new person.
    pub created: u64,
    /// Accepted rows that changed a person.
    pub updated: u64,
    /// Accepted rows that said nothing new.
    pub unchanged: u64,
    /// Accepted rows that were read as one with a row above them, in files where a person has several.
    #[serde(skip_serializing_if = "is_none")]
    pub joined: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_none(joined: &u64) -> bool {
    *joined == 0
}

impl std::ops::AddAssign for ImportCounts {
    fn add_assign(&mut self, other: Self) {
        self.rows += other.rows;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.created += other.created;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.joined += other.joined;
    }
}

/// A row that is to be stored.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Line on which it begins.
    pub line: u64,
    /// The person's id in the source.
    pub external_id: Option<String>,
    /// The values; their cells get the number of the import here.
    pub values: Vec<stackscout_profile::Value>,
    /// Hash of the row's mapped cells.
    pub content_key: String,
}

/// Rows of one file that may be about one person: far above what a report with a row for each application holds, and
/// low enough that a file of one id alone cannot hold up the pool.
pub const ROWS_OF_PERSON_MAX: u32 = 200;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// A new person.
    Created(CandidateNumber),
    /// A known person; something was new.
    Updated(CandidateNumber),
    /// A known person; nothing was new.
    Unchanged(CandidateNumber),
    /// So many rows of the file are about the person already: not stored.
    TooMany {
        /// How many.
        rows: u32,
    },
    /// The id stands in this line already, with another name or e-mail: not stored.
    Conflict {
        /// The line.
        first_line: u64,
    },
}

/// Somebody who may be the person of a row, and why a person has to decide it.
type LookAlike = (CandidateNumber, &'static str);

/// An import under way. Dropped without [`ImportTransaction::commit`], it never was.
pub struct ImportTransaction<'a> {
    transaction: Transaction<'a>,
    path: std::path::PathBuf,
    start: ImportStart,
    number: u32,
    change: u64,
    next_candidate: u64,
    counts: ImportCounts,
    without_identity: u64,
    /// Ids seen in this file, hashed, with their lines.
    seen_ids: HashMap<u64, u64>,
    /// Contents seen in this file that are their row's only identity, hashed, with how often.
    seen_contents: HashMap<u64, u32>,
    /// Rows of one person and id in this file, hashed, with how many.
    seen_parts: HashMap<u64, u32>,
}

impl Store {
    /// Begins an import.
    ///
    /// # Errors
    /// Another writer; anything that SQLite refuses.
    pub fn begin_import(&mut self, start: ImportStart) -> Result<ImportTransaction<'_>, StoreError> {
        let path = self.path.clone();
        let change = self.change()? + 1;
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrap)?;
        let next = |sql: &str| transaction.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(wrap);
        let number = next("SELECT coalesce(max(number), 0) + 1 FROM imports")?;
        let next_candidate = next("SELECT value + 1 FROM meta WHERE key = 'numbers'")?.cast_unsigned();
        Ok(ImportTransaction {
            number: u32::try_from(number).map_err(|_| StoreError::Full)?,
            change,
            next_candidate,
            start,
            counts: ImportCounts::default(),
            without_identity: 0,
            seen_ids: HashMap::new(),
            seen_contents: HashMap::new(),
            seen_parts: HashMap::new(),
            transaction,
            path,
        })
    }
}

impl ImportTransaction<'_> {
    /// The number of this import.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Counts so far.
    #[must_use]
    pub fn counts(&self) -> ImportCounts {
        self.counts
    }

    /// Accepted rows so far that hold no id, no e-mail and no profile link: known by their content alone.
    #[must_use]
    pub fn without_identity(&self) -> u64 {
        self.without_identity
    }

    /// Counts a row that was rejected before it came here.
    pub fn reject(&mut self) {
        self.counts.rows += 1;
        self.counts.rejected += 1;
    }

    /// Counts rows that were read as one with the row that was accepted last.
    pub fn join(&mut self, rows: u64) {
        self.counts.rows += rows;
        self.counts.accepted += rows;
        self.counts.joined += rows;
    }

    /// Stores a row.
    ///
    /// # Errors
    /// A damaged record of the person; anything that SQLite refuses.
    pub fn accept(&mut self, row: Incoming) -> Result<Stored, StoreError> {
        let source = self.start.source.clone();
        let mut part = Part { source, external_id: row.external_id, occurrence: 1, values: row.values };
        for value in &mut part.values {
            value.cell.import = self.number;
        }
        let mut keys = identities(&part);
        let by_content = keys.is_empty();
        if by_content {
            let seen = count(&mut self.seen_contents, &row.content_key);
            keys.push(row_identity(&self.start.source, &row.content_key, seen));
        }
        let (known, reviews) = self.find(&mut keys, &part)?;
        if let Some(first_line) = self.conflict(&part, row.line, known)? {
            self.reject();
            return Ok(Stored::Conflict { first_line });
        }
        if let Some(number) = known
            && self
                .seen_parts
                .get(&hashed(&(number.0, &part.external_id)))
                .is_some_and(|n| *n >= ROWS_OF_PERSON_MAX)
        {
            self.reject();
            return Ok(Stored::TooMany { rows: ROWS_OF_PERSON_MAX });
        }
        let stored = match known {
            None => {
                let number = u32::try_from(self.next_candidate).map_err(|_| StoreError::Full)?;
                self.next_candidate += 1;
                count(&mut self.seen_parts, &(number, &part.external_id));
                let record = Record::new(CandidateNumber(number), part);
                self.write(&record, None)?;
                Stored::Created(record.number)
            }
            Some(number) => {
                part.occurrence = count(&mut self.seen_parts, &(number.0, &part.external_id));
                let before = self.version(number)?;
                let mut record = decode(number, before.checksum, &before.bytes)?;
                if record.merge(part, &self.start.columns) {
                    self.write(&record, Some(&before))?;
                    Stored::Updated(number)
                } else {
                    Stored::Unchanged(number)
                }
            }
        };
        let (Stored::Created(number) | Stored::Updated(number) | Stored::Unchanged(number)) = stored else {
            return Ok(stored);
        };
        self.keep(&keys, number, reviews)?;
        self.counts.rows += 1;
        self.counts.accepted += 1;
        self.without_identity += u64::from(by_content);
        match stored {
            Stored::Created(_) => self.counts.created += 1,
            Stored::Updated(_) => self.counts.updated += 1,
            _ => self.counts.unchanged += 1,
        }
        Ok(stored)
    }

    /// Ends the import: everything or, on an error, nothing is on disk. An import that changed nothing leaves no trace.
    ///
    /// # Errors
    /// Anything that SQLite refuses, such as a full disk.
    pub fn commit(self) -> Result<ImportCounts, StoreError> {
        let path = self.path.clone();
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let ImportCounts { rows, accepted, rejected, created, updated, unchanged, .. } = self.counts;
        if created + updated == 0 {
            return Ok(self.counts);
        }
        let n = u64::cast_signed;
        let start = &self.start;
        self.transaction
            .execute(
                "INSERT INTO imports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                params![
                    self.number,
                    n(self.change),
                    start.file,
                    start.source,
                    start.layout,
                    start.as_of,
                    n(rows),
                    n(accepted),
                    n(rejected),
                    n(created),
                    n(updated),
                    n(unchanged)
                ],
            )
            .map_err(wrap)?;
        for (key, value) in [("change", self.change), ("numbers", self.next_candidate - 1)] {
            self.transaction
                .execute("UPDATE meta SET value = ?2 WHERE key = ?1", params![key, n(value)])
                .map_err(wrap)?;
        }
        self.transaction.commit().map_err(wrap)?;
        Ok(self.counts)
    }

    /// The person that the row is about, if known, and people whom somebody should compare with them.
    fn find(
        &self,
        keys: &mut Vec<Identity>,
        part: &Part,
    ) -> Result<(Option<CandidateNumber>, Vec<LookAlike>), StoreError> {
        let mut found: Option<CandidateNumber> = None;
        let (mut reviews, mut more) = (Vec::new(), Vec::new());
        for key in keys.iter() {
            let Some(number) = self.holder(key)? else { continue };
            match found {
                Some(known) if known == number => {}
                Some(_) => reviews.push((number, "keys-point-at-two-people")),
                None if key.kind == "id" || key.kind == "row" => found = Some(number),
                None => {
                    let other = self.read(number)?;
                    let others: Vec<String> = other.parts.iter().filter_map(name_key).collect();
                    let own = name_key(part).filter(|own| !others.is_empty() && !others.contains(own));
                    let Some(own) = own else {
                        found = Some(number);
                        continue;
                    };
                    // Not joined; so that the same row is the same person next time, key and name together are
                    // what this one is known by.
                    let named = key.with_name(&own);
                    found = self.holder(&named)?;
                    more.push(named);
                    let is_email = key.kind == "email";
                    reviews.push((
                        number,
                        if is_email { "same-email-other-name" } else { "same-link-other-name" },
                    ));
                }
            }
        }
        keys.extend(more);
        reviews.retain(|(other, _)| found != Some(*other));
        Ok((found, reviews))
    }

    /// An id that stood in this file before must be the same person: the line where it did, where it is not.
    fn conflict(
        &mut self,
        part: &Part,
        line: u64,
        known: Option<CandidateNumber>,
    ) -> Result<Option<u64>, StoreError> {
        let Some(id) = &part.external_id else { return Ok(None) };
        let first_line = match self.seen_ids.entry(hashed(id)) {
            Entry::Vacant(seen) => {
                seen.insert(line);
                return Ok(None);
            }
            Entry::Occupied(seen) => *seen.get(),
        };
        let Some(known) = known else { return Ok(None) };
        let record = self.read(known)?;
        let same_part = |p: &&Part| p.source == part.source && p.external_id == part.external_id;
        let Some(first) = record.parts.iter().find(same_part) else { return Ok(None) };
        let differs = |a: Option<String>, b: Option<String>| a.is_some() && b.is_some() && a != b;
        let emails = |p: &Part| email_texts(p).into_iter().next();
        let other = differs(name_key(first), name_key(part)) || differs(emails(first), emails(part));
        Ok(other.then_some(first_line))
    }

    fn holder(&self, key: &Identity) -> Result<Option<CandidateNumber>, StoreError> {
        self.transaction
            .prepare_cached("SELECT number FROM identities WHERE kind = ?1 AND scope = ?2 AND key = ?3")
            .and_then(|mut s| s.query_row(params![key.kind, key.scope, key.key], |row| row.get(0)).optional())
            .map(|number| number.map(CandidateNumber))
            .map_err(|e| self.error(e))
    }

    fn version(&self, number: CandidateNumber) -> Result<Version, StoreError> {
        history::present(&self.transaction, number).map_err(|e| self.error(e))
    }

    fn read(&self, number: CandidateNumber) -> Result<Record, StoreError> {
        let Version { checksum, bytes, .. } = self.version(number)?;
        decode(number, checksum, &bytes)
    }

    /// Writes a record; the version that it replaces becomes the past.
    fn write(&self, record: &Record, before: Option<&Version>) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(record).expect("a record is plain data");
        if let Some(before) = before {
            history::keep(&self.transaction, record.number, before, &bytes, self.change)
                .map_err(|e| self.error(e))?;
        }
        self.transaction
            .prepare_cached(
                "INSERT INTO candidates (number, change, checksum, record) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (number) DO UPDATE SET change = ?2, checksum = ?3, record = ?4",
            )
            .and_then(|mut s| {
                s.execute(params![record.number.0, self.change.cast_signed(), checksum(&bytes), bytes])
            })
            .map(|_| ())
            .map_err(|e| self.error(e))
    }

    /// Remembers what the person is known by. A key that somebody else holds stays theirs.
    fn keep(
        &self,
        keys: &[Identity],
        number: CandidateNumber,
        reviews: Vec<LookAlike>,
    ) -> Result<(), StoreError> {
        for key in keys {
            self.transaction
                .prepare_cached("INSERT OR IGNORE INTO identities VALUES (?1, ?2, ?3, ?4, ?5)")
                .and_then(|mut s| {
                    let since = self.change.cast_signed();
                    s.execute(params![key.kind, key.scope, key.key, number.0, since])
                })
                .map_err(|e| self.error(e))?;
        }
        for (other, reason) in reviews {
            let (a, b) = (number.0.min(other.0), number.0.max(other.0));
            self.transaction
                .prepare_cached("INSERT OR IGNORE INTO reviews VALUES (?1, ?2, ?3, ?4)")
                .and_then(|mut s| s.execute(params![a, b, reason, self.number]))
                .map_err(|e| self.error(e))?;
        }
        Ok(())
    }

    fn error(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Sqlite { path: self.path.clone(), source }
    }
}

fn hashed(key: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// Counts one more of a key, and says how many there are now.
fn count(seen: &mut HashMap<u64, u32>, key: &(impl Hash + ?Sized)) -> u32 {
    let seen = seen.entry(hashed(key)).or_insert(0);
    *seen += 1;
    *seen
}

#[cfg(test)]
mod tests {
    //! - what was committed is there, what was dropped is not
    //! - the same row again changes nothing
    //! - ids are never compared across sources; e-mail joins, unless under another name
    //! - an id twice in one file with another name is rejected, naming the first line

    use stackscout_profile::{Cell, Field, Value};

    use super::*;
    use crate::Review;

    fn value(field: Field, text: &str) -> Value {
        Value { field, column: field.word().into(), text: text.into(), cell: Cell { import: 0, line: 2 } }
    }

    fn row(line: u64, id: Option<&str>, name: &str, email: &str, skills: &str) -> Incoming {
        let mut values = Vec::new();
        for (field, text) in [(Field::Name, name), (Field::Email, email), (Field::Skills, skills)] {
            if !text.is_empty() {
                values.push(value(field, text));
            }
        }
        let content_key = format!("{name}{email}{skills}");
        Incoming { line, external_id: id.map(str::to_owned), values, content_key }
    }

    fn start(source: &str) -> ImportStart {
        ImportStart {
            file: "x.csv".into(),
            source: source.into(),
            layout: "plain".into(),
            as_of: "2026-11-01".into(),
            columns: ["name", "email", "skills"].map(str::to_owned).to_vec(),
        }
    }

    fn import(store: &mut Store, source: &str, rows: Vec<Incoming>) -> (ImportCounts, Vec<Stored>) {
        let mut import = store.begin_import(start(source)).unwrap();
        let stored = rows.into_iter().map(|row| import.accept(row).unwrap()).collect();
        (import.commit().unwrap(), stored)
    }

    fn pool() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("records.db")).unwrap();
        (folder, store)
    }

    #[test]
    fn what_was_committed_is_there_and_what_was_dropped_is_not() {
        let (folder, mut store) = pool();
        let mut dropped = store.begin_import(start("a")).unwrap();
        dropped.accept(row(2, Some("1"), "Ada", "", "Django")).unwrap();
        drop(dropped);
        assert_eq!((store.count().unwrap(), store.change().unwrap()), (0, 0));
        import(&mut store, "a", vec![row(2, Some("1"), "Ada", "", "Django")]);
        store.close();
        let store = Store::open_read_only(&folder.path().join("records.db")).unwrap();
        assert_eq!((store.count().unwrap(), store.change().unwrap()), (1, 1));
        let record = store.record(CandidateNumber(1)).unwrap().unwrap();
        assert_eq!(record.parts[0].values[1].text, "Django");
        assert_eq!(record.parts[0].values[1].cell.import, 1);
    }

    #[test]
    fn the_same_rows_again_change_nothing() {
        let (_folder, mut store) = pool();
        let rows = || {
            vec![
                row(2, Some("1"), "Ada", "ada@example.org", "Django"),
                row(3, None, "", "", "Flask"),
                row(4, None, "", "", "Flask"),
            ]
        };
        let (first, _) = import(&mut store, "a", rows());
        assert_eq!((first.created, first.unchanged), (3, 0));
        let digest = store.digest().unwrap();
        let (again, _) = import(&mut store, "a", rows());
        assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 3));
        assert_eq!((store.digest().unwrap(), store.change().unwrap()), (digest, 1));
    }

    #[test]
    fn ids_are_never_compared_across_sources_and_email_joins() {
        let (_folder, mut store) = pool();
        import(&mut store, "a", vec![row(2, Some("7"), "Ada Byron", "ada@example.org", "Django")]);
        let (_, stored) = import(
            &mut store,
            "b",
            vec![
                row(2, Some("7"), "Someone Else", "", "Rails"),
                row(3, Some("8"), "Byron, Ada", "ADA@example.org", "Flask"),
                row(4, Some("9"), "Not Ada", "ada@example.org", "Flask"),
            ],
        );
        let n = CandidateNumber;
        assert_eq!(stored, [Stored::Created(n(2)), Stored::Updated(n(1)), Stored::Created(n(3))]);
        let reviews = store.reviews().unwrap();
        assert_eq!(reviews, [Review { a: n(1), b: n(3), reason: "same-email-other-name".into() }]);
    }

    #[test]
    fn people_who_share_an_address_stay_who_they_are() {
        let (_folder, mut store) = pool();
        let rows =
            || vec![row(2, None, "Ann", "s@example.org", "Go"), row(3, None, "Bo", "s@example.org", "Go")];
        for _ in 0..3 {
            import(&mut store, "a", rows());
        }
        assert_eq!((store.count().unwrap(), store.change().unwrap()), (2, 1));
        assert_eq!(store.reviews().unwrap().len(), 1);
    }

    #[test]
    fn a_file_of_one_id_alone_is_bounded() {
        let (_folder, mut store) = pool();
        let rows = (0..=ROWS_OF_PERSON_MAX).map(|n| row(n.into(), Some("1"), "Ann", "", &format!("Go {n}")));
        let (counts, stored) = import(&mut store, "a", rows.collect());
        assert_eq!(stored.last(), Some(&Stored::TooMany { rows: ROWS_OF_PERSON_MAX }));
        assert_eq!((counts.accepted, counts.rejected), (u64::from(ROWS_OF_PERSON_MAX), 1));
    }

    #[test]
    fn an_id_twice_in_one_file_with_another_name_is_rejected() {
        let (_folder, mut store) = pool();
        let rows = || {
            vec![
                row(2, Some("1"), "Ada", "", "Django"),
                row(3, Some("1"), "Grace", "", "Rails"),
                row(4, Some("1"), "Ada", "", "Django; Flask"),
            ]
        };
        let mut changes = Vec::new();
        for _ in 0..2 {
            let (counts, stored) = import(&mut store, "a", rows());
            assert_eq!(stored[1], Stored::Conflict { first_line: 2 });
            assert_eq!((counts.rows, counts.accepted, counts.rejected), (3, 2, 1));
            changes.push(store.change().unwrap());
        }
        assert_eq!(changes, [1, 1], "the second run says nothing new");
    }

    #[test]
    fn a_damaged_record_is_found_when_it_is_read() {
        let (_folder, mut store) = pool();
        import(&mut store, "a", vec![row(2, Some("1"), "Ada", "", "Django")]);
        store.connection.execute("UPDATE candidates SET record = CAST(replace(CAST(record AS TEXT), 'Django', 'Djengo') AS BLOB)", []).unwrap();
        assert!(matches!(store.record(CandidateNumber(1)), Err(StoreError::Damaged(CandidateNumber(1)))));
    }
}
