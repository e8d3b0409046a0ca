//! All patterns in one tree of letters: which of them begin at a place of a text?
//!
//! Most places of a folded text are inside of a word, where no pattern begins: a table of 256 entries says so. At most of
//! the others no pattern goes on with the next letters: a few bits for each beginning of three and four bytes say so. What
//! is left walks from letter to letter.
//! An automaton for all places at once reads every byte of the text through its tables instead, and took four times as
//! long on the summaries of an import.

/// A node without a pattern.
const NO_PATTERN: u32 = u32::MAX;
/// No node: the root has no parent, so that its number is free.
const NO_NODE: u32 = 0;

/// A tree of byte strings.
#[derive(Debug)]
pub(super) struct Trie {
    /// Class of each byte from 1, and 0 for bytes that begin no pattern and stand second in none.
    classes: [u8; 256],
    /// Whether a pattern begins with the byte.
    begins: [bool; 256],
    /// Beginnings of patterns, each by a bit that its hash names.
    heads: Heads,
    /// The pattern that is a single byte.
    singles: [u32; 256],
    /// The node of each pair of classes, [`NO_NODE`] where there is none.
    pairs: Vec<u32>,
    /// Number of classes, with the empty one.
    width: usize,
    nodes: Vec<Node>,
    /// The last byte of each node's path; children of a node stand one behind the other, in ascending order.
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// The pattern that ends here.
    pattern: u32,
    /// Children: number of the first, and of the one behind the last.
    children: (u32, u32),
}

impl Trie {
    /// Of patterns in ascending order, each once, none empty. The number of a pattern is its place.
    pub fn new(patterns: &[Vec<u8>]) -> Self {
        debug_assert!(patterns.is_sorted() && patterns.first().is_none_or(|first| !first.is_empty()));
        let mut trie = Self {
            classes: [0; 256],
            begins: [false; 256],
            heads: Heads::new(patterns),
            singles: [NO_PATTERN; 256],
            pairs: Vec::new(),
            width: 1,
            nodes: vec![Node { pattern: NO_PATTERN, children: (0, 0) }],
            bytes: vec![0],
        };
        for byte in patterns.iter().flat_map(|pattern| pattern.iter().take(2)) {
            let class = &mut trie.classes[usize::from(*byte)];
            if *class == 0 {
                *class = u8::try_from(trie.width).expect("no more classes than bytes that text has");
                trie.width += 1;
            }
        }
        trie.pairs = vec![NO_NODE; trie.width * trie.width];
        // Nodes whose children are still to be made: each with the patterns below it, and how deep it is. The last comes
        // first, so that the letters of a word stand side by side and a walk along them touches little memory.
        let mut open: Vec<(u32, std::ops::Range<usize>, usize)> = Vec::new();
        for pair in groups(patterns, 0..patterns.len(), 2) {
            let pattern = &patterns[pair.start];
            let first = usize::from(pattern[0]);
            trie.begins[first] = true;
            match pattern.get(1) {
                None => trie.singles[first] = number(pair.start),
                Some(second) => {
                    let node = trie.node(*second);
                    let at = trie.pair(pattern[0], *second);
                    trie.pairs[at] = node;
                    open.push((node, pair, 2));
                }
            }
        }
        while let Some((node, mut below, depth)) = open.pop() {
            if patterns[below.start].len() == depth {
                trie.nodes[node as usize].pattern = number(below.start);
                below.start += 1;
            }
            let first = number(trie.nodes.len());
            for child in groups(patterns, below, depth + 1) {
                let node = trie.node(patterns[child.start][depth]);
                open.push((node, child, depth + 1));
            }
            trie.nodes[node as usize].children = (first, number(trie.nodes.len()));
        }
        trie
    }

    /// Whether any pattern begins with this byte.
    pub fn begins(&self, byte: u8) -> bool {
        self.begins[usize::from(byte)]
    }

    /// Gives the end and the number of every pattern that begins at a place of the text, shortest first.
    pub fn at(&self, text: &[u8], start: usize, mut found: impl FnMut(usize, u32)) {
        let Some(&first) = text.get(start) else { return };
        let single = self.singles[usize::from(first)];
        if single != NO_PATTERN {
            found(start + 1, single);
        }
        let Some(&second) = text.get(start + 1) else { return };
        if !self.heads.may_begin(&text[start..]) {
            return;
        }
        let mut at = self.pairs[self.pair(first, second)];
        let mut end = start + 2;
        while at != NO_NODE {
            let node = self.nodes[at as usize];
            if node.pattern != NO_PATTERN {
                found(end, node.pattern);
            }
            let Some(&byte) = text.get(end) else { return };
            let (from, to) = node.children;
            let children = &self.bytes[from as usize..to as usize];
            at = children
                .iter()
                .position(|child| *child == byte)
                .map_or(NO_NODE, |place| from + number(place));
            end += 1;
        }
    }

