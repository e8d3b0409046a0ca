//! The file: a header, then sections, each aligned, then a table with the checksum of each block of them.
//!
//! The header has the checksum of the table and one of its own, so that whoever knows the header's can trust every byte.
//! Numbers are in the byte order of the machine; the header tells, and a file of another order is made anew.

use std::ops::Range;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::EvidenceError;
use crate::blocks::{Blocks, block_sums};

/// Version of the columns. Another version is never read: the columns are made anew.
pub const COLUMNS_FORMAT: u32 = 3;

const MAGIC: [u8; 8] = *b"sscolumn";
const ORDER: u32 = 0x0102_0304;
/// Sections begin at multiples of this: a line of the processor's cache.
pub(crate) const ALIGN: usize = 64;

/// What a file consists of, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// u32 a person: candidate numbers.
    Numbers,
    /// u32 a person and one more: where their evidence begins.
    Starts,
    /// u16 each: the skills that are held, in ascending order.
    Skills,
    /// Three bytes each: skill and class, person by person.
    Forward,
    /// `Class` each.
    Classes,
    /// `Stray` each: evidence whose class has no code of its own.
    Strays,
    /// `PlaceRow` each.
    Places,
    /// u32 a place and one more: where the people of a place begin.
    PlaceStarts,
    /// u16 a person: place codes of those who have a status.
    AsidePlaces,
    /// u16 a person: tenths of years in all.
    Totals,
    /// u8 a person.
    Flags,
    /// Codes of permits, 0, 1, 2 or 4 bytes a person; the next two sections are what they stand for.
    Permits,
    PermitStarts,
    PermitItems,
    Languages,
    LanguageStarts,
    LanguageItems,
    Traits,
    TraitStarts,
    TraitItems,
    Available,
    AvailableRows,
    Pays,
    PayRows,
    /// u32 for each block, skill and one more: where the runs of a skill begin.
    RunStarts,
    /// Likewise, where its people begin.
    HolderStarts,
    /// u16 each: the class of a run, of people of the block who hold the skill so.
    RunClasses,
    /// u8 each: how many people a run has.
    RunLengths,
    /// u16 each: people of the block, run by run.
    Holders,
    /// u32 each: candidate numbers that this file hides in the base.
    Hidden,
}

impl Section {
    pub(crate) const COUNT: usize = Self::Hidden as usize + 1;

    /// Whether the section grows with people and their evidence. The others are dictionaries and starts, which are
    /// compared with their checksums when the file is opened.
    pub(crate) fn is_large(self) -> bool {
        matches!(
            self,
            Self::Numbers
                | Self::Starts
                | Self::Forward
                | Self::Totals
                | Self::Flags
                | Self::Permits
                | Self::Languages
                | Self::Traits
                | Self::Available
                | Self::Pays
                | Self::RunClasses
                | Self::RunLengths
                | Self::Holders
        )
    }

    /// Every section, in the order of the file.
    pub(crate) const ALL: [Self; Self::COUNT] = [
        Self::Numbers,
        Self::Starts,
        Self::Skills,
        Self::Forward,
        Self::Classes,
        Self::Strays,
        Self::Places,
        Self::PlaceStarts,
        Self::AsidePlaces,
        Self::Totals,
        Self::Flags,
        Self::Permits,
        Self::PermitStarts,
        Self::PermitItems,
        Self::Languages,
        Self::LanguageStarts,
        Self::LanguageItems,
        Self::Traits,
        Self::TraitStarts,
        Self::TraitItems,
        Self::Available,
        Self::AvailableRows,
        Self::Pays,
        Self::PayRows,
        Self::RunStarts,
        Self::HolderStarts,
        Self::RunClasses,
        Self::RunLengths,
        Self::Holders,
        Self::Hidden,
    ];
}

#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub(crate) struct Entry {
    offset: u64,
    length: u64,
}

