//! Where measurements put their files.

use std::path::{Path, PathBuf};

/// A folder of this name below the build's folder, absolute.
pub(crate) fn of_build(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    root.join(target).join(name)
}
