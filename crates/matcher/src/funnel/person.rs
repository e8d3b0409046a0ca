//! One person at every gate, as it stands and as each relaxation would have it.

use stackscout_profile::{Date, Facts, Need, Role};

use super::plan::{Edited, Pair, Plan};
use crate::assess::{Assessment, Gate, Outcome, assess};
use crate::knockout::{Answer, Knockout, knockouts, out_already};
use crate::rank::{Tier, tier_of};

/// Bits of gates: knock-outs first, then requirements, each in their order. At most 7 and 64.
pub(super) type Gates = u128;

/// The tiers as levels: in A; in B or better; in C or better.
pub(super) const LEVELS: [Tier; 3] = [Tier::A, Tier::B, Tier::C];

/// What a relaxation, or a combined pair, does for one person.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Move {
    /// The gates that it opens, of those that the person fails at each level.
    pub(super) opens: [Gates; 3],
    /// What it adds to the most points that the person can ever have, and to the sum of weights.
    pub(super) high: i64,
    pub(super) weight: i64,
}

/// One person.
pub(super) struct Person {
    /// Hired already, opted out, or left out by a decision.
    pub(super) is_out: bool,
    /// Answers to the knock-outs, in their order.
    pub(super) knockouts: Vec<Knockout>,
    /// Each requirement.
    pub(super) requirements: Vec<Assessment>,
    /// The gates that the person fails at each level.
    pub(super) fails: [Gates; 3],
    /// The most points that the person can ever have, and the sum of weights.
    high: i64,
    weight: i64,
    /// What each relaxation does.
    moves: Vec<Move>,
    /// What each combined pair does.
    combined: Vec<Move>,
}

impl Person {
    pub(super) fn new(plan: &Plan<'_>, facts: &Facts, as_of: Date) -> Self {
        let role = &plan.role.role;
        let knockouts = knockouts(role, facts);
        let requirements: Vec<Assessment> =
            plan.role.requirements.iter().map(|r| assess(r, role, facts, as_of)).collect();
        let (mut high, mut weight) = (0, 0);
        let mut fails = [0; 3];
        for (at, (requirement, assessed)) in plan.role.requirements.iter().zip(&requirements).enumerate() {
            high += i64::from(requirement.asked.weight) * i64::from(assessed.high);
            weight += i64::from(requirement.asked.weight);
            for (level, fails) in LEVELS.iter().zip(&mut fails) {
                if !reaches(assessed.gate, *level) {
                    *fails |= bit(knockouts.len() + at);
                }
            }
        }
        for (at, knockout) in knockouts.iter().enumerate() {
            if !stays(knockout.answer, plan.drops_unknown) {
                fails.iter_mut().for_each(|fails| *fails |= bit(at));
            }
        }
        let mut person = Self {
            is_out: out_already(plan.role, facts).is_some(),
            knockouts,
            requirements,
            fails,
            high,
            weight,
            moves: Vec::new(),
            combined: Vec::new(),
        };
        if !person.is_out {
            let of = |edited| person.moved(edited, plan, facts, as_of);
            let moves: Vec<Move> = plan.edited.iter().map(of).collect();
            let combined = plan
                .combined
                .iter()
                .map(|(a, b, edited)| person.both(&moves, *a, *b, edited, plan, facts, as_of));
            person.combined = combined.collect();
            person.moves = moves;
        }
        person
    }

    /// What a relaxation does, or a pair about one requirement or knock-out.
    fn moved(&self, edited: &Edited, plan: &Plan<'_>, facts: &Facts, as_of: Date) -> Move {
        let mut moved = Move::default();
        match edited {
            Edited::Dropped(at) | Edited::Requirement(at, _) => {
                let asked = &plan.role.requirements[*at].asked;
                let old = i64::from(asked.weight) * i64::from(self.requirements[*at].high);
                let gate = match edited {
                    Edited::Requirement(_, requirement) => {
                        let assessed = assess(requirement, &plan.role.role, facts, as_of);
                        moved.high = i64::from(asked.weight) * i64::from(assessed.high) - old;
                        assessed.gate
                    }
                    _ => {
                        (moved.high, moved.weight) = (-old, -i64::from(asked.weight));
                        None
                    }
                };
                let bit = bit(self.knockouts.len() + at);
                for (level, opens) in LEVELS.iter().zip(&mut moved.opens) {
                    *opens = if reaches(gate, *level) { bit } else { 0 };
                }
            }
            Edited::Knockout(kind, role) => {
                if stays(answer(role, kind, facts), plan.drops_unknown) {
                    moved.opens = [self.bit_of(kind); 3];
                }
            }
            Edited::KeepUnknown => {
                let unknown = self.knockouts.iter().enumerate().filter(|(_, k)| k.answer == Answer::Unknown);
                moved.opens = [unknown.map(|(at, _)| bit(at)).sum(); 3];
            }
        }
        for (opens, fails) in moved.opens.iter_mut().zip(self.fails) {
            *opens &= fails;
        }
        moved
    }

