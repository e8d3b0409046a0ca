//! What one half of the people teaches: how often frameworks are held, and held together.

use super::survey::{Groups, bits};

/// Thousandths, the unit of ratios.
pub const ONE: u64 = 1_000;

/// Counts of people.
#[derive(Debug, Clone)]
pub struct Learned {
    people: u64,
    /// `together[a][b]`: people who have both; on the diagonal, people who have one.
    together: Vec<Vec<u64>>,
}

impl Learned {
    /// Counts over groups of people.
    #[must_use]
    pub fn from(groups: &Groups, frameworks: usize) -> Self {
        let mut together = vec![vec![0; frameworks]; frameworks];
        for (held, people) in groups {
            for a in bits(*held) {
                for b in bits(*held) {
                    together[a][b] += people;
                }
            }
        }
        Self { people: groups.values().sum(), together }
    }

    /// People who have both.
    #[must_use]
    pub fn both(&self, a: usize, b: usize) -> u64 {
        self.together[a][b]
    }

    /// People who have the rarer of the two.
    #[must_use]
    pub fn rarer(&self, a: usize, b: usize) -> u64 {
        self.together[a][a].min(self.together[b][b])
    }

    /// Of the people who have `from`, the share who have `to`, in thousand-millionths; 0 where nobody has `from`.
    #[must_use]
    pub fn share(&self, from: usize, to: usize) -> u64 {
        (self.together[from][to] * 1_000_000_000).checked_div(self.together[from][from]).unwrap_or(0)
    }

    /// How many times as frequent `from` is among people who have `to` as among those who have not, in thousandths.
    /// Each count is raised by a half, and each kind of people by one, so that nothing is divided by nothing.
    #[must_use]
    pub fn ratio(&self, from: usize, to: usize) -> u64 {
        let having = self.together[to][to];
        let with = 2 * self.together[from][to] + 1;
        let without = 2 * (self.together[from][from] - self.together[from][to]) + 1;
        ONE * with * (self.people - having + 1) / (without * (having + 1))
    }

    /// The ratio of `from` against the middle one of all towards `to`, in thousandths. Who has a rare framework names
    /// many of all kinds; comparing within one target takes that out.
    #[must_use]
    pub fn relative(&self, from: usize, to: usize) -> u64 {
        let mut all: Vec<u64> =
            (0..self.together.len()).filter(|a| *a != to).map(|a| self.ratio(a, to)).collect();
        all.sort_unstable();
        let middle = all.get(all.len() / 2).copied().unwrap_or(ONE).max(1);
        self.ratio(from, to) * ONE / middle
    }

    /// What having `from` (or not having it) says for `to`: the binary logarithm of the likelihood ratio, in
    /// 2^-20. Counts are raised by one, and by two in all.
    #[must_use]
    pub fn weight(&self, from: usize, to: usize, has: bool) -> i64 {
        let (having, lacking) = (self.together[to][to], self.people - self.together[to][to]);
        let (both, only) = (self.together[from][to], self.together[from][from] - self.together[from][to]);
        let (in_having, in_lacking) = if has { (both, only) } else { (having - both, lacking - only) };
        log2(in_having + 1) - log2(having + 2) - log2(in_lacking + 1) + log2(lacking + 2)
    }
}

/// The binary logarithm in 2^-20, cut off, from integers alone: the same on every machine. `n` is at least 1.
fn log2(n: u64) -> i64 {
    let whole = n.ilog2();
    // A value from 1 to 2 in 2^-62; each squaring gives one more binary digit.
    let mut value = u128::from(n) << (62 - whole);
    let mut digits = i64::from(whole);
    for _ in 0..20 {
        value = (value * value) >> 62;
        digits *= 2;
        if value >> 63 == 1 {
            value >>= 1;
            digits += 1;
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    //! - the logarithm is that of the library, to its last digit but one
    //! - ratios and shares are those worked by hand

    use super::*;

    #[test]
    #[expect(clippy::cast_precision_loss, reason = "small integers")]
    fn the_logarithm_is_that_of_the_library() {
        for n in (1..5_000).chain([45_161, u64::from(u32::MAX)]) {
            let exact = (n as f64).log2() * f64::from(1 << 20);
            assert!((log2(n) as f64 - exact).abs() < 2.0, "{n}: {} and {exact}", log2(n));
        }
    }

    #[test]
    fn ratios_and_shares_are_those_worked_by_hand() {
        // Bits: a, b, c. Four have a and b, two have b alone, one has a and c, three have c.
        let groups = Groups::from([(0b011, 4), (0b010, 2), (0b101, 1), (0b100, 3)]);
        let learned = Learned::from(&groups, 3);
        assert_eq!(learned.share(0, 1), 800_000_000);
        assert_eq!(learned.share(1, 0), 666_666_666);
        // a among the six with b: 4.5 of 7; among the four without: 1.5 of 5.
        assert_eq!(learned.ratio(0, 1), 1_000 * 9 * 5 / (3 * 7));
        assert_eq!(learned.ratio(2, 1), 1_000 * 5 / (9 * 7));
        // Two others towards b; the middle of two is the greater.
        assert_eq!(learned.relative(0, 1), 1_000);
        let weight = log2(5) - log2(8) - log2(2) + log2(6);
        assert_eq!(learned.weight(0, 1, true), weight);
    }
}
