//! What has to come out of two public developer surveys, and of a case of the scoring model that two other
//! implementations agree on. `STACKSCOUT_DATA` names the folder that holds them; without it nothing is checked.
//!
//! - the counts are those that counting the file itself gives
//! - two surveys are two sources: nobody of one is taken for somebody of the other
//! - related credit says who knows a framework, on the half of the people that it was not calibrated with
//! - the credits between frameworks are what the other half proposes, and exceptions that are listed
//! - technologies in sentences of real advertisements are found, and what is found is right, as judged by hand
//! - the spellings that real advertisements use most resolve to what they were judged to mean
//! - of 318 documents that are JSON, are none, or may be either, each is taken for what it is
//! - none of them, given to any reader of JSON, is taken for what it is not, or ends the program
//! - every spelling in the surveys' columns of what people have worked with is a known skill
//! - the survey in the long form is as many people as it has respondents
//! - suites of bad input by others are read as they say, cell by cell, or refused for what is wrong with them

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use stackscout_importer::{CandidateFile, ImportOptions, ReadRow};
use stackscout_profile::Field;

use crate::program::{Ran, count, folder, run};

/// A file of the real data; `None`, and a word on stderr, where there are none.
fn data(file: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("STACKSCOUT_DATA").filter(|folder| !folder.is_empty()) else {
        eprintln!("skipped: STACKSCOUT_DATA is not set");
        return None;
    };
    let path = Path::new(&folder).join(file);
    assert!(path.is_file(), "STACKSCOUT_DATA holds no {file}");
    Some(path)
}

fn survey_2024() -> Option<PathBuf> {
    data("stackoverflow-2024/web_framework.csv")
}

fn survey_2025() -> Option<PathBuf> {
    data("stackoverflow-2025/survey_results_public_first1000.csv")
}

fn import(folder: &Path, file: &Path, as_of: &str) -> Value {
    let file = file.to_str().expect("the path is UTF-8");
    run(folder, &["import", file, "--as-of", as_of, "--format", "json"]).json()
}

fn shows(report: &Value, wanted: [(&str, u64); 5]) {
    for (key, count) in wanted {
        assert_eq!(report[key], count, "{key}");
    }
}

/// The floor is the aim that the credits were made for; the figures themselves stand in `docs/taxonomy.md`.
#[test]
fn related_credit_says_who_knows_a_framework() {
    let Some(survey) = survey_2024() else { return };
    let folder = survey.parent().and_then(Path::parent).expect("the file lies in a folder of the data");
    let report = xtask::relatedness::report(folder, &stackscout_taxonomy::Taxonomy::embedded());
    let measured = report.expect("the surveys can be read").measured;
    assert_eq!((measured.people, measured.rows.len()), (22_476, 36));
    assert!(measured.mean.credit >= 735_000, "{:?}", measured.mean);
    assert!(measured.above_count >= 32, "{}", measured.above_count);
    // The comparison is the one that the orientation figures were measured in.
    let (count, bayes) = (measured.mean.count, measured.mean.bayes);
    assert!(
        (635_500..637_500).contains(&count) && (767_500..768_500).contains(&bayes),
        "{:?}",
        measured.mean
    );
}

#[test]
fn credits_between_frameworks_are_proposed_or_listed_as_exceptions() {
    let Some(path) = survey_2024() else { return };
    let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
    let survey =
        xtask::relatedness::survey::Survey::of_2024(&path, &taxonomy).expect("the survey can be read");
    let differences = xtask::relatedness::propose::differences(&taxonomy, &survey);
    assert_eq!(differences.expect("the taxonomy holds together"), Vec::<String>::new());
}

#[test]
fn technologies_in_real_sentences_are_found_and_what_is_found_is_right() {
    let Some(sentences) = data("skillspan/dev.json") else { return };
    let folder = sentences.ancestors().nth(2).expect("the file lies two folders deep");
    let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
    let measured = xtask::extraction::run(&xtask::checks::root(), folder, &taxonomy).expect("it is measured");
    assert_eq!(measured.unjudged, 0, "judge these and add them to found.csv:\n{}", measured.report);
    assert!(measured.precision() >= 9_700 && measured.recall() >= 9_000, "{}", measured.report);
}

