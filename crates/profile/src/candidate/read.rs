//! What the columns of a record say together.

use stackscout_taxonomy::{SkillIx, Taxonomy};

use super::by_field::ByField;
use super::cells::{fill_from_header, pay_below, read_remote, read_yes_no};
use super::known::{seniority, spoken};
use super::{Candidate, CellIssue, HeldSkill, Implausible, Origin, Place};
use crate::application::{CONSENT, is_hired, is_opted_out, read_opt_out, refused_until};
use crate::contact::{read_email, read_link};
use crate::facts::Status;
use crate::pay::currency_of_lakhs;
use crate::seniority::{SeniorityClaim, SeniorityFrom};
use crate::words::{folded, list_items};
use crate::years::{in_unit_of, read_years_at};
use crate::{Country, Field, PayRange, Record, Spoken, Value};

pub(super) struct Reader<'a> {
    pub(super) record: &'a Record,
    values: &'a ByField<'a>,
    pub(super) taxonomy: &'a Taxonomy,
    pub(super) issues: Vec<CellIssue>,
    pub(super) origins: Vec<Origin>,
    /// Skills that a list of skills or a text names as wished for.
    pub(super) wished: Vec<SkillIx>,
    /// Cells that are written to be found.
    pub(super) implausible: Vec<Implausible>,
    reads_texts: bool,
    /// Whether places and origins are kept.
    pub(super) explains: bool,
}

impl<'a> Reader<'a> {
    pub fn new(record: &'a Record, values: &'a ByField<'a>, taxonomy: &'a Taxonomy) -> Self {
        let (issues, origins, wished, implausible) = Default::default();
        let (reads_texts, explains) = (true, true);
        Self { record, values, taxonomy, issues, origins, wished, implausible, reads_texts, explains }
    }

    /// A reader that leaves free texts alone.
    pub fn without_texts(record: &'a Record, values: &'a ByField<'a>, taxonomy: &'a Taxonomy) -> Self {
        Self { reads_texts: false, ..Self::new(record, values, taxonomy) }
    }

    /// The same reader, which says nothing of where things stand.
    pub fn unexplained(self) -> Self {
        Self { explains: false, ..self }
    }

