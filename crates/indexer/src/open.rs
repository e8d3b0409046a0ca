//! Opening an index to read it. Nothing is created, changed or deleted, and a folder without write permission will do.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::directory::ManagedDirectory;
use tantivy::index::SegmentId;
use tantivy::{ReloadPolicy, TantivyError};

use crate::directory::{Damage, ReadOnly};
use crate::error::{damage, io_cause};
use crate::schema::{self, Fields};
use crate::state::PayloadError;
use crate::sums::{SUMS, Sums};
use crate::wipe::is_lock;
use crate::{IndexError, IndexState, Searcher};

/// The engine's list of segments; it holds the payload.
pub(crate) const META: &str = "meta.json";
/// The engine's list of its own files. Without it nothing is swept any more, erased people included.
pub(crate) const MANAGED: &str = ".managed.json";
/// How often an opening begins again because a writer has replaced a file meanwhile. A commit takes longer than an
/// opening, so a second try all but always does.
const TRIES_MAX: usize = 8;

/// What was found in a folder.
#[derive(Debug)]
pub enum OpenIndex {
    /// No index: the folder is absent or empty, or an index was begun there and never committed.
    Absent,
    /// An index of another format; it is to be wiped and rebuilt.
    OtherFormat {
        /// Its format.
        found: u32,
    },
    /// An index that cannot be trusted; it is to be wiped and rebuilt.
    Damaged {
        /// What is wrong with it.
        reason: String,
    },
    /// An index that can be searched.
    Ready(Box<Index>),
}

/// An index as of one commit. Later commits are seen by opening again.
#[derive(Debug)]
pub struct Index {
    path: PathBuf,
    state: IndexState,
    searcher: Searcher,
}

impl Index {
    /// Opens the index in a folder, and compares every file with its checksum first: the engine panics on a flipped bit, or
    /// answers wrongly.
    ///
    /// # Errors
    /// Only where the system refuses to read; whatever is wrong with the index itself is an [`OpenIndex`].
    pub fn open(dir: &Path) -> Result<OpenIndex, IndexError> {
        Self::open_by(dir, Compare::AtOnce)
    }

    /// Opens the index in a folder to search in it: what a search reads is compared when it is first read. A search that
    /// comes upon damage is an [`IndexError::Damaged`]; [`Index::open`] finds the same.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open_unread(dir: &Path) -> Result<OpenIndex, IndexError> {
        Self::open_by(dir, Compare::WhenRead)
    }

    fn open_by(dir: &Path, compare: Compare) -> Result<OpenIndex, IndexError> {
        let mut meta = match read_meta(dir)? {
            Meta::Read(meta) => meta,
            Meta::Nothing => return Ok(OpenIndex::Absent),
            Meta::Missing => return Ok(damaged(format!("`{META}` is missing"))),
        };
        for _ in 0..TRIES_MAX {
            let found = open_commit(dir, &meta, compare)?;
            if !matches!(found, OpenIndex::Damaged { .. }) {
                return Ok(found);
            }
            // Damaged, or replaced while it was being opened.
            match read_meta(dir)? {
                Meta::Read(newer) if newer != meta => meta = newer,
                _ => return Ok(found),
            }
        }
        Ok(damaged("it changes faster than it can be opened".to_owned()))
    }

    /// What the index covers.
    #[must_use]
    pub fn state(&self) -> &IndexState {
        &self.state
    }

    /// Searches in this commit; cheap to clone, and usable from several threads.
    #[must_use]
    pub fn searcher(&self) -> Searcher {
        self.searcher.clone()
    }

    /// Whether some segment still holds somebody who was removed, so that their words stand in its files: a
    /// [`purge`](crate::IndexWriter::purge) is due.
    #[must_use]
    pub fn holds_removed(&self) -> bool {
        self.searcher.inner().segment_readers().iter().any(|segment| segment.num_deleted_docs() > 0)
    }

    /// Shows every term that stands in the index. In its files they are not written out, but share their beginnings.
    ///
    /// # Errors
    /// Where the system refuses to read.
    pub fn every_term(&self, take: impl FnMut(&[u8])) -> Result<(), IndexError> {
        self.searcher.every_term(take)
    }

    /// Reads every byte again and returns the names of the files that have been damaged since the index was opened,
    /// sorted; none when sound. For programs that keep an index open for long.
    ///
    /// # Errors
    /// Where the system refuses to read.
    pub fn verify(&self) -> Result<Vec<String>, IndexError> {
        let names = files_of(&self.path, &self.searcher.segments())?;
        let mut damaged: Vec<String> = match names {
            Some(names) => names.into_iter().filter(|name| !is_sound(&self.path, name)).collect(),
            None => vec![MANAGED.to_owned()],
        };
        if Sums::are_damaged(&self.path) {
            damaged.push(SUMS.to_owned());
            damaged.sort();
        }
        Ok(damaged)
    }
}

