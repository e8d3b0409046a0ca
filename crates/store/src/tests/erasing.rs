//! - nothing of an erased person is left in any page of the file, wherever a page was split while they were there
//! - rows about them are held by id, address, link and content, and counted; nobody else's are
//! - after erasing for age, what is newer than the last day that is held is let in; after lifting, everything
//! - many at once are erased as one after the other
//! - undoing and parting bring nobody back; the records of before, given the list of erasures, know whom to erase
//! - an export says who was in it until they are erased, also after its run is removed; the same again is counted
//! - a dossier holds every version, key, row, run and export of a person, and nothing of anybody else

use std::path::Path;

use proptest::prelude::*;
use stackscout_profile::{CandidateNumber, Cell, Date, Field, Value};

use super::{forget, pool};
use crate::identity::Identity;
use crate::{
    Exported, ImportCounts, ImportStart, Incoming, NewExport, NewRun, Reason, RunEntry, RunList, Store,
    ToErase,
};

/// A row: id, name, address, link, skills; empty cells are not there.
fn row(line: u64, cells: [&str; 5]) -> Incoming {
    let [id, name, email, link, skills] = cells;
    let fields = [(Field::Name, name), (Field::Email, email), (Field::Link, link), (Field::Skills, skills)];
    let value = |(field, text): &(Field, &str)| Value {
        field: *field,
        column: field.word().to_owned(),
        text: (*text).to_owned(),
        cell: Cell { import: 0, line },
        reading: stackscout_profile::Reading::default(),
    };
    Incoming {
        line,
        external_id: (!id.is_empty()).then(|| id.to_owned()),
        values: fields.iter().filter(|(_, text)| !text.is_empty()).map(value).collect(),
        content_key: cells.concat(),
        protected: Vec::new(),
    }
}

fn import(store: &mut Store, source: &str, day: i8, rows: &[[&str; 5]]) -> ImportCounts {
    let start = ImportStart {
        file: format!("{source}.csv"),
        source: source.to_owned(),
        layout: "plain".to_owned(),
        as_of: Date::new(2026, 1, day).unwrap(),
        columns: ["name", "email", "link", "skills"].map(str::to_owned).to_vec(),
    };
    let mut import = store.begin_import(start).unwrap();
    for (line, cells) in (2..).zip(rows) {
        import.accept(row(line, *cells)).unwrap();
    }
    import.commit().unwrap()
}

/// How often a text stands in the files of a folder.
fn found(folder: &Path, text: &str) -> usize {
    let files = std::fs::read_dir(folder).unwrap().flatten();
    files
        .map(|file| {
            let bytes = std::fs::read(file.path()).unwrap();
            bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
        })
        .sum()
}

const N: fn(u32) -> CandidateNumber = CandidateNumber;

#[test]
fn nothing_is_left_in_pages_that_were_split() {
    let (folder, mut store) = pool();
    let text = |n: u32, what: &str| format!("{what}{}x", n.wrapping_mul(2_654_435_761) % 1_000_003);
    let people = 3_000;
    for skills in ["Go", "Go; Rust; Django; Flask; and many more"] {
        let rows: Vec<[String; 5]> = (0..people)
            .map(|n| {
                let email = format!("{}@example.org", text(n, "mail"));
                [
                    text(n, "id"),
                    text(n, "name"),
                    email,
                    String::new(),
                    format!("{skills} {}", text(n, "skill")),
                ]
            })
            .collect();
        let rows: Vec<[&str; 5]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
        import(&mut store, "a", 1, &rows);
    }
    let erased = [3_u32, 700, 1_500, 2_999];
    let traces = |n: u32| ["mail", "id", "name", "skill"].map(|what| text(n - 1, what));
    store.empty_log_for_test();
    // Copies that no row leads to: what makes writing the file anew necessary.
    let copies: usize = (1..=people).step_by(50).map(|n| found(folder.path(), &text(n - 1, "mail"))).sum();
    for n in erased {
        assert!(traces(n).iter().all(|text| found(folder.path(), text) > 0), "{n}");
    }
    let to_erase: Vec<ToErase> = erased.iter().map(|n| ToErase::asked(N(*n))).collect();
    assert_eq!(store.erase(&to_erase).unwrap().people, 4);
    assert!(store.unscrubbed().unwrap().is_some());
    let path = folder.path().to_owned();
    store.scrub(&path).unwrap();
    store.set_scrubbed().unwrap();
    assert_eq!(store.unscrubbed().unwrap(), None);
    for text in erased.iter().flat_map(|n| traces(*n)) {
        assert_eq!(found(folder.path(), &text), 0, "{text} is left");
    }
    assert!(copies > 0 && found(folder.path(), &text(0, "mail")) > 0, "others are untouched");
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        4,
        "records, log and its index, sums of pages, and nothing aside"
    );
}

