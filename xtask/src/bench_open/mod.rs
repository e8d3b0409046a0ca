//! `cargo xtask bench-open`: how long the program takes from its start to an answer, on a pool of any size.
//!
//! Measured are whole processes: loading the taxonomy, opening the pool, one answer, printing. *Warm*: the pool's files
//! are in the system's memory; *cold*: the system was asked to drop them before each run. Wall time counts here, because
//! a person waits for it; what is printed is the best and the middle one of several runs, and the mean of their CPU time.
//!
//! Beside it, in a program that keeps the pool open, what completing a word as one types takes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Parser;
use rustix::fs::{Advice, fadvise};
use stackscout_engine::Pool;
use stackscout_taxonomy::Taxonomy;

use crate::clock::{children_cpu, thread_time};
use crate::generate::{Crowd, write_rows};

/// Measures the first answer of the program, warm and cold.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench-open")]
struct Arguments {
    /// How many invented people the pool holds; it is made where it is not there from an earlier run
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    people: u32,
    /// A pool that is there, in place of one of invented people
    #[arg(long, value_name = "DIR")]
    pool: Option<PathBuf>,
    /// The program to measure, where it is not the one beside this
    #[arg(long, value_name = "PATH")]
    program: Option<PathBuf>,
    /// Runs of each query
    #[arg(long, default_value_t = 10)]
    runs: usize,
}

/// First queries of each kind, as arguments of the program.
const QUERIES: [(&str, &[&str]); 9] = [
    ("no pool: a spelling resolved", &["taxonomy", "resolve", "ror"]),
    (
        "two skills with years, country, count",
        &["search", "--count", "python >= 3y javascript >= 2y country:de"],
    ),
    ("the same, twenty people", &["search", "--limit", "20", "python >= 3y javascript >= 2y country:de"]),
    (
        "the same, with facets",
        &["search", "--limit", "20", "--facets=skill,country", "python >= 3y javascript >= 2y country:de"],
    ),
    ("one skill, with facets", &["search", "--limit", "20", "--facets=skill,country", "python"]),
    ("everybody, twenty people", &["search", "--limit", "20"]),
    ("a word in any text", &["search", "--limit", "20", "newcomers"]),
    ("a word, a skill, a country", &["search", "--limit", "20", "newcomers python country:de"]),
    ("the beginning of a word", &["search", "--complete", "be"]),
];

/// Runs the command; `args` are what stands behind its name.
///
/// # Errors
/// A program that is missing or fails; a pool that cannot be made.
pub fn run(args: &[&str]) -> Result<()> {
    let arguments = match Arguments::try_parse_from([&["cargo xtask bench-open"], args].concat()) {
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
    let pool = match arguments.pool {
        Some(pool) => pool,
        None => made(&program, arguments.people)?,
    };
    let mut opened = Pool::open(&pool, Taxonomy::embedded())?;
    println!("{} people, {} runs of each, milliseconds\n", opened.count()?, arguments.runs);
    println!("| first answer | warm, best | middle | CPU | cold, best | middle |\n|---|---|---|---|---|---|");
    for (name, query) in QUERIES {
        let warm = times(&program, &pool, query, arguments.runs, Cache::Warm)?;
        let cold = times(&program, &pool, query, arguments.runs, Cache::Cold)?;
        println!(
            "| {name} | {} | {} | {} | {} | {} |",
            best(&warm),
            middle(&warm),
            shown(warm.cpu),
            best(&cold),
            middle(&cold)
        );
    }
    println!("\n| completing, pool open | median | 99th percentile | longest |\n|---|---|---|---|");
    for letters in 1..=4 {
        let mut times = completions(&mut opened, letters)?;
        times.sort();
        let at = |part: usize| shown(times[(times.len() * part / 100).min(times.len() - 1)]);
        println!("| {letters} letters, {} beginnings | {} | {} | {} |", times.len(), at(50), at(99), at(100));
    }
    Ok(())
}

fn best(took: &Took) -> String {
    took.wall.first().copied().map_or_else(String::new, shown)
}

fn middle(took: &Took) -> String {
    took.wall.get(took.wall.len() / 2).copied().map_or_else(String::new, shown)
}

fn shown(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1e3)
}

/// What runs of one query took.
struct Took {
    /// Shortest first.
    wall: Vec<Duration>,
    /// Of one run, in the mean: the system counts it in hundredths of a second.
    cpu: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cache {
    Warm,
    Cold,
}

fn times(program: &Path, pool: &Path, query: &[&str], runs: usize, cache: Cache) -> Result<Took> {
    let mut wall = Vec::new();
    let mut cpu = children_cpu()?;
    // One more than asked for: the first warms up.
    for run in 0..=runs {
        if cache == Cache::Cold {
            drop_pages(pool)?;
        }
        let begun = Instant::now();
        let status = Command::new(program)
            .arg("--pool")
            .arg(pool)
            .args(query)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .status()
            .with_context(|| program.display().to_string())?;
        let took = begun.elapsed();
        if !status.success() {
            bail!("{query:?} ended with {status}");
        }
        if run == 0 {
            cpu = children_cpu()?;
        } else {
            wall.push(took);
        }
    }
    wall.sort();
    let cpu = children_cpu()?.saturating_sub(cpu) / u32::try_from(wall.len().max(1))?;
    Ok(Took { wall, cpu })
}

/// Asks the system to drop what it keeps in memory of a folder's files.
fn drop_pages(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            drop_pages(&path)?;
        } else {
            let file = fs::File::open(&path)?;
            fadvise(&file, 0, None, Advice::DontNeed)?;
        }
    }
    Ok(())
}

/// CPU time of each completion, every beginning once to warm up and once for its time.
fn completions(pool: &mut Pool, letters: u32) -> Result<Vec<Duration>> {
    const BEGINNINGS_MAX: u32 = 200;
    const SHOWN: usize = 10;
    let all = 26_u32.pow(letters);
    let step = (all / BEGINNINGS_MAX).max(1);
    let beginnings: Vec<String> = (0..all)
        .step_by(step as usize)
        .map(|number| {
            let letter =
                |place: u32| char::from(b'a' + u8::try_from(number / 26_u32.pow(place) % 26).unwrap_or(0));
            (0..letters).rev().map(letter).collect()
        })
        .collect();
    let mut times = Vec::new();
    for round in 0..2 {
        for beginning in &beginnings {
            let before = thread_time();
            std::hint::black_box(pool.complete(beginning, SHOWN)?);
            if round > 0 {
                times.push(thread_time() - before);
            }
        }
    }
    Ok(times)
}

/// The pool of so many invented people in the build's folder, made where it is not there yet.
fn made(program: &Path, people: u32) -> Result<PathBuf> {
    let folder = crate::folder::of_build("bench-open");
    let (pool, file) = (folder.join(format!("pool-{people}")), folder.join("people.csv"));
    if pool.exists() {
        return Ok(pool);
    }
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    eprintln!("making {people} people");
    let crowd = Crowd::new(Taxonomy::embedded())?;
    write_rows(&crowd, 1, people, std::io::BufWriter::new(fs::File::create(&file)?))?;
    let begun = folder.join(format!("pool-{people}.begun"));
    if begun.exists() {
        fs::remove_dir_all(&begun)?;
    }
    let status = Command::new(program)
        .arg("--pool")
        .arg(&begun)
        .arg("import")
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if !status.success() {
        bail!("the import ended with {status}");
    }
    fs::remove_file(&file)?;
    fs::rename(&begun, &pool)?;
    Ok(pool)
}
