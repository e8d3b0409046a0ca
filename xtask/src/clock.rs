//! What is measured instead of seconds on the wall, which other programs of a machine stretch.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

/// Length of a tick: what Linux tells programs, whatever its own clock does (`USER_HZ`).
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// User and system time of all children that have ended and were waited for: the 16th and 17th field of `stat`.
pub(crate) fn children_cpu() -> Result<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").context("this is measured on Linux only")?;
    let (_, after_name) = stat.rsplit_once(") ").context("`stat` has no name")?;
    let ticks = after_name.split(' ').skip(13).take(2).map(str::parse::<u32>);
    let ticks: u32 = ticks.collect::<Result<Vec<_>, _>>().context("`stat` has no times")?.iter().sum();
    Ok(TICK * ticks)
}

/// User and system time of this process.
pub(crate) fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(time).expect("a process has used no negative time")
}

/// User and system time of this thread.
pub(crate) fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("a thread has used no negative time")
}
