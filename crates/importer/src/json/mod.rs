//! JSON: an object on each line, a list of objects, or one object.
//!
//! Keys are columns. The first rows say which there are; a key that comes later is not read, and said. A line that is
//! no JSON costs itself alone. In a list there is no line to go on at, so that a fault costs the file.

mod applications;
pub(crate) mod cells;
mod contact;
mod elements;
pub(crate) mod parse;
mod pay;
mod skills;
mod typed;
mod vacancy;
mod wrapped;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::{self, BufRead, Cursor, Read};

use cells::{cells, text};
use elements::{Element, Elements};
use parse::{Json, parse};

use crate::encoding::Input;
use crate::fields::Fields;
use crate::header::COLUMNS_MAX;
use crate::lines::{LINE_BYTES_MAX, Line, Lines};
use crate::records::Fault;
use crate::resume;
use crate::rows::{CellRow, CellSource, RejectsForm};

/// What a cell of skills says that is an object or a list of JSON as a whole; `None` where it is neither.
pub(crate) fn json_skills(cell: &str) -> Option<String> {
    let json = parse(cell.as_bytes()).ok()?;
    let said = match json {
        Json::Object(_) | Json::List(_) => skills::cell(&json),
        _ => return None,
    };
    (!said.trim().is_empty()).then_some(said)
}

/// Rows that say which columns there are, and their bytes.
const SAMPLE_ROWS_MAX: usize = 1_000;
const SAMPLE_BYTES_MAX: usize = 4 << 20;
/// A document that is one object, and is held as a whole.
const DOCUMENT_BYTES_MAX: u64 = 32 << 20;
/// Late keys named in a note.
const LATE_KEYS_MAX: usize = 20;
/// White space before a document that is looked through for its first sign.
const BLANK_BYTES_MAX: usize = 1 << 20;

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
    /// Lines each of which wraps a list, and the objects of the last one read.
    Pages(Lines, VecDeque<Value>),
    List(Elements),
    /// A list of pages, and the people of the last one read.
    ListOfPages(Elements, VecDeque<Value>),
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
        let mut input: Input = Box::new(Cursor::new(head).chain(input));
        if !lines {
            // A document may be one line, which is longer than those that are read as such.
            let (begin, rest) = first_sign(input)?;
            input = rest;
            if begin == Some(b'[') {
                return Self::of_list(Elements::new(input));
            }
            if begin == Some(b'{') {
                let mut first = Vec::new();
                input.by_ref().take(DOCUMENT_BYTES_MAX + 1).read_until(b'\n', &mut first)?;
                let end = memchr::memchr2(b'\n', b'\r', first.trim_ascii_start()).unwrap_or(first.len());
                input = Box::new(Cursor::new(first).chain(input));
                if end > LINE_BYTES_MAX {
                    return Self::sampled(Values::Held(document(input)?));
                }
            }
        }
        let mut reader = Lines::new(input);
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
        let parsed = line.as_ref().and_then(|line| parse(&line.bytes).ok());
        let whole = parsed.is_some();
        let values = if parsed.is_some_and(|json| wrapped::wraps(&json)) {
            reader.put_back(first.into_iter());
            Values::Pages(reader, VecDeque::new())
        } else if lines && (whole || begin != Some(b'[')) || (whole && begin == Some(b'{')) {
            reader.put_back(first.into_iter());
            Values::Lines(reader)
        } else if begin == Some(b'[') {
            return Self::of_list(Elements::new(rest(first, reader)));
        } else if next_begins_object(&mut reader, line.as_ref())? {
            reader.put_back(first.into_iter());
            Values::Lines(reader)
        } else {
            Values::Held(document(rest(first, reader))?)
        };
        Self::sampled(values)
    }

    /// Whether no object among the first has a key.
    pub fn has_no_keys(&self) -> bool {
        self.columns.is_empty()
    }

    /// Takes over the columns that rejected rows had in their file, where no object among them says which there are.
    pub fn name_columns<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        let mut header = Fields::default();
        for name in names {
            header.push(name.as_bytes());
            let at = self.columns.len();
            self.columns.insert((name.to_owned(), 1), at);
        }
        self.header = Some(header);
    }

    /// A list of people, or one of pages that hold them, as its first value shows.
    fn of_list(mut elements: Elements) -> io::Result<Self> {
        let first = elements.next()?;
        let is_page = first.as_ref().is_some_and(|first| wrapped::is_page_of_people(&first.json));
        if is_page {
            let people = first.map(of_page).unwrap_or_default();
            return Self::sampled(Values::ListOfPages(elements, people));
        }
        Self::sampled_after(first.map(of_element), Values::List(elements))
    }

    fn sampled(values: Values) -> io::Result<Self> {
        Self::sampled_after(None, values)
    }

    /// The same, where the first value was read already.
    fn sampled_after(first: Option<Value>, mut values: Values) -> io::Result<Self> {
        let mut bytes = first.as_ref().map_or(0, |first| first.raw.len());
        let mut ahead: VecDeque<Value> = first.into_iter().collect();
        while ahead.len() < SAMPLE_ROWS_MAX && bytes < SAMPLE_BYTES_MAX {
            let Some(value) = values.next()? else { break };
            bytes += value.raw.len();
            ahead.push_back(value);
        }
        if let [Value { json: Ok(only), .. }] = ahead.make_contiguous()
            && wrapped::holds_unread_list(only)
        {
            let reason = "it is one object that is no person and holds lists of objects, of which none is known as the \
                          list of people; a list of objects, or one on each line, is read";
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
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
            Self::Pages(lines, held) => loop {
                if let Some(value) = held.pop_front() {
                    break Some(value);
                }
                let Some(line) = lines.next()? else { break None };
                if line.bytes.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                let value = of_line(line);
                let page = match value.json {
                    Ok(json) => wrapped::people_in(json),
                    Err(fault) => break Some(Value { json: Err(fault), ..value }),
                };
                match page {
                    Ok(people) => held.extend(people.into_iter().map(|json| of_json(json, value.line))),
                    Err(json) => break Some(Value { json: Ok(json), ..value }),
                }
            },
            Self::List(elements) => elements.next()?.map(of_element),
            Self::ListOfPages(elements, held) => loop {
                if let Some(value) = held.pop_front() {
                    break Some(value);
                }
                let Some(element) = elements.next()? else { break None };
                held.extend(of_page(element));
            },
            Self::Held(values) => values.pop_front().map(|json| of_json(json, 1)),
        })
    }
}

