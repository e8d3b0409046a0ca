//! Bias figures: are people of one group selected, or scored above the median, less often than those of another?
//!
//! Who counts is decided first (`applicants`: people who applied for the role, not those who were sourced), then who was
//! selected, then who belongs to which group ([`groups`]), and last the rates ([`rates`]). Groups come in at the end and
//! go nowhere: no ranking, index or column can read them.

mod applicants;
pub mod groups;
pub mod rates;

use std::collections::{BTreeMap, BTreeSet};

use stackscout_matcher::rank::entry;
use stackscout_matcher::{CompiledRole, Cut, rank};
use stackscout_profile::{CandidateNumber, Date, DecisionState};

use crate::roles::RoleInput;
use crate::runs::Run;
use crate::{EngineError, Pool};
use applicants::Applicants;
pub use applicants::Jobs;
use groups::{Attribute, Groups, OfPerson, Read, categories};
use rates::{Group, Rate, Small, above_median, table};

/// Who counts as selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selected {
    /// Whom people shortlisted, took into process or hired, and did not take that back, whatever came later.
    Decisions,
    /// Who stands among the first so many of the list.
    List {
        /// How many.
        top: usize,
    },
}

/// What is asked of bias figures.
pub struct ImpactRequest<'a> {
    /// The roles.
    pub roles: Vec<RoleInput>,
    /// A run, whose data, date and lists are taken instead of the present ones.
    pub run: Option<&'a str>,
    /// Who applied.
    pub jobs: Jobs<'a>,
    /// Who was selected.
    pub selected: Selected,
    /// Where groups come from.
    pub groups: Groups<'a>,
    /// What becomes of small categories.
    pub small: Small,
    /// The day that recency is counted from, where no run is named.
    pub as_of: Option<Date>,
}

/// The figures of one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleImpact {
    /// Id of the role.
    pub role: String,
    /// Its title.
    pub title: String,
    /// People who applied.
    pub applicants: u64,
    /// People in the pool who did not apply for this role, and are left out.
    pub left_out: u64,
    /// Applicants who were selected.
    pub selected: u64,
    /// Applicants who scored above the median.
    pub above_median: u64,
    /// Selection and scoring, each by sex, by race and by both.
    pub tables: Vec<Table>,
}

/// What the rates of a table are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Those selected.
    Selection,
    /// Those who scored above the median of all applicants.
    Scoring,
}

/// What a table is by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Sex.
    Sex,
    /// Race or ethnicity.
    Race,
    /// Both.
    Both,
}

/// Rates and ratios of the groups of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the rates are of.
    pub kind: Kind,
    /// What the groups are by.
    pub by: By,
    /// The groups that anybody is in.
    pub groups: Vec<Group>,
    /// Applicants of unknown group: no part of any row.
    pub unknown: Rate,
}

/// Bias figures.
pub struct ImpactAnswer {
    /// The date that recency is counted from.
    pub as_of: Date,
    /// The change that the data is of.
    pub change: u64,
    /// Each role, in the order asked.
    pub roles: Vec<RoleImpact>,
    /// Values of groups that were not understood.
    pub not_understood: u64,
    /// Rows of a file of groups that are about nobody, or about several people.
    pub nobody: u64,
}

/// An applicant.
struct Applicant {
    groups: OfPerson,
    is_selected: bool,
    is_above: bool,
}

impl Pool {
    /// Works out bias figures.
    ///
    /// # Errors
    /// A file of groups that cannot be read; a run or roles that are not there; records that cannot be read.
    pub fn impact(&self, request: ImpactRequest<'_>) -> Result<ImpactAnswer, EngineError> {
        let run = request.run.map(|name| self.run(name)).transpose()?;
        let (change, as_of) = match (&run, request.as_of) {
            (Some(run), _) => (run.manifest.change, run.manifest.as_of),
            (None, Some(as_of)) => (self.store.change()?, as_of),
            (None, None) => (self.store.change()?, self.as_of()?.ok_or(EngineError::NoDate)?),
        };
        let read = self.read_groups(request.groups)?;
        let people = self.facts_at(change)?;
        let applicants = Applicants::read(self, change)?;
        let standing = self.standing(change)?;
        let mut roles = Vec::with_capacity(request.roles.len());
        for input in &request.roles {
            let compiled = standing.compile(input.role.clone(), &self.taxonomy);
            let applied: Vec<_> = people
                .iter()
                .filter(|facts| applicants.has_applied(facts.number, &input.role, request.jobs))
                .collect();
            let selected = match request.selected {
                Selected::Decisions => self.moved_forward(&input.role.id, change)?,
                Selected::List { top } => match on_run(run.as_ref(), &input.role.id, top) {
                    Some(on_list) => on_list,
                    None => {
                        let list = rank(&compiled, &people, as_of, Cut::Top(top));
                        list.entries.iter().map(|entry| entry.number).collect()
                    }
                },
            };
            let scores: Vec<u16> = applied.iter().map(|facts| entry(&compiled, facts, as_of).score).collect();
            let above = above_median(&scores);
            let sample: Vec<Applicant> = applied
                .iter()
                .zip(above)
                .map(|(facts, is_above)| Applicant {
                    groups: read.of(facts.number),
                    is_selected: selected.contains(&facts.number),
                    is_above,
                })
                .collect();
            let left_out = (people.len() - sample.len()) as u64;
            roles.push(figures(&compiled, &sample, left_out, request.small));
        }
        let Read { not_understood, nobody, .. } = read;
        Ok(ImpactAnswer { as_of, change, roles, not_understood, nobody })
    }