#[test]
fn rows_about_them_are_held_and_nobody_elses() {
    let (_folder, mut store) = pool();
    let ada = ["1", "Ada Moss", "ada@example.org", "github.com/ada", "Go"];
    let nameless = ["", "", "", "", "Only content"];
    let bob = ["2", "Bob Moss", "moss@example.org", "", "Go"];
    let eve = ["3", "Eve Moss", "moss@example.org", "", "Go"];
    import(&mut store, "a", 1, &[ada, nameless, bob, eve]);
    for number in 1..=3 {
        assert_eq!(forget(&mut store, N(number)).people, 1, "{number}");
    }
    let counts = import(
        &mut store,
        "a",
        9,
        &[
            ada,
            ["1", "", "", "", "Rust"],
            nameless,
            ["", "Ada Moss", "ADA@example.org", "", "Rust"],
            bob,
            eve,
        ],
    );
    assert_eq!((counts.rows, counts.accepted, counts.rejected, counts.held), (6, 1, 5, 5));
    assert_eq!(counts.unchanged, 1, "Eve shares Bob's address, and is there");
    let other = import(
        &mut store,
        "b",
        9,
        &[["7", "A. Moss", "", "https://www.github.com/ada/", "Go"], ["1", "Somebody", "", "", "Go"]],
    );
    assert_eq!((other.accepted, other.held), (1, 1), "ids are never compared across sources");
    assert_eq!(store.imports().unwrap().last().unwrap().held, 1);
    let kinds = &store.erasures().unwrap()[0].kinds;
    let kinds: Vec<(&str, u64)> = kinds.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(kinds, [("email", 1), ("id", 1), ("link", 1)]);
    let by = |key: &str| {
        let key = Identity { kind: "email", scope: String::new(), key: key.to_owned() };
        store.erasure_by(&key).unwrap().map(|erasure| erasure.number)
    };
    assert_eq!((by("ada@example.org"), by("eve@example.org")), (Some(1), None));
    assert_eq!(store.erasure_of(N(2)).unwrap().unwrap().number, 2);
}

#[test]
fn what_is_newer_is_let_in_after_erasing_for_age_and_all_after_lifting() {
    let (_folder, mut store) = pool();
    let ada = ["1", "Ada", "ada@example.org", "", "Go"];
    import(&mut store, "a", 1, &[ada, ["2", "Bo", "", "", "Go"]]);
    let too_old = Date::new(2026, 1, 5).unwrap();
    let erase = |store: &mut Store, number| {
        let person = ToErase { reason: Reason::Retention, until: Some(too_old), ..ToErase::asked(N(number)) };
        store.erase(&[person]).unwrap()
    };
    erase(&mut store, 1);
    assert_eq!(import(&mut store, "a", 5, &[ada]).held, 1, "the old file does not bring them back");
    assert_eq!(import(&mut store, "a", 6, &[ada]).created, 1, "who writes again is welcome");
    forget(&mut store, N(2));
    let bo = ["2", "Bo", "", "", "Go"];
    assert_eq!(import(&mut store, "a", 9, &[bo]).held, 1);
    assert!(store.lift_erasure(2, "asked").unwrap());
    assert!(!store.lift_erasure(2, "").unwrap(), "it is lifted once");
    assert!(store.lift_erasure(9, "").is_err());
    assert_eq!(import(&mut store, "a", 9, &[bo]).created, 1);
    let audit: Vec<String> = store.audit().unwrap().into_iter().map(|entry| entry.what).collect();
    assert!(audit.contains(&"hold of erasure 2 lifted".to_owned()), "{audit:?}");
    assert!(!audit.iter().any(|what| what.contains("c000000")), "no number stands in the log: {audit:?}");
}

