//! The program, blind:
//! - no output of any command and in any form, and no file that it writes, holds a piece of anybody's identity
//! - two pools whose people differ by name, sex, photograph, address and pronoun alone give the same bytes
//! - a pool that is kept blind is blind without being asked, and shows who people are for a reason alone, which the log keeps
//! - queries, people and orders that say who somebody is are refused
//! - what is recorded of a blind ranking is the run of the open one

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::program;

/// Somebody, as they may be swapped.
struct Who {
    first: &'static str,
    last: &'static str,
    gender: &'static str,
    pronoun: &'static str,
    title: &'static str,
    phone: &'static str,
}

const WHO: [Who; 4] = [
    Who {
        first: "Zoltara",
        last: "Quimbaya",
        gender: "female",
        pronoun: "She",
        title: "Ms.",
        phone: "+49 30 7654321",
    },
    Who {
        first: "Xaviero",
        last: "Brünnhild",
        gender: "male",
        pronoun: "He",
        title: "Mr.",
        phone: "+49 40 1234567",
    },
    Who {
        first: "Ulrikke",
        last: "Smythe-Orwell",
        gender: "female",
        pronoun: "She",
        title: "Mrs.",
        phone: "030 9988776",
    },
    Who {
        first: "Kjeldur",
        last: "Żółtowski",
        gender: "male",
        pronoun: "He",
        title: "Mr.",
        phone: "+48 22 555 66 77",
    },
];

/// A pool with four people, of whom the one at place n is `order[n]`, imported from a file that is named after the first.
fn pool(folder: &Path, order: [usize; 4]) {
    let skills =
        ["Django (5 yrs)", "Django (3 yrs); Flask", "Flask (4 yrs)", "Django (8 yrs, last used 2020)"];
    let mut text =
        "id,name,email,phone,linkedin,photo,gender,birth date,title,country,skills,notes,education\n"
            .to_owned();
    for (at, who) in order.into_iter().map(|n| &WHO[n]).enumerate() {
        let (first, last) = (who.first, who.last);
        let handle = plain(&format!("{first}.{last}"));
        text += &format!(
            "{at},{first} {last},{handle}@example.org,{},https://linkedin.com/in/{},https://x.test/{handle}.jpg,{},\
             1985-03-0{},Developer,Germany,\"{}\",\"{} {last} built a shop with Django for 2 years. {} likes PostgreSQL, \
             says {first}. Mail {handle}@example.org\",\"BSc {}\"\n",
            who.phone,
            handle.replace('.', "-"),
            who.gender,
            order[at] + 1,
            skills[at],
            who.title,
            who.pronoun,
            2001 + order[at],
        );
    }
    let name = format!("{}_CV.csv", WHO[order[0]].last);
    fs::write(folder.join(&name), text).expect("the file can be written");
    fs::write(folder.join("django.toml"), ROLE).expect("the role can be written");
    let (_, errors, is_ok) = run(folder, &["import", &name, "--as-of", "2026-11-01", "--source", "crm"]);
    assert!(is_ok, "{errors}");
}

const ROLE: &str = "title = \"Back-end engineer\"\n\n[[require]]\nskill = \"Django\"\nneed = \"must\"\nyears = 5\n\n\
    [[require]]\nskill = \"PostgreSQL\"\n";

/// A handle as people make one of their name: in plain letters.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .replace('ü', "ue")
        .replace('ż', "z")
        .replace('ó', "o")
        .replace('ł', "l")
        .replace('-', "")
}

fn run(folder: &Path, args: &[&str]) -> (String, String, bool) {
    let mut command = Command::new(program());
    for variable in ["STACKSCOUT_POOL", "STACKSCOUT_ACTOR", "STACKSCOUT_BLIND"] {
        command.env_remove(variable);
    }
    let output = command.current_dir(folder).args(args).output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.success())
}

