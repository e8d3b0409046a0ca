//! A pool made of a backup, under a name that nothing has yet.
//!
//! It is unpacked beside its place, compared with its checksums, brought to the present format, indexed, and only then
//! given its name: a restore that is cut off leaves a folder whose name ends in `.restoring`, and is begun anew.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stackscout_store::{Store, pages};
use stackscout_taxonomy::Taxonomy;

use crate::backups::{BackupManifest, each_file};
use crate::lock::WriteLock;
use crate::pool::{RECORDS, create_private, write_marker};
use crate::{EngineError, Pool, durable};

/// Makes the pool `folder` of a backup, and says what it holds.
///
/// # Errors
/// A folder that holds anything; [`EngineError::BadBackup`] for a backup that is not as it was written; where the system
/// refuses. Nothing stands under the name then.
pub fn restore(
    folder: &Path,
    backup: &Path,
    taxonomy: &Arc<Taxonomy>,
) -> Result<BackupManifest, EngineError> {
    restore_and(folder, backup, taxonomy, |_| Ok(()))
}

/// As [`restore`], and `mend` changes the pool in the folder that it is made in, before it gets its name: whoever was
/// erased since the backup is taken out there, and nobody ever finds them in the pool.
///
/// # Errors
/// As [`restore`]; what `mend` returns.
pub fn restore_and(
    folder: &Path,
    backup: &Path,
    taxonomy: &Arc<Taxonomy>,
    mend: impl FnOnce(&Path) -> Result<(), EngineError>,
) -> Result<BackupManifest, EngineError> {
    let is_free = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(e) => e.kind() == io::ErrorKind::NotFound,
    };
    if !is_free {
        return Err(EngineError::RestoreOver(folder.to_owned()));
    }
    let beside = beside(folder);
    create_private(&beside)?;
    let lock = WriteLock::try_take(&beside)?.ok_or_else(|| EngineError::Locked(beside.clone()))?;
    empty(&beside)?;
    let made = fill(&beside, backup, taxonomy).and_then(|manifest| {
        // Whoever changes a pool takes its lock.
        drop(lock);
        mend(&beside).map(|()| manifest)
    });
    let manifest = match made {
        Ok(manifest) => manifest,
        Err(error) => {
            // Should this fail, the next restore does it.
            let _ = empty(&beside)
                .and_then(|()| fs::remove_dir(&beside).map_err(|e| EngineError::io("remove", &beside, e)));
            return Err(error);
        }
    };
    let put = || -> io::Result<()> {
        // An empty folder makes room; one that is filled meanwhile does not.
        match fs::remove_dir(folder) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
        fs::rename(&beside, folder)?;
        folder.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), durable::sync)
    };
    put().map_err(|e| EngineError::io("make", folder, e))?;
    Ok(manifest)
}

fn fill(beside: &Path, backup: &Path, taxonomy: &Arc<Taxonomy>) -> Result<BackupManifest, EngineError> {
    let manifest = each_file(backup, |_, file, content| {
        let path = beside.join(&file.name);
        if let Some(folder) = path.parent().filter(|folder| *folder != beside) {
            create_private(folder).map_err(io::Error::other)?;
        }
        let mut to = durable::private(&path)?;
        io::copy(content, &mut to)?;
        to.sync_all()?;
        path.parent().map_or(Ok(()), durable::sync)
    })?;
    let records = beside.join(RECORDS);
    let store = Store::open(&records)?;
    if store.digest()? != manifest.digest {
        let reason = "its records are not those that its manifest names".to_owned();
        return Err(EngineError::BadBackup { path: backup.to_owned(), reason });
    }
    store.close();
    // Its bytes were those that were written, and brought to the present format; from here on its pages have sums.
    pages::sum_anew(&records).map_err(|e| EngineError::io("write", &records, e))?;
    write_marker(beside)?;
    Pool::open(beside, Arc::clone(taxonomy))?.catch_up()?;
    Ok(manifest)
}

fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".restoring");
    folder.with_file_name(name)
}

/// Removes what an earlier restore left. The name is ours; the folder itself is locked and stays.
fn empty(folder: &Path) -> Result<(), EngineError> {
    for entry in fs::read_dir(folder).map_err(|e| EngineError::io("read", folder, e))? {
        let path = entry.map_err(|e| EngineError::io("read", folder, e))?.path();
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(|e| EngineError::io("remove", &path, e))?;
    }
    Ok(())
}
