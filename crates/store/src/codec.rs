//! A record as bytes.
//!
//! What is written is compact: texts as they are, each behind its length, numbers in as few bytes as they need, and a cell
//! only where it is another one than that of the value before. The bytes depend on the record alone, so that equal records
//! are equal bytes, and a digest of bytes is a digest of what they say.
//!
//! The first byte tells the form. Records of formats 1 to 4 are JSON, which begins with `{`; they are read for ever, and
//! become compact when something in them changes.

use stackscout_profile::{
    CandidateNumber, Cell, Date, DateOrder, Field, Part, Reading, Record, RowDate, Value,
};

use crate::varint::{put, take};

/// The compact form's first byte.
const COMPACT: u8 = 1;
/// JSON's.
const JSON: u8 = b'{';

/// Each field's code is its place here: new fields are added at the end, and none is ever taken out.
const FIELDS: [Field; 44] = [
    Field::ExternalId,
    Field::Name,
    Field::FirstName,
    Field::LastName,
    Field::Email,
    Field::Phone,
    Field::Link,
    Field::Title,
    Field::Employer,
    Field::Location,
    Field::City,
    Field::Region,
    Field::Country,
    Field::Remote,
    Field::Relocation,
    Field::TotalYears,
    Field::Seniority,
    Field::ExpectedPay,
    Field::ExpectedPayCurrency,
    Field::CurrentPay,
    Field::CurrentPayCurrency,
    Field::Skills,
    Field::Skill,
    Field::Interests,
    Field::Summary,
    Field::Notes,
    Field::WorkHistory,
    Field::Cv,
    Field::CvFile,
    Field::Education,
    Field::Tags,
    Field::Permit,
    Field::Languages,
    Field::Available,
    Field::Notice,
    Field::Status,
    Field::AppliedFor,
    Field::Stage,
    Field::AppliedOn,
    Field::Reason,
    Field::Owner,
    Field::Channel,
    Field::Modified,
    Field::OptOut,
];

/// The codes by field, in the order of [`Field::ALL`].
const CODES: [u8; FIELDS.len()] = {
    assert!(FIELDS.len() == Field::ALL.len(), "every field has a code");
    let mut codes = [u8::MAX; FIELDS.len()];
    let mut code = 0;
    while code < FIELDS.len() {
        let field = FIELDS[code] as usize;
        assert!(codes[field] == u8::MAX, "no field has two codes");
        codes[field] = code as u8;
        code += 1;
    }
    codes
};

/// What stands in a value's second byte.
mod value {
    /// Another cell than that of the value before.
    pub(super) const CELL: u8 = 1;
    pub(super) const ORDER: u8 = 1 << 1;
    pub(super) const AS_OF: u8 = 1 << 2;
    pub(super) const ALL: u8 = CELL | ORDER | AS_OF;
}

/// What stands in a part's byte.
mod part {
    pub(super) const EXTERNAL_ID: u8 = 1;
    pub(super) const OCCURRENCE: u8 = 1 << 1;
    pub(super) const ORIGIN: u8 = 1 << 2;
    pub(super) const ALL: u8 = EXTERNAL_ID | OCCURRENCE | ORIGIN;
}

/// The cell that stands before the first one of a part.
const NO_CELL: Cell = Cell { import: 0, line: 0 };

/// A record's bytes; its number is no part of them.
pub(crate) fn encode(record: &Record) -> Vec<u8> {
    let values = || record.parts.iter().flat_map(|part| &part.values);
    // Two bytes, two lengths of one or two bytes, and two texts; some more for each part.
    let length: usize = values().map(|value| value.column.len() + value.text.len() + 6).sum();
    let mut bytes = Vec::with_capacity(length + 64 * record.parts.len() + 2);
    bytes.push(COMPACT);
    put(&mut bytes, record.parts.len() as u64);
    record.parts.iter().for_each(|part| put_part(&mut bytes, part));
    bytes
}

/// The record of these bytes, without a number; `None` where they are damaged.
pub(crate) fn decode(bytes: &[u8]) -> Option<Record> {
    match *bytes.first()? {
        COMPACT => {
            let mut rest = &bytes[1..];
            let parts = take_all(&mut rest, take_part)?;
            rest.is_empty().then_some(Record { number: CandidateNumber(0), parts })
        }
        JSON => serde_json::from_slice(bytes).ok(),
        _ => None,
    }
}

