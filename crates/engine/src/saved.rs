//! Saved searches: a query under a name, and who matched when it was last run.
//!
//! They stand in `searches.json` in the pool's folder, written beside and renamed, so that the file is whole or as it was.
//! Who matched is kept as ranges of candidate numbers: no person's data, and a number is never given twice.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use stackscout_importer::text_file::{TextFileError, read_bytes};
pub use stackscout_indexer::Explained;
use stackscout_indexer::{Query, QueryError, Reading, SavedQuery};
use stackscout_profile::{CandidateNumber, Date};

use crate::lock::WriteLock;
use crate::roles::hex;
use crate::{EngineError, Pool, durable, kept_files};

pub(crate) const FILE: &str = "searches.json";
/// Version of the file. Another one is refused.
const FORMAT: u32 = 1;
/// Signs of a name at most.
const NAME_CHARS_MAX: usize = 64;
/// Saved searches of a pool at most: each is run by every import.
pub const SAVED_MAX: usize = 200;
/// Bytes of the file at most: of a million people, every other one seen by each of two hundred searches, is as much as
/// fits the memory of a search.
const FILE_BYTES_MAX: usize = 64 << 20;
/// People that one search may have seen: more than a pool is made for.
const SEEN_MAX: usize = 20_000_000;

#[derive(Debug, Serialize, Deserialize)]
struct File {
    format: u32,
    searches: Vec<SavedSearch>,
    /// Over the searches; absent where an older program wrote them.
    #[serde(default)]
    sum: Option<String>,
}

/// A name for what saved searches say, against accidents.
fn sum(searches: &[SavedSearch]) -> String {
    let text = serde_json::to_vec(searches).expect("names, queries and ranges are plain data");
    hex(&Sha256::digest(text)[..8])
}

/// A query that was kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// Letters, digits, `-`, `_` and `.`; unique in the pool.
    pub name: String,
    /// As it was typed: what `now` and a name mean is decided at each run.
    pub query: String,
    /// Date of the pool when it was last run.
    pub as_of: Option<Date>,
    /// Change of the records when it was last run.
    pub change: u64,
    /// How many matched then.
    pub total: u64,
    /// Who matched then, as ranges such as `1-3,7`.
    seen: String,
}

impl SavedSearch {
    /// Whether a person was among those who matched.
    #[must_use]
    pub fn has_seen(&self, number: CandidateNumber) -> bool {
        numbers(&self.seen).is_some_and(|seen| seen.contains(&number))
    }
}

/// What a saved search finds that it did not find when it was last run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SavedNews {
    /// Its name.
    pub name: String,
    /// How many newly match; `None` where the query cannot be read any more.
    pub new: Option<u64>,
}

/// How a query was read, for whoever wants to know before running it.
#[derive(Debug, Clone)]
pub struct Understood {
    /// In canonical words.
    pub query: String,
    /// As a tree of sentences.
    pub explained: Explained,
    /// Readings that could have been others.
    pub notes: Vec<String>,
    /// What is not known of people who else would match, and of how many.
    pub not_known: Vec<(String, u64)>,
}

