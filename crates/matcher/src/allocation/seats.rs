//! The first wish: which seats are filled, tier by tier and round by round.
//!
//! Sets of seats that can be filled at once are the independent sets of a transversal matroid. So it is exact to go
//! through the seats in the order of their importance and fill each one that can still be filled: an augmenting path moves
//! people between seats that are filled already, and never empties one.

use super::desk::{Desk, TIERS, Taken};

/// How many seats of each bench are filled; pins aside.
pub(super) fn fill(desk: &Desk<'_>) -> Vec<usize> {
    let mut matching = Matching {
        desk,
        taken: vec![Default::default(); desk.benches.len()],
        holders: vec![Vec::new(); desk.people.len()],
    };
    for (tier_at, tier) in TIERS.iter().enumerate() {
        // (urgency, round, people who fit, id) of each seat that is open, with its bench.
        let mut seats = Vec::new();
        for (at, list) in desk.order.iter().enumerate() {
            let before: usize = (0..tier_at).map(|t| matching.taken[at * TIERS.len() + t].len()).sum();
            let pinned = desk.pinned_of(*list, *tier);
            for seat in 0..desk.open_seats(*list) - before {
                let urgency = desk.urgency(*list);
                seats.push((urgency, pinned + seat, desk.lists[*list].fits, at, at * TIERS.len() + tier_at));
            }
        }
        seats.sort_unstable();
        // A bench that once finds nobody never will: whoever it could reach is taken by seats that stay filled.
        let mut is_done = vec![false; desk.benches.len()];
        for (.., bench) in seats {
            if !is_done[bench] {
                is_done[bench] = !matching.augment(bench);
            }
        }
    }
    matching.taken.iter().map(|people| people.len()).collect()
}

struct Matching<'a> {
    desk: &'a Desk<'a>,
    taken: Taken,
    /// The benches that each person sits on.
    holders: Vec<Vec<usize>>,
}

impl Matching<'_> {
    /// Fills one more seat of a bench, if that can be done; every bench keeps as many as it has.
    fn augment(&mut self, bench: usize) -> bool {
        // Breadth first: for each bench reached, the person and bench that it is asked to give way for.
        let mut from: Vec<Option<(usize, usize)>> = vec![None; self.desk.benches.len()];
        let mut seen = vec![false; self.desk.people.len()];
        let mut reached = vec![false; self.desk.benches.len()];
        reached[bench] = true;
        let mut queue = vec![bench];
        let mut next = 0;
        while let Some(&at) = queue.get(next) {
            next += 1;
            for &(person, _) in &self.desk.benches[at].people {
                if seen[person] || self.taken[at].contains(&person) {
                    continue;
                }
                seen[person] = true;
                if self.holders[person].len() < self.desk.people[person].free {
                    self.give(at, person, &from);
                    return true;
                }
                for &holder in &self.holders[person] {
                    if !reached[holder] {
                        reached[holder] = true;
                        from[holder] = Some((person, at));
                        queue.push(holder);
                    }
                }
            }
        }
        false
    }

    /// Gives a person to a bench, which in turn gives up the one whom the bench before it asked for, and so on.
    fn give(&mut self, mut bench: usize, mut person: usize, from: &[Option<(usize, usize)>]) {
        loop {
            self.taken[bench].insert(person);
            self.holders[person].push(bench);
            let Some((given_up, asker)) = from[bench] else { return };
            self.taken[bench].remove(&given_up);
            self.holders[given_up].retain(|holder| *holder != bench);
            (bench, person) = (asker, given_up);
        }
    }
}
