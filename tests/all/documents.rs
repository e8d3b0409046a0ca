//! - every command that the README or a document in `docs/` shows can be run as it stands there, in that order
//! - what a document shows of a command's output is in the output
//!
//! A ```` ```console ```` block holds commands after `$ ` and what they print. `cargo run --release --` and
//! `stackscout` are the program; other commands are for the reader. A command ends with `# exits 3` where it does not
//! exit with 0. An output line `...` leaves lines out. A block that begins with `# file: NAME` is written to that file,
//! without this line, before the commands after it. ```` ```console,no_run ```` is left alone. `data` and `fixtures` are there.

use std::path::{Path, PathBuf};

use crate::program::{folder, root, shell};

/// A part of a document that a reader would act upon.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    File { name: String, contents: String },
    Command(Shown),
}

#[derive(Debug, PartialEq, Eq)]
struct Shown {
    line: usize,
    command: String,
    code: i32,
    output: Vec<String>,
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((_, line)) = lines.next() {
        let Some(language) = line.trim().strip_prefix("```") else { continue };
        let block: Vec<(usize, &str)> = lines
            .by_ref()
            .take_while(|(_, line)| line.trim() != "```")
            .map(|(at, line)| (at + 1, line))
            .collect();
        if language == "console" {
            commands(&block, &mut parts);
        } else if let Some(name) = block.first().and_then(|(_, first)| first.strip_prefix("# file: ")) {
            let contents = block[1..].iter().map(|(_, line)| format!("{line}\n")).collect();
            parts.push(Part::File { name: name.trim().to_owned(), contents });
        }
    }
    parts
}

fn commands(block: &[(usize, &str)], parts: &mut Vec<Part>) {
    let mut lines = block.iter().peekable();
    while let Some((at, line)) = lines.next() {
        let Some(command) = line.strip_prefix("$ ") else { continue };
        let mut command = command.to_owned();
        while let Some(begun) = command.strip_suffix('\\') {
            let more = lines.next().map_or("", |(_, line)| line.trim_start_matches("> ").trim_start());
            command = format!("{begun}{more}");
        }
        let (command, code) = match command.split_once("# exits ") {
            Some((command, code)) => {
                (command.trim(), code.trim().parse().expect("`# exits` is followed by a code"))
            }
            None => (command.trim(), 0),
        };
        let mut output = Vec::new();
        while let Some((_, line)) = lines.next_if(|(_, line)| !line.starts_with("$ ")) {
            output.push(line.trim_end().to_owned());
        }
        let command = match command.strip_prefix("cargo run --release --") {
            Some(args) => format!("stackscout{args}"),
            None => command.to_owned(),
        };
        if command.split_whitespace().next() == Some("stackscout") {
            parts.push(Part::Command(Shown { line: *at, command, code, output }));
        }
    }
}

/// Runs a document; what does not hold, and how many commands there were.
fn follow(name: &str, text: &str) -> (Vec<String>, usize) {
    let folder = folder();
    for shared in ["data", "fixtures"] {
        #[cfg(unix)]
        std::os::unix::fs::symlink(root().join(shared), folder.path().join(shared))
            .expect("a link can be made");
    }
    let mut wrong = Vec::new();
    let mut commands = 0;
    for part in parts(text) {
        match part {
            Part::File { name, contents } => {
                let path = folder.path().join(name);
                std::fs::create_dir_all(path.parent().expect("a file lies in a folder"))
                    .expect("it can be made");
                std::fs::write(path, contents).expect("the folder can be written");
            }
            Part::Command(shown) => {
                commands += 1;
                wrong.extend(
                    check(folder.path(), &shown)
                        .into_iter()
                        .map(|what| format!("{name}:{}: `{}`: {what}", shown.line, shown.command)),
                );
            }
        }
    }
    (wrong, commands)
}

fn check(folder: &Path, shown: &Shown) -> Vec<String> {
    let ran = shell(folder, &shown.command);
    if ran.code != Some(shown.code) {
        let last = ran.stderr.lines().take(6).collect::<Vec<_>>().join("\n    ");
        return vec![format!("exits with {:?}, not {}\n    {last}", ran.code, shown.code)];
    }
    let printed: Vec<&str> = ran.stdout.lines().chain(ran.stderr.lines()).map(str::trim_end).collect();
    let missing =
        shown.output.iter().filter(|line| line.trim() != "..." && !printed.contains(&line.as_str()));
    missing.map(|line| format!("does not print\n    {line}")).collect()
}

fn documents() -> Vec<PathBuf> {
    let mut found = vec![root().join("README.md")];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("docs can be read") {
            let path = entry.expect("docs can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_command_in_the_documents_does_what_is_shown() {
    let mut wrong = Vec::new();
    for path in documents() {
        let name = path.strip_prefix(root()).expect("documents lie in the repository").display().to_string();
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
        let (failed, commands) = follow(&name, &text);
        assert!(name != "README.md" || commands > 0, "README.md shows no command");
        wrong.extend(failed);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_document_that_shows_what_is_not_so_is_found() {
    let text = "Text.\n\n```toml\n# file: roles/a.toml\n[[require]]\nskill = \"Django\"\nneed = \"must\"\n```\n\n\
                ```console\n$ cargo run --release -- role check roles/a.toml\nroles/a.toml: ok, 1 requirements (a)\n\
                $ cat roles/a.toml\nanything\n$ stackscout role check \\\n>   none.toml  # exits 1\n...\n```\n\n\
                ```console,no_run\n$ stackscout nonsense\n```\n";
    let parts = parts(text);
    assert_eq!(parts.len(), 3, "{parts:?}");
    assert!(matches!(&parts[2], Part::Command(shown) if shown.command == "stackscout role check none.toml"));
    assert_eq!(follow("here", text), (vec![], 2));
    let (wrong, _) = follow("here", &text.replace("ok, 1", "ok, 2"));
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    let (wrong, _) = follow("here", &text.replace("# exits 1", ""));
    assert_eq!(wrong.len(), 1, "{wrong:?}");
}
