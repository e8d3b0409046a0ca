//! A file of candidates, from its first byte to its last row.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use stackscout_profile::Field;
use stackscout_taxonomy::Taxonomy;

use crate::before::ColumnBefore;
use crate::columns::{ColumnUse, Evidence, Usage};
use crate::header::Header;
use crate::heading::{Form, HeaderRow, Heading, MARK, Sampled};
use crate::long::{Group, SkillRows, Table};
use crate::records::Fault;
use crate::row::{Apostrophe, Days, RowReader};
use crate::rows::{RejectsForm, Rows};
use crate::source::source_of_stem;
use crate::ticks::Sample;
use crate::{
    Cvs, ImportError, ImportOptions, Input, Issue, Rejected, Row, dialect, layout, opening, preamble,
};

/// A file that is being read, row by row. Iterating gives every data row once, read or rejected; blank lines and lines
/// of nothing but empty cells are no rows. After an error nothing more comes.
///
/// ```no_run
/// use stackscout_importer::{CandidateFile, ImportOptions, ReadRow};
/// # fn main() -> Result<(), stackscout_importer::ImportError> {
/// let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
/// let mut file = CandidateFile::open("candidates.csv".as_ref(), &ImportOptions::default(), &taxonomy)?;
/// for row in &mut file {
///     match row? {
///         ReadRow::Accepted(row) => println!("line {}: {} values", row.line, row.values.len()),
///         ReadRow::Rejected(rejected) => eprintln!("line {}: {}", rejected.issue.line, rejected.issue.reason),
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct CandidateFile {
    name: String,
    source: String,
    layout: String,
    columns: Vec<ColumnUse>,
    /// The same, for rows that are rejected and come again.
    before: Vec<ColumnBefore>,
    delimiter: u8,
    preamble: Vec<u8>,
    header: HeaderRow,
    rows: Rows,
    reader: RowReader,
    join: Option<Join>,
    notes: Vec<String>,
    bytes: Arc<AtomicU64>,
    bytes_total: Option<u64>,
    failed: bool,
    lines_above: u64,
    /// Whether the last rows may close the table instead of being people.
    has_footer: bool,
    /// Whether people are called by a number: `Candidate 3`.
    by_number: bool,
    /// The columns of a table with a row for each skill of a person.
    skill_rows: Option<SkillRows>,
    /// Rows of one person that may go on, where the file is in the long form.
    group: Option<Group>,
    is_long: bool,
    /// What was read behind a row that was held back.
    ready: VecDeque<Ready>,
    /// The row that was given last, where it is not the record that was read last.
    given: Option<Given>,
}

/// A row that waits to be given, with its bytes.
type Ready = (ReadRow, Given);

/// Where a row began, and its bytes.
#[derive(Debug)]
struct Given {
    line: u64,
    raw: Vec<u8>,
}

/// A data row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadRow {
    /// It was read.
    Accepted(Row),
    /// It was not.
    Rejected(Rejected),
}

impl CandidateFile {
    /// Opens a file, and reads its header; `-` is standard input.
    ///
    /// # Errors
    /// Where the file cannot be opened, is of no kind that is read, has no header, or no column that is understood; and
    /// where an option names a layout, a column or a sheet that does not exist.
    pub fn open(path: &Path, options: &ImportOptions, taxonomy: &Taxonomy) -> Result<Self, ImportError> {
        Self::open_input(&Input::from(path), options, taxonomy)
    }

    /// Opens what was found in a folder or archive, or a file.
    ///
    /// # Errors
    /// As [`CandidateFile::open`].
    pub fn open_input(
        input: &Input,
        options: &ImportOptions,
        taxonomy: &Taxonomy,
    ) -> Result<Self, ImportError> {
        opening::open(input, options, taxonomy)
    }

