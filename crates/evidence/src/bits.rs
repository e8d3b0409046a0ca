//! Sets of people with a bit for each place in a file.

use std::ops::Range;

/// Puts people side by side in.
///
/// # Panics
/// Where they are past the end of the set.
pub fn set_range(bits: &mut [u64], people: Range<usize>) {
    if people.is_empty() {
        return;
    }
    let (first, last) = (people.start / 64, (people.end - 1) / 64);
    let (head, tail) = (u64::MAX << (people.start % 64), u64::MAX >> (63 - (people.end - 1) % 64));
    if first == last {
        bits[first] |= head & tail;
    } else {
        bits[first] |= head;
        bits[first + 1..last].fill(u64::MAX);
        bits[last] |= tail;
    }
}
