//! What an engine measured of itself, and the lines in which a peer's program says so.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::generate::RoleKind;

/// Roles of one kind, ranked by one engine in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measured {
    /// Name and version.
    pub engine: String,
    /// How it was asked, where there are several ways.
    pub form: String,
    pub kind: RoleKind,
    /// How many roles were ranked.
    pub roles: u32,
    /// User and system time.
    pub cpu: Duration,
    /// Its answers; `None` for our own.
    pub answers: Option<PathBuf>,
}

impl Measured {
    /// Pairs of a person and a role, skipped ones included, in a second of CPU time.
    pub(super) fn pairs_per_second(&self, people: u32) -> f64 {
        f64::from(people) * f64::from(self.roles) / self.cpu.as_secs_f64().max(1e-9)
    }
}

/// Reads what a peer's program prints: `version TEXT` once, then `measured KIND FORM ROLES MICROSECONDS` for each
/// measurement, whose answers lie in `KIND-FORM.csv`. Other lines are for people.
///
/// # Errors
/// A line `measured` that is not in this form; or none at all.
pub(super) fn read(name: &str, output: &str, answers: &Path) -> Result<Vec<Measured>> {
    let version =
        output.lines().find_map(|line| line.strip_prefix("version ")).unwrap_or("of unknown version");
    let mut all = Vec::new();
    for line in output.lines() {
        let Some(rest) = line.strip_prefix("measured ") else { continue };
        let parts: Vec<&str> = rest.split(' ').collect();
        let [kind, form, roles, micros] = parts[..] else { bail!("{name} printed `{line}`") };
        let micros = micros.parse().with_context(|| format!("{name} printed `{line}`"))?;
        all.push(Measured {
            engine: format!("{name} {version}"),
            form: form.to_owned(),
            kind: kind.parse().map_err(anyhow::Error::msg)?,
            roles: roles.parse().with_context(|| format!("{name} printed `{line}`"))?,
            cpu: Duration::from_micros(micros),
            answers: Some(answers.join(format!("{kind}-{form}.csv"))),
        });
    }
    if all.is_empty() {
        bail!("{name} measured nothing");
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    //! - what a program prints is read; what is no measurement is refused

    use super::*;

    #[test]
    fn what_a_program_prints_is_read() {
        let output = "version 2.0.0\nloading\nmeasured soft natural 4 2000000\n";
        let read_back = read("DuckDB", output, Path::new("out")).unwrap();
        assert_eq!(read_back.len(), 1);
        assert_eq!(read_back[0].engine, "DuckDB 2.0.0");
        assert_eq!(read_back[0].kind, RoleKind::Soft);
        assert_eq!(read_back[0].answers.as_deref(), Some(Path::new("out/soft-natural.csv")));
        // 1,000 people x 4 roles in 2 seconds.
        assert!((read_back[0].pairs_per_second(1_000) - 2_000.0).abs() < 1e-6);
        for bad in
            ["", "measured soft natural 4\n", "measured soft natural 4 x\n", "measured hard natural 4 1\n"]
        {
            assert!(read("DuckDB", bad, Path::new("out")).is_err(), "{bad}");
        }
    }
}
