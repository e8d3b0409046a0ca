//! The pool under faults: one file for each kind of fault. `docs/reliability.md` names the test that holds each promise.

mod backup;
mod flips;
mod kill;
mod limits;
mod locks;
mod modes;
mod order;
mod signals;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use tempfile::TempDir;

pub use crate::program::{copied, copy};
use crate::program::{demo_files, folder, import_demo, program, run};

pub const POOL: &str = "stackscout-pool";
const AS_OF: &str = stackscout_demo::AS_OF;

/// Other numbers each time that the tests run: the clock is the dice. A failure prints where they began.
pub struct Dice {
    pub seed: u64,
    state: u64,
}

impl Dice {
    /// Begins at what `STACKSCOUT_SEED` says, else at the clock.
    pub fn throw() -> Self {
        let named = std::env::var("STACKSCOUT_SEED").ok().and_then(|seed| seed.parse().ok());
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.subsec_nanos());
        let seed = named.unwrap_or_else(|| u64::from(now));
        println!("STACKSCOUT_SEED={seed}");
        Self { seed, state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 11).expect("it has 53 bits") % end
    }
}

/// How many rounds, unless the environment says otherwise.
pub fn rounds(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Every file under a folder, by its path in it, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut todo, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(fs::read_dir(&path).expect("it can be read").flatten().map(|entry| entry.path()));
        } else {
            found.push(path.strip_prefix(folder).expect("it lies in the folder").to_owned());
        }
    }
    found.sort();
    found
}

/// A pool that has seen every kind of change, and the files that it was made of.
pub fn pool_of_everything(people: usize) -> TempDir {
    let folder = folder();
    let path = folder.path();
    demo_files(path, people);
    import_demo(path);
    let list =
        "id,name,email,skills\n1,Ada Moss,ada@example.org,Django (4 yrs)\n2,Bo Fenn,bo@example.org,React\n";
    fs::write(path.join("more.csv"), list).expect("it can be written");
    run(path, &["import", "more.csv", "--as-of", AS_OF, "--save-layout", "mine"]).ok();
    fs::write(path.join("more.csv"), list.replace("React", "React; Go")).expect("it can be written");
    run(path, &["import", "more.csv", "--as-of", AS_OF]).ok();
    run(path, &["candidate", "merge", "c0000001", "c0000002"]).ok();
    run(path, &["candidate", "merge", "c0000003", "c0000004"]).ok();
    run(path, &["candidate", "unmerge", "c0000004"]).ok();
    fs::write(path.join("gone.csv"), list.replace("example", "elsewhere")).expect("it can be written");
    run(path, &["import", "gone.csv", "--as-of", AS_OF, "--source", "gone"]).ok();
    run(path, &["imports", "undo", "5"]).ok();
    run(path, &["search", "--save", "djangos", "django"]).ok();
    run(path, &["rank", "roles", "--top", "3", "--format", "json"]).ok();
    run(path, &["pool", "backup", "first.backup"]).ok();
    // The last change is in the file, and not in a log that a reader keeps.
    run(path, &["import", "more.csv", "--as-of", AS_OF]).ok();
    folder
}

/// What `pool verify --full` says, with its exit code.
pub fn verify(folder: &Path) -> (Option<i32>, Value) {
    let ran = run(folder, &["pool", "verify", "--full", "--format", "json"]);
    let json = serde_json::from_str(&ran.stdout)
        .unwrap_or_else(|_| panic!("verify says nothing: {} {}", ran.stdout, ran.stderr));
    (ran.code, json)
}

/// Nothing is wrong with the pool but what a crash may leave until somebody sweeps it; then it is swept.
#[track_caller]
pub fn is_whole(folder: &Path, what: &str) -> String {
    let (_, verified) = verify(folder);
    for finding in verified["findings"].as_array().expect("a list") {
        // Files that the engine had just made are private by the folder that they stand in, and by themselves at the end.
        let is_left = ["leftovers", "modes"].iter().any(|part| finding["part"] == *part);
        assert!(is_left, "{what}: {verified:#}");
    }
    let repaired = run(folder, &["pool", "repair"]);
    assert_eq!(repaired.code, Some(0), "{what}: {} {}", repaired.stdout, repaired.stderr);
    let (code, verified) = verify(folder);
    assert_eq!(code, Some(0), "{what}: {verified:#}");
    verified["contents"].as_str().unwrap_or_else(|| panic!("{what}: {verified:#}")).to_owned()
}

pub fn digest(folder: &Path) -> String {
    run(folder, &["pool", "stats", "--digest"]).ok()
}

#[cfg(unix)]
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// Gives a folder to nobody where this is root, who may write everything, with these modes for folders and files.
#[cfg(unix)]
pub fn give(folder: &Path, folders: u32, files: u32) {
    use std::os::unix::fs::{PermissionsExt, chown};
    const NOBODY: u32 = 65_534;
    let mut todo = vec![folder.to_owned()];
    while let Some(path) = todo.pop() {
        if is_root() {
            chown(&path, Some(NOBODY), Some(NOBODY)).expect("root gives away what it likes");
        }
        let mode = if path.is_dir() { folders } else { files };
        if path.is_dir() {
            todo.extend(fs::read_dir(&path).expect("it can be read").flatten().map(|entry| entry.path()));
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it is ours");
    }
}

/// A copy of the program where everybody may run it.
#[cfg(unix)]
pub fn program_for_everybody(folder: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("stackscout");
    fs::copy(program(), &path).expect("it can be copied");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("it is ours");
    path
}
