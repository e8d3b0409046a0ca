//! What a search found, for people and for programs.

use std::fmt::Write as _;

use serde_json::json;
use stackscout_engine::{Counted, Facet, Found, Matched, Snippet};
use stackscout_profile::EvidenceSource;
use stackscout_report::inert;
use stackscout_report::table::{plain, wrapped};
use stackscout_taxonomy::{LastUsed, SkillIx, Taxonomy};

use crate::out;

/// The whole answer for programs.
pub fn as_json(found: &Found, taxonomy: &Taxonomy) -> serde_json::Value {
    let hits: Vec<_> = found
        .hits
        .iter()
        .map(|hit| {
            let c = &hit.candidate;
            let matched: Vec<_> = hit.matched.iter().map(|matched| matched_json(matched, taxonomy)).collect();
            json!({
                "candidate": c.number.to_string(),
                "name": c.name,
                "title": c.title,
                "country": c.country.map(|c| c.to_string()),
                "city": c.city,
                "years": c.total_years.map(|y| f64::from(y.tenths()) / 10.0),
                "matched_skills": matched,
                "evidence": hit.evidence,
                "snippets": hit.snippets.iter().map(snippet_json).collect::<Vec<_>>(),
            })
        })
        .collect();
    let through: Vec<_> = found
        .through
        .iter()
        .map(|t| json!({ "skill": taxonomy.skill(t.skill).id, "more": t.count, "held": ids(&t.held, taxonomy) }))
        .collect();
    let without: Vec<_> = found
        .without
        .iter()
        .map(|w| {
            let parts = w.parts.iter().map(|(clause, alone)| json!({ "clause": clause, "alone": alone }));
            let parts: Vec<_> = parts.collect();
            json!({ "clause": w.clause, "alone": w.alone, "total": w.total, "parts": parts })
        })
        .collect();
    json!({
        "query": found.understood,
        "total": found.total,
        "sort": found.sort.word(),
        "hits": hits,
        "next": found.next,
        "facets": facets_json(found, taxonomy),
        "through": through,
        "without": without,
    })
}

fn matched_json(Matched { evidence, towards }: &Matched, taxonomy: &Taxonomy) -> serde_json::Value {
    let skill = taxonomy.skill(evidence.skill);
    let last_used = evidence.last_used.map(|used| match used {
        LastUsed::Year(year) => json!(year),
        LastUsed::Current => json!("current"),
    });
    let towards = towards.map(
        |(asked, credit)| json!({ "skill": taxonomy.skill(asked).id, "credit": credit.ten_thousandths() }),
    );
    json!({
        "skill": skill.id,
        "name": skill.name,
        "years": evidence.years.map(|y| f64::from(y.tenths()) / 10.0),
        "last_used": last_used,
        "source": evidence.source.word(),
        "towards": towards,
    })
}

/// Such as `Flask 9y to 2024 (60% of Django)`.
fn matched_words(Matched { evidence, towards }: &Matched, taxonomy: &Taxonomy) -> String {
    let mut words = taxonomy.skill(evidence.skill).name.clone();
    if let Some(years) = evidence.years {
        let _ = write!(words, " {years}y");
    }
    if let Some(LastUsed::Year(year)) = evidence.last_used {
        let _ = write!(words, " to {year}");
    }
    if evidence.source == EvidenceSource::Mentioned {
        words.push_str(" (mentioned)");
    }
    if let Some((asked, credit)) = *towards {
        let percent = f64::from(credit.ten_thousandths()) / 100.0;
        let _ = write!(words, " ({percent}% of {})", taxonomy.skill(asked).name);
    }
    words
}

/// Places of words are counted in characters, not in bytes.
fn snippet_json(snippet: &Snippet) -> serde_json::Value {
    let chars = |until: usize| snippet.text[..until].chars().count();
    let marks: Vec<_> = snippet.marks.iter().map(|mark| [chars(mark.start), chars(mark.end)]).collect();
    json!({ "text": snippet.text, "marks": marks })
}

