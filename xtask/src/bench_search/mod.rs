//! `cargo xtask bench-search`: a fixed set of queries with exact counts, facets of skills and countries and the first
//! twenty people, here and in databases.
//!
//! The people are those of `cargo xtask generate`. Everybody gets the same tables before the clock starts: we the
//! evidence columns, a database its tables with the indexes that a good engineer would make. Each query is asked on one
//! thread, warm, and timed in CPU time; totals and facets have to agree. The databases give the twenty smallest numbers,
//! which is less work than the order by evidence that we give.

mod postgres;
mod queries;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use stackscout_evidence::{BuildOptions, EvidenceSet};
use stackscout_indexer::{Facet, Finder, IndexState, Query};
use stackscout_matcher::weigh::{Best, Wanted, Weigher};
use stackscout_profile::Facts;
use stackscout_taxonomy::{Credit, SkillIx, Taxonomy};

use crate::clock::thread_time;
use crate::generate::{as_of, people};
use crate::peers::{python, tables};
use queries::{Asked, SHAPES};

const USAGE: &str = "\
usage: cargo xtask bench-search [OPTIONS]

  --people N      people (default 100000)
  --queries N     queries, of eight shapes in turn (default 200)
  --peers NAMES   of sqlite,duckdb,postgres; `none` for none (default all)
  --seconds N     a peer begins no further query after so many seconds (default 300)
  --seed N        of people and queries (default 1)";

/// People on a page.
const PAGE: usize = 20;

/// What an answer says, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    total: u64,
    countries: u64,
    skills: u64,
}