#[test]
fn spellings_of_real_advertisements_resolve() {
    let Some(advertisements) = data("skill2vec/job_skills_50k.csv.gz") else { return };
    let folder = advertisements.ancestors().nth(2).expect("the file lies two folders deep");
    let report = xtask::coverage::report(folder).expect("the judged lists fit the data");
    assert!(report.expect("the advertisements are there").contains("498 of 500 resolve"));
}

#[test]
fn the_counts_of_2024_are_those_of_the_file() {
    let Some(survey) = survey_2024() else { return };
    let folder = folder();
    let report = import(folder.path(), &survey, "2024-05-20");
    shows(
        &report,
        [("rows", 45_161), ("accepted", 45_161), ("rejected", 0), ("created", 45_161), ("updated", 0)],
    );
    let table = [
        ("django", 5_835),
        ("express", 8_614),
        ("fastapi", 4_800),
        ("laravel", 3_834),
        ("rails", 2_294),
        ("ror", 2_294),
        ("\"ruby on rails\"", 2_294),
        ("ruby on rails", 2_294),
        ("react", 19_167),
        ("\"spring boot\"", 6_165),
        ("", 45_161),
    ];
    for (query, wanted) in table {
        assert_eq!(count(folder.path(), query), wanted, "{query}");
    }
}

/// Of those who tick Django and FastAPI the file says nothing else: all are equal.
#[test]
fn who_ticks_both_musts_stands_in_tier_a_and_ties() {
    let Some(survey) = survey_2024() else { return };
    let folder = folder();
    import(folder.path(), &survey, "2024-05-20");
    let musts =
        ["Django", "FastAPI"].map(|skill| format!("[[require]]\nskill = \"{skill}\"\nneed = \"must\"\n"));
    std::fs::write(folder.path().join("both.toml"), musts.concat()).expect("the folder can be written");
    let ranked = run(folder.path(), &["rank", "both.toml", "--format", "json", "--top", "2000"]).json();
    let shortlist = &ranked["shortlists"][0];
    assert_eq!(shortlist["listed"]["A"], 1_666);
    assert_eq!(count(folder.path(), "django and fastapi"), 1_666);
    let entries = shortlist["entries"].as_array().expect("a list");
    let first: Vec<&Value> = entries.iter().filter(|e| e["tier"] == "A").collect();
    assert_eq!(first.len(), 1_666);
    for e in first {
        let (rank, tied, score) = (&e["rank"], &e["tied"], &e["score"]);
        assert!(*rank == 1 && *tied == 1_666 && *score == 10_000, "{e}");
    }
}

#[test]
fn two_surveys_are_two_sources_and_an_import_twice_changes_nothing() {
    let (Some(first), Some(second)) = (survey_2024(), survey_2025()) else { return };
    let folder = folder();
    let stats = |ran: Ran| {
        let stats = ran.json();
        (
            stats["candidates"].as_u64(),
            stats["digest"].clone(),
            stats["change"].clone(),
            stats["imports"].clone(),
        )
    };
    let now = || stats(run(folder.path(), &["pool", "stats", "--format", "json"]));
    import(folder.path(), &first, "2024-05-20");
    let report = import(folder.path(), &second, "2025-06-01");
    shows(
        &report,
        [("rows", 1_000), ("accepted", 1_000), ("rejected", 0), ("created", 1_000), ("updated", 0)],
    );
    let before = now();
    assert_eq!(before.0, Some(46_161));
    for (file, as_of, rows) in [(&first, "2024-05-20", 45_161), (&second, "2025-06-01", 1_000)] {
        let report = import(folder.path(), file, as_of);
        shows(
            &report,
            [("rows", rows), ("unchanged", rows), ("created", 0), ("updated", 0), ("rejected", 0)],
        );
    }
    assert_eq!(now(), before);
}

#[test]
fn every_spelling_of_the_surveys_is_a_known_skill() {
    let (Some(first), Some(second)) = (survey_2024(), survey_2025()) else { return };
    for file in [first, second] {
        let folder = folder();
        let report = import(folder.path(), &file, "2025-06-01");
        let columns = report["files"][0]["columns"].as_array().expect("a list of columns");
        let of_skills = columns.iter().filter(|c| c["of"] == "skills" || c["use"] == "tick").count();
        assert!(of_skills >= 8, "{of_skills} columns of skills");
        assert_eq!(report["files"][0]["unknown_skills"], Value::Array(vec![]), "{}", file.display());
    }
}

