//! Addresses, telephone numbers, links and files in objects: the value alone, without what stands beside it.
//!
//! `[{"value": "ada@example.org", "type": "Personal", "isPrimary": true}]` is `ada@example.org`.

use stackscout_profile::Field;

use super::cells::{bare, text};
use super::parse::Json;
use crate::resume::profile_link;

/// Keys of the value, the surest first.
const EMAIL: [&str; 6] = ["value", "email", "email_address", "address", "mail", "text"];
const PHONE: [&str; 8] =
    ["value", "e164", "number", "phone", "phone_number", "full_number", "formatted", "text"];
const LINK: [&str; 3] = ["value", "address", "text"];
/// Keys of a flag that says which of several comes first.
const PRIMARY: [&str; 8] =
    ["primary", "is_primary", "preferred", "is_preferred", "default", "is_default", "main", "is_main"];
/// Keys of a file: its name, and where it lies.
const FILE_NAME: [&str; 4] = ["filename", "file_name", "original_filename", "original_name"];
const FILE_PLACE: [&str; 5] = ["url", "href", "link", "download_url", "file_url"];

/// The cell of an object or a list of objects of such a field, the primary one first; `None` where it is no such thing.
pub(super) fn cell(field: Field, value: &Json) -> Option<String> {
    let Json::List(items) = value else { return one(field, value) };
    let mut said: Vec<(bool, String)> = items
        .iter()
        .map(|item| (is_primary(item), one(field, item).unwrap_or_else(|| text(item))))
        .filter(|(_, text)| !text.trim().is_empty())
        .collect();
    said.sort_by_key(|(is_primary, _)| !is_primary);
    Some(said.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("; "))
}

/// The names of files, or where they lie; of several those of CVs. `None` where a value is no file.
pub(super) fn files(value: &Json) -> Option<String> {
    let items = match value {
        Json::List(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    if items.iter().any(|item| said(item, &["text", "content", "plain_text", "body"]).is_some()) {
        return None;
    }
    let is_cv = |item: &&Json| {
        let kind = said(item, &["type", "kind", "category"]).unwrap_or_default().to_lowercase();
        kind.contains("resume") || kind == "cv" || kind == "lebenslauf"
    };
    let cvs: Vec<&Json> = items.iter().filter(is_cv).collect();
    let all: Vec<&Json> = if cvs.is_empty() { items.iter().collect() } else { cvs };
    let names: Vec<String> = all
        .into_iter()
        .filter_map(|item| match said(item, &FILE_NAME) {
            Some(name) => Some(name),
            None => {
                let place = said(item, &FILE_PLACE)?;
                Some(said(item, &["name", "title"]).unwrap_or(place))
            }
        })
        .collect();
    (!names.is_empty()).then(|| names.join("; "))
}

/// Whether a text is the address of a page or a file, and nothing else.
pub(super) fn is_address(said: &str) -> bool {
    let said = said.trim();
    (said.starts_with("https://") || said.starts_with("http://")) && !said.contains(char::is_whitespace)
}

fn one(field: Field, value: &Json) -> Option<String> {
    match field {
        Field::Email => said(value, &EMAIL),
        Field::Phone => {
            let number = said(value, &PHONE)?;
            let code = said(value, &["country_code", "calling_code", "dial_code"]);
            Some(match code.filter(|code| code.starts_with('+') && !number.starts_with(['+', '0'])) {
                Some(code) => format!("{code} {number}"),
                None => number,
            })
        }
        _ => match profile_link(value) {
            link if link.is_empty() => said(value, &LINK),
            link => Some(link),
        },
    }
}

/// What the first of the keys says that has a text or a number.
fn said(value: &Json, keys: &[&str]) -> Option<String> {
    let Json::Object(members) = value else { return None };
    keys.iter().find_map(|key| {
        let found = members.iter().find(|(own, value)| {
            let says = match value {
                Json::Text(said) => !said.trim().is_empty(),
                Json::Number(_) => true,
                _ => false,
            };
            says && bare(own) == **key
        });
        found.map(|(_, value)| text(value).trim().to_owned())
    })
}

fn is_primary(value: &Json) -> bool {
    let Json::Object(members) = value else { return false };
    members.iter().any(|(key, value)| *value == Json::Bool(true) && PRIMARY.contains(&bare(key).as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    #[test]
    fn values_stand_alone_and_the_primary_one_first() {
        for (field, json, expected) in [
            (
                Field::Phone,
                r#"[{"value": "+44 20 7946 0018", "type": "Personal", "isPrimary": true}]"#,
                Some("+44 20 7946 0018"),
            ),
            (
                Field::Email,
                r#"[{"value": "a@x.org", "type": "Work", "isPrimary": false}, {"value": "b@x.org", "isPrimary": true},
                    "c@x.org", {"email": "d@x.org", "verified": true}]"#,
                Some("b@x.org; a@x.org; c@x.org; d@x.org"),
            ),
            (Field::Email, r#"{"address": "a@x.org", "verified": false}"#, Some("a@x.org")),
            (Field::Email, r#"{"work": "a@x.org"}"#, None),
            (Field::Phone, r#"[{"number": "30 123456", "country_code": "+49"}]"#, Some("+49 30 123456")),
            (
                Field::Link,
                r#"[{"name": "GitHub", "url": "https://github.com/a", "public": true}]"#,
                Some("https://github.com/a"),
            ),
            (
                Field::Link,
                r#"[{"value": "linkedin.com/in/x"}, {"type": "github", "username": "x"}]"#,
                Some("linkedin.com/in/x; https://github.com/x"),
            ),
        ] {
            let read = cell(field, &parse(json.as_bytes()).unwrap());
            assert_eq!(read.as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn a_file_is_its_name_and_never_a_text() {
        for (json, expected) in [
            (
                r#"[{"url": "https://x.org/1", "filename": "ari.pdf", "type": "application/pdf"}]"#,
                Some("ari.pdf"),
            ),
            (
                r#"[{"filename": "letter.pdf", "type": "cover_letter"}, {"filename": "cv.pdf", "type": "resume"}]"#,
                Some("cv.pdf"),
            ),
            (r#"{"url": "https://x.org/1"}"#, Some("https://x.org/1")),
            (r#"{"text": "Django since 2019."}"#, None),
        ] {
            assert_eq!(files(&parse(json.as_bytes()).unwrap()).as_deref(), expected, "{json}");
        }
    }
}
