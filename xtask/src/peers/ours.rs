//! Our own side: one thread, CPU time of the whole process.

use std::time::Duration;

use anyhow::{Context, Result};
use stackscout_evidence::{BuildOptions, EvidenceSet};
use stackscout_matcher::{CompiledRole, Counts, Cut, Shortlist, rank_columns};
use stackscout_profile::Facts;
use stackscout_taxonomy::Taxonomy;

use crate::clock::cpu_time;
use crate::generate::as_of;

/// A measurement lasts at least this long, by repeating it: far above the clock's grain and a cold cache.
const LASTS_MIN: Duration = Duration::from_secs(1);

/// The people as the columns that a pool keeps, in memory: what the engine is given before its clock starts.
pub(super) fn columns(people: &[Facts], taxonomy: &Taxonomy) -> EvidenceSet {
    EvidenceSet::in_memory(people, BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint()))
}

/// Ranks roles until enough time has passed; the time of one round, and its lists. Roles are compiled before the clock
/// starts, since the peers are given the ways of each role too.
pub(super) fn measure(
    roles: &[CompiledRole],
    people: &EvidenceSet,
    top: usize,
) -> Result<(Duration, Vec<Shortlist>)> {
    let one_thread =
        rayon::ThreadPoolBuilder::new().num_threads(1).build().context("no thread to work on")?;
    let before = cpu_time();
    let mut rounds = 0;
    loop {
        let lists = one_thread.install(|| rank(roles, people, top));
        rounds += 1;
        let took = cpu_time() - before;
        if took >= LASTS_MIN {
            return Ok((took / rounds, lists));
        }
    }
}

/// The engine that is measured. The peers are not asked how many are listed and left out, and neither is it.
fn rank(roles: &[CompiledRole], people: &EvidenceSet, top: usize) -> Vec<Shortlist> {
    rank_columns(roles, people, as_of(), Cut::Top(top), Counts::Skipped)
}
