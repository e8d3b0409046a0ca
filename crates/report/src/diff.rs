//! Two runs compared: who entered, left and moved, by which points, and what caused it.

use std::fmt::Write as _;

use serde_json::{Value, json};
use stackscout_engine::Decision;
use stackscout_engine::runs::{Cause, FactChange, Fate, PersonDiff, RoleDiff, RunDiff, Stand, Step};
use stackscout_profile::{Requirement, Role, SkillEvidence};
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::written::LastUsed;

use crate::model::asked;
use crate::runs::{length, name};
use crate::table::{reason_words, wrapped};
use crate::{hundredths, inert, sentence};

/// What is different between two runs as a whole, in words: program, taxonomy, date, data, length of the lists.
#[must_use]
pub fn differences(diff: &RunDiff) -> Vec<String> {
    let (a, b) = (&diff.from.manifest, &diff.to.manifest);
    let mut words = Vec::new();
    let mut differ = |what: &str, from: String, to: String| {
        if from != to {
            words.push(format!("{what}: {from} → {to}"));
        }
    };
    differ("program", a.tool.clone(), b.tool.clone());
    differ("taxonomy", a.taxonomy.clone(), b.taxonomy.clone());
    differ("date", a.as_of.to_string(), b.as_of.to_string());
    differ("lists", length(a), length(b));
    differ("records after change", a.change.to_string(), b.change.to_string());
    for import in &diff.imports {
        words.push(format!("import {}: {}, as of {}", import.number, import.file_name(), import.as_of));
    }
    if !diff.erased.is_empty() {
        let ids: Vec<String> = diff.erased.iter().map(ToString::to_string).collect();
        words.push(format!("erased since: {}", ids.join(", ")));
    }
    for (ids, run) in [(&diff.only_from, &diff.from), (&diff.only_to, &diff.to)] {
        if !ids.is_empty() {
            words.push(format!("only in {}: {}", name(run), ids.join(", ")));
        }
    }
    words
}

/// Two runs compared, as JSON.
#[must_use]
pub fn as_json(diff: &RunDiff, taxonomy: &Taxonomy) -> Value {
    let run = |run: &stackscout_engine::runs::Run| json!({ "run": run.number, "name": run.name, "manifest": run.manifest });
    let imports: Vec<Value> = diff
        .imports
        .iter()
        .map(|i| json!({ "import": i.number, "file": i.file_name(), "as_of": i.as_of, "change": i.change }))
        .collect();
    let erased: Vec<String> = diff.erased.iter().map(ToString::to_string).collect();
    json!({
        "from": run(&diff.from), "to": run(&diff.to), "imports": imports, "erased": erased,
        "only_from": diff.only_from, "only_to": diff.only_to,
        "roles": diff.roles.iter().map(|role| role_json(role, taxonomy)).collect::<Vec<_>>(),
    })
}

fn role_json(role: &RoleDiff, taxonomy: &Taxonomy) -> Value {
    json!({
        "role": role.to.id, "title": role.to.title, "changes": role_changes(&role.from, &role.to, taxonomy),
        "entered": count(role, Fate::Entered), "left": count(role, Fate::Left), "moved": count(role, Fate::Moved),
        "unchanged": role.unchanged,
        "people": role.people.iter().map(|p| person_json(p, taxonomy)).collect::<Vec<_>>(),
    })
}

fn person_json(person: &PersonDiff, taxonomy: &Taxonomy) -> Value {
    let steps: Vec<Value> = person
        .steps
        .iter()
        .map(|step| {
            json!({
                "cause": step.cause.word(), "words": cause(&step.cause, taxonomy), "points": gain(step),
                "from": stand_json(&step.from), "to": stand_json(&step.to),
            })
        })
        .collect();
    json!({
        "candidate": person.number.to_string(), "name": person.candidate.as_ref().and_then(|c| c.name.clone()),
        "change": person.fate.word(), "from": stand_json(&person.from), "to": stand_json(&person.to), "steps": steps,
    })
}

fn stand_json(stand: &Stand) -> Value {
    match stand {
        Stand::Absent => json!({ "state": "absent" }),
        Stand::LeftOut(reason) => json!({ "state": "left_out", "left_out": reason }),
        Stand::Unlisted => json!({ "state": "unlisted" }),
        Stand::Listed(spot) => json!({
            "state": "listed", "rank": spot.place, "tier": spot.tier.to_string(), "score": spot.score,
            "points": spot.points, "unknown_knockout": spot.unknown_knockout,
        }),
    }
}

fn gain(step: &Step) -> i64 {
    i64::from(step.to.points()) - i64::from(step.from.points())
}

fn count(role: &RoleDiff, fate: Fate) -> usize {
    role.people.iter().filter(|p| p.fate == fate).count()
}

