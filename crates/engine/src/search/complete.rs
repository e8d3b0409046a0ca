//! What a search could mean while it is still being typed: skills and words of names that begin so.

use std::cmp::Reverse;

use stackscout_indexer::Finder;
use stackscout_indexer::words::words;

use crate::{EngineError, Pool, Sight};

/// A way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The name of a skill, or a word of a name.
    pub text: String,
    /// Id of the skill; `None` for a word of a name.
    pub skill: Option<String>,
    /// How many people hold the skill, or have the word in their name.
    pub people: u64,
}

impl Pool {
    /// Skills of which a spelling begins so, those first whose name does, and words of names that do, at most so many of
    /// each; those that most people have come first.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn complete(&mut self, beginning: &str, limit: usize) -> Result<Vec<Completion>, EngineError> {
        self.answer(|pool, finder| pool.complete_in(finder, beginning, limit))
    }

    fn complete_in(
        &self,
        finder: &Finder,
        beginning: &str,
        limit: usize,
    ) -> Result<Vec<Completion>, EngineError> {
        let typed = beginning.trim().to_lowercase();
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let begins = |spelling: &String| spelling.to_lowercase().starts_with(&typed);
        let mut skills: Vec<Completion> = self
            .taxonomy
            .skills()
            .filter(|(_, skill)| begins(&skill.name) || skill.spellings.iter().any(begins))
            .map(|(ix, skill)| Completion {
                text: skill.name.clone(),
                skill: Some(skill.id.clone()),
                people: finder.held_by()[ix.index()],
            })
            .collect();
        // Names before other spellings: who types `pyt` means Python rather than what is also written so.
        let key = |c: &Completion| (!begins(&c.text), Reverse(c.people), c.text.clone());
        skills.sort_by_cached_key(key);
        skills.truncate(limit);
        if let ([word], Sight::Open) = (words(&typed).as_slice(), self.sight()) {
            let names = finder.searcher()?.name_words(word, limit)?;
            skills.extend(names.into_iter().map(|(text, people)| Completion { text, skill: None, people }));
        }
        Ok(skills)
    }
}
