//! The form of a layout as a file: TOML, the same for those of the program and those of a pool.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stackscout_profile::Field;

/// A layout as it stands in its file; `data/layouts/README.md` says what each key means.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LayoutFile {
    pub name: String,
    pub about: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protected: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub long: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceRule>,
    #[serde(default)]
    pub recognise: Recognise,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub absent_in: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unless: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub instead: BTreeMap<String, Instead>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub split: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loose: Option<Loose>,
    #[serde(default)]
    pub columns: BTreeMap<Field, Vec<String>>,
}

/// Another name of the source, for files that hold all of these headers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceRule {
    pub name: String,
    pub when: Vec<String>,
}

/// What a column means in a file that has columns of other fields, unless a column has that meaning by its name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instead {
    pub field: Field,
    /// One of these must be there.
    pub beside: Vec<Field>,
}

/// What a header must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recognise {
    /// All of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<String>,
    /// One of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// `least` of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub least: usize,
    /// Columns named by skills.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub skill_columns: bool,
}

/// What may stand around a header's words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Loose {
    pub prefixes: Vec<String>,
    pub numbered: Vec<Field>,
    pub pay_words: Vec<String>,
    /// Words of headers that are about somebody else.
    pub others: Vec<String>,
}

/// Why a layout cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadLayout {
    /// From 1.
    pub line: usize,
    pub reason: String,
}

impl LayoutFile {
    /// Reads the text of a file.
    pub fn read(text: &str) -> Result<Self, BadLayout> {
        toml::from_str(text).map_err(|e| {
            let at = e.span().map_or(0, |span| span.start).min(text.len());
            BadLayout { line: line_at(text, at), reason: e.message().replace('\n', ", ") }
        })
    }
}

/// The line of a byte offset, from 1.
fn line_at(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1
}

/// The line on which the first name in backticks of a message stands in the text; 1 where it does not.
pub(super) fn line_of(text: &str, message: &str) -> usize {
    let name = message.split('`').nth(1).filter(|name| !name.is_empty());
    name.and_then(|name| text.find(name)).map_or(1, |at| line_at(text, at))
}

/// A field's word, or `-` for a place that is not read.
pub(super) fn place(word: &str) -> Result<Option<Field>, String> {
    if word == "-" { Ok(None) } else { word.parse().map(Some) }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}
