//! The fields of the index, and how each is kept.
//!
//! Nothing is stored: of text only the words and their positions are kept, and an answer is made of the numbers in a
//! column. A change of anything in this file, in [`document`](crate::document) or in [`words`](crate::words) is a new
//! [`INDEX_FORMAT`](crate::INDEX_FORMAT).

use stackscout_profile::{Currency, Date, Pay, PayUnit};
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
    /// Candidate number.
    pub number: Field,
    /// Years of experience in all, in tenths.
    pub years: Field,
    /// Id of each skill held.
    pub skill: Field,
    /// What is known of each skill held; see [`held`].
    pub held: Field,
    /// Id of each skill wanted.
    pub wants: Field,
    /// Id of each trait that a text speaks for.
    pub in_text: Field,
    /// Code of the country.
    pub country: Field,
    /// Code of each country in which the person may work.
    pub permit: Field,
    /// Code of each language spoken.
    pub language: Field,
    /// The city on the map.
    pub on_map: Field,
    /// Expected pay; see [`pay_term`].
    pub pay: Field,
    /// Number of each import that said something.
    pub import: Field,
    /// Word of each feature that is known.
    pub has: Field,
    /// Keys, in the order of [`KeyField::ALL`].
    keys: Vec<Field>,
    /// `yes` or `no`, in the order of [`YesNoField::ALL`].
    yes_nos: Vec<Field>,
    /// Days, in the order of [`DayField::ALL`].
    days: Vec<Field>,
    /// Words, in the order of [`Place::ALL`]; `text` is all its parts, and has no field of its own.
    places: Vec<(Place, Field)>,
}

impl Fields {
    pub fn key(&self, field: KeyField) -> Field {
        self.keys[field as usize]
    }

    pub fn yes_no(&self, field: YesNoField) -> Field {
        self.yes_nos[field as usize]
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
        number: builder.add_u64_field(NUMBER, INDEXED | FAST),
        years: builder.add_u64_field("years", INDEXED),
        skill: builder.add_text_field("skill", raw.clone()),
        held: builder.add_text_field("held", raw.clone()),
        wants: builder.add_text_field("wants", raw.clone()),
        in_text: builder.add_text_field("in_text", raw.clone()),
        country: builder.add_text_field("country", raw.clone()),
        permit: builder.add_text_field("permit", raw.clone()),
        language: builder.add_text_field("language", raw.clone()),
        on_map: builder.add_text_field("on_map", raw.clone()),
        pay: builder.add_text_field("pay", raw.clone()),
        import: builder.add_u64_field("import", INDEXED),
        has: builder.add_text_field("has", raw.clone()),
        keys: KeyField::ALL.iter().map(|f| builder.add_text_field(f.word(), raw.clone())).collect(),
        yes_nos: YesNoField::ALL.iter().map(|f| builder.add_text_field(f.word(), raw.clone())).collect(),
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

/// How yes and no are kept.
pub(crate) fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// How a day is kept: `2026-11-01` as 20,261,101, which keeps the order of days.
pub(crate) fn day_number(day: Date) -> u64 {
    u64::from(day.year()) * 10_000 + u64::from(day.month()) * 100 + u64::from(day.day())
}

/// What is known of a skill that is held, as terms that begin with its id and keep the order of their numbers.
pub(crate) mod held {
    /// The year of what is in use now: after all others.
    pub(crate) const CURRENT: u16 = u16::MAX;

    /// Years of the skill.
    pub(crate) fn years(id: &str, tenths: u16) -> String {
        format!("{id} y{tenths:03}")
    }

    /// The year of its last use.
    pub(crate) fn used(id: &str, year: u16) -> String {
        format!("{id} u{year:05}")
    }

    /// Named in passing and nothing better.
    pub(crate) fn mentioned(id: &str) -> String {
        format!("{id} m")
    }

    /// Worked with.
    pub(crate) fn worked(id: &str) -> String {
        format!("{id} w")
    }
}

/// How pay is kept: currency, unit, and the amount with as many digits as the greatest one has. `None` where currency
/// or unit are not known: such pay is never compared.
pub(crate) fn pay_term(pay: &Pay) -> Option<String> {
    Some(pay_term_of(pay.currency?, pay.per?, pay.amount))
}

pub(crate) fn pay_term_of(currency: Currency, per: PayUnit, amount: u64) -> String {
    format!("{currency} {} {amount:020}", per.word())
}
