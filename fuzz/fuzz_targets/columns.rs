//! Any bytes as damage to a file of columns.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    stackscout_tests::fuzz::columns(bytes);
});
