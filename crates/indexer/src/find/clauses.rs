//! A query taken apart: its clauses, the skills that it asks for, and the words that it looks for in texts.

use stackscout_profile::Years;
use stackscout_taxonomy::SkillIx;

use crate::Query;
use crate::query::{Leaf, Node, Words, YearsAsked};

/// A skill that a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillClause {
    /// The skill, then those that will do as well.
    pub skills: Vec<SkillIx>,
    /// The years that it asks for at least, where it does.
    pub years: Option<Years>,
}

impl Query {
    /// The clauses that have to hold together; one where the query is not a list of such.
    #[must_use]
    pub fn clauses(&self) -> Vec<Query> {
        match self.root() {
            Node::And(parts) => parts.iter().cloned().map(Query::of).collect(),
            root => vec![Query::of(root.clone())],
        }
    }

    /// The query without one of its clauses; everybody where that is the only one.
    #[must_use]
    pub fn without(&self, clause: usize) -> Query {
        let mut parts = match self.root() {
            Node::And(parts) => parts.clone(),
            root => vec![root.clone()],
        };
        if clause < parts.len() {
            parts.remove(clause);
        }
        if parts.is_empty() { Query::everybody() } else { Query::of(Node::and(parts)) }
    }

    /// This query and another one, both.
    #[must_use]
    pub fn and(&self, other: &Query) -> Query {
        let parts = [self, other].map(Query::root).into_iter().filter(|root| **root != Node::All);
        let parts: Vec<Node> = parts.cloned().collect();
        if parts.is_empty() { Query::everybody() } else { Query::of(Node::and(parts)) }
    }

    /// The skills asked for (not those under `not`), each once, in the order in which they first appear.
    #[must_use]
    pub fn skill_clauses(&self) -> Vec<SkillClause> {
        let mut clauses: Vec<SkillClause> = Vec::new();
        self.root().visit(true, &mut |leaf, wanted| {
            let Leaf::Skill(asked) = leaf else { return };
            let years = match asked.years {
                Some(YearsAsked::Between { min_tenths, .. }) if min_tenths > 0 => {
                    Years::from_tenths(min_tenths)
                }
                _ => None,
            };
            let clause = SkillClause { skills: asked.any().map(|skill| skill.ix).collect(), years };
            if wanted && !clauses.contains(&clause) {
                clauses.push(clause);
            }
        });
        clauses
    }

    /// The words that are looked for in texts, with the places that they are looked for in.
    pub(crate) fn looked_for(&self) -> Vec<&Words> {
        let mut looked_for = Vec::new();
        self.root().visit(true, &mut |leaf, wanted| {
            if let Leaf::Words(words) = leaf
                && wanted
            {
                looked_for.push(words);
            }
        });
        looked_for
    }
}
