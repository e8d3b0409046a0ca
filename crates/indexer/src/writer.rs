//! Writing the index: one writer, one thread, and a commit that either covers a state or never was.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stackscout_profile::CandidateNumber;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, MergePolicy, NoMergePolicy};
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::store::Compressor;
use tantivy::{Directory, DocId, IndexSettings, SegmentReader};

use crate::document::Terms;
use crate::open::{META, Segment, files_of, is_sound};
use crate::schema::{self, NUMBER};
use crate::sums::Sums;
use crate::wipe::{is_leftover, restrict, sync};
use crate::{Index, IndexDocument, IndexError, IndexState, OpenIndex};

/// Bytes of terms that are gathered before a segment is written.
const MEMORY_BYTES: usize = 64 << 20;
/// Bytes of candidates that may wait for the indexing thread. The engine counts 10,000 documents, however long their
/// texts. Measured: 45,000 candidates with 300 bytes of text each take 100 MB in all, with 16,000 bytes each 140 MB,
/// and the files that a merge maps, which the system takes back as it likes.
const QUEUED_BYTES_MAX: usize = 32 << 20;
/// Candidates that may wait: the engine holds back whoever adds the next one.
const QUEUED_MAX: usize = 10_000;
/// A segment of which more than this share is deleted is written anew.
const DELETED_SHARE_MAX: f32 = 0.2;

/// About how many bytes wait at most: those of the last candidates that were put, as many as the engine's queue holds.
/// More than these cannot wait, so that short ones never have to be waited for.
#[derive(Default)]
struct Queued {
    sizes: VecDeque<usize>,
    bytes: usize,
}

impl Queued {
    /// Counts one more, and says how many bytes may wait now.
    fn add(&mut self, bytes: usize) -> usize {
        if self.sizes.len() > QUEUED_MAX {
            self.bytes -= self.sizes.pop_front().unwrap_or_default();
        }
        self.sizes.push_back(bytes);
        self.bytes += bytes;
        self.bytes
    }
}

/// The one writer of an index. Dropped without a commit, it leaves the index as it was.
pub struct IndexWriter {
    path: PathBuf,
    inner: tantivy::IndexWriter,
    state: Option<IndexState>,
    changed: bool,
    queued: Queued,
}

impl IndexWriter {
    /// Opens the index for writing, or begins one where the folder is absent or empty. Sweeps what a crash left.
    ///
    /// # Errors
    /// An index that is damaged or of another format is refused and left as it is: [`wipe`](crate::wipe()) it first.
    /// So is one that has a writer already.
    pub fn open_or_create(dir: &Path) -> Result<Self, IndexError> {
        let path = dir.to_owned();
        let state = match Index::open(dir)? {
            OpenIndex::Ready(index) => Some(index.state().clone()),
            OpenIndex::Absent => None,
            OpenIndex::OtherFormat { found } => return Err(IndexError::OtherFormat { path, found }),
            OpenIndex::Damaged { reason } => return Err(IndexError::Damaged { path, reason }),
        };
        create_folder(dir)?;
        let engine = |e| IndexError::engine(dir, e);
        let (schema, _) = schema::schema();
        let directory = MmapDirectory::open(dir).map_err(|e| engine(e.into()))?;
        let index = if directory.exists(Path::new(META)).map_err(|e| engine(e.into()))? {
            tantivy::Index::open(directory).map_err(engine)?
        } else {
            // Nothing is stored, so that there is nothing to compress and no thread to do it.
            let settings = IndexSettings {
                docstore_compression: Compressor::None,
                docstore_compress_dedicated_thread: false,
                ..IndexSettings::default()
            };
            tantivy::Index::builder().schema(schema).settings(settings).create_in_dir(dir).map_err(engine)?
        };
        schema::register_words(&index);
        // One thread: the same documents make the same segments, and the rest of the program keeps its cores.
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(MEMORY_BYTES)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let inner: tantivy::IndexWriter = index.writer_with_options(options).map_err(engine)?;
        // Merges happen inside a commit and nowhere else: a commit that has returned is not touched again.
        inner.set_merge_policy(Box::new(NoMergePolicy));
        let writer = Self { path, inner, state, changed: false, queued: Queued::default() };
        writer.sweep()?;
        Ok(writer)
    }

    /// What the index covered when it was opened or last committed; `None` before the first commit.
    #[must_use]
    pub fn state(&self) -> Option<&IndexState> {
        self.state.as_ref()
    }

    /// Puts a candidate, in place of what was there under the same number. Of many, [remove](IndexWriter::remove) all
    /// numbers at once, and then add.
    ///
    /// # Errors
    /// Where nothing more can be written, such as on a full disk. The writer is of no use afterwards: drop it.
    pub fn put(&mut self, document: &IndexDocument<'_>) -> Result<(), IndexError> {
        self.remove(&[document.candidate.number])?;
        self.add(document)
    }

    /// Puts a candidate under whose number nothing is there yet.
    ///
    /// # Errors
    /// As [`IndexWriter::put`].
    pub fn add(&mut self, document: &IndexDocument<'_>) -> Result<(), IndexError> {
        self.add_terms(document.candidate.number, document.terms())
    }

    /// As [`IndexWriter::add`], of terms that were made before.
    ///
    /// # Errors
    /// As [`IndexWriter::put`].
    pub fn add_terms(&mut self, number: CandidateNumber, terms: Terms) -> Result<(), IndexError> {
        self.changed = true;
        let (document, bytes) = terms.numbered(number);
        if let Err(error) = self.inner.add_document(document) {
            // All that is said here is that the thread is gone; why it is, is said when it is waited for.
            let cause = self.inner.prepare_commit().err().unwrap_or(error);
            return Err(IndexError::engine(&self.path, cause));
        }
        if self.queued.add(bytes) > QUEUED_BYTES_MAX { self.flush() } else { Ok(()) }
    }

