//! Asking the index: who is found by a clause, and which terms there are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stackscout_profile::CandidateNumber;
use tantivy::collector::{Collector, Count, SegmentCollector};
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentOrdinal, SegmentReader, TERMINATED, Term};

use crate::IndexError;
use crate::query::{KeyField, Leaf, Place};
use crate::schema::{Fields, NUMBER};

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

    /// Shows the number of everybody whom one clause finds, in no particular order. Clauses that the columns answer are
    /// not to be asked here.
    pub(crate) fn each(&self, leaf: &Leaf, see: impl FnMut(CandidateNumber)) -> Result<(), IndexError> {
        let query = crate::query::compile_leaf(leaf, &self.fields);
        self.run(&*query.expect("what the columns tell is looked up there"), see)
    }

    pub(crate) fn inner(&self) -> &tantivy::Searcher {
        &self.inner
    }

    pub(crate) fn engine(&self, error: tantivy::TantivyError) -> IndexError {
        IndexError::engine(&self.path, error)
    }

    fn run(
        &self,
        query: &dyn tantivy::query::Query,
        see: impl FnMut(CandidateNumber),
    ) -> Result<(), IndexError> {
        // The collector asks for no scores, so that none are worked out.
        let found = self.inner.search(query, &Numbers).map_err(|e| IndexError::engine(&self.path, e))?;
        found.into_iter().flatten().for_each(see);
        Ok(())
    }

    /// The numbers of everybody, ascending.
    #[cfg(test)]
    pub(crate) fn everybody(&self) -> Vec<u32> {
        self.sorted(&tantivy::query::AllQuery)
    }

    /// The numbers of all whom a clause finds, ascending.
    #[cfg(test)]
    pub(crate) fn numbers_of(&self, leaf: &Leaf) -> Vec<u32> {
        self.sorted(&*crate::query::compile_leaf(leaf, &self.fields).unwrap())
    }

    #[cfg(test)]
    fn sorted(&self, query: &dyn tantivy::query::Query) -> Vec<u32> {
        let mut numbers = Vec::new();
        self.run(query, |number| numbers.push(number.0)).unwrap();
        numbers.sort_unstable();
        numbers
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
