//! The best people of every role, class by class: tier A first, and in each tier those with no unknown knock-out first.
//!
//! A block of people is looked at for all roles before the next one, so that roles find the sets of bits there that
//! others have made. Threads take blocks from one queue and keep lists of their own, which are merged at the end; only
//! thresholds are shared, and those leave out nobody who could be on a list.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::bits::{BlockBits, RELATED, Set};
use super::filter::Verdict;
use super::plan::{Asked, Plan, RolePlan};
use super::score::{Scored, is_listed, judged, score};
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
pub(super) fn search(plan: &Plan<'_>, cut: Cut) -> Vec<Vec<Found>> {
    let mut found: Vec<Vec<Found>> = plan.roles.iter().map(|_| Vec::new()).collect();
    let most = match cut {
        Cut::Top(most) | Cut::PerTier(most) => most,
    };
    let mut wanted = vec![most; plan.roles.len()];
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
            let tops = search_class(plan, &roles, Class { tier, is_unsure });
            for ((at, _), top) in roles.iter().zip(tops) {
                wanted[*at] -= top.len();
                found[*at].push(top.found(tier));
            }
        }
    }
    found
}

/// The best of one class for some roles, each with how many are wanted.
fn search_class(plan: &Plan<'_>, roles: &[(usize, usize)], class: Class) -> Vec<Top> {
    let blocks: Vec<(usize, usize)> = plan
        .segments
        .iter()
        .enumerate()
        .flat_map(|(at, segment)| (0..segment.columns.blocks()).map(move |block| (at, block)))
        .collect();
    let new = || roles.iter().map(|(at, most)| Top::new(*most, plan.roles[*at].seed)).collect::<Vec<_>>();
    // The highest threshold of any thread, plus one; 0 while no list is full.
    let thresholds: Vec<AtomicU32> = roles.iter().map(|_| AtomicU32::new(0)).collect();
    let next = AtomicUsize::new(0);
    let threads = rayon::current_num_threads().min(blocks.len()).max(1);
    let work = |_| {
        let mut worker = Worker {
            plan,
            class,
            thresholds: &thresholds,
            bits: BlockBits::new(plan),
            tops: new(),
            chosen: Vec::new(),
            losses: Losses::default(),
            bounds: Vec::new(),
            musts: Vec::new(),
        };
        while let Some((segment, block)) = blocks.get(next.fetch_add(1, Ordering::Relaxed)) {
            worker.bits.visit(*segment, *block);
            for (at, (role, _)) in roles.iter().enumerate() {
                worker.look(at, *role, *segment);
            }
        }
        worker.tops
    };
    (0..threads).into_par_iter().map(work).reduce(new, |mut all, tops| {
        all.iter_mut().zip(tops).for_each(|(all, top)| all.merge(top));
        all
    })
}

/// What one thread works with.
struct Worker<'a> {
    plan: &'a Plan<'a>,
    class: Class,
    thresholds: &'a [AtomicU32],
    bits: BlockBits<'a>,
    tops: Vec<Top>,
    /// The people of the block that are still of interest.
    chosen: Vec<u64>,
    losses: Losses,
    /// Requirements whose codes are at hand.
    bounds: Vec<usize>,
    /// Sets of those who pass a must, with what they cost to make.
    musts: Vec<(usize, Set)>,
}

/// People whose bits are weighed one by one rather than 64 at once.
const FEW: u32 = 256;
/// A set is made for one role where this many of its holders cost as much as scoring one person.
const HOLDERS_A_SCORE: usize = 256;
/// Fewer people than this are scored at once.
const BOUNDED_MIN: u32 = 4;
/// How many times as many people as a list holds give its first threshold.
const SEEDS: usize = 3;