/// When files are compared with their checksums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compare {
    AtOnce,
    WhenRead,
}

fn damaged(reason: String) -> OpenIndex {
    OpenIndex::Damaged { reason }
}

/// The engine's list of segments as it stands in the folder.
enum Meta {
    /// Its bytes.
    Read(Vec<u8>),
    /// Nothing is there at all.
    Nothing,
    /// Other files are there, and it is not.
    Missing,
}

fn read_meta(dir: &Path) -> Result<Meta, IndexError> {
    let path = dir.join(META);
    match fs::read(&path) {
        Ok(bytes) => return Ok(Meta::Read(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        Err(e) => return Err(IndexError::io("read", &path, e)),
    }
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Meta::Nothing),
        Err(e) => return Err(IndexError::io("read", dir, e)),
    };
    for entry in entries {
        let entry = entry.map_err(|e| IndexError::io("read", dir, e))?;
        if !is_lock(&entry.file_name()) {
            return Ok(Meta::Missing);
        }
    }
    Ok(Meta::Nothing)
}

fn open_commit(dir: &Path, meta: &[u8], compare: Compare) -> Result<OpenIndex, IndexError> {
    let Ok(json) = serde_json::from_slice::<serde_json::Value>(meta) else {
        return Ok(damaged(format!("`{META}` is not readable")));
    };
    let segments = json.get("segments").and_then(serde_json::Value::as_array);
    let state = match json.get("payload").and_then(serde_json::Value::as_str) {
        Some(payload) => IndexState::from_payload(payload),
        None if segments.is_some_and(Vec::is_empty) => return Ok(OpenIndex::Absent),
        None => Err(PayloadError::Unreadable),
    };
    let state = match state {
        Ok(state) => state,
        Err(PayloadError::OtherFormat(found)) => return Ok(OpenIndex::OtherFormat { found }),
        Err(PayloadError::Unreadable) => return Ok(damaged("its state is not readable".to_owned())),
        Err(PayloadError::Checksum) => {
            return Ok(damaged("its state does not match its checksum".to_owned()));
        }
    };
    if !dir.join(MANAGED).is_file() {
        return Ok(damaged(format!("`{MANAGED}` is missing")));
    }
    let refused = |error: TantivyError| match io_cause(&error).filter(|cause| cause.raw_os_error().is_some())
    {
        Some(cause) => Err(IndexError::io("read", dir, io::Error::new(cause.kind(), cause.to_string()))),
        None => Ok(damaged(damage(&error))),
    };
    let sums = match compare {
        Compare::AtOnce => Sums::default(),
        Compare::WhenRead => Sums::read(dir),
    };
    let (inner, fields, found_damage) = match open_meta(dir, sums.clone()) {
        Ok(Some(opened)) => opened,
        Ok(None) => return Ok(damaged("its fields are not those of its format".to_owned())),
        Err(error) => return refused(error),
    };
    let segments = match inner.searchable_segment_metas() {
        Ok(metas) => {
            metas.iter().map(|meta| Segment::new(meta.id(), meta.delete_opstamp())).collect::<Vec<_>>()
        }
        Err(error) => return refused(error),
    };
    let Some(files) = files_of(dir, &segments)? else { return Ok(damaged(no_match(dir, MANAGED))) };
    // A file that has sums of its blocks need not be read now, but it has to be there in its whole length.
    let is_whole = |name: &String| match sums.bytes_of(name) {
        Some(bytes) => fs::metadata(dir.join(name)).is_ok_and(|file| file.len() == bytes),
        None => is_sound(dir, name),
    };
    if let Some(file) = files.iter().find(|name| !is_whole(name)) {
        return Ok(damaged(no_match(dir, file)));
    }
    let searcher = match open_segments(&inner) {
        Ok(searcher) => searcher,
        Err(error) => {
            return match found_damage.file() {
                Some(file) => Ok(damaged(no_match(dir, file))),
                None => refused(error),
            };
        }
    };
    let candidates = searcher.num_docs();
    if candidates != state.candidates {
        return Ok(damaged(format!("it holds {candidates} candidates, not {}", state.candidates)));
    }
    let searcher = Searcher::new(dir, searcher, fields, found_damage);
    Ok(OpenIndex::Ready(Box::new(Index { path: dir.to_owned(), state, searcher })))
}

