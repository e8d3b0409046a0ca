//! Bias figures as people and programs read them: rates and ratios with their counts, and what they do not prove.

use std::fmt::Write as _;

use serde_json::{Value, json};
use stackscout_engine::impact::rates::{Group, PEOPLE_MIN, Verdict};
use stackscout_engine::impact::{By, ImpactAnswer, Kind, RoleImpact, Table};

use crate::csv_out::write;
use crate::inert;
use crate::markdown::escaped;
use crate::table::{plain, wrapped};

/// What stands beside the figures: where they come from, as the caller asked for it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Who was counted as selected, in words.
    pub selected: String,
    /// Where groups come from, in words.
    pub groups: String,
    /// Why small categories are left out of the ratios, where they are.
    pub leave_out_small: Option<String>,
}

/// What figures like these cannot show.
const NOT_PROVEN: &str = "These figures compare counts. A rate under four fifths of the highest is a reason to look, not \
    a proof of discrimination, and a rate within it is no proof of fairness: they say nothing about why rates differ, who \
    never applied, or what happened outside of this pool. They are no legal advice, and no audit by themselves.";

/// Bias figures as JSON. Ratios are exact fractions of the counts beside them, rounded half up to three decimals.
#[must_use]
pub fn as_json(answer: &ImpactAnswer, asked: &Asked) -> Value {
    let roles: Vec<Value> = answer.roles.iter().map(role_json).collect();
    json!({
        "as_of": answer.as_of.to_string(), "change": answer.change, "selected_are": asked.selected,
        "groups_from": asked.groups, "left_out_small_because": asked.leave_out_small,
        "values_not_understood": answer.not_understood, "rows_about_nobody": answer.nobody,
        "people_min": PEOPLE_MIN, "roles": roles, "not_proven": NOT_PROVEN,
    })
}

fn role_json(role: &RoleImpact) -> Value {
    let tables: Vec<Value> = role
        .tables
        .iter()
        .map(|table| {
            let groups: Vec<Value> = table.groups.iter().map(group_json).collect();
            json!({ "rates": kind(table.kind), "by": by(table.by), "groups": groups,
                    "unknown": { "chosen": table.unknown.chosen, "of": table.unknown.of } })
        })
        .collect();
    json!({ "role": role.role, "title": role.title, "applicants": role.applicants, "not_applicants": role.left_out,
            "selected": role.selected, "above_median": role.above_median, "tables": tables })
}

fn group_json(group: &Group) -> Value {
    json!({ "group": group.name, "chosen": group.rate.chosen, "of": group.rate.of,
            "rate": group.rate.fraction().rounded(3), "ratio": group.ratio.and_then(|ratio| ratio.rounded(3)),
            "is_small": group.is_small, "verdict": group.verdict.word() })
}

/// Bias figures in words and tables.
#[must_use]
pub fn text(answer: &ImpactAnswer, asked: &Asked, width: u16) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        let _ = writeln!(text, "{}", wrapped("", words, width));
    };
    for words in about(answer, asked) {
        line(&words);
    }
    for role in &answer.roles {
        let _ = writeln!(text, "\n{}", wrapped("", &heading(role), width));
        for table in &role.tables {
            let _ = writeln!(text, "\n  {}", caption(table));
            if table.groups.is_empty() {
                text.push_str("  nobody's group is known\n");
            } else {
                let mut shown = plain(width);
                shown
                    .set_header(HEADER.map(|h| if h == HEADER[0] { format!("  {h}") } else { h.to_owned() }));
                for group in &table.groups {
                    let [name, rest @ ..] = row(table.kind, group);
                    shown.add_row([vec![format!("  {name}")], rest.to_vec()].concat());
                }
                let _ = writeln!(text, "{}", shown.trim_fmt());
            }
            if table.unknown.of > 0 {
                let _ = writeln!(text, "  {}", unknown(table));
            }
        }
    }
    let _ = writeln!(text, "\n{}", wrapped("", NOT_PROVEN, width));
    text
}

/// Bias figures as Markdown.
#[must_use]
pub fn markdown(answer: &ImpactAnswer, asked: &Asked) -> String {
    let mut text = "# Bias figures\n\n".to_owned();
    for words in about(answer, asked) {
        let _ = writeln!(text, "{}\n", escaped(&words));
    }
    for role in &answer.roles {
        let _ = writeln!(text, "## {}\n", escaped(&heading(role)));
        for table in &role.tables {
            let _ = writeln!(text, "### {}\n", caption(table));
            if !table.groups.is_empty() {
                let _ = writeln!(text, "| {} |\n|---|---:|---:|---:|---:|---|", HEADER.join(" | "));
                for group in &table.groups {
                    let _ = writeln!(text, "| {} |", row(table.kind, group).map(|c| escaped(&c)).join(" | "));
                }
                text.push('\n');
            }
            if table.unknown.of > 0 {
                let _ = writeln!(text, "{}\n", unknown(table));
            }
        }
    }
    let _ = writeln!(text, "{NOT_PROVEN}");
    text
}

