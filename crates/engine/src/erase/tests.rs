//! - the proof finds a person before they are erased, and nothing afterwards; whoever shares something is named by number
//! - index and columns are written anew, and say what the records say
//! - rejected rows and saved searches about a person go, those about others stay
//! - between the records' commit and the index's, readers see nobody who was erased; the next writer removes what is left
//! - erasing for age takes those alone who are too old and in no stage that is kept
//! - a pool that is restored from before an erasure loses the person again
//! - a reason that names the person is refused
//! - a restore that fails leaves nothing behind; a backup with any flipped bit is refused

use std::path::{Path, PathBuf};
use std::sync::Arc;

use stackscout_importer::ImportOptions;
use stackscout_indexer::{Index, OpenIndex};
use stackscout_profile::{CandidateNumber, Date};
use stackscout_store::{Store, ToErase};
use stackscout_taxonomy::Taxonomy;

use super::traces::Traces;
use super::{Looked, TooOld};
use crate::everybody::everybody;
use crate::lock::WriteLock;
use crate::{Actor, Change, EngineError, ImportRequest, Pool, PoolNote, SearchRequest};

struct Desk {
    folder: tempfile::TempDir,
    taxonomy: Arc<Taxonomy>,
}

const N: fn(u32) -> CandidateNumber = CandidateNumber;
const HEADER: &str = "id,name,email,phone,skills,stage,notes\n";
const ROWS: &str = "\
P1,Ada Zquirrel,ada@zquirrel.example,+49 30 5550001,Django,interview,Likes zquorn\n\
P2,Bo Zquirrel,bo@zquirrel.example,,React,,\n\
P3,Cy Else,office@else.example,,Go,rejected,\n\
P4,Di Else,office@else.example,,Go,,\n";

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), taxonomy: Taxonomy::embedded() };
        desk.import("people.csv", ROWS, "2026-01-01");
        desk
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("pool")
    }

    fn import(&self, name: &str, rows: &str, as_of: &str) -> crate::ImportReport {
        let file = self.folder.path().join(name);
        std::fs::write(&file, format!("{HEADER}{rows}")).unwrap();
        let request = ImportRequest {
            files: &[file],
            options: ImportOptions::default(),
            as_of: as_of.parse().unwrap(),
            dry_run: false,
            strict: false,
            progress: &|_| {},
            actor: Actor::default(),
            why: "",
        };
        Pool::import(&self.path(), &self.taxonomy, &request).unwrap()
    }

    fn pool(&self) -> Pool {
        Pool::open(&self.path(), Arc::clone(&self.taxonomy)).unwrap()
    }

    fn change<T>(&self, why: &str, make: impl FnOnce(Change<'_>) -> T) -> T {
        make(Change { folder: &self.path(), taxonomy: &self.taxonomy, actor: Actor::default(), why })
    }

    fn found(&self, query: &str) -> Vec<u32> {
        let request = SearchRequest { query: query.to_owned(), limit: 99, ..SearchRequest::default() };
        self.pool().search(&request).unwrap().hits.iter().map(|hit| hit.candidate.number.0).collect()
    }

    /// Index and columns say what the records say, and hold nobody else.
    fn check(&self) {
        let pool = self.pool();
        let as_of: Date = "2026-11-01".parse().unwrap();
        let facts = pool.facts_at(pool.store.change().unwrap()).unwrap();
        assert_eq!(everybody(&pool, Some(as_of)).unwrap().0, facts);
        let evidence = pool.evidence().unwrap();
        let mut numbers: Vec<u32> =
            evidence.segments().iter().flat_map(|s| s.columns.numbers().to_vec()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, facts.iter().map(|facts| facts.number.0).collect::<Vec<_>>());
        let OpenIndex::Ready(index) = Index::open(&self.path().join("index")).unwrap() else {
            panic!("there is an index")
        };
        assert!(!index.holds_removed());
        assert_eq!(pool.store.unscrubbed().unwrap(), None);
        assert_eq!(pool.notes(), []);
    }

    fn terms(&self) -> Vec<String> {
        let OpenIndex::Ready(index) = Index::open(&self.path().join("index")).unwrap() else {
            panic!("there is an index")
        };
        let mut terms = Vec::new();
        index.every_term(|term| terms.push(String::from_utf8_lossy(term).into_owned())).unwrap();
        terms
    }
}

