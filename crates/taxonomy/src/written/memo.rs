//! Items that were read before: a file names the same skills in every row, mostly in the same words.
//!
//! What an item says by itself depends on the taxonomy and its text alone, so each thread remembers the items that it
//! read last and reads them once. What stands around an item (labels, notes behind a comma) is never remembered.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use super::item::{Found, ITEM_LENGTH_MAX, Inside};
use super::list::label_notes;
use super::note::Notes;
use crate::{Resolution, Taxonomy};

/// Items that a thread remembers at most, in each of two generations: about 10 MB where all are long.
const ITEMS_MAX: usize = 16_384;
/// Brackets that a thread remembers at most; there are few figures of years and dates.
const BRACKETS_MAX: usize = 4_096;

/// What an item says by itself.
pub(super) struct Alone<'t> {
    /// A part of it behind a comma is a skill's own name.
    pub names: bool,
    /// What stands before a colon in it is a label that says something of what follows.
    pub labelled: bool,
    /// The one skill with notes that it is.
    pub found: Option<Found<'t>>,
}

/// An [`Alone`] that does not hold on to its text.
struct Kept {
    names: bool,
    labelled: bool,
    found: Option<KeptFound>,
}

impl Kept {
    /// `None` where a part is none of the item's bytes, which cannot be kept by its place.
    fn new(item: &str, alone: &Alone<'_>) -> Option<Self> {
        let found = match &alone.found {
            Some(found) => Some(KeptFound::new(item, found)?),
            None => None,
        };
        Some(Self { names: alone.names, labelled: alone.labelled, found })
    }

    fn of<'t>(&self, item: &'t str) -> Alone<'t> {
        let found = self.found.as_ref().map(|found| found.of(item));
        Alone { names: self.names, labelled: self.labelled, found }
    }
}

/// A [`Found`] that does not hold on to its text.
struct KeptFound {
    name: Range<usize>,
    resolution: Resolution,
    notes: Notes,
    inside: Vec<(Range<usize>, Range<usize>, Resolution, Notes)>,
}

impl KeptFound {
    fn new(item: &str, found: &Found<'_>) -> Option<Self> {
        let inside = found.inside.iter().map(|i| {
            Some((place(item, i.text)?, place(item, i.name)?, i.resolution.clone(), i.notes.clone()))
        });
        Some(Self {
            name: place(item, found.name)?,
            resolution: found.resolution.clone(),
            notes: found.notes.clone(),
            inside: inside.collect::<Option<_>>()?,
        })
    }

    fn of<'t>(&self, item: &'t str) -> Found<'t> {
        let inside = self.inside.iter().map(|(text, name, resolution, notes)| Inside {
            text: &item[text.clone()],
            name: &item[name.clone()],
            resolution: resolution.clone(),
            notes: notes.clone(),
        });
        Found {
            name: &item[self.name.clone()],
            resolution: self.resolution.clone(),
            notes: self.notes.clone(),
            inside: inside.collect(),
        }
    }
}

/// Where a part of a text stands in it.
fn place(whole: &str, part: &str) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
    let place = start..start.checked_add(part.len())?;
    (whole.get(place.clone()) == Some(part)).then_some(place)
}

/// Two generations: when the young one is full it becomes the old one, and the old one is forgotten.
#[derive(Default)]
struct Memo {
    /// The taxonomy that the items were read with.
    taxonomy: u64,
    young: HashMap<Box<str>, Kept>,
    old: HashMap<Box<str>, Kept>,
    /// What a bracket of notes says; forgotten all at once.
    brackets: HashMap<Box<str>, Option<Notes>>,
}

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::default();
}

impl Memo {
    /// The memo of this taxonomy; what was known of another is forgotten.
    fn of(&mut self, taxonomy: u64) -> &mut Self {
        if self.taxonomy != taxonomy {
            *self = Self { taxonomy, ..Self::default() };
        }
        self
    }

    /// What is known of an item, if anything.
    fn get<'t>(&mut self, item: &'t str) -> Option<Alone<'t>> {
        if let Some(kept) = self.young.get(item) {
            return Some(kept.of(item));
        }
        let (key, kept) = self.old.remove_entry(item)?;
        let alone = kept.of(item);
        self.keep(key, kept);
        Some(alone)
    }

    fn keep(&mut self, item: Box<str>, kept: Kept) {
        if self.young.len() >= ITEMS_MAX {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(item, kept);
    }
}

