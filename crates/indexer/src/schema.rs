//! The fields of the index, and how each is kept.
//!
//! Nothing is stored: of text only the words and their positions are kept, and an answer is made of the numbers in a
//! column. What the evidence columns tell (skills and all that is known of them, places, years, permits, languages, pay)
//! is not kept here a second time. A change of anything in this file, in [`document`](crate::document) or in [`words`](crate::words) is a new
//! [`INDEX_FORMAT`](crate::INDEX_FORMAT).

use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use stackscout_profile::Date;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;

use crate::query::{DayField, KeyField, Place, YesNoField};
use crate::words::WordTokenizer;

/// Name under which the engine finds the tokenizer.
const WORDS: &str = "words";
/// The candidate number's field; its column is read by name.
pub(crate) const NUMBER: &str = "number";

/// The fields, by meaning.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// Candidate number: a column and no term, as every person has another one.
    pub number: Field,
    /// Id of each skill wanted.
    pub wants: Field,
    /// Id of each trait that a text speaks for.
    pub in_text: Field,
    /// The city on the map.
    pub on_map: Field,
    /// Number of each import that said something.
    pub import: Field,
    /// Word of each feature that is known, of those that the columns do not tell.
    pub has: Field,
    /// Keys, in the order of [`KeyField::ALL`]. Of an e-mail address, which nobody shares, a column holds the
    /// [hash](email_hash): a million terms, each of one person, took a tenth of the time of an index.
    keys: Vec<Field>,
    /// `yes` or `no`: whether the person opted out of contact.
    pub opt_out: Field,
    /// Days, in the order of [`DayField::ALL`].
    days: Vec<Field>,
    /// Words, in the order of [`Place::ALL`]; `text` is all its parts, and has no field of its own.
    places: Vec<(Place, Field)>,
}

impl Fields {
    pub fn key(&self, field: KeyField) -> Field {
        self.keys[field as usize]
    }

    pub fn day(&self, field: DayField) -> Field {
        self.days[field as usize]
    }

    /// The field of a place that is not made of others.
    pub fn place(&self, place: Place) -> Field {
        self.places[place as usize - 1].1
    }

    /// The places that have fields.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.places.iter().map(|(place, _)| *place)
    }
}

/// The fields; every schema has the same.
pub(crate) fn fields() -> &'static Fields {
    static FIELDS: LazyLock<Fields> = LazyLock::new(|| schema().1);
    &FIELDS
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default().set_fieldnorms(false);
    let raw = TextOptions::default().set_indexing_options(
        indexing.clone().set_tokenizer("raw").set_index_option(IndexRecordOption::Basic),
    );
    let text = TextOptions::default().set_indexing_options(
        indexing.set_tokenizer(WORDS).set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let fields = Fields {
        number: builder.add_u64_field(NUMBER, FAST),
        wants: builder.add_text_field("wants", raw.clone()),
        in_text: builder.add_text_field("in_text", raw.clone()),
        on_map: builder.add_text_field("on_map", raw.clone()),
        import: builder.add_u64_field("import", INDEXED),
        has: builder.add_text_field("has", raw.clone()),
        keys: KeyField::ALL
            .iter()
            .map(|field| match field {
                KeyField::Email => builder.add_u64_field(field.word(), FAST),
                _ => builder.add_text_field(field.word(), raw.clone()),
            })
            .collect(),
        opt_out: builder.add_text_field(YesNoField::OptOut.word(), raw.clone()),
        days: DayField::ALL
            .iter()
            .map(|f| builder.add_u64_field(&format!("{}_on", f.word()), INDEXED))
            .collect(),
        places: Place::ALL
            .iter()
            .filter(|place| **place != Place::Text)
            .map(|f| (*f, builder.add_text_field(&format!("words_{}", f.word()), text.clone())))
            .collect(),
    };
    (builder.build(), fields)
}

/// Makes the tokenizer known to an opened index.
pub(crate) fn register_words(index: &tantivy::Index) {
    index.tokenizers().register(WORDS, TextAnalyzer::from(WordTokenizer::default()));
}

/// How an e-mail address is kept, by its key: the first 64 bits of its SHA-256. That two addresses of a pool of a million
/// share them is likely once in thirty million pools.
pub(crate) fn email_hash(key: &str) -> u64 {
    let digest: [u8; 32] = Sha256::digest(key.as_bytes()).into();
    digest.iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// How yes and no are kept.
pub(crate) fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// How a day is kept: `2026-11-01` as 20,261,101, which keeps the order of days.
pub(crate) fn day_number(day: Date) -> u64 {
    u64::from(day.year()) * 10_000 + u64::from(day.month()) * 100 + u64::from(day.day())
}
