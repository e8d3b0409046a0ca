//! The area under the ROC curve, in integers.

use std::collections::BTreeMap;

/// How many people of each kind reached each score.
#[derive(Debug, Default, Clone)]
pub struct Tally(BTreeMap<i64, (u64, u64)>);

impl Tally {
    /// Counts people of one score: those who have what is asked for, and those who have not.
    pub fn add(&mut self, score: i64, having: u64, lacking: u64) {
        let counts = self.0.entry(score).or_default();
        counts.0 += having;
        counts.1 += lacking;
    }

    /// The chance, in millionths and rounded half up, that of a person who has it and one who has not the first scores
    /// higher; equal scores count half. `None` where one of the two kinds is missing.
    #[must_use]
    pub fn area(&self) -> Option<u64> {
        let (mut having, mut lacking_below, mut half_pairs) = (0_u128, 0_u128, 0_u128);
        for (with, without) in self.0.values() {
            let (with, without) = (u128::from(*with), u128::from(*without));
            half_pairs += with * (2 * lacking_below + without);
            having += with;
            lacking_below += without;
        }
        let pairs = having * lacking_below;
        (pairs > 0).then(|| {
            let millionths = (half_pairs * 1_000_000 + pairs) / (2 * pairs);
            u64::try_from(millionths).expect("half_pairs is at most twice pairs")
        })
    }
}

#[cfg(test)]
mod tests {
    //! - the area is that of comparing every pair of people one by one
    //! - equal scores count half, and one kind alone has no area

    use super::*;

    /// The plain twin: every pair of people.
    fn pair_by_pair(people: &[(i64, bool)]) -> Option<u64> {
        let (mut halves, mut pairs) = (0_u64, 0_u64);
        for (score, _) in people.iter().filter(|p| p.1) {
            for (other, _) in people.iter().filter(|p| !p.1) {
                pairs += 1;
                halves += match score.cmp(other) {
                    std::cmp::Ordering::Greater => 2,
                    std::cmp::Ordering::Equal => 1,
                    std::cmp::Ordering::Less => 0,
                };
            }
        }
        (pairs > 0).then(|| (halves * 1_000_000 + pairs) / (2 * pairs))
    }

    fn tally(people: &[(i64, bool)]) -> Tally {
        let mut tally = Tally::default();
        for (score, has) in people {
            tally.add(*score, u64::from(*has), u64::from(!*has));
        }
        tally
    }

    #[test]
    fn the_area_is_that_of_all_pairs() {
        let mut state = 7_u64;
        for round in 0..300 {
            let mut people = Vec::new();
            for _ in 0..round % 40 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                people.push((i64::from((state >> 40) as u8 % 9) - 4, state >> 62 == 0));
            }
            assert_eq!(tally(&people).area(), pair_by_pair(&people), "{people:?}");
        }
    }

    #[test]
    fn equal_scores_count_half_and_one_kind_alone_has_no_area() {
        assert_eq!(tally(&[(3, true), (3, false)]).area(), Some(500_000));
        assert_eq!(tally(&[(4, true), (3, false)]).area(), Some(1_000_000));
        assert_eq!(tally(&[(-1, true), (0, false), (-1, false), (-2, false)]).area(), Some(500_000));
        assert_eq!(tally(&[(1, true)]).area(), None);
        assert_eq!(tally(&[(1, false)]).area(), None);
    }
}
