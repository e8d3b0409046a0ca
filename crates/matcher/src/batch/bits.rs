//! One bit a person of a block, for everything that roles share; made when first asked for.

use std::ops::Range;

use stackscout_evidence::bits::set_range;
use stackscout_evidence::{CodeColumn, Columns, Detail};

use super::filter::Verdict;
use super::plan::{GateKey, Plan, STEPS, Subject};
use crate::arithmetic::ONE;
use crate::assess::{Gate, NEAR_F_MIN};

/// Sets of people of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// Who holds, in full, what a requirement asks for, or of whom text says so.
    Full(u32),
    /// Who holds anything that counts towards it.
    Any(u32),
    /// Who holds something that counts from a step on.
    Step(u32, usize),
    /// Who is at least near at its gate.
    Near(u32),
    /// Whose gate is at least unknown.
    Unknown(u32),
    /// Whose gate is held.
    Held(u32),
    /// Whom knock-outs let in, all of them met.
    Met(u32),
    /// Whom knock-outs let in, some of them unknown.
    Unsure(u32),
    /// Who holds a skill, however.
    Skill(u16),
}

/// The sets of the block that is being looked at.
pub(super) struct BlockBits<'a> {
    plan: &'a Plan<'a>,
    words: usize,
    /// For each set, where its words begin, once it has had any.
    places: Vec<usize>,
    /// For each set, the visit that it was made in.
    made: Vec<u32>,
    /// Words of sets: first those of one role, two for each requirement, then those that roles share.
    store: Vec<u64>,
    visit: u32,
    segment: usize,
    block: usize,
    people: Range<usize>,
    /// Whom tables cover and nothing hides.
    alive: Vec<u64>,
    classes: HolderClasses,
}

/// For each holder of a skill in the block, the class of what they hold: runs written out, skill by skill when first
/// asked for.
#[derive(Default)]
struct HolderClasses {
    of_skill: Vec<(Vec<u16>, u32)>,
    visit: u32,
}

impl HolderClasses {
    fn of(&mut self, columns: &Columns, block: usize, skill: u16) -> &[u16] {
        let skill = usize::from(skill);
        if self.of_skill.len() <= skill {
            self.of_skill.resize(skill + 1, (Vec::new(), 0));
        }
        let (classes, made) = &mut self.of_skill[skill];
        if *made != self.visit {
            *made = self.visit;
            classes.clear();
            for run in columns.holders(block, skill).runs {
                classes.resize(usize::from(run.end), run.class);
            }
        }
        classes
    }
}

/// Words that are looked at together: a line of the processor's cache.
pub(super) const CHUNK: usize = 8;
/// People of that many words.
const CHUNK_PEOPLE: usize = CHUNK * 64;

impl<'a> BlockBits<'a> {
    pub(super) fn new(plan: &'a Plan<'a>) -> Self {
        let block_people = plan.segments.iter().map(|s| s.columns.block_people()).max().unwrap_or(0);
        let sets =
            3 * plan.subjects.len() + 2 * plan.gates.len() + 2 * plan.filters.first().map_or(0, Vec::len);
        let skills = plan.segments.first().map_or(0, |s| s.columns.skills());
        let sets = sets + STEPS * plan.subjects.len() + skills;
        let words = block_people.div_ceil(CHUNK_PEOPLE) * CHUNK;
        let asked_max = plan.roles.iter().map(|role| role.asked.len()).max().unwrap_or(0);
        Self {
            plan,
            words,
            places: vec![usize::MAX; sets],
            made: vec![0; sets],
            store: vec![0; 2 * asked_max * words],
            visit: 0,
            segment: 0,
            block: 0,
            people: 0..0,
            alive: Vec::new(),
            classes: HolderClasses::default(),
        }
    }

    /// The words in which somebody can be whom a role's knock-outs let in, so; nobody is in any other.
    pub(super) fn span(&self, let_in: Set) -> Range<usize> {
        let (filter, verdict) = match let_in {
            Set::Unsure(filter) => (filter, Verdict::Unknown),
            Set::Met(filter) => (filter, Verdict::Met),
            _ => return 0..self.words,
        };
        let people = self.plan.filters[self.segment][filter as usize].span(self.people.clone(), verdict);
        people.start / CHUNK_PEOPLE * CHUNK..people.end.div_ceil(CHUNK_PEOPLE) * CHUNK
    }

