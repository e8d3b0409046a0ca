//! - a backup that is made while another process imports is one moment of the pool, each time
//! - what is restored is what was backed up: the same in every table, with layouts, saved searches and rejected rows
//! - a backup with a flipped bit or a cut is refused, and nothing is restored from it
//! - nothing is ever written over: not by a backup, not by a restore
//! - a pool says when its last backup was made
//! - damaged records are named with what a backup holds of them, and taken from it

use std::fs;
use std::path::Path;
use std::process::Stdio;

use super::{AS_OF, Dice, POOL, copied, digest, files, is_whole, pool_of_everything, verify};
use crate::program::{command, count, demo_files, folder, run};

#[test]
fn what_is_restored_is_what_was_backed_up() {
    let folder = pool_of_everything(300);
    let path = folder.path();
    let written = run(path, &["pool", "backup", "a.backup"]).ok();
    assert!(written.starts_with("a.backup written: "), "{written}");
    run(path, &["pool", "backup", "--verify", "a.backup"]).ok();
    let stats = run(path, &["pool", "stats", "--format", "json"]).json();
    assert_eq!(
        (&stats["backup"]["file"], &stats["backup"]["change"]),
        (&"a.backup".into(), &stats["change"])
    );
    let wanted = (digest(path), is_whole(path, "the pool"));

    let elsewhere = super::folder();
    fs::copy(path.join("a.backup"), elsewhere.path().join("a.backup")).expect("it can be copied");
    run(elsewhere.path(), &["pool", "restore", "a.backup"]).ok();
    assert_eq!((digest(elsewhere.path()), is_whole(elsewhere.path(), "restored")), wanted);
    for name in ["searches.json", "layouts/mine.toml", "rejects/candidates.rejects.csv"] {
        let read = |folder: &Path| fs::read(folder.join(POOL).join(name)).expect(name);
        assert_eq!(read(elsewhere.path()), read(path), "{name}");
    }
    for query in ["", "django", "react or go"] {
        assert_eq!(count(elsewhere.path(), query), count(path, query));
    }
    run(elsewhere.path(), &["replay", "last"]).ok();
}

#[test]
fn nothing_is_written_over() {
    let folder = pool_of_everything(60);
    let path = folder.path();
    let before = fs::read(path.join("first.backup")).expect("it is there");
    let over = run(path, &["pool", "backup", "first.backup"]);
    assert_eq!(over.code, Some(1));
    assert!(over.stderr.contains("is there already"), "{}", over.stderr);
    assert_eq!(fs::read(path.join("first.backup")).expect("it is there"), before);
    let inside = run(path, &["pool", "backup", "stackscout-pool/b.backup"]);
    assert!(inside.code == Some(1) && inside.stderr.contains("in the pool itself"), "{}", inside.stderr);
    let over = run(path, &["pool", "restore", "first.backup"]);
    assert!(over.code == Some(1) && over.stderr.contains("holds files already"), "{}", over.stderr);
    is_whole(path, "after what was refused");
}

#[test]
fn a_backup_while_another_process_imports_is_one_moment() {
    let folder = folder();
    let path = folder.path();
    demo_files(path, 1_500);
    assert_eq!(run(path, &["import", "candidates.csv", "--as-of", AS_OF]).code, Some(3));
    let text = fs::read_to_string(path.join("candidates.csv")).expect("it can be read");
    for n in 0..2 {
        let new = text.replace("Django", ["Flask", "Django"][n]);
        fs::write(path.join(format!("{n}.csv")), new).expect("it can be written");
    }
    let people = count(path, "");
    let mut importer = command(path, &["import"]);
    // All files, again and again: each changes many people.
    importer.args(["0.csv", "1.csv"].repeat(6)).args(["--source", "candidates", "--as-of", AS_OF]);
    let mut child = importer.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let (mut made, mut changes) = (0, Vec::new());
    while child.try_wait().expect("it can be asked").is_none() && made < 25 {
        let name = format!("{made}.backup");
        let ran = run(path, &["pool", "backup", &name, "--format", "json"]);
        let manifest = ran.json();
        assert_eq!(manifest["people"], people);
        changes.push(manifest["change"].as_u64().expect("a number"));
        made += 1;
    }
    child.wait().expect("it ends");
    assert!(made > 0, "the import was done before the first backup");
    println!("{made} backups of changes {changes:?}");
    for backup in 0..made {
        let elsewhere = super::folder();
        let file = path.join(format!("{backup}.backup")).display().to_string();
        run(elsewhere.path(), &["pool", "restore", &file]).ok();
        is_whole(elsewhere.path(), &file);
        let flask = run(elsewhere.path(), &["search", "--count", "flask and not django"]).ok();
        assert!(!flask.is_empty());
    }
}

