//! `cargo xtask test`: everything that has to hold before a change lands, cheapest first.
//!
//! Each step is announced with its name and its time, and prints what its tools print. The first that fails ends the
//! run. A step whose tool or data is not there is skipped, and says so; the last line counts all steps.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Folder of the real data, beside the repository, where no other is named.
const DATA: &str = "../shared/data";
/// Names another folder of real data; the tests that need it look here.
const DATA_VARIABLE: &str = "STACKSCOUT_DATA";
/// The program, for the tests that run it.
const PROGRAM_VARIABLE: &str = "STACKSCOUT_BIN";

/// What became of a step.
enum Outcome {
    Passed,
    /// With the reason, as `skipped: ...` goes on.
    Skipped(String),
    /// With what failed.
    Failed(String),
    /// An earlier step failed.
    NotRun,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Passed => "passed",
            Self::Skipped(_) => "skipped",
            Self::Failed(_) => "failed",
            Self::NotRun => "not run",
        })
    }
}

struct Step {
    name: &'static str,
    run: fn(&Checks) -> Outcome,
}

const STEPS: [Step; 8] = [
    Step { name: "format", run: Checks::format },
    Step { name: "lints", run: Checks::lints },
    Step { name: "program", run: Checks::program },
    Step { name: "tests", run: Checks::tests },
    Step { name: "examples in documentation", run: Checks::examples },
    Step { name: "documentation", run: Checks::documentation },
    Step { name: "dependencies", run: Checks::dependencies },
    Step { name: "real data", run: Checks::real_data },
];

/// Runs every step.
#[must_use]
pub fn run() -> ExitCode {
    let checks =
        Checks { cargo: std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), root: root() };
    let mut results: Vec<(&str, Outcome, Duration)> = Vec::new();
    let mut failed = false;
    for (at, step) in STEPS.iter().enumerate() {
        if failed {
            results.push((step.name, Outcome::NotRun, Duration::ZERO));
            continue;
        }
        println!("\n==> {} of {}: {}", at + 1, STEPS.len(), step.name);
        let start = Instant::now();
        let outcome = (step.run)(&checks);
        let took = start.elapsed();
        match &outcome {
            Outcome::Skipped(why) => println!("skipped: {why}"),
            Outcome::Failed(what) => {
                failed = true;
                eprintln!("\nxtask: step `{}` failed after {}: {what}", step.name, seconds(took));
            }
            _ => println!("<== {} {outcome} in {}", step.name, seconds(took)),
        }
        results.push((step.name, outcome, took));
    }
    println!("\n{}", summary(&results));
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The folder of the repository.
///
/// # Panics
/// Never: this crate lies in the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository").to_owned()
}

/// The folder of real data: the one that `STACKSCOUT_DATA` names, else the one beside the repository.
///
/// # Errors
/// Gives the name of the folder where there is none.
pub fn data_folder() -> Result<PathBuf, String> {
    let named = std::env::var(DATA_VARIABLE).ok().filter(|folder| !folder.is_empty());
    let shown = named.unwrap_or_else(|| DATA.to_owned());
    let folder = root().join(&shown);
    if folder.is_dir() { Ok(folder) } else { Err(shown) }
}

