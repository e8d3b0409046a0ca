//! A name for what an index says, whatever its segments look like: for whoever compares it with one made anew.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use crate::schema::NUMBER;
use crate::{IndexError, Searcher};

impl Searcher {
    /// A name for every term of every candidate, with its places: the same for any two indexes that answer alike. It
    /// reads all of the index.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn contents(&self) -> Result<u64, IndexError> {
        self.sound(self.contents_of_segments())
    }

    fn contents_of_segments(&self) -> tantivy::Result<u64> {
        // A sum, so that the order of segments, and of candidates in them, is no part of it.
        let mut contents = 0_u64;
        let mut places = Vec::new();
        for segment in self.inner().segment_readers() {
            let numbers = segment.fast_fields().u64(NUMBER)?;
            for (field, entry) in segment.schema().fields() {
                if !entry.is_indexed() {
                    continue;
                }
                let terms = segment.inverted_index(field)?;
                let mut stream = terms.terms().stream()?;
                while let Some((term, info)) = stream.next() {
                    let of_term = hash(hash(START, &field.field_id().to_le_bytes()), term);
                    let option = IndexRecordOption::WithFreqsAndPositions;
                    let mut postings = terms.read_postings_from_terminfo(info, option)?;
                    let mut doc = postings.doc();
                    while doc != TERMINATED {
                        if !segment.is_deleted(doc) {
                            let number = numbers.first(doc).unwrap_or(u64::MAX);
                            let mut of_one = hash(of_term, &number.to_le_bytes());
                            postings.positions(&mut places);
                            for place in &places {
                                of_one = hash(of_one, &place.to_le_bytes());
                            }
                            contents = contents.wrapping_add(mixed(of_one));
                        }
                        doc = postings.advance();
                    }
                }
            }
        }
        Ok(contents)
    }
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: enough against accidents, which is all that it guards against.
fn hash(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Spreads a hash, so that sums of similar ones differ (splitmix64).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ hash >> 31
}
