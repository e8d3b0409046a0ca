//! Rates and ratios of groups: exact, in integers, and nothing but arithmetic.
//!
//! Selection rate = selected / applied; scoring rate = those strictly above the median of the full sample / all; impact
//! ratio = a group's rate / the highest rate (New York City Local Law 144, 6 RCNY 5-301). The line of four fifths (29 CFR
//! 1607.4(D)) is drawn between counts, so that 4 of 6 against 5 of 6 is exactly on it and not under it.

use std::cmp::Ordering;
use std::fmt;

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Those selected, or scored above the median.
    pub chosen: u64,
    /// Everybody in the group.
    pub of: u64,
}

impl Rate {
    /// The order of rates; a group of nobody is below every other.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        match (self.of, other.of) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            _ => (wide(self.chosen) * wide(other.of)).cmp(&(wide(other.chosen) * wide(self.of))),
        }
    }

    /// The rate as a fraction.
    #[must_use]
    pub fn fraction(self) -> Fraction {
        Fraction { over: wide(self.chosen), under: wide(self.of) }
    }

    /// This rate over another; undefined where the other is 0.
    #[must_use]
    pub fn over(self, other: Self) -> Fraction {
        Fraction { over: wide(self.chosen) * wide(other.of), under: wide(other.chosen) * wide(self.of) }
    }

    /// Whether this rate is under four fifths of another: 5 s1 n2 < 4 s2 n1.
    #[must_use]
    pub fn is_under_four_fifths(self, other: Self) -> bool {
        5 * wide(self.chosen) * wide(other.of) < 4 * wide(other.chosen) * wide(self.of)
    }
}

/// Counts are of people, and the product of two of them fits twice over.
fn wide(n: u64) -> u128 {
    u128::from(n)
}

/// An exact fraction of counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    over: u128,
    under: u128,
}

impl Fraction {
    /// With so many decimals, rounded half up; `None` where it is undefined.
    #[must_use]
    pub fn rounded(self, decimals: u32) -> Option<String> {
        let unit = 10_u128.pow(decimals);
        let twice = self.under.checked_mul(2).filter(|twice| *twice > 0)?;
        let rounded = (2 * self.over * unit + self.under) / twice;
        let width = decimals as usize;
        let (whole, rest) = (rounded / unit, rounded % unit);
        Some(if decimals == 0 { whole.to_string() } else { format!("{whole}.{rest:0width$}") })
    }
}

/// With three decimals; `–` where it is undefined.
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rounded(3).unwrap_or_else(|| "–".to_owned()))
    }
}

/// Groups of fewer people than this say too little to compare: each of them is a fifth of the rate or more. No law draws
/// this line; it is ours.
pub const PEOPLE_MIN: u64 = 5;

/// A category under one fiftieth, 2%, of the people of a table may be left out of its ratios (6 RCNY 5-301).
const SMALL_PART: u64 = 50;

/// What four fifths say of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The group has the highest rate.
    Highest,
    /// At least four fifths of the highest rate.
    Within,
    /// Under four fifths of the highest rate.
    Under,
    /// Too few people: fewer than [`PEOPLE_MIN`] in this group or in that of the highest rate, or one more selected in
    /// this group would lift it to the line.
    TooFew,
    /// Left out of the ratios, because it is small.
    LeftOut,
    /// Nobody was selected in any group.
    Undefined,
}

impl Verdict {
    /// The word of JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Highest => "highest",
            Self::Within => "within",
            Self::Under => "under_four_fifths",
            Self::TooFew => "too_few_to_say",
            Self::LeftOut => "left_out",
            Self::Undefined => "undefined",
        }
    }
}

/// A group in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its category, or its categories.
    pub name: String,
    /// Its rate.
    pub rate: Rate,
    /// Whether it is under 2% of the people of the table.
    pub is_small: bool,
    /// Its rate over the highest one; `None` where it is left out of the ratios.
    pub ratio: Option<Fraction>,
    /// What four fifths say.
    pub verdict: Verdict,
}

