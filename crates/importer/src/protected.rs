//! Protected columns: recognised by name, listed, and never read.
//!
//! The list is data (`data/layouts/protected.toml`) and holds for every layout. No map overrides it. A header is compared
//! as a whole, and word by word: `Applicant's gender (optional)` holds the word, `agenda` does not, and of `race
//! condition` only the half is one.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::key::{header_key, header_words};
use crate::layout::without_bracket;
use crate::near::without_fillers;

const PROTECTED: &str = include_str!("../../../data/layouts/protected.toml");

static LIST: LazyLock<Result<List, String>> = LazyLock::new(|| {
    let file: ProtectedFile = toml::from_str(PROTECTED).map_err(|e| format!("protected.toml: {e}"))?;
    Ok(List {
        patterns: file.headers.iter().map(|header| Pattern::new(header)).collect(),
        words: file.words.iter().map(|word| Pattern::new(word)).collect(),
        beside: file.beside.iter().map(|word| header_key(word)).collect(),
    })
});

/// Whether a header names a protected attribute, which is never read.
#[must_use]
pub fn is_protected(header: &str) -> bool {
    let list = list();
    let is_listed = |key: &str| !key.is_empty() && list.patterns.iter().any(|pattern| pattern.fits(key));
    let full = header_key(header);
    let bare = header_key(without_bracket(header));
    let prefixes = ["candidate", "applicant", "person"];
    let mut keys = [full.as_str(), bare.as_str()].into_iter().flat_map(|key| {
        std::iter::once(key).chain(prefixes.into_iter().filter_map(move |prefix| key.strip_prefix(prefix)))
    });
    if keys.any(is_listed) {
        return true;
    }
    let words = header_words(header);
    if words.iter().any(|word| list.words.iter().any(|known| known.fits(word))) {
        return true;
    }
    // `Age at application`, `race (self-reported)`: what is left without the words that say nothing.
    let mut rest = without_fillers(header);
    rest.retain(|word| !list.beside.contains(word));
    rest.len() < words.len() && is_listed(&rest.concat())
}

/// The keys of all headers that are listed as they stand.
pub(crate) fn protected_keys() -> impl Iterator<Item = String> {
    list().patterns.iter().filter_map(|pattern| match pattern.0.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    })
}

fn list() -> &'static List {
    match &*LIST {
        Ok(list) => list,
        Err(e) => panic!("the embedded list of protected columns does not load: {e}"),
    }
}

struct List {
    /// Whole headers.
    patterns: Vec<Pattern>,
    /// Words that make a header protected wherever they stand in it.
    words: Vec<Pattern>,
    /// Words beside which a whole header is still one.
    beside: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProtectedFile {
    headers: Vec<String>,
    words: Vec<String>,
    beside: Vec<String>,
}

/// A header in which `*` stands for anything.
struct Pattern(Vec<String>);

impl Pattern {
    fn new(header: &str) -> Self {
        Self(header.split('*').map(header_key).collect())
    }

    fn fits(&self, key: &str) -> bool {
        let [first, middle @ .., last] = self.0.as_slice() else {
            return self.0.first().is_some_and(|only| only == key);
        };
        let Some(rest) = key.strip_prefix(first.as_str()).and_then(|k| k.strip_suffix(last.as_str())) else {
            return false;
        };
        middle
            .iter()
            .try_fold(rest, |rest, part| rest.find(part.as_str()).map(|at| &rest[at + part.len()..]))
            .is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protected_columns_are_known_in_six_languages() {
        for header in [
            "Gender",
            "candidateEthnicity",
            "applicant_age",
            "Date of Birth",
            "date_of_birth",
            "birthdate",
            "Geschlecht",
            "ÂGE",
            "Fecha de nacimiento",
            "geslacht",
            "płeć",
            "Photo",
            "Religion",
            "Marital Status",
            "disability",
            "Salutation",
            "Age (years)",
            "Gender identity (optional)",
            "What is your gender?",
            "Wie alt sind Sie? (Alter)",
            "Age at application",
            "race (self-reported)",
            "EEO Race",
            "Applicant's nationality",
            "genderCode",
            "Photo link",
            "profile_photo_url",
            "EEO disability status",
            "Schwerbehinderung (GdB)",
            "Geschlecht des Bewerbers",
            "Geburtsdatum (TT.MM.JJJJ)",
            "Country of birth",
            "Sexe du candidat",
            "Nacionalidad del candidato",
            "Burgerlijke staat",
            "Data urodzenia kandydata",
            "preferred pronouns",
            "Are you a protected veteran?",
            "Hispanic or Latino",
            "Kirchenzugehörigkeit",
            "Herkunftsland",
            "Pays d'origine",
            "País de origen",
        ] {
            assert!(is_protected(header), "{header}");
        }
        for header in [
            "Language",
            "Stage",
            "Engagement",
            "Manager",
            "Essex",
            "trace",
            "Phone",
            "Management",
            "",
            "Image",
            "Race condition notes",
            "agent",
            "Agentur",
            "average rating",
            "Agenda",
            "Package",
            "Union Jack Ltd",
            "color theme",
            "Health informatics skills",
            "Children's hospital experience",
            "Photoshop",
            "Photography skills",
            "Familie der Produkte",
            "Stage (application)",
            "message",
            "Coverage",
            "Trace ID",
            "sextant",
            "Alternative email",
            "Referenz",
        ] {
            assert!(!is_protected(header), "{header}");
        }
    }

    #[test]
    fn a_star_stands_for_anything() {
        let fits = |pattern, key| Pattern::new(pattern).fits(key);
        assert!(fits("*gender*", "gender") && fits("*gender*", "agenderb") && !fits("*gender*", "gende"));
        assert!(fits("ethnic*", "ethnicity") && !fits("ethnic*", "anethnic"));
        assert!(fits("sex", "sex") && !fits("sex", "essex"));
    }
}
