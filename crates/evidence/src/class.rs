//! The class of a piece of evidence: all that any role can make of it, apart from which skill it is of.

use std::cmp::{Ordering, Reverse};

use stackscout_profile::{EvidenceSource, SkillEvidence, Years};
use stackscout_taxonomy::SkillIx;
use stackscout_taxonomy::written::LastUsed;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// A number that is not known.
pub(crate) const UNKNOWN: u16 = u16::MAX;

const LAST_UNKNOWN: u8 = 0;
const LAST_YEAR: u8 = 1;
const LAST_CURRENT: u8 = 2;

/// Years, last use and source of one skill of one person, and, where the years are unknown, the person's years in all,
/// which bound them. Two pieces of evidence of one class are worth the same to every role, whoever holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Class {
    /// Tenths, or `UNKNOWN`.
    years: u16,
    /// Tenths of the years in all where `years` is unknown and these are not; else `UNKNOWN`.
    bound: u16,
    /// Year of the last use; 0 where it is none.
    last_year: u16,
    last_kind: u8,
    source: u8,
}

impl Ord for Class {
    /// Stated before mentioned, known years before unknown ones, more years first: so that whoever passes a must,
    /// whatever line it draws, comes before everybody who does not.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |c: &Self| {
            let is_unknown = c.years == UNKNOWN;
            (c.source == 0, is_unknown, Reverse(c.years), c.bound, c.last_kind, c.last_year, c.source)
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Class {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Class {
    /// The class of a piece of evidence of somebody with these years in all.
    #[must_use]
    pub fn of(evidence: &SkillEvidence, total_years: Option<Years>) -> Self {
        let years = evidence.years.map_or(UNKNOWN, Years::tenths);
        let bound =
            if evidence.years.is_some() { UNKNOWN } else { total_years.map_or(UNKNOWN, Years::tenths) };
        let (last_kind, last_year) = match evidence.last_used {
            None => (LAST_UNKNOWN, 0),
            Some(LastUsed::Year(year)) => (LAST_YEAR, year),
            Some(LastUsed::Current) => (LAST_CURRENT, 0),
        };
        let source = match evidence.source {
            EvidenceSource::Mentioned => 0,
            EvidenceSource::Declared => 1,
            EvidenceSource::Worked => 2,
        };
        Self { years, bound, last_year, last_kind, source }
    }

    /// Evidence of this class for a skill.
    #[must_use]
    pub fn evidence(&self, skill: SkillIx) -> SkillEvidence {
        SkillEvidence {
            skill,
            years: Years::from_tenths(self.years),
            last_used: match self.last_kind {
                LAST_UNKNOWN => None,
                LAST_YEAR => Some(LastUsed::Year(self.last_year)),
                _ => Some(LastUsed::Current),
            },
            source: match self.source {
                0 => EvidenceSource::Mentioned,
                1 => EvidenceSource::Declared,
                _ => EvidenceSource::Worked,
            },
        }
    }

    /// The years in all that bound unknown years; `None` where the years are known, or these are not.
    #[must_use]
    pub fn bound(&self) -> Option<Years> {
        Years::from_tenths(self.bound)
    }
}
