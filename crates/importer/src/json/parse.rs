//! JSON as RFC 8259 says it, and nothing looser.
//!
//! Written here because rows need what parsers for programs leave out: the place of what is wrong, numbers digit for
//! digit (an id of twenty digits is no binary fraction), every key of an object also where it stands twice, and an error
//! without any text of the document.

use std::fmt;

/// Lists and objects inside of each other.
const DEPTH_MAX: usize = 128;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// Keys and values in their order, also keys that stand twice.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value of a key; of several, the last.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().rev().find(|(k, _)| k == key).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// What is wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonFault {
    /// Line from 1.
    pub line: u64,
    /// Column from 1, in signs.
    pub column: u64,
    pub reason: &'static str,
}

impl fmt::Display for JsonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.reason)
    }
}

impl std::error::Error for JsonFault {}

/// Reads a document that holds one value.
pub(crate) fn parse(bytes: &[u8]) -> Result<Json, JsonFault> {
    let mut parser = Parser { bytes, at: 0 };
    let parsed = parser.document();
    parsed.map_err(|reason| parser.fault(reason))
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

type Parsed<T> = Result<T, &'static str>;

impl Parser<'_> {
    fn fault(&self, reason: &'static str) -> JsonFault {
        let before = &self.bytes[..self.at.min(self.bytes.len())];
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let line = 1 + before.iter().filter(|b| **b == b'\n').count() as u64;
        // Bytes that begin a sign.
        let column = 1 + before[start..].iter().filter(|b| **b & 0xC0 != 0x80).count() as u64;
        JsonFault { line, column, reason }
    }

    fn document(&mut self) -> Parsed<Json> {
        let value = self.value(0)?;
        self.space();
        if self.at < self.bytes.len() { Err("something follows the value") } else { Ok(value) }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Parsed<Json> {
        self.space();
        match self.peek() {
            None => Err("it ends where a value should be"),
            Some(b'{' | b'[') if depth >= DEPTH_MAX => Err("lists and objects stand too deep in each other"),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.text().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(_) => Err("a value should be here"),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Parsed<Json> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else {
            Err("a value should be here")
        }
    }

    fn object(&mut self, depth: usize) -> Parsed<Json> {
        self.at += 1;
        let mut members = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(members));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err("a key in quotes should be here");
            }
            let key = self.text()?;
            self.space();
            if self.peek() != Some(b':') {
                return Err("a colon should follow the key");
            }
            self.at += 1;
            members.push((key, self.value(depth + 1)?));
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Json::Object(members));
                }
                _ => return Err("a comma or a closing brace should be here"),
            }
        }
    }

    fn list(&mut self, depth: usize) -> Parsed<Json> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Json::List(items));
                }
                _ => return Err("a comma or a closing bracket should be here"),
            }
        }
    }

    fn number(&mut self) -> Parsed<Json> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err("a digit should be here"),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.some_digits()?;
        }
        let written = str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        Ok(Json::Number(written.to_owned()))
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    fn some_digits(&mut self) -> Parsed<()> {
        let start = self.at;
        self.digits();
        if self.at == start { Err("a digit should be here") } else { Ok(()) }
    }

    fn text(&mut self) -> Parsed<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0..=0x1F)) {
                self.at += 1;
            }
            match str::from_utf8(&self.bytes[start..self.at]) {
                Ok(run) => text.push_str(run),
                Err(e) => {
                    self.at = start + e.valid_up_to();
                    return Err("a byte here is not UTF-8");
                }
            }
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escaped()?);
                }
                Some(_) => return Err("a control sign stands in a text; it is written as an escape"),
                None => return Err("a text is not closed"),
            }
        }
    }

    fn escaped(&mut self) -> Parsed<char> {
        let c = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.code();
            }
            _ => return Err("there is no such escape"),
        };
        self.at += 1;
        Ok(c)
    }

    fn code(&mut self) -> Parsed<char> {
        let first = self.unit()?;
        let half = "half of a pair of surrogates stands alone";
        match first {
            0xD800..=0xDBFF => {
                if !self.bytes[self.at..].starts_with(b"\\u") {
                    return Err(half);
                }
                self.at += 2;
                let pair = char::decode_utf16([first, self.unit()?]).next();
                pair.and_then(Result::ok).ok_or(half)
            }
            _ => char::from_u32(u32::from(first)).ok_or(half),
        }
    }

    fn unit(&mut self) -> Parsed<u16> {
        let digits = self.bytes.get(self.at..self.at + 4).filter(|d| d.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| str::from_utf8(digits).ok());
        let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        self.at += if unit.is_some() { 4 } else { 0 };
        unit.ok_or("an escape needs four hex digits")
    }
}

