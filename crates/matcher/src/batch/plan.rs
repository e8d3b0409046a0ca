//! What a batch of roles asks for, each thing once.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use stackscout_evidence::{CodeColumn, Detail, Evidence, EvidenceSet, Segment};
use stackscout_profile::{CandidateNumber, Date, EvidenceSource, Facts, Limits, Need, Where, Years};
use stackscout_taxonomy::{SkillIx, TraitIx};

use super::filter::Filter;
use crate::Decisions;
use crate::arithmetic::ONE;
use crate::assess::{Gate, MENTIONED, TRAIT_THROUGH_SKILL, worth};
use crate::compiled::{CompiledRole, Target};

/// Distinct values in the order in which they came.
struct Distinct<T> {
    numbers: HashMap<T, u32>,
}

impl<T: Hash + Eq> Distinct<T> {
    fn new() -> Self {
        Self { numbers: HashMap::new() }
    }

    fn number(&mut self, value: T) -> u32 {
        let next = u32::try_from(self.numbers.len()).expect("roles ask for fewer things than 32 bits count");
        *self.numbers.entry(value).or_insert(next)
    }

    fn in_order(self) -> Vec<T> {
        let mut values: Vec<(T, u32)> = self.numbers.into_iter().collect();
        values.sort_unstable_by_key(|(_, number)| *number);
        values.into_iter().map(|(value, _)| value).collect()
    }
}

/// What counts towards a requirement, whatever years and last use it asks for.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Subject {
    /// Skills with F, in the order of ids; for a trait the skills that bring it, with what that earns.
    pub(super) ways: Vec<(u16, u16)>,
    /// The trait that text may speak for.
    pub(super) trait_: Option<u16>,
}

impl Subject {
    /// The most that somebody can earn who holds nothing that counts in full.
    pub(super) fn related_max(&self) -> u16 {
        self.ways.iter().map(|(_, f)| *f).filter(|f| *f < ONE).max().unwrap_or(0)
    }
}

/// Most steps of a subject between what counts in full and anything at all.
pub(super) const STEPS: usize = 4;

/// A part of what counts towards a subject: skills from some F on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) f_min: u16,
    /// The most that somebody earns who holds none of it.
    pub(super) rest_max: u16,
}

impl Subject {
    /// Steps that part related skills into about equally many values of F, best first. None for a trait, and none
    /// where all related skills count alike.
    fn steps(&self) -> Vec<Step> {
        let mut values: Vec<u16> = self.ways.iter().map(|(_, f)| *f).filter(|f| *f < ONE).collect();
        values.sort_unstable_by(|a, b| b.cmp(a));
        values.dedup();
        if self.trait_.is_some() || values.len() < 2 {
            return Vec::new();
        }
        let steps = STEPS.min(values.len() - 1);
        let ends = (1..=steps).map(|step| step * values.len() / (steps + 1));
        ends.map(|end| Step { f_min: values[end - 1], rest_max: values[end] }).collect()
    }
}

/// What a requirement asks of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Terms {
    years: Option<Years>,
    half_life: Option<u8>,
    assume_fit: u16,
}

/// Who passes a must: the subject, and the hard line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct GateKey {
    pub(super) subject: u32,
    pub(super) line: u32,
}

/// One requirement of one role.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) weight: u32,
    /// The gate, for a must.
    pub(super) gate: Option<u32>,
    pub(super) subject: u32,
    /// Most points that are left to somebody who holds nothing in full, in ten-thousandths of the weight.
    pub(super) related_max: u16,
    pub(super) terms: u32,
}

/// A role in terms of what the batch asks for.
#[derive(Debug)]
pub(super) struct RolePlan {
    pub(super) asked: Vec<Asked>,
    pub(super) filter: u32,
    pub(super) weight: u32,
    pub(super) seed: u64,
    pub(super) has_musts: bool,
    /// One bit a skill: whether it counts towards any requirement.
    counts: Vec<u64>,
    /// For each skill where its hits begin, and the end of all.
    first: Vec<u32>,
    hits: Vec<Hit>,
    /// Requirements for a trait.
    pub(super) traits: Vec<(u8, TraitIx)>,
}

