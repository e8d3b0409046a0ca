//! Any bytes as the layout of a pool.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    stackscout_tests::fuzz::layout(bytes);
});
