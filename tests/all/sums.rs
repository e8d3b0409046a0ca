//! Over a pool of some hundred demo people and the six demo roles:
//!
//! - every score is the rounded mean of its points, and every point is a weight times a credit
//! - scores, credits and ranges keep to their bounds, tiers follow from gates, and places from scores
//! - everybody in the pool is listed or left out, once
//! - one thread and four give the same bytes, and so does a second run
//! - the CSV files say what the JSON says, and an explanation says what the list says

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{command, demo_files, folder, import_demo, run};

const PEOPLE: usize = 400;

/// A pool of the demo's people with their roles beside it.
fn pool() -> TempDir {
    let folder = folder();
    demo_files(folder.path(), PEOPLE);
    import_demo(folder.path());
    folder
}

fn ranked(folder: &Path) -> Value {
    run(folder, &["rank", "roles", "--top", "400", "--format", "json", "--out", "out"]).json()
}

#[track_caller]
fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[track_caller]
fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

#[track_caller]
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// Half up, as `docs/scoring.md` rounds.
fn rounded(points: u64, weight: u64) -> u64 {
    (2 * points + weight) / (2 * weight)
}

#[test]
fn every_score_is_the_sum_of_its_terms() {
    let folder = pool();
    let ranking = ranked(folder.path());
    let lists = list(&ranking["shortlists"]);
    assert_eq!(lists.len(), 6);
    let mut partial = 0;
    for shortlist in lists {
        let entries = list(&shortlist["entries"]);
        assert!(entries.len() > 20, "{}: {} entries", shortlist["role"], entries.len());
        for e in entries {
            let whom = format!("{} for {}", e["candidate"], shortlist["role"]);
            let terms = list(&e["requirements"]);
            assert_eq!(terms.len(), list(&shortlist["asks"]).len(), "{whom}");
            let sum = |key: &str| terms.iter().map(|t| number(&t[key])).sum::<u64>();
            let weighted =
                |key: &str| terms.iter().map(|t| number(&t["weight"]) * number(&t[key])).sum::<u64>();
            assert_eq!(number(&e["points"]), sum("points"), "{whom}");
            assert_eq!(number(&e["weight"]), sum("weight"), "{whom}");
            for term in terms {
                assert_eq!(
                    number(&term["points"]),
                    number(&term["weight"]) * number(&term["credit"]),
                    "{whom}"
                );
                let (low, credit, high) =
                    (number(&term["low"]), number(&term["credit"]), number(&term["high"]));
                assert!(low <= credit && credit <= high && high <= 10_000, "{whom}: {term}");
                partial += u64::from(credit > 0 && credit < 10_000);
            }
            let weight = number(&e["weight"]);
            let (low, score, high) = (number(&e["low"]), number(&e["score"]), number(&e["high"]));
            assert_eq!(score, rounded(number(&e["points"]), weight), "{whom}");
            assert_eq!(low, rounded(weighted("low"), weight), "{whom}");
            assert_eq!(high, rounded(weighted("high"), weight), "{whom}");
            assert!(low <= score && score <= high && high <= 10_000, "{whom}");
        }
    }
    assert!(partial > 100, "{partial} partial credits: the demo shows too little");
}

/// The order among equals, as `docs/scoring.md` states it: another one for each role, so that nobody is first everywhere.
fn tie_key(role: &str, candidate: &str) -> (u64, u64) {
    let number: u64 = candidate.trim_start_matches('c').parse().expect("a candidate's id holds a number");
    let fnv1a = role.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut z = (fnv1a ^ number).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31), number)
}

#[test]
fn tiers_follow_from_gates_and_places_from_scores() {
    let folder = pool();
    let ranking = ranked(folder.path());
    for shortlist in list(&ranking["shortlists"]) {
        let mut before: Option<(&Value, u64)> = None;
        let mut in_tiers: BTreeMap<String, u64> = BTreeMap::new();
        let mut at_place: BTreeMap<u64, u64> = BTreeMap::new();
        for (at, e) in list(&shortlist["entries"]).iter().enumerate() {
            let whom = format!("{} for {}", e["candidate"], shortlist["role"]);
            let gates: Vec<&str> =
                list(&e["requirements"]).iter().filter_map(|t| t["gate"].as_str()).collect();
            let tier = if gates.contains(&"near") {
                "C"
            } else if gates.contains(&"unknown") {
                "B"
            } else {
                "A"
            };
            assert_eq!(text(&e["tier"]), tier, "{whom}: gates {gates:?}");
            *in_tiers.entry(tier.to_owned()).or_default() += 1;
            let place = number(&e["rank"]);
            *at_place.entry(place).or_default() += 1;
            if let Some((last, last_place)) = before {
                // Tier, then whether a knock-out is unknown, then points.
                let standing = |e: &Value| {
                    let unknown = list(&e["knockouts"]).iter().any(|k| k["outcome"] == "unknown");
                    (text(&e["tier"]).to_owned(), unknown, std::cmp::Reverse(number(&e["points"])))
                };
                let (better, worse) = (standing(last), standing(e));
                assert_eq!(
                    better == worse,
                    place == last_place,
                    "{whom}: equals and only they share a place"
                );
                assert!(better <= worse, "{whom} stands below who is worse");
                assert!(place == last_place || place == at as u64 + 1, "{whom}: place {place} of {}", at + 1);
                if place == last_place {
                    let key = |e: &Value| tie_key(text(&shortlist["role"]), text(&e["candidate"]));
                    assert!(key(last) < key(e), "{whom}: equals stand in the order of their keys");
                }
            } else {
                assert_eq!(place, 1);
            }
            before = Some((e, place));
        }
        for e in list(&shortlist["entries"]) {
            assert_eq!(number(&e["tied"]), at_place[&number(&e["rank"])], "{}", e["candidate"]);
        }
        for (tier, count) in &in_tiers {
            assert_eq!(number(&shortlist["listed"][tier]), *count, "{} tier {tier}", shortlist["role"]);
        }
    }
}