#[cfg(test)]
mod tests {
    //! - what this reader and a common one take for JSON is the same, and so is what it says
    //! - numbers keep every digit, keys that stand twice both stay
    //! - a fault names its place

    use proptest::prelude::*;

    use super::*;

    fn as_common(json: &Json) -> serde_json::Value {
        match json {
            Json::Null => serde_json::Value::Null,
            Json::Bool(b) => (*b).into(),
            Json::Number(n) => serde_json::from_str(n).unwrap(),
            Json::Text(text) => text.as_str().into(),
            Json::List(items) => items.iter().map(as_common).collect(),
            Json::Object(members) => members.iter().map(|(k, v)| (k.clone(), as_common(v))).collect(),
        }
    }

    proptest! {
        #[test]
        fn this_reader_and_a_common_one_agree(text in "[\\[\\]{}:,\"\\\\a0-9eE.+ntrufalse/é \n-]{0,24}") {
            let common = serde_json::from_str::<serde_json::Value>(&text);
            match (parse(text.as_bytes()), common) {
                (Ok(json), Ok(common)) => prop_assert_eq!(as_common(&json), common),
                (Err(_), Err(_)) => {}
                // A number too large for a binary fraction is no fault of the document.
                (Ok(_), Err(e)) => prop_assert!(e.to_string().contains("out of range"), "{text}: {e}"),
                (Err(fault), Ok(_)) => prop_assert!(false, "{text}: {fault}"),
            }
        }

        #[test]
        fn what_a_common_writer_writes_is_read(text in ".{0,12}", number in any::<i64>(), deep in 0_usize..20) {
            let mut value = serde_json::json!({ "a": text, "b": [number, null, true], "ü": {} });
            for _ in 0..deep {
                value = serde_json::json!([value]);
            }
            let written = serde_json::to_vec_pretty(&value).unwrap();
            prop_assert_eq!(as_common(&parse(&written).unwrap()), value);
        }

        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = parse(&bytes);
        }
    }

    #[test]
    fn digits_and_keys_stay_as_they_are() {
        let json = parse(br#"{"id": 12345678901234567890.10, "a": 1, "a": 2}"#).unwrap();
        assert_eq!(json.get("id"), Some(&Json::Number("12345678901234567890.10".into())));
        assert_eq!(json.get("a"), Some(&Json::Number("2".into())));
        assert!(matches!(json, Json::Object(members) if members.len() == 3));
        assert_eq!(parse(br#""\uD83D\uDE00""#), Ok(Json::Text("😀".into())));
    }

    #[test]
    fn a_fault_names_its_place() {
        let place = |text: &str| parse(text.as_bytes()).map_err(|f| (f.line, f.column)).unwrap_err();
        assert_eq!(place("{\"é\":1\n  \"b\":2}"), (2, 3));
        assert_eq!(place("{\"a\":\"\\uD800\"}"), (1, 13));
        assert_eq!(place(""), (1, 1));
        assert_eq!(place("[1] x"), (1, 5));
        assert_eq!(place(&"[".repeat(100_000)), (1, 129));
    }
}
