//! Asking the index: who is found by a clause, and which terms there are.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stackscout_profile::CandidateNumber;
use tantivy::collector::{Collector, Count, SegmentCollector};
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentOrdinal, SegmentReader, TERMINATED, Term};

use crate::IndexError;
use crate::directory::Damage;
use crate::open::Segment;
use crate::query::{KeyField, Leaf, Place};
use crate::schema::{Fields, NUMBER, email_hash};

/// Searches in one commit of an index; writers do not change what it sees.
#[derive(Clone)]
pub struct Searcher {
    path: Arc<PathBuf>,
    inner: tantivy::Searcher,
    fields: Fields,
    damage: Damage,
}

impl Searcher {
    pub(crate) fn new(path: &Path, inner: tantivy::Searcher, fields: Fields, damage: Damage) -> Self {
        Self { path: Arc::new(path.to_owned()), inner, fields, damage }
    }

    /// What the engine answered, unless it came upon damage: whatever it made of that is no answer.
    pub(crate) fn sound<T>(&self, answer: tantivy::Result<T>) -> Result<T, IndexError> {
        if let Some(file) = self.damage.file() {
            let reason = format!("`{file}` does not match its checksum");
            return Err(IndexError::Damaged { path: self.path.to_path_buf(), reason });
        }
        answer.map_err(|e| IndexError::engine(&self.path, e))
    }

    /// Shows every term of every segment.
    pub(crate) fn every_term(&self, mut take: impl FnMut(&[u8])) -> Result<(), IndexError> {
        let mut see = || -> tantivy::Result<()> {
            for segment in self.inner.segment_readers() {
                for (field, _) in self.inner.schema().fields() {
                    let terms = segment.inverted_index(field)?;
                    let mut terms = terms.terms().stream()?;
                    while terms.advance() {
                        take(terms.key());
                    }
                }
            }
            Ok(())
        };
        let seen = see();
        self.sound(seen)
    }

    /// Shows the number of everybody whom one clause finds, in no particular order. Clauses that the columns answer are
    /// not to be asked here.
    pub(crate) fn each(&self, leaf: &Leaf, mut see: impl FnMut(CandidateNumber)) -> Result<(), IndexError> {
        if let Leaf::Key { field: KeyField::Email, key } = leaf {
            let seen = self.see_address(key, &mut see);
            return self.sound(seen);
        }
        let query = crate::query::compile_leaf(leaf, &self.fields);
        self.run(&*query.expect("what the columns tell is looked up there"), see)
    }

    /// Goes through the column of addresses: a few milliseconds for a million people. The engine's own search for a range
    /// of values finds others where none is equal (tantivy 0.27), so that each value is compared here.
    fn see_address(&self, key: &str, see: &mut impl FnMut(CandidateNumber)) -> tantivy::Result<()> {
        let hash = email_hash(key);
        let mut block = [0; 1_024];
        for segment in self.inner.segment_readers() {
            let numbers = segment.fast_fields().u64(NUMBER)?;
            let Some(hashes) = segment.fast_fields().column_opt::<u64>(KeyField::Email.word())? else {
                continue;
            };
            let mut found = Vec::new();
            let mut start = 0;
            while start < hashes.values.num_vals() {
                let block = &mut block[..(hashes.values.num_vals() - start).min(1_024) as usize];
                hashes.values.get_range(u64::from(start), block);
                found.extend(
                    (start..).zip(block.iter()).filter(|(_, value)| **value == hash).map(|(at, _)| at),
                );
                start += 1_024;
            }
            // From places in the column to documents.
            hashes.index.select_batch_in_place(0, &mut found);
            for doc in found.into_iter().filter(|doc| !segment.is_deleted(*doc)) {
                let number = numbers.first(doc).and_then(|n| u32::try_from(n).ok());
                number.map(CandidateNumber).into_iter().for_each(&mut *see);
            }
        }
        Ok(())
    }

    pub(crate) fn inner(&self) -> &tantivy::Searcher {
        &self.inner
    }

    fn run(
        &self,
        query: &dyn tantivy::query::Query,
        see: impl FnMut(CandidateNumber),
    ) -> Result<(), IndexError> {
        // The collector asks for no scores, so that none are worked out.
        let found = self.sound(self.inner.search(query, &Numbers))?;
        found.into_iter().flatten().for_each(see);
        Ok(())
    }

    /// The numbers of everybody, ascending.
    #[cfg(test)]
    pub(crate) fn everybody(&self) -> Vec<u32> {
        let mut numbers = Vec::new();
        self.run(&tantivy::query::AllQuery, |number| numbers.push(number.0)).unwrap();
        numbers.sort_unstable();
        numbers
    }

    /// The numbers of all whom a clause finds, ascending.
    #[cfg(test)]
    pub(crate) fn numbers_of(&self, leaf: &Leaf) -> Vec<u32> {
        let mut numbers = Vec::new();
        self.each(leaf, |number| numbers.push(number.0)).unwrap();
        numbers.sort_unstable();
        numbers
    }