#[test]
fn the_proof_finds_a_person_before_and_nothing_afterwards() {
    let desk = Desk::new();
    let traces = Traces::of(&desk.pool().store.known_of(&[N(1)]).unwrap());
    let before = desk.pool().scan(&traces).unwrap();
    let what: Vec<&str> = before.traces.iter().map(|trace| trace.what).collect();
    for wanted in ["e-mail", "name", "phone"] {
        assert!(what.contains(&wanted), "{before:?}");
    }
    assert!(before.traces.iter().any(|trace| trace.of.as_deref() == Some("c0000001")));
    assert!(desk.terms().iter().any(|term| term == "zquorn"));
    let erased = desk.change("", |change| change.erase(N(1), Looked::Everywhere)).unwrap();
    let proof = erased.proof.unwrap();
    assert!(proof.is_clean() && proof.traces.is_empty(), "{proof:?}");
    assert!(proof.files >= 5 && proof.bytes > 10_000 && proof.cells > 10 && proof.terms > 5, "{proof:?}");
    assert!(!desk.terms().iter().any(|term| term == "zquorn"), "their words are gone from the index");
    assert_eq!(erased.records.people, 1);
    desk.check();
    assert_eq!(desk.found(""), [2, 3, 4]);
    assert_eq!(desk.import("people.csv", ROWS, "2026-02-02").counts.held, 1);
    desk.check();
}

#[test]
fn whoever_shares_something_is_named_by_number() {
    let desk = Desk::new();
    let erased = desk.change("", |change| change.erase(N(4), Looked::Everywhere)).unwrap();
    assert!(erased.proof.as_ref().unwrap().is_clean());
    // An office's address is nobody's, and is not looked for; a name that two have is.
    desk.import("more.csv", "P5,Ada Zquirrel,ada.z@else.example,,Go,,\n", "2026-01-02");
    let erased = desk.change("", |change| change.erase(N(1), Looked::Everywhere)).unwrap();
    let proof = erased.proof.unwrap();
    assert!(proof.is_clean(), "{proof:?}");
    let others: Vec<&str> = proof.traces.iter().filter_map(|trace| trace.of.as_deref()).collect();
    assert_eq!(others, ["c0000005"]);
    std::fs::write(desk.path().join("notes.txt"), "ada.z@else.example").unwrap();
    let erased = desk.change("", |change| change.erase(N(5), Looked::Everywhere)).unwrap();
    let proof = erased.proof.unwrap();
    assert!(!proof.is_clean(), "somebody put a note into the pool");
    assert_eq!(proof.left().map(|trace| trace.file.as_str()).collect::<Vec<_>>(), ["notes.txt"]);
}

#[test]
fn the_past_of_a_namesake_whom_an_undo_removed_is_another_persons() {
    let desk = Desk::new();
    desk.import("more.csv", "P5,Ada Zquirrel,,,Go,,\n", "2026-01-02");
    desk.change("", |change| change.undo_import(2, false)).unwrap();
    let erased = desk.change("", |change| change.erase(N(1), Looked::Everywhere)).unwrap();
    let proof = erased.proof.unwrap();
    assert!(proof.is_clean(), "{proof:?}");
    let others: Vec<&str> = proof.traces.iter().filter_map(|trace| trace.of.as_deref()).collect();
    assert_eq!(others, ["c0000005"]);
}