    fn node(&mut self, byte: u8) -> u32 {
        let node = number(self.nodes.len());
        self.nodes.push(Node { pattern: NO_PATTERN, children: (0, 0) });
        self.bytes.push(byte);
        node
    }

    fn pair(&self, first: u8, second: u8) -> usize {
        usize::from(self.classes[usize::from(first)]) * self.width
            + usize::from(self.classes[usize::from(second)])
    }
}

/// Runs of patterns that begin with the same bytes, as many as `depth`; shorter ones stand alone, before those they begin.
fn groups(
    patterns: &[Vec<u8>],
    range: std::ops::Range<usize>,
    depth: usize,
) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut start = range.start;
    std::iter::from_fn(move || {
        let head = |at: usize| &patterns[at][..patterns[at].len().min(depth)];
        let first = (start < range.end).then(|| head(start))?;
        let from = start;
        start += 1;
        while first.len() == depth && start < range.end && head(start) == first {
            start += 1;
        }
        Some(from..start)
    })
}

/// Which beginnings of three and four bytes patterns have: enough to turn away nearly all words that are none. A bit that
/// two beginnings share only costs a walk.
#[derive(Debug)]
struct Heads {
    /// Patterns of two bytes, and of three as they stand.
    short: Vec<u64>,
    /// The first four bytes of longer ones.
    long: Vec<u64>,
}

impl Heads {
    /// Bits of each set: 8 KiB, which stay in the nearest memory. There are some five thousand beginnings.
    const BITS: usize = 1 << 16;

    fn new(patterns: &[Vec<u8>]) -> Self {
        let mut heads = Self { short: vec![0; Self::BITS / 64], long: vec![0; Self::BITS / 64] };
        for pattern in patterns {
            match pattern.as_slice() {
                [] | [_] => {}
                [a, b] => heads.short.set(Self::bit([*a, *b, 0, 0])),
                [a, b, c] => heads.short.set(Self::bit([*a, *b, *c, 0])),
                [a, b, c, d, ..] => heads.long.set(Self::bit([*a, *b, *c, *d])),
            }
        }
        heads
    }

    /// Whether any pattern of more than one byte may stand at the beginning of a text.
    fn may_begin(&self, text: &[u8]) -> bool {
        let short = |head| self.short.has(Self::bit(head));
        match *text {
            [a, b, c, d, ..] => {
                self.long.has(Self::bit([a, b, c, d])) || short([a, b, c, 0]) || short([a, b, 0, 0])
            }
            [a, b, c] => short([a, b, c, 0]) || short([a, b, 0, 0]),
            [a, b] => short([a, b, 0, 0]),
            _ => false,
        }
    }

    fn bit(head: [u8; 4]) -> usize {
        /// 2^32 divided by the golden ratio spreads what differs in any byte over the highest bits.
        const SPREAD: u32 = 0x9E37_79B1;
        (u32::from_le_bytes(head).wrapping_mul(SPREAD) >> 16) as usize
    }
}

/// A set of numbers, one bit each.
trait Bits {
    fn set(&mut self, bit: usize);
    fn has(&self, bit: usize) -> bool;
}

impl Bits for Vec<u64> {
    fn set(&mut self, bit: usize) {
        self[bit / 64] |= 1 << (bit % 64);
    }

    fn has(&self, bit: usize) -> bool {
        self[bit / 64] & (1 << (bit % 64)) != 0
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).expect("loading refuses more text than a tree can hold")
}

#[cfg(test)]
mod tests {
    //! - at every place of a text exactly those patterns are found that it goes on with there

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_begins_at_a_place_is_found_and_nothing_else(
            mut patterns in prop::collection::vec("[ABa.\u{e9}]{1,5}", 0..30),
            text in "[ABa. \u{e9}]{0,40}",
        ) {
            patterns.sort();
            patterns.dedup();
            let patterns: Vec<Vec<u8>> = patterns.into_iter().map(String::into_bytes).collect();
            let trie = Trie::new(&patterns);
            for start in 0..text.len() + 1 {
                let mut found = Vec::new();
                trie.at(text.as_bytes(), start, |end, pattern| found.push((end, pattern)));
                let wanted: Vec<(usize, u32)> = (0..)
                    .zip(&patterns)
                    .filter(|(_, pattern)| text.as_bytes()[start..].starts_with(pattern))
                    .map(|(number, pattern)| (start + pattern.len(), number))
                    .collect();
                prop_assert_eq!(&found, &wanted);
                let begins = text.as_bytes().get(start).is_some_and(|byte| trie.begins(*byte));
                prop_assert!(begins || wanted.is_empty());
            }
        }
    }
}
