//! - whatever becomes of the index, a search gives the right answer: the index is made anew from the records
//! - whatever becomes of the evidence columns, a ranking and a search give the right answer: they are made anew from the
//!   records
//! - a damaged record is an error that says so, never an answer with other contents

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::program::{Ran, copied, count, demo_files, folder, import_demo, run};

const PEOPLE: usize = 400;
const POOL: &str = "stackscout-pool";
const QUERIES: [&str; 4] = ["", "django", "react or vue", "country:germany years>=5"];

fn pool() -> TempDir {
    let folder = folder();
    demo_files(folder.path(), PEOPLE);
    import_demo(folder.path());
    folder
}

fn counts(folder: &Path) -> Vec<u64> {
    QUERIES.map(|query| count(folder, query)).into()
}

fn index_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join(POOL).join("index")).expect("there is an index");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the index can be read").path()).collect();
    files.retain(|path| fs::metadata(path).is_ok_and(|about| about.len() > 0));
    files.sort();
    files
}

/// Turns one bit round; something else stands there for certain.
fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).expect("the file can be read");
    bytes[at] ^= 0x01;
    fs::write(path, bytes).expect("the file can be written");
}

fn all_is_well(folder: &Path, wanted: &[u64], what: &str) {
    let first = run(folder, &["search", "--count", "django"]);
    assert_eq!(first.code, Some(0), "{what}: {}", first.stderr);
    assert_eq!(counts(folder), wanted, "{what}");
    let second = run(folder, &["search", "--count", "django"]);
    assert_eq!(second.stderr, "", "{what}: the second search still has something to say");
}

#[test]
fn an_index_that_is_gone_is_made_anew() {
    let whole = pool();
    let wanted = counts(whole.path());
    assert_eq!(wanted[0], PEOPLE as u64);
    let folder = copied(whole.path());
    fs::remove_dir_all(folder.path().join(POOL).join("index")).expect("the index can be removed");
    let ran = run(folder.path(), &["search", "--count", "django"]);
    assert_eq!(ran.stderr, "note: the index was built anew: it is missing\n");
    assert_eq!(ran.ok().trim(), wanted[1].to_string());
    all_is_well(folder.path(), &wanted, "index removed");
}

#[test]
fn an_index_that_lacks_a_file_is_made_anew() {
    let whole = pool();
    let wanted = counts(whole.path());
    let files = index_files(whole.path());
    assert!(files.iter().any(|path| path.ends_with("meta.json")), "{files:?}");
    for file in files {
        let name = file.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let folder = copied(whole.path());
        fs::remove_file(folder.path().join(POOL).join("index").join(&name)).expect("it can be removed");
        all_is_well(folder.path(), &wanted, &format!("{name} removed"));
    }
}

#[test]
fn an_index_with_a_changed_byte_gives_no_other_answer() {
    let whole = pool();
    let wanted = counts(whole.path());
    let files = index_files(whole.path());
    assert!(files.len() >= 6, "{files:?}");
    for file in files {
        let name = file.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let size = fs::metadata(&file).expect("it is there").len() as usize;
        for at in [0, size / 3, size / 2, size - 1] {
            let folder = copied(whole.path());
            flip(&folder.path().join(POOL).join("index").join(&name), at);
            all_is_well(folder.path(), &wanted, &format!("byte {at} of {size} of {name} changed"));
        }
    }
}

