//! Base and changes: a large file that stays, and a small one with everybody who changed since.
//!
//! The small file holds all changes since the base, so that there are never more than two. It is written anew with each
//! change, which is cheap while it is small; once it passes a sixteenth of the base, both become a new base.

use std::path::Path;

use stackscout_profile::{CandidateNumber, Facts};

use crate::build::{BuildOptions, Builder};
use crate::columns::Columns;
use crate::file;
use crate::layout::Section;
use crate::{ColumnsFile, EvidenceError};

/// Changes stay beside the base while they are at most this part of it.
const CHANGES_PART: usize = 16;

/// One file of a set, and who in it is hidden by the other.
#[derive(Debug)]
pub struct Segment {
    /// The file.
    pub columns: Columns,
    /// A bit for each person of the file who does not count any more; `None` where everybody counts.
    hidden: Option<Vec<u64>>,
    hidden_people: usize,
}

impl Segment {
    fn new(columns: Columns, hidden_numbers: &[u32]) -> Self {
        if hidden_numbers.is_empty() {
            return Self { columns, hidden: None, hidden_people: 0 };
        }
        let mut bits = vec![0_u64; columns.people().div_ceil(64)];
        let mut hidden_people = 0;
        for (person, number) in columns.numbers().iter().enumerate() {
            if hidden_numbers.binary_search(number).is_ok() {
                bits[person / 64] |= 1 << (person % 64);
                hidden_people += 1;
            }
        }
        Self { columns, hidden: Some(bits), hidden_people }
    }

    /// Whether this person's evidence was replaced or removed.
    #[must_use]
    pub fn is_hidden(&self, person: usize) -> bool {
        self.hidden.as_ref().is_some_and(|bits| bits[person / 64] >> (person % 64) & 1 != 0)
    }

    /// A bit for each person who does not count any more; `None` where everybody counts.
    #[must_use]
    pub fn hidden(&self) -> Option<&[u64]> {
        self.hidden.as_deref()
    }

    /// Lets these numbers, in order, count no more.
    fn hide(&mut self, numbers: &[u32]) {
        let mut bits = self.hidden.take().unwrap_or_else(|| vec![0; self.columns.people().div_ceil(64)]);
        for (person, number) in self.columns.numbers().iter().enumerate() {
            let (word, bit) = (person / 64, 1 << (person % 64));
            if bits[word] & bit == 0 && numbers.binary_search(number).is_ok() {
                bits[word] |= bit;
                self.hidden_people += 1;
            }
        }
        self.hidden = Some(bits);
    }

    /// Numbers of people in the file who count, as places in it.
    pub fn persons(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.columns.people()).filter(|person| !self.is_hidden(*person))
    }
}

/// The columns of a pool: a base, and the changes since, where there are any.
#[derive(Debug)]
pub struct EvidenceSet {
    segments: Vec<Segment>,
}

/// What a set with a change becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Into {
    /// The base with a file of changes beside it, while they are few.
    Fewest,
    /// One base.
    Base,
}

/// What has changed since a set was written.
#[derive(Debug, Default)]
pub struct Change {
    /// People who are new, or of whom something is known otherwise.
    pub put: Vec<Facts>,
    /// People who are gone.
    pub removed: Vec<CandidateNumber>,
}

/// Facts on their way into a new base.
pub struct BaseWriter<'a>(Builder<'a>);

impl<'a> BaseWriter<'a> {
    /// A base without anybody in it yet.
    #[must_use]
    pub fn new(options: BuildOptions<'a>) -> Self {
        Self(Builder::new(options))
    }

    /// Takes in one person; each comes once.
    pub fn put(&mut self, facts: &Facts) {
        self.0.push(facts);
    }

    /// Takes in one person in place of what [`BaseWriter::put`] said of them before, if anything.
    pub fn replace(&mut self, facts: &Facts) {
        self.0.replace(facts);
    }

    /// The set, kept in memory alone.
    #[must_use]
    pub fn in_memory(self) -> EvidenceSet {
        EvidenceSet { segments: vec![Segment::new(Columns::of_builder(self.0), &[])] }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(self, folder: &Path) -> Result<Vec<ColumnsFile>, EvidenceError> {
        Ok(vec![file::write(folder, "base", &self.0.finish(&[]))?])
    }
}

impl EvidenceSet {
    /// A set that is kept in memory alone.
    #[must_use]
    pub fn in_memory<'f>(facts: impl IntoIterator<Item = &'f Facts>, options: BuildOptions<'_>) -> Self {
        Self { segments: vec![Segment::new(Columns::in_memory(facts, options), &[])] }
    }

    /// Opens the files that a commit names, the base, then the changes, and compares every block with its checksum.
    ///
    /// # Errors
    /// Where one of them is missing, damaged, of another format or of another taxonomy.
    pub fn open(folder: &Path, files: &[ColumnsFile], fingerprint: &str) -> Result<Self, EvidenceError> {
        Self::open_by(folder, files, fingerprint, Columns::open)
    }

    /// Opens the files one by one in some way.
    pub(crate) fn open_by(
        folder: &Path,
        files: &[ColumnsFile],
        fingerprint: &str,
        open: fn(&Path, &str) -> Result<Columns, EvidenceError>,
    ) -> Result<Self, EvidenceError> {
        let open = |named: &ColumnsFile| {
            let columns = open(&folder.join(&named.name), fingerprint)?;
            if columns.checksum() == named.checksum {
                Ok(columns)
            } else {
                Err(EvidenceError::damaged("the evidence columns are those of another commit"))
            }
        };
        match files {
            [base] => Ok(Self { segments: vec![Segment::new(open(base)?, &[])] }),
            [base, changes] => Self::of_two(open(base)?, open(changes)?),
            _ => Err(EvidenceError::damaged("the evidence columns are missing")),
        }
    }

