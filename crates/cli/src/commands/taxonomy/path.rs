//! `stackscout taxonomy path`: the best named way from one skill to another, row by row.

use std::collections::{BTreeMap, VecDeque};

use serde_json::json;
use stackscout_report::table::wrapped;
use stackscout_taxonomy::relation::IMPLIES;
use stackscout_taxonomy::{CREDIT_FULL, Link, LinkKind, SkillIx, Taxonomy};

use super::find;
use crate::args::Format;
use crate::out;

/// One row on the way.
struct Step {
    from: SkillIx,
    to: SkillIx,
    relation: String,
    /// In ten-thousandths.
    credit: u16,
    source: String,
    /// The file that the row stands in.
    file: &'static str,
}

pub fn path(taxonomy: &Taxonomy, from: &str, to: &str, format: Format) -> anyhow::Result<()> {
    let (held, required) = (find(taxonomy, from)?, find(taxonomy, to)?);
    let link = taxonomy.link(held, required);
    let steps = link.as_ref().map(|link| steps(taxonomy, held, required, link)).unwrap_or_default();
    let nearest = if link.is_none() { nearest(taxonomy, required) } else { Vec::new() };
    let reaches = if link.is_none() { reaches(taxonomy, held) } else { Vec::new() };
    match format {
        Format::Json => print_json(taxonomy, held, required, link.as_ref(), &steps, &nearest),
        Format::Table => {
            out::text(&as_text(taxonomy, (held, required), link.as_ref(), &steps, [&nearest, &reaches]))
        }
    }
    Ok(())
}

/// The rows that the link is made of: implies step by step, then the one related row.
fn steps(taxonomy: &Taxonomy, held: SkillIx, required: SkillIx, link: &Link) -> Vec<Step> {
    match &link.kind {
        LinkKind::Itself => Vec::new(),
        LinkKind::Implies => implied_steps(taxonomy, held, required),
        LinkKind::Related { from, relation, source } => {
            let mut steps = implied_steps(taxonomy, held, *from);
            let id = |skill: SkillIx| taxonomy.skill(skill).id.as_str();
            let rows = &taxonomy.tables().relations;
            let explicit = rows.iter().any(|row| row.from == id(*from) && row.to == id(required));
            steps.push(Step {
                from: *from,
                to: required,
                relation: relation.clone(),
                credit: link.credit.ten_thousandths(),
                source: source.clone(),
                file: if explicit { "relations.csv" } else { "relation_types.csv" },
            });
            steps
        }
    }
}

/// The shortest way of implies rows; of equal ones the first in the order of ids.
fn implied_steps(taxonomy: &Taxonomy, from: SkillIx, to: SkillIx) -> Vec<Step> {
    let mut direct: BTreeMap<SkillIx, Vec<(SkillIx, &str)>> = BTreeMap::new();
    for row in taxonomy.tables().relations.iter().filter(|row| row.relation == IMPLIES) {
        if let (Some(from), Some(to)) = (taxonomy.skill_by_id(&row.from), taxonomy.skill_by_id(&row.to)) {
            direct.entry(from).or_default().push((to, &row.source));
        }
    }
    direct.values_mut().for_each(|rows| rows.sort_unstable());
    let mut came: BTreeMap<SkillIx, (SkillIx, &str)> = BTreeMap::new();
    let mut waiting = VecDeque::from([from]);
    while let Some(at) = waiting.pop_front() {
        for (next, source) in direct.get(&at).into_iter().flatten() {
            if *next != from && !came.contains_key(next) {
                came.insert(*next, (at, source));
                waiting.push_back(*next);
            }
        }
    }
    let mut steps = Vec::new();
    let mut at = to;
    while let Some((before, source)) = came.get(&at).filter(|_| at != from) {
        steps.push(Step {
            from: *before,
            to: at,
            relation: IMPLIES.to_owned(),
            credit: CREDIT_FULL,
            source: (*source).to_owned(),
            file: "relations.csv",
        });
        at = *before;
    }
    steps.reverse();
    steps
}

const NEAREST_SHOWN: usize = 4;

/// What counts most towards a skill.
fn nearest(taxonomy: &Taxonomy, required: SkillIx) -> Vec<(SkillIx, u16)> {
    best(
        taxonomy.skills().filter(|(ix, _)| *ix != required).filter_map(|(ix, _)| {
            taxonomy.link(ix, required).map(|link| (ix, link.credit.ten_thousandths()))
        }),
    )
}

