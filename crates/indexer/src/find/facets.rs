//! What those who are found have in common: values with how many people have each, exact.
//!
//! Whatever stands in the columns is counted there. Skills are counted person by person, or, of many people and when it was
//! asked before, by sets of those who hold the frequent ones (`frequent`); of a block of which most are
//! found, those who are not found are counted instead, and taken off the block's lists of holders, whose lengths are
//! known. The rest is counted in the index, term by term. Of whom a value is not known is counted too, and never taken
//! for one.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::Ordering;
use std::{fmt, str::FromStr};

use stackscout_evidence::bits::set_range;
use stackscout_evidence::{EvidenceError, LazyColumns, Pieces, PlaceRow};
use stackscout_taxonomy::Taxonomy;

use super::bits::{count, count_range, holds, places};
use super::frequent::{Counters, Frequent, TOGETHER, count_skills};
use super::{Finder, Matches};
use crate::IndexError;
use crate::query::KeyField;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Skills held, by id.
    Skill,
    /// Kinds of the skills held, each once a person.
    Kind,
    /// Country, by code.
    Country,
    /// City, by key.
    City,
    /// Seniority as stated, word by word.
    Seniority,
    /// Remote work, `yes` or `no`.
    Remote,
    /// Years of experience in all, in bands.
    Years,
    /// Sources that know the person.
    Source,
    /// Tags.
    Tag,
    /// How far their applications are.
    Stage,
}

impl Facet {
    /// Every facet, in the order in which they are printed.
    pub const ALL: [Self; 10] = [
        Self::Skill,
        Self::Kind,
        Self::Country,
        Self::City,
        Self::Seniority,
        Self::Remote,
        Self::Years,
        Self::Source,
        Self::Tag,
        Self::Stage,
    ];

    /// The word of `--facets` and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Skill => "skill",
            Self::Kind => "kind",
            Self::Country => "country",
            Self::City => "city",
            Self::Remote => "remote",
            Self::Years => "years",
            Self::Source => "source",
            Self::Tag => "tag",
            Self::Stage => "stage",
            Self::Seniority => "seniority",
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Facet {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|facet| facet.word() == word).ok_or(())
    }
}

/// One facet of those who are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What was counted.
    pub facet: Facet,
    /// Values with how many people have each; the most frequent first, then in the order of letters, and bands of years
    /// in their own. Values that nobody has are absent.
    pub values: Vec<(String, u64)>,
    /// Of how many people no value is known.
    pub unknown: u64,
}

/// Bands of years in all: each from so many tenths to below the next.
const BANDS: [(u16, &str); 6] =
    [(0, "0..1.9"), (20, "2..4.9"), (50, "5..9.9"), (100, "10..14.9"), (150, "15..19.9"), (200, ">=20")];

impl Finder {
    /// Counts facets of those who are found.
    ///
    /// # Errors
    /// Where index or columns cannot be read.
    pub fn facets(
        &self,
        found: &Matches,
        facets: &[Facet],
        taxonomy: &Taxonomy,
    ) -> Result<Vec<Counted>, IndexError> {
        facets.iter().map(|facet| self.facet(found, *facet, taxonomy)).collect()
    }

    fn facet(&self, found: &Matches, facet: Facet, taxonomy: &Taxonomy) -> Result<Counted, IndexError> {
        // Each of these gives its values in the order of letters.
        let (mut values, unknown) = match facet {
            Facet::Skill => self.skills(found, taxonomy)?,
            Facet::Kind => self.kinds(found, taxonomy)?,
            Facet::Country => self.of_places(found, PlaceRow::country, |country| country.code().to_owned()),
            Facet::Remote => self.of_places(
                found,
                |place| place.remote().map(crate::schema::yes_no),
                |yes| (*yes).to_owned(),
            ),
            Facet::Years => return self.bands(found),
            Facet::City => self.terms(found, KeyField::City)?,
            Facet::Seniority => self.terms(found, KeyField::Seniority)?,
            Facet::Source => self.terms(found, KeyField::Source)?,
            Facet::Tag => self.terms(found, KeyField::Tag)?,
            Facet::Stage => self.terms(found, KeyField::Stage)?,
        };
        values.sort_by_key(|(_, count)| Reverse(*count));
        Ok(Counted { facet, values, unknown })
    }

