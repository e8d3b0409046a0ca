//! What a record says of skills.

use std::cmp::Ordering;

use stackscout_taxonomy::{Level, Resolution, SkillIx, Stance, WrittenSkill};

use super::read::{Reader, sorted};
use super::text::is_full;
use super::{HeldSkill, Place, UnknownSpelling};
use crate::facts::{EvidenceSource, SkillEvidence};
use crate::{Field, Value, Years};

impl Reader<'_> {
    pub(super) fn interests(&self) -> Vec<SkillIx> {
        let values = self.values(Field::Interests);
        let listed = values.iter().flat_map(|v| self.taxonomy.skills_in(&v.text));
        sorted(listed.chain(self.wished.iter().copied()).collect())
    }

    pub(super) fn skills(&mut self) -> (Vec<HeldSkill>, Vec<UnknownSpelling>) {
        let mut held: Vec<HeldSkill> = Vec::new();
        let mut unknown = Vec::new();
        let fields = [Field::Skills, Field::Skill, Field::Tags].map(|field| self.values(field));
        for &value in fields.into_iter().flatten() {
            let read = match value.field {
                Field::Skill => vec![self.taxonomy.read_one(&value.text)],
                _ => self.taxonomy.read_list(&value.text),
            };
            let mut named = Vec::new();
            for mut written in read {
                if written.unread_years {
                    self.issue(value, "bad-years", "years of a skill are not 0.1 to 99.9".to_owned());
                }
                match written.resolution {
                    // Wished for or denied, it is no evidence; wishes are interests.
                    Resolution::Exact(skill) | Resolution::Alias(skill) => match written.stance {
                        Stance::Held => {
                            named.push(skill);
                            let mut said = Said::listed(skill, &mut written);
                            if self.explains {
                                let place = listed_in(value, written);
                                said.places.extend(Some(place).filter(|p| !is_there(&held, skill, value, p)));
                            }
                            add(&mut held, said);
                        }
                        Stance::Wanted => self.wished.push(skill),
                        Stance::Negated => {}
                    },
                    // A tag is evidence where it names a skill, and just a tag where it does not.
                    Resolution::Near(_) | Resolution::Unknown if value.field != Field::Tags => {
                        let column = value.column.clone();
                        unknown.push(UnknownSpelling {
                            name: written.name.to_owned(),
                            cell: value.cell,
                            column,
                        });
                    }
                    Resolution::Near(_) | Resolution::Unknown => {}
                }
            }
            self.note_repeated(value, &named);
        }
        (held, unknown)
    }
}

/// Whether a place need not be kept any more: it is, or as many of its cell are as are kept.
fn is_there(held: &[HeldSkill], skill: SkillIx, value: &Value, place: &Place) -> bool {
    let known = held.binary_search_by_key(&skill, |s| s.evidence.skill).map(|at| &held[at].places);
    known.is_ok_and(|known| known.contains(place) || is_full(known, value))
}

/// What one place or one text says of a skill.
pub(super) struct Said {
    pub evidence: SkillEvidence,
    pub years_from_dates: bool,
    pub version: Option<String>,
    pub level: Option<Level>,
    pub places: Vec<Place>,
}

impl Said {
    fn listed(skill: SkillIx, written: &mut WrittenSkill<'_>) -> Self {
        let evidence = SkillEvidence {
            skill,
            years: written.years.and_then(Years::from_tenths),
            last_used: written.last_used,
            source: EvidenceSource::Declared,
        };
        let (version, level) = (written.version.take(), written.level);
        Self { evidence, years_from_dates: false, version, level, places: Vec::new() }
    }
}

/// Where a list names a skill.
fn listed_in(value: &Value, written: WrittenSkill<'_>) -> Place {
    let (cell, column) = (value.cell, value.column.clone());
    Place { cell, column, written: written.written.to_owned(), source: EvidenceSource::Declared }
}

/// Adds what is said of a skill to what is known, in the order of skill ids.
pub(super) fn add(held: &mut Vec<HeldSkill>, said: Said) {
    let Said { evidence, years_from_dates, version, level, places } = said;
    match held.binary_search_by_key(&evidence.skill, |s| s.evidence.skill) {
        Ok(at) => {
            let known = &mut held[at];
            // Of equal years, those that somebody stated say more.
            known.years_from_dates = match evidence.years.cmp(&known.evidence.years) {
                Ordering::Less => known.years_from_dates,
                Ordering::Equal => known.years_from_dates && years_from_dates,
                Ordering::Greater => years_from_dates,
            };
            known.evidence.combine(&evidence);
            known.version = known.version.take().or(version);
            known.level = known.level.max(level);
            known.places.extend(places);
        }
        Err(at) => held.insert(at, HeldSkill { evidence, years_from_dates, version, level, places }),
    }
}
