//! - what goes in comes out, whatever the size of blocks and however many classes have codes
//! - blocks hold exactly the evidence of the people in them
//! - people stand in the order that filters rely on
//! - the same facts give the same bytes, in whatever order they come, and whatever was said before
//! - a set with changes holds what a set made anew would hold
//! - no flipped bit and no cut goes unnoticed
//! - a file with right checksums and wrong numbers is found by looking, and whatever passes can be read
//! - read lazily, columns say what they say when they were compared as a whole, and a file that is damaged anywhere
//!   never says anything else
//! - whoever reads lazily compares what is read and no more

use std::collections::BTreeMap;

use proptest::prelude::*;
use stackscout_profile::facts::{EvidenceSource, SkillEvidence, Status, TraitEvidence};
use stackscout_profile::{CandidateNumber, Country, Date, Facts, Pay, PayUnit, SpokenLanguage, Years};
use stackscout_taxonomy::written::LastUsed;
use stackscout_taxonomy::{SkillIx, TraitIx};

use crate::build::Builder;
use crate::map::Bytes;
use crate::{BuildOptions, Change, Columns, Detail, EvidenceSet, LazyColumns, LazySet};

const SKILLS: u16 = 12;

fn options() -> BuildOptions<'static> {
    BuildOptions::new(usize::from(SKILLS), "0123456789abcdef")
}

fn years() -> impl Strategy<Value = Option<Years>> {
    prop_oneof![Just(None), (0_u16..=999).prop_map(Years::from_tenths), Just(Years::from_tenths(30))]
}

fn source() -> impl Strategy<Value = EvidenceSource> {
    prop_oneof![Just(EvidenceSource::Mentioned), Just(EvidenceSource::Declared), Just(EvidenceSource::Worked)]
}

fn last_used() -> impl Strategy<Value = Option<LastUsed>> {
    prop_oneof![
        Just(None),
        Just(Some(LastUsed::Current)),
        any::<u16>().prop_map(|year| Some(LastUsed::Year(year))),
        (2015_u16..2027).prop_map(|year| Some(LastUsed::Year(year))),
    ]
}

fn countries() -> impl Strategy<Value = Vec<Country>> {
    prop::collection::btree_set(prop::sample::select(vec!["DE", "NL", "US", "Kosovo", "AT"]), 0..4)
        .prop_map(|codes| codes.into_iter().map(|code| code.parse().unwrap()).collect())
}

fn pay() -> impl Strategy<Value = Pay> {
    let currency = prop::option::of(prop::sample::select(vec!["EUR", "USD", "ZZZ"]));
    let per = prop::option::of(prop::sample::select(vec![
        PayUnit::Year,
        PayUnit::Month,
        PayUnit::Day,
        PayUnit::Hour,
    ]));
    (any::<u64>(), currency, per).prop_map(|(amount, currency, per)| Pay {
        amount,
        currency: currency.map(|code| code.parse().unwrap()),
        per,
    })
}

prop_compose! {
    fn person()(
        skills in prop::collection::btree_map(0..SKILLS, (years(), last_used(), source()), 0..8),
        traits in prop::collection::btree_map(0_u16..4, source(), 0..3),
        place in (prop::option::of(countries().prop_map(|c| c.first().copied())), any::<Option<bool>>(), any::<Option<bool>>()),
        total_years in years(),
        status in prop::option::weighted(0.2, prop::sample::select(vec![Status::Hired, Status::OptedOut])),
        permits in prop::option::of(countries()),
        languages in prop::option::of(prop::collection::btree_set(prop::sample::select(vec!["de", "en", "fr"]), 0..3)),
        available in prop::option::of((-9999_i16..=9999, 1_i8..=12, 1_i8..=28)),
        expected_pay in prop::option::of(pay()),
        implausible in any::<bool>(),
    ) -> Facts {
        Facts {
            number: CandidateNumber(0),
            country: place.0.flatten(),
            remote: place.1,
            relocation: place.2,
            total_years,
            skills: skills
                .into_iter()
                .map(|(skill, (years, last_used, source))| SkillEvidence {
                    skill: SkillIx::of_same_taxonomy(skill),
                    years,
                    last_used,
                    source,
                })
                .collect(),
            traits: traits
                .into_iter()
                .map(|(t, source)| TraitEvidence { trait_ix: TraitIx::of_same_taxonomy(t), source })
                .collect(),
            status,
            permits,
            languages: languages
                .map(|codes| codes.into_iter().map(|c| c.parse::<SpokenLanguage>().unwrap()).collect()),
            available: available.map(|(year, month, day)| Date::new(year, month, day).unwrap()),
            expected_pay,
            implausible,
        }
    }
}

