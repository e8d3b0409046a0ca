//! What a word, a phrase or the value of a field asks for. Names are looked up in the taxonomy once, here.

use stackscout_profile::candidate::read_yes_no;
use stackscout_profile::country::near_countries;
use stackscout_profile::pay::read_pay;
use stackscout_profile::{CandidateNumber, Country, PayUnit, Seniority, SpokenLanguage};
use stackscout_taxonomy::{SkillIx, Taxonomy};

use super::ast::{AskedSkill, DayField, KeyField, Leaf, Node, Place, Skill, Words};
use super::days::days;
use super::fields::{FieldName, near as near_words};
use super::years::years;
use super::{QueryError, Reading, defined, near};
use crate::Feature;
use crate::words::{source_key, word_key, words};

/// What a field is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub text: String,
    /// First byte, quote and sign included.
    pub at: usize,
    /// `<`, `<=`, `=`, `>=` or `>`, where one stands before it.
    pub sign: Option<&'static str>,
    /// Whether fewer words will be tried where these are no value, so that no error need be well worded.
    pub is_trial: bool,
}

/// Letters before a `*` at least: fewer begin a great part of all words.
const PREFIX_CHARS_MIN: usize = 2;

/// The skill itself.
pub(super) fn skill(skill: SkillIx, taxonomy: &Taxonomy) -> Leaf {
    Leaf::Skill(AskedSkill::itself(skill, taxonomy))
}

/// Words in a row, or with a `*` at its end one word by its beginning.
pub(super) fn text(place: Place, written: &str, at: usize) -> Result<Leaf, QueryError> {
    let (bare, prefix) = match written.strip_suffix('*') {
        Some(bare) => (bare, true),
        None => (written, false),
    };
    if let Some(inside) = bare.find('*') {
        let error = QueryError::at(at + inside, "expected letters, digits or signs of a name here");
        return Err(error.hint("`*` ends a word and stands nowhere else: `develop*`"));
    }
    let words = words(bare);
    if words.is_empty() {
        return Err(no_words(at));
    }
    let is_short = words.iter().any(|word| word.chars().count() < PREFIX_CHARS_MIN);
    if prefix && (words.len() != 1 || is_short) {
        let star = at + bare.len();
        let message = format!("expected one word of at least {PREFIX_CHARS_MIN} letters before `*`");
        return Err(QueryError::at(star, message).hint("`develop*` finds developer and development"));
    }
    Ok(Leaf::Words(Words { place, words, prefix }))
}

/// A quoted phrase: words in a row.
pub(super) fn phrase(place: Place, written: &str, at: usize) -> Result<Leaf, QueryError> {
    match words(written) {
        words if words.is_empty() => Err(no_words(at)),
        words => Ok(Leaf::Words(Words { place, words, prefix: false })),
    }
}

/// A level of seniority in any of its words, or a scale's own word as it is stated; with a sign the levels on that side.
fn seniority(value: &Value) -> Result<Node, QueryError> {
    let is = |key: String| Node::Leaf(Leaf::Key { field: KeyField::Seniority, key });
    let sign = value.sign.filter(|sign| *sign != "=");
    match (Seniority::read(&value.text), sign) {
        (Some(level), None) => Ok(is(level.word().to_owned())),
        (Some(level), Some(sign)) => {
            let on_that_side = |one: &Seniority| match sign {
                "<" => *one < level,
                "<=" => *one <= level,
                ">" => *one > level,
                _ => *one >= level,
            };
            let levels: Vec<Node> = Seniority::ALL
                .iter()
                .copied()
                .filter(on_that_side)
                .map(|level| is(level.word().to_owned()))
                .collect();
            if levels.is_empty() {
                return Err(QueryError::at(
                    value.at,
                    format!("expected a level, and none is {sign} {level}"),
                ));
            }
            Ok(Node::or(levels))
        }
        (None, None) if !word_key(&value.text).is_empty() => Ok(is(word_key(&value.text))),
        (None, _) => {
            let all: Vec<&str> = Seniority::ALL.iter().map(|level| level.word()).collect();
            let error = QueryError::at(value.at, format!("expected a level, found `{}`", value.text));
            Err(error.hint(format!("one of {}", all.join(", "))))
        }
    }
}

