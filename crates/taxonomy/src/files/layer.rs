//! A team's own files over the built-in ones: rows are added, replaced by key, or dropped.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;
use super::schema::{DROP, FILES, Schema};
use super::sheet::{Row, Sheet};
use crate::spelling::exact_key;

/// The files of a taxonomy, one sheet each.
pub(super) struct Layers {
    sheets: Vec<Sheet>,
}

impl Layers {
    pub fn of(sheets: Vec<Sheet>) -> Self {
        Self { sheets }
    }

    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    pub fn sheet(&self, file: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.schema.name == file)
    }

    pub fn rows(&self, file: &str) -> &[Row] {
        self.sheet(file).map_or(&[], |sheet| &sheet.rows)
    }

    /// Lays a team's files over these. Dropped are rows of these alone, never the team's own.
    pub fn under(mut self, team: Vec<Sheet>, problems: &mut Vec<Problem>) -> Self {
        if let Some(drops) = team.iter().find(|sheet| sheet.schema.name == DROP) {
            self.drop_rows(drops, problems);
        }
        for own in team.into_iter().filter(|sheet| sheet.schema.name != DROP) {
            let Some(sheet) = self.sheets.iter_mut().find(|sheet| sheet.schema.name == own.schema.name)
            else {
                self.sheets.push(own);
                continue;
            };
            let keys: BTreeSet<Vec<String>> =
                own.rows.iter().map(|row| key_of(own.schema, own.key(row))).collect();
            let schema = sheet.schema;
            sheet.rows.retain(|row| !keys.contains(&key_of(schema, &row.cells[..schema.keys])));
            sheet.rows.extend(own.rows);
        }
        self
    }

    fn drop_rows(&mut self, drops: &Sheet, problems: &mut Vec<Problem>) {
        let mut skills = BTreeSet::new();
        let mut traits = BTreeSet::new();
        for row in &drops.rows {
            let mut report = |column: &str, reason: String| {
                let (file, column) = (DROP.to_owned(), Some(column.to_owned()));
                problems.push(Problem { file, line: row.line, column, reason });
            };
            let [file, key, second] = [row.cell(0), row.cell(1), row.cell(2)];
            let Some(schema) = Schema::of(&format!("{file}.csv")).filter(|schema| schema.name != DROP) else {
                let known = FILES.iter().map(|schema| schema.name).filter(|name| *name != DROP);
                let known: Vec<&str> = known.filter_map(|name| name.strip_suffix(".csv")).collect();
                report("file", format!("`{file}` is none of {}", known.join(", ")));
                continue;
            };
            let mut wanted = vec![key.to_owned()];
            match (schema.keys, second.is_empty()) {
                (1, true) => {}
                (2, false) => wanted.push(second.to_owned()),
                (1, false) => {
                    report("second", format!("is not empty: a row of `{file}` has one key"));
                    continue;
                }
                _ => {
                    report(
                        "second",
                        format!("is empty: a row of `{file}` has two keys, {}", schema.columns[1]),
                    );
                    continue;
                }
            }
            let wanted = key_of(schema, &wanted);
            let Some(sheet) = self.sheets.iter_mut().find(|sheet| sheet.schema.name == schema.name) else {
                continue;
            };
            let rows = sheet.rows.len();
            sheet.rows.retain(|row| key_of(schema, &row.cells[..schema.keys]) != wanted);
            if sheet.rows.len() == rows {
                report("key", format!("`{key}` is no row of the built-in {}", schema.name));
            }
            match schema.name {
                "skills.csv" => skills.insert(key.to_owned()),
                "traits.csv" => traits.insert(key.to_owned()),
                _ => false,
            };
        }
        self.drop_what_names(&skills, &traits);
    }

    /// With a skill go its spellings, relations, traits, cases and assessments; with a trait, what names it.
    fn drop_what_names(&mut self, skills: &BTreeSet<String>, traits: &BTreeSet<String>) {
        let mut cases = BTreeSet::new();
        for sheet in &mut self.sheets {
            let schema = sheet.schema;
            let column = |name: &str| schema.columns.iter().position(|column| *column == name);
            let named: Vec<usize> = ["skill", "from", "to"].into_iter().filter_map(column).collect();
            let trait_at = column("trait");
            let language = column("language");
            sheet.rows.retain_mut(|row| {
                let gone = named.iter().any(|at| skills.contains(row.cell(*at)))
                    || trait_at.is_some_and(|at| traits.contains(row.cell(at)));
                if let Some(at) = language.filter(|at| skills.contains(row.cell(*at))) {
                    row.cells[at].clear();
                }
                if gone && schema.name == "cases.csv" {
                    cases.insert(row.cell(0).to_owned());
                }
                !gone
            });
        }
        if let Some(sheet) = self.sheets.iter_mut().find(|sheet| sheet.schema.name == "case_traits.csv") {
            sheet.rows.retain(|row| !cases.contains(row.cell(0)));
        }
    }
}

/// What two rows share where one replaces the other; spellings are compared as they are when they are looked up.
fn key_of(schema: &Schema, key: &[String]) -> Vec<String> {
    if schema.name == "spellings.csv" {
        key.iter().map(|cell| exact_key(cell)).collect()
    } else {
        key.to_vec()
    }
}

/// Rows by the id in their first column.
pub(super) fn by_id(rows: &[Row]) -> BTreeMap<&str, &Row> {
    rows.iter().map(|row| (row.cell(0), row)).collect()
}
