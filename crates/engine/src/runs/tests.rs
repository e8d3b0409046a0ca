//! - a run made again gives the lists and the manifest that it gave, whatever was imported since
//! - the steps of a difference begin and end where the person stood in the two runs, follow each other, and add up
//! - where one thing alone is different between two runs, it alone is the cause, and other people where data is
//! - where people decided something between two runs, that is the cause, and how others stand for it
//! - the causes are swapped in the documented order, everybody else's data after all that is the person's
//! - who is on a list is explained as of then with the numbers of the list, and so is who is not
//! - where somebody stands is what the matcher says, and where they would stand with other facts is where they do once
//!   they have them
//! - swapped one after the other, the facts of one state become those of the other
//! - a run is not kept while another process writes, and the answer stands
//! - another taxonomy, erased people, another pool and roles that are gone are each named
//! - a name or address finds one person, or names all, as of then

use std::sync::Arc;

use proptest::prelude::*;
use stackscout_importer::ImportOptions;
use stackscout_matcher::{CompiledRole, Cut, rank, standing};
use stackscout_profile::role_file::read_role;
use stackscout_profile::{
    Candidate, CandidateNumber, Cell, Date, DecisionState, Facts, Field, Part, Reading, Record, Value,
};
use stackscout_store::{ImportStart, Store};
use stackscout_taxonomy::Taxonomy;

use super::swap::{Person, swaps};
use super::world::World;
use super::{Cause, Changed, FactChange, Fate, PersonDiff, Recorded, Run, RunDiff, Stand, lists, role_texts};
use crate::{Change, DecideRequest, EngineError, ImportRequest, Pool, RoleInput, read_roles};

const ROLE: &str = "
[[require]]
skill = \"Django\"
need = \"must\"
years = 3
half_life = 4
weight = 20

