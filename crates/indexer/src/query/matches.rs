//! What a query means, stated slowly and plainly: each leaf asked of one person. The index answers the same, faster.
//!
//! What is not known matches nothing: neither `pay<=80k eur` nor `pay>80k eur`, neither `remote:yes` nor `remote:no`. `not` is
//! everybody else, those included of whom it is not known.

use stackscout_profile::SkillEvidence;
use stackscout_taxonomy::LastUsed;

use super::ast::{AskedSkill, Leaf, Node, Words, YearsAsked};
use crate::IndexDocument;
use crate::words::words;

impl super::Query {
    /// Whether a person matches: the definition of the language, and the way to ask it of one person without an index.
    #[must_use]
    pub fn matches(&self, person: &IndexDocument<'_>) -> bool {
        node(&self.root, person)
    }
}

fn node(part: &Node, person: &IndexDocument<'_>) -> bool {
    match part {
        Node::All => true,
        Node::And(parts) => parts.iter().all(|part| node(part, person)),
        Node::Or(parts) => parts.iter().any(|part| node(part, person)),
        Node::Not(part) => !node(part, person),
        Node::Leaf(asked) => leaf(asked, person),
    }
}

fn leaf(leaf: &Leaf, person: &IndexDocument<'_>) -> bool {
    let c = person.candidate;
    match leaf {
        Leaf::Skill(asked) => {
            asked.any().any(|skill| c.held(skill.ix).is_some_and(|held| is_enough(asked, &held.evidence)))
        }
        Leaf::AnySkill(skills) => skills.iter().any(|skill| c.held(skill.ix).is_some()),
        Leaf::Trait(id) => person.trait_ids().contains(&id.as_str()),
        Leaf::Wants(skill) => c.interests.contains(&skill.ix),
        Leaf::Words(asked) => person.texts(asked.place).into_iter().any(|text| is_in(asked, text)),
        Leaf::Country(country) => c.country == Some(*country),
        Leaf::Permit(country) => c.permits.iter().flatten().any(|permit| permit == country),
        Leaf::Language(language) => c.languages.iter().flatten().any(|spoken| spoken == language),
        Leaf::Key { field, key } => person.keys(*field).contains(key),
        Leaf::YesNo { field, yes } => person.yes_no(*field) == Some(*yes),
        Leaf::Years { min_tenths, max_tenths } => {
            c.total_years.is_some_and(|years| (*min_tenths..=*max_tenths).contains(&years.tenths()))
        }
        Leaf::Pay { min, max, currency, per } => c.expected_pay.is_some_and(|pay| {
            pay.currency == Some(*currency) && pay.per == Some(*per) && (*min..=*max).contains(&pay.amount)
        }),
        Leaf::Day { field, from, to } => person
            .days(*field)
            .into_iter()
            .any(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)),
        Leaf::Import(number) => person.import_numbers().contains(number),
        Leaf::Has(feature) => feature.is_known_of(person),
        Leaf::Missing(feature) => !feature.is_known_of(person),
        Leaf::Id(number) => c.number == *number,
        Leaf::Cities(cities) => person.city_on_map().is_some_and(|city| cities.contains(&city)),
        Leaf::Ids(numbers) => numbers.contains(&c.number),
        Leaf::Defined { means, .. } => node(means, person),
    }
}

/// Whether what speaks for a skill is what is asked of it.
pub(crate) fn is_enough(asked: &AskedSkill, evidence: &SkillEvidence) -> bool {
    let years = match asked.years {
        None => true,
        Some(YearsAsked::Unknown) => evidence.years.is_none(),
        Some(YearsAsked::Between { min_tenths, max_tenths }) => {
            evidence.years.is_some_and(|years| (min_tenths..=max_tenths).contains(&years.tenths()))
        }
    };
    let since = asked.since.is_none_or(|since| match evidence.last_used {
        Some(LastUsed::Year(year)) => year >= since,
        Some(LastUsed::Current) => true,
        None => false,
    });
    years && since && asked.source.is_none_or(|source| evidence.source >= source)
}

pub(crate) fn is_in(asked: &Words, text: &str) -> bool {
    let words = words(text);
    match asked.words.as_slice() {
        [beginning] if asked.prefix => words.iter().any(|word| word.starts_with(beginning)),
        row => words.windows(row.len()).any(|window| window == row),
    }
}
