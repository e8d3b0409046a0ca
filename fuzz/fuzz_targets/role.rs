//! Any bytes as a role file.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    stackscout_tests::fuzz::role(bytes);
});