#[test]
fn the_survey_in_the_long_form_is_its_respondents() {
    let Some(file) = data("stackoverflow-2019/worked_with.csv") else { return };
    let folder = folder();
    let report = import(folder.path(), &file, "2019-06-01");
    shows(
        &report,
        [("rows", 74_589), ("accepted", 74_589), ("created", 11_398), ("joined", 63_191), ("rejected", 0)],
    );
    assert_eq!(report["files"][0]["source"], "stackoverflow-2019");
    let again = import(folder.path(), &file, "2019-06-01");
    shows(
        &again,
        [("rows", 74_589), ("created", 0), ("updated", 0), ("unchanged", 11_398), ("joined", 63_191)],
    );
}

/// Cells by column, of each row; `line code` of rejects; lines above the header.
type ReadCells = (Vec<BTreeMap<String, String>>, Vec<String>, u64);

/// Reads a file with every column as notes: cells by row and column, `line code` of rejects, and lines above the header.
fn cells(file: &Path, columns: &[&str]) -> Result<ReadCells, String> {
    let map = columns.iter().map(|name| ((*name).to_owned(), Some(Field::Notes))).collect();
    let options = ImportOptions { map, ..ImportOptions::default() };
    let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
    let mut read = CandidateFile::open(file, &options, &taxonomy).map_err(|e| e.to_string())?;
    let (mut rows, mut rejected) = (Vec::new(), Vec::new());
    for row in &mut read {
        match row.map_err(|e| e.to_string())? {
            ReadRow::Accepted(row) => rows.push(row.values.into_iter().map(|v| (v.column, v.text)).collect()),
            ReadRow::Rejected(row) => rejected.push(format!("{} {}", row.issue.line, row.issue.code)),
        }
    }
    Ok((rows, rejected, read.lines_above_header()))
}

#[test]
fn csv_spectrum_is_read_cell_by_cell() {
    let Some(readme) = data("bad-input/csv-spectrum/readme.md") else { return };
    let folder = readme.parent().expect("the file lies in a folder");
    let mut tried = 0;
    for entry in std::fs::read_dir(folder.join("csvs")).expect("the suite is there").flatten() {
        let path = entry.path();
        let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(folder.join(format!("json/{name}.json")))
            .expect("each file has its JSON");
        if name == "location_coordinates" {
            // Its JSON is no list, and has another telephone number than its table.
            let wanted: BTreeMap<String, String> = serde_json::from_str(&text).expect("cells");
            let columns: Vec<&str> = wanted.keys().map(String::as_str).collect();
            let (rows, rejected, _) = cells(&path, &columns).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!((rows.len(), rows[0].len(), rejected.len()), (1, 4, 0), "{name}");
            assert_eq!(rows[0]["Location Coordinates"], wanted["Location Coordinates"]);
            tried += 1;
            continue;
        }
        let wanted: Vec<BTreeMap<String, String>> = serde_json::from_str(&text).expect("rows of cells");
        let columns: Vec<&str> = wanted[0].keys().map(String::as_str).collect();
        let (rows, rejected, _) = cells(&path, &columns).unwrap_or_else(|e| panic!("{name}: {e}"));
        // An empty cell says nothing, and is no value.
        let filled =
            |row: BTreeMap<String, String>| row.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        let wanted: Vec<BTreeMap<String, String>> = wanted.into_iter().map(filled).collect();
        // The JSON has the line breaks of its own system.
        let plain = |rows: Vec<BTreeMap<String, String>>| format!("{rows:?}").replace("\\r\\n", "\\n");
        assert_eq!((plain(rows), rejected), (plain(wanted), vec![]), "{name}");
        tried += 1;
    }
    assert_eq!(tried, 12);
}

