//! - a reader that stops reading is no failure: no panic, no message, exit code 0

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::program::{command, demo_files, folder, import_demo};

#[test]
fn a_reader_that_stops_reading_ends_the_program_quietly() {
    let folder = folder();
    demo_files(folder.path(), 400);
    import_demo(folder.path());
    let commands: [&[&str]; 4] = [
        &["search", "--limit", "400"],
        &["search", "--limit", "400", "--format", "json"],
        &["rank", "roles", "--top", "400", "--format", "json"],
        &["taxonomy", "show", "--traits"],
    ];
    for args in commands {
        for lines in [0, 1] {
            let mut command = command(folder.path(), args);
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
            let mut stdout = BufReader::with_capacity(64, child.stdout.take().expect("stdout is a pipe"));
            for _ in 0..lines {
                stdout.read_line(&mut String::new()).expect("a line comes");
            }
            drop(stdout);
            let mut stderr = String::new();
            child
                .stderr
                .take()
                .expect("stderr is a pipe")
                .read_to_string(&mut stderr)
                .expect("it can be read");
            let status = child.wait().expect("a child ends");
            assert_eq!((stderr.as_str(), status.code()), ("", Some(0)), "{args:?} after {lines} lines");
        }
    }
}
