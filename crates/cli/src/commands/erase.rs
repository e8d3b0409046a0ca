//! `stackscout candidate erase` and `candidate suppressed`

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use serde_json::{Value as Json, json};
use stackscout_engine::erase::{Applied, read_erasures};
use stackscout_engine::{Change, Erased, Erasure, Export, Looked, Pool, Proof, Whom};
use stackscout_report::dossier::export_words;
use stackscout_report::inert;
use stackscout_report::table::wrapped;
use stackscout_taxonomy::Taxonomy;

use super::actor;
use super::imports::note_merged;
use crate::args::{Format, Shared};
use crate::out;

pub fn run(
    taxonomy: &Arc<Taxonomy>,
    who: &str,
    proof: bool,
    why: &str,
    yes: bool,
    shared: &Shared,
) -> anyhow::Result<ExitCode> {
    let change = || Change { folder: &shared.pool, taxonomy, actor: actor(shared), why };
    let pool = Pool::open(&shared.pool, Arc::clone(taxonomy))?;
    let number = match pool.whom(who)? {
        Whom::There(number) => number,
        Whom::Erased(erasure) => {
            // Cut off before its end, an erasure is finished here.
            drop(pool);
            change().finish_erasure()?;
            let exports = Pool::open(&shared.pool, Arc::clone(taxonomy))?.exports()?;
            match shared.format {
                Format::Json => {
                    out::json(&json!({ "already": true, "erasure": erasure_json(&erasure, &exports) }))
                }
                Format::Table => out::data(&format!(
                    "erased already, on {} (erasure {}); nothing is left to do\n{}",
                    day(&erasure.made),
                    erasure.number,
                    follow_up(&exports_of(&erasure, &exports), &alike_of(&erasure)),
                )),
            }
            return Ok(ExitCode::SUCCESS);
        }
    };
    note_merged(shared, who, number);
    drop(pool);
    if !agreed(&format!("erase {number} for good?"), yes)? {
        out::note(shared, "nothing was done");
        return Ok(ExitCode::FAILURE);
    }
    let erased = change().erase(number, if proof { Looked::Everywhere } else { Looked::Not })?;
    match shared.format {
        Format::Json => {
            let mut whole = erased_json(&erased);
            whole["candidate"] = json!(number.to_string());
            out::json(&whole);
        }
        Format::Table => {
            let alike: Vec<String> = erased
                .alike
                .iter()
                .map(|pair| {
                    let other = if pair.a == number { pair.b } else { pair.a };
                    format!("{other} ({})", pair.reasons.join(", "))
                })
                .collect();
            let mut text = format!("{number} is erased\n{}", removed(&erased));
            text.push_str(&follow_up(&erased.exports, &alike));
            text.push_str(&proof_text(erased.proof.as_ref()));
            out::data(&text);
        }
    }
    Ok(code(&erased))
}

