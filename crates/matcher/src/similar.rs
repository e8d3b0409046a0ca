//! People with similar evidence, and what makes them similar.
//!
//! A skill weighs the more the fewer people of the pool hold it: the logarithm of their part, in 256ths of a doubling. A
//! skill that both hold counts with its weight (six tenths of it where one of them only mentions it); a skill that the
//! other one does not hold counts in part where they hold a related one, by that relation's credit; each skill held
//! speaks for one alone. What the other one holds beside, and what nothing of theirs comes near to, takes off: likeness
//! is what is shared of all that either holds, in ten-thousandths. All sums are in integers, and of equals the smaller candidate number comes first.

use stackscout_evidence::{Columns, EvidenceSet};
use stackscout_profile::{CandidateNumber, EvidenceSource, Facts, Requirement, Role};
use stackscout_taxonomy::{SkillIx, Taxonomy};

use crate::arithmetic::{ONE, times};
use crate::assess::MENTIONED;
use crate::compiled::{CompiledRole, WayKind};
use crate::weigh::Best;

/// Somebody who is like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Like {
    /// The person.
    pub number: CandidateNumber,
    /// 1 to 10,000, the latter for the very same evidence.
    pub likeness: u16,
    /// Skills that both hold, the weightiest first.
    pub shared: Vec<Part>,
    /// Skills that the other one does not hold, with the one held that comes nearest; the weightiest first.
    pub related: Vec<(Part, SkillIx)>,
}

/// What one skill adds to a likeness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The skill.
    pub skill: SkillIx,
    /// How many people of the pool hold it.
    pub held_by: u64,
    /// Of all that either holds, in ten-thousandths, rounded down.
    pub adds: u16,
}

/// How much each skill weighs: 1 for what everybody holds, 256 more with each halving of those who do.
#[derive(Debug)]
struct Rarity {
    held_by: Vec<u64>,
    weights: Vec<u64>,
}

impl Rarity {
    fn new(held_by: &[u64], people: u64) -> Self {
        let whole = log2(people.max(1));
        let weights = held_by.iter().map(|held| 1 + whole.saturating_sub(log2((*held).max(1)))).collect();
        Self { held_by: held_by.to_vec(), weights }
    }
}

/// The logarithm to base two in 256ths, rounded down; of 1 or more.
fn log2(n: u64) -> u64 {
    let whole = n.ilog2();
    // A number from 1 to 2 as so many 2^62nds; each squaring gives one more binary digit of its logarithm.
    let mut rest = u128::from(n) << 62 >> whole;
    let mut digits = u64::from(whole);
    for _ in 0..8 {
        rest = (rest * rest) >> 62;
        let digit = rest >> 63;
        rest >>= digit;
        digits = digits << 1 | u64::try_from(digit).unwrap_or(0);
    }
    digits
}

/// What the evidence of one skill says, by its source.
fn strength(source: EvidenceSource) -> u16 {
    if source == EvidenceSource::Mentioned { MENTIONED } else { ONE }
}

/// One of whom others are asked to be like.
struct Model {
    /// Skills with their strength.
    skills: Vec<(SkillIx, u16)>,
    /// For each skill of the taxonomy the skill of the model that it counts towards, and how much.
    towards: Vec<Option<(u16, u16)>>,
    /// What the model's skills weigh, all of them.
    weight: u64,
}

