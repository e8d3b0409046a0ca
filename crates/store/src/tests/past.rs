//! - after any imports, the records of each change read as they did when it was the last one, one by one and all at
//!   once, under the digest of that time
//! - what changed between two changes is what differs between them
//! - a person who is forgotten is gone from every change and every list, byte for byte, and the number is not given again
//! - a damaged version of the past is found, and a change that is not there is refused
//! - who holds on to a state sees it until they let go

use proptest::prelude::*;
use stackscout_profile::{CandidateNumber, Record};

use super::{forget, import, pool, records_at, row};
use crate::{NewRun, RunEntry, RunList, Store, StoreError};

/// A file: whether it is of the first source, and rows of few people, so that they meet again, also within one file.
type File = (bool, Vec<(u8, String, String)>);

fn files() -> impl Strategy<Value = Vec<File>> {
    let a_row = (0..4_u8, "[ab]{0,2}", "[cd;]{0,5}");
    prop::collection::vec((any::<bool>(), prop::collection::vec(a_row, 0..5)), 1..7)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_records_of_each_change_read_as_they_did(files in files()) {
        let mut store = Store::in_memory().unwrap();
        let mut then: Vec<(Vec<Record>, String)> = vec![(records_at(&store, 0), store.digest().unwrap())];
        for (source, rows) in files {
            let rows = rows.iter().map(|(id, title, skills)| row(&id.to_string(), title, skills));
            import(&mut store, if source { "a" } else { "b" }, rows);
            if store.change().unwrap() == then.len() as u64 {
                then.push((records_at(&store, store.change().unwrap()), store.digest().unwrap()));
            }
            let mut present = Vec::new();
            store.records_since(0, |record| { present.push(record); Ok::<(), StoreError>(()) }).unwrap();
            prop_assert_eq!(&present, &then.last().unwrap().0, "the present is the last change");
        }
        for (change, (records, digest)) in (0..).zip(&then) {
            prop_assert_eq!(&records_at(&store, change), records, "change {}", change);
            prop_assert_eq!(&store.digest_at(change).unwrap(), digest, "change {}", change);
            for number in (1..12).map(CandidateNumber) {
                let one = records.iter().find(|r| r.number == number).cloned();
                prop_assert_eq!(store.record_at(number, change).unwrap(), one);
            }
            for (earlier, (before, _)) in (0..change).zip(&then) {
                let of = |records: &[Record], n| records.iter().find(|r| r.number == n).cloned();
                let changed = store.changed_between(earlier, change).unwrap();
                for number in (1..12).map(CandidateNumber) {
                    // Who was changed and changed back was changed too.
                    let mut steps = then[earlier as usize..=change as usize].windows(2);
                    let touched = steps.any(|step| of(&step[0].0, number) != of(&step[1].0, number));
                    prop_assert_eq!(changed.contains(&number), touched, "{} from {} to {}", number, earlier, change);
                    prop_assert!(touched || of(before, number) == of(records, number));
                }
            }
        }
    }
}

fn twice_changed() -> (tempfile::TempDir, Store) {
    let (folder, mut store) = pool();
    import(&mut store, "a", [row("1", "one", "Django"), row("2", "canary-two", "Flask")]);
    import(&mut store, "a", [row("1", "one", "Django; Go"), row("2", "canary-three", "Flask")]);
    import(&mut store, "a", [row("1", "one", "Rails"), row("2", "canary-four", "Flask")]);
    (folder, store)
}

