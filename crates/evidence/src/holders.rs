//! The people of one block who hold one skill, class by class.

/// People who hold a skill, in runs of one class each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holders<'a> {
    /// The class of each run, in ascending order; a class whose people are more than a run can have has several.
    pub(crate) classes: &'a [u16],
    /// How many people each run has.
    pub(crate) lengths: &'a [u8],
    /// The people, counted from the block's first, run by run.
    pub people: &'a [u16],
}

/// Most people of a run.
pub(crate) const RUN_MAX: usize = u8::MAX as usize;

impl<'a> Holders<'a> {
    /// Of nobody.
    pub const NOBODY: Self = Self { classes: &[], lengths: &[], people: &[] };

    /// Each run: the code of its class, [`Columns::STRAY`](crate::Columns::STRAY) for people whose classes have none, and
    /// its people.
    #[inline]
    pub fn runs(self) -> impl Iterator<Item = (u16, &'a [u16])> {
        let mut rest = self.people;
        self.classes.iter().zip(self.lengths).map(move |(class, length)| {
            let (run, others) = rest.split_at(usize::from(*length));
            rest = others;
            (*class, run)
        })
    }

    /// The people whose class comes before this one.
    #[inline]
    #[must_use]
    pub fn before(self, class: u16) -> &'a [u16] {
        let runs = self.classes.partition_point(|code| *code < class);
        let people: u32 = self.lengths[..runs].iter().map(|length| u32::from(*length)).sum();
        &self.people[..people as usize]
    }

    /// Whether the runs stand in order, and have as many people as there are.
    pub(crate) fn are_whole(self) -> bool {
        let people: usize = self.lengths.iter().map(|length| usize::from(*length)).sum();
        self.classes.is_sorted() && self.lengths.len() == self.classes.len() && people == self.people.len()
    }
}
