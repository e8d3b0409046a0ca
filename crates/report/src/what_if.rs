//! What would move one person on one role's list, in words and for programs.

use std::fmt::Write as _;

use serde::Serialize;
use stackscout_engine::WhatIfAnswer;
use stackscout_matcher::LeftOut;
use stackscout_matcher::what_if::change::Said;
use stackscout_matcher::what_if::{Change, Effect, Spot};
use stackscout_taxonomy::Taxonomy;

use crate::model::left_out;
use crate::table::{plain, wrapped};
use crate::{hundredths, inert};

/// The answer as JSON holds it.
#[derive(Debug, Serialize)]
pub struct WhatIfModel {
    /// Id of the role.
    pub role: String,
    /// The date that recency is counted from.
    pub as_of: String,
    /// Candidate id.
    pub candidate: String,
    /// Name.
    pub name: Option<String>,
    /// People listed as things are.
    pub listed: u64,
    /// Where the person stands.
    pub now: SpotModel,
    /// Every change, the best new place first.
    pub changes: Vec<EffectModel>,
}

/// A place, or why there is none.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub struct SpotModel {
    /// Place, from 1; null where the person is not listed.
    pub rank: Option<u64>,
    /// How many share it; null where not listed.
    pub tied: Option<u64>,
    /// `A`, `B` or `C`; null where not listed.
    pub tier: Option<&'static str>,
    /// 0 to 10,000; null where not listed.
    pub score: Option<u16>,
    /// Why not listed, as a key of `left_out`; null where listed, and where nothing speaks for the person.
    pub left_out: Option<&'static str>,
}

/// What one change does.
#[derive(Debug, Serialize)]
pub struct EffectModel {
    /// `confirm`, `show`, `add_year` or `gain`.
    pub kind: &'static str,
    /// What it is about: id of a skill or trait, `where`, or a key under `[limits]`.
    pub about: String,
    /// The change in words.
    pub change: String,
    /// The place with it.
    pub then: SpotModel,
    /// The place where an unknown turns out badly; null where the change is no question.
    pub denied: Option<SpotModel>,
}

/// The answer as JSON holds it.
#[must_use]
pub fn model(answer: &WhatIfAnswer, taxonomy: &Taxonomy) -> WhatIfModel {
    let effect = |effect: &Effect| EffectModel {
        kind: kind(&effect.change),
        about: about(&effect.change, taxonomy),
        change: words(&effect.change, taxonomy),
        then: spot(&effect.then),
        denied: effect.denied.as_ref().map(spot),
    };
    WhatIfModel {
        role: answer.compiled.role.id.clone(),
        as_of: answer.as_of.to_string(),
        candidate: answer.candidate.number.to_string(),
        name: answer.candidate.name.clone(),
        listed: answer.what_if.listed,
        now: spot(&answer.what_if.now),
        changes: answer.what_if.effects.iter().map(effect).collect(),
    }
}

/// The answer in words: the first `top` changes that move the person.
#[must_use]
pub fn text(answer: &WhatIfAnswer, taxonomy: &Taxonomy, top: usize, width: u16) -> String {
    let role = &answer.compiled.role;
    let what_if = &answer.what_if;
    let name = inert(answer.candidate.name.as_deref().unwrap_or("(no name)"));
    let mut text = format!("{}\n", wrapped("", &format!("{} {name}", answer.candidate.number), width));
    let against = format!("{} ({}), as of {}", inert(&role.title), role.id, answer.as_of);
    let _ = writeln!(text, "{}\n", wrapped("for ", &against, width));
    let _ = writeln!(text, "{}", now(&what_if.now, what_if.listed));
    let moving: Vec<&Effect> = what_if.effects.iter().filter(|e| moves(e, &what_if.now)).collect();
    if moving.is_empty() {
        let _ = writeln!(text, "{}", wrapped("", &nothing(what_if.effects.len()), width));
        return text;
    }
    if let Some(sentence) = best(moving[0], &what_if.now, taxonomy) {
        let _ = writeln!(text, "{}", wrapped("", &sentence, width));
    }
    let mut table = plain(width);
    table.set_header(["then", "score", "if not", "what"]);
    for effect in moving.iter().take(top) {
        let score = match effect.then {
            Spot::Listed { score, .. } => hundredths(score),
            _ => String::new(),
        };
        let denied = effect.denied.as_ref().map_or(String::new(), short);
        let what = inert(&words(&effect.change, taxonomy));
        table.add_row([short(&effect.then), score, denied, what]);
    }
    let _ = writeln!(text, "\n{}", table.trim_fmt());
    let hidden = moving.len().saturating_sub(top);
    if hidden > 0 {
        let _ = writeln!(text, "\n{hidden} more: --top {}", moving.len());
    }
    text
}

fn now(now: &Spot, listed: u64) -> String {
    match now {
        Spot::Listed { place, tied, tier, score, .. } => {
            let tied = match tied {
                0 | 1 => String::new(),
                2 => ", shared with one other".to_owned(),
                n => format!(", shared with {} others", n - 1),
            };
            format!("Place {place} of {listed}{tied}. Tier {}, score {}.", tier.letter(), hundredths(*score))
        }
        Spot::LeftOut(reason) => format!("Not on the list: {}.", left_out(*reason)),
        Spot::Unlisted => "Not on the list: nothing held counts towards anything asked.".to_owned(),
    }
}

