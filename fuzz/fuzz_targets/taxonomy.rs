//! Any bytes as a file of a team's taxonomy.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    stackscout_tests::fuzz::taxonomy(bytes);
});
