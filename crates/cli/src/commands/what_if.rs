//! `stackscout what-if`

use std::process::ExitCode;

use stackscout_report::what_if;

use crate::args::{Format, Shared, WhatIfArgs};
use crate::commands::explain::one_role;
use crate::out;

pub fn run(args: &WhatIfArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let role = one_role(&args.role, &taxonomy)?;
    let pool = super::open_pool(shared, taxonomy.clone())?;
    let number = pool.find_candidate(&args.candidate)?;
    let answer = pool.what_if(role, number, args.as_of)?;
    super::export::printed(shared, &pool, "what-if", [number])?;
    match shared.format {
        Format::Json => out::json(&what_if::model(&answer, &taxonomy)),
        Format::Table => out::text(&what_if::text(&answer, &taxonomy, args.top, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}
