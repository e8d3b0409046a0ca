//! `stackscout diff`

use std::process::ExitCode;

use stackscout_report::diff;

use crate::args::{DiffArgs, Format, Shared};
use crate::commands::replay::roles_of_then;
use crate::out;

pub fn run(args: &DiffArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let given = roles_of_then(&args.role, &taxonomy)?;
    let pool = super::open_pool(shared, taxonomy.clone())?;
    let found = pool.diff(pool.run(&args.from)?, pool.run(&args.to)?, &given)?;
    let people = found.roles.iter().flat_map(|role| &role.people).map(|person| person.number);
    super::export::printed(shared, &pool, "diff", people)?;
    match shared.format {
        Format::Json => out::json(&diff::as_json(&found, &taxonomy)),
        Format::Table => out::text(&diff::text(&found, &taxonomy, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}
