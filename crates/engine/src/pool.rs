//! The folder of a pool: marker, records, index, and how they are kept in step.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use stackscout_importer::text_file::{TextFileError, read_bytes};
use stackscout_indexer::{Finder, Index, IndexState, OpenIndex, Searcher};
use stackscout_profile::{Candidate, CandidateNumber, Date, Record};
use stackscout_store::{ImportInfo, Review, Store, StoreError};
use stackscout_taxonomy::Taxonomy;

use crate::backups::BackupNote;
use crate::blind::Sight;
use crate::catch_up::Made;
use crate::lock::WriteLock;
use crate::{EngineError, durable};

/// Version of the folder as a whole. The parts carry versions of their own.
pub const POOL_FORMAT: u64 = 1;

pub(crate) const MARKER: &str = "stackscout-pool.json";
/// It holds two words.
const MARKER_BYTES_MAX: usize = 1 << 16;
/// Whose pool it is, in the marker.
const NAME: &str = "stackscout";
pub(crate) const RECORDS: &str = "records.db";
pub(crate) const INDEX: &str = "index";
pub(crate) const COLUMNS: &str = "columns";
/// Rejected rows, to be mended; inside the pool, because they hold people's data.
pub(crate) const REJECTS: &str = "rejects";

/// Something that a user should know about an answer that was given all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PoolNote {
    /// The index is behind the records, and another process is writing.
    Behind {
        /// Changes that the answer does not know yet.
        changes: u64,
    },
    /// The index was built anew, with the reason.
    Rebuilt {
        /// As a fragment.
        reason: String,
    },
    /// The evidence columns were made anew, with the reason.
    ColumnsRebuilt {
        /// As a fragment.
        reason: String,
    },
    /// The evidence columns cannot be used and cannot be written now; everybody's record was read instead.
    ColumnsUnused {
        /// Why they cannot be used, as a fragment.
        reason: String,
    },
}

/// What a pool holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolStats {
    /// People.
    pub candidates: u64,
    /// Imports that changed something.
    pub imports: u64,
    /// Number of the last change.
    pub change: u64,
    /// Date of the newest import.
    pub as_of: Option<Date>,
    /// Name for what the records say.
    pub digest: String,
    /// Fingerprint of the taxonomy that they are read with.
    pub taxonomy: String,
    /// The last backup; `None` where none was made.
    pub backup: Option<BackupNote>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Marker {
    pool: String,
    format: u64,
}

/// An open pool.
pub struct Pool {
    pub(crate) folder: PathBuf,
    pub(crate) taxonomy: Arc<Taxonomy>,
    pub(crate) store: Store,
    pub(crate) notes: RefCell<Vec<PoolNote>>,
    /// What searches run on, with the change that it is of.
    pub(crate) finder: Option<(u64, Arc<Finder>)>,
    /// Whether it shows who people are.
    pub(crate) sight: Sight,
}

impl Pool {
    /// Opens a pool to read it.
    ///
    /// # Errors
    /// No pool, another format, or damage.
    pub fn open(folder: &Path, taxonomy: Arc<Taxonomy>) -> Result<Self, EngineError> {
        Self::open_where(folder, taxonomy, Store::open_read_only)
    }

    /// Opens a pool to search it: as [`Pool::open`], and a large pool is not read as a whole first.
    ///
    /// # Errors
    /// As [`Pool::open`].
    pub fn open_to_search(folder: &Path, taxonomy: Arc<Taxonomy>) -> Result<Self, EngineError> {
        Self::open_where(folder, taxonomy, Store::open_to_search)
    }

    fn open_where(
        folder: &Path,
        taxonomy: Arc<Taxonomy>,
        open: impl Fn(&Path) -> Result<Store, StoreError>,
    ) -> Result<Self, EngineError> {
        if !Self::is_there(folder)? {
            return Err(EngineError::NoPool(folder.to_owned()));
        }
        let store = open(&folder.join(RECORDS))?;
        let (notes, finder, sight) = (RefCell::default(), None, Sight::Open);
        Ok(Self { folder: folder.to_owned(), taxonomy, store, notes, finder, sight })
    }

