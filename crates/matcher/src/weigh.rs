//! The order of people whom a search finds: by what their evidence is worth to the skills that the query asks for.
//!
//! Each skill asked for counts as a nice-to-have of the same weight and without a half-life: evidence earns what
//! [`assess`](mod@crate::assess) gives it, that for a skill which counts in part its part of it, and somebody's worth is
//! the sum. Of equals, those come first who have more known years of these skills, then the smaller candidate number.
//!
//! Where few of a block are found they are weighed one by one; where many are, the block's lists of holders are gone
//! through, in which all who hold the same class of evidence stand together. Where a single skill is asked for, who is
//! below the last of the best so far is passed over with the whole class. All ways give the same.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use stackscout_evidence::{Class, Columns, EvidenceError, LazyColumns, LazySet};
use stackscout_profile::{CandidateNumber, Date, Facts, Requirement, Role, Years};
use stackscout_taxonomy::SkillIx;

use crate::arithmetic::{ONE, times};
use crate::assess::worth;

/// A skill that a search asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Skills any of which will do, with what each counts, in ten-thousandths; the best evidence counts.
    pub skills: Vec<(SkillIx, u16)>,
    /// Years that earn in full, where the search asks for them.
    pub years: Option<Years>,
}

/// Skills weighed at most; of more, the first ones.
pub const WANTED_MAX: usize = 64;

/// Somebody's place in an order: the greater value comes first, and of equals the smaller number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rung {
    /// What the order is by, turned round.
    pub value: Reverse<u64>,
    /// The person.
    pub number: CandidateNumber,
}

/// Somebody among the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed {
    /// The place in the order.
    pub rung: Rung,
    /// Number of the file of columns.
    pub file: usize,
    /// Place in it.
    pub person: usize,
}

/// The first so many of an order.
#[derive(Debug)]
pub struct Best {
    most: usize,
    after: Option<Rung>,
    heap: BinaryHeap<Placed>,
}

impl Best {
    /// The first `most` who come after a rung, or from the beginning.
    #[must_use]
    pub fn new(most: usize, after: Option<Rung>) -> Self {
        Self { most, after, heap: BinaryHeap::new() }
    }

    /// Whether somebody of this value may still be among the first.
    #[inline]
    fn may_take(&self, value: u64) -> bool {
        self.heap.len() < self.most || self.heap.peek().is_some_and(|last| value >= last.rung.value.0)
    }

    /// Takes somebody in, where they are among the first.
    #[inline]
    pub fn offer(&mut self, value: u64, number: u32, file: usize, person: usize) {
        let rung = Rung { value: Reverse(value), number: CandidateNumber(number) };
        let is_full = self.heap.len() >= self.most;
        if is_full && self.heap.peek().is_none_or(|last| last.rung <= rung)
            || self.after.is_some_and(|after| rung <= after)
        {
            return;
        }
        if is_full {
            self.heap.pop();
        }
        self.heap.push(Placed { rung, file, person });
    }

    /// Those who are among the first, in order.
    #[must_use]
    pub fn in_order(self) -> Vec<Placed> {
        self.heap.into_sorted_vec()
    }
}

/// Bits of a value that hold tenths of years: 64 skills of at most 99.9 years are below `2^16`.
const YEAR_BITS: u32 = 20;

/// What is left of a value where the skill counts `f` ten-thousandths of the wanted one; its years stay.
#[inline]
fn part(value: u64, f: u16) -> u64 {
    if f == ONE {
        return value;
    }
    let earns = u16::try_from(value >> YEAR_BITS).unwrap_or(ONE);
    (u64::from(times(f, earns)) << YEAR_BITS) | (value & ((1 << YEAR_BITS) - 1))
}

/// What a value says of the evidence, in ten-thousandths of what can be earned: 10,000 for somebody who has all that is
/// asked for.
#[must_use]
pub fn worth_of(value: u64, wanted: usize) -> u16 {
    let earned = (value >> YEAR_BITS) / (wanted.clamp(1, WANTED_MAX) as u64);
    u16::try_from(earned).unwrap_or(u16::MAX)
}