    /// Reads from anything; `name` stands in issues and, where the layout has no source, names it.
    ///
    /// # Errors
    /// As [`CandidateFile::open`].
    pub fn from_reader(
        name: &str,
        reader: Box<dyn io::BufRead + Send>,
        options: &ImportOptions,
        taxonomy: &Taxonomy,
    ) -> Result<Self, ImportError> {
        opening::open_stream(name.to_owned(), reader, None, options, taxonomy)
    }

    /// Finds the header among the rows, and settles what its columns are used for.
    pub(crate) fn begin(
        begun: Begun,
        options: &ImportOptions,
        taxonomy: &Taxonomy,
    ) -> Result<Self, ImportError> {
        let Begun {
            name,
            mut rows,
            mut preamble,
            preamble_lines,
            sample,
            delimiter,
            bytes,
            bytes_total,
            settled,
        } = begun;
        let failed = |line| {
            let file = name.clone();
            move |source| ImportError::Read { file, line, source }
        };
        let own = |header: &str| options.layouts.iter().any(|layout| layout.meaning(header).is_some());
        let before = |header: &str| options.columns.iter().any(|column| column.column == header);
        let names = |header: &str| layout::knows(header) || own(header) || before(header);
        // Where a layout counts by places, the first row is passed over whatever it says.
        let by_place = options.layout.as_deref().is_some_and(|name| {
            let mut all = options.layouts.iter().chain(layout::layouts());
            all.any(|layout| layout.name == name && !layout.order().is_empty())
        });
        // Keys of JSON, and columns that the kind of file settles, are no row of a table.
        let is_table = settled.is_none() && rows.form() == RejectsForm::Csv;
        let no_header = options.no_header && is_table;
        let table = match (no_header, is_table && !by_place) {
            (true, _) => Form::NoHeader,
            (false, true) => Form::Table,
            (false, false) => Form::First,
        };
        let text = Sampled { bytes: &sample, delimiter };
        let heading = Heading::find(&name, &mut rows, &mut preamble, text, table, names)?;
        let Heading { header, row: header_row, line, lines_above, records_above } = heading;
        let count = header.cells.len();
        let named = if no_header { count } else { header.named() };
        let sampled = match &mut rows {
            Rows::Text(records) => {
                records.set_columns(count, named);
                sample_columns(&sample, delimiter, count, named, line, preamble_lines)
                    .map_err(failed(line))?
            }
            Rows::Cells(cells) => {
                cells.set_columns(count);
                cells.sample()
            }
        };
        let evidence = Evidence { file: &name, header: &header, sample: &sampled, taxonomy };
        let layout = evidence.layout(options)?;
        let is_settled = settled.is_some();
        let (layout_name, mut columns, own_source) = match settled {
            Some(Settled { layout, columns }) => (layout.to_owned(), columns, None),
            None => {
                let columns = evidence.columns(&layout, options)?;
                (layout.name.clone(), columns, layout.source(&evidence.keys()).map(str::to_owned))
            }
        };
        let skill_rows = match is_settled || no_header || !layout.is_loose() {
            true => None,
            false => {
                let table = Table { header: &header, sample: &sample, delimiter, above: records_above };
                SkillRows::find(&columns, &layout, &table).map_err(failed(line))?
            }
        };
        if let Some(skill_rows) = &skill_rows {
            skill_rows.settle(&mut columns);
        }
        let notes = if is_settled { Vec::new() } else { evidence.hidden_refusals(&columns) };
        let orders = evidence.date_orders(&mut columns, options)?;
        let mut names_in_rejects = header.names.clone();
        if no_header {
            preamble.extend_from_slice(&made_header(&columns, delimiter, sample.starts_with(MARK)));
            names_in_rejects = Header::new(&made_names(&columns).iter().collect()).names;
        }
        // An id alone says nothing about anybody.
        let says = |c: &ColumnUse| c.is_mapped() && c.usage != Usage::Field(Field::ExternalId);
        if !columns.iter().any(says) {
            // Where nothing tells a header from a row, its cells are somebody's.
            let has_header = !is_table || no_header || evidence.is_header_for_sure(names);
            let (count, columns) = (columns.len(), columns.into_iter().map(|c| c.column));
            let columns = if has_header { columns.collect() } else { Vec::new() };
            return Err(ImportError::NothingUnderstood { file: name, columns, count });
        }
        let asked = options.source.as_deref().map(str::trim).filter(|source| !source.is_empty());
        let source = asked.map(str::to_owned).or(own_source).unwrap_or_else(|| source_of_stem(&name));
        let id = columns.iter().position(|c| c.usage == Usage::Field(Field::ExternalId));
        let numbered =
            |at: usize| sampled.cells(at).filter(|cell| preamble::is_called_by_number(cell)).count();
        let by_number = is_table && (0..count).any(|at| numbered(at) > 1);
        let is_long = id.is_some_and(|id| !is_settled && (layout.is_long() || sampled.repeats(id)));
        let days = Days { orders, as_of: options.as_of };
        let keep_protected = !options.no_protected;
        let apostrophe = match &rows {
            Rows::Text(_) => Apostrophe::Guard,
            Rows::Cells(_) => Apostrophe::Sign,
        };
        let reader = RowReader::new(&name, &columns, &layout, &days, apostrophe, keep_protected, |at| {
            &header.cells[at]
        });
        let reader = reader.with_skill_rows(skill_rows.as_ref()).with_levels(|at| sampled.is_in_percent(at));
        let before = match is_settled {
            true => Vec::new(),
            false => columns
                .iter()
                .zip(names_in_rejects)
                .zip(&days.orders)
                .map(|((c, column), order)| ColumnBefore { column, usage: c.usage.clone(), order: *order })
                .collect(),
        };
        let join = options.cvs.clone().map(|cvs| Join::new(cvs, &mut columns));
        Ok(Self {
            name,
            source,
            layout: layout_name,
            columns,
            before,
            delimiter,
            preamble,
            header: header_row,
            rows,
            reader,
            join,
            notes,
            bytes,
            bytes_total,
            failed: false,
            lines_above,
            has_footer: is_table,
            by_number,
            skill_rows,
            group: None,
            is_long,
            ready: VecDeque::new(),
            given: None,
        })
    }

