//! Rows of later days that said what stood there already.
//!
//! They leave no trace in a record. Where an older file is imported after them, it is they that say that the old value
//! is not the last one: what the file says for the same source is laid aside, and where it is of another source and says
//! otherwise, they have the last word.

use std::cell::OnceCell;
use std::collections::HashMap;

use stackscout_profile::{Date, FileColumns, Part, Record, RowDate, Value};

use crate::reading::{Reading, row_date};
use crate::rows::{AcceptedRow, each_row};
use crate::{ImportInfo, ImportStart, StoreError};

/// By person: the import, as its place among those of a later day, and the row.
type ByPerson = HashMap<u32, Vec<(usize, AcceptedRow)>>;

/// The accepted rows of imports of a later day; read when the first row asks for them.
pub(crate) struct Confirmed {
    later: Vec<Later>,
    rows: OnceCell<ByPerson>,
}

/// An import of a later day.
struct Later {
    import: ImportInfo,
    as_of: Date,
    /// Its file is of the same source, and has all columns of the file that is imported now.
    covers: bool,
}

impl Confirmed {
    /// `imports` are all that were made before.
    pub(crate) fn new(imports: Vec<ImportInfo>, start: &ImportStart) -> Self {
        let later = imports
            .into_iter()
            .filter(|import| import.undone.is_none())
            .filter_map(|import| import.as_of.parse::<Date>().ok().map(|as_of| (import, as_of)))
            .filter(|(_, as_of)| *as_of > start.as_of)
            .map(|(import, as_of)| {
                let columns = import.columns.as_deref().unwrap_or_default();
                let has_all = start.columns.iter().all(|column| columns.contains(column));
                let covers = import.source == start.source && has_all;
                Later { import, as_of, covers }
            })
            .collect();
        Self { later, rows: OnceCell::new() }
    }

    /// Rows of a later day and of the same source that spoke for the same part of a person.
    pub(crate) fn of(
        &self,
        store: &Reading<'_>,
        origin: u32,
        part: &Part,
    ) -> Result<Vec<RowDate>, StoreError> {
        let mut dates = Vec::new();
        // The last one first: where a file with all of the columns says it again and again, one is enough.
        for (at, row) in self.rows(store)?.get(&origin).into_iter().flatten().rev() {
            let Later { import, as_of, covers } = &self.later[*at];
            if import.source != part.source {
                continue;
            }
            let Some(record) = store.record_of_origin(origin, import.change)? else { continue };
            let Some(then) = record.parts.get(row.part as usize) else { continue };
            let is_same = then.source == part.source
                && then.external_id == part.external_id
                && then.occurrence == part.occurrence;
            if is_same {
                let columns = import.columns.as_deref().unwrap_or_default();
                let own = then.values.iter().filter(|value| columns.contains(&value.column));
                let date = row_date(own, *as_of, import.number);
                dates.push(date);
                if *covers && part.as_of.iter().all(|own| date > *own) {
                    break;
                }
            }
        }
        Ok(dates)
    }

    /// What other sources said of a person on days after that of a row.
    pub(crate) fn of_others(
        &self,
        store: &Reading<'_>,
        origin: u32,
        source: &str,
        date: RowDate,
    ) -> Result<Vec<Part>, StoreError> {
        let rows = self.rows(store)?.get(&origin).into_iter().flatten();
        let rows = rows.map(|(at, row)| (&self.later[*at].import, row));
        said_later_by_others(store, rows, source, date)
    }

    fn rows(&self, store: &Reading<'_>) -> Result<&ByPerson, StoreError> {
        if let Some(rows) = self.rows.get() {
            return Ok(rows);
        }
        let read = self.read(store)?;
        Ok(self.rows.get_or_init(|| read))
    }

    fn read(&self, store: &Reading<'_>) -> Result<ByPerson, StoreError> {
        let mut rows: ByPerson = HashMap::new();
        for (at, Later { import, .. }) in self.later.iter().enumerate() {
            each_row(store.connection, import.number, |row| {
                rows.entry(row.origin).or_default().push((at, row));
            })
            .map_err(|e| store.error(e))?
            .ok_or(StoreError::DamagedRows(import.number))?;
        }
        Ok(rows)
    }
}

/// What a row said, from the record as it stood after its import; where it was laid aside, with what stood there instead.
pub(crate) fn what_was_said(
    store: &Reading<'_>,
    info: &ImportInfo,
    row: &AcceptedRow,
) -> Result<Option<Part>, StoreError> {
    let Some(record) = store.record_of_origin(row.origin, info.change)? else { return Ok(None) };
    let Some(part) = record.parts.into_iter().nth(row.part as usize) else { return Ok(None) };
    let columns = info.columns.as_deref().unwrap_or_default();
    let at = |mut value: Value| {
        value.cell.import = info.number;
        value.cell.line = row.line;
        value
    };
    let mut values: Vec<Value> =
        part.values.into_iter().filter(|v| columns.contains(&v.column)).map(at).collect();
    let date = info.as_of.parse::<Date>().ok().map(|as_of| row_date(values.iter(), as_of, info.number));
    if let Some(date) = date {
        // Said again, words such as `in two weeks` count from the later day.
        for value in &mut values {
            value.reading.as_of = value.reading.as_of.map(|_| date.as_of);
        }
    }
    let mut said = Part::new(part.source, part.external_id, values);
    said.occurrence = part.occurrence;
    said.as_of.extend(date);
    Ok(Some(said))
}

/// What rows of other sources said of a person on days after that of a row, of these rows about the person.
pub(crate) fn said_later_by_others<'a>(
    store: &Reading<'_>,
    rows: impl Iterator<Item = (&'a ImportInfo, &'a AcceptedRow)>,
    source: &str,
    date: RowDate,
) -> Result<Vec<Part>, StoreError> {
    let is_later = |as_of: Date| as_of > date.as_of;
    let mut said = Vec::new();
    for (info, row) in rows {
        if info.source == source || !info.as_of.parse::<Date>().is_ok_and(is_later) {
            continue;
        }
        let part = what_was_said(store, info, row)?;
        said.extend(part.filter(|part| part.as_of.iter().any(|row| is_later(row.as_of))));
    }
    Ok(said)
}

/// Gives the last word to rows that said again, on a later day, what a row of another source says otherwise. `origin` is
/// that of the row's part.
pub(crate) fn say_again(record: &mut Record, mut said: Vec<Part>, origin: Option<u32>, files: &FileColumns) {
    said.sort_by_key(|part| part.as_of.first().copied());
    for mut part in said {
        part.origin = origin;
        let is_same = |own: &Part| {
            own.source == part.source
                && own.external_id == part.external_id
                && own.occurrence == part.occurrence
                && own.origin == part.origin
        };
        if record.parts.iter().any(is_same) {
            record.merge(part, files, &[]);
        }
    }
}
