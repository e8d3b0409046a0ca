//! - while one process imports again and again, readers see whole commits only
//! - a second writer is refused, also with every lock file deleted
//! - in a folder where nothing can be written, searches, rankings and lists work as ever; changes that stand in the log
//!   alone are never passed over

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{AS_OF, POOL, files, pool_of_everything};
use crate::program::{command, folder, run};

const PEOPLE: usize = 400;

fn list(skill: &str) -> String {
    let row = |n: usize| format!("{n},Person {n},p{n}@example.org,{skill}\n");
    format!("id,name,email,skills\n{}", (1..=PEOPLE).map(row).collect::<String>())
}

#[test]
fn readers_see_whole_commits_only() {
    let folder = folder();
    let path = folder.path();
    for skill in ["Django", "React"] {
        fs::write(path.join(format!("{skill}.csv")), list(skill)).expect("it can be written");
    }
    let import =
        |skill: &str| ["import".to_owned(), format!("{skill}.csv"), "--source".to_owned(), "x".to_owned()];
    let start = |skill: &str| {
        let args = import(skill);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        command(path, &args)
    };
    assert!(start("Django").output().expect("it starts").status.success());
    let until = Instant::now() + Duration::from_secs(8);
    let (mut commits, mut readings, mut seen) = (0, 0, [0, 0]);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut commits = 0;
            while Instant::now() < until {
                let skill = ["React", "Django"][commits % 2];
                let output = start(skill).output().expect("it starts");
                let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
                // A reader that catches the index up holds the lock for a moment.
                if !stderr.contains("another process is writing") {
                    assert!(output.status.success(), "{stderr}");
                    commits += 1;
                }
            }
            commits
        });
        while Instant::now() < until {
            let ran = run(path, &["search", "django or react", "--limit", "3", "--format", "json"]);
            if ran.code != Some(0) {
                assert!(ran.stderr.contains("another process is writing"), "{}", ran.stderr);
                continue;
            }
            let found = ran.json();
            assert_eq!(found["total"], PEOPLE, "half a commit: {found:#}");
            let both = run(path, &["search", "django and react", "--count"]);
            assert!(both.code != Some(0) || both.stdout == "0\n", "half a commit: {}", both.stdout);
            let text = found.to_string();
            seen[usize::from(text.contains("Django"))] += 1;
            readings += 1;
        }
        commits = writer.join().expect("the writer does not panic");
    });
    println!("{commits} commits, {readings} readings");
    assert!(commits >= 2 && readings >= 2, "{commits} commits, {readings} readings");
    super::is_whole(path, "after all");
}

#[test]
fn a_second_writer_is_refused_also_with_every_lock_file_deleted() {
    let folder = pool_of_everything(60);
    let path = folder.path();
    fs::write(path.join("long.csv"), "id,name,email,skills\n1,Ada Lock,lock@example.org,Go\n")
        .expect("written");
    // Standard input stays open: the import holds the pool until it is closed.
    let mut first = command(path, &["import", "-", "--as-of", AS_OF, "--source", "stdin"]);
    let mut first = first.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
    let mut stdin = first.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut stdin, b"id,name,email,skills\n").expect("it reads");
    for n in 0..3_000 {
        let row = format!("s{n},Person {n},s{n}@example.org,Django\n");
        std::io::Write::write_all(&mut stdin, row.as_bytes()).expect("it reads");
    }
    let deadline = Instant::now() + Duration::from_secs(20);
    let refused = loop {
        for name in
            files(&path.join(POOL)).into_iter().filter(|name| name.extension().is_some_and(|e| e == "lock"))
        {
            let _ = fs::remove_file(path.join(POOL).join(name));
        }
        let second = run(path, &["import", "long.csv", "--as-of", AS_OF]);
        if second.code == Some(1) {
            break second;
        }
        assert!(Instant::now() < deadline, "the first never took the lock");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(refused.stderr.contains("another process is writing"), "{}", refused.stderr);
    for args in [
        ["pool", "repair"].as_slice(),
        &["imports", "undo", "1"],
        &["candidate", "merge", "c0000005", "c0000006"],
    ] {
        let ran = run(path, args);
        assert!(
            ran.code == Some(1) && ran.stderr.contains("another process is writing"),
            "{args:?}: {}",
            ran.stderr
        );
    }
    run(path, &["search", "--count", "django"]).ok();
    drop(stdin);
    assert!(first.wait().expect("it ends").success());
    assert_eq!(run(path, &["search", "--count", "source:stdin"]).ok(), "3000\n");
    super::is_whole(path, "after both");
}