/// The order of people by their evidence.
pub struct Weigher<'a> {
    evidence: &'a LazySet,
    wanted: &'a [Wanted],
    /// For each skill the wanted ones that it counts towards, as bits.
    counts_for: Vec<u64>,
    /// For each wanted skill what each skill counts towards it, in ten-thousandths; empty where all count in full.
    parts: Vec<Vec<u16>>,
    /// For each file and each wanted skill the value of each class, once it was asked for.
    values: Vec<Vec<Vec<u64>>>,
    /// Room for what one person's evidence is worth to each wanted skill.
    scratch: Vec<u64>,
    role: Role,
    requirements: Vec<Requirement>,
    as_of: Date,
}

const NOT_ASKED: u64 = u64::MAX;

/// So many holders cost as much to go through as weighing one person alone.
const HOLDERS_A_PERSON: usize = 24;

impl<'a> Weigher<'a> {
    /// Makes ready to weigh for these skills. The date counts for nothing as long as nothing is asked of a last use.
    #[must_use]
    pub fn new(evidence: &'a LazySet, wanted: &'a [Wanted], as_of: Date) -> Self {
        let wanted = &wanted[..wanted.len().min(WANTED_MAX)];
        let skills = evidence.columns().next().map_or(0, LazyColumns::skills);
        let mut counts_for = vec![0; skills];
        for (at, one) in wanted.iter().enumerate() {
            one.skills.iter().for_each(|(skill, _)| counts_for[skill.index()] |= 1 << at);
        }
        let parts_of = |one: &Wanted| {
            let mut parts = Vec::<u16>::new();
            if one.skills.iter().any(|(_, f)| *f != ONE) {
                parts.resize(skills, 0);
                for (skill, f) in &one.skills {
                    let part = &mut parts[skill.index()];
                    *part = (*f).max(*part);
                }
            }
            parts
        };
        let requirement = |one: &Wanted| Requirement {
            years: one.years.filter(|years| years.tenths() > 0),
            related: false,
            ..Requirement::nice(one.skills.iter().map(|(skill, _)| *skill).collect())
        };
        let of_file = |columns: LazyColumns<'_>| vec![vec![NOT_ASKED; columns.classes().len()]; wanted.len()];
        Self {
            evidence,
            wanted,
            counts_for,
            parts: wanted.iter().map(parts_of).collect(),
            values: evidence.columns().map(of_file).collect(),
            scratch: vec![0; wanted.len()],
            role: Role::of(Vec::new()),
            requirements: wanted.iter().map(requirement).collect(),
            as_of,
        }
    }

    /// Offers everybody who is found in one file; `found` has a bit for each place.
    ///
    /// # Errors
    /// Damaged columns.
    pub fn offer(&mut self, file: usize, found: &[u64], best: &mut Best) -> Result<(), EvidenceError> {
        let columns = self.evidence.file(file);
        let mut sums: Vec<u64> = Vec::new();
        for block in 0..columns.blocks() {
            let people = columns.block(block);
            let count = count_in(found, people.clone());
            if count == 0 {
                continue;
            }
            let wanted = self.wanted;
            let lists = wanted.iter().flat_map(|one| &one.skills);
            let holders: usize = lists.map(|(skill, _)| columns.holder_count(block, skill.index())).sum();
            if count * HOLDERS_A_PERSON <= holders || columns.has_strays() {
                self.offer_singly(file, people_in(found, people), best)?;
                continue;
            }
            if let [Wanted { skills, .. }] = wanted
                && let [skill] = skills.as_slice()
            {
                self.offer_holders(file, block, *skill, found, best)?;
                continue;
            }
            sums.clear();
            sums.resize(people.len(), 0);
            for at in 0..wanted.len() {
                self.add(file, block, at, &mut sums)?;
            }
            let numbers = columns.numbers()?;
            for person in people_in(found, people.clone()) {
                let value = sums[person - people.start];
                if best.may_take(value) {
                    best.offer(value, numbers[person], file, person);
                }
            }
        }
        self.offer_singly(file, people_in(found, columns.open_people()..columns.people()), best)
    }

    fn offer_singly(
        &mut self,
        file: usize,
        people: impl Iterator<Item = usize>,
        best: &mut Best,
    ) -> Result<(), EvidenceError> {
        let columns = self.evidence.file(file);
        let (numbers, starts) = (columns.numbers()?, columns.starts()?);
        for person in people {
            let value = self.value_of(file, starts[person] as usize..starts[person + 1] as usize)?;
            if best.may_take(value) {
                best.offer(value, numbers[person], file, person);
            }
        }
        Ok(())
    }

