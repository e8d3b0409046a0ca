//! JSON: an object on each line, a list of objects, or one object.
//!
//! Keys are columns. The first rows say which there are; a key that comes later is not read, and said. A line that is
//! no JSON costs itself alone. In a list there is no line to go on at, so that a fault costs the file.

pub(crate) mod cells;
mod elements;
pub(crate) mod parse;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::{self, Cursor, Read};

use cells::{cells, text};
use elements::Elements;
use parse::{Json, parse};

use crate::encoding::Input;
use crate::fields::Fields;
use crate::header::COLUMNS_MAX;
use crate::lines::{Line, Lines};
use crate::records::Fault;
use crate::resume;
use crate::rows::{CellRow, CellSource, RejectsForm};

/// Rows that say which columns there are, and their bytes.
const SAMPLE_ROWS_MAX: usize = 1_000;
const SAMPLE_BYTES_MAX: usize = 4 << 20;
/// A document that is one object, and is held as a whole.
const DOCUMENT_BYTES_MAX: u64 = 32 << 20;
/// Late keys named in a note.
const LATE_KEYS_MAX: usize = 20;
/// Keys under which an answer of a web service keeps its rows.
const LISTS: [&str; 12] = [
    "data",
    "candidates",
    "people",
    "results",
    "items",
    "records",
    "rows",
    "applicants",
    "persons",
    "contacts",
    "profiles",
    "entries",
];

/// Rows of JSON.
pub(crate) struct JsonRows {
    values: Values,
    /// The first rows, read ahead.
    ahead: VecDeque<Value>,
    columns: HashMap<(String, usize), usize>,
    header: Option<Fields>,
    late: BTreeMap<String, u64>,
    /// Whether every object is a JSON Resume.
    pub is_resume: bool,
}

enum Values {
    Lines(Lines),
    List(Elements),
    Held(VecDeque<Json>),
}

/// A value, or why there is none, with its line and its bytes.
struct Value {
    line: u64,
    json: Result<Json, Fault>,
    raw: Vec<u8>,
}

impl JsonRows {
    /// Finds out which of the forms it is; `lines` where the file's name says that each line is an object.
    pub fn open(mut input: Input, lines: bool) -> io::Result<Self> {
        let mut head = Vec::new();
        // A byte order mark is no part of the document.
        input.by_ref().take(3).read_to_end(&mut head)?;
        if head == [0xEF, 0xBB, 0xBF] {
            head.clear();
        }
        let mut reader = Lines::new(Box::new(Cursor::new(head).chain(input)));
        let mut first = Vec::new();
        let line = loop {
            let Some(line) = reader.next()? else { break None };
            let blank = line.bytes.iter().all(u8::is_ascii_whitespace);
            first.push(line.clone());
            if !blank {
                break Some(line);
            }
        };
        let begin =
            line.as_ref().and_then(|line| line.bytes.iter().find(|b| !b.is_ascii_whitespace()).copied());
        let whole = line.as_ref().is_some_and(|line| parse(&line.bytes).is_ok());
        let values = if lines && (whole || begin != Some(b'[')) || (whole && begin == Some(b'{')) {
            reader.put_back(first.into_iter());
            Values::Lines(reader)
        } else if begin == Some(b'[') {
            Values::List(Elements::new(rest(first, reader)))
        } else if next_begins_object(&mut reader, line.as_ref())? {
            reader.put_back(first.into_iter());
            Values::Lines(reader)
        } else {
            let mut bytes = Vec::new();
            rest(first, reader).take(DOCUMENT_BYTES_MAX + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > DOCUMENT_BYTES_MAX {
                let reason =
                    "it is one value of more than 32 MiB; a list of objects, or one on each line, is read";
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
            }
            let json = parse(&bytes).map_err(|fault| io::Error::new(io::ErrorKind::InvalidData, fault))?;
            Values::Held(rows_of(json))
        };
        Self::sampled(values)
    }

    /// Whether no object among the first has a key.
    pub fn has_no_keys(&self) -> bool {
        self.columns.is_empty()
    }

    fn sampled(mut values: Values) -> io::Result<Self> {
        let mut ahead = VecDeque::new();
        let mut bytes = 0;
        while ahead.len() < SAMPLE_ROWS_MAX && bytes < SAMPLE_BYTES_MAX {
            let Some(value) = values.next()? else { break };
            bytes += value.raw.len();
            ahead.push_back(value);
        }
        let mut objects = ahead.iter().filter_map(|value| value.json.as_ref().ok()).peekable();
        let is_resume = objects.peek().is_some() && objects.all(resume::is_resume);
        let mut rows =
            Self { values, ahead, columns: HashMap::new(), header: None, late: BTreeMap::new(), is_resume };
        let mut header = Fields::default();
        let mut add = |names: Vec<(String, String)>, columns: &mut HashMap<(String, usize), usize>| {
            for key in numbered(names).map(|(key, _)| key) {
                if !columns.contains_key(&key) && columns.len() < COLUMNS_MAX {
                    header.push(key.0.as_bytes());
                    columns.insert(key, columns.len());
                }
            }
        };
        let mut columns = HashMap::new();
        if is_resume {
            add(resume::COLUMNS.iter().map(|c| (c.name.to_owned(), String::new())).collect(), &mut columns);
        } else {
            for value in &rows.ahead {
                if let Ok(Json::Object(members)) = &value.json {
                    add(cells(members), &mut columns);
                }
            }
        }
        rows.columns = columns;
        rows.header = Some(header);
        Ok(rows)
    }

    fn row(&mut self, value: Value) -> CellRow {
        let mut row = CellRow { line: value.line, raw: Some(value.raw), ..CellRow::default() };
        let named = match value.json {
            Ok(Json::Object(members)) if !self.is_resume => cells(&members),
            Ok(json) if self.is_resume && resume::is_resume(&json) => resume::cells(&json),
            Ok(_) => {
                let reason = "is no object, and so no person".to_owned();
                row.fault = Some(Fault { code: "no-object", field: None, reason });
                return row;
            }
            Err(fault) => {
                row.fault = Some(fault);
                return row;
            }
        };
        let mut texts: Vec<String> = vec![String::new(); self.columns.len()];
        for (key, text) in numbered(named) {
            match self.columns.get(&key) {
                Some(&at) => texts[at] = text,
                None if text.is_empty() => {}
                None if self.late.len() < LATE_KEYS_MAX || self.late.contains_key(&key.0) => {
                    *self.late.entry(key.0).or_insert(0) += 1;
                }
                None => {}
            }
        }
        row.fields = texts.iter().collect();
        row
    }
}

impl CellSource for JsonRows {
    fn next(&mut self) -> io::Result<Option<CellRow>> {
        if let Some(fields) = self.header.take() {
            return Ok(Some(CellRow { line: 1, fields, ..CellRow::default() }));
        }
        let value = match self.ahead.pop_front() {
            Some(value) => value,
            None => match self.values.next()? {
                Some(value) => value,
                None => return Ok(None),
            },
        };
        Ok(Some(self.row(value)))
    }

