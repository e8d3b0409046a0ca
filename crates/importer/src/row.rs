//! From the cells of a record to values.

use sha2::{Digest, Sha256};
use stackscout_profile::application::CONSENT;
use stackscout_profile::candidate::read_yes_no;
use stackscout_profile::contact::{spelt_out, split_emails, split_links};
use stackscout_profile::signs::unguarded;
use stackscout_profile::years::in_unit_of;
use stackscout_profile::{Cell, Date, DateOrder, Field, Reading, Value};
use stackscout_taxonomy::written::is_note;

use crate::Issue;
use crate::bounds::{Bound, are_apart, bound_of, is_nought, joined};
use crate::columns::{ColumnUse, Usage};
use crate::consent::asks_consent;
use crate::content::{language_named, level_of};
use crate::fields::Fields;
use crate::json::json_skills;
use crate::layout::Layout;
use crate::long::{SkillRows, Unread};
use crate::ticks::{Tick, read_level, read_skill_years, read_tick};

/// A row that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line on which it begins, from 1.
    pub line: u64,
    /// The person's id in the file's source; `None` where there is no such column, or its cell is empty.
    pub external_id: Option<String>,
    /// What the cells say, in the order of columns, text as written; cells that are empty or say nothing are left out.
    /// The import number is 0.
    pub values: Vec<Value>,
    /// 32 hex digits over all values: an identity for a row without id, e-mail and link. Empty where the row has an id, which
    /// is an identity already.
    pub content_key: String,
    /// Column and text of each protected attribute that the row states (gender, age and the like). They are kept apart:
    /// nothing reads them but figures about groups.
    pub protected: Vec<(String, String)>,
    /// Cells that could not be read; the row stays.
    pub issues: Vec<Issue>,
    /// Rows of the file that it was read from: several where a person's answers stand one below the other.
    pub rows: u64,
}

/// What an apostrophe at the beginning of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Apostrophe {
    /// In text for spreadsheets, a guard where it stands before what would run as a formula: it is no part of the cell.
    Guard,
    /// In worksheets, JSON and documents, a sign like any other.
    Sign,
}

impl Row {
    /// Settles the key over all values, where the row needs one.
    pub(crate) fn set_content_key(&mut self) {
        if self.external_id.is_none() {
            self.content_key = content_key(&self.values);
        }
    }
}

/// Room for values that a row begins with; columns that are ticked are many and mostly empty.
const VALUES_EXPECTED: usize = 16;

/// How the rows of one file are read.
#[derive(Debug)]
pub(crate) struct RowReader {
    file: String,
    columns: Vec<Planned>,
    as_of: Option<Date>,
    apostrophe: Apostrophe,
}

/// What days in cells are read by.
#[derive(Debug, Default)]
pub(crate) struct Days {
    /// The order of day, month and year in each column, by its place.
    pub orders: Vec<Option<DateOrder>>,
    /// Day on which the file is current.
    pub as_of: Option<Date>,
}

#[derive(Debug)]
struct Planned {
    at: usize,
    order: Option<DateOrder>,
    name: String,
    read: Read,
    absent: Vec<String>,
    /// What separates values in its cells, where the layout says so.
    split: Option<String>,
}

#[derive(Debug)]
enum Read {
    Id,
    Field(Field),
    /// Whether the person agreed to be contacted.
    Consent,
    /// The lower bound of a pay, with the place of the column of the upper one.
    PayFrom(Field, usize),
    /// The upper bound of a pay, with the place of the column of the lower one where there is one.
    PayTo(Field, Option<usize>),
    Tick(String),
    /// How well the skill of this name is known, in percent, also without the sign.
    Level(String),
    SkillYears(String),
    /// A skill, with the place and the name of the column of the years with it.
    SkillWithYears(usize, String),
    /// The skill of a row, of which other columns say more.
    SkillOfRow(SkillRows),
    /// How well the language of this name is spoken.
    LanguageLevel(String),
    Protected,
}

