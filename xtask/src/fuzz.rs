//! `cargo xtask fuzz [TARGET] --seconds N [--seed S]`: every target for a while, two at a time.
//!
//! The loop itself is a program of the tests (`tests/src/fuzz/rounds.rs`), one process a target, so that one that falls
//! over takes no other with it.

use std::path::Path;
use std::process::{Child, Command};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

/// All targets, as `tests/src/fuzz/mod.rs` lists them; a test compares.
pub const TARGETS: [&str; 8] =
    ["columns", "json", "layout", "manifest", "query", "reader", "role", "taxonomy"];
/// Processes at a time: as many as a small machine has cores.
const AT_ONCE: usize = 2;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Names of targets.
    pub targets: Vec<String>,
    /// For each of them.
    pub seconds: u64,
    /// What everything is drawn from; the clock, where none is given.
    pub seed: u64,
}

impl Wanted {
    /// Reads arguments.
    ///
    /// # Errors
    /// A target that there is not, or a number that is none.
    pub fn read(args: &[&str]) -> Result<Self> {
        let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs());
        let mut wanted = Self { targets: Vec::new(), seconds: 60, seed: clock };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut number = || {
                let text = args.next().with_context(|| format!("`{arg}` needs a number"))?;
                text.parse::<u64>().with_context(|| format!("`{text}` is no number"))
            };
            match *arg {
                "--seconds" => wanted.seconds = number()?,
                "--seed" => wanted.seed = number()?,
                name if TARGETS.contains(&name) => wanted.targets.push(name.to_owned()),
                other => bail!("no target `{other}`\nhint: there are {}", TARGETS.join(", ")),
            }
        }
        if wanted.targets.is_empty() {
            wanted.targets = TARGETS.map(str::to_owned).to_vec();
        }
        Ok(wanted)
    }
}

/// Runs the targets with the program at `program`, in the folder of the repository; gives what broke.
///
/// # Errors
/// The program could not be started.
pub fn run(program: &Path, root: &Path, wanted: &Wanted) -> Result<Vec<String>> {
    println!(
        "{} targets, {} s each, {AT_ONCE} at a time, seed {}; no coverage guides this: fuzz/README.md",
        wanted.targets.len(),
        wanted.seconds,
        wanted.seed
    );
    let mut broken = Vec::new();
    for some in wanted.targets.chunks(AT_ONCE) {
        let start = |target: &String| -> Result<(String, Child)> {
            let (seconds, seed) = (wanted.seconds.to_string(), wanted.seed.to_string());
            let child = Command::new(program).args([target, &seconds, &seed]).current_dir(root).spawn();
            Ok((target.clone(), child.with_context(|| program.display().to_string())?))
        };
        let running = some.iter().map(start).collect::<Result<Vec<_>>>()?;
        for (target, mut child) in running {
            let status = child.wait()?;
            if !status.success() {
                let again =
                    format!("cargo xtask fuzz {target} --seconds {} --seed {}", wanted.seconds, wanted.seed);
                broken.push(format!("{target} ended with {status}; again: {again}"));
            }
        }
    }
    Ok(broken)
}

#[cfg(test)]
mod tests {
    //! - arguments are read, and what is none is named

    use super::*;

    #[test]
    fn arguments_are_read() {
        let wanted = Wanted::read(&["query", "--seconds", "5", "--seed", "7", "role"]).unwrap();
        let targets = vec!["query".to_owned(), "role".to_owned()];
        assert_eq!(wanted, Wanted { targets, seconds: 5, seed: 7 });
        assert_eq!(Wanted::read(&[]).unwrap().targets.len(), TARGETS.len());
        for bad in [&["qery"][..], &["--seconds"], &["--seed", "x"]] {
            assert!(Wanted::read(bad).is_err(), "{bad:?}");
        }
    }
}
