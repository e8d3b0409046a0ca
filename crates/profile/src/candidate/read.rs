//! What the columns of a record say together.

use stackscout_taxonomy::{SkillIx, Taxonomy};

use super::cells::{fill_from_header, read_email, read_remote, read_yes_no};
use super::{Candidate, CellIssue, HeldSkill, Implausible, Place};
use crate::country::read_location;
use crate::date::read_date;
use crate::facts::Status;
use crate::pay::read_pay;
use crate::seniority::{SeniorityClaim, SeniorityFrom};
use crate::spoken::read_spoken;
use crate::years::read_years;
use crate::{Country, Field, Pay, Record, SpokenLanguage, Value};

pub(super) struct Reader<'a> {
    pub(super) record: &'a Record,
    pub(super) taxonomy: &'a Taxonomy,
    pub(super) issues: Vec<CellIssue>,
    /// Skills that a list of skills or a text names as wished for.
    pub(super) wished: Vec<SkillIx>,
    /// Cells that are written to be found.
    pub(super) implausible: Vec<Implausible>,
    reads_texts: bool,
}

impl<'a> Reader<'a> {
    pub fn new(record: &'a Record, taxonomy: &'a Taxonomy) -> Self {
        let (issues, wished, implausible) = Default::default();
        Self { record, taxonomy, issues, wished, implausible, reads_texts: true }
    }

    /// A reader that leaves free texts alone.
    pub fn without_texts(record: &'a Record, taxonomy: &'a Taxonomy) -> Self {
        Self { reads_texts: false, ..Self::new(record, taxonomy) }
    }

    pub fn candidate(&mut self) -> Candidate {
        let (mut skills, unknown_spellings) = self.skills();
        let mut traits = if self.reads_texts { self.texts_say(&mut skills) } else { Vec::new() };
        let of_skills = skills.iter_mut().map(|held: &mut HeldSkill| &mut held.places);
        for places in of_skills.chain(traits.iter_mut().map(|held| &mut held.places)) {
            places.sort_by_key(|place: &Place| std::cmp::Reverse(place.cell.import));
        }
        let location = self.text(Field::Location);
        let (in_location, city_in_location) = location.as_deref().map(read_location).unwrap_or_default();
        let status = self.status();
        let implausible = self.implausible(&skills);
        Candidate {
            number: self.record.number,
            name: self.name(),
            email: self.first(Field::Email, "bad-email", read_email),
            title: self.text(Field::Title),
            employer: self.text(Field::Employer),
            city: self.text(Field::City).or(city_in_location),
            country: self.country().or(in_location),
            location,
            remote: self.first(Field::Remote, "bad-remote", read_remote).flatten(),
            relocation: self.first(Field::Relocation, "bad-yes-no", read_yes_no),
            total_years: self.first(Field::TotalYears, "bad-years", read_years),
            seniority: self.text(Field::Seniority),
            seniority_claims: self.seniority_claims(),
            expected_pay: self.pay(Field::ExpectedPay, Field::ExpectedPayCurrency),
            current_pay: self.pay(Field::CurrentPay, Field::CurrentPayCurrency),
            permits: self.permits(),
            languages: self.languages(),
            available: self.first(Field::Available, "bad-date", read_date),
            status,
            skills,
            traits,
            interests: self.interests(),
            unknown_spellings,
            texts: self.texts(),
            implausible,
        }
    }

    pub(super) fn issue(&mut self, value: &Value, code: &'static str, reason: String) {
        let column = value.column.clone();
        self.issues.push(CellIssue { cell: value.cell, column, code, reason });
    }

    fn text(&self, field: Field) -> Option<String> {
        self.record.values(field).first().map(|v| v.text.trim().to_owned())
    }