fn no_match(dir: &Path, file: &str) -> String {
    let is_there = dir.join(file).is_file();
    format!("`{file}` {}", if is_there { "does not match its checksum" } else { "is missing" })
}

/// Opens the list of segments; `None` where the fields are not ours.
fn open_meta(dir: &Path, sums: Sums) -> Result<Option<(tantivy::Index, Fields, Damage)>, TantivyError> {
    let directory = ReadOnly::open(dir, sums)?;
    let damage = directory.damage().clone();
    let inner = tantivy::Index::open(directory)?;
    let (schema, fields) = schema::schema();
    if inner.schema() != schema {
        return Ok(None);
    }
    schema::register_words(&inner);
    Ok(Some((inner, fields, damage)))
}

fn open_segments(inner: &tantivy::Index) -> Result<tantivy::Searcher, TantivyError> {
    let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(0);
    let reader: tantivy::IndexReader = reader.try_into()?;
    Ok(reader.searcher())
}

/// A segment of a commit, as its files are named.
pub(crate) struct Segment {
    /// The beginning of their names.
    id: String,
    /// The number in the name of the one that says who of it was removed; `None` where nobody was.
    removed: Option<u64>,
}

impl Segment {
    pub(crate) fn new(id: SegmentId, removed: Option<u64>) -> Self {
        Self { id: id.uuid_string(), removed }
    }

    /// Whether this file is read with the segment. An older list of who was removed is not: the engine may have been
    /// stopped between removing it and saying so.
    pub(crate) fn has(&self, name: &str) -> bool {
        let Some(rest) = name.strip_prefix(&self.id) else { return false };
        let Some(number) = rest.strip_suffix(".del") else { return true };
        self.removed.is_some_and(|removed| number.strip_prefix('.') == Some(removed.to_string().as_str()))
    }
}

/// The files of these segments, sorted: those that are there, and those that the engine's own list says there are. `None`
/// where that list cannot be read.
pub(crate) fn files_of(dir: &Path, segments: &[Segment]) -> Result<Option<Vec<String>>, IndexError> {
    let of_segment = |name: &String| segments.iter().any(|segment| segment.has(name));
    let mut names = std::collections::BTreeSet::new();
    for entry in fs::read_dir(dir).map_err(|e| IndexError::io("read", dir, e))? {
        let entry = entry.map_err(|e| IndexError::io("read", dir, e))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        names.insert(name);
    }
    names.retain(of_segment);
    // What is not there cannot be found by looking.
    let managed = fs::read(dir.join(MANAGED)).map_err(|e| IndexError::io("read", dir, e))?;
    let Ok(listed) = serde_json::from_slice::<Vec<String>>(&managed) else { return Ok(None) };
    names.extend(listed.into_iter().filter(of_segment));
    Ok(Some(names.into_iter().collect()))
}

/// Whether a file is what the engine once wrote, by its own checksum of the whole.
pub(crate) fn is_sound(dir: &Path, name: &str) -> bool {
    /// A file ends with the length of its footer and a mark; the engine looks for them without looking at the length.
    const END_BYTES: u64 = 8;
    if fs::metadata(dir.join(name)).is_ok_and(|file| file.len() < END_BYTES) {
        return false;
    }
    let whole = || {
        let directory = ManagedDirectory::wrap(Box::new(ReadOnly::open(dir, Sums::default()).ok()?)).ok()?;
        directory.validate_checksum(Path::new(name)).ok()
    };
    whole().unwrap_or(false)
}
