//! What people write about themselves: sentences that say of skills what the facts say, and nothing else of any skill.

use std::fmt::Write as _;

use stackscout_profile::{EvidenceSource, Facts, SkillEvidence};
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::written::LastUsed;

use super::names;
use super::random::Stream;

/// Sentences without a skill in them.
const ASIDES: [&str; 12] = [
    "Likes small teams and short meetings.",
    "Writes things down so that others find them later.",
    "Has trained three newcomers and enjoyed it.",
    "Cares about what happens after a release.",
    "Asks early when a plan makes no sense.",
    "Moved from support into engineering some years ago.",
    "Prefers plain solutions that the next person understands.",
    "Took part in two large migrations and one rescue.",
    "Speaks at a local meet-up now and then.",
    "Available for a first talk on short notice.",
    "Was on call for a shop with several million customers.",
    "Reviews the work of others every day.",
];

/// Figures of a skill in the words of a skills list: `4 yrs, last used 2024`; empty where nothing is known.
pub(super) fn figures(evidence: &SkillEvidence) -> String {
    let years = evidence.years.map(|years| format!("{years} yrs"));
    let last = evidence.last_used.map(|last| match last {
        LastUsed::Year(year) => format!("last used {year}"),
        LastUsed::Current => "current".to_owned(),
    });
    years.into_iter().chain(last).collect::<Vec<_>>().join(", ")
}

/// The summary of a person: a sentence for each skill that they worked with, one for those named in passing, and
/// asides until the text has at least `length_min` bytes.
pub(super) fn summary(facts: &Facts, taxonomy: &Taxonomy, length_min: usize, stream: &mut Stream) -> String {
    let mut text = String::new();
    let of_source = |source| facts.skills.iter().filter(move |evidence| evidence.source == source);
    for evidence in of_source(EvidenceSource::Worked) {
        let name = &taxonomy.skill(evidence.skill).name;
        let employer = names::employer(stream);
        let time = evidence.years.map(|years| match years.tenths() {
            10 => " for 1 year".to_owned(),
            _ => format!(" for {years} years"),
        });
        let time = time.unwrap_or_default();
        let sentence = match evidence.last_used {
            Some(LastUsed::Current) => format!("Works with {name} at {employer}{time}, to this day. "),
            Some(LastUsed::Year(year)) => format!("Worked with {name} at {employer}{time}, until {year}. "),
            None => format!("Worked with {name} at {employer}{time}. "),
        };
        text += &sentence;
    }
    let passing: Vec<&str> = of_source(EvidenceSource::Mentioned)
        .map(|evidence| taxonomy.skill(evidence.skill).name.as_str())
        .collect();
    if !passing.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(text, "Came across {} in passing. ", passing.join(", "));
    }
    let mut aside = usize::try_from(stream.below(ASIDES.len() as u64)).expect("below the number of asides");
    while text.len() < length_min {
        text += ASIDES[aside % ASIDES.len()];
        text.push(' ');
        aside += 1;
    }
    text.truncate(text.trim_end().len());
    text
}
