//! People given to several roles at once: lists from a ranking, rules by role id and person, the allocation with names.

use std::collections::BTreeMap;

use rayon::prelude::*;
use stackscout_matcher::allocation::{Allocation, List, Listed, Rules, Urgency, allocate};
use stackscout_matcher::{CompiledRole, Cut, Shortlist, rank};
use stackscout_profile::{Candidate, CandidateNumber, Date, Role};

use crate::everybody::everybody;
use crate::roles::RoleInput;
use crate::{EngineError, Pool};

/// How people are to be given to roles. Roles are named by id, people as [`Pool::find_candidate`] takes them.
#[derive(Debug, Clone)]
pub struct AllocationRequest {
    /// People for each role.
    pub per_role: usize,
    /// Lists that one person stands on at most.
    pub per_person: usize,
    /// How much of each list is looked at: its first so many people.
    pub among: usize,
    /// Roles that come before others.
    pub urgent: Vec<String>,
    /// Who stands where in any case.
    pub pins: Vec<(String, String)>,
    /// Who is in process, and for which role; of roles that are not asked for the id is not checked.
    pub in_process: Vec<(String, String)>,
}

/// People given to roles.
pub struct AllocationAnswer {
    /// The date that recency is counted from.
    pub as_of: Date,
    /// The roles, in the order asked.
    pub roles: Vec<Role>,
    /// Their lists, as far as they were looked at.
    pub lists: Vec<List>,
    /// How many people each list has in all.
    pub listed: Vec<u64>,
    /// Who stands where, and why.
    pub allocation: Allocation,
    /// Everybody whom the allocation names.
    pub candidates: BTreeMap<CandidateNumber, Candidate>,
}

impl Pool {
    /// Gives people to roles, each person to few of them.
    ///
    /// # Errors
    /// Roles and people that are not there; pins that cannot hold; records that cannot be read; an empty pool without a
    /// date.
    pub fn allocate(
        &self,
        roles: Vec<RoleInput>,
        request: &AllocationRequest,
        as_of: Option<Date>,
    ) -> Result<AllocationAnswer, EngineError> {
        let ids: Vec<String> = roles.iter().map(|r| r.role.id.clone()).collect();
        let place = |id: &str| ids.iter().position(|known| known == id);
        let asked = |id: &String| {
            place(id).ok_or_else(|| EngineError::NoSuchRole { id: id.clone(), known: ids.clone() })
        };
        let mut rules = Rules { per_person: request.per_person, ..Rules::default() };
        for (role, person) in &request.pins {
            rules.pins.push((asked(role)?, self.find_candidate(person)?));
        }
        for (role, person) in &request.in_process {
            rules.in_process.push((place(role), self.find_candidate(person)?));
        }
        let urgent: Vec<usize> = request.urgent.iter().map(asked).collect::<Result<_, _>>()?;
        let (people, as_of) = everybody(self, as_of)?;
        let standing = self.standing(self.store.change()?)?;
        let compiled: Vec<CompiledRole> =
            roles.into_iter().map(|r| standing.compile(r.role, self.taxonomy())).collect();
        // A pin may lie beyond what is looked at: then the whole list is needed to know its place.
        let cut = |at: usize| {
            let is_pinned = rules.pins.iter().any(|(list, _)| *list == at);
            Cut::Top(if is_pinned { usize::MAX } else { request.among })
        };
        let ranked: Vec<Shortlist> =
            compiled.par_iter().enumerate().map(|(at, role)| rank(role, &people, as_of, cut(at))).collect();
        let mut lists = Vec::with_capacity(ranked.len());
        let mut listed = Vec::with_capacity(ranked.len());
        for (at, (shortlist, role)) in ranked.into_iter().zip(&compiled).enumerate() {
            let urgency = if urgent.contains(&at) { Urgency::Urgent } else { Urgency::Usual };
            listed.push(shortlist.listed.iter().sum());
            let of_list = shortlist.entries.iter().enumerate();
            let people = of_list
                .filter(|(place, e)| *place < request.among || rules.pins.contains(&(at, e.number)))
                .map(|(_, e)| Listed { number: e.number, tier: e.tier, place: e.place })
                .collect();
            let (role, fits) = (role.role.id.clone(), shortlist.listed[0]);
            lists.push(List { role, seats: request.per_role, urgency, fits, people });
        }
        let allocation = allocate(&lists, &rules)?;
        let mut candidates = BTreeMap::new();
        let seats = allocation.roles.iter().chain(&allocation.greedy).flat_map(|role| &role.people);
        let numbers = seats.map(|seat| seat.number);
        let numbers = numbers.chain(allocation.conflicts.iter().map(|c| c.number));
        for number in numbers.chain(allocation.moved.iter().map(|m| m.number)) {
            if let std::collections::btree_map::Entry::Vacant(vacant) = candidates.entry(number) {
                vacant.insert(self.candidate(number)?);
            }
        }
        let roles = compiled.into_iter().map(|role| role.role).collect();
        Ok(AllocationAnswer { as_of, roles, lists, listed, allocation, candidates })
    }
}
