//! `stackscout taxonomy lint`

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use stackscout_engine::{mend_taxonomy_folder, read_taxonomy_folder};
use stackscout_report::inert;
use stackscout_taxonomy::files::{Checked, PROBLEMS_MAX, Scope, check_files, embedded_files};

use crate::args::{Format, Shared};
use crate::out;

/// Checks a folder, or the built-in files; exit code 1 where anything is wrong.
pub fn lint(folder: Option<&Path>, fix: bool, shared: &Shared) -> anyhow::Result<ExitCode> {
    let mut files = folder.map_or_else(|| Ok(embedded_files()), read_taxonomy_folder)?;
    let mut mended = Vec::new();
    if let Some(folder) = folder.filter(|_| fix) {
        mended = mend_taxonomy_folder(folder, &files)?;
        files = read_taxonomy_folder(folder)?;
    }
    let checked = check_files(&files);
    match shared.format {
        Format::Json => {
            let problems: Vec<_> = checked
                .problems
                .iter()
                .map(|p| json!({ "file": p.file, "line": p.line, "column": p.column, "reason": p.reason }))
                .collect();
            let scope = if checked.scope == Scope::Whole { "whole" } else { "team" };
            out::json(&json!({
                "scope": scope, "files": checked.files, "rows": checked.rows, "mended": mended, "problems": problems,
            }));
        }
        Format::Table => {
            for name in &mended {
                out::note(shared, &format!("mended {name}"));
            }
            out::text(&as_text(&checked, folder.is_none()));
        }
    }
    Ok(if checked.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn as_text(checked: &Checked, is_built_in: bool) -> String {
    let mut lines: Vec<String> =
        checked.problems.iter().take(PROBLEMS_MAX).map(|p| inert(&p.to_string())).collect();
    let more = checked.problems.len().saturating_sub(PROBLEMS_MAX);
    if more > 0 {
        lines.push(format!("... and {more} more"));
    }
    let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let taken = match (checked.scope, is_built_in) {
        (_, true) => "the built-in taxonomy",
        (Scope::Whole, false) => "a whole taxonomy",
        (Scope::Team, false) => "over the built-in taxonomy",
    };
    lines.push(format!(
        "{}, {}, {taken}: {}",
        plural(checked.files.len(), "file"),
        plural(checked.rows, "row"),
        if checked.problems.is_empty() {
            "no problem".to_owned()
        } else {
            plural(checked.problems.len(), "problem")
        }
    ));
    lines.join("\n") + "\n"
}
