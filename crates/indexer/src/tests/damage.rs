//! Trouble on disk.
//!
//! - what is damaged is called damaged, and left as it is
//! - another format is told from damage
//! - every flipped bit in a live file is found, and none makes opening panic
//! - wiping makes room for a new index, and touches no stranger's file

use std::fs;
use std::path::{Path, PathBuf};

use super::pool::{build, open, people};
use crate::{INDEX_FORMAT, Index, IndexError, IndexState, IndexWriter, OpenIndex, wipe};

fn reason(dir: &Path) -> String {
    match Index::open(dir).unwrap() {
        OpenIndex::Damaged { reason } => reason,
        other => panic!("{other:?}"),
    }
}

fn segment_files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| !path.file_name().unwrap().to_str().unwrap().starts_with(['.', 'm']));
    files.sort();
    files
}

#[test]
fn what_is_damaged_is_called_so_and_left_as_it_is() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 7] = [
        ("`meta.json` is not readable", |dir| fs::write(dir.join("meta.json"), "{").unwrap()),
        ("`meta.json` is missing", |dir| fs::remove_file(dir.join("meta.json")).unwrap()),
        ("`.managed.json` is missing", |dir| fs::remove_file(dir.join(".managed.json")).unwrap()),
        ("checksum", |dir| edit(dir, "\\\"change\\\":3", "\\\"change\\\":4")),
        ("candidates", |dir| edit(dir, "\"max_doc\": 5", "\"max_doc\": 7")),
        ("fields", |dir| edit(dir, "\"name\": \"wants\"", "\"name\": \"wands\"")),
        ("is missing", |dir| fs::remove_file(&segment_files(dir)[0]).unwrap()),
    ];
    for (expected, damage) in damages {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        build(dir, &people());
        damage(dir);
        let files = || fs::read_dir(dir).unwrap().count();
        let before = files();
        assert!(reason(dir).contains(expected), "{expected}: {}", reason(dir));
        assert!(matches!(IndexWriter::open_or_create(dir), Err(IndexError::Damaged { .. })), "{expected}");
        assert_eq!(files(), before, "{expected}");
        // Wiped, it is built again.
        wipe(dir).unwrap();
        assert!(matches!(Index::open(dir).unwrap(), OpenIndex::Absent));
        build(dir, &people());
        assert_eq!(open(dir).state().candidates, 12);
    }
}

fn edit(dir: &Path, from: &str, to: &str) {
    let meta = fs::read_to_string(dir.join("meta.json")).unwrap();
    let edited = meta.replacen(from, to, 1);
    assert_ne!(meta, edited, "{from} is not in {meta}");
    fs::write(dir.join("meta.json"), edited).unwrap();
}

#[test]
fn another_format_is_told_from_damage() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    let state = open(dir).state().clone();
    let other = IndexState { format: INDEX_FORMAT + 1, ..state.clone() };
    let quoted = |state: &IndexState| serde_json::to_string(&state.to_payload()).unwrap();
    edit(dir, &quoted(&state), &quoted(&other));
    assert!(
        matches!(Index::open(dir).unwrap(), OpenIndex::OtherFormat { found } if found == INDEX_FORMAT + 1)
    );
    let refused = IndexWriter::open_or_create(dir);
    assert!(matches!(refused, Err(IndexError::OtherFormat { found, .. }) if found == INDEX_FORMAT + 1));
}

#[test]
fn a_file_cut_short_is_damage() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    for file in segment_files(dir) {
        let whole = fs::read(&file).unwrap();
        for kept in [0, 1, whole.len() / 2, whole.len() - 1] {
            fs::write(&file, &whole[..kept]).unwrap();
            assert!(reason(dir).contains("checksum"), "{file:?} {kept}");
        }
        fs::write(&file, &whole).unwrap();
    }
    assert!(open(dir).verify().unwrap().is_empty());
}

#[test]
fn every_flipped_bit_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    let files = segment_files(dir);
    assert!(files.len() > 10);
    for file in files {
        let whole = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for at in (0..whole.len()).step_by(97).chain(whole.len().saturating_sub(20)..whole.len()) {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            // A new file: the old one stays mapped.
            fs::remove_file(&file).unwrap();
            fs::write(&file, &flipped).unwrap();
            let noticed = match Index::open(dir).unwrap() {
                OpenIndex::Damaged { reason } => reason.contains(&name),
                _ => false,
            };
            assert!(noticed, "{name} byte {at}");
        }
        fs::remove_file(&file).unwrap();
        fs::write(&file, &whole).unwrap();
    }
}

#[test]
fn verifying_finds_what_was_damaged_since_opening() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    let index = open(dir);
    assert_eq!(index.verify().unwrap(), Vec::<String>::new());
    let file = &segment_files(dir)[3];
    let mut bytes = fs::read(file).unwrap();
    bytes[0] ^= 1;
    fs::write(file, &bytes).unwrap();
    assert_eq!(index.verify().unwrap(), [file.file_name().unwrap().to_str().unwrap()]);
}

#[test]
fn wiping_touches_no_strangers_file() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    fs::write(dir.join("notes.txt"), "mine").unwrap();
    assert!(matches!(wipe(dir), Err(IndexError::Foreign { path }) if path.ends_with("notes.txt")));
    assert_eq!(open(dir).state().candidates, 12);
    fs::remove_file(dir.join("notes.txt")).unwrap();
    wipe(dir).unwrap();
    wipe(&dir.join("absent")).unwrap();
    // A folder that holds anything else is no place for an index.
    fs::write(dir.join("notes.txt"), "mine").unwrap();
    assert!(IndexWriter::open_or_create(dir).is_err());
}
