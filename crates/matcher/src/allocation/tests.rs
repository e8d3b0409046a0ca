//! On thousands of small desks of every kind:
//!
//! - the allocation is the best of all allocations, each looked at and compared by the wishes as they are written down
//! - the order of lists and of people's arrival changes nothing
//! - caps, pins and processes hold; whoever is moved is told why, and truly
//!
//! And by hand: a role that few people fit is served first, urgent ones before it, and errors name role and person.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use proptest::prelude::*;
use stackscout_profile::CandidateNumber;

use super::report::By;
use super::*;

fn number(n: u32) -> CandidateNumber {
    CandidateNumber(n)
}

/// A list of people given as tier letters: `"AAB"` are people in the order of `numbers`.
fn list(role: &str, seats: usize, people: &[(u32, Tier)]) -> List {
    let people: Vec<Listed> = people
        .iter()
        .enumerate()
        .map(|(at, (n, tier))| Listed { number: number(*n), tier: *tier, place: at as u64 + 1 })
        .collect();
    let fits = people.iter().filter(|p| p.tier == Tier::A).count() as u64;
    List { role: role.to_owned(), seats, urgency: Urgency::Usual, fits, people }
}

fn once() -> Rules {
    Rules { per_person: 1, ..Rules::default() }
}

fn numbers(seats: &RoleSeats) -> Vec<u32> {
    seats.people.iter().map(|s| s.number.0).collect()
}

#[test]
fn a_role_that_few_people_fit_is_served_first() {
    use Tier::A;
    let many = list("many", 1, &[(1, A), (2, A), (3, A)]);
    let few = list("few", 1, &[(1, A)]);
    let got = allocate(&[many.clone(), few.clone()], &once()).unwrap();
    assert_eq!((numbers(&got.roles[0]), numbers(&got.roles[1])), (vec![2], vec![1]));
    assert_eq!(got.moved, [Moved { number: number(1), from: 0, place: 1, why: Why::Scarce(1) }]);
    assert_eq!(got.conflicts, [Conflict { number: number(1), lists: vec![(0, 1), (1, 1)] }]);
    assert_eq!(got.roles[0].places_lost, 1);
    // One after the other, by id: the few come first by luck alone. With the names changed the greedy way loses a seat.
    let (mut many, mut few) = (many, few);
    (many.role, few.role) = ("a".into(), "b".into());
    let got = allocate(&[many, few], &once()).unwrap();
    assert_eq!((numbers(&got.greedy[0]), numbers(&got.greedy[1])), (vec![1], vec![]));
    assert_eq!(got.greedy[1].empty, 1);
    assert_eq!((numbers(&got.roles[0]), numbers(&got.roles[1])), (vec![2], vec![1]));
}

#[test]
fn every_role_has_a_first_seat_before_any_has_a_second_unless_one_is_urgent() {
    use Tier::A;
    let people = [(1, A), (2, A), (3, A)];
    let (a, mut b) = (list("a", 3, &people), list("b", 3, &people));
    let got = allocate(&[a.clone(), b.clone()], &once()).unwrap();
    assert_eq!([got.roles[0].tiers[0], got.roles[1].tiers[0]], [2, 1]);
    b.urgency = Urgency::Urgent;
    let got = allocate(&[a, b], &once()).unwrap();
    assert_eq!([got.roles[0].tiers[0], got.roles[1].tiers[0]], [0, 3]);
    assert!(got.moved.iter().all(|m| m.from == 0 && m.why == Why::Urgent(1)));
}

#[test]
fn equals_are_given_by_role_and_then_by_number() {
    let equal = |role: &str, order: [u32; 3]| {
        let mut list = list(role, 1, &order.map(|n| (n, Tier::A)));
        list.people.iter_mut().for_each(|p| p.place = 1);
        list
    };
    // Without a conflict the lists stay as they are printed.
    let got = allocate(&[equal("b", [3, 2, 1]), equal("a", [2, 3, 1])], &once()).unwrap();
    assert_eq!((numbers(&got.roles[1]), numbers(&got.roles[0])), (vec![2], vec![3]));
    assert_eq!(got.moved, []);
    // Where two ways are as good, the first role has the smallest number.
    let got = allocate(&[equal("b", [2, 1, 3]), equal("a", [2, 1, 3])], &once()).unwrap();
    assert_eq!((numbers(&got.roles[1]), numbers(&got.roles[0])), (vec![1], vec![2]));
    assert_eq!(got.roles[0].places_lost + got.roles[1].places_lost, 0);
}