/// Two runs compared, in words.
#[must_use]
pub fn text(diff: &RunDiff, taxonomy: &Taxonomy, width: u16) -> String {
    let mut text = format!("{} → {}\n", name(&diff.from), name(&diff.to));
    let words = differences(diff);
    for line in &words {
        let _ = writeln!(text, "{}", wrapped("  ", &inert(line), width));
    }
    if words.is_empty() && diff.roles.iter().all(|r| r.from == r.to) {
        text.push_str("  made of the same\n");
    }
    for role in &diff.roles {
        let head = format!(
            "{} ({}): {} entered, {} left, {} moved, {} as before",
            inert(&role.to.title),
            role.to.id,
            count(role, Fate::Entered),
            count(role, Fate::Left),
            count(role, Fate::Moved),
            role.unchanged
        );
        let _ = writeln!(text, "\n{}", wrapped("", &head, width));
        for change in role_changes(&role.from, &role.to, taxonomy) {
            let _ = writeln!(text, "{}", wrapped("  role: ", &inert(&change), width));
        }
        for person in &role.people {
            let name = person.candidate.as_ref().and_then(|c| c.name.as_deref()).unwrap_or("(no name)");
            let places = format!("{} → {}", stand(&person.from), stand(&person.to));
            let lead = format!("  {:<8}", person.fate.word());
            let words = format!("{} {}: {places}", person.number, inert(name));
            let _ = writeln!(text, "{}", wrapped(&lead, &words, width));
            for step in person.steps.iter().filter(|step| is_told(step, person.fate)) {
                let effect = effect(step);
                let effect = if effect.is_empty() { String::new() } else { format!(": {effect}") };
                let words = format!("{}{effect}", cause(&step.cause, taxonomy));
                let _ = writeln!(text, "{}", wrapped("            ", &inert(&words), width));
            }
        }
    }
    text
}

/// Who stands before whom among equals matters where a list is cut between them, and is told nowhere else.
fn is_told(step: &Step, fate: Fate) -> bool {
    fate != Fate::Moved || !matches!(effect(step).as_str(), "among equal points")
}

/// `place 3 (A, 81.20)`.
fn stand(stand: &Stand) -> String {
    match stand {
        Stand::Absent => "not in the pool".to_owned(),
        Stand::LeftOut(reason) => format!("left out, {}", reason_words(reason)),
        Stand::Unlisted => "not listed".to_owned(),
        Stand::Listed(spot) => format!("place {} ({}, {})", spot.place, spot.tier, hundredths(spot.score)),
    }
}

/// What a step changed: `+60000 points, tier C → A, place 5 → 2`.
fn effect(step: &Step) -> String {
    let (Stand::Listed(a), Stand::Listed(b)) = (&step.from, &step.to) else {
        return if step.from == step.to { String::new() } else { stand(&step.to) };
    };
    let mut parts = Vec::new();
    if a.points != b.points {
        parts.push(format!("{:+} points", gain(step)));
    } else if a.score != b.score {
        parts.push(format!("score {} → {}", hundredths(a.score), hundredths(b.score)));
    }
    if a.tier != b.tier {
        parts.push(format!("tier {} → {}", a.tier, b.tier));
    }
    match (a.unknown_knockout, b.unknown_knockout) {
        (false, true) => parts.push("a knock-out became unknown".to_owned()),
        (true, false) => parts.push("no knock-out is unknown any more".to_owned()),
        _ => {}
    }
    if a.place != b.place {
        parts.push(format!("place {} → {}", a.place, b.place));
    } else if a.position != b.position {
        parts.push("among equal points".to_owned());
    }
    parts.join(", ")
}

fn cause(cause: &Cause, taxonomy: &Taxonomy) -> String {
    match cause {
        Cause::Taxonomy => "taxonomy and program".to_owned(),
        Cause::Erased => "people who were erased since".to_owned(),
        Cause::Date => "the date, by which recency is counted".to_owned(),
        Cause::Role => "the role".to_owned(),
        Cause::Joined(Some(import)) => format!("came into the pool (import {import})"),
        Cause::Joined(None) => "came into the pool".to_owned(),
        Cause::Gone => "went out of the pool".to_owned(),
        Cause::Status(change) | Cause::Person(change) => fact(change, taxonomy),
        Cause::Others { came, went, first } => {
            let ids: Vec<String> = first.iter().map(ToString::to_string).collect();
            let more = came.saturating_sub(first.len() as u64);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let came =
                if ids.is_empty() { String::new() } else { format!("{}{more} came before", ids.join(", ")) };
            let went = if *went == 0 { String::new() } else { format!("{went} went from before") };
            let parts: Vec<String> = [came, went].into_iter().filter(|s| !s.is_empty()).collect();
            if parts.is_empty() {
                "other people".to_owned()
            } else {
                format!("other people ({})", parts.join(", "))
            }
        }
        Cause::Decision { from, to } => decision_change(from.as_deref(), to.as_deref()),
        Cause::Cut => "the lists are cut elsewhere".to_owned(),
    }
}

/// `decision 3: rejected for `backend` by anna`.
fn decision_change(from: Option<&Decision>, to: Option<&Decision>) -> String {
    let words = |d: &Decision| {
        format!("decision {}: {} for `{}` by {}", d.number, d.state.word(), inert(&d.role), inert(&d.who))
    };
    match (from, to) {
        (_, Some(to)) => words(to),
        (Some(from), None) => format!("no longer {}", words(from)),
        (None, None) => "what people decided".to_owned(),
    }
}

