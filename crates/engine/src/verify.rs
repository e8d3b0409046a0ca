//! Is a pool what was written? Looking at every part of it, and changing nothing.
//!
//! It needs no pool that opens: each part is looked at by itself, and what is wrong with it is said together with what
//! mends it. A quick look reads what is cheap to read; a full one reads every byte, makes the index anew beside the pool
//! and compares what both say, and compares what the columns say of everybody with the records.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use stackscout_evidence::{EvidenceError, EvidenceSet};
use stackscout_importer::layout::own;
use stackscout_indexer::{Index, IndexDocument, IndexState, IndexWriter, OpenIndex, strays, wipe};
pub use stackscout_store::check::{Damage, Depth};
use stackscout_store::check::{RecordsCheck, check};
use stackscout_store::pages::SumsFile;
use stackscout_taxonomy::Taxonomy;

use crate::again::{IMPORTED, Imported};
use crate::backups;
use crate::catch_up::{FactsReader, import_days, named, read_batches};
use crate::lock::WriteLock;
use crate::pool::{COLUMNS, INDEX, MARKER, POOL_FORMAT, RECORDS, marker_format};
use crate::{EngineError, Pool, kept_files, saved, stop};

/// Folder in which the index is made anew to be compared; swept by the next repair where a crash left it.
pub(crate) const BESIDE: &str = "verify.new";

/// A part of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The file that says that the folder is a pool.
    Marker,
    /// What people's rows said: the truth.
    Records,
    /// The search index.
    Index,
    /// The evidence columns.
    Columns,
    /// Saved searches.
    Searches,
    /// Layouts of the pool.
    Layouts,
    /// Small files that can be done without.
    Notes,
    /// Files that are no part of the pool.
    Leftovers,
    /// Who may read the files.
    Modes,
}

/// What mends a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mend {
    /// `pool repair` does it; nothing is lost.
    Repair,
    /// A backup: what is damaged stands nowhere else.
    Backup,
    /// A person has to look.
    Hand,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where.
    pub part: Part,
    /// What, as a fragment without a word of what a record says.
    pub what: String,
    /// What mends it.
    pub mend: Mend,
}

/// What looking at a pool found.
#[derive(Debug, Clone, Serialize)]
pub struct Verified {
    /// What is wrong, part by part; nothing where the pool is sound.
    pub findings: Vec<Finding>,
    /// What is worth knowing and nothing wrong, as fragments.
    pub notes: Vec<String>,
    /// People whose records were read.
    pub people: u64,
    /// A name for all that the records hold, the past included; `None` where they were not all read.
    pub contents: Option<String>,
    /// What is damaged in the records.
    #[serde(skip)]
    pub damage: Vec<Damage>,
}

impl Verified {
    pub(crate) fn has(&self, part: Part) -> bool {
        self.findings.iter().any(|finding| finding.part == part)
    }

    fn find(&mut self, part: Part, mend: Mend, what: impl Into<String>) {
        self.findings.push(Finding { part, what: what.into(), mend });
    }
}

/// Looks at the pool in a folder.
///
/// # Errors
/// No folder, or one without any part of a pool; where the system refuses to read.
pub fn verify(folder: &Path, taxonomy: &Arc<Taxonomy>, depth: Depth) -> Result<Verified, EngineError> {
    if !is_like_a_pool(folder) {
        return Err(EngineError::NoPool(folder.to_owned()));
    }
    // Nothing is written; but whoever writes meanwhile has files that are not in their places yet.
    let lock = WriteLock::try_take(folder).ok().flatten();
    let (findings, notes) = (Vec::new(), Vec::new());
    let mut found = Verified { findings, notes, people: 0, contents: None, damage: Vec::new() };
    if lock.is_none() {
        found.notes.push("another process is writing: what it has not finished was not looked at".to_owned());
    }
    look_at(folder, taxonomy, depth, lock.is_some(), &mut found)?;
    found.findings.sort_by_key(|finding| finding.part);
    Ok(found)
}

/// Whether any part of a pool is in the folder.
pub(crate) fn is_like_a_pool(folder: &Path) -> bool {
    [MARKER, RECORDS, INDEX].iter().any(|name| folder.join(name).exists())
}

