//! Why a whole file was refused. What is wrong with single rows and cells is an [`Issue`](crate::Issue).

use std::io;

use thiserror::Error;

use crate::text_file::TextFileError;

/// Why a file could not be read at all, or not to its end.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file could not be opened.
    #[error("cannot open `{file}`: {source}")]
    Open {
        /// The file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// Reading failed in the middle.
    #[error("cannot read `{file}` after line {line}: {source}")]
    Read {
        /// The file.
        file: String,
        /// The last line that was read.
        line: u64,
        /// What the system said.
        source: io::Error,
    },
    /// The file holds no line but blank ones.
    #[error("`{file}` holds no header and no row")]
    Empty {
        /// The file.
        file: String,
    },
    /// The file is of a kind that is not read.
    #[error(
        "`{file}` is {kind}, which is not read\nhint: save or export the table as CSV (UTF-8) or as .xlsx"
    )]
    NotRead {
        /// The file.
        file: String,
        /// What it looks like, with its article.
        kind: &'static str,
    },
    /// The file is encrypted.
    #[error("`{file}` is {kind}\nhint: open it, save it without a password, and import that file")]
    Encrypted {
        /// The file.
        file: String,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// A workbook or archive is broken, or larger than is read.
    #[error("cannot read `{file}`: {source}\nhint: save it anew, or export the table as CSV (UTF-8)")]
    Broken {
        /// The file.
        file: String,
        /// What is wrong with it.
        source: io::Error,
    },
    /// A document is no JSON.
    #[error("{file}:{line}:{column}: this is no JSON: {reason}")]
    BadJson {
        /// The file.
        file: String,
        /// Line of what is wrong.
        line: u64,
        /// Column of what is wrong.
        column: u64,
        /// What is wrong.
        reason: &'static str,
    },
    /// A document is JSON, and holds no objects.
    #[error(
        "`{file}` holds no objects\nhint: a person is an object, such as {{\"name\": ..., \"skills\": [...]}}; several \
         are one on each line, or a list"
    )]
    NoObjects {
        /// The file.
        file: String,
    },
    /// A page holds no table.
    #[error("`{file}` is a page without a table\nhint: export the table as CSV (UTF-8) or as .xlsx")]
    NoTable {
        /// The file.
        file: String,
    },
    /// The workbook has no such sheet.
    #[error("`{file}` has no sheet `{sheet}`: it has {}{}", listed(.sheets), hint(.near))]
    UnknownSheet {
        /// The file.
        file: String,
        /// What was asked for.
        sheet: String,
        /// All sheets.
        sheets: Vec<String>,
        /// Near names.
        near: Vec<String>,
    },
    /// A sheet was asked for, and the file has none.
    #[error("`{file}` is no workbook, and has no sheets\nhint: leave out --sheet")]
    NoSheets {
        /// The file.
        file: String,
    },
    /// Nothing in a folder or archive is read.
    #[error("nothing in `{file}` is of a kind that is read{}", inside(.skipped))]
    NothingInside {
        /// The folder or archive.
        file: String,
        /// What is in it, and why it is not read; the first.
        skipped: Vec<String>,
    },
    /// The header line cannot be read.
    #[error(
        "{file}:{line}: the header {reason}\nhint: save the file as CSV (UTF-8), with column names in its first line; text of an older program is read with its \
         encoding, such as `--encoding windows-1252`"
    )]
    BadHeader {
        /// The file.
        file: String,
        /// Line of the header.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The first row looks like data.
    #[error(
        "{file}:{line}: there is no header: line {line} looks like a row of data\n\
         hint: write the names of the columns into the first line, such as `id,name,email,skills`; or read the file with\n\
         `--no-header`: its columns are known by their content then, and as `column 1` in --map"
    )]
    NoHeader {
        /// The file.
        file: String,
        /// The first line that is not blank.
        line: u64,
    },
    /// No column is understood.
    #[error(
        "none of the columns of `{file}` is understood: {}\n\
         hint: say what they mean with --map COLUMN=FIELD, such as --map \"Known tools=skills\"{}",
        listed_or_counted(.columns, *.count),
        or_no_header(.columns)
    )]
    NothingUnderstood {
        /// The file.
        file: String,
        /// Names of all its columns; none where the first line may as well be a row of somebody.
        columns: Vec<String>,
        /// How many there are.
        count: usize,
    },
    /// There is no such layout.
    #[error("unknown layout `{name}`: there are {}{}", listed(.known), hint(.near))]
    UnknownLayout {
        /// What was asked for.
        name: String,
        /// All layouts.
        known: Vec<String>,
        /// Near names.
        near: Vec<String>,
    },
    /// A layout of the pool cannot be read.
    #[error(
        "{file}:{line}: {reason}\nhint: mend the layout, or take it away with `stackscout layouts remove`"
    )]
    BadLayout {
        /// The layout's file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// More layouts than anybody saves.
    #[error(
        "`{folder}` holds {layouts} layouts: at most 1000 are tried\nhint: take away those that are not used"
    )]
    ManyLayouts {
        /// The folder.
        folder: String,
        /// How many.
        layouts: usize,
    },
    /// A layout of the pool is no text, or no file.
    #[error(
        "the layout `{file}` {source}\nhint: mend the layout, or take it away with `stackscout layouts remove`"
    )]
    LayoutFile {
        /// The layout's file.
        file: String,
        /// Why it is not read.
        source: TextFileError,
    },
    /// A layout cannot be given this name.
    #[error("a layout cannot be named `{name}`: {reason}")]
    LayoutName {
        /// What was asked for.
        name: String,
        /// What names are.
        reason: &'static str,
    },
    /// There is a layout of this name.
    #[error(
        "there is a layout `{name}` already\nhint: take another name, or remove it: stackscout layouts remove {name}"
    )]
    LayoutExists {
        /// The name.
        name: String,
    },
    /// Two columns could not be told apart by a layout.
    #[error(
        "column `{column}` and another one are the same but for signs and capitals, and hold different things\n\
         hint: a layout knows columns by letters and digits; give one of them another name in the file"
    )]
    LayoutColumns {
        /// The second of them.
        column: String,
    },
    /// The file has no such column.
    #[error("`{file}` has no column `{column}`: it has {}{}", listed(.columns), hint(.near))]
    UnknownColumn {
        /// The file.
        file: String,
        /// What was asked for.
        column: String,
        /// All columns of the file.
        columns: Vec<String>,
        /// Near names.
        near: Vec<String>,
    },
    /// A protected column was mapped.
    #[error(
        "column `{column}` of `{file}` holds a protected attribute, which is never read\n\
         hint: where it holds something else, give it another name in the file"
    )]
    ProtectedColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
    },
    /// A map could not be read.
    #[error(
        "cannot read the map `{text}`: {reason}\nhint: --map \"Current city=city\", or --map \"Office=-\" to ignore it"
    )]
    BadMap {
        /// What was written.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An order of days could not be read.
    #[error("{reason}\nhint: write --date-order dmy, or --date-order \"Applied on=mdy\" for one column")]
    BadDateOrder {
        /// What was written.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A delimiter could not be read.
    #[error(
        "`{text}` cannot separate cells: allowed are comma, semicolon, tab, pipe and single signs such as `^`"
    )]
    BadDelimiter {
        /// What was written.
        text: String,
    },
    /// There is no such encoding.
    #[error(
        "`{name}` is no encoding that is known\n\
         hint: files of older programs are mostly windows-1252 (western Europe) or windows-1250 (central Europe)"
    )]
    UnknownEncoding {
        /// What was asked for.
        name: String,
    },
    /// The rejects could not be written.
    #[error("cannot write `{file}`: {source}")]
    Write {
        /// The rejects file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
}