    fn notes(&self) -> Vec<String> {
        if self.late.is_empty() {
            return Vec::new();
        }
        let keys: Vec<String> = self.late.iter().map(|(key, rows)| format!("`{key}` ({rows})")).collect();
        vec![format!("keys that no object among the first has are not read: {}", keys.join(", "))]
    }

    fn form(&self) -> RejectsForm {
        RejectsForm::JsonLines
    }
}

impl Values {
    fn next(&mut self) -> io::Result<Option<Value>> {
        Ok(match self {
            Self::Lines(lines) => loop {
                let Some(line) = lines.next()? else { break None };
                if !line.bytes.iter().all(u8::is_ascii_whitespace) {
                    break Some(of_line(line));
                }
            },
            Self::List(elements) => elements.next()?.map(|element| Value {
                line: element.line,
                json: Ok(element.json),
                raw: element.raw,
            }),
            Self::Held(values) => values.pop_front().map(|json| {
                let raw = [written(&json).as_bytes(), b"\n"].concat();
                Value { line: 1, json: Ok(json), raw }
            }),
        })
    }
}

fn of_line(line: Line) -> Value {
    let json = if line.cut {
        let reason = "is a line of more than 16 MiB; the rejects file holds its beginning".to_owned();
        Err(Fault { code: "long-line", field: None, reason })
    } else {
        parse(&line.bytes).map_err(|fault| {
            let reason = format!("is no JSON at column {}: {}", fault.column, fault.reason);
            Fault { code: "bad-json", field: None, reason }
        })
    };
    Value { line: line.number, json, raw: line.bytes }
}

/// Everything from the first line on.
fn rest(first: Vec<Line>, reader: Lines) -> Input {
    let bytes: Vec<u8> = first.into_iter().flat_map(|line| line.bytes).collect();
    Box::new(Cursor::new(bytes).chain(reader.into_rest()))
}

/// Whether a broken first line is one of many: it ends an object, and the next one begins one.
fn next_begins_object(reader: &mut Lines, first: Option<&Line>) -> io::Result<bool> {
    if !first.is_some_and(|line| line.bytes.starts_with(b"{") && line.bytes.trim_ascii_end().ends_with(b"}"))
    {
        return Ok(false);
    }
    let second = reader.sample(1, 1)?;
    Ok(second.starts_with(b"{"))
}

/// The rows of a document: those of the list that an answer wraps, or itself.
fn rows_of(json: Json) -> VecDeque<Json> {
    if let Json::Object(members) = &json {
        let objects = |value: &Json| match value {
            Json::List(items) => !items.is_empty() && items.iter().all(|i| matches!(i, Json::Object(_))),
            _ => false,
        };
        let mut lists = members.iter().filter(|(key, value)| LISTS.contains(&key.as_str()) && objects(value));
        if let (Some((_, Json::List(items))), None) = (lists.next(), lists.next()) {
            return items.iter().cloned().collect();
        }
    }
    VecDeque::from([json])
}

/// Cells with the number of each among those of one name.
fn numbered(named: Vec<(String, String)>) -> impl Iterator<Item = ((String, usize), String)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    named.into_iter().map(move |(name, text)| {
        let count = seen.entry(name.clone()).or_insert(0);
        *count += 1;
        ((name, *count), text)
    })
}

