//! A query taken apart: its clauses, the skills that it asks for, and the words that it looks for in texts.

use stackscout_profile::Years;
use stackscout_taxonomy::{Credit, SkillIx};

use crate::Query;
use crate::query::{Leaf, Node, Words, YearsAsked};

/// A skill that a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillClause {
    /// The skill, then those that will do as well, with what each counts towards it.
    pub skills: Vec<(SkillIx, Credit)>,
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

    /// The alternatives any of which will do; one where the query is not a list of such.
    #[must_use]
    pub fn alternatives(&self) -> Vec<Query> {
        match self.root() {
            Node::Or(parts) => parts.iter().cloned().map(Query::of).collect(),
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
            let related = asked.related.iter().flat_map(|related| &related.skills);
            let related = related.map(|(skill, credit)| (skill.ix, *credit));
            let skills = std::iter::once((asked.skill.ix, Credit::FULL)).chain(related).collect();
            let clause = SkillClause { skills, years };
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

#[cfg(test)]
mod tests {
    use stackscout_taxonomy::Taxonomy;

    use super::*;

    #[test]
    fn alternatives_are_taken_apart_and_anything_else_is_one() {
        let taxonomy = Taxonomy::embedded();
        let alternatives = |text: &str| -> Vec<String> {
            let query = Query::parse(text, &taxonomy).unwrap();
            query.alternatives().iter().map(Query::understood).collect()
        };
        assert_eq!(
            alternatives("(cobol and django) or flask"),
            ["skill:cobol and skill:django", "skill:flask"]
        );
        assert_eq!(alternatives("django flask"), ["skill:django and skill:flask"]);
    }

    #[test]
    fn the_skill_itself_counts_in_full_and_a_related_one_in_part() {
        let taxonomy = Taxonomy::embedded();
        let [django, flask] = ["django", "flask"].map(|id| taxonomy.skill_by_id(id).unwrap());
        let clauses = Query::parse("~django", &taxonomy).unwrap().skill_clauses();
        assert_eq!(clauses[0].skills[0], (django, Credit::FULL));
        assert!(clauses[0].skills.iter().any(|(skill, credit)| *skill == flask && *credit < Credit::FULL));
    }
}