fn fact(change: &FactChange, taxonomy: &Taxonomy) -> String {
    let unknown = || "unknown".to_owned();
    let with_import = |words: String, import: &Option<u32>| match import {
        Some(import) => format!("{words} (import {import})"),
        None => words,
    };
    match change {
        FactChange::Value { what, from, to, import } => {
            let of = |v: &Option<String>| v.clone().unwrap_or_else(unknown);
            with_import(format!("{what} {} → {}", of(from), of(to)), import)
        }
        FactChange::Skill { skill, from, to, import } => {
            with_import(format!("{} {}", taxonomy.skill(*skill).name, evidence(*from, *to)), import)
        }
        FactChange::Trait { trait_ix, from, to } => {
            let of = |t: &Option<stackscout_profile::TraitEvidence>| t.map_or("nothing", |t| t.source.word());
            format!("{} {} → {}", taxonomy.trait_(*trait_ix).name, of(from), of(to))
        }
    }
}

/// What is another about a skill: `2 → 4 years`, `new, 4 years`.
fn evidence(from: Option<SkillEvidence>, to: Option<SkillEvidence>) -> String {
    let years = |e: SkillEvidence| e.years.map_or("unknown".to_owned(), |y| y.to_string());
    let last = |e: SkillEvidence| match e.last_used {
        None => "unknown".to_owned(),
        Some(LastUsed::Current) => "current".to_owned(),
        Some(LastUsed::Year(year)) => year.to_string(),
    };
    match (from, to) {
        (None, Some(e)) => match e.years {
            Some(y) => format!("new, {y} years"),
            None => "new, years unknown".to_owned(),
        },
        (Some(_), None) => "no longer stated".to_owned(),
        (Some(a), Some(b)) => {
            let mut parts = Vec::new();
            if a.years != b.years {
                parts.push(format!("{} → {} years", years(a), years(b)));
            }
            if a.last_used != b.last_used {
                parts.push(format!("last used {} → {}", last(a), last(b)));
            }
            if a.source != b.source {
                parts.push(format!("{} → {}", a.source.word(), b.source.word()));
            }
            parts.join(", ")
        }
        (None, None) => String::new(),
    }
}

/// What is another about a role, in words.
#[must_use]
pub fn role_changes(from: &Role, to: &Role, taxonomy: &Taxonomy) -> Vec<String> {
    let mut words = Vec::new();
    let name = |r: &Requirement| asked(&r.subject, taxonomy);
    for old in &from.requirements {
        if !to.requirements.iter().any(|new| new.subject == old.subject) {
            words.push(format!("no longer asks for {}", name(old)));
        }
    }
    for new in &to.requirements {
        match from.requirements.iter().find(|old| old.subject == new.subject) {
            None => {
                words.push(format!("asks for {} ({}, weight {})", name(new), new.need.word(), new.weight))
            }
            Some(old) => {
                let changes = requirement_changes(old, new, taxonomy);
                if !changes.is_empty() {
                    words.push(format!("{}: {}", name(new), changes.join(", ")));
                }
            }
        }
    }
    let (a, b) = (sentence::knockouts(from), sentence::knockouts(to));
    let none = |w: &Vec<String>| if w.is_empty() { "no condition".to_owned() } else { w.join("; ") };
    if a != b {
        words.push(format!("only: {} → {}", none(&a), none(&b)));
    }
    if from.assume_fit != to.assume_fit {
        let percent = sentence::percent;
        words.push(format!(
            "unknown earns at most {} → {}",
            percent(from.assume_fit),
            percent(to.assume_fit)
        ));
    }
    words
}

fn requirement_changes(old: &Requirement, new: &Requirement, taxonomy: &Taxonomy) -> Vec<String> {
    let mut changes = Vec::new();
    let mut differ = |what: &str, a: String, b: String| {
        if a != b {
            changes.push(format!("{what} {a} → {b}"));
        }
    };
    let shown = |v: Option<String>| v.unwrap_or_else(|| "none".to_owned());
    let skills = |r: &Requirement| -> String {
        let names: Vec<&str> = r.accept.iter().map(|s| taxonomy.skill(*s).name.as_str()).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(" and ") }
    };
    differ("need", old.need.word().to_owned(), new.need.word().to_owned());
    differ("weight", old.weight.to_string(), new.weight.to_string());
    differ("years", shown(old.years.map(|y| y.to_string())), shown(new.years.map(|y| y.to_string())));
    let line = |r: &Requirement| shown(r.min_years.map(|y| y.to_string()));
    differ("hard line", line(old), line(new));
    let half_life = |r: &Requirement| shown(r.half_life.map(|y| y.to_string()));
    differ("half-life", half_life(old), half_life(new));
    let related = |r: &Requirement| if r.related { "counts" } else { "does not count" }.to_owned();
    differ("what is related", related(old), related(new));
    differ("accepts", skills(old), skills(new));
    changes
}
