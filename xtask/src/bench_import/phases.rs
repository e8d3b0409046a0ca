//! Where our time goes: the steps of an import that can be taken alone, one after the other on one thread.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use stackscout_evidence::{BaseWriter, BuildOptions};
use stackscout_importer::{CandidateFile, ImportOptions, ReadRow};
use stackscout_profile::{Candidate, CandidateNumber, Facts, Part, Record};
use stackscout_taxonomy::Taxonomy;

use crate::clock::cpu_time;

/// Rows that the steps are measured on: enough for a figure, few enough to be held.
const ROWS_MAX: usize = 50_000;

/// The steps, in microseconds a row; `whole` is what the import of all rows took.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn table(path: &Path, whole: Duration) -> Result<String> {
    let taxonomy = Taxonomy::embedded();
    let mut lines = vec!["| step, on one thread | µs a row |".to_owned(), "|---|---|".to_owned()];
    let mut rows = Vec::new();
    let (mut count, begun) = (0_u32, cpu_time());
    for row in CandidateFile::open(path, &ImportOptions::default(), &taxonomy)? {
        count += 1;
        if let ReadRow::Accepted(row) = row?
            && rows.len() < ROWS_MAX
        {
            rows.push(row);
        }
    }
    let per_row = |took: Duration, rows: u32| took.as_secs_f64() * 1e6 / f64::from(rows.max(1));
    let reading = per_row(cpu_time() - begun, count);
    lines.push(format!("| rows taken from the file | {reading:.1} |"));

    let measured = u32::try_from(rows.len())?;
    let records: Vec<Record> = (1..)
        .zip(rows)
        .map(|(number, row)| {
            Record::new(CandidateNumber(number), Part::new("bench", row.external_id, row.values))
        })
        .collect();
    let begun = cpu_time();
    let facts: Vec<Facts> =
        records.iter().map(|record| Candidate::read(record, &taxonomy).0.facts()).collect();
    let candidates = per_row(cpu_time() - begun, measured);
    lines.push(format!("| candidates and their facts made of rows | {candidates:.1} |"));

    let begun = cpu_time();
    let mut base = BaseWriter::new(BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint()));
    facts.iter().for_each(|facts| base.put(facts));
    drop(base.in_memory());
    let columns = per_row(cpu_time() - begun, measured);
    lines.push(format!("| columns made of facts | {columns:.1} |"));

    let all = per_row(whole, count);
    lines.push(format!("| records, identities and index | {:.1} |", all - reading - candidates - columns));
    lines.push(format!("| the whole import | {all:.1} |"));
    Ok(lines.join("\n"))
}
