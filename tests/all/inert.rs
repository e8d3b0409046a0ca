//! - no sign of a stranger's file steers the terminal, in any command, on stdout or stderr: no control signs, no escape
//!   sequences, nothing that turns the order of the text
//! - JSON says such signs exactly, and as escapes
//! - every CSV file for spreadsheets guards what would run as a formula, and our own import takes the guard off
//!
//! Every text that a person may have written is hostile here: names, skills, notes, headers, names of files.

use std::path::Path;

use serde_json::Value;

use crate::program::{Ran, folder, run};

/// What would steer: a colour, a title, a turn of the text, an escape of one byte, a bell, a back space, a deletion.
const STEERING: &str = "\u{1b}[31mred\u{1b}]0;title\u{7}\u{202e}txt\u{9b}2J\u{8}\u{7f}\u{200f}\u{2028}end";

/// What steers, with no word of a person's name in it: a reason may not hold one.
const REASON: &str = "\u{1b}[because\u{202e}\u{9b}\u{7}";

/// Whether a sign steers; written down once more, so that one mistake does not hide another.
fn steers(c: char) -> bool {
    let code = u32::from(c);
    let is_control = code < 0x20 && c != '\n' || (0x7F..0xA0).contains(&code);
    is_control || matches!(code, 0x61C | 0x200E | 0x200F | 0x2028..=0x202E | 0x2066..=0x2069)
}

fn csv(rows: &[&[&str]]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(*row).expect("memory takes every row"));
    writer.into_inner().expect("memory needs no flushing")
}

/// A pool whose every text is hostile, two kept runs, a saved search and a saved layout.
fn pool(here: &Path) {
    let s = |before: &str| format!("{before}{STEERING}");
    let skills = format!("Django 4y, Flask; {}", s("unknownskill"));
    let header = [
        "id",
        "name",
        "email",
        "title",
        "city",
        "country",
        "skills",
        "notes",
        "tags",
        "employer",
        "applied_for",
        "stage",
        "owner",
        "years",
    ];
    let header: Vec<String> =
        header.iter().map(|name| (*name).to_owned()).chain([s("odd"), s("Django ")]).collect();
    let row = |id: &str, name: &str, email: &str, years: &str| -> Vec<String> {
        [
            id,
            &s(name),
            email,
            &s("Engineer"),
            &s("Berlin"),
            "Germany",
            &skills,
            &s("Built in Django.\nMore "),
            &s("vip"),
            &s("Acme"),
            &s("Role"),
            &s("offer"),
            &s("Olga"),
            years,
            &s("x"),
            "5",
        ]
        .map(str::to_owned)
        .to_vec()
    };
    let rows = [
        header,
        row("1", "Ada", "ada@example.org", "7"),
        row("2", "Ben", "ben@example.org", &s("ten")),
        row("3", "Ada", "ada3@example.org", "9"),
        vec![s("short")],
    ];
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).expect("memory takes every row"));
    let file = "people\u{1b}[31m\u{202e}.csv";
    std::fs::write(here.join(file), writer.into_inner().expect("memory needs no flushing")).expect("written");
    let title = STEERING.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect::<String>();
    let role = format!(
        "id = \"role\"\ntitle = \"{title}\"\n[[require]]\nskill = \"Django\"\nneed = \"must\"\nmin_years = 2\nbecause = \"{title}\"\n[[require]]\nskill = \"MySQL\"\n"
    );
    std::fs::write(here.join("role.toml"), &role).expect("written");
    std::fs::write(here.join("other.toml"), role.replace("\"role\"", "\"other\"").replace("MySQL", "Redis"))
        .expect("written");
    shown(here, &["import", file, "--dry-run"], &[0, 3]);
    shown(here, &["import", file, "--as-of", "2026-11-01", "--save-layout", "mine"], &[0, 3]);
    shown(here, &["rank", "role.toml", "--out", "lists"], &[0]);
    shown(here, &["rank", "role.toml", "other.toml"], &[0]);
    shown(here, &["search", "--save", "mine", "django"], &[0]);
}

