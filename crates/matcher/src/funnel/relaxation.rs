//! Ways in which a role could ask for less.
//!
//! Each is a plain edit of the role: what it gains is what ranking with the edited role would list more.

use stackscout_profile::{Need, Remote, Requirement, Role, Unknown, Years};
use stackscout_taxonomy::SkillIx;

use crate::arithmetic::ONE;
use crate::assess::NEAR_F_MIN;
use crate::compiled::{CompiledRequirement, CompiledRole};

/// One way to ask for less. Requirements are numbered from 0, in the order of the role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relaxation {
    /// A must is dropped altogether.
    DropMust(usize),
    /// A must becomes a nice.
    MakeNice(usize),
    /// The hard line of a must is lowered by a year; dropped where it is a year or less.
    LowerLine {
        /// The must.
        requirement: usize,
        /// The line then.
        to: Option<Years>,
    },
    /// Skills that are near a must count fully.
    AcceptNear {
        /// The must.
        requirement: usize,
        /// The skills, in the order of ids.
        skills: Vec<SkillIx>,
    },
    /// Related skills count towards a must for which the role refuses them.
    AllowRelated(usize),
    /// The place does not matter.
    DropWhere,
    /// People who are willing to move count as being there.
    AllowRelocation,
    /// Remote work from anywhere will do.
    AllowRemote,
    /// A limit is dropped; its key under `[limits]`.
    DropLimit(&'static str),
    /// The years asked for in all are lowered by one.
    LowerYears(Years),
    /// The pay is raised by a tenth, rounded down; the amount then.
    RaisePay(u64),
    /// People of whom an answer is unknown are kept.
    KeepUnknown,
}

/// What a relaxation is about. Two about one thing may exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Requirement(usize),
    Knockout(&'static str),
    Unknown,
}

impl Relaxation {
    pub(super) fn about(&self) -> About {
        match self {
            Self::DropMust(at) | Self::MakeNice(at) | Self::AllowRelated(at) => About::Requirement(*at),
            Self::LowerLine { requirement, .. } | Self::AcceptNear { requirement, .. } => {
                About::Requirement(*requirement)
            }
            Self::DropWhere | Self::AllowRelocation | Self::AllowRemote => About::Knockout("where"),
            Self::DropLimit(kind) => About::Knockout(kind),
            Self::LowerYears(_) => About::Knockout("years_min"),
            Self::RaisePay(_) => About::Knockout("pay_max"),
            Self::KeepUnknown => About::Unknown,
        }
    }

    /// Whether nothing is left of what it is about, so that no other relaxation of that means anything.
    fn is_whole(&self) -> bool {
        matches!(self, Self::DropMust(_) | Self::MakeNice(_) | Self::DropWhere | Self::DropLimit(_))
    }

    /// Makes the edit; the requirement that is dropped, if any, stays for the caller to remove.
    fn edit(&self, role: &mut Role) {
        match self {
            Self::DropMust(_) => {}
            Self::MakeNice(at) => {
                let requirement = &mut role.requirements[*at];
                (requirement.need, requirement.min_years) = (Need::Nice, None);
            }
            Self::LowerLine { requirement, to } => role.requirements[*requirement].min_years = *to,
            Self::AcceptNear { requirement, skills } => {
                let accept = &mut role.requirements[*requirement].accept;
                accept.extend(skills.iter().copied());
                accept.sort();
                accept.dedup();
            }
            Self::AllowRelated(at) => role.requirements[*at].related = true,
            Self::DropWhere => role.where_ = None,
            Self::AllowRelocation => role.where_.iter_mut().for_each(|w| w.relocation = true),
            Self::AllowRemote => role.where_.iter_mut().for_each(|w| w.remote = Remote::Anywhere),
            Self::DropLimit(kind) => match *kind {
                "years_min" => role.limits.years_min = None,
                "permit" => role.limits.permit.clear(),
                "languages" => role.limits.languages.clear(),
                "available_by" => role.limits.available_by = None,
                "pay_max" => role.limits.pay_max = None,
                "implausible" => role.limits.drop_implausible = false,
                other => unreachable!("`{other}` is no limit"),
            },
            Self::LowerYears(to) => role.limits.years_min = Some(*to),
            Self::RaisePay(amount) => role.limits.pay_max.iter_mut().for_each(|pay| pay.amount = *amount),
            Self::KeepUnknown => role.limits.unknown = Unknown::Keep,
        }
    }
}

