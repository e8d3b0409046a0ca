//! Who was erased must not come back: what the pool keeps to know them by, and what it says about them.
//!
//! Of an erased person there stay keyed hashes of what they were known by, and nothing that reads as anybody. A row of a
//! later file that is known by one of the same keys is held: it is not imported, and counted. The hash is HMAC-SHA-256
//! with a random key of the pool, so that a list of addresses cannot be tried on a list of hashes alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use stackscout_profile::{CandidateNumber, Date, Part};

use crate::audit;
use crate::identity::{Identity, name_key};
use crate::reading::Reading;
use crate::{Store, StoreError};

/// Bytes of a keyed hash.
pub(crate) const HASH_BYTES: usize = 32;

/// A keyed hash.
pub(crate) type Hash = [u8; HASH_BYTES];

/// Why somebody was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Somebody asked for it: rows about the person are held, whatever their day.
    Asked,
    /// Nothing new was heard of them for too long: rows up to the last day that was too old are held.
    Retention,
    /// They had been erased from another pool, or from this one before it was restored.
    Restored,
}

impl Reason {
    /// Its word in records and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Retention => "retention",
            Self::Restored => "restored",
        }
    }

    fn of_word(word: &str) -> Self {
        [Self::Retention, Self::Restored].into_iter().find(|r| r.word() == word).unwrap_or(Self::Asked)
    }
}

/// An erasure as it is remembered: nothing in it says who it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// From 1; never given twice.
    pub number: u32,
    /// A keyed hash of the person's number, 16 hex digits: what the audit log says of them.
    pub who: String,
    /// When, `2026-11-01T12:00:00Z`.
    pub made: String,
    /// Why they were erased.
    pub reason: Reason,
    /// The reason in words; empty where none was given.
    pub why: String,
    /// The last day whose rows are held; `None` holds all.
    pub until: Option<Date>,
    /// The kinds of keys that are held, such as `email`, with how many of each.
    pub kinds: Vec<(String, u64)>,
    /// Numbers of the exports that the person was in.
    pub exports: Vec<u32>,
    /// People who looked like them.
    pub alike: Vec<CandidateNumber>,
    /// When the hold was lifted; `None` where it stands.
    pub lifted: Option<String>,
}

/// What a pool knows of its erasures, for another pool that must not have these people either. It is as secret as the
/// records: with the key, anybody can try whether an address is among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureList {
    /// Version of its form.
    pub format: u32,
    /// The erasures that were not lifted.
    pub erasures: Vec<ListedErasure>,
}

/// Version of [`ErasureList`]; another one is refused.
pub const ERASURE_LIST_FORMAT: u32 = 1;

/// One erasure of an [`ErasureList`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedErasure {
    /// The key of its hashes, 64 hex digits.
    pub key: String,
    /// A keyed hash of the person's number.
    pub who: String,
    /// When they were erased.
    pub made: String,
    /// Why, in words.
    pub why: String,
    /// The last day whose rows are held; `None` holds all.
    pub until: Option<Date>,
    /// Kinds and hashes (64 hex digits) of what they were known by.
    pub hashes: Vec<(String, String)>,
}

/// Hashes keys of people.
#[derive(Clone)]
pub(crate) struct Keyed(Hmac<Sha256>);

impl Keyed {
    pub(crate) fn new(key: &[u8]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes a key of any length"))
    }

    /// The hash of a key; kind and scope are in it, so that equal texts of two kinds have two hashes.
    pub(crate) fn identity(&self, key: &Identity) -> Hash {
        self.of([key.kind, &key.scope, &key.key])
    }

    pub(crate) fn number(&self, number: CandidateNumber) -> Hash {
        self.of(["number", "", &number.to_string()])
    }

