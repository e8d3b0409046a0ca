//! Writing: one import is one transaction.

use std::collections::HashMap;

use rusqlite::params;
use stackscout_profile::{CandidateNumber, Date, FileColumns, Part, Record};

use crate::audit::{self, Actor};
use crate::confirmed::{Confirmed, say_again};
use crate::hashes::Counts;
use crate::identity::{Identity, email_texts, identities, name_key, row_identity};
use crate::keys::{HashedKey, NewKeys};
use crate::matching::{Found, LookAlike, Seen, find};
use crate::reading::{file_columns, row_date};
use crate::rows::{AcceptedRow, RowsWriter, each_row};
use crate::statement::{self, Statement};
use crate::suppression::Suppressed;
use crate::writing::Writing;
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
    /// Day on which it is current.
    pub as_of: Date,
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
    /// Rejected rows that were held, because they are about somebody who was erased: nothing of them is kept, and nothing
    /// in them is to be mended.
    #[serde(skip_serializing_if = "is_none")]
    pub held: u64,
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
fn is_none(count: &u64) -> bool {
    *count == 0
}

impl std::ops::AddAssign for ImportCounts {
    fn add_assign(&mut self, other: Self) {
        self.rows += other.rows;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.held += other.held;
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
    /// Column and cell of each protected attribute (gender, age and the like): kept apart from the record.
    pub protected: Vec<(String, String)>,
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
    /// It is about somebody who was erased: not stored, and nothing of it is kept.
    Held,
    /// The id stands in this line already, with another name or e-mail: not stored.
    Conflict {
        /// The line.
        first_line: u64,
        /// The import whose file the line is in; `None` for this file.
        import: Option<u32>,
    },
}

/// An import under way. Dropped without [`ImportTransaction::commit`], it never was.
pub struct ImportTransaction<'a> {
    writing: Writing<'a>,
    actor: Actor,
    start: ImportStart,
    number: u32,
    files: FileColumns,
    /// Who is merged into whom.
    merged: HashMap<u32, u32>,
    keys: NewKeys,
    suppressed: Suppressed,
    confirmed: Confirmed,
    statement: Statement,
    rows: RowsWriter,
    rejects: Option<String>,
    why: String,
    /// Protected attributes that were not known: worth an import, also where no record says anything new.
    protected_new: u64,
    /// Rows that changed a person only by saying again what their source had said, where another one said otherwise since.
    said_again: u64,
    next_candidate: u64,
    counts: ImportCounts,
    without_identity: u64,
    laid_aside: u64,
    /// Ids seen in this file.
    seen_ids: Seen,
    /// Contents seen in this file that are their row's only identity.
    seen_contents: Counts,
    /// Rows of one person and id in this file.
    seen_parts: Counts,
    /// Whether the file holds rows that were rejected before.
    is_of_rejects: bool,
    /// Rows that the imports which rejected them accepted of each person, by the number before any merge.
    accepted_before: HashMap<u32, u32>,
}