    /// Offers the people of a block where one skill is all that is asked for.
    fn offer_holders(
        &mut self,
        file: usize,
        block: usize,
        (skill, f): (SkillIx, u16),
        found: &[u64],
        best: &mut Best,
    ) -> Result<(), EvidenceError> {
        let columns = self.evidence.file(file);
        let (numbers, people) = (columns.numbers()?, columns.block(block));
        let holders = columns.holders(block, skill.index())?;
        for (class, of_run) in holders.runs() {
            let value = part(self.value_of_class(file, 0, class), f);
            if !best.may_take(value) {
                continue;
            }
            for person in of_run.iter().map(|person| people.start + usize::from(*person)) {
                if found[person / 64] >> (person % 64) & 1 != 0 {
                    best.offer(value, numbers[person], file, person);
                }
            }
        }
        // Who does not hold the skill is worth nothing, and comes in where there are too few who are.
        if best.may_take(0) {
            let mut others = found[people.start / 64..people.end.div_ceil(64)].to_vec();
            let first = people.start / 64 * 64;
            for person in holders.people.iter().map(|person| people.start - first + usize::from(*person)) {
                others[person / 64] &= !(1 << (person % 64));
            }
            for person in people_in(&others, people.start - first..people.end - first).map(|at| first + at) {
                best.offer(0, numbers[person], file, person);
            }
        }
        Ok(())
    }

    /// Adds what one wanted skill is worth to everybody of a block.
    fn add(&mut self, file: usize, block: usize, at: usize, sums: &mut [u64]) -> Result<(), EvidenceError> {
        let columns = self.evidence.file(file);
        let skills = &self.wanted[at].skills;
        // Of several skills that will do the best counts, so that they are put together first.
        let mut best = if skills.len() > 1 { vec![0; sums.len()] } else { Vec::new() };
        for (skill, f) in skills {
            let holders = columns.holders(block, skill.index())?;
            for (class, people) in holders.runs() {
                let value = part(self.value_of_class(file, at, class), *f);
                if skills.len() > 1 {
                    for person in people {
                        let best = &mut best[usize::from(*person)];
                        *best = value.max(*best);
                    }
                } else {
                    people.iter().for_each(|person| sums[usize::from(*person)] += value);
                }
            }
        }
        sums.iter_mut().zip(best).for_each(|(sum, best)| *sum += best);
        Ok(())
    }

    /// What one person's evidence is worth; `pieces` are its places.
    fn value_of(&mut self, file: usize, pieces: std::ops::Range<usize>) -> Result<u64, EvidenceError> {
        let columns = self.evidence.file(file);
        let evidence = columns.evidence(pieces.clone())?;
        let mut values = std::mem::take(&mut self.scratch);
        values.fill(0);
        for (at, piece) in pieces.zip(evidence.iter()) {
            let mut towards = self.counts_for[usize::from(piece.skill)];
            while towards != 0 {
                let wanted = towards.trailing_zeros() as usize;
                towards &= towards - 1;
                let value = if piece.class == Columns::STRAY {
                    self.weigh(wanted, &columns.class_of(at, piece))
                } else {
                    self.value_of_class(file, wanted, piece.class)
                };
                let f = self.parts[wanted].get(usize::from(piece.skill)).copied().unwrap_or(ONE);
                values[wanted] = part(value, f).max(values[wanted]);
            }
        }
        let sum = values.iter().sum();
        self.scratch = values;
        Ok(sum)
    }

    #[inline]
    fn value_of_class(&mut self, file: usize, wanted: usize, class: u16) -> u64 {
        let known = self.values[file][wanted][usize::from(class)];
        if known != NOT_ASKED {
            return known;
        }
        let class_ = self.evidence.file(file).classes()[usize::from(class)];
        let value = self.weigh(wanted, &class_);
        self.values[file][wanted][usize::from(class)] = value;
        value
    }

    fn weigh(&self, wanted: usize, class: &Class) -> u64 {
        let mut facts = Facts::new(CandidateNumber(0));
        facts.total_years = class.bound();
        let evidence = class.evidence(SkillIx::of_same_taxonomy(0));
        let worth = worth(&self.requirements[wanted], &self.role, &facts, &evidence, self.as_of);
        let years = evidence.years.map_or(0, |years| u64::from(years.tenths()));
        u64::from(worth.earns) << YEAR_BITS | years
    }
}

