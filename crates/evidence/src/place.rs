//! Where people are and where they would work: the first thing that people are ordered by.

use stackscout_profile::{Country, Facts};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Country, remote work and relocation of a person. People of one place stand together.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, FromBytes, IntoBytes, KnownLayout, Immutable,
)]
#[repr(C)]
pub struct PlaceRow {
    /// Two zeros where the country is unknown.
    country: [u8; 2],
    remote: u8,
    relocation: u8,
}

impl PlaceRow {
    pub(crate) fn of(facts: &Facts) -> Self {
        let country = facts.country.map_or([0; 2], |country| two_letters(country.code()));
        Self { country, remote: three(facts.remote), relocation: three(facts.relocation) }
    }

    /// Country of residence.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        country(self.country)
    }

    /// Willing to work remotely.
    #[must_use]
    pub fn remote(&self) -> Option<bool> {
        known(self.remote)
    }

    /// Willing to move.
    #[must_use]
    pub fn relocation(&self) -> Option<bool> {
        known(self.relocation)
    }
}

pub(crate) fn two_letters(code: &str) -> [u8; 2] {
    let mut letters = [0; 2];
    letters.copy_from_slice(&code.as_bytes()[..2]);
    letters
}

pub(crate) fn country(code: [u8; 2]) -> Option<Country> {
    Country::from_code(std::str::from_utf8(&code).ok()?)
}

fn three(answer: Option<bool>) -> u8 {
    match answer {
        Some(true) => 0,
        None => 1,
        Some(false) => 2,
    }
}

fn known(code: u8) -> Option<bool> {
    match code {
        0 => Some(true),
        1 => None,
        _ => Some(false),
    }
}
