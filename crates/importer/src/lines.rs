//! Physical lines with their numbers: what a person sees in an editor, whatever quotes say.

use std::collections::VecDeque;
use std::io;

use memchr::memchr2;

use crate::encoding::Input;
use crate::xml::invalid;

/// Longest line that is held: 16 MiB, a cell of the greatest size (1 MiB) in each of 16 columns.
pub(crate) const LINE_BYTES_MAX: usize = 16 << 20;

/// A line that goes on for so long is no line of a table: a device, or a file of something else. What is read of it costs
/// time and nothing else, and is not read to an end that may never come.
const LINE_ENDLESS_BYTES: u64 = 256 << 20;

/// A line with its end.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Its bytes, with LF, CRLF or CR where one follows.
    pub bytes: Vec<u8>,
    /// From 1.
    pub number: u64,
    /// Where it begins in the text, from 0.
    pub offset: u64,
    /// Whether it is longer than [`LINE_BYTES_MAX`], and only its beginning is held.
    pub cut: bool,
}

impl Line {
    /// The bytes before the line end, and the line end.
    pub fn split_end(&self) -> (&[u8], &[u8]) {
        let end = match self.bytes.as_slice() {
            [.., b'\r', b'\n'] => 2,
            [.., b'\n' | b'\r'] => 1,
            _ => 0,
        };
        self.bytes.split_at(self.bytes.len() - end)
    }
}

/// Reads lines, and takes back those that were read too far.
pub(crate) struct Lines {
    input: Input,
    ahead: VecDeque<Line>,
    number: u64,
    offset: u64,
}

impl Lines {
    pub fn new(input: Input) -> Self {
        Self { input, ahead: VecDeque::new(), number: 0, offset: 0 }
    }

    /// Number of the last line that was read from the input.
    pub fn last_number(&self) -> u64 {
        self.number
    }

    /// The next line; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Line>> {
        match self.ahead.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.read(),
        }
    }

    /// Takes lines back, in their order; they come next.
    pub fn put_back(&mut self, lines: impl DoubleEndedIterator<Item = Line>) {
        lines.rev().for_each(|line| self.ahead.push_front(line));
    }

    /// The bytes of the next lines, which stay to be read: as many as both limits allow.
    pub fn sample(&mut self, lines_max: usize, bytes_max: usize) -> io::Result<Vec<u8>> {
        let mut bytes = self.ahead.iter().map(|line| line.bytes.len()).sum::<usize>();
        while self.ahead.len() < lines_max && bytes < bytes_max {
            let Some(line) = self.read()? else { break };
            bytes += line.bytes.len();
            self.ahead.push_back(line);
        }
        Ok(self.ahead.iter().take(lines_max).flat_map(|line| line.bytes.iter().copied()).collect())
    }

    /// What was not read as lines yet, as bytes.
    pub fn into_rest(self) -> impl io::BufRead + Send {
        let ahead: Vec<u8> = self.ahead.into_iter().flat_map(|line| line.bytes).collect();
        io::Read::chain(io::Cursor::new(ahead), self.input)
    }

    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut line = Line { bytes: Vec::new(), number: self.number + 1, offset: self.offset, cut: false };
        loop {
            let buffer = fill(&mut self.input)?;
            if buffer.is_empty() {
                break;
            }
            let end = memchr2(b'\n', b'\r', buffer);
            let taken = end.map_or(buffer.len(), |at| at + 1);
            keep(&mut line, &buffer[..taken]);
            let is_return = end.is_some_and(|at| buffer[at] == b'\r');
            self.input.consume(taken);
            self.offset += taken as u64;
            if end.is_none() && self.offset - line.offset > LINE_ENDLESS_BYTES {
                return Err(invalid("a line has no end within 256 MiB, so that this is no table of text"));
            }
            if is_return && fill(&mut self.input)?.first() == Some(&b'\n') {
                // The end of a line is no part of what is bounded.
                if !line.cut {
                    line.bytes.push(b'\n');
                }
                self.input.consume(1);
                self.offset += 1;
            }
            if end.is_some() {
                break;
            }
        }
        if line.offset == self.offset {
            return Ok(None);
        }
        // What was cut off once, and is the last of its file, is as long as a whole line with its end.
        line.cut |= line.bytes.len() > LINE_BYTES_MAX && line.split_end().1.is_empty();
        self.number += 1;
        Ok(Some(line))
    }
}

