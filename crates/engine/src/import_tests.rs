//! - what an import hands to index and columns while it stores is what reading the records gives afterwards
//! - a file that still stands reports what reading it again would report, and changes as little
//! - it is read again once anything else is: its bytes, its date, the pool
//! - a file that fails in the middle leaves nothing behind, and those before it are found
//! - rows that were rejected for their id are rejected again

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use stackscout_importer::{CandidateFile, ImportOptions, Input};
use stackscout_profile::{CandidateNumber, Date, Facts};
use stackscout_store::Actor;
use stackscout_taxonomy::Taxonomy;
use tempfile::TempDir;

use crate::again::{FileKey, Imported};
use crate::catch_up::read_all;
use crate::{EngineError, ImportReport, ImportRequest, Pool, SearchRequest};

const QUERIES: [&str; 7] =
    ["", "django", "react or vue", "years>=3", "ada", "has:email", "\"builds things\""];

struct Case {
    folder: TempDir,
    taxonomy: Arc<Taxonomy>,
}

impl Case {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), taxonomy: Taxonomy::embedded() }
    }

    fn pool(&self) -> PathBuf {
        self.folder.path().join("pool")
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn import_on(&self, files: &[PathBuf], day: i8) -> Result<ImportReport, EngineError> {
        let request = ImportRequest {
            files,
            options: options(),
            as_of: Date::new(2026, 11, day).unwrap(),
            dry_run: false,
            strict: false,
            progress: &|_| {},
            actor: Actor::default(),
            why: "",
        };
        Pool::import(&self.pool(), &self.taxonomy, &request)
    }

    fn import(&self, files: &[PathBuf]) -> ImportReport {
        self.import_on(files, 1).unwrap()
    }

    fn open(&self) -> Pool {
        Pool::open(&self.pool(), Arc::clone(&self.taxonomy)).unwrap()
    }

    /// What index and columns answer.
    fn answers(&self) -> (Vec<Vec<CandidateNumber>>, Vec<Facts>) {
        let mut pool = self.open();
        let found = QUERIES.map(|query| {
            let request = SearchRequest { query: query.to_owned(), limit: 1_000, ..SearchRequest::default() };
            pool.search(&request).unwrap().hits.iter().map(|hit| hit.candidate.number).collect()
        });
        (found.into(), sorted(pool.evidence().unwrap().facts()))
    }

    fn forget_imports(&self) {
        let _ = fs::remove_file(self.pool().join("imported.json"));
    }

    /// Whether the file would not be read.
    fn stands(&self, path: &Path, day: i8) -> bool {
        let file = CandidateFile::open(path, &options(), &self.taxonomy).unwrap();
        let day = Date::new(2026, 11, day).unwrap();
        let key = FileKey::of(&Input::from(path), &file, &options(), day, &self.taxonomy).unwrap();
        let change = self.open().stats().unwrap().change;
        Imported::read(&self.pool()).again(&key, change, &file).is_some()
    }
}

fn options() -> ImportOptions {
    ImportOptions { source: Some("desk".to_owned()), ..ImportOptions::default() }
}

fn sorted(facts: impl Iterator<Item = Facts>) -> Vec<Facts> {
    let mut facts: Vec<Facts> = facts.collect();
    facts.sort_unstable_by_key(|facts| facts.number);
    facts
}

fn cell(values: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(values)
}

prop_compose! {
    fn row()(
        id in cell(&["", "1", "2", "3", "4"]),
        name in cell(&["", "Ada", "Grace", "Linus Ö"]),
        email in cell(&["", "a@example.org", "b@example.org", "info@example.org", "none"]),
        years in cell(&["", "3", "12", "many"]),
        skills in cell(&["", "Django (4 yrs); Vue", "React, Django", "Nonesuch; Django (current)", "C++ 17"]),
        summary in cell(&["", "Builds things.", "Schöne Sachen, builds things"]),
    ) -> String {
        format!("{id},{name},{email},{years},\"{skills}\",\"{summary}\"\n")
    }
}

fn file() -> impl Strategy<Value = String> {
    prop::collection::vec(row(), 0..12)
        .prop_map(|rows| format!("id,name,email,years of experience,skills,summary\n{}", rows.concat()))
}

fn json(report: &ImportReport) -> serde_json::Value {
    let mut json = serde_json::to_value(report).unwrap();
    // Rejected rows are written once, and found the second time: the name of the file is the same.
    json["files"][0]["rejects_file"].take();
    json
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_handed_over_is_what_the_records_say(files in prop::collection::vec(file(), 1..4), together in any::<bool>()) {
        let case = Case::new();
        let files: Vec<PathBuf> =
            files.iter().enumerate().map(|(at, text)| case.file(&format!("{at}.csv"), text)).collect();
        if together {
            case.import(&files);
        } else {
            files.iter().for_each(|file| drop(case.import(std::slice::from_ref(file))));
        }
        let (found, facts) = case.answers();
        let pool = case.open();
        let slow = read_all(&pool.store, &case.taxonomy).unwrap().in_memory();
        prop_assert_eq!(&facts, &sorted(slow.facts()));
        drop(pool);
        for part in ["index", "columns"] {
            let _ = fs::remove_dir_all(case.pool().join(part));
        }
        prop_assert_eq!(case.answers(), (found, facts));
    }

    #[test]
    fn a_file_that_still_stands_reports_the_same(files in prop::collection::vec(file(), 1..4), with_others in any::<bool>()) {
        let case = Case::new();
        for (at, text) in files.iter().enumerate() {
            let file = case.file(&format!("{at}.csv"), text);
            if !with_others {
                let _ = fs::remove_dir_all(case.pool());
            }
            case.import(std::slice::from_ref(&file));
            for _ in 0..2 {
                let fast = case.import(std::slice::from_ref(&file));
                let digest = case.open().stats().unwrap();
                case.forget_imports();
                let slow = case.import(std::slice::from_ref(&file));
                if fast.counts.created + fast.counts.updated == 0 {
                    prop_assert_eq!(json(&fast), json(&slow));
                    prop_assert_eq!(case.open().stats().unwrap(), digest);
                }
            }
        }
    }
}

