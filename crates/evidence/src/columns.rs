//! Reading columns: facts of a person, and the blocks that a ranking runs over.

use std::ops::Range;
use std::path::Path;

use stackscout_profile::{
    CandidateNumber, Date, EvidenceSource, Facts, Pay, PayUnit, SpokenLanguage, Status, TraitEvidence, Years,
};
use stackscout_taxonomy::{SkillIx, TraitIx};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::build::{BuildOptions, Builder};
use crate::class::Class;
use crate::holders::Holders;
use crate::layout::{Checked, Section, check, header_checksum};
use crate::map::Bytes;
use crate::pieces::{Evidence, Packing, Pieces};
use crate::place::{PlaceRow, country};
use crate::{EvidenceError, file, shape};

/// The class code of evidence whose class has none of its own.
pub(crate) const STRAY: u16 = u16::MAX;
/// Marks the start of a list that is not there, which is not the same as an empty one.
pub(crate) const ABSENT: u32 = 1 << 31;

pub(crate) const STATUS_HIRED: u8 = 1;
pub(crate) const STATUS_OPTED_OUT: u8 = 2;
const STATUS: u8 = 3;
pub(crate) const FLAG_IMPLAUSIBLE: u8 = 4;
pub(crate) const FLAG_STRAY: u8 = 8;

#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub(crate) struct Stray {
    pub(crate) at: u32,
    pub(crate) padding: u32,
    pub(crate) class: Class,
}

#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub(crate) struct AvailableRow {
    year: i16,
    /// 0 where the day is unknown.
    month: i8,
    day: i8,
}

impl AvailableRow {
    pub(crate) fn of(parts: Option<(i16, i8, i8)>) -> Self {
        let (year, month, day) = parts.unwrap_or_default();
        Self { year, month, day }
    }
}

#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub(crate) struct PayRow {
    amount: u64,
    currency: [u8; 3],
    per: u8,
    known: u32,
}

impl PayRow {
    pub(crate) fn of(parts: Option<(u64, [u8; 3], u8)>) -> Self {
        let known = u32::from(parts.is_some());
        let (amount, currency, per) = parts.unwrap_or_default();
        Self { amount, currency, per, known }
    }
}

/// Codes of one detail of everybody.
#[derive(Debug, Clone, Copy)]
pub enum CodeColumn<'a> {
    /// Everybody has code 0.
    Same,
    /// One byte each.
    Bytes(&'a [u8]),
    /// Two bytes each.
    Shorts(&'a [u16]),
    /// Four bytes each.
    Words(&'a [u32]),
}

impl CodeColumn<'_> {
    /// The code of a person.
    #[must_use]
    pub fn get(&self, person: usize) -> usize {
        match self {
            Self::Same => 0,
            Self::Bytes(codes) => usize::from(codes[person]),
            Self::Shorts(codes) => usize::from(codes[person]),
            Self::Words(codes) => codes[person] as usize,
        }
    }
}

/// What is kept of everybody in one file, as numbers of a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Countries that the person may work in.
    Permits,
    /// Languages that the person speaks.
    Languages,
    /// Text evidence for traits.
    Traits,
    /// First day of availability.
    Available,
    /// Expected pay.
    Pay,
}

impl Detail {
    pub(crate) fn section(self) -> Section {
        match self {
            Self::Permits => Section::Permits,
            Self::Languages => Section::Languages,
            Self::Traits => Section::Traits,
            Self::Available => Section::Available,
            Self::Pay => Section::Pays,
        }
    }
}

/// One file of columns, open; every block was compared with its checksum.
#[derive(Debug)]
pub struct Columns {
    bytes: Bytes,
    checked: Checked,
}

/// The people of one block, skill by skill.
#[derive(Debug, Clone, Copy)]
pub struct Block<'a> {
    run_starts: &'a [u32],
    holder_starts: &'a [u32],
    classes: &'a [u16],
    lengths: &'a [u8],
    holders: &'a [u16],
}

