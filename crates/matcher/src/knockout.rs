//! Knock-outs: what only the role sets, each answered met, unknown or not met.

use stackscout_profile::{Decided, Facts, Limits, Pay, Remote, Role, Status, Unknown, Where};

use crate::CompiledRole;

/// The answer to a knock-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// The person is out.
    NotMet,
    /// It depends on what is not known.
    Unknown,
    /// The person stays.
    Met,
}

impl Answer {
    fn of(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Met,
            Some(false) => Self::NotMet,
            None => Self::Unknown,
        }
    }

    /// The word of JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Unknown => "unknown",
            Self::NotMet => "not_met",
        }
    }
}

/// A knock-out that a role sets, and a person's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knockout {
    /// `where`, or the key under `[limits]`.
    pub kind: &'static str,
    /// The answer.
    pub answer: Answer,
}

/// Why a person is left out of a list: the first reason in the order of this type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// Hired already, or opted out of contact.
    Status(Status),
    /// Somebody decided so.
    Decided(Decided),
    /// A knock-out is not met; its kind.
    Knockout(&'static str),
    /// An answer is unknown, and the role drops those.
    Unknown,
    /// Some must is missing.
    TierD,
}

impl LeftOut {
    /// The key under `left_out`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Status(status) => status.word(),
            Self::Decided(decided) => decided.word(),
            Self::Knockout(kind) => kind,
            Self::Unknown => "unknown",
            Self::TierD => "tier_d",
        }
    }
}

/// A person's answers to the knock-outs that a role sets: `where` first, then the limits in the order of the role file.
#[must_use]
pub fn knockouts(role: &Role, facts: &Facts) -> Vec<Knockout> {
    let Limits { years_min, permit, languages, available_by, pay_max, drop_implausible, unknown: _ } =
        &role.limits;
    let mut answers = Vec::new();
    if let Some(where_) = &role.where_ {
        answers.push(Knockout { kind: "where", answer: where_answer(where_, facts) });
    }
    let mut ask = |kind, known: Option<bool>| answers.push(Knockout { kind, answer: Answer::of(known) });
    if let Some(least) = years_min {
        ask("years_min", facts.total_years.map(|years| years >= *least));
    }
    if !permit.is_empty() {
        let permits = facts.permits.as_ref();
        ask("permit", permits.map(|held| permit.iter().any(|country| held.contains(country))));
    }
    if !languages.is_empty() {
        let spoken = facts.languages.as_ref();
        ask("languages", spoken.map(|spoken| languages.iter().all(|language| spoken.contains(language))));
    }
    if let Some(day) = available_by {
        ask("available_by", facts.available.map(|available| available <= *day));
    }
    if let Some(most) = pay_max {
        ask("pay_max", facts.expected_pay.and_then(|expected| is_at_most(&expected, most)));
    }
    if *drop_implausible {
        ask("implausible", Some(!facts.implausible));
    }
    answers
}

/// The first reason that leaves a person out, tier aside.
#[must_use]
pub fn left_out(role: &CompiledRole, facts: &Facts, knockouts: &[Knockout]) -> Option<LeftOut> {
    if let Some(out) = out_already(role, facts) {
        return Some(out);
    }
    if let Some(failed) = knockouts.iter().find(|k| k.answer == Answer::NotMet) {
        return Some(LeftOut::Knockout(failed.kind));
    }
    let any_unknown = knockouts.iter().any(|k| k.answer == Answer::Unknown);
    (any_unknown && role.role.limits.unknown == Unknown::Drop).then_some(LeftOut::Unknown)
}

/// What leaves a person out before anything is asked: their status, or what somebody decided.
#[must_use]
pub fn out_already(role: &CompiledRole, facts: &Facts) -> Option<LeftOut> {
    let decided = || role.decisions.of(facts.number).map(LeftOut::Decided);
    facts.status.map(LeftOut::Status).or_else(decided)
}

/// The answer to `where` alone; of the facts only place, remote work and moving count.
pub(crate) fn where_answer(where_: &Where, facts: &Facts) -> Answer {
    Answer::of(is_there(where_, facts))
}

/// In a listed country, or willing to move where the role allows it, or willing to work remotely where it allows that.
fn is_there(where_: &Where, facts: &Facts) -> Option<bool> {
    if where_.countries.is_empty() {
        return Some(true);
    }
    let listed = facts.country.map(|country| where_.countries.contains(&country));
    let moves = if where_.relocation { facts.relocation } else { Some(false) };
    let remote = if where_.remote == Remote::Anywhere { facts.remote } else { Some(false) };
    or(or(listed, moves), remote)
}

/// Three-valued or: yes wins over unknown, unknown over no.
fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// Pays are compared in one currency and unit alone: nothing is converted.
fn is_at_most(expected: &Pay, most: &Pay) -> Option<bool> {
    let comparable = expected.currency.is_some()
        && expected.per.is_some()
        && expected.currency == most.currency
        && expected.per == most.per;
    comparable.then_some(expected.amount <= most.amount)
}