const PEOPLE: &str = "id,name,email,skills\n1,Ada,a@example.org,Django (40 yrs of it)\n2,Bo,,Vue; Nonesuch\n";

#[test]
fn it_is_read_again_once_anything_else_is() {
    let case = Case::new();
    let file = case.file("people.csv", PEOPLE);
    let first = case.import(std::slice::from_ref(&file));
    assert_eq!(first.counts.created, 2);
    assert!(case.stands(&file, 1));
    let again = case.import(std::slice::from_ref(&file));
    assert_eq!((again.counts.unchanged, again.counts.created), (2, 0));
    assert_eq!(
        (again.issues, again.files[0].unknown_skills.clone()),
        (first.issues, first.files[0].unknown_skills.clone())
    );

    assert!(!case.stands(&file, 2), "another date");
    case.file("people.csv", &PEOPLE.replace("Bo", "Bob"));
    assert!(!case.stands(&file, 1), "other bytes");
    case.file("people.csv", PEOPLE);
    assert!(case.stands(&file, 1));
    let other = case.file("other.csv", "id,name,skills\n9,Cy,Rust\n");
    case.import(&[other]);
    assert!(!case.stands(&file, 1), "another import");
    case.import(std::slice::from_ref(&file));
    assert!(case.stands(&file, 1), "it was read again, and changed nothing");
    fs::write(case.pool().join("imported.json"), "{\"format\":1,\"imp").unwrap();
    assert!(!case.stands(&file, 1), "damage is as good as nothing");
}

#[test]
fn rows_that_are_rejected_are_read_again() {
    let case = Case::new();
    let file = case.file("people.csv", &format!("{PEOPLE}3,too,few\n"));
    assert_eq!(case.import(std::slice::from_ref(&file)).counts.rejected, 1);
    assert!(!case.stands(&file, 1));
}

#[test]
fn a_file_that_fails_in_the_middle_leaves_nothing_behind() {
    let case = Case::new();
    let good = case.file("good.csv", PEOPLE);
    // Packed, and cut off after some thousand rows.
    let rows: String = (0..20_000).map(|n| format!("{n},Person {n},p{n}@example.com,Rust\n")).collect();
    let whole = case.folder.path().join("whole.csv");
    fs::write(&whole, format!("id,name,email,skills\n{rows}")).unwrap();
    let cut = case.folder.path().join("cut.csv.gz");
    fs::write(&cut, cut_gzip(&fs::read(&whole).unwrap())).unwrap();
    assert!(case.import_on(&[good, cut], 1).is_err());
    let (found, facts) = case.answers();
    assert_eq!((found[0].len(), facts.len()), (2, 2));
    assert_eq!(found[1], [CandidateNumber(1)]);
    // The numbers of those who were dropped are given to the next ones.
    let next = case.file("next.csv", "id,name,email,skills\n7,Di,,Go\n");
    case.import(&[next]);
    assert_eq!(case.answers().1.last().map(|facts| facts.number), Some(CandidateNumber(3)));
}

/// A gzip member of stored blocks, of which the last is cut off.
fn cut_gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    for block in bytes.chunks(60_000) {
        let length = u16::try_from(block.len()).unwrap();
        packed.push(0);
        packed.extend_from_slice(&length.to_le_bytes());
        packed.extend_from_slice(&(!length).to_le_bytes());
        packed.extend_from_slice(block);
    }
    packed.truncate(packed.len() - 1_000);
    packed
}

#[test]
fn rows_that_were_rejected_for_their_id_are_rejected_again() {
    let case = Case::new();
    let file = case
        .file("g.csv", "id,name,email,skills\n1,Ann One,ann@f.example,Django\n1,Zed Zon,zed@f.example,Go\n");
    let first = case.import(&[file]);
    assert_eq!((first.counts.accepted, first.counts.rejected), (1, 1));
    let rejects = case.pool().join("rejects/g.rejects.csv");
    let again = case.import(std::slice::from_ref(&rejects));
    assert_eq!((again.counts.accepted, again.counts.rejected), (0, 1));
    assert_eq!(again.issues[0].code, "id-twice");
    // With an id of their own they are somebody else.
    let mended = fs::read_to_string(rejects).unwrap().replace("1,Zed", "2,Zed");
    let mended = case.import(&[case.file("g.rejects.csv", &mended)]);
    assert_eq!((mended.counts.created, mended.counts.rejected), (1, 0));
}
