//! What helps to decide is held to the plain way of finding it out, on random cases of every kind:
//!
//! - what-if: every change, and every denial, gives the place that ranking the changed pool gives
//! - funnel: every relaxation and every pair gives the counts that ranking with the edited role gives; the steps end in
//!   the list; a tie's splits are those of its people
//! - stability: every draw is the order that sorting everybody by hand gives
//! - and none of it depends on the order of people

use std::collections::BTreeMap;

use stackscout_matcher::funnel::{StepKind, funnel, relaxed};
use stackscout_matcher::stability::{Draws, stability};
use stackscout_matcher::what_if::{Spot, what_if};
use stackscout_matcher::{CompiledRole, Cut, Shortlist, Tier, arithmetic, rank};
use stackscout_profile::{CandidateNumber, Facts};
use stackscout_tests::random_case::random_case;
use xtask::score::Case;

fn worlds(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Case)> {
    seeds.map(|seed| (seed, Case::read(&random_case(seed)).expect("the case is in the form")))
}

fn ranked(world: &Case, role: &CompiledRole, people: &[Facts]) -> Shortlist {
    rank(role, people, world.as_of, Cut::Top(usize::MAX))
}

/// Where a ranking of everybody has a person.
fn place(list: &Shortlist, number: CandidateNumber) -> Option<(u64, u64, Tier, u32, u16)> {
    let entry = list.entries.iter().find(|e| e.number == number)?;
    Some((entry.place, entry.tied, entry.tier, entry.points, entry.score))
}

fn spot(spot: &Spot) -> Option<(u64, u64, Tier, u32, u16)> {
    match *spot {
        Spot::Listed { place, tied, tier, points, score, .. } => Some((place, tied, tier, points, score)),
        Spot::LeftOut(_) | Spot::Unlisted => None,
    }
}

#[test]
fn a_change_gives_the_place_that_ranking_again_gives() {
    let (mut changes, mut better, mut worse) = (0_u32, 0_u32, 0_u32);
    for (seed, world) in worlds(0..60) {
        for role in &world.roles {
            for (at, person) in world.people.iter().enumerate().step_by(3) {
                let got = what_if(role, &world.people, person, world.as_of);
                let now = ranked(&world, role, &world.people);
                assert_eq!(spot(&got.now), place(&now, person.number), "seed {seed}");
                assert_eq!(got.listed, now.entries.len() as u64, "seed {seed}");
                for effect in &got.effects {
                    let with = |facts: Facts| {
                        let mut people = world.people.clone();
                        people[at] = facts;
                        place(&ranked(&world, role, &people), person.number)
                    };
                    let then = with(effect.change.made(person));
                    assert_eq!(spot(&effect.then), then, "seed {seed}: {:?}", effect.change);
                    let denied = effect.change.denied(role, person).map(with);
                    assert_eq!(effect.denied.as_ref().map(spot), denied, "seed {seed}: {:?}", effect.change);
                    let was = got.now.place().unwrap_or(u64::MAX);
                    changes += 1;
                    better += u32::from(then.map_or(u64::MAX, |p| p.0) < was);
                    worse += u32::from(denied.is_some_and(|p| p.map_or(u64::MAX, |p| p.0) > was));
                }
            }
        }
    }
    assert!(changes > 5_000 && better > 1_000 && worse > 300, "{changes} changes, {better} up, {worse} down");
}

#[test]
fn a_relaxation_gives_the_counts_that_ranking_the_edited_role_gives() {
    let (mut gains, mut losses, mut more_together) = (0_u32, 0_u32, 0_u32);
    for (seed, world) in worlds(1_000..1_300) {
        for role in &world.roles {
            let got = funnel(role, &world.people, &world.taxonomy, world.as_of);
            let listed = |edits: &[usize]| {
                let edits: Vec<_> = edits.iter().map(|at| &got.singles[*at].0).collect();
                let edited = relaxed(&role.role, &edits)?;
                let list = rank(
                    &CompiledRole::new(edited, &world.taxonomy),
                    &world.people,
                    world.as_of,
                    Cut::Top(0),
                );
                Some(list.listed)
            };
            assert_eq!(Some(got.listed), listed(&[]), "seed {seed}");
            for (at, (relaxation, then)) in got.singles.iter().enumerate() {
                assert_eq!(Some(*then), listed(&[at]), "seed {seed} {}: {relaxation:?}", role.role.id);
                gains += u32::from(then[0] > got.listed[0]);
                losses += u32::from(then.iter().sum::<u64>() < got.listed.iter().sum());
            }
            let mut made: BTreeMap<(usize, usize), [u64; 3]> = BTreeMap::new();
            for (a, b, then) in &got.pairs {
                made.insert((*a, *b), *then);
                more_together += u32::from(then[0] > got.singles[*a].1[0].max(got.singles[*b].1[0]));
            }
            for a in 0..got.singles.len() {
                for b in a + 1..got.singles.len() {
                    let (one, other) = (&got.singles[a].0, &got.singles[b].0);
                    assert_eq!(
                        made.get(&(a, b)).copied(),
                        listed(&[a, b]),
                        "seed {seed} {}: {one:?} and {other:?}",
                        role.role.id
                    );
                }
            }
        }
    }
    assert!(
        gains > 500 && losses > 20 && more_together > 1_000,
        "{gains} gains, {losses} losses, {more_together} pairs that gain more"
    );
}

