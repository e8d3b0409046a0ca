//! - a run that was kept reads back as it was, with its role files; the same run is not kept twice
//! - a run that was removed is gone with what no other run needs, and its number is not given again
//! - a damaged run is found
//! - a damaged name of a column is no panic

use std::collections::BTreeMap;

use stackscout_profile::CandidateNumber;

use super::pool;
use crate::{Kept, NewRun, RunEntry, RunList, Store, StoreError};

fn run(manifest: &str, fingerprint: &str) -> NewRun {
    let entries = (0..50)
        .map(|n| RunEntry {
            number: CandidateNumber(u32::MAX - n),
            place: 1 << n.min(31),
            tied: n,
            tier: b"ABCD"[n as usize % 4],
            unknown_knockout: n % 3 == 0,
            score: 10_000 - 7 * n as u16,
            low: n as u16,
            high: 10_000,
            points: 64_000_000 - n,
        })
        .collect();
    let list = |role: &str, entries| RunList {
        role: role.to_owned(),
        fingerprint: fingerprint.to_owned(),
        listed: [1, u64::from(u32::MAX), 3],
        left_out: BTreeMap::from([("tier_d".to_owned(), 7)]),
        entries,
    };
    NewRun {
        made: "2026-11-01T12:00:00Z".to_owned(),
        change: 0,
        manifest: manifest.to_owned(),
        result: "0123".to_owned(),
        role_texts: vec![(fingerprint.to_owned(), format!("text of {fingerprint}"))],
        lists: vec![list("z", entries), list("a", Vec::new())],
    }
}

#[test]
fn a_run_reads_back_as_it_was_and_is_not_kept_twice() {
    let (_folder, mut store) = pool();
    let first = run("{\n  \"as_of\": \"2026-11-01\"\n}\n", "f1");
    assert_eq!(store.keep_run(&first).unwrap(), Kept::New(1));
    assert_eq!(store.run_lists(1).unwrap(), first.lists);
    let info = &store.runs().unwrap()[0];
    assert_eq!((&info.manifest, &info.result, &info.made), (&first.manifest, &first.result, &first.made));
    assert_eq!(store.role_text("f1").unwrap().as_deref(), Some("text of f1"));
    let later = NewRun { made: "2027-01-01T00:00:00Z".to_owned(), ..first.clone() };
    assert_eq!(store.keep_run(&later).unwrap(), Kept::Known(1));
    let other_result = NewRun { result: "4567".to_owned(), ..first };
    assert_eq!(store.keep_run(&other_result).unwrap(), Kept::New(2));
}

#[test]
fn a_run_that_was_removed_is_gone_with_what_no_other_run_needs() {
    let (_folder, mut store) = pool();
    for (manifest, fingerprint) in [("1", "f1"), ("2", "f1"), ("3", "f2")] {
        store.keep_run(&run(manifest, fingerprint)).unwrap();
    }
    assert!(store.remove_run(1, "").unwrap());
    assert!(!store.remove_run(1, "").unwrap());
    assert!(store.role_text("f1").unwrap().is_some(), "run 2 has it");
    assert!(store.remove_run(3, "").unwrap());
    assert!(store.role_text("f2").unwrap().is_none());
    assert!(store.run_lists(3).unwrap().is_empty());
    assert_eq!(store.keep_run(&run("4", "f1")).unwrap(), Kept::New(4));
}

#[test]
fn a_damaged_run_is_found() {
    let (_folder, mut store) = pool();
    store.keep_run(&run("1", "f1")).unwrap();
    let changed = store.connection.execute("UPDATE run_lists SET entries = zeroblob(24) WHERE at = 0", []);
    assert_eq!(changed.unwrap(), 1);
    assert!(matches!(store.run_lists(1), Err(StoreError::DamagedRun(1))));
    store.connection.execute("UPDATE runs SET manifest = '{}'", []).unwrap();
    assert!(matches!(store.runs(), Err(StoreError::DamagedRun(1))));
}

/// A flipped bit of the schema once ended `pool verify`.
#[test]
fn a_damaged_name_of_a_column_is_no_panic() {
    let (folder, mut store) = pool();
    store.keep_run(&run("1", "f1")).unwrap();
    let whole = store.contents().unwrap();
    let damage = "PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = CAST(unhex(replace(hex(sql), hex('  made'), hex('  ') || 'ED616465')) AS TEXT)
        WHERE name = 'runs'";
    store.connection.execute_batch(damage).unwrap();
    drop(store);
    let store = Store::open_to_mend(&folder.path().join("records.db")).unwrap();
    // The column is none of those that are left out any more.
    assert_ne!(store.contents().unwrap(), whole);
}