[[require]]
any_of = [\"PostgreSQL\", \"MySQL\"]
years = 2

[where]
countries = [\"DE\", \"NL\"]
";

fn at(made: &str) -> stackscout_store::Actor {
    stackscout_store::Actor { who: "anna".to_owned(), made: made.to_owned() }
}

const HEADER: &str = "id,name,email,country,status,skills";

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A folder with a pool in it, and what is done to it.
struct Desk {
    folder: tempfile::TempDir,
    taxonomy: Arc<Taxonomy>,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), taxonomy: Taxonomy::embedded() }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("pool")
    }

    fn import(&self, rows: &[String]) {
        let file = self.folder.path().join("people.csv");
        std::fs::write(&file, format!("{HEADER}\n{}\n", rows.join("\n"))).unwrap();
        let request = ImportRequest {
            files: &[file],
            options: ImportOptions::default(),
            as_of: date("2026-11-01"),
            dry_run: false,
            strict: true,
            progress: &|_| {},
            actor: stackscout_store::Actor::default(),
            why: "",
        };
        Pool::import(&self.path(), &self.taxonomy, &request).unwrap();
    }

    fn pool(&self) -> Pool {
        Pool::open(&self.path(), Arc::clone(&self.taxonomy)).unwrap()
    }

    fn role(&self, text: &str) -> Vec<RoleInput> {
        let path = self.folder.path().join("django.toml");
        std::fs::write(&path, text).unwrap();
        read_roles(&[path], &self.taxonomy).unwrap()
    }

    /// Decides about a person of the files, where there is one and the decision is new.
    fn decide(&self, person: u8, role: &str, state: DecisionState) {
        let path = self.folder.path().join(format!("{role}.toml"));
        std::fs::write(&path, "[[require]]\nskill = \"Django\"\n").unwrap();
        let (folder, why) = (self.path(), "as discussed");
        let change =
            Change { folder: &folder, taxonomy: &self.taxonomy, actor: at("2026-11-02T00:00:00Z"), why };
        let (role, who) = (path.display().to_string(), format!("p{person}@example.org"));
        match change.decide(&DecideRequest { role: &role, who: &who, state, run: None }) {
            Ok(_) | Err(EngineError::Nobody(_) | EngineError::AlreadyDecided(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }

    /// Ranks and keeps the run.
    fn rank(&self, role: &str, cut: Cut, as_of: &str) -> Run {
        let (pool, roles) = (self.pool(), self.role(role));
        let texts = role_texts(&roles);
        let ranking = pool.rank(roles, cut, Some(date(as_of))).unwrap();
        pool.record_run(&ranking, texts, "result", &at("2026-11-01T00:00:00Z")).unwrap();
        pool.run("last").unwrap()
    }
}

/// A row: a person of few, so that files meet, with what a ranking looks at.
fn a_row() -> impl Strategy<Value = (u8, String)> {
    let country = prop::sample::select(vec!["Germany", "Netherlands", "France", ""]);
    let status = prop::sample::select(vec!["", "", "", "hired"]);
    let skill = prop::sample::select(vec![
        "Django (1 yrs)",
        "Django (3 yrs; last used 2020)",
        "Django (5 yrs; last used 2025)",
        "Django",
        "Flask (4 yrs)",
        "FastAPI",
        "PostgreSQL (1 yrs)",
        "MySQL (3 yrs)",
        "React",
    ]);
    (0..12_u8, country, status, prop::collection::vec(skill, 0..4)).prop_map(
        |(id, country, status, skills)| {
            (id, format!("{id},P {id},p{id}@example.org,{country},{status},\"{}\"", skills.join(", ")))
        },
    )
}

fn a_file() -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_map(0..12_u8, a_row(), 1..10)
        .prop_map(|rows| rows.into_values().collect::<std::collections::BTreeMap<u8, String>>())
        .prop_map(|rows| rows.into_values().collect())
}

/// A person, a role and a decision.
fn a_decision() -> impl Strategy<Value = (u8, &'static str, DecisionState)> {
    let role = prop::sample::select(vec!["django", "django", "other"]);
    (0..12_u8, role, prop::sample::select(DecisionState::ALL.to_vec()))
}

fn every_person(diff: &RunDiff) -> impl Iterator<Item = &PersonDiff> {
    diff.roles.iter().flat_map(|role| &role.people)
}

/// The steps of everybody begin and end where they should, and add up; who is on which list is said truly.
fn adds_up(diff: &RunDiff) {
    let (from, to) = (diff.from.lists.as_ref().unwrap(), diff.to.lists.as_ref().unwrap());
    for person in every_person(diff) {
        let of = |list: &stackscout_store::RunList| {
            list.entries.iter().find(|e| e.number == person.number).copied()
        };
        let (before, after) = (of(&from[0]), of(&to[0]));
        let wanted = match (before, after) {
            (None, Some(_)) => Fate::Entered,
            (Some(_), None) => Fate::Left,
            _ => Fate::Moved,
        };
        assert_eq!(person.fate, wanted, "{}", person.number);
        for (entry, stand) in [(before, person.from), (after, person.to)] {
            let recorded = entry.map(|e| (u64::from(e.place), e.points, e.score));
            let stood = stand.spot().map(|spot| (spot.place, spot.points, spot.score));
            assert!(recorded.is_none() || recorded == stood, "{}", person.number);
        }
        assert_eq!(person.steps.first().map(|step| step.from), Some(person.from));
        assert_eq!(person.steps.last().map(|step| step.to), Some(person.to));
        assert!(person.steps.windows(2).all(|pair| pair[0].to == pair[1].from));
        let gained: i64 =
            person.steps.iter().map(|s| i64::from(s.to.points()) - i64::from(s.from.points())).sum();
        assert_eq!(gained, i64::from(person.to.points()) - i64::from(person.from.points()));
        let cut_alone =
            |s: &super::Step| s.cause == Cause::Cut && diff.from.manifest.cut() != diff.to.manifest.cut();
        assert!(person.steps.iter().all(|s| s.from != s.to || cut_alone(s)), "{}", person.number);
    }
    let on_both = |e: &&stackscout_store::RunEntry| from[0].entries.iter().any(|f| f.number == e.number);
    let both = to[0].entries.iter().filter(on_both).count() as u64;
    let moved = every_person(diff).filter(|p| p.fate == Fate::Moved).count() as u64;
    assert_eq!(diff.roles[0].unchanged + moved, both, "everybody on both lists is counted");
}

fn causes(diff: &RunDiff) -> Vec<&'static str> {
    let mut causes: Vec<_> =
        every_person(diff).flat_map(|p| &p.steps).map(|step| step.cause.word()).collect();
    causes.sort_unstable();
    causes.dedup();
    causes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn runs_are_made_again_and_their_differences_add_up(
        first in a_file(), second in a_file(), third in a_file(),
        decided in prop::collection::vec(a_decision(), 0..6)
    ) {
        let desk = Desk::new();
        let other_role = ROLE.replace("weight = 20", "weight = 5").replace("years = 2", "years = 4");
        desk.import(&first);
        let a = desk.rank(ROLE, Cut::Top(5), "2026-11-01");
        let b = desk.rank(ROLE, Cut::Top(5), "2029-11-01");
        let c = desk.rank(&other_role, Cut::Top(5), "2026-11-01");
        let d = desk.rank(ROLE, Cut::PerTier(2), "2026-11-01");
        desk.import(&second);
        let e = desk.rank(ROLE, Cut::Top(5), "2026-11-01");
        let f = desk.rank(&other_role, Cut::Top(3), "2029-11-01");
        desk.import(&third);
        let g = desk.rank(ROLE, Cut::Top(5), "2026-11-01");
        for (person, role, state) in &decided {
            desk.decide(*person, role, *state);
        }
        let h = desk.rank(ROLE, Cut::Top(5), "2026-11-01");
        desk.decide(1, "django", DecisionState::Hired);
        let pool = desk.pool();

        for run in [&a, &b, &c, &d, &e, &f, &g, &h] {
            let again = pool.replay(run.clone(), &[]).unwrap();
            prop_assert_eq!(&again.ranking.manifest, &run.manifest);
            prop_assert_eq!(&Some(lists(&again.ranking)), &run.lists);
            prop_assert!(again.changed.is_empty());

            let list = &run.lists.as_ref().unwrap()[0];
            for entry in &list.entries {
                let found = pool.explain_in_run(run.clone(), "django", &entry.number.to_string()).unwrap();
                let standing = &found.explanation.standing.entry;
                prop_assert_eq!((standing.place, standing.points), (u64::from(entry.place), entry.points));
                prop_assert_eq!(found.entry, Some(*entry));
            }
        }

        let diff = |a: &Run, b: &Run| {
            let diff = pool.diff(a.clone(), b.clone(), &[]).unwrap();
            adds_up(&diff);
            diff
        };
        let runs = [&a, &b, &c, &d, &e, &f, &g, &h];
        for (at, from) in runs.iter().enumerate() {
            let same = diff(from, from);
            prop_assert_eq!(every_person(&same).count(), 0);
            for to in &runs[at + 1..] {
                diff(from, to);
                diff(to, from);
            }
        }
        let only = |found: &RunDiff, allowed: &[&str]| causes(found).iter().all(|cause| allowed.contains(cause));
        prop_assert!(only(&diff(&a, &b), &["date"]), "{:?}", causes(&diff(&a, &b)));
        prop_assert!(only(&diff(&a, &c), &["role"]), "{:?}", causes(&diff(&a, &c)));
        prop_assert!(only(&diff(&a, &d), &["cut"]), "{:?}", causes(&diff(&a, &d)));
        let data = ["person", "status", "others"];
        prop_assert!(only(&diff(&a, &e), &data), "{:?}", causes(&diff(&a, &e)));
        prop_assert!(only(&diff(&e, &g), &data), "{:?}", causes(&diff(&e, &g)));
        let decided = ["decision", "others"];
        prop_assert!(only(&diff(&g, &h), &decided), "{:?}", causes(&diff(&g, &h)));
        prop_assert!(only(&diff(&h, &g), &decided), "{:?}", causes(&diff(&h, &g)));
    }
}

