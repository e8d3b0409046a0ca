//! The best people of every role, class by class: tier A first, and in each tier those with no unknown knock-out first.
//!
//! A block of people is looked at for all roles before the next one, so that roles find the sets of bits there that
//! others have made. Threads take blocks from one queue and keep lists of their own, which are merged at the end; only
//! thresholds are shared, and those leave out nobody who could be on a list.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::bits::{BlockBits, CHUNK, Set};
use super::filter::Verdict;
use super::plan::{Asked, Plan, RolePlan, STEPS};
use super::score::{Scored, fetch, is_listed, judged, points, score};
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
    let blocks = plan.blocks();
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
            span: 0..0,
            pending: vec![Pending::default(); roles.len()],
            losses: Losses::default(),
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
    /// The words of the chosen outside of which nobody is.
    span: Range<usize>,
    losses: Losses,
    /// For each role, who passed every bound and is not scored yet.
    pending: Vec<Pending>,
    /// Sets of those who pass a must, with what they cost to make.
    musts: Vec<(usize, Set)>,
}

/// People whose bits are weighed one by one rather than many at once.
const FEW: u32 = 256;
/// A must's set is made where this many of its holders cost as much as scoring one person: other roles may ask for it
/// too.
const HOLDERS_A_SCORE: usize = 128;
/// A set for one role, which spares a part of the scores, is made where this many of its holders cost as much as that.
const HOLDERS_A_BOUND: usize = 6;
/// Who earns how much is looked at where a requirement has so many times the average weight.
const HEAVY: (usize, usize) = (2, 1);
/// How many times as many people as a list holds give its first threshold.
const SEEDS: usize = 3;

/// So many people wait until they are scored for a role together: its tables are in the fast caches then.
const PENDING_MAX: usize = 192;
/// So many people's evidence is asked of memory at once.
const FETCHED_TOGETHER: usize = 16;

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

