//! A record, read: typed values, skills resolved, each knowing the cell that it came from.
//!
//! What a cell says is read in `cells`, how far it accepts remote work in `remote`, what the columns of a record say
//! together in `read`, where the person lives and can be reached in `whereabouts`, when and for what in `terms`, lists of
//! skills in `skills`, free text in `text`, titles of recruiters in `recruiting`; `plausible` says when somebody claims
//! too much. Values are asked for by field (`by_field`), and what comes again and again is read once (`known`).

mod by_field;
mod cells;
mod known;
mod plausible;
mod read;
mod recruiting;
mod remote;
mod skills;
mod terms;
mod text;
mod whereabouts;

#[cfg(test)]
mod tests;

use stackscout_taxonomy::written::{LastUsed, Level};
use stackscout_taxonomy::{SkillIx, Taxonomy, TraitIx};

use self::by_field::ByField;
pub use self::cells::read_yes_no;
pub use self::plausible::{
    IMPLAUSIBLE_SENTENCE_MIN, IMPLAUSIBLE_SKILLS_MIN, IMPLAUSIBLE_TIMES_MIN, IMPLAUSIBLE_WEB_SKILLS_MIN,
    Implausible,
};
use self::read::Reader;
use crate::facts::{EvidenceSource, Facts, SkillEvidence, Status, TraitEvidence};
use crate::{
    Application, CandidateNumber, Cell, Country, Date, Field, Notice, Pay, PayRange, Phone, Place as City,
    Record, Seniority, SeniorityClaim, Spoken, SpokenLanguage, When, Years,
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

/// Where a value that was read comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// What it says.
    pub field: Field,
    /// The row.
    pub cell: Cell,
    /// Header of the column.
    pub column: String,
    /// How it was worked out, where no cell states it: `from the city`.
    pub inferred: Option<&'static str>,
}

/// A person as a recruiter sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Number in the pool.
    pub number: CandidateNumber,
    /// Name.
    pub name: Option<String>,
    /// E-mail address: the first of `emails`.
    pub email: Option<String>,
    /// E-mail addresses, newest import first.
    pub emails: Vec<String>,
    /// Telephone numbers, newest import first.
    pub phones: Vec<Phone>,
    /// Links in their usual form, newest import first.
    pub links: Vec<String>,
    /// Job title.
    pub title: Option<String>,
    /// Present employer.
    pub employer: Option<String>,
    /// Place as written.
    pub location: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State, province or other part of a country, as written.
    pub region: Option<String>,
    /// Country; inferred where [`Candidate::origin`] says so.
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
    /// Expected pay: of a range the lower bound, which the person would accept.
    pub expected_pay: Option<Pay>,
    /// Expected pay as it was stated.
    pub expected_range: Option<PayRange>,
    /// Current pay; never scored.
    pub current_pay: Option<Pay>,
    /// Current pay as it was stated; never scored.
    pub current_range: Option<PayRange>,
    /// Countries that the person may work in; sorted.
    pub permits: Option<Vec<Country>>,
    /// What is said of work permits, as written.
    pub permit_texts: Vec<String>,
    /// Languages that the person speaks; sorted.
    pub languages: Option<Vec<SpokenLanguage>>,
    /// These languages with their levels, which are never scored.
    pub spoken: Vec<Spoken>,
    /// First day of availability; inferred where [`Candidate::origin`] says so.
    pub available: Option<Date>,
    /// Time needed before leaving the present employer.
    pub notice: Option<Notice>,
    /// Schools and degrees, each as its row says it.
    pub education: Vec<String>,
    /// Applications, newest import first.
    pub applications: Vec<Application>,
    /// The recruiter who looks after the person.
    pub owner: Option<String>,
    /// Where the person was found.
    pub channel: Option<String>,
    /// Tags, as written.
    pub tags: Vec<String>,
    /// When the newest row was last changed where it comes from.
    pub modified: Option<When>,
    /// Status as written.
    pub status_text: Option<String>,
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
    /// Why what the person claims is implausible; empty where it is not.
    pub implausible: Vec<Implausible>,
    /// Where the values come from, in the order of fields.
    pub origins: Vec<Origin>,
}

impl Candidate {
    /// Where a value comes from; `None` where nothing says it.
    #[must_use]
    pub fn origin(&self, field: Field) -> Option<&Origin> {
        self.origins.iter().find(|origin| origin.field == field)
    }

    /// The city on the map, where it is clear which is meant.
    #[must_use]
    pub fn place(&self) -> Option<&'static City> {
        crate::place::find_place(self.city.as_deref()?, self.country, self.region.as_deref())
    }

    /// Reads a record with a taxonomy. The second part is what could not be read.
    #[must_use]
    pub fn read(record: &Record, taxonomy: &Taxonomy) -> (Self, Vec<CellIssue>) {
        let values = ByField::new(record);
        let mut reader = Reader::new(record, &values, taxonomy);
        let candidate = reader.candidate();
        (candidate, reader.issues)
    }

    /// Reads a record as [`Candidate::read`] does, without the places of skills and traits and the origins of values:
    /// for whoever scores and indexes, and shows nobody anything.
    #[must_use]
    pub fn read_unexplained(record: &Record, taxonomy: &Taxonomy) -> (Self, Vec<CellIssue>) {
        let values = ByField::new(record);
        let mut reader = Reader::new(record, &values, taxonomy).unexplained();
        let candidate = reader.candidate();
        (candidate, reader.issues)
    }

    /// Reads a record but for its texts: skills and traits that nothing but free text names are left out, and years that
    /// only a text says. For whoever has the skills from elsewhere: making the finder of mentions ready takes longer than
    /// reading a page of people.
    #[must_use]
    pub fn read_without_texts(record: &Record, taxonomy: &Taxonomy) -> Self {
        let values = ByField::new(record);
        Reader::without_texts(record, &values, taxonomy).candidate()
    }

    /// What could not be read of a record: spellings of skills that the taxonomy does not know, and cells. Cheaper than
    /// [`Candidate::read`], which says the same: free text is not read, for nothing in it is an error.
    #[must_use]
    pub fn unread(record: &Record, taxonomy: &Taxonomy) -> (Vec<UnknownSpelling>, Vec<CellIssue>) {
        let values = ByField::new(record);
        let mut reader = Reader::without_texts(record, &values, taxonomy).unexplained();
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
