//! What people decided, as people and programs read it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};
use stackscout_engine::Decision;
use stackscout_profile::{Candidate, CandidateNumber, DecisionState};

use crate::inert;
use crate::table::{plain, wrapped};

/// People by number, as far as they are in the pool.
pub type People = BTreeMap<CandidateNumber, Candidate>;

/// A decision as JSON.
#[must_use]
pub fn as_json(d: &Decision) -> Value {
    json!({ "decision": d.number, "candidate": d.candidate.to_string(), "role": d.role, "state": d.state.word(),
            "fingerprint": d.fingerprint, "run": d.run, "place": d.place, "made": d.made, "who": d.who, "why": d.why,
            "change": d.change })
}

/// What became of a decision: `decision 3: c0000012 rejected for `backend``.
#[must_use]
pub fn made_text(d: &Decision) -> String {
    format!("decision {}: {} {} for `{}`\n", d.number, d.candidate, d.state.word(), inert(&d.role))
}

/// Decisions as a table, each with whether it stands: numbers of those that do in `standing`.
#[must_use]
pub fn list_text(decisions: &[Decision], standing: &[u64], people: &People, width: u16) -> String {
    if decisions.is_empty() {
        return "no decisions\n".to_owned();
    }
    let mut table = plain(width);
    table.set_header(["", "when", "who", "candidate", "role", "decided", "why"]);
    for d in decisions {
        let is_past = !standing.contains(&d.number);
        let state = format!("{}{}", d.state.word(), if is_past { " (replaced)" } else { "" });
        let state = if d.state == DecisionState::TakenBack { d.state.word().to_owned() } else { state };
        let day = d.made.get(..10).unwrap_or(&d.made).to_owned();
        table.add_row([
            d.number.to_string(),
            day,
            inert(&d.who),
            person(d.candidate, people),
            inert(&d.role),
            format!("{state}{}", on_run(d)),
            inert(&d.why),
        ]);
    }
    format!("{}\n", table.trim_fmt())
}

/// Who stands confirmed for a role, from its standing decisions.
#[must_use]
pub fn shortlist_text(role: &str, decisions: &[Decision], people: &People, width: u16) -> String {
    let confirmed: Vec<&Decision> = decisions.iter().filter(|d| is_confirmed(d)).collect();
    let mut text = String::new();
    if confirmed.is_empty() {
        let _ = writeln!(text, "nobody stands confirmed for `{}`", inert(role));
    } else {
        let count = confirmed.len();
        let stand = if count == 1 { "person stands" } else { "people stand" };
        let _ = writeln!(text, "{count} {stand} confirmed for `{}`", inert(role));
        let mut table = plain(width);
        table.set_header(["  candidate", "decided", "by", "on", "why"]);
        for d in &confirmed {
            let day = d.made.get(..10).unwrap_or(&d.made).to_owned();
            let decided = format!("{}{}", d.state.word(), on_run(d));
            let who = format!("  {}", person(d.candidate, people));
            table.add_row([who, decided, inert(&d.who), day, inert(&d.why)]);
        }
        let _ = writeln!(text, "{}", table.trim_fmt());
    }
    let count = |state| decisions.iter().filter(|d| d.state == state).count();
    let out: Vec<String> = [DecisionState::Rejected, DecisionState::Withdrawn]
        .into_iter()
        .filter(|state| count(*state) > 0)
        .map(|state| format!("{} {}", count(state), state.word()))
        .collect();
    if !out.is_empty() {
        let _ = writeln!(text, "{}", wrapped("", &format!("not on it: {}", out.join(", ")), width));
    }
    text
}

/// Who stands confirmed for a role, as JSON.
#[must_use]
pub fn shortlist_json(role: &str, decisions: &[Decision], people: &People) -> Value {
    let confirmed = decisions.iter().filter(|d| is_confirmed(d)).map(|d| {
        let mut value = as_json(d);
        value["name"] = json!(people.get(&d.candidate).and_then(|c| c.name.clone()));
        value
    });
    let count = |state| decisions.iter().filter(|d| d.state == state).count();
    json!({ "role": role, "confirmed": confirmed.collect::<Vec<_>>(),
            "rejected": count(DecisionState::Rejected), "withdrawn": count(DecisionState::Withdrawn) })
}

fn is_confirmed(d: &Decision) -> bool {
    matches!(d.state, DecisionState::Shortlisted | DecisionState::InProcess | DecisionState::Hired)
}

fn on_run(d: &Decision) -> String {
    match (d.run, d.place) {
        (Some(run), Some(place)) => format!(" (place {place} of run {run})"),
        (Some(run), None) => format!(" (not on the list of run {run})"),
        _ => String::new(),
    }
}

fn person(number: CandidateNumber, people: &People) -> String {
    match people.get(&number) {
        Some(candidate) => {
            let name = candidate.name.as_deref().map_or(String::new(), |name| format!(" {}", inert(name)));
            format!("{number}{name}")
        }
        None => format!("{number} (not in the pool)"),
    }
}