/// A failure where something of somebody who was erased is left.
pub fn code(erased: &Erased) -> ExitCode {
    let is_clean = erased.proof.as_ref().is_none_or(Proof::is_clean);
    if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Asks whoever sits at the terminal; nobody is asked where there is none.
pub fn agreed(question: &str, yes: bool) -> anyhow::Result<bool> {
    if yes || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(true);
    }
    write!(std::io::stderr(), "{question} [y/N] ")?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// What was removed where, a line each.
pub fn removed(erased: &Erased) -> String {
    let r = &erased.records;
    let counts = [
        (r.versions, "version of records", "versions of records"),
        (r.identities, "key that they were known by", "keys that they were known by"),
        (r.rows, "row of imports", "rows of imports"),
        (r.protected, "protected value", "protected values"),
        (r.decisions, "decision", "decisions"),
        (r.pairs, "pair to be looked at", "pairs to be looked at"),
        (r.files, "name of a file", "names of files"),
        (erased.rejected_rows, "rejected row", "rejected rows"),
        (r.runs, "run's lists", "runs' lists"),
        (erased.searches, "saved search's list", "saved searches' lists"),
        (r.exports, "export's list", "exports' lists"),
    ];
    let words: Vec<String> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    let mut text = format!("{}\n", wrapped("  removed: ", &words.join(", "), out::width()));
    text.push_str("  index and evidence columns are written anew, and so is the file of the records\n");
    if !erased.searches_removed.is_empty() {
        let names = inert(&erased.searches_removed.join(", "));
        let words = format!("{names} (the query named the person)");
        let _ = writeln!(text, "{}", wrapped("  removed searches: ", &words, out::width()));
    }
    text
}

/// What is left for people to do.
pub fn follow_up(exports: &[Export], alike: &[String]) -> String {
    let mut text = String::new();
    for export in exports {
        let _ =
            writeln!(text, "{}", wrapped("  to follow up: ", &inert(&export_words(export)), out::width()));
    }
    for other in alike {
        let _ = writeln!(text, "{}", wrapped("  may be the same person: ", other, out::width()));
    }
    text
}

/// What the scan found.
pub fn proof_text(proof: Option<&Proof>) -> String {
    let Some(proof) = proof else { return String::new() };
    let width = out::width();
    let read = format!(
        "{} files with {} bytes, {} cells of the records and {} terms of the index were read, as text in any case, \
         UTF-16, hex and base64",
        proof.files, proof.bytes, proof.cells, proof.terms
    );
    let mut text = format!("{}\n", wrapped("  proof: ", &read, width));
    let mut line = |lead: &str, words: &str| {
        let _ = writeln!(text, "{}", wrapped(lead, words, width));
    };
    for trace in proof.traces.iter().filter(|trace| trace.of.is_some()) {
        let of = trace.of.as_deref().unwrap_or_default();
        line("    another person: ", &format!("{of} has the same {} ({} times)", trace.what, trace.count));
    }
    for trace in proof.left() {
        line(
            "    left: ",
            &inert(&format!("{}: {} as {} ({} times)", trace.file, trace.what, trace.form, trace.count)),
        );
    }
    for file in &proof.unread {
        line("    not looked into: ", &inert(&format!("{file} is packed and not of the pool")));
    }
    if proof.index_holds_removed {
        line("    left: ", "the index holds people who were removed");
    }
    line(
        "    ",
        if proof.is_clean() {
            "no e-mail address, phone number, link, id or full name of theirs is left"
        } else {
            "something is left: remove it by hand, and ask again with --proof"
        },
    );
    text
}

/// The same for programs.
pub fn erased_json(erased: &Erased) -> Json {
    let r = &erased.records;
    let mut whole = json!({
        "people": r.people,
        "removed": {
            "versions": r.versions, "keys": r.identities, "import_rows": r.rows, "protected": r.protected,
            "decisions": r.decisions,
            "pairs": r.pairs, "file_names": r.files, "rejected_rows": erased.rejected_rows, "runs": r.runs,
            "searches": erased.searches, "exports": r.exports, "searches_removed": erased.searches_removed,
        },
        "follow_up": erased.exports.iter().map(export_json).collect::<Vec<_>>(),
        "alike": erased.alike.iter().map(|pair| json!({
            "a": pair.a.to_string(), "b": pair.b.to_string(), "reasons": pair.reasons,
        })).collect::<Vec<_>>(),
    });
    if let Some(proof) = &erased.proof {
        whole["proof"] = json!(proof);
        whole["proof"]["clean"] = json!(proof.is_clean());
    }
    whole
}

fn export_json(export: &Export) -> Json {
    json!({ "export": export.number, "made": export.made, "last": export.last, "times": export.times,
            "by": export.who, "what": export.what, "target": export.target, "recipient": export.recipient })
}

/// What is asked of `candidate suppressed`.
pub struct Suppressed<'a> {
    pub lift: Option<u32>,
    pub export: Option<&'a Path>,
    pub apply: Option<&'a Path>,
}

