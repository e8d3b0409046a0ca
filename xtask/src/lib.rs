//! What the project's own commands do; `cargo xtask` lists them.

pub mod checks;
pub mod coverage;
pub mod relatedness;
pub mod score;
