//! What this process must not leave behind: people's data in the message of a panic, and in a file of its memory.

use std::io::Write;
use std::panic::Location;

/// Keeps panics from saying what they hold, and the system from writing the memory of a process that died to disk.
pub fn keep() {
    std::panic::set_hook(Box::new(|panic| {
        let _ = write!(std::io::stderr(), "{}", words(panic.location()));
    }));
    no_memory_on_disk();
}

/// The place of a panic and nothing else: what it says may be a line of somebody's file.
fn words(at: Option<&Location<'_>>) -> String {
    let place = at.map_or_else(|| "an unknown place".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
    format!(
        "error: the program met a state that should not be, at {place}, and ended\n\
         hint: what was written before is safe; please report this line and the command, and nobody's data\n"
    )
}

/// A memory dump of an import holds people. Where the system hands dumps to a program, that one sees the limit, too.
#[cfg(unix)]
fn no_memory_on_disk() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // A lower limit can always be set; where it cannot, nothing is lost but this.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

#[cfg(not(unix))]
fn no_memory_on_disk() {}

#[cfg(test)]
mod tests {
    //! - a panic says where it was, and nothing of what it holds
    //! - no memory is written to disk

    use super::*;

    #[test]
    fn a_panic_says_where_it_was_and_nothing_else() {
        let said = words(Some(Location::caller()));
        let lines: Vec<&str> = said.lines().collect();
        assert!(lines.len() == 2 && lines[1].starts_with("hint: "), "{said}");
        assert!(said.contains("crates/cli/src/privacy.rs:"), "{said}");
        // The hook is given the panic, and takes nothing of it but the place.
        assert!(words(None).contains("an unknown place"));
    }

    #[test]
    #[cfg(unix)]
    fn no_memory_is_written_to_disk() {
        use rustix::process::{Resource, getrlimit};
        no_memory_on_disk();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
    }
}
