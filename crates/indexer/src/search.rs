//! Asking the index: exact counts, and numbers in ascending order whatever the layout of segments.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use stackscout_profile::CandidateNumber;
use tantivy::collector::{Collector, Count, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

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

    fn run<C: Collector>(&self, query: &Query, collector: &C) -> Result<C::Fruit, IndexError> {
        // No collector of ours asks for scores, so that none are worked out.
        self.inner
            .search(&*query.compile(&self.fields), collector)
            .map_err(|e| IndexError::engine(&self.path, e))
    }

    /// In how many documents a word of a text stands, deleted ones included.
    #[cfg(test)]
    pub(crate) fn traces(&self, word: &str) -> u64 {
        let of = |place| tantivy::Term::from_field_text(self.fields.place(place), word);
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

/// Collects the candidate numbers, each once, ascending.
struct Numbers;

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
