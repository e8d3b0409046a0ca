//! Our own side: one thread, CPU time of the whole process.

use std::time::Duration;

use anyhow::{Context, Result};
use stackscout_matcher::{CompiledRole, Cut, Shortlist, rank_all};
use stackscout_profile::Facts;

use crate::generate::as_of;

/// A measurement lasts at least this long, by repeating it: far above the clock's grain and a cold cache.
const LASTS_MIN: Duration = Duration::from_secs(1);

/// Ranks roles until enough time has passed; the time of one round, and its lists. Roles are compiled before the clock
/// starts, since the peers are given the ways of each role too.
pub(super) fn measure(
    roles: &[CompiledRole],
    people: &[Facts],
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

/// The engine that is measured.
fn rank(roles: &[CompiledRole], people: &[Facts], top: usize) -> Vec<Shortlist> {
    rank_all(roles, people, as_of(), Cut::Top(top))
}

/// User and system time of this process.
fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(time).expect("a process has used no negative time")
}
