//! `stackscout import`

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};
use stackscout_engine::layouts::{check_new_layout, own_layouts, save_layout};
use stackscout_engine::{
    FileReport, ImportReport, ImportRequest, Pool, Progress, SavedNews, options_for, preview,
};
use stackscout_importer::{Cvs, Encoding, ImportError, ImportOptions, Inputs};
use stackscout_profile::Date;
use stackscout_profile::blind::SOURCE;
use stackscout_report::inert;
use stackscout_report::table::wrapped;
use stackscout_taxonomy::Taxonomy;

use super::mapping;
use crate::args::{Format, ImportArgs, Shared};
use crate::out;

/// Kinds of issue printed for people; `--format json` has all.
const ISSUES_SHOWN: usize = 20;
/// Lines named for a kind of issue.
const LINES_SHOWN: usize = 5;
/// Unknown spellings printed for people.
const SPELLINGS_SHOWN: usize = 15;

pub fn run(args: ImportArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let as_of = args.as_of.unwrap_or_else(today);
    let mut options = match options(&args, as_of) {
        Ok(options) => options,
        Err(e) => {
            out::error(&e.into());
            return Ok(ExitCode::from(2));
        }
    };
    if let Some(cvs) = &args.cvs {
        options.cvs = Some(Arc::new(Cvs::open(cvs, &options)?));
    }
    options.layouts = own_layouts(&shared.pool)?;
    if let Some(name) = &args.save_layout {
        if args.files.len() > 1 {
            out::error(&anyhow::anyhow!("a layout is saved from one file, and several are given"));
            return Ok(ExitCode::from(2));
        }
        check_new_layout(&shared.pool, name)?;
    }
    let taxonomy = super::open_taxonomy(shared)?;
    let bar = Bar::new(shared.quiet);
    let request = ImportRequest {
        files: &args.files,
        options: options.clone(),
        as_of,
        dry_run: args.dry_run,
        strict: args.strict,
        progress: &|progress| bar.show(progress),
        actor: super::actor(shared),
        why: &args.why,
    };
    let report = Pool::import(&shared.pool, &taxonomy, &request);
    bar.clear();
    let mut report = report?;
    let is_blind = super::is_blind(shared, &taxonomy)?;
    if is_blind {
        // What stands between skills may be a name.
        report.files.iter_mut().for_each(|file| file.unknown_skills.clear());
        without_names(&mut report);
    }
    if let (Some(name), [file]) = (&args.save_layout, report.files.as_slice()) {
        let path = save_layout(&shared.pool, name, file)?;
        out::note(shared, &format!("the columns are kept as layout {name}: {}", path.display()));
    }
    let news = if report.dry_run { Vec::new() } else { saved_news(shared, &taxonomy)? };
    match shared.format {
        Format::Json => {
            let mut whole = serde_json::to_value(&report).expect("results are plain data");
            if !news.is_empty() {
                whole["saved_searches"] = serde_json::json!(news);
            }
            out::json(&whole);
        }
        Format::Table => {
            let mut text = String::new();
            // Looked for again: the files are those of the report, in the same order.
            let found = if args.dry_run { Inputs::find(&args.files, &options)?.inputs } else { Vec::new() };
            for (at, file) in report.files.iter().enumerate() {
                text.push_str(&summary(file, &report, out::width()));
                if is_blind && args.dry_run {
                    text.push_str("  blind: no values of these columns are shown\n");
                } else if let Some(input) = found.get(at).filter(|input| input.path.as_os_str() != "-") {
                    let options = options_for(&shared.pool, input, &options, &taxonomy);
                    text.push_str(&mapping::samples(
                        file,
                        &preview(input, &options, &taxonomy, 3)?,
                        out::width(),
                    ));
                }
            }
            text.push_str(&left_over(&report, args.cvs.as_deref(), out::width()));
            text.push_str(&totals(&report, out::width()));
            text.push_str(&super::searches::news_text(&news));
            out::text(&text);
        }
    }
    // What is held cannot be mended: nothing went wrong.
    Ok(if report.counts.rejected > report.counts.held { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// Names of files and sources are hidden: a file can be called after a person.
fn without_names(report: &mut ImportReport) {
    for (at, file) in report.files.iter_mut().enumerate() {
        let hidden = format!("file {}", at + 1);
        for issue in report.issues.iter_mut().filter(|issue| issue.file == file.file) {
            issue.file.clone_from(&hidden);
            // Of mended rows it may name the file of an earlier import.
            if let Some((before, rest)) =
                issue.reason.split_once(" of `").filter(|_| issue.code == "id-twice")
                && let Some((_, behind)) = rest.rsplit_once('`')
            {
                issue.reason = format!("{before} of [file]{behind}");
            }
        }
        file.file = hidden;
        SOURCE.clone_into(&mut file.source);
        if let Some(path) = &mut file.rejects_file {
            "in the folder of rejects".clone_into(path);
        }
    }
    report.skipped.iter_mut().for_each(|skipped| "[file]".clone_into(&mut skipped.file));
    report.cvs_left.iter_mut().for_each(|cv| "[file]".clone_into(&mut cv.file));
}

/// Today by this machine's clock, in UTC: the only clock that is ever read, and only to date an import.
pub fn today() -> Date {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    Date::new(now.year(), now.month(), now.day()).expect("the clock shows a day")
}

/// Who newly matches the saved searches, also through this import.
fn saved_news(shared: &Shared, taxonomy: &Arc<Taxonomy>) -> anyhow::Result<Vec<SavedNews>> {
    Ok(super::open_pool(shared, Arc::clone(taxonomy))?.saved_news()?)
}

/// A progress bar on stderr, and none where stderr is no terminal.
struct Bar {
    bar: Option<ProgressBar>,
}

impl Bar {
    fn new(quiet: bool) -> Self {
        let style = ProgressStyle::with_template("{msg} {bar:30} {percent}% ({elapsed})")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        Self { bar: (!quiet).then(|| ProgressBar::no_length().with_style(style)) }
    }

    fn show(&self, progress: Progress<'_>) {
        let Some(bar) = &self.bar else { return };
        if let Some(total) = progress.bytes_total {
            bar.set_length(total);
        }
        bar.set_position(progress.bytes_read);
        let name = progress.file.rsplit(['/', '\\']).next().unwrap_or(progress.file);
        bar.set_message(format!("{} row {}", inert(name), progress.rows));
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// What the arguments say about how the files are read.
fn options(args: &ImportArgs, as_of: Date) -> Result<ImportOptions, ImportError> {
    Ok(ImportOptions {
        layout: args.layout.clone(),
        map: args.map.iter().map(|m| ImportOptions::parse_map(m)).collect::<Result<_, _>>()?,
        source: args.source.clone(),
        delimiter: args.delimiter.as_deref().map(ImportOptions::parse_delimiter).transpose()?,
        encoding: args.encoding.as_deref().map(Encoding::parse).transpose()?,
        sheet: args.sheet.clone(),
        cvs: None,
        // A program that does not know where it lies reads no PDF, and says so at the first.
        pdf_reader: std::env::current_exe().ok(),
        date_orders: args
            .date_order
            .iter()
            .map(|o| ImportOptions::parse_date_order(o))
            .collect::<Result<_, _>>()?,
        as_of: Some(as_of),
        no_protected: args.no_protected,
        no_header: args.no_header,
        is_today: args.as_of.is_none(),
        columns: Vec::new(),
        layouts: Vec::new(),
    })
}

/// One file: what it was taken for, and what was in it.
pub fn summary(file: &FileReport, report: &ImportReport, width: u16) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", inert(&file.file));
    let _ = writeln!(text, "  layout {}, source {}", file.layout, inert(&file.source));
    text.push_str(&mapping::lists(file, width));
    for note in &file.notes {
        let _ = writeln!(text, "{}", wrapped("  note: ", &inert(note), width));
    }
    if file.without_identity > 0 {
        let rows = if file.without_identity == 1 { "row holds" } else { "rows hold" };
        let words = format!(
            "{} {rows} no id, e-mail or profile link: known by their content alone, and a changed row is a new \
             person",
            file.without_identity
        );
        let _ = writeln!(text, "{}", wrapped("  note: ", &words, width));
    }
    if file.laid_aside > 0 {
        let words = format!(
            "{} rows are older than what the pool knows of these people: where newer rows spoke, those stand",
            file.laid_aside
        );
        let _ = writeln!(text, "{}", wrapped("  note: ", &words, width));
    }
    if !file.unknown_skills.is_empty() {
        let shown: Vec<String> = file
            .unknown_skills
            .iter()
            .take(SPELLINGS_SHOWN)
            .map(|(name, n)| format!("{} ({n})", inert(name).chars().take(40).collect::<String>()))
            .collect();
        let more = file.unknown_skills.len().saturating_sub(SPELLINGS_SHOWN);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        let _ = writeln!(
            text,
            "{}",
            wrapped("  unknown skills: ", &format!("{}{more}", shown.join(", ")), width)
        );
    }
    for words in issue_groups(file, report) {
        let _ = writeln!(text, "{}", wrapped("  issue: ", &words, width));
    }
    if report.issues_total > report.issues.len() as u64 {
        let counts: Vec<String> = file.issue_counts.iter().map(|(code, n)| format!("{n} {code}")).collect();
        let words =
            format!("only the first {} are listed; in all: {}", report.issues.len(), counts.join(", "));
        let _ = writeln!(text, "{}", wrapped("  issues: ", &words, width));
    }
    if file.issue_counts.iter().any(|(code, _)| code == "not-utf8") {
        let words =
            "a file that an older program saved is read with its encoding, such as --encoding windows-1252";
        let _ = writeln!(text, "{}", wrapped("  hint: ", words, width));
    }
    if let Some(path) = &file.rejects_file {
        let _ = writeln!(text, "  rejected rows: {path}\n  mend them there, and import that file");
    }
    text
}

/// Files of folders that are not read, and CVs that joined no row.
fn left_over(report: &ImportReport, cvs: Option<&Path>, width: u16) -> String {
    let mut text = String::new();
    let mut list = |lead: &str, items: Vec<String>| {
        for item in items.iter().take(ISSUES_SHOWN) {
            let _ = writeln!(text, "{}", wrapped(lead, item, width));
        }
        if items.len() > ISSUES_SHOWN {
            let _ = writeln!(text, "{lead}and {} more; --format json lists all", items.len() - ISSUES_SHOWN);
        }
    };
    list("skipped: ", report.skipped.iter().map(|s| format!("{} {}", inert(&s.file), s.reason)).collect());
    list(
        "not joined: ",
        report.cvs_left.iter().map(|cv| format!("{} {}", inert(&cv.file), cv.reason)).collect(),
    );
    if let Some(cvs) = cvs.filter(|_| report.cvs_left.is_empty()) {
        let _ = writeln!(text, "every CV of {} joined a row", inert(&cvs.display().to_string()));
    }
    text
}

/// Issues of one kind and column are one line: how many, what, and where the first are.
fn issue_groups(file: &FileReport, report: &ImportReport) -> Vec<String> {
    let mut groups: Vec<(&str, Option<&str>, &str, Vec<u64>)> = Vec::new();
    for issue in report.issues.iter().filter(|i| i.file == file.file) {
        let key = (issue.code, issue.column.as_deref(), issue.reason.as_str());
        match groups.iter_mut().find(|g| (g.0, g.1, g.2) == key) {
            Some(group) => group.3.push(issue.line),
            None => groups.push((key.0, key.1, key.2, vec![issue.line])),
        }
    }
    let total = groups.len();
    let mut lines: Vec<String> = groups
        .into_iter()
        .take(ISSUES_SHOWN)
        .map(|(code, column, reason, lines)| {
            let column = column.map_or(String::new(), |c| format!(", column `{}`", inert(c)));
            let first: Vec<String> = lines.iter().take(LINES_SHOWN).map(u64::to_string).collect();
            let more = lines.len().saturating_sub(LINES_SHOWN);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let word = if lines.len() == 1 { "line" } else { "lines" };
            format!("{word} {}{more}{column}: {reason} [{code}]", first.join(", "))
        })
        .collect();
    if total > ISSUES_SHOWN {
        lines.push(format!("and {} other kinds; --format json lists all", total - ISSUES_SHOWN));
    }
    lines
}

/// ` (2 of them held: about people who were erased)`; nothing where none was.
pub fn held_words(held: u64) -> String {
    match held {
        0 => String::new(),
        n => format!(" ({n} of them held: about people who were erased)"),
    }
}

fn totals(report: &ImportReport, width: u16) -> String {
    let kept = if report.dry_run { " (dry run: nothing was kept)" } else { "" };
    let counts = report.counts;
    let joined = match counts.joined {
        0 => String::new(),
        n => format!(", {n} joined to the row above"),
    };
    let rows = if counts.rows == 1 { "row" } else { "rows" };
    let held = held_words(counts.held);
    let words = format!(
        "{} {rows}: {} accepted, {} rejected{held}; {} created, {} updated, {} unchanged{joined}{kept}",
        counts.rows, counts.accepted, counts.rejected, counts.created, counts.updated, counts.unchanged
    );
    format!("{}\n", wrapped("", &words, width))
}