/// How many people of a range are found.
fn count_in(found: &[u64], people: std::ops::Range<usize>) -> usize {
    let words = people.start / 64..people.end.div_ceil(64).max(people.start / 64);
    let (first, last) = (people.start / 64, people.end / 64);
    let mut count = 0;
    for at in words {
        let mut word = found[at];
        if at == first {
            word &= u64::MAX << (people.start % 64);
        }
        if at == last {
            word &= !(u64::MAX << (people.end % 64));
        }
        count += word.count_ones() as usize;
    }
    count
}

/// The people of a range who are found.
fn people_in(found: &[u64], people: std::ops::Range<usize>) -> impl Iterator<Item = usize> + '_ {
    let words = people.start / 64..people.end.div_ceil(64).max(people.start / 64);
    words.flat_map(move |at| {
        let mut rest = found[at];
        if at == people.start / 64 {
            rest &= u64::MAX << (people.start % 64);
        }
        if at == people.end / 64 {
            rest &= !(u64::MAX << (people.end % 64));
        }
        std::iter::from_fn(move || {
            let bit = rest.trailing_zeros() as usize;
            (rest != 0).then(|| {
                rest &= rest - 1;
                at * 64 + bit
            })
        })
    })
}

#[cfg(test)]
mod tests {
    //! - everybody's value is what an assessment gives, whichever way they are weighed
    //! - the first ones are the first of all, after any place
    //! - a related skill earns what a ranking gives it

    use proptest::prelude::*;
    use stackscout_evidence::{BuildOptions, EvidenceSet};
    use stackscout_profile::{EvidenceSource, SkillEvidence, Status};
    use stackscout_taxonomy::Taxonomy;
    use stackscout_taxonomy::written::LastUsed;

    use super::*;
    use crate::{CompiledRole, assess::assess};

    const SKILLS: u16 = 6;

    fn person() -> impl Strategy<Value = Facts> {
        let skill = (0..SKILLS, prop::option::of(1_u16..200), prop::option::of(2000_u16..2030), 0..3_u8);
        let skills = prop::collection::vec(skill, 0..5);
        (skills, prop::option::of(0_u16..300), prop::bool::weighted(0.1)).prop_map(
            |(skills, total, is_hired)| {
                let mut facts = Facts::new(CandidateNumber(0));
                facts.total_years = total.and_then(Years::from_tenths);
                facts.status = is_hired.then_some(Status::Hired);
                for (skill, years, year, source) in skills {
                    facts.add_skill(SkillEvidence {
                        skill: SkillIx::of_same_taxonomy(skill),
                        years: years.and_then(Years::from_tenths),
                        last_used: year.map(LastUsed::Year),
                        source: [EvidenceSource::Mentioned, EvidenceSource::Declared, EvidenceSource::Worked]
                            [usize::from(source)],
                    });
                }
                facts
            },
        )
    }

    fn wanted() -> impl Strategy<Value = Vec<Wanted>> {
        let f = prop::sample::select(vec![10_000_u16, 9_500, 6_000, 2_000, 500]);
        let one = (prop::collection::vec((0..SKILLS, f), 1..3), prop::option::of(1_u16..120));
        prop::collection::vec(one, 0..4).prop_map(|wanted| {
            let of = |(skills, years): (Vec<(u16, u16)>, Option<u16>)| Wanted {
                skills: skills.into_iter().map(|(skill, f)| (SkillIx::of_same_taxonomy(skill), f)).collect(),
                years: years.and_then(Years::from_tenths),
            };
            wanted.into_iter().map(of).collect()
        })
    }

    /// The definition: each wanted skill as a requirement of its own, the best of those that will do.
    fn slow(facts: &Facts, wanted: &[Wanted], taxonomy: &Taxonomy, as_of: Date) -> u64 {
        let mut sum = 0;
        for one in wanted {
            let value = |(skill, f): &(SkillIx, u16)| {
                let mut only = facts.clone();
                only.skills.retain(|held| held.skill == *skill);
                let requirement =
                    Requirement { years: one.years, related: false, ..Requirement::nice(vec![*skill]) };
                let role = CompiledRole::new(Role::of(vec![requirement]), taxonomy);
                let credit = assess(&role.requirements[0], &role.role, &only, as_of).credit;
                let years =
                    only.skills.first().and_then(|held| held.years).map_or(0, |y| u64::from(y.tenths()));
                u64::from(times(*f, credit)) << YEAR_BITS | years
            };
            sum += one.skills.iter().map(value).max().unwrap_or(0);
        }
        sum
    }

