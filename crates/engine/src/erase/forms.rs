//! Looking for texts in bytes, in every form in which a text can stand there.

use std::collections::BTreeSet;
use std::io::{self, Read};

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::erase::traces::Traces;

/// A form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// As it is, in UTF-8, capitals or not.
    Plain,
    /// UTF-16, either way round.
    Utf16,
    /// Two digits a byte.
    Hex,
    /// Base64, wherever in its groups of three bytes the text begins.
    Base64,
}

impl Form {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Plain => "text",
            Self::Utf16 => "UTF-16",
            Self::Hex => "hex",
            Self::Base64 => "base64",
        }
    }
}

/// Something that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub what: &'static str,
    pub form: Form,
}

/// Texts in all their forms, ready to be looked for.
pub(crate) struct Scanner {
    /// Capitals do not count.
    folded: AhoCorasick,
    folded_hits: Vec<Hit>,
    /// Capitals count: base64.
    exact: AhoCorasick,
    exact_hits: Vec<Hit>,
    /// Bytes of the longest form.
    bytes_max: usize,
}

/// Bytes read at once.
const CHUNK: usize = 1 << 20;

impl Scanner {
    pub(crate) fn new(traces: &Traces) -> Self {
        let (mut folded, mut folded_hits) = (Vec::new(), Vec::new());
        let (mut exact, mut exact_hits) = (Vec::new(), Vec::new());
        for (what, text) in traces.texts() {
            let spellings = BTreeSet::from([text.to_owned(), text.to_lowercase(), text.to_uppercase()]);
            for spelling in &spellings {
                exact.extend(base64(spelling.as_bytes()));
                exact_hits.resize(exact.len(), Hit { what, form: Form::Base64 });
                // The digits of small and capital letters differ.
                folded.push(spelling.bytes().flat_map(|b| format!("{b:02x}").into_bytes()).collect());
                folded_hits.push(Hit { what, form: Form::Hex });
            }
            // Small and capital letters of ASCII are the same here anyway.
            let folded_spellings: BTreeSet<String> =
                spellings.iter().map(|spelling| spelling.to_ascii_lowercase()).collect();
            for spelling in &folded_spellings {
                let mut put = |form, bytes: Vec<u8>| {
                    folded.push(bytes);
                    folded_hits.push(Hit { what, form });
                };
                put(Form::Plain, spelling.as_bytes().to_vec());
                put(Form::Utf16, spelling.encode_utf16().flat_map(u16::to_le_bytes).collect());
                put(Form::Utf16, spelling.encode_utf16().flat_map(u16::to_be_bytes).collect());
            }
        }
        let bytes_max = folded.iter().chain(&exact).map(Vec::len).max().unwrap_or_default();
        let build = |patterns: &[Vec<u8>], fold| {
            AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .ascii_case_insensitive(fold)
                .build(patterns)
                .expect("a person's few texts make a small automaton")
        };
        Self { folded: build(&folded, true), folded_hits, exact: build(&exact, false), exact_hits, bytes_max }
    }

    /// Shows what stands in these bytes.
    pub(crate) fn scan(&self, bytes: &[u8], take: impl FnMut(Hit)) {
        self.scan_from(bytes, 0, true, take);
    }

    /// Reads to the end and shows what stands there; gives the number of bytes.
    pub(crate) fn scan_all(&self, mut from: impl Read, mut take: impl FnMut(Hit)) -> io::Result<u64> {
        let mut buffer: Vec<u8> = Vec::new();
        // Bytes at the beginning that were looked at before: a text may begin in them.
        let (mut known, mut total) = (0, 0);
        loop {
            let read = from.by_ref().take(CHUNK as u64).read_to_end(&mut buffer)?;
            total += read as u64;
            let is_end = read == 0;
            self.scan_from(&buffer, known, is_end, &mut take);
            if is_end {
                return Ok(total);
            }
            // One byte more on each side, to see whether a piece is a whole one.
            let keep = buffer.len().min(self.bytes_max + 1);
            buffer.drain(..buffer.len() - keep);
            known = keep;
        }
    }

