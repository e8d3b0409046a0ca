//! Where each value of a person was read, and where sources disagree.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};
use stackscout_profile::{Field, Record, Value};
use stackscout_store::ImportInfo;

use crate::inert;
use crate::table::{plain, wrapped};

/// Fields of which a person has one value: where two sources give two, one of them is not what it was.
const SINGLE: [Field; 16] = [
    Field::Name,
    Field::FirstName,
    Field::LastName,
    Field::Title,
    Field::Employer,
    Field::Location,
    Field::City,
    Field::Region,
    Field::Country,
    Field::Remote,
    Field::Relocation,
    Field::TotalYears,
    Field::Seniority,
    Field::ExpectedPay,
    Field::CurrentPay,
    Field::Available,
];

/// Letters of a value that are shown.
const SHOWN: usize = 60;

/// A value with its source, and whether it is the one that counts.
struct Said<'a> {
    source: &'a str,
    value: &'a Value,
    as_of: Option<String>,
}

/// What every source says of a field of which a person has one value, newest first; a source's newest value alone.
fn of_field(record: &Record, field: Field) -> Vec<Said<'_>> {
    let mut said: Vec<Said<'_>> = Vec::new();
    for (part, value) in record.values_in_parts(field) {
        if !said.iter().any(|other| other.source == part.source) {
            let as_of = part.date_of(value.cell.import).map(|row| row.as_of.to_string());
            said.push(Said { source: &part.source, value, as_of });
        }
    }
    said
}

/// Fields of which sources say different things, newest first.
fn disagreements(record: &Record) -> Vec<(Field, Vec<Said<'_>>)> {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    SINGLE
        .into_iter()
        .map(|field| (field, of_field(record, field)))
        .filter(|(_, said)| said.iter().any(|other| !same(&other.value.text, &said[0].value.text)))
        .collect()
}

fn file(imports: &[ImportInfo], import: u32) -> &str {
    imports.iter().find(|i| i.number == import).map_or("?", ImportInfo::file_name)
}

fn short(text: &str) -> String {
    let text = inert(text.trim());
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text,
    }
}

/// Where sources disagree, with the value that counts first; and every value but skills with the file, line and import
/// in which it was read. Empty where a person has no such value.
#[must_use]
pub fn text(record: &Record, imports: &[ImportInfo], width: u16) -> String {
    let mut text = String::new();
    for (field, said) in disagreements(record) {
        let words: Vec<String> = said
            .iter()
            .map(|s| {
                let day = s.as_of.as_ref().map_or(String::new(), |day| format!(", {day}"));
                format!("{} ({}{day})", short(&s.value.text), inert(s.source))
            })
            .collect();
        let words = format!("{} sources disagree: {}: {}", said.len(), field.word(), words.join("; "));
        let _ = writeln!(text, "{}", wrapped("  ", &words, width));
    }
    let mut table = plain(width);
    table.set_header(["  field", "as written", "said in"]);
    let mut rows = 0;
    for field in Field::ALL.iter().filter(|field| !matches!(field, Field::Skill | Field::Skills)) {
        for value in record.values(*field) {
            let cell = value.cell;
            table.add_row([
                format!("  {}", field.word()),
                short(&value.text),
                format!("{} line {}, import {}", inert(file(imports, cell.import)), cell.line, cell.import),
            ]);
            rows += 1;
        }
    }
    if rows > 0 {
        let _ = writeln!(text, "\n{}", table.trim_fmt());
    }
    text
}

/// Where sources disagree: for each field what they say, newest first, with file, line and import.
#[must_use]
pub fn disagreements_json(record: &Record, imports: &[ImportInfo]) -> Json {
    let fields = disagreements(record).into_iter().map(|(field, said)| {
        let values: Vec<Json> = said
            .into_iter()
            .map(|s| {
                let cell = s.value.cell;
                json!({ "source": s.source, "as_of": s.as_of, "text": s.value.text, "column": s.value.column,
                        "file": file(imports, cell.import), "line": cell.line, "import": cell.import })
            })
            .collect();
        json!({ "field": field.word(), "values": values })
    });
    fields.collect()
}

#[cfg(test)]
mod tests {
    //! - sources that say different things are named, the newest first; the same in other case is no disagreement

    use stackscout_profile::{CandidateNumber, Cell, Part, RowDate};

    use super::*;

    #[test]
    fn sources_that_say_different_things_are_named_the_newest_first() {
        let part = |source: &str, import, day, cells: &[(Field, &str)]| {
            let value = |(field, text): &(Field, &str)| Value {
                field: *field,
                column: field.word().to_owned(),
                text: (*text).to_owned(),
                cell: Cell { import, line: 2 },
                reading: stackscout_profile::Reading::default(),
            };
            let mut part = Part::new(source, None, cells.iter().map(value).collect());
            part.as_of =
                vec![RowDate { as_of: stackscout_profile::Date::new(2026, 1, day).unwrap(), import }];
            part
        };
        let old = part("a", 2, 1, &[(Field::Title, "Developer"), (Field::City, "Berlin")]);
        let new = part("b", 1, 9, &[(Field::Title, "Architect"), (Field::City, "BERLIN")]);
        let record = Record { number: CandidateNumber(1), parts: vec![old, new] };
        let text = text(&record, &[], 100);
        let first = text.lines().next().unwrap();
        assert_eq!(
            first,
            "  2 sources disagree: title: Architect (b, 2026-01-09); Developer (a, 2026-01-01)"
        );
        assert_eq!(disagreements_json(&record, &[]).as_array().unwrap().len(), 1);
    }
}