impl Store {
    /// Begins an import.
    ///
    /// # Errors
    /// Another writer; anything that SQLite refuses.
    pub fn begin_import(&mut self, start: ImportStart) -> Result<ImportTransaction<'_>, StoreError> {
        let actor = self.actor.clone();
        let writing = self.begin()?;
        let imports = writing.reading().imports()?;
        let number = imports.last().map_or(1, |import| import.number + 1);
        let sql = "SELECT value + 1 FROM meta WHERE key = 'numbers'";
        let next: i64 =
            writing.transaction.query_row(sql, [], |row| row.get(0)).map_err(|e| writing.error(e))?;
        let mut files = file_columns(&imports);
        files.insert(number, start.columns.clone());
        let merged = writing.reading().merged()?;
        let suppressed = Suppressed::read(&writing.reading())?;
        let confirmed = Confirmed::new(imports, &start);
        let statement = Statement::new(&start);
        let keys = NewKeys::new(&writing.reading())?;
        Ok(ImportTransaction {
            writing,
            actor,
            start,
            number,
            files,
            merged,
            keys,
            suppressed,
            confirmed,
            statement,
            rows: RowsWriter::default(),
            rejects: None,
            why: String::new(),
            protected_new: 0,
            said_again: 0,
            next_candidate: next.cast_unsigned(),
            counts: ImportCounts::default(),
            without_identity: 0,
            laid_aside: 0,
            seen_ids: Seen::default(),
            seen_contents: Counts::default(),
            seen_parts: Counts::default(),
            is_of_rejects: false,
            accepted_before: HashMap::new(),
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
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn counts(&self) -> Result<ImportCounts, StoreError> {
        let mut counts = self.counts;
        if self.said_again > 0 && self.says_nothing()? {
            counts.unchanged += std::mem::take(&mut counts.updated);
        }
        Ok(counts)
    }

    /// Whether all that it says was said: it has no row, or states just what another import stated, and changed nobody, or
    /// only whom an import of another source has changed since.
    fn says_nothing(&self) -> Result<bool, StoreError> {
        let ImportCounts { created, updated, unchanged, .. } = self.counts;
        if created + updated + self.protected_new > self.said_again {
            return Ok(false);
        }
        let stated = self.statement.number();
        let stands = || statement::stands(&self.writing.transaction, stated);
        Ok(updated + unchanged == 0 || stands().map_err(|e| self.writing.error(e))?)
    }

    /// Accepted rows so far that hold no id, no e-mail and no profile link: known by their content alone.
    #[must_use]
    pub fn without_identity(&self) -> u64 {
        self.without_identity
    }

    /// Accepted rows so far that are older than what is known of the person: where newer rows spoke, those stand.
    #[must_use]
    pub fn laid_aside(&self) -> u64 {
        self.laid_aside
    }

    /// Says that the file holds rows that were rejected before: they stand beside the rows that these imports, which
    /// rejected them, accepted of the same people, as they would in the file that they come from.
    ///
    /// # Errors
    /// Where it is damaged whom the rows of an import were about; anything that SQLite refuses.
    pub fn rejected_by(&mut self, imports: &[u32]) -> Result<(), StoreError> {
        let Self { writing, accepted_before, .. } = self;
        for import in imports {
            each_row(&writing.transaction, *import, |row| {
                *accepted_before.entry(row.origin).or_insert(0) += 1;
            })
            .map_err(|e| writing.error(e))?
            .ok_or(StoreError::DamagedRows(*import))?;
        }
        self.is_of_rejects = true;
        Ok(())
    }

    /// Writes down where the rejected rows went: the name of a file.
    pub fn set_rejects(&mut self, name: Option<String>) {
        self.rejects = name;
    }

    /// Writes down the reason, for the audit log.
    pub fn set_why(&mut self, why: &str) {
        why.clone_into(&mut self.why);
    }

    /// Counts a row that was rejected before it came here.
    pub fn reject(&mut self) {
        self.counts.rows += 1;
        self.counts.rejected += 1;
    }

    /// Counts rows that are held.
    pub fn hold(&mut self, rows: u64) {
        self.counts.rows += rows;
        self.counts.rejected += rows;
        self.counts.held += rows;
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
        let mut part = Part::new(self.start.source.clone(), row.external_id, row.values);
        for value in &mut part.values {
            value.cell.import = self.number;
        }
        part.as_of.push(row_date(part.values.iter(), self.start.as_of, self.number));
        let mut keys = identities(&part);
        let by_content = keys.is_empty();
        if by_content {
            let seen = self.seen_contents.add(&row.content_key);
            keys.push(row_identity(&self.start.source, &row.content_key, seen));
        }
        let is_known = |key: &Identity| {
            let holder = self.keys.holder(&self.writing.reading(), &HashedKey::new(key.clone()))?;
            Ok(holder.is_some())
        };
        if self.suppressed.holds_row(is_known, &keys, &part)? {
            self.hold(1);
            return Ok(Stored::Held);
        }
        let Found { known, reviews, free } =
            find(&self.writing.reading(), &self.keys, &self.merged, keys, &part)?;
        if let Some(first_line) = self.seen_ids.conflict(&part, row.line) {
            self.reject();
            return Ok(Stored::Conflict { first_line, import: None });
        }
        if let Some(origin) = known
            && self.is_of_rejects
            && let Some((first_line, import)) = self.stands_otherwise(origin, &part)?
        {
            self.reject();
            return Ok(Stored::Conflict { first_line, import });
        }
        // Who is known by a row's content alone has one row.
        let before = match known.filter(|_| !by_content) {
            Some(origin) => self.rows_before(origin, &part)?,
            None => 0,
        };
        let is_full =
            |origin: u32| before + self.seen_parts.of(&(origin, &part.external_id)) >= ROWS_OF_PERSON_MAX;
        if known.is_some_and(is_full) {
            self.reject();
            return Ok(Stored::TooMany { rows: ROWS_OF_PERSON_MAX });
        }
        let stated = statement::of_row(&part, &row.content_key);
        let (origin, stored, written) = match known {
            None => {
                let number = u32::try_from(self.next_candidate).map_err(|_| StoreError::Full)?;
                self.next_candidate += 1;
                self.seen_parts.add(&(number, &part.external_id));
                let record = Record::new(CandidateNumber(number), part);
                self.writing.write(&record, None)?;
                let created = Stored::Created(record.number);
                let written = AcceptedRow { origin: number, line: row.line, part: 0, laid_aside: false };
                (number, created, written)
            }
            Some(origin) => {
                part.occurrence = before + self.seen_parts.add(&(origin, &part.external_id));
                self.merge(origin, part, row.line)?
            }
        };
        self.statement.add(stated);
        self.rows.put(&self.writing.transaction, self.number, written).map_err(|e| self.writing.error(e))?;
        self.keep(free, origin, reviews)?;
        self.keep_apart_values(origin, row.line, &row.protected)?;
        self.counts.rows += 1;
        self.counts.accepted += 1;
        self.without_identity += u64::from(by_content);
        self.laid_aside += u64::from(written.laid_aside);
        match stored {
            Stored::Created(_) => self.counts.created += 1,
            Stored::Updated(_) => self.counts.updated += 1,
            _ => self.counts.unchanged += 1,
        }
        Ok(stored)
    }

    /// The line, and the other import that it is of, on which a known person's id stood with another name or address: a
    /// row that was rejected for that, and comes again unchanged, is rejected again, and takes nobody's place.
    fn stands_otherwise(&self, origin: u32, part: &Part) -> Result<Option<(u64, Option<u32>)>, StoreError> {
        if part.external_id.is_none() {
            return Ok(None);
        }
        let record = self.record_of(origin)?;
        let differs = |a: Option<String>, b: Option<String>| a.zip(b).is_some_and(|(a, b)| a != b);
        let address = |part: &Part| email_texts(part).into_iter().next();
        let same_id = |own: &&Part| own.source == part.source && own.external_id == part.external_id;
        let found = record
            .parts
            .iter()
            .filter(same_id)
            .find(|own| differs(name_key(own), name_key(part)) || differs(address(own), address(part)));
        let place = |own: &Part| {
            let cell = own.values.first().map(|value| &value.cell);
            let import = cell.map(|cell| cell.import).filter(|import| *import != self.number);
            (cell.map_or(0, |cell| cell.line), import)
        };
        Ok(found.map(place))
    }

    /// Rows of a person, under the id of this one, that the imports which rejected the file's rows accepted.
    fn rows_before(&self, origin: u32, part: &Part) -> Result<u32, StoreError> {
        let Some(accepted) = self.accepted_before.get(&origin) else { return Ok(0) };
        let record = self.record_of(origin)?;
        let whose = (survivor(&self.merged, origin).0 != origin).then_some(origin);
        let is_same = |own: &&Part| {
            own.source == part.source && own.external_id == part.external_id && own.origin == whose
        };
        // Of a person with several ids each has rows of its own.
        let last = record.parts.iter().filter(is_same).map(|own| own.occurrence).max();
        Ok(last.unwrap_or(0).min(*accepted))
    }

    /// The record that a person stands in now.
    fn record_of(&self, origin: u32) -> Result<Record, StoreError> {
        let number = survivor(&self.merged, origin);
        let version = self.writing.version(number)?;
        self.writing.reading().decode(number, version.checksum, &version.bytes)
    }

    /// Lets a known person's record take over a row.
    fn merge(
        &mut self,
        origin: u32,
        mut part: Part,
        line: u64,
    ) -> Result<(u32, Stored, AcceptedRow), StoreError> {
        let number = survivor(&self.merged, origin);
        part.origin = (number.0 != origin).then_some(origin);
        let confirmed = self.confirmed.of(&self.writing.reading(), origin, &part)?;
        let (of, date) = (part.origin, part.as_of.first().copied());
        let before = self.writing.version(number)?;
        let mut record = self.writing.reading().decode(number, before.checksum, &before.bytes)?;
        let merged = record.merge(part, &self.files, &confirmed);
        let written = AcceptedRow {
            origin,
            line,
            part: u32::try_from(merged.part).map_err(|_| StoreError::Full)?,
            laid_aside: merged.laid_aside,
        };
        if !merged.changed {
            return Ok((origin, Stored::Unchanged(number), written));
        }
        if let Some(date) = date {
            let source = &self.start.source;
            let said = self.confirmed.of_others(&self.writing.reading(), origin, source, date)?;
            say_again(&mut record, said, of, &self.files);
        }
        self.writing.write(&record, Some(&before))?;
        self.said_again += u64::from(merged.again);
        Ok((origin, Stored::Updated(number), written))
    }

    /// Ends the import: everything or, on an error, nothing is on disk. An import that states just what another one
    /// stated leaves no trace.
    ///
    /// # Errors
    /// Anything that SQLite refuses, such as a full disk.
    pub fn commit(mut self) -> Result<ImportCounts, StoreError> {
        let counts = self.counts()?;
        if self.says_nothing()? {
            return Ok(counts);
        }
        let ImportCounts { rows, accepted, rejected, held, created, updated, unchanged, .. } = counts;
        let stated = self.statement.number();
        self.keys.write(&self.writing)?;
        let (n, start) = (u64::cast_signed, &self.start);
        let writing = self.writing;
        let columns = serde_json::to_string(&start.columns).expect("names are plain data");
        let entry =
            "INSERT INTO imports (number, change, file, source, layout, as_of, rows, accepted, rejected,
            created, updated, unchanged, columns, rejects)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        writing
            .transaction
            .execute(
                entry,
                params![
                    self.number,
                    n(writing.change),
                    start.file,
                    start.source,
                    start.layout,
                    start.as_of.to_string(),
                    n(rows),
                    n(accepted),
                    n(rejected),
                    n(created),
                    n(updated),
                    n(unchanged),
                    columns,
                    self.rejects
                ],
            )
            .and_then(|_| statement::write(&writing.transaction, self.number, stated))
            .and_then(|_| self.rows.finish(&writing.transaction, self.number))
            .and_then(|()| match held {
                0 => Ok(0),
                held => {
                    let sql = "INSERT INTO held_rows VALUES (?1, ?2)";
                    writing.transaction.execute(sql, params![self.number, n(held)])
                }
            })
            .and_then(|_| {
                let sql = "UPDATE meta SET value = ?1 WHERE key = 'numbers'";
                writing.transaction.execute(sql, [n(self.next_candidate - 1)])
            })
            .and_then(|_| {
                let what = format!("import {}: {created} created, {updated} updated", self.number);
                audit::write(&writing.transaction, &self.actor, writing.change, &what, &self.why)
            })
            .map_err(|e| writing.error(e))?;
        writing.commit()?;
        Ok(counts)
    }

    /// Remembers what the person is known by from now on.
    fn keep(&mut self, free: Vec<HashedKey>, origin: u32, reviews: Vec<LookAlike>) -> Result<(), StoreError> {
        for key in free {
            self.keys.claim(&self.writing, key, origin)?;
        }
        for (other, reason) in reviews {
            let (a, b) = (origin.min(other), origin.max(other));
            self.writing
                .transaction
                .prepare_cached("INSERT OR IGNORE INTO reviews VALUES (?1, ?2, ?3, ?4)")
                .and_then(|mut s| s.execute(params![a, b, reason, self.number]))
                .map_err(|e| self.writing.error(e))?;
        }
        Ok(())
    }

    /// Writes protected attributes where no record, index or ranking reaches them.
    fn keep_apart_values(
        &mut self,
        origin: u32,
        line: u64,
        protected: &[(String, String)],
    ) -> Result<(), StoreError> {
        for (column, value) in protected {
            let known =
                "SELECT count(*) FROM protected_values WHERE number = ?1 AND column = ?2 AND value = ?3";
            let known: u64 = self
                .writing
                .transaction
                .prepare_cached(known)
                .and_then(|mut s| s.query_row(params![origin, column, value], |row| row.get::<_, i64>(0)))
                .map(i64::cast_unsigned)
                .map_err(|e| self.writing.error(e))?;
            self.protected_new += u64::from(known == 0);
            self.writing
                .transaction
                .prepare_cached("INSERT OR REPLACE INTO protected_values VALUES (?1, ?2, ?3, ?4, ?5)")
                .and_then(|mut s| s.execute(params![origin, self.number, line.cast_signed(), column, value]))
                .map_err(|e| self.writing.error(e))?;
        }
        Ok(())
    }
}

/// Whom a number was merged into, or itself.
fn survivor(merged: &HashMap<u32, u32>, origin: u32) -> CandidateNumber {
    let mut at = origin;
    while let Some(next) = merged.get(&at) {
        at = *next;
    }
    CandidateNumber(at)
}

#[cfg(test)]
mod tests {
    //! - what was committed is there, what was dropped is not
    //! - the same row again changes nothing
    //! - ids are never compared across sources; e-mail joins, unless under another name
    //! - an id twice in one file with another name is rejected, naming the first line
    //! - rows that were rejected before stand beside those that their import accepted

