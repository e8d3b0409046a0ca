//! One entry of all mentions of a skill or trait, as the scoring model puts places together: the greatest stated years, or
//! else the months of all dated times, each counted once; the latest use; the strongest source, each taken on its own.

use crate::mention::dates::{Period, tenths};
use crate::mention::found::{Basis, Known, Mention, Source, Subject};
use crate::{LastUsed, Stance};

/// What a text says of one skill or trait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEvidence {
    /// The skill or trait.
    pub subject: Subject,
    /// Held where any mention says so; else wanted where any says so; else negated.
    pub stance: Stance,
    /// The strongest source of the mentions with this stance.
    pub source: Source,
    /// Tenths of years: the greatest stated, else computed. `None` unless held and said.
    pub years: Option<Known<u16>>,
    /// The latest use. `None` unless held and said.
    pub last_used: Option<Known<LastUsed>>,
    /// The mentions with this stance, by their place in the text's mentions.
    pub mentions: Vec<usize>,
}

/// Puts a text's mentions together: one entry for each skill and trait, in the order of their numbers, skills first.
#[must_use]
pub fn evidence(mentions: &[Mention]) -> Vec<TextEvidence> {
    let mut subjects: Vec<(Subject, usize)> = Vec::with_capacity(mentions.len());
    for (at, mention) in mentions.iter().enumerate() {
        subjects.push((mention.subject, at));
        subjects.extend(mention.also.map(|also| (Subject::Trait(also), at)));
    }
    subjects.sort_unstable();
    subjects.chunk_by(|a, b| a.0 == b.0).map(|all| entry(all[0].0, all, mentions)).collect()
}

fn entry(subject: Subject, all: &[(Subject, usize)], mentions: &[Mention]) -> TextEvidence {
    let all = || all.iter().map(|(_, at)| *at);
    // Held stands before wanted, wanted before negated, as their order says.
    let stance = all().map(|at| mentions[at].stance).min().unwrap_or_default();
    let of_stance: Vec<usize> = all().filter(|at| mentions[*at].stance == stance).collect();
    let each = || of_stance.iter().map(|at| &mentions[*at]);
    let source = each().map(|m| m.source).max().unwrap_or(Source::Mentioned);
    let mut entry =
        TextEvidence { subject, stance, source, years: None, last_used: None, mentions: Vec::new() };
    if stance != Stance::Held {
        return TextEvidence { mentions: of_stance, ..entry };
    }
    let stated = each().filter_map(|m| m.years.filter(|y| y.basis == Basis::Stated)).map(|y| y.value).max();
    let periods: Vec<Period> = each().filter_map(|m| m.period).collect();
    entry.years = match stated {
        Some(value) => Some(Known { value, basis: Basis::Stated }),
        None => tenths(Period::union_months(periods))
            .map(|value| Known { value, basis: Basis::ComputedFromDates }),
    };
    // `Current` is the greatest; of equal uses, a stated one says more.
    entry.last_used = each().filter_map(|m| m.last_used).max_by_key(|last| (last.value, last.basis));
    TextEvidence { mentions: of_stance, ..entry }
}
