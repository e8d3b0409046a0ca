//! - undoing any import of any leaves the pool that never had it: records, cells, dates, and what people are known by
//! - an import that later ones rest on is refused, naming them; undone one after the other, all can be undone
//! - undone and imported again is as if nothing had been; trying an undo does nothing
//! - merging and parting two people is no change, whatever is imported in between, also under other names
//! - in whatever order files come, the last day has the last word, also where it said again what stood there
//! - of two files of one day the later one has the last word, also where it only says again what its source said
//! - the same rows in another file, or on a later day, are an import; the very same statement is none
//! - a person who is gone is not found by id or address, was found at the changes of their time, and stays erased

use std::collections::BTreeMap;

use proptest::prelude::*;
use stackscout_profile::{CandidateNumber, Cell, Date, Field, Value};

use super::{forget, pool};
use crate::{ImportStart, Incoming, Store, StoreError, Undone};

/// A file: its source, day, which of two columns it has, and rows.
#[derive(Debug, Clone)]
struct File {
    name: String,
    source: &'static str,
    day: i8,
    columns: (bool, bool),
    rows: Vec<Row>,
}

/// Person, whether id and address are written, title, skills and name.
type Row = (u8, bool, bool, String, String, &'static str);

static NAMES: [&str; 3] = ["", "Ada Moss", "Bo Birch"];

fn file(names: &'static [&'static str]) -> impl Strategy<Value = File> {
    let name = prop::sample::select(names);
    let row = (0..4_u8, any::<bool>(), any::<bool>(), "[ab]{0,1}", "[cd]{0,1}", name);
    let columns = prop_oneof![Just((true, true)), Just((true, false)), Just((false, true))];
    (any::<bool>(), 1..9_i8, columns, prop::collection::vec(row, 1..5)).prop_map(|(a, day, columns, rows)| {
        File { name: String::new(), source: if a { "a" } else { "b" }, day, columns, rows }
    })
}

fn files(names: &'static [&'static str]) -> impl Strategy<Value = Vec<File>> {
    // A file of the same rows as one before says the same again, under another name.
    let again = prop::option::weighted(0.3, any::<prop::sample::Index>());
    prop::collection::vec((file(names), again), 1..7).prop_map(|files| {
        let mut named: Vec<File> = Vec::new();
        for (number, (mut file, again)) in files.into_iter().enumerate() {
            if let Some(at) = again.filter(|_| !named.is_empty()) {
                file = File { day: file.day, ..named[at.index(named.len())].clone() };
            }
            file.name = format!("{number}.csv");
            named.push(file);
        }
        named
    })
}

/// The same files, each later one of a later day, and every row with id and address.
fn orderly(mut files: Vec<File>) -> Vec<File> {
    for (day, file) in (1..).zip(&mut files) {
        file.day = day;
        for row in &mut file.rows {
            (row.1, row.2) = (true, true);
        }
    }
    files
}

/// The same files, those of each day in the order of their names.
fn each_day_in_order(mut files: Vec<File>) -> Vec<File> {
    let days: Vec<i8> = files.iter().map(|file| file.day).collect();
    files.sort_by(|a, b| (a.day, &a.name).cmp(&(b.day, &b.name)));
    let of_day = |day| files.remove(files.iter().position(|file| file.day == day).unwrap());
    days.into_iter().map(of_day).collect()
}

/// Imports a file; gives its number, where it changed anything.
fn import(store: &mut Store, file: &File) -> Option<u32> {
    let mut columns = vec!["name".to_owned(), "email".to_owned()];
    columns.extend(
        [(file.columns.0, "title"), (file.columns.1, "skills")]
            .iter()
            .filter(|c| c.0)
            .map(|c| c.1.to_owned()),
    );
    let start = ImportStart {
        file: file.name.clone(),
        source: file.source.to_owned(),
        layout: "plain".to_owned(),
        as_of: Date::new(2026, 1, file.day).unwrap(),
        columns: columns.clone(),
    };
    let before = store.change().unwrap();
    let mut import = store.begin_import(start).unwrap();
    let number = import.number();
    for (line, (person, id, email, title, skills, name)) in (2..).zip(&file.rows) {
        let email = email.then(|| format!("p{person}@example.org")).unwrap_or_default();
        let cells = [
            (Field::Name, (*name).to_owned()),
            (Field::Email, email),
            (Field::Title, title.clone()),
            (Field::Skills, skills.clone()),
        ];
        let value = |(field, text): (Field, String)| Value {
            field,
            column: field.word().to_owned(),
            text,
            cell: Cell { import: 0, line },
            reading: stackscout_profile::Reading::default(),
        };
        let values: Vec<Value> = cells
            .into_iter()
            .map(value)
            .filter(|v| !v.text.is_empty() && columns.contains(&v.column))
            .collect();
        let content_key = values.iter().map(|v| format!("{}={};", v.column, v.text)).collect();
        let external_id = id.then(|| format!("{}{person}", file.source));
        let row = Incoming { line, external_id, values, content_key, protected: Vec::new() };
        import.accept(row).unwrap();
    }
    import.commit().unwrap();
    (store.change().unwrap() > before).then_some(number)
}

