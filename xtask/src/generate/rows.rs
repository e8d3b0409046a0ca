//! The crowd as a CSV file, as an applicant tracking system would export it: about 750 bytes a row.
//!
//! An import reads the same facts back: what is named in passing stands in the summary alone, and what is worked with
//! stands in the skills column with its figures, and in the summary in a sentence that states use. A few names that are
//! everyday words too (`Chef`, `Make`) are not taken for skills there.

use std::io::Write;

use stackscout_profile::{EvidenceSource, Facts, Status};

use super::people::Crowd;
use super::random::{Purpose, Stream};
use super::{names, summary};

/// The columns.
pub const HEADER: [&str; 15] = [
    "id",
    "name",
    "email",
    "title",
    "location",
    "remote",
    "relocation",
    "years of experience",
    "skills",
    "summary",
    "languages",
    "work permit",
    "available from",
    "expected salary",
    "status",
];

/// Length of the summary from which a row has about 750 bytes.
const SUMMARY_BYTES_MIN: usize = 265;

/// Writes the people of a seed, in order, below a header. Nothing is held but the row at hand.
///
/// # Errors
/// Those of the writer.
pub fn write_rows(crowd: &Crowd, seed: u64, count: u32, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for index in 0..count {
        writer.write_record(row(crowd, seed, &crowd.person(seed, index)))?;
    }
    writer.flush()?;
    Ok(())
}

fn row(crowd: &Crowd, seed: u64, facts: &Facts) -> [String; HEADER.len()] {
    let number = facts.number.0;
    let stream = &mut Stream::of(seed, Purpose::Words, u64::from(number));
    let (first, last) = names::person(stream);
    let email = format!("{}.{}{number}@example.org", first.to_lowercase(), last.to_lowercase());
    let email = email.replace('ö', "o");
    let town = names::town(stream);
    let location = facts.country.map(|country| format!("{town}, {}", country.name())).unwrap_or_default();
    [
        format!("G{number:08}"),
        format!("{first} {last}"),
        email,
        title(crowd, facts, stream),
        location,
        yes_no(facts.remote),
        yes_no(facts.relocation),
        facts.total_years.map(|years| years.to_string()).unwrap_or_default(),
        skills(crowd, facts),
        summary::summary(facts, &crowd.taxonomy, SUMMARY_BYTES_MIN, stream),
        list(facts.languages.as_deref().unwrap_or_default()),
        list(facts.permits.as_deref().unwrap_or_default()),
        facts.available.map(|day| day.to_string()).unwrap_or_default(),
        pay(facts),
        match facts.status {
            Some(Status::Hired) => "hired",
            Some(Status::OptedOut) => "opted out",
            None => "",
        }
        .to_owned(),
    ]
}

/// A title of a skill that the skills column holds too, or of none.
fn title(crowd: &Crowd, facts: &Facts, stream: &mut Stream) -> String {
    let listed: Vec<_> = listed(facts).collect();
    if listed.is_empty() || stream.percent(40) {
        return "Software engineer".to_owned();
    }
    format!("{} developer", crowd.taxonomy.skill(stream.one_of(&listed).skill).name)
}

fn listed(facts: &Facts) -> impl Iterator<Item = &stackscout_profile::SkillEvidence> {
    facts.skills.iter().filter(|evidence| evidence.source != EvidenceSource::Mentioned)
}

fn skills(crowd: &Crowd, facts: &Facts) -> String {
    let items = listed(facts).map(|evidence| {
        let name = &crowd.taxonomy.skill(evidence.skill).name;
        match summary::figures(evidence).as_str() {
            "" => name.clone(),
            figures => format!("{name} ({figures})"),
        }
    });
    items.collect::<Vec<_>>().join("; ")
}

fn yes_no(answer: Option<bool>) -> String {
    answer.map(|yes| if yes { "yes" } else { "no" }).unwrap_or_default().to_owned()
}

