//! Gender, age and the like, as imports keep them apart: read for figures about groups, and for the person themself
//! (`dossier.rs`), and for nothing else.

use stackscout_profile::CandidateNumber;

use crate::{Store, StoreError};

impl Store {
    /// Every value of a protected column: whom it is about, as they are merged now, the column and the value.
    ///
    /// # Errors
    /// Anything that SQLite refuses.
    pub fn protected_values(&self) -> Result<Vec<(CandidateNumber, String, String)>, StoreError> {
        let sql = "SELECT number, column, value FROM protected_values ORDER BY number, import, line, column";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([], |row| Ok((CandidateNumber(row.get(0)?), row.get(1)?, row.get(2)?)))
            .map_err(|e| self.error(e))?;
        let values: Vec<(CandidateNumber, String, String)> =
            rows.collect::<Result<_, _>>().map_err(|e| self.error(e))?;
        values.into_iter().map(|(number, c, v)| Ok((self.survivor(number)?, c, v))).collect()
    }
}
