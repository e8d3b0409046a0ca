//! `stackscout explain`

use std::process::ExitCode;

use stackscout_engine::{Pool, read_roles};
use stackscout_report::explain;

use crate::args::{ExplainArgs, Format, Shared};
use crate::out;

pub fn run(args: &ExplainArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let mut roles = read_roles(std::slice::from_ref(&args.role), &taxonomy)?;
    anyhow::ensure!(roles.len() == 1, "`{}` holds {} roles: name one file", args.role.display(), roles.len());
    let role = roles.remove(0);
    let pool = Pool::open(&shared.pool, taxonomy.clone())?;
    let number = pool.find_candidate(&args.candidate)?;
    let explanation = pool.explain(role, number, args.as_of)?;
    match shared.format {
        Format::Json => out::json(&explain::whole(&explanation, &taxonomy)),
        Format::Table => out::data(&explain::text(&explanation, &taxonomy, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}
