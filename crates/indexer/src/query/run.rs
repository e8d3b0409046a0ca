//! From a clause to a query of the engine. No part asks for scores.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, InvertedIndexRangeQuery, PhraseQuery, Query as Inner, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::ast::{KeyField, Leaf, Words, YesNoField};
use crate::schema::{Fields, day_number, yes_no};

/// Whom one clause finds; `None` for clauses that columns answer, those of evidence or the index's own of addresses.
pub(crate) fn leaf(leaf: &Leaf, fields: &Fields) -> Option<Box<dyn Inner>> {
    Some(match leaf {
        Leaf::Skill(_)
        | Leaf::AnySkill(_)
        | Leaf::Country(_)
        | Leaf::Permit(_)
        | Leaf::Language(_)
        | Leaf::Years { .. }
        | Leaf::Pay { .. }
        | Leaf::Missing(_)
        | Leaf::Id(_)
        | Leaf::Ids(_)
        | Leaf::YesNo { field: YesNoField::Remote | YesNoField::Relocation, .. }
        | Leaf::Key { field: KeyField::Email, .. }
        | Leaf::Defined { .. } => return None,
        Leaf::Has(feature) if feature.is_in_columns() => return None,
        Leaf::Trait(id) => term(fields.in_text, id),
        Leaf::Wants(skill) => term(fields.wants, &skill.id),
        Leaf::Words(asked) => {
            any(asked.place.parts().iter().map(|place| words(asked, fields.place(*place))).collect())
        }
        Leaf::Key { field, key } => term(fields.key(*field), key),
        Leaf::YesNo { field: YesNoField::OptOut, yes } => term(fields.opt_out, yes_no(*yes)),
        Leaf::Day { field, from, to } => {
            numbers(fields.day(*field), from.map_or(0, day_number), to.map_or(u64::MAX, day_number))
        }
        Leaf::Import(number) => numbers(fields.import, u64::from(*number), u64::from(*number)),
        Leaf::Has(feature) => term(fields.has, feature.word()),
        Leaf::Cities(cities) => {
            Box::new(TermSetQuery::new(cities.iter().map(|city| Term::from_field_text(fields.on_map, city))))
        }
    })
}

fn words(asked: &Words, field: Field) -> Box<dyn Inner> {
    match asked.words.as_slice() {
        [beginning] if asked.prefix => {
            let first = Term::from_field_text(field, beginning);
            // No word of a text holds the greatest sign, so that whatever begins so comes before it.
            let after = Term::from_field_text(field, &format!("{beginning}{}", char::MAX));
            Box::new(InvertedIndexRangeQuery::new(Bound::Included(first), Bound::Excluded(after)))
        }
        [word] => term(field, word),
        // The engine's phrases have at least two words; there are no leaves without any.
        words => {
            Box::new(PhraseQuery::new(words.iter().map(|word| Term::from_field_text(field, word)).collect()))
        }
    }
}

/// Numbers between bounds, both included. Over the terms, not the column: the column's range panics inside
/// `not (... and ...)` where overflow is an error (tantivy 0.27).
fn numbers(field: Field, min: u64, max: u64) -> Box<dyn Inner> {
    let bound = |number| Bound::Included(Term::from_field_u64(field, number));
    Box::new(InvertedIndexRangeQuery::new(bound(min), bound(max)))
}

fn term(field: Field, text: &str) -> Box<dyn Inner> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn any(mut parts: Vec<Box<dyn Inner>>) -> Box<dyn Inner> {
    match parts.len() {
        1 => parts.remove(0),
        _ => Box::new(BooleanQuery::union(parts)),
    }
}
