//! What the project's own commands do; `cargo xtask` lists them.

pub mod checks;
pub mod generate;
pub mod peers;
pub mod score;
