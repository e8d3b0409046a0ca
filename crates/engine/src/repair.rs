//! Mending a pool: what can be made again is made again, what cannot is said, and nothing of the records is deleted.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use stackscout_evidence::sweep;
use stackscout_indexer::wipe;
use stackscout_profile::CandidateNumber;
use stackscout_store::copies::{InCopy, in_copy, take_from_copy};
use stackscout_store::{Store, pages};
use stackscout_taxonomy::Taxonomy;

use crate::again::IMPORTED;
use crate::backups::{each_file, mend_notes};
use crate::lock::WriteLock;
use crate::pool::{COLUMNS, INDEX, RECORDS, write_marker};
use crate::verify::{self, BESIDE, Damage, Depth, Mend, Part, Verified, is_like_a_pool};
use crate::{EngineError, Pool, durable, kept_files};

/// What is asked of a repair.
#[derive(Debug, Clone, Copy, Default)]
pub struct RepairRequest<'a> {
    /// A backup to look for damaged records in.
    pub backup: Option<&'a Path>,
    /// Takes from it the versions that are damaged.
    pub take: bool,
}

/// What a repair did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Repaired {
    /// What was done, as fragments, in order.
    pub done: Vec<String>,
    /// What the backup holds of people whose records are damaged, as fragments.
    pub in_backup: Vec<String>,
    /// What is still wrong.
    pub left: Vec<verify::Finding>,
}

/// Looks at all of the pool in `folder`, and mends what can be mended.
///
/// # Errors
/// No pool; another writer; a backup that is not as it was written; where the system refuses.
pub fn repair(
    folder: &Path,
    taxonomy: &Arc<Taxonomy>,
    request: RepairRequest<'_>,
) -> Result<Repaired, EngineError> {
    if !is_like_a_pool(folder) {
        return Err(EngineError::NoPool(folder.to_owned()));
    }
    let _lock = WriteLock::try_take(folder)?.ok_or_else(|| EngineError::Locked(folder.to_owned()))?;
    let mut repaired = Repaired::default();
    let mut before = look(folder, taxonomy)?;
    if let Some(backup) = request.backup {
        consult(folder, backup, request.take, &before, &mut repaired)?;
        if request.take {
            before = look(folder, taxonomy)?;
        }
    }
    mend_records_file(folder, &before, &mut repaired)?;
    if before.findings.iter().any(|f| f.part == Part::Marker && f.mend == Mend::Repair)
        && !before.has_damaged_records()
    {
        write_marker(folder)?;
        repaired.done.push("the marker was written anew".to_owned());
        // What was not looked at without it is looked at now.
        before = look(folder, taxonomy)?;
    }
    mend_derived(folder, taxonomy, &before, &mut repaired)?;
    mend_small_files(folder, &before, &mut repaired)?;
    sweep_leftovers(folder, &mut repaired)?;
    #[cfg(unix)]
    mend_modes(folder, &mut repaired)?;
    durable::sync(folder).map_err(|e| EngineError::io("sync", folder, e))?;
    repaired.left = look(folder, taxonomy)?.findings;
    Ok(repaired)
}

fn look(folder: &Path, taxonomy: &Arc<Taxonomy>) -> Result<Verified, EngineError> {
    let (findings, notes) = (Vec::new(), Vec::new());
    let mut found = Verified { findings, notes, people: 0, contents: None, damage: Vec::new() };
    verify::look_at(folder, taxonomy, Depth::Full, true, &mut found)?;
    Ok(found)
}

impl Verified {
    fn has_damaged_records(&self) -> bool {
        self.findings.iter().any(|f| f.part == Part::Records && f.mend == Mend::Backup)
    }
}

/// Says what a backup holds of the people whose records are damaged, and takes what is wanted.
fn consult(
    folder: &Path,
    backup: &Path,
    take: bool,
    found: &Verified,
    repaired: &mut Repaired,
) -> Result<(), EngineError> {
    let numbers: Vec<CandidateNumber> = found
        .damage
        .iter()
        .filter_map(|damage| if let Damage::Record(number) = damage { Some(*number) } else { None })
        .collect();
    let beside = folder.join(BESIDE);
    let _ = fs::remove_dir_all(&beside);
    crate::pool::create_private(&beside)?;
    let unpacked = beside.join(RECORDS);
    let consulted = (|| {
        let manifest = each_file(backup, |_, file, content| {
            let mut to: Box<dyn std::io::Write> = if file.name == RECORDS {
                Box::new(durable::private(&unpacked)?)
            } else {
                Box::new(std::io::sink())
            };
            std::io::copy(content, &mut to).map(drop)
        })?;
        let copy = Store::open_read_only(&unpacked)?;
        let records = folder.join(RECORDS);
        let holds = in_copy(&records, &copy, &numbers)?;
        let of = format!("the backup of {} (change {})", manifest.made, manifest.change);
        for (number, holds) in &holds {
            repaired.in_backup.push(match holds {
                InCopy::Same => format!("{number}: {of} holds the version that is damaged"),
                InCopy::Earlier(change) => format!("{number}: {of} holds the version of change {change}"),
                InCopy::Nothing => format!("{number}: {of} holds nothing"),
            });
        }
        if holds.is_empty() {
            repaired.in_backup.push(format!(
                "no record of a person is damaged by itself; {of} is whole: `stackscout pool restore {} --pool NEW` \
                 makes a pool of it, and what came since is to be imported again",
                backup.display()
            ));
        }
        let same: Vec<CandidateNumber> =
            holds.iter().filter(|(_, holds)| **holds == InCopy::Same).map(|(number, _)| *number).collect();
        if take && !same.is_empty() {
            let taken = take_from_copy(&records, &copy, &same)?;
            repaired.done.push(format!(
                "{taken} {} taken from the backup",
                plural(taken, "record was", "records were")
            ));
        }
        Ok(())
    })();
    let _ = fs::remove_dir_all(&beside);
    consulted
}

