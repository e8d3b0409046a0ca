//! The wishes as a graph: seats of a role and tier on one side, people on the other, and who could take which.

use std::collections::{BTreeMap, BTreeSet};

use stackscout_profile::CandidateNumber;

use super::{AllocationError, List, Rules, Urgency};
use crate::Tier;

/// Tiers that give seats, best first.
pub(super) const TIERS: [Tier; 3] = [Tier::A, Tier::B, Tier::C];

/// What a person costs on a list: a place there, far above the line; and places of urgent roles far above those of others.
/// Sums of these compare as sums of urgent places do, then of other places, then of lines.
pub(super) type Cost = i128;

/// More than all lines of an allocation sum up to: 200,000 seats on lists of 5,000,000 people stay below 2^40.
const PLACE: Cost = 1 << 40;
/// More than all places sum up to, in the same way.
const URGENT_PLACE: Cost = PLACE << 40;

/// The seats of one role for people of one tier.
#[derive(Debug)]
pub(super) struct Bench {
    /// People who could take a seat, as places in [`Desk::people`], ascending, each with what that costs.
    pub(super) people: Vec<(usize, Cost)>,
}

/// A person.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) number: CandidateNumber,
    /// On how many more lists the person may stand, pins aside.
    pub(super) free: usize,
}

/// Everything that an allocation chooses from. Lists stand in the order of their ids, people in that of their numbers.
pub(super) struct Desk<'a> {
    pub(super) lists: &'a [List],
    pub(super) rules: &'a Rules,
    /// Places of lists, in the order of ids.
    pub(super) order: Vec<usize>,
    pub(super) people: Vec<Person>,
    /// For each list, in the order of ids, a bench for each tier.
    pub(super) benches: Vec<Bench>,
    /// The people pinned to each list, as it is given.
    pub(super) pinned: Vec<BTreeSet<CandidateNumber>>,
    /// Those who are in process, with the lists that they may stand on.
    in_process: BTreeMap<CandidateNumber, BTreeSet<usize>>,
}

/// Who takes a seat of which bench: for each bench the places of people, ascending.
pub(super) type Taken = Vec<BTreeSet<usize>>;

impl<'a> Desk<'a> {
    pub(super) fn new(lists: &'a [List], rules: &'a Rules) -> Result<Self, AllocationError> {
        let mut order: Vec<usize> = (0..lists.len()).collect();
        order.sort_by(|a, b| lists[*a].role.cmp(&lists[*b].role));
        let mut in_process: BTreeMap<CandidateNumber, BTreeSet<usize>> = BTreeMap::new();
        for (list, number) in &rules.in_process {
            in_process.entry(*number).or_default().extend(list);
        }
        let numbers: BTreeSet<CandidateNumber> =
            lists.iter().flat_map(|list| list.people.iter().map(|p| p.number)).collect();
        let people =
            numbers.iter().map(|number| Person { number: *number, free: rules.per_person }).collect();
        let pinned = vec![BTreeSet::new(); lists.len()];
        let mut desk = Self { lists, rules, order, people, benches: Vec::new(), pinned, in_process };
        desk.pin()?;
        desk.benches = desk.order.iter().flat_map(|list| TIERS.map(|tier| desk.bench(*list, tier))).collect();
        Ok(desk)
    }

    fn pin(&mut self) -> Result<(), AllocationError> {
        let mut often: BTreeMap<CandidateNumber, usize> = BTreeMap::new();
        for &(list, person) in &self.rules.pins {
            let role = || self.lists[list].role.clone();
            if !self.lists[list].people.iter().any(|p| p.number == person) {
                return Err(AllocationError::NotListed { role: role(), person });
            }
            if !self.may_stand(list, person) {
                return Err(AllocationError::InProcess { role: role(), person });
            }
            if !self.pinned[list].insert(person) {
                return Err(AllocationError::Twice { role: role(), person });
            }
            let (pinned, seats) = (self.pinned[list].len(), self.lists[list].seats);
            if pinned > seats {
                return Err(AllocationError::TooMany { role: role(), pinned, seats });
            }
            *often.entry(person).or_default() += 1;
        }
        for (person, pinned) in often {
            let per_person = self.rules.per_person;
            let at = self.person(person);
            self.people[at].free = per_person.checked_sub(pinned).ok_or(AllocationError::TooOften {
                person,
                pinned,
                per_person,
            })?;
        }
        Ok(())
    }

    fn bench(&self, list: usize, tier: Tier) -> Bench {
        let of_place = match self.lists[list].urgency {
            Urgency::Urgent => URGENT_PLACE,
            Urgency::Usual => PLACE,
        };
        let mut people: Vec<(usize, Cost)> = (0..)
            .zip(&self.lists[list].people)
            .filter(|(_, p)| p.tier == tier && !self.pinned[list].contains(&p.number))
            .filter(|(_, p)| self.may_stand(list, p.number))
            .map(|(line, p): (Cost, _)| (self.person(p.number), Cost::from(p.place) * of_place + line))
            .collect();
        people.sort_unstable();
        Bench { people }
    }

    /// The place of somebody in [`Desk::people`].
    pub(super) fn person(&self, number: CandidateNumber) -> usize {
        let found = self.people.binary_search_by_key(&number, |p| p.number);
        found.expect("everybody on a list is among the people, which are sorted")
    }

    /// Whether being in process elsewhere keeps somebody from a list.
    pub(super) fn may_stand(&self, list: usize, number: CandidateNumber) -> bool {
        self.in_process.get(&number).is_none_or(|lists| lists.contains(&list))
    }

    /// The list that somebody is in process for, where it is one of these.
    pub(super) fn process_of(&self, number: CandidateNumber) -> Option<usize> {
        self.in_process.get(&number)?.first().copied()
    }

    /// Seats of a list that no pin has taken.
    pub(super) fn open_seats(&self, list: usize) -> usize {
        self.lists[list].seats - self.pinned[list].len()
    }

    /// How many people of a tier are pinned to a list.
    pub(super) fn pinned_of(&self, list: usize, tier: Tier) -> usize {
        let of_tier = self.lists[list].people.iter().filter(|p| p.tier == tier);
        of_tier.filter(|p| self.pinned[list].contains(&p.number)).count()
    }

    /// One role after the other takes the best who are still free: urgent ones first, then by id.
    pub(super) fn greedy(&self) -> Taken {
        let mut free: Vec<usize> = self.people.iter().map(|p| p.free).collect();
        let mut taken: Taken = vec![BTreeSet::new(); self.benches.len()];
        let mut order: Vec<usize> = (0..self.order.len()).collect();
        order.sort_by_key(|at| self.lists[self.order[*at]].urgency);
        for at in order {
            let list = self.order[at];
            let mut open = self.open_seats(list);
            for p in &self.lists[list].people {
                let person = self.person(p.number);
                let bench = TIERS.iter().position(|tier| *tier == p.tier).map(|tier| at * TIERS.len() + tier);
                let (Some(bench), true) = (bench, open > 0 && free[person] > 0) else { continue };
                if self.benches[bench].people.binary_search_by_key(&person, |(p, _)| *p).is_ok() {
                    taken[bench].insert(person);
                    free[person] -= 1;
                    open -= 1;
                }
            }
        }
        taken
    }

    /// Whether a role comes before others.
    pub(super) fn urgency(&self, list: usize) -> Urgency {
        self.lists[list].urgency
    }
}
