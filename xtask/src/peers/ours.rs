//! Our own side: one thread, CPU time of the whole process.

use std::time::Duration;

use anyhow::{Context, Result};
use stackscout_matcher::{CompiledRole, Cut, Shortlist, rank_all};
use stackscout_profile::{Facts, Role};
use stackscout_taxonomy::Taxonomy;

use crate::generate::as_of;

/// A measurement lasts at least this long, by repeating it: far above the clock's grain and a cold cache.
const LASTS_MIN: Duration = Duration::from_secs(1);

/// Compiles and ranks roles until enough time has passed; the time of one round, and its lists.
pub(super) fn measure(
    roles: &[Role],
    people: &[Facts],
    top: usize,
    taxonomy: &Taxonomy,
) -> Result<(Duration, Vec<Shortlist>)> {
    let one_thread =
        rayon::ThreadPoolBuilder::new().num_threads(1).build().context("no thread to work on")?;
    let before = cpu_time();
    let mut rounds = 0;
    loop {
        let lists = one_thread.install(|| rank(roles, people, top, taxonomy));
        rounds += 1;
        let took = cpu_time() - before;
        if took >= LASTS_MIN {
            return Ok((took / rounds, lists));
        }
    }
}

/// The engine that is measured.
fn rank(roles: &[Role], people: &[Facts], top: usize, taxonomy: &Taxonomy) -> Vec<Shortlist> {
    let compiled: Vec<CompiledRole> =
        roles.iter().map(|role| CompiledRole::new(role.clone(), taxonomy)).collect();
    rank_all(&compiled, people, as_of(), Cut::Top(top))
}

/// User and system time of this process.
fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(time).expect("a process has used no negative time")
}
