//! The project's own commands; `cargo xtask` lists them.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  advertised                  50,000 real roles ranked against 45,161 real people
  crash [--rounds N]          kills every command that changes a pool, again and again
  coverage                    how many technology names that people write resolve, on the real data
  extraction                  how well technologies are found in real sentences
  test                        everything that has to hold before a change lands
  fuzz [TARGET] --seconds N   readers under inputs that nobody would write (--seed S: the same again; --guided: by what
                              code runs)
  valgrind                    the one module with unsafe code under Valgrind
  deny --install              installs cargo-deny where it is missing, then checks dependencies
  relatedness [--json]        how well related credit says who knows what
  relatedness --calibrate     the rows that half of a survey proposes
  score CASE.json OUT.json    the engine on a case of the scoring model (form: docs/scoring.md)
  generate --help             invented people and roles, of any number
  bench-import --help         how fast a file is imported, beside other engines
  bench-open --help           how soon the program answers on a large pool
  bench-rank --help           how fast many roles are ranked against many people
  bench-search --help         how fast searches with facets are, next to databases
  peers --help                the same ranking in other engines, side by side";

/// The program's own: what is measured is what users run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(code) => code,
        Err(e) => {
            eprintln!("xtask: {e:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<ExitCode> {
    match args {
        ["test"] => Ok(xtask::checks::run()),
        ["fuzz", rest @ ..] => Ok(xtask::checks::fuzz(&xtask::fuzz::Wanted::read(rest)?)),
        ["valgrind"] => Ok(xtask::checks::valgrind()),
        ["deny"] => Ok(xtask::checks::deny(xtask::checks::Install::No)),
        ["deny", "--install"] => Ok(xtask::checks::deny(xtask::checks::Install::Yes)),
        ["crash", rest @ ..] => xtask::crash::run(rest),
        ["coverage"] => {
            match xtask::checks::data_folder() {
                Ok(folder) => match xtask::coverage::report(&folder)? {
                    Some(report) => print!("{report}"),
                    None => println!("skipped: no advertisements in the folder"),
                },
                Err(shown) => println!("skipped: no {shown}"),
            }
            Ok(ExitCode::SUCCESS)
        }
        ["score", case, out] => {
            let text = std::fs::read_to_string(case).with_context(|| (*case).to_owned())?;
            let case = serde_json::from_str(&text).with_context(|| (*case).to_owned())?;
            std::fs::write(out, xtask::score::score(&case)?).with_context(|| (*out).to_owned())?;
            Ok(ExitCode::SUCCESS)
        }
        ["advertised"] => {
            match xtask::checks::data_folder() {
                Ok(folder) => print!("{}", xtask::advertised::run(&folder)?),
                Err(shown) => println!("skipped: no {shown}"),
            }
            Ok(ExitCode::SUCCESS)
        }
        ["extraction"] => {
            match xtask::checks::data_folder() {
                Ok(folder) => {
                    let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
                    print!("{}", xtask::extraction::run(&xtask::checks::root(), &folder, &taxonomy)?.report);
                }
                Err(shown) => println!("skipped: no {shown}"),
            }
            Ok(ExitCode::SUCCESS)
        }
        ["relatedness", args @ ..] => {
            let wanted = xtask::relatedness::Wanted::read(args)?;
            match xtask::checks::data_folder() {
                Ok(folder) => print!("{}", xtask::relatedness::run(wanted, &folder)?),
                Err(shown) => println!("skipped: no {shown}"),
            }
            Ok(ExitCode::SUCCESS)
        }
        ["generate", rest @ ..] => {
            xtask::generate::command::run(rest)?;
            Ok(ExitCode::SUCCESS)
        }
        ["bench-rank", rest @ ..] => {
            xtask::bench_rank::run(rest)?;
            Ok(ExitCode::SUCCESS)
        }
        ["bench-search", rest @ ..] => xtask::bench_search::run(rest),
        ["bench-open", rest @ ..] => {
            xtask::bench_open::run(rest)?;
            Ok(ExitCode::SUCCESS)
        }
        ["bench-import", rest @ ..] => {
            xtask::bench_import::run(rest)?;
            Ok(ExitCode::SUCCESS)
        }
        ["peers", rest @ ..] => xtask::peers::command::run(rest),
        _ => bail!("{USAGE}"),
    }
}