impl RowReader {
    /// `keep_protected` says whether protected attributes are handed on, apart from the values; `header` gives the header
    /// of a column by its place.
    pub fn new<'a>(
        file: &str,
        columns: &[ColumnUse],
        layout: &Layout,
        days: &Days,
        apostrophe: Apostrophe,
        keep_protected: bool,
        header: impl Fn(usize) -> &'a str,
    ) -> Self {
        // The other end of the range that a column of pay holds one end of.
        let is_pay =
            |column: &ColumnUse| matches!(column.usage, Usage::Field(Field::ExpectedPay | Field::CurrentPay));
        let bounds: Vec<_> = columns
            .iter()
            .enumerate()
            .map(|(at, column)| if is_pay(column) { bound_of(header(at)) } else { None })
            .collect();
        let other_end = |at: usize, wanted: Bound| {
            let (_, base) = bounds[at].as_ref()?;
            (0..columns.len()).find(|other| {
                let same = bounds[*other].as_ref().is_some_and(|(bound, of)| *bound == wanted && of == base);
                same && columns[*other].usage == columns[at].usage
            })
        };
        let is_years_of =
            |years: &ColumnUse, of: &str| matches!(&years.usage, Usage::SkillYears(name) if name == of);
        let is_skills = |column: &ColumnUse| column.usage == Usage::Field(Field::Skills);
        let years_of = |name: &str| columns.iter().position(|c| c.column != name && is_years_of(c, name));
        let plan = |(at, column): (usize, &ColumnUse)| {
            let end = bounds[at].as_ref().map(|(bound, _)| *bound);
            let upper = if end == Some(Bound::From) { other_end(at, Bound::To) } else { None };
            let years = if is_skills(column) { years_of(&column.column) } else { None };
            let is_level =
                column.usage == Usage::Field(Field::Languages) && layout.meaning(header(at)).is_none();
            let language = if is_level { language_named(header(at)) } else { None };
            let read = if let Some(years) = years {
                Read::SkillWithYears(years, columns[years].column.clone())
            } else if let Some(language) = language {
                Read::LanguageLevel(language)
            } else {
                match &column.usage {
                    Usage::Field(field) if end == Some(Bound::To) => {
                        Read::PayTo(*field, other_end(at, Bound::From))
                    }
                    Usage::Field(field) if upper.is_some() => Read::PayFrom(*field, upper.unwrap_or(at)),
                    Usage::Field(Field::ExternalId) => Read::Id,
                    Usage::Field(Field::OptOut) if asks_consent(header(at)) => Read::Consent,
                    Usage::Field(field) => Read::Field(*field),
                    // The column of the skill reads them.
                    Usage::SkillYears(of) if columns.iter().any(|c| is_skills(c) && c.column == *of) => {
                        return None;
                    }
                    Usage::Tick(skill) => Read::Tick(skill.clone()),
                    Usage::SkillYears(skill) => Read::SkillYears(skill.clone()),
                    Usage::Protected if keep_protected => Read::Protected,
                    Usage::Protected | Usage::Ignored => return None,
                }
            };
            let header = header(at);
            let (absent, split) = (layout.absent(header), layout.split(header).map(str::to_owned));
            let order = days.orders.get(at).copied().flatten();
            Some(Planned { at, order, name: column.column.clone(), read, absent, split })
        };
        let columns = columns.iter().enumerate().filter_map(plan).collect();
        Self { file: file.to_owned(), columns, as_of: days.as_of, apostrophe }
    }

    /// Says that the columns beside the one of skills speak of the skill of their row.
    pub fn with_skill_rows(mut self, skill_rows: Option<&SkillRows>) -> Self {
        if let Some(skill_rows) = skill_rows {
            for column in self.columns.iter_mut().filter(|column| column.at == skill_rows.skill) {
                column.read = Read::SkillOfRow(skill_rows.clone());
            }
        }
        self
    }

    /// Says at which places columns of ticks hold levels in percent.
    pub fn with_levels(mut self, is_level: impl Fn(usize) -> bool) -> Self {
        for column in &mut self.columns {
            if let Read::Tick(skill) = &column.read
                && is_level(column.at)
            {
                column.read = Read::Level(skill.clone());
            }
        }
        self
    }

    /// Reads a record whose bytes were checked.
    pub fn read(&self, line: u64, fields: &Fields) -> Row {
        let mut row = Row {
            line,
            external_id: None,
            values: Vec::with_capacity(self.columns.len().min(VALUES_EXPECTED)),
            content_key: String::new(),
            protected: Vec::new(),
            issues: Vec::new(),
            rows: 1,
        };
        for column in &self.columns {
            let cell = fields.get(column.at);
            if cell.is_empty() {
                continue;
            }
            let cell = str::from_utf8(cell).expect("records that are not UTF-8 were rejected");
            let cell = match self.apostrophe {
                Apostrophe::Guard => unguarded(cell),
                Apostrophe::Sign => cell,
            };
            let trimmed = cell.trim();
            if trimmed.is_empty() || column.absent.iter().any(|word| word == trimmed) {
                continue;
            }
            let value = |field, text: &str| Value {
                field,
                column: column.name.clone(),
                text: text.to_owned(),
                cell: Cell { import: 0, line },
                reading: Reading::of(field, text, column.order, self.as_of),
            };
            match &column.read {
                Read::Protected => row.protected.push((column.name.clone(), trimmed.to_owned())),
                Read::Id => row.external_id = Some(trimmed.to_owned()),
                Read::Consent => row.values.push(value(Field::OptOut, &format!("{CONSENT}{trimmed}"))),
                Read::PayFrom(field, upper) => {
                    if !is_nought(trimmed) {
                        let high = self.bound(fields, *upper, &column.absent).unwrap_or(trimmed);
                        if are_apart(trimmed, high) {
                            let reason = "is paid for another time or currency than its upper bound";
                            row.issues.push(self.issue(line, column, "bad-pay", reason));
                            continue;
                        }
                        row.values.push(value(*field, &joined(trimmed, high)));
                    }
                }
                Read::PayTo(field, lower) => {
                    let low = lower.and_then(|at| self.bound(fields, at, &column.absent));
                    if low.is_none() && !is_nought(trimmed) {
                        let is_bare = trimmed.starts_with(|c: char| c.is_ascii_digit() || "€£$₹".contains(c));
                        let text = if is_bare { format!("up to {trimmed}") } else { trimmed.to_owned() };
                        row.values.push(value(*field, &text));
                    }
                }
                // A cell that is JSON as a whole is read as one of a file of JSON.
                Read::Field(field @ (Field::Skills | Field::Interests))
                    if trimmed.starts_with(['{', '['])
                        && !is_json_list(trimmed)
                        && json_skills(trimmed).is_some() =>
                {
                    let said = json_skills(trimmed);
                    row.values.push(value(*field, said.as_deref().unwrap_or(cell)));
                }
                Read::Field(field) if column.split.is_some() || is_json_list(trimmed) => {
                    row.values.extend(
                        several(column.split.as_deref(), trimmed).iter().map(|text| value(*field, text)),
                    );
                }
                // An address that hides from programs is the same address.
                Read::Field(Field::Email) if !cell.contains('@') => {
                    let address = spelt_out(trimmed);
                    row.values.push(value(Field::Email, address.as_deref().unwrap_or(cell)));
                }
                Read::Field(Field::Email) => {
                    row.values.extend(split_emails(cell).into_iter().map(|text| value(Field::Email, text)));
                }
                Read::Field(Field::Link) => {
                    row.values.extend(split_links(cell).into_iter().map(|text| value(Field::Link, text)));
                }
                Read::Field(field) => row.values.push(value(*field, cell)),
                Read::SkillWithYears(years, name) => {
                    let said = self.bound(fields, *years, &column.absent).map(|cell| in_unit_of(cell, name));
                    let said = said.as_deref();
                    // Of several skills in one cell it is not said whose years these are.
                    let is_one = !trimmed.contains([',', ';', '|', '/', '\n', '(']);
                    match said.map(read_skill_years) {
                        Some(Tick::Years(years)) if is_one => {
                            row.values.push(value(Field::Skills, &format!("{trimmed} ({years} years)")));
                        }
                        // `expert`, `since 2020`
                        Some(Tick::Unread) if is_one && said.is_some_and(is_note) => {
                            let note = said.unwrap_or_default();
                            row.values.push(value(Field::Skills, &format!("{trimmed} ({note})")));
                        }
                        Some(Tick::Unread) => {
                            row.values.push(value(Field::Skills, cell));
                            row.issues.push(bad_years(&self.file, line, name));
                        }
                        _ => row.values.push(value(Field::Skills, cell)),
                    }
                }
                Read::SkillOfRow(skill_rows) => {
                    let text = self.with_details(trimmed, skill_rows, column, fields, &mut row);
                    row.values.push(value(Field::Skills, &text));
                }
                Read::LanguageLevel(language) => match (read_yes_no(trimmed), level_of(language, trimmed)) {
                    (Ok(true), _) => row.values.push(value(Field::Languages, language)),
                    (Ok(false), _) => {}
                    (Err(_), Some(said)) => row.values.push(value(Field::Languages, &said)),
                    (Err(_), None) => {
                        let reason = "does not say how well the language is spoken";
                        row.issues.push(self.issue(line, column, "unknown-language", reason));
                    }
                },
                Read::Tick(skill) => match read_tick(trimmed) {
                    Tick::Yes => row.values.push(value(Field::Skill, skill)),
                    Tick::Share(share) => {
                        row.values.push(value(Field::Skills, &format!("{skill} ({share}%)")));
                    }
                    Tick::No => {}
                    Tick::Years(_) | Tick::Unread => {
                        row.issues.push(self.issue(line, column, "bad-tick", "is neither a tick nor empty"));
                    }
                },
                Read::Level(skill) => match read_level(trimmed) {
                    Tick::Yes => row.values.push(value(Field::Skill, skill)),
                    Tick::Share(share) => {
                        row.values.push(value(Field::Skills, &format!("{skill} ({share}%)")));
                    }
                    Tick::No => {}
                    Tick::Years(_) | Tick::Unread => {
                        let reason = "is no level from 0 to 100%";
                        row.issues.push(self.issue(line, column, "bad-tick", reason));
                    }
                },
                Read::SkillYears(skill) => match read_skill_years(&in_unit_of(trimmed, &column.name)) {
                    Tick::Years(years) => {
                        row.values.push(value(Field::Skills, &format!("{skill} ({years} years)")))
                    }
                    Tick::Share(share) => {
                        row.values.push(value(Field::Skills, &format!("{skill} ({share}%)")));
                    }
                    Tick::Yes => row.values.push(value(Field::Skill, skill)),
                    Tick::No => {}
                    // `expert`, `since 2020`: what a cell of skills says of one in brackets.
                    Tick::Unread if is_note(trimmed) => {
                        row.values.push(value(Field::Skills, &format!("{skill} ({trimmed})")));
                    }
                    Tick::Unread => row.issues.push(bad_years(&self.file, line, &column.name)),
                },
            }
        }
        date_by_modification(&mut row.values);
        row.set_content_key();
        row
    }

    /// A skill with what the columns beside it say of it: `Java (5 years, expert)`.
    fn with_details(
        &self,
        skill: &str,
        skill_rows: &SkillRows,
        column: &Planned,
        fields: &Fields,
        row: &mut Row,
    ) -> String {
        let mut notes = Vec::new();
        for detail in &skill_rows.details {
            // `none` says nothing of a person, and that a skill is not held.
            let says = |cell: &&str| {
                cell.eq_ignore_ascii_case("none") || column.absent.iter().all(|word| word != cell)
            };
            let Some(cell) = self.cell(fields, detail.at).filter(says) else { continue };
            match detail.note(cell) {
                Ok(note) => notes.extend(note),
                Err(Unread) => row.issues.push(bad_years(&self.file, row.line, &detail.name)),
            }
        }
        if notes.is_empty() { skill.to_owned() } else { format!("{skill} ({})", notes.join(", ")) }
    }

    /// What a cell holds, trimmed; `None` of an empty one.
    fn cell<'f>(&self, fields: &'f Fields, at: usize) -> Option<&'f str> {
        let cell = str::from_utf8(fields.get(at)).ok()?;
        let cell = match self.apostrophe {
            Apostrophe::Guard => unguarded(cell),
            Apostrophe::Sign => cell,
        };
        Some(cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// What the column of the other end of a pay holds, where it holds something.
    fn bound<'f>(&self, fields: &'f Fields, at: usize, absent: &[String]) -> Option<&'f str> {
        self.cell(fields, at).filter(|cell| !is_nought(cell) && absent.iter().all(|word| word != cell))
    }

    fn issue(&self, line: u64, column: &Planned, code: &'static str, reason: &str) -> Issue {
        let (file, column) = (self.file.clone(), Some(column.name.clone()));
        Issue { file, line, column, code, reason: reason.to_owned() }
    }
}

