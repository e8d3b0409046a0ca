//! Building and catching up.
//!
//! - a commit covers its state, and a searcher keeps seeing the commit that it was opened on
//! - without a commit nothing changes, and nothing written for it stays
//! - the last put of a number counts, a removed number is gone; after a purge, from the files too
//! - there is one writer
//! - what is in the index does not depend on how it came there

use std::fs;
use std::path::Path;

use stackscout_profile::{CandidateNumber, Field};

use super::pool::{build, looked_up, open, people, person, put, state};
use crate::{Index, IndexError, IndexWriter, OpenIndex};

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn everybody(dir: &Path) -> Vec<u32> {
    open(dir).searcher().everybody()
}

#[test]
fn a_commit_covers_its_state() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let people = people();
    let mut writer = IndexWriter::open_or_create(dir).unwrap();
    assert_eq!(writer.state(), None);
    put(&mut writer, &people[0]);
    writer.commit(state(1, 1)).unwrap();
    let first = open(dir);
    put(&mut writer, &people[1]);
    writer.commit(state(2, 2)).unwrap();
    assert_eq!(writer.state(), Some(&state(2, 2)));
    let second = open(dir);
    assert_eq!((first.state(), second.state()), (&state(1, 1), &state(2, 2)));
    assert_eq!(first.searcher().everybody(), [1]);
    assert_eq!(second.searcher().everybody(), [1, 2]);
    drop(writer);
    let writer = IndexWriter::open_or_create(dir).unwrap();
    assert_eq!(writer.state(), Some(&state(2, 2)));
}

#[test]
fn without_a_commit_nothing_changes() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    let before = names(dir);
    let mut writer = IndexWriter::open_or_create(dir).unwrap();
    put(&mut writer, &person(40, "csv", &[(Field::Name, "Nobody")]));
    writer.remove(&[CandidateNumber(1)]).unwrap();
    drop(writer);
    assert_eq!(everybody(dir), (1..=12).collect::<Vec<_>>());
    assert_eq!(names(dir), before);
}

#[test]
fn an_index_begun_and_never_committed_is_absent() {
    let dir = tempfile::tempdir().unwrap();
    let dir = &dir.path().join("new").join("index");
    assert!(matches!(Index::open(dir).unwrap(), OpenIndex::Absent));
    assert!(!dir.exists());
    drop(IndexWriter::open_or_create(dir).unwrap());
    assert!(matches!(Index::open(dir).unwrap(), OpenIndex::Absent));
    build(dir, &people()[..3]);
    assert_eq!(everybody(dir), [1, 2, 3]);
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(dir).unwrap().permissions()) & 0o777,
        0o700
    );
}

#[test]
fn the_last_put_counts_and_a_removed_number_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let mut writer = IndexWriter::open_or_create(dir).unwrap();
    let named = |name: &str| person(1, "csv", &[(Field::Name, name)]);
    put(&mut writer, &named("Aaa"));
    put(&mut writer, &named("Bbb"));
    put(&mut writer, &person(2, "csv", &[(Field::Name, "Xyzzyq")]));
    put(&mut writer, &person(3, "csv", &[]));
    writer.commit(state(1, 3)).unwrap();
    put(&mut writer, &named("Ccc"));
    writer.remove(&[CandidateNumber(2)]).unwrap();
    writer.remove(&[CandidateNumber(99)]).unwrap();
    writer.commit(state(2, 2)).unwrap();
    let index = open(dir);
    for (text, numbers) in
        [("aaa", vec![]), ("bbb", vec![]), ("ccc", vec![1]), ("xyzzyq", vec![]), ("*", vec![1, 3])]
    {
        assert_eq!(looked_up(&index, text), numbers, "{text}");
    }
}

#[test]
fn what_was_removed_is_in_no_file_after_a_purge() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let mut writer = IndexWriter::open_or_create(dir).unwrap();
    (1..=20).for_each(|n| put(&mut writer, &person(n, "csv", &[(Field::Name, "Stays")])));
    put(&mut writer, &person(21, "csv", &[(Field::Name, "Goes")]));
    writer.commit(state(1, 21)).unwrap();
    writer.remove(&[CandidateNumber(21)]).unwrap();
    writer.commit(state(2, 20)).unwrap();
    // Too few for the commit to write the segment anew: found by nobody, but there.
    assert_eq!(open(dir).searcher().traces("goes"), 1);
    writer.purge().unwrap();
    let index = open(dir);
    assert_eq!((index.searcher().traces("goes"), index.searcher().traces("stays")), (0, 20));
    assert_eq!(index.state(), &state(2, 20));
    // And no file of the segment before is left.
    let live = index.searcher().segments();
    let segments = names(dir).into_iter().filter(|name| !name.starts_with(['.', 'm']));
    assert!(segments.into_iter().all(|name| live.iter().any(|segment| segment.has(&name))));
}

