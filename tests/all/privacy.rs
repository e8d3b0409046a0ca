//! - whatever goes wrong, no text of a candidate is on stderr, and none is left in the folder for temporary files
//! - the name of no file or folder that the program makes holds any
//!
//! Every command runs on a pool of one person whose every text is a word that stands nowhere else, and on broken files
//! with the same words.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::program::{Ran, command, folder};

/// Words of the person; each stands in a cell of its own.
const WORDS: [&str; 9] = [
    "Zyxqvane",
    "Quorblethorpe",
    "zyxq@canary.example",
    "Vumblegard",
    "Hexaplonk",
    "Wibblesprock",
    "Trundlemuffin",
    "Snorkelbatch",
    "170555012399",
];

fn people() -> String {
    "id,first_name,last_name,email,phone,city,employer,skills,notes,years,applied_for\n\
         Snorkelbatch,Zyxqvane,Quorblethorpe,zyxq@canary.example,+170555012399,Vumblegard,Hexaplonk,\
         \"Django 4y, Wibblesprock\",\"Trundlemuffin built it in Django.\",Wibblesprock,Hexaplonk\n"
        .to_owned()
}

/// Runs a command with a folder of its own for temporary files; what it says and leaves holds no word.
#[track_caller]
fn ran(here: &Path, args: &[&str]) -> Ran {
    let temporary = folder();
    let mut command = command(here, args);
    command.env("TMPDIR", temporary.path());
    let ran: Ran = command.output().expect("the program starts").into();
    for word in WORDS {
        assert!(
            !ran.stderr.to_lowercase().contains(&word.to_lowercase()),
            "{args:?} says {word}: {}",
            ran.stderr
        );
    }
    assert!(ran.code.is_some_and(|code| code <= 3), "{args:?}: {:?} {}", ran.code, ran.stderr);
    let left: Vec<_> = fs::read_dir(temporary.path()).expect("the folder is there").collect();
    assert!(left.is_empty(), "{args:?} leaves {left:?}");
    ran
}

/// Names of files below a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        names.push(entry.file_name().to_string_lossy().into_owned());
        if entry.path().is_dir() {
            names.extend(self::names(&entry.path()));
        }
    }
    names
}

