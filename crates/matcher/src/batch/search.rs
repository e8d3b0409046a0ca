//! The best people of every role, class by class: tier A first, and in each tier those with no unknown knock-out first.
//!
//! A block of people is looked at for all roles before the next one, so that roles find the sets of bits there that
//! others have made. Threads take blocks from one queue and share the lists: with lists of their own each would score
//! people who are long behind the last one of them all. Who comes first makes no difference: a threshold leaves out nobody
//! who could be on a list, or who shares the points of its last.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::bits::{BlockBits, Set};
use super::filter::Verdict;
use super::lanes::{CHUNK, Lanes, Loss, PLANES};
use super::plan::{Asked, Plan, RolePlan};
use super::score::{Scored, Scorer, is_listed, judged};
use super::top::{Found, Top};
use crate::arithmetic::ONE;
use crate::rank::{Cut, Judged, Tier};

/// A class of people: everybody in it stands before everybody in the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Class {
    tier: Tier,
    is_unsure: bool,
}

/// The best people of each role, in order.
pub(super) fn search<'a>(plan: &'a Plan<'a>, cut: Cut) -> Vec<Vec<Found>> {
    let mut found: Vec<Vec<Found>> = plan.roles.iter().map(|_| Vec::new()).collect();
    let most = match cut {
        Cut::Top(most) | Cut::PerTier(most) => most,
    };
    let mut wanted = vec![most; plan.roles.len()];
    let kits = Mutex::new(Vec::new());
    for tier in [Tier::A, Tier::B, Tier::C] {
        if matches!(cut, Cut::PerTier(_)) {
            wanted.fill(most);
        }
        for is_unsure in [false, true] {
            let can_be = |at: &usize| tier == Tier::A || plan.roles[*at].has_musts;
            let roles: Vec<(usize, usize)> = (0..plan.roles.len())
                .filter(|at| wanted[*at] > 0 && can_be(at))
                .map(|at| (at, wanted[at]))
                .collect();
            if roles.is_empty() {
                continue;
            }
            let tops = search_class(plan, &roles, Class { tier, is_unsure }, &kits);
            for ((at, _), top) in roles.iter().zip(tops) {
                wanted[*at] -= top.len();
                found[*at].push(top.found(tier));
            }
        }
    }
    found
}

/// What a thread makes sets and scores with: room that one class after the other uses again.
struct Kit<'a> {
    bits: BlockBits<'a>,
    scorer: Scorer<'a>,
}

/// The best of one class for some roles, each with how many are wanted.
fn search_class<'a>(
    plan: &'a Plan<'a>,
    roles: &[(usize, usize)],
    class: Class,
    kits: &Mutex<Vec<Kit<'a>>>,
) -> Vec<Top> {
    let blocks = plan.blocks();
    let lists: Vec<List> = roles.iter().map(|(at, most)| List::new(*most, plan.roles[*at].seed)).collect();
    let next = AtomicUsize::new(0);
    let threads = rayon::current_num_threads().min(blocks.len()).max(1);
    let lanes = Lanes::new();
    let work = |_| {
        let kit = kits.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let Kit { bits, scorer } = kit
            .unwrap_or_else(|| Kit { bits: BlockBits::new(plan, lanes), scorer: Scorer::new(plan, lanes) });
        let mut worker = Worker {
            plan,
            class,
            lists: &lists,
            lanes,
            bits,
            scorer,
            chosen: Vec::new(),
            span: 0..0,
            pending: vec![Pending::default(); roles.len()],
            reaching: Vec::new(),
            musts: Vec::new(),
        };
        while let Some((segment, block)) = blocks.get(next.fetch_add(1, Ordering::Relaxed)) {
            worker.bits.visit(*segment, *block);
            for (at, (role, _)) in roles.iter().enumerate() {
                worker.look(at, *role, *segment);
            }
        }
        for (at, (role, _)) in roles.iter().enumerate() {
            worker.score_pending(at, *role);
        }
        let Worker { bits, scorer, .. } = worker;
        kits.lock().unwrap_or_else(PoisonError::into_inner).push(Kit { bits, scorer });
    };
    (0..threads).into_par_iter().for_each(work);
    lists.into_iter().map(List::into_top).collect()
}

