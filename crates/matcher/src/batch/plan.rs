//! What a batch of roles asks for, each thing once.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use stackscout_evidence::{Class, CodeColumn, Detail, EvidenceSet, Pieces, Segment};
use stackscout_profile::{CandidateNumber, Date, EvidenceSource, Facts, Limits, Need, Where, Years};
use stackscout_taxonomy::{SkillIx, TraitIx};

use super::filter::{Filter, Span, Verdict};
use super::grade;
use crate::Decisions;
use crate::arithmetic::ONE;
use crate::assess::{Gate, MENTIONED, TRAIT_THROUGH_SKILL, worth};
use crate::compiled::{CompiledRole, Target, Ways};

/// Distinct values in the order in which they came.
struct Distinct<T> {
    numbers: HashMap<T, u32>,
    values: Vec<T>,
}

impl<T: Hash + Eq + Clone> Distinct<T> {
    fn new() -> Self {
        Self { numbers: HashMap::new(), values: Vec::new() }
    }

    fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.numbers.get(&value) {
            return *number;
        }
        let next = u32::try_from(self.values.len()).expect("roles ask for fewer things than 32 bits count");
        self.values.push(value.clone());
        self.numbers.insert(value, next);
        next
    }
}

/// What counts towards a requirement, whatever years and last use it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Subject {
    /// Skills with F, in the order of ids; for a trait the skills that bring it, with what that earns.
    pub(super) ways: Vec<(u16, u16)>,
    /// The trait that text may speak for.
    pub(super) trait_: Option<u16>,
}

/// Most steps of a subject between what counts in full and anything at all.
const STEPS: usize = 4;

/// The skills of a subject, best first, parted into levels: everybody on one is on all after it.
#[derive(Debug)]
pub(super) struct Ladder {
    pub(super) skills: Vec<u16>,
    /// The first one is of what counts in full, the last one of anything that counts.
    pub(super) levels: Vec<Level>,
}

/// Whoever holds some of the best skills of a subject.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    /// How many skills these are.
    pub(super) skills: usize,
    /// The most that somebody earns who holds none of them, in ten-thousandths.
    pub(super) rest_max: u16,
}

impl Ladder {
    fn new(subject: &Subject) -> Self {
        let mut ways: Vec<(u16, u16)> = subject.ways.iter().map(|(skill, f)| (*f, *skill)).collect();
        ways.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let up_to = |f_min: u16| {
            let skills = ways.partition_point(|(f, _)| *f >= f_min);
            Level { skills, rest_max: ways.get(skills).map_or(0, |(f, _)| *f) }
        };
        let mut levels = vec![up_to(ONE)];
        let mut values: Vec<u16> = ways.iter().map(|(f, _)| *f).filter(|f| *f < ONE).collect();
        values.dedup();
        // Steps part related skills into about equally many values of F. None for a trait: all that bring it count
        // alike.
        let steps = STEPS.min(values.len().saturating_sub(1));
        levels.extend((1..=steps).map(|step| up_to(values[step * values.len() / (steps + 1) - 1])));
        if !values.is_empty() {
            levels.push(Level { skills: ways.len(), rest_max: 0 });
        }
        Self { skills: ways.into_iter().map(|(_, skill)| skill).collect(), levels }
    }

