//! Being asked to stop, as by Ctrl-C: a signal is to the process, and so is the flag.
//!
//! Whatever takes long looks at it between two steps, and ends with [`EngineError::Interrupted`]; the transaction that it
//! was in is rolled back, as on any other error. Whoever set the flag sees from [`is_changing`] whether a pool is being
//! changed at this moment, and waits for that to end. Not waiting harms no pool either, as pulling the plug does not; it
//! only leaves more for the next writer to sweep.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::EngineError;

static ASKED: AtomicBool = AtomicBool::new(false);
static CHANGING: AtomicUsize = AtomicUsize::new(0);

/// Asks this process to end what it does with pools, soon and cleanly.
pub fn ask() {
    ASKED.store(true, Ordering::SeqCst);
}

/// Whether a pool is being changed by this process.
#[must_use]
pub fn is_changing() -> bool {
    CHANGING.load(Ordering::SeqCst) > 0
}

/// Fails once this process has been asked to stop.
pub(crate) fn check() -> Result<(), EngineError> {
    if ASKED.load(Ordering::Relaxed) { Err(EngineError::Interrupted) } else { Ok(()) }
}

/// A change that is under way, until dropped.
#[derive(Debug)]
pub(crate) struct Changing(());

impl Changing {
    pub(crate) fn begin() -> Self {
        CHANGING.fetch_add(1, Ordering::SeqCst);
        Self(())
    }
}

impl Drop for Changing {
    fn drop(&mut self) {
        CHANGING.fetch_sub(1, Ordering::SeqCst);
    }
}
