//! One person against one role: every term, as a person reads it.

use std::fmt::Write as _;

use serde::Serialize;
use stackscout_engine::{Decision, Explanation};
use stackscout_matcher::CompiledRole;
use stackscout_taxonomy::Taxonomy;

use crate::decisions;
use crate::model::{Names, asks, entry, left_out};
use crate::sentence::percent;
use crate::table::{tier_heading, wrapped};
use crate::{EntryModel, RequirementModel, hundredths, inert, sentence};

/// An explanation as JSON holds it.
#[derive(Debug, Serialize)]
pub struct ExplanationModel {
    /// Id of the role.
    pub role: String,
    /// The date that recency is counted from.
    pub as_of: String,
    /// Listed people in the whole pool.
    pub listed: u64,
    /// Why the person is not listed, as a key of `left_out`; null where they are, and where nothing speaks for them.
    pub left_out: Option<&'static str>,
    /// What people decided about the person, for this role and others; left out where nobody did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<serde_json::Value>,
    /// The person with every term; `rank` is 0 where they are not listed.
    #[serde(flatten)]
    pub entry: EntryModel,
}

/// An explanation as JSON holds it.
#[must_use]
pub fn whole(explanation: &Explanation, taxonomy: &Taxonomy) -> ExplanationModel {
    ExplanationModel {
        role: explanation.compiled.role.id.clone(),
        as_of: explanation.as_of.to_string(),
        listed: explanation.standing.listed,
        left_out: explanation.standing.left_out.map(|reason| reason.word()),
        decisions: explanation.decisions.iter().map(decisions::as_json).collect(),
        entry: model(explanation, taxonomy),
    }
}

/// The entry of an explanation.
#[must_use]
pub fn model(explanation: &Explanation, taxonomy: &Taxonomy) -> EntryModel {
    let names = Names { taxonomy, imports: &explanation.imports, as_of: explanation.as_of };
    entry(&explanation.standing.entry, &explanation.compiled, &explanation.candidate, &names)
}

/// `rejected for `backend` by anna on 2026-11-03: too far from Berlin (decision 4)`.
fn decision_words(d: &Decision) -> String {
    let day = d.made.get(..10).unwrap_or(&d.made);
    let (state, role, who, why) = (d.state.word(), inert(&d.role), inert(&d.who), inert(&d.why));
    format!("{state} for `{role}` by {who} on {day}: {why} (decision {})", d.number)
}

