//! The fields of the index, and how each is kept.
//!
//! Nothing is stored: of text only the words and their positions are kept, and an answer is made of the numbers in a
//! column. A change of anything in this file or in [`words`](crate::words) is a new [`INDEX_FORMAT`](crate::INDEX_FORMAT).

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;

use crate::words::WordTokenizer;

/// Name under which the engine finds the tokenizer.
const WORDS: &str = "words";
/// The candidate number's field; its column is read by name.
pub(crate) const NUMBER: &str = "number";

/// The fields, by meaning.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// Candidate number.
    pub number: Field,
    /// Years of experience in all, in tenths.
    pub years: Field,
    /// Id of each skill held.
    pub skill: Field,
    /// Id of each skill wanted.
    pub wants: Field,
    /// Key of each source.
    pub source: Field,
    /// Code of the country.
    pub country: Field,
    /// Key of the city.
    pub city: Field,
    /// `yes` or `no`.
    pub remote: Field,
    /// `yes` or `no`.
    pub relocation: Field,
    /// Word of each feature that is known.
    pub has: Field,
    /// Words of the title.
    pub title: Field,
    /// Words of the name.
    pub name: Field,
    /// Words of every text.
    pub text: Field,
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
        wants: builder.add_text_field("wants", raw.clone()),
        source: builder.add_text_field("source", raw.clone()),
        country: builder.add_text_field("country", raw.clone()),
        city: builder.add_text_field("city", raw.clone()),
        remote: builder.add_text_field("remote", raw.clone()),
        relocation: builder.add_text_field("relocation", raw.clone()),
        has: builder.add_text_field("has", raw),
        title: builder.add_text_field("title", text.clone()),
        name: builder.add_text_field("name", text.clone()),
        text: builder.add_text_field("text", text),
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
