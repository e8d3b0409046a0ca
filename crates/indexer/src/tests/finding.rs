//! - random queries over random pools find, in columns and index together, whom the definition names: with any size of
//!   blocks, with classes of evidence that have no code, and with people who changed or went since the columns were made
//! - facets are the counts of those whom the definition names, one by one
//! - what is found is the same in every clause order
//! - the words of names that begin so are those that people have, the most frequent first, over all segments
//! - columns that are compared as they are read give the right answer or say that they are damaged, whichever byte is

use std::collections::BTreeMap;
use std::path::Path;

use stackscout_evidence::{BaseWriter, BuildOptions, Change, EvidenceError, EvidenceSet, LazySet};
use stackscout_profile::{CandidateNumber, Field, Years};

use super::pool::{Person, TAXONOMY, build, open, parse, person, put, state};
use super::twin::{Random, matching, random_query};
use crate::query::KeyField;
use crate::words::words;
use crate::{Counted, Facet, Finder, IndexError, IndexWriter, Query};

fn random_person(random: &mut Random, number: u32) -> Person {
    let skills = [
        "Python",
        "Django (4 yrs)",
        "Django: 2",
        "DRF",
        "Flask",
        "Rails",
        "Ruby (10 years)",
        "PostgreSQL 15",
        "C++",
        "React Native",
        "Spring Boot",
        "Node.js",
        "Java (1 year)",
    ];
    let mut cells: Vec<(Field, String)> = Vec::new();
    let mut add = |random: &mut Random, field: Field, of: &[&str]| {
        if random.below(3) > 0 {
            cells.push((field, random.of(of).to_owned()));
        }
    };
    add(random, Field::Name, &["Zoë Müller", "Ben O'Brien", "Gus Berlin", "Dana Fox"]);
    add(random, Field::Title, &["Developer", "Senior Django Developer", "Berlin office"]);
    add(random, Field::Country, &["DE", "US", "JP", "NL"]);
    add(random, Field::City, &["Berlin", "New York", "東京"]);
    add(random, Field::TotalYears, &["0", "1", "3", "5", "5.1", "7", "12", "31"]);
    add(random, Field::Remote, &["yes", "no"]);
    add(random, Field::Relocation, &["yes", "no"]);
    add(random, Field::Interests, &["Rails", "Django"]);
    add(random, Field::Permit, &["DE", "US"]);
    add(random, Field::Notes, &["Clean code, payments", "Loves clean desks", "code review"]);
    add(random, Field::ExpectedPay, &["70000 EUR", "6000 EUR per month", "90000 EUR"]);
    add(random, Field::Languages, &["German", "German, French"]);
    add(random, Field::Seniority, &["Senior", "Mid-level"]);
    add(random, Field::Tags, &["hot; java", "hot"]);
    add(random, Field::Stage, &["Phone screen", "Offer"]);
    add(random, Field::OptOut, &["no", "yes"]);
    if random.below(6) == 0 {
        cells.push((Field::Status, random.of(&["hired", "opted out"]).to_owned()));
    }
    let held: Vec<&str> = (0..random.below(6)).map(|_| random.of(&skills)).collect();
    if !held.is_empty() {
        cells.push((Field::Skills, held.join("; ")));
    }
    let cells: Vec<(Field, &str)> = cells.iter().map(|(field, text)| (*field, text.as_str())).collect();
    let source = random.of(&["csv", "greenhouse", "Ticket System"]);
    person(number, source, &cells)
}

fn options(random: &mut Random) -> BuildOptions<'static> {
    let block_people = [7, 32, 64, 32_768][random.below(4)];
    let classes_max = [2, 5, u16::MAX][random.below(3)];
    BuildOptions { block_people, classes_max, ..BuildOptions::new(TAXONOMY.skills().len(), "test") }
}

