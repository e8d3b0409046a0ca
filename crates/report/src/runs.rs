//! Runs that a pool keeps: listed, shown, made again, and a person's place in one.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};
use stackscout_engine::runs::{Changed, Replay, Run, RunExplanation, RunSummary};
use stackscout_engine::{Manifest, runs::result_digest};
use stackscout_store::{RunEntry, RunList};
use stackscout_taxonomy::Taxonomy;

use crate::explain::{self, ExplanationModel};
use crate::table::{plain, reason_words, wrapped};
use crate::{RankingModel, hundredths};

/// Runs as JSON: number, time, digest of the result, manifest.
#[must_use]
pub fn list_json(runs: &[RunSummary]) -> Value {
    let one = |run: &RunSummary| json!({ "run": run.number, "made": run.made, "result": run.result, "manifest": run.manifest });
    runs.iter().map(one).collect()
}

/// Runs, one a line.
#[must_use]
pub fn list_text(runs: &[RunSummary], width: u16) -> String {
    if runs.is_empty() {
        return "no runs: `stackscout rank` keeps one\n".to_owned();
    }
    let mut table = plain(width);
    table.set_header(["run", "made", "as of", "change", "people", "list", "roles"]);
    for run in runs {
        let m = &run.manifest;
        let roles: Vec<&str> = m.roles.iter().take(3).map(|r| r.id.as_str()).collect();
        let more = m.roles.len().saturating_sub(roles.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        table.add_row([
            run.number.to_string(),
            run.made.clone(),
            m.as_of.to_string(),
            m.change.to_string(),
            m.candidates.to_string(),
            length(m),
            format!("{}{more}", roles.join(", ")),
        ]);
    }
    format!("{}\n", table.trim_fmt())
}

/// `top 25`, or `10 a tier`.
#[must_use]
pub fn length(manifest: &Manifest) -> String {
    match (manifest.per_tier, manifest.top) {
        (Some(count), _) => format!("{count} a tier"),
        (None, Some(count)) => format!("top {count}"),
        (None, None) => String::new(),
    }
}

/// A run as people name it: `run 3`, or the file that it was read from.
#[must_use]
pub fn name(run: &Run) -> String {
    run.number.map_or_else(|| run.name.clone(), |number| format!("run {number}"))
}

/// A run with its lists as JSON.
#[must_use]
pub fn show_json(run: &Run) -> Value {
    let lists = run.lists.iter().flatten().map(list_as_json).collect::<Vec<_>>();
    json!({ "run": run.number, "made": run.made, "result": run.result, "manifest": run.manifest, "lists": lists })
}

fn list_as_json(list: &RunList) -> Value {
    let [a, b, c] = list.listed;
    let entries: Vec<Value> = list.entries.iter().map(entry_json).collect();
    json!({
        "role": list.role, "fingerprint": list.fingerprint, "listed": { "A": a, "B": b, "C": c },
        "left_out": list.left_out, "entries": entries,
    })
}

/// An entry with the names that shortlists have.
#[must_use]
pub fn entry_json(e: &RunEntry) -> Value {
    json!({
        "rank": e.place, "tied": e.tied, "candidate": e.number.to_string(), "tier": char::from(e.tier).to_string(),
        "score": e.score, "low": e.low, "high": e.high, "points": e.points,
    })
}

/// A run with the first of each list.
#[must_use]
pub fn show_text(run: &Run, width: u16) -> String {
    const SHOWN: usize = 10;
    let m = &run.manifest;
    let made = run.made.as_ref().map_or(String::new(), |made| format!(", made {made}"));
    let mut text = format!("{}{made}\n", name(run));
    let _ = writeln!(
        text,
        "  as of {}, change {}, {} people, {}\n  {}, taxonomy {}\n  records {}",
        m.as_of,
        m.change,
        m.candidates,
        length(m),
        m.tool,
        m.taxonomy,
        m.pool
    );
    for list in run.lists.iter().flatten() {
        let [a, b, c] = list.listed;
        let _ = writeln!(text, "\n{}: {a} in tier A, {b} in B, {c} in C", list.role);
        let mut table = plain(width);
        for e in list.entries.iter().take(SHOWN) {
            let tied = if e.tied > 1 { "=" } else { "" };
            let place = format!("  {}{tied}", e.place);
            table.add_row([place, hundredths(e.score), char::from(e.tier).to_string(), e.number.to_string()]);
        }
        if !list.entries.is_empty() {
            let _ = writeln!(text, "{}", table.trim_fmt());
        }
        if list.entries.len() > SHOWN {
            let _ = writeln!(text, "  and {} more on the list", list.entries.len() - SHOWN);
        }
        let left_out: Vec<String> =
            list.left_out.iter().map(|(reason, n)| format!("{n} {}", reason_words(reason))).collect();
        if !left_out.is_empty() {
            let _ = writeln!(text, "{}", wrapped("  left out: ", &left_out.join(", "), width));
        }
    }
    text
}

/// What a replay found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The same bytes.
    Same,
    /// Other bytes.
    Other,
    /// The run's result is not known, so that there is nothing to compare with.
    Unknown,
}