    /// Opens a pool to change it, or makes one where the folder is absent or empty.
    ///
    /// # Errors
    /// A folder that holds anything else; another writer; damage.
    pub(crate) fn open_to_write(
        folder: &Path,
        taxonomy: Arc<Taxonomy>,
    ) -> Result<(Self, WriteLock), EngineError> {
        create_private(folder)?;
        let lock = WriteLock::try_take(folder)?.ok_or_else(|| EngineError::Locked(folder.to_owned()))?;
        // Rows that an import was writing when it was killed.
        durable::remove_folder(&folder.join(durable::begun(REJECTS)))?;
        let records = folder.join(RECORDS);
        let store = if Self::is_there(folder)? {
            Store::open(&records)?
        } else {
            // The marker comes last: without it, a creation that was cut off is begun again.
            remove_begun(folder)?;
            // A folder that was there, and empty, may have been anybody's to read.
            restrict(folder, 0o700)?;
            let store = Store::create(&records)?;
            write_marker(folder)?;
            store
        };
        let mut pool = Self {
            folder: folder.to_owned(),
            taxonomy,
            store,
            notes: RefCell::default(),
            finder: None,
            sight: Sight::Open,
        };
        // An erasure that was cut off is finished by whoever writes next. What a reader still holds waits.
        match pool.finish_erasure() {
            Err(EngineError::Store(StoreError::HeldByReader)) => {}
            finished => finished?,
        }
        Ok((pool, lock))
    }

    /// Whether the folder is a pool of this format; an error where it is something else.
    pub(crate) fn is_there(folder: &Path) -> Result<bool, EngineError> {
        let path = folder.join(MARKER);
        let text = match read_bytes(&path, MARKER_BYTES_MAX) {
            Ok(text) => text,
            Err(e) if e.is_absent() => {
                let mut names = match fs::read_dir(folder) {
                    Ok(entries) => entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()),
                    Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(false),
                    Err(e) => return Err(EngineError::io("read", folder, e)),
                };
                // Records alone, and without anybody in them, are a creation that was cut off.
                let is_begun = |name: &str| name.starts_with("records.") || name == durable::begun(MARKER);
                let begun = names.all(|name| is_begun(&name));
                let nobody =
                    || Store::open_read_only(&folder.join(RECORDS)).and_then(|s| s.count()).unwrap_or(0) == 0;
                if begun && nobody() {
                    return Ok(false);
                }
                if folder.join(RECORDS).is_file() {
                    return Err(EngineError::NoMarker(folder.to_owned()));
                }
                return Err(EngineError::NotAPool(folder.to_owned()));
            }
            Err(TextFileError::Io(e)) => return Err(EngineError::io("read", &path, e)),
            Err(_) => return Err(EngineError::Marker(path)),
        };
        let found = format_of(&text).ok_or(EngineError::Marker(path))?;
        if found != POOL_FORMAT {
            return Err(EngineError::Format { found, known: POOL_FORMAT });
        }
        Ok(true)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The taxonomy that it is read with.
    #[must_use]
    pub fn taxonomy(&self) -> &Arc<Taxonomy> {
        &self.taxonomy
    }

    /// What a user should know about the answers given so far.
    #[must_use]
    pub fn notes(&self) -> Vec<PoolNote> {
        self.notes.borrow().clone()
    }

    pub(crate) fn note(&self, note: PoolNote) {
        self.notes.borrow_mut().push(note);
    }

