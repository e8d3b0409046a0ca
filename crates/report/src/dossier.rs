//! All that is held on a person, as one document for programs and as a text for people.

use std::fmt::Write as _;

use serde_json::{Value, json};
use stackscout_engine::erase::HeldOn;
use stackscout_engine::{Exported, ImportInfo};
use stackscout_profile::{Part, Value as Cell};

use crate::fields::{applications_json, fields, fields_json, file_name};
use crate::table::{plain, wrapped};
use crate::{hundredths, inert};

/// The whole as one JSON document.
#[must_use]
pub fn json(held: &HeldOn) -> Value {
    let (dossier, imports) = (&held.dossier, &held.imports);
    let version = |version: &stackscout_store::Version| {
        json!({
            "candidate": version.record.number.to_string(),
            "since_change": version.since,
            "until_change": version.until,
            "parts": version.record.parts.iter().map(|part| part_json(part, imports)).collect::<Vec<_>>(),
        })
    };
    let known = |known: &stackscout_store::dossier::KnownBy| {
        json!({ "kind": known.kind, "source": known.scope, "key": known.key, "candidate": known.number.to_string(),
                "since_change": known.since, "until_change": known.until })
    };
    let run = |place: &stackscout_store::RunPlace| {
        let entry = &place.entry;
        json!({ "run": place.run, "role": place.role, "place": entry.place, "tied": entry.tied,
                "tier": char::from(entry.tier).to_string(), "score": f64::from(entry.score) / 100.0,
                "score_from": f64::from(entry.low) / 100.0, "score_to": f64::from(entry.high) / 100.0,
                "points": entry.points })
    };
    json!({
        "candidate": dossier.numbers[0].to_string(),
        "also": dossier.numbers[1..].iter().map(ToString::to_string).collect::<Vec<_>>(),
        "fields": fields_json(&fields(&held.candidate, imports)),
        "applications": applications_json(&held.candidate.applications, imports),
        "versions": dossier.known.versions.iter().map(version).collect::<Vec<_>>(),
        "known_by": dossier.known.known_by.iter().map(known).collect::<Vec<_>>(),
        "protected": dossier.protected.iter().map(|p| json!({
            "file": file_name(p.import, imports), "line": p.line, "column": p.column, "value": p.value,
        })).collect::<Vec<_>>(),
        "rows": dossier.rows.iter().map(|row| json!({
            "import": row.import, "file": file_name(row.import, imports), "line": row.line,
            "laid_aside": row.laid_aside,
        })).collect::<Vec<_>>(),
        "rejected_rows": held.rejected,
        "merges": dossier.merges.iter().map(|merge| json!({
            "candidate": merge.number.to_string(), "into": merge.survivor.to_string(), "since_change": merge.since,
            "until_change": merge.until,
        })).collect::<Vec<_>>(),
        "compared_with": dossier.pairs.iter().map(|(other, reason)| json!({
            "candidate": other.to_string(), "reason": reason,
        })).collect::<Vec<_>>(),
        "runs": dossier.runs.iter().map(run).collect::<Vec<_>>(),
        "decisions": dossier.decisions.iter().map(|decision| json!({
            "decision": decision.number, "change": decision.change, "candidate": decision.candidate.to_string(),
            "role": decision.role, "state": decision.state.word(), "run": decision.run, "place": decision.place,
            "made": decision.made, "by": decision.who, "why": decision.why,
        })).collect::<Vec<_>>(),
        "searches": held.searches,
        "exports": dossier.exports.iter().map(|export| json!({
            "export": export.number, "made": export.made, "last": export.last, "times": export.times,
            "by": export.who, "what": export.what, "target": export.target, "recipient": export.recipient,
            "run": match export.people { Exported::Run(run) => Some(run), Exported::People(_) => None },
        })).collect::<Vec<_>>(),
        "audit": dossier.audit.iter().map(|entry| json!({
            "entry": entry.number, "change": entry.change, "made": entry.actor.made, "by": entry.actor.who,
            "what": entry.what, "why": entry.why,
        })).collect::<Vec<_>>(),
        "imports": used(held).into_iter().map(|import| json!({
            "import": import.number, "change": import.change, "file": import.file, "source": import.source,
            "as_of": import.as_of, "undone": import.undone,
        })).collect::<Vec<_>>(),
    })
}

