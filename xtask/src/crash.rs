//! `cargo xtask crash`: the tests that kill the program, many times over.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

/// Kills each command `--rounds N` times (100 where nothing is said) and holds what comes of it to an undisturbed run.
///
/// # Errors
/// Another argument; no cargo.
pub fn run(args: &[&str]) -> Result<ExitCode> {
    let rounds = match args {
        [] => 100,
        ["--rounds", rounds] => rounds.parse::<u32>().with_context(|| format!("`{rounds}` is no number"))?,
        _ => bail!("usage: cargo xtask crash [--rounds N]"),
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(&cargo).args(["build", "--release", "--workspace", "--bins"]).status()?;
    if !built.success() {
        bail!("the program does not build");
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), std::path::PathBuf::from);
    let status = Command::new(&cargo)
        .args([
            "test",
            "--release",
            "--workspace",
            "--test",
            "all",
            "--",
            "faults::kill",
            "an_erasure_that_is_killed",
            "--nocapture",
        ])
        .env("STACKSCOUT_CRASH_ROUNDS", rounds.to_string())
        .env("STACKSCOUT_BIN", target.join("release/stackscout"))
        .status()
        .context("cargo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