/// A person as a file says them.
fn a_person() -> impl Strategy<Value = Record> {
    let field = |field, values: &'static [&'static str]| {
        prop::sample::select(values).prop_map(move |text| (field, text.to_owned()))
    };
    let skills = [
        "Django (1 yrs)",
        "Django (5 yrs; last used 2025)",
        "Django",
        "Flask (4 yrs)",
        "MySQL (3 yrs)",
        "React",
    ];
    let skills = prop::collection::vec(prop::sample::select(skills.to_vec()), 0..4)
        .prop_map(|skills| (Field::Skills, skills.join(", ")));
    let fields = (
        field(Field::Country, &["Germany", "France", ""]),
        field(Field::Status, &["", "", "hired"]),
        field(Field::TotalYears, &["", "3", "9"]),
        field(Field::Remote, &["", "yes", "no"]),
        field(Field::Relocation, &["", "yes"]),
        field(Field::Permit, &["", "DE", "NL, FR"]),
        field(Field::Languages, &["", "English", "German, English"]),
        field(Field::Available, &["", "2026-12-01"]),
        field(Field::ExpectedPay, &["", "60000 EUR per year"]),
        skills,
    );
    (1..9_u32, 1..4_u32, fields).prop_map(|(number, import, (a, b, c, d, e, f, g, h, i, j))| {
        let cell = Cell { import, line: 2 };
        let value = |(field, text): (Field, String)| Value {
            field,
            column: field.word().into(),
            text,
            cell,
            reading: Reading::default(),
        };
        let values =
            [a, b, c, d, e, f, g, h, i, j].into_iter().filter(|(_, text)| !text.is_empty()).map(value);
        let part = Part::new("s", None, values.collect());
        Record::new(CandidateNumber(number), part)
    })
}

