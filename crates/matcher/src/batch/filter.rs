//! The knock-outs of a role over the columns: whole ranges of people at once where place and years decide, and a table
//! for each further detail.

use std::collections::BTreeMap;
use std::ops::Range;

use stackscout_evidence::bits::set_range;
use stackscout_evidence::{CodeColumn, Columns, Detail, PlaceRow, Segment};
use stackscout_profile::{CandidateNumber, Facts, Limits, Role, Unknown, Where, Years};

use crate::knockout::{Answer, knockouts, where_answer};

/// People who stand one after the other and have the same answers to place and years. They begin where those before them
/// end. A batch has a thousand of these for each role: what they take has to be cleared by the system first.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    end: u32,
    answer: StretchAnswer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StretchAnswer {
    Met,
    Unknown,
    /// Left out by `where`.
    Elsewhere,
    /// Left out by `years_min`.
    TooNew,
}

impl StretchAnswer {
    fn verdict(self) -> Verdict {
        match self {
            Self::Met => Verdict::Met,
            Self::Unknown => Verdict::Unknown,
            Self::Elsewhere => Verdict::Out("where"),
            Self::TooNew => Verdict::Out("years_min"),
        }
    }
}

/// Some people, by place in the file.
#[derive(Debug, Clone, Copy)]
struct People {
    start: u32,
    end: u32,
}

impl People {
    fn start(self) -> usize {
        self.start as usize
    }

    fn end(self) -> usize {
        self.end as usize
    }
}

/// A knock-out on a detail: its key, and the answer for each code.
#[derive(Debug)]
struct DetailAnswers {
    kind: &'static str,
    detail: Detail,
    answers: Vec<Answer>,
}

/// What the knock-outs of a role say of the people of one file.
#[derive(Debug)]
pub(super) struct Filter {
    stretches: Vec<Stretch>,
    /// Where those are who can have all met.
    met: Vec<People>,
    /// Where those are of whom some answer can be unknown.
    unsure: Vec<People>,
    /// In the order of the role file.
    details: Vec<DetailAnswers>,
    drops_implausible: bool,
    unknown: Unknown,
    /// Whom decisions leave out, in the order of places, with the key.
    decided: Vec<(usize, &'static str)>,
}

/// Where the people of a block stand who can have a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// The first range of people that reaches into the block, or comes after it.
    pub(super) first: usize,
    /// Counted from the block's first.
    pub(super) people: Range<usize>,
}

/// What the knock-outs say of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Met,
    Unknown,
    Out(&'static str),
}

