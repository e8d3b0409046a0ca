//! `cargo xtask peers`: arguments, and the order of the work.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use rayon::prelude::*;
use stackscout_matcher::CompiledRole;
use stackscout_profile::Facts;
use stackscout_taxonomy::Taxonomy;

use super::measured::Measured;
use super::python::{self, Package, Task};
use super::{answer, ours, postgres, report, tables};
use crate::generate::{Crowd, RoleKind, roles};

/// Ranks the same people for the same roles in DuckDB, polars, PostgreSQL and in us, and compares answers and CPU time.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask peers")]
struct Arguments {
    /// How many invented people
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    people: u32,
    /// How many roles of each kind we rank
    #[arg(long, value_name = "N", default_value_t = 100)]
    roles: u32,
    /// How many of these the peers rank, at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    peer_roles: u32,
    /// Kinds of roles
    #[arg(long, value_delimiter = ',', default_value = "filtered,open,soft")]
    kinds: Vec<RoleKind>,
    /// Peers to run
    #[arg(long, value_delimiter = ',', value_enum, default_value = "duckdb,polars,postgres")]
    only: Vec<Peer>,
    /// People on a list
    #[arg(long, value_name = "N", default_value_t = 50)]
    top: usize,
    /// A peer begins no further role after this many seconds of one measurement
    #[arg(long, value_name = "N", default_value_t = 120)]
    seconds: u32,
    /// Seed of people and roles
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Peer {
    Duckdb,
    Polars,
    Postgres,
}

impl Peer {
    fn run(self, task: Task<'_>) -> Result<Vec<Measured>> {
        match self {
            Self::Duckdb => {
                python::run(Package { name: "DuckDB", package: "duckdb", program: "duckdb_peer.py" }, task)
            }
            Self::Polars => {
                python::run(Package { name: "polars", package: "polars", program: "polars_peer.py" }, task)
            }
            Self::Postgres => postgres::run(task),
        }
    }
}

/// Runs the command; `args` are what stands behind its name. Fails where an answer differs, not where a peer is
/// missing.
///
/// # Errors
/// Tables that cannot be written.
pub fn run(args: &[&str]) -> Result<ExitCode> {
    let arguments = match Arguments::try_parse_from([&["cargo xtask peers"], args].concat()) {
        Ok(arguments) => arguments,
        // Prints help to stdout and mistakes to stderr, and ends with the code that goes with it.
        Err(e) => e.exit(),
    };
    let taxonomy = Taxonomy::embedded();
    let folder = folder();
    let tables_folder = folder.join("tables");
    std::fs::create_dir_all(&tables_folder).with_context(|| tables_folder.display().to_string())?;

    eprintln!("making {} people", arguments.people);
    let crowd = Crowd::new(taxonomy.clone())?;
    let people: Vec<Facts> =
        (0..arguments.people).into_par_iter().map(|index| crowd.person(arguments.seed, index)).collect();
    let asked: Vec<(RoleKind, Vec<CompiledRole>)> = arguments
        .kinds
        .iter()
        .map(|kind| {
            let roles = roles(arguments.seed, arguments.roles, *kind);
            (*kind, CompiledRole::all(roles, &taxonomy))
        })
        .collect();
    // What the peers rank: the first of each kind.
    let shared: Vec<(&str, &CompiledRole)> = asked
        .iter()
        .flat_map(|(kind, roles)| {
            roles.iter().take(arguments.peer_roles as usize).map(|role| (kind.word(), role))
        })
        .collect();
    tables::write_people(&tables_folder, &people)?;
    tables::write_roles(&tables_folder, &shared, &taxonomy)?;
    let ids: Vec<String> = shared.iter().map(|(_, role)| role.role.id.clone()).collect();

    let columns = ours::columns(&people, &taxonomy);
    drop(people);
    let mut own = Vec::new();
    let mut expected = Vec::new();
    for (kind, roles) in &asked {
        eprintln!("stackscout: {} {} roles", roles.len(), kind.word());
        let (cpu, lists) = ours::measure(roles, &columns, arguments.top)?;
        let first = lists.iter().take(arguments.peer_roles as usize);
        expected.extend(first.map(|list| answer::canonical(&list.role, &answer::ours(list))));
        own.push(Measured {
            engine: "stackscout".to_owned(),
            form: String::new(),
            kind: *kind,
            roles: arguments.roles,
            cpu,
            answers: None,
        });
    }
    drop(columns);

    let task =
        Task { tables: &tables_folder, folder: &folder, top: arguments.top, seconds: arguments.seconds };
    let mut peers = Vec::new();
    let mut missing = Vec::new();
    for peer in &arguments.only {
        eprintln!("{peer:?}");
        match peer.run(task) {
            Ok(measured) => peers.extend(measured),
            Err(e) => missing.push(format!("{peer:?} was not run: {e:#}")),
        }
    }
    let checked = check(&peers, &ids, &expected, arguments.top)?;
    println!("{}", report::table(arguments.people, &own, &peers));
    for line in checked.iter().chain(&missing) {
        println!("{line}");
    }
    let differs = checked.iter().any(|line| line.starts_with(DIFFERS));
    Ok(if differs { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// How a line begins that says that an engine does not agree.
const DIFFERS: &str = "DIFFERENT";

/// Compares every answer of every peer with ours; a line a measurement.
fn check(peers: &[Measured], ids: &[String], expected: &[String], top: usize) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for measured in peers {
        let Some(path) = &measured.answers else { continue };
        let answers = answer::read(path, ids, top)?;
        let named = format!("{}, {}, {} roles", measured.engine, measured.form, measured.kind.word());
        // A role for which nobody is listed has no row.
        let first = ids.iter().position(|id| id.starts_with(measured.kind.word())).unwrap_or(0);
        let (mut same, mut people) = (0, 0);
        for role in first..first + measured.roles as usize {
            let theirs = answers.get(&role).map(Vec::as_slice).unwrap_or_default();
            match answer::difference(&expected[role], &answer::canonical(&ids[role], theirs)) {
                None => same += 1,
                Some(at) => lines.push(format!("{DIFFERS}: {named}: {}, {at}", ids[role])),
            }
            people += theirs.len();
        }
        lines.push(format!(
            "{named}: {same} of {} lists are ours byte for byte ({people} places)",
            measured.roles
        ));
    }
    Ok(lines)
}

/// Everything that is made here lies below the build's folder.
fn folder() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    root.join(target).join("peers")
}
