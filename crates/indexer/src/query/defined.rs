//! Fields whose value stands for a tree: kinds and families of skills, traits, the stacks of known products, regions.

use std::collections::BTreeSet;

use stackscout_profile::Country;
use stackscout_taxonomy::{CREDIT_FULL, SkillIx, Taxonomy};

use super::ast::{AskedSkill, Leaf, Node, Place, Skill, Words};
use super::fields::near;
use super::leaf::Value;
use super::{QueryError, Reading, SavedQuery};
use crate::words::{word_key, words};

/// Groups of countries, by the words that recruiters use. The European Union and the European Economic Area as of 2026;
/// Europe as the statistics division of the United Nations counts it (M49).
const REGIONS: [(&str, &str); 12] = [
    ("eu", EU),
    ("eea", "AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LI LV LT LU MT NL NO PL PT RO SK SI ES SE"),
    (
        "europe",
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC \
         MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    ),
    ("dach", "AT CH DE"),
    ("nordics", "DK FI IS NO SE"),
    ("scandinavia", "DK NO SE"),
    ("baltics", "EE LT LV"),
    ("benelux", "BE LU NL"),
    ("iberia", "ES PT"),
    ("visegrad", "CZ HU PL SK"),
    ("north-america", "CA MX US"),
    ("anz", "AU NZ"),
];
const EU: &str = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE";

/// A region as the countries that make it up; `None` where the value names none.
pub(super) fn region(value: &Value, field: &'static str, of: fn(Country) -> Leaf) -> Option<Leaf> {
    let key = word_key(&value.text).replace(' ', "-");
    let key = key.strip_prefix("the-").unwrap_or(&key);
    let key = match key {
        "european-union" => "eu",
        "nordic" => "nordics",
        "baltic" => "baltics",
        key => key,
    };
    let (name, codes) = REGIONS.iter().find(|(name, _)| *name == key)?;
    let countries = codes.split_whitespace().filter_map(Country::from_code).map(|c| Node::Leaf(of(c)));
    let means = Box::new(Node::or(countries.collect()));
    Some(Leaf::Defined { field, value: (*name).to_owned(), means })
}

/// Regions with a name near to what is written.
pub(super) fn near_regions(written: &str) -> Vec<String> {
    near(written, REGIONS.iter().map(|(name, _)| *name)).into_iter().map(str::to_owned).collect()
}

/// Who holds a skill of this kind.
pub(super) fn kind(value: &Value, taxonomy: &Taxonomy) -> Result<Leaf, QueryError> {
    let key = word_key(&value.text).replace(' ', "-");
    let kinds: BTreeSet<&str> = taxonomy.skills().map(|(_, skill)| skill.kind.as_str()).collect();
    let singular =
        [key.strip_suffix("ies").map(|stem| format!("{stem}y")), key.strip_suffix('s').map(str::to_owned)];
    let found = std::iter::once(key.clone())
        .chain(singular.into_iter().flatten())
        .find_map(|key| kinds.get(key.as_str()).copied());
    let Some(kind) = found else {
        let error = QueryError::at(value.at, format!("expected a kind of skill, found `{}`", value.text));
        if let Some(found) = taxonomy.find(&value.text) {
            let skill = taxonomy.skill(found.skill);
            return Err(error.did_you_mean(&[format!("kind:{}", skill.kind), format!("skill:{}", skill.id)]));
        }
        return Err(match near(&key, kinds.iter().copied()) {
            near if near.is_empty() => {
                error.hint(format!("one of {}", kinds.into_iter().collect::<Vec<_>>().join(", ")))
            }
            near => error.did_you_mean(&near),
        });
    };
    let means = Box::new(of_kind(kind, taxonomy));
    Ok(Leaf::Defined { field: "kind", value: kind.to_owned(), means })
}

fn of_kind(kind: &str, taxonomy: &Taxonomy) -> Node {
    any_skill(taxonomy, |ix| taxonomy.skill(ix).kind == kind)
}

fn any_skill(taxonomy: &Taxonomy, is_one: impl Fn(SkillIx) -> bool) -> Node {
    let skills = taxonomy.skills().map(|(ix, _)| ix).filter(|ix| is_one(*ix));
    Node::Leaf(Leaf::AnySkill(skills.map(|ix| Skill::new(ix, taxonomy)).collect()))
}

/// Who holds a skill that brings the trait, or has a text that speaks for it.
pub(super) fn brings(value: &Value, taxonomy: &Taxonomy) -> Result<Leaf, QueryError> {
    let Some(found) = taxonomy.trait_by_id(&value.text).or_else(|| taxonomy.trait_by_wording(&value.text))
    else {
        let error = QueryError::at(value.at, format!("expected a trait, found `{}`", value.text));
        if value.is_trial {
            return Err(error);
        }
        return Err(match taxonomy.near_traits(&value.text) {
            near if near.is_empty() => error.hint("such as `trait:\"high traffic\"` or `trait:real-time`"),
            near => error.did_you_mean(&near),
        });
    };
    let id = taxonomy.trait_(found).id.clone();
    let held = any_skill(taxonomy, |skill| taxonomy.brings_trait(skill, found));
    let means = Box::new(Node::or(vec![held, Node::Leaf(Leaf::Trait(id.clone()))]));
    Ok(Leaf::Defined { field: "trait", value: id, means })
}