/// The only file of columns, and what a ranking says that reads it.
fn ranked(folder: &Path) -> (PathBuf, String) {
    let entries = fs::read_dir(folder.join(POOL).join("columns")).expect("there are columns");
    let files: Vec<PathBuf> = entries.map(|entry| entry.expect("they can be read").path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    (files[0].clone(), run(folder, &["rank", "roles", "--format", "json"]).ok())
}

/// Something that befalls a file.
type Harm = Box<dyn Fn(&Path)>;

#[test]
fn columns_that_are_missing_cut_off_or_changed_are_made_anew() {
    let whole = pool();
    let (file, wanted) = ranked(whole.path());
    let name = file.file_name().expect("a file has a name").to_owned();
    let size = fs::metadata(&file).expect("it is there").len() as usize;
    let mut harms: Vec<(String, Harm)> = vec![
        ("removed".to_owned(), Box::new(|path| fs::remove_file(path).expect("it can be removed"))),
        ("emptied".to_owned(), Box::new(|path| fs::write(path, "").expect("it can be written"))),
    ];
    for length in [1, 100, size / 2, size - 1] {
        let cut = move |path: &Path| {
            let file = fs::File::options().write(true).open(path).expect("it can be opened");
            file.set_len(length as u64).expect("it can be cut");
        };
        harms.push((format!("cut to {length}"), Box::new(cut)));
    }
    // Other places each time that the tests run: the clock is the dice.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let dice = now.map_or(1, |since| since.subsec_nanos()) as usize;
    for at in (0..12).map(|round| (round * size + dice % size) / 12) {
        harms.push((format!("byte {at} changed"), Box::new(move |path| flip(path, at))));
    }
    for (what, harm) in harms {
        let folder = copied(whole.path());
        let roles = whole.path().join("roles").display().to_string();
        let columns = folder.path().join(POOL).join("columns");
        harm(&columns.join(&name));
        let args = ["rank", &roles, "--format", "json", "--no-record"];
        let first = run(folder.path(), &args);
        // A byte between two sections is none of the columns.
        let quiet = what.contains("changed") && first.stderr.is_empty();
        assert!(
            quiet || first.stderr.starts_with("note: the evidence columns were made anew: "),
            "{what}: {}",
            first.stderr
        );
        assert_eq!(first.ok(), wanted, "{what}");
        let second = run(folder.path(), &args);
        assert_eq!(second.stderr, "", "{what}: the second ranking still has something to say");
        assert_eq!(second.stdout, wanted, "{what}");
    }
}

#[test]
fn columns_with_a_changed_byte_give_no_other_search() {
    let whole = pool();
    let (file, _) = ranked(whole.path());
    let name = file.file_name().expect("a file has a name").to_owned();
    let size = fs::metadata(&file).expect("it is there").len() as usize;
    let searches: [&[&str]; 4] = [
        &["search", "django", "--format", "json"],
        &["search", "react or vue", "--facets", "--limit", "5"],
        &["search", "country:germany years>=5", "--count"],
        &["search", "python -django", "--sort", "years"],
    ];
    let ask = |folder: &Path| searches.map(|args| run(folder, args));
    let wanted = ask(whole.path()).map(Ran::ok);
    // Other places each time that the tests run: the clock is the dice.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let dice = now.map_or(1, |since| since.subsec_nanos()) as usize;
    for at in (0..16).map(|round| (round * size + dice % size) / 16) {
        let folder = copied(whole.path());
        flip(&folder.path().join(POOL).join("columns").join(&name), at);
        for (ran, wanted) in ask(folder.path()).into_iter().zip(&wanted) {
            let quiet = ran.stderr.is_empty();
            let made_anew = ran.stderr.starts_with("note: the evidence columns were made anew: ");
            assert!(quiet || made_anew, "byte {at}: {}", ran.stderr);
            assert_eq!(ran.ok(), *wanted, "byte {at}");
        }
    }
}

/// Changes the name of the first person in the records, so that it could still be read; the changed name.
fn change_a_name(folder: &Path, name: &str) -> String {
    let records = folder.join(POOL).join("records.db");
    let bytes = fs::read(&records).expect("the records can be read");
    // In a record each text stands behind its length.
    let length = u8::try_from(name.len()).expect("a name is short");
    let text = [&[length], name.as_bytes()].concat();
    let found = bytes.windows(text.len()).position(|window| window == text);
    let at = found.expect("the name stands in the records") + 1;
    flip(&records, at);
    let mut changed = name.as_bytes().to_vec();
    changed[0] ^= 0x01;
    String::from_utf8(changed).expect("one letter became another")
}

fn says_damaged(ran: &Ran, what: &str, changed: &str) {
    assert_eq!(ran.code, Some(1), "{what}: {}", ran.stdout);
    assert!(ran.stderr.contains("damaged"), "{what}: {}", ran.stderr);
    assert!(ran.stderr.contains("c0000001"), "{what} does not say whose record: {}", ran.stderr);
    assert!(!ran.stdout.contains(changed) && !ran.stderr.contains(changed), "{what} shows what is damaged");
}

#[test]
fn a_damaged_record_is_an_error_and_no_answer() {
    let whole = pool();
    let shown = run(whole.path(), &["candidate", "show", "c0000001"]).ok();
    let first = shown.lines().next().expect("a person has a name");
    let name = first.strip_prefix("c0000001 ").expect("the first line names the person");

    let folder = copied(whole.path());
    let path = folder.path();
    let changed = change_a_name(path, name);
    let roles = whole.path().join("roles").display().to_string();
    let role = whole.path().join("roles").join("senior-django-berlin.toml").display().to_string();
    says_damaged(&run(path, &["candidate", "show", "c0000001"]), "candidate show", &changed);
    says_damaged(
        &run(path, &["candidate", "show", "c0000001", "--format", "json"]),
        "candidate show, JSON",
        &changed,
    );
    says_damaged(&run(path, &["search"]), "search", &changed);
    // A ranking reads the records of those alone whom it lists: nobody of them is damaged, and nothing else differs.
    let ranked = run(whole.path(), &["rank", &roles]).ok();
    assert!(!ranked.contains("c0000001"));
    assert_eq!(run(path, &["rank", &roles]).ok(), ranked);
    says_damaged(&run(path, &["explain", &role, "c0000001"]), "explain", &changed);
    // Nobody else's answer is touched.
    let other = |folder: &Path| run(folder, &["candidate", "show", "c0000002"]).ok();
    assert_eq!(other(path), other(whole.path()));
    assert_eq!(count(path, "django"), count(whole.path(), "django"));
    // An index made anew would have to read it: then there is no answer rather than a wrong one.
    fs::remove_dir_all(path.join(POOL).join("index")).expect("the index can be removed");
    says_damaged(&run(path, &["search", "--count", "django"]), "search without index", &changed);
    // Nor would columns made anew leave anybody out.
    fs::remove_dir_all(path.join(POOL).join("columns")).expect("the columns can be removed");
    says_damaged(&run(path, &["rank", &roles]), "rank without columns", &changed);
}