proptest! {
    #[test]
    fn where_somebody_would_stand_is_where_they_do(
        people in prop::collection::btree_map(1..9_u32, a_person(), 1..9),
        other in a_person(),
    ) {
        let taxonomy = Taxonomy::embedded();
        let role = CompiledRole::new(read_role("django.toml", ROLE, &taxonomy).unwrap(), &taxonomy);
        let as_of = date("2026-11-01");
        let facts_of = |number, record: &Record| {
            let mut facts = Candidate::read(record, &taxonomy).0.facts();
            facts.number = CandidateNumber(number);
            facts
        };
        let mut facts: Vec<_> = people.iter().map(|(number, record)| facts_of(*number, record)).collect();
        let world = World::new(&role, &facts, as_of);
        let same_as_the_matcher = |world: &World<'_>, facts: &[Facts]| {
            for one in facts {
                let wanted = standing(&role, facts, one, as_of);
                let (place, points) = (wanted.entry.place, wanted.entry.points);
                match world.stand(one.number) {
                    Stand::Listed(spot) => assert_eq!((spot.place, spot.points), (place, points)),
                    Stand::LeftOut(reason) => assert_eq!(wanted.left_out.unwrap().word(), reason),
                    Stand::Unlisted => assert_eq!((wanted.left_out, place), (None, 0)),
                    Stand::Absent => panic!("everybody is there"),
                }
            }
        };
        same_as_the_matcher(&world, &facts);
        let shown = world.head(Cut::Top(3));
        let wanted = rank(&role, &facts, as_of, Cut::Top(3)).entries;
        prop_assert!(shown.iter().map(|(n, _)| *n).eq(wanted.iter().map(|e| e.number)));
        let shown = world.head(Cut::PerTier(1));
        let wanted = rank(&role, &facts, as_of, Cut::PerTier(1)).entries;
        prop_assert!(shown.iter().map(|(n, _)| *n).eq(wanted.iter().map(|e| e.number)));

        // Somebody of the pool, or somebody new.
        let with = facts_of(other.number.0, &other);
        let would = world.stand_with(&with);
        facts.retain(|f| f.number != with.number);
        facts.push(with.clone());
        let then = World::new(&role, &facts, as_of);
        prop_assert_eq!(would, then.stand(with.number));
        same_as_the_matcher(&then, &facts);
    }

    #[test]
    fn swapped_facts_become_those_of_the_other_state(before in a_person(), after in a_person()) {
        let taxonomy = Taxonomy::embedded();
        let after = Record { number: before.number, ..after };
        let [before, after] = [before, after].map(|record| Person::new(record, &taxonomy));
        let swapped = swaps(&before, &after);
        let last = swapped.last().map_or(&before.facts, |(_, facts)| facts);
        prop_assert_eq!(last, &after.facts);
        let mut states = vec![&before.facts];
        states.extend(swapped.iter().map(|(_, facts)| facts));
        prop_assert!(states.windows(2).all(|pair| pair[0] != pair[1]), "every step is one");
        for (change, _) in &swapped {
            if let FactChange::Value { import: Some(import), to, .. } = change {
                prop_assert!(to.is_some() && (1..4).contains(import));
            }
        }
    }
}