/// What holding a skill does for one requirement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) requirement: u8,
    pub(super) f: u16,
    /// Table of what evidence earns; [`FULL_TERMS`] for a trait that a skill brings, where F itself is earned.
    pub(super) terms: u16,
    pub(super) line: u16,
}

/// The terms by which every class earns all.
pub(super) const FULL_TERMS: u16 = 0;

impl RolePlan {
    /// 1 where a skill counts towards any requirement, else 0.
    pub(super) fn counts(&self, skill: u16) -> usize {
        usize::from(self.counts[usize::from(skill / 64)] >> (skill % 64) & 1 != 0)
    }

    /// What holding a skill does, requirement by requirement; nothing for most skills.
    pub(super) fn hits(&self, skill: u16) -> &[Hit] {
        let skill = usize::from(skill);
        &self.hits[self.first[skill] as usize..self.first[skill + 1] as usize]
    }
}

/// What each class of evidence in one file is worth, and the file's columns that a score reads.
pub(super) struct Tables<'a> {
    pub(super) starts: &'a [u32],
    pub(super) evidence: &'a [Evidence],
    pub(super) trait_codes: CodeColumn<'a>,
    /// For each terms, what each class earns where the skill counts in full, by class; one row after the other.
    earns: Vec<u16>,
    /// Classes: the length of a row.
    classes: usize,
    /// For each terms, the least that any class can come to earn.
    earns_high_min: Vec<u16>,
    /// For each hard line, the gate of each class where the skill counts in full.
    pub(super) gates: Vec<Vec<Gate>>,
    /// For each hard line, how many classes hold it: the first ones.
    pub(super) held: Vec<u16>,
    /// What text says of traits, by code.
    pub(super) traits: Vec<Vec<(TraitIx, u16, Gate)>>,
}

/// A batch made ready.
pub(super) struct Plan<'a> {
    pub(super) compiled: &'a [CompiledRole],
    pub(super) as_of: Date,
    pub(super) segments: &'a [Segment],
    pub(super) roles: Vec<RolePlan>,
    pub(super) subjects: Vec<Subject>,
    /// For each subject.
    pub(super) steps: Vec<Vec<Step>>,
    pub(super) gates: Vec<GateKey>,
    /// For each segment, each filter.
    pub(super) filters: Vec<Vec<Filter>>,
    pub(super) tables: Vec<Tables<'a>>,
}

impl<'a> Plan<'a> {
    /// Every block, as the number of its segment and its own within that.
    pub(super) fn blocks(&self) -> Vec<(usize, usize)> {
        let of = |(at, segment): (usize, &Segment)| {
            (0..segment.columns.blocks()).map(move |block| (at, block)).collect::<Vec<_>>()
        };
        self.segments.iter().enumerate().flat_map(of).collect()
    }

