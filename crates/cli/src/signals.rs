//! Ctrl-C and being told to end: soon, with a message, and never in the middle of a change.
//!
//! A command that only reads ends at once. One that changes a pool is asked to stop, rolls back what it was doing, and
//! ends by itself; should that take long, it is ended as a crash would end it, which a pool outlasts. A second signal
//! does not wait.

use std::process::ExitCode;

/// Begins to listen.
#[cfg(unix)]
pub fn watch() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    // A file that may not grow is an error of writing, with a path; the flag is never looked at.
    let _ = signal_hook::flag::register(SIGXFSZ, std::sync::Arc::default());
    // Where nobody can listen, a signal ends the process as it always does.
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        let mut first = true;
        for signal in signals.forever() {
            GOT.store(signal, std::sync::atomic::Ordering::SeqCst);
            stackscout_engine::stop::ask();
            if !std::mem::take(&mut first) || !stackscout_engine::stop::is_changing() {
                end(signal);
            }
            std::thread::spawn(move || {
                std::thread::sleep(PATIENCE);
                end(signal);
            });
        }
    });
}

/// Whoever ends a program waits five seconds; what a change leaves is rolled back within some tenths.
#[cfg(unix)]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(4);

/// The signal that came; 0 for none.
#[cfg(unix)]
static GOT: std::sync::atomic::AtomicI32 = std::sync::atomic::AtomicI32::new(0);

#[cfg(unix)]
fn end(signal: i32) -> ! {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "stopped; what was not reported as done can be done again");
    std::process::exit(128 + signal)
}

/// The exit code after a signal, as a shell gives it: 128 and its number. `None` where none came.
#[cfg(unix)]
pub fn code() -> Option<ExitCode> {
    let signal = GOT.load(std::sync::atomic::Ordering::SeqCst);
    u8::try_from(signal).ok().filter(|signal| *signal > 0).map(|signal| ExitCode::from(128 + signal))
}

/// Elsewhere the system ends the process itself.
#[cfg(not(unix))]
pub fn watch() {}

/// There is none elsewhere.
#[cfg(not(unix))]
pub fn code() -> Option<ExitCode> {
    None
}