    /// All values of a field, newest first: as [`Record::values`].
    pub(super) fn values(&self, field: Field) -> &'a [&'a Value] {
        self.values.of(field)
    }

    pub fn candidate(&mut self) -> Candidate {
        let (mut skills, unknown_spellings) = self.skills();
        let mut traits = if self.reads_texts { self.texts_say(&mut skills) } else { Vec::new() };
        let of_skills = skills.iter_mut().map(|held: &mut HeldSkill| &mut held.places);
        for places in of_skills.chain(traits.iter_mut().map(|held| &mut held.places)) {
            places.sort_by_key(|place: &Place| std::cmp::Reverse(place.cell.import));
        }
        let implausible = self.implausible(&skills);
        let whereabouts = self.whereabouts();
        let emails = self.each(Field::Email, |value| read_email(&value.text).map_err(|r| ("bad-email", r)));
        let links = self.each(Field::Link, |v| read_link(&v.text, &v.column).map_err(|r| ("bad-link", r)));
        let phones = self.phones(whereabouts.country);
        let country = whereabouts.country;
        let expected_range = self.pay(Field::ExpectedPay, Field::ExpectedPayCurrency, country);
        let current_range = self.pay(Field::CurrentPay, Field::CurrentPayCurrency, country);
        let (permits, permit_texts) = self.permits();
        let spoken = self.spoken();
        let (available, notice) = self.availability();
        let applications = self.applications();
        let status = self.status(applications.iter().any(crate::Application::is_hired));
        let name = self.name();
        let candidate = Candidate {
            number: self.record.number,
            name,
            email: emails.first().cloned(),
            emails,
            phones,
            links,
            title: self.text(Field::Title),
            employer: self.text(Field::Employer),
            location: whereabouts.location,
            city: whereabouts.city,
            region: whereabouts.region,
            country: whereabouts.country,
            remote: self
                .first(Field::Remote, |v| read_remote(v.text.trim()).map_err(|r| ("bad-remote", r)))
                .flatten()
                .or(whereabouts.remote),
            relocation: self
                .first(Field::Relocation, |v| read_yes_no(v.text.trim()).map_err(|r| ("bad-yes-no", r))),
            total_years: self.first(Field::TotalYears, |value| {
                let text = in_unit_of(in_years(value.text.trim()), &value.column);
                read_years_at(&text, value.reading.as_of).map_err(|r| ("bad-years", r))
            }),
            seniority: self.text(Field::Seniority),
            seniority_claims: self.seniority_claims(),
            expected_pay: expected_range.and_then(|range| range.least()),
            expected_range,
            current_pay: current_range.and_then(|range| range.least()),
            current_range,
            permits,
            permit_texts,
            languages: (!spoken.is_empty()).then(|| spoken.iter().map(|s| s.language).collect()),
            spoken,
            available,
            notice,
            education: self.education(),
            applications,
            owner: self.text(Field::Owner),
            channel: self.text(Field::Channel),
            tags: self.tags(),
            modified: self.first(Field::Modified, |v| v.when()),
            status,
            status_text: self.text(Field::Status),
            skills,
            traits,
            interests: self.interests(),
            unknown_spellings,
            implausible,
            origins: Vec::new(),
        };
        self.origins.sort_by_key(|origin| origin.field);
        Candidate { origins: std::mem::take(&mut self.origins), ..candidate }
    }

    pub(super) fn issue(&mut self, value: &Value, code: &'static str, reason: String) {
        let column = value.column.clone();
        self.issues.push(CellIssue { cell: value.cell, column, code, reason });
    }

    /// Notes where the value of a field comes from; what is noted first stays.
    pub(super) fn comes_from(&mut self, field: Field, value: &Value, inferred: Option<&'static str>) {
        if self.explains && self.origins.iter().all(|origin| origin.field != field) {
            self.origins.push(Origin { field, cell: value.cell, column: value.column.clone(), inferred });
        }
    }

    pub(super) fn text(&mut self, field: Field) -> Option<String> {
        let value = *self.values(field).first()?;
        self.comes_from(field, value, None);
        Some(value.text.trim().to_owned())
    }

    /// The newest level that is stated, and the newest that a title says.
    fn seniority_claims(&self) -> Vec<SeniorityClaim> {
        let fields = [(Field::Seniority, SeniorityFrom::Stated), (Field::Title, SeniorityFrom::Title)];
        let newest = |(field, from)| {
            self.values(field).iter().find_map(|value| {
                let level = seniority(&value.text)?;
                Some(SeniorityClaim { level, from, cell: value.cell, column: value.column.clone() })
            })
        };
        fields.into_iter().filter_map(newest).collect()
    }

    /// The newest value that can be read; those that cannot are issues.
    pub(super) fn first<T>(&mut self, field: Field, read: impl Fn(&Value) -> Result<T, Unread>) -> Option<T> {
        let mut found = None;
        for &value in self.values(field) {
            match read(value) {
                Ok(read) if found.is_none() => {
                    self.comes_from(field, value, None);
                    found = Some(read);
                }
                Ok(_) => {}
                Err((code, reason)) => self.issue(value, code, reason),
            }
        }
        found
    }

    /// All values that can be read, each once; those that cannot are issues.
    fn each<T: PartialEq>(&mut self, field: Field, read: impl Fn(&Value) -> Result<T, Unread>) -> Vec<T> {
        let mut found = Vec::new();
        for &value in self.values(field) {
            match read(value) {
                Ok(read) => {
                    self.comes_from(field, value, None);
                    if !found.contains(&read) {
                        found.push(read);
                    }
                }
                Err((code, reason)) => self.issue(value, code, reason),
            }
        }
        found
    }

    fn name(&mut self) -> Option<String> {
        let turned = self.values(Field::Name).first().is_some_and(|value| is_last_name_first(&value.column));
        let whole = self.text(Field::Name);
        let whole = if turned { whole.map(first_name_first) } else { whole };
        whole.or_else(|| {
            let parts = [self.text(Field::FirstName), self.last_name()];
            let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            (!name.is_empty()).then_some(name)
        })
    }

    /// The newest last name, with the parts that columns of their own hold in its row: `van der` before it, a second
    /// surname behind it, also where two columns have one name.
    fn last_name(&mut self) -> Option<String> {
        let values = self.values(Field::LastName);
        let newest = *values.first()?;
        self.comes_from(Field::LastName, newest, None);
        let mut parts: [Vec<&Value>; 3] = Default::default();
        for &value in values.iter().filter(|value| value.cell == newest.cell) {
            let part = &mut parts[place_in_last_name(&value.column)];
            if part.first().is_none_or(|first| is_column_again(&value.column, &first.column))
                && !part.iter().any(|known| has_words_of(&known.text, &value.text))
            {
                part.push(value);
            }
        }
        let texts: Vec<&str> = parts.into_iter().flatten().map(|value| value.text.trim()).collect();
        Some(texts.join(" "))
    }

    /// The newest pay that says an amount; words such as `negotiable` say none, and are no issue.
    fn pay(&mut self, field: Field, currency: Field, country: Option<Country>) -> Option<PayRange> {
        let mut found: Option<(PayRange, &Value)> = None;
        for &value in self.values(field) {
            match pay_below(&value.text, &value.column) {
                Ok(Some(pay)) if found.is_none() => found = Some((pay, value)),
                // Another row may say another day's pay; two pays of one row contradict each other.
                Ok(Some(pay))
                    if found.is_some_and(|(first, of)| {
                        of.cell == value.cell && (first.from, first.to) != (pay.from, pay.to)
                    }) =>
                {
                    let reason = "is a second pay in one row; the first column's holds".to_owned();
                    self.issue(value, "several-pays", reason);
                }
                Ok(_) => {}
                Err(reason) => self.issue(value, "bad-pay", reason),
            }
        }
        let (mut pay, value) = found?;
        self.comes_from(field, value, None);
        if pay.currency.is_none() {
            // `EUR European Euro`: the code leads, whatever follows.
            pay.currency = self.first(currency, |v| {
                let word = v.text.split_whitespace().next().unwrap_or("");
                let known = crate::pay::currency_of(&word.to_lowercase()).or_else(|| word.parse().ok());
                known.ok_or_else(|| ("bad-currency", "is no currency code such as EUR".to_owned()))
            });
        }
        if pay.currency.is_none() || pay.per.is_none() {
            fill_from_header(&mut pay, &value.column);
        }
        if pay.currency.is_none() {
            pay.currency = currency_of_lakhs(&value.text, &value.column, country);
        }
        Some(pay)
    }

    fn spoken(&mut self) -> Vec<Spoken> {
        let mut known: Vec<Spoken> = Vec::new();
        for &value in self.values(Field::Languages) {
            let (languages, unread) = spoken(&written_out(&value.text));
            if unread > 0 {
                self.issue(value, "unknown-language", "has items that name no known language".to_owned());
            }
            if !languages.is_empty() {
                self.comes_from(Field::Languages, value, None);
            }
            for spoken in languages {
                // The newest import's level holds.
                if known.iter().all(|k| k.language != spoken.language) {
                    known.push(spoken);
                }
            }
        }
        sorted(known)
    }

    fn tags(&mut self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for &value in self.values(Field::Tags) {
            self.comes_from(Field::Tags, value, None);
            for tag in list_items(&value.text, &[',', ';', '|', '\n']) {
                if !tags.iter().any(|known| *known == *tag) {
                    tags.push(tag.into_owned());
                }
            }
        }
        tags
    }

    /// Whether a refusal of contact names its last day, and that was before the day of the row.
    fn is_over(&self, value: &Value) -> bool {
        refused_until(&value.text)
            .is_some_and(|last| value.reading.as_of.or(self.day_of(value)).is_some_and(|day| day > last))
    }

    fn status(&mut self, was_hired: bool) -> Option<Status> {
        let mut stated = was_hired.then_some(Status::Hired);
        for &value in self.values(Field::Status) {
            let status = if is_hired(&value.text) {
                Status::Hired
            } else if is_opted_out(&value.text) && !self.is_over(value) {
                Status::OptedOut
            } else {
                continue;
            };
            stated = Some(stated.map_or(status, |known| known.min(status)));
        }
        // An opt-out holds whichever source says it, until that source takes it back.
        let mut opted_out = false;
        for &value in self.values(Field::OptOut) {
            match read_opt_out(&value.text) {
                Ok(said) => {
                    let said = said && !self.is_over(value);
                    if said {
                        self.comes_from(Field::OptOut, value, None);
                    }
                    opted_out |= said;
                }
                Err(_) if !value.text.starts_with(CONSENT) && value.when().is_ok() => {
                    self.comes_from(Field::OptOut, value, None);
                    opted_out = true;
                }
                // `until 2027`, unless that is over.
                Err(_)
                    if refused_until(&value.text)
                        .is_some_and(|last| value.reading.as_of.is_none_or(|day| day <= last)) =>
                {
                    self.comes_from(Field::OptOut, value, None);
                    opted_out = true;
                }
                Err(reason) => self.issue(value, "bad-yes-no", reason),
            }
        }
        stated.or(opted_out.then_some(Status::OptedOut))
    }
}

