//! What may stand after a skill: `>= 3y`, `3+ years`, `since 2023`, `declared`, `>= 60%`; and what is said of readings
//! that could be others.

use stackscout_profile::{EvidenceSource, Years};
use stackscout_taxonomy::SkillIx;

use super::QueryError;
use super::ast::{AskedSkill, DayField, Leaf, Node, YearsAsked};
use super::leaf::Value;
use super::parse::{Parser, narrowed};
use super::token::{Kind, Token};
use super::years;

/// A skill that was written without a field, and what is asked of it.
pub(super) fn skill(
    parser: &mut Parser<'_>,
    token: &Token,
    written: &str,
    skill: SkillIx,
) -> Result<Node, QueryError> {
    let taxonomy = parser.reading.taxonomy;
    if taxonomy.is_everyday_word(written) {
        let name = &taxonomy.skill(skill).name;
        parser.note(token.at, format!("`{written}` read as the skill {name}; `text:{written}` for the word"));
    }
    more(parser, AskedSkill::itself(skill, taxonomy)).map(|asked| Node::Leaf(Leaf::Skill(asked)))
}

/// Takes what is asked of a skill, as far as it goes.
pub(super) fn more(parser: &mut Parser<'_>, mut asked: AskedSkill) -> Result<AskedSkill, QueryError> {
    loop {
        if let Some(Token { kind: Kind::Compare(sign), at, .. }) = parser.peek() {
            parser.at += 1;
            compared(parser, &mut asked, sign, *at)?;
            continue;
        }
        let Some(word) = parser.word_ahead(0) else { return Ok(asked) };
        let at = parser.peek().map_or(0, |token| token.at);
        let next = parser.word_ahead(1);
        match word.to_lowercase().as_str() {
            "since" if next.and_then(year).is_some() => {
                let year = next.and_then(year);
                asked.since = asked.since.max(year);
                parser.at += 2;
            }
            "years" if next.is_some_and(|next| next.eq_ignore_ascii_case("unknown")) => {
                asked.years = Some(YearsAsked::Unknown);
                parser.at += 2;
            }
            source @ ("mentioned" | "declared" | "worked") => {
                let strength = [EvidenceSource::Mentioned, EvidenceSource::Declared, EvidenceSource::Worked];
                let found = strength.into_iter().find(|one| one.word() == source);
                asked.source = asked.source.max(found);
                parser.at += 1;
                let name = &parser.reading.taxonomy.skill(asked.skill.ix).name;
                let text = format!("`{word}` read as the evidence for {name}; `text:{word}` for the word");
                parser.note(at, text);
            }
            // `python 5+ years`, as adverts say it.
            many if many.ends_with('+') && years::number(many.trim_end_matches('+')).is_some() => {
                let tenths = years::number(many.trim_end_matches('+')).unwrap_or_default();
                parser.at += 1;
                parser.at += usize::from(parser.word_ahead(0).is_some_and(is_unit));
                narrow(&mut asked, tenths, Years::MAX_TENTHS, at)?;
                let name = &parser.reading.taxonomy.skill(asked.skill.ix).name;
                parser.note(at, format!("`{word}` read as years of {name}"));
            }
            _ => return Ok(asked),
        }
    }
}

fn year(word: &str) -> Option<u16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|_| digits)
}

fn is_unit(word: &str) -> bool {
    let units = ["y", "yr", "yrs", "year", "years", "mo", "month", "months"];
    units.contains(&word.to_lowercase().as_str())
}

/// A number after a comparison: years, or of a related skill its credit.
fn compared(
    parser: &mut Parser<'_>,
    asked: &mut AskedSkill,
    sign: &'static str,
    at: usize,
) -> Result<(), QueryError> {
    let Some(Token { kind: Kind::Word(word), at: word_at, .. }) = parser.peek() else {
        let error = QueryError::at(at, format!("expected a number of years after `{sign}`"));
        return Err(error.hint("such as `django >= 3y`"));
    };
    parser.at += 1;
    if let Some(percent) = word.strip_suffix('%') {
        return credit(parser, asked, sign, percent, at);
    }
    let bare = word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    let unit = parser.word_ahead(0).filter(|unit| bare && is_unit(unit));
    let tenths = years::number(&format!("{word} {}", unit.unwrap_or_default())).ok_or_else(|| {
        let error = QueryError::at(*word_at, format!("expected a number of years, found `{word}`"));
        error.hint("such as `django >= 3y`, `django < 2 years` or `django = 18 months`; at most 99.9")
    })?;
    parser.at += usize::from(unit.is_some());
    let max = Years::MAX_TENTHS;
    let (from, to) = match sign {
        "<" if tenths == 0 => return Err(nobody(at)),
        "<" => (0, tenths - 1),
        "<=" => (0, tenths),
        ">=" => (tenths, max),
        ">" if tenths == max => return Err(nobody(at)),
        ">" => (tenths + 1, max),
        _ => (tenths, tenths),
    };
    narrow(asked, from, to, at)
}

fn narrow(asked: &mut AskedSkill, from: u16, to: u16, at: usize) -> Result<(), QueryError> {
    match narrowed(asked, from, to) {
        true => Ok(()),
        false => Err(nobody(at)),
    }
}

fn nobody(at: usize) -> QueryError {
    QueryError::at(at, "expected years that somebody can have: no number of years is both")
}

fn credit(
    parser: &Parser<'_>,
    asked: &mut AskedSkill,
    sign: &'static str,
    percent: &str,
    at: usize,
) -> Result<(), QueryError> {
    let fail = |message: &str| {
        QueryError::at(at, message).hint("such as `~django >= 60%`: what counts at least so much towards it")
    };
    if asked.related.is_none() {
        return Err(fail("expected years: only related skills have a credit"));
    }
    let whole = percent.parse::<f64>().ok().filter(|percent| *percent > 0.0 && *percent <= 100.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 100, checked above
    let least = whole.map(|percent| (percent * 100.0).round() as u16).filter(|least| *least > 0);
    match (sign, least) {
        (">=" | "=", Some(least)) => {
            asked.widen(Some(least), parser.reading.taxonomy);
            Ok(())
        }
        (">=" | "=", None) => Err(fail("expected a credit above 0% and at most 100%")),
        _ => Err(fail("expected `>=` before a credit")),
    }
}

/// `java/kotlin` is looked for as it stands, which few who write it mean.
pub(super) fn note_of_slash(parser: &mut Parser<'_>, word: &str, at: usize) {
    let parts: Vec<&str> = word.split('/').collect();
    let taxonomy = parser.reading.taxonomy;
    if parts.len() > 1 && parts.iter().all(|part| taxonomy.find(part).is_some()) {
        let either = parts.join(" or ");
        parser.note(at, format!("`{word}` is looked for in texts as it stands; `{either}` for either skill"));
    }
}

/// `imported:2026` could be an import's number.
pub(super) fn note_of_year(parser: &mut Parser<'_>, field: DayField, value: &Value) {
    if field == DayField::Imported && value.sign.is_none() && year(&value.text).is_some() {
        let text = &value.text;
        parser.note(
            value.at,
            format!("`{text}` read as the year; `imported:#{text}` for the import of that number"),
        );
    }
}
