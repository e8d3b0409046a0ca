//! `cargo xtask advertised`: 50,000 real roles against 45,161 real people.
//!
//! A role is a job advertisement of skill2vec (MIT): the skills that it asks for, resolved by the taxonomy, each a
//! nice-to-have of equal weight, since an advertisement does not say which of them are musts. What does not resolve is
//! left out, and an advertisement of which nothing resolves is no role. The people are those of the 2024 Stack Overflow
//! survey, read by the importer as any file is. Printed are roles, pairs and seconds, and a digest of all lists.

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use stackscout_evidence::{BuildOptions, EvidenceSet};
use stackscout_importer::{CandidateFile, ImportOptions, ReadRow};
use stackscout_matcher::{CompiledRole, Counts, Cut, Shortlist, rank_columns};
use stackscout_profile::role::{Requirement, Role};
use stackscout_profile::{Candidate, CandidateNumber, Date, Facts, Part, Record};
use stackscout_taxonomy::{Resolution, SkillIx, Taxonomy};

use crate::clock::cpu_time;

/// A role has at most so many requirements: the matcher's own bound.
const REQUIREMENTS_MAX: usize = 64;
/// Roles compiled at a time: a compiled role takes some tens of kilobytes.
const ROLES_AT_ONCE: usize = 1_000;
/// People listed for each role.
const TOP: usize = 25;

/// Reads both files, ranks, and says what came of it.
///
/// # Errors
/// A file that cannot be read.
pub fn run(data: &Path) -> Result<String> {
    let taxonomy = Taxonomy::embedded();
    let as_of = Date::new(2024, 5, 20).context("a day of 2024")?;
    let people = people(&data.join("stackoverflow-2024/web_framework.csv"), &taxonomy)?;
    let options = BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint());
    let columns = EvidenceSet::in_memory(&people, options);
    let (advertisements, roles) = roles(&data.join("skill2vec/job_skills_50k.csv.gz"), &taxonomy)?;
    let (count, asked) = (roles.len(), roles.iter().map(|r| r.requirements.len()).sum::<usize>());

    let (wall, cpu) = (Instant::now(), cpu_time());
    let mut compiling = Duration::ZERO;
    let mut digest = Sha256::new();
    let (mut listed, mut empty) = (0, 0);
    let mut roles = roles.into_iter();
    loop {
        let before = cpu_time();
        let compiled: Vec<CompiledRole> =
            roles.by_ref().take(ROLES_AT_ONCE).map(|role| CompiledRole::new(role, &taxonomy)).collect();
        compiling += cpu_time() - before;
        if compiled.is_empty() {
            break;
        }
        for list in rank_columns(&compiled, &columns, as_of, Cut::Top(TOP), Counts::Skipped) {
            listed += list.entries.len();
            empty += usize::from(list.entries.is_empty());
            add(&mut digest, &list);
        }
    }
    let (wall, cpu) = (wall.elapsed(), cpu_time() - cpu);
    let pairs = count as u64 * people.len() as u64;
    let per_second = pairs as f64 / 1e6 / (cpu - compiling).as_secs_f64();
    let mut text = String::new();
    writeln!(text, "roles      {count} of {advertisements} advertisements, with {asked} requirements")?;
    writeln!(text, "people     {}", people.len())?;
    writeln!(text, "pairs      {pairs}")?;
    writeln!(text, "listed     {listed}, at most {TOP} a role; {empty} roles without anybody")?;
    writeln!(
        text,
        "time       {:.1} s; CPU {:.1} s, of which {:.1} s make roles ready",
        wall.as_secs_f64(),
        cpu.as_secs_f64(),
        compiling.as_secs_f64()
    )?;
    writeln!(text, "ranking    {per_second:.0} million pairs per CPU second")?;
    let hash: String = digest.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    writeln!(text, "digest     {hash}")?;
    Ok(text)
}

/// Role, places and points: the same on every machine and with every number of threads.
fn add(digest: &mut Sha256, list: &Shortlist) {
    digest.update(list.role.as_bytes());
    for entry in &list.entries {
        digest.update(entry.number.to_string().as_bytes());
        digest.update(entry.points.to_le_bytes());
    }
}

fn people(file: &Path, taxonomy: &Taxonomy) -> Result<Vec<Facts>> {
    let file = CandidateFile::open(file, &ImportOptions::default(), taxonomy)?;
    let source = file.source().to_owned();
    let mut people = Vec::new();
    for row in file {
        let ReadRow::Accepted(row) = row? else { continue };
        let number = CandidateNumber(u32::try_from(people.len() + 1).context("too many people")?);
        let part = Part::new(source.clone(), row.external_id, row.values);
        people.push(Candidate::read(&Record::new(number, part), taxonomy).0.facts());
    }
    Ok(people)
}

/// How many advertisements there are, and the roles that they make.
fn roles(file: &Path, taxonomy: &Taxonomy) -> Result<(usize, Vec<Role>)> {
    let packed = File::open(file).with_context(|| file.display().to_string())?;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(MultiGzDecoder::new(packed));
    let mut known: std::collections::HashMap<String, Option<SkillIx>> = std::collections::HashMap::new();
    let (mut count, mut roles) = (0, Vec::new());
    for record in reader.byte_records() {
        let record = record?;
        count += 1;
        let mut asked: Vec<SkillIx> = Vec::new();
        for cell in record.iter().skip(1) {
            let written = String::from_utf8_lossy(cell).trim().to_lowercase();
            let skill = *known.entry(written).or_insert_with_key(|written| match taxonomy.resolve(written) {
                Resolution::Exact(skill) | Resolution::Alias(skill) => Some(skill),
                Resolution::Near(_) | Resolution::Unknown => None,
            });
            asked.extend(skill.filter(|skill| !asked.contains(skill)));
        }
        asked.truncate(REQUIREMENTS_MAX);
        if !asked.is_empty() {
            roles.push(role(count, &asked));
        }
    }
    Ok((count, roles))
}

fn role(number: usize, asked: &[SkillIx]) -> Role {
    let id = format!("advertisement-{number}");
    let asked = asked.iter().map(|skill| Requirement::nice(vec![*skill]));
    Role { title: id.clone(), id, ..Role::of(asked.collect()) }
}
