//! From the bytes of a file to the bytes of UTF-8 text.
//!
//! UTF-8 passes as it is; whether a row is UTF-8 is looked at row by row, so that one bad row costs one row. UTF-16
//! announces itself by its byte order mark and is turned into UTF-8 on the way. Surrogates without a partner become
//! bytes that are no UTF-8, so that their row is rejected instead of changed.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A reader that can be read by lines and sent to another thread.
pub(crate) type Input = Box<dyn BufRead + Send>;

/// What the first bytes tell.
pub(crate) enum Opened {
    /// Text, from its first byte on.
    Text(Input),
    /// Something else; with an article, such as `an Excel workbook`.
    Other(&'static str),
}

/// Looks at the first bytes, and decodes UTF-16.
pub(crate) fn open(mut input: Input) -> io::Result<Opened> {
    let mut head = Vec::with_capacity(8);
    input.by_ref().take(8).read_to_end(&mut head)?;
    let kind = match head.as_slice() {
        [b'P', b'K', 3, 4, ..] => Some("an Excel workbook or another zip archive"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("an old Excel workbook"),
        [0x1F, 0x8B, ..] => Some("a gzip archive"),
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF document"),
        [0xFF, 0xFE, 0, 0, ..] => Some("UTF-32 text"),
        _ => None,
    };
    if let Some(kind) = kind {
        return Ok(Opened::Other(kind));
    }
    let utf16 = match head.as_slice() {
        [0xFF, 0xFE, ..] => Some(u16::from_le_bytes as fn([u8; 2]) -> u16),
        [0xFE, 0xFF, ..] => Some(u16::from_be_bytes as fn([u8; 2]) -> u16),
        _ => None,
    };
    let input = Cursor::new(head).chain(input);
    Ok(Opened::Text(match utf16 {
        Some(unit) => {
            Box::new(BufReader::new(Utf16 { input, unit, high: None, ready: Vec::new(), given: 0 }))
        }
        None => Box::new(input),
    }))
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

struct Utf16<R> {
    input: R,
    unit: fn([u8; 2]) -> u16,
    /// A first half that waits for its second.
    high: Option<u16>,
    ready: Vec<u8>,
    given: usize,
}

/// Bytes of UTF-16 decoded at a time.
const CHUNK: u64 = 32 * 1024;

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if !self.decode()? {
                return Ok(0);
            }
        }
        let n = buffer.len().min(self.ready.len() - self.given);
        buffer[..n].copy_from_slice(&self.ready[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

impl<R: Read> Utf16<R> {
    /// Decodes the next piece; `false` at the end.
    fn decode(&mut self) -> io::Result<bool> {
        self.ready.clear();
        self.given = 0;
        let mut bytes = Vec::new();
        self.input.by_ref().take(CHUNK).read_to_end(&mut bytes)?;
        let (pairs, odd) = bytes.as_chunks::<2>();
        for pair in pairs {
            self.push((self.unit)(*pair));
        }
        if !odd.is_empty() {
            // Half a unit at the end of the file: no text.
            self.ready.push(0xFF);
        }
        if bytes.is_empty()
            && let Some(high) = self.high.take()
        {
            self.push_lone(high);
        }
        Ok(!bytes.is_empty() || !self.ready.is_empty())
    }

    fn push(&mut self, unit: u16) {
        if let Some(high) = self.high.take() {
            if let Some(Ok(c)) = char::decode_utf16([high, unit]).next() {
                self.ready.extend(c.encode_utf8(&mut [0; 4]).bytes());
                return;
            }
            self.push_lone(high);
        }
        match unit {
            0xD800..=0xDBFF => self.high = Some(unit),
            0xDC00..=0xDFFF => self.push_lone(unit),
            _ => {
                let c = char::from_u32(u32::from(unit)).expect("no surrogate is left");
                self.ready.extend(c.encode_utf8(&mut [0; 4]).bytes());
            }
        }
    }

    /// Three bytes that stand for the surrogate and are no UTF-8.
    fn push_lone(&mut self, unit: u16) {
        let [top, low] = [(unit >> 6) & 0x3F, unit & 0x3F].map(|bits| 0x80 | bits as u8);
        self.ready.extend([0xED, top, low]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: Vec<u8>) -> Vec<u8> {
        let Opened::Text(mut input) = open(Box::new(Cursor::new(bytes))).unwrap() else {
            panic!("is text");
        };
        let mut text = Vec::new();
        input.read_to_end(&mut text).unwrap();
        text
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
        assert!(matches!(open(Box::new(Cursor::new(b"PK\x03\x04..".to_vec()))).unwrap(), Opened::Other(_)));
    }
}
