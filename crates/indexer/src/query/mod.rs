//! The query language: what a recruiter types, and what it means. `docs/search.md` describes it on one page.
//!
//! A text becomes tokens (`token`), tokens a tree (`parse`, `ast`) whose leaves are understood by the fields (`fields`),
//! the taxonomy and the small languages of values (`leaf`, `asked`, `years`, `days`, `defined`). The tree is stated as a
//! plain question to one person (`matches`; `matched` for the skills by which they do), its clauses as queries of the
//! engine (`run`), as the canonical text (`understood`) and
//! in sentences (`explain`). Whatever is not understood is an error with its place ([`QueryError`]), never a guess; where
//! a word could be two things, the reading is told ([`Note`]).

mod asked;
mod ast;
mod days;
mod defined;
mod error;
mod explain;
mod fields;
mod leaf;
mod matched;
mod matches;
mod near;
mod parse;
mod run;
#[cfg(test)]
mod tests;
mod token;
mod understood;
mod unknown;
mod years;

pub(crate) use ast::{
    AskedSkill, DayField, KeyField, Leaf, Node, Place, Skill, Words, YearsAsked, YesNoField,
};
pub use error::QueryError;
pub use explain::Explained;
pub use matched::Matched;
pub(crate) use matches::is_enough;
pub(crate) use run::leaf as compile_leaf;
use stackscout_profile::{CandidateNumber, Date};
use stackscout_taxonomy::{CREDIT_FULL, SkillIx, Taxonomy};
pub use unknown::NotKnown;

/// Bytes of a query at most. A person types a hundred; this is room for a generated list of some 800 words.
pub const QUERY_BYTES_MAX: usize = 8_192;
/// Brackets and nots inside each other at most. Each takes a stack frame of the parser and of the engine.
pub const QUERY_DEPTH_MAX: usize = 64;

/// What a query is read with.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Names of skills, kinds, traits, products and families.
    pub taxonomy: &'a Taxonomy,
    /// The day that `now` and `30d` count from; without one they are refused.
    pub today: Option<Date>,
    /// What `saved:` and `new_since:` name.
    pub saved: &'a [SavedQuery],
}

/// A query that was kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuery {
    /// Its name.
    pub name: String,
    /// As it was typed.
    pub query: String,
    /// Who matched when it was last run, ascending.
    pub seen: Vec<CandidateNumber>,
}

/// A word that could have been read otherwise, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Byte of the query at which it stands.
    pub at: usize,
    /// How it was read, and what to write for the other reading.
    pub text: String,
}

/// A checked query. It holds the ids of skills, so that it may be run on any index, but belongs to the taxonomy that
/// it was parsed with. Two queries are equal where they ask the same, however they were written.
#[derive(Debug, Clone)]
pub struct Query {
    root: Node,
    notes: Vec<Note>,
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

impl Eq for Query {}

impl Query {
    /// The query that everybody matches.
    #[must_use]
    pub fn everybody() -> Self {
        Self::of(Node::All)
    }

    pub(crate) fn of(root: Node) -> Self {
        Self { root, notes: Vec::new() }
    }

    /// Reads a query for which no day is today.
    ///
    /// # Errors
    /// Names the place of what is not understood, and what would be.
    pub fn parse(text: &str, taxonomy: &Taxonomy) -> Result<Self, QueryError> {
        Self::read(text, &Reading { taxonomy, today: None, saved: &[] })
    }

    /// Reads a query.
    ///
    /// # Errors
    /// Names the place of what is not understood, and what would be.
    pub fn read(text: &str, reading: &Reading<'_>) -> Result<Self, QueryError> {
        parse::parse(text, reading).map(|(root, notes)| Self { root, notes })
    }

    /// The query in full and canonical words, such as `skill:django and country:DE`. Parsing it gives the query again.
    #[must_use]
    pub fn understood(&self) -> String {
        understood::write(&self.root)
    }

