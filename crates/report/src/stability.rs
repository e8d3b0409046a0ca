//! How far a list rests on its exact weights, in words and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use stackscout_engine::StabilityAnswer;
use stackscout_matcher::stability::Draws;
use stackscout_profile::{Candidate, CandidateNumber};

use crate::inert;
use crate::table::{plain, wrapped};

/// Stability as JSON holds it.
#[derive(Debug, Serialize)]
pub struct StabilityModel {
    /// Id of the role.
    pub role: String,
    /// Its title.
    pub title: String,
    /// The date that recency is counted from.
    pub as_of: String,
    /// How many draws.
    pub draws: u32,
    /// By how many percent each weight moves at most.
    pub range: u8,
    /// Draws in which the same people come first.
    pub same_people: u32,
    /// Draws in which they do so in the same order.
    pub same_order: u32,
    /// People listed.
    pub listed: u64,
    /// How many of these could come first under the range.
    pub contenders: u64,
    /// The first people of the role as it stands.
    pub entries: Vec<SteadyModel>,
    /// How many others come first in some draw.
    pub challengers_in_all: u64,
    /// The most frequent of these, as many as entries.
    pub challengers: Vec<ChallengerModel>,
}

/// One of the first people.
#[derive(Debug, Serialize)]
pub struct SteadyModel {
    /// Place with the role's own weights.
    pub rank: u64,
    /// How many share it, in the whole pool.
    pub tied: u64,
    /// Candidate id.
    pub candidate: String,
    /// Name.
    pub name: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// Draws in which the person is among the first.
    pub stays: u32,
    /// The best place of all draws.
    pub best: u64,
    /// The lower median of the places.
    pub median: u64,
    /// The worst place.
    pub worst: u64,
}

/// Somebody who comes in.
#[derive(Debug, Serialize)]
pub struct ChallengerModel {
    /// Candidate id.
    pub candidate: String,
    /// Name.
    pub name: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// Draws in which the person is among the first.
    pub enters: u32,
}

/// Stability as JSON holds it.
#[must_use]
pub fn model(answer: &StabilityAnswer, draws: &Draws) -> StabilityModel {
    let stability = &answer.stability;
    let who = |number: CandidateNumber| name_and_country(&answer.candidates, number);
    let entries: Vec<SteadyModel> = stability
        .entries
        .iter()
        .map(|e| {
            let (name, country) = who(e.number);
            SteadyModel {
                rank: e.place,
                tied: e.tied,
                candidate: e.number.to_string(),
                name,
                country,
                stays: e.stays,
                best: e.best,
                median: e.median,
                worst: e.worst,
            }
        })
        .collect();
    let challengers = stability
        .challengers
        .iter()
        .take(entries.len())
        .map(|c| {
            let (name, country) = who(c.number);
            ChallengerModel { candidate: c.number.to_string(), name, country, enters: c.enters }
        })
        .collect();
    StabilityModel {
        role: answer.compiled.role.id.clone(),
        title: answer.compiled.role.title.clone(),
        as_of: answer.as_of.to_string(),
        draws: draws.count(),
        range: draws.range(),
        same_people: stability.same_people,
        same_order: stability.same_order,
        listed: stability.listed,
        contenders: stability.contenders,
        entries,
        challengers_in_all: stability.challengers.len() as u64,
        challengers,
    }
}

/// Stability in words.
#[must_use]
pub fn text(model: &StabilityModel, width: u16) -> String {
    let heading = format!("{} ({}), as of {}", inert(&model.title), model.role, model.as_of);
    let mut text = format!("{}\n\n", wrapped("", &heading, width));
    if model.entries.is_empty() {
        text.push_str("Nobody is listed.\n");
        return text;
    }
    let count = model.entries.len();
    let first = if count == 1 { "the first person".to_owned() } else { format!("the first {count} people") };
    let words = format!(
        "{} times every weight was moved by up to {}%, and all {} listed people ranked again: {first} stayed the \
         same {}, in the same order {}.",
        model.draws,
        model.range,
        model.listed,
        share(model.same_people, model.draws),
        share(model.same_order, model.draws),
    );
    let _ = writeln!(text, "{}\n", wrapped("", &words, width));
    let mut table = plain(width);
    table.set_header(["", "stays", "best", "median", "worst", "candidate", "who"]);
    for e in &model.entries {
        let who = who(e.name.as_deref(), e.country.as_deref());
        let stays = share(e.stays, model.draws);
        let [rank, best, median, worst] = [e.rank, e.best, e.median, e.worst].map(|n| n.to_string());
        let rank = if e.tied > 1 { format!("{rank}=") } else { rank };
        table.add_row([rank, stays, best, median, worst, e.candidate.clone(), who]);
    }
    for column in table.column_iter_mut().take(5) {
        column.set_cell_alignment(comfy_table::CellAlignment::Right);
    }
    let _ = writeln!(text, "{}", table.trim_fmt());
    let mut named = 0;
    for e in model.entries.iter().filter(|e| e.tied > 1) {
        if e.rank != named {
            named = e.rank;
            let _ = writeln!(text, "  {}= is shared by {} people with equal points", e.rank, e.tied);
        }
    }
    if model.challengers_in_all == 0 {
        text.push_str("\nNobody else comes among them in any draw.\n");
        return text;
    }
    let _ = match model.challengers_in_all {
        1 => writeln!(text, "\nOne other comes among them:\n"),
        n => writeln!(text, "\n{n} others come among them:\n"),
    };
    let mut table = plain(width);
    for c in &model.challengers {
        let who = who(c.name.as_deref(), c.country.as_deref());
        table.add_row([share(c.enters, model.draws), c.candidate.clone(), who]);
    }
    let _ = writeln!(text, "{}", table.trim_fmt());
    text
}

pub(crate) fn name_and_country(
    candidates: &BTreeMap<CandidateNumber, Candidate>,
    number: CandidateNumber,
) -> (Option<String>, Option<String>) {
    let candidate = candidates.get(&number);
    let country = candidate.and_then(|c| c.country).map(|c| c.to_string());
    (candidate.and_then(|c| c.name.clone()), country)
}

pub(crate) fn who(name: Option<&str>, country: Option<&str>) -> String {
    let name = inert(name.unwrap_or("(no name)"));
    country.map_or(name.clone(), |country| format!("{name}, {country}"))
}

/// A share of draws in percent, with one decimal, rounded down: 100% is said of all draws alone.
fn share(of: u32, all: u32) -> String {
    let thousandths = u64::from(of) * 1_000 / u64::from(all.max(1));
    match thousandths % 10 {
        0 => format!("{}%", thousandths / 10),
        tenth => format!("{}.{tenth}%", thousandths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_draws_alone_are_a_hundred_percent() {
        assert_eq!(share(1_000, 1_000), "100%");
        assert_eq!(share(9_999, 10_000), "99.9%");
        assert_eq!(share(0, 0), "0%");
    }
}
