//! What those who are found have in common: values with how many people have each, exact.
//!
//! Whatever stands in the columns is counted there. Skills are counted person by person; where most of a file is found,
//! those who are not found are counted instead, and taken off the count of everybody. The rest is counted in the index,
//! term by term. Of whom a value is not known is counted too, and never taken for one.

use std::collections::BTreeMap;
use std::{fmt, str::FromStr};

use stackscout_evidence::Columns;
use stackscout_evidence::bits::set_range;
use stackscout_taxonomy::Taxonomy;

use super::bits::{count, count_range, holds, places};
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
    /// Where the index cannot be read.
    pub fn facets(
        &self,
        found: &Matches,
        facets: &[Facet],
        taxonomy: &Taxonomy,
    ) -> Result<Vec<Counted>, IndexError> {
        facets.iter().map(|facet| self.facet(found, *facet, taxonomy)).collect()
    }

    fn facet(&self, found: &Matches, facet: Facet, taxonomy: &Taxonomy) -> Result<Counted, IndexError> {
        let (mut values, unknown) = match facet {
            Facet::Skill => self.skills(found, taxonomy),
            Facet::Kind => self.kinds(found, taxonomy),
            Facet::Country => self.of_places(found, |place| place.country().map(|c| c.code().to_owned())),
            Facet::Remote => {
                self.of_places(found, |place| place.remote().map(|yes| crate::schema::yes_no(yes).to_owned()))
            }
            Facet::Years => return Ok(self.bands(found)),
            Facet::City => self.terms(found, KeyField::City)?,
            Facet::Seniority => self.terms(found, KeyField::Seniority)?,
            Facet::Source => self.terms(found, KeyField::Source)?,
            Facet::Tag => self.terms(found, KeyField::Tag)?,
            Facet::Stage => self.terms(found, KeyField::Stage)?,
        };
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(Counted { facet, values, unknown })
    }

    fn files<'a>(&'a self, found: &'a Matches) -> impl Iterator<Item = (&'a Columns, &'a [u64])> {
        self.evidence
            .segments()
            .iter()
            .map(|segment| &segment.columns)
            .zip(found.files.iter().map(Vec::as_slice))
    }

    fn of_places(
        &self,
        found: &Matches,
        value: impl Fn(&stackscout_evidence::PlaceRow) -> Option<String>,
    ) -> (Vec<(String, u64)>, u64) {
        let mut counts: BTreeMap<Option<String>, u64> = BTreeMap::new();
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
        (counts.into_iter().filter_map(|(value, count)| Some((value?, count))).collect(), unknown)
    }

    fn bands(&self, found: &Matches) -> Counted {
        let mut counts = [0_u64; BANDS.len()];
        let mut unknown = 0;
        for (columns, bits) in self.files(found) {
            let totals = columns.totals();
            for at in places(bits) {
                match totals[at] {
                    u16::MAX => unknown += 1,
                    tenths => counts[BANDS.partition_point(|(from, _)| *from <= tenths) - 1] += 1,
                }
            }
        }
        let values = BANDS.iter().zip(counts).filter(|(_, count)| *count > 0);
        let values = values.map(|((_, band), count)| ((*band).to_owned(), count)).collect();
        Counted { facet: Facet::Years, values, unknown }
    }

    fn skills(&self, found: &Matches, taxonomy: &Taxonomy) -> (Vec<(String, u64)>, u64) {
        let mut counts = vec![0_u64; taxonomy.skills().len()];
        let mut unknown = 0;
        let everybody = self.evidence.people() as u64;
        if found.total * 2 > everybody {
            counts.copy_from_slice(self.everybody());
            for (file, (columns, bits)) in self.files(found).enumerate() {
                let alive = self.alive(file);
                let others: Vec<u64> = bits.iter().zip(alive).map(|(found, alive)| !found & alive).collect();
                let without = skill_counts(columns, &others);
                counts.iter_mut().zip(without).for_each(|(count, without)| *count -= without);
            }
        } else {
            for (columns, bits) in self.files(found) {
                counts
                    .iter_mut()
                    .zip(skill_counts(columns, bits))
                    .for_each(|(count, of_file)| *count += of_file);
            }
        }
        for (columns, bits) in self.files(found) {
            let starts = columns.starts();
            unknown += places(bits).filter(|at| starts[*at] == starts[*at + 1]).count() as u64;
        }
        let values = taxonomy.skills().zip(counts).filter(|(_, count)| *count > 0);
        (values.map(|((_, skill), count)| (skill.id.clone(), count)).collect(), unknown)
    }

    /// Everybody in a file who counts.
    fn alive(&self, file: usize) -> Vec<u64> {
        let segment = &self.evidence.segments()[file];
        let people = segment.columns.people();
        let mut alive = vec![0; people.div_ceil(64)];
        set_range(&mut alive, 0..people);
        for (word, hidden) in alive.iter_mut().zip(segment.hidden().unwrap_or_default()) {
            *word &= !hidden;
        }
        alive
    }

    /// How many people hold each skill, in all; counted once.
    pub(crate) fn everybody(&self) -> &[u64] {
        self.counts.get_or_init(|| {
            let skills = self.evidence.segments().first().map_or(0, |segment| segment.columns.skills());
            let mut counts = vec![0_u64; skills];
            for segment in self.evidence.segments() {
                let columns = &segment.columns;
                for block in 0..columns.blocks() {
                    for (skill, count) in counts.iter_mut().enumerate() {
                        *count += columns.holders(block, skill).people.len() as u64;
                    }
                }
                let mut aside = vec![0; columns.people().div_ceil(64)];
                set_range(&mut aside, columns.open_people()..columns.people());
                let aside = skill_counts(columns, &aside);
                counts.iter_mut().zip(aside).for_each(|(count, aside)| *count += aside);
                if let Some(hidden) = segment.hidden() {
                    let hidden = skill_counts(columns, hidden);
                    counts.iter_mut().zip(hidden).for_each(|(count, hidden)| *count -= hidden);
                }
            }
            counts
        })
    }

    fn kinds(&self, found: &Matches, taxonomy: &Taxonomy) -> (Vec<(String, u64)>, u64) {
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
            let starts = columns.starts();
            for at in places(bits) {
                person += 1;
                let own = &columns.evidence()[starts[at] as usize..starts[at + 1] as usize];
                unknown += u64::from(own.is_empty());
                for evidence in own {
                    let kind = kind_of[usize::from(evidence.skill)];
                    counts[kind] += u64::from(seen[kind] != person);
                    seen[kind] = person;
                }
            }
        }
        let values = words.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        (values.map(|(kind, count)| (kind.to_owned(), count)).collect(), unknown)
    }

    fn terms(&self, found: &Matches, field: KeyField) -> Result<(Vec<(String, u64)>, u64), IndexError> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut known: Vec<Vec<u64>> = found.files.iter().map(|file| vec![0; file.len()]).collect();
        self.searcher()?.each_term(field, |term, number| {
            for (file, bits) in found.files.iter().enumerate() {
                if let Some(at) = self.position(file, number).filter(|at| holds(bits, *at)) {
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

/// How many of these people hold each skill, by its number.
fn skill_counts(columns: &Columns, people: &[u64]) -> Vec<u64> {
    /// Counters side by side for pieces that follow each other: adding to one that was just added to has to wait.
    const LANES: usize = 4;
    /// As many as a skill's two bytes can number, so that no place has to be checked.
    const NUMBERS: usize = 1 << 16;
    let (starts, evidence) = (columns.starts(), columns.evidence());
    let lanes: [Vec<u32>; LANES] = std::array::from_fn(|_| vec![0; NUMBERS]);
    let mut lanes = lanes
        .map(|lane| <Box<[u32; NUMBERS]>>::try_from(lane.into_boxed_slice()).expect("it was made so long"));
    for at in places(people).take_while(|at| *at < columns.people()) {
        let own = &evidence[starts[at] as usize..starts[at + 1] as usize];
        for pieces in own.chunks(LANES) {
            for (lane, piece) in lanes.iter_mut().zip(pieces) {
                // At most one for each person, who are counted in 32 bits.
                let count = &mut lane[usize::from(piece.skill)];
                *count = count.wrapping_add(1);
            }
        }
    }
    let sum = |skill: usize| lanes.iter().map(|lane| u64::from(lane[skill])).sum();
    (0..columns.skills()).map(sum).collect()
}