    fn files<'a>(&'a self, found: &'a Matches) -> impl Iterator<Item = (LazyColumns<'a>, &'a [u64])> {
        self.evidence.columns().zip(found.files.iter().map(Vec::as_slice))
    }

    /// Values have to be in the order of their words.
    fn of_places<V: Ord>(
        &self,
        found: &Matches,
        value: impl Fn(&PlaceRow) -> Option<V>,
        word: impl Fn(&V) -> String,
    ) -> (Vec<(String, u64)>, u64) {
        let mut counts: BTreeMap<Option<V>, u64> = BTreeMap::new();
        for (columns, bits) in self.files(found) {
            let mut of_place: Vec<u64> = columns
                .place_starts()
                .windows(2)
                .map(|bounds| count_range(bits, bounds[0] as usize..bounds[1] as usize))
                .collect();
            let aside = (columns.open_people()..columns.people()).filter(|at| holds(bits, *at));
            aside.for_each(|at| of_place[columns.place_of(at)] += 1);
            for (place, count) in columns.places().iter().zip(of_place).filter(|(_, count)| *count > 0) {
                *counts.entry(value(place)).or_insert(0) += count;
            }
        }
        let unknown = counts.remove(&None).unwrap_or(0);
        (counts.into_iter().filter_map(|(value, count)| Some((word(&value?), count))).collect(), unknown)
    }

    fn bands(&self, found: &Matches) -> Result<Counted, IndexError> {
        let mut counts = [0_u64; BANDS.len()];
        let mut unknown = 0;
        for (columns, bits) in self.files(found) {
            let totals = columns.totals()?;
            for at in places(bits) {
                match totals[at] {
                    u16::MAX => unknown += 1,
                    tenths => counts[BANDS.partition_point(|(from, _)| *from <= tenths) - 1] += 1,
                }
            }
        }
        let values = BANDS.iter().zip(counts).filter(|(_, count)| *count > 0);
        let values = values.map(|((_, band), count)| ((*band).to_owned(), count)).collect();
        Ok(Counted { facet: Facet::Years, values, unknown })
    }

    fn skills(&self, found: &Matches, taxonomy: &Taxonomy) -> Result<(Vec<(String, u64)>, u64), IndexError> {
        let mut counts = vec![0_u64; taxonomy.skills().len()];
        let mut unknown = 0;
        for (file, (columns, bits)) in self.files(found).enumerate() {
            add_skills(columns, bits, self.frequent(file, found.total)?, &mut counts)?;
            let without = self.without_skills(file)?.iter().zip(bits);
            unknown += without.map(|(none, found)| u64::from((none & found).count_ones())).sum::<u64>();
        }
        let values = taxonomy.skills().zip(counts).filter(|(_, count)| *count > 0);
        Ok((values.map(|((_, skill), count)| (skill.id.clone(), count)).collect(), unknown))
    }

    /// The frequent skills of a file, where it was asked before to count so many people that they make a difference: once is
    /// faster without.
    fn frequent(&self, file: usize, people: u64) -> Result<Option<&Frequent>, IndexError> {
        if let Some(frequent) = self.frequent[file].get() {
            return Ok(Some(frequent));
        }
        let columns = self.evidence.file(file);
        let are_many = people * MANY_PART > columns.people() as u64;
        if !are_many || !self.counted_many[file].swap(true, Ordering::Relaxed) {
            return Ok(None);
        }
        let frequent = Frequent::new(columns)?;
        Ok(Some(self.frequent[file].get_or_init(|| frequent)))
    }

    /// Those of a file of whom no skill is known.
    fn without_skills(&self, file: usize) -> Result<&[u64], IndexError> {
        if let Some(without) = self.without_skills[file].get() {
            return Ok(without);
        }
        let columns = self.evidence.file(file);
        let mut without = vec![0_u64; columns.people().div_ceil(64)];
        for (at, bounds) in columns.starts()?.windows(2).enumerate() {
            without[at / 64] |= u64::from(bounds[0] == bounds[1]) << (at % 64);
        }
        Ok(self.without_skills[file].get_or_init(|| without))
    }

    /// How many people hold each skill, in all.
    pub(super) fn count_holders(&self) -> Result<Vec<u64>, IndexError> {
        let mut counts = vec![0_u64; self.evidence.columns().next().map_or(0, LazyColumns::skills)];
        for (file, columns) in self.evidence.columns().enumerate() {
            let mut alive = vec![0; columns.people().div_ceil(64)];
            set_range(&mut alive, 0..columns.people());
            for (word, hidden) in alive.iter_mut().zip(self.evidence.hidden(file).unwrap_or_default()) {
                *word &= !hidden;
            }
            add_skills(columns, &alive, None, &mut counts)?;
        }
        Ok(counts)
    }

    fn kinds(&self, found: &Matches, taxonomy: &Taxonomy) -> Result<(Vec<(String, u64)>, u64), IndexError> {
        let mut words: Vec<&str> = taxonomy.skills().map(|(_, skill)| skill.kind.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        let number = |kind: &str| words.binary_search(&kind).expect("every kind is among the kinds");
        let kind_of: Vec<usize> = taxonomy.skills().map(|(_, skill)| number(&skill.kind)).collect();
        let mut counts = vec![0_u64; words.len()];
        // For each kind the person who was last seen to have it: each counts once.
        let mut seen = vec![0_usize; words.len()];
        let (mut person, mut unknown) = (0, 0);
        for (columns, bits) in self.files(found) {
            let starts = columns.starts()?;
            for at in places(bits) {
                person += 1;
                let own = columns.evidence(starts[at] as usize..starts[at + 1] as usize)?;
                unknown += u64::from(own.is_empty());
                for evidence in own.iter() {
                    let kind = kind_of[usize::from(evidence.skill)];
                    counts[kind] += u64::from(seen[kind] != person);
                    seen[kind] = person;
                }
            }
        }
        let values = words.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        Ok((values.map(|(kind, count)| (kind.to_owned(), count)).collect(), unknown))
    }

    fn terms(&self, found: &Matches, field: KeyField) -> Result<(Vec<(String, u64)>, u64), IndexError> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut known: Vec<Vec<u64>> = found.files.iter().map(|file| vec![0; file.len()]).collect();
        let positions =
            (0..self.evidence.files()).map(|file| self.positions(file)).collect::<Result<Vec<_>, _>>()?;
        self.searcher()?.each_term(field, |term, number| {
            for (file, bits) in found.files.iter().enumerate() {
                if let Some(at) = positions[file].of(number).filter(|at| holds(bits, *at)) {
                    super::bits::set(&mut known[file], at);
                    match counts.get_mut(term) {
                        Some(count) => *count += 1,
                        None => _ = counts.insert(term.to_owned(), 1),
                    }
                }
            }
        })?;
        let known: u64 = known.iter().map(|file| count(file)).sum();
        Ok((counts.into_iter().collect(), found.total - known))
    }
}

