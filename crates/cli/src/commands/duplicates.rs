//! `stackscout candidate duplicates`: two people side by side, and why they may be one.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};
use stackscout_engine::{Duplicate, Pool};
use stackscout_profile::{Field, Record};
use stackscout_report::inert;
use stackscout_report::table::{plain, wrapped};

use crate::args::{Format, Shared};
use crate::out;

/// What is compared: who somebody is, not what they can do.
const COMPARED: [Field; 11] = [
    Field::Name,
    Field::FirstName,
    Field::LastName,
    Field::Email,
    Field::Phone,
    Field::Link,
    Field::Title,
    Field::Employer,
    Field::Location,
    Field::City,
    Field::Country,
];

pub fn run(pool: &Pool, limit: usize, shared: &Shared) -> anyhow::Result<()> {
    pool.needs_sight("the list of possible duplicates")?;
    let duplicates = pool.duplicates()?;
    let people = duplicates.iter().take(limit).flat_map(|pair| [pair.a, pair.b]);
    super::export::printed(shared, pool, "candidate duplicates", people)?;
    match shared.format {
        Format::Json => {
            let rows: Vec<Json> =
                duplicates.iter().take(limit).map(|d| pair_json(pool, d)).collect::<Result<_, _>>()?;
            out::json(&rows);
        }
        Format::Table if duplicates.is_empty() => {
            out::text("nobody: no two people share a key or look alike\n");
        }
        Format::Table => {
            let mut text = String::new();
            for duplicate in duplicates.iter().take(limit) {
                text.push_str(&side_by_side(pool, duplicate)?);
                text.push('\n');
            }
            let more = duplicates.len().saturating_sub(limit);
            if more > 0 {
                let _ = writeln!(text, "and {more} more pairs; --limit shows them");
            }
            out::text(&text);
        }
    }
    Ok(())
}

fn reason_words(reason: &str) -> &str {
    match reason {
        "same-email-other-name" => "the same e-mail address under another name",
        "same-link-other-name" => "the same profile link under another name",
        "keys-point-at-two-people" => "one row held a key of each",
        "same-name-and-phone" => "the same name and phone number",
        "same-name-city-and-employer" => "the same name, city and employer",
        "look-alike-email" => "e-mail addresses that look the same",
        other => other,
    }
}

fn texts(record: &Record, field: Field) -> Vec<String> {
    let mut texts: Vec<String> = record.values(field).iter().map(|v| inert(v.text.trim())).collect();
    let mut seen = Vec::new();
    texts.retain(|text| {
        let new = !seen.contains(text);
        seen.push(text.clone());
        new
    });
    texts
}

fn sources(record: &Record) -> Vec<String> {
    let id = |id: &Option<String>| id.as_ref().map_or(String::new(), |id| format!(" {}", inert(id)));
    let mut sources: Vec<String> =
        record.parts.iter().map(|p| format!("{}{}", inert(&p.source), id(&p.external_id))).collect();
    sources.dedup();
    sources
}

fn side_by_side(pool: &Pool, duplicate: &Duplicate) -> anyhow::Result<String> {
    let (a, b) = (pool.record(duplicate.a)?, pool.record(duplicate.b)?);
    let reasons: Vec<&str> = duplicate.reasons.iter().map(|r| reason_words(r)).collect();
    let lead = format!("{} and {}: ", a.number, b.number);
    let mut text = format!("{}\n", wrapped(&lead, &reasons.join("; "), out::width()));
    let mut table = plain(out::width());
    table.set_header(["  ".to_owned(), a.number.to_string(), b.number.to_string()]);
    for field in COMPARED {
        let (left, right) = (texts(&a, field), texts(&b, field));
        if !left.is_empty() || !right.is_empty() {
            table.add_row([format!("  {}", field.word()), left.join("; "), right.join("; ")]);
        }
    }
    table.add_row(["  known from".to_owned(), sources(&a).join("; "), sources(&b).join("; ")]);
    let _ = writeln!(text, "{}", table.trim_fmt());
    let _ = writeln!(text, "  one person: stackscout candidate merge {} {}", a.number, b.number);
    let _ = writeln!(text, "  two people: stackscout candidate keep-apart {} {}", a.number, b.number);
    Ok(text)
}

fn pair_json(pool: &Pool, duplicate: &Duplicate) -> anyhow::Result<Json> {
    let person = |record: Record| {
        let fields: serde_json::Map<String, Json> = COMPARED
            .iter()
            .map(|field| (field.word().to_owned(), texts(&record, *field)))
            .filter(|(_, texts)| !texts.is_empty())
            .map(|(word, texts)| (word, json!(texts)))
            .collect();
        json!({ "candidate": record.number.to_string(), "sources": sources(&record), "fields": fields })
    };
    let people = [person(pool.record(duplicate.a)?), person(pool.record(duplicate.b)?)];
    Ok(json!({ "a": duplicate.a.to_string(), "b": duplicate.b.to_string(), "reasons": duplicate.reasons,
               "people": people }))
}
