//! The weights of one draw: each moved by a whole percent, from the seed, the role's id and the draw's number alone.

use crate::CompiledRole;
use crate::arithmetic::splitmix64;

/// The widest range, in percent: a weight never comes down to nothing.
pub const RANGE_MAX: u8 = 99;

/// What splitmix64 adds to its state before each output: 2^64 divided by the golden ratio, made odd.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// How many draws, how wide, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    count: u32,
    range: u8,
    seed: u64,
}

impl Draws {
    /// `count` draws of weights moved by up to `range` percent, 0 to [`RANGE_MAX`]; `None` beyond.
    #[must_use]
    pub fn new(count: u32, range: u8, seed: u64) -> Option<Self> {
        (range <= RANGE_MAX).then_some(Self { count, range, seed })
    }

    /// How many draws.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The greatest move, in percent.
    #[must_use]
    pub fn range(&self) -> u8 {
        self.range
    }

    /// By how many percent each weight moves in a draw, in the order of the role: -range to range.
    ///
    /// The generator splitmix64 begins at the state `splitmix64(splitmix64(seed) xor fnv1a64(role id)) xor draw`, mixed
    /// once more; its outputs, one a requirement, are taken modulo `2 * range + 1`. The modulo favours no percent by more
    /// than one part in 10^17.
    #[must_use]
    pub fn percents(&self, role: &CompiledRole, draw: u32) -> Vec<i16> {
        let state = splitmix64(splitmix64(splitmix64(self.seed) ^ role.seed) ^ u64::from(draw));
        let range = i16::from(self.range);
        let width = u64::from(self.range) * 2 + 1;
        (0..role.requirements.len() as u64)
            .map(|at| {
                let output = splitmix64(state.wrapping_add(at.wrapping_mul(GAMMA)));
                i16::try_from(output % width).expect("the width is at most 199") - range
            })
            .collect()
    }

    /// The weights of a draw, in hundredths: `weight * (100 + percent)`, 1 to 19,900.
    #[must_use]
    pub fn weights(&self, role: &CompiledRole, draw: u32) -> Vec<u32> {
        let percents = self.percents(role, draw);
        let moved = |(weight, percent): (u32, i16)| {
            let share = u32::try_from(100 + percent).expect("no weight moves by more than 99%");
            weight * share
        };
        own(role).zip(percents).map(moved).collect()
    }
}

/// The role's own weights, in hundredths.
pub(super) fn even(role: &CompiledRole) -> Vec<u32> {
    own(role).map(|weight| weight * 100).collect()
}

pub(super) fn own(role: &CompiledRole) -> impl Iterator<Item = u32> {
    role.requirements.iter().map(|r| u32::from(r.asked.weight))
}
