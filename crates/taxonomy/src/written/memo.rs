//! Items that were read before: a file names the same skills in every row, mostly in the same words.
//!
//! What an item says by itself depends on the taxonomy and its text alone, so each thread remembers the items that it
//! read last and reads them once. Figures differ from person to person: an item such as `Django (4.5 yrs)` is put
//! together of its name and its bracket, each of which comes again more often than the whole. What stands around an item
//! (labels, notes behind a comma) is never remembered.

use std::cell::RefCell;
use std::ops::Range;

use super::item::{Found, ITEM_LENGTH_MAX, Inside, resolution};
use super::list::label_notes;
use super::note::Notes;
use super::split::PLAIN;
use crate::spelling::last_bracket;
use crate::{Memo, Resolution, Taxonomy};

/// Items that a thread remembers at most: about 10 MB where all are long.
const ITEMS_MAX: usize = 16_384;
/// Names before brackets of notes that a thread remembers at most; there are some thousand skills.
const NAMES_MAX: usize = 8_192;
/// Brackets that a thread remembers at most; there are few figures of years and dates.
const BRACKETS_MAX: usize = 8_192;

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

/// A name that is found as it stands, without a note in it.
struct KeptName {
    name: Range<usize>,
    resolution: Resolution,
}

/// What a bracket at the end of an item says, whatever name stands before it.
#[derive(Clone)]
struct Bracket {
    /// Its notes, where it holds nothing else.
    notes: Option<Notes>,
    /// A part of it behind a comma is a skill's own name.
    names: bool,
    /// Some spelling ends with it: then the whole item may be a name.
    ends_a_spelling: bool,
}

/// What a thread remembers, of one taxonomy.
struct Known {
    /// The taxonomy that it was read with.
    taxonomy: u64,
    items: Memo<Kept>,
    names: Memo<Option<KeptName>>,
    brackets: Memo<Bracket>,
}

thread_local! {
    static KNOWN: RefCell<Known> = const { RefCell::new(Known::new(0)) };
}

impl Known {
    const fn new(taxonomy: u64) -> Self {
        Self {
            taxonomy,
            items: Memo::new(ITEMS_MAX),
            names: Memo::new(NAMES_MAX),
            brackets: Memo::new(BRACKETS_MAX),
        }
    }

    /// What is known with this taxonomy; what was known with another is forgotten.
    fn of(&mut self, taxonomy: u64) -> &mut Self {
        if self.taxonomy != taxonomy {
            *self = Self::new(taxonomy);
        }
        self
    }
}

/// What a name and a bracket of notes behind it say together; `None` where they say it in another way.
fn together<'t>(name: &'t str, kept: Option<&KeptName>, bracket: &Bracket) -> Option<Alone<'t>> {
    let kept = kept.filter(|_| !bracket.ends_a_spelling)?;
    let (name, resolution) = (&name[kept.name.clone()], kept.resolution.clone());
    let found = Found { name, resolution, notes: bracket.notes.clone()?, inside: Vec::new() };
    Some(Alone { names: bracket.names, labelled: false, found: Some(found) })
}

/// A name and a bracket behind it, with its sign at the end (`4 yrs)`): an item that [`Taxonomy::read_whole`] takes apart
/// into just these, unless the whole is a spelling. `None` for items that may be taken apart otherwise.
fn name_and_bracket(item: &str) -> Option<(&str, &str)> {
    let (mut open, mut commas) = (None, 0);
    for (at, byte) in item.bytes().enumerate().filter(|(_, byte)| !PLAIN[usize::from(*byte)]) {
        match byte {
            // A comma makes an item of its own of the name.
            b'(' if commas > 0 => return None,
            b'(' => open = Some(at),
            b',' => commas += 1,
            // A colon may make a label of what stands before it.
            b':' | 128.. => return None,
            _ => {}
        }
    }
    let at = open.filter(|_| item.ends_with(')') && item.as_bytes()[0] > b' ')?;
    let name = item[..at].trim_end();
    (!name.is_empty()).then(|| (name, &item[at + 1..]))
}

