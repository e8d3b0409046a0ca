//! `stackscout candidate`

use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::json;
use stackscout_engine::Pool;
use stackscout_profile::{Candidate, Record};
use stackscout_report::fields::{application_words, applications_json, fields, fields_json, file_name};
use stackscout_report::inert;
use stackscout_report::table::{plain, wrapped};
use stackscout_taxonomy::Taxonomy;

use crate::args::{CandidateCommand, Format, Shared};
use crate::out;

pub fn run(command: &CandidateCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let pool = Pool::open(&shared.pool, taxonomy.clone())?;
    match command {
        CandidateCommand::Show { candidate } => {
            let number = pool.find_candidate(candidate)?;
            let record = pool.record(number)?;
            let read = Candidate::read(&record, &taxonomy).0;
            match shared.format {
                Format::Json => {
                    let imports = pool.imports()?;
                    out::json(&json!({
                        "candidate": number.to_string(),
                        "fields": fields_json(&fields(&read, &imports)),
                        "applications": applications_json(&read.applications, &imports),
                        "left_out": read.status.map(|status| status.word()),
                        "parts": record.parts,
                    }));
                }
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
        let _ = writeln!(text, "\n{}\n", table.trim_fmt());
    }
    let mut line = |lead: &str, words: Option<String>| {
        if let Some(words) = words {
            let _ = writeln!(text, "{}", wrapped(lead, &inert(&words), width));
        }
    };
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
    if c.implausible {
        text.push_str("  flag: claims nearly everything\n");
    }
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
