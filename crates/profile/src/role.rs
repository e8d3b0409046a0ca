//! What a role asks for, checked: nothing past this type checks again.
//!
//! A role belongs to the taxonomy that it was read with: its skills and traits are that taxonomy's numbers.

use stackscout_taxonomy::{SkillIx, TraitIx};

use crate::{Country, Date, Pay, SpokenLanguage, Years};

/// A role: requirements, knock-outs, and how unknown figures are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Id that stands in results and seeds the tie key.
    pub id: String,
    /// Title as it is printed; the id where the file gives none.
    pub title: String,
    /// Seniority as stated: shown, never scored.
    pub seniority: Option<String>,
    /// 1 to 64 requirements, in the order of the file.
    pub requirements: Vec<Requirement>,
    /// Where the person has to be; `None` where the role does not ask.
    pub where_: Option<Where>,
    /// The other knock-outs.
    pub limits: Limits,
    /// The most that an unknown year or last use can earn, in ten-thousandths (default 7,000).
    pub assume_fit: u16,
}

/// How strict a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A gate: it is not bought with points.
    Must,
    /// Earns points only.
    Nice,
}

impl Need {
    /// The word of role files and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Nice => "nice",
        }
    }
}

/// What a requirement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// One skill, or several of which any will do, in the order of the file.
    Skills(Vec<SkillIx>),
    /// A trait.
    Trait(TraitIx),
}

/// One line of what a role asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// What is asked for.
    pub subject: Subject,
    /// Must or nice.
    pub need: Need,
    /// 1 to 100.
    pub weight: u8,
    /// Full credit from here on; 0.1 to 99.9.
    pub years: Option<Years>,
    /// The hard line of a must; 0.1 to 99.9.
    pub min_years: Option<Years>,
    /// Whole years in which credit halves after the last use; 1 to 30.
    pub half_life: Option<u8>,
    /// Whether related skills earn a part.
    pub related: bool,
    /// Skills that count fully here.
    pub accept: Vec<SkillIx>,
    /// Why it is asked for; derived lines cite their rule and source.
    pub because: Option<String>,
}

/// Where people may work from who live outside the listed countries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Remote {
    /// Nowhere: they have to be in a listed country.
    #[default]
    InCountries,
    /// Anywhere, where they are willing to work remotely.
    Anywhere,
}

/// Where the person has to be. No countries: anywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Where {
    /// Listed countries, in the order of the file.
    pub countries: Vec<Country>,
    /// Whether remote work from elsewhere will do.
    pub remote: Remote,
    /// Whether people who are willing to move count as being there.
    pub relocation: bool,
}

/// What is done with people of whom a knock-out's answer is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unknown {
    /// They stay, flagged, last in their tier.
    #[default]
    Keep,
    /// They are left out.
    Drop,
}

/// Knock-outs beside the place; absent ones are not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// Years of experience in all, at least.
    pub years_min: Option<Years>,
    /// A permit for any of these countries.
    pub permit: Vec<Country>,
    /// All of these languages.
    pub languages: Vec<SpokenLanguage>,
    /// Available on this day or before.
    pub available_by: Option<Date>,
    /// Expected pay of at most this, in its currency and unit.
    pub pay_max: Option<Pay>,
    /// Whether people who claim nearly everything are left out (they are flagged in any case).
    pub drop_implausible: bool,
    /// What unknown answers do.
    pub unknown: Unknown,
}

impl Requirement {
    /// Any of these skills as a nice-to-have, with the weight of a line that gives none and nothing else asked for.
    #[must_use]
    pub fn nice(skills: Vec<SkillIx>) -> Self {
        Self {
            subject: Subject::Skills(skills),
            need: Need::Nice,
            weight: Role::WEIGHT_DEFAULT,
            years: None,
            min_years: None,
            half_life: None,
            related: true,
            accept: Vec::new(),
            because: None,
        }
    }
}

impl Role {
    /// Requirements at most: enough for any advertisement, and one machine word of gates.
    pub const REQUIREMENTS_MAX: usize = 64;
    /// `assume.fit` where the role does not say: an unknown year or last use earns at most 70%.
    pub const ASSUME_FIT_DEFAULT: u16 = 7_000;
    /// Weight where the role does not say.
    pub const WEIGHT_DEFAULT: u8 = 10;

    /// A role without a name and without knock-outs.
    #[must_use]
    pub fn of(requirements: Vec<Requirement>) -> Self {
        Self {
            id: String::new(),
            title: String::new(),
            seniority: None,
            requirements,
            where_: None,
            limits: Limits::default(),
            assume_fit: Self::ASSUME_FIT_DEFAULT,
        }
    }

    /// The sum of weights: 1 to 6,400.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.requirements.iter().map(|r| u32::from(r.weight)).sum()
    }
}
