//! `stackscout runs`

use std::process::ExitCode;

use stackscout_report::runs;

use crate::args::{Format, RunsCommand, Shared};
use crate::out;

pub fn run(command: Option<RunsCommand>, shared: &Shared) -> anyhow::Result<ExitCode> {
    let pool = super::open_pool(shared, super::open_taxonomy(shared)?)?;
    match (command.unwrap_or(RunsCommand::List), shared.format) {
        (RunsCommand::List, Format::Json) => out::json(&runs::list_json(&pool.runs()?)),
        (RunsCommand::List, Format::Table) => out::text(&runs::list_text(&pool.runs()?, out::width())),
        (RunsCommand::Show { run }, Format::Json) => out::json(&runs::show_json(&pool.run(&run)?)),
        (RunsCommand::Show { run }, Format::Table) => {
            out::text(&runs::show_text(&pool.run(&run)?, out::width()));
        }
        (RunsCommand::Remove { run, why }, _) => {
            pool.remove_run(run, super::actor(shared), &why)?;
            out::note(shared, &format!("removed run {run}"));
        }
    }
    Ok(ExitCode::SUCCESS)
}