fn pool(most: usize) -> impl Strategy<Value = Vec<Facts>> {
    prop::collection::vec(person(), 0..most).prop_map(|mut people| {
        for (at, facts) in people.iter_mut().enumerate() {
            facts.number = CandidateNumber(u32::try_from(at).unwrap() + 1);
        }
        people
    })
}

fn by_number(facts: impl Iterator<Item = Facts>) -> BTreeMap<CandidateNumber, Facts> {
    facts.map(|facts| (facts.number, facts)).collect()
}

fn decoded(columns: &Columns) -> BTreeMap<CandidateNumber, Facts> {
    by_number((0..columns.people()).map(|person| columns.facts(person)))
}

/// Everything that blocks say, as (number, skill, class), to be compared with what people hold.
fn in_blocks(columns: &Columns) -> Vec<(u32, usize, u16)> {
    let mut found = Vec::new();
    for block in 0..columns.blocks() {
        for skill in 0..columns.skills() {
            let holders = columns.holders(block, skill);
            for (class, people) in holders.runs() {
                for person in people {
                    let person = block * columns.block_people() + usize::from(*person);
                    found.push((columns.numbers()[person], skill, class));
                }
                let before = holders.runs().take_while(|(other, _)| *other < class);
                let before: Vec<u16> = before.flat_map(|(_, people)| people).copied().collect();
                assert_eq!(holders.before(class), before);
            }
            assert!(holders.are_whole(), "every holder is in a run");
        }
    }
    found.sort_unstable();
    found
}