    /// The file as it was named; `stdin` for standard input.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.name
    }

    /// The source, within which ids are compared.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Name of the layout.
    #[must_use]
    pub fn layout(&self) -> &str {
        &self.layout
    }

    /// What separates cells.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// All columns in the order of the header, and what each is used for.
    #[must_use]
    pub fn columns(&self) -> &[ColumnUse] {
        &self.columns
    }

    /// What each column is used for, under the name that it has in the header of rejected rows; nothing where the kind of
    /// file settles it.
    #[must_use]
    pub fn columns_before(&self) -> &[ColumnBefore] {
        &self.before
    }

    /// Names of all columns of which values are made, for `Record::merge`.
    #[must_use]
    pub fn mapped_columns(&self) -> Vec<String> {
        self.columns.iter().filter(|c| c.is_mapped()).map(|c| c.column.clone()).collect()
    }

    /// The bytes before the first row as they stand in the file: byte order mark, `sep=` line, header. Without lines above
    /// the header; and for a file without a header one that says what its columns were read as.
    #[must_use]
    pub fn preamble(&self) -> &[u8] {
        &self.preamble
    }

    /// What was noticed and belongs to no single row, as sentences; complete after the last row.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        self.notes.iter().cloned().chain(self.rows.notes()).collect()
    }

    /// Takes the file once more, to look through its rows before CVs join them.
    pub(crate) fn look_ahead(&mut self, ahead: Self) {
        if let Some(join) = &mut self.join {
            join.ahead = Some(Box::new(ahead));
        }
    }

    /// Adds to what was noticed.
    pub(crate) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// How rejected rows are written.
    #[must_use]
    pub fn rejects_form(&self) -> RejectsForm {
        self.rows.form()
    }

    /// Lines above the header that were passed over: a title, a day, filters.
    #[must_use]
    pub fn lines_above_header(&self) -> u64 {
        self.lines_above
    }

    /// Whether rows of one person that follow each other are read as one.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.is_long
    }

    /// The bytes of the row that was given last, for callers who reject a row themselves; of a worksheet, the row as CSV.
    #[must_use]
    pub fn last_row_bytes(&self) -> Cow<'_, [u8]> {
        self.given.as_ref().map_or_else(|| self.rows.raw(), |given| Cow::Borrowed(given.raw.as_slice()))
    }

    /// Makes a rejection of the row that was given last.
    #[must_use]
    pub fn reject_last(&self, column: Option<String>, code: &'static str, reason: String) -> Rejected {
        let line = self.given.as_ref().map_or_else(|| self.rows.line(), |given| given.line);
        let issue = Issue { file: self.name.clone(), line, column, code, reason };
        Rejected { issue, raw: self.last_row_bytes().into_owned() }
    }

    /// Bytes taken from the file so far, for progress; ahead of the rows by what is buffered.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Size of the file; `None` for standard input and pipes.
    #[must_use]
    pub fn bytes_total(&self) -> Option<u64> {
        self.bytes_total
    }

    fn read_row(&mut self) -> io::Result<Option<ReadRow>> {
        let Some(record) = self.rows.next()? else { return Ok(None) };
        let may_close = self.has_footer && self.columns.len() > 1 && record.is_ok();
        let closes = may_close
            && preamble::closes(self.rows.fields().iter(), self.by_number)
            && self.rows.is_last()?;
        let is_footer = || self.has_footer && preamble::is_footer(self.rows.fields().iter());
        let fault = match record {
            // Files that were put together.
            Ok(()) if self.header.is(&self.rows) => {
                Fault { code: "header-again", field: None, reason: "is the header again".to_owned() }
            }
            Ok(()) | Err(Fault { code: "field-count", .. })
                if closes || self.columns.len() > 1 && is_footer() =>
            {
                let reason =
                    "closes the table (a sum, a number of rows, a copyright), and is no person".to_owned();
                Fault { code: "footer", field: None, reason }
            }
            Ok(()) if self.skill_rows.as_ref().is_some_and(|rows| rows.is_nobodys(self.rows.fields())) => {
                let reason =
                    "names a skill and nobody who holds it; write into it whom it is about".to_owned();
                Fault { code: "no-person", field: None, reason }
            }
            Ok(()) => {
                let row = self.reader.read(self.rows.line(), self.rows.fields());
                return Ok(Some(ReadRow::Accepted(row)));
            }
            Err(fault) => fault,
        };
        let column = fault.field.and_then(|at| self.columns.get(at)).map(|c| c.column.clone());
        let (code, reason) = (fault.code, fault.reason);
        let issue = Issue { file: self.name.clone(), line: self.rows.line(), column, code, reason };
        Ok(Some(ReadRow::Rejected(Rejected { issue, raw: self.rows.raw().into_owned() })))
    }

    /// The next row of a file in the long form, where a row is complete when the next one is another person's.
    fn read_long(&mut self) -> io::Result<Option<ReadRow>> {
        while self.ready.is_empty() {
            match self.read_row()? {
                None => match self.group.take() {
                    None => return Ok(None),
                    Some(group) => self.give(group),
                },
                // What is rejected stands for itself; the rows around it go on.
                Some(ReadRow::Rejected(rejected)) => {
                    let given = Given { line: rejected.issue.line, raw: rejected.raw.clone() };
                    self.ready.push_back((ReadRow::Rejected(rejected), given));
                }
                Some(ReadRow::Accepted(row)) => {
                    let raw = self.rows.raw();
                    let other = match &mut self.group {
                        Some(group) => group.join(row, &raw),
                        None => Some(row),
                    };
                    if let Some(row) = other {
                        let complete = self.group.replace(Group::new(row, &raw));
                        drop(raw);
                        complete.into_iter().for_each(|group| self.give(group));
                    }
                }
            }
        }
        Ok(self.ready.pop_front().map(|(row, given)| {
            self.given = Some(given);
            row
        }))
    }

    fn give(&mut self, group: Group) {
        let (row, raw) = group.finish();
        let given = Given { line: row.line, raw };
        self.ready.push_back((ReadRow::Accepted(row), given));
    }

    /// Puts the CVs of a row's person beside it.
    fn joined(&self, row: Option<ReadRow>) -> io::Result<Option<ReadRow>> {
        Ok(match (row, &self.join) {
            (Some(ReadRow::Accepted(mut row)), Some(join)) => {
                join.cvs.join(&mut row, &join.cv_column, &join.file_column)?;
                Some(ReadRow::Accepted(row))
            }
            (row, _) => row,
        })
    }
}

