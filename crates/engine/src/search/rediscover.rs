//! Rediscovery: people who are in the pool already, for a role, or like somebody.

use stackscout_matcher::similar::{Like, similar};
use stackscout_matcher::{Counts, Cut, rank_all, rank_columns};
use stackscout_profile::{Candidate, CandidateNumber, Date, Facts};
use stackscout_store::ImportInfo;

use crate::{EngineError, Pool, RankedRole, RoleInput};

/// People of a search, ranked for a role.
pub struct ForRole {
    /// The query as it was understood.
    pub understood: String,
    /// How many people match it.
    pub total: u64,
    /// The date that recency is counted from.
    pub as_of: Date,
    /// The best of those who match, as `rank` would place them among themselves.
    pub ranked: RankedRole,
    /// Imports, by number, for the names of files.
    pub imports: Vec<ImportInfo>,
}

/// People whose evidence is like somebody's.
pub struct SimilarPeople {
    /// Whom they are like.
    pub of: Candidate,
    /// The query as it was understood.
    pub understood: String,
    /// The people, most alike first.
    pub people: Vec<(Like, Candidate)>,
}

impl Pool {
    /// Ranks those who match a query for a role.
    ///
    /// # Errors
    /// A query that cannot be read; an index or records that cannot; an empty pool without a date.
    pub fn search_for_role(
        &mut self,
        role: &RoleInput,
        query: &str,
        most: usize,
        as_of: Option<Date>,
    ) -> Result<ForRole, EngineError> {
        let query = self.read_query(query)?;
        self.check_sight(&query)?;
        let (finder, found) = self.answer_found(&query)?;
        let as_of = match as_of {
            Some(as_of) => as_of,
            None => self.as_of()?.ok_or(EngineError::NoDate)?,
        };
        let compiled = self.compiled(role.role.clone())?;
        let evidence = finder.evidence();
        let mut lists = if found.total() == evidence.people() as u64 {
            rank_columns(std::slice::from_ref(&compiled), evidence, as_of, Cut::Top(most), Counts::Exact)
        } else {
            let facts = |(file, at): (usize, usize)| evidence.segments()[file].columns.facts(at);
            let mut facts: Vec<Facts> = found.people().map(facts).collect();
            facts.sort_by_key(|facts| facts.number);
            rank_all(std::slice::from_ref(&compiled), &facts, as_of, Cut::Top(most))
        };
        let shortlist = lists.remove(0);
        let listed = shortlist.entries.iter().map(|entry| Ok((entry.number, self.candidate(entry.number)?)));
        let candidates = listed.collect::<Result<_, EngineError>>()?;
        let ranked = RankedRole { compiled, shortlist, candidates };
        let understood = query.understood();
        Ok(ForRole { understood, total: found.total(), as_of, ranked, imports: self.imports()? })
    }

    /// People whose evidence is like somebody's, among those who match a query.
    ///
    /// # Errors
    /// Nobody of this number; a query that cannot be read; an index or records that cannot.
    pub fn similar_to(
        &mut self,
        number: CandidateNumber,
        query: &str,
        most: usize,
    ) -> Result<SimilarPeople, EngineError> {
        let query = self.read_query(query)?;
        self.check_sight(&query)?;
        let of = self.candidate(number)?;
        let (finder, found) = self.answer_found(&query)?;
        let is_asked = |file: usize, person: usize| found.has(file, person);
        let like = similar(&of.facts(), finder.evidence(), finder.held_by(), is_asked, most, &self.taxonomy);
        let people = like.into_iter().map(|like| {
            let candidate = self.candidate(like.number)?;
            Ok((like, candidate))
        });
        let people = people.collect::<Result<_, EngineError>>()?;
        Ok(SimilarPeople { of, understood: query.understood(), people })
    }
}