fn held(columns: &Columns) -> Vec<(u32, usize, u16)> {
    let mut held = Vec::new();
    for person in 0..columns.open_people() {
        let own = columns.starts()[person] as usize..columns.starts()[person + 1] as usize;
        let number = columns.numbers()[person];
        held.extend(columns.evidence().part(own).iter().map(|e| (number, usize::from(e.skill), e.class)));
    }
    held.sort_unstable();
    held
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_goes_in_comes_out(people in pool(60), block_people in 1_u32..40, classes_max in 0_u16..40) {
        let options = BuildOptions { block_people, classes_max, ..options() };
        let columns = Columns::in_memory(&people, options);
        prop_assert_eq!(columns.people(), people.len());
        prop_assert!(columns.classes().len() <= usize::from(classes_max));
        prop_assert_eq!(decoded(&columns), by_number(people.iter().cloned()));
        prop_assert_eq!(in_blocks(&columns), held(&columns));
    }

    #[test]
    fn people_stand_in_the_order_that_filters_rely_on(people in pool(60)) {
        let columns = Columns::in_memory(&people, options());
        let open = columns.open_people();
        prop_assert_eq!(open, people.iter().filter(|facts| facts.status.is_none()).count());
        prop_assert!((0..columns.people()).all(|person| columns.status(person).is_none() == (person < open)));
        let places = columns.place_starts();
        prop_assert_eq!(places.last().copied(), Some(u32::try_from(open).unwrap()));
        for place in 0..columns.places().len() {
            let totals = &columns.totals()[places[place] as usize..places[place + 1] as usize];
            let known = totals.iter().take_while(|total| **total != u16::MAX).count();
            prop_assert!(totals[..known].is_sorted_by(|a, b| a >= b));
            prop_assert!(totals[known..].iter().all(|total| *total == u16::MAX));
        }
    }

    #[test]
    fn the_order_of_facts_changes_no_byte(mut people in pool(40), seed in any::<u64>()) {
        let before = Columns::in_memory(&people, options());
        let mut state = seed;
        for at in (1..people.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            people.swap(at, (state >> 33) as usize % (at + 1));
        }
        let after = Columns::in_memory(&people, options());
        prop_assert_eq!(before.checksum(), after.checksum());
        prop_assert_eq!(before.bytes(), after.bytes());
    }

    #[test]
    fn who_is_replaced_leaves_no_byte(people in pool(40), others in pool(40), classes_max in 0_u16..40) {
        let options = BuildOptions { classes_max, ..options() };
        let mut replaced = Builder::new(options);
        people.iter().for_each(|facts| replaced.push(facts));
        others.iter().for_each(|facts| replaced.replace(facts));
        let all = by_number(people.into_iter().chain(others));
        let mut anew = Builder::new(options);
        all.values().for_each(|facts| anew.push(facts));
        prop_assert!(replaced.finish(&[]) == anew.finish(&[]));
    }

    #[test]
    fn a_set_with_changes_holds_what_one_made_anew_would(
        people in pool(80),
        steps in prop::collection::vec(prop::collection::vec((1_u32..100, prop::option::of(person())), 0..5), 0..4),
    ) {
        let mut wanted = by_number(people.iter().cloned());
        let mut set = EvidenceSet::in_memory(&people, options());
        for step in steps {
            let step: BTreeMap<u32, Option<Facts>> = step.into_iter().collect();
            let mut change = Change::default();
            for (number, facts) in step {
                let number = CandidateNumber(number);
                match facts {
                    Some(facts) => {
                        let facts = Facts { number, ..facts };
                        wanted.insert(number, facts.clone());
                        change.put.push(facts);
                    }
                    None => {
                        wanted.remove(&number);
                        change.removed.push(number);
                    }
                }
            }
            set = set.with_change(&change, options());
            prop_assert!(set.segments().len() <= 2);
            prop_assert_eq!(set.people(), wanted.len());
            prop_assert_eq!(by_number(set.facts()), wanted.clone());
            for number in 1..100 {
                let number = CandidateNumber(number);
                prop_assert_eq!(set.facts_of(number), wanted.get(&number).cloned());
            }
        }
    }

    #[test]
    fn no_flipped_bit_and_no_cut_goes_unnoticed(people in pool(20), at in any::<prop::sample::Index>()) {
        let columns = Columns::in_memory(&people, options());
        let wanted = decoded(&columns);
        let mut file = columns.raw().to_vec();
        let bit = at.index(file.len() * 8);
        file[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(Columns::of_bytes(Bytes::own(&file), options().fingerprint).is_err(), "byte {}", bit / 8);
        // Where it can be opened at all, everything that can be read of it is right.
        if let Ok(read) = Columns::unread(Bytes::own(&file), options().fingerprint) {
            let set = LazySet::from(EvidenceSet::of_unread(read));
            let whole = LazySet::from(EvidenceSet::of_unread(columns));
            for (part, known) in parts(set.file(0)).into_iter().zip(parts(whole.file(0))) {
                prop_assert!(part.is_none() || part == known);
            }
            prop_assert!(set.whole().is_err());
            prop_assert!(whole.whole().is_ok_and(|whole| by_number(whole.facts()) == wanted));
        }
        file[bit / 8] ^= 1 << (bit % 8);
        let cut = at.index(file.len());
        prop_assert!(Columns::of_bytes(Bytes::own(&file[..cut]), options().fingerprint).is_err());
        prop_assert!(Columns::of_bytes(Bytes::own(&file), "another taxonomy").is_err());
    }

    #[test]
    fn what_was_made_passes_every_check(
        people in pool(60),
        block_people in 1_u32..40,
        classes_max in 0_u16..40,
    ) {
        let options = BuildOptions { block_people, classes_max, ..options() };
        let columns = Columns::in_memory(&people, options);
        prop_assert!(columns.verify().is_ok(), "{:?}", columns.verify());
    }

    #[test]
    fn a_file_made_wrong_on_purpose_is_no_panic(
        people in pool(20),
        classes_max in 0_u16..9,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<[u8; 4]>(), 1_usize..5), 1..4),
        in_header in any::<bool>(),
    ) {
        let options = BuildOptions { block_people: 7, classes_max, ..options() };
        let mut file = Columns::in_memory(&people, options).raw().to_vec();
        for (at, bytes, length) in changes {
            // Half of the files are changed in the header, where lengths and places of sections stand.
            let at = at.index(if in_header { 776 } else { file.len() });
            let end = (at + length).min(file.len());
            file[at..end].copy_from_slice(&bytes[..end - at]);
        }
        crate::layout::seal(&mut file);
        if let Ok(columns) = Columns::of_bytes(Bytes::own(&file), options.fingerprint)
            && columns.verify().is_ok()
        {
            let _ = decoded(&columns);
            for block in 0..columns.blocks() {
                for skill in 0..columns.skills() {
                    let holders = columns.holders(block, skill);
                    prop_assert_eq!(holders.runs().flat_map(|(_, people)| people).count(), holders.people.len());
                }
            }
        }
    }
}

