//! What each column of a file is used for, and why.

use std::collections::HashSet;

use serde::Serialize;
use stackscout_profile::Field;
use stackscout_taxonomy::Taxonomy;

use crate::error::near;
use crate::header::Header;
use crate::key::header_key;
use crate::layout::{Layout, layouts};
use crate::protected::is_protected;
use crate::ticks::{Kind, Sample};
use crate::{ImportError, ImportOptions};

/// What a column is used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "use", content = "of")]
pub enum Usage {
    /// Its cells are read as this field.
    Field(Field),
    /// A tick in it stands for the skill of this name.
    Tick(String),
    /// Its cells are years with the skill of this name.
    SkillYears(String),
    /// A protected attribute: no field, and kept apart from all that is searched or scored.
    Protected,
    /// Not read.
    Ignored,
}

/// A column of the header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnUse {
    /// Its name, unique in the file.
    pub column: String,
    /// What it is used for.
    #[serde(flatten)]
    pub usage: Usage,
    /// Why, as a fragment.
    pub why: String,
}

impl ColumnUse {
    /// Whether values are made of its cells.
    #[must_use]
    pub fn is_mapped(&self) -> bool {
        matches!(self.usage, Usage::Field(_) | Usage::Tick(_) | Usage::SkillYears(_))
    }
}

/// Skill columns from which on a table is one of skills: two may be chance.
const SKILL_COLUMNS_MIN: usize = 3;

/// All that columns are judged by.
pub(crate) struct Evidence<'a> {
    pub file: &'a str,
    pub header: &'a Header,
    pub sample: &'a Sample,
    pub taxonomy: &'a Taxonomy,
}

impl Evidence<'_> {
    /// The layout that was asked for, or the first that fits.
    pub fn layout(&self, options: &ImportOptions) -> Result<&'static Layout, ImportError> {
        if let Some(name) = &options.layout {
            let known = || layouts().iter().map(|layout| layout.name.clone());
            return layouts().iter().find(|layout| layout.name == *name).ok_or_else(|| {
                let near = near(name, known());
                ImportError::UnknownLayout { name: name.clone(), known: known().collect(), near }
            });
        }
        let keys = self.keys();
        let fitting =
            layouts().iter().find(|layout| layout.fits(&keys, |layout| self.has_skill_columns(layout)));
        Ok(fitting.unwrap_or_else(|| layouts().last().expect("there are layouts")))
    }

    /// The keys of all headers.
    pub fn keys(&self) -> HashSet<String> {
        self.header.cells.iter().map(|cell| header_key(cell)).collect()
    }

    /// Decides the use of every column.
    pub fn columns(&self, layout: &Layout, options: &ImportOptions) -> Result<Vec<ColumnUse>, ImportError> {
        let keys = self.keys();
        let many_skills = self.has_skill_columns(layout);
        let mut columns: Vec<ColumnUse> = self
            .header
            .cells
            .iter()
            .enumerate()
            .map(|(at, cell)| {
                let (usage, why) = self.usage(layout, &keys, many_skills, at, cell);
                ColumnUse { column: self.header.names[at].clone(), usage, why }
            })
            .collect();
        let mut stated = HashSet::new();
        for (name, field) in &options.map {
            for at in self.find_columns(name)? {
                if is_protected(&self.header.cells[at]) {
                    let column = columns[at].column.clone();
                    return Err(ImportError::ProtectedColumn { file: self.file.to_owned(), column });
                }
                let header = &self.header.cells[at];
                columns[at].usage = match field {
                    None => Usage::Ignored,
                    Some(Field::Skill) => Usage::Tick(header.clone()),
                    Some(field) => Usage::Field(*field),
                };
                columns[at].why = "as asked for by a map".to_owned();
                stated.insert(at);
            }
        }
        settle(&mut columns, &stated);
        Ok(columns)
    }

    fn usage(
        &self,
        layout: &Layout,
        keys: &HashSet<String>,
        many_skills: bool,
        at: usize,
        cell: &str,
    ) -> (Usage, String) {
        if cell.is_empty() {
            return (Usage::Ignored, "has no name".to_owned());
        }
        if is_protected(cell) {
            return (Usage::Protected, "a protected attribute is never read".to_owned());
        }
        if let Some(field) = layout.meaning(cell) {
            if let Some(other) = layout.unless(cell).filter(|other| keys.contains(*other)) {
                let beside = self.header.cells.iter().position(|cell| header_key(cell) == other);
                let beside = beside.map_or(other, |at| &self.header.names[at]);
                return (Usage::Ignored, format!("means something else beside `{beside}`"));
            }
            return (Usage::Field(field), format!("by its name in layout `{}`", layout.name));
        }
        if self.taxonomy.find(cell).is_none() {
            return (Usage::Ignored, "names neither a field nor a skill".to_owned());
        }
        match self.sample.kind(at) {
            Kind::Ticks => (Usage::Tick(cell.to_owned()), "named by a skill and ticked".to_owned()),
            Kind::Empty if many_skills => {
                (Usage::Tick(cell.to_owned()), "named by a skill, among columns that are ticked".to_owned())
            }
            Kind::Years => {
                (Usage::SkillYears(cell.to_owned()), "named by a skill and filled with years".to_owned())
            }
            Kind::Empty => (Usage::Ignored, "named by a skill, but the first rows leave it empty".to_owned()),
            Kind::Other => (Usage::Ignored, "named by a skill, but holds neither ticks nor years".to_owned()),
        }
    }

    /// Whether the table is one of skills: at least three columns named by skills and filled with ticks or years, and
    /// more than half of those that the layout does not name.
    fn has_skill_columns(&self, layout: &Layout) -> bool {
        let unknown =
            self.header.cells.iter().enumerate().filter(|(_, cell)| {
                !cell.is_empty() && !is_protected(cell) && layout.meaning(cell).is_none()
            });
        let (mut all, mut skills, mut filled) = (0, 0, 0);
        for (at, cell) in unknown {
            all += 1;
            let kind = self.sample.kind(at);
            if kind != Kind::Other && self.taxonomy.find(cell).is_some() {
                skills += 1;
                filled += usize::from(kind != Kind::Empty);
            }
        }
        skills >= SKILL_COLUMNS_MIN && skills * 2 > all && filled > 0
    }

    /// Columns by name, or else by key; several where duplicates share the header and its plain name is not asked for.
    fn find_columns(&self, name: &str) -> Result<Vec<usize>, ImportError> {
        let names = &self.header.names;
        if let Some(at) = names.iter().position(|column| column == name) {
            return Ok(vec![at]);
        }
        let key = header_key(name);
        let found: Vec<usize> =
            (0..names.len()).filter(|at| !key.is_empty() && header_key(&names[*at]) == key).collect();
        if found.is_empty() {
            return Err(ImportError::UnknownColumn {
                file: self.file.to_owned(),
                column: name.to_owned(),
                columns: names.clone(),
                near: near(name, names.iter().cloned()),
            });
        }
        Ok(found)
    }
}