impl ImportError {
    /// There is no layout of this name among those that are known.
    #[must_use]
    pub fn unknown_layout(name: &str, known: Vec<String>) -> Self {
        let near = near(name, known.iter().cloned());
        Self::UnknownLayout { name: name.to_owned(), known, near }
    }
}

/// Names shown at most in a message; a survey has 170 columns.
const NAMES_MAX: usize = 30;

fn listed(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let mut text = names.iter().take(NAMES_MAX).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    if names.len() > NAMES_MAX {
        text.push_str(&format!(" and {} more", names.len() - NAMES_MAX));
    }
    text
}

fn listed_or_counted(names: &[String], count: usize) -> String {
    match (names, count) {
        ([], 1) => "its first line holds a cell that names no field".to_owned(),
        ([], count) => format!("its first line holds {count} cells that name no field"),
        (names, _) => listed(names),
    }
}

fn or_no_header(names: &[String]) -> &'static str {
    match names {
        [] => {
            ";\nwhere the first line is a row and no header, read the file with --no-header: its columns are `column 1`, ..."
        }
        _ => "",
    }
}

fn inside(skipped: &[String]) -> String {
    if skipped.is_empty() { String::new() } else { format!(": {}", skipped.join(", ")) }
}

fn hint(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("\nhint: did you mean {}?", listed(near)) }
}

/// Names near to what was written, nearest first, at most three.
pub(crate) fn near(written: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let key = crate::key::header_key(written);
    let mut scored: Vec<(f64, String)> = names
        .map(|name| (strsim::normalized_damerau_levenshtein(&key, &crate::key::header_key(&name)), name))
        .filter(|(similarity, _)| *similarity > 0.5)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}