/// A value as JSON on one line.
fn written(json: &Json) -> String {
    // A text in quotes is the one thing that needs care.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match json {
        Json::Null | Json::Bool(_) => {
            if *json == Json::Null {
                "null".to_owned()
            } else {
                text(json)
            }
        }
        Json::Number(number) => number.clone(),
        Json::Text(text) => quoted(text),
        Json::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(",")),
        Json::Object(members) => {
            let members = members.iter().map(|(key, value)| format!("{}:{}", quoted(key), written(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line and cells of a row, or the code of its fault.
    type Rows = Vec<(u64, Result<Vec<String>, &'static str>)>;

    fn rows(text: &str, lines: bool) -> (Vec<String>, Rows) {
        let mut rows = JsonRows::open(Box::new(Cursor::new(text.as_bytes().to_vec())), lines).unwrap();
        let texts = |fields: &Fields| fields.iter().map(|c| String::from_utf8(c.to_vec()).unwrap()).collect();
        let header = texts(&rows.next().unwrap().unwrap().fields);
        let rows = std::iter::from_fn(|| rows.next().unwrap());
        (header, rows.map(|r| (r.line, r.fault.map_or(Ok(texts(&r.fields)), |f| Err(f.code)))).collect())
    }

    #[test]
    fn forms_are_told_apart() {
        let wanted = |line| (line, Ok(vec!["1".to_owned(), String::new()]));
        let second = |line| (line, Ok(vec![String::new(), "x".to_owned()]));
        for (text, lines, first_line, second_line) in [
            ("{\"a\":1}\n{\"b\":\"x\"}\n", false, 1, 2),
            ("\u{feff}{\"a\":1}\r\n\r\n{\"b\":\"x\"}", true, 1, 3),
            ("[{\"a\":1},{\"b\":\"x\"}]", false, 1, 1),
            ("\n[\n{\"a\":\n1},\n{\"b\":\"x\"}]\n", false, 3, 5),
            ("{\n\"data\": [{\"a\":1}, {\"b\":\"x\"}], \"next\": null}", false, 1, 1),
        ] {
            let (header, rows) = rows(text, lines);
            assert_eq!(header, ["a", "b"], "{text}");
            assert_eq!(rows, [wanted(first_line), second(second_line)], "{text}");
        }
        assert_eq!(rows("{\n\"a\": 1\n}", false).0, ["a"]);
    }

    #[test]
    fn a_bad_line_costs_itself() {
        let (_, read) = rows("{\"a\":1,}\n{\"a\":2}\n7\n", false);
        let codes: Vec<_> = read.iter().map(|(line, row)| (*line, row.clone().err())).collect();
        assert_eq!(codes, [(1, Some("bad-json")), (2, None), (3, Some("no-object"))]);
    }

    #[test]
    fn a_key_that_stands_twice_is_two_columns() {
        let (header, read) = rows("{\"a\":1,\"a\":2}\n", false);
        assert_eq!(
            (header, read),
            (vec!["a".into(), "a".into()], vec![(1, Ok(vec!["1".into(), "2".into()]))])
        );
    }

    #[test]
    fn a_bad_list_is_refused_with_its_place() {
        let bad = |text: &str| match JsonRows::open(Box::new(Cursor::new(text.as_bytes().to_vec())), false) {
            Ok(_) => panic!("was read"),
            Err(e) => e.to_string(),
        };
        assert_eq!(bad("[{\"a\":1},\n {\"b\" 2}]"), "line 2, column 7: a colon should follow the key");
        assert_eq!(bad("{\n\"a\" 1}"), "line 2, column 5: a colon should follow the key");
    }
}
