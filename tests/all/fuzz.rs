//! - the entry functions of fuzzing hold for their seeds, and for seeds that were changed at random
//! - every target has its file for libFuzzer
//!
//! `cargo xtask fuzz` runs each for longer; libFuzzer (`fuzz/`) for as long as one likes. This runs everywhere, a bounded
//! number of times.

use std::time::Duration;

use proptest::prelude::*;
use stackscout_tests::fuzz::mutate::{Random, changed};
use stackscout_tests::fuzz::rounds::{Watched, run};
use stackscout_tests::fuzz::{self, TARGETS, Target};

use crate::program::root;

#[test]
fn every_target_holds_for_its_seeds() {
    for target in &TARGETS {
        let seeds = (target.seeds)(&root());
        assert!(seeds.len() >= 2, "{}: {} seeds", target.name, seeds.len());
        (target.check)(b"");
        // No time is left for changes: the seeds as they are.
        let ran = run(target, &root(), 1, Duration::ZERO, &Watched::default());
        assert!(ran.broken.is_none(), "{}: {:?}", target.name, ran.broken);
        assert!(ran.rounds as usize >= seeds.len().min(200), "{}", target.name);
    }
}

/// Found once: a row that ends inside of a cell was given twice; a query that is too long, and whose last byte allowed
/// is the middle of a sign, could not be shown; pay of less than one was shown as pay of nothing, which is not read.
#[test]
fn what_was_found_stays_mended() {
    fuzz::query(format!("{}é", "a".repeat(8_191)).as_bytes());
    fuzz::query(b"pay:<1EUR/y,eab");
    fuzz::reader(
        b"1,Person A,p1@example.org,\"Rust, Go\"\n2,Person B,p2@example.org,\"Rust, Go\"\n3,Person C,p3@example.org,\"Rust, Go\"\n",
    );
}

#[test]
fn every_target_has_its_file() {
    let manifest = std::fs::read_to_string(root().join("fuzz/Cargo.toml")).expect("the manifest is there");
    for Target { name, .. } in &TARGETS {
        let file = root().join(format!("fuzz/fuzz_targets/{name}.rs"));
        let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(text.contains(&format!("stackscout_tests::fuzz::{name}(bytes)")), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
    let files = std::fs::read_dir(root().join("fuzz/fuzz_targets")).expect("the folder is there").count();
    assert_eq!(files, TARGETS.len());
    assert_eq!(TARGETS.map(|target| target.name), xtask::fuzz::TARGETS);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_target_holds_for_changed_seeds(number in any::<u64>()) {
        let mut random = Random::new(number);
        let target = TARGETS[random.below(TARGETS.len())];
        let seeds = (target.seeds)(&root());
        let input = changed(&seeds[random.below(seeds.len())], &seeds, target.pieces, &mut random);
        (target.check)(&input);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn the_reader_holds_for_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        fuzz::reader(&bytes);
        fuzz::json(&bytes);
    }
}
