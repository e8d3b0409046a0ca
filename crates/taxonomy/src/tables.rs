//! The rows of the taxonomy, as they stand in its CSV files.

use serde::{Deserialize, de::DeserializeOwned};

use crate::TaxonomyError;
use crate::files::Sheet;

/// A row of `skills.csv`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct SkillRow {
    /// Slug, unique.
    pub id: String,
    /// Name as it is printed; also a spelling of the skill.
    pub name: String,
    /// Kind of node, such as `backend-framework`.
    pub kind: String,
    /// Id of the language it is used from; empty where there is not one alone.
    pub language: String,
    /// Token shared by near neighbours of one kind; empty where none.
    pub paradigm: String,
    /// Key of `SOURCES.md`.
    pub source: String,
}

/// A row of `spellings.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct SpellingRow {
    /// The spelling as people write it.
    pub spelling: String,
    /// Skill id that it means.
    pub skill: String,
    /// Empty, or a row of `contexts.csv`: what has to speak for the skill where the spelling stands in running text.
    pub context: String,
    /// Key of `SOURCES.md`.
    pub source: String,
}

/// A row of `relations.csv`: who has `from` earns `credit` for `to`.
#[derive(Debug, Clone, Deserialize)]
pub struct RelationRow {
    /// Skill id held.
    pub from: String,
    /// Skill id required.
    pub to: String,
    /// Name of the relation; `implies` closes transitively.
    pub relation: String,
    /// Ten-thousandths, a multiple of 500; 10,000 for `implies` and only there.
    pub credit: u16,
    /// Key of `SOURCES.md`.
    #[serde(default)]
    pub source: String,
}

/// A row of `relation_types.csv`: relations that follow from the attributes of skills.
#[derive(Debug, Clone, Deserialize)]
pub struct RelationTypeRow {
    /// Name of the relation.
    pub relation: String,
    /// What has to agree: `same-language`, `same-paradigm`, `same-philosophy` or `language-of`.
    pub basis: String,
    /// Kinds that it holds within, separated by `;`.
    pub kinds: String,
    /// Ten-thousandths, a multiple of 500 below 10,000.
    pub credit: u16,
    /// Key of `SOURCES.md`.
    pub source: String,
}

/// A row of `traits.csv`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct TraitRow {
    /// Slug, unique.
    pub id: String,
    /// Name as it is printed.
    pub name: String,
    /// `philosophy`, `architecture`, `feature`, `criterion` or `trend`.
    pub kind: String,
    /// Other wordings, separated by `;`.
    pub also: String,
    /// Key of `SOURCES.md`.
    pub source: String,
}

/// A row of `skill_traits.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct SkillTraitRow {
    /// Skill id.
    pub skill: String,
    /// Trait id that the skill brings.
    #[serde(rename = "trait")]
    pub trait_id: String,
    /// Key of `SOURCES.md`.
    #[serde(default)]
    pub source: String,
}

/// A row of `cases.csv`: a public product known to run on a skill.
#[derive(Debug, Clone, Deserialize)]
pub struct CaseRow {
    /// Slug.
    pub id: String,
    /// Name as it is printed.
    pub name: String,
    /// Skill id that it runs on.
    pub skill: String,
    /// Key of `SOURCES.md`.
    pub source: String,
}

/// A row of `case_traits.csv`: what the product's back end had to do.
#[derive(Debug, Clone, Deserialize)]
pub struct CaseTraitRow {
    /// Id of the case.
    pub case: String,
    /// Trait id.
    #[serde(rename = "trait")]
    pub trait_id: String,
    /// Key of `SOURCES.md`.
    pub source: String,
}

/// A row of `role_families.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct RoleFamilyRow {
    /// Slug.
    pub id: String,
    /// Name as it is printed.
    pub name: String,
    /// Other wordings, separated by `;`.
    pub also: String,
    /// Kinds of skill that the family works with, separated by `;`.
    pub kinds: String,
    /// Key of `SOURCES.md`.
    pub source: String,
}

/// A row of `assessments.csv`: a practical task that checks a skill.
#[derive(Debug, Clone, Deserialize)]
pub struct AssessmentRow {
    /// Skill id.
    pub skill: String,
    /// The task.
    pub task: String,
    /// What to look for in the answer.
    pub look_for: String,
    /// Key of `SOURCES.md`.
    pub source: String,
}

/// A row of `rules.csv`: what deriving a role adds, and when.
#[derive(Debug, Clone, Deserialize)]
pub struct RuleRow {
    /// Id that derived lines cite, such as `framework-senior`.
    pub id: String,
    /// Conditions, all of which must hold, separated by ` and `.
    pub when: String,
    /// What is added.
    pub adds: String,
    /// `must` or `nice`.
    pub need: String,
    /// 1 to 100.
    pub weight: u8,
    /// Years wanted, at most one decimal; empty for none.
    pub years: String,
    /// Key of `SOURCES.md`.
    pub source: String,
}

/// A row of `contexts.csv`: what has to speak for a skill whose spelling is also something else. `docs/mentions.md` tells
/// what each column holds.
#[derive(Debug, Clone, Deserialize)]
pub struct ContextRow {
    /// Name, which `spellings.csv` refers to.
    pub context: String,
    /// `never`, `capital` or `all-capitals`.
    pub alone: String,
    /// Words within which a skill that needs no evidence suffices; 0 to 1,000, 0 for never.
    pub near_words_max: String,
    /// `any`, `capital`, `strong` or `written`.
    pub cue: String,
    /// Any of `refuse-before`, `refuse-after`, `word-after` and `year`, separated by `;`.
    pub refuse: String,
    /// Key of `SOURCES.md`.
    #[serde(default)]
    pub source: String,
}

