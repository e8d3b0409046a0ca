//! Index and evidence columns brought up to the records, in the order that a crash cannot harm: new files of columns
//! first, then the index's commit, which names them; only then are the old files removed.

use std::path::Path;

use rayon::prelude::*;
use stackscout_evidence::{BaseWriter, BuildOptions, Change, ColumnsFile, EvidenceError, EvidenceSet, sweep};
use stackscout_indexer::{ImportDays, Index, IndexDocument, IndexState, IndexWriter, OpenIndex, wipe};
use stackscout_profile::{Candidate, Facts, Record};
use stackscout_store::{ImportInfo, Store};
use stackscout_taxonomy::Taxonomy;

use crate::pool::{COLUMNS, INDEX};
use crate::{EngineError, Pool};

/// How something derived was brought up to the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// It was there, and took in what had changed.
    Up,
    /// From all records.
    Anew,
}

/// What catching up did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CaughtUp {
    pub(crate) index: Made,
}

impl Pool {
    /// Brings index and columns up to the records. Called under the lock.
    pub(crate) fn catch_up(&self) -> Result<CaughtUp, EngineError> {
        catch_up(&self.store, &self.folder, &self.taxonomy)
    }
}

/// The options that a pool's columns are made with.
fn options(taxonomy: &Taxonomy) -> BuildOptions<'_> {
    BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint())
}

/// The files of columns that a commit names.
pub(crate) fn named(state: &IndexState) -> Vec<ColumnsFile> {
    let file = |(name, checksum): &(String, u32)| ColumnsFile { name: name.clone(), checksum: *checksum };
    state.beside.iter().map(file).collect()
}

fn catch_up(store: &Store, pool: &Path, taxonomy: &Taxonomy) -> Result<CaughtUp, EngineError> {
    let (index, columns) = (pool.join(INDEX), pool.join(COLUMNS));
    let change = store.change()?;
    let state = match Index::open(&index)? {
        OpenIndex::Ready(index)
            if index.state().taxonomy == taxonomy.fingerprint() && index.state().change <= change =>
        {
            Some(index.state().clone())
        }
        _ => None,
    };
    let made = if state.is_some() { Made::Up } else { Made::Anew };
    let there = state.as_ref().and_then(|state| open(&columns, state, taxonomy).transpose()).transpose()?;
    if there.is_some() && state.as_ref().is_some_and(|state| state.change == change) {
        return Ok(CaughtUp { index: made });
    }
    if state.is_none() {
        wipe(&index)?;
    }
    let from = state.as_ref().map_or(0, |state| state.change);
    let people = usize::try_from(store.count()?).unwrap_or(usize::MAX);
    let days = |info: &ImportInfo| Some((info.number, info.as_of.parse().ok()?));
    let imports: ImportDays = store.imports()?.iter().filter_map(days).collect();
    let mut writer = IndexWriter::open_or_create(&index)?;
    let mut evidence = match there {
        Some((set, base)) => ToColumns::Change { set, base, change: Change::default() },
        None if from == 0 => ToColumns::Base(Box::new(BaseWriter::new(options(taxonomy)))),
        None => ToColumns::Base(Box::new(read_all(store, taxonomy)?)),
    };
    store.records_since::<EngineError>(from, |record| {
        let candidate = Candidate::read(&record, taxonomy).0;
        match &mut evidence {
            ToColumns::Base(base) if from == 0 => base.put(&candidate.facts()),
            ToColumns::Base(_) | ToColumns::Anew => {}
            // Columns of which most has changed are made anew: what changed need not fit into memory then.
            ToColumns::Change { change, .. } if change.put.len() > people / 2 => evidence = ToColumns::Anew,
            ToColumns::Change { change, .. } => change.put.push(candidate.facts()),
        }
        writer.put(&IndexDocument { candidate: &candidate, record: &record, taxonomy, imports: &imports })?;
        Ok(())
    })?;
    // Who is gone is gone from what was there; what is made anew never had them.
    if from > 0 {
        for number in store.gone_since(from)? {
            writer.remove(number);
            if let ToColumns::Change { change, .. } = &mut evidence {
                change.removed.push(number);
            }
        }
    }
    let files = match evidence {
        ToColumns::Base(base) => base.write(&columns)?,
        ToColumns::Change { set, base, change } => {
            set.write_changed(&columns, &base, &change, options(taxonomy))?
        }
        ToColumns::Anew => read_all(store, taxonomy)?.write(&columns)?,
    };
    let beside = files.iter().map(|file| (file.name.clone(), file.checksum)).collect();
    let covers = IndexState::new(change, taxonomy.fingerprint(), people as u64);
    writer.commit(covers.with_beside(beside))?;
    sweep(&columns, &files)?;
    Ok(CaughtUp { index: made })
}

/// Where facts go while the records are read.
enum ToColumns<'a> {
    /// Into a new base.
    Base(Box<BaseWriter<'a>>),
    /// Into what changed since the base.
    Change { set: EvidenceSet, base: ColumnsFile, change: Change },
    /// Nowhere yet: all records are read once more.
    Anew,
}

/// The columns of a commit with the name of their base; `None` where they have to be made anew.
fn open(
    columns: &Path,
    state: &IndexState,
    taxonomy: &Taxonomy,
) -> Result<Option<(EvidenceSet, ColumnsFile)>, EngineError> {
    let files = named(state);
    match EvidenceSet::open(columns, &files, taxonomy.fingerprint()) {
        Ok(set) => Ok(files.into_iter().next().map(|base| (set, base))),
        Err(EvidenceError::Damaged { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Records read at once by all threads.
const BATCH: usize = 4_096;

/// Makes facts of records as they come, in batches on all cores, and gives them on in the order of the records.
pub(crate) struct FactsReader<'a, F> {
    taxonomy: &'a Taxonomy,
    batch: Vec<Record>,
    take: F,
}

impl<'a, F: FnMut(Facts)> FactsReader<'a, F> {
    pub(crate) fn new(taxonomy: &'a Taxonomy, take: F) -> Self {
        Self { taxonomy, batch: Vec::with_capacity(BATCH), take }
    }

    pub(crate) fn put(&mut self, record: Record) {
        self.batch.push(record);
        if self.batch.len() == BATCH {
            self.read();
        }
    }

    /// Gives on what is still held.
    pub(crate) fn finish(mut self) {
        self.read();
    }

    fn read(&mut self) {
        let of = |record: &Record| Candidate::read(record, self.taxonomy).0.facts();
        let facts: Vec<Facts> = self.batch.par_iter().map(of).collect();
        facts.into_iter().for_each(&mut self.take);
        self.batch.clear();
    }
}

/// A base of all records.
pub(crate) fn read_all<'a>(store: &Store, taxonomy: &'a Taxonomy) -> Result<BaseWriter<'a>, EngineError> {
    let mut base = BaseWriter::new(options(taxonomy));
    let mut reader = FactsReader::new(taxonomy, |facts| base.put(&facts));
    store.records_since::<EngineError>(0, |record| {
        reader.put(record);
        Ok(())
    })?;
    reader.finish();
    Ok(base)
}
