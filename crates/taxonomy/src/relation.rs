//! How much does holding one skill count towards another?
//!
//! Three kinds of answer, best first: it is the skill itself; it implies the skill (`implies` closes transitively, so
//! who has Django REST Framework has Django and Python); or one relation row leads from the held skill, or from one
//! that it implies, to the required one. Rows never chain. Rows are explicit (`relations.csv`) or follow from the
//! skills' attributes (`relation_types.csv`); an explicit row for a pair replaces what would follow for that pair.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::graph::{Skill, Trait};
use crate::tables::{self, RelationTypeRow, Tables};
use crate::{Credit, SkillIx, Taxonomy, TaxonomyError};

/// The name of the relation that closes transitively.
pub const IMPLIES: &str = "implies";

/// One relation row towards a skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationTo {
    /// Skill that is held.
    pub from: SkillIx,
    /// Name of the relation.
    pub relation: String,
    /// What it counts.
    pub credit: Credit,
    /// Key of `SOURCES.md`; for a row that follows from attributes, the source of its type.
    pub source: String,
}

/// The best way from a held skill to a required one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it counts towards the required skill.
    pub credit: Credit,
    /// What kind of way it is.
    pub kind: LinkKind,
}

/// The kinds of way from a held skill to a required one, in the order in which ties are resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkKind {
    /// The required skill itself.
    Itself,
    /// The held skill implies it, through any number of steps.
    Implies,
    /// A relation row.
    Related {
        /// Where the row starts: the held skill, or one that it implies.
        from: SkillIx,
        /// Name of the relation.
        relation: String,
        /// Key of `SOURCES.md`.
        source: String,
    },
}

/// All relations of a taxonomy, closed and sorted for look-up.
#[derive(Debug)]
pub(crate) struct Relations {
    /// For each skill, all that it implies, sorted.
    implied: Vec<Vec<SkillIx>>,
    /// The other way round: for each skill those that imply it, ordered by id.
    implying: Vec<Vec<SkillIx>>,
    /// For each skill, the rows towards it (without implies), ordered by `from`, then relation name.
    towards: Vec<Vec<RelationTo>>,
}

impl Relations {
    pub(crate) fn new(
        skills: &[Skill],
        by_id: &HashMap<String, SkillIx>,
        traits: &[Trait],
        tables: &Tables,
    ) -> Result<Self, TaxonomyError> {
        let mut direct = vec![Vec::new(); skills.len()];
        let mut towards: Vec<Vec<RelationTo>> = vec![Vec::new(); skills.len()];
        let mut explicit = BTreeSet::new();
        for (line, row) in tables.relations.iter().enumerate() {
            let fail = |reason: String| TaxonomyError::row("relations.csv", line as u64 + 2, reason);
            let find = |id: &str| by_id.get(id).copied().ok_or_else(|| fail(format!("unknown skill `{id}`")));
            let (from, to) = (find(&row.from)?, find(&row.to)?);
            if from == to {
                return Err(fail(format!("`{}` is related to itself", row.from)));
            }
            let credit = Credit::new(row.credit)
                .ok_or_else(|| fail(format!("credit {} is not 500 to 10000 in steps of 500", row.credit)))?;
            if (row.relation == IMPLIES) != (credit == Credit::FULL) {
                return Err(fail(format!(
                    "credit {} on `{}`: implies, and only it, is 10000",
                    row.credit, row.relation
                )));
            }
            explicit.insert((from, to));
            if row.relation == IMPLIES {
                direct[from.index()].push(to);
            } else {
                let relation = row.relation.clone();
                towards[to.index()].push(RelationTo { from, relation, credit, source: row.source.clone() });
            }
        }
        for (line, row) in tables.relation_types.iter().enumerate() {
            let fail = |reason: String| TaxonomyError::row("relation_types.csv", line as u64 + 2, reason);
            let credit = Credit::new(row.credit)
                .filter(|c| *c != Credit::FULL)
                .ok_or_else(|| fail(format!("credit {} is not 500 to 9500 in steps of 500", row.credit)))?;
            let pairs = derived_pairs(row, skills, traits).map_err(fail)?;
            for (from, to) in pairs {
                if !explicit.contains(&(from, to)) {
                    let relation = row.relation.clone();
                    towards[to.index()].push(RelationTo {
                        from,
                        relation,
                        credit,
                        source: row.source.clone(),
                    });
                }
            }
        }
        for rows in &mut towards {
            rows.sort_by(|a, b| a.from.cmp(&b.from).then_with(|| a.relation.cmp(&b.relation)));
        }
        let implied = close(&direct).map_err(|ix| TaxonomyError::ImpliesCycle(skills[ix].id.clone()))?;
        let mut implying = vec![Vec::new(); implied.len()];
        for (held, implied) in (0..).zip(&implied) {
            for skill in implied {
                implying[skill.index()].push(SkillIx(held));
            }
        }
        Ok(Self { implied, implying, towards })
    }

