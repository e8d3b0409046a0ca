//! `stackscout candidate`

use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::json;
use stackscout_engine::Pool;
use stackscout_profile::{Candidate, Record};
use stackscout_report::inert;
use stackscout_report::table::{plain, wrapped};
use stackscout_taxonomy::Taxonomy;

use crate::args::{CandidateCommand, Format, Shared};
use crate::out;

pub fn run(command: &CandidateCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let mut pool = Pool::open(&shared.pool, taxonomy.clone())?;
    match command {
        CandidateCommand::Similar { candidate, query, limit } => {
            return super::rediscover::similar(&mut pool, candidate, query, *limit, shared);
        }
        CandidateCommand::Show { candidate } => {
            let number = pool.find_candidate(candidate)?;
            let record = pool.record(number)?;
            let read = Candidate::read(&record, &taxonomy).0;
            match shared.format {
                Format::Json => out::json(&json!({ "candidate": number.to_string(), "parts": record.parts })),
                Format::Table => out::data(&person(&read, &record, &pool, &taxonomy)?),
            }
        }
        CandidateCommand::Duplicates => {
            let reviews = pool.reviews()?;
            match shared.format {
                Format::Json => {
                    let rows: Vec<_> = reviews
                        .iter()
                        .map(|r| json!({ "a": r.a.to_string(), "b": r.b.to_string(), "reason": r.reason }))
                        .collect();
                    out::json(&rows);
                }
                Format::Table if reviews.is_empty() => out::data("nobody: no two people share a key\n"),
                Format::Table => {
                    let rows: Vec<String> =
                        reviews.iter().map(|r| format!("{} and {}: {}\n", r.a, r.b, r.reason)).collect();
                    out::data(&rows.concat());
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn person(c: &Candidate, record: &Record, pool: &Pool, taxonomy: &Taxonomy) -> anyhow::Result<String> {
    let width = out::width();
    let mut text = format!("{} {}\n", c.number, inert(c.name.as_deref().unwrap_or("(no name)")));
    let mut line = |lead: &str, words: Option<String>| {
        if let Some(words) = words {
            let _ = writeln!(text, "{}", wrapped(lead, &inert(&words), width));
        }
    };
    let yes_no = |b: bool| if b { "yes" } else { "no" }.to_owned();
    line("  title: ", c.title.clone());
    line("  employer: ", c.employer.clone());
    line("  e-mail: ", c.email.clone());
    line("  country: ", c.country.map(|x| x.name().to_owned()));
    line("  city: ", c.city.clone());
    line("  remote: ", c.remote.map(yes_no));
    line("  willing to move: ", c.relocation.map(yes_no));
    line("  years: ", c.total_years.map(|y| y.to_string()));
    line("  expects: ", c.expected_pay.map(|p| p.to_string()));
    line("  is paid now (never scored): ", c.current_pay.map(|p| p.to_string()));
    let codes = |codes: Vec<&str>| codes.join(", ");
    line("  may work in: ", c.permits.as_ref().map(|p| codes(p.iter().map(|x| x.code()).collect())));
    line("  speaks: ", c.languages.as_ref().map(|l| codes(l.iter().map(|x| x.code()).collect())));
    line("  available: ", c.available.map(|d| d.to_string()));
    line("  status: ", c.status.map(|s| s.word().to_owned()));
    let names: Vec<&str> = c.interests.iter().map(|s| taxonomy.skill(*s).name.as_str()).collect();
    line("  wants to work with (no evidence): ", (!names.is_empty()).then(|| names.join(", ")));
    let unknown: Vec<&str> = c.unknown_spellings.iter().map(|u| u.name.as_str()).collect();
    line("  spellings that name no known skill: ", (!unknown.is_empty()).then(|| unknown.join(", ")));
    if c.implausible {
        text.push_str("  flag: claims nearly everything\n");
    }
    let imports = pool.imports()?;
    let mut table = plain(width);
    table.set_header(["  skill", "years", "last used", "said in"]);
    for held in &c.skills {
        let e = held.evidence;
        let last = e.last_used.map(|l| match l {
            stackscout_taxonomy::LastUsed::Current => "current".to_owned(),
            stackscout_taxonomy::LastUsed::Year(y) => y.to_string(),
        });
        let places: Vec<String> = held
            .places
            .iter()
            .map(|p| {
                let p = stackscout_report::model::place(p, &imports);
                format!("{} line {}, {}: {}", p.file, p.line, p.column, p.written)
            })
            .collect();
        table.add_row([
            format!("  {}", taxonomy.skill(e.skill).name),
            e.years.map(|y| y.to_string()).unwrap_or_default(),
            last.unwrap_or_default(),
            inert(&places.join("; ")),
        ]);
    }
    let _ = writeln!(text, "\n{}", table.trim_fmt());
    for part in &record.parts {
        let id = part.external_id.as_ref().map_or(String::new(), |id| format!(", there {}", inert(id)));
        let _ = writeln!(text, "  known from {}{id}", inert(&part.source));
    }
    Ok(text)
}
