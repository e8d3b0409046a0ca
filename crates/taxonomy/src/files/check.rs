//! Rows against rows: everything that loading would refuse, and what would make it slow, all of it at once.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;
use super::circle::walk;
use super::layer::{Layers, by_id};
use super::sheet::{Row, Sheet};
use crate::Credit;
use crate::id::is_slug;
use crate::mention::{CONTEXTS_MAX, TEXT_BYTES_MAX, context_problems, cue_problems};
use crate::relation::IMPLIES;
use crate::spelling::{exact_key, loose_key};
use crate::tables::{ContextRow, CueRow, list};

/// Most skills: far more than there are, and few enough for every relation to be worked out.
const SKILLS_MAX: usize = 20_000;
/// Most pairs that relations may make of skills, implied or following from attributes.
const PAIRS_MAX: usize = 4_000_000;
/// Longest chain of implies; real ones have four steps.
const IMPLIES_DEPTH_MAX: usize = 64;

/// Everything wrong between the rows of a taxonomy.
pub(super) fn check(layers: &Layers) -> Vec<Problem> {
    let mut found = Found { layers, problems: Vec::new() };
    found.keys();
    found.ids();
    found.references();
    found.spellings();
    found.wordings();
    found.relations();
    found.relation_types();
    found.kinds();
    found.rules();
    found.mention_rows();
    found.problems
}

/// Rows whose source a folder's `SOURCES.md` does not describe.
pub(super) fn sources(layers: &Layers, text: &str) -> Vec<Problem> {
    let described: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(key, _)| key)
        .collect();
    let mut found = Found { layers, problems: Vec::new() };
    for sheet in layers.sheets() {
        let at = sheet.column("source");
        for row in &sheet.rows {
            let source = row.cell(at);
            if !source.is_empty() && !described.contains(source) {
                found.report(
                    sheet,
                    row,
                    Some("source"),
                    format!("`{source}` is not described in SOURCES.md"),
                );
            }
        }
    }
    found.problems
}

struct Found<'a> {
    layers: &'a Layers,
    problems: Vec<Problem>,
}

impl<'a> Found<'a> {
    fn report(&mut self, sheet: &Sheet, row: &Row, column: Option<&str>, reason: String) {
        let (file, column) = (sheet.schema.name.to_owned(), column.map(str::to_owned));
        self.problems.push(Problem { file, line: row.line, column, reason });
    }

    fn each(&mut self, file: &str, mut check: impl FnMut(&mut Self, &'a Sheet, &'a Row)) {
        if let Some(sheet) = self.layers.sheet(file) {
            for row in &sheet.rows {
                check(self, sheet, row);
            }
        }
    }

    /// The same key twice in one file.
    fn keys(&mut self) {
        for sheet in self.layers.sheets() {
            let mut first: BTreeMap<&[String], u64> = BTreeMap::new();
            for row in &sheet.rows {
                if let Some(line) = first.insert(sheet.key(row), row.line) {
                    let key = sheet.key(row).join("`, `");
                    self.report(sheet, row, None, format!("`{key}` stands in line {line} already"));
                }
            }
        }
    }

    fn ids(&mut self) {
        for file in ["skills.csv", "traits.csv", "cases.csv", "role_families.csv"] {
            self.each(file, |found, sheet, row| {
                if !is_slug(row.cell(0)) {
                    let reason =
                        format!("`{}` is no id: lower-case letters, digits and inner hyphens", row.cell(0));
                    found.report(sheet, row, Some("id"), reason);
                }
            });
        }
        if let Some(sheet) = self.layers.sheet("skills.csv").filter(|sheet| sheet.rows.len() > SKILLS_MAX) {
            let reason = format!("makes {} skills, more than {SKILLS_MAX}", sheet.rows.len());
            self.report(sheet, &sheet.rows[SKILLS_MAX], None, reason);
        }
    }

    /// Ids that lead nowhere.
    fn references(&mut self) {
        let skills = by_id(self.layers.rows("skills.csv"));
        let traits = by_id(self.layers.rows("traits.csv"));
        let cases = by_id(self.layers.rows("cases.csv"));
        for (file, column, known, what) in [
            ("skills.csv", "language", &skills, "skill"),
            ("spellings.csv", "skill", &skills, "skill"),
            ("relations.csv", "from", &skills, "skill"),
            ("relations.csv", "to", &skills, "skill"),
            ("skill_traits.csv", "skill", &skills, "skill"),
            ("skill_traits.csv", "trait", &traits, "trait"),
            ("cases.csv", "skill", &skills, "skill"),
            ("case_traits.csv", "case", &cases, "case"),
            ("case_traits.csv", "trait", &traits, "trait"),
            ("assessments.csv", "skill", &skills, "skill"),
        ] {
            self.each(file, |found, sheet, row| {
                let id = row.cell(sheet.column(column));
                if !id.is_empty() && !known.contains_key(id) {
                    found.report(sheet, row, Some(column), format!("unknown {what} `{id}`"));
                }
            });
        }
    }