#[test]
fn rejected_rows_and_searches_about_a_person_go() {
    let desk = Desk::new();
    let rejected = "P1,Somebody Else,x@y.example,,Go,,\n\
                    P8,\"Ada Zquirrel\n\
                    P9,Bo Other,bo@other.example\n\
                    zz,ADA@zquirrel.example\n\
                    P7,Fine,fine@fine.example,,Go,,\n";
    let rows = format!("{}{rejected}", ROWS.lines().next().unwrap().to_owned() + "\n");
    let report = desk.import("more.csv", &rows, "2026-01-02");
    assert_eq!((report.counts.accepted, report.counts.rejected), (2, 4), "{report:?}");
    let mut pool = desk.pool();
    pool.save_search("zquirrels", "name:zquirrel").unwrap();
    pool.save_search("hers", "name:ada and name:zquirrel").unwrap();
    drop(pool);
    let erased = desk.change("", |change| change.erase(N(1), Looked::Everywhere)).unwrap();
    assert_eq!(erased.rejected_rows, 3);
    assert_eq!((erased.searches, erased.searches_removed.as_slice()), (1, &["hers".to_owned()][..]));
    assert!(erased.proof.as_ref().unwrap().is_clean(), "{:?}", erased.proof);
    let saved = desk.pool().saved_searches().unwrap();
    assert!(saved.iter().all(|saved| !saved.has_seen(N(1))) && saved[0].has_seen(N(2)));
    let rejects = desk.path().join("rejects");
    let text = std::fs::read_to_string(rejects.join("more.rejects.csv")).unwrap();
    assert!(
        text.contains("bo@other.example") && !text.contains("quirrel") && !text.contains("Somebody"),
        "{text}"
    );
    let reasons = std::fs::read_to_string(rejects.join("more.rejects.reasons.csv")).unwrap();
    assert_eq!(reasons.lines().count(), 2, "{reasons}");
    assert!(!desk.path().join("imported.json").exists());
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn an_erasure_that_is_cut_off_is_seen_by_nobody_and_finished_by_the_next_writer() {
    let desk = Desk::new();
    let mut store = Store::open(&desk.path().join("records.db")).unwrap();
    store.erase(&[ToErase::asked(N(1))]).unwrap();
    drop(store);
    // Whoever erases holds the lock while the index is behind.
    let lock = WriteLock::try_take(&desk.path()).unwrap().unwrap();
    assert_eq!(desk.found(""), [2, 3, 4]);
    assert_eq!(desk.found("django"), [] as [u32; 0]);
    let mut pool = desk.pool();
    assert_eq!(pool.count_matching("").unwrap(), 3);
    assert!(matches!(pool.notes()[..], [PoolNote::Behind { changes: 1 }]));
    let name = pool.find_candidate("Ada Zquirrel");
    assert!(matches!(name, Err(EngineError::Nobody(_))), "{name:?}");
    drop((lock, pool));
    assert!(desk.terms().iter().any(|term| term == "zquorn"), "their words are in the files still");
    // The same command again, or any other that writes.
    desk.change("", |change| change.finish_erasure()).unwrap();
    assert!(!desk.terms().iter().any(|term| term == "zquorn"));
    desk.check();
}

#[test]
fn erasing_for_age_takes_those_who_are_too_old() {
    let desk = Desk::new();
    desk.import("more.csv", "P2,Bo Zquirrel,bo@zquirrel.example,,React,,\n", "2026-06-01");
    // Di is in a later file that says nothing new of her.
    desk.import(
        "people.csv",
        "P4,Di Else,office@else.example,,Go,,\nP6,New,new@else.example,,Go,,\n",
        "2026-07-01",
    );
    let stages = ["Interview".to_owned()];
    let wanted = TooOld { last_day: "2026-05-31".parse().unwrap(), keep_stages: &stages };
    let would = desk.pool().too_old(wanted).unwrap();
    assert_eq!(would.people.iter().map(|(number, _)| number.0).collect::<Vec<_>>(), [3]);
    assert_eq!((would.kept, would.undated), (1, 0));
    assert_eq!(desk.found("").len(), 5, "so far nothing was done");
    let retained = desk.change("age", |change| change.retain(wanted, Looked::Everywhere)).unwrap();
    assert_eq!(retained.people, would.people);
    assert!(retained.erased.unwrap().proof.unwrap().is_clean());
    assert_eq!(desk.found(""), [1, 2, 4, 5]);
    desk.check();
    // The old file again: held. A new one: let in.
    let row = ROWS.lines().nth(2).unwrap().to_owned() + "\n";
    assert_eq!(
        desk.import("old.csv", &row, "2026-05-31").counts.held,
        0,
        "another source, and an office's address"
    );
    assert_eq!(desk.import("people.csv", &row, "2026-05-31").counts.held, 1);
    assert_eq!(desk.import("people.csv", &row, "2026-06-01").counts.created, 1);
}

#[test]
fn a_pool_from_before_an_erasure_loses_the_person_again() {
    let desk = Desk::new();
    let before = desk.folder.path().join("before");
    copy(&desk.path(), &before);
    desk.change("", |change| change.erase(N(1), Looked::Not)).unwrap();
    let list = super::read_erasures(&desk.path()).unwrap();
    let change =
        Change { folder: &before, taxonomy: &desk.taxonomy, actor: Actor::default(), why: "restored" };
    let applied = change.apply_erasures(&list).unwrap();
    assert_eq!((applied.adopted, applied.people), (1, vec![N(1)]));
    let restored = Pool::open(&before, Arc::clone(&desk.taxonomy)).unwrap();
    assert_eq!(restored.count().unwrap(), 3);
    let traces = Traces::of(&desk.pool().store.known_of(&[N(2)]).unwrap());
    assert!(
        restored.scan(&traces).unwrap().traces.iter().any(|trace| trace.of.is_some()),
        "others are there"
    );
    let file = desk.folder.path().join("list.json");
    std::fs::write(&file, "{}").unwrap();
    assert!(matches!(super::read_erasures(&file), Err(EngineError::NoErasures(_))));
    std::fs::write(&file, serde_json::to_string(&list).unwrap()).unwrap();
    assert_eq!(super::read_erasures(&file).unwrap(), list);
}

#[test]
fn a_reason_that_names_the_person_is_refused() {
    let desk = Desk::new();
    for why in ["Ada Zquirrel asked", "mail of ADA@zquirrel.example"] {
        let refused = desk.change(why, |change| change.erase(N(1), Looked::Not));
        assert!(matches!(refused, Err(EngineError::WhyNamesPerson)), "{why}");
    }
    assert_eq!(desk.found("").len(), 4);
    desk.change("asked by mail", |change| change.erase(N(1), Looked::Not)).unwrap();
    let audit = desk.pool().store.audit().unwrap();
    let last = audit.last().unwrap();
    assert!(last.what.starts_with("erasure of person ") && last.why == "asked by mail", "{last:?}");
    assert!(matches!(desk.pool().whom("c0000001").unwrap(), super::Whom::Erased(_)));
    assert!(matches!(desk.pool().whom("ada@zquirrel.example").unwrap(), super::Whom::Erased(_)));
    assert!(desk.pool().whom("nobody@else.example").is_err());
}

#[test]
fn a_restore_that_fails_leaves_nothing_behind() {
    let desk = Desk::new();
    let file = desk.folder.path().join("a.backup");
    desk.pool().backup(&file, "2026-11-01T12:00:00Z").unwrap();
    let new = desk.folder.path().join("new");
    let restore = |mend: fn(&Path) -> Result<(), EngineError>| {
        crate::restore_and(&new, &file, &desk.taxonomy, mend).map(drop)
    };
    let beside = desk.folder.path().join("new.restoring");
    assert!(matches!(restore(|_| Err(EngineError::NoDate)), Err(EngineError::NoDate)));
    assert!(!new.exists() && !beside.exists());
    restore(|_| Ok(())).unwrap();
    assert!(new.exists() && !beside.exists());
}

#[test]
fn a_backup_is_refused_whichever_of_its_bits_is_flipped() {
    let desk = Desk::new();
    let file = desk.folder.path().join("a.backup");
    desk.pool().backup(&file, "2026-11-01T12:00:00Z").unwrap();
    crate::verify_backup(&file).unwrap();
    let whole = std::fs::read(&file).unwrap();
    let seal = whole.len() - 48;
    // All of the seal, and some of what it seals: each bit is read again as a whole backup.
    for bit in (0..seal * 8).step_by(997).chain(seal * 8..whole.len() * 8) {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&file, bytes).unwrap();
        let refused = crate::verify_backup(&file);
        assert!(matches!(refused, Err(EngineError::BadBackup { .. })), "bit {bit}");
    }
    std::fs::write(&file, &whole[..seal]).unwrap();
    assert!(crate::verify_backup(&file).is_err(), "without its seal");
}