    /// Writes what waits and what is gathered, so that it takes no memory any more. Nothing is committed.
    ///
    /// # Errors
    /// As [`IndexWriter::put`].
    pub fn flush(&mut self) -> Result<(), IndexError> {
        // Prepared and dropped.
        self.inner.prepare_commit().map_err(|e| IndexError::engine(&self.path, e))?;
        self.queued = Queued::default();
        Ok(())
    }

    /// Removes candidates; those who are not there are removed already. It takes one look at the numbers of everybody,
    /// however many are removed.
    ///
    /// # Errors
    /// As [`IndexWriter::put`].
    pub fn remove(&mut self, numbers: &[CandidateNumber]) -> Result<(), IndexError> {
        if numbers.is_empty() {
            return Ok(());
        }
        self.changed = true;
        let removed = self.inner.delete_query(Box::new(any_of(numbers)));
        removed.map(drop).map_err(|e| IndexError::engine(&self.path, e))
    }

    /// Makes everything since the last commit searchable, and lasting: returns only when it would survive a power
    /// loss. Segments are merged and unused files swept on the way.
    ///
    /// # Errors
    /// Where it cannot be written. The index then covers this state or the one before, which opening it tells.
    pub fn commit(&mut self, state: IndexState) -> Result<(), IndexError> {
        self.commit_state(&state).map_err(|e| IndexError::engine(&self.path, e))?;
        restrict(&self.path)?;
        sync(&self.path)?;
        self.changed = false;
        self.queued = Queued::default();
        self.state = Some(state);
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(DELETED_SHARE_MAX);
        let groups = policy.compute_merge_candidates(&self.segments()?);
        self.merge(groups.into_iter().map(|group| group.0).collect())?;
        self.write_sums()
    }

    /// Writes every segment anew that holds anything removed, so that nothing of whoever was removed before the last
    /// commit is left in a file.
    ///
    /// # Errors
    /// Where it cannot be written. The last commit stands.
    pub fn purge(&mut self) -> Result<(), IndexError> {
        let segments = self.segments()?;
        let touched = segments.iter().filter(|s| s.num_deleted_docs() > 0).map(|s| vec![s.id()]).collect();
        // Whoever holds the description of a segment keeps its files from being swept.
        drop(segments);
        self.merge(touched)?;
        self.write_sums()
    }

    /// Writes the checksums of the blocks of all files, so that readers need not compare whole files.
    fn write_sums(&self) -> Result<(), IndexError> {
        let segments: Vec<Segment> =
            self.segments()?.iter().map(|s| Segment::new(s.id(), s.delete_opstamp())).collect();
        let Some(names) = files_of(&self.path, &segments)? else { return Ok(()) };
        Sums::write(&self.path, &names, |name| is_sound(&self.path, name))
    }

    fn commit_state(&mut self, state: &IndexState) -> tantivy::Result<()> {
        let mut prepared = self.inner.prepare_commit()?;
        prepared.set_payload(&state.to_payload());
        prepared.commit()?;
        Ok(())
    }

    fn segments(&self) -> Result<Vec<tantivy::SegmentMeta>, IndexError> {
        self.inner.index().searchable_segment_metas().map_err(|e| IndexError::engine(&self.path, e))
    }

    fn merge(&mut self, groups: Vec<Vec<tantivy::index::SegmentId>>) -> Result<(), IndexError> {
        for group in groups {
            self.inner.merge(&group).wait().map_err(|e| IndexError::engine(&self.path, e))?;
        }
        self.inner.garbage_collect_files().wait().map_err(|e| IndexError::engine(&self.path, e))?;
        restrict(&self.path)?;
        sync(&self.path)
    }

    /// Removes files that a killed writer left: segments that were never committed, and half-written lists.
    fn sweep(&self) -> Result<(), IndexError> {
        self.inner.garbage_collect_files().wait().map_err(|e| IndexError::engine(&self.path, e))?;
        for entry in fs::read_dir(&self.path).map_err(|e| IndexError::io("read", &self.path, e))? {
            let entry = entry.map_err(|e| IndexError::io("read", &self.path, e))?;
            if is_leftover(&entry.file_name()) {
                fs::remove_file(entry.path()).map_err(|e| IndexError::io("delete", &entry.path(), e))?;
            }
        }
        Ok(())
    }
}

impl Drop for IndexWriter {
    /// Rolls back, and sweeps what was written for nothing: it holds words about people.
    fn drop(&mut self) {
        if self.changed && self.inner.rollback().is_ok() {
            // Should it fail, the next writer sweeps.
            let _ = self.inner.garbage_collect_files().wait();
        }
    }
}

/// Asks for the documents of these numbers.
fn any_of(numbers: &[CandidateNumber]) -> DocPredicateQuery {
    let mut sorted: Vec<u64> = numbers.iter().map(|number| u64::from(number.0)).collect();
    sorted.sort_unstable();
    let sorted: Arc<[u64]> = sorted.into();
    let is_any = move |segment: &SegmentReader| {
        let (column, sorted) = (segment.fast_fields().u64(NUMBER)?, Arc::clone(&sorted));
        Ok(move |doc: DocId| column.first(doc).is_some_and(|number| sorted.binary_search(&number).is_ok()))
    };
    FunctionPredicate::from(is_any).into()
}

/// Creates the folder for its owner alone.
fn create_folder(dir: &Path) -> Result<(), IndexError> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(|e| IndexError::io("create", dir, e))?;
    match dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => sync(parent),
        None => Ok(()),
    }
}
