//! `stackscout taxonomy show`

use std::fmt::Write as _;

use serde_json::json;
use stackscout_report::table::{plain, wrapped};
use stackscout_taxonomy::relation::by_relation;
use stackscout_taxonomy::{Link, LinkKind, SkillIx, Taxonomy, TraitIx};

use super::find;
use crate::args::Format;
use crate::out;

pub fn sizes(taxonomy: &Taxonomy, format: Format) {
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
            out::text(&text);
        }
    }
}

pub fn list_traits(taxonomy: &Taxonomy, format: Format) {
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
            out::text(&format!("{}\n", table.trim_fmt()));
        }
    }
}

pub fn show(taxonomy: &Taxonomy, written: &str, format: Format) -> anyhow::Result<()> {
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
            "counts_towards": towards(taxonomy, ix).into_iter().map(|(to, credit, relation)| {
                json!({ "to": taxonomy.skill(to).id, "relation": relation, "credit": credit * 100 })
            }).collect::<Vec<_>>(),
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
    let towards = towards(taxonomy, ix);
    let counts: Vec<String> =
        towards.iter().map(|(to, credit, _)| format!("{} {credit}%", name(*to))).collect();
    let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
    line("  it counts towards: ", shortened(&counts));
    for a in assessments {
        line("  proof of concept: ", a.task.clone());
        line("    look for: ", a.look_for.clone());
    }
    out::text(&text);
}

/// What the skill counts towards by one related row, greatest credit in percent first; its implied skills are left out.
fn towards(taxonomy: &Taxonomy, ix: SkillIx) -> Vec<(SkillIx, u16, String)> {
    let mut towards: Vec<(SkillIx, u16, String)> = taxonomy
        .skills()
        .filter_map(|(to, _)| match taxonomy.link(ix, to)? {
            Link { credit, kind: LinkKind::Related { from, relation, .. } } if from == ix => {
                Some((to, credit.ten_thousandths() / 100, relation))
            }
            _ => None,
        })
        .collect();
    towards.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    towards
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
            out::text(&text);
        }
    }
}
