//! No text, however broken, makes the parser or the index panic, and what is accepted is a query like any other.

use super::pool::{TAXONOMY, build, found, open, people};
use super::twin::{Random, matching};
use crate::Query;

const NASTY: [&str; 40] = [
    "(",
    ")",
    "\"",
    "“",
    "”",
    "-",
    "–",
    "!",
    "~",
    "*",
    ":",
    "a:",
    "years:>=",
    "years",
    ">=",
    "<",
    "..",
    "5",
    "and",
    "or",
    "not",
    "&&",
    "||",
    "|",
    "&",
    "\0",
    "🦀",
    "\u{202e}",
    "\u{300}",
    " ",
    " ",
    "\t",
    ",",
    "django",
    "spring",
    "boot",
    "skill:",
    "has:email",
    "ﬁ",
    "İ",
];

#[test]
fn nasty_queries_are_queries_or_errors() {
    for text in [
        "((((", "))))", "\"", "\"\"", "-", "--", "-\"", "a:", ":", "::", ":a", "a::b", "and", "or or",
        "not not", "years:>=", "years>=", "years..", "\0", "🦀", "~", "~~", "~\"", "~:", "!", "!!", "(-)",
        "*:*", "**", "-*", "has:\"", "\u{feff}", "»«",
    ] {
        check(text);
    }
}

#[test]
fn random_texts_are_queries_or_errors() {
    let people = people();
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &people);
    let searcher = open(dir.path()).searcher();
    let mut random = Random(0xBAD);
    let mut accepted = 0;
    for round in 0..20_000 {
        let mut text = String::new();
        for _ in 0..random.below(12) {
            if round % 2 == 0 {
                text.push_str(random.of(&NASTY));
                text.push_str(random.of(&["", "", " "]));
            } else {
                text.extend(char::from_u32(u32::try_from(random.below(0x3000)).unwrap()));
            }
        }
        if let Some(query) = check(&text) {
            accepted += 1;
            assert_eq!(found(&searcher, &query), matching(&query, &people), "{text:?}");
        }
    }
    assert!(accepted > 2_000, "{accepted}");
}

fn check(text: &str) -> Option<Query> {
    match Query::parse(text, &TAXONOMY) {
        Ok(query) => {
            let canonical = query.understood();
            assert_eq!(Query::parse(&canonical, &TAXONOMY).as_ref(), Ok(&query), "{text:?} as {canonical:?}");
            Some(query)
        }
        Err(error) => {
            assert!(
                error.position <= text.len() && text.is_char_boundary(error.position),
                "{text:?} {error:?}"
            );
            assert!(
                error.render(text).contains("^\nexpected ") || error.render(text).contains("no number"),
                "{error:?}"
            );
            None
        }
    }
}
