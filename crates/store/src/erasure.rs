//! Erasing people: from every version of every record, from all that they are known by, from what other tables say of
//! them, and from the pages of the file.
//!
//! It is one change in one transaction, of one person or of many. What stays is their numbers, which are never given
//! again, and keyed hashes ([`suppression`]). SQLite overwrites what it frees, and leaves copies in
//! pages that it has split all the same: [`Store::scrub`] writes the file anew. Until all that is derived from the records
//! is rid of them too, the records say that something may be left ([`Store::unscrubbed`]), whoever dies in between.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{OptionalExtension, params};
use stackscout_profile::{CandidateNumber, Date, Part, Record};
use stackscout_taxonomy::spelling::exact_key;

use crate::codec;
use crate::exports::{self, Exported};
use crate::history::{Chain, PRESENT, VERSIONS_OF_ONE};
use crate::identity::{Identity, identities, name_key};
use crate::patch::pack;
use crate::rows::ERASED_ROW;
use crate::store::checksum;
use crate::suppression::{self, Hash, NewErasure, Reason};
use crate::writing::Writing;
use crate::{Store, StoreError, audit, rows, runs};

/// Somebody who is to be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToErase {
    /// The person; whoever was merged into them is the person, too.
    pub number: CandidateNumber,
    /// Why.
    pub reason: Reason,
    /// The reason in words.
    pub why: String,
    /// The last day whose rows are held from here on; `None` holds all.
    pub until: Option<Date>,
    /// Who looks like them, to be remembered for whoever follows this up.
    pub alike: Vec<CandidateNumber>,
}

impl ToErase {
    /// A person who asked for it.
    #[must_use]
    pub fn asked(number: CandidateNumber) -> Self {
        Self { number, reason: Reason::Asked, why: String::new(), until: None, alike: Vec::new() }
    }
}

/// What was removed with people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// People, each counted once however many numbers they had.
    pub people: u64,
    /// Versions of their records, the present ones included.
    pub versions: u64,
    /// Keys that they were known by, now or before.
    pub identities: u64,
    /// Rows of imports that were about them.
    pub rows: u64,
    /// Protected values that were kept apart.
    pub protected: u64,
    /// Decisions about them.
    pub decisions: u64,
    /// Pairs of people to look at, or who were kept apart.
    pub pairs: u64,
    /// Runs in whose lists they stood.
    pub runs: u64,
    /// Exports that they were in.
    pub exports: u64,
    /// Imports of whose file nothing is left but its being there, or that were named after them: their names.
    pub files: u64,
}

/// What is gathered of one person before it goes.
#[derive(Default)]
struct Gathered {
    /// All their numbers: the person's own, and those that were merged into it.
    numbers: Vec<u32>,
    hashes: BTreeSet<(String, Hash)>,
    /// Their names, each as its words.
    names: BTreeSet<Vec<String>>,
    /// Their addresses and links, folded.
    addresses: BTreeSet<String>,
    runs: BTreeSet<u32>,
}

