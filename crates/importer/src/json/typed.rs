//! Values that stand under their own type, as pages of Notion have them:
//! `{"id": "a", "type": "email", "email": "ada@example.org"}` is `ada@example.org`.

use super::cells::text;
use super::parse::Json;

/// Types of a property, of a formula and of a rollup.
const TYPES: [&str; 22] = [
    "title",
    "rich_text",
    "email",
    "phone_number",
    "url",
    "number",
    "select",
    "multi_select",
    "status",
    "date",
    "checkbox",
    "people",
    "files",
    "formula",
    "rollup",
    "relation",
    "unique_id",
    "string",
    "boolean",
    "array",
    "created_by",
    "last_edited_by",
];
/// Keys that may stand beside the type and the value.
const BESIDE: [&str; 6] = ["id", "type", "name", "description", "function", "has_more"];
/// Keys of a page that are about the person; the others are about the page.
const OF_PERSON: [&str; 4] = ["id", "properties", "created_time", "last_edited_time"];

/// Whether an object is a page with properties.
pub(super) fn is_page(members: &[(String, Json)]) -> bool {
    let has = |key: &str, is: fn(&Json) -> bool| members.iter().any(|(own, value)| own == key && is(value));
    has("object", |value| matches!(value, Json::Text(word) if word == "page"))
        && has("properties", |value| matches!(value, Json::Object(_)))
}

/// Whether a key of a page is about the person.
pub(super) fn is_of_person(key: &str) -> bool {
    OF_PERSON.contains(&key)
}

/// The value of an object that has it under its type; `None` of any other object.
pub(super) fn value(json: &Json) -> Option<Json> {
    let Json::Object(members) = json else { return None };
    let Some(Json::Text(kind)) = json.get("type") else { return None };
    if !TYPES.contains(&kind.as_str()) {
        return None;
    }
    let held = json.get(kind)?;
    let is_beside = |(key, _): &(String, Json)| key == kind || BESIDE.contains(&key.as_str());
    members.iter().all(is_beside).then(|| plain(kind, held))
}

fn plain(kind: &str, held: &Json) -> Json {
    match held {
        Json::List(items) => match kind {
            "title" | "rich_text" => Json::Text(items.iter().map(run).collect()),
            "relation" => Json::Null,
            "array" => {
                Json::List(items.iter().map(|item| value(item).unwrap_or_else(|| named(item))).collect())
            }
            _ => Json::List(items.iter().map(named).collect()),
        },
        Json::Object(_) => value(held).unwrap_or_else(|| match kind {
            "date" => held.get("start").cloned().unwrap_or(Json::Null),
            "unique_id" => Json::Text(
                [held.get("prefix"), held.get("number")]
                    .into_iter()
                    .flatten()
                    .map(text)
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join("-"),
            ),
            _ => named(held),
        }),
        other => other.clone(),
    }
}

/// A run of a text.
fn run(item: &Json) -> String {
    let content = || item.get("text").and_then(|text| text.get("content"));
    item.get("plain_text").or_else(content).map(text).unwrap_or_default()
}

/// The name of an option, a person or a file.
fn named(item: &Json) -> Json {
    match item {
        Json::Object(_) => item.get("name").cloned().unwrap_or(Json::Null),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    #[test]
    fn a_value_stands_under_its_type() {
        for (json, expected) in [
            (r#"{"id": "a", "type": "email", "email": "noa@n.example"}"#, Some("noa@n.example")),
            (
                r#"{"id": "title", "type": "title", "title": [{"plain_text": "Noa "}, {"plain_text": "N"}]}"#,
                Some("Noa N"),
            ),
            (
                r#"{"id": "f", "type": "select", "select": {"id": "x", "name": "Germany", "color": "red"}}"#,
                Some("Germany"),
            ),
            (
                r#"{"type": "multi_select", "multi_select": [{"name": "Go", "color": "red"}, {"name": "C"}]}"#,
                Some("Go; C"),
            ),
            (r#"{"type": "date", "date": {"start": "2026-01-02", "end": null}}"#, Some("2026-01-02")),
            (r#"{"type": "checkbox", "checkbox": false}"#, Some("false")),
            (r#"{"type": "formula", "formula": {"type": "number", "number": 5}}"#, Some("5")),
            (r#"{"type": "select", "select": null}"#, Some("")),
            (r#"{"type": "email", "value": "a@x.org"}"#, None),
            (r#"{"type": "work", "work": "a@x.org"}"#, None),
        ] {
            let read = value(&parse(json.as_bytes()).unwrap()).map(|value| text(&value));
            assert_eq!(read.as_deref(), expected, "{json}");
        }
    }
}
