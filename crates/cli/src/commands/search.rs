//! `stackscout search`

use std::process::ExitCode;

use serde_json::json;
use stackscout_engine::{Pool, SearchRequest};
use stackscout_report::jsonl;

use super::{found, rediscover};
use crate::args::{Format, SearchArgs, Shared, Wanted};
use crate::out;

pub fn run(args: SearchArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let words: Vec<String> = args.query.into_iter().chain(args.words).collect();
    let query = words.join(" ");
    let taxonomy = super::open_taxonomy(shared)?;
    let mut pool = Pool::open(&shared.pool, taxonomy.clone())?;
    if let Some(beginning) = &args.complete {
        return rediscover::complete(&mut pool, beginning, args.limit, shared);
    }
    if let Some(role) = &args.role {
        return rediscover::for_role(&mut pool, role, &query, args.limit, shared);
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
    let (limit, offset, sort, after, facets) = (args.limit, args.offset, args.sort, args.after, args.facets);
    let found = pool.search(&SearchRequest { query, limit, offset, sort, after, facets })?;
    out::pool_notes(shared, &pool);
    if shared.wanted == Wanted::Jsonl {
        let whole = found::as_json(&found, &taxonomy);
        let hits = whole["hits"].as_array().into_iter().flatten();
        out::data(&hits.map(jsonl::line).collect::<String>());
        return Ok(ExitCode::SUCCESS);
    }
    match shared.format {
        Format::Json => out::json(&found::as_json(&found, &taxonomy)),
        Format::Table => out::data(&found::table(&found, args.offset, &taxonomy, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}
