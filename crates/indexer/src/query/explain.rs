//! A query as a tree of sentences: how each part was understood.

use std::fmt::Write as _;

use stackscout_profile::{EvidenceSource, Years};
use stackscout_taxonomy::Taxonomy;

use super::ast::{AskedSkill, DayField, Leaf, Node, Place, Words, YearsAsked, YesNoField};
use super::understood;

/// A part of a query in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What it asks for.
    pub says: String,
    /// The canonical text of this part.
    pub query: String,
    /// Its parts.
    pub parts: Vec<Explained>,
}

impl Explained {
    /// One line a part, the parts of a part two columns further in.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        self.lines(0, &mut text);
        text
    }

    fn lines(&self, depth: usize, text: &mut String) {
        let _ = writeln!(text, "{:1$}{2}", "", 2 * depth, self.says);
        self.parts.iter().for_each(|part| part.lines(depth + 1, text));
    }
}

pub(super) fn explain(node: &Node, taxonomy: &Taxonomy) -> Explained {
    let (says, parts): (String, Vec<&Node>) = match node {
        Node::All => ("everybody".to_owned(), Vec::new()),
        Node::And(parts) => ("all of:".to_owned(), parts.iter().collect()),
        Node::Or(parts) => ("at least one of:".to_owned(), parts.iter().collect()),
        Node::Not(part) => ("not:".to_owned(), vec![part]),
        Node::Leaf(leaf) => (says(leaf, taxonomy), Vec::new()),
    };
    let parts = parts.into_iter().map(|part| explain(part, taxonomy)).collect();
    Explained { says, query: understood::write(node), parts }
}

/// Related skills and members of a group that are named; the rest is counted.
const NAMED_MAX: usize = 6;

fn says(leaf: &Leaf, taxonomy: &Taxonomy) -> String {
    match leaf {
        Leaf::Skill(asked) => skill(asked, taxonomy),
        Leaf::AnySkill(skills) => {
            let names = skills.iter().map(|skill| taxonomy.skill(skill.ix).name.clone());
            format!("holds one of {} skills: {}", skills.len(), some_of(names.collect()))
        }
        Leaf::Trait(id) => format!("a text speaks for the trait `{id}`"),
        Leaf::Wants(skill) => format!("wants to work with {}", taxonomy.skill(skill.ix).name),
        Leaf::Words(asked) => words(asked),
        Leaf::Country(country) => format!("lives in {}", country.name()),
        Leaf::Permit(country) => format!("may work in {}", country.name()),
        Leaf::Language(language) => format!("speaks the language `{language}`"),
        Leaf::Key { field, key } => format!("{} is `{key}`", field.word()),
        Leaf::YesNo { field, yes } => {
            let what = match field {
                YesNoField::Remote => "works remotely",
                YesNoField::Relocation => "would move",
                YesNoField::OptOut => "opted out of contact",
            };
            format!("{what}: said {}", if *yes { "yes" } else { "no" })
        }
        Leaf::Years { min_tenths, max_tenths } => {
            format!("years of experience in all: {}", years(*min_tenths, *max_tenths))
        }
        Leaf::Pay { min, max, currency, per } => {
            let unit = format!("{currency} a {}", per.word());
            match (min, max) {
                (0, max) => format!("expects at most {max} {unit}"),
                (min, &u64::MAX) => format!("expects at least {min} {unit}"),
                (min, max) => format!("expects {min} to {max} {unit}"),
            }
        }
        Leaf::Day { field, from, to } => {
            let what = match field {
                DayField::Available => "can begin",
                DayField::Imported => "a file that said something was imported",
                DayField::Updated => "last changed",
                DayField::Applied => "applied",
            };
            match (from, to) {
                (Some(from), Some(to)) if from == to => format!("{what} on {from}"),
                (Some(from), Some(to)) => format!("{what} from {from} to {to}"),
                (Some(from), None) => format!("{what} on {from} or later"),
                (None, Some(to)) => format!("{what} on {to} or earlier"),
                (None, None) => format!("{what} on a day that is known"),
            }
        }
        Leaf::Import(number) => format!("import {number} said something of the person"),
        Leaf::Has(feature) => format!("{feature} is known"),
        Leaf::Missing(feature) => format!("{feature} is not known"),
        Leaf::Id(number) => format!("is {number}"),
        Leaf::Cities(cities) => format!("lives in one of {} cities", cities.len()),
        Leaf::Ids(numbers) => format!("is one of {} people", numbers.len()),
        Leaf::Defined { field, value, means } => defined(field, value, means, taxonomy),
    }
}

