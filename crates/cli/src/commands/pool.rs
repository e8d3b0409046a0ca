//! `stackscout pool`

use std::process::ExitCode;

use serde_json::json;

use stackscout_engine::{Change, Sight};

use crate::args::{Format, OnOff, PoolCommand, PoolSetting, Shared};
use crate::out;

pub fn run(command: &PoolCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    if let PoolCommand::Retain(args) = command {
        return super::retain::run(args, shared);
    }
    if let PoolCommand::Set { what: PoolSetting::Blind, to, why } = command {
        let taxonomy = super::open_taxonomy(shared)?;
        let actor = super::actor(shared);
        let sight = if *to == OnOff::On { Sight::Blind } else { Sight::Open };
        Change { folder: &shared.pool, taxonomy: &taxonomy, actor, why }.set_blind(sight)?;
        let words = if *to == OnOff::On { "shows nobody's identity" } else { "shows who people are" };
        out::data(&format!("the pool {words}\n"));
        return Ok(ExitCode::SUCCESS);
    }
    let pool = super::open_pool(shared, super::open_taxonomy(shared)?)?;
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