fn facets_json(found: &Found, taxonomy: &Taxonomy) -> serde_json::Value {
    let facet = |counted: &Counted| {
        let value = |(value, count): &(String, u64)| match counted.facet {
            Facet::Skill => json!({ "value": value, "name": skill_name(value, taxonomy), "count": count }),
            _ => json!({ "value": value, "count": count }),
        };
        let values: Vec<_> = counted.values.iter().map(value).collect();
        (counted.facet.word().to_owned(), json!({ "values": values, "unknown": counted.unknown }))
    };
    serde_json::Value::Object(found.facets.iter().map(facet).collect())
}

fn skill_name<'t>(id: &'t str, taxonomy: &'t Taxonomy) -> &'t str {
    taxonomy.skill_by_id(id).map_or(id, |skill| taxonomy.skill(skill).name.as_str())
}

fn ids(skills: &[SkillIx], taxonomy: &Taxonomy) -> Vec<String> {
    skills.iter().map(|s| taxonomy.skill(*s).id.clone()).collect()
}

/// Hits within the width of a terminal.
pub fn table(found: &Found, offset: usize, taxonomy: &Taxonomy, width: u16) -> String {
    let name = |s: &SkillIx| taxonomy.skill(*s).name.as_str();
    let mut text = String::new();
    let people = if found.total == 1 { "person" } else { "people" };
    let _ =
        writeln!(text, "{}", wrapped("", &format!("{} {people}: {}", found.total, found.understood), width));
    for t in &found.through {
        let held: Vec<&str> = t.held.iter().map(name).collect();
        let words = format!(
            "{} more through {}; `~{} >= 100%` brings them in",
            t.count,
            held.join(", "),
            taxonomy.skill(t.skill).id
        );
        let _ = writeln!(text, "{}", wrapped("  ", &words, width));
    }
    for (word, near) in found.near.iter().filter(|_| found.total == 0) {
        let names: Vec<&str> = near.iter().map(name).collect();
        let words = format!("`{}` is looked for as text; did you mean {}?", inert(word), names.join(" or "));
        let _ = writeln!(text, "{}", wrapped("  ", &words, width));
    }
    without(found, width, &mut text);
    facets(found, taxonomy, width, &mut text);
    if found.hits.is_empty() {
        return text;
    }
    let mut table = plain(width);
    table.set_header(["candidate", "name", "title", "place", "years", "matched skills"]);
    for hit in &found.hits {
        let c = &hit.candidate;
        let skills: Vec<String> =
            hit.matched.iter().map(|matched| matched_words(matched, taxonomy)).collect();
        let place: Vec<String> =
            [c.city.as_deref().map(inert), c.country.map(|c| c.to_string())].into_iter().flatten().collect();
        table.add_row([
            c.number.to_string(),
            inert(c.name.as_deref().unwrap_or("")),
            inert(c.title.as_deref().unwrap_or("")),
            place.join(", "),
            c.total_years.map(|y| y.to_string()).unwrap_or_default(),
            skills.join(", "),
        ]);
    }
    let _ = writeln!(text, "\n{}", table.trim_fmt());
    snippets(found, width, &mut text);
    let shown = offset as u64 + found.hits.len() as u64;
    match (found.left, &found.next) {
        (Some(left), _) if left > 0 => {
            let _ = writeln!(text, "\n{left} more: --limit or --offset {shown}");
        }
        (None, Some(next)) => {
            let _ = writeln!(text, "\nmore: --limit or --after {next}");
        }
        _ => {}
    }
    text
}

