//! Who is known by what, and who may be somebody else.

use std::collections::HashMap;

use rusqlite::params;
use stackscout_profile::{CandidateNumber, Date};

use crate::identity::Identity;
use crate::rows::each_row;
use crate::{Store, StoreError};

/// Two people who may be one, for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The one who was there first.
    pub a: CandidateNumber,
    /// The other one.
    pub b: CandidateNumber,
    /// Stable code, such as `same-email-other-name`.
    pub reason: String,
}

/// Who the person of a key is: the number before any merge, and the text beside it.
const BY_ID: &str = "
SELECT scope, number FROM identities WHERE kind = 'id' AND key = ?1 AND since <= ?2
UNION SELECT scope, number FROM past_identities WHERE kind = 'id' AND key = ?1 AND since <= ?2 AND until > ?2
ORDER BY 1, 2";

/// Who shares an address is known by it together with their name, which stands after a line break.
const BY_EMAIL: &str = "
SELECT number FROM identities WHERE scope = '' AND kind = 'email' AND key = ?1 AND since <= ?2
UNION SELECT number FROM identities
WHERE scope = '' AND kind = 'email+name' AND key > ?1 || char(10) AND key < ?1 || char(11) AND since <= ?2
UNION SELECT number FROM past_identities
WHERE scope = '' AND (kind = 'email' AND key = ?1
  OR kind = 'email+name' AND key > ?1 || char(10) AND key < ?1 || char(11)) AND since <= ?2 AND until > ?2
ORDER BY 1";

impl Store {
    /// Pairs of people of whom an import found a key of the one with the other, in the order of numbers: those who are
    /// two people still, and of whom nobody has said that they are.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn reviews(&self) -> Result<Vec<Review>, StoreError> {
        let sql = "SELECT a, b, reason FROM reviews ORDER BY a, b, reason";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .map_err(|e| self.error(e))?;
        let mut reviews = Vec::new();
        for row in rows {
            let (a, b, reason): (u32, u32, String) = row.map_err(|e| self.error(e))?;
            if let Some((a, b)) = self.open_pair(CandidateNumber(a), CandidateNumber(b))? {
                reviews.push(Review { a, b, reason });
            }
        }
        reviews.sort_by(|x, y| (x.a, x.b, &x.reason).cmp(&(y.a, y.b, &y.reason)));
        reviews.dedup();
        Ok(reviews)
    }

    /// The two people whom a pair of numbers stands for now, the first one first; `None` where they are one, or
    /// somebody has said that they are two.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn open_pair(
        &self,
        a: CandidateNumber,
        b: CandidateNumber,
    ) -> Result<Option<(CandidateNumber, CandidateNumber)>, StoreError> {
        let (a, b) = (self.survivor(a)?, self.survivor(b)?);
        let pair = (a.min(b), a.max(b));
        let open = a != b && !self.are_kept_apart(a, b)?;
        Ok(open.then_some(pair))
    }

    /// The newest day of a file with a row about each person, by the number before any merge: rows that said nothing new
    /// count, and leave no trace in a record. Imports that were undone do not count.
    ///
    /// # Errors
    /// A damaged entry; anything that SQLite refuses.
    pub fn newest_rows(&self) -> Result<HashMap<u32, Date>, StoreError> {
        let mut newest: HashMap<u32, Date> = HashMap::new();
        for import in self.imports()? {
            let Ok(day) = import.as_of.parse::<Date>() else { continue };
            each_row(&self.connection, import.number, |row| {
                newest.entry(row.origin).and_modify(|known| *known = (*known).max(day)).or_insert(day);
            })
            .map_err(|e| self.error(e))?
            .ok_or(StoreError::DamagedRows(import.number))?;
        }
        Ok(newest)
    }

    /// Who a number stands for now: itself, or the person whom it was merged into.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn survivor(&self, number: CandidateNumber) -> Result<CandidateNumber, StoreError> {
        self.survivor_at(number, self.change()?)
    }

    /// Who a number stood for after `change`.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn survivor_at(&self, number: CandidateNumber, change: u64) -> Result<CandidateNumber, StoreError> {
        self.reading().survivor_at(number, change)
    }

    /// People whom sources knew by this id after `change`, with the sources.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn by_external_id(
        &self,
        id: &str,
        change: u64,
    ) -> Result<Vec<(String, CandidateNumber)>, StoreError> {
        let mut statement = self.connection.prepare_cached(BY_ID).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map(params![id, change.cast_signed()], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(|e| self.error(e))?;
        let mut found = Vec::new();
        for row in rows {
            let (source, number) = row.map_err(|e| self.error(e))?;
            found.push((source, self.survivor_at(CandidateNumber(number), change)?));
        }
        found.dedup();
        Ok(found)
    }

    /// People who were known by this folded e-mail address after `change`, also those who share it, in the order of
    /// numbers.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn by_email(&self, key: &str, change: u64) -> Result<Vec<CandidateNumber>, StoreError> {
        let mut statement = self.connection.prepare_cached(BY_EMAIL).map_err(|e| self.error(e))?;
        let key = Identity { kind: "email", scope: String::new(), key: key.to_owned() };
        let mut found = Vec::new();
        for form in key.forms() {
            let rows = statement
                .query_map(params![form.key, change.cast_signed()], |row| row.get(0))
                .map_err(|e| self.error(e))?;
            for row in rows {
                found.push(self.survivor_at(CandidateNumber(row.map_err(|e| self.error(e))?), change)?);
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}
