//! What is searched of a candidate, and how it is put into the index.
//!
//! The accessors are the one place that says what `tag:`, `updated:` or a word in `notes:` look at; the terms of the
//! index and the plain definition of the language ([`query`](crate::query)) are both made from them.

use std::collections::BTreeMap;

use stackscout_profile::application::read_opt_out;
use stackscout_profile::{
    Candidate, CandidateNumber, Date, Field, Place as City, Record, Status, Value, When,
};
use stackscout_taxonomy::Taxonomy;
use tantivy::TantivyDocument;

use crate::Feature;
use crate::query::{DayField, KeyField, Place, YesNoField};
use crate::schema::{day_number, email_hash, fields, yes_no};
use crate::words::{source_key, word_key};

/// The day on which each import is current, by its number.
pub type ImportDays = BTreeMap<u32, Date>;

/// A city by what tells it from all others.
pub(crate) fn city_on_map(city: &City) -> String {
    format!("{} {} {} {} {}", city.country, city.region, city.latitude, city.longitude, city.name)
}

/// What is put into the index of one candidate.
#[derive(Debug, Clone, Copy)]
pub struct IndexDocument<'a> {
    /// The candidate, read from `record` with `taxonomy`.
    pub candidate: &'a Candidate,
    /// What the candidate was read from: texts, tags and the cells that they stood in.
    pub record: &'a Record,
    /// The taxonomy that gave the candidate's skills their numbers; the index keeps ids.
    pub taxonomy: &'a Taxonomy,
    /// The days of the pool's imports.
    pub imports: &'a ImportDays,
}

/// The terms of a candidate whose number is not known yet: made where the candidate is, given to whoever writes.
#[derive(Debug)]
pub struct Terms {
    document: TantivyDocument,
    bytes: usize,
}

impl Terms {
    /// The document of this number, and about how much memory it takes while it waits to be indexed.
    pub(crate) fn numbered(self, number: CandidateNumber) -> (TantivyDocument, usize) {
        let Self { mut document, bytes } = self;
        document.add_u64(fields().number, u64::from(number.0));
        (document, bytes)
    }
}

impl<'a> IndexDocument<'a> {
    /// What is indexed, without the candidate's number.
    #[must_use]
    pub fn terms(self) -> Terms {
        let (candidate, fields) = (self.candidate, fields());
        let mut terms = TantivyDocument::new();
        for id in self.trait_ids() {
            terms.add_text(fields.in_text, id);
        }
        for wanted in &candidate.interests {
            terms.add_text(fields.wants, &self.taxonomy.skill(*wanted).id);
        }
        for key in KeyField::ALL {
            for found in self.keys(*key) {
                match key {
                    KeyField::Email => terms.add_u64(fields.key(*key), email_hash(&found)),
                    _ => terms.add_text(fields.key(*key), found),
                }
            }
        }
        if let Some(yes) = self.yes_no(YesNoField::OptOut) {
            terms.add_text(fields.opt_out, yes_no(yes));
        }
        for asked in DayField::ALL {
            self.days(*asked).into_iter().for_each(|day| terms.add_u64(fields.day(*asked), day_number(day)));
        }
        if let Some(city) = self.city_on_map() {
            terms.add_text(fields.on_map, city);
        }
        for import in self.import_numbers() {
            terms.add_u64(fields.import, u64::from(import));
        }
        for feature in Feature::ALL.iter().filter(|f| !f.is_in_columns() && f.is_known_of(&self)) {
            terms.add_text(fields.has, feature.word());
        }
        for place in fields.places() {
            self.texts(place).into_iter().for_each(|text| terms.add_text(fields.place(place), text));
        }
        Terms { document: terms, bytes: self.bytes() }
    }

    fn bytes(&self) -> usize {
        /// A number, a year, a country and some dozen short words with what the engine keeps beside each.
        const FEW_WORDS: usize = 1_024;
        FEW_WORDS + self.texts(Place::Text).into_iter().map(str::len).sum::<usize>()
    }

