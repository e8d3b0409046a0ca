//! The knock-outs of a role over the columns: whole ranges of people at once where place and years decide, and a table
//! for each further detail.

use std::collections::BTreeMap;
use std::ops::Range;

use stackscout_evidence::bits::set_range;
use stackscout_evidence::{CodeColumn, Columns, Detail, Segment};
use stackscout_profile::{CandidateNumber, Facts, Limits, Role, Unknown, Where, Years};

use crate::knockout::{Answer, knockouts};

/// People who stand one after the other and have the same answers to place and years.
#[derive(Debug, Clone)]
struct Stretch {
    people: Range<usize>,
    answer: StretchAnswer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StretchAnswer {
    Met,
    Unknown,
    /// Left out, by which key.
    Out(&'static str),
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
    /// In the order of the role file.
    details: Vec<DetailAnswers>,
    drops_implausible: bool,
    unknown: Unknown,
    /// Whom decisions leave out, in the order of places, with the key.
    decided: Vec<(usize, &'static str)>,
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
        let mut asked = Asker::new();
        let place_answers: Vec<Answer> = columns
            .places()
            .iter()
            .map(|place| {
                let mut facts = Facts::new(CandidateNumber(0));
                facts.country = place.country();
                facts.remote = place.remote();
                facts.relocation = place.relocation();
                asked.ask(where_, Limits::default(), &facts)
            })
            .collect();
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut add = |people: Range<usize>, answer| match stretches.last_mut() {
            _ if people.is_empty() => {}
            Some(last) if last.answer == answer && last.people.end == people.start => {
                last.people.end = people.end;
            }
            _ => stretches.push(Stretch { people, answer }),
        };
        for (place, answer) in place_answers.iter().enumerate() {
            let people = columns.place_starts()[place] as usize..columns.place_starts()[place + 1] as usize;
            if *answer == Answer::NotMet {
                add(people, StretchAnswer::Out("where"));
                continue;
            }
            let of_place = match answer {
                Answer::Unknown => StretchAnswer::Unknown,
                _ => StretchAnswer::Met,
            };
            match limits.years_min {
                None => add(people, of_place),
                Some(least) => {
                    // Descending, unknown ones last.
                    let totals = &columns.totals()[people.clone()];
                    let unknown = totals.partition_point(|t| Years::from_tenths(*t).is_some());
                    let enough = totals[..unknown].partition_point(|t| *t >= least.tenths());
                    let at = |count| people.start + count;
                    add(at(0)..at(enough), of_place);
                    add(at(enough)..at(unknown), StretchAnswer::Out("years_min"));
                    add(at(unknown)..people.end, StretchAnswer::Unknown);
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
                    asked.ask(None, only(limits, kind), &facts)
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
        let (drops_implausible, unknown) = (limits.drop_implausible, limits.unknown);
        Self { stretches, details, drops_implausible, unknown, decided: Vec::new() }
    }

    /// The same, with these people left out, who have no status and are not hidden.
    pub(super) fn without(mut self, mut decided: Vec<(usize, &'static str)>) -> Self {
        decided.sort_unstable();
        self.decided = decided;
        self
    }

    /// Where the people of a block stand, counted from its first, among whom all are that have a verdict.
    pub(super) fn span(&self, people: Range<usize>, verdict: Verdict) -> Range<usize> {
        let has_details = !self.details.is_empty() || self.drops_implausible;
        let begin = self.stretches.partition_point(|s| s.people.end <= people.start);
        let within = self.stretches[begin..].iter().take_while(|s| s.people.start < people.end);
        let can_have = |answer| match (verdict, answer) {
            (Verdict::Met, StretchAnswer::Met) => true,
            (Verdict::Unknown, StretchAnswer::Unknown) => self.unknown != Unknown::Drop,
            // A detail may be unknown of somebody whose place is not.
            (Verdict::Unknown, StretchAnswer::Met) => has_details,
            _ => false,
        };
        let mut having = within.filter(|stretch| can_have(stretch.answer));
        let Some(first) = having.next() else { return 0..0 };
        let end = having.last().unwrap_or(first).people.end;
        first.people.start.max(people.start) - people.start..end.min(people.end) - people.start
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
        let begin = self.stretches.partition_point(|s| s.people.end <= people.start);
        for stretch in self.stretches[begin..].iter().take_while(|s| s.people.start < people.end) {
            let bits = match stretch.answer {
                StretchAnswer::Out(_) => continue,
                StretchAnswer::Unknown if self.unknown == Unknown::Drop => continue,
                StretchAnswer::Unknown => &mut *unknown,
                StretchAnswer::Met => &mut *met,
            };
            any = true;
            let from = stretch.people.start.max(people.start) - people.start;
            let to = stretch.people.end.min(people.end) - people.start;
            set_range(bits, from..to);
        }
        if any && (!self.details.is_empty() || self.drops_implausible) {
            self.refine(columns, people.start, met, unknown);
        }
        if any {
            let begin = self.decided.partition_point(|(person, _)| *person < people.start);
            for (person, _) in self.decided[begin..].iter().take_while(|(person, _)| *person < people.end) {
                let at = person - people.start;
                met[at / 64] &= !(1 << (at % 64));
                unknown[at / 64] &= !(1 << (at % 64));
            }
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
        let at = self.stretches.partition_point(|s| s.people.end <= person);
        let of_place = match self.stretches[at].answer {
            StretchAnswer::Out(kind) => return Verdict::Out(kind),
            StretchAnswer::Unknown => Verdict::Unknown,
            StretchAnswer::Met => Verdict::Met,
        };
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
        for stretch in &self.stretches {
            let mut add = |verdict: Verdict, count: u64| match verdict {
                Verdict::Out(kind) => *left_out.entry(kind).or_insert(0) += count,
                Verdict::Met | Verdict::Unknown => let_in += count,
            };
            let of_place = match stretch.answer {
                StretchAnswer::Out(kind) => Verdict::Out(kind),
                StretchAnswer::Unknown if self.unknown == Unknown::Drop && by_stretch => {
                    Verdict::Out("unknown")
                }
                StretchAnswer::Unknown => Verdict::Unknown,
                StretchAnswer::Met => Verdict::Met,
            };
            if by_stretch {
                add(of_place, stretch.people.len() as u64);
                continue;
            }
            for person in stretch.people.clone().filter(|person| !segment.is_hidden(*person)) {
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

    fn ask(&mut self, where_: Option<&Where>, limits: Limits, facts: &Facts) -> Answer {
        if self.0.where_.as_ref() != where_ {
            self.0.where_ = where_.cloned();
        }
        self.0.limits = limits;
        knockouts(&self.0, facts).first().map_or(Answer::Met, |knockout| knockout.answer)
    }
}