impl Model {
    fn new(of: &Facts, rarity: &Rarity, taxonomy: &Taxonomy) -> Self {
        // Only which skills count, and how near they are, is taken from it.
        let role = Role::of(of.skills.iter().map(|held| Requirement::nice(vec![held.skill])).collect());
        // What is held speaks for one skill alone: itself, or the one that it adds most to.
        let mut towards: Vec<Option<(u16, u16)>> = vec![None; taxonomy.skills().len()];
        for (at, requirement) in (0_u16..).zip(&CompiledRole::new(role, taxonomy).requirements) {
            let weight = |at: u16| rarity.weights[of.skills[usize::from(at)].skill.index()];
            for (skill, way) in requirement.ways() {
                // A skill that implies another is not that one: who holds both is more like.
                let f = if way.kind == WayKind::Itself { ONE } else { way.f.min(IMPLIED) };
                let adds = |(at, f): (u16, u16)| (f == ONE, weight(at) * u64::from(f));
                let known = &mut towards[skill.index()];
                if known.is_none_or(|known| adds(known) < adds((at, f))) {
                    *known = Some((at, f));
                }
            }
        }
        let skills: Vec<(SkillIx, u16)> =
            of.skills.iter().map(|held| (held.skill, strength(held.source))).collect();
        let weighed = skills.iter().map(|(skill, s)| rarity.weights[skill.index()] * u64::from(*s));
        Self { weight: weighed.sum(), towards, skills }
    }

    /// What is shared with somebody's evidence and what either holds; `credits` has room for each skill of the model.
    fn compare(
        &self,
        rarity: &Rarity,
        held: impl Iterator<Item = (usize, EvidenceSource)>,
        credits: &mut [u16],
    ) -> (u64, u64) {
        credits.fill(0);
        let mut either = self.weight;
        for (skill, source) in held {
            let strength = strength(source);
            match self.towards[skill] {
                None => either += rarity.weights[skill] * u64::from(strength),
                Some((at, f)) => {
                    let credit = &mut credits[usize::from(at)];
                    *credit = times(f, strength).max(*credit);
                }
            }
        }
        let shared = self.skills.iter().zip(credits).map(|((skill, strength), credit)| {
            rarity.weights[skill.index()] * u64::from((*credit).min(*strength))
        });
        (shared.sum(), either)
    }
}

/// What a skill counts that implies the one asked for.
const IMPLIED: u16 = 9_000;

/// The people whose evidence is most like that of one person, among those of each file for whom `is_asked` says so.
/// `held_by` is how many people hold each skill. Nobody is like somebody of whom no skill is known.
#[must_use]
pub fn similar(
    of: &Facts,
    evidence: &EvidenceSet,
    held_by: &[u64],
    is_asked: impl Fn(usize, usize) -> bool,
    most: usize,
    taxonomy: &Taxonomy,
) -> Vec<Like> {
    let rarity = Rarity::new(held_by, evidence.people() as u64);
    let model = Model::new(of, &rarity, taxonomy);
    let mut credits = vec![0; model.skills.len()];
    let mut best = Best::new(most, None);
    for (file, segment) in evidence.segments().iter().enumerate() {
        let columns = &segment.columns;
        let (starts, numbers) = (columns.starts(), columns.numbers());
        for person in segment.persons().filter(|person| is_asked(file, *person)) {
            if numbers[person] == of.number.0 {
                continue;
            }
            let pieces = starts[person] as usize..starts[person + 1] as usize;
            let held = pieces.map(|at| (usize::from(columns.evidence().get(at).skill), source(columns, at)));
            let (shared, either) = model.compare(&rarity, held, &mut credits);
            let likeness = shared * u64::from(ONE) / either.max(1);
            if likeness > 0 {
                best.offer(likeness, numbers[person], file, person);
            }
        }
    }
    let best = best.in_order().into_iter();
    best.map(|placed| {
        let facts = evidence.segments()[placed.file].columns.facts(placed.person);
        explain(&model, &rarity, &facts)
    })
    .collect()
}

fn source(columns: &Columns, at: usize) -> EvidenceSource {
    columns.class_at(at).evidence(SkillIx::of_same_taxonomy(0)).source
}

