//! A dozen people, a small taxonomy, and an index of them.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use stackscout_evidence::{BuildOptions, EvidenceSet};
use stackscout_profile::{
    Candidate, CandidateNumber, Cell, Date, Facts, Field, Part, Reading as CellReading, Record, Value,
};
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::tables::{
    CaseRow, RelationRow, RoleFamilyRow, SkillRow, SkillTraitRow, SpellingRow, Tables, TraitRow,
};

use crate::query::Node;
use crate::{
    Finder, ImportDays, Index, IndexDocument, IndexState, IndexWriter, OpenIndex, Query, Reading, SavedQuery,
};

pub(super) static TAXONOMY: LazyLock<Arc<Taxonomy>> = LazyLock::new(|| Arc::new(taxonomy()));

/// Id, name and kind.
const SKILLS: [(&str, &str, &str); 17] = [
    ("c", "C", "language"),
    ("cpp", "C++", "language"),
    ("csharp", "C#", "language"),
    ("django", "Django", "backend-framework"),
    ("dotnet", ".NET", "language"),
    ("drf", "Django REST Framework", "backend-framework"),
    ("flask", "Flask", "backend-framework"),
    ("java", "Java", "language"),
    ("nodejs", "Node.js", "language"),
    ("postgres", "PostgreSQL", "database"),
    ("python", "Python", "language"),
    ("rails", "Ruby on Rails", "backend-framework"),
    ("react", "React", "frontend-framework"),
    ("react-native", "React Native", "language"),
    ("ruby", "Ruby", "language"),
    ("spring-boot", "Spring Boot", "language"),
    ("objective-c", "Objective-C", "language"),
];

fn taxonomy() -> Taxonomy {
    let row = |(id, name, kind): &(&str, &str, &str)| SkillRow {
        id: (*id).into(),
        name: (*name).into(),
        kind: (*kind).into(),
        source: "test".into(),
        ..SkillRow::default()
    };
    let spelling = |(spelling, skill): (&str, &str)| SpellingRow {
        spelling: spelling.into(),
        skill: skill.into(),
        context: String::new(),
        source: "test".into(),
    };
    let implies = |(from, to): (&str, &str)| RelationRow {
        from: from.into(),
        to: to.into(),
        relation: "implies".into(),
        credit: 10_000,
        source: "test".into(),
    };
    let tables = Tables {
        skills: SKILLS.iter().map(row).collect(),
        spellings: [("postgres", "postgres"), ("pg", "postgres"), ("ror", "rails"), ("node", "nodejs")]
            .map(spelling)
            .into(),
        relations: [
            ("drf", "django"),
            ("django", "python"),
            ("flask", "python"),
            ("rails", "ruby"),
            ("react-native", "react"),
            ("spring-boot", "java"),
        ]
        .map(implies)
        .into_iter()
        .chain([RelationRow {
            from: "csharp".into(),
            to: "java".into(),
            relation: "similar".into(),
            credit: 6_000,
            source: "test".into(),
        }])
        .collect(),
        traits: vec![TraitRow {
            id: "convention-over-configuration".into(),
            name: "Convention over configuration".into(),
            kind: "philosophy".into(),
            also: "CoC".into(),
            source: "test".into(),
        }],
        skill_traits: vec![SkillTraitRow {
            skill: "rails".into(),
            trait_id: "convention-over-configuration".into(),
            source: "test".into(),
        }],
        cases: ["django", "postgres"]
            .map(|skill| CaseRow {
                id: "instagram".into(),
                name: "Instagram".into(),
                skill: skill.into(),
                source: "test".into(),
            })
            .into(),
        role_families: vec![RoleFamilyRow {
            id: "full-stack".into(),
            name: "Full-stack".into(),
            also: "full stack developer".into(),
            kinds: "backend-framework;frontend-framework;database".into(),
            source: "test".into(),
        }],
        ..Tables::default()
    };
    Taxonomy::new(tables, "test".into()).unwrap()
}

/// A person as stored and as read.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub candidate: Candidate,
    pub record: Record,
}

impl Person {
    pub(super) fn document(&self) -> IndexDocument<'_> {
        let (candidate, record) = (&self.candidate, &self.record);
        IndexDocument { candidate, record, taxonomy: &TAXONOMY, imports: &IMPORTS }
    }
}

/// The people of one import a source each, a month apart.
static IMPORTS: LazyLock<ImportDays> = LazyLock::new(|| {
    let day = |n: u32| Some((n, Date::new(2026, i8::try_from(n).ok()? + 7, 1)?));
    (1..=4).filter_map(day).collect()
});

static SAVED: LazyLock<Vec<SavedQuery>> = LazyLock::new(|| {
    let saved = |name: &str, query: &str, seen: &[u32]| SavedQuery {
        name: name.into(),
        query: query.into(),
        seen: seen.iter().copied().map(CandidateNumber).collect(),
    };
    vec![saved("back-end", "kind:backend-framework -rails", &[1, 2, 3, 10]), saved("old", "nonsense:x", &[])]
});

/// What queries are read with: the fourth import was today.
pub(super) fn reading() -> Reading<'static> {
    Reading { taxonomy: &TAXONOMY, today: Date::new(2026, 11, 1), saved: &SAVED }
}