#[test]
fn undoing_parting_and_the_records_of_before_bring_nobody_back() {
    let (folder, mut store) = pool();
    let ada = ["1", "Ada", "ada@example.org", "", "Go"];
    let bo = ["2", "Bo", "bo@example.org", "", "Go"];
    import(&mut store, "a", 1, &[ada, bo, ["3", "Cy", "cy@example.org", "", "Go"]]);
    store.empty_log_for_test();
    let backup = folder.path().join("backup.db");
    std::fs::copy(folder.path().join("records.db"), &backup).unwrap();
    import(&mut store, "b", 2, &[["9", "Ada", "ada@example.org", "", "Rust"]]);
    store.merge(N(1), N(2), "").unwrap();
    forget(&mut store, N(2));
    assert_eq!(store.count().unwrap(), 1, "whoever was merged is one person");
    assert!(store.unmerge(N(2), "").is_err());
    let undone = store.undo_import(2, "", false).unwrap();
    assert_eq!((undone.erased, undone.restored, undone.removed), (1, 0, 0));
    let undone = store.undo_import(1, "", false).unwrap();
    assert_eq!((undone.erased, undone.removed), (2, 1));
    assert_eq!(store.count().unwrap(), 0);

    let list = store.erasure_list().unwrap();
    let text = serde_json::to_string(&list).unwrap();
    assert!(!text.contains("ada") && !text.contains("c000000"), "{text}");
    for path in [backup, {
        let other = folder.path().join("other.db");
        drop(Store::create(&other));
        other
    }] {
        let mut restored = Store::open(&path).unwrap();
        if path.ends_with("other.db") {
            // A pool of its own, which knows the person under another number.
            import(
                &mut restored,
                "z",
                1,
                &[["5", "", "", "", "x"], ["6", "Ada", "ada@example.org", "", "Go"]],
            );
        }
        assert_eq!(restored.adopt_erasures(&list).unwrap(), 1);
        assert_eq!(restored.adopt_erasures(&list).unwrap(), 0, "it is known now");
        let gone: Vec<_> =
            restored.erased_elsewhere().unwrap().into_iter().map(|(number, _)| number).collect();
        let wanted: Vec<CandidateNumber> =
            if path.ends_with("other.db") { vec![N(2)] } else { vec![N(1), N(2)] };
        assert_eq!(gone, wanted);
        let to_erase: Vec<ToErase> = gone.into_iter().map(ToErase::asked).collect();
        restored.erase(&to_erase).unwrap();
        assert_eq!(restored.erased_elsewhere().unwrap(), []);
        assert_eq!(import(&mut restored, "q", 9, &[["0", "A", "ada@example.org", "", "Go"]]).held, 1);
    }
    let bad = crate::ErasureList { format: 99, erasures: Vec::new() };
    assert!(store.adopt_erasures(&bad).is_err());
}

