//! What is said of an allocation: who has which seat, who wanted whom, and why somebody stands elsewhere.

use std::collections::BTreeSet;

use stackscout_profile::CandidateNumber;

use super::desk::{Desk, TIERS, Taken};
use super::{Allocation, Listed, Urgency};
use crate::Tier;

/// The people of one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleSeats {
    /// The people, in the order of the list.
    pub people: Vec<Seat>,
    /// How many there are of tiers A, B and C.
    pub tiers: [u64; 3],
    /// Seats that nobody has.
    pub empty: usize,
    /// The sum of their places, less the sum of as many first places of the list.
    pub places_lost: u64,
}

/// A person on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// The person.
    pub number: CandidateNumber,
    /// The tier.
    pub tier: Tier,
    /// The place on the list, shared by equals.
    pub place: u64,
    /// How the person comes to be there.
    pub by: By,
}

/// How a person comes to be on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Among the first of the list in any case.
    Own,
    /// For somebody who stands elsewhere.
    Instead,
    /// Pinned.
    Pin,
}

/// Somebody who is among the first of several lists. Lists are named by their place in what was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The person.
    pub number: CandidateNumber,
    /// The lists, with the place on each.
    pub lists: Vec<(usize, u64)>,
}

/// Somebody who is among the first of a list and does not stand on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The person.
    pub number: CandidateNumber,
    /// The list that they would be on.
    pub from: usize,
    /// The place there.
    pub place: u64,
    /// Why not.
    pub why: Why,
}

/// Why somebody does not stand on a list. Lists are named by their place in what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// In process for this list, or for a role that is none of these.
    InProcess(Option<usize>),
    /// Pinned to this one.
    Pinned(usize),
    /// This one is urgent.
    Urgent(usize),
    /// Fewer people fit this one.
    Scarce(usize),
    /// Fewer places are lost in all where they stand on this one.
    FewerPlaces(usize),
    /// Somebody else is pinned to the list.
    GaveWay,
}

pub(super) fn report(desk: &Desk<'_>, taken: &Taken, greedy: &Taken) -> Allocation {
    let roles = seats(desk, taken);
    let stands = |list: usize, number: CandidateNumber| roles[list].people.iter().any(|s| s.number == number);
    let mut moved = Vec::new();
    for (from, list) in desk.lists.iter().enumerate() {
        for own in first(desk, from).filter(|own| !stands(from, own.number)) {
            let stands_on: Vec<usize> =
                (0..desk.lists.len()).filter(|list| stands(*list, own.number)).collect();
            let why = why(desk, from, own, &stands_on);
            moved.push(Moved { number: own.number, from, place: own.place, why });
        }
        debug_assert!(list.people.windows(2).all(|pair| pair[0].place <= pair[1].place));
    }
    Allocation { greedy: seats(desk, greedy), conflicts: conflicts(desk), moved, roles }
}

/// Those whom a list would give its seats to by itself.
fn first<'a>(desk: &'a Desk<'_>, list: usize) -> impl Iterator<Item = &'a Listed> {
    desk.lists[list].people.iter().take(desk.lists[list].seats)
}

fn why(desk: &Desk<'_>, from: usize, own: &Listed, stands_on: &[usize]) -> Why {
    if !desk.may_stand(from, own.number) {
        return Why::InProcess(desk.process_of(own.number));
    }
    let list = |at: usize| &desk.lists[at];
    let find = |wanted: &dyn Fn(usize) -> bool| stands_on.iter().copied().find(|at| wanted(*at));
    let is_urgent = |at: usize| list(at).urgency == Urgency::Urgent;
    if let Some(to) = find(&|at| desk.pinned[at].contains(&own.number)) {
        Why::Pinned(to)
    } else if let Some(to) = find(&|at| is_urgent(at) && !is_urgent(from)) {
        Why::Urgent(to)
    } else if let Some(to) = find(&|at| list(at).fits < list(from).fits) {
        Why::Scarce(to)
    } else if let Some(to) = stands_on.first() {
        Why::FewerPlaces(*to)
    } else {
        // Who is given nowhere would cost a list less than anybody in whose seat they could be: only a pin is in the way.
        Why::GaveWay
    }
}

fn conflicts(desk: &Desk<'_>) -> Vec<Conflict> {
    let mut wanted = vec![Vec::new(); desk.people.len()];
    for at in 0..desk.lists.len() {
        for own in first(desk, at) {
            wanted[desk.person(own.number)].push((at, own.place));
        }
    }
    let people = desk.people.iter().zip(wanted);
    people
        .filter(|(_, lists)| lists.len() > desk.rules.per_person)
        .map(|(person, lists)| Conflict { number: person.number, lists })
        .collect()
}

fn seats(desk: &Desk<'_>, taken: &Taken) -> Vec<RoleSeats> {
    let mut roles: Vec<Option<RoleSeats>> = vec![None; desk.lists.len()];
    for (at, list) in desk.order.iter().enumerate() {
        let mut has: BTreeSet<CandidateNumber> = desk.pinned[*list].clone();
        for bench in 0..TIERS.len() {
            has.extend(taken[at * TIERS.len() + bench].iter().map(|person| desk.people[*person].number));
        }
        roles[*list] = Some(role_seats(desk, *list, &has));
    }
    roles.into_iter().map(|role| role.expect("the order holds every list once")).collect()
}

fn role_seats(desk: &Desk<'_>, list: usize, has: &BTreeSet<CandidateNumber>) -> RoleSeats {
    let own: BTreeSet<CandidateNumber> = first(desk, list).map(|own| own.number).collect();
    let by = |number: &CandidateNumber| {
        if desk.pinned[list].contains(number) {
            By::Pin
        } else if own.contains(number) {
            By::Own
        } else {
            By::Instead
        }
    };
    let on_list = desk.lists[list].people.iter();
    let people: Vec<Seat> = on_list
        .filter(|p| has.contains(&p.number))
        .map(|p| Seat { number: p.number, tier: p.tier, place: p.place, by: by(&p.number) })
        .collect();
    let tiers = TIERS.map(|tier| people.iter().filter(|p| p.tier == tier).count() as u64);
    let sum: u64 = people.iter().map(|p| p.place).sum();
    let least: u64 = desk.lists[list].people.iter().take(people.len()).map(|p| p.place).sum();
    RoleSeats { tiers, empty: desk.lists[list].seats - people.len(), places_lost: sum - least, people }
}