/// The role with these edits; `None` where one makes another meaningless, or nothing would be asked for any more.
#[must_use]
pub fn relaxed(role: &Role, relaxations: &[&Relaxation]) -> Option<Role> {
    for (at, a) in relaxations.iter().enumerate() {
        for b in &relaxations[at + 1..] {
            if a.about() == b.about() && (a.is_whole() || b.is_whole() || a == b) {
                return None;
            }
        }
    }
    let mut role = role.clone();
    let mut dropped = Vec::new();
    for relaxation in relaxations {
        relaxation.edit(&mut role);
        if let Relaxation::DropMust(at) = relaxation {
            dropped.push(*at);
        }
    }
    let mut at = 0..;
    role.requirements.retain(|_| at.next().is_some_and(|at| !dropped.contains(&at)));
    (!role.requirements.is_empty()).then_some(role)
}

/// Every relaxation that means something for this role, in its order: requirements, place, limits.
pub(super) fn relaxations(role: &CompiledRole) -> Vec<Relaxation> {
    let mut found = Vec::new();
    for (at, requirement) in role.requirements.iter().enumerate() {
        let asked = &requirement.asked;
        if asked.need == Need::Must {
            of_must(at, asked, near(requirement), &mut found);
        }
    }
    if let Some(where_) = role.role.where_.as_ref().filter(|w| !w.countries.is_empty()) {
        if !where_.relocation {
            found.push(Relaxation::AllowRelocation);
        }
        if where_.remote == Remote::InCountries {
            found.push(Relaxation::AllowRemote);
        }
        found.push(Relaxation::DropWhere);
    }
    let limits = &role.role.limits;
    if let Some(years) = limits.years_min {
        let lower = years.tenths().checked_sub(10).filter(|tenths| *tenths > 0).and_then(Years::from_tenths);
        found.extend(lower.map(Relaxation::LowerYears));
        found.push(Relaxation::DropLimit("years_min"));
    }
    let set = [
        ("permit", !limits.permit.is_empty()),
        ("languages", !limits.languages.is_empty()),
        ("available_by", limits.available_by.is_some()),
    ];
    found.extend(set.into_iter().filter(|(_, set)| *set).map(|(kind, _)| Relaxation::DropLimit(kind)));
    if let Some(pay) = limits.pay_max {
        found.push(Relaxation::RaisePay(pay.amount.saturating_add(pay.amount / 10)));
        found.push(Relaxation::DropLimit("pay_max"));
    }
    if limits.drop_implausible {
        found.push(Relaxation::DropLimit("implausible"));
    }
    if limits.unknown == Unknown::Drop {
        found.push(Relaxation::KeepUnknown);
    }
    // Only what leaves something to ask for.
    found.retain(|relaxation| relaxed(&role.role, &[relaxation]).is_some());
    found
}

fn of_must(requirement: usize, asked: &Requirement, near: Vec<SkillIx>, found: &mut Vec<Relaxation>) {
    if let Some(line) = asked.min_years {
        let to = line.tenths().checked_sub(10).filter(|tenths| *tenths > 0).and_then(Years::from_tenths);
        found.push(Relaxation::LowerLine { requirement, to });
    }
    if !near.is_empty() {
        found.push(Relaxation::AcceptNear { requirement, skills: near });
    }
    if !asked.related {
        found.push(Relaxation::AllowRelated(requirement));
    }
    found.push(Relaxation::MakeNice(requirement));
    found.push(Relaxation::DropMust(requirement));
}

/// Skills that are near at the gate: F of 4,000 to 9,500.
fn near(requirement: &CompiledRequirement) -> Vec<SkillIx> {
    requirement.ways().filter(|(_, way)| (NEAR_F_MIN..ONE).contains(&way.f)).map(|(skill, _)| skill).collect()
}
