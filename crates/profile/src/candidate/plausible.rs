//! When does a person claim more than can be true? Where they name nearly everything, or one skill over and over.
//!
//! Who does is flagged, with the reason, and keeps every place and every point: a role may leave such people out
//! (`implausible = "drop"`), the program never does by itself.
//!
//! The bounds come from people who had nothing to gain. In the 2024 Stack Overflow survey, of 45,161 people who were
//! shown 36 web frameworks and runtimes, 99.9% named fewer than 24; 29 named 30 or more, and 21 of these all 36.

use std::collections::{BTreeMap, BTreeSet};

use stackscout_taxonomy::mention::{Mention, Subject};
use stackscout_taxonomy::{SkillIx, Taxonomy};

use super::HeldSkill;
use super::read::Reader;
use crate::Value;

/// From this many web frameworks and runtimes on a claim is implausible.
pub const IMPLAUSIBLE_WEB_SKILLS_MIN: usize = 30;

/// From this many skills of any kind on a claim is implausible. Of the first 1,000 people of the 2025 survey, who were
/// shown eight lists of technologies, half hold up to 25, 99% up to 67, one 105 and one 133.
pub const IMPLAUSIBLE_SKILLS_MIN: usize = 120;

/// From this many skills on that one sentence of a text names, it is a list to be found by: more than 99% of the people
/// of the 2025 survey hold in all.
pub const IMPLAUSIBLE_SENTENCE_MIN: usize = 68;

/// From this many times on that one cell names one skill, it is written to be found rather than read. Long CVs name
/// the skill of a whole career in every job, once or twice.
pub const IMPLAUSIBLE_TIMES_MIN: usize = 50;

/// A reason why what a person claims is implausible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Implausible {
    /// Nearly every web framework and runtime.
    WebSkills {
        /// How many.
        count: usize,
    },
    /// More skills than anybody has.
    Skills {
        /// How many.
        count: usize,
    },
    /// A sentence of a text that is a list of everything.
    Sentence {
        /// How many skills.
        count: usize,
        /// Header of the column.
        column: String,
    },
    /// One skill over and over in one cell.
    Repeated {
        /// The skill.
        skill: SkillIx,
        /// How often.
        times: usize,
        /// Header of the column.
        column: String,
    },
}

impl Implausible {
    /// The reason in words: `claims 36 web frameworks and runtimes`.
    #[must_use]
    pub fn words(&self, taxonomy: &Taxonomy) -> String {
        match self {
            Self::WebSkills { count } => format!("claims {count} web frameworks and runtimes"),
            Self::Skills { count } => format!("claims {count} skills"),
            Self::Sentence { count, column } => {
                format!("names {count} skills in one sentence of column {column}")
            }
            Self::Repeated { skill, times, column } => {
                format!("names {} {times} times in column {column}", taxonomy.skill(*skill).name)
            }
        }
    }
}

impl Reader<'_> {
    /// Notes what a cell of a list names over and over.
    pub(super) fn note_repeated(&mut self, value: &Value, named: &[SkillIx]) {
        if named.len() < IMPLAUSIBLE_TIMES_MIN {
            return;
        }
        let mut times: BTreeMap<SkillIx, usize> = BTreeMap::new();
        for skill in named {
            *times.entry(*skill).or_default() += 1;
        }
        let many = times.into_iter().filter(|(_, times)| *times >= IMPLAUSIBLE_TIMES_MIN);
        self.implausible.extend(many.map(|(skill, times)| {
            let column = value.column.clone();
            Implausible::Repeated { skill, times, column }
        }));
    }

    /// Notes what a text names over and over, and the sentence that names nearly everything.
    pub(super) fn note_stuffed(&mut self, value: &Value, mentions: &[Mention]) {
        if mentions.len() < IMPLAUSIBLE_TIMES_MIN.min(IMPLAUSIBLE_SENTENCE_MIN) {
            return;
        }
        let skill = |mention: &Mention| match mention.subject {
            Subject::Skill(skill) => Some(skill),
            Subject::Trait(_) => None,
        };
        self.note_repeated(value, &mentions.iter().filter_map(skill).collect::<Vec<_>>());
        let of_sentence = mentions.chunk_by(|a, b| a.sentence == b.sentence);
        let counts =
            of_sentence.map(|mentions| mentions.iter().filter_map(skill).collect::<BTreeSet<_>>().len());
        if let Some(count) = counts.max().filter(|count| *count >= IMPLAUSIBLE_SENTENCE_MIN) {
            self.implausible.push(Implausible::Sentence { count, column: value.column.clone() });
        }
    }

    /// Why what is claimed is implausible; empty where it is not.
    pub(super) fn implausible(&mut self, skills: &[HeldSkill]) -> Vec<Implausible> {
        let web = |s: &&HeldSkill| {
            let kind = self.taxonomy.skill(s.evidence.skill).kind.as_str();
            matches!(kind, "backend-framework" | "frontend-framework" | "runtime" | "cms")
        };
        let mut reasons = Vec::new();
        // Fewer skills in all hold no more of them.
        let enough = skills.len() >= IMPLAUSIBLE_WEB_SKILLS_MIN;
        let count = if enough { skills.iter().filter(web).count() } else { 0 };
        if count >= IMPLAUSIBLE_WEB_SKILLS_MIN {
            reasons.push(Implausible::WebSkills { count });
        }
        if skills.len() >= IMPLAUSIBLE_SKILLS_MIN {
            reasons.push(Implausible::Skills { count: skills.len() });
        }
        reasons.append(&mut self.implausible);
        reasons
    }
}
