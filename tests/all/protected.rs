//! Protected attributes have no way into any score:
//! - what is scored has the fields that are listed here and no other: none can hold a name, a sex, an age or a nationality
//! - the crates that score, keep columns and search do not name the table of protected values, and neither does any other
//!   file than the store's own and that of bias figures
//! - the crates that score and keep columns know no candidate, only facts

use std::fs;
use std::path::{Path, PathBuf};

use stackscout_profile::{CandidateNumber, Facts};

use crate::program::root;

#[test]
fn what_is_scored_has_no_field_for_them() {
    // Whoever adds a field has to come here, and say what it holds.
    let Facts {
        number: _,
        country: _, // of residence, where a role names places
        remote: _,
        relocation: _,
        total_years: _, // of experience
        skills: _,
        traits: _,    // of projects, such as high traffic
        status: _,    // hired, or opted out
        permits: _,   // countries that the person may work in
        languages: _, // spoken, where a role asks for them
        available: _,
        expected_pay: _,
        implausible: _, // claims nearly everything
    } = Facts::new(CandidateNumber(1));
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn naming(word: &str) -> Vec<String> {
    let crates = root().join("crates");
    let mut all = Vec::new();
    sources(&crates, &mut all);
    let holds = |path: &PathBuf| fs::read_to_string(path).expect("a source can be read").contains(word);
    let mut names: Vec<String> = all
        .into_iter()
        .filter(holds)
        .map(|path| path.strip_prefix(&crates).expect("it stands there").display().to_string())
        .collect();
    names.sort();
    names
}

#[test]
fn nothing_but_bias_figures_reads_them() {
    assert_eq!(naming("protected_values()"), ["engine/src/impact/groups.rs"]);
    // The command line says how many an import brought, and none of them.
    let outside = |path: &&String| !path.starts_with("store/");
    let tables: Vec<String> = naming("protected_values").iter().filter(outside).cloned().collect();
    assert_eq!(tables, ["cli/src/commands/imports.rs", "engine/src/impact/groups.rs"]);
}

#[test]
fn what_scores_knows_facts_and_no_candidate() {
    for path in naming("Candidate").iter().filter(|p| p.starts_with("matcher/") || p.starts_with("evidence/"))
    {
        let text = fs::read_to_string(root().join("crates").join(path)).expect("a source can be read");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<String>();
        assert!(!code.replace("CandidateNumber", "").contains("Candidate"), "{path}");
    }
}
