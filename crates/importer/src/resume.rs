//! JSON Resume: one person as one JSON document, by the schema of that name.
//!
//! What it says goes into fixed columns. One of them is worked out, and says so: the years of all jobs, overlapping ones
//! counted once, and only where every job has an end or the document its own date. Pictures are never read, references
//! neither: they are other people's words.

use std::io;

use stackscout_profile::Field;

use crate::columns::{ColumnUse, Usage};
use crate::cvs::place::{Place, PlaceReader};
use crate::document::DOCUMENT_BYTES_MAX;
use crate::fields::Fields;
use crate::json::cells::text;
use crate::json::parse::{Json, parse};
use crate::records::Fault;
use crate::rows::{CellRow, CellSource};

/// A column of every JSON Resume.
pub(crate) struct ResumeColumn {
    pub name: &'static str,
    field: Field,
    why: &'static str,
}

const fn column(name: &'static str, field: Field, why: &'static str) -> ResumeColumn {
    ResumeColumn { name, field, why }
}

/// All columns, in their order.
pub(crate) const COLUMNS: [ResumeColumn; 17] = [
    column("name", Field::Name, "`basics.name`"),
    column("title", Field::Title, "`basics.label`"),
    column("email", Field::Email, "`basics.email`"),
    column("phone", Field::Phone, "`basics.phone`"),
    column("link", Field::Link, "`basics.url` and `basics.profiles`"),
    column("city", Field::City, "`basics.location.city`"),
    column("region", Field::Region, "`basics.location.region`"),
    column("country", Field::Country, "`basics.location.countryCode`"),
    column("summary", Field::Summary, "`basics.summary`"),
    column("employer", Field::Employer, "the job in `work` that has begun last and has no end"),
    column("years", Field::TotalYears, "worked out of the dates in `work`; jobs at the same time count once"),
    column("skills", Field::Skills, "`skills`"),
    column("work_history", Field::WorkHistory, "`work` and `volunteer`"),
    column("education", Field::Education, "`education` and `certificates`"),
    column("languages", Field::Languages, "`languages`"),
    column("notes", Field::Notes, "`projects`, `publications` and `awards`"),
    column("interests", Field::Interests, "`interests`"),
];

/// The columns as a file has them.
pub(crate) fn column_uses() -> Vec<ColumnUse> {
    let column = |c: &ResumeColumn| ColumnUse {
        column: c.name.to_owned(),
        usage: Usage::Field(c.field),
        why: format!("JSON Resume: {}", c.why),
        guess: false,
    };
    COLUMNS.iter().map(column).collect()
}

/// JSON Resumes of a folder or archive, one for each file.
pub(crate) struct ResumeRows {
    reader: PlaceReader,
    names: std::vec::IntoIter<String>,
    line: u64,
}

impl ResumeRows {
    pub fn new(place: &Place, names: Vec<String>) -> io::Result<Self> {
        Ok(Self { reader: place.reader()?, names: names.into_iter(), line: 0 })
    }
}

impl CellSource for ResumeRows {
    fn next(&mut self) -> io::Result<Option<CellRow>> {
        self.line += 1;
        if self.line == 1 {
            let fields: Fields = COLUMNS.iter().map(|c| c.name).collect();
            return Ok(Some(CellRow { line: 0, fields, ..CellRow::default() }));
        }
        let Some(file) = self.names.next() else { return Ok(None) };
        let line = self.line - 1;
        let bytes = self.reader.bytes(&file, DOCUMENT_BYTES_MAX)?;
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        Ok(Some(match parse(bytes) {
            Ok(json) => {
                let fields = cells(&json).iter().map(|(_, text)| text).collect();
                CellRow { line, fields, ..CellRow::default() }
            }
            Err(fault) => {
                let reason = format!("`{file}` is no JSON: {fault}");
                let fault = Some(Fault { code: "bad-json", field: None, reason });
                CellRow { line, fault, raw: Some(Vec::new()), ..CellRow::default() }
            }
        }))
    }
}

