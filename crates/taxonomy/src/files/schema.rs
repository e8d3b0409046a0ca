//! Which files a taxonomy has, and their columns.

/// A file's columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Schema {
    pub name: &'static str,
    /// Columns in canonical order.
    pub columns: &'static [&'static str],
    /// How many of the first columns name a row.
    pub keys: usize,
    /// Columns that may be empty.
    pub may_be_empty: &'static [&'static str],
}

/// A column that any file of a team may have at its end: remarks, which nothing reads.
pub(super) const NOTE: &str = "note";
/// Rows that a team takes out of the built-in files.
pub(super) const DROP: &str = "drop.csv";

const fn schema(
    name: &'static str,
    columns: &'static [&'static str],
    keys: usize,
    may_be_empty: &'static [&'static str],
) -> Schema {
    Schema { name, columns, keys, may_be_empty }
}

pub(super) const FILES: [Schema; 15] = [
    schema("assessments.csv", &["skill", "task", "look_for", "source"], 1, &[]),
    schema("case_traits.csv", &["case", "trait", "source"], 2, &[]),
    schema("cases.csv", &["id", "name", "skill", "source"], 1, &[]),
    schema(
        "contexts.csv",
        &["context", "alone", "near_words_max", "cue", "refuse", "source"],
        1,
        &["cue", "refuse"],
    ),
    schema("cues.csv", &["class", "phrase", "value", "source"], 2, &["value"]),
    schema(DROP, &["file", "key", "second"], 3, &["second"]),
    schema("lookalikes.csv", &["phrase", "source"], 1, &[]),
    schema("relation_types.csv", &["relation", "basis", "kinds", "credit", "source"], 1, &[]),
    schema("relations.csv", &["from", "to", "relation", "credit", "source"], 2, &[]),
    schema("role_families.csv", &["id", "name", "also", "kinds", "source"], 1, &["also"]),
    schema("rules.csv", &["id", "when", "adds", "need", "weight", "years", "source"], 1, &["years"]),
    schema("skill_traits.csv", &["skill", "trait", "source"], 2, &[]),
    schema(
        "skills.csv",
        &["id", "name", "kind", "language", "paradigm", "source"],
        1,
        &["language", "paradigm"],
    ),
    schema("spellings.csv", &["spelling", "skill", "context", "source"], 1, &["context"]),
    schema("traits.csv", &["id", "name", "kind", "also", "source"], 1, &["also"]),
];

impl Schema {
    pub fn of(name: &str) -> Option<&'static Self> {
        FILES.iter().find(|schema| schema.name == name)
    }
}
