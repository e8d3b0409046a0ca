//! Files in the long form: a person's answers stand in several rows, one below the other.
//!
//! Rows of one id that follow each other become one, where they differ in lists alone (skills, interests, tags): nothing
//! is lost by that, and a survey of 75,000 rows is the 11,000 people that it is. Rows that differ in anything else, such
//! as applications, stay rows of their own.
//!
//! A table may also have a row for each skill of a person, with a column of years or a level beside it. What such a
//! column says is the skill's, and not the person's, where one person comes with several skills and it differs between
//! them ([`SkillRows`]).

use std::collections::HashMap;
use std::io;

use stackscout_profile::Field;
use stackscout_profile::years::{counts_months, in_unit_of};
use stackscout_taxonomy::written::is_note;

use crate::before::AS_BEFORE;
use crate::columns::{BY_MAP, ColumnUse, Usage};
use crate::dialect;
use crate::fields::Fields;
use crate::header::Header;
use crate::key::header_key;
use crate::layout::{Layout, without_bracket};
use crate::preamble::is_footer;
use crate::row::Row;
use crate::ticks::{Tick, read_skill_years};

/// Rows that become one at most: memory does not grow with the file.
const ROWS_MAX: u64 = 1_000;

/// Rows of one person that were read, and may go on.
#[derive(Debug)]
pub(crate) struct Group {
    pub row: Row,
    /// The bytes of all its rows.
    pub raw: Vec<u8>,
}

impl Group {
    pub fn new(row: Row, raw: &[u8]) -> Self {
        Self { row, raw: raw.to_vec() }
    }

    /// Takes a row in, or gives it back where it is another person's, or says what one row cannot hold.
    pub fn join(&mut self, row: Row, raw: &[u8]) -> Option<Row> {
        if row.external_id.is_none()
            || row.external_id != self.row.external_id
            || self.row.rows >= ROWS_MAX
            || !self.agrees(&row)
        {
            return Some(row);
        }
        for value in row.values {
            let same = |v: &&stackscout_profile::Value| {
                v.field == value.field && v.text == value.text && v.column == value.column
            };
            if !self.row.values.iter().any(|v| same(&v)) {
                self.row.values.push(value);
            }
        }
        self.row.issues.extend(row.issues);
        self.row.rows += 1;
        self.raw.extend_from_slice(raw);
        None
    }

    /// The row that they became.
    pub fn finish(mut self) -> (Row, Vec<u8>) {
        if self.row.rows > 1 {
            self.row.set_content_key();
        }
        (self.row, self.raw)
    }

    /// Whether a row says nothing else in the columns that hold one thing.
    fn agrees(&self, row: &Row) -> bool {
        row.values.iter().filter(|value| !is_list(value.field)).all(|value| {
            let mut said = self.row.values.iter().filter(|v| v.column == value.column).peekable();
            said.peek().is_some() && said.any(|v| v.text == value.text)
        })
    }
}

/// Whether a column of this field adds to what other rows say.
fn is_list(field: Field) -> bool {
    matches!(
        field,
        Field::Skills | Field::Skill | Field::Interests | Field::Tags | Field::Languages | Field::Permit
    )
}

/// A table with a row for each skill of a person: which column holds the skill, and which speak of it.
#[derive(Debug, Clone)]
pub(crate) struct SkillRows {
    /// Place of the column of skills.
    pub skill: usize,
    /// The columns that speak of the skill of their row.
    pub details: Vec<Detail>,
    /// Places of the columns that say who the person is.
    who: Vec<usize>,
}

/// A column that speaks of the skill of its row.
#[derive(Debug, Clone)]
pub(crate) struct Detail {
    pub at: usize,
    pub name: String,
    kind: DetailKind,
}

/// A cell below a header that says years, and no number of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unread;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DetailKind {
    Years,
    Level,
    LastUsed,
}

/// The beginning of a table.
pub(crate) struct Table<'a> {
    pub header: &'a Header,
    pub sample: &'a [u8],
    pub delimiter: u8,
    /// Records above its header.
    pub above: usize,
}

/// Columns of years that do not say whose they are, by key.
const YEARS: [&str; 27] = [
    "years",
    "yrs",
    "yoe",
    "exp",
    "experience",
    "yearsexperience",
    "yearsofexperience",
    "experienceyears",
    "experienceinyears",
    "skillyears",
    "yearswithskill",
    "yearsofuse",
    "jahre",
    "erfahrung",
    "jahreerfahrung",
    "erfahrungjahre",
    "erfahrunginjahren",
    "annees",
    "anneesdexperience",
    "anos",
    "anosdeexperiencia",
    "experiencia",
    "jaar",
    "jaren",
    "ervaring",
    "lata",
    "doswiadczenie",
];
/// Columns of months that do not say whose they are; those of years with a bracket (`Experience (months)`) are, too.
const MONTHS: [&str; 12] = [
    "months",
    "monthsexperience",
    "monthsofexperience",
    "experiencemonths",
    "experienceinmonths",
    "skillmonths",
    "monate",
    "erfahrunginmonaten",
    "mois",
    "meses",
    "maanden",
    "miesiace",
];
/// Columns of levels that do not say whose they are.
const LEVELS: [&str; 17] = [
    "level",
    "skilllevel",
    "proficiency",
    "proficiencylevel",
    "skillproficiency",
    "rating",
    "skillrating",
    "selfassessment",
    "niveau",
    "stufe",
    "kenntnisstand",
    "kenntnisniveau",
    "bewertung",
    "maitrise",
    "nivel",
    "poziom",
    "stopien",
];
/// Columns of last use.
const LAST_USED: [&str; 14] = [
    "lastused",
    "lastuse",
    "lastusedyear",
    "lastusedin",
    "lastusedon",
    "yearlastused",
    "zuletztgenutzt",
    "zuletztbenutzt",
    "zuletztverwendet",
    "zuletzteingesetzt",
    "derniereutilisation",
    "ultimouso",
    "laatstgebruikt",
    "ostatnieuzycie",
];