fn bad_years(file: &str, line: u64, column: &str) -> Issue {
    let reason = "is no number of years from 0 to 99.9".to_owned();
    Issue { file: file.to_owned(), line, column: Some(column.to_owned()), code: "bad-years", reason }
}

/// Whether a cell is a list as programs write them: `["a", "b"]`.
fn is_json_list(cell: &str) -> bool {
    cell.starts_with("[\"") && cell.ends_with("\"]")
}

/// The values of a cell that holds several: a list as programs write them, or values with a sign between them.
fn several(split: Option<&str>, cell: &str) -> Vec<String> {
    if is_json_list(cell)
        && let Ok(items) = serde_json::from_str::<Vec<String>>(cell)
    {
        return items.into_iter().filter(|item| !item.trim().is_empty()).collect();
    }
    let Some(sign) = split else { return vec![cell.to_owned()] };
    let items = cell.split(sign).map(str::trim).filter(|item| !item.is_empty());
    items.map(str::to_owned).collect()
}

/// A row that was changed last before the day of the file was current on that earlier day.
fn date_by_modification(values: &mut [Value]) {
    let days = values.iter().filter(|value| value.field == Field::Modified).filter_map(Value::day);
    let Some(modified) = days.max() else { return };
    for value in values {
        value.reading.as_of = value.reading.as_of.map(|as_of| as_of.min(modified));
    }
}