/// A line for each step, and as the last one the counts. A step that was not run counts as skipped.
fn summary(results: &[(&str, Outcome, Duration)]) -> String {
    let width = results.iter().map(|(name, _, _)| name.len()).max().unwrap_or(0);
    let mut lines: Vec<String> = results
        .iter()
        .map(|(name, outcome, took)| format!("{name:width$}  {:>8}  {outcome}", seconds(*took)))
        .collect();
    let passed = results.iter().filter(|r| matches!(r.1, Outcome::Passed)).count();
    let failed = results.iter().filter(|r| matches!(r.1, Outcome::Failed(_))).count();
    lines.push(format!("{passed} passed, {failed} failed, {} skipped", results.len() - passed - failed));
    lines.join("\n")
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

struct Checks {
    cargo: String,
    root: PathBuf,
}

impl Checks {
    fn format(&self) -> Outcome {
        self.with_component("fmt", "rustfmt", || self.step(&["fmt", "--all", "--check"], &[]))
    }

    fn lints(&self) -> Outcome {
        let args = ["clippy", "--release", "--workspace", "--all-targets", "--", "-D", "warnings"];
        self.with_component("clippy", "clippy", || self.step(&args, &[]))
    }

    fn program(&self) -> Outcome {
        // With the tests, so that both are made of the same builds of what they depend on.
        self.step(&["build", "--release", "--workspace", "--bins", "--tests"], &[])
    }

    fn tests(&self) -> Outcome {
        let program = self.program_path();
        let program = [(PROGRAM_VARIABLE, program.as_str())];
        if self.has(&["nextest", "--version"]) {
            self.step(
                &[
                    "nextest",
                    "run",
                    "--release",
                    "--workspace",
                    "--no-fail-fast",
                    "--status-level",
                    "fail",
                    "--final-status-level",
                    "fail",
                ],
                &program,
            )
        } else {
            self.step(&["test", "--release", "--workspace", "--all-targets"], &program)
        }
    }

    fn examples(&self) -> Outcome {
        self.step(&["test", "--release", "--workspace", "--doc"], &[])
    }

    fn documentation(&self) -> Outcome {
        self.step(&["doc", "--release", "--no-deps", "--workspace"], &[("RUSTDOCFLAGS", "-D warnings")])
    }

    fn dependencies(&self) -> Outcome {
        if !self.has(&["deny", "--version"]) {
            return Outcome::Skipped("cargo deny (not installed; cargo install cargo-deny)".to_owned());
        }
        self.step(&["deny", "check"], &[])
    }

    fn real_data(&self) -> Outcome {
        let folder = match data_folder() {
            Ok(folder) => folder,
            Err(shown) => return Outcome::Skipped(format!("real-data checks (no {shown})")),
        };
        let (program, folder) = (self.program_path(), folder.display().to_string());
        let environment = [(PROGRAM_VARIABLE, program.as_str()), (DATA_VARIABLE, folder.as_str())];
        let args = ["test", "--release", "--package", "stackscout-tests", "--test", "all", "real_data", "--"];
        self.step(&[&args[..], &["--nocapture"]].concat(), &environment)
    }

    fn program_path(&self) -> String {
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), PathBuf::from);
        let name = format!("stackscout{}", std::env::consts::EXE_SUFFIX);
        self.root.join(target).join("release").join(name).display().to_string()
    }

    /// Runs a step of a toolchain component; where it is missing, tries to add it first.
    fn with_component(&self, command: &str, component: &str, step: impl Fn() -> Outcome) -> Outcome {
        if !self.has(&[command, "--version"]) {
            println!("{component} is not installed: rustup component add {component}");
            let added =
                Command::new("rustup").args(["component", "add", component]).current_dir(&self.root).status();
            if !added.is_ok_and(|status| status.success()) || !self.has(&[command, "--version"]) {
                return Outcome::Skipped(format!(
                    "cargo {command} (not installed, and `rustup component add {component}` did not help)"
                ));
            }
        }
        step()
    }

    /// Whether cargo knows a command.
    fn has(&self, args: &[&str]) -> bool {
        let quiet = self.command(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
        quiet.is_ok_and(|status| status.success())
    }

    fn step(&self, args: &[&str], environment: &[(&str, &str)]) -> Outcome {
        let shown = format!("cargo {}", args.join(" "));
        println!("{shown}");
        match self.command(args).envs(environment.iter().copied()).status() {
            Ok(status) if status.success() => Outcome::Passed,
            Ok(status) => Outcome::Failed(format!("`{shown}` ended with {status}")),
            Err(e) => Outcome::Failed(format!("`{shown}` could not be started: {e}")),
        }
    }

    /// A cargo command in the repository that knows nothing of the real data or of another program.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.cargo);
        command.args(args).current_dir(&self.root).env_remove(DATA_VARIABLE).env_remove(PROGRAM_VARIABLE);
        command
    }
}

#[cfg(test)]
mod tests {
    //! - the last line counts every step once
    //! - a step that was not run is no step that passed

    use super::*;

    #[test]
    fn the_last_line_counts_every_step_once() {
        let took = Duration::from_millis(1_250);
        let results = [
            ("format", Outcome::Passed, took),
            ("lints", Outcome::Skipped("no clippy".to_owned()), took),
            ("program", Outcome::Failed("`cargo build` ended with 101".to_owned()), took),
            ("tests", Outcome::NotRun, Duration::ZERO),
        ];
        let summary = summary(&results);
        let lines: Vec<&str> = summary.lines().collect();
        assert_eq!(lines[0], "format      1.2 s  passed");
        assert_eq!(lines[3], "tests       0.0 s  not run");
        assert_eq!(lines[4..], ["1 passed, 1 failed, 2 skipped"]);
    }
}
