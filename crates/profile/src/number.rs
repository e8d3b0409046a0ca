//! The candidate number: the one key that records, index and rankings share.

use std::{fmt, str::FromStr};

/// A candidate's number in its pool, given in order of acceptance, from 1. Printed `c0000001`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CandidateNumber(pub u32);

impl fmt::Display for CandidateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{:07}", self.0)
    }
}

impl FromStr for CandidateNumber {
    type Err = String;

    /// Reads `c0000001`; fewer digits will do (`c1`). A number alone may be an id of some source, and is none here.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix(['c', 'C']).unwrap_or("-");
        let number = if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None };
        number
            .filter(|n| *n > 0)
            .map(Self)
            .ok_or_else(|| format!("`{text}` is no candidate id such as `c0000001`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_reads_back() {
        for n in [1, 42, 9_999_999, 10_000_000, u32::MAX] {
            let number = CandidateNumber(n);
            assert_eq!(number.to_string().parse(), Ok(number));
        }
        assert_eq!("c7".parse(), Ok(CandidateNumber(7)));
        for bad in ["", "c", "c0", "7", "x1", "c-1", "c+1", "c4294967296"] {
            assert!(bad.parse::<CandidateNumber>().is_err(), "{bad}");
        }
    }
}
