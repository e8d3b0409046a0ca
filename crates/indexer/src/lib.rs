//! The search index over a pool's candidates: built with tantivy, and asked in a small query language.
//!
//! The index is derived from the records. It can be thrown away and built again at any time, and what it covers stands
//! in one place only: the [`IndexState`] in the payload of its last commit. It holds terms and no stored text; a search
//! answers with candidate numbers, and whoever asked reads the records.
//!
//! Deliberately absent: ranking (every search is exact), what the evidence columns tell, records, files outside
//! the index's own folder. Nobody but this crate names tantivy.
//!
//! ```
//! use stackscout_indexer::Query;
//! use stackscout_taxonomy::Taxonomy;
//!
//! let taxonomy = Taxonomy::embedded();
//! let query = Query::parse("ruby on rails -wordpress country:germany", &taxonomy)?;
//! assert_eq!(query.understood(), "skill:rails and not skill:wordpress and country:DE");
//!
//! let error = Query::parse("rails and (react", &taxonomy).unwrap_err();
//! assert_eq!(error.position, 10);
//! # Ok::<(), stackscout_indexer::QueryError>(())
//! ```
//!
//! Reading order: [`words`] (what one word of text is), [`feature`] (what can be asked to be there), `schema`,
//! [`document`] (a candidate as terms), [`state`] (what a commit covers), `sums` (checksums of the files' blocks),
//! `directory`, [`open`] and [`writer`], [`mod@wipe`], then [`query`] (text to a checked query), [`search`] (asking the
//! index) and [`find`] (whom a query finds), `contents` (a name for all that it says); [`error`].

pub mod document;
pub mod error;
pub mod feature;
pub mod find;
pub mod open;
pub mod query;
pub mod search;
pub mod state;
pub mod wipe;
pub mod words;
pub mod writer;

mod contents;
mod directory;
mod schema;
mod sums;
#[cfg(test)]
mod tests;

pub use document::{ImportDays, IndexDocument, Terms};
pub use error::IndexError;
pub use feature::Feature;
pub use find::clauses::SkillClause;
pub use find::facets::{Counted, Facet};
pub use find::snippet::{Snippet, snippets};
pub use find::{Finder, Matches};
pub use open::{Index, OpenIndex};
pub use query::{Explained, Matched, NotKnown, Note, Query, QueryError, Reading, SavedQuery};
pub use search::Searcher;
pub use state::{INDEX_FORMAT, IndexState};
pub use wipe::{strays, wipe};
pub use writer::IndexWriter;