impl Pool {
    /// The saved searches, by name.
    ///
    /// # Errors
    /// A file of another format, or one that cannot be read.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, EngineError> {
        read(&self.folder)
    }

    /// The saved search of a name.
    ///
    /// # Errors
    /// None of that name, with those that there are.
    pub fn saved_search(&self, name: &str) -> Result<SavedSearch, EngineError> {
        let all = self.saved_searches()?;
        let known = all.iter().map(|saved| saved.name.clone()).collect();
        let found = all.into_iter().find(|saved| saved.name == name);
        found.ok_or_else(|| EngineError::NoSavedSearch { name: name.to_owned(), known })
    }

    /// Keeps a query under a name, with those who match now as seen. The same query again is seen again.
    ///
    /// # Errors
    /// A name or query that will not do; another query that has the name; another writer.
    pub fn save_search(&mut self, name: &str, text: &str) -> Result<(), EngineError> {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let is_name = name.chars().all(allowed) && name.starts_with(char::is_alphanumeric);
        if !is_name || name.chars().count() > NAME_CHARS_MAX {
            return Err(EngineError::BadSavedName(name.to_owned()));
        }
        let query = self.read_alone(text)?;
        let entry = self.run_saved(name.to_owned(), text.to_owned(), &query)?;
        self.change_saved(|all| {
            let is_same = |kept: &str| kept.split_whitespace().eq(text.split_whitespace());
            if let Some(other) = all.iter().find(|saved| saved.name == name && !is_same(&saved.query)) {
                return Err(EngineError::NameOfAnother { name: name.to_owned(), query: other.query.clone() });
            }
            all.retain(|saved| saved.name != name);
            all.push(entry);
            if all.len() > SAVED_MAX { Err(EngineError::TooManySaved) } else { Ok(()) }
        })
    }

    /// Marks who matches a saved search now as seen.
    ///
    /// # Errors
    /// None of that name; another writer.
    pub fn mark_seen(&mut self, name: &str) -> Result<(), EngineError> {
        let saved = self.saved_search(name)?;
        let query = self.read_alone(&saved.query)?;
        let entry = self.run_saved(saved.name, saved.query, &query)?;
        self.change_saved(|all| {
            if let Some(found) = all.iter_mut().find(|found| found.name == entry.name) {
                *found = entry;
            }
            Ok(())
        })
    }

    /// Takes people out of the lists of who was seen, and away those searches whose words name one of them; gives how
    /// many lists, and the searches. Called under the lock.
    pub(crate) fn forget_in_searches(
        &self,
        people: &[CandidateNumber],
        names: impl Fn(&str) -> bool,
    ) -> Result<(u64, Vec<String>), EngineError> {
        let mut searches = read(&self.folder)?;
        let (mut lists, mut removed) = (0, Vec::new());
        searches.retain(|saved| {
            let names = names(&saved.query) || names(&saved.name);
            if names {
                removed.push(saved.name.clone());
            }
            !names
        });
        for saved in &mut searches {
            let mut seen =
                numbers(&saved.seen).ok_or(EngineError::SavedUnreadable(self.folder.join(FILE)))?;
            let before = seen.len();
            seen.retain(|number| !people.contains(number));
            if seen.len() < before {
                saved.seen = ranges(&seen);
                saved.total = seen.len() as u64;
                lists += 1;
            }
        }
        if lists > 0 || !removed.is_empty() {
            write(&self.folder, searches)?;
        }
        durable::sweep(&self.folder, FILE)?;
        Ok((lists, removed))
    }

    /// Removes a saved search.
    ///
    /// # Errors
    /// None of that name; another writer.
    pub fn remove_saved_search(&self, name: &str) -> Result<(), EngineError> {
        self.saved_search(name)?;
        self.change_saved(|all| {
            all.retain(|saved| saved.name != name);
            Ok(())
        })
    }

    /// What each saved search finds that it did not find when it was last run; those with nothing new are left out.
    ///
    /// # Errors
    /// An index or a file that cannot be read.
    pub fn saved_news(&mut self) -> Result<Vec<SavedNews>, EngineError> {
        let saved = self.saved_searches()?;
        if saved.is_empty() {
            return Ok(Vec::new());
        }
        let queries = queries(&saved);
        let (taxonomy, today) = (self.taxonomy.clone(), self.as_of()?);
        let reading = Reading { taxonomy: &taxonomy, today, saved: &queries };
        let mut news = Vec::new();
        for saved in saved {
            let new = match Query::read(&format!("new_since:{}", saved.name), &reading) {
                Ok(query) => Some(self.count_of(&query)?),
                Err(_) => None,
            };
            if new != Some(0) {
                news.push(SavedNews { name: saved.name, new });
            }
        }
        Ok(news)
    }

    /// Reads a query with the pool's taxonomy, date and saved searches.
    ///
    /// # Errors
    /// A query that cannot be read, with its place marked.
    pub fn read_query(&self, text: &str) -> Result<Query, EngineError> {
        self.read_beside(text, &queries(&self.saved_searches()?))
    }

    /// Reads the query of a saved search, which names no other: it would change with it.
    fn read_alone(&self, text: &str) -> Result<Query, EngineError> {
        self.read_beside(text, &[])
    }

    fn read_beside(&self, text: &str, saved: &[SavedQuery]) -> Result<Query, EngineError> {
        let reading = Reading { taxonomy: &self.taxonomy, today: self.as_of()?, saved };
        Query::read(text, &reading).map_err(|error| refused(text, error))
    }

    /// Says how a query was read, and of how many people it is not known whether they match.
    ///
    /// # Errors
    /// A query that cannot be read; an index that cannot.
    pub fn understand(&mut self, text: &str) -> Result<Understood, EngineError> {
        let query = self.read_query(text)?;
        let mut not_known = Vec::new();
        let unknown = query.not_known(&self.taxonomy);
        let total = if unknown.is_empty() { 0 } else { self.count_of(&query)? };
        for unknown in unknown {
            let more = self.count_of(&unknown.query)?.saturating_sub(total);
            if more > 0 {
                not_known.push((unknown.what, more));
            }
        }
        Ok(Understood {
            query: query.understood(),
            explained: query.explained(&self.taxonomy),
            notes: query.notes().iter().map(|note| note.text.clone()).collect(),
            not_known,
        })
    }

    fn run_saved(&mut self, name: String, text: String, query: &Query) -> Result<SavedSearch, EngineError> {
        let numbers = self.answer(|_, finder| Ok(finder.numbers(query)?))?;
        let (as_of, change) = (self.as_of()?, self.store.change()?);
        Ok(SavedSearch {
            name,
            query: text,
            as_of,
            change,
            total: numbers.len() as u64,
            seen: ranges(&numbers),
        })
    }

    pub(crate) fn count_of(&mut self, query: &Query) -> Result<u64, EngineError> {
        self.answer(|_, finder| Ok(finder.find(query)?.total()))
    }

    /// Reads, changes and writes under the pool's lock.
    fn change_saved(
        &self,
        change: impl FnOnce(&mut Vec<SavedSearch>) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let Some(_lock) = WriteLock::try_take(&self.folder)? else {
            return Err(EngineError::Locked(self.folder.clone()));
        };
        let mut searches = read(&self.folder)?;
        change(&mut searches)?;
        searches.sort_by(|a, b| a.name.cmp(&b.name));
        write(&self.folder, searches)
    }
}

