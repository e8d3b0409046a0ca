//! What the rows that the finder is made of have to be like. Loading and `taxonomy lint` ask here, so that making a finder
//! cannot fail.

use std::collections::BTreeSet;

use crate::TaxonomyError;
use crate::mention::cues;
use crate::mention::meaning::Context;
use crate::tables::{ContextRow, CueRow, Tables};

/// Bytes of names, spellings, wordings and look-alikes together, some six times of what there is: every one of them
/// becomes up to eight patterns, and a tree of more would take hundreds of megabytes.
pub(crate) const TEXT_BYTES_MAX: usize = 1 << 20;
/// A pattern names its context in one byte.
pub(crate) const CONTEXTS_MAX: usize = 255;

/// Columns that cannot be read, and why.
pub(crate) type Unreadable = Vec<(&'static str, String)>;

/// Columns of a row of `contexts.csv` that cannot be read, and why.
pub(crate) fn context_problems(row: &ContextRow) -> Unreadable {
    Context::read(row).err().unwrap_or_default()
}

/// Columns of a row of `cues.csv` that cannot be read, and why.
pub(crate) fn cue_problems(row: &CueRow) -> Unreadable {
    cues::read(row).err().unwrap_or_default()
}

/// Refuses rows that no finder can be made of: the first one, with file and line.
pub(crate) fn check_tables(tables: &Tables) -> Result<(), TaxonomyError> {
    let refuse = |file: &str, row: usize, reason: String| {
        // The first line holds the columns' names.
        Err(TaxonomyError::row(file, row as u64 + 2, reason))
    };
    let first = |problems: Unreadable| {
        problems.into_iter().next().map(|(column, reason)| format!("column `{column}`: {reason}"))
    };
    for (at, row) in tables.contexts.iter().enumerate() {
        if at >= CONTEXTS_MAX {
            return refuse("contexts.csv", at, format!("more than {CONTEXTS_MAX} contexts"));
        }
        if let Some(reason) = first(context_problems(row)) {
            return refuse("contexts.csv", at, reason);
        }
    }
    for (at, row) in tables.cues.iter().enumerate() {
        if let Some(reason) = first(cue_problems(row)) {
            return refuse("cues.csv", at, reason);
        }
    }
    let contexts: BTreeSet<&str> = tables.contexts.iter().map(|row| row.context.as_str()).collect();
    for (at, row) in tables.spellings.iter().enumerate() {
        if !row.context.is_empty() && !contexts.contains(row.context.as_str()) {
            let reason = format!("column `context`: `{}` is no row of contexts.csv", row.context);
            return refuse("spellings.csv", at, reason);
        }
    }
    let names = tables.skills.iter().map(|row| row.name.len());
    let spellings = tables.spellings.iter().map(|row| row.spelling.len());
    let wordings = tables.traits.iter().map(|row| row.id.len() + row.name.len() + row.also.len());
    let phrases = tables.lookalikes.iter().map(|row| row.phrase.len());
    let bytes: usize = names.chain(spellings).chain(wordings).chain(phrases).sum();
    if bytes > TEXT_BYTES_MAX {
        let reason = format!("names, spellings and phrases have more than {TEXT_BYTES_MAX} bytes together");
        return Err(TaxonomyError::row("spellings.csv", 0, reason));
    }
    Ok(())
}
