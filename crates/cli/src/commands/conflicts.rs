//! `stackscout conflicts`

use std::process::ExitCode;

use stackscout_engine::runs::{conflicts, lists};
use stackscout_engine::{EngineError, Pool, read_roles};
use stackscout_matcher::Cut;
use stackscout_report::conflicts as report;

use crate::args::{ConflictsArgs, Format, Shared};
use crate::out;

pub fn run(args: &ConflictsArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let pool = super::open_pool(shared, taxonomy.clone())?;
    let (lists, change) = match named_run(args, &pool)? {
        Some(run) => {
            let change = run.manifest.change;
            let name = run.name;
            (run.lists.ok_or(EngineError::NoLists(name))?, change)
        }
        None => {
            let roles = read_roles(&args.what, &taxonomy)?;
            let ranking = pool.rank(roles, Cut::Top(args.top), args.as_of)?;
            (lists(&ranking), ranking.manifest.change)
        }
    };
    let found = conflicts(&lists);
    let people = pool.candidates_at(found.iter().map(|c| c.number), change)?;
    super::export::printed(shared, &pool, "conflicts", found.iter().map(|conflict| conflict.number))?;
    match shared.format {
        Format::Json => out::json(&report::as_json(&found, &lists, &people)),
        Format::Table => out::text(&report::text(&found, &lists, &people, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}

/// The run that is named; `None` where roles are: files and folders of role files.
fn named_run(args: &ConflictsArgs, pool: &Pool) -> anyhow::Result<Option<stackscout_engine::runs::Run>> {
    let [one] = args.what.as_slice() else { return Ok(None) };
    let is_result = |folder: &std::path::Path| {
        folder.join("shortlists.json").is_file() || folder.join("manifest.json").is_file()
    };
    let is_role = if one.is_dir() { !is_result(one) } else { one.extension().is_some_and(|e| e == "toml") };
    Ok(if is_role { None } else { Some(pool.run(&one.to_string_lossy())?) })
}
