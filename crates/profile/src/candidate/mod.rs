//! A record, read: typed values, skills resolved, each knowing the cell that it came from.
//!
//! What a cell says is read in `cells`, what the columns of a record say together in `read`, skills in `skills`.

mod cells;
mod read;
mod skills;

use stackscout_taxonomy::written::{LastUsed, Level};
use stackscout_taxonomy::{SkillIx, Taxonomy};

pub use self::cells::read_yes_no;
use self::read::Reader;
pub use self::skills::IMPLAUSIBLE_WEB_SKILLS_MIN;
use crate::facts::{Facts, SkillEvidence, Status};
use crate::{CandidateNumber, Cell, Country, Date, Pay, Record, SpokenLanguage, Years};

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

/// A place where a skill is spoken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The row.
    pub cell: Cell,
    /// Header of the column.
    pub column: String,
    /// The item as written.
    pub written: String,
}

/// A skill that a person holds, with every place that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSkill {
    /// What is scored.
    pub evidence: SkillEvidence,
    /// Version beside it, where one is written.
    pub version: Option<String>,
    /// Level beside it, where one is written; never scored.
    pub level: Option<Level>,
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
    /// Skills that the person wants to work with, in the order of skill ids: no evidence.
    pub interests: Vec<SkillIx>,
    /// Spellings that name no known skill.
    pub unknown_spellings: Vec<UnknownSpelling>,
    /// Free texts: summary and notes.
    pub texts: Vec<String>,
    /// Claims nearly everything.
    pub implausible: bool,
}

impl Candidate {
    /// Reads a record with a taxonomy. The second part is what could not be read.
    #[must_use]
    pub fn read(record: &Record, taxonomy: &Taxonomy) -> (Self, Vec<CellIssue>) {
        let mut reader = Reader::new(record, taxonomy);
        let candidate = reader.candidate();
        (candidate, reader.issues)
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
            traits: Vec::new(),
            status: self.status,
            permits: self.permits.clone(),
            languages: self.languages.clone(),
            available: self.available,
            expected_pay: self.expected_pay,
            implausible: self.implausible,
        }
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