impl Worker<'_> {
    /// Looks at the block for one role.
    fn look(&mut self, at: usize, role: usize, segment: usize) {
        let of = &self.plan.roles[role];
        self.look_at_strays(at, role, segment);
        let let_in = if self.class.is_unsure { Set::Unsure(of.filter) } else { Set::Met(of.filter) };
        self.span = self.bits.span(let_in);
        if self.span.is_empty() {
            return;
        }
        let place = self.bits.make(let_in);
        self.chosen.clear();
        self.chosen.extend_from_slice(self.bits.words(place));
        let Some((mut chosen, known)) = self.keep_tier(of) else { return };
        let mut slack = self.slack(at, of);
        if slack.is_none() && !of.has_musts {
            chosen = self.keep_holders(of);
        }
        if slack.is_none() {
            chosen -= self.seed(at, role, segment, chosen, known);
            slack = self.slack(at, of);
        }
        if chosen == 0 {
            return;
        }
        if let Some(slack) = slack
            && !self.keep_hopeful(of, segment, slack, chosen)
        {
            return;
        }
        self.score_chosen(at, role, segment, known);
    }

    /// Most points that somebody may lose and still be of interest; `None` while the list is not full.
    fn slack(&self, at: usize, of: &RolePlan) -> Option<u32> {
        let own = self.tops[at].threshold().map_or(0, |least| least + 1);
        let least = self.thresholds[at].load(Ordering::Relaxed).max(own).checked_sub(1)?;
        Some(of.weight * u32::from(ONE) - least)
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
        let mut chosen = count(&self.chosen[self.span.clone()]);
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
        let both = self.chosen[self.span.clone()].iter_mut().zip(words).map(|(chosen, word)| {
            *chosen &= word;
            chosen.count_ones()
        });
        both.sum()
    }

    /// Keeps whoever holds anything that counts: nobody else of a role without musts is ever listed. Says how many are
    /// left.
    fn keep_holders(&mut self, of: &RolePlan) -> u32 {
        let places: Vec<usize> =
            of.asked.iter().map(|asked| self.bits.make(Set::Any(asked.subject))).collect();
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
        let wanted = u32::try_from(SEEDS.saturating_mul(self.tops[at].most())).unwrap_or(u32::MAX);
        if count_chosen / 2 <= wanted {
            return 0;
        }
        let mut order: Vec<&Asked> = of.asked.iter().collect();
        order.sort_by_key(|asked| std::cmp::Reverse(asked.weight));
        let all = self.chosen.clone();
        for asked in order {
            let before = self.chosen.clone();
            if self.keep(Set::Full(asked.subject)) < wanted {
                self.chosen = before;
            }
        }
        let seeds = self.chosen.clone();
        let scored = count(&seeds);
        self.score_chosen(at, role, segment, known);
        self.chosen = all;
        for (chosen, seed) in self.chosen.iter_mut().zip(&seeds) {
            *chosen &= !seed;
        }
        scored
    }

    /// Takes out of the chosen whoever must lose more points than `slack`, as far as bits can tell; says whether
    /// anybody is left.
    fn keep_hopeful(&mut self, of: &RolePlan, segment: usize, slack: u32, mut chosen: u32) -> bool {
        self.losses.clear();
        let tables = &self.plan.tables[segment];
        for (asked_at, asked) in of.asked.iter().enumerate() {
            let lost = |left: u16| asked.weight * u32::from(ONE - left);
            // Sets within sets, each with what is lost at least outside of it.
            let mut sets: [Option<(usize, u32)>; 3 + STEPS] = [None; 3 + STEPS];
            let full = Set::Full(asked.subject);
            let is_trait = self.plan.subjects[asked.subject as usize].trait_.is_some();
            let is_heavy = HEAVY.1 * asked.weight as usize * of.asked.len() >= HEAVY.0 * of.weight as usize;
            if is_trait || !is_heavy {
                if self.is_worth(full, chosen) {
                    sets[0] = Some((self.bits.make(full), lost(asked.related_max)));
                }
            } else if chosen as usize * HOLDERS_A_BOUND >= self.bits.cost_earning(asked.subject) {
                let low = asked.related_max;
                let high = low + (ONE - low) / 2;
                let [of_low, of_high] =
                    self.bits.make_earning(asked_at, asked.subject, tables.earns(asked.terms), [low, high]);
                sets[0] = Some((of_high, lost(high)));
                sets[1] = Some((of_low, lost(low)));
            }
            // Tier A holds its musts, and so something.
            let any = Set::Any(asked.subject);
            let is_held = asked.gate.is_some() && self.class.tier == Tier::A;
            if !is_held && asked.related_max > 0 && self.is_worth(any, chosen) {
                sets[2 + STEPS] = Some((self.bits.make(any), lost(0)));
                for (at, step) in self.plan.steps[asked.subject as usize].iter().enumerate() {
                    let set = Set::Step(asked.subject, at);
                    if self.is_worth(set, chosen) {
                        sets[2 + at] = Some((self.bits.make(set), lost(step.rest_max)));
                    }
                }
            }
            let mut known = 0;
            for (place, loss) in sets.into_iter().flatten() {
                if loss > slack {
                    chosen = self.keep_words(place);
                    if chosen == 0 {
                        return false;
                    }
                    break;
                }
                self.losses.add(place, loss - known);
                known = loss;
            }
        }
        let chosen_words = &mut self.chosen[self.span.clone()];
        if chosen > FEW {
            self.losses.keep_many(chosen_words, self.span.start, &self.bits, slack)
        } else {
            self.losses.keep_few(chosen_words, self.span.start, &self.bits, slack)
        }
    }

    /// Whether a set is there, or costs less to make than scoring the chosen.
    fn is_worth(&self, set: Set, chosen: u32) -> bool {
        self.bits.is_made(set) || chosen as usize * HOLDERS_A_BOUND >= self.bits.cost(set)
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
        if pending.people.len() >= PENDING_MAX || self.tops[at].threshold().is_none() {
            self.score_pending(at, role);
        }
    }

    /// Scores those who wait for it.
    fn score_pending(&mut self, at: usize, role: usize) {
        let Pending { mut people, segment, known } = std::mem::take(&mut self.pending[at]);
        let numbers = self.plan.segments[segment].columns.numbers();
        let of = &self.plan.roles[role];
        for some in people.chunks(FETCHED_TOGETHER) {
            fetch(self.plan, segment, some);
            for person in some.iter().map(|person| *person as usize) {
                let Scored { tier, points } = match known {
                    Known::Tier => {
                        Scored { tier: self.class.tier, points: points(self.plan, of, segment, person) }
                    }
                    Known::Nothing => score(self.plan, of, segment, person),
                };
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
        people.clear();
        self.pending[at].people = people;
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
        self.tops[at].offer(points, number, short(segment), short(person));
    }
}

fn short(n: usize) -> u32 {
    u32::try_from(n).expect("people are numbered in 32 bits")
}

/// What people lose who are not in certain sets.
#[derive(Default)]
struct Losses {
    /// Where a set's words begin, and what is lost outside of it, on top of what is lost outside of an earlier one.
    sets: Vec<(usize, u32)>,
}

/// Losses are summed in units of which `2^PLANES` are more than the slack.
const PLANES: usize = 6;

impl Losses {
    fn clear(&mut self) {
        self.sets.clear();
    }

    fn add(&mut self, place: usize, loss: u32) {
        self.sets.push((place, loss));
    }

    /// Person by person, exactly; `first` is the place of the first word in its block.
    fn keep_few(&self, chosen: &mut [u64], first: usize, bits: &BlockBits<'_>, slack: u32) -> bool {
        let mut all = 0;
        for (at, word) in chosen.iter_mut().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest & rest.wrapping_neg();
                rest ^= bit;
                let lost: u32 = self
                    .sets
                    .iter()
                    .map(|(place, loss)| if bits.words(*place)[first + at] & bit == 0 { *loss } else { 0 })
                    .sum();
                if lost > slack {
                    *word ^= bit;
                }
            }
            all |= *word;
        }
        all != 0
    }

    /// Many people at once: each loss as a number of units, rounded down, added up in binary, one plane a digit.
    fn keep_many(&self, chosen: &mut [u64], first: usize, bits: &BlockBits<'_>, slack: u32) -> bool {
        let unit = slack / (1 << PLANES) + 1;
        // A loss is at most the slack, and so below 2^PLANES units.
        let sets = self.sets.iter().map(|(place, loss)| (bits.words(*place), loss / unit));
        let sets: Vec<(&[[u64; CHUNK]], u32)> = sets
            .filter(|(_, units)| *units > 0)
            .map(|(words, units)| (words[first..].as_chunks().0, units))
            .collect();
        let mut all = 0;
        for (at, chosen) in chosen.as_chunks_mut::<CHUNK>().0.iter_mut().enumerate() {
            if chosen.iter().all(|word| *word == 0) {
                continue;
            }
            let mut sum = Planes::default();
            for (words, units) in &sets {
                sum.add_outside(&words[at], *units);
            }
            for (word, over) in chosen.iter_mut().zip(sum.over) {
                *word &= !over;
                all |= *word;
            }
        }
        all != 0
    }
}

