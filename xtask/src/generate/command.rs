//! `cargo xtask generate`: arguments and files.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{ArgGroup, Parser};
use stackscout_taxonomy::Taxonomy;

use super::role_toml::role_toml;
use super::{Crowd, RoleKind, roles, write_rows};

/// Makes invented people as a CSV file, or roles as role files.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask generate", group(ArgGroup::new("what").required(true).args(["people", "roles"])))]
struct Arguments {
    /// How many people to write, as one CSV file
    #[arg(long, value_name = "N")]
    people: Option<u32>,
    /// How many roles to write, as a folder of role files
    #[arg(long, value_name = "N")]
    roles: Option<u32>,
    /// What the roles ask for: filtered, open or soft
    #[arg(long, default_value = "filtered", conflicts_with = "people")]
    kind: RoleKind,
    /// The same seed makes the same people and roles
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The file (`-`: standard output) or, for roles, the folder
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
}

/// Runs the command; `args` are what stands behind its name.
///
/// # Errors
/// Arguments that cannot be meant, and files that cannot be written.
pub fn run(args: &[&str]) -> Result<()> {
    let arguments = match Arguments::try_parse_from([&["cargo xtask generate"], args].concat()) {
        Ok(arguments) => arguments,
        // Prints help to stdout and mistakes to stderr, and ends with the code that goes with it.
        Err(e) => e.exit(),
    };
    let out = &arguments.out;
    if let Some(count) = arguments.people {
        write_people(count, arguments.seed, out).with_context(|| out.display().to_string())?;
        eprintln!("{count} people of seed {} in {}", arguments.seed, out.display());
    } else if let Some(count) = arguments.roles {
        write_role_files(count, arguments.seed, arguments.kind, out)
            .with_context(|| out.display().to_string())?;
        eprintln!("{count} {} roles of seed {} in {}", arguments.kind.word(), arguments.seed, out.display());
    }
    Ok(())
}

fn write_people(count: u32, seed: u64, out: &Path) -> Result<()> {
    let crowd = Crowd::new(Taxonomy::embedded())?;
    if out.as_os_str() == "-" {
        return Ok(write_rows(&crowd, seed, count, std::io::stdout().lock())?);
    }
    let mut writer = BufWriter::with_capacity(1 << 20, File::create(out)?);
    write_rows(&crowd, seed, count, &mut writer)?;
    writer.flush()?;
    Ok(())
}

fn write_role_files(count: u32, seed: u64, kind: RoleKind, folder: &Path) -> Result<()> {
    let taxonomy = Taxonomy::embedded();
    fs::create_dir_all(folder)?;
    for role in roles(seed, count, kind) {
        fs::write(folder.join(format!("{}.toml", role.id)), role_toml(&role, &taxonomy))?;
    }
    Ok(())
}
