//! Loops over many people at once, by the widest instructions that the machine has.
//!
//! There is one text of each loop. `pulp` compiles it several times and takes, when the program runs, the one for the
//! widest instructions that are there; everything in it is bits and whole numbers, so that all of them give the same
//! bytes.

use pulp::{Arch, Simd, WithSimd};
use stackscout_evidence::Pieces;

/// Words of bits that are looked at together: a line of the processor's cache. Sets are whole chunks.
pub(super) const CHUNK: usize = 8;
/// People of that many words.
pub(super) const CHUNK_PEOPLE: usize = CHUNK * 64;

/// Losses are summed in units of which `2^PLANES` are more than the slack.
pub(super) const PLANES: usize = 7;

/// Requirements whose points are bounded together.
pub(super) const TOGETHER: usize = 8;
/// Rows of a [`BoundTable`], the first one for skills that count for nothing.
pub(super) const ROWS: usize = 1_024;
/// People whose evidence memory is asked for at once.
const FETCHED_TOGETHER: usize = 16;
/// Grades of a [`BoundTable`].
pub(super) const GRADES: usize = 256;

/// The instructions that there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lanes(Option<Arch>);

impl Lanes {
    /// The widest ones.
    pub(super) fn new() -> Self {
        Self(Some(Arch::new()))
    }

    /// Those that every machine has.
    #[cfg(test)]
    pub(super) fn plain() -> Self {
        Self(None)
    }

    #[inline(always)]
    fn run<W: WithSimd>(self, work: W) -> W::Output {
        match self.0 {
            Some(arch) => arch.dispatch(work),
            None => work.with_simd(pulp::Scalar::new()),
        }
    }

    /// Keeps the chosen who are in a set; how many that are.
    pub(super) fn keep(self, chosen: &mut [u64], set: &[u64]) -> u32 {
        self.run(Keep { chosen, set })
    }

    /// How many people are in a set.
    pub(super) fn count(self, set: &[u64]) -> u32 {
        self.run(Count { set })
    }

    /// Puts everybody of a set into another one.
    pub(super) fn join(self, into: &mut [u64], set: &[u64]) {
        self.run(Join { into, set });
    }

    /// Takes out of the chosen whoever loses more than the slack; how many are left.
    pub(super) fn keep_hopeful(self, chosen: &mut [u64], losses: &[Loss<'_>]) -> u32 {
        self.run(KeepHopeful { chosen, losses })
    }

    /// Pushes those people whose evidence may earn so much.
    pub(super) fn reaching(self, bound: Reaching<'_>, people: &[u32], reaching: &mut Vec<u32>) {
        self.run(Reach { bound, people, reaching });
    }
}

struct Keep<'a> {
    chosen: &'a mut [u64],
    set: &'a [u64],
}

impl WithSimd for Keep<'_> {
    type Output = u32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> u32 {
        let mut left = 0_u32;
        for (chosen, word) in self.chosen.iter_mut().zip(self.set) {
            *chosen &= word;
            left = left.wrapping_add(chosen.count_ones());
        }
        left
    }
}

struct Count<'a> {
    set: &'a [u64],
}

impl WithSimd for Count<'_> {
    type Output = u32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> u32 {
        self.set.iter().fold(0_u32, |count, word| count.wrapping_add(word.count_ones()))
    }
}

struct Join<'a> {
    into: &'a mut [u64],
    set: &'a [u64],
}

impl WithSimd for Join<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        self.into.iter_mut().zip(self.set).for_each(|(word, of_set)| *word |= of_set);
    }
}

/// What is lost at least of one requirement: nested sets, each within the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Loss<'a> {
    /// For each set its words, and all bits of each digit that differs between whoever is in it and whoever is in the
    /// next one alone.
    pub(super) sets: Vec<(&'a [u64], [u64; PLANES])>,
    /// All bits of each digit of what is lost outside of all sets.
    pub(super) outside: [u64; PLANES],
}