impl Filter {
    pub(super) fn new(where_: Option<&Where>, limits: &Limits, columns: &Columns) -> Self {
        let mut facts = Facts::new(CandidateNumber(0));
        let mut answer = |place: &PlaceRow| {
            facts.country = place.country();
            facts.remote = place.remote();
            facts.relocation = place.relocation();
            where_.map_or(Answer::Met, |where_| where_answer(where_, &facts))
        };
        let place_answers: Vec<Answer> = columns.places().iter().map(&mut answer).collect();
        let mut stretches: Vec<Stretch> = Vec::new();
        // Of the people after those before.
        let mut add = |until: u32, answer| match stretches.last_mut() {
            Some(last) if last.end == until => {}
            Some(last) if last.answer == answer => last.end = until,
            None if until == 0 => {}
            _ => stretches.push(Stretch { end: until, answer }),
        };
        for (place, answer) in place_answers.iter().enumerate() {
            let [start, end] = [0, 1].map(|next| columns.place_starts()[place + next]);
            if *answer == Answer::NotMet {
                add(end, StretchAnswer::Elsewhere);
                continue;
            }
            let of_place = match answer {
                Answer::Unknown => StretchAnswer::Unknown,
                _ => StretchAnswer::Met,
            };
            match limits.years_min {
                None => add(end, of_place),
                Some(least) => {
                    // Descending, unknown ones last.
                    let totals = &columns.totals()[start as usize..end as usize];
                    let unknown = totals.partition_point(|t| Years::from_tenths(*t).is_some());
                    let enough = totals[..unknown].partition_point(|t| *t >= least.tenths());
                    let at = |count| start + u32::try_from(count).expect("people are numbered in 32 bits");
                    add(at(enough), of_place);
                    add(at(unknown), StretchAnswer::TooNew);
                    add(end, StretchAnswer::Unknown);
                }
            }
        }
        let mut details = Vec::new();
        let mut add = |kind, detail, is_asked: bool, of_code: &dyn Fn(&mut Facts, usize)| {
            if is_asked {
                let mut facts = Facts::new(CandidateNumber(0));
                let mut asked = Asker::new();
                let answers = (0..columns.code_count(detail)).map(|code| {
                    of_code(&mut facts, code);
                    asked.ask(only(limits, kind), &facts)
                });
                details.push(DetailAnswers { kind, detail, answers: answers.collect() });
            }
        };
        add("permit", Detail::Permits, !limits.permit.is_empty(), &|facts, code| {
            facts.permits = columns.permits(code);
        });
        add("languages", Detail::Languages, !limits.languages.is_empty(), &|facts, code| {
            facts.languages = columns.languages(code);
        });
        add("available_by", Detail::Available, limits.available_by.is_some(), &|facts, code| {
            facts.available = columns.available(code);
        });
        add("pay_max", Detail::Pay, limits.pay_max.is_some(), &|facts, code| {
            facts.expected_pay = columns.pay(code);
        });
        let has_details = !details.is_empty() || limits.drop_implausible;
        let can_be_unsure = |answer| match answer {
            StretchAnswer::Unknown => limits.unknown != Unknown::Drop,
            // A detail may be unknown of somebody whose place is not.
            StretchAnswer::Met => has_details,
            StretchAnswer::Elsewhere | StretchAnswer::TooNew => false,
        };
        let ranges = |can_be: &dyn Fn(StretchAnswer) -> bool| {
            let starts = [0].into_iter().chain(stretches.iter().map(|s| s.end));
            let found = starts.zip(&stretches).filter(|(_, s)| can_be(s.answer));
            found.map(|(start, s)| People { start, end: s.end }).collect()
        };
        Self {
            met: ranges(&|answer| answer == StretchAnswer::Met),
            unsure: ranges(&can_be_unsure),
            stretches,
            details,
            drops_implausible: limits.drop_implausible,
            unknown: limits.unknown,
            decided: Vec::new(),
        }
    }

    /// The same, with these people left out, who have no status and are not hidden.
    pub(super) fn without(mut self, mut decided: Vec<(usize, &'static str)>) -> Self {
        decided.sort_unstable();
        self.decided = decided;
        self
    }

    /// Whether more is asked than places and years tell.
    pub(super) fn has_details(&self) -> bool {
        !self.details.is_empty() || self.drops_implausible
    }

    fn ranges(&self, verdict: Verdict) -> &[People] {
        if verdict == Verdict::Met { &self.met } else { &self.unsure }
    }

    /// The stretches from the one on in which a person stands, each with its people.
    fn stretches_from(&self, person: usize) -> impl Iterator<Item = (Range<usize>, StretchAnswer)> + '_ {
        let at = self.stretches.partition_point(|s| s.end as usize <= person);
        let start = at.checked_sub(1).map_or(0, |before| self.stretches[before].end);
        let of = |start: &mut u32, s: &Stretch| {
            let people = std::mem::replace(start, s.end) as usize..s.end as usize;
            Some((people, s.answer))
        };
        self.stretches[at..].iter().scan(start, of)
    }

    /// Where the people of each block stand, counted from its first, among whom all are that have a verdict.
    pub(super) fn spans(&self, columns: &Columns, verdict: Verdict) -> Vec<Span> {
        let ranges = self.ranges(verdict);
        let mut first = 0;
        let span = |block: usize| {
            let people = block * columns.block_people()..(block + 1) * columns.block_people();
            first += ranges[first..].iter().take_while(|range| range.end() <= people.start).count();
            let within = ranges[first..].iter().take_while(|range| range.start() < people.end).count();
            let people = match &ranges[first..first + within] {
                [one, rest @ ..] => {
                    let last = rest.last().unwrap_or(one);
                    one.start().max(people.start) - people.start..last.end().min(people.end) - people.start
                }
                [] => 0..0,
            };
            Span { first, people }
        };
        (0..columns.blocks()).map(span).collect()
    }