#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub(crate) struct Header {
    magic: [u8; 8],
    format: u32,
    order: u32,
    /// People.
    pub(crate) people: u32,
    /// People who have no status; they stand before all others.
    pub(crate) open_people: u32,
    /// Skills of the taxonomy.
    pub(crate) skills: u32,
    /// People a block.
    pub(crate) block_people: u32,
    /// People who hold evidence without a class code.
    pub(crate) stray_people: u32,
    /// Checksum of the table of blocks' checksums.
    sums_checksum: u32,
    /// Where that table begins; it is the end of the file.
    sums_offset: u64,
    /// The taxonomy's fingerprint, filled up with zeros.
    fingerprint: [u8; 64],
    sections: [Entry; Section::COUNT],
}

/// The values of a section.
pub(crate) trait Part {
    fn bytes(&self) -> &[u8];
}

impl<T: IntoBytes + Immutable> Part for Vec<T> {
    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// A file put together. Each section goes when it is in the file: both at once are twice what an import may hold.
pub(crate) fn assemble(
    counts: &Counts,
    fingerprint: &str,
    sections: [(Section, Box<dyn Part>); Section::COUNT],
) -> Vec<u8> {
    let mut header = Header {
        magic: MAGIC,
        format: COLUMNS_FORMAT,
        order: ORDER,
        people: counts.people,
        open_people: counts.open_people,
        skills: counts.skills,
        block_people: counts.block_people,
        stray_people: counts.stray_people,
        sums_checksum: 0,
        sums_offset: 0,
        fingerprint: fingerprint_bytes(fingerprint),
        sections: [Entry { offset: 0, length: 0 }; Section::COUNT],
    };
    let mut end = HEADER_BYTES;
    for (section, part) in &sections {
        let bytes = part.bytes();
        let offset = end.next_multiple_of(ALIGN);
        header.sections[*section as usize] = Entry { offset: offset as u64, length: bytes.len() as u64 };
        end = offset + bytes.len();
    }
    let end = end.next_multiple_of(ALIGN);
    // With room for the table of checksums.
    let mut file = Vec::with_capacity(end + end / 1_024);
    file.resize(end, 0);
    for (section, part) in sections {
        let at = usize::try_from(header.sections[section as usize].offset).expect("it was a length above");
        let bytes = part.bytes();
        file[at..at + bytes.len()].copy_from_slice(bytes);
    }
    let sums = block_sums(&file[HEADER_BYTES..]);
    file.extend_from_slice(sums.as_bytes());
    header.sums_offset = end as u64;
    header.sums_checksum = crc32fast::hash(sums.as_bytes());
    file[..size_of::<Header>()].copy_from_slice(header.as_bytes());
    let checksum = u64::from(crc32fast::hash(header.as_bytes()));
    file[size_of::<Header>()..HEADER_BYTES].copy_from_slice(&checksum.to_ne_bytes());
    file
}

/// The header and its checksum; blocks are counted from here.
pub(crate) const HEADER_BYTES: usize = size_of::<Header>() + size_of::<u64>();

/// Numbers of a file's header.
pub(crate) struct Counts {
    pub(crate) people: u32,
    pub(crate) open_people: u32,
    pub(crate) skills: u32,
    pub(crate) block_people: u32,
    pub(crate) stray_people: u32,
}

/// A header that was checked, with every section's place, and the checksums of the blocks that they lie in.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) header: Header,
    pub(crate) ranges: Vec<Range<usize>>,
    /// Where the table of checksums begins, and the blocks end.
    pub(crate) blocks_end: usize,
    pub(crate) blocks: Blocks,
}

