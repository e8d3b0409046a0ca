//! Shortlists as Markdown tables, for a wiki, an issue or a mail.
//!
//! Names and cells come from strangers' files: every sign that Markdown or HTML gives a meaning to is escaped.

use std::fmt::Write as _;

use crate::model::AskModel;
use crate::table::{reason_words, tier_heading};
use crate::{RankingModel, ShortlistModel, hundredths, inert};

/// Every role's list under a heading of its own.
#[must_use]
pub fn ranking(model: &RankingModel) -> String {
    let manifest = &model.manifest;
    let mut text = format!("# Shortlists, as of {}\n", manifest.as_of);
    for list in &model.shortlists {
        text.push_str(&shortlist(list));
    }
    let _ = writeln!(
        text,
        "\n---\n\n{}; {} candidates; taxonomy `{}`; pool `{}`",
        escaped(&manifest.tool),
        manifest.candidates,
        manifest.taxonomy,
        manifest.pool
    );
    text
}

fn shortlist(list: &ShortlistModel) -> String {
    let mut text = format!("\n## {}\n\n", escaped(&list.title));
    for need in ["must", "nice"] {
        let asks: Vec<String> = list.asks.iter().filter(|a| a.need == need).map(asked).collect();
        if !asks.is_empty() {
            let _ = writeln!(text, "- {need}: {}", asks.join("; "));
        }
    }
    for line in &list.knockouts {
        let _ = writeln!(text, "- only {}", escaped(line));
    }
    for tier in ["A", "B", "C", "D"] {
        let entries: Vec<_> = list.entries.iter().filter(|e| e.tier == tier).collect();
        let in_all = list.listed.get(tier).copied().unwrap_or(0);
        if entries.is_empty() {
            continue;
        }
        let shown = if (entries.len() as u64) < in_all {
            format!("{in_all}, the first {} shown", entries.len())
        } else {
            in_all.to_string()
        };
        let _ = writeln!(text, "\n### {} ({shown})\n", tier_heading(tier));
        text.push_str("| place | score | from–to | candidate | name | country | to look at |\n");
        text.push_str("|--:|--:|---|---|---|---|---|\n");
        for e in entries {
            let place = if e.tied > 1 { format!("{}=", e.rank) } else { e.rank.to_string() };
            let range = if e.low == e.high {
                String::new()
            } else {
                format!("{}–{}", hundredths(e.low), hundredths(e.high))
            };
            let notes: Vec<String> = e.missing.iter().chain(&e.flags).map(|n| escaped(n)).collect();
            let _ = writeln!(
                text,
                "| {place} | {} | {range} | {} | {} | {} | {} |",
                hundredths(e.score),
                escaped(&e.candidate),
                escaped(e.name.as_deref().unwrap_or_default()),
                escaped(e.country.as_deref().unwrap_or_default()),
                notes.join("; ")
            );
        }
    }
    if list.entries.is_empty() {
        text.push_str("\nNobody is listed.\n");
    }
    if !list.left_out.is_empty() {
        let total: u64 = list.left_out.values().sum();
        let reasons: Vec<String> = list
            .left_out
            .iter()
            .map(|(reason, n)| format!("{n} {}", escaped(reason_words(reason))))
            .collect();
        let _ = writeln!(text, "\n{total} left out: {}", reasons.join(", "));
    }
    text
}

fn asked(ask: &AskModel) -> String {
    let years = ask.years.as_ref().map_or(String::new(), |y| format!(", {y} years"));
    format!("{} (weight {}{years})", escaped(&ask.asked), ask.weight)
}

/// One line of plain text, whatever the signs in it mean to Markdown.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in inert(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Links of bare addresses are found without any other sign.
            '@' => out.push_str("&#64;"),
            ':' => out.push_str("&#58;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    //! - no sign of a person's text has a meaning
    //! - every person listed has a line, and every line the same cells

    use super::*;
    use crate::html::tests::{HOSTILE, model};

    #[test]
    fn no_sign_of_a_persons_text_has_a_meaning() {
        assert_eq!(escaped("a|b *c* [d](http://e) <i>"), "a\\|b \\*c\\* \\[d\\]\\(http&#58;//e\\) &lt;i&gt;");
        let mut model = model();
        model.shortlists[0].entries[0].name = Some(format!("{HOSTILE}\n| x |\n# y"));
        let text = ranking(&model);
        assert!(!text.contains("<script") && !text.contains("\n| x") && !text.contains("\n# y"));
    }

    #[test]
    fn every_person_listed_has_a_line() {
        let model = model();
        let text = ranking(&model);
        let lines = text.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| place"));
        let cells: Vec<usize> = lines.map(|l| l.replace("\\|", "").matches('|').count()).collect();
        assert_eq!(cells.len(), model.shortlists.iter().map(|l| l.entries.len()).sum::<usize>());
        assert!(cells.iter().all(|n| *n == 8));
    }
}