    #[test]
    fn a_related_skill_earns_what_a_ranking_gives_it() {
        let taxonomy = Taxonomy::embedded();
        let django = taxonomy.skill_by_id("django").unwrap();
        let (years, as_of) = (Years::from_tenths(50), Date::new(2026, 11, 1).unwrap());
        let requirement = Requirement { years, ..Requirement::nice(vec![django]) };
        let role = CompiledRole::new(Role::of(vec![requirement]), &taxonomy);
        let asked = &role.requirements[0];
        let skills: Vec<(SkillIx, u16)> = asked.ways().map(|(skill, way)| (skill, way.f)).collect();
        assert!(skills.iter().any(|(_, f)| *f < ONE));
        let mut people = Vec::new();
        for (skill, number) in skills.iter().map(|(skill, _)| *skill).zip(1..) {
            let (years, source) = (Years::from_tenths(30), EvidenceSource::Declared);
            let mut facts = Facts::new(CandidateNumber(number));
            facts.add_skill(SkillEvidence { skill, years, last_used: None, source });
            people.push(facts);
        }
        let options = BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint());
        let evidence = LazySet::from(EvidenceSet::in_memory(&people, options));
        let mut found = vec![0_u64; people.len().div_ceil(64)];
        (0..people.len()).for_each(|at| found[at / 64] |= 1 << (at % 64));
        let wanted = [Wanted { skills, years }];
        let mut best = Best::new(people.len(), None);
        Weigher::new(&evidence, &wanted, as_of).offer(0, &found, &mut best).unwrap();
        let placed = best.in_order();
        assert_eq!(placed.len(), people.len());
        for Placed { rung, .. } in placed {
            let facts = &people[rung.number.0 as usize - 1];
            let credit = assess(asked, &role.role, facts, as_of).credit;
            assert_eq!(worth_of(rung.value.0, 1), credit, "{:?}", facts.skills);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_first_are_the_first_of_all(
            mut people in prop::collection::vec(person(), 0..80),
            wanted in wanted(),
            chosen in any::<u64>(),
            most in 0_usize..20,
            block_people in 3_u32..70,
            classes_max in prop::sample::select(vec![3, u16::MAX]),
            after in any::<prop::sample::Index>(),
        ) {
            let taxonomy = Taxonomy::embedded();
            for (at, facts) in people.iter_mut().enumerate() {
                facts.number = CandidateNumber(u32::try_from(at).unwrap() + 1);
            }
            let is_chosen = |number: u32| chosen >> (number % 64) & 1 != 0;
            let options = BuildOptions {
                block_people, classes_max, ..BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint())
            };
            let evidence = LazySet::from(EvidenceSet::in_memory(&people, options));
            let numbers = evidence.file(0).numbers().unwrap();
            let mut found = vec![0_u64; numbers.len().div_ceil(64)];
            for (at, _) in numbers.iter().enumerate().filter(|(_, number)| is_chosen(**number)) {
                found[at / 64] |= 1 << (at % 64);
            }
            let as_of = Date::new(2026, 11, 1).unwrap();
            let mut all: Vec<Rung> = people
                .iter()
                .filter(|facts| is_chosen(facts.number.0))
                .map(|facts| Rung { value: Reverse(slow(facts, &wanted, &taxonomy, as_of)), number: facts.number })
                .collect();
            all.sort_unstable();
            let after = (!all.is_empty()).then(|| all[after.index(all.len())]);
            for after in [None, after] {
                let mut best = Best::new(most, after);
                Weigher::new(&evidence, &wanted, as_of).offer(0, &found, &mut best).unwrap();
                let first: Vec<Rung> = best.in_order().into_iter().map(|placed| placed.rung).collect();
                let rest = all.iter().filter(|rung| after.is_none_or(|after| **rung > after));
                prop_assert_eq!(first, rest.take(most).copied().collect::<Vec<_>>());
            }
        }
    }
}