fn explain(model: &Model, rarity: &Rarity, facts: &Facts) -> Like {
    let mut credits = vec![0; model.skills.len()];
    let held = facts.skills.iter().map(|held| (held.skill.index(), held.source));
    let (all, either) = model.compare(rarity, held, &mut credits);
    let part_of = |of: u64| u16::try_from(of * u64::from(ONE) / either.max(1)).unwrap_or(ONE);
    let (mut shared, mut related) = (Vec::new(), Vec::new());
    for (at, ((skill, strength), credit)) in model.skills.iter().zip(&credits).enumerate() {
        let counts = rarity.weights[skill.index()] * u64::from((*credit).min(*strength));
        let part = Part { skill: *skill, held_by: rarity.held_by[skill.index()], adds: part_of(counts) };
        if facts.skills.iter().any(|held| held.skill == *skill) {
            shared.push(part);
        } else if *credit > 0 {
            let earns = |held: &&stackscout_profile::SkillEvidence| {
                model.towards[held.skill.index()].is_some_and(|(to, f)| {
                    usize::from(to) == at && times(f, self::strength(held.source)) == *credit
                })
            };
            related.extend(facts.skills.iter().find(earns).map(|held| (part, held.skill)));
        }
    }
    shared.sort_by_key(|part| (std::cmp::Reverse(part.adds), part.skill));
    related.sort_by_key(|(part, _)| (std::cmp::Reverse(part.adds), part.skill));
    Like { number: facts.number, likeness: part_of(all), shared, related }
}

#[cfg(test)]
mod tests {
    //! - logarithms are those of numbers, rounded down
    //! - somebody is most like whoever holds the same, and rare skills count more

    use stackscout_evidence::BuildOptions;
    use stackscout_profile::SkillEvidence;

    use super::*;

    #[test]
    #[expect(clippy::cast_precision_loss)]
    fn logarithms_are_those_of_numbers() {
        for n in (1..3_000).chain([1 << 20, (1 << 20) + 1, 999_999, 1 << 40]) {
            let exact = (n as f64).log2() * 256.0;
            let near = log2(n) as f64;
            assert!(near <= exact + 1e-6 && near > exact - 1.01, "{n}: {near} of {exact}");
        }
        assert_eq!((log2(1), log2(2), log2(1024)), (0, 256, 2560));
    }

    #[test]
    fn the_same_evidence_is_most_alike_and_rare_skills_count_more() {
        let taxonomy = Taxonomy::embedded();
        let person = |number: u32, skills: &[&str]| {
            let mut facts = Facts::new(CandidateNumber(number));
            for id in skills {
                let skill = taxonomy.skill_by_id(id).unwrap();
                facts.add_skill(SkillEvidence {
                    skill,
                    years: None,
                    last_used: None,
                    source: EvidenceSource::Declared,
                });
            }
            facts
        };
        let people = [
            person(1, &["django", "postgresql", "cobol"]),
            person(2, &["django", "postgresql"]),
            person(3, &["django", "cobol"]),
            person(4, &["django", "postgresql", "cobol"]),
            person(5, &["wordpress"]),
            person(6, &["postgresql", "django"]),
            person(7, &["flask"]),
        ];
        let evidence = EvidenceSet::in_memory(
            &people,
            BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint()),
        );
        let mut held_by = vec![0; taxonomy.skills().len()];
        people.iter().flat_map(|p| &p.skills).for_each(|held| held_by[held.skill.index()] += 1);
        let like = similar(&people[0], &evidence, &held_by, |_, _| true, 9, &taxonomy);
        let order: Vec<u32> = like.iter().map(|like| like.number.0).collect();
        assert_eq!(order, [4, 3, 2, 6, 7]);
        assert_eq!(like[0].likeness, ONE);
        assert_eq!(like[1].shared[0].skill, taxonomy.skill_by_id("cobol").unwrap());
        assert!(like.iter().all(|like| {
            let adds = like.shared.iter().chain(like.related.iter().map(|(part, _)| part));
            let sum: u32 = adds.map(|part| u32::from(part.adds)).sum();
            sum <= u32::from(like.likeness) && sum + 3 >= u32::from(like.likeness)
        }));
        assert_eq!(like[4].related[0].1, taxonomy.skill_by_id("flask").unwrap());
    }
}
