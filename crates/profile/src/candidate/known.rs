//! Cells that were read before: of a hundred thousand people, many live in one city and are engineers.
//!
//! What such a cell says depends on its text alone (of a title, on the taxonomy and the month too), so each thread
//! remembers the cells of each kind that it read last. Names, addresses and longer texts come once, and are not kept.

use std::cell::RefCell;
use std::thread::LocalKey;

use stackscout_taxonomy::mention::{Mention, TextContext, YearMonth};
use stackscout_taxonomy::{Memo, Taxonomy};

use super::recruiting::without_what_is_sought;
use crate::location::{Location, read_location};
use crate::pay::{PayRange, read_pay};
use crate::permit::{Permits, read_permits};
use crate::spoken::{Spoken, read_spoken};
use crate::{Country, Seniority};

/// Cells of one kind that a thread remembers at most: half a megabyte of each kind.
const CELLS_MAX: usize = 4_096;
/// Places that a thread remembers at most, some three megabytes: there are as many as towns.
const LOCATIONS_MAX: usize = 16_384;

/// What a kind of cell says, by its text.
type Known<V> = RefCell<Memo<V>>;

/// Mentions in a title, with the taxonomy and the month that it was read with.
type Titled = (u64, YearMonth, Vec<Mention>);

thread_local! {
    static LOCATIONS: Known<Location> = const { RefCell::new(Memo::new(LOCATIONS_MAX)) };
    static COUNTRIES: Known<Option<Country>> = const { RefCell::new(Memo::new(CELLS_MAX)) };
    static LEVELS: Known<Option<Seniority>> = const { RefCell::new(Memo::new(CELLS_MAX)) };
    static PAY: Known<Result<Option<PayRange>, String>> = const { RefCell::new(Memo::new(CELLS_MAX)) };
    static SPOKEN: Known<(Vec<Spoken>, usize)> = const { RefCell::new(Memo::new(CELLS_MAX)) };
    static PERMITS: Known<Permits> = const { RefCell::new(Memo::new(CELLS_MAX)) };
    static TITLES: Known<Titled> = const { RefCell::new(Memo::new(CELLS_MAX)) };
}

/// As [`read_location`].
pub(super) fn location(text: &str) -> Location {
    remembered(&LOCATIONS, text, read_location)
}

/// A country by its name or code, or as a location states it.
pub(super) fn country(text: &str) -> Option<Country> {
    remembered(&COUNTRIES, text, |text| {
        text.parse().ok().or_else(|| {
            let location = read_location(text);
            location.country.filter(|_| location.inferred.is_none())
        })
    })
}

/// As [`Seniority::read`].
pub(super) fn seniority(text: &str) -> Option<Seniority> {
    remembered(&LEVELS, text, Seniority::read)
}

/// As [`read_pay`].
pub(super) fn pay(text: &str) -> Result<Option<PayRange>, String> {
    remembered(&PAY, text, read_pay)
}

/// As [`read_spoken`].
pub(super) fn spoken(text: &str) -> (Vec<Spoken>, usize) {
    remembered(&SPOKEN, text, read_spoken)
}

/// As [`read_permits`].
pub(super) fn permits(text: &str) -> Permits {
    remembered(&PERMITS, text, read_permits)
}

/// What the taxonomy's finder finds in a title; nothing that a recruiter looks for.
pub(super) fn mentions_in_title(text: &str, taxonomy: &Taxonomy, context: &TextContext) -> Vec<Mention> {
    let of = (taxonomy.instance(), context.as_of);
    let known = |memo: &Memo<Titled>| {
        let (taxonomy, as_of, mentions) = memo.get(text)?;
        ((*taxonomy, *as_of) == of).then(|| mentions.clone())
    };
    TITLES.with_borrow(known).unwrap_or_else(|| {
        let mut mentions = taxonomy.mentions().find(text, context);
        without_what_is_sought(text, &mut mentions);
        TITLES.with_borrow_mut(|memo| memo.keep(text, (of.0, of.1, mentions.clone())));
        mentions
    })
}

fn remembered<V: Clone>(known: &'static LocalKey<Known<V>>, text: &str, read: impl FnOnce(&str) -> V) -> V {
    if let Some(value) = known.with_borrow(|memo| memo.get(text).cloned()) {
        return value;
    }
    let value = read(text);
    known.with_borrow_mut(|memo| memo.keep(text, value.clone()));
    value
}

#[cfg(test)]
mod tests {
    //! - what is remembered is what reading gives, whatever was read between
    //! - a title is read anew with another taxonomy, and in another month

    use proptest::prelude::*;
    use stackscout_taxonomy::mention::TextKind;
    use stackscout_taxonomy::tables::Tables;

    use super::*;

    const CELLS: [&str; 14] = [
        "Berlin, Germany",
        "Austin, TX",
        "Remote (Poland)",
        "Germany",
        "DE",
        "Senior engineer",
        "Head of IT",
        "65000 EUR",
        "60-70k usd per year",
        "negotiable",
        "English (native), fr",
        "EU citizen",
        "visa required",
        "x",
    ];

    proptest! {
        #[test]
        fn what_is_remembered_is_what_reading_gives(
            cells in prop::collection::vec(prop::sample::select(&CELLS[..]), 1..40),
        ) {
            for text in cells {
                prop_assert_eq!(location(text), read_location(text));
                prop_assert_eq!(seniority(text), Seniority::read(text));
                prop_assert_eq!(pay(text), read_pay(text));
                prop_assert_eq!(spoken(text), read_spoken(text));
                prop_assert_eq!(permits(text), read_permits(text));
                let stated = read_location(text);
                let stated = stated.country.filter(|_| stated.inferred.is_none());
                prop_assert_eq!(country(text), text.parse().ok().or(stated));
            }
        }
    }

    #[test]
    fn a_title_is_read_anew_with_another_taxonomy_and_in_another_month() {
        let (one, other) =
            (Taxonomy::embedded(), Taxonomy::new(Tables::default(), "none".to_owned()).unwrap());
        let text = "Django developer since 2019";
        let context =
            |year| TextContext { as_of: YearMonth::new(year, 11).unwrap(), kind: TextKind::Ordinary };
        for (taxonomy, year) in [(&*one, 2026), (&*one, 2026), (&*one, 2024), (&other, 2024), (&*one, 2026)] {
            let plain = taxonomy.mentions().find(text, &context(year));
            assert_eq!(mentions_in_title(text, taxonomy, &context(year)), plain);
        }
    }
}
