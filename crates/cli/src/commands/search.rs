//! `stackscout search`

use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::json;
use stackscout_engine::{EngineError, Found, Pool, SearchRequest};
use stackscout_report::inert;
use stackscout_report::jsonl;
use stackscout_report::table::{plain, wrapped};
use stackscout_taxonomy::{SkillIx, Taxonomy};

use crate::args::{Format, SearchArgs, Shared, Wanted};
use crate::out;

pub fn run(args: SearchArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    // A saved search that is run whole is seen; narrowed, or explained, it is not.
    let seen = args.saved.clone().filter(|_| args.query.is_none() && !args.explain_query);
    let code = search(args, shared)?;
    if let Some(name) = seen {
        let mut pool = Pool::open(&shared.pool, super::open_taxonomy(shared)?)?;
        match pool.mark_seen(&name) {
            Ok(()) => {}
            Err(EngineError::Locked(_)) => {
                out::note(shared, "note: another process is writing; these people are not marked as seen");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(code)
}

fn search(args: SearchArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let mut words: Vec<String> = args.query.into_iter().chain(args.words).collect();
    if let Some(name) = &args.saved {
        words = within(format!("saved:{name}"), words);
    }
    if let Some(name) = &args.new_since {
        words = within(format!("new_since:{name}"), words);
    }
    let query = words.join(" ");
    let taxonomy = super::open_taxonomy(shared)?;
    let mut pool = Pool::open(&shared.pool, taxonomy.clone())?;
    if let Some(name) = args.saved.iter().chain(&args.new_since).next() {
        pool.saved_search(name)?;
    }
    let understood = pool.understand(&query)?;
    if args.explain_query {
        match shared.format {
            Format::Json => out::json(&super::searches::understood_json(&understood)),
            Format::Table => out::data(&super::searches::understood_text(&understood, out::width())),
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(name) = &args.save {
        pool.save_search(name, &query)?;
        out::note(shared, &format!("saved as {name}; `stackscout search --saved {name}` runs it again"));
    }
    if args.count {
        let count = pool.count_matching(&query)?;
        out::pool_notes(shared, &pool);
        match shared.format {
            Format::Json => out::json(&json!({ "total": count })),
            Format::Table => out::data(&format!("{count}\n")),
        }
        return Ok(ExitCode::SUCCESS);
    }
    let found = pool.search(&SearchRequest { query, limit: args.limit, offset: args.offset })?;
    out::pool_notes(shared, &pool);
    if shared.wanted == Wanted::Jsonl {
        let whole = as_json(&found, &taxonomy);
        let hits = whole["hits"].as_array().into_iter().flatten();
        out::data(&hits.map(jsonl::line).collect::<String>());
        return Ok(ExitCode::SUCCESS);
    }
    match shared.format {
        Format::Json => {
            let mut whole = as_json(&found, &taxonomy);
            let beside = super::searches::understood_json(&understood);
            for key in ["notes", "not_known"] {
                whole[key] = beside[key].clone();
            }
            out::json(&whole);
        }
        Format::Table => {
            let beside = super::searches::beside(&understood, out::width());
            out::data(&(table(&found, args.offset, &taxonomy, out::width()) + &beside));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A field, and the rest of the query in brackets of its own where there is any.
fn within(field: String, words: Vec<String>) -> Vec<String> {
    match words.is_empty() {
        true => vec![field],
        false => [vec![field, "(".to_owned()], words, vec![")".to_owned()]].concat(),
    }
}

fn as_json(found: &Found, taxonomy: &Taxonomy) -> serde_json::Value {
    let hits: Vec<_> = found
        .hits
        .iter()
        .map(|hit| {
            let c = &hit.candidate;
            let matched: Vec<_> = hit
                .matched
                .iter()
                .map(|s| {
                    let evidence = c.held(*s).map(|h| h.evidence);
                    json!({
                        "skill": taxonomy.skill(*s).id,
                        "name": taxonomy.skill(*s).name,
                        "years": evidence.and_then(|e| e.years).map(|y| f64::from(y.tenths()) / 10.0),
                    })
                })
                .collect();
            json!({
                "candidate": c.number.to_string(),
                "name": c.name,
                "title": c.title,
                "country": c.country.map(|c| c.to_string()),
                "city": c.city,
                "years": c.total_years.map(|y| f64::from(y.tenths()) / 10.0),
                "matched_skills": matched,
            })
        })
        .collect();
    let through: Vec<_> = found
        .through
        .iter()
        .map(|t| json!({ "skill": taxonomy.skill(t.skill).id, "more": t.count, "held": ids(&t.held, taxonomy) }))
        .collect();
    json!({ "query": found.understood, "total": found.total, "hits": hits, "through": through })
}

fn ids(skills: &[SkillIx], taxonomy: &Taxonomy) -> Vec<String> {
    skills.iter().map(|s| taxonomy.skill(*s).id.clone()).collect()
}

/// Hits within the width of a terminal.
pub fn table(found: &Found, offset: usize, taxonomy: &Taxonomy, width: u16) -> String {
    let name = |s: &SkillIx| taxonomy.skill(*s).name.as_str();
    let mut text = String::new();
    let people = if found.total == 1 { "person" } else { "people" };
    let _ =
        writeln!(text, "{}", wrapped("", &format!("{} {people}: {}", found.total, found.understood), width));
    for t in &found.through {
        let held: Vec<&str> = t.held.iter().map(name).collect();
        let words = format!(
            "{} more through {}; `~{}` brings them in",
            t.count,
            held.join(", "),
            taxonomy.skill(t.skill).id
        );
        let _ = writeln!(text, "{}", wrapped("  ", &words, width));
    }
    for (word, near) in found.near.iter().filter(|_| found.total == 0) {
        let names: Vec<&str> = near.iter().map(name).collect();
        let words = format!("`{}` is looked for as text; did you mean {}?", inert(word), names.join(" or "));
        let _ = writeln!(text, "{}", wrapped("  ", &words, width));
    }
    if found.hits.is_empty() {
        return text;
    }
    let mut table = plain(width);
    table.set_header(["candidate", "name", "title", "place", "years", "matched skills"]);
    for hit in &found.hits {
        let c = &hit.candidate;
        let skills: Vec<String> = hit
            .matched
            .iter()
            .map(|s| match c.held(*s).and_then(|h| h.evidence.years) {
                Some(years) => format!("{} {years}y", name(s)),
                None => name(s).to_owned(),
            })
            .collect();
        let place: Vec<String> =
            [c.city.as_deref().map(inert), c.country.map(|c| c.to_string())].into_iter().flatten().collect();
        table.add_row([
            c.number.to_string(),
            inert(c.name.as_deref().unwrap_or("")),
            inert(c.title.as_deref().unwrap_or("")),
            place.join(", "),
            c.total_years.map(|y| y.to_string()).unwrap_or_default(),
            skills.join(", "),
        ]);
    }
    let _ = writeln!(text, "\n{}", table.trim_fmt());
    let shown = offset as u64 + found.hits.len() as u64;
    if shown < found.total {
        let _ = writeln!(text, "\n{} more: --limit or --offset {shown}", found.total - shown);
    }
    text
}