fn put_part(bytes: &mut Vec<u8>, part: &Part) {
    put_text(bytes, &part.source);
    let is = |there: bool, flag: u8| if there { flag } else { 0 };
    bytes.push(
        is(part.external_id.is_some(), part::EXTERNAL_ID)
            | is(part.occurrence != 1, part::OCCURRENCE)
            | is(part.origin.is_some(), part::ORIGIN),
    );
    if let Some(id) = &part.external_id {
        put_text(bytes, id);
    }
    if part.occurrence != 1 {
        put(bytes, part.occurrence.into());
    }
    if let Some(origin) = part.origin {
        put(bytes, origin.into());
    }
    put(bytes, part.as_of.len() as u64);
    for row in &part.as_of {
        put_date(bytes, row.as_of);
        put(bytes, row.import.into());
    }
    put(bytes, part.values.len() as u64);
    let mut cell = NO_CELL;
    for value in &part.values {
        let Reading { order, as_of } = value.reading;
        bytes.push(CODES[value.field as usize]);
        bytes.push(
            is(value.cell != cell, value::CELL)
                | is(order.is_some(), value::ORDER)
                | is(as_of.is_some(), value::AS_OF),
        );
        if value.cell != cell {
            cell = value.cell;
            put(bytes, cell.import.into());
            put(bytes, cell.line);
        }
        if let Some(order) = order {
            bytes.push(match order {
                DateOrder::DayFirst => 0,
                DateOrder::MonthFirst => 1,
                DateOrder::YearFirst => 2,
            });
        }
        if let Some(as_of) = as_of {
            put_date(bytes, as_of);
        }
        put_text(bytes, &value.column);
        put_text(bytes, &value.text);
    }
}

fn take_part(bytes: &mut &[u8]) -> Option<Part> {
    let source = take_text(bytes)?;
    let flags = take_byte(bytes).filter(|flags| flags & !part::ALL == 0)?;
    let external_id = if flags & part::EXTERNAL_ID == 0 { None } else { Some(take_text(bytes)?) };
    let occurrence = if flags & part::OCCURRENCE == 0 { 1 } else { take_short(bytes)? };
    let origin = if flags & part::ORIGIN == 0 { None } else { Some(take_short(bytes)?) };
    let as_of = take_all(bytes, |bytes| {
        let as_of = take_date(bytes)?;
        Some(RowDate { as_of, import: take_short(bytes)? })
    })?;
    let mut cell = NO_CELL;
    let values = take_all(bytes, |bytes| {
        let field = *FIELDS.get(usize::from(take_byte(bytes)?))?;
        let flags = take_byte(bytes).filter(|flags| flags & !value::ALL == 0)?;
        if flags & value::CELL != 0 {
            cell = Cell { import: take_short(bytes)?, line: take(bytes)? };
        }
        let mut reading = Reading::default();
        if flags & value::ORDER != 0 {
            reading.order = Some(match take_byte(bytes)? {
                0 => DateOrder::DayFirst,
                1 => DateOrder::MonthFirst,
                2 => DateOrder::YearFirst,
                _ => return None,
            });
        }
        if flags & value::AS_OF != 0 {
            reading.as_of = Some(take_date(bytes)?);
        }
        let (column, text) = (take_text(bytes)?, take_text(bytes)?);
        Some(Value { field, column, text, cell, reading })
    })?;
    Some(Part { source, external_id, occurrence, origin, as_of, values })
}

/// As many of something as are said to follow.
fn take_all<T>(bytes: &mut &[u8], mut one: impl FnMut(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    let count = take(bytes)?;
    // Each takes a byte at least: what claims more would only fill the memory.
    let count = usize::try_from(count).ok().filter(|count| *count <= bytes.len())?;
    let mut all = Vec::new();
    for _ in 0..count {
        all.push(one(bytes)?);
    }
    Some(all)
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = usize::try_from(take(bytes)?).ok()?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    std::str::from_utf8(text).ok().map(str::to_owned)
}

/// Years count from 10,000 before the first, as far back as days go.
const YEAR_ZERO: i32 = 10_000;

fn put_date(bytes: &mut Vec<u8>, date: Date) {
    let (year, month, day) = date.parts();
    let years = (i32::from(year) + YEAR_ZERO).unsigned_abs();
    put(bytes, u64::from(years) << 9 | u64::from(month.unsigned_abs()) << 5 | u64::from(day.unsigned_abs()));
}

fn take_date(bytes: &mut &[u8]) -> Option<Date> {
    let date = i32::try_from(take(bytes)?).ok()?;
    let part = |bits: i32| i8::try_from(bits).ok();
    Date::new(i16::try_from((date >> 9) - YEAR_ZERO).ok()?, part(date >> 5 & 0xf)?, part(date & 0x1f)?)
}

fn take_short(bytes: &mut &[u8]) -> Option<u32> {
    u32::try_from(take(bytes)?).ok()
}

fn take_byte(bytes: &mut &[u8]) -> Option<u8> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*first)
}

