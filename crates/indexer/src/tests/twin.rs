//! The definition of every query form, slowly: the tree evaluated straight over the candidates. Random queries find
//! the same people in the index and here, however the people are spread over segments.

use super::language::MORE;
use super::pool::{Person, build, finder, found, parse, put, state};
use crate::{IndexWriter, Query};

pub(super) fn matching(query: &Query, people: &[Person]) -> Vec<u32> {
    let mut numbers: Vec<u32> =
        people.iter().filter(|p| query.matches(&p.document())).map(|p| p.candidate.number.0).collect();
    numbers.sort_unstable();
    numbers
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

pub(super) const LEAVES: [&str; 84] = [
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
    "django >= 3y",
    "django < 2y",
    "django years unknown",
    "django since 2022",
    "django worked",
    "django declared since 2023",
    "flask >= 3 declared",
    "~java >= 10y",
    "~java >= 60%",
    "~python >= 100% >= 2y",
    "kind:backend-framework",
    "kind:database",
    "trait:coc",
    "stack:instagram",
    "company:instagram",
    "family:full-stack",
    "develop*",
    "title:(team or mobile)",
    "notes:hard",
    "cv:dev*",
    "country:(de or at)",
    "country:dach",
    "jordan",
    "permit:fr",
    "language:german",
    "tag:hot",
    "owner:\"kim lee\"",
    "stage:\"phone screen\"",
    "status:active",
    "optout:no",
    "optout:yes",
    "applied:2026-10",
    "pay<=80k eur",
    "pay>=5000 eur per month",
    "available<=2027-02-01",
    "available:now",
    "imported:4",
    "imported>=2026-10",
    "updated:10w",
    "has:phone",
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
    let people = MORE.clone();
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
    let finders = [&one, &many].map(|dir| finder(dir.path(), &people));

    let mut random = Random(0x5EED);
    let mut distinct = std::collections::BTreeSet::new();
    for _ in 0..4_000 {
        let text = random_query(&mut random, 4);
        let query = parse(&text);
        let expected = matching(&query, &people);
        for finder in &finders {
            assert_eq!(found(finder, &query), expected, "{text}");
        }
        assert_eq!(parse(&query.understood()), query, "{text}");
        distinct.insert(expected);
    }
    // The test would show nothing if all queries found nobody.
    assert!(distinct.len() > 200, "{}", distinct.len());
}