    /// The newest level that is stated, and the newest that a title says.
    fn seniority_claims(&self) -> Vec<SeniorityClaim> {
        let fields = [(Field::Seniority, SeniorityFrom::Stated), (Field::Title, SeniorityFrom::Title)];
        let newest = |(field, from)| {
            self.record.values(field).into_iter().find_map(|value| SeniorityClaim::read(value, from))
        };
        fields.into_iter().filter_map(newest).collect()
    }

    /// The newest value that can be read; those that cannot are issues.
    fn first<T>(
        &mut self,
        field: Field,
        code: &'static str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let record = self.record;
        let mut found = None;
        for value in record.values(field) {
            match read(value.text.trim()) {
                Ok(read) => found = found.or(Some(read)),
                Err(reason) => self.issue(value, code, reason),
            }
        }
        found
    }

    fn name(&self) -> Option<String> {
        self.text(Field::Name).or_else(|| {
            let parts = [self.text(Field::FirstName), self.text(Field::LastName)];
            let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            (!name.is_empty()).then_some(name)
        })
    }

    fn country(&mut self) -> Option<Country> {
        self.first(Field::Country, "unknown-country", |s| {
            s.parse().map_err(|_| "is no country that is known by name or code".to_owned())
        })
    }

    fn pay(&mut self, field: Field, currency: Field) -> Option<Pay> {
        let mut pay = self.first(field, "bad-pay", read_pay)?;
        if pay.currency.is_none() {
            // `EUR European Euro`: the code leads, whatever follows.
            let code = |s: &str| {
                let word = s.split_whitespace().next().unwrap_or("");
                word.parse().map_err(|_| "is no currency code such as EUR".to_owned())
            };
            pay.currency = self.first(currency, "bad-currency", code);
        }
        let record = self.record;
        if pay.currency.is_none() || pay.per.is_none() {
            let header = record.values(field).first().map(|v| v.column.clone()).unwrap_or_default();
            fill_from_header(&mut pay, &header);
        }
        Some(pay)
    }

    fn permits(&mut self) -> Option<Vec<Country>> {
        let record = self.record;
        let mut known: Option<Vec<Country>> = None;
        for value in record.values(Field::Permit) {
            for item in value.text.split([',', ';', '/', '|']).map(str::trim).filter(|s| !s.is_empty()) {
                match item.parse() {
                    Ok(country) => known.get_or_insert_default().push(country),
                    Err(_) => {
                        self.issue(value, "unknown-country", "names no country that is known".to_owned())
                    }
                }
            }
        }
        known.map(sorted)
    }

    fn languages(&mut self) -> Option<Vec<SpokenLanguage>> {
        let record = self.record;
        let mut known: Option<Vec<SpokenLanguage>> = None;
        for value in record.values(Field::Languages) {
            let (languages, unread) = read_spoken(&value.text);
            if !unread.is_empty() {
                self.issue(
                    value,
                    "unknown-language",
                    format!("{} items name no known language", unread.len()),
                );
            }
            if !languages.is_empty() {
                known.get_or_insert_default().extend(languages);
            }
        }
        known.map(sorted)
    }

    fn status(&mut self) -> Option<Status> {
        let record = self.record;
        let status = |v: &&Value| match v.text.trim().to_lowercase().replace(['-', '_'], " ").as_str() {
            "hired" | "placed" | "employed by us" => Some(Status::Hired),
            "opted out" | "opt out" | "optedout" | "do not contact" | "unsubscribed" => {
                Some(Status::OptedOut)
            }
            _ => None,
        };
        let statuses = record.values(Field::Status);
        let stated = statuses.iter().filter_map(status).min();
        // An opt-out holds whichever source says it, until that source takes it back.
        let mut opted_out = false;
        for value in record.values(Field::OptOut) {
            match read_yes_no(value.text.trim()) {
                Ok(said) => opted_out |= said,
                Err(reason) => self.issue(value, "bad-yes-no", reason),
            }
        }
        stated.or(opted_out.then_some(Status::OptedOut))
    }
}

pub(super) fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}