impl Taxonomy {
    /// What an item says by itself; read once where it comes again.
    pub(super) fn alone<'t>(&self, item: &'t str) -> Alone<'t> {
        if item.len() > ITEM_LENGTH_MAX {
            return self.read_alone(item);
        }
        if let Some(put_together) = self.put_together(item) {
            return put_together;
        }
        let known = |known: &mut Known| known.of(self.instance()).items.get(item).map(|kept| kept.of(item));
        if let Some(known) = KNOWN.with_borrow_mut(known) {
            return known;
        }
        let alone = self.read_alone(item);
        if let Some(kept) = Kept::new(item, &alone) {
            KNOWN.with_borrow_mut(|known| known.of(self.instance()).items.keep(item, kept));
        }
        alone
    }

    /// An item that is a name as it stands and a bracket of nothing but notes; `None` for any other.
    fn put_together<'t>(&self, item: &'t str) -> Option<Alone<'t>> {
        let (name, closed) = name_and_bracket(item)?;
        let known = |known: &mut Known| {
            let known = known.of(self.instance());
            let (name_kept, bracket) = (known.names.get(name)?, known.brackets.get(closed)?);
            Some(together(name, name_kept.as_ref(), bracket))
        };
        if let Some(known) = KNOWN.with_borrow_mut(known) {
            return known;
        }
        let bracket = self.bracket(closed);
        let kept = self.name_as_it_stands(name);
        let put_together = together(name, kept.as_ref(), &bracket);
        KNOWN.with_borrow_mut(|known| known.of(self.instance()).names.keep(name, kept));
        put_together
    }

    /// A name that is found before anything is taken off it, and holds no version.
    fn name_as_it_stands(&self, name: &str) -> Option<KeptName> {
        let found = self.find(name)?;
        let mut notes = Notes::default();
        let part = place(name, self.part_without_version(name, found, &mut notes))?;
        (notes == Notes::default()).then(|| KeptName { name: part, resolution: resolution(found) })
    }

    /// The same as [`Taxonomy::alone`], without remembering.
    pub(super) fn read_alone<'t>(&self, item: &'t str) -> Alone<'t> {
        let labelled = item.split_once(':').is_some_and(|(label, _)| label_notes(label).is_some());
        Alone { names: self.names_a_skill(item), labelled, found: self.read_whole(item) }
    }

    /// The notes of a bracket that holds nothing else; read once where it comes again.
    pub(super) fn bracket_of_notes(&self, bracket: &str) -> Option<Notes> {
        self.bracket(&format!("{bracket})")).notes
    }

    /// What a bracket says that is given with its closing sign; read once where it comes again.
    fn bracket(&self, closed: &str) -> Bracket {
        let known = |known: &mut Known| known.of(self.instance()).brackets.get(closed).cloned();
        if let Some(known) = KNOWN.with_borrow_mut(known) {
            return known;
        }
        let inside = &closed[..closed.len() - 1];
        let bracket = Bracket {
            notes: self.read_bracket_of_notes(inside),
            names: self.names_a_skill(closed),
            ends_a_spelling: last_bracket(&format!("({closed}")).is_some_and(|b| self.brackets.contains(&b)),
        };
        KNOWN.with_borrow_mut(|known| known.of(self.instance()).brackets.keep(closed, bracket.clone()));
        bracket
    }

    /// Whether a part behind a comma is a skill's own name: `ABAP, BASIC` is no level of ABAP.
    fn names_a_skill(&self, item: &str) -> bool {
        item.split(',').skip(1).any(|part| self.find_spelling(part).is_some_and(|found| found.by_name))
    }
}

#[cfg(test)]
mod tests {
    //! - what is remembered is what reading gives, whatever was read between, by whichever taxonomy
    //! - a name put together with its bracket is what reading both at once gives

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
                    KNOWN.with_borrow_mut(|known| known.brackets = Memo::new(BRACKETS_MAX));
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
    fn a_name_is_put_together_with_its_bracket() {
        let taxonomy = Taxonomy::embedded();
        let spelled: Vec<String> =
            taxonomy.exact.keys().filter(|key| key.ends_with(')')).map(ToString::to_string).collect();
        assert!(spelled.len() > 10, "{spelled:?}");
        let names = [
            "Django",
            "HTML5",
            "ES6",
            "Angular 2+",
            "Perl 6",
            "python",
            "Foo",
            "a,b",
            " Go",
            "C#",
            "(x) Go",
            "",
        ];
        let notes = [
            "4 yrs",
            "4.5 yrs, last used 2019",
            "4 yrs, BASIC",
            "",
            "expert",
            "2019",
            "S3, 4 yrs",
            "x: 1",
            "1.x",
        ];
        let items = names.iter().flat_map(|name| notes.map(|notes| format!("{name} ({notes})")));
        let mut put_together = 0;
        for item in items.chain(spelled) {
            let plain = said(&taxonomy.read_alone(&item));
            assert_eq!(said(&taxonomy.alone(&item)), plain, "{item:?}");
            put_together += usize::from(taxonomy.put_together(&item).is_some());
        }
        assert!(put_together > 10, "{put_together}");
    }
}
