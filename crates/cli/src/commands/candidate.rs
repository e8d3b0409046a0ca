//! `stackscout candidate`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::json;
use stackscout_engine::{Change, Pool};
use stackscout_profile::candidate::Place;
use stackscout_profile::seniority::SeniorityFrom;
use stackscout_profile::{Candidate, Record};
use stackscout_report::fields::{application_words, applications_json, fields, fields_json, file_name};
use stackscout_report::model::PlaceModel;
use stackscout_report::table::{plain, wrapped};
use stackscout_report::{inert, sources};
use stackscout_taxonomy::Taxonomy;

use super::imports::note_merged;
use crate::args::{CandidateCommand, Format, Shared};
use crate::out;

pub fn run(command: &CandidateCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let change = |why| Change { folder: &shared.pool, taxonomy: &taxonomy, actor: super::actor(shared), why };
    match command {
        CandidateCommand::Similar { candidate, query, limit } => {
            let mut pool = super::open_pool(shared, taxonomy)?;
            return super::rediscover::similar(&mut pool, candidate, query, *limit, shared);
        }
        CandidateCommand::Erase { candidate, proof, why, yes } => {
            return super::erase::run(&taxonomy, candidate, *proof, why, *yes, shared);
        }
        CandidateCommand::Suppressed { lift, export, apply, why } => {
            let wanted =
                super::erase::Suppressed { lift: *lift, export: export.as_deref(), apply: apply.as_deref() };
            return super::erase::suppressed(&taxonomy, &wanted, why, shared);
        }
        CandidateCommand::Export { candidate, out } => {
            let pool = super::open_pool(shared, taxonomy)?;
            return super::export::run(&pool, candidate, out.as_deref(), shared);
        }
        CandidateCommand::Show { candidate } => {
            let pool = super::open_pool(shared, taxonomy.clone())?;
            let number = pool.find_candidate(candidate)?;
            note_merged(shared, candidate, number);
            let record = pool.record(number)?;
            let read = pool.candidate(number)?;
            match shared.format {
                Format::Json => {
                    let imports = pool.imports()?;
                    let disagreements = sources::disagreements_json(&record, &imports);
                    let merged: Vec<String> =
                        pool.merged_into(number)?.iter().map(ToString::to_string).collect();
                    super::export::printed(shared, &pool, "candidate show", [number])?;
                    out::json(&json!({
                        "candidate": number.to_string(),
                        "fields": fields_json(&fields(&read, &imports)),
                        "applications": applications_json(&read.applications, &imports),
                        "left_out": read.status.map(|status| status.word()),
                        "parts": record.parts,
                        "merged": merged,
                        "disagreements": disagreements,
                    }));
                }
                Format::Table => out::text(&person(&read, &record, &pool, &taxonomy)?),
            }
        }
        CandidateCommand::Duplicates { limit } => {
            super::duplicates::run(&super::open_pool(shared, taxonomy)?, *limit, shared)?;
        }
        CandidateCommand::Merge { into, who, why } => {
            let (kept, gone) = change(why).merge(into, who)?;
            out::text(&format!("{gone} is now {kept}\n"));
            out::note(shared, &format!("hint: `stackscout candidate unmerge {gone}` gives back both"));
        }
        CandidateCommand::Unmerge { who, why } => {
            let parted = change(why).unmerge(who)?;
            out::text(&format!("{} and {} are two people again\n", parted.survivor, parted.number));
        }
        CandidateCommand::KeepApart { a, b, why } => {
            let (a, b) = change(why).keep_apart(a, b)?;
            out::text(&format!(
                "{a} and {b} are two people, and are listed as possible duplicates no more\n"
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn person(c: &Candidate, record: &Record, pool: &Pool, taxonomy: &Taxonomy) -> anyhow::Result<String> {
    let width = out::width();
    let mut text = format!("{} {}\n", c.number, inert(c.name.as_deref().unwrap_or("(no name)")));
    let imports = pool.imports()?;
    let mut table = plain(width);
    table.set_header(["  field", "value", "said in"]);
    for field in fields(c, &imports) {
        let place = field.from.map(|(file, line, column)| format!("{file} line {line}, {column}"));
        let said = match (place, field.inferred) {
            (Some(place), Some(why)) => format!("{place}; inferred {why}"),
            (place, _) => place.unwrap_or_default(),
        };
        table.add_row([format!("  {}", field.label), inert(&field.shown), inert(&said)]);
    }
    if !table.is_empty() {
        let _ = writeln!(text, "\n{}", table.trim_fmt());
    }
    let mut below = String::new();
    let mut line = |lead: &str, words: Option<String>| {
        if let Some(words) = words {
            let _ = writeln!(below, "{}", wrapped(lead, &inert(&words), width));
        }
    };
    line("  seniority (never scored): ", seniority(c));
    for application in &c.applications {
        let file = file_name(application.cell.import, &imports);
        let words = format!("{}; {file} line {}", application_words(application), application.cell.line);
        line("  applied for ", Some(words));
    }
    line("  left out of every ranking: ", c.status.map(|s| s.word().replace('_', " ")));
    let names: Vec<&str> = c.interests.iter().map(|s| taxonomy.skill(*s).name.as_str()).collect();
    line("  wants to work with (no evidence): ", (!names.is_empty()).then(|| names.join(", ")));
    let unknown: Vec<&str> = c.unknown_spellings.iter().map(|u| u.name.as_str()).collect();
    line("  spellings that name no known skill: ", (!unknown.is_empty()).then(|| unknown.join(", ")));
    for why in &c.implausible {
        let _ = writeln!(below, "{}", wrapped("  implausible: ", &inert(&why.words(taxonomy)), width));
    }
    if !below.is_empty() {
        let _ = write!(text, "\n{below}");
    }
    let in_file = |place: &Place| stackscout_report::model::place(place, &imports);
    let mut table = plain(width);
    table.set_header(["  skill", "source", "years", "last used", "said in"]);
    for held in &c.skills {
        let e = held.evidence;
        let last = e.last_used.map(|l| match l {
            stackscout_taxonomy::LastUsed::Current => "current".to_owned(),
            stackscout_taxonomy::LastUsed::Year(y) => y.to_string(),
        });
        let years =
            e.years.map(|y| if held.years_from_dates { format!("{y} (from dates)") } else { y.to_string() });
        table.add_row([
            format!("  {}", taxonomy.skill(e.skill).name),
            e.source.word().to_owned(),
            years.unwrap_or_default(),
            last.unwrap_or_default(),
            said_in(&held.places, &in_file),
        ]);
    }
    if !c.skills.is_empty() {
        let _ = writeln!(text, "\n{}", table.trim_fmt());
    }
    if !c.traits.is_empty() {
        let mut table = plain(width);
        table.set_header(["  trait", "source", "said in"]);
        for held in &c.traits {
            let name = &taxonomy.trait_(held.evidence.trait_ix).name;
            let source = held.evidence.source.word().to_owned();
            table.add_row([format!("  {name}"), source, said_in(&held.places, &in_file)]);
        }
        let _ = writeln!(text, "\n{}", table.trim_fmt());
    }
    text.push_str(&sources::text(record, &imports, width));
    let merged = pool.merged_into(c.number)?;
    if !merged.is_empty() {
        let numbers: Vec<String> = merged.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "  merged with {}", numbers.join(", "));
    }
    let known = record.parts.iter().map(|part| {
        let id = part.external_id.as_ref().map_or(String::new(), |id| format!(", there {}", inert(id)));
        format!("  known from {}{id}", inert(&part.source))
    });
    // Several rows of one source say it several times.
    let known: BTreeSet<String> = known.collect();
    known.iter().for_each(|line| _ = writeln!(text, "{line}"));
    Ok(text)
}

/// `senior (stated: Sr.), lead (title)`: each level that could be read, with where it was.
fn seniority(c: &Candidate) -> Option<String> {
    let words = c.seniority_claims.iter().map(|claim| match (claim.from, &c.seniority) {
        (SeniorityFrom::Stated, Some(stated)) if stated.to_lowercase() != claim.level.word() => {
            format!("{} (stated: {stated})", claim.level)
        }
        (from, _) => format!("{} ({})", claim.level, from.word()),
    });
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The places of a skill or trait: `team.csv line 2, notes: worked: “Built the shop in Django.”`.
fn said_in(places: &[Place], in_file: &dyn Fn(&Place) -> PlaceModel) -> String {
    let place = |p: &Place| {
        let p = in_file(p);
        // A list says that the skill is held, and no more.
        let said = if p.source == "declared" { p.written.clone() } else { p.said() };
        format!("{} line {}, {}: {said}", p.file, p.line, p.column)
    };
    inert(&places.iter().map(place).collect::<Vec<_>>().join("; "))
}
