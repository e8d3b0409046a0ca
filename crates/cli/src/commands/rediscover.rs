//! People who are in the pool already: `search --role`, `candidate similar`, and `search --complete`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;
use stackscout_engine::{ForRole, Pool, SimilarPeople, read_roles};
use stackscout_matcher::similar::{Like, Part};
use stackscout_report::model::{Names, shortlist};
use stackscout_report::table::{self, plain, wrapped};
use stackscout_report::{hundredths, inert, jsonl};
use stackscout_taxonomy::Taxonomy;

use crate::args::{Format, Shared, Wanted};
use crate::out;

/// Those who match a query, ranked for a role.
pub fn for_role(
    pool: &mut Pool,
    role: &Path,
    query: &str,
    limit: usize,
    shared: &Shared,
) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let roles = read_roles(&[PathBuf::from(role)], &taxonomy)?;
    let [role] = roles.as_slice() else {
        anyhow::bail!("`--role` takes one role file, not a folder of several")
    };
    let found = pool.search_for_role(role, query, limit, None)?;
    out::pool_notes(shared, pool);
    let ForRole { understood, total, as_of, ranked, imports } = found;
    let people = ranked.shortlist.entries.iter().map(|entry| entry.number);
    super::export::printed(shared, pool, "search --role", people)?;
    let list = shortlist(&ranked, &Names { taxonomy: &taxonomy, imports: &imports, as_of });
    if shared.wanted == Wanted::Jsonl {
        out::data(&list.entries.iter().map(jsonl::line).collect::<String>());
        return Ok(ExitCode::SUCCESS);
    }
    match shared.format {
        Format::Json => out::json(&json!({ "query": understood, "total": total, "shortlist": list })),
        Format::Table => {
            let people = if total == 1 { "person" } else { "people" };
            let words = format!("{total} {people}: {understood}");
            let head = wrapped("", &words, out::width());
            out::text(&format!("{head}\n\n{}", table::shortlist(&list, out::width())));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// People like somebody.
pub fn similar(
    pool: &mut Pool,
    who: &str,
    query: &str,
    limit: usize,
    shared: &Shared,
) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let number = pool.find_candidate(who)?;
    let found = pool.similar_to(number, query, limit)?;
    out::pool_notes(shared, pool);
    let people = found.people.iter().map(|(_, candidate)| candidate.number);
    super::export::printed(shared, pool, "candidate similar", people.chain([number]))?;
    match shared.format {
        Format::Json => out::json(&similar_json(&found, &taxonomy)),
        Format::Table => out::text(&similar_table(&found, &taxonomy)),
    }
    Ok(ExitCode::SUCCESS)
}

fn similar_json(found: &SimilarPeople, taxonomy: &Taxonomy) -> serde_json::Value {
    let part = |part: &Part| {
        let skill = taxonomy.skill(part.skill);
        json!({ "skill": skill.id, "name": skill.name, "held_by": part.held_by, "adds": part.adds })
    };
    let people = found.people.iter().map(|(like, candidate)| {
        let related = like.related.iter().map(|(of, held)| {
            let mut related = part(of);
            related["through"] = json!(taxonomy.skill(*held).id);
            related
        });
        json!({
            "candidate": candidate.number.to_string(),
            "name": candidate.name,
            "title": candidate.title,
            "country": candidate.country.map(|c| c.to_string()),
            "years": candidate.total_years.map(|y| f64::from(y.tenths()) / 10.0),
            "likeness": like.likeness,
            "shared": like.shared.iter().map(part).collect::<Vec<_>>(),
            "related": related.collect::<Vec<_>>(),
        })
    });
    json!({
        "candidate": found.of.number.to_string(),
        "query": found.understood,
        "people": people.collect::<Vec<_>>(),
    })
}

fn similar_table(found: &SimilarPeople, taxonomy: &Taxonomy) -> String {
    let width = out::width();
    let name = found.of.name.as_deref().map_or(String::new(), |name| format!(" {}", inert(name)));
    let mut text = format!("like {}{name}\n", found.of.number);
    if found.people.is_empty() {
        let why =
            if found.of.skills.is_empty() { "no skill of theirs is known" } else { "nobody shares a skill" };
        let _ = writeln!(text, "  nobody: {why}");
        return text;
    }
    let mut table = plain(width);
    table.set_header(["candidate", "name", "title", "likeness", "because of"]);
    for (like, candidate) in &found.people {
        table.add_row([
            candidate.number.to_string(),
            inert(candidate.name.as_deref().unwrap_or("")),
            inert(candidate.title.as_deref().unwrap_or("")),
            hundredths(like.likeness),
            because(like, taxonomy),
        ]);
    }
    let _ = writeln!(text, "\n{}", table.trim_fmt());
    text
}

/// What adds most to a likeness.
fn because(like: &Like, taxonomy: &Taxonomy) -> String {
    const PARTS_MAX: usize = 5;
    let name = |skill| taxonomy.skill(skill).name.as_str();
    let shared =
        like.shared.iter().map(|part| (part.adds, format!("{} {}", name(part.skill), hundredths(part.adds))));
    let related = like.related.iter().map(|(part, held)| {
        let words = format!("{} for {} {}", name(*held), name(part.skill), hundredths(part.adds));
        (part.adds, words)
    });
    let mut parts: Vec<(u16, String)> = shared.chain(related).collect();
    parts.sort_by_key(|(adds, _)| std::cmp::Reverse(*adds));
    let more = parts.len().saturating_sub(PARTS_MAX);
    let mut words: Vec<String> = parts.into_iter().take(PARTS_MAX).map(|(_, words)| words).collect();
    if more > 0 {
        words.push(format!("{more} more"));
    }
    words.join(", ")
}

/// What begins so.
pub fn complete(pool: &mut Pool, beginning: &str, limit: usize, shared: &Shared) -> anyhow::Result<ExitCode> {
    let found = pool.complete(beginning, limit)?;
    out::pool_notes(shared, pool);
    match shared.format {
        Format::Json => {
            let of = |c: &stackscout_engine::Completion| json!({ "text": c.text, "means": c.skill, "people": c.people });
            out::json(&json!({ "completions": found.iter().map(of).collect::<Vec<_>>() }));
        }
        Format::Table => {
            let mut table = plain(out::width());
            table.set_header(["", "means", "people"]);
            for c in &found {
                let means =
                    c.skill.as_deref().map_or("a word of a name".to_owned(), |id| format!("skill:{id}"));
                table.add_row([inert(&c.text), means, c.people.to_string()]);
            }
            out::text(&if found.is_empty() {
                "nothing\n".to_owned()
            } else {
                format!("{}\n", table.trim_fmt())
            });
        }
    }
    Ok(ExitCode::SUCCESS)
}
