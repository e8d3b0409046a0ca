//! Taking an import back: the pool becomes what it would be, had the import never been.
//!
//! Of each person whom a row of the import was about, the record is made again: from how it stood before the import,
//! and from what the rows of later imports said, one after the other. What those said stands in the records as they
//! were after them; that they said it at all, also where it was nothing new, is written down (`rows.rs`).
//!
//! Nothing is guessed. Where a later import's row would not have found its person without this import, or what it said
//! was laid aside because this one was newer, the later import has to be undone first.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::params;
use stackscout_profile::{CandidateNumber, FileColumns, Part, Record};

use crate::audit;
use crate::confirmed::{said_later_by_others, say_again, what_was_said};
use crate::identity::{Identity, identities};
use crate::matching::other_name;
use crate::reading::{Reading, file_columns};
use crate::rows::{AcceptedRow, ERASED_ROW, each_row};
use crate::writing::{Put, Writing};
use crate::{ImportInfo, Store, StoreError};

/// What undoing an import does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Undone {
    /// People whom the import made, and nobody else knows: they are gone.
    pub removed: u64,
    /// People who are as they were, or as later imports left them.
    pub restored: u64,
    /// People of whom the import said nothing that was new, or that was not said again since.
    pub unchanged: u64,
    /// Rows of the import that were about people who were erased since; nothing brings them back.
    pub erased: u64,
}

/// A key, and the change since which somebody is known by it.
type Known = (Identity, u64);

impl Store {
    /// Takes an import back. With `try_only` nothing is done, and what would be is told. It is one change.
    ///
    /// # Errors
    /// No such import, or one that was undone; one of which too little was written down; one that later imports rest
    /// on; a damaged record; anything that SQLite refuses. Nothing is done then.
    pub fn undo_import(&mut self, import: u32, why: &str, try_only: bool) -> Result<Undone, StoreError> {
        let from = self.history_from()?;
        let actor = self.actor.clone();
        let writing = self.begin()?;
        let plan = Plan::new(&writing, import, from)?;
        let undone = plan.carry_out()?;
        if try_only {
            return Ok(undone);
        }
        let change = writing.change.cast_signed();
        writing
            .transaction
            .execute("UPDATE imports SET undone = ?2 WHERE number = ?1", params![import, change])
            .and_then(|_| {
                writing.transaction.execute("DELETE FROM protected_values WHERE import = ?1", [import])
            })
            .and_then(|_| {
                let what = format!("undo of import {import}");
                audit::write(&writing.transaction, &actor, writing.change, &what, why)
            })
            .map_err(|e| writing.error(e))?;
        writing.commit()?;
        Ok(undone)
    }

    /// How many protected values of an import are kept apart.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn protected_of_import(&self, import: u32) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM protected_values WHERE import = ?1";
        self.connection
            .query_row(sql, [import], |row| row.get(0))
            .map(i64::cast_unsigned)
            .map_err(|e| self.error(e))
    }

    /// How many people the rows of an import were about; `None` where it was not written down.
    ///
    /// # Errors
    /// A damaged entry; anything that SQLite refuses.
    pub fn people_of_import(&self, import: u32) -> Result<Option<u64>, StoreError> {
        let mut people = HashSet::new();
        each_row(&self.connection, import, |row| {
            if row != ERASED_ROW {
                people.insert(row.origin);
            }
        })
        .map_err(|e| self.error(e))?
        .ok_or(StoreError::DamagedRows(import))?;
        Ok((!people.is_empty()).then_some(people.len() as u64))
    }
}

/// All that is needed to make people's records again.
struct Plan<'a> {
    writing: &'a Writing<'a>,
    import: u32,
    imports: HashMap<u32, ImportInfo>,
    files: FileColumns,
    /// The rows about people whom the import was about: import and entry, by person (the number before any merge), and of
    /// each in the order of imports.
    rows: Vec<(u32, AcceptedRow)>,
    people: HashSet<u32>,
    forgotten: HashSet<u32>,
    /// Rows of the import that were about people who were erased.
    erased: u64,
    /// People on the list of those who may be one.
    compared: HashSet<u32>,
}

/// People whose keys are held in memory at once; each time all keys of the pool are read over.
const PEOPLE_AT_ONCE: usize = 100_000;