fn plural<'a>(count: u64, one: &'a str, more: &'a str) -> &'a str {
    if count == 1 { one } else { more }
}

/// Sums of pages are made again where everything else says that the records are sound.
fn mend_records_file(folder: &Path, found: &Verified, repaired: &mut Repaired) -> Result<(), EngineError> {
    let lacks = found.findings.iter().any(|f| f.part == Part::Records && f.mend == Mend::Repair);
    let unsummed = found.notes.iter().any(|note| note.contains("have no checksum yet"));
    if (lacks || unsummed) && !found.has_damaged_records() {
        let records = folder.join(RECORDS);
        Store::open_to_mend(&records)?.close();
        pages::sum_anew(&records).map_err(|e| EngineError::io("write", &records, e))?;
        repaired.done.push("the checksums of the records' pages were made anew".to_owned());
    }
    Ok(())
}

fn mend_derived(
    folder: &Path,
    taxonomy: &Arc<Taxonomy>,
    found: &Verified,
    repaired: &mut Repaired,
) -> Result<(), EngineError> {
    let broken = found.has(Part::Index) || found.has(Part::Columns);
    if !broken || found.has_damaged_records() {
        return Ok(());
    }
    // Damage may stand where nobody looks before writing: both are made of nothing but the records.
    wipe(&folder.join(INDEX))?;
    sweep(&folder.join(COLUMNS), &[])?;
    Pool::open(folder, Arc::clone(taxonomy))?.catch_up()?;
    repaired.done.push("index and columns were made anew from the records".to_owned());
    Ok(())
}

fn mend_small_files(folder: &Path, found: &Verified, repaired: &mut Repaired) -> Result<(), EngineError> {
    if found.has(Part::Notes) {
        mend_notes(folder)?;
        if !crate::again::Imported::is_sound(folder) {
            let path = folder.join(IMPORTED);
            fs::remove_file(&path).map_err(|e| EngineError::io("remove", &path, e))?;
        }
        if kept_files::changed(folder)?.is_none() {
            let path = folder.join(kept_files::FILE);
            fs::remove_file(&path).map_err(|e| EngineError::io("remove", &path, e))?;
            kept_files::note(folder, true)?;
        }
        repaired.done.push("notes that can be done without were made anew".to_owned());
    }
    Ok(())
}

fn sweep_leftovers(folder: &Path, repaired: &mut Repaired) -> Result<(), EngineError> {
    for name in verify::leftovers(folder)? {
        // Only what a program of ours leaves when it dies; anything else is somebody's.
        if !is_ours(&name) {
            continue;
        }
        let path = folder.join(&name);
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(|e| EngineError::io("remove", &path, e))?;
        repaired.done.push(format!("`{name}` was removed"));
    }
    Ok(())
}

/// Whether a file that is no part of a pool was begun by this program: by its name.
fn is_ours(name: &str) -> bool {
    let is_begun = name.ends_with(".new") || name.ends_with(".columns");
    let last = name.rsplit('/').next().unwrap_or(name);
    let is_segment = name.starts_with(INDEX)
        && (last.starts_with(".tmp")
            || last
                .split_once('.')
                .is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())));
    is_begun || is_segment || last.starts_with(".tmp")
}

#[cfg(unix)]
fn mend_modes(folder: &Path, repaired: &mut Repaired) -> Result<(), EngineError> {
    use std::os::unix::fs::PermissionsExt;
    let open = verify::open_to_others(folder)?;
    for path in &open {
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
            .map_err(|e| EngineError::io("protect", path, e))?;
    }
    if !open.is_empty() {
        let count = open.len() as u64;
        let which = plural(count, "file or folder is", "files and folders are");
        repaired.done.push(format!("{count} {which} the owner's alone now"));
    }
    Ok(())
}
