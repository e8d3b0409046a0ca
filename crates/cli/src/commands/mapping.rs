//! What the columns of a file were read as, for people: mapped columns first, the others folded.

use std::collections::HashMap;
use std::fmt::Write as _;

use stackscout_engine::FileReport;
use stackscout_importer::ColumnUse;
use stackscout_importer::columns::Usage;
use stackscout_report::inert;
use stackscout_report::table::wrapped;
use unicode_width::UnicodeWidthChar;

/// Columns named for one kind of use; `--format json` has all.
const READ_SHOWN: usize = 40;
const TICKS_SHOWN: usize = 12;
const LEFT_SHOWN: usize = 8;
/// A name above this width has a line of its own.
const NAME_WIDTH_MAX: usize = 26;

/// Which column is which field, in lists.
pub fn lists(file: &FileReport, width: u16) -> String {
    let mut text = String::new();
    if file.lines_above_header > 0 {
        let words = match file.lines_above_header {
            1 => "1 line above the header was skipped".to_owned(),
            n => format!("{n} lines above the header were skipped"),
        };
        let _ = writeln!(text, "  {words}");
    }
    let names = |wanted: &dyn Fn(&ColumnUse) -> bool| -> Vec<String> {
        file.columns.iter().filter(|c| wanted(c)).map(|c| inert(&c.column)).collect()
    };
    let fields = |guess: bool| {
        file.columns.iter().filter(move |c| c.guess == guess).filter_map(move |c| match &c.usage {
            Usage::Field(field) if guess => {
                Some(format!("{} = {field} ({})", inert(&c.column), inert(&c.why)))
            }
            Usage::Field(field) if inert(&c.column) == field.word() => Some(field.word().to_owned()),
            Usage::Field(field) => Some(format!("{} = {field}", inert(&c.column))),
            _ => None,
        })
    };
    let mut list = |lead: &str, items: &[String], most: usize| {
        if !items.is_empty() {
            let more =
                if items.len() > most { format!(", and {} more", items.len() - most) } else { String::new() };
            let shown = items[..items.len().min(most)].join(", ");
            let _ = writeln!(text, "{}", wrapped(lead, &format!("{shown}{more}"), width));
        }
    };
    list("  read: ", &fields(false).collect::<Vec<_>>(), READ_SHOWN);
    list("  guessed: ", &fields(true).collect::<Vec<_>>(), READ_SHOWN);
    list("  ticks: ", &names(&|c| matches!(c.usage, Usage::Tick(_) | Usage::SkillYears(_))), TICKS_SHOWN);
    let protected = match file.protected_kept {
        true => "  protected, kept apart, never searched or scored: ",
        false => "  protected, never read: ",
    };
    list(protected, &names(&|c| c.usage == Usage::Protected), TICKS_SHOWN);
    list("  not read: ", &names(&|c| c.usage == Usage::Ignored), LEFT_SHOWN);
    text
}

/// What a dry run adds: the first values of each column that is read, and what was seen in columns that are not.
pub fn samples(file: &FileReport, found: &HashMap<String, Vec<String>>, width: u16) -> String {
    let rows: Vec<(String, &str, &ColumnUse)> = file
        .columns
        .iter()
        .filter_map(|c| match &c.usage {
            Usage::Field(field) => Some((inert(&c.column), field.word(), c)),
            _ => None,
        })
        .collect();
    let name_width = rows.iter().map(|r| columns(&r.0)).max().unwrap_or(0).clamp(6, NAME_WIDTH_MAX);
    let field_width = rows.iter().map(|r| r.1.len()).max().unwrap_or(0).max("read as".len());
    let room = usize::from(width).saturating_sub(name_width + field_width + 6).max(20);
    let mut text = String::new();
    let mut line = |name: &str, field: &str, values: &str| {
        let pad = " ".repeat(name_width.saturating_sub(columns(name)));
        let name = if columns(name) > name_width {
            format!("{name}\n  {}", " ".repeat(name_width))
        } else {
            format!("{name}{pad}")
        };
        let row = format!("  {name}  {field:field_width$}  {values}");
        let _ = writeln!(text, "{}", row.trim_end());
    };
    if !rows.is_empty() {
        line("column", "read as", "first values");
    }
    for (name, field, column) in &rows {
        let values = found.get(&column.column);
        let values =
            values.map_or(String::new(), |v| v.iter().map(|v| v.trim()).collect::<Vec<_>>().join(" · "));
        line(name, field, &cut(&inert(&values), room));
    }
    // Columns in which the same was seen are named together.
    let mut seen: Vec<(&str, Vec<String>)> = Vec::new();
    for column in file.columns.iter().filter(|c| c.usage == Usage::Ignored && c.why.contains("by content:")) {
        match seen.iter_mut().find(|(why, _)| *why == column.why) {
            Some((_, names)) => names.push(inert(&column.column)),
            None => seen.push((&column.why, vec![inert(&column.column)])),
        }
    }
    for (why, names) in seen {
        let more = names.len().saturating_sub(LEFT_SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let shown = names.iter().take(LEFT_SHOWN).cloned().collect::<Vec<_>>().join(", ");
        let _ = writeln!(
            text,
            "{}",
            wrapped("  seen, not read: ", &format!("{shown}{more}: {}", inert(why)), width)
        );
    }
    text
}

/// Columns of a terminal that a text fills.
fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// As much of a text as fits, with a sign where something is left out.
fn cut(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let mut filled = 0;
    let kept = text.chars().take_while(|c| {
        filled += c.width().unwrap_or(0);
        filled < room
    });
    format!("{}…", kept.collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_to_its_room() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("too long", 5), "too…");
        assert_eq!(columns(&cut("日本語のテキスト", 7)), 7);
    }
}
