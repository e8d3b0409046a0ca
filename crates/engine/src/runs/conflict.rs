//! Who stands on several lists.

use std::collections::BTreeMap;

use stackscout_profile::CandidateNumber;
use stackscout_store::{RunEntry, RunList};

/// A person on several lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The person.
    pub number: CandidateNumber,
    /// The lists, by their place among the lists, with the person's entry; in the order of the lists.
    pub entries: Vec<(usize, RunEntry)>,
}

/// People on more than one list: who is on most lists first, then who stands best, then by number.
#[must_use]
pub fn conflicts(lists: &[RunList]) -> Vec<Conflict> {
    let mut of_person: BTreeMap<CandidateNumber, Vec<(usize, RunEntry)>> = BTreeMap::new();
    for (at, list) in lists.iter().enumerate() {
        for entry in &list.entries {
            of_person.entry(entry.number).or_default().push((at, *entry));
        }
    }
    let mut conflicts: Vec<Conflict> = of_person
        .into_iter()
        .filter(|(_, entries)| entries.len() > 1)
        .map(|(number, entries)| Conflict { number, entries })
        .collect();
    let best = |c: &Conflict| c.entries.iter().map(|(_, e)| e.place).min();
    conflicts.sort_by_key(|c| (std::cmp::Reverse(c.entries.len()), best(c), c.number));
    conflicts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_on_several_lists_come_with_every_place_and_others_do_not() {
        let entry = |(number, place): (u32, u32)| RunEntry {
            number: CandidateNumber(number),
            place,
            tied: 1,
            tier: b'A',
            unknown_knockout: false,
            score: 0,
            low: 0,
            high: 0,
            points: 0,
        };
        let list = |entries: &[(u32, u32)]| RunList {
            role: String::new(),
            fingerprint: String::new(),
            listed: [0; 3],
            left_out: BTreeMap::new(),
            entries: entries.iter().copied().map(entry).collect(),
        };
        let lists = [
            list(&[(5, 1), (1, 2), (2, 3), (9, 4)]),
            list(&[(2, 1), (1, 2)]),
            list(&[(7, 1), (2, 2), (5, 3)]),
        ];
        let found: Vec<(u32, Vec<(usize, u32)>)> = conflicts(&lists)
            .iter()
            .map(|c| (c.number.0, c.entries.iter().map(|(at, e)| (*at, e.place)).collect()))
            .collect();
        let wanted =
            [(2, vec![(0, 3), (1, 1), (2, 2)]), (5, vec![(0, 1), (2, 3)]), (1, vec![(0, 2), (1, 2)])];
        assert_eq!(found, wanted);
    }
}