/// `Less than 1`, below a header that says years.
fn in_years(text: &str) -> &str {
    match folded(text).as_str() {
        "less than 1" | "less than one" | "under 1" | "below 1" | "weniger als 1" | "unter 1"
        | "moins de 1" | "menos de 1" | "minder dan 1" | "mniej niz 1" => "< 1 year",
        _ => text,
    }
}

/// Languages by their first letters, as German lists write them.
const SHORT_LANGUAGES: [(&str, &str); 12] = [
    ("dt", "Deutsch"),
    ("dtsch", "Deutsch"),
    ("engl", "Englisch"),
    ("frz", "Franz\u{f6}sisch"),
    ("franz", "Franz\u{f6}sisch"),
    ("span", "Spanisch"),
    ("ital", "Italienisch"),
    ("poln", "Polnisch"),
    ("russ", "Russisch"),
    ("niederl", "Niederl\u{e4}ndisch"),
    ("t\u{fc}rk", "T\u{fc}rkisch"),
    ("port", "Portugiesisch"),
];

/// `dt., engl.` as `Deutsch, Englisch`; whatever is not cut off with a point stays.
fn written_out(text: &str) -> std::borrow::Cow<'_, str> {
    let full = |word: &str| {
        let word = word.to_lowercase();
        SHORT_LANGUAGES.iter().find(|(short, _)| *short == word).map(|(_, full)| *full)
    };
    if !text.contains('.') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(point) = rest.find('.') {
        let begins = rest[..point].rfind(|c: char| !c.is_alphabetic());
        let begins = begins.map_or(0, |at| at + rest[at..].chars().next().map_or(0, char::len_utf8));
        match full(&rest[begins..point]) {
            Some(full) => {
                out.push_str(&rest[..begins]);
                out.push_str(full);
            }
            None => out.push_str(&rest[..=point]),
        }
        rest = &rest[point + 1..];
    }
    out.push_str(rest);
    out.into()
}