type KnownBy = HashMap<u32, Vec<Known>>;

/// A person's parts and keys as they are to be.
struct Again {
    parts: Vec<Part>,
    keys: Vec<Identity>,
}

impl<'a> Plan<'a> {
    fn new(writing: &'a Writing<'a>, import: u32, history_from: u64) -> Result<Self, StoreError> {
        let store = writing.reading();
        let imports = store.imports()?;
        let this = imports.iter().find(|i| i.number == import).ok_or(StoreError::NoImport(import))?;
        if let Some(change) = this.undone {
            return Err(StoreError::Undone { import, change });
        }
        let not = |reason| StoreError::NotUndoable { import, reason };
        if this.columns.is_none() {
            return Err(not(
                "an earlier version of the program made it, and did not write down whom its rows were about",
            ));
        }
        if this.change <= history_from {
            return Err(not("the pool does not keep the records as they stood before it"));
        }
        let (mut people, mut erased) = (HashSet::new(), 0);
        read_rows(store, import, |row| {
            if row == ERASED_ROW {
                erased += 1;
            } else {
                people.insert(row.origin);
            }
        })?;
        let mut rows: Vec<(u32, AcceptedRow)> = Vec::new();
        for other in imports.iter().filter(|i| i.change > history_from && i.columns.is_some()) {
            read_rows(store, other.number, |row| {
                if people.contains(&row.origin) {
                    rows.push((other.number, row));
                }
            })?;
        }
        rows.sort_by_key(|(_, row)| row.origin);
        let forgotten = numbers(writing, "SELECT number FROM forgotten")?;
        let compared = numbers(writing, "SELECT a FROM reviews UNION SELECT b FROM reviews")?;
        let files = file_columns(&imports);
        let imports = imports.into_iter().map(|i| (i.number, i)).collect();
        Ok(Self { writing, import, imports, files, rows, people, forgotten, erased, compared })
    }

    fn carry_out(&self) -> Result<Undone, StoreError> {
        let people: Vec<&[(u32, AcceptedRow)]> =
            self.rows.chunk_by(|a, b| a.1.origin == b.1.origin).collect();
        let mut undone = Undone { erased: self.erased, ..Undone::default() };
        let (mut later, mut resting) = (BTreeSet::new(), 0);
        let mut released: Vec<(u32, Vec<Identity>)> = Vec::new();
        for people in people.chunks(PEOPLE_AT_ONCE) {
            let known = known_by(self.writing, people.iter().map(|rows| rows[0].1.origin).collect())?;
            for rows in people {
                let origin = rows[0].1.origin;
                if self.forgotten.contains(&origin) {
                    undone.erased += 1;
                    continue;
                }
                let known = known.get(&origin).map(Vec::as_slice).unwrap_or_default();
                let again = match self.again(origin, rows, known)? {
                    Ok(again) => again,
                    Err(import) => {
                        later.insert(import);
                        resting += 1;
                        continue;
                    }
                };
                // Once it is sure that nothing is done, the rest is only counted.
                if !later.is_empty() {
                    continue;
                }
                let keys = self.set_keys(origin, known, &again.keys)?;
                if self.compared.contains(&origin) {
                    released.push((origin, keys));
                }
                match self.set_parts(origin, again.parts)? {
                    Put::Nothing => undone.unchanged += 1,
                    Put::Removed => undone.removed += 1,
                    Put::Created | Put::Changed => undone.restored += 1,
                }
            }
        }
        if !later.is_empty() {
            let later = later.into_iter().rev().collect();
            return Err(StoreError::UndoFirst { import: self.import, later, people: resting });
        }
        for (origin, keys) in released {
            self.hand_over(origin, &keys)?;
        }
        self.close_reviews()?;
        Ok(undone)
    }

