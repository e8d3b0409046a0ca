//! One bit a person of a block, for everything that roles share; made when first asked for.

use std::ops::Range;

use stackscout_evidence::bits::set_range;
use stackscout_evidence::{Block, CodeColumn, Columns, Detail, Holders};

use super::filter::Verdict;
use super::lanes::{CHUNK, CHUNK_PEOPLE, Lanes};
use super::plan::{GateKey, Plan, Subject};
use crate::arithmetic::ONE;
use crate::assess::{Gate, NEAR_F_MIN};

/// Sets of people of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// Who is on a level of a subject's ladder, or of whom text says that they have the trait: on the first one whoever
    /// holds in full what a requirement asks for, on the last one whoever holds anything that counts.
    Level(u32, usize),
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

/// Sets for which room is asked for at once: 64 MiB of them.
const SETS_AT_ONCE_MAX: usize = 1 << 14;

/// The sets of the block that is being looked at.
pub(super) struct BlockBits<'a> {
    plan: &'a Plan<'a>,
    words: usize,
    /// For each subject the number of its first level, and the number of the first skill's set.
    levels: Vec<usize>,
    of_skills: usize,
    /// For each set, where its words begin, once it has had any.
    places: Vec<usize>,
    /// For each set, the visit that it was made in.
    made: Vec<u32>,
    /// Words of sets.
    store: Vec<u64>,
    visit: u32,
    segment: usize,
    block: usize,
    people: Range<usize>,
    /// Whom tables cover and nothing hides.
    alive: Vec<u64>,
    /// Whether that is everybody.
    is_whole: bool,
    /// Who holds what in the block.
    holders: Option<Block<'a>>,
    lanes: Lanes,
}