pub fn suppressed(
    taxonomy: &Arc<Taxonomy>,
    wanted: &Suppressed<'_>,
    why: &str,
    shared: &Shared,
) -> anyhow::Result<ExitCode> {
    let change = || Change { folder: &shared.pool, taxonomy, actor: actor(shared), why };
    if let Some(erasure) = wanted.lift {
        let lifted = change().lift_erasure(erasure)?;
        out::data(&format!(
            "erasure {erasure} {}\n",
            if lifted { "holds no rows any more; what was erased stays erased" } else { "was lifted before" }
        ));
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(from) = wanted.apply {
        let applied = change().apply_erasures(&read_erasures(from)?)?;
        match shared.format {
            Format::Json => out::json(&applied_json(&applied)),
            Format::Table => out::data(&applied_text(&applied)),
        }
        return Ok(ExitCode::SUCCESS);
    }
    let pool = Pool::open(&shared.pool, Arc::clone(taxonomy))?;
    if let Some(path) = wanted.export {
        let list = pool.erasure_list()?;
        let text = serde_json::to_string_pretty(&list).context("a list")? + "\n";
        super::export::write_new(path, text.as_bytes())?;
        out::note(shared, &format!("wrote {} erasures to {}", list.erasures.len(), path.display()));
        return Ok(ExitCode::SUCCESS);
    }
    let (erasures, exports) = (pool.erasures()?, pool.exports()?);
    match shared.format {
        Format::Json => {
            out::json(&erasures.iter().map(|erasure| erasure_json(erasure, &exports)).collect::<Vec<_>>());
        }
        Format::Table if erasures.is_empty() => out::data("nobody was erased from this pool\n"),
        Format::Table => {
            out::data(&erasures.iter().map(|erasure| erasure_text(erasure, &exports)).collect::<String>())
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn erasure_json(erasure: &Erasure, exports: &[Export]) -> Json {
    let kinds: serde_json::Map<String, Json> =
        erasure.kinds.iter().map(|(kind, count)| (kind.clone(), json!(count))).collect();
    json!({
        "erasure": erasure.number, "who": erasure.who, "made": erasure.made, "reason": erasure.reason.word(),
        "why": erasure.why, "until": erasure.until, "held": kinds, "lifted": erasure.lifted,
        "follow_up": exports_of(erasure, exports).iter().map(export_json).collect::<Vec<_>>(),
        "alike": alike_of(erasure),
    })
}

fn erasure_text(erasure: &Erasure, exports: &[Export]) -> String {
    let held: Vec<String> = erasure.kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let until = erasure.until.map_or(String::new(), |until| format!(", rows up to {until}"));
    let mut words = format!("{}, {}", day(&erasure.made), erasure.reason.word());
    if !erasure.why.is_empty() {
        let _ = write!(words, " ({})", inert(&erasure.why));
    }
    match &erasure.lifted {
        Some(lifted) => {
            let _ = write!(words, "; lifted on {}", day(lifted));
        }
        None => {
            let _ = write!(words, "; held by {}{until}", held.join(", "));
        }
    }
    let lead = format!("erasure {}: ", erasure.number);
    let mut text = format!("{}\n", wrapped(&lead, &words, out::width()));
    text.push_str(&follow_up(&exports_of(erasure, exports), &alike_of(erasure)));
    text
}

fn exports_of(erasure: &Erasure, exports: &[Export]) -> Vec<Export> {
    exports.iter().filter(|export| erasure.exports.contains(&export.number)).cloned().collect()
}

fn alike_of(erasure: &Erasure) -> Vec<String> {
    erasure.alike.iter().map(ToString::to_string).collect()
}

fn applied_json(applied: &Applied) -> Json {
    let mut whole = erased_json(&applied.erased);
    whole["adopted"] = json!(applied.adopted);
    whole["candidates"] = json!(applied.people.iter().map(ToString::to_string).collect::<Vec<_>>());
    whole
}

fn applied_text(applied: &Applied) -> String {
    let people: Vec<String> = applied.people.iter().map(ToString::to_string).collect();
    let who = if people.is_empty() {
        "nobody of them was here".to_owned()
    } else {
        format!("erased here: {}", people.join(", "))
    };
    let mut text = format!("{} erasures taken over; {who}\n", applied.adopted);
    if !people.is_empty() {
        text.push_str(&removed(&applied.erased));
    }
    text
}

fn day(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}
