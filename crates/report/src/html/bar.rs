//! Lengths of the bar that explains a score.
//!
//! Every requirement may fill as much of the bar as its weight is of all weights. What it earned stands in front, end
//! to end, so that the coloured part ends at the score on the same scale as the score's own track; what it left open
//! follows, hatched, in the same order.

use crate::RequirementModel;

/// A piece of the bar, from `x` on, `length` long: percent of the whole bar with three decimals.
#[derive(Debug, PartialEq, Eq)]
pub struct Segment {
    /// Which requirement, from 1.
    pub number: usize,
    /// Which colour.
    pub colour: usize,
    /// Where it begins.
    pub x: String,
    /// How long it is.
    pub length: String,
    /// Its middle, where the number stands.
    pub middle: String,
    /// Whether the number fits even on a telephone.
    pub labelled: bool,
}

/// Colours in the style sheet (`.c0` and on). More requirements than that start over; numbers tell them apart.
pub const COLOURS: usize = 8;

/// A digit is 7 units wide on a bar of no less than 290 units, and wants a little air: 4% are 11.6 units.
const DIGIT_PERMILLE: u64 = 40;

/// What was earned, then what was left open; pieces without length are left out.
pub fn stack(requirements: &[RequirementModel]) -> (Vec<Segment>, Vec<Segment>) {
    let weight: u64 = requirements.iter().map(|r| u64::from(r.weight)).sum();
    let earned = requirements.iter().map(|r| u64::from(r.points));
    let open =
        requirements.iter().map(|r| (u64::from(r.weight) * 10_000).saturating_sub(u64::from(r.points)));
    let total: u64 = earned.clone().sum();
    (segments(0, earned, weight), segments(total, open, weight))
}

/// Edges are rounded, and lengths are what lies between them: so no rounding adds up.
fn segments(from: u64, points: impl Iterator<Item = u64>, weight: u64) -> Vec<Segment> {
    let mut sum = from;
    let mut segments = Vec::new();
    for (at, points) in points.enumerate() {
        let start = thousandths(sum, weight);
        sum += points;
        let length = thousandths(sum, weight) - start;
        if length == 0 {
            continue;
        }
        let digits = if at < 9 { 1 } else { 2 };
        segments.push(Segment {
            number: at + 1,
            colour: at % COLOURS,
            x: percent(start),
            length: percent(length),
            middle: percent(start + length / 2),
            labelled: length >= digits * DIGIT_PERMILLE * 100,
        });
    }
    segments
}

/// Thousandths of a percent of the bar: points / (weight x 10,000) x 100 x 1,000, to the nearest.
fn thousandths(points: u64, weight: u64) -> u64 {
    (2 * points * 10 + weight).checked_div(2 * weight).unwrap_or(0)
}

fn percent(thousandths: u64) -> String {
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}
