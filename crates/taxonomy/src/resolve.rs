//! Which skill does a written name mean?
//!
//! A name is **Exact** (the skill's own name), an **Alias** (another of its spellings, or one that differs only by
//! separators), **Near** (no spelling, but close to some: suggested, never silently taken) or **Unknown**.

use crate::spelling::{exact_key, loose_key};
use crate::{SkillIx, Taxonomy};

/// What a written name turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// The skill's own name.
    Exact(SkillIx),
    /// Another spelling of the skill.
    Alias(SkillIx),
    /// No spelling of a skill; these are near, nearest first. Never taken for the skill.
    Near(Vec<SkillIx>),
    /// Nothing known and nothing near.
    Unknown,
}

/// A skill found, and whether by its own name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// The skill.
    pub skill: SkillIx,
    /// Whether the spelling is the skill's own name.
    pub by_name: bool,
}

impl Resolution {
    /// The skill where one was found beyond doubt; `None` for near and unknown names.
    #[must_use]
    pub fn skill(&self) -> Option<SkillIx> {
        match self {
            Self::Exact(skill) | Self::Alias(skill) => Some(*skill),
            Self::Near(_) | Self::Unknown => None,
        }
    }

    /// The word that stands in JSON: `exact`, `alias`, `near` or `unknown`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Alias(_) => "alias",
            Self::Near(_) => "near",
            Self::Unknown => "unknown",
        }
    }
}

/// Suggestions shown at most: a person reads three at a glance.
const SUGGESTIONS_MAX: usize = 3;
/// Letters that a name has to have at least to be near anything.
const NEAR_LETTERS_MIN: usize = 3;
/// Longer names are sentences; comparing them with every spelling would take long.
const NEAR_LETTERS_MAX: usize = 50;
/// Most slips that are forgiven, in long names.
const EDITS_MAX: usize = 3;
/// Similarity (0 to 1) from which a trait is suggested; below it, short names suggest each other at random.
const SUGGESTION_SIMILARITY_MIN: f64 = 0.72;

impl Taxonomy {
    /// Finds a skill by a name as written, without years, version or other words beside it.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Resolved> {
        let key = exact_key(name);
        self.find_exact_key(&key).or_else(|| {
            let skill = *self.loose.get(&loose_key(&key)?)?;
            Some(Resolved { skill, by_name: false })
        })
    }

    /// Finds a skill by a spelling that is in the taxonomy as it stands, separators included.
    #[must_use]
    pub fn find_spelling(&self, name: &str) -> Option<Resolved> {
        self.find_exact_key(&exact_key(name))
    }

    fn find_exact_key(&self, key: &str) -> Option<Resolved> {
        self.exact.get(key).map(|m| Resolved { skill: m.skill, by_name: m.is_name })
    }

    /// Whether a name is an everyday word too (`express`, `go`): it means the skill where skills are listed.
    #[must_use]
    pub fn is_everyday_word(&self, name: &str) -> bool {
        self.exact.get(&exact_key(name)).is_some_and(|meaning| meaning.is_everyday)
    }

    /// Resolves a name as written; where nothing is found, looks for what is near.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Resolution {
        match self.find(name) {
            Some(Resolved { skill, by_name: true }) => Resolution::Exact(skill),
            Some(Resolved { skill, by_name: false }) => Resolution::Alias(skill),
            None => match self.near(name) {
                near if near.is_empty() => Resolution::Unknown,
                near => Resolution::Near(near),
            },
        }
    }

    /// Skills with a spelling close to `name`, nearest first, at most three; equal ones in the order of ids.
    ///
    /// Close means a slip of typing: one letter more, less, changed or swapped in four to seven letters, two in eight to
    /// thirteen, three in more. The first letter, the figures and the signs agree: `s3` is not near `s4`, nor `c` near
    /// `c#`. Names of one or two letters, and spellings of fewer than four, are near nothing.
    #[must_use]
    pub fn near(&self, name: &str) -> Vec<SkillIx> {
        let key = exact_key(name);
        let length = key.chars().count();
        if !(NEAR_LETTERS_MIN..=NEAR_LETTERS_MAX).contains(&length) {
            return Vec::new();
        }
        let mut scored: Vec<(usize, bool, SkillIx)> = self
            .exact
            .iter()
            // A cheap look at the lengths first: letters added or left out are edits.
            .filter(|(spelling, _)| spelling.len().abs_diff(key.len()) <= 4 * EDITS_MAX)
            .filter_map(|(spelling, meaning)| Some((edits(&key, spelling)?, !meaning.is_name, meaning.skill)))
            .collect();
        scored.sort_unstable();
        let mut near = Vec::new();
        for (_, _, skill) in scored {
            if !near.contains(&skill) {
                near.push(skill);
            }
            if near.len() == SUGGESTIONS_MAX {
                break;
            }
        }
        near
    }

    /// Traits with an id or wording close to `name`, nearest first, at most three.
    #[must_use]
    pub fn near_traits(&self, name: &str) -> Vec<&str> {
        let key = exact_key(name);
        let mut scored: Vec<(f64, &str)> = self
            .traits()
            .map(|(_, t)| {
                let wordings = [&t.id, &t.name];
                let best = wordings
                    .into_iter()
                    .chain(&t.also)
                    .map(|w| similarity(&key, &exact_key(w)))
                    .fold(0.0, f64::max);
                (best, t.id.as_str())
            })
            .filter(|(similarity, _)| *similarity >= SUGGESTION_SIMILARITY_MIN)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        scored.into_iter().take(SUGGESTIONS_MAX).map(|(_, id)| id).collect()
    }
}

/// How many slips lie between two keys; `None` where they are too many to be slips.
fn edits(key: &str, spelling: &str) -> Option<usize> {
    const SPELLING_LETTERS_MIN: usize = 4;
    let (a, b) = (key.chars().count(), spelling.chars().count());
    let allowed = match a.max(b) {
        0..SPELLING_LETTERS_MIN => return None,
        4..=7 => 1,
        8..=13 => 2,
        _ => EDITS_MAX,
    };
    if b < SPELLING_LETTERS_MIN || a.abs_diff(b) > allowed || key.chars().next() != spelling.chars().next() {
        return None;
    }
    let signs = |c: &char| c.is_numeric() || matches!(c, '+' | '#');
    if !key.chars().filter(signs).eq(spelling.chars().filter(signs)) {
        return None;
    }
    // Of three letters all have to stand there: `jva` is near Java, `rat` is not near Rust.
    let distance = strsim::damerau_levenshtein(key, spelling);
    (distance <= allowed && (a >= SPELLING_LETTERS_MIN || key.chars().last() == spelling.chars().last()))
        .then_some(distance)
}

/// 1 for the same, 0 for nothing in common: one minus edits (insert, delete, replace, swap) per letter.
fn similarity(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}
