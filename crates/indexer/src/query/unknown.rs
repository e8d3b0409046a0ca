//! Who is left out of a result only because something is not known of them: said beside it, never counted in.

use stackscout_taxonomy::Taxonomy;

use super::Query;
use super::ast::{AskedSkill, DayField, KeyField, Leaf, Node, YearsAsked, YesNoField};
use crate::Feature;

/// A part of a query that what is not known never matches.
#[derive(Debug, Clone)]
pub struct NotKnown {
    /// What is not known, as a fragment: `years of Django`, `expected pay`.
    pub what: String,
    /// Who matches the query or would where this is not known: it finds them beside those that the query finds.
    pub query: Query,
}

impl Query {
    /// For each part that asks for a bound, a level, a day, or yes or no, and is not under `not`: the query that also takes
    /// in those of whom that is not known.
    #[must_use]
    pub fn not_known(&self, taxonomy: &Taxonomy) -> Vec<NotKnown> {
        let mut asked: Vec<(String, Leaf, Node)> = Vec::new();
        self.root.visit(true, &mut |leaf, wanted| {
            if !wanted {
                return;
            }
            for (what, unknown) in last_use(leaf, taxonomy).into_iter().chain(unknown(leaf, taxonomy)) {
                if asked.iter().all(|(known, ..)| *known != what) {
                    asked.push((what, leaf.clone(), unknown));
                }
            }
        });
        let wider = |leaf: &Leaf, unknown: &Node| {
            self.root.map(true, &mut |found, wanted| {
                let is_it = wanted && found == leaf;
                is_it.then(|| Node::or(vec![Node::Leaf(found.clone()), unknown.clone()]))
            })
        };
        asked
            .iter()
            .map(|(what, leaf, unknown)| NotKnown {
                what: what.clone(),
                query: Query::of(wider(leaf, unknown)),
            })
            .collect()
    }
}

/// Who holds a skill as it is asked for, but for the year of its last use, which is not known of any that will do.
fn last_use(leaf: &Leaf, taxonomy: &Taxonomy) -> Option<(String, Node)> {
    let Leaf::Skill(asked) = leaf else { return None };
    asked.since?;
    let used = |since: Option<u16>| Node::Leaf(Leaf::Skill(AskedSkill { since, ..asked.clone() }));
    let not_known = Node::Not(Box::new(used(Some(0))));
    let name = &taxonomy.skill(asked.skill.ix).name;
    Some((format!("last use of {name}"), Node::and(vec![used(None), not_known])))
}

fn unknown(leaf: &Leaf, taxonomy: &Taxonomy) -> Option<(String, Node)> {
    let missing = |feature| Node::Leaf(Leaf::Missing(feature));
    Some(match leaf {
        Leaf::Skill(asked) if matches!(asked.years, Some(YearsAsked::Between { .. })) => {
            let mut unknown = asked.clone();
            unknown.years = Some(YearsAsked::Unknown);
            let name = &taxonomy.skill(asked.skill.ix).name;
            (format!("years of {name}"), Node::Leaf(Leaf::Skill(unknown)))
        }
        Leaf::Years { .. } => ("years of experience".to_owned(), missing(Feature::Years)),
        // Pay in another currency or unit, or without one, cannot be compared: it is as good as not known.
        Leaf::Pay { currency, per, .. } => {
            let any = Leaf::Pay { min: 0, max: u64::MAX, currency: *currency, per: *per };
            ("expected pay".to_owned(), Node::Not(Box::new(Node::Leaf(any))))
        }
        Leaf::Key { field: KeyField::Seniority, .. } => ("seniority".to_owned(), missing(Feature::Seniority)),
        Leaf::Permit(_) => ("work permit".to_owned(), missing(Feature::Permit)),
        Leaf::Language(_) => ("languages".to_owned(), missing(Feature::Languages)),
        Leaf::Day { field: DayField::Available, .. } => {
            ("availability".to_owned(), missing(Feature::Available))
        }
        Leaf::YesNo { field: YesNoField::Remote, .. } => {
            ("whether they work remotely".to_owned(), missing(Feature::Remote))
        }
        Leaf::YesNo { field: YesNoField::Relocation, .. } => {
            ("whether they would move".to_owned(), missing(Feature::Relocation))
        }
        Leaf::YesNo { field: YesNoField::OptOut, .. } => {
            let of = |yes| Node::Leaf(Leaf::YesNo { field: YesNoField::OptOut, yes });
            let said = Node::or(vec![of(true), of(false)]);
            ("whether they opted out".to_owned(), Node::Not(Box::new(said)))
        }
        Leaf::Country(_) => ("country".to_owned(), missing(Feature::Country)),
        Leaf::Defined { field: "country", .. } => ("country".to_owned(), missing(Feature::Country)),
        Leaf::Defined { field: "permit", .. } => ("work permit".to_owned(), missing(Feature::Permit)),
        Leaf::Defined { field: "near", .. } | Leaf::Key { field: KeyField::City, .. } => {
            ("city".to_owned(), missing(Feature::City))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_use_and_the_level_may_not_be_known() {
        let taxonomy = Taxonomy::embedded();
        for (text, expected) in [
            ("django since 2025", &["last use of Django"][..]),
            ("django >= 3y since 2025", &["last use of Django", "years of Django"]),
            ("seniority:senior", &["seniority"]),
            ("seniority>senior", &["seniority"]),
            ("not django since 2025", &[]),
        ] {
            let unknown = Query::parse(text, &taxonomy).unwrap().not_known(&taxonomy);
            assert_eq!(unknown.iter().map(|u| u.what.as_str()).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