impl Worker<'_> {
    /// Looks at the block for one role.
    fn look(&mut self, at: usize, role: usize, segment: usize) {
        let of = &self.plan.roles[role];
        let let_in = if self.class.is_unsure { Set::Unsure(of.filter) } else { Set::Met(of.filter) };
        let place = self.bits.make(let_in);
        self.chosen.clear();
        self.chosen.extend_from_slice(self.bits.words(place));
        self.look_at_strays(at, role, segment);
        if !self.keep_tier(of) {
            return;
        }
        let mut slack = self.slack(at, of);
        let mut count = count(&self.chosen);
        if slack.is_none() {
            count -= self.seed(at, role, segment, count);
            slack = self.slack(at, of);
        }
        if count == 0 {
            return;
        }
        if let Some(slack) = slack
            && !self.keep_hopeful(of, slack, count)
        {
            return;
        }
        if slack.is_some() {
            self.keep_bounded(at, role, segment);
        }
        self.score_chosen(at, role, segment);
    }

    /// Takes out of the chosen whoever cannot have the points, by the class of what they hold in full and the most that
    /// anything else gives.
    fn keep_bounded(&mut self, at: usize, role: usize, segment: usize) {
        let of = &self.plan.roles[role];
        let chosen = count(&self.chosen);
        if chosen < BOUNDED_MIN {
            return;
        }
        let mut total = of.weight * u32::from(ONE);
        self.bounds.clear();
        for (asked_at, asked) in of.asked.iter().enumerate() {
            let is_made = self.bits.has_codes(asked.subject);
            if !is_made {
                let cost = self.bits.cost(Set::Any(asked.subject)) + self.chosen.len() * 16;
                if chosen as usize * HOLDERS_A_SCORE < cost {
                    continue;
                }
                self.bits.make_codes(asked.subject);
            }
            total -= asked.weight * u32::from(ONE);
            self.bounds.push(asked_at);
        }
        let Some(slack) = self.slack(at, of) else { return };
        let least = of.weight * u32::from(ONE) - slack;
        let earns = &self.plan.tables[segment].earns;
        let terms: Vec<(&[u16], &[u16], u32, u16)> = self
            .bounds
            .iter()
            .map(|asked| {
                let asked = &of.asked[*asked];
                let codes = self.bits.codes(asked.subject);
                (codes, earns[asked.terms as usize].as_slice(), asked.weight, asked.related_max)
            })
            .collect();
        for (word_at, word) in self.chosen.iter_mut().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest & rest.wrapping_neg();
                rest ^= bit;
                let person = word_at * 64 + bit.trailing_zeros() as usize;
                let mut most = total;
                for (codes, earns, weight, related_max) in &terms {
                    let code = codes[person];
                    let of_related = if code & RELATED == 0 { 0 } else { *related_max };
                    most += weight * u32::from(earns[usize::from(code & !RELATED)].max(of_related));
                }
                if most < least {
                    *word ^= bit;
                }
            }
        }
    }

    /// Most points that somebody may lose and still be of interest; `None` while the list is not full.
    fn slack(&self, at: usize, of: &RolePlan) -> Option<u32> {
        let own = self.tops[at].threshold().map_or(0, |least| least + 1);
        let least = self.thresholds[at].load(Ordering::Relaxed).max(own).checked_sub(1)?;
        Some(of.weight * u32::from(ONE) - least)
    }

    /// Keeps whoever may be in the tier, as far as the gates of musts go; says whether anybody is left. A gate that costs
    /// more than it can spare is left to the score, which looks at all of them.
    fn keep_tier(&mut self, of: &RolePlan) -> bool {
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
        let mut chosen = count(&self.chosen);
        for at in 0..self.musts.len() {
            let (cost, set) = self.musts[at];
            if chosen == 0 {
                return false;
            }
            if chosen as usize * HOLDERS_A_SCORE >= cost {
                self.keep(set);
                chosen = count(&self.chosen);
            }
        }
        chosen > 0
    }

    /// Keeps whoever is in a set; says whether anybody is left.
    fn keep(&mut self, set: Set) -> bool {
        let place = self.bits.make(set);
        let mut all = 0;
        for (chosen, word) in self.chosen.iter_mut().zip(self.bits.words(place)) {
            *chosen &= word;
            all |= *chosen;
        }
        all != 0
    }

    /// Scores some of the chosen who are likely to be among the best, so that there is a threshold, and takes them out
    /// of the chosen; how many.
    fn seed(&mut self, at: usize, role: usize, segment: usize, count_chosen: u32) -> u32 {
        let of = &self.plan.roles[role];
        let wanted = u32::try_from(SEEDS.saturating_mul(self.tops[at].most())).unwrap_or(u32::MAX);
        if count_chosen / 2 <= wanted {
            return 0;
        }
        let mut order: Vec<&Asked> = of.asked.iter().collect();
        order.sort_by_key(|asked| std::cmp::Reverse(asked.weight));
        let all = self.chosen.clone();
        for asked in order {
            let before = self.chosen.clone();
            self.keep(Set::Full(asked.subject));
            if count(&self.chosen) < wanted {
                self.chosen = before;
            }
        }
        let seeds = self.chosen.clone();
        let scored = count(&seeds);
        self.score_chosen(at, role, segment);
        self.chosen = all;
        for (chosen, seed) in self.chosen.iter_mut().zip(&seeds) {
            *chosen &= !seed;
        }
        scored
    }

    /// Takes out of the chosen whoever must lose more points than `slack`, as far as bits can tell; says whether
    /// anybody is left.
    fn keep_hopeful(&mut self, of: &RolePlan, slack: u32, mut chosen: u32) -> bool {
        self.losses.clear();
        for asked in &of.asked {
            let lost = |left: u16| asked.weight * u32::from(ONE - left);
            // Who holds nothing loses all; who holds nothing in full, what no relation gives. Tier A holds its musts in
            // full.
            let all = lost(0);
            let sets = [(Set::Full(asked.subject), lost(asked.related_max)), (Set::Any(asked.subject), all)];
            let is_full = asked.gate.is_some() && self.class.tier == Tier::A;
            let sets = &sets[..if is_full { 0 } else { 2 }];
            let mut known = 0;
            for (set, loss) in sets {
                if *loss <= known || !self.is_worth(*set, chosen) {
                    continue;
                }
                if *loss > slack {
                    if !self.keep(*set) {
                        return false;
                    }
                    chosen = count(&self.chosen);
                    known = all.max(known);
                } else {
                    let place = self.bits.make(*set);
                    self.losses.add(place, loss - known);
                    known = *loss;
                }
            }
        }
        if chosen > FEW {
            self.losses.keep_many(&mut self.chosen, &self.bits, slack)
        } else {
            self.losses.keep_few(&mut self.chosen, &self.bits, slack)
        }
    }

    /// Whether a set is there, or costs less to make than scoring the chosen.
    fn is_worth(&self, set: Set, chosen: u32) -> bool {
        self.bits.is_made(set) || chosen as usize * HOLDERS_A_SCORE >= self.bits.cost(set)
    }

    /// Scores whoever is chosen.
    fn score_chosen(&mut self, at: usize, role: usize, segment: usize) {
        let numbers = self.plan.segments[segment].columns.numbers();
        let first = self.bits.first();
        for word in 0..self.chosen.len() {
            let mut rest = self.chosen[word];
            while rest != 0 {
                let person = first + word * 64 + rest.trailing_zeros() as usize;
                rest &= rest - 1;
                let Scored { tier, points } = score(self.plan, &self.plan.roles[role], segment, person);
                if tier == self.class.tier
                    && self.tops[at].threshold().is_none_or(|least| points >= least)
                    && is_listed(self.plan, role, segment, person, points)
                {
                    self.offer(at, points, numbers[person], segment, person);
                }
            }
        }
        if let Some(least) = self.tops[at].threshold() {
            self.thresholds[at].fetch_max(least + 1, Ordering::Relaxed);
        }
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
                self.offer(at, shared.points.0, columns.numbers()[person], segment, person);
            }
        }
    }

    fn offer(&mut self, at: usize, points: u32, number: u32, segment: usize, person: usize) {
        let short = |n: usize| u32::try_from(n).expect("people are numbered in 32 bits");
        self.tops[at].offer(points, number, short(segment), short(person));
    }
}

