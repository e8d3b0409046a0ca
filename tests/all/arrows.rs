//! - crates use only what stands left of them in the arrow line of `docs/ARCHITECTURE.md`
//! - every crate stands in it, apart from the demo, which uses none of them
//! - each outside thing has one owner
//! - unsafe code is forbidden everywhere but in one module of one crate, which says why each use is sound
//! - every path that `docs/ARCHITECTURE.md` names exists

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::program::root;

fn architecture() -> String {
    std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).expect("docs/ARCHITECTURE.md is there")
}

/// The crates of each stage, from left to right: `a <- {b, c} <- d`.
fn stages(text: &str) -> Vec<BTreeSet<String>> {
    let line = text
        .lines()
        .find_map(|line| line.split('`').find(|code| code.starts_with("taxonomy <- ")))
        .expect("docs/ARCHITECTURE.md holds the arrow line in backticks: `taxonomy <- ...`");
    let members = |stage: &str| -> BTreeSet<String> {
        stage.trim().trim_matches(['{', '}']).split(',').map(|name| name.trim().to_owned()).collect()
    };
    line.split("<-").map(members).collect()
}

/// What each crate's manifest names: for running, and for tests alone.
struct Uses {
    normal: BTreeSet<String>,
    tests: BTreeSet<String>,
}

fn manifests() -> BTreeMap<String, Uses> {
    let mut crates = BTreeMap::new();
    for entry in std::fs::read_dir(root().join("crates")).expect("crates lie in crates/") {
        let folder = entry.expect("the folder can be read").path();
        let name = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).expect("every crate has a manifest");
        let manifest: toml::Table = text.parse().expect("manifests are TOML");
        let named = |tables: &[&str]| -> BTreeSet<String> {
            let tables = tables.iter().filter_map(|table| manifest.get(*table)?.as_table());
            tables.flat_map(|table| table.keys().cloned()).collect()
        };
        let uses = Uses {
            normal: named(&["dependencies", "build-dependencies"]),
            tests: named(&["dev-dependencies"]),
        };
        crates.insert(name, uses);
    }
    assert!(crates.len() >= 10, "{} crates", crates.len());
    crates
}

/// What is wrong with the arrows.
fn against_the_line(stages: &[BTreeSet<String>], crates: &BTreeMap<String, Uses>) -> Vec<String> {
    let stage_of = |name: &str| stages.iter().position(|stage| stage.contains(name));
    let mut wrong = Vec::new();
    for name in stages.iter().flatten().filter(|name| !crates.contains_key(*name)) {
        wrong.push(format!("`{name}` stands in the line and is no crate"));
    }
    for (name, uses) in crates {
        let within = uses.normal.union(&uses.tests).filter_map(|used| used.strip_prefix("stackscout-"));
        let at = stage_of(name);
        if at.is_none() && name != "demo" {
            wrong.push(format!("`{name}` is a crate and does not stand in the line"));
        }
        for used in within {
            let allowed = match (at, stage_of(used)) {
                (Some(at), Some(of_used)) => of_used < at,
                // The demo makes text; the program and tests take it like anybody's.
                (Some(at), None) => at + 1 == stages.len() || !uses.normal.contains("stackscout-demo"),
                (None, _) => false,
            };
            if !allowed {
                wrong.push(format!("`{name}` uses `{used}`, which does not stand left of it"));
            }
        }
    }
    wrong
}

#[test]
fn crates_use_only_what_stands_left_of_them() {
    let wrong = against_the_line(&stages(&architecture()), &manifests());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_arrow_to_the_right_is_found() {
    let line = stages("Arrows: `taxonomy <- {store, matcher} <- cli`.");
    let uses = |names: &[&str]| Uses {
        normal: names.iter().map(|name| format!("stackscout-{name}")).collect(),
        tests: BTreeSet::new(),
    };
    let mut crates = BTreeMap::from([
        ("taxonomy".to_owned(), uses(&[])),
        ("store".to_owned(), uses(&["taxonomy"])),
        ("matcher".to_owned(), uses(&["taxonomy"])),
        ("cli".to_owned(), uses(&["store", "taxonomy", "demo"])),
        ("demo".to_owned(), uses(&[])),
    ]);
    assert_eq!(against_the_line(&line, &crates), [""; 0]);
    crates.insert("matcher".to_owned(), uses(&["store"]));
    crates.insert("taxonomy".to_owned(), uses(&["demo"]));
    crates.insert("demo".to_owned(), uses(&["taxonomy"]));
    crates.insert("server".to_owned(), uses(&[]));
    assert_eq!(against_the_line(&line, &crates).len(), 4);
}

#[test]
fn each_outside_thing_has_one_owner() {
    let owners = [
        ("tantivy", "indexer"),
        ("rusqlite", "store"),
        ("memmap2", "evidence"),
        ("clap", "cli"),
        ("indicatif", "cli"),
    ];
    let crates = manifests();
    for (thing, owner) in owners {
        let names: Vec<&str> = crates
            .iter()
            .filter(|(_, uses)| uses.normal.contains(thing) || uses.tests.contains(thing))
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(names, [owner], "{thing}");
    }
}

/// Whatever stands in backticks with a slash in it and is no command or address, outside blocks of code.
fn paths(text: &str) -> BTreeSet<&str> {
    let mut in_block = false;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            let codes = line.split('`').skip(1).step_by(2);
            found.extend(codes.filter(|code| {
                let path = code.contains('/') && !code.contains(char::is_whitespace);
                path && !code.contains("://")
                    && !code.starts_with(['-', '$', '~', '/'])
                    && !code.starts_with("../")
            }));
        }
    }
    found
}

