//! Facts to a file: dictionaries, the order of people, and the blocks.
//!
//! The same facts give the same bytes, in whatever order they come.

use std::collections::HashMap;
use std::hash::Hash;

use stackscout_profile::{Date, EvidenceSource, Facts, Pay, PayUnit, Status};

use crate::class::{Class, UNKNOWN};
use crate::columns::{
    AvailableRow, FLAG_IMPLAUSIBLE, FLAG_STRAY, PayRow, STATUS_HIRED, STATUS_OPTED_OUT, STRAY, Stray,
};
use crate::holders::RUN_MAX;
use crate::layout::{Counts, Part, Section, assemble};
use crate::pieces::{Packed, Packing, Pieces};
use crate::place::{PlaceRow, two_letters};

/// People a block: numbers of two bytes inside a block, and one column of it fits the fastest cache.
pub const BLOCK_PEOPLE: u32 = 32_768;
/// A block's people are counted in two bytes.
const BLOCK_PEOPLE_MAX: u32 = 1 << 15;

/// How columns are made.
#[derive(Debug, Clone, Copy)]
pub struct BuildOptions<'a> {
    /// Skills of the taxonomy.
    pub skills: usize,
    /// The taxonomy's fingerprint.
    pub fingerprint: &'a str,
    /// People a block; answers do not depend on it.
    pub block_people: u32,
    /// Classes with a code of their own at most; answers do not depend on it, evidence of the rarer ones is slow.
    pub classes_max: u16,
}

impl<'a> BuildOptions<'a> {
    /// The options that pools are made with.
    #[must_use]
    pub fn new(skills: usize, fingerprint: &'a str) -> Self {
        Self { skills, fingerprint, block_people: BLOCK_PEOPLE, classes_max: STRAY }
    }
}

/// Distinct values, numbered as they come and renumbered in their own order at the end.
struct Dictionary<T> {
    codes: HashMap<T, u32>,
    /// How often each code is in use.
    uses: Vec<u32>,
}

impl<T: Hash + Eq + Ord> Dictionary<T> {
    fn new() -> Self {
        Self { codes: HashMap::new(), uses: Vec::new() }
    }

    fn code(&mut self, value: T) -> u32 {
        let next =
            u32::try_from(self.codes.len()).expect("no more values than people, who are counted in 32 bits");
        let code = *self.codes.entry(value).or_insert(next);
        if code == next {
            self.uses.push(0);
        }
        self.uses[code as usize] += 1;
        code
    }

    /// Takes back one use.
    fn release(&mut self, code: u32) {
        self.uses[code as usize] -= 1;
    }

    /// The values that are in use, in order, and for each code given so far the value's place among them.
    fn sorted(self) -> (Vec<T>, Vec<u32>) {
        let mut places = vec![0; self.codes.len()];
        let mut values: Vec<(T, u32)> =
            self.codes.into_iter().filter(|(_, code)| self.uses[*code as usize] > 0).collect();
        values.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for (place, (_, code)) in values.iter().enumerate() {
            places[*code as usize] = u32::try_from(place).expect("as many as codes");
        }
        (values.into_iter().map(|(value, _)| value).collect(), places)
    }
}

/// One person, while a file is made.
struct Row {
    number: u32,
    place: u32,
    total: u16,
    flags: u8,
    start: u32,
    length: u32,
    permits: u32,
    languages: u32,
    traits: u32,
    available: u32,
    pay: u32,
}

impl Row {
    /// Where the evidence of this person stands.
    fn own(&self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }
}

/// Everybody's evidence as it comes: skills, and the numbers of their classes. Together they take four bytes, of which a
/// million people have fifteen million.
#[derive(Default)]
struct Held {
    skills: Vec<u16>,
    /// Numbers of classes; [`MORE`] where two bytes do not hold it.
    classes: Vec<u16>,
    /// Those numbers, by place.
    more: HashMap<usize, u32>,
}

/// Stands for the number of a class that is in [`Held::more`].
const MORE: u16 = u16::MAX;

impl Held {
    fn push(&mut self, skill: u16, class: u32) {
        let short = u16::try_from(class).ok().filter(|class| *class != MORE);
        if short.is_none() {
            self.more.insert(self.classes.len(), class);
        }
        self.skills.push(skill);
        self.classes.push(short.unwrap_or(MORE));
    }

