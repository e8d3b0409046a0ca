//! Skills and traits in running text: CVs, job advertisements, notes.
//!
//! When is a word in a text a skill? [`MentionFinder::find`] answers in steps, each in a file of its own:
//!
//! 1. `folded`: the text in one plain form, with a way back to its own bytes;
//! 2. `patterns`: every spelling in every form that people write, in one tree (`trie`); `boundary` says which
//!    of them stand in the text as whole words;
//! 3. `sentence`: lines, sentences and the words round a hit, each word with what it tells (`cues`, data);
//! 4. `overlap`: of hits that overlap, the reading that covers most of the text ("Spring Boot" is not "Spring"); `others`:
//!    what speaks of other people, and names of employers, are left out;
//! 5. `meaning`: whether a spelling that is also an everyday word means the skill here (`columns`: in a list with one
//!    item a line it does);
//! 6. `stance`: held, wanted or negated;
//! 7. `duration` and `jobs`: years and last use, stated or computed from dates (`dates`); and whether use is stated.
//!
//! [`evidence`] then makes one entry of all mentions of a skill or trait.
//!
//! Deliberately absent: guesses. What no rule decides is left out, and every mention names the rules that took it.

mod boundary;
mod checks;
mod columns;
mod cues;
mod dates;
mod duration;
mod evidence;
mod finder;
mod folded;
mod found;
mod jobs;
mod meaning;
mod others;
mod overlap;
mod patterns;
mod sentence;
mod stance;
mod trie;

#[cfg(test)]
mod tests;

pub(crate) use checks::{CONTEXTS_MAX, TEXT_BYTES_MAX, check_tables, context_problems, cue_problems};
pub use dates::{Period, YearMonth};
pub use evidence::{TextEvidence, evidence};
pub use finder::MentionFinder;
pub use found::{
    Basis, Known, Mention, Reasons, Source, SourceReason, StanceReason, Subject, Taken, TextContext, TextKind,
};
