//! `stackscout replay`

use std::process::ExitCode;

use stackscout_engine::{Exported, RoleInput, read_roles};
use stackscout_report::RankingModel;
use stackscout_report::runs::{Verdict, replay_text, verdict};
use stackscout_taxonomy::Taxonomy;

use crate::args::{Format, ReplayArgs, Shared};
use crate::commands::rank;
use crate::out;

pub fn run(args: &ReplayArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let given = roles_of_then(&args.role, &taxonomy)?;
    let pool = super::open_pool(shared, taxonomy.clone())?;
    let replay = pool.replay(pool.run(&args.run)?, &given)?;
    let model = RankingModel::new(&replay.ranking, &taxonomy);
    // Whether it is the same run is said of the ranking, whoever looks at it.
    let verdict = verdict(&replay, &model);
    let words = replay_text(&replay, verdict, out::width());
    let people = rank::listed(&replay.ranking);
    let model = RankingModel::new(&pool.shown_ranking(replay.ranking)?, &taxonomy);
    if let Some(folder) = &args.out {
        rank::write(folder, &model, rank::HEADING)?;
        out::note(shared, &format!("wrote {} to {}", rank::FILES, folder.display()));
        let people = Exported::People(people.clone());
        super::export::record(shared, &pool, "replay", &folder.display().to_string(), people)?;
    }
    super::export::printed(shared, &pool, "replay", people)?;
    match shared.format {
        // The result is the data; what became of it is a note.
        Format::Json => {
            out::json(&model);
            out::note(shared, words.trim_end());
        }
        Format::Table => out::text(&words),
    }
    Ok(if verdict == Verdict::Other { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Role files of another time; two may be versions of one role.
pub fn roles_of_then(paths: &[std::path::PathBuf], taxonomy: &Taxonomy) -> anyhow::Result<Vec<RoleInput>> {
    let mut roles = Vec::new();
    for path in paths {
        roles.extend(read_roles(std::slice::from_ref(path), taxonomy)?);
    }
    Ok(roles)
}
