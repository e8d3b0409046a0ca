//! The command line: arguments, terminal, environment, exit codes. It has no logic of its own.
//!
//! Data goes to stdout, everything else to stderr. Exit codes: 0 ok, 1 failure, 2 usage, 3 some rows were rejected;
//! 130 and 143 after SIGINT and SIGTERM, as shells count them.

mod args;
mod commands;
mod out;
mod privacy;
mod signals;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, AuditCommand, Command, Format, Wanted};

/// An import hands millions of small texts from thread to thread; the system's allocator took a quarter of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    privacy::keep();
    let args = Args::parse();
    // A file's reader is ended by who started it.
    if !matches!(args.command, Command::ReadPdf) {
        signals::watch();
    }
    let mut shared = args.shared;
    shared.format = match (shared.wanted, &args.command) {
        (Wanted::Json, _) => Format::Json,
        (Wanted::Csv | Wanted::Md, Command::Audit(AuditCommand::Impact(_))) => Format::Table,
        (Wanted::Table, _) | (_, Command::Rank(_)) | (Wanted::Jsonl, Command::Search(_)) => Format::Table,
        _ => {
            out::error(&anyhow::anyhow!(
                "this command prints as table and json\nhint: --format jsonl is for rank and search, csv, md and html are for rank, csv and md for audit impact"
            ));
            return ExitCode::from(2);
        }
    };
    let done = match args.command {
        Command::Demo(command) => commands::demo::run(&command, &shared),
        Command::Import(command) => commands::import::run(command, &shared),
        Command::Imports { command } => commands::imports::run(command, &shared),
        Command::Layouts { command } => commands::layouts::run(command, &shared),
        Command::Search(command) => commands::search::run(command, &shared),
        Command::Role(command) => commands::role::run(command, &shared),
        Command::Rank(command) => commands::rank::run(command, &shared),
        Command::Explain(command) => commands::explain::run(&command, &shared),
        Command::WhatIf(command) => commands::what_if::run(&command, &shared),
        Command::Funnel(command) => commands::funnel::run(&command, &shared),
        Command::Stability(command) => commands::stability::run(&command, &shared),
        Command::Allocate(command) => commands::allocate::run(command, &shared),
        Command::Compare(command) => commands::compare::run(&command, &shared),
        Command::Conflicts(command) => commands::conflicts::run(&command, &shared),
        Command::Runs { command } => commands::runs::run(command, &shared),
        Command::Replay(command) => commands::replay::run(&command, &shared),
        Command::Diff(command) => commands::diff::run(&command, &shared),
        Command::Searches { command } => commands::searches::run(command, &shared),
        Command::Decide(command) => commands::decisions::decide(&command, &shared),
        Command::Decisions { command } => commands::decisions::decisions(command, &shared),
        Command::Shortlist(command) => commands::decisions::shortlist(&command, &shared),
        Command::Audit(command) => commands::audit::run(command, &shared),
        Command::Candidate(command) => commands::candidate::run(&command, &shared),
        Command::Taxonomy(command) => commands::taxonomy::run(command, &shared),
        Command::Pool(command) => commands::pool::run(&command, &shared),
        Command::ReadPdf => Ok(stackscout_importer::document::pdf::child()),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            out::error(&error);
            signals::code().unwrap_or(ExitCode::FAILURE)
        }
    }
}
