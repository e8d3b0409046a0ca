//! - a flipped bit in any file of a pool is found by `pool verify --full`, or changes no answer
//! - no command answers from a damaged part: it says the same as before, or fails
//! - a file that is cut or missing is found, and what is derived is made anew by `pool repair`
//!
//! `STACKSCOUT_FLIPS` says how many bits; a failure prints the seed. What is not found is asked about each time, of what is
//! found a third.

use std::fs;
use std::path::Path;

use super::{Dice, POOL, copied, files, pool_of_everything, rounds, verify};
use crate::program::{Ran, run};

/// Commands whose answers are compared. None of them changes the records.
const ASKED: [&[&str]; 9] = [
    &["search", "--count", "django"],
    &["search", "react or go", "--limit", "3", "--format", "json"],
    &["rank", "roles", "--top", "5", "--format", "json", "--no-record"],
    &["candidate", "show", "c0000001", "--format", "json"],
    &["candidate", "show", "ada@example.org", "--format", "json"],
    &["imports", "--format", "json"],
    &["runs", "--format", "json"],
    &["searches", "--format", "json"],
    &["pool", "stats", "--digest"],
];

/// Files in which nothing is that anybody is told: locks of the engine, and SQLite's shared memory, which it makes anew.
fn says_nothing(name: &str) -> bool {
    name.ends_with(".lock") || name.ends_with("-shm")
}

fn found(verified: &serde_json::Value, name: &str) -> bool {
    let noted = verified["notes"].as_array().expect("a list").iter();
    !verified["findings"].as_array().expect("a list").is_empty()
        || noted.filter_map(|note| note.as_str()).any(|note| note.contains(name))
}

fn answers(folder: &Path) -> Vec<Ran> {
    ASKED.iter().map(|args| run(folder, args)).collect()
}

/// Holds the answers of a damaged pool to those of the whole one.
fn check_answers(folder: &Path, wanted: &[Ran], what: &str) -> usize {
    let mut refused = 0;
    for ((ran, wanted), args) in answers(folder).into_iter().zip(wanted).zip(ASKED) {
        if ran.code == Some(0) {
            // A ranking of damaged records says so in place of their name.
            let named = wanted.stdout.lines().find(|line| line.starts_with("    \"pool\": "));
            let damaged = "    \"pool\": \"damaged\",";
            let answer = match named.filter(|_| ran.stderr.contains("the records are damaged")) {
                Some(named) => ran.stdout.replacen(damaged, named, 1),
                None => ran.stdout.clone(),
            };
            let says = &ran.stderr;
            assert_eq!(answer, wanted.stdout, "{what}: {args:?} answers otherwise; it says {says}");
        } else {
            assert!(
                ran.stderr.starts_with("error"),
                "{what}: {args:?} ended with {:?}: {}",
                ran.code,
                ran.stderr
            );
            assert_eq!(ran.stdout, "", "{what}: {args:?}");
            refused += 1;
        }
    }
    refused
}

#[test]
fn a_flipped_bit_is_found_or_changes_no_answer() {
    let whole = pool_of_everything(150);
    assert_eq!(verify(whole.path()).0, Some(0), "{:#}", verify(whole.path()).1);
    let wanted = answers(whole.path());
    assert!(wanted.iter().all(|ran| ran.code == Some(0)), "{wanted:?}");
    let pool = whole.path().join(POOL);
    let names: Vec<_> = files(&pool)
        .into_iter()
        .filter(|name| fs::metadata(pool.join(name)).is_ok_and(|about| about.len() > 0))
        .collect();
    let mut dice = Dice::throw();
    let (mut seen, mut unseen, mut refused) = (0, 0, 0);
    let tries = rounds("STACKSCOUT_FLIPS", 60);
    for at in 0..tries {
        // Every second one in the records, the rest all over the pool.
        let name = if at % 2 == 0 { Path::new("records.db") } else { &names[dice.below(names.len())] };
        let text = name.to_string_lossy().into_owned();
        let size = fs::metadata(pool.join(name)).expect("it is there").len();
        let bit = dice.below(usize::try_from(size).expect("it is small") * 8);
        let what = format!("seed {}, {text}, bit {bit}", dice.seed);
        let folder = copied(whole.path());
        let path = folder.path().join(POOL).join(name);
        let mut bytes = fs::read(&path).expect("it can be read");
        bytes[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, bytes).expect("it can be written");
        let (_, verified) = verify(folder.path());
        let is_found = found(&verified, &text);
        seen += usize::from(is_found);
        unseen += usize::from(!is_found);
        // Index and columns have bytes between their parts, and the version of the engine, that nobody reads.
        assert!(is_found || text != "records.db", "{what} was not found: {verified:#}");
        if !is_found || at % 6 < 2 {
            refused += check_answers(folder.path(), &wanted, &what);
        }
    }
    println!("{tries} bits: {seen} found, {unseen} change no answer; {refused} commands refused to answer");
    assert!(seen > tries / 2);
}

#[test]
fn a_file_that_is_cut_or_missing_is_found_and_what_is_derived_is_made_anew() {
    let whole = pool_of_everything(150);
    let wanted = answers(whole.path());
    let pool = whole.path().join(POOL);
    let mut dice = Dice::throw();
    for name in files(&pool) {
        let text = name.to_string_lossy().into_owned();
        let size =
            usize::try_from(fs::metadata(pool.join(&name)).expect("it is there").len()).expect("small");
        if says_nothing(&text) || size == 0 {
            continue;
        }
        for cut in [true, false] {
            let folder = copied(whole.path());
            let path = folder.path().join(POOL).join(&name);
            if cut {
                let bytes = fs::read(&path).expect("it can be read");
                fs::write(&path, &bytes[..dice.below(size)]).expect("it can be written");
            } else {
                fs::remove_file(&path).expect("it can be removed");
            }
            let what = format!("seed {}, {text} {}", dice.seed, if cut { "cut" } else { "missing" });
            let (_, verified) = verify(folder.path());
            // Without these a pool does as well; nobody can tell that they were there.
            let is_spare = !cut
                && ["imported.json", "backups.jsonl", "files.json", "index/.sums.json"]
                    .contains(&text.as_str());
            assert!(found(&verified, &text) || is_spare, "{what} was not found: {verified:#}");
            if !cut && text == "searches.json" {
                // What was saved is gone with its file, and that it was there is all that anybody knows.
                continue;
            }
            let repaired = run(folder.path(), &["pool", "repair"]);
            let is_derived = ["index/", "columns/"].iter().any(|part| text.starts_with(part));
            let is_small =
                ["records.sums", "stackscout-pool.json", "imported.json", "files.json", "backups.jsonl"]
                    .contains(&text.as_str());
            if is_derived || is_small {
                assert_eq!(repaired.code, Some(0), "{what}: {} {}", repaired.stdout, repaired.stderr);
                assert_eq!(check_answers(folder.path(), &wanted, &what), 0, "{what}");
            } else {
                check_answers(folder.path(), &wanted, &what);
            }
        }
    }
}
