//! - SIGINT and SIGTERM end an import within five seconds, with a message, exit code 130 or 143, and the pool whole
//! - whoever only reads ends at once
//! - a reader that stops reading while a file is imported ends nothing: the import is done
#![cfg(unix)]

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{AS_OF, digest, is_whole};
use crate::program::{command, count, demo_files, folder, run};

#[test]
fn a_signal_ends_an_import_soon_with_the_pool_whole() {
    let clean = folder();
    demo_files(clean.path(), 6_000);
    let import = ["import", "candidates.csv", "--as-of", AS_OF];
    let begin = Instant::now();
    assert_eq!(run(clean.path(), &import).code, Some(3));
    let undisturbed = begin.elapsed();
    let wanted = digest(clean.path());
    for (signal, code, moments) in
        [("INT", 130, [15, 50, 80].as_slice()), ("TERM", 143, &[40]), ("HUP", 129, &[60])]
    {
        for percent in moments {
            let folder = folder();
            let path = folder.path();
            std::fs::copy(clean.path().join("candidates.csv"), path.join("candidates.csv")).expect("copied");
            let mut child = command(path, &import)
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it starts");
            std::thread::sleep(undisturbed * *percent / 100);
            let sent = Instant::now();
            let kill = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
            assert!(kill.is_ok_and(|status| status.success()) || child.try_wait().is_ok_and(|s| s.is_some()));
            let status = child.wait().expect("it ends");
            let took = sent.elapsed();
            let what = format!(
                "SIG{signal} after {percent}% of {} ms, took {} ms",
                undisturbed.as_millis(),
                took.as_millis()
            );
            println!("{what}: {:?}", status.code());
            let mut stderr = String::new();
            child.stderr.take().expect("a pipe").read_to_string(&mut stderr).expect("it can be read");
            assert!(took < Duration::from_secs(5), "{what}");
            // It may have been done just before.
            if status.code() != Some(3) {
                assert_eq!(status.code(), Some(code), "{what}: {stderr}");
                assert!(stderr.contains("stopped"), "{what}: {stderr}");
            }
            let ran = run(path, &["search", "--count"]);
            assert!(ran.code == Some(0) || ran.stderr.contains("no pool"), "{what}: {}", ran.stderr);
            assert_eq!(run(path, &import).code, Some(3), "{what}");
            assert_eq!(digest(path), wanted, "{what}");
            is_whole(path, &what);
        }
    }
}

#[test]
fn a_reader_that_stops_reading_while_a_file_is_imported_ends_nothing() {
    let folder = folder();
    let path = folder.path();
    demo_files(path, 2_000);
    let mut import = command(path, &["import", "candidates.csv", "--as-of", AS_OF]);
    let mut child = import.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    drop(child.stderr.take());
    let status = child.wait().expect("it ends");
    assert!(matches!(status.code(), Some(0 | 3)), "{status:?}");
    assert!(count(path, "") > 1_900);
    is_whole(path, "nobody read");
}
