//! Rows about people in the rejects files of a pool: to be shown to them, or taken out.

use std::collections::HashSet;
use std::path::Path;

use stackscout_importer::blanking::{RejectedRow, rejects_in, take_out_rejected};
use stackscout_importer::{CandidateFile, ImportOptions, Input, ReadRow};
use stackscout_taxonomy::Taxonomy;

use crate::erase::traces::Traces;
use crate::layouts::own_layouts;
use crate::pool::REJECTS;
use crate::rejected::options_for;
use crate::{EngineError, Pool};

/// A rejected row that is about a person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RejectedOf {
    /// Name of the rejects file.
    pub rejects_file: String,
    /// Name of the file that it came from.
    pub file: String,
    /// Line in that file.
    pub line: u64,
    /// Why it was rejected.
    pub code: String,
    /// The row, as far as it is Unicode.
    pub row: String,
}

impl Pool {
    /// Takes every row about these people out of the rejects files; says of how many rows.
    pub(crate) fn take_out_of_rejects(&self, traces: &Traces) -> Result<u64, EngineError> {
        let mut taken = 0;
        for path in rejects_in(&self.folder.join(REJECTS))? {
            let theirs = self.lines_of(&path, traces)?;
            taken += take_out_rejected(&path, |row| is_about(&row, &theirs, traces))?;
        }
        Ok(taken)
    }

    /// The rejected rows that are about these people.
    pub(crate) fn rejected_rows_of(&self, traces: &Traces) -> Result<Vec<RejectedOf>, EngineError> {
        let mut found = Vec::new();
        for path in rejects_in(&self.folder.join(REJECTS))? {
            let theirs = self.lines_of(&path, traces)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            take_out_rejected(&path, |row| {
                if is_about(&row, &theirs, traces) {
                    found.push(RejectedOf {
                        rejects_file: name.clone(),
                        file: row.file.to_owned(),
                        line: row.source_line,
                        code: row.code.to_owned(),
                        row: String::from_utf8_lossy(row.bytes).trim_end().to_owned(),
                    });
                }
                // Only looked at.
                false
            })?;
        }
        Ok(found)
    }

    /// Lines of a rejects file that read as rows about these people: their ids are told by column and source.
    fn lines_of(&self, path: &Path, traces: &Traces) -> Result<HashSet<u64>, EngineError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let imports = self.store.all_imports()?;
        let import = imports.iter().find(|import| import.rejects.as_deref() == Some(&*name));
        let source = import.map(|import| import.source.clone());
        let options =
            ImportOptions { source, layouts: own_layouts(&self.folder)?, ..ImportOptions::default() };
        let options = options_for(&self.folder, &Input::from(path), &options, &self.taxonomy);
        Ok(read_lines(path, &options, &self.taxonomy, traces).unwrap_or_default())
    }
}

/// `None` where the file cannot be read as one of candidates: then its rows are looked at as texts alone.
fn read_lines(
    path: &Path,
    options: &ImportOptions,
    taxonomy: &Taxonomy,
    traces: &Traces,
) -> Option<HashSet<u64>> {
    let file = CandidateFile::open_input(&Input::from(path), options, taxonomy).ok()?;
    let source = file.source().to_owned();
    let mut lines = HashSet::new();
    for row in file {
        match row {
            Ok(ReadRow::Accepted(row)) if traces.are_of_row(&source, &row) => {
                lines.insert(row.line);
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    Some(lines)
}

fn is_about(row: &RejectedRow<'_>, theirs: &HashSet<u64>, traces: &Traces) -> bool {
    row.line.is_some_and(|line| theirs.contains(&line))
        || traces.stand_in(row.bytes)
        // A CV is named after its person; the name of a table says nothing of its rows.
        || (row.bytes.is_empty() && traces.named_in(row.file))
}
