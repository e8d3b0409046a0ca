//! - what is acknowledged outlasts a power loss: every file of the pool is synced before it gets its name and every folder
//!   after, and the last sync is over before the first word is printed
//!
//! Seen from outside, by the calls that the program makes; skipped where no strace is.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use super::{AS_OF, POOL};
use crate::program::{demo_files, folder, program, run};

#[test]
fn files_are_synced_before_their_rename_and_folders_before_the_report() {
    let folder = folder();
    let path = folder.path();
    demo_files(path, 300);
    for file in ["candidates.csv", "referrals.csv"] {
        let mut command = Command::new("strace");
        let calls = "trace=fsync,fdatasync,rename,renameat,renameat2,write,unlink,unlinkat";
        command.args(["-f", "-y", "-s", "64", "-o", "trace", "-e", calls]).arg(program());
        command.args(["import", file, "--as-of", AS_OF]).current_dir(path).stdin(Stdio::null());
        command.env_remove("STACKSCOUT_POOL");
        match command.output() {
            Ok(output) if matches!(output.status.code(), Some(0 | 3)) => {}
            other => {
                println!("skipped: no strace that may look here: {other:?}");
                return;
            }
        }
        check(&fs::read_to_string(path.join("trace")).expect("it was written"), file);
    }
    run(path, &["pool", "verify", "--full"]).ok();
}

fn check(trace: &str, what: &str) {
    // Paths of files and folders whose last write or rename is not known to be on disk.
    let mut unsynced: BTreeSet<String> = BTreeSet::new();
    let (mut renames, mut syncs, mut reported) = (0, 0, false);
    for line in trace.lines() {
        let Some((_, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        let between = |from: char, to: char| {
            let begin = call.find(from)? + 1;
            Some(call[begin..begin + call[begin..].find(to)?].to_owned())
        };
        if call.starts_with("write(1<") {
            let left: Vec<_> = unsynced.iter().filter(|path| is_kept(path)).collect();
            assert!(left.is_empty(), "{what}: reported before these were synced: {left:?}");
            reported = true;
        } else if call.starts_with("write(") {
            if let Some(path) = between('<', '>').filter(|path| path.contains(POOL)) {
                unsynced.insert(path);
            }
        } else if call.starts_with("fsync(") || call.starts_with("fdatasync(") {
            if let Some(path) = between('<', '>') {
                unsynced.remove(&path);
                syncs += 1;
            }
        } else if call.starts_with("rename") && call.contains(" = 0") {
            let paths: Vec<&str> = call.split('"').skip(1).step_by(2).collect();
            let [from, to] = paths[..] else { panic!("a rename has two paths: {call}") };
            if !to.contains(POOL) {
                continue;
            }
            let is_there = |path: &String| path.ends_with(from.trim_start_matches("./"));
            assert!(
                !unsynced.iter().any(is_there) || !is_kept(to),
                "{what}: renamed before it was synced: {from}"
            );
            let parent = to.rsplit_once('/').map_or("", |(parent, _)| parent);
            // Seen by its whole path when it is synced.
            let whole = unsynced.iter().find(|path| path.ends_with(parent)).cloned();
            unsynced.insert(whole.unwrap_or_else(|| absolute(parent, trace)));
            renames += 1;
        }
    }
    println!("{what}: {renames} renames, {syncs} syncs");
    assert!(reported && renames >= 2 && syncs >= 5, "{what}: {renames} renames, {syncs} syncs");
}

/// Whether losing it loses anything: the list of what was imported before is made anew.
fn is_kept(path: &str) -> bool {
    !path.contains("imported.json") && !path.ends_with(".lock")
}

/// How the trace writes a folder that is named from the working folder.
fn absolute(folder: &str, trace: &str) -> String {
    let found = trace.split(['<', '>']).find(|path| path.starts_with('/') && path.ends_with(folder));
    found.unwrap_or(folder).to_owned()
}