    /// Rows that the mention finder is made of.
    fn mention_rows(&mut self) {
        self.each("contexts.csv", |found, sheet, row| {
            let [context, alone, near_words_max, cue, refuse, source] =
                [0, 1, 2, 3, 4, 5].map(|at| row.cell(at).to_owned());
            let typed = ContextRow { context, alone, near_words_max, cue, refuse, source };
            for (column, reason) in context_problems(&typed) {
                found.report(sheet, row, Some(column), reason);
            }
        });
        if let Some(sheet) = self.layers.sheet("contexts.csv").filter(|s| s.rows.len() > CONTEXTS_MAX) {
            let reason = format!("makes {} contexts, more than {CONTEXTS_MAX}", sheet.rows.len());
            self.report(sheet, &sheet.rows[CONTEXTS_MAX], None, reason);
        }
        self.each("cues.csv", |found, sheet, row| {
            let [class, phrase, value, source] = [0, 1, 2, 3].map(|at| row.cell(at).to_owned());
            for (column, reason) in cue_problems(&CueRow { class, phrase, value, source }) {
                found.report(sheet, row, Some(column), reason);
            }
        });
        let contexts = by_id(self.layers.rows("contexts.csv"));
        self.each("spellings.csv", |found, sheet, row| {
            let context = row.cell(sheet.column("context"));
            if !context.is_empty() && !contexts.contains_key(context) {
                let reason = format!("`{context}` is no row of contexts.csv");
                found.report(sheet, row, Some("context"), reason);
            }
        });
        let texts: [(&str, &[usize]); 4] = [
            ("skills.csv", &[1]),
            ("spellings.csv", &[0]),
            ("traits.csv", &[0, 1, 3]),
            ("lookalikes.csv", &[0]),
        ];
        let mut bytes = 0;
        for (file, columns) in texts {
            self.each(file, |found, sheet, row| {
                let before = bytes;
                bytes += columns.iter().map(|at| row.cell(*at).len()).sum::<usize>();
                if before <= TEXT_BYTES_MAX && bytes > TEXT_BYTES_MAX {
                    let reason = format!(
                        "names, spellings and phrases have more than {TEXT_BYTES_MAX} bytes together"
                    );
                    found.report(sheet, row, None, reason);
                }
            });
        }
    }

    /// A name or spelling of two skills.
    fn spellings(&mut self) {
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        self.each("skills.csv", |found, sheet, row| {
            let (id, name) = (row.cell(0), row.cell(1));
            if let Some(other) = owners.insert(exact_key(name), id).filter(|other| *other != id) {
                found.report(sheet, row, Some("name"), format!("`{name}` is also the name of `{other}`"));
            }
        });
        self.each("spellings.csv", |found, sheet, row| {
            let (spelling, skill) = (row.cell(0), row.cell(1));
            match owners.get(&exact_key(spelling)) {
                Some(other) if *other != skill => {
                    let reason = format!("`{spelling}` means both `{skill}` and `{other}`");
                    found.report(sheet, row, Some("spelling"), reason);
                }
                _ => {
                    owners.insert(exact_key(spelling), skill);
                }
            }
        });
    }

    /// A wording of two traits.
    fn wordings(&mut self) {
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        self.each("traits.csv", |found, sheet, row| {
            let id = row.cell(0);
            for wording in [id, row.cell(1)].into_iter().chain(list(row.cell(3))) {
                let exact = exact_key(wording);
                let key = loose_key(&exact).unwrap_or(exact);
                if let Some(other) = owners.insert(key, id).filter(|other| *other != id) {
                    found.report(
                        sheet,
                        row,
                        Some("also"),
                        format!("`{wording}` is also a wording of `{other}`"),
                    );
                }
            }
        });
    }

    fn relations(&mut self) {
        let mut implies: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        self.each("relations.csv", |found, sheet, row| {
            let [from, to, relation, credit] = [0, 1, 2, 3].map(|at| row.cell(at));
            if from == to {
                found.report(sheet, row, None, format!("`{from}` is related to itself"));
                return;
            }
            match credit.parse().ok().and_then(Credit::new) {
                None => {
                    let reason = format!("`{credit}` is not 500 to 10000 in steps of 500");
                    found.report(sheet, row, Some("credit"), reason);
                }
                Some(credit) if (credit == Credit::FULL) != (relation == IMPLIES) => {
                    let reason = format!(
                        "is {} on `{relation}`: implies, and only it, is 10000",
                        credit.ten_thousandths()
                    );
                    found.report(sheet, row, Some("credit"), reason);
                }
                Some(_) => {}
            }
            if relation == IMPLIES {
                implies.entry(from).or_default().insert(to);
            }
        });
        let walk = walk(&implies, PAIRS_MAX);
        let Some(sheet) = self.layers.sheet("relations.csv") else { return };
        let row_of = |from: &str| sheet.rows.iter().find(|row| row.cell(0) == from && row.cell(2) == IMPLIES);
        for circle in walk.circles {
            // A team's row has closed it, where there is one: its line is the one to look at.
            if let Some(row) = circle.first().and_then(|from| row_of(from)) {
                let shown: Vec<&str> =
                    circle.iter().take(8).copied().chain(circle.first().copied()).collect();
                let reason = format!("implies runs in a circle: {}", shown.join(" -> "));
                self.report(sheet, row, None, reason);
            }
        }
        let Some(first) = sheet.rows.first() else { return };
        let mut whole = first.clone();
        whole.line = 0;
        if walk.depth > IMPLIES_DEPTH_MAX {
            let reason = format!("implies runs through {} steps, more than {IMPLIES_DEPTH_MAX}", walk.depth);
            self.report(sheet, &whole, None, reason);
        }
        if walk.pairs > PAIRS_MAX {
            self.report(sheet, &whole, None, format!("implies makes more than {PAIRS_MAX} pairs of skills"));
        }
    }