#[test]
fn a_run_is_not_kept_while_another_process_writes() {
    let desk = Desk::new();
    desk.import(&rows(&THREE));
    let (pool, roles) = (desk.pool(), desk.role(ROLE));
    let ranking = pool.rank(roles.clone(), Cut::Top(9), None).unwrap();
    let mut other = Store::open(&desk.path().join("records.db")).unwrap();
    let start = ImportStart {
        file: "x.csv".into(),
        source: "x".into(),
        layout: "plain".into(),
        as_of: "2026-11-01".parse().unwrap(),
        columns: Vec::new(),
    };
    let writing = other.begin_import(start).unwrap();
    let kept = pool.record_run(&ranking, role_texts(&roles), "result", &at("then")).unwrap();
    assert_eq!(kept, Recorded::Busy);
    drop(writing);
    assert_eq!(
        pool.record_run(&ranking, role_texts(&roles), "result", &at("then")).unwrap(),
        Recorded::New(1)
    );
    assert_eq!(
        pool.record_run(&ranking, role_texts(&roles), "result", &at("later")).unwrap(),
        Recorded::Known(1)
    );
    assert_eq!(pool.runs().unwrap()[0].made, "then");
}

fn rows(rows: &[&str]) -> Vec<String> {
    rows.iter().map(|row| (*row).to_owned()).collect()
}

const THREE: [&str; 3] = [
    "1,Ada Moss,ada@example.org,Germany,,\"Django (5 yrs), MySQL\"",
    "2,Bo Reed,bo@example.org,Germany,,\"Django (2 yrs), MySQL\"",
    "3,Cy Ash,cy@example.org,Germany,,Flask (9 yrs)",
];

#[test]
fn the_fact_that_moved_somebody_is_named_with_its_import() {
    let desk = Desk::new();
    desk.import(&rows(&THREE));
    let a = desk.rank(ROLE, Cut::Top(9), "2026-11-01");
    desk.import(&rows(&[
        "2,Bo Reed,bo@example.org,Germany,,\"Django (4 yrs; last used 2026), MySQL\"",
        "3,Cy Ash,cy@example.org,France,,Flask (9 yrs)",
        "1,Ada Moss,ada@example.org,Germany,hired,\"Django (5 yrs), MySQL\"",
    ]));
    let b = desk.rank(ROLE, Cut::Top(9), "2026-11-01");
    let diff = desk.pool().diff(a, b, &[]).unwrap();
    let steps = |n: u32| -> Vec<String> {
        let person = every_person(&diff).find(|p| p.number.0 == n).unwrap();
        person.steps.iter().map(|s| format!("{:?}", s.cause)).collect()
    };
    let [bo, ada, cy] = [2, 1, 3].map(steps);
    assert!(bo[0].starts_with("Person(Skill") && bo[0].contains("import: Some(2)"), "{bo:?}");
    assert!(ada[0].starts_with("Status(Value") && ada.len() == 1, "{ada:?}");
    assert!(
        cy[0].contains("what: \"country\", from: Some(\"DE\"), to: Some(\"FR\"), import: Some(2)"),
        "{cy:?}"
    );
    assert_eq!(diff.imports.iter().map(|i| i.number).collect::<Vec<_>>(), [2]);
}