    fn values_of(&self, field: Field) -> impl Iterator<Item = &'a Value> {
        let values = self.record.parts.iter().flat_map(|part| &part.values);
        values.filter(move |value| value.field == field)
    }

    fn texts_of(&self, field: Field) -> impl Iterator<Item = &'a str> {
        self.values_of(field).map(|value| value.text.as_str())
    }

    /// The texts of a place. Words in a row never run from one into the next.
    pub(crate) fn texts(&self, place: Place) -> Vec<&'a str> {
        let c = self.candidate;
        let one = |text: &'a Option<String>| text.iter().map(String::as_str).collect();
        match place {
            Place::Text => Place::OF_TEXT.iter().flat_map(|place| self.texts(*place)).collect(),
            Place::Title => one(&c.title),
            Place::Name => one(&c.name),
            Place::Employer => one(&c.employer),
            Place::Location => [&c.location, &c.city].into_iter().flatten().map(String::as_str).collect(),
            Place::Summary => self.texts_of(Field::Summary).collect(),
            Place::Notes => self.texts_of(Field::Notes).collect(),
            Place::Work => self.texts_of(Field::WorkHistory).collect(),
            Place::Cv => self.texts_of(Field::Cv).collect(),
            Place::Education => self.texts_of(Field::Education).collect(),
            Place::Applied => self.texts_of(Field::AppliedFor).collect(),
        }
    }

    /// The keys of a field, each once, sorted.
    pub(crate) fn keys(&self, field: KeyField) -> Vec<String> {
        let of = |field| self.texts_of(field).map(word_key);
        let mut keys: Vec<String> = match field {
            KeyField::City => self.candidate.city.iter().map(|city| word_key(city)).collect(),
            KeyField::Source => self.record.parts.iter().map(|part| source_key(&part.source)).collect(),
            KeyField::Tag => self.candidate.tags.iter().map(|tag| word_key(tag)).collect(),
            KeyField::Status => {
                let known = self.candidate.status.map(|status| word_key(status.word()));
                of(Field::Status).chain(known).collect()
            }
            KeyField::Stage => of(Field::Stage).collect(),
            KeyField::Owner => of(Field::Owner).collect(),
            KeyField::Channel => of(Field::Channel).collect(),
            // The level; where none can be read, the word of the source's own scale.
            KeyField::Seniority => match self.candidate.seniority_level() {
                Some(level) => vec![level.word().to_owned()],
                None => self.candidate.seniority.iter().map(|text| word_key(text)).collect(),
            },
            KeyField::Email => self.candidate.emails.iter().map(|email| source_key(email)).collect(),
        };
        keys.retain(|key| !key.is_empty());
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// What was said; `None` where nothing was.
    pub(crate) fn yes_no(&self, field: YesNoField) -> Option<bool> {
        match field {
            YesNoField::Remote => self.candidate.remote,
            YesNoField::Relocation => self.candidate.relocation,
            YesNoField::OptOut if self.candidate.status == Some(Status::OptedOut) => Some(true),
            YesNoField::OptOut => {
                self.texts_of(Field::OptOut).find_map(|text| read_opt_out(text.trim()).ok())
            }
        }
    }

    /// The days of a field, each once, in order.
    pub(crate) fn days(&self, field: DayField) -> Vec<Date> {
        let imported = || self.import_numbers().into_iter().filter_map(|n| self.imports.get(&n).copied());
        let mut days: Vec<Date> = match field {
            DayField::Available => self.candidate.available.into_iter().collect(),
            DayField::Imported => imported().collect(),
            // The source's own word; where it has none, the day of the last import that said anything new.
            DayField::Updated => self
                .candidate
                .modified
                .map(When::first_day)
                .or_else(|| imported().max())
                .into_iter()
                .collect(),
            // Of a month its first day: no later day is known.
            DayField::Applied => {
                let days = self.candidate.applications.iter().filter_map(|one| one.applied_on);
                days.map(When::first_day).collect()
            }
        };
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The imports that said what stands in the record.
    pub(crate) fn import_numbers(&self) -> Vec<u32> {
        let mut numbers = Vec::new();
        for value in self.record.parts.iter().flat_map(|part| &part.values) {
            // Nearly always it is the one that the value before was read in.
            if numbers.last() != Some(&value.cell.import) {
                numbers.push(value.cell.import);
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The city on the map, where it is clear which is meant.
    pub(crate) fn city_on_map(&self) -> Option<String> {
        self.candidate.place().map(city_on_map)
    }

    /// The traits that texts speak for.
    pub(crate) fn trait_ids(&self) -> Vec<&'a str> {
        let traits = self.candidate.traits.iter();
        traits.map(|held| self.taxonomy.trait_(held.evidence.trait_ix).id.as_str()).collect()
    }

    /// Whether any cell of the field says something.
    pub(crate) fn says(&self, field: Field) -> bool {
        self.texts_of(field).any(|text| !text.trim().is_empty())
    }
}