/// A country whose name, not its code, is written.
pub(super) fn country_named(written: &str) -> Option<Country> {
    /// Shorter ones are codes, and words of other languages.
    const NAME_CHARS_MIN: usize = 4;
    const SHORT: [&str; 3] = ["usa", "uk", "uae"];
    let is_name =
        written.chars().count() >= NAME_CHARS_MIN || SHORT.contains(&written.to_lowercase().as_str());
    written.parse().ok().filter(|_| is_name)
}

/// An e-mail address, where that is what is written.
pub(super) fn email(written: &str) -> Option<Leaf> {
    let (local, domain) = written.split_once('@')?;
    let is_one = !local.is_empty() && domain.contains('.') && !domain.contains('@') && !domain.ends_with('.');
    is_one.then(|| Leaf::Key { field: KeyField::Email, key: source_key(written) })
}

/// A field with its value.
pub(super) fn field(
    name: FieldName,
    value: &Value,
    is_quoted: bool,
    reading: &Reading<'_>,
) -> Result<Node, QueryError> {
    let taxonomy = reading.taxonomy;
    let words_in = |place| match is_quoted {
        true => phrase(place, &value.text, value.at),
        false => text(place, &value.text, value.at),
    };
    Ok(Node::Leaf(match name {
        FieldName::Skill => skill(known_skill(value, taxonomy)?, taxonomy),
        FieldName::Like => {
            let mut asked = AskedSkill::itself(known_skill(value, taxonomy)?, taxonomy);
            asked.widen(None, taxonomy);
            Leaf::Skill(asked)
        }
        FieldName::Wants => Leaf::Wants(Skill::new(known_skill(value, taxonomy)?, taxonomy)),
        FieldName::Trait => defined::brings(value, taxonomy)?,
        FieldName::Stack => defined::stack(value, taxonomy)?,
        FieldName::Kind => defined::kind(value, taxonomy)?,
        FieldName::Family => defined::family(value, taxonomy)?,
        FieldName::Company => {
            let (employer, work) = (words_in(Place::Employer)?, words_in(Place::Work)?);
            let company = employer.words();
            let means = Node::or(vec![Node::Leaf(employer), Node::Leaf(work)]);
            Leaf::Defined { field: "company", value: company, means: Box::new(means) }
        }
        FieldName::Words(place) => words_in(place)?,
        FieldName::Country => match defined::region(value, "country", Leaf::Country) {
            Some(region) => region,
            None => Leaf::Country(country(value)?),
        },
        FieldName::Near => near::near(value)?,
        FieldName::Permit => match defined::region(value, "permit", Leaf::Permit) {
            Some(region) => region,
            None => Leaf::Permit(country(value)?),
        },
        FieldName::Language => Leaf::Language(language(value, taxonomy)?),
        FieldName::Key(field) => {
            let key = match field {
                KeyField::Source | KeyField::Email => source_key(&value.text),
                _ => word_key(&value.text),
            };
            if key.is_empty() {
                return Err(no_words(value.at));
            }
            Leaf::Key { field, key }
        }
        FieldName::YesNo(field) => Leaf::YesNo { field, yes: yes_no(value)? },
        FieldName::Years => years(value)?,
        FieldName::Seniority => return seniority(value),
        FieldName::Pay => pay(value)?,
        FieldName::Day(field) => match days(field, value, reading) {
            // An application has a day and a job.
            Err(error) if field == DayField::Applied && value.sign.is_none() && !value.is_trial => {
                let job = words_in(Place::Applied)?;
                let plain = Value { text: job.words(), at: value.at, sign: None, is_trial: false };
                // `2026-` is a day that went wrong, and no job.
                if days(field, &plain, reading).is_ok() {
                    return Err(error);
                }
                job
            }
            found => found?,
        },
        FieldName::Has => Leaf::Has(feature(value, taxonomy)?),
        FieldName::Missing => Leaf::Missing(feature(value, taxonomy)?),
        FieldName::Id => Leaf::Id(id(value)?),
        FieldName::Saved => defined::saved(value, reading)?,
        FieldName::NewSince => defined::new_since(value, reading)?,
    }))
}

pub(super) fn no_words(at: usize) -> QueryError {
    QueryError::at(at, "expected a word with letters or digits")
}