/// What becomes of small categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Small {
    /// They have ratios like all others.
    Kept,
    /// They have none, and are no highest rate.
    LeftOut,
}

/// A table of groups, in the order given.
#[must_use]
pub fn table(counts: Vec<(String, Rate)>, small: Small) -> Vec<Group> {
    let people: u64 = counts.iter().map(|(_, rate)| rate.of).sum();
    let is_small = |rate: Rate| rate.of * SMALL_PART < people;
    let is_in = |rate: Rate| small == Small::Kept || !is_small(rate);
    let rates = counts.iter().map(|(_, rate)| *rate).filter(|rate| is_in(*rate));
    // Of equal rates that of most people, so that few people are no measure where many are.
    let highest = rates.max_by(|a, b| a.compare(*b).then(a.of.cmp(&b.of)));
    let of = |(name, rate): (String, Rate)| {
        let (ratio, verdict) = match highest {
            _ if !is_in(rate) => (None, Verdict::LeftOut),
            Some(highest) if highest.chosen > 0 => (Some(rate.over(highest)), verdict(rate, highest)),
            _ => (None, Verdict::Undefined),
        };
        Group { name, rate, is_small: is_small(rate), ratio, verdict }
    };
    counts.into_iter().map(of).collect()
}

fn verdict(rate: Rate, highest: Rate) -> Verdict {
    if rate.compare(highest) == Ordering::Equal {
        return Verdict::Highest;
    }
    if rate.of.min(highest.of) < PEOPLE_MIN {
        return Verdict::TooFew;
    }
    if !rate.is_under_four_fifths(highest) {
        return Verdict::Within;
    }
    let one_more = Rate { chosen: rate.chosen + 1, ..rate };
    if one_more.is_under_four_fifths(highest) { Verdict::Under } else { Verdict::TooFew }
}

/// Which of these scores are strictly above their median. Of an even number of scores the median is the mean of the two
/// in the middle.
#[must_use]
pub fn above_median(scores: &[u16]) -> Vec<bool> {
    let mut sorted: Vec<u32> = scores.iter().map(|score| u32::from(*score)).collect();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    let twice = match sorted.len() {
        0 => 0,
        n if n % 2 == 1 => 2 * sorted[middle],
        _ => sorted[middle - 1] + sorted[middle],
    };
    scores.iter().map(|score| 2 * u32::from(*score) > twice).collect()
}

#[cfg(test)]
mod tests {
    //! - the examples of the rules come out as the rules give them
    //! - the line is drawn exactly, and printed numbers are rounded half up from the exact fraction
    //! - groups of few people, and groups that one person would lift to the line, are too few to say
    //! - a small category is named, and left out of the ratios only where that is asked
    //! - the median is that of everybody; nobody at it is above it
    //! - for any counts, the ratios are those of the plain fractions

    use proptest::prelude::*;

    use super::*;

    fn rate(chosen: u64, of: u64) -> Rate {
        Rate { chosen, of }
    }

    fn groups(counts: &[(u64, u64)], small: Small) -> Vec<Group> {
        table(counts.iter().map(|(s, n)| (format!("{s}/{n}"), rate(*s, *n))).collect(), small)
    }

    #[test]
    fn the_examples_of_the_rules() {
        // 6 RCNY 5-303 (b), selection and scoring.
        assert_eq!(rate(555, 1181).over(rate(667, 1390)).to_string(), "0.979");
        assert_eq!(rate(34, 76).over(rate(50, 92)).rounded(2).as_deref(), Some("0.82"));
        // 29 CFR 1607.4(D), as its questions and answers work it: 80 applicants 48, 40 applicants 12.
        assert!(rate(12, 40).is_under_four_fifths(rate(48, 80)));
        assert_eq!(rate(12, 40).over(rate(48, 80)).to_string(), "0.500");
    }

