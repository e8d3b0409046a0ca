//! What people decided: who stands how for which role, as statements that are never changed.
//!
//! Each decision is a row of its own, and one change. Of one person and one role the last statement stands; taking a
//! decision back is a statement, too. So the decisions as they stood after any change can be read for ever, and who
//! decided otherwise later does not hide who decided first.
//!
//! A decision keeps the number that it was made about. Merged people are one person with the decisions of both, of which
//! again the last one on a role stands; parted people have their own decisions back.
//!
//! The entry of the audit log holds a seal of the row: a hash over a random number and what the row says. A row that was
//! changed outside of the program no longer fits its seal; of an erased person's row the seal says nothing.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use stackscout_profile::{CandidateNumber, DecisionState};

use crate::audit;
use crate::{Store, StoreError};

/// A decision that is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// About whom.
    pub candidate: CandidateNumber,
    /// Id of the role.
    pub role: String,
    /// Fingerprint of the role's file; `None` where only its id was given.
    pub fingerprint: Option<String>,
    /// What was decided.
    pub state: DecisionState,
    /// Why.
    pub why: String,
    /// The run that it was decided on, and the person's place in its list, where they stood on it.
    pub run: Option<(u32, Option<u32>)>,
}

/// A decision as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// From 1; never given twice.
    pub number: u64,
    /// The change that it made.
    pub change: u64,
    /// About whom: where it stands, who the person is; in the list of all, the number at that time.
    pub candidate: CandidateNumber,
    /// Id of the role.
    pub role: String,
    /// Fingerprint of the role's file; `None` where only its id was given.
    pub fingerprint: Option<String>,
    /// What was decided.
    pub state: DecisionState,
    /// The run that it was decided on.
    pub run: Option<u32>,
    /// The person's place in that run's list; `None` where they did not stand on it.
    pub place: Option<u32>,
    /// When.
    pub made: String,
    /// By whom.
    pub who: String,
    /// Why.
    pub why: String,
    nonce: Vec<u8>,
}

const SELECT: &str =
    "SELECT number, change, candidate, role, fingerprint, state, run, place, made, who, why, nonce
    FROM decisions WHERE change <= ?1 ORDER BY number";

/// What an entry of the audit log says before the seal of a decision.
const SEALED: &str = ", seal ";