/// Settles what columns mean beside each other; those that a map states stay.
fn settle(columns: &mut [ColumnUse], stated: &HashSet<usize>) {
    let has = |columns: &[ColumnUse], field| columns.iter().any(|c| c.usage == Usage::Field(field));
    // A person has one id: the one that was asked for, or the first.
    let ids = |at: &usize| columns[*at].usage == Usage::Field(Field::ExternalId);
    let id = (0..columns.len()).filter(ids).min_by_key(|at| (!stated.contains(at), *at));
    if let Some(id) = id {
        let name = columns[id].column.clone();
        for (at, column) in columns.iter_mut().enumerate() {
            if at != id && column.usage == Usage::Field(Field::ExternalId) {
                column.usage = Usage::Ignored;
                column.why = format!("the id is in `{name}`");
            }
        }
    }
    // `Vorname, Name`: beside a first name alone, the name is the last name.
    if has(columns, Field::FirstName) && !has(columns, Field::LastName) {
        rename(columns, stated, Field::Name, Field::LastName, "a last name, beside a first name");
    }
    // One currency goes with the one pay that there is.
    if has(columns, Field::CurrentPay)
        && !has(columns, Field::ExpectedPay)
        && !has(columns, Field::CurrentPayCurrency)
    {
        let (from, to) = (Field::ExpectedPayCurrency, Field::CurrentPayCurrency);
        rename(columns, stated, from, to, "the currency of the only pay that there is");
    }
}

fn rename(columns: &mut [ColumnUse], stated: &HashSet<usize>, from: Field, to: Field, why: &str) {
    for (at, column) in columns.iter_mut().enumerate() {
        if column.usage == Usage::Field(from) && !stated.contains(&at) {
            column.usage = Usage::Field(to);
            column.why = why.to_owned();
        }
    }
}
