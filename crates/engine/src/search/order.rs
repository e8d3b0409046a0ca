//! The orders of a search, and places in them.

use std::cmp::Reverse;
use std::str::FromStr;

use stackscout_evidence::LazyColumns;
use stackscout_indexer::{Finder, Matches, Query};
use stackscout_matcher::weigh::{Best, Placed, Rung, Wanted, Weigher};
use stackscout_profile::{CandidateNumber, Date, Years};

use crate::{EngineError, Pool};

/// What people are ordered by. Of equals the smaller candidate number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// What their evidence is worth to the skills asked for.
    Evidence,
    /// Candidate numbers: the order in which people came.
    Number,
    /// Years of experience in all, most first; unknown ones last.
    Years,
    /// The last change of anything known of them, newest first.
    Updated,
    /// Names, without case and accents; people without one last.
    Name,
}

impl Sort {
    /// Every order, as it is documented.
    pub const ALL: [Self; 5] = [Self::Evidence, Self::Number, Self::Years, Self::Updated, Self::Name];

    /// The word of `--sort` and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Number => "number",
            Self::Years => "years",
            Self::Updated => "updated",
            Self::Name => "name",
        }
    }
}

impl FromStr for Sort {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|sort| sort.word() == word).ok_or(())
    }
}

/// A place in an order as a text.
pub(super) fn cursor(placed: &Placed) -> String {
    format!("{:x}-{}", placed.rung.value.0, placed.rung.number)
}

fn read_cursor(text: &str) -> Option<Rung> {
    let (value, number) = text.trim().split_once('-')?;
    let number: CandidateNumber = number.parse().ok()?;
    Some(Rung { value: Reverse(u64::from_str_radix(value, 16).ok()?), number })
}

impl Pool {
    /// The first `most` of those who are found, after a place where one is given.
    pub(super) fn in_order(
        &self,
        finder: &Finder,
        query: &Query,
        found: &Matches,
        sort: Sort,
        most: usize,
        after: Option<&str>,
    ) -> Result<Vec<Placed>, EngineError> {
        let refused = || EngineError::Cursor(after.unwrap_or_default().to_owned());
        let after = match after {
            Some(text) => Some(read_cursor(text).filter(|_| sort != Sort::Name).ok_or_else(refused)?),
            None => None,
        };
        let evidence = finder.evidence();
        let mut best = Best::new(most, after);
        let numbers = evidence.columns().map(LazyColumns::numbers).collect::<Result<Vec<_>, _>>()?;
        match sort {
            Sort::Evidence => {
                let clauses = query.skill_clauses().into_iter();
                let wanted: Vec<Wanted> =
                    clauses.map(|c| Wanted { skills: c.skills, years: c.years }).collect();
                let any_day = Date::new(2000, 1, 1).ok_or(EngineError::NoDate)?;
                let mut weigher = Weigher::new(evidence, &wanted, any_day);
                for file in 0..evidence.files() {
                    weigher.offer(file, found.of_file(file), &mut best)?;
                }
            }
            Sort::Number => {
                found.people().for_each(|(file, person)| best.offer(0, numbers[file][person], file, person));
            }
            Sort::Years => {
                let totals = evidence.columns().map(LazyColumns::totals).collect::<Result<Vec<_>, _>>()?;
                for (file, person) in found.people() {
                    let years = Years::from_tenths(totals[file][person]);
                    let value = years.map_or(0, |years| u64::from(years.tenths()) + 1);
                    best.offer(value, numbers[file][person], file, person);
                }
            }
            Sort::Updated => {
                let changes = self.store.last_changes()?;
                for (file, person) in found.people() {
                    let number = numbers[file][person];
                    let change = changes.get(number as usize).copied().unwrap_or(0);
                    best.offer(change, number, file, person);
                }
            }
            Sort::Name => return self.by_names(finder, found, most),
        }
        Ok(best.in_order())
    }

    /// Names stand in the records alone, so that those of everybody who is found are read.
    fn by_names(&self, finder: &Finder, found: &Matches, most: usize) -> Result<Vec<Placed>, EngineError> {
        let mut named = Vec::new();
        let numbers = finder.evidence().columns().map(LazyColumns::numbers).collect::<Result<Vec<_>, _>>()?;
        for (file, person) in found.people() {
            let number = CandidateNumber(numbers[file][person]);
            let name = self.candidate(number)?.name;
            let key = name.map(|name| stackscout_indexer::words::words(&name).join(" "));
            named.push((key.is_none(), key, number, file, person));
        }
        named.sort_unstable();
        named.truncate(most);
        let placed = named.into_iter().map(|(_, _, number, file, person)| Placed {
            rung: Rung { value: Reverse(0), number },
            file,
            person,
        });
        Ok(placed.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_and_nothing_else_does() {
        let rung = Rung { value: Reverse(0x5_0000_0fff), number: CandidateNumber(12) };
        let text = cursor(&Placed { rung, file: 0, person: 3 });
        assert_eq!(read_cursor(&text), Some(rung));
        for text in ["", "-", "c12", "zz-c12", "12-", "12-12x"] {
            assert_eq!(read_cursor(text), None, "{text}");
        }
    }
}