/// A value of a list.
fn of_element(element: Element) -> Value {
    Value { line: element.line, json: Ok(element.json), raw: element.raw }
}

/// The people of a page, or what stands in its place.
fn of_page(element: Element) -> VecDeque<Value> {
    let Element { json, line, raw } = element;
    match wrapped::people_in(json) {
        Ok(people) => people.into_iter().map(|json| of_json(json, line)).collect(),
        Err(json) => VecDeque::from([Value { line, json: Ok(json), raw }]),
    }
}

/// An object of a document that is held.
fn of_json(json: Json, line: u64) -> Value {
    let raw = [written(&json).as_bytes(), b"\n"].concat();
    Value { line, json: Ok(json), raw }
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

/// The rows of a document that is one object: those of the list that an answer wraps, or itself.
fn document(input: Input) -> io::Result<VecDeque<Json>> {
    let mut bytes = Vec::new();
    input.take(DOCUMENT_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > DOCUMENT_BYTES_MAX {
        let reason = "it is one value of more than 32 MiB; a list of objects, or one on each line, is read";
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
    }
    let json = parse(&bytes).map_err(|fault| io::Error::new(io::ErrorKind::InvalidData, fault))?;
    Ok(match wrapped::people_in(json) {
        Ok(people) => people.into(),
        Err(json) => VecDeque::from([json]),
    })
}

/// The first sign that is no white space, and the input from the beginning; `None` where there is none, or it comes late.
fn first_sign(mut input: Input) -> io::Result<(Option<u8>, Input)> {
    let mut blank = Vec::new();
    let begin = loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if let Some(begin) = buffer.iter().find(|b| !b.is_ascii_whitespace()) {
            break Some(*begin);
        }
        let taken = buffer.len();
        blank.extend_from_slice(buffer);
        input.consume(taken);
        if taken == 0 || blank.len() > BLANK_BYTES_MAX {
            break None;
        }
    };
    Ok((begin, Box::new(Cursor::new(blank).chain(input))))
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
    fn a_wrapped_list_is_read_whatever_the_line_breaks() {
        let people = r#"[{"name":"Lea Roy","email":"a@x.org"},{"name":"Bo Lund","email":"b@x.org"}]"#;
        for wrapped in [
            r#"{"data":PEOPLE}"#,
            r#"{"total":2,"count":2,"data":PEOPLE}"#,
            r#"{"candidates":PEOPLE,"total":2}"#,
            r#"{"results":PEOPLE,"paging":{"next":null}}"#,
            r#"{"content":PEOPLE}"#,
            r#"{"response":{"status":"ok","employees":PEOPLE}}"#,
            r#"{"somewhere":PEOPLE,"other":[{"a":1}]}"#,
            r#"{"candidates":PEOPLE,"users":[{"name":"Rec Ruit","email":"r@x.org"}],"jobs":[{"title":"Go Dev"}]}"#,
        ] {
            let text = wrapped.replace("PEOPLE", people);
            for text in [text.clone(), text.replace(':', ":\n"), format!("\n{text}\n\n")] {
                let (header, read) = rows(&text, false);
                assert_eq!(header, ["name", "email"], "{text}");
                assert_eq!(read.len(), 2, "{text}");
            }
        }
        let (header, read) = rows(
            r#"{"data":[{"id":"1","type":"candidate","attributes":{"name":"Lea Roy","city":"Bonn"}}],"included":[]}"#,
            false,
        );
        assert_eq!((header, read.len()), (["id", "type", "name", "city"].map(str::to_owned).to_vec(), 1));
        let pages =
            format!("{{\"data\":{people}}}\n{{\"data\":{people},\"next\":null}}\n{{\"data\":[]}}\nx\n");
        let lines: Vec<u64> = rows(&pages, true).1.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 1, 2, 2, 4]);
        let pages = format!("[{{\"data\":{people},\"meta\":{{}}}},\n{{\"data\":{people}}},{{\"data\":[]}}]");
        let (header, read) = rows(&pages, false);
        let lines: Vec<u64> = read.iter().map(|(line, _)| *line).collect();
        assert_eq!((header, lines), (["name", "email"].map(str::to_owned).to_vec(), vec![1, 1, 2, 2]));
    }

    #[test]
    fn a_persons_own_lists_are_no_people() {
        for person in [
            r#"{"name":"Lea Roy","contacts":[{"name":"Mum","phone":"1"}]}"#,
            r#"{"id":1,"skills":["Go"],"items":[{"a":1},{"a":2}]}"#,
            r#"{"email":"a@x.org","profiles":[{"name":"x","url":"y"}],"results":[{"name":"test"}]}"#,
        ] {
            assert_eq!(rows(person, false).1.len(), 1, "{person}");
            assert_eq!(rows(&format!("{person}\n{person}\n"), true).1.len(), 2, "{person}");
        }
    }

    #[test]
    fn an_unread_list_of_objects_is_no_person() {
        let text = r#"{"count":2,"this":[{"a":1},{"a":2}],"that":[{"b":1},{"b":2}]}"#;
        for text in [text.to_owned(), text.replace(':', ":\n")] {
            let input = Box::new(Cursor::new(text.into_bytes()));
            assert!(JsonRows::open(input, false).is_err());
        }
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