/// Whether a document is a JSON Resume: it names the schema, or has its `basics`, or several of its other parts.
pub(crate) fn is_resume(json: &Json) -> bool {
    let schema = json.get("$schema").is_some_and(|s| text(s).to_lowercase().contains("resume"));
    let has = |key: &str, of: &[&str]| match json.get(key) {
        Some(Json::Object(members)) => members.iter().any(|(k, _)| of.contains(&k.as_str())),
        Some(Json::List(items)) => items.iter().any(|item| of.iter().any(|k| item.get(k).is_some())),
        _ => false,
    };
    let parts = [
        has("work", &["position", "startDate", "highlights"]),
        has("education", &["institution", "studyType", "area"]),
        has("skills", &["keywords", "level"]),
        has("languages", &["fluency"]),
    ];
    schema
        || has("basics", &["name", "label", "email", "profiles", "summary", "location"])
        || parts.into_iter().filter(|part| *part).count() >= 2
}

/// The cells of a JSON Resume, by column.
pub(crate) fn cells(resume: &Json) -> Vec<(String, String)> {
    let basics = resume.get("basics");
    let basic = |key: &str| said(basics.and_then(|basics| basics.get(key)));
    let place = |key: &str| said(basics.and_then(|b| b.get("location")).and_then(|l| l.get(key)));
    let profiles = basics.and_then(|b| b.get("profiles"));
    let mut links = vec![basic("url")];
    links.extend(items(profiles).map(|profile| said(profile.get("url"))));
    let now = present_job(resume);
    let title = Some(basic("label")).filter(|label| !label.is_empty());
    let title = title.or_else(|| now.map(|job| said(job.get("position"))));
    let texts = [
        ("name", basic("name")),
        ("title", title.unwrap_or_default()),
        ("email", basic("email")),
        ("phone", basic("phone")),
        ("link", joined(links, "; ")),
        ("city", place("city")),
        ("region", place("region")),
        ("country", place("countryCode")),
        ("summary", basic("summary")),
        ("employer", now.map(employer).unwrap_or_default()),
        ("years", years(resume).unwrap_or_default()),
        ("skills", joined(items(resume.get("skills")).map(skill), "\n")),
        ("work_history", joined(part(resume, "work").chain(part(resume, "volunteer")).map(job), "\n")),
        ("education", joined(part(resume, "education").chain(part(resume, "certificates")).map(study), "\n")),
        ("languages", joined(items(resume.get("languages")).map(language), "; ")),
        (
            "notes",
            joined(
                ["projects", "publications", "awards"].into_iter().flat_map(|p| part(resume, p)).map(job),
                "\n",
            ),
        ),
        ("interests", joined(items(resume.get("interests")).map(skill), "\n")),
    ];
    texts.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

fn said(value: Option<&Json>) -> String {
    value.map(text).unwrap_or_default().trim().to_owned()
}

fn items(value: Option<&Json>) -> impl Iterator<Item = &Json> {
    let items = match value {
        Some(Json::List(items)) => items.as_slice(),
        Some(Json::Null) | None => &[],
        Some(one) => std::slice::from_ref(one),
    };
    items.iter()
}

fn part<'a>(resume: &'a Json, key: &str) -> impl Iterator<Item = &'a Json> {
    items(resume.get(key))
}

fn joined(texts: impl IntoIterator<Item = String>, between: &str) -> String {
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(between)
}

/// The first of several keys that says something.
fn first(value: &Json, keys: &[&str]) -> String {
    keys.iter().map(|key| said(value.get(key))).find(|text| !text.is_empty()).unwrap_or_default()
}

fn employer(job: &Json) -> String {
    first(job, &["name", "company", "organization"])
}

/// Of the jobs that have begun and have no end, the one that began last.
fn present_job(resume: &Json) -> Option<&Json> {
    let open = part(resume, "work").filter(|job| {
        let begun = !said(job.get("startDate")).is_empty();
        begun && is_open(&said(job.get("endDate")))
    });
    open.max_by_key(|job| said(job.get("startDate")))
}