#[test]
fn the_steps_of_a_funnel_lead_from_everybody_to_the_list() {
    for (seed, world) in worlds(2_000..2_200) {
        for role in &world.roles {
            let got = funnel(role, &world.people, &world.taxonomy, world.as_of);
            let [first, .., last] = got.steps.as_slice() else { panic!("seed {seed}: two steps at least") };
            assert_eq!((first.kind, first.tiers), (StepKind::Everybody, [world.people.len() as u64, 0, 0]));
            assert_eq!((last.kind, last.tiers), (StepKind::Counts, got.listed), "seed {seed}");
            let sum = |tiers: [u64; 3]| tiers.iter().sum::<u64>();
            for pair in got.steps.windows(2) {
                let (before, after) = (pair[0].tiers, pair[1].tiers);
                assert!(sum(after) <= sum(before) && after[0] <= before[0], "seed {seed}");
            }
        }
    }
}

#[test]
fn a_tie_names_its_people_and_what_would_split_them() {
    let mut ties = 0;
    for (seed, world) in worlds(3_000..3_300) {
        for role in &world.roles {
            let got = funnel(role, &world.people, &world.taxonomy, world.as_of).tie;
            let list = ranked(&world, role, &world.people);
            let mut first: Vec<CandidateNumber> =
                list.entries.iter().filter(|e| e.place == 1).map(|e| e.number).collect();
            first.sort();
            let Some(tie) = got else {
                assert!(first.len() < 2, "seed {seed}");
                continue;
            };
            ties += 1;
            assert_eq!(tie.people, first, "seed {seed}");
            let equals: Vec<&Facts> =
                world.people.iter().filter(|p| first.binary_search(&p.number).is_ok()).collect();
            let mut splits: Vec<(u64, _, u64)> = Vec::new();
            for (skill, _) in world.taxonomy.skills() {
                let holds =
                    |p: &&&Facts| p.skills.iter().any(|e| world.taxonomy.is_or_implies(e.skill, skill));
                let held = equals.iter().filter(holds).count() as u64;
                if held > 0 && held < equals.len() as u64 {
                    splits.push(((2 * held).abs_diff(equals.len() as u64), skill, held));
                }
            }
            splits.sort();
            let wanted: Vec<_> = splits.into_iter().take(3).map(|(_, skill, held)| (skill, held)).collect();
            let got: Vec<_> = tie.splits.iter().map(|s| (s.skill, s.held)).collect();
            assert_eq!(got, wanted, "seed {seed}");
        }
    }
    assert!(ties > 50, "{ties} ties");
}

/// One draw by hand: everybody on the list, sorted by tier, flag, moved points, tie key, number.
fn by_hand(list: &Shortlist, role: &CompiledRole, weights: &[u64]) -> Vec<(u64, CandidateNumber)> {
    let seed = arithmetic::fnv1a64(&role.role.id);
    let mut order: Vec<_> = list
        .entries
        .iter()
        .map(|e| {
            let flagged = e.knockouts.iter().any(|k| k.answer.word() == "unknown");
            let credits = e.requirements.iter().map(|a| u64::from(a.credit));
            let points: u64 = weights.iter().zip(credits).map(|(weight, credit)| weight * credit).sum();
            let tie = arithmetic::splitmix64(seed ^ u64::from(e.number.0));
            ((e.tier, flagged, std::cmp::Reverse(points)), (tie, e.number))
        })
        .collect();
    order.sort();
    let place = |at: usize| order.iter().position(|(shared, _)| *shared == order[at].0).expect("it is there");
    (0..order.len()).map(|at| (place(at) as u64 + 1, order[at].1.1)).collect()
}

