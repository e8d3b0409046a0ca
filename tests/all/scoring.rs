//! - the engine gives what the plain reference gives, on random cases
//! - the worked table of `docs/scoring.md` comes out as it stands there
//! - golden cases come out byte for byte

use serde_json::Value;
use stackscout_tests::golden::golden_cases;
use stackscout_tests::random_case::random_case;
use stackscout_tests::reference;
use stackscout_tests::worked::worked_case;

fn engine(case: &Value) -> String {
    xtask::score::score(case).expect("the case is in the form")
}

#[test]
fn the_engine_gives_what_the_reference_gives() {
    for seed in 0..1_500 {
        let case = random_case(seed);
        let wanted = reference::to_text(&reference::rank_case(&case));
        let got = engine(&case);
        if wanted != got {
            let line = wanted.lines().zip(got.lines()).position(|(a, b)| a != b);
            panic!("seed {seed}: first difference in line {line:?}");
        }
    }
}

#[test]
fn the_worked_table_comes_out_as_documented() {
    let (case, rows) = worked_case();
    let result: Value = serde_json::from_str(&engine(&case)).expect("the engine writes JSON");
    let entries = result["shortlists"][0]["entries"].as_array().expect("a list of entries");
    assert_eq!(entries.len(), rows.len());
    for (at, (what, tier, score, low, high)) in rows.into_iter().enumerate() {
        let id = format!("c{:07}", at + 1);
        let entry = entries.iter().find(|e| e["candidate"] == id.as_str()).expect("everybody is listed");
        let got = (&entry["tier"], &entry["score"], &entry["low"], &entry["high"]);
        assert_eq!(got, (&Value::from(tier), &score.into(), &low.into(), &high.into()), "{what}");
    }
}

#[test]
fn golden_cases_come_out_byte_for_byte() {
    for (name, case, wanted) in golden_cases() {
        assert_eq!(engine(&case), wanted, "{name}");
    }
}
