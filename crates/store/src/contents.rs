//! Every cell of every table, for whoever looks for traces of a person: what is packed is unpacked first.

use rusqlite::types::ValueRef;
use stackscout_profile::CandidateNumber;

use crate::history::{Chain, PRESENT, VERSIONS_OF_ONE};
use crate::{Store, StoreError};

impl Store {
    /// Shows every text and blob of every table, with the table's name and, where it is a record of somebody, whose.
    ///
    /// # Errors
    /// A damaged record; anything that SQLite refuses.
    pub fn each_cell(
        &self,
        mut take: impl FnMut(&str, Option<CandidateNumber>, &[u8]),
    ) -> Result<(), StoreError> {
        let tables: Vec<String> = self
            .connection
            .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(|e| self.error(e))?;
        for table in tables {
            let sql = format!("SELECT * FROM \"{table}\"");
            let mut statement = self.connection.prepare(&sql).map_err(|e| self.error(e))?;
            let of_person =
                statement.column_index("number").ok().filter(|_| OF_PEOPLE.contains(&table.as_str()));
            let columns = statement.column_count();
            let mut rows = statement.query([]).map_err(|e| self.error(e))?;
            while let Some(row) = rows.next().map_err(|e| self.error(e))? {
                let number = match of_person {
                    Some(at) => Some(CandidateNumber(row.get(at).map_err(|e| self.error(e))?)),
                    None => None,
                };
                for at in 0..columns {
                    if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) =
                        row.get_ref(at).map_err(|e| self.error(e))?
                    {
                        take(&table, number, bytes);
                    }
                }
            }
        }
        self.each_past_version(|number, bytes| take("record_history", Some(number), bytes))
    }

    /// Shows every version of every record that was replaced or removed.
    fn each_past_version(&self, mut take: impl FnMut(CandidateNumber, &[u8])) -> Result<(), StoreError> {
        let sql = "SELECT DISTINCT number FROM record_history ORDER BY number";
        let numbers: Vec<u32> = self
            .connection
            .prepare(sql)
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(|e| self.error(e))?;
        let mut statement = self.connection.prepare_cached(VERSIONS_OF_ONE).map_err(|e| self.error(e))?;
        for number in numbers {
            let mut rows = statement.query([0, i64::from(number)]).map_err(|e| self.error(e))?;
            let mut chain = Chain::default();
            while let Some(row) = rows.next().map_err(|e| self.error(e))? {
                let until: i64 = row.get(1).map_err(|e| self.error(e))?;
                // Change 0 made nothing: the chain unpacks, and reads none as a record.
                chain.step(&self.reading(), row, 0)?;
                if until.cast_unsigned() != PRESENT {
                    take(CandidateNumber(number), &chain.after);
                }
            }
        }
        Ok(())
    }
}

/// Tables whose column `number` is a person's.
const OF_PEOPLE: [&str; 6] =
    ["candidates", "record_history", "identities", "past_identities", "protected_values", "merges"];
