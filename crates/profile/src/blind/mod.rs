//! A person without who they are: for showing, never for scoring.
//!
//! A record is read and scored as it stands, and only then made blind. So blindness can change no score and no order; it
//! takes away what is shown: name, addresses, numbers, links, and what stands for them in texts, names of columns and of
//! sources (`text`, with the modules beside it); and of the people whom the pool holds, nobody's identity is worked out
//! but this one's ([`identity`]). Queries that ask for what is hidden are known by [`guard`].
//!
//! What stays can still say who somebody is to those who know them: an employer, a rare skill, a small town. Blind mode
//! keeps a reader's eyes off a name. It is no anonymisation.

mod groups;
pub mod guard;
pub mod identity;
mod lives;
mod names;
mod nations;
mod numbers;
mod professions;
mod pronouns;
mod remarks;
mod schools;
mod text;
mod unspaced;
mod words;

use stackscout_taxonomy::Taxonomy;

pub use identity::Identity;

use crate::candidate::Place;
use crate::{Application, Candidate, Field, Part, Record};

/// What stands in the place of a column's name that says who somebody is.
const COLUMN: &str = "[column]";
/// What stands in the place of a source's name: often that of a file, which can be the name of anybody.
pub const SOURCE: &str = "[source]";

impl Candidate {
    /// Reads a record, and takes away who the person is. What is scored is that of [`Candidate::read`].
    #[must_use]
    pub fn read_blind(record: &Record, taxonomy: &Taxonomy) -> Self {
        let identity = Identity::of(record);
        Self::read(record, taxonomy).0.without(&identity)
    }

    /// The same person without what says who they are.
    #[must_use]
    pub fn without(self, identity: &Identity) -> Self {
        let hide = |text: String| identity.hide(&text);
        let hide_all = |texts: Vec<String>| texts.iter().map(|text| identity.hide(text)).collect();
        let places = |places: Vec<Place>| -> Vec<Place> {
            let place = |p: Place| Place {
                column: identity.hide_column(&p.column),
                written: identity.hide(&p.written),
                ..p
            };
            places.into_iter().map(place).collect()
        };
        let (mut skills, mut traits) = (self.skills, self.traits);
        for held in &mut skills {
            held.places = places(std::mem::take(&mut held.places));
        }
        for held in &mut traits {
            held.places = places(std::mem::take(&mut held.places));
        }
        let application = |a: Application| Application {
            applied_for: a.applied_for.map(hide),
            stage: a.stage.map(hide),
            reason: a.reason.map(hide),
            source: SOURCE.to_owned(),
            ..a
        };
        let origins =
            self.origins.into_iter().filter(|origin| !hides_field(origin.field)).map(|mut origin| {
                origin.column = identity.hide_column(&origin.column);
                origin
            });
        let unknown = self.unknown_spellings.into_iter().map(|mut unknown| {
            unknown.name = identity.hide(&unknown.name);
            unknown.column = identity.hide_column(&unknown.column);
            unknown
        });
        Self {
            name: None,
            email: None,
            emails: Vec::new(),
            phones: Vec::new(),
            links: Vec::new(),
            title: self.title.map(hide),
            employer: self.employer.map(hide),
            location: self.location.map(hide),
            city: self.city.map(hide),
            region: self.region.map(hide),
            seniority: self.seniority.map(hide),
            permit_texts: hide_all(self.permit_texts),
            education: self.education.iter().map(|text| identity.hide_education(text)).collect(),
            applications: self.applications.into_iter().map(application).collect(),
            owner: self.owner.map(hide),
            channel: self.channel.map(hide),
            tags: hide_all(self.tags),
            status_text: self.status_text.map(hide),
            skills,
            traits,
            unknown_spellings: unknown.collect(),
            origins: origins.collect(),
            ..self
        }
    }
}

impl Record {
    /// The same record without what says who the person is: values of fields such as the name are left out, and ids and
    /// names of sources are hidden.
    #[must_use]
    pub fn blinded(&self) -> Self {
        let identity = Identity::of(self);
        let part = |part: &Part| {
            let values = part.values.iter().filter(|value| !hides_field(value.field)).map(|value| {
                let mut value = value.clone();
                value.text = match value.field {
                    Field::Education => identity.hide_education(&value.text),
                    _ => identity.hide(&value.text),
                };
                value.column = identity.hide_column(&value.column);
                value
            });
            Part {
                source: SOURCE.to_owned(),
                external_id: part.external_id.as_deref().map(|id| identity.hide(id)),
                values: values.collect(),
                ..part.clone()
            }
        };
        Self { number: self.number, parts: self.parts.iter().map(part).collect() }
    }
}

impl Identity {
    /// A column's name; one that holds a piece of an identity, or names a protected attribute, is hidden as a whole.
    #[must_use]
    pub fn hide_column(&self, column: &str) -> String {
        if self.hide(column) == column { column.to_owned() } else { COLUMN.to_owned() }
    }
}

/// Whether a field says who somebody is, whatever stands in it.
#[must_use]
pub fn hides_field(field: Field) -> bool {
    matches!(
        field,
        Field::Name
            | Field::FirstName
            | Field::LastName
            | Field::Email
            | Field::Phone
            | Field::Link
            | Field::CvFile
    )
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod wild;
