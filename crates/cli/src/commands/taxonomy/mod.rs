//! `stackscout taxonomy`

mod lint;
mod mentions;
mod path;
mod resolve;
mod show;
mod unknown;

use std::process::ExitCode;

use anyhow::bail;
use stackscout_taxonomy::{Resolution, SkillIx, Taxonomy};

use crate::args::{Shared, TaxonomyCommand};

pub fn run(command: TaxonomyCommand, shared: &Shared) -> anyhow::Result<ExitCode> {
    if let TaxonomyCommand::Lint { dir, fix } = command {
        // A folder that does not load is what this is for.
        return lint::lint(dir.as_deref().or(shared.taxonomy.as_deref()), fix, shared);
    }
    let taxonomy = super::open_taxonomy(shared)?;
    match command {
        TaxonomyCommand::Show { name: None, traits: false } => show::sizes(&taxonomy, shared.format),
        TaxonomyCommand::Show { traits: true, .. } => show::list_traits(&taxonomy, shared.format),
        TaxonomyCommand::Show { name: Some(name), .. } => show::show(&taxonomy, &name, shared.format)?,
        TaxonomyCommand::Resolve { list } => resolve::resolve(&taxonomy, &list.join(", "), shared.format),
        TaxonomyCommand::Mentions(args) => return mentions::run(&args, &taxonomy, shared),
        TaxonomyCommand::Path { from, to } => path::path(&taxonomy, &from, &to, shared.format)?,
        TaxonomyCommand::Unknown { import, limit, csv } => {
            unknown::unknown(taxonomy, import, limit, csv, shared)?;
        }
        TaxonomyCommand::Lint { .. } => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn find(taxonomy: &Taxonomy, written: &str) -> anyhow::Result<SkillIx> {
    match taxonomy.resolve(written) {
        Resolution::Exact(skill) | Resolution::Alias(skill) => Ok(skill),
        Resolution::Near(near) => {
            let names: Vec<&str> = near.iter().map(|s| taxonomy.skill(*s).name.as_str()).collect();
            bail!("unknown skill `{written}`\nhint: did you mean {}?", names.join(" or "))
        }
        Resolution::Unknown => bail!("unknown skill `{written}`"),
    }
}
