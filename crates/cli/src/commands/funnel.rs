//! `stackscout funnel`

use std::process::ExitCode;

use stackscout_report::funnel;

use crate::args::{Format, FunnelArgs, Shared};
use crate::commands::explain::one_role;
use crate::out;

pub fn run(args: &FunnelArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let role = one_role(&args.role, &taxonomy)?;
    let pool = super::open_pool(shared, taxonomy.clone())?;
    let model = funnel::model(&pool.funnel(role, args.as_of)?, &taxonomy);
    match shared.format {
        Format::Json => out::json(&model),
        Format::Table => out::text(&funnel::text(&model, args.top, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}
