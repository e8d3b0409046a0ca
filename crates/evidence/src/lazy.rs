//! Columns of which each block is compared with its checksum when something in it is first read.
//!
//! A search reads a small part of a pool's columns: the holders of some skills, the evidence of those whom it finds. What
//! it does not read need not be compared. So that nothing is read uncompared, these types give out what is large only
//! together with the comparison: an error is damage, and whoever gets one drops what it has worked out so far.

use std::ops::Range;
use std::path::Path;

use stackscout_profile::{CandidateNumber, Country, Date, Pay, SpokenLanguage};

use crate::columns::{CodeColumn, Columns, Detail};
use crate::holders::Holders;
use crate::layout::Section;
use crate::pieces::{Evidence, Packed, Pieces};
use crate::{Class, ColumnsFile, EvidenceError, EvidenceSet, PlaceRow};

/// The columns of a pool, compared with their checksums as they are read.
#[derive(Debug)]
pub struct LazySet(EvidenceSet);

impl From<EvidenceSet> for LazySet {
    fn from(set: EvidenceSet) -> Self {
        Self(set)
    }
}

impl LazySet {
    /// Opens the files that a commit names, and compares what does not grow with people.
    ///
    /// # Errors
    /// Where one of them is missing, cut off, of another format or of another taxonomy, or where what was read is damaged.
    pub fn open(folder: &Path, files: &[ColumnsFile], fingerprint: &str) -> Result<Self, EvidenceError> {
        EvidenceSet::open_by(folder, files, fingerprint, Columns::open_unread).map(Self)
    }

    /// Leaves these people out of every answer, as [`EvidenceSet::without`]; of a set that was compared as a whole.
    #[must_use]
    pub fn without(self, people: &[CandidateNumber]) -> Self {
        Self(self.0.without(people))
    }

    /// How many files there are: the base, and the changes where there are any.
    #[must_use]
    pub fn files(&self) -> usize {
        self.0.segments().len()
    }

    /// One of the files.
    #[must_use]
    pub fn file(&self, file: usize) -> LazyColumns<'_> {
        LazyColumns(&self.0.segments()[file].columns)
    }

    /// The files, in their order.
    pub fn columns(&self) -> impl Iterator<Item = LazyColumns<'_>> {
        self.0.segments().iter().map(|segment| LazyColumns(&segment.columns))
    }

    /// A bit for each person of a file who does not count any more; `None` where everybody counts.
    #[must_use]
    pub fn hidden(&self, file: usize) -> Option<&[u64]> {
        self.0.segments()[file].hidden()
    }

    /// How many people there are.
    #[must_use]
    pub fn people(&self) -> usize {
        self.0.people()
    }

    /// Bytes of all files.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.0.bytes()
    }

    /// All of it, after every block was compared.
    ///
    /// # Errors
    /// Damage anywhere.
    pub fn whole(&self) -> Result<&EvidenceSet, EvidenceError> {
        self.0.segments().iter().try_for_each(|segment| segment.columns.compare_all())?;
        Ok(&self.0)
    }
}

/// One file of a [`LazySet`].
#[derive(Debug, Clone, Copy)]
pub struct LazyColumns<'a>(&'a Columns);

/// What does not grow with people was compared at opening.
impl<'a> LazyColumns<'a> {
    /// Everybody in the file.
    #[must_use]
    pub fn people(self) -> usize {
        self.0.people()
    }

    /// People without a status: those that stand in blocks, before all others.
    #[must_use]
    pub fn open_people(self) -> usize {
        self.0.open_people()
    }

    /// Skills of the taxonomy that the file was made with.
    #[must_use]
    pub fn skills(self) -> usize {
        self.0.skills()
    }

    /// People a block.
    #[must_use]
    pub fn block_people(self) -> usize {
        self.0.block_people()
    }

    /// Blocks.
    #[must_use]
    pub fn blocks(self) -> usize {
        self.0.blocks()
    }

    /// The people of a block, as places in the file.
    #[must_use]
    pub fn block(self, block: usize) -> Range<usize> {
        let first = block * self.block_people();
        first..self.open_people().min(first + self.block_people())
    }

    /// Whether anybody holds evidence whose class has no code.
    #[must_use]
    pub fn has_strays(self) -> bool {
        self.0.has_strays()
    }

