//! Cells of a record: quotes taken off, doubled quotes halved, everything else byte for byte.
//!
//! Stricter than usual readers in one point: after a closing quote nothing but spaces may stand before the delimiter.
//! A reader that goes on there (`"6" tall",x`) has lost the borders of the cells, and most open quotes show by it. Looser
//! in another: spaces before an opening quote are padding, as some systems write them.

use memchr::memchr;

/// Largest cell: 1 MiB. The longest CV is a tenth of it.
pub(crate) const CELL_BYTES_MAX: usize = 1 << 20;

/// The cells of one record.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Fields {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Fields {
    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell by its place from 0; empty past the last.
    pub fn get(&self, at: usize) -> &[u8] {
        let Some(&end) = self.ends.get(at) else { return &[] };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..end]
    }

    /// All cells.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Whether no cell holds anything but white space.
    pub fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }

    /// Adds a cell behind the last.
    pub fn push(&mut self, cell: &[u8]) {
        self.bytes.extend_from_slice(cell);
        self.ends.push(self.bytes.len());
    }

    /// Bytes of all cells.
    pub fn byte_len(&self) -> usize {
        self.bytes.len()
    }

    /// Takes all cells out.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    fn cell_start(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }
}

impl<T: AsRef<[u8]>> FromIterator<T> for Fields {
    fn from_iter<I: IntoIterator<Item = T>>(cells: I) -> Self {
        let mut fields = Self::default();
        cells.into_iter().for_each(|cell| fields.push(cell.as_ref()));
        fields
    }
}

/// What is wrong with the cells of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellFault {
    /// Text follows the closing quote of this cell.
    TextAfterQuote(usize),
    /// This cell is larger than [`CELL_BYTES_MAX`].
    Long(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    /// After a quote inside of quotes: it ended them, or is the first of two.
    Quote,
    AfterQuotes,
}

/// Splits records into cells, line by line.
#[derive(Debug)]
pub(crate) struct Splitter {
    pub delimiter: u8,
    pub fields: Fields,
    /// The first thing wrong; what follows it in the record is not read.
    pub fault: Option<CellFault>,
    state: State,
}

impl Splitter {
    pub fn new(delimiter: u8) -> Self {
        Self { delimiter, fields: Fields::default(), fault: None, state: State::Start }
    }

    /// Splits a record of one line; whether it ends with that line.
    pub fn begin(&mut self, content: &[u8], end: &[u8]) -> bool {
        self.reset();
        // A byte order mark in the middle: files were put together. It belongs to no cell.
        self.go_on(content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content), end)
    }

    fn reset(&mut self) {
        self.fields.clear();
        self.fault = None;
        self.state = State::Start;
    }

    /// Reads another line of a record in which a quote is open; whether the record ends with it.
    pub fn go_on(&mut self, content: &[u8], end: &[u8]) -> bool {
        let mut rest = content;
        while let [byte, behind @ ..] = rest {
            // Within a cell all bytes up to the one that may end it are taken at once.
            let alike = match self.state {
                State::Plain => memchr(self.delimiter, rest).unwrap_or(rest.len()),
                State::Quoted => memchr(b'"', rest).unwrap_or(rest.len()),
                State::Start | State::Quote | State::AfterQuotes => 0,
            };
            let (cell, next) = rest.split_at(alike);
            self.fields.bytes.extend_from_slice(cell);
            rest = next;
            if cell.is_empty() {
                self.push(*byte);
                rest = behind;
                if self.fault.is_some() {
                    return true;
                }
            }
        }
        self.end_line(end)
    }

    /// Ends a line; whether the record ends with it.
    fn end_line(&mut self, end: &[u8]) -> bool {
        if self.state == State::Quoted {
            self.fields.bytes.extend_from_slice(end);
            return false;
        }
        self.end_cell();
        true
    }

    /// Place of the cell that is being read.
    pub fn open_field(&self) -> usize {
        self.fields.ends.len()
    }

    /// Bytes of the cell that is being read.
    pub fn open_bytes(&self) -> usize {
        self.fields.bytes.len() - self.fields.cell_start()
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        match self.state {
            State::Start | State::Plain if byte == self.delimiter => self.end_cell(),
            State::Plain => self.fields.bytes.push(byte),
            State::Start if byte == b'"' => {
                self.fields.bytes.truncate(self.fields.cell_start());
                self.state = State::Quoted;
            }
            State::Start => {
                self.fields.bytes.push(byte);
                if !is_padding(byte) {
                    self.state = State::Plain;
                }
            }
            State::Quoted if byte == b'"' => self.state = State::Quote,
            State::Quoted => self.fields.bytes.push(byte),
            State::Quote if byte == b'"' => {
                self.fields.bytes.push(byte);
                self.state = State::Quoted;
            }
            State::Quote | State::AfterQuotes if byte == self.delimiter => self.end_cell(),
            State::Quote | State::AfterQuotes if is_padding(byte) => self.state = State::AfterQuotes,
            State::Quote | State::AfterQuotes => {
                self.fault = Some(CellFault::TextAfterQuote(self.open_field()));
            }
        }
    }

    fn end_cell(&mut self) {
        if self.open_bytes() > CELL_BYTES_MAX {
            self.fault.get_or_insert(CellFault::Long(self.open_field()));
        }
        self.fields.ends.push(self.fields.bytes.len());
        self.state = State::Start;
    }
}

