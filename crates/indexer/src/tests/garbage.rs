//! No text, however broken, makes the parser or the index panic or wait, and what is accepted is a query like any other.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::language::MORE;
use super::pool::{build, finder, found, reading};
use super::twin::{LEAVES, matching};
use crate::Query;
use crate::query::{QUERY_BYTES_MAX, check_any};

const NASTY: [&str; 64] = [
    "(",
    ")",
    "\"",
    "“",
    "”",
    "'",
    "’",
    "-",
    "–",
    "!",
    "~",
    "*",
    "+",
    ":",
    "a:",
    "years:>=",
    "years",
    ">=",
    "<",
    "=",
    "..",
    "5",
    "3y",
    "60%",
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
    "skill:(",
    "has:email",
    "ﬁ",
    "İ",
    "since",
    "2023",
    "worked",
    "title:(",
    "country:dach",
    "jordan",
    "pay<=",
    "80k eur",
    "available:",
    "now",
    "imported:",
    "#7",
    "NEAR/3",
    "updated:30d",
    "/",
    "@",
    "c++",
];

#[test]
fn nasty_queries_are_queries_or_errors() {
    for text in [
        "((((",
        "applied:2026-|10",
        "applied:now-",
        "\u{abc}4*",
        "))))",
        "\"",
        "\"\"",
        "-",
        "--",
        "-\"",
        "a:",
        ":",
        "::",
        ":a",
        "a::b",
        "and",
        "or or",
        "not not",
        "years:>=",
        "years>=",
        "years..",
        "\0",
        "🦀",
        "~",
        "~~",
        "~\"",
        "~:",
        "!",
        "!!",
        "(-)",
        "*:*",
        "**",
        "-*",
        "has:\"",
        "\u{feff}",
        "»«",
        "title:",
        "title:(",
        "title:()",
        "title:((a)",
        "a)b(",
        "django >=",
        "django >= (",
        "django since",
        "years",
        "years >= >=",
        "pay",
        "pay<=",
        "~django>=",
        "-+a",
        "+-a",
    ] {
        check_any(text.as_bytes(), &reading());
    }
}

/// Everything that is as long as a query may be, and costs the most to read.
#[test]
fn the_longest_queries_take_no_time() {
    let began = Instant::now();
    for part in
        NASTY.iter().chain(&LEAVES).chain(&["ruby on ", "skill:ruby on ", "djagno ", "a/b/", "kind:orm "])
    {
        let text = part.repeat(QUERY_BYTES_MAX / part.len());
        check_any(text.as_bytes(), &reading());
        check_any(format!("{part} ").repeat(QUERY_BYTES_MAX / (part.len() + 1)).as_bytes(), &reading());
    }
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

/// A valid query, to be damaged.
fn valid() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(LEAVES.to_vec()), 1..8)
        .prop_flat_map(|leaves| {
            let joints = prop::collection::vec(
                prop::sample::select(vec![" ", " or ", " and ", " not ", ", "]),
                leaves.len(),
            );
            (Just(leaves), joints)
        })
        .prop_map(|(leaves, joints)| {
            leaves.into_iter().zip(joints).map(|(leaf, joint)| format!("{leaf}{joint}")).collect()
        })
}

/// A valid query in which pieces were cut out, doubled, or replaced.
fn damaged() -> impl Strategy<Value = String> {
    let wound =
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::sample::select(NASTY.to_vec()));
    (valid(), prop::collection::vec(wound, 1..4)).prop_map(|(mut text, wounds)| {
        for (from, to, put) in wounds {
            let at = |index: prop::sample::Index| text.floor_char_boundary(index.index(text.len() + 1));
            let (from, to) = (at(from), at(to));
            let to = text.floor_char_boundary(to.clamp(from, from + 6).min(text.len()));
            text.replace_range(from..to.max(from), put);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn any_bytes_are_a_query_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_any(&bytes, &reading());
    }

    #[test]
    fn any_text_is_a_query_or_an_error(text in "\\PC{0,80}") {
        check_any(text.as_bytes(), &reading());
    }

    #[test]
    fn a_damaged_query_is_a_query_or_an_error(text in damaged()) {
        check_any(text.as_bytes(), &reading());
    }
}

#[test]
fn what_is_accepted_finds_whom_the_definition_names() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &MORE);
    let finder = finder(dir.path(), &MORE);
    let accepted = std::cell::Cell::new(0);
    let pieces = prop::collection::vec((prop::sample::select(NASTY.to_vec()), prop::bool::ANY), 0..10);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(6_000));
    let texts = pieces.prop_map(|pieces| -> String {
        pieces
            .into_iter()
            .map(|(piece, spaced)| format!("{piece}{}", if spaced { " " } else { "" }))
            .collect()
    });
    runner
        .run(&prop_oneof![texts, damaged(), valid()], |text| {
            if let Ok(query) = Query::read(&text, &reading()) {
                accepted.set(accepted.get() + 1);
                prop_assert_eq!(found(&finder, &query), matching(&query, &MORE), "{:?}", text);
            }
            Ok(())
        })
        .unwrap();
    assert!(accepted.get() > 1_000, "{}", accepted.get());
}