#[test]
fn who_came_with_an_import_that_was_undone_is_found_exported_and_erased() {
    let desk = Desk::new();
    desk.change("", |change| change.undo_import(1, false)).unwrap();
    assert!(desk.found("").is_empty());
    for who in ["ada@zquirrel.example", "c0000001"] {
        assert_eq!(desk.pool().whom(who).unwrap(), super::Whom::There(N(1)));
    }
    let held = desk.pool().held_on(N(1)).unwrap();
    assert_eq!(held.candidate.name.as_deref(), Some("Ada Zquirrel"));
    // They come again, under a new number, and go under both.
    desk.import("people.csv", ROWS, "2026-01-02");
    let again = desk.pool().find_candidate("ada@zquirrel.example").unwrap();
    assert_ne!(again, N(1));
    let erased = desk.change("", |change| change.erase(again, Looked::Everywhere)).unwrap();
    assert_eq!(erased.records.people, 2);
    let proof = erased.proof.unwrap();
    assert!(proof.traces.is_empty(), "{proof:?}");
    assert!(desk.pool().held_on(N(1)).is_err());
    // Who is there no more, and has not come again, is erased as well.
    let gone = desk.pool().whom("bo@zquirrel.example").unwrap();
    assert_eq!(gone, super::Whom::There(desk.pool().find_candidate("bo@zquirrel.example").unwrap()));
}