#[test]
fn everybody_is_listed_or_left_out() {
    let folder = pool();
    let ranking = ranked(folder.path());
    assert_eq!(number(&ranking["manifest"]["candidates"]), PEOPLE as u64);
    for shortlist in list(&ranking["shortlists"]) {
        let sum = |of: &Value| of.as_object().expect("counts have names").values().map(number).sum::<u64>();
        let (listed, left_out) = (sum(&shortlist["listed"]), sum(&shortlist["left_out"]));
        // Who holds nothing that is asked for is neither.
        assert!(listed + left_out <= PEOPLE as u64, "{}", shortlist["role"]);
        assert_eq!(listed, list(&shortlist["entries"]).len() as u64, "{}", shortlist["role"]);
        let mut people: Vec<&str> =
            list(&shortlist["entries"]).iter().map(|e| text(&e["candidate"])).collect();
        people.sort_unstable();
        people.dedup();
        assert_eq!(people.len() as u64, listed, "{}: somebody is listed twice", shortlist["role"]);
    }
}

#[test]
fn one_thread_and_four_give_the_same_bytes() {
    let folder = pool();
    let with = |threads: &str, out: &str| {
        let args = ["rank", "roles", "--format", "json", "--out", out];
        let output = command(folder.path(), &args).env("RAYON_NUM_THREADS", threads).output();
        let output = output.expect("the program starts");
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stdout.len() > 10_000);
        output.stdout
    };
    let one = with("1", "one");
    assert!(one == with("4", "four"), "the threads show in the JSON");
    assert!(one == with("4", "again"), "a second run gives other JSON");
    let written =
        |out: &str, name: &str| std::fs::read(folder.path().join(out).join(name)).expect("it is written");
    for name in ["shortlists.json", "shortlists.csv", "terms.csv", "report.html"] {
        assert!(written("one", name) == written("four", name), "the threads show in {name}");
        assert!(written("four", name) == written("again", name), "a second run gives another {name}");
    }
    assert!(one == written("one", "shortlists.json"), "stdout and shortlists.json differ");
}

/// The rows of a CSV file, by the names of its columns.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("the file is there");
    reader.deserialize().map(|row| row.expect("the file is CSV")).collect()
}

fn hundredths(value: &Value) -> String {
    let value = number(value);
    format!("{}.{:02}", value / 100, value % 100)
}

#[test]
fn the_csv_files_say_what_the_json_says() {
    let folder = pool();
    let ranking = ranked(folder.path());
    let out = folder.path().join("out");
    let mut entries = rows(&out.join("shortlists.csv")).into_iter();
    let mut terms = rows(&out.join("terms.csv")).into_iter();
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let or_empty = |value: &Value| if value.is_null() { String::new() } else { plain(value) };
    for shortlist in list(&ranking["shortlists"]) {
        for e in list(&shortlist["entries"]) {
            let row = entries.next().expect("an entry has a row");
            for key in ["rank", "tied", "candidate", "tier", "points", "weight"] {
                assert_eq!(row[key], plain(&e[key]), "{key} of {e}");
            }
            for key in ["score", "low", "high"] {
                assert_eq!(row[key], hundredths(&e[key]), "{key} of {e}");
            }
            assert_eq!(row["role"], plain(&shortlist["role"]));
            for term in list(&e["requirements"]) {
                let row = terms.next().expect("a term has a row");
                assert_eq!(
                    (&row["role"], &row["candidate"]),
                    (&plain(&shortlist["role"]), &plain(&e["candidate"]))
                );
                for key in
                    ["asked", "need", "outcome", "weight", "credit", "low", "high", "points", "sentence"]
                {
                    assert_eq!(row[key], plain(&term[key]), "{key} of {term}");
                }
                for key in ["gate", "skill", "relation"] {
                    assert_eq!(row[key], or_empty(&term[key]), "{key} of {term}");
                }
            }
        }
    }
    assert!(entries.next().is_none() && terms.next().is_none(), "the CSV files hold more than the JSON");
}

#[test]
fn an_explanation_says_what_the_list_says() {
    let folder = pool();
    let ranking = ranked(folder.path());
    for shortlist in list(&ranking["shortlists"]) {
        let role = format!("roles/{}.toml", text(&shortlist["role"]));
        let entries = list(&shortlist["entries"]);
        for e in entries.iter().step_by(entries.len().div_ceil(5)) {
            let explained =
                run(folder.path(), &["explain", &role, text(&e["candidate"]), "--format", "json"]).json();
            for (key, value) in e.as_object().expect("an entry has keys") {
                assert_eq!(&explained[key], value, "{key} of {} for {role}", e["candidate"]);
            }
            assert_eq!(explained["role"], shortlist["role"]);
            assert_eq!(explained["as_of"], ranking["manifest"]["as_of"]);
            assert_eq!(explained["listed"], entries.len());
            assert_eq!(explained["left_out"], Value::Null);
        }
    }
}