fn fill(input: &mut Input) -> io::Result<&[u8]> {
    loop {
        match input.fill_buf() {
            Ok(_) => break,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    // What is buffered already is only looked at again.
    input.fill_buf()
}

fn keep(line: &mut Line, bytes: &[u8]) {
    let room = (LINE_BYTES_MAX + 1).saturating_sub(line.bytes.len());
    line.cut |= bytes.len() > room;
    line.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
}

#[cfg(test)]
mod tests {
    //! - lines end at LF, CRLF and CR, mixed, and their bytes are the file's
    //! - a line without end is held up to a limit, and read up to another; what was cut at it is cut again

    use super::*;
    use std::io::{BufReader, Cursor, Read};

    fn lines(text: &[u8], buffer: usize) -> Vec<Line> {
        let input = BufReader::with_capacity(buffer, Cursor::new(text.to_vec()));
        let mut lines = Lines::new(Box::new(input));
        std::iter::from_fn(|| lines.next().unwrap()).collect()
    }

    #[test]
    fn lines_end_at_lf_crlf_and_cr() {
        let text = b"a\nb\r\nc\rd\n\r\n\r\re";
        for buffer in 1..20 {
            let lines = lines(text, buffer);
            let contents: Vec<&[u8]> = lines.iter().map(|l| l.split_end().0).collect();
            assert_eq!(contents, [&b"a"[..], b"b", b"c", b"d", b"", b"", b"", b"e"], "buffer of {buffer}");
            assert_eq!(lines.iter().flat_map(|l| l.bytes.clone()).collect::<Vec<_>>(), text);
            assert_eq!(lines.last().map(|l| (l.number, l.offset)), Some((8, text.len() as u64 - 1)));
        }
        assert!(lines(b"", 8).is_empty());
    }

    #[test]
    fn a_line_without_end_is_cut_and_the_next_one_is_whole() {
        let long = io::repeat(b'x').take(3 * LINE_BYTES_MAX as u64);
        let input = BufReader::new(long.chain(Cursor::new(b"\nnext\n".to_vec())));
        let mut lines = Lines::new(Box::new(input));
        let first = lines.next().unwrap().unwrap();
        assert!(first.cut && first.bytes.len() == LINE_BYTES_MAX + 1);
        let second = lines.next().unwrap().unwrap();
        assert_eq!((second.bytes.as_slice(), second.number, second.cut), (&b"next\n"[..], 2, false));
    }

    #[test]
    fn a_line_is_cut_by_what_stands_before_its_end() {
        for (more, end, cut) in [
            (0, "", false),
            (0, "\n", false),
            (0, "\r\n", false),
            (0, "\r", false),
            (1, "", true),
            (1, "\n", true),
            (1, "\r\n", true),
        ] {
            let text = [vec![b'x'; LINE_BYTES_MAX + more], end.as_bytes().to_vec()].concat();
            let found = lines(&text, 1 << 16);
            assert_eq!((found.len(), found[0].cut), (1, cut), "{more} {end:?}");
            let held = if cut { LINE_BYTES_MAX + 1 } else { text.len() };
            assert!(found[0].bytes == text[..held], "{more} {end:?}");
        }
    }

    #[test]
    fn a_line_that_never_ends_is_an_error() {
        let mut lines = Lines::new(Box::new(BufReader::with_capacity(1 << 20, io::repeat(b'x'))));
        let error = lines.next().unwrap_err();
        assert!(error.to_string().contains("256 MiB"), "{error}");
    }

    #[test]
    fn a_sample_stays_to_be_read() {
        let mut lines = Lines::new(Box::new(Cursor::new(b"a\nb\nc\n".to_vec())));
        let first = lines.next().unwrap().unwrap();
        lines.put_back([first].into_iter());
        assert_eq!(lines.sample(2, 100).unwrap(), b"a\nb\n");
        assert_eq!(lines.next().unwrap().unwrap().bytes, b"a\n");
        assert_eq!(lines.sample(9, 100).unwrap(), b"b\nc\n");
    }
}
