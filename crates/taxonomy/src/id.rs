//! Names of skills and traits, and the credit between two skills.

use std::fmt;

/// The number of a skill inside one loaded taxonomy.
///
/// Skills are numbered in the order of their ids, so comparing two numbers compares the ids themselves. A number is
/// never stored: another taxonomy gives other numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SkillIx(pub(crate) u16);

impl SkillIx {
    /// The number as an index into a table with a row for each skill.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The skill with this number in the taxonomy that gave it; another taxonomy gives other numbers. For derived
    /// files that carry the taxonomy's fingerprint and are thrown away with it.
    #[must_use]
    pub fn of_same_taxonomy(number: u16) -> Self {
        Self(number)
    }
}

/// The number of a trait inside one loaded taxonomy, in the order of trait ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TraitIx(pub(crate) u16);

impl TraitIx {
    /// The number as an index into a table with a row for each trait.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The trait with this number in the taxonomy that gave it; see [`SkillIx::of_same_taxonomy`].
    #[must_use]
    pub fn of_same_taxonomy(number: u16) -> Self {
        Self(number)
    }
}

/// How much holding one skill counts towards another: 0 (nothing) to 10,000 (the same), in steps of 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Credit(u16);

/// The credit of the skill itself, in ten-thousandths.
pub const CREDIT_FULL: u16 = 10_000;

/// Credits are given in steps of a twentieth: 10,000 / 20.
const CREDIT_STEP: u16 = 500;

impl Credit {
    /// The skill itself.
    pub const FULL: Credit = Credit(CREDIT_FULL);

    /// Checks a credit in ten-thousandths; `None` for 0, for above 10,000 and for what is no multiple of 500.
    #[must_use]
    pub fn new(ten_thousandths: u16) -> Option<Self> {
        (ten_thousandths > 0 && ten_thousandths <= CREDIT_FULL && ten_thousandths.is_multiple_of(CREDIT_STEP))
            .then_some(Self(ten_thousandths))
    }

    /// The credit in ten-thousandths, 500 to 10,000.
    #[must_use]
    pub fn ten_thousandths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Credit {
    /// Writes whole percents: every credit is a multiple of 5%.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0 / 100)
    }
}

/// Whether a text is a well-formed id: lower-case letters, digits and single inner hyphens.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_is_a_multiple_of_500_up_to_full() {
        assert_eq!(Credit::new(0), None);
        assert_eq!(Credit::new(499), None);
        assert_eq!(Credit::new(10_500), None);
        assert_eq!(Credit::new(6_000).map(|c| c.to_string()), Some("60%".into()));
        assert_eq!(Credit::new(10_000), Some(Credit::FULL));
    }

    #[test]
    fn slugs_have_no_capitals_spaces_or_outer_hyphens() {
        assert!(is_slug("django-rest-framework") && is_slug("c") && is_slug("h2"));
        assert!(!is_slug("") && !is_slug("Django") && !is_slug("-x") && !is_slug("x-") && !is_slug("a b"));
    }
}