    pub(super) fn new(compiled: &'a [CompiledRole], evidence: &'a EvidenceSet, as_of: Date) -> Self {
        let mut subjects = Distinct::new();
        let mut terms = Distinct::new();
        let mut lines = Distinct::new();
        let mut gates = Distinct::new();
        let mut filters: Distinct<String> = Distinct::new();
        let mut filter_rules: Vec<(Option<&Where>, &Limits, &Decisions)> = Vec::new();
        let mut roles = Vec::with_capacity(compiled.len());
        for role in compiled {
            let rules = (role.role.where_.as_ref(), &role.role.limits, &role.decisions);
            let filter = filters.number(format!("{rules:?}"));
            if filter as usize == filter_rules.len() {
                filter_rules.push(rules);
            }
            let mut asked = Vec::new();
            let mut hits: Vec<(u16, Hit)> = Vec::new();
            let mut traits = Vec::new();
            for (at, requirement) in role.requirements.iter().enumerate() {
                let at = u8::try_from(at).expect("a role has at most 64 requirements");
                let subject = subject(&requirement.target, role.role.assume_fit);
                if let Some(wanted) = subject.trait_ {
                    traits.push((at, TraitIx::of_same_taxonomy(wanted)));
                }
                // The first table is that of `FULL_TERMS`.
                let of_terms = 1 + terms.number(Terms {
                    years: requirement.asked.years,
                    half_life: requirement.asked.half_life,
                    assume_fit: role.role.assume_fit,
                });
                let line = lines.number(requirement.asked.min_years);
                let short = |n: u32| u16::try_from(n).expect("terms are few");
                let of_table = if subject.trait_.is_some() { FULL_TERMS } else { short(of_terms) };
                hits.extend(subject.ways.iter().map(|(skill, f)| {
                    (*skill, Hit { requirement: at, f: *f, terms: of_table, line: short(line) })
                }));
                let related_max = subject.related_max();
                let subject = subjects.number(subject);
                let is_must = requirement.asked.need == Need::Must;
                let gate = is_must.then(|| gates.number(GateKey { subject, line }));
                let weight = u32::from(requirement.asked.weight);
                asked.push(Asked { weight, gate, subject, related_max, terms: of_terms });
            }
            let skills = evidence.segments().first().map_or(0, |s| s.columns.skills());
            let (first, hits) = by_skill(hits, skills);
            let has_musts = asked.iter().any(|asked| asked.gate.is_some());
            let (weight, seed) = (role.role.weight(), role.seed);
            let mut counts = vec![0_u64; skills.div_ceil(64)];
            for skill in (0..skills).filter(|skill| first[*skill] < first[skill + 1]) {
                counts[skill / 64] |= 1 << (skill % 64);
            }
            roles.push(RolePlan { asked, filter, weight, seed, has_musts, counts, first, hits, traits });
        }
        let (terms, lines) = (terms.in_order(), lines.in_order());
        let subjects = subjects.in_order();
        let segments = evidence.segments();
        let tables = segments.iter().map(|s| Tables::new(s, &terms, &lines, compiled, as_of)).collect();
        let of_segment = |s: &Segment| {
            let places = places_of_decided(&filter_rules, s);
            let filter = |(w, l, d): &(Option<&Where>, &Limits, &Decisions)| {
                let decided = d.iter().filter_map(|(number, by)| Some((*places.get(&number.0)?, by.word())));
                Filter::new(*w, l, &s.columns).without(decided.collect())
            };
            filter_rules.iter().map(filter).collect()
        };
        Self {
            compiled,
            as_of,
            segments,
            roles,
            steps: subjects.iter().map(Subject::steps).collect(),
            subjects,
            gates: gates.in_order(),
            filters: segments.iter().map(of_segment).collect(),
            tables,
        }
    }

    /// Whether everybody in tiers A to C of a role has a score that can come to be more than nothing, whatever they
    /// hold, as far as this file goes.
    pub(super) fn is_everybody_listed(&self, role: &RolePlan, segment: usize) -> bool {
        let least = |asked: &Asked| {
            let subject = &self.subjects[asked.subject as usize];
            if subject.trait_.is_some() {
                return MENTIONED;
            }
            let near = subject.ways.iter().map(|(_, f)| *f).filter(|f| *f >= crate::assess::NEAR_F_MIN).min();
            let earns = self.tables[segment].earns_high_min[asked.terms as usize];
            near.map_or(0, |f| crate::arithmetic::times(f, earns))
        };
        let musts = role.asked.iter().filter(|asked| asked.gate.is_some());
        let high: u32 = musts.map(|asked| asked.weight * u32::from(least(asked))).sum();
        2 * high >= role.weight
    }
}

/// Where in a file those stand whom a decision leaves out of some list, and who have no status, by number.
fn places_of_decided(
    rules: &[(Option<&Where>, &Limits, &Decisions)],
    segment: &Segment,
) -> HashMap<u32, usize> {
    let wanted: HashSet<u32> =
        rules.iter().flat_map(|(.., d)| d.iter()).map(|(number, _)| number.0).collect();
    if wanted.is_empty() {
        return HashMap::new();
    }
    let open = &segment.columns.numbers()[..segment.columns.open_people()];
    let found =
        open.iter().enumerate().filter(|(at, number)| wanted.contains(number) && !segment.is_hidden(*at));
    found.map(|(at, number)| (*number, at)).collect()
}