    fn classes(&self, row: &Row) -> impl Iterator<Item = u32> {
        row.own().map(|at| match self.classes[at] {
            MORE => self.more[&at],
            class => u32::from(class),
        })
    }

    fn of(&self, row: &Row) -> impl Iterator<Item = (u16, u32)> {
        self.skills[row.own()].iter().copied().zip(self.classes(row))
    }
}

/// Makes one file of columns.
pub(crate) struct Builder<'a> {
    options: BuildOptions<'a>,
    rows: Vec<Row>,
    evidence: Held,
    classes: HashMap<Class, u32>,
    class_counts: Vec<u64>,
    places: Dictionary<PlaceRow>,
    permits: Dictionary<Option<Vec<[u8; 2]>>>,
    languages: Dictionary<Option<Vec<[u8; 2]>>>,
    traits: Dictionary<Vec<[u16; 2]>>,
    available: Dictionary<Option<(i16, i8, i8)>>,
    pays: Dictionary<Option<(u64, [u8; 3], u8)>>,
    /// The row of each person, from the first replacement on.
    row_of: Option<HashMap<u32, usize>>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(options: BuildOptions<'a>) -> Self {
        assert!((1..=BLOCK_PEOPLE_MAX).contains(&options.block_people), "a block is counted in two bytes");
        Self {
            options,
            rows: Vec::new(),
            evidence: Held::default(),
            classes: HashMap::new(),
            class_counts: Vec::new(),
            places: Dictionary::new(),
            permits: Dictionary::new(),
            languages: Dictionary::new(),
            traits: Dictionary::new(),
            available: Dictionary::new(),
            pays: Dictionary::new(),
            row_of: None,
        }
    }

    pub(crate) fn fingerprint(&self) -> &'a str {
        self.options.fingerprint
    }

    /// Takes in one person, who is not there yet.
    pub(crate) fn push(&mut self, facts: &Facts) {
        let row = self.row(facts);
        if let Some(row_of) = &mut self.row_of {
            row_of.insert(row.number, self.rows.len());
        }
        self.rows.push(row);
    }

    /// Takes in one person in place of what was said of them before, if anything.
    pub(crate) fn replace(&mut self, facts: &Facts) {
        let rows = &self.rows;
        let row_of = self
            .row_of
            .get_or_insert_with(|| rows.iter().enumerate().map(|(at, row)| (row.number, at)).collect());
        let Some(at) = row_of.get(&facts.number.0).copied() else { return self.push(facts) };
        let row = self.row(facts);
        let before = std::mem::replace(&mut self.rows[at], row);
        for class in self.evidence.classes(&before) {
            self.class_counts[class as usize] -= 1;
        }
        self.places.release(before.place);
        self.permits.release(before.permits);
        self.languages.release(before.languages);
        self.traits.release(before.traits);
        self.available.release(before.available);
        self.pays.release(before.pay);
    }

    fn row(&mut self, facts: &Facts) -> Row {
        let counted = |n: usize| u32::try_from(n).expect("evidence is counted in 32 bits");
        let start = counted(self.evidence.skills.len());
        for evidence in &facts.skills {
            let class = Class::of(evidence, facts.total_years);
            let next = u32::try_from(self.classes.len()).expect("classes are fewer than years times uses");
            let code = *self.classes.entry(class).or_insert(next);
            if code == next {
                self.class_counts.push(0);
            }
            self.class_counts[code as usize] += 1;
            let skill = u16::try_from(evidence.skill.index()).expect("skills are numbered in two bytes");
            self.evidence.push(skill, code);
        }
        let status = match facts.status {
            None => 0,
            Some(Status::Hired) => STATUS_HIRED,
            Some(Status::OptedOut) => STATUS_OPTED_OUT,
        };
        let codes = |codes: &mut dyn Iterator<Item = &str>| codes.map(two_letters).collect::<Vec<_>>();
        Row {
            number: facts.number.0,
            place: self.places.code(PlaceRow::of(facts)),
            total: facts.total_years.map_or(UNKNOWN, |years| years.tenths()),
            flags: status | if facts.implausible { FLAG_IMPLAUSIBLE } else { 0 },
            start,
            length: counted(facts.skills.len()),
            permits: self
                .permits
                .code(facts.permits.as_ref().map(|held| codes(&mut held.iter().map(|c| c.code())))),
            languages: self
                .languages
                .code(facts.languages.as_ref().map(|spoken| codes(&mut spoken.iter().map(|l| l.code())))),
            traits: self.traits.code(
                facts
                    .traits
                    .iter()
                    .map(|t| {
                        let source = match t.source {
                            EvidenceSource::Mentioned => 0,
                            EvidenceSource::Declared => 1,
                            EvidenceSource::Worked => 2,
                        };
                        [u16::try_from(t.trait_ix.index()).expect("traits are numbered in two bytes"), source]
                    })
                    .collect(),
            ),
            available: self.available.code(facts.available.map(Date::parts)),
            pay: self.pays.code(facts.expected_pay.map(pay_parts)),
        }
    }

    /// The file, with the numbers that it hides in the base.
    pub(crate) fn finish(self, hidden: &[u32]) -> Vec<u8> {
        let Self { options, mut rows, evidence, classes, class_counts, .. } = self;
        let skills = held_skills(&rows, &evidence, options.skills);
        let packing = Packing::new(&skills);
        let numbers = packing.numbers();
        let classes_max = options.classes_max.min(packing.classes_max());
        let (classes, class_codes) = number_classes(classes, &class_counts, classes_max);
        let (places, place_of) = self.places.sorted();
        let mut codes = Codes::default();
        let (permits, permit_of) = self.permits.sorted();
        let (languages, language_of) = self.languages.sorted();
        let (traits, trait_of) = self.traits.sorted();
        let (available, available_of) = self.available.sorted();
        let (pays, pay_of) = self.pays.sorted();

        for row in &mut rows {
            row.place = place_of[row.place as usize];
            if evidence.classes(row).any(|class| class_codes[class as usize] == STRAY) {
                row.flags |= FLAG_STRAY;
            }
        }
        // Whoever has a status comes last; then by place; then more years in all first, unknown ones last.
        rows.sort_unstable_by_key(|row| {
            let aside = row.flags & 3 != 0;
            let years = if row.total == UNKNOWN { UNKNOWN } else { UNKNOWN - 1 - row.total };
            if aside { (true, 0, 0, row.number) } else { (false, row.place, years, row.number) }
        });
        let open = rows.iter().take_while(|row| row.flags & 3 == 0).count();

        let mut starts = vec![0_u32];
        let mut forward: Vec<Packed> = Vec::with_capacity(evidence.skills.len());
        let mut strays = Vec::new();
        for row in &rows {
            for (skill, class) in evidence.of(row) {
                let code = class_codes[class as usize];
                if code == STRAY {
                    let at = u32::try_from(forward.len()).expect("evidence is counted in 32 bits");
                    strays.push(Stray { at, padding: 0, class: classes[class as usize] });
                }
                forward.push(packing.pack(numbers[usize::from(skill)], code));
            }
            starts.push(u32::try_from(forward.len()).expect("evidence is counted in 32 bits"));
            codes.permits.push(permit_of[row.permits as usize]);
            codes.languages.push(language_of[row.languages as usize]);
            codes.traits.push(trait_of[row.traits as usize]);
            codes.available.push(available_of[row.available as usize]);
            codes.pays.push(pay_of[row.pay as usize]);
        }
        // Of a million people each of these is a tenth of what an import may hold.
        drop(evidence);
        let mut coded: Vec<(u16, Class)> = class_codes
            .iter()
            .zip(&classes)
            .filter(|(code, _)| **code != STRAY)
            .map(|(code, class)| (*code, *class))
            .collect();
        coded.sort_unstable();
        let coded: Vec<Class> = coded.into_iter().map(|(_, class)| class).collect();

        let mut place_starts = vec![0_u32; places.len() + 1];
        for row in &rows[..open] {
            place_starts[row.place as usize + 1] += 1;
        }
        for at in 1..place_starts.len() {
            place_starts[at] += place_starts[at - 1];
        }
        let aside: Vec<u16> = rows[open..]
            .iter()
            .map(|row| u16::try_from(row.place).expect("places are countries times nine"))
            .collect();
        let numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
        let totals: Vec<u16> = rows.iter().map(|row| row.total).collect();
        let flags: Vec<u8> = rows.iter().map(|row| row.flags).collect();
        let stray_people = flags.iter().filter(|f| **f & FLAG_STRAY != 0).count();
        drop(rows);
        let blocks = Blocks::new(&options, &starts[..=open], Pieces::new(&forward, packing));
        let available: Vec<AvailableRow> = available.into_iter().map(AvailableRow::of).collect();
        let pays: Vec<PayRow> = pays.into_iter().map(PayRow::of).collect();
        let (permit_starts, permit_items) = lists(permits.iter().map(Option::as_deref));
        let (language_starts, language_items) = lists(languages.iter().map(Option::as_deref));
        let (trait_starts, trait_items) = lists(traits.iter().map(|list| Some(list.as_slice())));

        let count = |n: usize| u32::try_from(n).expect("people are numbered in 32 bits");
        let counts = Counts {
            people: count(numbers.len()),
            open_people: count(open),
            skills: count(options.skills),
            block_people: options.block_people,
            stray_people: count(stray_people),
        };
        let sections: [(Section, Box<dyn Part>); Section::COUNT] = [
            (Section::Numbers, Box::new(numbers)),
            (Section::Starts, Box::new(starts)),
            (Section::Skills, Box::new(skills)),
            (Section::Forward, Box::new(forward)),
            (Section::Classes, Box::new(coded)),
            (Section::Strays, Box::new(strays)),
            (Section::Places, Box::new(places)),
            (Section::PlaceStarts, Box::new(place_starts)),
            (Section::AsidePlaces, Box::new(aside)),
            (Section::Totals, Box::new(totals)),
            (Section::Flags, Box::new(flags)),
            (Section::Permits, packed(codes.permits)),
            (Section::PermitStarts, Box::new(permit_starts)),
            (Section::PermitItems, Box::new(permit_items)),
            (Section::Languages, packed(codes.languages)),
            (Section::LanguageStarts, Box::new(language_starts)),
            (Section::LanguageItems, Box::new(language_items)),
            (Section::Traits, packed(codes.traits)),
            (Section::TraitStarts, Box::new(trait_starts)),
            (Section::TraitItems, Box::new(trait_items)),
            (Section::Available, packed(codes.available)),
            (Section::AvailableRows, Box::new(available)),
            (Section::Pays, packed(codes.pays)),
            (Section::PayRows, Box::new(pays)),
            (Section::RunStarts, Box::new(blocks.run_starts)),
            (Section::HolderStarts, Box::new(blocks.holder_starts)),
            (Section::RunClasses, Box::new(blocks.classes)),
            (Section::RunLengths, Box::new(blocks.lengths)),
            (Section::Holders, Box::new(blocks.holders)),
            (Section::Hidden, Box::new(hidden.to_vec())),
        ];
        assemble(&counts, options.fingerprint, sections)
    }
}