/// A row of `cues.csv`: what a word or phrase tells.
#[derive(Debug, Clone, Deserialize)]
pub struct CueRow {
    /// Name of the class.
    pub class: String,
    /// Word or phrase, in any case.
    pub phrase: String,
    /// Number of a month, value of a number word, months of a unit; empty for other classes.
    pub value: String,
    /// Key of `SOURCES.md`.
    #[serde(default)]
    pub source: String,
}

/// A row of `lookalikes.csv`: a phrase that looks like a skill and is none.
#[derive(Debug, Clone, Deserialize)]
pub struct LookAlikeRow {
    /// The phrase, in any case.
    pub phrase: String,
    /// Key of `SOURCES.md`.
    #[serde(default)]
    pub source: String,
}

/// All rows of a taxonomy. Loading checks them together.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// `skills.csv`
    pub skills: Vec<SkillRow>,
    /// `spellings.csv`
    pub spellings: Vec<SpellingRow>,
    /// `relations.csv`
    pub relations: Vec<RelationRow>,
    /// `relation_types.csv`
    pub relation_types: Vec<RelationTypeRow>,
    /// `traits.csv`
    pub traits: Vec<TraitRow>,
    /// `skill_traits.csv`
    pub skill_traits: Vec<SkillTraitRow>,
    /// `cases.csv`
    pub cases: Vec<CaseRow>,
    /// `case_traits.csv`
    pub case_traits: Vec<CaseTraitRow>,
    /// `role_families.csv`
    pub role_families: Vec<RoleFamilyRow>,
    /// `assessments.csv`
    pub assessments: Vec<AssessmentRow>,
    /// `rules.csv`
    pub rules: Vec<RuleRow>,
    /// `contexts.csv`
    pub contexts: Vec<ContextRow>,
    /// `cues.csv`
    pub cues: Vec<CueRow>,
    /// `lookalikes.csv`
    pub lookalikes: Vec<LookAlikeRow>,
}

/// The embedded files, by name. The fingerprint covers them all, in whatever order.
pub(crate) const EMBEDDED: [(&str, &str); 14] = [
    ("skills.csv", include_str!("../../../data/taxonomy/skills.csv")),
    ("spellings.csv", include_str!("../../../data/taxonomy/spellings.csv")),
    ("relations.csv", include_str!("../../../data/taxonomy/relations.csv")),
    ("relation_types.csv", include_str!("../../../data/taxonomy/relation_types.csv")),
    ("traits.csv", include_str!("../../../data/taxonomy/traits.csv")),
    ("skill_traits.csv", include_str!("../../../data/taxonomy/skill_traits.csv")),
    ("cases.csv", include_str!("../../../data/taxonomy/cases.csv")),
    ("case_traits.csv", include_str!("../../../data/taxonomy/case_traits.csv")),
    ("role_families.csv", include_str!("../../../data/taxonomy/role_families.csv")),
    ("assessments.csv", include_str!("../../../data/taxonomy/assessments.csv")),
    ("rules.csv", include_str!("../../../data/taxonomy/rules.csv")),
    ("contexts.csv", include_str!("../../../data/taxonomy/contexts.csv")),
    ("cues.csv", include_str!("../../../data/taxonomy/cues.csv")),
    ("lookalikes.csv", include_str!("../../../data/taxonomy/lookalikes.csv")),
];

impl Tables {
    /// Reads the files embedded in the binary.
    ///
    /// # Errors
    /// Names file and line of every row that cannot be read.
    pub fn embedded() -> Result<Self, TaxonomyError> {
        Self::of_sheets(&crate::files::readable_embedded_sheets()?)
    }

    /// Rows of files that were checked before.
    pub(crate) fn of_sheets(sheets: &[Sheet]) -> Result<Self, TaxonomyError> {
        fn read<T: DeserializeOwned>(sheets: &[Sheet], file: &str) -> Result<Vec<T>, TaxonomyError> {
            sheets.iter().find(|sheet| sheet.name() == file).map_or_else(|| Ok(Vec::new()), Sheet::typed)
        }
        Ok(Self {
            skills: read(sheets, "skills.csv")?,
            spellings: read(sheets, "spellings.csv")?,
            relations: read(sheets, "relations.csv")?,
            relation_types: read(sheets, "relation_types.csv")?,
            traits: read(sheets, "traits.csv")?,
            skill_traits: read(sheets, "skill_traits.csv")?,
            cases: read(sheets, "cases.csv")?,
            case_traits: read(sheets, "case_traits.csv")?,
            role_families: read(sheets, "role_families.csv")?,
            assessments: read(sheets, "assessments.csv")?,
            rules: read(sheets, "rules.csv")?,
            contexts: read(sheets, "contexts.csv")?,
            cues: read(sheets, "cues.csv")?,
            lookalikes: read(sheets, "lookalikes.csv")?,
        })
    }
}

/// The parts of a `;`-separated cell, trimmed, without empty ones.
pub(crate) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|part| !part.is_empty())
}
