//! The same people in SQLite with FTS5 and in PostgreSQL with GIN, each in two forms.
//!
//! *The file alone* is what we are given, and a table of the taxonomy's spellings: skills, years, last use, countries, pay
//! and languages are read out of the cells, and single names out of the summaries, as far as SQL goes; nobody stands
//! twice, and what stands survives a power cut. *With every skill* is less than that, and a lower bound of what such an
//! engine costs: beside the file it gets a table that it need not make, every skill of every person by number, with years
//! and last use. It does not wait for the disk, and need not survive a power cut.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use stackscout_profile::{Country, Facts};
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::written::LastUsed;

use super::child::{self, Took};
use crate::peers::postgres::{Server, cpu_of, program};

/// An engine that we are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Peer {
    Sqlite,
    Postgres,
}

/// What an engine is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// The file, and the spellings of the taxonomy.
    Alone,
    /// The file, and everybody's skills beside it.
    Skills,
}

impl Given {
    pub(super) const ALL: [Self; 2] = [Self::Alone, Self::Skills];

    /// As it stands in the table, behind the engine.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Alone => "the file alone",
            Self::Skills => "with every skill",
        }
    }

    /// The script of an engine, in `xtask/peers`.
    fn script(self, engine: &str) -> String {
        match self {
            Self::Alone => format!("{engine}_import_alone.sql"),
            Self::Skills => format!("{engine}_import.sql"),
        }
    }
}

/// The tables that engines are given, in one folder.
pub(super) struct Tables<'a> {
    pub folder: &'a Path,
}

impl Tables<'_> {
    const PEOPLE: &'static str = "people.csv";
    const SKILLS: &'static str = "skills.csv";
    const SPELLINGS: &'static str = "spellings.csv";
    const COUNTRIES: &'static str = "countries.csv";

    pub(super) fn people(&self) -> PathBuf {
        self.folder.join(Self::PEOPLE)
    }

    /// Writes what is given beside the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn write(&self, people: impl Iterator<Item = Facts>, taxonomy: &Taxonomy) -> Result<()> {
        write_skills(&self.folder.join(Self::SKILLS), people)?;
        write_spellings(&self.folder.join(Self::SPELLINGS), taxonomy)?;
        write_countries(&self.folder.join(Self::COUNTRIES))
    }

    /// Removes all of them.
    ///
    /// # Errors
    /// Where one cannot be removed.
    pub(super) fn remove(&self) -> Result<()> {
        for name in [Self::PEOPLE, Self::SKILLS, Self::SPELLINGS, Self::COUNTRIES] {
            let path = self.folder.join(name);
            if path.exists() {
                fs::remove_file(&path).with_context(|| path.display().to_string())?;
            }
        }
        Ok(())
    }
}

/// What an engine took, and what it left on the disk.
pub(super) struct Imported {
    pub engine: String,
    pub took: Took,
    pub bytes: u64,
}

impl Peer {
    /// Loads what it is given.
    ///
    /// # Errors
    /// Where the engine is missing, or fails.
    pub(super) fn run(self, given: Given, tables: &Tables<'_>) -> Result<Imported> {
        match self {
            Self::Sqlite => sqlite(given, tables),
            Self::Postgres => postgres(given, tables),
        }
    }
}

/// Writes every spelling once, in small letters, with the number of its skill and whether it is an everyday word too.
fn write_spellings(path: &Path, taxonomy: &Taxonomy) -> Result<()> {
    let mut spellings = BTreeMap::new();
    for (number, skill) in taxonomy.skills() {
        // A name stands before what others are called too.
        spellings.insert(skill.name.to_lowercase(), number);
    }
    for (number, skill) in taxonomy.skills() {
        for spelling in &skill.spellings {
            spellings.entry(spelling.to_lowercase()).or_insert(number);
        }
    }
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["spelling", "skill", "everyday"])?;
    for (spelling, number) in spellings {
        let everyday = u8::from(taxonomy.is_everyday_word(&spelling)).to_string();
        writer.write_record([spelling, number.index().to_string(), everyday])?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes the countries by the names that the file has.
fn write_countries(path: &Path) -> Result<()> {
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
    let countries: BTreeMap<String, Country> = codes
        .filter_map(|code| Country::from_code(&code))
        .map(|country| (country.name().to_owned(), country))
        .collect();
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["name", "code"])?;
    for (name, country) in countries {
        writer.write_record([name.as_str(), country.code()])?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes the skills of people, one a row: person from 1, skill, tenths of years, last use (`current` is 9999).
fn write_skills(path: &Path, people: impl Iterator<Item = Facts>) -> Result<()> {
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
fn sqlite(given: Given, tables: &Tables<'_>) -> Result<Imported> {
    let version = Command::new("sqlite3")
        .arg("--version")
        .output()
        .context("there is no sqlite3\nhint: install it by the system's packages")?;
    let version = String::from_utf8_lossy(&version.stdout);
    let version = version.split(' ').next().unwrap_or_default();
    let database = tables.folder.join("sqlite.db");
    remove(&database)?;
    let mut script = fs::read_to_string(program(&given.script("sqlite")))?;
    for (name, file) in [
        ("PEOPLE_CSV", Tables::PEOPLE),
        ("SKILLS_CSV", Tables::SKILLS),
        ("SPELLINGS_CSV", Tables::SPELLINGS),
        ("COUNTRIES_CSV", Tables::COUNTRIES),
    ] {
        script = script.replace(name, &quoted(&tables.folder.join(file))?);
    }
    let script_file = tables.folder.join("sqlite_import.sql");
    fs::write(&script_file, script)?;
    let read = format!(".read {}", quoted(&script_file)?);
    let took = child::run(Command::new("sqlite3").arg("-bail").arg(&database).arg(read))?;
    let bytes = fs::metadata(&database)?.len();
    remove(&database)?;
    Ok(Imported { engine: format!("SQLite {version} with FTS5, {}", given.words()), took, bytes })
}

/// In one session; counted is the process that serves it, neither its client nor the server's other processes.
fn postgres(given: Given, tables: &Tables<'_>) -> Result<Imported> {
    let folder = tables.folder.join("postgres");
    let server = match given {
        Given::Alone => Server::start_durable(&folder)?,
        Given::Skills => Server::start(&folder)?,
    };
    let version = server.ask("SELECT split_part(current_setting('server_version'), ' ', 1)")?;
    let variables = [("tables", path_text(tables.folder)?)];
    let begun = Instant::now();
    let (cpu, _) = cpu_of(&server, &fs::read_to_string(program(&given.script("postgres")))?, &variables)?;
    let wall = begun.elapsed();
    let bytes = server.ask("SELECT pg_database_size(current_database())")?;
    Ok(Imported {
        engine: format!("PostgreSQL {} with GIN, {}", version.trim(), given.words()),
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