    /// How many people there are.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn count(&self) -> Result<u64, EngineError> {
        Ok(self.store.count()?)
    }

    /// The imports, in order.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportInfo>, EngineError> {
        Ok(self.shown_imports(self.store.imports()?))
    }

    /// People who may be one.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn reviews(&self) -> Result<Vec<Review>, EngineError> {
        Ok(self.store.reviews()?)
    }

    /// The date of the newest import; `None` for an empty pool.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn as_of(&self) -> Result<Option<Date>, EngineError> {
        Ok(self.store.imports()?.iter().filter_map(|i| i.as_of.parse().ok()).max())
    }

    /// Sizes, dates, and the digest of the records.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn stats(&self) -> Result<PoolStats, EngineError> {
        // A name for damaged records is a name for others.
        self.store.check_pages()?;
        Ok(PoolStats {
            candidates: self.store.count()?,
            imports: self.store.imports()?.len() as u64,
            change: self.store.change()?,
            as_of: self.as_of()?,
            digest: self.store.digest()?,
            taxonomy: self.taxonomy.fingerprint().to_owned(),
            backup: self.backups()?.pop(),
        })
    }

    /// A person's record, as the pool shows it.
    ///
    /// # Errors
    /// No such person; a damaged record.
    pub fn record(&self, number: CandidateNumber) -> Result<Record, EngineError> {
        Ok(self.shown_record(self.record_as_it_is(number)?))
    }

    /// A person's record, whoever looks.
    pub(crate) fn record_as_it_is(&self, number: CandidateNumber) -> Result<Record, EngineError> {
        self.store.record(number)?.ok_or_else(|| EngineError::NoCandidate(number.to_string()))
    }

    /// A person, read with the pool's taxonomy, as the pool shows them.
    ///
    /// # Errors
    /// No such person; a damaged record.
    pub fn candidate(&self, number: CandidateNumber) -> Result<Candidate, EngineError> {
        Ok(self.shown(&self.record_as_it_is(number)?))
    }

    /// The index and what it covers, caught up with the records where that can be done now.
    pub(crate) fn searcher(&self) -> Result<(Searcher, IndexState), EngineError> {
        let change = self.store.change()?;
        let folder = self.folder.join(INDEX);
        let found = Index::open(&folder)?;
        let stale = match &found {
            OpenIndex::Ready(index) => self.behind(index.state(), change),
            OpenIndex::Absent => Some("it is missing".to_owned()),
            OpenIndex::OtherFormat { found } => Some(format!("it has format {found}")),
            OpenIndex::Damaged { reason } => Some(reason.clone()),
        };
        let Some(reason) = stale else {
            let OpenIndex::Ready(index) = found else { unreachable!("only a ready index is not stale") };
            return Ok((index.searcher(), index.state().clone()));
        };
        // Two searches may find the index stale at once; the one without the lock waits for nothing.
        if let Ok(Some(_lock)) = WriteLock::try_take(&self.folder) {
            let caught_up = self.catch_up()?;
            if caught_up.index == Made::Anew && self.store.change()? > 0 {
                self.note(PoolNote::Rebuilt { reason });
            }
            if let OpenIndex::Ready(index) = Index::open(&folder)? {
                return Ok((index.searcher(), index.state().clone()));
            }
        }
        match found {
            // Skills in it may be resolved otherwise, but every answer is one that was right at its change.
            OpenIndex::Ready(index) if index.state().change <= change => {
                self.note(PoolNote::Behind { changes: change - index.state().change });
                Ok((index.searcher(), index.state().clone()))
            }
            _ => Err(EngineError::Locked(self.folder.clone())),
        }
    }

    fn behind(&self, state: &IndexState, change: u64) -> Option<String> {
        if state.taxonomy != self.taxonomy.fingerprint() {
            return Some("the taxonomy has changed".to_owned());
        }
        (state.change != change).then(|| format!("it covers change {} of {change}", state.change))
    }
}

/// The format that the marker of a folder names; `None` where there is no marker.
pub(crate) fn marker_format(folder: &Path) -> Result<Option<u64>, EngineError> {
    let path = folder.join(MARKER);
    match fs::read(&path) {
        Ok(text) => format_of(&text).map(Some).ok_or(EngineError::Marker(path)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(EngineError::io("read", &path, e)),
    }
}

/// The format that a marker names; `None` where it is not one.
fn format_of(text: &[u8]) -> Option<u64> {
    let marker: Marker = serde_json::from_slice(text).ok()?;
    (marker.pool == NAME).then_some(marker.format)
}

/// Makes the folder, readable by its owner alone.
pub(crate) fn create_private(folder: &Path) -> Result<(), EngineError> {
    if folder.is_dir() {
        return Ok(());
    }
    let make = || {
        folder.parent().map_or(Ok(()), fs::create_dir_all)?;
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        folder.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), durable::sync)
    };
    make().map_err(|e| EngineError::io("make", folder, e))
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> Result<(), EngineError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|e| EngineError::io("protect", path, e))
}

#[cfg(not(unix))]
fn restrict(_: &Path, _: u32) -> Result<(), EngineError> {
    Ok(())
}

pub(crate) fn write_marker(folder: &Path) -> Result<(), EngineError> {
    let marker = Marker { pool: NAME.to_owned(), format: POOL_FORMAT };
    let text = serde_json::to_string(&marker).expect("a marker is plain data") + "\n";
    durable::write(folder, MARKER, &text)
}

fn remove_begun(folder: &Path) -> Result<(), EngineError> {
    let records = [RECORDS, "records.db-wal", "records.db-shm", "records.db-journal"];
    for name in records.into_iter().chain(["records.sums", "records.sums.new"]) {
        let path = folder.join(name);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(EngineError::io("remove", &path, e));
            }
            _ => {}
        }
    }
    Ok(())
}
