//! How one person stands among everybody: the place that a ranking of the whole pool would give, without the ranking.

use std::cmp::Reverse;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use stackscout_evidence::EvidenceSet;
use stackscout_profile::{Date, Facts};

use super::bits::{BlockBits, Set};
use super::count;
use super::filter::Verdict;
use super::lanes::Lanes;
use super::plan::Plan;
use super::score::{Scored, Scorer, is_listed, judged};
use crate::compiled::CompiledRole;
use crate::rank::{Judged, Shared, Standing, Tier, entry, judge};

/// How one person stands among the people of a set of columns.
///
/// The result is that of [`standing`](crate::standing) on [`EvidenceSet::facts`], byte for byte.
#[must_use]
pub fn standing_columns(
    role: &CompiledRole,
    evidence: &EvidenceSet,
    person: &Facts,
    as_of: Date,
) -> Standing {
    let mut entry = entry(role, person, as_of);
    let plan = Plan::new(std::slice::from_ref(role), evidence, as_of);
    let listed = count::count(&plan).first().map_or([0; 3], |counted| counted.listed);
    let left_out = match judge(role, person, as_of) {
        Judged::Listed(own) => {
            let tally = tally(&plan, own);
            let of_better_tiers: u64 = listed[..own.tier as usize].iter().sum();
            (entry.place, entry.tied) = (of_better_tiers + tally.before + 1, tally.tied);
            None
        }
        Judged::LeftOut(reason) => Some(reason),
        Judged::Unlisted => None,
    };
    Standing { entry, left_out, listed: listed.iter().sum() }
}

/// People of one tier, seen from one of them.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    /// How many stand before.
    before: u64,
    /// How many share the place.
    tied: u64,
}

impl Tally {
    fn add(&mut self, other: Shared, own: Shared) {
        self.before += u64::from(other < own);
        self.tied += u64::from(other == own);
    }
}

/// Counts the people of somebody's own tier.
fn tally(plan: &Plan<'_>, own: Shared) -> Tally {
    let blocks = plan.blocks();
    let next = AtomicUsize::new(0);
    let work = |_| {
        let lanes = Lanes::new();
        let (mut bits, mut scorer) = (BlockBits::new(plan, lanes), Scorer::new(plan, lanes));
        let mut tally = Tally::default();
        while let Some((segment, block)) = blocks.get(next.fetch_add(1, Ordering::Relaxed)) {
            bits.visit(*segment, *block);
            tally_strays(plan, &bits, *segment, own, &mut tally);
            for verdict in [Verdict::Met, Verdict::Unknown] {
                tally_block(plan, &mut bits, &mut scorer, (*segment, verdict), own, &mut tally);
            }
        }
        tally
    };
    let threads = rayon::current_num_threads().min(blocks.len()).max(1);
    (0..threads)
        .into_par_iter()
        .map(work)
        .reduce(Tally::default, |a, b| Tally { before: a.before + b.before, tied: a.tied + b.tied })
}

/// The role of a plan that has no other.
const ROLE: usize = 0;

/// Counts the people of a block to whom the knock-outs give a verdict.
fn tally_block(
    plan: &Plan<'_>,
    bits: &mut BlockBits<'_>,
    scorer: &mut Scorer<'_>,
    (segment, verdict): (usize, Verdict),
    own: Shared,
    tally: &mut Tally,
) {
    let unknown_knockout = verdict == Verdict::Unknown;
    if unknown_knockout && !own.unknown_knockout {
        // They all stand behind.
        return;
    }
    let of = &plan.roles[ROLE];
    let let_in = if unknown_knockout { Set::Unsure(of.filter) } else { Set::Met(of.filter) };
    let place = bits.make(let_in);
    let mut chosen = bits.words(place).to_vec();
    for (gate, subject) in of.asked.iter().filter_map(|asked| Some((asked.gate?, asked.subject))) {
        let place = bits.make(match own.tier {
            Tier::A => Set::Held(gate),
            Tier::B => Set::Unknown(gate),
            Tier::C | Tier::D => Set::Near(subject),
        });
        chosen.iter_mut().zip(bits.words(place)).for_each(|(chosen, word)| *chosen &= word);
    }
    let mut people = Vec::new();
    for (at, word) in chosen.iter().enumerate() {
        let mut rest = *word;
        while rest != 0 {
            let person = bits.first() + at * 64 + rest.trailing_zeros() as usize;
            people.push(u32::try_from(person).expect("people are numbered in 32 bits"));
            rest &= rest - 1;
        }
    }
    scorer.prepare(ROLE, segment);
    // Of those with the same answers to knock-outs, whoever has fewer points stands behind.
    let least = if unknown_knockout == own.unknown_knockout { own.points.0 } else { 0 };
    let mut reaching = Vec::new();
    scorer.reaching(&people, least, &mut reaching);
    for person in reaching.into_iter().map(|person| person as usize) {
        let Scored { tier, points } = scorer.score(person);
        let other = Shared { tier, unknown_knockout, points: Reverse(points) };
        if tier == own.tier && other <= own && is_listed(plan, ROLE, segment, person, points) {
            tally.add(other, own);
        }
    }
}

/// Counts the people of a block whom tables do not cover; mostly there are none.
fn tally_strays(plan: &Plan<'_>, bits: &BlockBits<'_>, segment: usize, own: Shared, tally: &mut Tally) {
    let of = &plan.segments[segment];
    if !of.columns.has_strays() {
        return;
    }
    let filter = &plan.filters[segment][plan.roles[ROLE].filter as usize];
    let strays = bits.people().filter(|person| of.columns.is_stray(*person) && !of.is_hidden(*person));
    for person in strays {
        if !matches!(filter.of(&of.columns, person), Verdict::Out(_))
            && let Judged::Listed(other) = judged(plan, ROLE, &of.columns, person)
            && other.tier == own.tier
        {
            tally.add(other, own);
        }
    }
}
