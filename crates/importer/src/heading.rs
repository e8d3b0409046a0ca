//! The heading of a file: its header, what stands above it, and what of both goes into a file of rejected rows.

use std::io;

use crate::fields::Fields;
use crate::header::{COLUMNS_MAX, Header};
use crate::records::Fault;
use crate::rows::{RejectsForm, Rows, as_guarded_csv};
use crate::{ImportError, dialect, layout, preamble};

/// The header as it stands among the rows, to know it again.
pub(crate) enum HeaderRow {
    /// The file has none.
    None,
    Bytes(Vec<u8>),
    Cells(Fields),
}

impl HeaderRow {
    /// Whether the row that was read last is the header once more.
    pub fn is(&self, rows: &Rows) -> bool {
        match (self, rows) {
            (Self::Bytes(bytes), Rows::Text(records)) => without_mark_and_end(records.raw()) == bytes,
            (Self::Cells(header), rows) => rows.fields() == header,
            (Self::Bytes(_), Rows::Cells(_)) | (Self::None, _) => false,
        }
    }
}

/// Where a header may stand.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Form {
    /// Nowhere.
    NoHeader,
    /// In a table: lines may stand above it, and it may have two.
    Table,
    /// In the first row, whatever that says.
    First,
}

/// The first lines of a file.
#[derive(Clone, Copy)]
pub(crate) struct Sampled<'a> {
    pub bytes: &'a [u8],
    pub delimiter: u8,
}

/// A header that was found.
pub(crate) struct Heading {
    pub header: Header,
    pub row: HeaderRow,
    /// The line that it ends with; 0 where there is none.
    pub line: u64,
    /// Lines that were passed over.
    pub lines_above: u64,
    /// Rows before the header, its own upper line included.
    pub records_above: usize,
}

impl Heading {
    /// Takes the header from the rows. What the rejects begin with is added to `preamble`.
    ///
    /// # Errors
    /// Where there is no row, or the header cannot be read, has too many columns, or is a row of data.
    pub fn find(
        name: &str,
        rows: &mut Rows,
        preamble: &mut Vec<u8>,
        sample: Sampled<'_>,
        form: Form,
        names: impl Fn(&str) -> bool,
    ) -> Result<Self, ImportError> {
        let failed = |source: io::Error| ImportError::Read { file: name.to_owned(), line: 1, source };
        let empty = || ImportError::Empty { file: name.to_owned() };
        if form == Form::NoHeader {
            let columns = dialect::columns_in(sample.bytes, sample.delimiter).map_err(failed)?;
            let header = Header::numbered(columns.ok_or_else(empty)?);
            return Ok(Self { header, row: HeaderRow::None, line: 0, lines_above: 0, records_above: 0 });
        }
        let records_above = match form {
            Form::Table => dialect::header_in(sample.bytes, sample.delimiter, names).map_err(failed)?,
            _ => 0,
        };
        let (mut begin, mut upper) = (None, None);
        for passed in 1..=records_above {
            rows.next().map_err(failed)?;
            begin.get_or_insert(rows.line());
            if passed == records_above {
                upper = Some((rows.line(), rows.fields().clone(), rows.raw().into_owned()));
            }
        }
        let first = rows.next().map_err(failed)?;
        let line = rows.line();
        let bad_header = |reason: String| ImportError::BadHeader { file: name.to_owned(), line, reason };
        match first {
            None => return Err(empty()),
            Some(Err(Fault { reason, .. })) => return Err(bad_header(reason)),
            Some(Ok(())) => {}
        }
        let mut fields = rows.fields().clone();
        if let Rows::Cells(cells) = &*rows {
            // Columns without a name, as far as the first rows fill them.
            (fields.len()..cells.width().min(COLUMNS_MAX)).for_each(|_| fields.push(b""));
        }
        // A heading of two lines: what was merged downwards is named in the upper one.
        let merged = upper.and_then(|(line, upper, raw)| {
            fields = preamble::merged_down(&upper, &fields)?;
            Some((line, raw))
        });
        let count = fields.len();
        if count > COLUMNS_MAX {
            return Err(bad_header(format!("has {count} columns, and at most {COLUMNS_MAX} are read")));
        }
        let header = Header::new(&fields);
        if form == Form::Table && header.looks_like_data(layout::knows) {
            return Err(ImportError::NoHeader { file: name.to_owned(), line });
        }
        let row = match &*rows {
            Rows::Text(records) => {
                match begin {
                    // What stood above the header does not go into the rejects; its byte order mark does.
                    Some(_) if sample.bytes.starts_with(MARK) => preamble.extend_from_slice(MARK),
                    Some(_) => {}
                    None => preamble.extend_from_slice(records.skipped()),
                }
                if let Some((_, raw)) = &merged {
                    preamble.extend_from_slice(raw.strip_prefix(MARK).unwrap_or(raw));
                }
                preamble.extend_from_slice(records.raw());
                HeaderRow::Bytes(without_mark_and_end(records.raw()).to_vec())
            }
            Rows::Cells(cells) => {
                if cells.form() == RejectsForm::Csv {
                    // The mark says to a spreadsheet that this is UTF-8.
                    preamble.extend_from_slice(MARK);
                    preamble.extend_from_slice(&as_guarded_csv(&fields, 0));
                }
                HeaderRow::Cells(cells.fields().clone())
            }
        };
        let header_begins = merged.map_or(line, |(line, _)| line);
        let lines_above = begin.map_or(0, |begin| header_begins - begin);
        Ok(Self { header, row, line, lines_above, records_above })
    }
}

/// The mark that says that a text is UTF-8.
pub(crate) const MARK: &[u8] = b"\xEF\xBB\xBF";

fn without_mark_and_end(raw: &[u8]) -> &[u8] {
    raw.strip_prefix(MARK).unwrap_or(raw).trim_ascii_end()
}