/// Everything that can be read of a file, part by part; `None` where a part is damaged.
fn parts(columns: LazyColumns<'_>) -> Vec<Option<String>> {
    let mut parts = vec![
        columns.numbers().ok().map(|numbers| format!("{numbers:?}")),
        columns.starts().ok().map(|starts| format!("{starts:?}")),
        columns.totals().ok().map(|totals| format!("{totals:?}")),
    ];
    for detail in [Detail::Permits, Detail::Languages, Detail::Traits, Detail::Available, Detail::Pay] {
        parts.push(columns.codes(detail).ok().map(|codes| format!("{codes:?}")));
    }
    for block in 0..columns.blocks() {
        for skill in 0..columns.skills() {
            let holders = columns.holders(block, skill).ok();
            parts.push(holders.map(|holders| format!("{} {holders:?}", columns.holder_count(block, skill))));
        }
    }
    if let Ok(starts) = columns.starts() {
        for pieces in starts.windows(2).map(|bounds| bounds[0] as usize..bounds[1] as usize) {
            parts.push(columns.evidence(pieces.clone()).ok().map(|evidence| {
                let classes = pieces.zip(evidence.iter()).map(|(at, piece)| columns.class_of(at, piece));
                format!("{evidence:?} {:?}", classes.collect::<Vec<_>>())
            }));
        }
    }
    parts
}

#[test]
fn read_lazily_only_what_is_read_is_compared() {
    // Evidence of some hundred kilobytes, so that there are several blocks of it.
    let people: Vec<Facts> = (1..=40_000_u32)
        .map(|number| {
            let mut facts = Facts::new(CandidateNumber(number));
            for skill in 0..SKILLS {
                facts.add_skill(SkillEvidence {
                    skill: SkillIx::of_same_taxonomy(skill),
                    years: Years::from_tenths(u16::try_from(number % 90).unwrap()),
                    last_used: None,
                    source: EvidenceSource::Declared,
                });
            }
            facts
        })
        .collect();
    let made = Columns::in_memory(&people, options());
    let bytes = made.raw().to_vec();
    let open = |bytes: &[u8]| Columns::unread(Bytes::own(bytes), options().fingerprint).unwrap();
    let unread = open(&bytes);
    let at_opening = unread.blocks_compared();
    let all = bytes.len() / crate::blocks::BLOCK_BYTES;
    assert!(at_opening * 4 < all, "{at_opening} of {all}");
    let set = LazySet::from(EvidenceSet::of_unread(unread));
    let columns = set.file(0);
    assert_eq!(columns.holders(0, 3).unwrap().people.len(), columns.holder_count(0, 3));
    let pieces = columns.starts().unwrap()[39_999] as usize;
    assert_eq!(columns.evidence(pieces..pieces + 1).unwrap().get(0).skill, 0);
    let holders = made.holders(0, 3);
    assert_eq!(columns.holders(0, 3).unwrap().people, holders.people);
    assert!(set.whole().unwrap().segments()[0].columns.blocks_compared() >= all);
    // Damage in one part says nothing of the others.
    let at = holders.people.as_ptr() as usize - made.raw().as_ptr() as usize;
    let mut flipped = bytes;
    flipped[at] ^= 1;
    let set = LazySet::from(EvidenceSet::of_unread(open(&flipped)));
    assert!(set.file(0).holders(0, 3).is_err());
    assert!(set.file(0).holders(1, 11).is_ok());
    assert!(set.file(0).numbers().is_ok());
    assert!(set.whole().is_err());
}