impl Taxonomy {
    /// What an item says by itself; read once where it comes again.
    pub(super) fn alone<'t>(&self, item: &'t str) -> Alone<'t> {
        if item.len() > ITEM_LENGTH_MAX {
            return self.read_alone(item);
        }
        if let Some(known) = MEMO.with_borrow_mut(|memo| memo.of(self.instance()).get(item)) {
            return known;
        }
        let alone = self.read_alone(item);
        if let Some(kept) = Kept::new(item, &alone) {
            MEMO.with_borrow_mut(|memo| memo.of(self.instance()).keep(item.into(), kept));
        }
        alone
    }

    /// The same as [`Taxonomy::alone`], without remembering.
    pub(super) fn read_alone<'t>(&self, item: &'t str) -> Alone<'t> {
        // `ABAP, BASIC` is no level of ABAP.
        let names =
            item.split(',').skip(1).any(|part| self.find_spelling(part).is_some_and(|found| found.by_name));
        let labelled = item.split_once(':').is_some_and(|(label, _)| label_notes(label).is_some());
        Alone { names, labelled, found: self.read_whole(item) }
    }

    /// The notes of a bracket that holds nothing else; read once where it comes again.
    pub(super) fn bracket_of_notes(&self, bracket: &str) -> Option<Notes> {
        let known = |memo: &mut Memo| memo.of(self.instance()).brackets.get(bracket).cloned();
        if let Some(known) = MEMO.with_borrow_mut(known) {
            return known;
        }
        let read = self.read_bracket_of_notes(bracket);
        MEMO.with_borrow_mut(|memo| {
            let brackets = &mut memo.of(self.instance()).brackets;
            if brackets.len() >= BRACKETS_MAX {
                brackets.clear();
            }
            brackets.insert(bracket.into(), read.clone());
        });
        read
    }
}

#[cfg(test)]
mod tests {
    //! - what is remembered is what reading gives, whatever was read between, by whichever taxonomy
    //! - no more is kept than two generations hold

    use proptest::prelude::*;

    use super::*;
    use crate::written::tests::PIECES;

    fn said(alone: &Alone<'_>) -> String {
        let Alone { names, labelled, found } = alone;
        let found = found.as_ref().map(|f| {
            let inside: Vec<_> = f.inside.iter().map(|i| (i.text, i.name, &i.resolution, &i.notes)).collect();
            format!("{:?} {:?} {:?} {inside:?}", f.name, f.resolution, f.notes)
        });
        format!("{names} {labelled} {found:?}")
    }

    proptest! {
        #[test]
        fn what_is_remembered_is_what_reading_gives(
            cells in prop::collection::vec(
                prop::collection::vec(prop::sample::select(&PIECES[..]), 0..5).prop_map(|p| p.concat()),
                1..20,
            ),
        ) {
            let taxonomy = Taxonomy::embedded();
            for _ in 0..2 {
                for cell in &cells {
                    // Both ways remember brackets; the plain one forgets them before it reads.
                    MEMO.with_borrow_mut(|memo| memo.brackets.clear());
                    let plain = said(&taxonomy.read_alone(cell));
                    prop_assert_eq!(said(&taxonomy.alone(cell)), plain, "{:?}", cell);
                    prop_assert_eq!(taxonomy.bracket_of_notes(cell), taxonomy.read_bracket_of_notes(cell));
                }
            }
        }
    }

    #[test]
    fn taxonomies_do_not_hear_of_each_other() {
        let (one, other) = (Taxonomy::embedded(), Taxonomy::of_embedded().unwrap());
        assert_ne!(one.instance(), other.instance());
        for taxonomy in [&*one, &other, &one] {
            assert_eq!(said(&taxonomy.alone("Django (4 yrs)")), said(&taxonomy.read_alone("Django (4 yrs)")));
        }
    }

    #[test]
    fn no_more_is_kept_than_two_generations() {
        let mut memo = Memo::default();
        let kept = || Kept { names: false, labelled: false, found: None };
        for n in 0..5 * ITEMS_MAX {
            memo.keep(n.to_string().into(), kept());
            // The first one is asked for all the time, and stays.
            assert!(memo.get("0").is_some(), "{n}");
            assert!(memo.young.len() <= ITEMS_MAX && memo.old.len() <= ITEMS_MAX);
        }
        assert!(memo.get("1").is_none());
    }
}