#[derive(Default)]
struct Codes {
    permits: Vec<u32>,
    languages: Vec<u32>,
    traits: Vec<u32>,
    available: Vec<u32>,
    pays: Vec<u32>,
}

/// Every class by its first number, and its code: the most frequent classes have one, in their own order.
fn number_classes(classes: HashMap<Class, u32>, counts: &[u64], most: u16) -> (Vec<Class>, Vec<u16>) {
    let mut by_number: Vec<(Class, u32)> = classes.into_iter().collect();
    by_number.sort_unstable_by_key(|(_, number)| *number);
    let mut order: Vec<usize> = (0..by_number.len()).filter(|at| counts[*at] > 0).collect();
    order.sort_unstable_by_key(|at| (std::cmp::Reverse(counts[*at]), by_number[*at].0));
    let mut codes = vec![STRAY; by_number.len()];
    order.truncate(usize::from(most));
    order.sort_unstable_by_key(|at| by_number[*at].0);
    for (code, at) in order.into_iter().enumerate() {
        codes[at] = u16::try_from(code).expect("at most `most`");
    }
    (by_number.into_iter().map(|(class, _)| class).collect(), codes)
}

/// The skills that anybody holds, in ascending order.
fn held_skills(rows: &[Row], evidence: &Held, skills: usize) -> Vec<u16> {
    let mut is_held = vec![false; skills];
    for skill in rows.iter().flat_map(|row| &evidence.skills[row.own()]) {
        is_held[usize::from(*skill)] = true;
    }
    (0..=u16::MAX).zip(is_held).filter(|(_, is_held)| *is_held).map(|(skill, _)| skill).collect()
}

