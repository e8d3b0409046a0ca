//! A record, read: typed values, skills resolved, each knowing the cell that it came from.

use stackscout_taxonomy::written::{LastUsed, Level};
use stackscout_taxonomy::{Resolution, SkillIx, Stance, Taxonomy, WrittenSkill};

use crate::country::read_location;
use crate::date::read_date;
use crate::facts::{EvidenceSource, Facts, SkillEvidence, Status};
use crate::pay::read_pay;
use crate::spoken::read_spoken;
use crate::years::read_years;
use crate::{CandidateNumber, Cell, Country, Date, Field, Pay, Record, SpokenLanguage, Value, Years};

/// A cell that could not be read as its column says. It stays as written, and unknown to every ranking.
///
/// Holds no text of the cell: what people wrote never stands in an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellIssue {
    /// The row.
    pub cell: Cell,
    /// Header of the column.
    pub column: String,
    /// Stable code, such as `bad-years`.
    pub code: &'static str,
    /// What is wrong.
    pub reason: String,
}

/// A place where a skill is spoken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The row.
    pub cell: Cell,
    /// Header of the column.
    pub column: String,
    /// The item as written.
    pub written: String,
}

/// A skill that a person holds, with every place that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSkill {
    /// What is scored.
    pub evidence: SkillEvidence,
    /// Version beside it, where one is written.
    pub version: Option<String>,
    /// Level beside it, where one is written; never scored.
    pub level: Option<Level>,
    /// The places, newest import first.
    pub places: Vec<Place>,
}

/// A spelling in a skills column that the taxonomy does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSpelling {
    /// The name as written, without years and version.
    pub name: String,
    /// Where it stands.
    pub cell: Cell,
    /// Header of the column.
    pub column: String,
}

/// A person as a recruiter sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Number in the pool.
    pub number: CandidateNumber,
    /// Name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Present employer.
    pub employer: Option<String>,
    /// Place as written.
    pub location: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Country.
    pub country: Option<Country>,
    /// Willing to work remotely.
    pub remote: Option<bool>,
    /// Willing to move.
    pub relocation: Option<bool>,
    /// Years of experience in all.
    pub total_years: Option<Years>,
    /// Seniority as stated; never scored.
    pub seniority: Option<String>,
    /// Expected pay.
    pub expected_pay: Option<Pay>,
    /// Current pay; never scored.
    pub current_pay: Option<Pay>,
    /// Countries that the person may work in; sorted.
    pub permits: Option<Vec<Country>>,
    /// Languages that the person speaks; sorted.
    pub languages: Option<Vec<SpokenLanguage>>,
    /// First day of availability.
    pub available: Option<Date>,
    /// Hired, or opted out.
    pub status: Option<Status>,
    /// Skills in the order of skill ids.
    pub skills: Vec<HeldSkill>,
    /// Skills that the person wants to work with, in the order of skill ids: no evidence.
    pub interests: Vec<SkillIx>,
    /// Spellings that name no known skill.
    pub unknown_spellings: Vec<UnknownSpelling>,
    /// Free texts: summary and notes.
    pub texts: Vec<String>,
    /// Claims nearly everything.
    pub implausible: bool,
}

/// From this many web frameworks and runtimes on a claim is implausible. In the 2024 Stack Overflow survey, of 45,161
/// people who were shown 36 of them, 99.9% named fewer than 24; 29 named 30 or more, and 21 of these all 36.
pub const IMPLAUSIBLE_WEB_SKILLS_MIN: usize = 30;

impl Candidate {
    /// Reads a record with a taxonomy. The second part is what could not be read.
    #[must_use]
    pub fn read(record: &Record, taxonomy: &Taxonomy) -> (Self, Vec<CellIssue>) {
        let mut reader = Reader { record, taxonomy, issues: Vec::new(), wished: Vec::new() };
        let candidate = reader.candidate();
        (candidate, reader.issues)
    }

    /// What is scored.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            number: self.number,
            country: self.country,
            remote: self.remote,
            relocation: self.relocation,
            total_years: self.total_years,
            skills: self.skills.iter().map(|s| s.evidence).collect(),
            traits: Vec::new(),
            status: self.status,
            permits: self.permits.clone(),
            languages: self.languages.clone(),
            available: self.available,
            expected_pay: self.expected_pay,
            implausible: self.implausible,
        }
    }

    /// The skill as this person holds it.
    #[must_use]
    pub fn held(&self, skill: SkillIx) -> Option<&HeldSkill> {
        self.skills.binary_search_by_key(&skill, |s| s.evidence.skill).ok().map(|at| &self.skills[at])
    }
}

