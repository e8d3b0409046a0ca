//! - every file of a pool that has seen every command is its owner's alone, and every folder, whatever the umask; so is a
//!   backup, and a pool that was restored
//! - a pool made in a folder that others could read is closed to them
//! - `pool verify` says what others can read, and `pool repair` mends it
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::{POOL, files, pool_of_everything, verify};
use crate::program::{run, shell};

fn check(folder: &Path) {
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(folder), 0o700, "{}", folder.display());
    for name in files(folder) {
        let path = folder.join(&name);
        assert_eq!(mode(&path), 0o600, "{}", name.display());
        let parent = path.parent().expect("it lies in a folder");
        assert_eq!(mode(parent), 0o700, "{}", parent.display());
    }
}

#[test]
fn every_file_of_a_pool_is_its_owners_alone() {
    let folder = pool_of_everything(100);
    let path = folder.path();
    check(&path.join(POOL));
    assert_eq!(fs::metadata(path.join("first.backup")).expect("there").permissions().mode() & 0o777, 0o600);
    // With a umask that keeps nobody out, in a folder that everybody may read.
    fs::create_dir(path.join("open")).expect("it can be made");
    fs::set_permissions(path.join("open"), fs::Permissions::from_mode(0o755)).expect("it is ours");
    for line in [
        "umask 000; stackscout import candidates.csv --as-of 2026-11-01 --pool open",
        "umask 000; stackscout import more.csv --as-of 2026-11-01 --pool open --save-layout mine",
        "umask 000; stackscout search --save s django --pool open",
        "umask 000; stackscout rank roles --pool open > listed.txt",
        "umask 000; stackscout imports undo 2 --pool open",
        "umask 000; stackscout pool backup open.backup --pool open",
        "umask 000; stackscout pool restore open.backup --pool restored",
        "umask 000; stackscout pool repair --pool restored",
    ] {
        let ran = shell(path, line);
        assert!(matches!(ran.code, Some(0 | 3)), "{line}: {}", ran.stderr);
    }
    check(&path.join("open"));
    check(&path.join("restored"));
    assert_eq!(fs::metadata(path.join("open.backup")).expect("there").permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_others_can_read_is_said_and_mended() {
    let folder = pool_of_everything(60);
    let records = folder.path().join(POOL).join("records.db");
    fs::set_permissions(&records, fs::Permissions::from_mode(0o644)).expect("it is ours");
    let (code, verified) = verify(folder.path());
    assert_eq!(code, Some(1));
    assert_eq!(verified["findings"][0]["part"], "modes", "{verified:#}");
    run(folder.path(), &["pool", "repair"]).ok();
    check(&folder.path().join(POOL));
}