    /// Makes two sets for one requirement: who holds in full what counts towards it, and earns more than `low` by it;
    /// and who earns more than `high`. Where their words begin, for as long as no further sets are made with `at`.
    pub(super) fn make_earning(
        &mut self,
        at: usize,
        subject: u32,
        earns: &[u16],
        [low, high]: [u16; 2],
    ) -> [usize; 2] {
        let columns = self.columns();
        let places = [2 * at * self.words, (2 * at + 1) * self.words];
        let both = &mut self.store[places[0]..places[1] + self.words];
        both.fill(0);
        let (of_low, of_high) = both.split_at_mut(self.words);
        let of = &self.plan.subjects[subject as usize];
        for (skill, _) in of.ways.iter().filter(|(_, f)| *f == ONE) {
            let people = columns.holders(self.block, usize::from(*skill)).people;
            let classes = self.classes.of(columns, self.block, *skill);
            // Without a branch: who earns how much is hard to guess.
            for (person, class) in people.iter().zip(classes) {
                // A class without a code earns nothing here: whoever holds it is not alive.
                let earned = earns.get(usize::from(*class)).copied().unwrap_or(0);
                let (word, bit) = (usize::from(*person >> 6), *person & 63);
                of_low[word] |= u64::from(earned > low) << bit;
                of_high[word] |= u64::from(earned > high) << bit;
            }
        }
        places
    }

    /// Goes to a block. Nothing is known of it yet.
    pub(super) fn visit(&mut self, segment: usize, block: usize) {
        self.visit += 1;
        self.classes.visit = self.visit;
        (self.segment, self.block) = (segment, block);
        let of = &self.plan.segments[segment];
        let columns = &of.columns;
        let first = block * columns.block_people();
        self.people = first..columns.open_people().min(first + columns.block_people());
        self.alive.clear();
        self.alive.resize(self.words, 0);
        if !self.people.is_empty() {
            set_range(&mut self.alive, 0..self.people.len());
        }
        if of.hidden().is_some() || columns.has_strays() {
            for person in self.people.clone() {
                if of.is_hidden(person) || columns.is_stray(person) {
                    let at = person - first;
                    self.alive[at / 64] &= !(1 << (at % 64));
                }
            }
        }
    }

    /// The first person of the block, by place in the file.
    pub(super) fn first(&self) -> usize {
        self.people.start
    }

    /// People of the block, by place in the file.
    pub(super) fn people(&self) -> Range<usize> {
        self.people.clone()
    }

