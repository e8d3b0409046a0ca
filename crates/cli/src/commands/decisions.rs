//! `stackscout decide`, `stackscout decisions`, `stackscout shortlist`: what people decided.

use std::process::ExitCode;

use stackscout_engine::{Change, DecideRequest, Decision, Pool};
use stackscout_profile::CandidateNumber;
use stackscout_report::decisions::{People, as_json, list_text, made_text, shortlist_json, shortlist_text};

use super::actor;
use crate::args::{DecideArgs, DecisionsCommand, Format, Shared, ShortlistCommand};
use crate::out;

pub fn decide(args: &DecideArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let request =
        DecideRequest { role: &args.role, who: &args.candidate, state: args.state, run: args.run.as_deref() };
    let change = Change { folder: &shared.pool, taxonomy: &taxonomy, actor: actor(shared), why: &args.why };
    let decision = change.decide(&request)?;
    match shared.format {
        Format::Json => out::json(&as_json(&decision)),
        Format::Table => out::text(&made_text(&decision)),
    }
    Ok(ExitCode::SUCCESS)
}

pub fn decisions(command: Option<DecisionsCommand>, shared: &Shared) -> anyhow::Result<ExitCode> {
    let DecisionsCommand::List { role, person } =
        command.unwrap_or(DecisionsCommand::List { role: None, person: None });
    let pool = super::open_pool(shared, super::open_taxonomy(shared)?)?;
    let role = role.map(|role| pool.role_meant(&role)).transpose()?;
    let number = person.map(|who| pool.find_candidate(&who)).transpose()?;
    let mut decisions = Vec::new();
    for decision in pool.decisions()? {
        let is_about = |n: CandidateNumber| Ok::<_, anyhow::Error>(pool.who_is(decision.candidate)? == n);
        if role.as_ref().is_none_or(|role| *role == decision.role) && number.map_or(Ok(true), is_about)? {
            decisions.push(decision);
        }
    }
    let standing: Vec<u64> = pool.decisions_standing()?.iter().map(|d| d.number).collect();
    super::export::printed(shared, &pool, "decisions", decisions.iter().map(|d| d.candidate))?;
    match shared.format {
        Format::Json => {
            let rows: Vec<serde_json::Value> = decisions
                .iter()
                .map(|d| {
                    let mut row = as_json(d);
                    row["stands"] = standing.contains(&d.number).into();
                    row
                })
                .collect();
            out::json(&rows);
        }
        Format::Table => {
            let people = people(&pool, &decisions)?;
            out::text(&list_text(&decisions, &standing, &people, out::width()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub fn shortlist(command: &ShortlistCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    let ShortlistCommand::Show { role } = command;
    let pool = super::open_pool(shared, super::open_taxonomy(shared)?)?;
    let role = pool.role_meant(role)?;
    let mut decisions = Vec::new();
    for decision in pool.decisions_standing()?.into_iter().filter(|d| d.role == role) {
        // Of somebody who is gone from the pool a decision stays, and confirms nobody.
        if pool.is_in(decision.candidate)? {
            decisions.push(decision);
        }
    }
    let people = people(&pool, &decisions)?;
    super::export::printed(shared, &pool, "shortlist", people.keys().copied())?;
    match shared.format {
        Format::Json => out::json(&shortlist_json(&role, &decisions, &people)),
        Format::Table => out::text(&shortlist_text(&role, &decisions, &people, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}

/// Those of the people decided about who are in the pool.
fn people(pool: &Pool, decisions: &[Decision]) -> anyhow::Result<People> {
    let mut people = People::new();
    for decision in decisions {
        if !people.contains_key(&decision.candidate) && pool.is_in(decision.candidate)? {
            people.insert(decision.candidate, pool.candidate(decision.candidate)?);
        }
    }
    Ok(people)
}