/// Rows of which the header is not read yet.
pub(crate) struct Begun {
    pub name: String,
    pub rows: Rows,
    /// Bytes that stand before the header, and their lines.
    pub preamble: Vec<u8>,
    pub preamble_lines: u64,
    /// The first lines of a table of text; of cells, the first rows as CSV.
    pub sample: Vec<u8>,
    pub delimiter: u8,
    pub bytes: Arc<AtomicU64>,
    pub bytes_total: Option<u64>,
    /// What the columns are, where the kind of file says so.
    pub settled: Option<Settled>,
}

/// Columns that the kind of a file settles.
pub(crate) struct Settled {
    pub layout: &'static str,
    pub columns: Vec<ColumnUse>,
}

/// CVs to be joined, and the columns that they are put into.
struct Join {
    cvs: Arc<Cvs>,
    cv_column: String,
    file_column: String,
    /// The file once more, whose rows are looked through before one is joined.
    ahead: Option<Box<CandidateFile>>,
}

impl Join {
    /// Adds the two columns, under names that the file does not have.
    fn new(cvs: Arc<Cvs>, columns: &mut Vec<ColumnUse>) -> Self {
        let mut add = |name: &str, field, why: &str| {
            let taken = |name: &str| columns.iter().any(|c| c.column == name);
            let beside = format!("{name} (beside the table)");
            let column = if taken(name) { beside } else { name.to_owned() };
            columns.push(ColumnUse {
                column: column.clone(),
                usage: Usage::Field(field),
                why: why.to_owned(),
                guess: false,
            });
            column
        };
        let file_column = add("cv_file", Field::CvFile, "the CV that joins the row");
        let cv_column = add("cv", Field::Cv, "its text");
        Self { cvs, cv_column, file_column, ahead: None }
    }
}