impl<'a> Loss<'a> {
    /// Of sets with what is lost outside of each, the innermost first, in units below `2^PLANES`; inside of all nothing
    /// is lost.
    pub(super) fn new(sets: &[(&'a [u64], u32)]) -> Self {
        let mut loss = Self { sets: Vec::with_capacity(sets.len()), outside: [0; PLANES] };
        for (words, outside) in sets {
            let outside = std::array::from_fn(|digit| u64::from(outside >> digit & 1).wrapping_neg());
            let before = std::mem::replace(&mut loss.outside, outside);
            loss.sets.push((words, std::array::from_fn(|digit| before[digit] ^ outside[digit])));
        }
        loss
    }
}

struct KeepHopeful<'a, 'l> {
    chosen: &'a mut [u64],
    losses: &'a [Loss<'l>],
}

impl WithSimd for KeepHopeful<'_, '_> {
    type Output = u32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> u32 {
        let mut left = 0_u32;
        let wide = S::U64_LANES;
        for (at, words) in self.chosen.chunks_exact_mut(wide).enumerate() {
            if words.iter().all(|word| *word == 0) {
                continue;
            }
            // Sums of as many people as there are bits, digit by digit, and whose sums have run over.
            let mut sums = [simd.splat_u64s(0); PLANES];
            let mut over = simd.splat_u64s(0);
            for loss in self.losses {
                let mut lost = [simd.splat_u64s(0); PLANES];
                for (lost, outside) in lost.iter_mut().zip(&loss.outside) {
                    *lost = simd.splat_u64s(*outside);
                }
                for (set, changes) in &loss.sets {
                    let (set, _) = S::as_simd_u64s(&set[at * wide..(at + 1) * wide]);
                    for (lost, changed) in lost.iter_mut().zip(changes) {
                        *lost = simd.xor_u64s(*lost, simd.and_u64s(set[0], simd.splat_u64s(*changed)));
                    }
                }
                let mut carry = simd.splat_u64s(0);
                for (sum, lost) in sums.iter_mut().zip(lost) {
                    let both = simd.xor_u64s(*sum, lost);
                    let carried = simd.or_u64s(simd.and_u64s(*sum, lost), simd.and_u64s(both, carry));
                    *sum = simd.xor_u64s(both, carry);
                    carry = carried;
                }
                over = simd.or_u64s(over, carry);
            }
            let (own, _) = S::as_mut_simd_u64s(words);
            own[0] = simd.and_u64s(own[0], simd.not_u64s(over));
            left = left.wrapping_add(words.iter().map(|word| word.count_ones()).sum::<u32>());
        }
        left
    }
}

/// What each skill and each grade of evidence is worth at most to each of some requirements.
#[derive(Debug, Clone)]
pub(super) struct BoundTable {
    /// For each skill its row.
    pub(super) row_of: Vec<u16>,
    /// For each row, the points that it earns at most, in units; rounded up.
    pub(super) rows: Box<[[u16; TOGETHER]; ROWS]>,
    /// For each grade of evidence, the part of these that it earns at most, in 65,536ths; rounded up.
    pub(super) grades: Box<[[u16; TOGETHER]; GRADES]>,
}

/// What a bound is worked out from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reaching<'a> {
    pub(super) table: &'a BoundTable,
    pub(super) grade_of: &'a [u8],
    pub(super) starts: &'a [u32],
    pub(super) evidence: Pieces<'a>,
    /// The units that have to be reached.
    pub(super) least: u32,
}

struct Reach<'a> {
    bound: Reaching<'a>,
    people: &'a [u32],
    reaching: &'a mut Vec<u32>,
}

impl WithSimd for Reach<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Reaching { table, grade_of, starts, evidence, least } = self.bound;
        let mut own = [Pieces::default(); FETCHED_TOGETHER];
        let mut seen = 0;
        for people in self.people.chunks(FETCHED_TOGETHER) {
            // Memory is asked for the evidence of all of them before any of it is waited for.
            for (own, person) in own.iter_mut().zip(people) {
                let at = *person as usize;
                *own = evidence.part(starts[at] as usize..starts[at + 1] as usize);
            }
            for own in &own[..people.len()] {
                seen ^= own.touch();
            }
            for (person, own) in people.iter().zip(own) {
                let mut best = [0_u16; TOGETHER];
                for piece in own.iter() {
                    let row = &table.rows[usize::from(table.row_of[usize::from(piece.skill)]) % ROWS];
                    let grade = &table.grades[usize::from(grade_of[usize::from(piece.class)])];
                    for ((best, row), grade) in best.iter_mut().zip(row).zip(grade) {
                        *best = (*best).max(high_half(*row, *grade));
                    }
                }
                let units = best.iter().fold(0_u32, |units, best| units.wrapping_add(u32::from(*best)));
                if units >= least {
                    self.reaching.push(*person);
                }
            }
        }
        std::hint::black_box(seen);
    }
}

