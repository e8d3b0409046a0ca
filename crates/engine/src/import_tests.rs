//! - what an import hands to index and columns while it stores is what reading the records gives afterwards
//! - a file that still stands reports what reading it again would report, and changes as little
//! - it is read again once anything else is: its bytes, its date, the pool
//! - a file that fails in the middle leaves nothing behind, and those before it are found
//! - rows that were rejected for their id, or as too many of one person, are rejected again
//! - mended rows give what the file would have given, had it been mended before it was imported
//! - a file that is only named like rejects, and has other columns, takes no import's source

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
use crate::{Change, EngineError, ImportReport, ImportRequest, Pool, SearchRequest};

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
        self.import_with(files, options(), day)
    }

    fn import_with(
        &self,
        files: &[PathBuf],
        options: ImportOptions,
        day: i8,
    ) -> Result<ImportReport, EngineError> {
        let request = ImportRequest {
            files,
            options,
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

    /// What the rows of everybody say, and on which day they were current.
    fn said(&self) -> Vec<String> {
        let pool = self.open();
        let mut said = Vec::new();
        for number in 1..=u32::try_from(pool.store.count().unwrap()).unwrap() {
            for part in pool.store.record(CandidateNumber(number)).unwrap().unwrap().parts {
                let days: Vec<String> = part.as_of.iter().map(|row| row.as_of.to_string()).collect();
                let values = part.values.iter();
                let values: Vec<String> =
                    values.map(|v| format!("{}={} {:?}", v.field, v.text, v.reading.order)).collect();
                let (source, id, row) = (part.source, part.external_id, part.occurrence);
                said.push(format!("{source} {id:?} {row} {days:?} {values:?}"));
            }
        }
        said.sort();
        said
    }

    /// Imports a rejects file as the command does where no option is given, on a later day.
    fn import_rejects(&self, path: &Path) -> ImportReport {
        let options = ImportOptions { is_today: true, ..ImportOptions::default() };
        self.import_with(&[path.to_owned()], options, 25).unwrap()
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
    // Said again on a later day it is an import of its own, once.
    for _ in 0..2 {
        let later = case.import_on(std::slice::from_ref(&file), 2).unwrap();
        assert_eq!((later.counts.unchanged, case.open().imports().unwrap().len()), (2, 3));
        assert!(case.stands(&file, 2) && !case.stands(&file, 1));
    }
    case.import(std::slice::from_ref(&file));
    assert_eq!((case.open().imports().unwrap().len(), case.stands(&file, 1)), (3, true), "said before");
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
    // The line is one of the file that the other row came from.
    assert!(first.issues[0].reason.contains("in line 2 already"), "{}", first.issues[0].reason);
    assert!(again.issues[0].reason.contains("in line 2 of `g.csv` already"), "{}", again.issues[0].reason);
    // With an id of their own they are somebody else.
    let mended = fs::read_to_string(rejects).unwrap().replace("1,Zed", "2,Zed");
    let mended = case.import(&[case.file("g.rejects.csv", &mended)]);
    assert_eq!((mended.counts.created, mended.counts.rejected), (1, 0));
}

/// Replaces a text in a file, once at least.
fn mend(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn mended_rows_give_what_the_mended_file_gives() {
    let map = |maps: &[&str]| ImportOptions {
        map: maps.iter().map(|map| ImportOptions::parse_map(map).unwrap()).collect(),
        ..ImportOptions::default()
    };
    let day_first = vec![ImportOptions::parse_date_order("dmy").unwrap()];
    for (text, from, to, options) in [
        (
            "id,name,skills,job,stage\n1,Ada Moss,Django,Dev,hired\n1,Ada Moss,Django,Lead\n",
            "Lead\n",
            "Lead,rejected\n",
            map(&["job=applied_for"]),
        ),
        ("id,name,email\n7,Ada Moss,\n8,Bo Birch\n", "Birch\n", "Birch,bo@x.example\n", options()),
        (
            "Wer,Was,Nr\nAda Moss,Django,1\nBo Birch,Vue\n",
            "Vue\n",
            "Vue,2\n",
            map(&["Wer=name", "Was=skills", "Nr=id"]),
        ),
        (
            "id,name,available\n1,Ada Moss,03/04/2027\n2,Bo Birch\n",
            "Birch\n",
            "Birch,05/06/2027\n",
            ImportOptions { date_orders: day_first, ..ImportOptions::default() },
        ),
        (
            "id,name,available\n1,Ada Moss,23/04/2027\n2,Bo Birch\n",
            "Birch\n",
            "Birch,05/06/2027\n",
            ImportOptions::default(),
        ),
        (
            "Ada Moss,ada@x.example,Go;Vue\nBen Reed,ben@x.example,Django\nCem Kaya,cem@x.example\n",
            "cem@x.example\n",
            "cem@x.example,React\n",
            ImportOptions { no_header: true, ..map(&["column 1=name", "column 3=skills"]) },
        ),
        (
            "id^name^skills\n1^Ada Moss^Go\n2^Bo Birch\n",
            "Birch\n",
            "Birch^Vue\n",
            ImportOptions { delimiter: Some(b'^'), ..ImportOptions::default() },
        ),
    ] {
        let (case, mended) = (Case::new(), Case::new());
        let whole = mended.file("t.csv", &text.replace(from, to));
        let all = mended.import_with(&[whole], options.clone(), 1).unwrap();
        assert_eq!(all.counts.rejected, 0, "{text}");

        let file = case.file("t.csv", text);
        let first = case.import_with(std::slice::from_ref(&file), options.clone(), 1).unwrap();
        assert_eq!(first.counts.rejected, 1, "{text}");
        let rejects = case.pool().join("rejects/t.rejects.csv");
        let before = case.said();
        assert_eq!(case.import_rejects(&rejects).counts.accepted, 0, "{text}");
        assert_eq!(case.said(), before, "unchanged, they are rejected again");
        mend(&rejects, from, to);
        let report = case.import_rejects(&rejects);
        assert_eq!((report.counts.accepted, report.counts.rejected), (1, 0), "{text}");
        assert!(report.files[0].notes.iter().any(|note| note.contains("rejected these rows")), "{text}");
        assert_eq!(case.said(), mended.said(), "{text}");

        // Under another name, and with the options given once more.
        let renamed = case.file("t.rejects mended.csv", &fs::read_to_string(&rejects).unwrap());
        let again = case.import_with(&[renamed], options.clone(), 1).unwrap();
        assert_eq!((again.counts.unchanged, again.counts.rejected), (1, 0), "{text}");
        // The file itself once more: nothing is new, and what it rejects is mended once more.
        let second = case.import_with(&[file], options, 1).unwrap();
        let rejects = PathBuf::from(second.files[0].rejects_file.clone().unwrap());
        assert!(rejects.ends_with("t.rejects.2.csv"), "{}", rejects.display());
        mend(&rejects, from, to);
        assert_eq!(case.import_rejects(&rejects).counts.unchanged, 1, "{text}");
        assert_eq!(case.said(), mended.said(), "{text}");
    }
}

#[test]
fn rows_that_are_mended_one_after_the_other_stand_beside_each_other() {
    const TEXT: &str =
        "id,name,job,stage,applied on\n1,Ada Moss,A,hired,2026-01-01\n1,Ada Moss,B\n1,Ada Moss,C\n";
    let (b, c) = (("B\n", "B,new,2026-01-02\n"), ("C\n", "C,new,2026-01-03\n"));
    let (case, mended) = (Case::new(), Case::new());
    mended.import(&[mended.file("t.csv", &TEXT.replace(b.0, b.1).replace(c.0, c.1))]);
    case.import(&[case.file("t.csv", TEXT)]);
    let rejects = case.pool().join("rejects");
    mend(&rejects.join("t.rejects.csv"), b.0, b.1);
    let report = case.import_rejects(&rejects.join("t.rejects.csv"));
    assert_eq!((report.counts.accepted, report.counts.rejected), (1, 1));
    mend(&rejects.join("t.rejects.2.csv"), c.0, c.1);
    assert_eq!(case.import_rejects(&rejects.join("t.rejects.2.csv")).counts.updated, 1);
    assert_eq!(case.said(), mended.said());
    // Where nothing is known of the import, that is said.
    let unknown = case.import_rejects(&case.file("other.rejects.csv", PEOPLE));
    assert!(unknown.files[0].notes.iter().any(|note| note.contains("is not known")));
}

#[test]
fn rows_above_the_most_of_a_person_are_rejected_again() {
    let case = Case::new();
    let rows: String = (0..203).map(|n| format!("1,Ada Moss,J{n},x,2026-01-01\n")).collect();
    let file = case.file("t.csv", &format!("id,name,job,stage,applied on\n{rows}"));
    let first = case.import(&[file]);
    assert_eq!((first.counts.accepted, first.counts.rejected), (200, 3));
    let before = case.said();
    let again = case.import_rejects(&case.pool().join("rejects/t.rejects.csv"));
    assert_eq!((again.counts.accepted, again.counts.rejected), (0, 3));
    assert!(again.issues.iter().all(|issue| issue.code == "id-too-often"));
    assert_eq!(case.said(), before);
}

/// What is said of the first file: source, and whether its import is known.
fn known(report: &ImportReport) -> (&str, Option<bool>) {
    let file = &report.files[0];
    let says = |word: &str| file.notes.iter().any(|note| note.contains(word));
    let is_known =
        if says("is not known") { Some(false) } else { says("read with the options").then_some(true) };
    (file.source.as_str(), is_known)
}

fn of_source(source: &str) -> ImportOptions {
    ImportOptions { source: Some(source.to_owned()), ..ImportOptions::default() }
}

#[test]
fn a_file_that_is_only_named_like_rejects_is_of_no_import() {
    let case = Case::new();
    let first = case.file("t.csv", "id,name,city\n1,Ada Moss,Paris\n2,Bo Birch,1,2\n");
    case.import_with(&[first], of_source("a"), 1).unwrap();
    fs::create_dir(case.folder.path().join("y")).unwrap();
    let second = case.file("y/t.csv", "id,name,city,skills\n2,Bo Birch,Rome,Go\n8,Di Fox\n");
    case.import_with(&[second], of_source("b"), 1).unwrap();
    assert!(case.pool().join("rejects/t.rejects.2.csv").exists());
    let of_b = || -> Vec<String> { case.said().into_iter().filter(|said| said.starts_with("b ")).collect() };
    let before = of_b();
    for text in [
        "id,name,city\n2,Bo Birch,Bonn\n",
        "id,name,city,skills,email\n2,Bo Birch,Bonn,Vue,\n",
        "id,name,city,summary\n2,Bo Birch,Bonn,Vue\n",
    ] {
        let report = case.import_rejects(&case.file("t.rejects.2.csv", text));
        assert_eq!((known(&report), report.counts.accepted), (("t", Some(false)), 1), "{text}");
        assert_eq!(of_b(), before, "{text}");
    }
    // Another order of columns is the same file.
    let moved = case.file("t.rejects.2.csv", "skills,id,name,city\nVue,8,Di Fox,Bonn\n");
    let report = case.import_rejects(&moved);
    assert_eq!((known(&report), report.counts.created), (("b", Some(true)), 1));

    let lines = "{\"id\":1,\"name\":\"Ada Moss\",\"city\":\"Paris\"}\n{\"id\":2,\n";
    case.import_with(&[case.file("j.jsonl", lines)], of_source("c"), 1).unwrap();
    for (line, wanted) in [
        ("{\"id\":2,\"name\":\"Bo Birch\"}\n", ("c", Some(true))),
        ("{\"id\":2,\"name\":\"Bo Birch\",\"skills\":\"Go\"}\n", ("j", Some(false))),
    ] {
        assert_eq!(known(&case.import_rejects(&case.file("j.rejects.jsonl", line))), wanted, "{line}");
    }
}

#[test]
fn the_records_know_rejects_whose_folder_was_emptied() {
    let case = Case::new();
    case.import(&[case.file("t.csv", "id,name,city\n1,Ada Moss,Paris\n2,Bo Birch\n")]);
    fs::remove_dir_all(case.pool().join("rejects")).unwrap();
    let mended = "id,name,city\n2,Bo Birch,Bonn\n";
    for (name, text, is_known) in [
        ("t.rejects.csv", mended, Some(true)),
        ("t.rejects mended.csv", mended, Some(true)),
        ("t.rejects_2.csv", mended, Some(true)),
        ("t.rejects.mended.csv", mended, Some(true)),
        ("t.rejects.csv", "id,name\n2,Bo Birch\n", Some(false)),
        ("t.rejects.2.csv", mended, Some(false)),
        ("x.rejects_2.csv", mended, Some(false)),
        ("x.rejects-list.csv", mended, Some(false)),
        ("x.rejectsly.csv", mended, None),
    ] {
        let report = case.import_rejects(&case.file(name, text));
        let (source, said) = known(&report);
        assert_eq!((source == "desk", said), (is_known == Some(true), is_known), "{name}: {source}");
    }
}

#[test]
fn rejects_without_one_whole_object_are_rejected_again() {
    let case = Case::new();
    let lines = "{\"id\":1,\"name\":\"Ada Moss\"}\n{\"id\":2,\"name\":\"Bo Birch\",\"skills\":\"Go\"\n";
    case.import(&[case.file("t.jsonl", lines)]);
    let rejects = case.pool().join("rejects/t.rejects.jsonl");
    let again = case.import_rejects(&rejects);
    assert_eq!((known(&again), again.counts.rejected), (("desk", Some(true)), 1));
    assert_eq!(again.files[0].rejects_file.as_deref(), rejects.to_str());
    // A key that no whole line had is read once it is one.
    mend(&rejects, "\"Go\"", "\"Go\"}");
    let mended = case.import_rejects(&rejects);
    assert_eq!((known(&mended), mended.counts.created), (("desk", Some(true)), 1));
    assert!(case.said().iter().any(|said| said.contains("skills=Go")));
}

#[test]
fn rejects_of_an_import_that_was_undone_say_so() {
    let case = Case::new();
    case.import(&[case.file("t.csv", "id,name,city\n1,Ada Moss,Paris\n2,Bo Birch\n")]);
    let pool = case.pool();
    let change = Change { folder: &pool, taxonomy: &case.taxonomy, actor: Actor::default(), why: "" };
    change.undo_import(1, false).unwrap();
    for is_origin_there in [true, false] {
        if !is_origin_there {
            fs::remove_dir_all(pool.join("rejects")).unwrap();
        }
        let mended = case.file("t.rejects.csv", "id,name,city\n2,Bo Birch,Bonn\n");
        let report = case.import_rejects(&mended);
        assert_eq!(known(&report), ("desk", Some(true)));
        assert!(report.files[0].notes.iter().any(|note| note.ends_with("which was undone since")));
    }
}
