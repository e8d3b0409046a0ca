//! Results as JSON, the same wherever it goes: exact, and yet a text that a terminal shows and does not obey.
//!
//! JSON lets every sign be written as an escape. Control signs below U+0020 have to be; the others that steer (see
//! [`steers`]) are written so here, too: what is read back is the same.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use stackscout_profile::signs::steers;

/// A value with an indent, and a line break at its end.
///
/// # Panics
/// Never for plain data: maps have texts as keys, and nothing in them fails.
#[must_use]
pub fn pretty(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    write_pretty(&mut bytes, value).expect("results are plain data, and memory takes all of it");
    text(bytes)
}

/// A value on a line of its own.
///
/// # Panics
/// Never for plain data.
#[must_use]
pub fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    value
        .serialize(&mut Serializer::with_formatter(&mut bytes, Inert(CompactFormatter)))
        .expect("results are plain data, and memory takes all of it");
    bytes.push(b'\n');
    text(bytes)
}

/// Writes a value with an indent, and a line break at its end.
///
/// # Errors
/// Where the writer fails.
pub fn write_pretty(mut to: impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut to, Inert(PrettyFormatter::new())))?;
    to.write_all(b"\n")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("JSON is made of texts")
}

/// Escapes signs that steer; all else is the other formatter's.
struct Inert<F>(F);

impl<F: Formatter> Formatter for Inert<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(|c: char| !c.is_ascii() && steers(c) || c == '\u{7f}') {
            let (before, from) = rest.split_at(at);
            to.write_all(before.as_bytes())?;
            let mut signs = from.chars();
            if let Some(c) = signs.next() {
                write!(to, "\\u{:04x}", u32::from(c))?;
            }
            rest = signs.as_str();
        }
        to.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_array(to)
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_array(to)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(to, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_array_value(to)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_object(to)
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_object(to)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_object_value(to)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_object_value(to)
    }
}

#[cfg(test)]
mod tests {
    //! - what is written reads back as it was, and is what the usual writer writes but for signs that steer
    //! - no sign that steers stands in it

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn plain_values_are_written_as_usual() {
        let value = json!({ "a": [1, "é", { "b": null }], "c": {}, "d": [], "e\n": "\u{1b}[31m日本" });
        assert_eq!(pretty(&value), serde_json::to_string_pretty(&value).unwrap() + "\n");
        assert_eq!(line(&value), serde_json::to_string(&value).unwrap() + "\n");
        assert_eq!(line(&"a\u{9b}\u{202e}b\u{7f}"), "\"a\\u009b\\u202eb\\u007f\"\n");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_and_steers_nothing(
            texts in prop::collection::vec("[a\"\\\\\u{1b}\u{7f}\u{80}-\u{9f}\u{200e}\u{202a}-\u{202e}\u{2028}é😀\n]{0,8}", 0..5)
        ) {
            for text in [pretty(&texts), line(&texts)] {
                let read: Value = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(read, json!(texts));
                prop_assert!(!text.chars().any(|c| steers(c) && c != '\n'), "{text:?}");
            }
        }
    }
}