#[test]
fn a_draw_is_the_order_that_sorting_everybody_gives() {
    const DRAWS: u32 = 40;
    let (mut comes_and_goes, mut left_aside) = (0, 0);
    for (seed, world) in worlds(4_000..4_120) {
        for role in &world.roles {
            let (top, range) = (1 + seed as usize % 7, [0, 5, 20, 99][seed as usize % 4]);
            let draws = Draws::new(DRAWS, range, seed).expect("the range is within bounds");
            let got = stability(role, &world.people, world.as_of, top, &draws);
            let list = ranked(&world, role, &world.people);
            assert_eq!(got.listed, list.entries.len() as u64);
            left_aside += got.listed - got.contenders;
            let first: Vec<_> = list.entries.iter().take(top).collect();
            let names: Vec<_> = first.iter().map(|e| (e.number, e.place, e.tied)).collect();
            assert_eq!(got.entries.iter().map(|s| (s.number, s.place, s.tied)).collect::<Vec<_>>(), names);
            let mut places: Vec<Vec<u64>> = vec![Vec::new(); first.len()];
            let mut among: BTreeMap<CandidateNumber, u32> = BTreeMap::new();
            let mut same_order = 0;
            for draw in 0..DRAWS {
                let percents = draws.percents(role, draw);
                assert!(percents.iter().all(|p| p.unsigned_abs() <= u16::from(range)));
                let weights: Vec<u64> = role
                    .role
                    .requirements
                    .iter()
                    .zip(&percents)
                    .map(|(r, percent)| u64::from(r.weight) * u64::try_from(100 + percent).expect("above 0"))
                    .collect();
                let order = by_hand(&list, role, &weights);
                for (entry, places) in first.iter().zip(&mut places) {
                    let found = order.iter().find(|(_, number)| *number == entry.number);
                    places.push(found.expect("whoever is listed stays listed").0);
                }
                let head: Vec<_> = order.iter().take(top).map(|(_, number)| *number).collect();
                same_order += u32::from(head == first.iter().map(|e| e.number).collect::<Vec<_>>());
                head.into_iter().for_each(|number| *among.entry(number).or_default() += 1);
            }
            assert_eq!(got.same_order, same_order, "seed {seed}");
            for (steady, mut places) in got.entries.iter().zip(places) {
                places.sort();
                let wanted = (places[0], places[(DRAWS as usize - 1) / 2], places[DRAWS as usize - 1]);
                assert_eq!((steady.best, steady.median, steady.worst), wanted, "seed {seed}");
                let stays = among.remove(&steady.number).unwrap_or(0);
                assert_eq!(steady.stays, stays, "seed {seed}");
                comes_and_goes += u32::from(stays > 0 && stays < DRAWS);
            }
            let challengers: BTreeMap<_, _> = got.challengers.iter().map(|c| (c.number, c.enters)).collect();
            assert_eq!(challengers, among, "seed {seed}");
        }
    }
    assert!(comes_and_goes > 50 && left_aside > 1_000, "{comes_and_goes} come and go, {left_aside} aside");
}

#[test]
fn the_order_of_people_changes_nothing() {
    for (seed, world) in worlds(5_000..5_040) {
        let mut people = world.people.clone();
        let third = people.len() / 3;
        people.rotate_left(third);
        let draws = Draws::new(20, 30, seed).expect("the range is within bounds");
        for role in &world.roles {
            let of = |people: &[Facts]| {
                let mut funnel = funnel(role, people, &world.taxonomy, world.as_of);
                funnel.tie.iter_mut().for_each(|tie| tie.people.sort());
                let stability = stability(role, people, world.as_of, 5, &draws);
                (funnel, stability, what_if(role, people, &world.people[0], world.as_of))
            };
            assert!(of(&people) == of(&world.people), "seed {seed}");
        }
    }
}

/// The numbers that `docs/scoring.md` shows for a draw.
#[test]
fn draws_are_those_of_the_document() {
    let world = Case::read(&random_case(0)).expect("the case is in the form");
    let role = &world.roles[0];
    let draws = Draws::new(1, 20, 7).expect("the range is within bounds");
    let mix = arithmetic::splitmix64;
    let state = mix(mix(mix(7) ^ arithmetic::fnv1a64(&role.role.id)) ^ 5);
    for (at, percent) in draws.percents(role, 5).into_iter().enumerate() {
        let output = mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(at as u64)));
        assert_eq!(i64::from(percent), i64::try_from(output % 41).expect("below 41") - 20);
    }
    assert_eq!(Draws::new(1, 100, 0), None);
}
