//! What may change in what is known of a person, seen from one role.
//!
//! Each change is made in the facts themselves, so that nothing but the scoring model says what it does.

use stackscout_profile::{
    Country, Date, EvidenceSource, Facts, Pay, Remote, Role, SkillEvidence, SpokenLanguage, Subject,
    TraitEvidence, Where, Years,
};
use stackscout_taxonomy::written::LastUsed;
use stackscout_taxonomy::{SkillIx, TraitIx};

use crate::arithmetic::ONE;
use crate::compiled::{CompiledRequirement, CompiledRole};
use crate::knockout::{Answer, knockouts};

/// One change, in the order in which equals are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// What the role asks of a held skill and nobody knows turns out as wanted.
    ConfirmSkill {
        /// The skill.
        skill: SkillIx,
        /// The years that are confirmed, where they are unknown and asked for: the most that a requirement wants, and
        /// never more than the person's years in all.
        years: Option<Years>,
        /// Whether use until now is confirmed, where it is unknown and asked for.
        in_use: bool,
    },
    /// An unknown answer to a knock-out turns out as wanted.
    ConfirmAnswer {
        /// `where`, or the key under `[limits]`.
        kind: &'static str,
        /// What is said.
        answer: Said,
    },
    /// A skill that is only mentioned is shown in use.
    ShowSkill(SkillIx),
    /// A trait is shown at work: by text that states it.
    ShowTrait(TraitIx),
    /// A held skill is used for one more year (at most 99.9 in all).
    AddYear {
        /// The skill.
        skill: SkillIx,
        /// Years then.
        to: Years,
    },
    /// A skill that is asked for and missing is gained, and in use.
    GainSkill {
        /// The skill.
        skill: SkillIx,
        /// The most years that a requirement wants of it; `None` where none are asked for.
        years: Option<Years>,
    },
}

/// An answer to a knock-out that would meet it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Lives in this country.
    LivesIn(Country),
    /// Is willing to move.
    Moves,
    /// Is willing to work remotely.
    WorksRemotely,
    /// Has so many years of experience in all.
    Years(Years),
    /// May work in this country.
    MayWorkIn(Country),
    /// Speaks these languages.
    Speaks(Vec<SpokenLanguage>),
    /// Is available on this day.
    Available(Date),
    /// Expects so much.
    Expects(Pay),
}

impl Change {
    /// The facts with the change made.
    #[must_use]
    pub fn made(&self, facts: &Facts) -> Facts {
        let mut facts = facts.clone();
        match self {
            Self::ConfirmSkill { skill, years, in_use } => {
                with_skill(&mut facts, *skill, |e| {
                    e.years = e.years.or(*years);
                    e.last_used = e.last_used.or(in_use.then_some(LastUsed::Current));
                });
            }
            Self::ConfirmAnswer { answer, .. } => say(&mut facts, answer),
            Self::ShowSkill(skill) => {
                with_skill(&mut facts, *skill, |e| e.source = EvidenceSource::Worked);
            }
            Self::ShowTrait(trait_ix) => {
                facts.add_trait(TraitEvidence { trait_ix: *trait_ix, source: EvidenceSource::Worked });
            }
            Self::AddYear { skill, to } => with_skill(&mut facts, *skill, |e| e.years = Some(*to)),
            Self::GainSkill { skill, years } => facts.add_skill(SkillEvidence {
                skill: *skill,
                years: *years,
                last_used: Some(LastUsed::Current),
                source: EvidenceSource::Declared,
            }),
        }
        facts
    }