/// What a skill counts most towards.
fn reaches(taxonomy: &Taxonomy, held: SkillIx) -> Vec<(SkillIx, u16)> {
    best(
        taxonomy
            .skills()
            .filter(|(ix, _)| *ix != held)
            .filter_map(|(ix, _)| taxonomy.link(held, ix).map(|link| (ix, link.credit.ten_thousandths()))),
    )
}

fn best(links: impl Iterator<Item = (SkillIx, u16)>) -> Vec<(SkillIx, u16)> {
    // What implies a skill, or is implied by it, is no neighbour.
    let mut links: Vec<(SkillIx, u16)> = links.filter(|(_, credit)| *credit < CREDIT_FULL).collect();
    links.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    links.truncate(NEAREST_SHOWN);
    links
}

fn as_text(
    taxonomy: &Taxonomy,
    (held, required): (SkillIx, SkillIx),
    link: Option<&Link>,
    steps: &[Step],
    [nearest, reaches]: [&[(SkillIx, u16)]; 2],
) -> String {
    let name = |skill: SkillIx| taxonomy.skill(skill).name.as_str();
    let listed = |links: &[(SkillIx, u16)]| -> String {
        let listed: Vec<String> =
            links.iter().map(|(ix, credit)| format!("{} {}", name(*ix), percent(*credit))).collect();
        listed.join(", ")
    };
    let Some(link) = link else {
        let mut lines = vec![format!(
            "{} counts nothing towards {}: no relation leads there",
            name(held),
            name(required)
        )];
        let mut line = |lead: String, links: &[(SkillIx, u16)]| {
            if !links.is_empty() {
                lines.push(wrapped(&lead, &listed(links), out::width()));
            }
        };
        line(format!("  nearest to {}: ", name(required)), nearest);
        line(format!("  {} counts most towards: ", name(held)), reaches);
        return lines.join("\n") + "\n";
    };
    let (relation, through, source) = match &link.kind {
        LinkKind::Itself => ("itself", None, None),
        LinkKind::Implies => ("implies", None, None),
        LinkKind::Related { from, relation, source } => {
            (relation.as_str(), (*from != held).then_some(*from), Some(source))
        }
    };
    let through = through.map_or(String::new(), |skill| format!(" through {}", name(skill)));
    let source = source.map_or(String::new(), |source| format!(" (source {source})"));
    let mut lines = vec![format!(
        "{} counts {} towards {}{through}: {relation}{source}",
        name(held),
        link.credit,
        name(required)
    )];
    for step in steps.iter().filter(|_| steps.len() > 1 || source.is_empty()) {
        let row = format!(
            "{} -> {}: {} {} ({}, source {})",
            name(step.from),
            name(step.to),
            step.relation,
            percent(step.credit),
            step.file,
            step.source
        );
        lines.push(wrapped("  ", &row, out::width()));
    }
    lines.join("\n") + "\n"
}

/// Ten-thousandths as percent; they come in steps of five.
fn percent(credit: u16) -> String {
    format!("{}%", credit / 100)
}

fn print_json(
    taxonomy: &Taxonomy,
    held: SkillIx,
    required: SkillIx,
    link: Option<&Link>,
    steps: &[Step],
    nearest: &[(SkillIx, u16)],
) {
    let id = |skill: SkillIx| taxonomy.skill(skill).id.as_str();
    let (relation, through, source) = match link.map(|link| &link.kind) {
        None => (None, None, None),
        Some(LinkKind::Itself) => (Some("itself"), None, None),
        Some(LinkKind::Implies) => (Some("implies"), None, None),
        Some(LinkKind::Related { from, relation, source }) => {
            (Some(relation.as_str()), (*from != held).then(|| id(*from)), Some(source.as_str()))
        }
    };
    let steps: Vec<_> = steps
        .iter()
        .map(|s| {
            json!({ "from": id(s.from), "to": id(s.to), "relation": s.relation, "credit": s.credit, "source": s.source,
                "file": s.file })
        })
        .collect();
    let nearest: Vec<_> =
        nearest.iter().map(|(skill, credit)| json!({ "skill": id(*skill), "credit": credit })).collect();
    out::json(&json!({
        "from": id(held), "to": id(required), "relation": relation, "through": through,
        "credit": link.map_or(0, |l| l.credit.ten_thousandths()), "source": source,
        "steps": steps, "nearest": nearest,
    }));
}