#[test]
fn a_damaged_backup_is_refused() {
    let folder = pool_of_everything(60);
    let path = folder.path();
    let whole = fs::read(path.join("first.backup")).expect("it is there");
    let elsewhere = super::folder();
    let mut dice = Dice::throw();
    for round in 0..40 {
        let mut bytes = whole.clone();
        let what = if round % 4 == 0 {
            bytes.truncate(dice.below(whole.len()));
            format!("cut to {}", bytes.len())
        } else {
            let at = dice.below(whole.len() * 8);
            bytes[at / 8] ^= 1 << (at % 8);
            format!("bit {at}")
        };
        fs::write(elsewhere.path().join("bad.backup"), &bytes).expect("it can be written");
        for args in
            [["pool", "backup", "--verify", "bad.backup"].as_slice(), &["pool", "restore", "bad.backup"]]
        {
            let ran = run(elsewhere.path(), args);
            assert_eq!(ran.code, Some(1), "{what}, seed {}: {}", dice.seed, ran.stdout);
            assert!(ran.stderr.contains("bad.backup"), "{what}: {}", ran.stderr);
        }
        let left: Vec<_> = files(elsewhere.path());
        assert_eq!(left, [Path::new("bad.backup")], "{what}");
    }
}

#[test]
fn damaged_records_are_named_and_taken_from_a_backup() {
    let folder = pool_of_everything(120);
    let path = folder.path();
    let wanted = (digest(path), is_whole(path, "the pool"));
    run(path, &["pool", "backup", "now.backup"]).ok();
    let records = path.join(POOL).join("records.db");
    let mut bytes = fs::read(&records).expect("it can be read");
    let shown = run(path, &["candidate", "show", "c0000009"]).ok();
    let name = shown.lines().next().and_then(|line| line.strip_prefix("c0000009 ")).expect("a name");
    // In a record each text stands behind its length.
    let text = [&[u8::try_from(name.len()).expect("a name is short")], name.as_bytes()].concat();
    let at = bytes.windows(text.len()).position(|window| window == text).expect("it stands there") + 1;
    bytes[at] ^= 1;
    fs::write(&records, &bytes).expect("it can be written");

    let (code, verified) = verify(path);
    assert_eq!(code, Some(1));
    assert!(verified.to_string().contains("damaged records of people: c0000009"), "{verified:#}");
    let backup = run(path, &["pool", "backup", "damaged.backup"]);
    assert!(
        backup.code == Some(1) && backup.stderr.contains("so would be their backup"),
        "{}",
        backup.stderr
    );
    assert!(!path.join("damaged.backup").exists());
    let refused = run(path, &["import", "more.csv", "--as-of", AS_OF]);
    assert!(refused.code == Some(1) && refused.stderr.contains("damaged"), "{}", refused.stderr);

    let told = run(path, &["pool", "repair", "--backup", "now.backup"]);
    assert_eq!(told.code, Some(1));
    assert!(told.stdout.contains("c0000009") && told.stdout.contains("holds the version"), "{}", told.stdout);
    assert_eq!(fs::read(&records).expect("it can be read"), bytes, "told, not done");
    let copy = copied(path);
    run(copy.path(), &["pool", "repair", "--backup", "now.backup", "--take"]).ok();
    assert_eq!((digest(copy.path()), is_whole(copy.path(), "taken")), wanted);
}