/// Every command that shows people, as one would ask it of a blind pool.
const COMMANDS: [&str; 23] = [
    "search django",
    "search django --format json --facets",
    "search shop --format jsonl",
    "search --role django.toml",
    "rank django.toml --no-record",
    "rank django.toml --no-record --format json",
    "rank django.toml --no-record --format jsonl",
    "rank django.toml --no-record --format csv",
    "rank django.toml --no-record --format md",
    "rank django.toml --no-record --format html",
    "rank django.toml --out out",
    "explain django.toml c0000001",
    "explain django.toml c0000002 --format json",
    "what-if --role django.toml c0000002",
    "funnel django.toml",
    "stability django.toml --draws 10",
    "allocate django.toml --per-role 2",
    "compare django.toml c0000001 c0000002",
    "conflicts django.toml",
    "candidate show c0000001",
    "candidate show c0000001 --format json",
    "candidate similar c0000001",
    "imports",
];

/// What all commands print and write.
fn everything(folder: &Path, blind: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for command in COMMANDS {
        let args: Vec<&str> = command.split(' ').chain(blind.iter().copied()).collect();
        let (out, errors, is_ok) = run(folder, &args);
        assert!(is_ok, "{command}: {errors}");
        all.push((command.to_owned(), format!("{out}{errors}").into_bytes()));
    }
    let mut names: Vec<_> = fs::read_dir(folder.join("out")).expect("it was written").flatten().collect();
    names.sort_by_key(|entry| entry.file_name());
    for entry in names {
        let name = entry.file_name().to_string_lossy().into_owned();
        all.push((name, fs::read(entry.path()).expect("a file can be read")));
    }
    all
}

/// Thirty-two hex digits name the records, which are others.
fn without_digests(text: &str) -> String {
    let mut masked = String::new();
    for piece in text.split_inclusive(|c: char| !c.is_ascii_hexdigit()) {
        let run = piece.trim_end_matches(|c: char| !c.is_ascii_hexdigit());
        masked += &if run.len() == 32 { piece.replace(run, "<digest>") } else { piece.to_owned() };
    }
    masked
}

/// A workbook's sheets, unpacked: nothing hides in a packed file.
fn readable(name: &str, bytes: &[u8]) -> String {
    if !name.ends_with(".xlsx") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook is an archive");
    let mut text = String::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("it is there");
        text += &file.name().expect("a name is text");
        std::io::Read::read_to_string(&mut file, &mut text).expect("it is text");
    }
    text
}

#[test]
fn no_output_holds_a_piece_of_anybodys_identity() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    pool(folder.path(), [0, 1, 2, 3]);
    for (name, bytes) in everything(folder.path(), &["--blind"]) {
        let text = readable(&name, &bytes).to_lowercase();
        for who in &WHO {
            let pieces = [
                who.first,
                who.last,
                "Smythe",
                "Orwell",
                "Brunnhild",
                "Zoltowski",
                "7654321",
                "1234567",
                "9988776",
            ];
            for piece in pieces {
                for form in [piece.to_lowercase(), plain(piece)] {
                    assert!(!text.contains(&form), "{name}: {form}");
                }
            }
        }
        for word in ["example.org", "linkedin.com/", " she ", "mrs.", ".jpg", "1985", "female"] {
            assert!(!text.contains(word), "{name}: {word}");
        }
    }
    let open = everything(folder.path(), &[]);
    let named = open.iter().filter(|(name, bytes)| readable(name, bytes).contains("Zoltara")).count();
    assert!(named > 20, "the open pool names people: {named}");
}

