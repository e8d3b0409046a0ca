//! What are the people called?
//!
//! Names of invented syllables, so that no reader takes a person of the demo for somebody who exists; every name says
//! so itself. A multiplication spreads the combinations over the people, so nobody shares a name with another
//! until all combinations are used up (over half a million).

use crate::random::Random;

const FIRST_STARTS: [&str; 16] =
    ["Mi", "Ta", "Lo", "Ve", "Ka", "So", "Ne", "Ri", "Da", "Fe", "Ju", "Bri", "Ola", "Eri", "Ama", "Zo"];
const FIRST_ENDS: [&str; 16] = [
    "ra", "lin", "vo", "mir", "dan", "sel", "nia", "tor", "wen", "lis", "kan", "ro", "beth", "mo", "rek",
    "yla",
];
const LAST_STARTS: [&str; 24] = [
    "Tol", "Bren", "Kas", "Mor", "Vel", "Dra", "Hul", "Fen", "Sor", "Wib", "Ost", "Quen", "Lar", "Gim",
    "Pel", "Nov", "Ulb", "Zan", "Cre", "Jas", "Ild", "Rup", "Emb", "Yor",
];
const LAST_MIDDLES: [&str; 8] = ["va", "de", "ri", "lo", "mi", "ne", "sta", "bo"];
const LAST_ENDS: [&str; 12] =
    ["ne", "dell", "wick", "lund", "strel", "nock", "ford", "quist", "ming", "thar", "zek", "rand"];

const FIRSTS: u64 = (FIRST_STARTS.len() * FIRST_ENDS.len()) as u64;
const LASTS: u64 = (LAST_STARTS.len() * LAST_MIDDLES.len() * LAST_ENDS.len()) as u64;
/// Without a common factor with the number of names (2^16 x 3^2 = 589,824), so that every name comes once.
const STEP: u64 = 389_171;

/// An invented person's name and mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// "Mira Tolvane (invented)".
    pub full: String,
    /// At a domain that is reserved for examples (RFC 2606), in lower case, with the person's number.
    pub email: String,
}

/// Names the person of a number.
pub(crate) fn name(seed: u64, number: usize) -> Name {
    let offset = Random::new(seed).below(FIRSTS * LASTS);
    let place = ((number as u64 % (FIRSTS * LASTS)) * STEP + offset) % (FIRSTS * LASTS);
    let (first, last) = (first(place % FIRSTS), last(place / FIRSTS));
    let domain = if number.is_multiple_of(3) { "example.org" } else { "example.com" };
    let email = format!("{}.{}{number}@{domain}", first.to_lowercase(), last.to_lowercase());
    Name { full: format!("{first} {last} (invented)"), email }
}

fn first(place: u64) -> String {
    let place = place as usize;
    format!("{}{}", FIRST_STARTS[place / FIRST_ENDS.len()], FIRST_ENDS[place % FIRST_ENDS.len()])
}

fn last(place: u64) -> String {
    let place = place as usize;
    let (rest, end) = (place / LAST_ENDS.len(), place % LAST_ENDS.len());
    let (start, middle) = (rest / LAST_MIDDLES.len(), rest % LAST_MIDDLES.len());
    format!("{}{}{}", LAST_STARTS[start], LAST_MIDDLES[middle], LAST_ENDS[end])
}

#[cfg(test)]
mod tests {
    //! - No two people share a name or an address, whatever the seed.
    //! - Every name says that it is invented, and every address is at a domain for examples.

    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_people_share_a_name_or_an_address() {
        for seed in [0, 1, crate::SEED, u64::MAX] {
            let names: Vec<Name> = (1..=100_000).map(|number| name(seed, number)).collect();
            assert_eq!(names.iter().map(|name| &name.full).collect::<HashSet<_>>().len(), 100_000);
            assert_eq!(names.iter().map(|name| &name.email).collect::<HashSet<_>>().len(), 100_000);
        }
    }

    #[test]
    fn every_name_says_that_it_is_invented() {
        for name in (1..500).map(|number| name(9, number)) {
            assert!(name.full.ends_with(" (invented)"));
            assert!(name.email.ends_with("@example.com") || name.email.ends_with("@example.org"));
            assert_eq!(name.email, name.email.to_lowercase());
        }
    }
}
