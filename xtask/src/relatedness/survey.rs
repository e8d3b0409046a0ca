//! Surveys as sets of frameworks.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use stackscout_taxonomy::{SkillIx, Taxonomy};

/// Frameworks that somebody has, one bit for each of [`Survey::frameworks`].
pub type Held = u64;

/// Which half of the people a respondent belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Even respondent numbers: credits are proposed from these.
    Calibrating,
    /// Odd respondent numbers: credits are judged by these.
    Measured,
}

impl Half {
    /// The half of a respondent, by the number that the survey itself gave: it depends on no order of rows.
    #[must_use]
    pub fn of(respondent: u64) -> Self {
        if respondent.is_multiple_of(2) { Self::Calibrating } else { Self::Measured }
    }
}

/// A survey: who has which frameworks.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The frameworks that the survey asks about, in its order; at most 64.
    pub frameworks: Vec<SkillIx>,
    /// Each respondent who has at least one: the survey's number, and what they have.
    pub people: Vec<(u64, Held)>,
}

/// People of a survey who have the same frameworks, counted.
pub type Groups = BTreeMap<Held, u64>;

impl Survey {
    /// All people, or those of one half, grouped by what they have.
    #[must_use]
    pub fn groups(&self, half: Option<Half>) -> Groups {
        let mut groups = Groups::new();
        for (respondent, held) in &self.people {
            if half.is_none_or(|half| Half::of(*respondent) == half) {
                *groups.entry(*held).or_default() += 1;
            }
        }
        groups
    }

    /// Reads the file of 2024: a column a framework, `1.0` where somebody has it.
    ///
    /// # Errors
    /// Where the file cannot be read, or a column's name is no skill.
    pub fn of_2024(path: &Path, taxonomy: &Taxonomy) -> Result<Self> {
        let mut reader = open(path)?;
        let headers = reader.headers()?.clone();
        let number = column(&headers, "ResponseId")?;
        let first = column(&headers, "Country")? + 1;
        let frameworks: Vec<SkillIx> = headers
            .iter()
            .skip(first)
            .map(|name| taxonomy.resolve(name).skill().with_context(|| format!("`{name}` is no skill")))
            .collect::<Result<_>>()?;
        let mut survey = Self { frameworks, people: Vec::new() };
        survey.check_size()?;
        for (row, record) in reader.records().enumerate() {
            let record = record?;
            let respondent = parse(&record[number], row)?;
            let ticked = record.iter().skip(first).enumerate().filter(|(_, cell)| !cell.is_empty());
            survey.add(respondent, ticked.fold(0, |held, (bit, _)| held | 1 << bit));
        }
        Ok(survey)
    }

    /// Reads the file of 2019: many rows a respondent, one framework a row. An answer that means two skills, or none,
    /// is left out.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn of_2019(path: &Path, taxonomy: &Taxonomy) -> Result<Self> {
        let mut reader = open(path)?;
        let headers = reader.headers()?.clone();
        let (number, answer) = (column(&headers, "Respondent")?, column(&headers, "WebFrameWorkedWith")?);
        let mut answers: BTreeMap<u64, Vec<String>> = BTreeMap::new();
        for (row, record) in reader.records().enumerate() {
            let record = record?;
            answers.entry(parse(&record[number], row)?).or_default().push(record[answer].to_owned());
        }
        Self::of_answers(answers, taxonomy)
    }

    /// Reads the file of 2025: one row a respondent, frameworks with `;` between them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn of_2025(path: &Path, taxonomy: &Taxonomy) -> Result<Self> {
        let mut reader = open(path)?;
        let headers = reader.headers()?.clone();
        let answer = column(&headers, "WebframeHaveWorkedWith")?;
        let mut answers = BTreeMap::new();
        for (row, record) in (0_u64..).zip(reader.records()) {
            answers.insert(row, record?[answer].split(';').map(str::to_owned).collect());
        }
        Self::of_answers(answers, taxonomy)
    }

    fn of_answers(answers: BTreeMap<u64, Vec<String>>, taxonomy: &Taxonomy) -> Result<Self> {
        let mut bits: BTreeMap<SkillIx, usize> = BTreeMap::new();
        // Few answers in many rows: each is resolved once.
        let mut resolved: BTreeMap<&str, Option<SkillIx>> = BTreeMap::new();
        for written in answers.values().flatten() {
            resolved.entry(written).or_insert_with(|| taxonomy.resolve(written).skill());
        }
        let meant = |written: &String| resolved[written.as_str()];
        for skill in answers.values().flatten().filter_map(meant) {
            bits.insert(skill, 0);
        }
        for (at, bit) in bits.values_mut().enumerate() {
            *bit = at;
        }
        let mut survey = Self { frameworks: bits.keys().copied().collect(), people: Vec::new() };
        survey.check_size()?;
        for (respondent, written) in &answers {
            survey.add(*respondent, written.iter().filter_map(meant).fold(0, |held, s| held | 1 << bits[&s]));
        }
        Ok(survey)
    }

    /// Who has no framework at all says nothing about them, and is left out.
    fn add(&mut self, respondent: u64, held: Held) {
        if held != 0 {
            self.people.push((respondent, held));
        }
    }

    fn check_size(&self) -> Result<()> {
        if self.frameworks.len() > 64 {
            bail!("{} frameworks, and 64 is the limit", self.frameworks.len());
        }
        Ok(())
    }
}

/// The places of the bits that are set, lowest first.
pub fn bits(held: Held) -> impl Iterator<Item = usize> {
    (0..64).filter(move |bit| held >> bit & 1 == 1)
}

fn open(path: &Path) -> Result<csv::Reader<std::fs::File>> {
    csv::Reader::from_path(path).with_context(|| path.display().to_string())
}

fn column(headers: &csv::StringRecord, name: &str) -> Result<usize> {
    headers.iter().position(|h| h == name).with_context(|| format!("no column `{name}`"))
}

fn parse(cell: &str, row: usize) -> Result<u64> {
    cell.parse().with_context(|| format!("line {}: the respondent's number is none", row + 2))
}
