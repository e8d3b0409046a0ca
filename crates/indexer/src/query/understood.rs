//! The canonical text of a query: what it was understood as. Reads back as the same query.

use super::ast::{Leaf, Node, Place};
use super::years;

pub(super) fn write(root: &Node) -> String {
    let mut text = String::new();
    node(root, &mut text);
    text
}

fn node(node_: &Node, text: &mut String) {
    match node_ {
        Node::All => text.push('*'),
        Node::And(parts) => joined(parts, " and ", |part| matches!(part, Node::Or(_)), text),
        Node::Or(parts) => joined(parts, " or ", |_| false, text),
        Node::Not(part) => {
            text.push_str("not ");
            bracketed(part, matches!(**part, Node::And(_) | Node::Or(_)), text);
        }
        Node::Leaf(leaf_) => leaf(leaf_, text),
    }
}

fn joined(parts: &[Node], word: &str, needs_brackets: impl Fn(&Node) -> bool, text: &mut String) {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            text.push_str(word);
        }
        bracketed(part, needs_brackets(part), text);
    }
}

fn bracketed(part: &Node, brackets: bool, text: &mut String) {
    if brackets {
        text.push('(');
    }
    node(part, text);
    if brackets {
        text.push(')');
    }
}

fn leaf(leaf: &Leaf, text: &mut String) {
    let (field, value) = match leaf {
        Leaf::Skill(skill) => ("skill", skill.id.clone()),
        Leaf::Like { skill, .. } => ("like", skill.id.clone()),
        Leaf::Wants(skill) => ("wants", skill.id.clone()),
        Leaf::Phrase { place: Place::Text, words } => ("text", words.join(" ")),
        Leaf::Phrase { place: Place::Title, words } => ("title", words.join(" ")),
        Leaf::Phrase { place: Place::Name, words } => ("name", words.join(" ")),
        Leaf::Country(country) => ("country", country.to_string()),
        Leaf::City(key) => ("city", key.clone()),
        Leaf::Source(key) => ("source", key.clone()),
        Leaf::Remote(yes) => ("remote", yes_no(*yes)),
        Leaf::Relocation(yes) => ("relocation", yes_no(*yes)),
        Leaf::Years { min_tenths, max_tenths } => ("years", years::write(*min_tenths, *max_tenths)),
        Leaf::Has(feature) => ("has", feature.to_string()),
        Leaf::Missing(feature) => ("missing", feature.to_string()),
        Leaf::Id(number) => ("id", number.to_string()),
    };
    text.push_str(field);
    text.push(':');
    // A value never holds a quote: none can be written in one.
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '+' | '#' | '-' | '_' | '<' | '>' | '=');
    if value.chars().all(plain) {
        text.push_str(&value);
    } else {
        text.push('"');
        text.push_str(&value);
        text.push('"');
    }
}

fn yes_no(yes: bool) -> String {
    crate::schema::yes_no(yes).to_owned()
}
