//! What free text says of skills and traits: every mention, with the sentence that it stands in.
//!
//! Most exports have no column of skills: titles, notes, summaries, work history and CVs carry them. The taxonomy's
//! finder says what is named there, whether it is held, how long and until when ([`stackscout_taxonomy::mention`]);
//! here it becomes evidence. A title declares a skill as a list does, but a recruiter's (`recruiting`). Any other text
//! says that a person worked with it, or mentions it. All texts of a person are put together as one: of times that overlap each month counts once,
//! whichever cells they stand in.
//!
//! Deliberately absent: employers and schools. What a company is known to run on says nothing about a person. Nor does
//! their own name: of `Ruby Jones` a text that says `Ruby led teams for four years` speaks of the language only where a list
//! or a title names it, too.

use std::ops::Range;

use stackscout_taxonomy::Stance;
use stackscout_taxonomy::mention::{
    Basis, Mention, Source, Subject, TextContext, TextKind, YearMonth, evidence,
};

use super::known::mentions_in_title;
use super::read::Reader;
use super::skills::{Said, add};
use super::{HeldSkill, HeldTrait, Place};
use crate::facts::{EvidenceSource, SkillEvidence, TraitEvidence};
use crate::{Date, Field, Part, Value, Years};

/// Fields whose text is read for skills and traits, besides the title.
const TEXTS: [Field; 4] = [Field::Summary, Field::Notes, Field::WorkHistory, Field::Cv];

/// Sentences of one cell that are kept for a skill or trait: enough to show why, and bounded whatever the text.
const PLACES_OF_CELL_MAX: usize = 3;

/// Characters of a sentence that are kept; of a longer one, those round the mention.
const SENTENCE_CHARS_MAX: usize = 200;

/// What was found in several texts, in their order.
#[derive(Default)]
struct Found<'a> {
    mentions: Vec<Mention>,
    /// The cell of each mention.
    cells: Vec<&'a Value>,
}

impl Found<'_> {
    /// Leaves out the mentions of which this is not so.
    fn keep(&mut self, is_kept: impl Fn(&Value, &Mention) -> bool) {
        let is_kept: Vec<bool> =
            self.cells.iter().zip(&self.mentions).map(|(value, mention)| is_kept(value, mention)).collect();
        let (mut of_cells, mut of_mentions) = (is_kept.iter(), is_kept.iter());
        self.cells.retain(|_| *of_cells.next().unwrap_or(&true));
        self.mentions.retain(|_| *of_mentions.next().unwrap_or(&true));
    }
}

impl<'a> Reader<'a> {
    /// Adds what texts say of skills, and returns what they say of traits, in the order of trait ids.
    pub(super) fn texts_say(&mut self, held: &mut Vec<HeldSkill>) -> Vec<HeldTrait> {
        let mut traits = Vec::new();
        let titles = self.find(&[Field::Title]);
        self.take(&titles, Some(EvidenceSource::Declared), held, &mut traits);
        let mut texts = self.find(&TEXTS);
        texts.keep(|value, mention| {
            let is_stated = || match mention.subject {
                Subject::Skill(skill) => held.iter().any(|known| known.evidence.skill == skill),
                Subject::Trait(_) => false,
            };
            !is_of_employer(&value.text, mention.span.start)
                && (!self.is_own_name(value.text.get(mention.span.clone()).unwrap_or_default())
                    || is_stated())
        });
        self.take(&texts, None, held, &mut traits);
        traits
    }