pub(crate) fn refused(text: &str, error: QueryError) -> EngineError {
    EngineError::Query { rendered: error.render(text), error }
}

fn queries(saved: &[SavedSearch]) -> Vec<SavedQuery> {
    saved
        .iter()
        .map(|saved| SavedQuery {
            name: saved.name.clone(),
            query: saved.query.clone(),
            seen: numbers(&saved.seen).unwrap_or_default(),
        })
        .collect()
}

pub(crate) fn read(folder: &Path) -> Result<Vec<SavedSearch>, EngineError> {
    let path = folder.join(FILE);
    let text = match read_bytes(&path, FILE_BYTES_MAX) {
        Ok(text) => text,
        Err(e) if e.is_absent() => return Ok(Vec::new()),
        Err(TextFileError::Io(e)) => return Err(EngineError::io("read", &path, e)),
        Err(_) => return Err(EngineError::SavedUnreadable(path)),
    };
    let file: File = serde_json::from_slice(&text).map_err(|_| EngineError::SavedUnreadable(path.clone()))?;
    // Ranges that nobody wrote could stand for all numbers that there are, many times over.
    let is_sound =
        |saved: &SavedSearch| matches!(numbers(&saved.seen), Some(seen) if seen.len() as u64 == saved.total);
    let is_as_written = file.sum.as_ref().is_none_or(|written| *written == sum(&file.searches));
    let is_whole = file.searches.len() <= SAVED_MAX && file.searches.iter().all(is_sound);
    if file.format != FORMAT || !is_as_written || !is_whole {
        return Err(EngineError::SavedUnreadable(path));
    }
    Ok(file.searches)
}

