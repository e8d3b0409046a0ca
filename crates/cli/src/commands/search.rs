//! `stackscout search`

use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;
use stackscout_engine::{EngineError, Found, Pool, SearchRequest};
use stackscout_profile::CandidateNumber;
use stackscout_report::jsonl;
use stackscout_taxonomy::Taxonomy;

use super::{found, rediscover};
use crate::args::{Format, SearchArgs, Shared, Wanted};
use crate::out;

pub fn run(args: SearchArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    // A saved search that is run whole is seen; narrowed, or explained, it is not.
    let seen = args.saved.clone().filter(|_| args.query.is_none() && !args.explain_query);
    let taxonomy = super::open_taxonomy(shared)?;
    let mut pool = super::open_pool_to_search(shared, Arc::clone(&taxonomy))?;
    let code = search(args, &mut pool, &taxonomy, shared)?;
    if let Some(name) = seen {
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

fn search(
    args: SearchArgs,
    pool: &mut Pool,
    taxonomy: &Taxonomy,
    shared: &Shared,
) -> anyhow::Result<ExitCode> {
    let mut words: Vec<String> = args.query.into_iter().chain(args.words).collect();
    if let Some(name) = &args.saved {
        words = within(format!("saved:{name}"), words);
    }
    if let Some(name) = &args.new_since {
        words = within(format!("new_since:{name}"), words);
    }
    let query = words.join(" ");
    if let Some(beginning) = &args.complete {
        return rediscover::complete(pool, beginning, args.limit, shared);
    }
    if let Some(role) = &args.role {
        return rediscover::for_role(pool, role, &query, args.limit, shared);
    }
    if let Some(name) = args.saved.iter().chain(&args.new_since).next() {
        pool.saved_search(name)?;
    }
    // What cannot be read is told before anything is kept.
    pool.read_query(&query)?;
    if args.explain_query {
        let understood = pool.understand(&query)?;
        match shared.format {
            Format::Json => out::json(&super::searches::understood_json(&understood)),
            Format::Table => out::text(&super::searches::understood_text(&understood, out::width())),
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(name) = &args.save {
        pool.save_search(name, &query)?;
        out::note(shared, &format!("saved as {name}; `stackscout search --saved {name}` runs it again"));
    }
    if args.count {
        let count = pool.count_matching(&query)?;
        out::pool_notes(shared, pool);
        match shared.format {
            Format::Json => out::json(&json!({ "total": count })),
            Format::Table => out::text(&format!("{count}\n")),
        }
        return Ok(ExitCode::SUCCESS);
    }
    let (limit, offset, sort, after, facets) = (args.limit, args.offset, args.sort, args.after, args.facets);
    let request = SearchRequest { query, limit, offset, sort, after, facets };
    let found = pool.search(&request)?;
    out::pool_notes(shared, pool);
    if shared.wanted == Wanted::Jsonl {
        let whole = found::as_json(&found, taxonomy);
        let hits = whole["hits"].as_array().into_iter().flatten();
        super::export::printed(shared, pool, "search", people(&found))?;
        out::data(&hits.map(jsonl::line).collect::<String>());
        return Ok(ExitCode::SUCCESS);
    }
    let understood = pool.understand(&request.query)?;
    match shared.format {
        Format::Json => {
            let mut whole = found::as_json(&found, taxonomy);
            let beside = super::searches::understood_json(&understood);
            for key in ["notes", "not_known"] {
                whole[key] = beside[key].clone();
            }
            super::export::printed(shared, pool, "search", people(&found))?;
            out::json(&whole);
        }
        Format::Table => {
            let beside = super::searches::beside(&understood, out::width());
            out::text(&(found::table(&found, args.offset, taxonomy, out::width()) + &beside));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn people(found: &Found) -> impl Iterator<Item = CandidateNumber> {
    found.hits.iter().map(|hit| hit.candidate.number)
}

/// A field, and the rest of the query in brackets of its own where there is any.
fn within(field: String, words: Vec<String>) -> Vec<String> {
    match words.is_empty() {
        true => vec![field],
        false => [vec![field, "(".to_owned()], words, vec![")".to_owned()]].concat(),
    }
}