/// Code and reason of an issue.
pub(super) type Unread = (&'static str, String);

pub(super) fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}

/// Where in the last name a column's part of it stands: 0 is before the surname, 2 behind it.
fn place_in_last_name(column: &str) -> usize {
    const SECOND: [&str; 7] = [
        "segundo apellido",
        "apellido materno",
        "apellido 2",
        "apellido2",
        "second surname",
        "second last name",
        "drugie nazwisko",
    ];
    let column = folded(column).replace(['_', '-'], " ");
    if column.contains("voegsel") {
        0
    } else if SECOND.iter().any(|name| column.contains(name)) {
        2
    } else {
        1
    }
}

/// Whether a column has the name of another once more: `Last name (2)` beside `Last name`.
fn is_column_again(column: &str, first: &str) -> bool {
    let number = column.strip_prefix(first).and_then(|rest| rest.strip_prefix(" (")?.strip_suffix(')'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a text has all words of another.
fn has_words_of(text: &str, other: &str) -> bool {
    let (text, other) = (folded(text), folded(other));
    other.split(' ').all(|word| text.split(' ').any(|known| known == word))
}

/// Whether a column says that the last name stands before a comma and the first name behind it, as the lists of German
/// offices do.
fn is_last_name_first(column: &str) -> bool {
    const LAST: [&str; 12] = [
        "nachname",
        "name",
        "familienname",
        "last name",
        "surname",
        "family name",
        "nom",
        "apellidos",
        "apellido",
        "achternaam",
        "naam",
        "nazwisko",
    ];
    let parts = column.split_once([',', '/']);
    parts.is_some_and(|(last, _)| LAST.contains(&last.trim().to_lowercase().as_str()))
}

/// `Moss, Ada` as `Ada Moss`, and `Dr. Moss, Ada` as `Dr. Ada Moss`; what has no comma, or several, stays as it is.
fn first_name_first(name: String) -> String {
    match name.split_once(',').map(|(last, first)| (last.trim(), first.trim())) {
        Some((last, first)) if !last.is_empty() && !first.is_empty() && !first.contains(',') => {
            match title_in_front(last) {
                ("", last) => format!("{first} {last}"),
                (title, last) => format!("{title} {first} {last}"),
            }
        }
        _ => name,
    }
}

/// The academic titles in front of a last name, and what is left of it.
fn title_in_front(last: &str) -> (&str, &str) {
    const TITLES: [&str; 13] =
        ["dr", "dres", "prof", "dipl", "ing", "mag", "med", "phil", "rer", "nat", "jur", "habil", "pd"];
    let is_title = |word: &str| {
        word.split(['.', '-']).filter(|part| !part.is_empty()).all(|part| TITLES.contains(&part))
    };
    let mut at = 0;
    while let Some((word, rest)) = last[at..].split_once(' ') {
        if !is_title(&word.to_lowercase()) {
            break;
        }
        at = last.len() - rest.len();
    }
    (last[..at].trim_end(), last[at..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_written_out_and_titles_stay_in_front() {
        assert_eq!(written_out("dt., engl."), "Deutsch, Englisch");
        assert_eq!(written_out("Engl. (C1); frz."), "Englisch (C1); Franz\u{f6}sisch");
        assert_eq!(written_out("Deutsch, English"), "Deutsch, English");
        assert_eq!(written_out("m\u{e4}\u{df}ig. dt"), "m\u{e4}\u{df}ig. dt");
        assert_eq!(in_years("Less than 1"), "< 1 year");
        assert_eq!(in_years("3"), "3");
        for (name, turned) in [
            ("Dr. Wei\u{df}, Claudia", "Dr. Claudia Wei\u{df}"),
            ("Prof. Dr.-Ing. von Berg, Jan", "Prof. Dr.-Ing. Jan von Berg"),
            ("Medina, Ana", "Ana Medina"),
            ("Dr., Ada", "Ada Dr."),
        ] {
            assert_eq!(first_name_first(name.to_owned()), turned);
        }
    }
}
