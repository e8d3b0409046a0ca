//! The best people of one role and one class (tier, and whether a knock-out is unknown), by points, then tie key.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use stackscout_profile::CandidateNumber;

use crate::arithmetic::tie_key;
use crate::rank::Tier;

/// One person on a list; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listed {
    pub(super) points: Reverse<u32>,
    tie: u64,
    number: u32,
    /// Where the person stands: file, and place in it.
    pub(super) segment: u32,
    pub(super) person: u32,
}

/// The best so far, and how many were cut off who share the last one's points.
#[derive(Debug)]
pub(super) struct Top {
    most: usize,
    seed: u64,
    best: BinaryHeap<Listed>,
    cut_off: u64,
}

/// The best of a class, in order.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) tier: Tier,
    pub(super) people: Vec<Listed>,
    /// How many more share the last one's points.
    pub(super) cut_off: u64,
}

impl Top {
    pub(super) fn new(most: usize, seed: u64) -> Self {
        Self { most, seed, best: BinaryHeap::new(), cut_off: 0 }
    }

    /// The points of the last one, once the list is full: whoever has fewer is of no interest.
    pub(super) fn threshold(&self) -> Option<u32> {
        let last = self.best.peek()?;
        (self.best.len() >= self.most).then_some(last.points.0)
    }

    pub(super) fn offer(&mut self, points: u32, number: u32, segment: u32, person: u32) {
        if self.most == 0 || self.threshold().is_some_and(|least| points < least) {
            return;
        }
        let tie = tie_key(self.seed, CandidateNumber(number));
        self.best.push(Listed { points: Reverse(points), tie, number, segment, person });
        self.cut();
    }

    /// Keeps the best. Whoever was cut off earlier had no more points than the last one now.
    fn cut(&mut self) {
        while self.best.len() > self.most {
            let Some(out) = self.best.pop() else { return };
            let last = self.best.peek().map(|last| last.points);
            self.cut_off = if last == Some(out.points) { self.cut_off + 1 } else { 0 };
        }
    }

    pub(super) fn len(&self) -> usize {
        self.best.len()
    }

    pub(super) fn found(self, tier: Tier) -> Found {
        Found { tier, people: self.best.into_sorted_vec(), cut_off: self.cut_off }
    }
}