#[cfg(unix)]
mod read_only {
    use std::os::unix::process::CommandExt as _;

    use super::super::{give, is_root, program_for_everybody};
    use super::*;
    use crate::program::Ran;

    const ASKED: [&[&str]; 7] = [
        &["search", "django", "--limit", "3", "--format", "json"],
        &["rank", "roles", "--top", "3", "--format", "json", "--no-record"],
        &["candidate", "show", "c0000001", "--format", "json"],
        &["imports", "--format", "json"],
        &["runs", "--format", "json"],
        &["pool", "stats", "--format", "json"],
        &["replay", "last"],
    ];

    /// The program as whoever has no rights.
    fn without_rights(folder: &std::path::Path, program: &std::path::Path, args: &[&str]) -> Ran {
        const NOBODY: u32 = 65_534;
        let mut command = std::process::Command::new(program);
        command.args(args).current_dir(folder).env_clear().env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().expect("it starts").into()
    }

    #[test]
    fn a_pool_that_cannot_be_written_answers_as_ever() {
        let folder = pool_of_everything(100);
        let path = folder.path();
        let program = program_for_everybody(path);
        let wanted: Vec<Ran> = ASKED.iter().map(|args| run(path, args)).collect();
        let pool = path.join(POOL);
        give(&path.join("roles"), 0o755, 0o644);
        // With SQLite's files beside the records, and without them, as on a disk that was mounted for reading.
        for with_log in [true, false] {
            give(&pool, 0o700, 0o600);
            if !with_log {
                let _ = fs::remove_file(pool.join("records.db-shm"));
                let _ = fs::remove_file(pool.join("records.db-wal"));
            }
            give(&pool, 0o555, 0o444);
            for (args, wanted) in ASKED.iter().zip(&wanted) {
                let ran = without_rights(path, &program, args);
                assert_eq!((ran.code, &ran.stdout), (Some(0), &wanted.stdout), "{args:?}: {}", ran.stderr);
            }
            let ranked = without_rights(path, &program, &["rank", "roles", "--top", "4"]);
            assert_eq!(ranked.code, Some(0), "{}", ranked.stderr);
            assert_eq!(ranked.stderr, "note: the pool cannot be written, so that this run is not kept\n");
            let import = without_rights(path, &program, &["import", "gone.csv"]);
            assert_eq!(import.code, Some(1), "{}", import.stdout);
        }
        give(&pool, 0o700, 0o600);
    }

    #[test]
    fn changes_in_the_log_alone_are_never_passed_over() {
        let folder = pool_of_everything(60);
        let path = folder.path();
        let program = program_for_everybody(path);
        let pool = path.join(POOL);
        // A log such as a crash leaves, without the shared memory that goes with it.
        let log = fs::read(pool.join("records.db")).expect("it can be read");
        fs::write(pool.join("records.db-wal"), &log[..4_096]).expect("it can be written");
        let _ = fs::remove_file(pool.join("records.db-shm"));
        give(&pool, 0o555, 0o444);
        let ran = without_rights(path, &program, &["imports"]);
        give(&pool, 0o700, 0o600);
        assert_eq!(ran.code, Some(1), "{}", ran.stdout);
        assert!(ran.stderr.contains("changes in their log"), "{}", ran.stderr);
    }
}