/// What counts towards a requirement.
fn subject(target: &Target, assume_fit: u16) -> Subject {
    let number = |skill: SkillIx| u16::try_from(skill.index()).expect("skills are numbered in two bytes");
    match target {
        Target::Skills(ways) => {
            Subject { ways: ways.iter().map(|(skill, way)| (number(skill), way.f)).collect(), trait_: None }
        }
        Target::Trait(wanted, brings) => {
            let earned = TRAIT_THROUGH_SKILL.min(assume_fit);
            let bring = (0_u16..).zip(brings).filter(|(_, brings)| **brings);
            Subject {
                ways: bring.map(|(skill, _)| (skill, earned)).collect(),
                trait_: Some(u16::try_from(wanted.index()).expect("traits are numbered in two bytes")),
            }
        }
    }
}

fn by_skill(mut hits: Vec<(u16, Hit)>, skills: usize) -> (Vec<u32>, Vec<Hit>) {
    hits.sort_by_key(|(skill, hit)| (*skill, hit.requirement));
    let mut first = vec![0_u32; skills + 1];
    for (skill, _) in &hits {
        first[usize::from(*skill) + 1] += 1;
    }
    for at in 1..first.len() {
        first[at] += first[at - 1];
    }
    (first, hits.into_iter().map(|(_, hit)| hit).collect())
}

impl<'a> Tables<'a> {
    /// What each class earns by some terms, where the skill counts in full.
    pub(super) fn earns(&self, terms: u32) -> &[u16] {
        &self.earns[terms as usize * self.classes..][..self.classes]
    }

    /// What one class earns by some terms, where the skill counts in full.
    pub(super) fn earned(&self, terms: u16, class: u16) -> u16 {
        self.earns[usize::from(terms) * self.classes + usize::from(class)]
    }

    fn new(
        segment: &'a Segment,
        terms: &[Terms],
        lines: &[Option<Years>],
        compiled: &[CompiledRole],
        as_of: Date,
    ) -> Self {
        let columns = &segment.columns;
        // Any requirement and role will do to start from: only what terms and lines say is looked at.
        let mut tables = Self {
            starts: columns.starts(),
            evidence: columns.evidence(),
            trait_codes: columns.codes(Detail::Traits),
            earns: vec![ONE; columns.classes().len()],
            classes: columns.classes().len(),
            earns_high_min: vec![ONE],
            gates: Vec::new(),
            held: Vec::new(),
            traits: Vec::new(),
        };
        let Some(role) = compiled.first() else { return tables };
        let mut role = role.role.clone();
        let mut asked = role.requirements[0].clone();
        let mut facts = Facts::new(CandidateNumber(0));
        let skill = SkillIx::of_same_taxonomy(0);
        for terms in terms {
            (asked.years, asked.half_life, role.assume_fit) =
                (terms.years, terms.half_life, terms.assume_fit);
            let mut least = ONE;
            let table = columns.classes().iter().map(|class| {
                facts.total_years = class.bound();
                let worth = worth(&asked, &role, &facts, &class.evidence(skill), as_of);
                least = least.min(worth.earns_high);
                worth.earns
            });
            tables.earns.extend(table);
            tables.earns_high_min.push(least);
        }
        for line in lines {
            asked.min_years = *line;
            let table = columns.classes().iter().map(|class| {
                facts.total_years = class.bound();
                worth(&asked, &role, &facts, &class.evidence(skill), as_of).gate
            });
            tables.gates.push(table.collect());
        }
        let held = |gates: &Vec<Gate>| {
            let held = gates.iter().take_while(|gate| **gate == Gate::Held).count();
            debug_assert!(gates[held..].iter().all(|gate| *gate != Gate::Held), "the order of classes");
            u16::try_from(held).expect("classes are numbered in two bytes")
        };
        tables.held = tables.gates.iter().map(held).collect();
        let spoken = |code| {
            let of_text = columns.traits(code).into_iter().map(|t| match t.source {
                EvidenceSource::Mentioned => (t.trait_ix, MENTIONED, Gate::Unknown),
                EvidenceSource::Declared | EvidenceSource::Worked => (t.trait_ix, ONE, Gate::Held),
            });
            of_text.collect()
        };
        tables.traits = (0..columns.code_count(Detail::Traits)).map(spoken).collect();
        tables
    }
}
