//! `stackscout allocate`

use std::path::Path;
use std::process::ExitCode;

use stackscout_engine::{AllocationRequest, read_roles};
use stackscout_importer::text_file::read_text;
use stackscout_report::allocation;

use crate::args::{AllocateArgs, Format, Shared, role_and_person};
use crate::out;

/// A hundred bytes a line, for everybody of a pool of a hundred thousand.
const IN_PROCESS_BYTES_MAX: usize = 16 << 20;

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
    let answer = pool.allocate(roles, &request, args.as_of)?;
    super::export::printed(shared, &pool, "allocate", answer.candidates.keys().copied())?;
    let model = allocation::model(&answer);
    match shared.format {
        Format::Json => out::json(&model),
        Format::Table => out::text(&allocation::text(&model, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}

fn read_in_process(path: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let text =
        read_text(path, IN_PROCESS_BYTES_MAX).map_err(|e| anyhow::anyhow!("`{}` {e}", path.display()))?;
    let lines =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(at, line)| {
            role_and_person(line)
                .map_err(|what| anyhow::anyhow!("{} line {}: {what}", path.display(), at + 1))
        })
        .collect()
}
