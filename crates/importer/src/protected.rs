//! Protected columns: recognised by name, listed, and never read.
//!
//! The list is data (`data/layouts/protected.toml`) and holds for every layout. No map overrides it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::key::header_key;
use crate::layout::without_bracket;

const PROTECTED: &str = include_str!("../../../data/layouts/protected.toml");

static PATTERNS: LazyLock<Result<Vec<Pattern>, String>> = LazyLock::new(|| {
    let file: ProtectedFile = toml::from_str(PROTECTED).map_err(|e| format!("protected.toml: {e}"))?;
    Ok(file.headers.iter().map(|header| Pattern::new(header)).collect())
});

/// Whether a header names a protected attribute, which is never read.
#[must_use]
pub fn is_protected(header: &str) -> bool {
    let full = header_key(header);
    let bare = header_key(without_bracket(header));
    let prefixes = ["candidate", "applicant", "person"];
    let keys = [full.as_str(), bare.as_str()].into_iter().flat_map(|key| {
        std::iter::once(key).chain(prefixes.into_iter().filter_map(move |prefix| key.strip_prefix(prefix)))
    });
    keys.filter(|key| !key.is_empty()).any(|key| patterns().iter().any(|pattern| pattern.fits(key)))
}

fn patterns() -> &'static [Pattern] {
    match &*PATTERNS {
        Ok(patterns) => patterns,
        Err(e) => panic!("the embedded list of protected columns does not load: {e}"),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProtectedFile {
    headers: Vec<String>,
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