    fn relation_types(&mut self) {
        let skills = self.layers.rows("skills.csv");
        let traits = self.layers.rows("traits.csv");
        let mut pairs = 0_usize;
        self.each("relation_types.csv", |found, sheet, row| {
            let [basis, kinds, credit] = [1, 2, 3].map(|at| row.cell(at));
            let (word, named) = basis.split_once(" of ").unwrap_or((basis, ""));
            if !["same-language", "same-paradigm", "same-philosophy", "language-of"].contains(&word) {
                found.report(sheet, row, Some("basis"), format!("unknown basis `{word}`"));
            } else if !named.is_empty() && word != "same-philosophy" {
                found.report(sheet, row, Some("basis"), format!("basis `{word}` takes no list"));
            }
            for id in list(named) {
                if !traits.iter().any(|row| row.cell(0) == id && row.cell(2) == "philosophy") {
                    let reason = format!("`{id}` is no trait of kind philosophy");
                    found.report(sheet, row, Some("basis"), reason);
                }
            }
            if credit.parse().ok().and_then(Credit::new).is_none_or(|credit| credit == Credit::FULL) {
                found.report(
                    sheet,
                    row,
                    Some("credit"),
                    format!("`{credit}` is not 500 to 9500 in steps of 500"),
                );
            }
            // Each pair of a kind is looked at, and may become a relation.
            let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
            let kinds: BTreeSet<&str> = list(kinds).collect();
            for skill in skills.iter().filter(|skill| kinds.contains(skill.cell(2))) {
                *of_kind.entry(skill.cell(2)).or_default() += 1;
            }
            pairs = pairs.saturating_add(of_kind.values().map(|n| n.saturating_mul(*n)).sum());
            if pairs > PAIRS_MAX {
                let reason = format!("looks at more than {PAIRS_MAX} pairs of skills of one kind");
                found.report(sheet, row, Some("kinds"), reason);
            }
        });
    }

    /// Kinds that no skill has.
    fn kinds(&mut self) {
        let kinds: BTreeSet<&str> = self.layers.rows("skills.csv").iter().map(|row| row.cell(2)).collect();
        for file in ["relation_types.csv", "role_families.csv"] {
            self.each(file, |found, sheet, row| {
                for kind in list(row.cell(sheet.column("kinds"))).filter(|kind| !kinds.contains(kind)) {
                    found.report(sheet, row, Some("kinds"), format!("no skill is of the kind `{kind}`"));
                }
            });
        }
    }

    /// Figures and ids of rules; their conditions are read where roles are derived.
    fn rules(&mut self) {
        let skills = by_id(self.layers.rows("skills.csv"));
        let traits = by_id(self.layers.rows("traits.csv"));
        self.each("rules.csv", |found, sheet, row| {
            let [adds, need, weight, years] = [2, 3, 4, 5].map(|at| row.cell(at));
            if !matches!(need, "must" | "nice") {
                found.report(sheet, row, Some("need"), format!("`{need}` is neither must nor nice"));
            }
            if !weight.parse::<u8>().is_ok_and(|weight| (1..=100).contains(&weight)) {
                found.report(sheet, row, Some("weight"), format!("`{weight}` is not 1 to 100"));
            }
            let is_years = |text: &str| {
                let (whole, decimal) = text.split_once('.').unwrap_or((text, "0"));
                whole.parse::<u8>().is_ok_and(|y| y < 100)
                    && decimal.len() == 1
                    && decimal.parse::<u8>().is_ok()
            };
            if !years.is_empty() && !is_years(years) {
                found.report(
                    sheet,
                    row,
                    Some("years"),
                    format!("`{years}` is no number of years from 0 to 99.9"),
                );
            }
            let named: Vec<&str> = match adds.split_once(':') {
                Some(("skill", id)) => vec![id],
                Some(("any_of", ids)) => ids.split('/').collect(),
                _ => Vec::new(),
            };
            for id in named.into_iter().filter(|id| !skills.contains_key(id)) {
                found.report(sheet, row, Some("adds"), format!("unknown skill `{id}`"));
            }
            if let Some(id) = adds.strip_prefix("trait:").filter(|id| !traits.contains_key(id)) {
                found.report(sheet, row, Some("adds"), format!("unknown trait `{id}`"));
            }
        });
    }
}