/// A person by `column=text` cells, each column named for its field.
pub(super) fn person(number: u32, source: &str, cells: &[(Field, &str)]) -> Person {
    let value = |(field, text): &(Field, &str)| Value {
        field: *field,
        column: field.word().to_owned(),
        text: (*text).to_owned(),
        cell: Cell { import: number.div_ceil(3), line: u64::from(number) },
        reading: CellReading::default(),
    };
    let part = Part::new(source, Some(number.to_string()), cells.iter().map(value).collect());
    let record = Record::new(CandidateNumber(number), part);
    let (candidate, issues) = Candidate::read(&record, &TAXONOMY);
    assert!(issues.is_empty(), "{issues:?}");
    Person { candidate, record }
}

pub(super) fn people() -> Vec<Person> {
    use Field::*;
    vec![
        person(
            1,
            "greenhouse",
            &[
                (Name, "Zoë Müller"),
                (Title, "Senior Django Developer"),
                (Skills, "Python, Django, PostgreSQL"),
                (Country, "Germany"),
                (City, "Berlin"),
                (TotalYears, "7"),
                (Email, "zoe@example.com"),
                (Remote, "yes"),
            ],
        ),
        person(
            2,
            "greenhouse",
            &[
                (Name, "Ben O'Brien"),
                (Skills, "DRF; Python"),
                (Skills, "Django REST Framework"),
                (Country, "IE"),
                (City, "Dublin"),
                (TotalYears, "3.5"),
            ],
        ),
        person(
            3,
            "greenhouse",
            &[
                (Name, "Chen Wei"),
                (Title, "Mobile developer"),
                (Skills, "React Native, React"),
                (Location, "Berlin, Germany"),
                (Summary, "Clean code. Loves payments in Berlin."),
            ],
        ),
        person(
            4,
            "csv",
            &[
                (Name, "Dana Fox"),
                (Skills, "Ruby on Rails, postgres"),
                (Country, "US"),
                (City, "New York"),
                (TotalYears, "0"),
                (Remote, "no"),
                (Relocation, "yes"),
            ],
        ),
        person(
            5,
            "csv",
            &[
                (Name, "Eve Adams"),
                (Skills, "Ruby"),
                (Interests, "Rails; Django"),
                (Country, "US"),
                (City, "new  york"),
                (TotalYears, "12"),
            ],
        ),
        person(
            6,
            "csv",
            &[
                (Name, "Finn"),
                (Skills, "Spring Boot, Java, C++"),
                (ExpectedPay, "70000 EUR"),
                (TotalYears, "5"),
            ],
        ),
        person(
            7,
            "csv",
            &[
                (Title, "Spring cleaning, boot repair"),
                (Notes, "code review; clean desk"),
                (TotalYears, "5.1"),
            ],
        ),
        person(
            8,
            "Ticket System",
            &[(Name, "Gus Berlin"), (Skills, "C#, .NET"), (Country, "DE"), (Relocation, "no")],
        ),
        person(
            9,
            "Ticket System",
            &[
                (Name, "Hana 東京"),
                (Skills, "Node.js, Objective-C"),
                (Country, "JP"),
                (City, "東京"),
                (Status, "hired"),
            ],
        ),
        person(
            10,
            "Ticket System",
            &[(Skills, "C, Python, Flask"), (Summary, "payments and billing"), (Employer, "Clean Code Ltd")],
        ),
        person(
            11,
            "Ticket System",
            &[
                (Name, "Ivy Müller-Lüdenscheidt"),
                (Email, "ivy@example.com"),
                (Languages, "German"),
                (Permit, "DE"),
            ],
        ),
        person(12, "Ticket System", &[]),
    ]
}

pub(super) fn put(writer: &mut IndexWriter, person: &Person) {
    writer.put(&person.document()).unwrap();
}

pub(super) fn state(change: u64, candidates: usize) -> IndexState {
    IndexState::new(change, "test", candidates as u64)
}

/// An index of these people, spread over several segments.
pub(super) fn build(dir: &Path, people: &[Person]) {
    let mut writer = IndexWriter::open_or_create(dir).unwrap();
    for (i, group) in people.chunks(5).enumerate() {
        group.iter().for_each(|person| put(&mut writer, person));
        writer.commit(state(i as u64 + 1, (i * 5 + group.len()).min(people.len()))).unwrap();
    }
}

pub(super) fn open(dir: &Path) -> Index {
    match Index::open(dir).unwrap() {
        OpenIndex::Ready(index) => *index,
        other => panic!("{other:?}"),
    }
}

pub(super) fn parse(query: &str) -> Query {
    Query::read(query, &reading()).unwrap_or_else(|e| panic!("{}", e.render(query)))
}

/// A finder over the index in a folder, with the columns of these people.
pub(super) fn finder(dir: &Path, people: &[Person]) -> Finder {
    let facts: Vec<Facts> = people.iter().map(|person| person.candidate.facts()).collect();
    let options = BuildOptions::new(TAXONOMY.skills().len(), "test");
    let index = open(dir);
    Finder::new(dir, index.state().clone(), EvidenceSet::in_memory(&facts, options))
        .with_searcher(index.searcher())
}

pub(super) fn found(finder: &Finder, query: &Query) -> Vec<u32> {
    let numbers: Vec<u32> = finder.numbers(query).unwrap().into_iter().map(|n| n.0).collect();
    assert_eq!(finder.find(query).unwrap().total(), numbers.len() as u64);
    numbers
}

/// Whom the index alone finds by a query of a single clause.
pub(super) fn looked_up(index: &Index, text: &str) -> Vec<u32> {
    match parse(text).root() {
        Node::Leaf(leaf) => index.searcher().numbers_of(leaf),
        Node::All => index.searcher().everybody(),
        other => panic!("{text}: {other:?}"),
    }
}