    /// Whom people moved forward for a role, up to a change: shortlisted, in process or hired, and not taken back.
    fn moved_forward(&self, role: &str, change: u64) -> Result<BTreeSet<CandidateNumber>, EngineError> {
        let mut forward = BTreeSet::new();
        for decision in self.store.decisions(change)?.iter().filter(|d| d.role == role) {
            let person = self.store.survivor_at(decision.candidate, change)?;
            match decision.state {
                DecisionState::Shortlisted | DecisionState::InProcess | DecisionState::Hired => {
                    forward.insert(person);
                }
                DecisionState::TakenBack => {
                    forward.remove(&person);
                }
                DecisionState::Rejected | DecisionState::Withdrawn => {}
            }
        }
        Ok(forward)
    }
}

/// The first of a run's list, where the run has one of this role.
fn on_run(run: Option<&Run>, role: &str, top: usize) -> Option<BTreeSet<CandidateNumber>> {
    let list = run?.lists.as_ref()?.iter().find(|list| list.role == role)?;
    Some(list.entries.iter().take(top).map(|entry| entry.number).collect())
}

fn figures(role: &CompiledRole, sample: &[Applicant], left_out: u64, small: Small) -> RoleImpact {
    let count = |is_in: fn(&Applicant) -> bool| sample.iter().filter(|a| is_in(a)).count() as u64;
    let mut tables = Vec::new();
    for (kind, is_chosen) in [
        (Kind::Selection, (|a: &Applicant| a.is_selected) as fn(&Applicant) -> bool),
        (Kind::Scoring, |a: &Applicant| a.is_above),
    ] {
        for by in [By::Sex, By::Race, By::Both] {
            tables.push(table_of(sample, kind, by, is_chosen, small));
        }
    }
    RoleImpact {
        role: role.role.id.clone(),
        title: role.role.title.clone(),
        applicants: sample.len() as u64,
        left_out,
        selected: count(|a| a.is_selected),
        above_median: count(|a| a.is_above),
        tables,
    }
}

fn table_of(
    sample: &[Applicant],
    kind: Kind,
    by: By,
    is_chosen: fn(&Applicant) -> bool,
    small: Small,
) -> Table {
    let mut counts: BTreeMap<(usize, usize), Rate> = BTreeMap::new();
    let mut unknown = Rate { chosen: 0, of: 0 };
    let (sexes, races) = (categories(Attribute::Sex), categories(Attribute::Race));
    let place = |all: &[&str], one: Option<&str>| all.iter().position(|c| Some(*c) == one);
    for applicant in sample {
        let sex = place(&sexes, applicant.groups.sex);
        let race = place(&races, applicant.groups.race);
        let group = match by {
            By::Sex => sex.map(|sex| (sex, 0)),
            By::Race => race.map(|race| (0, race)),
            By::Both => race.zip(sex),
        };
        let rate =
            group.map_or(&mut unknown, |group| counts.entry(group).or_insert(Rate { chosen: 0, of: 0 }));
        rate.of += 1;
        rate.chosen += u64::from(is_chosen(applicant));
    }
    let name = |(a, b): (usize, usize)| match by {
        By::Sex => sexes[a].to_owned(),
        By::Race => races[b].to_owned(),
        By::Both => format!("{}, {}", races[a], sexes[b].to_lowercase()),
    };
    let counts = counts.into_iter().map(|(group, rate)| (name(group), rate)).collect();
    Table { kind, by, groups: table(counts, small), unknown }
}

#[cfg(test)]
mod tests;