    fn columns(&self) -> &'a Columns {
        &self.plan.segments[self.segment].columns
    }

    fn number(&self, set: Set) -> usize {
        let (subjects, gates) = (self.plan.subjects.len(), self.plan.gates.len());
        match set {
            Set::Full(subject) => subject as usize,
            Set::Any(subject) => subjects + subject as usize,
            Set::Near(subject) => 2 * subjects + subject as usize,
            Set::Unknown(gate) => 3 * subjects + gate as usize,
            Set::Held(gate) => 3 * subjects + gates + gate as usize,
            Set::Met(filter) => 3 * subjects + 2 * gates + 2 * filter as usize,
            Set::Unsure(filter) => 3 * subjects + 2 * gates + 2 * filter as usize + 1,
            Set::Step(subject, step) => {
                3 * subjects
                    + 2 * gates
                    + 2 * self.plan.filters.first().map_or(0, Vec::len)
                    + STEPS * subject as usize
                    + step
            }
            Set::Skill(skill) => self.made.len() - 1 - usize::from(skill),
        }
    }

    /// Whether a set has been made for this block.
    pub(super) fn is_made(&self, set: Set) -> bool {
        self.made[self.number(set)] == self.visit
    }

    /// How many holders have to be gone through to make a set, at most.
    pub(super) fn cost(&self, set: Set) -> usize {
        let subject = match set {
            Set::Full(subject) | Set::Any(subject) | Set::Near(subject) | Set::Step(subject, _) => subject,
            Set::Unknown(gate) | Set::Held(gate) => self.plan.gates[gate as usize].subject,
            Set::Met(_) | Set::Unsure(_) | Set::Skill(_) => return 0,
        };
        let steps = &self.plan.steps[subject as usize];
        let subject = &self.plan.subjects[subject as usize];
        let counts = |f: u16| match set {
            Set::Any(_) => true,
            Set::Step(_, step) => f >= steps[step].f_min,
            Set::Near(_) => f >= NEAR_F_MIN,
            _ => f == ONE,
        };
        let ways = subject.ways.iter().filter(|(_, f)| counts(*f));
        let people =
            ways.map(|(skill, _)| self.columns().holders(self.block, usize::from(*skill)).people.len());
        match set {
            // Put together from sets of skills.
            Set::Full(_) | Set::Any(_) | Set::Near(_) | Set::Step(..) => {
                people.map(|people| people.min(self.words / 4)).sum()
            }
            _ => people.sum(),
        }
    }

    /// Makes sure that a set is there; where its words begin.
    pub(super) fn make(&mut self, set: Set) -> usize {
        let number = self.number(set);
        if self.made[number] == self.visit {
            return self.places[number];
        }
        let place = self.claim(number);
        match set {
            Set::Met(filter) | Set::Unsure(filter) => {
                let (met, unsure) = (self.number(Set::Met(filter)), self.number(Set::Unsure(filter)));
                self.make_filter(filter, met, unsure);
            }
            Set::Full(subject) => {
                let of = &self.plan.subjects[subject as usize];
                self.fill(place, of, |f| f == ONE);
                self.add_text(place, of, |_| true);
            }
            Set::Any(subject) => {
                let of = &self.plan.subjects[subject as usize];
                self.fill(place, of, |_| true);
                self.add_text(place, of, |_| true);
            }
            Set::Step(subject, step) => {
                let least = self.plan.steps[subject as usize][step].f_min;
                self.fill(place, &self.plan.subjects[subject as usize], |f| f >= least);
            }
            Set::Near(subject) => {
                let of = &self.plan.subjects[subject as usize];
                self.fill(place, of, |f| f >= NEAR_F_MIN || of.trait_.is_some());
                self.add_text(place, of, |_| true);
            }
            Set::Unknown(gate) => self.make_gate(place, self.plan.gates[gate as usize], Gate::Unknown),
            Set::Held(gate) => self.make_gate(place, self.plan.gates[gate as usize], Gate::Held),
            Set::Skill(skill) => {
                let people = self.columns().holders(self.block, usize::from(skill)).people;
                let words = &mut self.store[place..place + self.words];
                words.fill(0);
                set_all(words, people);
            }
        }
        place
    }

    /// How many holders have to be gone through to tell who earns how much.
    pub(super) fn cost_earning(&self, subject: u32) -> usize {
        let ways = self.plan.subjects[subject as usize].ways.iter().filter(|(_, f)| *f == ONE);
        ways.map(|(skill, _)| self.columns().holders(self.block, usize::from(*skill)).people.len()).sum()
    }

    /// The words of a set that was made.
    pub(super) fn words(&self, place: usize) -> &[u64] {
        &self.store[place..place + self.words]
    }

    fn claim(&mut self, number: usize) -> usize {
        if self.places[number] == usize::MAX {
            self.places[number] = self.store.len();
            self.store.resize(self.store.len() + self.words, 0);
        }
        self.made[number] = self.visit;
        self.places[number]
    }

    fn make_filter(&mut self, filter: u32, met: usize, unsure: usize) {
        let (met, unsure) = (self.claim(met), self.claim(unsure));
        let mut bits = [vec![0; self.words], vec![0; self.words]];
        let [of_met, of_unsure] = &mut bits;
        let filter = &self.plan.filters[self.segment][filter as usize];
        filter.fill(self.columns(), self.people.clone(), of_met, of_unsure);
        for (place, bits) in [(met, &bits[0]), (unsure, &bits[1])] {
            for ((word, bits), alive) in self.store[place..].iter_mut().zip(bits).zip(&self.alive) {
                *word = bits & alive;
            }
        }
    }

    fn make_gate(&mut self, place: usize, key: GateKey, least: Gate) {
        let subject = &self.plan.subjects[key.subject as usize];
        let tables = &self.plan.tables[self.segment];
        if subject.trait_.is_some() {
            // Through a skill a trait is unknown.
            self.fill(place, subject, |_| least <= Gate::Unknown);
        } else if least == Gate::Held {
            self.fill_held(place, subject, tables.held[key.line as usize]);
        } else {
            self.fill_gate(place, subject, &tables.gates[key.line as usize], least);
        }
        self.add_text(place, subject, |gate| gate >= least);
    }

    /// Sets the bits of all who hold a skill that counts, by its F. People without a class code are among them: they
    /// are not alive here.
    fn fill(&mut self, place: usize, subject: &Subject, counts: impl Fn(u16) -> bool) {
        self.store[place..place + self.words].fill(0);
        for (skill, _) in subject.ways.iter().filter(|(_, f)| counts(*f)) {
            let people = self.columns().holders(self.block, usize::from(*skill)).people;
            if people.len() < self.words {
                set_all(&mut self.store[place..place + self.words], people);
                continue;
            }
            let own = self.make(Set::Skill(*skill));
            let [words, of_skill] = self
                .store
                .get_disjoint_mut([place..place + self.words, own..own + self.words])
                .expect("sets do not overlap");
            words.iter_mut().zip(of_skill).for_each(|(word, of_skill)| *word |= *of_skill);
        }
    }

    /// Sets the bits of all who hold in full, with one of the first `held` classes.
    fn fill_held(&mut self, place: usize, subject: &Subject, held: u16) {
        let columns = self.columns();
        let words = &mut self.store[place..place + self.words];
        words.fill(0);
        for (skill, _) in subject.ways.iter().filter(|(_, f)| *f == ONE) {
            let holders = columns.holders(self.block, usize::from(*skill));
            let runs = holders.runs.partition_point(|run| run.class < held);
            let people = runs.checked_sub(1).map_or(0, |last| usize::from(holders.runs[last].end));
            set_all(words, &holders.people[..people]);
        }
    }

    /// Sets the bits of all who hold in full, with a class whose gate is good enough.
    fn fill_gate(&mut self, place: usize, subject: &Subject, gates: &[Gate], least: Gate) {
        let columns = self.columns();
        let words = &mut self.store[place..place + self.words];
        words.fill(0);
        for (skill, _) in subject.ways.iter().filter(|(_, f)| *f == ONE) {
            let holders = columns.holders(self.block, usize::from(*skill));
            let mut begin = 0;
            for run in holders.runs {
                let end = usize::from(run.end);
                if run.class != Columns::STRAY && gates[usize::from(run.class)] >= least {
                    set_all(words, &holders.people[begin..end]);
                }
                begin = end;
            }
        }
    }

    /// Sets the bits of all of whom text says that they have a trait, with a gate that counts.
    fn add_text(&mut self, place: usize, subject: &Subject, counts: impl Fn(Gate) -> bool) {
        let Some(wanted) = subject.trait_ else { return };
        let codes = self.columns().codes(Detail::Traits);
        let tables = &self.plan.tables[self.segment].traits;
        let speaks: Vec<bool> = tables
            .iter()
            .map(|spoken| spoken.iter().any(|(t, _, gate)| t.index() == usize::from(wanted) && counts(*gate)))
            .collect();
        if matches!(codes, CodeColumn::Same) && !speaks.first().is_some_and(|speaks| *speaks) {
            return;
        }
        for (at, person) in self.people.clone().enumerate() {
            if speaks[codes.get(person)] {
                self.store[place + at / 64] |= 1 << (at % 64);
            }
        }
    }
}

fn set_all(words: &mut [u64], people: &[u16]) {
    for person in people {
        words[usize::from(*person >> 6)] |= 1 << (*person & 63);
    }
}
