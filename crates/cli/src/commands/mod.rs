//! One command a file: from arguments to a call of the engine, and its result to a report.

pub mod allocate;
pub mod candidate;
pub mod compare;
pub mod conflicts;
pub mod demo;
pub mod diff;
pub mod duplicates;
pub mod erase;
pub mod explain;
pub mod export;
pub mod found;
pub mod funnel;
pub mod import;
pub mod imports;
pub mod layouts;
mod mapping;
pub mod pool;
pub mod rank;
pub mod rediscover;
pub mod replay;
pub mod retain;
pub mod role;
pub mod runs;
pub mod search;
pub mod searches;
pub mod stability;
pub mod taxonomy;
pub mod what_if;

use std::sync::Arc;

use stackscout_taxonomy::Taxonomy;

use crate::args::Shared;

/// The taxonomy that every command uses: the built-in one, and a team's own over it where one is named.
pub fn open_taxonomy(shared: &Shared) -> anyhow::Result<Arc<Taxonomy>> {
    Ok(stackscout_engine::open_taxonomy(shared.taxonomy.as_deref())?)
}
