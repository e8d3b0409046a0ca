//! - the entry functions of fuzzing hold for the seeds, and for seeds that were changed at random
//!
//! The fuzzer itself (`fuzz/`) needs a nightly toolchain; this runs everywhere, a bounded number of times.

use std::path::PathBuf;

use proptest::prelude::*;
use stackscout_tests::fuzz;

use crate::program::root;

/// Files that changes begin with: broken ones, and one of each system.
fn seeds() -> Vec<Vec<u8>> {
    let folders = ["fixtures/bad-input", "fixtures/import/layouts"];
    let files =
        folders.iter().flat_map(|folder| std::fs::read_dir(root().join(folder)).expect("seeds are there"));
    let mut paths: Vec<PathBuf> = files.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let paths = paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "csv"));
    let seeds: Vec<Vec<u8>> = paths.map(|path| std::fs::read(path).expect("a seed can be read")).collect();
    assert!(seeds.len() >= 40, "{} seeds", seeds.len());
    seeds
}

/// A change: where, what is put there, and how many bytes it takes the place of.
type Change = (prop::sample::Index, Vec<u8>, usize);

fn change() -> impl Strategy<Value = Change> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..6),
        prop::sample::select(vec![
            "\"",
            "\"\"",
            "\n",
            "\r\n",
            ",",
            ";",
            "\t",
            "\u{feff}",
            "\0",
            "sep=;\n",
            "\u{1f600}"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    (any::<prop::sample::Index>(), piece, 0..40_usize)
}

#[test]
fn the_reader_holds_for_every_seed() {
    seeds().iter().for_each(|seed| fuzz::reader(seed));
    fuzz::reader(b"");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_reader_holds_for_changed_seeds(
        seed in prop::sample::select(seeds()),
        changes in prop::collection::vec(change(), 1..8),
    ) {
        let mut bytes = seed;
        for (at, piece, taken) in changes {
            let at = at.index(bytes.len() + 1);
            let end = (at + taken).min(bytes.len());
            bytes.splice(at..end, piece);
        }
        fuzz::reader(&bytes);
    }
}