fn is_open(end: &str) -> bool {
    end.is_empty() || matches!(end.to_lowercase().as_str(), "present" | "now" | "current" | "today")
}

fn period(value: &Json) -> String {
    let (start, end) = (said(value.get("startDate")), said(value.get("endDate")));
    match (start.is_empty(), is_open(&end)) {
        (true, true) => first(value, &["date", "releaseDate"]),
        (true, false) => format!("until {end}"),
        (false, true) => format!("{start} - present"),
        (false, false) => format!("{start} - {end}"),
    }
}

fn job(value: &Json) -> String {
    let what = first(value, &["position", "title"]);
    let head = joined([what, employer(value), first(value, &["entity", "publisher", "awarder"])], ", ");
    let period = period(value);
    let head = match (head.is_empty(), period.is_empty()) {
        (false, false) => format!("{head} ({period})"),
        (false, true) => head,
        _ => period,
    };
    let rest = [first(value, &["summary", "description"]), lines(value.get("highlights")), {
        joined(items(value.get("keywords")).map(text), ", ")
    }];
    joined(std::iter::once(head).chain(rest), "\n")
}

fn lines(value: Option<&Json>) -> String {
    joined(items(value).map(|item| format!("- {}", text(item))), "\n")
}

fn study(value: &Json) -> String {
    let what = joined([said(value.get("studyType")), said(value.get("area"))], " ");
    let head = joined([what, first(value, &["institution", "name"]), said(value.get("issuer"))], ", ");
    let period = Some(period(value)).filter(|p| !p.is_empty());
    let courses = joined(items(value.get("courses")).map(text), ", ");
    let head = period.map_or(head.clone(), |period| format!("{head} ({period})"));
    joined([head, courses], "\n")
}

/// `{"name": "Databases", "keywords": ["MySQL"]}` as people write it: `Databases: MySQL`.
fn skill(value: &Json) -> String {
    let (name, level) = (first(value, &["name"]), said(value.get("level")));
    let keywords = joined(items(value.get("keywords")).map(text), ", ");
    match (name.is_empty(), keywords.is_empty(), level.is_empty()) {
        (true, _, _) if !matches!(value, Json::Object(_)) => text(value),
        (true, _, _) => keywords,
        (false, false, _) => format!("{name}: {keywords}"),
        (false, true, false) => format!("{name} ({level})"),
        (false, true, true) => name,
    }
}

fn language(value: &Json) -> String {
    let (name, fluency) = (first(value, &["language", "name"]), said(value.get("fluency")));
    match (name.is_empty(), fluency.is_empty()) {
        (true, _) if !matches!(value, Json::Object(_)) => text(value),
        (_, true) => name,
        _ => format!("{name} ({fluency})"),
    }
}

/// Years of all jobs, those at the same time once. Nothing where a job has no dates, or goes on and the document does
/// not say when it was written.
fn years(resume: &Json) -> Option<String> {
    let written = resume.get("meta").and_then(|meta| month(&said(meta.get("lastModified"))));
    let mut jobs = Vec::new();
    for job in part(resume, "work") {
        let end = said(job.get("endDate"));
        let start = month(&said(job.get("startDate")))?;
        let end = if is_open(&end) { written? } else { month(&end)? };
        jobs.push((start, end.max(start)));
    }
    jobs.sort_unstable();
    let (mut months, mut until) = (0, i64::MIN);
    for (start, end) in jobs {
        months += (end - start.max(until)).max(0);
        until = until.max(end);
    }
    (months > 0).then(|| {
        let tenths = months * 10 / 12;
        if tenths % 10 == 0 { format!("{}", tenths / 10) } else { format!("{}.{}", tenths / 10, tenths % 10) }
    })
}

