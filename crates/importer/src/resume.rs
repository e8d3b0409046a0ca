//! JSON Resume: one person as one JSON document, by the schema of that name.
//!
//! What it says goes into fixed columns. One of them is worked out, and says so: the years of all jobs, overlapping ones
//! counted once, and only where every job has an end or the document its own date. Pictures are never read, references
//! neither: they are other people's words.

use std::io;

use stackscout_profile::Field;
use stackscout_profile::candidate::read_yes_no;

use crate::columns::{ColumnUse, Usage};
use crate::cvs::place::{Place, PlaceReader};
use crate::document::DOCUMENT_BYTES_MAX;
use crate::fields::Fields;
use crate::json::cells::{bare, principal_alone, text};
use crate::json::parse::{Json, parse};
use crate::records::Fault;
use crate::rows::{CellRow, CellSource};

/// A column of every JSON Resume.
pub(crate) struct ResumeColumn {
    pub name: &'static str,
    /// What it holds; nothing where it is not read.
    field: Option<Field>,
    why: &'static str,
}

const fn column(name: &'static str, field: Field, why: &'static str) -> ResumeColumn {
    ResumeColumn { name, field: Some(field), why }
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
    ResumeColumn { name: "interests", field: None, why: "`interests` are what somebody does besides work" },
];

/// The columns as a file has them.
pub(crate) fn column_uses() -> Vec<ColumnUse> {
    let column = |c: &ResumeColumn| ColumnUse {
        column: c.name.to_owned(),
        usage: c.field.map_or(Usage::Ignored, Usage::Field),
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
    links.extend(items(profiles).map(profile_link));
    let now = present_job(resume);
    let title = Some(basic("label")).filter(|label| !label.is_empty());
    let title = title.or_else(|| now.map(|job| said(job.get("position"))));
    let works = ["projects", "publications", "awards"].into_iter().flat_map(|p| part(resume, p));
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
        ("work_history", jobs(part(resume, "work").chain(part(resume, "volunteer")))),
        ("education", joined(part(resume, "education").chain(part(resume, "certificates")).map(study), "\n")),
        ("languages", joined(items(resume.get("languages")).map(language), "; ")),
        ("notes", paragraphs(works.map(work).collect())),
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

/// Keys of a job, as JSON Resume and applicant tracking systems have them.
const POSITION: [&str; 8] =
    ["position", "title", "job_title", "position_title", "position_name", "role", "designation", "job"];
const COMPANY: [&str; 9] = [
    "company",
    "company_name",
    "organization",
    "organisation",
    "organization_name",
    "employer",
    "employer_name",
    "firm",
    "client",
];
const START: [&str; 10] = [
    "start_date",
    "start",
    "started_at",
    "started_on",
    "starts_at",
    "date_from",
    "from_date",
    "from",
    "start_year",
    "begin_date",
];
const END: [&str; 10] =
    ["end_date", "end", "ended_at", "ended_on", "ends_at", "date_to", "to_date", "to", "until", "end_year"];
const CURRENT: [&str; 7] =
    ["current", "is_current", "currently_working", "present", "is_present", "ongoing", "current_job"];
const KEYWORDS: [&str; 5] = ["keywords", "skills", "technologies", "tech_stack", "tools"];

/// The first of several keys that says something. Keys are as [`bare`] has them.
fn first_value<'a>(value: &'a Json, keys: &[&str]) -> Option<&'a Json> {
    let Json::Object(members) = value else { return None };
    let says = |value: &Json| !matches!(value, Json::Null) && !text(value).trim().is_empty();
    keys.iter().find_map(|key| {
        let own = |name: &str| bare(name).replace([' ', '-'], "_") == **key;
        members.iter().rev().find(|(name, value)| own(name) && says(value)).map(|(_, value)| value)
    })
}

/// The first of several keys that says something, as text.
fn first(value: &Json, keys: &[&str]) -> String {
    let Some(found) = first_value(value, keys) else { return String::new() };
    let Json::Object(members) = found else { return said(Some(found)) };
    let name = || first(found, &["name", "title", "label", "text"]);
    principal_alone(members).unwrap_or_else(name).trim().to_owned()
}

