//! What decisions are made over: everybody's facts, and the date. One place to change when facts come from elsewhere.

use stackscout_profile::{Date, Facts};

use crate::{EngineError, Pool};

/// What is scored of everybody, in the order of numbers, and the date that recency is counted from.
pub(crate) fn everybody(pool: &Pool, as_of: Option<Date>) -> Result<(Vec<Facts>, Date), EngineError> {
    let present = pool.present(as_of)?;
    Ok((present.everybody.into_facts(), present.as_of))
}
