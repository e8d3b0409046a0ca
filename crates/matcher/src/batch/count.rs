//! How many people are listed and left out in the whole pool.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::bits::{BlockBits, Set};
use super::filter::Verdict;
use super::lanes::Lanes;
use super::plan::Plan;
use super::score::{Scorer, is_listed, judged};
use crate::knockout::LeftOut;
use crate::rank::{Judged, Tier};

/// Counts of one role.
#[derive(Debug, Clone, Default)]
pub(super) struct Counted {
    /// Listed people in tiers A, B and C.
    pub(super) listed: [u64; 3],
    /// People left out, by their first reason; zeros omitted.
    pub(super) left_out: BTreeMap<&'static str, u64>,
}

/// People of a role's tiers, before those are taken out who are let in and of whom nothing can speak.
#[derive(Debug, Clone, Copy, Default)]
struct Tiers {
    in_tiers: [u64; 3],
    unlisted: [u64; 3],
}

/// Counts for every role.
pub(super) fn count(plan: &Plan<'_>) -> Vec<Counted> {
    let filters = plan.filters.first().map_or(0, Vec::len);
    let by_filter: Vec<(BTreeMap<&'static str, u64>, u64)> = (0..filters)
        .into_par_iter()
        .map(|filter| {
            let mut sum = (BTreeMap::new(), 0);
            for (segment, filters) in plan.segments.iter().zip(&plan.filters) {
                let (left_out, let_in) = filters[filter].count(segment);
                sum.1 += let_in;
                for (reason, count) in left_out {
                    *sum.0.entry(reason).or_insert(0) += count;
                }
            }
            sum
        })
        .collect();
    let tiers = count_tiers(plan);
    let of_role = |(role, tiers): (&super::plan::RolePlan, Tiers)| {
        let (left_out, let_in) = &by_filter[role.filter as usize];
        let mut left_out = left_out.clone();
        let in_tiers: u64 = tiers.in_tiers.iter().sum();
        if role.has_musts {
            left_out.insert(LeftOut::TierD.word(), let_in - in_tiers);
        }
        left_out.retain(|_, count| *count > 0);
        let mut listed = tiers.in_tiers;
        listed.iter_mut().zip(tiers.unlisted).for_each(|(listed, unlisted)| *listed -= unlisted);
        Counted { listed, left_out }
    };
    plan.roles.iter().zip(tiers).map(of_role).collect()
}

fn count_tiers(plan: &Plan<'_>) -> Vec<Tiers> {
    let blocks = plan.blocks();
    let next = AtomicUsize::new(0);
    let new = || vec![Tiers::default(); plan.roles.len()];
    let work = |_| {
        let lanes = Lanes::new();
        let mut bits = BlockBits::new(plan, lanes);
        let mut scorer = Scorer::new(plan, lanes);
        let mut counts = new();
        while let Some((segment, block)) = blocks.get(next.fetch_add(1, Ordering::Relaxed)) {
            bits.visit(*segment, *block);
            for (role, counts) in counts.iter_mut().enumerate() {
                count_block(plan, &mut bits, &mut scorer, (role, *segment), counts);
            }
        }
        counts
    };
    let threads = rayon::current_num_threads().min(blocks.len()).max(1);
    (0..threads).into_par_iter().map(work).reduce(new, |mut all, counts| {
        for (all, counts) in all.iter_mut().zip(counts) {
            for tier in 0..3 {
                all.in_tiers[tier] += counts.in_tiers[tier];
                all.unlisted[tier] += counts.unlisted[tier];
            }
        }
        all
    })
}

fn count_block(
    plan: &Plan<'_>,
    bits: &mut BlockBits<'_>,
    scorer: &mut Scorer<'_>,
    (role, segment): (usize, usize),
    counts: &mut Tiers,
) {
    let of = &plan.roles[role];
    count_strays(plan, bits, role, segment, counts);
    let met = bits.make(Set::Met(of.filter));
    let unsure = bits.make(Set::Unsure(of.filter));
    let let_in: Vec<u64> = bits.words(met).iter().zip(bits.words(unsure)).map(|(a, b)| a | b).collect();
    if let_in.iter().all(|word| *word == 0) {
        return;
    }
    if !of.has_musts {
        // Whoever holds nothing that counts is in tier A, and never listed.
        let mut holds = vec![0_u64; let_in.len()];
        for asked in &of.asked {
            let any = plan.ladders[asked.subject as usize].any();
            let place = bits.make(Set::Level(asked.subject, any));
            holds.iter_mut().zip(bits.words(place)).for_each(|(holds, word)| *holds |= word);
        }
        for (at, (let_in, holds)) in let_in.iter().zip(&holds).enumerate() {
            counts.in_tiers[0] += u64::from(let_in.count_ones());
            counts.unlisted[0] += u64::from((let_in & !holds).count_ones());
            counts.unlisted[0] +=
                unlisted(plan, scorer, (role, segment), bits.first() + at * 64, let_in & holds);
        }
        return;
    }
    let is_everybody_listed = plan.is_everybody_listed(of, segment);
    let mut better = vec![0_u64; let_in.len()];
    let set_of: [fn(u32, u32) -> Set; 3] =
        [|gate, _| Set::Held(gate), |gate, _| Set::Unknown(gate), |_, subject| Set::Near(subject)];
    for (tier, set_of) in set_of.into_iter().enumerate() {
        let mut chosen = let_in.clone();
        for (gate, subject) in of.asked.iter().filter_map(|asked| Some((asked.gate?, asked.subject))) {
            let place = bits.make(set_of(gate, subject));
            chosen.iter_mut().zip(bits.words(place)).for_each(|(chosen, word)| *chosen &= word);
        }
        for (at, (chosen, better)) in chosen.iter().zip(&mut better).enumerate() {
            let own = chosen & !*better;
            *better |= chosen;
            counts.in_tiers[tier] += u64::from(own.count_ones());
            if !is_everybody_listed {
                counts.unlisted[tier] += unlisted(plan, scorer, (role, segment), bits.first() + at * 64, own);
            }
        }
    }
}

/// How many of the people of a word are not listed, because their score cannot come to be more than 0.
fn unlisted(
    plan: &Plan<'_>,
    scorer: &mut Scorer<'_>,
    (role, segment): (usize, usize),
    first: usize,
    word: u64,
) -> u64 {
    let mut rest = word;
    let mut count = 0;
    if rest != 0 {
        scorer.prepare(role, segment);
    }
    while rest != 0 {
        let person = first + rest.trailing_zeros() as usize;
        rest &= rest - 1;
        let points = scorer.points(person);
        count += u64::from(!is_listed(plan, role, segment, person, points));
    }
    count
}

/// People whom tables do not cover; mostly there are none.
fn count_strays(plan: &Plan<'_>, bits: &BlockBits<'_>, role: usize, segment: usize, counts: &mut Tiers) {
    let of = &plan.segments[segment];
    let columns = &of.columns;
    if !columns.has_strays() {
        return;
    }
    let filter = &plan.filters[segment][plan.roles[role].filter as usize];
    for person in bits.people() {
        if !columns.is_stray(person) || of.is_hidden(person) {
            continue;
        }
        if matches!(filter.of(columns, person), Verdict::Out(_)) {
            continue;
        }
        match judged(plan, role, columns, person) {
            Judged::Listed(shared) => counts.in_tiers[shared.tier as usize] += 1,
            // Not in tier D, and not listed: in which tier makes no difference to any count.
            Judged::Unlisted => {
                counts.in_tiers[Tier::A as usize] += 1;
                counts.unlisted[Tier::A as usize] += 1;
            }
            Judged::LeftOut(_) => {}
        }
    }
}
