//! What a word, a phrase or a field asks for. Names are looked up in the taxonomy once, here.

use stackscout_profile::candidate::read_yes_no;
use stackscout_profile::country::near_countries;
use stackscout_profile::{CandidateNumber, Country};
use stackscout_taxonomy::{SkillIx, Taxonomy};

use super::QueryError;
use super::ast::{Leaf, Place, Skill};
use super::token::Value;
use super::years::years;
use crate::Feature;
use crate::words::{city_key, source_key, words};

/// The fields, as they are written and offered in hints.
const FIELDS: [&str; 15] = [
    "skill",
    "like",
    "wants",
    "text",
    "title",
    "name",
    "country",
    "city",
    "source",
    "remote",
    "relocation",
    "years",
    "has",
    "missing",
    "id",
];

/// Names suggested at most: a person reads three at a glance.
const SUGGESTIONS_MAX: usize = 3;
/// Likeness (0 to 1) from which a name is suggested.
const SUGGESTION_LIKENESS_MIN: f64 = 0.6;

/// The skill itself.
pub(super) fn skill(skill: SkillIx, taxonomy: &Taxonomy) -> Leaf {
    Leaf::Skill(Skill::new(skill, taxonomy))
}

/// A bare word: a skill in one of its spellings, or else text.
pub(super) fn word(word: &str, at: usize, taxonomy: &Taxonomy) -> Result<Leaf, QueryError> {
    if let Some(found) = taxonomy.find(word) {
        return Ok(skill(found.skill, taxonomy));
    }
    if let Some(inside) = word.find(['*', '~']) {
        let error = QueryError::at(at + inside, "expected letters, digits or signs of a name here");
        return Err(error.hint("words are matched whole; `~skill` before a skill finds what implies it"));
    }
    text(Place::Text, word, at)
}

/// A quoted phrase: a skill in one of its spellings, or else words in a row.
pub(super) fn phrase(phrase: &str, at: usize, taxonomy: &Taxonomy) -> Result<Leaf, QueryError> {
    match taxonomy.find(phrase) {
        Some(found) => Ok(skill(found.skill, taxonomy)),
        None => text(Place::Text, phrase, at),
    }
}

/// A field with its value.
pub(super) fn field(name: &str, at: usize, value: &Value, taxonomy: &Taxonomy) -> Result<Leaf, QueryError> {
    Ok(match name {
        "skill" => skill(known_skill(value, taxonomy)?, taxonomy),
        "like" => Leaf::like(known_skill(value, taxonomy)?, taxonomy),
        "wants" => Leaf::Wants(Skill::new(known_skill(value, taxonomy)?, taxonomy)),
        "text" => text(Place::Text, &value.text, value.at)?,
        "title" => text(Place::Title, &value.text, value.at)?,
        "name" => text(Place::Name, &value.text, value.at)?,
        "country" => Leaf::Country(country(value)?),
        "city" => match city_key(&value.text) {
            city if city.is_empty() => return Err(no_words(value.at)),
            city => Leaf::City(city),
        },
        "source" => Leaf::Source(source_key(&value.text)),
        "remote" => Leaf::Remote(yes_no(value)?),
        "relocation" => Leaf::Relocation(yes_no(value)?),
        "years" => years(value)?,
        "has" => Leaf::Has(feature(value, taxonomy)?),
        "missing" => Leaf::Missing(feature(value, taxonomy)?),
        "id" => Leaf::Id(id(value)?),
        _ => return Err(unknown_field(name, at)),
    })
}

fn text(place: Place, written: &str, at: usize) -> Result<Leaf, QueryError> {
    match words(written) {
        words if words.is_empty() => Err(no_words(at)),
        words => Ok(Leaf::Phrase { place, words }),
    }
}

fn no_words(at: usize) -> QueryError {
    QueryError::at(at, "expected a word with letters or digits")
}

/// A skill that is asked for by field: by its id, as canonical queries do, or by any spelling.
fn known_skill(value: &Value, taxonomy: &Taxonomy) -> Result<SkillIx, QueryError> {
    let by_id = taxonomy.skill_by_id(&value.text);
    if let Some(skill) = by_id.or_else(|| Some(taxonomy.find(&value.text)?.skill)) {
        return Ok(skill);
    }
    let near: Vec<&str> =
        taxonomy.near(&value.text).into_iter().map(|ix| taxonomy.skill(ix).name.as_str()).collect();
    let error = QueryError::at(value.at, format!("expected a skill, found `{}`", value.text));
    Err(match near.is_empty() {
        true => error.hint("`text:` searches for words in texts"),
        false => error.did_you_mean(&near),
    })
}

fn country(value: &Value) -> Result<Country, QueryError> {
    value.text.parse().map_err(|_| {
        let named: Vec<String> =
            near_countries(&value.text).iter().map(|c| format!("{} ({c})", c.name())).collect();
        let error = QueryError::at(value.at, format!("expected a country, found `{}`", value.text));
        match named.is_empty() {
            true => error.hint("codes such as `DE` and English names such as `Germany` are understood"),
            false => error.did_you_mean(&named),
        }
    })
}

fn yes_no(value: &Value) -> Result<bool, QueryError> {
    read_yes_no(value.text.trim())
        .map_err(|_| QueryError::at(value.at, format!("expected `yes` or `no`, found `{}`", value.text)))
}

fn feature(value: &Value, taxonomy: &Taxonomy) -> Result<Feature, QueryError> {
    value.text.parse().map_err(|()| {
        let error =
            QueryError::at(value.at, format!("expected something like `email`, found `{}`", value.text));
        if let Some(found) = taxonomy.find(&value.text) {
            return error.did_you_mean(&[format!("skill:{}", taxonomy.skill(found.skill).id)]);
        }
        match near(&value.text, Feature::ALL.iter().map(|f| f.word())) {
            near if near.is_empty() => {
                let all: Vec<&str> = Feature::ALL.iter().map(|f| f.word()).collect();
                error.hint(format!("one of {}", all.join(", ")))
            }
            near => error.did_you_mean(&near),
        }
    })
}

fn id(value: &Value) -> Result<CandidateNumber, QueryError> {
    value.text.trim().parse().map_err(|_| {
        QueryError::at(value.at, format!("expected an id such as `c0000001`, found `{}`", value.text))
    })
}

fn unknown_field(name: &str, at: usize) -> QueryError {
    let error = QueryError::at(at, format!("expected a field, found `{name}`"));
    match near(name, FIELDS.into_iter()) {
        near if near.is_empty() => {
            error.hint(format!("one of {}; in quotes it is searched for as text", FIELDS.join(", ")))
        }
        near => error.did_you_mean(&near),
    }
}

/// Words like the one written, most like first.
fn near<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let written = written.to_lowercase();
    let mut scored: Vec<(f64, &str)> = known
        .map(|word| (strsim::normalized_damerau_levenshtein(&written, word), word))
        .filter(|(likeness, _)| *likeness >= SUGGESTION_LIKENESS_MIN)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().take(SUGGESTIONS_MAX).map(|(_, word)| word).collect()
}