    /// The words of names that begin so, at most so many, with how many people have each; those that most people have
    /// come first, then in the order of letters.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn name_words(&self, beginning: &str, limit: usize) -> Result<Vec<(String, u64)>, IndexError> {
        self.sound(self.begin_names(beginning, limit))
    }

    fn begin_names(&self, beginning: &str, limit: usize) -> tantivy::Result<Vec<(String, u64)>> {
        let field = self.fields.place(Place::Name);
        let segments = self.inner.segment_readers().iter();
        let indexes = segments.map(|segment| segment.inverted_index(field)).collect::<Result<Vec<_>, _>>()?;
        let begins = |word: &[u8]| word.starts_with(beginning.as_bytes());
        let mut streams = Vec::with_capacity(indexes.len());
        for index in &indexes {
            let mut terms = index.terms().range().ge(beginning).into_stream()?;
            if terms.advance() && begins(terms.key()) {
                streams.push(terms);
            }
        }
        // All dictionaries side by side, each in the order of letters: a word is put together from those that have it, and
        // only words that are among the first take memory. Documents that were removed are counted until their segment is
        // written anew: near enough to choose by.
        let mut first: BinaryHeap<(Reverse<u64>, Vec<u8>)> = BinaryHeap::new();
        let mut word = Vec::new();
        while let Some(least) = streams.iter().map(|terms| terms.key()).min() {
            word.clear();
            word.extend_from_slice(least);
            let mut about = 0;
            streams.retain_mut(|terms| {
                if terms.key() != word {
                    return true;
                }
                about += u64::from(terms.value().doc_freq);
                terms.advance() && begins(terms.key())
            });
            let is_first = match first.peek() {
                _ if first.len() < limit => true,
                Some((count, last)) => (Reverse(about), &word) < (*count, last),
                None => false,
            };
            if is_first {
                first.push((Reverse(about), word.clone()));
                if first.len() > limit {
                    first.pop();
                }
            }
        }
        let readable = |(_, word): (_, Vec<u8>)| Some((String::from_utf8(word).ok()?, 0));
        let mut words: Vec<(String, u64)> = first.into_iter().filter_map(readable).collect();
        for (word, count) in &mut words {
            let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic);
            *count = self.inner.search(&term, &Count)? as u64;
        }
        words.retain(|(_, count)| *count > 0);
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(words)
    }

    /// Shows every key of a field with everybody who has it.
    pub(crate) fn each_term(
        &self,
        field: KeyField,
        mut see: impl FnMut(&str, CandidateNumber),
    ) -> Result<(), IndexError> {
        let seen = self.see_terms(self.fields.key(field), &mut see);
        self.sound(seen)
    }

    fn see_terms(&self, field: Field, see: &mut impl FnMut(&str, CandidateNumber)) -> tantivy::Result<()> {
        for segment in self.inner.segment_readers() {
            let numbers = segment.fast_fields().u64(NUMBER)?;
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                let mut postings =
                    index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                let mut doc = postings.doc();
                while doc != TERMINATED {
                    let number = numbers.first(doc).and_then(|n| u32::try_from(n).ok());
                    if let Some(number) = number.filter(|_| !segment.is_deleted(doc)) {
                        see(term, CandidateNumber(number));
                    }
                    doc = postings.advance();
                }
            }
        }
        Ok(())
    }

    /// In how many documents a word of a text stands, deleted ones included.
    #[cfg(test)]
    pub(crate) fn traces(&self, word: &str) -> u64 {
        let of = |place| Term::from_field_text(self.fields.place(place), word);
        self.fields.places().map(|place| self.inner.doc_freq(&of(place)).unwrap()).sum()
    }

    pub(crate) fn segments(&self) -> Vec<Segment> {
        self.inner
            .segment_readers()
            .iter()
            .map(|s| Segment::new(s.segment_id(), s.delete_opstamp()))
            .collect()
    }
}

impl std::fmt::Debug for Searcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Searcher")
            .field("segments", &self.inner.segment_readers().len())
            .finish_non_exhaustive()
    }
}

/// Collects the candidate numbers of each segment as they come.
struct Numbers;

struct SegmentNumbers {
    column: tantivy::columnar::Column<u64>,
    found: Vec<CandidateNumber>,
}

impl Collector for Numbers {
    type Fruit = Vec<Vec<CandidateNumber>>;
    type Child = SegmentNumbers;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentNumbers> {
        Ok(SegmentNumbers { column: segment.fast_fields().u64(NUMBER)?, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<Vec<CandidateNumber>>,
    ) -> tantivy::Result<Vec<Vec<CandidateNumber>>> {
        Ok(segments)
    }
}

impl SegmentCollector for SegmentNumbers {
    type Fruit = Vec<CandidateNumber>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let number = self.column.first(doc).and_then(|n| u32::try_from(n).ok());
        self.found.extend(number.map(CandidateNumber));
    }

    fn harvest(self) -> Vec<CandidateNumber> {
        self.found
    }
}
