//! Index and evidence columns brought up to the records, in the order that a crash cannot harm: new files of columns
//! first, then the index's commit, which names them; only then are the old files removed.
//!
//! An import hands over the people that it makes while it stores them, so that nobody is read twice; who was changed, and
//! all that changed before, is read from the records at the end. Nothing counts before the commit: where an import fails,
//! what was gathered is dropped.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use stackscout_evidence::{BaseWriter, BuildOptions, Change, ColumnsFile, EvidenceError, EvidenceSet, sweep};
use stackscout_indexer::{ImportDays, Index, IndexDocument, IndexState, IndexWriter, OpenIndex, Terms, wipe};
use stackscout_profile::{Candidate, CandidateNumber, Date, Facts, Record};
use stackscout_store::{ImportInfo, Store};
use stackscout_taxonomy::Taxonomy;

use crate::pool::{COLUMNS, INDEX};
use crate::{EngineError, Pool, stop};

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
        CatchingUp::begin(&self.store, &self.folder, &self.taxonomy)?.finish(&self.store)
    }

    /// Brings index and columns up to the records, and writes anew whatever holds anybody who is gone: removing them from
    /// an answer leaves their words in the files. Called under the lock.
    pub(crate) fn catch_up_and_purge(&self) -> Result<(), EngineError> {
        let mut catching_up = CatchingUp::begin(&self.store, &self.folder, &self.taxonomy)?;
        catching_up.gone = Gone::Purged;
        catching_up.finish(&self.store).map(drop)
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

/// What becomes of those who are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gone {
    /// They are found no more; what was written of them stays until it is written anew anyway.
    Hidden,
    /// Nothing of them is left in any file.
    Purged,
}

/// Index and columns on their way up to the records.
pub(crate) struct CatchingUp<'a> {
    taxonomy: &'a Taxonomy,
    index: PathBuf,
    columns: PathBuf,
    /// What the index covers; `None` where it is made anew.
    state: Option<IndexState>,
    /// The columns that the index names, until they are added to.
    there: Option<(EvidenceSet, ColumnsFile)>,
    /// How many people there were.
    people: usize,
    /// The days of the imports so far.
    imports: ImportDays,
    /// The first of those who were handed over; all after them were, too.
    first_new: Option<CandidateNumber>,
    /// Who was stored anew since the beginning.
    changed: BTreeSet<CandidateNumber>,
    gone: Gone,
    writing: Option<Writing<'a>>,
}

/// What is written to, from the first person on.
struct Writing<'a> {
    index: IndexWriter,
    columns: ToColumns<'a>,
}

impl<'a> CatchingUp<'a> {
    /// Looks what is there. Nothing is written before somebody has to be.
    pub(crate) fn begin(store: &Store, pool: &Path, taxonomy: &'a Taxonomy) -> Result<Self, EngineError> {
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
        let there =
            state.as_ref().and_then(|state| open(&columns, state, taxonomy).transpose()).transpose()?;
        let people = usize::try_from(store.count()?).unwrap_or(usize::MAX);
        let imports = import_days(store)?;
        let (first_new, changed, gone, writing) = (None, BTreeSet::new(), Gone::Hidden, None);
        Ok(Self {
            taxonomy,
            index,
            columns,
            state,
            there,
            people,
            imports,
            first_new,
            changed,
            gone,
            writing,
        })
    }

    /// The change up to which nothing has to be read again.
    fn from(&self) -> u64 {
        self.state.as_ref().map_or(0, |state| state.change)
    }