impl Decision {
    /// Thirty-two hex digits over all that the row says.
    fn seal(&self) -> String {
        let mut hash = Sha256::new();
        let number = |n: Option<u32>| n.map_or(String::new(), |n| n.to_string());
        let (run, place) = (number(self.run), number(self.place));
        let own = [self.number.to_string(), self.change.to_string(), self.candidate.to_string()];
        let fingerprint = self.fingerprint.as_deref().unwrap_or_default();
        let texts =
            [&self.role, fingerprint, self.state.word(), &run, &place, &self.made, &self.who, &self.why];
        hash.update(&self.nonce);
        for text in own.iter().map(String::as_str).chain(texts) {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        hash.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What the audit log says of it: no word of the reason, which is erased with the person.
    fn entry(&self) -> String {
        let on = self.run.map_or(String::new(), |run| format!(" on run {run}"));
        let (number, candidate, role) = (self.number, self.candidate, &self.role);
        format!(
            "decision {number}: {candidate} {} for `{role}`{on}{SEALED}{}",
            self.state.word(),
            self.seal()
        )
    }
}

impl Store {
    /// Writes a decision down, and gives its number. It is one change.
    ///
    /// # Errors
    /// Somebody who is not there; a decision to take back that nobody made; one that stands already; anything that
    /// SQLite refuses. Nothing is done then.
    pub fn decide(&mut self, new: &NewDecision) -> Result<u64, StoreError> {
        let candidate = self.survivor(new.candidate)?;
        self.record(candidate)?.ok_or(StoreError::Nobody(new.candidate))?;
        let standing = self.decisions_standing(self.change()?)?;
        let now = standing.iter().find(|d| d.candidate == candidate && d.role == new.role).map(|d| d.state);
        let refused = || StoreError::Decided { candidate, role: new.role.clone(), state: now };
        if now.unwrap_or(DecisionState::TakenBack) == new.state {
            return Err(refused());
        }
        let actor = self.actor.clone();
        let writing = self.begin()?;
        let (run, place) = new.run.map_or((None, None), |(run, place)| (Some(run), place));
        let sqlite = |e| writing.error(e);
        let nonce: Vec<u8> =
            writing.transaction.query_row("SELECT randomblob(16)", [], |row| row.get(0)).map_err(sqlite)?;
        let insert = "INSERT INTO decisions (change, candidate, role, fingerprint, state, run, place, made, who, why, nonce)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        writing
            .transaction
            .execute(
                insert,
                params![
                    writing.change.cast_signed(),
                    candidate.0,
                    new.role,
                    new.fingerprint,
                    new.state.word(),
                    run,
                    place,
                    actor.made,
                    actor.who,
                    new.why,
                    nonce
                ],
            )
            .map_err(sqlite)?;
        let made = Decision {
            number: writing.transaction.last_insert_rowid().cast_unsigned(),
            change: writing.change,
            candidate,
            role: new.role.clone(),
            fingerprint: new.fingerprint.clone(),
            state: new.state,
            run,
            place,
            made: actor.made.clone(),
            who: actor.who.clone(),
            why: new.why.clone(),
            nonce,
        };
        audit::write(&writing.transaction, &actor, writing.change, &made.entry(), "").map_err(sqlite)?;
        writing.commit()?;
        Ok(made.number)
    }

    /// Every decision up to `change`, in order, about the numbers that they were made about.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn decisions(&self, change: u64) -> Result<Vec<Decision>, StoreError> {
        read(&self.connection, change).map_err(|e| self.error(e))
    }

    /// The decisions that stood after `change`: of each person, as they were merged then, and each role the last one,
    /// unless it was taken back; in the order of roles, then of people. People who were not there then are among them.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn decisions_standing(&self, change: u64) -> Result<Vec<Decision>, StoreError> {
        let mut last: BTreeMap<(String, CandidateNumber), Decision> = BTreeMap::new();
        for mut decision in self.decisions(change)? {
            decision.candidate = self.survivor_at(decision.candidate, change)?;
            last.insert((decision.role.clone(), decision.candidate), decision);
        }
        Ok(last.into_values().filter(|d| d.state != DecisionState::TakenBack).collect())
    }

    /// Decisions that are not what their entry in the audit log sealed, by number.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub(crate) fn decisions_unsealed(&self, entries: &[audit::AuditEntry]) -> Result<Vec<u64>, StoreError> {
        let sealed: std::collections::HashSet<&str> =
            entries.iter().map(|entry| entry.what.as_str()).collect();
        let all = self.decisions(i64::MAX.cast_unsigned())?;
        let mut faults: Vec<u64> =
            all.iter().filter(|d| !sealed.contains(d.entry().as_str())).map(|d| d.number).collect();
        let erased = self.forgotten_since(0)?;
        let is_gone = |(number, candidate): &(u64, CandidateNumber)| {
            !all.iter().any(|d| d.number == *number) && !erased.contains(candidate)
        };
        faults.extend(sealed.iter().filter_map(|what| told(what)).filter(is_gone).map(|(number, _)| number));
        faults.sort_unstable();
        Ok(faults)
    }
}

/// The number of the decision that an entry tells of, and whom it was about.
fn told(what: &str) -> Option<(u64, CandidateNumber)> {
    let (number, rest) = what.strip_prefix("decision ")?.split_once(": ")?;
    Some((number.parse().ok()?, rest.split(' ').next()?.parse().ok()?))
}

fn read(connection: &Connection, change: u64) -> rusqlite::Result<Vec<Decision>> {
    let mut statement = connection.prepare_cached(SELECT)?;
    let rows = statement.query_map([change.cast_signed()], |row| {
        let state: String = row.get(5)?;
        let state = state.parse::<DecisionState>().map_err(|e| {
            rusqlite::Error::FromSqlConversionFailure(5, rusqlite::types::Type::Text, e.into())
        })?;
        Ok(Decision {
            number: row.get::<_, i64>(0)?.cast_unsigned(),
            change: row.get::<_, i64>(1)?.cast_unsigned(),
            candidate: CandidateNumber(row.get(2)?),
            role: row.get(3)?,
            fingerprint: row.get(4)?,
            state,
            run: row.get(6)?,
            place: row.get(7)?,
            made: row.get(8)?,
            who: row.get(9)?,
            why: row.get(10)?,
            nonce: row.get(11)?,
        })
    })?;
    rows.collect()
}
