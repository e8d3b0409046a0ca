//! Counts of everybody: steps, nices, and who would be listed under each relaxation and pair.
//!
//! Most people are counted without looking at most pairs. Whoever fails no gate is in whatever is relaxed (`always`).
//! Whoever fails some is brought in by single relaxations (`singles`); for a pair, the sum of its two singles counts
//! those twice whom each brings in, and misses those whom only both do: `corrections` holds the difference, and arises
//! only between relaxations that open a gate of theirs. Where dropping a must could leave a person with nothing that
//! counts, every pair is looked at (`always` is nought for them, and all is in `singles` and `corrections`).

use super::person::{LEVELS, Move, Person, musts, stays};
use super::plan::{Pair, Plan};
use super::{Funnel, Step, StepKind, Tie, Tiers};

pub(super) struct Tally {
    /// People by step and tier.
    steps: Vec<(StepKind, Tiers)>,
    nices: Vec<(usize, Tiers)>,
    /// By level: in whatever is relaxed, and as the role stands besides.
    always: [i64; 3],
    now: [i64; 3],
    /// By level and relaxation.
    singles: [Vec<i64>; 3],
    /// By level and pair: what the sum of the two singles lacks.
    corrections: [Vec<i64>; 3],
}

impl Tally {
    pub(super) fn new(plan: &Plan<'_>) -> Self {
        let mut steps = vec![(StepKind::Everybody, [0; 3]), (StepKind::Status, [0; 3])];
        let role = &plan.role.role;
        steps.extend(kinds(role).into_iter().map(|kind| (StepKind::Knockout(kind), [0; 3])));
        steps.extend(musts(plan).map(|at| (StepKind::Must(at), [0; 3])));
        steps.push((StepKind::Counts, [0; 3]));
        let musts: Vec<usize> = musts(plan).collect();
        let nices = (0..role.requirements.len()).filter(|at| !musts.contains(at));
        let singles = || vec![0; plan.relaxations.len()];
        let pairs = || vec![0; plan.pairs()];
        Self {
            steps,
            nices: nices.map(|at| (at, [0; 3])).collect(),
            always: [0; 3],
            now: [0; 3],
            singles: [singles(), singles(), singles()],
            corrections: [pairs(), pairs(), pairs()],
        }
    }

    pub(super) fn add(&mut self, plan: &Plan<'_>, person: &Person) {
        self.add_steps(plan, person);
        if person.is_out {
            return;
        }
        let always_counts = person.always_counts();
        for level in 0..LEVELS.len() {
            match (always_counts, person.fails[level]) {
                (true, 0) => self.always[level] += 1,
                (true, _) => self.add_failing(plan, person, level),
                (false, _) => self.add_by_hand(plan, person, level),
            }
        }
    }

    fn add_steps(&mut self, plan: &Plan<'_>, person: &Person) {
        let mut in_ = true;
        let mut tier = Some(0);
        for (kind, tiers) in &mut self.steps {
            match kind {
                StepKind::Everybody => {}
                StepKind::Status => in_ &= !person.is_out,
                StepKind::Knockout(kind) => {
                    let answer = person.knockouts.iter().find(|k| k.kind == *kind).map(|k| k.answer);
                    in_ &= answer.is_some_and(|answer| stays(answer, plan.drops_unknown));
                }
                StepKind::Must(at) => tier = person.tier(*at + 1),
                StepKind::Counts => in_ &= person.counts(&Move::default()),
            }
            if let (true, Some(tier)) = (in_, tier) {
                tiers[tier] += 1;
            }
        }
        if let (true, Some(tier)) = (in_, tier) {
            for (at, tiers) in &mut self.nices {
                tiers[tier] += u64::from(person.holds(*at));
            }
        }
    }

