//! Evidence of people, three bytes a piece: a skill, and the class of what is known of it.
//!
//! A file numbers the skills that are held in it, in their order. Of the 24 bits of a piece the lowest hold the skill's
//! number, as many as the greatest needs and at least eight, and the others the code of the class. Their greatest value
//! says that the class has no code of its own.

use std::ops::Range;

use crate::columns::STRAY;

/// One piece of evidence of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Number of the skill.
    pub skill: u16,
    /// Code of its class; [`Columns::STRAY`](crate::Columns::STRAY) where the class has none.
    pub class: u16,
}

/// A piece as it stands in the file.
pub(crate) type Packed = [u8; 3];

/// How the pieces of a file are packed: the skills that are held in it, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Packing<'a> {
    skills: &'a [u16],
    /// Bits of a skill's number.
    bits: u32,
}

/// Bits of a piece.
const BITS: u32 = 24;
/// Bits of a skill's number at least, so that the code of a class fits into two bytes.
const SKILL_BITS_MIN: u32 = 8;

impl<'a> Packing<'a> {
    /// `skills` are numbered in two bytes and ascending.
    pub(crate) fn new(skills: &'a [u16]) -> Self {
        let greatest = skills.len().saturating_sub(1);
        Self { skills, bits: (usize::BITS - greatest.leading_zeros()).max(SKILL_BITS_MIN) }
    }

    /// How many classes can have a code of their own.
    pub(crate) fn classes_max(self) -> u16 {
        u16::try_from(self.stray()).unwrap_or(u16::MAX)
    }

    /// What stands for a class without a code.
    fn stray(self) -> u32 {
        (1 << (BITS - self.bits)) - 1
    }

    /// The number of each skill of the taxonomy among those that are held; of the others it says nothing.
    pub(crate) fn numbers(self) -> Vec<u16> {
        let mut numbers = vec![0; self.skills.last().map_or(0, |last| usize::from(*last) + 1)];
        for (number, skill) in (0..=u16::MAX).zip(self.skills) {
            numbers[usize::from(*skill)] = number;
        }
        numbers
    }

    /// A piece of the skill of this number, with a code of its class or [`STRAY`].
    pub(crate) fn pack(self, number: u16, class: u16) -> Packed {
        let class = if class == STRAY { self.stray() } else { u32::from(class) };
        let [a, b, c, _] = (class << self.bits | u32::from(number)).to_le_bytes();
        [a, b, c]
    }

    #[inline(always)]
    fn unpack(self, [a, b, c]: Packed) -> Evidence {
        let packed = u32::from_le_bytes([a, b, c, 0]);
        let class = packed >> self.bits;
        let class = if class == self.stray() { u32::from(STRAY) } else { class };
        let skill = self.skills[(packed & ((1 << self.bits) - 1)) as usize];
        // At least eight bits of 24 are the skill's.
        Evidence { skill, class: u16::try_from(class).unwrap_or(STRAY) }
    }

    /// Whether a piece names one of the skills.
    pub(crate) fn holds(self, [a, b, c]: Packed) -> bool {
        let packed = u32::from_le_bytes([a, b, c, 0]);
        ((packed & ((1 << self.bits) - 1)) as usize) < self.skills.len()
    }
}

/// Pieces of evidence, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pieces<'a> {
    packed: &'a [Packed],
    packing: Packing<'a>,
}

impl Default for Pieces<'_> {
    fn default() -> Self {
        Self { packed: &[], packing: Packing { skills: &[], bits: SKILL_BITS_MIN } }
    }
}

impl<'a> Pieces<'a> {
    pub(crate) fn new(packed: &'a [Packed], packing: Packing<'a>) -> Self {
        Self { packed, packing }
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.packed.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.packed.is_empty()
    }

    /// One of them.
    ///
    /// # Panics
    /// Where there are not so many.
    #[inline]
    #[must_use]
    pub fn get(self, at: usize) -> Evidence {
        self.packing.unpack(self.packed[at])
    }

    /// Some of them.
    ///
    /// # Panics
    /// Where there are not so many.
    #[inline]
    #[must_use]
    pub fn part(self, pieces: Range<usize>) -> Self {
        Self { packed: &self.packed[pieces], packing: self.packing }
    }

    /// Reads the first and the last byte, so that the processor loads them: for whoever goes through many people's
    /// pieces, and need not wait for one after the other. What is given says nothing.
    #[inline]
    #[must_use]
    pub fn touch(self) -> u8 {
        self.packed.first().map_or(0, |first| first[0]) ^ self.packed.last().map_or(0, |last| last[2])
    }

    /// All of them, in order.
    #[inline]
    pub fn iter(self) -> impl ExactSizeIterator<Item = Evidence> + DoubleEndedIterator + Clone + use<'a> {
        self.packed.iter().map(move |packed| self.packing.unpack(*packed))
    }
}

#[cfg(test)]
mod tests {
    //! - what is packed comes out, however many skills there are

    use super::*;

    #[test]
    fn what_is_packed_comes_out() {
        for count in [1_u16, 2, 255, 256, 257, 1_024, 1_025, 4_000] {
            let skills: Vec<u16> = (0..count).map(|number| number * 7 + 3).collect();
            let packing = Packing::new(&skills);
            assert!(u32::from(packing.classes_max()) >= (1 << 24) / (2 * u32::from(count).max(256)) - 1);
            let numbers = packing.numbers();
            let classes = [0, 1, packing.classes_max() / 2, packing.classes_max() - 1, STRAY];
            for skill in [skills[0], skills[usize::from(count) / 2], skills[usize::from(count) - 1]] {
                for class in classes {
                    let packed = packing.pack(numbers[usize::from(skill)], class);
                    assert!(packing.holds(packed));
                    assert_eq!(packing.unpack(packed), Evidence { skill, class });
                }
            }
        }
        let skills: Vec<u16> = (0..300).collect();
        assert!(!Packing::new(&skills).holds(Packing::new(&skills).pack(300, 0)));
    }
}
