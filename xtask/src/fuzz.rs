//! `cargo xtask fuzz [TARGET] --seconds N [--seed S] [--guided]`: every target for a while, two at a time.
//!
//! The loop itself is a program of the tests (`tests/src/fuzz/rounds.rs`), one process a target, so that one that falls
//! over takes no other with it. Guided, it is libFuzzer's, which sees what code an input runs: its programs are built from
//! `fuzz/`, with the compiler's counters of code that ran, which any toolchain has; a C++ compiler has to be there.

use std::fs;
use std::path::{Path, PathBuf};
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
    /// By what code an input runs.
    pub guided: bool,
}

impl Wanted {
    /// Reads arguments.
    ///
    /// # Errors
    /// A target that there is not, or a number that is none.
    pub fn read(args: &[&str]) -> Result<Self> {
        let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs());
        let mut wanted = Self { targets: Vec::new(), seconds: 60, seed: clock, guided: false };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut number = || {
                let text = args.next().with_context(|| format!("`{arg}` needs a number"))?;
                text.parse::<u64>().with_context(|| format!("`{text}` is no number"))
            };
            match *arg {
                "--seconds" => wanted.seconds = number()?,
                "--seed" => wanted.seed = number()?,
                "--guided" => wanted.guided = true,
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
/// The program could not be started, or those of libFuzzer not be built.
pub fn run(program: &Path, root: &Path, wanted: &Wanted) -> Result<Vec<String>> {
    println!(
        "{} targets, {} s each, {AT_ONCE} at a time, seed {}; {}",
        wanted.targets.len(),
        wanted.seconds,
        wanted.seed,
        if wanted.guided { "guided by what code runs" } else { "no coverage guides this: fuzz/README.md" },
    );
    let guided = wanted.guided.then(|| build_guided(root)).transpose()?;
    let flag = if wanted.guided { " --guided" } else { "" };
    let mut broken = Vec::new();
    for some in wanted.targets.chunks(AT_ONCE) {
        let start = |target: &String| -> Result<(String, Child)> {
            let mut command = match &guided {
                Some(folder) => guided_command(program, folder, root, target, wanted)?,
                None => {
                    let mut command = Command::new(program);
                    command.args([target, &wanted.seconds.to_string(), &wanted.seed.to_string()]);
                    command
                }
            };
            let child = command.current_dir(root).spawn().with_context(|| format!("{command:?}"))?;
            Ok((target.clone(), child))
        };
        let running = some.iter().map(start).collect::<Result<Vec<_>>>()?;
        for (target, mut child) in running {
            let status = child.wait()?;
            if !status.success() {
                let again = format!(
                    "cargo xtask fuzz {target} --seconds {} --seed {}{flag}",
                    wanted.seconds, wanted.seed
                );
                broken.push(format!("{target} ended with {status}; again: {again}"));
            }
        }
    }
    Ok(broken)
}

/// What has the compiler count which code runs, and compare operands for libFuzzer.
const COUNTERS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";
/// Longest input: what is longer says nothing new, and takes longer.
const INPUT_BYTES_MAX: u32 = 16 << 10;
/// Seconds and megabytes that an input may take, with the counters in the way.
const INPUT_SECONDS_MAX: u32 = 40;
const MEMORY_MB_MAX: u32 = 1_024;

/// Builds the programs of `fuzz/`; the folder that they are in.
fn build_guided(root: &Path) -> Result<PathBuf> {
    let host = Command::new("rustc").arg("-vV").output().context("rustc")?;
    let host = String::from_utf8_lossy(&host.stdout).into_owned();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    // The versions that everything else is built with.
    fs::copy(root.join("Cargo.lock"), root.join("fuzz/Cargo.lock"))?;
    let target_folder = root.join("target/guided");
    // With a target named, the counters are not built into programs that only help to build.
    let status = Command::new("cargo")
        .args(["build", "--release", "--target", host, "--manifest-path", "fuzz/Cargo.toml", "--target-dir"])
        .arg(&target_folder)
        .env("RUSTFLAGS", COUNTERS)
        .current_dir(root)
        .status()
        .context("cargo")?;
    anyhow::ensure!(
        status.success(),
        "the programs of fuzz/ could not be built\nhint: they need a C++ compiler"
    );
    Ok(target_folder.join(host).join("release"))
}

/// One target, beginning with its seeds and with what earlier runs kept in `fuzz/corpus`.
fn guided_command(
    program: &Path,
    folder: &Path,
    root: &Path,
    target: &str,
    wanted: &Wanted,
) -> Result<Command> {
    let corpus = format!("fuzz/corpus/{target}");
    let status = Command::new(program).args(["--corpus", target, &corpus]).current_dir(root).status()?;
    anyhow::ensure!(status.success(), "the seeds of {target} could not be written");
    fs::create_dir_all(root.join("fuzz/artifacts"))?;
    let mut command = Command::new(folder.join(target));
    // libFuzzer takes a seed of 32 bits, and 0 for the clock.
    command.arg(format!("-seed={}", wanted.seed % u64::from(u32::MAX) + 1));
    command.arg(format!("-max_total_time={}", wanted.seconds));
    command.arg(format!("-max_len={INPUT_BYTES_MAX}"));
    command.arg(format!("-timeout={INPUT_SECONDS_MAX}"));
    command.arg(format!("-rss_limit_mb={MEMORY_MB_MAX}"));
    command.arg(format!("-artifact_prefix=fuzz/artifacts/{target}-"));
    // Not every target has pieces, and an empty dictionary is an error.
    let dictionary = format!("{corpus}.dict");
    if fs::metadata(root.join(&dictionary)).is_ok_and(|file| file.len() > 0) {
        command.arg(format!("-dict={dictionary}"));
    }
    command.args(["-print_final_stats=1", "-verbosity=0", &corpus]);
    Ok(command)
}

#[cfg(test)]
mod tests {
    //! - arguments are read, and what is none is named

    use super::*;

    #[test]
    fn arguments_are_read() {
        let wanted = Wanted::read(&["query", "--seconds", "5", "--guided", "--seed", "7", "role"]).unwrap();
        let targets = vec!["query".to_owned(), "role".to_owned()];
        assert_eq!(wanted, Wanted { targets, seconds: 5, seed: 7, guided: true });
        assert_eq!(Wanted::read(&[]).unwrap().targets.len(), TARGETS.len());
        for bad in [&["qery"][..], &["--seconds"], &["--seed", "x"]] {
            assert!(Wanted::read(bad).is_err(), "{bad:?}");
        }
    }
}
