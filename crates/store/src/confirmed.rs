//! Rows of later days that said what stood there already.
//!
//! They leave no trace in a record. Where an older file is imported after them, it is they that say that the old value
//! is not the last one.

use std::cell::OnceCell;
use std::collections::HashMap;

use stackscout_profile::{Date, Part, RowDate};

use crate::reading::{Reading, row_date};
use crate::rows::each_row;
use crate::{ImportInfo, ImportStart, StoreError};

/// The accepted rows of imports of the same source and a later day; read when the first row asks for them.
pub(crate) struct Confirmed {
    later: Vec<(ImportInfo, Date)>,
    /// By person: the import, as its place in `later`, and the part of the record.
    rows: OnceCell<HashMap<u32, Vec<(usize, u32)>>>,
}

impl Confirmed {
    /// `imports` are all that were made before.
    pub(crate) fn new(imports: Vec<ImportInfo>, start: &ImportStart) -> Self {
        let later = imports
            .into_iter()
            .filter(|import| import.undone.is_none() && import.source == start.source)
            .filter_map(|import| import.as_of.parse().ok().map(|as_of| (import, as_of)))
            .filter(|(_, as_of)| *as_of > start.as_of)
            .collect();
        Self { later, rows: OnceCell::new() }
    }

    /// Rows of a later day that spoke for the same part of a person.
    pub(crate) fn of(
        &self,
        store: &Reading<'_>,
        origin: u32,
        part: &Part,
    ) -> Result<Vec<RowDate>, StoreError> {
        if self.later.is_empty() {
            return Ok(Vec::new());
        }
        let rows = match self.rows.get() {
            Some(rows) => rows,
            None => {
                let read = self.read(store)?;
                self.rows.get_or_init(|| read)
            }
        };
        let mut dates = Vec::new();
        for (at, place) in rows.get(&origin).into_iter().flatten() {
            let (import, as_of) = &self.later[*at];
            let Some(record) = store.record_of_origin(origin, import.change)? else { continue };
            let Some(then) = record.parts.get(*place as usize) else { continue };
            let is_same = then.source == part.source
                && then.external_id == part.external_id
                && then.occurrence == part.occurrence;
            if is_same {
                let columns = import.columns.as_deref().unwrap_or_default();
                let own = then.values.iter().filter(|value| columns.contains(&value.column));
                dates.push(row_date(own, *as_of, import.number));
            }
        }
        Ok(dates)
    }

    fn read(&self, store: &Reading<'_>) -> Result<HashMap<u32, Vec<(usize, u32)>>, StoreError> {
        let mut rows: HashMap<u32, Vec<(usize, u32)>> = HashMap::new();
        for (at, (import, _)) in self.later.iter().enumerate() {
            each_row(store.connection, import.number, |row| {
                rows.entry(row.origin).or_default().push((at, row.part));
            })
            .map_err(|e| store.error(e))?
            .ok_or(StoreError::DamagedRows(import.number))?;
        }
        Ok(rows)
    }
}
