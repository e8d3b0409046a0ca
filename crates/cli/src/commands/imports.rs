//! `stackscout imports`

use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::{Value as Json, json};
use stackscout_engine::{Change, ImportDetails, ImportInfo, Undone};
use stackscout_profile::CandidateNumber;
use stackscout_report::inert;
use stackscout_report::table::{plain, wrapped};

use crate::args::{Format, ImportsCommand, Shared};
use crate::out;

pub fn run(command: Option<ImportsCommand>, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    match command.unwrap_or(ImportsCommand::List) {
        ImportsCommand::List => {
            let imports = super::open_pool(shared, taxonomy)?.all_imports()?;
            match shared.format {
                Format::Json => out::json(&imports.iter().map(import_json).collect::<Vec<_>>()),
                Format::Table => out::text(&list(&imports)),
            }
        }
        ImportsCommand::Show { import } => {
            let details = super::open_pool(shared, taxonomy)?.import_details(import)?;
            match shared.format {
                Format::Json => out::json(&details_json(&details)),
                Format::Table => out::text(&show(&details, shared)),
            }
        }
        ImportsCommand::Undo { import, dry_run, why } => {
            let change =
                Change { folder: &shared.pool, taxonomy: &taxonomy, actor: super::actor(shared), why: &why };
            let undone = change.undo_import(import, dry_run)?;
            match shared.format {
                Format::Json => out::json(&json!({
                    "import": import, "dry_run": dry_run, "removed": undone.removed, "restored": undone.restored,
                    "unchanged": undone.unchanged, "erased": undone.erased,
                })),
                Format::Table => out::text(&undone_text(import, dry_run, undone)),
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(imports: &[ImportInfo]) -> String {
    let mut table = plain(out::width());
    let any_undone = imports.iter().any(|i| i.undone.is_some());
    let mut header = vec!["", "as of", "file", "source", "layout", "rows", "rejected"];
    if any_undone {
        header.push("undone");
    }
    table.set_header(header);
    for i in imports {
        let mut row = vec![
            i.number.to_string(),
            i.as_of.clone(),
            inert(&i.file),
            inert(&i.source),
            i.layout.clone(),
            i.rows.to_string(),
            i.rejected.to_string(),
        ];
        if any_undone {
            row.push(i.undone.map_or(String::new(), |change| format!("by change {change}")));
        }
        table.add_row(row);
    }
    format!("{}\n", table.trim_fmt())
}

fn import_json(i: &ImportInfo) -> Json {
    json!({ "import": i.number, "change": i.change, "file": i.file, "source": i.source, "layout": i.layout,
            "as_of": i.as_of, "rows": i.rows, "accepted": i.accepted, "rejected": i.rejected, "created": i.created,
            "updated": i.updated, "unchanged": i.unchanged, "undone": i.undone })
}

fn details_json(details: &ImportDetails) -> Json {
    let mut json = import_json(&details.info);
    if details.info.held > 0 {
        json["held"] = json!(details.info.held);
    }
    json["people"] = json!(details.people);
    json["columns"] = json!(details.info.columns);
    json["protected_values"] = json!(details.protected);
    json["rejects_file"] = json!(details.info.rejects);
    json
}

fn show(details: &ImportDetails, shared: &Shared) -> String {
    let (i, width) = (&details.info, out::width());
    let mut text = format!("import {}: {}\n", i.number, inert(&i.file));
    let mut line = |lead: &str, words: String| {
        let _ = writeln!(text, "{}", wrapped(lead, &words, width));
    };
    line("  ", format!("source {}, layout {}, as of {}", inert(&i.source), i.layout, i.as_of));
    let held = super::import::held_words(i.held);
    line("  ", format!("{} rows: {} accepted, {} rejected{held}", i.rows, i.accepted, i.rejected));
    line("  ", format!("{} created, {} updated, {} unchanged", i.created, i.updated, i.unchanged));
    if let Some(people) = details.people {
        line("  ", format!("about {people} {}", if people == 1 { "person" } else { "people" }));
    }
    if let Some(columns) = &i.columns {
        let names: Vec<String> = columns.iter().map(|name| inert(name)).collect();
        line("  columns: ", names.join(", "));
    }
    if details.protected > 0 {
        line("  protected: ", format!("{} values kept apart, never searched or scored", details.protected));
    }
    if let Some(rejects) = &i.rejects {
        line("  rejected rows: ", shared.pool.join("rejects").join(rejects).display().to_string());
    }
    if let Some(change) = i.undone {
        line("  ", format!("undone by change {change}"));
    }
    text
}

fn undone_text(import: u32, dry_run: bool, undone: Undone) -> String {
    let Undone { removed, restored, unchanged, erased } = undone;
    let lead = if dry_run { "can be undone (dry run: nothing was done)" } else { "undone" };
    let erased = match erased {
        0 => String::new(),
        n => format!(
            "; {n} {} about people who were erased since, and stay so",
            if n == 1 { "row was" } else { "rows were" }
        ),
    };
    format!("import {import} {lead}: {removed} removed, {restored} restored, {unchanged} unchanged{erased}\n")
}

/// Says where somebody is who was asked for by a number that was merged away.
pub fn note_merged(shared: &Shared, who: &str, number: CandidateNumber) {
    if let Ok(asked) = who.trim().parse::<CandidateNumber>()
        && asked != number
    {
        out::note(shared, &format!("note: {asked} is now {number}"));
    }
}