#[test]
fn csvlint_files_are_read_or_refused_for_what_is_wrong_with_them() {
    let Some(readme) = data("bad-input/csvlint/SOURCE.txt") else { return };
    let folder = readme.parent().expect("the file lies in a folder").join("features/fixtures");
    let foo = ["Foo", "Bar", "Baz"];
    let bsr = ["Foo", "Bsr", "Baz"];
    for (name, columns, rows, rejects, above) in [
        ("valid", foo, 2, &[][..], 0),
        ("white space in filename", foo, 2, &[], 0),
        ("cr-line-endings", foo, 2, &[], 0),
        ("crlf-line-endings", bsr, 2, &[], 0),
        ("lf-line-endings", bsr, 2, &[], 0),
        ("inconsistent-line-endings", bsr, 2, &[], 0),
        ("inconsistent-line-endings-unquoted", bsr, 2, &[], 0),
        ("title-row", bsr, 2, &[], 1),
        ("windows-line-endings", ["a", "b", "c"], 1, &[], 0),
    ] {
        let read =
            cells(&folder.join(format!("{name}.csv")), &columns).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(
            (read.0.len(), read.1, read.2),
            (rows, rejects.iter().map(|r: &&str| (*r).to_owned()).collect(), above),
            "{name}"
        );
    }
    let (rows, rejected, _) = cells(&folder.join("valid_many_rows.csv"), &foo).expect("it can be read");
    assert!(rows.len() >= 6 && rejected.is_empty());
    let (rows, rejected, _) = cells(&folder.join("invalid_many_rows.csv"), &foo).expect("it can be read");
    assert!(rows.len() >= 5, "{}", rows.len());
    assert_eq!(rejected, ["4 bad-quote"], "the rows around it are read");
    let refused = cells(&folder.join("invalid-byte-sequence.csv"), &[]).expect_err("its header is no text");
    assert!(refused.contains("the header is not UTF-8 at byte offset 33"), "{refused}");
}

#[test]
fn naughty_strings_come_back_as_they_were_written() {
    let Some(file) = data("bad-input/naughty-strings/blns.json") else { return };
    let text = std::fs::read_to_string(file).expect("the suite can be read");
    let strings: Vec<String> = serde_json::from_str(&text).expect("a list of strings");
    let folder = folder();
    let path = folder.path().join("naughty.csv");
    let mut writer = csv::Writer::from_path(&path).expect("the folder can be written");
    writer.write_record(["id", "name", "naughty"]).expect("a row");
    for (at, string) in strings.iter().enumerate() {
        writer.write_record([&at.to_string(), &format!("Person {at}"), string]).expect("a row");
    }
    writer.flush().expect("the folder can be written");
    let (rows, rejected, _) = cells(&path, &["naughty"]).expect("it can be read");
    let nul: Vec<&String> = strings.iter().filter(|string| string.contains('\0')).collect();
    assert_eq!((rows.len() + rejected.len(), rejected.len()), (strings.len(), nul.len()), "{rejected:?}");
    let absent = ["N/A", "n/a", "NA", "#N/A", "-", "--", "–", "null", "NULL", "None", "none", "NaN", "nan"];
    let kept = strings.iter().filter(|string| !string.contains('\0'));
    for (row, string) in rows.iter().zip(kept) {
        let nothing = string.trim().is_empty() || absent.contains(&string.trim());
        let wanted = if nothing { None } else { Some(string) };
        assert_eq!(row.get("naughty"), wanted, "{string:?}");
    }
}

#[test]
fn documents_are_json_or_are_not() {
    use stackscout_importer::{CandidateFile, ImportError, ImportOptions};
    let Some(readme) = data("bad-input/json-test-suite/README.md") else { return };
    let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
    let cases = readme.parent().expect("a file lies in a folder").join("test_parsing");
    let (mut wrong, mut all) = (Vec::new(), 0);
    for entry in std::fs::read_dir(cases).expect("the folder can be read").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let refused = match CandidateFile::open(&entry.path(), &ImportOptions::default(), &taxonomy) {
            Ok(mut file) => file.any(|row| row.is_err()),
            // What holds no person, or a key that no column can be called, may well be JSON.
            Err(
                ImportError::NoObjects { .. }
                | ImportError::NothingUnderstood { .. }
                | ImportError::BadHeader { .. },
            ) => false,
            Err(_) => true,
        };
        all += 1;
        if (name.starts_with("y_") && refused) || (name.starts_with("n_") && !refused) {
            wrong.push(name);
        }
    }
    wrong.sort();
    assert_eq!((wrong, all), (vec![], 318));
}

/// The documents of the suite, by name.
fn json_suite() -> Option<Vec<(String, PathBuf)>> {
    let readme = data("bad-input/json-test-suite/README.md")?;
    let cases = readme.parent().expect("a file lies in a folder").join("test_parsing");
    let entries = std::fs::read_dir(cases).expect("the folder can be read").flatten();
    let mut cases: Vec<_> =
        entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect();
    cases.sort();
    assert_eq!(cases.len(), 318);
    Some(cases)
}