impl<'a> BlockBits<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, lanes: Lanes) -> Self {
        let block_people = plan.segments.iter().map(|s| s.columns.block_people()).max().unwrap_or(0);
        let skills = plan.segments.first().map_or(0, |s| s.columns.skills());
        let mut levels = Vec::with_capacity(plan.ladders.len());
        let mut sets =
            plan.subjects.len() + 2 * plan.gates.len() + 2 * plan.filters.first().map_or(0, Vec::len);
        for ladder in &plan.ladders {
            levels.push(sets);
            sets += ladder.levels.len();
        }
        let of_skills = sets;
        let sets = sets + skills;
        let words = block_people.div_ceil(CHUNK_PEOPLE) * CHUNK;
        Self {
            plan,
            words,
            levels,
            of_skills,
            places: vec![usize::MAX; sets],
            made: vec![0; sets],
            // Asked for at once, so that nothing is copied when more is wanted; what is not touched takes no memory.
            store: Vec::with_capacity(sets.min(SETS_AT_ONCE_MAX) * words),
            visit: 0,
            segment: 0,
            block: 0,
            people: 0..0,
            alive: Vec::new(),
            is_whole: true,
            holders: None,
            lanes,
        }
    }

    /// The words in which somebody can be whom a role's knock-outs let in, so; nobody is in any other.
    pub(super) fn span(&self, let_in: Set) -> Range<usize> {
        let (filter, verdict) = match let_in {
            Set::Unsure(filter) => (filter, Verdict::Unknown),
            Set::Met(filter) => (filter, Verdict::Met),
            _ => return 0..self.words,
        };
        let people = self.plan.span(self.segment, self.block, filter, verdict).people;
        people.start / CHUNK_PEOPLE * CHUNK..people.end.div_ceil(CHUNK_PEOPLE) * CHUNK
    }

    /// Chooses whom a role's knock-outs let in, so, within some words; the others are not looked at.
    pub(super) fn choose(&mut self, let_in: Set, words: Range<usize>, chosen: &mut Vec<u64>) {
        chosen.resize(self.words, 0);
        let (filter, verdict) = match let_in {
            Set::Met(filter) => (filter, Verdict::Met),
            Set::Unsure(filter) => (filter, Verdict::Unknown),
            _ => unreachable!("knock-outs let people in met or unsure"),
        };
        let of = &self.plan.filters[self.segment][filter as usize];
        if of.has_details() {
            // Person by person: dear enough to be shared by roles.
            let place = self.make(let_in);
            chosen[words.clone()].copy_from_slice(&self.words(place)[words]);
            return;
        }
        chosen[words.clone()].fill(0);
        let first = self.plan.span(self.segment, self.block, filter, verdict).first;
        of.fill_plain(first, verdict, self.people.clone(), chosen);
        if !self.is_whole {
            chosen[words.clone()].iter_mut().zip(&self.alive[words]).for_each(|(word, alive)| *word &= alive);
        }
    }

    /// Goes to a block. Nothing is known of it yet.
    pub(super) fn visit(&mut self, segment: usize, block: usize) {
        self.visit += 1;
        (self.segment, self.block) = (segment, block);
        let of = &self.plan.segments[segment];
        let columns = &of.columns;
        self.holders = Some(columns.block(block));
        let first = block * columns.block_people();
        self.people = first..columns.open_people().min(first + columns.block_people());
        self.alive.clear();
        self.alive.resize(self.words, 0);
        if !self.people.is_empty() {
            set_range(&mut self.alive, 0..self.people.len());
        }
        self.is_whole = of.hidden().is_none() && !columns.has_strays();
        if !self.is_whole {
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
            Set::Near(subject) => subject as usize,
            Set::Unknown(gate) => subjects + gate as usize,
            Set::Held(gate) => subjects + gates + gate as usize,
            Set::Met(filter) => subjects + 2 * gates + 2 * filter as usize,
            Set::Unsure(filter) => subjects + 2 * gates + 2 * filter as usize + 1,
            Set::Level(subject, level) => self.levels[subject as usize] + level,
            Set::Skill(skill) => self.of_skills + usize::from(skill),
        }
    }

    /// Whether a set has been made for this block.
    pub(super) fn is_made(&self, set: Set) -> bool {
        self.made[self.number(set)] == self.visit
    }

    /// How many holders have to be gone through to make a set of those who pass a must, at most.
    pub(super) fn cost(&self, set: Set) -> usize {
        let Some(holders) = self.holders else { return 0 };
        let of = |skill: u16| holders.count(usize::from(skill));
        match set {
            Set::Unknown(gate) | Set::Held(gate) => {
                let ladder = &self.plan.ladders[self.plan.gates[gate as usize].subject as usize];
                ladder.skills[..ladder.levels[0].skills].iter().map(|skill| of(*skill)).sum()
            }
            Set::Near(subject) => {
                // Put together from sets of skills.
                let ways = self.plan.subjects[subject as usize].ways.iter().filter(|(_, f)| *f >= NEAR_F_MIN);
                ways.map(|(skill, _)| of(*skill).min(self.words / 4)).sum()
            }
            _ => 0,
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
            Set::Level(subject, level) => self.make_level(place, subject, level),
            Set::Near(subject) => {
                let of = &self.plan.subjects[subject as usize];
                self.fill(place, of, |f| f >= NEAR_F_MIN || of.trait_.is_some());
                self.add_text(place, of, |_| true);
            }
            Set::Unknown(gate) => self.make_gate(place, self.plan.gates[gate as usize], Gate::Unknown),
            Set::Held(gate) => self.make_gate(place, self.plan.gates[gate as usize], Gate::Held),
            Set::Skill(skill) => {
                let people = self.holders(skill).people;
                let words = &mut self.store[place..place + self.words];
                words.fill(0);
                set_all(words, people);
            }
        }
        place
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

    /// A level of a ladder: the one before and what is held of the skills between.
    fn make_level(&mut self, place: usize, subject: u32, level: usize) {
        let plan = self.plan;
        let ladder = &plan.ladders[subject as usize];
        let before = match level.checked_sub(1) {
            None => {
                self.store[place..place + self.words].fill(0);
                self.add_text(place, &plan.subjects[subject as usize], |_| true);
                0
            }
            Some(before) => {
                let from = self.make(Set::Level(subject, before));
                self.store.copy_within(from..from + self.words, place);
                ladder.levels[before].skills
            }
        };
        ladder.skills[before..ladder.levels[level].skills]
            .iter()
            .for_each(|skill| self.add_skill(place, *skill));
    }

    /// Sets the bits of all who hold a skill that counts, by its F.
    fn fill(&mut self, place: usize, subject: &Subject, counts: impl Fn(u16) -> bool) {
        self.store[place..place + self.words].fill(0);
        for (skill, _) in subject.ways.iter().filter(|(_, f)| counts(*f)) {
            self.add_skill(place, *skill);
        }
    }

    /// Sets the bits of all who hold a skill. People without a class code are among them: they are not alive here.
    fn add_skill(&mut self, place: usize, skill: u16) {
        let people = self.holders(skill).people;
        if people.len() < self.words / 4 {
            set_all(&mut self.store[place..place + self.words], people);
            return;
        }
        let own = self.make(Set::Skill(skill));
        let [words, of_skill] = self
            .store
            .get_disjoint_mut([place..place + self.words, own..own + self.words])
            .expect("sets do not overlap");
        self.lanes.join(words, of_skill);
    }

    fn holders(&self, skill: u16) -> Holders<'a> {
        match &self.holders {
            Some(block) => block.holders(usize::from(skill)),
            None => Holders::NOBODY,
        }
    }

    /// Sets the bits of all who hold in full, with one of the first `held` classes.
    fn fill_held(&mut self, place: usize, subject: &Subject, held: u16) {
        self.store[place..place + self.words].fill(0);
        for (skill, _) in subject.ways.iter().filter(|(_, f)| *f == ONE) {
            let holders = self.holders(*skill);
            let words = &mut self.store[place..place + self.words];
            set_all(words, holders.before(held));
        }
    }

    /// Sets the bits of all who hold in full, with a class whose gate is good enough.
    fn fill_gate(&mut self, place: usize, subject: &Subject, gates: &[Gate], least: Gate) {
        self.store[place..place + self.words].fill(0);
        for (skill, _) in subject.ways.iter().filter(|(_, f)| *f == ONE) {
            let holders = self.holders(*skill);
            let words = &mut self.store[place..place + self.words];
            for (class, people) in holders.runs() {
                if class != Columns::STRAY && gates[usize::from(class)] >= least {
                    set_all(words, people);
                }
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
