//! Applications: a job, how far it is, its day, why it ended. What cells say of who was hired, and of who wants no contact,
//! stands in the files of this folder.

mod hired;
mod no_contact;
mod opt_out;
mod phrases;
#[cfg(test)]
mod tests;

pub use hired::is_hired;
pub use no_contact::is_opted_out;
pub(crate) use opt_out::refused_until;
pub use opt_out::{CONSENT, read_opt_out};

use crate::{Cell, When};

/// One application of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The job.
    pub applied_for: Option<String>,
    /// How far it is, as written. It is the application that is rejected, not the person.
    pub stage: Option<String>,
    /// The day, or the month.
    pub applied_on: Option<When>,
    /// Why it ended.
    pub reason: Option<String>,
    /// The row that says so.
    pub cell: Cell,
    /// The source of that row.
    pub source: String,
}

impl Application {
    /// Whether the stage says that the person was hired.
    #[must_use]
    pub fn is_hired(&self) -> bool {
        self.stage.as_deref().is_some_and(is_hired)
    }
}