    /// How words were read that could have been read otherwise, in the order of the query.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The query as a tree of sentences.
    #[must_use]
    pub fn explained(&self, taxonomy: &Taxonomy) -> Explained {
        explain::explain(&self.root, taxonomy)
    }

    /// The skills asked for (not those under `not`), each once, in the order in which they first appear.
    #[must_use]
    pub fn skills(&self) -> Vec<SkillIx> {
        let mut skills = Vec::new();
        self.root.visit(true, &mut |leaf, wanted| {
            if let Leaf::Skill(asked) = leaf
                && wanted
                && !skills.contains(&asked.skill.ix)
            {
                skills.push(asked.skill.ix);
            }
        });
        skills
    }

    /// What of a query asks who somebody is: fields such as `name`; and the words that are looked for in texts, each with
    /// whether it is the beginning of one: somebody may be called so.
    #[must_use]
    pub fn identity_asked(&self) -> (Vec<&'static str>, Vec<(String, bool)>) {
        let (mut fields, mut words) = (Vec::new(), Vec::new());
        asks_identity(&self.root, &mut fields, &mut words);
        (fields, words)
    }

    /// The bare words and phrases that name no skill and are looked up in texts, as their words joined by a space;
    /// for a "did you mean" where little is found.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        self.root.visit(true, &mut |leaf, _| {
            if let Leaf::Words(asked) = leaf
                && asked.place == Place::Text
                && !asked.prefix
            {
                texts.push(asked.words.join(" "));
            }
        });
        texts
    }

    /// The same query with a skill widened, wherever it is asked for by itself, to everything that implies it.
    #[must_use]
    pub fn widened(&self, skill: SkillIx, taxonomy: &Taxonomy) -> Self {
        Self::of(self.root.map(true, &mut |leaf, wanted| match leaf {
            Leaf::Skill(asked) if wanted && asked.skill.ix == skill && asked.related.is_none() => {
                let mut asked = asked.clone();
                asked.widen(Some(CREDIT_FULL), taxonomy);
                Some(Node::Leaf(Leaf::Skill(asked)))
            }
            _ => None,
        }))
    }

    pub(crate) fn root(&self) -> &Node {
        &self.root
    }
}

/// Reads any bytes as a query and holds what always holds: an error has a place inside the text and can be shown, and
/// what is understood reads back as the same query, unless its canonical text is longer or deeper than a query may be.
/// For fuzzing.
///
/// # Panics
/// Where that does not hold.
pub fn check_any(bytes: &[u8], reading: &Reading<'_>) -> Option<Query> {
    let text = String::from_utf8_lossy(bytes);
    match Query::read(&text, reading) {
        Err(error) => {
            assert!(error.position <= text.len() && text.is_char_boundary(error.position), "{error:?}");
            assert!(error.render(&text).contains('^'), "{error:?}");
            None
        }
        Ok(query) => {
            let canonical = query.understood();
            match Query::read(&canonical, reading) {
                Ok(again) => {
                    assert_eq!(again, query, "{text:?} as {canonical:?}");
                    assert_eq!(again.understood(), canonical);
                }
                Err(error) => assert!(
                    canonical.len() > QUERY_BYTES_MAX || error.message.contains("deep"),
                    "{text:?} as {canonical:?}: {error:?}"
                ),
            }
            let _ = query.explained(reading.taxonomy).render();
            Some(query)
        }
    }
}

/// Fields of identity and words of texts below a node, also in what stands for a tree, such as a saved search.
fn asks_identity(node: &Node, fields: &mut Vec<&'static str>, words: &mut Vec<(String, bool)>) {
    node.visit(true, &mut |leaf, _| match leaf {
        Leaf::Words(asked) if asked.place == Place::Name => fields.push("name"),
        Leaf::Words(asked) => words.extend(asked.words.iter().map(|word| (word.clone(), asked.prefix))),
        Leaf::Key { field: KeyField::Email, .. } => fields.push("email"),
        Leaf::Key { field: KeyField::Source, .. } => fields.push("source"),
        Leaf::Defined { means, .. } => asks_identity(means, fields, words),
        _ => {}
    });
}