    /// A person as they would be without the import; the later import that rests on it, where one does.
    fn again(
        &self,
        origin: u32,
        rows: &[(u32, AcceptedRow)],
        known: &[Known],
    ) -> Result<Result<Again, u32>, StoreError> {
        let store = self.writing.reading();
        let is_out = |import: u32| import == self.import || self.imports[&import].undone.is_some();
        // Before the first import that is not to be seen, whichever was undone when.
        let first =
            rows.iter().filter(|(import, _)| is_out(*import)).map(|(n, _)| self.imports[n].change).min();
        let base = first.unwrap_or(self.writing.change) - 1;
        let parts = match store.record_of_origin(origin, base)? {
            Some(record) => own_parts(record, origin),
            None => Vec::new(),
        };
        let mut keys: Vec<Identity> = match parts.is_empty() {
            true => Vec::new(),
            false => {
                let then = known.iter().filter(|(_, since)| *since <= base).map(|(key, _)| key.clone());
                then.chain(parts.iter().flat_map(identities)).collect()
            }
        };
        let mut record = Record { number: CandidateNumber(origin), parts };
        let mut before: Vec<(&ImportInfo, &AcceptedRow)> = Vec::new();
        for (import, row) in rows {
            let info = &self.imports[import];
            if is_out(*import) {
                continue;
            }
            before.push((info, row));
            if info.change <= base {
                continue;
            }
            let part = (!row.laid_aside).then(|| what_was_said(&store, info, row)).transpose()?.flatten();
            let Some(part) = part else { return Ok(Err(*import)) };
            let own = identities(&part);
            if !record.parts.is_empty() && !finds(&part, &own, &keys, &record) {
                return Ok(Err(*import));
            }
            keys.extend(own);
            let (source, date) = (part.source.clone(), part.as_of.first().copied());
            if record.merge(part, &self.files, &[]).changed
                && let Some(date) = date
            {
                let said = said_later_by_others(&store, before.iter().copied(), &source, date)?;
                say_again(&mut record, said, None, &self.files);
            }
        }
        if !record.parts.is_empty() {
            // Keys that stand for a row's content, or for a key and a name, are still the person's.
            let derived = |key: &&Identity| !matches!(key.kind, "id" | "email" | "link");
            keys.extend(known.iter().map(|(key, _)| key).filter(derived).cloned());
        }
        Ok(Ok(Again { parts: record.parts, keys }))
    }

    /// Puts a person's parts where they are now, which may be the record of whom they were merged into.
    fn set_parts(&self, origin: u32, parts: Vec<Part>) -> Result<Put, StoreError> {
        let store = self.writing.reading();
        let survivor = store.survivor_at(CandidateNumber(origin), self.writing.change)?;
        let there = store.record(survivor)?.map(|record| record.parts).unwrap_or_default();
        let belongs = |part: &Part| part.origin.unwrap_or(survivor.0) == origin;
        let place = there.iter().position(belongs).unwrap_or(there.len());
        let before = there.iter().take(place).cloned().collect::<Vec<Part>>();
        let after = there.into_iter().skip(place).filter(|part| !belongs(part));
        let parts = parts.into_iter().map(|mut part| {
            part.origin = (origin != survivor.0).then_some(origin);
            part
        });
        let parts = before.into_iter().chain(parts).chain(after).collect();
        self.writing.put(&Record { number: survivor, parts })
    }

    /// Lets a person be known by these keys alone; gives those that are free now.
    fn set_keys(&self, origin: u32, known: &[Known], keys: &[Identity]) -> Result<Vec<Identity>, StoreError> {
        let mut free = Vec::new();
        for (key, since) in known {
            if !keys.contains(key) {
                self.writing.release(key, origin, *since)?;
                free.push(key.clone());
            }
        }
        Ok(free)
    }

    /// Keys that are free now go to whom they were refused because this person held them.
    fn hand_over(&self, origin: u32, free: &[Identity]) -> Result<(), StoreError> {
        let store = self.writing.reading();
        for other in self.compared_with(origin)? {
            let survivor = store.survivor_at(CandidateNumber(other), self.writing.change)?;
            let Some(record) = store.record(survivor)? else { continue };
            for part in record.parts.iter().filter(|p| p.origin.unwrap_or(survivor.0) == other) {
                for key in identities(part).iter().filter(|key| free.contains(key)) {
                    self.writing.claim(key, other)?;
                }
            }
        }
        Ok(())
    }

    /// People who stand beside this one on the list of those who may be one.
    fn compared_with(&self, origin: u32) -> Result<Vec<u32>, StoreError> {
        const SQL: &str =
            "SELECT b FROM reviews WHERE a = ?1 UNION SELECT a FROM reviews WHERE b = ?1 ORDER BY 1";
        let mut statement =
            self.writing.transaction.prepare_cached(SQL).map_err(|e| self.writing.error(e))?;
        let rows = statement.query_map([origin], |row| row.get(0)).map_err(|e| self.writing.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.writing.error(e))
    }

