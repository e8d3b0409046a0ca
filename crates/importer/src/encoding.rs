//! From the bytes of a file to the bytes of UTF-8 text.
//!
//! UTF-8 passes as it is; whether a row is UTF-8 is looked at row by row, so that one bad row costs one row. UTF-16
//! announces itself by its byte order mark, or by a NUL in every second byte of its first lines, and is turned into
//! UTF-8 on the way. Every other encoding is read where it is asked for and never guessed: a wrong guess changes
//! people's names without a word. What is no text in an encoding becomes a byte that is no UTF-8, so that its row is
//! rejected instead of changed.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Decoder, DecoderResult, UTF_8, UTF_16BE, UTF_16LE};

use crate::ImportError;

/// How text is written as bytes, as asked for with `--encoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// Reads the name of an encoding, as the WHATWG Encoding Standard lists them (`windows-1252`, `iso-8859-2`,
    /// `shift_jis`, `utf-16le`), or as people write them (`cp1252`, `Latin-2`, `ANSI`).
    ///
    /// # Errors
    /// A name that none has.
    pub fn parse(text: &str) -> Result<Self, ImportError> {
        let name = text.trim().to_ascii_lowercase().replace([' ', '_'], "-");
        let squeezed = name.replace('-', "");
        let by_habit = match squeezed.as_str() {
            "ansi" => Some("windows-1252"),
            "macos" | "mac" => Some("macintosh"),
            _ => None,
        };
        let label = |label: &str| encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        by_habit
            .and_then(label)
            .or_else(|| label(text))
            .or_else(|| label(&name))
            .or_else(|| label(&squeezed))
            .map(Self)
            .ok_or_else(|| ImportError::UnknownEncoding { name: text.to_owned() })
    }

    /// Its name in the WHATWG Encoding Standard.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// A reader that can be read by lines and sent to another thread.
pub(crate) type Input = Box<dyn BufRead + Send>;