impl Store {
    /// Erases people. Whoever is not there is passed over. It is one change; nothing is done where nobody is there.
    ///
    /// Index, columns and the small files of the pool are the caller's, and so is [`Store::scrub`].
    ///
    /// # Errors
    /// A damaged record or list; anything that SQLite refuses. Nothing is done then.
    pub fn erase(&mut self, people: &[ToErase]) -> Result<Forgotten, StoreError> {
        let (key, keyed) = self.own_key()?;
        let mut all: BTreeMap<u32, (&ToErase, Gathered)> = BTreeMap::new();
        let merged = self.reading().merged()?;
        let mut below: HashMap<u32, Vec<u32>> = HashMap::new();
        for number in merged.keys() {
            below.entry(self.survivor(CandidateNumber(*number))?.0).or_default().push(*number);
        }
        for person in people {
            let number = self.survivor(person.number)?.0;
            let mut numbers = vec![number];
            numbers.extend(below.get(&number).into_iter().flatten());
            all.insert(number, (person, Gathered { numbers, ..Gathered::default() }));
        }
        let actor = self.actor.clone();
        let path = self.path.clone();
        let writing = self.begin()?;
        let mut there = Vec::new();
        for number in all.keys() {
            if is_there(&writing, *number)? {
                there.push(*number);
            }
        }
        all.retain(|number, _| there.binary_search(number).is_ok());
        let gone: HashSet<u32> = all.values().flat_map(|(_, gathered)| gathered.numbers.clone()).collect();
        if gone.is_empty() {
            return Ok(Forgotten::default());
        }
        let numbers = serde_json::json!(gone).to_string();
        for (_, gathered) in all.values_mut() {
            gather(&writing, gathered, &gone, &keyed)?;
        }
        gather_known(&writing, &mut all, &keyed, &numbers)?;
        let exports = exports::all(&writing.transaction)
            .map_err(|e| writing.error(e))?
            .ok_or(StoreError::DamagedExports)?;
        gather_runs(&writing, &mut all)?;
        let mut forgotten = Forgotten { people: all.len() as u64, ..Forgotten::default() };
        forgotten.exports = take_out_of_exports(&writing, &exports, &gone, &all)?;
        forgotten.runs = runs::take_out(&writing.transaction, &path, &gone)?;
        for number in &gone {
            let others = ever_merged_into(&writing, CandidateNumber(*number))?;
            let others = others.into_iter().filter(|other| !gone.contains(other)).collect();
            take_out_of_others(&writing, CandidateNumber(*number), others)?;
        }
        forgotten.rows = rows::take_out(&writing.transaction, &gone)
            .map_err(|e| writing.error(e))?
            .ok_or(StoreError::DamagedRows(0))?;
        forgotten.files = take_out_names(&writing, &all)?;
        remove(&writing, &numbers, &mut forgotten).map_err(|e| writing.error(e))?;
        for (number, (person, gathered)) in &all {
            let who = hex(&keyed.number(CandidateNumber(*number))[..8]);
            let was_in = |export: &&exports::Export| is_in(&export.people, gathered);
            let exported: Vec<u32> = exports.iter().filter(was_in).map(|export| export.number).collect();
            let new = NewErasure {
                key,
                who: &who,
                made: &actor.made,
                reason: person.reason,
                why: &person.why,
                until: person.until,
                exports: &exported,
                alike: &person.alike,
                hashes: &gathered.hashes,
            };
            suppression::write(&writing.transaction, &new)
                .and_then(|_| {
                    let what = format!("erasure of person {who}");
                    audit::write(&writing.transaction, &actor, writing.change, &what, &person.why)
                })
                .map_err(|e| writing.error(e))?;
        }
        writing
            .transaction
            .execute("UPDATE meta SET value = ?1 WHERE key = 'unscrubbed'", [writing.change.cast_signed()])
            .map_err(|e| writing.error(e))?;
        writing.commit()?;
        Ok(forgotten)
    }

    /// The change of an erasure of which traces may be left in pages of the file, in the index or in the columns; `None`
    /// where nothing is left.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn unscrubbed(&self) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT value FROM meta WHERE key = 'unscrubbed'";
        let change: Option<i64> =
            self.connection.query_row(sql, [], |row| row.get(0)).optional().map_err(|e| self.error(e))?;
        Ok(change.filter(|change| *change > 0).map(i64::cast_unsigned))
    }

    /// Writes the file anew, without anything in it that is not part of the records, and empties the log.
    ///
    /// What is written aside meanwhile stands in `folder`, in a file without a name.
    ///
    /// # Errors
    /// [`StoreError::HeldByReader`] where somebody reads a state from before for longer than a writer waits; anything
    /// that SQLite refuses, such as a full disk: it needs as much room again as the file takes.
    pub fn scrub(&mut self, folder: &std::path::Path) -> Result<(), StoreError> {
        if self.is_in_memory() {
            return Ok(());
        }
        let aside = folder.to_string_lossy().replace('\'', "''");
        let aside = format!("PRAGMA temp_store_directory = '{aside}'");
        self.connection.execute_batch(&aside).map_err(|e| self.error(e))?;
        self.connection.execute_batch("VACUUM").map_err(|e| self.error(e))?;
        self.empty_log()
    }

    /// Writes down that nothing is left of whoever was erased.
    ///
    /// # Errors
    /// As [`Store::scrub`].
    pub fn set_scrubbed(&mut self) -> Result<(), StoreError> {
        self.connection
            .execute("UPDATE meta SET value = 0 WHERE key = 'unscrubbed'", [])
            .map_err(|e| self.error(e))?;
        self.empty_log()
    }

    fn empty_log(&self) -> Result<(), StoreError> {
        // With the sums of the pages; what is left to do is nothing, unless a reader holds on to the log.
        self.write_back()?;
        let busy: i64 = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        if busy == 0 { Ok(()) } else { Err(StoreError::HeldByReader) }
    }
}

/// Whether anything is there of a person: a record, or what one was before.
fn is_there(writing: &Writing<'_>, number: u32) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT EXISTS (SELECT 1 FROM candidates WHERE number = ?1)
          OR EXISTS (SELECT 1 FROM record_history WHERE number = ?1)";
    writing
        .transaction
        .prepare_cached(SQL)
        .and_then(|mut s| s.query_row([number], |row| row.get(0)))
        .map_err(|e| writing.error(e))
}

