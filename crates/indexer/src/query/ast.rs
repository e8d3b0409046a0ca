//! The tree of a checked query.

use stackscout_profile::{CandidateNumber, Country};
use stackscout_taxonomy::{SkillIx, Taxonomy};

use crate::Feature;

/// A query or a part of one. `And` and `Or` have at least two parts, none of which is of the same kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// Everybody.
    All,
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Leaf(Leaf),
}

/// What a single candidate is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leaf {
    /// Holds the skill itself.
    Skill(Skill),
    /// Holds the skill, or one that implies it.
    Like {
        skill: Skill,
        implying: Vec<Skill>,
    },
    /// Wants to work with the skill.
    Wants(Skill),
    /// Has these words in a row.
    Phrase {
        place: Place,
        words: Vec<String>,
    },
    Country(Country),
    /// A city's key.
    City(String),
    /// A source's key.
    Source(String),
    Remote(bool),
    Relocation(bool),
    /// Tenths of years, both bounds included.
    Years {
        min_tenths: u16,
        max_tenths: u16,
    },
    Has(Feature),
    Missing(Feature),
    Id(CandidateNumber),
}

/// Where words are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Text,
    Title,
    Name,
}

/// A skill by its number in the taxonomy, and by its id in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Skill {
    pub ix: SkillIx,
    pub id: String,
}

impl Skill {
    pub(super) fn new(ix: SkillIx, taxonomy: &Taxonomy) -> Self {
        Self { ix, id: taxonomy.skill(ix).id.clone() }
    }
}

impl Leaf {
    pub(super) fn like(skill: SkillIx, taxonomy: &Taxonomy) -> Self {
        let implying = taxonomy.implying(skill).map(|ix| Skill::new(ix, taxonomy)).collect();
        Self::Like { skill: Skill::new(skill, taxonomy), implying }
    }
}

impl Node {
    pub(crate) fn and(parts: Vec<Node>) -> Node {
        let flat = parts.into_iter().flat_map(|part| match part {
            Node::And(parts) => parts,
            other => vec![other],
        });
        Self::one_or(flat.collect(), Node::And)
    }

    pub(super) fn or(parts: Vec<Node>) -> Node {
        let flat = parts.into_iter().flat_map(|part| match part {
            Node::Or(parts) => parts,
            other => vec![other],
        });
        Self::one_or(flat.collect(), Node::Or)
    }

    fn one_or(mut parts: Vec<Node>, many: impl Fn(Vec<Node>) -> Node) -> Node {
        match parts.len() {
            1 => parts.remove(0),
            _ => many(parts),
        }
    }

    /// Shows every leaf in order, and whether matching it speaks for the candidate (an even number of nots above it).
    pub(crate) fn visit<'a>(&'a self, wanted: bool, see: &mut impl FnMut(&'a Leaf, bool)) {
        match self {
            Node::All => {}
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| part.visit(wanted, see)),
            Node::Not(part) => part.visit(!wanted, see),
            Node::Leaf(leaf) => see(leaf, wanted),
        }
    }

    /// As [`Node::visit`], to change leaves.
    pub(super) fn visit_mut(&mut self, wanted: bool, see: &mut impl FnMut(&mut Leaf, bool)) {
        match self {
            Node::All => {}
            Node::And(parts) | Node::Or(parts) => {
                parts.iter_mut().for_each(|part| part.visit_mut(wanted, see))
            }
            Node::Not(part) => part.visit_mut(!wanted, see),
            Node::Leaf(leaf) => see(leaf, wanted),
        }
    }
}
