//! `stackscout compare`

use std::process::ExitCode;

use stackscout_profile::CandidateNumber;
use stackscout_report::compare;

use crate::args::{CompareArgs, Format, Shared};
use crate::commands::explain::one_role;
use crate::out;

pub fn run(args: &CompareArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let role = one_role(&args.role, &taxonomy)?;
    let pool = super::open_pool(shared, taxonomy.clone())?;
    let mut numbers: Vec<CandidateNumber> = Vec::new();
    for who in &args.candidates {
        let number = pool.find_candidate(who)?;
        anyhow::ensure!(!numbers.contains(&number), "{number} is named twice");
        numbers.push(number);
    }
    let people = pool.explain_all(role, &numbers, args.as_of)?;
    let model = compare::model(&people, &taxonomy);
    super::export::printed(shared, &pool, "compare", numbers)?;
    match shared.format {
        Format::Json => out::json(&model),
        Format::Table => out::text(&compare::text(&model, out::width())),
    }
    Ok(ExitCode::SUCCESS)
}