/// Share of the cells in percent from which on a column holds one skill in each.
const SINGLE_MIN: usize = 90;
/// Rows after which a column of lists is told.
const SINGLE_TRIED: usize = 20;
/// One row in so many is of a person with several skills, at least.
const OF_SEVERAL_MIN: usize = 4;

impl Detail {
    /// The column at this place, beside the one of skills of the name `skill`.
    fn of(at: usize, column: &ColumnUse, header: &str, layout: &Layout, skill: &str) -> Option<Self> {
        let key = header_key(header);
        let is_own = || layout.is_own && layout.columns().iter().any(|(_, own)| header_key(own) == key);
        // What the column was when rows were rejected, or somebody said that it holds, stays so.
        let was_one = matches!(&column.usage, Usage::SkillYears(of) if of == skill);
        if !was_one && (column.why == BY_MAP || column.why == AS_BEFORE || is_own()) {
            return None;
        }
        let may_be = |field| was_one || column.usage == Usage::Ignored || column.usage == Usage::Field(field);
        let in_months = || {
            let bare = header_key(without_bracket(header));
            counts_months(header) && (MONTHS.contains(&key.as_str()) || YEARS.contains(&bare.as_str()))
        };
        let is_years = YEARS.contains(&key.as_str()) || in_months();
        let kind = if is_years && may_be(Field::TotalYears) {
            DetailKind::Years
        } else if LEVELS.contains(&key.as_str()) && may_be(Field::Seniority) {
            DetailKind::Level
        } else if LAST_USED.contains(&key.as_str()) && (was_one || column.usage == Usage::Ignored) {
            DetailKind::LastUsed
        } else {
            return None;
        };
        Some(Self { at, name: column.column.clone(), kind })
    }

    /// What a cell says, as a note beside a skill; `None` where it says nothing that is read.
    pub fn note(&self, cell: &str) -> Result<Option<String>, Unread> {
        let read = |note: String| Some(note).filter(|note| is_note(note));
        match self.kind {
            DetailKind::Years => match read_skill_years(&in_unit_of(cell, &self.name)) {
                Tick::Years(years) => Ok(Some(format!("{years} years"))),
                Tick::No => Ok(Some("no".to_owned())),
                Tick::Yes => Ok(None),
                Tick::Share(share) => Ok(Some(format!("{share}%"))),
                Tick::Unread => read(cell.to_owned()).map(Some).ok_or(Unread),
            },
            DetailKind::Level => Ok(read(cell.to_owned())),
            DetailKind::LastUsed => {
                // Of a day the year: `2024-05-01`, `01.05.2024`.
                let is_year = |part: &&str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
                let year = || cell.split(|c: char| !c.is_alphanumeric()).find(is_year);
                Ok(read(format!("last used {cell}")).or_else(|| read(format!("last used {}", year()?))))
            }
        }
    }
}

/// What the rows of one person say.
#[derive(Debug)]
struct Person {
    rows: usize,
    skill: String,
    details: Vec<String>,
    /// They have another skill in another row.
    several: bool,
    /// Which details are others there.
    differ: Vec<bool>,
}

