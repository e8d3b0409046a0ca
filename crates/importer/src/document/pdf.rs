//! PDF, read by a process of its own: the reader of that format may fall over, hang or fill the memory on a bad file.
//!
//! The program starts itself again. That child reads the document from its standard input, gives itself limits of
//! memory and time before it looks at a byte, and writes the text to its standard output. Whatever becomes of it costs
//! one CV.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use super::DOCUMENT_BYTES_MAX;
use crate::archive::read_bounded;
use crate::fields::CELL_BYTES_MAX;
use crate::xml::invalid;

/// The word that makes the program the reader.
pub const SUBCOMMAND: &str = "read-pdf";
/// What stands before the text, behind whatever the reader printed on its way.
const MARK: &[u8] = b"\x02stackscout text\x02";
/// A CV of a few pages takes a tenth of a second.
const SECONDS_MAX: u64 = 20;
/// Memory of the child.
const MEMORY_BYTES_MAX: u64 = 512 << 20;
/// What the child may print: the largest text, and what stands before it.
const OUTPUT_BYTES_MAX: u64 = 4 * CELL_BYTES_MAX as u64;
/// Between two looks at the child.
const PAUSE: Duration = Duration::from_millis(5);

/// The text of a PDF, read by `program` as a child.
pub(crate) fn read(bytes: &[u8], program: Option<&Path>) -> io::Result<String> {
    let program = program.ok_or_else(|| invalid("is a PDF, and there is no program here to read it with"))?;
    let mut child = Command::new(program)
        .arg(SUBCOMMAND)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let until = Instant::now() + Duration::from_secs(SECONDS_MAX);
    let (status, output) = std::thread::scope(|scope| {
        // A child that is gone closes its end, and what is left unwritten does not matter.
        let writer = scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(bytes)));
        let reader = scope.spawn(move || stdout.map(|stdout| read_bounded(stdout, OUTPUT_BYTES_MAX)));
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Some(status),
                // One that prints without end waits for a reader that has gone, and ends by the clock too.
                Ok(None) if Instant::now() < until => std::thread::sleep(PAUSE),
                Ok(None) | Err(_) => {
                    // It is gone already where it cannot be ended.
                    let _ = child.kill();
                    let _ = child.wait();
                    break None;
                }
            }
        };
        let _ = writer.join();
        (status, reader.join().ok().flatten())
    });
    let Some(status) = status else {
        return Err(invalid("is a PDF that took more than 20 seconds to read"));
    };
    let output = output.unwrap_or_else(|| Ok(Vec::new()))?;
    let text = output.windows(MARK.len()).rposition(|window| window == MARK);
    match text {
        Some(at) if status.success() => String::from_utf8(output[at + MARK.len()..].to_vec())
            .map_err(|_| invalid("is a PDF that cannot be read")),
        _ => Err(invalid(match status.code() {
            Some(ENCRYPTED) => "is an encrypted PDF",
            _ => "is a PDF that cannot be read",
        })),
    }
}

/// Exit code of the child for a document that needs a password.
const ENCRYPTED: i32 = 4;

/// The child: standard input to standard output.
#[must_use]
pub fn child() -> ExitCode {
    if limit().is_err() {
        return ExitCode::FAILURE;
    }
    // What a panic says may hold text of the document.
    std::panic::set_hook(Box::new(|_| {}));
    let Ok(bytes) = read_bounded(io::stdin().lock(), DOCUMENT_BYTES_MAX) else { return ExitCode::FAILURE };
    if bytes.starts_with(b"%PDF") && bytes.windows(9).any(|w| w == b"/Encrypt ") {
        // Many are encrypted with an empty password, which opens them for everybody.
        return match pdf_extract::extract_text_from_mem_encrypted(&bytes, "") {
            Ok(text) => print(&text),
            Err(_) => ExitCode::from(ENCRYPTED as u8),
        };
    }
    match pdf_extract::extract_text_from_mem(&bytes) {
        Ok(text) => print(&text),
        Err(_) => ExitCode::FAILURE,
    }
}

fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(MARK).and_then(|()| out.write_all(text.as_bytes())).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Bounds memory and time of this process, and takes from it the means to write files.
#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [
        (Resource::As, MEMORY_BYTES_MAX),
        (Resource::Cpu, SECONDS_MAX),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

/// Elsewhere the clock and the size of the output alone bound it.
#[cfg(not(unix))]
fn limit() -> io::Result<()> {
    let _ = MEMORY_BYTES_MAX;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    //! - a child that fails, prints nonsense or prints without end costs an error

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn with_program(script: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().expect("the folder can be written");
        let program = folder.path().join("reader");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("the folder can be written");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700))
            .expect("the folder can be written");
        read(&vec![b'x'; 1 << 20], Some(&program)).map_err(|e| e.to_string())
    }

    #[test]
    fn whatever_the_child_does_is_an_error_or_a_text() {
        let mark = "printf 'noise \\002stackscout text\\002'";
        assert_eq!(with_program(&format!("{mark}; printf 'Ada'")).unwrap(), "Ada");
        assert!(
            with_program(&format!("{mark}; printf 'Ada'; exit 1")).unwrap_err().contains("cannot be read")
        );
        assert!(with_program("echo Ada").unwrap_err().contains("cannot be read"));
        assert!(with_program("exit 4").unwrap_err().contains("encrypted"));
        assert!(with_program("kill -9 $$").unwrap_err().contains("cannot be read"));
        assert!(
            with_program("/usr/bin/head -c 9000000 /dev/zero").unwrap_err().contains("more than is read")
        );
        assert!(read(b"", None).unwrap_err().to_string().contains("no program"));
    }
}