/// Bias figures as CSV: a row a group, and one of the unknown in each table.
#[must_use]
pub fn csv(answer: &ImpactAnswer) -> Vec<u8> {
    let header = ["role", "rates", "by", "group", "chosen", "of", "rate", "ratio", "is_small", "verdict"];
    let mut rows = Vec::new();
    for role in &answer.roles {
        for table in &role.tables {
            let mut push = |cells: [String; 7]| {
                let lead = [role.role.clone(), kind(table.kind).to_owned(), by(table.by).to_owned()];
                rows.push(lead.into_iter().chain(cells).collect());
            };
            for g in &table.groups {
                let ratio = g.ratio.and_then(|ratio| ratio.rounded(3)).unwrap_or_default();
                let rate = g.rate.fraction().rounded(3).unwrap_or_default();
                let (chosen, of) = (g.rate.chosen.to_string(), g.rate.of.to_string());
                let small = if g.is_small { "yes" } else { "no" }.to_owned();
                push([g.name.clone(), chosen, of, rate, ratio, small, g.verdict.word().to_owned()]);
            }
            let (chosen, of) = (table.unknown.chosen.to_string(), table.unknown.of.to_string());
            let none = String::new;
            push(["unknown".to_owned(), chosen, of, none(), none(), none(), none()]);
        }
    }
    write(&header, rows)
}

const HEADER: [&str; 6] = ["group", "chosen", "of", "rate", "ratio", ""];

fn row(of: Kind, group: &Group) -> [String; 6] {
    let ratio = group.ratio.map_or_else(|| "–".to_owned(), |ratio| ratio.to_string());
    let mut words = match group.verdict {
        Verdict::Highest => "highest".to_owned(),
        Verdict::Within => "at least four fifths".to_owned(),
        Verdict::Under => "UNDER FOUR FIFTHS".to_owned(),
        Verdict::TooFew => "too few to say".to_owned(),
        Verdict::LeftOut => "left out of the ratios".to_owned(),
        Verdict::Undefined => match of {
            Kind::Selection => "nobody selected".to_owned(),
            Kind::Scoring => "nobody above the median".to_owned(),
        },
    };
    if group.is_small {
        words.push_str("; under 2% of the table");
    }
    let (chosen, of) = (group.rate.chosen.to_string(), group.rate.of.to_string());
    [group.name.clone(), chosen, of, group.rate.fraction().to_string(), ratio, words]
}

fn about(answer: &ImpactAnswer, asked: &Asked) -> Vec<String> {
    let mut words = vec![
        format!("Bias figures as of {}, after change {} of the pool.", answer.as_of, answer.change),
        format!("Selected: {}. Groups: {}.", asked.selected, asked.groups),
        format!(
            "Ratio: rate / highest rate. Too few to say: fewer than {PEOPLE_MIN} people in the group or in that of the \
             highest rate, or one more person would lift it to four fifths."
        ),
    ];
    if let Some(because) = &asked.leave_out_small {
        words.push(format!("Groups under 2% of a table are left out of its ratios: {because}"));
    }
    if answer.not_understood > 0 {
        words.push(format!(
            "{} values of groups were not understood, and are unknown.",
            answer.not_understood
        ));
    }
    if answer.nobody > 0 {
        words.push(format!(
            "{} rows of groups are about nobody in the pool, or about several.",
            answer.nobody
        ));
    }
    words
}

fn heading(role: &RoleImpact) -> String {
    format!(
        "{} ({}): {} applicants, {} selected, {} scored above the median; {} others in the pool did not apply",
        inert(&role.title),
        inert(&role.role),
        role.applicants,
        role.selected,
        role.above_median,
        role.left_out
    )
}

fn caption(table: &Table) -> String {
    let by = match table.by {
        By::Sex => "by sex",
        By::Race => "by race or ethnicity",
        By::Both => "by race or ethnicity and sex",
    };
    match table.kind {
        Kind::Selection => format!("Selected, {by}"),
        Kind::Scoring => format!("Scored above the median of all applicants, {by}"),
    }
}

fn unknown(table: &Table) -> String {
    format!("group unknown: {} of {}, in no row", table.unknown.chosen, table.unknown.of)
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Selection => "selection",
        Kind::Scoring => "scoring",
    }
}

fn by(by: By) -> &'static str {
    match by {
        By::Sex => "sex",
        By::Race => "race",
        By::Both => "race_and_sex",
    }
}