fn run_with(people: &[u32]) -> NewRun {
    let entry = |number: &u32| RunEntry {
        number: N(*number),
        place: 1,
        tied: 1,
        tier: b'A',
        unknown_knockout: false,
        score: 1,
        low: 1,
        high: 1,
        points: 1,
    };
    let list = RunList {
        role: "r".to_owned(),
        fingerprint: "f".to_owned(),
        listed: [0; 3],
        left_out: std::collections::BTreeMap::new(),
        entries: people.iter().map(entry).collect(),
    };
    NewRun {
        made: "then".to_owned(),
        change: 1,
        manifest: format!("{people:?}"),
        result: String::new(),
        role_texts: vec![("f".to_owned(), String::new())],
        lists: vec![list],
    }
}

#[test]
fn an_export_says_who_was_in_it_until_they_are_erased() {
    let (_folder, mut store) = pool();
    let names = ["Ada Moss", "Bo", "Cy"];
    let rows: Vec<[&str; 5]> =
        names.iter().zip(["1", "2", "3"]).map(|(name, id)| [id, name, "", "", "Go"]).collect();
    import(&mut store, "a", 1, &rows);
    store.keep_run(&run_with(&[1, 2])).unwrap();
    let export = |target: &str, people| NewExport {
        what: "rank".to_owned(),
        target: target.to_owned(),
        recipient: if target == "lists" { "Acme".to_owned() } else { "Moss, Ada".to_owned() },
        people,
    };
    let of_run = export("lists", Exported::Run(1));
    assert_eq!(store.record_export(&of_run).unwrap(), 1);
    let one = export("out/ada-moss.json", Exported::People(vec![N(3), N(1)]));
    assert_eq!(store.record_export(&one).unwrap(), 2);
    assert_eq!(store.record_export(&one).unwrap(), 2, "the same again is counted");
    assert_eq!(store.exports().unwrap()[1].times, 2);
    let of = |store: &Store, n| store.exports_of(N(n)).unwrap().iter().map(|e| e.number).collect::<Vec<_>>();
    assert_eq!([of(&store, 1), of(&store, 2), of(&store, 3)], [vec![1, 2], vec![1], vec![2]]);
    store.remove_run(1, "").unwrap();
    assert_eq!(
        [of(&store, 1), of(&store, 2)],
        [vec![1, 2], vec![1]],
        "the run is gone, who was in it is known"
    );
    assert_eq!(forget(&mut store, N(1)).exports, 2);
    assert_eq!(store.erasure_of(N(1)).unwrap().unwrap().exports, [1, 2]);
    assert_eq!([of(&store, 1), of(&store, 2), of(&store, 3)], [vec![], vec![1], vec![2]]);
    let exports = store.exports().unwrap();
    assert_eq!((exports[0].target.as_str(), exports[0].recipient.as_str()), ("lists", "Acme"));
    let named = (exports[1].target.as_str(), exports[1].recipient.as_str());
    assert_eq!(named, ("(erased)", "(erased)"), "file and recipient named them");
    let theirs = export("out/cy.json", Exported::People(vec![N(3)]));
    store.record_export(&theirs).unwrap();
    store.record_export(&export("out/cy.csv", Exported::People(vec![N(2), N(3)]))).unwrap();
    forget(&mut store, N(3));
    let targets: Vec<String> =
        store.exports().unwrap().into_iter().skip(2).map(|export| export.target).collect();
    assert_eq!(targets, ["(erased)", "out/cy.csv"], "of what was theirs alone one word is enough");
}