/// The pool, and a finder over it. Some people were otherwise, or somebody else, when the base was made.
fn finder(random: &mut Random) -> (Vec<Person>, Finder) {
    let count = u32::try_from(random.below(90)).unwrap();
    let before: Vec<Person> = (1..=count).map(|number| random_person(random, number)).collect();
    let (columns, index) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let options = options(random);
    let mut base = BaseWriter::new(options);
    before.iter().for_each(|person| base.put(&person.candidate.facts()));
    let files = base.write(columns.path()).unwrap();
    let mut evidence = LazySet::open(columns.path(), &files, "test").unwrap();
    build(index.path(), &before);
    let mut people = before;
    if count > 40 && random.below(2) == 0 {
        let gone = CandidateNumber(3);
        let mut change = Change { removed: vec![gone], ..Change::default() };
        let changed = random_person(random, 5);
        change.put.push(changed.candidate.facts());
        let mut writer = IndexWriter::open_or_create(index.path()).unwrap();
        put(&mut writer, &changed);
        writer.remove(&[gone]).unwrap();
        people.retain(|person| person.candidate.number != gone && person.candidate.number.0 != 5);
        people.push(changed);
        writer.commit(state(99, people.len())).unwrap();
        let whole = evidence.whole().unwrap();
        let files = whole.write_changed(columns.path(), &files[0], &change, options).unwrap();
        evidence = LazySet::open(columns.path(), &files, "test").unwrap();
        assert_eq!(evidence.people(), people.len());
    }
    if count == 0 {
        let mut writer = IndexWriter::open_or_create(index.path()).unwrap();
        writer.commit(state(1, 0)).unwrap();
    }
    let index = open(index.path());
    (
        people,
        Finder::new(Path::new("opened"), index.state().clone(), evidence).with_searcher(index.searcher()),
    )
}

fn slow_facet(facet: Facet, people: &[&Person]) -> (BTreeMap<String, u64>, u64) {
    let (mut counts, mut unknown) = (BTreeMap::new(), 0);
    for person in people {
        let c = &person.candidate;
        let skill = |s: &stackscout_profile::HeldSkill| TAXONOMY.skill(s.evidence.skill);
        let keys = |field| person.document().keys(field);
        let mut values: Vec<String> = match facet {
            Facet::Skill => c.skills.iter().map(|s| skill(s).id.clone()).collect(),
            Facet::Kind => c.skills.iter().map(|s| skill(s).kind.clone()).collect(),
            Facet::Country => c.country.iter().map(|c| c.code().to_owned()).collect(),
            Facet::City => keys(KeyField::City),
            Facet::Seniority => keys(KeyField::Seniority),
            Facet::Remote => c.remote.iter().map(|yes| if *yes { "yes" } else { "no" }.to_owned()).collect(),
            Facet::Years => c.total_years.map(band).into_iter().collect(),
            Facet::Source => keys(KeyField::Source),
            Facet::Tag => keys(KeyField::Tag),
            Facet::Stage => keys(KeyField::Stage),
        };
        values.sort();
        values.dedup();
        unknown += u64::from(values.is_empty());
        values.into_iter().for_each(|value| *counts.entry(value).or_insert(0) += 1);
    }
    (counts, unknown)
}

fn band(years: Years) -> String {
    match years.tenths() {
        0..20 => "0..1.9",
        20..50 => "2..4.9",
        50..100 => "5..9.9",
        100..150 => "10..14.9",
        150..200 => "15..19.9",
        _ => ">=20",
    }
    .to_owned()
}

