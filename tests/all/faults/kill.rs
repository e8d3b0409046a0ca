//! - whatever is killed in the middle (import, change of many people, undo, merge, unmerge, ranking, backup, restore,
//!   repair) leaves a pool that holds all of it or nothing
//! - the same command, run again, leads to the pool that one undisturbed run makes: the same in every table
//! - a backup and a restored pool appear under their names when they are whole
//!
//! `STACKSCOUT_CRASH_ROUNDS` says how often each is killed; `cargo xtask crash` sets it.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{AS_OF, Dice, POOL, copied, copy, digest, is_whole, rounds};
use crate::program::{command, count, demo_files, folder, run};

const PEOPLE: usize = 1_000;
const IMPORT: [&str; 4] = ["import", "candidates.csv", "--as-of", AS_OF];
const AGAIN: [&str; 4] = ["import", "referrals.csv", "--as-of", AS_OF];

/// Runs a command and kills it after about this part of the time that it takes; says whether it was killed.
fn kill(path: &Path, args: &[&str], undisturbed: Duration, percent: usize) -> bool {
    let mut child =
        command(path, args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    std::thread::sleep(undisturbed * u32::try_from(percent).expect("it is at most 120") / 100);
    let _ = child.kill();
    child.wait().expect("a child ends").code().is_none()
}

/// Kills a command again and again, each time in a copy of `before`, and holds what comes of it to an undisturbed run.
///
/// `codes` are what the second run may end with: what was done already is refused.
fn check(before: &Path, args: &[&str], codes: &[i32]) {
    let clean = copied(before);
    let begin = Instant::now();
    let first = run(clean.path(), args);
    let undisturbed = begin.elapsed();
    assert!(codes.contains(&first.code.expect("it ends")), "{args:?}: {}", first.stderr);
    let wanted = (digest(clean.path()), is_whole(clean.path(), "undisturbed"));
    let mut dice = Dice::throw();
    let rounds = rounds("STACKSCOUT_CRASH_ROUNDS", 10);
    let mut killed = 0;
    for round in 0..rounds {
        let folder = copied(before);
        let path = folder.path();
        let percent = (round * 100 + dice.below(100)) / rounds + 3;
        killed += usize::from(kill(path, args, undisturbed, percent));
        let shown = format!("{args:?} killed after {percent}% of {} ms", undisturbed.as_millis());
        let again = run(path, args);
        assert!(codes.contains(&again.code.expect("it ends")), "{shown}: {}", again.stderr);
        assert_eq!((digest(path), is_whole(path, &shown)), wanted, "{shown}");
    }
    println!("{args:?}: {killed} of {rounds} killed in the middle");
    assert!(killed > 0, "{args:?} was done each time before it was killed");
}

fn files() -> TempDir {
    let folder = folder();
    demo_files(folder.path(), PEOPLE);
    folder
}

fn pool() -> TempDir {
    let folder = files();
    assert_eq!(run(folder.path(), &IMPORT).code, Some(3), "one row is cut off");
    folder
}

#[test]
fn an_import_that_is_killed_is_done_again_as_if_nothing_had_been() {
    check(files().path(), &IMPORT, &[3]);
}

#[test]
fn half_a_file_is_never_seen() {
    let files = files();
    let clean = copied(files.path());
    let begin = Instant::now();
    assert_eq!(run(clean.path(), &IMPORT).code, Some(3));
    let (undisturbed, all) = (begin.elapsed(), count(clean.path(), ""));
    for round in 0..rounds("STACKSCOUT_CRASH_ROUNDS", 10) {
        let folder = copied(files.path());
        kill(folder.path(), &IMPORT, undisturbed, 10 + round * 10 % 100);
        let between = run(folder.path(), &["search", "--count"]);
        match between.code {
            Some(0) => {
                let found: u64 = between.stdout.trim().parse().expect("a count is a number");
                assert!(found == 0 || found == all, "{found} people are half a file");
            }
            code => {
                assert_eq!(code, Some(1), "{}", between.stderr);
                assert!(between.stderr.starts_with("error: no pool at"), "{}", between.stderr);
            }
        }
    }
}

#[test]
fn a_change_of_many_people_that_is_killed_is_done_again() {
    // More than a sixteenth changes: the columns become a new base, and segments of the index are merged.
    let folder = pool();
    let path = folder.path();
    let text = fs::read_to_string(path.join("candidates.csv")).expect("it can be read");
    fs::write(path.join("candidates.csv"), text.replace("Django", "Flask")).expect("it can be written");
    check(path, &IMPORT, &[3]);
}

#[test]
fn an_undo_that_is_killed_is_done_again() {
    let folder = pool();
    run(folder.path(), &AGAIN).ok();
    // Undone already is refused.
    check(folder.path(), &["imports", "undo", "2"], &[0, 1]);
}

#[test]
fn a_merge_and_an_unmerge_that_are_killed_are_done_again() {
    let folder = pool();
    check(folder.path(), &["candidate", "merge", "c0000001", "c0000002"], &[0, 1]);
    run(folder.path(), &["candidate", "merge", "c0000001", "c0000002"]).ok();
    check(folder.path(), &["candidate", "unmerge", "c0000002"], &[0, 1]);
}

#[test]
fn a_ranking_that_is_killed_is_kept_once_when_it_is_made_again() {
    check(pool().path(), &["rank", "roles", "--top", "20"], &[0]);
}

#[test]
fn a_repair_that_is_killed_is_done_again() {
    let folder = pool();
    let pool = folder.path().join(POOL);
    fs::remove_dir_all(pool.join("columns")).expect("it can be removed");
    fs::remove_file(pool.join("index/meta.json")).expect("it can be removed");
    fs::remove_file(pool.join("stackscout-pool.json")).expect("it can be removed");
    check(folder.path(), &["pool", "repair"], &[0]);
}

#[test]
fn a_backup_that_is_killed_is_whole_or_not_there() {
    let folder = pool();
    let path = folder.path();
    let begin = Instant::now();
    run(path, &["pool", "backup", "undisturbed.backup"]).ok();
    let undisturbed = begin.elapsed();
    let mut dice = Dice::throw();
    let rounds = rounds("STACKSCOUT_CRASH_ROUNDS", 10);
    for round in 0..rounds {
        let percent = (round * 100 + dice.below(100)) / rounds + 3;
        let name = format!("{round}.backup");
        kill(path, &["pool", "backup", &name], undisturbed, percent);
        if path.join(&name).exists() {
            run(path, &["pool", "backup", "--verify", &name]).ok();
        } else {
            run(path, &["pool", "backup", &name]).ok();
        }
    }
    let left: Vec<_> =
        super::files(path).into_iter().filter(|f| f.to_string_lossy().contains("backup.")).collect();
    assert!(left.is_empty(), "what was begun is taken over by the next of its name: {left:?}");
    is_whole(path, "after backups");
}

#[test]
fn a_restore_that_is_killed_is_whole_or_not_there() {
    let folder = pool();
    run(folder.path(), &["pool", "backup", "a.backup"]).ok();
    let wanted = (digest(folder.path()), is_whole(folder.path(), "the pool"));
    let elsewhere = super::folder();
    let path = elsewhere.path();
    fs::copy(folder.path().join("a.backup"), path.join("a.backup")).expect("it can be copied");
    let restore = ["pool", "restore", "a.backup"];
    let begin = Instant::now();
    run(path, &restore).ok();
    let undisturbed = begin.elapsed();
    let mut dice = Dice::throw();
    let rounds = rounds("STACKSCOUT_CRASH_ROUNDS", 10);
    for round in 0..rounds {
        fs::remove_dir_all(path.join(POOL)).expect("it is there");
        let percent = (round * 100 + dice.below(100)) / rounds + 3;
        kill(path, &restore, undisturbed, percent);
        if !path.join(POOL).exists() {
            run(path, &restore).ok();
        }
        let shown = format!("killed after {percent}%");
        assert_eq!((digest(path), is_whole(path, &shown)), wanted, "{shown}");
        assert!(!path.join("stackscout-pool.restoring").exists(), "{shown}");
    }
    copy(&path.join(POOL), &path.join("other"));
}
