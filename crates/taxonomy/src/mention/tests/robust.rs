//! The twin, and texts that nobody would write.

use proptest::prelude::*;

use super::{FINDER, as_of, find};
use crate::mention::boundary::Candidate;
use crate::mention::finder::WholeWords;
use crate::mention::folded::Folded;
use crate::mention::{Mention, TextContext, TextKind};

/// The definition, without a tree: every spelling is tried at every place, with the same rules behind it.
fn twin(text: &str, kind: TextKind) -> Vec<Mention> {
    let folded = Folded::new(text);
    let whole = WholeWords::new(&FINDER, text, &folded);
    let mut candidates: Vec<Candidate> = Vec::new();
    for start in 0..folded.bytes.len() {
        for (number, pattern) in FINDER.patterns.texts.iter().enumerate() {
            if folded.bytes[start..].starts_with(pattern) {
                candidates.extend(whole.check(start, start + pattern.len(), u32::try_from(number).unwrap()));
            }
        }
    }
    candidates.sort_unstable_by_key(|c| (c.start, c.end, c.pattern));
    FINDER.read(text, &folded, candidates, &TextContext { as_of: as_of(), kind })
}

/// Spellings, words of every class, signs, and letters of other scripts.
fn piece() -> impl Strategy<Value = String> {
    let spellings: Vec<String> =
        FINDER.patterns.texts.iter().map(|text| String::from_utf8(text.clone()).unwrap()).collect();
    let words = [
        "no experience with",
        "willing to learn",
        "but",
        "and",
        "und",
        "used",
        "built",
        "5 years of",
        "(3 yrs)",
        "since 2019",
        "2018-2021",
        "Jan 2019 – Mar 2022",
        "at Acme",
        "to",
        "the",
        "Skills:",
        "developer",
        "in",
        "years",
        "möchte",
        "keine Erfahrung mit",
        "e.g.",
        "2021",
        "go to market",
        "\u{308}",
        "o\u{308}",
        "www.example.org/x",
        "a@b.c",
        "Ü",
        "ﬁ",
        "Ｊａｖａ",
        "中文",
        "\u{200b}",
        "\u{a0}",
        "J\u{301}",
        "İ",
    ];
    let signs = [
        " ", " ", " ", "\n", "\n\n", ", ", ". ", ".", "-", "–", "/", "(", ")", "'s", "’", ": ", "; ", "|",
        "•", "+", "#", "@", "8", "_", "\r\n", "\t",
    ];
    prop_oneof![
        3 => prop::sample::select(spellings),
        2 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        5 => prop::sample::select(signs.to_vec()).prop_map(str::to_owned),
    ]
}

fn cased(text: String, upper: usize) -> String {
    match upper {
        0 => text.to_lowercase(),
        1 => text.to_uppercase(),
        _ => text,
    }
}

fn holds_together(text: &str, mentions: &[Mention]) {
    let mut reached = 0;
    for m in mentions {
        assert!(m.span.start >= reached && m.span.start < m.span.end, "{text:?}: {:?}", m.span);
        assert!(
            text.is_char_boundary(m.span.start) && text.is_char_boundary(m.span.end),
            "{text:?}: {:?}",
            m.span
        );
        assert!(text.get(m.sentence.clone()).is_some(), "{text:?}: {:?}", m.sentence);
        assert!(m.sentence.start <= m.span.start && m.span.end <= m.sentence.end, "{text:?}: {m:?}");
        reached = m.span.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_finder_equals_its_plain_twin(
        pieces in prop::collection::vec((piece(), 0..3_usize), 0..24),
        kind in prop::sample::select(vec![TextKind::Ordinary, TextKind::JobAd, TextKind::List]),
    ) {
        let text: String = pieces.into_iter().map(|(piece, upper)| cased(piece, upper)).collect();
        let found = FINDER.find(&text, &TextContext { as_of: as_of(), kind });
        holds_together(&text, &found);
        prop_assert_eq!(found, twin(&text, kind), "{:?}", text);
    }

    #[test]
    fn any_string_is_read(text in "\\PC*|[\\s\\S]{0,200}") {
        holds_together(&text, &find(&text));
    }
}

#[test]
fn long_repeats_are_read_in_time_that_grows_with_their_length() {
    // With anything quadratic, each of these would take minutes.
    for piece in [
        "java ",
        "java,",
        "java/",
        "java-",
        "java",
        "C++",
        "c ",
        "(",
        "5 years ",
        "no ",
        "2018-2021 ",
        "no java, ",
        "a.b",
        "spring boot spring ",
        "\n",
        "\u{308}",
        "é",
        "ﬁ",
        "java\n",
        "www.java/",
        "-",
        "2019\n",
        "go go",
        "’",
        "Java 2018-2021\n",
        "with java for 3 years and ",
        "1.",
        ". ",
        "| ",
        "    ",
    ] {
        let text = piece.repeat(400_000 / piece.len());
        holds_together(&text, &find(&text));
    }
}

#[test]
fn spans_are_in_the_text_as_it_was_given() {
    for (text, written) in [
        ("Größe: Ruby\u{a0}\u{a0}on  Rails!", "Ruby\u{a0}\u{a0}on  Rails"),
        ("–– “Django” ––", "Django"),
        ("ich kann Ｐｙｔｈｏｎ", "Ｐｙｔｈｏｎ"),
        ("naïve C\u{266F} und", "C\u{266F}"),
        ("React\u{2011}Router…", "React\u{2011}Router"),
        ("a\r\n\r\n\tPostgreSQL\r\n", "PostgreSQL"),
        ("o\u{308}o\u{308} Kotlin", "Kotlin"),
        ("熟悉Java开发", "Java"),
    ] {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(&text[found[0].span.clone()], written);
    }
}