#[test]
fn a_dossier_holds_all_of_one_person_and_nothing_of_another() {
    let (_folder, mut store) = pool();
    let ada = ["1", "Ada Moss", "ada@example.org", "", "Go"];
    import(&mut store, "a", 1, &[ada, ["2", "Bo", "bo@example.org", "", "secret of Bo"]]);
    import(&mut store, "a", 2, &[["1", "Ada Moss", "ada@example.org", "", "Go; Rust"]]);
    import(&mut store, "c", 2, &[["4", "A. Moss", "", "github.com/ada", "Zig"]]);
    store.merge(N(1), N(3), "").unwrap();
    store.keep_run(&run_with(&[2, 1])).unwrap();
    store
        .record_export(&NewExport {
            what: "rank".to_owned(),
            target: "stdout".to_owned(),
            recipient: String::new(),
            people: Exported::Run(1),
        })
        .unwrap();
    let dossier = store.dossier(N(3)).unwrap();
    assert_eq!(dossier.numbers, [N(1), N(3)]);
    let spans: Vec<(u64, Option<u64>)> = dossier.known.versions.iter().map(|v| (v.since, v.until)).collect();
    assert_eq!(spans, [(4, None), (2, Some(4)), (1, Some(2)), (3, Some(4))]);
    let keys: Vec<&str> = dossier.known.known_by.iter().map(|known| known.key.as_str()).collect();
    assert_eq!(keys, ["ada@example.org", "1", "4", "github.com/ada"]);
    let rows: Vec<(u32, u64)> = dossier.rows.iter().map(|row| (row.import, row.line)).collect();
    assert_eq!(rows, [(1, 2), (2, 2), (3, 2)]);
    assert_eq!((dossier.merges.len(), dossier.runs.len(), dossier.exports.len()), (1, 1, 1));
    assert_eq!(
        dossier.audit.iter().map(|entry| entry.what.as_str()).collect::<Vec<_>>(),
        ["merge of c0000003 into c0000001"]
    );
    assert!(!format!("{dossier:?}").contains("Bo"));
    forget(&mut store, N(1));
    assert!(store.dossier(N(1)).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn many_at_once_are_erased_as_one_after_the_other(
        files in prop::collection::vec((1..9_i8, prop::collection::vec((0..6_usize, 0..4_usize), 1..6)), 1..4),
        merges in prop::collection::vec((1..6_u32, 1..6_u32), 0..3),
        gone in prop::collection::btree_set(1..7_u32, 1..4),
    ) {
        let ids = ["1", "2", "3", "4", "5", "6"];
        let emails = ["a@example.org", "b@example.org", "", "c@example.org"];
        let made = || {
            let (folder, mut store) = pool();
            for (day, rows) in &files {
                let rows: Vec<[&str; 5]> =
                    rows.iter().map(|(id, email)| [ids[*id], ids[*id], emails[*email], "", "Go"]).collect();
                import(&mut store, "a", *day, &rows);
            }
            for (a, b) in &merges {
                let _ = store.merge(N(*a), N(*b), "");
            }
            let people: Vec<u32> = (1..7).collect();
            store.keep_run(&run_with(&people)).unwrap();
            (folder, store)
        };
        let (_a, mut at_once) = made();
        let (_b, mut in_turn) = made();
        let people: Vec<ToErase> = gone.iter().map(|n| ToErase::asked(N(*n))).collect();
        at_once.erase(&people).unwrap();
        for person in people {
            in_turn.erase(&[person]).unwrap();
        }
        let cells = |store: &Store| {
            let mut cells = Vec::new();
            for table in ["candidates", "identities", "reviews", "merges", "run_lists", "import_rows", "imports", "forgotten"] {
                let columns = match table {
                    "forgotten" => "number",
                    "candidates" => "number, record",
                    _ => "*",
                };
                let sql = format!("SELECT {columns} FROM {table}");
                let mut statement = store.connection.prepare(&sql).unwrap();
                let count = statement.column_count();
                let mut rows = statement.query([]).unwrap();
                while let Some(row) = rows.next().unwrap() {
                    let row: Vec<String> = (0..count).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
                    cells.push(row.join(" "));
                }
            }
            cells
        };
        prop_assert_eq!(cells(&at_once), cells(&in_turn));
        let held = |store: &Store| {
            let mut hashes: Vec<String> = store.erasure_list().unwrap().erasures.into_iter()
                .flat_map(|erasure| erasure.hashes.into_iter().map(|(kind, _)| kind)).collect();
            hashes.sort();
            hashes.dedup();
            hashes
        };
        prop_assert_eq!(held(&at_once), held(&in_turn));
    }
}