/// Months since year 0 of `2019`, `2019-03`, `2019-03-15` or a time on such a day.
fn month(date: &str) -> Option<i64> {
    let mut parts = date.get(..date.len().min(10))?.split('-');
    let year = parts.next().filter(|y| y.len() == 4)?.parse::<i64>().ok()?;
    let month = parts.next().map_or(Some(1), |m| m.parse::<i64>().ok())?;
    (1..=12).contains(&month).then_some(year * 12 + month - 1)
}

#[cfg(test)]
mod tests {
    //! - every part goes into its column, and what is no JSON Resume is told apart
    //! - years are worked out where all dates are there, and jobs at the same time count once

    use super::*;
    use crate::json::parse::parse;

    fn cell(resume: &str, column: &str) -> String {
        let json = parse(resume.as_bytes()).unwrap();
        assert!(is_resume(&json), "{resume}");
        cells(&json).into_iter().find(|(name, _)| name == column).unwrap().1
    }

    #[test]
    fn parts_go_into_columns() {
        let resume = r#"{
            "basics": {"name": "Ada Moss", "label": "Engineer", "email": "ada@example.org", "image": "a.png",
                "url": "https://ada.example.org", "location": {"city": "Bonn", "countryCode": "DE"},
                "profiles": [{"network": "GitHub", "url": "https://github.com/ada"}]},
            "work": [
                {"name": "Acme", "position": "Developer", "startDate": "2019-03", "endDate": "2021-06",
                    "summary": "Built shops.", "highlights": ["Moved to Django"]},
                {"name": "Beta", "position": "Lead", "startDate": "2021-07"}],
            "skills": [{"name": "Databases", "keywords": ["MySQL", "Redis"]}, {"name": "Go", "level": "Master"}],
            "languages": [{"language": "German", "fluency": "Native"}, {"language": "English"}],
            "education": [{"institution": "Bonn", "studyType": "BSc", "area": "Physics", "endDate": "2018"}],
            "interests": [{"name": "Sailing"}]
        }"#;
        for (column, text) in [
            ("name", "Ada Moss"),
            ("link", "https://ada.example.org; https://github.com/ada"),
            ("country", "DE"),
            ("employer", "Beta"),
            ("years", ""),
            ("skills", "Databases: MySQL, Redis\nGo (Master)"),
            (
                "work_history",
                "Developer, Acme (2019-03 - 2021-06)\nBuilt shops.\n- Moved to Django\nLead, Beta (2021-07 - present)",
            ),
            ("education", "BSc Physics, Bonn (until 2018)"),
            ("languages", "German (Native); English"),
            ("interests", "Sailing"),
        ] {
            assert_eq!(cell(resume, column), text, "{column}");
        }
    }

    #[test]
    fn years_count_every_month_once() {
        let years = |work: &str, meta: &str| {
            cell(&format!("{{\"basics\": {{\"name\": \"A\"}}, \"work\": [{work}]{meta}}}"), "years")
        };
        let job = |start: &str, end: &str| format!("{{\"startDate\": \"{start}\", \"endDate\": \"{end}\"}}");
        assert_eq!(years(&job("2019-03", "2021-06"), ""), "2.2");
        assert_eq!(years(&[job("2010", "2014"), job("2012", "2016-01-01")].join(","), ""), "6");
        assert_eq!(years(&[job("2010", "2011"), job("", "2016")].join(","), ""), "");
        let open = "{\"startDate\": \"2020-01\"}";
        assert_eq!(years(open, ""), "");
        assert_eq!(years(open, ", \"meta\": {\"lastModified\": \"2022-07-01T10:00:00\"}"), "2.5");
    }

    #[test]
    fn other_objects_are_none() {
        for not in [
            r#"{"name": "Ada", "skills": ["Go"]}"#,
            r#"{"basics": "x"}"#,
            r#"{"work": "Acme", "education": "BSc"}"#,
            "[]",
            "1",
        ] {
            assert!(!is_resume(&parse(not.as_bytes()).unwrap()), "{not}");
        }
    }
}
