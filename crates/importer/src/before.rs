//! What the columns of a file were read as when its rows were rejected: a few mended rows do not show again what a
//! thousand showed.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use stackscout_profile::{DateOrder, Field};

use crate::ImportOptions;
use crate::columns::{ColumnUse, Evidence, Usage};
use crate::layout::Layout;

/// What a column was read as before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnBefore {
    /// Its name in the header of the rejected rows.
    pub column: String,
    /// What it was used for.
    pub usage: Usage,
    /// The order of day, month and year in its figures.
    pub order: Option<DateOrder>,
}

/// Why a column is what it is.
pub(crate) const AS_BEFORE: &str = "as when its rows were rejected";

impl Evidence<'_> {
    /// The columns that were read before, each by its place; those that the file does not have are left out.
    pub(crate) fn before<'o>(&self, options: &'o ImportOptions) -> Vec<(usize, &'o ColumnBefore)> {
        if options.columns.is_empty() {
            return Vec::new();
        }
        let names = self.header.names.iter().enumerate();
        let places: HashMap<&str, usize> = names.map(|(at, name)| (name.as_str(), at)).collect();
        let place = |before: &'o ColumnBefore| Some((*places.get(before.column.as_str())?, before));
        options.columns.iter().filter_map(place).collect()
    }

    /// Uses columns as before; gives their places.
    pub(crate) fn use_as_before(
        &self,
        layout: &Layout,
        options: &ImportOptions,
        columns: &mut [ColumnUse],
    ) -> Vec<usize> {
        let is_id = |usage: &Usage| *usage == Usage::Field(Field::ExternalId);
        let id_is_mapped = options.map.iter().any(|(_, field)| *field == Some(Field::ExternalId));
        let mut used = Vec::new();
        for (at, before) in self.before(options) {
            // A person has one id: the one that is asked for now.
            if self.is_protected(layout, at) || (id_is_mapped && is_id(&before.usage)) {
                continue;
            }
            columns[at].usage = before.usage.clone();
            AS_BEFORE.clone_into(&mut columns[at].why);
            used.push(at);
        }
        used
    }
}