    fn of_two(base: Columns, changes: Columns) -> Result<Self, EvidenceError> {
        // Whom the changes hide is found by number.
        base.compare(Section::Numbers)?;
        let base = Segment::new(base, changes.hidden());
        Ok(Self { segments: vec![base, Segment::new(changes, &[])] })
    }

    /// The files.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// How many people there are.
    #[must_use]
    pub fn people(&self) -> usize {
        self.segments.iter().map(|segment| segment.columns.people() - segment.hidden_people).sum()
    }

    /// Bytes of all files.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.segments.iter().map(|segment| segment.columns.bytes()).sum()
    }

    /// The facts of a person; `None` where there is none of this number.
    #[must_use]
    pub fn facts_of(&self, number: CandidateNumber) -> Option<Facts> {
        self.segments.iter().find_map(|segment| {
            let numbers = segment.columns.numbers();
            let found = numbers.iter().position(|known| *known == number.0)?;
            (!segment.is_hidden(found)).then(|| segment.columns.facts(found))
        })
    }

    /// The facts of everybody, in no particular order.
    pub fn facts(&self) -> impl Iterator<Item = Facts> + '_ {
        self.segments.iter().flat_map(|s| s.persons().map(|person| s.columns.facts(person)))
    }

    /// Writes the files of this set with a change: the base that is there and a new file beside it, or, where the
    /// changes have grown too many, a new base.
    ///
    /// `base` is how the commit names the base of this set.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn write_changed(
        &self,
        folder: &Path,
        base: &ColumnsFile,
        change: &Change,
        options: BuildOptions<'_>,
    ) -> Result<Vec<ColumnsFile>, EvidenceError> {
        let (changes, hidden) = self.changed(change, options, Into::Fewest);
        match hidden {
            Some(hidden) => {
                let changes = file::write(folder, "changes", &changes.finish(&hidden))?;
                Ok(vec![base.clone(), changes])
            }
            None => BaseWriter(changes).write(folder),
        }
    }

    /// One file of which nothing large was compared yet.
    #[cfg(test)]
    pub(crate) fn of_unread(columns: Columns) -> Self {
        Self { segments: vec![Segment::new(columns, &[])] }
    }

    /// Writes this set with a change as a base that holds nothing of anybody who is hidden or removed.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write_whole(
        &self,
        folder: &Path,
        change: &Change,
        options: BuildOptions<'_>,
    ) -> Result<Vec<ColumnsFile>, EvidenceError> {
        BaseWriter(self.changed(change, options, Into::Base).0).write(folder)
    }

    /// Leaves these people out of every answer, without writing anything: for whoever reads an older commit.
    #[must_use]
    pub fn without(mut self, people: &[CandidateNumber]) -> Self {
        let mut numbers: Vec<u32> = people.iter().map(|number| number.0).collect();
        numbers.sort_unstable();
        if !numbers.is_empty() {
            self.segments.iter_mut().for_each(|segment| segment.hide(&numbers));
        }
        self
    }

    /// This set with a change, in memory; the base has to be in memory too.
    #[cfg(test)]
    pub(crate) fn with_change(self, change: &Change, options: BuildOptions<'_>) -> Self {
        use crate::map::Bytes;
        let (changes, hidden) = self.changed(change, options, Into::Fewest);
        let open = |bytes: &[u8]| Columns::of_bytes(Bytes::own(bytes), options.fingerprint).unwrap();
        match hidden {
            Some(hidden) => {
                let base = self.segments.into_iter().next().expect("a set has a base");
                Self::of_two(base.columns, open(&changes.finish(&hidden))).unwrap()
            }
            None => Self { segments: vec![Segment::new(open(&changes.finish(&[])), &[])] },
        }
    }

    /// The new file, and the numbers that it hides in the base; `None` where it is a base of its own.
    fn changed<'o>(
        &self,
        change: &Change,
        options: BuildOptions<'o>,
        into: Into,
    ) -> (Builder<'o>, Option<Vec<u32>>) {
        let mut touched: Vec<u32> = change
            .put
            .iter()
            .map(|facts| facts.number)
            .chain(change.removed.iter().copied())
            .map(|n| n.0)
            .collect();
        touched.sort_unstable();
        touched.dedup();
        let stays = |number: u32| touched.binary_search(&number).is_err();
        let [base, rest @ ..] = self.segments.as_slice() else { unreachable!("a set has a base") };
        let mut kept: Vec<Facts> = Vec::new();
        let mut hidden = touched.clone();
        for segment in rest {
            hidden.extend_from_slice(segment.columns.hidden());
            let numbers = segment.columns.numbers();
            let stay = segment.persons().filter(|person| stays(numbers[*person]));
            kept.extend(stay.map(|person| segment.columns.facts(person)));
        }
        hidden.sort_unstable();
        hidden.dedup();
        let mut builder = Builder::new(options);
        let changes = kept.len() + change.put.len() + change.removed.len();
        let compacts = into == Into::Base || changes * CHANGES_PART > base.columns.people();
        if compacts {
            let numbers = base.columns.numbers();
            let stay = base.persons().filter(|person| stays(numbers[*person]));
            stay.for_each(|person| builder.push(&base.columns.facts(person)));
        }
        kept.iter().chain(&change.put).for_each(|facts| builder.push(facts));
        (builder, (!compacts).then_some(hidden))
    }
}