#[test]
fn random_queries_over_random_pools_find_whom_the_definition_names() {
    let mut random = Random(0xF1DE);
    let mut sizes = std::collections::BTreeSet::new();
    for _ in 0..12 {
        let (people, finder) = finder(&mut random);
        for _ in 0..100 {
            let text = random_query(&mut random, 4);
            let query = parse(&text);
            let expected = matching(&query, &people);
            let found = finder.find(&query).unwrap();
            let numbers: Vec<u32> = finder.numbers(&query).unwrap().into_iter().map(|n| n.0).collect();
            assert_eq!(numbers, expected, "{text}");
            assert_eq!(found.total(), expected.len() as u64, "{text}");
            let those: Vec<&Person> =
                people.iter().filter(|p| expected.contains(&p.candidate.number.0)).collect();
            for counted in finder.facets(&found, &Facet::ALL, &TAXONOMY).unwrap() {
                let (counts, unknown) = slow_facet(counted.facet, &those);
                assert_eq!(counted.unknown, unknown, "{text}: {}", counted.facet);
                let in_order = counted.values.is_sorted_by(|a, b| (b.1, &a.0) <= (a.1, &b.0));
                assert!(in_order || counted.facet == Facet::Years, "{text}: {:?}", counted.values);
                assert_eq!(counted.values.into_iter().collect::<BTreeMap<_, _>>(), counts, "{text}");
            }
            sizes.insert(expected.len());
        }
    }
    assert!(sizes.len() > 30, "{sizes:?}");
}

#[test]
fn whichever_byte_of_the_columns_is_damaged_an_answer_is_right() {
    const QUERIES: [&str; 6] = [
        "django",
        "django >= 3y or -python",
        "country:de years>=5",
        "kind:backend-framework remote:yes",
        "permit:de",
        "id:c7",
    ];
    let mut random = Random(0xDA_4A6E);
    let dir = tempfile::tempdir().unwrap();
    // So many that the columns have several blocks.
    let people: Vec<Person> = (1..=20_000).map(|number| random_person(&mut random, number)).collect();
    let options = BuildOptions { block_people: 8_192, ..BuildOptions::new(TAXONOMY.skills().len(), "test") };
    let mut base = BaseWriter::new(options);
    people.iter().for_each(|person| base.put(&person.candidate.facts()));
    let files = base.write(dir.path()).unwrap();
    let path = dir.path().join(&files[0].name);
    let whole = std::fs::read(&path).unwrap();
    let facets = [Facet::Skill, Facet::Kind, Facet::Country, Facet::Remote, Facet::Years];
    let queries = QUERIES.map(parse);
    let damaged = || IndexError::Columns(EvidenceError::Damaged { reason: String::new() });
    let answer = |set: LazySet| {
        let finder = Finder::new(Path::new("none"), state(1, people.len()), set);
        let mut answers: Vec<Result<(u64, Vec<Counted>), IndexError>> = Vec::new();
        for query in &queries {
            // Counting people reads less than counting what they have in common.
            match finder.find(query) {
                Ok(found) => {
                    answers.push(Ok((found.total(), Vec::new())));
                    let counted = finder.facets(&found, &facets, &TAXONOMY);
                    answers.push(counted.map(|counted| (found.total(), counted)));
                }
                Err(error) => answers.extend([Err(error), Err(damaged())]),
            }
        }
        answers
    };
    let open = || LazySet::open(dir.path(), &files, "test");
    let wanted: Vec<_> = answer(open().unwrap()).into_iter().map(Result::unwrap).collect();
    let (mut right, mut refused) = (0, 0);
    for at in (0..whole.len()).step_by(whole.len() / 150) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        // A new file: the old one stays mapped.
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, &flipped).unwrap();
        let set = match open() {
            Ok(set) => set,
            Err(EvidenceError::Damaged { .. }) => {
                refused += 1;
                continue;
            }
            Err(other) => panic!("byte {at}: {other:?}"),
        };
        for (answer, wanted) in answer(set).into_iter().zip(&wanted) {
            match answer {
                Ok(answer) => {
                    assert_eq!(answer, *wanted, "byte {at}");
                    right += 1;
                }
                Err(IndexError::Columns(EvidenceError::Damaged { .. })) => refused += 1,
                Err(other) => panic!("byte {at}: {other:?}"),
            }
        }
    }
    assert!(right > 20 && refused > 20, "{right} right, {refused} refused");
}