/// What emptied the list, and what would fill it.
fn without(found: &Found, width: u16, text: &mut String) {
    let people = |count: u64| if count == 1 { "1 person".to_owned() } else { format!("{count} people") };
    for without in &found.without {
        let clause = &without.clause;
        let words = match (without.alone, without.total) {
            (_, None) if without.parts.is_empty() => format!("nobody matches `{clause}`"),
            (_, None) => {
                let parts = without.parts.iter().map(|(part, alone)| format!("`{part}` {alone}"));
                format!("nobody matches `{clause}`; alone: {}", parts.collect::<Vec<_>>().join(", "))
            }
            (0, Some(total)) => format!("nobody matches `{clause}`; without it: {}", people(total)),
            (_, Some(0)) => continue,
            (_, Some(total)) => format!("without `{clause}`: {}", people(total)),
        };
        let _ = writeln!(text, "{}", wrapped("  ", &inert(&words), width));
    }
    if !found.without.is_empty() && found.without.iter().all(|w| w.alone > 0 && w.total == Some(0)) {
        let words = "each clause is matched by somebody; leaving out one alone brings in nobody";
        let _ = writeln!(text, "{}", wrapped("  ", words, width));
    }
}

/// Values of each facet shown at most; JSON has all of them.
const VALUES_MAX: usize = 10;

fn facets(found: &Found, taxonomy: &Taxonomy, width: u16, text: &mut String) {
    if !found.facets.is_empty() {
        text.push('\n');
    }
    for counted in &found.facets {
        let name = |value: &str| match counted.facet {
            Facet::Skill => skill_name(value, taxonomy).to_owned(),
            _ => inert(value),
        };
        let shown = counted.values.iter().take(VALUES_MAX);
        let mut values: Vec<String> =
            shown.map(|(value, count)| format!("{} {count}", name(value))).collect();
        if counted.values.len() > VALUES_MAX {
            values.push(format!("{} more", counted.values.len() - VALUES_MAX));
        }
        if counted.unknown > 0 {
            values.push(format!("unknown {}", counted.unknown));
        }
        let words = if values.is_empty() { "nothing".to_owned() } else { values.join(", ") };
        let _ = writeln!(text, "{}", wrapped(&format!("  {}: ", counted.facet), &words, width));
    }
}

/// The words of the query where they stand, one line each, bold on a terminal.
fn snippets(found: &Found, width: u16, text: &mut String) {
    let mut lines = String::new();
    for hit in &found.hits {
        for snippet in &hit.snippets {
            let lead = format!("  {}  ", hit.candidate.number);
            let words = wrapped(&lead, &inert(&snippet.text), width);
            let marked: Vec<String> =
                snippet.marks.iter().map(|mark| inert(&snippet.text[mark.clone()])).collect();
            let _ = writeln!(lines, "{}", out::bold(&words, &marked));
        }
    }
    if !lines.is_empty() {
        let _ = write!(text, "\n{lines}");
    }
}

#[cfg(test)]
mod tests {
    use stackscout_engine::{Sort, Without};

    use super::*;

    #[test]
    fn an_alternative_that_nobody_matches_is_named_with_its_clauses() {
        let alternative = |clause: &str, parts| {
            let clause = clause.to_owned();
            Without { clause, alone: 0, total: None, parts }
        };
        let parts = vec![("skill:cobol".to_owned(), 0), ("skill:go".to_owned(), 7)];
        let found = Found {
            understood: "skill:cobol and skill:go or skill:fortran".to_owned(),
            total: 0,
            hits: Vec::new(),
            sort: Sort::Evidence,
            next: None,
            left: Some(0),
            facets: Vec::new(),
            through: Vec::new(),
            without: vec![
                alternative("skill:cobol and skill:go", parts),
                alternative("skill:fortran", Vec::new()),
            ],
            near: Vec::new(),
        };
        let text = table(&found, 0, &Taxonomy::embedded(), 100);
        let lines: Vec<&str> = text.lines().skip(1).map(str::trim).collect();
        let expected = [
            "nobody matches `skill:cobol and skill:go`; alone: `skill:cobol` 0, `skill:go` 7",
            "nobody matches `skill:fortran`",
        ];
        assert_eq!(lines, expected);
    }
}