fn is_padding(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    //! - cells are byte for byte what stood between the delimiters
    //! - what is written by a CSV writer reads back
    //! - text after a closing quote is a fault of its cell
    //! - bytes taken at once are what bytes taken one by one are

    use super::*;
    use proptest::prelude::*;

    fn split(line: &str) -> Result<Vec<String>, CellFault> {
        let mut splitter = Splitter::new(b',');
        assert!(splitter.begin(line.as_bytes(), b"\n"), "{line:?} stays open");
        match splitter.fault {
            Some(fault) => Err(fault),
            None => Ok(splitter.fields.iter().map(|f| String::from_utf8(f.to_vec()).unwrap()).collect()),
        }
    }

    #[test]
    fn cells_are_what_stood_between_delimiters() {
        for (line, cells) in [
            ("a,b", &["a", "b"][..]),
            ("", &[""]),
            (",", &["", ""]),
            (" a , b\t", &[" a ", " b\t"]),
            (r#""a,b",c"#, &["a,b", "c"]),
            (r#""a ""b""",c"#, &[r#"a "b""#, "c"]),
            (r#"""",""""#, &[r#"",""#]),
            (r#" "a" ,"b" "#, &["a", "b"]),
            (r#"5'10" tall,a"b"#, &[r#"5'10" tall"#, r#"a"b"#]),
            ("\u{feff}a,\u{feff}b", &["a", "\u{feff}b"]),
        ] {
            assert_eq!(split(line).unwrap(), cells, "{line:?}");
        }
    }

    #[test]
    fn text_after_a_closing_quote_is_a_fault() {
        assert_eq!(split(r#"a,"b"c,d"#), Err(CellFault::TextAfterQuote(1)));
        assert_eq!(split(r#""a" b"#), Err(CellFault::TextAfterQuote(0)));
    }

    #[test]
    fn a_cell_may_be_a_mebibyte_and_no_more() {
        let cell = "x".repeat(CELL_BYTES_MAX);
        assert!(split(&cell).is_ok());
        assert_eq!(split(&format!("a,{cell}x,b")), Err(CellFault::Long(1)));
    }

    /// The plain way: byte by byte.
    fn go_on_slowly(splitter: &mut Splitter, content: &[u8], end: &[u8]) -> bool {
        for &byte in content {
            splitter.push(byte);
            if splitter.fault.is_some() {
                return true;
            }
        }
        splitter.end_line(end)
    }

    proptest! {
        #[test]
        fn bytes_taken_at_once_are_what_bytes_taken_one_by_one_are(
            lines in prop::collection::vec("([a ,;\"\t\u{e9}]|\"a b\"|ab cd){0,9}", 1..6),
        ) {
            for delimiter in *b",;\t" {
                let (mut fast, mut slow) = (Splitter::new(delimiter), Splitter::new(delimiter));
                let mut is_open = false;
                for line in &lines {
                    let line = line.as_bytes();
                    let complete = if is_open { fast.go_on(line, b"\n") } else { fast.begin(line, b"\n") };
                    if !is_open {
                        slow.reset();
                    }
                    prop_assert_eq!(go_on_slowly(&mut slow, line, b"\n"), complete);
                    prop_assert_eq!((&fast.fields, fast.fault, fast.state), (&slow.fields, slow.fault, slow.state));
                    is_open = !complete;
                }
            }
        }

        #[test]
        fn what_a_writer_wrote_reads_back(cells in prop::collection::vec("[a ,\"é;\n\r]{0,6}", 1..6)) {
            let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            writer.write_record(&cells).unwrap();
            let text = writer.into_inner().unwrap();
            let mut splitter = Splitter::new(b',');
            let content = text.strip_suffix(b"\n").unwrap();
            // Line ends in cells are data here: the splitter is told where lines end.
            prop_assert!(splitter.begin(content, b"\n"));
            let read: Vec<_> = splitter.fields.iter().map(<[u8]>::to_vec).collect();
            prop_assert_eq!(read, cells.iter().map(|c| c.clone().into_bytes()).collect::<Vec<_>>());
        }
    }
}