    /// Sets the bits of the people of a block who have a verdict, where places and years decide; `first` is that of the
    /// block's span.
    pub(super) fn fill_plain(&self, first: usize, verdict: Verdict, people: Range<usize>, bits: &mut [u64]) {
        for range in self.ranges(verdict)[first..].iter().take_while(|range| range.start() < people.end) {
            let [from, to] = [range.start().max(people.start), range.end().min(people.end)];
            set_range(bits, from - people.start..to - people.start);
        }
        self.take_out_decided(people, &mut [bits]);
    }

    /// Takes whom decisions leave out of sets of the people of a block.
    fn take_out_decided(&self, people: Range<usize>, sets: &mut [&mut [u64]]) {
        let begin = self.decided.partition_point(|(person, _)| *person < people.start);
        for (person, _) in self.decided[begin..].iter().take_while(|(person, _)| *person < people.end) {
            let at = person - people.start;
            sets.iter_mut().for_each(|bits| bits[at / 64] &= !(1 << (at % 64)));
        }
    }

    /// Sets the bits of the people of a block whom the knock-outs let in: those who meet all, and those of whom some
    /// answer is unknown. Says whether there are any.
    pub(super) fn fill(
        &self,
        columns: &Columns,
        people: Range<usize>,
        met: &mut [u64],
        unknown: &mut [u64],
    ) -> bool {
        met.fill(0);
        unknown.fill(0);
        let mut any = false;
        for (own, answer) in self.stretches_from(people.start).take_while(|(own, _)| own.start < people.end) {
            let bits = match answer {
                StretchAnswer::Elsewhere | StretchAnswer::TooNew => continue,
                StretchAnswer::Unknown if self.unknown == Unknown::Drop => continue,
                StretchAnswer::Unknown => &mut *unknown,
                StretchAnswer::Met => &mut *met,
            };
            any = true;
            let from = own.start.max(people.start) - people.start;
            let to = own.end.min(people.end) - people.start;
            set_range(bits, from..to);
        }
        if any && (!self.details.is_empty() || self.drops_implausible) {
            self.refine(columns, people.start, met, unknown);
        }
        if any {
            self.take_out_decided(people, &mut [met, unknown]);
        }
        any
    }

    fn refine(&self, columns: &Columns, first: usize, met: &mut [u64], unknown: &mut [u64]) {
        let codes = self.codes(columns);
        for word in 0..met.len() {
            for (of_place, bits) in [(Verdict::Met, met[word]), (Verdict::Unknown, unknown[word])] {
                let mut rest = bits;
                while rest != 0 {
                    let bit = rest & rest.wrapping_neg();
                    rest ^= bit;
                    let person = first + word * 64 + bit.trailing_zeros() as usize;
                    let verdict = self.verdict(of_place, &codes, columns, person);
                    if verdict != of_place {
                        match of_place {
                            Verdict::Met => met[word] ^= bit,
                            _ => unknown[word] ^= bit,
                        }
                        if verdict == Verdict::Unknown {
                            unknown[word] |= bit;
                        }
                    }
                }
            }
        }
    }

