//! `stackscout explain`

use std::path::Path;
use std::process::ExitCode;

use stackscout_engine::{RoleInput, read_roles};
use stackscout_report::{explain, runs};
use stackscout_taxonomy::Taxonomy;

use crate::args::{ExplainArgs, Format, Shared};
use crate::out;

pub fn run(args: &ExplainArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let Some(run) = &args.run else {
        let role = one_role(&args.role, &taxonomy)?;
        let pool = super::open_pool(shared, taxonomy.clone())?;
        let number = pool.find_candidate(&args.candidate)?;
        let explanation = pool.explain(role, number, args.as_of)?;
        out::pool_notes(shared, &pool);
        super::export::printed(shared, &pool, "explain", [number])?;
        match shared.format {
            Format::Json => out::json(&explain::whole(&explanation, &taxonomy)),
            Format::Table => out::text(&explain::text(&explanation, &taxonomy, out::width())),
        }
        return Ok(ExitCode::SUCCESS);
    };
    let pool = super::open_pool(shared, taxonomy.clone())?;
    let run = pool.run(run)?;
    let found = pool.explain_in_run(run, &args.role.to_string_lossy(), &args.candidate)?;
    super::export::printed(shared, &pool, "explain", [found.explanation.candidate.number])?;
    match shared.format {
        Format::Json => out::json(&runs::explanation_json(&found, &taxonomy)),
        Format::Table => out::text(&runs::explanation_text(&found, &taxonomy, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}

/// The one role of a file, or of a folder with one file.
pub fn one_role(path: &Path, taxonomy: &Taxonomy) -> anyhow::Result<RoleInput> {
    let mut roles = read_roles(&[path.to_owned()], taxonomy)?;
    anyhow::ensure!(roles.len() == 1, "`{}` holds {} roles: name one file", path.display(), roles.len());
    Ok(roles.remove(0))
}
