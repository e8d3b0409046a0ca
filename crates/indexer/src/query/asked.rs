//! What may stand after a skill: `>= 3y`, `3+ years`, `since 2023`, `declared`, `>= 60%`; years before it, its version,
//! and what is said of readings that could be others.

use stackscout_profile::{EvidenceSource, Years};
use stackscout_taxonomy::{SkillIx, Taxonomy};

use super::ast::{AskedSkill, DayField, Leaf, Node, YearsAsked};
use super::leaf::Value;
use super::parse::{Parser, narrowed};
use super::token::{Kind, Token};
use super::years;
use super::{Note, QueryError};

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
        if let Some(said) = years_behind(parser) {
            parser.at += said.tokens;
            at_least(&mut asked, &said)?;
            let text = note_of_years(parser, &asked, &said);
            parser.note(said.at, text);
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
            _ => return Ok(asked),
        }
    }
}

/// Years as adverts say them: at least so many.
struct Said<'a> {
    tenths: u16,
    /// How many tokens say it.
    tokens: usize,
    /// The word with the figure, and its place.
    word: &'a str,
    at: usize,
    /// Whether it is said that these are years or months.
    has_unit: bool,
}

/// `5+`, `5+ years`, `5 yrs`, `5y` so many tokens on.
fn said<'a>(parser: &Parser<'a>, ahead: usize) -> Option<Said<'a>> {
    let (word, at) = parser.any_word_ahead(ahead)?;
    let bare = word.trim_end_matches('+');
    let own_unit = bare.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let next_unit = parser.word_ahead(ahead + 1).filter(|unit| own_unit.is_empty() && is_unit(unit));
    let has_unit = next_unit.is_some() || is_unit(own_unit);
    let is_years = has_unit || own_unit.is_empty() && bare.len() < word.len();
    if !is_years || own_unit.len() == bare.len() {
        return None;
    }
    let tenths = years::number(&format!("{bare} {}", next_unit.unwrap_or_default()))?;
    Some(Said { tenths, tokens: 1 + usize::from(next_unit.is_some()), word, at, has_unit })
}

/// Years right behind a skill: `python 5+ years`, `python (5+ years)`, `python min 5y`.
fn years_behind<'a>(parser: &Parser<'a>) -> Option<Said<'a>> {
    let in_brackets = parser.kind_ahead(0) == Some(&Kind::Open);
    let mut from = usize::from(in_brackets);
    let first = match in_brackets {
        true => parser.any_word_ahead(from)?.0,
        false => parser.word_ahead(0)?,
    };
    if matches!(first.to_lowercase().as_str(), "min" | "min." | "minimum") {
        from += 1;
        parser.word_ahead(from)?;
    }
    let mut said = said(parser, from)?;
    said.tokens += from;
    if in_brackets {
        if parser.kind_ahead(said.tokens) != Some(&Kind::Close) {
            return None;
        }
        said.tokens += 1;
    }
    Some(said)
}

/// Years right before a skill: `5+ years java`, `5+ years of java`. Takes nothing where no skill follows.
pub(super) fn years_in_front(parser: &mut Parser<'_>, run_max: usize) -> Result<Option<Node>, QueryError> {
    const LINKS: [&str; 5] = ["of", "in", "with", "experience", "exp"];
    let Some(said) = said(parser, 0).filter(|said| said.has_unit) else { return Ok(None) };
    let (begin, notes) = (parser.at, parser.notes.len());
    let is_link = |word: &str| LINKS.contains(&word.to_lowercase().as_str());
    parser.at += said.tokens;
    for _ in 0..LINKS.len() {
        parser.at += usize::from(parser.word_ahead(0).is_some_and(is_link));
    }
    let first = parser.word_ahead(0).and(parser.peek());
    let node = match first {
        Some(first) => parser.run(first, run_max)?,
        None => None,
    };
    let Some(Node::Leaf(Leaf::Skill(mut asked))) = node else {
        parser.at = begin;
        parser.notes.truncate(notes);
        return Ok(None);
    };
    at_least(&mut asked, &said)?;
    let text = note_of_years(parser, &asked, &said);
    parser.notes.insert(notes, Note { at: said.at, text });
    Ok(Some(Node::Leaf(Leaf::Skill(asked))))
}

/// `years 5+`: years of experience in all.
pub(super) fn years_in_all(parser: &mut Parser<'_>, word: &str) -> Option<Node> {
    let is_years = matches!(word.to_lowercase().as_str(), "years" | "yoe");
    let figure = parser.word_ahead(1).filter(|figure| is_years && figure.ends_with('+'))?;
    let said = said(parser, 1)?;
    parser.at += 1 + said.tokens;
    let text = format!("`{word} {figure}` read as years of experience in all; `text:{word}` for the word");
    parser.note(said.at, text);
    Some(Node::Leaf(Leaf::Years { min_tenths: said.tenths, max_tenths: Years::MAX_TENTHS }))
}

fn at_least(asked: &mut AskedSkill, said: &Said<'_>) -> Result<(), QueryError> {
    narrow(asked, said.tenths, Years::MAX_TENTHS, said.at)
}

fn note_of_years(parser: &Parser<'_>, asked: &AskedSkill, said: &Said<'_>) -> String {
    format!("`{}` read as years of {}", said.word, parser.reading.taxonomy.skill(asked.skill.ix).name)
}

/// The skill of a name with a version behind it, such as `postgres 15`. `None` where both are the name of another skill,
/// such as `perl 6`.
pub(super) fn versioned(name: &str, version: &str, taxonomy: &Taxonomy) -> Option<SkillIx> {
    let named = taxonomy.find(name).filter(|_| is_version(version))?;
    let whole = format!("{name} {version}");
    if taxonomy.find_spelling(&whole).is_some_and(|found| found.skill != named.skill) {
        return None;
    }
    let read = taxonomy.read_one(&whole);
    read.resolution.skill().filter(|_| read.version.is_some())
}

/// `15`, `8.3`, `2.x`, `v7`, and the years by which some are named: `2019`. Longer figures are something else.
fn is_version(word: &str) -> bool {
    let word = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    word.split('.').enumerate().all(|(i, part)| match part.len() {
        1 if i > 0 && part == "x" => true,
        1 | 2 => digits(part),
        4 => i == 0 && digits(part) && part.starts_with(['1', '2']),
        _ => false,
    })
}

/// What is said of a version that is not asked for.
pub(super) fn note_of_version(name: &str, version: &str, skill: SkillIx, taxonomy: &Taxonomy) -> String {
    let read = &taxonomy.skill(skill).name;
    format!("`{name} {version}` read as the skill {read} in any version; `text:{version}` for the word")
}

fn year(word: &str) -> Option<u16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|_| digits)
}

pub(super) fn is_unit(word: &str) -> bool {
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
