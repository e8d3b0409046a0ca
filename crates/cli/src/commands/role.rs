//! `stackscout role`

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use stackscout_engine::read_roles;
use stackscout_matcher::derive::derive;
use stackscout_matcher::{DeriveRequest, Seniority};

use crate::args::{DeriveArgs, Format, RoleCommand, SeniorityArg, Shared};
use crate::out;

pub fn run(command: RoleCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    match command {
        RoleCommand::Derive(args) => write_derived(args, shared),
        RoleCommand::Check { roles } => {
            let taxonomy = super::open_taxonomy(shared)?;
            let roles = read_roles(&roles, &taxonomy)?;
            for r in &roles {
                let asks = &r.role.requirements;
                let again = |at: &usize| asks[..*at].iter().any(|ask| ask.subject == asks[*at].subject);
                let count = (0..asks.len()).filter(again).count();
                if count > 0 {
                    let words = "ask for what was asked for before, and count as well";
                    out::note(
                        shared,
                        &format!("note: {}: {count} of the requirements {words}", r.path.display()),
                    );
                }
            }
            match shared.format {
                Format::Json => {
                    let ids: Vec<_> = roles
                        .iter()
                        .map(|r| serde_json::json!({ "role": r.role.id, "fingerprint": r.fingerprint }))
                        .collect();
                    out::json(&ids);
                }
                Format::Table => {
                    for r in &roles {
                        let count = r.role.requirements.len();
                        out::text(&format!(
                            "{}: ok, {count} requirements ({})\n",
                            r.path.display(),
                            r.role.id
                        ));
                    }
                }
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn write_derived(args: DeriveArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let trimmed = |items: Vec<String>| -> Vec<String> {
        items.iter().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
    };
    let seniority = args.seniority.map(|s| match s {
        SeniorityArg::Junior => Seniority::Junior,
        SeniorityArg::Mid => Seniority::Mid,
        SeniorityArg::Senior => Seniority::Senior,
        SeniorityArg::Lead => Seniority::Lead,
    });
    let request = DeriveRequest {
        frameworks: trimmed(args.framework),
        needs: trimmed(args.needs),
        like: trimmed(args.like),
        seniority,
    };
    let taxonomy = super::open_taxonomy(shared)?;
    let text = derive(&taxonomy, &request)?.to_toml(&taxonomy);
    match args.out {
        None => out::data(&text),
        Some(path) => {
            let mut file = std::fs::File::create_new(&path).with_context(|| path.display().to_string())?;
            file.write_all(text.as_bytes()).with_context(|| path.display().to_string())?;
            out::note(shared, &format!("wrote {}", path.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}