    fn of(&self, texts: [&str; 3]) -> Hash {
        let mut mac = self.0.clone();
        for text in texts {
            mac.update(&(text.len() as u64).to_le_bytes());
            mac.update(text.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// What rows are held by. Empty in a pool that never erased anybody, where it costs nothing.
#[derive(Default)]
pub(crate) struct Suppressed {
    /// Of each key of the pool: hashes with the last day whose rows they hold; `None` holds all.
    keys: Vec<(Keyed, HashMap<Hash, Option<Date>>)>,
}

impl Suppressed {
    pub(crate) fn read(store: &Reading<'_>) -> Result<Self, StoreError> {
        const SQL: &str = "
            SELECT erasure_keys.number, erasure_keys.key, suppressed.hash, erasures.until
            FROM suppressed JOIN erasures ON erasures.number = suppressed.erasure
            JOIN erasure_keys ON erasure_keys.number = erasures.key
            WHERE erasures.lifted IS NULL AND suppressed.kind <> 'number'
            ORDER BY 1";
        let sqlite = |e| store.error(e);
        let mut statement = store.connection.prepare_cached(SQL).map_err(sqlite)?;
        let mut rows = statement.query([]).map_err(sqlite)?;
        let mut found = Self::default();
        let mut last = None;
        while let Some(row) = rows.next().map_err(sqlite)? {
            let number: u32 = row.get(0).map_err(sqlite)?;
            if last != Some(number) {
                let key: Vec<u8> = row.get(1).map_err(sqlite)?;
                found.keys.push((Keyed::new(&key), HashMap::new()));
                last = Some(number);
            }
            let (hash, until): (Hash, Option<String>) =
                (row.get(2).map_err(sqlite)?, row.get(3).map_err(sqlite)?);
            // A day that cannot be read holds all: too much is better here than too little.
            let until = until.and_then(|day| day.parse().ok());
            let (_, hashes) = found.keys.last_mut().expect("one was put there above");
            hashes
                .entry(hash)
                .and_modify(|known| *known = known.zip(until).map(|(a, b): (Date, Date)| a.max(b)))
                .or_insert(until);
        }
        Ok(found)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether a row of this day that is known by this key is held.
    pub(crate) fn holds(&self, key: &Identity, day: Option<Date>) -> bool {
        self.keys.iter().any(|(keyed, hashes)| {
            let until = hashes.get(&keyed.identity(key));
            until.is_some_and(|until| until.is_none_or(|until| day.is_none_or(|day| day <= until)))
        })
    }

    /// Whether a row is about somebody who was erased. Of two people who share an address, each is known by it together
    /// with their name: the row of the one who is there is not held because the other one was erased.
    pub(crate) fn holds_row(
        &self,
        is_known: impl Fn(&Identity) -> Result<bool, StoreError>,
        keys: &[Identity],
        part: &Part,
    ) -> Result<bool, StoreError> {
        if self.is_empty() {
            return Ok(false);
        }
        let day = part.as_of.iter().map(|date| date.as_of).max();
        let name = name_key(part);
        for key in keys {
            let is_shared = matches!(key.kind, "email" | "link");
            let named = name.as_deref().filter(|_| is_shared).map(|name| key.with_name(name));
            if let Some(named) = named {
                if self.holds(&named, day) {
                    return Ok(true);
                }
                if is_known(&named)? {
                    continue;
                }
            }
            if self.holds(key, day) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// People of this pool who are known by a key that is held, by the number before any merge; those whose newest day
    /// is later than the last one that is held are left out by the caller.
    pub(crate) fn people(&self, store: &Reading<'_>) -> Result<BTreeSet<(u32, Option<Date>)>, StoreError> {
        let mut found = BTreeSet::new();
        if self.is_empty() {
            return Ok(found);
        }
        let sqlite = |e| store.error(e);
        let sql = "SELECT kind, scope, key, number FROM identities";
        let mut statement = store.connection.prepare_cached(sql).map_err(sqlite)?;
        let mut rows = statement.query([]).map_err(sqlite)?;
        while let Some(row) = rows.next().map_err(sqlite)? {
            let kind: String = row.get(0).map_err(sqlite)?;
            let Some(kind) = Identity::kind_of(&kind) else { continue };
            let key = Identity { kind, scope: row.get(1).map_err(sqlite)?, key: row.get(2).map_err(sqlite)? };
            for (keyed, hashes) in &self.keys {
                if let Some(until) = hashes.get(&keyed.identity(&key)) {
                    found.insert((row.get(3).map_err(sqlite)?, *until));
                }
            }
        }
        Ok(found)
    }
}

/// An erasure that is to be written down, with its hashes.
pub(crate) struct NewErasure<'a> {
    pub key: u32,
    pub who: &'a str,
    pub made: &'a str,
    pub reason: Reason,
    pub why: &'a str,
    pub until: Option<Date>,
    pub exports: &'a [u32],
    pub alike: &'a [CandidateNumber],
    pub hashes: &'a BTreeSet<(String, Hash)>,
}

/// Writes down an erasure; gives its number.
pub(crate) fn write(connection: &rusqlite::Connection, new: &NewErasure<'_>) -> rusqlite::Result<u32> {
    let mut kinds: Vec<(&str, u64)> = Vec::new();
    for (kind, _) in new.hashes.iter().filter(|(kind, _)| kind != "number") {
        match kinds.last_mut() {
            Some((last, count)) if last == kind => *count += 1,
            _ => kinds.push((kind, 1)),
        }
    }
    let json = |value: serde_json::Value| value.to_string();
    let numbers: Vec<u32> = new.alike.iter().map(|number| number.0).collect();
    connection
        .prepare_cached(
            "INSERT INTO erasures (key, who, made, reason, why, until, kinds, exports, alike)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            new.key,
            new.who,
            new.made,
            new.reason.word(),
            new.why,
            new.until.map(|day| day.to_string()),
            json(serde_json::json!(kinds)),
            json(serde_json::json!(new.exports)),
            json(serde_json::json!(numbers)),
        ])?;
    let number = u32::try_from(connection.last_insert_rowid()).unwrap_or(u32::MAX);
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO suppressed VALUES (?1, ?2, ?3)")?;
    for (kind, hash) in new.hashes {
        insert.execute(params![number, kind, hash])?;
    }
    Ok(number)
}

impl Store {
    /// The pool's own key with its number.
    pub(crate) fn own_key(&self) -> Result<(u32, Keyed), StoreError> {
        let sql = "SELECT number, key FROM erasure_keys ORDER BY number LIMIT 1";
        self.connection
            .query_row(sql, [], |row| Ok((row.get(0)?, Keyed::new(&row.get::<_, Vec<u8>>(1)?))))
            .map_err(|e| self.error(e))
    }

    /// Every erasure, in order.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn erasures(&self) -> Result<Vec<Erasure>, StoreError> {
        let sql = "SELECT number, who, made, reason, why, until, kinds, exports, alike, lifted FROM erasures
                   ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let read = |row: &rusqlite::Row<'_>| {
            let text = |at| row.get::<_, String>(at);
            let alike: Vec<u32> = serde_json::from_str(&text(8)?).unwrap_or_default();
            Ok(Erasure {
                number: row.get(0)?,
                who: text(1)?,
                made: text(2)?,
                reason: Reason::of_word(&text(3)?),
                why: text(4)?,
                until: row.get::<_, Option<String>>(5)?.and_then(|day| day.parse().ok()),
                kinds: serde_json::from_str(&text(6)?).unwrap_or_default(),
                exports: serde_json::from_str(&text(7)?).unwrap_or_default(),
                alike: alike.into_iter().map(CandidateNumber).collect(),
                lifted: row.get(9)?,
            })
        };
        let rows = statement.query_map([], read).map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// The last erasure of whoever had this number; `None` where there was none.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn erasure_of(&self, number: CandidateNumber) -> Result<Option<Erasure>, StoreError> {
        let Some((_, keyed)) =
            self.own_key().map(Some).or_else(|e| if e.is_no_row() { Ok(None) } else { Err(e) })?
        else {
            return Ok(None);
        };
        self.erasure_with(&keyed.number(number))
    }

    /// The last erasure of whoever was known by this key; `None` where there was none.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn erasure_by(&self, key: &Identity) -> Result<Option<Erasure>, StoreError> {
        let sql = "SELECT key FROM erasure_keys ORDER BY number";
        let keys: Vec<Vec<u8>> = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(|e| self.error(e))?;
        for keyed in keys.iter().map(|bytes| Keyed::new(bytes)) {
            for form in key.forms() {
                if let Some(found) = self.erasure_with(&keyed.identity(&form))? {
                    return Ok(Some(found));
                }
            }
        }
        Ok(None)
    }

    fn erasure_with(&self, hash: &Hash) -> Result<Option<Erasure>, StoreError> {
        let sql = "SELECT max(erasure) FROM suppressed WHERE hash = ?1";
        let number: Option<u32> =
            self.connection.query_row(sql, [hash], |row| row.get(0)).map_err(|e| self.error(e))?;
        let Some(number) = number else { return Ok(None) };
        Ok(self.erasures()?.into_iter().find(|erasure| erasure.number == number))
    }

    /// Lets rows about an erased person in again; what was erased stays erased. Says whether it held.
    ///
    /// # Errors
    /// No such erasure; anything that SQLite refuses.
    pub fn lift_erasure(&mut self, erasure: u32, why: &str) -> Result<bool, StoreError> {
        let actor = self.actor.clone();
        let change = self.change()?;
        let path = self.path.clone();
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let transaction = self.connection.transaction().map_err(wrap)?;
        let lifted: Option<Option<String>> = transaction
            .query_row("SELECT lifted FROM erasures WHERE number = ?1", [erasure], |row| row.get(0))
            .optional()
            .map_err(wrap)?;
        match lifted {
            None => return Err(StoreError::NoErasure(erasure)),
            Some(Some(_)) => return Ok(false),
            Some(None) => {}
        }
        transaction
            .execute("UPDATE erasures SET lifted = ?2 WHERE number = ?1", params![erasure, actor.made])
            .and_then(|_| {
                let what = format!("hold of erasure {erasure} lifted");
                audit::write(&transaction, &actor, change, &what, why)
            })
            .map_err(wrap)?;
        transaction.commit().map_err(wrap)?;
        Ok(true)
    }

    /// What the pool knows of its erasures, for a pool that is restored.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn erasure_list(&self) -> Result<ErasureList, StoreError> {
        const SQL: &str = "
            SELECT erasures.number, hex(erasure_keys.key), suppressed.kind, hex(suppressed.hash)
            FROM erasures JOIN erasure_keys ON erasure_keys.number = erasures.key
            JOIN suppressed ON suppressed.erasure = erasures.number
            WHERE erasures.lifted IS NULL AND suppressed.kind <> 'number' ORDER BY 1, 3, 4";
        let known = self.erasures()?;
        let mut statement = self.connection.prepare_cached(SQL).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .map_err(|e| self.error(e))?;
        let mut list: Vec<(u32, ListedErasure)> = Vec::new();
        for row in rows {
            let (number, key, kind, hash): (u32, String, String, String) = row.map_err(|e| self.error(e))?;
            if list.last().is_none_or(|(last, _)| *last != number) {
                let Some(known) = known.iter().find(|erasure| erasure.number == number) else { continue };
                let listed = ListedErasure {
                    key,
                    who: known.who.clone(),
                    made: known.made.clone(),
                    why: known.why.clone(),
                    until: known.until,
                    hashes: Vec::new(),
                };
                list.push((number, listed));
            }
            let (_, listed) = list.last_mut().expect("one was put there above");
            listed.hashes.push((kind, hash));
        }
        let erasures = list.into_iter().map(|(_, listed)| listed).collect();
        Ok(ErasureList { format: ERASURE_LIST_FORMAT, erasures })
    }

    /// Takes over what another pool knows of its erasures, those that this one does not know yet; says how many they
    /// were. Rows about these people are held from here on. Who of them is in this pool, [`Store::erased_elsewhere`]
    /// says.
    ///
    /// # Errors
    /// A list of another form, or with something in it that is no hash; anything that SQLite refuses. Nothing is done
    /// then.
    pub fn adopt_erasures(&mut self, list: &ErasureList) -> Result<u64, StoreError> {
        let bad = || StoreError::BadErasureList;
        if list.format != ERASURE_LIST_FORMAT {
            return Err(bad());
        }
        let path = self.path.clone();
        let wrap = |source| StoreError::Sqlite { path: path.clone(), source };
        let (actor, change) = (self.actor.clone(), self.change()?);
        let transaction = self.connection.transaction().map_err(wrap)?;
        let mut adopted = 0;
        for erasure in &list.erasures {
            let key = from_hex(&erasure.key).filter(|key| key.len() == HASH_BYTES).ok_or_else(bad)?;
            let mut hashes = BTreeSet::new();
            for (kind, hash) in &erasure.hashes {
                let hash: Hash = from_hex(hash).and_then(|hash| hash.try_into().ok()).ok_or_else(bad)?;
                hashes.insert((kind.clone(), hash));
            }
            transaction
                .execute("INSERT OR IGNORE INTO erasure_keys (key) VALUES (?1)", [&key])
                .map_err(wrap)?;
            let key: u32 = transaction
                .query_row("SELECT number FROM erasure_keys WHERE key = ?1", [&key], |row| row.get(0))
                .map_err(wrap)?;
            let sql = "SELECT count(*) FROM erasures WHERE key = ?1 AND who = ?2 AND made = ?3";
            let known: i64 = transaction
                .query_row(sql, params![key, erasure.who, erasure.made], |row| row.get(0))
                .map_err(wrap)?;
            if known > 0 {
                continue;
            }
            let new = NewErasure {
                key,
                who: &erasure.who,
                made: &erasure.made,
                reason: Reason::Restored,
                why: &erasure.why,
                until: erasure.until,
                exports: &[],
                alike: &[],
                hashes: &hashes,
            };
            write(&transaction, &new).map_err(wrap)?;
            adopted += 1;
        }
        if adopted > 0 {
            let what = format!("{adopted} erasures taken over from another pool");
            audit::write(&transaction, &actor, change, &what, "").map_err(wrap)?;
        }
        transaction.commit().map_err(wrap)?;
        Ok(adopted)
    }

    /// People of this pool who are known by what is held: in a pool that was restored, those who were erased since its
    /// backup. In the order of numbers, each as they are now, with the last day whose rows are held.
    ///
    /// # Errors
    /// A damaged record; anything that SQLite refuses.
    pub fn erased_elsewhere(&self) -> Result<Vec<(CandidateNumber, Option<Date>)>, StoreError> {
        let reading = self.reading();
        let mut found: BTreeMap<CandidateNumber, Option<Date>> = BTreeMap::new();
        for (origin, until) in Suppressed::read(&reading)?.people(&reading)? {
            let number = self.survivor(CandidateNumber(origin))?;
            let newest = reading.record(number)?.and_then(|record| newest_day(&record));
            // Who has written again since is there by right.
            if until.is_none_or(|until| newest.is_none_or(|newest| newest <= until)) {
                found
                    .entry(number)
                    .and_modify(|known| *known = known.zip(until).map(|(a, b)| a.max(b)))
                    .or_insert(until);
            }
        }
        Ok(found.into_iter().collect())
    }
}

/// The newest day on which anything was said of a person.
#[must_use]
pub fn newest_day(record: &stackscout_profile::Record) -> Option<Date> {
    record.parts.iter().flat_map(|part| &part.as_of).map(|date| date.as_of).max()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

#[cfg(test)]
mod tests {
    //! - the hash is the one that the standard defines
    //! - equal texts of two kinds, or in two scopes, have two hashes

    use super::*;

    #[test]
    fn the_hash_is_that_of_the_standard() {
        // RFC 4231, test case 2.
        let mut mac = Keyed::new(b"Jefe").0;
        mac.update(b"what do ya want for nothing?");
        let hash: Hash = mac.finalize().into_bytes().into();
        let wanted = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(Some(hash.to_vec()), from_hex(wanted));
    }

    #[test]
    fn kind_and_scope_are_part_of_the_hash() {
        let keyed = Keyed::new(&[7; 32]);
        let key = |kind, scope: &str, key: &str| {
            keyed.identity(&Identity { kind, scope: scope.to_owned(), key: key.to_owned() })
        };
        let all = [key("id", "a", "bc"), key("id", "ab", "c"), key("row", "a", "bc"), key("id", "", "abc")];
        for (at, hash) in all.iter().enumerate() {
            assert!(!all[at + 1..].contains(hash));
        }
        assert_eq!(key("id", "a", "bc"), all[0]);
        assert_ne!(
            Keyed::new(&[8; 32]).identity(&Identity { kind: "id", scope: "a".into(), key: "bc".into() }),
            all[0]
        );
    }
}