#[test]
fn pins_that_cannot_hold_are_refused_by_role_and_person() {
    let lists = [list("a", 1, &[(1, Tier::A), (2, Tier::A)]), list("b", 1, &[(1, Tier::A)])];
    let refused = |pins: &[(usize, u32)], in_process: &[(Option<usize>, u32)]| {
        let pins = pins.iter().map(|(list, n)| (*list, number(*n))).collect();
        let in_process = in_process.iter().map(|(list, n)| (*list, number(*n))).collect();
        allocate(&lists, &Rules { per_person: 1, pins, in_process }).unwrap_err().to_string()
    };
    assert_eq!(refused(&[(1, 2)], &[]), "c0000002 cannot be pinned to `b`: not on its list");
    assert!(refused(&[(0, 1), (0, 2)], &[]).starts_with("2 people are pinned to `a`, which has 1 seats\n"));
    assert!(
        refused(&[(0, 1), (1, 1)], &[]).starts_with("c0000001 is pinned to 2 roles, and may stand on 1\n")
    );
    assert_eq!(refused(&[(0, 1), (0, 1)], &[]), "c0000001 is pinned to `a` twice");
    assert_eq!(
        refused(&[(0, 1)], &[(Some(1), 1)]),
        "c0000001 cannot be pinned to `a`: in process for another role"
    );
}

/// Who is given to each list: the whole of an allocation.
type Given = Vec<Vec<CandidateNumber>>;

/// Every allocation within caps, pins and processes.
fn all(lists: &[List], rules: &Rules) -> Vec<Given> {
    fn go(lists: &[List], rules: &Rules, at: usize, given: &mut Given, found: &mut Vec<Given>) {
        let Some(list) = lists.get(at) else {
            found.push(given.clone());
            return;
        };
        for chosen in 0..1_u32 << list.people.len() {
            let people: Vec<CandidateNumber> = (0..list.people.len())
                .filter(|bit| chosen & (1 << bit) != 0)
                .map(|bit| list.people[bit].number)
                .collect();
            let often = |n: &CandidateNumber| {
                given.iter().filter(|people| people.contains(n)).count() < rules.per_person
            };
            let of_number = |n: &CandidateNumber| {
                let mut lists = rules.in_process.iter().filter(|(_, number)| number == n).peekable();
                lists.peek().is_none() || lists.any(|(list, _)| *list == Some(at))
            };
            let pins = rules.pins.iter().filter(|(list, _)| *list == at);
            if people.len() <= list.seats
                && people.iter().all(|n| often(n) && of_number(n))
                && pins.into_iter().all(|(_, n)| people.contains(n))
            {
                given.push(people);
                go(lists, rules, at + 1, given, found);
                given.pop();
            }
        }
    }
    let mut found = Vec::new();
    go(lists, rules, 0, &mut Vec::new(), &mut found);
    found
}

/// The wishes in numbers, greater is better: seats in the order of their importance, places
/// of urgent roles and of others, lines, equals.
type Wishes = (Vec<bool>, Reverse<[u64; 2]>, Reverse<usize>, Vec<bool>);

fn wishes(lists: &[List], given: &Given) -> Wishes {
    let held = |list: usize, tier: Tier| {
        let people = lists[list].people.iter();
        people.filter(|p| p.tier == tier && given[list].contains(&p.number)).count()
    };
    let mut filled = Vec::new();
    for tier in [Tier::A, Tier::B, Tier::C] {
        let mut seats: BTreeMap<(Urgency, usize, u64, &str), bool> = BTreeMap::new();
        for (at, list) in lists.iter().enumerate() {
            for seat in 0..list.seats {
                seats.insert((list.urgency, seat, list.fits, &list.role), seat < held(at, tier));
            }
        }
        filled.extend(seats.into_values());
    }
    let mut order: Vec<usize> = (0..lists.len()).collect();
    order.sort_by_key(|at| &lists[*at].role);
    let (mut places, mut lines, mut equals) = ([0; 2], 0, Vec::new());
    for at in order {
        let mut people: Vec<(usize, &Listed)> = lists[at].people.iter().enumerate().collect();
        people.sort_by_key(|(_, p)| p.number);
        for (line, person) in people {
            let has = given[at].contains(&person.number);
            equals.push(has);
            places[lists[at].urgency as usize] += if has { person.place } else { 0 };
            lines += if has { line } else { 0 };
        }
    }
    (filled, Reverse(places), Reverse(lines), equals)
}

fn given(allocation: &Allocation) -> Given {
    allocation.roles.iter().map(|role| role.people.iter().map(|s| s.number).collect()).collect()
}

fn tier() -> impl Strategy<Value = Tier> {
    prop_oneof![3 => Just(Tier::A), 2 => Just(Tier::B), 1 => Just(Tier::C)]
}

