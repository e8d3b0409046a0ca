//! A vacancy in a person's object: its title is the job applied for, and what else it holds is about no person.

use super::cells::{IDS, bare, principal_alone, text};
use super::parse::Json;
use crate::protected::is_protected;

/// Keys that hold nothing but vacancies, alone and in lists.
const SURE: [&str; 16] = [
    "vacancy",
    "vacancies",
    "requisition",
    "requisitions",
    "posting",
    "postings",
    "opening",
    "openings",
    "job_posting",
    "job_postings",
    "job_opening",
    "job_openings",
    "job_requisition",
    "job_order",
    "job_orders",
    "job_ad",
];
/// Keys that may hold the job that a person has, too.
const OPEN: [&str; 5] = ["job", "jobs", "position", "offer", "offers"];
/// Parts of keys that a vacancy alone has.
const SIGNS: [&str; 10] = [
    "requir",
    "must_have",
    "nice_to_have",
    "hiring",
    "opening",
    "vacanc",
    "requisition",
    "posting",
    "qualifications",
    "headcount",
];
/// The same, unless a company or a time says that it is somebody's job.
const WEAK_SIGNS: [&str; 4] = ["skill", "descript", "tags", "keywords"];
/// Parts of keys of a job that somebody has.
const OF_PERSON: [&str; 8] =
    ["company", "employer", "organization", "organisation", "start_date", "end_date", "current", "since"];
/// Keys of the title.
const TITLES: [&str; 5] = ["title", "name", "job_title", "label", "text"];
/// Before the name of what is not read. It tells the columns that they are about somebody else.
const NOT_READ: &str = "vacancy";

/// The cells of a vacancy, or of a list of them; `None` where it may be the person's own job.
pub(super) fn cells(key: &str, value: &Json) -> Option<Vec<(String, String)>> {
    if !matches!(value, Json::Object(_) | Json::List(_)) {
        return None;
    }
    let own = bare(key);
    let is_sure = SURE.contains(&own.as_str());
    if !is_sure && !OPEN.contains(&own.as_str()) {
        return None;
    }
    let all: Vec<&[(String, Json)]> = match value {
        Json::Object(members) => vec![members.as_slice()],
        Json::List(items) => {
            let all = items.iter().map(|item| match item {
                Json::Object(members) => Some(members.as_slice()),
                _ => None,
            });
            all.collect::<Option<_>>()?
        }
        _ => return None,
    };
    let is_alone = all.iter().all(|members| principal_alone(members).is_some());
    if all.is_empty() || is_alone || !all.iter().all(|members| is_sure || is_vacancy(members)) {
        return None;
    }
    let titles: Vec<String> =
        all.iter().map(|members| title(members)).filter(|title| !title.is_empty()).collect();
    let mut cells = vec![("applied for".to_owned(), titles.join("; "))];
    for (inner, value) in all.iter().flat_map(|members| members.iter()) {
        let bare = bare(inner);
        let said = text(value);
        let is_left_out =
            TITLES.contains(&bare.as_str()) || IDS.contains(&bare.as_str()) || is_protected(inner);
        if is_left_out || said.trim().is_empty() {
            continue;
        }
        let name = format!("{NOT_READ}.{inner}");
        match cells.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => {
                known.push('\n');
                known.push_str(&said);
            }
            None => cells.push((name, said)),
        }
    }
    Some(cells)
}

/// What a key such as `job.required_skills` is called, where it is about a vacancy.
pub(super) fn name(outer: &str, inner: &str) -> Option<String> {
    let (own, key) = (bare(outer), bare(inner));
    let is_sure = SURE.contains(&own.as_str());
    if is_sure && TITLES.contains(&key.as_str()) {
        return Some("applied for".to_owned());
    }
    let is_of_vacancy = is_sure || (OPEN.contains(&own.as_str()) && has(&key, &SIGNS));
    is_of_vacancy.then(|| format!("{NOT_READ}.{inner}"))
}

fn is_vacancy(members: &[(String, Json)]) -> bool {
    let any = |parts: &[&str]| members.iter().any(|(key, _)| has(&bare(key), parts));
    any(&SIGNS) || (any(&WEAK_SIGNS) && !any(&OF_PERSON))
}

fn has(key: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| key.contains(part))
}

fn title(members: &[(String, Json)]) -> String {
    let found = TITLES.iter().find_map(|title| {
        members.iter().find(|(key, value)| bare(key) == **title && !text(value).trim().is_empty())
    });
    let said = found.map(|(_, value)| text(value)).unwrap_or_default();
    said.replace([';', '\n'], ",").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    #[test]
    fn what_a_vacancy_asks_for_is_about_nobody() {
        for (key, json, expected) in [
            (
                "job",
                r#"{"id": 1, "title": "Go Dev", "required_skills": ["Kafka"], "gender": "m/f"}"#,
                Some(vec![("applied for", "Go Dev"), ("vacancy.required_skills", "Kafka")]),
            ),
            (
                "posting",
                r#"{"text": "Go Dev", "tags": ["Kafka"], "location": "Bonn"}"#,
                Some(vec![
                    ("applied for", "Go Dev"),
                    ("vacancy.tags", "Kafka"),
                    ("vacancy.location", "Bonn"),
                ]),
            ),
            (
                "jobs",
                r#"[{"title": "Go Dev", "skills": ["Kafka"]}, {"title": "C Dev", "skills": ["Lua"]}]"#,
                Some(vec![("applied for", "Go Dev; C Dev"), ("vacancy.skills", "Kafka\nLua")]),
            ),
            ("position", r#"{"title": "Go Dev", "company": "Acme", "skills": ["Kafka"]}"#, None),
            ("vacancy", r#"{"id": 1, "title": "Go Dev"}"#, None),
            ("employer", r#"{"required_skills": ["Kafka"]}"#, None),
        ] {
            let expected: Option<Vec<_>> = expected.map(|cells| {
                cells.into_iter().map(|(k, v): (&str, &str)| (k.to_owned(), v.to_owned())).collect()
            });
            assert_eq!(cells(key, &parse(json.as_bytes()).unwrap()), expected, "{json}");
        }
        assert_eq!(name("job", "required_skills").as_deref(), Some("vacancy.required_skills"));
        assert_eq!(name("job", "title"), None);
    }
}