fn pool_of<'a>(files: impl IntoIterator<Item = &'a File>) -> Store {
    let mut store = Store::in_memory().unwrap();
    for file in files {
        import(&mut store, file);
    }
    store
}

/// All that the records say, whatever their numbers and those of imports, each with what the person is known by.
fn said(store: &Store) -> Vec<String> {
    let names: BTreeMap<u32, String> =
        store.all_imports().unwrap().into_iter().map(|i| (i.number, i.file)).collect();
    let mut people = Vec::new();
    store
        .records_since(0, |record| {
            let mut text = String::new();
            for part in &record.parts {
                text += &format!("\n{} {:?} {}:", part.source, part.external_id, part.occurrence);
                for v in &part.values {
                    text += &format!(" {}={} ({} {})", v.column, v.text, names[&v.cell.import], v.cell.line);
                }
                for row in &part.as_of {
                    text += &format!(" [{} {}]", row.as_of, names[&row.import]);
                }
            }
            let sql =
                "SELECT kind || ' ' || scope || ' ' || key FROM identities WHERE number = ?1 ORDER BY 1";
            let mut keys = store.connection.prepare(sql).unwrap();
            let keys = keys.query_map([record.number.0], |row| row.get::<_, String>(0)).unwrap();
            for key in keys {
                text += &format!("\nknown by {}", key.unwrap());
            }
            people.push(text);
            Ok::<(), StoreError>(())
        })
        .unwrap();
    people.sort();
    people
}

