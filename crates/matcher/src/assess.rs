//! One requirement of one person: outcome, gate, credit with its bounds, and the skill that earned it.

use stackscout_profile::{Date, EvidenceSource, Facts, Need, Requirement, Role, SkillEvidence};
use stackscout_taxonomy::written::LastUsed;
use stackscout_taxonomy::{SkillIx, TraitIx};

use crate::arithmetic::{ONE, recency_factor, times, years_factor};
use crate::compiled::{CompiledRequirement, Target, Way, WayKind, Ways};

/// How far a requirement is fulfilled; source and last use move points, never this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Fully.
    Met,
    /// In part.
    Partial,
    /// It depends on what is not known.
    Unknown,
    /// Nothing held counts towards it.
    NotMet,
}

impl Outcome {
    /// The word of JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partial => "partial",
            Self::Unknown => "unknown",
            Self::NotMet => "not_met",
        }
    }
}

/// How a person stands at the gate of a must, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// Nothing near.
    No,
    /// Close: a related skill, or too few years.
    Near,
    /// It depends on what is not known.
    Unknown,
    /// Held.
    Held,
}

impl Gate {
    /// The word of JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Unknown => "unknown",
            Self::Near => "near",
            Self::No => "no",
        }
    }
}

/// How the skill that earned the credit is related to what is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// A way of a skill requirement.
    Way(WayKind),
    /// The skill brings the trait.
    Trait,
}

impl Relation {
    /// The word of JSON; `None` for the skill itself.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Way(WayKind::Itself) => None,
            Self::Way(WayKind::Implies) => Some("implies"),
            Self::Way(WayKind::Accepted) => Some("accepted"),
            Self::Way(WayKind::Related { relation, .. }) => Some(relation),
            Self::Trait => Some("trait"),
        }
    }
}

/// The skill that earned a requirement's credit, with every factor of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earned {
    /// The skill that is held.
    pub skill: SkillIx,
    /// How it is related to what is asked.
    pub relation: Relation,
    /// F: what the relation counts, 500 to 10,000; for a trait through a skill what that earns.
    pub f: u16,
    /// The evidence, as scored; `None` for a trait.
    pub evidence: Option<SkillEvidence>,
    /// y, where the role wants years and they are known.
    pub years_factor: Option<u16>,
    /// Whole years since the last use, where the role asks and it is known.
    pub age: Option<u16>,
    /// r, where the role has a half-life and the last use is known.
    pub recency_factor: Option<u16>,
    /// The fit, 0 to 10,000.
    pub fit: u16,
    /// Whether a factor that the role asks for is unknown, so that the fit is assumed.
    pub assumed: bool,
    /// 10,000, or 6,000 where the skill is only mentioned.
    pub source_factor: u16,
    /// R(F, R(fit, src)).
    pub credit: u16,
}

/// One requirement of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The gate; `None` for a nice.
    pub gate: Option<Gate>,
    /// The outcome.
    pub outcome: Outcome,
    /// 0 to 10,000.
    pub credit: u16,
    /// The least that it can be once everything is known.
    pub low: u16,
    /// The most that it can be once everything is known.
    pub high: u16,
    /// The skill that earned the credit; `None` where nothing counts, and for a trait spoken for by text.
    pub earned: Option<Earned>,
    /// How text speaks for the trait, where it does.
    pub text: Option<EvidenceSource>,
}

/// Source factor of a skill or trait that is only mentioned.
pub const MENTIONED: u16 = 6_000;
/// A related skill from this credit on is near at a must's gate.
pub(crate) const NEAR_F_MIN: u16 = 4_000;
/// What a trait earns through a skill that brings it: knowing Django is not experience of high traffic.
pub(crate) const TRAIT_THROUGH_SKILL: u16 = 3_000;

/// Assesses one requirement of one person.
#[must_use]
pub fn assess(requirement: &CompiledRequirement, role: &Role, facts: &Facts, as_of: Date) -> Assessment {
    match &requirement.target {
        Target::Skills(ways) => assess_skills(&requirement.asked, ways, role, facts, as_of),
        Target::Trait(wanted, brings) => assess_trait(&requirement.asked, *wanted, brings, role, facts),
    }
}