impl Iterator for CandidateFile {
    type Item = Result<ReadRow, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        if let Some(join) = &mut self.join
            && let Some(ahead) = join.ahead.take()
        {
            join.cvs.survey(*ahead);
        }
        let row = if self.is_long { self.read_long() } else { self.read_row() };
        let row = row.and_then(|row| self.joined(row));
        row.map_err(|source| {
            self.failed = true;
            opening::read_error(&self.name, self.rows.last_number(), source)
        })
        .transpose()
    }
}

/// Looks at the rows below the header: those that begin after line `skipped` of the file, of which `before` lines are
/// no part of the sample.
fn sample_columns(
    sample: &[u8],
    delimiter: u8,
    count: usize,
    named: usize,
    skipped: u64,
    before: u64,
) -> io::Result<Sample> {
    let mut records = dialect::records(sample, delimiter);
    while skipped > 0 && records.line() + before < skipped {
        if records.next()?.is_none() {
            break;
        }
    }
    records.set_columns(count, named);
    let mut sampled = Sample::default();
    while let Some(row) = records.next()? {
        if row.is_ok() && !preamble::is_footer(records.fields().iter()) {
            sampled.add(records.fields());
        }
    }
    Ok(sampled)
}

/// A header for the rejects of a file that has none: the fields that its columns were read as, so that the few rows there
/// are read alike.
fn made_header(columns: &[ColumnUse], delimiter: u8, mark: bool) -> Vec<u8> {
    let line = made_names(columns).join(&char::from(delimiter).to_string());
    let mark = if mark { MARK } else { b"" };
    [mark, line.as_bytes(), b"\n"].concat()
}