#[test]
fn nothing_of_a_candidate_is_said_or_left_behind() {
    let here = folder();
    let here = here.path();
    let text = people();
    let row = text.lines().nth(1).expect("there is a row");
    let header = text.lines().next().expect("there is a header");
    fs::write(here.join("people.csv"), &text).expect("written");
    fs::write(here.join("role.toml"), "[[require]]\nskill = \"Django\"\nneed = \"must\"\n").expect("written");
    assert_eq!(ran(here, &["import", "people.csv", "--as-of", "2026-11-01"]).code, Some(0));

    // Files in which the same words stand where they should not.
    let broken: [(&str, Vec<u8>); 12] = [
        ("open.csv", format!("{header}\n\"{row}\n{row}\n").into()),
        ("short.csv", format!("{header}\n{}\n", row.split(',').next().unwrap_or_default()).into()),
        ("wide.csv", format!("{header}\n{row},Trundlemuffin,Trundlemuffin\n").into()),
        ("nul.csv", format!("{header}\n{}\n", row.replace("Vumblegard", "Vumblegard\0")).into()),
        ("latin.csv", [header.as_bytes(), b"\n", row.as_bytes(), b"\xE9\n"].concat()),
        ("none.csv", format!("{row}\n{row}\n").into()),
        (
            "twice.csv",
            format!("{text}{}\n", row.replace("zyxq@", "other.zyxq@").replace("Zyxqvane", "Other")).into(),
        ),
        ("people.json", b"[{\"name\": \"Zyxqvane Quorblethorpe\", \"skills\": [\"Django\"}".to_vec()),
        (
            "people.jsonl",
            b"{\"name\": \"Zyxqvane Quorblethorpe\", \"skills\": \"Go\"}\n{\"name\": \"Zyxqvane\n".to_vec(),
        ),
        ("people.xlsx", b"PK\x03\x04 Zyxqvane Quorblethorpe".to_vec()),
        ("cv.pdf", b"%PDF-1.4\nZyxqvane Quorblethorpe zyxq@canary.example\n%%EOF".to_vec()),
        ("cv.docx", b"PK\x05\x06Zyxqvane Quorblethorpe".to_vec()),
    ];
    for (name, bytes) in broken {
        fs::write(here.join(name), bytes).expect("written");
        for args in [
            &["import", name][..],
            &["import", name, "--dry-run"],
            &["import", name, "--strict"],
            &["import", name, "--sheet", "x"],
            &["import", name, "--no-header", "--dry-run"],
            &["import", name, "--map", "nosuch=city"],
            &["import", "people.csv", "--cvs", name, "--dry-run"],
        ] {
            ran(here, args);
        }
    }
    // A document inside of a stream is put aside while it is read, and gone afterwards.
    let temporary = folder();
    let mut child = command(here, &["import", "-", "--dry-run"]);
    let child = child.env("TMPDIR", temporary.path()).stdin(std::process::Stdio::piped());
    let mut child = child
        .stderr(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("a pipe").write_all(b"PK\x03\x04 Zyxqvane").expect("the pipe takes it");
    assert!(child.wait().expect("it ends").code().is_some_and(|code| code <= 3));
    assert!(names(temporary.path()).is_empty(), "{:?}", names(temporary.path()));

    // Every command, right and wrong.
    for args in [
        &["search", "Zyxqvane"][..],
        &["search", "django", "--after", "nonsense"],
        &["search", "email:zyxq@canary.example", "--facets"],
        &["search", "--explain-query", "django"],
        &["search", "--complete", "zyx"],
        &["search", "--save", "mine", "django"],
        &["searches"],
        &["searches", "show", "mine"],
        &["rank", "role.toml", "--out", "lists"],
        &["explain", "role.toml", "Zyxqvane Quorblethorpe"],
        &["explain", "role.toml", "c0000001"],
        &["explain", "--run", "last", "role", "c0000001"],
        &["what-if", "--role", "role.toml", "c0000001"],
        &["funnel", "role.toml"],
        &["stability", "role.toml", "--draws", "20"],
        &["allocate", "role.toml"],
        &["compare", "role.toml", "c0000001", "c0000001"],
        &["compare", "role.toml", "c0000001", "nobody@example.org"],
        &["conflicts", "last"],
        &["runs"],
        &["runs", "show", "last"],
        &["replay", "last"],
        &["diff", "last", "last"],
        &["candidate", "show", "c0000001"],
        &["candidate", "show", "zyxq@canary.example"],
        &["candidate", "show", "c0000009"],
        &["candidate", "similar", "c0000001"],
        &["candidate", "duplicates"],
        &["candidate", "merge", "c0000001", "c0000009"],
        &["candidate", "unmerge", "c0000001"],
        &["candidate", "keep-apart", "c0000001", "c0000002"],
        &["imports"],
        &["imports", "show", "1"],
        &["imports", "undo", "1", "--dry-run"],
        &["imports", "undo", "9"],
        &["layouts"],
        &["pool", "stats"],
        &["pool", "verify", "--full"],
        &["pool", "backup", "whole.backup"],
        &["rank", "role.toml", "--blind"],
        &["decide", "role", "Zyxqvane Quorblethorpe", "shortlisted", "--why", "Trundlemuffin"],
        &["decide", "role", "nobody@example.org", "shortlisted", "--why", "Trundlemuffin"],
        &["decisions"],
        &["shortlist", "show", "role"],
        &["audit", "log"],
        &["audit", "verify"],
        &["audit", "impact", "role.toml", "--protected", "--selected", "list", "--any-job"],
        &["audit", "impact", "role.toml", "--groups", "people.csv", "--selected", "list"],
        &["taxonomy", "unknown"],
        &["taxonomy", "unknown", "--csv"],
    ] {
        ran(here, args);
        ran(here, &[args, &["--format", "json"]].concat());
    }
    // Damaged records: the error names the person by number.
    let records = here.join("stackscout-pool/records.db");
    let mut bytes = fs::read(&records).expect("the records are there");
    let at = bytes.windows(8).position(|window| window == b"Zyxqvane").unwrap_or(bytes.len() / 2);
    bytes[at] ^= 0x20;
    fs::write(&records, bytes).expect("the records can be written");
    for args in [
        &["candidate", "show", "c0000001"][..],
        &["rank", "role.toml"],
        &["search", "django"],
        &["pool", "stats"],
    ] {
        ran(here, args);
    }
    let made = names(here);
    for word in WORDS {
        assert!(
            !made.iter().any(|name| name.to_lowercase().contains(&word.to_lowercase())),
            "{word} in {made:?}"
        );
    }
}
