//! Where chance comes from: splitmix64, in integers alone, so that no library or machine can change the crowd.

use stackscout_matcher::arithmetic::splitmix64;

/// What a stream is for; streams of different purposes are unrelated.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// What is scored of a person.
    Facts,
    /// Name, place and sentences of a person.
    Words,
    /// A role; the kind's number keeps kinds apart.
    Role(u8),
}

/// A stream of pseudo-random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Stream {
    state: u64,
}

/// The step of splitmix64: 2^64 divided by the golden ratio, odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Stream {
    /// The stream of one person or role, whoever was drawn before.
    pub(crate) fn of(seed: u64, purpose: Purpose, index: u64) -> Self {
        let purpose = match purpose {
            Purpose::Facts => 1,
            Purpose::Words => 2,
            Purpose::Role(kind) => 3 + u64::from(kind),
        };
        Self { state: splitmix64(splitmix64(splitmix64(seed) ^ purpose) ^ index) }
    }

    /// 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        let bits = splitmix64(self.state);
        self.state = self.state.wrapping_add(STEP);
        bits
    }

    /// A number from 0 up to, and without, `bound`; 0 where the bound is 0. The high half of a product: for the bounds
    /// here (below 2^32) the bias is below one in 2^32.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        let high = (u128::from(self.next()) * u128::from(bound)) >> 64;
        u64::try_from(high).expect("the high half of a product of 64-bit numbers")
    }

    /// The smaller of two draws below `bound`: small numbers come more often.
    pub(crate) fn low_below(&mut self, bound: u64) -> u64 {
        self.below(bound).min(self.below(bound))
    }

    /// Yes in `percent` of a hundred cases.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of a list, each as likely; the list is not empty.
    pub(crate) fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[usize::try_from(self.below(list.len() as u64)).expect("below the length of a list")]
    }

    /// The place of a draw in running sums of weights; the last sum is above 0.
    pub(crate) fn place_in(&mut self, sums: &[u64]) -> usize {
        let drawn = self.below(*sums.last().expect("a table of weights is not empty"));
        sums.partition_point(|sum| *sum <= drawn)
    }
}

#[cfg(test)]
mod tests {
    //! - the stream is splitmix64, bit for bit
    //! - streams of two people, purposes or seeds differ
    //! - a place is drawn as often as its weight says, and never where that is 0

    use super::*;

    #[test]
    fn the_stream_is_splitmix64() {
        let mut stream = Stream { state: 0 };
        // The first outputs for state 0, as published with the generator.
        assert_eq!(stream.next(), 0xe220_a839_7b1d_cdaf);
        assert_eq!(stream.next(), 0x6e78_9e6a_a1b9_65f4);
        assert_eq!(stream.next(), 0x06c4_5d18_8009_454f);
    }

    #[test]
    fn streams_differ() {
        let purposes = [Purpose::Facts, Purpose::Words, Purpose::Role(0), Purpose::Role(1)];
        let mut starts = Vec::new();
        for seed in 0..5 {
            for purpose in purposes {
                starts.extend((0..500).map(|index| Stream::of(seed, purpose, index).next()));
            }
        }
        let made = starts.len();
        starts.sort_unstable();
        starts.dedup();
        assert_eq!(starts.len(), made);
    }

    #[test]
    fn weights_are_kept() {
        let mut stream = Stream { state: 5 };
        let mut seen = [0; 4];
        for _ in 0..8_000 {
            seen[stream.place_in(&[1, 1, 4, 8])] += 1;
        }
        assert_eq!(seen[1], 0);
        assert!((800..1_200).contains(&seen[0]) && (3_700..4_300).contains(&seen[3]), "{seen:?}");
    }
}
