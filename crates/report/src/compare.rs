//! Candidates side by side for one role, and what decides between them.

use std::cmp::Reverse;
use std::fmt::Write as _;

use serde::Serialize;
use stackscout_engine::Explanation;
use stackscout_taxonomy::Taxonomy;

use crate::explain::{self, ExplanationModel};
use crate::model::{AskModel, asks, left_out};
use crate::table::{plain, tier_heading, wrapped};
use crate::{RequirementModel, hundredths, inert};

/// People side by side.
#[derive(Debug, Serialize)]
pub struct CompareModel {
    /// Id of the role.
    pub role: String,
    /// Its title.
    pub title: String,
    /// The date that recency is counted from.
    pub as_of: String,
    /// Listed people in the whole pool.
    pub listed: u64,
    /// What is asked for, in the order of the role.
    pub asks: Vec<AskModel>,
    /// The people, in the order asked.
    pub candidates: Vec<ExplanationModel>,
    /// What decides between each and the next, best first.
    pub decides: Vec<Decision>,
}

/// What puts one person before another.
#[derive(Debug, Serialize)]
pub struct Decision {
    /// Candidate id of who stands first.
    pub first: String,
    /// Candidate id of who stands next.
    pub second: String,
    /// `left_out`, `tier`, `knockout`, `points` or `nothing`.
    pub by: &'static str,
    /// What it is, in words.
    pub words: String,
}

/// Puts people side by side.
///
/// # Panics
/// Where nobody is given.
#[must_use]
pub fn model(people: &[Explanation], taxonomy: &Taxonomy) -> CompareModel {
    let first = people.first().expect("somebody is compared");
    let candidates: Vec<ExplanationModel> = people.iter().map(|e| explain::whole(e, taxonomy)).collect();
    let mut order: Vec<(usize, &ExplanationModel)> = candidates.iter().enumerate().collect();
    order.sort_by_key(|(at, e)| (e.entry.rank == 0, e.entry.rank, *at));
    let reasons: Vec<Option<String>> = people.iter().map(|e| e.standing.left_out.map(left_out)).collect();
    let decides =
        order.windows(2).map(|pair| decision(pair[0].1, pair[1].1, reasons[pair[1].0].as_deref())).collect();
    CompareModel {
        role: first.compiled.role.id.clone(),
        title: first.compiled.role.title.clone(),
        as_of: first.as_of.to_string(),
        listed: first.standing.listed,
        asks: asks(&first.compiled, taxonomy),
        candidates,
        decides,
    }
}

fn decision(a: &ExplanationModel, b: &ExplanationModel, left_out: Option<&str>) -> Decision {
    let (x, y) = (&a.entry, &b.entry);
    let unknown = |e: &ExplanationModel| -> Vec<&'static str> {
        e.entry.knockouts.iter().filter(|k| k.outcome == "unknown").map(|k| k.kind).collect()
    };
    let (by, words) = if y.rank == 0 {
        let why = left_out.unwrap_or("nothing held counts towards anything asked");
        let both = if x.rank == 0 { "neither is on the list; the second: " } else { "not on the list: " };
        ("left_out", format!("{both}{why}"))
    } else if x.tier != y.tier {
        let gap =
            y.missing.iter().find(|m| !m.starts_with("no ")).map_or(String::new(), |m| format!(" ({m})"));
        ("tier", format!("tier {} before tier {}{gap}, whatever the scores", x.tier, y.tier))
    } else if unknown(a).is_empty() != unknown(b).is_empty() {
        ("knockout", format!("`{}` is unknown, which comes last in the tier", unknown(b).join("`, `")))
    } else if x.points != y.points {
        let mut parts: Vec<(i64, &str)> = x
            .requirements
            .iter()
            .zip(&y.requirements)
            .map(|(p, q)| (i64::from(p.points) - i64::from(q.points), p.asked.as_str()))
            .filter(|(points, _)| *points != 0)
            .collect();
        parts.sort_by_key(|(points, _)| Reverse(points.abs()));
        let terms: Vec<String> = parts.iter().map(|(points, asked)| format!("{asked} {points:+}")).collect();
        ("points", format!("{:+} points: {}", i64::from(x.points) - i64::from(y.points), terms.join(", ")))
    } else {
        ("nothing", "equal points: they share the place, and nothing asked for tells them apart".to_owned())
    };
    Decision { first: x.candidate.clone(), second: y.candidate.clone(), by, words }
}

