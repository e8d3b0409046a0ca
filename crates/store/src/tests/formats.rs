//! - records of every older format are opened for ever: for reading as they are, for writing made new, and what they
//!   say stays the same; what they did not keep is refused by name
//! - records of JSON stay JSON until something in them changes
//! - a later format is refused
//!
//! `fixtures/pools/format-N` was made by the program of that format.

use std::path::{Path, PathBuf};

use stackscout_profile::CandidateNumber;

use super::{import, records_at, row};
use crate::{RECORDS_FORMAT, Store, StoreError};

/// A copy of the records of an older format.
fn old(format: i64) -> (tempfile::TempDir, PathBuf) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pools");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    std::fs::copy(fixtures.join(format!("format-{format}/records.db")), &path).unwrap();
    (folder, path)
}

#[test]
fn records_of_every_older_format_say_the_same() {
    for format in 1..RECORDS_FORMAT {
        let (_folder, path) = old(format);
        let reader = Store::open_read_only(&path).unwrap();
        assert_eq!((reader.count().unwrap(), reader.change().unwrap()), (4, 2), "format {format}");
        let (digest, records) = (reader.digest().unwrap(), records_at(&reader, 2));
        assert_eq!(
            records[0].parts[0].values.last().unwrap().text,
            "Django (6 yrs, last used 2026); PostgreSQL (6 yrs)"
        );
        assert!(reader.runs().unwrap().is_empty());
        assert_past(&reader, format);
        assert_eq!(
            records[0].parts[0].as_of[0].as_of.to_string(),
            "2026-11-01",
            "rows are dated by their import"
        );
        assert_eq!(reader.by_external_id("3", 2).unwrap()[0].1, CandidateNumber(3));
        drop(reader);

        let mut store = Store::open(&path).unwrap();
        assert_eq!(store.digest().unwrap(), digest, "format {format}");
        assert_eq!(records_at(&store, 2), records, "format {format}");
        import(&mut store, "people", [row("1", "", "Flask"), row("9", "new", "Go")]);
        assert_eq!(records_at(&store, 2), records, "format {format}, after an import");
        assert_eq!(store.digest_at(2).unwrap(), digest);
        assert!(store.record(CandidateNumber(5)).unwrap().is_some(), "the next number is the next");
        assert_past(&store, format);
        let undo = store.undo_import(2, "", true);
        match format {
            1 | 2 => assert!(matches!(undo, Err(StoreError::NotUndoable { import: 2, .. })), "{undo:?}"),
            _ => assert_eq!(undo.unwrap().restored, 1, "format {format}"),
        }
        store.close();
        assert_eq!(Store::open(&path).unwrap().count().unwrap(), 5, "opened again");
    }
}

/// The forms of all present records: their first bytes, by candidate number.
fn forms(store: &Store) -> Vec<u8> {
    let sql = "SELECT record FROM candidates ORDER BY number";
    let mut statement = store.connection.prepare(sql).unwrap();
    let first = |row: &rusqlite::Row<'_>| row.get::<_, Vec<u8>>(0).map(|bytes| bytes[0]);
    statement.query_map([], first).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_record_is_json_until_something_in_it_changes() {
    for format in 1..=4 {
        let (_folder, path) = old(format);
        let mut store = Store::open(&path).unwrap();
        assert_eq!(forms(&store), *b"{{{{");
        import(&mut store, "people", [row("1", "", "Flask"), row("9", "new", "Go")]);
        assert_eq!(forms(&store), *b"\x01{{{\x01", "format {format}");
    }
}

/// Format 1 kept nothing of what was replaced.
fn assert_past(store: &Store, format: i64) {
    let past = store.record_at(CandidateNumber(1), 1);
    if format == 1 {
        assert!(matches!(past, Err(StoreError::NotKept { change: 1, from: 2 })), "{past:?}");
        return;
    }
    let past = past.unwrap().unwrap();
    let last = past.parts[0].values.last().unwrap();
    assert_eq!(last.text, "Django (5 yrs, last used 2026); PostgreSQL (6 yrs)");
}

#[test]
fn a_later_format_is_refused() {
    let (_folder, path) = old(1);
    let store = Store::open(&path).unwrap();
    store.connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'format'", []).unwrap();
    store.close();
    let found = RECORDS_FORMAT + 1;
    for opened in [Store::open(&path), Store::open_read_only(&path)] {
        assert!(matches!(opened, Err(StoreError::Format { found: f, .. }) if f == found));
    }
}