impl SkillRows {
    /// Looks at the first rows; `None` where rows are people.
    pub fn find(columns: &[ColumnUse], layout: &Layout, table: &Table<'_>) -> io::Result<Option<Self>> {
        let Some(mut rows) = Self::of_columns(columns, layout, table.header) else { return Ok(None) };
        let was_one = |detail: &Detail| matches!(columns[detail.at].usage, Usage::SkillYears(_));
        if rows.details.iter().any(was_one) {
            rows.details.retain(was_one);
            return Ok(Some(rows));
        }
        let mut records = dialect::records(table.sample, table.delimiter);
        for _ in 0..=table.above {
            records.next()?;
        }
        let mut people: HashMap<String, Person> = HashMap::new();
        let mut last = String::new();
        let (mut all, mut single) = (0, 0);
        while let Some(record) = records.next()? {
            let fields = records.fields();
            let skill = text(fields, rows.skill);
            if record.is_err() || skill.is_empty() || is_footer(fields.iter()) {
                continue;
            }
            all += 1;
            single += usize::from(!skill.contains([',', ';', '|', '\n', '•']));
            if all >= SINGLE_TRIED && single * 100 < all * SINGLE_MIN {
                return Ok(None);
            }
            let who = rows.who(fields);
            let goes_on = who.is_empty();
            if goes_on && (last.is_empty() || !rows.holds_skill_alone(fields, columns.len())) {
                continue;
            }
            if !goes_on {
                last = who;
            }
            let details: Vec<String> =
                rows.details.iter().map(|detail| text(fields, detail.at).to_lowercase()).collect();
            let Some(person) = people.get_mut(&last) else {
                let differ = vec![false; details.len()];
                let skill = skill.to_lowercase();
                people.insert(last.clone(), Person { rows: 1, skill, details, several: false, differ });
                continue;
            };
            person.rows += 1;
            if person.skill != skill.to_lowercase() {
                person.several = true;
                for (at, differs) in person.differ.iter_mut().enumerate() {
                    *differs |= goes_on || person.details[at] != details[at];
                }
            }
        }
        let several = || people.values().filter(|person| person.several);
        let of_several: usize = several().map(|person| person.rows).sum();
        if of_several == 0 || single * 100 < all * SINGLE_MIN || of_several * OF_SEVERAL_MIN < all {
            return Ok(None);
        }
        let differing = several().filter(|person| person.differ.contains(&true)).count();
        if differing * 2 < several().count() {
            return Ok(None);
        }
        // A level that never differs is the person's.
        let differs: Vec<bool> =
            (0..rows.details.len()).map(|at| several().any(|person| person.differ[at])).collect();
        let mut differs = differs.into_iter();
        rows.details.retain(|detail| differs.next().unwrap_or(false) || detail.kind != DetailKind::Level);
        Ok(Some(rows).filter(|rows| !rows.details.is_empty()))
    }

    /// The columns as far as their names tell: one of skills, what stands directly beside it, and who the person is.
    fn of_columns(columns: &[ColumnUse], layout: &Layout, header: &Header) -> Option<Self> {
        let is_skill = |column: &ColumnUse| column.usage == Usage::Field(Field::Skills);
        let skill = columns.iter().position(is_skill)?;
        if columns.iter().filter(|column| is_skill(column)).count() > 1 {
            return None;
        }
        let name = columns[skill].column.as_str();
        let detail = |at: usize| Detail::of(at, columns.get(at)?, header.cells.get(at)?, layout, name);
        let behind: Vec<Detail> = (skill + 1..columns.len()).map_while(detail).collect();
        let before: Vec<Detail> = (0..skill).rev().map_while(detail).collect();
        let mut details: Vec<Detail> = Vec::new();
        for run in [behind, before] {
            for found in run {
                if details.iter().any(|known| known.kind == found.kind) {
                    break;
                }
                details.push(found);
            }
        }
        details.sort_by_key(|detail| detail.at);
        let is_who = |at: &usize| matches!(&columns[*at].usage, Usage::Field(field) if WHO.contains(field));
        let who: Vec<usize> = (0..columns.len()).filter(is_who).collect();
        (!who.is_empty() && !details.is_empty()).then_some(Self { skill, details, who })
    }

    /// Says what the columns are used for.
    pub fn settle(&self, columns: &mut [ColumnUse]) {
        let skill = columns[self.skill].column.clone();
        for detail in &self.details {
            let what = match detail.kind {
                DetailKind::Years => "years",
                DetailKind::Level => "level",
                DetailKind::LastUsed => "last use",
            };
            let column = &mut columns[detail.at];
            column.usage = Usage::SkillYears(skill.clone());
            column.why = format!("the {what} of the skill in `{skill}`: people come with several skills");
            column.guess = false;
        }
    }

    /// Whether a row holds a skill, and nothing that says whose.
    pub fn is_nobodys(&self, fields: &Fields) -> bool {
        !text(fields, self.skill).is_empty() && self.who.iter().all(|at| text(fields, *at).is_empty())
    }

    /// Who the person of a row is, as far as rows of one file tell them apart.
    fn who(&self, fields: &Fields) -> String {
        let said: Vec<String> = self.who.iter().map(|at| text(fields, *at).to_lowercase()).collect();
        said.join("\t").trim().to_owned()
    }

    /// Whether a row fills the columns of the skill alone.
    fn holds_skill_alone(&self, fields: &Fields, columns: usize) -> bool {
        let is_of_skill = |at: usize| at == self.skill || self.details.iter().any(|detail| detail.at == at);
        (0..columns).all(|at| is_of_skill(at) || text(fields, at).is_empty())
    }
}

/// Fields that say who a person is.
const WHO: [Field; 7] = [
    Field::ExternalId,
    Field::Name,
    Field::FirstName,
    Field::LastName,
    Field::Email,
    Field::Phone,
    Field::Link,
];

fn text(fields: &Fields, at: usize) -> &str {
    str::from_utf8(fields.get(at)).unwrap_or_default().trim()
}
