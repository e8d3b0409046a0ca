//! `stackscout pool retain`

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use serde_json::json;
use stackscout_engine::erase::TooOld;
use stackscout_engine::{Change, Looked, Pool, Retained};
use stackscout_report::table::wrapped;

use super::actor;
use super::erase::{agreed, code, erased_json, follow_up, proof_text, removed};
use crate::args::{Format, RetainArgs, Shared};
use crate::out;

pub fn run(args: &RetainArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let today = args.as_of.unwrap_or_else(super::import::today);
    // Older than that many days: the day itself is not.
    let last_day = today
        .plus(args.older_than.negate())
        .and_then(|day| day.plus(jiff::Span::new().days(-1)))
        .context("this age leads before the calendar")?;
    let wanted = TooOld { last_day, keep_stages: &args.keep_stage };
    let found = Pool::open(&shared.pool, Arc::clone(&taxonomy))?.too_old(wanted)?;
    let question = format!("erase {} people for good?", found.people.len());
    if args.dry_run || found.people.is_empty() || !agreed(&question, args.yes)? {
        print(&found, last_day, args.dry_run, shared);
        return Ok(ExitCode::SUCCESS);
    }
    let change = Change { folder: &shared.pool, taxonomy: &taxonomy, actor: actor(shared), why: &args.why };
    let look = if args.proof { Looked::Everywhere } else { Looked::Not };
    let retained = change.retain(wanted, look)?;
    print(&retained, last_day, false, shared);
    Ok(retained.erased.as_ref().map_or(ExitCode::SUCCESS, code))
}

fn print(retained: &Retained, last_day: stackscout_profile::Date, dry_run: bool, shared: &Shared) {
    let people: Vec<String> = retained.people.iter().map(|(number, _)| number.to_string()).collect();
    match shared.format {
        Format::Json => out::json(&json!({
            "last_day": last_day, "dry_run": dry_run, "done": retained.erased.is_some(),
            "candidates": retained.people.iter().map(|(number, newest)| json!({
                "candidate": number.to_string(), "newest": newest,
            })).collect::<Vec<_>>(),
            "kept_for_stage": retained.kept, "undated": retained.undated,
            "erased": retained.erased.as_ref().map(erased_json),
        })),
        Format::Table => {
            let count = people.len();
            let who = if count == 1 { "1 person".to_owned() } else { format!("{count} people") };
            let lead = match &retained.erased {
                Some(_) => {
                    format!("{who} erased, of whom nothing newer than {last_day} was known")
                }
                None if dry_run => {
                    format!("{who} would be erased, of whom nothing newer than {last_day} is known")
                }
                None if count == 0 => {
                    format!("nobody: of everybody something newer than {last_day} is known")
                }
                None => "nothing was done".to_owned(),
            };
            let mut text = format!("{lead}\n");
            if !people.is_empty() {
                let _ = writeln!(text, "{}", wrapped("  ", &people.join(", "), out::width()));
            }
            if retained.kept > 0 {
                let _ = writeln!(text, "  {} as old are kept for the stage of an application", retained.kept);
            }
            if retained.undated > 0 {
                let _ = writeln!(text, "  {} have no day and are kept", retained.undated);
            }
            if let Some(erased) = &retained.erased {
                text.push_str(&removed(erased));
                text.push_str(&follow_up(&erased.exports, &[]));
                text.push_str(&proof_text(erased.proof.as_ref()));
            }
            out::data(&text);
        }
    }
}
