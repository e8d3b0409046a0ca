//! What do the demo's files look like?
//!
//! Two files of candidates in two layouts, as two sources would send them: `candidates.csv` holds nearly everybody;
//! `referrals.csv` has forty people under other headings, with semicolons and commas changing places.

use csv::{Terminator, WriterBuilder};

use crate::PEOPLE_MIN;
use crate::landmarks::{self, DUPLICATE_NUMBER, DUPLICATE_REFERRAL};
use crate::people::{self, Person, Room};

/// A file of the demo, not yet written anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoFile {
    /// The name, without a folder.
    pub name: &'static str,
    /// The text, in UTF-8, lines ended by a line feed.
    pub contents: String,
}

/// What an import of both files comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Data rows of `candidates.csv`.
    pub candidate_rows: usize,
    /// Data rows of `referrals.csv`.
    pub referral_rows: usize,
    /// Rows that must be rejected, of both.
    pub rejected_rows: usize,
    /// Cells that are in trouble while their row stays, of both.
    pub cell_issues: usize,
    /// People in the pool afterwards: one stands in both files.
    pub people: usize,
}

/// Rows of `referrals.csv`; one of them is somebody of `candidates.csv`.
const REFERRALS: usize = 40;

/// Says what an import of [`candidate_files`] comes to.
pub fn expected(people: usize) -> Expected {
    let people = people.max(PEOPLE_MIN);
    // Everybody, without those who stand in the referrals alone, and one row that is cut off.
    let candidate_rows = people - (REFERRALS - 1) + 1;
    Expected { candidate_rows, referral_rows: REFERRALS, rejected_rows: 1, cell_issues: 1, people }
}

/// Invents `people` people (at least [`PEOPLE_MIN`]) and writes `candidates.csv` and `referrals.csv`.
///
/// The same number and seed give the same bytes on every machine. A row of `candidates.csv` stays the same
/// when only the number of people changes.
pub fn candidate_files(people: usize, seed: u64) -> Vec<DemoFile> {
    let candidate_rows = expected(people).candidate_rows;
    vec![
        DemoFile { name: "candidates.csv", contents: candidates(candidate_rows, seed) },
        DemoFile { name: "referrals.csv", contents: referrals(candidate_rows, seed) },
    ]
}

fn candidates(rows: usize, seed: u64) -> String {
    let mut table = Table::new(b',');
    table.row(&[
        "id",
        "name",
        "email",
        "title",
        "location",
        "country",
        "remote",
        "relocation",
        "years",
        "salary",
        "skills",
        "summary",
    ]);
    let cut_row = landmarks::landmarks().cut_row.id;
    for number in 1..=rows {
        let person = candidate(seed, number);
        let skills = person.skills.join("; ");
        if person.id == cut_row {
            table.row(&[&person.id, &person.name, &person.email, "Senior back-e"]);
            continue;
        }
        table.row(&[
            &person.id,
            &person.name,
            &person.email,
            &person.title,
            &person.city,
            &person.country,
            &person.remote,
            &person.relocation,
            &person.years,
            &person.salary,
            &skills,
            &person.summary,
        ]);
    }
    table.finish()
}

fn candidate(seed: u64, number: usize) -> Person {
    let mut person = people::draw(seed, number, format!("P{number:05}"), Room::LastUsed);
    landmarks::plant(&mut person);
    person
}

/// The referrals' people take the numbers after the candidates', so that nobody else stands in both files.
fn referrals(candidate_rows: usize, seed: u64) -> String {
    let mut table = Table::new(b';');
    table.row(&[
        "Candidate ID",
        "Full name",
        "E-mail",
        "Job title",
        "City",
        "Country",
        "Tech stack",
        "Experience (years)",
    ]);
    for number in 1..=REFERRALS {
        let id = format!("R{number:04}");
        let person = if number == DUPLICATE_REFERRAL {
            let mut person = candidate(seed, DUPLICATE_NUMBER);
            landmarks::refer(&mut person);
            Person { id, ..person }
        } else {
            people::draw(seed, candidate_rows + number, id, Room::Years)
        };
        // A spelling may hold the other file's separator ("HTML; CSS").
        let skills = person.skills.join(", ").replace("; ", ", ");
        table.row(&[
            &person.id,
            &person.name,
            &person.email,
            &person.title,
            &person.city,
            &person.country,
            &skills,
            &person.years,
        ]);
    }
    table.finish()
}

/// A CSV file in memory.
struct Table {
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    fn new(delimiter: u8) -> Self {
        // Flexible, because one row is cut off on purpose.
        let mut builder = WriterBuilder::new();
        builder.delimiter(delimiter).flexible(true).terminator(Terminator::Any(b'\n'));
        Self { writer: builder.from_writer(Vec::new()) }
    }

    fn row(&mut self, cells: &[&str]) {
        self.writer.write_record(cells).expect("writing to memory does not fail");
    }

    fn finish(self) -> String {
        let bytes = self.writer.into_inner().expect("flushing to memory does not fail");
        String::from_utf8(bytes).expect("every cell is a string")
    }
}
