//! `stackscout candidate export`, and writing down what leaves the pool.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use stackscout_engine::runs::Recorded;
use stackscout_engine::{Exported, NewExport, Pool, Whom};
use stackscout_profile::CandidateNumber;
use stackscout_report::dossier;

use super::actor;
use super::imports::note_merged;
use crate::args::{Format, Shared, Wanted};
use crate::out;

pub fn run(pool: &Pool, who: &str, file: Option<&Path>, shared: &Shared) -> anyhow::Result<ExitCode> {
    // Who is asked for is what is exported.
    pool.needs_sight("candidate export")?;
    let number = match pool.whom(who)? {
        Whom::There(number) => number,
        Whom::Erased(_) => pool.find_candidate(who)?,
    };
    note_merged(shared, who, number);
    let held = pool.held_on(number)?;
    let people = || Exported::People(vec![number]);
    if let Some(path) = file {
        let text = serde_json::to_string_pretty(&dossier::json(&held)).context("a document")? + "\n";
        write_new(path, text.as_bytes())?;
        out::note(shared, &format!("wrote all that is held on {number} to {}", path.display()));
        record(shared, pool, "candidate export", &path.display().to_string(), people())?;
        return Ok(ExitCode::SUCCESS);
    }
    match shared.format {
        Format::Json => out::json(&dossier::json(&held)),
        Format::Table => out::data(&dossier::text(&held, out::width())),
    }
    record(shared, pool, "candidate export", "stdout", people())?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a file that its owner alone reads, and overwrites none.
pub fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .with_context(|| format!("write `{}`", path.display()))
}

/// Writes down whom a command prints as data, which is made to be taken elsewhere; a table is looked at.
pub fn printed(
    shared: &Shared,
    pool: &Pool,
    command: &str,
    people: impl IntoIterator<Item = CandidateNumber>,
) -> anyhow::Result<()> {
    let Some(form) = form(shared.wanted) else { return Ok(()) };
    let people = Exported::People(people.into_iter().collect());
    record(shared, pool, &format!("{command} as {form}"), "stdout", people)
}

/// The word of a form that is made to be taken elsewhere.
pub fn form(wanted: Wanted) -> Option<&'static str> {
    match wanted {
        Wanted::Table => None,
        Wanted::Json => Some("json"),
        Wanted::Jsonl => Some("jsonl"),
        Wanted::Csv => Some("csv"),
        Wanted::Md => Some("md"),
        Wanted::Html => Some("html"),
    }
}

/// Writes down that people left the pool, after they did.
pub fn record(
    shared: &Shared,
    pool: &Pool,
    what: &str,
    target: &str,
    people: Exported,
) -> anyhow::Result<()> {
    let (target, recipient) = (target.to_owned(), shared.recipient.clone());
    let export = NewExport { what: what.to_owned(), target, recipient, people };
    let not = match pool.record_export(&actor(shared), &export).context("the export is not written down")? {
        Some(Recorded::ReadOnly) => "the pool cannot be written",
        Some(Recorded::Busy) => "another process is writing",
        Some(Recorded::Damaged) => "the records are damaged",
        _ => return Ok(()),
    };
    out::note(shared, &format!("note: {not}, so that this export is not written down"));
    Ok(())
}
