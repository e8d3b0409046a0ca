//! Any bytes as a manifest, or the lists of a run.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    stackscout_tests::fuzz::manifest(bytes);
});