/// Sums of as many people as a chunk has bits, digit by digit, and whose sums have run over.
#[derive(Default)]
struct Planes {
    digits: [[u64; CHUNK]; PLANES],
    over: [u64; CHUNK],
}

impl Planes {
    /// Adds units to the sums of everybody outside of a set.
    #[inline]
    fn add_outside(&mut self, words: &[u64; CHUNK], units: u32) {
        let mut carry = [0; CHUNK];
        let first = units.trailing_zeros() as usize;
        for (digit, plane) in self.digits.iter_mut().enumerate().skip(first) {
            if units >> digit & 1 == 0 {
                for (plane, carry) in plane.iter_mut().zip(&mut carry) {
                    let both = *plane & *carry;
                    *plane ^= *carry;
                    *carry = both;
                }
            } else {
                for ((plane, carry), word) in plane.iter_mut().zip(&mut carry).zip(words) {
                    let (own, outside) = (*plane, !word);
                    let sum = own ^ outside;
                    *plane = sum ^ *carry;
                    *carry = (own & outside) | (sum & *carry);
                }
            }
        }
        for (over, carry) in self.over.iter_mut().zip(carry) {
            *over |= carry;
        }
    }
}

fn count(words: &[u64]) -> u32 {
    words.iter().map(|word| word.count_ones()).sum()
}

#[cfg(test)]
mod tests {
    //! - many people at once have the sums that they have one by one, and run over where these do

    use super::*;

    /// Numbers that tests draw from.
    fn draw(state: &mut u64) -> u64 {
        *state = state.wrapping_add(1);
        crate::arithmetic::splitmix64(*state)
    }

    #[test]
    fn many_at_once_have_the_sums_that_they_have_one_by_one() {
        let mut state = 0;
        for _ in 0..200 {
            let mut planes = Planes::default();
            let mut sums = vec![0_u32; CHUNK * 64];
            for _ in 0..draw(&mut state) % 30 {
                let units = 1 + u32::try_from(draw(&mut state) % ((1 << PLANES) - 1)).unwrap() / 4;
                let words: [u64; CHUNK] =
                    std::array::from_fn(|_| draw(&mut state) | draw(&mut state) | draw(&mut state));
                planes.add_outside(&words, units);
                for (person, sum) in sums.iter_mut().enumerate() {
                    *sum += if words[person / 64] >> (person % 64) & 1 == 0 { units } else { 0 };
                }
            }
            for (person, sum) in sums.iter().enumerate() {
                let bit = |words: &[u64; CHUNK]| u32::from(words[person / 64] >> (person % 64) & 1 != 0);
                assert_eq!(bit(&planes.over) == 1, *sum >= 1 << PLANES);
                let low: u32 = planes.digits.iter().enumerate().map(|(at, plane)| bit(plane) << at).sum();
                assert_eq!(low, sum % (1 << PLANES));
            }
        }
    }
}
