//! `stackscout pool`

use std::process::ExitCode;

use serde_json::json;
use stackscout_engine::Pool;

use crate::args::{Format, PoolCommand, Shared};
use crate::out;

pub fn run(command: &PoolCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    if let PoolCommand::Retain(args) = command {
        return super::retain::run(args, shared);
    }
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