struct Reader<'a> {
    record: &'a Record,
    taxonomy: &'a Taxonomy,
    issues: Vec<CellIssue>,
    /// Skills that a list of skills names as wished for.
    wished: Vec<SkillIx>,
}

impl Reader<'_> {
    fn candidate(&mut self) -> Candidate {
        let (skills, unknown_spellings) = self.skills();
        let location = self.text(Field::Location);
        let (in_location, city_in_location) = location.as_deref().map(read_location).unwrap_or_default();
        let status = self.status();
        let implausible = self.is_implausible(&skills);
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
            expected_pay: self.pay(Field::ExpectedPay, Field::ExpectedPayCurrency),
            current_pay: self.pay(Field::CurrentPay, Field::CurrentPayCurrency),
            permits: self.permits(),
            languages: self.languages(),
            available: self.first(Field::Available, "bad-date", read_date),
            status,
            skills,
            interests: self.interests(),
            unknown_spellings,
            texts: self.texts(),
            implausible,
        }
    }

    fn issue(&mut self, value: &Value, code: &'static str, reason: String) {
        let column = value.column.clone();
        self.issues.push(CellIssue { cell: value.cell, column, code, reason });
    }

    fn text(&self, field: Field) -> Option<String> {
        self.record.values(field).first().map(|v| v.text.trim().to_owned())
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

    fn texts(&self) -> Vec<String> {
        let fields = [Field::Summary, Field::Notes];
        fields.into_iter().flat_map(|f| self.record.values(f)).map(|v| v.text.clone()).collect()
    }

    fn interests(&self) -> Vec<SkillIx> {
        let values = self.record.values(Field::Interests);
        let listed = values.into_iter().flat_map(|v| self.taxonomy.skills_in(&v.text));
        sorted(listed.chain(self.wished.iter().copied()).collect())
    }

    fn skills(&mut self) -> (Vec<HeldSkill>, Vec<UnknownSpelling>) {
        let record = self.record;
        let mut held: Vec<HeldSkill> = Vec::new();
        let mut unknown = Vec::new();
        let mut values = record.values(Field::Skills);
        values.extend(record.values(Field::Skill));
        values.extend(record.values(Field::Tags));
        for value in values {
            let read = match value.field {
                Field::Skill => vec![self.taxonomy.read_one(&value.text)],
                _ => self.taxonomy.read_list(&value.text),
            };
            for written in read {
                if written.unread_years {
                    self.issue(value, "bad-years", "years of a skill are not 0.1 to 99.9".to_owned());
                }
                match written.resolution {
                    // Wished for or denied, it is no evidence; wishes are interests.
                    Resolution::Exact(skill) | Resolution::Alias(skill) => match written.stance {
                        Stance::Held => add(&mut held, value, skill, written),
                        Stance::Wanted => self.wished.push(skill),
                        Stance::Negated => {}
                    },
                    // A tag is evidence where it names a skill, and just a tag where it does not.
                    Resolution::Near(_) | Resolution::Unknown if value.field != Field::Tags => {
                        let column = value.column.clone();
                        unknown.push(UnknownSpelling { name: written.name, cell: value.cell, column });
                    }
                    Resolution::Near(_) | Resolution::Unknown => {}
                }
            }
        }
        (held, unknown)
    }

    fn is_implausible(&self, skills: &[HeldSkill]) -> bool {
        let web = |s: &&HeldSkill| {
            let kind = self.taxonomy.skill(s.evidence.skill).kind.as_str();
            matches!(kind, "backend-framework" | "frontend-framework" | "runtime" | "cms")
        };
        skills.iter().filter(web).count() >= IMPLAUSIBLE_WEB_SKILLS_MIN
    }
}

