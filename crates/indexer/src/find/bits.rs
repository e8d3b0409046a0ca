//! Sets of people of one file of columns: a bit for each place in it, and the parts of it that are still of interest.

use std::ops::Range;

use pulp::Arch;

/// Words of a part: 32,768 people, as many as a block of the columns has.
pub(super) const PART_WORDS: usize = 512;

/// People of a part.
pub(super) const PART_PEOPLE: usize = PART_WORDS * 64;

/// The parts in which somebody may still be found. What a set says outside of them means nothing.
#[derive(Debug, Clone)]
pub(super) struct Scope(Vec<bool>);

impl Scope {
    /// Every part of so many people.
    pub(super) fn all(people: usize) -> Self {
        Self(vec![true; people.div_ceil(PART_PEOPLE)])
    }

    /// The words of parts that are of interest, part by part.
    pub(super) fn spans(&self, words: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        let live = self.0.iter().enumerate().filter(|(_, live)| **live);
        live.map(move |(part, _)| part * PART_WORDS..words.min((part + 1) * PART_WORDS))
    }

    /// Whether somebody of these places may still be found.
    pub(super) fn touches(&self, people: Range<usize>) -> bool {
        !people.is_empty()
            && self.0[people.start / PART_PEOPLE..=(people.end - 1) / PART_PEOPLE].iter().any(|live| *live)
    }

    /// Keeps the parts in which the set holds anybody; whether there are any.
    pub(super) fn shrink(&mut self, set: &[u64]) -> bool {
        let mut any = false;
        for (part, live) in self.0.iter_mut().enumerate().filter(|(_, live)| **live) {
            let words = part * PART_WORDS..set.len().min((part + 1) * PART_WORDS);
            *live = set[words].iter().any(|word| *word != 0);
            any |= *live;
        }
        any
    }
}

/// Puts one person in.
#[inline]
pub(super) fn set(bits: &mut [u64], person: usize) {
    bits[person / 64] |= 1 << (person % 64);
}

/// Whether a person is in.
#[inline]
pub(super) fn holds(bits: &[u64], person: usize) -> bool {
    bits[person / 64] >> (person % 64) & 1 != 0
}

/// How many of these places are in.
pub(super) fn count_range(bits: &[u64], people: Range<usize>) -> u64 {
    if people.is_empty() {
        return 0;
    }
    let (first, last) = (people.start / 64, (people.end - 1) / 64);
    let (head, tail) = (u64::MAX << (people.start % 64), u64::MAX >> (63 - (people.end - 1) % 64));
    if first == last {
        return u64::from((bits[first] & head & tail).count_ones());
    }
    let ends = (bits[first] & head).count_ones() + (bits[last] & tail).count_ones();
    u64::from(ends) + count(&bits[first + 1..last])
}

/// How many people are in.
pub(super) fn count(bits: &[u64]) -> u64 {
    Arch::new().dispatch(|| bits.iter().map(|word| u64::from(word.count_ones())).sum())
}

