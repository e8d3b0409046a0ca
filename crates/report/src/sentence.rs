//! A requirement in words that a hiring manager understands.

use stackscout_matcher::Assessment;
use stackscout_matcher::compiled::CompiledRequirement;
use stackscout_profile::{EvidenceSource, Remote, Role, Subject, Unknown};

use crate::RequirementModel;

/// One requirement of one person: `Flask counted 60% towards Django: same language and kind; 4 of 3 years; row 812,
/// column skills`.
#[must_use]
pub fn requirement(
    model: &RequirementModel,
    compiled: &CompiledRequirement,
    assessed: &Assessment,
) -> String {
    let is_trait = matches!(compiled.asked.subject, Subject::Trait(_));
    let Some(evidence) = &model.evidence else {
        return format!("{}: nothing held counts towards it", model.asked);
    };
    if let Some(source) = assessed.text {
        let counts = if source == EvidenceSource::Mentioned { ", which counts 60%" } else { "" };
        let place = evidence.places.first();
        let place = place.map_or(String::new(), |p| format!("; row {}, column {}", p.line, p.column));
        return format!("{}: {} in text{counts}{place}", model.asked, source.word());
    }
    let name = evidence.name.as_deref().unwrap_or("?");
    if is_trait {
        return format!(
            "{}: through {name} only, which brings it; that is no experience of it, and counts {}",
            model.asked,
            percent(evidence.counts)
        );
    }
    let towards = evidence.towards.as_deref().unwrap_or(&model.asked);
    let mut parts = vec![match model.relation.as_deref() {
        None => format!("{name} held"),
        Some("implies") => format!("{name} held, which implies {towards}"),
        Some("accepted") => format!("{name} held, which the role accepts for {towards}"),
        Some(relation) => {
            let through = evidence.through.as_ref().map_or(String::new(), |t| format!(" through {t}"));
            format!("{name} counted {} towards {towards}{through}: {relation}", percent(evidence.counts))
        }
    }];
    let from_dates = if evidence.years_from_dates { " (from dates)" } else { "" };
    if let Some(wanted) = compiled.asked.years {
        parts.push(match &evidence.years {
            Some(years) => format!("{years}{from_dates} of {wanted} years"),
            None => format!("years unknown ({wanted} wanted)"),
        });
    } else if let Some(years) = &evidence.years {
        parts.push(format!("{years} years{from_dates}"));
    }
    // A related skill is near whatever its years; the line is for the skill itself.
    let of_line = compiled.asked.min_years.filter(|_| evidence.counts == 10_000);
    if let (Some(line), Some("near" | "unknown")) = (of_line, model.gate) {
        parts.push(format!("the role draws the line at {line} years"));
    }
    match (&evidence.last_used, compiled.asked.half_life) {
        (Some(last), _) if last == "current" => parts.push("in use".to_owned()),
        (Some(last), _) => parts.push(format!("last used {last}")),
        (None, Some(_)) => parts.push("last use unknown".to_owned()),
        (None, None) => {}
    }
    if evidence.source == Some("mentioned") {
        parts.push("only mentioned, which counts 60%".to_owned());
    } else if evidence.source == Some("worked") {
        parts.push("worked with, as text says".to_owned());
    }
    if evidence.assumed {
        parts.push(format!("so the fit is assumed at {}", percent(evidence.fit)));
    }
    if let Some(place) = evidence.places.first() {
        parts.push(format!("row {}, column {}", place.line, place.column));
    }
    parts.join("; ")
}

/// What is missing or only near, in words.
#[must_use]
pub fn missing(requirements: &[RequirementModel]) -> Vec<String> {
    let mut missing = Vec::new();
    for requirement in requirements {
        let evidence = requirement.evidence.as_ref();
        let held = evidence.and_then(|e| e.name.as_deref());
        match (requirement.gate, requirement.outcome) {
            (Some("near"), _) => match held {
                Some(held)
                    if requirement
                        .relation
                        .as_deref()
                        .is_some_and(|r| !matches!(r, "implies" | "accepted")) =>
                {
                    missing.push(format!("{held} for {}", requirement.asked));
                }
                _ => missing.push(format!("too few years of {}", requirement.asked)),
            },
            (Some("unknown"), _) => missing.push(format!("{} to be confirmed", requirement.asked)),
            (_, "not_met") => missing.push(format!("no {}", requirement.asked)),
            _ => {}
        }
    }
    missing
}

/// Where and limits of a role, in words.
#[must_use]
pub fn knockouts(role: &Role) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(where_) = &role.where_
        && !where_.countries.is_empty()
    {
        let countries: Vec<&str> = where_.countries.iter().map(|c| c.name()).collect();
        let mut text = format!("in {}", countries.join(" or "));
        if where_.relocation {
            text.push_str(", or willing to move");
        }
        if where_.remote == Remote::Anywhere {
            text.push_str(", or working remotely");
        }
        words.push(text);
    }
    let limits = &role.limits;
    if let Some(years) = limits.years_min {
        words.push(format!("at least {years} years in all"));
    }
    if !limits.permit.is_empty() {
        let countries: Vec<&str> = limits.permit.iter().map(|c| c.name()).collect();
        words.push(format!("may work in {}", countries.join(" or ")));
    }
    if !limits.languages.is_empty() {
        let codes: Vec<&str> = limits.languages.iter().map(|l| l.code()).collect();
        words.push(format!("speaks {}", codes.join(" and ")));
    }
    if let Some(day) = limits.available_by {
        words.push(format!("available by {day}"));
    }
    if let Some(pay) = limits.pay_max {
        words.push(format!("expects at most {pay}"));
    }
    if limits.drop_implausible {
        words.push("claims a plausible number of skills".to_owned());
    }
    if limits.unknown == Unknown::Drop && !words.is_empty() {
        words.push("unknown answers are left out".to_owned());
    }
    words
}

/// Ten-thousandths as percent, with decimals only where there are any.
#[must_use]
pub fn percent(ten_thousandths: u16) -> String {
    match ten_thousandths % 100 {
        0 => format!("{}%", ten_thousandths / 100),
        rest => format!("{}.{rest:02}%", ten_thousandths / 100),
    }
}
