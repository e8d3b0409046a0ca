//! Of hits that overlap, the reading that covers most of the text.
//!
//! "Spring Boot" is not "Spring", "Ruby on Rails" is not "Ruby", and "Java Spring Boot" is Java and Spring Boot rather
//! than "Java Spring" and a boot. Of readings that cover as much, the one with fewer names stands; of those, the one whose
//! last name begins first.

use crate::mention::boundary::Candidate;

/// The best reading, in the order of the text. Takes time in proportion to the number of candidates, apart from sorting.
pub(super) fn best_reading(candidates: &mut [Candidate]) -> Vec<Candidate> {
    if let [only] = candidates {
        return vec![*only];
    }
    candidates.sort_unstable_by_key(|c| (c.end, c.start, c.plural, c.pattern));
    // best[i]: the reading of the first i candidates, as (bytes covered, names), and whether candidate i - 1 is in it.
    let mut best: Vec<(usize, usize)> = Vec::with_capacity(candidates.len() + 1);
    let mut taken = Vec::with_capacity(candidates.len());
    best.push((0, 0));
    for (i, candidate) in candidates.iter().enumerate() {
        let compatible = compatible(candidates, i);
        let (covered, names) = best[compatible];
        let with = (covered + candidate.end - candidate.start, names + 1);
        let without = best[i];
        let better = with.0 > without.0 || (with.0 == without.0 && with.1 < without.1);
        taken.push(better);
        best.push(if better { with } else { without });
    }
    let mut reading = Vec::new();
    let mut i = candidates.len();
    while i > 0 {
        if taken[i - 1] {
            reading.push(candidates[i - 1]);
            i = compatible(candidates, i - 1);
        } else {
            i -= 1;
        }
    }
    reading.reverse();
    reading
}

/// How many of the first candidates end before candidate `i` begins.
fn compatible(candidates: &[Candidate], i: usize) -> usize {
    candidates[..i].partition_point(|other| other.end <= candidates[i].start)
}

#[cfg(test)]
mod tests {
    //! - the reading that covers most stands, then the one with fewer names
    //! - a spelling that has a plural's letters itself stands before one that has not

    use super::*;

    fn candidate(start: usize, end: usize, plural: u8, pattern: u32) -> Candidate {
        Candidate { start, end, version_end: end, plural, pattern }
    }

    fn patterns(mut candidates: Vec<Candidate>) -> Vec<u32> {
        best_reading(&mut candidates).iter().map(|c| c.pattern).collect()
    }

    #[test]
    fn the_reading_that_covers_most_stands() {
        // java | java spring | spring | spring boot
        let overlapping = vec![
            candidate(0, 4, 0, 1),
            candidate(0, 11, 0, 2),
            candidate(5, 11, 0, 3),
            candidate(5, 16, 0, 4),
        ];
        assert_eq!(patterns(overlapping), [1, 4]);
        assert_eq!(
            patterns(vec![candidate(0, 5, 0, 1), candidate(0, 12, 0, 2), candidate(6, 12, 0, 3)]),
            [2]
        );
    }

    #[test]
    fn of_equal_readings_the_one_with_fewer_names_stands() {
        assert_eq!(patterns(vec![candidate(0, 2, 0, 1), candidate(2, 4, 0, 2), candidate(0, 4, 0, 3)]), [3]);
    }

    #[test]
    fn a_spelling_with_the_plurals_letter_stands_before_one_without() {
        assert_eq!(patterns(vec![candidate(0, 4, 1, 1), candidate(0, 4, 0, 2)]), [2]);
    }

    #[test]
    fn nothing_makes_an_empty_reading() {
        assert!(patterns(Vec::new()).is_empty());
    }
}