fn list(items: &[impl ToString]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn pay(facts: &Facts) -> String {
    let Some(pay) = facts.expected_pay else { return String::new() };
    let currency = pay.currency.map(|currency| currency.to_string()).unwrap_or_default();
    let per = pay.per.map(|per| format!(" per {}", per.word())).unwrap_or_default();
    format!("{} {currency}{per}", pay.amount)
}

#[cfg(test)]
mod tests {
    //! - an import reads the facts back
    //! - a row has about 750 bytes
    //! - the same seed gives the same bytes

    use std::io::Cursor;

    use stackscout_importer::{CandidateFile, ImportOptions, ReadRow};
    use stackscout_profile::{Candidate, Part, Record, RowDate, SkillEvidence};
    use stackscout_taxonomy::mention::{TextKind, YearMonth};
    use stackscout_taxonomy::{SkillIx, Taxonomy, TextContext, TraitIx};

    use super::*;
    use crate::generate::people;

    const SEED: u64 = 11;

    fn file(count: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_rows(&Crowd::new(Taxonomy::embedded()).unwrap(), SEED, count, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn an_import_reads_the_facts_back() {
        let taxonomy = Taxonomy::embedded();
        let reader = Box::new(Cursor::new(file(2_000)));
        let mut file =
            CandidateFile::from_reader("crowd.csv", reader, &ImportOptions::default(), &taxonomy).unwrap();
        let (mut read_back, mut in_text, mut missed) = (0, 0, 0);
        for (row, made) in (&mut file).zip(people(SEED, 2_000)) {
            let ReadRow::Accepted(row) = row.unwrap() else { panic!("a row was rejected") };
            let mut part = Part::new("crowd", row.external_id, row.values);
            part.as_of.push(RowDate { as_of: crate::generate::as_of(), import: 0 });
            let (candidate, issues) = Candidate::read(&Record::new(made.number, part), &taxonomy);
            assert_eq!(issues, []);
            assert_eq!(candidate.unknown_spellings, []);
            let read = candidate.facts();
            let (skills, traits) = (made.skills.clone(), Vec::new());
            assert_eq!(Facts { skills, traits, ..read.clone() }, made);
            // The crowd has no traits but those that the name of a skill names as well: `microservices`.
            for spoken in &read.traits {
                let names_it = |e: &SkillEvidence| names_trait(&taxonomy, e.skill, spoken.trait_ix);
                assert!(made.skills.iter().any(names_it), "{spoken:?}");
            }
            // No skill that nobody made; the figures of each are those that were made.
            for held in &read.skills {
                assert!(made.skills.iter().any(|e| e.skill == held.skill), "{held:?}");
            }
            for made in &made.skills {
                let held = read.skills.iter().find(|e| e.skill == made.skill);
                match held {
                    Some(held) => assert_eq!(SkillEvidence { source: made.source, ..*held }, *made),
                    None => assert_eq!(made.source, EvidenceSource::Mentioned),
                }
                in_text += u32::from(made.source != EvidenceSource::Declared);
                missed += u32::from(held != Some(made));
            }
            read_back += 1;
        }
        assert_eq!(read_back, 2_000);
        // A skill whose name is an everyday word too needs more company than a plain sentence gives, and a word of use in
        // the name of a neighbour makes what is mentioned worked.
        assert!(missed * 10 < in_text, "{missed} of {in_text}");
    }

    /// Whether the name of a skill names a trait in a text.
    fn names_trait(taxonomy: &Taxonomy, skill: SkillIx, wanted: TraitIx) -> bool {
        let context = TextContext { as_of: YearMonth::LAST, kind: TextKind::List };
        let found = taxonomy.mentions().find(&taxonomy.skill(skill).name, &context);
        found.iter().any(|mention| mention.also == Some(wanted))
    }

    #[test]
    fn a_row_has_about_750_bytes() {
        let bytes = file(2_000).len() / 2_000;
        assert!((720..780).contains(&bytes), "{bytes}");
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        assert_eq!(file(300), file(300));
        let longer = file(400);
        assert!(longer.starts_with(&file(300)));
    }
}