/// What people lose who are not in certain sets.
#[derive(Default)]
struct Losses {
    /// Where a set's words begin, and what is lost outside of it, on top of what is lost outside of an earlier one.
    sets: Vec<(usize, u32)>,
    /// Sums of units, bit by bit, and whether they have run over.
    planes: [Vec<u64>; PLANES + 1],
}

/// Losses are summed in units of which `2^PLANES` are more than the slack.
const PLANES: usize = 4;

impl Losses {
    fn clear(&mut self) {
        self.sets.clear();
    }

    fn add(&mut self, place: usize, loss: u32) {
        self.sets.push((place, loss));
    }

    /// Person by person, exactly.
    fn keep_few(&self, chosen: &mut [u64], bits: &BlockBits<'_>, slack: u32) -> bool {
        let mut all = 0;
        for (at, word) in chosen.iter_mut().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest & rest.wrapping_neg();
                rest ^= bit;
                let lost: u32 = self
                    .sets
                    .iter()
                    .map(|(place, loss)| if bits.words(*place)[at] & bit == 0 { *loss } else { 0 })
                    .sum();
                if lost > slack {
                    *word ^= bit;
                }
            }
            all |= *word;
        }
        all != 0
    }

    /// 64 people at once: each loss as a number of units, rounded down, added up in binary, one plane a digit.
    fn keep_many(&mut self, chosen: &mut [u64], bits: &BlockBits<'_>, slack: u32) -> bool {
        let unit = slack / (1 << PLANES) + 1;
        for plane in &mut self.planes {
            plane.clear();
            plane.resize(chosen.len(), 0);
        }
        for (place, loss) in &self.sets {
            // A loss is at most the slack, and so below 2^PLANES units.
            let units = loss / unit;
            let words = bits.words(*place);
            for digit in (0..PLANES).filter(|digit| units >> digit & 1 != 0) {
                carry_in(&mut self.planes, digit, words);
            }
        }
        let mut all = 0;
        for (word, over) in chosen.iter_mut().zip(&self.planes[PLANES]) {
            *word &= !over;
            all |= *word;
        }
        all != 0
    }
}

/// Adds a digit for everybody outside of a set.
fn carry_in(planes: &mut [Vec<u64>; PLANES + 1], digit: usize, words: &[u64]) {
    let [zero, one, two, three, over] = planes;
    let planes = zero.iter_mut().zip(one).zip(two).zip(three).zip(over).zip(words);
    for (((((zero, one), two), three), over), word) in planes {
        let mut carry = !word;
        for (at, plane) in [zero, one, two, three].into_iter().enumerate() {
            if at >= digit {
                let both = *plane & carry;
                *plane ^= carry;
                carry = both;
            }
        }
        *over |= carry;
    }
}

fn count(words: &[u64]) -> u32 {
    words.iter().map(|word| word.count_ones()).sum()
}