/// Runs a command: nothing that it writes steers.
#[track_caller]
fn shown(here: &Path, args: &[&str], codes: &[i32]) -> Ran {
    let ran = run(here, args);
    assert!(ran.code.is_some_and(|code| codes.contains(&code)), "{args:?}: {:?} {}", ran.code, ran.stderr);
    for (stream, text) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
        if let Some(at) = text.find(steers) {
            let sign = text[at..].chars().next();
            let before: String =
                text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            panic!("{args:?}: {sign:?} on {stream} behind `{before}`");
        }
    }
    ran
}

#[test]
fn no_text_of_a_stranger_steers_a_terminal() {
    let here = folder();
    let here = here.path();
    pool(here);
    std::fs::write(here.join("groups.csv"), format!("email,gender\nada@example.org,{STEERING}\n"))
        .expect("written");
    // What a person says of a decision is written down as it is typed.
    shown(here, &["decide", "role", "c0000002", "shortlisted", "--why", REASON, "--as", REASON], &[0, 1]);
    shown(here, &["decide", "role", "c0000003", "in-process", "--why", REASON], &[0]);
    let plain: [&[&str]; 59] = [
        &["search", ""],
        &["search", "django", "--facets"],
        &["search", "engineer text:built"],
        &["search", "name:ada"],
        &["search", "--explain-query", "django and city:berlin"],
        &["search", "--complete", "a"],
        &["search", "--complete", "unknown"],
        &["search", "--saved", "mine"],
        &["search", "--new-since", "mine"],
        &["search", "django", "--role", "role.toml"],
        &["searches"],
        &["searches", "show", "mine"],
        &["rank", "role.toml"],
        &["explain", "role.toml", "c0000001"],
        &["explain", "--run", "last", "role", "c0000001"],
        &["what-if", "--role", "role.toml", "c0000001"],
        &["funnel", "role.toml"],
        &["stability", "role.toml", "--draws", "20"],
        &["allocate", "role.toml", "other.toml"],
        &["compare", "role.toml", "c0000001", "c0000002"],
        &["conflicts", "last"],
        &["runs"],
        &["runs", "show", "last"],
        &["replay", "lists"],
        &["diff", "1", "2"],
        &["candidate", "show", "c0000001"],
        &["candidate", "show", "c0000001", "--sources"],
        &["candidate", "similar", "c0000001"],
        &["candidate", "duplicates"],
        &["imports"],
        &["imports", "show", "1"],
        &["imports", "undo", "1", "--dry-run"],
        &["layouts"],
        &["layouts", "show", "mine"],
        &["pool", "stats"],
        &["pool", "verify"],
        &["pool", "verify", "--full"],
        &["pool", "backup", "whole.backup"],
        &["rank", "role.toml", "--blind"],
        &["search", "django", "--blind"],
        &["decisions"],
        &["decisions", "list", "--role", "role"],
        &["shortlist", "show", "role"],
        &["audit", "log"],
        &["audit", "verify"],
        &["audit", "impact", "role.toml", "--groups", "groups.csv", "--selected", "list", "--any-job"],
        &["audit", "impact", "role.toml", "--protected", "--selected", "list", "--any-job"],
        &["decide", "role", "c0000009", "rejected", "--why", STEERING],
        &["role", "check", "role.toml"],
        &["role", "derive", "--framework", "Django"],
        &["taxonomy", "resolve", STEERING],
        &["taxonomy", "resolve", "Django 4y"],
        &["taxonomy", "unknown"],
        &["taxonomy", "unknown", "--csv"],
        &["taxonomy", "mentions", "Built\u{1b}[31m in Django\u{202e}."],
        &["taxonomy", "path", "flask", "django"],
        &["taxonomy", "show", "django"],
        &["taxonomy", "lint"],
        &["taxonomy", "show"],
    ];
    for args in plain {
        shown(here, args, &[0, 1, 2]);
        // Of a command that does not print so, the error is looked at.
        shown(here, &[args, &["--format", "json"]].concat(), &[0, 1, 2]);
    }
    for format in ["jsonl", "md", "html"] {
        shown(here, &["rank", "role.toml", "--format", format], &[0]);
    }
    // Errors that show what was given.
    for args in [
        &["search", "\u{1b}[31m("][..],
        &["search", "nosuch:\u{202e}x"],
        &["searches", "show", STEERING],
        &["runs", "show", STEERING],
        &["candidate", "show", STEERING],
        &["role", "check", STEERING],
        &["role", "derive", "--framework", STEERING],
        &["taxonomy", "path", STEERING, "django"],
        &["layouts", "show", STEERING],
        &["imports", "show", "9"],
        &["import", STEERING],
        &["import", "role.toml", "--encoding", STEERING],
        &["--pool", STEERING, "pool", "stats"],
        &["--taxonomy", STEERING, "search", "x"],
    ] {
        shown(here, args, &[1, 2]);
    }
}

