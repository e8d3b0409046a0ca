//! The values of a list, one after the other, without holding the list.

use std::io;

use super::parse::{Json, JsonFault, parse};
use crate::encoding::Input;
use crate::lines::LINE_BYTES_MAX;

/// Reads a list that is one document.
pub(super) struct Elements {
    input: Input,
    line: u64,
    column: u64,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Begin,
    /// After the opening bracket.
    First,
    /// After a comma.
    Next,
    /// After a value.
    After,
    Over,
}

/// A value of the list, the line that it begins on, and its bytes on one line.
pub(super) struct Element {
    pub json: Json,
    pub line: u64,
    pub raw: Vec<u8>,
}

impl Elements {
    pub fn new(input: Input) -> Self {
        Self { input, line: 1, column: 1, state: State::Begin }
    }

    /// The next value; `None` after the last.
    pub fn next(&mut self) -> io::Result<Option<Element>> {
        loop {
            let Some(byte) = self.peek()? else {
                return match self.state {
                    State::Over => Ok(None),
                    _ => Err(self.fault("the list is not closed")),
                };
            };
            match (self.state, byte) {
                (_, b' ' | b'\t' | b'\n' | b'\r') => self.skip(byte),
                (State::Begin, b'[') => {
                    self.skip(byte);
                    self.state = State::First;
                }
                (State::First | State::After, b']') => {
                    self.skip(byte);
                    self.state = State::Over;
                }
                (State::After, b',') => {
                    self.skip(byte);
                    self.state = State::Next;
                }
                (State::First | State::Next, _) => {
                    self.state = State::After;
                    return self.element().map(Some);
                }
                (State::After, _) => return Err(self.fault("a comma or a closing bracket should be here")),
                (State::Begin, _) => return Err(self.fault("a list should be here")),
                (State::Over, _) => return Err(self.fault("something follows the list")),
            }
        }
    }

    fn element(&mut self) -> io::Result<Element> {
        let (line, column) = (self.line, self.column);
        let mut bytes = Vec::new();
        let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
        while let Some(byte) = self.peek()? {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => in_text = !in_text,
                _ if in_text => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth > 0 => depth -= 1,
                b',' | b']' | b'}' if depth == 0 => break,
                _ => {}
            }
            bytes.push(byte);
            self.skip(byte);
            if bytes.len() > LINE_BYTES_MAX {
                return Err(self.fault("a value is larger than 16 MiB"));
            }
            if depth == 0 && !in_text && matches!(byte, b'}' | b']' | b'"') {
                break;
            }
        }
        match parse(&bytes) {
            Ok(json) => {
                bytes.iter_mut().filter(|b| matches!(b, b'\n' | b'\r')).for_each(|b| *b = b' ');
                bytes.push(b'\n');
                Ok(Element { json, line, raw: bytes })
            }
            Err(mut fault) => {
                fault.column += if fault.line == 1 { column - 1 } else { 0 };
                fault.line += line - 1;
                Err(io::Error::new(io::ErrorKind::InvalidData, fault))
            }
        }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.input.fill_buf() {
                Ok(buffer) => return Ok(buffer.first().copied()),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }

    fn skip(&mut self, byte: u8) {
        self.input.consume(1);
        match byte {
            b'\n' => {
                self.line += 1;
                self.column = 1;
            }
            0x80..=0xBF => {}
            _ => self.column += 1,
        }
    }

    fn fault(&self, reason: &'static str) -> io::Error {
        let fault = JsonFault { line: self.line, column: self.column, reason };
        io::Error::new(io::ErrorKind::InvalidData, fault)
    }
}

#[cfg(test)]
mod tests {
    //! - a list read value by value is the list read as a whole, also where it is no list

    use std::io::{BufReader, Cursor};

    use proptest::prelude::*;

    use super::*;

    fn values(text: &[u8], buffer: usize) -> Result<Vec<Json>, String> {
        let mut elements =
            Elements::new(Box::new(BufReader::with_capacity(buffer, Cursor::new(text.to_vec()))));
        let mut values = Vec::new();
        while let Some(element) = elements.next().map_err(|e| e.to_string())? {
            values.push(element.json);
        }
        Ok(values)
    }

    proptest! {
        #[test]
        fn values_one_by_one_are_the_list(text in "\\[[\\[\\]{}:,\"\\\\a1 \n]{0,20}", buffer in 1_usize..9) {
            let whole = match parse(text.as_bytes()) {
                Ok(Json::List(items)) => Some(items),
                _ => None,
            };
            prop_assert_eq!(values(text.as_bytes(), buffer).ok(), whole);
        }
    }

    #[test]
    fn places_are_those_of_the_document() {
        let text = b"[\n  {\"a\": 1},\n  {\"a\": x}\n]";
        assert_eq!(values(text, 64).unwrap_err(), "line 3, column 9: a value should be here");
        let mut elements = Elements::new(Box::new(Cursor::new(b"[\n {\"a\":\n1}]".to_vec())));
        let first = elements.next().unwrap().unwrap();
        assert_eq!((first.line, first.raw.as_slice()), (2, &b"{\"a\": 1}\n"[..]));
    }
}