    fn codes<'c>(&self, columns: &'c Columns) -> Vec<CodeColumn<'c>> {
        self.details.iter().map(|detail| columns.codes(detail.detail)).collect()
    }

    /// What the details make of somebody whom place and years let in.
    fn verdict(
        &self,
        of_place: Verdict,
        codes: &[CodeColumn<'_>],
        columns: &Columns,
        person: usize,
    ) -> Verdict {
        let mut is_unknown = of_place == Verdict::Unknown;
        for (detail, codes) in self.details.iter().zip(codes) {
            match detail.answers[codes.get(person)] {
                Answer::NotMet => return Verdict::Out(detail.kind),
                Answer::Unknown => is_unknown = true,
                Answer::Met => {}
            }
        }
        if self.drops_implausible && columns.is_implausible(person) {
            return Verdict::Out("implausible");
        }
        match (is_unknown, self.unknown) {
            (true, Unknown::Drop) => Verdict::Out("unknown"),
            (true, Unknown::Keep) => Verdict::Unknown,
            (false, _) => Verdict::Met,
        }
    }

    /// What the knock-outs say of one person without a status.
    pub(super) fn of(&self, columns: &Columns, person: usize) -> Verdict {
        match self.decided.binary_search_by_key(&person, |(person, _)| *person) {
            Ok(at) => Verdict::Out(self.decided[at].1),
            Err(_) => self.of_undecided(columns, person),
        }
    }

    fn of_undecided(&self, columns: &Columns, person: usize) -> Verdict {
        let at = self.stretches.partition_point(|s| s.end as usize <= person);
        let of_place = self.stretches[at].answer.verdict();
        if matches!(of_place, Verdict::Out(_)) {
            return of_place;
        }
        self.verdict(of_place, &self.codes(columns), columns, person)
    }

    /// How many people of a file the knock-outs leave out, by the first reason, and how many they let in.
    pub(super) fn count(&self, segment: &Segment) -> (BTreeMap<&'static str, u64>, u64) {
        let columns = &segment.columns;
        let mut left_out = BTreeMap::new();
        let mut let_in = 0;
        for person in (columns.open_people()..columns.people()).filter(|p| !segment.is_hidden(*p)) {
            let status = columns.status(person).expect("those without a status stand before");
            *left_out.entry(status.word()).or_insert(0) += 1;
        }
        let by_stretch = self.details.is_empty() && !self.drops_implausible && segment.hidden().is_none();
        let codes = self.codes(columns);
        for (people, answer) in self.stretches_from(0) {
            let mut add = |verdict: Verdict, count: u64| match verdict {
                Verdict::Out(kind) => *left_out.entry(kind).or_insert(0) += count,
                Verdict::Met | Verdict::Unknown => let_in += count,
            };
            let of_place = match answer.verdict() {
                Verdict::Unknown if self.unknown == Unknown::Drop && by_stretch => Verdict::Out("unknown"),
                of_place => of_place,
            };
            if by_stretch {
                add(of_place, people.len() as u64);
                continue;
            }
            for person in people.filter(|person| !segment.is_hidden(*person)) {
                let verdict = match of_place {
                    Verdict::Out(_) => of_place,
                    _ => self.verdict(of_place, &codes, columns, person),
                };
                add(verdict, 1);
            }
        }
        // Few are decided about: they are moved from what was counted to what was decided.
        for (person, kind) in &self.decided {
            match self.of_undecided(columns, *person) {
                Verdict::Out(counted) => *left_out.entry(counted).or_insert(0) -= 1,
                Verdict::Met | Verdict::Unknown => let_in -= 1,
            }
            *left_out.entry(*kind).or_insert(0) += 1;
        }
        (left_out, let_in)
    }
}

/// One limit of a role and no other.
fn only(limits: &Limits, kind: &str) -> Limits {
    let mut one = Limits::default();
    match kind {
        "permit" => one.permit.clone_from(&limits.permit),
        "languages" => one.languages.clone_from(&limits.languages),
        "available_by" => one.available_by = limits.available_by,
        _ => one.pay_max = limits.pay_max,
    }
    one
}

/// Asks the plain path for the answer to a single knock-out.
struct Asker(Role);

impl Asker {
    fn new() -> Self {
        Self(Role::of(Vec::new()))
    }

    fn ask(&mut self, limits: Limits, facts: &Facts) -> Answer {
        self.0.limits = limits;
        knockouts(&self.0, facts).first().map_or(Answer::Met, |knockout| knockout.answer)
    }
}
