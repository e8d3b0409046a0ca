//! Spellings that people wrote as skills and that the taxonomy does not know: what a team may want to add.
//!
//! Worked out from the records each time, so that a spelling that was added is gone from the list at once.

use std::collections::HashMap;

use serde::Serialize;
use stackscout_profile::Candidate;
use stackscout_taxonomy::{SkillIx, Taxonomy};

use crate::{EngineError, Pool};

/// An unknown spelling, counted over people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownSkill {
    /// The spelling as it is written most often.
    pub spelling: String,
    /// How often it is written.
    pub count: u64,
    /// Forms that differ in case, separators or signs, most frequent first; at most [`FORMS_MAX`].
    pub written: Vec<String>,
    /// Ids of skills with a spelling close to it, nearest first; at most three. Never taken by themselves.
    pub suggestions: Vec<String>,
}

/// The unknown spellings of a pool or an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownSkills {
    /// Spellings, the most frequent first, then in the order of letters.
    pub unknown: Vec<UnknownSkill>,
    /// Different spellings in all, those that are not listed included.
    pub spellings: u64,
    /// Items that are not shown because they look like an address, a number or a sentence.
    pub withheld: u64,
}

/// Written forms kept of each spelling.
pub const FORMS_MAX: usize = 3;
/// Different spellings counted, so that a column of free text cannot fill the memory.
const SPELLINGS_MAX: usize = 100_000;

impl Pool {
    /// Spellings of skills that the pool's taxonomy does not know: of one import, or of all; `limit` of them.
    ///
    /// # Errors
    /// An import that is not there; records that cannot be read.
    pub fn unknown_skills(&self, import: Option<u32>, limit: usize) -> Result<UnknownSkills, EngineError> {
        if let Some(wanted) = import
            && !self.imports()?.iter().any(|i| i.number == wanted)
        {
            return Err(EngineError::NoImport(wanted));
        }
        let mut counting = Counting::default();
        self.store.records_since::<EngineError>(0, |record| {
            for unknown in Candidate::unread(&record, &self.taxonomy).0 {
                if import.is_none_or(|wanted| unknown.cell.import == wanted) {
                    counting.add(unknown.name);
                }
            }
            Ok(())
        })?;
        Ok(counting.finish(&self.taxonomy, limit))
    }
}

/// Counts spellings by what they have in common.
#[derive(Default)]
struct Counting {
    forms: HashMap<String, HashMap<String, u64>>,
    withheld: u64,
}

impl Counting {
    fn add(&mut self, name: String) {
        if !may_be_shown(&name) {
            self.withheld += 1;
            return;
        }
        let key: String = name
            .chars()
            .filter(|c| c.is_alphanumeric() || "+#".contains(*c))
            .flat_map(char::to_lowercase)
            .collect();
        if self.forms.len() < SPELLINGS_MAX || self.forms.contains_key(&key) {
            *self.forms.entry(key).or_default().entry(name).or_insert(0) += 1;
        } else {
            self.withheld += 1;
        }
    }

    fn finish(self, taxonomy: &Taxonomy, limit: usize) -> UnknownSkills {
        let spellings = self.forms.len() as u64;
        let mut unknown: Vec<UnknownSkill> = self
            .forms
            .into_values()
            .map(|forms| {
                let mut forms: Vec<(String, u64)> = forms.into_iter().collect();
                forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                let count = forms.iter().map(|(_, n)| n).sum();
                let written: Vec<String> = forms.into_iter().take(FORMS_MAX).map(|(form, _)| form).collect();
                UnknownSkill { spelling: written[0].clone(), count, written, suggestions: Vec::new() }
            })
            .collect();
        unknown.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.spelling.cmp(&b.spelling)));
        unknown.truncate(limit);
        for skill in &mut unknown {
            let id = |skill: SkillIx| taxonomy.skill(skill).id.clone();
            skill.suggestions = taxonomy.near(&skill.spelling).into_iter().map(id).collect();
        }
        UnknownSkills { unknown, spellings, withheld: self.withheld }
    }
}

/// Whether an unknown item may be printed: a short name, and nothing that looks like an address, a number, or what
/// somebody says of themselves.
#[must_use]
pub fn may_be_shown(name: &str) -> bool {
    const LETTERS_MAX: usize = 40;
    const WORDS_MAX: usize = 4;
    const DIGITS_MAX: usize = 6;
    const PERSONAL: [&str; 22] = [
        "i", "i'm", "i've", "me", "my", "he", "she", "his", "her", "we", "our", "mr", "mrs", "ms", "ich",
        "mein", "meine", "je", "mon", "mi", "yo", "you",
    ];
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_page = |word: &&str| {
        let end = word.trim_end_matches(['/', '.']).rsplit('.').next().unwrap_or("");
        word.contains("://")
            || word.starts_with("www.")
            || (word.contains('.')
                && matches!(end, "com" | "org" | "de" | "fr" | "es" | "nl" | "pl" | "eu" | "uk" | "in"))
            || (word.contains('.') && word.contains('/'))
    };
    name.chars().any(char::is_alphabetic)
        && name.chars().count() <= LETTERS_MAX
        && words.len() <= WORDS_MAX
        && name.chars().filter(char::is_ascii_digit).count() <= DIGITS_MAX
        && !name.contains(['@', '?', '!', '"', '\n', '\r', '\t'])
        && !name.contains(". ")
        && !name.chars().any(char::is_control)
        && !words.iter().any(is_page)
        && !words.iter().any(|word| PERSONAL.contains(&word.trim_matches([',', '.', ':'])))
}

#[cfg(test)]
mod tests {
    //! - addresses, numbers and sentences are not shown, names are
    //! - forms of one spelling are counted together, whatever order they come in

    use super::*;

    #[test]
    fn addresses_numbers_and_sentences_are_not_shown() {
        for name in ["Foobarix", "Foo/Bar", "X-Wing 3", "Acme DB 2000", "東京", "f#+"] {
            assert!(may_be_shown(name), "{name}");
        }
        for name in [
            "ada@example.org",
            "ada at example.org",
            "https://example.org/x",
            "www.example.org",
            "github.com/ada",
            "+49 30 1234567",
            "030-123-4567 x",
            "12",
            "",
            "I love cooking",
            "my own shop",
            "responsible for the whole of it",
            "Built it. Ran it",
            "a\u{7}b",
            "SupercalifragilisticexpialidociousEvenThoughLonger",
        ] {
            assert!(!may_be_shown(name), "{name}");
        }
    }

    #[test]
    fn forms_of_one_spelling_are_counted_together() {
        let taxonomy = Taxonomy::embedded();
        let names = ["Foo-Barix", "foobarix", "Foo-Barix", "djngo", "ada@example.org", "Zed"];
        let count = |names: &mut dyn Iterator<Item = &&str>| {
            let mut counting = Counting::default();
            names.for_each(|name| counting.add((*name).to_owned()));
            counting.finish(&taxonomy, 3)
        };
        let found = count(&mut names.iter());
        assert_eq!(found, count(&mut names.iter().rev()));
        assert_eq!((found.spellings, found.withheld), (3, 1));
        let first = &found.unknown[0];
        assert_eq!((first.spelling.as_str(), first.count), ("Foo-Barix", 3));
        assert_eq!(first.written, ["Foo-Barix", "foobarix"]);
        assert_eq!(found.unknown[2].suggestions, ["django"]);
    }
}
