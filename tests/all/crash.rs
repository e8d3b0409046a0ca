//! - a program that is killed in the middle of an import leaves a pool that holds all of the file or nothing of it
//! - a ranking that is killed leaves a whole run or none, and is kept once when it is made again
//! - the same import, run again, leads to the pool that one undisturbed run makes: same records, same counts

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::program::{command, count, demo_files, folder, run};

const PEOPLE: usize = 5_000;
const ROUNDS: u32 = 10;
const QUERIES: [&str; 4] = ["", "django", "react and postgres", "country:germany years>=5"];
const IMPORT: [&str; 4] = ["import", "candidates.csv", "--as-of", stackscout_demo::AS_OF];

fn digest(folder: &Path) -> String {
    let stats = run(folder, &["pool", "stats", "--format", "json"]).json();
    format!("{} people, {}", stats["candidates"], stats["digest"])
}

fn counts(folder: &Path) -> Vec<u64> {
    QUERIES.map(|query| count(folder, query)).into()
}

#[test]
fn an_import_that_is_killed_is_done_again_as_if_nothing_had_been() {
    let clean = folder();
    demo_files(clean.path(), PEOPLE);
    let begin = Instant::now();
    assert_eq!(run(clean.path(), &IMPORT).code, Some(3), "one row is cut off");
    let undisturbed = begin.elapsed();
    let (digest_wanted, wanted) = (digest(clean.path()), counts(clean.path()));
    // Thirty-nine stand in the other file alone.
    assert_eq!(wanted[0], 4_961);
    assert!(wanted.iter().all(|count| *count > 0), "{wanted:?}");

    // Other moments each time that the tests run: the clock is the dice.
    let dice = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.subsec_nanos());
    let mut killed = 0;
    for round in 0..ROUNDS {
        let folder = folder();
        let path = folder.path();
        std::fs::copy(clean.path().join("candidates.csv"), path.join("candidates.csv"))
            .expect("it can be copied");
        let percent = (round * 100 + dice % 100) / ROUNDS;
        let wait = undisturbed * percent / 100;
        let shown = format!("round {round}, killed after {percent}% ({} ms)", wait.as_millis());

        let mut child =
            command(path, &IMPORT).stdout(std::process::Stdio::null()).spawn().expect("it starts");
        std::thread::sleep(wait.max(Duration::from_millis(1)));
        child.kill().expect("a child can be killed");
        killed += u32::from(child.wait().expect("a child ends").code().is_none());

        let between = run(path, &["search", "--count"]);
        match between.code {
            Some(0) => {
                let found: u64 = between.stdout.trim().parse().expect("a count is a number");
                assert!(found == 0 || found == wanted[0], "{shown}: {found} people are half a file");
            }
            code => {
                assert_eq!(code, Some(1), "{shown}: {}", between.stderr);
                assert!(between.stderr.starts_with("error: no pool at"), "{shown}: {}", between.stderr);
            }
        }
        let again = run(path, &IMPORT);
        assert_eq!(again.code, Some(3), "{shown}: {}", again.stderr);
        assert_eq!(digest(path), digest_wanted, "{shown}");
        assert_eq!(counts(path), wanted, "{shown}");
    }
    assert!(killed > 0, "every import was done before it was killed");
}

#[test]
fn a_ranking_that_is_killed_leaves_a_whole_run_or_none() {
    let folder = folder();
    let path = folder.path();
    demo_files(path, PEOPLE);
    assert_eq!(run(path, &IMPORT).code, Some(3), "one row is cut off");
    let begin = Instant::now();
    run(path, &["rank", "roles", "--top", "1"]).ok();
    let undisturbed = begin.elapsed();
    let dice = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.subsec_nanos());
    for round in 0..ROUNDS {
        // Mostly near its end, where the run is written; each round is another run.
        let percent = 60 + (round * 50 + dice % 50) / ROUNDS;
        let top = (round + 2).to_string();
        let rank = ["rank", "roles", "--top", &top];
        let mut child = command(path, &rank)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(undisturbed * percent / 100);
        let _ = child.kill();
        let _ = child.wait();
        let runs = run(path, &["runs", "--format", "json"]).json();
        let runs = runs.as_array().expect("a list").len();
        run(path, &["replay", "last"]).ok();
        run(path, &rank).ok();
        let after = run(path, &["runs", "--format", "json"]).json();
        let numbers: Vec<u64> =
            after.as_array().expect("a list").iter().map(|r| r["run"].as_u64().expect("a number")).collect();
        assert_eq!(numbers, (1..=u64::from(round) + 2).collect::<Vec<_>>(), "round {round}: {runs} before");
    }
}

#[test]
fn an_undo_or_a_merge_that_is_killed_is_done_or_was_never_begun() {
    let folder = folder();
    let path = folder.path();
    demo_files(path, PEOPLE);
    assert_eq!(run(path, &IMPORT).code, Some(3), "one row is cut off");
    let before = (digest(path), counts(path));
    let begin = Instant::now();
    run(path, &["import", "referrals.csv", "--as-of", stackscout_demo::AS_OF]).ok();
    let undisturbed = begin.elapsed() / 2;
    let merged = ["candidate", "merge", "c0000001", "c0000002"];
    let dice = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.subsec_nanos());
    let kill = |command_line: &[&str], round: u32| {
        let mut child = command(path, command_line)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(undisturbed * ((round * 100 + dice % 100) / 5) / 100);
        let _ = child.kill();
        let _ = child.wait();
    };
    for round in 0..5 {
        let import = (round + 2).to_string();
        kill(&["imports", "undo", &import], round);
        // Done, or to be done.
        run(path, &["imports", "undo", &import]);
        assert_eq!((digest(path), counts(path)), before, "round {round}, undo");
        kill(&merged, round);
        run(path, &merged);
        assert_ne!(digest(path), before.0);
        assert_eq!(count(path, ""), before.1[0] - 1, "round {round}, merge");
        run(path, &["candidate", "unmerge", "c0000002"]).ok();
        assert_eq!((digest(path), counts(path)), before, "round {round}, unmerge");
        run(path, &["import", "referrals.csv", "--as-of", stackscout_demo::AS_OF]).ok();
    }
}
