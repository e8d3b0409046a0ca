//! Who is meant: a person by candidate id, by the id that a source gave, by e-mail address or by name.

use stackscout_profile::{Candidate, CandidateNumber, Cell, Field, Part, Reading, Record, Value};
use stackscout_store::identity::{email_key, email_texts, name_key};
use stackscout_taxonomy::spelling::exact_key;

use crate::{EngineError, Pool, Sight};

/// People named where several are meant: enough to choose from, few enough to read.
const NAMED_MAX: usize = 10;

impl Pool {
    /// Finds a person by candidate id (`c0000012`), by the id that a source gave, by e-mail address, or by name: the
    /// whole name in any order of words, or else some words of it.
    ///
    /// # Errors
    /// Nobody; several people, named by their ids and what tells them apart.
    pub fn find_candidate(&self, who: &str) -> Result<CandidateNumber, EngineError> {
        self.find_candidate_at(who, self.store.change()?)
    }

    /// Finds a person among the records as they stood after `change`.
    pub(crate) fn find_candidate_at(&self, who: &str, change: u64) -> Result<CandidateNumber, EngineError> {
        let who = who.trim();
        let known = self.store.by_external_id(who, change)?;
        if let Ok(number) = who.parse::<CandidateNumber>() {
            // Who was merged into somebody is that person now.
            let survivor = self.store.survivor_at(number, change)?;
            if self.record_then(survivor, change)?.is_some() {
                return Ok(survivor);
            }
            if known.is_empty() && self.store.forgotten_since(0)?.contains(&number) {
                return Err(EngineError::Erased(number));
            }
        }
        let mut numbers: Vec<CandidateNumber> = known.iter().map(|(_, number)| *number).collect();
        numbers.sort();
        numbers.dedup();
        match numbers.as_slice() {
            [] if self.sight() == Sight::Blind => Err(match who.parse::<CandidateNumber>() {
                Ok(number) => EngineError::NoCandidate(number.to_string()),
                Err(_) => EngineError::BlindName,
            }),
            [] if who.contains('@') => self.by_email(who, change),
            [] => self.by_name(who, change),
            [number] => Ok(*number),
            _ => {
                let is_open = self.sight() == Sight::Open;
                let named = |(source, n): &(String, CandidateNumber)| {
                    if is_open { format!("{n} ({source})") } else { n.to_string() }
                };
                let candidates = known.iter().map(named).collect();
                Err(EngineError::Ambiguous { id: who.to_owned(), candidates })
            }
        }
    }

    fn by_email(&self, who: &str, change: u64) -> Result<CandidateNumber, EngineError> {
        let numbers = match email_key(who) {
            Some(key) => self.store.by_email(&key, change)?,
            // An address that identifies nobody still stands in records.
            None => {
                let wanted = exact_key(who);
                self.people_with(change, |part| email_texts(part).contains(&wanted))?
            }
        };
        self.one_of(&numbers, "e-mail address", change)?.ok_or(EngineError::Nobody("e-mail address"))
    }

    fn by_name(&self, who: &str, change: u64) -> Result<CandidateNumber, EngineError> {
        let unknown = || {
            // One word may be a mistyped id, which is nobody's secret; several words are a name.
            if who.contains(char::is_whitespace) {
                EngineError::Nobody("name")
            } else {
                EngineError::NoCandidate(who.to_owned())
            }
        };
        let wanted = name_key(&named(who)).ok_or_else(unknown)?;
        let words: Vec<&str> = wanted.split(' ').collect();
        let (mut whole, mut partly) = (Vec::new(), Vec::new());
        self.each_record(change, |record| {
            let names = || record.parts.iter().filter_map(name_key);
            let has = |name: &String| words.iter().all(|word| name.split(' ').any(|w| w == *word));
            if names().any(|name| name == wanted) {
                whole.push(record.number);
            } else if names().any(|name| has(&name)) {
                partly.push(record.number);
            }
        })?;
        let numbers = if whole.is_empty() { partly } else { whole };
        self.one_of(&numbers, "name", change)?.ok_or_else(unknown)
    }

    fn people_with(
        &self,
        change: u64,
        holds: impl Fn(&Part) -> bool,
    ) -> Result<Vec<CandidateNumber>, EngineError> {
        let mut numbers = Vec::new();
        self.each_record(change, |record| {
            if record.parts.iter().any(&holds) {
                numbers.push(record.number);
            }
        })?;
        Ok(numbers)
    }

    /// The only one; `None` where there is nobody.
    fn one_of(
        &self,
        numbers: &[CandidateNumber],
        what: &'static str,
        change: u64,
    ) -> Result<Option<CandidateNumber>, EngineError> {
        if let [] | [_] = numbers {
            return Ok(numbers.first().copied());
        }
        let mut candidates = Vec::new();
        for number in numbers.iter().take(NAMED_MAX) {
            if let Some(record) = self.record_then(*number, change)? {
                candidates.push(self.told_apart(&record));
            }
        }
        Err(EngineError::SeveralPeople { what, more: numbers.len() - candidates.len(), candidates })
    }

    /// A person by what is no text of theirs: `c0000012 (survey, DE, 8 years, 12 skills)`.
    fn told_apart(&self, record: &Record) -> String {
        let candidate = Candidate::read(record, &self.taxonomy).0;
        let mut words: Vec<String> = record.parts.iter().map(|part| part.source.clone()).collect();
        words.dedup();
        words.extend(candidate.country.map(|country| country.to_string()));
        words.extend(candidate.total_years.map(|years| format!("{years} years")));
        let skills = candidate.skills.len();
        words.push(format!("{skills} {}", if skills == 1 { "skill" } else { "skills" }));
        format!("{} ({})", record.number, words.join(", "))
    }
}

/// A part that says nothing but a name.
fn named(name: &str) -> Part {
    let cell = Cell { import: 0, line: 0 };
    let value = Value {
        field: Field::Name,
        column: String::new(),
        text: name.to_owned(),
        cell,
        reading: Reading::default(),
    };
    Part::new("", None, vec![value])
}
