//! The data behind the rules.

use std::collections::BTreeSet;

use super::FINDER;
use crate::mention::cues::{Class, Cues};
use crate::mention::meaning::contexts;
use crate::mention::patterns::Meaning;
use crate::tables::Tables;

#[test]
fn every_context_of_a_spelling_is_described() {
    let described: BTreeSet<String> = contexts().unwrap().into_iter().map(|context| context.name).collect();
    for row in Tables::embedded().unwrap().spellings {
        assert!(
            row.context.is_empty() || described.contains(&row.context),
            "`{}` has context `{}`",
            row.spelling,
            row.context
        );
    }
}

#[test]
fn every_class_has_words() {
    Cues::embedded().unwrap();
    let text = include_str!("../../../../../data/taxonomy/cues.csv");
    for (_, word) in Class::ALL {
        assert!(
            text.lines().any(|line| line.split(',').next() == Some(word)),
            "no word has the class `{word}`"
        );
    }
}

#[test]
fn a_phrase_tells_what_its_beginning_tells() {
    let cues = Cues::embedded().unwrap();
    assert!(cues.of(b"No Experience With").has(Class::Negation));
    assert!(cues.of(b"Years Of").has(Class::Unit));
    assert!(!cues.of(b"Notional").has(Class::Negation));
}

#[test]
fn every_look_alike_is_a_pattern_of_its_own() {
    let phrases = include_str!("../../../../../data/taxonomy/lookalikes.csv").lines().count() - 1;
    let patterns = FINDER.patterns.list.iter().filter(|p| matches!(p.meaning, Meaning::LookAlike(_))).count();
    assert_eq!(patterns, phrases, "a look-alike is also a spelling");
}
