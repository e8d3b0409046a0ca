//! Ways of ranking people towards a framework that is hidden, from the others that they have.

use stackscout_taxonomy::{SkillIx, Taxonomy};

use super::area::Tally;
use super::learned::Learned;
use super::survey::{Groups, Held, bits};

/// A table with a row for each framework that is held and a column for each that is hidden; the best single one counts.
#[derive(Debug, Clone)]
pub struct Best(Vec<Vec<i64>>);

impl Best {
    /// A table from a function of the held and the hidden framework.
    pub fn new(frameworks: usize, value: impl Fn(usize, usize) -> i64) -> Self {
        Self((0..frameworks).map(|from| (0..frameworks).map(|to| value(from, to)).collect()).collect())
    }

    /// Related credit, exactly as scoring takes it: the best link of the taxonomy, `implies` included.
    #[must_use]
    pub fn credit(taxonomy: &Taxonomy, frameworks: &[SkillIx]) -> Self {
        Self::new(frameworks.len(), |from, to| {
            let link = taxonomy.link(frameworks[from], frameworks[to]);
            link.map_or(0, |link| i64::from(link.credit.ten_thousandths()))
        })
    }

    /// The plain rule: 2 for a language and the kind in common, 1 for a language alone. The languages of a skill are
    /// those that it implies.
    #[must_use]
    pub fn same_language(taxonomy: &Taxonomy, frameworks: &[SkillIx]) -> Self {
        let languages = |skill: SkillIx| -> Vec<SkillIx> {
            let implied = taxonomy.implied_by(skill).iter().copied();
            implied.filter(|s| taxonomy.skill(*s).kind == "language").collect()
        };
        Self::new(frameworks.len(), |from, to| {
            let (from, to) = (frameworks[from], frameworks[to]);
            let of_to = languages(to);
            let common = languages(from).iter().any(|l| of_to.contains(l));
            let same_kind = taxonomy.skill(from).kind == taxonomy.skill(to).kind;
            i64::from(common) + i64::from(common && same_kind)
        })
    }

    /// The best single conditional probability.
    #[must_use]
    pub fn share(learned: &Learned, frameworks: usize) -> Self {
        Self::new(frameworks, |from, to| learned.share(from, to).cast_signed())
    }

    fn of(&self, others: Held, to: usize) -> i64 {
        bits(others).map(|from| self.0[from][to]).max().unwrap_or(0)
    }
}

/// Naive Bayes: what having each framework, and not having it, says for each that is hidden.
#[derive(Debug, Clone)]
pub struct Bayes {
    /// `weights[to][from]`: without `from`, with it.
    weights: Vec<Vec<[i64; 2]>>,
}

impl Bayes {
    /// All weights that a half teaches.
    #[must_use]
    pub fn new(learned: &Learned, frameworks: usize) -> Self {
        let pair = |from, to| [false, true].map(|has| learned.weight(from, to, has));
        let row = |to| (0..frameworks).map(|from| pair(from, to)).collect();
        Self { weights: (0..frameworks).map(row).collect() }
    }

    fn of(&self, others: Held, to: usize) -> i64 {
        let weights = self.weights[to].iter().enumerate().filter(|(from, _)| *from != to);
        weights.map(|(from, [without, with])| if others >> from & 1 == 1 { *with } else { *without }).sum()
    }
}

/// A way of ranking people.
#[derive(Debug, Clone, Copy)]
pub enum Way<'a> {
    /// By how many other frameworks they have.
    Count,
    /// By the best single one.
    Best(&'a Best),
    /// By all together: naive Bayes over those held and those not held.
    Bayes(&'a Bayes),
}

impl Way<'_> {
    /// The score of somebody who has `others`, towards `to`, which is not among them.
    #[must_use]
    pub fn score(self, others: Held, to: usize) -> i64 {
        match self {
            Self::Count => i64::from(others.count_ones()),
            Self::Best(best) => best.of(others, to),
            Self::Bayes(bayes) => bayes.of(others, to),
        }
    }

    /// The area under the ROC curve towards `to`, in millionths.
    ///
    /// Everybody is in the comparison: those who have `to` with all that they have besides (some have nothing besides),
    /// and those who have it not with all that they have.
    #[must_use]
    pub fn area(self, groups: &Groups, to: usize) -> Option<u64> {
        let mut tally = Tally::default();
        for (held, people) in groups {
            let score = self.score(hide(*held, to), to);
            if held >> to & 1 == 1 { tally.add(score, *people, 0) } else { tally.add(score, 0, *people) }
        }
        tally.area()
    }
}

/// What is left to see of somebody when one framework is hidden.
#[must_use]
pub fn hide(held: Held, to: usize) -> Held {
    held & !(1 << to)
}

#[cfg(test)]
mod tests {
    //! - the hidden framework itself never counts
    //! - who has nothing else stands in the comparison, with nothing
    //! - credit is the best single link

    use super::*;

    #[test]
    fn the_hidden_framework_never_counts() {
        // A table in which holding the hidden one itself would give everything away.
        let telling = Best::new(2, |from, to| i64::from(from == to));
        let groups = Groups::from([(0b01, 3), (0b11, 2), (0b10, 5)]);
        assert_eq!(hide(0b11, 0), 0b10);
        assert_eq!(Way::Best(&telling).area(&groups, 0), Some(500_000));
    }

    #[test]
    fn who_has_nothing_else_stands_in_the_comparison() {
        // Three have a alone (count 0), two a and b (1), five b alone (1): 2 x 5 ties of 25 pairs.
        let groups = Groups::from([(0b01, 3), (0b11, 2), (0b10, 5)]);
        assert_eq!(Way::Count.area(&groups, 0), Some(200_000));
    }

    #[test]
    fn credit_is_the_best_single_link() {
        let taxonomy = Taxonomy::embedded();
        let at = |id: &str| taxonomy.skill_by_id(id).expect("a skill of the taxonomy");
        let frameworks = [at("django"), at("flask"), at("rails"), at("nextjs"), at("react")];
        let credit = Best::credit(&taxonomy, &frameworks);
        assert_eq!(Way::Best(&credit).score(0b110, 0), 6_000);
        assert_eq!(Way::Best(&credit).score(0b100, 0), 4_000);
        assert_eq!(Way::Best(&credit).score(0b01001, 4), 10_000);
        assert_eq!(Way::Best(&credit).score(0, 4), 0);
    }
}
