//! The program under test, and how tests run it: in a folder of their own, with nothing of the caller's environment
//! that could change an answer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// Root of the repository.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().expect("the tests lie in the repository").to_owned()
}

/// The program, as `cargo xtask test` names it.
pub fn program() -> PathBuf {
    let named = std::env::var_os("STACKSCOUT_BIN").map(|path| root().join(path));
    match named {
        Some(path) if path.is_file() => path,
        Some(path) => {
            panic!("STACKSCOUT_BIN names `{}`, which is not there: cargo build --release", path.display())
        }
        None => panic!(
            "these tests run the program: `cargo xtask test` builds it and runs them; for them alone, \
             cargo build --release && STACKSCOUT_BIN=target/release/stackscout cargo test --release -p stackscout-tests"
        ),
    }
}

/// What a run of the program left.
#[derive(Debug)]
pub struct Ran {
    /// Exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Ran {
    /// What was written to stdout, where all went well.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "stderr: {}", self.stderr);
        self.stdout
    }

    /// What was written to stdout, as JSON.
    #[track_caller]
    pub fn json(self) -> Value {
        serde_json::from_str(&self.ok()).expect("stdout is JSON")
    }
}

fn plain_environment(command: &mut Command) {
    for variable in
        ["STACKSCOUT_POOL", "STACKSCOUT_ACTOR", "STACKSCOUT_BLIND", "RUST_BACKTRACE", "RAYON_NUM_THREADS"]
    {
        command.env_remove(variable);
    }
    command.env("LC_ALL", "C.UTF-8").env("TZ", "UTC").stdin(Stdio::null());
}

/// The program with arguments, to be run in a folder.
pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(args).current_dir(folder);
    plain_environment(&mut command);
    command
}

/// Runs the program in a folder.
pub fn run(folder: &Path, args: &[&str]) -> Ran {
    command(folder, args).output().expect("the program starts").into()
}

/// Runs a line as a shell would, where `stackscout` is the program under test.
pub fn shell(folder: &Path, line: &str) -> Ran {
    let mut command = Command::new("sh");
    let path = std::env::var("PATH").unwrap_or_default();
    let beside = program().parent().expect("the program lies in a folder").display().to_string();
    command.args(["-c", line]).current_dir(folder).env("PATH", format!("{beside}:{path}"));
    plain_environment(&mut command);
    command.output().expect("a shell is there").into()
}

/// An empty folder that goes when the test ends.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("the system has room for a folder")
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    let mode = fs::metadata(from).expect("the folder is there").permissions();
    fs::set_permissions(to, mode).expect("it is ours");
    for entry in fs::read_dir(from).expect("the folder can be read").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

/// A copy of a folder.
pub fn copied(from: &Path) -> TempDir {
    let folder = folder();
    copy(from, folder.path());
    folder
}

/// The demo's files in a folder: `candidates.csv`, `referrals.csv` and `roles/`.
pub fn demo_files(folder: &Path, people: usize) {
    for file in stackscout_demo::candidate_files(people, stackscout_demo::SEED) {
        fs::write(folder.join(file.name), file.contents).expect("the folder can be written");
    }
    let roles = folder.join("roles");
    fs::create_dir_all(&roles).expect("the folder can be written");
    for file in stackscout_demo::roles() {
        fs::write(roles.join(file.name), file.contents).expect("the folder can be written");
    }
}

/// Imports the demo's files, of which one row is rejected.
pub fn import_demo(folder: &Path) {
    let args = ["import", "candidates.csv", "referrals.csv", "--as-of", stackscout_demo::AS_OF];
    let ran = run(folder, &args);
    assert_eq!(ran.code, Some(3), "one row is cut off; stderr: {}", ran.stderr);
}

/// How many people match a query.
#[track_caller]
pub fn count(folder: &Path, query: &str) -> u64 {
    let text = run(folder, &["search", "--count", query]).ok();
    text.trim().parse().expect("a count is a number")
}