/// What of the program stands in this list; a command that is new has to be added.
#[test]
fn every_command_is_looked_at() {
    let here = folder();
    let help = run(here.path(), &["--help"]).ok();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names: Vec<&str> = commands
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let source = include_str!("inert.rs");
    for name in names.iter().filter(|name| !matches!(**name, "help" | "demo")) {
        assert!(source.contains(&format!("[\"{name}\"")), "`{name}` is not looked at");
    }
    assert!(names.len() >= 15, "{names:?}");
}

#[test]
fn json_says_signs_that_steer_exactly() {
    let here = folder();
    let here = here.path();
    pool(here);
    let shown = shown(here, &["candidate", "show", "c0000001", "--format", "json"], &[0]);
    let person: Value = serde_json::from_str(&shown.stdout).expect("stdout is JSON");
    fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::String(text) => found.push(text),
            Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
            Value::Object(members) => members.values().for_each(|item| texts(item, found)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    texts(&person, &mut all);
    assert!(all.iter().any(|text| text.contains(STEERING)), "{all:?}");
}

/// Names that a spreadsheet would run.
const FORMULAS: [&str; 10] =
    ["=1+1", "+49 170", "-2+3", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "'=1+1", "=cmd|' /C calc'!A0"];

#[test]
fn formulas_are_guarded_in_every_export_and_come_back() {
    let here = folder();
    let here = here.path();
    let mut rows = vec![["id".to_owned(), "name".to_owned(), "title".to_owned(), "skills".to_owned()]];
    // Out of JSON, which is exact, so that no guard is taken off on the way in.
    let people: Vec<Value> = FORMULAS
        .iter()
        .enumerate()
        .map(|(at, name)| serde_json::json!({ "id": at, "name": name, "title": name, "skills": "Django 4y" }))
        .collect();
    std::fs::write(here.join("people.json"), Value::Array(people).to_string()).expect("written");
    std::fs::write(here.join("role.toml"), "[[require]]\nskill = \"Django\"\n").expect("written");
    run(here, &["import", "people.json", "--as-of", "2026-11-01"]).ok();
    run(here, &["rank", "role.toml", "--out", "lists"]).ok();
    let runs = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠']);
    for file in ["lists/shortlists.csv", "lists/terms.csv"] {
        let mut reader = csv::Reader::from_path(here.join(file)).expect("the file was written");
        let mut cells = 0;
        for record in reader.records() {
            let record = record.expect("it is CSV");
            cells += record.len();
            assert!(record.iter().all(|cell| !runs(cell)), "{file}: {record:?}");
        }
        assert!(cells > 100, "{file}");
    }
    let mut book =
        zip::ZipArchive::new(std::fs::File::open(here.join("lists/shortlists.xlsx")).expect("written"))
            .expect("a workbook is an archive");
    for at in 0..book.len() {
        let mut part = book.by_index(at).expect("the archive can be read");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).expect("parts are XML");
        assert!(!text.contains("<f>") && !text.contains("<f "), "a cell is a formula");
    }
    // The list as candidates of another pool: the same names and titles.
    let csv_rows = csv::Reader::from_path(here.join("lists/shortlists.csv"))
        .expect("the file was written")
        .into_records()
        .map(|record| record.expect("it is CSV"))
        .map(|r| [r[3].to_owned(), r[4].to_owned(), r[5].to_owned(), "Django 4y".to_owned()])
        .collect::<Vec<_>>();
    rows.extend(csv_rows);
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    std::fs::write(here.join("again.csv"), csv(&rows)).expect("written");
    run(here, &["--pool", "again", "import", "again.csv", "--as-of", "2026-11-01"]).ok();
    let found = run(here, &["--pool", "again", "rank", "role.toml", "--format", "json"]).json();
    let mut names: Vec<&str> = found["shortlists"][0]["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["name"].as_str().expect("a name"))
        .collect();
    names.sort_unstable();
    let mut wanted = FORMULAS.to_vec();
    wanted.sort_unstable();
    assert_eq!(names, wanted);
}
