//! `stackscout pool`, `stackscout imports`

use std::process::ExitCode;

use serde_json::json;
use stackscout_engine::Pool;
use stackscout_report::inert;
use stackscout_report::table::plain;

use crate::args::{Format, PoolCommand, Shared};
use crate::out;

pub fn run(command: &PoolCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    let PoolCommand::Stats = command;
    let pool = Pool::open(&shared.pool, super::open_taxonomy(shared)?)?;
    let stats = pool.stats()?;
    match shared.format {
        Format::Json => out::json(&json!({
            "candidates": stats.candidates, "imports": stats.imports, "change": stats.change,
            "as_of": stats.as_of, "digest": stats.digest, "taxonomy": stats.taxonomy,
        })),
        Format::Table => out::data(&format!(
            "{} people from {} {}, change {}\nas of {}\ndigest {}\ntaxonomy {}\n",
            stats.candidates,
            stats.imports,
            if stats.imports == 1 { "import" } else { "imports" },
            stats.change,
            stats.as_of.map_or("no import yet".to_owned(), |d| d.to_string()),
            stats.digest,
            stats.taxonomy
        )),
    }
    Ok(ExitCode::SUCCESS)
}

pub fn imports(shared: &Shared) -> anyhow::Result<ExitCode> {
    let imports = Pool::open(&shared.pool, super::open_taxonomy(shared)?)?.imports()?;
    match shared.format {
        Format::Json => {
            let rows: Vec<_> = imports
                .iter()
                .map(|i| {
                    json!({ "import": i.number, "file": i.file, "source": i.source, "layout": i.layout,
                            "as_of": i.as_of, "rows": i.rows, "rejected": i.rejected })
                })
                .collect();
            out::json(&rows);
        }
        Format::Table => {
            let mut table = plain(out::width());
            table.set_header(["", "as of", "file", "source", "layout", "rows", "rejected"]);
            for i in &imports {
                table.add_row([
                    i.number.to_string(),
                    i.as_of.clone(),
                    inert(&i.file),
                    inert(&i.source),
                    i.layout.clone(),
                    i.rows.to_string(),
                    i.rejected.to_string(),
                ]);
            }
            out::data(&format!("{}\n", table.trim_fmt()));
        }
    }
    Ok(ExitCode::SUCCESS)
}