/// The factors of one piece of evidence, with their bounds.
#[derive(Debug, Clone, Copy)]
struct Factors {
    /// y where known or not asked.
    y: Option<u16>,
    y_high: u16,
    age: Option<u16>,
    /// r where known or not asked.
    r: Option<u16>,
    fit: u16,
    fit_low: u16,
    fit_high: u16,
    source: u16,
}

/// What one piece of evidence is worth to a requirement, before the relation counts: the same factors and gate as in
/// an assessment, for tables of all classes of evidence.
pub(crate) struct Worth {
    /// R(fit, src).
    pub(crate) earns: u16,
    /// The same of high's fit.
    pub(crate) earns_high: u16,
    /// The gate of evidence for the skill itself.
    pub(crate) gate: Gate,
}

/// The worth of evidence; of `facts` only the years in all count.
pub(crate) fn worth(
    asked: &Requirement,
    role: &Role,
    facts: &Facts,
    evidence: &SkillEvidence,
    as_of: Date,
) -> Worth {
    let factors = factors(asked, role, facts, evidence, as_of);
    Worth {
        earns: times(factors.fit, factors.source),
        earns_high: times(factors.fit_high, factors.source),
        gate: gate_of(asked, &Way { f: ONE, kind: WayKind::Itself }, facts, evidence),
    }
}

fn factors(
    asked: &Requirement,
    role: &Role,
    facts: &Facts,
    evidence: &SkillEvidence,
    as_of: Date,
) -> Factors {
    let (y, y_high) = match (asked.years, evidence.years) {
        (None, _) => (Some(ONE), ONE),
        (Some(wanted), Some(known)) => {
            let y = years_factor(known, wanted);
            (Some(y), y)
        }
        // Nobody has used one skill for longer than they have worked.
        (Some(wanted), None) => (None, facts.total_years.map_or(ONE, |total| years_factor(total, wanted))),
    };
    let age = asked.half_life.and(evidence.last_used).map(|last| age(last, as_of));
    let r = match asked.half_life {
        None => Some(ONE),
        Some(half_life) => age.map(|age| recency_factor(age, half_life)),
    };
    let fit_high = times(y_high, r.unwrap_or(ONE));
    let fit_low = times(y.unwrap_or(0), r.unwrap_or(0));
    let fit = match (y, r) {
        (Some(y), Some(r)) => times(y, r),
        _ => fit_high.min(role.assume_fit),
    };
    let source = if evidence.source == EvidenceSource::Mentioned { MENTIONED } else { ONE };
    Factors { y, y_high, age, r, fit, fit_low, fit_high, source }
}

/// `max(0, as_of year - last used year - 1)`: use in this year or the last is fresh; a future year counts as current.
pub(crate) fn age(last_used: LastUsed, as_of: Date) -> u16 {
    match last_used {
        LastUsed::Current => 0,
        LastUsed::Year(year) => as_of.year().saturating_sub(year).saturating_sub(1),
    }
}

fn assess_skills(asked: &Requirement, ways: &Ways, role: &Role, facts: &Facts, as_of: Date) -> Assessment {
    let (mut low, mut high) = (0, 0);
    // R(F, y) at its greatest, with unknown years as 0 and as high takes them; `None` while nothing counts.
    let mut reached: Option<(u16, u16)> = None;
    let mut gate = Gate::No;
    let mut best: Option<Choice<'_>> = None;
    for evidence in &facts.skills {
        let Some(way) = ways.get(evidence.skill) else { continue };
        let factors = factors(asked, role, facts, evidence, as_of);
        let credit_of = |fit| times(way.f, times(fit, factors.source));
        low = low.max(credit_of(factors.fit_low));
        high = high.max(credit_of(factors.fit_high));
        let (reached_low, reached_high) = reached.unwrap_or((0, 0));
        reached = Some((
            reached_low.max(times(way.f, factors.y.unwrap_or(0))),
            reached_high.max(times(way.f, factors.y_high)),
        ));
        gate = gate.max(gate_of(asked, way, facts, evidence));
        let candidate = Choice { evidence, way, factors, credit: credit_of(factors.fit) };
        // Evidence comes in the order of skill ids, so that of equals the smallest id stays.
        if best.as_ref().is_none_or(|best| candidate.is_named_before(best)) {
            best = Some(candidate);
        }
    }
    Assessment {
        gate: (asked.need == Need::Must).then_some(gate),
        outcome: outcome(reached),
        credit: best.as_ref().map_or(0, |best| best.credit),
        low,
        high,
        earned: best.map(|best| best.earned(asked)),
        text: None,
    }
}