    /// Classes, by code.
    #[must_use]
    pub fn classes(self) -> &'a [Class] {
        self.0.classes()
    }

    /// Places in order, by code.
    #[must_use]
    pub fn places(self) -> &'a [PlaceRow] {
        self.0.places()
    }

    /// Where each place's people begin, and the end of all without a status.
    #[must_use]
    pub fn place_starts(self) -> &'a [u32] {
        self.0.place_starts()
    }

    /// The place of a person, as a code.
    #[must_use]
    pub fn place_of(self, person: usize) -> usize {
        self.0.place_of(person)
    }

    /// How many codes a detail has.
    #[must_use]
    pub fn code_count(self, detail: Detail) -> usize {
        self.0.code_count(detail)
    }

    /// What a code of [`Detail::Permits`] stands for.
    #[must_use]
    pub fn permits(self, code: usize) -> Option<Vec<Country>> {
        self.0.permits(code)
    }

    /// What a code of [`Detail::Languages`] stands for.
    #[must_use]
    pub fn languages(self, code: usize) -> Option<Vec<SpokenLanguage>> {
        self.0.languages(code)
    }

    /// Whether a code of [`Detail::Traits`] stands for any.
    #[must_use]
    pub fn has_traits(self, code: usize) -> bool {
        !self.0.traits(code).is_empty()
    }

    /// What a code of [`Detail::Available`] stands for.
    #[must_use]
    pub fn available(self, code: usize) -> Option<Date> {
        self.0.available(code)
    }

    /// What a code of [`Detail::Pay`] stands for.
    #[must_use]
    pub fn pay(self, code: usize) -> Option<Pay> {
        self.0.pay(code)
    }

    /// Where the holders of each skill begin among those of all blocks, for the skills of one block in order, and the
    /// end of the last: differences are numbers of holders.
    #[must_use]
    pub fn holder_starts(self, block: usize) -> &'a [u32] {
        let at = block * (self.skills() + 1);
        &self.0.section(Section::HolderStarts)[at..=at + self.skills()]
    }

    /// How many people of a block hold a skill.
    #[must_use]
    pub fn holder_count(self, block: usize, skill: usize) -> usize {
        let starts = self.holder_starts(block);
        (starts[skill + 1] - starts[skill]) as usize
    }

    /// The class of a piece of evidence that stands at this place.
    #[must_use]
    pub fn class_of(self, at: usize, piece: Evidence) -> Class {
        self.0.class_of(at, piece.class)
    }
}

/// What is large is compared here. Each of these fails where it is damaged, and only there.
impl<'a> LazyColumns<'a> {
    /// Candidate numbers.
    ///
    /// # Errors
    /// Damage.
    #[inline]
    pub fn numbers(self) -> Result<&'a [u32], EvidenceError> {
        self.0.compare(Section::Numbers)?;
        Ok(self.0.numbers())
    }

    /// Where each person's evidence begins, and the end of all.
    ///
    /// # Errors
    /// Damage.
    #[inline]
    pub fn starts(self) -> Result<&'a [u32], EvidenceError> {
        self.0.compare(Section::Starts)?;
        Ok(self.0.starts())
    }

    /// Tenths of years in all, as [`Columns::totals`] has them.
    ///
    /// # Errors
    /// Damage.
    pub fn totals(self) -> Result<&'a [u16], EvidenceError> {
        self.0.compare(Section::Totals)?;
        Ok(self.0.totals())
    }

    /// The codes of a detail.
    ///
    /// # Errors
    /// Damage.
    pub fn codes(self, detail: Detail) -> Result<CodeColumn<'a>, EvidenceError> {
        self.0.compare(detail.section())?;
        Ok(self.0.codes(detail))
    }

    /// Pieces of evidence by their places among those of everybody: from one of [`LazyColumns::starts`] to another.
    ///
    /// # Errors
    /// Damage.
    ///
    /// # Panics
    /// Where there are not so many.
    #[inline]
    pub fn evidence(self, pieces: Range<usize>) -> Result<Pieces<'a>, EvidenceError> {
        self.0.compare_part(Section::Forward, pieces.clone(), size_of::<Packed>())?;
        Ok(self.0.evidence().part(pieces))
    }

    /// Who of a block holds a skill.
    ///
    /// # Errors
    /// Damage.
    #[inline]
    pub fn holders(self, block: usize, skill: usize) -> Result<Holders<'a>, EvidenceError> {
        let at = block * (self.skills() + 1) + skill;
        let of = |starts: &[u32]| starts[at] as usize..starts[at + 1] as usize;
        let runs = of(self.0.section(Section::RunStarts));
        let people = of(self.0.section(Section::HolderStarts));
        self.0.compare_part(Section::RunClasses, runs.clone(), size_of::<u16>())?;
        self.0.compare_part(Section::RunLengths, runs, size_of::<u8>())?;
        self.0.compare_part(Section::Holders, people, size_of::<u16>())?;
        Ok(self.0.holders(block, skill))
    }
}
