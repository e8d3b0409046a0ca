//! From the tree to a query of the engine. No part asks for scores.

use std::ops::Bound;

use stackscout_profile::EvidenceSource;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, InvertedIndexRangeQuery, Occur, PhraseQuery, Query as Inner, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::ast::{AskedSkill, Leaf, Node, Skill, Words, YearsAsked};
use crate::schema::{Fields, day_number, held, pay_term_of, yes_no};

impl super::Query {
    pub(crate) fn compile(&self, fields: &Fields) -> Box<dyn Inner> {
        node(&self.root, fields)
    }
}

fn node(part: &Node, fields: &Fields) -> Box<dyn Inner> {
    match part {
        Node::All => Box::new(AllQuery),
        Node::And(parts) => {
            let mut clauses: Vec<_> = parts
                .iter()
                .map(|part| match part {
                    Node::Not(part) => (Occur::MustNot, node(part, fields)),
                    part => (Occur::Must, node(part, fields)),
                })
                .collect();
            if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                clauses.push((Occur::Must, Box::new(AllQuery)));
            }
            Box::new(BooleanQuery::new(clauses))
        }
        Node::Or(parts) => any(parts.iter().map(|part| node(part, fields)).collect()),
        Node::Not(part) => not(node(part, fields)),
        Node::Leaf(leaf_) => leaf(leaf_, fields),
    }
}

pub(crate) fn leaf(leaf: &Leaf, fields: &Fields) -> Box<dyn Inner> {
    match leaf {
        Leaf::Skill(asked) if asked.is_plain() && asked.related.is_none() => {
            term(fields.skill, &asked.skill.id)
        }
        Leaf::Skill(asked) if asked.is_plain() => set(fields.skill, asked.any()),
        Leaf::Skill(asked) => any(asked.any().map(|skill| evidence(asked, &skill.id, fields)).collect()),
        Leaf::AnySkill(skills) => set(fields.skill, skills.iter()),
        Leaf::Trait(id) => term(fields.in_text, id),
        Leaf::Wants(skill) => term(fields.wants, &skill.id),
        Leaf::Words(asked) => {
            any(asked.place.parts().iter().map(|place| words(asked, fields.place(*place))).collect())
        }
        Leaf::Country(country) => term(fields.country, country.code()),
        Leaf::Permit(country) => term(fields.permit, country.code()),
        Leaf::Language(language) => term(fields.language, language.code()),
        Leaf::Key { field, key } => term(fields.key(*field), key),
        Leaf::YesNo { field, yes } => term(fields.yes_no(*field), yes_no(*yes)),
        Leaf::Years { min_tenths, max_tenths } => {
            numbers(fields.years, u64::from(*min_tenths), u64::from(*max_tenths))
        }
        Leaf::Pay { min, max, currency, per } => {
            let amount = |amount| pay_term_of(*currency, *per, amount);
            texts(fields.pay, &amount(*min), &amount(*max))
        }
        Leaf::Day { field, from, to } => {
            numbers(fields.day(*field), from.map_or(0, day_number), to.map_or(u64::MAX, day_number))
        }
        Leaf::Import(number) => numbers(fields.import, u64::from(*number), u64::from(*number)),
        Leaf::Has(feature) => term(fields.has, feature.word()),
        Leaf::Missing(feature) => not(term(fields.has, feature.word())),
        Leaf::Id(number) => {
            let number = Term::from_field_u64(fields.number, u64::from(number.0));
            Box::new(TermQuery::new(number, IndexRecordOption::Basic))
        }
        Leaf::Cities(cities) => {
            Box::new(TermSetQuery::new(cities.iter().map(|city| Term::from_field_text(fields.on_map, city))))
        }
        Leaf::Ids(found) => {
            let terms = found.iter().map(|number| Term::from_field_u64(fields.number, u64::from(number.0)));
            Box::new(TermSetQuery::new(terms))
        }
        Leaf::Defined { means, .. } => node(means, fields),
    }
}

/// A skill that is held with what is asked of the evidence for it.
fn evidence(asked: &AskedSkill, id: &str, fields: &Fields) -> Box<dyn Inner> {
    let held_term = |text: &str| term(fields.held, text);
    let known = |min: u16, max: u16| texts(fields.held, &held::years(id, min), &held::years(id, max));
    let mut clauses = vec![(Occur::Must, term(fields.skill, id))];
    match asked.years {
        None => {}
        Some(YearsAsked::Between { min_tenths, max_tenths }) => {
            clauses.push((Occur::Must, known(min_tenths, max_tenths)));
        }
        Some(YearsAsked::Unknown) => clauses.push((Occur::MustNot, known(0, 999))),
    }
    if let Some(since) = asked.since {
        let range = texts(fields.held, &held::used(id, since), &held::used(id, held::CURRENT));
        clauses.push((Occur::Must, range));
    }
    match asked.source {
        None | Some(EvidenceSource::Mentioned) => {}
        Some(EvidenceSource::Declared) => clauses.push((Occur::MustNot, held_term(&held::mentioned(id)))),
        Some(EvidenceSource::Worked) => clauses.push((Occur::Must, held_term(&held::worked(id)))),
    }
    Box::new(BooleanQuery::new(clauses))
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

/// Texts between bounds, both included.
fn texts(field: Field, min: &str, max: &str) -> Box<dyn Inner> {
    let bound = |text| Bound::Included(Term::from_field_text(field, text));
    Box::new(InvertedIndexRangeQuery::new(bound(min), bound(max)))
}

fn set<'a>(field: Field, skills: impl Iterator<Item = &'a Skill>) -> Box<dyn Inner> {
    Box::new(TermSetQuery::new(skills.map(|skill| Term::from_field_text(field, &skill.id))))
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

fn not(inner: Box<dyn Inner>) -> Box<dyn Inner> {
    Box::new(BooleanQuery::new(vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, inner)]))
}
