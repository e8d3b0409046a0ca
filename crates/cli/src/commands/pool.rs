//! `stackscout pool`

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use stackscout_engine::erase::read_erasures;
use stackscout_engine::{
    BackupManifest, Change, Depth, Finding, Pool, RepairRequest, Sight, repair, restore_and, verify,
    verify_backup,
};
use stackscout_report::inert;
use stackscout_report::table::wrapped;

use crate::args::{Format, OnOff, PoolCommand, PoolSetting, Shared};
use crate::out;

pub fn run(command: &PoolCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    match command {
        PoolCommand::Retain(args) => super::retain::run(args, shared),
        PoolCommand::Stats { digest } => stats(*digest, shared),
        PoolCommand::Set { what: PoolSetting::Blind, to, why } => set_blind(*to, why, shared),
        PoolCommand::Verify { full } => verify_pool(if *full { Depth::Full } else { Depth::Quick }, shared),
        PoolCommand::Repair { backup, take } => {
            repair_pool(RepairRequest { backup: backup.as_deref(), take: *take }, shared)
        }
        PoolCommand::Backup { file, verify: true } => {
            let manifest = verify_backup(file)?;
            show_backup("sound", file, &manifest, shared);
            Ok(ExitCode::SUCCESS)
        }
        PoolCommand::Backup { file, verify: false } => {
            let pool = Pool::open(&shared.pool, super::open_taxonomy(shared)?)?;
            let manifest = pool.backup(file, &super::rank::now())?;
            show_backup("written", file, &manifest, shared);
            Ok(ExitCode::SUCCESS)
        }
        PoolCommand::Restore { file, erasures } => restore_pool(file, erasures.as_deref(), shared),
    }
}

fn restore_pool(file: &Path, erasures: Option<&Path>, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let list = erasures.map(read_erasures).transpose()?;
    let mut erased = 0;
    let manifest = restore_and(&shared.pool, file, &taxonomy, |folder| {
        let Some(list) = &list else { return Ok(()) };
        let why = "erased before it was restored";
        let change = Change { folder, taxonomy: &taxonomy, actor: super::actor(shared), why };
        erased = change.apply_erasures(list)?.people.len();
        Ok(())
    })?;
    show_backup("restored", &shared.pool, &manifest, shared);
    if list.is_some() {
        let people = if erased == 1 { "person of it was" } else { "people of it were" };
        out::note(shared, &format!("{erased} {people} erased since, and did not come back"));
    }
    Ok(ExitCode::SUCCESS)
}

fn set_blind(to: OnOff, why: &str, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let actor = super::actor(shared);
    let sight = if to == OnOff::On { Sight::Blind } else { Sight::Open };
    Change { folder: &shared.pool, taxonomy: &taxonomy, actor, why }.set_blind(sight)?;
    let words = if to == OnOff::On { "shows nobody's identity" } else { "shows who people are" };
    out::text(&format!("the pool {words}\n"));
    Ok(ExitCode::SUCCESS)
}

fn stats(digest: bool, shared: &Shared) -> anyhow::Result<ExitCode> {
    let pool = super::open_pool(shared, super::open_taxonomy(shared)?)?;
    let stats = pool.stats()?;
    if digest {
        match shared.format {
            Format::Json => out::json(&json!({ "digest": stats.digest })),
            Format::Table => out::text(&format!("{}\n", stats.digest)),
        }
        return Ok(ExitCode::SUCCESS);
    }
    match shared.format {
        Format::Json => out::json(&json!({
            "candidates": stats.candidates, "imports": stats.imports, "change": stats.change,
            "as_of": stats.as_of, "digest": stats.digest, "taxonomy": stats.taxonomy, "backup": stats.backup,
        })),
        Format::Table => out::text(&format!(
            "{} people from {} {}, change {}\nas of {}\ndigest {}\ntaxonomy {}\n{}\n",
            stats.candidates,
            stats.imports,
            if stats.imports == 1 { "import" } else { "imports" },
            stats.change,
            stats.as_of.map_or("no import yet".to_owned(), |d| d.to_string()),
            stats.digest,
            stats.taxonomy,
            stats.backup.map_or("no backup yet".to_owned(), |backup| format!(
                "last backup {}: {}, change {}",
                backup.made,
                inert(&backup.file),
                backup.change
            ))
        )),
    }
    Ok(ExitCode::SUCCESS)
}

fn verify_pool(depth: Depth, shared: &Shared) -> anyhow::Result<ExitCode> {
    let verified = verify(&shared.pool, &super::open_taxonomy(shared)?, depth)?;
    match shared.format {
        Format::Json => out::json(&verified),
        Format::Table => {
            let mut text = findings(&verified.findings);
            for note in &verified.notes {
                let _ = writeln!(text, "{}", wrapped("note: ", &inert(note), out::width()));
            }
            if let Some(contents) = &verified.contents {
                let _ = writeln!(text, "{} people, contents {contents}", verified.people);
            }
            let looked = if depth == Depth::Full { "every byte was read" } else { "a quick look" };
            text.push_str(&match verified.findings.len() {
                0 => format!("the pool is sound ({looked})\n"),
                1 => format!("1 thing is wrong ({looked})\n"),
                n => format!("{n} things are wrong ({looked})\n"),
            });
            out::text(&text);
        }
    }
    Ok(if verified.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is wrong, a line each, with what mends it.
fn findings(findings: &[Finding]) -> String {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut text = String::new();
    for finding in findings {
        let (part, mend) = (word(json!(finding.part)), word(json!(finding.mend)));
        let words = format!("{part}: {} [{mend}]", inert(&finding.what));
        let _ = writeln!(text, "{}", wrapped("", &words, out::width()));
    }
    text
}

fn repair_pool(request: RepairRequest<'_>, shared: &Shared) -> anyhow::Result<ExitCode> {
    let repaired = repair(&shared.pool, &super::open_taxonomy(shared)?, request)?;
    match shared.format {
        Format::Json => out::json(&repaired),
        Format::Table => {
            let mut text = String::new();
            for line in repaired.done.iter().chain(&repaired.in_backup) {
                let _ = writeln!(text, "{}", wrapped("", &inert(line), out::width()));
            }
            if repaired.left.is_empty() {
                text.push_str(if repaired.done.is_empty() {
                    "nothing was wrong\n"
                } else {
                    "the pool is sound\n"
                });
            } else {
                text.push_str("still wrong:\n");
                text.push_str(&findings(&repaired.left));
            }
            out::text(&text);
        }
    }
    Ok(if repaired.left.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show_backup(done: &str, file: &Path, manifest: &BackupManifest, shared: &Shared) {
    match shared.format {
        Format::Json => out::json(manifest),
        Format::Table => {
            let BackupManifest { people, change, made, digest, audit, .. } = manifest;
            let audit = audit.as_ref().map_or(String::new(), |head| format!("audit head {}\n", inert(head)));
            let who = if *people == 1 { "person" } else { "people" };
            let path = inert(&file.display().to_string());
            out::text(&format!(
                "{path} {done}: {people} {who}, change {change}, backup made {made}\ndigest {digest}\n{audit}"
            ));
        }
    }
}