/// A skill that is asked for by field: by its id, as canonical queries do, or by any spelling.
fn known_skill(value: &Value, taxonomy: &Taxonomy) -> Result<SkillIx, QueryError> {
    let found = match value.is_trial {
        true => taxonomy.find_spelling(&value.text),
        false => taxonomy.find(&value.text),
    };
    if let Some(skill) = taxonomy.skill_by_id(&value.text).or(found.map(|found| found.skill)) {
        return Ok(skill);
    }
    let error = QueryError::at(value.at, format!("expected a skill, found `{}`", value.text));
    if value.is_trial {
        return Err(error);
    }
    let near = near_skills(&value.text, taxonomy);
    Err(match near.is_empty() {
        true => error.hint("`text:` searches for words in texts"),
        false => error.did_you_mean(&near),
    })
}

/// The names of skills near to a word.
pub(super) fn near_skills<'a>(word: &str, taxonomy: &'a Taxonomy) -> Vec<&'a str> {
    taxonomy.near(word).into_iter().map(|ix| taxonomy.skill(ix).name.as_str()).collect()
}

fn country(value: &Value) -> Result<Country, QueryError> {
    value.text.parse().map_err(|_| {
        let error = QueryError::at(value.at, format!("expected a country, found `{}`", value.text));
        if value.is_trial {
            return error;
        }
        let mut named: Vec<String> =
            near_countries(&value.text).iter().map(|c| format!("{} ({c})", c.name())).collect();
        named.extend(defined::near_regions(&value.text));
        match named.is_empty() {
            true => error.hint("codes such as `DE`, English names and regions such as `dach` are understood"),
            false => error.did_you_mean(&named),
        }
    })
}

fn language(value: &Value, taxonomy: &Taxonomy) -> Result<SpokenLanguage, QueryError> {
    value.text.parse().map_err(|_| {
        let error = QueryError::at(value.at, format!("expected a spoken language, found `{}`", value.text));
        match taxonomy.find(&value.text) {
            Some(found) => error.did_you_mean(&[format!("skill:{}", taxonomy.skill(found.skill).id)]),
            None => error.hint("names such as `German` and codes such as `de` are understood"),
        }
    })
}

fn pay(value: &Value) -> Result<Leaf, QueryError> {
    let error = |what: &str| QueryError::at(value.at, format!("expected {what}, found `{}`", value.text));
    let forms = "`pay<=80k eur`, `pay>=450 gbp per day` and `pay:60k..80k eur` are understood";
    let (low, high) = match value.text.split_once("..") {
        Some((low, high)) if value.sign.is_none() || value.sign == Some("=") => (Some(low), high),
        _ => (None, value.text.as_str()),
    };
    let read = |text| match read_pay(text) {
        Ok(Some(range)) => Ok(range),
        _ => Err(error("pay").hint(forms)),
    };
    let stated = read(high)?;
    let Some(currency) = stated.currency else {
        let hint = "pay is compared in one currency; a dollar sign alone names none: `pay<=80k usd`";
        return Err(error("a currency after the amount").hint(hint));
    };
    let per = stated.per.unwrap_or(PayUnit::Year);
    let nobody = || error("an amount that somebody can have");
    // `60-80k eur` is a range as it stands; a sign takes one amount.
    let (from, to) = (stated.from.unwrap_or(0), stated.to.unwrap_or(u64::MAX));
    let one = || if from == to { Ok(to) } else { Err(error("one amount").hint(forms)) };
    let (min, max) = match (low, value.sign) {
        (Some(low), _) => (read(low)?.from.ok_or_else(nobody)?, one()?),
        (None, Some("<=")) => (0, one()?),
        (None, Some("<")) => (0, one()?.checked_sub(1).ok_or_else(nobody)?),
        (None, Some(">=")) => (one()?, u64::MAX),
        (None, Some(">")) => (one()?.saturating_add(1), u64::MAX),
        (None, _) => (from, to),
    };
    // Nobody's pay is read as nothing.
    if min > max || max == 0 {
        return Err(nobody());
    }
    Ok(Leaf::Pay { min, max, currency, per })
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
        match near_words(&value.text, Feature::ALL.iter().map(|f| f.word())) {
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