    /// The facts where the answer is no: no years of the skill, no use for ages, only in name, out of the question.
    /// `None` where the change is no question.
    #[must_use]
    pub fn denied(&self, role: &CompiledRole, facts: &Facts) -> Option<Facts> {
        let mut denied = facts.clone();
        match self {
            Self::ConfirmSkill { skill, years, in_use } => with_skill(&mut denied, *skill, |e| {
                // As `low` takes them: nothing is left of the skill's credit.
                e.years = e.years.or(years.and(Years::from_tenths(0)));
                e.last_used = e.last_used.or(in_use.then_some(LastUsed::Year(0)));
            }),
            Self::ShowSkill(skill) => denied.skills.retain(|e| e.skill != *skill),
            Self::ShowTrait(trait_ix) => {
                // Without text there is nothing to take back: a skill that brings the trait stays what it is.
                denied.traits.iter().find(|t| t.trait_ix == *trait_ix)?;
                denied.traits.retain(|t| t.trait_ix != *trait_ix);
            }
            Self::ConfirmAnswer { kind, .. } => deny(&mut denied, &role.role, kind)?,
            Self::AddYear { .. } | Self::GainSkill { .. } => return None,
        }
        Some(denied)
    }
}

/// Every change that the role gives a reason for, in the order of [`Change`].
pub(super) fn changes(role: &CompiledRole, facts: &Facts) -> Vec<Change> {
    let mut changes: Vec<Change> =
        facts.skills.iter().filter_map(|evidence| confirm(role, facts, evidence)).collect();
    changes.extend(answers(&role.role, facts));
    let counts = |e: &&SkillEvidence| role.requirements.iter().any(|r| r.way(e.skill).is_some());
    let mentioned = |e: &&SkillEvidence| e.source == EvidenceSource::Mentioned;
    changes.extend(facts.skills.iter().filter(counts).filter(mentioned).map(|e| Change::ShowSkill(e.skill)));
    changes.extend(traits(role, facts));
    changes.extend(facts.skills.iter().filter_map(|e| add_year(role, e)));
    changes.extend(gains(role, facts));
    changes
}

/// The most years that a requirement wants of a skill which counts towards it; `None` where none are asked for.
fn wanted(role: &CompiledRole, skill: SkillIx, f_min: u16) -> Option<Years> {
    let counts = |r: &&CompiledRequirement| r.way(skill).is_some_and(|way| way.f >= f_min);
    role.requirements.iter().filter(counts).filter_map(|r| r.asked.years.max(r.asked.min_years)).max()
}

fn confirm(role: &CompiledRole, facts: &Facts, evidence: &SkillEvidence) -> Option<Change> {
    let skill = evidence.skill;
    let years = match evidence.years {
        Some(_) => None,
        // Nobody has used one skill for longer than they have worked.
        None => wanted(role, skill, 0).map(|years| years.min(facts.total_years.unwrap_or(years))),
    };
    let asks_use = |r: &CompiledRequirement| r.asked.half_life.is_some() && r.way(skill).is_some();
    let in_use = evidence.last_used.is_none() && role.requirements.iter().any(asks_use);
    (years.is_some() || in_use).then_some(Change::ConfirmSkill { skill, years, in_use })
}

