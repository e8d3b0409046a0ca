//! `stackscout allocate`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use stackscout_engine::{AllocationRequest, read_roles};
use stackscout_report::allocation;

use crate::args::{AllocateArgs, Format, Shared, role_and_person};
use crate::out;

pub fn run(args: AllocateArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let roles = read_roles(&args.roles, &taxonomy)?;
    let mut in_process = args.in_process;
    if let Some(path) = &args.in_process_from {
        in_process.extend(read_in_process(path)?);
    }
    let request = AllocationRequest {
        per_role: args.per_role,
        per_person: args.per_person,
        among: args.among,
        urgent: args.urgent,
        pins: args.pin,
        in_process,
    };
    let pool = super::open_pool(shared, taxonomy)?;
    let model = allocation::model(&pool.allocate(roles, &request, args.as_of)?);
    match shared.format {
        Format::Json => out::json(&model),
        Format::Table => out::data(&allocation::text(&model, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}

fn read_in_process(path: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let lines =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(at, line)| {
            role_and_person(line)
                .map_err(|what| anyhow::anyhow!("{} line {}: {what}", path.display(), at + 1))
        })
        .collect()
}
