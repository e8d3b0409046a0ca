//! A dozen people, a small taxonomy, and an index of them.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use stackscout_profile::{Candidate, CandidateNumber, Cell, Field, Part, Reading, Record, Value};
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::tables::{RelationRow, SkillRow, SpellingRow, Tables};

use crate::{Index, IndexDocument, IndexState, IndexWriter, OpenIndex, Query, Searcher};

pub(super) static TAXONOMY: LazyLock<Arc<Taxonomy>> = LazyLock::new(|| Arc::new(taxonomy()));

const SKILLS: [(&str, &str); 17] = [
    ("c", "C"),
    ("cpp", "C++"),
    ("csharp", "C#"),
    ("django", "Django"),
    ("dotnet", ".NET"),
    ("drf", "Django REST Framework"),
    ("flask", "Flask"),
    ("java", "Java"),
    ("nodejs", "Node.js"),
    ("postgres", "PostgreSQL"),
    ("python", "Python"),
    ("rails", "Ruby on Rails"),
    ("react", "React"),
    ("react-native", "React Native"),
    ("ruby", "Ruby"),
    ("spring-boot", "Spring Boot"),
    ("objective-c", "Objective-C"),
];

fn taxonomy() -> Taxonomy {
    let row = |(id, name): &(&str, &str)| SkillRow {
        id: (*id).into(),
        name: (*name).into(),
        kind: "skill".into(),
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
        .into(),
        ..Tables::default()
    };
    Taxonomy::new(tables, "test".into()).unwrap()
}

/// A person and the sources that know them.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub candidate: Candidate,
    pub sources: Vec<String>,
}

/// A person by `column=text` cells, each column named for its field.
pub(super) fn person(number: u32, source: &str, cells: &[(Field, &str)]) -> Person {
    let value = |(field, text): &(Field, &str)| Value {
        field: *field,
        column: field.word().to_owned(),
        text: (*text).to_owned(),
        cell: Cell { import: 1, line: u64::from(number) },
        reading: Reading::default(),
    };
    let part = Part::new(source, Some(number.to_string()), cells.iter().map(value).collect());
    let record = Record::new(CandidateNumber(number), part);
    let (candidate, issues) = Candidate::read(&record, &TAXONOMY);
    assert!(issues.is_empty(), "{issues:?}");
    Person { candidate, sources: vec![source.to_owned()] }
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
    let document =
        IndexDocument { candidate: &person.candidate, sources: &person.sources, taxonomy: &TAXONOMY };
    writer.put(&document).unwrap();
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
    Query::parse(query, &TAXONOMY).unwrap_or_else(|e| panic!("{}", e.render(query)))
}

pub(super) fn found(searcher: &Searcher, query: &Query) -> Vec<u32> {
    let numbers: Vec<u32> = searcher.numbers(query).unwrap().into_iter().map(|n| n.0).collect();
    assert_eq!(searcher.count(query).unwrap(), numbers.len() as u64);
    numbers
}
