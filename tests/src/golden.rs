//! The golden cases of the scoring model.

use serde_json::Value;

/// Name, case and expected result of each golden case in `fixtures/scoring`.
///
/// # Panics
/// Where a case or its result cannot be read, and where there are fewer than four.
#[must_use]
pub fn golden_cases() -> Vec<(String, Value, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/scoring");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("golden cases lie in fixtures/scoring") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().and_then(|n| n.to_str()).expect("names are plain").to_owned();
        let Some(name) = name.strip_suffix(".case.json") else { continue };
        let case = std::fs::read_to_string(&path).expect("the case can be read");
        let case: Value = serde_json::from_str(&case).expect("the case is JSON");
        let wanted =
            std::fs::read_to_string(format!("{folder}/{name}.expected.json")).expect("its result is there");
        found.push((name.to_owned(), case, wanted));
    }
    assert!(found.len() >= 4, "{} golden cases", found.len());
    found
}
