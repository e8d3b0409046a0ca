//! By which of their skills a person matches: the skills asked for, what counts towards them, and what a kind, a trait, a
//! family or a stack stands for.

use std::cmp::Reverse;

use stackscout_profile::SkillEvidence;
use stackscout_taxonomy::{Credit, SkillIx};

use super::Query;
use super::ast::{AskedSkill, Leaf, Node, Skill};
use super::matches::is_enough;

/// A skill by which a person matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matched {
    /// The skill that the person holds, and what speaks for it.
    pub evidence: SkillEvidence,
    /// The skill asked for, and what the held one counts towards it; `None` where it is asked for itself.
    pub towards: Option<(SkillIx, Credit)>,
}

/// Skills named for one kind, trait, family or stack at most: of many the best known ones tell enough.
const NAMED_MAX: usize = 3;

impl Query {
    /// The skills by which a person matches who holds these, each once, in the order of the query. What stands under a
    /// `not` names none.
    #[must_use]
    pub fn matched(&self, held: &[SkillEvidence]) -> Vec<Matched> {
        let mut matched = Vec::new();
        node(self.root(), true, held, &mut matched);
        matched
    }
}

fn node(part: &Node, wanted: bool, held: &[SkillEvidence], matched: &mut Vec<Matched>) {
    match part {
        Node::All => {}
        Node::And(parts) | Node::Or(parts) => {
            parts.iter().for_each(|part| node(part, wanted, held, matched));
        }
        Node::Not(part) => node(part, !wanted, held, matched),
        Node::Leaf(_) if !wanted => {}
        Node::Leaf(Leaf::Skill(asked)) => matched_by(asked, held).into_iter().for_each(|m| add(m, matched)),
        Node::Leaf(Leaf::AnySkill(skills)) => any(skills, held, matched),
        Node::Leaf(Leaf::Defined { means, .. }) => node(means, wanted, held, matched),
        Node::Leaf(_) => {}
    }
}

fn add(one: Matched, matched: &mut Vec<Matched>) {
    if !matched.iter().any(|before| before.evidence.skill == one.evidence.skill) {
        matched.push(one);
    }
}

fn of(held: &[SkillEvidence], skill: SkillIx) -> Option<&SkillEvidence> {
    held.iter().find(|evidence| evidence.skill == skill)
}

/// The skill itself where it is held as asked; else what counts most, of equals what was used longest, then the first.
fn matched_by(asked: &AskedSkill, held: &[SkillEvidence]) -> Option<Matched> {
    let enough = |skill: SkillIx| of(held, skill).filter(|evidence| is_enough(asked, evidence));
    if let Some(evidence) = enough(asked.skill.ix) {
        return Some(Matched { evidence: *evidence, towards: None });
    }
    let related = asked.related.iter().flat_map(|related| &related.skills);
    let counting = related.filter_map(|(skill, credit)| Some((enough(skill.ix)?, *credit)));
    let best = counting.min_by_key(|(evidence, credit)| (Reverse(credit.ten_thousandths()), rank(evidence)));
    best.map(|(evidence, credit)| Matched { evidence: *evidence, towards: Some((asked.skill.ix, credit)) })
}

fn any(skills: &[Skill], held: &[SkillEvidence], matched: &mut Vec<Matched>) {
    let mut held: Vec<&SkillEvidence> = skills.iter().filter_map(|skill| of(held, skill.ix)).collect();
    held.sort_by_key(|evidence| rank(evidence));
    held.into_iter().take(NAMED_MAX).for_each(|one| add(Matched { evidence: *one, towards: None }, matched));
}

/// The longest known years first, then the order of skills.
fn rank(evidence: &SkillEvidence) -> (Reverse<u16>, SkillIx) {
    (Reverse(evidence.years.map_or(0, |years| years.tenths())), evidence.skill)
}
