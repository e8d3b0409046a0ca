//! `stackscout rank`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use stackscout_engine::runs::{Recorded, result_digest, role_texts};
use stackscout_engine::{Exported, Ranking, Sight, json, read_roles};
use stackscout_matcher::Cut;
use stackscout_profile::CandidateNumber;
use stackscout_report::{RankingModel, csv_out, html, jsonl, markdown, table, xlsx};

use crate::args::{RankArgs, Shared, Wanted};
use crate::out;

pub fn run(args: RankArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let taxonomy = super::open_taxonomy(shared)?;
    let roles = read_roles(&args.roles, &taxonomy)?;
    let pool = super::open_pool(shared, taxonomy.clone())?;
    let texts = role_texts(&roles);
    let ranking = pool.rank(roles, args.per_tier.map_or(Cut::Top(args.top), Cut::PerTier), args.as_of)?;
    let people = listed(&ranking);
    out::pool_notes(shared, &pool);
    let model = RankingModel::new(&ranking, &taxonomy);
    // The run is that of the ranking, whoever looks at it.
    let recorded = (!args.no_record)
        .then(|| pool.record_run(&ranking, texts, &result_digest(&model), &super::actor(shared)));
    let model = match pool.sight() {
        Sight::Open => model,
        Sight::Blind => RankingModel::new(&pool.shown_ranking(ranking)?, &taxonomy),
    };
    if let Some(folder) = &args.out {
        write(folder, &model, HEADING)?;
        out::note(shared, &format!("wrote {FILES} to {}", folder.display()));
    }
    match shared.wanted {
        Wanted::Table => out::text(&table::ranking(&model, out::width())),
        Wanted::Json => out::json(&model),
        Wanted::Jsonl => out::data(&jsonl::ranking(&model)),
        Wanted::Csv => out::data(&String::from_utf8_lossy(&csv_out::entries(&model))),
        Wanted::Md => out::data(&markdown::ranking(&model)),
        Wanted::Html => out::data(&html::page(&model, HEADING)),
    }
    // The answer stands, whatever becomes of the record.
    let recorded = recorded.transpose().context("the ranking is not kept as a run")?;
    if let Some(recorded) = recorded {
        out::note(shared, &recorded_words(recorded));
    }
    let who = || match recorded {
        Some(Recorded::New(run) | Recorded::Known(run)) => Exported::Run(run),
        _ => Exported::People(people.clone()),
    };
    if let Some(folder) = &args.out {
        super::export::record(shared, &pool, "rank", &folder.display().to_string(), who())?;
    }
    if let Some(form) = super::export::form(shared.wanted) {
        super::export::record(shared, &pool, &format!("rank as {form}"), "stdout", who())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Everybody on the lists of a ranking.
pub fn listed(ranking: &Ranking) -> Vec<CandidateNumber> {
    ranking.roles.iter().flat_map(|role| &role.shortlist.entries).map(|entry| entry.number).collect()
}

/// What a run is kept under, or why it is not.
fn recorded_words(recorded: Recorded) -> String {
    match recorded {
        Recorded::New(number) => format!("kept as run {number}"),
        Recorded::Known(number) => format!("the same as run {number}"),
        Recorded::ReadOnly => "note: the pool cannot be written, so that this run is not kept".to_owned(),
        Recorded::Damaged => {
            "note: the records are damaged, so that this run is not kept; `stackscout pool verify --full` says what is"
                .to_owned()
        }
        Recorded::Busy => "note: another process is writing, so that this run is not kept".to_owned(),
    }
}

/// The time of this moment, to the second, in UTC.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What [`write()`] writes.
pub const FILES: &str =
    "manifest.json, report.html, terms.csv and shortlists as .csv, .json, .jsonl, .md and .xlsx";
/// The heading of pages.
pub const HEADING: &str = "Shortlists";

/// Writes every form of a ranking into a folder, which is made where there is none.
pub fn write(folder: &Path, model: &RankingModel, heading: &str) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let files = [
        ("manifest.json", model.manifest.to_text().into_bytes()),
        ("shortlists.json", json::pretty(model).into_bytes()),
        ("shortlists.jsonl", jsonl::ranking(model).into_bytes()),
        ("shortlists.csv", csv_out::entries(model)),
        ("shortlists.md", markdown::ranking(model).into_bytes()),
        ("shortlists.xlsx", xlsx::workbook(model).context("shortlists.xlsx")?),
        ("terms.csv", csv_out::terms(model)),
        ("report.html", html::page(model, heading).into_bytes()),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).with_context(|| path.display().to_string())?;
    }
    Ok(())
}
