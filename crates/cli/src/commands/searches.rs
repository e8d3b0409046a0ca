//! `stackscout searches`, and how any search says how its query was read.

use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::{Value, json};
use stackscout_engine::{Explained, SavedNews, SavedSearch, Understood};
use stackscout_report::inert;
use stackscout_report::table::{plain, wrapped};

use crate::args::{Format, SearchesCommand, Shared};
use crate::out;

pub fn run(command: Option<SearchesCommand>, shared: &Shared) -> anyhow::Result<ExitCode> {
    let mut pool = super::open_pool(shared, super::open_taxonomy(shared)?)?;
    match command.unwrap_or(SearchesCommand::List) {
        SearchesCommand::List => {
            let (all, news) = (pool.saved_searches()?, pool.saved_news()?);
            match shared.format {
                Format::Json => {
                    out::json(&all.iter().map(|one| as_json(one, &news)).collect::<Vec<_>>());
                }
                Format::Table => out::text(&list_text(&all, &news, out::width())),
            }
        }
        SearchesCommand::Show { name } => {
            let (one, news) = (pool.saved_search(&name)?, pool.saved_news()?);
            let understood = pool.understand(&one.query)?;
            match shared.format {
                Format::Json => {
                    let mut whole = as_json(&one, &news);
                    whole["understood"] = understood_json(&understood);
                    out::json(&whole);
                }
                Format::Table => {
                    out::text(&list_text(&[one], &news, out::width()));
                    out::text(&format!("\n{}", understood_text(&understood, out::width())));
                }
            }
        }
        SearchesCommand::Remove { name } => {
            pool.remove_saved_search(&name)?;
            out::note(shared, &format!("removed the saved search {name}"));
        }
    }
    out::pool_notes(shared, &pool);
    Ok(ExitCode::SUCCESS)
}

/// How many newly match: 0 where nothing is said of it, `None` where the query cannot be read.
fn new_of(one: &SavedSearch, news: &[SavedNews]) -> Option<u64> {
    news.iter().find(|news| news.name == one.name).map_or(Some(0), |news| news.new)
}

fn as_json(one: &SavedSearch, news: &[SavedNews]) -> Value {
    json!({
        "name": one.name,
        "query": one.query,
        "last_run": { "as_of": one.as_of, "change": one.change, "total": one.total },
        "new": new_of(one, news),
    })
}

fn list_text(all: &[SavedSearch], news: &[SavedNews], width: u16) -> String {
    if all.is_empty() {
        return "no saved searches; `stackscout search --save NAME QUERY` saves one\n".to_owned();
    }
    let mut table = plain(width);
    table.set_header(["name", "found when last run", "new", "query"]);
    for one in all {
        let day = one.as_of.map_or(String::new(), |day| format!(" ({day})"));
        let new = new_of(one, news).map_or("cannot be read".to_owned(), |new| new.to_string());
        table.add_row([one.name.clone(), format!("{}{day}", one.total), new, inert(&one.query)]);
    }
    format!("{}\n", table.trim_fmt())
}

/// What an import's summary says of saved searches; nothing where nobody newly matches.
pub fn news_text(news: &[SavedNews]) -> String {
    let mut text = String::new();
    for news in news {
        let _ = match news.new {
            Some(new) => writeln!(
                text,
                "saved search {}: {new} new; `stackscout search --new-since {}` shows them",
                news.name, news.name
            ),
            None => writeln!(text, "saved search {}: its query cannot be read any more", news.name),
        };
    }
    text
}

/// The query as it was understood, as a tree.
pub fn understood_text(understood: &Understood, width: u16) -> String {
    let mut text = format!("{}\n\n", wrapped("", &inert(&understood.query), width));
    let tree = understood.explained.render();
    for line in tree.lines() {
        let indent = line.len() - line.trim_start().len();
        let _ = writeln!(text, "{}", wrapped(&" ".repeat(indent), &inert(line.trim_start()), width));
    }
    let beside = beside(understood, width);
    if !beside.is_empty() {
        let _ = write!(text, "{beside}");
    }
    text
}

/// What is said beside a result: readings that could have been others, and what is not known.
pub fn beside(understood: &Understood, width: u16) -> String {
    let mut lines: Vec<String> =
        understood.notes.iter().map(|note| format!("note: {}", inert(note))).collect();
    for (what, count) in &understood.not_known {
        let people = if *count == 1 { "person" } else { "people" };
        lines.push(format!("note: {count} more {people}, of whom this is not known: {what}"));
    }
    match lines.is_empty() {
        true => String::new(),
        false => lines.iter().fold("\n".to_owned(), |text, line| text + &wrapped("", line, width) + "\n"),
    }
}

/// As [`understood_text`], for programs.
pub fn understood_json(understood: &Understood) -> Value {
    let not_known: Vec<Value> =
        understood.not_known.iter().map(|(what, people)| json!({ "what": what, "people": people })).collect();
    json!({
        "query": understood.query,
        "tree": tree(&understood.explained),
        "notes": understood.notes,
        "not_known": not_known,
    })
}

fn tree(explained: &Explained) -> Value {
    let parts: Vec<Value> = explained.parts.iter().map(tree).collect();
    json!({ "says": explained.says, "query": explained.query, "parts": parts })
}
