//! - each folder of `tests/cases` does what its files say: both streams and the exit code of every command
//! - no folder is forgotten
//! - a reader that stops reading ends the program without a panic, and carets stand where they should
//!
//! A case holds a file `cmd` of command lines, which a shell runs in a copy of the folder, and what must come of them:
//! `stdout` and `stderr` (each command's part under a line `$ command`, where there is any) and `code` (a number a
//! command). What is redirected into a file is not shown: lines that set the stage do so. Digests and fingerprints
//! stand as `<digest>`. `UPDATE_CASES=1` writes the expected files anew; look at every line before it is kept.

mod caret;
mod pipe;

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{folder, root, shell};

const EXPECTED: [&str; 3] = ["stdout", "stderr", "code"];

macro_rules! cases {
    ($($name:ident),+ $(,)?) => {
        const CASES: &[&str] = &[$(stringify!($name)),+];
        $(#[test] fn $name() { check(stringify!($name)); })+
    };
}

cases! {
    allocate,
    allocate_errors,
    audit_impact,
    candidate_erase,
    candidate_merge,
    candidate_show,
    compare,
    conflicts,
    decide,
    explain_adds_up,
    find_people,
    funnel,
    import_again_is_unchanged,
    import_as_of,
    import_bad_year,
    import_cvs,
    import_dry_run_keeps_nothing,
    import_encodings,
    import_fields,
    import_free_text,
    import_json,
    import_json_resumes,
    import_jsonl,
    import_layouts,
    import_long,
    import_no_header,
    import_plain,
    import_protected,
    import_rejects,
    import_report,
    import_strict,
    import_unknown_field,
    import_unknown_layout,
    import_workbook,
    imports_undo,
    no_pool,
    pool_stats,
    query_errors,
    rank_formats,
    rank_json,
    rank_table,
    role_check,
    role_check_errors,
    role_derive_framework,
    role_derive_like,
    role_derive_needs,
    runs,
    saved_searches,
    search_count,
    search_json,
    search_language,
    search_table,
    stability,
    taxonomy_mentions,
    taxonomy_own,
    taxonomy_path,
    taxonomy_resolve,
    taxonomy_show,
    usage,
    what_if,
}

fn cases() -> PathBuf {
    root().join("tests").join("cases")
}

/// Folders are named with hyphens, tests with underscores.
fn case_folder(name: &str) -> PathBuf {
    cases().join(name.replace('_', "-"))
}

#[derive(Default)]
struct Got {
    stdout: String,
    stderr: String,
    code: String,
}

fn check(name: &str) {
    let case = case_folder(name);
    let here = folder();
    for entry in fs::read_dir(&case).unwrap_or_else(|e| panic!("{}: {e}", case.display())).flatten() {
        let file = entry.file_name();
        if file != "cmd" && !EXPECTED.contains(&file.to_string_lossy().as_ref()) {
            fs::copy(entry.path(), here.path().join(file)).expect("input files can be copied");
        }
    }
    let commands = fs::read_to_string(case.join("cmd")).expect("a case has a file `cmd`");
    let got = run(here.path(), &commands);
    let parts = [("stdout", &got.stdout), ("stderr", &got.stderr), ("code", &got.code)];
    if std::env::var_os("UPDATE_CASES").is_some_and(|update| update == "1") {
        for (file, text) in parts {
            fs::write(case.join(file), text).expect("the case can be written");
        }
        return;
    }
    for (file, text) in parts {
        let wanted = fs::read_to_string(case.join(file)).unwrap_or_default();
        if *text != wanted {
            panic!(
                "{name}: {file} differs\n{}\nUPDATE_CASES=1 would take it over",
                difference(&wanted, text)
            );
        }
    }
}

fn run(folder: &Path, commands: &str) -> Got {
    let mut got = Got::default();
    for line in commands.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let ran = shell(folder, line);
        for (to, text) in [(&mut got.stdout, &ran.stdout), (&mut got.stderr, &ran.stderr)] {
            if !text.is_empty() {
                to.push_str(&format!("$ {line}\n{}", without_digests(text)));
            }
        }
        got.code.push_str(&ran.code.map_or("signal\n".to_owned(), |code| format!("{code}\n")));
    }
    got
}

/// Thirty-two hex digits name contents: the tests of the digest itself hold them, not these.
fn without_digests(text: &str) -> String {
    let is_hex = |b: &u8| b.is_ascii_digit() || (b'a'..=b'f').contains(b);
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| is_hex(&b)) {
        let run = rest.as_bytes()[at..].iter().take_while(|b| is_hex(b)).count();
        out.push_str(&rest[..at]);
        out.push_str(if run == 32 { "<digest>" } else { &rest[at..at + run] });
        rest = &rest[at + run..];
    }
    out + rest
}

/// The lines that differ, with two before the first.
fn difference(wanted: &str, got: &str) -> String {
    let (wanted, got): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), got.lines().collect());
    let same = wanted.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let (wanted_rest, got_rest) = (&wanted[same..], &got[same..]);
    let same_end = wanted_rest.iter().rev().zip(got_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut lines: Vec<String> =
        wanted[same.saturating_sub(2)..same].iter().map(|line| format!("  {line}")).collect();
    lines.extend(wanted_rest[..wanted_rest.len() - same_end].iter().map(|line| format!("- {line}")));
    lines.extend(got_rest[..got_rest.len() - same_end].iter().map(|line| format!("+ {line}")));
    lines.join("\n")
}

#[test]
fn no_case_is_forgotten() {
    let mut found: Vec<String> = fs::read_dir(cases())
        .expect("there are cases")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().replace('-', "_"))
        .collect();
    found.sort();
    assert_eq!(found, CASES);
}

#[test]
fn digests_alone_are_taken_out() {
    let digest = "0123456789abcdef0123456789abcdef";
    assert_eq!(
        without_digests(&format!("a {digest} é {digest}0 beef")),
        format!("a <digest> é {digest}0 beef")
    );
}

#[test]
fn differences_show_what_is_missing_and_what_is_new() {
    assert_eq!(difference("a\nb\nc\nd", "a\nb\nx\nd"), "  a\n  b\n- c\n+ x");
    assert_eq!(difference("a", "a\nb"), "  a\n+ b");
}
