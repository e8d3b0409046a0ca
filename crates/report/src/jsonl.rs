//! Shortlists as JSON Lines: one object a line, for programs that read as they go.
//!
//! The first line is the manifest, under `manifest`. Every other line is a person on a list, as in JSON, with the
//! role's id before it.

use serde::Serialize;
use stackscout_engine::json;

use crate::{EntryModel, RankingModel};

#[derive(Serialize)]
struct Line<'a> {
    role: &'a str,
    #[serde(flatten)]
    entry: &'a EntryModel,
}

/// Every list, in the order of the roles.
#[must_use]
pub fn ranking(model: &RankingModel) -> String {
    let mut text = line(&serde_json::json!({ "manifest": model.manifest }));
    for list in &model.shortlists {
        for entry in &list.entries {
            text.push_str(&line(&Line { role: &list.role, entry }));
        }
    }
    text
}

/// A value on a line of its own.
#[must_use]
pub fn line(value: &impl Serialize) -> String {
    json::line(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::model;

    #[test]
    fn every_line_is_one_object_of_the_json_form() {
        let model = model();
        let whole = serde_json::to_value(&model).unwrap();
        let text = ranking(&model);
        let lines: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines[0]["manifest"], whole["manifest"]);
        let mut expected = Vec::new();
        for list in whole["shortlists"].as_array().unwrap() {
            for entry in list["entries"].as_array().unwrap() {
                let mut entry = entry.clone();
                entry["role"] = list["role"].clone();
                expected.push(entry);
            }
        }
        assert_eq!(lines[1..], expected);
    }
}
