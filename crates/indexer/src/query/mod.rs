//! The query language: what a recruiter types, and what it means.
//!
//! | written | finds |
//! |---|---|
//! | `django` | who holds the skill, in any spelling of it |
//! | `ruby on rails` | words side by side that are one spelling are one skill |
//! | `~django`, `like:django` | who holds the skill, or one that implies it |
//! | `payments`, `"clean code"` | who has the word, or the words in a row, in any text |
//! | `a b`, `a and b`, `a && b` | both |
//! | `a or b`, `a \|\| b` | either |
//! | `not a`, `!a`, `-a` | who does not match; `-` takes the one word after it |
//! | `(a or b) c` | brackets; else `not` binds before `and`, `and` before `or` |
//! | `skill:x`, `wants:x` | holds the skill; wants to work with it |
//! | `text:x`, `title:x`, `name:x` | the word, or `"the words in a row"`, in that text |
//! | `country:de`, `city:berlin`, `remote:yes`, `relocation:no`, `source:x`, `id:c1` | that value |
//! | `years:5`, `years>=5`, `years:3..8`, `years:3..` | years of experience in all |
//! | `has:email`, `missing:country` | known, or not known |
//! | nothing, or `*` | everybody |
//!
//! A text becomes tokens (`token`), tokens a tree (`parse`, `ast`) whose leaves are understood by the taxonomy (`leaf`,
//! `years`), and the tree a query of the engine (`run`) and the canonical text (`understood`). Whatever is not
//! understood is an error with its place ([`QueryError`]), never a guess.

mod ast;
mod error;
mod leaf;
mod parse;
mod run;
mod token;
mod understood;
mod years;

pub(crate) use ast::{Leaf, Node, Place, Skill};
pub use error::QueryError;
pub(crate) use run::leaf as compile_leaf;
use stackscout_taxonomy::{SkillIx, Taxonomy};

/// Bytes of a query at most. A person types a hundred; this is room for a generated list of some 800 words.
pub const QUERY_BYTES_MAX: usize = 8_192;
/// Brackets and nots inside each other at most. Each takes a stack frame of the parser and of the engine.
pub const QUERY_DEPTH_MAX: usize = 64;

/// A checked query. It holds the ids of skills, so that it may be run on any index, but belongs to the taxonomy that
/// it was parsed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    root: Node,
}

impl Query {
    /// The query that everybody matches.
    #[must_use]
    pub fn everybody() -> Self {
        Self { root: Node::All }
    }

    /// Reads a query.
    ///
    /// # Errors
    /// Names the place of what is not understood, and what would be.
    pub fn parse(text: &str, taxonomy: &Taxonomy) -> Result<Self, QueryError> {
        parse::parse(text, taxonomy).map(|root| Self { root })
    }

    /// The query in full and canonical words, such as `skill:django and country:DE`. Parsing it gives the query again.
    #[must_use]
    pub fn understood(&self) -> String {
        understood::write(&self.root)
    }

    /// The skills asked for (not those under `not`), each once, in the order in which they first appear.
    #[must_use]
    pub fn skills(&self) -> Vec<SkillIx> {
        let mut skills = Vec::new();
        self.root.visit(true, &mut |leaf, wanted| {
            if let Leaf::Skill(skill) | Leaf::Like { skill, .. } = leaf
                && wanted
                && !skills.contains(&skill.ix)
            {
                skills.push(skill.ix);
            }
        });
        skills
    }

    /// The bare words and phrases that name no skill and are looked up in texts, as their words joined by a space;
    /// for a "did you mean" where little is found.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        self.root.visit(true, &mut |leaf, _| {
            if let Leaf::Phrase { place: Place::Text, words } = leaf {
                texts.push(words.join(" "));
            }
        });
        texts
    }

    /// The same query with a skill widened, wherever it is asked for, to everything that implies it: what `~` means.
    #[must_use]
    pub fn widened(&self, skill: SkillIx, taxonomy: &Taxonomy) -> Self {
        let mut root = self.root.clone();
        root.visit_mut(true, &mut |leaf, wanted| {
            if wanted && matches!(leaf, Leaf::Skill(s) if s.ix == skill) {
                *leaf = Leaf::like(skill, taxonomy);
            }
        });
        Self { root }
    }

    pub(crate) fn of(root: Node) -> Self {
        Self { root }
    }

    pub(crate) fn root(&self) -> &Node {
        &self.root
    }
}
