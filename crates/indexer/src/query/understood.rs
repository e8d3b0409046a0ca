//! The canonical text of a query: what it was understood as. Reads back as the same query.

use stackscout_profile::{Date, Years};

use super::ast::{AskedSkill, Leaf, Node, YearsAsked};
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
        Node::Leaf(leaf_) => text.push_str(&leaf(leaf_)),
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

pub(super) fn leaf(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Skill(asked) => skill(asked),
        // Both stand in a defined leaf, which is written in their place.
        Leaf::AnySkill(skills) => {
            let ids: Vec<String> = skills.iter().map(|skill| value(&skill.id)).collect();
            format!("skill:({})", ids.join(" or "))
        }
        Leaf::Trait(id) => field("trait", id),
        Leaf::Wants(skill) => field("wants", &skill.id),
        Leaf::Words(asked) => field(asked.place.word(), &leaf.words()),
        Leaf::Country(country) => field("country", country.code()),
        Leaf::Permit(country) => field("permit", country.code()),
        Leaf::Language(language) => field("language", language.code()),
        Leaf::Key { field: of, key } => field(of.word(), key),
        Leaf::YesNo { field: of, yes } => field(of.word(), crate::schema::yes_no(*yes)),
        Leaf::Years { min_tenths, max_tenths } => field("years", &years::write(*min_tenths, *max_tenths)),
        Leaf::Pay { min, max, currency, per } => {
            let unit = format!("{currency} per {}", per.word());
            match (min, max) {
                (min, max) if min == max => format!("pay = {min} {unit}"),
                (min, &u64::MAX) => format!("pay >= {min} {unit}"),
                (0, max) => format!("pay <= {max} {unit}"),
                (min, max) => format!("pay = {min}..{max} {unit}"),
            }
        }
        Leaf::Day { field: of, from, to } => field(of.word(), &days(*from, *to)),
        Leaf::Import(number) => field("imported", &format!("#{number}")),
        Leaf::Has(feature) => field("has", feature.word()),
        Leaf::Missing(feature) => field("missing", feature.word()),
        Leaf::Id(number) => field("id", &number.to_string()),
        // These, too, stand in a defined leaf.
        Leaf::Cities(cities) => field("city", &cities.join(" or ")),
        Leaf::Ids(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            format!("id:({})", numbers.join(" or "))
        }
        Leaf::Defined { field: of, value, .. } => field(of, value),
    }
}

fn skill(asked: &AskedSkill) -> String {
    let mut text = field(if asked.related.is_some() { "like" } else { "skill" }, &asked.skill.id);
    if let Some(least) = asked.related.as_ref().and_then(|related| related.credit_min) {
        text.push_str(&format!(" >= {}%", f64::from(least) / 100.0));
    }
    let shown = |tenths| Years::from_tenths(tenths).map_or(String::new(), |years| years.to_string());
    match asked.years {
        None => {}
        Some(YearsAsked::Unknown) => text.push_str(" years unknown"),
        Some(YearsAsked::Between { min_tenths: a, max_tenths: b }) if a == b => {
            text.push_str(&format!(" = {}y", shown(a)));
        }
        Some(YearsAsked::Between { min_tenths, max_tenths }) => {
            if min_tenths > 0 || max_tenths == Years::MAX_TENTHS {
                text.push_str(&format!(" >= {}y", shown(min_tenths)));
            }
            if max_tenths < Years::MAX_TENTHS {
                text.push_str(&format!(" <= {}y", shown(max_tenths)));
            }
        }
    }
    if let Some(since) = asked.since {
        text.push_str(&format!(" since {since}"));
    }
    if let Some(source) = asked.source {
        text.push(' ');
        text.push_str(source.word());
    }
    text
}

/// The canonical form of a range of days; reads back as the same days.
pub(super) fn days(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from}..{to}"),
        (Some(from), None) => format!(">={from}"),
        (None, Some(to)) => format!("<={to}"),
        (None, None) => "..".to_owned(),
    }
}

fn field(name: &str, text: &str) -> String {
    format!("{name}:{}", value(text))
}

/// A value as it may be written: in quotes where it holds anything but the signs of names. It never holds a quote
/// itself: none can be written in one.
fn value(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '+' | '#' | '-' | '_');
    let bare = ["<=", ">="].into_iter().find_map(|sign| text.strip_prefix(sign)).unwrap_or(text);
    // Quotes would make the star one of the signs: the beginning of a word is one word, whatever its letters.
    let bare = match bare.strip_suffix('*') {
        Some(beginning) if !beginning.contains([' ', '"']) => return text.to_owned(),
        _ => bare,
    };
    if !bare.is_empty() && bare.chars().all(plain) { text.to_owned() } else { format!("\"{text}\"") }
}
