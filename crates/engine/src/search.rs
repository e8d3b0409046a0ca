//! Searching a pool: exact counts, people with the skills that matched, and who would come in through other skills.

use stackscout_indexer::{Query, Searcher};
use stackscout_profile::{Candidate, CandidateNumber};
use stackscout_taxonomy::SkillIx;

use crate::{EngineError, Pool};

/// What is asked of a search.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// The query as typed.
    pub query: String,
    /// People shown at most.
    pub limit: usize,
    /// People skipped.
    pub offset: usize,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The query as it was understood.
    pub understood: String,
    /// How many people match in all.
    pub total: u64,
    /// Those shown, in the order of candidate numbers.
    pub hits: Vec<FoundPerson>,
    /// People who hold only what implies a skill that was asked for.
    pub through: Vec<Through>,
    /// Words that name no skill and were looked for in texts, with the skills that they are near to.
    pub near: Vec<(String, Vec<SkillIx>)>,
}

/// A person found.
#[derive(Debug, Clone)]
pub struct FoundPerson {
    /// The person.
    pub candidate: Candidate,
    /// The skills of the query that they hold.
    pub matched: Vec<SkillIx>,
}

/// People who do not hold a skill by name, but one that implies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Through {
    /// The skill asked for.
    pub skill: SkillIx,
    /// How many more there are.
    pub count: u64,
    /// What they hold instead, at most three, by id.
    pub held: Vec<SkillIx>,
}

impl Pool {
    /// How many people match a query.
    ///
    /// # Errors
    /// A query that cannot be read; an index that cannot.
    pub fn count_matching(&mut self, query: &str) -> Result<u64, EngineError> {
        let query = self.read_query(query)?;
        Ok(self.searcher()?.count(&query)?)
    }

    /// Searches.
    ///
    /// # Errors
    /// A query that cannot be read; an index or records that cannot.
    pub fn search(&mut self, request: &SearchRequest) -> Result<Found, EngineError> {
        let query = self.read_query(&request.query)?;
        let searcher = self.searcher()?;
        let page = searcher.search(&query, request.limit, request.offset)?;
        let skills = query.skills();
        let mut hits = Vec::with_capacity(page.numbers.len());
        for number in page.numbers {
            let candidate = self.candidate(number)?;
            let matched = |skill: &SkillIx| {
                let holds =
                    |h: &stackscout_profile::HeldSkill| self.taxonomy.is_or_implies(h.evidence.skill, *skill);
                candidate.skills.iter().any(holds)
            };
            let matched = skills.iter().copied().filter(matched).collect();
            hits.push(FoundPerson { candidate, matched });
        }
        let mut through = Vec::new();
        for skill in skills {
            let wider = query.widened(skill, &self.taxonomy);
            let count = searcher.count(&wider)?.saturating_sub(page.total);
            if count > 0 {
                through.push(Through {
                    skill,
                    count,
                    held: self.held_instead(&searcher, skill, &wider, &query)?,
                });
            }
        }
        let near = query.texts().into_iter().map(|word| (self.taxonomy.near(&word), word));
        let near = near.filter(|(near, _)| !near.is_empty()).map(|(near, word)| (word, near)).collect();
        Ok(Found { understood: query.understood(), total: page.total, hits, through, near })
    }

    /// Which skills let people in who hold the wider and not the narrower.
    fn held_instead(
        &self,
        searcher: &Searcher,
        skill: SkillIx,
        wider: &Query,
        query: &Query,
    ) -> Result<Vec<SkillIx>, EngineError> {
        const PEOPLE_READ: usize = 50;
        let narrow: std::collections::HashSet<CandidateNumber> =
            searcher.numbers(query)?.into_iter().collect();
        let more = searcher.numbers(wider)?.into_iter().filter(|n| !narrow.contains(n)).take(PEOPLE_READ);
        let mut held: Vec<(usize, SkillIx)> = Vec::new();
        for number in more {
            for of_person in &self.candidate(number)?.skills {
                let instead = of_person.evidence.skill;
                if instead != skill && self.taxonomy.is_or_implies(instead, skill) {
                    match held.iter_mut().find(|(_, s)| *s == instead) {
                        Some((count, _)) => *count += 1,
                        None => held.push((1, instead)),
                    }
                }
            }
        }
        held.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        Ok(held.into_iter().take(3).map(|(_, s)| s).collect())
    }
}