/// Compares a replay's result with what the run's was, byte for byte.
#[must_use]
pub fn verdict(replay: &Replay, result: &RankingModel) -> Verdict {
    match &replay.run.result {
        None => Verdict::Unknown,
        Some(then) if *then == result_digest(result) => Verdict::Same,
        Some(_) => Verdict::Other,
    }
}

/// What a replay found, in words, one thing a line.
#[must_use]
pub fn replay_text(replay: &Replay, verdict: Verdict, width: u16) -> String {
    let m = &replay.run.manifest;
    let roles = m.roles.len();
    let what = format!(
        "{roles} {}, {} people of change {}, as of {}",
        if roles == 1 { "role" } else { "roles" },
        replay.ranking.manifest.candidates,
        m.change,
        m.as_of
    );
    let lead = match verdict {
        Verdict::Same => "the same bytes",
        Verdict::Other => "not the same bytes",
        Verdict::Unknown => "made again; its result was not kept, so that there is nothing to compare with",
    };
    let mut text = wrapped("", &format!("{}: {lead} ({what})", name(&replay.run)), width) + "\n";
    for changed in &replay.changed {
        text += &(wrapped("  ", &changed_words(changed), width) + "\n");
    }
    if verdict == Verdict::Other {
        for (role, count) in replay.differing().into_iter().flatten() {
            let words = match count {
                0 => format!("{role}: every entry is as it was"),
                1 => format!("{role}: 1 entry is another"),
                n => format!("{role}: {n} entries are others"),
            };
            text += &(wrapped("  ", &words, width) + "\n");
        }
        if replay.changed.is_empty() {
            let words =
                "nothing that the manifest names has changed: the program itself gives another result";
            text += &(wrapped("  ", words, width) + "\n");
        }
    }
    text
}

/// What is not as it was, in words.
#[must_use]
pub fn changed_words(changed: &Changed) -> String {
    match changed {
        Changed::Tool { then, now } => format!("program: then {then}, now {now}"),
        Changed::Taxonomy { then, now } => format!("taxonomy: then {then}, now {now}"),
        Changed::Erased(numbers) => {
            let ids: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            format!("records gone, erased since: {}", ids.join(", "))
        }
    }
}

/// A person's place in a run, in words: first about the list, then every term.
#[must_use]
pub fn explanation_text(found: &RunExplanation, taxonomy: &Taxonomy, width: u16) -> String {
    let run = &found.run;
    let mut text = format!("{} ({})\n", name(run), length(&run.manifest));
    for words in list_words(found).iter().chain(&found.changed.iter().map(changed_words).collect::<Vec<_>>())
    {
        text += &(wrapped("  ", words, width) + "\n");
    }
    text + "\n" + &explain::text(&found.explanation, taxonomy, width)
}

/// Whether the run lists the person, and what is between them and the list.
fn list_words(found: &RunExplanation) -> Vec<String> {
    let standing = &found.explanation.standing.entry;
    let mut words = Vec::new();
    match (&found.entry, &found.cut_off) {
        (Some(e), _) => {
            words.push(format!("on the list, at place {}{}", e.place, if e.tied > 1 { "=" } else { "" }));
            if (u64::from(e.place), e.points) != (standing.place, standing.points) {
                words.push(format!(
                    "the run gave a score of {}; below is what it is today",
                    hundredths(e.score)
                ));
            }
        }
        (None, _) if standing.place == 0 => words.push("not on the list".to_owned()),
        (None, Some(last)) => {
            let tier = char::from(last.tier);
            words.push(format!(
                "not on the list, which ends at place {} (tier {tier}, {}){}",
                last.place,
                hundredths(last.score),
                if u64::from(last.place) == standing.place {
                    "; among people of equal points the list holds some, chosen by a key that differs from role to role"
                } else {
                    ""
                }
            ));
        }
        (None, None) if found.run.lists.is_none() => {}
        (None, None) => words.push("not on the list".to_owned()),
    }
    words
}

/// A person's place in a run as JSON holds it.
#[derive(Debug, Serialize)]
pub struct RunExplanationModel {
    /// What the run says.
    pub run: Value,
    /// Every term, as without a run.
    #[serde(flatten)]
    pub explanation: ExplanationModel,
}

/// A person's place in a run as JSON: the explanation, with what the run says beside it.
#[must_use]
pub fn explanation_json(found: &RunExplanation, taxonomy: &Taxonomy) -> RunExplanationModel {
    let changed: Vec<String> = found.changed.iter().map(changed_words).collect();
    let run = json!({
        "run": found.run.number, "change": found.run.manifest.change, "top": found.run.manifest.top,
        "per_tier": found.run.manifest.per_tier, "entry": found.entry.as_ref().map(entry_json),
        "cut_off": found.cut_off.as_ref().map(entry_json), "changed": changed,
    });
    RunExplanationModel { run, explanation: explain::whole(&found.explanation, taxonomy) }
}