#[test]
fn causes_are_swapped_in_the_documented_order() {
    let desk = Desk::new();
    desk.import(&rows(&THREE));
    let a = desk.rank(ROLE, Cut::Top(9), "2026-11-01");
    // Everything at once: the date, the role, Bo's own data, and somebody who comes before him.
    desk.import(&rows(&[
        "2,Bo Reed,bo@example.org,Germany,,\"Django (3 yrs; last used 2030), MySQL\"",
        "4,Di Fox,di@example.org,Germany,,\"Django (9 yrs; last used 2030), MySQL (9 yrs)\"",
    ]));
    let role = ROLE.replace("weight = 20", "weight = 10");
    let b = desk.rank(&role, Cut::Top(9), "2030-11-01");
    let diff = desk.pool().diff(a, b, &[]).unwrap();
    let steps = |n: u32| -> Vec<(&str, u64, u64)> {
        let person = every_person(&diff).find(|p| p.number.0 == n).unwrap();
        let place = |stand: &Stand| stand.spot().map_or(0, |spot| spot.place);
        person.steps.iter().map(|s| (s.cause.word(), place(&s.from), place(&s.to))).collect()
    };
    assert_eq!(steps(2), [("role", 2, 2), ("person", 2, 1), ("others", 1, 2)]);
    assert_eq!(steps(4), [("person", 0, 1)]);
    assert_eq!(steps(1), [("role", 1, 1), ("others", 1, 3)]);
}

/// The same taxonomy with every credit for a related skill half as high.
fn other_taxonomy() -> Arc<Taxonomy> {
    let mut tables = Taxonomy::embedded().tables().clone();
    for row in &mut tables.relation_types {
        row.credit = (row.credit / 1_000).max(1) * 500;
    }
    for row in tables.relations.iter_mut().filter(|row| row.credit < 10_000) {
        row.credit = (row.credit / 1_000).max(1) * 500;
    }
    Arc::new(Taxonomy::new(tables, "another taxonomy".to_owned()).unwrap())
}

#[test]
fn another_taxonomy_is_named_and_never_passed_off_as_the_same() {
    let mut desk = Desk::new();
    desk.import(&rows(&THREE));
    let a = desk.rank(ROLE, Cut::Top(9), "2026-11-01");
    desk.taxonomy = other_taxonomy();
    let b = desk.rank(ROLE, Cut::Top(9), "2026-11-01");
    let pool = desk.pool();
    let again = pool.replay(a.clone(), &[]).unwrap();
    assert!(matches!(&again.changed[..], [Changed::Taxonomy { now, .. }] if now == "another taxonomy"));
    assert_ne!(again.ranking.manifest, a.manifest);
    assert_eq!(again.differing().unwrap(), [("django".to_owned(), 1)], "Flask counts less for Django");
    for (from, to) in [(&a, &b), (&b, &a)] {
        let diff = pool.diff(from.clone(), to.clone(), &[]).unwrap();
        adds_up(&diff);
        assert_eq!(causes(&diff), ["taxonomy"]);
        assert_eq!(every_person(&diff).map(|p| p.number.0).collect::<Vec<_>>(), [3]);
    }
    // What neither was kept nor can be made again is refused.
    let unkept = Run { lists: None, ..a };
    assert!(matches!(pool.diff(unkept, b, &[]), Err(EngineError::NoLists(_))));
}

