//! `stackscout audit`: who did what, and whether the log is whole.

use std::process::ExitCode;

use stackscout_engine::Pool;
use stackscout_engine::audit::AuditFilter;
use stackscout_engine::impact::groups::Groups;
use stackscout_engine::impact::rates::Small;
use stackscout_engine::impact::{ImpactRequest, Jobs, Selected};
use stackscout_engine::read_roles;
use stackscout_report::audit::{log_json, log_text, verdict_json, verdict_text};
use stackscout_report::impact;

use crate::args::{AuditCommand, Format, ImpactArgs, SelectedArg, Shared, Wanted};
use crate::out;

pub fn run(command: AuditCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    let pool = super::open_pool(shared, super::open_taxonomy(shared)?)?;
    match command {
        AuditCommand::Log { since, what, who } => {
            let entries = pool.audit_log(&AuditFilter { since, what, who })?;
            match shared.format {
                Format::Json => out::json(&log_json(&entries)),
                Format::Table => out::text(&log_text(&entries, out::width())),
            }
        }
        AuditCommand::Impact(args) => return impact(&args, &pool, shared),
        AuditCommand::Verify { head } => {
            let verdict = pool.verify_audit(head.as_ref())?;
            match shared.format {
                Format::Json => out::json(&verdict_json(&verdict)),
                Format::Table => out::text(&verdict_text(&verdict)),
            }
            if !verdict.faults.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn impact(args: &ImpactArgs, pool: &Pool, shared: &Shared) -> anyhow::Result<ExitCode> {
    let because = args.leave_out_small.as_deref().map(str::trim);
    if because == Some("") {
        out::error(&anyhow::anyhow!(
            "groups are left out of the ratios for a reason alone\nhint: `--leave-out-small TEXT`"
        ));
        return Ok(ExitCode::from(2));
    }
    let (selected, selected_words) = match args.selected {
        SelectedArg::Decisions => {
            (Selected::Decisions, "whom people shortlisted, took into process or hired".to_owned())
        }
        SelectedArg::List => {
            let on = args.run.as_ref().map_or_else(String::new, |run| format!(" of run {run}"));
            (Selected::List { top: args.top }, format!("the first {} of the list{on}", args.top))
        }
    };
    let (groups, groups_words) = match &args.groups {
        Some(path) => (Groups::File(path), "a file of groups".to_owned()),
        None => (Groups::Protected, "the values that imports keep apart".to_owned()),
    };
    let request = ImpactRequest {
        roles: read_roles(&args.roles, pool.taxonomy())?,
        run: args.run.as_deref(),
        jobs: if args.any_job { Jobs::Any } else { Jobs::Named(&args.job) },
        selected,
        groups,
        small: if because.is_some() { Small::LeftOut } else { Small::Kept },
        as_of: args.as_of,
    };
    let answer = pool.impact(request)?;
    let asked = impact::Asked {
        selected: selected_words,
        groups: groups_words,
        leave_out_small: because.map(str::to_owned),
    };
    match shared.wanted {
        Wanted::Json => out::json(&impact::as_json(&answer, &asked)),
        Wanted::Csv => out::data(&String::from_utf8_lossy(&impact::csv(&answer))),
        Wanted::Md => out::text(&impact::markdown(&answer, &asked)),
        _ => out::text(&impact::text(&answer, &asked, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}
