//! Where does chance come from, and why is it the same everywhere?
//!
//! From splitmix64, written out here: no library's choice of generator, and no floating point, can change the demo.

/// A stream of pseudo-random numbers (splitmix64, by Sebastiano Vigna, public domain).
#[derive(Clone, Debug)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// Starts the stream of one person, so that nobody depends on who was drawn before.
    pub(crate) fn for_person(seed: u64, number: usize) -> Self {
        let mut start = Self { state: seed };
        let seed = start.next();
        let mut random = Self { state: seed ^ number as u64 };
        random.state = random.next();
        random
    }

    /// Starts a stream at a state.
    pub(crate) fn new(state: u64) -> Self {
        Self { state }
    }

    /// Draws 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Draws a number from 0 up to, and without, `bound`; 0 where the bound is 0.
    ///
    /// The high half of a product: the bias is below one in 2^40 for the bounds that the demo uses.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    /// Says yes in `chance` of ten thousand cases.
    pub(crate) fn per_10000(&mut self, chance: u64) -> bool {
        self.below(10_000) < chance
    }

    /// Picks one of a list, each as likely; the list is not empty.
    pub(crate) fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }

    /// Picks one of a list by weight; the weights are not all 0.
    pub(crate) fn weighted<'a, T>(&mut self, list: &'a [T], weight: impl Fn(&T) -> u64) -> &'a T {
        let total = list.iter().map(&weight).sum();
        let mut left = self.below(total);
        for item in list {
            let here = weight(item);
            if left < here {
                return item;
            }
            left -= here;
        }
        panic!("a weighted list needs a weight above 0")
    }
}

#[cfg(test)]
mod tests {
    //! - The generator is splitmix64, bit for bit.
    //! - Weights are kept: what weighs nothing is never drawn, and what weighs twice is drawn about twice.
    //! - Two people's streams differ.

    use super::*;

    #[test]
    fn the_generator_is_splitmix64() {
        assert_eq!(Random::new(0).next(), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn weights_are_kept() {
        let list = [("never", 0), ("once", 1), ("twice", 2)];
        let mut random = Random::new(7);
        let mut seen = [0; 3];
        for _ in 0..9_000 {
            let (name, _) = random.weighted(&list, |(_, weight)| *weight);
            seen[list.iter().position(|(other, _)| other == name).unwrap()] += 1;
        }
        assert_eq!(seen[0], 0);
        assert!((2_800..3_200).contains(&seen[1]), "{seen:?}");
    }

    #[test]
    fn two_peoples_streams_differ() {
        let mut starts: Vec<u64> = (0..1_000).map(|number| Random::for_person(1, number).next()).collect();
        starts.extend((0..1_000).map(|number| Random::for_person(2, number).next()));
        starts.sort_unstable();
        starts.dedup();
        assert_eq!(starts.len(), 2_000);
    }
}
