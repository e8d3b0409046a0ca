//! One person scored exactly from tables.

use stackscout_evidence::Columns;

use super::plan::{Plan, RolePlan, TRAIT};
use crate::arithmetic::{ONE, times};
use crate::assess::{Gate, NEAR_F_MIN};
use crate::rank::{Judged, Tier, judge, tier_of};

/// Tier and points of a person whom the knock-outs let in, and whether anything speaks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scored {
    pub(super) tier: Tier,
    pub(super) points: u32,
}

/// Scores a person who holds no evidence without a class code.
pub(super) fn score(plan: &Plan<'_>, role: &RolePlan, segment: usize, person: usize) -> Scored {
    let tables = &plan.tables[segment];
    let mut credits = [0_u16; 64];
    let mut gates = [Gate::No; 64];
    let own = tables.starts[person] as usize..tables.starts[person + 1] as usize;
    for evidence in &tables.evidence[own] {
        for hit in role.hits(evidence.skill) {
            let class = usize::from(evidence.class);
            let (credit, gate) = if hit.terms == TRAIT {
                (hit.f, Gate::Unknown)
            } else {
                let earned = plan.earned(segment, hit.terms, evidence.class);
                if hit.f == ONE {
                    (earned, tables.gates[usize::from(hit.line)][class])
                } else {
                    (times(hit.f, earned), if hit.f >= NEAR_F_MIN { Gate::Near } else { Gate::No })
                }
            };
            let at = usize::from(hit.requirement);
            credits[at] = credits[at].max(credit);
            gates[at] = gates[at].max(gate);
        }
    }
    if !role.traits.is_empty() {
        let spoken = &tables.traits[tables.trait_codes.get(person)];
        for (at, wanted) in &role.traits {
            if let Some((_, credit, gate)) = spoken.iter().find(|(t, ..)| t == wanted) {
                let at = usize::from(*at);
                credits[at] = *credit;
                gates[at] = *gate;
            }
        }
    }
    let mut scored = Scored { tier: Tier::A, points: 0 };
    for (at, asked) in role.asked.iter().enumerate() {
        scored.points += asked.weight * u32::from(credits[at]);
        if asked.gate.is_some() {
            scored.tier = scored.tier.max(tier_of(Some(gates[at])));
        }
    }
    scored
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