/// Looks at everything; `alone` where nobody else writes.
pub(crate) fn look_at(
    folder: &Path,
    taxonomy: &Arc<Taxonomy>,
    depth: Depth,
    alone: bool,
    found: &mut Verified,
) -> Result<(), EngineError> {
    look_at_marker(folder, found)?;
    let records_read = look_at_records(folder, depth, found)?;
    if records_read {
        look_at_derived(folder, taxonomy, depth, alone, found)?;
    } else {
        found.notes.push("index and columns were not compared with records that cannot be read".to_owned());
    }
    look_at_small_files(folder, found)?;
    look_at_backups(folder, found)?;
    if alone {
        let left = leftovers(folder)?;
        for name in left {
            found.find(Part::Leftovers, Mend::Repair, format!("`{name}` is no part of the pool"));
        }
    }
    look_at_modes(folder, found)
}

fn look_at_marker(folder: &Path, found: &mut Verified) -> Result<(), EngineError> {
    match marker_format(folder) {
        Ok(Some(POOL_FORMAT)) => {}
        Ok(Some(format)) => found.find(Part::Marker, Mend::Hand, format!("it names format {format}")),
        Ok(None) => found.find(Part::Marker, Mend::Repair, "it is missing"),
        Err(EngineError::Marker(_)) => found.find(Part::Marker, Mend::Repair, "it is damaged"),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Whether the records can be read.
fn look_at_records(folder: &Path, depth: Depth, found: &mut Verified) -> Result<bool, EngineError> {
    let path = folder.join(RECORDS);
    if !path.is_file() {
        found.find(Part::Records, Mend::Backup, "they are missing");
        return Ok(false);
    }
    let RecordsCheck { pages, damage, records, contents } = check(&path, depth)?;
    (found.people, found.contents) = (records, contents);
    for what in damage_words(&damage) {
        found.find(Part::Records, Mend::Backup, what);
    }
    let is_sound = damage.is_empty();
    found.damage = damage;
    match pages {
        Some(pages) if pages.sums == SumsFile::Damaged => {
            found.find(Part::Records, Mend::Repair, "the checksums of their pages are damaged");
        }
        Some(pages) if pages.sums == SumsFile::Missing && pages.pages > 1 => {
            found.find(Part::Records, Mend::Repair, "the checksums of their pages are missing");
        }
        Some(pages) if pages.unknown > 0 => {
            let (unknown, all) = (pages.unknown, pages.pages);
            found.notes.push(format!("{unknown} of {all} pages of records have no checksum yet"));
        }
        _ => {}
    }
    Ok(is_sound)
}

/// What is damaged, in words; people in ranges.
pub(crate) fn damage_words(damage: &[Damage]) -> Vec<String> {
    const NAMED_MAX: usize = 50;
    let people =
        |is: fn(&Damage) -> Option<String>| -> Vec<String> { damage.iter().filter_map(is).collect() };
    let named = |names: Vec<String>| {
        let more = names.len().saturating_sub(NAMED_MAX);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more}", names.into_iter().take(NAMED_MAX).collect::<Vec<_>>().join(", "))
    };
    let mut words = Vec::new();
    for one in damage {
        match one {
            Damage::Pages { pages, what } => {
                let numbers = pages.iter().map(ToString::to_string).collect();
                words.push(format!("damaged pages: {} ({what})", named(numbers)));
            }
            Damage::Structure(what) => words.push(format!("SQLite cannot follow them: {what}")),
            Damage::Format(format) => words.push(format!("they have format {format}")),
            Damage::Rows(import) => words.push(format!("damaged rows of import {import}")),
            Damage::Run(run) => words.push(format!("damaged run: {run}")),
            Damage::Audit(entry) => words.push(format!("the audit log is broken from entry {entry} on")),
            Damage::Record(_) | Damage::Past(_) => {}
        }
    }
    let present = people(|d| if let Damage::Record(n) = d { Some(n.to_string()) } else { None });
    if !present.is_empty() {
        words.push(format!("damaged records of people: {}", named(present)));
    }
    let past = people(|d| if let Damage::Past(n) = d { Some(n.to_string()) } else { None });
    if !past.is_empty() {
        words.push(format!("damaged past records of people: {}", named(past)));
    }
    words
}

fn look_at_derived(
    folder: &Path,
    taxonomy: &Arc<Taxonomy>,
    depth: Depth,
    alone: bool,
    found: &mut Verified,
) -> Result<(), EngineError> {
    if marker_format(folder).ok().flatten() != Some(POOL_FORMAT) {
        return Ok(());
    }
    let pool = Pool::open(folder, Arc::clone(taxonomy))?;
    let _held = pool.store.hold()?;
    let change = pool.store.change()?;
    let index = match Index::open(&folder.join(INDEX))? {
        OpenIndex::Ready(index) => index,
        OpenIndex::Absent if change == 0 => return Ok(()),
        OpenIndex::Absent => {
            found.find(Part::Index, Mend::Repair, "it is missing");
            return Ok(());
        }
        OpenIndex::OtherFormat { found: format } => {
            found.notes.push(format!("the index has format {format}: the next search makes it anew"));
            return Ok(());
        }
        OpenIndex::Damaged { reason } => {
            found.find(Part::Index, Mend::Repair, reason);
            return Ok(());
        }
    };
    let state = index.state().clone();
    if state.taxonomy != taxonomy.fingerprint() {
        found
            .notes
            .push("the index was made with another taxonomy: the next search makes it anew".to_owned());
        return Ok(());
    }
    if state.change != change {
        if state.change > change {
            found.find(Part::Index, Mend::Repair, "it is ahead of the records");
        } else {
            found.notes.push("the index is behind the records: the next search catches it up".to_owned());
        }
        return Ok(());
    }
    if state.candidates != pool.count()? {
        found.find(Part::Index, Mend::Repair, format!("it holds {} people", state.candidates));
    }
    look_at_columns(&pool, &state, depth, found)?;
    if depth == Depth::Full {
        for file in index.verify()? {
            found.find(Part::Index, Mend::Repair, format!("`{file}` does not match its checksum"));
        }
        if alone && !found.has(Part::Index) {
            compare_index(&pool, &index, found)?;
        }
    }
    Ok(())
}

fn look_at_columns(
    pool: &Pool,
    state: &IndexState,
    depth: Depth,
    found: &mut Verified,
) -> Result<(), EngineError> {
    let folder = pool.folder.join(COLUMNS);
    let set = match EvidenceSet::open(&folder, &named(state), &state.taxonomy) {
        Ok(set) => set,
        Err(EvidenceError::Damaged { reason }) => {
            found.find(Part::Columns, Mend::Repair, reason);
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    if set.people() as u64 != state.candidates {
        found.find(Part::Columns, Mend::Repair, format!("they hold {} people", set.people()));
        return Ok(());
    }
    if depth == Depth::Quick {
        return Ok(());
    }
    // Sums of what is known of each person, so that neither side has to be held in memory.
    let of = |facts: &stackscout_profile::Facts| hash(format!("{facts:?}").as_bytes());
    let columns = set.facts().fold(0_u64, |sum, facts| sum.wrapping_add(of(&facts)));
    let mut records = 0_u64;
    let mut reader = FactsReader::new(&pool.taxonomy, |facts| records = records.wrapping_add(of(&facts)));
    pool.store.records_since::<EngineError>(0, |record| {
        stop::check()?;
        reader.put(record);
        Ok(())
    })?;
    reader.finish();
    if columns != records {
        found.find(Part::Columns, Mend::Repair, "they do not say what the records say");
    }
    Ok(())
}

fn hash(bytes: &[u8]) -> u64 {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(bytes);
    digest.iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// Makes an index beside the pool, and compares what both say.
fn compare_index(pool: &Pool, index: &Index, found: &mut Verified) -> Result<(), EngineError> {
    let beside = pool.folder.join(BESIDE);
    if fs::create_dir(&beside).or_else(|e| if beside.is_dir() { Ok(()) } else { Err(e) }).is_err() {
        found
            .notes
            .push("the pool cannot be written: the index was not compared with the records".to_owned());
        return Ok(());
    }
    let compare = || -> Result<bool, EngineError> {
        let dir = beside.join(INDEX);
        wipe(&dir)?;
        let mut writer = IndexWriter::open_or_create(&dir)?;
        let imports = import_days(&pool.store)?;
        let mut numbers = pool.store.changed_since(0)?;
        numbers.sort_unstable();
        read_batches(&pool.store, &pool.taxonomy, &numbers, |candidate, record| {
            let (candidate, record, taxonomy) = (&candidate, &record, pool.taxonomy.as_ref());
            writer.add(&IndexDocument { candidate, record, taxonomy, imports: &imports })?;
            Ok(())
        })?;
        let state = index.state();
        writer.commit(IndexState::new(state.change, &state.taxonomy, state.candidates))?;
        drop(writer);
        let OpenIndex::Ready(anew) = Index::open(&dir)? else { return Ok(false) };
        Ok(anew.searcher().contents()? == index.searcher().contents()?)
    };
    let same = compare();
    let _ = fs::remove_dir_all(&beside);
    if !same? {
        found.find(Part::Index, Mend::Repair, "it does not say what the records say");
    }
    Ok(())
}

fn look_at_small_files(folder: &Path, found: &mut Verified) -> Result<(), EngineError> {
    if let Err(EngineError::SavedUnreadable(_)) = saved::read(folder) {
        found.find(Part::Searches, Mend::Hand, format!("`{}` is damaged", saved::FILE));
    }
    if let Err(error) = own::load(&folder.join(own::FOLDER)) {
        found.find(Part::Layouts, Mend::Hand, error.to_string());
    }
    if !Imported::is_sound(folder) {
        found.find(Part::Notes, Mend::Repair, format!("`{IMPORTED}` is damaged or of another format"));
    }
    match kept_files::changed(folder)? {
        None => found.find(Part::Notes, Mend::Repair, format!("`{}` is damaged", kept_files::FILE)),
        Some(changed) => found.notes.extend(
            changed
                .into_iter()
                .map(|name| format!("`{name}` is not what was written: mended by hand, or damaged")),
        ),
    }
    Ok(())
}

fn look_at_backups(folder: &Path, found: &mut Verified) -> Result<(), EngineError> {
    let (noted, unreadable) = backups::read(folder)?;
    if unreadable > 0 {
        found.find(Part::Notes, Mend::Repair, format!("`{}` has damaged lines: {unreadable}", backups::FILE));
    }
    match noted.last() {
        Some(last) => found.notes.push(format!("last backup: {}, of change {}", last.made, last.change)),
        None => found.notes.push("no backup was made of this pool yet".to_owned()),
    }
    Ok(())
}

/// Files and folders that are no part of a pool, by their paths in it.
pub(crate) fn leftovers(folder: &Path) -> Result<Vec<String>, EngineError> {
    const PARTS: [&str; 14] = [
        MARKER,
        RECORDS,
        "records.db-wal",
        "records.db-shm",
        "records.sums",
        INDEX,
        COLUMNS,
        crate::pool::REJECTS,
        own::FOLDER,
        saved::FILE,
        IMPORTED,
        kept_files::FILE,
        backups::FILE,
        "write.lock",
    ];
    let mut left = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| EngineError::io("read", folder, e))? {
        let name = entry.map_err(|e| EngineError::io("read", folder, e))?.file_name();
        let name = name.to_string_lossy().into_owned();
        if !PARTS.contains(&name.as_str()) {
            left.push(name);
        }
    }
    let index = folder.join(INDEX);
    if index.is_dir() {
        left.extend(strays(&index)?.into_iter().map(|name| format!("{INDEX}/{name}")));
    }
    let named: BTreeSet<String> = IndexState::read(&index)?
        .map(|state| named(&state).into_iter().map(|file| file.name).collect())
        .unwrap_or_default();
    let columns = stackscout_evidence::names(&folder.join(COLUMNS))?;
    // Without a commit nobody can say which are left over; they are made anew then.
    let stray = columns.into_iter().filter(|name| !named.is_empty() && !named.contains(name));
    left.extend(stray.map(|name| format!("{COLUMNS}/{name}")));
    left.sort();
    Ok(left)
}

#[cfg(unix)]
fn look_at_modes(folder: &Path, found: &mut Verified) -> Result<(), EngineError> {
    let open = open_to_others(folder)?;
    if let Some(first) = open.first() {
        let first = first.strip_prefix(folder).unwrap_or(first).display();
        let (others, count) = ("files and folders may be read by others", open.len());
        found.find(Part::Modes, Mend::Repair, format!("{count} {others}, such as `./{first}`"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn look_at_modes(_: &Path, _: &mut Verified) -> Result<(), EngineError> {
    Ok(())
}

/// What in a pool others than its owner may read or write, the folder itself included.
#[cfg(unix)]
pub(crate) fn open_to_others(folder: &Path) -> Result<Vec<PathBuf>, EngineError> {
    use std::os::unix::fs::PermissionsExt;
    let (mut todo, mut open) = (vec![folder.to_owned()], Vec::new());
    while let Some(path) = todo.pop() {
        let about = match fs::symlink_metadata(&path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            about => about.map_err(|e| EngineError::io("read", &path, e))?,
        };
        if about.permissions().mode() & 0o077 != 0 && !about.is_symlink() {
            open.push(path.clone());
        }
        if about.is_dir() {
            for entry in fs::read_dir(&path).map_err(|e| EngineError::io("read", &path, e))? {
                todo.push(entry.map_err(|e| EngineError::io("read", &path, e))?.path());
            }
        }
    }
    open.sort();
    Ok(open)
}
