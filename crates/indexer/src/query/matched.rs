//! By which of their skills a person matches: the skills asked for, what counts towards them, and what a kind, a trait, a
//! family or a stack stands for.

use std::cmp::Reverse;

use stackscout_profile::{Candidate, HeldSkill};
use stackscout_taxonomy::{Credit, SkillIx};

use super::Query;
use super::ast::{AskedSkill, Leaf, Node, Skill};
use super::matches::is_enough;

/// A skill by which a person matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matched {
    /// The skill that the person holds.
    pub skill: SkillIx,
    /// The skill asked for, and what the held one counts towards it; `None` where it is asked for itself.
    pub towards: Option<(SkillIx, Credit)>,
}

/// Skills named for one kind, trait, family or stack at most: of many the best known ones tell enough.
const NAMED_MAX: usize = 3;

impl Query {
    /// The skills by which a person matches, each once, in the order of the query. What stands under a `not` names none.
    #[must_use]
    pub fn matched(&self, candidate: &Candidate) -> Vec<Matched> {
        let mut matched = Vec::new();
        node(self.root(), true, candidate, &mut matched);
        matched
    }
}

fn node(part: &Node, wanted: bool, candidate: &Candidate, matched: &mut Vec<Matched>) {
    match part {
        Node::All => {}
        Node::And(parts) | Node::Or(parts) => {
            parts.iter().for_each(|part| node(part, wanted, candidate, matched));
        }
        Node::Not(part) => node(part, !wanted, candidate, matched),
        Node::Leaf(_) if !wanted => {}
        Node::Leaf(Leaf::Skill(asked)) => {
            matched_by(asked, candidate).into_iter().for_each(|m| add(m, matched))
        }
        Node::Leaf(Leaf::AnySkill(skills)) => any(skills, candidate, matched),
        Node::Leaf(Leaf::Defined { means, .. }) => node(means, wanted, candidate, matched),
        Node::Leaf(_) => {}
    }
}

fn add(one: Matched, matched: &mut Vec<Matched>) {
    if !matched.iter().any(|before| before.skill == one.skill) {
        matched.push(one);
    }
}

/// The skill itself where it is held as asked; else what counts most, of equals what was used longest, then the first.
fn matched_by(asked: &AskedSkill, candidate: &Candidate) -> Option<Matched> {
    let enough = |skill: SkillIx| candidate.held(skill).filter(|held| is_enough(asked, &held.evidence));
    if enough(asked.skill.ix).is_some() {
        return Some(Matched { skill: asked.skill.ix, towards: None });
    }
    let related = asked.related.iter().flat_map(|related| &related.skills);
    let held = related.filter_map(|(skill, credit)| Some((enough(skill.ix)?, *credit)));
    let best = held.min_by_key(|(held, credit)| (Reverse(credit.ten_thousandths()), rank(held)));
    best.map(|(held, credit)| Matched { skill: held.evidence.skill, towards: Some((asked.skill.ix, credit)) })
}

fn any(skills: &[Skill], candidate: &Candidate, matched: &mut Vec<Matched>) {
    let mut held: Vec<&HeldSkill> = skills.iter().filter_map(|skill| candidate.held(skill.ix)).collect();
    held.sort_by_key(|held| rank(held));
    let held = held.into_iter().take(NAMED_MAX);
    held.for_each(|held| add(Matched { skill: held.evidence.skill, towards: None }, matched));
}

/// The longest known years first, then the order of skills.
fn rank(held: &HeldSkill) -> (Reverse<u16>, SkillIx) {
    (Reverse(held.evidence.years.map_or(0, |years| years.tenths())), held.evidence.skill)
}