fn employer(job: &Json) -> String {
    let company = first(job, &COMPANY);
    if company.is_empty() { first(job, &["name"]) } else { company }
}

/// Jobs in a list as JSON Resume has them, on lines as people write them; `None` where it is no list of jobs.
pub(crate) fn work_history(value: &Json) -> Option<String> {
    let is_object = |item: &Json| matches!(item, Json::Object(_));
    let is_job = |item: &Json| {
        let is_skill = || first_value(item, &["years", "level", "proficiency"]).is_some();
        let has = |keys: &[&str]| first_value(item, keys).is_some();
        has(&COMPANY) || (has(&START) && has(&["name"])) || (has(&POSITION) && !is_skill())
    };
    let all = || items(Some(value));
    (all().all(is_object) && all().any(is_job)).then(|| jobs(all()))
}

fn jobs<'a>(all: impl Iterator<Item = &'a Json>) -> String {
    paragraphs(all.map(job).collect())
}

/// The address of a profile: as it stands, or made of the name that it has at a site whose addresses have one form.
pub(crate) fn profile_link(profile: &Json) -> String {
    let url = first(profile, &["url", "link", "href", "uri"]);
    if !url.is_empty() {
        return url;
    }
    let user = first(profile, &["username", "user_name", "user", "handle", "login"]);
    let user = user.trim_start_matches('@');
    if user.is_empty() || !user.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) {
        return String::new();
    }
    let sites = [
        ("github", "https://github.com/"),
        ("gitlab", "https://gitlab.com/"),
        ("linkedin", "https://www.linkedin.com/in/"),
        ("xing", "https://www.xing.com/profile/"),
    ];
    let network = first(profile, &["network", "site", "service", "type", "name"]).to_lowercase();
    let site = sites.iter().find(|(site, _)| network == *site);
    site.map_or_else(String::new, |(_, begin)| format!("{begin}{user}"))
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

/// The time of a job, as it is written.
#[derive(Debug, Default, PartialEq)]
struct Time {
    text: String,
    kind: TimeKind,
}

/// What a reader of the text takes a time for.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum TimeKind {
    /// No time from one day to another: nothing, a single day, a duration.
    #[default]
    None,
    /// From one month or year to another, or to this day.
    Known,
    /// Perhaps one: it is written in words of its own.
    Perhaps,
}

fn period(value: &Json) -> Time {
    let (start, end) = (day(first_value(value, &START)), day(first_value(value, &END)));
    let ended = || match first_value(value, &CURRENT) {
        Some(current) => read_yes_no(&said(Some(current))) == Ok(false),
        None => false,
    };
    let both = |sure: bool| if sure { TimeKind::Known } else { TimeKind::Perhaps };
    let one = |sure: bool| if sure { TimeKind::None } else { TimeKind::Perhaps };
    let (text, kind) = match (start.text.is_empty(), is_open(&end.text)) {
        (true, true) => return time_in_words(value),
        (true, false) => (format!("until {}", end.text), one(end.is_sure)),
        (false, true) if ended() => (start.text, one(start.is_sure)),
        (false, true) => (format!("{} - present", start.text), both(start.is_sure)),
        (false, false) => (format!("{} - {}", start.text, end.text), both(start.is_sure && end.is_sure)),
    };
    Time { text, kind }
}

/// A time that stands under one key: `2015 - 2018`, `2014-11-01`, `2 years`.
fn time_in_words(value: &Json) -> Time {
    let text = first(value, &["date", "release_date", "dates", "period"]);
    if text.is_empty() {
        let duration = first(value, &["duration"]);
        let is_said = duration.contains(char::is_alphabetic) && !duration.contains('\n');
        return if is_said {
            Time { kind: kind_in_words(&duration), text: duration }
        } else {
            Time::default()
        };
    }
    let dashed = text.replace(['–', '—'], "-");
    let years = || dashed.split_once('-').filter(|(from, to)| from.trim().len() == 4 && to.trim().len() == 4);
    if let Some((from, to)) = dashed.split_once(" - ").or_else(years)
        && let Some(from) = month_or_year(from.trim())
    {
        let to = to.trim();
        let end = if is_open(to) { Some("present".to_owned()) } else { month_or_year(to) };
        if let Some(end) = end.filter(|_| !to.is_empty()) {
            return Time { text: format!("{from} - {end}"), kind: TimeKind::Known };
        }
    }
    let kind = if month_or_year(&text).is_some() { TimeKind::None } else { kind_in_words(&text) };
    Time { text, kind }
}