#[test]
fn swapped_people_give_the_same_bytes() {
    let folders: Vec<_> = (0..2).map(|_| tempfile::tempdir().expect("a folder can be made")).collect();
    pool(folders[0].path(), [0, 1, 2, 3]);
    pool(folders[1].path(), [3, 2, 1, 0]);
    let [one, other] = [0, 1].map(|at| everything(folders[at].path(), &["--blind"]));
    assert_eq!(one.len(), other.len());
    for ((name, one), (_, other)) in one.iter().zip(&other) {
        let [one, other] = [one, other].map(|bytes| without_digests(&readable(name, bytes)));
        let differing = one.lines().zip(other.lines()).find(|(a, b)| a != b);
        assert!(one == other, "{name}: {differing:?}");
    }
    // Open, they are different people in the same order with the same scores.
    let order = |at: usize| {
        let (out, ..) = run(folders[at].path(), &["rank", "django.toml", "--format", "json", "--no-record"]);
        let all: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
        let entries = all["shortlists"][0]["entries"].as_array().expect("a list").clone();
        entries.iter().map(|e| (e["candidate"].clone(), e["score"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(order(0), order(1));
    assert_eq!(order(0).len(), 4);
}

#[test]
fn a_pool_that_is_kept_blind_shows_people_for_a_reason_alone() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    pool(folder.path(), [0, 1, 2, 3]);
    let folder = folder.path();
    assert!(run(folder, &["pool", "set", "blind", "on", "--why", "first round", "--as", "anna"]).2);
    let rank = ["rank", "django.toml", "--no-record"];
    assert!(!run(folder, &rank).0.contains("Zoltara"));
    let unblind =
        |why: &str| run(folder, &["rank", "django.toml", "--no-record", "--as", "bert", "--unblind", why]);
    let refused = unblind(" ");
    assert!(!refused.2 && refused.0.is_empty(), "{}", refused.1);
    assert!(unblind("invitations").0.contains("Zoltara"));
    let log = run(folder, &["audit", "log", "--format", "json"]).0;
    for wanted in ["pool set blind on", "first round", "identities shown", "invitations", "bert"] {
        assert!(log.contains(wanted), "{wanted}: {log}");
    }
    assert!(run(folder, &["pool", "set", "blind", "off", "--why", "offers"]).2);
    assert!(run(folder, &rank).0.contains("Zoltara"));
    assert!(run(folder, &["audit", "verify"]).2);
}

#[test]
fn what_says_who_somebody_is_is_refused() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    pool(folder.path(), [0, 1, 2, 3]);
    for command in [
        "search zoltara",
        "search name:zoltara",
        "search quimb*",
        "search email:zoltara.quimbaya@example.org",
        "search source:crm",
        "search django --sort name",
        "explain django.toml Zoltara",
        "candidate show zoltara.quimbaya@example.org",
        "candidate duplicates",
        "taxonomy unknown",
    ] {
        let args: Vec<&str> = command.split(' ').chain(["--blind"]).collect();
        let (out, errors, is_ok) = run(folder.path(), &args);
        assert!(!is_ok && out.is_empty(), "{command}: {out}");
        assert!(errors.contains("blind"), "{command}: {errors}");
    }
    let complete = run(folder.path(), &["search", "--complete", "zol", "--blind"]);
    assert!(complete.2 && !complete.0.to_lowercase().contains("zoltara"));
    let more = "name,email,skills\nVeldra Okkum,veldra@example.org,\"Django, Okkumskill\"\n";
    fs::write(folder.path().join("more.csv"), more).expect("it can be written");
    for format in ["table", "json"] {
        let dry = ["import", "more.csv", "--dry-run", "--format", format];
        let shown = run(folder.path(), &dry).0;
        assert!(shown.contains("Okkumskill"), "{shown}");
        let shown = run(folder.path(), &[&dry[..], &["--blind"]].concat()).0.to_lowercase();
        assert!(!shown.contains("okkum") && !shown.contains("veldra"), "{shown}");
    }
    let named = ["decide", "django.toml", "c0000001", "rejected", "--why", "Zoltara wants more"];
    let (_, errors, is_ok) = run(folder.path(), &named);
    assert!(!is_ok && errors.contains("c0000001") && !errors.contains("Zoltara"), "{errors}");
}

#[test]
fn a_blind_ranking_is_recorded_as_the_open_one() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    pool(folder.path(), [0, 1, 2, 3]);
    let first = run(folder.path(), &["rank", "django.toml", "--blind"]);
    assert!(first.1.contains("kept as run 1"), "{}", first.1);
    assert!(run(folder.path(), &["rank", "django.toml"]).1.contains("the same as run 1"));
    assert!(run(folder.path(), &["replay", "1", "--blind"]).0.contains("the same bytes"));
    let json = run(folder.path(), &["replay", "1", "--blind", "--format", "json"]).0;
    assert!(!json.contains("Zoltara"));
}