#[test]
fn there_is_one_writer_and_readers_do_not_mind() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    let _writer = IndexWriter::open_or_create(dir).unwrap();
    assert!(matches!(IndexWriter::open_or_create(dir), Err(IndexError::Busy { .. })));
    assert!(matches!(crate::wipe(dir), Err(IndexError::Busy { .. })));
    assert_eq!(everybody(dir).len(), 12);
}

#[test]
fn opening_leaves_the_folder_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    for lock in [".tantivy-meta.lock", ".tantivy-writer.lock"] {
        fs::remove_file(dir.join(lock)).unwrap();
    }
    let before = names(dir);
    let index = open(dir);
    assert_eq!(looked_up(&index, "name:berlin"), [8]);
    index.verify().unwrap();
    assert_eq!(names(dir), before);
}

#[test]
fn what_a_crash_left_is_swept_by_the_next_writer() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    build(dir, &people());
    fs::write(dir.join(".tmpAbC123"), "half a list").unwrap();
    assert_eq!(everybody(dir).len(), 12);
    drop(IndexWriter::open_or_create(dir).unwrap());
    assert!(!names(dir).iter().any(|name| name.starts_with(".tmp")));
}

#[test]
fn many_small_commits_are_one_large_one() {
    let (small, large) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let people: Vec<_> = (1..=60)
        .map(|n| person(n, "csv", &[(Field::Name, ["odd", "even"][n as usize % 2]), (Field::Skills, "Ruby")]))
        .collect();
    build(large.path(), &people);
    let mut writer = IndexWriter::open_or_create(small.path()).unwrap();
    for (i, person) in people.iter().enumerate() {
        put(&mut writer, person);
        writer.commit(state(i as u64, i + 1)).unwrap();
    }
    let [few, many] = [&large, &small].map(|dir| open(dir.path()));
    assert!(many.searcher().segments().len() <= 8, "{many:?}");
    for text in ["*", "odd", "even", "text:ruby", "has:name", "source:csv"] {
        assert_eq!(looked_up(&few, text), looked_up(&many, text), "{text}");
    }
    assert_eq!(looked_up(&many, "odd").len(), 30);
}

#[test]
fn more_than_fits_in_the_queue_is_still_one_commit() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let text = "hay ".repeat(1 << 18);
    let texts = |writer: &mut IndexWriter| {
        (1..=40).for_each(|n| put(writer, &person(n, "csv", &[(Field::Summary, &text)])));
        put(writer, &person(1, "csv", &[(Field::Summary, "needle")]));
    };
    let mut writer = IndexWriter::open_or_create(dir).unwrap();
    texts(&mut writer);
    assert!(matches!(Index::open(dir).unwrap(), OpenIndex::Absent));
    drop(writer);
    assert!(matches!(Index::open(dir).unwrap(), OpenIndex::Absent));
    let mut writer = IndexWriter::open_or_create(dir).unwrap();
    texts(&mut writer);
    writer.commit(state(1, 40)).unwrap();
    let index = open(dir);
    assert_eq!(looked_up(&index, "needle"), [1]);
    assert_eq!(looked_up(&index, "hay"), (2..=40).collect::<Vec<_>>());
}

#[test]
fn a_long_word_and_a_long_text_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let word = "ab".repeat(35_000);
    let text = format!("{} needle {word}", "hay ".repeat(100_000));
    let mut writer = IndexWriter::open_or_create(dir).unwrap();
    put(&mut writer, &person(1, "csv", &[(Field::Summary, &text)]));
    writer.commit(state(1, 1)).unwrap();
    let index = open(dir);
    assert_eq!(looked_up(&index, "needle"), [1]);
    assert_eq!(looked_up(&index, &word[..6_000]), [1]);
    assert!(looked_up(&index, &"ba".repeat(3_000)).is_empty());
}
