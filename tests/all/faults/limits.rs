//! - a disk that is full, a limit on file sizes, and a device that fails at any moment of an import are errors that name
//!   cause and path; nothing of the file is kept then, and the same import does it all once there is room
//! - no signal of the system ends the program for having written too much
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{AS_OF, Dice, POOL, copied, digest, is_whole, rounds};
use crate::program::{Ran, demo_files, folder, program, run, shell};

const PEOPLE: usize = 600;
const IMPORT: [&str; 4] = ["import", "candidates.csv", "--as-of", AS_OF];

/// An import that was kept from writing said why, and left everything as it was or is done.
fn check_failed(ran: &Ran, cause: &[&str], what: &str) {
    assert_eq!(ran.code, Some(1), "{what}: {} {}", ran.stdout, ran.stderr);
    assert!(ran.stderr.starts_with("error: "), "{what}: {}", ran.stderr);
    assert!(cause.iter().any(|cause| ran.stderr.contains(cause)), "{what} is not named: {}", ran.stderr);
    assert!(ran.stderr.contains(POOL) || ran.stderr.contains("pool"), "{what} has no path: {}", ran.stderr);
}

#[test]
fn a_limit_on_file_sizes_is_an_error_and_no_signal() {
    let clean = folder();
    demo_files(clean.path(), PEOPLE);
    assert_eq!(run(clean.path(), &IMPORT).code, Some(3));
    let wanted = digest(clean.path());
    let largest = super::files(&clean.path().join(POOL))
        .iter()
        .map(|name| fs::metadata(clean.path().join(POOL).join(name)).expect("it is there").len())
        .max()
        .expect("a pool has files");
    let mut failed = 0;
    for part in 0..8 {
        let folder = folder();
        let path = folder.path();
        fs::copy(clean.path().join("candidates.csv"), path.join("candidates.csv")).expect("it can be copied");
        // In blocks of 512 bytes, up to the size of the largest file.
        let blocks = 1 + largest * part / 8 / 512;
        let line = format!("ulimit -f {blocks}; exec stackscout import candidates.csv --as-of {AS_OF}");
        let ran = shell(path, &line);
        if ran.code != Some(3) {
            check_failed(
                &ran,
                &["File too large", "file too large", "disk I/O error"],
                &format!("{blocks} blocks"),
            );
            failed += 1;
        }
        assert_eq!(run(path, &IMPORT).code, Some(3), "{blocks} blocks");
        assert_eq!(digest(path), wanted, "{blocks} blocks");
        is_whole(path, &format!("{blocks} blocks"));
    }
    assert!(failed >= 4, "{failed} imports failed");
}

/// A small disk of its own, where this user may make one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn make(kilobytes: u64) -> Option<Self> {
        let folder = folder();
        let size = format!("size={kilobytes}k");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| Self(folder))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[test]
fn a_full_disk_is_an_error_and_the_import_is_done_once_there_is_room() {
    let clean = folder();
    demo_files(clean.path(), PEOPLE);
    let list = clean.path().join("candidates.csv").display().to_string();
    let import = ["import", &list, "--as-of", AS_OF];
    assert_eq!(run(clean.path(), &import).code, Some(3));
    let wanted = digest(clean.path());
    let mut failed = 0;
    for kilobytes in [64, 200, 500, 900, 1_300, 1_800, 2_400, 3_000, 3_600] {
        let Some(disk) = Disk::make(kilobytes) else {
            println!("skipped: this user may not mount a disk of its own");
            return;
        };
        let path = disk.0.path();
        let ran = run(path, &import);
        if ran.code == Some(3) {
            continue;
        }
        failed += 1;
        let full = ["No space left on device", "no space left on device", "database or disk is full"];
        check_failed(&ran, &full, &format!("{kilobytes} kB"));
        let larger = Command::new("mount").args(["-o", "remount,size=64m"]).arg(path).output();
        assert!(larger.expect("mount is there").status.success());
        assert_eq!(run(path, &import).code, Some(3), "{kilobytes} kB");
        assert_eq!(digest(path), wanted, "{kilobytes} kB");
        is_whole(path, &format!("{kilobytes} kB"));
    }
    assert!(failed >= 3, "{failed} disks were full");
}

/// What strace is told to let fail, among how many first calls of each thread, and how the error may name it. What writes to
/// files otherwise (`write`) also prints, and is held by the small disks and the limits.
const FAULTS: [(&str, &str, usize, &[&str]); 5] = [
    ("fsync,fdatasync", "EIO", 16, &["Input/output error", "disk I/O error"]),
    ("pwrite64", "ENOSPC", 40, &["No space left on device", "disk is full", "disk I/O error"]),
    ("pwrite64", "EIO", 40, &["Input/output error", "disk I/O error"]),
    ("rename,renameat,renameat2", "EIO", 8, &["Input/output error"]),
    // SQLite takes some pages that it cannot read for damaged ones.
    ("pread64", "EIO", 20, &["Input/output error", "disk I/O error", "malformed"]),
];

#[test]
fn a_device_that_fails_at_any_call_is_an_error_and_nothing_is_lost() {
    let before = folder();
    demo_files(before.path(), 120);
    assert_eq!(run(before.path(), &IMPORT).code, Some(3));
    let after = copied(before.path());
    let change = ["import", "referrals.csv", "--as-of", AS_OF];
    run(after.path(), &change).ok();
    let (old, wanted) = (digest(before.path()), digest(after.path()));
    let trace = |folder: &Path, fault: &str| {
        let mut command = Command::new("strace");
        let calls = fault.split(':').next().expect("a fault names calls");
        command.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")]);
        command.args(["-e", &format!("inject={fault}")]);
        command.arg(program()).args(change).current_dir(folder).env_remove("STACKSCOUT_POOL").output()
    };
    let mut dice = Dice::throw();
    let (mut failed, mut done) = (0, 0);
    for round in 0..rounds("STACKSCOUT_FAULTS", 40) {
        let (calls, error, among, causes) = FAULTS[round % FAULTS.len()];
        let when = 1 + dice.below(among);
        let folder = copied(before.path());
        let fault = format!("{calls}:error={error}:when={when}");
        let Ok(output) = trace(folder.path(), &fault) else {
            println!("skipped: no strace here");
            return;
        };
        let ran = Ran::from(output);
        if ran.stderr.contains("ptrace") || ran.stderr.contains("PTRACE") {
            println!("skipped: strace may not look here: {}", ran.stderr);
            return;
        }
        let what = format!("{fault}, seed {}", dice.seed);
        match ran.code {
            Some(0) => done += 1,
            // What fails before anything of ours begins (loading the program) is none of ours.
            Some(127) | None if calls == "pread64" => continue,
            code => {
                assert_eq!(code, Some(1), "{what}: {}", ran.stderr);
                assert!(
                    causes.iter().any(|cause| ran.stderr.contains(cause)),
                    "{what} is not named: {}",
                    ran.stderr
                );
                failed += 1;
            }
        }
        let now = digest(folder.path());
        assert!(now == wanted || ran.code != Some(0) && now == old, "{what}: {}", ran.stderr);
        run(folder.path(), &change).ok();
        assert_eq!(digest(folder.path()), wanted, "{what}");
        is_whole(folder.path(), &what);
    }
    println!("{failed} imports failed, {done} went on");
    assert!(failed > 0, "no fault was noticed");
}