/// What the first bytes tell.
pub(crate) enum Opened {
    /// Text, from its first byte on, and the name of its encoding.
    Text(Input, &'static str),
    /// Something else; with an article, such as `an Excel workbook`.
    Other(&'static str),
}

/// Bytes looked at to tell an encoding: the names of some columns.
const HEAD_BYTES: u64 = 512;

/// Looks at the first bytes, and decodes what is not UTF-8. A byte order mark counts more than what was asked for.
pub(crate) fn open(mut input: Input, asked: Option<Encoding>) -> io::Result<Opened> {
    let mut head = Vec::with_capacity(HEAD_BYTES as usize);
    input.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    let kind = match head.as_slice() {
        [b'P', b'K', 3, 4, ..] => Some("an Excel workbook or another zip archive"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("an old Excel workbook"),
        [0x1F, 0x8B, ..] => Some("packed twice"),
        [b'B', b'Z', b'h', b'0'..=b'9', ..] => Some("a bzip2 archive"),
        [0xFD, b'7', b'z', b'X', b'Z', ..] => Some("an xz archive"),
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF document"),
        [0xFF, 0xFE, 0, 0, ..] => Some("UTF-32 text"),
        _ => None,
    };
    if let Some(kind) = kind {
        return Ok(Opened::Other(kind));
    }
    let marked = encoding_rs::Encoding::for_bom(&head).map(|(encoding, _)| encoding);
    let encoding = marked.or(asked.map(|e| e.0)).or_else(|| utf16_without_mark(&head)).unwrap_or(UTF_8);
    let input = Cursor::new(head).chain(input);
    let text: Input = if encoding == UTF_8 {
        Box::new(input)
    } else if encoding == UTF_16LE {
        Box::new(Decoded::new(Utf16::new(input, u16::from_le_bytes)))
    } else if encoding == UTF_16BE {
        Box::new(Decoded::new(Utf16::new(input, u16::from_be_bytes)))
    } else {
        // The mark says to whoever reads the rejected rows that they are UTF-8 now.
        Box::new(Cursor::new("\u{feff}").chain(Decoded::new(Legacy::new(input, encoding))))
    };
    Ok(Opened::Text(text, encoding.name()))
}

/// Letters, digits and delimiters of a header in UTF-16 have a NUL beside them, on one side alone; text in UTF-8 holds none.
fn utf16_without_mark(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let (pairs, _) = head.as_chunks::<2>();
    let first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let second = pairs.iter().filter(|pair| pair[1] == 0).count();
    let often = pairs.len().div_ceil(4).max(2);
    match (first, second) {
        (0, second) if second >= often => Some(UTF_16LE),
        (first, 0) if first >= often => Some(UTF_16BE),
        _ => None,
    }
}

/// Counts the bytes that were taken from a reader.
pub(crate) struct Counting<R> {
    pub input: R,
    pub count: Arc<AtomicU64>,
}

impl<R: BufRead> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counting<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        self.input.consume(n);
    }
}

/// Makes UTF-8 of another encoding, piece by piece.
trait Decode {
    /// Puts the next piece into `ready`, which is empty; `false` at the end.
    fn decode(&mut self, ready: &mut Vec<u8>) -> io::Result<bool>;
}

/// Reads what a decoder makes.
struct Decoded<D> {
    decoder: D,
    ready: Vec<u8>,
    given: usize,
}

impl<D: Decode> Decoded<D> {
    fn new(decoder: D) -> BufReader<Self> {
        BufReader::new(Self { decoder, ready: Vec::new(), given: 0 })
    }
}

impl<D: Decode> Read for Decoded<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            self.ready.clear();
            self.given = 0;
            if !self.decoder.decode(&mut self.ready)? {
                return Ok(0);
            }
        }
        let n = buffer.len().min(self.ready.len() - self.given);
        buffer[..n].copy_from_slice(&self.ready[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

/// Decodes what is neither UTF-8 nor UTF-16.
struct Legacy<R> {
    input: R,
    decoder: Decoder,
    /// Bytes that were read and not yet decoded.
    bytes: Vec<u8>,
    ended: bool,
}

impl<R: Read> Legacy<R> {
    fn new(input: R, encoding: &'static encoding_rs::Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { input, decoder, bytes: Vec::new(), ended: false }
    }
}

impl<R: Read> Decode for Legacy<R> {
    fn decode(&mut self, ready: &mut Vec<u8>) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.bytes.clear();
        self.input.by_ref().take(CHUNK).read_to_end(&mut self.bytes)?;
        self.ended = self.bytes.is_empty();
        let mut text = String::new();
        let mut from = 0;
        loop {
            let rest = &self.bytes[from..];
            let room =
                self.decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len());
            text.clear();
            text.reserve(room.max(16));
            let (result, read) =
                self.decoder.decode_to_string_without_replacement(rest, &mut text, self.ended);
            from += read;
            for c in text.chars() {
                // Control signs of these codes are holes in the tables of the older encodings: no text.
                match c {
                    '\u{80}'..='\u{9f}' => ready.push(NO_TEXT),
                    _ => ready.extend(c.encode_utf8(&mut [0; 4]).bytes()),
                }
            }
            match result {
                DecoderResult::InputEmpty => return Ok(!self.ended || !ready.is_empty()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => ready.push(NO_TEXT),
            }
        }
    }
}

/// A byte that stands in no UTF-8.
const NO_TEXT: u8 = 0xFF;

struct Utf16<R> {
    input: R,
    unit: fn([u8; 2]) -> u16,
    /// A first half that waits for its second.
    high: Option<u16>,
}

/// Bytes decoded at a time.
const CHUNK: u64 = 32 * 1024;

impl<R: Read> Utf16<R> {
    fn new(input: R, unit: fn([u8; 2]) -> u16) -> Self {
        Self { input, unit, high: None }
    }

    fn push(&mut self, unit: u16, ready: &mut Vec<u8>) {
        if let Some(high) = self.high.take() {
            if let Some(Ok(c)) = char::decode_utf16([high, unit]).next() {
                ready.extend(c.encode_utf8(&mut [0; 4]).bytes());
                return;
            }
            push_lone(high, ready);
        }
        match unit {
            0xD800..=0xDBFF => self.high = Some(unit),
            0xDC00..=0xDFFF => push_lone(unit, ready),
            _ => {
                let c = char::from_u32(u32::from(unit)).expect("no surrogate is left");
                ready.extend(c.encode_utf8(&mut [0; 4]).bytes());
            }
        }
    }
}

impl<R: Read> Decode for Utf16<R> {
    fn decode(&mut self, ready: &mut Vec<u8>) -> io::Result<bool> {
        let mut bytes = Vec::new();
        self.input.by_ref().take(CHUNK).read_to_end(&mut bytes)?;
        let (pairs, odd) = bytes.as_chunks::<2>();
        for pair in pairs {
            self.push((self.unit)(*pair), ready);
        }
        if !odd.is_empty() {
            // Half a unit at the end of the file: no text.
            ready.push(NO_TEXT);
        }
        if bytes.is_empty()
            && let Some(high) = self.high.take()
        {
            push_lone(high, ready);
        }
        Ok(!bytes.is_empty() || !ready.is_empty())
    }
}

/// Three bytes that stand for the surrogate and are no UTF-8.
fn push_lone(unit: u16, ready: &mut Vec<u8>) {
    let [top, low] = [(unit >> 6) & 0x3F, unit & 0x3F].map(|bits| 0x80 | bits as u8);
    ready.extend([0xED, top, low]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_in(bytes: Vec<u8>, asked: Option<&str>) -> Vec<u8> {
        let asked = asked.map(|name| Encoding::parse(name).unwrap());
        let Opened::Text(mut input, _) = open(Box::new(Cursor::new(bytes)), asked).unwrap() else {
            panic!("is text");
        };
        let mut text = Vec::new();
        input.read_to_end(&mut text).unwrap();
        text
    }

    fn text(bytes: Vec<u8>) -> Vec<u8> {
        text_in(bytes, None)
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn utf16_of_both_orders_is_utf8_then() {
        // Long enough for several pieces, with pairs of surrogates across their borders.
        let long = "é😀x".repeat(20_000);
        for big in [false, true] {
            assert!(text(utf16(&long, big)) == format!("\u{feff}{long}").into_bytes());
        }
    }

    #[test]
    fn a_lone_surrogate_is_no_text_and_the_rest_is() {
        let mut bytes = utf16("a", false);
        bytes.extend([0x00, 0xD8, b'b', 0]);
        assert!(std::str::from_utf8(&text(bytes.clone())).is_err());
        assert!(text(bytes).ends_with(b"b"));
    }

    #[test]
    fn utf8_passes_as_it_is_and_archives_do_not() {
        assert_eq!(text(b"\xEF\xBB\xBFa,b\n\xFF".to_vec()), b"\xEF\xBB\xBFa,b\n\xFF");
        assert_eq!(text(b"a".to_vec()), b"a");
        assert!(matches!(
            open(Box::new(Cursor::new(b"PK\x03\x04..".to_vec())), None).unwrap(),
            Opened::Other(_)
        ));
    }

    #[test]
    fn utf16_needs_no_mark() {
        for header in ["name,skills\nAda,Django\n", "Имя;Навыки;e-mail\n", "Žofie,Łódź\n1,2\n"] {
            for big in [false, true] {
                let bytes = utf16(header, big)[2..].to_vec();
                assert_eq!(text(bytes), header.as_bytes(), "{header}, big {big}");
            }
        }
        // Rows that hold a NUL are no UTF-16.
        for not in [&b"a,b\n1,\0\n"[..], b"\0\0\0\0\0\0", b"\0a", b""] {
            assert_eq!(text(not.to_vec()), not);
        }
    }

    #[test]
    fn older_encodings_are_read_where_they_are_asked_for() {
        let check = |name: &str, bytes: &[u8], expected: &str| {
            let long = [bytes, &vec![b'x'; CHUNK as usize - bytes.len() / 2], bytes].concat();
            let expected =
                format!("\u{feff}{expected}{}{expected}", "x".repeat(CHUNK as usize - bytes.len() / 2));
            assert!(text_in(long, Some(name)) == expected.into_bytes(), "{name}");
        };
        check("windows-1252", b"M\xFCller \x80 \x96", "Müller € –");
        check("cp1252", b"\xE9", "é");
        check("ANSI", b"\xE9", "é");
        check("Latin-2", b"\xA3\xF3d\xBC", "Łódź");
        check("iso_8859_2", b"\xB9", "š");
        check("Windows 1250", b"\x8A", "Š");
        check("shift_jis", b"\x93\x8C\x8B\x9E", "東京");
        check("gb18030", b"\xB1\xB1\xBE\xA9", "北京");
        check("koi8-r", b"\xED", "М");
    }

    #[test]
    fn what_is_no_text_is_no_text() {
        assert_eq!(text_in(b"a\x81b".to_vec(), Some("cp1252")), b"\xEF\xBB\xBFa\xFFb");
        assert_eq!(text_in(b"a\xFFb".to_vec(), Some("shift_jis")), b"\xEF\xBB\xBFa\xFFb");
        assert_eq!(text_in(b"a\x93".to_vec(), Some("shift_jis")), b"\xEF\xBB\xBFa\xFF");
    }

    #[test]
    fn a_mark_counts_more_than_what_was_asked_for() {
        assert_eq!(text_in(b"\xEF\xBB\xBF\xC3\xA9".to_vec(), Some("cp1252")), b"\xEF\xBB\xBF\xC3\xA9");
        assert_eq!(text_in(utf16("é", true), Some("cp1252")), "\u{feff}é".as_bytes());
    }

    #[test]
    fn a_name_that_no_encoding_has_is_an_error() {
        for name in ["", "utf-99", "cp850", "replacement", "latin"] {
            assert!(Encoding::parse(name).is_err(), "{name}");
        }
        for (name, is) in [
            ("UTF8", "UTF-8"),
            ("latin2", "ISO-8859-2"),
            ("Latin 1", "windows-1252"),
            ("UTF-16LE", "UTF-16LE"),
        ] {
            assert_eq!(Encoding::parse(name).unwrap().name(), is);
        }
    }
}
