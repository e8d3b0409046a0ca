//! From the tree to a query of the engine. No part asks for scores.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, InvertedIndexRangeQuery, Occur, PhraseQuery, Query as Inner, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::ast::{Leaf, Node, Place};
use crate::schema::{Fields, yes_no};

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
        Node::Or(parts) => Box::new(BooleanQuery::union(parts.iter().map(|p| node(p, fields)).collect())),
        Node::Not(part) => not(node(part, fields)),
        Node::Leaf(leaf_) => leaf(leaf_, fields),
    }
}

pub(crate) fn leaf(leaf: &Leaf, fields: &Fields) -> Box<dyn Inner> {
    match leaf {
        Leaf::Skill(skill) => term(fields.skill, &skill.id),
        Leaf::Like { skill, implying } => {
            let ids =
                std::iter::once(skill).chain(implying).map(|s| Term::from_field_text(fields.skill, &s.id));
            Box::new(TermSetQuery::new(ids))
        }
        Leaf::Wants(skill) => term(fields.wants, &skill.id),
        Leaf::Phrase { place, words } => {
            let field = match place {
                Place::Text => fields.text,
                Place::Title => fields.title,
                Place::Name => fields.name,
            };
            match words.as_slice() {
                [word] => term(field, word),
                // The engine's phrases have at least two words; there are no leaves without any.
                words => Box::new(PhraseQuery::new(
                    words.iter().map(|w| Term::from_field_text(field, w)).collect(),
                )),
            }
        }
        Leaf::Country(country) => term(fields.country, country.code()),
        Leaf::City(key) => term(fields.city, key),
        Leaf::Source(key) => term(fields.source, key),
        Leaf::Remote(yes) => term(fields.remote, yes_no(*yes)),
        Leaf::Relocation(yes) => term(fields.relocation, yes_no(*yes)),
        Leaf::Years { min_tenths, max_tenths } => {
            let bound = |tenths: u16| Bound::Included(Term::from_field_u64(fields.years, u64::from(tenths)));
            // Over the terms, not the column: the column's range panics inside `not (... and ...)` where overflow is
            // an error (tantivy 0.27).
            Box::new(InvertedIndexRangeQuery::new(bound(*min_tenths), bound(*max_tenths)))
        }
        Leaf::Has(feature) => term(fields.has, feature.word()),
        Leaf::Missing(feature) => not(term(fields.has, feature.word())),
        Leaf::Id(number) => {
            let number = Term::from_field_u64(fields.number, u64::from(number.0));
            Box::new(TermQuery::new(number, IndexRecordOption::Basic))
        }
    }
}

fn term(field: Field, text: &str) -> Box<dyn Inner> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn not(inner: Box<dyn Inner>) -> Box<dyn Inner> {
    Box::new(BooleanQuery::new(vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, inner)]))
}