fn nothing(looked_at: usize) -> String {
    match looked_at {
        0 => "Nothing that the role asks for is open: there is no change to look at.".to_owned(),
        1 => "The one change that was looked at moves nothing.".to_owned(),
        n => format!("None of the {n} changes that were looked at moves anything."),
    }
}

/// `Django confirmed (4 years, in use) lifts 14 to 5; if it is not so: 31.`
fn best(effect: &Effect, now: &Spot, taxonomy: &Taxonomy) -> Option<String> {
    let then = effect.then.place()?;
    let what = words(&effect.change, taxonomy);
    let mut sentence = match now.place() {
        Some(place) if then < place => format!("Best: {what}: {place} to {then}"),
        None => format!("Best: {what}: onto the list, at {then}"),
        Some(_) => return None,
    };
    match effect.denied.as_ref() {
        Some(denied) if denied.place().is_none() => sentence.push_str("; if not so, off the list"),
        Some(denied) if denied.place() != now.place() => {
            let _ = write!(sentence, "; if not so, {}", short(denied));
        }
        _ => {}
    }
    sentence.push('.');
    Some(inert(&sentence))
}

/// Whether a change, or its denial, makes any difference that a list would show.
fn moves(effect: &Effect, now: &Spot) -> bool {
    effect.then != *now || effect.denied.is_some_and(|denied| denied != *now)
}

/// `5`, `5=`, or `off`.
fn short(spot: &Spot) -> String {
    match spot {
        Spot::Listed { place, tied: 0 | 1, tier, .. } => format!("{place} ({})", tier.letter()),
        Spot::Listed { place, tier, .. } => format!("{place}= ({})", tier.letter()),
        Spot::LeftOut(_) | Spot::Unlisted => "off".to_owned(),
    }
}

fn spot(spot: &Spot) -> SpotModel {
    let none = SpotModel { rank: None, tied: None, tier: None, score: None, left_out: None };
    match *spot {
        Spot::Listed { place, tied, tier, score, .. } => SpotModel {
            rank: Some(place),
            tied: Some(tied),
            tier: Some(tier.letter()),
            score: Some(score),
            left_out: None,
        },
        Spot::LeftOut(reason) => SpotModel { left_out: Some(LeftOut::word(reason)), ..none },
        Spot::Unlisted => none,
    }
}

fn kind(change: &Change) -> &'static str {
    match change {
        Change::ConfirmSkill { .. } | Change::ConfirmAnswer { .. } => "confirm",
        Change::ShowSkill(_) | Change::ShowTrait(_) => "show",
        Change::AddYear { .. } => "add_year",
        Change::GainSkill { .. } => "gain",
    }
}

fn about(change: &Change, taxonomy: &Taxonomy) -> String {
    match change {
        Change::ConfirmSkill { skill, .. }
        | Change::ShowSkill(skill)
        | Change::AddYear { skill, .. }
        | Change::GainSkill { skill, .. } => taxonomy.skill(*skill).id.clone(),
        Change::ShowTrait(trait_ix) => taxonomy.trait_(*trait_ix).id.clone(),
        Change::ConfirmAnswer { kind, .. } => (*kind).to_owned(),
    }
}

/// A change as people say it.
fn words(change: &Change, taxonomy: &Taxonomy) -> String {
    let name = |skill| &taxonomy.skill(skill).name;
    match change {
        Change::ConfirmSkill { skill, years, in_use } => {
            let years = years.map(years_words);
            let parts: Vec<String> = years.into_iter().chain(in_use.then(|| "in use".to_owned())).collect();
            format!("{} confirmed ({})", name(*skill), parts.join(", "))
        }
        Change::ConfirmAnswer { answer, .. } => format!("confirmed: {}", said(answer)),
        Change::ShowSkill(skill) => format!("{} shown in use, so far only mentioned", name(*skill)),
        Change::ShowTrait(trait_ix) => format!("{} shown at work", taxonomy.trait_(*trait_ix).name),
        Change::AddYear { skill, to } => {
            format!("one more year of {} ({} then)", name(*skill), years_words(*to))
        }
        Change::GainSkill { skill, years: Some(years) } => {
            format!("{} gained ({}, in use)", name(*skill), years_words(*years))
        }
        Change::GainSkill { skill, years: None } => format!("{} gained", name(*skill)),
    }
}

pub(crate) fn years_words(years: stackscout_profile::Years) -> String {
    if years.tenths() == 10 { "1 year".to_owned() } else { format!("{years} years") }
}

fn said(answer: &Said) -> String {
    match answer {
        Said::LivesIn(country) => format!("lives in {}", country.name()),
        Said::Moves => "willing to move".to_owned(),
        Said::WorksRemotely => "willing to work remotely".to_owned(),
        Said::Years(years) => format!("{} of experience in all", years_words(*years)),
        Said::MayWorkIn(country) => format!("may work in {}", country.name()),
        Said::Speaks(languages) => {
            let codes: Vec<&str> = languages.iter().map(|l| l.code()).collect();
            format!("speaks {}", codes.join(" and "))
        }
        Said::Available(day) => format!("available by {day}"),
        Said::Expects(pay) => format!("expects at most {pay}"),
    }
}
