//! Whether the sections of a file fit each other: what checksums cannot say of a file that was made wrong.
//!
//! [`of_file`] looks at lengths and at the small sections, and is part of opening a file. [`of_values`] looks at every
//! number that leads somewhere, which takes as long as reading the file; whoever verifies a pool asks for it.

use crate::class::Class;
use crate::columns::{ABSENT, AvailableRow, CodeColumn, Columns, Detail, PayRow, STRAY, Stray};
use crate::layout::{ALIGN, HEADER_BYTES, Header, Section};
use crate::pieces::Packed;
use crate::place::PlaceRow;

type Fits = Result<(), &'static str>;

const LENGTH: &str = "a section of the evidence columns has another length than the others say";
const ORDER: &str = "a section of the evidence columns leads out of another";

/// People a block at most: places of people in it are two bytes.
const BLOCK_PEOPLE_MAX: usize = 1 << 16;

/// Checks lengths and places of all sections.
pub(crate) fn of_file(header: &Header, ranges: &[std::ops::Range<usize>]) -> Fits {
    let bytes = |section: Section| ranges[section as usize].len();
    let of = |section: Section, size: usize| {
        let range = &ranges[section as usize];
        let fits = range.len().is_multiple_of(size)
            && (range.is_empty() || range.start >= HEADER_BYTES && range.start.is_multiple_of(ALIGN));
        if fits { Ok(range.len() / size) } else { Err(LENGTH) }
    };
    let (people, open) = (header.people as usize, header.open_people as usize);
    let (skills, block) = (header.skills as usize, header.block_people as usize);
    if open > people || block == 0 || block > BLOCK_PEOPLE_MAX || skills > usize::from(u16::MAX) + 1 {
        return Err(LENGTH);
    }
    let blocks = open.div_ceil(block);
    let cells = blocks.checked_mul(skills + 1).ok_or(LENGTH)?;
    let places = of(Section::Places, size_of::<PlaceRow>())?;
    for (section, size, wanted) in [
        (Section::Numbers, 4, people),
        (Section::Starts, 4, people + 1),
        (Section::Totals, 2, people),
        (Section::Flags, 1, people),
        (Section::AsidePlaces, 2, people - open),
        (Section::PlaceStarts, 4, places + 1),
    ] {
        if of(section, size)? != wanted {
            return Err(LENGTH);
        }
    }
    for section in [Section::RunStarts, Section::HolderStarts] {
        if of(section, 4)? < cells {
            return Err(LENGTH);
        }
    }
    for section in [Section::Permits, Section::Languages, Section::Traits, Section::Available, Section::Pays]
    {
        let width = bytes(section).checked_div(people).unwrap_or(0);
        if !matches!(width, 0 | 1 | 2 | 4) || width * people != bytes(section) {
            return Err(LENGTH);
        }
        of(section, width.max(1))?;
    }
    for (section, size) in [
        (Section::Skills, 2),
        (Section::Forward, size_of::<Packed>()),
        (Section::Classes, size_of::<Class>()),
        (Section::Strays, size_of::<Stray>()),
        (Section::AvailableRows, size_of::<AvailableRow>()),
        (Section::PayRows, size_of::<PayRow>()),
        (Section::PermitStarts, 4),
        (Section::PermitItems, 2),
        (Section::LanguageStarts, 4),
        (Section::LanguageItems, 2),
        (Section::TraitStarts, 4),
        (Section::TraitItems, 4),
        (Section::RunClasses, 2),
        (Section::RunLengths, 1),
        (Section::Holders, 2),
        (Section::Hidden, 4),
    ] {
        of(section, size)?;
    }
    let has_lengths = of(Section::RunLengths, 1)? == of(Section::RunClasses, 2)?;
    if !has_lengths || of(Section::Classes, size_of::<Class>())? > usize::from(STRAY) {
        return Err(LENGTH);
    }
    Ok(())
}

