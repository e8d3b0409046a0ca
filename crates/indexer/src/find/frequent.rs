//! The frequent skills of a file of columns as sets, and the rest of everybody's skills as short lists: for counting the
//! skills of many people at once.
//!
//! A fifth of the skills that a pool knows makes up most of what people hold. Of each of these the people found are
//! counted by putting two sets together, 64 people at a time; what is left of a person's evidence is a third of it. That
//! takes 25 bytes a person and a pass over all evidence, so that it is made only for whoever asks again and again.

use pulp::Arch;
use stackscout_evidence::{EvidenceError, LazyColumns, Pieces};

use super::bits::{count_both, set};

/// Skills are frequent that more than this part of the people hold: putting two sets of a block together costs as much as
/// counting some hundred people one by one.
const FREQUENT_PART: usize = 48;

/// Two counters a skill, for every other person each: one that was just added to has to be waited for.
pub(super) type Counters = Vec<[u32; 2]>;

/// People whose skills memory is asked for at once.
pub(super) const TOGETHER: usize = 16;

/// Skills of one person, wherever they stand.
pub(super) trait Skills: Copy {
    /// Has the processor load them; what is given says nothing.
    fn touch(self) -> u16;

    /// Their numbers.
    fn numbers(self) -> impl Iterator<Item = u16>;
}

impl Skills for Pieces<'_> {
    #[inline]
    fn touch(self) -> u16 {
        Pieces::touch(self).into()
    }

    #[inline]
    fn numbers(self) -> impl Iterator<Item = u16> {
        self.iter().map(|piece| piece.skill)
    }
}

impl Skills for &[u16] {
    #[inline]
    fn touch(self) -> u16 {
        if let [first, .., last] = self { first ^ last } else { 0 }
    }

    #[inline]
    fn numbers(self) -> impl Iterator<Item = u16> {
        self.iter().copied()
    }
}

/// Adds the skills of some people. What they hold lies far apart: all of it is touched before any of it is counted, so
/// that memory is waited for once.
#[inline]
pub(super) fn count_skills(people: &[impl Skills], counters: &mut Counters) {
    std::hint::black_box(people.iter().fold(0, |seen, own| seen ^ own.touch()));
    for (at, own) in people.iter().enumerate() {
        for skill in own.numbers() {
            // At most one for each person, who are counted in 32 bits.
            let counter = &mut counters[usize::from(skill)][at % 2];
            *counter = counter.wrapping_add(1);
        }
    }
}

/// Everybody's skills, for counting.
#[derive(Debug)]
pub(super) struct Frequent {
    /// The frequent ones, by number.
    skills: Vec<u16>,
    /// Words of one set.
    words: usize,
    /// Who holds each frequent skill, set by set.
    sets: Vec<u64>,
    /// Where each person's other skills begin, and the end of all.
    starts: Vec<u32>,
    /// The others, person by person.
    others: Vec<u16>,
}

impl Frequent {
    /// Reads everybody's evidence.
    pub(super) fn new(columns: LazyColumns<'_>) -> Result<Self, EvidenceError> {
        let mut holders = vec![0_usize; columns.skills()];
        for block in 0..columns.blocks() {
            let of_block =
                columns.holder_starts(block).windows(2).map(|bounds| (bounds[1] - bounds[0]) as usize);
            holders.iter_mut().zip(of_block).for_each(|(count, of_block)| *count += of_block);
        }
        let words = columns.people().div_ceil(64);
        let mut skills = Vec::new();
        // For each skill the place of its set, if it is a frequent one.
        let mut set_of = vec![usize::MAX; columns.skills()];
        for (skill, count) in (0_u16..).zip(holders) {
            if count * FREQUENT_PART > columns.people() {
                set_of[usize::from(skill)] = skills.len() * words;
                skills.push(skill);
            }
        }
        let mut sets = vec![0; skills.len() * words];
        let starts_of = columns.starts()?;
        let evidence = columns.evidence(0..starts_of.last().map_or(0, |end| *end as usize))?;
        let (mut starts, mut others) = (Vec::with_capacity(starts_of.len()), Vec::new());
        let short = |n: usize| {
            u32::try_from(n).expect("no more than the file's evidence, which is counted in 32 bits")
        };
        for (person, bounds) in starts_of.windows(2).enumerate() {
            starts.push(short(others.len()));
            for piece in evidence.part(bounds[0] as usize..bounds[1] as usize).iter() {
                match set_of[usize::from(piece.skill)] {
                    usize::MAX => others.push(piece.skill),
                    begin => set(&mut sets[begin..begin + words], person),
                }
            }
        }
        starts.push(short(others.len()));
        Ok(Self { skills, words, sets, starts, others })
    }

    /// Adds the skills of people: `part` is the words of a set of them, from word `first` on.
    pub(super) fn add(&self, first: usize, part: &[u64], counters: &mut Counters) {
        // By the widest instructions of the machine; they are whole numbers, whatever adds them.
        Arch::new().dispatch(|| {
            for (place, skill) in self.skills.iter().enumerate() {
                let begin = place * self.words + first;
                let both = count_both(part, &self.sets[begin..begin + part.len()]);
                let counter = &mut counters[usize::from(*skill)][0];
                // At most one for each person, who are counted in 32 bits.
                *counter = counter.wrapping_add(u32::try_from(both).unwrap_or(u32::MAX));
            }
        });
        let mut together: [&[u16]; TOGETHER] = [&[]; TOGETHER];
        let mut waiting = 0;
        for person in super::bits::places(part).map(|at| first * 64 + at) {
            together[waiting] = &self.others[self.starts[person] as usize..self.starts[person + 1] as usize];
            waiting += 1;
            if waiting == TOGETHER {
                count_skills(&together, counters);
                waiting = 0;
            }
        }
        count_skills(&together[..waiting], counters);
    }
}
