//! Printing: data to stdout, notes and errors to stderr, and no panic on a closed pipe.

use std::io::{ErrorKind, IsTerminal, Write};

use stackscout_engine::{Pool, PoolNote, json};
use stackscout_report::inert_lines;

use crate::args::Shared;

/// What makes a terminal write in bold, and as before.
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// Writes what programs read to stdout, exactly; where stdout is a terminal, without signs that steer it.
pub fn data(text: &str) {
    if std::io::stdout().is_terminal() {
        write(&inert_lines(text));
    } else {
        write(text);
    }
}

/// Writes to stdout. Whoever reads may stop reading: then there is nothing left to do.
fn write(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    if let Err(e) = written {
        let code = if e.kind() == ErrorKind::BrokenPipe { 0 } else { 1 };
        std::process::exit(code);
    }
}

/// Writes a result for people to stdout. Whatever stands in it, a terminal shows it and does not obey: what comes from
/// strangers' files is made so where it is put in, and here once more, for all of it.
pub fn text(text: &str) {
    // Our own words in bold are taken apart first: what stands between them is made safe.
    let shown = |part: &str| inert_lines(part).into_owned();
    let bolds = text.split(BOLD).map(|part| part.split(PLAIN).map(shown).collect::<Vec<_>>().join(PLAIN));
    write(&match std::io::stdout().is_terminal() {
        true => bolds.collect::<Vec<_>>().join(BOLD),
        false => shown(text),
    });
}

/// Writes JSON with an indent and a line break at its end.
pub fn json(value: &impl serde::Serialize) {
    data(&json::pretty(value));
}

/// Writes a note to stderr, unless nothing but results is wanted.
pub fn note(shared: &Shared, text: &str) {
    if !shared.quiet {
        let _ = writeln!(std::io::stderr(), "{}", inert_lines(text));
    }
}

/// Writes what went wrong to stderr.
pub fn error(error: &anyhow::Error) {
    let mut text = error.to_string();
    // Some errors say their cause themselves; a cause is said once.
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    // Errors that show a place in a file or query begin with their own word.
    let lead = if text.starts_with("error") { "" } else { "error: " };
    let _ = writeln!(std::io::stderr(), "{lead}{}", inert_lines(&text));
}

/// Says what a user should know of answers that were given all the same.
pub fn pool_notes(shared: &Shared, pool: &Pool) {
    for pool_note in pool.notes() {
        note(
            shared,
            &match pool_note {
                PoolNote::Behind { changes } => {
                    format!(
                        "note: another process is writing; this answer does not know the last {changes} changes"
                    )
                }
                PoolNote::Rebuilt { reason } => format!("note: the index was built anew: {reason}"),
                PoolNote::ColumnsRebuilt { reason } => {
                    format!("note: the evidence columns were made anew: {reason}")
                }
                PoolNote::ColumnsUnused { reason } => {
                    format!("note: everybody's record was read, without the evidence columns: {reason}")
                }
            },
        );
    }
}

/// A text with each of these words in bold, in their order; as it is where stdout is no terminal.
pub fn bold(text: &str, words: &[String]) -> String {
    if !std::io::stdout().is_terminal() {
        return text.to_owned();
    }
    let mut bold = String::new();
    let mut rest = text;
    for word in words.iter().filter(|word| !word.is_empty()) {
        // A word that was broken at the end of a line stays plain.
        if let Some((before, after)) = rest.split_once(word.as_str()) {
            bold.push_str(before);
            bold.push_str(&format!("{BOLD}{word}{PLAIN}"));
            rest = after;
        }
    }
    bold + rest
}

/// Columns of the terminal; 80 where stdout is none.
pub fn width() -> u16 {
    const WIDTH: u16 = 80;
    if !std::io::stdout().is_terminal() {
        return WIDTH;
    }
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0.clamp(60, 160))
}
