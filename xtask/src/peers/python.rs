//! Peers that are Python packages: installed into a folder of their own, run as one program each.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::measured::{self, Measured};

/// A peer by the name of its package.
#[derive(Debug, Clone, Copy)]
pub(super) struct Package {
    /// As it is shown.
    pub name: &'static str,
    /// As it is installed.
    pub package: &'static str,
    /// The program in `xtask/peers`.
    pub program: &'static str,
}

/// What the programs are told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task<'a> {
    /// Folder of the tables.
    pub tables: &'a Path,
    /// Folder of everything that is made here.
    pub folder: &'a Path,
    pub top: usize,
    /// No new role is begun after this many seconds of one measurement.
    pub seconds: u32,
}

/// Runs a peer's program; installs its package first where it is missing.
///
/// # Errors
/// Without Python, without the package where it cannot be installed, and where the program fails.
pub(super) fn run(package: Package, task: Task<'_>) -> Result<Vec<Measured>> {
    let python = environment(package.package, &task.folder.join("python"))?;
    let answers = task.folder.join(format!("answers-{}", package.package));
    std::fs::create_dir_all(&answers)?;
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(package.program);
    let output = Command::new(python)
        .arg(&program)
        .arg(task.tables)
        .arg(&answers)
        .args([task.top.to_string(), task.seconds.to_string()])
        // The program lies among the sources.
        .env("PYTHONDONTWRITEBYTECODE", "1")
        // One core each.
        .env("POLARS_MAX_THREADS", "1")
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| program.display().to_string())?;
    if !output.status.success() {
        bail!("{} ended with {}", program.display(), output.status);
    }
    measured::read(package.name, &String::from_utf8_lossy(&output.stdout), &answers)
}

/// A Python that has the package.
pub(crate) fn environment(package: &str, folder: &Path) -> Result<PathBuf> {
    let python = folder.join("bin/python");
    if !python.exists() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(folder).stdout(Stdio::null()).status();
        match made {
            Ok(status) if status.success() => {}
            Ok(_) => bail!("python3 cannot make an environment\nhint: install its module `venv`"),
            Err(_) => bail!("there is no python3"),
        }
    }
    let has = |quiet: Stdio| -> Result<bool> {
        let import = format!("import {package}");
        Ok(Command::new(&python).args(["-c", &import]).stderr(quiet).status()?.success())
    };
    if !has(Stdio::null())? {
        eprintln!("installing {package} into {}", folder.display());
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package];
        let installed = Command::new(&python).args(install).status()?;
        if !installed.success() || !has(Stdio::inherit())? {
            bail!("{package} could not be installed");
        }
    }
    Ok(python)
}
