//! `cargo xtask bench-import`: a file of invented people into a pool that can be searched and ranked, and the same file
//! in other engines, side by side.
//!
//! What is compared is CPU time of whole processes, user and system, which other programs of a machine stretch less than
//! time on the wall. Everything lies below the build's folder; pools and databases are removed when they were measured.
//!
//! Reading order: this file (arguments, our own import, the table), `child` (what a program took), `peers`, `phases`
//! (where our time goes).

mod child;
mod peers;
mod phases;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Parser;
use stackscout_taxonomy::Taxonomy;

use self::peers::{Given, Imported, Peer, Tables};
use crate::generate::{Crowd, people, write_rows};

/// Imports a file of invented people, twice, and loads it into other engines.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench-import")]
struct Arguments {
    /// How many invented people
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    people: u32,
    /// Engines to compare with; `--peers` alone names none
    #[arg(long, value_delimiter = ',', value_enum, num_args = 0.., default_value = "sqlite,postgres")]
    peers: Vec<Peer>,
    /// The program to measure, where it is not the one beside this
    #[arg(long, value_name = "PATH")]
    program: Option<PathBuf>,
    /// Seed of the people
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs the command; `args` are what stands behind its name.
///
/// # Errors
/// A program that is missing or fails; a missing peer is only said.
pub fn run(args: &[&str]) -> Result<()> {
    let arguments = match Arguments::try_parse_from([&["cargo xtask bench-import"], args].concat()) {
        Ok(arguments) => arguments,
        // Prints help to stdout and mistakes to stderr, and ends with the code that goes with it.
        Err(e) => e.exit(),
    };
    let program = match &arguments.program {
        Some(program) => program.clone(),
        None => std::env::current_exe()?.with_file_name("stackscout"),
    };
    if !program.is_file() {
        bail!("there is no {}\nhint: cargo build --release -p stackscout-cli", program.display());
    }
    let folder = crate::folder::of_build("bench-import");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let tables = Tables { folder: &folder };
    let file = tables.people();
    eprintln!("making {} people", arguments.people);
    let taxonomy = Taxonomy::embedded();
    let crowd = Crowd::new(taxonomy.clone())?;
    write_rows(&crowd, arguments.seed, arguments.people, std::io::BufWriter::new(fs::File::create(&file)?))?;

    let (ours, mut lines) = ours(&program, &folder, &file)?;
    if !arguments.peers.is_empty() {
        tables.write(people(arguments.seed, arguments.people), &taxonomy)?;
    }
    let mut theirs: Vec<(Given, Imported)> = Vec::new();
    for (peer, given) in arguments.peers.iter().flat_map(|peer| Given::ALL.map(|given| (peer, given))) {
        eprintln!("{peer:?}, {}", given.words());
        match peer.run(given, &tables) {
            Ok(measured) => theirs.push((given, measured)),
            Err(e) => lines.push(format!("{peer:?}, {}, was not run: {e:#}", given.words())),
        }
    }
    println!(
        "{} people, {} bytes a row",
        arguments.people,
        fs::metadata(&file)?.len() / u64::from(arguments.people.max(1))
    );
    let rows = f64::from(arguments.people);
    println!("{}", table(rows, ours.iter().chain(theirs.iter().map(|(_, imported)| imported))));
    let rate = |imported: &Imported| rows / imported.took.cpu.as_secs_f64().max(1e-9);
    for given in Given::ALL {
        let of_form = theirs.iter().filter(|(form, _)| *form == given).map(|(_, imported)| rate(imported));
        if let Some(best) = of_form.max_by(f64::total_cmp) {
            let times = rate(&ours[0]) / best;
            println!("stackscout, times the better of the others, {}: {times:.1}", given.words());
        }
    }
    let second = ours[0].took.cpu.as_secs_f64() / ours[1].took.cpu.as_secs_f64().max(0.01);
    println!("the second import, times faster than the first: {second:.1}");
    lines.iter().for_each(|line| println!("{line}"));
    println!("\n{}", phases::table(&file, ours[0].took.cpu)?);
    tables.remove()
}

/// The file into a new pool, and once more into the same; lines about what could not be measured.
fn ours(program: &Path, folder: &Path, file: &Path) -> Result<([Imported; 2], Vec<String>)> {
    let pool = folder.join("pool");
    if pool.exists() {
        fs::remove_dir_all(&pool)?;
    }
    let import = |engine: &str| {
        eprintln!("{engine}");
        let took = child::run(Command::new(program).arg("--pool").arg(&pool).arg("import").arg(file))?;
        anyhow::Ok(Imported { engine: engine.to_owned(), took, bytes: size(&pool)? })
    };
    let imported = [import("stackscout")?, import("stackscout, the same file again")?];
    let mut lines = Vec::new();
    for part in ["records.db", "index", "columns"] {
        lines.push(format!("{part}: {:.0} MB", megabytes(size(&pool.join(part))?)));
    }
    fs::remove_dir_all(&pool)?;
    Ok((imported, lines))
}

#[expect(clippy::cast_precision_loss, reason = "a figure to be read")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn table<'i>(rows: f64, imported: impl Iterator<Item = &'i Imported>) -> String {
    let mut lines = vec![
        "| engine | rows a CPU s | CPU s | µs a row | s | MB of memory | MB on the disk |".to_owned(),
        "|---|---|---|---|---|---|---|".to_owned(),
    ];
    for Imported { engine, took, bytes } in imported {
        let cpu = took.cpu.as_secs_f64();
        let memory = took.memory.map_or_else(String::new, |bytes| format!("{:.0}", megabytes(bytes)));
        lines.push(format!(
            "| {engine} | {:.0} | {cpu:.2} | {:.1} | {:.1} | {memory} | {:.0} |",
            rows / cpu.max(0.01),
            cpu / rows * 1e6,
            took.wall.as_secs_f64(),
            megabytes(*bytes)
        ));
    }
    lines.join("\n")
}

/// Bytes of a file, or of all files in a folder.
fn size(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path).with_context(|| path.display().to_string())?;
    if !metadata.is_dir() {
        return Ok(metadata.len());
    }
    let mut bytes = 0;
    for entry in fs::read_dir(path)? {
        bytes += size(&entry?.path())?;
    }
    Ok(bytes)
}