fn add(held: &mut Vec<HeldSkill>, value: &Value, skill: SkillIx, written: WrittenSkill) {
    let evidence = SkillEvidence {
        skill,
        years: written.years.and_then(Years::from_tenths),
        last_used: written.last_used,
        source: EvidenceSource::Declared,
    };
    let place = Place { cell: value.cell, column: value.column.clone(), written: written.written };
    match held.binary_search_by_key(&skill, |s| s.evidence.skill) {
        Ok(at) => {
            let known = &mut held[at];
            known.evidence.combine(&evidence);
            known.version = known.version.take().or(written.version);
            known.level = known.level.max(written.level);
            known.places.push(place);
        }
        Err(at) => {
            let (version, level) = (written.version, written.level);
            held.insert(at, HeldSkill { evidence, version, level, places: vec![place] });
        }
    }
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}

/// Whether a last use lies after the year in which rankings are made; it then counts as current, and is reported.
#[must_use]
pub fn is_in_future(last_used: LastUsed, as_of: Date) -> bool {
    matches!(last_used, LastUsed::Year(year) if year > as_of.year())
}

/// An address with one `@`, something on both sides and no white space.
fn read_email(text: &str) -> Result<String, String> {
    // `Ada <ada@example.org>` and `mailto:ada@example.org`
    let text = text.strip_suffix('>').and_then(|t| t.rsplit_once('<')).map_or(text, |(_, address)| address);
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let ok = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.len() >= 3
            && !domain.contains('@')
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    });
    if ok && !text.contains(char::is_whitespace) && text.len() <= 254 {
        Ok(text.to_owned())
    } else {
        Err("is no e-mail address".to_owned())
    }
}

/// Yes and no as tables write them.
///
/// # Errors
/// Anything else.
pub fn read_yes_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "1.0" | "x" | "✓" | "ja" | "oui" | "sí" | "si" | "tak" => Ok(true),
        "no" | "n" | "false" | "0" | "0.0" | "nein" | "non" | "nee" | "nie" => Ok(false),
        _ => Err("is neither yes nor no".to_owned()),
    }
}

/// Willingness to work remotely. Working in an office now, or in both places, says neither yes nor no.
fn read_remote(text: &str) -> Result<Option<bool>, String> {
    if let Ok(answer) = read_yes_no(text) {
        return Ok(Some(answer));
    }
    let word = text.to_lowercase();
    if word.starts_with("hybrid") || word.starts_with("in-person") || word.starts_with("in person") {
        return Ok(None);
    }
    if word.contains("remote") || word.starts_with("your choice") || word == "flexible" || word == "anywhere"
    {
        let refused =
            ["not remote", "no remote", "non-remote", "not willing", "remote: no", "remote - no", "never"];
        return Ok(Some(!refused.iter().any(|r| word.contains(r))));
    }
    match word.as_str() {
        "on-site" | "onsite" | "on site" | "office" | "office only" => Ok(Some(false)),
        _ => Err("does not say whether the person works remotely".to_owned()),
    }
}

/// From here on a figure in a column named salary is yearly pay; below, it may be a month's or an hour's, and stays
/// without a unit: 12 x 1,000, under which hardly anybody is paid for a year and above which few are for a month.
const YEARLY_SALARY_MIN: u64 = 12_000;

/// A header may hold what the cells leave out: `salary_eur`, `Expected salary (EUR per year)`. A column named salary
/// holds yearly pay, as the word means, where the figure can be one; rates and wages do not.
fn fill_from_header(pay: &mut Pay, header: &str) {
    use crate::PayUnit;
    let header = header.to_lowercase();
    let words: Vec<&str> = header.split(|c: char| !c.is_alphabetic()).collect();
    let has = |word: &str| words.contains(&word);
    if pay.per.is_none() {
        pay.per = if has("monthly") || has("month") {
            Some(PayUnit::Month)
        } else if has("daily") || has("day") {
            Some(PayUnit::Day)
        } else if has("hourly") || has("hour") {
            Some(PayUnit::Hour)
        } else if words.iter().any(|w| matches!(*w, "yearly" | "annual" | "year" | "comptotal"))
            || (has("salary") && pay.amount >= YEARLY_SALARY_MIN)
        {
            Some(PayUnit::Year)
        } else {
            None
        };
    }
    if pay.currency.is_none() {
        const CODES: [&str; 12] =
            ["eur", "usd", "gbp", "chf", "pln", "czk", "sek", "nok", "dkk", "cad", "aud", "inr"];
        pay.currency = CODES.iter().find(|code| has(code)).and_then(|code| code.parse().ok());
    }
}