fn made_names(columns: &[ColumnUse]) -> Vec<&str> {
    let mut names = Vec::with_capacity(columns.len());
    for column in columns {
        names.push(match column.usage {
            Usage::Field(field) if layout::plain().meaning(field.word()) == Some(field) => field.word(),
            _ => column.column.as_str(),
        });
    }
    names
}

#[cfg(test)]
mod tests {
    //! - consents are told by the words of their headers, and hidden refusals are said
    //! - a row that groups columns stands above the header
    //! - two columns of bounds are one pay
    //! - rows of totals are no people

    use super::*;

    fn open(text: &str) -> CandidateFile {
        let taxonomy = Taxonomy::embedded();
        let reader = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
        CandidateFile::from_reader("f.csv", reader, &ImportOptions::default(), &taxonomy).unwrap()
    }

    fn uses(text: &str) -> Vec<Usage> {
        open(text).columns().iter().map(|column| column.usage.clone()).collect()
    }

    fn texts(text: &str, field: Field) -> Vec<String> {
        let mut texts = Vec::new();
        for row in open(text) {
            if let ReadRow::Accepted(row) = row.unwrap() {
                texts.extend(
                    row.values.into_iter().filter(|value| value.field == field).map(|value| value.text),
                );
            }
        }
        texts
    }

    #[test]
    fn consents_are_told_by_words_and_hidden_refusals_are_said() {
        for (header, cells) in [
            ("Consent status", ["Revoked", "Granted"]),
            ("GDPR status", ["Consent refused", "Given"]),
            ("GDPR", ["no", "yes"]),
            ("Einwilligung Talentpool", ["nein", "ja"]),
            ("Do you consent to be contacted about future roles?", ["No - please do not", "Yes"]),
        ] {
            let [no, yes] = cells;
            let text = format!("Name,Email,{header}\nAnn,a@example.org,{no}\nBob,b@example.org,{yes}\n");
            assert_eq!(uses(&text)[2], Usage::Field(Field::OptOut), "{header}");
            let kept = [format!("consent: {no}"), format!("consent: {yes}")];
            assert_eq!(texts(&text, Field::OptOut), kept, "{header}");
        }
        let file = open("Name,Marketing consent\nAnn,no\nBob,yes\n");
        assert_eq!(file.columns()[1].usage, Usage::Ignored);
        assert!(file.notes()[0].contains("1 of its first cells"), "{:?}", file.notes());
        let skills = uses("Name,Python,Java,Go,GDPR\nAnn,x,,x,x\nBob,,x,,\nCid,x,x,x,x\n");
        assert_eq!(skills[4], Usage::Tick("GDPR".to_owned()));
    }

    #[test]
    fn a_row_that_groups_columns_stands_above_the_header() {
        let table = "Name,Email,Python,Java,Go,Django,React,Total\nAnn,a@example.org,x,,x,,,3\n";
        for (above, lines) in [
            ("", 0),
            (",,Languages,,,Frameworks,,Years\n", 1),
            ("Fair 2026,,,,,,,\n,,Languages,,,Frameworks,,Years\n", 2),
        ] {
            let file = open(&format!("{above}{table}"));
            assert_eq!(file.lines_above_header(), lines, "{above}");
            assert_eq!(file.columns()[0].column, "Name", "{above}");
        }
    }

    #[test]
    fn repeated_groups_stand_above_the_header() {
        for text in [
            "Candidate,Candidate,Contact,Contact,Experience,Experience\nName,City,Email,Phone,Skills,Years\n",
            "Candidate,Contact,Location,Experience\nName,Email,City,Years\n",
            "Person,Person,Tech,Tech,Tech\nName,Email,Python,Java,Go\n",
        ] {
            let file = open(text);
            assert_eq!(file.lines_above_header(), 1, "{text}");
            assert_eq!(file.columns()[0].column, "Name", "{text}");
        }
        let file = open("Name,Email,City\nName,Email,City\nAnn,a@example.org,Bonn\n");
        assert_eq!(file.lines_above_header(), 0);
    }

