//! What a record says of skills.

use stackscout_taxonomy::{Resolution, SkillIx, Stance, WrittenSkill};

use super::read::{Reader, sorted};
use super::{HeldSkill, Place, UnknownSpelling};
use crate::facts::{EvidenceSource, SkillEvidence};
use crate::{Field, Value, Years};

/// From this many web frameworks and runtimes on a claim is implausible. In the 2024 Stack Overflow survey, of 45,161
/// people who were shown 36 of them, 99.9% named fewer than 24; 29 named 30 or more, and 21 of these all 36.
pub const IMPLAUSIBLE_WEB_SKILLS_MIN: usize = 30;

impl Reader<'_> {
    pub(super) fn texts(&self) -> Vec<String> {
        let fields = [Field::Summary, Field::Notes];
        fields.into_iter().flat_map(|f| self.record.values(f)).map(|v| v.text.clone()).collect()
    }

    pub(super) fn interests(&self) -> Vec<SkillIx> {
        let values = self.record.values(Field::Interests);
        let listed = values.into_iter().flat_map(|v| self.taxonomy.skills_in(&v.text));
        sorted(listed.chain(self.wished.iter().copied()).collect())
    }

    pub(super) fn skills(&mut self) -> (Vec<HeldSkill>, Vec<UnknownSpelling>) {
        let record = self.record;
        let mut held: Vec<HeldSkill> = Vec::new();
        let mut unknown = Vec::new();
        let mut values = record.values(Field::Skills);
        values.extend(record.values(Field::Skill));
        values.extend(record.values(Field::Tags));
        for value in values {
            let read = match value.field {
                Field::Skill => vec![self.taxonomy.read_one(&value.text)],
                _ => self.taxonomy.read_list(&value.text),
            };
            for written in read {
                if written.unread_years {
                    self.issue(value, "bad-years", "years of a skill are not 0.1 to 99.9".to_owned());
                }
                match written.resolution {
                    // Wished for or denied, it is no evidence; wishes are interests.
                    Resolution::Exact(skill) | Resolution::Alias(skill) => match written.stance {
                        Stance::Held => add(&mut held, value, skill, written),
                        Stance::Wanted => self.wished.push(skill),
                        Stance::Negated => {}
                    },
                    // A tag is evidence where it names a skill, and just a tag where it does not.
                    Resolution::Near(_) | Resolution::Unknown if value.field != Field::Tags => {
                        let column = value.column.clone();
                        unknown.push(UnknownSpelling { name: written.name, cell: value.cell, column });
                    }
                    Resolution::Near(_) | Resolution::Unknown => {}
                }
            }
        }
        (held, unknown)
    }

    pub(super) fn is_implausible(&self, skills: &[HeldSkill]) -> bool {
        let web = |s: &&HeldSkill| {
            let kind = self.taxonomy.skill(s.evidence.skill).kind.as_str();
            matches!(kind, "backend-framework" | "frontend-framework" | "runtime" | "cms")
        };
        skills.iter().filter(web).count() >= IMPLAUSIBLE_WEB_SKILLS_MIN
    }
}

fn add(held: &mut Vec<HeldSkill>, value: &Value, skill: SkillIx, written: WrittenSkill) {
    let evidence = SkillEvidence {
        skill,
        years: written.years.and_then(Years::from_tenths),
        last_used: written.last_used,
        source: EvidenceSource::Declared,
    };
    let place = Place { cell: value.cell, column: value.column.clone(), written: written.written };
    match held.binary_search_by_key(&skill, |s| s.evidence.skill) {
        Ok(at) => {
            let known = &mut held[at];
            known.evidence.combine(&evidence);
            known.version = known.version.take().or(written.version);
            known.level = known.level.max(written.level);
            known.places.push(place);
        }
        Err(at) => {
            let (version, level) = (written.version, written.level);
            held.insert(at, HeldSkill { evidence, version, level, places: vec![place] });
        }
    }
}