#[test]
fn no_document_of_the_suite_harms_a_reader_of_json() {
    use stackscout_engine::{EngineError, Pool, runs};
    let Some(suite) = json_suite() else { return };
    let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
    let here = folder();
    std::fs::write(here.path().join("people.csv"), "id,name,skills\n1,Ada,Django\n").expect("written");
    run(here.path(), &["import", "people.csv", "--as-of", "2026-11-01"]).ok();
    let pool = here.path().join("stackscout-pool");
    let marker = std::fs::read(pool.join("stackscout-pool.json")).expect("a pool has a marker");
    for (name, path) in &suite {
        let bytes = std::fs::read(path).expect("a case can be read");
        // A line of JSON Lines, and a file of people by the contents alone.
        for file in ["case.jsonl", "case.txt"] {
            let input = Box::new(std::io::Cursor::new(bytes.clone()));
            let read = CandidateFile::from_reader(file, input, &ImportOptions::default(), &taxonomy);
            let rows = read.map(|file| file.filter(Result::is_ok).count());
            let is_line = !bytes.contains(&b'\n') && file == "case.jsonl";
            if name.starts_with("n_") && is_line {
                let accepted = match rows {
                    Ok(_) => {
                        let input = Box::new(std::io::Cursor::new(bytes.clone()));
                        let file =
                            CandidateFile::from_reader(file, input, &ImportOptions::default(), &taxonomy);
                        let rows = file.into_iter().flatten();
                        rows.filter(|row| matches!(row, Ok(ReadRow::Accepted(_)))).count()
                    }
                    Err(_) => 0,
                };
                assert_eq!(accepted, 0, "{name} is a person");
            }
        }
        // A manifest and lists.
        let text = String::from_utf8_lossy(&bytes);
        assert!(runs::of_text("case", path, &text).is_err(), "{name} is a manifest");
        // A marker, saved searches, and what the pool knows of files that still stand.
        std::fs::write(pool.join("stackscout-pool.json"), &bytes).expect("the pool can be written");
        let opened = Pool::open(&pool, taxonomy.clone()).err();
        assert!(matches!(opened, Some(EngineError::Marker(_))), "{name} is a marker");
        std::fs::write(pool.join("stackscout-pool.json"), &marker).expect("the pool can be written");
        std::fs::write(pool.join("searches.json"), &bytes).expect("the pool can be written");
        let opened = Pool::open(&pool, taxonomy.clone()).expect("the pool is whole");
        let searches = opened.saved_searches();
        assert!(matches!(searches, Err(EngineError::SavedUnreadable(_))), "{name} is a saved search");
        std::fs::remove_file(pool.join("searches.json")).expect("the file is there");
        // A case of the scoring model.
        if let Ok(case) = serde_json::from_slice::<Value>(&bytes) {
            assert!(xtask::score::score(&case).is_err(), "{name} is a case");
        }
    }
    // One of each kind through the program: it imports as if nothing were known.
    for (name, path) in suite.iter().step_by(20) {
        std::fs::copy(path, pool.join("imported.json")).expect("the pool can be written");
        let ran = run(here.path(), &["import", "people.csv", "--as-of", "2026-11-01"]);
        assert!(ran.stdout.contains("1 unchanged"), "{name}: {} {}", ran.stdout, ran.stderr);
    }
    // All of them as a folder: JSON Resumes, tables, and what is none, each by itself.
    let folder = suite[0].1.parent().expect("a file lies in a folder").to_str().expect("the path is UTF-8");
    let ran = run(here.path(), &["import", folder, "--dry-run"]);
    assert!(ran.code.is_some_and(|code| code <= 3), "{:?} {}", ran.code, ran.stderr);
}

#[test]
fn the_case_of_the_scoring_model_comes_out_byte_for_byte() {
    let (Some(case), Some(wanted)) = (data("scoring/case.json"), data("scoring/expected.json")) else {
        return;
    };
    let case = std::fs::read_to_string(case).expect("the case can be read");
    let case: Value = serde_json::from_str(&case).expect("the case is JSON");
    let wanted = std::fs::read_to_string(wanted).expect("its result can be read");
    let got = xtask::score::score(&case).expect("the case is in the form");
    if got != wanted {
        let line = got.lines().zip(wanted.lines()).position(|(a, b)| a != b);
        panic!("{} bytes, not {}; first difference in line {line:?}", got.len(), wanted.len());
    }
}
