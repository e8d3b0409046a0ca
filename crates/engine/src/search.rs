//! Searching a pool: exact counts and facets, people in the order of their evidence, and what else a query would give.

mod complete;
mod order;
mod rediscover;

use std::sync::Arc;

use stackscout_evidence::{Evidence, EvidenceError};
use stackscout_indexer::{
    Counted, Facet, Finder, ImportDays, IndexDocument, IndexError, IndexState, Matched, Matches, Query,
    Snippet, snippets,
};
use stackscout_matcher::weigh::{Placed, WANTED_MAX, worth_of};
use stackscout_profile::{Candidate, CandidateNumber, SkillEvidence};
use stackscout_taxonomy::SkillIx;

pub use self::complete::Completion;
pub use self::order::Sort;
pub use self::rediscover::{ForRole, SimilarPeople};
use crate::pool::INDEX;
use crate::{EngineError, Pool};

/// What is asked of a search.
#[derive(Debug, Clone, Default)]
pub struct SearchRequest {
    /// The query as typed.
    pub query: String,
    /// People shown at most.
    pub limit: usize,
    /// People skipped.
    pub offset: usize,
    /// The order; `None` for evidence where the query asks for skills, else candidate numbers.
    pub sort: Option<Sort>,
    /// The end of the page before, as [`Found::next`] gave it: pages stay in step while people are added.
    pub after: Option<String>,
    /// What is counted of all who are found.
    pub facets: Vec<Facet>,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The query as it was understood.
    pub understood: String,
    /// How many people match in all.
    pub total: u64,
    /// Those shown, in order.
    pub hits: Vec<FoundPerson>,
    /// The order.
    pub sort: Sort,
    /// Where the next page begins; `None` where this is the last, and in an order that has no such place.
    pub next: Option<String>,
    /// How many come after those shown; `None` behind a place, where nobody counts who stands before it.
    pub left: Option<u64>,
    /// The facets asked for.
    pub facets: Vec<Counted>,
    /// People who hold only what implies a skill that was asked for.
    pub through: Vec<Through>,
    /// Where nobody matches: what the query gives without each of its clauses, or each of its alternatives alone.
    pub without: Vec<Without>,
    /// Words that name no skill and were looked for in texts, with the skills that they are near to.
    pub near: Vec<(String, Vec<SkillIx>)>,
}

/// A person found.
#[derive(Debug, Clone)]
pub struct FoundPerson {
    /// The person, without what only their texts say of skills.
    pub candidate: Candidate,
    /// The skills by which they match.
    pub matched: Vec<Matched>,
    /// What their evidence is worth to the skills asked for, in ten-thousandths; `None` in another order.
    pub evidence: Option<u16>,
    /// Where the words of the query stand in their texts.
    pub snippets: Vec<Snippet>,
}

/// People who do not hold a skill by name, but one that implies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Through {
    /// The skill asked for.
    pub skill: SkillIx,
    /// How many more there are.
    pub count: u64,
    /// What they hold instead, at most three, the most frequent first.
    pub held: Vec<SkillIx>,
}

/// A clause of a query that nobody matches, or one of its alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Without {
    /// The clause, in canonical words.
    pub clause: String,
    /// How many match the clause by itself.
    pub alone: u64,
    /// How many match the query without it; `None` for an alternative, and for what is all that is asked.
    pub total: Option<u64>,
    /// The clauses of an alternative that has several, with how many match each by itself.
    pub parts: Vec<(String, u64)>,
}

impl Pool {
    /// How many people match a query.
    ///
    /// # Errors
    /// A query that cannot be read; an index that cannot.
    pub fn count_matching(&mut self, query: &str) -> Result<u64, EngineError> {
        let query = self.read_query(query)?;
        self.check_sight(&query)?;
        self.count_of(&query)
    }

    /// Searches.
    ///
    /// # Errors
    /// A query that cannot be read; an index or records that cannot.
    pub fn search(&mut self, request: &SearchRequest) -> Result<Found, EngineError> {
        let query = self.read_query(&request.query)?;
        self.check_sight(&query)?;
        if let Some(sort) = request.sort {
            self.check_order(sort)?;
        }
        self.answer(|pool, finder| pool.search_in(finder, &query, request))
    }