impl<'a> Block<'a> {
    /// Who holds a skill.
    #[must_use]
    pub fn holders(&self, skill: usize) -> Holders<'a> {
        let of = |starts: &[u32]| starts[skill] as usize..starts[skill + 1] as usize;
        let runs = of(self.run_starts);
        Holders {
            classes: &self.classes[runs.clone()],
            lengths: &self.lengths[runs],
            people: &self.holders[of(self.holder_starts)],
        }
    }

    /// How many people hold a skill.
    #[must_use]
    pub fn count(&self, skill: usize) -> usize {
        (self.holder_starts[skill + 1] - self.holder_starts[skill]) as usize
    }
}

impl Columns {
    /// The class code of evidence whose class has no code of its own.
    pub const STRAY: u16 = STRAY;

    /// Columns of these people, kept in memory.
    ///
    /// # Panics
    /// Where blocks are larger than half of what two bytes can number.
    #[must_use]
    pub fn in_memory<'f>(facts: impl IntoIterator<Item = &'f Facts>, options: BuildOptions<'_>) -> Self {
        let mut builder = Builder::new(options);
        for facts in facts {
            builder.push(facts);
        }
        Self::of_builder(builder)
    }

    pub(crate) fn of_builder(builder: Builder<'_>) -> Self {
        let fingerprint = builder.fingerprint();
        let bytes = builder.finish(&[]);
        Self::of_bytes(Bytes::own(&bytes), fingerprint).expect("what was just made matches its checksums")
    }

    /// Opens a file: maps it, and compares every block with its checksum.
    ///
    /// # Errors
    /// Where the file is missing, damaged, of another format, or made with another taxonomy.
    pub fn open(path: &Path, fingerprint: &str) -> Result<Self, EvidenceError> {
        Self::of_bytes(file::map(path)?, fingerprint)
    }

    pub(crate) fn of_bytes(bytes: Bytes, fingerprint: &str) -> Result<Self, EvidenceError> {
        let columns = Self::unread(bytes, fingerprint)?;
        columns.compare_all()?;
        Ok(columns)
    }

    /// Maps a file of which only what does not grow with people is compared yet: to be read by way of
    /// [`LazyColumns`](crate::LazyColumns) alone.
    pub(crate) fn open_unread(path: &Path, fingerprint: &str) -> Result<Self, EvidenceError> {
        Self::unread(file::map(path)?, fingerprint)
    }

    pub(crate) fn unread(bytes: Bytes, fingerprint: &str) -> Result<Self, EvidenceError> {
        let checked = check(&bytes, fingerprint)?;
        checked.compare_small(&bytes)?;
        Ok(Self { bytes, checked })
    }

    /// Compares every block that was not compared yet with its checksum.
    pub(crate) fn compare_all(&self) -> Result<(), EvidenceError> {
        self.checked.compare_all(&self.bytes)
    }

    /// Compares the blocks of a section, as far as they were not compared yet.
    #[inline]
    pub(crate) fn compare(&self, section: Section) -> Result<(), EvidenceError> {
        self.checked.compare(&self.bytes, self.checked.ranges[section as usize].clone())
    }

    /// Compares the blocks of some entries of a section, each of so many bytes.
    #[inline]
    pub(crate) fn compare_part(
        &self,
        section: Section,
        entries: Range<usize>,
        entry_bytes: usize,
    ) -> Result<(), EvidenceError> {
        let whole = &self.checked.ranges[section as usize];
        let part = whole.start + entries.start * entry_bytes..whole.start + entries.end * entry_bytes;
        self.checked.compare(&self.bytes, part)
    }

    #[cfg(test)]
    pub(crate) fn raw(&self) -> &[u8] {
        &self.bytes
    }

    #[cfg(test)]
    pub(crate) fn blocks_compared(&self) -> usize {
        self.checked.blocks.compared()
    }

    /// The checksum that names this file's content.
    #[must_use]
    pub fn checksum(&self) -> u32 {
        header_checksum(&self.bytes)
    }

    /// Bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Everybody in the file.
    #[must_use]
    pub fn people(&self) -> usize {
        self.checked.header.people as usize
    }

    /// People without a status: those that stand in blocks, before all others.
    #[must_use]
    pub fn open_people(&self) -> usize {
        self.checked.header.open_people as usize
    }

    /// Skills of the taxonomy that the file was made with.
    #[must_use]
    pub fn skills(&self) -> usize {
        self.checked.header.skills as usize
    }

    /// People a block.
    #[must_use]
    pub fn block_people(&self) -> usize {
        self.checked.header.block_people as usize
    }

    /// Blocks.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.open_people().div_ceil(self.block_people())
    }

    /// Whether anybody holds evidence whose class has no code.
    #[must_use]
    pub fn has_strays(&self) -> bool {
        self.checked.header.stray_people > 0
    }

    pub(crate) fn section<T: FromBytes + Immutable + KnownLayout>(&self, section: Section) -> &[T] {
        let range = self.checked.ranges[section as usize].clone();
        <[T]>::ref_from_bytes(&self.bytes[range])
            .expect("sections are aligned, and whole as their checksums say")
    }

    pub(crate) fn strays(&self) -> &[Stray] {
        self.section(Section::Strays)
    }

    pub(crate) fn list_starts(&self, section: Section) -> &[u32] {
        self.section(section)
    }

    /// Numbers of a section.
    pub(crate) fn length<T>(&self, section: Section) -> usize {
        self.checked.ranges[section as usize].len() / size_of::<T>()
    }

    /// Looks at every number that leads to a place in the file, which takes as long as reading all of it. A file that
    /// this program wrote, and that matches its checksums, always passes.
    ///
    /// # Errors
    /// Where a number leads nowhere: reading it would be a panic.
    pub fn verify(&self) -> Result<(), EvidenceError> {
        shape::of_values(self).map_err(EvidenceError::damaged)
    }

    /// Candidate numbers.
    #[must_use]
    pub fn numbers(&self) -> &[u32] {
        self.section(Section::Numbers)
    }

    /// Where each person's evidence begins in [`Columns::evidence`], and the end of all.
    #[must_use]
    pub fn starts(&self) -> &[u32] {
        self.section(Section::Starts)
    }

    /// Evidence of everybody, person by person.
    #[must_use]
    pub fn evidence(&self) -> Pieces<'_> {
        Pieces::new(self.section(Section::Forward), self.packing())
    }

    pub(crate) fn packing(&self) -> Packing<'_> {
        Packing::new(self.held_skills())
    }

    /// The skills that anybody holds, in ascending order.
    #[must_use]
    pub fn held_skills(&self) -> &[u16] {
        self.section(Section::Skills)
    }

    /// Classes, by code.
    #[must_use]
    pub fn classes(&self) -> &[Class] {
        self.section(Section::Classes)
    }

    /// Places in order, by code.
    #[must_use]
    pub fn places(&self) -> &[PlaceRow] {
        self.section(Section::Places)
    }

    /// Where each place's people begin, and the end of all without a status.
    #[must_use]
    pub fn place_starts(&self) -> &[u32] {
        self.section(Section::PlaceStarts)
    }

    /// Tenths of years in all, `u16::MAX` where unknown: within a place, people without a status stand in descending
    /// order, unknown ones last.
    #[must_use]
    pub fn totals(&self) -> &[u16] {
        self.section(Section::Totals)
    }

    /// The years in all of a person.
    #[must_use]
    pub fn total_years(&self, person: usize) -> Option<Years> {
        Years::from_tenths(self.totals()[person])
    }

    /// Whether a person claims nearly everything.
    #[must_use]
    pub fn is_implausible(&self, person: usize) -> bool {
        self.flags()[person] & FLAG_IMPLAUSIBLE != 0
    }

    /// Whether a person holds evidence whose class has no code.
    #[must_use]
    pub fn is_stray(&self, person: usize) -> bool {
        self.flags()[person] & FLAG_STRAY != 0
    }

    /// The status of a person.
    #[must_use]
    pub fn status(&self, person: usize) -> Option<Status> {
        match self.flags()[person] & STATUS {
            0 => None,
            STATUS_HIRED => Some(Status::Hired),
            _ => Some(Status::OptedOut),
        }
    }

    fn flags(&self) -> &[u8] {
        self.section(Section::Flags)
    }

    /// The codes of a detail.
    #[must_use]
    pub fn codes(&self, detail: Detail) -> CodeColumn<'_> {
        let section = detail.section();
        let people = self.people().max(1);
        match self.checked.ranges[section as usize].len() / people {
            0 => CodeColumn::Same,
            1 => CodeColumn::Bytes(self.section(section)),
            2 => CodeColumn::Shorts(self.section(section)),
            _ => CodeColumn::Words(self.section(section)),
        }
    }

    fn list<T: FromBytes + Immutable + KnownLayout>(
        &self,
        starts: Section,
        items: Section,
        code: usize,
    ) -> Option<&[T]> {
        let starts: &[u32] = self.section(starts);
        let range = (starts[code] & !ABSENT) as usize..(starts[code + 1] & !ABSENT) as usize;
        (starts[code] & ABSENT == 0).then(|| &self.section(items)[range])
    }

    /// How many codes a detail has.
    #[must_use]
    pub fn code_count(&self, detail: Detail) -> usize {
        let lists = |starts| self.section::<u32>(starts).len().saturating_sub(1);
        match detail {
            Detail::Permits => lists(Section::PermitStarts),
            Detail::Languages => lists(Section::LanguageStarts),
            Detail::Traits => lists(Section::TraitStarts),
            Detail::Available => self.section::<AvailableRow>(Section::AvailableRows).len(),
            Detail::Pay => self.section::<PayRow>(Section::PayRows).len(),
        }
    }

    /// What a code of [`Detail::Permits`] stands for.
    #[must_use]
    pub fn permits(&self, code: usize) -> Option<Vec<stackscout_profile::Country>> {
        let held: &[[u8; 2]] = self.list(Section::PermitStarts, Section::PermitItems, code)?;
        Some(held.iter().filter_map(|code| country(*code)).collect())
    }

    /// What a code of [`Detail::Languages`] stands for.
    #[must_use]
    pub fn languages(&self, code: usize) -> Option<Vec<SpokenLanguage>> {
        let spoken: &[[u8; 2]] = self.list(Section::LanguageStarts, Section::LanguageItems, code)?;
        Some(spoken.iter().filter_map(|code| std::str::from_utf8(code).ok()?.parse().ok()).collect())
    }

    /// What a code of [`Detail::Traits`] stands for.
    #[must_use]
    pub fn traits(&self, code: usize) -> Vec<TraitEvidence> {
        let list: Option<&[[u16; 2]]> = self.list(Section::TraitStarts, Section::TraitItems, code);
        let read = |[number, source]: &[u16; 2]| TraitEvidence {
            trait_ix: TraitIx::of_same_taxonomy(*number),
            source: match source {
                0 => EvidenceSource::Mentioned,
                1 => EvidenceSource::Declared,
                _ => EvidenceSource::Worked,
            },
        };
        list.unwrap_or_default().iter().map(read).collect()
    }

    /// What a code of [`Detail::Available`] stands for.
    #[must_use]
    pub fn available(&self, code: usize) -> Option<Date> {
        let row = self.section::<AvailableRow>(Section::AvailableRows)[code];
        Date::new(row.year, row.month, row.day)
    }

    /// What a code of [`Detail::Pay`] stands for.
    #[must_use]
    pub fn pay(&self, code: usize) -> Option<Pay> {
        let row = self.section::<PayRow>(Section::PayRows)[code];
        (row.known != 0).then(|| Pay {
            amount: row.amount,
            currency: std::str::from_utf8(&row.currency).ok().and_then(|code| code.parse().ok()),
            per: match row.per {
                1 => Some(PayUnit::Year),
                2 => Some(PayUnit::Month),
                3 => Some(PayUnit::Day),
                4 => Some(PayUnit::Hour),
                _ => None,
            },
        })
    }

    /// A block of people.
    ///
    /// # Panics
    /// Where there is none of this number.
    #[must_use]
    pub fn block(&self, block: usize) -> Block<'_> {
        let at = block * (self.skills() + 1)..(block + 1) * (self.skills() + 1);
        Block {
            run_starts: &self.section(Section::RunStarts)[at.clone()],
            holder_starts: &self.section(Section::HolderStarts)[at],
            classes: self.section(Section::RunClasses),
            lengths: self.section(Section::RunLengths),
            holders: self.section(Section::Holders),
        }
    }

    /// Who of a block holds a skill.
    #[must_use]
    pub fn holders(&self, block: usize, skill: usize) -> Holders<'_> {
        self.block(block).holders(skill)
    }

    /// Numbers that this file hides in the base, in ascending order; empty in a base.
    #[must_use]
    pub fn hidden(&self) -> &[u32] {
        self.section(Section::Hidden)
    }

    /// The place of a person, as a code.
    #[must_use]
    pub fn place_of(&self, person: usize) -> usize {
        match person.checked_sub(self.open_people()) {
            Some(aside) => usize::from(self.section::<u16>(Section::AsidePlaces)[aside]),
            None => self.place_starts().partition_point(|start| *start as usize <= person) - 1,
        }
    }

    /// The class of a piece of evidence, by its place in [`Columns::evidence`].
    #[must_use]
    pub fn class_at(&self, at: usize) -> Class {
        self.class_of(at, self.evidence().get(at).class)
    }

    /// The class of a code, of a piece of evidence that stands at this place.
    pub(crate) fn class_of(&self, at: usize, code: u16) -> Class {
        match code {
            STRAY => {
                let strays: &[Stray] = self.section(Section::Strays);
                let found = strays.partition_point(|stray| (stray.at as usize) < at);
                strays[found].class
            }
            code => self.classes()[usize::from(code)],
        }
    }

    /// Exactly the facts that went in.
    #[must_use]
    pub fn facts(&self, person: usize) -> Facts {
        self.facts_with(person, |_| true, |_| true)
    }

    /// The facts that went in, with those skills alone that count, and those details that are asked for; the others are as
    /// if nothing was known of them.
    pub fn facts_with(
        &self,
        person: usize,
        counts: impl Fn(SkillIx) -> bool,
        asks: impl Fn(Detail) -> bool,
    ) -> Facts {
        let place = self.places()[self.place_of(person)];
        let starts = self.starts();
        let own = starts[person] as usize..starts[person + 1] as usize;
        let code = |detail| asks(detail).then(|| self.codes(detail).get(person));
        let (evidence, classes) = (self.evidence().part(own.clone()), self.classes());
        let skill = |(at, held): (usize, Evidence)| {
            let skill = SkillIx::of_same_taxonomy(held.skill);
            if !counts(skill) {
                return None;
            }
            let class = match classes.get(usize::from(held.class)) {
                Some(class) if held.class != STRAY => *class,
                _ => self.class_at(at),
            };
            Some(class.evidence(skill))
        };
        Facts {
            number: CandidateNumber(self.numbers()[person]),
            country: place.country(),
            remote: place.remote(),
            relocation: place.relocation(),
            total_years: self.total_years(person),
            skills: own.zip(evidence.iter()).filter_map(skill).collect(),
            traits: code(Detail::Traits).map(|code| self.traits(code)).unwrap_or_default(),
            status: self.status(person),
            permits: code(Detail::Permits).and_then(|code| self.permits(code)),
            languages: code(Detail::Languages).and_then(|code| self.languages(code)),
            available: code(Detail::Available).and_then(|code| self.available(code)),
            expected_pay: code(Detail::Pay).and_then(|code| self.pay(code)),
            implausible: self.is_implausible(person),
        }
    }
}