fn skill(asked: &AskedSkill, taxonomy: &Taxonomy) -> String {
    let name = &taxonomy.skill(asked.skill.ix).name;
    let mut text = format!("holds {name}");
    if let Some(related) = &asked.related {
        let mut skills = related.skills.clone();
        skills.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.ix.cmp(&b.0.ix)));
        let named = skills.iter().map(|(skill, credit)| {
            let percent = f64::from(credit.ten_thousandths()) / 100.0;
            format!("{} {percent}%", taxonomy.skill(skill.ix).name)
        });
        let count = skills.len();
        let _ = match count {
            0 => write!(text, " (no other skill counts)"),
            _ => write!(text, " or one of {count} that count: {}", some_of(named.collect())),
        };
    }
    match asked.years {
        None => {}
        Some(YearsAsked::Unknown) => text.push_str(", its years not known"),
        Some(YearsAsked::Between { min_tenths, max_tenths }) => {
            let _ = write!(text, ", years of it: {}", years(min_tenths, max_tenths));
        }
    }
    if let Some(since) = asked.since {
        let _ = write!(text, ", used in {since} or later");
    }
    text.push_str(match asked.source {
        None => "",
        Some(EvidenceSource::Mentioned) => ", named in passing or better",
        Some(EvidenceSource::Declared) => ", declared or better",
        Some(EvidenceSource::Worked) => ", worked with",
    });
    text
}

fn years(min_tenths: u16, max_tenths: u16) -> String {
    let shown = |tenths| Years::from_tenths(tenths).map_or(String::new(), |years| years.to_string());
    match (min_tenths, max_tenths) {
        (a, b) if a == b => shown(a),
        (a, Years::MAX_TENTHS) => format!("{} or more", shown(a)),
        (0, b) => format!("{} or less", shown(b)),
        (a, b) => format!("{} to {}", shown(a), shown(b)),
    }
}

fn words(asked: &Words) -> String {
    let place = match asked.place {
        Place::Text => "any text",
        Place::Title => "the title",
        Place::Name => "the name",
        Place::Employer => "the employer",
        Place::Location => "the place",
        Place::Summary => "the summary",
        Place::Notes => "the notes",
        Place::Work => "the work history",
        Place::Cv => "the CV",
        Place::Education => "the education",
        Place::Applied => "the job applied for",
    };
    let what = match asked.words.len() {
        1 if asked.prefix => "a word that begins with",
        1 => "the word",
        _ => "the words in a row",
    };
    format!("{what} `{}` in {place}", asked.words.join(" "))
}

fn defined(field: &str, value: &str, means: &Node, taxonomy: &Taxonomy) -> String {
    let members = |node: &Node| match node {
        Node::Leaf(Leaf::AnySkill(skills)) => {
            skills.iter().map(|s| taxonomy.skill(s.ix).name.clone()).collect()
        }
        _ => Vec::new(),
    };
    match (field, means) {
        ("kind", Node::Leaf(Leaf::AnySkill(skills))) => {
            format!("holds one of {} skills of the kind {value}: {}", skills.len(), some_of(members(means)))
        }
        ("trait", Node::Or(parts)) => {
            let names = parts.first().map(members).unwrap_or_default();
            format!(
                "holds one of {} skills that bring `{value}`, or a text speaks for it: {}",
                names.len(),
                some_of(names)
            )
        }
        ("stack", _) => format!("holds what {value} is known to run on: {}", understood::write(means)),
        ("company", _) => format!("`{value}` in the employer or the work history"),
        ("family", _) => format!("the title names {value}, or the skills of its kinds are held"),
        ("near", Node::Leaf(Leaf::Cities(cities))) => {
            format!("lives near {value}: in one of {} cities", cities.len())
        }
        ("saved", _) => format!("matches the saved search {value}: {}", understood::write(means)),
        ("new_since", _) => format!("matches the saved search {value}, and did not when it was last run"),
        ("permit", _) => format!("may work in {value}: {}", countries(means)),
        (_, _) => format!("lives in {value}: {}", countries(means)),
    }
}

fn countries(means: &Node) -> String {
    let mut names = Vec::new();
    means.visit(true, &mut |leaf, _| {
        if let Leaf::Country(country) | Leaf::Permit(country) = leaf {
            names.push(country.to_string());
        }
    });
    names.join(", ")
}

fn some_of(names: Vec<String>) -> String {
    let more = names.len().saturating_sub(NAMED_MAX);
    let named = names.into_iter().take(NAMED_MAX).collect::<Vec<_>>().join(", ");
    match more {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