    /// Takes pairs off the list that share no key any more.
    fn close_reviews(&self) -> Result<(), StoreError> {
        let store = self.writing.reading();
        let sql = "SELECT DISTINCT a, b FROM reviews";
        let pairs: Vec<(u32, u32)> = self
            .writing
            .transaction
            .prepare(sql)
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(|e| self.writing.error(e))?;
        let shared = |origin: u32| -> Result<Vec<Identity>, StoreError> {
            let record = store.record_of_origin_now(origin, self.writing.change)?;
            let parts = record.map(|record| own_parts(record, origin)).unwrap_or_default();
            Ok(parts.iter().flat_map(identities).filter(|key| key.kind != "id").collect())
        };
        for (a, b) in pairs.into_iter().filter(|(a, b)| [a, b].iter().any(|n| self.people.contains(n))) {
            let (ours, theirs) = (shared(a)?, shared(b)?);
            // A person may be known by a key that no row states any more.
            let mut is_shared = ours.iter().any(|key| theirs.contains(key));
            for (keys, other) in [(&ours, b), (&theirs, a)] {
                for key in keys {
                    is_shared |= store.holder(key)? == Some(other);
                }
            }
            if !is_shared {
                self.writing
                    .transaction
                    .execute("DELETE FROM reviews WHERE a = ?1 AND b = ?2", [a, b])
                    .map_err(|e| self.writing.error(e))?;
            }
        }
        Ok(())
    }
}

/// The parts that belong to a person, of the record that they stand in, as parts of a record of their own.
fn own_parts(record: Record, origin: u32) -> Vec<Part> {
    let number = record.number.0;
    let own = |part: &Part| part.origin.unwrap_or(number) == origin;
    let alone = |mut part: Part| {
        part.origin = None;
        part
    };
    record.parts.into_iter().filter(own).map(alone).collect()
}

/// Whether a row is about a person who is known by these keys.
fn finds(part: &Part, own: &[Identity], keys: &[Identity], record: &Record) -> bool {
    if own.is_empty() {
        return true;
    }
    let name = other_name(part, record.parts.iter());
    own.iter().any(|key| match (&name, key.kind) {
        (_, "id") | (None, _) => keys.contains(key),
        (Some(name), _) => keys.contains(&key.with_name(name)),
    })
}

fn read_rows(store: Reading<'_>, import: u32, take: impl FnMut(AcceptedRow)) -> Result<(), StoreError> {
    each_row(store.connection, import, take)
        .map_err(|e| store.error(e))?
        .ok_or(StoreError::DamagedRows(import))
}

/// What these people are known by.
fn known_by(writing: &Writing<'_>, people: HashSet<u32>) -> Result<KnownBy, StoreError> {
    let mut known = KnownBy::new();
    let sql = "SELECT kind, scope, key, number, since FROM identities";
    let mut statement = writing.transaction.prepare(sql).map_err(|e| writing.error(e))?;
    let mut rows = statement.query([]).map_err(|e| writing.error(e))?;
    while let Some(row) = rows.next().map_err(|e| writing.error(e))? {
        let sqlite = |e| writing.error(e);
        let number: u32 = row.get(3).map_err(sqlite)?;
        if !people.contains(&number) {
            continue;
        }
        let kind: String = row.get(0).map_err(sqlite)?;
        let Some(kind) = Identity::kind_of(&kind) else { continue };
        let key = Identity { kind, scope: row.get(1).map_err(sqlite)?, key: row.get(2).map_err(sqlite)? };
        let since: i64 = row.get(4).map_err(sqlite)?;
        known.entry(number).or_default().push((key, since.cast_unsigned()));
    }
    Ok(known)
}

fn numbers(writing: &Writing<'_>, sql: &str) -> Result<HashSet<u32>, StoreError> {
    let mut statement = writing.transaction.prepare(sql).map_err(|e| writing.error(e))?;
    let rows = statement.query_map([], |row| row.get(0)).map_err(|e| writing.error(e))?;
    rows.collect::<Result<_, _>>().map_err(|e| writing.error(e))
}
