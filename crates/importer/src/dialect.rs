//! What separates cells? The delimiter under which the header makes the most sense.

use std::collections::BTreeMap;
use std::io::{self, Cursor};

use crate::header::{COLUMNS_MAX, Header, NAMES_LOOKED_AT};
use crate::layout;
use crate::lines::Lines;
use crate::options::can_separate;
use crate::preamble::{self, Shape};
use crate::records::Records;

/// Delimiters that are tried, the likeliest first: it wins where two fit alike.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows that a delimiter is tried on.
const ROWS_TRIED: usize = 100;

/// The delimiter that a first line such as `sep=;` states, as spreadsheets write it.
pub(crate) fn stated(content: &[u8]) -> Option<u8> {
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let content = content.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\"")).unwrap_or(content);
    match content {
        [s, e, p, b'=', byte] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") && can_separate(*byte) => {
            Some(*byte)
        }
        _ => None,
    }
}

/// Chooses by the header and the rows below it: most headers known, then rows with as many cells as the header, then
/// the number of columns.
///
/// `knows` says whether a cell is known as a header or a skill, `names` whether it names a field. What stands above a
/// header is told by fields alone: a row of data may hold a dozen skills.
pub(crate) fn choose(
    sample: &[u8],
    knows: impl Fn(&str) -> bool,
    names: impl Fn(&str) -> bool,
) -> io::Result<u8> {
    let mut best = (DELIMITERS[0], (0, false, 0, 0));
    for delimiter in DELIMITERS {
        let above = header_in(sample, delimiter, &names)?;
        let mut records = records(sample, delimiter);
        for _ in 0..above {
            records.next()?;
        }
        let Some(header) = records.next()? else { continue };
        if !records.raw().iter().any(|b| b.is_ascii_alphanumeric() || !b.is_ascii()) {
            // Nothing but signs: a line of empty cells under another delimiter.
            continue;
        }
        if header.is_err() {
            // A header that cannot be read is still one of several columns, and is refused as such.
            let score = (0, records.raw().contains(&delimiter), 0, 0);
            best = if score > best.1 { (delimiter, score) } else { best };
            continue;
        }
        let columns = records.fields().len();
        let known = records
            .fields()
            .iter()
            .take(NAMES_LOOKED_AT)
            .filter_map(|cell| Some(str::from_utf8(cell).ok()?.trim()))
            .filter(|header| if above > 0 { names(header) } else { knows(header) })
            .count();
        records.set_columns(columns, columns);
        let (mut good, mut all) = (0_usize, 0_usize);
        while all < ROWS_TRIED
            && let Some(row) = records.next()?
        {
            good += usize::from(row.is_ok());
            all += 1;
        }
        let share = (100 * good).checked_div(all).unwrap_or(100);
        let score = (known, columns > 1 && share >= 50, share, columns);
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    Ok(best.0)
}

/// The place of the header among the records of a piece of a file; 0 where nothing stands above it.
pub(crate) fn header_in(sample: &[u8], delimiter: u8, names: impl Fn(&str) -> bool) -> io::Result<usize> {
    let mut records = records(sample, delimiter);
    let mut rows = Vec::new();
    let mut tried = preamble::ROWS_TRIED;
    let mut above: Option<Vec<String>> = None;
    while rows.len() < tried
        && let Some(row) = records.next()?
    {
        let mut shape = Shape { data: true, ..Shape::default() };
        if row.is_ok() {
            let header = Header::new(records.fields());
            let filled = header.cells.iter().filter(|cell| !cell.is_empty());
            shape.filled = filled.clone().count();
            // Only what may stand above a header is looked at closely.
            let near = rows.len() <= preamble::ABOVE_MAX;
            shape.known =
                if near { filled.take(NAMES_LOOKED_AT).filter(|cell| names(cell)).count() } else { 0 };
            shape.data = near && header.looks_like_data(&names);
            shape.person =
                shape.known > 0 && header.cells.iter().take(NAMES_LOOKED_AT).any(|cell| is_person(cell));
            shape.gaps = shape.filled < header.named();
            let cells = &header.cells;
            shape.repeats = cells.windows(2).any(|pair| !pair[0].is_empty() && pair[0] == pair[1]);
            shape.merges = above.as_ref().is_some_and(|above| {
                let is_empty = |at| cells.get(at).is_none_or(String::is_empty);
                above.iter().enumerate().any(|(at, name)| !name.is_empty() && is_empty(at))
            });
            // The header once more is no header below a row of groups.
            shape.data |= above.as_ref().is_some_and(|above| above == cells);
            above = Some(cells.clone());
        }
        let is_header = shape.known >= preamble::NAMES_MIN && shape.known * 2 >= shape.filled;
        // One that groups columns may stand above them.
        // Of two rows of names the lower one may still be the header; nothing below it is.
        let settled = rows.is_empty() && is_header && shape.person && !shape.gaps;
        rows.push(shape);
        if settled {
            tried = 2;
        }
    }
    Ok(preamble::header_at(&rows))
}

/// Whether a header says that its column holds who somebody is.
fn is_person(header: &str) -> bool {
    use stackscout_profile::Field::{Email, ExternalId, FirstName, LastName, Name};
    let meaning = layout::plain().meaning(header);
    meaning.is_some_and(|field| matches!(field, Name | FirstName | LastName | Email | ExternalId))
}

/// The number of cells that most records of a piece of a file have; `None` where there is no record.
pub(crate) fn columns_in(sample: &[u8], delimiter: u8) -> io::Result<Option<usize>> {
    let mut records = records(sample, delimiter);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    while let Some(row) = records.next()? {
        if row.is_ok() {
            *counts.entry(records.fields().len().min(COLUMNS_MAX)).or_insert(0) += 1;
        }
    }
    Ok(counts.into_iter().max_by_key(|(columns, rows)| (*rows, *columns)).map(|(columns, _)| columns))
}

/// Reads a piece of a file again, from its header on.
pub(crate) fn records(sample: &[u8], delimiter: u8) -> Records {
    Records::new(Lines::new(Box::new(Cursor::new(sample.to_vec()))), delimiter, "UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_makes_sense_of_the_header() {
        let knows = |h: &str| ["name", "skills", "salary, gross"].contains(&h.to_lowercase().as_str());
        for (text, delimiter) in [
            ("Name,Skills\nAnn,Rust;Go;C;D\n", b','),
            ("Name;Skills\nAnn;Rust, Go, C, D\nBob;C, D, E\n", b';'),
            ("Name\tSkills\nAnn\tRust, Go\n", b'\t'),
            ("Name|Skills\nAnn|Rust, Go\n", b'|'),
            ("Salary, gross;Name\n1;Ann\n", b';'),
            // Nothing known: the rows decide.
            ("a;b\n1,5;2\n2,5;3\n", b';'),
            ("a\n1\n", b','),
            // One column whose cells hold commas.
            ("Skills\nRust, Go\nC\nD, E\n", b';'),
        ] {
            let chosen = choose(text.as_bytes(), knows, knows).unwrap();
            assert_eq!(char::from(chosen), char::from(delimiter), "{text}");
        }
    }

    #[test]
    fn spreadsheets_state_a_delimiter() {
        assert_eq!(stated(b"sep=;"), Some(b';'));
        assert_eq!(stated(b"\xEF\xBB\xBF\"SEP=|\""), Some(b'|'));
        assert_eq!(stated(b"sep=\t"), Some(b'\t'));
        for not in [&b"sep="[..], b"sep=;;", b"sep,x", b"sep=a"] {
            assert_eq!(stated(not), None);
        }
    }
}
