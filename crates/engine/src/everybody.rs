//! What decisions are made over: everybody's facts, and the date. One place to change when facts come from elsewhere.

use stackscout_profile::{Date, Facts};

use crate::{EngineError, Pool};

/// What is scored of everybody, in the order of numbers, and the date that recency is counted from.
pub(crate) fn everybody(pool: &Pool, as_of: Option<Date>) -> Result<(Vec<Facts>, Date), EngineError> {
    let as_of = pool.date(as_of)?;
    Ok((pool.facts()?, as_of))
}