/// The list of one role, which all threads fill.
struct List {
    most: usize,
    top: Mutex<Top>,
    /// The fewest points that are of interest, plus one; 0 while the list is not full. Another thread may have raised it
    /// since.
    least: AtomicU32,
}

impl List {
    fn new(most: usize, seed: u64) -> Self {
        Self { most, top: Mutex::new(Top::new(most, seed)), least: AtomicU32::new(0) }
    }

    /// Fewest points that are of interest; `None` while the list is not full.
    fn least(&self) -> Option<u32> {
        self.least.load(Ordering::Relaxed).checked_sub(1)
    }

    /// How many are on it.
    fn len(&self) -> usize {
        self.top.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn offer(&self, points: u32, number: u32, segment: usize, person: usize) {
        if self.least().is_some_and(|least| points < least) {
            return;
        }
        let mut top = self.top.lock().unwrap_or_else(PoisonError::into_inner);
        top.offer(points, number, short(segment), short(person));
        if let Some(least) = top.threshold() {
            self.least.store(least + 1, Ordering::Relaxed);
        }
    }

    fn into_top(self) -> Top {
        self.top.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What one thread works with.
struct Worker<'w, 'a> {
    plan: &'a Plan<'a>,
    class: Class,
    lists: &'w [List],
    lanes: Lanes,
    bits: BlockBits<'a>,
    scorer: Scorer<'a>,
    /// The people of the block that are still of interest.
    chosen: Vec<u64>,
    /// The words of the chosen outside of which nobody is.
    span: Range<usize>,
    /// For each role, who passed every bound by sets and is not scored yet.
    pending: Vec<Pending>,
    /// Who of them passed the bound by their own evidence.
    reaching: Vec<u32>,
    /// Sets of those who pass a must, with what they cost to make.
    musts: Vec<(usize, Set)>,
}

/// A must's set is made where this many of its holders cost as much as scoring one person: other roles may ask for it
/// too.
const HOLDERS_A_SCORE: usize = 32;
/// Sets tell who is hopeless where so many people of each chunk of words are chosen; fewer are bounded one by one.
const CHOSEN_A_CHUNK: usize = 16;
/// How many times as many people as a list holds give its first threshold.
const SEEDS: usize = 3;

/// So many people wait until they are scored for a role together: its tables are in the fast caches then.
const PENDING_MAX: usize = 192;
/// So many people are bounded before those who pass are scored: the threshold may rise by them.
const BOUNDED_TOGETHER: usize = 64;

/// What is known of the tier of the chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Known {
    /// They are in the tier that is looked for, all of them.
    Tier,
    /// They may be in it.
    #[default]
    Nothing,
}

/// People of one file who are to be scored for a role.
#[derive(Debug, Clone, Default)]
struct Pending {
    people: Vec<u32>,
    segment: usize,
    known: Known,
}

impl Worker<'_, '_> {
    /// Looks at the block for one role.
    fn look(&mut self, at: usize, role: usize, segment: usize) {
        let of = &self.plan.roles[role];
        self.look_at_strays(at, role, segment);
        let let_in = if self.class.is_unsure { Set::Unsure(of.filter) } else { Set::Met(of.filter) };
        self.span = self.bits.span(let_in);
        if self.span.is_empty() {
            return;
        }
        self.bits.choose(let_in, self.span.clone(), &mut self.chosen);
        let Some((mut chosen, known)) = self.keep_tier(of) else { return };
        let mut slack = self.slack(at, of);
        if slack.is_none() {
            if !of.has_musts {
                chosen = self.keep_holders(of);
            }
            chosen -= self.seed(at, role, segment, chosen, known);
            slack = self.slack(at, of);
        }
        if let Some(slack) = slack
            && chosen as usize > CHOSEN_A_CHUNK * self.span.len() / CHUNK
        {
            chosen = self.keep_hopeful(of, slack, known);
        }
        if chosen > 0 {
            self.score_chosen(at, role, segment, known);
        }
    }

    /// Most points that somebody may lose and still be of interest; `None` while the list is not full.
    fn slack(&self, at: usize, of: &RolePlan) -> Option<u32> {
        Some(of.weight * u32::from(ONE) - self.lists[at].least()?)
    }

    /// Keeps whoever may be in the tier, as far as the gates of musts go; says how many are left, if any, and what is
    /// known of them then. A gate that costs more than it can spare is left to the score, which looks at all of them.
    fn keep_tier(&mut self, of: &RolePlan) -> Option<(u32, Known)> {
        let tier = self.class.tier;
        let set_of = |gate, subject| match tier {
            Tier::A => Set::Held(gate),
            Tier::B => Set::Unknown(gate),
            Tier::C | Tier::D => Set::Near(subject),
        };
        let musts = of.asked.iter().filter_map(|asked| Some(set_of(asked.gate?, asked.subject)));
        self.musts.clear();
        let bits = &self.bits;
        self.musts.extend(musts.map(|set| (if bits.is_made(set) { 0 } else { bits.cost(set) }, set)));
        self.musts.sort_unstable_by_key(|(cost, _)| *cost);
        let mut chosen = self.lanes.count(&self.chosen[self.span.clone()]);
        // Whoever holds every must is in tier A; in the others, those are left who are better.
        let mut known = if tier == Tier::A { Known::Tier } else { Known::Nothing };
        for at in 0..self.musts.len() {
            let (cost, set) = self.musts[at];
            if chosen == 0 {
                break;
            }
            if chosen as usize * HOLDERS_A_SCORE >= cost {
                chosen = self.keep(set);
            } else {
                known = Known::Nothing;
            }
        }
        (chosen > 0).then_some((chosen, known))
    }

    /// Keeps whoever is in a set; says how many are left.
    fn keep(&mut self, set: Set) -> u32 {
        let place = self.bits.make(set);
        self.keep_words(place)
    }

    /// Keeps whoever is in the set whose words begin there; says how many are left.
    fn keep_words(&mut self, place: usize) -> u32 {
        let words = &self.bits.words(place)[self.span.clone()];
        self.lanes.keep(&mut self.chosen[self.span.clone()], words)
    }

    /// Keeps whoever holds anything that counts: nobody else of a role without musts is ever listed. Says how many are
    /// left.
    fn keep_holders(&mut self, of: &RolePlan) -> u32 {
        let any = |asked: &Asked| {
            let ladder = &self.plan.ladders[asked.subject as usize];
            Set::Level(asked.subject, ladder.any())
        };
        let places: Vec<usize> = of.asked.iter().map(|asked| self.bits.make(any(asked))).collect();
        let mut left = 0;
        for word in self.span.clone() {
            let holders = places.iter().fold(0, |holders, place| holders | self.bits.words(*place)[word]);
            self.chosen[word] &= holders;
            left += self.chosen[word].count_ones();
        }
        left
    }

    /// Scores some of the chosen who are likely to be among the best, so that there is a threshold, and takes them out
    /// of the chosen; how many.
    fn seed(&mut self, at: usize, role: usize, segment: usize, count_chosen: u32, known: Known) -> u32 {
        let of = &self.plan.roles[role];
        let wanted = u32::try_from(SEEDS.saturating_mul(self.lists[at].most)).unwrap_or(u32::MAX);
        if count_chosen / 2 <= wanted {
            return 0;
        }
        let mut order: Vec<&Asked> = of.asked.iter().collect();
        order.sort_by_key(|asked| std::cmp::Reverse(asked.weight));
        let all = self.chosen.clone();
        for asked in order {
            let before = self.chosen.clone();
            if self.keep(Set::Level(asked.subject, 0)) < wanted {
                self.chosen = before;
            }
        }
        let seeds = self.chosen.clone();
        let scored = self.lanes.count(&seeds[self.span.clone()]);
        self.score_chosen(at, role, segment, known);
        self.chosen = all;
        for (chosen, seed) in self.chosen.iter_mut().zip(&seeds) {
            *chosen &= !seed;
        }
        scored
    }

    /// Takes out of the chosen whoever must lose more points than `slack`, as far as sets can tell; says how many are
    /// left.
    fn keep_hopeful(&mut self, of: &RolePlan, slack: u32, known: Known) -> u32 {
        let unit = slack / (1 << PLANES) + 1;
        let plan = self.plan;
        let mut losses: Vec<Vec<(usize, u32)>> = Vec::with_capacity(of.asked.len());
        for asked in &of.asked {
            // Whoever holds a must holds it in full.
            if asked.gate.is_some() && self.class.tier == Tier::A && known == Known::Tier {
                continue;
            }
            let mut sets = Vec::new();
            for (at, level) in plan.ladders[asked.subject as usize].levels.iter().enumerate() {
                let lost = asked.weight * u32::from(ONE - level.rest_max);
                let place = self.bits.make(Set::Level(asked.subject, at));
                if lost > slack {
                    if self.keep_words(place) == 0 {
                        return 0;
                    }
                    break;
                }
                // A loss is at most the slack, and so below 2^PLANES units.
                sets.push((place, lost / unit));
            }
            losses.push(sets);
        }
        let (bits, span) = (&self.bits, self.span.clone());
        let loss = |sets: &Vec<(usize, u32)>| {
            let words = |(place, lost): &(usize, u32)| (&bits.words(*place)[span.clone()], *lost);
            Loss::new(&sets.iter().map(words).collect::<Vec<_>>())
        };
        let losses: Vec<Loss<'_>> = losses.iter().map(loss).collect();
        self.lanes.keep_hopeful(&mut self.chosen[span.clone()], &losses)
    }

    /// Has whoever is chosen scored: at once where the list is not full, else when they are many.
    fn score_chosen(&mut self, at: usize, role: usize, segment: usize, known: Known) {
        if self.pending[at].segment != segment {
            self.score_pending(at, role);
        }
        let pending = &mut self.pending[at];
        pending.segment = segment;
        if pending.people.is_empty() || known == Known::Nothing {
            pending.known = known;
        }
        let first = self.bits.first();
        for word in self.span.clone() {
            let mut rest = self.chosen[word];
            while rest != 0 {
                let person = first + word * 64 + rest.trailing_zeros() as usize;
                rest &= rest - 1;
                pending.people.push(short(person));
            }
        }
        // Enough to fill the list give a threshold.
        let list = &self.lists[at];
        let fills = list.least().is_none() && pending.people.len() + list.len() >= list.most;
        if pending.people.len() >= PENDING_MAX || fills {
            self.score_pending(at, role);
        }
    }

    /// Scores those who wait for it and pass the bound by their own evidence.
    fn score_pending(&mut self, at: usize, role: usize) {
        let Pending { mut people, segment, known } = std::mem::take(&mut self.pending[at]);
        if people.is_empty() {
            return;
        }
        let numbers = self.plan.segments[segment].columns.numbers();
        self.scorer.prepare(role, segment);
        let mut reaching = std::mem::take(&mut self.reaching);
        for some in people.chunks(BOUNDED_TOGETHER) {
            reaching.clear();
            let least = self.lists[at].least().unwrap_or(0);
            self.scorer.reaching(some, least, &mut reaching);
            for person in reaching.iter().map(|person| *person as usize) {
                let Scored { tier, points } = match known {
                    Known::Tier => Scored { tier: self.class.tier, points: self.scorer.points(person) },
                    Known::Nothing => self.scorer.score(person),
                };
                if tier == self.class.tier
                    && self.lists[at].least().is_none_or(|least| points >= least)
                    && is_listed(self.plan, role, segment, person, points)
                {
                    self.lists[at].offer(points, numbers[person], segment, person);
                }
            }
        }
        people.clear();
        self.pending[at].people = people;
        self.reaching = reaching;
    }

    /// Judges the people of the block whom tables do not cover; mostly there are none.
    fn look_at_strays(&mut self, at: usize, role: usize, segment: usize) {
        let of = &self.plan.segments[segment];
        let columns = &of.columns;
        if !columns.has_strays() {
            return;
        }
        let filter = &self.plan.filters[segment][self.plan.roles[role].filter as usize];
        for person in self.bits.people() {
            if !columns.is_stray(person) || of.is_hidden(person) {
                continue;
            }
            let wanted = if self.class.is_unsure { Verdict::Unknown } else { Verdict::Met };
            if filter.of(columns, person) == wanted
                && let Judged::Listed(shared) = judged(self.plan, role, columns, person)
                && shared.tier == self.class.tier
            {
                self.lists[at].offer(shared.points.0, columns.numbers()[person], segment, person);
            }
        }
    }
}

fn short(n: usize) -> u32 {
    u32::try_from(n).expect("people are numbered in 32 bits")
}
