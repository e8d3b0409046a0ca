//! `stackscout taxonomy`

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::bail;
use serde_json::json;
use stackscout_report::inert;
use stackscout_report::table::{plain, wrapped};
use stackscout_taxonomy::relation::by_relation;
use stackscout_taxonomy::{LastUsed, LinkKind, Resolution, SkillIx, Stance, Taxonomy, TraitIx};

use crate::args::{Format, Shared, TaxonomyCommand};
use crate::out;

pub fn run(command: TaxonomyCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = Taxonomy::embedded();
    match command {
        TaxonomyCommand::Show { name: None, traits: false } => sizes(&taxonomy, shared.format),
        TaxonomyCommand::Show { traits: true, .. } => list_traits(&taxonomy, shared.format),
        TaxonomyCommand::Show { name: Some(name), .. } => show(&taxonomy, &name, shared.format)?,
        TaxonomyCommand::Resolve { list } => resolve(&taxonomy, &list.join(", "), shared.format),
        TaxonomyCommand::Mentions(args) => return super::mentions::run(&args, shared),
        TaxonomyCommand::Path { from, to } => path(&taxonomy, &from, &to, shared.format)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn find(taxonomy: &Taxonomy, written: &str) -> anyhow::Result<SkillIx> {
    match taxonomy.resolve(written) {
        Resolution::Exact(skill) | Resolution::Alias(skill) => Ok(skill),
        Resolution::Near(near) => {
            let names: Vec<&str> = near.iter().map(|s| taxonomy.skill(*s).name.as_str()).collect();
            bail!("unknown skill `{written}`\nhint: did you mean {}?", names.join(" or "))
        }
        Resolution::Unknown => bail!("unknown skill `{written}`"),
    }
}

fn sizes(taxonomy: &Taxonomy, format: Format) {
    let tables = taxonomy.tables();
    let counts = [
        ("skills", tables.skills.len()),
        ("spellings", tables.spellings.len()),
        ("relations", tables.relations.len()),
        ("traits", tables.traits.len()),
        ("cases", tables.cases.len()),
        ("role families", tables.role_families.len()),
        ("rules", tables.rules.len()),
        ("assessments", tables.assessments.len()),
    ];
    match format {
        Format::Json => {
            let map: serde_json::Map<_, _> =
                counts.iter().map(|(what, n)| ((*what).replace(' ', "_"), json!(n))).collect();
            out::json(&json!({ "fingerprint": taxonomy.fingerprint(), "counts": map }));
        }
        Format::Table => {
            let mut text = format!("fingerprint {}\n", taxonomy.fingerprint());
            for (what, count) in counts {
                let _ = writeln!(text, "{count:>6} {what}");
            }
            out::data(&text);
        }
    }
}

fn list_traits(taxonomy: &Taxonomy, format: Format) {
    match format {
        Format::Json => {
            let rows: Vec<_> = taxonomy
                .traits()
                .map(|(_, t)| json!({ "trait": t.id, "name": t.name, "kind": t.kind }))
                .collect();
            out::json(&rows);
        }
        Format::Table => {
            let mut table = plain(out::width());
            table.set_header(["trait", "kind", "also written"]);
            for (_, t) in taxonomy.traits() {
                table.add_row([t.id.clone(), t.kind.clone(), t.also.join(", ")]);
            }
            out::data(&format!("{}\n", table.trim_fmt()));
        }
    }
}

fn show(taxonomy: &Taxonomy, written: &str, format: Format) -> anyhow::Result<()> {
    match (taxonomy.find(written), taxonomy.trait_by_wording(written)) {
        (Some(found), _) => show_skill(taxonomy, found.skill, format),
        (None, Some(found)) => show_trait(taxonomy, found, format),
        (None, None) => {
            find(taxonomy, written)?;
        }
    }
    Ok(())
}

fn show_skill(taxonomy: &Taxonomy, ix: SkillIx, format: Format) {
    let skill = taxonomy.skill(ix);
    let tables = taxonomy.tables();
    let name = |s: SkillIx| taxonomy.skill(s).name.as_str();
    let implied: Vec<&str> = taxonomy.implied_by(ix).iter().map(|s| name(*s)).collect();
    let implying: Vec<&str> = taxonomy.implying(ix).map(name).collect();
    let cases: Vec<_> = tables.cases.iter().filter(|c| c.skill == skill.id).collect();
    let assessments: Vec<_> = tables.assessments.iter().filter(|a| a.skill == skill.id).collect();
    let related = by_relation(taxonomy.related_to(ix));
    if format == Format::Json {
        let traits: Vec<_> = skill
            .traits
            .iter()
            .map(|(t, source)| json!({ "trait": taxonomy.trait_(*t).id, "source": source }))
            .collect();
        let related: Vec<_> = taxonomy
            .related_to(ix)
            .iter()
            .map(|r| json!({ "from": taxonomy.skill(r.from).id, "relation": r.relation, "credit": r.credit.ten_thousandths(), "source": r.source }))
            .collect();
        let ids = |names: Vec<SkillIx>| -> Vec<&str> {
            names.into_iter().map(|s| taxonomy.skill(s).id.as_str()).collect()
        };
        out::json(&json!({
            "skill": skill.id, "name": skill.name, "kind": skill.kind, "source": skill.source,
            "language": skill.language.map(|l| taxonomy.skill(l).id.as_str()),
            "spellings": skill.spellings, "traits": traits,
            "implies": ids(taxonomy.implied_by(ix).to_vec()), "implied_by": ids(taxonomy.implying(ix).collect()),
            "related": related,
            "cases": cases.iter().map(|c| json!({ "name": c.name, "source": c.source })).collect::<Vec<_>>(),
            "assessments": assessments.iter().map(|a| json!({ "task": a.task, "look_for": a.look_for })).collect::<Vec<_>>(),
        }));
        return;
    }
    let width = out::width();
    let mut text = format!("{} ({}), {}, source {}\n", skill.name, skill.id, skill.kind, skill.source);
    let mut line = |lead: &str, words: String| {
        if !words.is_empty() {
            let _ = writeln!(text, "{}", wrapped(lead, &words, width));
        }
    };
    line("  language: ", skill.language.map(name).unwrap_or_default().to_owned());
    line("  also written: ", skill.spellings.join(", "));
    for kind in ["philosophy", "architecture", "feature", "criterion", "trend"] {
        let traits: Vec<String> = skill
            .traits
            .iter()
            .map(|(t, source)| (taxonomy.trait_(*t), source))
            .filter(|(t, _)| t.kind == kind)
            .map(|(t, source)| format!("{} ({source})", t.name.to_lowercase()))
            .collect();
        line(&format!("  {kind}: "), traits.join(", "));
    }
    line("  implies: ", implied.join(", "));
    line("  is implied by: ", shortened(&implying));
    let cases: Vec<String> = cases.iter().map(|c| format!("{} ({})", c.name, c.source)).collect();
    line("  known to run: ", cases.join(", "));
    for (relation, rows) in related {
        let rows: Vec<String> = rows.iter().map(|r| format!("{} {}", name(r.from), r.credit)).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        line(&format!("  counts towards it, {relation}: "), shortened(&rows));
    }
    for a in assessments {
        line("  proof of concept: ", a.task.clone());
        line("    look for: ", a.look_for.clone());
    }
    out::data(&text);
}

fn shortened(items: &[&str]) -> String {
    const SHOWN: usize = 12;
    let more = items.len().saturating_sub(SHOWN);
    let shown = items[..items.len().min(SHOWN)].join(", ");
    if more > 0 { format!("{shown}, and {more} more") } else { shown }
}

fn show_trait(taxonomy: &Taxonomy, ix: TraitIx, format: Format) {
    let t = taxonomy.trait_(ix);
    let brings: Vec<_> = taxonomy
        .skills()
        .filter_map(|(_, s)| s.traits.iter().find(|(of, _)| *of == ix).map(|(_, source)| (s, source)))
        .collect();
    match format {
        Format::Json => out::json(&json!({
            "trait": t.id, "name": t.name, "kind": t.kind, "source": t.source, "also": t.also,
            "skills": brings.iter().map(|(s, source)| json!({ "skill": s.id, "source": source })).collect::<Vec<_>>(),
        })),
        Format::Table => {
            let width = out::width();
            let mut text = format!("{} ({}), {}, source {}\n", t.name, t.id, t.kind, t.source);
            if !t.also.is_empty() {
                let _ = writeln!(text, "{}", wrapped("  also written: ", &t.also.join(", "), width));
            }
            let skills: Vec<String> =
                brings.iter().map(|(s, source)| format!("{} ({source})", s.name)).collect();
            let _ = writeln!(text, "{}", wrapped("  brought by: ", &skills.join(", "), width));
            out::data(&text);
        }
    }
}

fn resolve(taxonomy: &Taxonomy, list: &str, format: Format) {
    let read = taxonomy.read_list_with_near(list);
    let near = |r: &Resolution| -> Vec<String> {
        match r {
            Resolution::Near(near) => near.iter().map(|s| taxonomy.skill(*s).name.clone()).collect(),
            _ => Vec::new(),
        }
    };
    match format {
        Format::Json => {
            let rows: Vec<_> = read
                .iter()
                .map(|w| {
                    let skill = w.resolution.skill().map(|s| taxonomy.skill(s));
                    let mut row = serde_json::Map::new();
                    row.insert("written".into(), json!(w.written));
                    row.insert("resolution".into(), json!(w.resolution.word()));
                    row.insert("skill".into(), json!(skill.map(|s| &s.id)));
                    row.insert("name".into(), json!(skill.map(|s| &s.name)));
                    if let Some(version) = &w.version {
                        row.insert("version".into(), json!(version));
                    }
                    if let Some(tenths) = w.years {
                        row.insert("years".into(), years(tenths));
                    }
                    if let Some(last) = w.last_used {
                        let last = match last {
                            LastUsed::Current => json!("current"),
                            LastUsed::Year(year) => json!(year),
                        };
                        row.insert("last_used".into(), last);
                    }
                    if let Some(level) = w.level {
                        row.insert("level".into(), json!(level.word()));
                    }
                    if w.stance != Stance::Held {
                        row.insert("stance".into(), json!(w.stance.word()));
                    }
                    if let Resolution::Near(_) = w.resolution {
                        row.insert("suggestions".into(), json!(near(&w.resolution)));
                    }
                    row
                })
                .collect();
            out::json(&rows);
        }
        Format::Table => {
            let mut table = plain(out::width());
            table.set_header(["written", "means", "how", "beside it"]);
            for w in &read {
                let means = match w.resolution.skill() {
                    Some(s) => taxonomy.skill(s).name.clone(),
                    None if matches!(w.resolution, Resolution::Near(_)) => {
                        format!("(near {})", near(&w.resolution).join(", "))
                    }
                    None => String::new(),
                };
                let mut beside = Vec::new();
                beside.extend(w.version.as_ref().map(|v| format!("version {v}")));
                beside.extend(w.years.map(|t| format!("{} years", years(t))));
                beside.extend(w.last_used.map(|l| match l {
                    LastUsed::Current => "in use".to_owned(),
                    LastUsed::Year(year) => format!("last used {year}"),
                }));
                beside.extend(w.level.map(|l| l.word().to_owned()));
                if w.stance != Stance::Held {
                    beside.push(w.stance.word().to_owned());
                }
                table.add_row([inert(&w.written), means, w.resolution.word().to_owned(), beside.join(", ")]);
            }
            out::data(&format!("{}\n", table.trim_fmt()));
        }
    }
}

/// Years as a JSON number: whole ones without a decimal.
fn years(tenths: u16) -> serde_json::Value {
    if tenths.is_multiple_of(10) { json!(tenths / 10) } else { json!(f64::from(tenths) / 10.0) }
}

fn path(taxonomy: &Taxonomy, from: &str, to: &str, format: Format) -> anyhow::Result<()> {
    let (held, required) = (find(taxonomy, from)?, find(taxonomy, to)?);
    let link = taxonomy.link(held, required);
    let (from, to) = (taxonomy.skill(held), taxonomy.skill(required));
    let (relation, through, source) = match link.as_ref().map(|l| &l.kind) {
        None => (None, None, None),
        Some(LinkKind::Itself) => (Some("itself".to_owned()), None, None),
        Some(LinkKind::Implies) => (Some("implies".to_owned()), None, None),
        Some(LinkKind::Related { from, relation, source }) => {
            let through = (*from != held).then(|| taxonomy.skill(*from));
            (Some(relation.clone()), through, Some(source.clone()))
        }
    };
    match format {
        Format::Json => out::json(&json!({
            "from": from.id, "to": to.id, "relation": relation, "through": through.map(|s| &s.id),
            "credit": link.map_or(0, |l| l.credit.ten_thousandths()), "source": source,
        })),
        Format::Table => {
            let text = match (link, relation) {
                (Some(link), Some(relation)) => {
                    let through = through.map_or(String::new(), |s| format!(" through {}", s.name));
                    let source = source.map_or(String::new(), |s| format!(" (source {s})"));
                    format!(
                        "{} counts {} towards {}{through}: {relation}{source}\n",
                        from.name, link.credit, to.name
                    )
                }
                _ => format!("{} counts nothing towards {}: no relation leads there\n", from.name, to.name),
            };
            out::data(&text);
        }
    }
    Ok(())
}
