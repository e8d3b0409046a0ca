//! The audit log as people and programs read it.

use std::fmt::Write as _;

use serde_json::{Value, json};
use stackscout_engine::{AuditEntry, AuditFault, AuditVerdict};

use crate::inert;
use crate::table::plain;

/// Entries as JSON.
#[must_use]
pub fn log_json(entries: &[AuditEntry]) -> Value {
    let entry = |e: &AuditEntry| {
        json!({ "entry": e.number, "made": e.actor.made, "who": e.actor.who, "change": e.change, "what": e.what,
                "why": e.why })
    };
    entries.iter().map(entry).collect()
}

/// Entries as a table.
#[must_use]
pub fn log_text(entries: &[AuditEntry], width: u16) -> String {
    if entries.is_empty() {
        return "no entries\n".to_owned();
    }
    let mut table = plain(width);
    table.set_header(["", "when", "who", "what", "why"]);
    for e in entries {
        let when = e.actor.made.replace('T', " ");
        table.add_row([e.number.to_string(), when, inert(&e.actor.who), inert(&e.what), inert(&e.why)]);
    }
    format!("{}\n", table.trim_fmt())
}

/// A verdict as JSON.
#[must_use]
pub fn verdict_json(verdict: &AuditVerdict) -> Value {
    let faults: Vec<Value> =
        verdict.faults.iter().map(|f| json!({ "kind": kind(f), "words": fault(f) })).collect();
    json!({ "whole": faults.is_empty(), "entries": verdict.head.entries, "head": verdict.head.to_string(),
            "faults": faults })
}

/// A verdict in words; the head stands on a line of its own, to be kept elsewhere.
#[must_use]
pub fn verdict_text(verdict: &AuditVerdict) -> String {
    let mut text = String::new();
    let entries = verdict.head.entries;
    if verdict.faults.is_empty() {
        let words = if entries == 1 { "entry" } else { "entries" };
        let _ = writeln!(text, "the audit log is whole: {entries} {words}");
    }
    for found in &verdict.faults {
        let _ = writeln!(text, "{}", fault(found));
    }
    let _ = writeln!(text, "head {}", verdict.head);
    text
}

fn kind(fault: &AuditFault) -> &'static str {
    match fault {
        AuditFault::Entry(_) => "entry",
        AuditFault::Cut { .. } => "cut",
        AuditFault::Head => "head",
        AuditFault::Change(_) => "change",
        AuditFault::Run(_) => "run",
        AuditFault::Decision(_) => "decision",
        AuditFault::NotExtended(_) => "not_extended",
    }
}

fn fault(fault: &AuditFault) -> String {
    match fault {
        AuditFault::Entry(number) => {
            format!("broken at entry {number}: it, or one before it, was changed or left out")
        }
        AuditFault::Cut { entries, written } => {
            format!("cut off: {written} entries were written, and {entries} are there")
        }
        AuditFault::Head => "the last entry is not the one that was written last".to_owned(),
        AuditFault::Change(change) => format!("change {change} of the records has no entry"),
        AuditFault::Run(run) => format!("run {run} has no entry, or is not the run that its entry tells of"),
        AuditFault::Decision(number) => {
            format!("decision {number} is not what its entry sealed: it was changed, added or removed")
        }
        AuditFault::NotExtended(head) => {
            format!("not the log that had {} entries when {head} was noted", head.entries)
        }
    }
}
