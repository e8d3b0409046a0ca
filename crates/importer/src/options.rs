//! What a caller may decide about a file instead of leaving it to its header.

use std::path::PathBuf;
use std::sync::Arc;

use stackscout_profile::{Date, DateOrder, Field};

use crate::before::ColumnBefore;
use crate::cvs::Cvs;
use crate::layout::Layout;
use crate::{Encoding, ImportError};

/// Overrides for one import. The default leaves everything to the file.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Name of the layout (`--layout`).
    pub layout: Option<String>,
    /// Meanings of columns (`--map COLUMN=FIELD`), by header; `None` ignores the column.
    pub map: Vec<(String, Option<Field>)>,
    /// Name of the source (`--source`), within which ids are compared.
    pub source: Option<String>,
    /// What separates cells (`--delimiter`).
    pub delimiter: Option<u8>,
    /// How the file's text is written as bytes (`--encoding`), where it says so by no mark.
    pub encoding: Option<Encoding>,
    /// Sheet of a workbook by name, or by number from 1 (`--sheet`).
    pub sheet: Option<String>,
    /// CVs that are joined to rows (`--cvs`).
    pub cvs: Option<Arc<Cvs>>,
    /// The program that reads PDFs when it is given the word [`SUBCOMMAND`](crate::document::pdf::SUBCOMMAND): this one.
    /// Without it a PDF is not read.
    pub pdf_reader: Option<PathBuf>,
    /// Orders of day, month and year in figures (`--date-order`): of a column by its header, or of all others.
    pub date_orders: Vec<(Option<String>, DateOrder)>,
    /// Day on which the file is current: `immediately` and `since 2015` count from it. Without it they stay unread.
    pub as_of: Option<Date>,
    /// Nobody asked for `as_of`, which is today: rows that an import rejected keep the day of that import.
    pub is_today: bool,
    /// What columns were read as before, where the file holds rows that an import rejected.
    pub columns: Vec<ColumnBefore>,
    /// Protected attributes are not even kept apart (`--no-protected`).
    pub no_protected: bool,
    /// The file has no header (`--no-header`): its columns are `column 1`, `column 2` and so on.
    pub no_header: bool,
    /// Layouts of the pool, which are tried before those of the program.
    pub layouts: Vec<Arc<Layout>>,
}

impl ImportOptions {
    /// Reads `COLUMN=FIELD`; `COLUMN=-` ignores the column. A column's name may hold `=` itself.
    ///
    /// # Errors
    /// Where there is no `=`, or the word after the last one is no field.
    pub fn parse_map(text: &str) -> Result<(String, Option<Field>), ImportError> {
        let bad = |reason: String| ImportError::BadMap { text: text.to_owned(), reason };
        let (column, field) =
            text.rsplit_once('=').ok_or_else(|| bad("a map is written COLUMN=FIELD".to_owned()))?;
        let field = match field.trim() {
            "-" => None,
            word => Some(word.parse::<Field>().map_err(bad)?),
        };
        Ok((column.trim().to_owned(), field))
    }

    /// Reads `dmy`, `mdy` or `ymd`, for all columns of days, or `COLUMN=dmy` for one.
    ///
    /// # Errors
    /// Any other order.
    pub fn parse_date_order(text: &str) -> Result<(Option<String>, DateOrder), ImportError> {
        let (column, order) = match text.rsplit_once('=') {
            Some((column, order)) => (Some(column.trim().to_owned()), order),
            None => (None, text),
        };
        let bad = |reason| ImportError::BadDateOrder { text: text.to_owned(), reason };
        Ok((column, order.parse().map_err(bad)?))
    }

    /// Reads a delimiter: `comma`, `semicolon`, `tab`, `pipe`, or one ASCII character.
    ///
    /// # Errors
    /// Anything else, and what could not separate cells: quotes, line ends, letters and digits.
    pub fn parse_delimiter(text: &str) -> Result<u8, ImportError> {
        match text {
            "comma" => Ok(b','),
            "semicolon" => Ok(b';'),
            "tab" | "\\t" => Ok(b'\t'),
            "pipe" => Ok(b'|'),
            _ => match text.as_bytes() {
                [byte] if can_separate(*byte) => Ok(*byte),
                _ => Err(ImportError::BadDelimiter { text: text.to_owned() }),
            },
        }
    }
}

/// Whether a byte can stand between cells without being part of one.
pub(crate) fn can_separate(byte: u8) -> bool {
    byte == b'\t' || (byte.is_ascii_punctuation() && !matches!(byte, b'"' | b'.' | b'-' | b'_' | b'@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_names_a_column_and_a_field() {
        let map = |text| ImportOptions::parse_map(text);
        assert_eq!(map("Ort=city").unwrap(), ("Ort".to_owned(), Some(Field::City)));
        assert_eq!(map("a=b = -").unwrap(), ("a=b".to_owned(), None));
        assert!(map("Ort").unwrap_err().to_string().contains("COLUMN=FIELD"));
        assert!(map("Ort=citty").unwrap_err().to_string().contains("did you mean `city`?"));
    }

    #[test]
    fn an_order_of_dates_is_for_all_columns_or_for_one() {
        let order = |text| ImportOptions::parse_date_order(text);
        assert_eq!(order("dmy").unwrap(), (None, DateOrder::DayFirst));
        assert_eq!(order("a=b = MDY").unwrap(), (Some("a=b".to_owned()), DateOrder::MonthFirst));
        assert!(order("us").unwrap_err().to_string().contains("dmy, mdy, ymd"));
    }

    #[test]
    fn a_delimiter_is_one_sign() {
        assert_eq!(ImportOptions::parse_delimiter("tab").unwrap(), b'\t');
        assert_eq!(ImportOptions::parse_delimiter("^").unwrap(), b'^');
        for bad in ["", ",,", "\"", "a", "1", "\n", "é"] {
            assert!(ImportOptions::parse_delimiter(bad).is_err(), "{bad:?}");
        }
    }
}
