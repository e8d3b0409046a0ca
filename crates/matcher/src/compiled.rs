//! A role made ready: for each requirement, which held skill counts how much, and why.

use stackscout_profile::{Requirement, Role, Subject};
use stackscout_taxonomy::{LinkKind, SkillIx, Taxonomy, TraitIx};

use crate::Decisions;
use crate::arithmetic::{ONE, fnv1a64};

/// Why a held skill counts, in the order in which ties are resolved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum WayKind {
    /// It is the skill asked for.
    Itself,
    /// It implies the skill asked for.
    Implies,
    /// The role accepts it, or what it implies, as if it were the skill.
    Accepted,
    /// A relation row counts it in part.
    Related {
        /// Name of the relation.
        relation: String,
        /// Where the row starts: the held skill, or one that it implies.
        from: SkillIx,
        /// The skill asked for that the row leads to.
        to: SkillIx,
    },
}

/// What a held skill counts towards a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// F, 500 to 10,000.
    pub f: u16,
    /// Why.
    pub kind: WayKind,
}

/// A requirement made ready.
#[derive(Debug)]
pub struct CompiledRequirement {
    /// As it was asked.
    pub asked: Requirement,
    /// What counts towards it.
    pub(crate) target: Target,
}

#[derive(Debug)]
pub(crate) enum Target {
    Skills(Ways),
    /// A trait, and for each skill whether it, or one that it implies, brings the trait.
    Trait(TraitIx, Vec<bool>),
}

/// For each skill of the taxonomy its way, if there is one.
#[derive(Debug, Default)]
pub(crate) struct Ways {
    /// 0: none; n: the way number n - 1.
    of_skill: Vec<u16>,
    ways: Vec<Way>,
    /// The skill of each way.
    skills: Vec<SkillIx>,
}

impl Ways {
    pub(crate) fn get(&self, skill: SkillIx) -> Option<&Way> {
        match self.of_skill[skill.index()] {
            0 => None,
            n => Some(&self.ways[usize::from(n) - 1]),
        }
    }

    /// Skills with their ways, in the order of ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (SkillIx, &Way)> {
        self.skills.iter().copied().zip(&self.ways)
    }
}

/// A role made ready for ranking with one taxonomy.
#[derive(Debug)]
pub struct CompiledRole {
    /// As it was asked.
    pub role: Role,
    /// Its requirements, in the order of the role.
    pub requirements: Vec<CompiledRequirement>,
    /// Who is out of its list because somebody decided so; nobody, unless it was said.
    pub decisions: Decisions,
    pub(crate) seed: u64,
}

impl CompiledRole {
    /// Makes a role ready. The role must have been read with the same taxonomy.
    #[must_use]
    pub fn new(role: Role, taxonomy: &Taxonomy) -> Self {
        let requirements = role
            .requirements
            .iter()
            .map(|asked| {
                let target = match &asked.subject {
                    Subject::Skills(members) => Target::Skills(ways(asked, members, taxonomy)),
                    Subject::Trait(wanted) => {
                        let brings = taxonomy.skills().map(|(s, _)| taxonomy.brings_trait(s, *wanted));
                        Target::Trait(*wanted, brings.collect())
                    }
                };
                CompiledRequirement { asked: asked.clone(), target }
            })
            .collect();
        let seed = fnv1a64(&role.id);
        Self { role, requirements, decisions: Decisions::default(), seed }
    }

    /// The same with what people decided.
    #[must_use]
    pub fn with_decisions(mut self, decisions: Decisions) -> Self {
        self.decisions = decisions;
        self
    }
}

impl CompiledRequirement {
    /// What a held skill counts towards this requirement; `None` where nothing, and for a trait.
    #[must_use]
    pub fn way(&self, held: SkillIx) -> Option<&Way> {
        match &self.target {
            Target::Skills(ways) => ways.get(held),
            Target::Trait(..) => None,
        }
    }

    /// Every skill that counts towards this requirement, in the order of ids; none for a trait.
    pub fn ways(&self) -> impl Iterator<Item = (SkillIx, &Way)> {
        let ways = match &self.target {
            Target::Skills(ways) => Some(ways),
            Target::Trait(..) => None,
        };
        ways.into_iter().flat_map(Ways::iter)
    }
}

fn ways(asked: &Requirement, members: &[SkillIx], taxonomy: &Taxonomy) -> Ways {
    let mut compiled =
        Ways { of_skill: vec![0; taxonomy.skills().len()], ways: Vec::new(), skills: Vec::new() };
    // Nothing else than these, and what implies them, leads to what is asked.
    let rows = members.iter().flat_map(|member| taxonomy.related_to(*member));
    let lead = members.iter().chain(&asked.accept).copied().chain(rows.map(|row| row.from));
    let mut candidates: Vec<SkillIx> =
        lead.flat_map(|skill| taxonomy.implying(skill).chain([skill])).collect();
    candidates.sort_unstable();
    candidates.dedup();
    for held in candidates {
        if let Some(way) = best_way(asked, members, held, taxonomy) {
            compiled.ways.push(way);
            compiled.skills.push(held);
            compiled.of_skill[held.index()] =
                u16::try_from(compiled.ways.len()).expect("a taxonomy holds at most 65,535 skills");
        }
    }
    compiled
}

fn best_way(asked: &Requirement, members: &[SkillIx], held: SkillIx, taxonomy: &Taxonomy) -> Option<Way> {
    let mut best: Option<Way> = None;
    for &to in members {
        let Some(link) = taxonomy.link(held, to) else { continue };
        let kind = match link.kind {
            LinkKind::Itself => WayKind::Itself,
            LinkKind::Implies => WayKind::Implies,
            LinkKind::Related { from, relation, .. } => WayKind::Related { relation, from, to },
        };
        let way = Way { f: link.credit.ten_thousandths(), kind };
        // Greatest credit; of equals a member itself, then implied, then the member that stands first.
        let rank = |kind: &WayKind| match kind {
            WayKind::Itself => 0,
            WayKind::Implies => 1,
            WayKind::Accepted | WayKind::Related { .. } => 2,
        };
        let better =
            best.as_ref().is_none_or(|b| way.f > b.f || (way.f == b.f && rank(&way.kind) < rank(&b.kind)));
        if better {
            best = Some(way);
        }
    }
    let best = best.filter(|way| asked.related || way.f == ONE);
    if best.as_ref().is_some_and(|way| way.f == ONE) {
        return best;
    }
    if asked.accept.iter().any(|accepted| taxonomy.is_or_implies(held, *accepted)) {
        return Some(Way { f: ONE, kind: WayKind::Accepted });
    }
    best
}