    /// What a combined pair does.
    #[expect(clippy::too_many_arguments, reason = "the pair, and all that judging it takes")]
    fn both(
        &self,
        moves: &[Move],
        a: usize,
        b: usize,
        edited: &Edited,
        plan: &Plan<'_>,
        facts: &Facts,
        as_of: Date,
    ) -> Move {
        let (one, other) = (&moves[a], &moves[b]);
        let mut moved = self.moved(edited, plan, facts, as_of);
        let keeps = [a, b].iter().any(|at| matches!(plan.edited[*at], Edited::KeepUnknown));
        if let (Edited::Knockout(kind, role), true) = (edited, keeps)
            && answer(role, kind, facts) != Answer::NotMet
        {
            moved.opens = [self.bit_of(kind); 3];
        }
        for (at, opens) in moved.opens.iter_mut().enumerate() {
            *opens = (*opens | one.opens[at] | other.opens[at]) & self.fails[at];
        }
        moved
    }

    fn bit_of(&self, kind: &str) -> Gates {
        self.knockouts.iter().position(|k| k.kind == kind).map_or(0, bit)
    }

    pub(super) fn opened(&self, relaxation: usize, level: usize) -> Gates {
        self.moves[relaxation].opens[level]
    }

    /// The pair's move; `None` where it cannot be made.
    pub(super) fn pair(&self, plan: &Plan<'_>, a: usize, b: usize) -> Option<Move> {
        match plan.of_pair(a, b) {
            Pair::No => None,
            Pair::Combined(at) => Some(self.combined[at]),
            Pair::Apart => {
                let (one, other) = (&self.moves[a], &self.moves[b]);
                let mut both = *one;
                for (opens, others) in both.opens.iter_mut().zip(other.opens) {
                    *opens |= others;
                }
                both.high += other.high;
                both.weight += other.weight;
                Some(both)
            }
        }
    }

    pub(super) fn single(&self, relaxation: usize) -> Move {
        self.moves[relaxation]
    }

    /// Whether the person is at this level or better, once the move is made.
    pub(super) fn is_in(&self, level: usize, moved: &Move) -> bool {
        self.fails[level] & !moved.opens[level] == 0 && self.counts(moved)
    }

    /// Whether the most that the score can ever be, once the move is made, rounds to more than nothing.
    pub(super) fn counts(&self, moved: &Move) -> bool {
        2 * (self.high + moved.high) >= self.weight + moved.weight
    }

    /// Whether something counts for the person whatever is relaxed, one or two at once.
    pub(super) fn always_counts(&self) -> bool {
        let mut least = [0, 0];
        for moved in self.moves.iter().chain(&self.combined) {
            if moved.high < least[0] {
                least = [moved.high, least[0]];
            } else if moved.high < least[1] {
                least[1] = moved.high;
            }
        }
        2 * (self.high + least[0] + least[1]) >= self.weight
    }

    /// The tier by all musts before the requirement `end`; `None` where it is D.
    pub(super) fn tier(&self, end: usize) -> Option<usize> {
        let worst = self.requirements[..end].iter().map(|a| tier_of(a.gate)).max().unwrap_or(Tier::A);
        LEVELS.iter().position(|level| *level == worst)
    }

    /// Whether anything held counts towards a requirement.
    pub(super) fn holds(&self, requirement: usize) -> bool {
        self.requirements[requirement].outcome != Outcome::NotMet
    }
}

/// Whether an answer leaves a person on the list.
pub(super) fn stays(answer: Answer, drops_unknown: bool) -> bool {
    match answer {
        Answer::Met => true,
        Answer::Unknown => !drops_unknown,
        Answer::NotMet => false,
    }
}

fn reaches(gate: Option<Gate>, level: Tier) -> bool {
    tier_of(gate) <= level
}

fn bit(at: usize) -> Gates {
    1 << at
}

/// The answer to one knock-out; met where the role does not ask.
fn answer(role: &Role, kind: &str, facts: &Facts) -> Answer {
    knockouts(role, facts).iter().find(|k| k.kind == kind).map_or(Answer::Met, |k| k.answer)
}

/// The places of musts in the role.
pub(super) fn musts<'a>(plan: &'a Plan<'_>) -> impl Iterator<Item = usize> + 'a {
    let requirements = plan.role.requirements.iter().enumerate();
    requirements.filter(|(_, r)| r.asked.need == Need::Must).map(|(at, _)| at)
}