#[test]
fn a_person_who_is_forgotten_is_gone_from_every_change_and_list() {
    let (folder, mut store) = twice_changed();
    let entry = |n| RunEntry {
        number: CandidateNumber(n),
        place: n,
        tied: 1,
        tier: b'A',
        unknown_knockout: false,
        score: 1,
        low: 1,
        high: 1,
        points: 10,
    };
    let list = RunList {
        role: "r".into(),
        fingerprint: "f".into(),
        listed: [2, 0, 0],
        left_out: [("where".to_owned(), 3)].into(),
        entries: vec![entry(1), entry(2)],
    };
    let run = NewRun {
        made: "2026-11-01T00:00:00Z".into(),
        change: 2,
        manifest: "{}".into(),
        result: "r".into(),
        role_texts: vec![("f".into(), "text".into())],
        lists: vec![list.clone()],
    };
    store.keep_run(&run).unwrap();
    let before = store.digest_at(1).unwrap();
    let forgotten = forget(&mut store, CandidateNumber(2));
    assert_eq!((forgotten.versions, forgotten.runs), (3, 1));
    assert_eq!(store.change().unwrap(), 4);
    for change in 0..=4 {
        assert!(records_at(&store, change).iter().all(|r| r.number.0 != 2), "change {change}");
    }
    assert_ne!(store.digest_at(1).unwrap(), before, "a past that lacks somebody has another name");
    no_canary(folder.path());
    assert_eq!(store.forgotten_since(2).unwrap(), [CandidateNumber(2)]);
    assert_eq!(store.run_lists(1).unwrap(), [RunList { entries: vec![entry(1)], ..list }]);
    // The row of a later file is held; once that is lifted it makes a new person, who gets a new number.
    import(&mut store, "a", [row("2", "other", "Flask")]);
    assert_eq!(store.record(CandidateNumber(3)).unwrap(), None);
    assert!(store.lift_erasure(1, "").unwrap());
    import(&mut store, "a", [row("2", "other", "Flask")]);
    assert!(store.record(CandidateNumber(3)).unwrap().is_some());
    assert_eq!(forget(&mut store, CandidateNumber(2)).versions, 0, "nobody is there to forget");
    store.close();
    no_canary(folder.path());
}

/// No file of the records holds a text of the person who was forgotten.
fn no_canary(folder: &std::path::Path) {
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(!bytes.windows(6).any(|w| w == b"canary"), "{:?} holds the person", file.file_name());
    }
}

#[test]
fn a_damaged_version_of_the_past_is_found() {
    let (_folder, store) = twice_changed();
    let damage = "UPDATE record_history SET packed = CAST(replace(CAST(packed AS TEXT), 'w', 'v') AS BLOB)
                  WHERE number = 2 AND until = 2";
    assert_eq!(store.connection.execute(damage, []).unwrap(), 1);
    let read = store.record_at(CandidateNumber(2), 1);
    assert!(matches!(read, Err(StoreError::Damaged(CandidateNumber(2)))), "{read:?}");
    let all = store.records_at(1, |_| Ok::<(), StoreError>(()));
    assert!(matches!(all, Err(StoreError::Damaged(CandidateNumber(2)))), "{all:?}");
    // Other changes and other people are not touched.
    assert!(store.record_at(CandidateNumber(2), 2).unwrap().is_some());
    assert!(store.record_at(CandidateNumber(1), 1).unwrap().is_some());
}

#[test]
fn a_change_that_is_not_there_is_refused() {
    let (_folder, store) = twice_changed();
    let read = store.record_at(CandidateNumber(1), 4);
    assert!(matches!(read, Err(StoreError::NotYet { change: 4, last: 3 })), "{read:?}");
}

#[test]
fn who_holds_on_to_a_state_sees_it_until_they_let_go() {
    let (folder, mut store) = twice_changed();
    let reader = Store::open_read_only(&folder.path().join("records.db")).unwrap();
    let held = reader.hold().unwrap();
    import(&mut store, "a", [row("3", "new", "Go")]);
    assert_eq!((reader.change().unwrap(), reader.count().unwrap()), (3, 2));
    drop(held);
    assert_eq!((reader.change().unwrap(), reader.count().unwrap()), (4, 3));
}

#[test]
fn what_an_import_appends_costs_little() {
    let (_folder, mut store) = pool();
    let long = "x".repeat(1_000);
    import(&mut store, "a", [row("1", &long, "Django")]);
    import(&mut store, "b", [row("1", "other", "Django")]);
    import(&mut store, "a", [row("1", &long, "Flask")]);
    let size: i64 = store
        .connection
        .query_row("SELECT sum(length(packed)) FROM record_history", [], |row| row.get(0))
        .unwrap();
    assert!(size < 100, "{size} bytes for a record that changed one cell");
}
