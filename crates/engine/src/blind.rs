//! Showing people without who they are: what every answer goes through before anybody sees it.
//!
//! Everything is found, scored and ordered as it stands, and made blind only where it is handed out. So a blind ranking
//! is the same ranking, and what is recorded of it is the same run.

use stackscout_profile::blind::{SOURCE, guard};
use stackscout_profile::{Candidate, CandidateNumber, Identity, Record};
use stackscout_store::{Decision, ImportInfo};

use crate::{Change, EngineError, Explanation, Facet, Pool, Ranking, Sort};
use stackscout_indexer::Query;

/// Whether a pool shows who people are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sight {
    /// It does.
    #[default]
    Open,
    /// It does not.
    Blind,
}

/// Facets whose values can say who somebody is: sources are named as files, tags and stages are free text.
const TELLING: [Facet; 3] = [Facet::Source, Facet::Tag, Facet::Stage];

impl Pool {
    /// Whether this pool shows who people are.
    #[must_use]
    pub fn sight(&self) -> Sight {
        self.sight
    }

    /// Whether the pool is kept blind: no answer shows who people are, unless somebody says why it has to.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn is_kept_blind(&self) -> Result<bool, EngineError> {
        Ok(self.store.is_blind()?)
    }

    /// Lets this pool show who people are, or not.
    pub fn look(&mut self, sight: Sight) {
        self.sight = sight;
    }

    /// Refuses what shows who people are, whatever is hidden of it.
    ///
    /// # Errors
    /// A blind pool.
    pub fn needs_sight(&self, what: &'static str) -> Result<(), EngineError> {
        match self.sight {
            Sight::Open => Ok(()),
            Sight::Blind => Err(EngineError::Blind { what: what.to_owned() }),
        }
    }

    /// Facets that a blind pool shows.
    #[must_use]
    pub fn shown_facets(&self, facets: &[Facet]) -> Vec<Facet> {
        let is_shown = |facet: &&Facet| self.sight == Sight::Open || !TELLING.contains(facet);
        facets.iter().filter(is_shown).copied().collect()
    }

    /// A person as this pool shows them.
    pub(crate) fn shown(&self, record: &Record) -> Candidate {
        match self.sight {
            Sight::Open => Candidate::read(record, &self.taxonomy).0,
            Sight::Blind => Candidate::read_blind(record, &self.taxonomy),
        }
    }

    /// As [`Pool::shown`], where nobody asks which skills texts speak of: see [`Candidate::read_without_texts`].
    pub(crate) fn shown_without_texts(&self, record: &Record) -> Candidate {
        match self.sight {
            Sight::Open => Candidate::read_without_texts(record, &self.taxonomy),
            Sight::Blind => Candidate::read_blind(record, &self.taxonomy),
        }
    }

    /// A record as this pool shows it.
    pub(crate) fn shown_record(&self, record: Record) -> Record {
        match self.sight {
            Sight::Open => record,
            Sight::Blind => record.blinded(),
        }
    }

    /// Imports as this pool shows them: a file's name can be that of a person.
    pub(crate) fn shown_imports(&self, mut imports: Vec<ImportInfo>) -> Vec<ImportInfo> {
        if self.sight == Sight::Blind {
            for import in &mut imports {
                import.file = format!("import {}", import.number);
                SOURCE.clone_into(&mut import.source);
                import.rejects = import.rejects.take().map(|_| "[file]".to_owned());
                import.columns = None;
            }
        }
        imports
    }

    /// Decisions as this pool shows them: a reason can name the person.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn shown_decisions(&self, mut decisions: Vec<Decision>) -> Result<Vec<Decision>, EngineError> {
        if self.sight == Sight::Blind {
            for decision in &mut decisions {
                let who = self.store.survivor(decision.candidate)?;
                let identity = self.store.record(who)?.map(|r| Identity::of(&r)).unwrap_or_default();
                decision.why = identity.hide(&decision.why);
            }
        }
        Ok(decisions)
    }

    /// A ranking as this pool shows it. What is recorded of a run is the ranking as it is.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn shown_ranking(&self, mut ranking: Ranking) -> Result<Ranking, EngineError> {
        if self.sight == Sight::Blind {
            let change = ranking.manifest.change;
            for role in &mut ranking.roles {
                for (number, candidate) in &mut role.candidates {
                    *candidate = self.candidate_then(*number, change)?;
                }
            }
            ranking.imports = self.shown_imports(ranking.imports);
        }
        Ok(ranking)
    }

    /// An explanation as this pool shows it.
    pub(crate) fn shown_explanation(&self, mut explanation: Explanation) -> Result<Explanation, EngineError> {
        explanation.decisions = self.shown_decisions(explanation.decisions)?;
        Ok(explanation)
    }

    /// Refuses a query that asks who somebody is: by a field, or by a word that is somebody's name.
    pub(crate) fn check_sight(&mut self, query: &Query) -> Result<(), EngineError> {
        if self.sight == Sight::Open {
            return Ok(());
        }
        let (fields, words) = query.identity_asked();
        if let Some(field) = fields.first() {
            return Err(EngineError::BlindQuery { asked: format!("{field}:") });
        }
        if words.iter().any(|(word, _)| word.contains('@')) {
            return Err(EngineError::BlindQuery { asked: "an e-mail address".to_owned() });
        }
        for (word, is_prefix) in words {
            let is_name = self.is_name(&word, is_prefix)?;
            if !is_name
                && !is_prefix
                && let Some(all) = guard::beginning_of_all(&word)
            {
                return Err(EngineError::BlindForm { asked: word, all });
            }
            if is_name || guard::is_hidden(&word, is_prefix) {
                return Err(EngineError::BlindQuery { asked: word });
            }
        }
        Ok(())
    }

    /// Whether a word is, or begins, a form of anybody's name in the pool. The index of names is asked for those that
    /// begin alike, and no record is read.
    fn is_name(&mut self, word: &str, is_prefix: bool) -> Result<bool, EngineError> {
        self.answer(|_, finder| {
            let searcher = finder.searcher()?;
            let names = searcher.name_words(word, usize::MAX)?;
            if names.iter().any(|(name, _)| is_prefix || *name == word) {
                return Ok(true);
            }
            for beginning in guard::beginnings(word) {
                let names = searcher.name_words(&beginning, usize::MAX)?;
                if names.iter().any(|(name, _)| guard::is_form(word, is_prefix, name)) {
                    return Ok(true);
                }
            }
            let is_whole = |word: &str| -> Result<bool, EngineError> {
                let names = searcher.name_words(word, usize::MAX)?;
                Ok(names.iter().any(|(name, _)| *name == word))
            };
            for (first, second) in guard::joined(word) {
                if is_whole(&second)? && first.map_or(Ok(true), |first| is_whole(&first))? {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    /// Refuses an order that says who somebody is.
    pub(crate) fn check_order(&self, sort: Sort) -> Result<(), EngineError> {
        if sort == Sort::Name { self.needs_sight("the order of names") } else { Ok(()) }
    }

    /// Refuses a reason that names one of these people: the audit log keeps it for ever.
    pub(crate) fn check_reason(&self, why: &str, people: &[CandidateNumber]) -> Result<(), EngineError> {
        for number in people {
            let record = self.store.record(self.store.survivor(*number)?)?;
            if record.is_some_and(|record| Identity::of(&record).is_in(why)) {
                return Err(EngineError::ReasonNames(*number));
            }
        }
        Ok(())
    }
}

impl Change<'_> {
    /// Keeps the pool blind from here on, or no longer.
    ///
    /// # Errors
    /// Another writer.
    pub fn set_blind(self, sight: Sight) -> Result<(), EngineError> {
        let why = self.why;
        self.make(|pool| Ok(pool.store.set_blind(sight == Sight::Blind, why)?))
    }
}