    fn search_in(
        &self,
        finder: &Finder,
        query: &Query,
        request: &SearchRequest,
    ) -> Result<Found, EngineError> {
        let found = finder.find(query)?;
        let clauses = query.skill_clauses();
        let sort = request.sort.unwrap_or(if clauses.is_empty() { Sort::Number } else { Sort::Evidence });
        // One more than is shown tells whether there is a next page.
        let most = match request.limit {
            0 => 0,
            limit => limit.saturating_add(request.offset).saturating_add(1),
        };
        let mut page = self.in_order(finder, query, &found, sort, most, request.after.as_deref())?;
        page.drain(..request.offset.min(page.len()));
        let is_more = page.len() > request.limit;
        page.truncate(request.limit);
        let next =
            page.last().filter(|_| is_more && sort != Sort::Name).map(|last| order::cursor(sort, last));
        let shown = request.offset.saturating_add(page.len()) as u64;
        let left = request.after.is_none().then(|| found.total().saturating_sub(shown));
        let mut hits = Vec::with_capacity(page.len());
        for Placed { rung, file, person } in page {
            let evidence =
                (sort == Sort::Evidence).then(|| worth_of(rung.value.0, clauses.len().min(WANTED_MAX)));
            let held = held(finder, file, person)?;
            hits.push(self.found_person(rung.number, query, &held, evidence)?);
        }
        Ok(Found {
            understood: query.understood(),
            total: found.total(),
            hits,
            sort,
            next,
            left,
            facets: finder.facets(&found, &self.shown_facets(&request.facets), &self.taxonomy)?,
            through: self.through(finder, query, &found)?,
            without: if found.total() == 0 { without(finder, query)? } else { Vec::new() },
            near: self.near(query),
        })
    }

    fn found_person(
        &self,
        number: CandidateNumber,
        query: &Query,
        held: &[SkillEvidence],
        evidence: Option<u16>,
    ) -> Result<FoundPerson, EngineError> {
        // Words are marked in what is shown, so that a snippet shows nothing else.
        let record = self.record_as_it_is(number)?;
        let candidate = self.shown_without_texts(&record);
        let record = self.shown_record(record);
        let matched = query.matched(held);
        let (taxonomy, imports) = (&*self.taxonomy, &ImportDays::new());
        let person = IndexDocument { candidate: &candidate, record: &record, taxonomy, imports };
        let snippets = snippets(query, &person);
        Ok(FoundPerson { candidate, matched, evidence, snippets })
    }

    /// Who comes in where a skill is widened to what implies it, and what they hold of that.
    fn through(&self, finder: &Finder, query: &Query, found: &Matches) -> Result<Vec<Through>, EngineError> {
        const HELD_MAX: usize = 3;
        let mut through = Vec::new();
        for skill in query.skills() {
            let widened = query.widened(skill, &self.taxonomy);
            if widened == *query || self.taxonomy.implying(skill).next().is_none() {
                continue;
            }
            let wider = finder.find(&widened)?;
            if wider.total() <= found.total() {
                continue;
            }
            let mut counts = vec![0_u64; self.taxonomy.skills().len()];
            for (file, person) in wider.people_outside(found) {
                let columns = finder.evidence().file(file);
                let starts = columns.starts()?;
                let own = columns.evidence(starts[person] as usize..starts[person + 1] as usize)?;
                own.iter().for_each(|held| counts[usize::from(held.skill)] += 1);
            }
            let mut held: Vec<(u64, SkillIx)> = self
                .taxonomy
                .implying(skill)
                .map(|s| (counts[s.index()], s))
                .filter(|(n, _)| *n > 0)
                .collect();
            held.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            let held = held.into_iter().take(HELD_MAX).map(|(_, s)| s).collect();
            through.push(Through { skill, count: wider.total() - found.total(), held });
        }
        Ok(through)
    }

    fn near(&self, query: &Query) -> Vec<(String, Vec<SkillIx>)> {
        let near = query.texts().into_iter().map(|word| (self.taxonomy.near(&word), word));
        near.filter(|(near, _)| !near.is_empty()).map(|(near, word)| (word, near)).collect()
    }

    /// The index and the columns of one commit, caught up with the records where that can be done now. They stay open
    /// for the next search, as long as nothing changes.
    ///
    /// # Errors
    /// An index or records that cannot be read; a pool that another process is changing.
    pub fn finder(&mut self) -> Result<Arc<Finder>, EngineError> {
        let change = self.store.change()?;
        if let Some((of, finder)) = &self.finder
            && *of == change
        {
            return Ok(Arc::clone(finder));
        }
        let folder = self.folder.join(INDEX);
        let finder = match IndexState::read(&folder)? {
            Some(state) if state.change == change && state.taxonomy == self.taxonomy.fingerprint() => {
                let evidence = self.evidence_of(&state)?;
                Finder::new(&folder, state, evidence)
            }
            _ => self.checked_finder()?,
        };
        Ok(self.keep(finder))
    }