/// For each block and skill, who holds it, by class.
struct Blocks {
    run_starts: Vec<u32>,
    holder_starts: Vec<u32>,
    classes: Vec<u16>,
    lengths: Vec<u8>,
    holders: Vec<u16>,
}

impl Blocks {
    /// `starts` are those of the people in blocks and one more.
    fn new(options: &BuildOptions<'_>, starts: &[u32], forward: Pieces<'_>) -> Self {
        let mut blocks = Self {
            run_starts: Vec::new(),
            holder_starts: Vec::new(),
            classes: Vec::new(),
            lengths: Vec::new(),
            holders: Vec::new(),
        };
        let people = starts.len() - 1;
        let block_people = options.block_people as usize;
        for first in (0..people).step_by(block_people) {
            let last = people.min(first + block_people);
            let mut held: Vec<(u16, u16, u16)> = Vec::new();
            for person in first..last {
                let at = u16::try_from(person - first).expect("a block is counted in two bytes");
                let own = forward.part(starts[person] as usize..starts[person + 1] as usize);
                held.extend(own.iter().map(|e| (e.skill, e.class, at)));
            }
            held.sort_unstable();
            blocks.add(&held, options.skills);
        }
        blocks
    }

    fn add(&mut self, held: &[(u16, u16, u16)], skills: usize) {
        let count = |n: usize| u32::try_from(n).expect("evidence is counted in 32 bits");
        let mut rest = held;
        for skill in 0..skills {
            self.run_starts.push(count(self.classes.len()));
            self.holder_starts.push(count(self.holders.len()));
            let of_skill = rest.partition_point(|(s, ..)| usize::from(*s) <= skill);
            let (own, others) = rest.split_at(of_skill);
            rest = others;
            for run in own.chunk_by(|a, b| a.1 == b.1).flat_map(|run| run.chunks(RUN_MAX)) {
                self.classes.push(run[0].1);
                self.lengths.push(u8::try_from(run.len()).expect("no longer than the longest"));
            }
            self.holders.extend(own.iter().map(|(.., person)| *person));
        }
        self.run_starts.push(count(self.classes.len()));
        self.holder_starts.push(count(self.holders.len()));
    }
}