    #[test]
    fn the_line_is_drawn_exactly() {
        assert!(!rate(4, 6).is_under_four_fifths(rate(5, 6)), "exactly four fifths");
        assert!(rate(399_999, 600_000).is_under_four_fifths(rate(5, 6)));
        assert_eq!(groups(&[(4, 6), (5, 6)], Small::Kept)[0].verdict, Verdict::Within);
        assert_eq!(rate(1, 2).fraction().rounded(0).as_deref(), Some("1"), "half up");
        assert_eq!(rate(5, 1000).fraction().rounded(2).as_deref(), Some("0.01"));
        assert_eq!(rate(1, 3).fraction().to_string(), "0.333");
        assert_eq!(rate(1, 1).over(rate(0, 4)).to_string(), "–");
        let most = rate(u64::from(u32::MAX), u64::from(u32::MAX));
        assert_eq!(most.over(most).to_string(), "1.000");
    }

    #[test]
    fn few_people_are_too_few_to_say() {
        let verdicts = |counts: &[(u64, u64)]| -> Vec<Verdict> {
            groups(counts, Small::Kept).into_iter().map(|g| g.verdict).collect()
        };
        assert_eq!(verdicts(&[(1, 4), (9, 10)]), [Verdict::TooFew, Verdict::Highest]);
        assert_eq!(
            verdicts(&[(7, 10), (9, 10)]),
            [Verdict::TooFew, Verdict::Highest],
            "8 of 10 would be within"
        );
        assert_eq!(verdicts(&[(6, 10), (9, 10)]), [Verdict::Under, Verdict::Highest]);
        assert_eq!(verdicts(&[(0, 10), (0, 9)]), [Verdict::Undefined; 2]);
        assert_eq!(verdicts(&[(9, 10), (9, 10)]), [Verdict::Highest; 2]);
        assert_eq!(
            verdicts(&[(1, 1), (90, 100)]),
            [Verdict::Highest, Verdict::TooFew],
            "one person is no measure"
        );
    }

    #[test]
    fn a_small_category_is_named_and_left_out_only_where_asked() {
        let counts = [(1, 1), (50, 100), (30, 100)];
        let kept = groups(&counts, Small::Kept);
        assert_eq!(kept.iter().map(|g| g.is_small).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(kept[1].ratio.unwrap().to_string(), "0.500");
        let left = groups(&counts, Small::LeftOut);
        assert_eq!((left[0].verdict, left[0].ratio, left[0].rate), (Verdict::LeftOut, None, rate(1, 1)));
        assert_eq!((left[1].verdict, left[2].verdict), (Verdict::Highest, Verdict::Under));
        assert!(!groups(&[(1, 2), (9, 98)], Small::Kept)[0].is_small, "exactly 2% is not under it");
    }

    #[test]
    fn nobody_at_the_median_is_above_it() {
        assert_eq!(above_median(&[5, 1, 3]), [true, false, false]);
        assert_eq!(above_median(&[1, 2, 3, 4]), [false, false, true, true]);
        assert_eq!(above_median(&[7, 7, 7, 7]), [false; 4]);
        assert_eq!(above_median(&[10_000, 10_000, 9_999, 0]), [true, true, false, false]);
        assert_eq!(above_median(&[]), [true; 0]);
    }

    proptest! {
        #[test]
        fn ratios_are_those_of_plain_fractions(counts in prop::collection::vec((0..400_u64, 1..400_u64), 1..6)) {
            let counts: Vec<(u64, u64)> = counts.into_iter().map(|(s, n)| (s.min(n), n)).collect();
            let highest = counts.iter().map(|(s, n)| *s as f64 / *n as f64).fold(0.0, f64::max);
            for (group, (s, n)) in groups(&counts, Small::Kept).iter().zip(&counts) {
                let ratio = group.ratio.and_then(|ratio| ratio.rounded(6));
                prop_assert_eq!(ratio.is_some(), highest > 0.0);
                if let Some(ratio) = ratio {
                    let plain = *s as f64 / *n as f64 / highest;
                    prop_assert!((ratio.parse::<f64>().unwrap() - plain).abs() < 1e-6);
                    prop_assert_eq!(group.verdict == Verdict::Highest, (plain - 1.0).abs() < 1e-12);
                    prop_assert!(group.verdict != Verdict::Under || plain < 0.8);
                }
            }
        }
    }
}