#[test]
fn erased_people_are_named() {
    let desk = Desk::new();
    desk.import(&rows(&THREE));
    let a = desk.rank(ROLE, Cut::Top(9), "2026-11-01");
    let mut store = Store::open(&desk.path().join("records.db")).unwrap();
    store.erase(&[stackscout_store::ToErase::asked(CandidateNumber(1))]).unwrap();
    store.close();
    let b = desk.rank(ROLE, Cut::Top(9), "2026-11-01");
    let pool = desk.pool();
    let a = pool.run(&a.name).unwrap();
    let again = pool.replay(a.clone(), &[]).unwrap();
    assert_eq!(again.changed, [Changed::Erased(vec![CandidateNumber(1)])]);
    let diff = pool.diff(a, b, &[]).unwrap();
    assert_eq!(diff.erased, [CandidateNumber(1)]);
    assert_eq!(causes(&diff), ["erased"]);
    assert!(every_person(&diff).all(|p| p.number.0 != 1));
    assert!(matches!(pool.find_candidate("c0000001"), Err(EngineError::Erased(CandidateNumber(1)))));
}

#[test]
fn another_pool_and_roles_that_are_gone_are_refused_by_name() {
    let desk = Desk::new();
    desk.import(&rows(&THREE));
    let pool = desk.pool();
    let kept_nowhere = pool.rank(desk.role(ROLE), Cut::Top(9), None).unwrap();
    let file = desk.folder.path().join("manifest.json");
    std::fs::write(&file, kept_nowhere.manifest.to_text()).unwrap();
    let run = pool.run(&file.to_string_lossy()).unwrap();
    assert_eq!((&run.manifest, run.number, &run.lists), (&kept_nowhere.manifest, None, &None));
    let gone = pool.replay(run.clone(), &[]);
    assert!(matches!(gone, Err(EngineError::RolesGone { ref roles }) if roles[..] == ["django"]));
    assert!(pool.replay(run.clone(), &desk.role(&ROLE.replace("20", "30"))).is_err(), "another content");
    let again = pool.replay(run.clone(), &desk.role(ROLE)).unwrap();
    assert_eq!(lists(&again.ranking), lists(&kept_nowhere));

    let other = Desk::new();
    other.import(&rows(&THREE[..2]));
    assert!(matches!(other.pool().replay(run, &desk.role(ROLE)), Err(EngineError::OtherPool { change: 1 })));
    std::fs::write(&file, "{}").unwrap();
    assert!(matches!(pool.run(&file.to_string_lossy()), Err(EngineError::NotAManifest { .. })));
    assert!(matches!(pool.run("7"), Err(EngineError::NoRun(_))));
}

#[test]
fn who_is_not_on_the_list_is_explained_as_of_then() {
    let desk = Desk::new();
    desk.import(&rows(&THREE));
    let a = desk.rank(ROLE, Cut::Top(1), "2026-11-01");
    desk.import(&rows(&["3,Cy Ash,cy@example.org,Germany,,Django (9 yrs)"]));
    let pool = desk.pool();
    let found = pool.explain_in_run(a.clone(), "roles/django.toml", "cy@example.org").unwrap();
    let standing = &found.explanation.standing;
    assert_eq!((standing.entry.place, standing.listed, standing.entry.tier.letter()), (3, 3, "C"));
    assert_eq!((found.entry, found.cut_off.map(|e| (e.place, e.number.0))), (None, Some((1, 1))));
    let now = pool.explain(desk.role(ROLE).remove(0), CandidateNumber(3), None).unwrap();
    assert_eq!(now.standing.entry.tier.letter(), "A");
    assert!(matches!(pool.explain_in_run(a, "rails", "1"), Err(EngineError::NoRoleInRun { .. })));
}

