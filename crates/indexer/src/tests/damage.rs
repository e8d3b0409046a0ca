//! Trouble on disk.
//!
//! - what is damaged is called damaged, and left as it is
//! - another format is told from damage
//! - every flipped bit in a live file is found, and none makes opening panic
//! - an index that is compared as it is read gives the right answer or says that it is damaged, whichever block is
//! - wiping makes room for a new index, and touches no stranger's file

use std::fs;
use std::path::{Path, PathBuf};

use stackscout_evidence::blocks::BLOCK_BYTES;
use stackscout_profile::Field;

use super::pool::{Person, build, open, parse, people, person, put, state};
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
    edit_file(&dir.join("meta.json"), from, to);
}

fn edit_file(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    let edited = text.replacen(from, to, 1);
    assert_ne!(text, edited, "{from} is not in {text}");
    fs::write(path, edited).unwrap();
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
fn an_older_list_of_who_was_removed_is_not_missed() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    let mut writer = IndexWriter::open_or_create(dir).unwrap();
    writer.remove(&[people()[0].candidate.number]).unwrap();
    writer.commit(state(4, people().len() - 1)).unwrap();
    drop(writer);
    let removed = segment_files(dir).into_iter().find(|file| file.extension().is_some_and(|e| e == "del"));
    let removed = removed.expect("one of them is too few for a new segment");
    let name = removed.file_name().unwrap().to_str().unwrap().to_owned();
    // The engine removes files first and says so after: it may be stopped in between.
    let older = format!("{}.1.del", name.split('.').next().unwrap());
    edit_file(&dir.join(".managed.json"), &name, &format!("{name}\",\"{older}"));
    assert!(open(dir).verify().unwrap().is_empty());
    // Nor is one read that is still there.
    fs::write(dir.join(older), "x").unwrap();
    assert!(open(dir).verify().unwrap().is_empty());
    fs::remove_file(removed).unwrap();
    assert!(reason(dir).contains(&name), "{}", reason(dir));
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

/// People with enough words that the files of words and their places have several blocks.
fn many_people() -> Vec<Person> {
    let mut state = 7_u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("w{}", (state >> 33) % 9_000)
    };
    (1..=5_000)
        .map(|number| {
            let mut text: Vec<String> = (0..45).map(|_| word()).collect();
            if number % 9 == 0 {
                text.push("clean code".to_owned());
            }
            let name = format!("Ada {}", word());
            let cells =
                [(Field::Summary, text.join(" ")), (Field::Name, name), (Field::Skills, "Django".to_owned())];
            let cells: Vec<(Field, &str)> =
                cells.iter().map(|(field, text)| (*field, text.as_str())).collect();
            person(number, "csv", &cells)
        })
        .collect()
}

/// How many people a clause finds that the index answers.
fn count(searcher: &crate::Searcher, query: &crate::Query) -> Result<u64, IndexError> {
    let crate::query::Node::Leaf(leaf) = query.root() else { panic!("{query:?} is one clause") };
    let mut people = 0;
    searcher.each(leaf, |_| people += 1)?;
    Ok(people)
}

#[test]
fn whichever_block_is_damaged_an_answer_is_right() {
    const QUERIES: [&str; 6] =
        ["text:w17", "name:ada", "text:w8123", "text:\"clean code\"", "summary:w3", "text:w7*"];
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let people = many_people();
    let mut writer = IndexWriter::open_or_create(dir).unwrap();
    people.iter().for_each(|person| put(&mut writer, person));
    writer.commit(state(1, people.len())).unwrap();
    drop(writer);
    let queries = QUERIES.map(parse);
    let ask = |searcher: &crate::Searcher| queries.each_ref().map(|query| count(searcher, query));
    let wanted = ask(&open(dir).searcher()).map(Result::unwrap);
    assert!(wanted.iter().all(|count| *count > 0), "{wanted:?}");
    let (mut blocks, mut right, mut refused) = (0, 0, 0);
    for file in segment_files(dir) {
        let whole = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for start in (0..whole.len()).step_by(BLOCK_BYTES) {
            blocks += 1;
            let mut flipped = whole.clone();
            let at = start + (whole.len() - start).min(BLOCK_BYTES) * 3 / 4;
            flipped[at] ^= 0x20;
            fs::remove_file(&file).unwrap();
            fs::write(&file, &flipped).unwrap();
            match Index::open_unread(dir).unwrap() {
                OpenIndex::Ready(index) => {
                    for (answer, wanted) in ask(&index.searcher()).into_iter().zip(wanted) {
                        match answer {
                            Ok(count) => {
                                assert_eq!(count, wanted, "{name} byte {at}");
                                right += 1;
                            }
                            Err(IndexError::Damaged { reason, .. }) => {
                                assert!(reason.contains(&name), "{name} byte {at}: {reason}");
                                refused += 1;
                            }
                            Err(other) => panic!("{name} byte {at}: {other:?}"),
                        }
                    }
                }
                OpenIndex::Damaged { reason } => {
                    assert!(reason.contains(&name), "{name} byte {at}: {reason}")
                }
                other => panic!("{other:?}"),
            }
            // Whatever a search passed over is found by whoever looks at everything.
            assert!(reason(dir).contains(&name), "{name} byte {at}");
        }
        fs::remove_file(&file).unwrap();
        fs::write(&file, &whole).unwrap();
    }
    // Several blocks, some of which some queries need and others do not.
    assert!(blocks > 15 && right > 20 && refused > 20, "{blocks} blocks, {right} right, {refused} refused");
}

#[test]
fn sums_that_are_missing_damaged_or_of_fewer_files_cost_no_answer() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    let sums = dir.join(".sums.json");
    let whole = fs::read_to_string(&sums).unwrap();
    let count = || match Index::open_unread(dir).unwrap() {
        OpenIndex::Ready(index) => count(&index.searcher(), &parse("payments")).unwrap(),
        other => panic!("{other:?}"),
    };
    let wanted = count();
    fs::write(&sums, whole.replacen("\"bytes\":", "\"bytes\":1", 1)).unwrap();
    assert_eq!(count(), wanted);
    assert_eq!(open(dir).verify().unwrap(), [".sums.json"]);
    fs::remove_file(&sums).unwrap();
    assert_eq!(count(), wanted);
    assert!(open(dir).verify().unwrap().is_empty());
    // Without sums the whole file is compared, at opening.
    let file = &segment_files(dir)[0];
    let mut bytes = fs::read(file).unwrap();
    bytes[0] ^= 1;
    fs::remove_file(file).unwrap();
    fs::write(file, &bytes).unwrap();
    assert!(matches!(Index::open_unread(dir).unwrap(), OpenIndex::Damaged { .. }));
}

#[test]
fn a_file_cut_short_is_damage_to_whoever_reads_lazily() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    for file in segment_files(dir) {
        let whole = fs::read(&file).unwrap();
        for kept in [0, 1, whole.len() / 2, whole.len() - 1] {
            fs::write(&file, &whole[..kept]).unwrap();
            assert!(matches!(Index::open_unread(dir).unwrap(), OpenIndex::Damaged { .. }), "{file:?} {kept}");
        }
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
