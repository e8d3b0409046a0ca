//! What is known of one person, field by field: each value with the cell that says it, and how it was inferred where no
//! cell does.

use serde_json::{Map, Value, json};
use stackscout_profile::{Application, Candidate, Field, PayRange};
use stackscout_store::ImportInfo;

/// One field of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldModel {
    /// The field.
    pub field: Field,
    /// What it is called for people.
    pub label: &'static str,
    /// The value for people.
    pub shown: String,
    /// The value for programs.
    pub value: Value,
    /// File, line and column that say it; of several the newest.
    pub from: Option<(String, u64, String)>,
    /// How it was worked out, where no cell states it: `from the city`.
    pub inferred: Option<&'static str>,
}

/// Every field that is known, in the order in which they are shown.
#[must_use]
pub fn fields(c: &Candidate, imports: &[ImportInfo]) -> Vec<FieldModel> {
    let mut known = Known { candidate: c, imports, fields: Vec::new() };
    known.text(Field::Title, "title", c.title.as_deref());
    known.text(Field::Employer, "employer", c.employer.as_deref());
    known.list(Field::Email, "e-mail", &c.emails);
    let phones: Vec<String> = c
        .phones
        .iter()
        .map(|phone| match &phone.e164 {
            Some(e164) if *e164 != phone.written => format!("{e164} (written {})", phone.written),
            _ => phone.written.clone(),
        })
        .collect();
    let numbers = c.phones.iter().map(|p| json!({ "written": p.written, "e164": p.e164 })).collect();
    known.add(Field::Phone, "phone", &phones.join(", "), Value::Array(numbers));
    known.list(Field::Link, "links", &c.links);
    known.text(Field::Location, "location", c.location.as_deref());
    known.text(Field::City, "city", c.city.as_deref());
    known.text(Field::Region, "region", c.region.as_deref());
    if let Some(country) = c.country {
        known.add(Field::Country, "country", country.name(), json!(country.code()));
    }
    known.yes_no(Field::Remote, "remote", c.remote);
    known.yes_no(Field::Relocation, "willing to move", c.relocation);
    if let Some(years) = c.total_years {
        known.add(Field::TotalYears, "years", &years.to_string(), json!(f64::from(years.tenths()) / 10.0));
    }
    known.text(Field::Seniority, "seniority", c.seniority.as_deref());
    known.pay(Field::ExpectedPay, "expects", c.expected_range);
    known.pay(Field::CurrentPay, "is paid now (never scored)", c.current_range);
    let permits: Vec<&str> = c.permits.iter().flatten().map(|x| x.code()).collect();
    if permits.is_empty() {
        // What names no country is shown as it stands: the recruiter knows more than the program.
        known.add(Field::Permit, "work permit, as written", &c.permit_texts.join("; "), json!([]));
    } else {
        known.add(Field::Permit, "may work in", &permits.join(", "), json!(permits));
    }
    let spoken: Vec<String> = c.spoken.iter().map(ToString::to_string).collect();
    let levels =
        c.spoken.iter().map(|s| json!({ "language": s.language.code(), "level": s.level.map(|l| l.word()) }));
    known.add(Field::Languages, "speaks", &spoken.join(", "), Value::Array(levels.collect()));
    if let Some(day) = c.available {
        known.add(Field::Available, "available", &day.to_string(), json!(day.to_string()));
    }
    if let Some(notice) = c.notice {
        known.add(Field::Notice, "notice", &notice.to_string(), json!(notice.to_string()));
    }
    known.list(Field::Education, "education", &c.education);
    known.list(Field::Tags, "tags", &c.tags);
    known.text(Field::Owner, "looked after by", c.owner.as_deref());
    known.text(Field::Channel, "found through", c.channel.as_deref());
    known.text(Field::Status, "status", c.status_text.as_deref());
    if let Some(modified) = c.modified {
        known.add(Field::Modified, "last changed there", &modified.to_string(), json!(modified.to_string()));
    }
    known.fields
}

/// The fields for programs, by the word of each.
#[must_use]
pub fn fields_json(fields: &[FieldModel]) -> Value {
    let entry = |f: &FieldModel| {
        let from = f
            .from
            .as_ref()
            .map(|(file, line, column)| json!({ "file": file, "line": line, "column": column }));
        let entry = json!({ "value": f.value, "shown": f.shown, "from": from, "inferred": f.inferred });
        (f.field.word().to_owned(), entry)
    };
    Value::Object(fields.iter().map(entry).collect::<Map<_, _>>())
}

/// Applications for programs.
#[must_use]
pub fn applications_json(applications: &[Application], imports: &[ImportInfo]) -> Value {
    let entry = |a: &Application| {
        json!({
            "applied_for": a.applied_for,
            "stage": a.stage,
            "applied_on": a.applied_on.map(|day| day.to_string()),
            "reason": a.reason,
            "source": a.source,
            "from": { "file": file_name(a.cell.import, imports), "line": a.cell.line },
        })
    };
    Value::Array(applications.iter().map(entry).collect())
}

/// An application in words: `Django developer: rejected, 2026-03-01 (too junior)`.
#[must_use]
pub fn application_words(application: &Application) -> String {
    let mut words = application.applied_for.clone().unwrap_or_else(|| "a job that is not named".to_owned());
    let day = application.applied_on.map(|day| day.to_string());
    let said: Vec<String> = application.stage.iter().cloned().chain(day).collect();
    if !said.is_empty() {
        words = format!("{words}: {}", said.join(", "));
    }
    if let Some(reason) = &application.reason {
        words = format!("{words} ({reason})");
    }
    words
}

/// Name of the file of an import.
#[must_use]
pub fn file_name(import: u32, imports: &[ImportInfo]) -> &str {
    imports.iter().find(|i| i.number == import).map_or("?", ImportInfo::file_name)
}

struct Known<'a> {
    candidate: &'a Candidate,
    imports: &'a [ImportInfo],
    fields: Vec<FieldModel>,
}

impl Known<'_> {
    /// Adds a field, unless there is nothing to show.
    fn add(&mut self, field: Field, label: &'static str, shown: &str, value: Value) {
        if shown.is_empty() {
            return;
        }
        let origin = self.candidate.origin(field);
        let from = origin
            .map(|o| (file_name(o.cell.import, self.imports).to_owned(), o.cell.line, o.column.clone()));
        let inferred = origin.and_then(|o| o.inferred);
        self.fields.push(FieldModel { field, label, shown: shown.to_owned(), value, from, inferred });
    }

    fn text(&mut self, field: Field, label: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.add(field, label, text, json!(text));
        }
    }

    fn list(&mut self, field: Field, label: &'static str, items: &[String]) {
        self.add(field, label, &items.join(", "), json!(items));
    }

    fn yes_no(&mut self, field: Field, label: &'static str, answer: Option<bool>) {
        if let Some(answer) = answer {
            self.add(field, label, if answer { "yes" } else { "no" }, json!(answer));
        }
    }

    fn pay(&mut self, field: Field, label: &'static str, pay: Option<PayRange>) {
        if let Some(pay) = pay {
            let value = json!({
                "from": pay.from,
                "to": pay.to,
                "currency": pay.currency.map(|c| c.code().to_owned()),
                "per": pay.per.map(|per| per.word()),
            });
            self.add(field, label, &pay.to_string(), value);
        }
    }
}
