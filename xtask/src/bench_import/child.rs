//! A program run to its end, and what it took: CPU time, time on the wall, and the most memory that it held.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::clock::children_cpu;

/// Between two looks at its memory; the kernel keeps the greatest.
const LOOK: Duration = Duration::from_millis(20);

/// What a program took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Took {
    /// User and system time of all its threads.
    pub cpu: Duration,
    pub wall: Duration,
    /// Most resident memory, in bytes; `None` where the system does not say.
    pub memory: Option<u64>,
}

/// Runs a program; what it prints is dropped.
///
/// # Errors
/// Where it cannot be started, or fails.
pub(super) fn run(command: &mut Command) -> Result<Took> {
    let (cpu, begun) = (children_cpu()?, Instant::now());
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{command:?}"))?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut memory = None;
    let status = loop {
        memory = peak(&status_file).or(memory);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(LOOK);
    };
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(Took { cpu: children_cpu()?.saturating_sub(cpu), wall: begun.elapsed(), memory })
}

/// The most memory that a running process held so far.
fn peak(status_file: &str) -> Option<u64> {
    let status = fs::read_to_string(status_file).ok()?;
    let kibibytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(kibibytes.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    //! - a program's time is counted, and a program that fails is an error

    use super::*;
    use crate::clock::TICK;

    #[test]
    fn a_program_is_measured_and_a_failing_one_is_an_error() {
        let took = run(Command::new("sh").args(["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"]));
        let took = took.unwrap();
        assert!(took.cpu >= TICK && took.wall >= TICK, "{took:?}");
        assert!(took.memory.is_some_and(|bytes| bytes > 100_000), "{took:?}");
        assert!(run(&mut Command::new("false")).is_err());
    }
}
