//! Shortlists and search hits for a terminal, within its width.

use std::fmt::Write as _;

use comfy_table::{ContentArrangement, Table, presets};
use unicode_width::UnicodeWidthChar;

use crate::{EntryModel, RankingModel, ShortlistModel, hundredths, inert};

/// The heading of a tier.
#[must_use]
pub fn tier_heading(tier: &str) -> &'static str {
    match tier {
        "A" => "Tier A: every must held",
        "B" => "Tier B: every must held, or to be confirmed",
        "C" => "Tier C: close, with the gap named",
        _ => "Tier D: a must is missing",
    }
}

/// Every role's list, `width` columns wide.
#[must_use]
pub fn ranking(model: &RankingModel, width: u16) -> String {
    let lists: Vec<String> = model.shortlists.iter().map(|list| shortlist(list, width)).collect();
    lists.join("\n")
}

/// One role's list.
#[must_use]
pub fn shortlist(list: &ShortlistModel, width: u16) -> String {
    shortlist_head(list, usize::MAX, width)
}

/// The first people of each tier of one role's list.
#[must_use]
pub fn shortlist_head(list: &ShortlistModel, of_tier: usize, width: u16) -> String {
    let mut text = format!("{} ({})\n", inert(&list.title), list.role);
    let musts: Vec<&str> = list.asks.iter().filter(|a| a.need == "must").map(|a| a.asked.as_str()).collect();
    if !musts.is_empty() {
        let _ = writeln!(text, "{}", wrapped("  must: ", &musts.join("; "), width));
    }
    let nices: Vec<&str> = list.asks.iter().filter(|a| a.need == "nice").map(|a| a.asked.as_str()).collect();
    if !nices.is_empty() {
        let _ = writeln!(text, "{}", wrapped("  nice: ", &nices.join("; "), width));
    }
    if !list.knockouts.is_empty() {
        let _ = writeln!(text, "{}", wrapped("  only: ", &list.knockouts.join("; "), width));
    }
    for tier in ["A", "B", "C", "D"] {
        let in_all = list.listed.get(tier).copied().unwrap_or(0);
        let group: Vec<&EntryModel> = list.entries.iter().filter(|e| e.tier == tier).take(of_tier).collect();
        if in_all == 0 && group.is_empty() {
            continue;
        }
        let shown = match group.len() as u64 {
            shown if shown >= in_all => format!("{in_all}"),
            0 => format!("{in_all}, not shown"),
            shown => format!("{in_all}, the first {shown} shown"),
        };
        let _ = writeln!(text, "\n{} ({shown})", tier_heading(tier));
        text.push_str(&entries(&group, width));
    }
    if list.listed.values().sum::<u64>() == 0 {
        text.push_str("\nNobody is listed.\n");
    }
    if !list.left_out.is_empty() {
        let total: u64 = list.left_out.values().sum();
        let reasons: Vec<String> =
            list.left_out.iter().map(|(reason, n)| format!("{n} {}", reason_words(reason))).collect();
        let _ =
            writeln!(text, "\n{}", wrapped("", &format!("{total} left out: {}", reasons.join(", ")), width));
    }
    text
}

/// A reason of `left_out` as people say it.
#[must_use]
pub fn reason_words(reason: &str) -> &str {
    match reason {
        "opted_out" => "opted out",
        "rejected" => "rejected for this role",
        "withdrawn" => "withdrawn from it",
        "in_process" => "in process for another",
        "where" => "elsewhere",
        "years_min" => "with too few years",
        "permit" => "without a permit",
        "languages" => "without a language",
        "available_by" => "available too late",
        "pay_max" => "expecting more",
        "implausible" => "implausible",
        "unknown" => "with an unknown answer",
        "tier_d" => "missing a must",
        other => other,
    }
}

fn entries(group: &[&EntryModel], width: u16) -> String {
    if group.is_empty() {
        return String::new();
    }
    let mut table = plain(width);
    table.set_header(["", "score", "from–to", "candidate", "who", "why"]);
    for e in group {
        let place = if e.tied > 1 { format!("{}=", e.rank) } else { e.rank.to_string() };
        let range =
            if e.low == e.high { String::new() } else { format!("{}–{}", whole(e.low), whole(e.high)) };
        let mut who = inert(e.name.as_deref().unwrap_or("(no name)"));
        if let Some(country) = &e.country {
            let _ = write!(who, ", {country}");
        }
        table.add_row([place, hundredths(e.score), range, e.candidate.clone(), who, why(e)]);
    }
    let mut text = table.trim_fmt() + "\n";
    // Each group of equals is named once: the first of it stands for all.
    let mut named = 0;
    for e in group.iter().filter(|e| e.tied > 1) {
        if e.rank != named {
            named = e.rank;
            let _ = writeln!(text, "  {}= is shared by {} people with equal points", e.rank, e.tied);
        }
    }
    text
}

/// What earned the place, shortest form: skills with years, gaps in brackets.
fn why(e: &EntryModel) -> String {
    let mut parts = Vec::new();
    for r in &e.requirements {
        let Some(evidence) = &r.evidence else { continue };
        if r.relation.as_deref() == Some("trait") {
            continue;
        }
        let name = evidence.name.as_deref().unwrap_or(&r.asked);
        let years = evidence.years.as_ref().map_or(String::new(), |y| format!(" {y}y"));
        let last = evidence
            .last_used
            .as_ref()
            .filter(|l| *l != "current")
            .map_or(String::new(), |l| format!(" to {l}"));
        parts.push(format!("{name}{years}{last}"));
    }
    parts.dedup();
    let mut text = parts.join(", ");
    let gaps: Vec<&str> = e.missing.iter().map(String::as_str).filter(|m| !m.starts_with("no ")).collect();
    if !gaps.is_empty() {
        let _ = write!(text, " [{}]", gaps.join("; "));
    }
    for flag in &e.flags {
        let _ = write!(text, " ({flag})");
    }
    inert(text.trim_start())
}

fn whole(score: u16) -> String {
    ((u32::from(score) + 50) / 100).to_string()
}

/// A table without borders that keeps to a width.
#[must_use]
pub fn plain(width: u16) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table
}

/// Words broken to a width, later lines indented as far as the lead.
#[must_use]
pub fn wrapped(lead: &str, words: &str, width: u16) -> String {
    let columns = |s: &str| s.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>();
    let indent = " ".repeat(columns(lead));
    let mut lines = vec![lead.to_owned()];
    let mut filled = columns(lead);
    let mut first = true;
    for word in words.split_whitespace() {
        if !first && filled + 1 + columns(word) > usize::from(width) {
            lines.push(indent.clone());
            filled = columns(&indent);
            first = true;
        }
        let line = lines.last_mut().expect("begun with one line");
        if !first {
            line.push(' ');
            filled += 1;
        }
        line.push_str(word);
        filled += columns(word);
        first = false;
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_to_the_width_and_line_up() {
        assert_eq!(wrapped("a: ", "one two three", 10), "a: one two\n   three");
        assert_eq!(wrapped("", "a-word-longer-than-the-line b", 8), "a-word-longer-than-the-line\nb");
    }
}
