//! One command a file: from arguments to a call of the engine, and its result to a report.

pub mod allocate;
pub mod audit;
pub mod candidate;
pub mod compare;
pub mod conflicts;
pub mod decisions;
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

use std::path::Path;
use std::sync::Arc;

use stackscout_engine::{Actor, Change, EngineError, Pool, Sight};
use stackscout_taxonomy::Taxonomy;

use crate::args::Shared;

/// Who uses the program, and when: for the audit log. Whoever names somebody with `--as` is taken at their word.
pub fn actor(shared: &Shared) -> Actor {
    let named = shared.act_as.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let who = named.map_or_else(operating_system_user, str::to_owned);
    Actor { who, made: rank::now() }
}

/// The name of the process's user, as the system's own list has it; its number where it is not on it.
#[cfg(unix)]
fn operating_system_user() -> String {
    let uid = rustix::process::geteuid().as_raw().to_string();
    let list = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = list.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let name = found.filter(|fields| fields.get(2) == Some(&uid.as_str())).find_map(|f| f.first().copied());
    name.map_or_else(|| format!("user {uid}"), str::to_owned)
}

#[cfg(not(unix))]
fn operating_system_user() -> String {
    std::env::var("USERNAME").unwrap_or_default()
}

/// The pool, showing who people are or not: as `--blind` and `--unblind` say, or else as the pool is kept. Where a pool
/// that is kept blind is looked at openly, that and its reason are in the audit log before anything is shown.
pub fn open_pool(shared: &Shared, taxonomy: Arc<Taxonomy>) -> anyhow::Result<Pool> {
    open_where(shared, taxonomy, Pool::open)
}

/// As [`open_pool`], to search it.
pub fn open_pool_to_search(shared: &Shared, taxonomy: Arc<Taxonomy>) -> anyhow::Result<Pool> {
    open_where(shared, taxonomy, Pool::open_to_search)
}

fn open_where(
    shared: &Shared,
    taxonomy: Arc<Taxonomy>,
    open: impl Fn(&Path, Arc<Taxonomy>) -> Result<Pool, EngineError>,
) -> anyhow::Result<Pool> {
    let mut pool = open(&shared.pool, Arc::clone(&taxonomy))?;
    let is_kept = pool.is_kept_blind()?;
    match &shared.unblind {
        Some(why) if why.trim().is_empty() => {
            anyhow::bail!("who people are is shown for a reason alone\nhint: `--unblind REASON`")
        }
        Some(why) if is_kept => {
            let change =
                Change { folder: &shared.pool, taxonomy: &taxonomy, actor: actor(shared), why: why.trim() };
            change.note("identities shown")?;
            pool = open(&shared.pool, taxonomy)?;
        }
        Some(_) => {}
        None if is_kept || shared.blind => pool.look(Sight::Blind),
        None => {}
    }
    Ok(pool)
}

/// Whether a command that may begin a pool shows nobody's identity.
fn is_blind(shared: &Shared, taxonomy: &Arc<Taxonomy>) -> anyhow::Result<bool> {
    if shared.blind {
        return Ok(true);
    }
    match Pool::open_to_search(&shared.pool, Arc::clone(taxonomy)) {
        Ok(pool) => Ok(pool.is_kept_blind()? && shared.unblind.is_none()),
        // A dry run makes none.
        Err(EngineError::NoPool(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// The taxonomy that every command uses: the built-in one, and a team's own over it where one is named.
pub fn open_taxonomy(shared: &Shared) -> anyhow::Result<Arc<Taxonomy>> {
    Ok(stackscout_engine::open_taxonomy(shared.taxonomy.as_deref())?)
}