/// Who holds every skill that a product is known to run on, by name or through one that implies it.
pub(super) fn stack(value: &Value, taxonomy: &Taxonomy) -> Result<Leaf, QueryError> {
    let cases = &taxonomy.tables().cases;
    let key = word_key(&value.text);
    let is_case = |id: &str, name: &str| word_key(id) == key || word_key(name) == key;
    let runs_on: BTreeSet<SkillIx> = cases
        .iter()
        .filter(|case| is_case(&case.id, &case.name))
        .filter_map(|case| taxonomy.skill_by_id(&case.skill))
        .collect();
    let id = cases.iter().find(|case| is_case(&case.id, &case.name)).map(|case| case.id.clone());
    let Some(id) = id.filter(|_| !runs_on.is_empty()) else {
        let error = QueryError::at(
            value.at,
            format!("expected a product whose stack is known, found `{}`", value.text),
        );
        return Err(match near(&value.text, cases.iter().map(|case| case.id.as_str())) {
            near if near.is_empty() => {
                error.hint("`company:` finds people who worked somewhere; `stack:instagram` is a stack")
            }
            near => error.did_you_mean(&near),
        });
    };
    let held = runs_on.into_iter().map(|skill| {
        let mut asked = AskedSkill::itself(skill, taxonomy);
        asked.widen(Some(CREDIT_FULL), taxonomy);
        Node::Leaf(Leaf::Skill(asked))
    });
    let means = Box::new(Node::and(held.collect()));
    Ok(Leaf::Defined { field: "stack", value: id, means })
}

/// Who works in a family of roles: a title that names it in one of its wordings, or skills of the kinds that make it: of each
/// of its framework kinds (full-stack has two), or, in a family without any, of two of its kinds.
pub(super) fn family(value: &Value, taxonomy: &Taxonomy) -> Result<Leaf, QueryError> {
    let families = &taxonomy.tables().role_families;
    let key = word_key(&value.text);
    let wordings = |at: usize| {
        let row = &families[at];
        [row.id.as_str(), row.name.as_str()].into_iter().chain(row.also.split(';')).map(str::trim)
    };
    let Some(at) = (0..families.len()).find(|at| wordings(*at).any(|wording| word_key(wording) == key))
    else {
        let error = QueryError::at(value.at, format!("expected a family of roles, found `{}`", value.text));
        if value.is_trial {
            return Err(error);
        }
        let ids = families.iter().map(|row| row.id.as_str());
        return Err(match near(&value.text, ids.clone()) {
            near if near.is_empty() => error.hint(format!("one of {}", ids.collect::<Vec<_>>().join(", "))),
            near => error.did_you_mean(&near),
        });
    };
    let row = &families[at];
    let rows: BTreeSet<Vec<String>> = wordings(at).map(words).filter(|row| !row.is_empty()).collect();
    let titles = rows
        .into_iter()
        .map(|words| Node::Leaf(Leaf::Words(Words { place: Place::Title, words, prefix: false })));
    let kinds: Vec<&str> = row.kinds.split(';').map(str::trim).filter(|kind| !kind.is_empty()).collect();
    let frameworks: Vec<&str> = kinds
        .iter()
        .copied()
        .filter(|kind| matches!(*kind, "backend-framework" | "frontend-framework" | "mobile-framework"))
        .collect();
    let of = |kind: &&str| of_kind(kind, taxonomy);
    let by_skills = if frameworks.is_empty() {
        let pairs = kinds.iter().enumerate().flat_map(|(i, a)| kinds[i + 1..].iter().map(move |b| (a, b)));
        Node::or(pairs.map(|(a, b)| Node::and(vec![of(a), of(b)])).collect())
    } else {
        Node::and(frameworks.iter().map(of).collect())
    };
    let means = Box::new(Node::or(titles.chain([by_skills]).collect()));
    Ok(Leaf::Defined { field: "family", value: row.id.clone(), means })
}

/// Who matches a saved search.
pub(super) fn saved(value: &Value, reading: &Reading<'_>) -> Result<Leaf, QueryError> {
    let (saved, root) = saved_root(value, reading)?;
    Ok(Leaf::Defined { field: "saved", value: saved.name.clone(), means: Box::new(root) })
}

/// Who matches a saved search, and did not when it was last run.
pub(super) fn new_since(value: &Value, reading: &Reading<'_>) -> Result<Leaf, QueryError> {
    let (saved, root) = saved_root(value, reading)?;
    let seen = Node::Not(Box::new(Node::Leaf(Leaf::Ids(saved.seen.clone()))));
    let means = Box::new(Node::and(vec![root, seen]));
    Ok(Leaf::Defined { field: "new_since", value: saved.name.clone(), means })
}

fn saved_root<'a>(value: &Value, reading: &Reading<'a>) -> Result<(&'a SavedQuery, Node), QueryError> {
    let name = value.text.trim();
    let Some(saved) = reading.saved.iter().find(|saved| saved.name == name) else {
        let error = QueryError::at(value.at, format!("expected a saved search, found `{name}`"));
        let names = reading.saved.iter().map(|saved| saved.name.as_str());
        return Err(match near(name, names) {
            near if near.is_empty() => {
                error.hint("`stackscout searches` lists them; a saved search does not name another")
            }
            near => error.did_you_mean(&near),
        });
    };
    // Its own reading has no saved searches, so that none can stand in itself.
    match super::parse::parse(&saved.query, &Reading { saved: &[], ..*reading }) {
        Ok((root, _)) => Ok((saved, root)),
        Err(error) => {
            let message = format!("expected a saved search that can be read: {}", error.message);
            Err(QueryError::at(value.at, message).hint(format!("it is `{}`", saved.query)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_made_of_known_countries() {
        for (name, codes) in REGIONS {
            for code in codes.split_whitespace() {
                // Kosovo has a code that no standard lists.
                assert!(code.parse::<Country>().is_ok() || code == "XK", "{name} {code}");
            }
            // A region that were also a country would hide it.
            assert!(name.parse::<Country>().is_err(), "{name}");
        }
        assert_eq!(EU.split_whitespace().count(), 27);
    }
}
