//! `stackscout taxonomy unknown`

use std::sync::Arc;

use stackscout_engine::UnknownSkills;
use stackscout_report::inert;
use stackscout_report::table::plain;
use stackscout_taxonomy::Taxonomy;

use crate::args::{Format, Shared};
use crate::out;

pub fn unknown(
    taxonomy: Arc<Taxonomy>,
    import: Option<u32>,
    limit: usize,
    csv: bool,
    shared: &Shared,
) -> anyhow::Result<()> {
    let pool = super::super::open_pool(shared, Arc::clone(&taxonomy))?;
    // People write all kinds of things between their skills.
    pool.needs_sight("`taxonomy unknown`")?;
    let found = pool.unknown_skills(import, limit)?;
    if csv {
        out::data(&rows(&found));
        return Ok(());
    }
    match shared.format {
        Format::Json => out::json(&found),
        Format::Table => out::text(&table(&found, &taxonomy)),
    }
    Ok(())
}

fn table(found: &UnknownSkills, taxonomy: &Taxonomy) -> String {
    let mut text = String::new();
    if !found.unknown.is_empty() {
        let mut table = plain(out::width());
        table.set_header(["spelling", "count", "also written", "near"]);
        for skill in &found.unknown {
            let near: Vec<&str> = skill
                .suggestions
                .iter()
                .filter_map(|id| taxonomy.skill_by_id(id))
                .map(|ix| taxonomy.skill(ix).name.as_str())
                .collect();
            let others: Vec<String> = skill.written[1..].iter().map(|form| inert(form)).collect();
            table.add_row([
                inert(&skill.spelling),
                skill.count.to_string(),
                others.join(", "),
                near.join(", "),
            ]);
        }
        text = format!("{}\n", table.trim_fmt());
    }
    let spellings = found.spellings;
    text.push_str(&format!("{spellings} unknown spelling{}", if spellings == 1 { "" } else { "s" }));
    if found.unknown.len() as u64 != spellings {
        text.push_str(&format!(", {} shown", found.unknown.len()));
    }
    if found.withheld > 0 {
        text.push_str(&format!("; withheld, as addresses, numbers or sentences: {}", found.withheld));
    }
    text.push('\n');
    text
}

/// Rows of a `spellings.csv`: the skill is for a person to fill in, and what is near stands in the remark.
fn rows(found: &UnknownSkills) -> String {
    let quoted = |cell: &str| {
        if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    let mut lines: Vec<String> = found
        .unknown
        .iter()
        .map(|skill| {
            let near = if skill.suggestions.is_empty() {
                String::new()
            } else {
                format!("; near {}", skill.suggestions.join(" or "))
            };
            // A spreadsheet takes a cell that begins so for a formula; no skill is called so.
            let spelling = skill.spelling.trim_start_matches(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            format!("{},,,team,{}", quoted(spelling), quoted(&format!("written {}x{near}", skill.count)))
        })
        .collect();
    lines.sort();
    format!("spelling,skill,context,source,note\n{}\n", lines.join("\n"))
}
