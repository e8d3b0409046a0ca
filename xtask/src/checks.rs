//! `cargo xtask test`: everything that has to hold before a change lands, cheapest first.
//!
//! Each step is announced with its name and its time, and prints what its tools print. The first that fails ends the
//! run. A step whose tool or data is not there is skipped, and says so; the last line counts all steps.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::fuzz::{self, Wanted};
use crate::{licences, tools};

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

const STEPS: [Step; 11] = [
    Step { name: "tools", run: Checks::tools },
    Step { name: "format", run: Checks::format },
    Step { name: "lints", run: Checks::lints },
    Step { name: "program", run: Checks::program },
    Step { name: "tests", run: Checks::tests },
    Step { name: "examples in documentation", run: Checks::examples },
    Step { name: "documentation", run: Checks::documentation },
    Step { name: "dependencies", run: Checks::dependencies },
    Step { name: "unsafe code", run: Checks::valgrind },
    Step { name: "fuzzing", run: Checks::fuzzing },
    Step { name: "real data", run: Checks::real_data },
];

/// Runs every step.
#[must_use]
pub fn run() -> ExitCode {
    let checks = Checks::new();
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

/// Builds the program of fuzzing and runs targets with it.
#[must_use]
pub fn fuzz(wanted: &Wanted) -> ExitCode {
    let checks = Checks::new();
    let built = checks.program();
    alone(if matches!(built, Outcome::Passed) { checks.fuzz(wanted) } else { built })
}

/// Runs the tests of the one module with unsafe code under Valgrind.
#[must_use]
pub fn valgrind() -> ExitCode {
    alone(Checks::new().valgrind())
}

/// Whether a tool that is missing may be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Install {
    /// It takes minutes, and is asked for.
    Yes,
    /// What is missing is said.
    No,
}

/// Checks licences, sources, versions and advisories of all dependencies.
#[must_use]
pub fn deny(install: Install) -> ExitCode {
    let checks = Checks::new();
    if install == Install::Yes && !checks.has(&["deny", "--version"]) {
        // Outside of the folder that is built in: it is no part of the project.
        let outcome = checks.step(&["install", "cargo-deny", "--locked"], &[]);
        if !matches!(outcome, Outcome::Passed) {
            return alone(outcome);
        }
    }
    alone(checks.dependencies())
}

/// A step that was asked for by itself.
fn alone(outcome: Outcome) -> ExitCode {
    match outcome {
        Outcome::Failed(what) => {
            eprintln!("xtask: {what}");
            return ExitCode::FAILURE;
        }
        Outcome::Skipped(why) => println!("skipped: {why}"),
        Outcome::Passed | Outcome::NotRun => {}
    }
    ExitCode::SUCCESS
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
    fn new() -> Self {
        Self { cargo: std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), root: root() }
    }

    #[expect(clippy::unused_self, reason = "a step like the others")]
    fn tools(&self) -> Outcome {
        tools::install();
        Outcome::Passed
    }

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

    /// Licences, sources and versions always: by cargo-deny, or where it is missing by what packages say of themselves.
    /// Advisories where their database is here or can be had.
    fn dependencies(&self) -> Outcome {
        if !self.has(&["deny", "--version"]) {
            println!(
                "cargo deny is not installed (cargo xtask deny --install): no advisories, licences by cargo metadata"
            );
            return self.licences();
        }
        let plain = self.step(&["deny", "check", "bans", "licenses", "sources"], &[]);
        if !matches!(plain, Outcome::Passed) {
            return plain;
        }
        let fetched =
            self.command(&["deny", "fetch", "db"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !fetched.is_ok_and(|status| status.success()) {
            println!("skipped: advisories (their database cannot be had from here: cargo deny fetch db)");
            return Outcome::Passed;
        }
        self.step(&["deny", "check", "advisories"], &[])
    }

    fn licences(&self) -> Outcome {
        let mut metadata = self.command(&["metadata", "--format-version", "1", "--all-features"]);
        let metadata = match metadata.stderr(Stdio::inherit()).output() {
            Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).into_owned(),
            _ => return Outcome::Failed("`cargo metadata` gave nothing".to_owned()),
        };
        let deny = std::fs::read_to_string(self.root.join("deny.toml"));
        match deny.map_err(anyhow::Error::from).and_then(|deny| licences::check(&metadata, &deny)) {
            Ok((count, wrong)) if wrong.is_empty() => {
                println!("{count} packages: licences, sources and versions are as deny.toml has them");
                Outcome::Passed
            }
            Ok((_, wrong)) => Outcome::Failed(wrong.join("\n")),
            Err(e) => Outcome::Failed(format!("{e:#}")),
        }
    }

    /// The tests of mapped files under Valgrind: a read behind an end, or of what nobody wrote, ends them.
    fn valgrind(&self) -> Outcome {
        let is_here =
            Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !is_here.is_ok_and(|status| status.success()) {
            return Outcome::Skipped("Valgrind (not installed)".to_owned());
        }
        // With the features of the whole workspace, so that nothing is built anew.
        let build = ["test", "--release", "--workspace", "--lib", "--no-run", "--message-format", "json"];
        let output = match self.command(&build).stderr(Stdio::null()).output() {
            Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).into_owned(),
            _ => return Outcome::Failed(format!("`cargo {}` failed", build.join(" "))),
        };
        let program = output
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .find_map(|message| {
                let ours =
                    message["target"]["name"] == "stackscout_evidence" && message["profile"]["test"] == true;
                message["executable"].as_str().filter(|_| ours).map(str::to_owned)
            });
        let Some(program) = program else {
            return Outcome::Failed("the tests of mapped files were not built".into());
        };
        let args =
            ["-q", "--error-exitcode=9", &program, "map::", "files_are_written", "--test-threads", "1"];
        println!("valgrind {}", args.join(" "));
        // A few cases: each instruction costs thirty here.
        match Command::new("valgrind").args(args).env("PROPTEST_CASES", "8").current_dir(&self.root).status()
        {
            Ok(status) if status.success() => Outcome::Passed,
            Ok(status) => Outcome::Failed(format!("Valgrind ended with {status}")),
            Err(e) => Outcome::Failed(format!("Valgrind could not be started: {e}")),
        }
    }

    fn fuzzing(&self) -> Outcome {
        match Wanted::read(&["--seconds", "60"]) {
            Ok(wanted) => self.fuzz(&wanted),
            Err(e) => Outcome::Failed(format!("{e:#}")),
        }
    }

    fn fuzz(&self, wanted: &Wanted) -> Outcome {
        let program = PathBuf::from(self.program_path());
        let program = program.with_file_name(format!("stackscout-fuzz{}", std::env::consts::EXE_SUFFIX));
        match fuzz::run(&program, &self.root, wanted) {
            Ok(broken) if broken.is_empty() => Outcome::Passed,
            Ok(broken) => Outcome::Failed(broken.join("\n")),
            Err(e) => Outcome::Failed(format!("{e:#}")),
        }
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
