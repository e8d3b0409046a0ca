//! XML piece by piece, with bounds: on what one piece holds, on depth, and on the whole.
//!
//! Documents and workbooks are XML in zip archives, and both can be made to grow a thousandfold. Entities that a
//! document defines are never expanded.

use std::borrow::Cow;
use std::io::{self, BufReader, Read};

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::reader::Reader;

/// Largest text or tag: a cell of the greatest size, escaped four times over.
const PIECE_BYTES_MAX: u64 = 4 << 20;
/// Tags inside of each other.
const DEPTH_MAX: usize = 256;

/// A piece of a document.
pub(crate) enum Piece<'a> {
    /// A tag opens; an empty one opens and closes.
    Start(BytesStart<'a>),
    End(BytesEnd<'a>),
    Text(Cow<'a, str>),
    /// A comment, or what has no meaning here.
    Other,
    /// The document is over.
    Over,
}

/// Reads pieces one after the other.
pub(crate) struct Xml<R: Read> {
    reader: Reader<BufReader<Metered<R>>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: Read> Xml<R> {
    /// Reads a document of at most `bytes_max` bytes.
    pub fn new(input: R, bytes_max: u64) -> Self {
        let metered = Metered { input, piece_left: PIECE_BYTES_MAX, left: bytes_max };
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, metered));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The next piece.
    pub fn next(&mut self) -> io::Result<Piece<'_>> {
        self.buffer.clear();
        self.reader.get_mut().get_mut().piece_left = PIECE_BYTES_MAX;
        Ok(match self.reader.read_event_into(&mut self.buffer).map_err(broken)? {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > DEPTH_MAX {
                    return Err(invalid("its tags stand too deep in each other"));
                }
                Piece::Start(tag)
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Piece::End(tag)
            }
            Event::Text(text) => Piece::Text(text.xml10_content()),
            Event::CData(text) => Piece::Text(text.into_inner()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => Piece::Text(Cow::Owned(c.to_string())),
                Ok(None) => {
                    resolve_xml_entity(&reference).map_or(Piece::Other, |text| Piece::Text(text.into()))
                }
                Err(_) => Piece::Other,
            },
            Event::Eof => Piece::Over,
            _ => Piece::Other,
        })
    }
}

/// The value of an attribute, by its name without prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false).flatten();
    let mut found = attributes.filter(|a| a.key.local_name().as_ref() == name);
    found.find_map(|a| a.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned))
}

/// Gives an error in place of what is too much.
struct Metered<R> {
    input: R,
    piece_left: u64,
    left: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)? as u64;
        if n > self.piece_left {
            return Err(invalid("a cell or tag in it is larger than 4 MiB"));
        }
        if n > self.left {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it unpacks to more than is read"));
        }
        self.piece_left -= n;
        self.left -= n;
        Ok(n as usize)
    }
}

fn broken(error: quick_xml::Error) -> io::Error {
    match error {
        quick_xml::Error::Io(error) => io::Error::new(error.kind(), error.to_string()),
        // What the reader says may hold text of the document.
        _ => invalid("a part of it is no XML"),
    }
}

/// An error about contents.
pub(crate) fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason.to_owned())
}