/// An explanation in words.
#[must_use]
pub fn text(explanation: &Explanation, taxonomy: &Taxonomy, width: u16) -> String {
    let e = model(explanation, taxonomy);
    let role = &explanation.compiled.role;
    let mut text = String::new();
    let name = inert(e.name.as_deref().unwrap_or("(no name)"));
    let about: Vec<String> =
        [e.title.as_deref().map(inert), e.country.clone()].into_iter().flatten().collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    let _ = writeln!(text, "{}", wrapped("", &format!("{} {name}{about}", e.candidate), width));
    let against = format!("{} ({}), as of {}", inert(&role.title), role.id, explanation.as_of);
    let _ = writeln!(text, "{}\n", wrapped("for ", &against, width));
    match explanation.standing.left_out {
        Some(reason) => {
            let _ = writeln!(text, "Not on the list: {}.", left_out(reason));
        }
        None if e.rank == 0 => {
            text.push_str("Not on the list: nothing held counts towards anything asked.\n")
        }
        None => {
            let tied = match e.tied {
                0 | 1 => String::new(),
                2 => ", shared with one other".to_owned(),
                n => format!(", shared with {} others", n - 1),
            };
            let _ = writeln!(
                text,
                "Place {} of {}{tied}. {}.",
                e.rank,
                explanation.standing.listed,
                tier_heading(e.tier)
            );
        }
    }
    for decision in &explanation.decisions {
        let _ = writeln!(text, "{}", wrapped("Decided: ", &decision_words(decision), width));
    }
    let range = if e.low == e.high {
        String::new()
    } else {
        format!(", between {} and {} once everything is known", hundredths(e.low), hundredths(e.high))
    };
    let _ = writeln!(text, "{}", wrapped("", &format!("Score {}{range}.", hundredths(e.score)), width));
    for flag in &e.flags {
        let _ = writeln!(text, "Note: {flag}.");
    }
    let words = sentence::knockouts(role);
    if !words.is_empty() {
        let answers: Vec<String> =
            e.knockouts.iter().map(|k| format!("{}: {}", k.kind, k.outcome.replace('_', " "))).collect();
        let _ = writeln!(
            text,
            "\n{}",
            wrapped("Only ", &format!("{} ({})", words.join("; "), answers.join(", ")), width)
        );
    }
    let _ = writeln!(text, "\n  weight × credit = points");
    for (r, ask) in e.requirements.iter().zip(asks(&explanation.compiled, taxonomy)) {
        let _ = writeln!(text, "\n{}", term(r));
        let _ = writeln!(text, "{}", wrapped("    ", &inert(&r.sentence), width));
        if let Some(factors) = factors(r, &explanation.compiled) {
            let _ = writeln!(text, "{}", wrapped("    ", &factors, width));
        }
        if let Some(evidence) = &r.evidence {
            for place in &evidence.places {
                let cell =
                    format!("{} line {}, column {}: {}", place.file, place.line, place.column, place.said());
                let _ = writeln!(text, "{}", wrapped("    from ", &inert(&cell), width));
            }
        }
        if let Some(because) = ask.because {
            let _ = writeln!(text, "{}", wrapped("    asked because: ", &inert(&because), width));
        }
    }
    let _ = writeln!(
        text,
        "\n  {} points / {} weight = {} = score {}",
        e.points,
        e.weight,
        mean(&e),
        hundredths(e.score)
    );
    text
}

/// `  20 × 10000 = 200000  must Django: held, met`
fn term(r: &RequirementModel) -> String {
    let gate = r.gate.map_or(String::new(), |gate| format!(" gate {gate},"));
    let range = if r.low == r.high { String::new() } else { format!(" (credit {} to {})", r.low, r.high) };
    let outcome = r.outcome.replace('_', " ");
    format!(
        "  {:>3} × {:>5} = {:>7}  {} {}:{gate} {outcome}{range}",
        r.weight, r.credit, r.points, r.need, r.asked
    )
}

/// Every factor of the credit with its number, so that the product can be checked by hand.
fn factors(r: &RequirementModel, role: &CompiledRole) -> Option<String> {
    let evidence = r.evidence.as_ref()?;
    if r.relation.as_deref() == Some("trait") {
        return None;
    }
    if evidence.name.is_none() {
        let source = evidence.source.unwrap_or_default();
        return Some(format!("credit {} = source {} ({source})", r.credit, percent(evidence.source_factor)));
    }
    let mut parts = vec![format!("relation {}", percent(evidence.counts))];
    if evidence.assumed {
        let cap = percent(role.role.assume_fit);
        parts.push(format!("fit {} (something asked is unknown, so at most {cap})", percent(evidence.fit)));
    } else {
        if let Some(y) = evidence.years_factor {
            parts.push(format!("years {}", percent(y)));
        }
        if let Some(r) = evidence.recency_factor {
            parts.push(format!("recency {} (age {})", percent(r), evidence.age.unwrap_or(0)));
        }
    }
    if evidence.source_factor != 10_000 {
        parts.push(format!("source {}", percent(evidence.source_factor)));
    }
    Some(format!("credit {} = {}", r.credit, parts.join(" × ")))
}

fn mean(e: &EntryModel) -> String {
    let (whole, rest) = (e.points / e.weight, e.points % e.weight);
    if rest == 0 { whole.to_string() } else { format!("{whole} {rest}/{}", e.weight) }
}