    /// Shows what ends behind the first `known` bytes; what ends with the last byte only where nothing comes after it.
    fn scan_from(&self, bytes: &[u8], known: usize, is_end: bool, mut take: impl FnMut(Hit)) {
        let is_new = |end: usize| (end >= known || known == 0) && (is_end || end < bytes.len());
        for found in self.folded.find_overlapping_iter(bytes) {
            let hit = self.folded_hits[found.pattern().as_usize()];
            if is_new(found.end()) && (hit.form != Form::Plain || is_whole(bytes, found.start(), found.end()))
            {
                take(hit);
            }
        }
        for found in self.exact.find_overlapping_iter(bytes) {
            if is_new(found.end()) {
                take(self.exact_hits[found.pattern().as_usize()]);
            }
        }
    }
}

/// Whether a piece is no part of a longer word or number.
fn is_whole(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    !is_word(start.checked_sub(1).and_then(|at| bytes.get(at))) && !is_word(bytes.get(end))
}

/// The signs that stand for these bytes alone, for each place in a group of three at which they can begin.
fn base64(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut codes = Vec::new();
    for before in 0..3 {
        let padded = [&[0; 2][..before], bytes].concat();
        // Signs that bytes before or after have a share in are left out.
        let from = (before * 8).div_ceil(6);
        let to = padded.len() * 8 / 6;
        for code in [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)] {
            codes.push(code.as_bytes()[from..to].to_vec());
        }
    }
    codes.sort();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    //! - a text is found in every form, wherever it stands, also across the pieces in which a file is read
    //! - a part of a longer word is no text
    //! - each place is counted once, in however many pieces the bytes are read

    use proptest::prelude::*;

    use super::*;

    fn ada() -> Scanner {
        let mut traces = Traces::default();
        traces.add_for_test("e-mail", "Ada.Moss@example.org");
        Scanner::new(&traces)
    }

    fn forms(bytes: &[u8]) -> Vec<Form> {
        let mut found = Vec::new();
        ada().scan(bytes, |hit| found.push(hit.form));
        found.sort();
        found.dedup();
        found
    }

    /// Gives few bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(into.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    proptest! {
        #[test]
        fn a_text_is_found_in_every_form_wherever_it_stands(
            before in prop::collection::vec(any::<u8>(), 0..9), after in prop::collection::vec(any::<u8>(), 0..9),
            text in prop::sample::select(vec!["Ada.Moss@example.org", "ada.moss@example.org", "ADA.MOSS@EXAMPLE.ORG"]),
        ) {
            let of = |bytes: &[u8]| [before.as_slice(), bytes, &after].concat();
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            prop_assert!(forms(&of(&utf16)).contains(&Form::Utf16));
            let hex: String = of(text.as_bytes()).iter().map(|b| format!("{b:02X}")).collect();
            prop_assert!(forms(hex.as_bytes()).contains(&Form::Hex));
            prop_assert!(forms(STANDARD_NO_PAD.encode(of(text.as_bytes())).as_bytes()).contains(&Form::Base64));
            prop_assert!(forms(URL_SAFE_NO_PAD.encode(of(text.as_bytes())).as_bytes()).contains(&Form::Base64));
            let alone = format!(" {text}\n");
            prop_assert!(forms(&of(alone.as_bytes())).contains(&Form::Plain));
        }

        #[test]
        fn each_place_is_counted_once(parts in prop::collection::vec("( ada\\.moss@example\\.org |x{0,30})", 0..20)) {
            let text = parts.concat();
            let wanted = text.matches("ada.moss@example.org").count();
            let scanner = ada();
            let mut count = 0;
            scanner.scan_all(Slow(text.as_bytes(), 3), |hit| count += usize::from(hit.form == Form::Plain)).unwrap();
            prop_assert_eq!(count, wanted);
        }
    }

    #[test]
    fn a_part_of_a_longer_word_is_no_text() {
        assert_eq!(forms(b"xada.moss@example.org"), []);
        assert_eq!(forms(b"ada.moss@example.org2"), []);
        assert_eq!(forms(b"<ada.moss@example.org>"), [Form::Plain]);
    }

    #[test]
    fn a_text_across_two_pieces_of_a_file_is_found() {
        let mut bytes = vec![b' '; CHUNK - 7];
        bytes.extend_from_slice(b"ada.moss@example.org ");
        bytes.resize(3 * CHUNK, b' ');
        let mut found = false;
        let read = ada().scan_all(bytes.as_slice(), |_| found = true).unwrap();
        assert_eq!((read, found), (3 * CHUNK as u64, true));
    }
}