/// A desk of 1 to 3 lists over at most 7 people, with ties, and with rules that can hold.
fn desk() -> impl Strategy<Value = (Vec<List>, Rules)> {
    let person = (0_u32..7, tier(), 0_u64..3);
    let list = (proptest::collection::vec(person, 0..8), 0_usize..4, any::<bool>(), 0_u64..3);
    let lists = proptest::collection::vec(list, 1..4);
    let marks = proptest::collection::vec((any::<prop::sample::Index>(), 0_u32..6), 0..3);
    let names = Just(["north", "east", "south"]).prop_shuffle();
    (lists, names, 1_usize..3, marks.clone(), marks, any::<bool>()).prop_map(
        |(lists, names, per_person, pins, in_process, other)| {
            let lists: Vec<List> = lists
                .into_iter()
                .zip(names)
                .map(|((people, seats, urgent, more), role)| {
                    let people: BTreeMap<u32, (Tier, u64)> =
                        people.into_iter().map(|(n, tier, gap)| (n, (tier, gap))).collect();
                    let mut people: Vec<(Tier, u64, u32)> =
                        people.into_iter().map(|(n, (tier, gap))| (tier, gap, n)).collect();
                    people.sort_unstable();
                    // Equal tier and gap share a place, as on a list.
                    let mut listed: Vec<Listed> = Vec::new();
                    for (at, (tier, gap, n)) in people.iter().enumerate() {
                        let shares = at > 0 && (people[at - 1].0, people[at - 1].1) == (*tier, *gap);
                        let place = if shares { listed[at - 1].place } else { at as u64 + 1 };
                        listed.push(Listed { number: number(*n), tier: *tier, place });
                    }
                    let fits = listed.iter().filter(|p| p.tier == Tier::A).count() as u64 + more;
                    let urgency = if urgent { Urgency::Urgent } else { Urgency::Usual };
                    List { role: role.to_owned(), seats, urgency, fits, people: listed }
                })
                .collect();
            let mut rules = Rules { per_person, ..Rules::default() };
            for (at, n) in in_process {
                let list = if other { None } else { Some(at.index(lists.len())) };
                rules.in_process.push((list, number(n)));
            }
            // Of the pins those that can hold.
            for (at, n) in pins {
                rules.pins.push((at.index(lists.len()), number(n)));
                if allocate(&lists, &rules).is_err() {
                    rules.pins.pop();
                }
            }
            (lists, rules)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_allocation_is_the_best_of_all((lists, rules) in desk()) {
        let got = allocate(&lists, &rules).unwrap();
        let best = all(&lists, &rules).iter().map(|given| wishes(&lists, given)).max().unwrap();
        prop_assert_eq!(wishes(&lists, &given(&got)), best);
    }

    #[test]
    fn the_order_of_lists_changes_nothing((mut lists, mut rules) in desk(), by in any::<prop::sample::Index>()) {
        let got = allocate(&lists, &rules).unwrap();
        let count = lists.len();
        let by = by.index(count);
        lists.rotate_left(by);
        let now = |list: usize| (list + count - by) % count;
        rules.pins.iter_mut().for_each(|(list, _)| *list = now(*list));
        rules.in_process.iter_mut().for_each(|(list, _)| *list = list.map(now));
        rules.pins.reverse();
        let again = allocate(&lists, &rules).unwrap();
        for list in 0..count {
            prop_assert_eq!(&got.roles[list], &again.roles[now(list)]);
            prop_assert_eq!(&got.greedy[list], &again.greedy[now(list)]);
        }
    }

    #[test]
    fn caps_and_pins_hold_and_whoever_is_moved_is_told_why((lists, rules) in desk()) {
        let got = allocate(&lists, &rules).unwrap();
        for roles in [&got.roles, &got.greedy] {
            let mut often: BTreeMap<CandidateNumber, usize> = BTreeMap::new();
            for (role, list) in roles.iter().zip(&lists) {
                prop_assert_eq!(role.people.len() + role.empty, list.seats);
                role.people.iter().for_each(|s| *often.entry(s.number).or_default() += 1);
            }
            prop_assert!(often.values().all(|times| *times <= rules.per_person));
            for (list, number) in &rules.pins {
                prop_assert!(roles[*list].people.iter().any(|s| s.number == *number && s.by == By::Pin));
            }
        }
        let stands = |list: usize, number| got.roles[list].people.iter().any(|s| s.number == number);
        for m in &got.moved {
            prop_assert!(!stands(m.from, m.number));
            match m.why {
                Why::Pinned(to) => prop_assert!(rules.pins.contains(&(to, m.number))),
                Why::Urgent(to) => prop_assert!(stands(to, m.number) && lists[to].urgency == Urgency::Urgent),
                Why::Scarce(to) => prop_assert!(stands(to, m.number) && lists[to].fits < lists[m.from].fits),
                Why::FewerPlaces(to) => prop_assert!(stands(to, m.number)),
                Why::InProcess(_) => prop_assert!(rules.in_process.iter().any(|(_, n)| *n == m.number)),
                Why::GaveWay => prop_assert!(
                    (0..lists.len()).all(|list| !stands(list, m.number))
                        && got.roles[m.from].people.iter().any(|s| s.by == By::Pin)
                ),
            }
        }
    }
}
