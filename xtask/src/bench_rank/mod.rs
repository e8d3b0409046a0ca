//! `cargo xtask bench-rank`: how many pairs of role and person a CPU second ranks, over evidence columns.
//!
//! People and roles are those of `cargo xtask generate`. The columns are written once and mapped, as a pool's are.
//! Pairs include those that were skipped. CPU time is that of the whole process while it ranks: making roles ready,
//! tables, ranking, and entries with all their reasons.

mod curves;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use stackscout_evidence::{BaseWriter, BuildOptions, ColumnsFile, EvidenceSet};
use stackscout_matcher::arithmetic::fnv1a64;
use stackscout_matcher::{CompiledRole, Counts, Cut, Shortlist, rank_columns};
use stackscout_profile::Role;
use stackscout_taxonomy::Taxonomy;

use crate::clock::cpu_time;
use crate::generate::{RoleKind, as_of, people, roles};

const USAGE: &str = "\
usage: cargo xtask bench-rank [OPTIONS]

  --people N      people, from 1 (default 100000)
  --roles N       roles of each kind (default 100)
  --kind KIND     filtered, open or soft (default: all three)
  --top N         people listed for each role (default 50)
  --threads N,N   numbers of threads to measure with, one after the other (default 1); answers must be equal
  --counts        counts listed and left-out people of the whole pool as well
  --seed N        of people and roles (default 1)
  --curves        over people and roles, written to docs/performance-people.svg and docs/performance-roles.svg";

/// What is measured.
#[derive(Debug, Clone, Copy)]
struct Options {
    people: u32,
    roles: u32,
    top: usize,
    threads: usize,
    counts: Counts,
    seed: u64,
}

/// One measurement.
struct Measured {
    pairs: u64,
    cpu: Duration,
    wall: Duration,
    checksum: u64,
}

impl Measured {
    /// Million pairs per CPU second.
    #[expect(clippy::cast_precision_loss, reason = "a figure to be read")]
    fn rate(&self) -> f64 {
        self.pairs as f64 / self.cpu.as_secs_f64() / 1e6
    }
}

/// Runs the command.
///
/// # Errors
/// Wrong arguments; columns that cannot be written.
pub fn run(args: &[&str]) -> Result<()> {
    let mut options =
        Options { people: 100_000, roles: 100, top: 50, threads: 1, counts: Counts::Skipped, seed: 1 };
    let (mut kinds, mut draws_curves) = (RoleKind::ALL.to_vec(), false);
    let mut threads = vec![1];
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().copied().with_context(|| format!("`{arg}` wants a value\n{USAGE}"));
        match *arg {
            "--people" => options.people = value()?.parse()?,
            "--roles" => options.roles = value()?.parse()?,
            "--kind" => kinds = vec![value()?.parse().map_err(anyhow::Error::msg)?],
            "--top" => options.top = value()?.parse()?,
            "--threads" => {
                threads = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?;
            }
            "--counts" => options.counts = Counts::Exact,
            "--seed" => options.seed = value()?.parse()?,
            "--curves" => draws_curves = true,
            "--help" => {
                println!("{USAGE}");
                return Ok(());
            }
            other => bail!("unknown argument `{other}`\n{USAGE}"),
        }
    }
    if draws_curves {
        return curves::draw(options);
    }
    let taxonomy = Taxonomy::embedded();
    let evidence = columns(options, &taxonomy)?;
    println!(
        "{} people, {} bytes each; {} roles, top {}",
        evidence.people(),
        evidence.bytes() / evidence.people().max(1),
        options.roles,
        options.top,
    );
    for kind in kinds {
        let mut first: Option<Measured> = None;
        for threads in &threads {
            let options = Options { threads: *threads, ..options };
            let m = measure(kind, options, &evidence, &taxonomy)?;
            let (against, same) = match &first {
                Some(first) => (
                    format!("  {:.2} times as fast", first.wall.as_secs_f64() / m.wall.as_secs_f64()),
                    first.checksum == m.checksum,
                ),
                None => (String::new(), true),
            };
            println!(
                "{:<8}  {} {:<7}  {:>8} million pairs  {:>7.3} CPU s  {:>7.3} s  {:>6.0} million pairs a CPU s  answers {:016x}{against}",
                kind.word(),
                threads,
                if *threads == 1 { "thread" } else { "threads" },
                m.pairs / 1_000_000,
                m.cpu.as_secs_f64(),
                m.wall.as_secs_f64(),
                m.rate(),
                m.checksum,
            );
            anyhow::ensure!(same, "the answers of {threads} threads differ");
            first = first.or(Some(m));
        }
    }
    Ok(())
}

fn measure(
    kind: RoleKind,
    options: Options,
    evidence: &EvidenceSet,
    taxonomy: &Taxonomy,
) -> Result<Measured> {
    let asked: Vec<Role> = roles(options.seed, options.roles, kind).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build()?;
    let (cpu, wall) = (cpu_time(), Instant::now());
    let lists = pool.install(|| {
        let compiled = CompiledRole::all(asked.iter().cloned(), taxonomy);
        rank_columns(&compiled, evidence, as_of(), Cut::Top(options.top), options.counts)
    });
    Ok(Measured {
        pairs: u64::from(options.people) * u64::from(options.roles),
        cpu: cpu_time() - cpu,
        wall: wall.elapsed(),
        checksum: checksum(&lists),
    })
}

/// Columns of so many people, from an earlier run where there was one.
fn columns(options: Options, taxonomy: &Taxonomy) -> Result<EvidenceSet> {
    let name = format!("{}-{}-{}", options.people, options.seed, taxonomy.fingerprint());
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/bench-rank")).join(name);
    if let Ok(set) = EvidenceSet::open(&folder, &written(&folder), taxonomy.fingerprint()) {
        return Ok(set);
    }
    let mut base = BaseWriter::new(BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint()));
    people(options.seed, options.people).for_each(|facts| base.put(&facts));
    let files = base.write(&folder)?;
    Ok(EvidenceSet::open(&folder, &files, taxonomy.fingerprint())?)
}

/// The file that an earlier run wrote; its name ends in its checksum.
fn written(folder: &Path) -> Vec<ColumnsFile> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let file = |name: String| {
        let checksum = name.strip_prefix("base-")?.strip_suffix(".columns")?;
        let checksum = u32::from_str_radix(checksum, 16).ok()?;
        Some(ColumnsFile { name, checksum })
    };
    names.filter_map(file).collect()
}

/// A number for who stands where, with which points.
fn checksum(lists: &[Shortlist]) -> u64 {
    let of = |list: &Shortlist| {
        let entries = list.entries.iter().map(|e| {
            format!("{} {} {} {} {} {}\n", list.role, e.number, e.tier.letter(), e.points, e.place, e.tied)
        });
        entries.collect::<String>() + &format!("{:?} {:?}", list.listed, list.left_out)
    };
    fnv1a64(&lists.iter().map(of).collect::<String>())
}