    /// The level of anything that counts.
    pub(super) fn any(&self) -> usize {
        self.levels.len() - 1
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
    /// Skills that count towards any requirement, in the order of ids.
    pub(super) skills: Vec<u16>,
    /// For each of these skills where its hits begin, and the end of all.
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
    /// What holding a skill does, requirement by requirement; the skill by its place in `skills`.
    pub(super) fn hits(&self, skill: u16) -> &[Hit] {
        let skill = usize::from(skill);
        &self.hits[self.first[skill] as usize..self.first[skill + 1] as usize]
    }
}

/// What each class of evidence in one file is worth, and the file's columns that a score reads.
pub(super) struct Tables<'a> {
    pub(super) starts: &'a [u32],
    pub(super) evidence: Pieces<'a>,
    pub(super) trait_codes: CodeColumn<'a>,
    /// For each class the code of what it is worth: classes of one are worth the same by all terms and lines.
    worth_of: Vec<u16>,
    /// How many codes there are.
    worths: usize,
    /// For each terms, what evidence earns where the skill counts in full, by that code; one row after the other.
    earns: Vec<u16>,
    /// For each terms, the least that any class can come to earn.
    earns_high_min: Vec<u16>,
    /// For each class its grade: classes of one are worth about the same to any role.
    pub(super) grade_of: Vec<u8>,
    grades: usize,
    /// For each terms, the most that any class of each grade earns, in 65,536ths, rounded up but for one whole.
    grade_earns: Vec<u16>,
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
    pub(super) ladders: Vec<Ladder>,
    pub(super) gates: Vec<GateKey>,
    /// For each segment, each filter.
    pub(super) filters: Vec<Vec<Filter>>,
    /// For each segment, block by block and filter by filter, where those are who meet all, and of whom something is
    /// unknown.
    spans: Vec<Vec<[Span; 2]>>,
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
        // Requirements that share what counts towards them have the same subject.
        let mut subject_of: HashMap<*const Ways, u32> = HashMap::new();
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
                let own = match &requirement.target {
                    Target::Skills(ways) => {
                        *subject_of.entry(Arc::as_ptr(ways)).or_insert_with(|| subjects.number(of_ways(ways)))
                    }
                    Target::Trait(wanted, brings) => {
                        traits.push((at, *wanted));
                        subjects.number(of_trait(*wanted, brings, role.role.assume_fit))
                    }
                };
                // The first table is that of `FULL_TERMS`.
                let of_terms = 1 + terms.number(Terms {
                    years: requirement.asked.years,
                    half_life: requirement.asked.half_life,
                    assume_fit: role.role.assume_fit,
                });
                let line = lines.number(requirement.asked.min_years);
                let short = |n: u32| u16::try_from(n).expect("terms are few");
                let of_table = if matches!(requirement.target, Target::Trait(..)) {
                    FULL_TERMS
                } else {
                    short(of_terms)
                };
                hits.extend(subjects.values[own as usize].ways.iter().map(|(skill, f)| {
                    (*skill, Hit { requirement: at, f: *f, terms: of_table, line: short(line) })
                }));
                let subject = own;
                let is_must = requirement.asked.need == Need::Must;
                let gate = is_must.then(|| gates.number(GateKey { subject, line }));
                let weight = u32::from(requirement.asked.weight);
                asked.push(Asked { weight, gate, subject, terms: of_terms });
            }
            let (skills, first, hits) = by_skill(hits);
            let has_musts = asked.iter().any(|asked| asked.gate.is_some());
            let (weight, seed) = (role.role.weight(), role.seed);
            roles.push(RolePlan { asked, filter, weight, seed, has_musts, skills, first, hits, traits });
        }
        let (terms, lines, subjects) = (terms.values, lines.values, subjects.values);
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
        let filters: Vec<Vec<Filter>> = segments.iter().map(of_segment).collect();
        let spans = segments.iter().zip(&filters).map(|(segment, filters)| spans(filters, segment)).collect();
        Self {
            compiled,
            as_of,
            segments,
            roles,
            filters,
            spans,
            ladders: subjects.iter().map(Ladder::new).collect(),
            subjects,
            gates: gates.values,
            tables,
        }
    }

    /// Where the people of a block stand whom a filter gives a verdict.
    pub(super) fn span(&self, segment: usize, block: usize, filter: u32, verdict: Verdict) -> Span {
        let at = block * self.filters[segment].len() + filter as usize;
        self.spans[segment][at][usize::from(verdict != Verdict::Met)].clone()
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

/// Block by block and filter by filter.
fn spans(filters: &[Filter], segment: &Segment) -> Vec<[Span; 2]> {
    let of_filter = |filter: &Filter| {
        let [met, unsure] = [Verdict::Met, Verdict::Unknown].map(|v| filter.spans(&segment.columns, v));
        met.into_iter().zip(unsure).map(<[Span; 2]>::from).collect::<Vec<_>>()
    };
    let by_filter: Vec<Vec<[Span; 2]>> = filters.iter().map(of_filter).collect();
    (0..segment.columns.blocks())
        .flat_map(|block| by_filter.iter().map(move |spans| spans[block].clone()))
        .collect()
}

fn number_of(skill: SkillIx) -> u16 {
    u16::try_from(skill.index()).expect("skills are numbered in two bytes")
}

/// What counts towards a requirement of skills.
fn of_ways(ways: &Ways) -> Subject {
    Subject { ways: ways.iter().map(|(skill, way)| (number_of(skill), way.f)).collect(), trait_: None }
}

/// What counts towards a requirement of a trait.
fn of_trait(wanted: TraitIx, brings: &[bool], assume_fit: u16) -> Subject {
    let earned = TRAIT_THROUGH_SKILL.min(assume_fit);
    let bring = (0_u16..).zip(brings).filter(|(_, brings)| **brings);
    Subject {
        ways: bring.map(|(skill, _)| (skill, earned)).collect(),
        trait_: Some(u16::try_from(wanted.index()).expect("traits are numbered in two bytes")),
    }
}

/// The skills of some hits in the order of ids, where the hits of each begin, with the end of all, and the hits so.
fn by_skill(mut hits: Vec<(u16, Hit)>) -> (Vec<u16>, Vec<u32>, Vec<Hit>) {
    hits.sort_unstable_by_key(|(skill, hit)| (*skill, hit.requirement));
    let (mut skills, mut first) = (Vec::new(), Vec::new());
    for (at, (skill, _)) in (0_u32..).zip(&hits) {
        if skills.last() != Some(skill) {
            skills.push(*skill);
            first.push(at);
        }
    }
    first.push(u32::try_from(hits.len()).expect("a role has at most 64 requirements"));
    (skills, first, hits.into_iter().map(|(_, hit)| hit).collect())
}

impl<'a> Tables<'a> {
    /// The most that any class of each grade earns by some terms, where the skill counts in full, in 65,536ths, rounded
    /// up but for one whole.
    pub(super) fn grade_earns(&self, terms: usize) -> &[u16] {
        &self.grade_earns[terms * self.grades..][..self.grades]
    }

    /// What one class earns by some terms, where the skill counts in full.
    pub(super) fn earned(&self, terms: u16, class: u16) -> u16 {
        self.earns[usize::from(terms) * self.worths + usize::from(self.worth_of[usize::from(class)])]
    }

    fn new(
        segment: &'a Segment,
        terms: &[Terms],
        lines: &[Option<Years>],
        compiled: &[CompiledRole],
        as_of: Date,
    ) -> Self {
        let columns = &segment.columns;
        let most = terms.iter().map(|terms| terms.years).chain(lines.iter().copied()).flatten().max();
        let (worth_of, distinct) = grade::worths(columns.classes(), most, as_of);
        // Any requirement and role will do to start from: only what terms and lines say is looked at.
        let mut tables = Self {
            starts: columns.starts(),
            evidence: columns.evidence(),
            trait_codes: columns.codes(Detail::Traits),
            worth_of,
            worths: distinct.len(),
            earns: vec![ONE; distinct.len()],
            earns_high_min: vec![ONE],
            grade_of: Vec::new(),
            grades: 0,
            grade_earns: Vec::new(),
            gates: Vec::new(),
            held: Vec::new(),
            traits: Vec::new(),
        };
        let Some(role) = compiled.first() else { return tables };
        let mut role = role.role.clone();
        let mut asked = role.requirements[0].clone();
        let mut facts = Facts::new(CandidateNumber(0));
        let evidence = |class: &Class| class.evidence(SkillIx::of_same_taxonomy(0));
        for terms in terms {
            (asked.years, asked.half_life, role.assume_fit) =
                (terms.years, terms.half_life, terms.assume_fit);
            let mut least = ONE;
            let table = distinct.iter().map(|class| {
                facts.total_years = class.bound();
                let worth = worth(&asked, &role, &facts, &evidence(class), as_of);
                least = least.min(worth.earns_high);
                worth.earns
            });
            tables.earns.extend(table);
            tables.earns_high_min.push(least);
        }
        let (grades, count) = grade::of_classes(&distinct, as_of);
        for earns in tables.earns.chunks_exact(tables.worths.max(1)) {
            let mut most = vec![0_u16; count];
            for (earned, grade) in earns.iter().zip(&grades) {
                let most = &mut most[usize::from(*grade)];
                *most = (*most).max(*earned);
            }
            tables.grade_earns.extend(most.into_iter().map(grade::part_of));
        }
        tables.grades = count;
        tables.grade_of = tables.worth_of.iter().map(|worth| grades[usize::from(*worth)]).collect();
        for line in lines {
            asked.min_years = *line;
            let gate = |class: &Class| {
                facts.total_years = class.bound();
                worth(&asked, &role, &facts, &evidence(class), as_of).gate
            };
            let gates: Vec<Gate> = distinct.iter().map(gate).collect();
            tables.gates.push(tables.worth_of.iter().map(|worth| gates[usize::from(*worth)]).collect());
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