/// A hash over field, column and text of each value, each with its length, so that no two rows run together.
fn content_key(values: &[Value]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hash = Sha256::new();
    for value in values {
        for part in [value.field.word(), &value.column, &value.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    hash.finalize()[..16].iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_programs_and_of_layouts_are_several_values() {
        assert_eq!(several(None, r#"["Rust, the language", "Go"]"#), ["Rust, the language", "Go"]);
        assert_eq!(several(None, r#"["no list"#), [r#"["no list"#]);
        assert_eq!(several(None, r#"["a" "b"]"#), [r#"["a" "b"]"#]);
        assert_eq!(several(Some(";"), "a; b;;c"), ["a", "b", "c"]);
        assert_eq!(
            several(Some(", "), "https://a.org/x,y, https://b.org"),
            ["https://a.org/x,y", "https://b.org"]
        );
    }

    #[test]
    fn spelt_out_addresses_and_levels_of_skill_columns_are_values() {
        let text = "name,email,Python,Java,Go\nAnn,ada [at] example [dot] com,80%,25 %,0%\nBob,ask,100%,,60%\n\
             Cid,c@example.com,70,50%,1\n";
        let expected = [
            vec!["Ann", "ada@example.com", "Python (80%)", "Java (25%)"],
            vec!["Bob", "ask", "Python (100%)", "Go (60%)"],
            vec!["Cid", "c@example.com", "Python (70%)", "Java (50%)", "Go (1%)"],
        ];
        assert_eq!(texts(text), expected);
    }

    #[test]
    fn years_of_one_skill_may_be_words_and_months() {
        let text = "name,Rust Experience,Kotlin (months),Skill 1,Years 1\nAnn,since 2020,18,Go,expert\n\
                    Bob,expert,6,Java,3\nCid,3,,Go,1\n";
        let expected = [
            vec!["Ann", "Rust (since 2020)", "Kotlin (1.5 years)", "Go (expert)"],
            vec!["Bob", "Rust (expert)", "Kotlin (0.5 years)", "Java (3 years)"],
            vec!["Cid", "Rust (3 years)", "Go (1 years)"],
        ];
        assert_eq!(texts(text), expected);
    }

    fn texts(text: &'static str) -> Vec<Vec<String>> {
        let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
        let file = crate::CandidateFile::from_reader(
            "f.csv",
            Box::new(std::io::Cursor::new(text.as_bytes().to_vec())),
            &crate::ImportOptions::default(),
            &taxonomy,
        );
        file.unwrap()
            .map(|row| match row.unwrap() {
                crate::ReadRow::Accepted(row) => {
                    assert_eq!(row.issues, []);
                    row.values.into_iter().map(|value| value.text).collect()
                }
                crate::ReadRow::Rejected(rejected) => panic!("{rejected:?}"),
            })
            .collect()
    }

    #[test]
    fn rows_that_say_the_same_have_the_same_key_wherever_they_stand() {
        let value = |field, text: &str, line| Value {
            field,
            column: "c".into(),
            text: text.into(),
            cell: Cell { import: 0, line },
            reading: Reading::default(),
        };
        let key = |field, text, line| content_key(&[value(field, text, line)]);
        assert_eq!(key(Field::Name, "a", 1), key(Field::Name, "a", 9));
        assert_ne!(key(Field::Name, "a", 1), key(Field::Name, "b", 1));
        assert_ne!(key(Field::Name, "a", 1), key(Field::City, "a", 1));
        assert_eq!(key(Field::Name, "a", 1).len(), 32);
    }
}
