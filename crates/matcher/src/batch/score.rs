//! One person scored exactly from tables.

use stackscout_evidence::{Columns, Evidence};

use super::plan::{FULL_TERMS, Hit, Plan, RolePlan, Tables};
use crate::arithmetic::{ONE, times};
use crate::assess::{Gate, NEAR_F_MIN};
use crate::rank::{Judged, Tier, judge, tier_of};

/// Tier and points of a person whom the knock-outs let in, and whether anything speaks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scored {
    pub(super) tier: Tier,
    pub(super) points: u32,
}

/// Most requirements of a role.
const REQUIREMENTS_MAX: usize = 64;
/// Pieces of evidence that are looked through together.
const EVIDENCE_TOGETHER: usize = 32;

/// Has the processor load the evidence of some people, all at once, so that scoring them need not wait for one after
/// the other.
pub(super) fn fetch(plan: &Plan<'_>, segment: usize, people: &[u32]) {
    let tables = &plan.tables[segment];
    let of_person = |person: &u32| {
        let [begin, end] = [0, 1].map(|next| tables.starts[*person as usize + next] as usize);
        if begin < end { tables.evidence[begin].skill ^ tables.evidence[end - 1].skill } else { 0 }
    };
    std::hint::black_box(people.iter().map(of_person).fold(0, |all, skill| all ^ skill));
}

/// Scores a person who holds no evidence without a class code.
pub(super) fn score(plan: &Plan<'_>, role: &RolePlan, segment: usize, person: usize) -> Scored {
    let tables = &plan.tables[segment];
    let mut gates = [Gate::No; REQUIREMENTS_MAX];
    let mut credits = credits(tables, role, person, |at, hit, class| {
        let gate = if hit.terms == FULL_TERMS {
            Gate::Unknown
        } else if hit.f == ONE {
            tables.gates[usize::from(hit.line)][usize::from(class)]
        } else if hit.f >= NEAR_F_MIN {
            Gate::Near
        } else {
            Gate::No
        };
        gates[at] = gates[at].max(gate);
    });
    give_traits(tables, role, person, &mut credits, &mut gates);
    let mut tier = Tier::A;
    for (asked, gate) in role.asked.iter().zip(gates) {
        if asked.gate.is_some() {
            tier = tier.max(tier_of(Some(gate)));
        }
    }
    Scored { tier, points: sum(role, &credits) }
}

/// The points alone, of a person who holds no evidence without a class code: for whoever's tier is known.
pub(super) fn points(plan: &Plan<'_>, role: &RolePlan, segment: usize, person: usize) -> u32 {
    let tables = &plan.tables[segment];
    let mut credits = credits(tables, role, person, |_, _, _| {});
    give_traits(tables, role, person, &mut credits, &mut [Gate::No; REQUIREMENTS_MAX]);
    sum(role, &credits)
}

/// The best credit of each requirement, what text says of traits apart. Tells of every hit and the class it was held
/// with.
#[inline]
fn credits(
    tables: &Tables<'_>,
    role: &RolePlan,
    person: usize,
    mut tell: impl FnMut(usize, &Hit, u16),
) -> [u16; REQUIREMENTS_MAX] {
    let mut credits = [0; REQUIREMENTS_MAX];
    let own = tables.starts[person] as usize..tables.starts[person + 1] as usize;
    // What counts is set apart first, without a branch that the processor could only guess.
    let mut counting = [Evidence { skill: 0, class: 0 }; EVIDENCE_TOGETHER];
    for evidence in tables.evidence[own].chunks(EVIDENCE_TOGETHER) {
        let mut count = 0;
        for evidence in evidence {
            counting[count % EVIDENCE_TOGETHER] = *evidence;
            count += role.counts(evidence.skill);
        }
        for evidence in &counting[..count] {
            for hit in role.hits(evidence.skill) {
                let credit = times(hit.f, tables.earned(hit.terms, evidence.class));
                let at = usize::from(hit.requirement) % REQUIREMENTS_MAX;
                credits[at] = credit.max(credits[at]);
                tell(at, hit, evidence.class);
            }
        }
    }
    credits
}

/// Where text speaks of a trait, it decides.
fn give_traits(
    tables: &Tables<'_>,
    role: &RolePlan,
    person: usize,
    credits: &mut [u16; REQUIREMENTS_MAX],
    gates: &mut [Gate; REQUIREMENTS_MAX],
) {
    if role.traits.is_empty() {
        return;
    }
    let spoken = &tables.traits[tables.trait_codes.get(person)];
    for (at, wanted) in &role.traits {
        if let Some((_, credit, gate)) = spoken.iter().find(|(t, ..)| t == wanted) {
            let at = usize::from(*at);
            credits[at] = *credit;
            gates[at] = *gate;
        }
    }
}

fn sum(role: &RolePlan, credits: &[u16; REQUIREMENTS_MAX]) -> u32 {
    role.asked.iter().zip(credits).map(|(asked, credit)| asked.weight * u32::from(*credit)).sum()
}

/// Whether somebody in tiers A to C is on the list: not where their score cannot come to be more than 0.
pub(super) fn is_listed(plan: &Plan<'_>, role: usize, segment: usize, person: usize, points: u32) -> bool {
    // Points never pass the points of high.
    2 * points >= plan.roles[role].weight
        || matches!(judged(plan, role, &plan.segments[segment].columns, person), Judged::Listed(_))
}

/// The plain path, for whoever the tables do not cover.
pub(super) fn judged(plan: &Plan<'_>, role: usize, columns: &Columns, person: usize) -> Judged {
    judge(&plan.compiled[role], &columns.facts(person), plan.as_of)
}