/// A skill that may be named as what earned the credit.
struct Choice<'a> {
    evidence: &'a SkillEvidence,
    way: &'a Way,
    factors: Factors,
    credit: u16,
}

impl Choice<'_> {
    fn is_assumed(&self) -> bool {
        self.factors.y.is_none() || self.factors.r.is_none()
    }

    /// Best credit; ties: nothing assumed, the skill itself, implied, accepted, higher F; then the smaller id.
    fn is_named_before(&self, other: &Self) -> bool {
        let key = |c: &Self| {
            let kind = match &c.way.kind {
                WayKind::Itself => 0,
                WayKind::Implies => 1,
                WayKind::Accepted => 2,
                WayKind::Related { .. } => 3,
            };
            (std::cmp::Reverse(c.credit), c.is_assumed(), kind, std::cmp::Reverse(c.way.f), c.evidence.skill)
        };
        key(self) < key(other)
    }

    fn earned(&self, asked: &Requirement) -> Earned {
        Earned {
            skill: self.evidence.skill,
            relation: Relation::Way(self.way.kind.clone()),
            f: self.way.f,
            evidence: Some(*self.evidence),
            years_factor: asked.years.and(self.factors.y),
            age: self.factors.age,
            recency_factor: asked.half_life.and(self.factors.r),
            fit: self.factors.fit,
            assumed: self.is_assumed(),
            source_factor: self.factors.source,
            credit: self.credit,
        }
    }
}

fn outcome(reached: Option<(u16, u16)>) -> Outcome {
    let class = |reached: u16| if reached == ONE { Outcome::Met } else { Outcome::Partial };
    match reached {
        None => Outcome::NotMet,
        Some((low, high)) if class(low) == class(high) => class(low),
        Some(_) => Outcome::Unknown,
    }
}

fn gate_of(asked: &Requirement, way: &Way, facts: &Facts, evidence: &SkillEvidence) -> Gate {
    if way.f < ONE {
        return if way.f >= NEAR_F_MIN { Gate::Near } else { Gate::No };
    }
    if let Some(line) = asked.min_years {
        let bound = evidence.years.or(facts.total_years);
        if bound.is_some_and(|years| years < line) {
            return Gate::Near;
        }
        if evidence.years.is_none() {
            return Gate::Unknown;
        }
    }
    if evidence.source == EvidenceSource::Mentioned { Gate::Unknown } else { Gate::Held }
}

fn assess_trait(
    asked: &Requirement,
    wanted: TraitIx,
    brings: &[bool],
    role: &Role,
    facts: &Facts,
) -> Assessment {
    let must = |gate| (asked.need == Need::Must).then_some(gate);
    if let Some(text) = facts.traits.iter().find(|t| t.trait_ix == wanted) {
        let worked = text.source != EvidenceSource::Mentioned;
        let credit = if worked { ONE } else { MENTIONED };
        return Assessment {
            gate: must(if worked { Gate::Held } else { Gate::Unknown }),
            outcome: Outcome::Met,
            credit,
            low: credit,
            high: credit,
            earned: None,
            text: Some(text.source),
        };
    }
    let through = facts.skills.iter().find(|evidence| brings[evidence.skill.index()]);
    match through {
        Some(evidence) => {
            let credit = TRAIT_THROUGH_SKILL.min(role.assume_fit);
            let earned = Earned {
                skill: evidence.skill,
                relation: Relation::Trait,
                f: credit,
                evidence: None,
                years_factor: None,
                age: None,
                recency_factor: None,
                fit: ONE,
                assumed: true,
                source_factor: ONE,
                credit,
            };
            Assessment {
                gate: must(Gate::Unknown),
                outcome: Outcome::Unknown,
                credit,
                low: 0,
                high: ONE,
                earned: Some(earned),
                text: None,
            }
        }
        None => Assessment {
            gate: must(Gate::No),
            outcome: Outcome::NotMet,
            credit: 0,
            low: 0,
            high: 0,
            earned: None,
            text: None,
        },
    }
}