/// People that stand beside each other within 80 columns; more come in further tables.
const BESIDE: usize = 3;

/// People side by side, for a terminal.
#[must_use]
pub fn text(model: &CompareModel, width: u16) -> String {
    let head = format!("{} ({}), as of {}", inert(&model.title), model.role, model.as_of);
    let mut text = wrapped("", &head, width) + "\n";
    for people in model.candidates.chunks(BESIDE) {
        let mut table = plain(width);
        let row = |lead: &str, cell: &dyn Fn(&ExplanationModel) -> String| -> Vec<String> {
            let cells = people.iter().map(|p| inert(&cell(p)));
            std::iter::once(lead.to_owned()).chain(cells).collect()
        };
        table.set_header(row("", &|p| p.entry.candidate.clone()));
        table.add_row(row("", &|p| p.entry.name.clone().unwrap_or_else(|| "(no name)".to_owned())));
        table.add_row(row("place", &|p| place(p, model.listed)));
        table.add_row(row("score", &|p| hundredths(p.entry.score)));
        for (at, ask) in model.asks.iter().enumerate() {
            let lead = format!("{} {} ×{}", ask.need, ask.asked, ask.weight);
            table.add_row(row(&lead, &|p| cell(&p.entry.requirements[at])));
        }
        if people.iter().any(|p| !p.entry.knockouts.is_empty()) {
            table.add_row(row("only", &|p| {
                let answers: Vec<String> = p
                    .entry
                    .knockouts
                    .iter()
                    .map(|k| format!("{} {}", k.kind, k.outcome.replace('_', " ")))
                    .collect();
                answers.join(", ")
            }));
        }
        table.add_row(row("points", &|p| p.entry.points.to_string()));
        let _ = writeln!(text, "\n{}", table.trim_fmt());
    }
    if !model.decides.is_empty() {
        text.push_str("\nWhat decides\n");
    }
    for d in &model.decides {
        let words = format!("{} before {}: {}", d.first, d.second, d.words);
        let _ = writeln!(text, "{}", wrapped("  ", &inert(&words), width));
    }
    text
}

fn place(p: &ExplanationModel, listed: u64) -> String {
    match (p.entry.rank, p.left_out) {
        (0, Some(reason)) => format!("not listed: {}", crate::table::reason_words(reason)),
        (0, None) => "not listed".to_owned(),
        (rank, _) => {
            let tied = if p.entry.tied > 1 { "=" } else { "" };
            let heading = tier_heading(p.entry.tier);
            format!("{rank}{tied} of {listed}, {}", heading.split(':').next().unwrap_or(heading))
        }
    }
}

/// Points, gate, and what they rest on: `200000 held: 5 years, last used 2026; people.csv line 6`.
fn cell(r: &RequirementModel) -> String {
    let mut text = r.points.to_string();
    if let Some(gate) = r.gate {
        let _ = write!(text, " {gate}");
    }
    let Some(evidence) = &r.evidence else { return text + ": nothing" };
    let mut parts = Vec::new();
    match (&evidence.name, r.relation.as_deref()) {
        (Some(name), Some(relation)) => parts.push(format!("{name} ({relation})")),
        (Some(name), None) if *name != r.asked => parts.push(name.clone()),
        _ => {}
    }
    if evidence.name.is_none() {
        parts.extend(evidence.source.map(|source| format!("{source} in text")));
    } else if r.relation.as_deref() != Some("trait") {
        parts.push(evidence.years.as_ref().map_or("years unknown".to_owned(), |y| format!("{y} years")));
        parts.extend(evidence.last_used.as_ref().map(|last| format!("last used {last}")));
    }
    if let Some(place) = evidence.places.first() {
        parts.push(format!("{} line {}", place.file, place.line));
    }
    format!("{text}: {}", parts.join(", "))
}