    #[test]
    fn a_heading_of_two_lines_names_what_is_merged_downwards() {
        for (upper, lower, row) in [
            (
                "Bewerber;;Kontakt;;Berufserfahrung;Kenntnisse;Sprachen;K\u{fc}ndigungsfrist",
                "Nachname;Vorname;E-Mail;Tel.;;;;",
                "M\u{fc}ller;Anna;anna@example.org;0171 2345678;8;Java;Deutsch;3 Monate",
            ),
            (
                "Bewerber;;Kontakt;;Berufserfahrung;Kenntnisse",
                "Nachname;Vorname;E-Mail;Tel.;;",
                "M\u{fc}ller;Anna;anna@example.org;0171 2345678;8;Java",
            ),
        ] {
            let text = format!("{upper}\n{lower}\n{row}\n");
            let file = open(&text);
            let used: Vec<_> = file.columns().iter().map(|column| column.usage.clone()).take(6).collect();
            let wanted = [
                Field::LastName,
                Field::FirstName,
                Field::Email,
                Field::Phone,
                Field::TotalYears,
                Field::Skills,
            ];
            assert_eq!(used, wanted.map(Usage::Field), "{upper}");
            assert_eq!(file.lines_above_header(), 0);
            assert_eq!(
                file.preamble(),
                format!("{upper}\n{lower}\n").as_bytes(),
                "the rejects are read alike"
            );
            assert_eq!(texts(&text, Field::Skills), ["Java"]);
            assert_eq!(texts(&text, Field::FirstName), ["Anna"]);
        }
    }

    #[test]
    fn what_stands_beside_a_skill_of_a_row_is_the_skills() {
        for (header, rows, skills) in [
            (
                "Name,Email,Skill,Level,Years",
                "Ada,a@example.org,Java,Expert,5\nAda,a@example.org,Python,none,0\n",
                ["Java (Expert, 5 years)", "Python (none, no)"],
            ),
            (
                "Name,Email,Skill,Years",
                "Ada,a@example.org,Java,5\nAda,a@example.org,Python,\n",
                ["Java (5 years)", "Python"],
            ),
            (
                "Name,Email,Years,Technology,Last used",
                "Ada,a@example.org,5,Java,2024-05-01\nAda,a@example.org,2,Go,current\n",
                ["Java (5 years, last used 2024)", "Go (2 years, last used current)"],
            ),
            (
                "Name;E-Mail;Kenntnis;Niveau;Jahre",
                "Ada;a@example.org;Java;4/5;3,5\nAda;a@example.org;PHP;C;1\n",
                ["Java (4/5, 3.5 years)", "PHP (1 years)"],
            ),
        ] {
            let text = format!("{header}\n{rows}");
            assert_eq!(texts(&text, Field::Skills), skills, "{header}");
            assert_eq!(texts(&text, Field::TotalYears), Vec::<String>::new(), "{header}");
            assert_eq!(texts(&text, Field::Seniority), Vec::<String>::new(), "{header}");
        }
    }

    #[test]
    fn years_are_a_persons_where_nothing_says_that_they_are_a_skills() {
        for text in [
            "Name,Email,Skill,Years\nAda,a@example.org,Java,5\nBob,b@example.org,Go,2\n",
            "Name,Email,Skill,Years\nAda,a@example.org,Java,5\nAda,a@example.org,Go,5\n",
            "Name,Email,Skills,Years\nAda,a@example.org,\"Java, Go\",5\nAda,a@example.org,\"Go, PHP\",2\n",
            "Name,Email,Skill,Total years\nAda,a@example.org,Java,5\nAda,a@example.org,Go,2\n",
            "Name,Email,Skill,City,Years\nAda,a@example.org,Java,Bonn,5\nAda,a@example.org,Go,Bonn,2\n",
        ] {
            assert_eq!(texts(text, Field::TotalYears).len(), 2, "{text}");
        }
    }