    use stackscout_profile::{Cell, Field, Reading, Value};

    use super::*;
    use crate::Review;

    fn value(field: Field, text: &str) -> Value {
        Value {
            field,
            column: field.word().into(),
            text: text.into(),
            cell: Cell { import: 0, line: 2 },
            reading: Reading::default(),
        }
    }

    fn row(line: u64, id: Option<&str>, name: &str, email: &str, skills: &str) -> Incoming {
        let mut values = Vec::new();
        for (field, text) in [(Field::Name, name), (Field::Email, email), (Field::Skills, skills)] {
            if !text.is_empty() {
                values.push(value(field, text));
            }
        }
        let content_key = format!("{name}{email}{skills}");
        Incoming { line, external_id: id.map(str::to_owned), values, content_key, protected: Vec::new() }
    }

    fn start(source: &str) -> ImportStart {
        ImportStart {
            file: "x.csv".into(),
            source: source.into(),
            layout: "plain".into(),
            as_of: Date::new(2026, 11, 1).unwrap(),
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
            assert_eq!(stored[1], Stored::Conflict { first_line: 2, import: None });
            assert_eq!((counts.rows, counts.accepted, counts.rejected), (3, 2, 1));
            changes.push(store.change().unwrap());
        }
        assert_eq!(changes, [1, 1], "the second run says nothing new");
    }

