//! The same people in SQLite with FTS5 and in PostgreSQL with GIN.
//!
//! Both get the file as it is, and beside it a table that they need not make: every skill of every person by number,
//! with years and last use. What skills a cell names is not theirs to know. Neither waits for the disk, and neither has
//! to survive a power cut, as we do.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use stackscout_profile::Facts;
use stackscout_taxonomy::written::LastUsed;

use super::child::{self, Took};
use crate::peers::postgres::{Server, cpu_of, program};

/// An engine that we are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Peer {
    Sqlite,
    Postgres,
}

/// What an engine took, and what it left on the disk.
pub(super) struct Imported {
    pub engine: String,
    pub took: Took,
    pub bytes: u64,
}

impl Peer {
    /// Loads file and skills.
    ///
    /// # Errors
    /// Where the engine is missing, or fails.
    pub(super) fn run(self, folder: &Path, people: &Path, skills: &Path) -> Result<Imported> {
        match self {
            Self::Sqlite => sqlite(folder, people, skills),
            Self::Postgres => postgres(folder, people, skills),
        }
    }
}

/// Writes the skills of people, one a row: person from 1, skill, tenths of years, last use (`current` is 9999).
///
/// # Errors
/// Where it cannot be written.
pub(super) fn write_skills(path: &Path, people: impl Iterator<Item = Facts>) -> Result<()> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["person", "skill", "years", "last_used"])?;
    for facts in people {
        for held in &facts.skills {
            let years = held.years.map(|years| years.tenths().to_string()).unwrap_or_default();
            let used = match held.last_used {
                Some(LastUsed::Year(year)) => year.to_string(),
                Some(LastUsed::Current) => "9999".to_owned(),
                None => String::new(),
            };
            let (person, skill) = (facts.number.0.to_string(), held.skill.index().to_string());
            writer.write_record([person, skill, years, used])?;
        }
    }
    writer.flush()?;
    Ok(())
}

/// By its own shell, which reads CSV without any program of ours in between.
fn sqlite(folder: &Path, people: &Path, skills: &Path) -> Result<Imported> {
    let version = Command::new("sqlite3")
        .arg("--version")
        .output()
        .context("there is no sqlite3\nhint: install it by the system's packages")?;
    let version = String::from_utf8_lossy(&version.stdout);
    let version = version.split(' ').next().unwrap_or_default();
    let database = folder.join("sqlite.db");
    remove(&database)?;
    let script = fs::read_to_string(program("sqlite_import.sql"))?
        .replace("PEOPLE_CSV", &quoted(people)?)
        .replace("SKILLS_CSV", &quoted(skills)?);
    let script_file = folder.join("sqlite_import.sql");
    fs::write(&script_file, script)?;
    let read = format!(".read {}", quoted(&script_file)?);
    let took = child::run(Command::new("sqlite3").arg("-bail").arg(&database).arg(read))?;
    let bytes = fs::metadata(&database)?.len();
    remove(&database)?;
    Ok(Imported { engine: format!("SQLite {version} with FTS5"), took, bytes })
}

/// In one session; counted is the process that serves it, neither its client nor the server's other processes.
fn postgres(folder: &Path, people: &Path, skills: &Path) -> Result<Imported> {
    let server = Server::start(&folder.join("postgres"))?;
    let version = server.ask("SELECT split_part(current_setting('server_version'), ' ', 1)")?;
    let tables = people.parent().filter(|_| people.ends_with("people.csv") && skills.ends_with("skills.csv"));
    let variables = [("tables", path_text(tables.context("the tables have other names")?)?)];
    let begun = Instant::now();
    let (cpu, _) = cpu_of(&server, &fs::read_to_string(program("postgres_import.sql"))?, &variables)?;
    let wall = begun.elapsed();
    let bytes = server.ask("SELECT pg_database_size(current_database())")?;
    Ok(Imported {
        engine: format!("PostgreSQL {} with GIN", version.trim()),
        // What its processes share cannot be told from what they hold.
        took: Took { cpu, wall, memory: None },
        bytes: bytes.trim().parse().context("the size is no number")?,
    })
}

fn path_text(path: &Path) -> Result<&str> {
    path.to_str().context("the folder's name is no UTF-8")
}

fn quoted(path: &Path) -> Result<String> {
    let text = path_text(path)?;
    if text.contains(['"', '\\', '\n']) {
        bail!("`{text}` cannot be named to SQLite's shell");
    }
    Ok(format!("\"{text}\""))
}

fn remove(database: &Path) -> Result<()> {
    for ending in ["", "-journal", "-wal", "-shm"] {
        let path = PathBuf::from(format!("{}{ending}", database.display()));
        if path.exists() {
            fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}
