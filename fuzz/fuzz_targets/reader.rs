//! Any bytes as a table of candidates.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    stackscout_tests::fuzz::reader(bytes);
});