/// The upper half of a product.
#[inline(always)]
fn high_half(a: u16, b: u16) -> u16 {
    u16::try_from((u32::from(a) * u32::from(b)) >> 16).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    //! - the widest instructions give what the plain ones give
    //! - whoever is hopeless loses more than the slack, in units, and nobody else is
    //! - whoever reaches has the sum of their best products, without their last bits

    use stackscout_evidence::{BuildOptions, Columns, Evidence};
    use stackscout_profile::{CandidateNumber, EvidenceSource, Facts, SkillEvidence, Years};
    use stackscout_taxonomy::SkillIx;

    use super::*;

    /// Numbers that tests draw from.
    fn draw(state: &mut u64) -> u64 {
        *state = state.wrapping_add(1);
        crate::arithmetic::splitmix64(*state)
    }

    fn below(state: &mut u64, end: u64) -> usize {
        usize::try_from(draw(state) % end).unwrap()
    }

    const WORDS: usize = 3 * CHUNK;

    #[test]
    fn the_hopeless_lose_more_than_the_slack() {
        let mut state = 0;
        for _ in 0..300 {
            let asked = 1 + below(&mut state, 12);
            // Nested sets: each holds all of the one before.
            let mut sets: Vec<Vec<(Vec<u64>, u32)>> = Vec::new();
            for _ in 0..asked {
                let mut words = vec![0_u64; WORDS];
                let mut lost = 0;
                let nested = (0..below(&mut state, 6)).map(|_| {
                    words.iter_mut().for_each(|word| *word |= draw(&mut state) & draw(&mut state));
                    lost = (lost + u32::try_from(below(&mut state, 20)).unwrap()).min((1 << PLANES) - 1);
                    (words.clone(), lost)
                });
                sets.push(nested.collect());
            }
            let losses: Vec<Loss<'_>> = sets
                .iter()
                .map(|sets| {
                    Loss::new(&sets.iter().map(|(words, lost)| (words.as_slice(), *lost)).collect::<Vec<_>>())
                })
                .collect();
            let all: Vec<u64> = (0..WORDS).map(|_| draw(&mut state) | draw(&mut state)).collect();
            let mut wanted = all.clone();
            for person in 0..WORDS * 64 {
                let holds = |words: &[u64]| words[person / 64] >> (person % 64) & 1 != 0;
                let lost = |sets: &Vec<(Vec<u64>, u32)>| {
                    sets.iter().filter(|(words, _)| !holds(words)).map(|(_, lost)| *lost).max().unwrap_or(0)
                };
                if sets.iter().map(lost).sum::<u32>() >= 1 << PLANES {
                    wanted[person / 64] &= !(1 << (person % 64));
                }
            }
            for lanes in [Lanes::plain(), Lanes::new()] {
                let mut chosen = all.clone();
                let left = lanes.keep_hopeful(&mut chosen, &losses);
                assert_eq!(chosen, wanted);
                assert_eq!(left, wanted.iter().map(|word| word.count_ones()).sum::<u32>());
            }
        }
    }

    #[test]
    fn the_widest_instructions_keep_and_join_like_the_plain_ones() {
        let mut state = 7;
        let [a, b]: [Vec<u64>; 2] = std::array::from_fn(|_| (0..WORDS).map(|_| draw(&mut state)).collect());
        for lanes in [Lanes::plain(), Lanes::new()] {
            let mut both = a.clone();
            let left = lanes.keep(&mut both, &b);
            assert!(both.iter().zip(a.iter().zip(&b)).all(|(both, (a, b))| *both == a & b));
            assert_eq!(left, both.iter().map(|word| word.count_ones()).sum::<u32>());
            assert_eq!(lanes.count(&both), left);
            let mut either = a.clone();
            lanes.join(&mut either, &b);
            assert!(either.iter().zip(a.iter().zip(&b)).all(|(either, (a, b))| *either == a | b));
        }
    }

    #[test]
    fn whoever_reaches_has_the_sum_of_their_best_products() {
        let mut state = 11;
        let (skills, classes) = (50_u16, 300);
        let short = |state: &mut u64| u16::try_from(draw(state) % 65_536).unwrap();
        let table = BoundTable {
            row_of: (0..skills).map(|_| u16::try_from(below(&mut state, 20)).unwrap()).collect(),
            rows: Box::new(std::array::from_fn(|_| std::array::from_fn(|_| short(&mut state)))),
            grades: Box::new(std::array::from_fn(|_| std::array::from_fn(|_| short(&mut state)))),
        };
        let grade_of: Vec<u8> = (0..classes).map(|_| u8::try_from(below(&mut state, 256)).unwrap()).collect();
        let crowd: Vec<Facts> = (0..100)
            .map(|number| {
                let mut facts = Facts::new(CandidateNumber(number));
                for _ in 0..below(&mut state, 9) {
                    let [skill, tenths] = [u64::from(skills), classes]
                        .map(|end| u16::try_from(below(&mut state, end)).unwrap());
                    facts.add_skill(SkillEvidence {
                        skill: SkillIx::of_same_taxonomy(skill),
                        years: Years::from_tenths(tenths),
                        last_used: None,
                        source: EvidenceSource::Declared,
                    });
                }
                facts
            })
            .collect();
        let columns = Columns::in_memory(&crowd, BuildOptions::new(usize::from(skills), "taxonomy"));
        let (starts, evidence) = (columns.starts(), columns.evidence());
        let units = |person: usize| -> u32 {
            let own = evidence.part(starts[person] as usize..starts[person + 1] as usize);
            let best = |lane: usize| {
                let product = |e: Evidence| {
                    let row = usize::from(table.row_of[usize::from(e.skill)]);
                    let grade = usize::from(grade_of[usize::from(e.class)]);
                    u32::from(table.rows[row][lane]) * u32::from(table.grades[grade][lane]) / 65_536
                };
                own.iter().map(product).max().unwrap_or(0)
            };
            (0..TOGETHER).map(best).sum()
        };
        let people: Vec<u32> = (0..100).collect();
        for least in [0, 1, units(3), units(3) + 1, 300_000] {
            let bound = Reaching { table: &table, grade_of: &grade_of, starts, evidence, least };
            let wanted: Vec<u32> = people.iter().copied().filter(|p| units(*p as usize) >= least).collect();
            for lanes in [Lanes::plain(), Lanes::new()] {
                let mut reaching = Vec::new();
                lanes.reaching(bound, &people, &mut reaching);
                assert_eq!(reaching, wanted);
            }
        }
    }
}
