//! From when on the person can begin, what they learned, and what they applied for.

use super::read::{Reader, Unread};
use crate::available::{read_available, read_notice_below, stands_against_notice};
use crate::when::read_when;
use crate::words::list_items;
use crate::{Application, Cell, Date, Field, Notice, Part, Value, When};

/// Fields that speak of an application.
const APPLICATION: [Field; 4] = [Field::AppliedFor, Field::Stage, Field::AppliedOn, Field::Reason];

impl Value {
    /// The day or month that the value names, in the order of its column.
    pub(super) fn when(&self) -> Result<When, Unread> {
        read_when(&self.text, self.reading.order).map_err(|fault| {
            let (code, reason) = fault.words();
            (code, reason.to_owned())
        })
    }
}

impl Reader<'_> {
    /// The first day, and the notice; where nothing is said of a day, the notice gives it, counted from the day of the
    /// row. Beside what denies or puts off (`no longer looking`), nothing is worked out.
    pub(super) fn availability(&mut self) -> (Option<Date>, Option<Notice>) {
        let mut available = None;
        let mut is_open = true;
        for &value in self.values(Field::Available) {
            match read_available(&value.text, value.reading.order, value.reading.as_of) {
                Ok(read) if available.is_none() => {
                    self.comes_from(Field::Available, value, read.inferred);
                    available = Some(read.day);
                }
                Ok(_) => {}
                Err(fault) => {
                    let (code, reason) = fault.words();
                    self.issue(value, code, reason.to_owned());
                    is_open &= !stands_against_notice(&value.text);
                }
            }
        }
        let mut notice = None;
        for &value in self.values(Field::Notice) {
            match read_notice_below(&value.text, &value.column) {
                Some(read) if notice.is_none() => {
                    self.comes_from(Field::Notice, value, None);
                    notice = Some(read);
                    let earliest = value.reading.as_of.and_then(|day| read.earliest(day));
                    if let (None, Some(day)) = (available, earliest.filter(|_| is_open)) {
                        self.comes_from(
                            Field::Available,
                            value,
                            Some("from the day of the file and the notice"),
                        );
                        available = Some(day);
                    }
                }
                Some(_) => {}
                None => self.issue(value, "bad-notice", "is no notice such as `3 months`".to_owned()),
            }
        }
        (available, notice)
    }

    /// Schools and degrees: the cells of one row belong together.
    pub(super) fn education(&mut self) -> Vec<String> {
        let record = self.record;
        let mut found: Vec<String> = Vec::new();
        if self.values(Field::Education).is_empty() {
            return found;
        }
        for part in &record.parts {
            let values: Vec<&Value> = part.values.iter().filter(|v| v.field == Field::Education).collect();
            let Some(first) = values.first() else { continue };
            self.comes_from(Field::Education, first, None);
            let mut texts: Vec<&str> = Vec::new();
            for value in values {
                if !texts.contains(&value.text.trim()) {
                    texts.push(value.text.trim());
                }
            }
            let text = texts.join(", ");
            if !found.contains(&text) {
                found.push(text);
            }
        }
        found
    }

    /// Each row of each source that speaks of an application; a cell that lists jobs stands for as many.
    pub(super) fn applications(&mut self) -> Vec<Application> {
        let record = self.record;
        let mut applications: Vec<Application> = Vec::new();
        if APPLICATION.iter().all(|field| self.values(*field).is_empty()) {
            return applications;
        }
        for part in &record.parts {
            for application in self.applications_of(part) {
                let same = |known: &Application| {
                    (&known.applied_for, &known.stage, &known.applied_on, &known.reason)
                        == (
                            &application.applied_for,
                            &application.stage,
                            &application.applied_on,
                            &application.reason,
                        )
                };
                if !applications.iter().any(same) {
                    applications.push(application);
                }
            }
        }
        applications.sort_by_key(|a| std::cmp::Reverse(a.cell.import));
        applications
    }

    fn applications_of(&mut self, part: &Part) -> Vec<Application> {
        let values = |field: Field| part.values.iter().filter(move |v| v.field == field);
        let items = |field: Field| -> Vec<String> {
            let separators = [';', '|', '\n'];
            values(field)
                .flat_map(|v| list_items(&v.text, &separators))
                .map(std::borrow::Cow::into_owned)
                .collect()
        };
        let (jobs, stages, reasons) = (items(Field::AppliedFor), items(Field::Stage), items(Field::Reason));
        let cell: Option<Cell> =
            APPLICATION.into_iter().find_map(|field| values(field).next()).map(|value| value.cell);
        let Some(cell) = cell else { return Vec::new() };
        let mut days = Vec::new();
        for value in values(Field::AppliedOn) {
            match value.when() {
                Ok(when) => {
                    self.comes_from(Field::AppliedOn, value, None);
                    days.push(when);
                }
                Err((code, reason)) => self.issue(value, code, reason),
            }
        }
        for field in [Field::AppliedFor, Field::Stage, Field::Reason] {
            if let Some(value) = values(field).next() {
                self.comes_from(field, value, None);
            }
        }
        // Lists of one length go together; whatever else stands in the row is of its only job, or of none in particular.
        let count = jobs.len().max(1);
        let of = |list: &[String], at: usize| -> Option<String> {
            match list {
                list if list.len() == count => list.get(at).cloned(),
                list if count == 1 && !list.is_empty() => Some(list.join("; ")),
                _ => None,
            }
        };
        (0..count)
            .map(|at| Application {
                applied_for: jobs.get(at).cloned(),
                stage: of(&stages, at),
                applied_on: if days.len() == count {
                    days.get(at).copied()
                } else {
                    days.first().copied().filter(|_| count == 1)
                },
                reason: of(&reasons, at),
                cell,
                source: part.source.clone(),
            })
            .collect()
    }
}