#[test]
fn a_name_or_address_finds_one_person_or_names_all() {
    let desk = Desk::new();
    desk.import(&rows(&THREE));
    desk.import(&rows(&[
        "4,Bo Reed,bo.reed@example.org,Austria,,\"Django, Go\"",
        "5,Bo Reed Moss,shared@example.org,,,Go",
        "6,Di Fox,shared@example.org,,,Go",
        "7,Ed Oak,info@example.org,,,Go",
    ]));
    let pool = desk.pool();
    let find = |who: &str| pool.find_candidate(who).map(|n| n.0).map_err(|e| e.to_string());
    for (who, number) in [
        ("c1", 1),
        ("2", 2),
        ("moss, ada", 1),
        ("ADA@example.org", 1),
        ("Cy", 3),
        ("Bo Reed Moss", 5),
        ("info@example.org", 7),
    ] {
        assert_eq!(find(who), Ok(number), "{who}");
    }
    let several = find("bo reed").unwrap_err();
    assert!(
        several.starts_with(
            "2 people have this name: c0000002 (people, DE, 2 skills), c0000004 (people, AT, 2 skills)"
        ),
        "{several}"
    );
    let several = find("shared@example.org").unwrap_err();
    assert!(several.starts_with("2 people have this e-mail address: c0000005 (people, "), "{several}");
    assert_eq!(find("Zoe Nobody").unwrap_err(), "nobody in this pool has this name");
    assert!(!find("zoe@example.org").unwrap_err().contains("zoe"), "no text of a person in an error");
    let then = |who: &str| pool.find_candidate_at(who, 1).map(|n| n.0).ok();
    assert_eq!(
        [then("Bo Reed"), then("shared@example.org"), then("4"), then("c4")],
        [Some(2), None, None, None]
    );
}

#[test]
fn a_decision_leaves_out_where_it_counts_and_is_named_as_the_cause() {
    let desk = Desk::new();
    let row = |id: u8| {
        format!("{id},P {id},p{id}@example.org,Germany,,\"Django (5 yrs; last used 2025), MySQL (3 yrs)\"")
    };
    desk.import(&(1..=5).map(row).collect::<Vec<_>>());
    let before = desk.rank(ROLE, Cut::Top(9), "2026-11-01");
    desk.decide(1, "django", DecisionState::Rejected);
    desk.decide(2, "other", DecisionState::Rejected);
    desk.decide(3, "other", DecisionState::InProcess);
    desk.decide(4, "other", DecisionState::Hired);
    desk.decide(5, "django", DecisionState::Shortlisted);
    let after = desk.rank(ROLE, Cut::Top(9), "2026-11-01");
    let lists = after.lists.as_ref().unwrap();
    let mut on: Vec<u32> = lists[0].entries.iter().map(|e| e.number.0).collect();
    on.sort_unstable();
    assert_eq!(on, [2, 5]);
    let left_out: Vec<(&str, u64)> = lists[0].left_out.iter().map(|(key, n)| (key.as_str(), *n)).collect();
    assert_eq!(left_out, [("hired", 1), ("in_process", 1), ("rejected", 1)]);
    let pool = desk.pool();
    let diff = pool.diff(before, after.clone(), &[]).unwrap();
    let left: Vec<_> = every_person(&diff).filter(|p| p.fate == Fate::Left).collect();
    assert_eq!(left.len(), 3);
    for person in left {
        let Cause::Decision { from: None, to: Some(decision) } = &person.steps[0].cause else {
            panic!("{:?}", person.steps)
        };
        assert_eq!((decision.candidate, decision.who.as_str()), (person.number, "anna"));
    }
    let explained = pool.explain_in_run(after, "django", "p1@example.org").unwrap().explanation;
    assert_eq!(explained.standing.left_out.map(|reason| reason.word()), Some("rejected"));
    assert_eq!(explained.decisions.len(), 1);
    drop(pool);
    desk.decide(1, "django", DecisionState::TakenBack);
    desk.decide(4, "other", DecisionState::TakenBack);
    let lists = desk.rank(ROLE, Cut::Top(9), "2026-11-01").lists.unwrap();
    assert_eq!(lists[0].entries.len(), 4, "what was taken back counts no more");
}