/// Checks every number that leads to a place in another section.
pub(crate) fn of_values(columns: &Columns) -> Fits {
    let (people, open) = (columns.people(), columns.open_people());
    rising(columns.starts(), columns.evidence().len())?;
    rising(columns.place_starts(), open)?;
    let places = columns.places().len();
    let (skills, packing) = (columns.held_skills(), columns.packing());
    if !skills.is_sorted_by(|a, b| a < b)
        || skills.last().is_some_and(|s| usize::from(*s) >= columns.skills())
    {
        return Err(ORDER);
    }
    let packed: &[Packed] = columns.section(Section::Forward);
    if !packed.iter().all(|piece| packing.holds(*piece)) {
        return Err(ORDER);
    }
    if !columns.evidence().iter().all(|piece| is_class(columns, piece.class)) {
        return Err(ORDER);
    }
    if (open..people).any(|person| columns.place_of(person) >= places) {
        return Err(ORDER);
    }
    if open > 0 && (columns.place_starts().first() != Some(&0) || places == 0) {
        return Err(ORDER);
    }
    // Each stray piece of evidence has a class of its own, in their order.
    let strays = columns.strays();
    let at = columns.evidence().iter().enumerate().filter(|(_, e)| e.class == STRAY).map(|(at, _)| at);
    if !at.eq(strays.iter().map(|stray| stray.at as usize)) {
        return Err(ORDER);
    }
    for (detail, starts, items) in [
        (Detail::Permits, Section::PermitStarts, columns.length::<[u8; 2]>(Section::PermitItems)),
        (Detail::Languages, Section::LanguageStarts, columns.length::<[u8; 2]>(Section::LanguageItems)),
        (Detail::Traits, Section::TraitStarts, columns.length::<[u16; 2]>(Section::TraitItems)),
    ] {
        let plain: Vec<u32> = columns.list_starts(starts).iter().map(|start| start & !ABSENT).collect();
        rising(&plain, items)?;
        codes(columns, detail)?;
    }
    codes(columns, Detail::Available)?;
    codes(columns, Detail::Pay)?;
    blocks(columns)
}

fn codes(columns: &Columns, detail: Detail) -> Fits {
    let count = columns.code_count(detail);
    let most = match columns.codes(detail) {
        CodeColumn::Same if columns.people() == 0 => return Ok(()),
        CodeColumn::Same => Some(0),
        CodeColumn::Bytes(codes) => codes.iter().max().map(|code| usize::from(*code)),
        CodeColumn::Shorts(codes) => codes.iter().max().map(|code| usize::from(*code)),
        CodeColumn::Words(codes) => codes.iter().max().map(|code| *code as usize),
    };
    if most.is_some_and(|most| most >= count) { Err(ORDER) } else { Ok(()) }
}

/// Whether a code is that of a class, or says that there is none.
fn is_class(columns: &Columns, code: u16) -> bool {
    code == STRAY || usize::from(code) < columns.classes().len()
}

fn blocks(columns: &Columns) -> Fits {
    let block = columns.block_people();
    for (section, items) in [
        (Section::RunStarts, columns.length::<u8>(Section::RunLengths)),
        (Section::HolderStarts, columns.length::<u16>(Section::Holders)),
    ] {
        rising(columns.list_starts(section), items)?;
    }
    for at in 0..columns.blocks() {
        let here = (columns.open_people() - at * block).min(block);
        for skill in 0..columns.skills() {
            let holders = columns.holders(at, skill);
            let is_whole = holders.are_whole();
            let is_inside = holders.people.iter().all(|person| usize::from(*person) < here);
            let has_class = holders.classes.iter().all(|class| is_class(columns, *class));
            if !is_whole || !is_inside || !has_class {
                return Err(ORDER);
            }
        }
    }
    if !columns.has_strays() && (0..columns.people()).any(|person| columns.is_stray(person)) {
        return Err(ORDER);
    }
    Ok(())
}

/// Whether numbers never fall, and lead nowhere behind the end.
fn rising(starts: &[u32], end: usize) -> Fits {
    let inside = starts.last().is_none_or(|last| *last as usize <= end);
    if starts.is_sorted() && inside { Ok(()) } else { Err(ORDER) }
}