#[cfg(test)]
mod tests {
    //! - every record comes back as it was, from the compact form and from JSON
    //! - a field's code is for ever
    //! - damaged bytes are nothing or another record, and never a panic or a flood of memory
    //! - nothing follows a record
    //! - what a file of the usual kind says takes little more than its texts

    use proptest::prelude::*;

    use super::*;

    fn any_date() -> impl Strategy<Value = Date> {
        (0_i16..=9_999, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let order =
            prop::sample::select(vec![DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst]);
        let reading = (prop::option::of(order), prop::option::of(any_date()));
        let cell = prop_oneof![Just((1, 2)), any::<(u32, u64)>()];
        let field = prop::sample::select(Field::ALL.to_vec());
        (field, ".{0,8}", "\\PC{0,200}", cell, reading).prop_map(
            |(field, column, text, (import, line), (order, as_of))| {
                let (cell, reading) = (Cell { import, line }, Reading { order, as_of });
                Value { field, column, text, cell, reading }
            },
        )
    }

    fn any_part() -> impl Strategy<Value = Part> {
        let row = (any_date(), any::<u32>()).prop_map(|(as_of, import)| RowDate { as_of, import });
        let (occurrence, origin) = (prop_oneof![Just(1), any::<u32>()], any::<Option<u32>>());
        let as_of = prop::collection::vec(row, 0..3);
        let values = prop::collection::vec(any_value(), 0..9);
        (".{0,9}", prop::option::of(".{0,9}"), occurrence, origin, as_of, values).prop_map(
            |(source, external_id, occurrence, origin, as_of, values)| Part {
                source,
                external_id,
                occurrence,
                origin,
                as_of,
                values,
            },
        )
    }

    fn any_record() -> impl Strategy<Value = Record> {
        let parts = prop::collection::vec(any_part(), 0..4);
        parts.prop_map(|parts| Record { number: CandidateNumber(0), parts })
    }

    proptest! {
        #[test]
        fn every_record_comes_back_from_both_forms(record in any_record()) {
            prop_assert_eq!(decode(&encode(&record)), Some(record.clone()));
            prop_assert_eq!(decode(&serde_json::to_vec(&record).unwrap()), Some(record));
        }

        #[test]
        fn damaged_bytes_never_panic(record in any_record(), at: prop::sample::Index, with: u8) {
            let mut bytes = encode(&record);
            let at = at.index(bytes.len());
            bytes[at] ^= with;
            let _ = decode(&bytes);
            prop_assert_eq!(decode(&encode(&record)[..at]), None, "cut off");
        }

        #[test]
        fn nothing_follows_a_record(record in any_record(), after: u8) {
            let bytes = [encode(&record), vec![after]].concat();
            prop_assert_eq!(decode(&bytes), None);
        }
    }

    #[test]
    fn a_fields_code_is_for_ever() {
        let codes = [(Field::ExternalId, 0), (Field::Email, 4), (Field::Skills, 21), (Field::OptOut, 43)];
        for (field, code) in codes {
            assert_eq!((CODES[field as usize], FIELDS[usize::from(code)]), (code, field));
        }
        for field in Field::ALL {
            assert_eq!(FIELDS[usize::from(CODES[*field as usize])], *field);
        }
    }

    #[test]
    fn what_claims_to_be_much_fills_no_memory() {
        let mut bytes = vec![COMPACT];
        put(&mut bytes, u64::MAX >> 1);
        assert_eq!(decode(&bytes), None);
        assert_eq!(decode(b""), None);
        assert_eq!(decode(b"\x02"), None);
    }

    #[test]
    fn the_usual_takes_little_more_than_its_texts() {
        let value = |(field, column, text): (Field, &str, &str)| Value {
            field,
            column: column.to_owned(),
            text: text.to_owned(),
            cell: Cell { import: 1, line: 300 },
            reading: Reading::default(),
        };
        let values = [(Field::Name, "name", "Ada Moss"), (Field::Title, "title", "Developer")].map(value);
        let mut part = Part::new("plain", Some("17".to_owned()), values.to_vec());
        part.as_of.push(RowDate { as_of: Date::new(2026, 11, 1).unwrap(), import: 1 });
        let record = Record { number: CandidateNumber(0), parts: vec![part] };
        let texts = ["plain", "17", "name", "Ada Moss", "title", "Developer"].concat().len();
        assert_eq!(encode(&record).len(), texts + 23);
    }
}
