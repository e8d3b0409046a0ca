//! Applications in a list, as the columns of a table hold them: a list of jobs, and lists of stages, days and reasons.

use super::cells::{IDS, bare, text};
use super::parse::Json;
use crate::protected::is_protected;

/// Keys under which a person's applications stand.
const LISTS: [&str; 6] =
    ["applications", "application", "job_applications", "candidacies", "submissions", "applied_jobs"];
/// Keys of an application, and the column that each is; of several the first in this order that says something.
const JOB: [&str; 13] = [
    "job",
    "jobs",
    "job_title",
    "job_name",
    "position",
    "posting",
    "vacancy",
    "requisition",
    "opening",
    "offer",
    "role",
    "title",
    "name",
];
const STAGE: [&str; 5] = ["stage", "current_stage", "stage_name", "status", "state"];
const DAY: [&str; 9] = [
    "applied_at",
    "applied_on",
    "applied",
    "applied_date",
    "date_applied",
    "application_date",
    "submitted_at",
    "date",
    "created_at",
];
const REASON: [&str; 5] = ["reason", "rejection_reason", "reject_reason", "rejected_reason", "reasons"];
/// States that say no more than that the stage is not the last.
const OPEN: [&str; 6] = ["active", "open", "in_process", "in process", "in progress", "in_progress"];
/// What stands for a part that one application has and another has not, so that lists of one length go together.
const NOTHING: &str = "-";

/// The cells of a person's applications; `None` where the key holds no such thing.
pub(super) fn cells(key: &str, value: &Json) -> Option<Vec<(String, String)>> {
    if !LISTS.contains(&bare(key).as_str()) {
        return None;
    }
    let all: Vec<&[(String, Json)]> = match value {
        Json::Object(members) => vec![members.as_slice()],
        Json::List(items) => items
            .iter()
            .map(|item| match item {
                Json::Object(members) => Some(members.as_slice()),
                _ => None,
            })
            .collect::<Option<_>>()?,
        _ => return None,
    };
    let jobs: Vec<String> = all.iter().map(|one| first(one, &JOB)).collect();
    let stages: Vec<String> = all.iter().map(|one| stage(one)).collect();
    if jobs.iter().chain(&stages).all(String::is_empty) {
        return None;
    }
    let days: Vec<String> = all.iter().map(|one| first(one, &DAY)).collect();
    let reasons: Vec<String> = all.iter().map(|one| first(one, &REASON)).collect();
    let mut cells = Vec::new();
    for (name, parts) in [("applied for", jobs), ("stage", stages), ("rejection reason", reasons)] {
        cells.extend(cell(parts, true).map(|cell| (name.to_owned(), cell)));
    }
    // Nothing can stand for a day.
    cells.extend(cell(days, false).map(|cell| ("applied on".to_owned(), cell)));
    cells.extend(others(key, &all));
    Some(cells)
}

/// What the first of the keys says that says something.
fn first(application: &[(String, Json)], keys: &[&str]) -> String {
    for key in keys {
        for (_, value) in application.iter().filter(|(own, _)| bare(own) == *key) {
            let said = part(value);
            if !said.is_empty() {
                return said;
            }
        }
    }
    String::new()
}

/// The stage, or how it ended where a state says that it did.
fn stage(application: &[(String, Json)]) -> String {
    let state = first(application, &["status", "state"]);
    match state.is_empty() || OPEN.contains(&state.to_lowercase().as_str()) {
        true => first(application, &STAGE),
        false => state,
    }
}

/// A part of an application on one line, without what separates the items of a cell.
fn part(value: &Json) -> String {
    let said = match value {
        Json::Object(members) => {
            let is_name =
                |key: &&(String, Json)| matches!(bare(&key.0).as_str(), "title" | "name" | "text" | "label");
            let named = members.iter().find(is_name);
            named.map_or_else(|| text(value), |(_, name)| text(name))
        }
        other => text(other),
    };
    let said = said.replace([';', '|', '\n', '\r'], ", ");
    said.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
}

/// One cell of a part of all applications: as it stands, or a list as programs write it.
fn cell(mut parts: Vec<String>, fill: bool) -> Option<String> {
    if parts.iter().all(String::is_empty) {
        return None;
    }
    if parts.len() == 1 {
        return parts.pop();
    }
    if fill {
        parts.iter_mut().filter(|part| part.is_empty()).for_each(|part| part.push_str(NOTHING));
    } else {
        parts.retain(|part| !part.is_empty());
    }
    serde_json::to_string(&parts).ok()
}

/// What else the applications hold, under the names of its keys: it is said that it is not read.
fn others(key: &str, all: &[&[(String, Json)]]) -> Vec<(String, String)> {
    let mut cells: Vec<(String, String)> = Vec::new();
    for (inner, value) in all.iter().flat_map(|one| one.iter()) {
        let bare = bare(inner);
        let is_part =
            [&JOB[..], &STAGE, &DAY, &REASON, &IDS].iter().any(|keys| keys.contains(&bare.as_str()));
        let said = text(value);
        if is_part || said.trim().is_empty() {
            continue;
        }
        let name = if is_protected(inner) { inner.clone() } else { format!("{key}.{inner}") };
        match cells.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => {
                known.push('\n');
                known.push_str(&said);
            }
            None => cells.push((name, said)),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn check(key: &str, json: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let cells = cells(key, &parse(json.as_bytes()).unwrap());
        assert_eq!(cells, (!expected.is_empty()).then_some(expected), "{json}");
    }

    #[test]
    fn each_job_is_an_application() {
        check(
            "applications",
            r#"[{"job": {"id": 3, "title": "Django developer", "location": "Bonn"}, "stage": {"name": "rejected"},
                "applied_at": "2026-04-13", "reason": "too junior"},
               {"job": {"title": "Go; Berlin"}, "stage": {"name": "interview"}, "appliedAt": "2026-09-03"}]"#,
            &[
                ("applied for", r#"["Django developer","Go, Berlin"]"#),
                ("stage", r#"["rejected","interview"]"#),
                ("rejection reason", r#"["too junior","-"]"#),
                ("applied on", r#"["2026-04-13","2026-09-03"]"#),
            ],
        );
        check(
            "application",
            r#"{"jobs": [{"id": 1, "name": "Go"}], "current_stage": {"name": "Offer"}, "status": "active", "x": 1}"#,
            &[("applied for", "Go"), ("stage", "Offer"), ("application.x", "1")],
        );
        check(
            "applications",
            r#"[{"jobTitle": "Go", "current_stage": "Offer", "status": "hired"}]"#,
            &[("applied for", "Go"), ("stage", "hired")],
        );
        check("applications", r#"[{"x": 1}]"#, &[]);
        check("applications", r#"[["Go"]]"#, &[]);
        check("jobs", r#"[{"title": "Go"}]"#, &[]);
    }
}