/// Reads the header, and the table of checksums; no section is read.
pub(crate) fn check(file: &[u8], fingerprint: &str) -> Result<Checked, EvidenceError> {
    let damaged = |reason: &str| EvidenceError::damaged(reason);
    let (header, rest) =
        Header::read_from_prefix(file).map_err(|_| damaged("the evidence columns are cut off"))?;
    if header.magic != MAGIC || header.order != ORDER {
        return Err(damaged("the evidence columns are not readable"));
    }
    if header.format != COLUMNS_FORMAT {
        return Err(EvidenceError::damaged(format!("the evidence columns have format {}", header.format)));
    }
    let stored = rest.first_chunk::<8>().map(|bytes| u64::from_ne_bytes(*bytes));
    if stored != Some(u64::from(crc32fast::hash(header.as_bytes()))) {
        return Err(damaged(CHECKSUM));
    }
    if header.fingerprint != fingerprint_bytes(fingerprint) {
        return Err(damaged("the taxonomy has changed"));
    }
    let blocks_end =
        usize::try_from(header.sums_offset).ok().filter(|end| (HEADER_BYTES..=file.len()).contains(end));
    let Some(blocks_end) = blocks_end else { return Err(damaged("the evidence columns are cut off")) };
    let mut ranges = Vec::with_capacity(Section::COUNT);
    for entry in &header.sections {
        let range = usize::try_from(entry.offset).ok().and_then(|start| {
            let end = start.checked_add(usize::try_from(entry.length).ok()?)?;
            (end <= blocks_end).then_some(start..end)
        });
        let Some(range) = range else { return Err(damaged("the evidence columns are cut off")) };
        ranges.push(range);
    }
    let table = &file[blocks_end..];
    if crc32fast::hash(table) != header.sums_checksum {
        return Err(damaged(CHECKSUM));
    }
    let sums =
        table.chunks_exact(4).map(|sum| u32::from_ne_bytes([sum[0], sum[1], sum[2], sum[3]])).collect();
    let blocks = Blocks::new(blocks_end - HEADER_BYTES, sums)
        .filter(|_| table.len().is_multiple_of(4))
        .ok_or_else(|| damaged("the evidence columns are longer than they say"))?;
    crate::shape::of_file(&header, &ranges).map_err(damaged)?;
    Ok(Checked { header, ranges, blocks_end, blocks })
}

const CHECKSUM: &str = "the evidence columns do not match their checksum";

impl Checked {
    /// Compares the blocks in which bytes of the file lie with their checksums, as far as they were not compared.
    #[inline]
    pub(crate) fn compare(&self, file: &[u8], bytes: Range<usize>) -> Result<(), EvidenceError> {
        if bytes.is_empty() {
            return Ok(());
        }
        let range = bytes.start - HEADER_BYTES..bytes.end - HEADER_BYTES;
        let compared = self.blocks.check(&file[HEADER_BYTES..self.blocks_end], range);
        compared.map_err(|_| EvidenceError::damaged(CHECKSUM))
    }

    /// Compares every block.
    pub(crate) fn compare_all(&self, file: &[u8]) -> Result<(), EvidenceError> {
        self.compare(file, HEADER_BYTES..self.blocks_end)
    }

    /// Compares the blocks of the sections that are small.
    pub(crate) fn compare_small(&self, file: &[u8]) -> Result<(), EvidenceError> {
        let small = Section::ALL.into_iter().filter(|section| !section.is_large());
        small
            .map(|section| self.ranges[section as usize].clone())
            .try_for_each(|range| self.compare(file, range))
    }
}

/// Makes all checksums of a file those of what stands in it, as whoever damages it on purpose would.
#[cfg(test)]
pub(crate) fn seal(file: &mut Vec<u8>) {
    let Ok((mut header, _)) = Header::read_from_prefix(file) else { return };
    let end =
        usize::try_from(header.sums_offset).ok().filter(|end| (HEADER_BYTES..=file.len()).contains(end));
    if let Some(end) = end {
        file.truncate(end);
        let sums = block_sums(&file[HEADER_BYTES..]);
        file.extend_from_slice(sums.as_bytes());
        header.sums_checksum = crc32fast::hash(sums.as_bytes());
    }
    file[..size_of::<Header>()].copy_from_slice(header.as_bytes());
    let checksum = u64::from(crc32fast::hash(header.as_bytes()));
    file[size_of::<Header>()..HEADER_BYTES].copy_from_slice(&checksum.to_ne_bytes());
}

/// The checksum of a file's header, which holds those of all its sections.
pub(crate) fn header_checksum(file: &[u8]) -> u32 {
    crc32fast::hash(&file[..size_of::<Header>().min(file.len())])
}

fn fingerprint_bytes(fingerprint: &str) -> [u8; 64] {
    let mut bytes = [0; 64];
    let length = fingerprint.len().min(64);
    bytes[..length].copy_from_slice(&fingerprint.as_bytes()[..length]);
    bytes
}
