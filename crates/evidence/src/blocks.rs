//! Checksums of the blocks of a file, each compared when something in its block is first read.
//!
//! A file that is mapped is read by those who know which part they need; the rest of it need not be read for being
//! compared. What was compared stays so as long as the file is open.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of a block: small enough to be compared in some microseconds, large enough that a table of sums is small.
pub const BLOCK_BYTES: usize = 64 << 10;

/// The checksums of all blocks of some bytes, in their order.
#[must_use]
pub fn block_sums(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks(BLOCK_BYTES).map(crc32fast::hash).collect()
}

/// The checksums of a file's blocks, and which blocks have been compared with theirs.
#[derive(Debug)]
pub struct Blocks {
    bytes: usize,
    sums: Vec<u32>,
    /// A bit for each block that was compared and found whole.
    whole: Vec<AtomicU64>,
}

/// A block that does not match its checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DamagedBlock {
    /// Its number, from 0.
    pub block: usize,
}

impl Blocks {
    /// The blocks of so many bytes; `None` where there are not as many sums as blocks.
    #[must_use]
    pub fn new(bytes: usize, sums: Vec<u32>) -> Option<Self> {
        let whole = (0..sums.len().div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        (sums.len() == bytes.div_ceil(BLOCK_BYTES)).then_some(Self { bytes, sums, whole })
    }

    /// Compares the blocks in which a range lies, as far as they were not compared before.
    ///
    /// # Errors
    /// The first block that does not match; it is compared again the next time.
    ///
    /// # Panics
    /// Where the bytes are not as many as those that the sums are of, or the range lies outside of them.
    #[inline]
    pub fn check(&self, bytes: &[u8], range: Range<usize>) -> Result<(), DamagedBlock> {
        assert!(bytes.len() == self.bytes && range.end <= bytes.len(), "the sums are those of these bytes");
        if range.is_empty() {
            return Ok(());
        }
        let (first, last) = (range.start / BLOCK_BYTES, (range.end - 1) / BLOCK_BYTES);
        for block in first..=last {
            if !self.is_whole(block) {
                self.compare(bytes, block)?;
            }
        }
        Ok(())
    }

    #[inline]
    fn is_whole(&self, block: usize) -> bool {
        // Nothing else depends on the bit: whoever does not see it yet compares the block once more.
        self.whole[block / 64].load(Ordering::Relaxed) >> (block % 64) & 1 != 0
    }

    #[cold]
    fn compare(&self, bytes: &[u8], block: usize) -> Result<(), DamagedBlock> {
        let start = block * BLOCK_BYTES;
        let of_block = &bytes[start..bytes.len().min(start + BLOCK_BYTES)];
        if crc32fast::hash(of_block) != self.sums[block] {
            return Err(DamagedBlock { block });
        }
        self.whole[block / 64].fetch_or(1 << (block % 64), Ordering::Relaxed);
        Ok(())
    }

    /// How many blocks have been compared and found whole.
    #[must_use]
    pub fn compared(&self) -> usize {
        self.whole.iter().map(|word| word.load(Ordering::Relaxed).count_ones() as usize).sum()
    }
}

#[cfg(test)]
mod tests {
    //! - of a file with one flipped bit exactly the ranges that touch its block are refused
    //! - only blocks that a range touches are compared, and none twice
    //! - sums of another length are refused

    use super::*;

    fn file() -> Vec<u8> {
        (0..3 * BLOCK_BYTES + 17).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect()
    }

    #[test]
    fn ranges_that_touch_a_damaged_block_are_refused() {
        let whole = file();
        let length = whole.len();
        let ranges =
            [0..0, 0..1, 0..length, BLOCK_BYTES - 1..BLOCK_BYTES + 1, length - 1..length, length..length];
        for at in [0, BLOCK_BYTES - 1, BLOCK_BYTES, 2 * BLOCK_BYTES + 5, length - 1] {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x10;
            let damaged = at / BLOCK_BYTES;
            for range in &ranges {
                let blocks = Blocks::new(length, block_sums(&whole)).unwrap();
                let touches = !range.is_empty()
                    && (range.start / BLOCK_BYTES..=(range.end - 1) / BLOCK_BYTES).contains(&damaged);
                let wanted = if touches { Err(DamagedBlock { block: damaged }) } else { Ok(()) };
                assert_eq!(blocks.check(&flipped, range.clone()), wanted, "byte {at}, {range:?}");
                // Asked again, it says the same.
                assert_eq!(blocks.check(&flipped, range.clone()), wanted, "byte {at}, {range:?} again");
            }
        }
    }

    #[test]
    fn only_what_is_touched_is_compared() {
        let whole = file();
        let blocks = Blocks::new(whole.len(), block_sums(&whole)).unwrap();
        blocks.check(&whole, BLOCK_BYTES..BLOCK_BYTES + 1).unwrap();
        assert_eq!(blocks.compared(), 1);
        blocks.check(&whole, 0..BLOCK_BYTES + 1).unwrap();
        assert_eq!(blocks.compared(), 2);
        // A block that was compared is not compared again.
        let mut flipped = whole.clone();
        flipped[3] ^= 1;
        blocks.check(&flipped, 0..1).unwrap();
    }

    #[test]
    fn sums_of_another_length_are_refused() {
        let sums = block_sums(&file());
        assert!(Blocks::new(file().len() + BLOCK_BYTES, sums.clone()).is_none());
        assert!(Blocks::new(2 * BLOCK_BYTES, sums).is_none());
        assert!(Blocks::new(0, Vec::new()).is_some());
    }
}
