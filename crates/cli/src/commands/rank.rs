//! `stackscout rank`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use stackscout_engine::{Pool, read_roles};
use stackscout_matcher::Cut;
use stackscout_report::{RankingModel, csv_out, html, table};

use crate::args::{Format, RankArgs, Shared};
use crate::out;

pub fn run(args: RankArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let roles = read_roles(&args.roles, &taxonomy)?;
    let pool = Pool::open(&shared.pool, taxonomy.clone())?;
    let ranking = pool.rank(roles, args.per_tier.map_or(Cut::Top(args.top), Cut::PerTier), args.as_of)?;
    let model = RankingModel::new(&ranking, &taxonomy);
    if let Some(folder) = &args.out {
        write(folder, &model, "Shortlists")?;
        let files = "shortlists.json, shortlists.csv, terms.csv, report.html";
        out::note(shared, &format!("wrote {files} to {}", folder.display()));
    }
    match shared.format {
        Format::Json => out::json(&model),
        Format::Table => out::data(&table::ranking(&model, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes every form of a ranking into a folder, which is made where there is none.
pub fn write(folder: &Path, model: &RankingModel, heading: &str) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let json = serde_json::to_string_pretty(model)? + "\n";
    let files = [
        ("shortlists.json", json.into_bytes()),
        ("shortlists.csv", csv_out::entries(model)),
        ("terms.csv", csv_out::terms(model)),
        ("report.html", html::page(model, heading).into_bytes()),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).with_context(|| path.display().to_string())?;
    }
    Ok(())
}
