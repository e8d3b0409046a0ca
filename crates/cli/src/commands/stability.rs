//! `stackscout stability`

use std::process::ExitCode;

use anyhow::Context;

use stackscout_matcher::stability::Draws;
use stackscout_report::stability;

use crate::args::{Format, Shared, StabilityArgs};
use crate::commands::explain::one_role;
use crate::out;

pub fn run(args: &StabilityArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let role = one_role(&args.role, &taxonomy)?;
    let draws =
        Draws::new(args.draws, args.range, args.seed).context("a range of 0 to 99 percent is wanted")?;
    let pool = super::open_pool(shared, taxonomy)?;
    let answer = pool.stability(role, args.top, &draws, args.as_of)?;
    super::export::printed(shared, &pool, "stability", answer.candidates.keys().copied())?;
    let model = stability::model(&answer, &draws);
    match shared.format {
        Format::Json => out::json(&model),
        Format::Table => out::text(&stability::text(&model, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}