    #[test]
    fn rows_that_were_rejected_stand_beside_those_that_were_accepted() {
        let (_folder, mut store) = pool();
        let skills = |store: &Store, number| {
            let record = store.record(CandidateNumber(number)).unwrap().unwrap();
            let parts = record.parts.iter().map(|part| {
                let skills = part.values.iter().find(|value| value.field == Field::Skills).unwrap();
                (part.occurrence, skills.text.clone())
            });
            parts.collect::<Vec<_>>()
        };
        let at = |occurrence: u32, text: &str| (occurrence, text.to_owned());
        import(&mut store, "a", vec![row(2, Some("1"), "Ada", "", "Go"), row(4, Some("2"), "Bo", "", "Vue")]);
        let again = |store: &mut Store, id: &str, text: &str| {
            let mut import = store.begin_import(start("a")).unwrap();
            import.rejected_by(&[1]).unwrap();
            import.accept(row(2, Some(id), "Ada", "", text)).unwrap();
            import.commit().unwrap();
        };
        // Corrected once more, a row replaces itself alone.
        for text in ["Rust", "Rust", "Ruby"] {
            again(&mut store, "1", text);
            assert_eq!(skills(&store, 1), [at(1, "Go"), at(2, text)]);
        }
        // Whom the import did not accept is known from another one, and newer rows replace.
        import(&mut store, "a", vec![row(2, Some("3"), "Ada", "", "C")]);
        again(&mut store, "3", "C++");
        assert_eq!(skills(&store, 3), [at(1, "C++")]);
        // The rows of a merged person are counted as theirs.
        store.merge(CandidateNumber(1), CandidateNumber(2), "").unwrap();
        let mut rejected = store.begin_import(start("a")).unwrap();
        rejected.rejected_by(&[1]).unwrap();
        rejected.accept(row(2, Some("2"), "Bo", "", "Vue 3")).unwrap();
        rejected.commit().unwrap();
        let all = [at(1, "Go"), at(2, "Ruby"), at(1, "Vue"), at(2, "Vue 3")];
        assert_eq!(skills(&store, 1), all);
    }

    #[test]
    fn a_damaged_record_is_found_when_it_is_read() {
        let (_folder, mut store) = pool();
        import(&mut store, "a", vec![row(2, Some("1"), "Ada", "", "Django")]);
        store.connection.execute("UPDATE candidates SET record = CAST(replace(CAST(record AS TEXT), 'Django', 'Djengo') AS BLOB)", []).unwrap();
        assert!(matches!(store.record(CandidateNumber(1)), Err(StoreError::Damaged(CandidateNumber(1)))));
    }
}