/// Undoes an import, and first those that rest on it; gives the numbers of all that were undone.
fn undo_with_later(store: &mut Store, import: u32) -> Vec<u32> {
    match store.undo_import(import, "", false) {
        Ok(_) => vec![import],
        Err(StoreError::UndoFirst { import: refused, later, .. }) => {
            assert_eq!(refused, import);
            assert!(!later.is_empty() && later.iter().all(|n| *n > import), "{later:?} rest on {import}");
            let mut undone = undo_with_later(store, later[0]);
            undone.extend(undo_with_later(store, import));
            undone
        }
        Err(other) => panic!("{other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_an_import_leaves_the_pool_that_never_had_it(files in files(&NAMES[..1]), which in any::<prop::sample::Index>()) {
        let files = orderly(files);
        let out = which.index(files.len());
        let mut store = Store::in_memory().unwrap();
        let numbers: Vec<Option<u32>> = files.iter().map(|file| import(&mut store, file)).collect();
        let Some(number) = numbers[out] else { return Ok(()) };
        let (before, digest) = (said(&store), store.digest().unwrap());
        let change = store.change().unwrap();
        let tried = store.undo_import(number, "", true).unwrap();
        prop_assert_eq!((said(&store), store.change().unwrap()), (before, change), "trying does nothing");
        prop_assert_eq!(store.undo_import(number, "", false).unwrap(), tried);
        let others = || (0..files.len()).filter(|n| *n != out && numbers[*n].is_some()).map(|n| &files[n]);
        prop_assert_eq!(said(&store), said(&pool_of(others())));
        prop_assert_eq!(store.digest_at(change).unwrap(), digest, "the past stays as it was");
        let again = store.undo_import(number, "", false);
        let is_refused = matches!(again, Err(StoreError::Undone { .. }));
        prop_assert!(is_refused);
        // The rows of the others are still known.
        let people = store.count().unwrap();
        for file in others() {
            import(&mut store, file);
        }
        prop_assert_eq!(store.count().unwrap(), people);
        prop_assert!(store.audit().unwrap().len() as u64 == store.change().unwrap());
    }

    #[test]
    fn what_rests_on_an_import_is_undone_first(files in files(&NAMES[..1]), which in any::<prop::sample::Index>()) {
        let mut store = Store::in_memory().unwrap();
        let numbers: Vec<Option<u32>> = files.iter().map(|file| import(&mut store, file)).collect();
        let Some(number) = numbers[which.index(files.len())] else { return Ok(()) };
        let shares = !store.reviews().unwrap().is_empty();
        let undone = undo_with_later(&mut store, number);
        let stands = |n: &&u32| !undone.contains(*n);
        let left: Vec<u32> = numbers.iter().flatten().filter(stands).copied().collect();
        let others = files.iter().zip(&numbers).filter(|(_, n)| n.is_some_and(|n| left.contains(&n)));
        // A key that two people shared may have gone to the other one, or to nobody where the row that states it was
        // laid aside as older; what is said of whom is the same.
        if !shares && store.reviews().unwrap().is_empty() {
            prop_assert_eq!(said(&store), said(&pool_of(others.map(|(file, _)| file))));
        }
        for number in left.iter().rev() {
            store.undo_import(*number, "", false).unwrap();
        }
        prop_assert_eq!((store.count().unwrap(), said(&store)), (0, Vec::new()));
        let keys: i64 = store.connection.query_row("SELECT count(*) FROM identities", [], |r| r.get(0)).unwrap();
        prop_assert_eq!((keys, store.reviews().unwrap().len()), (0, 0));
    }

    #[test]
    fn merging_and_parting_is_no_change(files in files(&NAMES), at in any::<prop::sample::Index>(), pair in (0..9_usize, 0..9_usize)) {
        let files = orderly(files);
        let (before, after) = files.split_at(at.index(files.len()));
        let mut store = pool_of(before);
        let mut people = Vec::new();
        store.records_since(0, |record| { people.push(record.number); Ok::<(), StoreError>(()) }).unwrap();
        if people.len() < 2 { return Ok(()) }
        let (a, b) = (people[pair.0 % people.len()], people[pair.1 % people.len()]);
        if a == b { return Ok(()) }
        prop_assert_eq!(store.merge(a, b, "").unwrap(), (a, b));
        prop_assert_eq!(store.count().unwrap(), people.len() as u64 - 1);
        prop_assert_eq!(store.survivor(b).unwrap(), a);
        let mut plain = pool_of(before);
        for file in after {
            import(&mut store, file);
            import(&mut plain, file);
        }
        store.unmerge(b, "").unwrap();
        prop_assert_eq!(said(&store), said(&plain));
        prop_assert_eq!(store.digest().unwrap(), plain.digest().unwrap());
        prop_assert_eq!(store.reviews().unwrap(), plain.reviews().unwrap());
        for import in plain.imports().unwrap().iter().rev() {
            store.undo_import(import.number, "", false).unwrap();
        }
        prop_assert_eq!(store.count().unwrap(), 0);
    }

    #[test]
    fn the_last_day_has_the_last_word_in_whatever_order(
        (ordered, mixed) in (files(&NAMES[..1]), any::<[bool; 7]>()).prop_map(|(files, next_days)| {
            let mut files = orderly(files);
            let mut day = 1;
            for (file, is_next_day) in files.iter_mut().zip(next_days) {
                day += i8::from(is_next_day);
                file.day = day;
                file.rows.sort();
                file.rows.dedup_by_key(|row| row.0);
            }
            files
        }).prop_flat_map(|files| (Just(files.clone()), Just(files).prop_shuffle().prop_map(each_day_in_order)))
    ) {
        prop_assert_eq!(last_words(&pool_of(&mixed)), last_words(&pool_of(&ordered)));
    }
}

/// By address, the title and the skills that hold.
fn last_words(store: &Store) -> BTreeMap<String, Vec<Option<String>>> {
    let mut words = BTreeMap::new();
    store
        .records_since(0, |record| {
            let first = |field| record.values(field).first().map(|value| value.text.clone());
            let address = first(Field::Email).unwrap_or_default();
            words.insert(address, vec![first(Field::Title), first(Field::Skills)]);
            Ok::<(), StoreError>(())
        })
        .unwrap();
    words
}

fn one(name: &str, source: &'static str, day: i8, rows: &[(u8, &str)]) -> File {
    let row = |(person, title): &(u8, &str)| (*person, true, true, (*title).to_owned(), String::new(), "");
    let rows = rows.iter().map(row);
    File { name: name.to_owned(), source, day, columns: (true, false), rows: rows.collect() }
}

#[test]
fn an_import_that_a_later_one_confirmed_can_be_undone_alone() {
    let (_folder, mut store) = pool();
    import(&mut store, &one("march.csv", "a", 3, &[(1, "x"), (2, "y")]));
    import(&mut store, &one("april.csv", "a", 4, &[(1, "x"), (2, "z")]));
    let undone = store.undo_import(1, "", false).unwrap();
    assert_eq!(undone, Undone { restored: 1, unchanged: 1, ..Undone::default() }, "april replaced the other");
    let record = store.record(CandidateNumber(1)).unwrap().unwrap();
    let cells: Vec<u32> = record.parts[0].values.iter().map(|v| v.cell.import).collect();
    assert_eq!(cells, [2, 2], "what april said again is april's now");
    assert_eq!(store.undo_import(2, "", false).unwrap().removed, 2);
    assert_eq!(store.gone_since(2).unwrap(), [CandidateNumber(1), CandidateNumber(2)]);
}

#[test]
fn an_older_file_imported_later_overwrites_nothing_and_is_undone_first() {
    let (_folder, mut store) = pool();
    import(&mut store, &one("new.csv", "a", 9, &[(1, "new")]));
    import(&mut store, &one("old.csv", "a", 3, &[(1, "old"), (2, "old")]));
    let title = |store: &Store| {
        store.record(CandidateNumber(1)).unwrap().unwrap().values(Field::Title)[0].text.clone()
    };
    assert_eq!(title(&store), "new");
    let refused = store.undo_import(1, "", false);
    assert!(
        matches!(&refused, Err(StoreError::UndoFirst { later, people: 1, .. }) if later == &[2]),
        "{refused:?}"
    );
    store.undo_import(2, "", false).unwrap();
    store.undo_import(1, "", false).unwrap();
    import(&mut store, &one("old.csv", "a", 3, &[(1, "old")]));
    let numbers: Vec<u32> = store.imports().unwrap().iter().map(|i| i.number).collect();
    assert_eq!((numbers, store.count().unwrap()), (vec![3], 1));
}

#[test]
fn what_changed_nobody_is_remembered_unless_it_was_stated_before() {
    // File, source, day and title of the one row; whether it is an import; the title that holds then.
    let steps = [
        ("f0.csv", "s", 1, "Berlin", true, "Berlin"),
        ("f0.csv", "s", 1, "Berlin", false, "Berlin"),
        ("f0.csv", "s", 5, "Berlin", true, "Berlin"),
        ("f0.csv", "s", 5, "Berlin", false, "Berlin"),
        ("f1.csv", "s", 5, "Berlin", true, "Berlin"),
        ("f2.csv", "s", 3, "Paris", true, "Berlin"),
        ("f2.csv", "s", 3, "Paris", false, "Berlin"),
        ("g.csv", "t", 4, "Rome", true, "Berlin"),
        ("g.csv", "t", 6, "Rome", true, "Rome"),
        ("f3.csv", "s", 6, "Berlin", true, "Berlin"),
        ("g.csv", "t", 6, "Rome", false, "Berlin"),
        ("h.csv", "t", 6, "Rome", true, "Rome"),
        ("f3.csv", "s", 6, "Berlin", false, "Rome"),
    ];
    let (_folder, mut store) = pool();
    let mut changes = Vec::new();
    for (name, source, day, title, is_import, holds) in steps {
        let file = one(name, source, day, &[(1, title)]);
        let number = import(&mut store, &file);
        assert_eq!(number.is_some(), is_import, "{name} of day {day}");
        let record = store.record(CandidateNumber(1)).unwrap().unwrap();
        assert_eq!(record.values(Field::Title)[0].text, holds, "{name} of day {day}");
        changes.push(store.change().unwrap());
    }
    assert_eq!(changes, [1, 1, 2, 2, 3, 4, 4, 5, 6, 7, 7, 8, 8]);
    let audit = store.audit().unwrap();
    assert_eq!(audit[1].what, "import 2: 0 created, 0 updated");
    // What was laid aside rests on what was newer.
    let refused = store.undo_import(1, "", false);
    assert!(matches!(&refused, Err(StoreError::UndoFirst { later, .. }) if later == &[4]), "{refused:?}");

    // What another file said again stays.
    let (_folder, mut store) = pool();
    for name in ["a.csv", "b.csv"] {
        import(&mut store, &one(name, "s", 1, &[(1, "x")]));
    }
    let undone = store.undo_import(1, "", false).unwrap();
    assert_eq!((undone.removed, undone.restored, store.count().unwrap()), (0, 1, 1));
    assert!(
        import(&mut store, &one("a.csv", "s", 1, &[(1, "x")])).is_some(),
        "what was undone does not stand"
    );

    // The order of rows says nothing.
    let (_folder, mut store) = pool();
    for (rows, is_import) in [([(1, "x"), (2, "y")], true), ([(2, "y"), (1, "x")], false)] {
        assert_eq!(import(&mut store, &one("a.csv", "s", 1, &rows)).is_some(), is_import, "{rows:?}");
    }
}

#[test]
fn on_one_day_the_later_import_has_the_last_word_also_where_it_says_again() {
    let title = |store: &Store| {
        store.record(CandidateNumber(1)).unwrap().unwrap().values(Field::Title)[0].text.clone()
    };
    let files = [("g0.csv", "t", 6, "Paris"), ("f.csv", "s", 7, "Berlin"), ("g1.csv", "t", 7, "Paris")];
    let files = files.map(|(name, source, day, title)| one(name, source, day, &[(1, title)]));
    assert_eq!(title(&pool_of(&files[1..])), "Paris");
    let mut store = pool_of(&files);
    assert_eq!(title(&store), "Paris");
    store.undo_import(1, "", false).unwrap();
    assert_eq!(title(&store), "Paris");
    store.undo_import(3, "", false).unwrap();
    assert_eq!(title(&store), "Berlin");
}

#[test]
fn a_row_is_compared_by_name_with_whom_its_key_belongs_to() {
    let (_folder, mut store) = pool();
    let row =
        |person: u8, name: &'static str| -> Row { (person, false, true, String::new(), String::new(), name) };
    let file = |name: &str, day, rows: &[Row]| File { rows: rows.to_vec(), ..one(name, "a", day, &[]) };
    import(&mut store, &file("a.csv", 1, &[row(1, "Ada Moss"), row(2, "Bo Birch")]));
    let [ada, bo, other] = [1, 2, 3].map(CandidateNumber);
    store.merge(ada, bo, "").unwrap();
    import(&mut store, &file("b.csv", 2, &[row(1, "Bo Birch")]));
    store.unmerge(bo, "").unwrap();
    let name = |number| store.record(number).unwrap().unwrap().values(Field::Name)[0].text.clone();
    assert_eq!([ada, bo, other].map(name), ["Ada Moss", "Bo Birch", "Bo Birch"]);
    let reviews: Vec<_> = store.reviews().unwrap().into_iter().map(|r| (r.a, r.b, r.reason)).collect();
    assert_eq!(reviews, [(ada, other, "same-email-other-name".to_owned())]);
}

#[test]
fn a_merged_person_is_known_by_all_keys_and_at_every_change() {
    let (_folder, mut store) = pool();
    import(&mut store, &one("a.csv", "a", 1, &[(1, "x"), (2, "y"), (3, "z")]));
    let [a, b, c] = [1, 2, 3].map(CandidateNumber);
    store.merge(b, c, "").unwrap();
    store.merge(a, b, "same phone").unwrap();
    assert!(matches!(store.merge(c, a, ""), Err(StoreError::OnePerson { .. })));
    assert_eq!(store.merged_into(a).unwrap(), [b, c]);
    assert_eq!(store.by_external_id("a3", 3).unwrap(), [("a".to_owned(), a)]);
    assert_eq!(store.by_email("p3@example.org", 2).unwrap(), [b]);
    assert_eq!(store.by_email("p3@example.org", 1).unwrap(), [c]);
    assert_eq!(store.record_at(c, 1).unwrap().unwrap().parts.len(), 1);
    assert_eq!(store.record(a).unwrap().unwrap().parts.len(), 3);
    // Undone below a merge, a person is gone from it.
    assert!(matches!(store.unmerge(CandidateNumber(9), ""), Err(StoreError::NotMerged(_))));
    store.unmerge(a, "").unwrap();
    assert_eq!(store.record(b).unwrap().unwrap().parts.len(), 2, "who was merged into them stays with them");
    let why: Vec<String> = store.audit().unwrap().into_iter().map(|entry| entry.why).collect();
    assert_eq!(why, ["", "", "same phone", ""]);
    store.connection.execute_batch("DROP TRIGGER audit_never_changes").unwrap();
    store.connection.execute("UPDATE audit SET why = 'other' WHERE number = 3", []).unwrap();
    assert!(matches!(store.audit(), Err(StoreError::BrokenAudit(3))));
}

#[test]
fn a_pair_that_is_kept_apart_is_listed_no_more() {
    let (_folder, mut store) = pool();
    let both =
        File { rows: vec![(1, true, true, "x".into(), String::new(), "")], ..one("a.csv", "a", 1, &[]) };
    import(&mut store, &both);
    // Two keys, two people.
    import(&mut store, &File { rows: vec![(2, true, false, "y".into(), String::new(), "")], ..both.clone() });
    let mut clash = both.clone();
    clash.rows = vec![(2, true, true, "y".into(), String::new(), "")];
    store
        .connection
        .execute("UPDATE identities SET key = 'p2@example.org' WHERE kind = 'email'", [])
        .unwrap();
    import(&mut store, &clash);
    assert_eq!(store.reviews().unwrap().len(), 1);
    store.keep_apart(CandidateNumber(2), CandidateNumber(1), "").unwrap();
    assert_eq!(store.reviews().unwrap(), []);
}

#[test]
fn who_is_erased_is_gone_from_the_past_of_whom_they_were_merged_into() {
    let (folder, mut store) = pool();
    import(&mut store, &one("a.csv", "a", 1, &[(1, "x"), (2, "canary")]));
    let [a, b] = [1, 2].map(CandidateNumber);
    store.merge(a, b, "").unwrap();
    import(&mut store, &one("b.csv", "a", 2, &[(1, "y")]));
    store.unmerge(b, "").unwrap();
    import(&mut store, &one("c.csv", "a", 3, &[(1, "z")]));
    let before: Vec<_> = (1..=5).map(|change| store.record_at(a, change).unwrap().unwrap()).collect();
    assert_eq!(before[1].parts.len(), 2);
    forget(&mut store, b);
    for (change, before) in (1..).zip(before) {
        let mut own = before;
        own.parts.retain(|part| part.origin.is_none());
        assert_eq!(store.record_at(a, change).unwrap(), Some(own), "change {change}");
    }
    // Taking the import back does not bring them back.
    assert_eq!(store.undo_import(1, "", false).unwrap().erased, 1);
    assert_eq!(store.count().unwrap(), 1);
    store.close();
    for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(!bytes.windows(6).any(|w| w == b"canary"), "{:?} holds the person", file.file_name());
    }
    let mut store = Store::open(&folder.path().join("records.db")).unwrap();
    import(&mut store, &one("d.csv", "b", 4, &[(5, "p"), (6, "q")]));
    let people = store.gone_since(0).unwrap();
    assert_eq!(people, [b]);
    store.merge(CandidateNumber(3), CandidateNumber(4), "").unwrap();
    assert_eq!(forget(&mut store, CandidateNumber(4)).versions, 3, "a merged person is erased as one");
    assert_eq!(store.count().unwrap(), 1);
}