    /// As [`Pool::finder`], with everything compared with its checksums, and made anew where it has to be.
    fn checked_finder(&self) -> Result<Finder, EngineError> {
        let (searcher, state) = self.searcher()?;
        // Behind the records, the answer is that of an older change: but for whoever is gone since, and above all for
        // whoever was erased.
        let evidence = self.checked_evidence_of(&state)?.without(&self.store.gone_since(state.change)?);
        Ok(Finder::new(&self.folder.join(INDEX), state, evidence).with_searcher(searcher))
    }

    fn keep(&mut self, finder: Finder) -> Arc<Finder> {
        let finder = Arc::new(finder);
        self.finder = Some((finder.state().change, Arc::clone(&finder)));
        finder
    }

    /// Whom a query finds, and in what, of which everything is compared with its checksums.
    fn answer_found(&mut self, query: &Query) -> Result<(Arc<Finder>, Matches), EngineError> {
        let found = self.answer(|_, finder| {
            finder.evidence().whole()?;
            Ok(finder.find(query)?)
        })?;
        let kept = self.finder.as_ref().map(|(_, finder)| Arc::clone(finder));
        kept.map(|finder| (finder, found)).ok_or_else(|| EngineError::Locked(self.folder.clone()))
    }

    /// Answers from a finder; where index or columns turn out to be damaged, or to be others by now, from a new one.
    pub(crate) fn answer<T>(
        &mut self,
        ask: impl Fn(&Self, &Finder) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        let finder = self.finder()?;
        match ask(self, &finder) {
            Err(error) if is_outdated(&error) => {
                let finder = self.checked_finder()?;
                let finder = self.keep(finder);
                ask(self, &finder)
            }
            answer => answer,
        }
    }
}

/// What a person of a file of columns holds.
fn held(finder: &Finder, file: usize, person: usize) -> Result<Vec<SkillEvidence>, EngineError> {
    let columns = finder.evidence().file(file);
    let starts = columns.starts()?;
    let own = starts[person] as usize..starts[person + 1] as usize;
    let evidence = own.clone().zip(columns.evidence(own)?.iter());
    let of = |(at, piece): (usize, Evidence)| {
        columns.class_of(at, piece).evidence(SkillIx::of_same_taxonomy(piece.skill))
    };
    Ok(evidence.map(of).collect())
}

/// Whether an answer is to be had from a new finder.
fn is_outdated(error: &EngineError) -> bool {
    let damaged = |error: &EvidenceError| matches!(error, EvidenceError::Damaged { .. });
    match error {
        EngineError::Index(IndexError::Damaged { .. } | IndexError::Replaced { .. }) => true,
        EngineError::Index(IndexError::Columns(error)) | EngineError::Evidence(error) => damaged(error),
        _ => false,
    }
}

/// Why nobody matches: of clauses that have to hold together what each keeps out; of alternatives, and of a clause that is
/// all that is asked, what makes each of them find nobody.
fn without(finder: &Finder, query: &Query) -> Result<Vec<Without>, EngineError> {
    if *query == Query::everybody() {
        return Ok(Vec::new());
    }
    let clauses = query.clauses();
    let mut without = Vec::new();
    if clauses.len() < 2 {
        for alternative in query.alternatives() {
            let parts = alone(finder, &alternative)?;
            // Each of them is matched by nobody, else somebody would match the query.
            without.push(Without { clause: alternative.understood(), alone: 0, total: None, parts });
        }
        return Ok(without);
    }
    for (at, clause) in clauses.iter().enumerate() {
        let total = Some(finder.find(&query.without(at))?.total());
        let alone = finder.find(clause)?.total();
        without.push(Without { clause: clause.understood(), alone, total, parts: Vec::new() });
    }
    Ok(without)
}

/// How many match each clause of an alternative by itself; none where it has one alone.
fn alone(finder: &Finder, alternative: &Query) -> Result<Vec<(String, u64)>, EngineError> {
    let clauses = alternative.clauses();
    let mut alone = Vec::new();
    for clause in clauses.iter().filter(|_| clauses.len() > 1) {
        alone.push((clause.understood(), finder.find(clause)?.total()));
    }
    Ok(alone)
}