/// Runs the command. Fails where a peer counts otherwise, not where one is missing.
///
/// # Errors
/// Wrong arguments; tables that cannot be written.
pub fn run(args: &[&str]) -> Result<ExitCode> {
    let (mut count, mut asked, mut peers, mut seconds, mut seed) =
        (100_000_u32, 200_usize, "sqlite,duckdb,postgres".to_owned(), 300_u32, 1_u64);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().copied().with_context(|| format!("`{arg}` wants a value\n{USAGE}"));
        match *arg {
            "--people" => count = value()?.parse()?,
            "--queries" => asked = value()?.parse()?,
            "--peers" => peers = value()?.to_owned(),
            "--seconds" => seconds = value()?.parse()?,
            "--seed" => seed = value()?.parse()?,
            "--help" => {
                println!("{USAGE}");
                return Ok(ExitCode::SUCCESS);
            }
            other => bail!("unknown argument `{other}`\n{USAGE}"),
        }
    }
    let taxonomy = Taxonomy::embedded();
    let folder = crate::folder::of_build("bench-search");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let crowd: Vec<Facts> = people(seed, count).collect();
    let evidence =
        EvidenceSet::in_memory(&crowd, BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint()));
    let peers: Vec<&str> = peers.split(',').filter(|peer| *peer != "none").collect();
    if !peers.is_empty() {
        tables::write_people(&folder, &crowd)?;
    }
    drop(crowd);
    let bytes = evidence.bytes() / evidence.people().max(1);
    let finder = Finder::new(&folder, IndexState::new(1, taxonomy.fingerprint(), u64::from(count)), evidence);
    let held_by = finder.held_by()?;
    let mut by_popularity: Vec<SkillIx> = taxonomy.skills().map(|(skill, _)| skill).collect();
    by_popularity.sort_by_key(|skill| std::cmp::Reverse(held_by[skill.index()]));
    let queries = queries::queries(asked, seed, &by_popularity);

    let ours = ask_all(&finder, &queries, &taxonomy)?;
    println!("{count} people, {bytes} bytes of columns each; {} queries, one thread, warm", queries.len());
    drop(finder);
    let conditions: String = queries.iter().map(|query| query.sql() + "\n").collect();
    let file = folder.join("queries.sql");
    std::fs::write(&file, conditions).with_context(|| file.display().to_string())?;
    let mut engines = vec![("stackscout", ours)];
    let mut differs = false;
    for peer in peers {
        let answers = match peer {
            "postgres" => postgres::ask(&folder, &queries, seconds),
            _ => ask_peer(peer, &folder, seconds),
        };
        match answers {
            Ok(theirs) => {
                let same = theirs.iter().zip(&engines[0].1).filter(|(a, b)| a.0 == b.0).count();
                println!("{peer}: {same} of {} answers are ours", theirs.len());
                differs |= same < theirs.len();
                engines.push((peer, theirs));
            }
            Err(e) => println!("{peer} was not run: {e:#}"),
        }
    }
    print!("{}", table(&engines));
    Ok(if differs { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Asks every query once to warm up, then once for its time.
fn ask_all(finder: &Finder, queries: &[Asked], taxonomy: &Taxonomy) -> Result<Vec<(Answer, Duration)>> {
    let texts: Vec<String> = queries.iter().map(|query| query.text(taxonomy)).collect();
    let mut answers = Vec::new();
    for round in 0..2 {
        for text in &texts {
            let before = thread_time();
            let answer = ask(finder, text, taxonomy).with_context(|| text.clone())?;
            let took = thread_time() - before;
            if round == 1 {
                answers.push((answer, took));
            }
        }
    }
    Ok(answers)
}

/// One query: from its text to the total, the facets and the first page.
fn ask(finder: &Finder, text: &str, taxonomy: &Taxonomy) -> Result<Answer> {
    let query = Query::parse(text, taxonomy)?;
    let found = finder.find(&query)?;
    let facets = finder.facets(&found, &[Facet::Skill, Facet::Country], taxonomy)?;
    let clauses = query.skill_clauses().into_iter();
    let counts = |(skill, credit): (SkillIx, Credit)| (skill, credit.ten_thousandths());
    let wanted: Vec<Wanted> = clauses
        .map(|c| Wanted { skills: c.skills.into_iter().map(counts).collect(), years: c.years })
        .collect();
    let mut best = Best::new(PAGE, None);
    let mut weigher = Weigher::new(finder.evidence(), &wanted, as_of());
    for file in 0..finder.evidence().files() {
        weigher.offer(file, found.of_file(file), &mut best)?;
    }
    std::hint::black_box(best.in_order());
    let code = |id: &str| taxonomy.skill_by_id(id).map_or(0, |skill| skill.index() as u64 + 1);
    let skills = facets[0].values.iter().map(|(id, count)| code(id) * count).sum();
    let countries = facets[1].values.iter().map(|(code, count)| letters(code) * count).sum();
    Ok(Answer { total: found.total(), countries, skills })
}

/// What a peer's program prints of each query: total, sums over facets, and microseconds of CPU time.
fn ask_peer(peer: &str, folder: &Path, seconds: u32) -> Result<Vec<(Answer, Duration)>> {
    let python = match peer {
        "sqlite" => "python3".into(),
        "duckdb" => python::environment("duckdb", &folder.join("python"))?,
        other => bail!("there is no peer `{other}`"),
    };
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/search_peer.py");
    let output = Command::new(python)
        .arg(&program)
        .args([peer, &folder.display().to_string(), &seconds.to_string()])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| program.display().to_string())?;
    if !output.status.success() {
        bail!("{} ended with {}", program.display(), output.status);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .map(|line| {
            let numbers: Vec<u64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
            let [total, countries, skills, micros] = numbers[..] else { bail!("{peer} printed `{line}`") };
            Ok((Answer { total, countries, skills }, Duration::from_micros(micros)))
        })
        .collect()
}

/// A country's code as a number.
fn letters(code: &str) -> u64 {
    code.bytes().fold(0, |sum, byte| sum * 256 + u64::from(byte))
}

type Answers = Vec<(Answer, Duration)>;

/// Times of each engine for all queries and shape by shape, with how many times ours the means are: of those queries that
/// the engine answered.
fn table(engines: &[(&str, Answers)]) -> String {
    let mut text =
        "| queries | engine | median ms | 99th percentile | mean | times ours |\n|---|---|---|---|---|---|\n"
            .to_owned();
    let shapes =
        std::iter::once(("all", None)).chain(SHAPES.iter().enumerate().map(|(at, shape)| (*shape, Some(at))));
    for (name, shape) in shapes {
        let of_shape = |answers: &Answers| -> Vec<Duration> {
            let chosen = answers
                .iter()
                .enumerate()
                .filter(|(at, _)| shape.is_none_or(|shape| at % SHAPES.len() == shape));
            chosen.map(|(_, (_, time))| *time).collect()
        };
        for (engine, answers) in engines {
            let times = of_shape(answers);
            let own = of_shape(&engines[0].1.iter().take(answers.len()).cloned().collect());
            let ratio = mean(&times).as_secs_f64() / mean(&own).as_secs_f64().max(1e-9);
            let mut sorted = times.clone();
            sorted.sort();
            let at =
                |part: usize| sorted.get((sorted.len() * part / 100).min(sorted.len().saturating_sub(1)));
            let shown = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1e3);
            let (median, last, mean) = (shown(at(50)), shown(at(99)), mean(&times).as_secs_f64() * 1e3);
            let few = if answers.len() < engines[0].1.len() {
                format!(" ({} queries)", times.len())
            } else {
                String::new()
            };
            let _ = writeln!(
                text,
                "| {name} | {engine}{few} | {median:.3} | {last:.3} | {mean:.3} | {ratio:.0} |"
            );
        }
    }
    text
}

fn mean(times: &[Duration]) -> Duration {
    times.iter().sum::<Duration>() / u32::try_from(times.len().max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    //! - each shape is understood, and its answers are those of a plain count over everybody

    use super::*;

    #[test]
    fn answers_are_those_of_a_plain_count() {
        let taxonomy = Taxonomy::embedded();
        let crowd: Vec<Facts> = people(3, 2_000).collect();
        let evidence = EvidenceSet::in_memory(
            &crowd,
            BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint()),
        );
        let finder = Finder::new(Path::new("none"), IndexState::new(1, "", 2_000), evidence);
        let held_by = finder.held_by().unwrap();
        let mut by_popularity: Vec<SkillIx> = taxonomy.skills().map(|(skill, _)| skill).collect();
        by_popularity.sort_by_key(|skill| std::cmp::Reverse(held_by[skill.index()]));
        let mut found = 0;
        for asked in queries::queries(40, 3, &by_popularity) {
            let answer = ask(&finder, &asked.text(&taxonomy), &taxonomy).unwrap();
            let those: Vec<&Facts> = crowd.iter().filter(|facts| asked.matches(facts)).collect();
            assert_eq!(answer.total, those.len() as u64, "{asked:?}");
            let skills: usize = those.iter().flat_map(|f| &f.skills).map(|held| held.skill.index() + 1).sum();
            assert_eq!(answer.skills, skills as u64, "{asked:?}");
            found += answer.total;
        }
        assert!(found > 1_000, "{found}");
    }
}