    #[test]
    fn a_skill_of_nobody_is_rejected() {
        let text = "Name,Email,Skill,Years\nAda,a@example.org,Java,5\n,,Python,2\n,,Go,1\n";
        let codes: Vec<_> = open(text)
            .filter_map(|row| match row.unwrap() {
                ReadRow::Rejected(rejected) => Some((rejected.issue.code, rejected.issue.line)),
                ReadRow::Accepted(_) => None,
            })
            .collect();
        assert_eq!(codes, [("no-person", 3), ("no-person", 4)]);
        assert_eq!(texts(text, Field::Skills), ["Java (5 years)"]);
        // A row of a person of whom nobody knows the name stays where rows are people.
        let text = "Name,Email,Skills,City\nAda,a@example.org,Java,Bonn\n,,Python,Ulm\n";
        assert_eq!(texts(text, Field::Skills), ["Java", "Python"]);
    }

    #[test]
    fn a_cell_of_skills_may_be_json() {
        let text = "Name,Skills\nAnn,\"{\"\"Go\"\": 3, \"\"PHP\"\": false}\"\nBob,\"[{\"\"name\"\": \"\"Go\"\", \"\"years\"\": 3}]\"\n";
        assert_eq!(texts(text, Field::Skills), ["Go (3 years); PHP (no)", "Go (3 years)"]);
    }

    #[test]
    fn who_opted_out_is_never_guessed() {
        for header in ["Subscribed", "Consent to relocate", "GDPR relevant", "No contact since"] {
            let text = format!("Name,Email,{header}\nAnn,a@example.org,no\nBob,b@example.org,yes\n");
            assert!(!uses(&text).contains(&Usage::Field(Field::OptOut)), "{header}");
        }
    }

    #[test]
    fn two_columns_of_bounds_are_one_pay() {
        for (from, to) in
            [("Salary from", "Salary to"), ("Salary min", "Salary max"), ("Gehalt von", "Gehalt bis")]
        {
            let text = format!(
                "Name,{to},{from},Currency\nAnn,70000,60000,EUR\nBob,,50000,EUR\nCid,80000,,EUR\nDan,0,0,EUR\n"
            );
            let pays = texts(&text, Field::ExpectedPay);
            assert_eq!(pays, ["60000 - 70000", "50000", "up to 80000"], "{from}");
        }
    }

    #[test]
    fn rows_of_totals_are_no_people() {
        for end in [
            "Total,5 candidates,,",
            "Summe,2 Kandidaten,,",
            "Anzahl,2,,",
            "Export erstellt am 01.05.2026 von Bill",
            "Bewerber 12,,,",
            "Bewerber 12,,,\n,,,\n\n\u{a9} Acme",
            ",Copyright Acme,,",
        ] {
            let text = format!("Name,Email,City,Skills\nAnn,a@example.org,Bonn,Go\n{end}\n");
            let mut below = open(&text).skip(1).map(Result::unwrap);
            let is_footer =
                |row: ReadRow| matches!(row, ReadRow::Rejected(rejected) if rejected.issue.code == "footer");
            assert!(below.all(is_footer), "{end}");
        }
    }

    #[test]
    fn what_closes_a_table_in_its_last_row_is_a_person_elsewhere() {
        for rows in ["Bewerber 12,,,\nAnn,a@example.org,Bonn,Go", "Bewerber 1,,,\nBewerber 2,,,"] {
            let text = format!("Name,Email,City,Skills\n{rows}\n");
            assert!(open(&text).all(|row| matches!(row, Ok(ReadRow::Accepted(_)))), "{rows}");
        }
    }

    #[test]
    fn a_question_for_years_with_a_skill_is_one_of_years() {
        let text = "Name,How many years of experience with Python?\nAnn,1\nBob,4\n";
        assert_eq!(uses(text)[1], Usage::SkillYears("python".to_owned()));
    }
}
