//! The orders of a search, and places in them.

use std::cmp::Reverse;
use std::str::FromStr;

use stackscout_evidence::LazyColumns;
use stackscout_indexer::{Finder, Matches, Query, SkillClause};
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

/// A place in an order as a text: the word of the order, what it is by, and the person.
pub(super) fn cursor(sort: Sort, placed: &Placed) -> String {
    format!("{}-{:x}-{}", sort.word(), placed.rung.value.0, placed.rung.number)
}

fn read_cursor(text: &str) -> Option<(Sort, Rung)> {
    let (sort, place) = text.trim().split_once('-')?;
    let (value, number) = place.split_once('-')?;
    let number: CandidateNumber = number.parse().ok()?;
    Some((sort.parse().ok()?, Rung { value: Reverse(u64::from_str_radix(value, 16).ok()?), number }))
}

/// The place that a text stands for in this order. A place in another order would be anywhere in this one.
fn place_in(sort: Sort, text: &str) -> Result<Rung, EngineError> {
    match read_cursor(text) {
        Some((of, rung)) if of == sort && sort != Sort::Name => Ok(rung),
        Some((of, _)) if of != sort => {
            Err(EngineError::CursorOfAnother { cursor: text.to_owned(), of: of.word(), asked: sort.word() })
        }
        _ => Err(EngineError::Cursor(text.to_owned())),
    }
}

fn wanted(clause: SkillClause) -> Wanted {
    let skills = clause.skills.into_iter().map(|(skill, credit)| (skill, credit.ten_thousandths()));
    Wanted { skills: skills.collect(), years: clause.years }
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
        let after = after.map(|text| place_in(sort, text)).transpose()?;
        let evidence = finder.evidence();
        let mut best = Best::new(most, after);
        let numbers = evidence.columns().map(LazyColumns::numbers).collect::<Result<Vec<_>, _>>()?;
        match sort {
            Sort::Evidence => {
                let wanted: Vec<Wanted> = query.skill_clauses().into_iter().map(wanted).collect();
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
        let text = cursor(Sort::Years, &Placed { rung, file: 0, person: 3 });
        assert_eq!(read_cursor(&text), Some((Sort::Years, rung)));
        for text in ["", "-", "c12", "12-c12", "size-12-c12", "years-zz-c12", "years-12-", "years-12-12x"] {
            assert_eq!(read_cursor(text), None, "{text}");
        }
    }

    #[test]
    fn a_place_in_another_order_is_refused_and_both_orders_are_named() {
        assert!(place_in(Sort::Evidence, "evidence-12-c0000012").is_ok());
        let error = place_in(Sort::Years, "evidence-12-c0000012").unwrap_err().to_string();
        assert!(error.contains("`--sort evidence`") && error.contains("`--sort years`"), "{error}");
        assert!(place_in(Sort::Name, "name-0-c0000012").is_err());
    }
}
