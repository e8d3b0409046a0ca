//! Many roles against everybody at once, over evidence columns: the same answer as [`rank_all`](crate::rank_all) gives,
//! at a small part of its cost.
//!
//! What makes it fast, and why the answer is the same:
//!
//! - **What is asked more than once is asked once** (`plan`): roles share knock-outs, and requirements share the
//!   skills that count towards them.
//! - **Bits for blocks** (`bits`): in each block of people, one bit a person for "whom the knock-outs let in", "who
//!   passes this gate" and "who holds anything that counts so much"; made when first asked for and shared by all roles.
//!   Only the words are touched in which the knock-outs let anybody in.
//! - **A list is filled class by class** ([`Tier`](crate::Tier), then unknown knock-outs), and what has been filled is
//!   not looked at again for worse.
//! - **A threshold that rises** (`search`): once a list is full, whoever must lose more points than the last one on it
//!   lost is not scored. The loss is bounded by what the bits say; equals are kept, since ties go by a key.
//! - **A bound by what each person holds** (`score`, `grade`): the most that their evidence can earn, all requirements at
//!   once, from two small tables. It is at most some thousandths too high, so that few are scored who do not come onto a
//!   list.
//! - **Everybody else is scored exactly** (`score`), many for one role together, from tables of what each class of
//!   evidence is worth, which the same functions fill that assess a single person.
//! - **The widest instructions of the machine** (`lanes`) do what is done to many people alike; the bytes are the same by
//!   any.
//!
//! Nothing depends on the number of threads, on the size of blocks, or on which threshold was known when.

mod bits;
mod count;
mod filter;
mod grade;
mod lanes;
mod plan;
mod score;
mod search;
mod standing;
mod top;

use std::collections::BTreeMap;

use rayon::prelude::*;
use stackscout_evidence::{Detail, EvidenceSet};
use stackscout_profile::{Date, Subject};

use crate::compiled::CompiledRole;
use crate::rank::{Cut, Entry, Shortlist, entry};
use count::Counted;
use plan::Plan;
use top::{Found, Listed};

pub use standing::standing_columns;

/// Whether a ranking says how many people are listed and left out in the whole pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// It does. That takes a second look at everybody.
    Exact,
    /// It does not: `listed` and `left_out` are empty. Entries, places and `tied` are the same. A cut for each tier
    /// numbers places through all tiers, and counts in any case.
    Skipped,
}

/// Ranks many roles against the people of a set of columns, in parallel.
///
/// The result is that of [`rank_all`](crate::rank_all) on [`EvidenceSet::facts`], byte for byte.
#[must_use]
pub fn rank_columns(
    roles: &[CompiledRole],
    evidence: &EvidenceSet,
    as_of: Date,
    cut: Cut,
    counts: Counts,
) -> Vec<Shortlist> {
    let plan = Plan::new(roles, evidence, as_of);
    let counted = match (counts, cut) {
        (Counts::Skipped, Cut::Top(_)) => None,
        _ => Some(count::count(&plan)),
    };
    let found = search::search(&plan, cut);
    let lists = roles.par_iter().zip(found).enumerate().map(|(at, (role, found))| {
        let none = Counted::default();
        let counted = counted.as_ref().map_or(&none, |counted| &counted[at]);
        shortlist(role, found, counted, evidence, as_of, cut)
    });
    lists.collect()
}

/// Whether a detail can make any difference to an entry.
fn asks(role: &CompiledRole, detail: Detail) -> bool {
    let limits = &role.role.limits;
    match detail {
        Detail::Permits => !limits.permit.is_empty(),
        Detail::Languages => !limits.languages.is_empty(),
        Detail::Available => limits.available_by.is_some(),
        Detail::Pay => limits.pay_max.is_some(),
        Detail::Traits => role.role.requirements.iter().any(|r| matches!(r.subject, Subject::Trait(_))),
    }
}

/// Found people as entries: places run on through the tiers.
fn shortlist(
    role: &CompiledRole,
    found: Vec<Found>,
    counted: &Counted,
    evidence: &EvidenceSet,
    as_of: Date,
    cut: Cut,
) -> Shortlist {
    let mut entries: Vec<Entry> = Vec::new();
    for of_tier in found.chunk_by(|a, b| a.tier == b.tier) {
        let mut before = match cut {
            // Everybody better is on the list.
            Cut::Top(_) => entries.len() as u64,
            Cut::PerTier(_) => counted.listed[..of_tier[0].tier as usize].iter().sum(),
        };
        for Found { people, cut_off, .. } in of_tier {
            for group in people.chunk_by(|a, b| a.points == b.points) {
                let is_last = people.last().is_some_and(|last| last.points == group[0].points);
                let tied = group.len() as u64 + if is_last { *cut_off } else { 0 };
                for Listed { segment, person, .. } in group {
                    let columns = &evidence.segments()[*segment as usize].columns;
                    let facts = columns.facts_with(
                        *person as usize,
                        |skill| role.counts(skill),
                        |detail| asks(role, detail),
                    );
                    entries.push(Entry { place: before + 1, tied, ..entry(role, &facts, as_of) });
                }
                before += group.len() as u64;
            }
        }
    }
    let left_out: BTreeMap<&'static str, u64> =
        counted.left_out.iter().map(|(reason, count)| (*reason, *count)).collect();
    Shortlist { role: role.role.id.clone(), entries, listed: counted.listed, left_out }
}