/// Words without a year are no time from one day to another.
fn kind_in_words(said: &str) -> TimeKind {
    let may_be = has_year(said) || said.contains('.');
    if may_be { TimeKind::Perhaps } else { TimeKind::None }
}

/// Whether four figures stand in a row.
fn has_year(said: &str) -> bool {
    said.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

/// A day as it is written, and whether it is surely a month or a year.
#[derive(Debug, Default)]
struct Day {
    text: String,
    is_sure: bool,
}

/// A day as people write it in a CV, by its month: `2019-03-15T00:00:00Z` and `{"year": 2019, "month": 3}` are `2019-03`;
/// by its year, where no month is sure (`03/04/2010`).
fn day(value: Option<&Json>) -> Day {
    let sure = |text: String| Day { is_sure: month_or_year(&text).is_some(), text };
    if let Some(parts @ Json::Object(_)) = value {
        let (year, month) = (first(parts, &["year"]), first(parts, &["month"]));
        return match month.parse::<u8>() {
            Ok(month @ 1..=12) if year.len() == 4 => sure(format!("{year}-{month:02}")),
            _ if year.is_empty() => day(first_value(parts, &["date", "value", "start", "end"])),
            _ => sure(year),
        };
    }
    let said = said(value);
    match month_or_year(&said) {
        Some(text) => Day { text, is_sure: true },
        None => Day { text: said, is_sure: false },
    }
}

/// `2019-03` or `2019`, of a day, month or year; of `03/04/2010` the year, because either may be the month. Days stand
/// before months where full stops stand between them.
fn month_or_year(said: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_year = |part: &str| part.len() == 4 && matches!(part.parse::<u16>(), Ok(1950..=2099));
    let is_figures = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let short =
        |part: &str| Some(part).filter(|part| part.len() <= 2).and_then(|part| part.parse::<u8>().ok());
    if let Some((name, year)) = said.rsplit_once(' ').filter(|(_, year)| is_year(year)) {
        let name = name.trim_end_matches(['.', ',']).to_lowercase();
        let is_month = |month: &&str| *month == name || (name.len() == 3 && month.starts_with(&name));
        let month = MONTHS.iter().position(is_month)? + 1;
        return Some(format!("{year}-{month:02}"));
    }
    // Without the time of the day.
    let day = match said.as_bytes().get(10) {
        Some(b'T' | b' ' | b'Z' | b'+') => said.get(..10)?,
        _ => said,
    };
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    if !parts.iter().all(|part| is_figures(part)) {
        return None;
    }
    let (year, month) = match parts.as_slice() {
        [year] => (*year, 0),
        [year, month] | [year, month, _] if is_year(year) => (*year, short(month)?),
        [month, year] => (*year, short(month)?),
        [first, second, year] => {
            let month = match (short(first)?, short(second)?) {
                (1..=31, second) if day.contains('.') => second,
                (first @ 1..=12, 13..=31) => first,
                (13..=31, second @ 1..=12) => second,
                (first @ 1..=12, second) if first == second => first,
                (1..=12, 1..=12) => 0,
                _ => return None,
            };
            (*year, month)
        }
        _ => return None,
    };
    match month {
        _ if !is_year(year) => None,
        0 => Some(year.to_owned()),
        1..=12 => Some(format!("{year}-{month:02}")),
        _ => None,
    }
}

/// A job. Who it was for stands behind `@`, so that `Redis Labs` is no mention of Redis.
fn job(value: &Json) -> Told {
    let mut what = first(value, &POSITION);
    let whose = employer(value);
    let name = first(value, &["name"]);
    if what.is_empty() && name != whose {
        what = name;
    }
    Told::new([what, whose], value)
}

/// A project, a publication or an award: its own name, and who gave it.
fn work(value: &Json) -> Told {
    let what = joined([first(value, &["position", "title"]), first(value, &["name"])], ", ");
    let whose = first(value, &["entity", "publisher", "awarder"]);
    Told::new([what, whose], value)
}

/// What is told of a job or of a piece of work.
struct Told {
    head: String,
    time: Time,
    /// Whether the head is long enough, and not too long, to be the first line of a job with its time behind it.
    holds_time: bool,
    rest: String,
}

impl Told {
    /// Of what it was, and whom it was for.
    fn new([what, whose]: [String; 2], value: &Json) -> Self {
        /// A longer line with a time is a sentence.
        const HEAD_BYTES_MAX: usize = 100;
        let is_whole = !what.is_empty() && !whose.is_empty();
        let whose = Some(whose).filter(|whose| !whose.is_empty()).map(|whose| format!("@ {whose}"));
        let head = joined([what, whose.unwrap_or_default()], " ");
        let keywords = joined(items(first_value(value, &KEYWORDS)).map(text), ", ");
        let rest = [
            first(value, &["summary", "description"]),
            lines(first_value(value, &["highlights", "responsibilities", "achievements", "tasks"])),
            // A label makes a list of them, in which a word of every day is the skill.
            Some(keywords)
                .filter(|said| !said.is_empty())
                .map_or_else(String::new, |k| format!("Technologies: {k}")),
        ];
        Self {
            time: period(value),
            holds_time: is_whole && head.len() <= HEAD_BYTES_MAX && !has_year(&head) && !head.contains('\n'),
            head,
            rest: joined(rest, "\n"),
        }
    }

    fn is_silent(&self) -> bool {
        self.head.is_empty() && self.rest.is_empty()
    }
}

/// Jobs or pieces of work, each on its lines, so that none is taken for a part of the one above. A line with a time begins
/// one; what has no time stands behind a blank line, which ends the one above where that has a line below its time.
fn paragraphs(mut all: Vec<Told>) -> String {
    all.retain(|told| !told.is_silent());
    let mut paragraphs = String::new();
    for (at, told) in all.iter().enumerate() {
        let Told { head, time, holds_time, rest } = told;
        let next_is_timed = all.get(at + 1).is_none_or(|next| next.time.kind == TimeKind::Known);
        let behind = match time.kind {
            TimeKind::None => true,
            TimeKind::Known => *holds_time && (!rest.is_empty() || next_is_timed),
            TimeKind::Perhaps => false,
        };
        let lines = match (time.text.is_empty(), head.is_empty()) {
            (true, _) => head.clone(),
            (false, true) => time.text.clone(),
            (false, false) if behind => format!("{head} ({})", time.text),
            (false, false) => format!("{}\n{head}", time.text),
        };
        if !paragraphs.is_empty() {
            let begins = behind && time.kind == TimeKind::Known;
            paragraphs.push_str(if begins { "\n" } else { "\n\n" });
        }
        paragraphs.push_str(&joined([lines, rest.clone()], "\n"));
    }
    paragraphs
}

fn lines(value: Option<&Json>) -> String {
    joined(items(value).map(|item| format!("- {}", text(item))), "\n")
}

fn study(value: &Json) -> String {
    let what = joined([said(value.get("studyType")), said(value.get("area"))], " ");
    let head = joined([what, first(value, &["institution", "name"]), said(value.get("issuer"))], ", ");
    let period = Some(period(value).text).filter(|p| !p.is_empty());
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
                "profiles": [{"network": "GitHub", "url": "https://github.com/ada"},
                    {"network": "GitLab", "username": "ada"}, {"network": "Bluesky", "username": "ada"}]},
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
            ("link", "https://ada.example.org; https://github.com/ada; https://gitlab.com/ada"),
            ("country", "DE"),
            ("employer", "Beta"),
            ("years", ""),
            ("skills", "Databases: MySQL, Redis\nGo (Master)"),
            (
                "work_history",
                "Developer @ Acme (2019-03 - 2021-06)\nBuilt shops.\n- Moved to Django\nLead @ Beta (2021-07 - present)",
            ),
            ("education", "BSc Physics, Bonn (until 2018)"),
            ("languages", "German (Native); English"),
            ("interests", "Sailing"),
        ] {
            assert_eq!(cell(resume, column), text, "{column}");
        }
    }

    #[test]
    fn hobbies_are_read_as_nothing() {
        let interests = column_uses().into_iter().find(|column| column.column == "interests").unwrap();
        assert_eq!(interests.usage, Usage::Ignored);
    }

    #[test]
    fn jobs_of_systems_are_those_of_a_json_resume() {
        for (list, expected) in [
            (
                r#"[{"title": "Django Developer", "company": "Acme", "start_date": "2018-01", "end_date": "2022-12",
                    "is_current": false}]"#,
                Some("Django Developer @ Acme (2018-01 - 2022-12)"),
            ),
            (
                r#"[{"id": 8, "company_name": "Redis", "title": "Accountant", "start_date": "2018-01-15T00:00:00.000Z",
                    "end_date": null}]"#,
                Some("Accountant @ Redis (2018-01 - present)"),
            ),
            (
                r#"[{"jobTitle": "Lead", "company": {"id": 1, "name": "Beta"}, "startDate": {"year": 2018, "month": 3},
                    "current": false, "summary": "Go."}]"#,
                Some("Lead @ Beta (2018-03)\nGo."),
            ),
            (
                r#"[{"name": "Go developer", "company": "Acme", "tools": ["C"]}]"#,
                Some("Go developer @ Acme\nTechnologies: C"),
            ),
            // No job is a part of the one above it: one without a time stands behind a blank line, below a job that has a
            // line below its time.
            (
                r#"[{"title": "Java Developer", "company": "Beta", "start_date": "2015-02", "end_date": null},
                    {"title": "Scala Developer", "company": "B", "duration": "2 years"},
                    {"title": "Kotlin Developer", "company": "C"}]"#,
                Some(
                    "2015-02 - present\nJava Developer @ Beta\n\nScala Developer @ B (2 years)\n\nKotlin Developer @ C",
                ),
            ),
            (
                r#"[{"title": "Java Developer", "company": "Beta", "start_date": "03/04/2010", "end_date": "05/06/2012",
                    "skills": ["Rust", "Go"]}, {"title": "Lead", "company": "C", "end_date": "2019"},
                    {"title": "Cook", "start": "May 2019", "end": "2020-01-31"}]"#,
                Some(
                    "Java Developer @ Beta (2010 - 2012)\nTechnologies: Rust, Go\n\nLead @ C (until 2019)\n\n\
                     2019-05 - 2020-01\nCook",
                ),
            ),
            (
                r#"[{"title": "Chef", "company": "A", "start": "im Mai 2010", "end": "2012"},
                    {"title": "Cook", "company": "B", "dates": "2013–2015"}, {"start": "2016", "end": "2017"}]"#,
                Some("im Mai 2010 - 2012\nChef @ A\nCook @ B (2013 - 2015)"),
            ),
            (r#"[{"title": "Python", "years": 3}]"#, None),
            (r#"[{"name": "Python", "level": "expert"}]"#, None),
            (r#"["Acme"]"#, None),
            (r#"{"years": 5}"#, None),
        ] {
            let read = work_history(&parse(list.as_bytes()).unwrap());
            assert_eq!(read.as_deref(), expected, "{list}");
        }
    }

    #[test]
    fn days_are_read_as_far_as_they_are_sure() {
        for (said, wanted) in [
            ("2019", Some("2019")),
            ("2019-03", Some("2019-03")),
            ("2019-03-15T00:00:00Z", Some("2019-03")),
            ("2019/3/15", Some("2019-03")),
            ("2019-00", Some("2019")),
            ("03/2019", Some("2019-03")),
            ("03/04/2010", Some("2010")),
            ("04/04/2010", Some("2010-04")),
            ("25/12/2010", Some("2010-12")),
            ("12/25/2010", Some("2010-12")),
            ("03.04.2010", Some("2010-04")),
            ("Sep. 2010", Some("2010-09")),
            ("März 2010", None),
            ("2015-2018", None),
            ("25/13/2010", None),
            ("2019-13", None),
            ("1262304000000", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(month_or_year(said).as_deref(), wanted, "{said}");
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