#[test]
fn words_of_names_are_counted_over_all_segments() {
    let mut random = Random(0x0A11);
    let dir = tempfile::tempdir().unwrap();
    let names = ["Ada", "Adam", "Adán", "Adele", "Ben", "Bea", "Beate", "O'Brien", "Müller", "Moss"];
    let people: Vec<Person> = (1..=120)
        .map(|number| {
            let name = format!("{} {}", random.of(&names), random.of(&names));
            person(number, "csv", &[(Field::Name, &name)])
        })
        .collect();
    // A commit for each few, which are segments of their own until they are merged.
    let mut writer = IndexWriter::open_or_create(dir.path()).unwrap();
    for (at, some) in people.chunks(25).enumerate() {
        some.iter().for_each(|person| put(&mut writer, person));
        writer.commit(state(at as u64 + 1, ((at + 1) * 25).min(people.len()))).unwrap();
    }
    let searcher = open(dir.path()).searcher();
    assert!(searcher.segments().len() > 1);
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for person in &people {
        let mut own = words(person.candidate.name.as_deref().unwrap());
        own.sort();
        own.dedup();
        own.into_iter().for_each(|word| *counts.entry(word).or_insert(0) += 1);
    }
    for beginning in ["a", "ad", "ada", "adan", "b", "be", "m", "o", "x", "br"] {
        let begin = counts.iter().filter(|(word, _)| word.starts_with(beginning));
        let mut wanted: Vec<(String, u64)> = begin.map(|(word, count)| (word.clone(), *count)).collect();
        wanted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for limit in [0, 1, 2, 3, 100] {
            let first: Vec<(String, u64)> = wanted.iter().take(limit).cloned().collect();
            assert_eq!(searcher.name_words(beginning, limit).unwrap(), first, "{beginning} {limit}");
        }
    }
}

#[test]
fn clauses_are_dropped_and_joined() {
    let query = parse("django country:de (payments or rails)");
    let understood: Vec<String> = query.clauses().iter().map(Query::understood).collect();
    assert_eq!(understood, ["skill:django", "country:DE", "text:payments or skill:rails"]);
    assert_eq!(query.without(1), parse("django (payments or rails)"));
    assert_eq!(parse("django").without(0), Query::everybody());
    assert_eq!(query.clauses().into_iter().fold(Query::everybody(), |all, one| all.and(&one)), query);
}

#[test]
fn an_index_that_is_damaged_or_newer_gives_no_answer() {
    let dir = tempfile::tempdir().unwrap();
    let people = super::pool::people();
    build(dir.path(), &people);
    let facts: Vec<_> = people.iter().map(|person| person.candidate.facts()).collect();
    let evidence = || EvidenceSet::in_memory(&facts, BuildOptions::new(TAXONOMY.skills().len(), "test"));
    let index_state = open(dir.path()).state().clone();
    let finder = || Finder::new(dir.path(), index_state.clone(), evidence());
    // Columns know who holds a skill; only words need the index.
    let (skill, word) = (parse("django country:de"), parse("payments"));
    assert_eq!(finder().find(&word).unwrap().total(), 2);
    let file = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|e| e == "pos"))
        .unwrap();
    let whole = std::fs::read(&file).unwrap();
    let mut flipped = whole.clone();
    flipped[0] ^= 1;
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, &flipped).unwrap();
    assert_eq!(finder().find(&skill).unwrap().total(), 1);
    assert!(matches!(finder().find(&word), Err(IndexError::Damaged { .. })));
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, &whole).unwrap();
    let mut writer = IndexWriter::open_or_create(dir.path()).unwrap();
    writer.remove(&[CandidateNumber(12)]).unwrap();
    writer.commit(state(50, people.len() - 1)).unwrap();
    assert!(matches!(finder().find(&word), Err(IndexError::Replaced { .. })));
}
