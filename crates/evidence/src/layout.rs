//! The file: a header, then sections, each aligned, each with its checksum in the header.
//!
//! Numbers are in the byte order of the machine; the header tells, and a file of another order is made anew.

use std::ops::Range;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::EvidenceError;

/// Version of the columns. Another version is never read: the columns are made anew.
pub const COLUMNS_FORMAT: u32 = 1;

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
    /// `Evidence` each: skill and class, person by person.
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
    /// `Run` each: a class, and where the people of the block end who hold the skill so.
    Runs,
    /// u16 each: people of the block, run by run.
    Holders,
    /// u32 each: candidate numbers that this file hides in the base.
    Hidden,
}

impl Section {
    pub(crate) const COUNT: usize = Self::Hidden as usize + 1;
}

#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub(crate) struct Entry {
    offset: u64,
    length: u64,
    checksum: u32,
    padding: u32,
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
    padding: u32,
    /// The taxonomy's fingerprint, filled up with zeros.
    fingerprint: [u8; 64],
    sections: [Entry; Section::COUNT],
}

/// A file put together.
pub(crate) fn assemble(counts: &Counts, fingerprint: &str, sections: &[(Section, Vec<u8>)]) -> Vec<u8> {
    let header_bytes = size_of::<Header>() + size_of::<u64>();
    let mut header = Header {
        magic: MAGIC,
        format: COLUMNS_FORMAT,
        order: ORDER,
        people: counts.people,
        open_people: counts.open_people,
        skills: counts.skills,
        block_people: counts.block_people,
        stray_people: counts.stray_people,
        padding: 0,
        fingerprint: fingerprint_bytes(fingerprint),
        sections: [Entry { offset: 0, length: 0, checksum: 0, padding: 0 }; Section::COUNT],
    };
    let mut end = header_bytes;
    for (section, bytes) in sections {
        let offset = end.next_multiple_of(ALIGN);
        header.sections[*section as usize] = Entry {
            offset: offset as u64,
            length: bytes.len() as u64,
            checksum: crc32fast::hash(bytes),
            padding: 0,
        };
        end = offset + bytes.len();
    }
    let mut file = vec![0; end];
    file[..size_of::<Header>()].copy_from_slice(header.as_bytes());
    let checksum = u64::from(crc32fast::hash(header.as_bytes()));
    file[size_of::<Header>()..header_bytes].copy_from_slice(&checksum.to_ne_bytes());
    for (section, bytes) in sections {
        let at = usize::try_from(header.sections[*section as usize].offset).expect("it was a length above");
        file[at..at + bytes.len()].copy_from_slice(bytes);
    }
    file
}

/// Numbers of a file's header.
pub(crate) struct Counts {
    pub(crate) people: u32,
    pub(crate) open_people: u32,
    pub(crate) skills: u32,
    pub(crate) block_people: u32,
    pub(crate) stray_people: u32,
}

/// A header that was checked, with every section's place.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) header: Header,
    pub(crate) ranges: Vec<Range<usize>>,
}

/// Reads the header and compares every section with its checksum.
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
        return Err(damaged("the evidence columns do not match their checksum"));
    }
    if header.fingerprint != fingerprint_bytes(fingerprint) {
        return Err(damaged("the taxonomy has changed"));
    }
    let mut ranges = Vec::with_capacity(Section::COUNT);
    let mut end_of_all = 0;
    for entry in &header.sections {
        let range = usize::try_from(entry.offset).ok().and_then(|start| {
            let end = start.checked_add(usize::try_from(entry.length).ok()?)?;
            (end <= file.len()).then_some(start..end)
        });
        let Some(range) = range else { return Err(damaged("the evidence columns are cut off")) };
        if crc32fast::hash(&file[range.clone()]) != entry.checksum {
            return Err(damaged("the evidence columns do not match their checksum"));
        }
        end_of_all = end_of_all.max(range.end);
        ranges.push(range);
    }
    if end_of_all != file.len() {
        return Err(damaged("the evidence columns are longer than they say"));
    }
    crate::shape::of_file(&header, &ranges).map_err(damaged)?;
    Ok(Checked { header, ranges })
}

/// Makes all checksums of a file those of what stands in it, as whoever damages it on purpose would.
#[cfg(test)]
pub(crate) fn seal(file: &mut [u8]) {
    let Ok((mut header, _)) = Header::read_from_prefix(file) else { return };
    for entry in &mut header.sections {
        let (start, length) = (entry.offset as usize, entry.length as usize);
        let range = start..start.saturating_add(length);
        entry.checksum = file.get(range).map_or(0, crc32fast::hash);
    }
    let size = size_of::<Header>();
    file[..size].copy_from_slice(header.as_bytes());
    let checksum = u64::from(crc32fast::hash(header.as_bytes()));
    if let Some(stored) = file.get_mut(size..size + 8) {
        stored.copy_from_slice(&checksum.to_ne_bytes());
    }
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