/// Gathers what people were known by: what is written down as such, and what any version of their records states, as far
/// as it is not what somebody else is known by.
fn gather(
    writing: &Writing<'_>,
    gathered: &mut Gathered,
    gone: &HashSet<u32>,
    keyed: &suppression::Keyed,
) -> Result<(), StoreError> {
    let (store, sqlite) = (writing.reading(), |e| writing.error(e));
    for number in &gathered.numbers {
        let mut statement = writing.transaction.prepare_cached(VERSIONS_OF_ONE).map_err(sqlite)?;
        let mut rows = statement.query(params![0, number]).map_err(sqlite)?;
        let mut chain = Chain::default();
        while let Some(row) = rows.next().map_err(sqlite)? {
            chain.step(&store, row, 0)?;
            let record: Record =
                codec::decode(&chain.after).ok_or(StoreError::Damaged(CandidateNumber(*number)))?;
            // Whoever was merged into them for a while, and parted again, is somebody else.
            let own = |part: &&Part| part.origin.is_none_or(|origin| gone.contains(&origin));
            for part in record.parts.iter().filter(own) {
                gathered.names.extend(name_key(part).map(words));
                for key in identities(part) {
                    if key.kind != "id" {
                        gathered.addresses.insert(key.key.clone());
                    }
                    if store.holder(&key)?.is_none_or(|holder| gone.contains(&holder)) {
                        gathered.hashes.insert((key.kind.to_owned(), keyed.identity(&key)));
                    }
                }
            }
        }
        let number = CandidateNumber(*number);
        gathered.hashes.insert(("number".to_owned(), keyed.number(number)));
    }
    Ok(())
}

/// Gathers the keys of everybody who goes, in one pass over each table.
fn gather_known(
    writing: &Writing<'_>,
    all: &mut BTreeMap<u32, (&ToErase, Gathered)>,
    keyed: &suppression::Keyed,
    numbers: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "
        SELECT kind, scope, key, number FROM identities WHERE number IN (SELECT value FROM json_each(?1))
        UNION ALL
        SELECT kind, scope, key, number FROM past_identities WHERE number IN (SELECT value FROM json_each(?1))";
    let sqlite = |e| writing.error(e);
    let person: HashMap<u32, u32> = all
        .iter()
        .flat_map(|(person, (_, gathered))| gathered.numbers.iter().map(move |number| (*number, *person)))
        .collect();
    let mut statement = writing.transaction.prepare_cached(SQL).map_err(sqlite)?;
    let mut rows = statement.query([numbers]).map_err(sqlite)?;
    while let Some(row) = rows.next().map_err(sqlite)? {
        let kind: String = row.get(0).map_err(sqlite)?;
        let number: u32 = row.get(3).map_err(sqlite)?;
        let Some(kind) = Identity::kind_of(&kind) else { continue };
        let key = Identity { kind, scope: row.get(1).map_err(sqlite)?, key: row.get(2).map_err(sqlite)? };
        if let Some((_, gathered)) = person.get(&number).and_then(|person| all.get_mut(person)) {
            gathered.hashes.insert((kind.to_owned(), keyed.identity(&key)));
        }
    }
    Ok(())
}

/// Notes in which runs each person stands.
fn gather_runs(
    writing: &Writing<'_>,
    all: &mut BTreeMap<u32, (&ToErase, Gathered)>,
) -> Result<(), StoreError> {
    let person: HashMap<u32, u32> = all
        .iter()
        .flat_map(|(person, (_, gathered))| gathered.numbers.iter().map(move |number| (*number, *person)))
        .collect();
    runs::each_entry(&writing.transaction, &writing.path, |run, number| {
        if let Some((_, gathered)) = person.get(&number.0).and_then(|person| all.get_mut(person)) {
            gathered.runs.insert(run);
        }
    })
}

fn is_in(people: &Exported, gathered: &Gathered) -> bool {
    match people {
        Exported::Run(run) => gathered.runs.contains(run),
        Exported::People(people) => {
            gathered.numbers.iter().any(|number| people.binary_search(&CandidateNumber(*number)).is_ok())
        }
    }
}

