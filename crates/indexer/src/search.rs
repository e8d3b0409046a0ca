//! Asking the index: exact counts, and numbers in ascending order whatever the layout of segments.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stackscout_profile::CandidateNumber;
use tantivy::collector::{Collector, Count, SegmentCollector};
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentOrdinal, SegmentReader, TERMINATED, Term};

use crate::query::{KeyField, Leaf, Place};
use crate::schema::{Fields, NUMBER};
use crate::{IndexError, Query};

/// One page of what a query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// How many candidates match in all.
    pub total: u64,
    /// Those of the page, ascending.
    pub numbers: Vec<CandidateNumber>,
}

/// Searches in one commit of an index; writers do not change what it sees.
#[derive(Clone)]
pub struct Searcher {
    path: Arc<PathBuf>,
    inner: tantivy::Searcher,
    fields: Fields,
}

impl Searcher {
    pub(crate) fn new(path: &Path, inner: tantivy::Searcher, fields: Fields) -> Self {
        Self { path: Arc::new(path.to_owned()), inner, fields }
    }

    /// Shows every term of every segment.
    pub(crate) fn every_term(&self, mut take: impl FnMut(&[u8])) -> Result<(), IndexError> {
        let engine = |e| IndexError::engine(&self.path, e);
        for segment in self.inner.segment_readers() {
            for (field, _) in self.inner.schema().fields() {
                let terms = segment.inverted_index(field).map_err(engine)?;
                let mut terms = terms.terms().stream().map_err(|e| engine(e.into()))?;
                while terms.advance() {
                    take(terms.key());
                }
            }
        }
        Ok(())
    }

    /// How many candidates match.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn count(&self, query: &Query) -> Result<u64, IndexError> {
        self.run(query, &Count).map(|count| count as u64)
    }

    /// A page of the candidates that match, in the order of their numbers.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn search(&self, query: &Query, limit: usize, offset: usize) -> Result<Hits, IndexError> {
        let mut numbers = self.numbers(query)?;
        let total = numbers.len() as u64;
        numbers.drain(..offset.min(numbers.len()));
        numbers.truncate(limit);
        Ok(Hits { total, numbers })
    }

    /// The numbers of all candidates that match, ascending.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn numbers(&self, query: &Query) -> Result<Vec<CandidateNumber>, IndexError> {
        self.run(query, &Numbers)
    }

    /// Shows the number of everybody whom one clause finds, in no particular order.
    pub(crate) fn each(&self, leaf: &Leaf, mut see: impl FnMut(CandidateNumber)) -> Result<(), IndexError> {
        let found = self
            .inner
            .search(&*crate::query::compile_leaf(leaf, &self.fields), &Unsorted)
            .map_err(|e| IndexError::engine(&self.path, e))?;
        found.into_iter().flatten().for_each(&mut see);
        Ok(())
    }

    /// The words of names that begin so, at most so many, with how many people have each; those that most people have
    /// come first, then in the order of letters.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn name_words(&self, beginning: &str, limit: usize) -> Result<Vec<(String, u64)>, IndexError> {
        self.begin_names(beginning, limit).map_err(|e| IndexError::engine(&self.path, e))
    }

    fn begin_names(&self, beginning: &str, limit: usize) -> tantivy::Result<Vec<(String, u64)>> {
        let field = self.fields.place(Place::Name);
        // Documents that were removed are counted until their segment is written anew: near enough to choose by.
        let mut about: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.inner.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().range().ge(beginning).into_stream()?;
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                if !term.starts_with(beginning) {
                    break;
                }
                *about.entry(term.to_owned()).or_insert(0) += u64::from(terms.value().doc_freq);
            }
        }
        let mut words: Vec<(String, u64)> = about.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(limit);
        for (word, count) in &mut words {
            let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic);
            *count = self.inner.search(&term, &Count)? as u64;
        }
        words.retain(|(_, count)| *count > 0);
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(words)
    }

    /// Shows every value of a field with everybody who has it.
    pub(crate) fn each_term(
        &self,
        field: TermField,
        mut see: impl FnMut(&str, CandidateNumber),
    ) -> Result<(), IndexError> {
        let field = match field {
            TermField::Key(field) => self.fields.key(field),
            TermField::Words(place) => self.fields.place(place),
        };
        self.see_terms(field, &mut see).map_err(|e| IndexError::engine(&self.path, e))
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

    fn run<C: Collector>(&self, query: &Query, collector: &C) -> Result<C::Fruit, IndexError> {
        // No collector of ours asks for scores, so that none are worked out.
        self.inner
            .search(&*query.compile(&self.fields), collector)
            .map_err(|e| IndexError::engine(&self.path, e))
    }

    /// In how many documents a word of a text stands, deleted ones included.
    #[cfg(test)]
    pub(crate) fn traces(&self, word: &str) -> u64 {
        let of = |place| Term::from_field_text(self.fields.place(place), word);
        self.fields.places().map(|place| self.inner.doc_freq(&of(place)).unwrap()).sum()
    }

    pub(crate) fn segment_names(&self) -> Vec<String> {
        self.inner.segment_readers().iter().map(|s| s.segment_id().uuid_string()).collect()
    }
}

impl std::fmt::Debug for Searcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Searcher").field("segments", &self.segment_names()).finish_non_exhaustive()
    }
}

/// Fields whose values are counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TermField {
    Key(KeyField),
    /// Word by word; not [`Place::Text`], which is made of others.
    Words(Place),
}

/// Collects the candidate numbers, each once, ascending.
struct Numbers;

/// Collects the candidate numbers of each segment as they come.
struct Unsorted;

impl Collector for Unsorted {
    type Fruit = Vec<Vec<CandidateNumber>>;
    type Child = SegmentNumbers;

    fn for_segment(&self, at: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentNumbers> {
        Numbers.for_segment(at, segment)
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

struct SegmentNumbers {
    column: tantivy::columnar::Column<u64>,
    found: Vec<CandidateNumber>,
}

impl Collector for Numbers {
    type Fruit = Vec<CandidateNumber>;
    type Child = SegmentNumbers;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentNumbers> {
        Ok(SegmentNumbers { column: segment.fast_fields().u64(NUMBER)?, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<CandidateNumber>>) -> tantivy::Result<Vec<CandidateNumber>> {
        let mut numbers = segments.concat();
        numbers.sort_unstable();
        Ok(numbers)
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