#[test]
fn a_class_of_many_people_is_several_runs() {
    let people: Vec<Facts> = (1..=1_000_u32)
        .map(|number| {
            let mut facts = Facts::new(CandidateNumber(number));
            facts.add_skill(SkillEvidence {
                skill: SkillIx::of_same_taxonomy(2),
                years: Years::from_tenths(if number % 3 == 0 { 20 } else { 30 }),
                last_used: None,
                source: EvidenceSource::Declared,
            });
            facts
        })
        .collect();
    let columns = Columns::in_memory(&people, options());
    let holders = columns.holders(0, 2);
    let lengths: Vec<(u16, usize)> = holders.runs().map(|(class, people)| (class, people.len())).collect();
    assert_eq!(lengths, [(0, 255), (0, 255), (0, 157), (1, 255), (1, 78)]);
    assert_eq!(holders.before(1).len(), 667);
    assert_eq!(in_blocks(&columns), held(&columns));
    assert_eq!(decoded(&columns), by_number(people.iter().cloned()));
}

#[test]
fn more_classes_than_two_bytes_count_come_out() {
    let people: Vec<Facts> = (0..70_000_u32)
        .map(|number| {
            let mut facts = Facts::new(CandidateNumber(number));
            facts.add_skill(SkillEvidence {
                skill: SkillIx::of_same_taxonomy(1),
                years: Years::from_tenths(u16::try_from(number % 500).unwrap()),
                last_used: Some(LastUsed::Year(u16::try_from(1_880 + number / 500).unwrap())),
                source: EvidenceSource::Declared,
            });
            facts
        })
        .collect();
    let columns = Columns::in_memory(&people, options());
    assert!(columns.has_strays() && columns.classes().len() < 70_000);
    assert_eq!(decoded(&columns), by_number(people.iter().cloned()));
    assert!(columns.verify().is_ok());
}

#[test]
fn files_are_written_whole_and_swept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("columns");
    let facts = |number| Facts::new(CandidateNumber(number));
    let mut writer = crate::BaseWriter::new(options());
    (1..=100).for_each(|number| writer.put(&facts(number)));
    let files = writer.write(&path).unwrap();
    std::fs::write(path.join("base-0.columns.new"), "begun").unwrap();
    let set = EvidenceSet::open(&path, &files, options().fingerprint).unwrap();
    let change = Change { put: vec![facts(101)], removed: vec![CandidateNumber(7)] };
    let changed = set.write_changed(&path, &files[0], &change, options()).unwrap();
    assert_eq!(changed.len(), 2);
    crate::sweep(&path, &changed).unwrap();
    let mut names: Vec<String> = std::fs::read_dir(&path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let mut wanted: Vec<String> = changed.iter().map(|file| file.name.clone()).collect();
    wanted.sort();
    assert_eq!(names, wanted);
    let reopened = EvidenceSet::open(&path, &changed, options().fingerprint).unwrap();
    assert_eq!(reopened.people(), 100);
    assert_eq!(reopened.facts_of(CandidateNumber(7)), None);
    // A file that is mapped is readable when it is gone.
    crate::sweep(&path, &[]).unwrap();
    assert_eq!(reopened.facts_of(CandidateNumber(101)), Some(facts(101)));
    assert!(EvidenceSet::open(&path, &changed, options().fingerprint).is_err());
}