    /// Somebody who fails some gate, and for whom something counts in any case.
    fn add_failing(&mut self, plan: &Plan<'_>, person: &Person, level: usize) {
        let fails = person.fails[level];
        let helps: Vec<usize> =
            (0..plan.relaxations.len()).filter(|r| person.opened(*r, level) != 0).collect();
        let alone = |r: usize| person.opened(r, level) == fails;
        for (at, &a) in helps.iter().enumerate() {
            self.singles[level][a] += i64::from(alone(a));
            for &b in &helps[at + 1..] {
                if plan.of_pair(a, b) == Pair::Apart {
                    let together = person.opened(a, level) | person.opened(b, level) == fails;
                    let correction = i64::from(together) - i64::from(alone(a)) - i64::from(alone(b));
                    self.corrections[level][plan.pair(a, b)] += correction;
                }
            }
        }
        for &(a, b, _) in &plan.combined {
            let together = person.pair(plan, a, b).is_some_and(|moved| moved.opens[level] == fails);
            let correction = i64::from(together) - i64::from(alone(a)) - i64::from(alone(b));
            self.corrections[level][plan.pair(a, b)] += correction;
        }
    }

    /// Somebody who could be left with nothing that counts: everything is looked at.
    fn add_by_hand(&mut self, plan: &Plan<'_>, person: &Person, level: usize) {
        let is_in = |moved: &Move| i64::from(person.is_in(level, moved));
        self.now[level] += is_in(&Move::default());
        let count = plan.relaxations.len();
        let singles: Vec<i64> = (0..count).map(|r| is_in(&person.single(r))).collect();
        for a in 0..count {
            self.singles[level][a] += singles[a];
            for b in a + 1..count {
                if let Some(moved) = person.pair(plan, a, b) {
                    self.corrections[level][plan.pair(a, b)] += is_in(&moved) - singles[a] - singles[b];
                }
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Tally) {
        for (own, others) in self.steps.iter_mut().zip(&other.steps) {
            add(&mut own.1, &others.1);
        }
        for (own, others) in self.nices.iter_mut().zip(&other.nices) {
            add(&mut own.1, &others.1);
        }
        for level in 0..LEVELS.len() {
            self.always[level] += other.always[level];
            self.now[level] += other.now[level];
            add(&mut self.singles[level], &other.singles[level]);
            add(&mut self.corrections[level], &other.corrections[level]);
        }
    }

    pub(super) fn finish(self, plan: Plan<'_>, tie: Option<Tie>) -> Funnel {
        let listed = tiers(|level| self.always[level] + self.now[level]);
        let single = |level: usize, r: usize| self.singles[level][r];
        let mut pairs = Vec::new();
        for a in 0..plan.relaxations.len() {
            for b in a + 1..plan.relaxations.len() {
                if plan.of_pair(a, b) != Pair::No {
                    let correction = |level: usize| self.corrections[level][plan.pair(a, b)];
                    let then = tiers(|level| {
                        self.always[level] + single(level, a) + single(level, b) + correction(level)
                    });
                    pairs.push((a, b, then));
                }
            }
        }
        let singles = plan
            .relaxations
            .into_iter()
            .enumerate()
            .map(|(r, relaxation)| (relaxation, tiers(|level| self.always[level] + single(level, r))))
            .collect();
        let steps = self.steps.into_iter().map(|(kind, tiers)| Step { kind, tiers }).collect();
        Funnel { steps, nices: self.nices, listed, singles, pairs, tie }
    }
}

/// People in each tier, from people at each level or better.
fn tiers(at_least: impl Fn(usize) -> i64) -> Tiers {
    let mut before = 0;
    [0, 1, 2].map(|level| {
        let now = at_least(level);
        let tier =
            u64::try_from(now - before).expect("a better level is part of the next, and counts of people");
        before = now;
        tier
    })
}

fn add<T: Copy + std::ops::AddAssign>(to: &mut [T], from: &[T]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += *from;
    }
}

/// The knock-outs that a role sets, in their order.
fn kinds(role: &stackscout_profile::Role) -> Vec<&'static str> {
    let nobody = stackscout_profile::Facts::new(stackscout_profile::CandidateNumber(0));
    crate::knockout::knockouts(role, &nobody).into_iter().map(|k| k.kind).collect()
}