/// From this part of a block's people on, counting by sets of frequent skills is faster than one by one.
const MANY_PART: u64 = 8;

/// Adds how many of these people of a file hold each skill.
fn add_skills(
    columns: LazyColumns<'_>,
    people: &[u64],
    frequent: Option<&Frequent>,
    counts: &mut [u64],
) -> Result<(), EvidenceError> {
    let tally = Tally { columns, starts: columns.starts()?, frequent };
    let zeros: Counters = vec![[0; 2]; columns.skills()];
    let (mut of_those, mut of_others) = (zeros.clone(), zeros);
    for block in 0..columns.blocks() {
        let places = columns.block(block);
        let there = count_range(people, places.clone());
        if there * 2 <= places.len() as u64 {
            tally.add(people, 0, places, &mut of_those)?;
            continue;
        }
        for (count, bounds) in counts.iter_mut().zip(columns.holder_starts(block).windows(2)) {
            *count += u64::from(bounds[1] - bounds[0]);
        }
        tally.add(people, u64::MAX, places, &mut of_others)?;
    }
    // Whoever has a status stands in no block.
    tally.add(people, 0, columns.open_people()..columns.people(), &mut of_those)?;
    for (count, (those, others)) in counts.iter_mut().zip(of_those.into_iter().zip(of_others)) {
        // Who is not found in a block was counted among its holders.
        *count += u64::from(those[0]) + u64::from(those[1]);
        *count -= u64::from(others[0]) + u64::from(others[1]);
    }
    Ok(())
}

/// Counts the skills of people.
struct Tally<'a> {
    columns: LazyColumns<'a>,
    starts: &'a [u32],
    frequent: Option<&'a Frequent>,
}

impl Tally<'_> {
    /// Adds the skills of those of a range who are in a set, or, with `turn` all ones, who are not.
    fn add(
        &self,
        set: &[u64],
        turn: u64,
        people: Range<usize>,
        counters: &mut Counters,
    ) -> Result<(), EvidenceError> {
        let first = people.start / 64;
        let mut part: Vec<u64> =
            set[first..people.end.div_ceil(64).max(first)].iter().map(|word| word ^ turn).collect();
        if let Some(word) = part.first_mut() {
            *word &= u64::MAX << (people.start % 64);
        }
        if let Some(word) = part.last_mut()
            && !people.end.is_multiple_of(64)
        {
            *word &= u64::MAX >> (64 - people.end % 64);
        }
        if let Some(frequent) = self.frequent
            && count(&part) * MANY_PART > people.len() as u64
        {
            frequent.add(first, &part, counters);
            return Ok(());
        }
        let mut together = [Pieces::default(); TOGETHER];
        let mut waiting = 0;
        for (at, mut word) in (first..).zip(part).filter(|(_, word)| *word != 0) {
            // The evidence of neighbours lies side by side: compared with its checksum once for all of them.
            let (head, end) =
                (at * 64 + word.trailing_zeros() as usize, (at + 1) * 64 - word.leading_zeros() as usize);
            let base = self.starts[head] as usize;
            let evidence = self.columns.evidence(base..self.starts[end] as usize)?;
            while word != 0 {
                let person = at * 64 + word.trailing_zeros() as usize;
                word &= word - 1;
                let own = self.starts[person] as usize - base..self.starts[person + 1] as usize - base;
                together[waiting] = evidence.part(own);
                waiting += 1;
                if waiting == TOGETHER {
                    count_skills(&together, counters);
                    waiting = 0;
                }
            }
        }
        count_skills(&together[..waiting], counters);
        Ok(())
    }
}