fn part_json(part: &Part, imports: &[ImportInfo]) -> Value {
    let cell = |value: &Cell| {
        json!({ "field": value.field, "column": value.column, "text": value.text,
                "file": file_name(value.cell.import, imports), "line": value.cell.line, "import": value.cell.import })
    };
    json!({ "source": part.source, "id": part.external_id, "cells": part.values.iter().map(cell).collect::<Vec<_>>() })
}

/// The imports that said something of the person.
fn used(held: &HeldOn) -> Vec<&ImportInfo> {
    held.imports
        .iter()
        .filter(|import| held.dossier.rows.iter().any(|row| row.import == import.number))
        .collect()
}

/// The same for people.
#[must_use]
pub fn text(held: &HeldOn, width: u16) -> String {
    let (dossier, imports) = (&held.dossier, &held.imports);
    let mut text =
        format!("{} {}\n", dossier.numbers[0], inert(held.candidate.name.as_deref().unwrap_or("(no name)")));
    for version in &dossier.known.versions {
        let until = version.until.map_or("now".to_owned(), |until| format!("change {until}"));
        let _ = writeln!(text, "\n{} from change {} until {until}", version.record.number, version.since);
        let mut table = plain(width);
        table.set_header(["  field", "value", "said in"]);
        for value in version.record.parts.iter().flat_map(|part| &part.values) {
            let file = file_name(value.cell.import, imports);
            table.add_row([
                format!("  {}", value.field.word()),
                inert(&value.text),
                inert(&format!("{file} line {}, {}", value.cell.line, value.column)),
            ]);
        }
        let _ = writeln!(text, "{}", table.trim_fmt());
    }
    let mut list = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(text, "\n{heading}");
            for line in lines {
                let _ = writeln!(text, "{}", wrapped("  ", &inert(&line), width));
            }
        }
    };
    let known = dossier.known.known_by.iter().map(|known| {
        let scope = if known.scope.is_empty() { String::new() } else { format!(" in {}", known.scope) };
        let until = if known.until.is_some() { ", no more" } else { "" };
        format!("{}{scope}: {}{until}", known.kind, known.key.replace('\n', " with the name "))
    });
    list("known by", known.collect());
    let protected = dossier.protected.iter().map(|value| {
        format!("{}: {}; {} line {}", value.column, value.value, file_name(value.import, imports), value.line)
    });
    list("kept apart, never searched or scored", protected.collect());
    let rows = dossier
        .rows
        .iter()
        .map(|row| format!("{} line {} (import {})", file_name(row.import, imports), row.line, row.import));
    list("rows of imports", rows.collect());
    let rejected =
        held.rejected.iter().map(|row| format!("{} line {}, rejected as {}", row.file, row.line, row.code));
    list("rejected rows", rejected.collect());
    let merges = dossier.merges.iter().map(|merge| format!("{} into {}", merge.number, merge.survivor));
    list("merged", merges.collect());
    list("compared with", dossier.pairs.iter().map(|(other, why)| format!("{other}: {why}")).collect());
    let runs = dossier.runs.iter().map(|place| {
        let entry = &place.entry;
        let (tier, score) = (char::from(entry.tier), hundredths(entry.score));
        format!("run {}, {}: place {}, tier {tier}, score {score}", place.run, place.role, entry.place)
    });
    list("ranked", runs.collect());
    let decisions = dossier.decisions.iter().map(|decision| {
        let why = if decision.why.is_empty() { String::new() } else { format!(" ({})", decision.why) };
        format!("{} {}: {} for {}{why}", decision.made, decision.who, decision.state.word(), decision.role)
    });
    list("decided", decisions.collect());
    list("seen by saved searches", held.searches.clone());
    list("exported", dossier.exports.iter().map(export_words).collect());
    let audit =
        dossier.audit.iter().map(|entry| format!("{} {}: {}", entry.actor.made, entry.actor.who, entry.what));
    list("in the audit log", audit.collect());
    text
}

/// `export 3, 2026-11-01: rank to lists, for Acme`.
#[must_use]
pub fn export_words(export: &stackscout_engine::Export) -> String {
    let day = export.made.get(..10).unwrap_or(&export.made);
    let recipient =
        if export.recipient.is_empty() { String::new() } else { format!(", for {}", export.recipient) };
    let times = if export.times > 1 { format!(", {} times", export.times) } else { String::new() };
    format!("export {}, {day}: {} to {}{recipient}{times}", export.number, export.what, export.target)
}
