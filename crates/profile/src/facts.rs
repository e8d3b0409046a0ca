//! What is scored of a person, and nothing else.
//!
//! The type is the guard: it has no field for a name, an age, a gender, a nationality, a photograph or a current pay,
//! so that no scoring code can come to depend on one:
//!
//! ```compile_fail
//! # use stackscout_profile::{CandidateNumber, Facts};
//! Facts::new(CandidateNumber(1)).gender; // no such field, and none of a name, an age or a nationality
//! ```
//!
//! A test of the whole (`tests/all/protected.rs`) names each field that there is, so that none can be added unseen.

use stackscout_taxonomy::written::LastUsed;
use stackscout_taxonomy::{SkillIx, TraitIx};

use crate::{CandidateNumber, Country, Date, Pay, SpokenLanguage, Years};

/// How a skill is spoken for, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceSource {
    /// Named in passing.
    Mentioned,
    /// In a skills column, a tag or a title.
    Declared,
    /// In text that states use, a duration or an employer.
    Worked,
}

impl EvidenceSource {
    /// The word of JSON: `mentioned`, `declared`, `worked`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Mentioned => "mentioned",
            Self::Declared => "declared",
            Self::Worked => "worked",
        }
    }
}

/// What speaks for one skill: from several places, the greatest known years, the latest known use and the strongest
/// source, each taken on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkillEvidence {
    /// The skill.
    pub skill: SkillIx,
    /// Years of it; 0.1 to 99.9.
    pub years: Option<Years>,
    /// Last use.
    pub last_used: Option<LastUsed>,
    /// The strongest source.
    pub source: EvidenceSource,
}

impl SkillEvidence {
    /// Takes in what another place says of the same skill.
    pub fn combine(&mut self, other: &SkillEvidence) {
        debug_assert_eq!(self.skill, other.skill);
        self.years = self.years.max(other.years);
        self.last_used = self.last_used.max(other.last_used);
        self.source = self.source.max(other.source);
    }
}

/// Text evidence for a trait: worked or mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraitEvidence {
    /// The trait.
    pub trait_ix: TraitIx,
    /// `Worked` or `Mentioned`.
    pub source: EvidenceSource,
}

/// Why a person is left out of every ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Hired already.
    Hired,
    /// Does not want to be contacted.
    OptedOut,
}

impl Status {
    /// The key under `left_out`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hired => "hired",
            Self::OptedOut => "opted_out",
        }
    }
}

/// What is known of a person that a role may ask for. `None` is unknown, never no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The person.
    pub number: CandidateNumber,
    /// Country of residence.
    pub country: Option<Country>,
    /// Willing to work remotely.
    pub remote: Option<bool>,
    /// Willing to move.
    pub relocation: Option<bool>,
    /// Years of experience in all.
    pub total_years: Option<Years>,
    /// Skills, each once, in the order of skill ids.
    pub skills: Vec<SkillEvidence>,
    /// Text evidence for traits, each once, in the order of trait ids.
    pub traits: Vec<TraitEvidence>,
    /// Set where the person is out of the question for every role.
    pub status: Option<Status>,
    /// Countries that the person may work in; sorted.
    pub permits: Option<Vec<Country>>,
    /// Languages that the person speaks; sorted.
    pub languages: Option<Vec<SpokenLanguage>>,
    /// First day of availability.
    pub available: Option<Date>,
    /// Expected pay.
    pub expected_pay: Option<Pay>,
    /// Claims nearly everything.
    pub implausible: bool,
}

impl Facts {
    /// Facts of which nothing is known yet.
    #[must_use]
    pub fn new(number: CandidateNumber) -> Self {
        Self {
            number,
            country: None,
            remote: None,
            relocation: None,
            total_years: None,
            skills: Vec::new(),
            traits: Vec::new(),
            status: None,
            permits: None,
            languages: None,
            available: None,
            expected_pay: None,
            implausible: false,
        }
    }

    /// Adds evidence for a skill, combined with what is there.
    pub fn add_skill(&mut self, evidence: SkillEvidence) {
        match self.skills.binary_search_by_key(&evidence.skill, |e| e.skill) {
            Ok(at) => self.skills[at].combine(&evidence),
            Err(at) => self.skills.insert(at, evidence),
        }
    }

    /// Adds text evidence for a trait; the stronger source stays.
    pub fn add_trait(&mut self, evidence: TraitEvidence) {
        match self.traits.binary_search_by_key(&evidence.trait_ix, |e| e.trait_ix) {
            Ok(at) => self.traits[at].source = self.traits[at].source.max(evidence.source),
            Err(at) => self.traits.insert(at, evidence),
        }
    }
}