fn traits(role: &CompiledRole, facts: &Facts) -> Vec<Change> {
    let mut changes = Vec::new();
    for requirement in &role.role.requirements {
        let Subject::Trait(wanted) = requirement.subject else { continue };
        let text = facts.traits.iter().find(|t| t.trait_ix == wanted);
        let change = Change::ShowTrait(wanted);
        if text.is_none_or(|t| t.source == EvidenceSource::Mentioned) && !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes
}

fn add_year(role: &CompiledRole, evidence: &SkillEvidence) -> Option<Change> {
    let years = evidence.years?;
    wanted(role, evidence.skill, 0)?;
    let to = Years::from_tenths((years.tenths() + 10).min(Years::MAX_TENTHS))?;
    (to > years).then_some(Change::AddYear { skill: evidence.skill, to })
}

/// Each skill that a requirement names, where nothing held counts fully towards the requirement.
fn gains(role: &CompiledRole, facts: &Facts) -> Vec<Change> {
    let mut changes = Vec::new();
    for requirement in &role.requirements {
        let Subject::Skills(members) = &requirement.asked.subject else { continue };
        let fully = |e: &SkillEvidence| requirement.way(e.skill).is_some_and(|way| way.f == ONE);
        if facts.skills.iter().any(fully) {
            continue;
        }
        for skill in members {
            let change = Change::GainSkill { skill: *skill, years: wanted(role, *skill, ONE) };
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
    }
    changes
}

/// For each knock-out whose answer is unknown, what would meet it.
fn answers(role: &Role, facts: &Facts) -> Vec<Change> {
    knockouts(role, facts)
        .into_iter()
        .filter(|knockout| knockout.answer == Answer::Unknown)
        .filter_map(|knockout| {
            let kind = knockout.kind;
            wanted_answer(role, facts, kind).map(|answer| Change::ConfirmAnswer { kind, answer })
        })
        .collect()
}

fn wanted_answer(role: &Role, facts: &Facts, kind: &str) -> Option<Said> {
    let limits = &role.limits;
    match kind {
        "where" => {
            let Where { countries, remote, relocation } = role.where_.as_ref()?;
            if facts.country.is_none() {
                return countries.first().copied().map(Said::LivesIn);
            }
            if *relocation && facts.relocation.is_none() {
                return Some(Said::Moves);
            }
            (*remote == Remote::Anywhere && facts.remote.is_none()).then_some(Said::WorksRemotely)
        }
        "years_min" => limits.years_min.map(Said::Years),
        "permit" => limits.permit.first().copied().map(Said::MayWorkIn),
        "languages" => (!limits.languages.is_empty()).then(|| Said::Speaks(limits.languages.clone())),
        "available_by" => limits.available_by.map(Said::Available),
        "pay_max" => limits.pay_max.map(Said::Expects),
        _ => None,
    }
}

fn with_skill(facts: &mut Facts, skill: SkillIx, change: impl FnOnce(&mut SkillEvidence)) {
    if let Some(evidence) = facts.skills.iter_mut().find(|e| e.skill == skill) {
        change(evidence);
    }
}

fn say(facts: &mut Facts, answer: &Said) {
    match answer {
        Said::LivesIn(country) => facts.country = Some(*country),
        Said::Moves => facts.relocation = Some(true),
        Said::WorksRemotely => facts.remote = Some(true),
        Said::Years(years) => facts.total_years = Some(*years),
        Said::MayWorkIn(country) => facts.permits = Some(vec![*country]),
        Said::Speaks(languages) => {
            let mut languages = languages.clone();
            languages.sort();
            facts.languages = Some(languages);
        }
        Said::Available(day) => facts.available = Some(*day),
        Said::Expects(pay) => facts.expected_pay = Some(*pay),
    }
}

/// Whatever is unknown of a knock-out turns out not to meet it.
fn deny(facts: &mut Facts, role: &Role, kind: &str) -> Option<()> {
    let limits = &role.limits;
    match kind {
        "where" => {
            let where_ = role.where_.as_ref()?;
            facts.country = facts.country.or(elsewhere(&where_.countries));
            facts.relocation = facts.relocation.or(Some(false));
            facts.remote = facts.remote.or(Some(false));
        }
        // A line at nought years is met by everybody whose years are known.
        "years_min" => facts.total_years = Years::from_tenths(limits.years_min?.tenths().checked_sub(1)?),
        "permit" => facts.permits = Some(Vec::new()),
        "languages" => facts.languages = Some(Vec::new()),
        "available_by" => facts.available = Date::new(9999, 12, 31),
        "pay_max" => {
            let most = limits.pay_max?;
            facts.expected_pay = Some(Pay { amount: most.amount.checked_add(1)?, ..most });
        }
        _ => return None,
    }
    Some(())
}

/// The first country, by code, that is not listed.
fn elsewhere(listed: &[Country]) -> Option<Country> {
    let letters = || (b'A'..=b'Z').map(char::from);
    let codes = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
    codes.filter_map(|code| code.parse::<Country>().ok()).find(|country| !listed.contains(country))
}