    /// Reads the texts of these fields.
    fn find(&mut self, fields: &[Field]) -> Found<'a> {
        let mut found = Found::default();
        let values: Vec<&'a Value> = fields.iter().flat_map(|field| self.values(*field)).copied().collect();
        for value in values {
            let mentions = self.mentions(value);
            self.note_stuffed(value, &mentions);
            found.cells.extend(mentions.iter().map(|_| value));
            found.mentions.extend(mentions);
        }
        found
    }

    /// Whether a word is one of the person's names.
    fn is_own_name(&self, word: &str) -> bool {
        let is_it = |part: &str| part.eq_ignore_ascii_case(word);
        let names = [Field::Name, Field::FirstName, Field::LastName].map(|field| self.values(field));
        let mut texts = names.iter().copied().flatten().map(|value| value.text.as_str());
        texts.any(|name| name.split(|c: char| !c.is_alphanumeric()).any(is_it))
    }

    fn mentions(&self, value: &Value) -> Vec<Mention> {
        let as_of = self.month(value);
        let context = TextContext { as_of: as_of.unwrap_or(YearMonth::LAST), kind: TextKind::Ordinary };
        let mut mentions = match value.field {
            Field::Title => mentions_in_title(&value.text, self.taxonomy, &context),
            _ => self.taxonomy.mentions().find(&value.text, &context),
        };
        if as_of.is_none() {
            // How long "2019 - present" is depends on a day that nobody has named.
            for mention in &mut mentions {
                if mention.period.is_some_and(|period| period.is_current()) {
                    mention.period = None;
                    mention.years = mention.years.filter(|years| years.basis == Basis::Stated);
                }
            }
        }
        mentions
    }

    /// Takes what texts say together. `stands_for` is what all of them are, whatever their sentences say.
    fn take(
        &mut self,
        found: &Found<'_>,
        stands_for: Option<EvidenceSource>,
        held: &mut Vec<HeldSkill>,
        traits: &mut Vec<HeldTrait>,
    ) {
        self.wished.extend(found.mentions.iter().filter_map(|mention| match mention.subject {
            Subject::Skill(skill) if mention.stance == Stance::Wanted => Some(skill),
            _ => None,
        }));
        for entry in evidence(&found.mentions).into_iter().filter(|entry| entry.stance == Stance::Held) {
            let of_entry = || entry.mentions.iter().map(|at| (found.cells[*at], &found.mentions[*at]));
            match entry.subject {
                Subject::Skill(skill) => {
                    let evidence = SkillEvidence {
                        skill,
                        years: entry.years.and_then(|years| Years::from_tenths(years.value)),
                        last_used: entry.last_used.map(|last| last.value),
                        source: stands_for.unwrap_or(of_source(entry.source)),
                    };
                    let years_from_dates = entry.years.is_some_and(|y| y.basis == Basis::ComputedFromDates);
                    let version = of_entry().find_map(|(_, mention)| mention.version.clone());
                    let places = self.places(of_entry(), stands_for);
                    add(held, Said { evidence, years_from_dates, version, level: None, places });
                }
                Subject::Trait(trait_ix) => {
                    // Nobody lists traits: a title mentions one.
                    let source = match stands_for {
                        Some(_) => EvidenceSource::Mentioned,
                        None => of_source(entry.source),
                    };
                    let places = self.places(of_entry(), stands_for.map(|_| source));
                    add_trait(traits, TraitEvidence { trait_ix, source }, places);
                }
            }
        }
    }

    /// As [`places`]; none where nobody asks for them.
    fn places<'b>(
        &self,
        mentions: impl Iterator<Item = (&'b Value, &'b Mention)>,
        stands_for: Option<EvidenceSource>,
    ) -> Vec<Place> {
        if self.explains { places(mentions, stands_for) } else { Vec::new() }
    }

    /// The month on which a value is current, which "present" means in it; `None` where nobody has said.
    fn month(&self, value: &Value) -> Option<YearMonth> {
        let day = self.day_of(value)?;
        YearMonth::new(day.year(), day.month())
    }

    /// The day on which a value's row was current.
    pub(super) fn day_of(&self, value: &Value) -> Option<Date> {
        let holds = |part: &&Part| part.values.iter().any(|v| std::ptr::eq(v, value));
        let part = self.record.parts.iter().find(holds)?;
        part.date_of(value.cell.import).map(|row| row.as_of).or(value.reading.as_of)
    }
}

