//! What leaves a pool is written down, so that it can be followed when somebody is erased.

use stackscout_store::{Actor, Exported, NewExport, Store, StoreError};

use crate::pool::RECORDS;
use crate::runs::Recorded;
use crate::{EngineError, Pool};

impl Pool {
    /// Writes down that people left the pool; nothing where there was nobody. It does not wait for the pool's lock, as a
    /// run does not.
    ///
    /// # Errors
    /// Anything that the file system refuses, other than writing at all.
    pub fn record_export(&self, actor: &Actor, export: &NewExport) -> Result<Option<Recorded>, EngineError> {
        if matches!(&export.people, Exported::People(people) if people.is_empty()) {
            return Ok(None);
        }
        let recorded = Store::open_to_note(&self.folder.join(RECORDS)).and_then(|mut store| {
            store.act_as(actor.clone());
            let number = store.record_export(export)?;
            store.close();
            Ok(number)
        });
        match recorded {
            Ok(number) => Ok(Some(Recorded::New(number))),
            Err(e) if e.is_read_only() => Ok(Some(Recorded::ReadOnly)),
            Err(e) if e.is_busy() => Ok(Some(Recorded::Busy)),
            // A pool of which a page is damaged is not written to.
            Err(StoreError::DamagedPages { .. }) => Ok(Some(Recorded::Damaged)),
            Err(e) => Err(e.into()),
        }
    }
}
