//! The audit log of a pool: who did what, when and why; and whether it is whole.

use stackscout_store::{AuditEntry, AuditHead, AuditVerdict};

use crate::{Change, EngineError, Pool};

/// Which entries are wanted; each that is given has to fit.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// From this day or moment on: the beginning of `2026-11-01T12:00:00Z`.
    pub since: Option<String>,
    /// Words that stand in what was done, whatever their case.
    pub what: Option<String>,
    /// By whom.
    pub who: Option<String>,
}

impl AuditFilter {
    fn takes(&self, entry: &AuditEntry) -> bool {
        let holds = |text: &str, wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| text.to_lowercase().contains(&wanted.to_lowercase()))
        };
        let is_since = self.since.as_ref().is_none_or(|since| entry.actor.made.as_str() >= since.as_str());
        let is_by = self.who.as_ref().is_none_or(|who| entry.actor.who == *who);
        is_since && is_by && holds(&entry.what, &self.what)
    }
}

impl Pool {
    /// The entries that are wanted, in order, as they stand there; whether the log is whole, says
    /// [`Pool::verify_audit`].
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn audit_log(&self, filter: &AuditFilter) -> Result<Vec<AuditEntry>, EngineError> {
        let mut entries = self.store.audit_entries()?;
        entries.retain(|entry| filter.takes(entry));
        Ok(entries)
    }

    /// Looks at the whole log; `noted` is where it ended at some time, as somebody kept it elsewhere.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn verify_audit(&self, noted: Option<&AuditHead>) -> Result<AuditVerdict, EngineError> {
        Ok(self.store.verify_audit(noted)?)
    }
}

impl Change<'_> {
    /// Writes an entry of something that was done with the pool and changed no record.
    ///
    /// # Errors
    /// No reason; another writer.
    pub fn note(self, what: &str) -> Result<(), EngineError> {
        let why = self.why;
        self.make(|pool| Ok(pool.store.note(what, why)?))
    }
}