/// How many people are in both of two sets of one length.
///
/// Sixteen rows of words are added up bit by bit before any bits are counted (Harley and Seal): counting is the slow part.
/// To be inlined into what [`Arch`] dispatches.
#[inline(always)]
pub(super) fn count_both(a: &[u64], b: &[u64]) -> u64 {
    const LANES: usize = 8;
    type Row = [u64; LANES];
    #[inline(always)]
    fn ones(row: &Row) -> u64 {
        row.iter().map(|word| u64::from(word.count_ones())).sum()
    }
    /// Three bits of each place, added up: twos and ones.
    #[inline(always)]
    fn add(a: &Row, b: &Row, c: &Row) -> (Row, Row) {
        let twos = std::array::from_fn(|at| (a[at] & b[at]) | ((a[at] ^ b[at]) & c[at]));
        (twos, std::array::from_fn(|at| a[at] ^ b[at] ^ c[at]))
    }
    let ((a_rows, a_rest), (b_rows, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let ((a_groups, a_rows), (b_groups, b_rows)) = (a_rows.as_chunks::<16>(), b_rows.as_chunks::<16>());
    let mut sums: [Row; 4] = [[0; LANES]; 4];
    let mut sixteens = 0;
    for (a, b) in a_groups.iter().zip(b_groups) {
        let mut rows: [Row; 16] =
            std::array::from_fn(|row| std::array::from_fn(|at| a[row][at] & b[row][at]));
        // Of each level there are half as many as of the one below, and each takes up what is left over of its own.
        let mut length = 16;
        for sum in &mut sums {
            for pair in 0..length / 2 {
                let (carry, left) = add(sum, &rows[2 * pair], &rows[2 * pair + 1]);
                *sum = left;
                rows[pair] = carry;
            }
            length /= 2;
        }
        sixteens += ones(&rows[0]);
    }
    let levels: u64 = sums.iter().zip([1, 2, 4, 8]).map(|(row, of)| of * ones(row)).sum();
    let both =
        |a: &[u64], b: &[u64]| a.iter().zip(b).map(|(a, b)| u64::from((a & b).count_ones())).sum::<u64>();
    let rest = both(a_rows.as_flattened(), b_rows.as_flattened()) + both(a_rest, b_rest);
    16 * sixteens + levels + rest
}

/// The places that are in, ascending.
pub(super) fn places(bits: &[u64]) -> impl Iterator<Item = usize> + '_ {
    bits.iter().enumerate().flat_map(|(at, word)| {
        let mut rest = *word;
        std::iter::from_fn(move || {
            let bit = rest.trailing_zeros();
            (rest != 0).then(|| {
                rest &= rest - 1;
                at * 64 + bit as usize
            })
        })
    })
}

#[cfg(test)]
mod tests {
    //! - ranges are set and counted as their people one by one
    //! - a scope keeps the parts that hold anybody
    //! - the people of two sets are counted as one by one, in sets of any length

    use proptest::prelude::*;
    use stackscout_evidence::bits::set_range;

    use super::*;

    proptest! {
        #[test]
        fn two_sets_are_counted_as_one_by_one(
            words in prop::collection::vec((any::<u64>(), any::<u64>()), 0..600),
            full in any::<bool>(),
        ) {
            // Random words have half of their bits; full ones carry through every level.
            let turn = |word: u64| if full { word | word << 1 | word >> 1 } else { word };
            let (a, b): (Vec<u64>, Vec<u64>) = words.iter().map(|(a, b)| (turn(*a), turn(*b))).unzip();
            let slow = places(&a).filter(|at| holds(&b, *at)).count() as u64;
            prop_assert_eq!(count_both(&a, &b), slow);
            prop_assert_eq!(count_both(&a, &vec![u64::MAX; a.len()]), count(&a));
        }
    }

    #[test]
    fn ranges_are_their_people_one_by_one() {
        for people in [0..0, 0..1, 3..64, 63..65, 64..128, 5..200, 127..256] {
            let (mut at_once, mut single) = (vec![0; 4], vec![0; 4]);
            set_range(&mut at_once, people.clone());
            people.clone().for_each(|person| set(&mut single, person));
            assert_eq!(at_once, single, "{people:?}");
            assert_eq!(places(&single).collect::<Vec<_>>(), people.clone().collect::<Vec<_>>());
            for within in [0..256, 1..3, 60..130, 127..128] {
                let slow = within.clone().filter(|person| holds(&single, *person)).count() as u64;
                assert_eq!(count_range(&single, within), slow);
            }
        }
    }

    #[test]
    fn a_scope_keeps_the_parts_that_hold_anybody() {
        let people = 3 * PART_PEOPLE - 5;
        let mut scope = Scope::all(people);
        let mut bits = vec![0; people.div_ceil(64)];
        set(&mut bits, PART_PEOPLE + 7);
        assert!(scope.shrink(&bits));
        assert!(scope.touches(0..people) && !scope.touches(0..PART_PEOPLE) && !scope.touches(5..5));
        let spans: Vec<_> = scope.spans(bits.len()).collect();
        assert_eq!((spans.len(), &spans[0]), (1, &(PART_WORDS..2 * PART_WORDS)));
        assert!(!scope.shrink(&vec![0; bits.len()]));
    }
}