#[test]
fn protected_values_stand_apart_and_go_with_their_import() {
    let (folder, mut store) = pool();
    let mut file = |protected: &[(&str, &str)]| {
        let start = ImportStart {
            file: "a.csv".into(),
            source: "a".into(),
            layout: "plain".into(),
            as_of: Date::new(2026, 1, 1).unwrap(),
            columns: vec!["title".into()],
        };
        let mut import = store.begin_import(start).unwrap();
        let mut row = super::row("1", "x", "");
        row.protected = protected.iter().map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect();
        import.accept(row).unwrap();
        import.commit().unwrap();
        store.imports().unwrap().len()
    };
    assert_eq!(file(&[]), 1);
    assert_eq!(file(&[("gender", "canary")]), 2, "what is new is worth an import");
    assert_eq!(file(&[("gender", "canary")]), 2, "what is known is not");
    assert_eq!(store.protected_of_import(2).unwrap(), 1);
    for change in 0..=2 {
        assert!(!format!("{:?}", super::records_at(&store, change)).contains("canary"));
    }
    store.undo_import(2, "", false).unwrap();
    assert_eq!(store.protected_of_import(2).unwrap(), 0);
    store.close();
    let bytes = std::fs::read(folder.path().join("records.db")).unwrap();
    assert!(!bytes.windows(6).any(|w| w == b"canary"), "what was undone is gone");
}
