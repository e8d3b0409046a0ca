//! A candidate as the terms that are searched.

use stackscout_profile::Candidate;
use stackscout_taxonomy::Taxonomy;
use tantivy::TantivyDocument;

use crate::Feature;
use crate::schema::{Fields, yes_no};
use crate::words::{city_key, source_key};

/// What is put into the index of one candidate.
#[derive(Debug, Clone, Copy)]
pub struct IndexDocument<'a> {
    /// The candidate, read with `taxonomy`.
    pub candidate: &'a Candidate,
    /// The sources that know the person, as the record's parts name them.
    pub sources: &'a [String],
    /// The taxonomy that gave the candidate's skills their numbers; the index keeps ids.
    pub taxonomy: &'a Taxonomy,
}

impl IndexDocument<'_> {
    pub(crate) fn to_terms(self, fields: &Fields) -> TantivyDocument {
        let candidate = self.candidate;
        let mut terms = TantivyDocument::new();
        terms.add_u64(fields.number, u64::from(candidate.number.0));
        if let Some(years) = candidate.total_years {
            terms.add_u64(fields.years, u64::from(years.tenths()));
        }
        for held in &candidate.skills {
            terms.add_text(fields.skill, &self.taxonomy.skill(held.evidence.skill).id);
        }
        for wanted in &candidate.interests {
            terms.add_text(fields.wants, &self.taxonomy.skill(*wanted).id);
        }
        for source in self.sources {
            terms.add_text(fields.source, source_key(source));
        }
        if let Some(country) = &candidate.country {
            terms.add_text(fields.country, country.code());
        }
        if let Some(city) = &candidate.city {
            terms.add_text(fields.city, city_key(city));
        }
        if let Some(remote) = candidate.remote {
            terms.add_text(fields.remote, yes_no(remote));
        }
        if let Some(relocation) = candidate.relocation {
            terms.add_text(fields.relocation, yes_no(relocation));
        }
        for feature in Feature::ALL.iter().filter(|f| f.is_known_of(candidate)) {
            terms.add_text(fields.has, feature.word());
        }
        if let Some(title) = &candidate.title {
            terms.add_text(fields.title, title);
        }
        if let Some(name) = &candidate.name {
            terms.add_text(fields.name, name);
        }
        for text in texts(candidate) {
            terms.add_text(fields.text, text);
        }
        terms
    }

    /// About how much memory the candidate takes while it waits to be indexed.
    pub(crate) fn bytes(&self) -> usize {
        /// A number, a year, a country and a dozen short words with what the engine keeps beside each.
        const FEW_WORDS: usize = 512;
        FEW_WORDS + texts(self.candidate).map(str::len).sum::<usize>()
    }
}

/// Every text of a candidate that a bare word is looked up in. A phrase never runs from one into the next.
pub(crate) fn texts(candidate: &Candidate) -> impl Iterator<Item = &str> {
    let single =
        [&candidate.title, &candidate.name, &candidate.employer, &candidate.location, &candidate.city];
    single.into_iter().flatten().chain(&candidate.texts).map(String::as_str)
}