/// Whether a place in a text is in the name of an employer behind an `@`: `Accountant @ Redis Labs (2018 - 2022)`.
fn is_of_employer(text: &str, at: usize) -> bool {
    const LINKS: [&str; 8] = ["&", "and", "of", "the", "und", "de", "et", "y"];
    let before = text.get(..at).unwrap_or_default();
    // Most texts hold none.
    if !before.contains('@') {
        return false;
    }
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let Some((head, name)) = line.rsplit_once("@ ") else { return false };
    let in_name = |word: &str| {
        let is_word = word.chars().any(char::is_alphanumeric) && !word.starts_with(char::is_lowercase);
        LINKS.contains(&word) || (is_word && !word.ends_with('.'))
    };
    (head.is_empty() || head.ends_with(' '))
        && !name.contains([',', ';', ':', '(', '|'])
        && name.split_whitespace().all(in_name)
}

fn of_source(source: Source) -> EvidenceSource {
    match source {
        Source::Mentioned => EvidenceSource::Mentioned,
        Source::Worked => EvidenceSource::Worked,
    }
}

fn add_trait(traits: &mut Vec<HeldTrait>, evidence: TraitEvidence, places: Vec<Place>) {
    match traits.binary_search_by_key(&evidence.trait_ix, |t| t.evidence.trait_ix) {
        Ok(at) => {
            let known = &mut traits[at];
            known.evidence.source = known.evidence.source.max(evidence.source);
            known.places.extend(places);
        }
        Err(at) => traits.insert(at, HeldTrait { evidence, places }),
    }
}

/// The sentences of each cell, each once: of many, those that say most.
fn places<'a>(
    mentions: impl Iterator<Item = (&'a Value, &'a Mention)>,
    stands_for: Option<EvidenceSource>,
) -> Vec<Place> {
    let mut mentions: Vec<(&Value, &Mention)> = mentions.collect();
    // What was worked with stands before what was mentioned; otherwise the order of the text stays.
    mentions.sort_by_key(|(_, mention)| std::cmp::Reverse((mention.source, mention.years.is_some())));
    let mut places: Vec<Place> = Vec::new();
    let mut taken: Vec<(&Value, &Range<usize>)> = Vec::new();
    for (value, mention) in mentions {
        let is_taken = |(v, sentence): &(&Value, &Range<usize>)| {
            std::ptr::eq(*v, value) && **sentence == mention.sentence
        };
        if is_full(&places, value) || taken.iter().any(is_taken) {
            continue;
        }
        taken.push((value, &mention.sentence));
        places.push(Place {
            cell: value.cell,
            column: value.column.clone(),
            written: sentence(&value.text, mention),
            source: stands_for.unwrap_or(of_source(mention.source)),
        });
    }
    places
}

/// Whether as many places of a cell are known as are kept.
pub(super) fn is_full(places: &[Place], value: &Value) -> bool {
    let of_cell = |place: &&Place| place.cell == value.cell && place.column == value.column;
    places.iter().filter(of_cell).count() >= PLACES_OF_CELL_MAX
}

/// The sentence of a mention on one line; of a long one, what stands round the mention.
fn sentence(text: &str, mention: &Mention) -> String {
    let sentence = text.get(mention.sentence.clone()).unwrap_or_default();
    let chars = sentence.chars().count();
    if chars <= SENTENCE_CHARS_MAX {
        return on_one_line(sentence);
    }
    let named = text.get(mention.span.clone()).unwrap_or_default().chars().count();
    let before = text.get(mention.sentence.start..mention.span.start).unwrap_or_default().chars().count();
    let around = SENTENCE_CHARS_MAX.saturating_sub(named) / 2;
    let from = before.saturating_sub(around).min(chars - SENTENCE_CHARS_MAX);
    let cut: String = sentence.chars().skip(from).take(SENTENCE_CHARS_MAX).collect();
    let cut = on_one_line(&cut);
    let (lead, tail) =
        (if from > 0 { "…" } else { "" }, if from + SENTENCE_CHARS_MAX < chars { "…" } else { "" });
    format!("{lead}{cut}{tail}")
}

fn on_one_line(text: &str) -> String {
    let blank = |b: u8| b <= b' ' || b >= 128;
    let bytes = text.as_bytes();
    // Most sentences stand on one line already: ASCII with single spaces between its words.
    let is_plain = bytes.iter().all(|b| *b == b' ' || !blank(*b)) && !bytes.windows(2).any(|w| w == b"  ");
    if is_plain {
        return text.trim_matches(' ').to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
