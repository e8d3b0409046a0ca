//! `stackscout layouts`

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;
use stackscout_engine::EngineError;
use stackscout_engine::layouts::{all_layouts, remove_layout};
use stackscout_importer::{ImportError, Layout};
use stackscout_report::inert;
use stackscout_report::table::wrapped;

use crate::args::{Format, LayoutsCommand, Shared};
use crate::out;

pub fn run(command: Option<LayoutsCommand>, shared: &Shared) -> anyhow::Result<ExitCode> {
    match command.unwrap_or(LayoutsCommand::List) {
        LayoutsCommand::List => list(shared)?,
        LayoutsCommand::Show { name } => show(&name, shared)?,
        LayoutsCommand::Remove { name } => {
            remove_layout(&shared.pool, &name)?;
            out::note(shared, &format!("the layout {} was removed", inert(&name)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(shared: &Shared) -> anyhow::Result<()> {
    let all = all_layouts(&shared.pool)?;
    if shared.format == Format::Json {
        let rows: Vec<_> =
            all.iter().map(|l| json!({ "name": l.name, "about": l.about, "own": l.is_own })).collect();
        out::json(&rows);
        return Ok(());
    }
    let width = all.iter().map(|l| l.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for layout in &all {
        let whose = if layout.is_own { "of this pool: " } else { "" };
        let lead = format!("{:width$}  ", inert(&layout.name));
        let _ =
            writeln!(text, "{}", wrapped(&lead, &format!("{whose}{}", inert(&layout.about)), out::width()));
    }
    out::text(&text);
    Ok(())
}

fn show(name: &str, shared: &Shared) -> anyhow::Result<()> {
    let all = all_layouts(&shared.pool)?;
    let layout = find(&all, name)?;
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for (field, header) in layout.columns() {
        match fields.last_mut().filter(|(last, _)| *last == field.word()) {
            Some((_, headers)) => headers.push(header),
            None => fields.push((field.word(), vec![header])),
        }
    }
    if shared.format == Format::Json {
        let columns: serde_json::Map<_, _> =
            fields.into_iter().map(|(f, h)| (f.to_owned(), json!(h))).collect();
        out::json(&json!({
            "name": layout.name, "about": layout.about, "own": layout.is_own, "extends": layout.extends(),
            "columns": columns, "ignore": layout.not_read(),
        }));
        return Ok(());
    }
    let mut text = format!("{}: {}\n", inert(&layout.name), inert(&layout.about));
    if layout.is_own {
        let path = shared.pool.join("layouts").join(format!("{}.toml", layout.name));
        let _ = writeln!(text, "  {}", path.display());
    }
    for (field, headers) in fields {
        let _ =
            writeln!(text, "{}", wrapped(&format!("  {field}: "), &inert(&headers.join(", ")), out::width()));
    }
    if !layout.not_read().is_empty() {
        let _ = writeln!(
            text,
            "{}",
            wrapped("  not read: ", &inert(&layout.not_read().join(", ")), out::width())
        );
    }
    if let Some(base) = layout.extends() {
        let _ = writeln!(text, "and all columns of {}", inert(base));
    }
    out::text(&text);
    Ok(())
}

fn find<'a>(all: &'a [Arc<Layout>], name: &str) -> Result<&'a Layout, EngineError> {
    let found = all.iter().find(|layout| layout.name == name);
    found.map(Arc::as_ref).ok_or_else(|| {
        let known: Vec<String> = all.iter().map(|layout| layout.name.clone()).collect();
        ImportError::unknown_layout(name, known).into()
    })
}