    pub(crate) fn implied(&self, skill: SkillIx) -> &[SkillIx] {
        &self.implied[skill.index()]
    }
}

impl Taxonomy {
    /// The best way from a held skill to a required one; `None` where nothing leads there.
    ///
    /// Equal rows: the held skill's own first, then by the id where the row starts, then by relation name.
    #[must_use]
    pub fn link(&self, held: SkillIx, required: SkillIx) -> Option<Link> {
        if held == required {
            return Some(Link { credit: Credit::FULL, kind: LinkKind::Itself });
        }
        let implied = self.implied_by(held);
        if implied.binary_search(&required).is_ok() {
            return Some(Link { credit: Credit::FULL, kind: LinkKind::Implies });
        }
        self.relations.towards[required.index()]
            .iter()
            .filter(|row| row.from == held || implied.binary_search(&row.from).is_ok())
            // `max_by` keeps the last of equals, so the order is turned round: own rows are greater, and so are
            // rows that stand earlier.
            .rev()
            .max_by_key(|row| (row.credit, row.from == held))
            .map(|row| Link {
                credit: row.credit,
                kind: LinkKind::Related {
                    from: row.from,
                    relation: row.relation.clone(),
                    source: row.source.clone(),
                },
            })
    }

    /// The relation rows towards a skill, without implies, ordered by the id where they start.
    #[must_use]
    pub fn related_to(&self, required: SkillIx) -> &[RelationTo] {
        &self.relations.towards[required.index()]
    }

    /// Skills whose holders hold `skill` too, without the skill itself; ordered by id.
    pub fn implying(&self, skill: SkillIx) -> impl Iterator<Item = SkillIx> {
        self.relations.implying[skill.index()].iter().copied()
    }
}

