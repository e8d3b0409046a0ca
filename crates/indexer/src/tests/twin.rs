//! The definition of every query form, slowly: the tree evaluated straight over the candidates. Random queries find
//! the same people in the index and here, however the people are spread over segments.

use super::pool::{Person, TAXONOMY, build, found, open, parse, people, put, state};
use crate::document::texts;
use crate::query::{Leaf, Node, Place};
use crate::words::{city_key, source_key, words};
use crate::{IndexWriter, Query};

pub(super) fn matching(query: &Query, people: &[Person]) -> Vec<u32> {
    let mut numbers: Vec<u32> =
        people.iter().filter(|p| matches(query.root(), p)).map(|p| p.candidate.number.0).collect();
    numbers.sort_unstable();
    numbers
}

fn matches(node: &Node, person: &Person) -> bool {
    match node {
        Node::All => true,
        Node::And(parts) => parts.iter().all(|part| matches(part, person)),
        Node::Or(parts) => parts.iter().any(|part| matches(part, person)),
        Node::Not(part) => !matches(part, person),
        Node::Leaf(leaf) => asked(leaf, person),
    }
}

fn asked(leaf: &Leaf, person: &Person) -> bool {
    let c = &person.candidate;
    match leaf {
        Leaf::Skill(skill) => c.held(skill.ix).is_some(),
        Leaf::Like { skill, .. } => {
            c.skills.iter().any(|s| TAXONOMY.is_or_implies(s.evidence.skill, skill.ix))
        }
        Leaf::Wants(skill) => c.interests.contains(&skill.ix),
        Leaf::Phrase { place, words: phrase } => {
            let within = |text: &str| words(text).windows(phrase.len()).any(|w| w == phrase);
            match place {
                Place::Text => texts(c).any(within),
                Place::Title => c.title.as_deref().is_some_and(within),
                Place::Name => c.name.as_deref().is_some_and(within),
            }
        }
        Leaf::Country(country) => c.country == Some(*country),
        Leaf::City(key) => c.city.as_deref().is_some_and(|city| city_key(city) == *key),
        Leaf::Source(key) => person.sources.iter().any(|source| source_key(source) == *key),
        Leaf::Remote(yes) => c.remote == Some(*yes),
        Leaf::Relocation(yes) => c.relocation == Some(*yes),
        Leaf::Years { min_tenths, max_tenths } => {
            c.total_years.is_some_and(|y| (*min_tenths..=*max_tenths).contains(&y.tenths()))
        }
        Leaf::Has(feature) => feature.is_known_of(c),
        Leaf::Missing(feature) => !feature.is_known_of(c),
        Leaf::Id(number) => c.number == *number,
    }
}

/// A small generator of repeatable numbers (xorshift64).
pub(super) struct Random(pub u64);

impl Random {
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }

    pub(super) fn of<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

const LEAVES: [&str; 44] = [
    "python",
    "django",
    "~django",
    "~python",
    "~ruby",
    "ruby on rails",
    "spring boot",
    "c++",
    "c#",
    ".net",
    "react native",
    "postgres",
    "berlin",
    "clean",
    "code",
    "\"clean code\"",
    "payments",
    "müller",
    "\"o brien\"",
    "東京",
    "title:developer",
    "name:berlin",
    "text:django",
    "country:de",
    "country:us",
    "city:berlin",
    "city:\"new york\"",
    "remote:yes",
    "relocation:no",
    "source:csv",
    "source:greenhouse",
    "years>=5",
    "years:3..8",
    "years:5",
    "years<1",
    "has:email",
    "missing:country",
    "has:years",
    "missing:skills",
    "wants:rails",
    "wants:django",
    "id:c3",
    "id:c12",
    "*",
];

pub(super) fn random_query(random: &mut Random, depth: usize) -> String {
    match random.below(if depth == 0 { 2 } else { 9 }) {
        0 | 1 => random.of(&LEAVES).to_owned(),
        2 => format!("not {}", random_query(random, depth - 1)),
        3 => format!("-({})", random_query(random, depth - 1)),
        4 => format!("({})", random_query(random, depth - 1)),
        5 | 6 => format!("{} or {}", random_query(random, depth - 1), random_query(random, depth - 1)),
        7 => format!("{} and {}", random_query(random, depth - 1), random_query(random, depth - 1)),
        _ => format!("{} {}", random_query(random, depth - 1), random_query(random, depth - 1)),
    }
}

#[test]
fn random_queries_find_whom_the_definition_names() {
    let people = people();
    let (one, many) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // One segment; and several, with deletions, written backwards.
    let mut writer = IndexWriter::open_or_create(one.path()).unwrap();
    people.iter().for_each(|person| put(&mut writer, person));
    writer.commit(state(1, people.len())).unwrap();
    let backwards: Vec<Person> = people.iter().rev().cloned().collect();
    build(many.path(), &backwards);
    let mut writer = IndexWriter::open_or_create(many.path()).unwrap();
    put(&mut writer, &people[6]);
    put(&mut writer, &people[2]);
    writer.commit(state(9, people.len())).unwrap();
    let searchers = [open(one.path()).searcher(), open(many.path()).searcher()];

    let mut random = Random(0x5EED);
    let mut distinct = std::collections::BTreeSet::new();
    for _ in 0..4_000 {
        let text = random_query(&mut random, 4);
        let query = parse(&text);
        let expected = matching(&query, &people);
        for searcher in &searchers {
            assert_eq!(found(searcher, &query), expected, "{text}");
        }
        assert_eq!(parse(&query.understood()), query, "{text}");
        distinct.insert(expected);
    }
    // The test would show nothing if all queries found nobody.
    assert!(distinct.len() > 200, "{}", distinct.len());
}
