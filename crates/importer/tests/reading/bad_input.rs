//! - every file of `fixtures/bad-input` does what `cases.toml` says, and holds the rule that stands there
//! - no file there is without a rule
//! - accepted and rejected rows are the data rows, and unchanged rejects are the same rejects

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use stackscout_importer::{CandidateFile, Encoding, ImportError, ImportOptions, ReadRow, RejectsWriter};

use super::taxonomy;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    file: String,
    rule: String,
    accepted: Option<u64>,
    #[serde(default)]
    rejected: Vec<String>,
    refused: Option<String>,
    #[serde(default)]
    above: u64,
    #[serde(default)]
    no_header: bool,
    encoding: Option<String>,
}

fn bad_input() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/bad-input"))
}

fn cases() -> Vec<Case> {
    let text = fs::read_to_string(bad_input().join("cases.toml")).unwrap();
    toml::from_str::<Cases>(&text).unwrap().case
}

impl Case {
    fn options(&self) -> ImportOptions {
        let encoding = self.encoding.as_deref().map(|name| Encoding::parse(name).unwrap());
        ImportOptions { no_header: self.no_header, encoding, ..ImportOptions::default() }
    }

    /// Accepted rows, `line code` of the rejected ones, and lines above the header.
    fn read(&self, path: &std::path::Path) -> Result<(u64, Vec<String>, u64), ImportError> {
        let mut file = CandidateFile::open(path, &self.options(), &taxonomy())?;
        let (mut accepted, mut rejected) = (0, Vec::new());
        for row in &mut file {
            match row? {
                ReadRow::Accepted(row) => accepted += row.rows,
                ReadRow::Rejected(row) => rejected.push(format!("{} {}", row.issue.line, row.issue.code)),
            }
        }
        Ok((accepted, rejected, file.lines_above_header()))
    }
}

#[test]
fn bad_input_does_what_its_rule_says() {
    let mut wrong = Vec::new();
    for case in cases() {
        let read = case.read(&bad_input().join(&case.file));
        let fine = match (&read, &case.refused) {
            // Where a file has no header, and where JSON ends too early, the reason says it all.
            (Err(e), Some(words)) => {
                let says_all = words.contains("no header") || case.rule.contains("cut off is refused");
                e.to_string().contains(words) && e.to_string().contains("hint: ") != says_all
            }
            (Ok((accepted, rejected, above)), None) => {
                Some(*accepted) == case.accepted && *rejected == case.rejected && *above == case.above
            }
            _ => false,
        };
        if !fine {
            wrong.push(format!("{} ({}): {read:?}", case.file, case.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_bad_input_is_without_a_rule() {
    let named: BTreeSet<String> = cases().into_iter().map(|case| case.file).collect();
    let there: BTreeSet<String> = fs::read_dir(bad_input())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".csv"))
        .collect();
    assert_eq!(named, there);
    assert!(cases().iter().all(|case| !case.rule.is_empty()));
}

#[test]
fn rejects_of_bad_input_are_the_same_rejects_again() {
    let mut tried = 0;
    for case in cases().iter().filter(|case| case.refused.is_none() && !case.rejected.is_empty()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bad.rejects.csv");
        let mut file =
            CandidateFile::open(&bad_input().join(&case.file), &case.options(), &taxonomy()).unwrap();
        let mut writer = RejectsWriter::new(&path, &file);
        for row in &mut file {
            if let ReadRow::Rejected(rejected) = row.unwrap() {
                writer.write(&rejected).unwrap();
            }
        }
        writer.finish().unwrap();
        // The header again, alone below itself, is the one reject that cannot come again with its line.
        let codes = |rejected: &[String]| -> Vec<String> {
            rejected.iter().map(|r| r.split(' ').next_back().unwrap().to_owned()).collect()
        };
        let (accepted, rejected, _) = case.read(&path).unwrap_or_else(|e| panic!("{}: {e}", case.file));
        assert_eq!((accepted, codes(&rejected)), (0, codes(&case.rejected)), "{}", case.file);
        tried += 1;
    }
    assert!(tried >= 8, "{tried}");
}
