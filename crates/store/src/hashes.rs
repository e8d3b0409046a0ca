//! Sets and maps of hashes: of what a file said, so that what it said need not be held.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// A map by hashes.
pub(crate) type ByHash<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// What is a hash already needs not be hashed again.
#[derive(Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Nothing but whole hashes is written; anything else is hashed as usual.
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        self.0 ^= hasher.finish();
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The hash of a key, the same in every run.
pub(crate) fn hashed(key: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// How often each of many keys came. Nearly all come once, and take one hash.
#[derive(Default)]
pub(crate) struct Counts {
    seen: HashSet<u64, BuildHasherDefault<AsItIs>>,
    /// Those that came more than once.
    more: ByHash<u32>,
}

impl Counts {
    /// Counts one more of a key, and says how many there are now.
    pub(crate) fn add(&mut self, key: &(impl Hash + ?Sized)) -> u32 {
        let hash = hashed(key);
        if self.seen.insert(hash) {
            return 1;
        }
        let count = self.more.entry(hash).or_insert(1);
        *count += 1;
        *count
    }

    /// How many there are of a key.
    pub(crate) fn of(&self, key: &(impl Hash + ?Sized)) -> u32 {
        let hash = hashed(key);
        match self.more.get(&hash) {
            Some(count) => *count,
            None => u32::from(self.seen.contains(&hash)),
        }
    }
}

/// A set of hashes that never denies what it holds, and takes some of what it does not hold for its own: about four of a
/// hundred. It takes two bytes for each.
#[derive(Default)]
pub(crate) struct Filter {
    /// Each twice as large as the one before.
    layers: Vec<Layer>,
}

struct Layer {
    /// A power of two of them.
    words: Vec<u64>,
    /// Hashes that may still be added.
    room: usize,
}

impl Filter {
    /// Hashes in the first layer.
    const FIRST: usize = 1 << 14;
    /// Hashes for each word of 64 bits.
    const PER_WORD: usize = 4;

    pub(crate) fn add(&mut self, hash: u64) {
        if self.layers.last().is_none_or(|layer| layer.room == 0) {
            let room = Self::FIRST << self.layers.len();
            self.layers.push(Layer { words: vec![0; room / Self::PER_WORD], room });
        }
        let layer = self.layers.last_mut().expect("made in the lines above");
        let at = place(hash, layer.words.len());
        layer.words[at] |= bits(hash);
        layer.room -= 1;
    }

    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let bits = bits(hash);
        self.layers.iter().any(|layer| layer.words[place(hash, layer.words.len())] & bits == bits)
    }
}

/// The word of a hash: by its upper half.
fn place(hash: u64, words: usize) -> usize {
    usize::try_from(hash >> 32).expect("half a hash fits") & (words - 1)
}

/// The bits of a hash within its word, five at most: by its lower half.
fn bits(hash: u64) -> u64 {
    (0..5).fold(0, |bits, n| bits | 1 << (hash >> (6 * n) & 63))
}

#[cfg(test)]
mod tests {
    //! - every key is counted by itself
    //! - the filter denies nothing that it holds, and little else passes

    use super::*;

    #[test]
    fn every_key_is_counted_by_itself() {
        let mut counts = Counts::default();
        for n in 0..1_000_u32 {
            for time in 1..=1 + n % 4 {
                assert_eq!(counts.add(&n), time);
            }
        }
        assert!((0..1_000_u32).all(|n| counts.of(&n) == 1 + n % 4));
        assert_eq!(counts.of(&1_000_u32), 0);
    }

    #[test]
    fn the_filter_denies_nothing_that_it_holds_and_little_else_passes() {
        let mut filter = Filter::default();
        let all = 5 * Filter::FIRST as u64;
        (0..all).for_each(|n| filter.add(hashed(&n)));
        assert!((0..all).all(|n| filter.may_hold(hashed(&n))));
        let others = (all..2 * all).filter(|n| filter.may_hold(hashed(n))).count() as u64;
        assert!(others < all * 8 / 100, "{others} of {all}");
        assert_eq!(filter.layers.len(), 3);
    }
}