fn write(folder: &Path, searches: Vec<SavedSearch>) -> Result<(), EngineError> {
    let sum = Some(sum(&searches));
    let text = serde_json::to_string_pretty(&File { format: FORMAT, searches, sum })
        .expect("names, queries and ranges are plain data")
        + "\n";
    durable::write(folder, FILE, &text)?;
    kept_files::note(folder, false)
}

/// Ascending numbers as ranges: `1-3,7`.
fn ranges(numbers: &[CandidateNumber]) -> String {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for CandidateNumber(number) in numbers {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => found.push((*number, *number)),
        }
    }
    let shown = found.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") });
    shown.collect::<Vec<_>>().join(",")
}

/// The numbers of ranges; `None` where they are not in ascending order, or are more than a pool holds.
fn numbers(ranges: &str) -> Option<Vec<CandidateNumber>> {
    let mut numbers = Vec::new();
    let mut last = None;
    for range in ranges.split(',').filter(|range| !range.is_empty()) {
        let (from, to) = range.split_once('-').unwrap_or((range, range));
        let (from, to) = (from.parse::<u32>().ok()?, to.parse::<u32>().ok()?);
        let room = SEEN_MAX.checked_sub(numbers.len())?;
        if from > to || last.is_some_and(|last| from <= last) || (to - from) as usize >= room {
            return None;
        }
        numbers.extend((from..=to).map(CandidateNumber));
        last = Some(to);
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ranges_read_back(found in prop::collection::btree_set(1u32..60, 0..40)) {
            let found: Vec<CandidateNumber> = found.into_iter().map(CandidateNumber).collect();
            prop_assert_eq!(numbers(&ranges(&found)), Some(found));
        }
    }

    #[test]
    fn neighbours_are_one_range() {
        let found: Vec<CandidateNumber> = [1, 2, 3, 7, 9, 10].map(CandidateNumber).into();
        assert_eq!(ranges(&found), "1-3,7,9-10");
    }

    #[test]
    fn ranges_that_nobody_wrote_are_none() {
        for bad in ["0-4294967295", "3-1", "5,4", "1-2,2", "1-", "x", "-1", "1--2"] {
            assert_eq!(numbers(bad), None, "{bad}");
        }
        assert_eq!(numbers(""), Some(vec![]));
    }
    #[test]
    fn a_name_stands_for_one_query() {
        let folder = tempfile::tempdir().unwrap();
        let (file, path) = (folder.path().join("a.csv"), folder.path().join("pool"));
        std::fs::write(&file, "id,skills\n1,Django\n").unwrap();
        let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
        let request = crate::ImportRequest {
            files: &[file],
            options: stackscout_importer::ImportOptions::default(),
            as_of: "2026-11-01".parse().unwrap(),
            dry_run: false,
            strict: false,
            progress: &|_| {},
            actor: crate::Actor::default(),
            why: "",
        };
        Pool::import(&path, &taxonomy, &request).unwrap();
        let mut pool = Pool::open(&path, taxonomy).unwrap();
        pool.save_search("mine", "django").unwrap();
        pool.save_search("mine", "django ").unwrap();
        let refused = pool.save_search("mine", "react").unwrap_err();
        assert!(matches!(refused, EngineError::NameOfAnother { query, .. } if query == "django "));
        assert_eq!(pool.saved_search("mine").unwrap().query, "django ");
    }
}
