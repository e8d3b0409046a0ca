//! Programs of the system that some tests need: installed where that may be done, else named with how to.
//!
//! Without them those tests say that they were skipped; nothing else needs them.

use std::process::{Command, Stdio};

/// A program, and what is not tested without it.
struct Tool {
    name: &'static str,
    missed: &'static str,
}

const TOOLS: [Tool; 2] = [
    Tool { name: "strace", missed: "failing devices, and in which order things reach the disk" },
    Tool { name: "valgrind", missed: "the one module with unsafe code, byte by byte" },
];

/// How a system's packages are installed without asking, in the order in which they are looked for.
const MANAGERS: [(&str, &[&str]); 4] = [
    (
        "apt-get",
        &[
            "install",
            "--yes",
            "--quiet",
            "--no-install-recommends",
            "-o",
            "Acquire::http::Timeout=20",
            "-o",
            "Acquire::Retries=0",
        ],
    ),
    ("dnf", &["install", "--assumeyes", "--quiet"]),
    ("apk", &["add", "--quiet"]),
    ("pacman", &["-S", "--noconfirm", "--quiet"]),
];

/// Installs what is missing where this user may, and says what is missing still.
pub fn install() {
    if !cfg!(target_os = "linux") {
        println!("strace and Valgrind are of Linux: the tests that need them are skipped");
        return;
    }
    let missing = missing();
    if missing.is_empty() {
        println!("all there");
        return;
    }
    let manager = MANAGERS.iter().find(|(name, _)| is_here(name));
    if let Some((name, args)) = manager.filter(|_| is_root()) {
        let names: Vec<&str> = missing.iter().map(|tool| tool.name).collect();
        println!("{name} {} {}", args.join(" "), names.join(" "));
        // What comes of it is seen by looking again.
        let _ = Command::new(name).args(*args).args(&names).stdout(Stdio::null()).status();
    }
    for tool in self::missing() {
        let how = manager.map_or(String::new(), |(name, args)| format!(": {name} {} {}", args[0], tool.name));
        println!("skipped: {} is not installed{how}; not tested are {}", tool.name, tool.missed);
    }
}

fn missing() -> Vec<&'static Tool> {
    TOOLS.iter().filter(|tool| !is_here(tool.name)).collect()
}

fn is_here(program: &str) -> bool {
    let quiet = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}
