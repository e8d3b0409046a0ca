//! A record, read: typed values, skills resolved, each knowing the cell that it came from.
//!
//! What a cell says is read in `cells`, what the columns of a record say together in `read`, lists of skills in
//! `skills`, free text in `text`; `plausible` says when somebody claims too much.

mod cells;
mod plausible;
mod read;
mod skills;
mod text;

#[cfg(test)]
mod tests;

use stackscout_taxonomy::written::{LastUsed, Level};
use stackscout_taxonomy::{SkillIx, Taxonomy, TraitIx};

pub use self::cells::read_yes_no;
pub use self::plausible::{
    IMPLAUSIBLE_SENTENCE_MIN, IMPLAUSIBLE_SKILLS_MIN, IMPLAUSIBLE_TIMES_MIN, IMPLAUSIBLE_WEB_SKILLS_MIN,
    Implausible,
};
use self::read::Reader;
use crate::facts::{EvidenceSource, Facts, SkillEvidence, Status, TraitEvidence};
use crate::{
    CandidateNumber, Cell, Country, Date, Pay, Record, Seniority, SeniorityClaim, SpokenLanguage, Years,
};

/// A cell that could not be read as its column says. It stays as written, and unknown to every ranking.
///
/// Holds no text of the cell: what people wrote never stands in an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellIssue {
    /// The row.
    pub cell: Cell,
    /// Header of the column.
    pub column: String,
    /// Stable code, such as `bad-years`.
    pub code: &'static str,
    /// What is wrong.
    pub reason: String,
}

/// A place where a skill or trait is spoken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The row.
    pub cell: Cell,
    /// Header of the column.
    pub column: String,
    /// The item of a list as written; of a text, the sentence on one line, or the part of a long one that holds it.
    pub written: String,
    /// How it speaks.
    pub source: EvidenceSource,
}

/// A skill that a person holds, with every place that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSkill {
    /// What is scored.
    pub evidence: SkillEvidence,
    /// Whether the years were worked out of dates in a text, rather than stated.
    pub years_from_dates: bool,
    /// Version beside it, where one is written.
    pub version: Option<String>,
    /// Level beside it, where one is written; never scored.
    pub level: Option<Level>,
    /// The places, newest import first. A cell that names a skill again and again gives a few.
    pub places: Vec<Place>,
}

/// A trait that text speaks for, with every place that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldTrait {
    /// What is scored.
    pub evidence: TraitEvidence,
    /// The places, newest import first.
    pub places: Vec<Place>,
}

/// A spelling in a skills column that the taxonomy does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSpelling {
    /// The name as written, without years and version.
    pub name: String,
    /// Where it stands.
    pub cell: Cell,
    /// Header of the column.
    pub column: String,
}

/// A person as a recruiter sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Number in the pool.
    pub number: CandidateNumber,
    /// Name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Present employer.
    pub employer: Option<String>,
    /// Place as written.
    pub location: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Country.
    pub country: Option<Country>,
    /// Willing to work remotely.
    pub remote: Option<bool>,
    /// Willing to move.
    pub relocation: Option<bool>,
    /// Years of experience in all.
    pub total_years: Option<Years>,
    /// Seniority as stated; never scored.
    pub seniority: Option<String>,
    /// Levels of seniority that could be read, with their cells: the stated one first, then the title's; never scored.
    pub seniority_claims: Vec<SeniorityClaim>,
    /// Expected pay.
    pub expected_pay: Option<Pay>,
    /// Current pay; never scored.
    pub current_pay: Option<Pay>,
    /// Countries that the person may work in; sorted.
    pub permits: Option<Vec<Country>>,
    /// Languages that the person speaks; sorted.
    pub languages: Option<Vec<SpokenLanguage>>,
    /// First day of availability.
    pub available: Option<Date>,
    /// Hired, or opted out.
    pub status: Option<Status>,
    /// Skills in the order of skill ids.
    pub skills: Vec<HeldSkill>,
    /// Traits that text speaks for, in the order of trait ids.
    pub traits: Vec<HeldTrait>,
    /// Skills that the person wants to work with, in the order of skill ids: no evidence.
    pub interests: Vec<SkillIx>,
    /// Spellings that name no known skill.
    pub unknown_spellings: Vec<UnknownSpelling>,
    /// Free texts: summary, notes, work history, CV and education.
    pub texts: Vec<String>,
    /// Why what the person claims is implausible; empty where it is not.
    pub implausible: Vec<Implausible>,
}

impl Candidate {
    /// Reads a record with a taxonomy. The second part is what could not be read.
    #[must_use]
    pub fn read(record: &Record, taxonomy: &Taxonomy) -> (Self, Vec<CellIssue>) {
        let mut reader = Reader::new(record, taxonomy);
        let candidate = reader.candidate();
        (candidate, reader.issues)
    }

    /// What could not be read of a record: spellings of skills that the taxonomy does not know, and cells. Cheaper than
    /// [`Candidate::read`], which says the same: free text is not read, for nothing in it is an error.
    #[must_use]
    pub fn unread(record: &Record, taxonomy: &Taxonomy) -> (Vec<UnknownSpelling>, Vec<CellIssue>) {
        let mut reader = Reader::without_texts(record, taxonomy);
        let candidate = reader.candidate();
        (candidate.unknown_spellings, reader.issues)
    }

    /// What is scored.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            number: self.number,
            country: self.country,
            remote: self.remote,
            relocation: self.relocation,
            total_years: self.total_years,
            skills: self.skills.iter().map(|s| s.evidence).collect(),
            traits: self.traits.iter().map(|t| t.evidence).collect(),
            status: self.status,
            permits: self.permits.clone(),
            languages: self.languages.clone(),
            available: self.available,
            expected_pay: self.expected_pay,
            implausible: !self.implausible.is_empty(),
        }
    }

    /// The level of seniority: as stated, or else as the title says; `None` is unknown.
    #[must_use]
    pub fn seniority_level(&self) -> Option<Seniority> {
        self.seniority_claims.first().map(|claim| claim.level)
    }

    /// The trait as text speaks for it.
    #[must_use]
    pub fn held_trait(&self, wanted: TraitIx) -> Option<&HeldTrait> {
        self.traits.binary_search_by_key(&wanted, |t| t.evidence.trait_ix).ok().map(|at| &self.traits[at])
    }

    /// The skill as this person holds it.
    #[must_use]
    pub fn held(&self, skill: SkillIx) -> Option<&HeldSkill> {
        self.skills.binary_search_by_key(&skill, |s| s.evidence.skill).ok().map(|at| &self.skills[at])
    }
}

/// Whether a last use lies after the year in which rankings are made; it then counts as current, and is reported.
#[must_use]
pub fn is_in_future(last_used: LastUsed, as_of: Date) -> bool {
    matches!(last_used, LastUsed::Year(year) if year > as_of.year())
}
