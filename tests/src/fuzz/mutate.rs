//! Changing inputs at random: bytes, pieces that mean something, numbers at the ends of their ranges, lines, nesting.
//!
//! One number seeds everything, so that whoever knows it gets the same inputs again.

/// Numbers that readers get wrong.
const NUMBERS: [&str; 22] = [
    "0",
    "-1",
    "1",
    "9",
    "9.5",
    "99.95",
    "127",
    "128",
    "255",
    "256",
    "65535",
    "65536",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551616",
    "1e308",
    "1e-400",
    "10000000000000000000000000000000000",
    "0x7f",
    "NaN",
];
/// Pieces of text that readers get wrong, whatever they read.
const PIECES: [&str; 14] = [
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[2J",
    "\u{1f600}",
    "\u{e9}",
    "\r",
    "\r\n",
    "\n\n",
    "\t",
    "\"",
    "'",
    "\\",
    " ",
];
/// Bytes that are no text.
const BROKEN: [&[u8]; 5] = [b"\xFF", b"\xC3", b"\xED\xA0\x80", b"\xF8\x88\x80\x80\x80", b"\xFF\xFE"];
/// Largest input: what is wrong shows in small ones.
pub const INPUT_BYTES_MAX: usize = 16 << 10;

/// Numbers that look like chance and are not: SplitMix64.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Begins anew from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        // A remainder is even enough for picking places.
        (self.next() % (end.max(1) as u64)) as usize
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// A range of at most `length_max` within `end`.
    fn range(&mut self, end: usize, length_max: usize) -> std::ops::Range<usize> {
        let start = self.below(end + 1);
        start..(start + self.below(length_max + 1)).min(end)
    }
}

/// Changes an input one to eight times. `others` are inputs to take pieces from, `pieces` mean something to the target.
#[must_use]
pub fn changed(input: &[u8], others: &[Vec<u8>], pieces: &[&str], random: &mut Random) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=random.below(8) {
        change(&mut bytes, others, pieces, random);
        bytes.truncate(INPUT_BYTES_MAX);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, others: &[Vec<u8>], pieces: &[&str], random: &mut Random) {
    let end = bytes.len();
    match random.below(12) {
        0 => {
            if let Some(byte) = bytes.get_mut(random.below(end)) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => {
            if let Some(byte) = bytes.get_mut(random.below(end)) {
                *byte = random.below(256) as u8;
            }
        }
        2 => {
            let range = random.range(end, 64);
            bytes.drain(range);
        }
        3 => {
            // What stands twice, or very often: nesting, columns, lines.
            let range = random.range(end, 32);
            let piece = bytes[range.clone()].to_vec();
            let times = [1, 2, 7, 70, 300][random.below(5)];
            bytes.splice(range.end..range.end, piece.repeat(times));
        }
        4 => {
            let own: Vec<&str> = pieces.iter().chain(&PIECES).copied().collect();
            let piece = random.one(&own).as_bytes().to_vec();
            let at = random.below(end + 1);
            bytes.splice(at..at, piece);
        }
        5 => {
            let range = random.range(end, 16);
            let own: Vec<&str> = pieces.iter().chain(&PIECES).copied().collect();
            bytes.splice(range, random.one(&own).bytes());
        }
        6 => {
            let at = random.below(end + 1);
            bytes.splice(at..at, random.one(&BROKEN).iter().copied());
        }
        7 | 8 => number(bytes, random),
        9 => lines(bytes, random),
        10 => {
            // A piece of another input.
            if let Some(other) = others.get(random.below(others.len())) {
                let range = random.range(other.len(), 200);
                let at = random.below(end + 1);
                bytes.splice(at..at, other[range].iter().copied());
            }
        }
        _ => bytes.truncate(random.below(end + 1)),
    }
}

/// Puts a number at the end of some range in place of one that stands there.
fn number(bytes: &mut Vec<u8>, random: &mut Random) {
    let from = random.below(bytes.len());
    let digit = |at: &usize| bytes[*at].is_ascii_digit();
    let Some(start) = (from..bytes.len()).chain(0..from).find(digit) else { return };
    let end = (start..bytes.len()).find(|at| !digit(at)).unwrap_or(bytes.len());
    bytes.splice(start..end, random.one(&NUMBERS).bytes());
}

/// Takes a line out, doubles it, or puts it elsewhere.
fn lines(bytes: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let at = random.below(lines.len());
    let line = lines[at].clone();
    match random.below(3) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, line),
        _ => {
            lines.remove(at);
            lines.insert(random.below(lines.len() + 1), line);
        }
    }
    *bytes = lines.concat();
}

#[cfg(test)]
mod tests {
    //! - one seed gives the same inputs, another gives others
    //! - inputs stay small, and an empty one can be changed

    use super::*;

    #[test]
    fn one_seed_gives_the_same_inputs() {
        let inputs = |seed| {
            let mut random = Random::new(seed);
            let others = [b"a,b\n1,2\n".to_vec()];
            let next = |_| changed(b"name,skills\nAda,Go 3\n", &others, &["x"], &mut random);
            (0..50).map(next).collect::<Vec<_>>()
        };
        assert_eq!(inputs(7), inputs(7));
        assert_ne!(inputs(7), inputs(8));
    }

    #[test]
    fn inputs_stay_small() {
        let mut random = Random::new(1);
        let mut bytes = Vec::new();
        for _ in 0..2_000 {
            bytes = changed(&bytes, &[], &["[["], &mut random);
            assert!(bytes.len() <= INPUT_BYTES_MAX);
        }
    }
}
