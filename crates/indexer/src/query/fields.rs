//! The fields of the language: their names, what else they are called, and how much of what follows is their value.

use super::QueryError;
use super::ast::{DayField, KeyField, Place, YesNoField};

/// What a field asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldName {
    Skill,
    Like,
    Wants,
    Trait,
    Stack,
    Kind,
    Family,
    Company,
    Country,
    Near,
    Permit,
    Language,
    Years,
    Seniority,
    Pay,
    Has,
    Missing,
    Id,
    Saved,
    NewSince,
    Words(Place),
    Key(KeyField),
    YesNo(YesNoField),
    Day(DayField),
}

/// The fields as they are documented and offered in hints. `applied` is a day where the value is one, else words.
const NAMES: [(&str, FieldName); 45] = [
    ("skill", FieldName::Skill),
    ("like", FieldName::Like),
    ("wants", FieldName::Wants),
    ("trait", FieldName::Trait),
    ("stack", FieldName::Stack),
    ("kind", FieldName::Kind),
    ("family", FieldName::Family),
    ("text", FieldName::Words(Place::Text)),
    ("title", FieldName::Words(Place::Title)),
    ("name", FieldName::Words(Place::Name)),
    ("company", FieldName::Company),
    ("employer", FieldName::Words(Place::Employer)),
    ("location", FieldName::Words(Place::Location)),
    ("summary", FieldName::Words(Place::Summary)),
    ("notes", FieldName::Words(Place::Notes)),
    ("work", FieldName::Words(Place::Work)),
    ("cv", FieldName::Words(Place::Cv)),
    ("education", FieldName::Words(Place::Education)),
    ("seniority", FieldName::Seniority),
    ("country", FieldName::Country),
    ("city", FieldName::Key(KeyField::City)),
    ("near", FieldName::Near),
    ("remote", FieldName::YesNo(YesNoField::Remote)),
    ("relocation", FieldName::YesNo(YesNoField::Relocation)),
    ("years", FieldName::Years),
    ("pay", FieldName::Pay),
    ("available", FieldName::Day(DayField::Available)),
    ("permit", FieldName::Permit),
    ("language", FieldName::Language),
    ("tag", FieldName::Key(KeyField::Tag)),
    ("source", FieldName::Key(KeyField::Source)),
    ("channel", FieldName::Key(KeyField::Channel)),
    ("owner", FieldName::Key(KeyField::Owner)),
    ("status", FieldName::Key(KeyField::Status)),
    ("stage", FieldName::Key(KeyField::Stage)),
    ("applied", FieldName::Day(DayField::Applied)),
    ("imported", FieldName::Day(DayField::Imported)),
    ("updated", FieldName::Day(DayField::Updated)),
    ("optout", FieldName::YesNo(YesNoField::OptOut)),
    ("email", FieldName::Key(KeyField::Email)),
    ("has", FieldName::Has),
    ("missing", FieldName::Missing),
    ("id", FieldName::Id),
    ("saved", FieldName::Saved),
    ("new_since", FieldName::NewSince),
];

/// What people write instead, in other tools and in haste.
const ALSO: [(&str, &str); 39] = [
    ("skills", "skill"),
    ("related", "like"),
    ("want", "wants"),
    ("interest", "wants"),
    ("interests", "wants"),
    ("traits", "trait"),
    ("any", "text"),
    ("keyword", "text"),
    ("keywords", "text"),
    ("intitle", "title"),
    ("jobtitle", "title"),
    ("job_title", "title"),
    ("firstname", "name"),
    ("lastname", "name"),
    ("work_history", "work"),
    ("history", "work"),
    ("resume", "cv"),
    ("school", "education"),
    ("degree", "education"),
    ("note", "notes"),
    ("level", "seniority"),
    ("town", "city"),
    ("relocate", "relocation"),
    ("experience", "years"),
    ("yoe", "years"),
    ("salary", "pay"),
    ("availability", "available"),
    ("permits", "permit"),
    ("languages", "language"),
    ("speaks", "language"),
    ("tags", "tag"),
    ("recruiter", "owner"),
    ("opt_out", "optout"),
    ("optedout", "optout"),
    ("import", "imported"),
    ("changed", "updated"),
    ("modified", "updated"),
    ("mail", "email"),
    ("candidate", "id"),
];

/// Names suggested at most: a person reads three at a glance.
const SUGGESTIONS_MAX: usize = 3;
/// Likeness (0 to 1) from which a name is suggested.
const SUGGESTION_LIKENESS_MIN: f64 = 0.6;

impl FieldName {
    /// The field that a name means, in lower case; `None` where none is.
    pub fn named(name: &str) -> Option<Self> {
        let name = ALSO.iter().find(|(also, _)| *also == name).map_or(name, |(_, name)| *name);
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
    }

    /// As [`FieldName::named`], or an error at the name that tells what is near.
    pub fn read(name: &str, at: usize) -> Result<Self, QueryError> {
        Self::named(name).ok_or_else(|| {
            let error = QueryError::at(at, format!("expected a field, found `{name}`"));
            let known = NAMES.iter().map(|(known, _)| *known);
            match near(name, known.clone()) {
                near if near.is_empty() => {
                    let all: Vec<&str> = known.collect();
                    error.hint(format!("one of {}; in quotes it is searched for as text", all.join(", ")))
                }
                near => error.did_you_mean(&near),
            }
        })
    }

    /// The documented name.
    pub fn word(self) -> &'static str {
        NAMES.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    /// Whether values have an order, so that `<` and `>` mean something.
    pub fn is_ordered(self) -> bool {
        matches!(self, Self::Years | Self::Seniority | Self::Pay | Self::Day(_))
    }

    /// Whether words side by side may be one value: names and amounts, where it shows which words belong to them.
    pub fn takes_runs(self) -> bool {
        !matches!(
            self,
            Self::Words(_) | Self::Key(_) | Self::Company | Self::Id | Self::Saved | Self::NewSince
        )
    }
}

/// Words like the one written, most like first.
pub(super) fn near<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let written = written.to_lowercase();
    let mut scored: Vec<(f64, &str)> = known
        .map(|word| (strsim::normalized_damerau_levenshtein(&written, word), word))
        .filter(|(likeness, _)| *likeness >= SUGGESTION_LIKENESS_MIN)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().take(SUGGESTIONS_MAX).map(|(_, word)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_once() {
        for (name, field) in NAMES {
            assert_eq!(FieldName::named(name), Some(field));
            assert_eq!(field.word(), name);
        }
        for (also, name) in ALSO {
            assert!(FieldName::named(also).is_some_and(|field| field.word() == name), "{also}");
            assert!(NAMES.iter().all(|(known, _)| *known != also), "{also}");
        }
    }
}