/// The pairs that a relation type makes, from the attributes of skills.
fn derived_pairs(
    row: &RelationTypeRow,
    skills: &[Skill],
    traits: &[Trait],
) -> Result<Vec<(SkillIx, SkillIx)>, String> {
    let kinds: BTreeSet<&str> = tables::list(&row.kinds).collect();
    let members: Vec<(SkillIx, &Skill)> = skills
        .iter()
        .enumerate()
        .filter(|(_, s)| kinds.contains(s.kind.as_str()))
        .map(|(i, s)| (SkillIx(u16::try_from(i).expect("counted when loaded")), s))
        .collect();
    let (basis, named) = match row.basis.split_once(" of ") {
        Some((basis, named)) => (basis, tables::list(named).collect()),
        None => (row.basis.as_str(), Vec::new()),
    };
    if !named.is_empty() && basis != "same-philosophy" {
        return Err(format!("basis `{basis}` takes no list"));
    }
    for id in &named {
        if !traits.iter().any(|t| t.id == *id && t.kind == "philosophy") {
            return Err(format!("`{id}` is no trait of kind philosophy"));
        }
    }
    let philosophies = |s: &Skill| -> Vec<usize> {
        let counts = |ix: &usize| {
            let found = &traits[*ix];
            found.kind == "philosophy" && (named.is_empty() || named.contains(&found.id.as_str()))
        };
        s.traits.iter().map(|(t, _)| t.index()).filter(counts).collect()
    };
    let mut pairs = Vec::new();
    if basis == "language-of" {
        for (to, skill) in &members {
            pairs.extend(skill.language.map(|language| (language, *to)));
        }
        return Ok(pairs);
    }
    if !matches!(basis, "same-language" | "same-paradigm" | "same-philosophy") {
        return Err(format!("unknown basis `{}`", row.basis));
    }
    // Only skills of one kind are paired, and most kinds are small: comparing everybody with everybody took a third of the
    // time that a taxonomy takes to load.
    type Group<'a> = (&'a str, Option<SkillIx>, &'a str);
    let mut of_kind: BTreeMap<Group<'_>, Vec<(SkillIx, &Skill)>> = BTreeMap::new();
    for (ix, skill) in members {
        let group = match basis {
            "same-language" if skill.language.is_none() => continue,
            "same-language" => (skill.kind.as_str(), skill.language, ""),
            "same-paradigm" if skill.paradigm.is_empty() => continue,
            "same-paradigm" => (skill.kind.as_str(), None, skill.paradigm.as_str()),
            _ => (skill.kind.as_str(), None, ""),
        };
        of_kind.entry(group).or_default().push((ix, skill));
    }
    for members in of_kind.values() {
        if basis != "same-philosophy" {
            let all = |from: SkillIx| {
                members.iter().map(move |(to, _)| (from, *to)).filter(|(from, to)| from != to)
            };
            pairs.extend(members.iter().flat_map(|(from, _)| all(*from)));
            continue;
        }
        let philosophies: Vec<Vec<usize>> = members.iter().map(|(_, skill)| philosophies(skill)).collect();
        for ((from, a), of_a) in members.iter().zip(&philosophies).filter(|(_, of_a)| !of_a.is_empty()) {
            for ((to, b), of_b) in members.iter().zip(&philosophies) {
                let same_language = a.language.is_some() && a.language == b.language;
                if from != to && !same_language && of_a.iter().any(|t| of_b.contains(t)) {
                    pairs.push((*from, *to));
                }
            }
        }
    }
    Ok(pairs)
}

/// Closes the implies relation; an error names a skill on a circle.
fn close(direct: &[Vec<SkillIx>]) -> Result<Vec<Vec<SkillIx>>, usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    fn visit(
        at: usize,
        direct: &[Vec<SkillIx>],
        state: &mut [State],
        closed: &mut [BTreeSet<SkillIx>],
    ) -> Result<(), usize> {
        match state[at] {
            State::Done => return Ok(()),
            State::Open => return Err(at),
            State::New => state[at] = State::Open,
        }
        let mut all = BTreeSet::new();
        for next in &direct[at] {
            visit(next.index(), direct, state, closed)?;
            all.insert(*next);
            all.extend(closed[next.index()].iter().copied());
        }
        closed[at] = all;
        state[at] = State::Done;
        Ok(())
    }
    let mut state = vec![State::New; direct.len()];
    let mut closed = vec![BTreeSet::new(); direct.len()];
    for at in 0..direct.len() {
        visit(at, direct, &mut state, &mut closed)?;
    }
    Ok(closed.into_iter().map(|set| set.into_iter().collect()).collect())
}

/// Relations between two skills, grouped by where they start, for tests and `taxonomy show`.
#[must_use]
pub fn by_relation(rows: &[RelationTo]) -> BTreeMap<&str, Vec<&RelationTo>> {
    let mut groups: BTreeMap<&str, Vec<&RelationTo>> = BTreeMap::new();
    for row in rows {
        groups.entry(&row.relation).or_default().push(row);
    }
    groups
}