/// Takes people out of the lists of exports, and their names out of what the files were called; says of how many exports.
fn take_out_of_exports(
    writing: &Writing<'_>,
    exports: &[exports::Export],
    gone: &HashSet<u32>,
    all: &BTreeMap<u32, (&ToErase, Gathered)>,
) -> Result<u64, StoreError> {
    let mut touched = 0;
    for export in exports {
        if !all.values().any(|(_, gathered)| is_in(&export.people, gathered)) {
            continue;
        }
        touched += 1;
        if let Exported::People(people) = &export.people {
            let mut kept = people.clone();
            kept.retain(|number| !gone.contains(&number.0));
            exports::set_people(&writing.transaction, export.number, &kept).map_err(|e| writing.error(e))?;
        }
        // A file that is named after them, or given to them; of what was theirs alone one word is enough.
        let is_theirs =
            matches!(&export.people, Exported::People(p) if p.iter().all(|n| gone.contains(&n.0)));
        for (column, text) in [("target", &export.target), ("recipient", &export.recipient)] {
            let names = |gathered: &Gathered| {
                gathered.is_named_in(text)
                    || is_theirs && is_in(&export.people, gathered) && gathered.is_hinted_in(text)
            };
            if all.values().any(|(_, gathered)| names(gathered)) {
                let sql = format!("UPDATE exports SET {column} = ?2 WHERE number = ?1");
                writing
                    .transaction
                    .execute(&sql, params![export.number, NO_NAME])
                    .map_err(|e| writing.error(e))?;
            }
        }
    }
    Ok(touched)
}

/// What stands for the name of a file that named somebody.
const NO_NAME: &str = "(erased)";

/// Takes away the names of files that hold somebody's name, such as `Ada_Moss.pdf`, and of files of which nobody else is
/// left; says of how many.
fn take_out_names(
    writing: &Writing<'_>,
    all: &BTreeMap<u32, (&ToErase, Gathered)>,
) -> Result<u64, StoreError> {
    let mut taken = 0;
    for import in writing.reading().imports()? {
        let (mut rows, mut erased) = (0_u64, 0_u64);
        rows::each_row(&writing.transaction, import.number, |row| {
            rows += 1;
            erased += u64::from(row == ERASED_ROW);
        })
        .map_err(|e| writing.error(e))?
        .ok_or(StoreError::DamagedRows(import.number))?;
        let is_theirs = erased > 0 && (rows == 1 || rows == erased && import.rows == rows);
        let names = || all.values().any(|(_, gathered)| gathered.is_named_in(&import.file));
        if import.file != NO_NAME && (is_theirs || names()) {
            taken += 1;
            writing
                .transaction
                .execute(
                    "UPDATE imports SET file = ?2, rejects = NULL WHERE number = ?1",
                    params![import.number, NO_NAME],
                )
                .map_err(|e| writing.error(e))?;
        }
    }
    Ok(taken)
}

impl Gathered {
    /// Whether a text holds all words of the person's name, or an address of theirs. One word alone is no name: `Rose.csv`
    /// may be a place.
    fn is_named_in(&self, text: &str) -> bool {
        let folded = exact_key(text);
        let words = words(folded.clone());
        self.names.iter().any(|name| name.len() > 1 && name.iter().all(|word| words.contains(word)))
            || self.addresses.iter().any(|address| folded.contains(address))
    }

    /// Whether a text holds any word of the person's name.
    fn is_hinted_in(&self, text: &str) -> bool {
        let words = words(exact_key(text));
        self.names.iter().flatten().any(|word| words.contains(word))
    }
}

fn words(text: String) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Removes the rows of everybody who goes from the tables that name people.
fn remove(writing: &Writing<'_>, numbers: &str, forgotten: &mut Forgotten) -> rusqlite::Result<()> {
    const GONE: &str = "(SELECT value FROM json_each(?1))";
    let delete = |table: &str, wanted: &str| -> rusqlite::Result<u64> {
        let sql = format!("DELETE FROM {table} WHERE {}", wanted.replace("GONE", GONE));
        writing.transaction.execute(&sql, [numbers]).map(|removed| removed as u64)
    };
    let of_one = "number IN GONE";
    writing.transaction.execute(
        &format!("INSERT OR IGNORE INTO forgotten SELECT value, {} FROM json_each(?1)", writing.change),
        [numbers],
    )?;
    forgotten.identities = delete("identities", of_one)? + delete("past_identities", of_one)?;
    forgotten.protected = delete("protected_values", of_one)?;
    forgotten.decisions = delete("decisions", "candidate IN GONE")?;
    delete("merges", "number IN GONE OR survivor IN GONE")?;
    forgotten.pairs =
        delete("reviews", "a IN GONE OR b IN GONE")? + delete("kept_apart", "a IN GONE OR b IN GONE")?;
    forgotten.versions = delete("record_history", of_one)? + delete("candidates", of_one)?;
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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

#[cfg(test)]
impl Store {
    /// Writes the log back, so that a test sees in the file what is in the records.
    pub(crate) fn empty_log_for_test(&self) {
        self.empty_log().expect("nobody reads");
    }
}