    fn writing(&mut self) -> Result<&mut Writing<'a>, EngineError> {
        let writing = match self.writing.take() {
            Some(writing) => writing,
            None => {
                if self.state.is_none() {
                    wipe(&self.index)?;
                }
                let columns = match self.there.take() {
                    Some((set, base)) => ToColumns::Change { set, base, change: Change::default(), new: 0 },
                    None if self.from() == 0 => {
                        ToColumns::Base(Box::new(BaseWriter::new(options(self.taxonomy))))
                    }
                    None => ToColumns::Anew,
                };
                Writing { index: IndexWriter::open_or_create(&self.index)?, columns }
            }
        };
        Ok(self.writing.insert(writing))
    }

    /// Notes that an import of this number begins.
    pub(crate) fn begins(&mut self, import: u32, as_of: Date) {
        self.imports.insert(import, as_of);
    }

    /// The days of the pool's imports, those included that have begun.
    pub(crate) fn imports(&self) -> &ImportDays {
        &self.imports
    }

    /// Takes in a person whom the import has just made, in the order of numbers: what is scored of them, and what is
    /// searched.
    pub(crate) fn created(
        &mut self,
        number: CandidateNumber,
        facts: Facts,
        terms: Terms,
    ) -> Result<(), EngineError> {
        self.first_new.get_or_insert(number);
        let people = self.people;
        let writing = self.writing()?;
        writing.columns.put_new(Facts { number, ..facts }, people);
        writing.index.add_terms(number, terms)?;
        Ok(())
    }

    /// Notes that the import has changed a person.
    pub(crate) fn updated(&mut self, number: CandidateNumber) {
        self.changed.insert(number);
    }

    /// Takes in the rest from the records, and commits.
    pub(crate) fn finish(mut self, store: &Store) -> Result<CaughtUp, EngineError> {
        let change = store.change()?;
        let index = if self.state.is_some() { Made::Up } else { Made::Anew };
        if self.there.is_some() && self.from() == change && self.gone == Gone::Hidden {
            return Ok(CaughtUp { index });
        }
        let first_new = self.first_new.unwrap_or(CandidateNumber(u32::MAX));
        let mut numbers = store.changed_since(self.from())?;
        numbers.retain(|number| *number < first_new || self.changed.contains(number));
        numbers.sort_unstable();
        let (people, taxonomy) = (self.people, self.taxonomy);
        let (columns_folder, from, imports) = (self.columns.clone(), self.from(), import_days(store)?);
        let how = self.gone;
        let Writing { index: mut writer, mut columns } = {
            self.writing()?;
            self.writing.expect("made in the line above")
        };
        // Who is gone is gone from what was there; what is made anew never had them.
        let gone = if from > 0 { store.gone_since(from)? } else { Vec::new() };
        if let ToColumns::Change { change, .. } = &mut columns {
            change.removed.extend(&gone);
        }
        writer.remove(&[numbers.as_slice(), &gone].concat())?;
        read_batches(store, taxonomy, &numbers, |candidate, record| {
            columns.put(candidate.facts(), people);
            let (candidate, record, imports) = (&candidate, &record, &imports);
            writer.add(&IndexDocument { candidate, record, taxonomy, imports })?;
            Ok(())
        })?;
        // Both at once would be the most memory that is ever held.
        writer.flush()?;
        let files = match columns {
            ToColumns::Base(base) => base.write(&columns_folder)?,
            ToColumns::Change { set, change, .. } if how == Gone::Purged => {
                set.write_whole(&columns_folder, &change, options(taxonomy))?
            }
            ToColumns::Change { set, base, change, .. } => {
                set.write_changed(&columns_folder, &base, &change, options(taxonomy))?
            }
            ToColumns::Anew => read_all(store, taxonomy)?.write(&columns_folder)?,
        };
        let beside = files.iter().map(|file| (file.name.clone(), file.checksum)).collect();
        let covers = IndexState::new(change, taxonomy.fingerprint(), store.count()?);
        writer.commit(covers.with_beside(beside))?;
        if how == Gone::Purged {
            writer.purge()?;
        }
        sweep(&columns_folder, &files)?;
        Ok(CaughtUp { index })
    }
}

/// Where facts go while the records are read.
enum ToColumns<'a> {
    /// Into a new base.
    Base(Box<BaseWriter<'a>>),
    /// Into what changed since the base; the first `new` of it are people whom nobody knew before, in the order of
    /// numbers.
    Change { set: EvidenceSet, base: ColumnsFile, change: Change, new: usize },
    /// Nowhere yet: all records are read once more.
    Anew,
}

impl ToColumns<'_> {
    /// Takes in a person whom nobody knew before.
    fn put_new(&mut self, facts: Facts, people: usize) {
        match self {
            Self::Base(base) => base.put(&facts),
            Self::Change { change, new, .. } => {
                change.put.push(facts);
                *new += 1;
            }
            Self::Anew => {}
        }
        self.keep_small(people);
    }

    /// Takes in a person in place of what was said of them before.
    fn put(&mut self, facts: Facts, people: usize) {
        match self {
            Self::Base(base) => base.replace(&facts),
            Self::Change { change, new, .. } => {
                match change.put[..*new].binary_search_by_key(&facts.number, |known| known.number) {
                    Ok(at) => change.put[at] = facts,
                    Err(_) => change.put.push(facts),
                }
            }
            Self::Anew => {}
        }
        self.keep_small(people);
    }

    /// Columns of which most has changed are made anew: what changed need not fit into memory then.
    fn keep_small(&mut self, people: usize) {
        if matches!(self, Self::Change { change, .. } if change.put.len() > people / 2) {
            *self = Self::Anew;
        }
    }
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
/// Bytes of texts read at once from which a batch is not made larger: CVs are long.
const BATCH_BYTES: usize = 8 << 20;

/// The days of the pool's imports.
pub(crate) fn import_days(store: &Store) -> Result<ImportDays, EngineError> {
    let day = |info: &ImportInfo| Some((info.number, info.as_of.parse().ok()?));
    Ok(store.imports()?.iter().filter_map(day).collect())
}

/// Hands over the candidates of these numbers with their records, in their order.
pub(crate) fn read_batches(
    store: &Store,
    taxonomy: &Taxonomy,
    numbers: &[CandidateNumber],
    mut take: impl FnMut(Candidate, Record) -> Result<(), EngineError>,
) -> Result<(), EngineError> {
    let mut numbers = numbers.iter().peekable();
    while numbers.peek().is_some() {
        stop::check()?;
        let (mut batch, mut bytes): (Vec<Record>, usize) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some(number) = numbers.next() else { break };
            let Some(record) = store.record(*number)? else { continue };
            bytes += record.parts.iter().flat_map(|p| &p.values).map(|value| value.text.len()).sum::<usize>();
            batch.push(record);
        }
        let read = |record: Record| (Candidate::read_unexplained(&record, taxonomy).0, record);
        let read: Vec<(Candidate, Record)> = batch.into_par_iter().map(read).collect();
        read.into_iter().try_for_each(|(candidate, record)| take(candidate, record))?;
    }
    Ok(())
}

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
        let of = |record: &Record| Candidate::read_unexplained(record, self.taxonomy).0.facts();
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
        stop::check()?;
        reader.put(record);
        Ok(())
    })?;
    reader.finish();
    Ok(base)
}