fn exists(root: &Path, path: &str) -> bool {
    match path.split_once('*') {
        // `data/taxonomy/*.csv`: something there has to end so.
        Some((before, ending)) => {
            let folder = root.join(before.rsplit_once('/').map_or("", |(folder, _)| folder));
            let mut entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            entries.any(|entry| entry.file_name().to_string_lossy().ends_with(ending))
        }
        None => root.join(path).exists(),
    }
}

#[test]
fn every_path_that_the_architecture_names_exists() {
    let text = architecture();
    let paths = paths(&text);
    assert!(paths.len() >= 3, "docs/ARCHITECTURE.md names {paths:?} alone");
    let missing: Vec<&&str> = paths.iter().filter(|path| !exists(&root(), path)).collect();
    assert!(missing.is_empty(), "docs/ARCHITECTURE.md names {missing:?}");
}

#[test]
fn paths_are_told_from_commands_and_addresses() {
    let text =
        "See `crates/cli`, `data/*.csv`, `cargo run / x`, `https://a/b`.\n```\n`not/this`\n```\n`docs/A.md`";
    assert_eq!(paths(text), BTreeSet::from(["crates/cli", "data/*.csv", "docs/A.md"]));
    assert!(exists(&root(), "crates/cli") && exists(&root(), "data/taxonomy/*.csv"));
    assert!(!exists(&root(), "crates/nothing") && !exists(&root(), "data/taxonomy/*.xlsx"));
}

/// The one file with unsafe code.
const UNSAFE_FILE: &str = "crates/evidence/src/map.rs";

/// Files of Rust below a folder, as paths from the root.
fn rust_files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(folder)).expect("the folder is there").flatten() {
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            if !name.ends_with("/target") {
                found.extend(rust_files(&name));
            }
        } else if name.ends_with(".rs") {
            found.push(name);
        }
    }
    found
}

fn manifest(path: &str) -> toml::Table {
    let text = std::fs::read_to_string(root().join(path)).expect("there is a manifest");
    text.parse().expect("manifests are TOML")
}

#[test]
fn unsafe_code_is_forbidden_but_in_one_module() {
    let workspace = &manifest("Cargo.toml")["workspace"]["lints"]["rust"];
    assert_eq!(workspace["unsafe_code"].as_str(), Some("forbid"));
    let crates = manifests().into_keys().map(|name| format!("crates/{name}"));
    for folder in crates.chain(["xtask".to_owned(), "tests".to_owned()]) {
        let lints = &manifest(&format!("{folder}/Cargo.toml"))["lints"];
        if folder == "crates/evidence" {
            assert_eq!(lints["rust"]["unsafe_code"].as_str(), Some("deny"));
        } else {
            assert_eq!(lints["workspace"].as_bool(), Some(true), "{folder} takes the lints of the workspace");
        }
    }
    let is_code = |line: &&str| {
        let uses = ["unsafe {", "unsafe fn", "unsafe impl", "unsafe extern", "unsafe trait"];
        !line.trim_start().starts_with("//")
            && !line.contains('"')
            && uses.iter().any(|word| line.contains(word))
    };
    for file in ["crates", "xtask", "tests", "fuzz"].into_iter().flat_map(rust_files) {
        let text = std::fs::read_to_string(root().join(&file)).expect("the file can be read");
        let lines: Vec<&str> = text.lines().collect();
        for (at, _) in lines.iter().enumerate().filter(|(_, line)| is_code(line)) {
            assert_eq!(file, UNSAFE_FILE, "line {}", at + 1);
            let before = lines[..at].iter().rev().take_while(|line| line.trim_start().starts_with("//"));
            let reason: Vec<&str> = before.map(|line| line.trim_start()).collect();
            assert!(reason.last().is_some_and(|line| line.starts_with("// SAFETY: ")), "{file}:{}", at + 1);
        }
        assert!(
            file == UNSAFE_FILE || !text.contains("allow(unsafe_code)") || file.ends_with("arrows.rs"),
            "{file}"
        );
    }
}
