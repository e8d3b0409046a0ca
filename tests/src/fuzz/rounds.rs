//! Many rounds of one target: a changed input each, until the time is over or a promise is broken.
//!
//! This is no coverage-guided fuzzer. What it goes by is how an input was understood: one that is understood as none
//! before it is kept, and changed further. What it finds can be found again from the seed alone.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::Target;
use super::mutate::{Random, changed};

/// Inputs that are kept at most.
const KEPT_MAX: usize = 4_000;
/// No input of a few kilobytes may take so long, on however busy a machine.
pub const INPUT_SECONDS_MAX: u64 = 20;

/// What came of it.
#[derive(Debug)]
pub struct Ran {
    /// Inputs that were tried.
    pub rounds: u64,
    /// Ways in which inputs were understood.
    pub ways: usize,
    /// The input that broke a promise, and what the panic said.
    pub broken: Option<(Vec<u8>, String)>,
}

/// The input of this moment, for whoever watches the clock.
pub type Watched = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

/// Tries the seeds, then changed ones, until `time` is over.
#[must_use]
pub fn run(target: &Target, root: &Path, seed: u64, time: Duration, watched: &Watched) -> Ran {
    let until = Instant::now() + time;
    let mut random = Random::new(seed);
    let mut kept = (target.seeds)(root);
    let mut known = HashSet::new();
    let mut ran = Ran { rounds: 0, ways: 0, broken: None };
    let mut next = 0;
    while Instant::now() < until || next < kept.len().min(200) {
        // The seeds come first, as they are.
        let input = match kept.get(next) {
            Some(seed) if next < 200 => seed.clone(),
            _ => changed(&kept[random.below(kept.len())], &kept, target.pieces, &mut random),
        };
        next += 1;
        set(watched, Some((Instant::now(), input.clone())));
        let understood = catch_unwind(AssertUnwindSafe(|| (target.check)(&input)));
        set(watched, None);
        ran.rounds += 1;
        match understood {
            Ok(way) => {
                if known.insert(way) && kept.len() < KEPT_MAX {
                    kept.push(input);
                }
            }
            Err(panic) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic");
                ran.broken = Some((smaller(target, input), text.to_owned()));
                break;
            }
        }
    }
    ran.ways = known.len();
    ran
}

fn set(watched: &Watched, input: Option<(Instant, Vec<u8>)>) {
    *watched.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = input;
}

/// The input without what is not needed to break the promise.
fn smaller(target: &Target, mut input: Vec<u8>) -> Vec<u8> {
    let until = Instant::now() + Duration::from_secs(10);
    let mut size = input.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < input.len() && Instant::now() < until {
            let mut less = input.clone();
            less.drain(at..(at + size).min(input.len()));
            if catch_unwind(AssertUnwindSafe(|| (target.check)(&less))).is_err() {
                input = less;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    input
}

#[cfg(test)]
mod tests {
    //! - an input that breaks a promise is found, made small, and found again from the seed
    //! - a target that holds runs its time

    use super::*;

    const WRONG: Target = Target {
        name: "wrong",
        check: |bytes| {
            assert!(!bytes.contains(&b'"'), "a quote");
            bytes.len() as u64
        },
        seeds: |_| vec![b"name,skills".to_vec()],
        pieces: &["\""],
    };

    #[test]
    fn what_breaks_a_promise_is_found_and_made_small() {
        let found = |seed| {
            let ran = run(&WRONG, Path::new("."), seed, Duration::from_secs(20), &Watched::default());
            (ran.rounds, ran.broken)
        };
        let (rounds, broken) = found(3);
        assert_eq!(broken, Some((b"\"".to_vec(), "a quote".to_owned())));
        assert_eq!(found(3).0, rounds);
    }

    #[test]
    fn a_target_that_holds_runs_its_time() {
        let right = Target { check: |bytes| bytes.len() as u64 % 7, ..WRONG };
        let ran = run(&right, Path::new("."), 1, Duration::from_millis(50), &Watched::default());
        assert!(ran.rounds > 1 && ran.broken.is_none() && ran.ways > 1, "{ran:?}");
    }
}