fn pay_parts(pay: Pay) -> (u64, [u8; 3], u8) {
    let mut currency = [0; 3];
    if let Some(known) = pay.currency {
        currency.copy_from_slice(&known.code().as_bytes()[..3]);
    }
    let per = match pay.per {
        None => 0,
        Some(PayUnit::Year) => 1,
        Some(PayUnit::Month) => 2,
        Some(PayUnit::Day) => 3,
        Some(PayUnit::Hour) => 4,
    };
    (pay.amount, currency, per)
}

/// Lists one after the other; an absent list is marked by the highest bit of its start.
fn lists<'l, T: Copy + 'l>(of: impl Iterator<Item = Option<&'l [T]>>) -> (Vec<u32>, Vec<T>) {
    let (mut starts, mut items) = (Vec::new(), Vec::new());
    for list in of {
        let start = u32::try_from(items.len()).expect("items are counted in 31 bits");
        starts.push(if list.is_some() { start } else { start | crate::columns::ABSENT });
        items.extend_from_slice(list.unwrap_or_default());
    }
    starts.push(u32::try_from(items.len()).expect("items are counted in 31 bits"));
    (starts, items)
}

/// Codes in as few bytes each as the greatest needs; none where all are 0.
fn packed(codes: Vec<u32>) -> Box<dyn Part> {
    let greatest = codes.iter().max().copied().unwrap_or(0);
    match greatest {
        0 => Box::new(Vec::<u8>::new()),
        1..=0xff => Box::new(narrow::<u8>(&codes)),
        0x100..=0xffff => Box::new(narrow::<u16>(&codes)),
        _ => Box::new(codes),
    }
}

fn narrow<T: TryFrom<u32>>(codes: &[u32]) -> Vec<T> {
    let narrow = |code: &u32| T::try_from(*code).ok().expect("the greatest is in range");
    codes.iter().map(narrow).collect()
}
