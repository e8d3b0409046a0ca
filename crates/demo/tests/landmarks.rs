//! Everybody who is planted stands where [`landmarks`] says, and shows what it says.
//!
//! - Each place's id stands in its file on its line, and nowhere else in the file.
//! - Exactly one row has too few cells, exactly one years cell is no number, and exactly one address stands in both
//!   files.
//! - Sizes are those of [`expected`].

#![allow(clippy::unwrap_used, reason = "a test that cannot read its own file must fail")]

use std::collections::HashMap;

use stackscout_demo::{PEOPLE, PEOPLE_MIN, Place, SEED, candidate_files, expected, landmarks};

/// The cells of a place's row.
fn cells(people: usize, place: Place) -> Vec<String> {
    let files = candidate_files(people, SEED);
    let file = files.iter().find(|file| file.name == place.file).unwrap();
    let line = file.contents.lines().nth(place.line - 1).unwrap();
    let delimiter = if place.file == "referrals.csv" { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line.as_bytes());
    let record = reader.records().next().unwrap().unwrap();
    let starts = file.contents.lines().filter(|line| line.starts_with(place.id)).count();
    assert_eq!((&record[0], starts), (place.id, 1));
    record.iter().map(str::to_owned).collect()
}

fn rows(people: usize, name: &str) -> Vec<Vec<String>> {
    let files = candidate_files(people, SEED);
    let file = files.iter().find(|file| file.name == name).unwrap();
    let delimiter = if name == "referrals.csv" { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(file.contents.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_duplicate_has_one_address_in_two_letter_cases() {
    let [first, second] = landmarks().duplicate.map(|place| cells(PEOPLE_MIN, place));
    assert_eq!(first[1], second[1]);
    assert_ne!(first[2], second[2]);
    assert_eq!(first[2], second[2].to_lowercase());
}

#[test]
fn nobody_else_stands_in_both_files_or_twice_in_one() {
    for people in [PEOPLE_MIN, PEOPLE] {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for name in ["candidates.csv", "referrals.csv"] {
            for row in rows(people, name) {
                *seen.entry(row[2].to_lowercase()).or_default() += 1;
            }
        }
        assert_eq!(seen.values().filter(|count| **count > 1).count(), 1);
    }
}

#[test]
fn years_are_unknown_everywhere() {
    let row = cells(PEOPLE_MIN, landmarks().years_unknown);
    assert_eq!((row[8].as_str(), row[10].as_str()), ("", "Django; Python; PostgreSQL; Docker"));
}

#[test]
fn one_claims_all_frameworks() {
    let row = cells(PEOPLE_MIN, landmarks().claims_everything);
    for framework in include_str!("../../../data/demo/frameworks.csv").lines().skip(1) {
        let framework = format!("{} (", framework.split(',').next().unwrap());
        assert!(row[10].split("; ").any(|item| item.starts_with(&framework)), "{framework}");
    }
}

#[test]
fn flask_stands_for_django() {
    let row = cells(PEOPLE_MIN, landmarks().flask_for_django);
    assert!(row[10].starts_with("Flask (6 yrs, last used 2026); ") && row[10].contains("PostgreSQL"));
    assert!(!row[10].contains("Django") && !row[11].contains("traffic") && row[5] == "Germany");
}

#[test]
fn two_have_the_same_evidence() {
    let [first, second] = landmarks().tie.map(|place| cells(PEOPLE_MIN, place));
    let evidence = |row: &[String]| {
        let skills: Vec<String> = row[10].split("; ").take(3).map(str::to_owned).collect();
        let sentence = row[11].split(". ").next().unwrap().to_owned();
        (row[3].clone(), row[8].clone(), skills, sentence)
    };
    assert_eq!(evidence(&first), evidence(&second));
    assert_ne!(first[1], second[1]);
    for row in [first, second] {
        assert!(row[10].split("; ").skip(3).all(|item| !item.contains("SQL") && !item.contains("Django")));
    }
}

#[test]
fn exactly_one_row_is_cut_off_and_one_years_cell_is_no_number() {
    for people in [0, PEOPLE_MIN, 1_000, PEOPLE] {
        let (candidates, referrals) = (rows(people, "candidates.csv"), rows(people, "referrals.csv"));
        let expected = expected(people);
        assert_eq!((candidates.len(), referrals.len()), (expected.candidate_rows, expected.referral_rows));
        let cut: Vec<&Vec<String>> = candidates.iter().filter(|row| row.len() < 12).collect();
        assert_eq!(cut.len(), expected.rejected_rows);
        assert_eq!(cut[0][0], landmarks().cut_row.id);
        assert!(referrals.iter().all(|row| row.len() == 8));
        let bad: Vec<&Vec<String>> = candidates
            .iter()
            .filter(|row| row.len() == 12 && !row[8].is_empty() && row[8].parse::<u32>().is_err())
            .collect();
        assert_eq!(bad.len(), expected.cell_issues);
        assert_eq!((bad[0][0].as_str(), bad[0][8].as_str()), (landmarks().bad_years.id, "ten"));
        assert!(referrals.iter().all(|row| row[7].is_empty() || row[7].parse::<u32>().is_ok()));
        assert_eq!(candidates.len() + referrals.len() - 1 - 1, expected.people);
    }
    assert_eq!(expected(PEOPLE).people, PEOPLE);
}

#[test]
fn a_landmark_stands_on_its_line_in_the_whole_demo_too() {
    let landmarks = landmarks();
    for place in [landmarks.cut_row, landmarks.bad_years, landmarks.claims_everything] {
        cells(PEOPLE, place);
    }
}
